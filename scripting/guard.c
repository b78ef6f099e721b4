/* A signal's handler sets a hook, as the program lua does: in the state's main thread and in the coroutine that
 * runs, which it knows because resuming one goes through here. Where that coroutine ends the one that resumed it
 * gets the hook as well, and so on outwards. Everything else the handler touches is a plain flag. */
#include "scripting/guard.h"

#include "scripting/work.h"

#include <lauxlib.h>
#include <lualib.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

typedef struct Guard {
  lua_State *_Atomic main;    /* NULL: no script, or one that is being closed */
  lua_State *_Atomic running; /* the main thread or the coroutine on the processor */
  atomic_int stop;            /* the signal that wants it to end; 0: none */
  pthread_t thread;           /* of the script */
  double seconds;
  char place[LUA_IDSIZE + 16]; /* where the script was when the stop reached it: "FILE:LINE: " */
  char over[128];              /* what is said when the time is over */
  size_t length;
  EngCancel cancel; /* of the engine's work for it */
  ScrPatience patience;
} Guard;

/* The one thing that a signal can find. */
static Guard guard;

/* --- the stop */

static void hook(lua_State *L, lua_Debug *at);

static void set_hook(lua_State *L) {
  lua_sethook(L, hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

/* A C function has no lines: who called it has. */
static void note_place(lua_State *L) {
  for (int level = 0; level < 2 && guard.place[0] == '\0'; level++, lua_pop(L, 1)) {
    luaL_where(L, level);
    snprintf(guard.place, sizeof guard.place, "%s", lua_tostring(L, -1));
  }
}

/* Ends what goes on, and whatever catches that; where that is done does not matter to anybody. */
static int raise_stop(lua_State *L) {
  set_hook(L);
  note_place(L);
  lua_pushfstring(L, "%s%s", guard.place, guard.stop == SIGINT ? "interrupted" : guard.over);
  return lua_error(L);
}

/* A coroutine that outlived its stop forgets about it. */
static void hook(lua_State *L, lua_Debug *at) {
  (void)at;
  if (guard.stop)
    raise_stop(L);
  else
    lua_sethook(L, NULL, 0, 0);
}

/* At the second alarm, a second after the first: nobody listens. */
static void end_process(void) {
  ssize_t written = write(STDERR_FILENO, "headscope: ", 11);
  written = write(STDERR_FILENO, guard.over, guard.length);
  written = write(STDERR_FILENO, ", and could not be stopped\n", 27);
  (void)written;
  _exit(1);
}

static void on_signal(int number) {
  if (!pthread_equal(pthread_self(), guard.thread)) {
    pthread_kill(guard.thread, number);
    return;
  }
  lua_State *L = guard.main, *running = guard.running;
  if (number == SIGALRM && guard.stop == SIGALRM) end_process();
  if (number == SIGINT && (guard.stop == SIGINT || !L)) {
    signal(SIGINT, SIG_DFL);
    raise(SIGINT);
  }
  guard.stop = number;
  eng_cancel_raise(&guard.cancel);
  if (!L) return;
  set_hook(L);
  if (running != L) set_hook(running);
}

/* --- coroutines */

/* Calls the function below `n` arguments while `thread` counts as the one that runs. */
static int run_thread(lua_State *L, lua_State *thread, int n) {
  lua_State *outer = guard.running;
  guard.running = thread;
  int status = lua_pcall(L, n, LUA_MULTRET, 0);
  guard.running = outer;
  if (guard.stop) set_hook(L);
  return status == LUA_OK ? lua_gettop(L) : lua_error(L);
}

/* coroutine.resume; upvalue 1 is Lua's own. */
static int resume(lua_State *L) {
  lua_State *thread = lua_tothread(L, 1);
  luaL_argexpected(L, thread, 1, "coroutine");
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  return run_thread(L, thread, lua_gettop(L) - 1);
}

/* What coroutine.wrap gives; upvalue 1 is Lua's own, which has its thread in its first upvalue. */
static int resume_wrapped(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_getupvalue(L, -1, 1);
  lua_State *thread = lua_tothread(L, -1);
  lua_pop(L, 1);
  lua_insert(L, 1);
  return run_thread(L, thread, lua_gettop(L) - 1);
}

/* coroutine.wrap; upvalue 1 is Lua's own. */
static int wrap(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  lua_pushcclosure(L, resume_wrapped, 1);
  return 1;
}

/* Puts `function` around the field of the table on top. */
static void put_around(lua_State *L, const char *name, lua_CFunction function) {
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, function, 1);
  lua_setfield(L, -2, name);
}

/* --- the engine's work */

/* At once, and cancelled by a stop. */
static int do_work(void *context, lua_State *L, ScrWork *work, lua_KFunction then) {
  (void)context;
  work->ok = work->run(work, &guard.cancel, &work->error);
  if (guard.stop) return raise_stop(L);
  return then(L, LUA_OK, (lua_KContext)work);
}

/* --- its life */

static void listen(int number) {
  struct sigaction action = {.sa_handler = on_signal}; /* no SA_RESTART: reading a line ends, too */
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

/* An alarm when the time is over, and one each second from then on. */
void scr_guard_clock(double seconds) {
  static const struct itimerval never = {0};
  double whole = floor(seconds);
  struct itimerval timer = {.it_interval.tv_sec = 1};
  setitimer(ITIMER_REAL, &never, NULL);
  if (seconds <= 0) return;
  timer.it_value.tv_sec = (time_t)whole;
  timer.it_value.tv_usec = (suseconds_t)((seconds - whole) * 1e6);
  if (timer.it_value.tv_sec == 0 && timer.it_value.tv_usec == 0) timer.it_value.tv_usec = 1;
  snprintf(guard.over, sizeof guard.over, "expected to end within %g seconds (--time), found it running", seconds);
  guard.length = strlen(guard.over);
  listen(SIGALRM);
  setitimer(ITIMER_REAL, &timer, NULL);
}

void scr_guard_start(lua_State *L, double seconds) {
  lua_getglobal(L, LUA_COLIBNAME);
  put_around(L, "resume", resume);
  put_around(L, "wrap", wrap);
  lua_pop(L, 1);
  guard.thread = pthread_self();
  guard.patience = (ScrPatience){do_work, NULL};
  guard.running = L;
  guard.main = L;
  scr_work_set_patience(L, &guard.patience);
  listen(SIGINT);
  if (seconds > 0) scr_guard_clock(seconds);
}

bool scr_guard_stopped(void) { return guard.stop != 0; }

bool scr_guard_settle(lua_State *L) {
  bool stopped = guard.stop == SIGINT;
  lua_sethook(L, NULL, 0, 0);
  guard.stop = 0;
  guard.place[0] = '\0';
  atomic_store(&guard.cancel.raised, false);
  return stopped;
}

void scr_guard_leave(void) { guard.main = guard.running = NULL; }
