/* SDL: events in, frame buffer out, nothing else. */
#ifndef RENDER_WINDOW_H
#define RENDER_WINDOW_H

#include "engine/error.h"
#include "render/event.h"
#include "render/raster.h"
#include "render/ui.h"

typedef struct RenWindow RenWindow;

/* NULL without a display that SDL can open. */
RenWindow *ren_window_open(const char *title, float width, float height, float scale, EngError *err);
void ren_window_close(RenWindow *window); /* takes it off the screen, at the end of the program */

/* Device pixels per logical pixel from now on; the size in logical pixels changes with it. */
void ren_window_set_scale(RenWindow *window, float scale);
void ren_window_size(RenWindow *window, float *width, float *height); /* logical pixels */

/* The next event, waiting at most `seconds` (negative: for ever); false when none came or when it was woken. Motion
 * events are coalesced. */
bool ren_window_wait(RenWindow *window, float seconds, RenEvent *out);
/* Makes a wait return; from any thread. */
void ren_window_wake(RenWindow *window);

/* The screen lost what was presented: it must be presented again. */
bool ren_window_broken(const RenWindow *window);
bool ren_window_present(RenWindow *window, const RenPixels *pixels, EngError *err);
void ren_window_set_cursor(RenWindow *window, RenCursor cursor);
/* Where text is written, in logical pixels: an input method shows its candidates beside it. */
void ren_window_set_caret(RenWindow *window, RenRect caret);
void ren_window_set_title(RenWindow *window, const char *title);
char *ren_window_clipboard(RenWindow *window); /* malloc'ed, or NULL */
void ren_window_set_clipboard(RenWindow *window, const char *text);

#endif
