/* One stretch of addresses for all panels of a model, given out matrix by matrix, the layers first. Each matrix
 * counts its products in one atomic number, so that whichever thread comes third fills the panels while the
 * others go on without. */
#include "engine/panels.h"

#include "engine/arena.h"
#include "engine/budget.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { USES = 2, FILLING = 3 }; /* products before the one that fills; both less than any number of lanes */
enum { ROOM_AT_MOST = 512 << 20 };

struct EngPanelStore {
  unsigned char *room;
  size_t bytes, used; /* of the room */
  size_t count;
  EngPanels panels[]; /* (count) */
};

EngPanelsUse eng_panels_use(EngPanels *panels, int lanes) {
  if (!panels) return ENG_PANELS_NONE;
  int state = atomic_load_explicit(&panels->state, memory_order_acquire);
  if (state == lanes) return ENG_PANELS_READY;
  if (state >= FILLING || !atomic_compare_exchange_strong(&panels->state, &state, state + 1))
    return ENG_PANELS_NONE;
  if (state + 1 < FILLING) return ENG_PANELS_NONE;
  if (eng_budget_take_spare(panels->bytes)) return ENG_PANELS_FILL;
  atomic_store_explicit(&panels->state, USES, memory_order_release);
  return ENG_PANELS_NONE;
}

void eng_panels_filled(EngPanels *panels, int lanes, bool whole) {
  if (!whole) eng_budget_give(panels->bytes);
  atomic_store_explicit(&panels->state, whole ? lanes : USES, memory_order_release);
}

static size_t panel_bytes(const EngMatrix *m) {
  return m->data ? (size_t)m->in * (((size_t)m->out + 15) / 16 * 16) * sizeof(float) : 0;
}

/* Matrix `i` of a model, or NULL after the last. */
static EngMatrix *matrix_at(EngWeights *weights, size_t n_layers, size_t i) {
  enum { EACH = 6 };
  if (i >= n_layers * EACH) {
    EngMatrix *head[] = {&weights->head_dense.w, &weights->unembed.w};
    i -= n_layers * EACH;
    return i < sizeof head / sizeof *head ? head[i] : NULL;
  }
  EngLayer *l = &weights->layers[i / EACH];
  EngMatrix *each[EACH] = {&l->qkv[0].w, &l->qkv[1].w, &l->qkv[2].w, &l->attn_out.w, &l->mlp_in.w, &l->mlp_out.w};
  return each[i % EACH];
}

static void give(EngPanelStore *store, EngMatrix *matrix) {
  size_t bytes = panel_bytes(matrix);
  if (bytes == 0 || bytes > store->bytes - store->used) return;
  EngPanels *panels = &store->panels[store->count++];
  panels->data = (float *)(void *)(store->room + store->used);
  panels->bytes = bytes;
  atomic_init(&panels->state, 0);
  store->used += bytes;
  matrix->panels = panels;
}

static bool reserve_room(EngPanelStore *store, size_t wanted) {
  size_t quarter = eng_memory_available() / 4, most = quarter < ROOM_AT_MOST ? quarter : ROOM_AT_MOST;
  store->bytes = wanted < most ? wanted : most;
  if (store->bytes == 0) return false;
  void *room = mmap(NULL, store->bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (room == MAP_FAILED) return false;
  madvise(room, store->bytes, MADV_HUGEPAGE);
  store->room = room;
  return true;
}

EngPanelStore *eng_panels_reserve(EngWeights *weights, int n_layers) {
  size_t count = 0, wanted = 0;
  for (const EngMatrix *m; (m = matrix_at(weights, (size_t)n_layers, count)); count++) wanted += panel_bytes(m);
  EngPanelStore *store = calloc(1, sizeof *store + count * sizeof *store->panels);
  if (store && reserve_room(store, wanted)) {
    for (size_t i = 0; i < count; i++) give(store, matrix_at(weights, (size_t)n_layers, i));
    return store;
  }
  free(store);
  return NULL;
}

size_t eng_panels_bytes(const EngPanelStore *store) {
  size_t bytes = 0;
  for (size_t i = 0; store && i < store->count; i++)
    if (atomic_load(&store->panels[i].state) >= FILLING) bytes += store->panels[i].bytes;
  return bytes;
}

bool eng_panels_settled(const EngPanelStore *store) {
  bool settled = true;
  for (size_t i = 0; store && i < store->count; i++) {
    int state = atomic_load(&store->panels[i].state);
    settled = settled && (state == 0 || state > FILLING);
  }
  return settled;
}

void eng_panels_free(EngPanelStore *store) {
  if (!store) return;
  eng_budget_give(eng_panels_bytes(store));
  munmap(store->room, store->bytes);
  free(store);
}
