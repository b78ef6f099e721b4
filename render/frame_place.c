/* Which element is at a point of a frame, and where an element is. What was drawn last lies on top. A grid is one
 * command that stands for many elements: which of them, and where it is, follows from its rows and columns. */
#include "render/frame.h"

static bool is_grid(const RenCommand *command) { return command->kind == REN_AREA && command->grid.rows > 0; }

/* Which of n equal parts of a side `at` is in. */
static int part_at(float at, float from, float length, int n) {
  int part = (int)((at - from) / length * (float)n);
  return part < 0 ? 0 : part < n ? part : n - 1;
}

static RenId id_at(const RenCommand *command, RenPoint point) {
  RenId id = command->id;
  if (!is_grid(command)) return id;
  int i = part_at(point.y, command->rect.y, command->rect.h, command->grid.rows);
  int j = part_at(point.x, command->rect.x, command->rect.w, command->grid.columns);
  bool one = ren_id_numbers(id.kind) == 1;
  id.a += one ? i + j : i;
  id.b += one ? 0 : j;
  return id;
}

/* Where the grid has the id; false when nowhere. */
static bool cell_of(const RenCommand *command, RenId id, RenRect *out) {
  RenGridShape grid = command->grid;
  int i = id.a - command->id.a, j = id.b - command->id.b;
  if (ren_id_numbers(id.kind) == 1 && grid.rows == 1) j = i, i = 0;
  if (i < 0 || j < 0 || i >= grid.rows || j >= grid.columns || id.c != command->id.c) return false;
  RenRect all = command->rect;
  float w = all.w / (float)grid.columns, h = all.h / (float)grid.rows;
  *out = (RenRect){all.x + (float)j * w, all.y + (float)i * h, w, h};
  return true;
}

/* Whether the command shows the element, and where. */
static bool place_of(const RenCommand *command, RenElement element, RenRect *out) {
  RenId id = element.id;
  if (command->id.kind != id.kind || command->right != element.right) return false;
  if (is_grid(command)) return cell_of(command, id, out);
  *out = command->rect;
  return ren_id_equal(command->id, id);
}

RenElement ren_frame_element(const RenFrame *frame, RenPoint point) {
  for (size_t i = ren_frame_count(frame); i-- > 0;) {
    const RenCommand *command = ren_frame_at(frame, i);
    if (command->id.kind == REN_ID_NONE || command->id.kind == REN_ID_PREVIEW) continue;
    if (ren_rect_contains(command->rect, point) && ren_rect_contains(command->clip, point))
      return (RenElement){id_at(command, point), command->right};
  }
  return (RenElement){REN_NO_ID, false};
}

RenId ren_frame_hit(const RenFrame *frame, RenPoint point) { return ren_frame_element(frame, point).id; }

/* What `cover` leaves of `rect`: the largest of the strips around it. */
static RenRect beside(RenRect rect, RenRect cover) {
  RenRect hidden = ren_rect_intersect(rect, cover), best = {0};
  if (ren_rect_empty(hidden)) return rect;
  float right = hidden.x + hidden.w, below = hidden.y + hidden.h;
  const RenRect strips[] = {{rect.x, rect.y, hidden.x - rect.x, rect.h},
                            {right, rect.y, rect.x + rect.w - right, rect.h},
                            {rect.x, rect.y, rect.w, hidden.y - rect.y},
                            {rect.x, below, rect.w, rect.y + rect.h - below}};
  for (size_t i = 0; i < sizeof strips / sizeof strips[0]; i++)
    if (strips[i].w * strips[i].h > best.w * best.h) best = strips[i];
  return best;
}

/* Only a panel lies over what it does not belong to. */
static RenRect uncovered(const RenFrame *frame, size_t from, RenElement element, RenRect rect) {
  for (size_t i = from; element.id.kind == REN_ID_THUMB && i < ren_frame_count(frame); i++) {
    const RenCommand *command = ren_frame_at(frame, i);
    if (command->id.kind == REN_ID_PANEL && command->right == element.right)
      rect = beside(rect, ren_rect_intersect(command->rect, command->clip));
  }
  return rect;
}

bool ren_frame_place(const RenFrame *frame, RenElement element, RenRect *visible) {
  for (size_t i = ren_frame_count(frame); i-- > 0;) {
    const RenCommand *command = ren_frame_at(frame, i);
    RenRect place;
    if (element.id.kind == REN_ID_NONE || !place_of(command, element, &place)) continue;
    *visible = uncovered(frame, i + 1, element, ren_rect_intersect(place, command->clip));
    return !ren_rect_empty(*visible);
  }
  return false;
}

bool ren_frame_find(const RenFrame *frame, RenId id, RenRect *visible) {
  return ren_frame_place(frame, (RenElement){id, false}, visible);
}
