/* What a person does, in logical pixels: made by the window from SDL's events, or by a script. */
#ifndef RENDER_EVENT_H
#define RENDER_EVENT_H

#include "render/geometry.h"

#include <stdbool.h>

typedef enum RenEventKind {
  REN_EVENT_MOVE,    /* at */
  REN_EVENT_LEAVE,   /* the mouse left the window */
  REN_EVENT_PRESS,   /* at, button, clicks, shift, ctrl */
  REN_EVENT_RELEASE, /* at, button */
  REN_EVENT_WHEEL,   /* at, by: notches, y positive is away from the user */
  REN_EVENT_KEY,     /* key: "a", "enter", "left", "f1", "ctrl+shift+p" */
  REN_EVENT_TEXT,    /* text: UTF-8 that was typed */
  REN_EVENT_COMPOSE, /* text: what an input method puts together, not typed yet; "": nothing any more */
  REN_EVENT_RESIZE,  /* at: the new size */
  REN_EVENT_DROP,    /* text: a path */
  REN_EVENT_CLOSE
} RenEventKind;

typedef struct RenEvent {
  RenEventKind kind;
  RenPoint at, by;
  int button; /* 1 left, 2 middle, 3 right */
  int clicks; /* 1, or 2 for the second press of a double-click */
  bool shift, ctrl;
  const char *text; /* also the key's name; valid during the call */
} RenEvent;

#endif
