/* A pin is a place in a text: it follows its token from part to part, and goes with the text. */
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

void ren_pins_move(RenPins *pins, const EngBlock *from, const EngBlock *to) {
  for (int i = pins->n; i-- > 0;) {
    RenPin *pin = &pins->at[i];
    bool query = pin->side == REN_SIDE_QUERY;
    pin->token += query ? from->row_start - to->row_start : from->column_start - to->column_start;
    if (!ren_pins_same_sequence(from, to, pin->side)) drop(pins, i);
  }
  ren_pins_fit(pins, to);
}

bool ren_pins_same_text(const EngSource *a, const EngSource *b) {
  if (!a || !b || eng_source_n_blocks(a) == 0 || eng_source_n_blocks(a) != eng_source_n_blocks(b)) return false;
  const EngBlock *old = eng_source_block(a, 0), *now = eng_source_block(b, 0);
  return old->n_rows == now->n_rows && old->n_columns == now->n_columns &&
         same_tokens(old->rows, now->rows, now->n_rows) && same_tokens(old->columns, now->columns, now->n_columns);
}

void ren_pins_follow(RenPins *pins, const EngSource *old, const EngSource *now) {
  if (pins->n > 0 && !ren_pins_same_text(old, now)) pins->n = 0;
}
