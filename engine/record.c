/* What makes a file a record: attention without a name, or some of an encoder's, a decoder's and the attention
 * between them, and no other patterns; the tokens of one sequence, or of two. */
#include "engine/record.h"

#include "engine/path.h"
#include "engine/record_parts.h"
#include "engine/record_tokens.h"

#include <stdlib.h>
#include <string.h>

/* Rows and columns: which of the two sequences. */
static const struct {
  const char *key, *title, *prefix;
  int rows, columns;
} kinds[] = {{"all", "All", "", 0, 0},
             {"encoder", "Encoder", "encoder.", 0, 0},
             {"decoder", "Decoder", "decoder.", 1, 1},
             {"cross", "Cross", "cross.", 1, 0}};
enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

static EngPart part_of(int kind) {
  return (EngPart){.key = kinds[kind].key, .title = kinds[kind].title, .prefix = kinds[kind].prefix};
}

static bool is_owned(const char *name) {
  for (int kind = 0; kind < N_KINDS; kind++) {
    EngPart part = part_of(kind);
    if (eng_part_owns(&part, name)) return true;
  }
  return false;
}

/* No pattern that would silently be left out. */
static bool check_names(const EngRecord *record, const char *path, bool several, EngError *err) {
  for (size_t i = 0; i < eng_safetensors_count(record->file); i++) {
    const char *name = eng_safetensors_at(record->file, i)->name;
    if (!is_owned(name))
      return eng_error_set(err, path, name, "expected encoder., decoder., cross. or nothing before blocks.");
  }
  EngPart plain = part_of(0);
  if (!several || eng_part_patterns(&plain, record->file) == 0) return true;
  return eng_error_set(err, path, "blocks.0.attn.hook_pattern",
                       "expected encoder., decoder. or cross. in front, as other patterns have it");
}

static bool read_names(EngRecord *record, const char *path, EngError *err) {
  const char *model = eng_safetensors_metadata(record->file, "model", NULL);
  const char *hash = eng_safetensors_metadata(record->file, "hash", NULL);
  record->name = model && *model ? strdup(model) : eng_path_base(path);
  if (hash && strlen(hash) < sizeof record->hash) strcpy(record->hash, hash);
  return record->name || eng_error_memory(err, path, "its name");
}

/* The parts that are there, in the order of the table. */
static bool read_parts(EngRecord *record, const char *path, int lengths[2], EngError *err) {
  bool several = false;
  for (int kind = 1; kind < N_KINDS; kind++) {
    EngPart part = part_of(kind);
    several = several || eng_part_patterns(&part, record->file) > 0;
  }
  if (!check_names(record, path, several, err)) return false;
  for (int kind = several; several ? kind < N_KINDS : kind == 0; kind++) {
    EngPart *part = &record->parts[record->n_parts];
    *part = part_of(kind);
    if (several && eng_part_patterns(part, record->file) == 0) continue;
    record->n_parts++;
    int *rows = &lengths[kinds[kind].rows], *columns = &lengths[kinds[kind].columns];
    if (!eng_part_read(part, record->file, path, rows, columns, err)) return false;
  }
  return true;
}

static bool read_tokens(EngRecord *record, const char *path, const int lengths[2], EngError *err) {
  bool several = strcmp(record->parts[0].key, "all") != 0;
  const char *const of[] = {several ? ".encoder" : "", ".decoder"};
  for (int i = 0; i < 2; i++) {
    if (lengths[i] == 0) continue;
    record->inputs[i] = eng_record_tokens(record->file, path, of[i], lengths[i], err);
    if (!record->inputs[i]) return false;
  }
  for (int i = 0; i < record->n_parts; i++) {
    EngPart *part = &record->parts[i];
    for (int kind = 0; kind < N_KINDS; kind++)
      if (strcmp(kinds[kind].key, part->key) == 0)
        part->rows = record->inputs[kinds[kind].rows], part->columns = record->inputs[kinds[kind].columns];
  }
  return true;
}

static bool open_file(EngRecord *record, const char *path, EngError *err) {
  int lengths[2] = {0, 0};
  record->file = eng_safetensors_open(path, err);
  return record->file && read_parts(record, path, lengths, err) && read_names(record, path, err) &&
         read_tokens(record, path, lengths, err);
}

bool eng_record_open(EngRecord *out, const char *path, EngError *err) {
  *out = (EngRecord){0};
  if (open_file(out, path, err)) return true;
  eng_record_close(out);
  return false;
}

const char *eng_record_note(const EngRecord *record, const char *key) {
  return record->file ? eng_safetensors_metadata(record->file, key, NULL) : NULL;
}

bool eng_record_has(const EngRecord *record, const char *name) {
  return eng_safetensors_find(record->file, name) != NULL;
}

bool eng_record_tensor(const EngRecord *record, const char *name, EngTensor *out, EngError *err) {
  const EngSafetensor *tensor = eng_safetensors_find(record->file, name);
  if (!tensor) return eng_error_set(err, record->name, name, "expected the recorded run to have it, found none");
  if (tensor->rank > ENG_TENSOR_RANK)
    return eng_error_set(err, tensor->file, name, "expected at most %d axes, found %d", ENG_TENSOR_RANK,
                         tensor->rank);
  if (!eng_record_view(out, tensor, err)) return false;
  if (eng_record_finite(out, tensor, err)) return true;
  eng_tensor_release(out);
  return false;
}

void eng_record_close(EngRecord *record) {
  for (int i = 0; i < record->n_parts; i++) eng_part_free(&record->parts[i]);
  for (int i = 0; i < 2; i++) eng_input_release(record->inputs[i]);
  eng_safetensors_close(record->file);
  free(record->name);
  *record = (EngRecord){0};
}
