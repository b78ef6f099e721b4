/* --size, --scale and --theme, as every command takes them that draws. A word that is NULL was not given and leaves
 * what it would set. Each returns SCR_ARGS_OK, or SCR_MISUSE after saying what is wrong. */
#ifndef SCRIPTING_CLI_LOOK_H
#define SCRIPTING_CLI_LOOK_H

#include "scripting/args.h"

int scr_cli_size(const ScrCommand *command, const char *word, int least_width, int least_height, float *width,
                 float *height);
int scr_cli_scale(const ScrCommand *command, const char *word, float *scale);
int scr_cli_theme(const ScrCommand *command, const char *word);

#endif
