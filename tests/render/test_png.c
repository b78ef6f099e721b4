/* PNG files: there and back, texts, and every way in which a path or a file can be wrong. */
#include "folder.h"

#include "render/png.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static char path[128], other[128];

static int make_paths(void **state) {
  if (make_folder(state)) return -1;
  snprintf(path, sizeof path, "%s", in_folder("picture.png"));
  snprintf(other, sizeof other, "%s", in_folder("other.png"));
  return 0;
}

static int remove_paths(void **state) {
  unlink(path);
  unlink(other);
  return remove_folder(state);
}

static RenPixels picture(int width, int height) {
  RenPixels pixels = {0};
  assert_true(ren_pixels_resize(&pixels, width, height, NULL));
  for (int i = 0; i < width * height; i++) pixels.argb[i] = 0xFF000000U | (uint32_t)i * 2654435761U >> 8;
  return pixels;
}

static unsigned char *slurp(const char *name, size_t *n) {
  FILE *file = fopen(name, "rb");
  assert_non_null(file);
  unsigned char *bytes = malloc(1 << 20);
  *n = fread(bytes, 1, 1 << 20, file);
  fclose(file);
  return bytes;
}

static void spit(const char *name, const unsigned char *bytes, size_t n) {
  FILE *file = fopen(name, "wb");
  assert_non_null(file);
  fwrite(bytes, 1, n, file);
  fclose(file);
}

static void pictures_come_back(void **state) {
  (void)state;
  RenPixels pixels = picture(37, 23), back = {0};
  EngError err = {""};
  assert_true(ren_png_write(path, &pixels, NULL, 0, &err));
  assert_true(ren_png_read(path, &back, &err));
  assert_string_equal(err.message, "");
  assert_int_equal(back.width, 37);
  assert_int_equal(back.height, 23);
  assert_memory_equal(back.argb, pixels.argb, 4 * 37 * 23);
  assert_int_equal(count_files(), 1);
  ren_pixels_free(&pixels);
  ren_pixels_free(&back);
}

static void the_same_picture_is_the_same_file(void **state) {
  (void)state;
  RenPixels pixels = picture(50, 40);
  assert_true(ren_png_write(path, &pixels, NULL, 0, NULL));
  assert_true(ren_png_write(other, &pixels, NULL, 0, NULL));
  size_t n = 0, m = 0;
  unsigned char *a = slurp(path, &n), *b = slurp(other, &m);
  assert_int_equal(n, m);
  assert_memory_equal(a, b, n);
  free(a);
  free(b);
  unlink(other);
  ren_pixels_free(&pixels);
}

static void texts_are_in_the_file(void **state) {
  (void)state;
  RenPixels pixels = picture(4, 4);
  const RenPngText texts[] = {{"Software", "headscope"}, {"text", "caf\xC3\xA9 \xE2\x86\x92 She"}, {"empty", ""}};
  assert_true(ren_png_write(path, &pixels, texts, 3, NULL));
  size_t n = 0;
  unsigned char *bytes = slurp(path, &n);
  const char key[] = "iTXttext\0\0\0\0\0caf\xC3\xA9 \xE2\x86\x92 She";
  assert_non_null(memmem(bytes, n, key, sizeof key - 1));
  assert_non_null(memmem(bytes, n, "Software", 8));
  free(bytes);
  RenPixels back = {0};
  assert_true(ren_png_read(path, &back, NULL));
  ren_pixels_free(&back);
  EngError err = {""};
  char long_key[100];
  memset(long_key, 'k', sizeof long_key);
  long_key[99] = '\0';
  assert_false(ren_png_write(path, &pixels, (const RenPngText[]){{long_key, "x"}}, 1, &err));
  assert_non_null(strstr(err.message, "1 to 79 bytes"));
  ren_pixels_free(&pixels);
}

static void assert_refused(const char *where, const char *what) {
  RenPixels pixels = picture(4, 4);
  EngError err = {""};
  assert_false(ren_png_write(where, &pixels, NULL, 0, &err));
  assert_non_null(strstr(err.message, where));
  assert_non_null(strstr(err.message, what));
  ren_pixels_free(&pixels);
}

static void unwritable_paths_are_refused(void **state) {
  (void)state;
  char missing[128];
  snprintf(missing, sizeof missing, "%s/none/picture.png", folder);
  assert_refused(missing, "No such file or directory");
  assert_refused(folder, "found a folder");
  assert_refused("/proc/picture.png", "expected a file that can be written");
  RenPixels nothing = {0};
  EngError err = {""};
  assert_false(ren_png_write(other, &nothing, NULL, 0, &err));
  assert_non_null(strstr(err.message, "expected a picture"));
  assert_int_not_equal(access(other, F_OK), 0);
}

/* An old picture stays when a new one cannot be written; a new one has ordinary permissions. */
static void files_are_replaced_whole(void **state) {
  (void)state;
  RenPixels small = picture(4, 4), large = picture(9, 9), back = {0};
  mode_t mask = umask(022);
  unlink(path);
  assert_true(ren_png_write(path, &small, NULL, 0, NULL));
  assert_true(ren_png_write(path, &large, NULL, 0, NULL));
  umask(mask);
  struct stat info;
  assert_int_equal(stat(path, &info), 0);
  assert_int_equal(info.st_mode & 0777, 0644);
  assert_true(ren_png_read(path, &back, NULL));
  assert_int_equal(back.width, 9);
  ren_pixels_free(&small);
  ren_pixels_free(&large);
  ren_pixels_free(&back);
}

/* A full disk: the old picture stays, and nothing else. */
static void failed_writes_leave_nothing_behind(void **state) {
  (void)state;
  RenPixels small = picture(4, 4), large = picture(300, 300), back = {0};
  EngError err = {""};
  assert_true(ren_png_write(path, &small, NULL, 0, NULL));
  struct rlimit limit, tight;
  getrlimit(RLIMIT_FSIZE, &limit);
  tight = limit;
  tight.rlim_cur = 4096;
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &tight);
  bool written = ren_png_write(path, &large, NULL, 0, &err);
  setrlimit(RLIMIT_FSIZE, &limit);
  assert_false(written);
  assert_non_null(strstr(err.message, "picture.png: expected to write the picture, found: "));
  assert_int_equal(count_files(), 1);
  assert_true(ren_png_read(path, &back, NULL));
  assert_int_equal(back.width, 4);
  ren_pixels_free(&small);
  ren_pixels_free(&large);
  ren_pixels_free(&back);
}

/* A link stays a link, and what is no regular file is written to, not replaced. */
static void links_and_devices_stay(void **state) {
  (void)state;
  RenPixels pixels = picture(4, 4), back = {0};
  EngError err = {""};
  struct stat info;
  unlink(other);
  assert_true(ren_png_write(path, &pixels, NULL, 0, NULL));
  assert_int_equal(symlink(path, other), 0);
  pixels.argb[0] = 0xFF123456;
  assert_true(ren_png_write(other, &pixels, NULL, 0, NULL));
  assert_int_equal(lstat(other, &info), 0);
  assert_true(S_ISLNK(info.st_mode));
  assert_true(ren_png_read(path, &back, NULL));
  assert_int_equal(back.argb[0], 0xFF123456);
  unlink(other);
  assert_int_equal(mkfifo(other, 0600), 0);
  int reader = open(other, O_RDONLY | O_NONBLOCK);
  assert_true(ren_png_write(other, &pixels, NULL, 0, &err));
  unsigned char start[8];
  assert_int_equal(read(reader, start, sizeof start), 8);
  assert_memory_equal(start + 1, "PNG", 3);
  close(reader);
  assert_int_equal(lstat(other, &info), 0);
  assert_true(S_ISFIFO(info.st_mode));
  unlink(other);
  ren_pixels_free(&pixels);
  ren_pixels_free(&back);
}

static void assert_unreadable(const unsigned char *bytes, size_t n) {
  RenPixels back = {0};
  EngError err = {""};
  spit(other, bytes, n);
  assert_false(ren_png_read(other, &back, &err));
  assert_null(back.argb);
  assert_non_null(strstr(err.message, "other.png: expected a"));
  unlink(other);
}

static void broken_files_are_refused(void **state) {
  (void)state;
  RenPixels pixels = picture(30, 30);
  assert_true(ren_png_write(path, &pixels, NULL, 0, NULL));
  ren_pixels_free(&pixels);
  size_t n = 0;
  unsigned char *bytes = slurp(path, &n);
  for (size_t cut = 0; cut < n; cut += 7) assert_unreadable(bytes, cut);
  assert_unreadable((const unsigned char *)"GIF89a and so on", 16);
  bytes[n / 2] ^= 0x55; /* a checksum fails */
  assert_unreadable(bytes, n);
  bytes[n / 2] ^= 0x55;
  const unsigned char huge[4] = {0x7F, 0xFF, 0xFF, 0xFF};
  memcpy(bytes + 16, huge, 4); /* width in IHDR: also a wrong checksum */
  assert_unreadable(bytes, n);
  free(bytes);
  RenPixels back = {0};
  EngError err = {""};
  assert_false(ren_png_read("/no/such.png", &back, &err));
  assert_non_null(strstr(err.message, "No such file"));
  assert_false(ren_png_read(folder, &back, &err));
}

/* Right checksums, a lying size: 30000 x 30000 pixels in a file of some bytes. */
static void huge_pictures_are_refused_before_memory_is_taken(void **state) {
  (void)state;
  const unsigned char file[] = {0x89, 'P', 'N',  'G',  13, 10,  26,   10,   0,   0, 0, 13, 'I', 'H',  'D',  'R',
                                0,    0,   0x75, 0x30, 0,  0,   0x75, 0x30, 8,   2, 0, 0,  0,   0xE9, 0x45, 0x6F,
                                0xED, 0,   0,    0,    1,  'I', 'D',  'A',  'T', 0, 0, 0,  0,   0};
  RenPixels back = {0};
  EngError err = {""};
  spit(other, file, sizeof file);
  assert_false(ren_png_read(other, &back, &err));
  assert_non_null(strstr(err.message, "more pixels"));
  assert_null(back.argb);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pictures_come_back),
      cmocka_unit_test(the_same_picture_is_the_same_file),
      cmocka_unit_test(texts_are_in_the_file),
      cmocka_unit_test(unwritable_paths_are_refused),
      cmocka_unit_test(files_are_replaced_whole),
      cmocka_unit_test(failed_writes_leave_nothing_behind),
      cmocka_unit_test(links_and_devices_stay),
      cmocka_unit_test(broken_files_are_refused),
      cmocka_unit_test(huge_pictures_are_refused_before_memory_is_taken),
  };
  return cmocka_run_group_tests(tests, make_paths, remove_paths);
}
