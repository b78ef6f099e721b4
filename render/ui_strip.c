/* The token strip in the window: worked out anew only when something that it depends on changed, so that pointing
 * at things costs nothing; and what it needs from the host. */
#include "render/ui_impl.h"
#include "render/view_strip.h"

#include <stdlib.h>
#include <string.h>

static bool has_strip(RenViewKind view) { return view == REN_VIEW_HEAD || view == REN_VIEW_MATRIX; }

static bool shows_strip(const RenUi *ui) {
  const RenState *state = &ui->state;
  bool two = state->split && (!ui->chrome || ui->width >= REN_SPLIT_WINDOW);
  return state->strip[0] && ui->source && (has_strip(state->view) || (two && has_strip(state->beside)));
}

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
}

/* Behind the name are only zeros. */
static void make_key(const RenUi *ui, RenStripKept *out) {
  memset(&out->key, 0, sizeof out->key);
  ren_heads_key(&ui->state, ui->source, &out->key.heads);
  out->key.readings = ui->n_readings;
  out->key.numbers = ui->numbers.serial;
  strcpy(out->key.name, ui->state.strip);
}

const RenStrip *ren_ui_strip(RenUi *ui) {
  RenStripKept now;
  if (!shows_strip(ui)) return NULL;
  make_key(ui, &now);
  if (memcmp(&now.key, &ui->strip.key, sizeof now.key) == 0) return &ui->strip.strip;
  RenStripFrom from = {&ui->state, ui->source, ui->readings, ui->neuron, ui->readings_failed, &ui->numbers};
  if (!ren_strip_fill(&ui->strip.strip, &from)) return NULL;
  ui->strip.key = now.key;
  return &ui->strip.strip;
}

void ren_ui_draw_strip(RenUi *ui, const RenState *state, RenPoint by, RenFrame *frame) {
  RenRect area = ui->layout.strip;
  const RenStrip *strip = ren_ui_strip(ui);
  area.x += by.x, area.y += by.y;
  if (strip) ren_strip_draw(strip, state, ui->source, area, ui->chrome && frame == ui->frame, frame);
}

/* --- readings */

static bool is_neuron(const RenUi *ui) {
  const char *name = ui->state.strip;
  return *name && !ren_strip_known(name) && strcmp(name, ui->numbers.name) != 0;
}

RenWants ren_ui_wants(const RenUi *ui) {
  const char *name = ui->state.strip;
  bool neuron = is_neuron(ui), known = ren_strip_known(name), inspects = ui->state.inspector;
  return (RenWants){.readings = inspects || neuron || (known && ren_strip_reads(name)),
                    .predictions = inspects || ren_strip_predicts(name),
                    .neuron = neuron ? name : NULL,
                    .second = inspects && ui->second};
}

bool ren_ui_ask(RenUi *ui, EngError *err) {
  RenWants wants = ren_ui_wants(ui);
  return !wants.readings || !ui->host.read || ui->host.read(ui->host.context, wants.neuron, err);
}

const RenNumbers *ren_ui_numbers(const RenUi *ui) { return &ui->numbers; }

void ren_ui_set_readings(RenUi *ui, EngReadings *readings, const char *neuron, const char *failed) {
  eng_readings_free(ui->readings);
  ui->readings = readings;
  ui->n_readings++;
  ren_ui_replace(&ui->readings_failed, failed);
  strncpy(ui->neuron, neuron ? neuron : "", sizeof ui->neuron - 1);
  ren_ui_touch(ui);
}

void ren_ui_set_second_readings(RenUi *ui, EngReadings *readings) {
  eng_readings_free(ui->second_readings);
  ui->second_readings = readings;
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
  ren_ui_set_readings(ui, NULL, NULL, NULL);
  EngError err = {0};
  if (!ren_ui_mark_classes(ui, &err)) ren_ui_set_error(ui, err.message, NULL);
  if (old && !ren_pins_same_text(old, now)) drop_numbers(ui);
}

void ren_ui_free_strip(RenUi *ui) {
  ren_strip_free(&ui->strip.strip);
  eng_readings_free(ui->readings);
  eng_readings_free(ui->second_readings);
  free(ui->readings_failed);
  free(ui->numbers.values);
}
