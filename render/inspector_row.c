/* Rows of the inspector as texts. Where two runs are compared a number has three columns: of the first, of the
 * second, and what the second has more. */
#include "render/inspector_parts.h"

#include "engine/alignment.h"
#include "render/view_token.h"

#include <math.h>
#include <string.h>

enum { NOTE_BYTES = 38 }; /* of one line of a note */

void ren_inspector_row(const RenInspector *it, RenInspectRow row) {
  if (row.label && it->out->n < REN_INSPECT_ROWS) it->out->rows[it->out->n++] = row;
}

void ren_inspector_heading(const RenInspector *it, const char *label) {
  ren_inspector_row(it, (RenInspectRow){.kind = REN_INSPECT_HEADING, .label = label});
}

void ren_inspector_field(const RenInspector *it, const char *label, const char *value) {
  if (value) ren_inspector_row(it, (RenInspectRow){.kind = REN_INSPECT_FIELD, .label = label, .value = value});
}

/* In lines that fit, broken at spaces. */
void ren_inspector_note(const RenInspector *it, const char *text) {
  while (text && *text) {
    size_t n = strlen(text);
    if (n > NOTE_BYTES)
      for (n = NOTE_BYTES; n > 0 && text[n] != ' ';) n--;
    if (n == 0) n = strlen(text);
    const char *line = ren_frame_format(it->from->frame, "%.*s", (int)n, text);
    ren_inspector_row(it, (RenInspectRow){.kind = REN_INSPECT_NOTE, .label = line});
    text += n;
    text += *text == ' ';
  }
}

/* As many decimals as its column has room for. */
static const char *column(const RenInspector *it, bool sign, int decimals, double number) {
  if (isnan(number)) return "–";
  for (double large = 10; large <= fabs(number) && decimals > 0 && it->second.block; large *= 10) decimals--;
  return (sign ? ren_frame_change : ren_frame_number)(it->from->frame, number, decimals);
}

static RenInspectRow number_row(const RenInspector *it, const char *label, int decimals, const float of[2]) {
  RenInspectRow row = {.kind = REN_INSPECT_FIELD, .label = label};
  row.value = column(it, false, decimals, (double)of[0]);
  if (!it->second.block) return row;
  row.second = column(it, false, decimals, (double)of[1]);
  row.difference = column(it, true, decimals, (double)of[1] - (double)of[0]);
  return row;
}

void ren_inspector_number(const RenInspector *it, const char *label, int decimals, const float of[2]) {
  RenInspectRow row = number_row(it, label, decimals, of);
  ren_inspector_row(it, row);
}

void ren_inspector_columns(const RenInspector *it) {
  if (it->second.block)
    ren_inspector_row(it,
                      (RenInspectRow){REN_INSPECT_FIELD, "", "first", "second", "diff.", .side = REN_SIDE_NONE});
}

void ren_inspector_ranked(const RenInspector *it, const char *label, const float of[2], RenSide side, int token) {
  RenInspectRow row = number_row(it, label, 4, of);
  row.kind = REN_INSPECT_RANKED;
  row.share = of[0] > 0 ? of[0] : 0; /* also of NaN */
  row.side = side;
  row.token = token;
  ren_inspector_row(it, row);
}

void ren_inspector_bar(const RenInspector *it, const char *label, float number, float share, RenSide side,
                       int token) {
  ren_inspector_row(it, (RenInspectRow){.kind = REN_INSPECT_RANKED,
                                        .label = label,
                                        .value = ren_inspector_format(it, number),
                                        .share = share,
                                        .side = side,
                                        .token = token});
}

const char *ren_inspector_format(const RenInspector *it, float number) {
  return isnan(number) ? "–" : ren_frame_number(it->from->frame, (double)number, 4);
}

const char *ren_inspector_text(const RenInspector *it, const EngToken *token) {
  char text[REN_TOKEN_BYTES];
  ren_token_show(token, text);
  return ren_frame_format(it->from->frame, "%s", text);
}

const char *ren_inspector_token(const RenInspector *it, const RenScene *scene, RenSide side, int i) {
  const EngBlock *block = scene->block;
  bool key = side == REN_SIDE_KEY;
  const char *text = ren_inspector_text(it, key ? &block->columns[i] : &block->rows[i]);
  int position = (key ? block->column_start : block->row_start) + i;
  return text ? ren_frame_format(it->from->frame, "%c%d \"%s\"", key ? 'k' : 'q', position, text) : NULL;
}

const char *ren_inspector_pair(const RenInspector *it, const RenScene *scene, int query, int key) {
  const char *from = ren_inspector_token(it, scene, REN_SIDE_QUERY, query),
             *to = ren_inspector_token(it, scene, REN_SIDE_KEY, key);
  return from && to ? ren_frame_format(it->from->frame, "%s → %s", from, to) : NULL;
}

int ren_inspector_partner(const RenInspector *it, RenSide side, int i) {
  const EngBlock *from = it->scene.block, *to = it->second.block;
  const EngAlignment *alignment = it->from->second.alignment;
  bool key = side == REN_SIDE_KEY;
  if (!to || i < 0) return -1;
  int token = alignment->places[alignment->of[0][(key ? from->column_start : from->row_start) + i]].token[1];
  token -= token < 0 ? 0 : key ? to->column_start : to->row_start;
  return token < (key ? to->n_columns : to->n_rows) ? token : -1;
}
