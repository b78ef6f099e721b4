/* UTF-8: every code point there and back, and every short sequence of bytes judged as Unicode's table 3-7 does. */
#include "engine/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void reads_what_it_writes(void **state) {
  (void)state;
  for (uint32_t code = 0; code < 0x110000; code++) {
    char bytes[ENG_UTF8_MOST];
    uint32_t found = UINT32_MAX;
    size_t length = eng_utf8_write(code, bytes), read = eng_utf8_read(bytes, length, &found);
    bool surrogate = code >= 0xD800 && code < 0xE000;
    if (surrogate ? read != 0 : read != length || found != code) fail_msg("U+%04X: read %zu bytes", code, read);
    if (length > 1) assert_int_equal(eng_utf8_read(bytes, length - 1, &found), 0);
  }
}

/* A decoder written the long way: by value and by the length that the value should have. */
static size_t slow_read(const unsigned char *bytes, size_t n) {
  size_t length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xC0 ? 0 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
  if (length == 0 || length > n || bytes[0] > 0xF7) return 0;
  uint32_t code = length == 1 ? bytes[0] : bytes[0] & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; i++) {
    if (bytes[i] >> 6 != 2) return 0;
    code = code << 6 | (bytes[i] & 0x3F);
  }
  size_t needed = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  return needed == length && code < 0x110000 && (code < 0xD800 || code > 0xDFFF) ? length : 0;
}

static void judges_every_pair_of_bytes(void **state) {
  (void)state;
  for (unsigned pair = 0; pair < 0x10000; pair++) {
    const unsigned char bytes[] = {(unsigned char)(pair >> 8), (unsigned char)pair, 0x80, 0xBF};
    uint32_t code = 0;
    for (size_t n = 1; n <= 4; n++)
      if (eng_utf8_read((const char *)bytes, n, &code) != slow_read(bytes, n))
        fail_msg("%02X %02X 80 BF, first %zu bytes", bytes[0], bytes[1], n);
  }
}

static void finds_the_first_bad_byte(void **state) {
  (void)state;
  assert_int_equal(eng_utf8_check("", 0), 0);
  assert_int_equal(eng_utf8_check("a\0b", 3), 3);
  assert_int_equal(eng_utf8_check("\xC3\xA9\xFF", 3), 2);
  assert_int_equal(eng_utf8_check("a\xE2\x82", 3), 1);
}

/* One U+FFFD stands for the longest start of a character that was cut short. */
static void measures_broken_characters(void **state) {
  (void)state;
  assert_int_equal(eng_utf8_broken("\xFF", 1), 1);
  assert_int_equal(eng_utf8_broken("\xE2\x82", 2), 2);
  assert_int_equal(eng_utf8_broken("\xE2\x82x", 3), 2);
  assert_int_equal(eng_utf8_broken("\xF0\x9F\x98 ", 4), 3);
  assert_int_equal(eng_utf8_broken("\xE0\x80\x80", 3), 1);
  assert_int_equal(eng_utf8_broken("\xED\xA0\x80", 3), 1);
  assert_int_equal(eng_utf8_broken("\x80\x80", 2), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_what_it_writes),
      cmocka_unit_test(judges_every_pair_of_bytes),
      cmocka_unit_test(finds_the_first_bad_byte),
      cmocka_unit_test(measures_broken_characters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
