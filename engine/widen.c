/* F16 and BF16 to F32, exactly: every value of either is a value of F32, subnormals, infinities and NaNs
 * included. Done on bits and without branches, so that the compiler makes vectors of it. */
#include "engine/safetensors.h"

#include <stdint.h>
#include <string.h>

static uint16_t half_at(const unsigned char *data, size_t i) {
  uint16_t half;
  memcpy(&half, data + 2 * i, sizeof half);
  return half;
}

static float float_of(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static uint32_t bits_of(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/* An F16's exponent and mantissa, moved to F32's place, are the number times 2^-112; multiplying back is
 * exact and normalises subnormals on the way. Infinity and NaN get F32's highest exponent instead. */
static float from_f16(uint16_t half) {
  uint32_t sign = (uint32_t)(half & 0x8000u) << 16, rest = (uint32_t)(half & 0x7fffu) << 13;
  uint32_t finite = bits_of(float_of(rest) * 0x1p112f), special = rest | 0x7f800000u;
  return float_of(sign | (rest >= 0x7c00u << 13 ? special : finite));
}

bool eng_safetensor_widen(const EngSafetensor *tensor, float *out) {
  const unsigned char *data = tensor->data;
  switch (tensor->dtype) {
  case ENG_DTYPE_F32:
    if (tensor->size) memcpy(out, data, tensor->size);
    return true;
  case ENG_DTYPE_F16:
    for (size_t i = 0; i < tensor->count; i++) out[i] = from_f16(half_at(data, i));
    return true;
  case ENG_DTYPE_BF16:
    for (size_t i = 0; i < tensor->count; i++) out[i] = float_of((uint32_t)half_at(data, i) << 16);
    return true;
  case ENG_DTYPE_OTHER:
    break;
  }
  return false;
}
