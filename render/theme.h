/* Every colour that is drawn, and with it every size. Nothing else in render holds a literal colour or length. */
#ifndef RENDER_THEME_H
#define RENDER_THEME_H

#include "render/sizes.h"
#include "render/view_sizes.h"

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
RenColor ren_color_over(RenColor over, RenColor ground); /* what is seen of both; the ground is opaque */

/* WCAG's ratio of two opaque colours, 1 to 21: text is read from 4.5 on. */
double ren_color_contrast(RenColor a, RenColor b);
/* The preferred colour where it can be read on the ground, else black or white, one of which always can. */
RenColor ren_color_ink(RenColor preferred, RenColor ground);
#define REN_READABLE 4.5

RenColor ren_theme_head_color(int head);   /* head view: ten colours, six more, then a shade darker */
RenColor ren_theme_layer_color(int layer); /* model view: ten colours, repeating */
RenColor ren_theme_tile_color(const RenTheme *theme, int head, bool active); /* an inactive tile is paled */

/* The safe one: the eight colours of Okabe and Ito, which colour-blind people can tell apart. Their black is
 * the theme's text colour, which stands out on either ground. */
typedef enum RenPalette { REN_PALETTE_STANDARD, REN_PALETTE_SAFE } RenPalette;

const char *ren_theme_palette_name(RenPalette palette); /* "standard", "safe" */
RenColor ren_theme_palette_head(const RenTheme *theme, RenPalette palette, int head);
RenColor ren_theme_palette_layer(const RenTheme *theme, RenPalette palette, int layer);
RenColor ren_theme_palette_tile(const RenTheme *theme, RenPalette palette, int head, bool active);

#endif
