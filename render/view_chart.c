/* A bar is a token, as long as there are enough pixels. Beyond that a bar stands for several and reaches from the
 * least to the largest of them, so that the number of commands follows the width and not the text's length. */
#include "render/view_chart.h"

#include <math.h>

void ren_chart_hold(RenChart *chart, const float *values, int n) {
  for (int i = 0; i < n; i++) {
    chart->low = fminf(chart->low, values[i]);
    chart->high = fmaxf(chart->high, values[i]);
  }
}

bool ren_chart_place(RenChart *chart) {
  chart->bars = chart->rect;
  ren_rect_cut_top(&chart->bars, REN_CHART_TITLE);
  ren_rect_cut_bottom(&chart->bars, REN_CHART_FOOT);
  ren_rect_cut_left(&chart->bars, REN_CHART_AXIS);
  if (!(chart->high - chart->low > 0)) chart->high = chart->low + 1;
  return chart->bars.w >= REN_CHART_LEAST && chart->bars.h >= REN_CHART_LEAST;
}

static float y_of(const RenChart *chart, float value) {
  return chart->bars.y + chart->bars.h * (chart->high - value) / (chart->high - chart->low);
}

RenPoint ren_chart_point(const RenChart *chart, int i, float value) {
  float pitch = chart->bars.w / (float)chart->n;
  return (RenPoint){chart->bars.x + ((float)i + 0.5f) * pitch, y_of(chart, value)};
}

static void draw_bar(const RenScene *scene, const RenChart *chart, float x, float width, float value, bool lit) {
  float zero = y_of(chart, 0), end = y_of(chart, value);
  RenColor color = value < 0 ? scene->theme->negative : scene->theme->positive;
  RenRect bar = {x, fminf(zero, end), width, fabsf(end - zero)};
  if (bar.h > 0) ren_frame_fill(scene->frame, REN_NO_ID, bar, lit ? color : ren_color_fade(color, REN_BAR_FADE));
}

/* Values first … last - 1 as one bar, or one on each side of zero. */
static void draw_several(const RenScene *scene, const RenChart *chart, int first, int last) {
  float pitch = chart->bars.w / (float)chart->n, width = pitch * (float)(last - first);
  float x = chart->bars.x + (float)first * pitch, low = 0, high = 0;
  bool lit = chart->lit >= first && chart->lit < last;
  for (int i = first; i < last; i++) {
    low = fminf(low, chart->values[i]);
    high = fmaxf(high, chart->values[i]);
  }
  if (lit)
    ren_frame_fill(scene->frame, REN_NO_ID, (RenRect){x, chart->bars.y, width, chart->bars.h},
                   scene->theme->raised);
  float gap = width >= REN_CHART_GAPPED ? 1 : 0;
  draw_bar(scene, chart, x, width - gap, high, lit);
  draw_bar(scene, chart, x, width - gap, low, lit);
}

static void draw_text(const RenScene *scene, RenRect rect, RenAlign align, RenFont font, RenColor color,
                      const char *text) {
  if (text == NULL) return;
  ren_frame_text(scene->frame, REN_NO_ID, rect,
                 (RenTextShape){.text = text,
                                .font = font,
                                .size = font == REN_SANS_BOLD ? REN_TEXT_CONTROL : REN_TEXT_SMALL,
                                .align = align,
                                .color = color,
                                .ellipsis = true});
}

/* The ends of both axes, and the title over them. */
static void draw_words(const RenScene *scene, const RenChart *chart) {
  RenRect bars = chart->bars, title = chart->rect;
  RenColor muted = scene->theme->muted;
  title.h = REN_CHART_TITLE;
  draw_text(scene, title, REN_LEFT, REN_SANS_BOLD, scene->theme->text, chart->title);
  RenRect end = {chart->rect.x, bars.y, REN_CHART_AXIS - REN_GRID, REN_CHART_FOOT};
  if (chart->high > 0)
    draw_text(scene, end, REN_RIGHT, REN_MONO, muted, ren_frame_format(scene->frame, "%.2g", (double)chart->high));
  end.y = bars.y + bars.h - REN_CHART_FOOT;
  if (chart->low < 0)
    draw_text(scene, end, REN_RIGHT, REN_MONO, muted, ren_frame_format(scene->frame, "%.2g", (double)chart->low));
  RenRect foot = {bars.x, bars.y + bars.h, bars.w, REN_CHART_FOOT};
  draw_text(scene, foot, REN_LEFT, REN_MONO, muted, ren_frame_format(scene->frame, "%d", chart->first));
  draw_text(scene, foot, REN_RIGHT, REN_MONO, muted,
            ren_frame_format(scene->frame, "%d", chart->first + chart->n - 1));
  draw_text(scene, foot, REN_CENTER, REN_SANS, muted, chart->note);
}

void ren_chart_draw(const RenScene *scene, const RenChart *chart) {
  float pitch = chart->bars.w / (float)chart->n, zero = y_of(chart, 0);
  int several = pitch < REN_CHART_BAR ? (int)ceilf(REN_CHART_BAR / pitch) : 1;
  draw_words(scene, chart);
  ren_frame_grid(scene->frame, chart->id, chart->bars, 1, chart->n);
  for (int i = 0; i < chart->n; i += several)
    draw_several(scene, chart, i, i + several < chart->n ? i + several : chart->n);
  ren_frame_fill(scene->frame, REN_NO_ID, (RenRect){chart->bars.x, floorf(zero), chart->bars.w, 1},
                 scene->theme->border);
}
