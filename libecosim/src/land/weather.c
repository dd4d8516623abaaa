/* weather.c -- one day of weather of a member: rain by a two-state chain with gamma amounts, air temperature by an
 * autoregressive anomaly about its normal, evaporation and wind at their normals.
 *
 *   WEA-1   P(wet | yesterday wet) = p_ww,  P(wet | yesterday dry) = p_wd       [Richardson1981]
 *   WEA-2   chain at rest: P(wet) = p_wd / (1 + p_wd - p_ww)                    [Katz1977]
 *   WEA-3   rain of a wet day ~ gamma(shape, scale), by inversion of one uniform
 *                                                        [Richardson1981] has the exponential, gamma with shape 1
 *   WEA-4   a_d = r a_(d-1) + sqrt(1 - r^2) n_d,  n_d standard normal;  T = T_normal(d) + s a_d
 *                                                        [Richardson1981] for one series, dry and wet days alike
 *   WEA-5   a normal within month m at the share x of its days: with v of the mid-months
 *           x <= 1/2: (1/2 - x) v_(m-1) + (1/2 + x) v_m;   x > 1/2: (3/2 - x) v_m + (x - 1/2) v_(m+1)
 *   WEA-6   the v that keep the monthly means t: (v_(m-1) + 6 v_m + v_(m+1)) / 8 = t_m, so that
 *           v_m = sum_k w_k t_(m+k), k = -5..6 round the year, w_k = sqrt(2) (q^|k| + q^(12-|k|)) / (1 - q^12),
 *           q = -(3 - 2 sqrt(2))                          derived in doc/theory/weather.md
 *
 *   p_ww, p_wd, shape, scale (mm)    of the calendar month, not interpolated: rain days and rain keep theirs
 *   T_normal (C), evaporation (mm/d), wind (m/s)    by WEA-5 and 6; of a month's days the mean is kept to
 *                     |v_(m-1) - 2 v_m + v_(m+1)| / (8 n^2), n days (a kink at noon of the middle day): below 0.001 of
 *                     the month-to-month change. Evaporation and wind are never below 0 (WEA-7), at the cost of the
 *                     mean of a month whose neighbours are far larger.
 *   r   t_memory    -    day to day correlation          s   t_day_sd_c    C    standard deviation of the anomaly
 *
 * Draws hang on (seed, member, stream, day) alone. The streams of a day: wet or dry, amount, temperature. */
#include "land/land.h"

#include <math.h>

/* mean length of the months of the Gregorian calendar, d: 97 leap days in 400 years */
static const double month_days[12] = {31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static double mid_month(const double mean[12], int month0) /* WEA-6 */
{
  static const double weight[7] = {1.4142135623730951,     -0.24264069264069264,  0.041630591630591632,
                                   -0.0071428571428571426, 0.0012265512265512266, -0.00021645021645021645,
                                   7.2150072150072152e-05};
  double v = weight[0] * mean[month0] + weight[6] * mean[(month0 + 6) % 12];
  for (int k = 1; k <= 5; k++)
    v += weight[k] * (mean[(month0 + k) % 12] + mean[(month0 + 12 - k) % 12]);
  return v;
}

/* place in the year: month and the share of the month's days that has gone by at noon */
typedef struct moment {
  int month0;
  double share;
} moment;

static moment moment_of(eco_day day)
{
  int year, month, day_of_month;
  eco_day_to_date(day, &year, &month, &day_of_month);
  eco_day first = day - (day_of_month - 1);
  return (moment){month - 1, (day_of_month - 0.5) / (eco__next_month(day) - first)};
}

static double normal_of_day(const double mean[12], moment now) /* WEA-5 */
{
  double x = now.share, here = mid_month(mean, now.month0);
  if (x <= 0.5)
    return (0.5 - x) * mid_month(mean, (now.month0 + 11) % 12) + (0.5 + x) * here;
  return (1.5 - x) * here + (x - 0.5) * mid_month(mean, (now.month0 + 1) % 12);
}

static double not_below_zero(double x) /* WEA-7 */
{
  return x > 0.0 ? x : 0.0;
}

static uint64_t index_of(eco_day day)
{
  return (uint64_t)(int64_t)day;
}

void eco__weather_start(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day,
                        eco__weather_state *state)
{
  int year, month0;
  eco__month_of(day, &year, &month0);
  double p_wd = climate->p_wet_dry[month0], p_ww = climate->p_wet_wet[month0];
  /* p_ww = 1 and p_wd = 0: days stay what they are; they start dry */
  double p_wet = p_wd > 0.0 ? p_wd / (1.0 + p_wd - p_ww) : 0.0; /* WEA-2 */
  state->wet = eco__uniform(seed, member, eco__hash("weather.start.wet"), index_of(day)) < p_wet ? 1.0 : 0.0;
  state->anomaly = eco__normal(seed, member, eco__hash("weather.start.air"), index_of(day));
}

void eco__weather_next(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day,
                       eco__weather_state *state, eco__weather *out)
{
  moment now = moment_of(day);
  double p_wet = state->wet > 0.0 ? climate->p_wet_wet[now.month0] : climate->p_wet_dry[now.month0]; /* WEA-1 */
  bool wet = eco__uniform(seed, member, eco__hash("weather.wet"), index_of(day)) < p_wet;
  state->wet = wet ? 1.0 : 0.0;
  out->rain_mm = 0.0;
  if (wet) { /* WEA-3 */
    double u = eco__uniform(seed, member, eco__hash("weather.rain"), index_of(day));
    out->rain_mm = eco__gamma_quantile(u, climate->gamma_shape[now.month0], climate->gamma_scale_mm[now.month0]);
  }

  double r = climate->t_memory; /* WEA-4 */
  state->anomaly =
    r * state->anomaly + sqrt(1.0 - r * r) * eco__normal(seed, member, eco__hash("weather.air"), index_of(day));
  out->air_c = normal_of_day(climate->t_mean_c, now) + climate->t_day_sd_c * state->anomaly;

  double evap_mm_d[12];
  for (int m = 0; m < 12; m++)
    evap_mm_d[m] = climate->evap_mm_month[m] / month_days[m];
  out->evap_mm = not_below_zero(normal_of_day(evap_mm_d, now));
  out->wind_m_s = not_below_zero(normal_of_day(climate->wind_m_s, now));
}
