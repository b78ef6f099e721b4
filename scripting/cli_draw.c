/* headscope draw: one view of one input, as the window shows it but without its bars, into a picture or a
 * list of draw commands. Options become the window's commands, so that both refuse the same things. */
#include "scripting/classes.h"
#include "scripting/cli.h"
#include "scripting/fonts.h"
#include "scripting/home.h"
#include "scripting/parts.h"
#include "scripting/readings.h"
#include "scripting/request.h"
#include "scripting/words.h"

#include "engine/file.h"
#include "render/command.h"
#include "render/figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Draw {
  const char *compare, *with;
  const char *view, *beside, *text, *pair, *layer, *heads, *token, *pins, *filter, *thumbs, *rank, *strip, *classes,
      *aggregate, *by, *threshold, *size, *scale, *theme, *picture, *commands, *sort, *rest, *top, *dimension;
  bool expand, values, bos, transparent, words, rollout, hide_sink, renormalise, difference;
  float width, height, factor;
} Draw;

static int check_name(const ScrCommand *command, const char *option, const char *name) {
  RenViewKind view;
  if (!name || ren_view_parse(name, &view)) return SCR_ARGS_OK;
  return scr_args_misuse(command, "%s: expected model, head, neuron or matrix, found %s", option, name);
}

static int check_view(const ScrCommand *command, const Draw *draw) {
  if (!draw->view) return scr_args_misuse(command, "expected --view model, head, neuron or matrix");
  int code = check_name(command, "--view", draw->view);
  return code == SCR_ARGS_OK ? check_name(command, "--beside", draw->beside) : code;
}

/* What can be checked before anything is opened. */
static int check(const ScrCommand *command, Draw *draw) {
  int code = check_view(command, draw);
  if (code != SCR_ARGS_OK) return code;
  if (!draw->picture == !draw->commands)
    return scr_args_misuse(command, "expected either -o F.png, F.svg or F.pdf, or --commands F.jsonl");
  if (draw->transparent && !draw->picture) return scr_args_misuse(command, "--transparent: expected it beside -o");
  if (!scr_word_size(draw->size, &draw->width, &draw->height))
    return scr_args_misuse(command, "--size: expected 1x1 to %dx%d, found %s", REN_MAX_SIDE, REN_MAX_SIDE,
                           draw->size);
  if (!scr_word_number(draw->scale, (double)REN_MIN_SCALE, (double)REN_MAX_SCALE, &draw->factor))
    return scr_args_misuse(command, "--scale: expected %g to %g, found %s", (double)REN_MIN_SCALE,
                           (double)REN_MAX_SCALE, draw->scale);
  if (!ren_theme_find(draw->theme))
    return scr_args_misuse(command, "--theme: expected dark or light, found %s", draw->theme);
  if (draw->picture && strcmp(draw->picture, "-") == 0)
    return scr_args_misuse(command, "-o: expected a file's name, found -; only --commands writes to stdout");
  if (draw->rollout && draw->aggregate)
    return scr_args_misuse(command, "--rollout: expected none beside --aggregate, which can be rollout");
  if (draw->difference && !draw->compare && !draw->with)
    return scr_args_misuse(command, "--difference: expected it beside --compare or --with");
  if (draw->pair && !draw->text) return scr_args_misuse(command, "--pair: expected it beside --text");
  return SCR_ARGS_OK;
}

static bool call_number(RenUi *ui, const char *name, const char *option, const char *word, EngError *err) {
  int number;
  if (!scr_parts_number(option, word, &number, err)) return false;
  RenArg arg = {.kind = REN_ARG_NUMBER, .number = number};
  return ren_command_run(ui, name, &arg, 1, err);
}

static bool call_string(RenUi *ui, const char *name, const char *word, EngError *err) {
  RenArg arg = {.kind = REN_ARG_STRING, .string = word};
  return ren_command_run(ui, name, &arg, 1, err);
}

/* The last of the list alone, then the others beside it up to the first, which is then the selected one. */
static bool select_heads(RenUi *ui, const char *list, EngError *err) {
  int *heads;
  size_t n;
  if (!scr_parts_numbers("--heads", list, &heads, &n, err)) return false;
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

static bool pin_tokens(RenUi *ui, const char *list, EngError *err) {
  char *words = strdup(list), *rest = NULL;
  if (!words) return eng_error_set(err, NULL, "--pins", "expected memory for a list, found none");
  bool ok = true;
  for (char *word = strtok_r(words, ", ", &rest); ok && word; word = strtok_r(NULL, ", ", &rest))
    ok = pin(ui, word, err);
  free(words);
  return ok;
}

static bool set_threshold(RenUi *ui, const char *word, EngError *err) {
  float value;
  if (!scr_word_number(word, 0, 1, &value))
    return eng_error_set(err, NULL, "--threshold", "expected 0 to 1, found %s", word);
  RenArg arg = {.kind = REN_ARG_NUMBER, .number = (double)value};
  return ren_command_run(ui, "threshold.set", &arg, 1, err);
}

/* What leaves out, then what puts together; tokens are named after that. */
static bool merge(RenUi *ui, const Draw *draw, EngError *err) {
  const char *aggregate = draw->rollout ? "rollout" : draw->aggregate;
  if (draw->threshold && !set_threshold(ui, draw->threshold, err)) return false;
  if (draw->renormalise && !ren_command_run(ui, "renormalise.toggle", NULL, 0, err)) return false;
  if ((draw->hide_sink || draw->renormalise) && !ren_command_run(ui, "sink.toggle", NULL, 0, err)) return false;
  if (draw->by && !call_string(ui, "aggregate.by", draw->by, err)) return false;
  if (aggregate && !call_string(ui, "aggregate.set", aggregate, err)) return false;
  return !draw->words || ren_command_run(ui, "words.toggle", NULL, 0, err);
}

static bool set_dimensions(RenUi *ui, const Draw *draw, EngError *err) {
  if (draw->sort && !call_string(ui, "dimension.order", draw->sort, err)) return false;
  if (draw->rest && !call_string(ui, "dimension.rest", draw->rest, err)) return false;
  if (draw->top && !call_number(ui, "dimension.top", "--top", draw->top, err)) return false;
  if (draw->dimension && !call_number(ui, "dimension.select", "--dimension", draw->dimension, err)) return false;
  return !draw->values || ren_command_run(ui, "neuron.values", NULL, 0, err);
}

static bool show_view(RenUi *ui, const char *name, EngError *err) {
  char view[32];
  snprintf(view, sizeof view, "view.%s", name);
  return ren_command_run(ui, view, NULL, 0, err);
}

/* The second view at the right. */
static bool show_views(RenUi *ui, const Draw *draw, EngError *err) {
  const char *beside = draw->beside || !ren_ui_comparing(ui) ? draw->beside : draw->view;
  if (!beside) return show_view(ui, draw->view, err);
  return (ren_ui_state(ui)->split || ren_command_run(ui, "view.split", NULL, 0, err)) &&
         call_string(ui, "split.side", "right", err) && show_view(ui, beside, err) &&
         call_string(ui, "split.side", "left", err) && show_view(ui, draw->view, err);
}

static bool apply(RenUi *ui, const Draw *draw, EngError *err) {
  if (!ren_ui_comparing(ui) && !show_views(ui, draw, err)) return false;
  if (draw->layer && !call_number(ui, "layer.set", "--layer", draw->layer, err)) return false;
  if (draw->heads && !select_heads(ui, draw->heads, err)) return false;
  if (draw->thumbs && !call_string(ui, "thumbs.set", draw->thumbs, err)) return false;
  if (draw->rank && !call_string(ui, "thumbs.sort", draw->rank, err)) return false;
  if (draw->filter && !call_string(ui, "filter.set", draw->filter, err)) return false;
  if (!merge(ui, draw, err)) return false;
  if (draw->classes && !call_string(ui, "classes.set", draw->classes, err)) return false;
  if (draw->strip && !call_string(ui, "strip.set", draw->strip, err)) return false;
  if (draw->token && !call_number(ui, "token.select", "--token", draw->token, err)) return false;
  if (draw->pins && !pin_tokens(ui, draw->pins, err)) return false;
  if (draw->expand && !ren_command_run(ui, "neuron.open", NULL, 0, err)) return false;
  return set_dimensions(ui, draw, err);
}

static bool write_lines(RenUi *ui, FILE *file, const char *path, EngError *err) {
  const RenFrame *frame = ren_ui_frame(ui);
  if (!ren_frame_failed(frame) && ren_frame_write(frame, file) && fflush(file) == 0) return true;
  return eng_error_set(err, path, NULL, "expected to write every draw command, could not");
}

static bool write_commands(RenUi *ui, const char *path, EngError *err) {
  EngFile file;
  if (strcmp(path, "-") == 0) return write_lines(ui, stdout, path, err);
  if (!eng_file_begin(&file, path, err)) return false;
  bool ok = write_lines(ui, file.stream, path, err);
  return eng_file_end(&file, ok, ok ? err : NULL) && ok;
}

static bool write_output(RenUi *ui, const Draw *draw, EngError *err) {
  if (draw->picture) return ren_figure_write(ui, draw->picture, draw->transparent, err);
  return write_commands(ui, draw->commands, err);
}

/* Whom the ui asks. */
typedef struct Host {
  RenUi *ui;
  const char *home;
} Host;

static bool on_read(void *context, const char *neuron, EngError *err) {
  EngReadingsSpec spec;
  return scr_readings_spec(((Host *)context)->ui, neuron, &spec, err);
}

static RenClasses *on_classify(void *context, const char *file, EngSource *source, EngError *err) {
  return scr_classes_mark(((Host *)context)->home, file, source, err);
}

static bool open_ui(Host *host, const ScrRequest *request, const Draw *draw, EngError *err) {
  char fonts[4096];
  snprintf(fonts, sizeof fonts, "%s/fonts", host->home);
  char *more_fonts = scr_fonts_folders();
  RenUiOptions options = {.fonts = fonts,
                          .more_fonts = more_fonts,
                          .width = draw->width,
                          .height = draw->height,
                          .scale = draw->factor,
                          .theme = draw->theme,
                          .chrome = false,
                          .host = {.context = host, .read = on_read, .classify = on_classify}};
  host->ui = ren_ui_new(&options, err);
  free(more_fonts);
  if (!host->ui) return false;
  ren_ui_set_model(host->ui, request->name, 0, false);
  ren_ui_set_source(host->ui, request->source);
  return true;
}

/* The second run beside the first, or, where only one view is wanted, instead of it. */
static bool compare(RenUi *ui, const ScrRequest *first, const ScrRequest *second, const Draw *draw, EngError *err) {
  EngSource *difference = eng_source_difference(first->source, second->source, NULL, err);
  if (!difference) return false;
  ren_ui_set_second(ui, second->source, difference, draw->with);
  eng_source_release(difference);
  bool alone = draw->difference && !draw->beside;
  return ren_command_run(ui, "compare.start", NULL, 0, err) && show_views(ui, draw, err) &&
         call_string(ui, "split.side", "right", err) &&
         (!draw->difference || call_string(ui, "shown.set", "difference", err)) &&
         (alone || call_string(ui, "split.side", "left", err)) &&
         (!alone || ren_command_run(ui, "view.split", NULL, 0, err));
}

/* What the source shows whether an option is right is misuse, too. */
static int draw_source(const ScrCommand *command, const char *home, const ScrRequest *request,
                       const ScrRequest *second, const Draw *draw) {
  EngError err = {0};
  Host host = {.home = home};
  if (!open_ui(&host, request, draw, &err)) return scr_cli_fail(&err);
  RenUi *ui = host.ui;
  int code = SCR_DONE;
  if (second && !compare(ui, request, second, draw, &err))
    code = scr_cli_fail(&err);
  else if (!apply(ui, draw, &err))
    code = scr_args_misuse(command, "%s", err.message);
  else if (scr_readings_now(ui), !write_output(ui, draw, &err))
    code = scr_cli_fail(&err);
  ren_ui_free(ui);
  return code;
}

static bool load(ScrRequest *request, EngError *err) {
  if (!scr_request_work(request, NULL, err)) return false;
  return request->source ||
         eng_error_set(err, request->name, "--text", "expected a sentence for the model, found none");
}

static bool same(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : "") == 0; }

/* A recorded file shows what was run for it: another text would be ignored silently. */
static int check_recorded(const ScrCommand *command, const EngSource *source, const Draw *draw) {
  const EngInput *input = eng_source_input(source);
  if (draw->text && !same(draw->text, input->text))
    return scr_args_misuse(command, "--text: expected none beside a recorded file, or its own, found another");
  if (draw->text && !same(draw->pair, input->pair))
    return scr_args_misuse(command, "--pair: expected the recorded file's own beside its --text, found another");
  if (draw->bos && !input->bos)
    return scr_args_misuse(command, "--bos: expected none beside a file that was recorded without");
  return SCR_ARGS_OK;
}

/* The second text on the first one's model, or another model or file with that text or the first one's. */
static ScrRequest *second_request(const char *home, const ScrRequest *first, const Draw *draw, EngError *err) {
  const char *text = draw->compare ? draw->compare : eng_source_input(first->source)->text;
  if (!draw->with && !first->model) {
    eng_error_set(err, first->name, "--compare", "expected a model to run the text, found a recorded file");
    return NULL;
  }
  ScrRequest *second =
      scr_request_new(home, draw->with, draw->with ? NULL : first->model, text, draw->pair, draw->bos, err);
  if (second) second->pair_if_taken = true;
  return second;
}

static int draw_request(const ScrCommand *command, const char *home, const ScrRequest *request, const Draw *draw) {
  int code = request->model ? SCR_ARGS_OK : check_recorded(command, request->source, draw);
  if (code != SCR_ARGS_OK) return code;
  if (!draw->compare && !draw->with) return draw_source(command, home, request, NULL, draw);
  EngError err = {0};
  ScrRequest *second = second_request(home, request, draw, &err);
  bool ok = second && load(second, &err);
  code = ok ? draw_source(command, home, request, second, draw) : scr_cli_fail(&err);
  scr_request_free(second);
  return code;
}

static int load_and_draw(const ScrCommand *command, const char *home, const char *name, const Draw *draw) {
  EngError err = {0};
  ScrRequest *request = scr_request_new(home, name, NULL, draw->text, draw->pair, draw->bos, &err);
  if (!request) return scr_cli_fail(&err);
  int code = load(request, &err) ? draw_request(command, home, request, draw) : scr_cli_fail(&err);
  scr_request_free(request);
  return code;
}

static int draw_model(const ScrCommand *command, const char *name, const Draw *draw) {
  EngError err = {0};
  char *home = scr_home_find(&err);
  if (!home) return scr_cli_fail(&err);
  int code = load_and_draw(command, home, name, draw);
  free(home);
  return code;
}

int scr_cli_draw(const ScrCommand *command, int argc, char **argv) {
  Draw draw = {.size = "1280x800", .scale = "1", .theme = "dark"};
  const ScrOption options[] = {
      {.name = "--view", .value = "model/head/neuron/matrix", .doc = "which view", .string = &draw.view},
      {.name = "--beside", .value = "VIEW", .doc = "a second view at its right", .string = &draw.beside},
      {.name = "--compare",
       .value = "S",
       .doc = "a second text: its run beside the first",
       .string = &draw.compare},
      {.name = "--with",
       .value = "MODEL",
       .doc = "a second model or recorded file: its run beside the first",
       .string = &draw.with},
      {.name = "--difference", .doc = "of both runs, alone or at the right", .flag = &draw.difference},
      {.name = "--text",
       .value = "S",
       .doc = "the sentence; not needed with a recorded file",
       .string = &draw.text},
      {.name = "--pair",
       .value = "S",
       .doc = "a second sentence, for models with token types",
       .string = &draw.pair},
      {.name = "--bos", .doc = "put the model's BOS token in front of the text", .flag = &draw.bos},
      {.name = "--layer", .value = "L", .doc = "the layer (default: 0)", .string = &draw.layer},
      {.name = "--heads",
       .value = "1,3",
       .doc = "the heads, the first one selected (default: all)",
       .string = &draw.heads},
      {.name = "--token", .value = "I", .doc = "the selected query token (default: none)", .string = &draw.token},
      {.name = "--pins",
       .value = "query.3,key.2",
       .doc = "tokens whose lines are drawn alone (default: none)",
       .string = &draw.pins},
      {.name = "--expand", .doc = "neuron view: show the computation", .flag = &draw.expand},
      {.name = "--sort",
       .value = "number/contribution/weight/distance",
       .doc = "neuron view: the order of dimensions (default: number)",
       .string = &draw.sort},
      {.name = "--rest",
       .value = "shown/faded/hidden",
       .doc = "neuron view: all but the first dimensions (default: shown)",
       .string = &draw.rest},
      {.name = "--top",
       .value = "K",
       .doc = "neuron view: how many dimensions are the first (default: 8)",
       .string = &draw.top},
      {.name = "--dimension",
       .value = "D",
       .doc = "neuron view: one dimension over all tokens (default: none)",
       .string = &draw.dimension},
      {.name = "--values", .doc = "neuron view: the values, too", .flag = &draw.values},
      {.name = "--thumbnails",
       .value = "lines/heat",
       .doc = "model view (default: heat maps above 64 tokens)",
       .string = &draw.thumbs},
      {.name = "--rank",
       .value = "SCORE",
       .doc = "model view: heads by previous, first, current, confidence, entropy or distance",
       .string = &draw.rank},
      {.name = "--filter",
       .value = "PART",
       .doc = "all, aa, ab, ba, bb of a sentence pair; encoder, decoder, cross (default: the first)",
       .string = &draw.filter},
      {.name = "--strip",
       .value = "NAME",
       .doc = "a number for each token above the head and matrix view: logprob, entropy, norm, received, L3N120",
       .string = &draw.strip},
      {.name = "--aggregate",
       .value = "WHAT",
       .doc = "heads, selected (of --heads), layers, all or rollout: what is put together (default: none)",
       .string = &draw.aggregate},
      {.name = "--by", .value = "mean/max", .doc = "how (default: mean)", .string = &draw.by},
      {.name = "--rollout", .doc = "as --aggregate rollout", .flag = &draw.rollout},
      {.name = "--words", .doc = "pieces of words as words", .flag = &draw.words},
      {.name = "--threshold", .value = "W", .doc = "leave weights below it out", .string = &draw.threshold},
      {.name = "--hide-sink", .doc = "leave the first token or the separators out", .flag = &draw.hide_sink},
      {.name = "--renormalise", .doc = "and let the rest of each row sum to 1", .flag = &draw.renormalise},
      {.name = "--classes",
       .value = "FILE/default",
       .doc = "underline tokens by classes: names, pronouns, occupations, or those of a file",
       .string = &draw.classes},
      {.name = "--size", .value = "WxH", .doc = "in logical pixels (default: 1280x800)", .string = &draw.size},
      {.name = "--scale",
       .value = "N",
       .doc = "device pixels per logical pixel (default: 1)",
       .string = &draw.scale},
      {.name = "--theme", .value = "dark/light", .doc = "(default: dark)", .string = &draw.theme},
      {.name = "-o",
       .value = "F.png/F.svg/F.pdf",
       .doc = "write a figure; its name says which kind",
       .string = &draw.picture},
      {.name = "--transparent", .doc = "a figure without a background", .flag = &draw.transparent},
      {.name = "--commands",
       .value = "F.jsonl",
       .doc = "write the list of draw commands, - for stdout",
       .string = &draw.commands},
      {.name = NULL},
  };
  const char *operands[SCR_MAX_OPERANDS];
  int code = scr_args_parse(command, options, argc, argv, operands);
  if (code == SCR_ARGS_OK) code = check(command, &draw);
  if (code != SCR_ARGS_OK) return code;
  return draw_model(command, operands[0] ? operands[0] : "novella", &draw);
}
