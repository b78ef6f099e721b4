/* safetensors: what is written is read back, types widen exactly, and a header that lies is refused. */
#include "craft.h"

#include "engine/safetensors.h"

#include <math.h>

static void reads_what_it_wrote(void **state) {
  float numbers[12];
  for (int i = 0; i < 12; i++) numbers[i] = (float)i;
  EngTensor whole = eng_tensor_view(numbers, 2, (size_t[]){3, 4});
  EngTensor turned = {.data = numbers, .rank = 2, .shape = {4, 3}, .stride = {1, 4}};
  EngTensor one = eng_tensor_view(numbers + 5, 0, NULL);
  EngSafetensorsEntry entries[] = {{"b.whole", whole}, {"a.turned", turned}, {"ä \"one\"", one}};
  EngSafetensorsNote notes[] = {{"text", "a\0b \xc3\xa9\n", 7}, {"empty", "", 0}};
  EngError err = {{0}};
  const char *path = craft_path(*state, "out.safetensors");
  if (!eng_safetensors_write(path, entries, 3, notes, 2, &err)) fail_msg("%s", err.message);
  EngSafetensors *file = eng_safetensors_open(path, &err);
  if (!file) fail_msg("%s", err.message);
  assert_int_equal(eng_safetensors_count(file), 3);
  assert_string_equal(eng_safetensors_at(file, 0)->name, "a.turned");
  const EngSafetensor *back = eng_safetensors_find(file, "a.turned");
  assert_int_equal(back->shape[0], 4);
  assert_int_equal((uintptr_t)back->data % 8, 0);
  float values[12];
  assert_true(eng_safetensor_widen(back, values));
  for (int i = 0; i < 12; i++) assert_true(values[i] == (float)(i % 3 * 4 + i / 3));
  assert_int_equal(eng_safetensors_find(file, "ä \"one\"")->rank, 0);
  assert_true(eng_safetensor_widen(eng_safetensors_find(file, "ä \"one\""), values));
  assert_true(values[0] == 5.0f);
  size_t length = 0;
  assert_memory_equal(eng_safetensors_metadata(file, "text", &length), "a\0b \xc3\xa9\n", 7);
  assert_int_equal(length, 7);
  assert_null(eng_safetensors_metadata(file, "none", NULL));
  assert_null(eng_safetensors_find(file, "c"));
  eng_safetensors_close(file);
}

static void writes_whole_or_not_at_all(void **state) {
  Craft *craft = *state;
  float number = 1.0f;
  EngTensor one = eng_tensor_view(&number, 0, NULL);
  EngSafetensorsEntry twice[] = {{"x", one}, {"x", one}}, bad[] = {{"\xff", one}};
  EngSafetensorsNote note = {"text", "\xff", 1};
  EngError err = {{0}};
  const char *path = craft_text(craft, "kept.safetensors", "old");
  assert_false(eng_safetensors_write(path, twice, 2, NULL, 0, &err));
  assert_message(err.message, "x: expected once");
  assert_false(eng_safetensors_write(path, bad, 1, NULL, 0, &err));
  assert_false(eng_safetensors_write(path, twice, 1, &note, 1, &err));
  char text[8] = "";
  FILE *in = fopen(path, "rb");
  assert_int_equal(fread(text, 1, sizeof text, in), 3);
  fclose(in);
  assert_string_equal(text, "old");
  assert_false(eng_safetensors_write(craft_path(craft, "none/out.safetensors"), twice, 1, NULL, 0, &err));
  assert_message(err.message, "expected a file that can be written");
  assert_false(eng_safetensors_write("/dev/full", twice, 1, NULL, 0, &err));
  assert_message(err.message, "/dev/full: expected a file that can be written, found: ");
}

/* A half by its definition: sign, exponent of 5 bits biased by 15, mantissa of 10. */
static double half_value(unsigned half) {
  double sign = half & 0x8000u ? -1.0 : 1.0;
  int exponent = (int)(half >> 10 & 31u);
  double mantissa = half & 1023u;
  if (exponent == 31) return mantissa != 0.0 ? (double)NAN : sign * (double)INFINITY;
  if (exponent == 0) return sign * ldexp(mantissa, -24);
  return sign * ldexp(1024.0 + mantissa, exponent - 25);
}

static void widens_every_half_exactly(void **state) {
  (void)state;
  uint16_t *halves = malloc(65536 * sizeof *halves);
  float *values = malloc(65536 * sizeof *values);
  for (unsigned i = 0; i < 65536; i++) halves[i] = (uint16_t)i;
  EngSafetensor tensor = {.dtype = ENG_DTYPE_F16, .count = 65536, .size = 131072, .data = (unsigned char *)halves};
  assert_true(eng_safetensor_widen(&tensor, values));
  for (unsigned i = 0; i < 65536; i++) {
    double expected = half_value(i);
    if (isnan(expected) ? !isnan(values[i]) : (double)values[i] != expected) fail_msg("half 0x%04x", i);
    assert_int_equal(signbit(values[i]) != 0, i >> 15);
  }
  tensor.dtype = ENG_DTYPE_BF16;
  assert_true(eng_safetensor_widen(&tensor, values));
  assert_true(values[0x3f80] == 1.0f && values[0xc0a0] == -5.0f && isinf(values[0x7f80]) && isnan(values[0x7fc0]));
  assert_true((double)values[1] == ldexp(1.0, -133)); /* a subnormal */
  tensor.dtype = ENG_DTYPE_OTHER;
  assert_false(eng_safetensor_widen(&tensor, values));
  free(halves);
  free(values);
}

static void reads_odd_but_valid_files(void **state) {
  const char *header = "{\"u\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[3,11]},"
                       "\"b\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[0,3]},"
                       "\"none\":{\"dtype\":\"F32\",\"shape\":[0,5],\"data_offsets\":[3,3]}}   ";
  EngError err = {{0}};
  EngSafetensors *file = eng_safetensors_open(craft_tensors(*state, "odd", header, 11), &err);
  if (!file) fail_msg("%s", err.message);
  assert_string_equal(eng_safetensors_find(file, "u")->dtype_name, "I64");
  assert_int_equal(eng_safetensors_find(file, "none")->count, 0);
  eng_safetensors_close(file);
  file = eng_safetensors_open(craft_tensors(*state, "empty", "{}", 0), &err);
  if (!file) fail_msg("%s", err.message);
  assert_int_equal(eng_safetensors_count(file), 0);
  eng_safetensors_close(file);
}

static void refuse(Craft *craft, const char *header, size_t size, const char *why) {
  EngError err = {{0}};
  const char *path = craft_tensors(craft, "bad.safetensors", header, size);
  assert_null(eng_safetensors_open(path, &err));
  assert_message(err.message, why);
  assert_message(err.message, "bad.safetensors: ");
}

static void refuses_headers_that_lie(void **state) {
#define X(dtype, shape, offsets) "{\"x\":{\"dtype\":" dtype ",\"shape\":" shape ",\"data_offsets\":" offsets "}}"
  refuse(*state, X("\"F32\"", "[2]", "[0,8]"), 7, "x: data_offsets: expected a range within 7 bytes");
  refuse(*state, X("\"F32\"", "[2]", "[0,8]"), 9, "expected 8 bytes of tensors, found 9");
  refuse(*state, X("\"F32\"", "[2]", "[0,4]"), 4, "x: data_offsets: expected the bytes of 2 F32, found 4");
  refuse(*state, X("\"F32\"", "[2]", "[8,0]"), 8, "x: data_offsets");
  refuse(*state, X("\"F32\"", "[2]", "[-8,0]"), 8, "x: data_offsets: expected two whole numbers, found -8");
  refuse(*state, X("\"F32\"", "[2]", "[0,18446744073709551624]"), 8, "x: data_offsets");
  refuse(*state, X("\"F32\"", "[2]", "[0]"), 8, "x: data_offsets: expected two numbers, found 1");
  refuse(*state, X("\"F32\"", "[2]", "null"), 8, "x: data_offsets: expected two whole numbers, found null");
  refuse(*state, X("\"F32\"", "[2]", "[1,9]"), 9, "x: data_offsets: expected to begin at 0, found 1");
  refuse(*state, X("\"F33\"", "[2]", "[0,8]"), 8, "x: dtype: expected a type of the format, found \"F33\"");
  refuse(*state, X("7", "[2]", "[0,8]"), 8, "x: dtype: expected a type of the format, found 7");
  refuse(*state, X("\"F32\"", "[4294967296,4294967296]", "[0,0]"), 0, "x: shape: expected a size that fits");
  refuse(*state, X("\"F32\"", "[4611686018427387904]", "[0,0]"), 0, "x: data_offsets: expected the bytes");
  refuse(*state, X("\"F32\"", "[-2]", "[0,8]"), 8, "x: shape: expected whole numbers of at least 0, found -2");
  refuse(*state, X("\"F32\"", "[1.5]", "[0,8]"), 8, "x: shape");
  refuse(*state, X("\"F32\"", "2", "[0,8]"), 8, "x: shape: expected a list of sizes, found 2");
  refuse(*state, X("\"F32\"", "[1,1,1,1,1,1,1,1,2]", "[0,8]"), 8,
         "x: shape: expected a list of at most 8 sizes, found 9");
  refuse(*state, X("\"F4\"", "[3]", "[0,1]"), 1, "x: data_offsets");
#undef X
  refuse(*state, "{\"x\":7}", 0, "x: dtype");
  refuse(*state, "[]", 0, "header: expected an object");
  refuse(*state, "{\"x\":", 0, "expected JSON");
  refuse(*state, "", 0, "expected JSON");
  refuse(*state, "{\"__metadata__\":{\"a\":1}}", 0, "__metadata__: a: expected a string, found 1");
  refuse(*state, "{\"__metadata__\":[]}", 0, "__metadata__: expected an object of strings, found an array");
}

static void refuses_overlap_and_repetition(void **state) {
#define E(name, from, to) "\"" name "\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[" from "," to "]}"
  refuse(*state, "{" E("x", "0", "4") "," E("y", "2", "6") "}", 6,
         "y: data_offsets: expected to begin at 4, found 2");
  refuse(*state, "{" E("x", "0", "4") "," E("y", "0", "4") "}", 4, "overlaps another tensor");
  refuse(*state, "{" E("x", "0", "4") "," E("y", "5", "9") "}", 9, "a hole before it");
  refuse(*state, "{" E("x", "0", "4") "," E("x", "4", "8") "}", 8, "duplicate");
#undef E
}

static void refuses_files_cut_short(void **state) {
  Craft *craft = *state;
  EngError err = {{0}};
  assert_null(eng_safetensors_open(craft_text(craft, "none", ""), &err));
  assert_message(err.message, "expected a safetensors file, found 0 bytes");
  assert_null(eng_safetensors_open(craft_text(craft, "short", "abcdefg"), &err));
  assert_message(err.message, "found 7 bytes");
  assert_null(eng_safetensors_open(craft_bytes(craft, "cut", "\x20\0\0\0\0\0\0\0{}", 10), &err));
  assert_message(err.message, "header: expected 32 bytes, found only 2");
  assert_null(eng_safetensors_open(craft_bytes(craft, "huge", "\xff\xff\xff\xff\xff\xff\xff\xff{}", 10), &err));
  assert_message(err.message,
                 "header: expected at most 100000000 bytes, found 18446744073709551615: no safetensors file");
  assert_null(eng_safetensors_open(craft_path(craft, "absent"), &err));
  assert_message(err.message, "absent: expected a readable file, found: No such file");
  assert_null(eng_safetensors_open(craft->folder, &err));
  assert_message(err.message, "expected a file, found a folder");
  assert_null(eng_safetensors_open("/dev/zero", &err));
  assert_message(err.message, "expected a file, found a pipe or device");
}

/* Every prefix of a good file is refused, whatever it is cut in. */
static void refuses_every_truncation(void **state) {
  Craft *craft = *state;
  const char *header = "{\"x\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[0,6]}}";
  char bytes[128];
  FILE *in = fopen(craft_tensors(craft, "whole", header, 6), "rb");
  size_t size = fread(bytes, 1, sizeof bytes, in);
  fclose(in);
  for (size_t cut = 0; cut < size; cut++)
    assert_null(eng_safetensors_open(craft_bytes(craft, "cut", bytes, cut), NULL));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, craft_begin, craft_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(reads_what_it_wrote),       TEST(writes_whole_or_not_at_all), TEST(widens_every_half_exactly),
      TEST(reads_odd_but_valid_files), TEST(refuses_headers_that_lie),   TEST(refuses_overlap_and_repetition),
      TEST(refuses_files_cut_short),   TEST(refuses_every_truncation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
