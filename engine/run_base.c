/* A run that begins where it departs from another one: below the first layer whose edits are not the same, what
 * both keep is copied, and the residual stream, which every run holds. Bits are those that computing would give, so
 * all that could make a difference must be alike: model, input, operations, and where scores are kept, since they
 * are then computed at full width. */
#include "engine/run_state.h"

#include <string.h>

/* --- whether it may */

static bool same_tokens(const EngInput *a, const EngInput *b) {
  if (a == b) return true;
  if (a->n_tokens != b->n_tokens) return false;
  for (int i = 0; i < a->n_tokens; i++)
    if (a->tokens[i].id != b->tokens[i].id || a->tokens[i].type != b->tokens[i].type) return false;
  return true;
}

static bool same_sequences(const EngRunSpec *a, const EngRunSpec *b) {
  if (a->n_sequences != b->n_sequences) return false;
  for (int i = 0; i < a->n_sequences; i++) {
    const EngSequence *s = &a->sequences[i], *t = &b->sequences[i];
    if (!same_tokens(s->input, t->input) || s->past != t->past) return false;
    if (s->past && s->past_sequence != t->past_sequence) return false;
  }
  return true;
}

/* Whether `base` has all that `keep` asks for, and scores where it does. */
static bool keeps(const EngKeep *base, const EngKeep *keep) {
  for (int id = 0; id < ENG_ACT_COUNT; id++)
    for (size_t i = 0; i < ENG_MAX_LAYERS / 64; i++)
      if (keep->layers[id][i] & ~base->layers[id][i]) return false;
  return memcmp(base->layers[ENG_ACT_SCORES], keep->layers[ENG_ACT_SCORES], sizeof keep->layers[0]) == 0;
}

static bool serves(const EngRun *base, const EngRun *run) {
  const EngRunSpec *spec = &run->spec;
  return base && base->model == run->model && eng_run_finished(base) && eng_run_plain(base) && !spec->tap &&
         spec->ops == base->spec.ops && same_sequences(spec, &base->spec) && keeps(&base->spec.keep, &spec->keep);
}

/* --- from which layer on */

enum { BEFORE = -1 }; /* the layer of what comes before the first one */

/* Layer of an edit; one of the last norm belongs behind them all. */
static int layer_of(const EngEdit *edit) {
  if (eng_activation_info(edit->at)->per_block) return edit->layer;
  return edit->at == ENG_ACT_FINAL_NORM ? ENG_MAX_LAYERS : BEFORE;
}

/* The run's next edit of a layer from `*at` on; NULL for none. */
static const EngEdit *next_edit(const EngRun *run, int layer, int *at) {
  while (*at < run->spec.n_edits) {
    const EngEdit *edit = &run->spec.edits[(*at)++];
    if (layer_of(edit) == layer) return edit;
  }
  return NULL;
}

static bool same_edits(const EngRun *a, const EngRun *b, int layer) {
  int i = 0, j = 0;
  for (;;) {
    const EngEdit *x = next_edit(a, layer, &i), *y = next_edit(b, layer, &j);
    if (!x || !y) return x == y;
    if (!eng_edit_same(x, y)) return false;
  }
}

/* Whether what goes into a layer is edited; it is then held as it was left. */
static bool edits_input(const EngRun *run, int layer) {
  const EngEdit *edit = NULL;
  for (int i = 0; (edit = next_edit(run, layer, &i));)
    if (edit->at == ENG_ACT_RESID_PRE) return true;
  return false;
}

/* Layers that both have in common. What goes into the next one must be as it was before it was edited, unless it is
 * edited alike; who cannot have it so begins a layer earlier. */
static int common_layers(const EngRun *base, const EngRun *run, int most) {
  if (!serves(base, run) || !same_edits(base, run, BEFORE)) return 0;
  int n = 0, done = eng_run_layers_done(base);
  while (n < most && n < done && same_edits(base, run, n)) n++;
  return n > 0 && edits_input(base, n) && !same_edits(base, run, n) ? n - 1 : n;
}

/* --- copying */

static void copy_layer(EngRun *run, const EngRun *base, int layer) {
  for (EngActivation id = 0; id < ENG_ACT_COUNT; id++)
    if (eng_activation_info(id)->per_block && eng_keep_has(&run->layout.blocks, id, layer))
      memcpy(eng_run_place(run, id, layer), eng_run_place(base, id, layer),
             run->layout.places[id].size * sizeof(float));
}

EngBeginning eng_run_begin(EngRun *run, int most) {
  const EngRun *base = run->spec.base;
  const EngConfig *config = eng_model_config(run->model);
  int n = common_layers(base, run, most);
  if (n == 0) return (EngBeginning){0};
  size_t stream = run->layout.n_tokens * (size_t)config->d_model * sizeof(float);
  for (int layer = 0; layer < n; layer++) copy_layer(run, base, layer);
  memcpy(eng_run_place(run, ENG_ACT_RESID_PRE, 0), eng_run_place(base, ENG_ACT_RESID_PRE, 0),
         ((size_t)n + 1) * stream);
  EngCoarse to = eng_run_coarse_patterns(run), from = eng_run_coarse_patterns(base);
  eng_coarse_copy(&to, &from, (size_t)n * (size_t)config->n_heads);
  return (EngBeginning){.layer = n, .edited = edits_input(base, n)};
}
