/* The dimensions of the neuron view: which of them is looked at over all tokens, how they are ordered, and what
 * becomes of those that are not among the first. Steps go along the order that shows. */
#include "render/command_impl.h"

#include "render/view_dimension.h"

static int n_dimensions(const RenUi *ui) {
  const EngBlock *block = ren_ui_block(ui);
  return block && block->has_qk ? block->d_head : 0;
}

bool ren_ui_at_dimension(const RenUi *ui) {
  const RenState *state = &ui->state;
  return state->view == REN_VIEW_NEURON && state->expanded && state->dimensions.selected >= 0;
}

/* The order as it shows now; in the frame's memory. False while there is none. */
static bool rank(RenUi *ui, RenDimensions *out) {
  RenScene scene;
  if (!ren_scene_read(&scene, &ui->state, ui->source, ui->frame)) return false;
  if (!scene.block->has_qk || !ren_scene_ready(&scene, scene.layer)) return false;
  RenVectors vectors = ren_vectors_of(&scene);
  return ren_dimensions_rank(&scene, &vectors, out);
}

/* Seeing a dimension over all tokens needs the computation open. */
static bool select_dimension(RenUi *ui, int number) {
  ui->state.dimensions.selected = number;
  if (number >= 0) ui->state.expanded = true;
  ren_ui_clamp_scroll(ui);
  ren_ui_reveal_token(ui, ui->state.token);
  return true;
}

bool ren_do_dimension_select(RenUi *ui, const RenArg *args, EngError *err) {
  int number;
  return ren_arg_index(&args[0], "dimension", n_dimensions(ui), &number, err) && select_dimension(ui, number);
}

bool ren_do_dimension_clear(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return select_dimension(ui, -1);
}

/* The neighbour in the order, from nothing the one at its end. */
static bool step(RenUi *ui, int by) {
  RenDimensions dimensions;
  if (!rank(ui, &dimensions)) return true;
  int place = ren_dimensions_place(&dimensions, ui->state.dimensions.selected);
  int next = place >= 0 ? place + by : by > 0 ? 0 : dimensions.n - 1;
  return next < 0 || next >= dimensions.n || select_dimension(ui, dimensions.at[next].number);
}

bool ren_do_dimension_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step(ui, 1);
}

bool ren_do_dimension_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step(ui, -1);
}

bool ren_ui_open_dimension(RenUi *ui) {
  RenDimensions dimensions;
  RenState *state = &ui->state;
  if (state->hover.kind == REN_ID_DIM) return select_dimension(ui, state->hover.a);
  if (!rank(ui, &dimensions)) return true;
  int best = 0;
  for (int i = 1; state->dimensions.order == REN_ORDER_NUMBER && i < dimensions.n; i++)
    if (dimensions.at[i].score > dimensions.at[best].score) best = i;
  return select_dimension(ui, dimensions.at[best].number);
}

bool ren_do_dimension_order(RenUi *ui, const RenArg *args, EngError *err) {
  RenOrder *order = &ui->state.dimensions.order;
  if (args[0].kind == REN_ARG_NONE)
    *order = (RenOrder)((*order + 1) % REN_ORDER_COUNT);
  else if (!ren_order_parse(args[0].string, order))
    return eng_error_set(err, NULL, "order", "expected number, contribution, weight or distance, found %s",
                         args[0].string);
  return true;
}

bool ren_do_dimension_rest(RenUi *ui, const RenArg *args, EngError *err) {
  RenRest *rest = &ui->state.dimensions.rest;
  if (args[0].kind == REN_ARG_NONE)
    *rest = (RenRest)((*rest + 1) % REN_REST_COUNT);
  else if (!ren_rest_parse(args[0].string, rest))
    return eng_error_set(err, NULL, "rest", "expected shown, faded or hidden, found %s", args[0].string);
  return true;
}

bool ren_do_dimension_top(RenUi *ui, const RenArg *args, EngError *err) {
  int top;
  if (!ren_arg_index(&args[0], "top", REN_MAX_TOP + 1, &top, err)) return false;
  if (top == 0) return eng_error_set(err, NULL, "top", "expected 1 to %d, found 0", REN_MAX_TOP);
  ui->state.dimensions.top = top;
  return true;
}

/* Beyond all of them more would change nothing. */
static bool step_top(RenUi *ui, int by) {
  int *top = &ui->state.dimensions.top, n = n_dimensions(ui);
  if (n > 0 && *top > n) *top = n;
  if (*top + by >= 1 && *top + by <= (n > 0 ? n : REN_MAX_TOP)) *top += by;
  return true;
}

bool ren_do_dimension_more(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_top(ui, 1);
}

bool ren_do_dimension_fewer(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_top(ui, -1);
}

bool ren_do_neuron_values(RenUi *ui, const RenArg *args, EngError *err) {
  (void)err;
  bool *values = &ui->state.dimensions.values;
  *values = args[0].kind == REN_ARG_NONE ? !*values : args[0].boolean;
  ren_ui_clamp_scroll(ui);
  return true;
}
