/* The end of the code is read backwards as a chain of names, "a.b:c"; the chain is followed from the globals, and
 * the names of where it leads are gathered as keys of a table, which makes each one unique and keeps its memory. */
#include "scripting/complete.h"

#include "scripting/box.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { CHAIN = 16, PARENTS = 8 };

typedef struct Word {
  const char *start;
  size_t length;
} Word;

typedef struct Chain {
  Word names[CHAIN]; /* from the last one before the word to the first */
  int n;
  Word word; /* what is to be completed */
  bool call; /* behind a colon: only functions */
} Chain;

static bool is_letter(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* The name that ends at `end`; empty for none. */
static Word name_before(const char *code, const char *end) {
  const char *start = end;
  while (start > code && is_letter(start[-1])) start--;
  return (Word){start, (size_t)(end - start)};
}

static bool is_separator(const char *code, const char *end) {
  return end > code && (end[-1] == ':' || (end[-1] == '.' && !(end - 1 > code && end[-2] == '.')));
}

/* False where no names can lead to a value: behind a call, an index, a string. */
static bool parse(const char *code, Chain *chain) {
  *chain = (Chain){.word = name_before(code, code + strlen(code))};
  const char *at = chain->word.start;
  chain->call = at > code && at[-1] == ':';
  while (is_separator(code, at)) {
    Word name = name_before(code, at - 1);
    if (name.length == 0 || isdigit((unsigned char)*name.start) || chain->n == CHAIN) return false;
    chain->names[chain->n++] = name;
    at = name.start;
  }
  return true;
}

/* Replaces the value on top by what its metatable looks keys up in, where that is a value. */
static bool to_parent(lua_State *L) {
  if (!lua_getmetatable(L, -1)) return false;
  lua_pushliteral(L, "__index");
  lua_rawget(L, -2);
  lua_replace(L, -3);
  lua_pop(L, 1);
  return lua_istable(L, -1);
}

/* Replaces the value on top by its part of that name, or by nil. */
static void follow(lua_State *L, Word name) {
  const luaL_Reg *fields;
  lua_pushlstring(L, name.start, name.length);
  if (scr_box_names(L, -2, &fields)) {
    lua_pop(L, 1);
    lua_gettable(L, -2);
    lua_replace(L, -2);
    return;
  }
  lua_insert(L, -2);
  for (int i = 0; i < PARENTS && (lua_istable(L, -1) || to_parent(L)); i++) {
    lua_pushvalue(L, -2);
    if (lua_rawget(L, -2) != LUA_TNIL) {
      lua_replace(L, -3);
      lua_pop(L, 1);
      return;
    }
    lua_pop(L, 1);
    if (!to_parent(L)) break;
  }
  lua_pop(L, 2);
  lua_pushnil(L);
}

/* --- gathering: the table of names is at 1 */

static bool fits(const Chain *chain, const char *name) {
  return strncmp(name, chain->word.start, chain->word.length) == 0;
}

static void add(lua_State *L, const char *name) {
  lua_pushboolean(L, 1);
  lua_setfield(L, 1, name);
}

static bool is_name(const char *text) {
  if (!*text || isdigit((unsigned char)*text)) return false;
  while (is_letter(*text)) text++;
  return *text == '\0';
}

/* Of the table on top. */
static void add_keys(lua_State *L, const Chain *chain) {
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
    if (is_name(name) && fits(chain, name) && (!chain->call || lua_isfunction(L, -1))) add(L, name);
  }
}

/* Of the value on top. */
static void add_names(lua_State *L, const Chain *chain) {
  const luaL_Reg *fields;
  if (scr_box_names(L, lua_gettop(L), &fields)) {
    add_keys(L, chain);
    for (; fields && fields->name && !chain->call; fields++)
      if (fits(chain, fields->name)) add(L, fields->name);
    return;
  }
  for (int i = 0; i < PARENTS && (lua_istable(L, -1) || to_parent(L)); i++) {
    add_keys(L, chain);
    if (!to_parent(L)) return;
  }
}

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* The keys of the table at 1, one a line. */
static void join(lua_State *L) {
  size_t n = 0, i = 0;
  for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) n++;
  const char **names = lua_newuserdatauv(L, (n + 1) * sizeof *names, 0);
  for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) names[i++] = lua_tostring(L, -2);
  qsort(names, n, sizeof *names, compare);
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  for (i = 0; i < n; i++) {
    if (i > 0) luaL_addchar(&text, '\n');
    luaL_addstring(&text, names[i]);
  }
  luaL_pushresult(&text);
}

/* (code as light userdata) → names, or nil. */
static int complete(lua_State *L) {
  Chain chain;
  if (!parse(lua_touserdata(L, 1), &chain)) return 0;
  lua_newtable(L);
  lua_replace(L, 1);
  lua_pushglobaltable(L);
  for (int i = chain.n - 1; i >= 0; i--) follow(L, chain.names[i]);
  add_names(L, &chain);
  join(L);
  return 1;
}

char *scr_complete(lua_State *L, const char *code) {
  int top = lua_gettop(L);
  lua_pushcfunction(L, complete);
  lua_pushlightuserdata(L, (void *)(uintptr_t)code);
  bool ok = lua_pcall(L, 1, 1, 0) == LUA_OK;
  const char *names = ok ? lua_tostring(L, -1) : NULL;
  char *copy = names && *names ? strdup(names) : NULL;
  lua_settop(L, top);
  return copy;
}
