/* Much attention is merged on a worker of its own, beside the one that runs models: a newer merge takes the place
 * of an older one, and each layer shows as it is done. */
#include "scripting/app_impl.h"

#include <stdlib.h>

typedef struct Merge {
  ScrApp *app;
  EngSource *source;
} Merge;

static bool work(void *context, const EngCancel *cancel, EngError *err) {
  return eng_source_advance(((Merge *)context)->source, cancel, err);
}

/* One that failed is not tried again: its number stays. */
static void done(void *context, bool ok, bool cancelled, const EngError *err) {
  Merge *merge = context;
  ScrApp *app = merge->app;
  if (app->merges == eng_source_serial(merge->source) && !cancelled) {
    if (ok)
      app->merges = 0;
    else
      scr_app_fail(app, err);
  }
  eng_source_release(merge->source);
  free(merge);
}

void scr_app_merge(void *context, EngSource *source) {
  ScrApp *app = context;
  Merge *merge = app->merges == eng_source_serial(source) ? NULL : malloc(sizeof *merge);
  if (!merge) return;
  *merge = (Merge){app, eng_source_retain(source)};
  app->merges = eng_source_serial(source);
  app->n_merged++;
  eng_job_submit(app->merger, (EngTask){.work = work, .done = done, .context = merge});
}
