/* Provenance out of a file. PNG is read whole, so that a truncated one is noticed; of SVG and PDF only what lies
 * between marks, which their writer puts there once, and their ends. */
#include "render/figure.h"

#include "render/png.h"

#include "engine/map.h"
#include "engine/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char svg_opening[] = "<metadata>{\"headscope\":", svg_closing[] = "}</metadata>";
static const char png_opening[] = "\x89PNG";
static const char pdf_opening[] = "/Keywords ", json_opening[] = "{\"headscope\":";
enum { MAX_BYTES = 1 << 20 };

typedef struct Bytes {
  const char *at;
  size_t n;
} Bytes;

static bool starts(Bytes bytes, const char *with) {
  size_t n = strlen(with);
  return bytes.n >= n && memcmp(bytes.at, with, n) == 0;
}

/* What is behind the first `mark`. */
static bool skip_to(Bytes *bytes, const char *mark) {
  const char *found = memmem(bytes->at, bytes->n, mark, strlen(mark));
  if (!found) return false;
  bytes->n -= (size_t)(found - bytes->at) + strlen(mark);
  bytes->at = found + strlen(mark);
  return true;
}

/* Whether the end of the file is there, but for white space. */
static bool ends(Bytes bytes, const char *with) {
  size_t n = strlen(with);
  while (bytes.n > 0 && memchr(" \t\r\n", bytes.at[bytes.n - 1], 4)) bytes.n--;
  return bytes.n >= n && memcmp(bytes.at + bytes.n - n, with, n) == 0;
}

static char *refuse(const char *path, EngError *err, const char *why) {
  eng_error_set(err, path, "headscope", "%s", why);
  return NULL;
}

static char *no_memory(const char *path, EngError *err) {
  eng_error_memory(err, path, "a figure's provenance");
  return NULL;
}

static char *none(const char *path, EngError *err) {
  return refuse(path, err, "expected a figure that headscope wrote, found no provenance in it");
}

/* --- SVG */

static char unescape(Bytes *rest) {
  static const struct {
    const char *name;
    char c;
  } names[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (starts(*rest, names[i].name)) {
      rest->at += strlen(names[i].name) - 1;
      rest->n -= strlen(names[i].name) - 1;
      return names[i].c;
    }
  return *rest->at;
}

static char *from_svg(const char *path, Bytes bytes, EngError *err) {
  Bytes inside = bytes;
  if (!skip_to(&inside, svg_opening)) return none(path, err);
  Bytes behind = inside;
  if (!skip_to(&behind, svg_closing) || !ends(bytes, "</svg>"))
    return refuse(path, err, "expected a whole SVG file, found the beginning of one");
  inside.n -= behind.n + strlen(svg_closing);
  if (inside.n > MAX_BYTES) return refuse(path, err, "expected at most 1 MiB of provenance, found more");
  char *text = malloc(inside.n + 1), *out = text;
  if (!text) return no_memory(path, err);
  for (; inside.n > 0; inside.at++, inside.n--) *out++ = unescape(&inside);
  *out = '\0';
  return text;
}

/* --- PDF */

/* A string of a PDF from behind its opening bracket: a backslash stands before brackets and itself; false where
 * it does not end. */
static bool read_plain(Bytes bytes, char *out, size_t *n) {
  int depth = 0;
  for (size_t i = 0; i < bytes.n && *n < MAX_BYTES; i++) {
    char c = bytes.at[i];
    if (c == '\\' && ++i < bytes.n)
      c = bytes.at[i];
    else if (c == '(')
      depth++;
    else if (c == ')' && depth-- == 0)
      return true;
    out[(*n)++] = c;
  }
  return false;
}

/* The same as UTF-16 in hexadecimal digits, of which all that we write is ASCII. */
static bool read_wide(Bytes bytes, char *out, size_t *n) {
  for (; bytes.n > 4 && *n < MAX_BYTES; bytes.at += 4, bytes.n -= 4) {
    char digits[5] = {0}, *end;
    if (*bytes.at == '>') return true;
    memcpy(digits, bytes.at, 4);
    unsigned long unit = strtoul(digits, &end, 16);
    if (end != digits + 4 || unit >= 128) return false;
    out[(*n)++] = (char)unit;
  }
  return false;
}

static bool read_string(Bytes bytes, char *out, size_t *n) {
  Bytes wide = bytes, plain = bytes;
  *n = 0;
  if (starts(bytes, "<FEFF")) return skip_to(&wide, "<FEFF") && read_wide(wide, out, n);
  return starts(bytes, "(") && skip_to(&plain, "(") && read_plain(plain, out, n);
}

/* "{"headscope":X}" becomes X. */
static bool unwrap(char *text, size_t n) {
  size_t from = strlen(json_opening);
  if (n <= from || memcmp(text, json_opening, from) != 0 || text[n - 1] != '}') return false;
  memmove(text, text + from, n - from - 1);
  text[n - from - 1] = '\0';
  return true;
}

static char *from_pdf(const char *path, Bytes bytes, EngError *err) {
  size_t n;
  Bytes inside = bytes;
  if (!ends(bytes, "%%EOF")) return refuse(path, err, "expected a whole PDF file, found the beginning of one");
  if (!skip_to(&inside, pdf_opening)) return none(path, err);
  char *text = malloc(MAX_BYTES + 1);
  if (!text) return no_memory(path, err);
  if (read_string(inside, text, &n) && unwrap(text, n)) return text;
  free(text);
  return none(path, err);
}

/* --- any */

static bool is_shapes(Bytes bytes) {
  return starts(bytes, "%PDF-") || starts(bytes, "<?xml") || starts(bytes, "<svg");
}

bool ren_figure_is_file(const char *path) {
  char first[8];
  FILE *file = eng_path_is_file(path) ? fopen(path, "rb") : NULL;
  Bytes bytes = {first, file ? fread(first, 1, sizeof first, file) : 0};
  if (file) fclose(file);
  return starts(bytes, png_opening) || is_shapes(bytes);
}

static char *from_shapes(const char *path, Bytes bytes, EngError *err) {
  if (starts(bytes, "%PDF-")) return from_pdf(path, bytes, err);
  if (starts(bytes, "<?xml") || starts(bytes, "<svg")) return from_svg(path, bytes, err);
  return refuse(path, err, "expected a PNG, SVG or PDF file, found something else");
}

static char *from_png(const char *path, EngError *err) {
  char *text = NULL;
  if (!ren_png_read_text(path, "headscope", MAX_BYTES, &text, err)) return NULL;
  return text ? text : none(path, err);
}

char *ren_figure_extract(const char *path, EngError *err) {
  EngMap map;
  if (!eng_map_open(&map, path, err)) return NULL;
  Bytes bytes = {(const char *)map.data, map.size};
  bool png = starts(bytes, png_opening);
  char *text = png ? NULL : from_shapes(path, bytes, err);
  eng_map_close(&map);
  return png ? from_png(path, err) : text;
}
