/* compile_face.c -- faces between cells: channels, outlets, structures; links between chains; no loops. */
#include "basin/compile.h"

#include <math.h>

#define NO_FLOOR (-1e30) /* m: the level below counts as it is */

static eco__face *add_face(eco__compiler *c, uint32_t up, uint32_t down, eco__law law)
{
  eco__face *f = &c->faces[c->model->n_faces++];
  *f = (eco__face){.up = up, .down = down, .law = law, .structure = ECO__OUTSIDE, .floor_m = NO_FLOOR};
  f->shape = c->cell_shape[up];
  f->distance_m = c->cell_length[up];
  f->bed_up_m = f->bed_down_m = c->cell_bed[up];
  return f;
}

static double bed_slope(const eco__compiler *c, uint32_t water)
{
  eco_item item = c->water_items[water];
  return (eco__item_number(c->basin, item, "bed_up") - eco__item_number(c->basin, item, "bed_down")) /
         c->waters[water].length_m;
}

/* Bed and distance of a channel face. Inside a reach the bed is the mean of both sides where it rises downstream; at a
 * joint of two waters the higher bed is a sill, and a fall beyond the upper reach's own slope draws no more water. */
static void set_channel(eco__compiler *c, eco__face *f, bool joint)
{
  double up = c->cell_bed[f->up], down = c->cell_bed[f->down];
  f->distance_m =
    0.5 * (c->cell_length[f->up] + (c->cell_table[f->down] == ECO__OUTSIDE ? c->cell_length[f->down] : 0.0));
  double sill = joint ? (up > down ? up : down) : 0.5 * (up + down);
  f->bed_up_m = up > sill ? up : sill;
  f->bed_down_m = down > sill ? down : sill;
  if (joint) {
    double slope = bed_slope(c, c->cell_water[f->up]);
    f->floor_m = up - (slope > 0 ? slope : 0.0) * f->distance_m;
  }
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
  eco__face *f = add_face(c, last, ECO__OUTSIDE, ECO__NORMAL);
  f->slope = bed_slope(c, w);
  if (!(f->slope > 0))
    eco__fault(c, c->water_items[w], ECO_INVALID,
               "%s '%s' leaves the model at normal depth, but its bed falls by %g m per m, must be above 0",
               eco__word_of(c, c->water_items[w]), water->name, f->slope);
}

eco__face *eco__add_structure_face(eco__compiler *c, uint32_t up, uint32_t down, eco__law law)
{
  eco__face *f = add_face(c, up, down, law);
  if (down != ECO__OUTSIDE && c->cell_table[up] == ECO__OUTSIDE)
    set_channel(c, f, true); /* the river's own bed where a dam is not there */
  return f;
}

static uint32_t root_of(uint32_t *parent, uint32_t x)
{
  while (parent[x] != x) {
    parent[x] = parent[parent[x]];
    x = parent[x];
  }
  return x;
}

static eco_item item_of_face(const eco__compiler *c, const eco__face *f)
{
  if (f->structure != ECO__OUTSIDE) {
    eco_item item;
    if (eco_basin_find(c->basin, c->model->structures[f->structure].name, &item, NULL) == ECO_OK)
      return item;
  }
  return c->water_items[c->cell_water[f->up]];
}

/* Waters that can push both ways must form a forest: a looped network is a thing to come. */
static void refuse_looped_network(eco__compiler *c)
{
  eco_model *m = c->model;
  uint32_t *parent = ECO__COMPILER_TAKE(c, uint32_t, m->n_cells);
  if (!parent)
    return;
  for (uint32_t i = 0; i < m->n_cells; i++)
    parent[i] = i;
  for (size_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &c->faces[f];
    if (face->down == ECO__OUTSIDE || face->law == ECO__INTAKE)
      continue;
    uint32_t a = root_of(parent, face->up), b = root_of(parent, face->down);
    if (a == b) {
      eco_item item = item_of_face(c, face);
      eco__fault(c, item, ECO_INVALID,
                 "%s '%s' closes a loop of waters between '%s' and '%s': looped networks are not there yet",
                 eco__word_of(c, item), eco__item_name(c->basin, item), c->waters[c->cell_water[face->up]].name,
                 c->waters[c->cell_water[face->down]].name);
    }
    parent[a] = b;
  }
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

static bool inside_chain(const eco__compiler *c, const eco__face *f)
{
  return f->down == f->up + 1 && c->cell_chain[f->up] == c->cell_chain[f->down] && f->law != ECO__INTAKE &&
         (c->cell_water[f->up] == c->cell_water[f->down] || &c->faces[c->waters[c->cell_water[f->up]].out_face] == f);
}

/* Chains get their inner faces in the order of their cells; everything else is a link. */
static void sort_faces(eco__compiler *c)
{
  eco_model *m = c->model;
  uint32_t *inner = ECO__COMPILER_TAKE(c, uint32_t, m->n_cells), *links = ECO__COMPILER_TAKE(c, uint32_t, m->n_faces);
  eco__chain *chains = ECO__COMPILER_TAKE(c, eco__chain, m->n_chains);
  if (!inner || !links || !chains)
    return;
  uint32_t n = 0;
  for (size_t k = 0; k < m->n_chains; k++) {
    chains[k] = m->chains[k];
    chains[k].first_face = n;
    n += chains[k].n_cells - 1;
    const eco__water *last = &c->waters[c->cell_water[chains[k].first_cell + chains[k].n_cells - 1]];
    chains[k].end_face = last->out_face;
  }
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &c->faces[f];
    if (face->down != ECO__OUTSIDE && inside_chain(c, face)) {
      const eco__chain *chain = &chains[c->cell_chain[face->up]];
      inner[chain->first_face + (face->up - chain->first_cell)] = f;
    } else {
      links[m->n_links++] = f;
    }
  }
  m->chains = chains;
  m->chain_faces = inner;
  m->links = links;
}

void eco__compile_faces(eco__compiler *c)
{
  eco_model *m = c->model;
  m->faces = c->faces =
    ECO__COMPILER_TAKE(c, eco__face, m->n_cells + m->n_waters + eco_basin_count(c->basin, ECO_STRUCTURE));
  if (!c->faces)
    return;
  for (uint32_t w = 0; w < m->n_waters; w++)
    if (eco__is_reach(c->waters[w].kind))
      add_inner_faces(c, w);
  eco__compile_structures(c);
  for (uint32_t w = 0; w < m->n_waters && c->n_faults == 0; w++)
    add_end_face(c, w);
  if (c->n_faults == 0)
    refuse_closed_lakes(c);
  if (c->n_faults == 0)
    refuse_looped_network(c);
  if (c->n_faults == 0)
    sort_faces(c);
}
