/* A list is read into memory of its own, which a box holds: it has a reference on each run that is named, so that
 * nobody can close one before the pass begins. */
#include "scripting/bind_edits.h"

#include "scripting/bind_edits_impl.h"
#include "scripting/bind_model.h"
#include "scripting/bind_run.h"
#include "scripting/box.h"
#include "scripting/check.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void release(ScrBox *box) {
  ScrEdits *edits = box->object;
  for (int i = 0; i < edits->n; i++)
    if (edits->list[i].from) eng_run_release((EngRun *)(uintptr_t)edits->list[i].from);
  eng_run_release(edits->base);
  free(edits->from_end);
  free(edits->list);
  free(edits);
}

static const ScrType edits_type = {.name = "edits", .size = sizeof(ScrBox), .release = release};

void scr_bind_edits(lua_State *L) { scr_box_register(L, &edits_type); }

static ScrEdits *new_edits(size_t most) {
  ScrEdits *edits = calloc(1, sizeof *edits);
  if (!edits) return NULL;
  edits->list = calloc(most + 1, sizeof *edits->list);
  edits->from_end = calloc(most * 2 + 1, sizeof *edits->from_end);
  if (edits->list && edits->from_end) return edits;
  free(edits->list);
  free(edits->from_end);
  free(edits);
  return NULL;
}

/* How many edits the option on top has. */
static size_t count(lua_State *L) {
  if (!lua_istable(L, -1)) luaL_error(L, "option \"edits\": expected a list, found %s", luaL_typename(L, -1));
  size_t n = scr_list(L, -1, "option \"edits\"");
  if (n > ENG_MAX_EDITS)
    luaL_error(L, "option \"edits\": expected at most %d, found %I", ENG_MAX_EDITS, (lua_Integer)n);
  return n;
}

/* The run on top. */
static void read_base(lua_State *L, ScrEdits *edits) {
  int sequence = 0;
  EngRun *run = scr_test_run(L, -1, &sequence);
  if (!run)
    luaL_error(L, "option \"base\": expected an open run of a model, found %s", luaL_tolstring(L, -1, NULL));
  edits->base = eng_run_retain(run);
}

const ScrEdits *scr_read_edits(lua_State *L, int arg, const EngConfig *config) {
  int top = lua_gettop(L);
  bool listed = scr_option(L, arg, "edits");
  size_t n = listed ? count(L) : 0;
  bool based = scr_option(L, arg, "base");
  if (!listed && !based) return NULL;
  ScrBox *box = scr_box_new(L, &edits_type, 0);
  ScrEdits *edits = box->object = new_edits(n);
  if (!edits) luaL_error(L, "expected memory for %I edits, found none", (lua_Integer)n);
  lua_insert(L, top + 1);
  if (based) read_base(L, edits);
  for (size_t i = 1; i <= n; i++) {
    lua_rawgeti(L, top + 2, (lua_Integer)i);
    scr_read_edit(L, edits, (int)i, config);
  }
  lua_settop(L, top + 1);
  return edits;
}

/* --- for a pass */

static bool resolve(const FromEnd *one, EngEdit *list, const EngRunSpec *spec, EngError *err) {
  char edit[32];
  int n = spec->sequences[0].input->n_tokens;
  snprintf(edit, sizeof edit, "edits[%d]", one->edit + 1);
  for (int i = 1; i < spec->n_sequences; i++)
    if (spec->sequences[i].input->n_tokens != n)
      return eng_error_set(err, edit, one->field->word,
                           "expected 0 or more, for texts of different lengths, found %lld", -one->back);
  if (one->back > n)
    return eng_error_set(err, edit, one->field->word, "expected %d to %d, found %lld", -n, n - 1, -one->back);
  *eng_edit_index(&list[one->edit], one->field->offset) = n - (int)one->back;
  return true;
}

bool scr_edits_for(const ScrEdits *edits, EngRunSpec *spec, EngError *err) {
  if (!edits) return true;
  for (int i = 0; i < edits->n_from_end; i++)
    if (!resolve(&edits->from_end[i], edits->list, spec, err)) return false;
  spec->edits = edits->list;
  spec->n_edits = edits->n;
  spec->base = edits->base;
  return true;
}

/* --- of a run */

/* A patch as a table that names its activation. */
static void push_patch(lua_State *L, EngEdit *edit) {
  char name[64];
  const EngActivationInfo *info = eng_activation_info(edit->at);
  snprintf(name, sizeof name, info->per_block ? "%s%d" : "%s", info->short_name, edit->layer);
  lua_createtable(L, 0, 6);
  lua_pushstring(L, name);
  lua_setfield(L, -2, "at");
  for (const EngEditField *f = eng_edit_fields; f->word; f++) {
    int index = *eng_edit_index(edit, f->offset);
    if (index == ENG_ALL || !eng_edit_field_applies(f, edit)) continue;
    lua_pushinteger(L, index);
    lua_setfield(L, -2, f->word);
  }
  lua_pushstring(L, eng_edit_op_name(edit->op));
  lua_setfield(L, -2, "op");
  scr_push_model(L, eng_run_model(edit->from));
  scr_push_sequence(L, (EngRun *)(uintptr_t)edit->from, edit->from_sequence, lua_gettop(L));
  lua_setfield(L, -3, "from");
  lua_pop(L, 1);
}

static void push_edit(lua_State *L, EngEdit *edit) {
  char text[ENG_EDIT_TEXT];
  eng_edit_print(edit, text, sizeof text);
  if (edit->op == ENG_EDIT_PATCH)
    push_patch(L, edit);
  else
    lua_pushstring(L, text);
}

/* Copied first, with references of its own: a finalizer may close the run meanwhile. */
void scr_push_edits(lua_State *L, int run) {
  int n = 0, sequence = 0;
  ScrBox *box = scr_box_new(L, &edits_type, 0);
  const EngRun *of = scr_test_run(L, run, &sequence);
  const EngEdit *list = of ? eng_run_edits(of, &n) : NULL;
  ScrEdits *edits = box->object = new_edits((size_t)n);
  if (!of || !edits) luaL_error(L, of ? "expected memory for %d edits, found none" : "run is closed", n);
  for (edits->n = 0; edits->n < n; edits->n++) {
    edits->list[edits->n] = list[edits->n];
    if (list[edits->n].from) eng_run_retain((EngRun *)(uintptr_t)list[edits->n].from);
  }
  lua_createtable(L, n, 0);
  for (int i = 0; i < n; i++) {
    push_edit(L, &edits->list[i]);
    lua_rawseti(L, -2, i + 1);
  }
  lua_remove(L, -2);
}
