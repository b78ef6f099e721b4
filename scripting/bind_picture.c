/* A picture is a tensor [height, width, 3] of red, green and blue, 0 to 255. */
#include "scripting/bind_picture.h"

#include "scripting/bind_tensor.h"
#include "scripting/box.h"

#include "render/png.h"

static void copy_channels(const RenPixels *pixels, float *out) {
  size_t n = (size_t)pixels->width * (size_t)pixels->height;
  for (size_t i = 0; i < n; i++) {
    uint32_t argb = pixels->argb[i];
    out[3 * i] = (float)(argb >> 16 & 255);
    out[3 * i + 1] = (float)(argb >> 8 & 255);
    out[3 * i + 2] = (float)(argb & 255);
  }
}

static bool to_tensor(const RenPixels *pixels, EngTensor *out, EngError *err) {
  size_t shape[] = {(size_t)pixels->height, (size_t)pixels->width, 3};
  if (!eng_tensor_new(out, 3, shape, err)) return false;
  copy_channels(pixels, out->data);
  return true;
}

int scr_push_pixels(lua_State *L, const RenPixels *pixels) {
  EngError err = {0};
  EngTensor *out = scr_new_tensor(L);
  return to_tensor(pixels, out, &err) ? 1 : scr_raise(L, &err);
}

/* hs.picture(FILE.png) → tensor, or nil and a message. */
static int picture(lua_State *L) {
  EngError err = {0};
  RenPixels pixels = {0};
  luaL_checktype(L, 1, LUA_TSTRING);
  EngTensor *out = scr_new_tensor(L);
  bool ok = ren_png_read(lua_tostring(L, 1), &pixels, &err) && to_tensor(&pixels, out, &err);
  ren_pixels_free(&pixels);
  return ok ? 1 : scr_fail(L, &err);
}

void scr_bind_picture(lua_State *L) {
  lua_pushcfunction(L, picture);
  lua_setfield(L, -2, "picture");
}
