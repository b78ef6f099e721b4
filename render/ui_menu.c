/* The drop-downs: what their entries are, which one holds now, where the open list lies. */
#include "render/examples.h"
#include "render/ui_impl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

int ren_menu_count(const RenUi *ui, RenIdKind owner) {
  const EngBlock *block = ren_ui_block(ui);
  switch (owner) {
  case REN_ID_MODEL:
    return ui->n_models;
  case REN_ID_EXAMPLES:
    return ren_examples_count(ren_ui_takes_pair(ui));
  case REN_ID_LAYER:
    return block ? block->n_layers : 0;
  case REN_ID_FILTER:
    return ui->source ? eng_source_n_blocks(ui->source) : 0;
  default:
    return 0;
  }
}

void ren_menu_label(const RenUi *ui, RenIdKind owner, int i, char *out, size_t size) {
  out[0] = '\0';
  if (i < 0 || i >= ren_menu_count(ui, owner)) return;
  switch (owner) {
  case REN_ID_MODEL:
    snprintf(out, size, "%s", ui->models[i]);
    break;
  case REN_ID_EXAMPLES:
    snprintf(out, size, "%s", ren_examples_at(i)->title);
    break;
  case REN_ID_LAYER:
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

int ren_menu_current(const RenUi *ui, RenIdKind owner) {
  if (owner == REN_ID_LAYER) return ui->state.layer;
  if (owner == REN_ID_FILTER) return ui->state.block;
  if (owner == REN_ID_EXAMPLES) return current_example(ui);
  for (int i = 0; i < ui->n_models; i++)
    if (strcmp(ui->models[i], ren_ui_model(ui)) == 0) return i;
  return 0;
}

RenIdKind ren_menu_item_kind(RenIdKind owner) {
  switch (owner) {
  case REN_ID_MODEL:
    return REN_ID_MODEL_ITEM;
  case REN_ID_EXAMPLES:
    return REN_ID_EXAMPLE;
  case REN_ID_LAYER:
    return REN_ID_LAYER_ITEM;
  case REN_ID_FILTER:
    return REN_ID_FILTER_ITEM;
  default:
    return REN_ID_NONE;
  }
}

RenIdKind ren_menu_owner(RenIdKind item) {
  switch (item) {
  case REN_ID_MODEL_ITEM:
    return REN_ID_MODEL;
  case REN_ID_EXAMPLE:
    return REN_ID_EXAMPLES;
  case REN_ID_LAYER_ITEM:
    return REN_ID_LAYER;
  case REN_ID_FILTER_ITEM:
    return REN_ID_FILTER;
  default:
    return REN_ID_NONE;
  }
}

static RenRect owner_rect(const RenUi *ui) {
  switch (ui->menu.owner) {
  case REN_ID_MODEL:
    return ui->layout.model;
  case REN_ID_EXAMPLES:
    return ui->layout.examples;
  case REN_ID_LAYER:
    return ui->layout.layer;
  default:
    return ui->layout.filter;
  }
}

/* As many as fit between the control and the window's bottom, at least one. */
int ren_menu_rows(const RenUi *ui) {
  RenRect owner = owner_rect(ui);
  int fit = (int)((ui->height - owner.y - owner.h - 2 * REN_PAD) / REN_CONTROL_HEIGHT);
  int n = ren_menu_count(ui, ui->menu.owner);
  if (n > REN_MENU_ROWS) n = REN_MENU_ROWS;
  if (n > fit) n = fit;
  return n < 1 ? 1 : n;
}

RenRect ren_menu_rect(const RenUi *ui) {
  RenRect owner = owner_rect(ui);
  float width = owner.w;
  if (ui->menu.owner == REN_ID_FILTER && width < REN_MENU_WIDTH) width = REN_MENU_WIDTH;
  float height = (float)(ren_menu_rows(ui) * REN_CONTROL_HEIGHT + 2);
  if (ui->menu.owner == REN_ID_EXAMPLES) width = REN_EXAMPLES_WIDTH;
  float x = fmaxf(fminf(owner.x, ui->width - width - REN_PAD), REN_PAD);
  return (RenRect){x, owner.y + owner.h + REN_GRID, width, height};
}

void ren_menu_mark(RenUi *ui, int i) {
  int n = ren_menu_count(ui, ui->menu.owner), rows = ren_menu_rows(ui);
  if (i >= n) i = n - 1;
  if (i < 0) i = 0;
  ui->menu.marked = i;
  if (ui->menu.first > i) ui->menu.first = i;
  if (ui->menu.first < i - rows + 1) ui->menu.first = i - rows + 1;
  ren_ui_touch(ui);
}
