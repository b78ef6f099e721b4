/* Comparing with a second run: what it is, and what each view shows. The host runs it. */
#include "render/command_impl.h"

/* Both sides show the same view, the first run at the left and the second at the right; the model view only where
 * nothing else is at hand. */
static void begin(RenUi *ui) {
  RenState *state = &ui->state;
  if (ui->comparing) return;
  ui->comparing = true;
  if (state->split && state->view == REN_VIEW_MODEL) state->view = state->beside;
  state->beside = state->view;
  state->split = true;
  state->shown = REN_SHOWS_RUN;
  state->beside_shown = REN_SHOWS_SECOND;
  state->right = false;
  state->share = REN_COMPARE_SHARE;
  ren_ui_drop_hover(ui);
  ren_ui_lay_out(ui);
}

static bool ask(RenUi *ui, const char *model, const char *text, const char *pair) {
  begin(ui);
  if (ui->host.compare) ui->host.compare(ui->host.context, model, text, pair);
  return true;
}

bool ren_do_compare_start(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  if (!ren_ui_block(ui)) return eng_error_set(err, "compare", NULL, "expected a run to compare with, found none");
  if (!ui->comparing && ui->second_field.length == 0) ren_field_set(&ui->second_field, ren_ui_text(ui));
  begin(ui);
  ren_field_select_all(&ui->second_field);
  ren_ui_set_focus(ui, (RenId){REN_ID_SECOND, 0, 0, 0});
  return true;
}

bool ren_do_compare_text(RenUi *ui, const RenArg *args, EngError *err) {
  if (!args[0].string[0]) return eng_error_set(err, "compare", "text", "expected a sentence, found nothing");
  bool own = args[0].string == ren_ui_second_text(ui);
  if (!own && !ren_field_set(&ui->second_field, args[0].string))
    return eng_error_memory(err, "compare", "a sentence");
  return ask(ui, NULL, args[0].string, args[1].string);
}

bool ren_do_compare_open(RenUi *ui, const RenArg *args, EngError *err) {
  if (!args[0].string[0]) return eng_error_set(err, "compare", "model", "expected a name or a path, found nothing");
  return ask(ui, args[0].string, NULL, NULL);
}

bool ren_do_compare_run(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  const char *pair = ren_ui_pair(ui);
  RenArg both[] = {{.kind = REN_ARG_STRING, .string = ren_ui_second_text(ui)},
                   {.kind = REN_ARG_STRING, .string = pair ? pair : ""}};
  ren_ui_call(ui, "compare.text", both, pair ? 2 : 1);
  return true;
}

bool ren_do_compare_close(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->comparing = false;
  ui->state.shown = ui->state.beside_shown = REN_SHOWS_RUN;
  if (ui->focus.kind == REN_ID_SECOND) ren_ui_set_focus(ui, REN_NO_ID);
  ren_ui_drop_hover(ui);
  ren_ui_set_second(ui, NULL, NULL, NULL);
  if (ui->host.compare) ui->host.compare(ui->host.context, NULL, NULL, NULL);
  return true;
}

/* Whether it is there, or on its way: without a first run, it comes with that. */
static bool can_show(const RenUi *ui, RenShown shown) {
  const EngSource *const sources[] = {ui->base, ui->given.second, ui->given.difference};
  return shown == REN_SHOWS_RUN || (ui->comparing && (sources[shown] || ui->busy || !ui->source));
}

bool ren_do_shown_set(RenUi *ui, const RenArg *args, EngError *err) {
  RenShown shown;
  if (!ren_shown_parse(args[0].string, &shown))
    return eng_error_set(err, NULL, "shown", "expected run, second or difference, found %s", args[0].string);
  if (!can_show(ui, shown))
    return eng_error_set(err, NULL, "shown", "expected %s to show, found none",
                         ui->given.second ? "a difference of both" : "a second run");
  ui->state.shown = shown;
  ren_ui_drop_hover(ui);
  ren_ui_clamp_scroll(ui);
  return true;
}

/* From one to the next: the run, the second, their difference. What is not there is said. */
bool ren_do_shown_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  RenShown next = (RenShown)((ui->state.shown + 1) % REN_SHOWN_COUNT);
  RenArg arg = {.kind = REN_ARG_STRING, .string = ren_shown_name(next)};
  if (ui->comparing) ren_ui_try(ui, "shown.set", &arg, 1);
  return true;
}
