/* Comparing as it is said: above each view the text it shows, or how to read the difference; below the bars the
 * second text and what the active view shows. */
#include "render/ui_impl.h"

static const RenId second_id = {REN_ID_SECOND, 0, 0, 0}, close_id = {REN_ID_UNCOMPARE, 0, 0, 0};

static void draw_text(const RenPane *pane, RenFrame *frame, RenRect rect, RenAlign align, const char *text) {
  ren_frame_text(frame, REN_NO_ID, rect,
                 (RenTextShape){.text = text,
                                .font = REN_SANS,
                                .size = REN_TEXT_SMALL,
                                .align = align,
                                .color = pane->state.theme->text,
                                .ellipsis = true});
}

/* From the largest difference below 0 to the largest above. */
static void draw_scale(const RenPane *pane, RenFrame *frame, RenRect rect) {
  size_t n = REN_DIVERGING_CELLS;
  float *values = ren_frame_alloc(frame, n * sizeof *values);
  if (!values) return;
  for (size_t i = 0; i < n; i++) values[i] = 2 * (float)i / (float)(n - 1) - 1;
  ren_frame_cells(
      frame, REN_NO_ID, rect,
      (RenValuesShape){.values = eng_tensor_view(values, 1, &n),
                       .positive = pane->state.theme->positive,
                       .negative = pane->state.theme->negative,
                       .ground = pane->state.theme->bg,
                       .ramp = pane->state.view == REN_VIEW_MATRIX ? pane->state.ramp : REN_RAMP_LINEAR});
}

static void draw_legend(const RenPane *pane, RenFrame *frame, RenRect *rest, float most) {
  float number = REN_DIVERGING_WIDTH / 2.0f, up = (float)(REN_CAPTION - REN_DIVERGING_HEIGHT) / 2;
  RenRect right = ren_rect_cut_right(rest, number), scale = ren_rect_cut_right(rest, REN_DIVERGING_WIDTH);
  RenRect left = ren_rect_cut_right(rest, number);
  left.w -= REN_GRID, right.x += REN_GRID, right.w -= REN_GRID;
  scale.y += up, scale.h = REN_DIVERGING_HEIGHT;
  draw_scale(pane, frame, scale);
  draw_text(pane, frame, left, REN_RIGHT, ren_frame_number(frame, -(double)most, 3));
  draw_text(pane, frame, right, REN_LEFT, ren_frame_change(frame, (double)most, 3));
}

/* The second run is the first one without its edits. */
static bool is_undone(const RenUi *ui) {
  const EngInput *second = eng_source_input(ui->second);
  return ren_ui_edits(ui)->n > 0 && !ui->second_model &&
         eng_input_says(eng_source_input(ui->source), second->text, second->pair);
}

/* What is subtracted, by its text where no other view says it. */
static const char *note_of(const RenUi *ui, const RenPane *pane, bool alone, RenFrame *frame) {
  int n = eng_source_alignment(pane->source)->n_alone;
  const char *first = alone ? eng_source_input(ui->source)->text : "this",
             *second = alone ? eng_source_input(ui->second)->text : "second";
  const char *what = ui->state.merge.words ? "word" : "token";
  const char *note =
      n == 0 ? "" : ren_frame_format(frame, " · %d %s%s in only one", n, what, n == 1 ? " is" : "s are");
  if (is_undone(ui)) return alone ? "without edits − with them" : "without edits − this";
  return ren_frame_format(frame, "%s − %s%s", second ? second : "", first ? first : "", note ? note : "");
}

/* "2 edits: " of the first run, where there are any; "without edits: " of the second. */
static const char *edits_of(const RenUi *ui, const RenPane *pane, RenFrame *frame) {
  char count[REN_EDITS_SAID];
  ren_ui_say_edits(ui, count, sizeof count);
  const char *said = !*count                        ? ""
                     : pane->shown == REN_SHOWS_RUN ? ren_frame_format(frame, "%s: ", count)
                                                    : "without edits: ";
  return said ? said : "";
}

/* The text that a view shows, and the model where that is another one. */
static const char *text_of(const RenUi *ui, const RenPane *pane, RenFrame *frame) {
  const EngInput *input = eng_source_input(pane->source);
  const char *text = input->text ? input->text : "", *pair = input->pair && *input->pair ? input->pair : NULL;
  const char *model = pane->shown == REN_SHOWS_SECOND ? ui->second_model : NULL;
  return ren_frame_format(frame, "%s%s%s%s%s%s", edits_of(ui, pane, frame),
                          model ? eng_source_name(pane->source) : "", model ? ": " : "", text, pair ? " | " : "",
                          pair ? pair : "");
}

static void draw_caption(const RenUi *ui, const RenPane *pane, RenRect rect, bool alone, RenFrame *frame) {
  const RenTheme *theme = pane->state.theme;
  ren_frame_fill(frame, (RenId){REN_ID_VIEW, 0, 0, 0}, rect, theme->panel);
  RenRect line = ren_rect_cut_bottom(&rect, 1);
  ren_frame_fill(frame, REN_NO_ID, line, theme->border);
  if (!pane->source) return;
  ren_rect_cut_left(&rect, REN_PAD);
  ren_rect_cut_right(&rect, REN_PAD);
  if (pane->shown == REN_SHOWS_DIFFERENCE) draw_legend(pane, frame, &rect, eng_source_block(pane->source, 0)->most);
  const char *text =
      pane->shown == REN_SHOWS_DIFFERENCE ? note_of(ui, pane, alone, frame) : text_of(ui, pane, frame);
  if (text) draw_text(pane, frame, rect, REN_LEFT, text);
}

void ren_ui_draw_captions(const RenUi *ui, const RenPane *panes, int n_panes, RenPoint from, RenFrame *frame) {
  if (!ui->comparing) return;
  if (n_panes == 2) {
    RenRect splitter = ui->layout.splitter,
            gap = {splitter.x - from.x, splitter.y - from.y, splitter.w, ui->layout.view.y - splitter.y};
    ren_frame_fill(frame, REN_NO_ID, gap, ui->state.theme->panel);
  }
  for (int i = 0; i < n_panes; i++) {
    RenRect rect = panes[i].active ? ui->layout.caption : ui->layout.beside_caption;
    rect.x -= from.x, rect.y -= from.y;
    ren_frame_side(frame, panes[i].right);
    draw_caption(ui, &panes[i], rect, n_panes == 1, frame);
  }
  ren_frame_side(frame, false);
}

void ren_ui_draw_compare_bar(RenUi *ui, const RenPaint *paint) {
  static const char *const titles[REN_SHOWN_COUNT] = {"This run", "Second", "Difference"};
  const RenLayout *layout = &ui->layout;
  RenRect bar = layout->compare_bar;
  if (ren_rect_empty(bar)) return;
  ren_frame_fill(ui->frame, REN_NO_ID, bar, paint->theme->panel);
  ren_frame_fill(ui->frame, REN_NO_ID, ren_rect_cut_bottom(&bar, 1), paint->theme->border);
  if (!ren_rect_empty(layout->compare_label))
    ren_widget_label(paint, layout->compare_label, REN_LEFT, paint->theme->muted, "Compare with");
  ren_widget_field(paint, second_id, layout->second, ren_ui_look(ui, second_id, false), &ui->second_field,
                   "A second text", 0);
  for (int i = 0; i < REN_SHOWN_COUNT; i++) {
    RenId id = {REN_ID_SHOWN, i, 0, 0};
    ren_widget_button(paint, id, layout->shown[i], ren_ui_look(ui, id, (int)ui->state.shown == i), titles[i]);
  }
  ren_widget_button(paint, close_id, layout->uncompare, ren_ui_look(ui, close_id, false), "×");
}
