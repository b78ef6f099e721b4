/* The file is checked value by value before anything of it counts. Errors name it by its last part: they are
 * read in the window, where the folder is known. */
#include "scripting/saved.h"

#include "engine/json.h"
#include "engine/map.h"
#include "render/merge_json.h"
#include "render/raster.h"
#include "render/selection_json.h"
#include "render/settings_json.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef struct Reader {
  const EngJson *root;
  const char *file;
  EngError *err;
} Reader;

/* A string of an object, copied; text that the fields of a window do not hold is refused. */
static bool read_text(const Reader *reader, const EngJson *object, const char *key, char **out) {
  const char *text = NULL;
  size_t length = 0;
  if (!eng_json_read_text(object, key, reader->file, &text, reader->err)) return false;
  if (!text) return true;
  eng_json_text(eng_json_get(object, key), &length);
  if (strlen(text) != length)
    return eng_error_set(reader->err, reader->file, key, "expected text without NUL bytes, found one");
  *out = strdup(text);
  return *out || eng_error_set(reader->err, reader->file, key, "expected memory, found none");
}

static bool read_int(const Reader *reader, const char *key, int low, int high, int *out) {
  return eng_json_read_int(reader->root, key, reader->file, low, high, out, reader->err);
}

static bool read_float(const Reader *reader, const char *key, float low, float high, float *out) {
  double value = (double)*out;
  if (!eng_json_read_number(reader->root, key, reader->file, (double)low, (double)high, &value, reader->err))
    return false;
  *out = (float)value;
  return true;
}

static bool read_bool(const Reader *reader, const char *key, bool *out) {
  return eng_json_read_bool(reader->root, key, reader->file, out, reader->err);
}

/* A list that may be absent. */
static bool read_list(const Reader *reader, const char *key, const EngJson **out) {
  *out = eng_json_get(reader->root, key);
  EngJsonKind kind = eng_json_kind(*out);
  if (kind == ENG_JSON_ABSENT || kind == ENG_JSON_ARRAY) return true;
  return eng_json_refuse(*out, reader->file, key, "a list", reader->err);
}

/* A name, into room of a size. */
static bool read_name(const Reader *reader, const char *key, char *out, size_t size) {
  const char *name = "";
  if (!eng_json_read_text(reader->root, key, reader->file, &name, reader->err)) return false;
  if (strlen(name) >= size)
    return eng_json_refuse(eng_json_get(reader->root, key), reader->file, key, "a shorter name", reader->err);
  strcpy(out, name);
  return true;
}

static bool read_names(const Reader *reader, ScrSaved *saved) {
  const char *view = ren_view_name(saved->state.view), *beside = ren_view_name(saved->state.beside);
  const char *theme = saved->state.theme->name, *filter = saved->filter;
  const EngJson *root = reader->root;
  if (!eng_json_read_text(root, "view", reader->file, &view, reader->err) ||
      !eng_json_read_text(root, "beside", reader->file, &beside, reader->err) ||
      !eng_json_read_text(root, "theme", reader->file, &theme, reader->err) ||
      !eng_json_read_text(root, "filter", reader->file, &filter, reader->err))
    return false;
  if (!ren_view_parse(view, &saved->state.view))
    return eng_json_refuse(eng_json_get(root, "view"), reader->file, "view", "a view's name", reader->err);
  if (!ren_view_parse(beside, &saved->state.beside))
    return eng_json_refuse(eng_json_get(root, "beside"), reader->file, "beside", "a view's name", reader->err);
  saved->state.theme = ren_theme_find(theme);
  if (!saved->state.theme)
    return eng_json_refuse(eng_json_get(root, "theme"), reader->file, "theme", "dark or light", reader->err);
  if (strlen(filter) >= sizeof saved->filter)
    return eng_json_refuse(eng_json_get(root, "filter"), reader->file, "filter", "the name of a part", reader->err);
  if (filter != saved->filter) strcpy(saved->filter, filter);
  return true;
}

static bool read_split(const Reader *reader, RenState *state) {
  return read_bool(reader, "split", &state->split) && read_bool(reader, "right", &state->right) &&
         read_float(reader, "share", REN_SPLIT_LEAST, 1 - REN_SPLIT_LEAST, &state->share);
}

static bool read_selection(const Reader *reader, RenState *state) {
  return read_split(reader, state) && ren_selection_read(reader->root, reader->file, state, reader->err) &&
         ren_settings_read(reader->root, reader->file, state, reader->err) &&
         read_name(reader, "strip", state->strip, sizeof state->strip) &&
         read_bool(reader, "inspector", &state->inspector) && read_bool(reader, "dock", &state->dock) &&
         read_name(reader, "classes", state->classes_file, sizeof state->classes_file) &&
         ren_merge_read(reader->root, reader->file, &state->merge, reader->err);
}

static bool read_recent(const Reader *reader, ScrSaved *saved) {
  const EngJson *list;
  if (!read_list(reader, "recent", &list)) return false;
  for (size_t i = eng_json_size(list); i > 0; i--) {
    size_t length;
    const char *model = eng_json_text(eng_json_at(list, i - 1), &length);
    if (!model || strlen(model) != length || length == 0)
      return eng_json_refuse(eng_json_at(list, i - 1), reader->file, "recent", "names of models", reader->err);
    scr_saved_add_recent(saved, model);
  }
  return true;
}

static bool read_history(const Reader *reader, RenHistory *history) {
  const EngJson *list;
  if (!read_list(reader, "history", &list)) return false;
  for (size_t i = 0; i < eng_json_size(list); i++) {
    char *text = NULL, *pair = NULL;
    const EngJson *entry = eng_json_at(list, i);
    bool ok = eng_json_kind(entry) == ENG_JSON_OBJECT
                  ? read_text(reader, entry, "text", &text) && read_text(reader, entry, "pair", &pair)
                  : eng_json_refuse(entry, reader->file, "history", "inputs", reader->err);
    if (ok && text) ren_history_add(history, text, pair);
    free(text);
    free(pair);
    if (!ok) return false;
  }
  return true;
}

static bool read_console(const Reader *reader, ScrSaved *saved) {
  const EngJson *console = eng_json_get(reader->root, "console");
  EngJsonKind kind = eng_json_kind(console);
  Reader inside = {console, reader->file, reader->err};
  if (kind == ENG_JSON_ABSENT) return true;
  if (kind != ENG_JSON_OBJECT) return eng_json_refuse(console, reader->file, "console", "an object", reader->err);
  return read_float(&inside, "height", REN_CONSOLE_LEAST, REN_MAX_SIDE, &saved->console_height) &&
         read_bool(&inside, "open", &saved->console_open) && read_history(&inside, &saved->scripts);
}

static bool read_all(const Reader *reader, ScrSaved *saved) {
  int version = 0;
  if (!read_int(reader, "version", 1, INT_MAX, &version)) return false;
  if (version != SCR_SAVED_VERSION)
    return eng_error_set(reader->err, reader->file, "version", "expected %d, found %d", SCR_SAVED_VERSION, version);
  return read_text(reader, reader->root, "model", &saved->model) &&
         read_text(reader, reader->root, "text", &saved->text) &&
         read_text(reader, reader->root, "pair", &saved->pair) && read_bool(reader, "bos", &saved->bos) &&
         read_float(reader, "width", 1, REN_MAX_SIDE, &saved->width) &&
         read_float(reader, "height", 1, REN_MAX_SIDE, &saved->height) &&
         read_float(reader, "scale", REN_MIN_SCALE, REN_MAX_SCALE, &saved->state.scale) &&
         read_names(reader, saved) && read_selection(reader, &saved->state) && read_recent(reader, saved) &&
         read_history(reader, &saved->history) && read_console(reader, saved) &&
         ren_comparison_read(reader->root, reader->file, &saved->comparison, &saved->state, reader->err);
}

bool scr_saved_read(ScrSaved *saved, const char *path, EngError *err) {
  EngMap map;
  const char *slash = strrchr(path, '/');
  Reader reader = {.file = slash ? slash + 1 : path, .err = err};
  if (!eng_map_open(&map, path, err)) return false;
  EngJson *root = eng_json_parse((const char *)map.data, map.size, reader.file, err);
  reader.root = root;
  bool ok = root && read_all(&reader, saved);
  if (!ok) scr_saved_free(saved);
  eng_json_free(root);
  eng_map_close(&map);
  return ok;
}
