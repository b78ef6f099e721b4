/* A handler raises an atomic flag, and does nothing else. */
#include "scripting/interrupt.h"

#include <signal.h>
#include <stddef.h>

/* The one thing that a signal can find. */
static _Atomic(EngCancel *) listening;

static void on_signal(int number) {
  EngCancel *cancel = atomic_load(&listening);
  if (cancel && !eng_cancel_raised(cancel)) {
    eng_cancel_raise(cancel);
    return;
  }
  signal(number, SIG_DFL);
  raise(number);
}

static void listen(void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

void scr_interrupt_begin(EngCancel *cancel) {
  atomic_store(&listening, cancel);
  listen(on_signal);
}

void scr_interrupt_end(void) {
  listen(SIG_DFL);
  atomic_store(&listening, NULL);
}
