/* What a person does, turned into commands. The mouse points at an element of the frame as it was drawn last; what
 * a key means is in ui_key.c. */
#include "render/command.h"
#include "render/ui_impl.h"

static void call_place(RenUi *ui, const char *name, size_t offset, bool extend) {
  RenArg args[2] = {{.kind = REN_ARG_NUMBER, .number = (double)offset}, {.kind = REN_ARG_BOOL, .boolean = extend}};
  ren_ui_call(ui, name, args, extend ? 2 : 1);
}

/* A shown tooltip says what is under the mouse also inside of an element. */
static bool says_place(const RenUi *ui) {
  RenIdKind kind = ui->state.hover.kind;
  bool inside = kind == REN_ID_MINIMAP || (kind >= REN_ID_STRIP_Q && kind <= REN_ID_STRIP_Z);
  return inside && ui->state.hover_seconds >= REN_TOOLTIP_SECONDS;
}

/* On the open drop-down, but on none of its entries: what lies below it is not reached. */
static bool on_heading(const RenUi *ui, RenId id) {
  return ui->menu.owner != REN_ID_NONE && ren_menu_owner(id.kind) != ui->menu.owner &&
         ren_rect_contains(ren_menu_rect(ui), ui->state.mouse);
}

/* The command only where something changes: a person moves the mouse far more often than that. */
static void point_at(RenUi *ui, RenPoint at) {
  char name[96];
  ui->state.mouse = at;
  RenElement element = ren_frame_element(ren_ui_frame(ui), at);
  if (on_heading(ui, element.id)) element = (RenElement){REN_NO_ID, false};
  if (ren_element_equal(element, (RenElement){ui->state.hover, ui->state.hover_right})) {
    if (says_place(ui)) ren_ui_touch(ui);
    return;
  }
  ren_frame_format_element(ui->frame, element, name, sizeof name);
  ren_ui_call_string(ui, "hover", name);
}

/* The panel under the mouse is taken where it is. */
static void grip_panel(RenUi *ui, RenPoint at) {
  RenRect panel;
  if (!ren_frame_place(ren_ui_frame(ui), ui->pressed, &panel)) return;
  ui->drag = REN_ID_PANEL;
  ui->grip = (RenPoint){at.x - panel.x, at.y - panel.y};
}

static void drag_panel(RenUi *ui, RenPoint at) {
  RenRect view = ui->layout.view;
  RenArg args[] = {{.kind = REN_ARG_NUMBER, .number = ui->pressed.id.a},
                   {.kind = REN_ARG_NUMBER, .number = ui->pressed.id.b},
                   {.kind = REN_ARG_NUMBER, .number = (double)(at.x - ui->grip.x - view.x)},
                   {.kind = REN_ARG_NUMBER, .number = (double)(at.y - ui->grip.y - view.y)}};
  ren_ui_call(ui, "panel.move", args, 4);
}

static void drag_splitter(RenUi *ui, RenPoint at) {
  float share = ren_layout_share(ui->layout.area, at.x);
  if (share < ui->state.share || share > ui->state.share) ren_ui_call_number(ui, "split.share", share);
}

static void drag_selection(RenUi *ui, RenPoint at) {
  size_t offset = ren_ui_field_offset(ui, ui->drag, at);
  if (!ren_ui_focused_field(ui) || offset == ui->dragged_to) return;
  ui->dragged_to = offset;
  call_place(ui, ui->drags_words ? "edit.word" : "edit.place", offset, true);
}

/* Along the track of a parameter, in steps of what its number shows. */
static void drag_param(RenUi *ui, RenPoint at) {
  RenRect track;
  const RenProbe *probe = ren_ui_probe(ui);
  int i = ui->pressed.id.a;
  if (!probe || i >= probe->n_params || !probe->params[i].bounded) return;
  if (!ren_frame_place(ren_ui_frame(ui), ui->pressed, &track)) return;
  const RenProbeParam *param = &probe->params[i];
  double value = ren_param_at(param, (double)ren_widget_range_place(track, at.x));
  double before = ren_settings_value(&ui->state.params, probe, param);
  if (value < before || value > before) ren_ui_call_param(ui, param->name, value);
}

static void drag_to(RenUi *ui, RenPoint at) {
  if (ui->drag == REN_ID_PARAM) {
    drag_param(ui, at);
  } else if (ui->drag == REN_ID_CONSOLE_EDGE || ui->drag == REN_ID_CONSOLE_LOG) {
    ren_ui_drag_console(ui, at);
  } else if (ui->drag == REN_ID_CELL) {
    ren_ui_drag_stroke(ui, at);
  } else if (ui->drag == REN_ID_PANEL) {
    drag_panel(ui, at);
  } else if (ui->drag == REN_ID_SPLITTER) {
    drag_splitter(ui, at);
  } else if (ui->drag == REN_ID_MINIMAP) {
    ren_ui_drag_minimap(ui, at);
  } else if (ui->drag == REN_ID_THRESHOLD) {
    float value = ren_widget_slider_value(ui->layout.slider, at.x);
    if (value < ui->state.threshold || value > ui->state.threshold) ren_ui_call_number(ui, "threshold.set", value);
  } else {
    drag_selection(ui, at);
  }
}

static void on_move(RenUi *ui, RenPoint at) {
  if (ui->drag != REN_ID_NONE)
    drag_to(ui, at);
  else
    point_at(ui, at);
}

static void call_focus(RenUi *ui, RenId id) {
  char name[96];
  ren_frame_format_element(ui->frame, (RenElement){id, false}, name, sizeof name);
  ren_ui_call_string(ui, "focus.set", name);
}

static void press_field(RenUi *ui, const RenEvent *event, RenId id, int clicks) {
  bool had = ren_id_equal(ui->focus, id);
  if (!had) call_focus(ui, id);
  if (!had && id.kind == REN_ID_VALUE) return; /* all of the number is selected: what is typed takes its place */
  if (ren_ui_field(ui, id.kind)->composed) ren_ui_call_string(ui, "edit.compose", "");
  size_t offset = ren_ui_field_offset(ui, id.kind, event->at);
  if (clicks >= 3)
    ren_ui_call(ui, "edit.all", NULL, 0);
  else if (clicks == 2)
    call_place(ui, "edit.word", offset, false);
  else
    call_place(ui, "edit.place", offset, had && event->shift);
  ui->drag = clicks >= 3 ? REN_ID_NONE : id.kind;
  ui->drags_words = clicks == 2;
  ui->dragged_to = offset;
}

static bool is_choosers(RenId id) {
  return id.kind == REN_ID_PATH || id.kind == REN_ID_PATH_ITEM || id.kind == REN_ID_PATH_ACCEPT;
}

/* Where the keys go after a press on a part of the console. */
static RenId field_of(RenId id) {
  bool console = id.kind == REN_ID_CONSOLE || id.kind == REN_ID_CONSOLE_INPUT;
  return console ? (RenId){REN_ID_CONSOLE, 0, 0, 0} : id;
}

/* A press beside what is open closes it and does nothing else. */
static bool closes_popup(RenUi *ui, RenId id) {
  if (ui->help_open) {
    ren_ui_call(ui, "help.toggle", NULL, 0);
    return true;
  }
  if (ren_ui_launcher_open(ui) && id.kind != REN_ID_PALETTE && id.kind != REN_ID_PALETTE_ITEM) {
    ren_ui_call(ui, "commands.close", NULL, 0);
    return true;
  }
  if (ren_ui_chooser_open(ui) && !is_choosers(id)) {
    ren_ui_call(ui, "path.close", NULL, 0);
    return true;
  }
  if (ui->menu.owner == REN_ID_NONE || ren_menu_owner(id.kind) == ui->menu.owner) return false;
  if (on_heading(ui, id)) return true;
  bool same = ui->menu.owner == id.kind;
  ren_ui_call(ui, "menu.close", NULL, 0);
  return same || ren_menu_item_kind(id.kind) == REN_ID_NONE;
}

/* A quick click on a neighbour is no double-click. */
static int count_clicks(RenUi *ui, const RenEvent *event) {
  RenElement now = {ui->state.hover, ui->state.hover_right};
  bool same = ren_element_equal(ui->pressed, now);
  ui->pressed = now;
  return same ? event->clicks : 1;
}

/* A press in a view makes it the one that keys act on; not through what floats above it. */
static void activate_at(RenUi *ui, RenPoint at) {
  bool floats = ui->menu.owner != REN_ID_NONE || ren_ui_launcher_open(ui) || ren_ui_chooser_open(ui);
  bool beside = ren_rect_contains(ui->layout.beside, at) || ren_rect_contains(ui->layout.beside_strip, at);
  if (floats || !beside) return;
  ren_ui_call_string(ui, "split.side", ui->state.right ? "left" : "right");
}

/* The width as it was at first. */
static void press_splitter(RenUi *ui, int clicks) {
  ui->drag = REN_ID_SPLITTER;
  if (clicks == 2) ren_ui_call(ui, "split.share", NULL, 0);
}

static void on_press(RenUi *ui, const RenEvent *event) {
  point_at(ui, event->at);
  RenId id = ui->state.hover;
  int clicks = count_clicks(ui, event);
  ui->state.hover_seconds = 0;
  if (event->button > 1 || closes_popup(ui, id) || ren_ui_press_console(ui, event, id, clicks)) return;
  id = field_of(id);
  if (ren_ui_field(ui, id.kind)) {
    press_field(ui, event, id, clicks);
    return;
  }
  if (ui->focus.kind != REN_ID_NONE && !ren_ui_chooser_open(ui)) ren_ui_call(ui, "focus.clear", NULL, 0);
  activate_at(ui, event->at);
  id = ren_ui_selected_id(ui, ui->pressed);
  const RenProbe *probe = ren_ui_probe(ui);
  bool track = id.kind == REN_ID_PARAM && probe && id.a < probe->n_params && probe->params[id.a].bounded;
  if (id.kind == REN_ID_THRESHOLD || id.kind == REN_ID_MINIMAP || track) {
    ui->drag = id.kind;
    drag_to(ui, event->at);
  } else if (id.kind == REN_ID_SPLITTER) {
    press_splitter(ui, clicks);
  } else if (id.kind == REN_ID_PANEL) {
    grip_panel(ui, event->at);
  } else if (ui->state.editing && ren_ui_begin_stroke(ui, id)) {
    ui->drag = REN_ID_CELL;
  } else if (id.kind == REN_ID_THUMB && event->ctrl) {
    ren_ui_pick(ui, (RenPanel){id.a, id.b});
  } else {
    ren_ui_act(ui, id, clicks);
  }
}

/* What changed under the mouse while it was held is pointed at again. */
static void on_release(RenUi *ui, const RenEvent *event) {
  if (ui->drag == REN_ID_CELL) ren_ui_end_stroke(ui);
  ui->drag = REN_ID_NONE;
  point_at(ui, event->at);
}

static void on_resize(RenUi *ui, RenPoint size) {
  RenArg args[2] = {{.kind = REN_ARG_NUMBER, .number = (double)size.x},
                    {.kind = REN_ARG_NUMBER, .number = (double)size.y}};
  ren_ui_call(ui, "window.resize", args, 2);
}

void ren_ui_event(RenUi *ui, const RenEvent *event) {
  switch (event->kind) {
  case REN_EVENT_MOVE:
    on_move(ui, event->at);
    break;
  case REN_EVENT_LEAVE:
    if (ui->state.hover.kind != REN_ID_NONE) ren_ui_call_string(ui, "hover", "");
    break;
  case REN_EVENT_PRESS:
    on_press(ui, event);
    break;
  case REN_EVENT_RELEASE:
    on_release(ui, event);
    break;
  case REN_EVENT_WHEEL:
    ren_ui_wheel(ui, event);
    point_at(ui, event->at);
    break;
  case REN_EVENT_KEY:
    ren_ui_key(ui, event->text);
    break;
  case REN_EVENT_TEXT:
    ren_ui_type(ui, event->text);
    break;
  case REN_EVENT_COMPOSE:
    ren_ui_compose(ui, event->text);
    break;
  case REN_EVENT_RESIZE:
    on_resize(ui, event->at);
    break;
  case REN_EVENT_DROP:
    ren_ui_call_string(ui, "model.open", event->text);
    break;
  case REN_EVENT_CLOSE:
    ren_ui_call(ui, "window.close", NULL, 0);
    break;
  }
}
