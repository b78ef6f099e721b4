/* What a figure says of itself. The text and the ids are those of the source that is drawn, not what may since
 * have been typed; numbers have nine digits, so that a float comes back as it was. */
#include "render/figure.h"

#include "render/merge_json.h"
#include "render/selection_json.h"
#include "render/settings_json.h"
#include "render/ui_impl.h"

#include "engine/json.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static json_t *number(float value) { return json_real((double)value); }

static json_t *two(float a, float b) { return json_pack("[o, o]", number(a), number(b)); }

static json_t *ids(const EngInput *input) {
  json_t *list = json_array();
  for (int i = 0; i < input->n_tokens; i++) json_array_append_new(list, json_integer(input->tokens[i].id));
  return list;
}

static const char *text_or_empty(const char *text) { return text ? text : ""; }

static void set_source(json_t *object, RenUi *ui) {
  const EngInput *input = eng_source_input(ui->source);
  const char *model = ren_ui_model(ui);
  json_object_set_new(object, "version", json_string(HEADSCOPE_VERSION));
  json_object_set_new(object, "model", json_string(*model ? model : eng_source_name(ui->source)));
  json_object_set_new(object, "hash", json_string("")); /* see ren_figure_print */
  json_object_set_new(object, "text", json_string(text_or_empty(input->text)));
  if (input->pair && *input->pair) json_object_set_new(object, "pair", json_string(input->pair));
  json_object_set_new(object, "bos", json_boolean(input->bos));
  json_object_set_new(object, "ids", ids(input));
}

/* The other one of two views, whether it is the left one, and the left one's share of the width. */
static json_t *views_beside(const RenState *state) {
  return json_pack("{s:s,s:b,s:o}", "view", ren_view_name(state->beside), "left", state->right, "share",
                   number(state->share));
}

/* Heads that the block does not have are not on. */
static void set_selection(json_t *object, const RenState *state, const EngBlock *block, bool split) {
  RenState shown = *state;
  for (int head = block->n_heads; head < REN_MAX_HEADS; head++) ren_state_head_set(&shown, head, false);
  json_object_set_new(object, "view", json_string(ren_view_name(state->view)));
  if (split) json_object_set_new(object, "split", views_beside(state));
  json_object_set_new(object, "filter", json_string(block->key));
  ren_selection_write(object, &shown);
  ren_merge_write(object, &state->merge);
}

/* What tokens are marked by; what the token strip shows, with the user's own numbers; null for none of them. */
static void set_strip(json_t *object, const RenUi *ui) {
  const RenNumbers *numbers = &ui->numbers;
  if (ui->state.classes_file[0]) json_object_set_new(object, "classes", json_string(ui->state.classes_file));
  if (!ui->state.strip[0]) return;
  json_object_set_new(object, "strip", json_string(ui->state.strip));
  if (strcmp(ui->state.strip, numbers->name) != 0) return;
  json_t *list = json_array();
  for (int i = 0; i < numbers->n; i++)
    json_array_append_new(list, isnan(numbers->values[i]) ? json_null() : number(numbers->values[i]));
  json_object_set_new(object, "strip_numbers", list);
}

static void set_comparison(json_t *object, const RenUi *ui) {
  RenComparison comparison;
  json_t *compare = ren_comparison_of(ui, &comparison) ? ren_comparison_json(&comparison, &ui->state) : NULL;
  if (compare) json_object_set_new(object, "compare", compare);
  ren_comparison_free(&comparison);
}

/* As commands write them; those that are off are kept, too. */
static void set_edits(json_t *object, const RenUi *ui) {
  const RenEditList *edits = ren_ui_edits(ui);
  if (edits->n == 0) return;
  json_t *list = json_array();
  for (int i = 0; i < edits->n; i++) {
    char text[ENG_EDIT_TEXT];
    eng_edit_print(&edits->at[i].edit, text, sizeof text);
    json_array_append_new(list, json_pack("{s:s,s:b}", "edit", text, "off", edits->at[i].off));
  }
  json_object_set_new(object, "edits", list);
}

json_t *ren_figure_describe(RenUi *ui, bool transparent) {
  const EngBlock *block = ren_ui_block(ui);
  json_t *object = json_object();
  if (block) {
    set_source(object, ui);
    set_selection(object, &ui->state, block, !ren_rect_empty(ui->layout.beside));
    set_strip(object, ui);
    set_comparison(object, ui);
    set_edits(object, ui);
  }
  json_object_set_new(object, "size", two(ui->layout.area.w, ui->layout.area.h));
  json_object_set_new(object, "scale", number(ui->state.scale));
  json_object_set_new(object, "theme", json_string(ui->state.theme->name));
  ren_settings_write(object, &ui->state);
  json_object_set_new(object, "transparent", json_boolean(transparent));
  return object;
}

/* The hash takes its place; the rest is shared. */
char *ren_figure_print(const json_t *description, const char *hash) {
  json_t *object = json_copy((json_t *)(uintptr_t)description);
  if (json_object_get(object, "hash")) json_object_set_new(object, "hash", json_string(hash));
  char *text = eng_json_print(object, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(9));
  json_decref(object);
  return text;
}

char *ren_figure_provenance(RenUi *ui, bool transparent) {
  json_t *object = ren_figure_describe(ui, transparent);
  char *text = ren_figure_print(object, ui->source ? eng_source_hash(ui->source) : "");
  json_decref(object);
  return text;
}
