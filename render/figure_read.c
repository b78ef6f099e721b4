/* A figure's fields out of their JSON, one by one, each required to be there and to be of its range. Ranges that
 * depend on the model are checked when it is there (figure.c). */
#include "render/figure.h"

#include "engine/json.h"
#include "render/merge_json.h"
#include "render/selection_json.h"
#include "render/settings_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Reader {
  const EngJson *object;
  const char *file;
  EngError *err;
} Reader;

static bool need(const Reader *reader, const char *key) {
  return eng_json_kind(eng_json_get(reader->object, key)) > ENG_JSON_NULL ||
         eng_error_set(reader->err, reader->file, key, "expected a value, found nothing");
}

static bool read_bool(const Reader *reader, const char *key, bool *out) {
  return need(reader, key) && eng_json_read_bool(reader->object, key, reader->file, out, reader->err);
}

static bool read_float(const Reader *reader, const char *key, double low, double high, float *out) {
  double number = 0;
  bool ok =
      need(reader, key) && eng_json_read_number(reader->object, key, reader->file, low, high, &number, reader->err);
  *out = (float)number;
  return ok;
}

/* A copy without NUL bytes, which the window's fields do not hold. */
static bool read_text(const Reader *reader, const char *key, bool optional, char **out) {
  size_t length;
  if (!optional && !need(reader, key)) return false;
  const EngJson *value = eng_json_get(reader->object, key);
  if (eng_json_kind(value) <= ENG_JSON_NULL) return true;
  const char *text = eng_json_text(value, &length);
  if (!text || strlen(text) != length)
    return eng_error_set(reader->err, reader->file, key, "expected a text without NUL bytes");
  *out = strdup(text);
  return *out || eng_error_memory(reader->err, reader->file, "%s", key);
}

/* A list of exactly two numbers. */
static bool read_two(const Reader *reader, const char *key, double low, double high, float out[2]) {
  const EngJson *list = eng_json_get(reader->object, key);
  double numbers[2] = {0};
  bool ok = eng_json_kind(list) == ENG_JSON_ARRAY && eng_json_size(list) == 2;
  for (size_t i = 0; ok && i < 2; i++)
    ok = eng_json_number(eng_json_at(list, i), &numbers[i]) && numbers[i] >= low && numbers[i] <= high;
  out[0] = (float)numbers[0], out[1] = (float)numbers[1];
  return ok || eng_error_set(reader->err, reader->file, key, "expected two numbers of %g to %g", low, high);
}

/* The other one of two views; absent: there is one. */
static bool read_split(const Reader *reader, RenState *state) {
  const EngJson *split = eng_json_get(reader->object, "split");
  const char *view = NULL;
  double share = (double)state->share;
  if (eng_json_kind(split) <= ENG_JSON_NULL) return true;
  state->split = true;
  if (!eng_json_read_text(split, "view", reader->file, &view, reader->err) ||
      !eng_json_read_bool(split, "left", reader->file, &state->right, reader->err) ||
      !eng_json_read_number(split, "share", reader->file, (double)REN_SPLIT_LEAST, 1 - (double)REN_SPLIT_LEAST,
                            &share, reader->err))
    return false;
  state->share = (float)share;
  return (view && ren_view_parse(view, &state->beside)) ||
         eng_error_set(reader->err, reader->file, "split", "expected a view beside the other, found none");
}

static bool read_view(const Reader *reader, RenState *state) {
  char *view = NULL, *theme = NULL;
  bool ok = read_text(reader, "view", false, &view) && read_text(reader, "theme", false, &theme);
  if (ok && !ren_view_parse(view, &state->view))
    ok = eng_error_set(reader->err, reader->file, "view", "expected the name of a view, found %s", view);
  ok = ok && read_split(reader, state);
  if (ok) state->theme = ren_theme_find(theme);
  if (ok && !state->theme)
    ok = eng_error_set(reader->err, reader->file, "theme", "expected dark or light, found %s", theme);
  free(view);
  free(theme);
  return ok;
}

static bool read_filter(const Reader *reader, RenFigure *figure) {
  char *filter = NULL;
  bool ok = read_text(reader, "filter", false, &filter);
  if (ok && strlen(filter) >= sizeof figure->filter)
    ok = eng_error_set(reader->err, reader->file, "filter", "expected the name of a part");
  if (ok) memcpy(figure->filter, filter, strlen(filter) + 1);
  free(filter);
  return ok;
}

static bool read_selection(const Reader *reader, RenState *state) {
  static const char *const needed[] = {"layer", "head", "heads", "threshold", "sink_hidden", "expanded", "scroll"};
  for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
    if (!need(reader, needed[i])) return false;
  return ren_selection_read(reader->object, reader->file, state, reader->err) &&
         ren_merge_read(reader->object, reader->file, &state->merge, reader->err) &&
         ren_settings_read(reader->object, reader->file, state, reader->err);
}

/* Numbers or nulls as the command takes them; NULL where memory is short or one is neither. */
static char *join_numbers(const EngJson *list) {
  char *text = NULL;
  size_t size = 0;
  bool ok = true;
  FILE *file = open_memstream(&text, &size);
  for (size_t i = 0; file && ok && i < eng_json_size(list); i++) {
    double value = 0;
    const EngJson *entry = eng_json_at(list, i);
    bool none = eng_json_kind(entry) == ENG_JSON_NULL;
    ok = none || eng_json_number(entry, &value);
    if (none)
      fputs("nan ", file);
    else
      fprintf(file, "%.9g ", value);
  }
  if (file) ok = fclose(file) == 0 && ok;
  if (ok) return text;
  free(text);
  return NULL;
}

/* A name that may be absent, into room of a size. */
static bool read_name(const Reader *reader, const char *key, char *out, size_t size) {
  const char *name = "";
  if (!eng_json_read_text(reader->object, key, reader->file, &name, reader->err)) return false;
  if (strlen(name) >= size)
    return eng_error_set(reader->err, reader->file, key, "expected a name of at most %zu bytes", size - 1);
  strcpy(out, name);
  return true;
}

/* The token strip and the classes of tokens; absent: none. */
static bool read_strip(const Reader *reader, RenFigure *figure) {
  const EngJson *list = eng_json_get(reader->object, "strip_numbers");
  if (!read_name(reader, "strip", figure->state.strip, REN_STRIP_NAME) ||
      !read_name(reader, "classes", figure->state.classes_file, REN_CLASSES_FILE))
    return false;
  if (eng_json_kind(list) <= ENG_JSON_NULL) return true;
  figure->numbers = eng_json_kind(list) == ENG_JSON_ARRAY ? join_numbers(list) : NULL;
  return figure->numbers ||
         eng_error_set(reader->err, reader->file, "strip_numbers", "expected a list of numbers and nulls");
}

/* Edits of the model; absent: none. What they name is for the model to check. */
static bool read_edits(const Reader *reader, RenFigure *figure) {
  const EngJson *list = eng_json_get(reader->object, "edits");
  size_t n = eng_json_size(list);
  if (eng_json_kind(list) <= ENG_JSON_NULL) return true;
  if (eng_json_kind(list) != ENG_JSON_ARRAY || n > ENG_MAX_EDITS)
    return eng_error_set(reader->err, reader->file, "edits", "expected a list of at most %d edits", ENG_MAX_EDITS);
  figure->edits = calloc(n + 1, sizeof *figure->edits);
  if (!figure->edits) return eng_error_memory(reader->err, reader->file, "edits");
  for (size_t i = 0; i < n; i++) {
    RenEditText *edit = &figure->edits[figure->n_edits++];
    const EngJson *entry = eng_json_at(list, i);
    const char *text = NULL;
    if (!eng_json_read_text(entry, "edit", reader->file, &text, reader->err) ||
        !eng_json_read_bool(entry, "off", reader->file, &edit->off, reader->err))
      return false;
    if (!text || strlen(text) >= sizeof edit->text)
      return eng_error_set(reader->err, reader->file, "edits", "expected an edit such as \"head 2.5 zero\"");
    strcpy(edit->text, text);
  }
  return true;
}

static bool read_fields(const Reader *reader, RenFigure *figure) {
  float size[2];
  ren_state_init(&figure->state);
  if (!(read_text(reader, "model", false, &figure->model) && read_text(reader, "hash", false, &figure->hash) &&
        read_text(reader, "text", false, &figure->text) && read_text(reader, "pair", true, &figure->pair) &&
        read_bool(reader, "bos", &figure->bos) && read_view(reader, &figure->state) &&
        read_filter(reader, figure) && read_selection(reader, &figure->state) && read_strip(reader, figure) &&
        read_edits(reader, figure) &&
        ren_comparison_read(reader->object, reader->file, &figure->comparison, &figure->state, reader->err) &&
        read_two(reader, "size", 1, REN_MAX_SIDE, size) &&
        read_float(reader, "scale", (double)REN_MIN_SCALE, (double)REN_MAX_SCALE, &figure->state.scale)))
    return false;
  figure->width = size[0];
  figure->height = size[1];
  return *figure->model || eng_error_set(reader->err, reader->file, "model", "expected a name, found none");
}

static bool parse(RenFigure *figure, const char *text, EngError *err) {
  EngJson *root = eng_json_parse(text, strlen(text), figure->file, err);
  if (!root) return false;
  Reader reader = {root, figure->file, err};
  bool ok = eng_json_kind(root) == ENG_JSON_OBJECT && read_fields(&reader, figure);
  if (eng_json_kind(root) != ENG_JSON_OBJECT) eng_error_set(err, figure->file, "headscope", "expected an object");
  eng_json_free(root);
  return ok;
}

RenFigure *ren_figure_read(const char *path, EngError *err) {
  char *text = ren_figure_extract(path, err);
  if (!text) return NULL;
  RenFigure *figure = calloc(1, sizeof *figure);
  if (figure) figure->file = strdup(path);
  bool ok = figure && figure->file ? parse(figure, text, err) : eng_error_memory(err, path, "a figure");
  free(text);
  if (ok) return figure;
  ren_figure_free(figure);
  return NULL;
}
