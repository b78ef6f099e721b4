/* Tokens differ by white space that a reader would not see: "·the" and "the" are two entries of the
 * vocabulary. So spaces and line breaks get a mark, one code point at a time. */
#include "render/view_token.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#define MOST_CODEPOINTS 48
#define LONGEST 12 /* bytes that one code point may become, with a NUL: "\u10fffd" */

static bool is_invisible(int32_t code) {
  utf8proc_category_t category = utf8proc_category(code);
  if (code >= 0xe0020 && code <= 0xe007f) return false; /* tags do, in flags */
  return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

/* Between characters, joiners shape their neighbours. */
static bool is_joiner(int32_t code) { return code == 0x200c || code == 0x200d; }

/* Of variants; they are marks that have no ink. */
static bool is_selector(int32_t code) { return code >= 0xfe00 && code <= 0xfe0f; }

/* What would be drawn upon the character in front of it. */
static bool is_mark(int32_t code) {
  utf8proc_category_t category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

static const char *mark_of(int32_t code) {
  switch (code) {
  case ' ':
    return "·";
  case '\n':
    return "↵";
  case '\t':
    return "⇥";
  case '\r':
    return "\\r";
  case 0xa0:
    return "⍽"; /* no-break space */
  default:
    return NULL;
  }
}

/* What one code point (negative: a byte that is no UTF-8) is shown as. The first of a token has nothing in
 * front of it to join or to stand upon: a mark gets a dotted circle. */
static void show_codepoint(int32_t code, bool first, bool last, char out[LONGEST]) {
  const char *mark = code < 0 ? "\xef\xbf\xbd" : mark_of(code);
  if (mark != NULL) {
    snprintf(out, LONGEST, "%s", mark);
  } else if (is_joiner(code) ? first || last : is_invisible(code) || (first && is_selector(code))) {
    snprintf(out, LONGEST, code < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)code);
  } else {
    size_t circle = first && is_mark(code) ? (size_t)snprintf(out, LONGEST, "◌") : 0;
    out[circle + (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)out + circle)] = '\0';
  }
}

void ren_token_show(const EngToken *token, char out[REN_TOKEN_BYTES]) {
  const char *text = token->text != NULL && token->text[0] != '\0' ? token->text : token->piece;
  if (text == NULL) text = "";
  const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
  size_t left = strlen(text), used = 0;
  out[0] = '\0';
  for (int n = 0; left > 0; n++) {
    char shown[LONGEST];
    if (n == MOST_CODEPOINTS || used + LONGEST + sizeof "…" > REN_TOKEN_BYTES) {
      memcpy(out + used, "…", sizeof "…");
      return;
    }
    int32_t code;
    utf8proc_ssize_t step = utf8proc_iterate(at, (utf8proc_ssize_t)left, &code);
    show_codepoint(step > 0 ? code : -1, n == 0, step < 0 || (size_t)step == left, shown);
    size_t size = strlen(shown);
    memcpy(out + used, shown, size + 1);
    used += size;
    at += step > 0 ? step : 1;
    left -= step > 0 ? (size_t)step : 1;
  }
}
