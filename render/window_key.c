/* A character without Ctrl or Alt comes as text, whatever the keyboard's layout; everything else by name. */
#include "render/window_key.h"

#include <SDL.h>
#include <stdio.h>

static const struct {
  SDL_Keycode sym;
  const char *name;
} names[] = {
    {SDLK_RETURN, "enter"},  {SDLK_KP_ENTER, "enter"},
    {SDLK_ESCAPE, "escape"}, {SDLK_BACKSPACE, "backspace"},
    {SDLK_DELETE, "delete"}, {SDLK_TAB, "tab"},
    {SDLK_LEFT, "left"},     {SDLK_RIGHT, "right"},
    {SDLK_UP, "up"},         {SDLK_DOWN, "down"},
    {SDLK_HOME, "home"},     {SDLK_END, "end"},
    {SDLK_PAGEUP, "pageup"}, {SDLK_PAGEDOWN, "pagedown"},
    {SDLK_F1, "f1"},         {SDLK_F3, "f3"},
    {SDLK_PLUS, "plus"},     {SDLK_KP_PLUS, "plus"},
    {SDLK_MINUS, "minus"},   {SDLK_KP_MINUS, "minus"},
    {SDLK_SPACE, "space"},   {SDLK_KP_0, "0"},
};

static const char *find_name(SDL_Keycode sym) {
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (names[i].sym == sym) return names[i].name;
  return NULL;
}

/* Keys that type something when neither Ctrl nor Alt is down. */
static bool types_text(SDL_Keycode sym) {
  bool keypad = sym >= SDLK_KP_DIVIDE && sym <= SDLK_KP_PERIOD && sym != SDLK_KP_ENTER;
  return (sym >= 0x20 && sym != SDLK_DELETE && sym < 0x40000000) || keypad;
}

/* Plus is often Shift and equals: then the Shift is part of the key. */
static bool is_plus(int sym, int mod) {
  return sym == SDLK_PLUS || sym == SDLK_KP_PLUS || (sym == SDLK_EQUALS && (mod & KMOD_SHIFT));
}

bool ren_window_key_name(int sym, int mod, char *out, size_t size) {
  char character[2] = {(char)sym, '\0'};
  bool held = (mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0;
  const char *name = find_name(sym);
  if (types_text(sym) && (!held || (mod & KMOD_MODE))) return false;
  if (is_plus(sym, mod)) name = "plus", mod &= ~KMOD_SHIFT;
  if (!name && sym > 0x20 && sym < 0x7F) name = character;
  if (!name) return false;
  snprintf(out, size, "%s%s%s%s", mod & KMOD_CTRL ? "ctrl+" : "", mod & KMOD_ALT ? "alt+" : "",
           mod & KMOD_SHIFT ? "shift+" : "", name);
  return true;
}
