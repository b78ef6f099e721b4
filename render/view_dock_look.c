/* What the parts of the dock share: how an element looks, how a number is written. */
#include "render/view_dock.h"

#include <math.h>

RenLook ren_dock_look(const RenDockScene *scene, RenId id) {
  return (RenLook){.hover = ren_id_equal(scene->state->hover, id), .focus = ren_id_equal(scene->focus, id)};
}

RenId ren_dock_probe_id(const RenProbe *probe) { return ren_id_named(REN_ID_PROBE, probe->id); }

/* 97500000 as "9.8e7": six letters are what a row has room for. */
static const char *large_number(RenFrame *frame, double value) {
  int exponent = (int)floor(log10(fabs(value)));
  return ren_frame_format(frame, "%.1fe%d", value / pow(10, exponent), exponent);
}

const char *ren_dock_number(RenFrame *frame, float value) {
  float size = fabsf(value);
  if (size >= 1e6f && isfinite(size)) return large_number(frame, (double)value);
  const char *text = ren_frame_format(frame, size >= 100 ? "%.0f" : size >= 1 ? "%.2f" : "%.3f", (double)value);
  if (!text || size >= 1) return text;
  return value < 0 && text[1] == '0' ? ren_frame_format(frame, "-%s", text + 2) : text[0] == '0' ? text + 1 : text;
}
