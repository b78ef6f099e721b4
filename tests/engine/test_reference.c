/* The second witness: GPT-2's forward pass written out plainly in double precision, from the same weights,
 * without any of the engine's operations, against a run of the tiny checkpoint at its full length. */
#include "runs.h"

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

static void weigh(double (*qkv)[3 * D], int head, int query, double *weights) {
  double sum = 0;
  for (int key = 0; key < T; key++) {
    double score = 0;
    for (int i = 0; i < D_HEAD; i++) score += qkv[query][head * D_HEAD + i] * qkv[key][D + head * D_HEAD + i];
    weights[key] = key <= query ? exp(score / sqrt(D_HEAD)) : 0;
    sum += weights[key];
  }
  for (int key = 0; key < T; key++) weights[key] /= sum;
}

typedef struct Reference {
  double x[T][D], normed[T][D], qkv[T][3 * D], z[T][D], pre[T][M], post[T][M];
  double pattern[H][T][T];
} Reference;

static void attend(Reference *r, const EngLayer *layer) {
  for (int t = 0; t < T; t++)
    for (int i = 0; i < 3 * D; i++) r->qkv[t][i] = product(&layer->qkv[0], r->normed[t], i);
  for (int h = 0; h < H; h++)
    for (int t = 0; t < T; t++) {
      weigh(r->qkv, h, t, r->pattern[h][t]);
      for (int i = 0; i < D_HEAD; i++) {
        r->z[t][h * D_HEAD + i] = 0;
        for (int key = 0; key < T; key++)
          r->z[t][h * D_HEAD + i] += r->pattern[h][t][key] * r->qkv[key][2 * D + h * D_HEAD + i];
      }
    }
}

static double gelu_new(double x) { return 0.5 * x * (1 + tanh(sqrt(2 / acos(-1.0)) * (x + 0.044715 * x * x * x))); }

static void run_layer(Reference *r, const EngLayer *layer, double eps) {
  norm(&layer->ln1, r->x, r->normed, eps);
  attend(r, layer);
  for (int t = 0; t < T; t++)
    for (int i = 0; i < D; i++) r->x[t][i] += product(&layer->attn_out, r->z[t], i);
  norm(&layer->ln2, r->x, r->normed, eps);
  for (int t = 0; t < T; t++)
    for (int i = 0; i < M; i++) r->post[t][i] = gelu_new(r->pre[t][i] = product(&layer->mlp_in, r->normed[t], i));
  for (int t = 0; t < T; t++)
    for (int i = 0; i < D; i++) r->x[t][i] += product(&layer->mlp_out, r->post[t], i);
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

static void gpt2_equals_plain_sums_in_double_precision(void **state) {
  EngModel *model = open_tiny("gpt2");
  const EngConfig *config = eng_model_config(model);
  const EngWeights *w = eng_model_weights(model);
  EngInput *input = some_ids(model, 4, 0, T);
  EngRun *run = forward_all(model, input, NULL);
  Reference *r = calloc(1, sizeof *r);
  double(*out)[V] = calloc(T, sizeof *out);
  (void)state;
  assert_true(config->n_layers == L && config->d_mlp == M && config->d_vocab == V && config->d_model == D);
  for (int t = 0; t < T; t++)
    for (int i = 0; i < D; i++)
      r->x[t][i] = (double)w->embed[input->tokens[t].id * D + i] + (double)w->pos_embed[t * D + i];
  for (int l = 0; l < L; l++) {
    near("resid_pre", get(run, 0, ENG_ACT_RESID_PRE, l), r->x[0]);
    run_layer(r, &w->layers[l], (double)config->eps);
    near("pattern", get(run, 0, ENG_ACT_PATTERN, l), r->pattern[0][0]);
    near("pre", get(run, 0, ENG_ACT_MLP_PRE, l), r->pre[0]);
    near("resid_post", get(run, 0, ENG_ACT_RESID_POST, l), r->x[0]);
  }
  norm(&w->final_norm, r->x, r->normed, (double)config->eps);
  for (int t = 0; t < T; t++)
    for (int i = 0; i < V; i++) out[t][i] = product(&w->unembed, r->normed[t], i);
  near("logits", logits(run, 0), out[0]);
  free(r), free(out);
  eng_run_release(run);
  eng_input_release(input);
  eng_model_release(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(gpt2_equals_plain_sums_in_double_precision)};
  return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
