/* Pinned tokens of either side: their lines stay drawn alone. Plain data in the order of pinning, no token
 * twice; indices count inside the block that is shown. */
#ifndef RENDER_PINS_H
#define RENDER_PINS_H

#include "engine/source.h"

typedef enum RenSide { REN_SIDE_NONE, REN_SIDE_QUERY, REN_SIDE_KEY } RenSide;

const char *ren_side_name(RenSide side); /* "query", "key" */
bool ren_side_parse(const char *name, RenSide *out);

typedef struct RenPin {
  RenSide side;
  int token;
} RenPin;

enum { REN_MAX_PINS = 64 };

/* Those that the part lacks count inside the whole block that they are of, and wait for a part that has them. */
typedef struct RenPins {
  int n;
  RenPin at[REN_MAX_PINS];
  int n_away;
  struct {
    RenPin pin;
    int whole;
  } away[REN_MAX_PINS];
} RenPins;

bool ren_pins_has(const RenPins *pins, RenSide side, int token);
/* Pinned or not; false when there are as many as there may be, which changes nothing. */
bool ren_pins_set(RenPins *pins, RenSide side, int token, bool pinned);
/* None, and none that waits. */
void ren_pins_clear(RenPins *pins);

/* Lets those go that `block` does not have. */
void ren_pins_fit(RenPins *pins, const EngBlock *block);
/* The same tokens in another part; those that it lacks wait, and those that waited for it are there again, in front. */
void ren_pins_move(RenPins *pins, const EngBlock *from, const EngBlock *to);
/* Whether a side of two blocks is of one sequence: its tokens may be others of it. */
bool ren_pins_same_sequence(const EngBlock *a, const EngBlock *b, RenSide side);
/* Whether two sources have the same tokens. Either may be NULL. */
bool ren_pins_same_text(const EngSource *a, const EngSource *b);
/* Another source: they stay where it has the same tokens, else all go. Either may be NULL. */
void ren_pins_follow(RenPins *pins, const EngSource *old, const EngSource *now);

#endif
