/* month_flow.c -- daily flows out of monthly means: no step at the turn of a month, the month's volume to round-off, never
 * below zero, the same where all months are the same, and no bump where the months rise or fall one after another.
 *
 *   FLO-1   flow at the turn from a month of a (n_a days) to one of b (n_b days), both above 0:
 *           e = (w_a + w_b) / (w_a / a + w_b / b),  w_a = 2 n_b + n_a,  w_b = n_b + 2 n_a; 0 where one of them is 0
 *                                                                  [FritschButland1984]: a <= e <= b, e <= 3 min(a, b)
 *   FLO-2   within a month of mean m with e_0, e_1 at its ends, l = m - e_0, r = e_1 - m of one sign, p = r / l:
 *           q(x) = e_0 + (e_1 - e_0) x^p for p >= 1, e_1 - (e_1 - e_0) (1 - x)^(1/p) below; its mean is m, it is monotone
 *   FLO-3   elsewhere (a peak, a trough, p beyond 1/8..8): the parabola of mean m,
 *           q(x) = e_0 (1 - 4 x + 3 x^2) + e_1 (3 x^2 - 2 x) + 6 m (x - x^2); not below 0 where e_0, e_1 <= 3 m
 *                                                                                               [FritschCarlson1980]
 *   FLO-4   mean of day d of n: n (Q(d / n) - Q((d - 1) / n)), Q the integral of q: the days sum to n m
 *
 * Derivation and bounds: doc/theory/boundary.md. A factor on all months is a factor on all days. */
#include "land/land.h"

#include <math.h>

#define STEEPEST 8.0 /* largest p: three or four days for a rise (assumption of libecosim) */

static double turn(double a, double b, double days_a, double days_b) /* FLO-1 */
{
  if (a == b)
    return a;
  if (!(a > 0 && b > 0))
    return 0.0;
  double w_a = 2.0 * days_b + days_a, w_b = days_b + 2.0 * days_a;
  return (w_a + w_b) / (w_a / a + w_b / b);
}

/* Integral of q from 0 to x. */
static double gone_by(double m, double e0, double e1, double x)
{
  double l = m - e0, r = e1 - m, whole = e1 - e0;
  double p = l * r > 0 ? r / l : 0.0;
  if (p >= 1.0 && p <= STEEPEST) /* FLO-2 */
    return e0 * x + whole * pow(x, p + 1.0) / (p + 1.0);
  if (p > 0.0 && p < 1.0 && p * STEEPEST >= 1.0) {
    double s = 1.0 / p, rest = 1.0 - x;
    return m - (e1 * rest - whole * pow(rest, s + 1.0) / (s + 1.0));
  }
  double square = x * x, cube = square * x; /* FLO-3 */
  return e0 * (x - 2.0 * square + cube) + e1 * (cube - square) + m * (3.0 * square - 2.0 * cube);
}

double eco__flow_of_day(const double mean[3], const int days[3], int day_of_month)
{
  double m = mean[1], n = days[1];
  double e0 = turn(mean[0], m, days[0], n), e1 = turn(m, mean[2], n, days[2]);
  if (e0 == m && e1 == m)
    return m;
  double from = gone_by(m, e0, e1, (day_of_month - 1) / n), until = gone_by(m, e0, e1, day_of_month / n);
  double flow = n * (until - from); /* FLO-4 */
  return flow > 0 ? flow : 0.0;     /* a last digit below zero where the month is dry */
}
