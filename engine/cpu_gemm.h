/* Matrix products for one vector level: see cpu_vec.h.
 *
 * C is computed in tiles of TILE_ROWS x 3 vectors that stay in registers while k runs over a block of
 * DEPTH. Before, the rows of A are copied to a fixed stride (so that one register addresses them all) and a
 * panel of B, three vectors wide, is packed: it fits in the nearest caches and is used by every row of A.
 * Meanwhile the next panel is fetched ahead, since weights come from far away. Panels of weights that are used
 * again and again stay packed: see panels.h. */
#ifndef ENGINE_CPU_GEMM_H
#define ENGINE_CPU_GEMM_H

#include "engine/cpu_vec.h"
#include "engine/gemm.h"

enum { DEPTH = 384, A_STRIDE = 400, VECTORS = 3, PANEL_MAX = VECTORS * CPU_LANES };
enum { ROWS_MAX = CPU_LANES == 16 ? 512 : 192 }; /* processors with AVX-512 have twice the second cache, and more */
_Static_assert((size_t)ROWS_MAX *A_STRIDE + (size_t)DEPTH * PANEL_MAX <= ENG_GEMM_SCRATCH, "scratch too small");

typedef struct Tile {
  size_t k;
  const float *a;      /* (rows, A_STRIDE) */
  const float *b;      /* (k, vectors) packed */
  float *c;            /* (rows, columns) */
  size_t ldc, columns; /* columns may end inside the last vector */
  float alpha;
  const float *bias;
  bool add;
  const char *ahead; /* memory to fetch meanwhile: `ahead_rows` rows for every 8 steps of k */
  size_t ahead_rows, ahead_stride;
} Tile;

INLINE void fetch_ahead(const Tile *t, const char **ahead) {
  for (size_t i = 0; i < t->ahead_rows; i++, *ahead += t->ahead_stride)
    for (size_t line = 0; line < sizeof(Vec) * VECTORS; line += 64) __builtin_prefetch(*ahead + line, 0, 2);
}

INLINE void tile_step(int rows, int vectors, Vec acc[TILE_ROWS][VECTORS], const float *a, const float *b) {
  Vec x[VECTORS];
#pragma GCC unroll 3
  for (int j = 0; j < vectors; j++) x[j] = vec_load(b + j * CPU_LANES);
#pragma GCC unroll 8
  for (int i = 0; i < rows; i++) {
    Vec w = vec_splat(a[i * A_STRIDE]);
#pragma GCC unroll 3
    for (int j = 0; j < vectors; j++) acc[i][j] += w * x[j];
  }
}

INLINE void tile_store(const Tile *t, float *c, const float *bias, size_t n, Vec v) {
  bool whole = n >= CPU_LANES;
  v *= t->alpha;
  if (bias) v += whole ? vec_load(bias) : vec_load_part(bias, n, 0);
  if (t->add) v += whole ? vec_load(c) : vec_load_part(c, n, 0);
  if (whole)
    vec_store(c, v);
  else
    vec_store_part(c, n, v);
}

/* `rows` and `vectors` are constants where this is expanded: the loops unroll, acc lives in registers. */
INLINE void tile(int rows, int vectors, const Tile *t) {
  Vec acc[TILE_ROWS][VECTORS] = {{{0}}};
  const float *a = t->a, *b = t->b;
  const char *ahead = t->ahead;
  size_t p = 0, width = (size_t)vectors * CPU_LANES;
  for (int i = 0; i < rows; i++) /* where the sums will go */
    for (size_t j = 0; j < width; j += 16) __builtin_prefetch(t->c + (size_t)i * t->ldc + j, 1, 3);
  for (; p + 8 <= t->k; p += 8) {
    fetch_ahead(t, &ahead);
#pragma GCC unroll 2
    for (int q = 0; q < 8; q++, b += width) tile_step(rows, vectors, acc, a + q, b);
    a += 8;
  }
  for (; p < t->k; p++, a++, b += width) tile_step(rows, vectors, acc, a, b);
#pragma GCC unroll 8
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 3
    for (int j = 0; j < vectors; j++) {
      size_t at = (size_t)j * CPU_LANES;
      tile_store(t, t->c + (size_t)i * t->ldc + at, t->bias ? t->bias + at : NULL, t->columns - at, acc[i][j]);
    }
}

typedef void (*TileFunction)(const Tile *);
#define TILE(rows, vectors)                                                                                        \
  static void tile_##rows##_##vectors(const Tile *t) { tile(rows, vectors, t); }
#define TILES(rows) TILE(rows, 1) TILE(rows, 2) TILE(rows, 3)
#define NAMES(rows)                                                                                                \
  { tile_##rows##_1, tile_##rows##_2, tile_##rows##_3 }
TILES(1)
TILES(2)
TILES(3)
TILES(4)
#if TILE_ROWS == 8
TILES(5)
TILES(6)
TILES(7)
TILES(8)
#endif
static const TileFunction tiles[TILE_ROWS][VECTORS] = {
    NAMES(1), NAMES(2), NAMES(3), NAMES(4),
#if TILE_ROWS == 8
    NAMES(5), NAMES(6), NAMES(7), NAMES(8),
#endif
};

/* A panel of k rows and n columns of B (k, n), the last vector filled with zeros. */
static void pack_in_major(const float *b, size_t ldb, size_t k, size_t n, float *panel) {
  size_t whole = n / CPU_LANES, rest = n % CPU_LANES;
  for (size_t p = 0; p < k; p++, b += ldb) {
    for (size_t j = 0; j < whole; j++, panel += CPU_LANES) vec_store(panel, vec_load(b + j * CPU_LANES));
    if (!rest) continue;
    vec_store(panel, vec_load_part(b + whole * CPU_LANES, rest, 0));
    panel += CPU_LANES;
  }
}

/* Four columns of CPU_LANES rows of B (n, k), as four rows of a panel. Lane group l of r[i] holds row 4 l + i,
 * so that after the transposition the lanes are the rows in order. */
INLINE void transpose_columns(const float *b, size_t ldb, float *panel, size_t width) {
  Vec r[4];
#pragma GCC unroll 4
  for (size_t i = 0; i < 4; i++) r[i] = vec_fours(b + i * ldb, 4 * ldb);
  vec_transpose(r);
#pragma GCC unroll 4
  for (size_t i = 0; i < 4; i++) vec_store(panel + i * width, r[i]);
}

/* The same panel of B stored (n, k). */
static void pack_out_major(const float *b, size_t ldb, size_t k, size_t n, float *panel) {
  size_t width = (n + CPU_LANES - 1) / CPU_LANES * CPU_LANES, fours = k / 4 * 4, j = 0;
  for (; j + CPU_LANES <= n; j += CPU_LANES) {
    const float *rows = b + j * ldb;
    for (size_t p = 0; p < fours; p += 4) transpose_columns(rows + p, ldb, panel + p * width + j, width);
    for (size_t p = fours; p < k; p++)
      for (size_t i = 0; i < CPU_LANES; i++) panel[p * width + j + i] = rows[i * ldb + p];
  }
  if (j == n) return;
  for (size_t p = 0; p < k; p++)
    for (size_t i = j; i < width; i++) panel[p * width + i] = i < n ? b[i * ldb + p] : 0;
}

/* Three vectors at a time, but four left are two and two: single vectors keep the processor half idle. */
INLINE size_t panel_width(size_t left) {
  size_t vectors = (left + CPU_LANES - 1) / CPU_LANES;
  if (vectors == 4) return 2 * CPU_LANES;
  return vectors < VECTORS ? left : left < PANEL_MAX ? left : PANEL_MAX;
}

/* Where a panel of B is: rows [p, p + depth), columns [j, j + n). */
typedef struct Panel {
  size_t p, depth, j, n;
} Panel;

INLINE size_t whole_vectors(size_t n) { return (n + CPU_LANES - 1) / CPU_LANES * CPU_LANES; }

static void pack(const EngGemm *g, Panel at, float *panel) {
  if (g->out_major)
    pack_out_major(g->b + at.j * g->ldb + at.p, g->ldb, at.depth, at.n, panel);
  else
    pack_in_major(g->b + at.p * g->ldb + at.j, g->ldb, at.depth, at.n, panel);
}

/* Memory to fetch while a panel is multiplied: as many rows as it has. */
typedef struct Ahead {
  const float *rows; /* NULL: none */
  size_t stride;     /* floats */
} Ahead;

/* Rows of the next panel, `n` columns wide, that begin a page: each is touched now, so that the processor looks up
 * many at once. A fetch within a tile would wait for each lookup alone, which costs more than the memory itself. */
INLINE void visit_pages(const float *next, size_t ldb, size_t rows, size_t n) {
  enum { PAGE = 4096 };
  for (const float *last = next + n - 1; rows > 0; rows--, last += ldb)
    if ((uintptr_t)last % PAGE < n * sizeof *last) (void)*(const volatile float *)last;
}

/* What the next panel will be packed from: beside this one, or at the start of the next block of k. Only for B
 * (k, n), and where there are rows enough to fetch it meanwhile. */
INLINE Ahead ahead_in_matrix(const EngGemm *g, size_t m, Panel at) {
  size_t j = at.j + at.n, p = at.p;
  if (j >= g->n) j = 0, p += at.depth;
  if (g->out_major || m <= 3 * TILE_ROWS || p + at.depth > g->k) return (Ahead){0};
  Ahead next = {g->b + p * g->ldb + j, g->ldb};
  if (g->ldb > 1024) visit_pages(next.rows, g->ldb, at.depth, panel_width(g->n - j));
  return next;
}

/* One panel of C, for `m` packed rows of A. */
INLINE void multiply_panel(const EngGemm *g, const float *a, size_t m, float *c, Panel at, const float *panel,
                           Ahead next) {
  size_t vectors = whole_vectors(at.n) / CPU_LANES, blocks = (m + TILE_ROWS - 1) / TILE_ROWS;
  size_t step = (8 + blocks - 1) / blocks, fetched = 0;
  for (size_t i = 0; i < m; i += TILE_ROWS) {
    size_t rows = m - i < TILE_ROWS ? m - i : TILE_ROWS;
    Tile t = {.k = at.depth,
              .a = a + i * A_STRIDE,
              .b = panel,
              .c = c + i * g->ldc + at.j,
              .ldc = g->ldc,
              .columns = at.n,
              .alpha = g->alpha,
              .bias = at.p == 0 && g->bias ? g->bias + at.j : NULL,
              .add = g->add || at.p > 0};
    if (next.rows && fetched < at.depth) {
      t.ahead = (const char *)(next.rows + fetched * next.stride);
      t.ahead_rows = step;
      t.ahead_stride = next.stride * sizeof(float);
      fetched += step * (at.depth / 8);
    }
    tiles[rows - 1][vectors - 1](&t);
  }
}

/* Panels that stay with B, one after the other, and what this product may do with them. */
typedef struct Kept {
  float *data;
  EngPanelsUse use;
} Kept;

/* The panel, packed: into `scratch` unless it is kept. The one behind a kept panel is the next. */
INLINE const float *get_panel(const EngGemm *g, Kept kept, bool first, Panel at, float *scratch) {
  float *panel = kept.use ? kept.data + at.p * whole_vectors(g->n) + at.depth * at.j : scratch;
  if (!kept.use || (kept.use == ENG_PANELS_FILL && first)) pack(g, at, panel);
  return panel;
}

INLINE Ahead ahead(const EngGemm *g, Kept kept, size_t m, Panel at, const float *panel) {
  size_t width = whole_vectors(at.n);
  return kept.use == ENG_PANELS_READY ? (Ahead){panel + at.depth * width, width} : ahead_in_matrix(g, m, at);
}

/* Rows [i, i + m) of C for one block of k. */
INLINE bool multiply_rows(const EngGemm *g, Kept kept, size_t i, size_t m, Panel at, float *scratch,
                          const EngCancel *cancel) {
  float *rows = scratch, *spare = scratch + ROWS_MAX * A_STRIDE;
  for (size_t r = 0; r < m; r++)
    memcpy(rows + r * A_STRIDE, g->a + (i + r) * g->lda + at.p, at.depth * sizeof(float));
  for (; at.j < g->n; at.j += at.n) {
    if (eng_cancel_raised(cancel)) return false;
    at.n = panel_width(g->n - at.j);
    const float *panel = get_panel(g, kept, i == 0, at, spare);
    multiply_panel(g, rows, m, g->c + i * g->ldc, at, panel, ahead(g, kept, m, at, panel));
  }
  return true;
}

static bool multiply_blocks(const EngGemm *g, Kept kept, float *scratch, const EngCancel *cancel) {
  for (size_t p = 0; p < g->k; p += DEPTH)
    for (size_t i = 0; i < g->m; i += ROWS_MAX) {
      Panel at = {.p = p, .depth = g->k - p < DEPTH ? g->k - p : DEPTH};
      if (!multiply_rows(g, kept, i, g->m - i < ROWS_MAX ? g->m - i : ROWS_MAX, at, scratch, cancel)) return false;
    }
  return true;
}

/* The whole product from packed blocks; needs m > 1 to be worth it. */
static bool gemm_blocks(const EngGemm *g, float *scratch, const EngCancel *cancel) {
  Kept kept = {g->panels ? g->panels->data : NULL, eng_panels_use(g->panels, CPU_LANES)};
  bool done = multiply_blocks(g, kept, scratch, cancel);
  if (kept.use == ENG_PANELS_FILL) eng_panels_filled(g->panels, CPU_LANES, done);
  return done;
}

#endif
