/* Options of headscope draw that are wrong, or do not go together: said before anything is opened where that can be
 * known from the words alone, and for recorded files once it is known what they hold. */
#include "scripting/cli_draw_impl.h"
#include "scripting/cli_look.h"

#include <string.h>

static int check_name(const ScrCommand *command, const char *option, const char *name) {
  RenViewKind view;
  if (!name || ren_view_parse(name, &view)) return SCR_ARGS_OK;
  return scr_args_misuse(command, "%s: expected model, head, neuron or matrix, found %s", option, name);
}

static int check_view(const ScrCommand *command, const ScrDraw *draw) {
  if (!draw->view) return scr_args_misuse(command, "expected --view model, head, neuron or matrix");
  int code = check_name(command, "--view", draw->view);
  return code == SCR_ARGS_OK ? check_name(command, "--beside", draw->beside) : code;
}

static int check_output(const ScrCommand *command, const ScrDraw *draw) {
  if (!draw->picture == !draw->commands)
    return scr_args_misuse(command, "expected either -o F.png, F.svg or F.pdf, or --commands F.jsonl");
  if (draw->transparent && !draw->picture) return scr_args_misuse(command, "--transparent: expected it beside -o");
  if (draw->picture && strcmp(draw->picture, "-") == 0)
    return scr_args_misuse(command, "-o: expected a file's name, found -; only --commands writes to stdout");
  return SCR_ARGS_OK;
}

static int check_look(const ScrCommand *command, ScrDraw *draw) {
  int code = scr_cli_size(command, draw->size, 1, 1, &draw->width, &draw->height);
  if (code == SCR_ARGS_OK) code = scr_cli_scale(command, draw->scale, &draw->factor);
  return code == SCR_ARGS_OK ? scr_cli_theme(command, draw->theme) : code;
}

static int check_together(const ScrCommand *command, const ScrDraw *draw) {
  if (draw->rollout && draw->aggregate)
    return scr_args_misuse(command, "--rollout: expected none beside --aggregate, which can be rollout");
  if (draw->difference && !draw->compare && !draw->with)
    return scr_args_misuse(command, "--difference: expected it beside --compare or --with");
  if (draw->pair && !draw->text) return scr_args_misuse(command, "--pair: expected it beside --text");
  return SCR_ARGS_OK;
}

int scr_cli_draw_check(const ScrCommand *command, ScrDraw *draw) {
  int code = check_view(command, draw);
  if (code == SCR_ARGS_OK) code = check_output(command, draw);
  if (code == SCR_ARGS_OK) code = check_look(command, draw);
  if (code == SCR_ARGS_OK) code = check_together(command, draw);
  if (draw->rollout) draw->aggregate = "rollout";
  if (draw->renormalise) draw->hide_sink = true;
  return code;
}

static bool same(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : "") == 0; }

/* A recorded file shows what was run for it: another text would be ignored silently. */
int scr_cli_draw_check_recorded(const ScrCommand *command, const EngSource *source, const ScrDraw *draw) {
  const EngInput *input = eng_source_input(source);
  if (draw->text && !same(draw->text, input->text))
    return scr_args_misuse(command, "--text: expected none beside a recorded file, or its own, found another");
  if (draw->text && !same(draw->pair, input->pair))
    return scr_args_misuse(command, "--pair: expected the recorded file's own beside its --text, found another");
  if (draw->edits.n > 0) return scr_args_misuse(command, "--edit: expected a model to run, found a recorded file");
  if (draw->bos && !input->bos)
    return scr_args_misuse(command, "--bos: expected none beside a file that was recorded without");
  return SCR_ARGS_OK;
}
