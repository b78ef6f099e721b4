/* Grapheme clusters are Unicode's, by utf8proc. */
#include "render/piece.h"

#include "render/point.h"
#include "render/script.h"

#include <string.h>
#include <utf8proc.h>

enum { MAX_STRETCH = 64 }; /* characters drawn as one: a script without spaces has no end */

size_t ren_piece_character(const char *run) {
  if (!*run) return 0;
  utf8proc_int32_t before = 0, after = 0, state = 0;
  size_t n = ren_point_read(run, &before);
  while (run[n]) {
    size_t more = ren_point_read(run + n, &after);
    if (utf8proc_grapheme_break_stateful(before, after, &state)) break;
    before = after;
    n += more;
  }
  return n;
}

static bool is_strong_or_mark(int32_t point) {
  int bidi = utf8proc_get_property(point)->bidi_class;
  return ren_point_is_rtl(point) || bidi == UTF8PROC_BIDI_CLASS_L || bidi == UTF8PROC_BIDI_CLASS_NSM;
}

/* What characters that are drawn as one have in common: the tag of a script that joins its characters; NULL
 * stands alone, and so do Arabic digits and commas, which do not run from right to left. */
static const char *joined_by(const char *run) {
  int32_t point = 0;
  ren_point_read(run, &point);
  const RenScript *script = ren_script_of(point);
  if (!script) return ren_point_is_rtl(point) ? "right to left" : NULL;
  return script->joins && is_strong_or_mark(point) ? script->tag : NULL;
}

size_t ren_piece_length(const char *run) {
  size_t n = ren_piece_character(run);
  const char *tag = n > 0 ? joined_by(run) : NULL;
  if (!tag) return n;
  for (int count = 1; run[n] && count < MAX_STRETCH; count++) {
    const char *next = joined_by(run + n);
    if (!next || strcmp(next, tag) != 0) break;
    n += ren_piece_character(run + n);
  }
  return n;
}
