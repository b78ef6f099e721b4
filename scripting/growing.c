/* The box's object is the bytes themselves, so that an empty text is a closed box, and closing it frees them. */
#include "scripting/growing.h"

#include "scripting/box.h"

#include <stdlib.h>
#include <string.h>

struct ScrGrowing {
  ScrBox box; /* its object is the bytes */
  size_t used, room;
};

static void release(ScrBox *box) { free(box->object); }

static const ScrType growing_type = {.name = "growing text", .size = sizeof(ScrGrowing), .release = release};

ScrGrowing *scr_new_growing(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &growing_type) == LUA_TNIL) scr_box_register(L, &growing_type);
  lua_pop(L, 1);
  return (ScrGrowing *)(void *)scr_box_new(L, &growing_type, 0);
}

/* Makes room for `n` more bytes. */
static void reserve(lua_State *L, ScrGrowing *text, size_t n) {
  if (n <= text->room - text->used) return;
  size_t room = text->room < 1024 ? 1024 : 2 * text->room;
  if (room - text->used < n) room = text->used + n;
  char *bytes = room < text->used ? NULL : realloc(text->box.object, room);
  if (!bytes) luaL_error(L, "expected %I bytes of memory for text, found less", (lua_Integer)room);
  text->box.object = bytes;
  text->room = room;
}

void scr_growing_add(lua_State *L, ScrGrowing *text, const char *bytes, size_t n) {
  if (n == 0) return;
  reserve(L, text, n);
  memcpy((char *)text->box.object + text->used, bytes, n);
  text->used += n;
}

void scr_growing_add_text(lua_State *L, ScrGrowing *text, const char *bytes) {
  scr_growing_add(L, text, bytes, strlen(bytes));
}

void scr_growing_push(lua_State *L, ScrGrowing *text) {
  const char *bytes = text->box.object;
  lua_pushlstring(L, bytes ? bytes : "", text->used);
  scr_box_close(&text->box);
  text->used = text->room = 0;
}
