/* Places between characters. In a piece that runs from right to left they are counted from its right edge;
 * where the direction turns, a caret stands in front of the character that follows it in the text. */
#include "render/text_impl.h"

#include "render/bidi.h"
#include "render/piece.h"

#include <limits.h>

static const RenPlacing *placed(RenText *text, RenFont font, int size, const char *run) {
  if (!ren_placing_set(&text->placing, text->glyphs, font, size, run, INT_MAX)) text->placing.n = 0;
  return &text->placing;
}

bool ren_text_turns(const char *run) {
  for (size_t n = 0; (n = ren_piece_length(run)) > 0; run += n)
    if (ren_bidi_of(run) == REN_BIDI_RIGHT) return true;
  return false;
}

/* Where a caret stands in front of byte `inner` of a piece: as far from the piece's beginning as what is in
 * front of it is wide. */
static float caret_in(RenText *text, RenFont font, int size, const RenPlace *place, size_t inner) {
  int in = inner == 0          ? 0
           : inner == place->n ? place->advance
                               : ren_text_advance_of(text, font, size, place->piece, inner);
  return (float)(place->level & 1 ? place->x + place->advance - in : place->x + in);
}

/* Called with the offset and x of every place for a caret, in the order of the run; false stops. */
typedef bool (*CaretVisitor)(void *context, size_t offset, float x);

static bool visit_inside(RenText *text, RenFont font, int size, const RenPlace *place, CaretVisitor visit,
                         void *context) {
  for (size_t inner = place->inside ? place->n : 0; inner < place->n;
       inner += ren_piece_character(place->piece + inner))
    if (!visit(context, place->at + inner, caret_in(text, font, size, place, inner))) return false;
  return true;
}

static void visit_carets(RenText *text, RenFont font, int size, const char *run, CaretVisitor visit,
                         void *context) {
  const RenPlacing *placing = placed(text, font, size, run);
  if (placing->n == 0) visit(context, 0, 0);
  for (size_t i = 0; i < placing->n; i++) {
    const RenPlace *place = &placing->places[i];
    if (!visit_inside(text, font, size, place, visit, context)) return;
    if (i + 1 == placing->n) visit(context, place->at + place->n, caret_in(text, font, size, place, place->n));
  }
}

typedef struct Nearest {
  float wanted, distance;
  size_t offset;
  bool turns;
} Nearest;

static bool keep_nearest(void *context, size_t offset, float x) {
  Nearest *nearest = context;
  float distance = x > nearest->wanted ? x - nearest->wanted : nearest->wanted - x;
  if (distance > nearest->distance && offset > 0) return x < nearest->wanted || nearest->turns;
  nearest->distance = distance;
  nearest->offset = offset;
  return true;
}

size_t ren_text_offset(RenText *text, RenFont font, int size, float scale, const char *run, float x) {
  Nearest nearest = {x * scale, 0, 0, ren_text_turns(run)};
  visit_carets(text, font, ren_text_device_size(size, scale), run, keep_nearest, &nearest);
  return nearest.offset;
}

typedef struct Reached {
  size_t wanted;
  float x;
} Reached;

static bool reach(void *context, size_t offset, float x) {
  Reached *reached = context;
  if (offset > reached->wanted) return false;
  reached->x = x;
  return true;
}

float ren_text_caret(RenText *text, RenFont font, int size, float scale, const char *run, size_t offset) {
  Reached reached = {offset, 0};
  visit_carets(text, font, ren_text_device_size(size, scale), run, reach, &reached);
  return reached.x / scale;
}

/* --- spans */

static void add_span(RenSpan *spans, int most, int *n, RenSpan span) {
  RenSpan *last = *n > 0 ? &spans[*n - 1] : NULL;
  if (span.right <= span.left) return;
  if (last && last->right == span.left)
    last->right = span.right;
  else if (last && last->left == span.right)
    last->left = span.left;
  else if (*n < most)
    spans[(*n)++] = span;
}

int ren_text_spans(RenText *text, RenFont font, int size, float scale, const char *run, size_t from, size_t to,
                   RenSpan *spans, int most) {
  int device = ren_text_device_size(size, scale), n = 0;
  const RenPlacing *placing = placed(text, font, device, run);
  for (size_t i = 0; i < placing->n; i++) {
    const RenPlace *place = &placing->places[i];
    size_t end = place->at + place->n, first = from > place->at ? from : place->at, last = to < end ? to : end;
    if (first >= last) continue;
    float a = caret_in(text, font, device, place, first - place->at) / scale;
    float b = caret_in(text, font, device, place, last - place->at) / scale;
    add_span(spans, most, &n, a < b ? (RenSpan){a, b} : (RenSpan){b, a});
  }
  return n;
}
