/* compile_face.c -- faces between cells: channels, outlets, branches, structures. */
#include "basin/compile.h"

#include <math.h>

#define NO_FLOOR (-1e30) /* m: the level below counts as it is */
#define DEAD_DEPTH_M 0.1 /* an intake's or dam's least level over the bed where none is given */

static const struct {
  const char *word;
  eco__law law;
} laws[] = {{"weir", ECO__WEIR}, {"gate", ECO__GATE}, {"dam", ECO__DAM}, {"intake", ECO__INTAKE}};

const char *eco__law_word(eco__law law)
{
  for (size_t k = 0; k < sizeof laws / sizeof laws[0]; k++)
    if (laws[k].law == law)
      return laws[k].word;
  return NULL;
}

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
  bool lake = c->cell_table[from] != ECO__OUTSIDE;
  if (!lake) {
    set_channel(c, f, false);
    return;
  }
  f->shape = f->shape_down = c->cell_shape[first];
  f->distance_m = 0.5 * c->cell_length[first];
  f->bed_up_m = eco__bed_at(c, w, 0.0);
  f->bed_down_m = c->cell_bed[first];
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

static void need(eco__compiler *c, eco_item item, const char *param)
{
  if (isnan(eco__item_number(c->basin, item, param)))
    eco__fault(c, item, ECO_INVALID, "structure '%s': '%s' must be given for a %s", eco__item_name(c->basin, item),
               param, eco__item_text(c->basin, item, "law"));
}

static bool read_law(eco__compiler *c, eco_item item, eco__law *out)
{
  const char *word = eco__item_text(c->basin, item, "law");
  const char *words[4];
  for (size_t k = 0; k < 4; k++) {
    words[k] = laws[k].word;
    if (eco__text_equal(word, laws[k].word)) {
      *out = laws[k].law;
      return true;
    }
  }
  const char *near = eco__nearest(word, words, 4);
  eco__fault(c, item, ECO_INVALID, "structure '%s': law is '%s', expected weir, gate, dam or intake%s%s%s",
             eco__item_name(c->basin, item), word, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  return false;
}

static void read_structure(eco__compiler *c, eco_item item, eco__structure *s)
{
  const eco_basin *b = c->basin;
  if (s->law == ECO__WEIR || s->law == ECO__GATE)
    need(c, item, "crest");
  if (s->law == ECO__DAM)
    need(c, item, "hold_level");
  if (s->law != ECO__INTAKE)
    need(c, item, "width");
  size_t n;
  if (s->law == ECO__INTAKE && !eco__item_array(b, item, "demand", &n))
    eco__fault(c, item, ECO_INVALID, "structure '%s': 'demand' must be given for an intake", s->name);
  s->width_m = eco__item_number(b, item, "width");
  s->coefficient = eco__item_number(b, item, "coefficient");
  s->band_m = eco__item_number(b, item, "band");
  s->smooth_drop_m = eco__item_number(b, item, "smooth_drop");
  s->one_way = eco__item_number(b, item, "one_way") > 0.5;
  const eco__face *f = &c->faces[s->face];
  double up = c->cell_bed[f->up], down = f->down == ECO__OUTSIDE ? up : c->cell_bed[f->down];
  s->bed_m = up > down ? up : down;
  s->min_level_m = eco__item_number(b, item, "min_level");
  if (isnan(s->min_level_m))
    s->min_level_m = up + DEAD_DEPTH_M;
  s->min_level_m = s->min_level_m > up ? s->min_level_m : up;
  s->numbers[ECO__S_CREST] = eco__item_number(b, item, "crest");
  s->numbers[ECO__S_CAPACITY] = eco__item_number(b, item, "capacity");
  s->numbers[ECO__S_HOLD] = eco__item_number(b, item, "hold_level");
  s->numbers[ECO__S_OPEN] = eco__item_number(b, item, "open_level");
  s->numbers[ECO__S_ACTIVE] = eco__item_number(b, item, "active");
  for (int m = 0; m < 12; m++)
    s->demand[m] = s->law == ECO__INTAKE ? eco__item_monthly(b, item, "demand", m)
                   : s->law == ECO__DAM  ? eco__item_monthly(b, item, "release", m)
                                         : 0.0;
}

static bool inside_water(eco__compiler *c, eco_item item, const char *param, uint32_t water, double at_m)
{
  if (water == ECO__OUTSIDE || !eco__is_reach(c->waters[water].kind) || !(at_m > c->waters[water].length_m))
    return true;
  eco__fault(c, item, ECO_INVALID, "structure '%s': %s is %g m, but '%s' is %g m long", eco__item_name(c->basin, item),
             param, at_m, c->waters[water].name, c->waters[water].length_m);
  return false;
}

/* A structure at the lower end of a reach, towards its downstream water, takes the place of the channel face. */
static void add_structure(eco__compiler *c, eco_item item, eco__structure *s, uint32_t index)
{
  s->name = eco__arena_text(&c->model->arena, eco__item_name(c->basin, item));
  s->place = eco__arena_text(&c->model->arena, eco__item_place(c->basin, item));
  uint32_t from = eco__water_named(c, item, "from", true), to = eco__water_named(c, item, "to", false);
  if (!read_law(c, item, &s->law) || from == ECO__OUTSIDE || c->n_faults)
    return;
  double from_at = eco__item_number(c->basin, item, "from_at"), to_at = eco__item_number(c->basin, item, "to_at");
  if (!inside_water(c, item, "from_at", from, from_at) || !inside_water(c, item, "to_at", to, to_at))
    return;
  uint32_t up = eco__cell_at(c, from, from_at), down = ECO__OUTSIDE;
  bool at_end = up == c->waters[from].first_cell + c->waters[from].n_cells - 1;
  if (to != ECO__OUTSIDE && to == c->waters[from].downstream && !eco__item_is_set(c->basin, item, "to_at"))
    to_at = c->enters_m[from];
  if (to != ECO__OUTSIDE)
    down = eco__cell_at(c, to, to_at);
  if (up == down) {
    eco__fault(c, item, ECO_INVALID, "structure '%s': from and to are the same place of '%s'", s->name,
               c->waters[from].name);
    return;
  }
  s->face = (uint32_t)c->model->n_faces;
  eco__face *f = add_face(c, up, down, s->law);
  f->structure = index;
  if (down != ECO__OUTSIDE && eco__is_reach(c->waters[from].kind))
    set_channel(c, f, true);
  if (s->law != ECO__INTAKE && at_end && eco__is_reach(c->waters[from].kind) && to == c->waters[from].downstream)
    c->waters[from].out_face = s->face;
  read_structure(c, item, s);
}

static void add_structures(eco__compiler *c)
{
  eco_model *m = c->model;
  m->n_structures = eco_basin_count(c->basin, ECO_STRUCTURE);
  eco__structure *all = ECO__COMPILER_TAKE(c, eco__structure, m->n_structures);
  m->structures = all;
  uint32_t s = 0;
  for (uint32_t i = 0; all && i < eco__basin_n_items(c->basin) && c->n_faults == 0; i++)
    if (eco__item_kind(c->basin, (eco_item){i}) == ECO_STRUCTURE) {
      add_structure(c, (eco_item){i}, &all[s], s);
      s++;
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
                 "%s '%s' flows to '%s', but no structure lets its water out: add a weir, gate, dam or intake from it",
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
  for (uint32_t w = 0; w < m->n_waters; w++)
    if (eco__is_reach(c->waters[w].kind))
      add_inner_faces(c, w);
  add_structures(c);
  for (uint32_t w = 0; w < m->n_waters && c->n_faults == 0; w++)
    add_end_face(c, w);
  for (uint32_t w = 0; w < m->n_waters && c->n_faults == 0; w++)
    add_branch_face(c, w);
  if (c->n_faults == 0)
    refuse_closed_lakes(c);
  if (c->n_faults == 0)
    eco__compile_chains(c);
}
