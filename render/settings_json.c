/* Most settings are names of one thing among few: one table says how each is called, written and read. */
#include "render/settings_json.h"

#include <jansson.h>
#include <string.h>

typedef struct Setting {
  const char *key, *expected;
  const char *(*name)(const RenState *state);
  bool (*parse)(const char *name, RenState *out);
} Setting;

static const char *palette_name(const RenState *state) { return ren_theme_palette_name(state->palette); }
static const char *lines_name(const RenState *state) { return ren_lines_name(state->lines); }
static const char *ramp_name(const RenState *state) { return ren_ramp_name(state->ramp); }
static const char *thumbs_name(const RenState *state) { return ren_thumbs_name(state->thumbs); }
static const char *order_name(const RenState *state) { return ren_order_name(state->dimensions.order); }
static const char *rest_name(const RenState *state) { return ren_rest_name(state->dimensions.rest); }

/* Whether a name is one of two; `*second` then says which. */
static bool is_either(const char *name, const char *a, const char *b, bool *second) {
  *second = strcmp(name, b) == 0;
  return *second || strcmp(name, a) == 0;
}

static bool parse_palette(const char *name, RenState *out) {
  bool safe;
  if (!is_either(name, ren_theme_palette_name(REN_PALETTE_STANDARD), ren_theme_palette_name(REN_PALETTE_SAFE),
                 &safe))
    return false;
  out->palette = safe ? REN_PALETTE_SAFE : REN_PALETTE_STANDARD;
  return true;
}

static bool parse_lines(const char *name, RenState *out) {
  bool bertviz;
  if (!is_either(name, ren_lines_name(REN_LINES_SQRT), ren_lines_name(REN_LINES_BERTVIZ), &bertviz)) return false;
  out->lines = bertviz ? REN_LINES_BERTVIZ : REN_LINES_SQRT;
  return true;
}

static bool parse_ramp(const char *name, RenState *out) {
  bool linear;
  if (!is_either(name, ren_ramp_name(REN_RAMP_SQRT), ren_ramp_name(REN_RAMP_LINEAR), &linear)) return false;
  out->ramp = linear ? REN_RAMP_LINEAR : REN_RAMP_SQRT;
  return true;
}

static bool parse_thumbs(const char *name, RenState *out) { return ren_thumbs_parse(name, &out->thumbs); }
static bool parse_order(const char *name, RenState *out) { return ren_order_parse(name, &out->dimensions.order); }
static bool parse_rest(const char *name, RenState *out) { return ren_rest_parse(name, &out->dimensions.rest); }

static const Setting settings[] = {
    {"palette", "standard or safe", palette_name, parse_palette},
    {"lines", "sqrt or bertviz", lines_name, parse_lines},
    {"ramp", "sqrt or linear", ramp_name, parse_ramp},
    {"thumbs", "auto, lines or heat", thumbs_name, parse_thumbs},
    {"sort", "a score or none", ren_state_sort_name, ren_state_sort_parse},
    {"dimension_order", "number, contribution, weight or distance", order_name, parse_order},
    {"dimension_rest", "shown, faded or hidden", rest_name, parse_rest},
};
enum { N_SETTINGS = sizeof settings / sizeof settings[0] };

/* {"id": "induction", "params": {"induction": {"n": 64}}}: the active probe, and what was set of any. */
static json_t *probe_json(const RenState *state) {
  json_t *params = json_object();
  for (int i = 0; i < state->params.n; i++) {
    const RenSetting *setting = &state->params.at[i];
    json_t *of = json_object_get(params, setting->probe);
    if (!of) json_object_set_new(params, setting->probe, of = json_object());
    json_object_set_new(of, setting->name, json_real(setting->value));
  }
  return json_pack("{s:s, s:o}", "id", state->probe, "params", params);
}

void ren_settings_write(json_t *object, const RenState *state) {
  if (state->probe[0] || state->params.n > 0) json_object_set_new(object, "probe", probe_json(state));
  for (size_t i = 0; i < N_SETTINGS; i++)
    json_object_set_new(object, settings[i].key, json_string(settings[i].name(state)));
  if (state->where[0]) json_object_set_new(object, "where", json_string(state->where));
  if (state->grouped) json_object_set_new(object, "grouped", json_true());
  if (state->where_hides) json_object_set_new(object, "where_hides", json_true());
  json_object_set_new(object, "dimension_top", json_integer(state->dimensions.top));
  json_object_set_new(object, "values", json_boolean(state->dimensions.values));
  json_object_set_new(object, "head_zoom", json_real((double)state->row_zoom));
}

static bool read_setting(const Setting *setting, const EngJson *object, const char *file, RenState *out,
                         EngError *err) {
  const char *name = setting->name(out);
  if (!eng_json_read_text(object, setting->key, file, &name, err)) return false;
  return setting->parse(name, out) ||
         eng_error_set(err, file, setting->key, "expected %s, found %.40s", setting->expected, name);
}

static bool wrong_probe(const char *file, EngError *err) {
  return eng_error_set(err, file, "probe", "expected an id, and numbers by probe and by parameter");
}

static bool read_params(const EngJson *params, const char *file, RenState *out, EngError *err) {
  void *at = NULL;
  const char *probe, *name;
  const EngJson *of, *number;
  while (eng_json_next(params, &at, &probe, &of)) {
    void *inside = NULL;
    double value;
    if (eng_json_kind(of) != ENG_JSON_OBJECT) return wrong_probe(file, err);
    while (eng_json_next(of, &inside, &name, &number))
      if (!eng_json_number(number, &value) || !ren_settings_set(&out->params, probe, name, value))
        return wrong_probe(file, err);
  }
  return true;
}

static bool read_probe(const EngJson *object, const char *file, RenState *out, EngError *err) {
  const EngJson *probe = eng_json_get(object, "probe");
  const char *id = "";
  if (eng_json_kind(probe) <= ENG_JSON_NULL) return true;
  if (eng_json_kind(probe) != ENG_JSON_OBJECT) return wrong_probe(file, err);
  if (!eng_json_read_text(probe, "id", file, &id, err)) return false;
  if (strlen(id) >= sizeof out->probe) return wrong_probe(file, err);
  strcpy(out->probe, id);
  const EngJson *params = eng_json_get(probe, "params");
  if (eng_json_kind(params) <= ENG_JSON_NULL) return true;
  return eng_json_kind(params) == ENG_JSON_OBJECT ? read_params(params, file, out, err) : wrong_probe(file, err);
}

static bool read_rows(const EngJson *object, const char *file, RenState *out, EngError *err) {
  double zoom = (double)out->row_zoom, least = (double)REN_LEAST_ROWS, most = (double)REN_MOST_ROWS;
  bool ok = eng_json_read_number(object, "head_zoom", file, least, most, &zoom, err);
  out->row_zoom = (float)zoom;
  return ok;
}

static bool read_where(const EngJson *object, const char *file, RenState *out, EngError *err) {
  const char *where = "";
  if (!eng_json_read_text(object, "where", file, &where, err)) return false;
  if (strlen(where) >= sizeof out->where)
    return eng_error_set(err, file, "where", "expected at most %zu bytes", sizeof out->where - 1);
  strcpy(out->where, where);
  return eng_json_read_bool(object, "where_hides", file, &out->where_hides, err);
}

bool ren_settings_read(const EngJson *object, const char *file, RenState *out, EngError *err) {
  for (size_t i = 0; i < N_SETTINGS; i++)
    if (!read_setting(&settings[i], object, file, out, err)) return false;
  return read_probe(object, file, out, err) && read_where(object, file, out, err) &&
         eng_json_read_int(object, "dimension_top", file, 1, REN_MAX_TOP, &out->dimensions.top, err) &&
         eng_json_read_bool(object, "values", file, &out->dimensions.values, err) &&
         eng_json_read_bool(object, "grouped", file, &out->grouped, err) && read_rows(object, file, out, err);
}
