/* Options of headscope draw become the window's commands, so that both refuse the same things: a table says which
 * command an option stands for. */
#include "scripting/cli_draw_impl.h"
#include "scripting/words.h"

#include "engine/parts.h"
#include "render/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Step {
  const char *word; /* of the option; NULL where it was left out, or has none */
  bool flag;        /* an option without a word was given */
  const char *option, *command;
  bool (*take)(RenUi *ui, const struct Step *step, EngError *err);
} Step;

static bool call_string(RenUi *ui, const char *name, const char *word, EngError *err) {
  RenArg arg = {.kind = REN_ARG_STRING, .string = word};
  return ren_command_run(ui, name, &arg, 1, err);
}

static bool take_flag(RenUi *ui, const Step *step, EngError *err) {
  return ren_command_run(ui, step->command, NULL, 0, err);
}

static bool take_string(RenUi *ui, const Step *step, EngError *err) {
  return call_string(ui, step->command, step->word, err);
}

static bool take_number(RenUi *ui, const Step *step, EngError *err) {
  int number;
  if (!eng_parts_number(step->option, step->word, &number, err)) return false;
  RenArg arg = {.kind = REN_ARG_NUMBER, .number = number};
  return ren_command_run(ui, step->command, &arg, 1, err);
}

static bool take_weight(RenUi *ui, const Step *step, EngError *err) {
  float value;
  if (!scr_word_number(step->word, 0, 1, &value))
    return eng_error_set(err, NULL, step->option, "expected 0 to 1, found %s", step->word);
  RenArg arg = {.kind = REN_ARG_NUMBER, .number = (double)value};
  return ren_command_run(ui, step->command, &arg, 1, err);
}

/* The last of the list alone, then the others beside it up to the first, which is then the selected one. */
static bool select_heads(RenUi *ui, const Step *step, EngError *err) {
  int *heads;
  size_t n;
  if (!eng_parts_numbers(step->option, step->word, &heads, &n, err)) return false;
  bool ok = true;
  for (size_t i = n; ok && i-- > 0;) {
    RenArg arg = {.kind = REN_ARG_NUMBER, .number = heads[i]};
    bool there = i + 1 < n && ren_state_head_active(ren_ui_state(ui), heads[i]);
    ok = there || ren_command_run(ui, i + 1 == n ? "head.select" : "head.toggle", &arg, 1, err);
  }
  free(heads);
  return ok;
}

static bool pin(RenUi *ui, const char *name, EngError *err) {
  RenId id;
  if (!ren_id_parse(name, &id) || (id.kind != REN_ID_QUERY && id.kind != REN_ID_KEY))
    return eng_error_set(err, NULL, "--pins", "expected tokens such as query.3,key.2, found %s", name);
  RenSide side = id.kind == REN_ID_QUERY ? REN_SIDE_QUERY : REN_SIDE_KEY;
  RenArg args[] = {{.kind = REN_ARG_STRING, .string = ren_side_name(side)},
                   {.kind = REN_ARG_NUMBER, .number = id.a}};
  return ren_pins_has(&ren_ui_state(ui)->pins, side, id.a) || ren_command_run(ui, "pin.toggle", args, 2, err);
}

static bool pin_tokens(RenUi *ui, const Step *step, EngError *err) {
  char *words = strdup(step->word), *rest = NULL;
  if (!words) return eng_error_set(err, NULL, step->option, "expected memory for a list, found none");
  bool ok = true;
  for (char *word = strtok_r(words, ", ", &rest); ok && word; word = strtok_r(NULL, ", ", &rest))
    ok = pin(ui, word, err);
  free(words);
  return ok;
}

static bool show_view(RenUi *ui, const char *name, EngError *err) {
  char view[32];
  snprintf(view, sizeof view, "view.%s", name);
  return ren_command_run(ui, view, NULL, 0, err);
}

/* The second view at the right. */
static bool show_views(RenUi *ui, const ScrDraw *draw, EngError *err) {
  const char *beside = draw->beside || !ren_ui_comparing(ui) ? draw->beside : draw->view;
  if (!beside) return show_view(ui, draw->view, err);
  return (ren_ui_state(ui)->split || ren_command_run(ui, "view.split", NULL, 0, err)) &&
         call_string(ui, "split.side", "right", err) && show_view(ui, beside, err) &&
         call_string(ui, "split.side", "left", err) && show_view(ui, draw->view, err);
}

bool scr_cli_draw_compare(RenUi *ui, const ScrDraw *draw, EngError *err) {
  bool alone = draw->difference && !draw->beside;
  return ren_command_run(ui, "compare.start", NULL, 0, err) && show_views(ui, draw, err) &&
         call_string(ui, "split.side", "right", err) &&
         (!draw->difference || call_string(ui, "shown.set", "difference", err)) &&
         (alone || call_string(ui, "split.side", "left", err)) &&
         (!alone || ren_command_run(ui, "view.split", NULL, 0, err));
}

/* What leaves out comes before what puts together, and tokens are named after that. */
bool scr_cli_draw_apply(RenUi *ui, const ScrDraw *draw, EngError *err) {
  const Step steps[] = {
      {draw->layer, false, "--layer", "layer.set", take_number},
      {draw->heads, false, "--heads", NULL, select_heads},
      {draw->thumbs, false, "--thumbnails", "thumbs.set", take_string},
      {draw->rank, false, "--rank", "thumbs.sort", take_string},
      {NULL, draw->group, "--group", "thumbs.group", take_flag},
      {draw->where, false, "--where", "heads.filter", take_string},
      {NULL, draw->hide_heads, "--hide-heads", "heads.hide", take_flag},
      {draw->filter, false, "--filter", "filter.set", take_string},
      {draw->threshold, false, "--threshold", "threshold.set", take_weight},
      {NULL, draw->renormalise, "--renormalise", "renormalise.toggle", take_flag},
      {NULL, draw->hide_sink, "--hide-sink", "sink.toggle", take_flag},
      {draw->by, false, "--by", "aggregate.by", take_string},
      {draw->aggregate, false, "--aggregate", "aggregate.set", take_string},
      {NULL, draw->words, "--words", "words.toggle", take_flag},
      {draw->classes, false, "--classes", "classes.set", take_string},
      {draw->strip, false, "--strip", "strip.set", take_string},
      {draw->token, false, "--token", "token.select", take_number},
      {draw->pins, false, "--pins", NULL, pin_tokens},
      {NULL, draw->expand, "--expand", "neuron.open", take_flag},
      {draw->sort, false, "--sort", "dimension.order", take_string},
      {draw->rest, false, "--rest", "dimension.rest", take_string},
      {draw->top, false, "--top", "dimension.top", take_number},
      {draw->dimension, false, "--dimension", "dimension.select", take_number},
      {NULL, draw->values, "--values", "neuron.values", take_flag},
      {NULL, draw->whole, "--whole", "zoom.whole", take_flag},
  };
  if (!ren_ui_comparing(ui) && !show_views(ui, draw, err)) return false;
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
    if ((steps[i].word || steps[i].flag) && !steps[i].take(ui, &steps[i], err)) return false;
  return true;
}
