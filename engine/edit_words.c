/* Two tables, which text and tables are read by and text is written by. */
#include "engine/edit_words.h"

#include "engine/parts.h"

#include <stddef.h>

const EngEditPart eng_edit_parts[] = {
    {"head", ENG_ACT_Z, offsetof(EngEdit, head)},
    {"pattern", ENG_ACT_PATTERN, offsetof(EngEdit, head)},
    {"neuron", ENG_ACT_MLP_POST, offsetof(EngEdit, dim)},
    {NULL, ENG_ACT_COUNT, 0},
};

const EngEditField eng_edit_fields[] = {
    {"head", offsetof(EngEdit, head), true, true},    {"token", offsetof(EngEdit, token), true, false},
    {"query", offsetof(EngEdit, token), false, true}, {"key", offsetof(EngEdit, key), false, true},
    {"dim", offsetof(EngEdit, dim), true, false},     {NULL, 0, false, false},
};

EngEdit eng_edit_new(void) { return (EngEdit){.head = ENG_ALL, .token = ENG_ALL, .key = ENG_ALL, .dim = ENG_ALL}; }

int *eng_edit_index(EngEdit *edit, size_t offset) { return (int *)(void *)((char *)edit + offset); }

bool eng_edit_name(const EngEditPart *part, const char *name, size_t length, const EngConfig *config, EngEdit *out,
                   EngError *err) {
  int *index = eng_edit_index(out, part->offset);
  out->at = part->at;
  return part->at == ENG_ACT_MLP_POST
             ? eng_parts_neuron(name, length, config->n_layers, config->d_mlp, &out->layer, index, err)
             : eng_parts_head(name, length, config->n_layers, config->n_heads, &out->layer, index, err);
}

bool eng_edit_activation(const char *name, const EngConfig *config, EngEdit *out, EngError *err) {
  if (!eng_activation_parse(name, config, &out->at, &out->layer, err)) return false;
  if (out->layer != ENG_ALL_LAYERS) return true;
  out->layer = 0;
  return !eng_activation_info(out->at)->per_block ||
         eng_error_set(err, NULL, "activation", "expected one with its layer, such as q2, found \"%.40s\"", name);
}

bool eng_edit_field_applies(const EngEditField *field, const EngEdit *edit) {
  return eng_edit_has_keys(edit) ? field->of_keys : field->of_tokens;
}
