/* A pin is a place in a text: it follows its token from part to part, waits where a part lacks it, and goes with
 * the text. */
#include "render/pins.h"

#include <string.h>

static const char *const names[] = {[REN_SIDE_NONE] = "", [REN_SIDE_QUERY] = "query", [REN_SIDE_KEY] = "key"};

const char *ren_side_name(RenSide side) { return names[side]; }

bool ren_side_parse(const char *name, RenSide *out) {
  for (RenSide side = REN_SIDE_QUERY; side <= REN_SIDE_KEY; side++) {
    if (strcmp(name, names[side]) != 0) continue;
    *out = side;
    return true;
  }
  return false;
}

static int find(const RenPins *pins, RenSide side, int token) {
  for (int i = 0; i < pins->n; i++)
    if (pins->at[i].side == side && pins->at[i].token == token) return i;
  return -1;
}

bool ren_pins_has(const RenPins *pins, RenSide side, int token) { return find(pins, side, token) >= 0; }

static void drop(RenPins *pins, int i) {
  pins->n--;
  memmove(&pins->at[i], &pins->at[i + 1], (size_t)(pins->n - i) * sizeof pins->at[0]);
}

bool ren_pins_set(RenPins *pins, RenSide side, int token, bool pinned) {
  int i = find(pins, side, token);
  if (pinned == (i >= 0)) return true;
  if (!pinned) {
    drop(pins, i);
    return true;
  }
  if (pins->n == REN_MAX_PINS) return false;
  pins->at[pins->n++] = (RenPin){side, token};
  return true;
}

void ren_pins_clear(RenPins *pins) { pins->n = pins->n_away = 0; }

void ren_pins_fit(RenPins *pins, const EngBlock *block) {
  for (int i = pins->n; i-- > 0;) {
    int n = pins->at[i].side == REN_SIDE_QUERY ? block->n_rows : block->n_columns;
    if (pins->at[i].token < 0 || pins->at[i].token >= n) drop(pins, i);
  }
}

static bool same_tokens(const EngToken *a, const EngToken *b, int n) {
  for (int i = 0; i < n; i++) {
    const char *left = a[i].text ? a[i].text : "", *right = b[i].text ? b[i].text : "";
    if (a[i].id != b[i].id || strcmp(left, right) != 0) return false;
  }
  return true;
}

/* Parts of a whole are; two wholes only where they have the same tokens. */
bool ren_pins_same_sequence(const EngBlock *a, const EngBlock *b, RenSide side) {
  if (a->whole == b->whole) return true;
  if (side == REN_SIDE_QUERY) return a->n_rows == b->n_rows && same_tokens(a->rows, b->rows, a->n_rows);
  return a->n_columns == b->n_columns && same_tokens(a->columns, b->columns, a->n_columns);
}

static int start_of(const EngBlock *block, RenSide side) {
  return side == REN_SIDE_QUERY ? block->row_start : block->column_start;
}

/* A place in the whole: pinned where the part has it, else put away. */
static void place(RenPins *pins, RenPin pin, int whole, const EngBlock *part, bool same) {
  int token = pin.token - start_of(part, pin.side), n = pin.side == REN_SIDE_QUERY ? part->n_rows : part->n_columns;
  if (same && token >= 0 && token < n) {
    ren_pins_set(pins, pin.side, token, true);
  } else if (pins->n_away < REN_MAX_PINS) {
    pins->away[pins->n_away].pin = pin;
    pins->away[pins->n_away++].whole = whole;
  }
}

void ren_pins_move(RenPins *pins, const EngBlock *from, const EngBlock *to) {
  RenPins was = *pins;
  ren_pins_clear(pins);
  for (int i = 0; i < was.n_away; i++)
    place(pins, was.away[i].pin, was.away[i].whole, to, was.away[i].whole == to->whole);
  for (int i = 0; i < was.n; i++) {
    RenPin pin = {was.at[i].side, was.at[i].token + start_of(from, was.at[i].side)};
    place(pins, pin, from->whole, to, ren_pins_same_sequence(from, to, pin.side));
  }
}

bool ren_pins_same_text(const EngSource *a, const EngSource *b) {
  if (!a || !b || eng_source_n_blocks(a) == 0 || eng_source_n_blocks(a) != eng_source_n_blocks(b)) return false;
  const EngBlock *old = eng_source_block(a, 0), *now = eng_source_block(b, 0);
  return old->n_rows == now->n_rows && old->n_columns == now->n_columns &&
         same_tokens(old->rows, now->rows, now->n_rows) && same_tokens(old->columns, now->columns, now->n_columns);
}

void ren_pins_follow(RenPins *pins, const EngSource *old, const EngSource *now) {
  if (!ren_pins_same_text(old, now)) ren_pins_clear(pins);
}
