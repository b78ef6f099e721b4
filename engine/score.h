/* What a head does, in one number: the formulas of the field, over the weights of one run. */
#ifndef ENGINE_SCORE_H
#define ENGINE_SCORE_H

#include "engine/source.h"

typedef enum EngScore {
  ENG_SCORE_PREVIOUS,   /* mean weight of the token before, over the queries that have one */
  ENG_SCORE_FIRST,      /* mean weight of position 0 */
  ENG_SCORE_CURRENT,    /* mean weight of the query's own token */
  ENG_SCORE_CONFIDENCE, /* mean of each row's largest weight */
  ENG_SCORE_ENTROPY,    /* mean entropy of the rows in nats, as Clark et al. smooth it: of .9999 A + .0001 / n */
  ENG_SCORE_DISTANCE,   /* mean of query minus key, by weight */
  ENG_SCORE_COUNT
} EngScore;

const char *eng_score_name(EngScore score); /* "previous", "first", … */
bool eng_score_parse(const char *name, EngScore *out);
const char *eng_score_title(EngScore score); /* "previous token", … */

/* Of a head's weights (rows, columns) in a block; 0 where there is nothing to measure. */
double eng_score_head(EngScore score, const EngBlock *block, const EngTensor *weights);

#endif
