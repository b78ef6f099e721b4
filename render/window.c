/* SDL's window and its events. Nothing is presented unless somebody asks, so an idle window costs nothing. */
#include "render/window.h"

#include "render/theme.h"
#include "render/window_key.h"
#include "render/window_show.h"

#include <math.h>
#include <SDL.h>
#include <stdlib.h>
#include <string.h>

struct RenWindow {
  SDL_Window *window;
  float scale;
  char text[SDL_TEXTINPUTEVENT_TEXT_SIZE]; /* of the last event, or a key's name */
  char *dropped, *composed;                /* of the last event */
  SDL_Rect caret;
  SDL_Cursor *cursors[REN_CURSOR_SIZE + 1]; /* made when they are first shown */
  RenCursor cursor;
  bool broken;    /* the surface lost its contents: what was presented last must be presented again */
  uint64_t shown; /* how often the pixels had been drawn that were presented last */
};

static void set_hints(void) {
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  SDL_SetHint(SDL_HINT_VIDEO_HIGHDPI_DISABLED, "0");
  SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
  SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "0"); /* what asks the program to end closes the window */
  SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
#ifdef SDL_HINT_IME_SUPPORT_EXTENDED_TEXT
  SDL_SetHint(SDL_HINT_IME_SUPPORT_EXTENDED_TEXT, "1");
#endif
  SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
}

static bool is_set(const char *variable) {
  const char *value = getenv(variable);
  return value && *value;
}

static bool is_screen(const char *driver) {
  return driver && strcmp(driver, "dummy") != 0 && strcmp(driver, "offscreen") != 0;
}

/* Without any hint of a screen SDL is not even asked, and Wayland only where it is said to run: what SDL tries
 * then talks on stderr. */
static bool start_video(void) {
  bool wayland = is_set("WAYLAND_DISPLAY"), named = is_set("SDL_VIDEODRIVER");
  if (!is_set("DISPLAY") && !wayland && !named) return false;
  if (!wayland && !named) SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11");
  set_hints();
  if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return false;
  if (is_screen(SDL_GetCurrentVideoDriver())) return true;
  SDL_QuitSubSystem(SDL_INIT_VIDEO);
  return false;
}

static int device(float logical, float scale) { return (int)ceilf(logical * scale); }

static int at_most(int wanted, int room) { return room > 0 && room < wanted ? room : wanted; }

/* In device pixels. No larger than the screen: not every desktop makes a window fit, and its bars would lie
 * outside. */
static SDL_Point fitting(const RenWindow *window, float width, float height) {
  SDL_Rect room = {0};
  int screen = window->window ? SDL_GetWindowDisplayIndex(window->window) : 0;
  SDL_GetDisplayUsableBounds(screen < 0 ? 0 : screen, &room);
  return (SDL_Point){at_most(device(width, window->scale), room.w), at_most(device(height, window->scale), room.h)};
}

static bool make_window(RenWindow *window, const char *title, float width, float height, EngError *err) {
  float scale = window->scale;
  SDL_Point size = fitting(window, width, height);
  window->window = SDL_CreateWindow(title, SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, size.x, size.y,
                                    SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
  if (!window->window) return eng_error_set(err, NULL, NULL, "expected a window, found: %s", SDL_GetError());
  ren_window_set_scale(window, scale);
  SDL_StartTextInput();
  return true;
}

/* One connection from the first question on: some servers start afresh when their last client leaves. */
RenWindow *ren_window_open(const char *title, float width, float height, float scale, EngError *err) {
  if (!start_video()) {
    eng_error_set(err, NULL, NULL, "expected a display for the window, found none; draw and run work without one");
    return NULL;
  }
  RenWindow *window = calloc(1, sizeof *window);
  if (!window) {
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    eng_error_set(err, NULL, NULL, "expected memory for a window, found none");
    return NULL;
  }
  *window = (RenWindow){.scale = scale, .broken = true};
  if (make_window(window, title, width, height, err)) return window;
  ren_window_close(window);
  return NULL;
}

/* SDL's window goes with the process. Under X11 SDL wakes itself by messages to the window over a second
 * connection; destroying the window right after an event can overtake them, and the error that follows ends
 * the program. */
void ren_window_close(RenWindow *window) {
  if (!window) return;
  if (window->window) SDL_HideWindow(window->window);
  SDL_free(window->dropped);
  SDL_free(window->composed);
  free(window);
}

void ren_window_set_scale(RenWindow *window, float scale) {
  window->scale = scale;
  SDL_Point least = fitting(window, REN_MIN_WIDTH, REN_MIN_HEIGHT);
  SDL_SetWindowMinimumSize(window->window, least.x, least.y);
}

void ren_window_size(RenWindow *window, float *width, float *height) {
  int w = 1, h = 1;
  SDL_GetWindowSize(window->window, &w, &h);
  *width = floorf((float)w / window->scale);
  *height = floorf((float)h / window->scale);
}

static RenPoint logical(const RenWindow *window, int x, int y) {
  return (RenPoint){((float)x + 0.5F) / window->scale, ((float)y + 0.5F) / window->scale};
}

/* The last of the motions in a row: a fast mouse must not queue up. */
static void coalesce(SDL_Event *event) {
  SDL_Event next;
  while (SDL_PeepEvents(&next, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1 &&
         next.type == SDL_MOUSEMOTION)
    SDL_PeepEvents(event, 1, SDL_GETEVENT, SDL_MOUSEMOTION, SDL_MOUSEMOTION);
}

static bool from_button(RenWindow *window, const SDL_MouseButtonEvent *button, RenEvent *out) {
  out->kind = button->type == SDL_MOUSEBUTTONDOWN ? REN_EVENT_PRESS : REN_EVENT_RELEASE;
  out->at = logical(window, button->x, button->y);
  out->button = button->button == SDL_BUTTON_LEFT ? 1 : button->button == SDL_BUTTON_MIDDLE ? 2 : 3;
  out->clicks = button->clicks > 3 ? (button->clicks - 1) % 2 + 1 : button->clicks;
  return true;
}

static bool from_wheel(RenWindow *window, const SDL_MouseWheelEvent *wheel, RenEvent *out) {
  int x, y;
  SDL_GetMouseState(&x, &y);
  out->kind = REN_EVENT_WHEEL;
  out->at = logical(window, x, y);
  out->by = (RenPoint){wheel->preciseX, wheel->preciseY};
  return true;
}

static bool from_window(RenWindow *window, const SDL_WindowEvent *event, RenEvent *out) {
  switch (event->event) {
  case SDL_WINDOWEVENT_LEAVE:
    out->kind = REN_EVENT_LEAVE;
    return true;
  case SDL_WINDOWEVENT_EXPOSED:
    window->broken = true;
    return false;
  case SDL_WINDOWEVENT_SIZE_CHANGED:
    window->broken = true;
    out->kind = REN_EVENT_RESIZE;
    ren_window_size(window, &out->at.x, &out->at.y);
    return true;
  case SDL_WINDOWEVENT_CLOSE:
    out->kind = REN_EVENT_CLOSE;
    return true;
  default:
    return false;
  }
}

static bool from_text(RenWindow *window, const char *text, RenEvent *out) {
  memcpy(window->text, text, sizeof window->text);
  out->kind = REN_EVENT_TEXT;
  out->text = window->text;
  return true;
}

/* Text of its own is the window's from now on; NULL: it is `text`, which is copied. */
static bool from_editing(RenWindow *window, const char *text, char *own, RenEvent *out) {
  SDL_free(window->composed);
  window->composed = own ? own : SDL_strdup(text);
  out->kind = REN_EVENT_COMPOSE;
  out->text = window->composed;
  return window->composed != NULL;
}

static bool from_key(RenWindow *window, const SDL_KeyboardEvent *key, RenEvent *out) {
  if (!ren_window_key_name(key->keysym.sym, key->keysym.mod, window->text, sizeof window->text)) return false;
  out->kind = REN_EVENT_KEY;
  out->text = window->text;
  return true;
}

static bool from_drop(RenWindow *window, char *path, RenEvent *out) {
  SDL_free(window->dropped);
  window->dropped = path;
  out->kind = REN_EVENT_DROP;
  out->text = path;
  return path != NULL;
}

/* False for what is nobody's business. */
static bool translate(RenWindow *window, SDL_Event *event, RenEvent *out) {
  SDL_Keymod mod = SDL_GetModState();
  *out = (RenEvent){.shift = (mod & KMOD_SHIFT) != 0, .ctrl = (mod & KMOD_CTRL) != 0};
  switch (event->type) {
  case SDL_MOUSEMOTION:
    coalesce(event);
    out->kind = REN_EVENT_MOVE;
    out->at = logical(window, event->motion.x, event->motion.y);
    return true;
  case SDL_MOUSEBUTTONDOWN:
  case SDL_MOUSEBUTTONUP:
    return from_button(window, &event->button, out);
  case SDL_MOUSEWHEEL:
    return from_wheel(window, &event->wheel, out);
  case SDL_KEYDOWN:
    return from_key(window, &event->key, out);
  case SDL_TEXTINPUT:
    return from_text(window, event->text.text, out);
  case SDL_TEXTEDITING:
    return from_editing(window, event->edit.text, NULL, out);
#ifdef SDL_HINT_IME_SUPPORT_EXTENDED_TEXT
  case SDL_TEXTEDITING_EXT:
    return from_editing(window, "", event->editExt.text, out);
#endif
  case SDL_WINDOWEVENT:
    return from_window(window, &event->window, out);
  case SDL_DROPFILE:
    return from_drop(window, event->drop.file, out);
  case SDL_DROPTEXT:
    SDL_free(event->drop.file);
    return false;
  case SDL_QUIT:
    out->kind = REN_EVENT_CLOSE;
    return true;
  default:
    return false;
  }
}

bool ren_window_wait(RenWindow *window, float seconds, RenEvent *out) {
  SDL_Event event;
  int got = seconds < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, (int)ceilf(seconds * 1000));
  return got && translate(window, &event, out);
}

void ren_window_wake(RenWindow *window) {
  (void)window;
  SDL_Event event = {.type = SDL_USEREVENT};
  SDL_PushEvent(&event);
}

bool ren_window_broken(const RenWindow *window) { return window->broken; }

bool ren_window_present(RenWindow *window, const RenPixels *pixels, EngError *err) {
  if (!ren_window_show(window->window, pixels, window->broken ? 0 : window->shown))
    return eng_error_set(err, NULL, "window", "expected to show a picture, found: %s", SDL_GetError());
  window->shown = pixels->n_drawn;
  window->broken = false;
  return true;
}

void ren_window_set_cursor(RenWindow *window, RenCursor cursor) {
  static const SDL_SystemCursor shapes[] = {SDL_SYSTEM_CURSOR_ARROW, SDL_SYSTEM_CURSOR_HAND,
                                            SDL_SYSTEM_CURSOR_IBEAM, SDL_SYSTEM_CURSOR_SIZENS};
  if (window->cursor == cursor) return;
  window->cursor = cursor;
  if (!window->cursors[cursor]) window->cursors[cursor] = SDL_CreateSystemCursor(shapes[cursor]);
  if (window->cursors[cursor]) SDL_SetCursor(window->cursors[cursor]);
}

void ren_window_set_caret(RenWindow *window, RenRect caret) {
  float scale = window->scale;
  SDL_Rect rect = {(int)(caret.x * scale), (int)(caret.y * scale), device(caret.w, scale), device(caret.h, scale)};
  if (SDL_RectEquals(&rect, &window->caret)) return;
  window->caret = rect;
  SDL_SetTextInputRect(&rect);
}

void ren_window_set_title(RenWindow *window, const char *title) { SDL_SetWindowTitle(window->window, title); }

char *ren_window_clipboard(RenWindow *window) {
  (void)window;
  char *text = SDL_HasClipboardText() ? SDL_GetClipboardText() : NULL;
  char *copy = text ? strdup(text) : NULL;
  SDL_free(text);
  return copy;
}

void ren_window_set_clipboard(RenWindow *window, const char *text) {
  (void)window;
  SDL_SetClipboardText(text);
}
