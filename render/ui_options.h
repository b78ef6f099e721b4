/* The options menu as the window stands now. */
#ifndef RENDER_UI_OPTIONS_H
#define RENDER_UI_OPTIONS_H

#include "render/options.h"
#include "render/ui.h"

bool ren_ui_option_holds(const RenUi *ui, const RenOption *option); /* checks and radios: whether it is on */
bool ren_ui_option_usable(const RenUi *ui, const RenOption *option);

#endif
