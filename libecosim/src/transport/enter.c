/* enter.c -- what enters along a chain within a step: runoff, plants, tributaries that join part-way.
 *
 *   MIX-3  A parcel meets the inflow of a cell for as long as it is in that cell. With time counted in steps and the cell crossed
 *          in T: where T < 1, parcels that start above it and end in it get T/2 of the inflow, those that start in it and end
 *          below T/2, and those that cross it 1 - T, evenly from the one that starts next to it to the one that ends next to
 *          it. Where T >= 1 half enters before and half after: then the part that leaves in the step, 1/(2 T), is right.
 *
 * So the first part is put into the cell after the remap, the second before it, and the third, water and mass alike, into the
 * cells where its water starts, or into the head's water where that is beyond the upper end; the faces on the way pass it in
 * addition. Steps tile without a gap: a steady source makes an even plume, an even inflow along a reach a straight rise, at any
 * Courant number. Volumes end as the water solver has them, a constant stays constant, nothing is negative. */
#include "transport/sweep.h"

#define ROW(base, j) ((base) + (size_t)(j)*e->stride)

/* Share of the inflow of a cell, crossed in `crossing`, for water that starts further above it than t. */
static inline double above(double t, double crossing)
{
  double share = 1.0 - crossing - t;
  return share > 0 ? share : 0.0;
}

static void add_part(const eco__enter *e, size_t k, const double *water, const double *const *mass, const double *part,
                     const double *rest)
{
  double *restrict volume = ROW(e->volume, k);
  ECO__EACH_LANE
  for (size_t l = e->first; l < e->last; l++)
    volume[l] += (part[l] - rest[l]) * water[l];
  for (size_t s = 0; s < e->n_states; s++) {
    double *restrict to = ROW(e->mass[s], k);
    const double *restrict m = mass[s];
    ECO__EACH_LANE
    for (size_t l = e->first; l < e->last; l++)
      to[l] += (part[l] - rest[l]) * m[l];
  }
}

/* The part that starts above the face below row k passes that face. */
static void add_passed(const eco__enter *e, size_t k, const double *water, const double *const *mass,
                       const double *part)
{
  double *restrict passed = ROW(e->passed, k);
  for (size_t l = e->first; l < e->last; l++)
    passed[l] += part[l] * water[l];
  for (size_t s = 0; s < e->n_states; s++) {
    double *restrict to = ROW(e->beyond[s], k);
    for (size_t l = e->first; l < e->last; l++)
      to[l] += part[l] * mass[s][l];
  }
}

void eco__enter_cell(const eco__enter *e, size_t j, const double *water, const double *const *mass)
{
  const double *crossing = ROW(e->time, j), *after = ROW(e->after, j);
  double *part = e->now, *rest = e->next, *one = e->now + e->stride * 2, *t = e->now + e->stride * 3, any = 0.0;
  for (size_t l = e->first; l < e->last; l++) {
    one[l] = 1.0 - after[l];
    t[l] = 0.0;
    part[l] = above(0.0, crossing[l]);
    any += part[l];
  }
  add_part(e, j, water, mass, one, part);
  for (size_t k = j - 1; k > 0 && any > 0; k--) {
    const double *cross = ROW(e->time, k);
    any = 0.0;
    for (size_t l = e->first; l < e->last; l++) {
      t[l] += cross[l];
      rest[l] = above(t[l], crossing[l]);
      any += rest[l];
    }
    add_passed(e, k, water, mass, part);
    add_part(e, k, water, mass, part, rest);
    double *swap = part;
    part = rest;
    rest = swap;
  }
  if (!(any > 0))
    return;
  for (size_t l = e->first; l < e->last; l++)
    rest[l] = 0.0;
  add_part(e, 0, water, mass, part, rest);
}
