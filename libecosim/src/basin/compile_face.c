/* compile_face.c -- faces between cells: channels, outlets, branches, structures. */
#include "basin/compile.h"

#include <math.h>

#define NO_FLOOR (-1e30) /* m: the level below counts as it is */

static eco__face *add_face(eco__compiler *c, uint32_t up, uint32_t down, eco__law law)
{
  eco__face *f = &c->faces[c->model->n_faces++];
  *f = (eco__face){.up = up, .down = down, .law = law, .structure = ECO__OUTSIDE, .floor_m = NO_FLOOR};
  f->shape = f->shape_down = c->cell_shape[up];
  f->distance_m = c->cell_length[up];
  f->bed_up_m = f->bed_down_m = c->cell_bed[up];
  return f;
}

/* Of the last cell of a reach. */
static double bed_slope(const eco__compiler *c, uint32_t water)
{
  double length = c->waters[water].length_m, cell = length / c->waters[water].n_cells;
  return (eco__bed_at(c, water, length - cell) - eco__bed_at(c, water, length)) / cell;
}

/* One trapezoid between two, or both sections as they are. */
static void set_shapes(const eco__compiler *c, eco__face *f)
{
  const eco__shape *up = &c->cell_shape[f->up], *down = &c->cell_shape[f->down];
  if (c->cell_table[f->down] != ECO__OUTSIDE)
    down = up;
  f->shape = *up;
  f->shape_down = *down;
  if (up->profile || down->profile)
    return;
  f->shape = f->shape_down = (eco__shape){.width_m = 0.5 * (up->width_m + down->width_m),
                                          .side_slope = 0.5 * (up->side_slope + down->side_slope),
                                          .manning_n = 0.5 * (up->manning_n + down->manning_n),
                                          .chezy = 0.5 * (up->chezy + down->chezy)};
}

/* Beds and distance of a channel face: each side over its own bed. At a joint of two waters a fall beyond the upper reach's own
 * slope draws no more water: the bed there goes on as it came. */
static void set_channel(eco__compiler *c, eco__face *f, bool joint)
{
  double up = c->cell_bed[f->up], down = c->cell_bed[f->down];
  f->distance_m =
    0.5 * (c->cell_length[f->up] + (c->cell_table[f->down] == ECO__OUTSIDE ? c->cell_length[f->down] : 0.0));
  set_shapes(c, f);
  f->bed_up_m = up;
  f->bed_down_m = down;
  if (!joint)
    return;
  double slope = bed_slope(c, c->cell_water[f->up]), least = up - (slope > 0 ? slope : 0.0) * f->distance_m;
  f->floor_m = least;
  f->bed_down_m = down > least ? down : least;
}

/* The upper end of a reach that branches off another water. */
static void add_branch_face(eco__compiler *c, uint32_t w)
{
  if (c->branches_from[w] == ECO__OUTSIDE)
    return;
  uint32_t first = c->waters[w].first_cell, from = eco__cell_at(c, c->branches_from[w], c->branches_at_m[w]);
  eco__face *f = add_face(c, from, first, ECO__CHANNEL);
  if (c->cell_table[from] == ECO__OUTSIDE) {
    set_channel(c, f, true);
    return;
  }
  /* out of a lake: no deeper than its bed, and a bed that lies lower still is a fall */
  double lip = eco__bed_at(c, w, 0.0), slope = bed_slope(c, w);
  f->shape = f->shape_down = c->cell_shape[first];
  f->distance_m = 0.5 * c->cell_length[first];
  f->bed_up_m = lip > c->cell_bed[from] ? lip : c->cell_bed[from];
  f->floor_m = f->bed_up_m - (slope > 0 ? slope : 0.0) * f->distance_m;
  f->bed_down_m = c->cell_bed[first] > f->floor_m ? c->cell_bed[first] : f->floor_m;
}

static void add_inner_faces(eco__compiler *c, uint32_t w)
{
  for (uint32_t k = 0; k + 1 < c->waters[w].n_cells; k++) {
    uint32_t cell = c->waters[w].first_cell + k;
    set_channel(c, add_face(c, cell, cell + 1, ECO__CHANNEL), false);
  }
}

/* The lower end of a reach that no structure took. */
static void add_end_face(eco__compiler *c, uint32_t w)
{
  eco__water *water = &c->waters[w];
  if (!eco__is_reach(water->kind) || water->out_face != ECO__OUTSIDE)
    return;
  uint32_t last = water->first_cell + water->n_cells - 1;
  water->out_face = (uint32_t)c->model->n_faces;
  if (water->downstream != ECO__OUTSIDE) {
    uint32_t target = eco__cell_at(c, water->downstream, c->enters_m[w]);
    set_channel(c, add_face(c, last, target, ECO__CHANNEL), true);
    return;
  }
  if (!isnan(water->outlet_m[0])) {
    eco__face *f = add_face(c, last, ECO__OUTSIDE, ECO__STAGE);
    f->distance_m = 0.5 * c->cell_length[last];
    f->bed_down_m = f->floor_m = eco__bed_at(c, w, water->length_m); /* a level below the bed is a free fall */
    return;
  }
  eco__face *f = add_face(c, last, ECO__OUTSIDE, ECO__NORMAL);
  double given = eco__item_number(c->basin, c->water_items[w], "outlet_slope");
  f->slope = isnan(given) ? bed_slope(c, w) : given;
  if (!(f->slope > 0))
    eco__fault(
      c, c->water_items[w], ECO_INVALID,
      "%s '%s' leaves the model at normal depth, but its bed falls by %g m per m, must be above 0; or give outlet_slope, "
      "outlet_level",
      eco__word_of(c, c->water_items[w]), water->name, f->slope);
}

eco__face *eco__add_structure_face(eco__compiler *c, uint32_t up, uint32_t down, eco__law law)
{
  eco__face *f = add_face(c, up, down, law);
  if (down != ECO__OUTSIDE && c->cell_table[up] == ECO__OUTSIDE)
    set_channel(c, f, true); /* the river's own bed where a dam is not there */
  return f;
}

/* A lake lets water go by its structures alone: one that flows on but has none is a slip of the pen. */
static void refuse_closed_lakes(eco__compiler *c)
{
  eco_model *m = c->model;
  for (uint32_t w = 0; w < m->n_waters; w++) {
    if (!eco__is_lake(c->waters[w].kind) || c->waters[w].downstream == ECO__OUTSIDE)
      continue;
    bool open = false;
    for (size_t f = 0; f < m->n_faces; f++)
      open = open || c->faces[f].up == c->waters[w].first_cell;
    if (!open)
      eco__fault(c, c->water_items[w], ECO_INVALID,
                 "%s '%s' flows to '%s', but no structure lets its water out: add a structure from it, such as a weir",
                 eco__word_of(c, c->water_items[w]), c->waters[w].name, c->waters[c->waters[w].downstream].name);
  }
}

void eco__compile_faces(eco__compiler *c)
{
  eco_model *m = c->model;
  m->faces = c->faces =
    ECO__COMPILER_TAKE(c, eco__face, m->n_cells + 2 * m->n_waters + eco_basin_count(c->basin, ECO_STRUCTURE));
  if (!c->faces)
    return;
  eco__compile_structures(c);                                     /* they may take the lower end of a reach */
  for (uint32_t i = 0; i < m->n_cells && c->n_faults == 0; i++) { /* what is used together lies together */
    uint32_t w = c->cell_water[i];
    if (i != c->waters[w].first_cell || !eco__is_reach(c->waters[w].kind))
      continue;
    add_inner_faces(c, w);
    add_end_face(c, w);
  }
  for (uint32_t w = 0; w < m->n_waters && c->n_faults == 0; w++)
    add_branch_face(c, w);
  if (c->n_faults == 0)
    refuse_closed_lakes(c);
  if (c->n_faults == 0)
    eco__compile_chains(c);
}
