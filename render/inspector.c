/* Rows from top to bottom: the token, what the heads that are on give it and take from it, the head, what may come
 * next. What cannot be told has a note that says why. */
#include "render/inspector.h"

#include "render/classes.h"
#include "render/view_class.h"
#include "render/view_token.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* While rows are made. */
typedef struct Maker {
  const RenInspectFrom *from;
  RenScene scene;
  RenInspection *out;
} Maker;

enum { NOTE_BYTES = 38 }; /* of one line of a note */

static void add(const Maker *maker, RenInspectRow row) {
  if (row.label && maker->out->n < REN_INSPECT_ROWS) maker->out->rows[maker->out->n++] = row;
}

static void add_heading(const Maker *maker, const char *label) {
  add(maker, (RenInspectRow){.kind = REN_INSPECT_HEADING, .label = label});
}

static void add_field(const Maker *maker, const char *label, const char *value) {
  if (value) add(maker, (RenInspectRow){.kind = REN_INSPECT_FIELD, .label = label, .value = value});
}

/* In lines that fit, broken at spaces. */
static void add_note(const Maker *maker, const char *text) {
  while (*text) {
    size_t n = strlen(text);
    if (n > NOTE_BYTES)
      for (n = NOTE_BYTES; n > 0 && text[n] != ' ';) n--;
    if (n == 0) n = strlen(text);
    const char *line = ren_frame_format(maker->from->frame, "%.*s", (int)n, text);
    add(maker, (RenInspectRow){.kind = REN_INSPECT_NOTE, .label = line});
    text += n;
    text += *text == ' ';
  }
}

static const char *shown(const Maker *maker, const EngToken *token) {
  char text[REN_TOKEN_BYTES];
  ren_token_show(token, text);
  return ren_frame_format(maker->from->frame, "%s", text);
}

static const char *format(const Maker *maker, float number) {
  return ren_frame_format(maker->from->frame, "%.4f", (double)number);
}

/* k1 "·doctor" */
static const char *token_label(const Maker *maker, RenSide side, int i) {
  const EngBlock *block = maker->scene.block;
  bool key = side == REN_SIDE_KEY;
  const char *text = shown(maker, key ? &block->columns[i] : &block->rows[i]);
  int position = (key ? block->column_start : block->row_start) + i;
  return text ? ren_frame_format(maker->from->frame, "%c%d \"%s\"", key ? 'k' : 'q', position, text) : NULL;
}

/* --- the token */

/* The base's position of a query of the part that is shown. */
static int position_of(const Maker *maker, int query) {
  const EngSource *source = maker->from->source;
  int block = ren_scene_block_index(maker->from->state, source);
  const EngBlock *base = eng_source_block(eng_source_base((EngSource *)(uintptr_t)source), block);
  return base->row_start + eng_source_token(source, block, false, query);
}

static const EngReadings *readings_of(const Maker *maker) {
  const EngReadings *readings = maker->from->readings;
  EngSource *base = eng_source_base((EngSource *)(uintptr_t)maker->from->source);
  return readings && readings->serial == eng_source_serial(base) && readings->spec.predictions ? readings : NULL;
}

static const char *why_unpredicted(const Maker *maker) {
  const EngReadings *readings = readings_of(maker);
  if (readings) return readings->unpredicted;
  return maker->from->failed ? maker->from->failed : "running…";
}

static void add_probability(const Maker *maker, int position) {
  const EngReadings *readings = readings_of(maker);
  if (!readings || !readings->log_probability) return;
  float log_p = readings->log_probability[position];
  if (isnan(log_p)) return;
  add_field(maker, "log-probability", format(maker, log_p));
  add_field(maker, "probability", format(maker, expf(log_p)));
}

static void add_token(const Maker *maker, int query) {
  RenFrame *frame = maker->from->frame;
  const EngToken *token = &maker->scene.block->rows[query];
  int class = ren_class_of(&maker->scene, REN_SIDE_QUERY, query);
  add_heading(maker, ren_frame_format(frame, "Token %d", position_of(maker, query)));
  add_field(maker, "text", shown(maker, token));
  if (token->piece) add_field(maker, "piece", ren_frame_format(frame, "%s", token->piece));
  add_field(maker, "id", ren_frame_format(frame, "%d", token->id));
  add_field(maker, "bytes",
            token->sentence < 0 ? "added" : ren_frame_format(frame, "%zu to %zu", token->start, token->stop));
  if (token->sentence >= 0) add_field(maker, "sentence", token->sentence == 0 ? "A" : "B");
  if (class >= 0) add_field(maker, "class", maker->from->state->classes->names[class]);
  add_probability(maker, position_of(maker, query));
}

/* --- what heads give it */

/* The mean over the heads that are on. */
static float mean_weight(const Maker *maker, int query, int key) {
  const RenScene *scene = &maker->scene;
  float sum = 0;
  int n = 0;
  for (int slot = 0; slot < ren_state_slots(scene->state, scene->block->n_heads); slot++) {
    RenPanel head = ren_scene_slot(scene->state, scene->block, slot);
    if (!ren_state_slot_on(scene->state, slot) || !ren_scene_ready(scene, head.layer)) continue;
    EngTensor weights = ren_scene_pattern(scene, head.layer, head.head);
    sum += ren_at2(&weights, query, key);
    n++;
  }
  return n > 0 ? sum / (float)n : 0;
}

/* The tokens of the other side with the largest weights, given the token `i` of one. */
static void add_best(const Maker *maker, RenSide side, int i) {
  const EngBlock *block = maker->scene.block;
  bool keys = side == REN_SIDE_QUERY;
  int others = keys ? block->n_columns : block->n_rows, n = 0;
  RenEdge best[REN_INSPECT_BEST];
  for (int k = 0; k < others; k++) {
    RenEdge edge = {keys ? i : k, keys ? k : i, mean_weight(maker, keys ? i : k, keys ? k : i)};
    int at = n < REN_INSPECT_BEST ? n : REN_INSPECT_BEST;
    while (at > 0 && best[at - 1].weight < edge.weight) at--;
    if (at == REN_INSPECT_BEST || !(edge.weight > 0)) continue;
    if (n < REN_INSPECT_BEST) n++;
    memmove(&best[at + 1], &best[at], (size_t)(n - 1 - at) * sizeof *best);
    best[at] = edge;
  }
  RenSide other = keys ? REN_SIDE_KEY : REN_SIDE_QUERY;
  for (int k = 0; k < n; k++) {
    int token = keys ? best[k].key : best[k].query;
    add(maker, (RenInspectRow){REN_INSPECT_RANKED, token_label(maker, other, token), format(maker, best[k].weight),
                               best[k].weight, other, token});
  }
}

/* The same token among the keys, or -1. */
static int key_of(const EngBlock *block, int query) {
  if (strcmp(block->key, "cross") == 0) return -1; /* keys of another sequence */
  int key = block->row_start + query - block->column_start;
  return key >= 0 && key < block->n_columns ? key : -1;
}

static const char *heads_title(const Maker *maker, const char *words) {
  const RenState *state = maker->from->state;
  const EngBlock *block = maker->scene.block;
  int n = ren_state_slots_on(state, block->n_heads), slot = 0;
  char name[64];
  if (n > 1) return ren_frame_format(maker->from->frame, "%s, mean of %d heads", words, n);
  while (slot < ren_state_slots(state, block->n_heads) - 1 && !ren_state_slot_on(state, slot)) slot++;
  RenPanel head = ren_scene_slot(state, block, slot);
  eng_block_name(block, head.layer, head.head, name, sizeof name);
  return ren_frame_format(maker->from->frame, "%s, head %s", words, name);
}

static void add_attention(const Maker *maker, int query) {
  int key = key_of(maker->scene.block, query);
  if (!ren_scene_ready(&maker->scene, maker->scene.layer)) return;
  add_heading(maker, heads_title(maker, "Looks at"));
  add_best(maker, REN_SIDE_QUERY, query);
  if (key < 0) return;
  add_heading(maker, heads_title(maker, "Looked at by"));
  add_best(maker, REN_SIDE_KEY, key);
}

/* --- the head */

static void add_head(const Maker *maker) {
  char name[64];
  const RenScene *scene = &maker->scene;
  const RenHeadNumbers *numbers = maker->from->head;
  eng_block_name(scene->block, scene->layer, scene->head, name, sizeof name);
  add_heading(maker, ren_frame_format(maker->from->frame, "Head %s", name));
  if (!numbers) {
    add_note(maker, "running…");
    return;
  }
  add_field(maker, "entropy of a row", format(maker, numbers->entropy));
  add_field(maker, "to the first token", format(maker, numbers->first));
  add_field(maker, "to the previous token", format(maker, numbers->previous));
  for (int i = 0; i < numbers->n_edges; i++) {
    const RenEdge *edge = &numbers->edges[i];
    const char *from = token_label(maker, REN_SIDE_QUERY, edge->query),
               *to = token_label(maker, REN_SIDE_KEY, edge->key);
    const char *label = from && to ? ren_frame_format(maker->from->frame, "%s → %s", from, to) : NULL;
    add(maker, (RenInspectRow){REN_INSPECT_RANKED, label, format(maker, edge->weight), edge->weight, REN_SIDE_QUERY,
                               edge->query});
  }
}

/* --- what may come next */

static const char *guess_label(const Maker *maker, const EngGuess *guess) {
  EngToken token = {.id = guess->id, .text = guess->text};
  return guess->text ? shown(maker, &token) : ren_frame_format(maker->from->frame, "id %d", guess->id);
}

static void add_next(const Maker *maker, int query) {
  const EngReadings *readings = readings_of(maker);
  const EngToken *token = &maker->scene.block->rows[query];
  const char *text = shown(maker, token);
  if (text) add_heading(maker, ren_frame_format(maker->from->frame, "Next after \"%s\"", text));
  if (!readings || !readings->guesses) {
    add_note(maker, why_unpredicted(maker));
    return;
  }
  const EngGuess *guesses = readings->guesses + (size_t)position_of(maker, query) * ENG_GUESSES;
  for (int i = 0; i < ENG_GUESSES && guesses[i].id >= 0; i++)
    add(maker, (RenInspectRow){.kind = REN_INSPECT_RANKED,
                               .label = guess_label(maker, &guesses[i]),
                               .value = format(maker, guesses[i].probability),
                               .share = guesses[i].probability});
}

/* Without a selected token the last one says what comes next: it has seen them all. */
void ren_inspect(const RenInspectFrom *from, RenInspection *out) {
  Maker maker = {.from = from, .out = out};
  out->n = 0;
  if (!ren_scene_read(&maker.scene, from->state, from->source, from->frame)) {
    add_note(&maker, "Nothing is shown yet.");
    return;
  }
  const EngBlock *block = maker.scene.block;
  int token = from->state->token;
  bool selected = token >= 0 && token < block->n_rows;
  if (selected) {
    add_token(&maker, token);
    add_attention(&maker, token);
  } else {
    add_heading(&maker, "Token");
    add_note(&maker, "Select a token to see it in numbers.");
  }
  add_head(&maker);
  add_next(&maker, selected ? token : block->n_rows - 1);
}

char *ren_inspection_text(const RenInspection *inspection) {
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream(&text, &size);
  for (int i = 0; file && i < inspection->n; i++) {
    const RenInspectRow *row = &inspection->rows[i];
    fprintf(file, row->value ? "%s\t%s\n" : "%s\n", row->label, row->value ? row->value : "");
  }
  if (file && fclose(file) == 0) return text;
  free(text);
  return NULL;
}
