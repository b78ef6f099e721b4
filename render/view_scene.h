/* What every view starts from: the state brought into the source's range, and the frame it draws into.
 *
 * A scene lives for one draw and owns nothing; what it allocates is the frame's. */
#ifndef RENDER_VIEW_SCENE_H
#define RENDER_VIEW_SCENE_H

#include "engine/source.h"
#include "render/frame.h"
#include "render/state.h"
#include "render/text.h"

/* The tokens of one side that lines are limited to; none of them: all show. */
typedef struct RenAlone {
  int n;
  int tokens[REN_MAX_PINS + 1]; /* no token twice */
} RenAlone;

bool ren_alone_has(const RenAlone *alone, int token);

typedef struct RenScene {
  const RenState *state;
  const EngSource *source;
  const EngBlock *block;
  const RenTheme *theme;
  RenFrame *frame;
  RenText *text; /* only measures; may be NULL: the view that begins sets it */
  RenRect area;
  int layer, head;        /* in range */
  int query, key;         /* hovered or selected query, hovered key, in range, or -1 */
  RenAlone rows, columns; /* what lines are limited to: the hovered token, else what is pinned or selected */
  const uint8_t *skip;    /* (columns): non-zero where the key is left out of the drawing; NULL for none */
} RenScene;

/* Only resolves, draws nothing; false without a block that has tokens. */
bool ren_scene_read(RenScene *scene, const RenState *state, const EngSource *source, RenFrame *frame);
/* Fills the area's background and clips to it. False when there is nothing to draw on: the area then says
 * what to do, and ren_scene_end must still be called. */
bool ren_scene_begin(RenScene *scene, const RenState *state, const EngSource *source, RenText *text, RenRect area,
                     RenFrame *frame);
void ren_scene_end(RenScene *scene);

/* The block that a state shows, or NULL; its index. */
const EngBlock *ren_scene_block(const RenState *state, const EngSource *source);
int ren_scene_block_index(const RenState *state, const EngSource *source);
/* The state's layer and head, brought into the block's range. */
int ren_scene_layer(const RenState *state, const EngBlock *block);
int ren_scene_head(const RenState *state, const EngBlock *block);

/* The head of a slot, brought into the block's range; the slot of the selected head, or -1. */
RenPanel ren_scene_slot(const RenState *state, const EngBlock *block, int slot);
int ren_scene_selected_slot(const RenState *state, const EngBlock *block);
/* The heads that numbers are about: the one that the neuron view shows, else those that are on and pass the filter,
 * or all that are on where it only dims and none passes. Their number. */
int ren_scene_meant(const RenState *state, const EngBlock *block, RenPanel out[REN_MAX_HEADS]);

/* Whether a layer's weights can be read. */
bool ren_scene_ready(const RenScene *scene, int layer);
/* Whether a weight shows: its key is not left out and it reaches the threshold. */
bool ren_scene_shows(const RenScene *scene, int column, float weight);

/* Of differences colours say the sign and opacities how large they are beside the largest of all heads; of weights
 * nothing changes: the colour of a value whose own is `own`, and its opacity over its magnitude. */
RenColor ren_scene_sign(const RenScene *scene, RenColor own, float value);
float ren_scene_gain(const RenScene *scene);
/* A plane as it is drawn, and of differences a second one for what is below 0; how many. */
int ren_scene_planes(const RenScene *scene, RenPlane plane, RenPlane out[2]);

/* The tokens of a side that are pinned or selected, whatever is hovered. */
RenAlone ren_scene_pinned(const RenScene *scene, RenSide side);
/* Whether lines are limited to some tokens. */
bool ren_scene_alone(const RenScene *scene);
/* The weights of the lines that end at token `i` of `side`, summed over the tokens that the other side is
 * limited to; only of those that show. */
float ren_scene_sum(const RenScene *scene, const EngTensor *weights, RenSide side, int i);

/* "2.5", "2.mean"; in the frame's arena. Views of one layer draw a head in its colour, what is merged in its
 * layer's, and picked heads in colours by their order. */
const char *ren_scene_name(const RenScene *scene, int layer, int head);
RenColor ren_scene_color(const RenScene *scene, int slot);

/* The share of its opacity that a head loses to the filter: 1 where it is hidden. */
float ren_scene_dim(const RenScene *scene, int layer, int head);

/* What a head's weights are multiplied by, before the ramp, where they are cells; 0: they are as they are. */
float ren_scene_cells_gain(const RenScene *scene, RenPanel head, RenRamp ramp);

/* (rows, columns) of a head of a ready layer. */
EngTensor ren_scene_pattern(const RenScene *scene, int layer, int head);

/* Lines of this scene's block with its threshold, key filter and the source's serial; the caller adds geometry. */
RenAttentionShape ren_scene_attention(const RenScene *scene);
/* Limits them to the scene's tokens. */
void ren_scene_limit(const RenScene *scene, RenAttentionShape *shape);

/* A head of a ready layer as a small heat map, in which the largest weights show. */
void ren_scene_heat(const RenScene *scene, RenPanel head, RenRect rect, RenColor color);

/* Muted text in the middle of `rect`; a small muted label. */
void ren_scene_message(const RenScene *scene, RenRect rect, const char *text);
void ren_scene_label(const RenScene *scene, RenRect rect, RenAlign align, RenColor color, const char *text);

/* Element (i, j) of a matrix; element i of a vector. */
static inline float ren_at2(const EngTensor *tensor, int i, int j) {
  return tensor->data[i * tensor->stride[0] + j * tensor->stride[1]];
}
static inline float ren_at1(const EngTensor *tensor, int i) { return tensor->data[i * tensor->stride[0]]; }

#endif
