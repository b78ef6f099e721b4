/* Numbers about the tokens that a window shows, from and to Lua: what the token strip has, and what a script wants
 * it to have. The latter is a command like any other, whose numbers are text, so that a session can be replayed. */
#include "scripting/bind_ui.h"

#include "scripting/bind_tensor.h"
#include "scripting/check.h"

#include "render/classes.h"
#include "render/command.h"
#include "render/strip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ui:strip(), of the right one of two views ui:strip(2) → tensor, title; or nil and why there are no numbers. */
static int get_strip(lua_State *L) {
  EngError err = {0};
  lua_Integer view = luaL_optinteger(L, 2, 1);
  luaL_argcheck(L, view == 1 || view == 2, 2, "expected 1 or 2, the left or the right view");
  const RenStrip *strip = ren_ui_strip(scr_app_ui(scr_check_app(L, 1)), view == 2);
  EngTensor *out = scr_new_tensor(L);
  const char *why = !strip ? "the token strip is folded" : strip->missing;
  if (*why) return lua_pushnil(L), lua_pushstring(L, why), 2;
  size_t n = (size_t)strip->n;
  if (!eng_tensor_new(out, 1, &n, &err)) return scr_raise(L, &err);
  memcpy(out->data, strip->values, n * sizeof *out->data);
  lua_pushstring(L, strip->title);
  return 2;
}

/* As the command takes them: malloc'ed, NULL when memory is short. */
static char *write_numbers(const EngTensor *tensor) {
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream(&text, &size);
  for (size_t i = 0; file && i < tensor->shape[0]; i++)
    fprintf(file, "%.9g ", (double)tensor->data[(ptrdiff_t)i * tensor->stride[0]]);
  if (file && fclose(file) == 0) return text;
  free(text);
  return NULL;
}

/* ui:strip(name, tensor): shows these numbers, one for each token. */
static int set_strip(lua_State *L) {
  EngError err = {0};
  const char *name = scr_name(L, 2);
  ScrApp *app = scr_check_app(L, 1);
  const EngTensor *tensor = scr_check_tensor(L, 3);
  if (tensor->rank != 1) return luaL_argerror(L, 3, "expected a tensor with one axis: a number for each token");
  char *numbers = write_numbers(tensor);
  RenArg args[] = {{.kind = REN_ARG_STRING, .string = name}, {.kind = REN_ARG_STRING, .string = numbers}};
  bool ok = numbers ? ren_command_run(scr_app_ui(app), "strip.numbers", args, 2, &err)
                    : eng_error_memory(&err, NULL, "numbers");
  free(numbers);
  return ok ? 0 : scr_raise(L, &err);
}

static int strip(lua_State *L) { return lua_gettop(L) > 2 ? set_strip(L) : get_strip(L); }

/* ui:classes() → the class of each token of the text, counted from 1, 0 for none; the names of the classes. */
static int classes(lua_State *L) {
  const RenClasses *now = ren_ui_state(scr_app_ui(scr_check_app(L, 1)))->classes;
  lua_createtable(L, now ? now->n_tokens : 0, 0);
  for (int i = 0; now && i < now->n_tokens; i++) {
    lua_pushinteger(L, now->of[i] + 1);
    lua_rawseti(L, -2, i + 1);
  }
  lua_createtable(L, now ? now->n : 0, 0);
  for (int i = 0; now && i < now->n; i++) {
    lua_pushstring(L, now->names[i]);
    lua_rawseti(L, -2, i + 1);
  }
  return 2;
}

const luaL_Reg scr_ui_numbers[] = {{"strip", strip}, {"classes", classes}, {NULL, NULL}};
