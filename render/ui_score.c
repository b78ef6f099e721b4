/* What the views know of probes: which heads pass the filter, what the active one says of each. */
#include "render/ui_impl.h"

#include <math.h>
#include <string.h>

const RenProbe *ren_ui_probe(const RenUi *ui) { return ren_dock_find(&ui->dock, ui->state.probe); }

/* --- the filter */

RenSubject ren_ui_subject(const RenUi *ui) {
  const EngBlock *block = ren_ui_block(ui);
  if (!block) return (RenSubject){0};
  return (RenSubject){eng_source_serial(eng_source_base((EngSource *)(uintptr_t)ui->source)), block->whole};
}

bool ren_ui_shows_subject(const RenUi *ui, RenSubject subject) {
  return subject.serial && ren_subject_equal(subject, ren_ui_subject(ui));
}

/* Of heads that are shown as they are; another run is not filtered until it is known what passes there. */
static void pass(RenUi *ui) {
  const RenPassing *passing = &ui->dock.passing;
  const EngBlock *block = ren_ui_block(ui);
  bool fits = ui->state.where[0] && ren_ui_shows_subject(ui, ui->dock.filtered) && block && !block->heads &&
              !block->layers && passing->n_layers == block->n_layers && passing->n_heads == block->n_heads;
  ui->state.passing = fits ? passing : NULL;
}

/* Those of heads that are shown as they are. */
static bool fits(const RenUi *ui) {
  const RenAnswer *answer = &ui->dock.answer;
  const EngBlock *block = ren_ui_block(ui);
  return ui->dock.answered && answer->scores && ren_ui_shows_subject(ui, answer->of) && block && !block->heads &&
         !block->layers && strcmp(answer->id, ui->state.probe) == 0 && answer->n_layers == block->n_layers &&
         answer->n_heads == block->n_heads;
}

/* --- its scores, for the views */

void ren_ui_score(RenUi *ui) {
  const RenAnswer *answer = &ui->dock.answer;
  const RenProbe *probe = ren_ui_probe(ui);
  ui->state.scores = NULL;
  pass(ui);
  if (!fits(ui)) return;
  float most = fmaxf(answer->high, answer->null);
  ui->scores = (RenScores){answer->n_layers,
                           answer->n_heads,
                           answer->scores,
                           most > 0 && most <= 1 ? 1 : most,
                           probe && probe->name ? probe->name : answer->id,
                           ui->dock.n_answers};
  ui->state.scores = &ui->scores;
}
