/* Which view, which token, where it is scrolled to, what the mouse is on. */
#include "render/command_impl.h"

#include <math.h>
#include <string.h>

static bool is_of_view(RenIdKind kind) { return kind >= REN_ID_THUMB && kind <= REN_ID_NUMBER; }

void ren_ui_drop_hover(RenUi *ui) {
  if (is_of_view(ui->state.hover.kind)) ren_state_hover(&ui->state, REN_NO_ID);
}

static bool show(RenUi *ui, RenViewKind view) {
  if (ui->state.view == view) return true;
  ui->state.view = view;
  ren_ui_drop_hover(ui);
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  ren_walk_follow(ui);
  return true;
}

bool ren_do_view_model(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return show(ui, REN_VIEW_MODEL);
}

bool ren_do_view_head(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return show(ui, REN_VIEW_HEAD);
}

bool ren_do_view_neuron(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return show(ui, REN_VIEW_NEURON);
}

bool ren_do_view_matrix(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return show(ui, REN_VIEW_MATRIX);
}

static int n_rows(const RenUi *ui) {
  const EngBlock *block = ren_ui_block(ui);
  return block ? block->n_rows : 0;
}

static void select_token(RenUi *ui, int token) {
  ui->state.token = token;
  ren_ui_reveal_token(ui, token);
}

static void expand(RenUi *ui, int token) {
  ui->state.expanded = true;
  select_token(ui, token);
}

/* The token under the mouse, the selected one, or the last, which has seen them all. */
static int token_in_hand(const RenUi *ui) {
  int token = ren_state_query(&ui->state);
  return token >= 0 && token < n_rows(ui) ? token : n_rows(ui) - 1;
}

/* Where the other of two views shows that scale, it is the one to go to. */
static bool enter(RenUi *ui, RenViewKind view) {
  bool there = !ren_rect_empty(ui->layout.beside) && ui->state.beside == view;
  if (!there) return show(ui, view);
  ren_ui_activate(ui, !ui->state.right);
  ren_walk_follow(ui);
  return true;
}

/* Whether the token's computation is what shows: the next scale is a dimension of it. */
static bool is_at_token(const RenUi *ui, int token) {
  const RenState *state = &ui->state;
  return state->view == REN_VIEW_NEURON && state->expanded && token >= 0 && token == state->token;
}

bool ren_do_go_down(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ui->state.view == REN_VIEW_MODEL) return enter(ui, REN_VIEW_HEAD);
  int token = token_in_hand(ui);
  if (is_at_token(ui, token)) return ren_ui_open_dimension(ui);
  enter(ui, REN_VIEW_NEURON);
  if (token >= 0) expand(ui, token);
  return true;
}

bool ren_do_go_up(RenUi *ui, const RenArg *args, EngError *err) {
  if (ren_ui_at_dimension(ui)) return ren_do_dimension_clear(ui, args, err);
  return enter(ui, ui->state.view == REN_VIEW_NEURON ? REN_VIEW_HEAD : REN_VIEW_MODEL);
}

bool ren_do_neuron_expand(RenUi *ui, const RenArg *args, EngError *err) {
  int token;
  if (!ren_arg_index(&args[0], "token", n_rows(ui), &token, err)) return false;
  expand(ui, token);
  return true;
}

bool ren_do_neuron_open(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->state.expanded = true;
  return true;
}

/* Back to all lines: the token was there for the computation. */
bool ren_do_neuron_collapse(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->state.expanded = false;
  ui->state.dimensions.selected = -1;
  ren_ui_deselect(ui);
  return true;
}

bool ren_do_neuron_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  if (ui->state.expanded) return ren_do_neuron_collapse(ui, args, err);
  int token = token_in_hand(ui);
  if (token >= 0) expand(ui, token);
  return true;
}

bool ren_do_token_select(RenUi *ui, const RenArg *args, EngError *err) {
  int token;
  if (!ren_arg_index(&args[0], "token", n_rows(ui), &token, err)) return false;
  select_token(ui, token);
  return true;
}

bool ren_do_token_clear(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_ui_deselect(ui);
  return true;
}

bool ren_do_token_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ui->state.token + 1 < n_rows(ui)) select_token(ui, ui->state.token + 1);
  return true;
}

bool ren_do_token_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  int token = ui->state.token < 0 ? n_rows(ui) : ui->state.token;
  if (token > 0) select_token(ui, token - 1);
  return true;
}

/* The view of a side; where one view shows, that is every side's. */
static bool view_of_side(const RenUi *ui, const RenArg *side, RenViewKind *out, EngError *err) {
  RenPane panes[2];
  int n = ren_ui_panes(ui, panes);
  *out = ui->state.view;
  if (side->kind == REN_ARG_NONE) return true;
  bool right = strcmp(side->string, "right") == 0;
  if (!right && strcmp(side->string, "left") != 0)
    return eng_error_set(err, NULL, "side", "expected left or right, found %s", side->string);
  *out = panes[right ? n - 1 : 0].state.view;
  return true;
}

bool ren_do_scroll(RenUi *ui, const RenArg *args, EngError *err) {
  RenViewKind view;
  if (!isfinite(args[0].number) || !isfinite(args[1].number))
    return eng_error_set(err, NULL, "scroll", "expected finite numbers, found %g and %g", args[0].number,
                         args[1].number);
  if (!view_of_side(ui, &args[2], &view, err)) return false;
  ren_ui_scroll_by(ui, view, (float)args[0].number, (float)args[1].number);
  return true;
}

static bool scroll_pages(RenUi *ui, float pages) {
  ren_ui_scroll_by(ui, ui->state.view, 0, floorf(pages * (ui->layout.view.h - 2 * REN_TOKEN_PITCH)));
  ren_ui_drop_hover(ui);
  return true;
}

bool ren_do_scroll_page_down(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_pages(ui, 1);
}

bool ren_do_scroll_page_up(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_pages(ui, -1);
}

bool ren_do_scroll_start(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_pages(ui, -REN_MAX_SIDE);
}

bool ren_do_scroll_end(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_pages(ui, REN_MAX_SIDE);
}

/* Only what shows can be pointed at; a stale id from a script points at nothing. */
bool ren_do_hover(RenUi *ui, const RenArg *args, EngError *err) {
  RenState *state = &ui->state;
  RenElement element = {REN_NO_ID, false}, before = {state->hover, state->hover_right};
  RenRect visible;
  if (args[0].string && args[0].string[0] && !ren_element_parse(args[0].string, &element))
    return eng_error_set(err, "hover", "id", "expected an element such as query.3, found %s", args[0].string);
  if (!ren_frame_place(ren_ui_frame(ui), element, &visible)) element = (RenElement){REN_NO_ID, false};
  if (!ren_element_equal(element, before)) state->hover_seconds = 0;
  state->hover_right = element.right;
  ren_state_hover(state, element.id);
  return true;
}
