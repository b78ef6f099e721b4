/* The window is cut from the outside in: bars off the top and the bottom, the view is what is left; then
 * each bar's controls off its ends. The view bar has five degrees of room: with labels, wide and closer together,
 * with the chip's whole sentence alone, and twice smaller. The first in which enough tiles show is taken: beside
 * labels all, else a few; what tiles do not fit scroll. */
#include "render/layout.h"

#include <math.h>

/* How generous the view bar is. */
typedef struct Room {
  float tab, layer, slider, filter, help, gap;
  bool labels, long_chip;
} Room;

static const Room rooms[] = {
    {REN_TAB_WIDTH, REN_LAYER_WIDTH, REN_SLIDER_WIDTH, REN_FILTER_WIDTH, REN_HELP_WIDTH, 2 * REN_PAD, true, true},
    {REN_TAB_WIDTH, REN_LAYER_WIDTH, REN_SLIDER_WIDTH, REN_FILTER_WIDTH, REN_HELP_WIDTH, REN_PAD, true, true},
    {REN_TAB_WIDTH, REN_LAYER_WIDTH, REN_SLIDER_WIDTH, REN_FILTER_WIDTH, REN_HELP_WIDTH, REN_PAD, false, true},
    {REN_TAB_NARROW, REN_LAYER_WIDTH, REN_SLIDER_NARROW, REN_FILTER_NARROW, REN_HELP_NARROW, REN_PAD, false, false},
    {REN_TAB_LEAST, REN_LAYER_LEAST, REN_SLIDER_NARROW, REN_FILTER_LEAST, REN_HELP_NARROW, REN_GRID, false, false},
};
enum { N_ROOMS = sizeof rooms / sizeof rooms[0] };

static RenRect centred(RenRect strip, float height) {
  strip.y += (strip.h - height) / 2;
  strip.h = height;
  return strip;
}

/* A control and the gap behind it. */
static RenRect take_left(RenRect *bar, float width, float gap) {
  RenRect control = ren_rect_cut_left(bar, fminf(width, bar->w));
  ren_rect_cut_left(bar, fminf(gap, bar->w));
  return centred(control, REN_CONTROL_HEIGHT);
}

static RenRect take_right(RenRect *bar, float width, float gap) {
  RenRect control = ren_rect_cut_right(bar, fminf(width, bar->w));
  ren_rect_cut_right(bar, fminf(gap, bar->w));
  return centred(control, REN_CONTROL_HEIGHT);
}

static RenRect without_ends(RenRect bar) {
  ren_rect_cut_left(&bar, REN_PAD);
  ren_rect_cut_right(&bar, REN_PAD);
  return bar;
}

static void lay_input_bar(RenLayout *layout, const RenLayoutNeeds *needs) {
  RenRect bar = without_ends(layout->input_bar);
  float narrow = fminf(1, bar.w / REN_ROOMY_WIDTH);
  layout->model = take_left(&bar, floorf((REN_MODEL_WIDTH - REN_PAD) * narrow), REN_PAD);
  layout->run = take_right(&bar, floorf(REN_RUN_WIDTH * fmaxf(narrow, REN_RUN_SHRINK)), REN_PAD);
  if (needs->pair) {
    float field = floorf((bar.w - REN_PAD) * REN_PAIR_SHARE);
    layout->pair = take_right(&bar, needs->pair_open ? field : REN_FOLDED_WIDTH, REN_PAD);
  }
  layout->text = centred(bar, REN_CONTROL_HEIGHT);
  RenRect text = layout->text;
  layout->examples = ren_rect_inset(ren_rect_cut_right(&text, fminf(REN_CONTROL_HEIGHT, text.w)), 2);
}

/* Where nothing is left of the slider there is none. */
static void lay_threshold(RenLayout *layout, RenRect threshold, float gap) {
  if (threshold.w < REN_SIGN_WIDTH + REN_NUMBER_BOX + gap + REN_CONTROL_HEIGHT) return;
  layout->threshold = threshold;
  ren_rect_cut_left(&threshold, REN_SIGN_WIDTH);
  layout->number = ren_rect_cut_right(&threshold, REN_NUMBER_BOX);
  ren_rect_cut_right(&threshold, gap);
  layout->slider = threshold;
}

/* A narrow window shows one view, and has no button for two. */
static bool fits_two(const RenLayoutNeeds *needs) { return !needs->chrome || needs->width >= REN_SPLIT_WINDOW; }

static float tile_width(const RenLayoutNeeds *needs) { return needs->tile > 0 ? needs->tile : REN_TILE; }

/* Everything of the view bar but the tiles takes what it needs; returns what is left for them. */
static float lay_view_bar(RenLayout *layout, const RenLayoutNeeds *needs, const Room *room) {
  RenRect bar = without_ends(layout->view_bar);
  float gap = fminf(REN_PAD, room->gap), threshold = REN_SIGN_WIDTH + room->slider + gap + REN_NUMBER_BOX;
  layout->help = take_right(&bar, room->help, gap / 2);
  layout->options = take_right(&bar, REN_OPTIONS_WIDTH, gap);
  bool two = fits_two(needs);
  for (int i = 0; i < REN_VIEW_COUNT; i++)
    layout->tabs[i] = take_left(&bar, room->tab, two || i + 1 < REN_VIEW_COUNT ? gap / 2 : room->gap);
  layout->split = take_left(&bar, two ? REN_SPLIT_WIDTH : 0, two ? room->gap : 0);
  layout->layer_label = take_left(&bar, room->labels ? REN_LAYER_LABEL : 0, 0);
  layout->layer = take_left(&bar, room->layer, room->gap);
  layout->heads_label = take_left(&bar, room->labels ? REN_HEADS_LABEL : 0, 0);
  float chip = room->long_chip ? needs->chip_long : needs->chip_short;
  float others = threshold + room->gap;
  if (needs->filter) others += room->filter + room->gap;
  if (chip > 0) others += chip + room->gap;
  float all = (float)needs->n_heads * tile_width(needs), left = bar.w - others;
  layout->tiles = centred(take_left(&bar, fminf(all, fmaxf(left, 0)), room->gap), REN_TILE);
  layout->filter = take_left(&bar, needs->filter ? room->filter : 0, needs->filter ? room->gap : 0);
  lay_threshold(layout, take_left(&bar, threshold, room->gap), gap);
  layout->chip = centred(take_left(&bar, chip, 0), REN_CHIP_HEIGHT);
  layout->chip_is_long = room->long_chip;
  return left;
}

/* Beside the views, or over them where the window is narrow. */
static void lay_panels(RenLayout *layout, const RenLayoutNeeds *needs, RenRect *window) {
  RenRect over = *window, *from = needs->width >= REN_DOCKED_WIDTH ? window : &over;
  if (needs->dock) layout->dock = ren_rect_cut_left(from, fminf(REN_DOCK_WIDTH, from->w));
  if (needs->inspector) layout->inspector = ren_rect_cut_right(from, fminf(REN_INSPECTOR_WIDTH, from->w));
}

static void lay_bars(RenLayout *layout, const RenLayoutNeeds *needs) {
  RenRect window = {0, 0, needs->width, needs->height};
  layout->input_bar = ren_rect_cut_top(&window, REN_INPUT_BAR_HEIGHT);
  if (needs->error) layout->error_bar = ren_rect_cut_top(&window, REN_ERROR_HEIGHT);
  layout->view_bar = ren_rect_cut_top(&window, REN_VIEW_BAR_HEIGHT);
  if (needs->compare) layout->compare_bar = ren_rect_cut_top(&window, REN_VIEW_BAR_HEIGHT);
  layout->status = ren_rect_cut_bottom(&window, REN_STATUS_HEIGHT);
  if (needs->console > 0) {
    float most = fmaxf(window.h - REN_CONSOLE_LEAST, 0);
    layout->console = ren_rect_cut_bottom(&window, fminf(fmaxf(needs->console, REN_CONSOLE_LEAST), most));
  }
  lay_panels(layout, needs, &window);
  layout->area = window;
}

/* The second text takes what the buttons leave. */
static void lay_compare_bar(RenLayout *layout, const RenLayoutNeeds *needs) {
  RenRect bar = without_ends(layout->compare_bar);
  bool narrow = needs->width < REN_ROOMY_WIDTH;
  if (!needs->compare) return;
  layout->compare_label = take_left(&bar, narrow ? 0 : REN_COMPARE_LABEL, 0);
  layout->uncompare = take_right(&bar, REN_CONTROL_HEIGHT, REN_PAD);
  for (int i = REN_SHOWN_COUNT - 1; i >= 0; i--)
    layout->shown[i] = take_right(&bar, narrow ? REN_SHOWN_NARROW : REN_SHOWN_WIDTH, i > 0 ? REN_GRID : REN_PAD);
  layout->second = centred(bar, REN_CONTROL_HEIGHT);
}

static RenRect take_small(RenRect *bar, float width) {
  RenRect control = take_right(bar, width, REN_GRID);
  return centred(control, REN_DETAILS_HEIGHT);
}

static void lay_error_bar(RenLayout *layout, const RenLayoutNeeds *needs) {
  RenRect bar = without_ends(layout->error_bar);
  if (!needs->error) return;
  layout->error_close = take_small(&bar, REN_DETAILS_HEIGHT);
  layout->details = take_small(&bar, REN_DETAILS_WIDTH);
  if (!needs->limit) return;
  layout->last = take_small(&bar, REN_LIMIT_WIDTH);
  layout->first = take_small(&bar, REN_LIMIT_WIDTH);
}

/* Over the view's upper right corner. */
static void lay_find(RenLayout *layout) {
  RenRect view = layout->view;
  float width = fminf(REN_FIND_WIDTH, view.w - 2 * REN_PAD);
  layout->find = (RenRect){view.x + view.w - width - REN_PAD, view.y + REN_PAD, width, REN_CONTROL_HEIGHT};
  layout->find_close = ren_rect_cut_right(&layout->find, REN_CONTROL_HEIGHT);
  ren_rect_cut_right(&layout->find, REN_PAD);
}

void ren_layout_split(RenRect area, float share, RenRect out[3]) {
  float room = fmaxf(area.w - REN_SPLITTER, 0);
  out[0] = ren_rect_cut_left(&area, floorf(room * share));
  out[1] = ren_rect_cut_left(&area, fminf(REN_SPLITTER, area.w));
  out[2] = area;
}

float ren_layout_share(RenRect area, float x) {
  float room = fmaxf(area.w - REN_SPLITTER, 1);
  float share = (x - area.x - REN_SPLITTER / 2.0f) / room;
  return fminf(fmaxf(share, REN_SPLIT_LEAST), 1 - REN_SPLIT_LEAST);
}

/* Where two do not fit, the active one is all there is. */
static void lay_views(RenLayout *layout, const RenLayoutNeeds *needs) {
  RenRect parts[3], rest = layout->area;
  bool two = needs->split && fits_two(needs), strips = two && needs->strips;
  float strip = fminf(needs->strip, rest.h);
  if (!strips) layout->strip = ren_rect_cut_top(&rest, strip);
  if (needs->legend) layout->legend = ren_rect_cut_bottom(&rest, fminf(REN_LEGEND_HEIGHT, rest.h));
  layout->view = rest;
  if (two) {
    ren_layout_split(rest, needs->share, parts);
    layout->view = parts[needs->right ? 2 : 0];
    layout->splitter = parts[1];
    layout->beside = parts[needs->right ? 0 : 2];
  }
  if (strips) {
    layout->strip = ren_rect_cut_top(&layout->view, fminf(strip, layout->view.h));
    layout->beside_strip = ren_rect_cut_top(&layout->beside, fminf(strip, layout->beside.h));
  }
  layout->strip_title = (RenRect){layout->strip.x + REN_PAD, layout->strip.y, REN_STRIP_MENU, REN_STRIP_TITLE};
  if (!needs->compare) return;
  layout->caption = ren_rect_cut_top(&layout->view, fminf(REN_CAPTION, layout->view.h));
  layout->beside_caption = ren_rect_cut_top(&layout->beside, fminf(REN_CAPTION, layout->beside.h));
}

RenLayout ren_layout_make(const RenLayoutNeeds *needs) {
  RenLayout layout = {.area = {0, 0, needs->width, needs->height}};
  if (needs->chrome) lay_bars(&layout, needs);
  lay_views(&layout, needs);
  if (!needs->chrome) return layout;
  lay_input_bar(&layout, needs);
  lay_error_bar(&layout, needs);
  lay_compare_bar(&layout, needs);
  lay_find(&layout);
  for (int i = 0; i < N_ROOMS; i++) {
    bool all = rooms[i].labels || needs->n_heads < REN_TILES_FEW;
    float enough = (float)(all ? needs->n_heads : REN_TILES_FEW);
    if (lay_view_bar(&layout, needs, &rooms[i]) >= enough * tile_width(needs)) break;
  }
  return layout;
}
