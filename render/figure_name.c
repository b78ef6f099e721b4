/* What a figure is called, and which format that means. */
#include "render/figure.h"

#include "render/ui_impl.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool ends_with(const char *path, const char *end) {
  size_t n = strlen(path), m = strlen(end);
  return n > m && strcasecmp(path + n - m, end) == 0;
}

RenFigureKind ren_figure_kind(const char *path) {
  return ends_with(path, ".svg") ? REN_FIGURE_SVG : ends_with(path, ".pdf") ? REN_FIGURE_PDF : REN_FIGURE_PNG;
}

bool ren_figure_is_named(const char *path) {
  return ren_figure_kind(path) != REN_FIGURE_PNG || ends_with(path, ".png");
}

/* The model's name without folders and endings, in characters that every file system takes. */
static void put_model(const char *model, char *out, size_t size) {
  const char *slash = strrchr(model, '/');
  snprintf(out, size, "%s", slash && slash[1] ? slash + 1 : *model ? model : "headscope");
  char *end = strrchr(out, '.');
  if (end && end > out && strcmp(end, ".safetensors") == 0) *end = '\0';
  for (char *c = out; *c; c++)
    if (!isalnum((unsigned char)*c) && !strchr("-_.", *c)) *c = '-';
}

/* The model view shows every head. */
void ren_figure_name(const RenUi *ui, char out[REN_FIGURE_NAME]) {
  char model[64], name[48], head[64] = "";
  const EngBlock *block = ren_ui_block(ui);
  const RenState *state = &ui->state;
  put_model(ren_ui_model(ui), model, sizeof model);
  if (state->view != REN_VIEW_MODEL && block)
    snprintf(head, sizeof head, "-%s", eng_block_name(block, state->layer, state->head, name, sizeof name));
  snprintf(out, REN_FIGURE_NAME, "%s-%s%s.png", model, ren_view_name(state->view), head);
}
