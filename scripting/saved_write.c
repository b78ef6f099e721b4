/* One JSON object, built whole and then written beside its place. Text that is no UTF-8, which JSON cannot hold,
 * is left out. */
#include "scripting/saved.h"

#include "engine/file.h"
#include "render/merge_json.h"
#include "render/selection_json.h"
#include "render/settings_json.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

/* Adds a member unless there is no value; takes it. */
static void put(json_t *object, const char *key, json_t *value) {
  if (value) json_object_set_new(object, key, value);
}

static void put_text(json_t *object, const char *key, const char *text) {
  if (text) put(object, key, json_string(text));
}

static json_t *number(float value) { return json_real((double)value); }

static json_t *list_recent(const ScrSaved *saved) {
  json_t *list = json_array();
  for (int i = 0; i < saved->n_recent; i++) json_array_append_new(list, json_string(saved->recent[i]));
  return list;
}

static json_t *list_history(const RenHistory *history) {
  json_t *list = json_array();
  for (int i = 0; i < history->n; i++) {
    json_t *input = json_object();
    put_text(input, "text", history->inputs[i].text);
    if (*history->inputs[i].pair) put_text(input, "pair", history->inputs[i].pair);
    json_array_append_new(list, input);
  }
  return list;
}

static json_t *console_of(const ScrSaved *saved) {
  json_t *console = json_object();
  put(console, "open", json_boolean(saved->console_open));
  put(console, "height", number(saved->console_height));
  put(console, "history", list_history(&saved->scripts));
  return console;
}

static void put_selection(json_t *root, const ScrSaved *saved) {
  const RenState *state = &saved->state;
  put_text(root, "view", ren_view_name(state->view));
  put_text(root, "beside", ren_view_name(state->beside));
  put(root, "split", json_boolean(state->split));
  put(root, "right", json_boolean(state->right));
  put(root, "share", number(state->share));
  put_text(root, "filter", saved->filter);
  ren_selection_write(root, state);
  ren_merge_write(root, &state->merge);
}

static json_t *build(const ScrSaved *saved) {
  json_t *root = json_object();
  put(root, "version", json_integer(SCR_SAVED_VERSION));
  put_text(root, "model", saved->model);
  put_text(root, "text", saved->text);
  put_text(root, "pair", saved->pair);
  put(root, "bos", json_boolean(saved->bos));
  put_selection(root, saved);
  put_text(root, "theme", saved->state.theme->name);
  ren_settings_write(root, &saved->state);
  put(root, "dock", json_boolean(saved->state.dock));
  put(root, "inspector", json_boolean(saved->state.inspector));
  put_text(root, "strip", saved->state.strip);
  put_text(root, "classes", saved->state.classes_file);
  put(root, "scale", number(saved->state.scale));
  put(root, "width", number(saved->width));
  put(root, "height", number(saved->height));
  put(root, "recent", list_recent(saved));
  put(root, "history", list_history(&saved->history));
  put(root, "console", console_of(saved));
  put(root, "compare", ren_comparison_json(&saved->comparison, &saved->state));
  return root;
}

bool scr_saved_write(const ScrSaved *saved, const char *path, EngError *err) {
  EngFile file;
  if (!eng_file_begin(&file, path, err)) return false;
  json_t *root = build(saved);
  errno = 0;
  bool ok = root && json_dumpf(root, file.stream, JSON_INDENT(1) | JSON_REAL_PRECISION(9)) == 0;
  if (!ok)
    eng_error_set(err, path, NULL, "expected a file that can be written, found: %s",
                  errno ? strerror(errno) : "too little memory");
  json_decref(root);
  return eng_file_end(&file, ok, err) && ok;
}
