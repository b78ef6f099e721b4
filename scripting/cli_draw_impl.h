/* headscope draw: its options as they were written, and the steps from them to a file; included by cli_draw*.c
 * only. */
#ifndef SCRIPTING_CLI_DRAW_IMPL_H
#define SCRIPTING_CLI_DRAW_IMPL_H

#include "scripting/cli.h"
#include "scripting/limits.h"
#include "scripting/request.h"

#include "render/ui.h"

/* Words are NULL where an option was left out. */
typedef struct ScrDraw {
  const char *compare, *with;
  const char *view, *beside, *text, *pair, *layer, *heads, *token, *pins, *filter, *thumbs, *rank, *strip, *classes,
      *aggregate, *by, *threshold, *size, *scale, *theme, *picture, *commands, *sort, *rest, *top, *dimension,
      *where;
  bool expand, values, whole, bos, transparent, words, rollout, hide_sink, hide_heads, renormalise, difference,
      group;
  ScrTexts edits;
  float width, height, factor; /* what --size and --scale say */
  ScrLimits limits;            /* of `where` */
} ScrDraw;

/* What can be checked before anything is opened; fills in numbers, and what one option says for another. Returns
 * SCR_ARGS_OK, or SCR_MISUSE after saying what is wrong. */
int scr_cli_draw_check(const ScrCommand *command, ScrDraw *draw);

/* Whether the options go with what was recorded; the same codes. */
int scr_cli_draw_check_recorded(const ScrCommand *command, const EngSource *source, const ScrDraw *draw);

/* Two runs in their views; both are in the ui already. */
bool scr_cli_draw_compare(RenUi *ui, const ScrDraw *draw, EngError *err);

/* All that the options say of the picture, as commands of the window; views that compare are there by then. */
bool scr_cli_draw_apply(RenUi *ui, const ScrDraw *draw, EngError *err);

/* Draws what was loaded, `second` (NULL: none) beside `first`, and writes the file; the exit code. */
int scr_cli_draw_write(const ScrCommand *command, const char *home, const ScrRequest *first,
                       const ScrRequest *second, const ScrDraw *draw);

#endif
