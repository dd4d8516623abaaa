/* test_weather_years.c -- two hundred years of the generator against exact moments, and years that are held to an amount of
 * rain. Standard errors are those of exact moments (WEA-11), which a published case and the sample itself check. */
#include "land/evaporation.h"
#include "land/land.h"
#include "reference.h"
#include "suite.h"

#include <math.h>
#include <string.h>

enum { YEARS = 200, FIRST_YEAR = 1901 };

static eco__climate jingmen(void)
{
  eco_reference table = eco_reference_read("climate_monthly.csv");
  eco__climate c = {.t_day_sd_c = 2.8,
                    .t_memory = 0.7,
                    .has_range = true,
                    .has_humidity = true,
                    .has_sunshine = true,
                    .evaporation_by_weather = true,
                    .latitude_deg = 31,
                    .altitude_m = 80,
                    .open_water_factor = 1.05,
                    .radiation_factor = 0.16};
  for (size_t m = 0; m < 12; m++) {
    c.t_mean_c[m] = eco_reference_number(&table, m, "t_mean_c");
    c.t_min_c[m] = eco_reference_number(&table, m, "t_min_c");
    c.t_max_c[m] = eco_reference_number(&table, m, "t_max_c");
    c.p_wet_wet[m] = eco_reference_number(&table, m, "p_wet_given_wet");
    c.p_wet_dry[m] = eco_reference_number(&table, m, "p_wet_given_dry");
    c.gamma_shape[m] = eco_reference_number(&table, m, "gamma_shape");
    c.gamma_scale_mm[m] = eco_reference_number(&table, m, "gamma_scale_mm");
    c.wind_m_s[m] = eco_reference_number(&table, m, "wind_m_s");
    c.humidity_pct[m] = eco_reference_number(&table, m, "humidity_pct");
    c.sunshine_h_month[m] = eco_reference_number(&table, m, "sunshine_h");
    c.radiation_mj_m2_d[m] = eco_reference_number(&table, m, "solar_mj_m2_d");
  }
  eco_reference_free(&table);
  return c;
}

/* The same chain with 1 for the rain of each wet day: its moments are those of the wet days. A gamma of shape 1e8. */
static eco__climate counting(eco__climate c)
{
  for (size_t m = 0; m < 12; m++) {
    c.gamma_shape[m] = 1e8;
    c.gamma_scale_mm[m] = 1e-8;
  }
  return c;
}

/* ---- moments ---- */

static eco__climate even(double p_ww, double p_wd, double shape, double scale)
{
  eco__climate c = {0};
  for (size_t m = 0; m < 12; m++) {
    c.p_wet_wet[m] = p_ww;
    c.p_wet_dry[m] = p_wd;
    c.gamma_shape[m] = shape;
    c.gamma_scale_mm[m] = scale;
  }
  return c;
}

/* The published case gives the mean exactly and the variance of very long spans; of N days it is less by
 * (a b)^2 pi (1 - pi) 2 r (1 - r^N) / (1 - r)^2, the pairs that reach over the ends. */
START_TEST(WEA_11_gives_the_published_case)
{
  eco_reference table = eco_reference_read("water_n08_weather.csv");
  eco__climate c = even(0.55, 0.25, 0.75, 13);
  eco__moments m = eco__rain_moments(&c, eco_day_from_date(2001, 1, 1), 365);
  double pi = eco__wet_share(&c, 0), r = 0.3, ab = 0.75 * 13;
  double ends = ab * ab * pi * (1 - pi) * 2 * r * (1 - pow(r, 365)) / ((1 - r) * (1 - r));
  ck_assert_double_eq_tol(pi, eco_reference_number(&table, 0, "value"), 1e-15);
  ck_assert_double_eq_tol(m.mean / eco_reference_number(&table, 1, "value"), 1.0, 1e-12);
  ck_assert_double_eq_tol((m.variance + ends) / eco_reference_number(&table, 2, "value"), 1.0, 1e-11);
  eco_reference_free(&table);
}
END_TEST

/* Days without memory: the cumulants of a day add up, k_3 = p g_3 - 3 p^2 g_1 g_2 + 2 p^3 g_1^3 and so on. */
START_TEST(WEA_11_adds_cumulants_where_days_have_no_memory)
{
  double p = 0.3, a = 0.8, b = 9, g1 = a * b, g2 = g1 * (a + 1) * b, g3 = g2 * (a + 2) * b, g4 = g3 * (a + 3) * b;
  double m1 = p * g1, m2 = p * g2, m3 = p * g3, m4 = p * g4;
  double k2 = m2 - m1 * m1, k3 = m3 - 3 * m1 * m2 + 2 * m1 * m1 * m1;
  double k4 = m4 - 4 * m1 * m3 - 3 * m2 * m2 + 12 * m1 * m1 * m2 - 6 * m1 * m1 * m1 * m1;
  eco__climate c = even(p, p, a, b);
  eco__moments m = eco__rain_moments(&c, eco_day_from_date(2001, 3, 1), 100);
  ck_assert_double_eq_tol(m.mean / (100 * m1), 1.0, 1e-12);
  ck_assert_double_eq_tol(m.variance / (100 * k2), 1.0, 1e-11);
  ck_assert_double_eq_tol(m.skew / (k3 / sqrt(k2 * k2 * k2) / 10), 1.0, 1e-9);
  ck_assert_double_eq_tol((m.kurtosis - 3) / (k4 / (k2 * k2) / 100), 1.0, 1e-6);
}
END_TEST

/* ---- two hundred years ---- */

typedef struct sample {
  double sum, square;
} sample;

static void add(sample *s, double x)
{
  s->sum += x;
  s->square += x * x;
}

static double mean_of(const sample *s, double n)
{
  return s->sum / n;
}

static double variance_of(const sample *s, double n)
{
  return (s->square - s->sum * s->sum / n) / (n - 1);
}

/* Mean and variance of n spans within four standard errors: s / sqrt(n); s^2 sqrt((kurtosis - (n - 3) / (n - 1)) / n) */
static void check_sample(const sample *s, double n, const eco__moments *m, const char *what, size_t which)
{
  double mean = mean_of(s, n), variance = variance_of(s, n);
  double mean_error = 4 * sqrt(m->variance / n);
  double variance_error = 4 * m->variance * sqrt((m->kurtosis - (n - 3) / (n - 1)) / n);
  ck_assert_msg(fabs(mean - m->mean) <= mean_error, "mean %s %zu: %g, expected %g +- %g", what, which, mean, m->mean,
                mean_error);
  ck_assert_msg(fabs(variance - m->variance) <= variance_error, "variance of %s %zu: %g, expected %g +- %g", what,
                which, variance, m->variance, variance_error);
}

typedef struct record { /* by month; of the year */
  sample rain[12], wet[12], year;
  double air[12], air_square[12], air_pairs[12], pairs[12], low[12], high[12], humidity[12], radiation[12], days[12];
} record;

static void run_years(const eco__climate *c, uint32_t member, record *r)
{
  eco_day first = eco_day_from_date(FIRST_YEAR, 1, 1), end = eco_day_from_date(FIRST_YEAR + YEARS, 1, 1);
  eco__weather_state state;
  eco__climate still = *c; /* T_normal: the same day without an anomaly */
  still.t_day_sd_c = 0;
  memset(r, 0, sizeof *r);
  eco__weather_start(c, 11, member, first, &state);
  double month_rain = 0, month_wet = 0, year_rain = 0, last = 0;
  for (eco_day day = first; day < end; day++) {
    eco__weather w, normal;
    eco__weather_state same = state;
    int year, month, of_month, m;
    eco_day_to_date(day, &year, &month, &of_month);
    m = month - 1;
    eco__weather_next(c, 11, member, day, &state, &w);
    eco__weather_next(&still, 11, member, day, &same, &normal);
    double anomaly = w.air_c - normal.air_c;
    r->days[m] += 1;
    r->air[m] += w.air_c;
    r->air_square[m] += anomaly * anomaly;
    if (day > first) {
      r->air_pairs[m] += anomaly * last;
      r->pairs[m] += 1;
    }
    last = anomaly;
    r->low[m] += w.t_min_c;
    r->high[m] += w.t_max_c;
    r->humidity[m] += w.humidity_pct;
    r->radiation[m] += w.radiation_mj_m2_d;
    ck_assert(w.t_min_c <= w.air_c && w.air_c <= w.t_max_c);
    ck_assert(w.humidity_pct >= 0 && w.humidity_pct <= 100 && w.evap_mm >= 0);
    month_rain += w.rain_mm;
    month_wet += w.rain_mm > 0;
    if (day + 1 < eco__next_month(day))
      continue;
    if (m != 1) { /* Februaries of two lengths are two samples: their mean is tested in test_weather.c */
      add(&r->rain[m], month_rain);
      add(&r->wet[m], month_wet);
    }
    year_rain += month_rain;
    month_rain = month_wet = 0;
    if (m == 11) {
      add(&r->year, year_rain);
      year_rain = 0;
    }
  }
}

START_TEST(WEA_1_to_WEA_3_two_hundred_years_have_the_rain_and_the_rain_days_of_every_month_and_their_variance)
{
  eco__climate c = jingmen(), count = counting(c);
  record r;
  run_years(&c, 0, &r);
  for (size_t m = 0; m < 12; m++) {
    if (m == 1)
      continue;
    eco_day first = eco_day_from_date(2001, (int)m + 1, 1);
    size_t n = (size_t)(eco__next_month(first) - first);
    eco__moments rain = eco__rain_moments(&c, first, n), wet = eco__rain_moments(&count, first, n);
    check_sample(&r.rain[m], YEARS, &rain, "rain of month", m + 1);
    check_sample(&r.wet[m], YEARS, &wet, "wet days of month", m + 1);
  }
  eco__moments year = eco__rain_moments(&c, eco_day_from_date(2001, 1, 1), 365);
  year.mean += 49 / 200.0 * (eco__rain_moments(&c, eco_day_from_date(2004, 1, 1), 366).mean - year.mean);
  check_sample(&r.year, YEARS, &year, "rain of a year", 0); /* a leap day more in the variance: 0.2 % */
}
END_TEST

START_TEST(WEA_11_a_thousand_years_of_the_published_case_have_its_mean)
{
  eco__climate c = even(0.55, 0.25, 0.75, 13);
  eco__moments m = eco__rain_moments(&c, 0, 365);
  double wet = eco__rain_start(&c, 3, 0, 0, 0), sum = 0;
  for (eco_day d = 0; d < 365000; d++)
    sum += eco__rain_next(&c, 3, 0, 0, d, 0, &wet);
  ck_assert_double_eq_tol(sum / 1000, m.mean, 4 * sqrt(m.variance / 1000));
}
END_TEST

/* Standard errors of an autoregressive series of n days: mean s sqrt((1 + r) / (1 - r) / n), variance
 * s^2 sqrt(2 (1 + r^2) / (1 - r^2) / n), correlation sqrt((1 - r^2) / n). Days of one month in 200 years: blocks of a month
 * are shorter than that, which makes the errors smaller. WEA-5 adds 5e-4 C to the mean. */
START_TEST(WEA_4_two_hundred_years_have_the_temperature_its_spread_and_its_memory_month_by_month)
{
  eco__climate c = jingmen();
  record r;
  run_years(&c, 1, &r);
  double s = c.t_day_sd_c, k = c.t_memory;
  for (size_t m = 0; m < 12; m++) {
    double n = r.days[m];
    ck_assert_double_eq_tol(r.air[m] / n, c.t_mean_c[m], 4 * s * sqrt((1 + k) / (1 - k) / n) + 5e-4);
    ck_assert_double_eq_tol(r.air_square[m] / n, s * s, 4 * s * s * sqrt(2 * (1 + k * k) / (1 - k * k) / n));
    ck_assert_double_eq_tol(r.air_pairs[m] / r.pairs[m] / (r.air_square[m] / n), k, 4 * sqrt((1 - k * k) / n));
  }
}
END_TEST

/* What wet days take, dry days give: of a share of wet days w for p the mean moves by b (p - w) of what WEA-8 and 9 move, and
 * w varies by the chain. WEA-10: by b / (1 - p + b p). */
START_TEST(WEA_8_WEA_9_WEA_10_keep_the_means_of_every_month)
{
  eco__climate c = jingmen(), count = counting(c);
  c.has_sunshine = false;
  c.has_radiation = true;
  record r;
  run_years(&c, 2, &r);
  for (size_t m = 0; m < 12; m++) {
    eco_day first = eco_day_from_date(2001, (int)m + 1, 1);
    double n = (double)(eco__next_month(first) - first), p = eco__wet_share(&c, (int)m);
    double share = 4 * sqrt(eco__rain_moments(&count, first, (size_t)n).variance / YEARS) / n;
    share += 0.03 / n; /* the first days remember the month before */
    double range = c.t_max_c[m] - c.t_min_c[m], d = r.days[m];
    ck_assert_double_eq_tol((r.high[m] - r.low[m]) / d, range, 0.5 * share * range + 0.001);
    ck_assert_double_eq_tol((r.high[m] - r.air[m]) / d, c.t_max_c[m] - c.t_mean_c[m], 0.5 * share * range + 0.001);
    ck_assert_double_eq_tol(r.humidity[m] / d, c.humidity_pct[m], 100 * 0.9 * share + 0.02);
    ck_assert_double_eq_tol(r.radiation[m] / d, c.radiation_mj_m2_d[m],
                            0.5 / (1 - 0.5 * p) * share * c.radiation_mj_m2_d[m] + 0.01);
  }
}
END_TEST

START_TEST(WEA_8_WEA_9_WEA_10_set_wet_days_off_from_dry_ones)
{
  eco__climate c = even(0.6, 0.2, 0.7, 10);
  c.has_range = c.has_humidity = c.has_radiation = true;
  c.latitude_deg = 31;
  for (size_t m = 0; m < 12; m++) {
    c.t_mean_c[m] = 15;
    c.t_min_c[m] = 11;
    c.t_max_c[m] = 21;
    c.humidity_pct[m] = 70;
    c.radiation_mj_m2_d[m] = 9;
  }
  double p = 0.2 / 0.6, dry_humidity = (0.7 - 0.9 * p) / (1 - 0.9 * p), dry_sun = 9 / (1 - 0.5 * p);
  eco__weather_state state = {0};
  int wet = 0, dry = 0;
  for (eco_day day = 0; day < 400; day++) {
    eco__weather w;
    eco__weather_next(&c, 1, 0, day, &state, &w);
    double f = w.rain_mm > 0 ? 1 + 0.5 * p - 0.5 : 1 + 0.5 * p;
    ck_assert_double_eq_tol(w.t_max_c - w.air_c, 6 * f, 1e-12);
    ck_assert_double_eq_tol(w.air_c - w.t_min_c, 4 * f, 1e-12);
    ck_assert_double_eq_tol(w.humidity_pct,
                            100 * (w.rain_mm > 0 ? dry_humidity + 0.9 * (1 - dry_humidity) : dry_humidity), 1e-11);
    double clear = 0.75 * eco__sun_of(31, 1 + (int)(day % 365)).extraterrestrial_mj_m2_d;
    if (day < 365)
      ck_assert_double_eq_tol(w.radiation_mj_m2_d, fmin(w.rain_mm > 0 ? 0.5 * dry_sun : dry_sun, clear), 1e-12);
    wet += w.rain_mm > 0;
    dry += !(w.rain_mm > 0);
  }
  ck_assert(wet > 50 && dry > 50);
}
END_TEST

/* ---- years that are held to an amount ---- */

static double rain_of_year(const eco__climate *c, uint32_t member, int year, double target, double *wet_days)
{
  eco_day first = eco_day_from_date(year, 1, 1), end = eco_day_from_date(year + 1, 1, 1);
  eco__weather_state state = {0};
  double sum = 0;
  *wet_days = 0;
  eco__weather_year(c, 5, member, first, target, &state);
  for (eco_day d = first; d < end; d++) {
    eco__weather w;
    eco__weather_next(c, 5, member, d, &state, &w);
    sum += w.rain_mm;
    *wet_days += w.rain_mm > 0;
  }
  return sum;
}

/* Of n free years a share P has more: binomial, standard error sqrt(P (1 - P) / n). Pearson III through three moments. */
START_TEST(WEA_12_as_many_years_exceed_the_amount_as_it_says)
{
  eco__climate c = jingmen();
  enum { MEMBERS = 20, EACH = 50 };
  const double exceeded[5] = {0.05, 0.25, 0.5, 0.75, 0.95};
  double more[5] = {0}, n = MEMBERS * EACH;
  eco__moments m = eco__rain_moments(&c, eco_day_from_date(2001, 1, 1), 365);
  for (uint32_t member = 0; member < MEMBERS; member++)
    for (int year = 0; year < EACH; year++) {
      double wet = eco__rain_start(&c, 5, member, 0, 365 * year), sum = 0;
      for (eco_day d = 0; d < 365; d++) {
        int of_year, month0;
        eco__month_of(eco_day_from_date(2001, 1, 1) + d, &of_year, &month0);
        sum += eco__rain_next(&c, 5, member, 0, 365 * year + d, month0, &wet);
      }
      for (size_t k = 0; k < 5; k++)
        more[k] += sum > eco__rain_exceeded(&m, exceeded[k]);
    }
  for (size_t k = 0; k < 5; k++)
    ck_assert_double_eq_tol(more[k] / n, exceeded[k], 4 * sqrt(exceeded[k] * (1 - exceeded[k]) / n));
}
END_TEST

/* A Pearson III with skew c is a gamma of shape 4 / c^2; the cube-root form is good to 0.01 standard deviations for skews up
 * to 1 [WilsonHilferty1931]. */
START_TEST(WEA_12_is_the_quantile_of_a_gamma)
{
  for (double skew = 0.3; skew <= 1.0; skew += 0.1)
    for (double p = 0.05; p < 0.99; p += 0.05) {
      eco__moments m = {1000, 150 * 150, skew, 3};
      double shape = 4 / (skew * skew), scale = 150 * skew / 2;
      double wanted = 1000 - shape * scale + eco__gamma_quantile(1 - p, shape, scale);
      ck_assert_double_eq_tol(eco__rain_exceeded(&m, p), wanted, 0.01 * 150);
    }
  eco__moments normal = {1000, 100 * 100, 0, 3}, dry = {10, 100 * 100, 0, 3};
  ck_assert_double_eq_tol(eco__rain_exceeded(&normal, 0.25), 1000 + 100 * 0.6744897501960817, 1e-9);
  ck_assert_double_eq(eco__rain_exceeded(&dry, 0.75), 0.0);
}
END_TEST

START_TEST(WEA_13_a_year_has_the_rain_it_is_held_to_and_its_own_number_of_rain_days)
{
  eco__climate c = jingmen();
  const double exceeded[4] = {0.05, 0.25, 0.75, 0.95};
  double wet_days[4] = {0}, off[4] = {0};
  enum { MEMBERS = 25 };
  eco__moments m = eco__rain_moments(&c, eco_day_from_date(2016, 1, 1), 366);
  for (size_t k = 0; k < 4; k++)
    for (uint32_t member = 0; member < MEMBERS; member++) {
      double days, target = eco__rain_exceeded(&m, exceeded[k]);
      ck_assert_double_eq_tol(rain_of_year(&c, member, 2016, target, &days) / target, 1.0, 1e-12);
      wet_days[k] += days / MEMBERS;
      eco__weather_state state = {0};
      eco__weather_year(&c, 5, member, eco_day_from_date(2016, 1, 1), target, &state);
      ck_assert(state.year_try >= 1 && state.year_try <= 64);
      off[k] += fabs(state.year_excess) / MEMBERS;
    }
  /* what is left to scale: half the gap between 64 ordered years, 1 / (2 x 64 f) with the density f of a normal, 0.32 / s at
   * the quartiles and 0.10 / s at 5 %; s is 0.17 of the mean. On average half of that; four times that is allowed. */
  double s = sqrt(m.variance) / m.mean;
  for (size_t k = 0; k < 4; k++)
    ck_assert_double_le(off[k], 4 * 0.5 * s / (2 * 64 * (k == 1 || k == 2 ? 0.32 : 0.10)));
  ck_assert_double_gt(wet_days[0], wet_days[1] + 2);
  ck_assert_double_gt(wet_days[1], wet_days[2] + 5);
  ck_assert_double_gt(wet_days[2], wet_days[3] + 2);
}
END_TEST

START_TEST(WEA_13_a_run_that_starts_within_the_year_gets_the_same_days)
{
  eco__climate c = jingmen();
  eco_day first = eco_day_from_date(2019, 1, 1), july = eco_day_from_date(2019, 7, 1);
  eco__weather_state whole = {0}, late = {0};
  eco__weather_year(&c, 5, 7, first, 800, &whole);
  eco__weather_year(&c, 5, 7, july, 800, &late);
  for (eco_day d = first; d < july + 100; d++) {
    eco__weather a, b;
    eco__weather_next(&c, 5, 7, d, &whole, &a);
    if (d < july)
      continue;
    eco__weather_next(&c, 5, 7, d, &late, &b);
    ck_assert_double_eq(a.rain_mm, b.rain_mm);
  }
}
END_TEST

START_TEST(WEA_13_holds_where_it_never_rains_and_where_the_amount_is_nothing)
{
  eco__climate never = even(0, 0, 1, 1), c = jingmen();
  double days;
  ck_assert_double_eq(rain_of_year(&never, 0, 2016, 500, &days), 0.0);
  ck_assert_double_eq(rain_of_year(&c, 0, 2016, 0, &days), 0.0);
}
END_TEST

/* ---- what is measured ---- */

START_TEST(WEA_a_measured_day_takes_the_place_of_a_drawn_one_and_the_next_goes_on_from_it)
{
  eco__climate c = jingmen();
  const double rain[3] = {12, 0, NAN}, low[3] = {3, 4, NAN}, high[3] = {9, 14, NAN}, wind[1] = {5};
  const double humidity[2] = {91, NAN}, sun[2] = {NAN, 4}, evaporation[2] = {NAN, 1.5};
  c.daily[ECO__D_RAIN] = (eco__series){100, 3, rain, "r"};
  c.daily[ECO__D_T_MIN] = (eco__series){100, 3, low, "r"};
  c.daily[ECO__D_T_MAX] = (eco__series){100, 3, high, "r"};
  c.daily[ECO__D_WIND] = (eco__series){101, 1, wind, "r"};
  c.daily[ECO__D_HUMIDITY] = (eco__series){100, 2, humidity, "r"};
  c.daily[ECO__D_SUNSHINE] = (eco__series){100, 2, sun, "r"};
  c.daily[ECO__D_EVAPORATION] = (eco__series){100, 2, evaporation, "r"};
  eco__weather a, b, drawn;
  eco__weather_state one = {0}, two = {1, 2.5, 0, 0}, free_state = {0};
  eco__climate plain = jingmen();
  eco__weather_next(&c, 1, 0, 100, &one, &a);
  eco__weather_next(&c, 1, 9, 100, &two, &b); /* another member with another past: the same day */
  ck_assert_double_eq(a.rain_mm, 12);
  ck_assert_double_eq(a.air_c, 6);
  ck_assert_double_eq(a.t_min_c, 3);
  ck_assert_double_eq(a.t_max_c, 9);
  ck_assert_double_eq(a.humidity_pct, 91);
  ck_assert_double_eq(one.wet, 1.0);
  ck_assert_mem_eq(&a, &b, sizeof a);
  ck_assert_double_eq(one.anomaly, two.anomaly);
  eco__weather_next(&plain, 1, 0, 100, &free_state, &drawn);
  ck_assert(drawn.rain_mm != 12 && drawn.air_c != 6);
  eco__weather_next(&c, 1, 0, 101, &one, &a);
  ck_assert_double_eq(a.rain_mm, 0);
  ck_assert_double_eq(one.wet, 0.0);
  ck_assert_double_eq(a.wind_m_s, 5);
  ck_assert_double_eq(a.evap_mm, 1.5);
  eco__sun of = eco__sun_of(31, 102); /* day 101 of the calendar's count is 12 April 1970 */
  ck_assert_double_eq(a.radiation_mj_m2_d, eco__radiation_of_sunshine(&of, 4));
  /* a gap: the chain and the anomaly go on from the day before */
  eco__weather_state same = one;
  eco__weather_next(&c, 1, 0, 102, &one, &a);
  eco__weather_next(&plain, 1, 0, 102, &same, &b);
  ck_assert_mem_eq(&a, &b, sizeof a);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("weather years");
  TCase *all = tcase_create("all");
  tcase_add_test(all, WEA_11_gives_the_published_case);
  tcase_add_test(all, WEA_11_adds_cumulants_where_days_have_no_memory);
  tcase_add_test(all,
                 WEA_1_to_WEA_3_two_hundred_years_have_the_rain_and_the_rain_days_of_every_month_and_their_variance);
  tcase_add_test(all, WEA_11_a_thousand_years_of_the_published_case_have_its_mean);
  tcase_add_test(all, WEA_4_two_hundred_years_have_the_temperature_its_spread_and_its_memory_month_by_month);
  tcase_add_test(all, WEA_8_WEA_9_WEA_10_keep_the_means_of_every_month);
  tcase_add_test(all, WEA_8_WEA_9_WEA_10_set_wet_days_off_from_dry_ones);
  tcase_add_test(all, WEA_12_as_many_years_exceed_the_amount_as_it_says);
  tcase_add_test(all, WEA_12_is_the_quantile_of_a_gamma);
  tcase_add_test(all, WEA_13_a_year_has_the_rain_it_is_held_to_and_its_own_number_of_rain_days);
  tcase_add_test(all, WEA_13_a_run_that_starts_within_the_year_gets_the_same_days);
  tcase_add_test(all, WEA_13_holds_where_it_never_rains_and_where_the_amount_is_nothing);
  tcase_add_test(all, WEA_a_measured_day_takes_the_place_of_a_drawn_one_and_the_next_goes_on_from_it);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
