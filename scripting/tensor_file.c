/* hs.tensors: the tensors of a safetensors file. F32 is a view of the mapping, which the file's box keeps
 * alive; F16 and BF16 are widened into memory of their own. */
#include "scripting/allowed.h"
#include "scripting/tensor_box.h"

#include "engine/safetensors.h"

#include <stdint.h>

static void release(ScrBox *box) { eng_safetensors_close(box->object); }

static const ScrType file_type = {.name = "file", .size = sizeof(ScrBox), .release = release};

static void register_file_type(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &file_type) == LUA_TNIL) scr_box_register(L, &file_type);
  lua_pop(L, 1);
}

static bool can_be_viewed(const EngSafetensor *entry) {
  return entry->dtype == ENG_DTYPE_F32 && (uintptr_t)entry->data % _Alignof(float) == 0;
}

static bool widen(EngTensor *out, const EngSafetensor *entry, EngError *err) {
  return eng_tensor_new(out, entry->rank, entry->shape, err) && eng_safetensor_widen(entry, out->data);
}

/* Pushes one tensor; the file's box is at `file`. */
static void push_entry(lua_State *L, int file, const EngSafetensor *entry) {
  EngError err = {0};
  if (entry->rank > ENG_TENSOR_RANK)
    luaL_error(L, "%s: %s: expected at most %d axes, found %d", entry->file, entry->name, ENG_TENSOR_RANK,
               entry->rank);
  if (can_be_viewed(entry)) {
    float *data = (float *)(uintptr_t)entry->data; /* only read: the tensor is read-only */
    scr_push_tensor(L, eng_tensor_view(data, entry->rank, entry->shape), file, true);
    return;
  }
  if (!widen(scr_new_tensor(L), entry, &err)) scr_raise(L, &err);
  scr_account(L, entry->count * sizeof(float));
}

/* Pushes a table of the file's metadata. */
static void push_notes(lua_State *L, const EngSafetensors *file) {
  void *cursor = NULL;
  EngSafetensorsNote note;
  lua_newtable(L);
  while (eng_safetensors_next_note(file, &cursor, &note)) {
    lua_pushlstring(L, note.value, note.length);
    lua_setfield(L, -2, note.key);
  }
}

/* hs.tensors(FILE) → table from name to tensor, a table from name to type of those that are of another type than
 * F32, F16 and BF16, and a table of the metadata; or nil, message. */
int scr_tensor_file(lua_State *L) {
  const char *path = scr_file_to_read(L, 1);
  EngError err = {0};
  lua_settop(L, 1);
  register_file_type(L);
  ScrBox *box = scr_box_new(L, &file_type, 0); /* 2 */
  box->object = eng_safetensors_open(path, &err);
  if (!box->object) return scr_fail(L, &err);
  lua_newtable(L); /* 3: tensors */
  lua_newtable(L); /* 4: other types */
  for (size_t i = 0; i < eng_safetensors_count(box->object); i++) {
    const EngSafetensor *entry = eng_safetensors_at(box->object, i);
    bool known = entry->dtype != ENG_DTYPE_OTHER;
    lua_pushstring(L, entry->name);
    if (known)
      push_entry(L, 2, entry);
    else
      lua_pushstring(L, entry->dtype_name);
    lua_rawset(L, known ? 3 : 4);
  }
  push_notes(L, box->object);
  return 3;
}
