/* What a scan adds up: for each head, neuron or other place the mean and spread of its scores, and where they were
 * largest. The same numbers in the same order give the same sums, also when they were saved and read back between.
 */
#ifndef SCRIPTING_SCAN_TALLY_H
#define SCRIPTING_SCAN_TALLY_H

#include "scripting/scan_probe.h"

#include "engine/json.h"

#include <stdio.h>

typedef struct ScrTally ScrTally;

/* `top` places are kept of each. */
ScrTally *scr_tally_new(size_t places, int top, EngError *err);
void scr_tally_free(ScrTally *tally); /* NULL is fine */

void scr_tally_add(ScrTally *tally, size_t place, double number);
/* Whether a number belongs to the largest so far: of equal ones the first stays. */
bool scr_tally_wants(const ScrTally *tally, size_t place, double number);
/* Keeps it, with what to say about it (malloc'ed, taken). */
bool scr_tally_keep(ScrTally *tally, size_t place, double number, char *text, EngError *err);

/* The result: one line a place, or of edges the texts kept, in the order in which they came. */
void scr_tally_put(const ScrTally *tally, const ScrPlan *plan, FILE *file);

/* As JSON, and back into a fresh tally of the same size. */
void scr_tally_save(const ScrTally *tally, FILE *file);
bool scr_tally_load(ScrTally *tally, const EngJson *saved);

#endif
