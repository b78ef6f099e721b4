/* Much attention is merged on a worker of its own, beside the one that runs models: a newer merge takes the place
 * of an older one, and each layer shows as it is done. */
#include "scripting/app_impl.h"

#include <stdlib.h>

typedef struct Merge {
  ScrApp *app;
  RenMerging of; /* its references are the task's */
} Merge;

static bool work(void *context, const EngCancel *cancel, EngError *err) {
  return ren_merging_work(&((Merge *)context)->of, cancel, err);
}

static ScrMerges key_of(const RenMerging *of) {
  return (ScrMerges){eng_source_serial(of->first), of->second ? eng_source_serial(of->second) : 0, of->differs};
}

static bool is_same(ScrMerges a, ScrMerges b) {
  return a.first == b.first && a.second == b.second && a.differs == b.differs;
}

/* One that failed is not tried again: its numbers stay. */
static void done(void *context, bool ok, bool cancelled, const EngError *err) {
  Merge *merge = context;
  ScrApp *app = merge->app;
  if (is_same(app->merges, key_of(&merge->of)) && !cancelled) {
    if (ok)
      app->merges = (ScrMerges){0};
    else
      scr_app_fail(app, err);
  }
  ren_ui_merged(app->ui, &merge->of);
  eng_source_release(merge->of.first);
  eng_source_release(merge->of.second);
  free(merge);
}

void scr_app_merge(void *context, const RenMerging *of) {
  ScrApp *app = context;
  Merge *merge = is_same(app->merges, key_of(of)) ? NULL : malloc(sizeof *merge);
  if (!merge) return;
  *merge = (Merge){app, *of};
  eng_source_retain(of->first);
  if (of->second) eng_source_retain(of->second);
  app->merges = key_of(of);
  app->n_merged++;
  eng_job_submit(app->merger, (EngTask){.work = work, .done = done, .context = merge});
}
