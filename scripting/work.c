/* A state has at most one who waits, found in the registry: without one the work is done on the spot. */
#include "scripting/work.h"

static const char key;

void scr_work_set_patience(lua_State *L, const ScrPatience *patience) {
  lua_pushlightuserdata(L, (void *)(uintptr_t)patience);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &key);
}

int scr_work(lua_State *L, ScrWork *work, lua_KFunction then) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &key);
  const ScrPatience *patience = lua_touserdata(L, -1);
  lua_pop(L, 1);
  if (patience) return patience->wait(patience->context, L, work, then);
  work->ok = work->run(work, NULL, &work->error);
  return then(L, LUA_OK, (lua_KContext)work);
}
