/* What the thumbnails of the model view show. */
#include "render/command_impl.h"
#include "render/view_thumbs.h"

bool ren_do_thumbs_set(RenUi *ui, const RenArg *args, EngError *err) {
  if (ren_thumbs_parse(args[0].string, &ui->state.thumbs)) return true;
  return eng_error_set(err, NULL, "thumbs", "expected auto, lines or heat, found %s", args[0].string);
}

/* From what they are now; what the length of the text would choose is auto again. */
bool ren_do_thumbs_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  const EngBlock *block = ren_ui_block(ui);
  RenState *state = &ui->state;
  bool heat = block && ren_thumbs_are_heat(state, block);
  state->thumbs = REN_THUMBS_AUTO;
  if (block && ren_thumbs_are_heat(state, block) == heat) state->thumbs = heat ? REN_THUMBS_LINES : REN_THUMBS_HEAT;
  return true;
}

bool ren_do_thumbs_sort(RenUi *ui, const RenArg *args, EngError *err) {
  if (!ren_state_sort_parse(args[0].string, &ui->state))
    return eng_error_set(
        err, NULL, "score",
        "expected previous, first, current, confidence, entropy, distance, probe or none, found %s",
        args[0].string);
  ren_ui_rank(ui);
  ren_ui_clamp_scroll(ui);
  return true;
}

bool ren_do_thumbs_group(RenUi *ui, const RenArg *args, EngError *err) {
  (void)err;
  ui->state.grouped = args[0].kind == REN_ARG_BOOL ? args[0].boolean : !ui->state.grouped;
  ren_ui_rank(ui);
  ren_ui_clamp_scroll(ui);
  return true;
}
