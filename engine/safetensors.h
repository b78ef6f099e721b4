/* One safetensors file: names to type, shape and bytes; and the writer of such files.
 *
 *   8 bytes   N, little-endian
 *   N bytes   JSON: {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, …,
 *             "__metadata__": {"key": "text"}}
 *   the rest  the tensors' bytes, one after the other without holes; offsets count from here
 *
 * Opening maps the file and checks the header against its length; no tensor's bytes are touched. A file is
 * immutable; what it hands out is borrowed and lives until it is closed. */
#ifndef ENGINE_SAFETENSORS_H
#define ENGINE_SAFETENSORS_H

#include "engine/cancel.h"
#include "engine/error.h"
#include "engine/tensor.h"

#include <stddef.h>

#define ENG_SAFETENSOR_RANK 8

/* Every type of the format is read; those other than these three have no use here but a name. */
typedef enum EngDtype { ENG_DTYPE_F32, ENG_DTYPE_F16, ENG_DTYPE_BF16, ENG_DTYPE_OTHER } EngDtype;

typedef struct EngSafetensor {
  const char *name;
  const char *file; /* path of the file it lies in */
  const char *dtype_name;
  EngDtype dtype;
  int rank;
  size_t shape[ENG_SAFETENSOR_RANK];
  size_t count;              /* elements */
  const unsigned char *data; /* C order, little-endian, of any alignment */
  size_t size;               /* bytes */
} EngSafetensor;

typedef struct EngSafetensorsNote {
  const char *key, *value; /* UTF-8 */
  size_t length;           /* of the value, in bytes */
} EngSafetensorsNote;

typedef struct EngSafetensors EngSafetensors;

/* NULL and an error that names what is wrong with the file. */
EngSafetensors *eng_safetensors_open(const char *path, EngError *err);
/* The same, but NULL and an error as soon as it is cancelled. */
EngSafetensors *eng_safetensors_open_until(const char *path, const EngCancel *cancel, EngError *err);
void eng_safetensors_close(EngSafetensors *file); /* NULL is fine */
/* What was read of the tensors leaves this process's memory; they stay valid. NULL is fine. See eng_map_forget. */
void eng_safetensors_forget(const EngSafetensors *file);

size_t eng_safetensors_count(const EngSafetensors *file);
const EngSafetensor *eng_safetensors_at(const EngSafetensors *file, size_t i); /* sorted by name, bytewise */
const EngSafetensor *eng_safetensors_find(const EngSafetensors *file, const char *name); /* NULL for none */
/* NULL for none; a text may hold NUL bytes, and `length`, which may be NULL, tells how long it is. */
const char *eng_safetensors_metadata(const EngSafetensors *file, const char *key, size_t *length);

/* The metadata in the file's order: start with `cursor` NULL; false after the last. */
bool eng_safetensors_next_note(const EngSafetensors *file, void **cursor, EngSafetensorsNote *note);

/* "64x32", "3", "one number"; returns `out`. */
const char *eng_shape_text(int rank, const size_t *shape, char *out, size_t size);

/* All elements as F32 into `out` (count), exactly. False, and nothing written, where the type is another. */
bool eng_safetensor_widen(const EngSafetensor *tensor, float *out);

typedef struct EngSafetensorsEntry {
  const char *name;
  EngTensor tensor; /* any strides; written as F32 in C order */
} EngSafetensorsEntry;

/* Writes a file with its metadata, streaming: no tensor is copied as a whole. A failure leaves neither half a
 * file nor a lost old one. */
bool eng_safetensors_write(const char *path, const EngSafetensorsEntry *entries, size_t n_entries,
                           const EngSafetensorsNote *notes, size_t n_notes, EngError *err);

#endif
