/* The rows of the options menu. A new setting is a row here and a command; nothing else knows of it. A setting
 * that cannot be had now stays in its place, and is pale. */
#include "render/options.h"

#include "render/ui_impl.h"
#include "render/view_thumbs.h"

#include <string.h>

static bool is_light(const RenUi *ui, const RenOption *it) {
  return strcmp(ui->state.theme->name, it->argument ? it->argument : "light") == 0;
}

static bool is_safe(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.palette == REN_PALETTE_SAFE;
}

static bool is_bertviz(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.lines == REN_LINES_BERTVIZ;
}

static bool has_ramp(const RenUi *ui, const RenOption *it) {
  return strcmp(ren_ramp_name(ui->state.ramp), it->argument) == 0;
}

static bool has_inspector(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.inspector;
}

static bool hides_heads(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.where_hides;
}

static bool has_dock(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ren_ui_dock_shows(ui);
}

static bool has_classes(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.classes_file[0] != '\0';
}

static bool has_strip(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.strip[0] != '\0';
}

static bool is_sorted(const RenUi *ui, const RenOption *it) {
  return strcmp(ren_state_sort_name(&ui->state), it->argument) == 0;
}

static bool has_order(const RenUi *ui, const RenOption *it) {
  return strcmp(ren_order_name(ui->state.dimensions.order), it->argument) == 0;
}

static bool has_rest(const RenUi *ui, const RenOption *it) {
  return strcmp(ren_rest_name(ui->state.dimensions.rest), it->argument) == 0;
}

static bool has_values(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.dimensions.values;
}

static bool has_heat(const RenUi *ui, const RenOption *it) {
  (void)it;
  const EngBlock *block = ren_ui_block(ui);
  return block && ren_thumbs_are_heat(&ui->state, block);
}

static bool is_sink_hidden(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.sink_hidden;
}

static bool is_renormalised(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.merge.renormalise;
}

static bool has_words(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.merge.words;
}

/* Heads of each layer are "heads" where all are in it, else "selected". */
static bool has_merge(const RenUi *ui, const RenOption *it) {
  return strcmp(ren_ui_aggregate(ui), it->argument) == 0;
}

static bool has_measure(const RenUi *ui, const RenOption *it) {
  return ui->state.merge.maximum == (strcmp(it->argument, "max") == 0);
}

static bool is_measured(const RenUi *ui) {
  return ui->state.merge.kind != ENG_MERGE_NONE && ui->state.merge.kind != ENG_MERGE_ROLLOUT;
}

static bool is_grouped(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.grouped;
}

static bool has_sort(const RenUi *ui) { return ui->state.sorted; }
static bool is_sink_hidden_now(const RenUi *ui) { return ui->state.sink_hidden; }

static bool begins_with_bos(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ren_ui_bos(ui);
}

static bool has_bos(const RenUi *ui) { return ui->has_bos; }
static bool has_source(const RenUi *ui) { return ui->source != NULL; }

#define HEADING(title)                                                                                             \
  { REN_OPTION_HEADING, NULL, title, NULL, NULL, NULL, NULL }

static const RenOption rows[] = {
    HEADING("Attention"),
    {REN_OPTION_CHECK, "sink", "Hide first or special tokens", "sink.toggle", NULL, is_sink_hidden, has_source},

    {REN_OPTION_CHECK, "renormalise", "Rows sum to 1 without them", "renormalise.toggle", NULL, is_renormalised,
     is_sink_hidden_now},
    {REN_OPTION_CHECK, "words", "Pieces of words as words", "words.toggle", NULL, has_words, NULL},

    HEADING("Put together"),
    {REN_OPTION_RADIO, "none", "Nothing: each head", "aggregate.set", "none", has_merge, NULL},
    {REN_OPTION_RADIO, "selected", "The heads that are on", "aggregate.set", "selected", has_merge, NULL},
    {REN_OPTION_RADIO, "heads", "All heads of a layer", "aggregate.set", "heads", has_merge, NULL},
    {REN_OPTION_RADIO, "layers", "All layers, head by head", "aggregate.set", "layers", has_merge, NULL},
    {REN_OPTION_RADIO, "all", "All heads of all layers", "aggregate.set", "all", has_merge, NULL},
    {REN_OPTION_RADIO, "rollout", "Rollout", "aggregate.set", "rollout", has_merge, NULL},

    HEADING("As"),
    {REN_OPTION_RADIO, "mean", "Mean", "aggregate.by", "mean", has_measure, is_measured},
    {REN_OPTION_RADIO, "max", "Maximum", "aggregate.by", "max", has_measure, is_measured},

    HEADING("Look"),
    {REN_OPTION_CHECK, "light", "Light theme", "theme.toggle", NULL, is_light, NULL},
    {REN_OPTION_CHECK, "safe", "Colours for the colour-blind", "palette.toggle", NULL, is_safe, NULL},
    {REN_OPTION_CHECK, "bertviz", "Line weights as in BertViz", "lines.bertviz", NULL, is_bertviz, NULL},
    {REN_OPTION_CHECK, "heat", "Thumbnails as heat maps", "heat.toggle", NULL, has_heat, has_source},

    HEADING("Order of heads in the model view"),
    {REN_OPTION_RADIO, "sort_none", "Layer and head", "thumbs.sort", "none", is_sorted, NULL},
    {REN_OPTION_RADIO, "sort_probe", "What the probe finds", "thumbs.sort", "probe", is_sorted, NULL},
    {REN_OPTION_RADIO, "sort_previous", "Weight of the token before", "thumbs.sort", "previous", is_sorted, NULL},
    {REN_OPTION_RADIO, "sort_first", "Weight of the first token", "thumbs.sort", "first", is_sorted, NULL},
    {REN_OPTION_RADIO, "sort_current", "Weight of the token itself", "thumbs.sort", "current", is_sorted, NULL},
    {REN_OPTION_RADIO, "sort_confidence", "Largest weight of each row", "thumbs.sort", "confidence", is_sorted,
     NULL},
    {REN_OPTION_RADIO, "sort_entropy", "Entropy", "thumbs.sort", "entropy", is_sorted, NULL},
    {REN_OPTION_RADIO, "sort_distance", "Distance", "thumbs.sort", "distance", is_sorted, NULL},
    {REN_OPTION_CHECK, "grouped", "Layers stay together", "thumbs.group", NULL, is_grouped, has_sort},

    HEADING("Matrix cells"),
    {REN_OPTION_RADIO, "sqrt", "Root of the weight", "ramp.set", "sqrt", has_ramp, NULL},
    {REN_OPTION_RADIO, "linear", "The weight", "ramp.set", "linear", has_ramp, NULL},

    HEADING("Panels"),
    {REN_OPTION_CHECK, "filtered", "Hide heads that the filter leaves out", "heads.hide", NULL, hides_heads, NULL},
    {REN_OPTION_CHECK, "dock", "Probes", "dock.toggle", NULL, has_dock, NULL},
    {REN_OPTION_CHECK, "inspector", "Inspector", "inspector.toggle", NULL, has_inspector, NULL},

    HEADING("Tokens"),
    {REN_OPTION_CHECK, "strip", "Token strip", "strip.toggle", NULL, has_strip, has_source},
    {REN_OPTION_CHECK, "classes", "Underline their classes", "classes.toggle", NULL, has_classes, has_source},

    HEADING("Input"),
    {REN_OPTION_CHECK, "bos", "BOS token in front", "bos.toggle", NULL, begins_with_bos, has_bos},

    HEADING("Do"),
    {REN_OPTION_PLAIN, "find", "Find a token", "find.open", NULL, NULL, has_source},
    {REN_OPTION_PLAIN, "copy", "Copy the numbers", "copy.numbers", NULL, NULL, has_source},
    {REN_OPTION_PLAIN, "picture", "Copy the picture", "copy.picture", NULL, NULL, has_source},
    {REN_OPTION_PLAIN, "save", "Save a figure…", "figure.ask", NULL, NULL, has_source},
    {REN_OPTION_PLAIN, "commands", "All commands", "commands.open", NULL, NULL, NULL},

    HEADING("Dimensions of the neuron view"),
    {REN_OPTION_RADIO, "by_number", "By number", "dimension.order", "number", has_order, NULL},
    {REN_OPTION_RADIO, "by_contribution", "By contribution", "dimension.order", "contribution", has_order, NULL},
    {REN_OPTION_RADIO, "by_weight", "By what they do to the weights", "dimension.order", "weight", has_order, NULL},
    {REN_OPTION_RADIO, "by_distance", "By correlation with distance", "dimension.order", "distance", has_order,
     NULL},
    {REN_OPTION_RADIO, "rest_shown", "All alike", "dimension.rest", "shown", has_rest, NULL},
    {REN_OPTION_RADIO, "rest_faded", "Only the first lit", "dimension.rest", "faded", has_rest, NULL},
    {REN_OPTION_RADIO, "rest_hidden", "Only the first shown", "dimension.rest", "hidden", has_rest, NULL},
    {REN_OPTION_CHECK, "values", "Values", "neuron.values", NULL, has_values, NULL},
};
enum { N_ROWS = sizeof rows / sizeof rows[0] };

int ren_options_count(void) { return N_ROWS; }
const RenOption *ren_options_at(int i) { return &rows[i]; }

const char *ren_options_key(int i) {
  if (i < 0 || i >= N_ROWS) return NULL;
  return rows[i].key ? rows[i].key : "";
}

bool ren_option_holds(const RenUi *ui, const RenOption *option) {
  return option->holds && option->holds(ui, option);
}

bool ren_option_usable(const RenUi *ui, const RenOption *option) {
  return option->kind != REN_OPTION_HEADING && (!option->usable || option->usable(ui));
}
