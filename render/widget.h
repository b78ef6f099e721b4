/* The widgets: pure functions from what they show to draw commands. Rectangles and sizes are logical
 * pixels; ids are what the mouse points at. */
#ifndef RENDER_WIDGET_H
#define RENDER_WIDGET_H

#include "render/field.h"
#include "render/frame.h"
#include "render/text.h"

/* How an element looks now. */
typedef struct RenLook {
  bool hover, focus, active, disabled;
} RenLook;

/* Where widgets draw. */
typedef struct RenPaint {
  RenFrame *frame;
  const RenTheme *theme;
  RenText *text; /* only measures */
  float scale;
} RenPaint;

void ren_widget_label(const RenPaint *paint, RenRect rect, RenAlign align, RenColor color, const char *text);
/* The ring that says where the keys go; nothing without focus. */
void ren_widget_ring(const RenPaint *paint, RenRect rect, RenLook look);
/* Colour of an element's text: faded when disabled. */
RenColor ren_widget_ink(RenColor color, RenLook look);

/* Active: accent outline and raised fill; a tab is a button. */
void ren_widget_button(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *text);
void ren_widget_chip(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *text);
void ren_widget_tile(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *name, RenColor fill);
/* The knob at a place from 0 to 1, and the place of a point on the track. */
void ren_widget_range(const RenPaint *paint, RenId id, RenRect track, RenLook look, float place);
float ren_widget_range_place(RenRect track, float x);
/* The same for a weight, 0 to 1: small ones get most of the track. */
void ren_widget_slider(const RenPaint *paint, RenId id, RenRect track, RenLook look, float value);
float ren_widget_slider_value(RenRect track, float x);

void ren_widget_dropdown(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *text);
/* The open list: its box, and one entry of it. */
void ren_widget_menu(const RenPaint *paint, RenRect rect);
void ren_widget_entry(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *text);
/* A row of a menu of settings: a mark, "" for none, a title, and the keys that do the same, or NULL. */
void ren_widget_choice(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *mark,
                       const char *title, const char *keys);
/* What stands above a group of them. */
void ren_widget_heading(const RenPaint *paint, RenRect rect, const char *title);

/* `placeholder` shows while the field is empty. Scrolls the text so that the caret shows; `reserve` is room at
 * the right that it leaves free. */
void ren_widget_field(const RenPaint *paint, RenId id, RenRect rect, RenLook look, RenField *field,
                      const char *placeholder, float reserve);
/* Several lines behind a prompt; the height that they take, at most so many lines; the byte under a point. */
void ren_widget_editor(const RenPaint *paint, RenId id, RenRect rect, RenLook look, RenField *field);
float ren_widget_editor_height(const RenField *field, int most);
size_t ren_widget_editor_offset(const RenPaint *paint, RenRect rect, const RenField *field, RenPoint at);
/* A mark inside a field that opens a drop-down. */
void ren_widget_mark(const RenPaint *paint, RenId id, RenRect rect, RenLook look);
/* The byte of the field's text that lies under x. */
size_t ren_widget_field_offset(const RenPaint *paint, RenRect rect, const RenField *field, float x);

/* Beside `anchor`, inside `within`. */
void ren_widget_tooltip(const RenPaint *paint, RenRect anchor, RenRect within, const char *text);

#endif
