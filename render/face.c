/* SDL_ttf does not fall back from font to font, so each piece asks a chain: the font that ships, the one made
 * for the piece's script, then fonts that have a bit of everything. A font is opened for each size, and the
 * one that was not asked for longest makes room.
 *
 * SDL_ttf has one FreeType library for everybody. FreeType lets several threads use their fonts of one library at
 * once, but not open and close them. */
#include "render/face.h"

#include "render/font_files.h"
#include "render/point.h"
#include "render/script.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { MAX_FACES = 64, PROBE_SIZE = 13 };

static const char *const shipped[] = {
    [REN_SANS] = "DejaVuSans.ttf", [REN_SANS_BOLD] = "DejaVuSans-Bold.ttf", [REN_MONO] = "DejaVuSansMono.ttf"};
enum { SHIPPED = sizeof shipped / sizeof shipped[0] };

static const char *const for_emoji[] = {"NotoColorEmoji", "NotoEmoji", "Symbola"};
static const char *const for_anything[] = {
    "NotoSansCJK",       "NotoSansSC",   "NotoSansJP", "NotoSans",      "NotoSansSymbols", "NotoSansSymbols2",
    "NotoSansMath",      "wqy-microhei", "wqy-zenhei", "FreeSans",      "FreeSerif",       "DroidSansFallbackFull",
    "DroidSansFallback", "Symbola",      "unifont",    "unifont_upper", "NotoColorEmoji"};
enum { EMOJI = sizeof for_emoji / sizeof *for_emoji, ANYTHING = sizeof for_anything / sizeof *for_anything };

typedef struct Face {
  TTF_Font *font; /* NULL: free */
  int file;       /* a RenFont, or SHIPPED and more: a file found */
  int size;
  uint64_t used; /* when last asked for */
} Face;

struct RenFaces {
  char *folder;
  RenFontFiles found;
  Face faces[MAX_FACES];
  uint64_t clock;
};

static pthread_mutex_t library = PTHREAD_MUTEX_INITIALIZER;

static TTF_Font *open_font(const char *path, int size) {
  pthread_mutex_lock(&library);
  TTF_Font *font = TTF_OpenFont(path, size);
  pthread_mutex_unlock(&library);
  return font;
}

static void close_font(TTF_Font *font) {
  pthread_mutex_lock(&library);
  TTF_CloseFont(font);
  pthread_mutex_unlock(&library);
}

static bool start_library(void) {
  pthread_mutex_lock(&library);
  bool ok = TTF_Init() == 0;
  pthread_mutex_unlock(&library);
  return ok;
}

static void leave_library(void) {
  pthread_mutex_lock(&library);
  TTF_Quit();
  pthread_mutex_unlock(&library);
}

static TTF_Font *open_shipped(const RenFaces *faces, int name, int size) {
  size_t length = strlen(faces->folder) + strlen(shipped[name]) + 2;
  char *path = malloc(length);
  if (!path) return NULL;
  snprintf(path, length, "%s/%s", faces->folder, shipped[name]);
  TTF_Font *font = open_font(path, size);
  free(path);
  return font;
}

static TTF_Font *open_face(const RenFaces *faces, int file, int size) {
  TTF_Font *font =
      file < SHIPPED ? open_shipped(faces, file, size) : open_font(faces->found.paths[file - SHIPPED], size);
  if (!font) return NULL;
  TTF_SetFontHinting(font, TTF_HINTING_LIGHT);
  TTF_SetFontKerning(font, 0);
  return font;
}

static TTF_Font *face(RenFaces *faces, int file, int size) {
  Face *oldest = &faces->faces[0];
  faces->clock++;
  for (Face *f = faces->faces; f < faces->faces + MAX_FACES; f++) {
    if (f->font && f->file == file && f->size == size) return f->used = faces->clock, f->font;
    if (f->used < oldest->used) oldest = f;
  }
  TTF_Font *font = open_face(faces, file, size);
  if (!font) return NULL;
  if (oldest->font) close_font(oldest->font);
  *oldest = (Face){font, file, size, faces->clock};
  return font;
}

TTF_Font *ren_faces_get(RenFaces *faces, RenFont name, int size) { return face(faces, (int)name, size); }

/* --- the chain */

/* Joiners, variation selectors, tags: they shape what is before them and need no glyph. */
static bool needs_no_glyph(int32_t point) {
  return (point >= 0xFE00 && point <= 0xFE0F) || utf8proc_category(point) == UTF8PROC_CATEGORY_CF;
}

/* Whether a font has all the characters of a piece. */
static bool has(TTF_Font *font, const char *piece, size_t n) {
  for (size_t at = 0; at < n;) {
    int32_t point = 0;
    at += ren_point_read(piece + at, &point);
    if (!needs_no_glyph(point) && !TTF_GlyphIsProvided32(font, (Uint32)point)) return false;
  }
  return true;
}

typedef struct Wanted {
  int size;
  const char *piece;
  size_t n;
} Wanted;

static TTF_Font *try_file(RenFaces *faces, int file, const Wanted *wanted) {
  TTF_Font *font = face(faces, file, wanted->size);
  return font && has(font, wanted->piece, wanted->n) ? font : NULL;
}

static TTF_Font *try_names(RenFaces *faces, const char *const *names, int n, const Wanted *wanted) {
  TTF_Font *font = NULL;
  for (int i = 0; i < n && !font; i++) {
    int found = ren_font_files_find(&faces->found, names[i]);
    if (found >= 0) font = try_file(faces, SHIPPED + found, wanted);
  }
  return font;
}

TTF_Font *ren_faces_for(RenFaces *faces, RenFont name, int size, const char *piece, size_t n) {
  Wanted wanted = {size, piece, n};
  const RenScript *script = ren_script_of_piece(piece, n);
  TTF_Font *font = ren_script_is_emoji(piece, n) ? try_names(faces, for_emoji, EMOJI, &wanted) : NULL;
  if (!font) font = try_file(faces, (int)name, &wanted);
  if (!font && script) font = try_names(faces, &script->font, 1, &wanted);
  return font ? font : try_names(faces, for_anything, ANYTHING, &wanted);
}

/* --- opening */

const char *ren_faces_folder(const RenFaces *faces) { return faces->folder; }

bool ren_faces_search(RenFaces *faces, const char *folders) { return ren_font_files_set(&faces->found, folders); }

static bool all_open(RenFaces *faces, EngError *err) {
  for (int i = 0; i < SHIPPED; i++)
    if (!face(faces, i, PROBE_SIZE))
      return eng_error_set(err, faces->folder, shipped[i], "expected a font, found: %s", TTF_GetError());
  return true;
}

RenFaces *ren_faces_open(const char *folder, EngError *err) {
  if (!start_library()) {
    eng_error_set(err, NULL, "SDL_ttf", "expected to start, found: %s", TTF_GetError());
    return NULL;
  }
  RenFaces *faces = calloc(1, sizeof *faces);
  if (faces && (faces->folder = strdup(folder)) != NULL && all_open(faces, err)) return faces;
  if (!faces || !faces->folder) eng_error_set(err, folder, NULL, "not enough memory for fonts");
  if (!faces) leave_library();
  ren_faces_close(faces);
  return NULL;
}

void ren_faces_close(RenFaces *faces) {
  if (!faces) return;
  for (int i = 0; i < MAX_FACES; i++)
    if (faces->faces[i].font) close_font(faces->faces[i].font);
  ren_font_files_free(&faces->found);
  free(faces->folder);
  free(faces);
  leave_library();
}
