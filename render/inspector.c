/* Rows from top to bottom: edits of the model, which stand last while there are none, the token, the pair that is
 * looked at, what the heads that are on give the token and take from it, the token strip, the head, what may come
 * next. What cannot be told has a note that says why. */
#include "render/inspector_parts.h"

#include "render/classes.h"
#include "render/view_class.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the token */

static void add_token(const RenInspector *it, int query) {
  RenFrame *frame = it->from->frame;
  const EngToken *token = &it->scene.block->rows[query];
  int class = ren_class_of(&it->scene, REN_SIDE_QUERY, query);
  ren_inspector_heading(it, ren_frame_format(frame, "Token %d", ren_inspector_position(&it->scene, query)));
  ren_inspector_field(it, "text", ren_inspector_text(it, token));
  if (token->piece) ren_inspector_field(it, "piece", ren_frame_format(frame, "%s", token->piece));
  ren_inspector_field(it, "id", ren_frame_format(frame, "%d", token->id));
  ren_inspector_field(it, "bytes",
                      token->sentence < 0 ? "added"
                                          : ren_frame_format(frame, "%zu to %zu", token->start, token->stop));
  if (token->sentence >= 0) ren_inspector_field(it, "sentence", token->sentence == 0 ? "A" : "B");
  if (class >= 0) ren_inspector_field(it, "class", it->from->state->classes->names[class]);
  ren_inspector_probability(it, query);
}

/* --- what heads give it */

/* The mean over the heads that are on and pass the filter. */
static float mean_weight(const RenScene *scene, int query, int key) {
  float sum = 0;
  int n = 0;
  for (int slot = 0; slot < ren_state_slots(scene->state, scene->block->n_heads); slot++) {
    RenPanel head = ren_scene_slot(scene->state, scene->block, slot);
    if (!ren_state_slot_counts(scene->state, slot) || !ren_scene_ready(scene, head.layer)) continue;
    EngTensor weights = ren_scene_pattern(scene, head.layer, head.head);
    sum += ren_at2(&weights, query, key);
    n++;
  }
  return n > 0 ? sum / (float)n : 0;
}

/* The second run's of the pair that stands for this one; NaN where there is none. */
static float second_weight(const RenInspector *it, const RenEdge *edge,
                           float (*weight)(const RenScene *, int, int)) {
  int query = ren_inspector_partner(it, REN_SIDE_QUERY, edge->query),
      key = ren_inspector_partner(it, REN_SIDE_KEY, edge->key);
  return query < 0 || key < 0 ? NAN : weight(&it->second, query, key);
}

/* The tokens of the other side with the largest weights, given the token `i` of one. */
static void add_best(const RenInspector *it, RenSide side, int i) {
  const EngBlock *block = it->scene.block;
  bool keys = side == REN_SIDE_QUERY;
  int others = keys ? block->n_columns : block->n_rows, n = 0;
  RenEdge best[REN_INSPECT_BEST];
  for (int k = 0; k < others; k++) {
    RenEdge edge = {keys ? i : k, keys ? k : i, mean_weight(&it->scene, keys ? i : k, keys ? k : i)};
    int at = n < REN_INSPECT_BEST ? n : REN_INSPECT_BEST;
    while (at > 0 && best[at - 1].weight < edge.weight) at--;
    if (at == REN_INSPECT_BEST || !(edge.weight > 0)) continue;
    if (n < REN_INSPECT_BEST) n++;
    memmove(&best[at + 1], &best[at], (size_t)(n - 1 - at) * sizeof *best);
    best[at] = edge;
  }
  RenSide other = keys ? REN_SIDE_KEY : REN_SIDE_QUERY;
  ren_inspector_columns(it);
  for (int k = 0; k < n; k++) {
    int token = keys ? best[k].key : best[k].query;
    ren_inspector_ranked(it, ren_inspector_token(it, &it->scene, other, token),
                         (float[]){best[k].weight, second_weight(it, &best[k], mean_weight)}, other, token);
  }
}

/* The same token among the keys, or -1. */
static int key_of(const EngBlock *block, int query) {
  if (strcmp(block->key, "cross") == 0) return -1; /* keys of another sequence */
  int key = block->row_start + query - block->column_start;
  return key >= 0 && key < block->n_columns ? key : -1;
}

static const char *heads_title(const RenInspector *it, const char *words) {
  const RenState *state = it->from->state;
  const EngBlock *block = it->scene.block;
  int n = ren_state_slots_count(state, block->n_heads), slot = 0;
  char name[64];
  if (n == 0) return ren_frame_format(it->from->frame, "%s: no head passes the filter", words);
  if (n > 1) return ren_frame_format(it->from->frame, "%s, mean of %d heads", words, n);
  while (slot < ren_state_slots(state, block->n_heads) - 1 && !ren_state_slot_counts(state, slot)) slot++;
  RenPanel head = ren_scene_slot(state, block, slot);
  eng_block_name(block, head.layer, head.head, name, sizeof name);
  return ren_frame_format(it->from->frame, "%s, head %s", words, name);
}

static void add_attention(const RenInspector *it, int query) {
  int key = key_of(it->scene.block, query);
  if (!ren_scene_ready(&it->scene, it->scene.layer)) return;
  ren_inspector_heading(it, heads_title(it, "Looks at"));
  add_best(it, REN_SIDE_QUERY, query);
  if (key < 0) return;
  ren_inspector_heading(it, heads_title(it, "Looked at by"));
  add_best(it, REN_SIDE_KEY, key);
}

/* --- the head */

static float head_weight(const RenScene *scene, int query, int key) {
  if (!ren_scene_ready(scene, scene->layer)) return NAN;
  EngTensor weights = ren_scene_pattern(scene, scene->layer, scene->head);
  return ren_at2(&weights, query, key);
}

/* In a comparison only the places of both tokens: three numbers stand beside them. */
static const char *edge_label(const RenInspector *it, const RenEdge *edge) {
  const EngBlock *block = it->scene.block;
  if (!it->second.block) return ren_inspector_pair(it, &it->scene, edge->query, edge->key);
  return ren_frame_format(it->from->frame, "q%d → k%d", block->row_start + edge->query,
                          block->column_start + edge->key);
}

static void add_head(const RenInspector *it) {
  char name[64];
  const RenScene *scene = &it->scene;
  const RenHeadNumbers *numbers = it->from->head, none = {NAN, NAN, NAN, 0, {{0}}};
  const RenHeadNumbers *second = it->from->second.head ? it->from->second.head : &none;
  eng_block_name(scene->block, scene->layer, scene->head, name, sizeof name);
  ren_inspector_heading(it, ren_frame_format(it->from->frame, "Head %s", name));
  if (!numbers) {
    ren_inspector_note(it, "running…");
    return;
  }
  ren_inspector_columns(it);
  ren_inspector_number(it, "entropy of row", 4, (float[]){numbers->entropy, second->entropy});
  ren_inspector_number(it, "to first token", 4, (float[]){numbers->first, second->first});
  ren_inspector_number(it, "to previous", 4, (float[]){numbers->previous, second->previous});
  for (int i = 0; i < numbers->n_edges; i++) {
    const RenEdge *edge = &numbers->edges[i];
    ren_inspector_ranked(it, edge_label(it, edge), (float[]){edge->weight, second_weight(it, edge, head_weight)},
                         REN_SIDE_QUERY, edge->query);
  }
}

/* --- everything */

/* Without a selected token the last one says what comes next: it has seen them all. */
void ren_inspect(const RenInspectFrom *from, RenInspection *out) {
  RenInspector it = {.from = from, .out = out};
  bool edited = from->edits && (ren_edits_now(from->edits)->n > 0 || from->state->editing);
  out->n = 0;
  out->focus = from->focus;
  if (!ren_scene_read(&it.scene, from->state, from->source, from->frame)) {
    ren_inspector_note(&it, "Nothing is shown yet.");
    return;
  }
  bool both =
      from->second.source && ren_scene_read(&it.second, from->second.state, from->second.source, from->frame);
  if (!both) it.second.block = NULL;
  int token = from->state->token;
  bool selected = token >= 0 && token < it.scene.block->n_rows;
  if (edited) ren_inspector_edits(&it);
  if (selected) {
    add_token(&it, token);
  } else {
    ren_inspector_heading(&it, "Token");
    ren_inspector_note(&it, "Select a token to see it in numbers.");
  }
  ren_inspector_edge(&it);
  if (selected) add_attention(&it, token);
  ren_inspector_strip(&it);
  add_head(&it);
  ren_inspector_next(&it, selected ? token : it.scene.block->n_rows - 1);
  if (!edited) ren_inspector_edits(&it);
}

char *ren_inspection_text(const RenInspection *inspection) {
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream(&text, &size);
  for (int i = 0; file && i < inspection->n; i++) {
    const RenInspectRow *row = &inspection->rows[i];
    if (row->kind == REN_INSPECT_CONTROLS) continue;
    fputs(row->label, file);
    if (row->kind == REN_INSPECT_EDIT) fputs(row->on ? "\ton" : "\toff", file);
    for (int k = 0; k < 3; k++) {
      const char *value = k == 0 ? row->value : k == 1 ? row->second : row->difference;
      if (value) fprintf(file, "\t%s", value);
    }
    fputc('\n', file);
  }
  if (file && fclose(file) == 0) return text;
  free(text);
  return NULL;
}
