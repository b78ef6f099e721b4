/* What an edit may name is told by the letters of its activation's shape: where there are keys there are queries,
 * and no dimensions of a token. */
#include "engine/edit.h"

#include <math.h>
#include <string.h>

static bool has(const EngEdit *edit, char letter) {
  return strchr(eng_activation_info(edit->at)->shape, letter) != NULL;
}

bool eng_edit_has_keys(const EngEdit *edit) { return has(edit, 'K'); }

const char *eng_edit_op_name(EngEditOp op) {
  static const char *const NAMES[ENG_EDIT_OPS] = {"zero", "mean", "scale", "set", "patch"};
  return NAMES[op];
}

bool eng_edit_op_takes_value(EngEditOp op) { return op == ENG_EDIT_SCALE || op == ENG_EDIT_SET; }

bool eng_edit_same(const EngEdit *a, const EngEdit *b) {
  bool place = a->at == b->at && a->layer == b->layer && a->head == b->head && a->token == b->token &&
               a->key == b->key && a->dim == b->dim && a->op == b->op;
  if (place && eng_edit_op_takes_value(a->op)) return memcmp(&a->value, &b->value, sizeof a->value) == 0;
  return place && (a->op != ENG_EDIT_PATCH || (a->from == b->from && a->from_sequence == b->from_sequence));
}

/* An error about `what` of the edit, which is said by its text. */
static bool refuse(const EngEdit *edit, const char *what, size_t count, int found, EngError *err) {
  char text[ENG_EDIT_TEXT];
  eng_edit_print(edit, text, sizeof text);
  if (count == 0) return eng_error_set(err, text, what, "expected none here, found %d", found);
  return eng_error_set(err, text, what, "expected 0 to %zu, found %d", count - 1, found);
}

/* ENG_ALL, or one of `count`, which is 0 where there are no such things. */
static bool check_index(const EngEdit *edit, const char *what, int index, size_t count, EngError *err) {
  return index == ENG_ALL || (index >= 0 && (size_t)index < count) || refuse(edit, what, count, index, err);
}

static bool check_place(const EngEdit *edit, const EngConfig *config, EngError *err) {
  size_t shape[4];
  int last = eng_activation_shape(edit->at, config, 1, 1, shape) - 1;
  size_t layers = eng_activation_info(edit->at)->per_block ? (size_t)config->n_layers : 1;
  if (edit->layer < 0 || (size_t)edit->layer >= layers) return refuse(edit, "layer", layers, edit->layer, err);
  return check_index(edit, "head", edit->head, has(edit, 'H') ? (size_t)config->n_heads : 0, err) &&
         check_index(edit, "dim", edit->dim, has(edit, 'K') ? 0 : shape[last], err) &&
         check_index(edit, "key", edit->key, has(edit, 'K') ? (size_t)config->n_ctx : 0, err) &&
         check_index(edit, has(edit, 'K') ? "query" : "token", edit->token, (size_t)config->n_ctx, err);
}

static bool check_op(const EngEdit *edit, EngError *err) {
  char text[ENG_EDIT_TEXT];
  bool valued = eng_edit_op_takes_value(edit->op);
  if (valued ? isfinite(edit->value) : edit->op != ENG_EDIT_PATCH || edit->from) return true;
  eng_edit_print(edit, text, sizeof text);
  if (valued) return eng_error_set(err, text, "value", "expected a finite number, found %g", (double)edit->value);
  return eng_error_set(err, text, "from", "expected a run to patch from, found none");
}

bool eng_edit_check(const EngEdit *edit, const EngConfig *config, EngError *err) {
  if ((unsigned)edit->at >= ENG_ACT_COUNT || (unsigned)edit->op >= ENG_EDIT_OPS)
    return eng_error_set(err, NULL, "edit", "expected an activation and an operation, found neither");
  if (!eng_activation_exists(edit->at, config))
    return eng_error_set(err, NULL, eng_activation_info(edit->at)->short_name,
                         "expected an activation that %s has, found one of other models",
                         eng_config_model_type(config));
  return check_place(edit, config, err) && check_op(edit, err);
}

bool eng_edit_fits(const EngEdit *edit, const EngConfig *config, size_t past, size_t n_tokens, EngError *err) {
  if (!eng_edit_check(edit, config, err)) return false;
  bool keys = eng_edit_has_keys(edit);
  return check_index(edit, keys ? "query" : "token", edit->token, n_tokens, err) &&
         (!keys || check_index(edit, "key", edit->key, past + n_tokens, err));
}
