/* The window without a screen: state, source, layout, events to commands, commands to pixels.
 *
 * Everything a user can do is a named command in one table (command.h); events only call it. What needs a
 * model or a thread is asked of the host through RenHost. The same object serves the SDL window, `draw`
 * and scripts. */
#ifndef RENDER_UI_H
#define RENDER_UI_H

#include "engine/error.h"
#include "engine/readings.h"
#include "engine/source.h"
#include "render/console.h"
#include "render/dock.h"
#include "render/event.h"
#include "render/frame.h"
#include "render/history.h"
#include "render/models.h"
#include "render/raster.h"
#include "render/state.h"

typedef struct RenUi RenUi;

struct RenCommandInfo;
struct RenArg;
struct RenDraft;
struct RenMerging;

/* What the ui asks of its host, and tells it. The host answers later with ren_ui_set_source, set_error,
 * set_busy. Each may be NULL; without a clipboard of the host's the ui keeps one of its own. */
typedef struct RenHost {
  void *context;
  void (*run)(void *context);                     /* run the text (and pair) in the fields */
  void (*open)(void *context, const char *model); /* open a model by name or path, then run */
  void (*cancel)(void *context);
  void (*shorten)(void *context, bool last); /* cut the text to what the model reads, then run */
  void (*quit)(void *context);
  /* Do this on another thread (ren_merging_work), then hand it back (ren_ui_merged). NULL: it is done at once. */
  void (*merge)(void *context, const struct RenMerging *merging);
  char *(*clipboard)(void *context); /* malloc'ed, or NULL */
  void (*set_clipboard)(void *context, const char *text);
  bool (*copy_picture)(void *context, EngError *err); /* starts to; what comes of it is a notice */
  /* Write a figure on another thread; takes the draft. Answered with ren_ui_wrote, false where that has said an
   * error already. NULL: it is written at once. And stop doing so. */
  bool (*write)(void *context, struct RenDraft *draft, EngError *err);
  void (*stop_writing)(void *context);
  /* The console: runs code and prints what comes of it (ren_ui_print, ren_ui_set_script); stops it; whether code is
   * only the beginning of some; the names, one a line, that can stand for the last word of `code`, malloc'ed. */
  void (*console)(void *context, const char *code);
  void (*stop)(void *context);
  bool (*unfinished)(void *context, const char *code);
  char *(*names)(void *context, const char *code);
  size_t (*lua_bytes)(void *context); /* of the console's memory */
  /* A command was carried out: enough of them, in order, replay a session. */
  void (*ran)(void *context, const struct RenCommandInfo *command, const struct RenArg *args);
  bool (*save_session)(void *context, const char *path, EngError *err); /* as a script that replays it */
  /* Readings are wanted, as ren_ui_wants says. `neuron` is the name of one, or NULL; false and an error where
   * there is none of that name. */
  bool (*read)(void *context, const char *neuron, EngError *err);
  /* The tokens of a source by the classes of a file, "default" being the one that ships; the ui's from then on. */
  struct RenClasses *(*classify)(void *context, const char *file, EngSource *source, EngError *err);
  /* Run a second text, or a second model or recorded file, to compare with; NULL: what it was. All NULL: no
   * longer. Answered with ren_ui_set_second. */
  void (*compare)(void *context, const char *model, const char *text, const char *pair);
  /* The dock: ends what its probe does; copies a new one into the user's folder, which is then the active one. */
  void (*stop_probe)(void *context);
  bool (*new_probe)(void *context, const char *name, EngError *err); /* name: NULL for any */
} RenHost;

typedef struct RenUiOptions {
  const char *fonts;      /* folder */
  const char *more_fonts; /* folders separated by ':' for what those lack; NULL: none */
  float width, height;
  float scale;
  const char *theme;
  bool chrome; /* false: only the view area, as `draw` does */
  bool dock;   /* it shows, where the window is wide enough */
  RenHost host;
} RenUiOptions;

/* NULL and an error for fonts that are not there, an unknown theme, short memory. */
RenUi *ren_ui_new(const RenUiOptions *options, EngError *err);
void ren_ui_free(RenUi *ui);

/* The state, to read. Only commands change it. */
const RenState *ren_ui_state(const RenUi *ui);
const struct RenNumbers *ren_ui_numbers(const RenUi *ui); /* the user's own for the token strip */
const EngSource *ren_ui_source(const RenUi *ui);          /* as it is shown: merged, where a merge is set */

/* Takes a reference; NULL for none. The selection survives where it still fits. */
void ren_ui_set_source(RenUi *ui, EngSource *source);
/* The view, the selection and the settings of a first start, without what was open; theme and scale stay. */
void ren_ui_start_over(RenUi *ui);
/* What was given has more layers: merges them, where a merge is set. */
void ren_ui_advance(RenUi *ui);

/* Merged sources to be brought up to date, and perhaps their difference to be taken. */
typedef struct RenMerging {
  EngSource *first, *second; /* the second may be NULL */
  bool differs;              /* the difference is wanted … */
  EngSource *difference;     /* … and is there when it was worked out */
} RenMerging;
bool ren_merging_work(RenMerging *merging, const EngCancel *cancel, EngError *err);
/* Takes the difference, which is shown where its sources still are. */
void ren_ui_merged(RenUi *ui, RenMerging *merging);
/* Takes references: a second run to compare with, finished or not, and its difference from the source that is set;
 * NULL for none. `model` is its name where it is not the source's. */
void ren_ui_set_second(RenUi *ui, EngSource *second, EngSource *difference, const char *model);
const EngSource *ren_ui_second(const RenUi *ui); /* as they were given */
const EngSource *ren_ui_difference(const RenUi *ui);
const char *ren_ui_second_model(const RenUi *ui); /* NULL: the same */
const char *ren_ui_second_text(const RenUi *ui);
bool ren_ui_comparing(const RenUi *ui);
bool ren_ui_compares(const RenUi *ui); /* there is a difference from the very source that is set */
/* Of the model drop-down; takes them over, and leaves none. */
void ren_ui_set_models(RenUi *ui, RenModels *models);
void ren_ui_set_model(RenUi *ui, const char *name, int n_token_types, bool has_bos);
/* Whether there is none to run a text, and none on its way. A model that is set is one. */
void ren_ui_set_unopened(RenUi *ui, bool unopened);
void ren_ui_set_bos(RenUi *ui, bool bos);
void ren_ui_set_status(RenUi *ui, const char *left, const char *right);
void ren_ui_set_error(RenUi *ui, const char *sentence, const char *details); /* NULL clears */
/* With an error: the text is too long, the model reads `limit` tokens; 0: that is not it. */
void ren_ui_set_limit(RenUi *ui, int limit);
void ren_ui_set_busy(RenUi *ui, bool busy);
/* The host writes a figure meanwhile: what is said of that; NULL: no longer. What came of one: the notice says
 * where it is, or why it is not. */
void ren_ui_set_writing(RenUi *ui, const char *text);
bool ren_ui_writing(const RenUi *ui);
void ren_ui_wrote(RenUi *ui, const char *path, const EngError *err);
/* What the host is busy with, and how much of it is done; negative: nobody knows. */
void ren_ui_set_progress(RenUi *ui, const char *text, float share);
/* What a frame has cost, for the debug overlay. It is not drawn again for that. */
void ren_ui_timed(RenUi *ui, float seconds);

/* Which readings what is shown needs. */
typedef struct RenWants {
  bool readings, predictions;
  const char *neuron; /* name of one; NULL for none */
  bool second;        /* of the second run, too */
} RenWants;
RenWants ren_ui_wants(const RenUi *ui);
/* Takes those of the first or the second run; `neuron` is the name that was asked for, or NULL. With NULL readings
 * the sentence says why there are none. */
void ren_ui_set_readings(RenUi *ui, bool second, EngReadings *readings, const char *neuron, const char *failed);
/* What the token strip above the left or only view, or above the right one, shows (strip.h); NULL: it is folded. */
const struct RenStrip *ren_ui_strip(RenUi *ui, bool right);

/* The dock. The host lists the files of probes, says what each of them holds, and asks the active one when that,
 * its parameters or the run that is shown change. */
typedef struct RenProbeFile {
  const char *path;
  bool own;
} RenProbeFile;
const RenDock *ren_ui_dock(const RenUi *ui);
bool ren_ui_dock_shows(const RenUi *ui);
bool ren_ui_list_probes(RenUi *ui, const RenProbeFile *files, int n); /* what is known of a path stays */
void ren_ui_set_probe(RenUi *ui, int i, RenProbe *probe);             /* takes what it holds, but for its path */
void ren_ui_set_captures(RenUi *ui, int i, const char *captures);
void ren_ui_set_answer(RenUi *ui, RenAnswer *answer); /* takes what it holds */
RenSubject ren_ui_subject(const RenUi *ui);           /* what a question is about now */
/* There is no new answer; error: why; the last one is stale. Or what is missing; both NULL: nothing is. */
void ren_ui_fail_probe(RenUi *ui, const char *error, const char *notice);
/* Which heads of the source pass the filter (layers * heads); NULL and a sentence: why nobody knows. */
void ren_ui_set_passing(RenUi *ui, const uint8_t *on, int n_layers, int n_heads, const char *error);
void ren_ui_set_probing(RenUi *ui, bool running);

/* Edits of the model that runs of the first text are to have. Those of a figure, for a model of that config; false
 * and an error: then there are none. */
const RenEditList *ren_ui_edits(const RenUi *ui);
bool ren_ui_begin_edits(RenUi *ui, const RenEditText *texts, int n, const EngConfig *config, EngError *err);

/* An input that is run: it can be stepped back to. `pair` may be NULL. */
void ren_ui_remember(RenUi *ui, const char *text, const char *pair);
const RenHistory *ren_ui_history(const RenUi *ui);

/* What the console says; whether it runs a script; the inputs it starts with, its panel. */
void ren_ui_print(RenUi *ui, RenLogKind kind, const char *text, size_t length);
void ren_ui_set_script(RenUi *ui, bool running);
void ren_ui_restore_console(RenUi *ui, const RenHistory *history, float height, bool open);
const RenConsole *ren_ui_console(const RenUi *ui);

const char *ren_ui_model(const RenUi *ui);
const char *ren_ui_text(const RenUi *ui);  /* of the field; "" when empty */
const char *ren_ui_pair(const RenUi *ui);  /* NULL while folded or empty */
char *ren_ui_clipboard(const RenUi *ui);   /* what is on it, malloc'ed; NULL for nothing */
bool ren_ui_bos(const RenUi *ui);          /* whether a run puts the model's BOS token in front */
const char *ren_ui_error(const RenUi *ui); /* NULL for none */
const char *ren_ui_focus(RenUi *ui);       /* the focused element's id, "" for none */
bool ren_ui_busy(const RenUi *ui);

/* The size of the window in logical pixels. */
float ren_ui_width(const RenUi *ui);
float ren_ui_height(const RenUi *ui);

/* One event; calls commands. */
void ren_ui_event(RenUi *ui, const RenEvent *event);
/* Time passes (tooltips). Returns whether something to draw changed. */
bool ren_ui_step(RenUi *ui, float seconds);
/* Seconds until time alone changes the picture; negative for never. */
float ren_ui_next(const RenUi *ui);

/* Where the caret is: an input method shows its candidates there. False without a focused field. */
bool ren_ui_caret(RenUi *ui, RenRect *out);

/* What the mouse looks like where it is. */
typedef enum RenCursor { REN_CURSOR_ARROW, REN_CURSOR_HAND, REN_CURSOR_TEXT, REN_CURSOR_SIZE } RenCursor;
RenCursor ren_ui_cursor(const RenUi *ui);

/* Something changed since the last draw. */
bool ren_ui_dirty(const RenUi *ui);
/* Brings the list of commands up to date. */
const RenFrame *ren_ui_frame(RenUi *ui);
/* And the pixels. NULL when memory is short. */
const RenPixels *ren_ui_pixels(RenUi *ui, EngError *err);
/* Soon, if need be without the faint lines of attention: then ren_ui_dirty stays true until further calls have
 * drawn them. */
const RenPixels *ren_ui_pixels_soon(RenUi *ui, EngError *err);
/* Where the active view is, inside the window. */
RenRect ren_ui_view_area(const RenUi *ui);
/* The views that show, from left to right; how many. */
int ren_ui_views(const RenUi *ui, RenViewKind out[2]);

#endif
