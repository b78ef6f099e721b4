/* What the mouse looks like: text can be selected, an edge be moved; a hand where a click does something. */
#include "render/ui_impl.h"

RenCursor ren_ui_cursor(const RenUi *ui) {
  RenIdKind kind = ui->state.hover.kind;
  switch (kind) {
  case REN_ID_TEXT:
  case REN_ID_FIND:
  case REN_ID_WHERE:
  case REN_ID_VALUE:
  case REN_ID_PALETTE:
  case REN_ID_PATH:
  case REN_ID_CONSOLE_LOG:
  case REN_ID_CONSOLE_INPUT:
    return REN_CURSOR_TEXT;
  case REN_ID_CONSOLE_EDGE:
    return REN_CURSOR_SIZE;
  case REN_ID_PAIR:
    return ui->pair_open ? REN_CURSOR_TEXT : REN_CURSOR_HAND;
  case REN_ID_NONE:
  case REN_ID_VIEW:
  case REN_ID_MINIMAP:
  case REN_ID_STATUS:
  case REN_ID_ERROR:
  case REN_ID_PANEL:
  case REN_ID_CONSOLE:
  case REN_ID_STRIP_V:
  case REN_ID_STRIP_Z:
  case REN_ID_DOT:
  case REN_ID_WEIGHT:
  case REN_ID_DIM_AT:
  case REN_ID_PROGRESS:
  case REN_ID_OVERLAY:
  case REN_ID_LEGEND:
  case REN_ID_INSPECTOR:
  case REN_ID_DOCK:
    return REN_CURSOR_ARROW;
  default:
    return REN_CURSOR_HAND;
  }
}
