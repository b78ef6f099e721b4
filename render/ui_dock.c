/* The dock in the window: what the host tells it, where its elements are, how it scrolls. */
#include "render/ui_impl.h"
#include "render/view_dock.h"
#include "render/view_scroll.h"

#include <stdlib.h>
#include <string.h>

const RenDock *ren_ui_dock(const RenUi *ui) { return &ui->dock; }

/* --- what the host tells */

/* Until it is read, a probe is called as its file is. */
static bool name_by_path(RenProbe *probe, const RenProbeFile *file) {
  const char *slash = strrchr(file->path, '/'), *name = slash ? slash + 1 : file->path, *dot = strrchr(name, '.');
  size_t length = dot ? (size_t)(dot - name) : strlen(name);
  probe->path = strdup(file->path);
  probe->own = file->own;
  memcpy(probe->id, name, length < REN_PROBE_ID ? length : REN_PROBE_ID - 1);
  return probe->path != NULL;
}

static RenProbe *find_path(RenDock *dock, const char *path) {
  for (int i = 0; i < dock->n; i++)
    if (dock->probes[i].path && strcmp(dock->probes[i].path, path) == 0) return &dock->probes[i];
  return NULL;
}

bool ren_ui_list_probes(RenUi *ui, const RenProbeFile *files, int n) {
  RenDock *dock = &ui->dock;
  RenProbe *probes = calloc((size_t)n + 1, sizeof *probes);
  bool ok = probes != NULL;
  for (int i = 0; ok && i < n; i++) {
    RenProbe *known = find_path(dock, files[i].path);
    if (known)
      probes[i] = *known, *known = (RenProbe){0};
    else
      ok = name_by_path(&probes[i], &files[i]);
  }
  for (int i = 0; i < dock->n; i++) ren_probe_clear(&dock->probes[i]);
  free(dock->probes);
  dock->probes = probes;
  dock->n = ok ? n : 0;
  ren_ui_touch(ui);
  return ok;
}

/* A probe that cannot be read keeps what it was. */
void ren_ui_set_probe(RenUi *ui, int i, RenProbe *probe) {
  RenProbe *now = &ui->dock.probes[i];
  if (probe->error) {
    ren_ui_replace(&now->error, probe->error);
    ren_probe_clear(probe);
  } else {
    bool active = strcmp(now->id, ui->state.probe) == 0 && (now->read || now->error);
    probe->path = now->path;
    probe->own = now->own;
    now->path = NULL;
    ren_probe_clear(now);
    *now = *probe;
    now->read = true;
    if (active) strcpy(ui->state.probe, now->id); /* under another id it still is the one that was chosen */
  }
  ren_ui_touch(ui);
}

void ren_ui_set_captures(RenUi *ui, int i, const char *captures) {
  ren_ui_replace(&ui->dock.probes[i].captures, captures);
  ren_ui_touch(ui);
}

void ren_ui_set_probing(RenUi *ui, bool running) {
  if (ui->dock.running == running) return;
  if (!ui->busy && !ui->console.running) ren_ui_begin_progress(ui);
  bool showed = ren_ui_shows_progress(ui);
  ui->dock.running = running;
  if (showed) ren_ui_touch(ui);
}

/* Numbers of tokens go to the strip, under a name that is not one of its own. */
static void land(RenUi *ui, const RenAnswer *answer) {
  char name[REN_STRIP_NAME] = "";
  const EngSource *source = ui->source;
  int n = source ? eng_source_input(source)->n_tokens : 0;
  bool shown = strcmp(ui->numbers.name, ui->state.strip) == 0 && ui->state.strip[0];
  if (answer->n_values != n || n == 0) return;
  if (ren_strip_known(answer->id) || strcmp(answer->id, "none") == 0) strcpy(name, "probe ");
  strncat(name, answer->id, sizeof name - strlen(name) - 1);
  float *values = malloc((size_t)n * sizeof *values);
  if (!values) return;
  memcpy(values, answer->values, (size_t)n * sizeof *values);
  ren_ui_take_numbers(ui, name, values, n);
  if (!shown && !ui->dock.lands) return;
  ui->dock.lands = false;
  strcpy(ui->state.strip, name);
}

void ren_ui_set_answer(RenUi *ui, RenAnswer *answer) {
  RenDock *dock = &ui->dock;
  if (answer->lacks) {
    ren_ui_fail_probe(ui, NULL, answer->lacks);
    ren_answer_clear(answer);
    return;
  }
  ren_answer_clear(&dock->answer);
  dock->answer = *answer;
  *answer = (RenAnswer){0};
  dock->answered = true;
  dock->stale = false;
  dock->n_answers++;
  ren_ui_replace(&dock->error, NULL);
  ren_ui_replace(&dock->notice, NULL);
  if (dock->answer.kind == REN_PROBE_TOKEN && dock->answer.values && !dock->answer.text) land(ui, &dock->answer);
  ren_ui_lay_out(ui);
  if (dock->reveals) ren_ui_dock_reveal(ui, ren_id_named(REN_ID_PROBE, dock->answer.id));
  dock->reveals = false;
  ren_ui_touch(ui);
}

static bool is_same(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : "") == 0; }

void ren_ui_fail_probe(RenUi *ui, const char *error, const char *notice) {
  RenDock *dock = &ui->dock;
  bool stale = dock->stale || error;
  if (is_same(dock->error, error) && is_same(dock->notice, notice) && stale == dock->stale) return;
  ren_ui_replace(&dock->error, error);
  ren_ui_replace(&dock->notice, notice);
  dock->stale = stale;
  ren_ui_touch(ui);
}

void ren_ui_set_passing(RenUi *ui, const uint8_t *on, int n_layers, int n_heads, const char *error) {
  RenDock *dock = &ui->dock;
  int n = on ? n_layers * n_heads : 0;
  uint8_t *copy = malloc((size_t)n + 1);
  ren_ui_replace(&dock->where_error, on || !copy ? NULL : error);
  if (!copy) return;
  free(dock->pass);
  if (n > 0) memcpy(copy, on, (size_t)n);
  dock->pass = copy;
  dock->passing =
      (RenPassing){.n_layers = n_layers, .n_heads = n_heads, .on = copy, .serial = dock->passing.serial + 1};
  for (int i = 0; i < n; i++) dock->passing.n += copy[i] != 0;
  dock->filtered = on ? ren_ui_subject(ui) : (RenSubject){0};
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  ren_ui_touch(ui);
}

/* --- its elements */

static int n_params(const RenUi *ui) { return ren_ui_probe(ui) ? ren_ui_probe(ui)->n_params : 0; }

/* What it found to go to: heads or neurons, or places. */
static int n_found(const RenUi *ui) {
  const RenAnswer *answer = &ui->dock.answer;
  bool shows = ui->dock.answered && strcmp(answer->id, ui->state.probe) == 0;
  return shows ? answer->n_ranks + answer->n_places : 0;
}

int ren_ui_dock_count(const RenUi *ui) {
  return ren_ui_dock_shows(ui) ? ui->dock.n + n_params(ui) + n_found(ui) : 0;
}

RenId ren_ui_dock_at(const RenUi *ui, int i) {
  if (i < ui->dock.n) return ren_dock_probe_id(&ui->dock.probes[i]);
  i -= ui->dock.n;
  if (i < n_params(ui)) return (RenId){REN_ID_PARAM, i, 0, 0};
  i -= n_params(ui);
  if (ui->dock.answer.n_places > 0) return (RenId){REN_ID_PLACE, i, 0, 0};
  const RenRank *rank = &ui->dock.answer.ranks[i];
  return (RenId){REN_ID_RANK, rank->layer, rank->index, 0};
}

int ren_ui_dock_place(const RenUi *ui, RenId id) {
  bool one =
      id.kind == REN_ID_PROBE || id.kind == REN_ID_PARAM || id.kind == REN_ID_RANK || id.kind == REN_ID_PLACE;
  for (int i = 0; one && i < ren_ui_dock_count(ui); i++)
    if (ren_id_equal(ren_ui_dock_at(ui, i), id)) return i;
  return -1;
}

/* --- drawn and scrolled */

/* Why nobody can say which heads pass. */
static const char *where_note(const RenUi *ui) {
  const EngBlock *block = ren_ui_block(ui);
  if (!ui->state.where[0] || ui->state.passing || ui->dock.where_error || !block) return NULL;
  return block->heads || block->layers ? "not of merged heads" : "…";
}

static RenDockScene scene_of(RenUi *ui) {
  return (RenDockScene){.dock = &ui->dock,
                        .state = &ui->state,
                        .focus = ui->focus,
                        .place = ren_ui_place(ui),
                        .paint = {ui->frame, ui->state.theme, ui->fonts, ui->state.scale},
                        .panel = ui->layout.dock,
                        .where = &ui->where_field,
                        .value = &ui->value_field,
                        .note = where_note(ui),
                        .old = !ren_ui_shows_subject(ui, ui->dock.answer.of)};
}

void ren_ui_draw_dock(RenUi *ui) {
  RenDockScene scene = scene_of(ui);
  if (!ren_rect_empty(scene.panel)) ren_dock_draw(&scene);
}

static void scroll_part(float *scroll, float by, float extent, float visible) {
  *scroll = ren_scroll_clamp(ren_scroll_clamp(*scroll, extent, visible) + by, extent, visible);
}

void ren_ui_scroll_dock(RenUi *ui, bool list, float dy) {
  RenDockScene scene = scene_of(ui);
  if (ren_rect_empty(scene.panel)) return;
  RenDockParts parts = ren_dock_lay(&scene);
  if (list)
    scroll_part(&ui->dock.list_scroll, dy, parts.list_height, parts.list.h);
  else
    scroll_part(&ui->dock.answer_scroll, dy, parts.answer_height, parts.answer.h);
  ren_ui_touch(ui);
}

/* Its size depends on nothing that is in it. */
RenRect ren_ui_where_rect(const RenUi *ui) { return ren_dock_where(ui->layout.dock); }

bool ren_ui_over_list(RenUi *ui, RenPoint at) {
  RenDockScene scene = scene_of(ui);
  return ren_rect_contains(ren_dock_lay(&scene).list, at);
}

/* Rows of the list are equally high; of the rest, what shows is scrolled by rows until it does. */
void ren_ui_dock_reveal(RenUi *ui, RenId id) {
  RenDockScene scene = scene_of(ui);
  if (ren_rect_empty(scene.panel)) return;
  RenDockParts parts = ren_dock_lay(&scene);
  int i = ren_ui_dock_place(ui, id);
  bool list = i < ui->dock.n;
  float *scroll = list ? &ui->dock.list_scroll : &ui->dock.answer_scroll;
  float row = list ? REN_DOCK_PROBE : REN_DOCK_RANK, visible = list ? parts.list.h : parts.answer.h;
  float extent = list ? parts.list_height : parts.answer_height;
  int below = ren_ui_dock_count(ui) - i; /* what it found lies at the end */
  float top = list ? (float)i * row : extent - REN_PAD - (float)below * row;
  if (id.kind == REN_ID_PARAM) top = 0;
  if (top < *scroll) *scroll = top;
  if (top + row > *scroll + visible) *scroll = top + row - visible;
  *scroll = ren_scroll_clamp(*scroll, extent, visible);
}
