/* Two lists are made and handed to the writer: the tensors, borrowed from the run, and the notes about its
 * tokens. */
#include "scripting/record.h"

#include "engine/json.h"
#include "engine/safetensors.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 96, N_NOTES = 14 };

typedef struct Entries {
  EngSafetensorsEntry *list;
  char (*names)[NAME_SIZE];
  size_t n;
} Entries;

static size_t count_kept(const EngKeep *keep, const EngConfig *config) {
  size_t n = 0;
  for (EngActivation id = 0; id < ENG_ACT_COUNT; id++)
    for (int layer = 0; layer < config->n_layers; layer++) n += eng_keep_has(keep, id, layer);
  return n;
}

static bool add_activation(Entries *entries, const EngRun *run, EngActivation id, int layer, EngError *err) {
  EngSafetensorsEntry *entry = &entries->list[entries->n];
  char *name = entries->names[entries->n];
  eng_activation_full_name(id, layer, name, NAME_SIZE);
  if (!eng_run_get(run, 0, id, layer, &entry->tensor, err)) return false;
  entry->name = name;
  entries->n++;
  return true;
}

static bool add_activations(Entries *entries, const EngRun *run, EngError *err) {
  const EngConfig *config = eng_model_config(eng_run_model(run));
  for (EngActivation id = 0; id < ENG_ACT_COUNT; id++) {
    bool per_block = eng_activation_info(id)->per_block;
    for (int layer = 0; layer < (per_block ? config->n_layers : 1); layer++)
      if (eng_keep_has(eng_run_keep(run), id, layer) &&
          !add_activation(entries, run, id, per_block ? layer : ENG_ALL_LAYERS, err))
        return false;
  }
  return true;
}

static bool collect(Entries *entries, const EngRun *run, bool logits, EngError *err) {
  size_t room = count_kept(eng_run_keep(run), eng_model_config(eng_run_model(run))) + 1; /* and the logits */
  entries->list = calloc(room, sizeof *entries->list);
  entries->names = calloc(room, sizeof *entries->names);
  if (!entries->list || !entries->names) return eng_error_memory(err, NULL, "names");
  if (!add_activations(entries, run, err)) return false;
  if (!logits) return true;
  EngSafetensorsEntry *entry = &entries->list[entries->n++];
  entry->name = "logits";
  return eng_run_logits(run, 0, &entry->tensor, err);
}

/* One number or text of a token, as JSON. */
typedef json_t *(*TokenField)(const EngToken *token);

static json_t *id_of(const EngToken *token) { return json_integer(token->id); }
static json_t *type_of(const EngToken *token) { return json_integer(token->type); }
static json_t *text_of(const EngToken *token) { return json_string(token->text); }
static json_t *piece_of(const EngToken *token) { return json_string(token->piece); }
static json_t *sentence_of(const EngToken *token) { return json_integer(token->sentence); }
static json_t *range_of(const EngToken *token) {
  return json_pack("[I, I]", (json_int_t)token->start, (json_int_t)token->stop);
}

/* A list with one entry a token, as malloc'ed JSON text; NULL when memory is short. */
static char *list_text(const EngInput *input, TokenField field) {
  json_t *list = json_array();
  bool ok = list != NULL;
  for (int i = 0; ok && i < input->n_tokens; i++) ok = json_array_append_new(list, field(&input->tokens[i])) == 0;
  char *text = ok ? eng_json_print(list, JSON_COMPACT) : NULL;
  json_decref(list);
  return text;
}

/* The same of the run's edits, by their texts. */
static char *edits_text(const EngEdit *edits, int n) {
  json_t *list = json_array();
  bool ok = list != NULL;
  for (int i = 0; ok && i < n; i++) {
    char text[ENG_EDIT_TEXT];
    eng_edit_print(&edits[i], text, sizeof text);
    ok = json_array_append_new(list, json_string(text)) == 0;
  }
  char *text = ok ? eng_json_print(list, JSON_COMPACT) : NULL;
  json_decref(list);
  return text;
}

typedef struct Notes {
  EngSafetensorsNote list[N_NOTES];
  size_t n;
  bool complete;
} Notes;

/* Takes over `value` of that many bytes; NULL marks the notes as incomplete. */
static void add_bytes(Notes *notes, const char *key, char *value, size_t length) {
  if (!value) notes->complete = false;
  if (value) notes->list[notes->n++] = (EngSafetensorsNote){key, value, length};
}

static void add_note(Notes *notes, const char *key, char *value) {
  add_bytes(notes, key, value, value ? strlen(value) : 0);
}

/* A copy of text that may hold NUL bytes. */
static char *copy_bytes(const char *text, size_t length) {
  char *copy = malloc(length + 1);
  if (copy) memcpy(copy, text, length);
  return copy;
}

static void add_notes(Notes *notes, const EngRun *run) {
  const EngInput *input = eng_run_input(run, 0);
  EngModel *model = eng_run_model(run);
  int n_edits = 0;
  const EngEdit *edits = eng_run_edits(run, &n_edits);
  notes->complete = true;
  add_bytes(notes, "text", copy_bytes(input->text, input->text_length), input->text_length);
  if (input->pair) add_bytes(notes, "pair", copy_bytes(input->pair, input->pair_length), input->pair_length);
  add_note(notes, "ids", list_text(input, id_of));
  add_note(notes, "token_types", list_text(input, type_of));
  add_note(notes, "tokens", list_text(input, text_of));
  add_note(notes, "pieces", list_text(input, piece_of));
  add_note(notes, "offsets", list_text(input, range_of));
  add_note(notes, "sentences", list_text(input, sentence_of));
  add_note(notes, "bos", strdup(input->bos ? "true" : "false"));
  add_note(notes, "causal", strdup(eng_model_config(model)->causal ? "true" : "false"));
  if (n_edits > 0) add_note(notes, "edits", edits_text(edits, n_edits));
  add_note(notes, "model", strdup(eng_model_name(model)));
  add_note(notes, "hash", strdup(eng_model_hash(model)));
  add_note(notes, "version", strdup(HEADSCOPE_VERSION));
}

static void free_notes(Notes *notes) {
  for (size_t i = 0; i < notes->n; i++) free((void *)(uintptr_t)notes->list[i].value);
}

static bool write_with_notes(const Entries *entries, const EngRun *run, const char *path, EngError *err) {
  Notes notes = {0};
  add_notes(&notes, run);
  bool ok = notes.complete ? eng_safetensors_write(path, entries->list, entries->n, notes.list, notes.n, err)
                           : eng_error_memory(err, path, "its metadata");
  free_notes(&notes);
  return ok;
}

bool scr_record_write(const EngRun *run, bool logits, const char *path, EngError *err) {
  Entries entries = {0};
  bool ok = collect(&entries, run, logits, err) && write_with_notes(&entries, run, path, err);
  free(entries.list);
  free(entries.names);
  return ok;
}
