/* Which vocabulary it is shows in its marks, and one token with a mark decides for all: who records attention has
 * the strings of the vocabulary at hand, and they are no text. */
#include "engine/record_pieces.h"

#include "engine/bytelevel.h"

#include <stdlib.h>
#include <string.h>

#define SPACE_MARK "▁"
#define END_MARK "</w>"

typedef enum Marks { NO_MARKS, BYTES, SPACES, ENDS } Marks;

static bool is_raw(const EngToken *token) { return token->piece && strcmp(token->text, token->piece) == 0; }

static bool starts_with(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

static bool has_end(const char *piece) {
  size_t length = strlen(piece), end = strlen(END_MARK);
  return length > end && strcmp(piece + length - end, END_MARK) == 0;
}

static Marks marks_of(const EngToken *tokens, int n) {
  for (int i = 0; i < n; i++) {
    const char *piece = tokens[i].piece;
    if (!is_raw(&tokens[i])) continue;
    if (starts_with(piece, "Ġ") || starts_with(piece, "Ċ")) return BYTES;
    if (starts_with(piece, SPACE_MARK)) return SPACES;
    if (has_end(piece)) return ENDS;
  }
  return NO_MARKS;
}

/* Each with its NUL; `bytes` has room for the longest piece. Returns what lies behind the text. */
static char *read_bytes(const char *piece, char *bytes, char *out) {
  size_t n = eng_bytelevel_bytes(piece, strlen(piece), bytes);
  return out + eng_utf8_show(bytes, n, out) + 1;
}

static char *read_spaces(const char *piece, char *out) {
  for (; *piece; piece++) {
    bool mark = starts_with(piece, SPACE_MARK);
    *out++ = mark ? ' ' : *piece;
    if (mark) piece += strlen(SPACE_MARK) - 1;
  }
  *out++ = '\0';
  return out;
}

static char *read_end(const char *piece, bool behind_end, char *out) {
  size_t n = strlen(piece) - (has_end(piece) ? strlen(END_MARK) : 0);
  if (behind_end) *out++ = ' ';
  memcpy(out, piece, n);
  out[n] = '\0';
  return out + n + 1;
}

static char *read_piece(const EngToken *token, const EngToken *before, Marks marks, char *bytes, char *out) {
  if (marks == BYTES) return read_bytes(token->piece, bytes, out);
  if (marks == SPACES) return read_spaces(token->piece, out);
  return read_end(token->piece, before && has_end(before->piece), out);
}

bool eng_record_read_pieces(EngToken *tokens, int n, char **out) {
  enum { SHOWN = 4 }; /* bytes that one takes at most */
  Marks marks = marks_of(tokens, n);
  size_t all = 0;
  *out = NULL;
  if (marks == NO_MARKS) return true;
  for (int i = 0; i < n; i++) all += strlen(tokens[i].text) + 1;
  char *at = malloc((SHOWN + 1) * all), *bytes = at ? at + SHOWN * all : NULL;
  *out = at;
  for (int i = 0; at && i < n; i++) {
    if (!is_raw(&tokens[i])) continue;
    char *text = at;
    at = read_piece(&tokens[i], i > 0 ? &tokens[i - 1] : NULL, marks, bytes, text);
    tokens[i].text = text;
  }
  return *out != NULL;
}
