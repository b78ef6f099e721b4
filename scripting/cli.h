/* The program's commands: one table drives dispatch, --help and what counts as misuse. */
#ifndef SCRIPTING_CLI_H
#define SCRIPTING_CLI_H

#include "scripting/args.h"

#include "engine/error.h"

/* Runs the command that argv names and returns the exit code: SCR_DONE, SCR_FAILED or SCR_MISUSE. */
int scr_cli_main(int argc, char **argv);

/* Prints "headscope: MESSAGE" to stderr; returns SCR_FAILED. */
int scr_cli_fail(const EngError *err);

/* The commands, each in its cli_*.c; argv holds the words after the command's name. */
int scr_cli_info(const ScrCommand *command, int argc, char **argv);
int scr_cli_encode(const ScrCommand *command, int argc, char **argv);
int scr_cli_decode(const ScrCommand *command, int argc, char **argv);
int scr_cli_dump(const ScrCommand *command, int argc, char **argv);
int scr_cli_draw(const ScrCommand *command, int argc, char **argv);
int scr_cli_open(const ScrCommand *command, int argc, char **argv);
int scr_cli_window(const ScrCommand *command, int argc, char **argv);
int scr_cli_repl(const ScrCommand *command, int argc, char **argv);
int scr_cli_test(const ScrCommand *command, int argc, char **argv);
int scr_cli_scan(const ScrCommand *command, int argc, char **argv);
int scr_cli_run(const ScrCommand *command, int argc, char **argv);

#endif
