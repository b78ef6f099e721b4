/* The rows of the options menu. A new setting is a row here, a command, and in ui_options.c how to tell whether it
 * is on. */
#include "render/options.h"

#define HEADING(title)                                                                                             \
  { REN_OPTION_HEADING, NULL, title, NULL, NULL }

static const RenOption rows[] = {
    HEADING("Attention"),
    {REN_OPTION_CHECK, "sink", "Hide first or special tokens", "sink.toggle", NULL},
    {REN_OPTION_CHECK, "renormalise", "Rows sum to 1 without them", "renormalise.toggle", NULL},
    {REN_OPTION_CHECK, "words", "Pieces of words as words", "words.toggle", NULL},

    HEADING("Put together"),
    {REN_OPTION_RADIO, "none", "Nothing: each head", "aggregate.set", "none"},
    {REN_OPTION_RADIO, "selected", "The heads that are on", "aggregate.set", "selected"},
    {REN_OPTION_RADIO, "heads", "All heads of a layer", "aggregate.set", "heads"},
    {REN_OPTION_RADIO, "layers", "All layers, head by head", "aggregate.set", "layers"},
    {REN_OPTION_RADIO, "all", "All heads of all layers", "aggregate.set", "all"},
    {REN_OPTION_RADIO, "rollout", "Rollout", "aggregate.set", "rollout"},

    HEADING("As"),
    {REN_OPTION_RADIO, "mean", "Mean", "aggregate.by", "mean"},
    {REN_OPTION_RADIO, "max", "Maximum", "aggregate.by", "max"},

    HEADING("Look"),
    {REN_OPTION_CHECK, "light", "Light theme", "theme.toggle", NULL},
    {REN_OPTION_CHECK, "safe", "Colours for the colour-blind", "palette.toggle", NULL},
    {REN_OPTION_CHECK, "bertviz", "Line weights as in BertViz", "lines.bertviz", NULL},
    {REN_OPTION_CHECK, "heat", "Thumbnails as heat maps", "heat.toggle", NULL},

    HEADING("Order of heads in the model view"),
    {REN_OPTION_RADIO, "sort_none", "Layer and head", "thumbs.sort", "none"},
    {REN_OPTION_RADIO, "sort_probe", "What the probe finds", "thumbs.sort", "probe"},
    {REN_OPTION_RADIO, "sort_previous", "Weight of the token before", "thumbs.sort", "previous"},
    {REN_OPTION_RADIO, "sort_first", "Weight of the first token", "thumbs.sort", "first"},
    {REN_OPTION_RADIO, "sort_current", "Weight of the token itself", "thumbs.sort", "current"},
    {REN_OPTION_RADIO, "sort_confidence", "Largest weight of each row", "thumbs.sort", "confidence"},
    {REN_OPTION_RADIO, "sort_entropy", "Entropy", "thumbs.sort", "entropy"},
    {REN_OPTION_RADIO, "sort_distance", "Distance", "thumbs.sort", "distance"},
    {REN_OPTION_CHECK, "grouped", "Layers stay together", "thumbs.group", NULL},

    HEADING("Matrix cells"),
    {REN_OPTION_RADIO, "sqrt", "Root of the weight", "ramp.set", "sqrt"},
    {REN_OPTION_RADIO, "linear", "The weight", "ramp.set", "linear"},

    HEADING("Panels"),
    {REN_OPTION_CHECK, "filtered", "Hide heads that the filter leaves out", "heads.hide", NULL},
    {REN_OPTION_CHECK, "dock", "Probes", "dock.toggle", NULL},
    {REN_OPTION_CHECK, "inspector", "Inspector", "inspector.toggle", NULL},
    {REN_OPTION_CHECK, "console", "Lua console", "console.toggle", NULL},

    HEADING("Tokens"),
    {REN_OPTION_CHECK, "strip", "Token strip", "strip.toggle", NULL},
    {REN_OPTION_CHECK, "classes", "Underline their classes", "classes.toggle", NULL},
    {REN_OPTION_CHECK, "bos", "BOS token in front", "bos.toggle", NULL},

    HEADING("Do"),
    {REN_OPTION_PLAIN, "compare", "Compare with another text", "compare.start", NULL},
    {REN_OPTION_PLAIN, "find", "Find a token", "find.open", NULL},
    {REN_OPTION_PLAIN, "copy", "Copy the numbers", "copy.numbers", NULL},
    {REN_OPTION_PLAIN, "picture", "Copy the picture", "copy.picture", NULL},
    {REN_OPTION_PLAIN, "save", "Save a figure…", "figure.ask", NULL},
    {REN_OPTION_PLAIN, "session", "Save the session…", "session.ask", NULL},
    {REN_OPTION_PLAIN, "commands", "All commands", "commands.open", NULL},

    HEADING("Dimensions of the neuron view"),
    {REN_OPTION_RADIO, "by_number", "By number", "dimension.order", "number"},
    {REN_OPTION_RADIO, "by_contribution", "By contribution", "dimension.order", "contribution"},
    {REN_OPTION_RADIO, "by_weight", "By what they do to the weights", "dimension.order", "weight"},
    {REN_OPTION_RADIO, "by_distance", "By correlation with distance", "dimension.order", "distance"},
    {REN_OPTION_RADIO, "rest_shown", "All alike", "dimension.rest", "shown"},
    {REN_OPTION_RADIO, "rest_faded", "Only the first lit", "dimension.rest", "faded"},
    {REN_OPTION_RADIO, "rest_hidden", "Only the first shown", "dimension.rest", "hidden"},
    {REN_OPTION_CHECK, "values", "Values", "neuron.values", NULL},
};
enum { N_ROWS = sizeof rows / sizeof rows[0] };

int ren_options_count(void) { return N_ROWS; }
const RenOption *ren_options_at(int i) { return &rows[i]; }

const char *ren_options_key(int i) {
  if (i < 0 || i >= N_ROWS) return NULL;
  return rows[i].key ? rows[i].key : "";
}
