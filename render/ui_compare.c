/* A second run beside the first: what each view shows of both, and how tokens of one are found in the other. The
 * selection is the first run's; a view of another source draws from a state in which every token is the one that it
 * is aligned with, or none. */
#include "render/ui_impl.h"

#include "engine/alignment.h"

const EngSource *ren_ui_second(const RenUi *ui) { return ui->given.second; }
const EngSource *ren_ui_difference(const RenUi *ui) { return ui->given.difference; }
const char *ren_ui_second_model(const RenUi *ui) { return ui->second_model; }
const char *ren_ui_second_text(const RenUi *ui) { return ren_field_text(&ui->second_field); }
bool ren_ui_comparing(const RenUi *ui) { return ui->comparing; }
bool ren_ui_compares(const RenUi *ui) { return ui->given.difference && ui->given.first == ui->base; }

/* Until there is another, every view shows the first run. */
static RenShown shown_of(const RenUi *ui, bool active) {
  RenShown shown = active ? ui->state.shown : ui->state.beside_shown;
  if (shown == REN_SHOWS_SECOND && !ui->second) return REN_SHOWS_RUN;
  if (shown == REN_SHOWS_DIFFERENCE && !ui->difference) return REN_SHOWS_RUN;
  return shown;
}

const EngSource *ren_ui_shown_source(const RenUi *ui, bool active, RenShown *shown) {
  const EngSource *const sources[] = {ui->source, ui->second, ui->difference};
  *shown = shown_of(ui, active);
  return sources[*shown];
}

/* --- tokens of one in another */

/* A block of one of the sources. */
typedef struct Place {
  RenShown shown;
  const EngBlock *block;
} Place;

/* The block of that name, or the whole. */
static int block_of(const RenUi *ui, const EngSource *source) {
  const EngBlock *block = ren_ui_block(ui);
  int found = block && source ? eng_source_find_block(source, block->key) : -1;
  return found < 0 ? 0 : found;
}

static Place place_of(const RenUi *ui, RenShown shown) {
  const EngSource *const sources[] = {ui->source, ui->second, ui->difference};
  const EngSource *source = sources[shown];
  return (Place){shown, source ? eng_source_block(source, block_of(ui, source)) : NULL};
}

/* From a token of the whole sequence to its place among those of both, and back; -1 for none. */
static int to_both(const EngAlignment *alignment, RenShown shown, int token) {
  if (shown == REN_SHOWS_DIFFERENCE) return token;
  return alignment->of[shown == REN_SHOWS_SECOND][token];
}

static int from_both(const EngAlignment *alignment, RenShown shown, int place) {
  if (shown == REN_SHOWS_DIFFERENCE) return place;
  return alignment->places[place].token[shown == REN_SHOWS_SECOND];
}

static int translate(const RenUi *ui, Place from, Place to, bool key, int token) {
  if (from.shown == to.shown || token < 0) return token;
  if (!ui->difference || ui->compared != ui->source || !from.block || !to.block) return -1;
  const EngAlignment *alignment = eng_source_alignment(ui->difference);
  if (token >= (key ? from.block->n_columns : from.block->n_rows)) return -1;
  token += key ? from.block->column_start : from.block->row_start;
  token = from_both(alignment, to.shown, to_both(alignment, from.shown, token));
  if (token < 0) return -1;
  token -= key ? to.block->column_start : to.block->row_start;
  return token >= 0 && token < (key ? to.block->n_columns : to.block->n_rows) ? token : -1;
}

int ren_ui_token_in(const RenUi *ui, RenShown shown, bool key, int place) {
  return translate(ui, place_of(ui, REN_SHOWS_DIFFERENCE), place_of(ui, shown), key, place);
}

/* Where an element's name has a query and a key; -1: nowhere. */
static const struct {
  RenIdKind kind;
  int query, key;
} numbers[] = {{REN_ID_QUERY, 0, -1},     {REN_ID_KEY, -1, 0},      {REN_ID_CELL, 0, 1},
               {REN_ID_HEAD_CELL, 0, 1},  {REN_ID_EXPAND, 0, -1},   {REN_ID_STRIP_Q, 0, -1},
               {REN_ID_STRIP_K, -1, 0},   {REN_ID_STRIP_QK, -1, 0}, {REN_ID_PANEL_QUERY, 2, -1},
               {REN_ID_PANEL_KEY, -1, 2}, {REN_ID_NUMBER, 0, -1}};

/* The element with the tokens that stand for its own; REN_NO_ID where one of them has none. */
static RenId translate_id(const RenUi *ui, Place from, Place to, RenId id) {
  int *const at[] = {&id.a, &id.b, &id.c};
  bool column = id.kind == REN_ID_NUMBER && ren_strip_side(ui->state.strip) == REN_SIDE_KEY;
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    if (numbers[i].kind != id.kind) continue;
    int *query = numbers[i].query < 0 ? NULL : at[numbers[i].query];
    int *key = numbers[i].key < 0 ? NULL : at[numbers[i].key];
    if (query && (*query = translate(ui, from, to, column, *query)) < 0) return REN_NO_ID;
    if (key && (*key = translate(ui, from, to, true, *key)) < 0) return REN_NO_ID;
  }
  return id;
}

/* What the mouse is on belongs to one of the views; the others show what stands for it. */
static void translate_hover(const RenUi *ui, RenPane *pane, RenShown hovered, Place to) {
  RenState *state = &pane->state;
  Place from = place_of(ui, hovered);
  if (pane->right == state->hover_right || hovered == to.shown) return;
  int preview = state->preview;
  state->hover_token = translate(ui, from, to, state->hover_side == REN_SIDE_KEY, state->hover_token);
  state->hover = translate_id(ui, from, to, state->hover);
  state->preview = preview;
  if (state->hover_token < 0) state->hover_side = REN_SIDE_NONE;
}

static void translate_pins(const RenUi *ui, RenPins *pins, Place from, Place to) {
  int n = 0;
  for (int i = 0; i < pins->n; i++) {
    RenPin pin = pins->at[i];
    pin.token = translate(ui, from, to, pin.side == REN_SIDE_KEY, pin.token);
    if (pin.token >= 0) pins->at[n++] = pin;
  }
  pins->n = n;
}

/* The second run never is; a difference has the first one's tokens where both have the same. */
static bool is_edited(const RenUi *ui, const RenPane *pane) {
  return pane->shown == REN_SHOWS_DIFFERENCE && eng_source_alignment(ui->difference)->n_alone == 0;
}

void ren_ui_translate_pane(const RenUi *ui, RenPane *pane, RenShown hovered) {
  RenState *state = &pane->state;
  Place first = place_of(ui, REN_SHOWS_RUN), to = place_of(ui, pane->shown);
  translate_hover(ui, pane, hovered, to);
  if (pane->shown == REN_SHOWS_RUN) return;
  state->classes = ui->classes[pane->shown];
  if (!is_edited(ui, pane)) state->edits = state->stroke = NULL;
  state->scores = NULL; /* they are the first run's */
  const EngBlock *block = to.block;
  const RenPassing *passing = state->passing;
  bool same = passing && block && block->n_layers == passing->n_layers && block->n_heads == passing->n_heads;
  if (!same) state->passing = NULL;
  state->block = block_of(ui, pane->source);
  state->token = translate(ui, first, to, false, state->token);
  translate_pins(ui, &state->pins, first, to);
}

RenId ren_ui_selected_id(const RenUi *ui, RenElement element) {
  bool two = !ren_rect_empty(ui->layout.beside), active = !two || element.right == ui->state.right;
  if (element.right && !two) return element.id;
  Place from = place_of(ui, shown_of(ui, active)), first = place_of(ui, REN_SHOWS_RUN);
  return translate_id(ui, from, first, element.id);
}
