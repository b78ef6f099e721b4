/* A Lua state of its own reads the file before it has any library, so that all the file can do is make tables. Then
 * its words go into one set a class, and every word of the text is looked up: words, since "hairdresser" is one
 * whatever pieces it comes in. */
#include "scripting/classes.h"

#include "engine/map.h"
#include "engine/spans.h"
#include "engine/unicode.h"
#include "engine/utf8.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 1000000, MOST_BYTES = 16 << 20, MOST_WORD = 128 };

/* --- a state with bounds */

static void *allocate(void *used, void *block, size_t before, size_t after) {
  size_t *bytes = used;
  if (!block) before = 0;
  if (after == 0) {
    *bytes -= before;
    free(block);
    return NULL;
  }
  if (*bytes - before + after > MOST_BYTES) return NULL;
  void *grown = realloc(block, after);
  if (grown) *bytes = *bytes - before + after;
  return grown;
}

static void stop(lua_State *L, lua_Debug *debug) {
  (void)debug;
  luaL_error(L, "expected a table of classes, found something that does not end");
}

/* --- the file */

typedef struct Job {
  const char *file; /* as errors call it */
  EngMap map;
  EngSource *source;
  RenClasses *out;
} Job;

/* In small letters, without the space around it; false where it is too long or no UTF-8. */
static bool fold(const char *word, char out[MOST_WORD * 4]) {
  size_t length = strlen(word), used = 0, n;
  uint32_t code, lower[ENG_UNICODE_MOST];
  for (size_t at = 0; at < length; at += n) {
    n = eng_utf8_read(word + at, length - at, &code);
    if (n == 0 || at > MOST_WORD) return false;
    size_t m = eng_unicode_lower(code, lower);
    for (size_t i = 0; i < m && used + 8 < MOST_WORD * 4; i++) used += eng_utf8_write(lower[i], out + used);
  }
  out[used] = '\0';
  return true;
}

/* The word alone: "case" keeps it as it is. */
static void push_word(lua_State *L, const char *word, bool keep) {
  char folded[MOST_WORD * 4];
  lua_pushstring(L, keep || !fold(word, folded) ? word : folded);
}

/* Copies the list of strings at `key` of the class on top of the stack into the table below it; as a set of words
 * where `set`, else as a list. */
static void take_strings(lua_State *L, int class, const char *key, bool set, bool keep) {
  int type = lua_getfield(L, -1, key);
  if (type != LUA_TNIL && type != LUA_TTABLE)
    luaL_error(L, "[%d].%s: expected a list of strings, found a %s", class, key, luaL_typename(L, -1));
  lua_Integer n = type == LUA_TTABLE ? (lua_Integer)lua_rawlen(L, -1) : 0;
  for (lua_Integer i = 1; i <= n; i++) {
    if (lua_rawgeti(L, -1, i) != LUA_TSTRING)
      luaL_error(L, "[%d].%s[%d]: expected a string, found a %s", class, key, (int)i, luaL_typename(L, -1));
    if (set) {
      push_word(L, lua_tostring(L, -1), keep);
      lua_pushboolean(L, true);
      lua_rawset(L, -6);
      lua_pop(L, 1);
    } else {
      lua_rawseti(L, -4, (lua_Integer)lua_rawlen(L, -4) + 1);
    }
  }
  lua_pop(L, 1);
}

static void check_keys(lua_State *L, int class) {
  static const char *const known[] = {"name", "words", "patterns", "case"};
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "a number";
    bool found = false;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) found = found || strcmp(key, known[i]) == 0;
    if (!found) luaL_error(L, "[%d]: expected name, words, patterns or case, found %s", class, key);
  }
}

/* The class on top of the stack becomes {words = set, patterns = list, case = boolean}. */
static void read_class(lua_State *L, Job *job, int class) {
  size_t length = 0;
  if (!lua_istable(L, -1)) luaL_error(L, "[%d]: expected a table, found a %s", class, luaL_typename(L, -1));
  check_keys(L, class);
  bool named = lua_getfield(L, -1, "name") == LUA_TSTRING;
  const char *name = named ? lua_tolstring(L, -1, &length) : "";
  if (length == 0 || length >= REN_CLASS_NAME || strlen(name) != length)
    luaL_error(L, "[%d].name: expected a string of 1 to %d bytes", class, REN_CLASS_NAME - 1);
  strcpy(job->out->names[class - 1], name);
  lua_pop(L, 1);
  lua_getfield(L, -1, "case");
  if (!lua_isnil(L, -1) && !lua_isboolean(L, -1)) luaL_error(L, "[%d].case: expected true or false", class);
  bool keep = lua_toboolean(L, -1);
  lua_pop(L, 1);
  lua_newtable(L);
  lua_insert(L, -2);
  take_strings(L, class, "words", true, keep);
  lua_newtable(L);
  lua_insert(L, -2);
  take_strings(L, class, "patterns", false, keep);
  lua_pop(L, 1);
  lua_createtable(L, 0, 3);
  lua_insert(L, -2);
  lua_setfield(L, -2, "patterns");
  lua_insert(L, -2);
  lua_setfield(L, -2, "words");
  lua_pushboolean(L, keep);
  lua_setfield(L, -2, "case");
}

/* Leaves the list of read classes on the stack. */
static void read_file(lua_State *L, Job *job) {
  lua_sethook(L, stop, LUA_MASKCOUNT, MOST_STEPS);
  if (luaL_loadbufferx(L, (const char *)job->map.data, job->map.size, "=line", "t") != LUA_OK) lua_error(L);
  lua_call(L, 0, 1);
  lua_sethook(L, NULL, 0, 0);
  if (!lua_istable(L, -1)) luaL_error(L, "expected a table of classes, found a %s", luaL_typename(L, -1));
  int n = (int)lua_rawlen(L, -1);
  if (n < 1 || n > REN_MAX_CLASSES) luaL_error(L, "expected 1 to %d classes, found %d", REN_MAX_CLASSES, n);
  lua_createtable(L, n, 0);
  for (int i = 1; i <= n; i++) {
    lua_rawgeti(L, -2, i);
    read_class(L, job, i);
    lua_rawseti(L, -2, i);
  }
  job->out->n = n;
}

/* --- the text */

/* Whether the whole word is what one of the patterns of the list on top of the stack says. */
static bool matches(lua_State *L, const char *word) {
  lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
  bool found = false;
  for (lua_Integer i = 1; !found && i <= n; i++) {
    lua_getfield(L, LUA_REGISTRYINDEX, "find");
    lua_pushstring(L, word);
    lua_rawgeti(L, -3, i);
    lua_call(L, 2, 2);
    found = lua_tointeger(L, -2) == 1 && lua_tointeger(L, -1) == (lua_Integer)strlen(word);
    lua_pop(L, 2);
  }
  return found;
}

static bool belongs(lua_State *L, const char *word) {
  lua_getfield(L, -1, "case");
  bool keep = lua_toboolean(L, -1);
  lua_getfield(L, -2, "words");
  push_word(L, word, keep);
  bool found = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 3);
  if (found) return true;
  lua_getfield(L, -1, "patterns");
  found = matches(L, word);
  lua_pop(L, 1);
  return found;
}

/* The first class of a word, with the list of classes on top of the stack; -1 for none. */
static int class_of(lua_State *L, const char *word) {
  for (int i = 1; i <= (int)lua_rawlen(L, -1); i++) {
    lua_rawgeti(L, -1, i);
    bool found = belongs(L, word);
    lua_pop(L, 1);
    if (found) return i - 1;
  }
  return -1;
}

/* A word of the text without the space around it; false where there is nothing to look up. */
static bool trim(const EngToken *token, char out[MOST_WORD + 1]) {
  const char *text = token->text ? token->text : "";
  text += strspn(text, " \t\r\n");
  size_t n = strlen(text);
  while (n > 0 && strchr(" \t\r\n", text[n - 1])) n--;
  if (token->special || n == 0 || n > MOST_WORD) return false;
  memcpy(out, text, n);
  out[n] = '\0';
  return true;
}

static void mark_words(lua_State *L, const Job *job, const EngSpans *spans) {
  char word[MOST_WORD + 1];
  for (int i = 0; i < spans->n; i++) {
    int class = trim(&spans->tokens[i], word) ? class_of(L, word) : -1;
    for (int t = 0; t < spans->at[i].n; t++) job->out->of[spans->at[i].first + t] = (int8_t) class;
  }
}

static int work(lua_State *L) {
  Job *job = lua_touserdata(L, 1);
  const EngSpans *spans = lua_touserdata(L, 2);
  luaL_checkstack(L, 32, NULL);
  read_file(L, job);
  luaL_requiref(L, "string", luaopen_string, 0);
  lua_getfield(L, -1, "find");
  lua_setfield(L, LUA_REGISTRYINDEX, "find");
  lua_pop(L, 1);
  mark_words(L, job, spans);
  return 0;
}

/* --- both */

static bool run(Job *job, const EngSpans *spans, EngError *err) {
  size_t used = 0;
  lua_State *L = lua_newstate(allocate, &used);
  if (!L) return eng_error_memory(err, job->file, "classes");
  lua_pushcfunction(L, work);
  lua_pushlightuserdata(L, job);
  lua_pushlightuserdata(L, (void *)(uintptr_t)spans);
  bool ok = lua_pcall(L, 2, 0, 0) == LUA_OK;
  const char *why = ok ? NULL : lua_tostring(L, -1);
  if (!ok) eng_error_set(err, job->file, NULL, "%.400s", why ? why : "expected a table of classes, found an error");
  lua_close(L);
  return ok;
}

static RenClasses *new_classes(int n_tokens) {
  RenClasses *classes = calloc(1, sizeof *classes);
  if (!classes) return NULL;
  classes->n_tokens = n_tokens;
  classes->of = malloc((size_t)n_tokens);
  if (classes->of) return classes;
  free(classes);
  return NULL;
}

static bool mark(Job *job, EngError *err) {
  EngSpans spans;
  const EngInput *input = eng_source_input(job->source);
  EngSpansOf of = {.tokens = input->tokens, .n_tokens = input->n_tokens, .input = input};
  job->out = new_classes(input->n_tokens);
  if (!job->out) return eng_error_memory(err, job->file, "classes");
  if (!eng_spans_make(&spans, &of, err)) return false;
  bool ok = run(job, &spans, err);
  eng_spans_free(&spans);
  return ok;
}

RenClasses *scr_classes_mark(const char *home, const char *file, EngSource *source, EngError *err) {
  char path[4096];
  bool shipped = strcmp(file, "default") == 0;
  snprintf(path, sizeof path, "%s/scripts/classes.lua", home ? home : ".");
  Job job = {.file = shipped ? path : file, .source = eng_source_base(source)};
  if (!eng_map_open(&job.map, job.file, err)) return NULL;
  bool ok = mark(&job, err);
  eng_map_close(&job.map);
  if (ok) return job.out;
  ren_classes_free(job.out);
  return NULL;
}
