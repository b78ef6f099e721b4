/* What a scan finds, as JSON that says where in the text it is. */
#ifndef SCRIPTING_SCAN_LINE_H
#define SCRIPTING_SCAN_LINE_H

#include "engine/corpus.h"
#include "engine/edges.h"

#include <stdio.h>

/* What the result calls things. */
typedef struct ScrNames {
  const char *const *files;
  const char *model; /* as it is found again */
} ScrNames;

/* Whole lines: an edge; a passage with what a probe of kind "run" says of it, which is JSON already. */
void scr_line_put_edge(FILE *file, const ScrNames *names, const EngPassage *passage, const EngEdge *edge);
void scr_line_put_answer(FILE *file, const ScrNames *names, const EngPassage *passage, const char *answer);

/* A passage's score, or with `token` >= 0 a token's, as an object within a line. */
void scr_line_put_score(FILE *file, const ScrNames *names, const EngPassage *passage, int token, float score);

#endif
