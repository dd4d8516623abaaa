/* smooth.h -- corners that Newton can round: steps, roots and lesser-of-two with a slope everywhere. */
#ifndef ECO__SMOOTH_H
#define ECO__SMOOTH_H

#include <math.h>

/* 0 below x = 0, 1 above x = 1, x^2 (3 - 2 x) between. */
static inline double eco__smooth_step(double x, double *slope)
{
  double t = x < 0 ? 0.0 : x > 1 ? 1.0 : x;
  *slope = 6.0 * t * (1.0 - t);
  return t * t * (3.0 - 2.0 * t);
}

/* STR-1: the root of d; below `drop` the odd cubic that meets it with its slope. `in_drop`: slope in drop, never above 0. */
static inline double eco__head_root(double d, double drop, double *slope, double *in_drop)
{
  *in_drop = 0.0;
  if (d >= drop) {
    double r = sqrt(d);
    *slope = d > 0 ? 0.5 / r : 0.0;
    return r;
  }
  double t = d / drop, r = sqrt(drop);
  *slope = (1.25 - 0.75 * t * t) / r;
  *in_drop = -0.625 * t * (1.0 - t * t) / r;
  return r * t * (1.25 - 0.25 * t * t);
}

#define ECO__LEAST_BAND 0.1 /* STR-2: relative difference within which the lesser of two is rounded; assumption */

/* STR-2: the lesser of a and b, both 0 or more: exactly, unless they differ by less than a tenth of their mean. There a
 * parabola that meets both with their slopes: at most 2.5 % less where a = b. */
static inline double eco__smooth_least(double a, double b, double *in_a, double *in_b)
{
  double mean = 0.5 * (a + b), width = ECO__LEAST_BAND * mean;
  if (!(a - b < width) || !(b - a < width)) {
    *in_a = a < b ? 1.0 : 0.0;
    *in_b = a < b ? 0.0 : 1.0;
    return a < b ? a : b;
  }
  double u = (a - b) / width;
  *in_a = (1.0 - u) * (0.5 - ECO__LEAST_BAND / 8.0 * (1.0 + u));
  *in_b = (1.0 + u) * (0.5 - ECO__LEAST_BAND / 8.0 * (1.0 - u));
  return mean - 0.25 * width * (1.0 + u * u);
}

#endif
