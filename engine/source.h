/* What a view may know: attention with its tokens, whether it comes from a run or from a recorded file.
 *
 * A source has blocks: "all", and for a sentence pair also "aa", "ab", "ba", "bb" (plain slices, not
 * renormalised); or "encoder", "decoder" and "cross", as far as they are there. Rows are queries, columns are
 * keys. Counted. */
#ifndef ENGINE_SOURCE_H
#define ENGINE_SOURCE_H

#include "engine/cancel.h"
#include "engine/input.h"
#include "engine/merge.h"
#include "engine/run.h"
#include "engine/tensor.h"

typedef struct EngSource EngSource;

enum { ENG_MOST_BLOCKS = 16 }; /* of a source */

typedef struct EngBlock {
  char key[8];       /* "all", "aa", "ab", "ba", "bb"; "encoder", "decoder", "cross" */
  const char *title; /* "All", "A → A", … */
  int n_layers, n_heads;
  int n_rows, n_columns;
  int whole;                      /* the block that this one is a slice of, or itself */
  const EngToken *rows, *columns; /* queries, keys */
  int row_start, column_start;    /* index of their first in the whole sequence */
  bool causal;
  bool lower;                 /* all above the diagonal is 0, so that it need not be read */
  bool has_qk;                /* queries and keys are known (the neuron view needs them) */
  bool has_v;                 /* values are known, and then d_head is */
  int d_head;                 /* 0 when nothing of it is known */
  const char *heads, *layers; /* NULL, or what was made of several: "mean", "max", "rollout" */
  const char *note;           /* NULL, or why there is nothing to see */
  const char *no_qk;          /* NULL, or why there are no queries and keys */
  bool signs;                 /* differences of weights, of either sign; NaN where there is none */
  float most;                 /* and their largest magnitude in all heads */
} EngBlock;

/* Of sequence 0; the run may still be in progress and must have kept pattern. Takes a reference. */
EngSource *eng_source_from_run(EngRun *run, EngError *err);

/* From a file that `headscope dump` wrote, or any safetensors file with blocks.L.attn.hook_pattern
 * [H, T, T], or with an encoder-decoder's under encoder., decoder. and cross.; checked as a checkpoint is: hostile
 * until proven. */
EngSource *eng_source_open(const char *path, EngError *err);

/* The attention of `base` merged (engine/merge.h): other numbers of layers, heads and tokens, no queries and keys.
 * Its layers are there when eng_source_advance has computed them. Takes a reference on the base; refuses what would
 * not fit into memory, with the bytes. */
EngSource *eng_source_derive(EngSource *base, const EngMerge *merge, EngError *err);
/* Computes the layers that the base has by now, on any one thread; does nothing for other sources. */
bool eng_source_advance(EngSource *source, const EngCancel *cancel, EngError *err);
bool eng_source_behind(const EngSource *source);     /* whether that would compute anything */
EngSource *eng_source_base(const EngSource *source); /* itself where it is not derived */

/* What the second of two finished runs of one shape, or of two that are merged alike, has more than the first, on
 * their tokens (or words) aligned (engine/alignment.h), which are its tokens: other rows and columns, no queries
 * and keys. Takes references. */
EngSource *eng_source_difference(EngSource *first, EngSource *second, const EngCancel *cancel, EngError *err);
/* NULL for other sources. */
const struct EngAlignment *eng_source_alignment(const EngSource *source);
/* What a difference was made of: the weights of both; false where one has none, or the source is no difference. */
bool eng_source_compared(const EngSource *source, int block, int layer, int head, int row, int column,
                         float out[2]);

/* Whether key `column` is a sink: position 0 of a causal model, a separator of any other (a special token that was
 * added behind a sentence). */
bool eng_block_sink(const EngBlock *block, int column);
/* "2.5"; "2.mean", "mean.5", "mean" and "2.rollout" of merged ones. Returns `out`. */
const char *eng_block_name(const EngBlock *block, int layer, int head, char *out, size_t size);

EngSource *eng_source_retain(EngSource *source);
void eng_source_release(EngSource *source);

const char *eng_source_name(const EngSource *source); /* the model's name, also for a file */
const char *eng_source_hash(EngSource *source);       /* the model's hash, "" if unknown */
const char *eng_source_hash_until(EngSource *source, const EngCancel *cancel); /* NULL when cancelled */
const EngInput *eng_source_input(const EngSource *source);
int eng_source_n_blocks(const EngSource *source);
const EngBlock *eng_source_block(const EngSource *source, int block);
int eng_source_find_block(const EngSource *source, const char *key); /* -1 for none */
int eng_source_layers_done(const EngSource *source);                 /* n_layers for a file */
EngRun *eng_source_run(const EngSource *source);                     /* NULL for a file */

/* Of a block's row or column: which one the base's token belongs to, and the base's first token of it; both count
 * inside the block. The same number where the source is not derived. */
int eng_source_place(const EngSource *source, int block, bool column, int token);
int eng_source_token(const EngSource *source, int block, bool column, int place);

/* Of a file (or what is derived of one), whether it has a tensor by its full name, and the tensor, which the caller
 * releases. A run has none. */
bool eng_source_has(const EngSource *source, const char *name);
/* Its metadata by their keys, such as "edits", a JSON list; NULL where it, or a run, has none. */
const char *eng_source_note(const EngSource *source, const char *key);
bool eng_source_recorded(const EngSource *source, const char *name, EngTensor *out, EngError *err);

/* Identifies what the source shows now: differs between sources and grows with layers_done. Caches of
 * pictures key on it. */
uint64_t eng_source_version(const EngSource *source);

/* Differs between sources and stays while one grows: enough for a picture of finished layers alone, which
 * never change. */
uint64_t eng_source_serial(const EngSource *source);

/* (rows, columns) of one head; only for layer < layers_done. */
EngTensor eng_source_pattern(const EngSource *source, int block, int layer, int head);
/* The same made smaller (engine/coarse.h), of a whole block; without data where there is none. */
EngTensor eng_source_coarse(const EngSource *source, int block, int layer, int head);
/* What was read of a recorded file leaves this process's memory (eng_map_forget): for who reads all of it once. */
void eng_source_forget(const EngSource *source);
/* (rows, d_head) and (columns, d_head), the base's; only where has_qk and layer < layers_done. */
EngTensor eng_source_queries(const EngSource *source, int block, int layer, int head);
EngTensor eng_source_keys(const EngSource *source, int block, int layer, int head);
/* (columns, d_head); only where has_v and layer < layers_done. */
EngTensor eng_source_values(const EngSource *source, int block, int layer, int head);

#endif
