/* What the tests of edited runs share. */
#ifndef TESTS_ENGINE_EDITED_H
#define TESTS_ENGINE_EDITED_H

#include "runs.h"

#include "engine/edit.h"

static inline EngEdit parsed(EngModel *model, const char *text) {
  EngError err = {""};
  EngEdit edit;
  if (!eng_edit_parse(text, eng_model_config(model), &edit, &err)) fail_msg("%s", err.message);
  return edit;
}

static inline EngEdit patch(EngModel *model, const char *text, const EngRun *from) {
  EngEdit edit = parsed(model, text);
  edit.op = ENG_EDIT_PATCH;
  edit.from = from;
  return edit;
}

/* Everything kept, all logits. */
static inline EngRun *edited_by(EngModel *model, const EngSequence *sequences, int n, const EngEdit *edits,
                                int n_edits) {
  EngRunSpec spec = {
      .sequences = sequences, .n_sequences = n, .logits = ENG_LOGITS_ALL, .edits = edits, .n_edits = n_edits};
  keep(&spec, model, "all");
  return forward(model, &spec);
}

static inline EngRun *edited(EngModel *model, const EngInput *input, const char *text) {
  EngEdit edit = parsed(model, text);
  EngSequence sequence = {.input = input};
  return edited_by(model, &sequence, 1, &edit, 1);
}

/* Both runs' values have the same bits. */
static inline bool same_in(const EngRun *a, const EngRun *b, int sequence, EngActivation id, int layer) {
  EngTensor x = get(a, sequence, id, layer), y = get(b, sequence, id, layer);
  for (size_t i = 0; i < eng_tensor_size(&x); i++) {
    float p = at(&x, i), q = at(&y, i);
    if (memcmp(&p, &q, sizeof p) != 0) return false;
  }
  return true;
}

static inline bool same(const EngRun *a, const EngRun *b, EngActivation id, int layer) {
  return same_in(a, b, 0, id, layer);
}

static inline bool same_logits(const EngRun *a, const EngRun *b, int sequence) {
  EngTensor x = logits(a, sequence), y = logits(b, sequence);
  return memcmp(x.data, y.data, eng_tensor_size(&x) * sizeof *x.data) == 0;
}

#endif
