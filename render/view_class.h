/* How classes of tokens show: a coloured line under a token's text, and the legend below the views. */
#ifndef RENDER_VIEW_CLASS_H
#define RENDER_VIEW_CLASS_H

#include "render/view_scene.h"

/* The class of a token of the part that is shown, or -1; of a word, its first token's. */
int ren_class_of(const RenScene *scene, RenSide side, int i);

/* The line under a text that is set in `rect` as `shape` says; nothing for a token without a class. */
void ren_class_underline(const RenScene *scene, RenSide side, int i, RenRect rect, const RenTextShape *shape);

/* The classes that the text has, or a second one (NULL: none), each with its colour, in one row. */
void ren_class_legend(const RenState *state, const struct RenClasses *second, RenText *text, RenRect area,
                      RenFrame *frame);

#endif
