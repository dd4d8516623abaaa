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
 *   WEA-8   range of temperature: T_max = T + f (t_max - t_mean), T_min = T - f (t_mean - t_min) of the normals,
 *           f = 1 + b p on dry days, 1 + b p - b on wet ones, b = 0.5, p = P(wet) of the month by WEA-2
 *                        [Neitsch2011, 1:3.4.15 and 16]; differs: there T_max alone moves, here the range about its mean
 *   WEA-9   relative humidity: of a dry day (H - p b) / (1 - p b), of a wet one h + b (1 - h) with that h, b = 0.9
 *                                                                                [Neitsch2011, 1:3.5.9 and 10]
 *   WEA-10  solar radiation: of a dry day R / (1 - p + b p), of a wet one b times that, b = 0.5, no more than the clear
 *           sky's FAO-16                                                         [Neitsch2011, 1:3.4.17 and 18]
 *
 * What a daily series gives of a day takes the place of what is generated, and the chain and the anomaly go on from it.
 *
 *   p_ww, p_wd, shape, scale (mm)    of the calendar month, not interpolated: rain days and rain keep theirs
 *   T_normal (C), evaporation (mm/d), wind (m/s)    by WEA-5 and 6; of a month's days the mean is kept to
 *                     |v_(m-1) - 2 v_m + v_(m+1)| / (8 n^2), n days (a kink at noon of the middle day): below 0.001 of
 *                     the month-to-month change. Evaporation, wind and the like are never below 0 (WEA-7), at the cost of the
 *                     mean of a month whose neighbours are far larger.
 *   r   t_memory    -    day to day correlation          s   t_day_sd_c    C    standard deviation of the anomaly
 *
 * Draws hang on (seed, member, stream, day) alone. The streams of a day: wet or dry, amount, temperature. */
#include "land/evaporation.h"
#include "land/land.h"

#include <math.h>

#define RANGE_CONTRAST 0.5     /* b of WEA-8 [Neitsch2011] */
#define HUMIDITY_CONTRAST 0.9  /* b of WEA-9 [Neitsch2011] */
#define RADIATION_CONTRAST 0.5 /* b of WEA-10 [Neitsch2011] */

/* mean length of the months of the Gregorian calendar, d: 97 leap days in 400 years */
static const double month_days[12] = {31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static double mid_month(const double mean[12], int month0) /* WEA-6 */
{
  static const double weight[7] = {1.4142135642135642,     -0.24264069264069264,  0.041630591630591632,
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

double eco__wet_share(const eco__climate *climate, int month0)
{
  double p_wd = climate->p_wet_dry[month0], p_ww = climate->p_wet_wet[month0];
  /* p_ww = 1 and p_wd = 0: days stay what they are; they start dry */
  return p_wd > 0.0 ? p_wd / (1.0 + p_wd - p_ww) : 0.0; /* WEA-2 */
}

/* Years may be drawn anew: try 0 is the series that everybody gets. */
static uint32_t stream_of(const char *name, uint32_t try)
{
  return eco__hash(name) ^ (try * 0x9E3779B9u);
}

double eco__rain_start(const eco__climate *climate, uint64_t seed, uint32_t member, uint32_t try, eco_day day)
{
  int year, month0;
  eco__month_of(day, &year, &month0);
  double u = eco__uniform(seed, member, stream_of("weather.start.wet", try), index_of(day));
  return u < eco__wet_share(climate, month0) ? 1.0 : 0.0;
}

double eco__rain_next(const eco__climate *climate, uint64_t seed, uint32_t member, uint32_t try, eco_day day,
                      int month0, double *wet)
{
  double p_wet = *wet > 0.0 ? climate->p_wet_wet[month0] : climate->p_wet_dry[month0]; /* WEA-1 */
  *wet = eco__uniform(seed, member, stream_of("weather.wet", try), index_of(day)) < p_wet ? 1.0 : 0.0;
  if (!(*wet > 0.0))
    return 0.0;
  double u = eco__uniform(seed, member, stream_of("weather.rain", try), index_of(day));
  return eco__gamma_quantile(u, climate->gamma_shape[month0], climate->gamma_scale_mm[month0]); /* WEA-3 */
}

void eco__weather_start(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day,
                        eco__weather_state *state)
{
  *state = (eco__weather_state){.wet = eco__rain_start(climate, seed, member, 0, day),
                                .anomaly = eco__normal(seed, member, eco__hash("weather.start.air"), index_of(day))};
}

/* ---- what is measured takes the place of what is generated ---- */

static double daily(const eco__climate *climate, int which, eco_day day)
{
  return eco__series_at(&climate->daily[which], day);
}

static double either(double measured, double generated)
{
  return isnan(measured) ? generated : measured;
}

/* Of a day, from amounts a month. */
static double monthly_share(const double a_month[12], moment now)
{
  double a_day[12];
  for (int m = 0; m < 12; m++)
    a_day[m] = a_month[m] / month_days[m];
  return not_below_zero(normal_of_day(a_day, now));
}

static void set_rain(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day, moment now,
                     eco__weather_state *state, eco__weather *out)
{
  double rain = eco__rain_next(climate, seed, member, state->year_try, day, now.month0, &state->wet);
  rain *= 1.0 + state->year_excess;
  double measured = daily(climate, ECO__D_RAIN, day);
  if (!isnan(measured))
    state->wet = measured > 0.0 ? 1.0 : 0.0;
  out->rain_mm = either(measured, rain);
}

/* Returns whether minimum and maximum are the day's own. */
static bool set_temperature(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day, moment now,
                            eco__weather_state *state, eco__weather *out)
{
  double r = climate->t_memory, low = daily(climate, ECO__D_T_MIN, day), high = daily(climate, ECO__D_T_MAX, day);
  bool measured_range = !isnan(low) && !isnan(high);
  state->anomaly = r * state->anomaly +
                   sqrt(1.0 - r * r) * eco__normal(seed, member, eco__hash("weather.air"), index_of(day)); /* WEA-4 */
  double normal = normal_of_day(climate->t_mean_c, now), generated = normal + climate->t_day_sd_c * state->anomaly;
  double measured = either(daily(climate, ECO__D_T_MEAN, day), measured_range ? 0.5 * (low + high) : NAN);
  out->air_c = either(measured, generated);
  if (!isnan(measured) && climate->t_day_sd_c > 0)
    state->anomaly = (measured - normal) / climate->t_day_sd_c;
  out->t_min_c = low;
  out->t_max_c = high;
  if (measured_range || !climate->has_range)
    return measured_range;
  double p = eco__wet_share(climate, now.month0);
  double stretch = 1.0 + RANGE_CONTRAST * (state->wet > 0 ? p - 1.0 : p); /* WEA-8 */
  double mean = normal_of_day(climate->t_mean_c, now);
  out->t_min_c = out->air_c - stretch * not_below_zero(mean - normal_of_day(climate->t_min_c, now));
  out->t_max_c = out->air_c + stretch * not_below_zero(normal_of_day(climate->t_max_c, now) - mean);
  return false;
}

/* Relative humidity, %; NaN: not known. */
static double humidity_of(const eco__climate *climate, eco_day day, moment now, bool wet)
{
  double measured = daily(climate, ECO__D_HUMIDITY, day);
  if (!isnan(measured) || !climate->has_humidity)
    return measured;
  double mean = 0.01 * normal_of_day(climate->humidity_pct, now), b = HUMIDITY_CONTRAST;
  mean = mean > 1.0 ? 1.0 : not_below_zero(mean);
  double p = eco__wet_share(climate, now.month0), dry = not_below_zero((mean - p * b) / (1.0 - p * b)); /* WEA-9 */
  return 100.0 * (wet ? dry + b * (1.0 - dry) : dry);
}

/* Solar radiation, MJ/m2/d; NaN: not known. */
static double radiation_of(const eco__climate *climate, eco_day day, moment now, bool wet)
{
  double measured = daily(climate, ECO__D_RADIATION, day), sunshine = daily(climate, ECO__D_SUNSHINE, day);
  if (!isnan(measured) || (isnan(sunshine) && !climate->has_radiation && !climate->has_sunshine))
    return measured;
  int year, month, of_month;
  eco_day_to_date(day, &year, &month, &of_month);
  eco__sun sun = eco__sun_of(climate->latitude_deg, (int)(day - eco_day_from_date(year, 1, 1)) + 1);
  if (!isnan(sunshine))
    return eco__radiation_of_sunshine(&sun, sunshine);
  double mean = climate->has_radiation
                  ? not_below_zero(normal_of_day(climate->radiation_mj_m2_d, now))
                  : eco__radiation_of_sunshine(&sun, monthly_share(climate->sunshine_h_month, now));
  double p = eco__wet_share(climate, now.month0), b = RADIATION_CONTRAST;
  double radiation = mean / (1.0 - p + b * p) * (wet ? b : 1.0); /* WEA-10 */
  double clear = eco__clear_sky_radiation(&sun, climate->altitude_m);
  return radiation > clear ? clear : radiation;
}

static double evaporation_of(const eco__climate *climate, eco_day day, moment now, bool measured_range,
                             const eco__weather *weather)
{
  double measured = daily(climate, ECO__D_EVAPORATION, day);
  if (!isnan(measured))
    return measured;
  if (!climate->evaporation_by_weather)
    return monthly_share(climate->evap_mm_month, now);
  eco__dry_air air = {.t_min_c = weather->t_min_c,
                      .t_max_c = weather->t_max_c,
                      .wind_10_m_s = weather->wind_m_s,
                      .humidity_pct = weather->humidity_pct,
                      .sunshine_h = NAN,
                      .radiation_mj_m2_d = weather->radiation_mj_m2_d,
                      .range_measured = measured_range};
  return eco__evaporation_of_weather(climate, &air, day);
}

void eco__weather_next(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day,
                       eco__weather_state *state, eco__weather *out)
{
  moment now = moment_of(day);
  set_rain(climate, seed, member, day, now, state, out);
  bool measured_range = set_temperature(climate, seed, member, day, now, state, out);
  out->wind_m_s = either(daily(climate, ECO__D_WIND, day), not_below_zero(normal_of_day(climate->wind_m_s, now)));
  out->humidity_pct = humidity_of(climate, day, now, state->wet > 0);
  out->radiation_mj_m2_d = radiation_of(climate, day, now, state->wet > 0);
  out->evap_mm = evaporation_of(climate, day, now, measured_range, out);
}
