/* The words of an edit, of its text and of scripts' tables: parts that have names of their own, and indices. */
#ifndef ENGINE_EDIT_WORDS_H
#define ENGINE_EDIT_WORDS_H

#include "engine/edit.h"

/* "head 2.5": an activation, a layer, and one index. */
typedef struct EngEditPart {
  const char *word;
  EngActivation at;
  size_t offset; /* offsetof(EngEdit, …) of the index */
} EngEditPart;
extern const EngEditPart eng_edit_parts[]; /* ended by one without a word */

/* "token 4" */
typedef struct EngEditField {
  const char *word;
  size_t offset;
  bool of_tokens, of_keys; /* which activations have it: those of tokens, those of queries and keys */
} EngEditField;
extern const EngEditField eng_edit_fields[]; /* ended by one without a word */

/* Without an index; its part is still to be named. */
EngEdit eng_edit_new(void);
/* Reads a part's name, "2.5", into activation, layer and index. */
bool eng_edit_name(const EngEditPart *part, const char *name, size_t length, const EngConfig *config, EngEdit *out,
                   EngError *err);
/* Reads an activation by its short or full name with its layer, "q2". */
bool eng_edit_activation(const char *name, const EngConfig *config, EngEdit *out, EngError *err);
/* The index at an offset. */
int *eng_edit_index(EngEdit *edit, size_t offset);
bool eng_edit_field_applies(const EngEditField *field, const EngEdit *edit);

#endif
