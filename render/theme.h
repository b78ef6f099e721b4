/* Every colour and every size that is drawn. Nothing else in render holds a literal colour or length. */
#ifndef RENDER_THEME_H
#define RENDER_THEME_H

#include <stdbool.h>
#include <stdint.h>

typedef struct RenColor {
  uint8_t r, g, b, a;
} RenColor;

typedef struct RenTheme {
  const char *name; /* "dark", "light" */
  RenColor bg, panel, raised, border, text, muted, accent, error, warn, ok;
  RenColor negative, positive; /* signed values, centred on 0 */
} RenTheme;

const RenTheme *ren_theme_find(const char *name); /* NULL for an unknown name */

RenColor ren_color_rgb(uint32_t rgb);              /* 0xRRGGBB, opaque */
RenColor ren_color_fade(RenColor color, float by); /* alpha times `by`, clamped to 0 … 1 */
RenColor ren_color_mix(RenColor from, RenColor to, float t);

RenColor ren_theme_head_color(int head);   /* head view: ten colours, six more, then a shade darker */
RenColor ren_theme_layer_color(int layer); /* model view: ten colours, repeating */
RenColor ren_theme_tile_color(const RenTheme *theme, int head, bool active); /* an inactive tile is paled */

/* Sizes in logical pixels (window.md sections 1 and 2, views.md for the views). */
enum {
  REN_GRID = 4,
  REN_PAD = 8,
  REN_RADIUS = 4,
  REN_CONTROL_HEIGHT = 28,
  REN_INPUT_BAR_HEIGHT = 44,
  REN_VIEW_BAR_HEIGHT = 36,
  REN_STATUS_HEIGHT = 24,
  REN_ERROR_HEIGHT = 28,
  REN_MODEL_WIDTH = 200,
  REN_TILE = 20,
  REN_TOKEN_PITCH = 24,
  REN_MIN_WIDTH = 640,
  REN_MIN_HEIGHT = 400,
  REN_TEXT_SMALL = 11,   /* axes, status */
  REN_TEXT_CONTROL = 13, /* controls, numbers */
  REN_TEXT_TOKEN = 15,
  REN_TEXT_HEADING = 16, /* bold */
};

#endif
