/* Grapheme clusters are Unicode's, by utf8proc. */
#include "render/piece.h"

#include <utf8proc.h>

size_t ren_piece_point(const char *text, int32_t *point) {
  utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, point);
  if (n > 0) return (size_t)n;
  *point = 0xFFFD;
  return 1;
}

bool ren_piece_is_rtl(int32_t point) {
  int bidi = utf8proc_get_property(point)->bidi_class;
  return bidi == UTF8PROC_BIDI_CLASS_R || bidi == UTF8PROC_BIDI_CLASS_AL;
}

/* Scripts whose characters are drawn differently beside each other: right to left, Indic, Thai to Tibetan,
 * Myanmar, Khmer. */
static bool is_joining(int32_t p) {
  return ren_piece_is_rtl(p) || (p >= 0x0900 && p <= 0x109F) || (p >= 0x1780 && p <= 0x17FF);
}

size_t ren_piece_character(const char *run) {
  if (!*run) return 0;
  utf8proc_int32_t before = 0, after = 0, state = 0;
  size_t n = ren_piece_point(run, &before);
  while (run[n]) {
    size_t more = ren_piece_point(run + n, &after);
    if (utf8proc_grapheme_break_stateful(before, after, &state)) break;
    before = after;
    n += more;
  }
  return n;
}

size_t ren_piece_length(const char *run) {
  utf8proc_int32_t point = 0;
  size_t n = ren_piece_character(run);
  if (n == 0 || (ren_piece_point(run, &point), !is_joining(point))) return n;
  while (run[n] && (ren_piece_point(run + n, &point), is_joining(point))) n += ren_piece_character(run + n);
  return n;
}
