/* Numbers about each token that attention does not hold: how likely the model found it, what it expects next, how
 * long the residual stream is, what one neuron says. Worked out when somebody asks, by a forward pass of their own,
 * or from what a recorded file has of them. Plain memory, made once and then only read. */
#ifndef ENGINE_READINGS_H
#define ENGINE_READINGS_H

#include "engine/cancel.h"
#include "engine/source.h"

enum { ENG_GUESSES = 10 };

/* A token that may come next. */
typedef struct EngGuess {
  int id;
  float probability;
  char *text; /* as shown; NULL where nobody knows */
} EngGuess;

typedef struct EngReadingsSpec {
  bool predictions;  /* costs the logits of every position */
  int layer, neuron; /* one neuron of the MLP, behind its activation; layer -1: none */
} EngReadingsSpec;

typedef struct EngReadings {
  EngReadingsSpec spec;
  uint64_t serial; /* of the source, of a derived one its base's: tokens and layers are the base's, too */
  int n_layers, n_tokens;
  float *norms;           /* (L, T): of the residual stream after each layer; NULL where a file lacks them */
  float *log_probability; /* (T): of a token given those before it, natural logarithm; NaN for the first */
  EngGuess *guesses;      /* (T, ENG_GUESSES): what may follow it, the likeliest first; id -1: no more */
  char unpredicted[160];  /* why the last two are NULL */
  float *activations;     /* (T): of the neuron; NULL where none was asked for */
} EngReadings;

/* NULL and an error on cancel, on short memory, or when there is no such neuron. `cancel` may be NULL. */
EngReadings *eng_readings_new(EngSource *source, const EngReadingsSpec *spec, const EngCancel *cancel,
                              EngError *err);
void eng_readings_free(EngReadings *readings); /* NULL is fine */

#endif
