/* What a person does to a window, from Lua: the same events as on screen, and commands by name. */
#include "scripting/bind_ui.h"

#include "scripting/check.h"
#include "scripting/runner.h"

#include "render/command.h"

#include <string.h>

static void send(ScrApp *app, RenEvent event) { ren_ui_event(scr_app_ui(app), &event); }

static RenPoint check_point(lua_State *L, int arg) {
  return (RenPoint){(float)luaL_checknumber(L, arg), (float)luaL_checknumber(L, arg + 1)};
}

/* Text without NUL bytes. */
static const char *check_text(lua_State *L, int arg) {
  size_t length;
  luaL_checktype(L, arg, LUA_TSTRING);
  const char *text = lua_tolstring(L, arg, &length);
  luaL_argcheck(L, strlen(text) == length, arg, "expected text without NUL bytes");
  return text;
}

/* ui:move(x, y) */
static int move(lua_State *L) {
  RenPoint at = check_point(L, 2);
  send(scr_check_app(L, 1), (RenEvent){.kind = REN_EVENT_MOVE, .at = at});
  return 0;
}

static int check_button(lua_State *L, int options) {
  static const char *const buttons[] = {"left", "middle", "right"};
  const char *name = scr_option_string(L, options, "button", NULL);
  for (int i = 0; i < 3; i++)
    if (!name || strcmp(name, buttons[i]) == 0) return i + 1;
  return luaL_error(L, "option \"button\": expected left, middle or right, found %s", name);
}

/* The press that (x, y, options) describe. */
static RenEvent check_press(lua_State *L) {
  static const char *const names[] = {"button", "clicks", "shift", "ctrl", NULL};
  scr_options(L, 4, names);
  RenEvent event = {.kind = REN_EVENT_PRESS, .at = check_point(L, 2), .button = check_button(L, 4)};
  lua_Integer clicks = scr_option_integer(L, 4, "clicks", 1);
  if (clicks < 1 || clicks > 3) luaL_error(L, "option \"clicks\": expected 1 to 3, found %I", clicks);
  event.clicks = (int)clicks;
  event.shift = scr_option_boolean(L, 4, "shift", false);
  event.ctrl = scr_option_boolean(L, 4, "ctrl", false);
  return event;
}

/* ui:click(x, y, {button, clicks, shift, ctrl}): a double-click is two clicks, as a person's is. */
static int click(lua_State *L) {
  RenEvent press = check_press(L);
  ScrApp *app = scr_check_app(L, 1);
  int clicks = press.clicks;
  send(app, (RenEvent){.kind = REN_EVENT_MOVE, .at = press.at});
  for (press.clicks = 1; press.clicks <= clicks; press.clicks++) {
    RenEvent release = press;
    release.kind = REN_EVENT_RELEASE;
    send(app, press);
    send(app, release);
  }
  return 0;
}

/* ui:press(x, y, options), ui:release(x, y) */
static int press(lua_State *L) {
  RenEvent event = check_press(L);
  send(scr_check_app(L, 1), event);
  return 0;
}

static int release(lua_State *L) {
  RenPoint at = check_point(L, 2);
  send(scr_check_app(L, 1), (RenEvent){.kind = REN_EVENT_RELEASE, .at = at, .button = 1});
  return 0;
}

/* ui:wheel(dx, dy, {shift, ctrl}): notches where the mouse is; positive dy is away from the user. */
static int wheel(lua_State *L) {
  static const char *const names[] = {"shift", "ctrl", NULL};
  RenPoint by = check_point(L, 2);
  scr_options(L, 4, names);
  bool shift = scr_option_boolean(L, 4, "shift", false), ctrl = scr_option_boolean(L, 4, "ctrl", false);
  ScrApp *app = scr_check_app(L, 1);
  RenPoint at = ren_ui_state(scr_app_ui(app))->mouse;
  send(app, (RenEvent){.kind = REN_EVENT_WHEEL, .at = at, .by = by, .shift = shift, .ctrl = ctrl});
  return 0;
}

static int send_text(lua_State *L, RenEventKind kind) {
  const char *text = check_text(L, 2);
  send(scr_check_app(L, 1), (RenEvent){.kind = kind, .text = text});
  return 0;
}

/* ui:type "text": a line's end is the Enter key, as under a person's hands. */
static int type(lua_State *L) {
  const char *text = check_text(L, 2);
  do {
    size_t length = strcspn(text, "\n");
    bool ends = text[length] == '\n';
    const char *line = lua_pushlstring(L, text, length);
    if (length > 0 || !ends) send(scr_check_app(L, 1), (RenEvent){.kind = REN_EVENT_TEXT, .text = line});
    if (ends) send(scr_check_app(L, 1), (RenEvent){.kind = REN_EVENT_KEY, .text = "enter"});
    lua_pop(L, 1);
    text += length + ends;
  } while (*text);
  return 0;
}

/* ui:compose "text": what an input method puts together; "" for nothing any more. */
static int compose(lua_State *L) { return send_text(L, REN_EVENT_COMPOSE); }

/* ui:key "ctrl+f", ui:drop(path) */
static int key(lua_State *L) { return send_text(L, REN_EVENT_KEY); }
static int drop(lua_State *L) { return send_text(L, REN_EVENT_DROP); }

/* ui:resize(width, height) */
static int resize(lua_State *L) {
  RenPoint size = check_point(L, 2);
  EngError err = {0};
  RenArg args[] = {{.kind = REN_ARG_NUMBER, .number = (double)size.x},
                   {.kind = REN_ARG_NUMBER, .number = (double)size.y}};
  bool ok = ren_command_run(scr_app_ui(scr_check_app(L, 1)), "window.resize", args, 2, &err);
  return ok ? 0 : scr_raise(L, &err);
}

/* The value on top of the stack as an argument of `command`; it stays there. */
static RenArg read_arg(lua_State *L, const char *command) {
  switch (lua_type(L, -1)) {
  case LUA_TNIL:
    return (RenArg){.kind = REN_ARG_NONE};
  case LUA_TNUMBER:
    return (RenArg){.kind = REN_ARG_NUMBER, .number = lua_tonumber(L, -1)};
  case LUA_TSTRING:
    return (RenArg){.kind = REN_ARG_STRING, .string = check_text(L, lua_gettop(L))};
  case LUA_TBOOLEAN:
    return (RenArg){.kind = REN_ARG_BOOL, .boolean = lua_toboolean(L, -1)};
  default:
    luaL_error(L, "%s: expected numbers, strings or booleans, found a %s", command, luaL_typename(L, -1));
  }
  return (RenArg){0};
}

/* Every key of the arguments' table is a place or a parameter's name. */
static void check_names(lua_State *L, const RenCommandInfo *command) {
  for (lua_pushnil(L); lua_next(L, 3); lua_pop(L, 1)) {
    bool known = lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 && lua_tointeger(L, -2) <= REN_MAX_ARGS;
    for (int i = 0; !known && command->parameters[i].name; i++)
      known = lua_type(L, -2) == LUA_TSTRING && strcmp(lua_tostring(L, -2), command->parameters[i].name) == 0;
    if (!known) luaL_error(L, "%s: unknown argument %s", command->name, luaL_tolstring(L, -2, NULL));
  }
}

/* From the table at 3, by place or by name; the values stay on the stack. Returns how many there are. */
static size_t read_table(lua_State *L, const RenCommandInfo *command, RenArg out[REN_MAX_ARGS]) {
  size_t n = 0;
  check_names(L, command);
  for (int i = 0; i < REN_MAX_ARGS; i++) {
    const char *name = command->parameters[i].name;
    lua_rawgeti(L, 3, i + 1);
    if (lua_isnil(L, -1) && name) lua_pop(L, 1), lua_getfield(L, 3, name);
    out[i] = read_arg(L, command->name);
    if (out[i].kind != REN_ARG_NONE) n = (size_t)i + 1;
    if (!name) break;
  }
  return n;
}

/* The arguments behind the name: one table, or the values themselves. */
static size_t read_args(lua_State *L, const RenCommandInfo *command, RenArg out[REN_MAX_ARGS]) {
  int n = lua_gettop(L) - 2;
  if (lua_istable(L, 3)) return read_table(L, command, out);
  if (n > REN_MAX_ARGS)
    luaL_error(L, "%s: expected at most %d arguments, found %d", command->name, REN_MAX_ARGS, n);
  for (int i = 0; i < n; i++) {
    lua_pushvalue(L, 3 + i);
    out[i] = read_arg(L, command->name);
  }
  while (n > 0 && out[n - 1].kind == REN_ARG_NONE) n--;
  return n > 0 ? (size_t)n : 0;
}

/* ui:command(name, arguments): raises on what the window would silently refuse. A figure is there when it returns:
 * in a console the script waits for it. */
static int command(lua_State *L) {
  const char *name = check_text(L, 2);
  ScrApp *app = scr_check_app(L, 1);
  const RenCommandInfo *info = ren_command_find(name);
  RenArg args[REN_MAX_ARGS] = {{0}};
  EngError err = {0};
  if (!info) return luaL_error(L, "unknown command \"%s\": ui:commands() lists them", name);
  size_t n_args = read_args(L, info, args);
  if (!ren_command_run(scr_app_ui(app), name, args, n_args, &err)) return scr_raise(L, &err);
  bool waits = strcmp(name, "figure.save") == 0 && ren_ui_writing(scr_app_ui(app));
  return waits ? scr_runner_wait_figures(L) : 0;
}

const luaL_Reg scr_ui_input[] = {
    {"move", move}, {"click", click}, {"press", press},   {"release", release}, {"wheel", wheel},     {"key", key},
    {"type", type}, {"drop", drop},   {"resize", resize}, {"command", command}, {"compose", compose}, {NULL, NULL}};
