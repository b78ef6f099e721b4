/* The token strip in the window: worked out anew only when something that it depends on changed, so that pointing
 * at things costs nothing; and what it needs from the host. Two views that show different runs have one each. */
#include "render/ui_impl.h"
#include "render/view_scene.h"
#include "render/view_strip.h"

#include <stdlib.h>
#include <string.h>

static bool has_strip(RenViewKind view) { return view == REN_VIEW_HEAD || view == REN_VIEW_MATRIX; }

static bool shows_two(const RenUi *ui) { return ui->state.split && (!ui->chrome || ui->width >= REN_SPLIT_WINDOW); }

static bool shows_strip(const RenUi *ui) {
  const RenState *state = &ui->state;
  return state->strip[0] && ui->source && (has_strip(state->view) || (shows_two(ui) && has_strip(state->beside)));
}

static RenShown shown_at(const RenUi *ui, bool right) {
  RenShown shown;
  ren_ui_shown_source(ui, !shows_two(ui) || right == ui->state.right, &shown);
  return shown;
}

bool ren_ui_two_strips(const RenUi *ui) { return shows_strip(ui) && shown_at(ui, false) != shown_at(ui, true); }

/* --- worked out */

void ren_heads_key(const RenState *state, const EngSource *source, RenHeadsKey *out) {
  memset(out, 0, sizeof *out);
  out->version = eng_source_version(source);
  memcpy(out->heads, state->heads, sizeof out->heads);
  for (int i = 0; i < state->n_picks; i++) {
    const RenPick *pick = &state->picks[i];
    out->picks[i][0] = pick->head.layer;
    out->picks[i][1] = pick->head.head;
    out->picks[i][2] = pick->off ? 1 : 2;
  }
  out->block = state->block;
  out->layer = state->layer;
  out->head = state->head;
  out->sink = state->sink_hidden;
  out->passing = state->passing ? state->passing->serial : 0;
}

/* Behind the name are only zeros. */
static void make_key(const RenUi *ui, RenStripKept *out) {
  memset(&out->key, 0, sizeof out->key);
  ren_heads_key(&ui->state, ui->source, &out->key.heads);
  out->key.second = ui->second ? eng_source_version(ui->second) : 0;
  out->key.difference = ui->difference ? eng_source_version(ui->difference) : 0;
  out->key.readings = ui->n_readings;
  out->key.numbers = ui->numbers.serial;
  strcpy(out->key.name, ui->state.strip);
}

static bool subtract(RenUi *ui, const RenPane *pane, RenStrip *out) {
  const RenStrip *first = ren_ui_strip_of(ui, REN_SHOWS_RUN), *second = ren_ui_strip_of(ui, REN_SHOWS_SECOND);
  const EngBlock *block = ren_scene_block(&pane->state, pane->source);
  if (!first || !second || !block) return false;
  bool key = first->side == REN_SIDE_KEY;
  int n = key ? block->n_columns : block->n_rows;
  EngPlace *places = malloc((size_t)n * sizeof *places);
  for (int i = 0; places && i < n; i++) {
    places[i].token[0] = ren_ui_token_in(ui, REN_SHOWS_RUN, key, i);
    places[i].token[1] = ren_ui_token_in(ui, REN_SHOWS_SECOND, key, i);
  }
  bool ok = places && ren_strip_subtract(out, first, second, places, n);
  free(places);
  return ok;
}

static bool fill(RenUi *ui, RenShown shown, const EngSource *source, RenStrip *out) {
  bool second = shown == REN_SHOWS_SECOND;
  const RenReadingsKept *kept = &ui->readings[second];
  RenPane pane = {.state = ui->state, .source = source, .shown = shown};
  ren_ui_translate_pane(ui, &pane, REN_SHOWS_RUN);
  RenStripFrom from = {&pane.state, source, kept->readings, kept->neuron, kept->failed, &ui->numbers, second};
  return shown == REN_SHOWS_DIFFERENCE ? subtract(ui, &pane, out) : ren_strip_fill(out, &from);
}

const RenStrip *ren_ui_strip_of(RenUi *ui, RenShown shown) {
  RenStripKept now, *kept = &ui->strips[shown];
  const EngSource *const sources[] = {ui->source, ui->second, ui->difference};
  if (!shows_strip(ui) || !sources[shown]) return NULL;
  make_key(ui, &now);
  if (memcmp(&now.key, &kept->key, sizeof now.key) == 0) return &kept->strip;
  if (!fill(ui, shown, sources[shown], &kept->strip)) return NULL;
  kept->key = now.key;
  return &kept->strip;
}

const RenStrip *ren_ui_strip(RenUi *ui, bool right) {
  ren_ui_score(ui); /* which heads pass by now */
  return ren_ui_strip_of(ui, shown_at(ui, right));
}

void ren_ui_draw_strips(RenUi *ui, const RenPane *panes, int n_panes, RenPoint by, RenFrame *frame) {
  bool two = !ren_rect_empty(ui->layout.beside_strip);
  for (int i = 0; i < (two ? n_panes : 1); i++) {
    const RenPane *pane = &panes[i];
    const RenStrip *strip = ren_ui_strip_of(ui, pane->shown);
    RenRect area = two && !pane->active ? ui->layout.beside_strip : ui->layout.strip;
    area.x += by.x, area.y += by.y;
    ren_frame_side(frame, two && pane->right);
    if (strip) ren_strip_draw(strip, &pane->state, pane->source, area, ui->chrome && frame == ui->frame, frame);
  }
  ren_frame_side(frame, false);
}

/* --- readings */

static bool is_neuron(const RenUi *ui) {
  const char *name = ui->state.strip;
  return *name && !ren_strip_known(name) && strcmp(name, ui->numbers.name) != 0;
}

RenWants ren_ui_wants(const RenUi *ui) {
  const char *name = ui->state.strip;
  bool neuron = is_neuron(ui), inspects = ui->state.inspector;
  bool reads = ren_strip_known(name) && ren_strip_entry(ren_strip_find(name))->reads;
  return (RenWants){.readings = inspects || neuron || reads,
                    .predictions = inspects || ren_strip_predicts(name),
                    .neuron = neuron ? name : NULL,
                    .second = ui->second != NULL};
}

bool ren_ui_ask(RenUi *ui, EngError *err) {
  RenWants wants = ren_ui_wants(ui);
  return !wants.readings || !ui->host.read || ui->host.read(ui->host.context, wants.neuron, err);
}

const RenNumbers *ren_ui_numbers(const RenUi *ui) { return &ui->numbers; }

void ren_ui_set_readings(RenUi *ui, bool second, EngReadings *readings, const char *neuron, const char *failed) {
  RenReadingsKept *kept = &ui->readings[second];
  eng_readings_free(kept->readings);
  kept->readings = readings;
  ui->n_readings++;
  ren_ui_replace(&kept->failed, failed);
  strncpy(kept->neuron, neuron ? neuron : "", sizeof kept->neuron - 1);
  ren_ui_touch(ui);
}

void ren_ui_take_numbers(RenUi *ui, const char *name, float *values, int n) {
  free(ui->numbers.values);
  ui->numbers.values = values;
  ui->numbers.n = n;
  ui->numbers.serial++;
  strcpy(ui->numbers.name, name);
}

/* --- another source */

static void drop_numbers(RenUi *ui) {
  if (ui->numbers.name[0] && strcmp(ui->numbers.name, ui->state.strip) == 0) {
    ui->state.strip[0] = '\0';
    ui->dock.lands = true;
  }
  free(ui->numbers.values);
  ui->numbers = (RenNumbers){.serial = ui->numbers.serial + 1};
}

/* Derived attention has the text of what it is derived from. */
static const EngSource *base_of(const EngSource *source) {
  return source ? eng_source_base((EngSource *)(uintptr_t)source) : NULL;
}

void ren_ui_leave_source(RenUi *ui, const EngSource *old, const EngSource *now) {
  old = base_of(old), now = base_of(now);
  if (old == now) return;
  ren_ui_set_readings(ui, false, NULL, NULL, NULL);
  EngError err = {0};
  if (!ren_ui_mark_classes(ui, &err)) ren_ui_set_error(ui, err.message, NULL);
  if (old && !ren_pins_same_text(old, now)) drop_numbers(ui);
}

void ren_ui_free_strip(RenUi *ui) {
  for (int i = 0; i < REN_SHOWN_COUNT; i++) ren_strip_free(&ui->strips[i].strip);
  for (int i = 0; i < 2; i++) {
    eng_readings_free(ui->readings[i].readings);
    free(ui->readings[i].failed);
  }
  free(ui->numbers.values);
}
