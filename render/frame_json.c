/* A frame as text for golden tests: one JSON object a command and line. Numbers are written from whole
 * thousandths, so that neither a locale nor a C library changes them; a tensor is its shape and a hash of
 * its values; ids and colours are written as people write them. */
#include "render/frame.h"

#include "engine/json_put.h"

#include <math.h>
#include <stdlib.h>
#include <xxhash.h>

static const char *const kinds[] = {
    [REN_CLIP] = "clip", [REN_AREA] = "area",   [REN_RECT] = "rect",       [REN_LINE] = "line",
    [REN_TEXT] = "text", [REN_CELLS] = "cells", [REN_HEATMAP] = "heatmap", [REN_ATTENTION] = "attention"};
static const char *const fonts[] = {[REN_SANS] = "sans", [REN_SANS_BOLD] = "bold", [REN_MONO] = "mono"};
static const char *const aligns[] = {[REN_LEFT] = "left", [REN_CENTER] = "center", [REN_RIGHT] = "right"};

const char *ren_ramp_name(RenRamp ramp) {
  static const char *const ramps[] = {
      [REN_RAMP_LINEAR] = "linear", [REN_RAMP_SQRT] = "sqrt", [REN_RAMP_TANH4] = "tanh4"};
  return ramps[ramp];
}

static void put_number(FILE *file, float value) {
  double thousandths = round((double)value * 1000);
  if (!(fabs(thousandths) < 1e15)) {
    fputs("null", file);
    return;
  }
  long long n = llabs((long long)thousandths);
  fprintf(file, "%s%lld", thousandths < 0 ? "-" : "", n / 1000);
  int rest = (int)(n % 1000), digits = 3;
  if (rest == 0) return;
  for (; rest % 10 == 0; rest /= 10) digits--;
  fprintf(file, ".%0*d", digits, rest);
}

static void put_numbers(FILE *file, const char *key, const float *values, int n) {
  fprintf(file, ",\"%s\":[", key);
  for (int i = 0; i < n; i++) {
    if (i > 0) fputc(',', file);
    put_number(file, values[i]);
  }
  fputc(']', file);
}

static void put_field(FILE *file, const char *key, float value) {
  fprintf(file, ",\"%s\":", key);
  put_number(file, value);
}

static void put_color(FILE *file, const char *key, RenColor c) {
  fprintf(file, ",\"%s\":\"#%02x%02x%02x%02x\"", key, c.r, c.g, c.b, c.a);
}

static void hash_axis(XXH3_state_t *state, const EngTensor *tensor, int axis, const float *at) {
  if (axis == tensor->rank) {
    XXH3_64bits_update(state, at, sizeof *at);
    return;
  }
  size_t n = tensor->shape[axis];
  if (axis == tensor->rank - 1 && tensor->stride[axis] == 1) {
    XXH3_64bits_update(state, at, n * sizeof *at);
    return;
  }
  for (size_t i = 0; i < n; i++, at += tensor->stride[axis]) hash_axis(state, tensor, axis + 1, at);
}

static void put_tensor(FILE *file, const char *key, const EngTensor *tensor) {
  fprintf(file, ",\"%s\":{\"shape\":[", key);
  for (int i = 0; i < tensor->rank; i++) fprintf(file, "%s%zu", i ? "," : "", tensor->shape[i]);
  XXH3_state_t *state = XXH3_createState();
  XXH64_hash_t hash = 0;
  if (state) {
    XXH3_64bits_reset(state);
    hash_axis(state, tensor, 0, tensor->data);
    hash = XXH3_64bits_digest(state);
    XXH3_freeState(state);
  }
  fprintf(file, "],\"xxh3\":\"%016llx\"}", (unsigned long long)hash);
}

static void put_box(FILE *file, const RenRectShape *box) {
  if (box->fill.a) put_color(file, "fill", box->fill);
  if (box->stroke.a) put_color(file, "stroke", box->stroke), put_field(file, "stroke_width", box->stroke_width);
  if (box->radius > 0) put_field(file, "radius", box->radius);
}

static void put_line(FILE *file, const RenLineShape *line) {
  put_numbers(file, "from", (const float[]){line->from.x, line->from.y}, 2);
  put_numbers(file, "to", (const float[]){line->to.x, line->to.y}, 2);
  put_field(file, "width", line->width);
  put_color(file, "color", line->color);
}

static void put_text(FILE *file, const RenTextShape *text) {
  fputs(",\"text\":", file);
  eng_json_put_text(file, text->text);
  fprintf(file, ",\"font\":\"%s\",\"size\":%d,\"align\":\"%s\"", fonts[text->font], text->size,
          aligns[text->align]);
  put_color(file, "color", text->color);
  if (text->ellipsis) fputs(",\"ellipsis\":true", file);
  if (text->turned) fputs(",\"turned\":true", file);
}

/* The indices that a mask of n marks. */
static void put_mask(FILE *file, const char *key, const uint8_t *mask, size_t n) {
  const char *comma = "";
  if (mask == NULL || n == 0) return;
  fprintf(file, ",\"%s\":[", key);
  for (size_t i = 0; i < n; i++) {
    if (!mask[i]) continue;
    fprintf(file, "%s%zu", comma, i);
    comma = ",";
  }
  fputc(']', file);
}

static void put_values(FILE *file, const RenValuesShape *values) {
  put_tensor(file, "values", &values->values);
  put_color(file, "positive", values->positive);
  put_color(file, "negative", values->negative);
  if (values->ground.a > 0) put_color(file, "ground", values->ground);
  fprintf(file, ",\"ramp\":\"%s\"", ren_ramp_name(values->ramp));
  put_field(file, "gap", values->gap);
  if (values->threshold > 0) put_field(file, "threshold", values->threshold);
  if (values->pooled) fputs(",\"pooled\":true", file);
  if (values->gain > 0) put_field(file, "gain", values->gain);
  if (values->values.rank > 0) put_mask(file, "skip", values->skip, values->values.shape[values->values.rank - 1]);
}

static void put_plane(FILE *file, const RenPlane *plane) {
  fputs("{\"gain\":", file);
  put_number(file, plane->gain);
  put_numbers(file, "origin", (const float[]){plane->origin.x, plane->origin.y}, 2);
  put_color(file, "color", plane->color);
  put_tensor(file, "weights", &plane->weights);
  fputc('}', file);
}

static void put_attention(FILE *file, const RenAttentionShape *shape) {
  put_numbers(file, "size", (const float[]){shape->width, shape->height}, 2);
  put_numbers(file, "left", (const float[]){shape->left_y, shape->left_pitch}, 2);
  put_numbers(file, "right", (const float[]){shape->right_y, shape->right_pitch}, 2);
  put_field(file, "thickness", shape->thickness);
  put_field(file, "threshold", shape->threshold);
  fprintf(file, ",\"only_row\":%d,\"only_column\":%d,\"binned\":%s", shape->only_row, shape->only_column,
          shape->binned ? "true" : "false");
  const size_t *sides = shape->n_planes > 0 ? shape->planes[0].weights.shape : (const size_t[]){0, 0};
  put_mask(file, "only_rows", shape->only_rows, sides[0]);
  put_mask(file, "only_columns", shape->only_columns, sides[1]);
  put_mask(file, "skip", shape->skip, sides[1]);
  fputs(",\"planes\":[", file);
  for (int i = 0; i < shape->n_planes; i++) {
    if (i > 0) fputc(',', file);
    put_plane(file, &shape->planes[i]);
  }
  fputc(']', file);
}

static void put_shape(FILE *file, const RenCommand *command) {
  switch (command->kind) {
  case REN_CLIP:
    break;
  case REN_AREA:
    if (command->grid.rows > 0) fprintf(file, ",\"grid\":[%d,%d]", command->grid.rows, command->grid.columns);
    break;
  case REN_RECT:
    put_box(file, &command->box);
    break;
  case REN_LINE:
    put_line(file, &command->line);
    break;
  case REN_TEXT:
    put_text(file, &command->text);
    break;
  case REN_CELLS:
  case REN_HEATMAP:
    put_values(file, &command->values);
    break;
  case REN_ATTENTION:
    put_attention(file, &command->attention);
    break;
  }
}

bool ren_frame_write(const RenFrame *frame, FILE *file) {
  for (size_t i = 0; i < ren_frame_count(frame); i++) {
    const RenCommand *command = ren_frame_at(frame, i);
    fprintf(file, "{\"kind\":\"%s\"", kinds[command->kind]);
    char id[96];
    ren_frame_format_element(frame, (RenElement){command->id, command->right}, id, sizeof id);
    if (id[0]) fprintf(file, ",\"id\":\"%s\"", id);
    RenRect rect = command->rect;
    put_numbers(file, "rect", (const float[]){rect.x, rect.y, rect.w, rect.h}, 4);
    put_shape(file, command);
    fputs("}\n", file);
  }
  return !ferror(file);
}

char *ren_frame_json(const RenFrame *frame) {
  char *text = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&text, &length);
  if (!file) return NULL;
  bool wrote = ren_frame_write(frame, file);
  if (fclose(file) != 0 || !wrote) {
    free(text);
    return NULL;
  }
  return text;
}
