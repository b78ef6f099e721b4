/* The data: its defaults, its recent models, its end. */
#include "scripting/saved.h"

#include <stdlib.h>
#include <string.h>

void scr_saved_init(ScrSaved *saved) {
  *saved = (ScrSaved){.width = 1280, .height = 800, .filter = "all", .console_height = REN_CONSOLE_HEIGHT};
  ren_state_init(&saved->state);
  saved->state.dock = true;
}

void scr_saved_free(ScrSaved *saved) {
  free(saved->model);
  free(saved->text);
  free(saved->pair);
  for (int i = 0; i < saved->n_recent; i++) free(saved->recent[i]);
  ren_history_free(&saved->history);
  ren_history_free(&saved->scripts);
  ren_comparison_free(&saved->comparison);
  scr_saved_init(saved);
}

static void take_out(ScrSaved *saved, int i) {
  free(saved->recent[i]);
  saved->n_recent--;
  memmove(&saved->recent[i], &saved->recent[i + 1], (size_t)(saved->n_recent - i) * sizeof *saved->recent);
}

void scr_saved_add_recent(ScrSaved *saved, const char *model) {
  char *copy = strdup(model);
  if (!copy) return;
  for (int i = saved->n_recent - 1; i >= 0; i--)
    if (strcmp(saved->recent[i], model) == 0) take_out(saved, i);
  if (saved->n_recent == SCR_SAVED_MODELS) take_out(saved, SCR_SAVED_MODELS - 1);
  memmove(&saved->recent[1], &saved->recent[0], (size_t)saved->n_recent * sizeof *saved->recent);
  saved->recent[0] = copy;
  saved->n_recent++;
}
