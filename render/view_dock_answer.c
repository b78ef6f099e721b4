/* What the active probe says, from the top down: what it asks, its parameters, what went wrong, what it found. One
 * walk measures and draws. */
#include "render/view_dock.h"

#include "render/wrap.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct Walk {
  const RenDockScene *scene;
  RenRect area;
  float y;
  bool draws;
} Walk;

/* The next `height` of the column; false where it is not to be drawn. */
static bool take(Walk *walk, float height, RenRect *out) {
  *out = (RenRect){walk->area.x + REN_DOCK_PAD, walk->y, walk->area.w - 2 * REN_DOCK_PAD, height};
  walk->y += height;
  return walk->draws && !ren_rect_empty(ren_rect_intersect(*out, walk->area));
}

static void put_text(const Walk *walk, RenRect rect, const char *text, RenFont font, int size, RenAlign align,
                     RenColor color) {
  if (!text) return;
  ren_frame_text(
      walk->scene->paint.frame, REN_NO_ID, rect,
      (RenTextShape){.text = text, .font = font, .size = size, .align = align, .color = color, .ellipsis = true});
}

static void say(Walk *walk, const char *text, RenFont font, RenColor color, int most) {
  RenRect line;
  if (!text || !*text) return;
  float width = walk->area.w - 2 * REN_DOCK_PAD;
  int n = ren_wrap_count(&walk->scene->paint, font, REN_TEXT_SMALL, text, width, most);
  for (int i = 0; i < n; i++) {
    char *words = ren_wrap_line(&walk->scene->paint, font, REN_TEXT_SMALL, &text, width);
    if (words && i == n - 1 && *text)
      words = (char *)(uintptr_t)ren_frame_format(walk->scene->paint.frame, "%s …", words);
    if (take(walk, REN_LINE_SMALL, &line)) put_text(walk, line, words, font, REN_TEXT_SMALL, REN_LEFT, color);
  }
  take(walk, REN_GRID, &line);
}

static void rule(Walk *walk) {
  RenRect line;
  if (take(walk, 1, &line))
    ren_frame_fill(walk->scene->paint.frame, REN_NO_ID, line, walk->scene->paint.theme->border);
  take(walk, REN_PAD, &line);
}

/* --- parameters */

static const char *value_text(const Walk *walk, const RenProbeParam *param, double value) {
  RenFrame *frame = walk->scene->paint.frame;
  if (param->boolean) return value > 0 ? "on" : "off";
  return ren_frame_format(frame, "%.6g", value);
}

/* What moves it: a slider where there are ends, else two buttons. */
static void param_mover(Walk *walk, RenId id, RenRect row, const RenProbeParam *it, double value) {
  const RenDockScene *scene = walk->scene;
  double span = it->most - it->least;
  RenLook look = ren_dock_look(scene, id);
  if (it->bounded) {
    ren_widget_range(&scene->paint, id, row, look, span > 0 ? (float)((value - it->least) / span) : 0);
    return;
  }
  RenId ids[] = {{REN_ID_LESS, id.a, 0, 0}, {REN_ID_MORE, id.a, 0, 0}};
  row = ren_rect_inset((RenRect){row.x, row.y, 2 * REN_DOCK_BUTTON + REN_GRID + 2, row.h}, 1);
  ren_frame_area(scene->paint.frame, id, row);
  for (int i = 0; i < 2; i++) {
    RenRect button = ren_rect_cut_left(&row, REN_DOCK_BUTTON);
    ren_widget_button(&scene->paint, ids[i], button, ren_dock_look(scene, ids[i]), i ? "+" : "−");
    ren_rect_cut_left(&row, REN_GRID);
    if (i == 1)
      ren_widget_ring(
          &scene->paint,
          (RenRect){button.x - REN_DOCK_BUTTON - REN_GRID, button.y, 2 * REN_DOCK_BUTTON + REN_GRID, button.h},
          look);
  }
}

/* Its number; a field, with more room, while it has the keys. */
static void param_value(Walk *walk, int i, RenRect row, RenRect number, const char *text) {
  const RenDockScene *scene = walk->scene;
  RenId id = {REN_ID_VALUE, i, 0, 0};
  RenLook look = ren_dock_look(scene, id);
  if (look.focus && scene->value) {
    RenRect field = ren_rect_inset((RenRect){row.x, row.y, row.w + number.w, row.h}, 2);
    ren_widget_field(&scene->paint, id, field, look, scene->value, text, 0);
    return;
  }
  ren_frame_area(scene->paint.frame, id, number);
  if (look.hover)
    ren_frame_box(scene->paint.frame, REN_NO_ID, ren_rect_inset(number, 1),
                  (RenRectShape){.fill = scene->paint.theme->raised, .radius = REN_CORNER});
  put_text(walk, number, text, REN_MONO, REN_TEXT_CONTROL, REN_RIGHT, scene->paint.theme->text);
}

/* A name, what moves it, and the value. */
static void param(Walk *walk, const RenProbe *probe, int i) {
  RenRect row;
  const RenProbeParam *it = &probe->params[i];
  const RenDockScene *scene = walk->scene;
  RenId id = {REN_ID_PARAM, i, 0, 0};
  if (!take(walk, REN_DOCK_PARAM, &row)) return;
  double value = ren_settings_value(&scene->state->params, probe, it);
  RenLook look = ren_dock_look(scene, id);
  RenRect name = ren_rect_cut_left(&row, REN_DOCK_LONG), number = ren_rect_cut_right(&row, REN_DOCK_NUMBER);
  put_text(walk, name, it->name, REN_SANS, REN_TEXT_CONTROL, REN_LEFT, scene->paint.theme->muted);
  if (it->boolean) {
    RenRect button = number;
    button.y += 1, button.h -= 2;
    look.active = value > 0;
    ren_widget_button(&scene->paint, id, button, look, value_text(walk, it, value));
    return;
  }
  if (!ren_id_equal(scene->focus, (RenId){REN_ID_VALUE, i, 0, 0})) param_mover(walk, id, row, it, value);
  param_value(walk, i, row, number, value_text(walk, it, value));
}

/* --- what it found */

/* What is about another text, or from before an error, is paler. */
static RenColor ink_of(const Walk *walk) {
  const RenDockScene *scene = walk->scene;
  return scene->old || scene->dock->stale ? scene->paint.theme->muted : scene->paint.theme->text;
}

/* The length that bars are a share of: 1 where all lie below it. */
static float most_of(const RenAnswer *answer) {
  float most = fmaxf(fabsf(answer->low), fabsf(answer->high));
  if (answer->null > most) most = answer->null;
  return most <= 1 && answer->kind == REN_PROBE_HEAD ? 1 : fmaxf(most, 1e-30f);
}

static void heading(Walk *walk, const char *title) {
  RenRect row;
  const RenDockScene *scene = walk->scene;
  const RenAnswer *answer = &scene->dock->answer;
  const RenTheme *theme = scene->paint.theme;
  if (!take(walk, REN_DOCK_PROBE, &row)) return;
  bool null = answer->kind == REN_PROBE_HEAD && !isnan(answer->null), stale = scene->dock->stale || scene->old;
  bool some = answer->n_places > 0 && answer->n_all > answer->n_places;
  const char *note =
      stale  ? (scene->dock->stale ? "stale" : "of the last text")
      : some ? ren_frame_format(scene->paint.frame, "%d of %d", answer->n_places, answer->n_all)
      : null ? ren_frame_format(scene->paint.frame, "null %s", ren_dock_number(scene->paint.frame, answer->null))
             : NULL;
  put_text(walk, row, title, REN_SANS_BOLD, REN_TEXT_CONTROL, REN_LEFT, theme->text);
  put_text(walk, row, note, REN_MONO, REN_TEXT_SMALL, REN_RIGHT, stale ? theme->warn : theme->muted);
}

/* How many lie where, with the null among them. */
static void histogram(Walk *walk) {
  RenRect row;
  const RenDockScene *scene = walk->scene;
  const RenAnswer *answer = &scene->dock->answer;
  RenFrame *frame = scene->paint.frame;
  if (!take(walk, REN_DOCK_CHART, &row)) return;
  int most = 1;
  float pitch = row.w / REN_ANSWER_BINS, span = answer->high - answer->low;
  for (int i = 0; i < REN_ANSWER_BINS; i++) most = answer->bins[i] > most ? answer->bins[i] : most;
  for (int i = 0; i < REN_ANSWER_BINS; i++) {
    float height = ceilf((row.h - 1) * sqrtf((float)answer->bins[i] / (float)most));
    RenRect bar = {row.x + (float)i * pitch, row.y + row.h - 1 - height, pitch - 1, height};
    if (height > 0)
      ren_frame_fill(frame, REN_NO_ID, bar, ren_color_fade(scene->paint.theme->accent, REN_FADE_OTHERS));
  }
  ren_frame_fill(frame, REN_NO_ID, (RenRect){row.x, row.y + row.h - 1, row.w, 1}, scene->paint.theme->border);
  float at = span > 0 ? (answer->null - answer->low) / span : -1;
  if (at >= 0 && at <= 1)
    ren_frame_fill(frame, REN_NO_ID,
                   (RenRect){floorf(row.x + at * (row.w - REN_DOCK_MARK)), row.y, REN_DOCK_MARK, row.h},
                   scene->paint.theme->warn);
}

static void ends_of_histogram(Walk *walk) {
  RenRect row;
  const RenDockScene *scene = walk->scene;
  const RenAnswer *answer = &scene->dock->answer;
  RenFrame *frame = scene->paint.frame;
  RenColor ink = scene->paint.theme->muted;
  if (take(walk, REN_LINE_SMALL, &row)) {
    put_text(walk, row, ren_dock_number(frame, answer->low), REN_MONO, REN_TEXT_SMALL, REN_LEFT, ink);
    put_text(walk, row, ren_dock_number(frame, answer->high), REN_MONO, REN_TEXT_SMALL, REN_RIGHT, ink);
  }
  take(walk, REN_GRID, &row);
}

static void draw_bar(const Walk *walk, RenRect track, const RenRank *rank) {
  const RenTheme *theme = walk->scene->paint.theme;
  RenFrame *frame = walk->scene->paint.frame;
  float most = most_of(&walk->scene->dock->answer), unit = (track.w - REN_DOCK_MARK) / most;
  RenRect bar = {track.x, track.y + floorf((track.h - REN_DOCK_BAR) / 2), fabsf(rank->value) * unit, REN_DOCK_BAR};
  RenColor fill = rank->value < 0 ? theme->negative : ren_color_fade(theme->accent, REN_BAR_FADE);
  if (walk->scene->old) fill = ren_color_fade(fill, REN_FADE_OTHERS);
  if (bar.w > 0) ren_frame_box(frame, REN_NO_ID, bar, (RenRectShape){.fill = fill, .radius = REN_CORNER});
  if (rank->spread > 0) {
    float from = fmaxf(fabsf(rank->value) - rank->spread, 0) * unit,
          to = fminf(fabsf(rank->value) + rank->spread, most) * unit;
    ren_frame_fill(frame, REN_NO_ID, (RenRect){track.x + from, bar.y + bar.h / 2 - 0.5f, to - from, 1},
                   theme->text);
  }
  if (rank->null >= 0 && rank->null <= most)
    ren_frame_fill(frame, REN_NO_ID,
                   (RenRect){floorf(track.x + rank->null * unit), bar.y - REN_DOCK_MARK, REN_DOCK_MARK,
                             bar.h + 2 * REN_DOCK_MARK},
                   theme->warn);
}

/* The head that is, or the neuron in the token strip. */
static bool is_selected(const RenDockScene *scene, const RenRank *rank) {
  const RenState *state = scene->state;
  char name[REN_STRIP_NAME];
  if (scene->dock->answer.kind == REN_PROBE_HEAD) return state->layer == rank->layer && state->head == rank->index;
  snprintf(name, sizeof name, "L%dN%d", rank->layer, rank->index);
  return strcmp(state->strip, name) == 0;
}

/* What a row to go to stands on. */
static void draw_row(const Walk *walk, RenId id, RenRect row, bool selected) {
  const RenDockScene *scene = walk->scene;
  const RenTheme *theme = scene->paint.theme;
  RenFrame *frame = scene->paint.frame;
  RenLook look = ren_dock_look(scene, id);
  RenRect box = {row.x - REN_PAD, row.y, row.w + 2 * REN_PAD, row.h};
  ren_frame_area(frame, id, box);
  if (look.hover || selected)
    ren_frame_box(frame, REN_NO_ID, box, (RenRectShape){.fill = theme->raised, .radius = REN_CORNER});
  if (selected) ren_frame_fill(frame, REN_NO_ID, ren_rect_cut_left(&box, REN_PINNED), theme->accent);
  ren_widget_ring(&scene->paint, ren_rect_inset(box, REN_RING), look);
}

static void draw_rank(Walk *walk, const RenRank *rank) {
  RenRect row, name;
  RenFrame *frame = walk->scene->paint.frame;
  bool neuron = walk->scene->dock->answer.kind == REN_PROBE_NEURON;
  RenId id = {REN_ID_RANK, rank->layer, rank->index, 0};
  if (!take(walk, REN_DOCK_RANK, &row)) return;
  draw_row(walk, id, row, is_selected(walk->scene, rank));
  name = ren_rect_cut_left(&row, neuron ? REN_DOCK_LONG : REN_DOCK_NAME);
  RenRect number = ren_rect_cut_right(&row, REN_DOCK_NUMBER);
  put_text(walk, name, ren_frame_format(frame, neuron ? "L%dN%d" : "%d.%d", rank->layer, rank->index), REN_MONO,
           REN_TEXT_CONTROL, REN_LEFT, ink_of(walk));
  draw_bar(walk, row, rank);
  put_text(walk, number, ren_dock_number(frame, rank->value), REN_MONO, REN_TEXT_CONTROL, REN_RIGHT, ink_of(walk));
}

static bool is_at(int wanted, int selected) { return wanted < 0 || wanted == selected; }

static bool is_place(const RenPlace *place, const RenPlace *selected) {
  return is_at(place->layer, selected->layer) && is_at(place->head, selected->head) &&
         is_at(place->query, selected->query) && is_at(place->key, selected->key);
}

/* Columns stand below each other: what is too long for a line is cut. Those about places are rows to go to. */
static void say_lines(Walk *walk, const RenAnswer *answer) {
  RenRect line;
  const RenDockScene *scene = walk->scene;
  const char *text = answer->text;
  for (int i = -answer->n_titles; *text; i++) {
    int n = (int)strcspn(text, "\n");
    bool place = i >= 0 && i < answer->n_places;
    if (take(walk, place ? REN_DOCK_RANK : REN_LINE_SMALL, &line)) {
      if (place) draw_row(walk, (RenId){REN_ID_PLACE, i, 0, 0}, line, is_place(&answer->places[i], &scene->place));
      put_text(walk, line, ren_frame_format(scene->paint.frame, "%.*s", n, text), REN_MONO, REN_TEXT_SMALL,
               REN_LEFT, ink_of(walk));
    }
    text += n + (text[n] == '\n');
  }
}

static void found(Walk *walk) {
  static const char *const titles[REN_PROBE_KINDS] = {"Best heads", "Best neurons", "Tokens", "Answer"};
  const RenAnswer *answer = &walk->scene->dock->answer;
  const RenTheme *theme = walk->scene->paint.theme;
  heading(walk, titles[answer->kind]);
  if (answer->seeds > 1)
    say(walk, ren_frame_format(walk->scene->paint.frame, "mean of %d texts of its own", answer->seeds), REN_SANS,
        theme->muted, 1);
  if (answer->text) say_lines(walk, answer);
  if (answer->kind == REN_PROBE_TOKEN && !answer->text)
    say(walk, "in the strip above the head and the matrix view", REN_SANS, theme->muted, 2);
  if (answer->kind == REN_PROBE_NEURON)
    say(walk, "a click shows one in the strip above the head and the matrix view", REN_SANS, theme->muted, 2);
  if (answer->n_ranks == 0) return;
  histogram(walk);
  ends_of_histogram(walk);
  for (int i = 0; i < answer->n_ranks; i++) draw_rank(walk, &answer->ranks[i]);
}

float ren_dock_answer(const RenDockScene *scene, RenRect area, float y, bool draws) {
  Walk walk = {scene, area, y, draws};
  RenRect gap;
  const RenDock *dock = scene->dock;
  const RenTheme *theme = scene->paint.theme;
  const RenProbe *probe = ren_dock_find(dock, scene->state->probe);
  take(&walk, REN_PAD, &gap);
  rule(&walk);
  if (!probe) say(&walk, dock->n > 0 ? "There is no such probe any more." : "…", REN_SANS, theme->muted, 1);
  if (probe) {
    say(&walk, probe->doc, REN_SANS, theme->muted, REN_DOCK_DOC);
    for (int i = 0; i < probe->n_params; i++) param(&walk, probe, i);
    say(&walk, probe->captures, REN_SANS, theme->muted, 2);
    say(&walk, probe->error ? probe->error : dock->error, REN_MONO, theme->error, REN_DOCK_ERROR);
    say(&walk, dock->notice, REN_SANS, theme->muted, 2);
  }
  if (probe && dock->answered && strcmp(dock->answer.id, probe->id) == 0) found(&walk);
  take(&walk, REN_PAD, &gap);
  return walk.y - y;
}
