/* Pictures in parts: planes beside each other are kept each for itself, and some at a time are drawn as there is
 * time for them. */
#include "render/raster_attention_impl.h"

/* Where plane i shows, and what is kept of it. */
static RenBounds place(const RenJob *job, int i) {
  return ren_bounds_intersect(ren_planes_place(job->planes, i), job->all);
}

static const RenLayer *find_place(const RenJob *job, int i) {
  return ren_layers_find(job->attention->layers, ren_tile_key(job->key, place(job, i)));
}

RenBounds ren_parts_missing(const RenJob *job) {
  RenBounds missing = {0};
  for (int i = 0; i < job->planes->shape->n_planes; i++)
    if (!find_place(job, i)) missing = ren_bounds_unite(missing, place(job, i));
  return missing;
}

static bool draw_part(const RenJob *job, const RenPart *part) {
  RenAttention *attention = job->attention;
  RenAttentionShape shape = *job->planes->shape;
  RenPlanes planes = *job->planes;
  size_t since = ren_planes_work(&attention->memory);
  RenBounds bounds = {0};
  for (int i = part->first; i < part->end; i++) bounds = ren_bounds_unite(bounds, place(job, i));
  shape.planes += part->first;
  shape.n_planes = part->end - part->first;
  planes.shape = &shape;
  if (!ren_attention_draw_sheet(attention, &planes, &attention->sheet, bounds)) return false;
  attention->tile = ren_planes_work(&attention->memory) - since;
  for (int i = part->first; i < part->end; i++)
    if (!ren_bounds_empty(place(job, i)) && !find_place(job, i))
      ren_layers_keep_part(attention->layers, ren_tile_key(job->key, place(job, i)), &attention->sheet.layer,
                           place(job, i));
  ren_attention_blend(job, &attention->sheet.layer);
  return true;
}

/* As far as its places are there; elsewhere what stands in. */
static void blend_part(const RenJob *job, const RenPart *part) {
  for (int i = part->first; i < part->end; i++) {
    const RenLayer *layer = find_place(job, i);
    bool again = i > 0 && ren_bounds_same(place(job, i), place(job, i - 1));
    if (again || ren_bounds_empty(place(job, i))) continue;
    if (layer)
      ren_attention_blend(job, layer);
    else
      ren_attention_blend_rough(job, place(job, i)), job->attention->finished = false;
  }
}

bool ren_parts_show(const RenJob *job) {
  for (int first = 0, n = job->planes->shape->n_planes; first < n;) {
    RenPart part = job->soon ? ren_planes_part(job->planes, first) : (RenPart){first, n};
    bool there = true;
    for (int i = part.first; i < part.end; i++)
      there = there && (ren_bounds_empty(place(job, i)) || find_place(job, i));
    if (there || ren_attention_out_of_time(job, job->attention->tile))
      blend_part(job, &part);
    else if (!draw_part(job, &part))
      return false;
    first = part.end;
  }
  return true;
}
