/* The module's table: functions of its own, and those of the types it is made of. */
#include "scripting/bind.h"

#include "scripting/bind_edits.h"
#include "scripting/bind_files.h"
#include "scripting/bind_json.h"
#include "scripting/bind_model.h"
#include "scripting/bind_picture.h"
#include "scripting/bind_record.h"
#include "scripting/bind_run.h"
#include "scripting/bind_scan.h"
#include "scripting/bind_scripts.h"
#include "scripting/bind_tensor.h"
#include "scripting/bind_ui.h"

#include <lauxlib.h>

int scr_bind_headscope(lua_State *L) {
  lua_createtable(L, 0, 8);
  lua_pushliteral(L, HEADSCOPE_VERSION);
  lua_setfield(L, -2, "version");
  scr_bind_model(L);
  scr_bind_edits(L);
  scr_bind_run(L);
  scr_bind_record(L);
  scr_bind_scan(L);
  scr_bind_tensor(L);
  scr_bind_json(L);
  scr_bind_picture(L);
  scr_bind_files(L);
  scr_bind_scripts(L);
  scr_bind_ui(L);
  return 1;
}
