/* What can be seen of a window, as Lua values: its state, its elements, its draw commands, its pixels. */
#include "scripting/bind_ui.h"

#include "scripting/bind_picture.h"

#include "render/command.h"
#include "render/png.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static RenUi *check_ui(lua_State *L) { return scr_app_ui(scr_check_app(L, 1)); }

static void set_string(lua_State *L, const char *name, const char *value) {
  if (!value) return;
  lua_pushstring(L, value);
  lua_setfield(L, -2, name);
}

static void set_integer(lua_State *L, const char *name, lua_Integer value) {
  lua_pushinteger(L, value);
  lua_setfield(L, -2, name);
}

static void set_number(lua_State *L, const char *name, lua_Number value) {
  lua_pushnumber(L, value);
  lua_setfield(L, -2, name);
}

static void set_boolean(lua_State *L, const char *name, bool value) {
  lua_pushboolean(L, value);
  lua_setfield(L, -2, name);
}

static void set_rect(lua_State *L, RenRect rect) {
  set_number(L, "x", (lua_Number)rect.x);
  set_number(L, "y", (lua_Number)rect.y);
  set_number(L, "w", (lua_Number)rect.w);
  set_number(L, "h", (lua_Number)rect.h);
}

/* --- state --- */

static void set_heads(lua_State *L, const RenState *state, int n_heads) {
  lua_newtable(L);
  for (int head = 0, n = 0; head < n_heads; head++) {
    if (!ren_state_head_active(state, head)) continue;
    lua_pushinteger(L, head);
    lua_rawseti(L, -2, ++n);
  }
  lua_setfield(L, -2, "heads");
}

static void set_hover(lua_State *L, const RenState *state) {
  if (state->hover_side == REN_SIDE_NONE) return;
  lua_createtable(L, 0, 2);
  set_string(L, "side", state->hover_side == REN_SIDE_QUERY ? "query" : "key");
  set_integer(L, "token", state->hover_token);
  lua_setfield(L, -2, "hover");
}

static void set_panels(lua_State *L, const RenState *state) {
  lua_newtable(L);
  if (state->panel_open) {
    lua_createtable(L, 2, 0);
    lua_pushinteger(L, state->panel.layer);
    lua_rawseti(L, -2, 1);
    lua_pushinteger(L, state->panel.head);
    lua_rawseti(L, -2, 2);
    lua_rawseti(L, -2, 1);
  }
  lua_setfield(L, -2, "panels");
}

static void set_selection(lua_State *L, RenUi *ui, const RenState *state) {
  const EngSource *source = ren_ui_source(ui);
  const EngBlock *block = source ? eng_source_block(source, state->block) : NULL;
  set_integer(L, "layer", state->layer);
  set_integer(L, "head", state->head);
  set_heads(L, state, block ? block->n_heads : 0);
  set_hover(L, state);
  lua_newtable(L);
  lua_setfield(L, -2, "pins");
  if (state->token >= 0) set_integer(L, "token", state->token);
  set_string(L, "filter", block ? block->key : "all");
  set_panels(L, state);
}

/* 0.05, not the float that is nearest to it. */
static lua_Number decimal(float value) { return (lua_Number)(int)((double)value * 1e6 + 0.5) / 1e6; }

static void set_window(lua_State *L, RenUi *ui, const RenState *state) {
  set_string(L, "theme", state->theme->name);
  set_number(L, "scale", decimal(state->scale));
  set_string(L, "text", ren_ui_text(ui));
  set_string(L, "pair", ren_ui_pair(ui));
  set_string(L, "model", ren_ui_model(ui));
  if (*ren_ui_focus(ui)) set_string(L, "focus", ren_ui_focus(ui));
  set_boolean(L, "busy", ren_ui_busy(ui));
  set_boolean(L, "bos", ren_ui_bos(ui));
  set_string(L, "error", ren_ui_error(ui));
}

/* ui:state() → table; what is not there (a token, an error) is nil. */
static int state(lua_State *L) {
  RenUi *ui = check_ui(L);
  const RenState *now = ren_ui_state(ui);
  lua_createtable(L, 0, 24);
  set_string(L, "view", ren_view_name(now->view));
  lua_createtable(L, 1, 0);
  lua_pushstring(L, ren_view_name(now->view));
  lua_rawseti(L, -2, 1);
  lua_setfield(L, -2, "views");
  set_selection(L, ui, now);
  set_number(L, "threshold", decimal(now->threshold));
  set_boolean(L, "sink_hidden", now->sink_hidden);
  set_boolean(L, "expanded", now->expanded);
  lua_createtable(L, 0, 2);
  set_number(L, "x", (lua_Number)now->scroll_x[now->view]);
  set_number(L, "y", (lua_Number)now->scroll_y[now->view]);
  lua_setfield(L, -2, "scroll");
  set_window(L, ui, now);
  return 1;
}

/* --- elements and commands --- */

/* ui:find(id) → {x, y, w, h} of what shows of it, or nil. */
static int find(lua_State *L) {
  RenId id;
  RenRect rect;
  luaL_checktype(L, 2, LUA_TSTRING);
  RenUi *ui = check_ui(L);
  if (!ren_id_parse(lua_tostring(L, 2), &id) || !ren_frame_find(ren_ui_frame(ui), id, &rect))
    return lua_pushnil(L), 1;
  lua_createtable(L, 0, 4);
  set_rect(L, rect);
  return 1;
}

/* ui:area() → {x, y, w, h} of the view. */
static int area(lua_State *L) {
  RenUi *ui = check_ui(L);
  ren_ui_frame(ui);
  lua_createtable(L, 0, 4);
  set_rect(L, ren_ui_view_area(ui));
  return 1;
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

static void push_json(lua_State *L, const json_t *value) {
  const char *key;
  json_t *item;
  size_t i;
  luaL_checkstack(L, 4, "draw commands");
  switch (json_typeof(value)) {
  case JSON_OBJECT:
    lua_newtable(L);
    json_object_foreach((json_t *)(uintptr_t)value, key, item) {
      push_json(L, item);
      lua_setfield(L, -2, key);
    }
    break;
  case JSON_ARRAY:
    lua_newtable(L);
    json_array_foreach(value, i, item) {
      push_json(L, item);
      lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    break;
  case JSON_STRING:
    lua_pushlstring(L, json_string_value(value), json_string_length(value));
    break;
  case JSON_INTEGER:
    lua_pushinteger(L, json_integer_value(value));
    break;
  case JSON_REAL:
    lua_pushnumber(L, json_real_value(value));
    break;
  case JSON_TRUE:
  case JSON_FALSE:
    lua_pushboolean(L, json_is_true(value));
    break;
  default:
    lua_pushnil(L);
  }
}

static int push_commands(lua_State *L) {
  push_json(L, lua_touserdata(L, 1));
  return 1;
}

/* The frame's lines as one JSON array; NULL when memory is short. */
static json_t *parse_frame(RenUi *ui) {
  char *lines = ren_frame_json(ren_ui_frame(ui));
  json_t *list = lines ? json_array() : NULL;
  for (char *line = lines, *end; list && line && *line; line = end) {
    end = strchr(line, '\n');
    size_t length = end ? (size_t)(end - line) : strlen(line);
    json_t *command = json_loadb(line, length, JSON_ALLOW_NUL, NULL);
    if (!command || json_array_append_new(list, command) != 0) json_decref(list), list = NULL;
    end = line + length + (end != NULL);
  }
  free(lines);
  return list;
}

/* ui:frame() → list of draw commands, each a table. */
static int frame(lua_State *L) {
  RenUi *ui = check_ui(L);
  lua_pushcfunction(L, push_commands);
  json_t *list = parse_frame(ui);
  if (!list) return luaL_error(L, "not enough memory for the draw commands");
  lua_pushlightuserdata(L, list);
  int status = lua_pcall(L, 1, 1, 0);
  json_decref(list);
  return status == LUA_OK ? 1 : lua_error(L);
}

/* ui:image(FILE.png) → true, or nil and a message. */
static int image(lua_State *L) {
  EngError err = {0};
  luaL_checktype(L, 2, LUA_TSTRING);
  RenUi *ui = check_ui(L);
  const RenPixels *pixels = ren_ui_pixels(ui, &err);
  RenPngText texts[] = {
      {"Software", "headscope " HEADSCOPE_VERSION}, {"Model", ren_ui_model(ui)}, {"Text", ren_ui_text(ui)}};
  if (!pixels || !ren_png_write(lua_tostring(L, 2), pixels, texts, 3, &err)) return scr_fail(L, &err);
  return lua_pushboolean(L, true), 1;
}

/* ui:pixels() → tensor [height, width, 3], 0 to 255. */
static int get_pixels(lua_State *L) {
  EngError err = {0};
  const RenPixels *pixels = ren_ui_pixels(check_ui(L), &err);
  return pixels ? scr_push_pixels(L, pixels) : scr_raise(L, &err);
}

const luaL_Reg scr_ui_output[] = {{"state", state},       {"find", find},   {"area", area},
                                  {"commands", commands}, {"frame", frame}, {"image", image},
                                  {"pixels", get_pixels}, {NULL, NULL}};
