/* A short array in the order of use. What is being typed is not among the inputs until it is run: it is kept
 * beside them while one steps through them, so that stepping loses nothing. */
#include "render/history.h"

#include <stdlib.h>
#include <string.h>

static void free_input(RenInput *input) {
  free(input->text);
  free(input->pair);
  *input = (RenInput){0};
}

void ren_history_free(RenHistory *history) {
  for (int i = 0; i < history->n; i++) free_input(&history->inputs[i]);
  free_input(&history->draft);
  *history = (RenHistory){0};
}

static bool copy_input(RenInput *out, const char *text, const char *pair) {
  *out = (RenInput){strdup(text), strdup(pair)};
  if (out->text && out->pair) return true;
  free_input(out);
  return false;
}

static void take_out(RenHistory *history, int i) {
  free_input(&history->inputs[i]);
  history->n--;
  memmove(&history->inputs[i], &history->inputs[i + 1], (size_t)(history->n - i) * sizeof *history->inputs);
}

static bool is_input(const RenInput *input, const char *text, const char *pair) {
  return strcmp(input->text, text) == 0 && strcmp(input->pair, pair) == 0;
}

static int find(const RenHistory *history, const char *text, const char *pair) {
  for (int i = 0; i < history->n; i++)
    if (is_input(&history->inputs[i], text, pair)) return i;
  return -1;
}

void ren_history_add(RenHistory *history, const char *text, const char *pair) {
  RenInput input;
  if (!pair) pair = "";
  history->back = 0;
  if (!*text || strlen(text) > REN_HISTORY_BYTES || strlen(pair) > REN_HISTORY_BYTES) return;
  if (!copy_input(&input, text, pair)) return;
  int same = find(history, text, pair);
  if (same >= 0)
    take_out(history, same);
  else if (history->n == REN_HISTORY_INPUTS)
    take_out(history, 0);
  history->inputs[history->n++] = input;
}

/* What stands in the fields becomes the draft; where it is the newest input, one has stepped to that already. */
static bool begin(RenHistory *history, const char *text, const char *pair) {
  free_input(&history->draft);
  if (!copy_input(&history->draft, text, pair)) return false;
  if (is_input(&history->inputs[history->n - 1], text, pair)) history->back = 1;
  return true;
}

const RenInput *ren_history_step(RenHistory *history, int by, const char *text, const char *pair) {
  if (history->n == 0) return NULL;
  if (history->back == 0 && (by < 0 || !begin(history, text, pair))) return NULL;
  int back = history->back + by;
  if (back < 0 || back > history->n) return NULL;
  history->back = back;
  return back == 0 ? &history->draft : &history->inputs[history->n - back];
}
