/* A run is a value: tokens in, activations kept as asked. Counted; a finished layer never changes.
 *
 * One thread calls eng_run_forward; any thread may meanwhile read the layers below eng_run_layers_done.
 * All memory of a run is one arena, sized from the activation table before it starts. */
#ifndef ENGINE_RUN_H
#define ENGINE_RUN_H

#include "engine/activation.h"
#include "engine/cancel.h"
#include "engine/edit.h"
#include "engine/input.h"
#include "engine/model.h"
#include "engine/ops.h"
#include "engine/tensor.h"

typedef struct EngRun EngRun;

/* One of the packed sequences. With a past, its tokens continue sequence `past_sequence` of a finished
 * run on the same model that kept k and v: their keys come first and positions go on counting. */
typedef struct EngSequence {
  const EngInput *input;
  const EngRun *past; /* NULL for none; causal models only */
  int past_sequence;
} EngSequence;

typedef enum EngLogits { ENG_LOGITS_NONE, ENG_LOGITS_LAST, ENG_LOGITS_ALL } EngLogits;

/* The tap: called once after each entry of the activation table, on the thread of the forward pass, with
 * a view of the value of all packed tokens ((H, T, K) entries: once a sequence). Capture, edit, hook and
 * cancel happen only there. Returning false stops the run with the error it filled. */
typedef bool (*EngTap)(void *context, EngActivation id, int layer, int sequence, EngTensor value, EngError *err);

typedef struct EngRunSpec {
  const EngSequence *sequences;
  int n_sequences;
  EngKeep keep;
  EngLogits logits;
  const EngEdit *edits; /* (n_edits), applied in this order to every sequence, before the tap */
  int n_edits;
  const EngRun *base; /* NULL, or a finished run on the same model and input: layers below the first one whose edits
                         are not the same are copied from it, where it keeps all that this one does, and scores as
                         this one does; else, and with a tap, all is computed. The same bits. Let go when done */
  const EngCancel *cancel; /* looked at several times within a layer; may be NULL; must outlive the run's
                              forward pass */
  EngTap tap;              /* NULL for none */
  void *tap_context;
  bool tap_looks; /* the tap changes nothing and asks for no scores: attention is computed as if there were none */
  int n_layers;   /* the pass ends after so many layers, without logits; 0: all */
  EngActivation until;  /* of the last of them, where it is said: once this is there; 0: after the whole layer */
  EngArenaPool *arenas; /* where its memory comes from and goes to, which outlives it; NULL: the model's */
  const EngOps *ops;    /* NULL: eng_ops(); tests and benchmarks hand in others */
} EngRunSpec;

/* Bytes of the arena that such a run needs; 0 when the size overflows. */
size_t eng_run_bytes(const EngModel *model, const EngRunSpec *spec);

/* Checks the spec and reserves the arena; takes references on model, inputs, pasts, base and the runs of
 * patches, and copies the edits. A run that would not fit in memory is refused with the number of bytes it needs.
 */
EngRun *eng_run_new(EngModel *model, const EngRunSpec *spec, EngError *err);
EngRun *eng_run_retain(EngRun *run);
void eng_run_release(EngRun *run);

/* Computes everything, once. False on cancel ("cancelled"), on a tap's refusal, or short memory. */
bool eng_run_forward(EngRun *run, EngError *err);

int eng_run_layers_done(const EngRun *run); /* 0 … n_layers; atomic */
bool eng_run_finished(const EngRun *run);
bool eng_run_cancelled(const EngRun *run);
int eng_run_layers_copied(const EngRun *run); /* from the spec's base */
double eng_run_seconds(const EngRun *run);    /* wall time of the forward pass */

EngModel *eng_run_model(const EngRun *run);
const EngInput *eng_run_input(const EngRun *run, int sequence);
const EngKeep *eng_run_keep(const EngRun *run);
const EngEdit *eng_run_edits(const EngRun *run, int *n_edits); /* the run's own */
bool eng_run_plain(
    const EngRun *run); /* nothing but edits could change an activation: no weight above the diagonal */
size_t eng_run_arena_bytes(const EngRun *run);

/* A kept activation of one sequence as a borrowed, read-only view, valid while the run lives. With
 * ENG_ALL_LAYERS an entry of the blocks stacks its layers in front: (L, …). An error names the `keep`
 * entry to add when it was not kept. */
bool eng_run_get(const EngRun *run, int sequence, EngActivation id, int layer, EngTensor *out, EngError *err);

/* A pattern made smaller (engine/coarse.h), of a finished layer; without data where there is none: the text is
 * short, has a past or is one of several, or patterns were not kept. */
EngTensor eng_run_coarse(const EngRun *run, int layer, int head);

/* (V) of the last position, or (T, V) with ENG_LOGITS_ALL. An error says when the model has no head or
 * logits were not asked for. */
bool eng_run_logits(const EngRun *run, int sequence, EngTensor *out, EngError *err);

#endif
