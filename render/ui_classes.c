/* Classes of tokens in the window: the host reads the file and marks the tokens, again for every text, so that a
 * file that was changed meanwhile counts with the next one. Of a comparison both texts are marked, and their
 * difference. */
#include "engine/alignment.h"
#include "render/ui_impl.h"
#include "render/view_class.h"

#include <stdlib.h>

static void set(RenUi *ui, RenShown shown, RenClasses *classes) {
  ren_classes_free(ui->classes[shown]);
  ui->classes[shown] = classes;
  if (shown == REN_SHOWS_RUN) ui->state.classes = classes;
  ren_ui_touch(ui);
}

static bool mark(RenUi *ui, RenShown shown, EngSource *source, EngError *err) {
  RenClasses *classes = NULL;
  const char *file = ui->state.classes_file;
  bool wanted = *file && source;
  if (wanted && ui->host.classify) classes = ui->host.classify(ui->host.context, file, source, err);
  set(ui, shown, classes);
  return classes || !wanted ||
         (!ui->host.classify && eng_error_set(err, file, NULL, "expected someone who reads files of classes"));
}

bool ren_ui_mark_classes(RenUi *ui, EngError *err) {
  bool ok = mark(ui, REN_SHOWS_RUN, ui->base, err) && mark(ui, REN_SHOWS_SECOND, ui->given.second, err);
  ren_ui_mark_difference(ui);
  return ok;
}

void ren_ui_mark_second(RenUi *ui) {
  EngError err = {0};
  if (!mark(ui, REN_SHOWS_SECOND, ui->given.second, &err)) ren_ui_say(ui, err.message);
}

/* --- of the difference */

/* A token, or a word's first one, by the classes of its run; -1 for none. */
static int class_in(const RenClasses *classes, const EngSource *source, int token) {
  int i = token < 0 ? -1 : eng_source_token(source, 0, false, token);
  return classes && i >= 0 && i < classes->n_tokens ? classes->of[i] : -1;
}

/* What stands for each other is of one class as a rule; where it is not the first run's counts. */
void ren_ui_mark_difference(RenUi *ui) {
  const RenClasses *first = ui->classes[REN_SHOWS_RUN], *second = ui->classes[REN_SHOWS_SECOND];
  const EngAlignment *alignment = ui->difference ? eng_source_alignment(ui->difference) : NULL;
  set(ui, REN_SHOWS_DIFFERENCE, NULL);
  if (!alignment || !first || !ui->compared || !ui->second) return;
  RenClasses *both = malloc(sizeof *both);
  int8_t *of = malloc((size_t)alignment->n_places + 1);
  if (!both || !of) {
    free(both);
    free(of);
    return;
  }
  *both = *first;
  both->n_tokens = alignment->n_places;
  both->of = of;
  for (int i = 0; i < alignment->n_places; i++) {
    const int *token = alignment->places[i].token;
    int class = class_in(first, ui->compared, token[0]);
    of[i] = (int8_t)(class >= 0 ? class : class_in(second, ui->second, token[1]));
  }
  set(ui, REN_SHOWS_DIFFERENCE, both);
}

/* --- what they are called */

bool ren_ui_has_legend(const RenUi *ui) { return ui->state.classes != NULL; }

void ren_ui_draw_legend(RenUi *ui, RenPoint by, RenFrame *frame) {
  RenRect area = ui->layout.legend;
  const RenClasses *second = ui->comparing ? ui->classes[REN_SHOWS_SECOND] : NULL;
  if (!ui->state.classes || ren_rect_empty(area)) return;
  area.x += by.x, area.y += by.y;
  ren_class_legend(&ui->state, second, ui->fonts, area, frame);
}
