/* Options may stand anywhere; after "--" every word is an operand. A word after an option that takes one
 * is taken as it is, so that a text may begin with a dash. */
#include "scripting/args.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int scr_args_misuse(const ScrCommand *command, const char *format, ...) {
  fprintf(stderr, "headscope%s%s: ", *command->name ? " " : "", command->name);
  va_list args;
  va_start(args, format);
  vfprintf(stderr, format, args);
  va_end(args);
  fprintf(stderr, "; see headscope %s%s--help\n", command->name, *command->name ? " " : "");
  return SCR_MISUSE;
}

static void print_option(const ScrOption *option) {
  char left[64];
  snprintf(left, sizeof left, "%s%s%s", option->name, option->value ? " " : "", option->value ? option->value : "");
  printf("  %-26s %s\n", left, option->doc);
}

/* "headscope NAME OPERANDS [options]", the command's sentence and its options, to stdout. */
static void print_help(const ScrCommand *command, const ScrOption *options) {
  printf("usage: headscope%s%s %s%s\n\n%s\n\n", *command->name ? " " : "", command->name, command->operands,
         options->name ? " [options]" : "", command->doc);
  for (const ScrOption *option = options; option->name; option++) print_option(option);
  print_option(&(ScrOption){.name = "--help", .doc = "print this"});
}

/* The option a word names: the whole word, or what stands before its "=" (then `value` is what follows). */
static const ScrOption *find(const ScrOption *options, const char *word, const char **value) {
  size_t length = strncmp(word, "--", 2) == 0 ? strcspn(word, "=") : strlen(word);
  *value = word[length] == '=' ? word + length + 1 : NULL;
  for (; options->name; options++)
    if (strlen(options->name) == length && strncmp(options->name, word, length) == 0) return options;
  return NULL;
}

/* Counts the operands a usage names: all of them, and those not in brackets. */
static void count_operands(const char *usage, int *most, int *least) {
  *most = *least = 0;
  while (*usage) {
    size_t length = strcspn(usage, " ");
    (*most)++;
    if (*usage != '[') (*least)++;
    usage += length;
    usage += strspn(usage, " ");
  }
}

static bool is_option(const char *word) { return word[0] == '-' && word[1] != '\0'; }

/* False after reporting misuse. */
static bool put_value(const ScrCommand *command, const ScrOption *option, const char *value) {
  if (!option->texts) return *option->string = value, true;
  if (option->texts->n == SCR_MOST_TEXTS)
    return scr_args_misuse(command, "%s: expected it at most %d times", option->name, SCR_MOST_TEXTS), false;
  option->texts->list[option->texts->n++] = value;
  return true;
}

/* Applies the option at argv[i]; returns how many words it took, or 0 after reporting misuse. */
static int take_option(const ScrCommand *command, const ScrOption *options, int argc, char **argv, int i) {
  const char *value = NULL;
  const ScrOption *option = find(options, argv[i], &value);
  if (!option) return scr_args_misuse(command, "unknown option %s", argv[i]), 0;
  if (!option->value) {
    if (value) return scr_args_misuse(command, "%s: expected no value, found %s", option->name, value), 0;
    *option->flag = true;
    return 1;
  }
  int taken = value ? 1 : 2;
  if (!value && i + 1 >= argc)
    return scr_args_misuse(command, "%s: expected %s, found nothing", option->name, option->value), 0;
  if (!value) value = argv[i + 1];
  return put_value(command, option, value) ? taken : 0;
}

int scr_args_parse(const ScrCommand *command, const ScrOption *options, int argc, char **argv,
                   const char **operands) {
  int most = 0, least = 0, n = 0;
  bool only_operands = false;
  count_operands(command->operands, &most, &least);
  for (int i = 0; i < SCR_MAX_OPERANDS; i++) operands[i] = NULL;
  for (int i = 0; i < argc;) {
    if (!only_operands && strcmp(argv[i], "--help") == 0) return print_help(command, options), SCR_DONE;
    if (!only_operands && strcmp(argv[i], "--") == 0) {
      only_operands = true;
      i++;
    } else if (!only_operands && is_option(argv[i])) {
      int taken = take_option(command, options, argc, argv, i);
      if (taken == 0) return SCR_MISUSE;
      i += taken;
    } else if (n < most && n < SCR_MAX_OPERANDS) {
      operands[n++] = argv[i++];
    } else {
      return scr_args_misuse(command, "expected %s, found also %s",
                             *command->operands ? command->operands : "no words", argv[i]);
    }
  }
  if (n < least)
    return scr_args_misuse(command, "expected %s, found %s", command->operands, n ? operands[n - 1] : "nothing");
  return SCR_ARGS_OK;
}

/* Turns a list round, `n` words at its beginning to its end. */
static void turn(char **words, int length, int n) {
  for (int i = 0; i < n; i++) {
    char *first = words[0];
    memmove(words, words + 1, (size_t)(length - 1) * sizeof *words);
    words[length - 1] = first;
  }
}

int scr_args_take_words(const ScrCommand *command, const char *name, int *argc, char **argv, ScrWords *out) {
  for (int i = 0; i < *argc; i++) {
    if (strcmp(argv[i], name) != 0) continue;
    int n = 0;
    while (i + 1 + n < *argc && !is_option(argv[i + 1 + n])) n++;
    if (n == 0) return scr_args_misuse(command, "%s: expected words behind it, found none", name);
    if (out->n > 0) return scr_args_misuse(command, "%s: expected it once, with all words behind it", name);
    turn(argv + i, *argc - i, n + 1);
    *argc -= n + 1;
    *out = (ScrWords){(const char *const *)argv + *argc + 1, n};
    i--;
  }
  return SCR_ARGS_OK;
}

int scr_args_parse_leading(const ScrCommand *command, const ScrOption *options, int argc, char **argv, int *taken) {
  int i = 0;
  while (i < argc && is_option(argv[i]) && strcmp(argv[i], "--") != 0) {
    if (strcmp(argv[i], "--help") == 0) return print_help(command, options), SCR_DONE;
    int words = take_option(command, options, argc, argv, i);
    if (words == 0) return SCR_MISUSE;
    i += words;
  }
  *taken = i + (i < argc && strcmp(argv[i], "--") == 0);
  return SCR_ARGS_OK;
}
