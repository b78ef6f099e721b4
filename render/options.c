/* The rows of the options menu. A new setting is a row here and a command; nothing else knows of it. A setting
 * that cannot be had now stays in its place, and is pale. */
#include "render/options.h"

#include "render/ui_impl.h"

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

static bool has_strip(const RenUi *ui, const RenOption *it) {
  const char *strip = ui->state.strip;
  return strcmp(*strip ? strip : "none", it->argument) == 0;
}

static bool is_sink_hidden(const RenUi *ui, const RenOption *it) {
  (void)it;
  return ui->state.sink_hidden;
}

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

    HEADING("Look"),
    {REN_OPTION_CHECK, "light", "Light theme", "theme.toggle", NULL, is_light, NULL},
    {REN_OPTION_CHECK, "safe", "Colours for the colour-blind", "palette.toggle", NULL, is_safe, NULL},
    {REN_OPTION_CHECK, "bertviz", "Line weights as in BertViz", "lines.bertviz", NULL, is_bertviz, NULL},

    HEADING("Matrix cells"),
    {REN_OPTION_RADIO, "sqrt", "Root of the weight", "ramp.set", "sqrt", has_ramp, NULL},
    {REN_OPTION_RADIO, "linear", "The weight", "ramp.set", "linear", has_ramp, NULL},

    HEADING("Token strip"),
    {REN_OPTION_RADIO, "folded", "Folded", "strip.set", "none", has_strip, NULL},
    {REN_OPTION_RADIO, "logprob", "Log-probability", "strip.set", "logprob", has_strip, has_source},
    {REN_OPTION_RADIO, "entropy", "Entropy of the rows", "strip.set", "entropy", has_strip, has_source},
    {REN_OPTION_RADIO, "norm", "Norm of the residual stream", "strip.set", "norm", has_strip, has_source},
    {REN_OPTION_RADIO, "received", "Attention received", "strip.set", "received", has_strip, has_source},

    HEADING("Input"),
    {REN_OPTION_CHECK, "bos", "BOS token in front", "bos.toggle", NULL, begins_with_bos, has_bos},

    HEADING("Do"),
    {REN_OPTION_PLAIN, "find", "Find a token", "find.open", NULL, NULL, has_source},
    {REN_OPTION_PLAIN, "copy", "Copy the numbers", "copy.numbers", NULL, NULL, has_source},
    {REN_OPTION_PLAIN, "picture", "Copy the picture", "copy.picture", NULL, NULL, has_source},
    {REN_OPTION_PLAIN, "save", "Save a figure…", "figure.ask", NULL, NULL, has_source},
    {REN_OPTION_PLAIN, "commands", "All commands", "commands.open", NULL, NULL, NULL},
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
