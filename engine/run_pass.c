/* What every step of the forward pass does beside its arithmetic: it asks whether to go on, edits what
 * came of it, and shows it to the tap. */
#include "engine/run_state.h"

bool eng_pass_goes_on(EngPass *pass) {
  if (!eng_cancel_raised(pass->run->spec.cancel)) return true;
  atomic_store(&pass->run->cancelled, true);
  return eng_error_set(pass->err, NULL, NULL, "cancelled");
}

bool eng_pass_multiply(EngPass *pass, const EngGemm *product) {
  return pass->ops->gemm(product, pass->scratch, pass->run->spec.cancel) || eng_pass_goes_on(pass);
}

bool eng_pass_tap(EngPass *pass, EngActivation id, int layer, int sequence) {
  const EngRunSpec *spec = &pass->run->spec;
  if (!eng_pass_goes_on(pass)) return false;
  if (id != ENG_NAMELESS) eng_run_apply_edits(pass->run, id, layer, sequence);
  if (!spec->tap || id == ENG_NAMELESS || (id == ENG_ACT_SCORES && spec->tap_looks)) return true;
  EngTensor value = eng_run_value(pass->run, id, layer, sequence);
  return spec->tap(spec->tap_context, id, layer, sequence, value, pass->err);
}
