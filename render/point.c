/* What Unicode says of a code point is utf8proc's. */
#include "render/point.h"

#include <utf8proc.h>

size_t ren_point_read(const char *text, int32_t *point) {
  utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, point);
  if (n > 0) return (size_t)n;
  *point = 0xFFFD;
  return 1;
}

bool ren_point_is_rtl(int32_t point) {
  int bidi = utf8proc_get_property(point)->bidi_class;
  return bidi == UTF8PROC_BIDI_CLASS_R || bidi == UTF8PROC_BIDI_CLASS_AL;
}
