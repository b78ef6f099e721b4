/* A run in Lua. User value 1 of its box is the model's box; tensors over the run keep the run's box alive in
 * turn, and refuse to work once it is closed.
 *
 * Whatever allocates from Lua may run a finalizer that closes the run. So no pointer into a run is used after
 * an allocation: it is asked for again, and a run closed meanwhile is an error. */
#include "scripting/bind_run.h"

#include "scripting/bind_edits.h"
#include "scripting/bind_parts.h"
#include "scripting/bind_tensor.h"
#include "scripting/box.h"
#include "scripting/check.h"

/* One of the sequences of a run; of most runs the only one. */
typedef struct RunBox {
  ScrBox box;
  int sequence;
} RunBox;

static const ScrType run_type; /* below */

void **scr_new_run(lua_State *L, int model) { return &scr_box_new(L, &run_type, model)->object; }
static EngRun *check_run(lua_State *L, int arg) { return scr_box_check(L, arg, &run_type)->object; }
static int check_sequence(lua_State *L) { return ((const RunBox *)scr_box_check(L, 1, &run_type))->sequence; }

static void release(ScrBox *box) { eng_run_release(box->object); }

static const EngInput *check_input(lua_State *L) { return eng_run_input(check_run(L, 1), check_sequence(L)); }
static const EngConfig *config_of(const EngRun *run) { return eng_model_config(eng_run_model(run)); }

static int describe(lua_State *L) {
  int n_edits = 0;
  const ScrBox *box = scr_box_test(L, 1, &run_type);
  if (!box || !box->object) return lua_pushliteral(L, "run (closed)"), 1;
  const char *name = eng_model_name(eng_run_model(box->object));
  eng_run_edits(box->object, &n_edits);
  if (n_edits > 0)
    lua_pushfstring(L, "run of %s (%d tokens, edits: %d)", name, check_input(L)->n_tokens, n_edits);
  else
    lua_pushfstring(L, "run of %s (%d tokens)", name, check_input(L)->n_tokens);
  return 1;
}

static int get_text(lua_State *L) {
  const EngInput *input = check_input(L);
  lua_pushlstring(L, input->text, input->text_length);
  return 1;
}

static int get_pair(lua_State *L) {
  const EngInput *input = check_input(L);
  if (input->pair)
    lua_pushlstring(L, input->pair, input->pair_length);
  else
    lua_pushnil(L);
  return 1;
}

/* A new sequence with one value a token. */
static int push_list(lua_State *L, void (*push)(lua_State *L, const EngToken *token)) {
  int n = check_input(L)->n_tokens;
  lua_createtable(L, n, 0);
  for (int i = 0; i < n; i++) {
    push(L, &check_input(L)->tokens[i]);
    lua_rawseti(L, -2, i + 1);
  }
  return 1;
}

static void push_id(lua_State *L, const EngToken *token) { lua_pushinteger(L, token->id); }
static void push_type(lua_State *L, const EngToken *token) { lua_pushinteger(L, token->type); }
static void push_text(lua_State *L, const EngToken *token) { lua_pushstring(L, token->text); }
static void push_piece(lua_State *L, const EngToken *token) { lua_pushstring(L, token->piece); }

static int get_ids(lua_State *L) { return push_list(L, push_id); }
static int get_types(lua_State *L) { return push_list(L, push_type); }
static int get_tokens(lua_State *L) { return push_list(L, push_text); }
static int get_pieces(lua_State *L) { return push_list(L, push_piece); }
static int get_n_tokens(lua_State *L) { return lua_pushinteger(L, check_input(L)->n_tokens), 1; }
static int get_bos(lua_State *L) { return lua_pushboolean(L, check_input(L)->bos), 1; }
static int get_seconds(lua_State *L) { return lua_pushnumber(L, eng_run_seconds(check_run(L, 1))), 1; }

static int get_edits(lua_State *L) {
  check_run(L, 1);
  scr_push_edits(L, 1);
  return 1;
}

static int get_model(lua_State *L) {
  check_run(L, 1);
  lua_getiuservalue(L, 1, 1);
  return 1;
}

/* The token that argument 2 names, from 0, negative from the end. */
static const EngToken *check_token(lua_State *L) {
  const EngInput *input = check_input(L);
  return &input->tokens[scr_index(L, 2, (size_t)input->n_tokens, "token")];
}

static void set_integer(lua_State *L, const char *name, lua_Integer value) {
  lua_pushinteger(L, value);
  lua_setfield(L, -2, name);
}

void scr_make_token(lua_State *L, const EngToken *token, int position) {
  EngToken found = *token; /* its strings are not looked at */
  lua_createtable(L, 0, 9);
  lua_insert(L, -3);
  lua_setfield(L, -3, "piece");
  lua_setfield(L, -2, "text");
  set_integer(L, "position", position);
  set_integer(L, "id", found.id);
  set_integer(L, "type", found.type);
  set_integer(L, "start", (lua_Integer)found.start);
  set_integer(L, "stop", (lua_Integer)found.stop);
  set_integer(L, "sentence", found.sentence);
  lua_pushboolean(L, found.special);
  lua_setfield(L, -2, "special");
}

/* run:token(i), run:key(i) → {position, text, piece, id, type, start, stop, sentence, special}. */
static int token(lua_State *L) {
  lua_pushstring(L, check_token(L)->text);
  lua_pushstring(L, check_token(L)->piece);
  scr_make_token(L, check_token(L), (int)(check_token(L) - check_input(L)->tokens));
  return 1;
}

/* run:names() → the full names of what was kept. */
static int names(lua_State *L) {
  lua_Integer n = 0;
  lua_newtable(L);
  for (EngActivation id = 0; id < ENG_ACT_COUNT; id++) {
    int layers = eng_activation_info(id)->per_block ? config_of(check_run(L, 1))->n_layers : 1;
    for (int layer = 0; layer < layers; layer++) {
      if (!eng_keep_has(eng_run_keep(check_run(L, 1)), id, layer)) continue;
      char name[96];
      eng_activation_full_name(id, layer, name, sizeof name);
      lua_pushstring(L, name);
      lua_rawseti(L, -2, ++n);
    }
  }
  return 1;
}

/* A kept activation of the run at 1. */
static EngTensor kept(lua_State *L, EngActivation id, int layer) {
  EngTensor tensor;
  EngError err = {0};
  if (!eng_run_get(check_run(L, 1), check_sequence(L), id, layer, &tensor, &err)) scr_raise(L, &err);
  return tensor;
}

/* run:get(name): a full name, a short one with its layer, or without: all layers in front. */
static int get(lua_State *L) {
  const EngRun *run = check_run(L, 1);
  const char *name = scr_name(L, 2);
  EngActivation id = ENG_ACT_COUNT;
  int layer = ENG_ALL_LAYERS;
  EngError err = {0};
  if (!eng_activation_parse(name, config_of(run), &id, &layer, &err)) return scr_raise(L, &err);
  scr_push_tensor(L, kept(L, id, layer), 1, true);
  return 1;
}

/* run:attention(), (layer), (layer, head) or a head's name. */
static int attention(lua_State *L) {
  EngConfig config = *config_of(check_run(L, 1));
  int layer = ENG_ALL_LAYERS, head = -1;
  if (lua_type(L, 2) == LUA_TSTRING || lua_type(L, 2) == LUA_TTABLE) {
    scr_bind_head(L, 2, &config, &layer, &head);
  } else if (!lua_isnoneornil(L, 2) || !lua_isnoneornil(L, 3)) {
    layer = (int)scr_index(L, 2, (size_t)config.n_layers, "layer");
    if (!lua_isnoneornil(L, 3)) head = (int)scr_index(L, 3, (size_t)config.n_heads, "head");
  }
  EngTensor tensor = kept(L, ENG_ACT_PATTERN, layer);
  if (head >= 0) tensor = eng_tensor_select(tensor, 0, (size_t)head);
  scr_push_tensor(L, tensor, 1, true);
  return 1;
}

/* Position `arg` of the logits, of which only the last exists unless all were asked for. */
static EngTensor logits_row(lua_State *L, int arg, int n_tokens, EngTensor all) {
  size_t row = scr_index(L, arg, (size_t)n_tokens, "position");
  if (all.rank == 2) return eng_tensor_select(all, 0, row);
  if (row + 1 < (size_t)n_tokens)
    luaL_error(L, "logits of position %I were not kept: run with logits = \"all\"", (lua_Integer)row);
  return all;
}

/* run:logits() → [vocab], with logits = "all" [token, vocab]; run:logits(i) → one row. */
static int logits(lua_State *L) {
  const EngRun *run = check_run(L, 1);
  EngTensor tensor;
  EngError err = {0};
  if (!eng_run_logits(run, check_sequence(L), &tensor, &err)) return scr_raise(L, &err);
  if (!lua_isnoneornil(L, 2)) tensor = logits_row(L, 2, check_input(L)->n_tokens, tensor);
  scr_push_tensor(L, tensor, 1, true);
  return 1;
}

static const luaL_Reg fields[] = {{"text", get_text},
                                  {"pair", get_pair},
                                  {"ids", get_ids},
                                  {"token_types", get_types},
                                  {"tokens", get_tokens},
                                  {"pieces", get_pieces},
                                  {"n_tokens", get_n_tokens},
                                  {"n_keys", get_n_tokens},
                                  {"bos", get_bos},
                                  {"seconds", get_seconds},
                                  {"model", get_model},
                                  {"edits", get_edits},
                                  {NULL, NULL}};

static const luaL_Reg methods[] = {{"token", token},         {"key", token},     {"names", names}, {"get", get},
                                   {"attention", attention}, {"logits", logits}, {NULL, NULL}};
static const luaL_Reg metamethods[] = {{"__tostring", describe}, {NULL, NULL}};
static const ScrType run_type = {
    .name = "run",
    .size = sizeof(RunBox),
    .methods = methods,
    .metamethods = metamethods,
    .fields = fields,
    .release = release,
};

void scr_push_sequence(lua_State *L, EngRun *run, int sequence, int model) {
  RunBox *box = (RunBox *)(void *)scr_box_new(L, &run_type, model);
  box->sequence = sequence;
  box->box.object = eng_run_retain(run);
}

EngRun *scr_test_run(lua_State *L, int arg, int *sequence) {
  ScrBox *box = scr_box_test(L, arg, &run_type);
  if (!box || !scr_box_is_open(box)) return NULL;
  *sequence = ((RunBox *)(void *)box)->sequence;
  return box->object;
}

void scr_close_run(lua_State *L, int arg) {
  ScrBox *box = scr_box_test(L, arg, &run_type);
  if (box) scr_box_close(box);
}

void scr_push_run(lua_State *L, EngRun *run, int model) { scr_push_sequence(L, run, 0, model); }

void scr_bind_run(lua_State *L) { scr_box_register(L, &run_type); }
