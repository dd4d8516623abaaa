/* section.h -- geometry of a channel's cross-section: a trapezoid, or a table of widths with an optional flood plain. */
#ifndef ECO__SECTION_H
#define ECO__SECTION_H

#include "base/base.h"

#include <math.h>

typedef struct eco__profile { /* table of widths, SEC-2 */
  size_t n;
  const double *depth_m, *width_m;  /* the first depth is 0; widths do not fall, the last is above 0 */
  const double *area_m2, *wetted_m; /* at these depths */
  double bank_m, plain_manning_n;   /* above bank_m the plains have their own n; INFINITY: no plains */
} eco__profile;

typedef struct eco__shape {
  double width_m, side_slope; /* of the trapezoid; of a profile: its width at the bed, 0 */
  double manning_n;
  const eco__profile *profile; /* NULL: trapezoid */
  double chezy;                /* m^(1/2)/s, of a trapezoid; NaN or 0: Manning */
} eco__shape;

typedef struct eco__wetted { /* at a depth above 0: m2, m, (A/K)^2 in s2/m2 and its slope in the depth */
  double area, top, friction, in_depth;
} eco__wetted;
eco__wetted eco__wetted_at(const eco__shape *shape, double depth_m);
double eco__section_area(const eco__shape *shape, double depth_m); /* 0 at and below the bed */
double eco__section_radius(const eco__shape *shape,
                           double depth_m);                         /* A / P, flood plains with the rest; 0 where dry */
double eco__section_top(const eco__shape *shape, double depth_m);   /* of the bed at and below it */
double eco__section_depth(const eco__shape *shape, double area_m2); /* the inverse of eco__section_area */

/* SEC-1 inline, for loops over lanes */
typedef struct eco__trapezoid {
  double width_m, side_slope, bank, n2; /* bank: dP/dy */
} eco__trapezoid;
static inline eco__trapezoid eco__trapezoid_of(const eco__shape *shape)
{
  double z = shape->side_slope, n = shape->manning_n;
  return (eco__trapezoid){shape->width_m, z, 2.0 * sqrt(1.0 + z * z), n * n};
}
static inline double eco__trapezoid_depth(double width_m, double side_slope, double area_m2)
{
  return 2.0 * area_m2 / (width_m + sqrt(width_m * width_m + 4.0 * side_slope * area_m2));
}
static inline eco__wetted eco__trapezoid_at(const eco__trapezoid *s, double y)
{
  double top = s->width_m + 2.0 * s->side_slope * y, area = y * (s->width_m + s->side_slope * y);
  double wetted = s->width_m + s->bank * y, per_area = 1.0 / area, per_wetted = 1.0 / wetted;
  double c = eco__inverse_cbrt(area * per_wetted), friction = s->n2 * (c * c) * (c * c); /* c = R^(-1/3) */
  return (eco__wetted){area, top, friction, -4.0 / 3.0 * friction * (top * per_area - s->bank * per_wetted)};
}

#endif
