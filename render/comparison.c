/* The second run by name and text: enough to run it again. */
#include "render/comparison.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void ren_comparison_free(RenComparison *comparison) {
  free(comparison->model);
  free(comparison->text);
  free(comparison->pair);
  *comparison = (RenComparison){0};
}

static bool copy(char **out, const char *text) {
  *out = text ? strdup(text) : NULL;
  return *out || !text;
}

bool ren_comparison_of(const RenUi *ui, RenComparison *out) {
  const EngSource *second = ren_ui_second(ui);
  *out = (RenComparison){0};
  if (!second) return true;
  const EngInput *input = eng_source_input(second);
  return copy(&out->model, ren_ui_second_model(ui)) && copy(&out->text, input->text ? input->text : "") &&
         copy(&out->pair, input->pair && *input->pair ? input->pair : NULL);
}

static void put(json_t *object, const char *key, const char *text) {
  if (text) json_object_set_new(object, key, json_string(text));
}

json_t *ren_comparison_json(const RenComparison *comparison, const RenState *state) {
  if (!comparison->text) return NULL;
  json_t *object = json_object();
  put(object, "model", comparison->model);
  put(object, "text", comparison->text);
  put(object, "pair", comparison->pair);
  put(object, "shown", ren_shown_name(state->shown));
  put(object, "beside", ren_shown_name(state->beside_shown));
  return object;
}

static bool read_text(const EngJson *object, const char *key, const char *file, char **out, EngError *err) {
  size_t length = 0;
  const char *text = NULL;
  if (!eng_json_read_text(object, key, file, &text, err)) return false;
  if (text) eng_json_text(eng_json_get(object, key), &length);
  if (text && strlen(text) != length)
    return eng_error_set(err, file, key, "expected text without NUL bytes, found one");
  return copy(out, text) || eng_error_memory(err, file, "a second text");
}

static bool read_shown(const EngJson *object, const char *key, const char *file, RenShown *out, EngError *err) {
  const char *name = ren_shown_name(*out);
  if (!eng_json_read_text(object, key, file, &name, err)) return false;
  return ren_shown_parse(name, out) ||
         eng_error_set(err, file, key, "expected run, second or difference, found %.40s", name);
}

bool ren_comparison_read(const EngJson *object, const char *file, RenComparison *out, RenState *state,
                         EngError *err) {
  const EngJson *compare = eng_json_get(object, "compare");
  if (eng_json_kind(compare) <= ENG_JSON_NULL) return true;
  if (eng_json_kind(compare) != ENG_JSON_OBJECT)
    return eng_error_set(err, file, "compare", "expected an object with a second text");
  bool ok =
      read_text(compare, "model", file, &out->model, err) && read_text(compare, "text", file, &out->text, err) &&
      read_text(compare, "pair", file, &out->pair, err) && read_shown(compare, "shown", file, &state->shown, err) &&
      read_shown(compare, "beside", file, &state->beside_shown, err);
  return ok && (out->text || eng_error_set(err, file, "compare", "expected a second text, found none"));
}
