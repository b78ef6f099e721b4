/* Means and squares are carried on as Welford does, one number at a time. */
#include "scripting/scan_tally.h"

#include "scripting/json_number.h"

#include "engine/json_put.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Kept {
  double number;
  uint64_t order; /* in which it came */
  char *text;
} Kept;

typedef struct Place {
  uint64_t count;
  double mean, squares;
  Kept *kept; /* largest first */
  int n_kept;
} Place;

struct ScrTally {
  size_t n;
  int top;
  uint64_t order;
  Place places[];
};

ScrTally *scr_tally_new(size_t places, int top, EngError *err) {
  ScrTally *tally = calloc(1, sizeof *tally + places * sizeof *tally->places);
  if (!tally) {
    eng_error_memory(err, NULL, "%zu sums", places);
    return NULL;
  }
  tally->n = places;
  tally->top = top;
  return tally;
}

void scr_tally_free(ScrTally *tally) {
  for (size_t i = 0; tally && i < tally->n; i++) {
    for (int k = 0; k < tally->places[i].n_kept; k++) free(tally->places[i].kept[k].text);
    free(tally->places[i].kept);
  }
  free(tally);
}

void scr_tally_add(ScrTally *tally, size_t place, double number) {
  Place *p = &tally->places[place];
  double before = number - p->mean;
  p->mean += before / (double)++p->count;
  p->squares += before * (number - p->mean);
}

bool scr_tally_wants(const ScrTally *tally, size_t place, double number) {
  const Place *p = &tally->places[place];
  return p->n_kept < tally->top || (p->n_kept > 0 && number > p->kept[p->n_kept - 1].number);
}

/* Places are many and what they keep is few, so memory grows with what is there. */
static bool make_room(ScrTally *tally, Place *p, EngError *err) {
  if (p->n_kept == tally->top) {
    free(p->kept[--p->n_kept].text);
    return true;
  }
  if ((p->n_kept & (p->n_kept + 1)) != 0) return true; /* grown at 0, 1, 3, 7, … */
  size_t room = 2 * (size_t)p->n_kept + 1;
  Kept *kept = reallocarray(p->kept, room, sizeof *kept);
  if (!kept) return eng_error_memory(err, NULL, "%zu places", room);
  p->kept = kept;
  return true;
}

/* Where a number goes: behind all that are as large. */
static int find(const Place *p, double number) {
  int low = 0, high = p->n_kept;
  while (low < high) {
    int middle = (low + high) / 2;
    if (p->kept[middle].number >= number)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

bool scr_tally_keep(ScrTally *tally, size_t place, double number, char *text, EngError *err) {
  Place *p = &tally->places[place];
  if (!make_room(tally, p, err)) {
    free(text);
    return false;
  }
  int at = find(p, number);
  memmove(p->kept + at + 1, p->kept + at, (size_t)(p->n_kept - at) * sizeof *p->kept);
  p->kept[at] = (Kept){number, tally->order++, text};
  p->n_kept++;
  return true;
}

/* --- the result */

static void put_place(const Place *p, FILE *file) {
  double spread = p->count > 1 ? sqrt(p->squares / (double)(p->count - 1)) : 0;
  fprintf(file, "\"mean\":%s,\"spread\":%s,\"count\":%llu,\"top\":[",
          p->count > 0 ? scr_json_double(p->mean).text : "null",
          p->count > 1 ? scr_json_double(spread).text : "null", (unsigned long long)p->count);
  for (int k = 0; k < p->n_kept; k++) fprintf(file, "%s%s", k ? "," : "", p->kept[k].text);
  fputs("]}\n", file);
}

static int by_order(const void *left, const void *right) {
  const Kept *a = left, *b = right;
  return a->order < b->order ? -1 : a->order > b->order;
}

/* A copy is sorted, so that the scan may go on. */
static void put_in_order(const Place *p, FILE *file) {
  Kept *kept = reallocarray(NULL, (size_t)p->n_kept + 1, sizeof *kept);
  if (!kept) return;
  if (p->n_kept) memcpy(kept, p->kept, (size_t)p->n_kept * sizeof *kept);
  qsort(kept, (size_t)p->n_kept, sizeof *kept, by_order);
  for (int k = 0; k < p->n_kept; k++) fputs(kept[k].text, file);
  free(kept);
}

void scr_tally_put(const ScrTally *tally, const ScrPlan *plan, FILE *file) {
  if (plan->kind == SCR_PROBE_EDGE) {
    put_in_order(&tally->places[0], file);
    return;
  }
  const char *what = plan->kind == SCR_PROBE_HEAD ? "head" : "neuron";
  for (size_t i = 0; i < tally->n; i++) {
    fputc('{', file);
    if (plan->kind != SCR_PROBE_TOKEN)
      fprintf(file, "\"layer\":%zu,\"%s\":%zu,", i / plan->width, what, i % plan->width);
    put_place(&tally->places[i], file);
  }
}

/* --- saved: [[count, mean, squares, [[number, order, text], …]], …] */

void scr_tally_save(const ScrTally *tally, FILE *file) {
  fputc('[', file);
  for (size_t i = 0; i < tally->n; i++) {
    const Place *p = &tally->places[i];
    fprintf(file, "%s[%llu,%s,%s,[", i ? ",\n" : "", (unsigned long long)p->count, scr_json_double(p->mean).text,
            scr_json_double(p->squares).text);
    for (int k = 0; k < p->n_kept; k++) {
      fprintf(file, "%s[%s,%llu,", k ? "," : "", scr_json_double(p->kept[k].number).text,
              (unsigned long long)p->kept[k].order);
      eng_json_put_text(file, p->kept[k].text);
      fputc(']', file);
    }
    fputs("]]", file);
  }
  fputc(']', file);
}

static bool load_kept(ScrTally *tally, Place *p, const EngJson *list) {
  size_t n = eng_json_size(list);
  if (eng_json_kind(list) != ENG_JSON_ARRAY || n > (size_t)tally->top) return false;
  size_t room = 1;
  while (room < n) room = 2 * room + 1; /* as it would have grown */
  p->kept = reallocarray(NULL, room, sizeof *p->kept);
  for (size_t k = 0; p->kept && k < n; k++) {
    const EngJson *saved = eng_json_at(list, k);
    const char *text = eng_json_text(eng_json_at(saved, 2), NULL);
    int64_t order = -1;
    Kept *kept = &p->kept[k];
    if (!text || !eng_json_number(eng_json_at(saved, 0), &kept->number) ||
        !eng_json_integer(eng_json_at(saved, 1), &order) || order < 0)
      return false;
    kept->order = (uint64_t)order;
    kept->text = strdup(text);
    if (!kept->text) return false;
    p->n_kept++;
    if (tally->order <= kept->order) tally->order = kept->order + 1;
  }
  return p->kept != NULL;
}

bool scr_tally_load(ScrTally *tally, const EngJson *saved) {
  if (eng_json_kind(saved) != ENG_JSON_ARRAY || eng_json_size(saved) != tally->n) return false;
  for (size_t i = 0; i < tally->n; i++) {
    Place *p = &tally->places[i];
    const EngJson *place = eng_json_at(saved, i);
    int64_t count = -1;
    if (!eng_json_integer(eng_json_at(place, 0), &count) || count < 0 ||
        !eng_json_number(eng_json_at(place, 1), &p->mean) || !eng_json_number(eng_json_at(place, 2), &p->squares) ||
        !load_kept(tally, p, eng_json_at(place, 3)))
      return false;
    p->count = (uint64_t)count;
  }
  return true;
}
