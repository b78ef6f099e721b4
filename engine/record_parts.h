/* What a recorded file is read with: shared by the files record*.c, and by nobody else. */
#ifndef ENGINE_RECORD_PARTS_H
#define ENGINE_RECORD_PARTS_H

#include "engine/record.h"
#include "engine/safetensors.h"

/* How many patterns the file has under the part's name. */
int eng_part_patterns(const EngPart *part, const EngSafetensors *file);
/* Whether a tensor is no pattern, or one under the part's name. */
bool eng_part_owns(const EngPart *part, const char *name);

/* Reads a part of which key and prefix are set. Lengths of the sequences that its rows and columns are of, 0 while
 * not known: the same pointer twice where it is one sequence. A failed part is freed as a whole one. */
bool eng_part_read(EngPart *part, const EngSafetensors *file, const char *path, int *n_rows, int *n_columns,
                   EngError *err);
void eng_part_free(EngPart *part);

/* A view of the file's numbers where they are aligned F32, else a widened copy of its own; all finite. */
bool eng_record_view(EngTensor *out, const EngSafetensor *tensor, EngError *err);
bool eng_record_finite(const EngTensor *tensor, const EngSafetensor *source, EngError *err);

#endif
