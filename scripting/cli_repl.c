/* headscope repl [MODEL]: reads an entry, runs it, prints what it gives. An entry may have several lines; an error
 * or Ctrl+C ends an entry and not the program. */
#include "scripting/cli.h"

#include "scripting/bind_model.h"
#include "scripting/entry.h"
#include "scripting/guard.h"
#include "scripting/home.h"
#include "scripting/host.h"
#include "scripting/limits.h"
#include "scripting/open.h"
#include "scripting/prompt.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Repl {
  lua_State *L;
  ScrPrompt *prompt;
  EngModel *model;      /* NULL: none */
  double seconds, each; /* of the session, of an entry; 0: no limit */
  bool failed;          /* an entry has */
} Repl;

/* --- one entry */

/* (function): calls it and gives the text of its results; nothing for none. */
static int run_entry(lua_State *L) {
  lua_call(L, 0, LUA_MULTRET);
  return lua_gettop(L) > 0 ? scr_entry_join(L) : 0;
}

static int traceback(lua_State *L) {
  scr_host_traceback(L);
  scr_entry_cut_traceback(L);
  return 1;
}

static void run(Repl *repl, const char *code) {
  lua_State *L = repl->L;
  scr_guard_settle(L);
  lua_settop(L, 0);
  lua_pushcfunction(L, traceback);
  lua_pushcfunction(L, run_entry);
  lua_pushcfunction(L, scr_entry_compile);
  lua_pushlightuserdata(L, (void *)(uintptr_t)code);
  if (repl->each > 0) scr_guard_clock(repl->each);
  bool ok = lua_pcall(L, 1, 1, 0) == LUA_OK && lua_pcall(L, 1, LUA_MULTRET, 1) == LUA_OK;
  if (repl->each > 0) scr_guard_clock(0);
  scr_guard_settle(L);
  size_t length = 0;
  const char *text = lua_gettop(L) > 1 ? lua_tolstring(L, -1, &length) : NULL;
  fflush(stdout);
  if (ok && text) fwrite(text, 1, length, stdout), putchar('\n');
  if (!ok) fprintf(stderr, "%s\n", text ? text : "(an error without a message)");
  fflush(stdout);
  repl->failed |= !ok;
}

/* Replaces `code` by it with the line added; false when memory is short. */
static bool add_line(char **code, const char *line) {
  char *longer = NULL;
  if (asprintf(&longer, "%s%s\n", *code, line) < 0) return false;
  free(*code);
  *code = longer;
  return true;
}

/* Reads one entry, malloc'ed; NULL at the end. An empty line runs what is there, finished or not. */
static char *read_entry(Repl *repl) {
  char *code = strdup("");
  bool complete = false, cancelled = false;
  while (code && !complete) {
    char *line = scr_prompt_read(repl->prompt, code, &cancelled);
    if (!line && *code) return code;
    bool added = line && add_line(&code, line);
    complete = cancelled || (line && !*line) || (added && !scr_entry_unfinished(repl->L, code));
    free(line);
    if (added) continue;
    free(code);
    return NULL;
  }
  if (cancelled && code) *code = '\0';
  return code;
}

static void run_entries(Repl *repl) {
  for (char *code = read_entry(repl); code; code = read_entry(repl)) {
    if (code[strspn(code, " \t\n")]) run(repl, code);
    free(code);
  }
}

/* --- the session */

/* (repl as light userdata) */
static int open_session(lua_State *L) {
  const Repl *repl = lua_touserdata(L, 1);
  scr_guard_start(L, repl->seconds);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "headscope");
  lua_call(L, 1, 1);
  lua_setglobal(L, "hs");
  if (!repl->model) return 0;
  scr_push_model(L, repl->model);
  lua_pushvalue(L, -1);
  lua_setglobal(L, "model");
  luaL_tolstring(L, -1, NULL);
  if (scr_prompt_is_terminal(repl->prompt)) printf("%s is `model`, the module is `hs`\n", lua_tostring(L, -1));
  return 0;
}

static bool start(Repl *repl, EngError *err) {
  lua_pushcfunction(repl->L, open_session);
  lua_pushlightuserdata(repl->L, repl);
  if (lua_pcall(repl->L, 1, 0, 0) == LUA_OK) return true;
  return eng_error_set(err, NULL, NULL, "%s", lua_tostring(repl->L, -1));
}

static int run_session(Repl *repl, const ScrLimits *limits, const char *home, const char *name) {
  EngError err = {0};
  repl->seconds = scr_limits_whole(limits);
  repl->each = repl->seconds > 0 ? 0 : scr_limits_each(limits);
  repl->model = name ? scr_open_model(name, home, NULL, &err) : NULL;
  if (name && !repl->model) return scr_cli_fail(&err);
  repl->L = scr_limits_new_state(limits, home, &err);
  repl->prompt = repl->L ? scr_prompt_new(repl->L, &err) : NULL;
  if (!repl->prompt || !start(repl, &err)) return scr_cli_fail(&err);
  run_entries(repl);
  return repl->failed && !scr_prompt_is_terminal(repl->prompt) ? SCR_FAILED : SCR_DONE;
}

int scr_cli_repl(const ScrCommand *command, int argc, char **argv) {
  ScrLimits limits = {0};
  const ScrOption options[] = {SCR_LIMIT_OPTIONS(limits), {.name = NULL}};
  const char *operands[SCR_MAX_OPERANDS];
  int code = scr_args_parse(command, options, argc, argv, operands);
  if (code == SCR_ARGS_OK) code = scr_limits_check(command, &limits);
  if (code != SCR_ARGS_OK) return code;
  EngError err = {0};
  Repl repl = {0};
  char *home = scr_home_find(&err);
  if (!home) return scr_cli_fail(&err);
  code = run_session(&repl, &limits, home, operands[0]);
  scr_prompt_free(repl.prompt);
  scr_guard_leave();
  if (repl.each > 0) scr_guard_clock(repl.each); /* for finalizers */
  if (repl.L) lua_close(repl.L);
  if (repl.each > 0) scr_guard_clock(0);
  eng_model_release(repl.model);
  free(home);
  return code;
}
