/* From what the window shows to what its layout needs to know. */
#include "render/ui_impl.h"
#include "render/view_strip.h"

#include <math.h>

static float chip_width(RenUi *ui, bool whole) {
  char chip[96];
  ren_ui_chip(ui, whole, chip, sizeof chip);
  if (!chip[0]) return 0;
  float scale = ui->state.scale;
  return (float)(int)(ren_text_width(ui->fonts, REN_SANS, REN_TEXT_SMALL, scale, chip) + 0.99f) + 2 * REN_CHIP_PAD;
}

/* Of two the higher one's. */
static float strip_height(RenUi *ui, float width) {
  RenRect parts[3];
  const RenStrip *left = ren_ui_strip(ui, false), *right = ren_ui_strip(ui, true);
  if (!left || !right) return 0;
  if (!ren_ui_two_strips(ui)) return ren_strip_height(left, width);
  ren_layout_split((RenRect){0, 0, width, 1}, ui->state.share, parts);
  return fmaxf(ren_strip_height(left, parts[0].w), ren_strip_height(right, parts[2].w));
}

void ren_ui_lay_out(RenUi *ui) {
  const RenState *state = &ui->state;
  RenLayoutNeeds needs = {.width = ui->width,
                          .height = ui->height,
                          .chrome = ui->chrome,
                          .compare = ui->comparing,
                          .split = state->split,
                          .right = state->right,
                          .share = state->share};
  ren_ui_rank(ui);
  needs.legend = ren_ui_has_legend(ui);
  needs.inspector = state->inspector;
  needs.dock = ren_ui_dock_shows(ui);
  bool beside = ui->chrome && ui->width >= REN_DOCKED_WIDTH;
  float panels = (float)(beside && needs.inspector ? REN_INSPECTOR_WIDTH : 0) +
                 (float)(beside && needs.dock ? REN_DOCK_WIDTH : 0);
  needs.strip = strip_height(ui, ui->width - panels);
  needs.strips = ren_ui_two_strips(ui);
  if (ui->chrome) {
    needs.error = ui->error != NULL;
    needs.limit = ui->limit > 0;
    needs.pair = ren_ui_takes_pair(ui);
    needs.pair_open = ui->pair_open;
    needs.filter = ui->source && eng_source_n_blocks(ui->source) > 1;
    needs.console = ui->console.open ? ui->console.height : 0;
    needs.n_heads = ren_ui_n_shown_tiles(ui);
    needs.tile = ren_ui_tile_width(ui);
    needs.chip_long = chip_width(ui, true);
    needs.chip_short = chip_width(ui, false);
  }
  ui->layout = ren_layout_make(&needs);
  float hidden = (float)needs.n_heads * needs.tile - ui->layout.tiles.w;
  if (ui->tile_scroll > hidden) ui->tile_scroll = hidden;
  if (ui->tile_scroll < 0) ui->tile_scroll = 0;
}
