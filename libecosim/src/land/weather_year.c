/* weather_year.c -- wet, normal and dry years: a calendar year whose rain is that of a wanted frequency, or a wanted amount.
 *
 *   WEA-11  moments of the rain of a span, by recursion over its days: with M_k(s) = E[S^k; state s], g_k = E[X^k] of a
 *           wet day's gamma, M'_k(wet) = sum_s p_s sum_j C(k, j) M_j(s) g_(k-j),  M'_k(dry) = sum_s (1 - p_s) M_k(s);
 *           exact; its variance tends to the sum of [Katz1977]
 *   WEA-12  amount exceeded with probability P, by Pearson III: x = m + s K, K = 2 / c ((1 + c z / 6 - c^2 / 36)^3 - 1),
 *           z the normal quantile of 1 - P, c the skew                             [WilsonHilferty1931], [SL44]
 *   WEA-13  the year is the one of TRIES independent series of its days whose sum S is nearest to the target x, its days
 *           multiplied by x / S
 *
 * Why choose and then scale: a chosen year has the wet spells, the dry spells and the storms of a year of that frequency,
 * where a scaled one would have the number of rain days of a usual year; with 64 series the scale that is left is 0.4 % at
 * 25 % and 1 to 2 % at 5 and 95 % (mean, Jingmen's normals). A year starts from the chain at rest and does not depend on the
 * year before, nor on the day the run starts. */
#include "land/land.h"

#include <math.h>

enum { TRIES = 64, ORDERS = 5 };

static const double choose[ORDERS][ORDERS] = {{1}, {1, 1}, {1, 2, 1}, {1, 3, 3, 1}, {1, 4, 6, 4, 1}};

/* Raw moments of a wet day's rain. */
static void gamma_moments(double shape, double scale, double g[ORDERS])
{
  g[0] = 1.0;
  for (int k = 1; k < ORDERS; k++)
    g[k] = g[k - 1] * (shape + k - 1) * scale;
}

eco__moments eco__rain_moments(const eco__climate *climate, eco_day first, size_t n)
{
  int year, month0;
  eco__month_of(first - 1, &year, &month0);
  double wet[ORDERS] = {eco__wet_share(climate, month0)}, dry[ORDERS] = {1.0 - wet[0]};
  for (size_t d = 0; d < n; d++) {
    double g[ORDERS], next[ORDERS], p_ww, p_wd;
    eco__month_of(first + (eco_day)d, &year, &month0);
    p_ww = climate->p_wet_wet[month0];
    p_wd = climate->p_wet_dry[month0];
    gamma_moments(climate->gamma_shape[month0], climate->gamma_scale_mm[month0], g);
    for (int k = 0; k < ORDERS; k++) { /* WEA-11 */
      next[k] = 0.0;
      for (int j = 0; j <= k; j++)
        next[k] += choose[k][j] * (p_ww * wet[j] + p_wd * dry[j]) * g[k - j];
    }
    for (int k = 0; k < ORDERS; k++) {
      dry[k] = (1.0 - p_ww) * wet[k] + (1.0 - p_wd) * dry[k];
      wet[k] = next[k];
    }
  }
  double m1 = wet[1] + dry[1], m2 = wet[2] + dry[2], m3 = wet[3] + dry[3], m4 = wet[4] + dry[4];
  double variance = m2 - m1 * m1, third = m3 - 3.0 * m1 * m2 + 2.0 * m1 * m1 * m1;
  double fourth = m4 - 4.0 * m1 * m3 + 6.0 * m1 * m1 * m2 - 3.0 * m1 * m1 * m1 * m1;
  if (!(variance > 0))
    return (eco__moments){m1, 0.0, 0.0, 3.0};
  return (eco__moments){m1, variance, third / (variance * sqrt(variance)), fourth / (variance * variance)};
}

double eco__rain_exceeded(const eco__moments *m, double exceeded)
{
  double z = eco__normal_quantile(1.0 - exceeded), c = m->skew, frequency = z;
  if (c > 1e-6 || c < -1e-6) {
    double root = 1.0 + c * z / 6.0 - c * c / 36.0;
    frequency = 2.0 / c * (root * root * root - 1.0); /* WEA-12 */
  }
  double x = m->mean + sqrt(m->variance) * frequency;
  return x > 0 ? x : 0.0;
}

/* Rain of the days from..until-1 of one try; *wet as the day before `from`, then as the last. */
static double rain_of(const eco__climate *climate, uint64_t seed, uint32_t member, uint32_t try, eco_day from,
                      eco_day until, double *wet)
{
  double sum = 0.0;
  for (eco_day d = from; d < until; d++) {
    int year, month0;
    eco__month_of(d, &year, &month0);
    sum += eco__rain_next(climate, seed, member, try, d, month0, wet);
  }
  return sum;
}

void eco__weather_year(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day, double target_mm,
                       eco__weather_state *state)
{
  int year, month0;
  eco__month_of(day, &year, &month0);
  eco_day first = eco_day_from_date(year, 1, 1), end = eco_day_from_date(year + 1, 1, 1);
  uint32_t best = 1;
  double best_sum = 0.0, best_off = INFINITY;
  for (uint32_t try = 1; try <= TRIES; try++) { /* WEA-13 */
    double wet = eco__rain_start(climate, seed, member, try, first);
    double sum = rain_of(climate, seed, member, try, first, end, &wet), off = fabs(sum - target_mm);
    if (off < best_off) {
      best = try;
      best_sum = sum;
      best_off = off;
    }
  }
  state->year_try = best;
  state->year_excess = best_sum > 0 ? target_mm / best_sum - 1.0 : 0.0;
  state->wet = eco__rain_start(climate, seed, member, best, first);
  (void)rain_of(climate, seed, member, best, first, day, &state->wet);
}
