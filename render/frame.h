/* A frame: the list of draw commands that a view makes, in one arena. It is all that anyone downstream
 * knows: the rasteriser, PNG, golden tests and hit testing read the same list.
 *
 * Coordinates are logical pixels. Commands later in the list cover earlier ones. A command may carry an
 * id; what the mouse points at is the last command with an id whose visible part contains the point. */
#ifndef RENDER_FRAME_H
#define RENDER_FRAME_H

#include "engine/tensor.h"
#include "render/geometry.h"
#include "render/id.h"
#include "render/theme.h"

#include <stdint.h>
#include <stdio.h>

typedef enum RenFont { REN_SANS, REN_SANS_BOLD, REN_MONO } RenFont;
typedef enum RenAlign { REN_LEFT, REN_CENTER, REN_RIGHT } RenAlign;
typedef enum RenRamp { REN_RAMP_LINEAR, REN_RAMP_SQRT, REN_RAMP_TANH4 } RenRamp; /* TANH4: tanh(|v| / 4) */

const char *ren_ramp_name(RenRamp ramp); /* "linear", "sqrt", "tanh4" */

typedef enum RenCommandKind {
  REN_CLIP, /* everything after it, until the next one, is cut to `rect` */
  REN_AREA, /* invisible: only an id and a rectangle, or a grid of them */
  REN_RECT,
  REN_LINE,
  REN_TEXT,
  REN_CELLS,    /* one strip of n cells, one value each */
  REN_HEATMAP,  /* rows x columns */
  REN_ATTENTION /* lines of one or more heads */
} RenCommandKind;

typedef struct RenRectShape {
  RenColor fill, stroke; /* alpha 0: none */
  float stroke_width;    /* inside the rectangle */
  float radius;
} RenRectShape;

typedef struct RenLineShape {
  RenPoint from, to;
  float width;
  RenColor color;
} RenLineShape;

/* One run of text, shaped and measured as a whole. `rect` is the box it is set in: aligned in x, centred
 * in y; with `ellipsis` it is shortened to fit, otherwise it is only clipped by the clip. A turned run reads
 * upwards: what is said of x then goes for y from the bottom up. */
typedef struct RenTextShape {
  const char *text; /* UTF-8 without newlines, in the frame's arena */
  RenFont font;
  int size; /* logical pixels */
  RenAlign align;
  RenColor color;
  bool ellipsis, turned;
} RenTextShape;

/* Elements of equal size that touch, row by row, in one command: cell (i, j) has the command's id with i added
 * to its first number and j to its second; an id with one number, for a single row or column, gets i + j. */
typedef struct RenGridShape {
  int rows, columns; /* 0: the area is one element */
} RenGridShape;

/* Signed or unsigned values as coloured cells over what is already drawn: colour by sign, opacity by the
 * ramp of the magnitude. For cells `values` has rank 1, for a heat map [rows, columns]. */
typedef struct RenValuesShape {
  EngTensor values;
  RenColor positive, negative;
  RenColor ground; /* under each cell; alpha 0: what is there already */
  RenRamp ramp;
  float gap;           /* between cells */
  float threshold;     /* magnitudes below it are not drawn */
  float gain;          /* of magnitudes, before the ramp; 0: 1 */
  const uint8_t *skip; /* (columns): as for attention */
  EngTensor coarse;    /* the values made smaller (engine/coarse.h); without data where they are not known */
  bool lower;          /* values above the diagonal are 0 and not read: the picture is the same */
  bool pooled;         /* where several cells fall into a pixel the one of largest size shows, not their mean */
  uint64_t version;    /* of the values, for a cache; 0: they may change at any time */
} RenValuesShape;

/* One head's lines. */
typedef struct RenPlane {
  RenPoint origin; /* of this plane; all geometry below is relative to it */
  RenColor color;
  EngTensor weights; /* (rows, columns), read when the frame is drawn; must outlive it */
  float gain;        /* opacity = min(1, weight * gain); below 0: of what is below 0 */
} RenPlane;

/* Straight lines from row i at (0, left_y + i * left_pitch) to column j at (width, right_y + j *
 * right_pitch), with exact vertical coverage and their ends cut square; per plane and pixel the transmittance
 * is multiplied by (1 - opacity * coverage), so the order of lines does not matter; planes are composited in
 * order. A plane stands on a whole device pixel. */
typedef struct RenAttentionShape {
  float width, height; /* what is outside 0 … width, 0 … height of a plane is cut */
  float left_y, left_pitch, right_y, right_pitch;
  float thickness;
  float threshold;                         /* weights below it are not drawn */
  int only_row, only_column;               /* -1: all */
  const uint8_t *only_rows, *only_columns; /* (rows), (columns): only those with a non-zero byte are drawn; as
                                              `skip` is kept and written */
  const uint8_t *skip; /* (columns): columns with a non-zero byte are not drawn; in the frame's arena, NULL
                          for none; written as the list of their indices */
  bool binned;         /* tokens may be summed to pixel rows: mean over rows, sum over columns */
  bool lower;          /* as of values: weights above the diagonal are 0 and not read */
  uint64_t version;    /* eng_source_serial: what a cache keys on beside the fields here */
  int n_planes;
  RenPlane *planes; /* in the frame's arena */
} RenAttentionShape;

typedef struct RenCommand {
  RenCommandKind kind;
  RenId id;
  bool right;   /* of the right one of two views */
  RenRect rect; /* of a line: its bounding box; of attention: the union of its planes */
  RenRect clip; /* in force for this command: filled by the frame */
  union {
    RenGridShape grid;
    RenRectShape box;
    RenLineShape line;
    RenTextShape text;
    RenValuesShape values;
    RenAttentionShape attention;
  };
} RenCommand;

typedef struct RenFrame RenFrame;

RenFrame *ren_frame_new(void); /* NULL when memory is short */
void ren_frame_free(RenFrame *frame);

/* Empties the list, keeps the memory, sets the clip to the whole size. */
void ren_frame_begin(RenFrame *frame, float width, float height);
/* True when a push ran out of memory since begin: the frame is incomplete and must not be shown. */
bool ren_frame_failed(const RenFrame *frame);

float ren_frame_width(const RenFrame *frame);
float ren_frame_height(const RenFrame *frame);
size_t ren_frame_count(const RenFrame *frame);
size_t ren_frame_bytes(const RenFrame *frame); /* of its arena and its list */
const RenCommand *ren_frame_at(const RenFrame *frame, size_t i);

/* Memory that lives until the next begin; NULL (and failed) when short. */
void *ren_frame_alloc(RenFrame *frame, size_t bytes);
const char *ren_frame_format(RenFrame *frame, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* With so many decimals, where it is too large for that in four digits; what is no number as NaN. A change has its
 * sign. Never NULL. */
const char *ren_frame_number(RenFrame *frame, double number, int decimals);
const char *ren_frame_change(RenFrame *frame, double number, int decimals);

void ren_frame_push_clip(RenFrame *frame, RenRect rect); /* the intersection with the clip in force */
void ren_frame_pop_clip(RenFrame *frame);

/* Elements from here on belong to the right one of two views, or to the left one and everything around them. */
void ren_frame_side(RenFrame *frame, bool right);

/* What a named element is called, until the next begin. Copies the name. */
void ren_frame_name(RenFrame *frame, RenId id, const char *name);
/* As ren_element_format, with the names that the frame knows. */
void ren_frame_format_element(const RenFrame *frame, RenElement element, char *out, size_t size);

/* Takes the fill from boxes of the view's background: what is drawn then stands on nothing. */
void ren_frame_clear_background(RenFrame *frame);

void ren_frame_area(RenFrame *frame, RenId id, RenRect rect);
void ren_frame_grid(RenFrame *frame, RenId first, RenRect rect, int rows, int columns); /* an area of many ids */
void ren_frame_box(RenFrame *frame, RenId id, RenRect rect, RenRectShape shape);
void ren_frame_fill(RenFrame *frame, RenId id, RenRect rect, RenColor fill); /* a plain filled box */
void ren_frame_line(RenFrame *frame, RenPoint from, RenPoint to, float width, RenColor color);
/* Copies the text. */
void ren_frame_text(RenFrame *frame, RenId id, RenRect rect, RenTextShape shape);
void ren_frame_cells(RenFrame *frame, RenId id, RenRect rect, RenValuesShape shape);
void ren_frame_heatmap(RenFrame *frame, RenId id, RenRect rect, RenValuesShape shape);
/* Copies the planes. */
void ren_frame_attention(RenFrame *frame, RenId id, RenAttentionShape shape);

/* What the point is on: the last command with an id whose rect cut by its clip contains it. */
RenElement ren_frame_element(const RenFrame *frame, RenPoint point);
RenId ren_frame_hit(const RenFrame *frame, RenPoint point); /* without its side */
/* The visible part of the last command with this id; false when there is none or nothing shows. */
bool ren_frame_place(const RenFrame *frame, RenElement element, RenRect *visible);
bool ren_frame_find(const RenFrame *frame, RenId id, RenRect *visible); /* not of a right view */

/* One JSON object a line and command, keys in a fixed order, numbers with up to 3 decimals; tensors as
 * shape and xxh3 of their values in C order. The golden tests compare these lines. */
bool ren_frame_write(const RenFrame *frame, FILE *file);
char *ren_frame_json(const RenFrame *frame); /* the same lines as one malloc'ed string; NULL when short */

#endif
