/* The same window that the script's person sees: what can be done to it and seen of it is what hs.ui offers. It is
 * borrowed, and it lives longer than the state. */
#include "scripting/bind_view.h"

#include "scripting/bind_ui.h"
#include "scripting/runner.h"

static void release(ScrBox *box) { (void)box; }

/* view:wait(): until no job of the window's is pending. */
static int wait_for_jobs(lua_State *L);

static const luaL_Reg methods[] = {{"wait", wait_for_jobs}, {NULL, NULL}};
static const ScrType view_type = {.name = "view", .size = sizeof(ScrBox), .methods = methods, .release = release};

static int wait_for_jobs(lua_State *L) {
  scr_box_check(L, 1, &view_type);
  return scr_runner_wait_window(L);
}

ScrApp *scr_test_view(lua_State *L, int arg) {
  ScrBox *box = scr_box_test(L, arg, &view_type);
  return box ? scr_box_check(L, arg, &view_type)->object : NULL;
}

void scr_bind_view(lua_State *L) {
  scr_box_register(L, &view_type);
  scr_add_ui_methods(L, &view_type);
  scr_box_new(L, &view_type, 0)->object = scr_runner_of(L)->app;
}
