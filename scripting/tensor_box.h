/* What the files that give tensors their methods share.
 *
 * A collector step may run finalizers of the script's, and those may close anything. So a result's box is
 * made first, and only then are the operands looked at; nothing is allocated from Lua while a pointer into
 * a tensor is held. */
#ifndef SCRIPTING_TENSOR_BOX_H
#define SCRIPTING_TENSOR_BOX_H

#include "scripting/bind_tensor.h"
#include "scripting/box.h"

#include "engine/tensor.h"

typedef struct ScrTensorBox {
  ScrBox box; /* its object is `tensor`, below */
  EngTensor tensor;
  bool read_only;
} ScrTensorBox;

extern const ScrType scr_tensor_type;

/* Methods, by what they do. */
extern const luaL_Reg scr_tensor_views[];     /* at set slice select transpose diagonal reshape contiguous */
extern const luaL_Reg scr_tensor_maths[];     /* lt le gt ge eq, abs …, where, matmul */
extern const luaL_Reg scr_tensor_lines[];     /* sum … entropy, softmax, sort, topk, places, correlation */
extern const luaL_Reg scr_tensor_tables[];    /* totable */
extern const luaL_Reg scr_tensor_operators[]; /* metamethods + - * / ^ and unary minus */

/* Functions of the module. */
int scr_tensor_from_table(lua_State *L); /* hs.tensor(TABLE) */
int scr_tensor_zeros(lua_State *L);      /* hs.zeros(SHAPE) */
int scr_tensor_range(lua_State *L);      /* hs.range(N) */
int scr_tensor_stack(lua_State *L);      /* hs.stack(LIST) */
int scr_tensor_where(lua_State *L);      /* hs.where(condition, a, b), also a method */
int scr_tensor_file(lua_State *L);       /* hs.tensors(FILE) */
int scr_tensor_save(lua_State *L);       /* hs.save_tensors(FILE, TENSORS, NOTES) */

int scr_tensor_index(lua_State *L);    /* t[i] */
int scr_tensor_tostring(lua_State *L); /* __tostring */

/* Pushes an empty box for a view of the tensor at `arg`, with its owner and its rights. */
EngTensor *scr_new_view(lua_State *L, int arg);

/* Returns from a function with the tensor on top of the stack, or its number where it has no axes. The first
 * is for views, the second for results with memory of their own. */
int scr_return_view(lua_State *L, const EngTensor *tensor);
int scr_return_tensor(lua_State *L, const EngTensor *tensor);

/* A tensor, or a number as a tensor without axes over `*number`. */
EngTensor scr_check_operand(lua_State *L, int arg, float *number);

/* An axis, from 0, negative from the end. */
int scr_check_axis(lua_State *L, int arg, const EngTensor *tensor);

/* Lengths from `arg` on: integers, or one table of them. Returns how many. */
int scr_check_shape(lua_State *L, int arg, ptrdiff_t *shape);

#endif
