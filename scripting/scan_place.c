/* The text is read where the line says that it is. A line about a head has its places in a list: the first is
 * shown. */
#include "scripting/scan_place.h"

#include "render/theme.h"

#include "engine/path.h"
#include "engine/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ABOVE = 12 }; /* tokens that are seen above the query */
enum { WIDTH = 1280, HEIGHT = 696, MOST = 1 << 20, MOST_INDEX = 1 << 20 }; /* MOST: bytes of a sequence */

bool scr_scan_is_place(const char *name) {
  size_t length, line;
  return eng_path_line(name, &length, &line);
}

/* Line `line` of a file, malloc'ed. */
static char *read_line(const char *path, size_t line, const char *name, EngError *err) {
  FILE *file = fopen(path, "rb");
  char *text = NULL;
  size_t room = 0;
  ssize_t length = -1;
  for (size_t i = 0; file && i < line; i++)
    if ((length = getline(&text, &room, file)) < 0) break;
  if (file) fclose(file);
  if (length >= 0) return text;
  free(text);
  eng_error_set(err, name, NULL, "expected a line of a scan's result, found none");
  return NULL;
}

typedef struct Line {
  const char *name; /* for messages */
  const EngJson *object, *place;
  EngError *err;
} Line;

static bool read_text(const Line *line, const EngJson *object, const char *key, const char **out) {
  *out = eng_json_text(eng_json_get(object, key), NULL);
  return *out || eng_error_set(line->err, line->name, key, "expected a text, found none");
}

/* Bytes [start, stop) of a file, or of one of that name beside the result. */
static char *read_bytes(const Line *line, const char *path, int64_t start, int64_t stop) {
  FILE *file = fopen(path, "rb");
  const char *slash = strrchr(line->name, '/');
  if (!file && slash && path[0] != '/') {
    char *beside = NULL;
    if (asprintf(&beside, "%.*s%s", (int)(slash + 1 - line->name), line->name, path) > 0)
      file = fopen(beside, "rb");
    free(beside);
  }
  if (!file) {
    eng_error_set(line->err, path, NULL, "expected the file that %s is about, found: %s", line->name,
                  strerror(errno));
    return NULL;
  }
  size_t n = (size_t)(stop - start);
  char *text = calloc(n + 1, 1);
  bool ok = text && fseeko(file, (off_t)start, SEEK_SET) == 0 && fread(text, 1, n, file) == n &&
            strlen(text) == n && eng_utf8_check(text, n) == n;
  fclose(file);
  if (ok) return text;
  free(text);
  eng_error_set(line->err, path, NULL, "expected the text that %s is about, found another", line->name);
  return NULL;
}

static bool read_sequence(const Line *line, RenFigure *figure) {
  const char *file, *model;
  int64_t start = -1, stop = -1;
  if (!read_text(line, line->place, "file", &file) || !read_text(line, line->place, "model", &model)) return false;
  if (!eng_json_integer(eng_json_get(line->place, "start"), &start) ||
      !eng_json_integer(eng_json_get(line->place, "stop"), &stop) || start < 0 || stop <= start ||
      stop - start > MOST)
    return eng_error_set(line->err, line->name, "start", "expected bytes of a file, found none");
  figure->model = strdup(model);
  figure->hash = strdup("");
  figure->text = read_bytes(line, file, start, stop);
  if (!figure->text) return false;
  return (figure->model && figure->hash) || eng_error_memory(line->err, line->name, "a text");
}

/* An edge has layer, head, query and key, a head its layer and itself, a token its place. */
static bool read_selection(const Line *line, RenState *state) {
  int key = -1;
  bool ok = eng_json_read_int(line->object, "layer", line->name, 0, MOST_INDEX, &state->layer, line->err) &&
            eng_json_read_int(line->object, "head", line->name, 0, REN_MAX_HEADS - 1, &state->head, line->err) &&
            eng_json_read_int(line->place, "token", line->name, 0, MOST_INDEX, &state->token, line->err) &&
            eng_json_read_int(line->object, "query", line->name, 0, MOST_INDEX, &state->token, line->err) &&
            eng_json_read_int(line->object, "key", line->name, 0, MOST_INDEX, &key, line->err);
  if (!ok) return false;
  if (state->token > ABOVE) state->scroll_y[REN_VIEW_HEAD] = (float)((state->token - ABOVE) * REN_TOKEN_PITCH);
  memset(state->heads, 0, sizeof state->heads);
  ren_state_head_set(state, state->head, true);
  ren_state_point(state, state->token, key);
  return true;
}

static bool fill(const Line *line, RenFigure *figure) {
  ren_state_init(&figure->state);
  figure->state.view = REN_VIEW_HEAD;
  figure->state.theme = ren_theme_find("dark");
  figure->width = WIDTH, figure->height = HEIGHT;
  strcpy(figure->filter, "all");
  return read_sequence(line, figure) && read_selection(line, &figure->state);
}

static RenFigure *make(const char *name, const EngJson *root, EngError *err) {
  bool has_file = eng_json_get(root, "file") != NULL;
  Line line = {name, root, has_file ? root : eng_json_at(eng_json_get(root, "top"), 0), err};
  RenFigure *figure = calloc(1, sizeof *figure);
  if (figure) figure->file = strdup(name);
  bool ok = figure && figure->file ? fill(&line, figure) : eng_error_memory(err, name, "a figure");
  if (ok) return figure;
  ren_figure_free(figure);
  return NULL;
}

RenFigure *scr_scan_place(const char *name, EngError *err) {
  size_t length, number;
  if (!eng_path_line(name, &length, &number)) {
    eng_error_set(err, name, NULL, "expected a line of a scan's result, found none");
    return NULL;
  }
  char *path = strndup(name, length), *text = path ? read_line(path, number, name, err) : NULL;
  EngJson *root = text ? eng_json_parse(text, strlen(text), name, err) : NULL;
  RenFigure *figure = root ? make(name, root, err) : NULL;
  eng_json_free(root);
  free(text);
  free(path);
  return figure;
}
