/* Finds tensors in a checkpoint by name, checks their shapes against the config, and hands out where they
 * are as F32: in the mapped file where they are aligned F32, else in a cache whose place is reserved now and
 * filled at first use (eng_binder_widen). The first failure is kept and whatever follows does nothing, so
 * that an architecture is a flat list of names. */
#ifndef ENGINE_BINDER_H
#define ENGINE_BINDER_H

#include "engine/cancel.h"
#include "engine/checkpoint.h"
#include "engine/weights.h"

#include <stdint.h>

typedef struct EngBinder EngBinder;

/* NULL and an error when memory is short. */
EngBinder *eng_binder_new(const EngCheckpoint *checkpoint, EngError *err);
void eng_binder_free(EngBinder *binder); /* gives back the cache; NULL is fine */

/* What the following names are put behind; "" at first. */
void eng_binder_set_prefix(EngBinder *binder, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool eng_binder_has(const EngBinder *binder, const char *name); /* behind the prefix */

/* A vector (n), a matrix (rows, columns), and the pairs "name.weight" and "name.bias": a norm (n; also under
 * the old names gamma and beta), torch's Linear [out, in] and GPT-2's Conv1D [in, out]. */
const float *eng_bind_vector(EngBinder *binder, const char *name, int n);
const float *eng_bind_matrix(EngBinder *binder, const char *name, int rows, int columns);
EngNorm eng_bind_norm(EngBinder *binder, const char *name, int n);
EngLinear eng_bind_linear(EngBinder *binder, const char *name, int in, int out);
EngLinear eng_bind_conv1d(EngBinder *binder, const char *name, int in, int out);

/* Refuses every tensor behind the prefix that nobody bound, unless `harmless` says that it changes nothing:
 * what is not understood would make the numbers wrong. */
void eng_binder_refuse_unknown(EngBinder *binder, bool (*harmless)(const char *name), int n_layers);

/* Ends the binding: false with the first failure. */
bool eng_binder_finish(const EngBinder *binder, EngError *err);

uint64_t eng_binder_parameters(const EngBinder *binder); /* elements of all tensors bound */
const char *eng_binder_dtype(const EngBinder *binder);   /* of most of them: "F32", "F16", "BF16" */
size_t eng_binder_cache_bytes(const EngBinder *binder);  /* what widening fills */
/* Once, on one thread; false as soon as it is cancelled, and then from the beginning. */
bool eng_binder_widen(EngBinder *binder, const EngCancel *cancel);

#endif
