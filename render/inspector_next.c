/* What the model predicts, from readings that the host works out beside the run. In a comparison guesses of either
 * run stand once; where one of both does not have a guess among its likeliest, it has no number. */
#include "render/inspector_parts.h"

#include <math.h>
#include <string.h>

int ren_inspector_position(const RenScene *scene, int query) {
  int block = ren_scene_block_index(scene->state, scene->source);
  const EngBlock *base = eng_source_block(eng_source_base((EngSource *)(uintptr_t)scene->source), block);
  return base->row_start + eng_source_token(scene->source, block, false, query);
}

static const EngReadings *predictions_of(const RenScene *scene, const EngReadings *readings) {
  if (!scene->block || !readings || !readings->spec.predictions) return NULL;
  EngSource *base = eng_source_base((EngSource *)(uintptr_t)scene->source);
  return readings->serial == eng_source_serial(base) ? readings : NULL;
}

static float log_probability(const RenScene *scene, const EngReadings *readings, int query) {
  readings = predictions_of(scene, readings);
  if (!readings || !readings->log_probability || query < 0) return NAN;
  return readings->log_probability[ren_inspector_position(scene, query)];
}

void ren_inspector_probability(const RenInspector *it, int query) {
  const float of[2] = {
      log_probability(&it->scene, it->from->readings, query),
      log_probability(&it->second, it->from->second.readings, ren_inspector_partner(it, REN_SIDE_QUERY, query))};
  if (isnan(of[0])) return;
  ren_inspector_columns(it);
  ren_inspector_number(it, "log-probability", 4, of);
  ren_inspector_number(it, "probability", 4, (float[]){expf(of[0]), expf(of[1])});
}

/* The guesses behind a query: (ENG_GUESSES), or NULL. */
static const EngGuess *guesses_of(const RenScene *scene, const EngReadings *readings, int query) {
  readings = predictions_of(scene, readings);
  if (!readings || !readings->guesses || query < 0) return NULL;
  return readings->guesses + (size_t)ren_inspector_position(scene, query) * ENG_GUESSES;
}

static bool is_same(const EngGuess *a, const EngGuess *b) {
  return a->text && b->text ? strcmp(a->text, b->text) == 0 : a->id == b->id;
}

/* The probability of what another run guesses, among these; NaN where it is not. */
static float find(const EngGuess *guesses, const EngGuess *wanted) {
  for (int i = 0; guesses && i < ENG_GUESSES && guesses[i].id >= 0; i++)
    if (is_same(&guesses[i], wanted)) return guesses[i].probability;
  return NAN;
}

static const char *label_of(const RenInspector *it, const EngGuess *guess) {
  EngToken token = {.id = guess->id, .text = guess->text};
  return guess->text ? ren_inspector_text(it, &token) : ren_frame_format(it->from->frame, "id %d", guess->id);
}

static void add_guesses(const RenInspector *it, const EngGuess *first, const EngGuess *second) {
  if (isnan(first[0].probability)) {
    ren_inspector_note(it, "What the model predicts is no number.");
    return;
  }
  for (int i = 0; i < ENG_GUESSES && first[i].id >= 0; i++)
    ren_inspector_ranked(it, label_of(it, &first[i]), (float[]){first[i].probability, find(second, &first[i])},
                         REN_SIDE_NONE, -1);
  for (int i = 0; second && i < ENG_GUESSES && second[i].id >= 0; i++)
    if (isnan(find(first, &second[i])))
      ren_inspector_ranked(it, label_of(it, &second[i]), (float[]){NAN, second[i].probability}, REN_SIDE_NONE, -1);
}

static void add_why_not(const RenInspector *it) {
  const EngReadings *readings = predictions_of(&it->scene, it->from->readings);
  const char *failed = it->from->failed ? it->from->failed : "running…";
  ren_inspector_note(it, readings ? readings->unpredicted : failed);
}

void ren_inspector_next(const RenInspector *it, int query) {
  int partner = ren_inspector_partner(it, REN_SIDE_QUERY, query);
  const EngGuess *guesses = guesses_of(&it->scene, it->from->readings, query);
  const char *text = ren_inspector_text(it, &it->scene.block->rows[query]);
  if (text) ren_inspector_heading(it, ren_frame_format(it->from->frame, "Next after \"%s\"", text));
  if (!guesses) {
    add_why_not(it);
    return;
  }
  ren_inspector_columns(it);
  add_guesses(it, guesses, guesses_of(&it->second, it->from->second.readings, partner));
}
