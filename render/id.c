/* The names of elements, in both directions, from one table of patterns: # stands for a number, * for a
 * word that the function beside it gives for a number, @ for a name whose hash is the number. */
#include "render/id.h"

#include "engine/edit.h"
#include "render/choice.h"
#include "render/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static const char *view_word(int i) { return i >= 0 && i < REN_VIEW_COUNT ? ren_view_name((RenViewKind)i) : NULL; }

const char *ren_id_filter(int i) {
  static const char *const blocks[] = {"all", "aa", "ab", "ba", "bb", "encoder", "decoder", "cross"};
  return i >= 0 && i < (int)(sizeof blocks / sizeof blocks[0]) ? blocks[i] : NULL;
}

static const char *shown_word(int i) { return i >= 0 && i < REN_SHOWN_COUNT ? ren_shown_name((RenShown)i) : NULL; }

static const char *op_word(int i) { return i >= 0 && i < ENG_EDIT_PATCH ? eng_edit_op_name((EngEditOp)i) : NULL; }

typedef struct Form {
  const char *pattern;
  const char *(*word)(int index); /* NULL past the last */
} Form;

static const Form forms[REN_ID_KINDS] = {
    [REN_ID_NONE] = {"", NULL},
    [REN_ID_TAB] = {"tab.*", view_word},
    [REN_ID_MODEL] = {"model", NULL},
    [REN_ID_MODEL_ITEM] = {"model.#", NULL},
    [REN_ID_TEXT] = {"text", NULL},
    [REN_ID_EXAMPLES] = {"examples", NULL},
    [REN_ID_EXAMPLE] = {"examples.#", NULL},
    [REN_ID_PAIR] = {"pair", NULL},
    [REN_ID_RUN] = {"run", NULL},
    [REN_ID_LAYER] = {"layer", NULL},
    [REN_ID_LAYER_ITEM] = {"layer.#", NULL},
    [REN_ID_FILTER] = {"filter", NULL},
    [REN_ID_FILTER_ITEM] = {"filter.*", ren_id_filter},
    [REN_ID_THRESHOLD] = {"threshold", NULL},
    [REN_ID_SINK] = {"sink", NULL},
    [REN_ID_HELP] = {"help", NULL},
    [REN_ID_OPTIONS] = {"options", NULL},
    [REN_ID_OPTION] = {"options.*", ren_options_key},
    [REN_ID_TILE] = {"tile.#", NULL},
    [REN_ID_PICK] = {"pick.#", NULL},
    [REN_ID_THUMB] = {"thumb.#.#", NULL},
    [REN_ID_PANEL] = {"panel.#.#", NULL},
    [REN_ID_PANEL_QUERY] = {"panel.#.#.query.#", NULL},
    [REN_ID_PANEL_KEY] = {"panel.#.#.key.#", NULL},
    [REN_ID_PANEL_PIN] = {"panel.#.#.pin", NULL},
    [REN_ID_PANEL_CLOSE] = {"panel.#.#.close", NULL},
    [REN_ID_PREVIEW] = {"preview", NULL},
    [REN_ID_QUERY] = {"query.#", NULL},
    [REN_ID_KEY] = {"key.#", NULL},
    [REN_ID_CELL] = {"cell.#.#", NULL},
    [REN_ID_HEAD_CELL] = {"cell.#.#.#", NULL},
    [REN_ID_EXPAND] = {"expand.#", NULL},
    [REN_ID_STRIP_Q] = {"strip.q.#", NULL},
    [REN_ID_STRIP_K] = {"strip.k.#", NULL},
    [REN_ID_STRIP_QK] = {"strip.qk.#", NULL},
    [REN_ID_STRIP_V] = {"strip.v.#", NULL},
    [REN_ID_STRIP_Z] = {"strip.z", NULL},
    [REN_ID_DOT] = {"dot.#", NULL},
    [REN_ID_WEIGHT] = {"weight.#", NULL},
    [REN_ID_DIM] = {"dim.#", NULL},
    [REN_ID_DIM_Q] = {"dim.q.#", NULL},
    [REN_ID_DIM_K] = {"dim.k.#", NULL},
    [REN_ID_DIM_AT] = {"dim.at.#", NULL},
    [REN_ID_DIM_CLOSE] = {"dim.close", NULL},
    [REN_ID_DIM_ORDER] = {"dim.order", NULL},
    [REN_ID_DIM_REST] = {"dim.rest", NULL},
    [REN_ID_VALUES] = {"values", NULL},
    [REN_ID_MINIMAP] = {"minimap", NULL},
    [REN_ID_NUMBER] = {"number.#", NULL},
    [REN_ID_STRIP] = {"strip", NULL},
    [REN_ID_STRIP_ITEM] = {"strip.#", NULL},
    [REN_ID_LEGEND] = {"legend", NULL},
    [REN_ID_INSPECTOR] = {"inspector", NULL},
    [REN_ID_INSPECTOR_ROW] = {"inspector.#", NULL},
    [REN_ID_DOCK] = {"dock", NULL},
    [REN_ID_DOCK_FOLD] = {"dock.fold", NULL},
    [REN_ID_DOCK_NEW] = {"dock.new", NULL},
    [REN_ID_PROBE] = {"probe.@", NULL},
    [REN_ID_WHERE] = {"where", NULL},
    [REN_ID_PARAM] = {"param.#", NULL},
    [REN_ID_VALUE] = {"value.#", NULL},
    [REN_ID_LESS] = {"less.#", NULL},
    [REN_ID_MORE] = {"more.#", NULL},
    [REN_ID_RANK] = {"rank.#.#", NULL},
    [REN_ID_PLACE] = {"place.#", NULL},
    [REN_ID_STATUS] = {"status", NULL},
    [REN_ID_ERROR] = {"error", NULL},
    [REN_ID_DETAILS] = {"details", NULL},
    [REN_ID_ERROR_CLOSE] = {"error.close", NULL},
    [REN_ID_FIRST] = {"first", NULL},
    [REN_ID_LAST] = {"last", NULL},
    [REN_ID_FIND] = {"find", NULL},
    [REN_ID_FIND_CLOSE] = {"find.close", NULL},
    [REN_ID_PALETTE] = {"palette", NULL},
    [REN_ID_PALETTE_ITEM] = {"palette.#", NULL},
    [REN_ID_PATH] = {"path", NULL},
    [REN_ID_PATH_ITEM] = {"path.#", NULL},
    [REN_ID_PATH_ACCEPT] = {"path.accept", NULL},
    [REN_ID_COPY] = {"copy", NULL},
    [REN_ID_PROGRESS] = {"progress", NULL},
    [REN_ID_CANCEL] = {"cancel", NULL},
    [REN_ID_OVERLAY] = {"overlay", NULL},
    [REN_ID_CONSOLE] = {"console", NULL},
    [REN_ID_CONSOLE_EDGE] = {"console.edge", NULL},
    [REN_ID_CONSOLE_LOG] = {"console.log", NULL},
    [REN_ID_CONSOLE_INPUT] = {"console.input", NULL},
    [REN_ID_CONSOLE_CLOSE] = {"console.close", NULL},
    [REN_ID_NOTICE] = {"notice", NULL},
    [REN_ID_BOS] = {"bos", NULL},
    [REN_ID_DETAILS_COPY] = {"details.copy", NULL},
    [REN_ID_VIEW] = {"view", NULL},
    [REN_ID_SPLIT] = {"split", NULL},
    [REN_ID_SPLITTER] = {"splitter", NULL},
    [REN_ID_SECOND] = {"second", NULL},
    [REN_ID_SHOWN] = {"shown.*", shown_word},
    [REN_ID_UNCOMPARE] = {"compare.close", NULL},
    [REN_ID_EDITS] = {"edits", NULL},
    [REN_ID_EDIT] = {"edit.#", NULL},
    [REN_ID_EDIT_REMOVE] = {"edit.#.remove", NULL},
    [REN_ID_EDITS_MODE] = {"edits.mode", NULL},
    [REN_ID_EDITS_UNDO] = {"edits.undo", NULL},
    [REN_ID_EDITS_REDO] = {"edits.redo", NULL},
    [REN_ID_EDITS_CLEAR] = {"edits.clear", NULL},
    [REN_ID_EDITS_COMPARE] = {"edits.compare", NULL},
    [REN_ID_BRUSH] = {"brush.*", op_word},
    [REN_ID_BRUSH_LESS] = {"brush.less", NULL},
    [REN_ID_BRUSH_MORE] = {"brush.more", NULL},
};

bool ren_id_equal(RenId a, RenId b) { return a.kind == b.kind && a.a == b.a && a.b == b.b && a.c == b.c; }

int ren_id_numbers(RenIdKind kind) {
  int n = 0;
  for (const char *p = forms[kind].pattern; *p; p++) n += *p == '#';
  return n;
}

static size_t write_slot(char *out, size_t size, const Form *form, char slot, int number) {
  const char *word = slot == '*' ? form->word(number) : NULL;
  int wrote = word ? snprintf(out, size, "%s", word) : snprintf(out, size, slot == '@' ? "#%d" : "%d", number);
  return wrote < 0 ? 0 : (size_t)wrote < size ? (size_t)wrote : size - 1;
}

void ren_id_format(RenId id, char *out, size_t size) {
  if (size == 0) return;
  const Form *form = &forms[id.kind >= 0 && id.kind < REN_ID_KINDS ? id.kind : REN_ID_NONE];
  const int numbers[3] = {id.a, id.b, id.c};
  int n = 0;
  size_t used = 0;
  for (const char *p = form->pattern; *p && used + 1 < size; p++) {
    if (*p == '#' || *p == '*' || *p == '@')
      used += write_slot(out + used, size - used, form, *p, numbers[n++]);
    else
      out[used++] = *p;
  }
  out[used] = '\0';
}

/* Reads digits without a sign or leading zeros; NULL when there are none or too many. */
static const char *read_number(const char *text, int *out) {
  size_t n = strspn(text, "0123456789");
  if (n == 0 || n > 9 || (n > 1 && text[0] == '0')) return NULL;
  *out = (int)strtol(text, NULL, 10);
  return text + n;
}

static const char *read_word(const char *text, const char *(*word)(int index), int *out) {
  size_t n = strcspn(text, ".");
  for (int i = 0; n > 0 && word(i); i++)
    if (strlen(word(i)) == n && memcmp(word(i), text, n) == 0) return *out = i, text + n;
  return NULL;
}

RenId ren_id_named(RenIdKind kind, const char *name) {
  return (RenId){kind, (int)(XXH3_64bits(name, strlen(name)) % 1000000000), 0, 0};
}

/* Its hash, or a number that stands for it. */
static const char *read_named(const char *text, int *out) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  if (*text == '#') return read_number(text + 1, out);
  size_t n = strspn(text, letters);
  if (n == 0 || text[n]) return NULL;
  *out = ren_id_named(REN_ID_NONE, text).a;
  return text + n;
}

static bool match(const Form *form, const char *text, int numbers[3]) {
  int n = 0;
  for (const char *p = form->pattern; *p; p++) {
    if (*p == '#')
      text = read_number(text, &numbers[n++]);
    else if (*p == '@')
      text = read_named(text, &numbers[n++]);
    else if (*p == '*')
      text = read_word(text, form->word, &numbers[n++]);
    else
      text = *text == *p ? text + 1 : NULL;
    if (!text) return false;
  }
  return *text == '\0';
}

bool ren_id_parse(const char *text, RenId *out) {
  for (int kind = REN_ID_NONE + 1; kind < REN_ID_KINDS; kind++) {
    int numbers[3] = {0, 0, 0};
    if (!match(&forms[kind], text, numbers)) continue;
    *out = (RenId){(RenIdKind)kind, numbers[0], numbers[1], numbers[2]};
    return true;
  }
  return false;
}

static const char right_prefix[] = "2:";

bool ren_element_equal(RenElement a, RenElement b) { return ren_id_equal(a.id, b.id) && a.right == b.right; }

void ren_element_format(RenElement element, char *out, size_t size) {
  size_t n = element.right && element.id.kind != REN_ID_NONE ? strlen(right_prefix) : 0;
  if (size <= n) n = 0;
  memcpy(out, right_prefix, n);
  ren_id_format(element.id, out + n, size - n);
}

bool ren_element_parse(const char *text, RenElement *out) {
  size_t n = strlen(right_prefix);
  out->right = strncmp(text, right_prefix, n) == 0;
  return ren_id_parse(out->right ? text + n : text, &out->id);
}
