/* Draw commands to a file of shapes, SVG or PDF: the same list that the rasteriser draws. Text is set from the
 * shipped fonts (outlines in SVG, embedded in PDF), attention is one stroke a line, with its opacity in steps of
 * 1/255.
 *
 * So that files stay small: tokens are binned as in a picture at `scale`, and a figure of more than 20,000 lines
 * has its attention, all of it, as images of two dots to the pixel between the shapes. */
#ifndef RENDER_VECTOR_H
#define RENDER_VECTOR_H

#include "engine/cancel.h"
#include "engine/error.h"
#include "render/frame.h"
#include "render/text.h"

typedef enum RenVectorKind { REN_VECTOR_SVG, REN_VECTOR_PDF } RenVectorKind;

typedef struct RenVector {
  RenVectorKind kind;
  float scale;             /* device pixels per logical pixel of the picture beside it */
  const char *provenance;  /* one JSON object in ASCII, kept in the file */
  const EngCancel *cancel; /* NULL: nobody cancels */
} RenVector;

/* The file appears when it is complete, or not at all. A logical pixel is 1/96 inch. */
bool ren_vector_write(const char *path, const RenFrame *frame, RenText *text, const RenVector *vector,
                      EngError *err);

#endif
