/* What an app takes from its saved state, by the same commands that a person would have used. What depends on the
 * source waits for the first one: a selection belongs to a model, a token to a text. Whatever does not fit any more
 * is refused by its command and stays as on a first start. */
#include "scripting/app_impl.h"

#include "render/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool call(ScrApp *app, const char *name, int n, double a, double b) {
  RenArg args[] = {{.kind = REN_ARG_NUMBER, .number = a}, {.kind = REN_ARG_NUMBER, .number = b}};
  return ren_command_run(app->ui, name, args, (size_t)n, NULL);
}

static void call_text(ScrApp *app, const char *name, const char *text) {
  RenArg arg = {.kind = REN_ARG_STRING, .string = text};
  ren_command_run(app->ui, name, &arg, 1, NULL);
}

/* The kind with the heads that go into it, all or a list. */
static void restore_merge(ScrApp *app, const EngMerge *saved) {
  char heads[4 * ENG_MERGE_MOST_HEADS] = "";
  RenArg args[] = {{.kind = REN_ARG_STRING, .string = eng_merge_name(saved->kind)},
                   {.kind = REN_ARG_STRING, .string = heads}};
  int n = 0, on = 0;
  bool picked = saved->kind == ENG_MERGE_PICKED;
  for (int i = 0; picked && i < saved->n_picked; i++, on++)
    n += snprintf(heads + n, sizeof heads - (size_t)n, "%s%d.%d", i ? "," : "", saved->picked[i].layer,
                  saved->picked[i].head);
  for (int head = 0; !picked && head < ENG_MERGE_MOST_HEADS; head++)
    if (eng_merge_has_head(saved, head))
      n += snprintf(heads + n, sizeof heads - (size_t)n, "%s%d", on++ ? "," : "", head);
  if (saved->kind != ENG_MERGE_NONE)
    ren_command_run(app->ui, "aggregate.set", args, on < ENG_MERGE_MOST_HEADS ? 2 : 1, NULL);
  if (saved->maximum) call_text(app, "aggregate.by", "max");
  if (saved->words) call(app, "words.toggle", 0, 0, 0);
  if (saved->renormalise) call(app, "renormalise.toggle", 0, 0, 0);
}

/* How dimensions stand, of whatever head. */
static void restore_dimensions(ScrApp *app, const RenDimensionState *saved) {
  const RenDimensionState *now = &ren_ui_state(app->ui)->dimensions;
  if (saved->order != now->order) call_text(app, "dimension.order", ren_order_name(saved->order));
  if (saved->rest != now->rest) call_text(app, "dimension.rest", ren_rest_name(saved->rest));
  if (saved->top != now->top) call(app, "dimension.top", 1, saved->top, 0);
  if (saved->values != now->values) call(app, "neuron.values", 0, 0, 0);
}

/* Parameters belong to the active one: each is, for a moment. */
static void restore_probe(ScrApp *app, const RenState *saved) {
  for (int i = 0; i < saved->params.n; i++) {
    const RenSetting *setting = &saved->params.at[i];
    RenArg args[] = {{.kind = REN_ARG_STRING, .string = setting->name},
                     {.kind = REN_ARG_NUMBER, .number = setting->value}};
    call_text(app, "probe.set", setting->probe);
    ren_command_run(app->ui, "probe.param", args, 2, NULL);
  }
  if (saved->probe[0] || saved->params.n > 0) call_text(app, "probe.set", saved->probe[0] ? saved->probe : "none");
}

static void restore_filter(ScrApp *app, const RenState *saved) {
  if (saved->where[0]) call_text(app, "heads.filter", saved->where);
  if (saved->where_hides) call(app, "heads.hide", 0, 0, 0);
}

static void show_view(ScrApp *app, RenViewKind view) {
  char name[32];
  snprintf(name, sizeof name, "view.%s", ren_view_name(view));
  if (view != ren_ui_state(app->ui)->view) call(app, name, 0, 0, 0);
}

static void show_run(ScrApp *app, RenShown shown) {
  if (shown != ren_ui_state(app->ui)->shown) call_text(app, "shown.set", ren_shown_name(shown));
}

/* A model or file of its own is opened after its text is known. */
static void restore_comparison(ScrApp *app, const RenComparison *saved) {
  RenArg args[] = {{.kind = REN_ARG_STRING, .string = saved->text},
                   {.kind = REN_ARG_STRING, .string = saved->pair}};
  if (saved->text && *saved->text) ren_command_run(app->ui, "compare.text", args, saved->pair ? 2 : 1, NULL);
  if (saved->model) call_text(app, "compare.open", saved->model);
}

/* Of two views first the one beside the active one. */
static void restore_views(ScrApp *app, const RenState *saved) {
  const RenState *now = ren_ui_state(app->ui);
  if (saved->split != now->split) call(app, "view.split", 0, 0, 0);
  if (saved->split) {
    call_text(app, "split.side", saved->right ? "left" : "right");
    show_view(app, saved->beside);
    show_run(app, saved->beside_shown);
    call_text(app, "split.side", saved->right ? "right" : "left");
  }
  show_view(app, saved->view);
  show_run(app, saved->shown);
  if (saved->share < now->share || saved->share > now->share) call(app, "split.share", 1, (double)saved->share, 0);
}

void scr_app_restore_view(ScrApp *app) {
  if (!app->session || !app->session->found) return;
  const RenState *saved = &app->session->saved.state, *now = ren_ui_state(app->ui);
  restore_comparison(app, &app->session->saved.comparison);
  restore_views(app, saved);
  if (saved->threshold > 0) call(app, "threshold.set", 1, (double)saved->threshold, 0);
  if (saved->sink_hidden != now->sink_hidden) call(app, "sink.toggle", 0, 0, 0);
  restore_merge(app, &saved->merge);
  if (saved->palette != now->palette) call(app, "palette.toggle", 0, 0, 0);
  if (saved->lines != now->lines) call(app, "lines.bertviz", 0, 0, 0);
  if (saved->thumbs != now->thumbs) call_text(app, "thumbs.set", ren_thumbs_name(saved->thumbs));
  if (saved->sorted) call_text(app, "thumbs.sort", ren_state_sort_name(saved));
  if (saved->grouped != now->grouped) call(app, "thumbs.group", 0, 0, 0);
  if (saved->ramp != now->ramp) call(app, "ramp.toggle", 0, 0, 0);
  restore_dimensions(app, &saved->dimensions);
  restore_probe(app, saved);
  restore_filter(app, saved);
  const RenHistory *history = &app->session->saved.history;
  for (int i = 0; i < history->n; i++) ren_ui_remember(app->ui, history->inputs[i].text, history->inputs[i].pair);
  const ScrSaved *all = &app->session->saved;
  ren_ui_restore_console(app->ui, &all->scripts, all->console_height, all->console_open);
  app->restores = true;
}

bool scr_app_asks_text(const ScrApp *app) {
  const char *text = app->options.text;
  return text && !(app->session && text == app->session->saved.text);
}

static bool is_saved_model(ScrApp *app) {
  char *name = scr_app_name_for_later(ren_ui_model(app->ui));
  const char *saved = app->session->saved.model;
  bool same = name && saved && strcmp(name, saved) == 0;
  free(name);
  return same;
}

static bool is_saved_text(ScrApp *app) {
  const ScrSaved *saved = &app->session->saved;
  return eng_input_says(eng_source_input(ren_ui_source(app->ui)), saved->text, saved->pair);
}

static int n_heads(const EngSource *source, const RenState *state) {
  return eng_source_block(source, state->block)->n_heads;
}

/* One head alone, then the others; what is toggled last is the selected one. */
static void restore_heads(ScrApp *app, const RenState *saved) {
  const RenState *now = ren_ui_state(app->ui);
  if (eng_merge_takes_heads(now->merge.kind)) { /* their tiles say what is merged */
    call(app, "layer.set", 1, saved->layer, 0);
    return;
  }
  int n = n_heads(ren_ui_source(app->ui), now), on = ren_state_heads_active(saved, n);
  bool shown = saved->panel_open && call(app, "head.open", 2, saved->panel.layer, saved->panel.head);
  if (!shown && !call(app, "head.select", 2, saved->head, saved->layer)) return;
  if (on == n) call(app, "head.all", 0, 0, 0);
  for (int head = 0; on > 0 && head < n; head++)
    if (ren_state_head_active(saved, head) && !ren_state_head_active(now, head))
      call(app, "head.toggle", 1, head, 0);
  for (int head = 0; on > 0 && head < n; head++)
    if (!ren_state_head_active(saved, head) && ren_state_head_active(now, head))
      call(app, "head.toggle", 1, head, 0);
  if (now->head == saved->head || !ren_state_head_active(saved, saved->head)) return;
  call(app, "head.toggle", 1, saved->head, 0);
  call(app, "head.toggle", 1, saved->head, 0);
}

/* The selected one is added again, which selects it. */
static void restore_picks(ScrApp *app, const RenState *saved) {
  for (int i = 0; i < saved->n_picks; i++)
    call(app, "pick.add", 2, saved->picks[i].head.layer, saved->picks[i].head.head);
  for (int i = 0; i < saved->n_picks; i++)
    if (saved->picks[i].off) call(app, "pick.toggle", 2, saved->picks[i].head.layer, saved->picks[i].head.head);
  if (ren_state_pick(saved, (RenPanel){saved->layer, saved->head}) >= 0)
    call(app, "pick.add", 2, saved->layer, saved->head);
}

static void restore_tokens(ScrApp *app, const RenState *saved) {
  if (saved->token >= 0) call(app, "token.select", 1, saved->token, 0);
  for (int i = 0; i < saved->pins.n; i++) {
    const RenPin *pin = &saved->pins.at[i];
    RenArg args[] = {{.kind = REN_ARG_STRING, .string = ren_side_name(pin->side)},
                     {.kind = REN_ARG_NUMBER, .number = pin->token}};
    if (!ren_pins_has(&ren_ui_state(app->ui)->pins, pin->side, pin->token))
      ren_command_run(app->ui, "pin.toggle", args, 2, NULL);
  }
}

/* Each is opened, then pinned; the selection comes after. */
static void restore_panels(ScrApp *app, const RenState *saved) {
  for (int i = 0; i < saved->n_pinned_panels; i++) {
    const RenPinnedPanel *panel = &saved->pinned_panels[i];
    if (!call(app, "head.open", 2, panel->panel.layer, panel->panel.head)) continue;
    RenArg args[] = {{.kind = REN_ARG_NUMBER, .number = panel->panel.layer},
                     {.kind = REN_ARG_NUMBER, .number = panel->panel.head},
                     {.kind = REN_ARG_NUMBER, .number = (double)panel->at.x},
                     {.kind = REN_ARG_NUMBER, .number = (double)panel->at.y}};
    ren_command_run(app->ui, panel->moved ? "panel.move" : "panel.pin", args, panel->moved ? 4 : 2, NULL);
  }
}

/* Last: how far a view scrolls depends on everything else. */
static void restore_place(ScrApp *app, const RenState *saved) {
  const RenState *now = ren_ui_state(app->ui);
  int view = now->view;
  bool rows = view == REN_VIEW_HEAD || view == REN_VIEW_NEURON;
  float more = rows ? saved->row_zoom / now->row_zoom : saved->zoom / now->zoom;
  if (more < 1 || more > 1) call(app, "zoom", 1, (double)more, 0);
  if (view != (int)saved->view) return;
  call(app, "scroll", 2, (double)(saved->scroll_x[view] - now->scroll_x[view]),
       (double)(saved->scroll_y[view] - now->scroll_y[view]));
}

void scr_app_restore_selection(ScrApp *app) {
  if (!app->restores || !ren_ui_source(app->ui)) return;
  const ScrSaved *saved = &app->session->saved;
  scr_app_settle(app);
  bool bos = saved->bos && !ren_ui_bos(app->ui) && is_saved_model(app);
  if (bos && call(app, "bos.toggle", 0, 0, 0)) return; /* runs again, and comes here again */
  app->restores = false;
  if (saved->state.inspector) call(app, "inspector.toggle", 0, 0, 0);
  if (saved->state.classes_file[0]) call_text(app, "classes.set", saved->state.classes_file);
  if (saved->state.strip[0]) call_text(app, "strip.set", saved->state.strip);
  if (!is_saved_model(app)) return;
  if (strcmp(saved->filter, "all") != 0) call_text(app, "filter.set", saved->filter);
  restore_panels(app, &saved->state);
  restore_heads(app, &saved->state);
  restore_picks(app, &saved->state);
  if (is_saved_text(app)) restore_tokens(app, &saved->state);
  if (saved->state.expanded) call(app, "neuron.open", 0, 0, 0);
  if (saved->state.expanded && saved->state.dimensions.selected >= 0)
    call(app, "dimension.select", 1, saved->state.dimensions.selected, 0);
  restore_place(app, &saved->state);
  app->fresh = false;
}

/* A model that was asked for has its error shown instead. */
bool scr_app_fall_back(ScrApp *app, const ScrRequest *failed, const EngError *err) {
  ScrSession *session = app->session;
  bool saved = app->restores && app->options.model == session->saved.model && failed->name && !failed->opened;
  if (!saved || strcmp(failed->name, session->saved.model) != 0) return false;
  snprintf(session->notice, sizeof session->notice, "opened %s instead: %.400s", scr_app_first_model, err->message);
  call_text(app, "model.open", scr_app_first_model);
  return true;
}
