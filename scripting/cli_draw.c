/* headscope draw: one view of one input, as the window shows it but without its bars, into a picture or a
 * list of draw commands. Here are the options and what is loaded for them. */
#include "scripting/cli_draw_impl.h"
#include "scripting/home.h"

#include <stdlib.h>

static bool load(ScrRequest *request, EngError *err) {
  if (!scr_request_work(request, NULL, err)) return false;
  return request->source ||
         eng_error_set(err, request->name, "--text", "expected a sentence for the model, found none");
}

/* The second text on the first one's model, or another model or file with that text or the first one's. */
static ScrRequest *second_request(const char *home, const ScrRequest *first, const ScrDraw *draw, EngError *err) {
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

static int draw_request(const ScrCommand *command, const char *home, const ScrRequest *request,
                        const ScrDraw *draw) {
  int code = request->model ? SCR_ARGS_OK : scr_cli_draw_check_recorded(command, request->source, draw);
  if (code != SCR_ARGS_OK) return code;
  if (!draw->compare && !draw->with) return scr_cli_draw_write(command, home, request, NULL, draw);
  EngError err = {0};
  ScrRequest *second = second_request(home, request, draw, &err);
  bool ok = second && load(second, &err);
  code = ok ? scr_cli_draw_write(command, home, request, second, draw) : scr_cli_fail(&err);
  scr_request_free(second);
  return code;
}

static int load_and_draw(const ScrCommand *command, const char *home, const char *name, const ScrDraw *draw) {
  EngError err = {0};
  ScrRequest *request = scr_request_new(home, name, NULL, draw->text, draw->pair, draw->bos, &err);
  if (!request) return scr_cli_fail(&err);
  int code = load(request, &err) ? draw_request(command, home, request, draw) : scr_cli_fail(&err);
  scr_request_free(request);
  return code;
}

static int draw_model(const ScrCommand *command, const char *name, const ScrDraw *draw) {
  EngError err = {0};
  char *home = scr_home_find(&err);
  if (!home) return scr_cli_fail(&err);
  int code = load_and_draw(command, home, name, draw);
  free(home);
  return code;
}

int scr_cli_draw(const ScrCommand *command, int argc, char **argv) {
  ScrDraw draw = {.size = "1280x800", .scale = "1", .theme = "dark"};
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
  if (code == SCR_ARGS_OK) code = scr_cli_draw_check(command, &draw);
  if (code != SCR_ARGS_OK) return code;
  return draw_model(command, operands[0] ? operands[0] : "novella", &draw);
}
