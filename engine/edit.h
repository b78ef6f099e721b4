/* Edits are data: what is changed of a forward pass, where, and how. They are applied right after the activation
 * that they name is computed, before anything reads it; all that follows is computed from what they leave.
 *
 * An edit's text, one line, as commands, figures and scripts write it:
 *
 *     head 2.5 zero                          what the head adds: hook_z of the head, all tokens
 *     head 2.5 token 8 scale 0.5             … of one token
 *     pattern 2.5 query 8 key 1 set 0.9      one weight; without `key` a row, without `query` a column
 *     neuron 3.120 token 4 set 6             hook_post
 *     q2 head 5 dim 7 zero                   any activation by its short or full name with its layer
 *     resid_pre3 token 5 mean                a position of the residual stream
 *
 * zero; mean: over the tokens of the sequence, of weights over the keys that the query sees; scale FACTOR;
 * set VALUE; patch: what another run has there, which no text can say. Rows of weights stay as they are left,
 * whether they still sum to 1 or not. What a causal model's query cannot see stays: weight 0, score -inf. */
#ifndef ENGINE_EDIT_H
#define ENGINE_EDIT_H

#include "engine/activation.h"

#include <stdbool.h>
#include <stddef.h>

enum { ENG_EDIT_TEXT = 128 }; /* bytes of an edit's text, the NUL among them */
enum { ENG_MAX_EDITS = 1024 };
enum { ENG_ALL = -1 }; /* of heads, tokens, keys, dimensions: no one of them in particular */

typedef enum EngEditOp { ENG_EDIT_ZERO, ENG_EDIT_MEAN, ENG_EDIT_SCALE, ENG_EDIT_SET, ENG_EDIT_PATCH } EngEditOp;
enum { ENG_EDIT_OPS = ENG_EDIT_PATCH + 1 };

typedef struct EngEdit {
  EngActivation at;
  int layer; /* 0 outside the blocks */
  int head;  /* of q, k, v, z, scores and patterns; -1: all */
  int token; /* the query of scores and patterns; -1: all */
  int key;   /* of scores and patterns; -1: all */
  int dim;   /* of the last axis of everything else (a neuron, a dimension); -1: all */
  EngEditOp op;
  float value;               /* of scale and set */
  const struct EngRun *from; /* of patch: a finished run that kept `at`; retained by who copies the edit */
  int from_sequence;
} EngEdit;

/* Reads an edit's text for a model of that config: names, and ranges but those of tokens and keys. Errors name the
 * text. */
bool eng_edit_parse(const char *text, const EngConfig *config, EngEdit *out, EngError *err);
/* Its text, in the one form that says the same. eng_edit_parse reads it, but for a patch. */
void eng_edit_print(const EngEdit *edit, char *out, size_t size);
bool eng_edit_same(const EngEdit *a, const EngEdit *b);

/* Whether a model of that config has what it names, whatever the input. */
bool eng_edit_check(const EngEdit *edit, const EngConfig *config, EngError *err);
/* The same, and whether an input of so many tokens, after `past` others, has the token and key. */
bool eng_edit_fits(const EngEdit *edit, const EngConfig *config, size_t past, size_t n_tokens, EngError *err);

bool eng_edit_has_keys(const EngEdit *edit); /* of scores and patterns */
const char *eng_edit_op_name(EngEditOp op);  /* "zero", … */
bool eng_edit_op_takes_value(EngEditOp op);

#endif
