/* The forward pass: embeddings, then for every layer the steps that its architecture lists, then the head.
 * Products write straight to where their result stays. After each entry of the activation table the tap is
 * called; cancel is looked at there and inside products and attention. */
#include "engine/run_state.h"

#include "engine/clock.h"

#include <stdint.h>
#include <string.h>

/* to (rows, out) = from (rows, in) W + b, rows of `to` `stride` floats apart. */
static bool linear(EngPass *pass, const EngLinear *l, const float *from, float *to, size_t rows, size_t stride) {
  EngGemm product = {.m = rows,
                     .n = (size_t)l->w.out,
                     .k = (size_t)l->w.in,
                     .a = from,
                     .lda = (size_t)l->w.in,
                     .b = l->w.data,
                     .ldb = (size_t)(l->w.out_major ? l->w.in : l->w.out),
                     .out_major = l->w.out_major,
                     .panels = l->w.panels,
                     .c = to,
                     .ldc = stride,
                     .alpha = 1,
                     .bias = l->b};
  return eng_pass_multiply(pass, &product);
}

static void activate(const EngPass *pass, const float *from, float *to, size_t n) {
  switch (pass->config->act_fn) {
  case ENG_GELU:
    pass->ops->gelu(from, to, n);
    return;
  case ENG_GELU_NEW:
    pass->ops->gelu_new(from, to, n);
    return;
  case ENG_RELU:
    pass->ops->relu(from, to, n);
    return;
  }
}

static void norm(const EngPass *pass, const EngNorm *n, const float *from, float *to, size_t rows) {
  pass->ops->layer_norm(from, to, rows, (size_t)pass->config->d_model, n->gain, n->bias, pass->config->eps);
}

/* BERT's three matrices, or GPT-2's one, side by side. */
static bool project_qkv(EngPass *pass, const EngLayer *layer, const float *from, int l) {
  float *to = eng_run_place(pass->run, ENG_ACT_Q, l);
  size_t d = (size_t)pass->config->d_model, rows = pass->run->layout.n_tokens;
  for (size_t i = 0; i < 3; i++)
    if (layer->qkv[i].w.data && !linear(pass, &layer->qkv[i], from, to + i * d, rows, 3 * d)) return false;
  return eng_pass_tap(pass, ENG_ACT_Q, l, -1) && eng_pass_tap(pass, ENG_ACT_K, l, -1) &&
         eng_pass_tap(pass, ENG_ACT_V, l, -1);
}

static bool run_step(EngPass *pass, const EngStep *step, int l) {
  const EngLayer *layer = &pass->weights->layers[l];
  const void *weights = (const char *)layer + step->weights;
  const float *from = eng_run_place(pass->run, step->from, l);
  float *to = eng_run_place(pass->run, step->to, l);
  size_t rows = pass->run->layout.n_tokens, d = (size_t)pass->config->d_model;
  switch (step->kind) {
  case ENG_STEP_QKV:
    return project_qkv(pass, layer, from, l);
  case ENG_STEP_ATTEND:
    return eng_attend(pass, l);
  case ENG_STEP_LINEAR:
    if (!linear(pass, weights, from, to, rows, (size_t)((const EngLinear *)weights)->w.out)) return false;
    break;
  case ENG_STEP_NORM:
    norm(pass, weights, from, to, rows);
    break;
  case ENG_STEP_ACT:
    activate(pass, from, to, rows * (size_t)pass->config->d_mlp);
    break;
  case ENG_STEP_ADD:
    pass->ops->add(from, eng_run_place(pass->run, step->with, l), to, rows * d);
    break;
  }
  return eng_pass_tap(pass, step->to, l, -1);
}

/* A kept output has a place of its own, since edits of the next layer's input must not reach it. */
static void hand_on(const EngPass *pass, int l) {
  const float *out = eng_run_place(pass->run, pass->steps->out, l);
  float *next = eng_run_place(pass->run, ENG_ACT_RESID_PRE, l + 1);
  size_t bytes = pass->run->layout.n_tokens * (size_t)pass->config->d_model * sizeof *next;
  if (next != out) memcpy(next, out, bytes);
}

/* How many layers are asked for. */
static int count_layers(const EngPass *pass) {
  int asked = pass->run->spec.n_layers;
  return asked > 0 && asked < pass->config->n_layers ? asked : pass->config->n_layers;
}

/* Whether the pass ends with this step of its last layer: what it gives comes last in the table. */
static bool ends_with(const EngPass *pass, const EngStep *step, int layer) {
  const EngRunSpec *spec = &pass->run->spec;
  EngActivation made = step->kind == ENG_STEP_QKV ? ENG_ACT_V : step->to;
  return spec->until && spec->n_layers == layer + 1 && made != ENG_NAMELESS && made >= spec->until;
}

/* Layers that the pass may copy: all but the last one where it ends within that. */
static int count_whole_layers(const EngPass *pass) { return count_layers(pass) - (pass->run->spec.until ? 1 : 0); }

static bool run_layers(EngPass *pass) {
  EngBeginning begin = eng_run_begin(pass->run, count_whole_layers(pass));
  pass->run->layers_copied = begin.layer;
  atomic_store_explicit(&pass->run->layers_done, begin.layer, memory_order_release);
  for (int l = begin.layer, n = count_layers(pass); l < n; l++) {
    bool there = begin.edited && l == begin.layer;
    if (!there && !eng_pass_tap(pass, ENG_ACT_RESID_PRE, l, -1)) return false;
    for (size_t i = 0; i < pass->steps->count; i++) {
      if (!run_step(pass, &pass->steps->list[i], l)) return false;
      if (ends_with(pass, &pass->steps->list[i], l)) return true;
    }
    hand_on(pass, l);
    atomic_store_explicit(&pass->run->layers_done, l + 1, memory_order_release);
  }
  return true;
}

/* One of the tables of embeddings, looked up for every token. */
static bool embed(EngPass *pass, EngActivation id, const float *table, const int *rows_of) {
  float *to = eng_run_place(pass->run, id, 0);
  size_t d = (size_t)pass->config->d_model;
  for (size_t i = 0; i < pass->run->layout.n_tokens; i++) memcpy(to + i * d, table + (size_t)rows_of[i] * d, d * 4);
  return eng_pass_tap(pass, id, 0, -1);
}

/* Which row each packed token takes from each table. The lists lie for a moment where q, k and v will be. */
static bool embed_all(EngPass *pass) {
  EngRun *run = pass->run;
  size_t n = run->layout.n_tokens;
  int *ids = (int *)(void *)eng_run_place(run, ENG_ACT_Q, 0), *positions = ids + n, *types = positions + n;
  for (int s = 0; s < run->spec.n_sequences; s++)
    for (size_t i = 0; i < run->spans[s].n; i++) {
      const EngToken *token = &run->spec.sequences[s].input->tokens[i];
      size_t at = run->spans[s].start + i;
      ids[at] = token->id, positions[at] = (int)(run->spans[s].past + i), types[at] = token->type;
    }
  return embed(pass, ENG_ACT_EMBED, pass->weights->embed, ids) &&
         embed(pass, ENG_ACT_POS_EMBED, pass->weights->pos_embed, positions) &&
         (!pass->weights->type_embed || embed(pass, ENG_ACT_TYPE_EMBED, pass->weights->type_embed, types));
}

/* The residual stream before the first layer. */
static bool start_stream(EngPass *pass) {
  if (!embed_all(pass)) return false;
  EngRun *run = pass->run;
  float *stream = eng_run_place(run, ENG_ACT_RESID_PRE, 0);
  size_t rows = run->layout.n_tokens, n = rows * (size_t)pass->config->d_model;
  const EngWeights *w = pass->weights;
  const float *position = eng_run_place(run, ENG_ACT_POS_EMBED, 0);
  pass->ops->add(eng_run_place(run, ENG_ACT_EMBED, 0), position, stream, n);
  if (w->type_embed) pass->ops->add(stream, eng_run_place(run, ENG_ACT_TYPE_EMBED, 0), stream, n);
  if (w->embed_norm.gain) norm(pass, &w->embed_norm, stream, stream, rows);
  return true;
}

/* The rows whose logits are asked for: all, or the last of each sequence, gathered. */
static const float *rows_for_head(EngPass *pass, const float *stream, float *gathered) {
  const EngRun *run = pass->run;
  size_t d = (size_t)pass->config->d_model;
  if (run->spec.logits == ENG_LOGITS_ALL) return stream;
  for (int s = 0; s < run->spec.n_sequences; s++) {
    size_t last = run->spans[s].start + run->spans[s].n - 1;
    memcpy(gathered + (size_t)s * d, stream + last * d, d * sizeof *gathered);
  }
  return gathered;
}

static bool run_head(EngPass *pass, const float *stream) {
  EngRun *run = pass->run;
  const EngWeights *w = pass->weights;
  size_t rows = run->layout.n_logits, d = (size_t)pass->config->d_model;
  if (rows == 0) return true;
  float *gathered = run->arena.data + run->layout.head, *dense = gathered + rows * d;
  const float *from = rows_for_head(pass, stream, gathered);
  if (w->head_dense.w.data) {
    if (!linear(pass, &w->head_dense, from, dense, rows, d)) return false;
    activate(pass, dense, dense, rows * d);
    norm(pass, &w->head_norm, dense, dense, rows);
    from = dense;
  }
  return linear(pass, &w->unembed, from, run->arena.data + run->layout.logits, rows, (size_t)w->unembed.w.out);
}

static bool finish_stream(EngPass *pass) {
  const EngRun *run = pass->run;
  if (run->spec.until || count_layers(pass) < pass->config->n_layers) return true;
  const float *stream = eng_run_place(run, ENG_ACT_RESID_PRE, pass->config->n_layers);
  if (pass->weights->final_norm.gain) {
    float *normed = eng_run_place(run, ENG_ACT_FINAL_NORM, 0);
    norm(pass, &pass->weights->final_norm, stream, normed, run->layout.n_tokens);
    if (!eng_pass_tap(pass, ENG_ACT_FINAL_NORM, 0, -1)) return false;
    stream = normed;
  }
  return run_head(pass, stream);
}

static bool compute(EngRun *run, EngError *err) {
  const EngConfig *config = eng_model_config(run->model);
  EngPass pass = {.run = run,
                  .config = config,
                  .weights = eng_model_weights(run->model),
                  .steps = &eng_arch(config->arch)->steps,
                  .ops = run->spec.ops ? run->spec.ops : eng_ops(),
                  .scratch = run->arena.data + run->layout.gemm,
                  .err = err};
  bool ready = eng_model_ready_until(run->model, run->spec.cancel, err);
  if (!ready) eng_pass_goes_on(&pass); /* which notes that it was cancelled */
  return ready && start_stream(&pass) && run_layers(&pass) && finish_stream(&pass);
}

bool eng_run_forward(EngRun *run, EngError *err) {
  if (atomic_exchange(&run->started, true))
    return eng_error_set(err, NULL, "run", "expected a run that was not started, found one that was");
  double start = eng_clock_seconds();
  bool done = compute(run, err);
  eng_run_release((EngRun *)(uintptr_t)run->spec.base);
  run->spec.base = NULL;
  run->seconds = eng_clock_seconds() - start;
  atomic_store_explicit(&run->finished, done, memory_order_release);
  return done;
}
