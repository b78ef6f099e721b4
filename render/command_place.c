/* Places count in the whole text; what is selected counts in the part of it that is shown, word by word where
 * pieces are put together. */
#include "render/command_impl.h"

static const EngBlock *base_block(const RenUi *ui, int block) { return eng_source_block(ui->base, block); }

/* Where a position is in a block; -1 where it is not. */
static int to_block(const RenUi *ui, int block, RenSide side, int position) {
  const EngBlock *base = base_block(ui, block);
  bool key = side == REN_SIDE_KEY;
  int token = position - (key ? base->column_start : base->row_start), n = key ? base->n_columns : base->n_rows;
  return position >= 0 && token >= 0 && token < n ? eng_source_place(ui->source, block, key, token) : -1;
}

/* A number that may be missing, or -1. */
static bool read_index(const RenArg *arg, const char *name, int count, int *out, EngError *err) {
  *out = -1;
  return arg->kind == REN_ARG_NONE || arg->number == -1 || ren_arg_index(arg, name, count, out, err);
}

static bool read_place(const RenUi *ui, const RenArg *args, RenPlace *out, EngError *err) {
  const EngBlock *block = ren_ui_block(ui);
  if (!block || !ui->base) return eng_error_set(err, NULL, "place", "expected a text that shows, found none");
  const EngBlock *whole = base_block(ui, block->whole);
  return read_index(&args[0], "layer", block->n_layers, &out->layer, err) &&
         read_index(&args[1], "head", block->n_heads, &out->head, err) &&
         read_index(&args[2], "query", whole->n_rows, &out->query, err) &&
         read_index(&args[3], "key", whole->n_columns, &out->key, err);
}

/* Whether a block has the tokens of a place, as far as it names any. */
static bool has(const RenUi *ui, int block, const RenPlace *place) {
  return (place->query < 0 || to_block(ui, block, REN_SIDE_QUERY, place->query) >= 0) &&
         (place->key < 0 || to_block(ui, block, REN_SIDE_KEY, place->key) >= 0);
}

static bool show_block(RenUi *ui, int block, EngError *err) {
  RenArg filter = {.kind = REN_ARG_STRING, .string = eng_source_block(ui->source, block)->key};
  return ren_do_filter_set(ui, &filter, err);
}

static bool show_head(RenUi *ui, const RenArg *args, const RenPlace *place, EngError *err) {
  RenArg head[] = {args[1], place->layer < 0 ? (RenArg){.kind = REN_ARG_NONE} : args[0]};
  if (place->head >= 0) return ren_do_head_select(ui, head, err);
  return place->layer < 0 || ren_do_layer_set(ui, args, err);
}

/* A part that lacks it gives way to the whole. The key is shown first: then both are, where there is room. */
bool ren_do_place_go(RenUi *ui, const RenArg *args, EngError *err) {
  RenPlace place;
  if (!read_place(ui, args, &place, err)) return false;
  if (!has(ui, ui->state.block, &place) && !show_block(ui, ren_ui_block(ui)->whole, err)) return false;
  if (!show_head(ui, args, &place, err)) return false;
  if (place.query < 0 && place.key < 0) return true;
  int query = to_block(ui, ui->state.block, REN_SIDE_QUERY, place.query);
  int key = to_block(ui, ui->state.block, REN_SIDE_KEY, place.key);
  ren_state_point(&ui->state, query, key);
  ren_ui_drop_hover(ui);
  ren_ui_reveal_token(ui, key);
  ren_ui_reveal_token(ui, query);
  return true;
}
