/* section.c -- a channel's cross-section at a depth: area, top width, and the friction term n^2 / R^(4/3) = (A/K)^2, with K the
 * conveyance.
 *
 *   SEC-1  trapezoid: A = y (b + z y), T = b + 2 z y, P = b + 2 y sqrt(1 + z^2)                    [Chow1959] table 2-1
 *   SEC-4  Chezy instead: F = 1 / (C^2 R)                                                          [Chow1959] ch. 5
 *   SEC-2  table of widths: T linear between the given depths, A its exact integral, P of two like banks:
 *          dP/dy = 2 sqrt(1 + (T'/2)^2); above the last depth the banks are walls
 *   SEC-3  K = A R^(2/3) / n, with a flood plain K = sum over main channel and plains, parted by vertical lines at the
 *          bank that no friction acts on                                                           [Chow1959] ch. 6
 */
#include "basin/section.h"

#include <math.h>

static eco__wetted chezy_at(const eco__shape *s, double y) /* SEC-4 */
{
  double b = s->width_m, z = s->side_slope, bank = 2.0 * sqrt(1.0 + z * z), per = 1.0 / (s->chezy * s->chezy);
  double top = b + 2.0 * z * y, area = y * (b + z * y), wetted = b + bank * y, friction = per * wetted / area;
  return (eco__wetted){area, top, friction, -friction * (top / area - bank / wetted)};
}

/* ---- tables ---- */

typedef struct part {              /* of a compound section */
  double area, top, wetted, banks; /* banks: dP/dy */
} part;

static size_t interval_of(const eco__profile *p, double y)
{
  size_t k = 0;
  while (k + 1 < p->n && y > p->depth_m[k + 1])
    k++;
  return k;
}

static part whole_at(const eco__profile *p, double y) /* SEC-2 */
{
  size_t k = interval_of(p, y);
  double rise = y - p->depth_m[k];
  if (k + 1 == p->n)
    return (part){p->area_m2[k] + p->width_m[k] * rise, p->width_m[k], p->wetted_m[k] + 2.0 * rise, 2.0};
  double slope = (p->width_m[k + 1] - p->width_m[k]) / (p->depth_m[k + 1] - p->depth_m[k]);
  double banks = 2.0 * sqrt(1.0 + 0.25 * slope * slope);
  return (part){p->area_m2[k] + (p->width_m[k] + 0.5 * slope * rise) * rise, p->width_m[k] + slope * rise,
                p->wetted_m[k] + banks * rise, banks};
}

static double profile_depth(const eco__profile *p, double area)
{
  size_t k = 0;
  while (k + 1 < p->n && area > p->area_m2[k + 1])
    k++;
  double over = area - p->area_m2[k], width = p->width_m[k];
  double slope = k + 1 == p->n ? 0.0 : (p->width_m[k + 1] - width) / (p->depth_m[k + 1] - p->depth_m[k]);
  return p->depth_m[k] + 2.0 * over / (width + sqrt(width * width + 2.0 * slope * over));
}

/* K of one part and its slope */
static double conveyance(part s, double manning_n, double *in_depth)
{
  if (!(s.area > 0) || !(s.wetted > 0)) {
    *in_depth = 0.0;
    return 0.0;
  }
  double radius = s.area / s.wetted, k = s.area * radius * eco__inverse_cbrt(radius) / manning_n;
  *in_depth = k * (5.0 / 3.0 * s.top / s.area - 2.0 / 3.0 * s.banks / s.wetted);
  return k;
}

static eco__wetted profile_at(const eco__shape *s, double y)
{
  const eco__profile *p = s->profile;
  double k, slope;
  part all = whole_at(p, y);
  if (y > p->bank_m) { /* SEC-3 */
    double over = y - p->bank_m, plain_slope;
    part bank = whole_at(p, p->bank_m);
    part inside = {bank.area + bank.top * over, bank.top, bank.wetted, 0.0};
    part plain = {all.area - inside.area, all.top - inside.top, all.wetted - bank.wetted, all.banks};
    k = conveyance(inside, s->manning_n, &slope);
    k += conveyance(plain, p->plain_manning_n, &plain_slope);
    slope += plain_slope;
  } else {
    k = conveyance(all, s->manning_n, &slope);
  }
  double per = all.area / k;
  return (eco__wetted){all.area, all.top, per * per, 2.0 * per * per * (all.top / all.area - slope / k)};
}

eco__wetted eco__wetted_at(const eco__shape *shape, double depth_m)
{
  if (shape->profile)
    return profile_at(shape, depth_m);
  if (shape->chezy > 0)
    return chezy_at(shape, depth_m);
  eco__trapezoid t = eco__trapezoid_of(shape);
  return eco__trapezoid_at(&t, depth_m);
}

double eco__section_area(const eco__shape *s, double depth_m)
{
  if (!(depth_m > 0))
    return 0.0;
  return s->profile ? whole_at(s->profile, depth_m).area : depth_m * (s->width_m + s->side_slope * depth_m);
}

double eco__section_radius(const eco__shape *s, double depth_m)
{
  if (!(depth_m > 0))
    return 0.0;
  if (s->profile) {
    part all = whole_at(s->profile, depth_m);
    return all.area / all.wetted;
  }
  double wetted = s->width_m + 2.0 * depth_m * sqrt(1.0 + s->side_slope * s->side_slope); /* SEC-1 */
  return eco__section_area(s, depth_m) / wetted;
}

double eco__section_top(const eco__shape *s, double depth_m)
{
  double y = depth_m > 0 ? depth_m : 0.0;
  return s->profile ? whole_at(s->profile, y).top : s->width_m + 2.0 * s->side_slope * y;
}

double eco__section_depth(const eco__shape *s, double area_m2)
{
  if (!(area_m2 > 0))
    return 0.0;
  if (s->profile)
    return profile_depth(s->profile, area_m2);
  return eco__trapezoid_depth(s->width_m, s->side_slope, area_m2);
}
