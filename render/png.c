/* libpng behind two calls. It reports errors by longjmp, which stays inside `encode` and `decode`: all they
 * own is in a job struct that outlives the jump and is cleaned up by the caller. Pictures are written
 * as eight-bit RGB, with alpha where one is not opaque; texts go into iTXt chunks, since keys of provenance hold
 * UTF-8. */
#include "render/png.h"

#include "engine/file.h"

#include <errno.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_SIDE = 32768, MAX_PIXELS = 1 << 26, KEY_BYTES = 79 };

typedef struct Job {
  FILE *file;
  png_structp png;
  png_infop info;
  png_bytep row;
  png_textp texts;
  const char *key; /* of the text that is read; NULL: the pixels are */
  size_t most;
  char *text;
  bool alpha;
  const EngCancel *cancel; /* of the one that writes; NULL: nobody does */
  char message[sizeof(((EngError *)0)->message)];
} Job;

static void note_error(png_structp png, png_const_charp message) {
  Job *job = png_get_error_ptr(png);
  snprintf(job->message, sizeof job->message, "%s", message);
  png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

/* --- writing */

static bool has_alpha(const RenPixels *pixels) {
  size_t n = (size_t)pixels->width * (size_t)pixels->height;
  for (size_t i = 0; i < n; i++)
    if (pixels->argb[i] < 0xFF000000U) return true;
  return false;
}

static void fill_row(const RenPixels *pixels, int y, bool alpha, png_bytep row) {
  const uint32_t *from = pixels->argb + (size_t)y * (size_t)pixels->width;
  for (int x = 0; x < pixels->width; x++, row += alpha ? 4 : 3) {
    row[0] = (png_byte)(from[x] >> 16);
    row[1] = (png_byte)(from[x] >> 8);
    row[2] = (png_byte)from[x];
    if (alpha) row[3] = (png_byte)(from[x] >> 24);
  }
}

static void fill_texts(png_textp out, const RenPngText *texts, int n) {
  for (int i = 0; i < n; i++) {
    out[i].compression = PNG_ITXT_COMPRESSION_NONE;
    out[i].key = (png_charp)(uintptr_t)texts[i].key;
    out[i].text = (png_charp)(uintptr_t)texts[i].value;
    out[i].text_length = 0;
    out[i].itxt_length = strlen(texts[i].value);
    out[i].lang = NULL;
    out[i].lang_key = NULL;
  }
}

static bool encode(Job *job, const RenPixels *pixels, int n_texts) {
  if (setjmp(png_jmpbuf(job->png))) return false;
  png_init_io(job->png, job->file);
  png_set_IHDR(job->png, job->info, (png_uint_32)pixels->width, (png_uint_32)pixels->height, 8,
               job->alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(job->png, 4);
  if (n_texts > 0) png_set_text(job->png, job->info, job->texts, n_texts);
  png_write_info(job->png, job->info);
  for (int y = 0; y < pixels->height; y++) {
    if (eng_cancel_raised(job->cancel)) png_error(job->png, "cancelled");
    fill_row(pixels, y, job->alpha, job->row);
    png_write_row(job->png, job->row);
  }
  png_write_end(job->png, NULL);
  return true;
}

static bool write_file(const char *path, FILE *file, const RenPixels *pixels, const RenPngText *texts, int n_texts,
                       const EngCancel *cancel, EngError *err) {
  Job job = {.file = file, .alpha = has_alpha(pixels), .cancel = cancel};
  job.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &job, note_error, ignore_warning);
  job.info = job.png ? png_create_info_struct(job.png) : NULL;
  job.row = malloc(4 * (size_t)pixels->width);
  job.texts = calloc((size_t)n_texts + 1, sizeof *job.texts);
  bool ready = job.info && job.row && job.texts;
  if (ready) fill_texts(job.texts, texts, n_texts);
  errno = 0;
  bool done = ready && encode(&job, pixels, n_texts);
  const char *why = ferror(file) && errno ? strerror(errno) : job.message;
  png_destroy_write_struct(&job.png, &job.info);
  free(job.row);
  free(job.texts);
  if (done) return true;
  return eng_error_set(err, path, NULL, "expected to write the picture, found: %s",
                       ready ? why : "too little memory");
}

bool ren_png_encode(const RenPixels *pixels, unsigned char **out, size_t *size, EngError *err) {
  char *bytes = NULL;
  FILE *file = open_memstream(&bytes, size);
  if (!file) return eng_error_memory(err, NULL, "a picture");
  bool ok = write_file(NULL, file, pixels, NULL, 0, NULL, err) && !ferror(file);
  ok = fclose(file) == 0 && ok;
  if (!ok) free(bytes);
  *out = ok ? (unsigned char *)bytes : NULL;
  return ok;
}

/* Refuses what a rename would refuse only after the work is done. */
static bool check(const char *path, const RenPixels *pixels, const RenPngText *texts, int n_texts, EngError *err) {
  struct stat info;
  if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
    return eng_error_set(err, path, NULL, "expected a file to write, found a folder");
  if (!pixels->argb || pixels->width < 1 || pixels->height < 1)
    return eng_error_set(err, path, NULL, "expected a picture, found %dx%d pixels", pixels->width, pixels->height);
  for (int i = 0; i < n_texts; i++)
    if (!texts[i].key[0] || strlen(texts[i].key) > KEY_BYTES)
      return eng_error_set(err, path, texts[i].key, "expected a key of 1 to %d bytes", KEY_BYTES);
  return true;
}

bool ren_png_write_until(const char *path, const RenPixels *pixels, const RenPngText *texts, int n_texts,
                         const EngCancel *cancel, EngError *err) {
  EngFile file;
  if (!check(path, pixels, texts, n_texts, err) || !eng_file_begin(&file, path, err)) return false;
  bool done = write_file(path, file.stream, pixels, texts, n_texts, cancel, err);
  return eng_file_end(&file, done, done ? err : NULL) && done;
}

bool ren_png_write(const char *path, const RenPixels *pixels, const RenPngText *texts, int n_texts, EngError *err) {
  return ren_png_write_until(path, pixels, texts, n_texts, NULL, err);
}

/* --- reading */

static void store_row(const png_byte *row, uint32_t *to, int width) {
  for (int x = 0; x < width; x++, row += 4)
    to[x] = (uint32_t)row[3] << 24 | (uint32_t)row[0] << 16 | (uint32_t)row[1] << 8 | row[2];
}

/* Whatever is in the file becomes eight-bit RGBA. */
static void ask_for_rgba(Job *job) {
  png_set_expand(job->png);
  png_set_strip_16(job->png);
  png_set_gray_to_rgb(job->png);
  png_set_add_alpha(job->png, 255, PNG_FILLER_AFTER);
  png_read_update_info(job->png, job->info);
}

static bool refuse(Job *job, const char *message) {
  snprintf(job->message, sizeof job->message, "%s", message);
  return false;
}

/* Texts before and behind the pixels. */
static void find_text(Job *job) {
  png_textp texts = NULL;
  int n = 0;
  png_get_text(job->png, job->info, &texts, &n);
  for (int i = 0; i < n && !job->text; i++) {
    size_t length = texts[i].itxt_length > texts[i].text_length ? texts[i].itxt_length : texts[i].text_length;
    if (strcmp(texts[i].key, job->key) == 0 && length <= job->most) job->text = strndup(texts[i].text, length);
  }
}

static bool decode(Job *job, RenPixels *out) {
  if (setjmp(png_jmpbuf(job->png))) return false;
  png_init_io(job->png, job->file);
  png_set_user_limits(job->png, MAX_SIDE, MAX_SIDE);
  png_set_chunk_malloc_max(job->png, 1 << 24);
  png_read_info(job->png, job->info);
  png_uint_32 width = png_get_image_width(job->png, job->info), height = png_get_image_height(job->png, job->info);
  if ((size_t)width * height > MAX_PIXELS) return refuse(job, "more pixels than can be read");
  if (png_get_interlace_type(job->png, job->info) != PNG_INTERLACE_NONE) return refuse(job, "it is interlaced");
  ask_for_rgba(job);
  EngError err = {0};
  job->row = malloc(png_get_rowbytes(job->png, job->info));
  if (!job->row) return refuse(job, "not enough memory");
  if (!ren_pixels_resize(out, (int)width, (int)height, &err)) return refuse(job, err.message);
  for (int y = 0; y < out->height; y++) {
    png_read_row(job->png, job->row, NULL);
    store_row(job->row, out->argb + (size_t)y * (size_t)out->width, out->width);
  }
  png_read_end(job->png, job->info);
  if (job->key) find_text(job);
  return true;
}

static bool has_signature(FILE *file) {
  png_byte bytes[8];
  bool is_png = fread(bytes, 1, sizeof bytes, file) == sizeof bytes && png_sig_cmp(bytes, 0, sizeof bytes) == 0;
  rewind(file);
  return is_png;
}

static bool read_file(const char *path, Job *job, RenPixels *out, EngError *err) {
  if (!has_signature(job->file)) return eng_error_set(err, path, NULL, "expected a PNG file, found something else");
  job->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, job, note_error, ignore_warning);
  job->info = job->png ? png_create_info_struct(job->png) : NULL;
  bool done = job->info ? decode(job, out) : refuse(job, "not enough memory");
  png_destroy_read_struct(&job->png, &job->info, NULL);
  free(job->row);
  if (done) return true;
  ren_pixels_free(out);
  return eng_error_set(err, path, NULL, "expected a whole PNG file, found: %s", job->message);
}

static bool read_job(const char *path, Job *job, RenPixels *out, EngError *err) {
  job->file = fopen(path, "rb");
  if (!job->file) return eng_error_set(err, path, NULL, "expected a readable picture, found: %s", strerror(errno));
  bool done = read_file(path, job, out, err);
  fclose(job->file);
  return done;
}

bool ren_png_read(const char *path, RenPixels *out, EngError *err) {
  Job job = {0};
  return read_job(path, &job, out, err);
}

bool ren_png_read_text(const char *path, const char *key, size_t most, char **out, EngError *err) {
  RenPixels pixels = {0};
  Job job = {.key = key, .most = most};
  bool done = read_job(path, &job, &pixels, err);
  ren_pixels_free(&pixels);
  *out = job.text;
  return done;
}
