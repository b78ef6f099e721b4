/* Each word of the query earns points where it matches, in a name one more than in a doc; a command without a match
 * for one of them is out; equal ones keep the order of the table. */
#include "render/launcher.h"

#include <ctype.h>
#include <string.h>

typedef enum Match { MATCH_NONE, MATCH_LETTERS, MATCH_INSIDE, MATCH_BEGIN } Match;

static int lower(char c) { return tolower((unsigned char)c); }

static bool begins(const char *text, const char *word, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!text[i] || lower(text[i]) != lower(word[i])) return false;
  return true;
}

static bool begins_word(const char *text, const char *at) { return at == text || !isalnum((unsigned char)at[-1]); }

/* The letters in order, the first at the beginning of a word. */
static bool has_letters(const char *text, const char *word, size_t length) {
  const char *at = text;
  while (*at && !(lower(*at) == lower(word[0]) && begins_word(text, at))) at++;
  for (size_t i = 0; *at && i < length; at++)
    if (lower(*at) == lower(word[i]) && ++i == length) return true;
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

static bool runs_alone(const RenCommandInfo *command) {
  for (int i = 0; command->parameters[i].name; i++)
    if (!command->parameters[i].optional) return false;
  bool anywhere = command->scope == REN_SCOPE_VIEW || command->scope == REN_SCOPE_ALWAYS;
  return anywhere && strncmp(command->name, "commands.", 9) != 0;
}

int ren_launcher_find(const char *query, const RenCommandInfo *out[REN_LAUNCHER_MOST]) {
  size_t n_commands;
  int n = 0, points[REN_LAUNCHER_MOST];
  const RenCommandInfo *table = ren_command_table(&n_commands);
  for (size_t i = 0; i < n_commands && n < REN_LAUNCHER_MOST; i++) {
    int earned = runs_alone(&table[i]) ? match(&table[i], query) : 0;
    if (earned == 0) continue;
    int at = n++;
    for (; at > 0 && points[at - 1] < earned; at--) out[at] = out[at - 1], points[at] = points[at - 1];
    out[at] = &table[i];
    points[at] = earned;
  }
  return n;
}
