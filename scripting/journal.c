/* Lines are written as they happen, so that a session that ends badly leaves what led there. */
#include "scripting/journal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ScrJournal {
  FILE *file;
  char *path;
};

/* Any bytes as a Lua string. */
static void write_string(FILE *file, const char *string) {
  fputc('"', file);
  for (const unsigned char *c = (const unsigned char *)string; *c; c++) {
    if (*c == '"' || *c == '\\')
      fprintf(file, "\\%c", *c);
    else if (*c < 0x20 || *c == 0x7F)
      fprintf(file, "\\%03d", *c);
    else
      fputc(*c, file);
  }
  fputc('"', file);
}

static void write_option(FILE *file, const char *name, const char *string) {
  if (!string) return;
  fprintf(file, "%s = ", name);
  write_string(file, string);
  fputs(", ", file);
}

ScrJournal *scr_journal_open(const char *path, const ScrAppOptions *options, EngError *err) {
  ScrJournal *journal = calloc(1, sizeof *journal);
  char *copy = journal ? strdup(path) : NULL;
  FILE *file = copy ? fopen(path, "w") : NULL;
  if (!file) {
    eng_error_set(err, path, NULL, "expected a file that can be written, found: %s", strerror(errno));
    free(copy);
    free(journal);
    return NULL;
  }
  *journal = (ScrJournal){.file = file, .path = copy};
  fputs("local hs = require \"headscope\"\nlocal ui = hs.ui.open { ", file);
  write_option(file, "model", options->model);
  write_option(file, "text", options->text);
  write_option(file, "pair", options->pair);
  fprintf(file, "size = { %g, %g }, scale = %g, theme = \"%s\" }\n", (double)options->width,
          (double)options->height, (double)options->scale, options->theme);
  if (options->split) fputs("ui:command(\"view.split\", { true })\n", file);
  if (!options->dock) fputs("ui:command(\"dock.toggle\", { false })\n", file);
  if (options->probe) fprintf(file, "ui:command(\"probe.set\", { \"%s\" })\n", options->probe);
  return journal;
}

static void write_arg(FILE *file, const RenArg *arg) {
  switch (arg->kind) {
  case REN_ARG_NUMBER:
    fprintf(file, "%.9g", arg->number);
    break;
  case REN_ARG_STRING:
    write_string(file, arg->string);
    break;
  case REN_ARG_BOOL:
    fputs(arg->boolean ? "true" : "false", file);
    break;
  default:
    fputs("nil", file);
  }
}

void scr_journal_add(ScrJournal *journal, const RenCommandInfo *command, const RenArg *args) {
  FILE *file = journal->file;
  fprintf(file, "ui:command(\"%s\"", command->name);
  int n = 0;
  for (int i = 0; command->parameters[i].name; i++)
    if (args[i].kind != REN_ARG_NONE) n = i + 1;
  for (int i = 0; i < n; i++) {
    fputs(i == 0 ? ", { " : ", ", file);
    write_arg(file, &args[i]);
  }
  fputs(n > 0 ? " })\n" : ")\n", file);
  fflush(file);
}

void scr_journal_settle(ScrJournal *journal) {
  fputs("ui:wait()\n", journal->file);
  fflush(journal->file);
}

bool scr_journal_close(ScrJournal *journal, EngError *err) {
  fputs("ui:wait()\nif arg and arg[1] then ui:image(arg[1]) end\nreturn ui\n", journal->file);
  bool ok = !ferror(journal->file);
  ok = fclose(journal->file) == 0 && ok;
  if (!ok) eng_error_set(err, journal->path, NULL, "expected to write every command, found: %s", strerror(errno));
  free(journal->path);
  free(journal);
  return ok;
}
