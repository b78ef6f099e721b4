/* One edit of a list: a text, which the engine reads, or a table. What the fields of a table may be is the
 * engine's, too (engine/edit_words.h); errors begin with the place in the list. */
#include "scripting/bind_edits_impl.h"
#include "scripting/bind_run.h"
#include "scripting/check.h"

#include <lauxlib.h>
#include <limits.h>
#include <math.h>
#include <string.h>

typedef struct Reading {
  lua_State *L;
  const EngConfig *config;
  ScrEdits *edits;
  EngEdit *edit;
  int at;    /* the stack index of its table */
  int place; /* in the list, from 1 */
} Reading;

static int refuse(const Reading *r, const char *field, const char *expected, const char *found) {
  return luaL_error(r->L, "edits[%d]: %s: expected %s, found %s", r->place, field, expected, found);
}

static int pass_on(const Reading *r, const EngError *err) {
  return luaL_error(r->L, "edits[%d]: %s", r->place, err->message);
}

enum { QUOTED = 40 }; /* bytes of a text that an error has of it */

/* The value on top, in words. */
static const char *shown(lua_State *L) {
  size_t length = 0;
  const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &length) : NULL;
  if (text) return lua_pushfstring(L, "\"%s\"", lua_pushlstring(L, text, length < QUOTED ? length : QUOTED));
  if (lua_type(L, -1) == LUA_TNUMBER || lua_isuserdata(L, -1)) return luaL_tolstring(L, -1, NULL);
  return luaL_typename(L, -1);
}

/* Pushes a field; false, and nothing pushed, where it is absent. */
static bool field(const Reading *r, const char *name) { return scr_option(r->L, r->at, name); }

/* All fields of the table at `r->at` must be of `names`; `expected` says which those are. */
static void check_fields(const Reading *r, const char *const *names, const char *expected) {
  lua_State *L = r->L;
  for (lua_pushnil(L); lua_next(L, r->at); lua_pop(L, 1)) {
    bool known = false;
    for (size_t i = 0; names[i] && lua_type(L, -2) == LUA_TSTRING; i++)
      known = known || strcmp(lua_tostring(L, -2), names[i]) == 0;
    lua_pushvalue(L, -2);
    if (!known) luaL_error(L, "edits[%d]: unknown field %s: expected %s", r->place, shown(L), expected);
    lua_pop(L, 1);
  }
}

/* The whole number on top, popped. */
static lua_Integer take_integer(const Reading *r, const char *name) {
  int is_integer = 0;
  lua_Integer value = lua_tointegerx(r->L, -1, &is_integer);
  bool small = value >= INT_MIN && value <= INT_MAX;
  if (lua_type(r->L, -1) != LUA_TNUMBER || !is_integer || !small)
    refuse(r, name, "a whole number of 32 bits", shown(r->L));
  lua_pop(r->L, 1);
  return value;
}

/* {layer = 2, head = 5} on top, as the name "2.5". */
static const char *name_of_table(const Reading *r, const char *word) {
  lua_State *L = r->L;
  const char *const index = strcmp(word, "neuron") == 0 ? "neuron" : "head";
  Reading inner = *r;
  inner.at = lua_gettop(L);
  check_fields(&inner, (const char *const[]){"layer", index, NULL}, lua_pushfstring(L, "layer and %s", index));
  if (!field(&inner, "layer")) refuse(r, word, "a name such as \"2.5\", or its layer", "no layer");
  lua_Integer layer = take_integer(r, "layer");
  if (!field(&inner, index)) refuse(r, word, "a name such as \"2.5\", or both numbers", "the layer alone");
  lua_Integer number = take_integer(r, index);
  return lua_pushfstring(L, "%I.%I", layer, number);
}

/* The part on top by its own name. */
static void read_name(const Reading *r, const EngEditPart *part) {
  EngError err = {0};
  lua_State *L = r->L;
  size_t length = 0;
  if (lua_istable(L, -1)) name_of_table(r, part->word);
  if (lua_type(L, -1) != LUA_TSTRING) refuse(r, part->word, "a name such as \"2.5\"", shown(L));
  const char *name = lua_tolstring(L, -1, &length);
  if (!eng_edit_name(part, name, length, r->config, r->edit, &err)) pass_on(r, &err);
}

static void read_activation(const Reading *r) {
  EngError err = {0};
  size_t length = 0;
  if (lua_type(r->L, -1) != LUA_TSTRING) refuse(r, "at", "the name of an activation", shown(r->L));
  const char *name = lua_tolstring(r->L, -1, &length);
  if (strlen(name) != length) refuse(r, "at", "a name without NUL bytes", "one with them");
  if (!eng_edit_activation(name, r->config, r->edit, &err)) pass_on(r, &err);
}

/* What it is of; returns the part by whose name, NULL for an activation's. */
static const EngEditPart *read_part(const Reading *r) {
  lua_State *L = r->L;
  const EngEditPart *named = NULL;
  int top = lua_gettop(L);
  bool at = field(r, "at");
  if (at) read_activation(r);
  for (const EngEditPart *part = eng_edit_parts; part->word; part++) {
    bool is_index = strcmp(part->word, "head") == 0 && (at || named);
    if (is_index || !field(r, part->word)) continue;
    if (at || named) refuse(r, part->word, at ? "none beside at" : "one part alone", "both");
    named = part;
    read_name(r, part);
  }
  if (!at && !named) refuse(r, "at", "an activation, or head, pattern or neuron", "none");
  lua_settop(L, top);
  return named;
}

/* Counted from the end where it is negative, which only tokens may. */
static void set_index(const Reading *r, const EngEditField *f, lua_Integer value) {
  bool tokens = f->offset == offsetof(EngEdit, token) || f->offset == offsetof(EngEdit, key);
  if (value < 0 && !tokens) refuse(r, f->word, "0 or more", lua_pushfstring(r->L, "%I", value));
  *eng_edit_index(r->edit, f->offset) = value < 0 ? 0 : (int)value;
  if (value < 0) r->edits->from_end[r->edits->n_from_end++] = (FromEnd){r->edits->n - 1, f, -value};
}

static void read_indices(const Reading *r, const EngEditPart *named) {
  const char *name = eng_activation_info(r->edit->at)->short_name;
  for (const EngEditField *f = eng_edit_fields; f->word; f++) {
    if (named && strcmp(f->word, named->word) == 0) continue;
    if (!field(r, f->word)) continue;
    if (!eng_edit_field_applies(f, r->edit) || (named && f->offset == named->offset))
      refuse(r, f->word, lua_pushfstring(r->L, "none of %s", named ? named->word : name), shown(r->L));
    set_index(r, f, take_integer(r, f->word));
  }
}

static void read_op(const Reading *r) {
  const char *name = field(r, "op") && lua_type(r->L, -1) == LUA_TSTRING ? lua_tostring(r->L, -1) : "";
  for (int op = 0; op < ENG_EDIT_OPS; op++)
    if (strcmp(name, eng_edit_op_name((EngEditOp)op)) == 0) {
      r->edit->op = (EngEditOp)op;
      lua_pop(r->L, 1);
      return;
    }
  refuse(r, "op", "zero, mean, scale, set or patch", field(r, "op") ? shown(r->L) : "none");
}

static void read_value(const Reading *r) {
  bool there = field(r, "value"), wanted = eng_edit_op_takes_value(r->edit->op);
  if (!there && !wanted) return;
  if (!wanted)
    refuse(r, "value", lua_pushfstring(r->L, "none with %s", eng_edit_op_name(r->edit->op)), shown(r->L));
  if (!there || lua_type(r->L, -1) != LUA_TNUMBER) refuse(r, "value", "a number", there ? shown(r->L) : "none");
  r->edit->value = (float)lua_tonumber(r->L, -1);
  if (!isfinite(r->edit->value)) refuse(r, "value", "a finite number of 32 bits", shown(r->L));
  lua_pop(r->L, 1);
}

static void read_from(const Reading *r) {
  bool there = field(r, "from"), wanted = r->edit->op == ENG_EDIT_PATCH;
  if (!there && !wanted) return;
  if (!wanted) refuse(r, "from", lua_pushfstring(r->L, "none with %s", eng_edit_op_name(r->edit->op)), shown(r->L));
  EngRun *run = there ? scr_test_run(r->L, -1, &r->edit->from_sequence) : NULL;
  if (!run) refuse(r, "from", "an open run of a model", there ? shown(r->L) : "none");
  r->edit->from = eng_run_retain(run);
  lua_pop(r->L, 1);
}

static void read_table(const Reading *r) {
  static const char *const NAMES[] = {"at",  "head", "pattern", "neuron", "token", "query",
                                      "key", "dim",  "op",      "value",  "from",  NULL};
  luaL_checkstack(r->L, LUA_MINSTACK, "edits");
  check_fields(r, NAMES, "at, head, pattern or neuron, token, query, key, dim, op, value and from");
  read_indices(r, read_part(r));
  read_op(r);
  read_value(r);
  read_from(r);
}

void scr_read_edit(lua_State *L, ScrEdits *edits, int place, const EngConfig *config) {
  EngError err = {0};
  size_t length = 0;
  Reading r = {.L = L, .config = config, .edits = edits, .at = lua_gettop(L), .place = place};
  r.edit = &edits->list[edits->n++];
  *r.edit = eng_edit_new();
  const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &length) : NULL;
  if (!text && !lua_istable(L, -1))
    luaL_error(L, "edits[%d]: expected a text or a table, found %s", place, shown(L));
  if (text && strlen(text) != length)
    luaL_error(L, "edits[%d]: expected a text without NUL bytes, found one at %I", place,
               (lua_Integer)strlen(text));
  if (!text)
    read_table(&r);
  else if (!eng_edit_parse(text, config, r.edit, &err))
    pass_on(&r, &err);
  if (!eng_edit_check(r.edit, config, &err)) pass_on(&r, &err);
  lua_settop(L, r.at - 1);
}
