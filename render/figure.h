/* A figure: the view as a picture in a file that knows what it shows. PNG, SVG and PDF carry one JSON object
 * under the key "headscope" (an iTXt chunk, <metadata>, the keywords): model and hash, texts, token ids,
 * selection, size, theme, version. From it the view can be restored. */
#ifndef RENDER_FIGURE_H
#define RENDER_FIGURE_H

#include "engine/json.h"
#include "render/comparison.h"
#include "render/ui.h"

typedef enum RenFigureKind { REN_FIGURE_PNG, REN_FIGURE_SVG, REN_FIGURE_PDF } RenFigureKind;

/* By the end of the name: .svg, .pdf; everything else is a PNG. */
RenFigureKind ren_figure_kind(const char *path);

/* Whether the name ends in one of those three. */
bool ren_figure_is_named(const char *path);

/* --- writing */

/* What a figure of the window is called: "novella-head-2.5.png". */
#define REN_FIGURE_NAME 128
void ren_figure_name(const RenUi *ui, char out[REN_FIGURE_NAME]);

/* The view alone, without bars and without the mouse. `transparent`: without its background. No partial
 * file. At once; what draft.h has is for another thread. */
bool ren_figure_write(RenUi *ui, const char *path, bool transparent, EngError *err);

/* The object that the files carry, but for the model's hash; with it, as malloc'ed ASCII. NULL when memory is
 * short. */
struct json_t *ren_figure_describe(RenUi *ui, bool transparent);
char *ren_figure_print(const struct json_t *description, const char *hash);
char *ren_figure_provenance(RenUi *ui, bool transparent); /* both at once */

/* --- reading */

/* Whether there is a file of one of the three formats, by its first bytes. */
bool ren_figure_is_file(const char *path);

typedef struct RenFigure {
  char *file;                       /* where it was read from */
  char *model, *hash, *text, *pair; /* `pair` is NULL for one sentence, `hash` "" where it is not known */
  bool bos;
  char filter[8];
  RenComparison comparison; /* a second run, where there is one */
  float width, height;      /* of the view, logical pixels */
  RenEditText *edits;       /* of the model, off ones among them */
  int n_edits;
  char *numbers;  /* the user's own for the token strip, as strip.numbers takes them; NULL: none */
  RenState state; /* view, selection, threshold, scroll, theme and scale of it count */
} RenFigure;

/* Hostile until proven: every field is checked. NULL and an error that names file and field. */
RenFigure *ren_figure_read(const char *path, EngError *err);
void ren_figure_free(RenFigure *figure); /* NULL is fine */

/* The provenance of a file as text (malloc'ed), unchecked; NULL and an error where there is none. */
char *ren_figure_extract(const char *path, EngError *err);

/* The size of the window whose view is as large as the figure; larger where two views need it. */
void ren_figure_window(const RenFigure *figure, float *width, float *height);

/* Shows of the ui's source what the figure shows; false, and nothing has changed, where the source has no such
 * part. */
bool ren_figure_apply(const RenFigure *figure, RenUi *ui, EngError *err);

/* Whether the source is of the text and the model that the figure was made of; unknown hashes pass. */
bool ren_figure_check(const RenFigure *figure, EngSource *source, EngError *err);

#endif
