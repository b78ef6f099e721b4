/* The list takes what it needs, at most its share, and what the active probe says the rest. */
#include "render/view_dock.h"

#include "render/view_scroll.h"
#include "render/wrap.h"

#include <math.h>
#include <string.h>

static const RenId dock_id = {REN_ID_DOCK, 0, 0, 0}, fold_id = {REN_ID_DOCK_FOLD, 0, 0, 0},
                   new_id = {REN_ID_DOCK_NEW, 0, 0, 0};

RenRect ren_dock_where(RenRect panel) {
  RenRect rect = ren_rect_cut_bottom(&panel, fminf(REN_CONTROL_HEIGHT + REN_PAD, panel.h));
  ren_rect_cut_bottom(&rect, REN_PAD);
  ren_rect_cut_left(&rect, REN_DOCK_PAD);
  ren_rect_cut_right(&rect, REN_DOCK_PAD);
  return rect;
}

/* Lines of what is wrong with the filter. */
static int count_error(const RenDockScene *scene) {
  const char *error = scene->dock->where_error;
  float width = scene->panel.w - 2 * REN_DOCK_PAD;
  return error ? ren_wrap_count(&scene->paint, REN_MONO, REN_TEXT_SMALL, error, width, REN_DOCK_DOC) : 0;
}

RenDockParts ren_dock_lay(const RenDockScene *scene) {
  RenRect rest = scene->panel;
  RenDockParts parts = {.heading = ren_rect_cut_top(&rest, fminf(REN_DOCK_HEADING, rest.h))};
  float where = REN_DOCK_WHERE + (float)(count_error(scene) * REN_LINE_SMALL);
  parts.where = ren_rect_cut_bottom(&rest, fminf(where, rest.h));
  parts.list_height = (float)(scene->dock->n * REN_DOCK_PROBE) + REN_GRID;
  bool active = scene->state->probe[0] != '\0';
  if (active) parts.answer_height = ren_dock_answer(scene, rest, 0, false);
  float most = fmaxf(floorf(scene->panel.h * REN_DOCK_SHARE), rest.h - parts.answer_height);
  parts.list = ren_rect_cut_top(&rest, fminf(fminf(parts.list_height, most), rest.h));
  parts.answer = rest;
  return parts;
}

static void draw_text(const RenDockScene *scene, RenRect rect, RenTextShape shape) {
  shape.ellipsis = true;
  ren_frame_text(scene->paint.frame, REN_NO_ID, rect, shape);
}

static RenRect centred(RenRect rect, float height) {
  return (RenRect){rect.x, rect.y + floorf((rect.h - height) / 2), rect.w, height};
}

static void draw_heading(const RenDockScene *scene, RenRect rect) {
  ren_rect_cut_left(&rect, REN_DOCK_PAD);
  ren_rect_cut_right(&rect, REN_PAD);
  RenRect fold = centred(ren_rect_cut_right(&rect, REN_DOCK_BUTTON), REN_DOCK_BUTTON);
  ren_rect_cut_right(&rect, REN_GRID);
  RenRect add = centred(ren_rect_cut_right(&rect, REN_DOCK_NEW_WIDTH), REN_DOCK_BUTTON);
  draw_text(scene, rect,
            (RenTextShape){.text = "Probes",
                           .font = REN_SANS_BOLD,
                           .size = REN_TEXT_CONTROL,
                           .align = REN_LEFT,
                           .color = scene->paint.theme->text});
  ren_widget_button(&scene->paint, new_id, add, ren_dock_look(scene, new_id), "+ New");
  ren_widget_button(&scene->paint, fold_id, fold, ren_dock_look(scene, fold_id), "‹");
}

static const char *base_of(const char *path) {
  const char *slash = path ? strrchr(path, '/') : NULL;
  return slash ? slash + 1 : path ? path : "";
}

/* One of the user's own says in which file it is. */
static const char *title_of(const RenDockScene *scene, const RenProbe *probe) {
  const char *name = probe->name ? probe->name : probe->id;
  return probe->own ? ren_frame_format(scene->paint.frame, "%s (%s)", name, base_of(probe->path)) : name;
}

static void draw_probe(const RenDockScene *scene, const RenProbe *probe, RenRect row) {
  const RenTheme *theme = scene->paint.theme;
  RenFrame *frame = scene->paint.frame;
  RenId id = ren_dock_probe_id(probe);
  bool active = strcmp(probe->id, scene->state->probe) == 0;
  RenLook look = ren_dock_look(scene, id);
  RenRect box = {row.x + REN_GRID, row.y + 1, row.w - 2 * REN_GRID, row.h - 2}, edge = box;
  ren_frame_area(frame, id, row);
  ren_frame_name(frame, id, probe->id);
  if (active || look.hover)
    ren_frame_box(frame, REN_NO_ID, box, (RenRectShape){.fill = theme->raised, .radius = REN_CORNER});
  if (active) ren_frame_fill(frame, REN_NO_ID, ren_rect_cut_left(&edge, REN_PINNED), theme->accent);
  RenColor ink = probe->error ? theme->error : active || look.hover ? theme->text : theme->muted;
  ren_rect_cut_left(&row, REN_DOCK_PAD + REN_GRID);
  ren_rect_cut_right(&row, REN_PAD);
  const char *title = title_of(scene, probe);
  if (title)
    draw_text(
        scene, row,
        (RenTextShape){.text = title, .font = REN_SANS, .size = REN_TEXT_CONTROL, .align = REN_LEFT, .color = ink});
  ren_widget_ring(&scene->paint, ren_rect_inset(box, 2 * REN_RING), look);
}

static void draw_list(const RenDockScene *scene, const RenDockParts *parts) {
  RenRect list = parts->list;
  float scroll = ren_scroll_clamp(scene->dock->list_scroll, parts->list_height, list.h);
  ren_frame_push_clip(scene->paint.frame, list);
  RenRange rows = ren_scroll_rows(scene->dock->n, REN_DOCK_PROBE, scroll, list.h);
  for (int i = rows.first; i < rows.last; i++)
    draw_probe(scene, &scene->dock->probes[i],
               (RenRect){list.x, list.y + (float)(i * REN_DOCK_PROBE) - scroll, list.w, REN_DOCK_PROBE});
  ren_scroll_mark_y(scene->paint.frame, list, parts->list_height, scroll, scene->paint.theme->border);
  ren_frame_pop_clip(scene->paint.frame);
}

static void draw_answer(const RenDockScene *scene, const RenDockParts *parts) {
  RenRect area = parts->answer;
  float scroll = ren_scroll_clamp(scene->dock->answer_scroll, parts->answer_height, area.h);
  ren_frame_push_clip(scene->paint.frame, area);
  ren_dock_answer(scene, area, area.y - scroll, true);
  ren_scroll_mark_y(scene->paint.frame, area, parts->answer_height, scroll, scene->paint.theme->border);
  ren_frame_pop_clip(scene->paint.frame);
}

/* A title with how many heads pass, what is wrong, the field. */
static void draw_where(const RenDockScene *scene, RenRect rect) {
  static const RenId where_id = {REN_ID_WHERE, 0, 0, 0};
  const RenTheme *theme = scene->paint.theme;
  RenFrame *frame = scene->paint.frame;
  const RenPassing *passing = scene->state->passing;
  const char *error = scene->dock->where_error;
  ren_rect_cut_left(&rect, REN_DOCK_PAD);
  ren_rect_cut_right(&rect, REN_DOCK_PAD);
  ren_frame_fill(frame, REN_NO_ID, ren_rect_cut_top(&rect, 1), theme->border);
  ren_rect_cut_top(&rect, 3);
  RenRect title = ren_rect_cut_top(&rect, REN_LINE_SMALL);
  RenTextShape text = {.text = "Only heads where", .font = REN_SANS, .size = REN_TEXT_SMALL, .align = REN_LEFT};
  text.color = theme->muted;
  draw_text(scene, title, text);
  text.text =
      passing ? ren_frame_format(frame, "%d of %d", passing->n, passing->n_layers * passing->n_heads) : scene->note;
  text.align = REN_RIGHT;
  if (text.text) draw_text(scene, title, text);
  for (int i = 0; error && *error && i < REN_DOCK_DOC; i++) {
    RenRect line = ren_rect_cut_top(&rect, REN_LINE_SMALL);
    text = (RenTextShape){.text = ren_wrap_line(&scene->paint, REN_MONO, REN_TEXT_SMALL, &error, line.w),
                          .font = REN_MONO,
                          .size = REN_TEXT_SMALL,
                          .align = REN_LEFT,
                          .color = theme->error};
    if (text.text) draw_text(scene, line, text);
  }
  ren_widget_field(&scene->paint, where_id, ren_dock_where(scene->panel), ren_dock_look(scene, where_id),
                   scene->where, "previous > 0.5 and layer < 6", 0);
}

void ren_dock_draw(const RenDockScene *scene) {
  RenFrame *frame = scene->paint.frame;
  RenDockParts parts = ren_dock_lay(scene);
  RenRect edge = scene->panel;
  ren_frame_push_clip(frame, scene->panel);
  ren_frame_fill(frame, dock_id, scene->panel, scene->paint.theme->panel);
  draw_heading(scene, parts.heading);
  draw_list(scene, &parts);
  if (scene->state->probe[0]) draw_answer(scene, &parts);
  draw_where(scene, parts.where);
  ren_frame_fill(frame, REN_NO_ID, ren_rect_cut_right(&edge, 1), scene->paint.theme->border);
  ren_frame_pop_clip(frame);
}
