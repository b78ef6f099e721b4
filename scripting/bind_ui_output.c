/* What can be seen of a window, as Lua values: its elements, its commands, its draw commands, its pixels. */
#include "scripting/bind_ui.h"

#include "scripting/bind_json.h"
#include "scripting/bind_picture.h"

#include "render/command.h"
#include "render/figure.h"
#include "render/png.h"

#include <stdlib.h>
#include <string.h>

static RenUi *check_ui(lua_State *L) { return scr_app_ui(scr_check_app(L, 1)); }

static void set_string(lua_State *L, const char *name, const char *value) {
  lua_pushstring(L, value); /* of NULL: nil */
  lua_setfield(L, -2, name);
}

static void set_number(lua_State *L, const char *name, float value) {
  lua_pushnumber(L, (lua_Number)value);
  lua_setfield(L, -2, name);
}

static int return_rect(lua_State *L, RenRect rect) {
  lua_createtable(L, 0, 4);
  set_number(L, "x", rect.x);
  set_number(L, "y", rect.y);
  set_number(L, "w", rect.w);
  set_number(L, "h", rect.h);
  return 1;
}

/* --- elements and commands --- */

/* ui:find(id) → {x, y, w, h} of what shows of it, or nil. */
static int find(lua_State *L) {
  RenElement element;
  RenRect rect;
  luaL_checktype(L, 2, LUA_TSTRING);
  RenUi *ui = check_ui(L);
  if (!ren_element_parse(lua_tostring(L, 2), &element) || !ren_frame_place(ren_ui_frame(ui), element, &rect))
    return lua_pushnil(L), 1;
  return return_rect(L, rect);
}

/* ui:area() → {x, y, w, h} of the view. */
static int area(lua_State *L) {
  RenUi *ui = check_ui(L);
  ren_ui_frame(ui);
  return return_rect(L, ren_ui_view_area(ui));
}

static void push_parameters(lua_State *L, const RenCommandInfo *command) {
  lua_newtable(L);
  for (int i = 0; command->parameters[i].name; i++) {
    lua_pushstring(L, command->parameters[i].name);
    lua_rawseti(L, -2, i + 1);
  }
}

/* ui:commands() → list of {name, doc, keys, parameters}. */
static int commands(lua_State *L) {
  size_t n;
  const RenCommandInfo *table = ren_command_table(&n);
  check_ui(L);
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    lua_createtable(L, 0, 4);
    set_string(L, "name", table[i].name);
    set_string(L, "doc", table[i].doc);
    set_string(L, "keys", table[i].keys);
    push_parameters(L, &table[i]);
    lua_setfield(L, -2, "parameters");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* --- the picture --- */

/* The frame's lines become one JSON array. Protected, since the lines must be freed whatever happens. */
static int push_commands(lua_State *L) {
  const char *lines = lua_touserdata(L, 1);
  size_t length = strlen(lines);
  luaL_Buffer list;
  char *out = luaL_buffinitsize(L, &list, length + 2);
  *out++ = '[';
  for (size_t i = 0; i + 1 < length; i++) *out++ = lines[i] == '\n' ? ',' : lines[i];
  *out = ']';
  luaL_pushresultsize(&list, length > 0 ? length + 1 : 2);
  lua_replace(L, 1);
  return scr_json_decode(L);
}

/* ui:frame() → list of draw commands, each a table. */
static int frame(lua_State *L) {
  RenUi *ui = check_ui(L);
  lua_pushcfunction(L, push_commands);
  char *lines = ren_frame_json(ren_ui_frame(ui));
  if (!lines) return luaL_error(L, "expected memory for the draw commands, found none");
  lua_pushlightuserdata(L, lines);
  int status = lua_pcall(L, 1, 1, 0);
  free(lines);
  return status == LUA_OK ? 1 : lua_error(L);
}

/* ui:image(FILE.png) → true, or nil and a message. */
static int image(lua_State *L) {
  EngError err = {0};
  luaL_checktype(L, 2, LUA_TSTRING);
  RenUi *ui = check_ui(L);
  const RenPixels *pixels = ren_ui_pixels(ui, &err);
  char *provenance = ren_figure_provenance(ui, false);
  RenPngText texts[] = {{"Software", "headscope " HEADSCOPE_VERSION},
                        {"headscope", provenance ? provenance : "{}"},
                        {"Model", ren_ui_model(ui)},
                        {"Text", ren_ui_text(ui)}};
  bool ok = pixels && ren_png_write(lua_tostring(L, 2), pixels, texts, 4, &err);
  free(provenance);
  return ok ? (lua_pushboolean(L, true), 1) : scr_fail(L, &err);
}

/* ui:pixels() → tensor [height, width, 3], 0 to 255. */
static int get_pixels(lua_State *L) {
  EngError err = {0};
  const RenPixels *pixels = ren_ui_pixels(check_ui(L), &err);
  return pixels ? scr_push_pixels(L, pixels) : scr_raise(L, &err);
}

/* ui:clipboard() → what is on the window's clipboard, or nil. */
static int clipboard(lua_State *L) {
  char *text = ren_ui_clipboard(check_ui(L));
  lua_pushstring(L, text); /* of NULL: nil */
  free(text);
  return 1;
}

const luaL_Reg scr_ui_output[] = {{"state", scr_ui_state}, {"find", find},           {"area", area},
                                  {"commands", commands},  {"frame", frame},         {"image", image},
                                  {"pixels", get_pixels},  {"clipboard", clipboard}, {NULL, NULL}};
