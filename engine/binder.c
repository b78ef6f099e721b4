/* A tensor's address is known as soon as it is bound, whatever its type: the cache for those that are not
 * F32 in place is address space, reserved once for the whole checkpoint and paid for page by page when it is
 * filled. So weights are plain pointers, and opening a model touches none of its numbers. */
#include "engine/binder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define STRETCH ((size_t)1 << 17) /* numbers widened between two looks at whether to go on */
#define LINE ((size_t)64)         /* bytes of a cache line: what every widened tensor is aligned to */

typedef struct Slot {
  bool bound;
  float *widened; /* NULL for F32 in place */
} Slot;

struct EngBinder {
  const EngCheckpoint *checkpoint;
  Slot *slots; /* one for each tensor of the checkpoint, in its order */
  unsigned char *cache;
  size_t cache_room, cache_used; /* bytes */
  char prefix[128];
  bool failed;
  EngError error;
};

static bool in_place(const EngSafetensor *tensor) {
  return tensor->dtype == ENG_DTYPE_F32 && (uintptr_t)tensor->data % _Alignof(float) == 0;
}

static size_t widened_size(const EngSafetensor *tensor) {
  return (tensor->count * sizeof(float) + LINE - 1) / LINE * LINE;
}

/* Room for every tensor that could need it; what is never bound is never touched. */
static bool reserve_cache(EngBinder *binder) {
  for (size_t i = 0; i < eng_checkpoint_count(binder->checkpoint); i++) {
    const EngSafetensor *tensor = eng_checkpoint_at(binder->checkpoint, i);
    if (tensor->dtype != ENG_DTYPE_OTHER && !in_place(tensor)) binder->cache_room += widened_size(tensor);
  }
  if (binder->cache_room == 0) return true;
  void *cache =
      mmap(NULL, binder->cache_room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (cache == MAP_FAILED) return false;
  binder->cache = cache;
  madvise(cache, binder->cache_room, MADV_HUGEPAGE); /* a sixth of the cost of first touch, where granted */
  return true;
}

EngBinder *eng_binder_new(const EngCheckpoint *checkpoint, EngError *err) {
  EngBinder *binder = calloc(1, sizeof *binder);
  if (binder) {
    binder->checkpoint = checkpoint;
    binder->slots = calloc(eng_checkpoint_count(checkpoint) + 1, sizeof *binder->slots);
    if (binder->slots && reserve_cache(binder)) return binder;
  }
  eng_error_memory(err, eng_checkpoint_path(checkpoint), "its weights");
  eng_binder_free(binder);
  return NULL;
}

void eng_binder_free(EngBinder *binder) {
  if (!binder) return;
  if (binder->cache) munmap(binder->cache, binder->cache_room);
  free(binder->slots);
  free(binder);
}

void eng_binder_set_prefix(EngBinder *binder, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(binder->prefix, sizeof binder->prefix, format, args);
  va_end(args);
}

static const EngSafetensor *find(const EngBinder *binder, const char *name, size_t *index) {
  char full[256];
  snprintf(full, sizeof full, "%s%s", binder->prefix, name);
  return eng_checkpoint_find(binder->checkpoint, full, index);
}

bool eng_binder_has(const EngBinder *binder, const char *name) { return find(binder, name, NULL) != NULL; }

static void fail_missing(EngBinder *binder, const char *name, const char *expected) {
  char full[256];
  snprintf(full, sizeof full, "%s%s", binder->prefix, name);
  eng_error_set(&binder->error, eng_checkpoint_path(binder->checkpoint), full, "expected %s, found nothing",
                expected);
  binder->failed = true;
}

static void fail_shape(EngBinder *binder, const EngSafetensor *tensor, const char *expected) {
  char found[128];
  eng_error_set(&binder->error, tensor->file, tensor->name, "expected %s as config.json says, found %s", expected,
                eng_shape_text(tensor->rank, tensor->shape, found, sizeof found));
  binder->failed = true;
}

static const float *place(EngBinder *binder, const EngSafetensor *tensor, Slot *slot) {
  if (!slot->bound && !in_place(tensor)) {
    slot->widened = (float *)(void *)(binder->cache + binder->cache_used);
    binder->cache_used += widened_size(tensor);
  }
  slot->bound = true;
  return slot->widened ? slot->widened : (const float *)(const void *)tensor->data;
}

static const float *bind(EngBinder *binder, const char *name, int rank, const size_t *shape) {
  if (binder->failed) return NULL;
  char expected[64];
  size_t index = 0;
  eng_shape_text(rank, shape, expected, sizeof expected);
  const EngSafetensor *tensor = find(binder, name, &index);
  if (!tensor) {
    fail_missing(binder, name, expected);
    return NULL;
  }
  if (tensor->rank != rank || memcmp(tensor->shape, shape, (size_t)rank * sizeof *shape) != 0) {
    fail_shape(binder, tensor, expected);
    return NULL;
  }
  if (tensor->dtype == ENG_DTYPE_OTHER) {
    binder->failed = true;
    eng_error_set(&binder->error, tensor->file, tensor->name, "expected F32, F16 or BF16, found %s",
                  tensor->dtype_name);
    return NULL;
  }
  return place(binder, tensor, &binder->slots[index]);
}

const float *eng_bind_vector(EngBinder *binder, const char *name, int n) {
  return bind(binder, name, 1, (size_t[]){(size_t)n});
}

const float *eng_bind_matrix(EngBinder *binder, const char *name, int rows, int columns) {
  return bind(binder, name, 2, (size_t[]){(size_t)rows, (size_t)columns});
}

EngNorm eng_bind_norm(EngBinder *binder, const char *name, int n) {
  char gain[128], bias[128];
  snprintf(gain, sizeof gain, "%s.gamma", name);
  snprintf(bias, sizeof bias, "%s.beta", name);
  if (!eng_binder_has(binder, gain)) snprintf(gain, sizeof gain, "%s.weight", name);
  if (!eng_binder_has(binder, bias)) snprintf(bias, sizeof bias, "%s.bias", name);
  return (EngNorm){.gain = eng_bind_vector(binder, gain, n), .bias = eng_bind_vector(binder, bias, n)};
}

static EngLinear bind_linear(EngBinder *binder, const char *name, int in, int out, bool out_major) {
  char weight[128], bias[128];
  snprintf(weight, sizeof weight, "%s.weight", name);
  snprintf(bias, sizeof bias, "%s.bias", name);
  EngMatrix w = {.in = in, .out = out, .out_major = out_major};
  w.data = eng_bind_matrix(binder, weight, out_major ? out : in, out_major ? in : out);
  return (EngLinear){.w = w, .b = eng_bind_vector(binder, bias, out)};
}

EngLinear eng_bind_linear(EngBinder *binder, const char *name, int in, int out) {
  return bind_linear(binder, name, in, out, true);
}

EngLinear eng_bind_conv1d(EngBinder *binder, const char *name, int in, int out) {
  return bind_linear(binder, name, in, out, false);
}

void eng_binder_refuse_unknown(EngBinder *binder, bool (*harmless)(const char *name), int n_layers) {
  size_t length = strlen(binder->prefix);
  for (size_t i = 0; i < eng_checkpoint_count(binder->checkpoint) && !binder->failed; i++) {
    const EngSafetensor *tensor = eng_checkpoint_at(binder->checkpoint, i);
    if (binder->slots[i].bound || strncmp(tensor->name, binder->prefix, length) != 0) continue;
    if (harmless(tensor->name)) continue;
    eng_error_set(&binder->error, tensor->file, tensor->name,
                  "expected no tensor of this name in a model of %d layers, found one", n_layers);
    binder->failed = true;
  }
}

bool eng_binder_finish(const EngBinder *binder, EngError *err) {
  if (binder->failed && err) *err = binder->error;
  return !binder->failed;
}

/* Elements of the bound tensors of one type, or of all with ENG_DTYPE_OTHER. */
static uint64_t count(const EngBinder *binder, EngDtype dtype) {
  uint64_t total = 0;
  for (size_t i = 0; i < eng_checkpoint_count(binder->checkpoint); i++) {
    const EngSafetensor *tensor = eng_checkpoint_at(binder->checkpoint, i);
    if (binder->slots[i].bound && (dtype == ENG_DTYPE_OTHER || dtype == tensor->dtype)) total += tensor->count;
  }
  return total;
}

uint64_t eng_binder_parameters(const EngBinder *binder) { return count(binder, ENG_DTYPE_OTHER); }

const char *eng_binder_dtype(const EngBinder *binder) {
  uint64_t f32 = count(binder, ENG_DTYPE_F32), f16 = count(binder, ENG_DTYPE_F16);
  uint64_t bf16 = count(binder, ENG_DTYPE_BF16);
  if (f32 >= f16 && f32 >= bf16) return "F32";
  return f16 >= bf16 ? "F16" : "BF16";
}

size_t eng_binder_cache_bytes(const EngBinder *binder) { return binder->cache_used; }

/* In parts, so that a cancel need not wait for a long tensor on a slow disk. */
static bool widen(const EngSafetensor *tensor, float *out, const EngCancel *cancel) {
  EngSafetensor part = *tensor;
  size_t width = tensor->count ? tensor->size / tensor->count : 0;
  for (size_t at = 0; at < tensor->count; at += part.count) {
    if (eng_cancel_raised(cancel)) return false;
    part.count = tensor->count - at < STRETCH ? tensor->count - at : STRETCH;
    part.size = part.count * width;
    part.data = tensor->data + at * width;
    eng_safetensor_widen(&part, out + at);
  }
  return true;
}

bool eng_binder_widen(EngBinder *binder, const EngCancel *cancel) {
  bool ok = true;
  for (size_t i = 0; ok && i < eng_checkpoint_count(binder->checkpoint); i++) {
    if (!binder->slots[i].widened) continue;
    ok = widen(eng_checkpoint_at(binder->checkpoint, i), binder->slots[i].widened, cancel);
    eng_checkpoint_forget(binder->checkpoint); /* it is not read again */
  }
  return ok;
}
