/* test_oxygen.c -- saturation, reaeration and water temperature against tables of worked values. */
#include "kinetics/kinetics.h"
#include "reference.h"
#include "suite.h"

#include <math.h>

/* Worked values have 17 digits and the formulas a dozen operations whose arguments reach 400 (the terms of the
 * exponent): 400 x 1.1e-16 x a few roundings is below 1e-12; 1e-10 is what the table asks for. */
#define FORMULA 1e-10

static void assert_near(double value, double wanted, double relative)
{
  ck_assert_msg(fabs(value - wanted) <= relative * fabs(wanted), "%.17g, wanted %.17g", value, wanted);
}

START_TEST(OXY_1_matches_the_table_of_saturation_in_fresh_water)
{
  eco_reference table = eco_reference_read("water_k12_oxygen_saturation.csv");
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++)
    if (eco_reference_is(&table, i, "variant", "fresh_1atm")) {
      double temp_c = eco_reference_number(&table, i, "x");
      assert_near(eco__oxygen_saturation(temp_c), eco_reference_number(&table, i, "value"), FORMULA);
      n++;
    }
  ck_assert_int_eq(n, 9);
  eco_reference_free(&table);
}
END_TEST

START_TEST(OXY_1_holds_its_ends_outside_the_range_of_the_fit)
{
  ck_assert_double_eq(eco__oxygen_saturation(-5.0), eco__oxygen_saturation(0.0));
  ck_assert_double_eq(eco__oxygen_saturation(70.0), eco__oxygen_saturation(40.0));
}
END_TEST

/* speed, depth and wind of the table's variants */
typedef struct channel {
  const char *variant;
  double speed_m_s, depth_m, wind_m_s;
} channel;
static const channel channels[] = {
  {"shallow", 0.3, 0.4, 2.0}, {"medium", 0.6, 1.5, 3.0}, {"hanjiang", 0.8, 5.0, 4.0}, {"canal", 0.05, 2.0, 2.5}};

static double reference_rate(const eco_reference *table, const char *variant, const char *quantity)
{
  for (size_t i = 0; i < table->n_rows; i++)
    if (eco_reference_is(table, i, "variant", variant) && eco_reference_is(table, i, "quantity", quantity))
      return eco_reference_number(table, i, "value");
  ck_abort_msg("no row %s %s", variant, quantity);
}

START_TEST(OXY_5_matches_the_worked_values_of_the_choice)
{
  eco_reference table = eco_reference_read("water_k13_reaeration.csv");
  for (size_t k = 0; k < sizeof channels / sizeof channels[0]; k++) {
    double wanted = reference_rate(&table, channels[k].variant, "covar_choice");
    assert_near(eco__reaeration_river(channels[k].speed_m_s, channels[k].depth_m), wanted, FORMULA);
  }
  eco_reference_free(&table);
}
END_TEST

START_TEST(OXY_6_matches_the_worked_values_of_wind)
{
  eco_reference table = eco_reference_read("water_k13_reaeration.csv");
  for (size_t k = 0; k < sizeof channels / sizeof channels[0]; k++) {
    double wanted = reference_rate(&table, channels[k].variant, "banks_herrera_kl");
    assert_near(eco__reaeration_lake(channels[k].wind_m_s), wanted, FORMULA);
  }
  eco_reference_free(&table);
}
END_TEST

START_TEST(OXY_2_OXY_3_OXY_4_have_each_their_region)
{
  /* depth 1 m and speed 0.1, 1 m/s: bounds 3.45 U^2.5 = 0.011 and 3.45 m; depth 0.6 m is shallow */
  assert_near(eco__reaeration_river(0.1, 1.0), 3.93 * sqrt(0.1), FORMULA);
  assert_near(eco__reaeration_river(1.0, 1.0), 5.026, FORMULA);
  assert_near(eco__reaeration_river(1.0, 0.6), 5.32 / pow(0.6, 1.85), FORMULA);
  assert_near(eco__reaeration_river(1.0, 0.61), 5.026 / pow(0.61, 1.67), FORMULA); /* the edge is not shallow */
  assert_near(eco__reaeration_river(1.0, 3.45), 5.026 / pow(3.45, 1.67), FORMULA); /* nor the other one deep */
}
END_TEST

START_TEST(OXY_5_counts_the_size_of_the_speed_and_floors_its_arguments)
{
  ck_assert_double_eq(eco__reaeration_river(-0.4, 1.0), eco__reaeration_river(0.4, 1.0));
  ck_assert_double_eq(eco__reaeration_river(0.0, 1.0), eco__reaeration_river(0.01, 1.0));
  ck_assert_double_eq(eco__reaeration_river(0.3, 0.0), eco__reaeration_river(0.3, 0.05));
  ck_assert_double_eq(eco__reaeration_lake(0.0), 0.0);
}
END_TEST

START_TEST(OXY_6_is_above_zero_for_every_wind)
{
  for (double wind = 0.01; wind < 60.0; wind += 0.01)
    ck_assert_double_gt(eco__reaeration_lake(wind), 0.0);
}
END_TEST

/* Days of air at 20 C over a warm plume, in steps of dt. */
static double plume_after(double days, double dt_d)
{
  double temp_c = 35.0;
  for (long n = lround(days / dt_d); n > 0; n--)
    temp_c = eco__water_temperature(temp_c, 20.0, 2.0, 30.0, dt_d * 86400.0);
  return temp_c;
}

START_TEST(TEM_1_converges_to_the_closed_form_of_cooling)
{
  /* Backward Euler: (1 + a dt)^-n = exp(-a t + a^2 t dt / 2 - ...), so to first order in dt the temperature's distance
   * from the air is too large by the share a^2 t dt / 2, next term a^3 t dt^2 / 3. Its square covers the rest. */
  eco_reference table = eco_reference_read("water_k23_equilibrium_temperature.csv");
  double a = reference_rate(&table, "plume", "rate"), dt_d = 1.0 / 24.0;
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++)
    if (eco_reference_is(&table, i, "variant", "plume") && eco_reference_is(&table, i, "quantity", "temperature")) {
      double t_d = eco_reference_number(&table, i, "t"), exact = eco_reference_number(&table, i, "value") - 20.0;
      double share = 0.5 * a * a * t_d * dt_d;
      double found = (plume_after(t_d, dt_d) - 20.0) / exact - 1.0;
      ck_assert_double_eq_tol(found, share, share * share + a * a * a * t_d * dt_d * dt_d);
      n++;
    }
  ck_assert_int_eq(n, 3);
  eco_reference_free(&table);
}
END_TEST

START_TEST(TEM_1_never_passes_the_air_and_TEM_2_never_freezes)
{
  ck_assert_double_le(eco__water_temperature(5.0, 25.0, 0.0, 200.0, 1e9), 25.0);
  ck_assert_double_gt(eco__water_temperature(5.0, 25.0, 0.0, 200.0, 1e9), 24.9);
  ck_assert_double_eq(eco__water_temperature(0.5, -20.0, 1.0, 30.0, 86400.0), 0.0);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("oxygen");
  TCase *all = tcase_create("all");
  tcase_add_test(all, OXY_1_matches_the_table_of_saturation_in_fresh_water);
  tcase_add_test(all, OXY_1_holds_its_ends_outside_the_range_of_the_fit);
  tcase_add_test(all, OXY_5_matches_the_worked_values_of_the_choice);
  tcase_add_test(all, OXY_6_matches_the_worked_values_of_wind);
  tcase_add_test(all, OXY_2_OXY_3_OXY_4_have_each_their_region);
  tcase_add_test(all, OXY_5_counts_the_size_of_the_speed_and_floors_its_arguments);
  tcase_add_test(all, OXY_6_is_above_zero_for_every_wind);
  tcase_add_test(all, TEM_1_converges_to_the_closed_form_of_cooling);
  tcase_add_test(all, TEM_1_never_passes_the_air_and_TEM_2_never_freezes);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
