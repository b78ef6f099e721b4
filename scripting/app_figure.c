/* Figures are written one after the other by a worker of their own, so that the window goes on and neither a run
 * nor the next figure pushes one aside. Where nothing can happen by itself, headless, it is waited for at once.
 * What is to go onto the clipboard is written to a file of a moment, which another program reads. */
#include "scripting/app_impl.h"
#include "scripting/fonts.h"

#include "render/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct ScrWriting {
  struct ScrWriting *next;
  ScrApp *app;
  RenDraft *draft;
  bool copies;  /* into a folder of its own, for the clipboard */
  bool written; /* the worker was done with it, even if it was cancelled then */
};

/* --- on the worker */

static bool work(void *context, const EngCancel *cancel, EngError *err) {
  ScrWriting *writing = context;
  RenText *text = scr_fonts_open(writing->app->home, err);
  writing->written = text && ren_draft_write(writing->draft, text, cancel, err);
  ren_text_close(text);
  return writing->written;
}

/* --- what comes of it */

static void remove_copy(const char *picture) {
  char folder[4096];
  const char *slash = strrchr(picture, '/');
  snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - picture) : 0, picture);
  unlink(picture);
  rmdir(folder);
}

static void answer(ScrWriting *writing) {
  ScrApp *app = writing->app;
  EngError *why = &app->wrote;
  const char *path = ren_draft_path(writing->draft);
  if (!writing->copies) {
    ren_ui_wrote(app->ui, path, why->message[0] ? why : NULL);
    return;
  }
  if (!why->message[0]) scr_clipper_start(&app->clipper, path, why);
  if (why->message[0]) ren_ui_wrote(app->ui, path, why);
  remove_copy(path);
}

static void submit(ScrWriting *writing);

static void done(void *context, bool ok, bool cancelled, const EngError *err) {
  ScrWriting *writing = context;
  ScrApp *app = writing->app;
  (void)ok, (void)cancelled;
  app->wrote = writing->written || !err ? (EngError){0} : *err;
  app->writings = writing->next;
  if (!app->writings) ren_ui_set_writing(app->ui, NULL);
  answer(writing);
  if (app->writings) submit(app->writings);
  ren_draft_free(writing->draft);
  free(writing);
}

/* --- begun */

static void submit(ScrWriting *writing) {
  ScrApp *app = writing->app;
  const char *path = ren_draft_path(writing->draft), *slash = strrchr(path, '/');
  char text[128];
  snprintf(text, sizeof text, "writing %.100s", slash && slash[1] ? slash + 1 : path);
  ren_ui_set_writing(app->ui, writing->copies ? "copying the picture" : text);
  eng_job_submit(app->writer, (EngTask){.work = work, .done = done, .context = writing});
}

static ScrWriting *new_writing(ScrApp *app, EngError *err) {
  if (!app->writer) app->writer = eng_job_new(app->options.wake, app->options.context, err);
  ScrWriting *writing = app->writer ? calloc(1, sizeof *writing) : NULL;
  if (app->writer && !writing) eng_error_memory(err, NULL, "a figure");
  return writing;
}

/* Behind those that wait. Takes the draft. */
static bool begin(ScrApp *app, RenDraft *draft, bool copies, EngError *err) {
  ScrWriting *writing = new_writing(app, err), **last = &app->writings;
  if (!writing) {
    ren_ui_wrote(app->ui, ren_draft_path(draft), err);
    if (copies) remove_copy(ren_draft_path(draft));
    ren_draft_free(draft);
    return false;
  }
  *writing = (ScrWriting){.app = app, .draft = draft, .copies = copies};
  while (*last) last = &(*last)->next;
  *last = writing;
  if (app->writings == writing) submit(writing);
  if (app->options.pump) return true;
  eng_job_wait(app->writer);
  return !app->wrote.message[0] || eng_error_set(err, NULL, NULL, "%s", app->wrote.message);
}

bool scr_app_on_write(void *app, RenDraft *draft, EngError *err) { return begin(app, draft, false, err); }

void scr_app_on_stop_writing(void *context) {
  ScrApp *app = context;
  if (app->writer) eng_job_cancel(app->writer);
}

bool scr_app_poll_figures(ScrApp *app) { return app->writer && eng_job_poll(app->writer); }

void scr_app_wait_figures(ScrApp *app) {
  if (app->writer) eng_job_wait(app->writer);
}

bool scr_app_on_copy_picture(void *app, EngError *err) {
  const char *folder = getenv("TMPDIR");
  char place[4096], picture[4112];
  snprintf(place, sizeof place, "%s/headscope-XXXXXX", folder && *folder ? folder : "/tmp");
  if (!mkdtemp(place)) return eng_error_set(err, place, NULL, "expected a folder to write to, found none");
  snprintf(picture, sizeof picture, "%s/view.png", place);
  RenDraft *draft = ren_draft_new(((ScrApp *)app)->ui, picture, false, err);
  if (draft) return begin(app, draft, true, err);
  remove_copy(picture);
  return false;
}
