/* test_weather.c -- the weather of a member against the normals it is made of. */
#include "land/land.h"
#include "reference.h"
#include "suite.h"

#include <math.h>
#include <string.h>

static eco__climate read_climate(eco_reference *table)
{
  *table = eco_reference_read("climate_monthly.csv");
  eco__climate climate = {.t_day_sd_c = 2.8, .t_memory = 0.7};
  ck_assert_uint_eq(table->n_rows, 12);
  for (size_t m = 0; m < 12; m++) {
    climate.t_mean_c[m] = eco_reference_number(table, m, "t_mean_c");
    climate.p_wet_wet[m] = eco_reference_number(table, m, "p_wet_given_wet");
    climate.p_wet_dry[m] = eco_reference_number(table, m, "p_wet_given_dry");
    climate.gamma_shape[m] = eco_reference_number(table, m, "gamma_shape");
    climate.gamma_scale_mm[m] = eco_reference_number(table, m, "gamma_scale_mm");
    climate.evap_mm_month[m] = eco_reference_number(table, m, "evap_water_mm");
    climate.wind_m_s[m] = eco_reference_number(table, m, "wind_m_s");
  }
  return climate;
}

typedef struct month_sums {
  double days, rain_mm, rain_days, air_c, evap_mm, wind_m_s;
} month_sums;

enum { YEARS = 200 };

/* 200 years of one member, summed by calendar month */
static void run_years(const eco__climate *climate, uint64_t seed, uint32_t member, month_sums sums[12])
{
  eco_day first = eco_day_from_date(1901, 1, 1), end = eco_day_from_date(1901 + YEARS, 1, 1);
  eco__weather_state state;
  memset(sums, 0, 12 * sizeof sums[0]);
  eco__weather_start(climate, seed, member, first, &state);
  for (eco_day day = first; day < end; day++) {
    eco__weather out;
    int year, month0;
    eco__weather_next(climate, seed, member, day, &state, &out);
    eco__month_of(day, &year, &month0);
    month_sums *s = &sums[month0];
    s->days += 1.0;
    s->rain_mm += out.rain_mm;
    s->rain_days += out.rain_mm > 0.0 ? 1.0 : 0.0;
    s->air_c += out.air_c;
    s->evap_mm += out.evap_mm;
    s->wind_m_s += out.wind_m_s;
  }
}

/* Variance of a month's wet days and of its rain: n days, p wet, r = p_ww - p_wd the memory of the chain [Katz1977] */
static double wet_day_variance(const eco__climate *c, size_t m, double days)
{
  double r = c->p_wet_wet[m] - c->p_wet_dry[m], p = c->p_wet_dry[m] / (1.0 - r);
  return days * p * (1.0 - p) * (1.0 + r) / (1.0 - r);
}

static double rain_variance(const eco__climate *c, size_t m, double days)
{
  double r = c->p_wet_wet[m] - c->p_wet_dry[m], p = c->p_wet_dry[m] / (1.0 - r);
  double mean = c->gamma_shape[m] * c->gamma_scale_mm[m];
  return days * p * c->gamma_shape[m] * c->gamma_scale_mm[m] * c->gamma_scale_mm[m] +
         mean * mean * wet_day_variance(c, m, days);
}

START_TEST(WEA_1_WEA_2_WEA_3_keep_the_rain_days_and_the_rain_of_every_month)
{
  /* Within 4 standard errors of 200 years' mean. The variances are those of long sums, a little above a month's; the
   * table is rounded to 0.5 day and 1 mm, its chain to 4 digits: half of that is added. A month starts from the chain
   * of the month before: r / (1 - r) times the difference of their p, at most 0.43 x 0.07 days. */
  eco_reference table;
  eco__climate climate = read_climate(&table);
  month_sums sums[12];
  run_years(&climate, 11, 0, sums);
  for (size_t m = 0; m < 12; m++) {
    double days = sums[m].days / YEARS;
    double wet_error = 4.0 * sqrt(wet_day_variance(&climate, m, days) / YEARS) + 0.03 + 0.005;
    double mean_mm = climate.gamma_shape[m] * climate.gamma_scale_mm[m];
    double rain_error = 4.0 * sqrt(rain_variance(&climate, m, days) / YEARS) + 0.03 * mean_mm + 0.05;
    ck_assert_double_eq_tol(sums[m].rain_days / YEARS, eco_reference_number(&table, m, "rain_days_d"), wet_error);
    ck_assert_double_eq_tol(sums[m].rain_mm / YEARS, eco_reference_number(&table, m, "precip_mm"), rain_error);
  }
  eco_reference_free(&table);
}
END_TEST

START_TEST(WEA_4_keeps_the_mean_temperature_of_every_month)
{
  /* variance of the mean of n days: s^2 (1 + r) / (1 - r) / n; WEA-5 adds 3 C / (8 x 784), WEA-6 is exact */
  eco_reference table;
  eco__climate climate = read_climate(&table);
  month_sums sums[12];
  run_years(&climate, 11, 1, sums);
  double r = climate.t_memory, s = climate.t_day_sd_c;
  for (size_t m = 0; m < 12; m++) {
    double error = 4.0 * sqrt(s * s * (1.0 + r) / (1.0 - r) / sums[m].days) + 5e-4;
    ck_assert_double_eq_tol(sums[m].air_c / sums[m].days, climate.t_mean_c[m], error);
  }
  eco_reference_free(&table);
}
END_TEST

START_TEST(WEA_5_WEA_6_keep_the_monthly_means_of_what_is_not_drawn)
{
  /* WEA-5: second difference over 8 n^2. Of evaporation it is at most 1 mm/d between months, of wind 0.3 m/s; the v of
   * WEA-6 stretch that by at most 2 (to be seen from its weights: their sizes add up to 2). */
  eco_reference table;
  eco__climate climate = read_climate(&table);
  month_sums sums[12];
  run_years(&climate, 11, 2, sums);
  static const double days[12] = {31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (size_t m = 0; m < 12; m++) {
    double kink = 2.0 / (8.0 * 28.0 * 28.0);
    ck_assert_double_eq_tol(sums[m].evap_mm / sums[m].days, climate.evap_mm_month[m] / days[m], kink * 1.0);
    ck_assert_double_eq_tol(sums[m].wind_m_s / sums[m].days, climate.wind_m_s[m], kink * 0.3);
  }
  eco_reference_free(&table);
}
END_TEST

START_TEST(WEA_4_has_the_spread_and_the_memory_that_were_asked_for)
{
  /* a climate with even temperature shows the anomaly; N days: standard error of a correlation (1 - r^2) / sqrt(N), of
   * a variance of an AR(1) s^2 sqrt(2 (1 + r^2) / (1 - r^2) / N) */
  eco__climate climate = {.t_day_sd_c = 2.0, .t_memory = 0.6};
  for (size_t m = 0; m < 12; m++) {
    climate.t_mean_c[m] = 10.0;
    climate.gamma_shape[m] = climate.gamma_scale_mm[m] = 1.0;
  }
  double n = 40000.0, last = 0.0, square = 0.0, product = 0.0, r = 0.6;
  eco__weather_state state;
  eco__weather_start(&climate, 5, 0, 0, &state);
  for (eco_day day = 0; day < (eco_day)n; day++) {
    eco__weather out;
    eco__weather_next(&climate, 5, 0, day, &state, &out);
    double anomaly = out.air_c - 10.0;
    square += anomaly * anomaly / n;
    product += day > 0 ? anomaly * last / n : 0.0;
    last = anomaly;
  }
  ck_assert_double_eq_tol(square, 4.0, 4.0 * 4.0 * sqrt(2.0 * (1.0 + r * r) / (1.0 - r * r) / n));
  ck_assert_double_eq_tol(product / square, r, 4.0 * (1.0 - r * r) / sqrt(n));
}
END_TEST

START_TEST(WEA_5_runs_on_from_month_to_month)
{
  /* no jump: from day to day evaporation moves by at most the largest slope, here that between neighbouring v, which
   * are 2 x 1 mm/d apart at most, a month of 28 days long */
  eco_reference table;
  eco__climate climate = read_climate(&table);
  eco__weather_state state;
  eco__weather_start(&climate, 1, 0, 0, &state);
  double last = -1.0;
  for (eco_day day = 0; day < 1461; day++) {
    eco__weather out;
    eco__weather_next(&climate, 1, 0, day, &state, &out);
    if (day > 0)
      ck_assert_double_le(fabs(out.evap_mm - last), 2.0 / 28.0);
    last = out.evap_mm;
  }
  eco_reference_free(&table);
}
END_TEST

START_TEST(WEA_7_keeps_evaporation_at_or_above_zero)
{
  eco__climate climate = {.t_memory = 0.5};
  for (size_t m = 0; m < 12; m++)
    climate.gamma_shape[m] = climate.gamma_scale_mm[m] = 1.0;
  climate.evap_mm_month[6] = 300.0; /* one wet month among dry ones: the v beside it are below zero */
  eco__weather_state state;
  eco__weather_start(&climate, 1, 0, 0, &state);
  for (eco_day day = 0; day < 365; day++) {
    eco__weather out;
    eco__weather_next(&climate, 1, 0, day, &state, &out);
    ck_assert_double_ge(out.evap_mm, 0.0);
  }
}
END_TEST

START_TEST(WEA_draws_hang_on_seed_member_and_day_alone)
{
  eco_reference table;
  eco__climate climate = read_climate(&table);
  eco__weather_state state = {.wet = 1.0, .anomaly = 0.25}, again = state, other = state;
  eco__weather a, b, c;
  int different = 0;
  for (eco_day day = 100; day < 200; day++) {
    eco__weather_next(&climate, 7, 3, day, &state, &a);
    eco__weather_next(&climate, 7, 4, day, &other, &c); /* another member between the two */
    eco__weather_next(&climate, 7, 3, day, &again, &b);
    ck_assert_mem_eq(&a, &b, sizeof a);
    different += a.air_c != c.air_c;
  }
  ck_assert_int_eq(different, 100);
  /* a restart needs the state of the day before and no more */
  eco__weather_state kept = state;
  eco__weather_next(&climate, 7, 3, 200, &state, &a);
  eco__weather_next(&climate, 7, 3, 200, &kept, &b);
  ck_assert_mem_eq(&a, &b, sizeof a);
  eco_reference_free(&table);
}
END_TEST

START_TEST(WEA_2_starts_as_wet_as_the_chain_is_at_rest)
{
  eco_reference table;
  eco__climate climate = read_climate(&table);
  eco_day july = eco_day_from_date(2016, 7, 15);
  double wet = 0.0, square = 0.0, n = 10000.0, p = 0.2597 / (1.0 + 0.2597 - 0.5597);
  for (uint32_t member = 0; member < (uint32_t)n; member++) {
    eco__weather_state state;
    eco__weather_start(&climate, 9, member, july, &state);
    wet += state.wet / n;
    square += state.anomaly * state.anomaly / n;
  }
  ck_assert_double_eq_tol(wet, p, 4.0 * sqrt(p * (1.0 - p) / n));
  ck_assert_double_eq_tol(square, 1.0, 4.0 * sqrt(2.0 / n));
  eco_reference_free(&table);
}
END_TEST

START_TEST(WEA_1_keeps_climates_without_or_full_of_rain)
{
  eco__climate dry = {.t_memory = 0.0}, wet = {.t_memory = 0.0};
  for (size_t m = 0; m < 12; m++) {
    dry.gamma_shape[m] = wet.gamma_shape[m] = 0.6;
    dry.gamma_scale_mm[m] = wet.gamma_scale_mm[m] = 10.0;
    wet.p_wet_wet[m] = wet.p_wet_dry[m] = 1.0;
  }
  eco__weather_state a, b;
  eco__weather_start(&dry, 1, 0, 0, &a);
  eco__weather_start(&wet, 1, 0, 0, &b);
  for (eco_day day = 0; day < 1000; day++) {
    eco__weather out;
    eco__weather_next(&dry, 1, 0, day, &a, &out);
    ck_assert_double_eq(out.rain_mm, 0.0);
    eco__weather_next(&wet, 1, 0, day, &b, &out);
    ck_assert_double_gt(out.rain_mm, 0.0);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("weather");
  TCase *all = tcase_create("all");
  tcase_add_test(all, WEA_1_WEA_2_WEA_3_keep_the_rain_days_and_the_rain_of_every_month);
  tcase_add_test(all, WEA_4_keeps_the_mean_temperature_of_every_month);
  tcase_add_test(all, WEA_5_WEA_6_keep_the_monthly_means_of_what_is_not_drawn);
  tcase_add_test(all, WEA_4_has_the_spread_and_the_memory_that_were_asked_for);
  tcase_add_test(all, WEA_5_runs_on_from_month_to_month);
  tcase_add_test(all, WEA_7_keeps_evaporation_at_or_above_zero);
  tcase_add_test(all, WEA_draws_hang_on_seed_member_and_day_alone);
  tcase_add_test(all, WEA_2_starts_as_wet_as_the_chain_is_at_rest);
  tcase_add_test(all, WEA_1_keeps_climates_without_or_full_of_rain);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
