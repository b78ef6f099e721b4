/* The terminal's own interrupt key is off while a line is edited, so that Ctrl+C is a key like others then and a
 * signal while a script runs; just before and after that it is a signal for the line. */
#include "scripting/prompt.h"

#include "scripting/complete.h"
#include "scripting/guard.h"
#include "scripting/session.h"

#include "engine/path.h"

#include <errno.h>
#include <histedit.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

enum { REMEMBERED = 1000 };

struct ScrPrompt {
  lua_State *L;
  EditLine *edit; /* NULL: no terminal */
  History *history;
  char *file; /* of the history; NULL: nowhere */
  const char *before;
  bool cancelled;
};

/* --- completion */

static size_t shorter(size_t a, size_t b) { return a < b ? a : b; }

/* Bytes that all names of the list begin with. */
static size_t common(const char *names) {
  size_t same = strcspn(names, "\n");
  for (const char *name = names; *name; name += strcspn(name, "\n"), name += *name == '\n') {
    size_t n = 0, most = shorter(same, strcspn(name, "\n"));
    while (n < most && name[n] == names[n]) n++;
    same = n;
  }
  return same;
}

/* Bytes of the last word. */
static size_t last_word(const char *code) {
  static const char letters[] = "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  size_t length = strlen(code), n = 0;
  while (n < length && strchr(letters, code[length - n - 1])) n++;
  return n;
}

static void list(const char *names) {
  putchar('\n');
  for (; *names; names++) fputs(*names == '\n' ? "  " : (char[]){*names, '\0'}, stdout);
  putchar('\n');
  fflush(stdout);
}

/* Puts in what all names that fit have in common, or lists them. */
static unsigned char complete(ScrPrompt *prompt, const char *code) {
  char *names = scr_complete(prompt->L, code);
  if (!names) return CC_ERROR;
  size_t typed = last_word(code), length = common(names);
  bool grows = length > typed, lists = !grows && strchr(names, '\n');
  if (lists) list(names);
  names[length] = '\0';
  if (grows) el_insertstr(prompt->edit, names + typed);
  free(names);
  return lists ? CC_REDISPLAY : CC_REFRESH;
}

static ScrPrompt *of(EditLine *edit) {
  void *prompt = NULL;
  el_get(edit, EL_CLIENTDATA, &prompt);
  return prompt;
}

/* The key Tab; at the beginning of a line it indents. */
static unsigned char on_tab(EditLine *edit, int key) {
  ScrPrompt *prompt = of(edit);
  const LineInfo *line = el_line(edit);
  char *code = NULL;
  int length = (int)(line->cursor - line->buffer);
  (void)key;
  if (length == 0) return el_insertstr(edit, "  ") == 0 ? CC_REFRESH : CC_ERROR;
  if (asprintf(&code, "%s%.*s", prompt->before, length, line->buffer) < 0) return CC_ERROR;
  unsigned char done = complete(prompt, code);
  free(code);
  return done;
}

/* The key Ctrl+C. */
static unsigned char on_cancel(EditLine *edit, int key) {
  (void)key;
  of(edit)->cancelled = true;
  fputs("^C\n", stdout);
  return CC_NEWLINE;
}

/* Waits for a byte; false at a signal that stops. One that comes between a look and the wait is kept back until the
 * wait begins. */
static bool await_byte(void) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  sigset_t interrupt, before;
  int ready = 0;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(SIG_BLOCK, &interrupt, &before);
  while (ready <= 0 && !scr_guard_stopped()) ready = ppoll(&input, 1, NULL, &before);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return !scr_guard_stopped();
}

/* One character, as bytes of UTF-8 make it; -1 at a signal that stops, 0 at the end. */
static int get_character(EditLine *edit, wchar_t *character) {
  mbstate_t state = {0};
  ssize_t n;
  (void)edit;
  do {
    char byte;
    if (!await_byte()) return -1;
    n = read(STDIN_FILENO, &byte, 1);
    size_t length = n == 1 ? mbrtowc(character, &byte, 1, &state) : 0;
    if (n == 1 && length < (size_t)-2) return 1;
    if (length == (size_t)-1) state = (mbstate_t){0}; /* no UTF-8: passed over */
  } while (n == 1 || (n < 0 && errno == EINTR));
  return (int)n;
}

static char *symbol(EditLine *edit) {
  static char first[] = "> ", next[] = ">> ";
  return *of(edit)->before ? next : first;
}

/* --- its life */

static void open_history(ScrPrompt *prompt) {
  HistEvent event;
  char *folder = scr_session_folder();
  prompt->file = folder ? eng_path_join(folder, "history") : NULL;
  free(folder);
  prompt->history = history_init();
  if (!prompt->history) return;
  history(prompt->history, &event, H_SETSIZE, REMEMBERED);
  history(prompt->history, &event, H_SETUNIQUE, 1);
  if (prompt->file) history(prompt->history, &event, H_LOAD, prompt->file);
}

static bool open_editor(ScrPrompt *prompt) {
  setlocale(LC_CTYPE, "C.UTF-8"); /* text is that everywhere here */
  prompt->edit = el_init("headscope", stdin, stdout, stderr);
  if (!prompt->edit) return false;
  open_history(prompt);
  EditLine *edit = prompt->edit;
  el_set(edit, EL_CLIENTDATA, prompt);
  el_set(edit, EL_PROMPT, symbol);
  el_set(edit, EL_GETCFN, get_character);
  el_set(edit, EL_EDITOR, "emacs");
  if (prompt->history) el_set(edit, EL_HIST, history, prompt->history);
  el_set(edit, EL_ADDFN, "complete", "names that fit", on_tab);
  el_set(edit, EL_ADDFN, "cancel", "gives the line up", on_cancel);
  el_set(edit, EL_BIND, "^I", "complete", NULL);
  el_set(edit, EL_SETTY, "-d", "-isig", NULL);
  el_source(edit, NULL); /* what the user has set in ~/.editrc */
  el_set(edit, EL_BIND, "^C", "cancel", NULL);
  return true;
}

ScrPrompt *scr_prompt_new(lua_State *L, EngError *err) {
  ScrPrompt *prompt = calloc(1, sizeof *prompt);
  if (!prompt) return eng_error_memory(err, NULL, "a prompt"), NULL;
  prompt->L = L;
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || open_editor(prompt)) return prompt;
  eng_error_set(err, NULL, "terminal", "expected one that lines can be edited in, found none (TERM)");
  scr_prompt_free(prompt);
  return NULL;
}

void scr_prompt_free(ScrPrompt *prompt) {
  if (!prompt) return;
  if (prompt->edit) el_end(prompt->edit);
  if (prompt->history) history_end(prompt->history);
  free(prompt->file);
  free(prompt);
}

bool scr_prompt_is_terminal(const ScrPrompt *prompt) { return prompt->edit != NULL; }

/* --- reading */

static void remember(ScrPrompt *prompt, const char *line) {
  HistEvent event;
  if (!prompt->history || line[strspn(line, " \t\n")] == '\0') return;
  history(prompt->history, &event, H_ENTER, line);
  if (!prompt->file) return;
  eng_path_make_folders(prompt->file, 0700);
  history(prompt->history, &event, H_SAVE, prompt->file);
}

static char *without_newline(const char *line, size_t length) {
  if (length > 0 && line[length - 1] == '\n') length--;
  return strndup(line, length);
}

static char *read_edited(ScrPrompt *prompt, bool *cancelled) {
  int length = 0;
  const char *line = el_gets(prompt->edit, &length);
  *cancelled = scr_guard_settle(prompt->L) || prompt->cancelled;
  prompt->cancelled = false;
  if (*cancelled) return strdup("");
  if (!line || length <= 0) return putchar('\n'), NULL;
  remember(prompt, line);
  return without_newline(line, (size_t)length);
}

char *scr_prompt_read(ScrPrompt *prompt, const char *before, bool *cancelled) {
  prompt->before = before;
  *cancelled = false;
  if (prompt->edit) return read_edited(prompt, cancelled);
  char *line = NULL;
  size_t room = 0;
  ssize_t length = getline(&line, &room, stdin);
  char *copy = length >= 0 ? without_newline(line, (size_t)length) : NULL;
  free(line);
  return copy;
}
