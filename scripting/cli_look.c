/* What may be drawn at all is the theme's; a window says what else it needs. */
#include "scripting/cli_look.h"
#include "scripting/words.h"

#include "render/theme.h"

int scr_cli_size(const ScrCommand *command, const char *word, int least_width, int least_height, float *width,
                 float *height) {
  float w, h;
  if (!word) return SCR_ARGS_OK;
  if (!scr_word_size(word, &w, &h) || w < (float)least_width || h < (float)least_height)
    return scr_args_misuse(command, "--size: expected %dx%d to %dx%d, found %s", least_width, least_height,
                           REN_MAX_SIDE, REN_MAX_SIDE, word);
  *width = w;
  *height = h;
  return SCR_ARGS_OK;
}

int scr_cli_scale(const ScrCommand *command, const char *word, float *scale) {
  if (!word || scr_word_number(word, (double)REN_MIN_SCALE, (double)REN_MAX_SCALE, scale)) return SCR_ARGS_OK;
  return scr_args_misuse(command, "--scale: expected %g to %g, found %s", (double)REN_MIN_SCALE,
                         (double)REN_MAX_SCALE, word);
}

int scr_cli_theme(const ScrCommand *command, const char *word) {
  if (!word || ren_theme_find(word)) return SCR_ARGS_OK;
  return scr_args_misuse(command, "--theme: expected dark or light, found %s", word);
}
