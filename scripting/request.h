/* What the window asks for: a model or a recorded file, a text, and the attention that comes of it. One
 * function does the work, on a worker or at once; it touches nothing but the request. */
#ifndef SCRIPTING_REQUEST_H
#define SCRIPTING_REQUEST_H

#include "engine/cancel.h"
#include "engine/error.h"
#include "engine/model.h"
#include "engine/source.h"
#include "render/edits.h"

#include <stdatomic.h>

typedef struct ScrRequest {
  /* What is wanted. */
  char *home; /* holds models/; may be NULL */
  char *name; /* of a model or a recorded file; NULL: `model` stays */
  char *text; /* NULL: only what the file holds */
  char *pair; /* NULL for one sentence */
  bool bos;
  bool text_given;    /* somebody wrote the text for this very file or model */
  RenEditText *edits; /* of the model; those that are off, or of tokens that the text lacks, are left out */
  int n_edits;
  EngRun *base;       /* a run that is edited otherwise: layers that both have in common are copied; NULL: none */
  bool pair_if_taken; /* a model without second sentences runs the first alone, instead of refusing */

  /* What comes of it; the first is also an input. References are the request's. */
  EngModel *model;       /* opened, where it is a model */
  bool opened;           /* `model` is the one of that name, also where the text then failed */
  EngSource *source;     /* of a file or the finished run; NULL where a model was only opened, without a text */
  _Atomic(EngRun *) run; /* published before the forward pass starts: its finished layers may be read */
} ScrRequest;

/* Copies the strings, takes a reference on `model`. NULL and an error when memory is short. */
ScrRequest *scr_request_new(const char *home, const char *name, EngModel *model, const char *text, const char *pair,
                            bool bos, EngError *err);
void scr_request_free(ScrRequest *request);
/* One more edit. False and an error when it is too long for one, or memory is short. */
bool scr_request_edit(ScrRequest *request, const char *text, bool off, EngError *err);

/* Opens, encodes, runs. `cancel` may be NULL. */
bool scr_request_work(ScrRequest *request, const EngCancel *cancel, EngError *err);

#endif
