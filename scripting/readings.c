/* Names of neurons are read here, since this room knows how parts are called. */
#include "scripting/readings.h"

#include "engine/parts.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

/* How many neurons a layer has; a recorded file tells when it is read. */
static int count_neurons(const EngSource *source) {
  EngRun *run = eng_source_run(source);
  return run ? eng_model_config(eng_run_model(run))->d_mlp : INT_MAX;
}

static bool read_neuron(const EngSource *source, const char *name, EngReadingsSpec *out, EngError *err) {
  int n_layers = eng_source_block(source, 0)->n_layers;
  if (name[0] != 'L' && name[0] != 'l')
    return eng_error_set(err, NULL, "strip",
                         "expected logprob, entropy, norm, received, a neuron such as L3N120, "
                         "or none, found \"%.40s\"",
                         name);
  return eng_parts_neuron(name, strlen(name), n_layers, count_neurons(source), &out->layer, &out->neuron, err);
}

static EngSource *source_of(const RenUi *ui, bool second) {
  return (EngSource *)(uintptr_t)(second ? ren_ui_second(ui) : ren_ui_source(ui));
}

bool scr_readings_spec(const RenUi *ui, bool second, const char *neuron, EngReadingsSpec *out, EngError *err) {
  EngSource *source = source_of(ui, second);
  *out = (EngReadingsSpec){.predictions = ren_ui_wants(ui).predictions, .layer = -1};
  if (!neuron) return true;
  if (source && eng_source_n_blocks(source) > 0) return read_neuron(eng_source_base(source), neuron, out, err);
  return eng_error_set(err, NULL, "strip", "expected something shown that has neurons, found nothing");
}

static void read_now(RenUi *ui, bool second, const RenWants *wants) {
  EngError err = {0};
  EngReadingsSpec spec;
  EngReadings *readings = NULL;
  EngSource *source = source_of(ui, second);
  if (!source) return;
  if (scr_readings_spec(ui, second, wants->neuron, &spec, &err))
    readings = eng_readings_new(source, &spec, NULL, &err);
  ren_ui_set_readings(ui, second, readings, wants->neuron, readings ? NULL : err.message);
}

void scr_readings_now(RenUi *ui) {
  RenWants wants = ren_ui_wants(ui);
  if (!wants.readings) return;
  read_now(ui, false, &wants);
  if (wants.second) read_now(ui, true, &wants);
}
