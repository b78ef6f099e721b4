/* What a window keeps from one start to the next, as plain data and as a JSON file.
 *
 * The file is an object with a "version"; members that are not known are ignored, those that are absent keep
 * their defaults, and one of a wrong type or beyond its range makes the whole file refused. */
#ifndef SCRIPTING_SAVED_H
#define SCRIPTING_SAVED_H

#include "engine/error.h"
#include "render/comparison.h"
#include "render/history.h"
#include "render/state.h"

#define SCR_SAVED_VERSION 1
#define SCR_SAVED_MODELS 10

typedef struct ScrSaved {
  char *model, *text, *pair; /* NULL: none */
  bool bos;
  float width, height; /* logical pixels */
  RenState state;      /* the selection, theme and scale; its block is `filter`, by name */
  char filter[16];
  char *recent[SCR_SAVED_MODELS]; /* models, the newest first */
  int n_recent;
  RenHistory history;
  RenHistory scripts; /* what was run in the console */
  float console_height;
  bool console_open;
  RenComparison comparison; /* a second run, where there was one */
} ScrSaved;

void scr_saved_init(ScrSaved *saved); /* what a first start has: no model, no text */
void scr_saved_free(ScrSaved *saved);

/* Fills a fresh `saved` from the file. On failure it is fresh again. */
bool scr_saved_read(ScrSaved *saved, const char *path, EngError *err);
/* All of the file or none; what was there before stays when it fails. */
bool scr_saved_write(const ScrSaved *saved, const char *path, EngError *err);

/* Puts a model first among the recent ones. */
void scr_saved_add_recent(ScrSaved *saved, const char *model);

#endif
