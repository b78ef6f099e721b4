/* Each step turns one array of characters into another. Where a step adds or reorders characters, their
 * ranges are dealt out by position, as the reference does: a character that replaces the next old one takes
 * its range, an added one shares the range of the old character before it. */
#include "engine/normal.h"

#include "engine/unicode.h"

#include <stdlib.h>
#include <string.h>

bool eng_normal_add(EngNormal *normal, EngNormalStep step) {
  if (normal->n_steps == ENG_NORMAL_MOST) return false;
  normal->steps[normal->n_steps++] = step;
  return true;
}

static void drop(EngChars *chars, bool (*is_dropped)(uint32_t code)) {
  size_t n = 0;
  for (size_t i = 0; i < chars->n; i++)
    if (!is_dropped(chars->at[i].code)) chars->at[n++] = chars->at[i];
  chars->n = n;
}

/* Every space becomes U+0020. */
static void clean(EngChars *chars) {
  drop(chars, eng_unicode_bert_is_dropped);
  for (size_t i = 0; i < chars->n; i++)
    if (eng_unicode_is_space(chars->at[i].code)) chars->at[i].code = ' ';
}

static void strip_left(EngChars *chars) {
  size_t start = 0;
  while (start < chars->n && eng_unicode_is_space(chars->at[start].code)) start++;
  chars->n -= start;
  if (chars->n > 0) memmove(chars->at, chars->at + start, chars->n * sizeof *chars->at);
}

static void strip_right(EngChars *chars) {
  while (chars->n > 0 && eng_unicode_is_space(chars->at[chars->n - 1].code)) chars->n--;
}

static bool push(EngChars *out, uint32_t code, EngChar from) {
  return eng_chars_push(out, (EngChar){code, from.start, from.stop});
}

static bool space_cjk(const EngChars *chars, EngChars *out) {
  for (size_t i = 0; i < chars->n; i++) {
    EngChar c = chars->at[i];
    bool apart = eng_unicode_bert_is_cjk(c.code);
    if (apart && !push(out, ' ', c)) return false;
    if (!eng_chars_push(out, c)) return false;
    if (apart && !push(out, ' ', c)) return false;
  }
  return true;
}

static bool lower(const EngChars *chars, EngChars *out) {
  uint32_t codes[ENG_UNICODE_MOST];
  for (size_t i = 0; i < chars->n; i++) {
    size_t n = eng_unicode_lower(chars->at[i].code, codes);
    for (size_t k = 0; k < n; k++)
      if (!push(out, codes[k], chars->at[i])) return false;
  }
  return true;
}

/* A decomposed character on its way: `takes` old characters give it its range, 0 for an added one. */
typedef struct Part {
  uint32_t code;
  uint32_t takes;
  uint64_t order; /* class << 56 | position: sorts a run of marks and keeps equal classes in order */
} Part;

typedef struct Parts {
  Part *at;
  size_t n, capacity;
} Parts;

static bool push_part(Parts *parts, Part part) {
  if (parts->n == parts->capacity) {
    size_t capacity = parts->capacity * 2 + 64;
    Part *at = realloc(parts->at, capacity * sizeof *at);
    if (!at) return false;
    parts->at = at;
    parts->capacity = capacity;
  }
  parts->at[parts->n++] = part;
  return true;
}

static int class_of(const Part *part) { return (int)(part->order >> 56); }

static int compare_parts(const void *a, const void *b) {
  const Part *x = a, *y = b;
  return (x->order > y->order) - (x->order < y->order);
}

/* Sorts every run of marks by combining class. */
static void reorder(Parts *parts) {
  for (size_t i = 0; i < parts->n;) {
    size_t start = i;
    while (i < parts->n && class_of(&parts->at[i]) > 0) i++;
    if (i - start > 1) qsort(parts->at + start, i - start, sizeof(Part), compare_parts);
    if (i == start) i++;
  }
}

static bool decompose(const EngChars *chars, bool compatible, Parts *parts) {
  uint32_t codes[ENG_UNICODE_MOST];
  for (size_t i = 0; i < chars->n; i++) {
    size_t n = eng_unicode_decompose(chars->at[i].code, compatible, codes);
    for (size_t k = 0; k < n; k++) {
      uint64_t order = (uint64_t)eng_unicode_class(codes[k]) << 56 | parts->n;
      if (!push_part(parts, (Part){codes[k], k == 0, order})) return false;
    }
  }
  reorder(parts);
  return true;
}

/* Joins what composes: a mark with the last starter when nothing of its own class or above is between. */
static void compose(Parts *parts) {
  size_t n = 0, starter = SIZE_MAX;
  for (size_t i = 0; i < parts->n; i++) {
    Part part = parts->at[i];
    int last = n > 0 && n - 1 != starter ? class_of(&parts->at[n - 1]) : -1;
    bool open = starter != SIZE_MAX && last < class_of(&part);
    uint32_t joined = open ? eng_unicode_compose(parts->at[starter].code, part.code) : 0;
    if (joined) {
      parts->at[starter].code = joined;
      parts->at[starter].takes += part.takes;
      continue;
    }
    if (class_of(&part) == 0) starter = n;
    parts->at[n++] = part;
  }
  parts->n = n;
}

/* One of the four normal forms. */
static bool normal_form(const EngChars *chars, bool compatible, bool composed, EngChars *out) {
  Parts parts = {0};
  bool done = decompose(chars, compatible, &parts);
  if (composed) compose(&parts);
  size_t old = 0;
  for (size_t i = 0; done && i < parts.n; i++) {
    Part part = parts.at[i];
    size_t from = part.takes > 0 ? old : old > 0 ? old - 1 : 0;
    done = push(out, part.code, chars->at[from]);
    old += part.takes;
  }
  free(parts.at);
  return done;
}

/* What only changes or drops characters works in place and hands the array on. */
static bool apply(EngNormalStep step, EngChars *chars, EngChars *out) {
  switch (step) {
  case ENG_NORMAL_CJK:
    return space_cjk(chars, out);
  case ENG_NORMAL_NFD:
    return normal_form(chars, false, false, out);
  case ENG_NORMAL_NFC:
    return normal_form(chars, false, true, out);
  case ENG_NORMAL_NFKD:
    return normal_form(chars, true, false, out);
  case ENG_NORMAL_NFKC:
    return normal_form(chars, true, true, out);
  case ENG_NORMAL_LOWER:
    return lower(chars, out);
  case ENG_NORMAL_CLEAN:
    clean(chars);
    break;
  case ENG_NORMAL_UNMARK:
    drop(chars, eng_unicode_bert_is_mark);
    break;
  case ENG_NORMAL_UNACCENT:
    drop(chars, eng_unicode_is_accent);
    break;
  case ENG_NORMAL_STRIP_LEFT:
    strip_left(chars);
    break;
  case ENG_NORMAL_STRIP_RIGHT:
    strip_right(chars);
    break;
  }
  *out = *chars;
  *chars = (EngChars){0};
  return true;
}

bool eng_normal_apply(const EngNormal *normal, EngChars *chars) {
  for (int i = 0; i < normal->n_steps; i++) {
    EngChars out = {0};
    bool done = apply(normal->steps[i], chars, &out);
    eng_chars_free(chars);
    *chars = out;
    if (!done) return false;
  }
  return true;
}
