/* What floats over the window: drop-downs, the command palette, a path that is asked for, lists of keys, what is
 * said in full, what frames cost. Part of ui_impl.h. */
#ifndef RENDER_UI_POPUP_H
#define RENDER_UI_POPUP_H

#include "render/field.h"
#include "render/launcher.h"
#include "render/paths.h"
#include "render/ui.h"
#include "render/widget.h"

/* The open drop-down: which control it belongs to, the entry that is marked, and the one to go back to. */
typedef struct RenMenu {
  RenIdKind owner; /* REN_ID_MODEL, REN_ID_LAYER, REN_ID_FILTER; REN_ID_NONE: none is open */
  int marked, before;
  int first; /* entry at the top of what shows */
} RenMenu;

/* The command palette, open while its field has the focus. */
typedef struct RenLauncher {
  RenField field;
  int marked, first; /* entries: the marked one, the one at the top of what shows */
  char *sought;      /* what the list was made for */
} RenLauncher;

/* A path that is asked for, open while its field has the focus. */
typedef enum RenAsk { REN_ASK_SAVE, REN_ASK_OPEN, REN_ASK_SESSION } RenAsk;

typedef struct RenChooser {
  RenAsk ask;
  RenField field;
  RenPaths found;    /* how the path could go on */
  int marked, first; /* of those, -1: none is marked */
  char *sought;      /* what they were listed for */
  char *offered;     /* what stood there first */
  char *note;        /* why what stood there was not taken; NULL: nothing to say */
  bool replaces;     /* the note asks whether to write over a file */
} RenChooser;

/* ui_popup.c: all that is open. */
void ren_ui_draw_popups(RenUi *ui);

/* ui_menu.c */
int ren_menu_count(const RenUi *ui, RenIdKind owner);
void ren_menu_label(const RenUi *ui, RenIdKind owner, int i, char *out, size_t size);
int ren_menu_current(const RenUi *ui, RenIdKind owner);
bool ren_menu_heading(const RenUi *ui, RenIdKind owner, int i);
bool ren_menu_choosable(const RenUi *ui, RenIdKind owner, int i); /* no heading, and not out of range */
RenIdKind ren_menu_item_kind(RenIdKind owner);
RenId ren_menu_item(const RenUi *ui, RenIdKind owner, int i); /* the element of an entry … */
int ren_menu_place(const RenUi *ui, RenId item);              /* … and the other way */
RenIdKind ren_menu_owner(RenIdKind item);                     /* REN_ID_NONE for what is no entry */
RenRect ren_menu_owner_rect(const RenUi *ui);                 /* of the control, as wide as its list may be */

/* ui_menu_place.c: of the open one the box, how many entries show at once, where one is (empty: it does not show),
 * and the nearest one that can be chosen so many columns away, or -1. */
RenRect ren_menu_rect(const RenUi *ui);
int ren_menu_cells(const RenUi *ui);
RenRect ren_menu_entry_rect(const RenUi *ui, int i);
int ren_menu_beside(const RenUi *ui, int by);
void ren_menu_mark(RenUi *ui, int i); /* clamped, and scrolled to */

/* ui_launcher.c */
void ren_ui_draw_launcher(RenUi *ui, const RenPaint *paint);
RenRect ren_launcher_rect(const RenUi *ui); /* of its field */
int ren_launcher_rows(const RenUi *ui);     /* entries that show at once */
bool ren_ui_launcher_open(const RenUi *ui);

/* ui_details.c */
void ren_ui_draw_details(RenUi *ui, const RenPaint *paint);
const char *ren_ui_details(const RenUi *ui); /* what shows in full, or NULL */

/* ui_chooser.c */
void ren_ui_draw_chooser(RenUi *ui, const RenPaint *paint);
RenRect ren_chooser_rect(const RenUi *ui);
int ren_chooser_rows(const RenUi *ui);
bool ren_ui_chooser_open(const RenUi *ui);

/* ui_help.c: how many rows of keys show at once; scrolls them, false where all show. */
int ren_help_rows(const RenUi *ui);
bool ren_help_scroll(RenUi *ui, int by);
void ren_ui_draw_help(RenUi *ui, const struct RenPaint *paint);

/* ui_overlay.c */
void ren_ui_draw_overlay(RenUi *ui, const RenPaint *paint);

#endif
