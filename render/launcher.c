/* Each word of the query earns points where it matches, in a name one more than in a doc; a command without a match
 * for one of them is out; of equal ones those that run without arguments come first, in the order of the table. */
#include "render/launcher.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef enum Match { MATCH_NONE, MATCH_LETTERS, MATCH_INSIDE, MATCH_BEGIN } Match;

static int lower(char c) { return tolower((unsigned char)c); }

static bool begins(const char *text, const char *word, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!text[i] || lower(text[i]) != lower(word[i])) return false;
  return true;
}

static bool begins_word(const char *text, const char *at) { return at == text || !isalnum((unsigned char)at[-1]); }

/* The letters in order, up to the next space. */
static bool has_letters_at(const char *at, const char *word, size_t length) {
  for (size_t i = 0; *at && *at != ' '; at++)
    if (lower(*at) == lower(word[i]) && ++i == length) return true;
  return false;
}

static bool has_letters(const char *text, const char *word, size_t length) {
  for (const char *at = text; *at; at++)
    if (lower(*at) == lower(word[0]) && begins_word(text, at) && has_letters_at(at, word, length)) return true;
  return false;
}

static Match match_text(const char *text, const char *word, size_t length) {
  Match best = has_letters(text, word, length) ? MATCH_LETTERS : MATCH_NONE;
  for (const char *at = text; *at; at++) {
    if (!begins(at, word, length)) continue;
    if (begins_word(text, at)) return MATCH_BEGIN;
    best = MATCH_INSIDE;
  }
  return best;
}

/* Points of all words together; 0: one of them does not match. */
static int match(const RenCommandInfo *command, const char *query) {
  int points = 1;
  for (query += strspn(query, " "); *query; query += strspn(query, " ")) {
    size_t length = strcspn(query, " ");
    Match name = match_text(command->name, query, length), doc = match_text(command->doc, query, length);
    if (name == MATCH_NONE && doc == MATCH_NONE) return 0;
    points += 2 * (int)(name > doc ? name : doc) + (name >= doc);
    query += length;
  }
  return points;
}

bool ren_launcher_asks(const RenCommandInfo *command) {
  for (int i = 0; command->parameters[i].name; i++)
    if (!command->parameters[i].optional) return true;
  return false;
}

static bool runs_anywhere(const RenCommandInfo *command) {
  bool anywhere = command->scope == REN_SCOPE_VIEW || command->scope == REN_SCOPE_ALWAYS;
  return anywhere && strncmp(command->name, "commands.", 9) != 0;
}

const char *ren_launcher_rest(const RenCommandInfo *command, const char *query) {
  size_t length = strlen(command->name);
  query += strspn(query, " ");
  return strncmp(query, command->name, length) == 0 && query[length] == ' ' ? query + length + 1 : NULL;
}

static int earned(const RenCommandInfo *command, const char *query) {
  bool asks = ren_launcher_asks(command);
  if (!runs_anywhere(command) || (asks && query[strspn(query, " ")] == '\0')) return 0;
  int points = match(command, query);
  return points > 0 ? 2 * points + !asks : 0;
}

int ren_launcher_find(const char *query, const RenCommandInfo *out[REN_LAUNCHER_MOST]) {
  size_t n_commands;
  int n = 0, points[REN_LAUNCHER_MOST];
  const RenCommandInfo *table = ren_command_table(&n_commands);
  for (size_t i = 0; i < n_commands && n < REN_LAUNCHER_MOST; i++) {
    bool named = table[i].parameters[0].name && runs_anywhere(&table[i]) && ren_launcher_rest(&table[i], query);
    if (named) return out[0] = &table[i], 1;
    int now = earned(&table[i], query);
    if (now == 0) continue;
    int at = n++;
    for (; at > 0 && points[at - 1] < now; at--) out[at] = out[at - 1], points[at] = points[at - 1];
    out[at] = &table[i];
    points[at] = now;
  }
  return n;
}

/* A word, or what stands in quotes, or all of it; ended in place. Returns what follows. */
static char *cut(char *at, bool whole, char **word) {
  bool quoted = *at == '"' && strchr(at + 1, '"');
  *word = at += quoted;
  size_t length = quoted ? strcspn(at, "\"") : whole ? strlen(at) : strcspn(at, " ");
  while (whole && !quoted && length > 0 && at[length - 1] == ' ') length--;
  char *end = at + length;
  return *end ? (*end = '\0', end + 1) : end;
}

/* What is not of the wanted kind stays text, which the command then refuses by its name. */
static RenArg argument(const RenParameter *parameter, const char *word) {
  char *end;
  double number = strtod(word, &end);
  bool yes = strcmp(word, "true") == 0;
  if (parameter->kind == REN_ARG_NUMBER && *word && !*end) return (RenArg){REN_ARG_NUMBER, .number = number};
  if (parameter->kind == REN_ARG_BOOL && (yes || strcmp(word, "false") == 0))
    return (RenArg){REN_ARG_BOOL, .boolean = yes};
  return (RenArg){REN_ARG_STRING, .string = word};
}

int ren_launcher_args(const RenCommandInfo *command, const char *rest, RenArg args[REN_MAX_ARGS + 1],
                      char text[REN_LAUNCHER_LONGEST]) {
  if (strlen(rest) >= REN_LAUNCHER_LONGEST) return -1;
  char *at = strcpy(text, rest), *word;
  int n = 0;
  for (at += strspn(at, " "); *at && n <= REN_MAX_ARGS; at += strspn(at, " "), n++) {
    const RenParameter *parameter = &command->parameters[n];
    bool last = parameter->name && parameter->kind == REN_ARG_STRING && !parameter[1].name;
    at = cut(at, last, &word);
    args[n] = argument(parameter, word);
    if (!parameter->name) return n + 1; /* too many */
  }
  return n;
}
