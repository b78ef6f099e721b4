/* Column by column, so that the column being worked on stays in the nearest cache; for some columns at a
 * time the lines that touch them at all are listed first. A steep line covers many pixels of a column
 * wholly: it multiplies runs of RUN pixels at once, which are multiplied into their pixels at the end. The
 * inner loop exists once and is compiled for several instruction sets: it only adds and multiplies, each
 * operation rounded on its own, so all of them give the same bits. HEADSCOPE_SIMD=scalar, avx2 or avx512 forces
 * one. */
#include "render/columns.h"

#include <stdlib.h>
#include <string.h>

enum { LISTED = 16, RUN = 4 };

typedef void (*Accumulate)(const RenStrokes *strokes, const uint32_t *active, size_t n_active, float x, int rows,
                           RenLanes *column);

struct RenColumns {
  Accumulate accumulate;
  RenLanes *column;
  size_t n_rows;
  uint32_t *active;
  size_t n_active;
};

/* --- the inner loop */

#define INLINE static inline __attribute__((always_inline))

/* A column in the making: its pixels, and one factor for every RUN of them. */
typedef struct Making {
  RenLanes *pixels, *runs;
} Making;

/* Multiplies the pixels from … to. */
INLINE void dim(Making column, int from, int to, const RenLanes *factor) {
  int first = (from + RUN - 1) / RUN, last = to / RUN;
  int head = first < last ? first * RUN : to, tail = first < last ? last * RUN : to;
  for (int k = from; k < head; k++) column.pixels[k] *= *factor;
  for (int k = first; k < last; k++) column.runs[k] *= *factor;
  for (int k = tail; k < to; k++) column.pixels[k] *= *factor;
}

/* One line over the rows from … to. */
INLINE void cover(Making column, float from, float to, const RenLanes *opacity) {
  int first = (int)from, last = (int)to;
  RenLanes *top = &column.pixels[first], *bottom = &column.pixels[last], rest = 1 - *opacity;
  if (first == last) {
    *top -= *top * (*opacity * (to - from));
    return;
  }
  *top -= *top * (*opacity * ((float)(first + 1) - from));
  dim(column, first + 1, last, &rest);
  *bottom -= *bottom * (*opacity * (to - (float)last));
}

/* The coverage of a pixel by a line is the height of the line, cut at the pixel, in the pixel's middle. */
INLINE void accumulate(const RenStrokes *strokes, const uint32_t *active, size_t n_active, float x, int rows,
                       RenLanes *pixels) {
  Making column = {pixels, pixels + rows + 1};
  float bottom = (float)rows;
  for (size_t i = 0; i < n_active; i++) {
    const RenStroke *stroke = &strokes->strokes[active[i]];
    float middle = stroke->y + stroke->slope * x, from = middle - stroke->half, to = middle + stroke->half;
    from = from > 0 ? from : 0;
    to = to < bottom ? to : bottom;
    if (to > from) cover(column, from, to, &strokes->opacities[active[i]]);
  }
  for (int k = 0; k < rows; k++) pixels[k] *= column.runs[k / RUN];
}

#define VARIANT(name, target)                                                                                      \
  target static void name(const RenStrokes *strokes, const uint32_t *active, size_t n_active, float x, int rows,   \
                          RenLanes *column) {                                                                      \
    accumulate(strokes, active, n_active, x, rows, column);                                                        \
  }

VARIANT(accumulate_scalar, )
#if defined(__x86_64__) && defined(__GNUC__)
VARIANT(accumulate_avx2, __attribute__((target("avx2"))))
VARIANT(accumulate_avx512, __attribute__((target("avx512f"))))
static bool has_avx2(void) { return __builtin_cpu_supports("avx2"); }
static bool has_avx512(void) { return __builtin_cpu_supports("avx512f"); }
#endif
static bool always(void) { return true; }

typedef struct Variant {
  const char *name;
  bool (*available)(void);
  Accumulate accumulate;
} Variant;

static const Variant variants[] = {
/* the best first */
#if defined(__x86_64__) && defined(__GNUC__)
    {"avx512", has_avx512, accumulate_avx512},
    {"avx2", has_avx2, accumulate_avx2},
#endif
    {"scalar", always, accumulate_scalar},
};

/* The best one, or the one that is asked for if this processor has it. */
static Accumulate choose(const char *wanted) {
  Accumulate best = NULL;
  for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
    if (!variants[i].available()) continue;
    if (!best) best = variants[i].accumulate;
    if (wanted && strcmp(wanted, variants[i].name) == 0) return variants[i].accumulate;
  }
  return best;
}

/* --- lists of lines */

static bool grow(RenStrokes *strokes) {
  size_t capacity = strokes->capacity ? 2 * strokes->capacity : 4096;
  RenStroke *grown = realloc(strokes->strokes, capacity * sizeof *grown);
  if (grown) strokes->strokes = grown;
  RenLanes *opacities = grown ? aligned_alloc(sizeof *opacities, capacity * sizeof *opacities) : NULL;
  if (!opacities) return false;
  if (strokes->n) memcpy(opacities, strokes->opacities, strokes->n * sizeof *opacities);
  free(strokes->opacities);
  strokes->opacities = opacities;
  strokes->capacity = capacity;
  return true;
}

bool ren_strokes_push(RenStrokes *strokes, RenStroke stroke, const RenLanes *opacities) {
  if (strokes->n == strokes->capacity && !grow(strokes)) return false;
  strokes->strokes[strokes->n] = stroke;
  strokes->opacities[strokes->n++] = *opacities;
  return true;
}

void ren_strokes_free(RenStrokes *strokes) {
  free(strokes->strokes);
  free(strokes->opacities);
  *strokes = (RenStrokes){0};
}

/* --- columns */

RenColumns *ren_columns_new(void) {
  RenColumns *columns = calloc(1, sizeof *columns);
  if (columns) columns->accumulate = choose(getenv("HEADSCOPE_SIMD"));
  return columns;
}

void ren_columns_free(RenColumns *columns) {
  if (!columns) return;
  free(columns->column);
  free(columns->active);
  free(columns);
}

static bool reserve(RenColumns *columns, size_t n_rows, size_t n_strokes) {
  if (n_rows > columns->n_rows) {
    free(columns->column);
    columns->column = aligned_alloc(sizeof(RenLanes), n_rows * sizeof(RenLanes));
    columns->n_rows = columns->column ? n_rows : 0;
  }
  if (n_strokes > columns->n_active) {
    free(columns->active);
    columns->active = malloc(n_strokes * sizeof *columns->active);
    columns->n_active = columns->active ? n_strokes : 0;
  }
  return columns->n_rows >= n_rows && columns->n_active >= n_strokes;
}

static bool touches(const RenStroke *stroke, float x0, float x1, float rows) {
  float y0 = stroke->y + stroke->slope * x0, y1 = stroke->y + stroke->slope * x1;
  float least = y0 < y1 ? y0 : y1, most = y0 < y1 ? y1 : y0;
  return most + stroke->half > 0 && least - stroke->half < rows;
}

/* The lines that touch the columns from … to. */
static size_t list_active(const RenColumns *columns, const RenStrokes *strokes, int from, int to, int rows) {
  size_t n = 0;
  for (size_t i = 0; i < strokes->n; i++) {
    columns->active[n] = (uint32_t)i;
    n += touches(&strokes->strokes[i], (float)from, (float)to, (float)rows);
  }
  return n;
}

static void clear(RenLanes *column, size_t n) {
  const RenLanes one = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  for (size_t i = 0; i < n; i++) column[i] = one;
}

bool ren_columns_draw(RenColumns *columns, const RenStrokes *strokes, int from, int to, int rows,
                      RenColumnTaker take, void *context) {
  /* One pixel more than rows, for lines that end on the lower edge, then the runs. */
  size_t n_rows = (size_t)rows + 1 + (size_t)rows / RUN + 1;
  if (!reserve(columns, n_rows, strokes->n + 1)) return false;
  for (int block = from; block < to; block += LISTED) {
    int end = block + LISTED < to ? block + LISTED : to;
    size_t n = list_active(columns, strokes, block, end, rows);
    for (int x = block; n > 0 && x < end; x++) {
      clear(columns->column, n_rows);
      columns->accumulate(strokes, columns->active, n, (float)x + 0.5F, rows, columns->column);
      take(context, x, columns->column);
    }
  }
  return true;
}
