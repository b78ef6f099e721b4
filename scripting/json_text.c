/* Quotes, backslashes and control characters are escaped; everything else stays as it is, once it is known to
 * be UTF-8. */
#include "scripting/json_text.h"

#include <lauxlib.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The length of the character at `text`, 0 where none starts: also for surrogates and for forms that are
 * longer than they need be. */
static size_t character(const unsigned char *text, size_t left) {
  if (text[0] < 0x80) return 1;
  size_t n = text[0] >= 0xf0 ? 4 : text[0] >= 0xe0 ? 3 : 2;
  if (text[0] < 0xc2 || text[0] > 0xf4 || n > left) return 0;
  uint32_t code = text[0] & (0x7fu >> n);
  for (size_t i = 1; i < n; i++) {
    if ((text[i] & 0xc0) != 0x80) return 0;
    code = code << 6 | (text[i] & 0x3fu);
  }
  if ((n == 3 && code < 0x800) || (n == 4 && (code < 0x10000 || code > 0x10ffff))) return 0;
  return code >= 0xd800 && code < 0xe000 ? 0 : n;
}

static void add_escape(lua_State *L, ScrGrowing *out, unsigned char byte) {
  static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
  const char *found = byte ? strchr(from, byte) : NULL;
  char escape[8];
  if (found)
    snprintf(escape, sizeof escape, "\\%c", to[found - from]);
  else
    snprintf(escape, sizeof escape, "\\u%04x", byte);
  scr_growing_add_text(L, out, escape);
}

void scr_json_add_text(lua_State *L, ScrGrowing *out, const char *text, size_t size) {
  const unsigned char *bytes = (const unsigned char *)text;
  scr_growing_add(L, out, "\"", 1);
  for (size_t i = 0, n = 0; i < size; i += n) {
    n = character(bytes + i, size - i);
    if (n == 0) luaL_error(L, "JSON: expected UTF-8, found another byte at offset %I of a string", (lua_Integer)i);
    if (bytes[i] < 0x20 || bytes[i] == '"' || bytes[i] == '\\')
      add_escape(L, out, bytes[i]);
    else
      scr_growing_add(L, out, text + i, n);
  }
  scr_growing_add(L, out, "\"", 1);
}
