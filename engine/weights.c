/* Weights by name: a table says where each lies and how it is to be read. Views turn and cut what is stored, so
 * that GPT-2's fused [in, out] and torch's [out, in] matrices look alike; nothing is copied. */
#include "engine/weights.h"

#include "engine/scope.h"

#include <stddef.h>
#include <stdio.h>

/* How a weight is read from where it lies; its data is NULL where the model has none. */
typedef EngTensor (*View)(const char *at, const EngConfig *config, size_t extra);

/* (D), and with `extra` the offset of a number in the config, (number, D). */
static EngTensor vector(const char *at, const EngConfig *config, size_t extra) {
  (void)extra;
  return eng_tensor_view((float *)*(const float *const *)(const void *)at, 1, (size_t[]){(size_t)config->d_model});
}

static EngTensor rows(const char *at, const EngConfig *config, size_t extra) {
  int n = *(const int *)(const void *)((const char *)config + extra);
  size_t shape[] = {(size_t)n, (size_t)config->d_model};
  return eng_tensor_view((float *)*(const float *const *)(const void *)at, 2, shape);
}

/* (in, out) */
static EngTensor as_matrix(const EngMatrix *w) {
  EngTensor view = {.data = (float *)w->data, .rank = 2, .shape = {(size_t)w->in, (size_t)w->out}};
  view.stride[0] = w->out_major ? 1 : w->out;
  view.stride[1] = w->out_major ? w->in : 1;
  return view;
}

static EngTensor matrix(const char *at, const EngConfig *config, size_t extra) {
  (void)config, (void)extra;
  return as_matrix(&((const EngLinear *)(const void *)at)->w);
}

static EngTensor bias(const char *at, const EngConfig *config, size_t extra) {
  const EngLinear *linear = (const EngLinear *)(const void *)at;
  (void)config, (void)extra;
  return eng_tensor_view((float *)linear->b, 1, (size_t[]){(size_t)linear->w.out});
}

/* An axis of H * h numbers as two, H in front of the others. */
static EngTensor split_heads(EngTensor view, int axis, const EngConfig *config) {
  size_t h = (size_t)config->d_head;
  EngTensor split = {.data = view.data, .rank = view.rank + 1};
  split.shape[0] = view.shape[axis] / h;
  split.stride[0] = view.stride[axis] * (ptrdiff_t)h;
  for (int i = 0; i < view.rank; i++) split.shape[i + 1] = view.shape[i], split.stride[i + 1] = view.stride[i];
  split.shape[axis + 1] = h;
  return split;
}

/* Of queries, keys and values (`part` 0, 1, 2) the columns of a matrix or bias: all of one of three, or a third of
 * one. */
static EngTensor third(EngTensor view, int axis, bool fused, size_t part) {
  size_t n = view.shape[axis] / 3;
  return fused && view.data ? eng_tensor_slice(view, axis, part * n, (part + 1) * n) : view;
}

static EngTensor project(const char *at, const EngConfig *config, size_t part) {
  const EngLinear *qkv = (const EngLinear *)(const void *)at;
  bool fused = !qkv[1].w.data;
  return split_heads(third(as_matrix(&qkv[fused ? 0 : part].w), 1, fused, part), 1, config);
}

static EngTensor project_bias(const char *at, const EngConfig *config, size_t part) {
  const EngLinear *qkv = (const EngLinear *)(const void *)at;
  bool fused = !qkv[1].w.data;
  EngTensor whole = bias((const char *)&qkv[fused ? 0 : part], config, 0);
  return split_heads(third(whole, 0, fused, part), 0, config);
}

static EngTensor join(const char *at, const EngConfig *config, size_t extra) {
  return split_heads(matrix(at, config, extra), 0, config);
}

/* A weight of a block, or of the model. */
typedef struct Entry {
  const char *name, *short_name; /* NULL: none */
  bool per_block;
  View view;
  size_t at, extra;
} Entry;

#define NORM(name, scope, type, field)                                                                             \
  {name ".w", NULL, scope, vector, offsetof(type, field.gain), 0}, {                                               \
    name ".b", NULL, scope, vector, offsetof(type, field.bias), 0                                                  \
  }
#define LINEAR(name, suffix, scope, type, field)                                                                   \
  {name "W" suffix, "W" suffix, scope, matrix, offsetof(type, field), 0}, {                                        \
    name "b" suffix, "b" suffix, scope, bias, offsetof(type, field), 0                                             \
  }
#define ROWS(name, short_name, field, count)                                                                       \
  { name short_name, short_name, false, rows, offsetof(EngWeights, field), offsetof(EngConfig, count) }
#define PROJECTION(letter, part)                                                                                   \
  {"attn.W_" letter, "W_" letter, true, project, offsetof(EngLayer, qkv), part}, {                                 \
    "attn.b_" letter, "b_" letter, true, project_bias, offsetof(EngLayer, qkv), part                               \
  }

static const Entry table[] = {
    ROWS("embed.", "W_E", embed, d_vocab),
    ROWS("pos_embed.", "W_pos", pos_embed, n_ctx),
    ROWS("token_type_embed.", "W_token_type", type_embed, n_token_types),
    NORM("embed.ln", false, EngWeights, embed_norm),
    NORM("ln1", true, EngLayer, ln1),
    PROJECTION("Q", 0),
    PROJECTION("K", 1),
    PROJECTION("V", 2),
    {"attn.W_O", "W_O", true, join, offsetof(EngLayer, attn_out), 0},
    {"attn.b_O", "b_O", true, bias, offsetof(EngLayer, attn_out), 0},
    NORM("ln2", true, EngLayer, ln2),
    LINEAR("mlp.", "_in", true, EngLayer, mlp_in),
    LINEAR("mlp.", "_out", true, EngLayer, mlp_out),
    NORM("ln_final", false, EngWeights, final_norm),
    {"mlm_head.W", NULL, false, matrix, offsetof(EngWeights, head_dense), 0},
    {"mlm_head.b", NULL, false, bias, offsetof(EngWeights, head_dense), 0},
    NORM("mlm_head.ln", false, EngWeights, head_norm),
    LINEAR("unembed.", "_U", false, EngWeights, unembed),
};
enum { ENTRIES = sizeof table / sizeof *table };

static EngTensor read(const EngWeights *weights, const EngConfig *config, const Entry *entry, int layer) {
  const char *base = entry->per_block ? (const char *)&weights->layers[layer] : (const char *)weights;
  return entry->view(base + entry->at, config, entry->extra);
}

static bool exists(const EngWeights *weights, const EngConfig *config, const Entry *entry) {
  return read(weights, config, entry, 0).data != NULL;
}

static const Entry *find(const EngWeights *weights, const EngConfig *config, const char *name, int *layer) {
  EngScope full, brief;
  bool is_full = eng_scope_full(name, &full), is_short = eng_scope_short(name, &brief);
  for (const Entry *entry = table; entry < table + ENTRIES; entry++) {
    bool by_full = is_full && full.in_block == entry->per_block && eng_scope_is(&full, entry->name);
    bool by_short = is_short && eng_scope_is(&brief, entry->short_name);
    if ((!by_full && !by_short) || !exists(weights, config, entry)) continue;
    *layer = by_full ? full.layer : brief.layer;
    return entry;
  }
  return NULL;
}

static bool unknown(const EngWeights *weights, const EngConfig *config, const char *name, EngError *err) {
  char names[512] = "";
  size_t used = 0;
  for (const Entry *entry = table; entry < table + ENTRIES && used < sizeof names; entry++)
    if (exists(weights, config, entry))
      used += (size_t)snprintf(names + used, sizeof names - used, "%s%s%s", used ? ", " : "",
                               entry->per_block ? "blocks.L." : "", entry->name);
  return eng_error_set(err, NULL, "weight", "expected one of %s, found \"%.80s\"", names, name);
}

bool eng_weights_view(const EngWeights *weights, const EngConfig *config, const char *name, EngTensor *out,
                      EngError *err) {
  int layer = ENG_ALL_LAYERS, most = config->n_layers - 1;
  const Entry *entry = find(weights, config, name, &layer);
  if (!entry) return unknown(weights, config, name, err);
  if (entry->per_block && layer == ENG_ALL_LAYERS)
    return eng_error_set(err, NULL, name, "expected a layer behind it, from 0 to %d, found none", most);
  if (entry->per_block && layer > most)
    return eng_error_set(err, NULL, name, "expected a layer from 0 to %d, found %d", most, layer);
  if (!entry->per_block && layer != ENG_ALL_LAYERS)
    return eng_error_set(err, NULL, name, "expected no layer, found %d", layer);
  *out = read(weights, config, entry, layer);
  return true;
}

bool eng_weights_name(const EngWeights *weights, const EngConfig *config, int i, char *out, size_t size) {
  for (const Entry *entry = table; entry < table + ENTRIES; entry++) {
    int n = entry->per_block ? config->n_layers : 1;
    if (!exists(weights, config, entry)) continue;
    if (i >= n) {
      i -= n;
      continue;
    }
    if (entry->per_block)
      snprintf(out, size, "blocks.%d.%s", i, entry->name);
    else
      snprintf(out, size, "%s", entry->name);
    return true;
  }
  return false;
}
