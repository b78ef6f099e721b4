/* Only as much of the text is measured as could fit: a line of a megabyte costs no more than a short one. */
#include "render/wrap.h"

#include <string.h>

enum { MEASURED = 1024 }; /* bytes that are looked at for one line */

/* The start of the text as it is drawn: control characters are spaces. In the frame's arena. */
static char *start_of(RenFrame *frame, const char *text, size_t length) {
  char *line = ren_frame_alloc(frame, length + 1);
  for (size_t i = 0; line && i < length; i++) line[i] = (unsigned char)text[i] < 0x20 ? ' ' : text[i];
  if (line) line[length] = '\0';
  return line;
}

char *ren_wrap_line(const RenPaint *paint, RenFont font, int size, const char **text, float width) {
  size_t whole = strcspn(*text, "\n"), most = whole < MEASURED ? whole : MEASURED;
  char *line = start_of(paint->frame, *text, most);
  if (!line) return NULL;
  size_t fits = ren_text_offset(paint->text, font, size, paint->scale, line,
                                width - (float)size); /* to the nearest place between characters */
  if (fits < most) {
    size_t space = fits;
    while (space > 0 && line[space] != ' ') space--;
    fits = space > 0 ? space : fits > 0 ? fits : most;
  }
  line[fits] = '\0';
  *text += fits;
  *text += **text == '\n' || **text == ' ';
  return line;
}

int ren_wrap_count(const RenPaint *paint, RenFont font, int size, const char *text, float width, int most) {
  int n = 0;
  while (n < most && *text && ren_wrap_line(paint, font, size, &text, width)) n++;
  return n;
}
