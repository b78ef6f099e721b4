/* Without a window a Lua state of its own does the work, and is gone afterwards. */
#include "scripting/filter.h"

#include "scripting/bind_record.h"
#include "scripting/bind_tensor.h"
#include "scripting/guard.h"

#include <lauxlib.h>
#include <stdlib.h>

int scr_filter_take(lua_State *L) {
  RenUi *ui = lua_touserdata(L, 1);
  const EngTensor *mask = scr_check_tensor(L, 2);
  int n_layers = (int)mask->shape[0], n_heads = (int)mask->shape[1];
  uint8_t *on = calloc((size_t)n_layers * (size_t)n_heads + 1, 1);
  for (int i = 0; on && i < n_layers * n_heads; i++) on[i] = mask->data[i] > 0;
  if (on) ren_ui_set_passing(ui, on, n_layers, n_heads, NULL);
  free(on);
  return 0;
}

/* (ui as light userdata, seconds) */
static int filter(lua_State *L) {
  RenUi *ui = lua_touserdata(L, 1);
  EngSource *source = eng_source_base((EngSource *)(uintptr_t)ren_ui_source(ui));
  scr_guard_start(L, lua_tonumber(L, 2));
  lua_settop(L, 1);
  lua_pushcfunction(L, scr_filter_take);
  lua_pushvalue(L, 1);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "headscope");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "filter");
  lua_replace(L, -2);
  scr_push_shown(L, source, ren_ui_subject(ui).block);
  lua_remove(L, -2);
  lua_pushstring(L, ren_ui_state(ui)->where);
  lua_call(L, 2, 1);
  lua_call(L, 2, 0);
  return 0;
}

bool scr_filter_now(RenUi *ui, const char *home, const ScrLimits *limits, EngError *err) {
  if (!ren_ui_state(ui)->where[0]) return true;
  lua_State *L = scr_limits_new_state(limits, home, err);
  if (!L) return false;
  lua_pushcfunction(L, filter);
  lua_pushlightuserdata(L, ui);
  lua_pushnumber(L, limits->seconds);
  bool ok = lua_pcall(L, 2, 0, 0) == LUA_OK;
  const char *message = ok ? NULL : lua_tostring(L, -1);
  if (!ok) eng_error_set(err, NULL, NULL, "%s", message ? message : "an error without a message");
  scr_guard_leave();
  lua_close(L);
  scr_guard_clock(0);
  return ok;
}
