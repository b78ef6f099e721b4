/* Two tables say all of it: numbers by where they lie in the state, lists by what writes and what reads one. Ranges
 * that depend on the model are checked by whoever has it. */
#include "render/selection_json.h"

#include <jansson.h>
#include <stddef.h>
#include <string.h>

enum { MAX_INDEX = 1 << 20 };

/* --- numbers */

typedef enum Kind { WHOLE, REAL, TRUTH } Kind;

static const struct {
  const char *key;
  size_t at; /* in the state */
  Kind kind;
  double low, high; /* a whole number below 0 is none: it is not written */
} scalars[] = {{"layer", offsetof(RenState, layer), WHOLE, 0, MAX_INDEX},
               {"head", offsetof(RenState, head), WHOLE, 0, REN_MAX_HEADS - 1},
               {"token", offsetof(RenState, token), WHOLE, -1, MAX_INDEX},
               {"dimension", offsetof(RenState, dimensions.selected), WHOLE, -1, MAX_INDEX},
               {"threshold", offsetof(RenState, threshold), REAL, 0, 1},
               {"zoom", offsetof(RenState, zoom), REAL, 1, (double)REN_MAX_ZOOM},
               {"sink_hidden", offsetof(RenState, sink_hidden), TRUTH, 0, 1},
               {"expanded", offsetof(RenState, expanded), TRUTH, 0, 1}};
enum { SCALARS = sizeof scalars / sizeof scalars[0] };

static json_t *number(float value) { return json_real((double)value); }

static json_t *write_scalar(size_t i, const RenState *state) {
  const void *at = (const char *)state + scalars[i].at;
  if (scalars[i].kind == TRUTH) return json_boolean(*(const bool *)at);
  if (scalars[i].kind == REAL) return number(*(const float *)at);
  return *(const int *)at < 0 ? NULL : json_integer(*(const int *)at);
}

static bool read_scalar(size_t i, const EngJson *object, const char *file, RenState *out, EngError *err) {
  void *at = (char *)out + scalars[i].at;
  const char *key = scalars[i].key;
  double low = scalars[i].low, high = scalars[i].high, value;
  if (scalars[i].kind == TRUTH) return eng_json_read_bool(object, key, file, at, err);
  if (scalars[i].kind == WHOLE) return eng_json_read_int(object, key, file, (int)low, (int)high, at, err);
  value = (double)*(float *)at;
  bool ok = eng_json_read_number(object, key, file, low, high, &value, err);
  *(float *)at = (float)value;
  return ok;
}

/* --- lists */

static json_t *write_heads(const RenState *state) {
  json_t *list = json_array();
  for (int head = 0; head < REN_MAX_HEADS; head++)
    if (ren_state_head_active(state, head)) json_array_append_new(list, json_integer(head));
  return list;
}

static bool read_heads(const EngJson *list, RenState *out) {
  size_t n = eng_json_size(list);
  memset(out->heads, 0, sizeof out->heads);
  for (size_t i = 0; i < n; i++) {
    int64_t head = -1;
    if (!eng_json_integer(eng_json_at(list, i), &head) || head < 0 || head >= REN_MAX_HEADS) return false;
    ren_state_head_set(out, (int)head, true);
  }
  return n > 0;
}

/* [["query", 3], …] in the order of pinning. */
static json_t *write_pins(const RenState *state) {
  json_t *list = json_array();
  for (int i = 0; i < state->pins.n; i++)
    json_array_append_new(list,
                          json_pack("[s, i]", ren_side_name(state->pins.at[i].side), state->pins.at[i].token));
  return list;
}

static bool read_pins(const EngJson *list, RenState *out) {
  for (size_t i = 0; i < eng_json_size(list); i++) {
    RenSide side;
    int64_t token = -1;
    const EngJson *pin = eng_json_at(list, i);
    const char *name = eng_json_text(eng_json_at(pin, 0), NULL);
    if (!name || !ren_side_parse(name, &side) || !eng_json_integer(eng_json_at(pin, 1), &token) || token < 0 ||
        token > MAX_INDEX || !ren_pins_set(&out->pins, side, (int)token, true))
      return false;
  }
  return true;
}

/* [layer, head], then up to two numbers more, which lie from `low` on; how many there are, 0 for a wrong one. */
static size_t read_numbers(const EngJson *list, double low, double out[4]) {
  size_t n = eng_json_kind(list) == ENG_JSON_ARRAY ? eng_json_size(list) : 0;
  if (n < 2 || n > 4) return 0;
  for (size_t i = 0; i < n; i++) {
    int64_t whole;
    if (!eng_json_number(eng_json_at(list, i), &out[i])) return 0;
    if (i < 2 && !eng_json_integer(eng_json_at(list, i), &whole)) return 0;
    if (!(out[i] >= (i < 2 ? 0 : low) && out[i] <= MAX_INDEX)) return 0;
  }
  return n;
}

static json_t *head_json(RenPanel head) { return json_pack("[i, i]", head.layer, head.head); }

static RenPanel head_of(const double numbers[4]) { return (RenPanel){(int)numbers[0], (int)numbers[1]}; }

static json_t *write_panel(const RenState *state) { return state->panel_open ? head_json(state->panel) : NULL; }

static bool read_panel(const EngJson *list, RenState *out) {
  double numbers[4];
  if (read_numbers(list, 0, numbers) != 2) return false;
  out->panel_open = true;
  out->panel = head_of(numbers);
  return true;
}

/* [layer, head] or, where one was moved, [layer, head, x, y]; the last one is in front. */
static json_t *write_pinned(const RenState *state) {
  json_t *list = state->n_pinned_panels ? json_array() : NULL;
  for (int i = 0; i < state->n_pinned_panels; i++) {
    const RenPinnedPanel *pinned = &state->pinned_panels[i];
    json_t *panel = head_json(pinned->panel);
    if (pinned->moved) json_array_append_new(panel, number(pinned->at.x));
    if (pinned->moved) json_array_append_new(panel, number(pinned->at.y));
    json_array_append_new(list, panel);
  }
  return list;
}

static bool read_pinned(const EngJson *list, RenState *out) {
  if (eng_json_size(list) > REN_MAX_PANELS) return false;
  for (size_t i = 0; i < eng_json_size(list); i++) {
    double at[4] = {0};
    size_t n = read_numbers(eng_json_at(list, i), -MAX_INDEX, at);
    if ((n != 2 && n != 4) || ren_state_pinned_panel(out, head_of(at)) >= 0) return false;
    out->pinned_panels[out->n_pinned_panels++] =
        (RenPinnedPanel){head_of(at), n == 4, {(float)at[2], (float)at[3]}};
  }
  return true;
}

/* [layer, head], or [layer, head, 0] where one is off. */
static json_t *write_picks(const RenState *state) {
  json_t *list = state->n_picks ? json_array() : NULL;
  for (int i = 0; i < state->n_picks; i++) {
    json_t *pick = head_json(state->picks[i].head);
    if (state->picks[i].off) json_array_append_new(pick, json_integer(0));
    json_array_append_new(list, pick);
  }
  return list;
}

static bool read_picks(const EngJson *list, RenState *out) {
  if (eng_json_size(list) > REN_MAX_PICKS) return false;
  for (size_t i = 0; i < eng_json_size(list); i++) {
    double at[4] = {0, 0, 1};
    size_t n = read_numbers(eng_json_at(list, i), 0, at);
    if ((n != 2 && n != 3) || (at[2] > 0 && at[2] < 1) || at[2] > 1) return false;
    if (ren_state_pick(out, head_of(at)) >= 0) return false;
    out->picks[out->n_picks++] = (RenPick){head_of(at), !(at[2] > 0)};
  }
  return true;
}

static json_t *write_scroll(const RenState *state) {
  return json_pack("[o, o]", number(state->scroll_x[state->view]), number(state->scroll_y[state->view]));
}

static bool read_scroll(const EngJson *list, RenState *out) {
  double at[2];
  for (size_t i = 0; i < 2; i++)
    if (!eng_json_number(eng_json_at(list, i), &at[i]) || !(at[i] >= 0 && at[i] <= REN_MAX_SCROLL)) return false;
  out->scroll_x[out->view] = (float)at[0];
  out->scroll_y[out->view] = (float)at[1];
  return eng_json_size(list) == 2;
}

static const struct {
  const char *key, *expected;
  json_t *(*write)(const RenState *state);          /* NULL: there is none */
  bool (*read)(const EngJson *list, RenState *out); /* of an array */
} lists[] = {{"heads", "a list of heads", write_heads, read_heads},
             {"pins", "a list of at most 64 tokens with their sides", write_pins, read_pins},
             {"panel", "a layer and a head", write_panel, read_panel},
             {"pinned_panels", "at most 8 heads of two or four numbers, each head once", write_pinned, read_pinned},
             {"picks", "at most 16 heads, each head once", write_picks, read_picks},
             {"scroll", "two numbers of at least 0", write_scroll, read_scroll}};
enum { LISTS = sizeof lists / sizeof lists[0] };

/* --- both */

static void put(json_t *object, const char *key, json_t *value) {
  if (value) json_object_set_new(object, key, value);
}

void ren_selection_write(json_t *object, const RenState *state) {
  for (size_t i = 0; i < SCALARS; i++) put(object, scalars[i].key, write_scalar(i, state));
  for (size_t i = 0; i < LISTS; i++) put(object, lists[i].key, lists[i].write(state));
}

static bool read_list(size_t i, const EngJson *object, const char *file, RenState *out, EngError *err) {
  char found[80];
  const EngJson *list = eng_json_get(object, lists[i].key);
  if (eng_json_kind(list) <= ENG_JSON_NULL) return true;
  if (eng_json_kind(list) == ENG_JSON_ARRAY && lists[i].read(list, out)) return true;
  bool array = eng_json_kind(list) == ENG_JSON_ARRAY;
  return eng_error_set(err, file, lists[i].key, "expected %s, found %s", lists[i].expected,
                       array ? "another list" : eng_json_describe(list, found, sizeof found));
}

bool ren_selection_read(const EngJson *object, const char *file, RenState *out, EngError *err) {
  for (size_t i = 0; i < SCALARS; i++)
    if (!read_scalar(i, object, file, out, err)) return false;
  for (size_t i = 0; i < LISTS; i++)
    if (!read_list(i, object, file, out, err)) return false;
  return true;
}
