/* Boxes: closing, owners, types that are mistaken for each other; and every allocation of Lua's failed in turn
 * over a script that uses tensors and JSON. */
#include "scripting/bind_json.h"
#include "scripting/bind_tensor.h"
#include "scripting/box.h"
#include "scripting/check.h"

#include <lualib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int released;

static void release(ScrBox *box) { released += *(int *)box->object; }

static int width(lua_State *L) {
  scr_box_check(L, 1, lua_touserdata(L, lua_upvalueindex(1)));
  return lua_pushinteger(L, 7), 1;
}

static int field(lua_State *L) { return lua_pushfstring(L, "field %s", lua_tostring(L, 2)), 1; }

static const ScrType house_type = {.name = "house", .size = sizeof(ScrBox), .field = field, .release = release};
static const ScrType room_type = {.name = "room", .size = sizeof(ScrBox), .release = release, .borrows = true};

static lua_State *new_state(void) {
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  scr_box_register(L, &house_type);
  scr_box_register(L, &room_type);
  released = 0;
  return L;
}

/* Sets the global to a new box over `object`; `owner` is a stack index. */
static void set_box(lua_State *L, const char *name, const ScrType *type, int *object, int owner) {
  scr_box_new(L, type, owner)->object = object;
  lua_setglobal(L, name);
}

static void run(lua_State *L, const char *code) {
  if (luaL_dostring(L, code)) fail_msg("%s", lua_tostring(L, -1));
}

/* The code raises an error that holds `message`. */
static void raises(lua_State *L, const char *code, const char *message) {
  assert_int_not_equal(luaL_dostring(L, code), LUA_OK);
  if (!strstr(lua_tostring(L, -1), message))
    fail_msg("expected \"%s\", found \"%s\"", message, lua_tostring(L, -1));
  lua_pop(L, 1);
}

static void closing_releases_once(void **state) {
  (void)state;
  int one = 1;
  lua_State *L = new_state();
  set_box(L, "house", &house_type, &one, 0);
  run(L, "house:close() house:close() do local scoped <close> = house end house = nil collectgarbage()");
  assert_int_equal(released, 1);
  lua_close(L);
  assert_int_equal(released, 1);
}

static void collecting_releases(void **state) {
  (void)state;
  int one = 1;
  lua_State *L = new_state();
  set_box(L, "house", &house_type, &one, 0);
  run(L, "house = nil collectgarbage()");
  assert_int_equal(released, 1);
  lua_close(L);
}

static void an_owner_outlives_what_borrows(void **state) {
  (void)state;
  int one = 1, ten = 10;
  lua_State *L = new_state();
  scr_box_new(L, &house_type, 0)->object = &one;
  scr_box_new(L, &room_type, -1)->object = &ten;
  lua_setglobal(L, "room");
  lua_setglobal(L, "house");
  run(L, "house = nil collectgarbage()");
  assert_int_equal(released, 0);
  run(L, "room = nil collectgarbage() collectgarbage()");
  assert_int_equal(released, 11);
  lua_close(L);
}

static int check_room(lua_State *L) {
  scr_box_check(L, 1, &room_type);
  return 0;
}

static void closed_things_say_so(void **state) {
  (void)state;
  int one = 1;
  lua_State *L = new_state();
  lua_register(L, "check", check_room);
  scr_box_new(L, &house_type, 0)->object = &one;
  scr_box_new(L, &room_type, -1)->object = &one;
  lua_setglobal(L, "room");
  lua_setglobal(L, "house");
  run(L, "check(room) house:close()");
  raises(L, "check(room)", "house of this room is closed");
  raises(L, "check(house)", "room expected, got house");
  raises(L, "check(io.stdout)", "room expected, got FILE*");
  raises(L, "check(nil)", "room expected, got nil");
  run(L, "assert(tostring(house):find 'house.*closed') assert(tostring(room):find 'room.*closed')");
  run(L, "room:close()");
  raises(L, "check(room)", "room is closed");
  lua_close(L);
}

static void other_types_are_not_closed(void **state) {
  (void)state;
  int one = 1;
  lua_State *L = new_state();
  set_box(L, "house", &house_type, &one, 0);
  set_box(L, "room", &room_type, &one, 0);
  raises(L, "house.close(room)", "house expected, got room");
  raises(L, "house.close(io.stdout)", "house expected, got FILE*");
  raises(L, "debug.getmetatable(house).__gc({})", "house expected, got table");
  raises(L, "debug.getmetatable(house).__index(room, 'close')", "house expected");
  raises(L, "setmetatable(house, {})", "table expected");
  run(L, "assert(getmetatable(house) == 'house')");
  lua_close(L);
}

static void methods_come_before_fields(void **state) {
  (void)state;
  int one = 1;
  lua_State *L = new_state();
  set_box(L, "house", &house_type, &one, 0);
  scr_box_add_methods(L, &house_type, (const luaL_Reg[]){{NULL, NULL}});
  run(L, "assert(type(house.close) == 'function') assert(house.size == 'field size')");
  lua_pushlightuserdata(L, (void *)(uintptr_t)&house_type);
  lua_pushcclosure(L, width, 1);
  lua_setglobal(L, "width");
  run(L, "assert(width(house) == 7)");
  lua_close(L);
}

/* --- Arguments --- */

static int take_index(lua_State *L) {
  return lua_pushinteger(L, (lua_Integer)scr_index(L, 1, (size_t)lua_tointeger(L, 2), "layer")), 1;
}

static int take_options(lua_State *L) {
  static const char *const names[] = {"n", "seed", "text", "deep", NULL};
  scr_options(L, 1, names);
  lua_pushinteger(L, scr_option_integer(L, 1, "n", 30));
  lua_pushnumber(L, scr_option_number(L, 1, "seed", 0.5));
  lua_pushstring(L, scr_option_string(L, 1, "text", NULL));
  lua_pushboolean(L, scr_option_boolean(L, 1, "deep", true));
  return 4;
}

static void indices_count_from_0(void **state) {
  (void)state;
  lua_State *L = new_state();
  lua_register(L, "index", take_index);
  run(L, "assert(index(0, 6) == 0 and index(-1, 6) == 5 and index(5.0, 6) == 5)");
  raises(L, "index(6, 6)", "layer 6: expected 0 to 5 (or -6 to -1)");
  raises(L, "index(-7, 6)", "layer -7: expected 0 to 5 (or -6 to -1)");
  raises(L, "index(0, 0)", "layer 0: expected none, there are 0");
  raises(L, "index(math.mininteger, 6)", "expected 0 to 5");
  raises(L, "index('1', 6)", "integer expected, got string");
  raises(L, "index(1.5, 6)", "found a fraction");
  lua_close(L);
}

static void options_are_known_by_name(void **state) {
  (void)state;
  lua_State *L = new_state();
  lua_register(L, "options", take_options);
  run(L, "local n, seed, text, deep = options() assert(n == 30 and seed == 0.5 and text == nil and deep == true)");
  run(L, "local n, seed, text, deep = options { n = 2, seed = 1, text = 'x', deep = false } "
         "assert(n == 2 and seed == 1 and text == 'x' and deep == false)");
  raises(L, "options { sead = 1 }", "unknown option \"sead\": expected one of n, seed, text, deep");
  raises(L, "options { 'text' }", "unknown option \"1\"");
  raises(L, "options { n = '2' }", "option \"n\": expected an integer, found string");
  raises(L, "options { text = 2 }", "option \"text\": expected a string, found number");
  raises(L, "options { deep = 1 }", "option \"deep\": expected a boolean, found number");
  raises(L, "options(7)", "table expected, got number");
  lua_close(L);
}

/* --- Memory --- */

typedef struct Limit {
  long left; /* allocations until all fail: one alone would be tried again; negative: none fails */
  size_t used;
} Limit;

static void *limited(void *context, void *block, size_t old_size, size_t new_size) {
  Limit *limit = context;
  if (!block) old_size = 0;
  if (new_size == 0) {
    limit->used -= old_size;
    free(block);
    return NULL;
  }
  if (new_size > old_size && limit->left == 0) return NULL;
  if (new_size > old_size && limit->left > 0) limit->left--;
  void *moved = realloc(block, new_size);
  if (moved) limit->used += new_size - old_size;
  return moved;
}

static const char script[] =
    "local hs = hs\n"
    "local t = hs.tensor { { 1, 2 }, { 3, 4 } }\n"
    "local u = (t + 1) / t:sum(-1, true) - t:transpose():matmul(t):softmax(0)\n"
    "local v, p = u:reshape(4):topk(2)\n"
    "local w = u:gt(0):where(t:diagonal(1), -t):slice(0, 1):contiguous()\n"
    "local text = hs.json.encode { v = v, p = p, w = w, s = tostring(t), n = t:totable(), o = hs.json.object {} }\n"
    "local back = assert(hs.json.decode(text))\n"
    "assert(#t.shape == 2 and t[0][1] == 2 and t:sort()[0][0] == 1)\n"
    "local tensors, others = hs.tensors(FILE)\n"
    "assert(tensors.x:mean(0):entropy(0) and t:correlation(u) and hs.zeros(3):std() == 0)\n"
    "hs.tensors 'nowhere'\n"
    "t:close()\n";

static int body(lua_State *L) {
  luaL_openlibs(L);
  lua_newtable(L);
  scr_bind_tensor(L);
  scr_bind_json(L);
  lua_setglobal(L, "hs");
  lua_pushliteral(L, FIXTURES "/tensor/values.safetensors");
  lua_setglobal(L, "FILE");
  if (luaL_loadstring(L, script) != LUA_OK) return lua_error(L);
  lua_call(L, 0, 0);
  return 0;
}

/* Runs the script with memory for `n` allocations; whether it came to the end. */
static bool survives(long n) {
  Limit limit = {.left = n};
  lua_State *L = lua_newstate(limited, &limit);
  if (!L) return false;
  bool done = false;
  if (lua_checkstack(L, 4)) {
    lua_pushcfunction(L, body);
    int status = lua_pcall(L, 0, 0, 0);
    done = status == LUA_OK;
    if (status != LUA_OK && status != LUA_ERRMEM) fail_msg("allocation %ld: %s", n, lua_tostring(L, -1));
  }
  limit.left = -1;
  lua_close(L);
  assert_int_equal(limit.used, 0);
  return done;
}

/* Leaks outside of Lua are for the sanitizer to find. */
static void every_allocation_may_fail(void **state) {
  (void)state;
  assert_true(survives(-1));
  long n = 0;
  while (!survives(n)) n++;
  assert_true(n > 500);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(closing_releases_once),          cmocka_unit_test(collecting_releases),
      cmocka_unit_test(an_owner_outlives_what_borrows), cmocka_unit_test(closed_things_say_so),
      cmocka_unit_test(other_types_are_not_closed),     cmocka_unit_test(methods_come_before_fields),
      cmocka_unit_test(indices_count_from_0),           cmocka_unit_test(options_are_known_by_name),
      cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
