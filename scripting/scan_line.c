/* Numbers are written with as many digits as tell them apart, so that a result read back is the same. */
#include "scripting/scan_line.h"

#include "scripting/json_number.h"

#include "engine/json_put.h"

/* Where something is. */
static void put_place(FILE *file, const ScrNames *names, const EngPassage *passage, size_t line) {
  fputs("{\"file\":", file);
  eng_json_put_text(file, names->files[passage->file]);
  fprintf(file, ",\"line\":%zu,\"start\":%zu,\"stop\":%zu", line, passage->start, passage->stop);
}

/* The line of the file on which a token stands. */
static size_t line_of(const EngPassage *passage, int token) {
  size_t line = passage->line, end = passage->input->tokens[token].start;
  for (size_t i = 0; i < end; i++) line += passage->input->text[i] == '\n';
  return line;
}

void scr_line_put_edge(FILE *file, const ScrNames *names, const EngPassage *passage, const EngEdge *edge) {
  const EngToken *tokens = passage->input->tokens;
  put_place(file, names, passage, line_of(passage, edge->query));
  fprintf(file, ",\"layer\":%d,\"head\":%d,\"query\":%d,\"key\":%d,\"weight\":%s,\"query_text\":", edge->layer,
          edge->head, edge->query, edge->key, scr_json_float(edge->weight).text);
  eng_json_put_text(file, tokens[edge->query].text);
  fputs(",\"key_text\":", file);
  eng_json_put_text(file, tokens[edge->key].text);
  fputs(",\"model\":", file);
  eng_json_put_text(file, names->model);
  fputs("}\n", file);
}

void scr_line_put_score(FILE *file, const ScrNames *names, const EngPassage *passage, int token, float score) {
  put_place(file, names, passage, token < 0 ? passage->line : line_of(passage, token));
  if (token >= 0) {
    fprintf(file, ",\"token\":%d,\"token_text\":", token);
    eng_json_put_text(file, passage->input->tokens[token].text);
  }
  fprintf(file, ",\"score\":%s,\"model\":", scr_json_float(score).text);
  eng_json_put_text(file, names->model);
  fputc('}', file);
}

void scr_line_put_answer(FILE *file, const ScrNames *names, const EngPassage *passage, const char *answer) {
  put_place(file, names, passage, passage->line);
  fprintf(file, ",\"score\":%s,\"model\":", answer);
  eng_json_put_text(file, names->model);
  fputs("}\n", file);
}
