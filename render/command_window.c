/* The window itself: theme, size, help, errors, what runs. */
#include "render/command_impl.h"

#include <math.h>
#include <string.h>

static bool use_theme(RenUi *ui, const char *name, EngError *err) {
  const RenTheme *theme = ren_theme_find(name);
  if (!theme) return eng_error_set(err, NULL, "theme", "expected dark or light, found %s", name);
  ui->state.theme = theme;
  return true;
}

bool ren_do_theme_set(RenUi *ui, const RenArg *args, EngError *err) { return use_theme(ui, args[0].string, err); }

bool ren_do_theme_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  return use_theme(ui, strcmp(ui->state.theme->name, "dark") == 0 ? "light" : "dark", err);
}

bool ren_do_palette_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->state.palette = ui->state.palette == REN_PALETTE_SAFE ? REN_PALETTE_STANDARD : REN_PALETTE_SAFE;
  return true;
}

bool ren_do_lines_bertviz(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->state.lines = ui->state.lines == REN_LINES_BERTVIZ ? REN_LINES_SQRT : REN_LINES_BERTVIZ;
  return true;
}

bool ren_do_scale_set(RenUi *ui, const RenArg *args, EngError *err) {
  double scale = args[0].number;
  if (!(scale >= (double)REN_MIN_SCALE && scale <= (double)REN_MAX_SCALE))
    return eng_error_set(err, NULL, "scale", "expected %g to %g, found %g", (double)REN_MIN_SCALE,
                         (double)REN_MAX_SCALE, scale);
  ui->state.scale = (float)scale;
  return true;
}

static bool step_scale(RenUi *ui, float by) {
  ui->state.scale = fminf(fmaxf(ui->state.scale + by, REN_MIN_SCALE), REN_MAX_SCALE);
  return true;
}

bool ren_do_scale_more(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_scale(ui, REN_SCALE_STEP);
}

bool ren_do_scale_less(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_scale(ui, -REN_SCALE_STEP);
}

bool ren_do_scale_reset(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->state.scale = 1;
  return true;
}

bool ren_do_help_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->help_open = !ui->help_open;
  ui->help_first = 0;
  return true;
}

/* Where all keys show there is nothing to scroll: any key puts them away. */
static bool scroll_help(RenUi *ui, int by) {
  if (ui->help_open && !ren_help_scroll(ui, by)) ui->help_open = false;
  return true;
}

bool ren_do_help_down(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_help(ui, 1);
}

bool ren_do_help_up(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_help(ui, -1);
}

bool ren_do_help_page_down(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_help(ui, ren_help_rows(ui));
}

bool ren_do_help_page_up(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_help(ui, -ren_help_rows(ui));
}

/* The neuron view goes back to its lines before the pins go. */
static bool leaves_computation(const RenUi *ui) {
  return ui->state.view == REN_VIEW_NEURON && ui->state.expanded && ui->state.token >= 0;
}

/* The ladder: one rung each time, the nearest first. */
bool ren_do_escape(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  const char *rung = NULL;
  if (ui->console.running)
    rung = "console.stop";
  else if (ui->dock.running)
    rung = "probe.stop";
  else if (ui->help_open)
    rung = "help.toggle";
  else if (ui->menu.owner != REN_ID_NONE)
    rung = "menu.cancel";
  else if (ren_ui_launcher_open(ui))
    rung = "commands.close";
  else if (ren_ui_chooser_open(ui))
    rung = "path.close";
  else if (ui->details != REN_ID_NONE)
    rung = ui->details == REN_ID_ERROR ? "error.details" : "notice.details";
  else if (ui->find_open)
    rung = "find.close";
  else if (ui->focus.kind != REN_ID_NONE)
    rung = "focus.clear";
  else if (ui->busy)
    rung = "run.cancel";
  else if (ui->writing)
    rung = "figure.cancel";
  else if (ui->error)
    rung = "error.close";
  else if (ui->state.dock_floats && ren_ui_dock_shows(ui) && ui->width < REN_DOCKED_WIDTH)
    rung = "dock.toggle";
  else if ((ui->state.panel_open || ui->state.n_pinned_panels > 0) && ui->state.view == REN_VIEW_MODEL)
    rung = "panel.close";
  else if (ren_ui_at_dimension(ui))
    rung = "dimension.clear";
  else if (ui->state.pins.n > 0 && !leaves_computation(ui))
    rung = "pin.clear";
  else if (ui->state.token >= 0)
    rung = ui->state.expanded ? "neuron.collapse" : "token.clear";
  else if (ui->state.editing)
    rung = "edits.mode";
  if (rung) ren_ui_call(ui, rung, NULL, 0);
  return true;
}

/* Or no longer. */
static bool show_whole(RenUi *ui, RenIdKind what, const char *text) {
  bool shows = ui->details == what || !text || !*text;
  ui->details = shows ? REN_ID_NONE : what;
  ui->details_line = 0;
  return true;
}

bool ren_do_error_details(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return show_whole(ui, REN_ID_ERROR, ui->error);
}

bool ren_do_notice_details(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return show_whole(ui, REN_ID_NOTICE, ui->status_right);
}

bool ren_do_details_copy(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  const char *text = ren_ui_details(ui);
  if (!text) return eng_error_set(err, NULL, "details", "expected an error or a notice that shows in full");
  ren_ui_keep_on_clipboard(ui, text);
  return true;
}

/* The end is where it is drawn. */
bool ren_do_details_scroll(RenUi *ui, const RenArg *args, EngError *err) {
  (void)err;
  double line = ui->details_line + args[0].number;
  ui->details_line = line > 0 ? (int)fmin(line, 1e6) : 0;
  return true;
}

bool ren_do_error_close(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_ui_set_error(ui, NULL, NULL);
  return true;
}

bool ren_do_window_resize(RenUi *ui, const RenArg *args, EngError *err) {
  double width = floor(args[0].number), height = floor(args[1].number);
  if (!(width >= 1 && width <= REN_MAX_SIDE && height >= 1 && height <= REN_MAX_SIDE))
    return eng_error_set(err, NULL, "size", "expected 1x1 to %dx%d, found %gx%g", REN_MAX_SIDE, REN_MAX_SIDE, width,
                         height);
  ui->width = (float)width;
  ui->height = (float)height;
  ren_ui_drop_hover(ui);
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  return true;
}

bool ren_do_window_close(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ui->host.quit) ui->host.quit(ui->host.context);
  return true;
}

bool ren_do_run(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_ui_remember(ui, ren_ui_text(ui), ren_ui_pair(ui));
  if (ui->host.run) ui->host.run(ui->host.context);
  return true;
}

bool ren_do_run_cancel(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ui->host.cancel) ui->host.cancel(ui->host.context);
  return true;
}

bool ren_do_progress_cancel(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  const char *stop = ui->busy              ? "run.cancel"
                     : ui->writing         ? "figure.cancel"
                     : ui->console.running ? "console.stop"
                                           : "probe.stop";
  ren_ui_call(ui, stop, NULL, 0);
  return true;
}

bool ren_do_overlay_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->overlay_open = !ui->overlay_open;
  return true;
}

bool ren_do_bos_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  if (!ui->has_bos) return eng_error_set(err, ren_ui_model(ui), "bos", "expected a BOS token, the model has none");
  ui->bos = !ui->bos;
  if (ui->host.run) ui->host.run(ui->host.context);
  return true;
}

bool ren_do_model_open(RenUi *ui, const RenArg *args, EngError *err) {
  if (!args[0].string[0]) return eng_error_set(err, NULL, "model", "expected a name or a path, found nothing");
  if (ui->host.open) ui->host.open(ui->host.context, args[0].string);
  return true;
}

bool ren_do_examples_menu(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_ui_call_string(ui, "menu.open", "examples");
  return true;
}

bool ren_do_model_menu(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_ui_call_string(ui, "menu.open", "model");
  return true;
}

bool ren_do_options_menu(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_ui_call_string(ui, "menu.open", "options");
  return true;
}
