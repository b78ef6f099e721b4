/* Edits in a forward pass. What an edit names of a value is cut out as a small view: of weights a row of one query,
 * as far as it sees, of everything else all tokens, or one, by heads and dimensions. */
#include "engine/run_state.h"

#include "engine/safetensors.h"
#include "engine/tensor_walk.h"

/* --- what is refused */

/* What the run of a patch has there, of the shape that this sequence will have. */
static bool check_patch(const EngEdit *edit, const EngConfig *config, size_t past, size_t n, EngError *err) {
  EngError cause = {""};
  EngTensor value, wanted = {0};
  char text[ENG_EDIT_TEXT], expected[64], found[64];
  eng_edit_print(edit, text, sizeof text);
  if (!eng_run_finished(edit->from))
    return eng_error_set(err, text, "from", "expected a finished run, found an unfinished one");
  if (!eng_run_get(edit->from, edit->from_sequence, edit->at, edit->layer, &value, &cause))
    return eng_error_set(err, text, "from", "%s", cause.message);
  wanted.rank = eng_activation_shape(edit->at, config, n, past + n, wanted.shape);
  if (eng_tensor_same_shape(&wanted, &value)) return true;
  return eng_error_set(err, text, "from", "expected %s, found %s",
                       eng_shape_text(wanted.rank, wanted.shape, expected, sizeof expected),
                       eng_shape_text(value.rank, value.shape, found, sizeof found));
}

bool eng_run_check_edits(const EngModel *model, const EngRunSpec *spec, EngError *err) {
  const EngConfig *config = eng_model_config(model);
  if (spec->n_edits < 0 || spec->n_edits > ENG_MAX_EDITS)
    return eng_error_set(err, NULL, "edits", "expected at most %d, found %d", ENG_MAX_EDITS, spec->n_edits);
  for (int i = 0; i < spec->n_edits; i++)
    for (int s = 0; s < spec->n_sequences; s++) {
      size_t past = eng_layout_past(&spec->sequences[s]), n = (size_t)spec->sequences[s].input->n_tokens;
      const EngEdit *edit = &spec->edits[i];
      if (!eng_edit_fits(edit, config, past, n, err)) return false;
      if (edit->op == ENG_EDIT_PATCH && !check_patch(edit, config, past, n, err)) return false;
    }
  return true;
}

/* --- what is changed */

static EngTensor cut(EngTensor value, int axis, int index) {
  return index == ENG_ALL ? value : eng_tensor_slice(value, axis, (size_t)index, (size_t)index + 1);
}

static double mean_of(const EngTensor *line) {
  double sum = 0;
  for (EngWalk walk = eng_walk(1, &line); walk.n; eng_walk_next(&walk))
    for (size_t i = 0; i < walk.n; i++) sum += (double)walk.data[0][(ptrdiff_t)i * walk.step[0]];
  return sum / (double)eng_tensor_size(line);
}

static void fill(const EngTensor *part, float value) {
  for (EngWalk walk = eng_walk(1, &part); walk.n; eng_walk_next(&walk))
    for (size_t i = 0; i < walk.n; i++) walk.data[0][(ptrdiff_t)i * walk.step[0]] = value;
}

static void scale(const EngTensor *part, float factor) {
  for (EngWalk walk = eng_walk(1, &part); walk.n; eng_walk_next(&walk))
    for (size_t i = 0; i < walk.n; i++) walk.data[0][(ptrdiff_t)i * walk.step[0]] *= factor;
}

static void copy(const EngTensor *part, const EngTensor *from) {
  for (EngWalk walk = eng_walk(2, (const EngTensor *[]){part, from}); walk.n; eng_walk_next(&walk))
    for (size_t i = 0; i < walk.n; i++)
      walk.data[0][(ptrdiff_t)i * walk.step[0]] = walk.data[1][(ptrdiff_t)i * walk.step[1]];
}

/* All but the mean: `patch` is the same part of another run. */
static void change(const EngEdit *edit, const EngTensor *part, const EngTensor *patch) {
  if (edit->op == ENG_EDIT_SCALE) return scale(part, edit->value);
  if (edit->op == ENG_EDIT_PATCH) return copy(part, patch);
  fill(part, edit->op == ENG_EDIT_SET ? edit->value : 0);
}

/* `value` (H, T, K); query i sees the first `seen` + i keys, or all where that is 0. */
static void edit_weights(const EngEdit *edit, EngTensor value, EngTensor patch, size_t seen) {
  value = cut(value, 0, edit->head), patch = cut(patch, 0, edit->head);
  for (size_t head = 0; head < value.shape[0]; head++)
    for (size_t query = 0; query < value.shape[1]; query++) {
      size_t width = seen ? seen + query : value.shape[2];
      if (edit->token != ENG_ALL && (size_t)edit->token != query) continue;
      if (edit->key != ENG_ALL && (size_t)edit->key >= width) continue;
      EngTensor row = eng_tensor_select(eng_tensor_select(value, 0, head), 0, query);
      EngTensor other = edit->from ? eng_tensor_select(eng_tensor_select(patch, 0, head), 0, query) : row;
      row = eng_tensor_slice(row, 0, 0, width), other = eng_tensor_slice(other, 0, 0, width);
      EngTensor part = cut(row, 0, edit->key), from = cut(other, 0, edit->key);
      if (edit->op == ENG_EDIT_MEAN)
        fill(&part, (float)mean_of(&row));
      else
        change(edit, &part, &from);
    }
}

/* Each of the numbers of a token by its own mean. `value` (T, …) is cut but for tokens. */
static void set_means(const EngEdit *edit, const EngTensor *value) {
  EngTensor first = eng_tensor_slice(*value, 0, 0, 1), column = *value;
  const EngTensor *numbers = &first;
  for (EngWalk walk = eng_walk(1, &numbers); walk.n; eng_walk_next(&walk))
    for (size_t i = 0; i < walk.n; i++) {
      column.rank = 1;
      column.data = walk.data[0] + (ptrdiff_t)i * walk.step[0];
      EngTensor part = cut(column, 0, edit->token);
      fill(&part, (float)mean_of(&column));
    }
}

/* `value` (T, heads, dimensions) or (T, dimensions). */
static EngTensor cut_tokens(const EngEdit *edit, EngTensor value) {
  if (value.rank == 3) value = cut(value, 1, edit->head);
  return cut(value, value.rank - 1, edit->dim);
}

static void edit_tokens(const EngEdit *edit, EngTensor value, EngTensor patch) {
  value = cut_tokens(edit, value);
  if (edit->op == ENG_EDIT_MEAN) return set_means(edit, &value);
  EngTensor part = cut(value, 0, edit->token);
  EngTensor from = edit->from ? cut(cut_tokens(edit, patch), 0, edit->token) : part;
  change(edit, &part, &from);
}

static void apply(EngRun *run, const EngEdit *edit, EngActivation id, int layer, int sequence) {
  const EngConfig *config = eng_model_config(run->model);
  EngTensor value = eng_run_value(run, id, layer, sequence), patch = value;
  if (edit->op == ENG_EDIT_PATCH) eng_run_get(edit->from, edit->from_sequence, id, layer, &patch, NULL);
  if (eng_edit_has_keys(edit))
    edit_weights(edit, value, patch, config->causal ? run->spans[sequence].past + 1 : 0);
  else
    edit_tokens(edit, value, patch);
}

static bool is_of(const EngEdit *edit, EngActivation id, int layer) {
  return edit->at == id && edit->layer == layer;
}

bool eng_run_edits_weights(const EngRun *run, int layer) {
  for (int i = 0; i < run->spec.n_edits; i++)
    if (eng_edit_has_keys(&run->spec.edits[i]) && run->spec.edits[i].layer == layer) return true;
  return false;
}

void eng_run_apply_edits(EngRun *run, EngActivation id, int layer, int sequence) {
  int first = sequence < 0 ? 0 : sequence, last = sequence < 0 ? run->spec.n_sequences - 1 : sequence;
  for (int i = 0; i < run->spec.n_edits; i++)
    for (int s = first; s <= last && is_of(&run->spec.edits[i], id, layer); s++)
      apply(run, &run->spec.edits[i], id, layer, s);
}
