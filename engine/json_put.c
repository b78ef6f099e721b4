/* Only what JSON demands is escaped: everything else stays readable. */
#include "engine/json_put.h"

#include "engine/utf8.h"

#include <string.h>

void eng_json_put_text(FILE *file, const char *text) {
  uint32_t code = 0;
  fputc('"', file);
  for (size_t left = strlen(text), n = 0; left > 0; text += n, left -= n) {
    n = eng_utf8_read(text, left, &code);
    if (n == 0)
      n = 1, fputs("\\ufffd", file);
    else if (code < 0x20)
      fprintf(file, "\\u%04x", (unsigned)code);
    else if (code == '"' || code == '\\')
      fprintf(file, "\\%c", (int)code);
    else
      fwrite(text, 1, n, file);
  }
  fputc('"', file);
}
