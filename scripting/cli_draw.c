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

static bool add_edits(ScrRequest *request, const ScrTexts *edits, EngError *err) {
  for (int i = 0; i < edits->n; i++)
    if (!scr_request_edit(request, edits->list[i], false, err)) return false;
  return true;
}

/* A window lets an edit of a token that the text lacks wait; here there is no other text to come. */
static bool check_edits(const ScrRequest *request, const ScrTexts *edits, EngError *err) {
  EngError cause = {0};
  EngEdit edit;
  for (int i = 0; request->model && i < edits->n; i++) {
    const EngConfig *config = eng_model_config(request->model);
    size_t n = (size_t)eng_source_input(request->source)->n_tokens;
    if (!eng_edit_parse(edits->list[i], config, &edit, &cause) || !eng_edit_fits(&edit, config, 0, n, &cause))
      return eng_error_set(err, NULL, "--edit", "%s", cause.message);
  }
  return true;
}

static int load_and_draw(const ScrCommand *command, const char *home, const char *name, const ScrDraw *draw) {
  EngError err = {0};
  ScrRequest *request = scr_request_new(home, name, NULL, draw->text, draw->pair, draw->bos, &err);
  if (!request) return scr_cli_fail(&err);
  bool ok =
      add_edits(request, &draw->edits, &err) && load(request, &err) && check_edits(request, &draw->edits, &err);
  int code = ok ? draw_request(command, home, request, draw) : scr_cli_fail(&err);
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

static int check_and_draw(const ScrCommand *command, const char *name, const ScrDraw *draw) {
  int code = scr_cli_draw_check(command, draw);
  if (code == SCR_ARGS_OK) code = scr_limits_check(command, &draw->limits);
  return code == SCR_ARGS_OK ? draw_model(command, name ? name : "novella", draw) : code;
}

int scr_cli_draw(const ScrCommand *command, int argc, char **argv) {
  ScrDraw draw = {.size = "1280x800", .scale = "1", .theme = "dark"};
  const ScrOption options[] = {
      {"--view", "model/head/neuron/matrix", "which view", &draw.view, NULL, NULL},
      {"--beside", "VIEW", "a second view at its right", &draw.beside, NULL, NULL},
      {"--compare", "S", "a second text: its run beside the first", &draw.compare, NULL, NULL},
      {"--with", "MODEL", "a second model or recorded file: its run beside the first", &draw.with, NULL, NULL},
      {"--difference", NULL, "of both runs, alone or at the right", NULL, &draw.difference, NULL},
      {"--text", "S", "the sentence; not needed with a recorded file", &draw.text, NULL, NULL},
      {"--pair", "S", "a second sentence, for models with token types", &draw.pair, NULL, NULL},
      {"--bos", NULL, "put the model's BOS token in front of the text", NULL, &draw.bos, NULL},
      {"--edit", "TEXT", "change the model, as \"head 2.5 zero\"; may be repeated", NULL, NULL, &draw.edits},
      {"--layer", "L", "the layer (default: 0)", &draw.layer, NULL, NULL},
      {"--heads", "1,3", "the heads, the first one selected (default: all)", &draw.heads, NULL, NULL},
      {"--token", "I", "the selected query token (default: none)", &draw.token, NULL, NULL},
      {"--pins", "query.3,key.2", "tokens whose lines are drawn alone (default: none)", &draw.pins, NULL, NULL},
      {"--expand", NULL, "neuron view: show the computation", NULL, &draw.expand, NULL},
      {"--sort", "number/contribution/weight/distance", "neuron view: the order of dimensions (default: number)",
       &draw.sort, NULL, NULL},
      {"--rest", "shown/faded/hidden", "neuron view: all but the first (default: shown)", &draw.rest, NULL, NULL},
      {"--top", "K", "neuron view: how many dimensions are the first (default: 8)", &draw.top, NULL, NULL},
      {"--dimension", "D", "neuron view: one dimension over all tokens (default: none)", &draw.dimension, NULL,
       NULL},
      {"--values", NULL, "neuron view: the values, too", NULL, &draw.values, NULL},
      {"--whole", NULL, "head and neuron view: the whole text at once, in low rows", NULL, &draw.whole, NULL},
      {"--thumbnails", "lines/heat", "model view (default: heat maps above 64 tokens)", &draw.thumbs, NULL, NULL},
      {"--rank", "SCORE", "model view: heads by previous, first, current, confidence, entropy or distance",
       &draw.rank, NULL, NULL},
      {"--group", NULL, "with --rank: within their layers, those by their means", NULL, &draw.group, NULL},
      {"--where", "EXPR",
       "dim heads for which it does not hold: of layer, head and ids of probes, as previous > 0.5", &draw.where,
       NULL, NULL},
      {"--hide-heads", NULL, "hide them instead", NULL, &draw.hide_heads, NULL},
      SCR_LIMIT_OPTIONS(draw.limits),
      {"--filter", "PART", "all, aa, ab, ba, bb of a sentence pair; encoder, decoder, cross (default: the first)",
       &draw.filter, NULL, NULL},
      {"--strip", "NAME", "numbers of tokens: logprob, entropy, norm, received, or L3N120", &draw.strip, NULL,
       NULL},
      {"--aggregate", "WHAT",
       "heads, selected (of --heads), layers, all or rollout: what is put together (default: none)",
       &draw.aggregate, NULL, NULL},
      {"--by", "mean/max", "how (default: mean)", &draw.by, NULL, NULL},
      {"--rollout", NULL, "as --aggregate rollout", NULL, &draw.rollout, NULL},
      {"--words", NULL, "pieces of words as words", NULL, &draw.words, NULL},
      {"--threshold", "W", "leave weights below it out", &draw.threshold, NULL, NULL},
      {"--hide-sink", NULL, "leave the first token or the separators out", NULL, &draw.hide_sink, NULL},
      {"--renormalise", NULL, "and let the rest of each row sum to 1", NULL, &draw.renormalise, NULL},
      {"--classes", "FILE/default", "underline tokens by classes: names, pronouns, occupations, or those of a file",
       &draw.classes, NULL, NULL},
      {"--size", "WxH", "in logical pixels (default: 1280x800)", &draw.size, NULL, NULL},
      {"--scale", "N", "device pixels per logical pixel (default: 1)", &draw.scale, NULL, NULL},
      {"--theme", "dark/light", "(default: dark)", &draw.theme, NULL, NULL},
      {"-o", "F.png/F.svg/F.pdf", "write a figure; its name says which kind", &draw.picture, NULL, NULL},
      {"--transparent", NULL, "a figure without a background", NULL, &draw.transparent, NULL},
      {"--commands", "F.jsonl", "write the list of draw commands, - for stdout", &draw.commands, NULL, NULL},
      {.name = NULL, NULL},
  };
  const char *operands[SCR_MAX_OPERANDS];
  int code = scr_args_parse(command, options, argc, argv, operands);
  return code == SCR_ARGS_OK ? check_and_draw(command, operands[0], &draw) : code;
}
