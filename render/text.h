/* Fonts, runs of text shaped and measured as a whole, and the glyph cache they are drawn from.
 *
 * Works without SDL's video. One RenText serves one thread. A glyph no font has is a box with its code
 * point. Advances are whole device pixels, so that pictures are the same everywhere; pieces that DejaVu lacks
 * depend on the fonts of the machine. A run's first letter says from which side it is read. */
#ifndef RENDER_TEXT_H
#define RENDER_TEXT_H

#include "engine/error.h"
#include "render/frame.h"

#include <stdint.h>

typedef struct RenText RenText;

/* Opens DejaVu Sans, Bold and Sans Mono in `fonts` (a folder). */
RenText *ren_text_open(const char *fonts, EngError *err);
void ren_text_close(RenText *text);
const char *ren_text_folder(const RenText *text);

/* Further folders, separated by ':', where fonts are looked for at the first character that DejaVu lacks.
 * Without them such a character is a box. False when memory is short. */
bool ren_text_search(RenText *text, const char *folders);

/* Width of a run in device pixels, and in logical pixels, at a scale (device pixels per logical pixel): the
 * sum of its advances. */
int ren_text_advance(RenText *text, RenFont font, int size, float scale, const char *run);
float ren_text_width(RenText *text, RenFont font, int size, float scale, const char *run);

/* The byte offset in `run` that is nearest to `x` logical pixels from its start, and the x of an offset:
 * for the caret of a text field. Offsets fall between whole characters with their combining marks. */
size_t ren_text_offset(RenText *text, RenFont font, int size, float scale, const char *run, float x);
float ren_text_caret(RenText *text, RenFont font, int size, float scale, const char *run, size_t offset);

/* Whether some of the run reads from right to left: then only the whole of it can be cut into places. */
bool ren_text_turns(const char *run);

/* Where the bytes `from` to `to` of a run stand: at most `most` stretches, in logical pixels from its start;
 * more than one where the direction turns. Returns how many. */
typedef struct RenSpan {
  float left, right;
} RenSpan;
int ren_text_spans(RenText *text, RenFont font, int size, float scale, const char *run, size_t from, size_t to,
                   RenSpan *spans, int most);

/* The run itself when its advance is at most `width` device pixels, else as many whole characters as fit
 * before an ellipsis, and the ellipsis; "" when not even that fits. Valid until the next call. */
const char *ren_text_shorten(RenText *text, RenFont font, int size, float scale, const char *run, int width);

/* A run as coverage, 0 to 255, cropped: where it goes relative to the pen on the baseline, in device
 * pixels. Owned by the cache, valid until the next call. False for a run without ink. */
typedef struct RenCoverage {
  const uint8_t *pixels;
  const uint32_t *colors; /* as many: 0xFFRRGGBB, 0 for the text's own colour; NULL: that everywhere */
  int width, height, pitch;
  int left, top; /* of the first pixel; top is negative above the baseline */
} RenCoverage;
bool ren_text_coverage(RenText *text, RenFont font, int size, float scale, const char *run, RenCoverage *out);

/* Device pixels from the top of a line to its baseline and its height, the same for every run. */
int ren_text_ascent(RenText *text, RenFont font, int size, float scale);
int ren_text_height(RenText *text, RenFont font, int size, float scale);

size_t ren_text_cache_bytes(const RenText *text);

#endif
