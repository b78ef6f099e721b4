/* headscope dump MODEL: one run, its activations into a file. */
#include "scripting/cli.h"
#include "scripting/open.h"
#include "scripting/record.h"

#include "engine/parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct Dump {
  const char *text, *pair, *ids, *types, *keep, *logits, *file;
  bool bos;
  ScrTexts edits;
} Dump;

/* What may be asked together, before anything is opened; SCR_ARGS_OK or SCR_MISUSE. */
static int check(const ScrCommand *command, const Dump *dump) {
  if (!dump->text == !dump->ids) return scr_args_misuse(command, "expected either --text or --ids");
  if (dump->pair && !dump->text) return scr_args_misuse(command, "--pair: expected it beside --text");
  if (dump->types && !dump->ids) return scr_args_misuse(command, "--token-types: expected it beside --ids");
  if (dump->bos && !dump->text) return scr_args_misuse(command, "--bos: expected it beside --text");
  if (dump->logits && strcmp(dump->logits, "all") != 0 && strcmp(dump->logits, "last") != 0)
    return scr_args_misuse(command, "--logits: expected all or last, found %s", dump->logits);
  if (!dump->file) return scr_args_misuse(command, "expected -o F.safetensors");
  return SCR_ARGS_OK;
}

/* The lists of --ids and --token-types; SCR_ARGS_OK or SCR_MISUSE. Both are the caller's to free. */
typedef struct Ids {
  int *ids, *types;
  size_t n_ids, n_types;
} Ids;

static int read_ids(const ScrCommand *command, const Dump *dump, Ids *out) {
  EngError err = {0};
  if (dump->ids && !eng_parts_numbers("--ids", dump->ids, &out->ids, &out->n_ids, &err))
    return scr_args_misuse(command, "%s", err.message);
  if (dump->types && !eng_parts_numbers("--token-types", dump->types, &out->types, &out->n_types, &err))
    return scr_args_misuse(command, "%s", err.message);
  if (dump->types && out->n_types != out->n_ids)
    return scr_args_misuse(command, "--token-types: expected %zu, one for each id, found %zu", out->n_ids,
                           out->n_types);
  return SCR_ARGS_OK;
}

/* Adds every name of a list with commas. */
static bool add_names(EngKeep *keep, const char *names, const EngConfig *config, EngError *err) {
  char *copy = strdup(names), *rest = copy;
  if (!copy) return eng_error_set(err, NULL, "--keep", "expected memory for names, found none");
  bool ok = true;
  for (char *name = strsep(&rest, ","); ok && name; name = strsep(&rest, ","))
    ok = eng_keep_add(keep, name, config, err);
  free(copy);
  return ok;
}

static EngInput *make_input(EngModel *model, const Dump *dump, const Ids *ids, EngError *err) {
  if (dump->ids) return eng_input_from_ids(model, ids->ids, ids->types, ids->n_ids, err);
  EngEncodeOptions options = {.special = true, .bos = dump->bos};
  return eng_input_from_text(model, dump->text, strlen(dump->text), dump->pair, dump->pair ? strlen(dump->pair) : 0,
                             options, err);
}

/* Logits are written where they are asked for, and with everything else; a model without a head has none,
 * and accepts the option as it does in Lua. */
static EngLogits wanted_logits(const EngModel *model, const Dump *dump) {
  if (!eng_model_weights(model)->unembed.w.data) return ENG_LOGITS_NONE;
  if (dump->logits) return strcmp(dump->logits, "all") == 0 ? ENG_LOGITS_ALL : ENG_LOGITS_LAST;
  bool everything = dump->keep && strcmp(dump->keep, "all") == 0;
  return everything ? ENG_LOGITS_LAST : ENG_LOGITS_NONE;
}

static bool run_and_write(EngModel *model, const EngRunSpec *spec, const char *file, EngError *err) {
  EngRun *run = eng_run_new(model, spec, err);
  if (!run) return false;
  bool ok = eng_run_forward(run, err) && scr_record_write(run, spec->logits != ENG_LOGITS_NONE, file, err);
  eng_run_release(run);
  return ok;
}

/* Those of the command line, in memory that the caller frees. */
static bool read_edits(const EngModel *model, const ScrTexts *texts, EngRunSpec *spec, EngError *err) {
  EngError cause = {0};
  EngEdit *edits = calloc((size_t)texts->n + 1, sizeof *edits);
  if (!edits) return eng_error_memory(err, NULL, "edits");
  spec->edits = edits;
  for (; spec->n_edits < texts->n; spec->n_edits++)
    if (!eng_edit_parse(texts->list[spec->n_edits], eng_model_config(model), &edits[spec->n_edits], &cause))
      return eng_error_set(err, NULL, "--edit", "%s", cause.message);
  return true;
}

static bool dump_model(EngModel *model, const Dump *dump, const Ids *ids, EngError *err) {
  EngRunSpec spec = {.n_sequences = 1, .logits = wanted_logits(model, dump)};
  eng_keep_clear(&spec.keep);
  if (!dump->keep)
    eng_keep_add_attention(&spec.keep, eng_model_config(model));
  else if (!add_names(&spec.keep, dump->keep, eng_model_config(model), err))
    return false;
  EngInput *input = make_input(model, dump, ids, err);
  if (!input) return false;
  EngSequence sequence = {.input = input};
  spec.sequences = &sequence;
  bool ok = read_edits(model, &dump->edits, &spec, err) && run_and_write(model, &spec, dump->file, err);
  free((EngEdit *)(uintptr_t)spec.edits);
  eng_input_release(input);
  return ok;
}

static int open_and_dump(const char *name, const Dump *dump, const Ids *ids) {
  EngError err = {0};
  EngModel *model = scr_open_model_of_program(name, &err);
  if (!model) return scr_cli_fail(&err);
  bool ok = dump_model(model, dump, ids, &err);
  eng_model_release(model);
  return ok ? SCR_DONE : scr_cli_fail(&err);
}

int scr_cli_dump(const ScrCommand *command, int argc, char **argv) {
  Dump dump = {0};
  const ScrOption options[] = {
      {.name = "--text", .value = "S", .doc = "the sentence", .string = &dump.text},
      {.name = "--pair",
       .value = "S",
       .doc = "a second sentence, for models with token types",
       .string = &dump.pair},
      {.name = "--bos", .doc = "put the model's BOS token in front of the text", .flag = &dump.bos},
      {.name = "--ids", .value = "1,2,3", .doc = "token ids instead of a text", .string = &dump.ids},
      {.name = "--token-types", .value = "0,0,1", .doc = "their token types", .string = &dump.types},
      {.name = "--edit",
       .value = "TEXT",
       .doc = "change the model, as \"head 2.5 zero\"; may be repeated",
       .texts = &dump.edits},
      {.name = "--keep",
       .value = "NAMES",
       .doc = "activations, or all (default: pattern,q,k)",
       .string = &dump.keep},
      {.name = "--logits",
       .value = "all/last",
       .doc = "write logits too, of every token or the last, if the model has a head",
       .string = &dump.logits},
      {.name = "-o", .value = "F.safetensors", .doc = "the file to write", .string = &dump.file},
      {.name = NULL},
  };
  const char *operands[SCR_MAX_OPERANDS];
  int code = scr_args_parse(command, options, argc, argv, operands);
  if (code == SCR_ARGS_OK) code = check(command, &dump);
  if (code != SCR_ARGS_OK) return code;
  Ids ids = {0};
  code = read_ids(command, &dump, &ids);
  if (code == SCR_ARGS_OK) code = open_and_dump(operands[0], &dump, &ids);
  free(ids.ids);
  free(ids.types);
  return code;
}
