/* Text as JSON writes it. */
#ifndef ENGINE_JSON_PUT_H
#define ENGINE_JSON_PUT_H

#include <stdio.h>

/* In quotes, escaped; bytes that are no UTF-8 become the replacement character. */
void eng_json_put_text(FILE *file, const char *text);

#endif
