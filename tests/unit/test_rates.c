/* test_rates.c -- the effective rates of a cell, worked by hand. */
#include "kinetics/kinetics.h"
#include "reference.h"
#include "suite.h"

#include <math.h>

typedef struct water {
  double depth_m, speed_m_s, temp_c, wind_m_s, sod_g_m2_d, rel_nh3, rel_tp;
  bool is_lake;
} water;

/* rates of one lane with the fallbacks of the parameter table */
static void rates_of(const water *w, double out[ECO__N_RATES])
{
  static const double values[ECO__N_KINETICS] = {0.1,  0.01, 0.12,  0.06, 0.05, 6.0,   0.05, 12.0,  0.5, 1.2,
                                                 3.33, 1.0,  1.047, 1.08, 1.06, 1.065, 1.09, 1.024, 25.0};
  const double *params[ECO__N_KINETICS];
  double *rates[ECO__N_RATES];
  for (size_t i = 0; i < ECO__N_KINETICS; i++)
    params[i] = &values[i];
  for (size_t i = 0; i < ECO__N_RATES; i++)
    rates[i] = &out[i];
  eco__kinetics_rates(1, w->is_lake, params, &w->depth_m, &w->speed_m_s, &w->temp_c, &w->wind_m_s, w->sod_g_m2_d,
                      w->rel_nh3, w->rel_tp, rates);
}

static void assert_near(double value, double wanted)
{
  /* a power and two products: a few last digits */
  ck_assert_msg(fabs(value - wanted) <= 1e-14 * fabs(wanted), "%.17g, wanted %.17g", value, wanted);
}

START_TEST(KIN_1_matches_the_table_of_temperature_factors)
{
  eco_reference table = eco_reference_read("water_k09_temperature.csv");
  water w = {.depth_m = 1.0, .speed_m_s = 0.5, .sod_g_m2_d = NAN};
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++)
    if (eco_reference_is(&table, i, "variant", "bod") && eco_reference_is(&table, i, "quantity", "theta_factor")) {
      double rates[ECO__N_RATES], wanted = eco_reference_number(&table, i, "value");
      w.temp_c = eco_reference_number(&table, i, "x");
      rates_of(&w, rates); /* the table's theta is CODMn's, 1.047 */
      assert_near(rates[ECO__R_CODMN], 0.1 * wanted);
      n++;
    }
  ck_assert_int_eq(n, 6);
  eco_reference_free(&table);
}
END_TEST

START_TEST(KIN_2_to_KIN_7_of_a_river_are_worked_by_hand)
{
  water w = {.depth_m = 2.0,
             .speed_m_s = 0.5,
             .temp_c = 30.0,
             .wind_m_s = 3.0,
             .sod_g_m2_d = NAN,
             .rel_nh3 = 40.0,
             .rel_tp = 3.0};
  double r[ECO__N_RATES];
  rates_of(&w, r);
  assert_near(r[ECO__R_CODMN], 0.1 * pow(1.047, 10.0));
  assert_near(r[ECO__R_NH3], 0.12 * pow(1.08, 10.0));
  assert_near(r[ECO__R_ON], 0.05 * pow(1.06, 10.0) / 2.0);
  assert_near(r[ECO__R_TP], 0.05);
  assert_near(r[ECO__R_REAER],
              3.93 * sqrt(0.5) / (2.0 * sqrt(2.0)) * pow(1.024, 10.0)); /* 2 m > 3.45 x 0.5^2.5 = 0.61 */
  assert_near(r[ECO__R_DOSAT], eco__oxygen_saturation(30.0));
  assert_near(r[ECO__R_SOD], 0.5 * pow(1.065, 10.0) / 2.0);
  assert_near(r[ECO__R_REL_NH3], 0.040 * pow(1.09, 10.0) / 2.0);
  assert_near(r[ECO__R_REL_TP], 0.003 * pow(1.09, 10.0) / 2.0);
  assert_near(r[ECO__R_O2_CODMN], 3.33);
  assert_near(r[ECO__R_KS_DO], 1.0);
}
END_TEST

START_TEST(KIN_2_to_KIN_7_of_a_lake_are_worked_by_hand)
{
  water w = {.is_lake = true, .depth_m = 3.0, .temp_c = 10.0, .wind_m_s = 4.0, .sod_g_m2_d = 2.0};
  double r[ECO__N_RATES];
  rates_of(&w, r);
  assert_near(r[ECO__R_CODMN], 0.01 * pow(1.047, -10.0));
  assert_near(r[ECO__R_NH3], 0.06 * pow(1.08, -10.0));
  assert_near(r[ECO__R_ON], 6.0 / 365.25 / 3.0);
  assert_near(r[ECO__R_TP], 12.0 / 365.25 / 3.0);
  assert_near(r[ECO__R_REAER], 0.7832 / 3.0 * pow(1.024, -10.0)); /* K_L of 4 m/s: 1.456 - 1.268 + 0.5952 */
  assert_near(r[ECO__R_SOD], 2.0 * pow(1.065, -10.0) / 3.0);      /* the water's own, not the kinetics' */
  w.sod_g_m2_d = NAN;
  rates_of(&w, r);
  assert_near(r[ECO__R_SOD], 1.2 * pow(1.065, -10.0) / 3.0);
}
END_TEST

START_TEST(KIN_4_to_KIN_7_stand_over_at_least_five_centimetres)
{
  water dry = {.depth_m = 0.0, .speed_m_s = 0.0, .temp_c = 20.0, .sod_g_m2_d = 1.0, .rel_nh3 = 10.0, .rel_tp = 1.0};
  water film = dry;
  film.depth_m = 0.05;
  double a[ECO__N_RATES], b[ECO__N_RATES];
  for (int k = 0; k < 2; k++) {
    dry.is_lake = film.is_lake = k == 1;
    rates_of(&dry, a);
    rates_of(&film, b);
    for (size_t i = 0; i < ECO__N_RATES; i++)
      ck_assert_double_eq(a[i], b[i]);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("rates");
  TCase *all = tcase_create("all");
  tcase_add_test(all, KIN_1_matches_the_table_of_temperature_factors);
  tcase_add_test(all, KIN_2_to_KIN_7_of_a_river_are_worked_by_hand);
  tcase_add_test(all, KIN_2_to_KIN_7_of_a_lake_are_worked_by_hand);
  tcase_add_test(all, KIN_4_to_KIN_7_stand_over_at_least_five_centimetres);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
