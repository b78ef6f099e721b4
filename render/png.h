/* Pixels to a PNG file with text chunks (provenance), and back. */
#ifndef RENDER_PNG_H
#define RENDER_PNG_H

#include "engine/error.h"
#include "render/raster.h"

typedef struct RenPngText {
  const char *key, *value;
} RenPngText;

/* Writes to a temporary file beside `path` and renames it: no partial file stays behind. */
bool ren_png_write(const char *path, const RenPixels *pixels, const RenPngText *texts, int n_texts, EngError *err);
/* The same, unless it is cancelled meanwhile: then there is an error and no file. */
bool ren_png_write_until(const char *path, const RenPixels *pixels, const RenPngText *texts, int n_texts,
                         const EngCancel *cancel, EngError *err);
/* The same file without texts, in memory: malloc'ed. */
bool ren_png_encode(const RenPixels *pixels, unsigned char **out, size_t *size, EngError *err);
bool ren_png_read(const char *path, RenPixels *out, EngError *err);

/* The text under a key of a PNG file that is whole (malloc'ed), NULL where there is none or one of more than
 * `most` bytes. */
bool ren_png_read_text(const char *path, const char *key, size_t most, char **out, EngError *err);

#endif
