/* Whether what a row of the options menu sets is on, and whether it can be had now: one that cannot stays in its
 * place, and is pale. Both follow from the command that the row calls. */
#include "render/ui_options.h"

#include "render/ui_impl.h"
#include "render/view_thumbs.h"

#include <string.h>

static bool is_light(const RenUi *ui, const char *argument) {
  (void)argument;
  return strcmp(ui->state.theme->name, "light") == 0;
}

static bool is_safe(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->state.palette == REN_PALETTE_SAFE;
}

static bool is_bertviz(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->state.lines == REN_LINES_BERTVIZ;
}

static bool has_ramp(const RenUi *ui, const char *argument) {
  return strcmp(ren_ramp_name(ui->state.ramp), argument) == 0;
}

static bool has_inspector(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->state.inspector;
}

static bool has_console(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->console.open;
}

static bool hides_heads(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->state.where_hides;
}

static bool has_dock(const RenUi *ui, const char *argument) {
  (void)argument;
  return ren_ui_dock_shows(ui);
}

static bool has_classes(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->state.classes_file[0] != '\0';
}

static bool has_strip(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->state.strip[0] != '\0';
}

static bool is_sorted(const RenUi *ui, const char *argument) {
  return strcmp(ren_state_sort_name(&ui->state), argument) == 0;
}

static bool has_order(const RenUi *ui, const char *argument) {
  return strcmp(ren_order_name(ui->state.dimensions.order), argument) == 0;
}

static bool has_rest(const RenUi *ui, const char *argument) {
  return strcmp(ren_rest_name(ui->state.dimensions.rest), argument) == 0;
}

static bool has_values(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->state.dimensions.values;
}

static bool has_heat(const RenUi *ui, const char *argument) {
  (void)argument;
  const EngBlock *block = ren_ui_block(ui);
  return block && ren_thumbs_are_heat(&ui->state, block);
}

static bool is_sink_hidden(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->state.sink_hidden;
}

static bool is_renormalised(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->state.merge.renormalise;
}

static bool has_words(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->state.merge.words;
}

/* Heads of each layer are "heads" where all are in it, else "selected". */
static bool has_merge(const RenUi *ui, const char *argument) { return strcmp(ren_ui_aggregate(ui), argument) == 0; }

static bool has_measure(const RenUi *ui, const char *argument) {
  return ui->state.merge.maximum == (strcmp(argument, "max") == 0);
}

static bool is_measured(const RenUi *ui) {
  return ui->state.merge.kind != ENG_MERGE_NONE && ui->state.merge.kind != ENG_MERGE_ROLLOUT;
}

static bool is_grouped(const RenUi *ui, const char *argument) {
  (void)argument;
  return ui->state.grouped;
}

static bool has_sort(const RenUi *ui) { return ui->state.sorted; }
static bool is_sink_hidden_now(const RenUi *ui) { return ui->state.sink_hidden; }

static bool begins_with_bos(const RenUi *ui, const char *argument) {
  (void)argument;
  return ren_ui_bos(ui);
}

static bool has_bos(const RenUi *ui) { return ui->has_bos; }
static bool has_source(const RenUi *ui) { return ui->source != NULL; }

typedef struct Setting {
  const char *command;
  bool (*holds)(const RenUi *ui, const char *argument); /* NULL: it sets nothing that stays */
  bool (*usable)(const RenUi *ui);                      /* NULL: always */
} Setting;

static const Setting settings[] = {
    {"sink.toggle", is_sink_hidden, has_source},
    {"renormalise.toggle", is_renormalised, is_sink_hidden_now},
    {"words.toggle", has_words, NULL},
    {"aggregate.set", has_merge, NULL},
    {"aggregate.by", has_measure, is_measured},
    {"theme.toggle", is_light, NULL},
    {"palette.toggle", is_safe, NULL},
    {"lines.bertviz", is_bertviz, NULL},
    {"heat.toggle", has_heat, has_source},
    {"thumbs.sort", is_sorted, NULL},
    {"thumbs.group", is_grouped, has_sort},
    {"ramp.set", has_ramp, NULL},
    {"heads.hide", hides_heads, NULL},
    {"dock.toggle", has_dock, NULL},
    {"inspector.toggle", has_inspector, NULL},
    {"console.toggle", has_console, NULL},
    {"strip.toggle", has_strip, has_source},
    {"classes.toggle", has_classes, has_source},
    {"bos.toggle", begins_with_bos, has_bos},
    {"compare.start", NULL, has_source},
    {"find.open", NULL, has_source},
    {"copy.numbers", NULL, has_source},
    {"copy.picture", NULL, has_source},
    {"figure.ask", NULL, has_source},
    {"dimension.order", has_order, NULL},
    {"dimension.rest", has_rest, NULL},
    {"neuron.values", has_values, NULL},
};
enum { N_SETTINGS = sizeof settings / sizeof settings[0] };

static const Setting *find(const RenOption *option) {
  for (int i = 0; option->command && i < N_SETTINGS; i++)
    if (strcmp(settings[i].command, option->command) == 0) return &settings[i];
  return NULL;
}

bool ren_ui_option_holds(const RenUi *ui, const RenOption *option) {
  const Setting *setting = find(option);
  return setting && setting->holds && setting->holds(ui, option->argument);
}

bool ren_ui_option_usable(const RenUi *ui, const RenOption *option) {
  const Setting *setting = find(option);
  return option->command && (!setting || !setting->usable || setting->usable(ui));
}
