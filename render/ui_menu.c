/* The drop-downs: what their entries are, which one holds now, where the open list lies. */
#include "render/examples.h"
#include "render/ui_impl.h"
#include "render/ui_options.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

int ren_menu_count(const RenUi *ui, RenIdKind owner) {
  const EngBlock *block = ren_ui_block(ui);
  switch (owner) {
  case REN_ID_MODEL:
    return ren_models_rows(&ui->models);
  case REN_ID_EXAMPLES:
    return ren_examples_count(ren_ui_takes_pair(ui));
  case REN_ID_OPTIONS:
    return ren_options_count();
  case REN_ID_STRIP:
    return ren_strip_count();
  case REN_ID_LAYER:
    return block ? block->n_layers : 0;
  case REN_ID_FILTER:
    return ui->source ? eng_source_n_blocks(ui->source) : 0;
  default:
    return 0;
  }
}

/* Of a long path its end, which says more, from the beginning of a name on. */
static void path_label(const char *path, char *out, size_t size) {
  const char *end = path, *slash = *path ? strchr(path + 1, '/') : NULL;
  for (; slash && strlen(end) > REN_MODEL_LETTERS; slash = strchr(end + 1, '/')) end = slash;
  snprintf(out, size, "%s%s", end == path ? "" : "…", end);
}

static const char *model_label(const RenUi *ui, int row) {
  RenModelRow found = ren_models_row(&ui->models, row);
  return found.heading ? found.heading : found.model < ui->models.n ? ui->models.at[found.model].name : "Open…";
}

void ren_menu_label(const RenUi *ui, RenIdKind owner, int i, char *out, size_t size) {
  out[0] = '\0';
  if (i < 0 || i >= ren_menu_count(ui, owner)) return;
  switch (owner) {
  case REN_ID_MODEL:
    path_label(model_label(ui, i), out, size);
    break;
  case REN_ID_EXAMPLES:
    snprintf(out, size, "%s", ren_examples_at(i)->title);
    break;
  case REN_ID_OPTIONS:
    snprintf(out, size, "%s", ren_options_at(i)->title);
    break;
  case REN_ID_STRIP:
    snprintf(out, size, "%s", ren_strip_label(i));
    break;
  case REN_ID_LAYER:
    if (ren_ui_block(ui)->layers)
      snprintf(out, size, "all");
    else
      snprintf(out, size, "%d", i);
    break;
  default:
    snprintf(out, size, "%s", eng_source_block(ui->source, i)->title);
  }
}

/* The one whose text stands in the field, or -1. */
static int current_example(const RenUi *ui) {
  for (int i = 0; i < ren_examples_count(ren_ui_takes_pair(ui)); i++)
    if (strcmp(ren_examples_at(i)->text, ren_ui_text(ui)) == 0) return i;
  return -1;
}

/* What the token strip shows, or -1. */
static int current_strip(const RenUi *ui) {
  for (int i = 0; i < ren_strip_count(); i++)
    if (strcmp(ren_strip_name(i), ui->state.strip) == 0) return i;
  return -1;
}

bool ren_menu_heading(const RenUi *ui, RenIdKind owner, int i) {
  if (owner == REN_ID_OPTIONS) return ren_options_at(i)->kind == REN_OPTION_HEADING;
  return owner == REN_ID_MODEL && ren_models_row(&ui->models, i).heading;
}

bool ren_menu_choosable(const RenUi *ui, RenIdKind owner, int i) {
  if (i < 0 || i >= ren_menu_count(ui, owner) || ren_menu_heading(ui, owner, i)) return false;
  return owner != REN_ID_OPTIONS || ren_ui_option_usable(ui, ren_options_at(i));
}

int ren_menu_current(const RenUi *ui, RenIdKind owner) {
  if (owner == REN_ID_LAYER) return ui->state.layer;
  if (owner == REN_ID_FILTER) return ui->state.block;
  if (owner == REN_ID_EXAMPLES) return current_example(ui);
  if (owner == REN_ID_STRIP) return current_strip(ui);
  int model = owner == REN_ID_MODEL ? ren_models_find(&ui->models, ren_ui_model(ui)) : -1;
  return model < 0 ? -1 : ren_models_row_of(&ui->models, model);
}

/* Which elements are entries of which control, and where that is. */
static const struct {
  RenIdKind owner, item;
  size_t rect; /* offset in the layout */
  int width;   /* of the list, at least */
} menus[] = {
    {REN_ID_MODEL, REN_ID_MODEL_ITEM, offsetof(RenLayout, model), REN_MODELS_WIDTH},
    {REN_ID_EXAMPLES, REN_ID_EXAMPLE, offsetof(RenLayout, examples), REN_EXAMPLES_WIDTH},
    {REN_ID_LAYER, REN_ID_LAYER_ITEM, offsetof(RenLayout, layer), 0},
    {REN_ID_FILTER, REN_ID_FILTER_ITEM, offsetof(RenLayout, filter), REN_MENU_WIDTH},
    {REN_ID_STRIP, REN_ID_STRIP_ITEM, offsetof(RenLayout, strip_title), 0},
    {REN_ID_OPTIONS, REN_ID_OPTION, offsetof(RenLayout, options), REN_OPTIONS_MENU},
};
enum { N_MENUS = sizeof menus / sizeof menus[0] };

RenIdKind ren_menu_item_kind(RenIdKind owner) {
  for (size_t i = 0; i < N_MENUS; i++)
    if (menus[i].owner == owner) return menus[i].item;
  return REN_ID_NONE;
}

/* Parts have their names, models are counted without headings. */
RenId ren_menu_item(const RenUi *ui, RenIdKind owner, int i) {
  RenId id = {ren_menu_item_kind(owner), i, 0, 0};
  if (owner == REN_ID_MODEL) id.a = ren_models_row(&ui->models, i).model;
  if (owner != REN_ID_FILTER) return id;
  const char *key = eng_source_block(ui->source, i)->key;
  for (id.a = 0; ren_id_filter(id.a) && strcmp(ren_id_filter(id.a), key) != 0;) id.a++;
  return id;
}

int ren_menu_place(const RenUi *ui, RenId item) {
  if (item.kind == REN_ID_MODEL_ITEM) return ren_models_row_of(&ui->models, item.a);
  if (item.kind != REN_ID_FILTER_ITEM || !ui->source) return item.a;
  return eng_source_find_block(ui->source, ren_id_filter(item.a));
}

RenIdKind ren_menu_owner(RenIdKind item) {
  for (size_t i = 0; i < N_MENUS; i++)
    if (menus[i].item == item) return menus[i].owner;
  return REN_ID_NONE;
}

RenRect ren_menu_owner_rect(const RenUi *ui) {
  for (size_t i = 0; i < N_MENUS; i++) {
    if (menus[i].owner != ui->menu.owner) continue;
    RenRect rect = *(const RenRect *)((const char *)&ui->layout + menus[i].rect);
    rect.w = fmaxf(rect.w, (float)menus[i].width);
    return rect;
  }
  return (RenRect){0, 0, 0, 0};
}
