/* What leaves the window: the view as a picture in a file, the same that `draw` makes of the same state, the
 * session as a script, and the numbers behind the view on the clipboard. */
#include "render/command_impl.h"
#include "render/draft.h"
#include "render/view_scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Where the figure is; its whole path can be copied. */
static void say_written(RenUi *ui, const char *path) {
  char said[1024];
  char *whole = realpath(path, NULL);
  snprintf(said, sizeof said, "wrote %.1000s", path);
  ren_ui_say(ui, said);
  ui->says_written = ren_ui_replace(&ui->written, whole ? whole : path);
  free(whole);
}

void ren_ui_wrote(RenUi *ui, const char *path, const EngError *err) {
  if (err)
    ren_ui_say(ui, err->message);
  else
    say_written(ui, path);
  ren_ui_touch(ui);
}

/* Takes the draft. */
static bool write(RenUi *ui, RenDraft *draft, EngError *err) {
  if (ui->host.write) return ui->host.write(ui->host.context, draft, err);
  bool ok = ren_draft_write(draft, ui->fonts, NULL, err);
  ren_ui_wrote(ui, ren_draft_path(draft), ok ? NULL : err);
  ren_draft_free(draft);
  return ok;
}

/* "novella-head-2.5.png" in the working directory, unless a name is given. */
bool ren_do_figure_save(RenUi *ui, const RenArg *args, EngError *err) {
  char name[REN_FIGURE_NAME];
  if (!ren_ui_block(ui)) return eng_error_set(err, NULL, "figure", "expected something to draw, found nothing");
  ren_figure_name(ui, name);
  const char *path = args[0].string && args[0].string[0] ? args[0].string : name;
  bool transparent = args[1].kind == REN_ARG_BOOL && args[1].boolean;
  EngError why = {0};
  RenDraft *draft = ren_draft_new(ui, path, transparent, &why);
  if (!draft) ren_ui_wrote(ui, path, &why);
  return (draft && write(ui, draft, &why)) || eng_error_set(err, NULL, NULL, "%s", why.message);
}

bool ren_do_figure_cancel(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ui->host.stop_writing) ui->host.stop_writing(ui->host.context);
  return true;
}

bool ren_do_session_save(RenUi *ui, const RenArg *args, EngError *err) {
  EngError why = {0};
  bool ok = ui->host.save_session ? ui->host.save_session(ui->host.context, args[0].string, &why)
                                  : eng_error_set(&why, NULL, "session", "expected a window, found none");
  ren_ui_wrote(ui, args[0].string, ok ? NULL : &why);
  return ok || eng_error_set(err, NULL, NULL, "%s", why.message);
}

bool ren_do_copy_path(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  if (!ui->written) return eng_error_set(err, NULL, "copy", "expected a figure that was written, found none");
  ren_ui_keep_on_clipboard(ui, ui->written);
  ren_ui_say(ui, "copied the path");
  return true;
}

/* The picture goes through a program, so only the host can. */
bool ren_do_copy_picture(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  EngError why = {0};
  bool ok = ui->host.copy_picture ? ui->host.copy_picture(ui->host.context, &why)
                                  : eng_error_set(&why, NULL, "copy", "expected a window, found none");
  ren_ui_say(ui, ok ? "copying the picture" : why.message);
  return ok || eng_error_set(err, NULL, NULL, "%s", why.message);
}

/* --- numbers */

/* A token as one field: what would end a field or a line is written as C does. */
static void put_token(FILE *file, const char *token) {
  for (; *token; token++) {
    const char *out = *token == '\t' ? "\\t" : *token == '\n' ? "\\n" : *token == '\r' ? "\\r" : NULL;
    if (out)
      fputs(out, file);
    else
      fputc(*token, file);
  }
}

/* Where a difference has no number its field is empty. */
static void put_table(FILE *file, const EngBlock *block, EngTensor weights) {
  for (int j = 0; j < block->n_columns; j++) fputc('\t', file), put_token(file, block->columns[j].text);
  fputc('\n', file);
  for (int i = 0; i < block->n_rows; i++) {
    put_token(file, block->rows[i].text);
    for (int j = 0; j < block->n_columns; j++) {
      double weight = (double)weights.data[i * weights.stride[0] + j * weights.stride[1]];
      fputc('\t', file);
      if (!isnan(weight)) fprintf(file, "%.9g", weight);
    }
    fputc('\n', file);
  }
}

static const char *of_which(const RenUi *ui, RenShown shown) {
  if (!ui->comparing || shown == REN_SHOWS_RUN) return "";
  return shown == REN_SHOWS_SECOND ? " of the second run" : " of the difference";
}

/* The weights of the head that the active view shows as tab separated values, keys in the first line, a line for
 * each query. */
bool ren_do_copy_numbers(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  RenPane pane = ren_ui_active_pane(ui);
  const RenState *state = &pane.state;
  const EngBlock *block = ren_scene_block(state, pane.source);
  if (!block || state->layer >= eng_source_layers_done(pane.source))
    return eng_error_set(err, NULL, "copy", "expected numbers to copy, found nothing shown");
  char *text = NULL, said[128], name[48];
  size_t size = 0;
  FILE *file = open_memstream(&text, &size);
  if (file) put_table(file, block, eng_source_pattern(pane.source, state->block, state->layer, state->head));
  bool ok = file && !ferror(file);
  if (file) ok = fclose(file) == 0 && ok;
  if (ok) ren_ui_keep_on_clipboard(ui, text);
  free(text);
  eng_block_name(block, state->layer, state->head, name, sizeof name);
  snprintf(said, sizeof said, "copied head %s%s, %d × %d numbers", name, of_which(ui, pane.shown), block->n_rows,
           block->n_columns);
  if (ok) ren_ui_say(ui, said);
  return ok || eng_error_memory(err, NULL, "a table");
}
