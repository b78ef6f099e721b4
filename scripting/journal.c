/* Lines are written as they happen, so that a session that ends badly leaves what led there; in memory where no
 * file was asked for. What the mouse only passed over is not kept. */
#include "scripting/journal.h"

#include "engine/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ScrJournal {
  FILE *file;
  char *path; /* NULL: in memory */
  char *text; /* what is in memory, as far as it was flushed */
  size_t size;
  long hover; /* where the last line begins that says what is hovered; -1: it says something else */
};

static const char last_lines[] = "ui:wait()\nif arg and arg[1] then ui:image(arg[1]) end\nreturn ui\n";

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

/* With what the window was opened. */
static void write_head(FILE *file, const ScrAppOptions *options) {
  fputs("local hs = require \"headscope\"\nlocal ui = hs.ui.open { ", file);
  write_option(file, "figure", options->figure_path);
  write_option(file, "model", options->model);
  write_option(file, "text", options->text);
  write_option(file, "pair", options->pair);
  fprintf(file, "size = { %g, %g }, scale = %g, theme = \"%s\" }\n", (double)options->width,
          (double)options->height, (double)options->scale, options->theme);
  if (options->split) fputs("ui:command(\"view.split\", { true })\n", file);
  if (!options->dock) fputs("ui:command(\"dock.toggle\", { false })\n", file);
  if (options->probe) fprintf(file, "ui:command(\"probe.set\", { \"%s\" })\n", options->probe);
}

ScrJournal *scr_journal_open(const char *path, const ScrAppOptions *options, EngError *err) {
  ScrJournal *journal = calloc(1, sizeof *journal);
  if (!journal) return eng_error_memory(err, path, "a session"), NULL;
  journal->hover = -1;
  journal->path = path ? strdup(path) : NULL;
  journal->file = path ? fopen(path, "w") : open_memstream(&journal->text, &journal->size);
  if (!journal->file || (path && !journal->path)) {
    eng_error_set(err, path, NULL, "expected a file that can be written, found: %s", strerror(errno));
    if (journal->file) fclose(journal->file);
    free(journal->path);
    free(journal);
    return NULL;
  }
  write_head(journal->file, options);
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

/* In memory a line on what is hovered takes the place of one right before it. */
static void pass_over(ScrJournal *journal, const RenCommandInfo *command) {
  bool hovers = !journal->path && strcmp(command->name, "hover") == 0;
  if (hovers && journal->hover >= 0) fseek(journal->file, journal->hover, SEEK_SET);
  journal->hover = hovers ? ftell(journal->file) : -1;
}

void scr_journal_add(ScrJournal *journal, const RenCommandInfo *command, const RenArg *args) {
  FILE *file = journal->file;
  pass_over(journal, command);
  fprintf(file, "ui:command(\"%s\"", command->name);
  int n = 0;
  for (int i = 0; command->parameters[i].name; i++)
    if (args[i].kind != REN_ARG_NONE) n = i + 1;
  for (int i = 0; i < n; i++) {
    fputs(i == 0 ? ", { " : ", ", file);
    write_arg(file, &args[i]);
  }
  fputs(n > 0 ? " })\n" : ")\n", file);
  if (journal->path) fflush(file);
}

void scr_journal_settle(ScrJournal *journal) {
  journal->hover = -1;
  fputs("ui:wait()\n", journal->file);
  if (journal->path) fflush(journal->file);
}

bool scr_journal_copy(ScrJournal *journal, const char *path, EngError *err) {
  EngFile file;
  if (fflush(journal->file) != 0 || ferror(journal->file)) return eng_error_memory(err, path, "a session");
  if (!eng_file_begin(&file, path, err)) return false;
  fwrite(journal->text, 1, journal->size, file.stream);
  fputs(last_lines, file.stream);
  return eng_file_end(&file, true, err);
}

bool scr_journal_close(ScrJournal *journal, EngError *err) {
  if (!journal) return true;
  if (journal->path) fputs(last_lines, journal->file);
  bool ok = !ferror(journal->file);
  ok = fclose(journal->file) == 0 && ok;
  if (!ok) eng_error_set(err, journal->path, NULL, "expected to write every command, found: %s", strerror(errno));
  free(journal->path);
  free(journal->text);
  free(journal);
  return ok;
}
