/* What headscope draw writes: a window without bars and without a screen, the runs in it, the options as its
 * commands, and then its picture or its draw commands in a file. */
#include "scripting/classes.h"
#include "scripting/cli_draw_impl.h"
#include "scripting/filter.h"
#include "scripting/fonts.h"
#include "scripting/guard.h"
#include "scripting/readings.h"

#include "engine/file.h"
#include "render/figure.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool write_lines(RenUi *ui, FILE *file, const char *path, EngError *err) {
  const RenFrame *frame = ren_ui_frame(ui);
  errno = 0;
  if (!ren_frame_failed(frame) && ren_frame_write(frame, file) && fflush(file) == 0) return true;
  return eng_error_set(err, path, NULL, "expected to write every draw command, found: %s",
                       errno ? strerror(errno) : "too little memory");
}

static bool write_commands(RenUi *ui, const char *path, EngError *err) {
  EngFile file;
  if (strcmp(path, "-") == 0) return write_lines(ui, stdout, path, err);
  if (!eng_file_begin(&file, path, err)) return false;
  bool ok = write_lines(ui, file.stream, path, err);
  return eng_file_end(&file, ok, ok ? err : NULL) && ok;
}

static bool write_output(RenUi *ui, const ScrDraw *draw, EngError *err) {
  if (draw->picture) return ren_figure_write(ui, draw->picture, draw->transparent, err);
  return write_commands(ui, draw->commands, err);
}

/* Whom the ui asks. */
typedef struct Host {
  RenUi *ui;
  const char *home;
} Host;

static bool on_read(void *context, const char *neuron, EngError *err) {
  EngReadingsSpec spec;
  return scr_readings_spec(((Host *)context)->ui, false, neuron, &spec, err);
}

static RenClasses *on_classify(void *context, const char *file, EngSource *source, EngError *err) {
  return scr_classes_mark(((Host *)context)->home, file, source, err);
}

/* What the run was edited with is said in the picture, and shown. */
static bool begin_edits(RenUi *ui, const ScrRequest *request, EngError *err) {
  const EngConfig *config = request->model ? eng_model_config(request->model) : NULL;
  return !config || ren_ui_begin_edits(ui, request->edits, request->n_edits, config, err);
}

static bool open_ui(Host *host, const ScrRequest *first, const ScrDraw *draw, EngError *err) {
  char fonts[4096];
  snprintf(fonts, sizeof fonts, "%s/fonts", host->home);
  char *more_fonts = scr_fonts_folders();
  RenUiOptions options = {.fonts = fonts,
                          .more_fonts = more_fonts,
                          .width = draw->width,
                          .height = draw->height,
                          .scale = draw->factor,
                          .theme = draw->theme,
                          .chrome = false,
                          .host = {.context = host, .read = on_read, .classify = on_classify}};
  host->ui = ren_ui_new(&options, err);
  free(more_fonts);
  if (!host->ui) return false;
  ren_ui_set_model(host->ui, first->name, 0, false);
  ren_ui_set_source(host->ui, first->source);
  return begin_edits(host->ui, first, err);
}

/* The second run beside the first, or, where only one view is wanted, instead of it. */
static bool compare(RenUi *ui, const ScrRequest *first, const ScrRequest *second, const ScrDraw *draw,
                    EngError *err) {
  EngSource *difference = eng_source_difference(first->source, second->source, NULL, err);
  if (!difference) return false;
  ren_ui_set_second(ui, second->source, difference, draw->with);
  eng_source_release(difference);
  return scr_cli_draw_compare(ui, draw, err);
}

/* What the source shows whether an option is right is misuse, too. */
int scr_cli_draw_write(const ScrCommand *command, const char *home, const ScrRequest *first,
                       const ScrRequest *second, const ScrDraw *draw) {
  EngError err = {0};
  Host host = {.home = home};
  if (!open_ui(&host, first, draw, &err)) {
    ren_ui_free(host.ui);
    return scr_cli_fail(&err);
  }
  RenUi *ui = host.ui;
  int code = SCR_DONE;
  if (second && !compare(ui, first, second, draw, &err))
    code = scr_cli_fail(&err);
  else if (!scr_cli_draw_apply(ui, draw, &err))
    code = scr_args_misuse(command, "%s", err.message);
  else if (!scr_filter_now(ui, home, &draw->limits, &err))
    code = scr_guard_stopped() ? scr_cli_fail(&err) : scr_args_misuse(command, "--where: %s", err.message);
  else if (scr_readings_now(ui), !write_output(ui, draw, &err))
    code = scr_cli_fail(&err);
  ren_ui_free(ui);
  return code;
}
