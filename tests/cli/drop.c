/* Drags files onto a window and lets them go there, as a file manager does: the source's side of XDND, version 5.
 *
 *   drop WINDOW PATH…
 *
 * The paths are offered as one list of file URIs. Exit code 0 once the window has taken them, 1 when it refuses
 * them, knows no XDND, or says nothing for 20 seconds. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>

enum { VERSION = 5, SECONDS = 20, LONGEST = 65536 };

typedef struct Drag {
  Display *display;
  Window source, target;
  const char *uris; /* one a line */
} Drag;

static Atom atom(const Drag *drag, const char *name) { return XInternAtom(drag->display, name, False); }

static _Noreturn void fail(const char *why) {
  fprintf(stderr, "drop: %s\n", why);
  exit(1);
}

/* --- what is dragged */

static void put_byte(char **out, unsigned char byte) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  if (strchr(plain, byte) && byte)
    *(*out)++ = (char)byte;
  else
    *out += sprintf(*out, "%%%02X", byte);
}

static char *list_uris(char *const paths[], int n) {
  char *list = calloc(LONGEST, 1), *out = list;
  for (int i = 0; list && i < n; i++) {
    if (3 * strlen(paths[i]) + 16 > (size_t)(list + LONGEST - out)) fail("expected shorter paths");
    out += sprintf(out, "file://");
    for (const char *p = paths[i]; *p; p++) put_byte(&out, (unsigned char)*p);
    out += sprintf(out, "\r\n");
  }
  return list;
}

/* --- the conversation */

static void say(const Drag *drag, const char *what, long a, long b, long c, long d) {
  XEvent event = {.xclient = {.type = ClientMessage, .window = drag->target, .format = 32}};
  event.xclient.message_type = atom(drag, what);
  event.xclient.data.l[0] = (long)drag->source;
  event.xclient.data.l[1] = a;
  event.xclient.data.l[2] = b;
  event.xclient.data.l[3] = c;
  event.xclient.data.l[4] = d;
  XSendEvent(drag->display, drag->target, False, NoEventMask, &event);
  XFlush(drag->display);
}

/* The window asks for what is dragged by a property of its own. */
static void hand_over(const Drag *drag, const XSelectionRequestEvent *asked) {
  XEvent answer = {.xselection = {.type = SelectionNotify,
                                  .requestor = asked->requestor,
                                  .selection = asked->selection,
                                  .target = asked->target,
                                  .property = asked->property,
                                  .time = asked->time}};
  XChangeProperty(drag->display, asked->requestor, asked->property, asked->target, 8, PropModeReplace,
                  (const unsigned char *)drag->uris, (int)strlen(drag->uris));
  XSendEvent(drag->display, asked->requestor, False, NoEventMask, &answer);
  XFlush(drag->display);
}

/* Answers the window until it says `what`; the second of its numbers. */
static long wait_for(const Drag *drag, const char *what) {
  for (;;) {
    XEvent event;
    XNextEvent(drag->display, &event);
    if (event.type == SelectionRequest) hand_over(drag, &event.xselectionrequest);
    if (event.type == ClientMessage && event.xclient.message_type == atom(drag, what))
      return event.xclient.data.l[1];
  }
}

static bool is_aware(const Drag *drag) {
  Atom type = None;
  int format = 0;
  unsigned long n = 0, after = 0;
  unsigned char *value = NULL;
  XGetWindowProperty(drag->display, drag->target, atom(drag, "XdndAware"), 0, 1, False, AnyPropertyType, &type,
                     &format, &n, &after, &value);
  if (value) XFree(value);
  return type != None && n > 0;
}

/* The middle of the window, as XDND packs a place on the screen. */
static long middle(const Drag *drag) {
  XWindowAttributes window;
  Window child;
  int x = 0, y = 0;
  XGetWindowAttributes(drag->display, drag->target, &window);
  XTranslateCoordinates(drag->display, drag->target, window.root, window.width / 2, window.height / 2, &x, &y,
                        &child);
  return (long)x << 16 | y;
}

static void drop(const Drag *drag) {
  long copy = (long)atom(drag, "XdndActionCopy");
  XSetSelectionOwner(drag->display, atom(drag, "XdndSelection"), drag->source, CurrentTime);
  say(drag, "XdndEnter", (long)VERSION << 24, (long)atom(drag, "text/uri-list"), None, None);
  say(drag, "XdndPosition", 0, middle(drag), CurrentTime, copy);
  if (!(wait_for(drag, "XdndStatus") & 1)) fail("the window takes no files");
  say(drag, "XdndDrop", 0, CurrentTime, 0, 0);
  if (!(wait_for(drag, "XdndFinished") & 1)) fail("the window did not take the files");
}

int main(int argc, char **argv) {
  Drag drag = {.display = XOpenDisplay(NULL)};
  if (argc < 3) fail("expected a window's number and paths");
  if (!drag.display) fail("expected a display, found none");
  alarm(SECONDS);
  drag.target = strtoul(argv[1], NULL, 0);
  drag.source = XCreateSimpleWindow(drag.display, DefaultRootWindow(drag.display), 0, 0, 1, 1, 0, 0, 0);
  char *uris = list_uris(argv + 2, argc - 2);
  drag.uris = uris;
  if (!uris) fail("out of memory");
  if (!is_aware(&drag)) fail("the window knows no XDND");
  drop(&drag);
  free(uris);
  XCloseDisplay(drag.display);
  return 0;
}
