/* disperse.c -- longitudinal dispersion along a chain, implicit.
 *
 *   DSP-1  E = 0.011 U^2 B^2 / (H u*),  u* = sqrt(g R Sf),  Sf = F U^2 as in WAT-1             [Fischer1979] eq. 5.19
 *   DSP-2  V_j (c'_j - c_j) = dt sum_f D_f ((1 - w_f)(c_k - c_j) + w_f (c'_k - c'_j)),  D = E A / dx
 *   DSP-3  w_f = max(1/2, 1 - V / (2 dt D_f)) over both cells of the face
 *
 *   DSP-4  a fixed inlet holds the concentration C of the inflow at the upper end: before a step E A dt / max(dx/2, u dt) of water is
 *          exchanged between the first cell and C. Far below the inflow then comes E/u^2 earlier than over an inlet that lets in u A C
 *          alone, as where the river goes on above
 *
 * w = 1/2 is second order in time; where a step spreads more than half a cell's volume through one face, w rises just so
 * far that what is taken explicitly stays below what is there: no negative concentration at any step. The implicit matrix
 * is an M-matrix. A constant stays constant. */
#include "transport/transport.h"

#include <math.h>

#define LEAST_DEPTH_M 0.01 /* m: a shallower cell spreads nothing */

double eco__fischer_dispersion(double speed_m_s, double width_m, double depth_m, double radius_m, double friction)
{
  double speed = speed_m_s >= 0 ? speed_m_s : -speed_m_s;
  double shear_per_speed = sqrt(ECO__GRAVITY * radius_m * friction);
  return 0.011 * speed * width_m * width_m / (depth_m * shear_per_speed); /* DSP-1, one U cancelled */
}

static double spread_of(const eco_model *m, uint32_t cell, const eco__face *face, double depth, double flow)
{
  if (depth < LEAST_DEPTH_M)
    return 0.0;
  const eco__shape *s = &m->cell_shape[cell];
  eco__wetted at = eco__wetted_at(s, depth);
  double e = m->cell_dispersion[cell];
  if (isnan(e))
    e = eco__fischer_dispersion(flow / at.area, at.top, depth, eco__section_radius(s, depth), at.friction);
  return e * at.area / face->distance_m;
}

void eco__find_spread(const eco_model *m, size_t n, const double *level_m, const double *flow_m3_s, double *spread_m3_s)
{
  for (size_t k = 0; k < m->n_cells * n; k++)
    spread_m3_s[k] = 0.0;
  for (size_t c = 0; c < m->n_chains; c++)
    for (uint32_t j = 0; j + 1 < m->chains[c].n_cells; j++) {
      uint32_t f = m->chain_faces[m->chains[c].first_face + j];
      const eco__face *face = &m->faces[f];
      if (face->law != ECO__CHANNEL)
        continue;
      for (size_t l = 0; l < n; l++) {
        double up = level_m[(size_t)face->up * n + l] - m->cell_bed_m[face->up];
        double down = level_m[(size_t)face->down * n + l] - m->cell_bed_m[face->down];
        spread_m3_s[(size_t)face->up * n + l] =
          spread_of(m, face->up, face, up < down ? up : down, flow_m3_s[(size_t)f * n + l]);
      }
    }
}

#define ROW(base, j) ((base) + (size_t)(j)*d->stride)

/* DSP-4, DSP-3: what is held at the inlet is a neighbour whose concentration does not change. */
static void prepare_inlet(const eco__dispersion *d)
{
  for (size_t l = d->first; l < d->last; l++) {
    double all = d->dt_s * d->inlet_spread[l], half = 0.5 * all, bound = 0.5 * d->volume[l];
    d->inlet_early[l] = half < bound ? half : bound;
    d->inlet_late[l] = all - d->inlet_early[l];
    d->pivot[l] += d->inlet_late[l];
  }
}

void eco__disperse_prepare(const eco__dispersion *d)
{
  for (size_t j = 0; j < d->n_cells; j++) {
    const double *restrict v = ROW(d->volume, j), *restrict next = ROW(d->volume, j + 1 < d->n_cells ? j + 1 : j);
    const double *restrict spread = ROW(d->spread, j);
    double *restrict early = ROW(d->early, j), *restrict late = ROW(d->upper, j), *restrict pivot = ROW(d->pivot, j);
    const double linked = j + 1 < d->n_cells ? d->dt_s : 0.0;
    for (size_t l = d->first; l < d->last; l++) {
      double all = linked * spread[l], least = v[l] < next[l] ? v[l] : next[l];
      double half = 0.5 * all, bound = 0.5 * least;
      early[l] = half < bound ? half : bound; /* DSP-3 */
      late[l] = all - early[l];
      pivot[l] = v[l];
    }
  }
  if (d->inlet_spread)
    prepare_inlet(d);
  /* What a pivot has over its late exchange is a sum of volumes, never a difference: spreading a million times stronger than a
   * cell's volume loses no mass. */
  for (size_t j = 1; j < d->n_cells; j++) {
    double *restrict before = ROW(d->pivot, j - 1), *restrict late = ROW(d->upper, j - 1);
    double *restrict here = ROW(d->pivot, j);
    for (size_t l = d->first; l < d->last; l++) {
      double over = before[l], pivot = over + late[l], inverse = pivot > ECO__NOTHING_M3 ? 1.0 / pivot : 0.0;
      late[l] *= inverse; /* from here on the share of the next cell's concentration in this one's */
      here[l] += late[l] * over;
      before[l] = inverse;
    }
  }
  double *restrict end = ROW(d->pivot, d->n_cells - 1);
  for (size_t l = d->first; l < d->last; l++)
    end[l] = end[l] > ECO__NOTHING_M3 ? 1.0 / end[l] : 0.0;
}

static void add_inlet(const eco__dispersion *d, const double *conc, const double *inlet, double *entered, double *right)
{
  for (size_t l = d->first; l < d->last; l++) {
    right[l] += d->inlet_early[l] * (inlet[l] - conc[l]) + d->inlet_late[l] * inlet[l];
    entered[l] += d->inlet_early[l] * (inlet[l] - conc[l]);
  }
}

void eco__disperse(const eco__dispersion *d, double *conc, const double *inlet, double *entered, double *work)
{
  for (size_t j = 0; j < d->n_cells; j++) { /* right side: what is there and what is exchanged explicitly */
    const double *restrict v = ROW(d->volume, j), *restrict c = ROW(conc, j);
    const double *restrict e0 = ROW(d->early, j ? j - 1 : 0), *restrict e1 = ROW(d->early, j);
    const double *restrict c0 = ROW(conc, j ? j - 1 : 0), *restrict c1 = ROW(conc, j + 1 < d->n_cells ? j + 1 : j);
    double *restrict right = ROW(work, j);
    for (size_t l = d->first; l < d->last; l++)
      right[l] = v[l] * c[l] + e0[l] * (c0[l] - c[l]) + e1[l] * (c1[l] - c[l]);
  }
  if (d->inlet_spread)
    add_inlet(d, conc, inlet, entered, work);
  for (size_t j = 1; j < d->n_cells; j++) {
    const double *restrict share = ROW(d->upper, j - 1), *restrict above = ROW(work, j - 1);
    double *restrict right = ROW(work, j);
    for (size_t l = d->first; l < d->last; l++)
      right[l] += share[l] * above[l];
  }
  for (size_t j = d->n_cells; j-- > 0;) {
    const double *restrict pivot = ROW(d->pivot, j), *restrict right = ROW(work, j);
    const double *restrict share = ROW(d->upper, j), *restrict below = ROW(conc, j + 1 < d->n_cells ? j + 1 : j);
    double *restrict c = ROW(conc, j);
    const double linked = j + 1 < d->n_cells ? 1.0 : 0.0;
    for (size_t l = d->first; l < d->last; l++)
      c[l] = right[l] * pivot[l] + linked * share[l] * below[l];
  }
  for (size_t l = d->first; d->inlet_spread && l < d->last; l++)
    entered[l] += d->inlet_late[l] * (inlet[l] - conc[l]);
}
