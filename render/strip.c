/* Numbers that belong to the text are cut to the tokens of the part that is shown; rows keep their own entropy
 * under a filter, since a slice of a row is no distribution. */
#include "render/strip.h"

#include "render/received.h"
#include "render/view_scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* While it is filled. */
typedef struct Fill {
  const RenStripFrom *from;
  const EngBlock *block;
  int block_index, layer, head;
  RenStrip *strip;
} Fill;

static void miss(const Fill *fill, const char *why) {
  snprintf(fill->strip->missing, sizeof fill->strip->missing, "%s", why);
}

static EngSource *base_of(const EngSource *source) { return eng_source_base((EngSource *)(uintptr_t)source); }

/* Of the numbers of the whole text those that the part has; of a word's tokens their sum or their mean. */
static void take(const Fill *fill, const float *values, bool sums) {
  const EngSource *source = fill->from->source;
  bool column = fill->strip->side == REN_SIDE_KEY;
  const EngBlock *base = eng_source_block(base_of(source), fill->block_index);
  int start = column ? base->column_start : base->row_start, n = fill->strip->n;
  for (int i = 0; i < n; i++) {
    int first = eng_source_token(source, fill->block_index, column, i);
    int end = i + 1 < n ? eng_source_token(source, fill->block_index, column, i + 1)
              : column  ? base->n_columns
                        : base->n_rows;
    float sum = 0;
    for (int t = first; t < end; t++) sum += values[start + t];
    fill->strip->values[i] = sums ? sum : sum / (float)(end - first);
  }
}

/* --- what the readings tell */

static bool has_readings(const Fill *fill) {
  const RenStripFrom *from = fill->from;
  bool there = from->readings && from->readings->serial == eng_source_serial(base_of(from->source));
  if (!there) miss(fill, from->failed ? from->failed : "running…");
  return there;
}

static void read_logprob(const Fill *fill) {
  const EngReadings *readings = fill->from->readings;
  if (!has_readings(fill)) return;
  if (readings->log_probability)
    take(fill, readings->log_probability, true);
  else
    miss(fill, readings->spec.predictions ? readings->unpredicted : "running…");
}

static void read_norm(const Fill *fill) {
  const EngReadings *readings = fill->from->readings;
  if (fill->block->layers) return miss(fill, "layers are merged: there is none to show the norm of");
  if (!has_readings(fill)) return;
  if (readings->norms)
    take(fill, readings->norms + (size_t)fill->layer * (size_t)readings->n_tokens, false);
  else
    miss(fill, "this recorded run has no residual stream");
}

static void read_neuron(const Fill *fill) {
  const RenStripFrom *from = fill->from;
  if (!has_readings(fill)) return;
  if (from->readings->activations && strcmp(from->neuron, from->state->strip) == 0)
    take(fill, from->readings->activations, false);
  else
    miss(fill, from->failed ? from->failed : "running…");
}

/* --- what attention tells */

static bool is_ready(const Fill *fill) {
  bool ready = fill->layer < eng_source_layers_done(fill->from->source);
  if (!ready) miss(fill, "running…");
  return ready;
}

static float entropy_of(const EngTensor *weights, int row) {
  double sum = 0;
  for (size_t j = 0; j < weights->shape[1]; j++) {
    double p = (double)ren_at2(weights, row, (int)j);
    if (p != 0) sum -= p * log(p); /* also of NaN */
  }
  return (float)sum;
}

static void read_entropy(const Fill *fill) {
  if (!is_ready(fill)) return;
  const EngSource *source = fill->from->source;
  int whole = fill->block->whole, start = fill->block->row_start - eng_source_block(source, whole)->row_start;
  EngTensor weights = eng_source_pattern(source, whole, fill->layer, fill->head);
  for (int i = 0; i < fill->strip->n; i++) fill->strip->values[i] = entropy_of(&weights, start + i);
}

static void read_received(const Fill *fill) {
  bool none = ren_state_slots_count(fill->from->state, fill->block->n_heads) == 0;
  if (!ren_received(fill->from->state, fill->from->source, false, fill->strip->values))
    miss(fill, none ? "no head here passes the filter" : "running…");
}

/* --- what the user tells */

static bool is_own(const RenStripFrom *from) {
  return from->numbers && from->numbers->name[0] && strcmp(from->numbers->name, from->state->strip) == 0;
}

static void read_own(const Fill *fill) {
  const RenNumbers *numbers = fill->from->numbers;
  if (fill->from->second) return miss(fill, "these numbers are the first text's");
  int n = eng_source_input(fill->from->source)->n_tokens;
  char why[96];
  snprintf(why, sizeof why, "expected a number for each of %d tokens, found %d", n, numbers->n);
  if (numbers->n == n)
    take(fill, numbers->values, false);
  else
    miss(fill, why);
}

/* --- titles */

/* Titles say the layer, the head, or how many of them. */
static void title_plain(const Fill *fill, const char *words) {
  snprintf(fill->strip->title, sizeof fill->strip->title, "%s", words);
}

static void title_layer(const Fill *fill, const char *words) {
  snprintf(fill->strip->title, sizeof fill->strip->title, "%s %d", words, fill->layer);
}

static void title_of(const Fill *fill, RenPanel head, const char *words) {
  char name[64];
  eng_block_name(fill->block, head.layer, head.head, name, sizeof name);
  snprintf(fill->strip->title, sizeof fill->strip->title, "%s %s", words, name);
}

static void title_head(const Fill *fill, const char *words) {
  title_of(fill, (RenPanel){fill->layer, fill->head}, words);
}

static void title_heads(const Fill *fill, const char *words) {
  const RenState *state = fill->from->state;
  int n = ren_state_slots_count(state, fill->block->n_heads), slot = 0;
  while (n == 1 && !ren_state_slot_counts(state, slot)) slot++;
  if (n == 1)
    title_of(fill, ren_scene_slot(state, fill->block, slot), "Attention received from head");
  else if (state->n_picks > 0)
    snprintf(fill->strip->title, sizeof fill->strip->title, "%s %d heads", words, n);
  else
    snprintf(fill->strip->title, sizeof fill->strip->title, "%s %d heads of layer %d", words, n, fill->layer);
}

static void title_neuron(const Fill *fill, const char *words) {
  snprintf(fill->strip->title, sizeof fill->strip->title, "%s %s", words, fill->from->state->strip);
}

static void title_own(const Fill *fill, const char *words) {
  snprintf(fill->strip->title, sizeof fill->strip->title, "%s%s", words, fill->from->state->strip);
}

/* --- the table */

typedef struct Way {
  void (*title)(const Fill *fill, const char *words);
  void (*read)(const Fill *fill);
} Way;

static const Way ways[REN_STRIP_KINDS] = {
    [REN_STRIP_LOGPROB] = {title_plain, read_logprob}, [REN_STRIP_ENTROPY] = {title_head, read_entropy},
    [REN_STRIP_NORM] = {title_layer, read_norm},       [REN_STRIP_RECEIVED] = {title_heads, read_received},
    [REN_STRIP_NEURON] = {title_neuron, read_neuron},  [REN_STRIP_OWN] = {title_own, read_own},
};

static RenStripKind kind_of(const RenStripFrom *from) {
  RenStripKind kind = ren_strip_find(from->state->strip);
  return kind == REN_STRIP_NEURON && is_own(from) ? REN_STRIP_OWN : kind;
}

/* --- the scale */

/* One sign has one colour, in full where the number is largest; two signs have two, whichever is there. */
static void scale(RenStrip *strip, bool diverges) {
  bool plus = false, minus = false;
  strip->most = 0;
  for (int i = 0; i < strip->n; i++) {
    float value = strip->values[i];
    if (!isfinite(value)) strip->values[i] = NAN;
    if (!isfinite(value)) continue;
    plus = plus || value > 0;
    minus = minus || value < 0;
    strip->most = fmaxf(strip->most, fabsf(value));
  }
  strip->diverges = diverges || (plus && minus);
  strip->negative = minus && !strip->diverges;
}

static bool make_room(RenStrip *strip, int n) {
  if (n <= strip->room) return true;
  float *grown = realloc(strip->values, (size_t)n * sizeof *grown);
  if (!grown) return false;
  strip->values = grown;
  strip->room = n;
  return true;
}

static void begin(RenStrip *strip, RenSide side) {
  strip->title[0] = strip->missing[0] = '\0';
  strip->both = NULL;
  strip->side = side;
  strip->n = 0;
}

bool ren_strip_fill(RenStrip *strip, const RenStripFrom *from) {
  RenStripKind kind = kind_of(from);
  const RenStripEntry *entry = ren_strip_entry(kind);
  const EngBlock *block = ren_scene_block(from->state, from->source);
  begin(strip, entry->side);
  if (!block) return true;
  int n = entry->side == REN_SIDE_KEY ? block->n_columns : block->n_rows;
  if (!make_room(strip, n)) return false;
  strip->n = n;
  Fill fill = {from,
               block,
               ren_scene_block_index(from->state, from->source),
               ren_scene_layer(from->state, block),
               ren_scene_head(from->state, block),
               strip};
  ways[kind].title(&fill, entry->words);
  ways[kind].read(&fill);
  if (strip->missing[0])
    strip->n = 0;
  else
    scale(strip, entry->diverges);
  return true;
}

static float number_at(const RenStrip *strip, int i) { return i >= 0 && i < strip->n ? strip->values[i] : NAN; }

bool ren_strip_subtract(RenStrip *strip, const RenStrip *first, const RenStrip *second, const EngPlace *places,
                        int n) {
  const char *why = first->missing[0] ? first->missing : second->missing;
  begin(strip, first->side);
  snprintf(strip->title, sizeof strip->title, "Difference: %.110s", first->title);
  snprintf(strip->missing, sizeof strip->missing, "%s", why);
  if (*why) return true;
  if (!make_room(strip, 3 * n)) return false;
  float *a = strip->values + n, *b = a + n;
  for (int i = 0; i < n; i++) {
    a[i] = number_at(first, places[i].token[0]);
    b[i] = number_at(second, places[i].token[1]);
    strip->values[i] = b[i] - a[i];
  }
  strip->n = n;
  strip->both = a;
  scale(strip, true);
  return true;
}

void ren_strip_free(RenStrip *strip) {
  free(strip->values);
  *strip = (RenStrip){.n = 0};
}
