/* lean.c -- how the water's depth leans from a cell to its face, at the start of a step.
 *
 *   WAT-15  y <- y (1 + e),  e = (1/2 - w) L(y_g - y_gg, y_t - y_g) / y                where WAT-9 has w < 1/2;  |e| <= 1/2
 *           at an outlet e = L(y_g - y_gg, y_gg - y_ggg) / (2 y_g)
 *
 * g is the cell that gives, t the one that takes, gg the one before; L is 0 where the differences have opposite signs, else
 * (a^2 b + b^2 a)/(a^2 + b^2) [VanAlbada1982]. So a face is of second order also where a cell falls by more than its depth and
 * WAT-9 takes the depth of one side. e is of the step before: what is steady does not know, and Newton's matrix stays as it is. */
#include "water/water.h"

#define LEAST_DEPTH_M 1e-6 /* a film does not lean */
#define MOST 0.5

static const double *levels_of(const eco__water_block *b, uint32_t cell)
{
  return b->level_m + (size_t)cell * b->n;
}

static inline double held(double lean)
{
  return lean > MOST ? MOST : lean < -MOST ? -MOST : lean;
}

/* One direction of a face: lanes whose old flow runs from `give` to `take`. */
static void lean_from(eco__water_block *b, uint32_t f, uint32_t give, uint32_t take, uint32_t before, bool down)
{
  const eco_model *m = b->model;
  const double *restrict hg = levels_of(b, give), *restrict ht = levels_of(b, take),
                         *restrict hb = levels_of(b, before);
  const double zg = m->cell_bed_m[give], zt = m->cell_bed_m[take], zb = m->cell_bed_m[before];
  const double *restrict q = b->flow_m3_s + (size_t)f * b->n;
  double *restrict lean = b->lean + (size_t)f * b->n;
  ECO__EACH_LANE
  for (size_t l = 0; l < b->n; l++) {
    double from = hg[l] - zg, step = ht[l] - zt - from, rise = from - (hb[l] - zb);
    double w = eco__middle_of(from, step, hg[l] - ht[l]).w, y = from + w * step;
    double e = (0.5 - w) * eco__limited_mean(rise, step) / (y > LEAST_DEPTH_M ? y : LEAST_DEPTH_M);
    e = from > LEAST_DEPTH_M ? held(e) : 0.0;
    lean[l] = (q[l] >= 0) == down ? e : lean[l];
  }
}

static void lean_out(eco__water_block *b, uint32_t f, uint32_t give, uint32_t before, uint32_t first)
{
  const eco_model *m = b->model;
  const double *restrict hg = levels_of(b, give), *restrict hb = levels_of(b, before),
                         *restrict hf = levels_of(b, first);
  const double zg = m->cell_bed_m[give], zb = m->cell_bed_m[before], zf = m->cell_bed_m[first];
  double *restrict lean = b->lean + (size_t)f * b->n;
  ECO__EACH_LANE
  for (size_t l = 0; l < b->n; l++) {
    double from = hg[l] - zg, middle = hb[l] - zb, rise = from - middle, rise_before = middle - (hf[l] - zf);
    double e = 0.5 * eco__limited_mean(rise, rise_before) / (from > LEAST_DEPTH_M ? from : LEAST_DEPTH_M);
    lean[l] = from > LEAST_DEPTH_M ? held(e) : 0.0;
  }
}

/* The cell before `cell` along its channel; ECO__OUTSIDE where the channel does not go straight on. */
static uint32_t above(const eco_model *m, uint32_t cell)
{
  return m->cell_above[cell] == ECO__OUTSIDE ? ECO__OUTSIDE : m->faces[m->cell_above[cell]].up;
}

static uint32_t below(const eco_model *m, uint32_t cell)
{
  return m->cell_below[cell] == ECO__OUTSIDE ? ECO__OUTSIDE : m->faces[m->cell_below[cell]].down;
}

void eco__lean(eco__water_block *b)
{
  const eco_model *m = b->model;
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &m->faces[f];
    if (face->law != ECO__CHANNEL && face->law != ECO__NORMAL)
      continue;
    uint32_t before = above(m, face->up);
    if (face->law == ECO__NORMAL) {
      uint32_t first = before == ECO__OUTSIDE ? ECO__OUTSIDE : above(m, before);
      if (first != ECO__OUTSIDE)
        lean_out(b, f, face->up, before, first);
      continue;
    }
    if (before != ECO__OUTSIDE && m->cell_below[face->up] == f && m->cell_table[face->down] == ECO__OUTSIDE)
      lean_from(b, f, face->up, face->down, before, true);
    uint32_t after = below(m, face->down);
    if (after != ECO__OUTSIDE && m->cell_above[face->down] == f && m->cell_table[face->up] == ECO__OUTSIDE)
      lean_from(b, f, face->down, face->up, after, false);
  }
}
