/* section.h -- geometry of a channel's cross-section: a trapezoid, or a table of widths with an optional flood plain. */
#ifndef ECO__SECTION_H
#define ECO__SECTION_H

#include "base/base.h"

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

/* [lane] at depths above 0: area m2, top width m, (A/K)^2 in s2/m2, and its slope in the depth. */
void eco__section_at(size_t n, const eco__shape *shape, const double *depth_m, double *area_m2, double *top_m,
                     double *friction, double *friction_in_depth);
double eco__section_area(const eco__shape *shape, double depth_m);  /* 0 at and below the bed */
double eco__section_top(const eco__shape *shape, double depth_m);   /* of the bed at and below it */
double eco__section_depth(const eco__shape *shape, double area_m2); /* the inverse of eco__section_area */

#endif
