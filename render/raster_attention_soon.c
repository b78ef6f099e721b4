/* A frame that is wanted soon. What takes no longer than a frame is drawn at once. Of more, only the more opaque
 * lines of all that is missing are drawn at first, as many as there is time for. If those are all, that was it;
 * else they stand in for the tiles, which later frames draw as long as the work does not exceed a bound. */
#include "render/raster_attention_impl.h"

enum { ROUGH = 80000 };  /* ren_planes_work: a millisecond or two */
enum { LIGHT = 540000 }; /* at once it takes less than in several frames, and less than the time of one */

static RenBounds find_missing(const RenJob *job) {
  RenBounds missing = job->in_parts ? ren_parts_missing(job) : (RenBounds){0};
  for (int band = job->band_from; band < job->band_to; band++)
    for (int slice = job->slice_from; slice < job->slice_to; slice++)
      if (!ren_tiles_find(job, slice, band)) missing = ren_bounds_unite(missing, ren_tile_bounds(job, slice, band));
  return missing;
}

static bool has_rough(const RenAttention *attention, XXH128_hash_t key) {
  for (int i = 0; i < ROUGHS; i++)
    if (XXH128_isEqual(attention->rough[i].key, key)) return true;
  return false;
}

/* The lines of some tokens: they follow the mouse, and are seldom wanted to their end. */
static bool is_passing(const RenAttentionShape *shape) {
  return shape->only_row >= 0 || shape->only_column >= 0 || shape->only_rows || shape->only_columns;
}

/* Each sheet of what is drawn at once reads the weights anew. */
static float read_for_sheets(const RenJob *job, RenBounds missing) {
  int sheets = (missing.right - missing.left + REN_SLICE - 1) / REN_SLICE;
  return (float)sheets * ren_planes_reading(job->planes);
}

bool ren_attention_is_light(const RenJob *job) {
  RenAttention *attention = job->attention;
  if (job->in_parts || is_passing(job->planes->shape) || has_rough(attention, job->key)) return false;
  RenBounds missing = find_missing(job);
  float left =
      LIGHT - (float)(ren_planes_work(&attention->memory) - attention->since) - read_for_sheets(job, missing);
  return left > 0 && !ren_bounds_empty(missing) &&
         ren_planes_cost(job->planes, &attention->memory, missing) <= left;
}

/* --- in place of what is missing */

/* The stand-in of this picture, or one that no picture of the last frames needs, or NULL. */
static RenRough *find_rough(RenAttention *attention, XXH128_hash_t key) {
  RenRough *unused = NULL;
  for (RenRough *r = attention->rough; r < attention->rough + ROUGHS; r++) {
    if (XXH128_isEqual(r->key, key)) return r;
    if (!r->sheet.capacity || r->frame + 1 < attention->frame) unused = r;
  }
  return unused;
}

static void keep_missing(const RenJob *job, const RenLayer *sheet) {
  for (int band = job->band_from; band < job->band_to; band++)
    for (int slice = job->slice_from; slice < job->slice_to; slice++)
      if (ren_bounds_contain(sheet->bounds, ren_tile_bounds(job, slice, band)) && !ren_tiles_find(job, slice, band))
        ren_tiles_keep(job, sheet, slice, band);
}

/* All that this frame has time for. If nothing is left out, the tiles themselves are there. */
static bool draw_rough(const RenJob *job, RenSheet *sheet, RenBounds missing) {
  RenAttention *attention = job->attention;
  RenPlanes planes = *job->planes;
  planes.most = job->in_parts ? 0 : ROUGH;
  planes.bundle.sampled = job->in_parts;
  attention->until = 0;
  if (!ren_attention_draw_sheet(attention, &planes, sheet, missing)) return false;
  if (!attention->memory.left_out) keep_missing(job, &sheet->layer);
  return true;
}

/* Draws what stands in, unless it is there already. One that cannot be kept is drawn in each frame. */
bool ren_attention_stand_in(RenJob *job) {
  RenAttention *attention = job->attention;
  RenBounds missing = find_missing(job);
  if (ren_bounds_empty(missing)) return true;
  RenRough *rough = find_rough(attention, job->key);
  RenSheet *sheet = rough ? &rough->sheet : &attention->sheet;
  bool there = rough && rough->sheet.capacity && XXH128_isEqual(rough->key, job->key) &&
               ren_bounds_contain(rough->sheet.layer.bounds, missing);
  if (rough && !there) rough->key = (XXH128_hash_t){0, 0}; /* of no picture, unless it is drawn to its end */
  if (!there && !draw_rough(job, sheet, missing)) return false;
  if (rough) rough->key = job->key, rough->frame = attention->frame;
  job->rough = &sheet->layer;
  return true;
}

/* --- as much as there is time for */

/* The bands from … to of a slice that are not there, or what stands in for them. */
static bool draw_or_stand_in(const RenJob *job, int slice, int from, int to, size_t expected) {
  RenAttention *attention = job->attention;
  if (!ren_attention_out_of_time(job, expected)) return ren_tiles_draw(job, slice, slice + 1, from, to);
  attention->finished = false;
  ren_attention_blend_rough(job, ren_tiles_bounds(job, slice, 1, from, to));
  return true;
}

static bool show_bands(const RenJob *job, int slice) {
  for (int band = job->band_from; band < job->band_to; band++)
    if (ren_tiles_find(job, slice, band))
      ren_tiles_blend(job, slice, slice + 1, band, band + 1);
    else if (!draw_or_stand_in(job, slice, band, band + 1, job->attention->tile))
      return false;
  return true;
}

/* All bands of a slice at once read weights and list lines only once. Where that would take too long, as far as
 * the slice before tells, or nothing is known of this picture, they come one by one. */
static bool show_slice(const RenJob *job, int slice) {
  RenAttention *attention = job->attention;
  bool known = XXH128_isEqual(attention->slice_key, job->key) && attention->slice > 0;
  if (known && attention->slice < REN_SOON && !ren_tiles_any(job, slice))
    return draw_or_stand_in(job, slice, job->band_from, job->band_to, attention->slice);
  return show_bands(job, slice);
}

bool ren_attention_show_soon(const RenJob *job) {
  RenAttention *attention = job->attention;
  for (int slice = job->slice_from; slice < job->slice_to; slice++) {
    size_t since = ren_planes_work(&attention->memory);
    bool none = !ren_tiles_any(job, slice);
    if (!show_slice(job, slice)) return false;
    if (!none || !ren_tiles_there(job, slice, slice + 1, job->band_from, job->band_to)) continue;
    attention->slice_key = job->key;
    attention->slice = ren_planes_work(&attention->memory) - since;
  }
  return true;
}
