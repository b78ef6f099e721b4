/* A file is a recorded run and needs no work but reading; a folder or a name is a model, opened once and
 * then run. The run is published before it starts, so that the window can show each layer as it is done. */
#include "scripting/request.h"

#include "scripting/open.h"

#include <stdlib.h>
#include <string.h>

/* False when memory is short; NULL stays NULL. */
static bool copy(char **out, const char *string) {
  *out = string ? strdup(string) : NULL;
  return *out || !string;
}

ScrRequest *scr_request_new(const char *home, const char *name, EngModel *model, const char *text, const char *pair,
                            bool bos, EngError *err) {
  ScrRequest *request = calloc(1, sizeof *request);
  bool ok = request && copy(&request->home, home) && copy(&request->name, name) && copy(&request->text, text) &&
            copy(&request->pair, pair);
  if (!ok) {
    scr_request_free(request);
    eng_error_memory(err, name, "a request");
    return NULL;
  }
  request->bos = bos;
  request->model = model ? eng_model_retain(model) : NULL;
  return request;
}

void scr_request_free(ScrRequest *request) {
  if (!request) return;
  EngRun *run = atomic_load(&request->run);
  if (run) eng_run_release(run);
  if (request->base) eng_run_release(request->base);
  eng_source_release(request->source);
  eng_model_release(request->model);
  free(request->home);
  free(request->name);
  free(request->text);
  free(request->pair);
  free(request->edits);
  free(request);
}

bool scr_request_edit(ScrRequest *request, const char *text, bool off, EngError *err) {
  size_t n = (size_t)request->n_edits + 1;
  if (strlen(text) >= ENG_EDIT_TEXT)
    return eng_error_set(err, NULL, "edits", "expected \"head 2.5 zero\" or the like, found %.40s…", text);
  RenEditText *more = realloc(request->edits, n * sizeof *more);
  if (!more) return eng_error_memory(err, request->name, "edits");
  request->edits = more;
  more[n - 1].off = off;
  strcpy(more[n - 1].text, text);
  request->n_edits++;
  return true;
}

static bool open_model(ScrRequest *request, const EngCancel *cancel, EngError *err) {
  EngModel *model = scr_open_model(request->name, request->home, cancel, err);
  if (!model) return false;
  eng_model_release(request->model);
  request->model = model;
  request->opened = true;
  return true;
}

/* Those that are on and that the input has places for; malloc'ed. NULL and an error where one is wrong, off or not.
 */
static EngEdit *read_edits(const ScrRequest *request, const EngInput *input, int *n, EngError *err) {
  const EngConfig *config = eng_model_config(request->model);
  EngEdit *edits = calloc((size_t)request->n_edits + 1, sizeof *edits);
  bool ok = edits || eng_error_memory(err, request->name, "edits");
  *n = 0;
  for (int i = 0; ok && i < request->n_edits; i++) {
    const RenEditText *edit = &request->edits[i];
    ok = eng_edit_parse(edit->text, config, &edits[*n], err);
    if (ok && !edit->off && eng_edit_fits(&edits[*n], config, 0, (size_t)input->n_tokens, NULL)) ++*n;
  }
  if (ok) return edits;
  free(edits);
  return NULL;
}

static EngRun *new_run(const ScrRequest *request, const EngInput *input, const EngCancel *cancel, EngError *err) {
  const EngConfig *config = eng_model_config(request->model);
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .logits = ENG_LOGITS_NONE, .cancel = cancel};
  int n_edits = 0;
  EngEdit *edits = read_edits(request, input, &n_edits, err);
  if (!edits) return NULL;
  eng_keep_clear(&spec.keep);
  eng_keep_add_attention(&spec.keep, config);
  spec.edits = edits, spec.n_edits = n_edits, spec.base = request->base;
  EngRun *run = eng_keep_add(&spec.keep, "v", config, err) ? eng_run_new(request->model, &spec, err) : NULL;
  free(edits);
  return run;
}

static bool run_model(ScrRequest *request, const EngCancel *cancel, EngError *err) {
  const char *text = request->text ? request->text : "", *pair = request->pair;
  if (request->name && !*text) return true; /* opened, with nothing to run yet */
  if (request->pair_if_taken && eng_model_config(request->model)->n_token_types < 2) pair = NULL;
  EngEncodeOptions options = {.special = true, .bos = request->bos};
  if (!eng_model_tokenizer_until(request->model, cancel, err)) return false;
  EngInput *input =
      eng_input_from_text(request->model, text, strlen(text), pair, pair ? strlen(pair) : 0, options, err);
  if (!input) return false;
  EngRun *run = new_run(request, input, cancel, err);
  eng_input_release(input);
  if (!run) return false;
  atomic_store(&request->run, run);
  if (!eng_run_forward(run, err)) return false;
  request->source = eng_source_from_run(run, err);
  return request->source != NULL;
}

static bool open_record(ScrRequest *request, const char *path, EngError *err) {
  eng_model_release(request->model);
  request->model = NULL;
  request->source = eng_source_open(path, err);
  return request->source != NULL;
}

bool scr_request_work(ScrRequest *request, const EngCancel *cancel, EngError *err) {
  char *record = request->name ? scr_open_record_path(request->name, request->home) : NULL;
  if (record) {
    bool ok = open_record(request, record, err);
    free(record);
    return ok;
  }
  if (request->name && !open_model(request, cancel, err)) return false;
  if (eng_cancel_raised(cancel)) return eng_error_set(err, NULL, NULL, "cancelled");
  return run_model(request, cancel, err);
}
