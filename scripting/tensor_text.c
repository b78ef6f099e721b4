/* A tensor as people read it: its shape, then its numbers in brackets, in columns of one width; long axes show
 * their ends. */
#include "scripting/tensor_box.h"

#include <math.h>
#include <stdio.h>

enum { ENDS = 3, WHOLE = 1000 }; /* numbers shown at each end; up to so many are all shown */

typedef struct Text {
  luaL_Buffer buffer;
  lua_State *L;
  bool abbreviate;
  const char *format; /* of a number; takes width and value */
  int width;
  double largest; /* of the finite numbers shown */
  bool whole;     /* they are whole numbers */
} Text;

/* What is done with each number shown. */
typedef void (*Visit)(Text *text, float value);

/* The index after i of those that are shown of n. */
static size_t next_shown(const Text *text, size_t i, size_t n) {
  bool jumps = text->abbreviate && n > 2 * ENDS && i + 1 == ENDS;
  return jumps ? n - ENDS : i + 1;
}

static void measure(Text *text, float value) {
  if (!isfinite(value)) return;
  text->largest = fmax(text->largest, fabs((double)value));
  text->whole = text->whole && value == rintf(value);
}

/* A NaN is written without the sign that it may have. */
static double printed(float value) { return isnan(value) ? (double)NAN : (double)value; }

static void widen(Text *text, float value) {
  int width = snprintf(NULL, 0, text->format, 0, printed(value));
  if (width > text->width) text->width = width;
}

/* Visits the numbers that are shown; allocates nothing. */
static void visit(Text *text, EngTensor tensor, Visit each) {
  if (tensor.rank == 0) {
    each(text, *tensor.data);
    return;
  }
  for (size_t i = 0; i < tensor.shape[0]; i = next_shown(text, i, tensor.shape[0]))
    visit(text, eng_tensor_select(tensor, 0, i), each);
}

static void choose_format(Text *text) {
  text->format = "%*.4f";
  if (text->largest >= 1e5 || (text->largest > 0 && text->largest < 1e-3)) text->format = "%*.4e";
  if (text->whole && text->largest < 1e7) text->format = "%*.0f";
}

/* The buffer may grow, which may run finalizers: the tensor at 1 is looked at again. */
static void add_number(Text *text, ptrdiff_t at) {
  char number[64];
  const EngTensor *tensor = scr_check_tensor(text->L, 1);
  snprintf(number, sizeof number, text->format, text->width, printed(tensor->data[at]));
  luaL_addstring(&text->buffer, number);
}

/* After element i: a comma, and a new line for each bracket that closes. */
static void add_gap(Text *text, int rank, int depth) {
  luaL_addchar(&text->buffer, ',');
  if (depth + 1 == rank) {
    luaL_addchar(&text->buffer, ' ');
    return;
  }
  for (int i = depth + 1; i < rank; i++) luaL_addchar(&text->buffer, '\n');
  for (int i = 0; i <= depth; i++) luaL_addchar(&text->buffer, ' ');
}

static void add_level(Text *text, ptrdiff_t at, int depth) {
  const EngTensor *tensor = scr_check_tensor(text->L, 1);
  if (depth == tensor->rank) {
    add_number(text, at);
    return;
  }
  size_t n = tensor->shape[depth], next = 0;
  luaL_addchar(&text->buffer, '[');
  for (size_t i = 0; i < n; i = next) {
    next = next_shown(text, i, n);
    add_level(text, at + (ptrdiff_t)i * tensor->stride[depth], depth + 1);
    if (next > i + 1) add_gap(text, tensor->rank, depth), luaL_addstring(&text->buffer, "...");
    if (next < n) add_gap(text, tensor->rank, depth);
  }
  luaL_addchar(&text->buffer, ']');
}

static void add_shape(Text *text, const EngTensor *tensor) {
  char length[32];
  luaL_addstring(&text->buffer, "tensor [");
  for (int axis = 0; axis < tensor->rank; axis++) {
    snprintf(length, sizeof length, axis ? ", %zu" : "%zu", tensor->shape[axis]);
    luaL_addstring(&text->buffer, length);
  }
  luaL_addstring(&text->buffer, tensor->rank > 1 ? "]:\n" : "]: ");
}

int scr_tensor_tostring(lua_State *L) {
  const ScrBox *box = scr_box_test(L, 1, &scr_tensor_type);
  if (!box) return luaL_typeerror(L, 1, scr_tensor_type.name);
  lua_settop(L, 1);
  if (!scr_box_is_open(box)) {
    lua_pushstring(L, box->object ? "tensor (its owner is closed)" : "tensor (closed)");
    return 1;
  }
  const EngTensor *tensor = box->object;
  size_t size = eng_tensor_size(tensor);
  Text text = {.L = L, .whole = true, .abbreviate = size > WHOLE || size == 0};
  visit(&text, *tensor, measure);
  choose_format(&text);
  visit(&text, *tensor, widen);
  luaL_buffinit(L, &text.buffer);
  add_shape(&text, tensor);
  add_level(&text, 0, 0);
  luaL_pushresult(&text.buffer);
  return 1;
}
