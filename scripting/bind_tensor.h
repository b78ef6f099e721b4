/* Tensors for Lua: the bulk operations of engine/tensor_ops.h as methods and operators.
 *
 * A tensor of a run or a file is a read-only view that keeps its owner alive and dies when the owner is
 * closed; every other tensor holds a reference on its own memory. */
#ifndef SCRIPTING_BIND_TENSOR_H
#define SCRIPTING_BIND_TENSOR_H

#include "engine/tensor.h"

#include <lua.h>
#include <stdbool.h>

/* Adds hs.tensor, zeros, where and tensors to the module's table on top of the stack. */
void scr_bind_tensor(lua_State *L);

/* Pushes an empty tensor with memory of its own; the caller fills it next (eng_tensor_new and others), or
 * raises. */
EngTensor *scr_new_tensor(lua_State *L);

/* Pushes a view. A borrowed one needs the box whose memory it is at stack index `owner`; otherwise `owner`
 * is 0 and the view's buffer gets one more reference. */
void scr_push_tensor(lua_State *L, EngTensor tensor, int owner, bool read_only);

/* The open tensor at `arg`, as long as it stays on the stack; raises otherwise. */
const EngTensor *scr_check_tensor(lua_State *L, int arg);

/* The same, but NULL where `arg` is no tensor; a closed one still raises. */
const EngTensor *scr_test_tensor(lua_State *L, int arg);

#endif
