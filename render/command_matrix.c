/* What only the matrix view has: how weights become colours. */
#include "render/command_impl.h"

#include <string.h>

bool ren_do_ramp_set(RenUi *ui, const RenArg *args, EngError *err) {
  const RenRamp ramps[] = {REN_RAMP_SQRT, REN_RAMP_LINEAR};
  for (int i = 0; i < 2; i++) {
    if (strcmp(args[0].string, ren_ramp_name(ramps[i])) != 0) continue;
    ui->state.ramp = ramps[i];
    return true;
  }
  return eng_error_set(err, NULL, "ramp", "expected sqrt or linear, found %s", args[0].string);
}

bool ren_do_ramp_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->state.ramp = ui->state.ramp == REN_RAMP_SQRT ? REN_RAMP_LINEAR : REN_RAMP_SQRT;
  return true;
}
