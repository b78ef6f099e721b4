/* Which head is first: scores of all heads of the block that is shown, worked out when a source is whole and when
 * another score or part of it is wanted; or those that a probe gave. */
#include "render/ui_impl.h"

#include <math.h>
#include <stdlib.h>

void ren_ranks_free(RenRanks *ranks) {
  free(ranks->order);
  free(ranks->places);
  free(ranks->scores);
  *ranks = (RenRanks){0};
}

typedef struct Scored {
  int group; /* where it stays together with others */
  float mean, score;
  int head;
} Scored;

static int descending(float x, float y) { return (x < y) - (x > y); }
static int ascending(int x, int y) { return (x > y) - (x < y); }

/* The highest first, group by group; of equal ones the lower layer and head. */
static int compare(const void *a, const void *b) {
  const Scored *x = a, *y = b;
  if (x->group != y->group) {
    int groups = descending(x->mean, y->mean);
    return groups ? groups : ascending(x->group, y->group);
  }
  int heads = descending(x->score, y->score);
  return heads ? heads : ascending(x->head, y->head);
}

/* Layers stay together, by their means; what is no number counts as the lowest. */
static void group(Scored *scored, const EngBlock *block) {
  for (int layer = 0; layer < block->n_layers; layer++) {
    Scored *first = scored + layer * block->n_heads;
    double sum = 0;
    for (int head = 0; head < block->n_heads; head++) sum += (double)first[head].score;
    for (int head = 0; head < block->n_heads; head++) {
      first[head].group = layer;
      first[head].mean = isnan(sum) ? -HUGE_VALF : (float)(sum / block->n_heads);
    }
  }
}

static float score_of(const RenUi *ui, const EngBlock *block, int head) {
  if (ui->state.by_probe) return ui->state.scores->values[head];
  EngTensor weights = eng_source_pattern(ui->source, ui->state.block, head / block->n_heads, head % block->n_heads);
  float score = (float)eng_score_head(ui->state.sort, block, &weights);
  return isnan(score) ? -HUGE_VALF : score;
}

static bool reserve(RenRanks *ranks, size_t n) {
  ren_ranks_free(ranks);
  ranks->order = malloc(n * sizeof *ranks->order);
  ranks->places = malloc(n * sizeof *ranks->places);
  ranks->scores = malloc(n * sizeof *ranks->scores);
  return ranks->order && ranks->places && ranks->scores;
}

static void rank(RenUi *ui, const EngBlock *block) {
  RenRanks *ranks = &ui->ranks;
  int n = block->n_layers * block->n_heads;
  Scored *scored = malloc((size_t)n * sizeof *scored);
  if (!scored || !reserve(ranks, (size_t)n)) {
    free(scored);
    return;
  }
  for (int i = 0; i < n; i++) scored[i] = (Scored){0, 0, ranks->scores[i] = score_of(ui, block, i), i};
  if (ui->state.grouped) group(scored, block);
  qsort(scored, (size_t)n, sizeof *scored, compare);
  for (int i = 0; i < n; i++) ranks->places[ranks->order[i] = scored[i].head] = i;
  free(scored);
  ranks->shown = (RenRanking){n, ranks->order, ranks->places, ranks->scores, ui->state.grouped};
}

static uint64_t scores_of(const RenUi *ui) {
  return ui->state.by_probe && ui->state.scores ? ui->state.scores->serial : 0;
}

static bool is_up_to_date(const RenUi *ui, uint64_t version) {
  const RenRanks *ranks = &ui->ranks;
  return ranks->shown.n > 0 && ranks->version == version && ranks->block == ui->state.block &&
         ranks->score == ui->state.sort && ranks->scores_of == scores_of(ui) &&
         ranks->shown.grouped == ui->state.grouped;
}

void ren_ui_rank(RenUi *ui) {
  const EngBlock *block = ren_ui_block(ui);
  RenState *state = &ui->state;
  bool whole = state->sorted && block && block->n_layers > 0 && block->n_heads > 0 && block->n_rows > 0 &&
               block->n_columns > 0 && eng_source_layers_done(ui->source) >= block->n_layers;
  ren_ui_score(ui);
  state->ranking = NULL;
  if (!whole || (state->by_probe && !state->scores)) return;
  uint64_t version = eng_source_version(ui->source);
  if (!is_up_to_date(ui, version)) {
    rank(ui, block);
    ui->ranks.version = version;
    ui->ranks.block = state->block;
    ui->ranks.score = state->sort;
    ui->ranks.scores_of = scores_of(ui);
  }
  if (ui->ranks.shown.n > 0) state->ranking = &ui->ranks.shown;
}
