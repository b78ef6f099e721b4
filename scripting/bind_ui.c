/* A window in Lua: opened, closed, waited for. What a person does to it is in bind_ui_input.c, what can be
 * seen of it in bind_ui_output.c. No Lua function runs while the window works, so nothing is raised through
 * it. */
#include "scripting/bind_ui.h"

#include "scripting/bind_view.h"
#include "scripting/check.h"
#include "scripting/host.h"
#include "scripting/session.h"

#include <string.h>

static const ScrType ui_type; /* below */

/* A script in the window's own console runs inside of its turn: nothing else may happen there. */
ScrApp *scr_check_app(lua_State *L, int arg) {
  ScrApp *app = scr_test_view(L, arg);
  if (app) return app;
  app = scr_box_check(L, arg, &ui_type)->object;
  scr_app_watch(app);
  scr_app_poll(app);
  return app;
}

/* A string option without NUL bytes, which the window's text fields do not hold. */
static const char *text_option(lua_State *L, const char *name) {
  size_t length = 0;
  const char *text = scr_option_string(L, 1, name, &length);
  if (text && strlen(text) != length) luaL_error(L, "option \"%s\": expected text without NUL bytes", name);
  return text;
}

static float side(lua_State *L, int i) {
  lua_rawgeti(L, -1, i);
  if (lua_type(L, -1) != LUA_TNUMBER) luaL_error(L, "option \"size\": expected { width, height } in pixels");
  float value = (float)lua_tonumber(L, -1);
  lua_pop(L, 1);
  return value;
}

static void read_size(lua_State *L, ScrAppOptions *options) {
  if (!scr_option(L, 1, "size")) return;
  if (!lua_istable(L, -1)) luaL_error(L, "option \"size\": expected { width, height } in pixels");
  options->width = side(L, 1);
  options->height = side(L, 2);
  lua_pop(L, 1);
}

/* What is asked for, over what is there already. */
static void read_options(lua_State *L, ScrAppOptions *options) {
  const char *theme = text_option(L, "theme");
  scr_session_ask(options, text_option(L, "model"), text_option(L, "text"), text_option(L, "pair"));
  if (theme) options->theme = theme;
  const char *probe = text_option(L, "probe");
  if (probe) options->probe = probe;
  options->probes = text_option(L, "probes_dir");
  options->split = scr_option_boolean(L, 1, "split", options->split);
  options->dock = scr_option_boolean(L, 1, "dock", options->dock);
  options->scale = (float)scr_option_number(L, 1, "scale", (lua_Number)options->scale);
  read_size(L, options);
}

/* What a window opens with: as a figure shows it, else what was saved in a folder, else what a first start has. */
static bool fill_options(ScrAppOptions *options, const char *figure, const char *folder, EngError *err) {
  if (figure) return scr_app_open_figure(options, figure, err);
  if (folder && !(options->session = scr_session_open(folder, err))) return false;
  scr_session_fill(options->session, options);
  return true;
}

/* hs.ui.open{…} → ui, or nil and a message. The options are read twice: nothing may raise once there is a saved
 * state or a figure to free. */
static int open_ui(lua_State *L) {
  static const char *const names[] = {"model", "text",  "pair",   "split",     "dock",       "probe", "size",
                                      "scale", "theme", "figure", "state_dir", "probes_dir", NULL};
  ScrAppOptions options = {.home = scr_host_home(L)};
  EngError err = {0};
  lua_settop(L, 1);
  scr_options(L, 1, names);
  const char *folder = text_option(L, "state_dir"), *figure = text_option(L, "figure");
  read_options(L, &options);
  if (figure && (folder || options.text || options.pair))
    return luaL_error(L, "option \"figure\": a figure brings its own text, pair and state");
  ScrBox *box = scr_box_new(L, &ui_type, 0);
  if (!fill_options(&options, figure, folder, &err)) return figure ? scr_fail(L, &err) : scr_raise(L, &err);
  read_options(L, &options);
  box->object = scr_app_new(&options, &err);
  return box->object ? 1 : scr_raise(L, &err);
}

static void release(ScrBox *box) { scr_app_free(box->object); }

/* ui:wait() → ui: until no job is pending. */
static int wait_for_jobs(lua_State *L) {
  scr_app_wait(scr_check_app(L, 1));
  return lua_settop(L, 1), 1;
}

/* ui:step(seconds): time passes. */
static int step(lua_State *L) {
  ScrApp *app = scr_check_app(L, 1);
  lua_Number seconds = luaL_checknumber(L, 2);
  luaL_argcheck(L, seconds >= 0, 2, "expected seconds of 0 or more");
  ren_ui_step(scr_app_ui(app), (float)seconds);
  return 0;
}

static const luaL_Reg functions[] = {{"open", open_ui}, {NULL, NULL}};
static const luaL_Reg methods[] = {{"wait", wait_for_jobs}, {"step", step}, {NULL, NULL}};
static const luaL_Reg metamethods[] = {{NULL, NULL}};

static const ScrType ui_type = {
    .name = "ui", .size = sizeof(ScrBox), .methods = methods, .metamethods = metamethods, .release = release};

void scr_add_ui_methods(lua_State *L, const ScrType *type) {
  static const luaL_Reg *const lists[] = {scr_ui_input, scr_ui_output, scr_ui_numbers, scr_ui_console};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) scr_box_add_methods(L, type, lists[i]);
}

void scr_bind_ui(lua_State *L) {
  scr_box_register(L, &ui_type);
  scr_add_ui_methods(L, &ui_type);
  luaL_newlib(L, functions);
  lua_setfield(L, -2, "ui");
}
