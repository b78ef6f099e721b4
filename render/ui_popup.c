/* What floats above the window: the open drop-down, the keys, the tooltip; and what other files draw. */
#include "render/command.h"
#include "render/ui_impl.h"
#include "render/ui_options.h"
#include "render/view.h"
#include "render/view_edits.h"
#include "render/view_minimap.h"
#include "render/view_scroll.h"
#include "render/view_strip.h"

#include <string.h>

/* The mark says whether it is on; the key is its command's first. */
static void draw_option(const RenUi *ui, const RenPaint *paint, RenId id, RenRect row, RenLook look) {
  const RenOption *option = ren_options_at(id.a);
  const RenCommandInfo *command = option->command ? ren_command_find(option->command) : NULL;
  if (!command) return;
  const char *keys = command->keys && !option->argument
                         ? ren_frame_format(paint->frame, "%.*s", (int)strcspn(command->keys, " "), command->keys)
                         : NULL;
  bool holds = ren_ui_option_holds(ui, option);
  look.disabled = !ren_ui_option_usable(ui, option);
  const char *mark = !holds ? "" : option->kind == REN_OPTION_RADIO ? "●" : "✓";
  ren_widget_choice(paint, id, row, look, mark, option->title, keys);
}

static void draw_menu(RenUi *ui, const RenPaint *paint) {
  RenIdKind owner = ui->menu.owner;
  if (owner == REN_ID_NONE) return;
  RenRect box = ren_menu_rect(ui);
  int n = ren_menu_count(ui, owner), cells = ren_menu_cells(ui);
  ren_widget_menu(paint, box);
  for (int i = ui->menu.first; i < n && i < ui->menu.first + cells; i++) {
    char label[256];
    RenRect row = ren_menu_entry_rect(ui, i);
    RenId id = ren_menu_item(ui, owner, i);
    RenLook look = {.hover = ren_id_equal(ui->state.hover, id), .focus = ui->menu.marked == i};
    look.active = ren_menu_current(ui, owner) == i;
    ren_menu_label(ui, owner, i, label, sizeof label);
    if (ren_menu_heading(ui, owner, i))
      ren_widget_heading(paint, row, label);
    else if (owner == REN_ID_OPTIONS)
      draw_option(ui, paint, id, row, look);
    else
      ren_widget_entry(paint, id, row, look, label);
  }
  float share = box.h / (float)cells, scroll = (float)ui->menu.first * share, height = (float)n * share;
  if (cells < n) ren_scroll_mark_y(ui->frame, ren_rect_inset(box, 1), height, scroll, paint->theme->border);
}

static void draw_find(RenUi *ui, const RenPaint *paint) {
  RenId id = {REN_ID_FIND, 0, 0, 0}, close = {REN_ID_FIND_CLOSE, 0, 0, 0};
  if (!ui->find_open) return;
  RenRect box = ren_rect_inset(ui->layout.find, 1), said = ren_rect_cut_right(&box, REN_FIND_SAID);
  RenFound found = ren_find_count(ui);
  const char *count = found.n > 0 ? ren_frame_format(ui->frame, "%d of %d", found.place, found.n) : "none";
  ren_widget_button(paint, close, ui->layout.find_close, ren_ui_look(ui, close, false), "×");
  ren_widget_field(paint, id, ui->layout.find, ren_ui_look(ui, id, false), &ui->find_field, "Find a token",
                   REN_FIND_SAID);
  if (ui->find_field.length > 0 && count)
    ren_frame_text(ui->frame, REN_NO_ID, said,
                   (RenTextShape){.text = count,
                                  .font = REN_SANS,
                                  .size = REN_TEXT_SMALL,
                                  .align = REN_CENTER,
                                  .color = paint->theme->muted});
}

/* "Head view: the heads of one layer  (2)" */
static const char *tab_tip(const RenUi *ui, int view) {
  const char *name = ren_frame_format(ui->frame, "view.%s", ren_view_name((RenViewKind)view));
  const RenCommandInfo *command = name ? ren_command_find(name) : NULL;
  return command ? ren_frame_format(ui->frame, "%s  (%s)", command->doc, command->keys) : NULL;
}

static const char *const shown_tips[REN_SHOWN_COUNT] = {"The active view shows the first run  (x: the next)",
                                                        "The active view shows the second run  (x: the next)",
                                                        "What the second run has more  (x: the next)"};

/* What an element of the bars does: the sentence of its command. */
static const char *element_tip(const RenUi *ui, RenId id) {
  static const struct {
    RenIdKind kind;
    const char *tip;
  } tips[] = {
      {REN_ID_TILE, "Click: this head on or off. Double-click: it alone, or all."},
      {REN_ID_THRESHOLD, "Weights below this are not drawn  (, and .)"},
      {REN_ID_SINK, "The share of all weight that this takes; a click leaves it out of the drawing"},
      {REN_ID_HELP, "Keys  (?)"},
      {REN_ID_OPTIONS, "Settings  (o)"},
      {REN_ID_EXAMPLES, "Examples  (ctrl+e)"},
      {REN_ID_RUN, "Run the sentence  (Enter)"},
      {REN_ID_BOS, "The model's first token in front of the text, or not  (b)"},
      {REN_ID_NOTICE, "Click: all of it"},
      {REN_ID_SPLIT, "Two views beside each other  (\\)"},
      {REN_ID_SPLITTER, "Drag; double-click: as at first"},
      {REN_ID_MODEL, "The model  (ctrl+m)"},
      {REN_ID_LAYER, "The layer  (up, down)"},
      {REN_ID_FILTER, "The part that is shown"},
      {REN_ID_STRIP, "What the strip shows; fold it  (s)"},
      {REN_ID_CONSOLE_CLOSE, "Fold the console  (ctrl+`)"},
      {REN_ID_UNCOMPARE, "Compare no longer"},
      {REN_ID_DETAILS, "All of what went wrong"},
      {REN_ID_ERROR_CLOSE, "Put it away  (Escape)"},
      {REN_ID_FIND_CLOSE, "Find no longer  (Escape)"},
      {REN_ID_FIRST, "Run the beginning of the text"},
      {REN_ID_LAST, "Run the end of the text"},
      {REN_ID_EDITS, "What is edited of the model; click: edit mode, or out of it  (l)"},
      {REN_ID_EDIT, "Click: off, or on again"},
      {REN_ID_EDIT_REMOVE, "Take it away"},
      {REN_ID_EDITS_MODE, "Clicks edit heads, weights and dimensions  (l)"},
      {REN_ID_EDITS_UNDO, "Take the last change back  (ctrl+z)"},
      {REN_ID_EDITS_REDO, "Put it back  (ctrl+y)"},
      {REN_ID_EDITS_CLEAR, "Take all edits away"},
      {REN_ID_EDITS_COMPARE, "Beside the run without edits"},
  };
  if (id.kind == REN_ID_TILE && ui->state.editing) return NULL; /* the view says what a click does */
  if (id.kind == REN_ID_SINK && ui->state.sink_hidden)
    return ui->state.merge.renormalise ? "Left out; what is left of each row sums to 1"
                                       : "Left out of the drawing; the rest is not renormalised  (n)";
  if (id.kind == REN_ID_TAB) return tab_tip(ui, id.a);
  if (id.kind == REN_ID_SHOWN) return shown_tips[id.a];
  if (id.kind == REN_ID_PAIR && !ui->pair_open) return "Add a second sentence";
  for (size_t i = 0; i < sizeof tips / sizeof tips[0]; i++)
    if (tips[i].kind == id.kind) return tips[i].tip;
  return NULL;
}

/* The open panel says more about its thumbnail than a tooltip would, and lies where that would be. */
static bool is_panels_thumb(const RenState *state) {
  return state->panel_open && state->hover.kind == REN_ID_THUMB && state->hover.a == state->panel.layer &&
         state->hover.b == state->panel.head;
}

static void draw_tooltip(RenUi *ui, const RenPaint *paint) {
  const RenState *state = &ui->state;
  RenRect anchor, window = {0, 0, ui->width, ui->height};
  bool floats = ui->help_open || ui->menu.owner != REN_ID_NONE || ui->drag != REN_ID_NONE ||
                ren_ui_launcher_open(ui) || ren_ui_chooser_open(ui);
  if (floats || is_panels_thumb(state) || state->hover.kind == REN_ID_NONE ||
      state->hover_seconds < REN_TOOLTIP_SECONDS)
    return;
  RenPane pane;
  if (!ren_frame_place(ui->frame, (RenElement){state->hover, state->hover_right}, &anchor)) return;
  const char *tip = element_tip(ui, state->hover);
  bool hovers = ren_ui_hovered_pane(ui, &pane), number = hovers && state->hover.kind == REN_ID_NUMBER;
  const RenStrip *strip = number ? ren_ui_strip_of(ui, pane.shown) : NULL;
  if (strip) tip = ren_ui_edit_tip(ui, ren_strip_tip(strip, &pane.state, pane.source, ui->frame));
  if (hovers && state->hover.kind == REN_ID_MINIMAP) {
    ren_ui_receive(ui, &pane);
    tip = ren_minimap_tip(&pane.state, pane.source, pane.area, ui->frame);
    anchor.y = state->mouse.y, anchor.h = 1;
  } else if (!tip && hovers) {
    tip = ren_ui_edit_tip(ui, ren_view_tooltip(&pane.state, pane.source, ui->frame));
    if (ren_view_preview(&pane.state, pane.source, ui->fonts, pane.area, tip, ui->frame)) return;
  }
  if (tip) ren_widget_tooltip(paint, anchor, window, tip);
}

void ren_ui_draw_popups(RenUi *ui) {
  RenPaint paint = ren_ui_paint(ui);
  ren_ui_draw_overlay(ui, &paint);
  draw_find(ui, &paint);
  ren_ui_draw_details(ui, &paint);
  draw_menu(ui, &paint);
  ren_ui_draw_help(ui, &paint);
  ren_ui_draw_launcher(ui, &paint);
  ren_ui_draw_chooser(ui, &paint);
  draw_tooltip(ui, &paint);
}
