/* What the probes that ship cost beside the forward pass they look at: bench_lua [TRIES] [PROBE…]. Writes a model
 * of GPT-2-small's size and lets bench/lua.lua measure. */
#include "small_model.h"

#include "scripting/host.h"

#include <lua.h>
#include <unistd.h>

static bool measure(char *folder, int argc, char **argv) {
  EngError err = {""};
  char *words[64] = {HEADSCOPE_SOURCE "/bench/lua.lua", folder};
  int n = 2;
  for (int i = 1; i < argc && n < 64; i++) words[n++] = argv[i];
  lua_State *L = scr_host_new(HEADSCOPE_SOURCE, &err);
  bool ok = L && scr_host_run_file(L, n, words, 0, 0);
  if (!L) fprintf(stderr, "bench_lua: %s\n", err.message);
  if (L) lua_close(L);
  return ok;
}

int main(int argc, char **argv) {
  EngError err = {""};
  char folder[] = P_tmpdir "/headscope-bench-XXXXXX", path[64];
  if (!mkdtemp(folder)) return perror("bench_lua"), 1;
  bool ok = write_small_model(folder, &err);
  if (!ok) fprintf(stderr, "bench_lua: %s\n", err.message);
  ok = ok && measure(folder, argc, argv);
  snprintf(path, sizeof path, "%s/model.safetensors", folder), unlink(path);
  snprintf(path, sizeof path, "%s/config.json", folder), unlink(path);
  return rmdir(folder) != 0 || !ok;
}
