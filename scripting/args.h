/* Words of the command line: options and operands of one command, from a table that also writes --help. */
#ifndef SCRIPTING_ARGS_H
#define SCRIPTING_ARGS_H

#include <stdbool.h>
#include <stddef.h>

/* Words as they stand on the command line. */
typedef struct ScrWords {
  const char *const *list;
  int n;
} ScrWords;

/* Words of an option that may be given several times. */
enum { SCR_MOST_TEXTS = 64 };
typedef struct ScrTexts {
  const char *list[SCR_MOST_TEXTS];
  int n;
} ScrTexts;

/* One option: with `value` it takes a word into `string` ("--text S" or "--text=S"), or each time one more into
 * `texts`, without it sets `flag`. A list ends with an option without a name. */
typedef struct ScrOption {
  const char *name;  /* "--text", "-o" */
  const char *value; /* what --help calls the word: "S"; NULL for a flag */
  const char *doc;
  const char **string;
  bool *flag;
  ScrTexts *texts;
} ScrOption;

/* What a command is: `operands` names them in order, separated by spaces, those in brackets may be left
 * out ("MODEL [TEXT]"). */
typedef struct ScrCommand {
  const char *name;
  const char *operands;
  const char *doc;
  int (*run)(const struct ScrCommand *command, int argc, char **argv); /* the words after the name */
} ScrCommand;

enum { SCR_DONE = 0, SCR_FAILED = 1, SCR_MISUSE = 2 }; /* exit codes */
enum { SCR_ARGS_OK = -1 };
#define SCR_MAX_OPERANDS 4

/* Takes the option `name` and the words behind it, up to the next option, out of the first `argc` words, which
 * become fewer. Returns SCR_ARGS_OK or SCR_MISUSE. */
int scr_args_take_words(const ScrCommand *command, const char *name, int *argc, char **argv, ScrWords *out);

/* Fills the options' targets and `operands` (SCR_MAX_OPERANDS of them, NULL where left out). Returns
 * SCR_ARGS_OK, or the code to exit with: SCR_DONE after --help (printed to stdout), SCR_MISUSE after
 * an error (printed to stderr). */
int scr_args_parse(const ScrCommand *command, const ScrOption *options, int argc, char **argv,
                   const char **operands);

/* The same for a command whose words from the first operand on belong to something else: reads what stands before
 * it. `taken` is how many words those are, "--" among them. */
int scr_args_parse_leading(const ScrCommand *command, const ScrOption *options, int argc, char **argv, int *taken);

/* Prints "headscope NAME: MESSAGE" and where help is to stderr; returns SCR_MISUSE. */
int scr_args_misuse(const ScrCommand *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
