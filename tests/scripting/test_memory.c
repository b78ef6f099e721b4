/* Every allocation of Lua is failed in turn: a state that cannot be made, and a script that uses everything,
 * must end in an error that Lua reports, and give back every byte. Under the sanitizers a leak of the
 * engine's fails the test as well. */
#include "scripting/host.h"

#include <lauxlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* From allocation number `last` on there is no memory. */
typedef struct Memory {
  size_t count, last, bytes;
} Memory;

static void *allocate(void *context, void *block, size_t old, size_t size) {
  Memory *memory = context;
  size_t had = block ? old : 0;
  if (size > had && ++memory->count > memory->last) return NULL;
  if (size == 0) {
    memory->bytes -= had;
    free(block);
    return NULL;
  }
  void *moved = realloc(block, size);
  if (moved) memory->bytes += size - had;
  return moved;
}

static void starts_or_says_so(void **state) {
  (void)state;
  bool started = false;
  for (size_t last = 0; !started; last++) {
    Memory memory = {.last = last};
    EngError err = {""};
    lua_State *L = lua_newstate(allocate, &memory);
    started = L && scr_host_prepare(L, HEADSCOPE_SOURCE, &err);
    if (L) lua_close(L);
    assert_true(started || !L || err.message[0]);
    assert_int_equal(memory.bytes, 0);
  }
}

static int load_and_call(lua_State *L) {
  if (luaL_loadfile(L, lua_touserdata(L, 1)) != LUA_OK) return lua_error(L);
  lua_call(L, 0, 0);
  return 0;
}

/* Runs the script at `path` where only `allowed` more allocations succeed; returns Lua's status. */
static int run(const char *path, size_t allowed) {
  Memory memory = {.last = SIZE_MAX};
  EngError err = {""};
  lua_State *L = lua_newstate(allocate, &memory);
  assert_non_null(L);
  assert_true(scr_host_prepare(L, HEADSCOPE_SOURCE, &err));
  memory.last = allowed > SIZE_MAX - memory.count ? SIZE_MAX : memory.count + allowed;
  lua_pushcfunction(L, scr_host_traceback);
  lua_pushcfunction(L, load_and_call);
  lua_pushlightuserdata(L, (void *)(uintptr_t)path);
  int status = lua_pcall(L, 1, 0, 1);
  if (status != LUA_OK && allowed == SIZE_MAX) print_error("%s\n", lua_tostring(L, -1));
  lua_close(L);
  assert_int_equal(memory.bytes, 0);
  return status;
}

static void survives(const char *path) {
  assert_int_equal(run(path, SIZE_MAX), LUA_OK);
  size_t failed = 0;
  while (run(path, failed) != LUA_OK) failed++;
  print_message("%s: %zu allocations failed in turn\n", path, failed);
  assert_true(failed > 20);
}

static void numbers_survive(void **state) {
  (void)state;
  survives(FIXTURES "/scripts/everything.lua");
}

static void text_survives(void **state) {
  (void)state;
  survives(FIXTURES "/scripts/text.lua");
}

static void window_survives(void **state) {
  (void)state;
  survives(FIXTURES "/scripts/window.lua");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(starts_or_says_so), cmocka_unit_test(numbers_survive),
                                     cmocka_unit_test(text_survives), cmocka_unit_test(window_survives)};
  setenv("FIXTURES", FIXTURES, 1);
  return cmocka_run_group_tests_name("scripting.memory", tests, NULL, NULL);
}
