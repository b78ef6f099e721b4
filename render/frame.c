/* The list lives in an arena; an array of pointers gives it an order. Clips nest as a linked list in the
 * same arena, and every command carries the clip that was in force when it was pushed, so that nobody
 * downstream has to keep a stack. Running out of memory is remembered, and said once, at the end. */
#include "render/frame.h"

#include "render/arena.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct Clip {
  RenRect rect;
  const struct Clip *outer;
} Clip;

/* What a named element is called. */
typedef struct Name {
  RenId id;
  const char *name;
  const struct Name *next;
} Name;

struct RenFrame {
  RenArena arena;
  RenCommand **commands;
  size_t n_commands, capacity;
  Clip whole;
  const Clip *clip;
  const Name *names;
  bool right, failed;
};

RenFrame *ren_frame_new(void) {
  RenFrame *frame = calloc(1, sizeof *frame);
  if (frame) ren_frame_begin(frame, 0, 0);
  return frame;
}

void ren_frame_free(RenFrame *frame) {
  if (!frame) return;
  ren_arena_free(&frame->arena);
  free(frame->commands);
  free(frame);
}

void ren_frame_begin(RenFrame *frame, float width, float height) {
  ren_arena_reset(&frame->arena);
  frame->n_commands = 0;
  frame->names = NULL;
  frame->right = frame->failed = false;
  frame->whole = (Clip){{0, 0, width, height}, NULL};
  frame->clip = &frame->whole;
}

bool ren_frame_failed(const RenFrame *frame) { return frame->failed; }
float ren_frame_width(const RenFrame *frame) { return frame->whole.rect.w; }
float ren_frame_height(const RenFrame *frame) { return frame->whole.rect.h; }
size_t ren_frame_count(const RenFrame *frame) { return frame->n_commands; }
size_t ren_frame_bytes(const RenFrame *frame) {
  return ren_arena_bytes(&frame->arena) + frame->capacity * sizeof *frame->commands;
}
const RenCommand *ren_frame_at(const RenFrame *frame, size_t i) { return frame->commands[i]; }

void *ren_frame_alloc(RenFrame *frame, size_t bytes) {
  void *memory = ren_arena_alloc(&frame->arena, bytes);
  if (!memory) frame->failed = true;
  return memory;
}

const char *ren_frame_format(RenFrame *frame, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int length = vsnprintf(NULL, 0, format, args);
  char *text = length < 0 ? NULL : ren_frame_alloc(frame, (size_t)length + 1);
  if (text) vsnprintf(text, (size_t)length + 1, format, again);
  va_end(again);
  va_end(args);
  return text;
}

enum { LARGE = 1000000 }; /* has more digits than a row or a tooltip has room for */

static const char *number_text(RenFrame *frame, double number, int decimals, bool sign) {
  if (isnan(number)) return "NaN";
  const char *text = fabs(number) < LARGE ? ren_frame_format(frame, sign ? "%+.*f" : "%.*f", decimals, number)
                                          : ren_frame_format(frame, sign ? "%+.4g" : "%.4g", number);
  return text ? text : "";
}

const char *ren_frame_number(RenFrame *frame, double number, int decimals) {
  return number_text(frame, number, decimals, false);
}

const char *ren_frame_change(RenFrame *frame, double number, int decimals) {
  return number_text(frame, number, decimals, true);
}

static bool reserve(RenFrame *frame) {
  if (frame->n_commands < frame->capacity) return true;
  size_t capacity = frame->capacity ? 2 * frame->capacity : 256;
  RenCommand **commands = realloc(frame->commands, capacity * sizeof(RenCommand *));
  if (!commands) return false;
  frame->commands = commands;
  frame->capacity = capacity;
  return true;
}

/* The next command with what all kinds share; NULL (and failed) when memory is short. */
static RenCommand *push(RenFrame *frame, RenCommandKind kind, RenId id, RenRect rect) {
  RenCommand *command = ren_frame_alloc(frame, sizeof *command);
  if (!command || !reserve(frame)) {
    frame->failed = true;
    return NULL;
  }
  memset(command, 0, sizeof *command);
  command->kind = kind;
  command->id = id;
  command->right = frame->right;
  command->rect = rect;
  command->clip = frame->clip->rect;
  frame->commands[frame->n_commands++] = command;
  return command;
}

static void enter_clip(RenFrame *frame, const Clip *clip) {
  frame->clip = clip;
  push(frame, REN_CLIP, REN_NO_ID, clip->rect);
}

void ren_frame_push_clip(RenFrame *frame, RenRect rect) {
  Clip *clip = ren_frame_alloc(frame, sizeof *clip);
  if (!clip) return;
  *clip = (Clip){ren_rect_intersect(frame->clip->rect, rect), frame->clip};
  enter_clip(frame, clip);
}

void ren_frame_pop_clip(RenFrame *frame) {
  if (frame->clip->outer) enter_clip(frame, frame->clip->outer);
}

void ren_frame_name(RenFrame *frame, RenId id, const char *name) {
  Name *entry = ren_frame_alloc(frame, sizeof *entry);
  const char *copy = ren_frame_format(frame, "%s", name);
  if (!entry || !copy) return;
  *entry = (Name){id, copy, frame->names};
  frame->names = entry;
}

void ren_frame_format_element(const RenFrame *frame, RenElement element, char *out, size_t size) {
  const Name *name = frame->names;
  while (name && !ren_id_equal(name->id, element.id)) name = name->next;
  ren_element_format(element, out, size);
  char *number = name ? strchr(out, '#') : NULL;
  if (number) snprintf(number, size - (size_t)(number - out), "%s", name->name);
}

void ren_frame_side(RenFrame *frame, bool right) { frame->right = right; }

void ren_frame_clear_background(RenFrame *frame) {
  for (size_t i = 0; i < frame->n_commands; i++) {
    RenCommand *command = frame->commands[i];
    if (command->kind == REN_RECT && command->id.kind == REN_ID_VIEW) command->box.fill.a = 0;
  }
}

void ren_frame_area(RenFrame *frame, RenId id, RenRect rect) { push(frame, REN_AREA, id, rect); }

void ren_frame_grid(RenFrame *frame, RenId first, RenRect rect, int rows, int columns) {
  RenCommand *command = rows > 0 && columns > 0 ? push(frame, REN_AREA, first, rect) : NULL;
  if (command) command->grid = (RenGridShape){rows, columns};
}

void ren_frame_box(RenFrame *frame, RenId id, RenRect rect, RenRectShape shape) {
  RenCommand *command = push(frame, REN_RECT, id, rect);
  if (command) command->box = shape;
}

void ren_frame_fill(RenFrame *frame, RenId id, RenRect rect, RenColor fill) {
  ren_frame_box(frame, id, rect, (RenRectShape){.fill = fill});
}

void ren_frame_line(RenFrame *frame, RenPoint from, RenPoint to, float width, RenColor color) {
  float half = width / 2;
  RenRect box = {fminf(from.x, to.x) - half, fminf(from.y, to.y) - half, fabsf(to.x - from.x) + width,
                 fabsf(to.y - from.y) + width};
  RenCommand *command = push(frame, REN_LINE, REN_NO_ID, box);
  if (command) command->line = (RenLineShape){from, to, width, color};
}

void ren_frame_text(RenFrame *frame, RenId id, RenRect rect, RenTextShape shape) {
  const char *copy = ren_frame_format(frame, "%s", shape.text ? shape.text : "");
  RenCommand *command = copy ? push(frame, REN_TEXT, id, rect) : NULL;
  if (!command) return;
  command->text = shape;
  command->text.text = copy;
}

static void push_values(RenFrame *frame, RenCommandKind kind, RenId id, RenRect rect, RenValuesShape shape) {
  RenCommand *command = push(frame, kind, id, rect);
  if (command) command->values = shape;
}

void ren_frame_cells(RenFrame *frame, RenId id, RenRect rect, RenValuesShape shape) {
  push_values(frame, REN_CELLS, id, rect, shape);
}

void ren_frame_heatmap(RenFrame *frame, RenId id, RenRect rect, RenValuesShape shape) {
  push_values(frame, REN_HEATMAP, id, rect, shape);
}

static RenRect around_planes(const RenAttentionShape *shape) {
  float left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
  for (int i = 0; i < shape->n_planes; i++) {
    RenPoint origin = shape->planes[i].origin;
    left = fminf(left, origin.x);
    top = fminf(top, origin.y);
    right = fmaxf(right, origin.x + shape->width);
    bottom = fmaxf(bottom, origin.y + shape->height);
  }
  return (RenRect){left, top, right - left, bottom - top};
}

void ren_frame_attention(RenFrame *frame, RenId id, RenAttentionShape shape) {
  if (shape.n_planes <= 0) return;
  size_t bytes = (size_t)shape.n_planes * sizeof *shape.planes;
  RenPlane *planes = ren_frame_alloc(frame, bytes);
  RenCommand *command = planes ? push(frame, REN_ATTENTION, id, around_planes(&shape)) : NULL;
  if (!command) return;
  memcpy(planes, shape.planes, bytes);
  command->attention = shape;
  command->attention.planes = planes;
}
