/* What a click on an element means: a command each. */
#include "render/command.h"
#include "render/ui_impl.h"
#include "render/view.h"

static void act_on_tab(RenUi *ui, RenId id, int clicks) {
  (void)clicks;
  static const char *const commands[REN_VIEW_COUNT] = {"view.model", "view.head", "view.neuron", "view.matrix"};
  if (id.a >= 0 && id.a < REN_VIEW_COUNT) ren_ui_call(ui, commands[id.a], NULL, 0);
}

/* The neuron view shows one head: there a tile chooses it. The two single clicks before a double-click take
 * each other back. */
static void act_on_tile(RenUi *ui, RenId id, int clicks) {
  if (ui->state.view == REN_VIEW_NEURON && !ren_ui_merges_heads(ui)) {
    ren_ui_call_int(ui, "head.select", id.a, 0, 1);
    return;
  }
  ren_ui_call_int(ui, "head.toggle", id.a, 0, 1);
  if (clicks == 2) ren_ui_call_int(ui, "head.isolate", id.a, 0, 1);
}

static void call_pick(RenUi *ui, const char *command, RenPanel head) {
  ren_ui_call_int(ui, command, head.layer, head.head, 2);
}

/* As tiles of one layer do. */
static void act_on_pick(RenUi *ui, RenId id, int clicks) {
  int slot = id.a;
  if (slot < 0 || slot >= ren_ui_n_picked(ui)) return;
  RenPanel head = ren_ui_picked(ui, slot);
  if (ren_ui_merges_heads(ui)) {
    call_pick(ui, "pick.drop", head);
    return;
  }
  call_pick(ui, ui->state.view == REN_VIEW_NEURON ? "pick.add" : "pick.toggle", head);
  if (clicks == 2 && ui->state.view != REN_VIEW_NEURON) call_pick(ui, "pick.isolate", head);
}

/* What is shown alone already is the first of several. */
void ren_ui_pick(RenUi *ui, RenPanel head) {
  const RenState *state = &ui->state;
  RenPanel selected = {state->layer, state->head};
  bool picked = ren_state_pick(state, head) >= 0, same = head.layer == state->layer && head.head == state->head;
  bool alone = ren_ui_block(ui) && ren_state_heads_active(state, ren_ui_block(ui)->n_heads) == 1;
  if (state->n_picks == 0 && alone && !same) call_pick(ui, "pick.add", selected);
  call_pick(ui, picked ? "pick.drop" : "pick.add", head);
}

/* With a view beside it the model view only selects: the head is to be seen there. */
static void act_on_thumb(RenUi *ui, RenId id, int clicks) {
  if (ren_rect_empty(ui->layout.beside))
    ren_ui_call_int(ui, "head.open", id.a, id.b, 2);
  else
    ren_ui_call_int(ui, "head.select", id.b, id.a, 2);
  if (clicks != 2) return;
  if (ren_state_panel_shown(&ui->state)) ren_ui_call(ui, "panel.close", NULL, 0);
  ren_ui_call(ui, "go.down", NULL, 0);
}

static void toggle_pin(RenUi *ui, RenSide side, int token) {
  RenArg args[2] = {{.kind = REN_ARG_STRING, .string = ren_side_name(side)},
                    {.kind = REN_ARG_NUMBER, .number = token}};
  ren_ui_call(ui, "pin.toggle", args, 2);
}

/* A panel's tokens have its layer and head in front. */
static int token_of(RenId id) { return id.kind == REN_ID_PANEL_QUERY || id.kind == REN_ID_PANEL_KEY ? id.c : id.a; }

static void act_on_key(RenUi *ui, RenId id, int clicks) {
  (void)clicks;
  toggle_pin(ui, REN_SIDE_KEY, token_of(id));
}

/* A click pins a query token and selects it, or lets it go; a double-click goes down to its row. The pins are
 * then what they were. */
static void choose_query(RenUi *ui, int token, int clicks) {
  if (clicks < 2 && ui->state.token == token) {
    ren_ui_call(ui, "token.clear", NULL, 0);
    return;
  }
  bool pinned = ren_pins_has(&ui->state.pins, REN_SIDE_QUERY, token);
  toggle_pin(ui, REN_SIDE_QUERY, token);
  if (clicks == 2 || !pinned) ren_ui_call_int(ui, "token.select", token, 0, 1);
  if (clicks == 2) ren_ui_call(ui, "go.down", NULL, 0);
}

static void act_on_query(RenUi *ui, RenId id, int clicks) { choose_query(ui, token_of(id), clicks); }

/* A cell selects its query or lets it go; a double-click goes down to that in the cell's own head. */
static void act_on_cell(RenUi *ui, RenId id, int clicks) {
  bool own = clicks == 2 && id.kind == REN_ID_HEAD_CELL, picked = id.c < ui->state.n_picks;
  if (own && picked) call_pick(ui, "pick.add", ui->state.picks[id.c].head);
  if (own && !picked) ren_ui_call_int(ui, "head.select", id.c, 0, 1);
  if (clicks < 2 && ui->state.token == id.a)
    ren_ui_call(ui, "token.clear", NULL, 0);
  else
    ren_ui_call_int(ui, "token.select", id.a, 0, 1);
  if (clicks == 2) ren_ui_call(ui, "go.down", NULL, 0);
}

/* A cell of the token strip is its token. */
static void act_on_number(RenUi *ui, RenId id, int clicks) {
  bool query = ren_strip_side(ui->state.strip) == REN_SIDE_QUERY;
  (query ? act_on_query : act_on_key)(ui, id, clicks);
}

static void act_on_inspector(RenUi *ui, RenId id, int clicks) {
  RenInspection inspection;
  ren_ui_inspect(ui, &inspection);
  if (id.a < 0 || id.a >= inspection.n) return;
  const RenInspectRow *row = &inspection.rows[id.a];
  if (row->side == REN_SIDE_QUERY) choose_query(ui, row->token, clicks);
  if (row->side == REN_SIDE_KEY) toggle_pin(ui, REN_SIDE_KEY, row->token);
}

/* The active one is let go; a double-click is no second click. */
static void act_on_probe(RenUi *ui, RenId id, int clicks) {
  int i = ren_ui_dock_place(ui, id);
  if (i < 0 || i >= ui->dock.n || clicks > 1) return;
  const RenProbe *probe = &ui->dock.probes[i];
  ren_ui_call_string(ui, "probe.set", probe == ren_ui_probe(ui) ? "none" : probe->id);
}

/* One that is on or off. */
static void act_on_param(RenUi *ui, RenId id, int clicks) {
  (void)clicks;
  const RenProbe *probe = ren_ui_probe(ui);
  if (!probe || id.a >= probe->n_params || !probe->params[id.a].boolean) return;
  const RenProbeParam *param = &probe->params[id.a];
  ren_ui_call_param(ui, param->name, 1 - ren_settings_value(&ui->state.params, probe, param));
}

static void act_on_step(RenUi *ui, RenId id, int clicks) {
  (void)clicks;
  ren_ui_step_param(ui, id.a, id.kind == REN_ID_MORE ? 1 : -1);
}

/* What was found in what was shown before need not be in what shows now. */
static bool is_gone(const RenUi *ui, int layer, int head) {
  const EngBlock *block = ren_ui_block(ui);
  bool old = !ren_subject_equal(ui->dock.answer.of, ren_ui_subject(ui));
  return !block || (old && (layer >= block->n_layers || head >= block->n_heads));
}

static void act_on_rank(RenUi *ui, RenId id, int clicks) {
  bool neuron = ui->dock.answer.kind == REN_PROBE_NEURON;
  (void)clicks;
  if (!is_gone(ui, id.a, neuron ? 0 : id.b)) ren_ui_call_int(ui, "rank.go", id.a, id.b, 2);
}

static void act_on_place(RenUi *ui, RenId id, int clicks) {
  const RenAnswer *answer = &ui->dock.answer;
  if (id.a < 0 || id.a >= answer->n_places || clicks > 1) return;
  const RenPlace *place = &answer->places[id.a];
  bool old = !ren_subject_equal(answer->of, ren_ui_subject(ui)); /* its tokens are another text's */
  const int numbers[] = {place->layer, place->head, old ? -1 : place->query, old ? -1 : place->key};
  RenArg args[4];
  if (is_gone(ui, place->layer, place->head)) return;
  for (int i = 0; i < 4; i++) args[i] = (RenArg){.kind = REN_ARG_NUMBER, .number = numbers[i]};
  ren_ui_try(ui, "place.go", args, 4);
}

static void act_on_expand(RenUi *ui, RenId id, int clicks) {
  (void)clicks;
  if (ui->state.expanded)
    ren_ui_call(ui, "neuron.collapse", NULL, 0);
  else
    ren_ui_call_int(ui, "neuron.expand", id.a, 0, 1);
}

/* A click on an element of a vector selects its dimension, or lets it go; of a query it also selects that. A
 * double-click goes down to it, whatever was selected before. */
static void act_on_strip(RenUi *ui, RenId id, int clicks) {
  RenPane pane;
  int number = ren_ui_hovered_pane(ui, &pane) ? ren_view_dimension(&pane.state, pane.source, ui->frame) : -1;
  bool other = id.kind == REN_ID_STRIP_Q && ui->state.token != id.a;
  if (other) ren_ui_call_int(ui, "token.select", id.a, 0, 1);
  if (number < 0) return;
  if (clicks < 2 && !other && ui->state.dimensions.selected == number)
    ren_ui_call(ui, "dimension.clear", NULL, 0);
  else
    ren_ui_call_int(ui, "dimension.select", number, 0, 1);
}

static void act_on_edit(RenUi *ui, RenId id, int clicks) {
  if (clicks > 1) return;
  ren_ui_call_int(ui, id.kind == REN_ID_EDIT ? "edits.toggle" : "edits.remove", id.a, 0, 1);
}

static void act_on_brush(RenUi *ui, RenId id, int clicks) {
  (void)clicks;
  ren_ui_choose_brush(ui, id);
}

static void act_on_item(RenUi *ui, RenId id, int clicks) {
  (void)clicks;
  ren_ui_call_int(ui, "menu.choose", ren_menu_place(ui, id), 0, 1);
}

static void act_on_shown(RenUi *ui, RenId id, int clicks) {
  (void)clicks;
  if (id.a < 0 || id.a >= REN_SHOWN_COUNT) return;
  RenArg arg = {.kind = REN_ARG_STRING, .string = ren_shown_name((RenShown)id.a)};
  ren_ui_try(ui, "shown.set", &arg, 1);
}

/* What depends on what is shown, or on how often was clicked. */
static const struct {
  RenIdKind kind;
  void (*act)(RenUi *ui, RenId id, int clicks);
} acts[] = {{REN_ID_TAB, act_on_tab},          {REN_ID_MODEL_ITEM, act_on_item},
            {REN_ID_EXAMPLE, act_on_item},     {REN_ID_LAYER_ITEM, act_on_item},
            {REN_ID_FILTER_ITEM, act_on_item}, {REN_ID_STRIP_ITEM, act_on_item},
            {REN_ID_OPTION, act_on_item},      {REN_ID_SHOWN, act_on_shown},
            {REN_ID_TILE, act_on_tile},        {REN_ID_PICK, act_on_pick},
            {REN_ID_THUMB, act_on_thumb},      {REN_ID_QUERY, act_on_query},
            {REN_ID_DIM_Q, act_on_query},      {REN_ID_PANEL_QUERY, act_on_query},
            {REN_ID_KEY, act_on_key},          {REN_ID_DIM_K, act_on_key},
            {REN_ID_PANEL_KEY, act_on_key},    {REN_ID_STRIP_Q, act_on_strip},
            {REN_ID_STRIP_K, act_on_strip},    {REN_ID_STRIP_QK, act_on_strip},
            {REN_ID_DIM, act_on_strip},        {REN_ID_CELL, act_on_cell},
            {REN_ID_HEAD_CELL, act_on_cell},   {REN_ID_EXPAND, act_on_expand},
            {REN_ID_PROBE, act_on_probe},      {REN_ID_PARAM, act_on_param},
            {REN_ID_LESS, act_on_step},        {REN_ID_MORE, act_on_step},
            {REN_ID_RANK, act_on_rank},        {REN_ID_PLACE, act_on_place},
            {REN_ID_NUMBER, act_on_number},    {REN_ID_INSPECTOR_ROW, act_on_inspector},
            {REN_ID_EDIT, act_on_edit},        {REN_ID_EDIT_REMOVE, act_on_edit},
            {REN_ID_BRUSH, act_on_brush},      {REN_ID_BRUSH_LESS, act_on_brush},
            {REN_ID_BRUSH_MORE, act_on_brush}};

/* What does one thing, whatever it looks like: a command with a string, or with the first numbers of the id. */
static const struct {
  RenIdKind kind;
  const char *command;
  int numbers;
  const char *string;
} calls[] = {{REN_ID_MODEL, "menu.open", 0, "model"},
             {REN_ID_EXAMPLES, "menu.open", 0, "examples"},
             {REN_ID_LAYER, "menu.open", 0, "layer"},
             {REN_ID_FILTER, "menu.open", 0, "filter"},
             {REN_ID_STRIP, "menu.open", 0, "strip"},
             {REN_ID_OPTIONS, "menu.open", 0, "options"},
             {REN_ID_PALETTE_ITEM, "commands.run", 1, NULL},
             {REN_ID_PATH_ITEM, "path.accept", 1, NULL},
             {REN_ID_PANEL_PIN, "panel.pin", 2, NULL},
             {REN_ID_PANEL_CLOSE, "panel.close", 2, NULL},
             {REN_ID_PAIR, "pair.open", 0, NULL},
             {REN_ID_RUN, "run", 0, NULL},
             {REN_ID_SINK, "sink.toggle", 0, NULL},
             {REN_ID_HELP, "help.toggle", 0, NULL},
             {REN_ID_DETAILS, "error.details", 0, NULL},
             {REN_ID_ERROR_CLOSE, "error.close", 0, NULL},
             {REN_ID_FIND_CLOSE, "find.close", 0, NULL},
             {REN_ID_FIRST, "text.first", 0, NULL},
             {REN_ID_LAST, "text.last", 0, NULL},
             {REN_ID_PATH_ACCEPT, "path.accept", 0, NULL},
             {REN_ID_COPY, "copy.path", 0, NULL},
             {REN_ID_SPLIT, "view.split", 0, NULL},
             {REN_ID_CONSOLE_CLOSE, "console.toggle", 0, NULL},
             {REN_ID_CANCEL, "progress.cancel", 0, NULL},
             {REN_ID_VALUES, "neuron.values", 0, NULL},
             {REN_ID_DIM_ORDER, "dimension.order", 0, NULL},
             {REN_ID_DIM_REST, "dimension.rest", 0, NULL},
             {REN_ID_DIM_CLOSE, "dimension.clear", 0, NULL},
             {REN_ID_UNCOMPARE, "compare.close", 0, NULL},
             {REN_ID_NOTICE, "notice.details", 0, NULL},
             {REN_ID_DETAILS_COPY, "details.copy", 0, NULL},
             {REN_ID_DOCK_FOLD, "dock.toggle", 0, NULL},
             {REN_ID_DOCK_NEW, "probe.new", 0, NULL},
             {REN_ID_EDITS, "edits.mode", 0, NULL},
             {REN_ID_EDITS_MODE, "edits.mode", 0, NULL},
             {REN_ID_EDITS_UNDO, "edits.undo", 0, NULL},
             {REN_ID_EDITS_REDO, "edits.redo", 0, NULL},
             {REN_ID_EDITS_CLEAR, "edits.clear", 0, NULL},
             {REN_ID_EDITS_COMPARE, "edits.compare", 0, NULL},
             {REN_ID_BOS, "bos.toggle", 0, NULL}};

void ren_ui_act(RenUi *ui, RenId id, int clicks) {
  if (ui->state.editing && ren_ui_edit(ui, id)) return;
  for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
    if (acts[i].kind == id.kind) acts[i].act(ui, id, clicks);
  for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
    if (calls[i].kind != id.kind) continue;
    if (calls[i].string)
      ren_ui_call_string(ui, calls[i].command, calls[i].string);
    else
      ren_ui_call_int(ui, calls[i].command, id.a, id.b, calls[i].numbers);
  }
}
