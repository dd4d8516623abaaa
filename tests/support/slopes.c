/* slopes.c -- see slopes.h */
#include "slopes.h"

#include <check.h>
#include <math.h>

#define NEAR_M 1e-7 /* of a central difference */

bool eco_test_near_kink(const double *distances, size_t n)
{
  for (size_t k = 0; k < n; k++)
    if (fabs(distances[k]) < 3 * NEAR_M)
      return true;
  return false;
}

/* 1e-5 of the slopes: third derivatives over NEAR_M^2, at most (1e-7/1e-4)^2 of them, some times over; and a rounding of q over
 * NEAR_M. */
double eco_test_slopes(eco_test_law f, const void *with, double up, double down)
{
  eco__flow at = f(with, up, down);
  volatile double up1 = up + NEAR_M, up0 = up - NEAR_M, down1 = down + NEAR_M, down0 = down - NEAR_M;
  eco__flow a = f(with, up1, down), b = f(with, up0, down), c = f(with, up, down1), d = f(with, up, down0);
  double in_up = (a.q - b.q) / (up1 - up0), in_down = -(c.q - d.q) / (down1 - down0);
  if (fabs(at.q) < 300 * NEAR_M * (fabs(in_up) + fabs(in_down))) /* friction turns sharply where Q does */
    return 0;
  double tolerance = 1e-5 * (fabs(in_up) + fabs(in_down)) + 4e-15 * fabs(at.q) / NEAR_M + 1e-12;
  ck_assert_msg(fabs(at.q_up - fmax(in_up, 0)) <= tolerance, "dq/dup is %.9g, expected %.9g at %.9g, %.9g (q %g)",
                at.q_up, in_up, up, down, at.q);
  ck_assert_msg(fabs(at.q_down - fmax(in_down, 0)) <= tolerance,
                "-dq/ddown is %.9g, expected %.9g at %.9g, %.9g (q %g)", at.q_down, in_down, up, down, at.q);
  double size = fabs(in_up) + fabs(in_down);
  return size > 0 ? fmax(0, -fmin(in_up, in_down) - tolerance) / size : 0;
}
