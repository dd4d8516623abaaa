/* test_evaporation.c -- reference evapotranspiration against the worked examples of FAO paper 56, and which way is taken
 * when something is not known. */
#include "land/evaporation.h"
#include "reference.h"
#include "suite.h"

#include <math.h>
#include <string.h>

/* ---- examples 17 and 18 of the paper, every intermediate ---- */

typedef struct example {
  const char *name;
  double latitude_deg, altitude_m, t_min, t_max, vapour_kpa, wind_2_m_s, sunshine_h, soil_mj_m2_d;
  int day_of_year;
} example;

typedef struct steps {
  double delta_kpa_c, gamma_kpa_c, es_kpa, ea_kpa, u2_m_s, ra_mj_m2_d, daylight_h, rs_mj_m2_d, rnl_mj_m2_d, rn_mj_m2_d,
    et0_mm_d;
} steps;

static steps reckon(const example *e)
{
  eco__sun sun = eco__sun_of(e->latitude_deg, e->day_of_year);
  double mean = 0.5 * (e->t_min + e->t_max);
  steps s = {.delta_kpa_c = eco__saturation_slope_kpa_c(mean),
             .gamma_kpa_c = eco__psychrometric_kpa_c(eco__pressure_kpa(e->altitude_m)),
             .es_kpa = eco__mean_saturation_kpa(e->t_min, e->t_max),
             .ea_kpa = e->vapour_kpa,
             .u2_m_s = e->wind_2_m_s,
             .ra_mj_m2_d = sun.extraterrestrial_mj_m2_d,
             .daylight_h = sun.daylight_h,
             .rs_mj_m2_d = eco__radiation_of_sunshine(&sun, e->sunshine_h)};
  s.rnl_mj_m2_d =
    eco__net_long_wave(e->t_min, e->t_max, s.ea_kpa, s.rs_mj_m2_d, eco__clear_sky_radiation(&sun, e->altitude_m));
  s.rn_mj_m2_d = eco__net_short_wave(s.rs_mj_m2_d) - s.rnl_mj_m2_d;
  eco__reference_day day = {mean,     s.delta_kpa_c, s.gamma_kpa_c, s.rn_mj_m2_d, e->soil_mj_m2_d,
                            s.u2_m_s, s.es_kpa,      s.ea_kpa};
  s.et0_mm_d = eco__penman_monteith_mm_d(&day);
  return s;
}

static void check_steps(const eco_reference *table, const char *variant, const steps *s)
{
  const struct {
    const char *name;
    double value;
  } all[] = {{"delta_kpa_c", s->delta_kpa_c}, {"gamma_kpa_c", s->gamma_kpa_c}, {"es_kpa", s->es_kpa},
             {"ea_kpa", s->ea_kpa},           {"u2_m_s", s->u2_m_s},           {"ra_mj_m2_d", s->ra_mj_m2_d},
             {"daylight_h", s->daylight_h},   {"rs_mj_m2_d", s->rs_mj_m2_d},   {"rnl_mj_m2_d", s->rnl_mj_m2_d},
             {"rn_mj_m2_d", s->rn_mj_m2_d},   {"et0_mm_d", s->et0_mm_d}};
  size_t found = 0;
  for (size_t r = 0; r < table->n_rows; r++)
    for (size_t k = 0; k < 11; k++)
      if (eco_reference_is(table, r, "variant", variant) && eco_reference_is(table, r, "quantity", all[k].name)) {
        double wanted = eco_reference_number(table, r, "value");
        ck_assert_msg(fabs(all[k].value - wanted) <= 1e-12 * wanted, "%s of %s: %.17g, expected %.17g", all[k].name,
                      variant, all[k].value, wanted);
        found++;
      }
  ck_assert_uint_eq(found, 11);
}

/* Relative 1e-12: a few dozen roundings of 1e-16, the largest loss in Rn, a difference that keeps four fifths. */
START_TEST(FAO_1_to_FAO_22_give_examples_17_and_18_step_by_step)
{
  eco_reference table = eco_reference_read("water_f16_fao56_penman_monteith.csv");
  example bangkok = {"Bangkok, April", 13.73, 2, 25.6, 34.8, 2.85, 2, 8.5, eco__soil_heat_of_month(30.2, 29.2), 105};
  example uccle = {"Uccle, 6 July",
                   50.80,
                   100,
                   12.3,
                   21.5,
                   eco__vapour_of_extremes_kpa(12.3, 21.5, 63, 84), /* FAO-6 */
                   eco__wind_at_2_m(10.0 / 3.6, 10),                /* FAO-21 */
                   9.25,
                   0,
                   187};
  steps a = reckon(&bangkok), b = reckon(&uccle);
  check_steps(&table, "bangkok_april", &a);
  check_steps(&table, "uccle_6_july", &b);
  ck_assert_double_eq_tol(a.et0_mm_d, 5.72, 0.005); /* as printed */
  ck_assert_double_eq_tol(b.et0_mm_d, 3.88, 0.005);
  eco_reference_free(&table);
}
END_TEST

/* Example 20 (Lyon, July): pressure 98.96 kPa and radiation 22.29 MJ/m2/d as printed, to the last digit. The paper's Ra
 * comes from a table of whole degrees: 40.6 for 40.55. */
START_TEST(FAO_15_gives_the_radiation_of_example_20)
{
  eco__sun lyon = eco__sun_of(45.72, 196);
  ck_assert_double_eq_tol(eco__pressure_kpa(200), 98.96, 0.006);
  ck_assert_double_eq_tol(lyon.extraterrestrial_mj_m2_d, 40.6, 0.06);
  ck_assert_double_eq_tol(eco__radiation_of_range(&lyon, 14.8, 26.6, 0.16), 22.29, 22.29 * 0.06 / 40.6);
}
END_TEST

/* FAO-19 of the paper's own limits: sunshine no longer than the day, clear sky the most; 2.45 MJ evaporate a kilogram. */
START_TEST(FAO_14_and_FAO_18_stay_within_their_limits)
{
  eco__sun sun = eco__sun_of(31, 172);
  ck_assert_double_eq(eco__radiation_of_sunshine(&sun, 30), 0.75 * sun.extraterrestrial_mj_m2_d);
  ck_assert_double_eq(eco__radiation_of_sunshine(&sun, 0), 0.25 * sun.extraterrestrial_mj_m2_d);
  double most = eco__net_long_wave(10, 20, 1, 30, 20), least = eco__net_long_wave(10, 20, 1, 0, 20);
  ck_assert_double_eq(most, eco__net_long_wave(10, 20, 1, 20, 20));
  ck_assert_double_eq_tol(least / most, (1.35 * 0.3 - 0.35) / 1.0, 1e-12);
}
END_TEST

START_TEST(FAO_11_and_FAO_12_hold_at_the_poles_and_the_equator)
{
  eco__sun day = eco__sun_of(80, 172), night = eco__sun_of(80, 355), even = eco__sun_of(0, 80);
  ck_assert_double_eq(day.daylight_h, 24.0);
  ck_assert_double_gt(day.extraterrestrial_mj_m2_d, 40.0);
  ck_assert_double_eq(night.daylight_h, 0.0);
  ck_assert_double_eq_tol(night.extraterrestrial_mj_m2_d, 0.0, 1e-14);
  ck_assert_double_eq_tol(even.daylight_h, 12.0, 1e-12);
  /* overhead sun: the daily integral of (24 60 / pi) Gsc dr cos(delta) */
  ck_assert_double_eq_tol(even.extraterrestrial_mj_m2_d,
                          24.0 * 60.0 / 3.14159265358979 * 0.082 * (1 + 0.033 * cos(2 * 3.14159265358979 * 80 / 365)) *
                            cos(0.409 * sin(2 * 3.14159265358979 * 80 / 365 - 1.39)),
                          1e-9);
}
END_TEST

/* FAO-5 is the derivative of FAO-3: central difference, error h^2 f''' / 6 */
START_TEST(FAO_3_and_FAO_5_belong_together)
{
  for (double t = -20; t <= 45; t += 5) {
    double h = 1e-3, slope = (eco__saturation_kpa(t + h) - eco__saturation_kpa(t - h)) / (2 * h);
    ck_assert_double_eq_tol(eco__saturation_slope_kpa_c(t) / slope, 1.0, 5e-5); /* 4098 for 17.27 x 237.3 = 4098.17 */
  }
}
END_TEST

/* ---- which way ---- */

static const eco__climate jingmen = {
  .latitude_deg = 31, .altitude_m = 80, .open_water_factor = 1.05, .radiation_factor = 0.16};

static eco__dry_air some_air(void)
{
  return (eco__dry_air){22, 31, 2.5, 78, 6.5, 18, true};
}

/* The evaporation that FAO-22 gives with these. */
static double by_hand(double t_min, double t_max, double vapour, double radiation, double wind_2_m_s, int day_of_year)
{
  eco__sun sun = eco__sun_of(31, day_of_year);
  double mean = 0.5 * (t_min + t_max), clear = eco__clear_sky_radiation(&sun, 80);
  eco__reference_day d = {mean,
                          eco__saturation_slope_kpa_c(mean),
                          eco__psychrometric_kpa_c(eco__pressure_kpa(80)),
                          0.77 * radiation - eco__net_long_wave(t_min, t_max, vapour, radiation, clear),
                          0,
                          wind_2_m_s,
                          eco__mean_saturation_kpa(t_min, t_max),
                          vapour};
  return 1.05 * eco__penman_monteith_mm_d(&d); /* FAO-24 */
}

START_TEST(FAO_25_takes_what_is_known_and_says_so)
{
  eco_day day = eco_day_from_date(2019, 7, 1); /* day 182 */
  eco__sun sun = eco__sun_of(31, 182);
  double humid = eco__vapour_of_mean_kpa(22, 31, 78), wind = eco__wind_at_2_m(2.5, 10);
  eco__dry_air air = some_air();
  ck_assert_int_eq(eco__way_of(&air), ECO__BY_PENMAN);
  ck_assert_double_eq(eco__evaporation_of_weather(&jingmen, &air, day), by_hand(22, 31, humid, 18, wind, 182));
  air.radiation_mj_m2_d = NAN; /* sunshine stands in: FAO-14 */
  ck_assert_double_eq(eco__evaporation_of_weather(&jingmen, &air, day),
                      by_hand(22, 31, humid, eco__radiation_of_sunshine(&sun, 6.5), wind, 182));
  air.sunshine_h = NAN; /* then the range: FAO-15 */
  ck_assert_double_eq(eco__evaporation_of_weather(&jingmen, &air, day),
                      by_hand(22, 31, humid, eco__radiation_of_range(&sun, 22, 31, 0.16), wind, 182));
  air.humidity_pct = NAN; /* dew at dawn: FAO-8 */
  ck_assert_double_eq(
    eco__evaporation_of_weather(&jingmen, &air, day),
    by_hand(22, 31, eco__vapour_of_minimum_kpa(22), eco__radiation_of_range(&sun, 22, 31, 0.16), wind, 182));
  air.wind_10_m_s = NAN; /* 2 m/s */
  ck_assert_double_eq(
    eco__evaporation_of_weather(&jingmen, &air, day),
    by_hand(22, 31, eco__vapour_of_minimum_kpa(22), eco__radiation_of_range(&sun, 22, 31, 0.16), 2, 182));
  ck_assert_int_eq(eco__way_of(&air), ECO__BY_PENMAN);
  air.range_measured = false; /* a mean temperature and the month's range are all: FAO-23 */
  ck_assert_int_eq(eco__way_of(&air), ECO__BY_HARGREAVES);
  ck_assert_double_eq_tol(eco__evaporation_of_weather(&jingmen, &air, day),
                          1.05 * 0.0023 * (26.5 + 17.8) * 3.0 * 0.408 * sun.extraterrestrial_mj_m2_d, 1e-12);
  air.humidity_pct = 78;
  ck_assert_int_eq(eco__way_of(&air), ECO__BY_PENMAN);
}
END_TEST

/* The two ways agree within a third on a summer day: what Hargreaves was fitted for. */
START_TEST(FAO_23_is_of_the_size_of_FAO_22)
{
  eco_day day = eco_day_from_date(2019, 7, 1);
  eco__dry_air all = some_air(), bare = {22, 31, NAN, NAN, NAN, NAN, false};
  double a = eco__evaporation_of_weather(&jingmen, &all, day), b = eco__evaporation_of_weather(&jingmen, &bare, day);
  ck_assert_double_gt(b / a, 0.75);
  ck_assert_double_lt(b / a, 1.33);
}
END_TEST

START_TEST(FAO_24_no_evaporation_is_negative)
{
  eco__climate north = jingmen;
  north.latitude_deg = 75;
  eco__dry_air air = {-30, -25, 1, 100, 0, NAN, true}; /* polar night: the net radiation is an outflow */
  ck_assert_double_eq(eco__evaporation_of_weather(&north, &air, eco_day_from_date(2019, 12, 21)), 0.0);
  eco__dry_air cold = {-40, -40, NAN, NAN, NAN, NAN, false}; /* below -17.8 C Hargreaves turns */
  ck_assert_double_eq(eco__evaporation_of_weather(&jingmen, &cold, eco_day_from_date(2019, 1, 1)), 0.0);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("evaporation");
  TCase *all = tcase_create("all");
  tcase_add_test(all, FAO_1_to_FAO_22_give_examples_17_and_18_step_by_step);
  tcase_add_test(all, FAO_15_gives_the_radiation_of_example_20);
  tcase_add_test(all, FAO_14_and_FAO_18_stay_within_their_limits);
  tcase_add_test(all, FAO_11_and_FAO_12_hold_at_the_poles_and_the_equator);
  tcase_add_test(all, FAO_3_and_FAO_5_belong_together);
  tcase_add_test(all, FAO_25_takes_what_is_known_and_says_so);
  tcase_add_test(all, FAO_23_is_of_the_size_of_FAO_22);
  tcase_add_test(all, FAO_24_no_evaporation_is_negative);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
