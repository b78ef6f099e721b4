/* A first word that is no command belongs to the window, whose command has no name: headscope MODEL TEXT. */
#include "scripting/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const ScrCommand window = {"", "[MODEL] [TEXT]", "Opens the window.", scr_cli_window};
static const ScrCommand commands[] = {
    {"info", "MODEL", "Prints a model's numbers and the activations it can hand out.", scr_cli_info},
    {"encode", "MODEL", "Reads JSON lines, each a string or [a, b]; prints token ids and their places.",
     scr_cli_encode},
    {"decode", "MODEL", "Reads JSON lines, each a list of token ids; prints JSON strings.", scr_cli_decode},
    {"dump", "MODEL", "Runs a model once and writes its activations to a file.", scr_cli_dump},
    {"draw", "[MODEL]", "Draws one view into a picture or a list of draw commands.", scr_cli_draw},
    {"open", "FIGURE [MODEL]", "Opens the window as a figure shows it, or at a line of a scan: RESULT.jsonl:12.",
     scr_cli_open},
    {"run", "FILE.lua [ARGS...]", "Runs a script without a window; `arg` holds its arguments.", scr_cli_run},
    {"repl", "[MODEL]", "Runs Lua as it is typed.", scr_cli_repl},
    {"scan", "PROBE.lua MODEL", "Asks a probe of any amount of text, and writes what it finds.", scr_cli_scan},
    {"test", "PATH...", "Runs test files, and compares with what was recorded.", scr_cli_test},
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static void print_help(void) {
  puts("usage: headscope COMMAND ...\n");
  printf("  headscope %-7s %-18s %s\n", window.name, window.operands, window.doc);
  for (int i = 0; i < N_COMMANDS; i++)
    printf("  headscope %-7s %-18s %s\n", commands[i].name, commands[i].operands, commands[i].doc);
  puts("\n  headscope --version\n  headscope COMMAND --help\n\n"
       "MODEL is a folder, a file, a model shipped in models/ by its name, or a name in the Hugging Face cache.");
}

static const ScrCommand *find(const char *name) {
  for (int i = 0; i < N_COMMANDS; i++)
    if (strcmp(commands[i].name, name) == 0) return &commands[i];
  return NULL;
}

static int dispatch(int argc, char **argv) {
  const char *word = argc > 1 ? argv[1] : "";
  if (strcmp(word, "--version") == 0) return puts("headscope " HEADSCOPE_VERSION), SCR_DONE;
  if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) return print_help(), SCR_DONE;
  const ScrCommand *command = find(word);
  if (command) return command->run(command, argc - 2, argv + 2);
  return window.run(&window, argc - (argc > 0), argv + (argc > 0));
}

/* Results that did not reach stdout (a full disk, a closed pipe) are no results. */
static int flush_results(int code) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return code;
  fprintf(stderr, "headscope: stdout: expected to write everything, found: %s\n", strerror(errno));
  return code == SCR_DONE ? SCR_FAILED : code;
}

int scr_cli_main(int argc, char **argv) { return flush_results(dispatch(argc, argv)); }
