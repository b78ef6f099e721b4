/* Scripts that need to be known by name: which of a run's characters are shaped together, how HarfBuzz is to
 * shape them, and which font is made for them. */
#ifndef RENDER_SCRIPT_H
#define RENDER_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct RenScript {
  int32_t from, to; /* code points, both inside */
  const char *tag;  /* ISO 15924 */
  const char *font; /* the name of the font's file, before "-Regular" and the like */
  bool joins;       /* characters change their shape or place beside each other */
} RenScript;

/* The entry of a code point; NULL for what no script of the table has (Latin, Han, signs). */
const RenScript *ren_script_of(int32_t point);
/* The first that one of the code points of a piece (`n` bytes) has. */
const RenScript *ren_script_of_piece(const char *piece, size_t n);

/* Whether a piece is to be drawn as an emoji, in colour where a font can: by default, or because a variation
 * selector asks for it. */
bool ren_script_is_emoji(const char *piece, size_t n);

#endif
