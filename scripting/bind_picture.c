/* A picture is a tensor [height, width, 3] of red, green and blue, 0 to 255. */
#include "scripting/bind_picture.h"

#include "scripting/allowed.h"
#include "scripting/bind_tensor.h"
#include "scripting/box.h"

#include "engine/tensor_ops.h"

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
  const char *path = scr_file_to_read(L, 1);
  EngTensor *out = scr_new_tensor(L);
  bool ok = ren_png_read(path, &pixels, &err) && to_tensor(&pixels, out, &err);
  ren_pixels_free(&pixels);
  return ok ? 1 : scr_fail(L, &err);
}

/* A channel as a byte, rounded; NaN is 0. */
static uint32_t channel(float value) { return value >= 255 ? 255 : value > 0 ? (uint32_t)(value + 0.5f) : 0; }

static bool to_pixels(const EngTensor *tensor, RenPixels *out, EngError *err) {
  EngTensor whole = {0};
  if (!ren_pixels_resize(out, (int)tensor->shape[1], (int)tensor->shape[0], err)) return false;
  if (!eng_tensor_copy(&whole, tensor, err)) return false;
  const float *in = whole.data;
  for (size_t i = 0; i < tensor->shape[0] * tensor->shape[1]; i++, in += 3)
    out->argb[i] = 0xff000000u | channel(in[0]) << 16 | channel(in[1]) << 8 | channel(in[2]);
  eng_tensor_release(&whole);
  return true;
}

/* hs.save_picture(FILE.png, tensor) → true, or nil and a message. */
static int save_picture(lua_State *L) {
  enum { MOST = 1 << 15 };
  EngError err = {0};
  RenPixels pixels = {0};
  const char *path = scr_file_to_write(L, 1);
  const EngTensor *tensor = scr_check_tensor(L, 2);
  luaL_argcheck(L, tensor->rank == 3 && eng_tensor_size(tensor) > 0 && tensor->shape[2] == 3, 2,
                "expected a tensor [height, width, 3]");
  luaL_argcheck(L, tensor->shape[0] <= MOST && tensor->shape[1] <= MOST, 2, "expected at most 32768 pixels a side");
  bool ok = to_pixels(tensor, &pixels, &err) && ren_png_write(path, &pixels, NULL, 0, &err);
  ren_pixels_free(&pixels);
  if (!ok) return scr_fail(L, &err);
  lua_pushboolean(L, true);
  return 1;
}

void scr_bind_picture(lua_State *L) {
  static const luaL_Reg functions[] = {{"picture", picture}, {"save_picture", save_picture}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
