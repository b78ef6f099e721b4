/* What a console is made of: shared by console.c and console_task.c, and by nobody else. */
#ifndef SCRIPTING_CONSOLE_IMPL_H
#define SCRIPTING_CONSOLE_IMPL_H

#include "scripting/app_impl.h"
#include "scripting/console.h"
#include "scripting/work.h"

struct ScrConsole {
  ScrApp *app;
  lua_State *L;
  size_t bytes; /* that L has */
  ScrPatience patience;

  lua_State *thread; /* of the script that runs, kept by the registry; NULL: none */
  bool inside;       /* it is on the processor: polling must leave it alone */
  bool stopping;     /* every few instructions an error is raised */
  bool waits;        /* for the jobs of the window */
  double slice;      /* when its turn began, in seconds */
  EngJob *job;       /* a worker of the console's own: the window's texts do not push its work aside */
  ScrWork *work;     /* what the worker does for it; NULL: nothing */

  const EngModel *model; /* what the globals were taken from; compared, not used */
  uint64_t serial;
};

/* Instructions between two looks at the clock. */
#define SCR_CONSOLE_COUNT 1000

/* console.c */
ScrConsole *scr_console_of(lua_State *L);
int scr_console_compile(lua_State *L); /* (code as light userdata) → function; raises what is wrong with it */
int scr_console_print(lua_State *L);   /* print(…) */
void scr_console_follow(ScrConsole *console);
/* Says the error at the top of L's stack, and drops it. */
void scr_console_say_error(ScrConsole *console);

/* console_task.c */
void scr_console_hook(lua_State *L, lua_Debug *at);
int scr_console_work(void *context, lua_State *L, ScrWork *work, lua_KFunction then); /* of the patience */

#endif
