/* The colours. A head has the same colour everywhere; with more heads than colours they come again, a
 * shade darker each time. An inactive tile keeps its hue but steps back: on light ground it is paled (in
 * HSL, lightness up and saturation down by the same amount), on dark ground it sinks into the panel. */
#include "render/theme.h"

#include <math.h>
#include <string.h>

#define RGB(hex)                                                                                                   \
  { ((hex) >> 16) & 255, ((hex) >> 8) & 255, (hex)&255, 255 }

static const RenTheme themes[] = {
    {"dark", RGB(0x15171C), RGB(0x1D2027), RGB(0x272B34), RGB(0x363C48), RGB(0xE6E8EC), RGB(0x9AA3B2),
     RGB(0x4AA8FF), RGB(0xFF6B5E), RGB(0xE6B450), RGB(0x5BC47A), .negative = RGB(0xFF6318),
     .positive = RGB(0x2090DD)},
    {"light", RGB(0xFFFFFF), RGB(0xF4F5F7), RGB(0xE7EAEE), RGB(0xCBD0D8), RGB(0x1A1D23), RGB(0x586173),
     RGB(0x0B63C9), RGB(0xC0281C), RGB(0x8A5A00), RGB(0x1B7A3D), .negative = RGB(0xFF6318),
     .positive = RGB(0x0C36D8)},
};

static const RenColor palette[] = {
    RGB(0x1F77B4), RGB(0xFF7F0E), RGB(0x2CA02C), RGB(0xD62728), RGB(0x9467BD), RGB(0x8C564B),
    RGB(0xE377C2), RGB(0x7F7F7F), RGB(0xBCBD22), RGB(0x17BECF), RGB(0x5522FF), RGB(0x116622),
    RGB(0xDD00FF), RGB(0xAA0077), RGB(0xAAAAFF), RGB(0x9900CC),
};

static const RenColor safe[] = {RGB(0xE69F00), RGB(0x56B4E9), RGB(0x009E73), RGB(0xF0E442),
                                RGB(0x0072B2), RGB(0xD55E00), RGB(0xCC79A7)}; /* and the text's colour */

enum {
  LAYER_COLORS = 10,
  HEAD_COLORS = sizeof palette / sizeof palette[0],
  SAFE_COLORS = sizeof safe / sizeof safe[0] + 1,
  DARKEST = 3
};

static const float shade = 0.25F;   /* how much darker each further round of head colours is */
static const float paling = 0.6F;   /* share of the way to white of an inactive tile, light theme */
static const float dimming = 0.28F; /* share of its own colour that an inactive tile keeps, dark theme */

const RenTheme *ren_theme_find(const char *name) {
  for (size_t i = 0; i < sizeof themes / sizeof themes[0]; i++)
    if (name && strcmp(name, themes[i].name) == 0) return &themes[i];
  return NULL;
}

RenColor ren_color_rgb(uint32_t rgb) {
  return (RenColor){(uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb, 255};
}

/* Written so that NaN becomes 0. */
static float clamp01(float t) { return t > 0 ? (t < 1 ? t : 1) : 0; }

static uint8_t to_byte(float unit) { return (uint8_t)(clamp01(unit) * 255 + 0.5F); }

RenColor ren_color_fade(RenColor color, float by) {
  color.a = to_byte((float)color.a / 255 * clamp01(by));
  return color;
}

static uint8_t mix(uint8_t from, uint8_t to, float t) {
  return (uint8_t)((float)from + ((float)to - (float)from) * t + 0.5F);
}

RenColor ren_color_mix(RenColor from, RenColor to, float t) {
  t = clamp01(t);
  return (RenColor){mix(from.r, to.r, t), mix(from.g, to.g, t), mix(from.b, to.b, t), mix(from.a, to.a, t)};
}

RenColor ren_color_over(RenColor over, RenColor ground) {
  RenColor opaque = {over.r, over.g, over.b, 255};
  return ren_color_mix(ground, opaque, (float)over.a / 255);
}

static double linear(uint8_t channel) {
  double unit = channel / 255.0;
  return unit <= 0.04045 ? unit / 12.92 : pow((unit + 0.055) / 1.055, 2.4);
}

static double luminance(RenColor c) { return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b); }

double ren_color_contrast(RenColor a, RenColor b) {
  double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
  return one > other ? one / other : other / one;
}

RenColor ren_color_ink(RenColor preferred, RenColor ground) {
  RenColor black = ren_color_rgb(0x000000), white = ren_color_rgb(0xFFFFFF);
  if (ren_color_contrast(preferred, ground) >= REN_READABLE) return preferred;
  return ren_color_contrast(black, ground) > ren_color_contrast(white, ground) ? black : white;
}

/* A colour that comes again, a shade darker each time. */
static RenColor darken(RenColor color, int rounds) {
  for (int i = 0; i < rounds && i < DARKEST; i++) color = ren_color_mix(color, ren_color_rgb(0), shade);
  return color;
}

RenColor ren_theme_head_color(int head) {
  if (head < 0) head = 0;
  return darken(palette[head % HEAD_COLORS], head / HEAD_COLORS);
}

RenColor ren_theme_layer_color(int layer) { return palette[(layer < 0 ? 0 : layer) % LAYER_COLORS]; }

/* The channel `middle` keeps its place between the lowest and the highest, which is what keeps the hue. */
static uint8_t pale_channel(uint8_t channel, float low, float high, float new_low, float new_high) {
  float place = ((float)channel - low) / (high - low);
  return to_byte(new_low + place * (new_high - new_low));
}

/* A saturation below zero, which strong paling of a dull colour gives, turns to the complement's hue. */
static RenColor pale(RenColor c) {
  float high = (float)(c.r > c.g ? (c.r > c.b ? c.r : c.b) : (c.g > c.b ? c.g : c.b));
  float low = (float)(c.r < c.g ? (c.r < c.b ? c.r : c.b) : (c.g < c.b ? c.g : c.b));
  float lightness = (high + low) / 510, by = paling * (1 - lightness), paled = lightness + by;
  if (high == low) return (RenColor){to_byte(paled), to_byte(paled), to_byte(paled), c.a};
  float saturation = (high - low) / (lightness > 0.5F ? 510 - high - low : high + low) - by;
  float reach = saturation * (paled > 0.5F ? 1 - paled : paled);
  float from = paled - reach, to = paled + reach;
  return (RenColor){pale_channel(c.r, low, high, from, to), pale_channel(c.g, low, high, from, to),
                    pale_channel(c.b, low, high, from, to), c.a};
}

static bool is_dark(const RenTheme *theme) { return theme->bg.g < theme->text.g; }

RenColor ren_theme_tile_color(const RenTheme *theme, int head, bool active) {
  RenColor color = ren_theme_head_color(head);
  if (active) return color;
  return is_dark(theme) ? ren_color_mix(theme->panel, color, dimming) : pale(color);
}

const char *ren_theme_palette_name(RenPalette p) { return p == REN_PALETTE_SAFE ? "safe" : "standard"; }

static RenColor safe_color(const RenTheme *theme, int i) {
  i %= SAFE_COLORS;
  return i < SAFE_COLORS - 1 ? safe[i] : theme->text;
}

RenColor ren_theme_palette_head(const RenTheme *theme, RenPalette p, int head) {
  if (p == REN_PALETTE_STANDARD) return ren_theme_head_color(head);
  if (head < 0) head = 0;
  return darken(safe_color(theme, head), head / SAFE_COLORS);
}

RenColor ren_theme_palette_layer(const RenTheme *theme, RenPalette p, int layer) {
  if (p == REN_PALETTE_STANDARD) return ren_theme_layer_color(layer);
  return safe_color(theme, layer < 0 ? 0 : layer);
}

/* Straight towards the ground: black, paled as the others are, would turn brown. */
RenColor ren_theme_palette_tile(const RenTheme *theme, RenPalette p, int head, bool active) {
  if (p == REN_PALETTE_STANDARD) return ren_theme_tile_color(theme, head, active);
  RenColor color = ren_theme_palette_head(theme, p, head);
  if (active) return color;
  return is_dark(theme) ? ren_color_mix(theme->panel, color, dimming) : ren_color_mix(color, theme->bg, paling);
}
