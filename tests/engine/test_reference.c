/* The second witness: GPT-2's forward pass written out plainly in double precision, from the same weights,
 * without any of the engine's operations, against runs of the tiny checkpoint at its full length: as it is, and
 * with edits drawn by dice. */
#include "edited.h"

enum { T = 40, D = 60, H = 3, D_HEAD = 20, M = 77, V = 211, L = 3 };

static void norm(const EngNorm *n, double (*x)[D], double (*y)[D], double eps) {
  for (int t = 0; t < T; t++) {
    double mean = 0, variance = 0;
    for (int i = 0; i < D; i++) mean += x[t][i] / D;
    for (int i = 0; i < D; i++) variance += (x[t][i] - mean) * (x[t][i] - mean) / D;
    for (int i = 0; i < D; i++)
      y[t][i] = (x[t][i] - mean) / sqrt(variance + eps) * (double)n->gain[i] + (double)n->bias[i];
  }
}

/* Row t of x times W, plus b. */
static double product(const EngLinear *l, const double *x, int out) {
  double sum = l->b ? (double)l->b[out] : 0;
  for (int i = 0; i < l->w.in; i++)
    sum += x[i] * (double)l->w.data[l->w.out_major ? out * l->w.in + i : i * l->w.out + out];
  return sum;
}

typedef struct Reference {
  double x[T][D], normed[T][D], qkv[T][3 * D], z[T][D], pre[T][M], post[T][M];
  double scores[H][T][T], pattern[H][T][T];
  int n_edits;
  EngEdit edits[4];
} Reference;

static bool is_in(int wanted, int i) { return wanted < 0 || wanted == i; }

static double changed(const EngEdit *e, double was, double mean) {
  if (e->op == ENG_EDIT_SCALE) return was * (double)e->value;
  return e->op == ENG_EDIT_SET ? (double)e->value : e->op == ENG_EDIT_MEAN ? mean : 0;
}

/* One column of all tokens, `stride` apart. */
static void edit_column(const EngEdit *e, double *column, int stride) {
  double mean = 0;
  for (int t = 0; t < T; t++) mean += column[t * stride] / T;
  for (int t = 0; t < T; t++)
    if (is_in(e->token, t)) column[t * stride] = changed(e, column[t * stride], mean);
}

/* The edits of an activation of tokens: `width` columns, by heads of `size` (a whole token where it has none). */
static void edit(const Reference *r, EngActivation id, int layer, double *value, int width, int size, int stride) {
  for (const EngEdit *e = r->edits; e < r->edits + r->n_edits; e++)
    for (int i = 0; e->at == id && e->layer == layer && i < width; i++)
      if (is_in(e->head, i / size) && is_in(e->dim, i % size)) edit_column(e, value + i, stride);
}

static void edit_weights(const Reference *r, EngActivation id, int layer, double (*value)[T][T]) {
  for (const EngEdit *e = r->edits; e < r->edits + r->n_edits; e++)
    for (int h = 0; e->at == id && e->layer == layer && h < H; h++)
      for (int q = 0; q < T && is_in(e->head, h); q++) {
        double mean = 0;
        for (int k = 0; k <= q; k++) mean += value[h][q][k] / (q + 1);
        for (int k = 0; k <= q && is_in(e->token, q); k++)
          if (is_in(e->key, k)) value[h][q][k] = changed(e, value[h][q][k], mean);
      }
}

static void score(Reference *r, int head, int query) {
  for (int key = 0; key <= query; key++) {
    double score = 0;
    for (int i = 0; i < D_HEAD; i++) score += r->qkv[query][head * D_HEAD + i] * r->qkv[key][D + head * D_HEAD + i];
    r->scores[head][query][key] = score / sqrt(D_HEAD);
  }
}

static void weigh(Reference *r, int head, int query) {
  double sum = 0, *weights = r->pattern[head][query];
  for (int key = 0; key < T; key++) sum += weights[key] = key <= query ? exp(r->scores[head][query][key]) : 0;
  for (int key = 0; key < T; key++) weights[key] /= sum;
}

static void mix(Reference *r, int head, int query) {
  for (int i = head * D_HEAD; i < (head + 1) * D_HEAD; i++) {
    r->z[query][i] = 0;
    for (int key = 0; key < T; key++) r->z[query][i] += r->pattern[head][query][key] * r->qkv[key][2 * D + i];
  }
}

static void for_each_row(Reference *r, void (*row)(Reference *, int head, int query)) {
  for (int h = 0; h < H; h++)
    for (int t = 0; t < T; t++) row(r, h, t);
}

static void attend(Reference *r, const EngLayer *layer, int l) {
  for (int t = 0; t < T; t++)
    for (int i = 0; i < 3 * D; i++) r->qkv[t][i] = product(&layer->qkv[0], r->normed[t], i);
  for (int i = 0; i < 3; i++) edit(r, ENG_ACT_Q + (EngActivation)i, l, r->qkv[0] + i * D, D, D_HEAD, 3 * D);
  for_each_row(r, score);
  edit_weights(r, ENG_ACT_SCORES, l, r->scores);
  for_each_row(r, weigh);
  edit_weights(r, ENG_ACT_PATTERN, l, r->pattern);
  for_each_row(r, mix);
  edit(r, ENG_ACT_Z, l, r->z[0], D, D_HEAD, D);
}

static double gelu_new(double x) { return 0.5 * x * (1 + tanh(sqrt(2 / acos(-1.0)) * (x + 0.044715 * x * x * x))); }

static void run_layer(Reference *r, const EngLayer *layer, int l, double eps) {
  edit(r, ENG_ACT_RESID_PRE, l, r->x[0], D, D, D);
  norm(&layer->ln1, r->x, r->normed, eps);
  attend(r, layer, l);
  for (int t = 0; t < T; t++)
    for (int i = 0; i < D; i++) r->x[t][i] += product(&layer->attn_out, r->z[t], i);
  edit(r, ENG_ACT_RESID_MID, l, r->x[0], D, D, D);
  norm(&layer->ln2, r->x, r->normed, eps);
  for (int t = 0; t < T; t++)
    for (int i = 0; i < M; i++) r->pre[t][i] = product(&layer->mlp_in, r->normed[t], i);
  edit(r, ENG_ACT_MLP_PRE, l, r->pre[0], M, M, M);
  for (int t = 0; t < T; t++)
    for (int i = 0; i < M; i++) r->post[t][i] = gelu_new(r->pre[t][i]);
  edit(r, ENG_ACT_MLP_POST, l, r->post[0], M, M, M);
  for (int t = 0; t < T; t++)
    for (int i = 0; i < D; i++) r->x[t][i] += product(&layer->mlp_out, r->post[t], i);
  edit(r, ENG_ACT_RESID_POST, l, r->x[0], D, D, D);
}

static void near(const char *what, EngTensor got, const double *want) {
  double worst = 0, scale = 1;
  for (size_t i = 0; i < eng_tensor_size(&got); i++) {
    worst = fmax(worst, fabs((double)at(&got, i) - want[i]));
    scale = fmax(scale, fabs(want[i]));
  }
  printf("  %-12s %.2e (largest value %.3g)\n", what, worst, scale);
  if (worst > 1e-5 * scale) fail_msg("%s differs by %g", what, worst);
}

static void assert_is_the_reference(EngModel *model, const EngInput *input, Reference *r) {
  const EngConfig *config = eng_model_config(model);
  const EngWeights *w = eng_model_weights(model);
  EngSequence sequence = {.input = input};
  EngRun *run = edited_by(model, &sequence, 1, r->edits, r->n_edits);
  double(*out)[V] = calloc(T, sizeof *out);
  assert_true(config->n_layers == L && config->d_mlp == M && config->d_vocab == V && config->d_model == D);
  for (int t = 0; t < T; t++)
    for (int i = 0; i < D; i++)
      r->x[t][i] = (double)w->embed[input->tokens[t].id * D + i] + (double)w->pos_embed[t * D + i];
  for (int l = 0; l < L; l++) {
    run_layer(r, &w->layers[l], l, (double)config->eps);
    near("pattern", get(run, 0, ENG_ACT_PATTERN, l), r->pattern[0][0]);
    near("pre", get(run, 0, ENG_ACT_MLP_PRE, l), r->pre[0]);
    near("resid_post", get(run, 0, ENG_ACT_RESID_POST, l), r->x[0]);
  }
  norm(&w->final_norm, r->x, r->normed, (double)config->eps);
  for (int t = 0; t < T; t++)
    for (int i = 0; i < V; i++) out[t][i] = product(&w->unembed, r->normed[t], i);
  near("logits", logits(run, 0), out[0]);
  free(out);
  eng_run_release(run);
}

static void gpt2_equals_plain_sums_in_double_precision(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *input = some_ids(model, 4, 0, T);
  Reference *r = calloc(1, sizeof *r);
  (void)state;
  assert_is_the_reference(model, input, r);
  free(r);
  eng_input_release(input);
  eng_model_release(model);
}

static unsigned roll(unsigned *dice, unsigned sides) {
  *dice = *dice * 1664525U + 1013904223U;
  return (*dice >> 8) % sides;
}

/* One of `n`, or all. */
static int some(unsigned *dice, int n) { return roll(dice, 3) == 0 ? ENG_ALL : (int)roll(dice, (unsigned)n); }

static EngEdit drawn(unsigned *dice) {
  static const EngActivation OF[] = {ENG_ACT_RESID_PRE, ENG_ACT_Q,          ENG_ACT_K,       ENG_ACT_V,
                                     ENG_ACT_SCORES,    ENG_ACT_PATTERN,    ENG_ACT_PATTERN, ENG_ACT_Z,
                                     ENG_ACT_RESID_MID, ENG_ACT_RESID_POST, ENG_ACT_MLP_PRE, ENG_ACT_MLP_POST};
  EngEdit e = {.at = OF[roll(dice, sizeof OF / sizeof *OF)], .layer = (int)roll(dice, L), .token = some(dice, T)};
  const char *shape = eng_activation_info(e.at)->shape;
  bool keys = strchr(shape, 'K') != NULL, heads = strchr(shape, 'H') != NULL;
  int width = strchr(shape, 'h') ? D_HEAD : strchr(shape, 'M') ? M : D;
  e.head = heads ? some(dice, H) : ENG_ALL;
  e.key = keys ? some(dice, T) : ENG_ALL;
  e.dim = keys ? ENG_ALL : some(dice, width);
  e.op = (EngEditOp)roll(dice, ENG_EDIT_PATCH);
  e.value = (float)roll(dice, 9) / 2 - 2;
  return e;
}

static void any_edits_are_those_of_plain_sums(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *input = some_ids(model, 4, 0, T);
  unsigned dice = 11;
  (void)state;
  for (int i = 0; i < 40; i++) {
    Reference *r = calloc(1, sizeof *r);
    for (r->n_edits = 0; r->n_edits < 1 + i % 4; r->n_edits++) {
      char text[ENG_EDIT_TEXT];
      r->edits[r->n_edits] = drawn(&dice);
      eng_edit_print(&r->edits[r->n_edits], text, sizeof text);
      printf("  %s\n", text);
    }
    assert_is_the_reference(model, input, r);
    free(r);
  }
  eng_input_release(input);
  eng_model_release(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(gpt2_equals_plain_sums_in_double_precision),
                                     cmocka_unit_test(any_edits_are_those_of_plain_sums)};
  return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
