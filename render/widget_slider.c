/* A track with a knob at its place, 0 to 1. That of a weight is its square root: small weights, where most of the
 * choice is, get most of the track. */
#include "render/widget.h"

#include <math.h>

static float usable(RenRect track) { return track.w - REN_KNOB; }

float ren_widget_range_place(RenRect track, float x) {
  float place = (x - track.x - REN_KNOB / 2.0f) / fmaxf(usable(track), 1);
  return fminf(fmaxf(place, 0), 1);
}

/* Rounded to three decimals, which is what the number beside it shows. */
float ren_widget_slider_value(RenRect track, float x) {
  float place = ren_widget_range_place(track, x);
  return roundf(place * place * 1000) / 1000;
}

static void draw_track(const RenPaint *paint, RenRect track, float x, RenLook look) {
  RenRect line = {track.x, track.y + (track.h - REN_TRACK) / 2, track.w, REN_TRACK};
  ren_frame_fill(paint->frame, REN_NO_ID, line, ren_widget_ink(paint->theme->border, look));
  line.w = x - track.x;
  ren_frame_fill(paint->frame, REN_NO_ID, line, ren_widget_ink(paint->theme->accent, look));
}

void ren_widget_range(const RenPaint *paint, RenId id, RenRect track, RenLook look, float place) {
  float x = track.x + REN_KNOB / 2.0f + place * usable(track), knob = REN_KNOB;
  ren_frame_area(paint->frame, id, track);
  draw_track(paint, track, x, look);
  RenRect rect = {floorf(x - knob / 2), track.y + (track.h - knob) / 2, knob, knob};
  RenRectShape shape = {.fill = ren_widget_ink(paint->theme->accent, look), .radius = knob / 2};
  if (look.hover) shape.stroke = paint->theme->text, shape.stroke_width = 1;
  ren_frame_box(paint->frame, REN_NO_ID, rect, shape);
  ren_widget_ring(paint, ren_rect_inset(track, REN_RING), look);
}

void ren_widget_slider(const RenPaint *paint, RenId id, RenRect track, RenLook look, float value) {
  ren_widget_range(paint, id, track, look, sqrtf(value));
}
