/* gamma.c -- the gamma distribution's quantile, monotone in its uniform.
 *
 *   RND-4   P(a, x) = u,  P(a, x) = 1/Gamma(a) int_0^x t^(a-1) e^-t dt;  the result is scale * x
 *   RND-5   P by its series below a + 1, Q = 1 - P by its continued fraction above       [Abramowitz1964] 6.5.29, 6.5.31
 *   RND-6   ln Gamma(a): Stirling's series at a + n >= 12, taken back by the product a (a+1) ... (a+n-1)
 *                                                                                        [Abramowitz1964] 6.1.41, 6.1.15
 *
 *   a   shape   -    0.05..50
 *   u   u       -    0..1, both outside
 *
 * The root is sought in t = ln x, of ln P - ln u where u <= 1/2 and of ln Q - ln(1 - u) above: both are concave in t,
 * so Newton's steps come from one side after the first, and small shapes, whose small quantiles lie many powers of ten
 * below 1, cost no more than large ones. A bracket catches what leaves it. The relative error in x is that of P over
 * dlnP/dt, which falls to a for small x: a few times 1e-16 / 0.05. Two u that are neighbours in their last bits may
 * give the same x or x that differ by that rounding. */
#include "base/base.h"

#include <float.h>
#include <math.h>

static double log_gamma(double a) /* RND-6 */
{
  double product = 1.0;
  for (; a < 12.0; a += 1.0)
    product *= a;
  double w = 1.0 / (a * a);
  /* B_2k / (2k (2k-1)), k = 1..7; the next term is below 1e-18 at a = 12 */
  /* clang-format off */
  double series =
      (((((( 1.0 / 156.0 * w - 691.0 / 360360.0) * w + 1.0 / 1188.0) * w - 1.0 / 1680.0) * w + 1.0 / 1260.0) * w -
        1.0 / 360.0) * w + 1.0 / 12.0) / a;
  /* clang-format on */
  double half_log_two_pi = 0.91893853320467274178;
  return (a - 0.5) * log(a) - a + half_log_two_pi + series - log(product);
}

/* P, Q and x f(x), which is dP/dt, at x = e^t. RND-5 */
typedef struct tails {
  double lower, upper, slope;
} tails;

static tails tails_by_series(double a, double x, double slope)
{
  double term = 1.0 / a, sum = term;
  for (int n = 1; n < 1000 && term > sum * (0.25 * DBL_EPSILON); n++) {
    term *= x / (a + n);
    sum += term;
  }
  double lower = slope * sum;
  return (tails){lower, 1.0 - lower, slope};
}

static tails tails_by_fraction(double a, double x, double slope)
{
  /* 1 / (x+1-a - 1(1-a)/(x+3-a - 2(2-a)/(x+5-a - ...))), from the front by ratios of successive numerators and
   * denominators */
  double b = x + 1.0 - a;
  double numerators = 1.0 / DBL_MIN, denominators = 1.0 / b, fraction = denominators;
  for (int n = 1; n < 1000; n++) {
    double step = -n * (n - a);
    b += 2.0;
    denominators = 1.0 / (b + step * denominators);
    numerators = b + step / numerators;
    double change = numerators * denominators;
    fraction *= change;
    if (fabs(change - 1.0) < 0.5 * DBL_EPSILON)
      break;
  }
  double upper = slope * fraction;
  return (tails){1.0 - upper, upper, slope};
}

static tails tails_at(double a, double t, double log_gamma_a)
{
  double x = exp(t);
  double slope = exp(a * t - x - log_gamma_a);
  return x < a + 1.0 ? tails_by_series(a, x, slope) : tails_by_fraction(a, x, slope);
}

double eco__gamma_lower(double shape, double x) /* RND-5 */
{
  return x > 0.0 ? tails_at(shape, log(x), log_gamma(shape)).lower : 0.0;
}

double eco__gamma_quantile(double u, double shape, double scale) /* RND-4 */
{
  double log_gamma_a = log_gamma(shape);
  bool in_lower = u <= 0.5;
  double wanted = log(in_lower ? u : 1.0 - u);
  /* P(a, x) <= x^a / Gamma(a+1), so this is below the root and, where x is small, it is the root */
  double low = (log(u) + log_gamma_a + log(shape)) / shape;
  double high = INFINITY;
  /* Wilson & Hilferty 1931: cube root of a gamma variate is nearly normal; a start, no more */
  double root = 1.0 - 1.0 / (9.0 * shape) + eco__normal_quantile(u) / (3.0 * sqrt(shape));
  double t = shape > 0.5 && root > 0.0 ? log(shape) + 3.0 * log(root) : low;
  t = t > low ? t : low;
  for (int n = 0; n < 100; n++) {
    tails now = tails_at(shape, t, log_gamma_a);
    double fault = in_lower ? log(now.lower) - wanted : wanted - log(now.upper);
    double gain = now.slope / (in_lower ? now.lower : now.upper);
    if (fault > 0.0)
      high = t;
    else
      low = t;
    double next = t - fault / gain;
    bool inside = next >= low && next <= high; /* false for a NaN, too: where a tail has run out of doubles */
    if (!inside)
      next = isinf(high) ? low + 1.0 : 0.5 * (low + high);
    if (fabs(next - t) < 1e-15 * fmax(1.0, fabs(t)))
      return scale * exp(next);
    t = next;
  }
  return scale * exp(t);
}
