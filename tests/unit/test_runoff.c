/* test_runoff.c -- curve numbers, reservoirs, the day's account of water, and the climate it is made for. */
#include "land/land.h"
#include "reference.h"
#include "suite.h"

#include <float.h>
#include <math.h>

enum { LANES = 13 };

/* the fallbacks of the parameter table; no snow at the 20 C of these tests */
static const eco__land_params land_78 = {
  .scs = {78.0, 20.0, 0.75}, .snow = {1.0, 0.0, 4.0}, .routing = {.quick_time_d = 1.0, .slow_time_d = 60.0}};

enum { ROWS = ECO__L_ROUTE + 1 };
typedef struct catchment {
  double state[ROWS][LANES];
  double surface[LANES], out_quick[LANES], out_inter[LANES], out_slow[LANES], et[LANES], wanted[LANES];
} catchment;

/* of fewer lanes than LANES the first of each row is used */
static void day_of(catchment *c, size_t n, const eco__land_params *params, const double *rain, const double *evap,
                   const double *air)
{
  eco__land_plan plan;
  eco__land_flux flux = {c->surface, c->out_quick, c->out_inter, c->out_slow, c->et, c->wanted};
  double state[ROWS * LANES], work[ECO__LAND_WORK * LANES];
  eco__land_plan_make(params, &plan);
  ck_assert_uint_eq(plan.n_rows, ROWS);
  for (size_t k = 0; k < ROWS; k++)
    for (size_t i = 0; i < n; i++)
      state[k * n + i] = c->state[k][i];
  eco__land_day(n, &plan, 6, rain, evap, air, state, &flux, work);
  for (size_t k = 0; k < ROWS; k++)
    for (size_t i = 0; i < n; i++)
      c->state[k][i] = state[k * n + i];
}

static void day(catchment *c, size_t n, const eco__land_params *params, const double *rain, const double *evap)
{
  double air[LANES];
  for (size_t i = 0; i < LANES; i++)
    air[i] = 20.0;
  day_of(c, n, params, rain, evap, air);
}

static void start(catchment *c, const eco__land_params *params)
{
  eco__land_plan plan;
  eco__land_plan_make(params, &plan);
  eco__land_start(LANES, &plan, c->state[0]);
}

static double room_mm(double curve_number)
{
  return eco__scs_retention_mm(eco__scs_dry_curve_number(curve_number));
}

/* ---- the parts */

START_TEST(RUN_1_RUN_2_match_the_table_of_events)
{
  /* 17 digits; P - Ia of neighbouring numbers loses up to two: the table asks 1e-12 */
  eco_reference table = eco_reference_read("water_f15_scs_cn.csv");
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++)
    if (eco_reference_is(&table, i, "variant", "events")) {
      double retention_mm = eco__scs_retention_mm(eco_reference_number(&table, i, "t"));
      double wanted = eco_reference_number(&table, i, "value");
      double found = eco__scs_runoff_mm(eco_reference_number(&table, i, "x"), retention_mm);
      ck_assert_msg(fabs(found - wanted) <= 1e-12 * wanted, "%.17g, wanted %.17g", found, wanted);
      n++;
    }
  ck_assert_int_eq(n, 20);
  eco_reference_free(&table);
}
END_TEST

START_TEST(RUN_3_matches_the_table_of_dry_curve_numbers)
{
  eco_reference table = eco_reference_read("water_f15_scs_cn.csv");
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++)
    if (eco_reference_is(&table, i, "quantity", "cn_dry")) {
      double wanted = eco_reference_number(&table, i, "value");
      ck_assert_double_eq_tol(eco__scs_dry_curve_number(eco_reference_number(&table, i, "x")), wanted, 1e-12 * wanted);
      n++;
    }
  ck_assert_int_eq(n, 2);
  eco_reference_free(&table);
}
END_TEST

START_TEST(RUN_9_matches_the_table_of_wet_curve_numbers)
{
  eco_reference table = eco_reference_read("water_f15_scs_cn.csv");
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++)
    if (eco_reference_is(&table, i, "quantity", "cn_wet")) {
      double wanted = eco_reference_number(&table, i, "value");
      ck_assert_double_eq_tol(eco__scs_wet_curve_number(eco_reference_number(&table, i, "x")), wanted, 1e-12 * wanted);
      n++;
    }
  ck_assert_int_eq(n, 2);
  eco_reference_free(&table);
}
END_TEST

START_TEST(RUN_2_of_mixed_land_weights_the_runoff_not_the_curve_numbers)
{
  /* 0.3 of CN 98, 0.7 of CN 60; the storm is the P whose runoff of the mean CN is the table's other row: found from it.
   * Q = (P - Ia)^2 / (P - Ia + S): P - Ia = Q / 2 + sqrt(Q^2 / 4 + Q S) */
  eco_reference table = eco_reference_read("water_f15_scs_cn.csv");
  double weighted = NAN, of_mean = NAN;
  for (size_t i = 0; i < table.n_rows; i++) {
    if (eco_reference_is(&table, i, "quantity", "runoff_weighted_q"))
      weighted = eco_reference_number(&table, i, "value");
    if (eco_reference_is(&table, i, "quantity", "runoff_of_mean_cn"))
      of_mean = eco_reference_number(&table, i, "value");
  }
  eco_reference_free(&table);
  double mean_s = eco__scs_retention_mm(0.3 * 98.0 + 0.7 * 60.0);
  double rain = 0.2 * mean_s + 0.5 * of_mean + sqrt(0.25 * of_mean * of_mean + of_mean * mean_s);
  double found = 0.3 * eco__scs_runoff_mm(rain, eco__scs_retention_mm(98.0)) +
                 0.7 * eco__scs_runoff_mm(rain, eco__scs_retention_mm(60.0));
  ck_assert_double_eq_tol(rain, 60.0, 1e-11); /* the table's storm */
  ck_assert_double_eq_tol(found, weighted, 1e-12 * weighted);
}
END_TEST

START_TEST(RUN_8_is_exact_for_a_pulse_into_a_linear_reservoir)
{
  /* one reservoir of 6 h, 1 unit in the first 2 h: the table's outflow is store / time. Steps of an hour and of a
   * quarter give the same: the step is exact, error of rounding only. */
  eco_reference table = eco_reference_read("water_f08_nash_cascade.csv");
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++)
    if (eco_reference_is(&table, i, "variant", "one")) {
      double t_h = eco_reference_number(&table, i, "t"), wanted = eco_reference_number(&table, i, "value");
      for (int parts = 1; parts <= 4; parts *= 4) {
        double store = 0.0, out = 0.0, dt_h = 1.0 / parts;
        for (int k = 0; k < (int)t_h * parts; k++) {
          double inflow = k < 2 * parts ? 0.5 * dt_h : 0.0, now;
          eco__reservoir_day(1, eco__reservoir_of(6.0, dt_h), &inflow, &store, &now);
          out += now;
        }
        ck_assert_double_eq_tol(store / 6.0, wanted, 1e-13);
        ck_assert_double_eq_tol(store + out, t_h < 2.0 ? 0.5 * t_h : 1.0, 1e-14);
      }
      n++;
    }
  ck_assert_int_ge(n, 6);
  eco_reference_free(&table);
}
END_TEST

/* ---- a day */

START_TEST(RUN_4_RUN_5_give_the_event_formula_on_soil_as_wet_as_it_is)
{
  double rain[1] = {60.0}, none[1] = {0.0}, space = 40.0;
  catchment c = {.state[ECO__L_SOIL] = {room_mm(78.0) - space}};
  day(&c, 1, &land_78, rain, none);
  /* (60 - 8)^2 / (60 - 8 + 40) */
  ck_assert_double_eq_tol(c.surface[0], 52.0 * 52.0 / 92.0, 1e-12);
  /* it enters the quick reservoir of a day and leaves in part: 1 - (1 - exp(-1)) of it stays */
  ck_assert_double_eq_tol(c.state[ECO__L_ROUTE][0], 52.0 * 52.0 / 92.0 * (1.0 - exp(-1.0)), 1e-12);
}
END_TEST

START_TEST(RUN_5_RUN_6_RUN_7_of_a_wet_and_a_dry_day_are_worked_by_hand)
{
  double most = room_mm(78.0), rain[2] = {0.0, 0.0}, evap[2] = {4.0, 4.0};
  catchment c = {.state[ECO__L_SOIL] = {0.9 * most, 0.5 * most}};
  day(&c, 2, &land_78, rain, evap);
  for (int i = 0; i < 2; i++) {
    double before = i == 0 ? 0.9 * most : 0.5 * most, et = 0.75 * 4.0 * (i == 0 ? 0.9 : 0.5);
    double above = before - et - 0.75 * most, percolated = above > 0.0 ? above * (1.0 - exp(-1.0 / 20.0)) : 0.0;
    ck_assert_double_eq_tol(c.et[i], et, 1e-12);
    ck_assert_double_eq_tol(c.state[ECO__L_SOIL][i], before - et - percolated, 1e-12);
    ck_assert_double_eq_tol(c.state[ECO__L_SLOW][i] + c.out_slow[i], percolated, 1e-12);
    ck_assert_double_eq(c.surface[i], 0.0);
  }
}
END_TEST

START_TEST(RUN_5_of_paved_ground_runs_off_whole)
{
  eco__land_params paved = land_78;
  paved.scs.curve_number = 100.0;
  catchment c;
  start(&c, &paved);
  double rain[LANES], evap[LANES];
  for (size_t i = 0; i < LANES; i++) {
    rain[i] = 3.0 * (double)i;
    evap[i] = 5.0;
  }
  day(&c, LANES, &paved, rain, evap);
  for (size_t i = 0; i < LANES; i++) {
    /* S of CN 100 is 0 to the rounding of 254 mm */
    ck_assert_double_eq_tol(c.surface[i], rain[i], 1e-12);
    ck_assert_double_le(c.et[i], 1e-12);
  }
}
END_TEST

START_TEST(RUN_5_RUN_6_stand_up_to_drought_and_flood)
{
  double rain[3] = {0.0, 2000.0, 1e6}, evap[3] = {1000.0, 0.0, 1000.0};
  catchment c = {.state[ECO__L_SOIL] = {0.0, 0.0, 10.0}};
  day(&c, 3, &land_78, rain, evap);
  ck_assert_double_eq(c.state[ECO__L_SOIL][0], 0.0);
  ck_assert_double_eq(c.et[0], 0.0);
  /* dry soil takes what fits and no more: 1.2 S of RUN-2 for a huge storm would not fit */
  ck_assert_double_eq_tol(c.surface[1], 2000.0 - room_mm(78.0), 1e-9);
  ck_assert_double_le(c.surface[2], 1e6);
  /* evaporation of all there is, and not more */
  ck_assert_double_eq(c.state[ECO__L_SOIL][2], 0.0);
  ck_assert_double_eq_tol(c.et[2], room_mm(78.0), 1e-9);
  /* long drought: what was there goes, and nothing falls below zero */
  double none[3] = {0.0}, dry[3] = {30.0, 30.0, 30.0};
  for (int n = 0; n < 5000; n++) {
    day(&c, 3, &land_78, none, dry);
    for (size_t i = 0; i < 3; i++)
      if (!(c.state[ECO__L_SOIL][i] >= 0.0 && c.state[ECO__L_ROUTE][i] >= 0.0 && c.state[ECO__L_SLOW][i] >= 0.0 &&
            c.et[i] >= 0.0 && c.out_quick[i] >= 0.0 && c.out_slow[i] >= 0.0))
        ck_abort_msg("lane %zu is below zero on day %d", i, n);
  }
  ck_assert_double_lt(c.state[ECO__L_SOIL][1] + c.state[ECO__L_ROUTE][1] + c.state[ECO__L_SLOW][1], 1e-9);
}
END_TEST

START_TEST(RUN_2_RUN_5_more_rain_is_no_less_runoff)
{
  static const double curve_numbers[4] = {30.0, 60.0, 78.0, 100.0};
  for (int k = 0; k < 4; k++)
    for (int wet = 0; wet <= 10; wet++) {
      eco__land_params params = land_78;
      params.scs.curve_number = curve_numbers[k];
      double most = fmax(0.0, room_mm(curve_numbers[k])), before = 0.0, evap = 3.0;
      for (int mm = 0; mm <= 600; mm++) {
        double rain = 0.5 * mm;
        catchment c = {.state[ECO__L_SOIL] = {0.1 * wet * most}};
        day(&c, 1, &params, &rain, &evap);
        /* and of a millimetre more no more than that runs off; sums of 600 mm at most */
        if (!(mm == 0 || (c.surface[0] >= before - 1e-12 && c.surface[0] <= before + 0.5 + 1e-12)))
          ck_abort_msg("CN %g, %g mm: %.17g after %.17g", curve_numbers[k], rain, c.surface[0], before);
        before = c.surface[0];
      }
    }
}
END_TEST

START_TEST(RUN_balance_closes_to_the_last_digits)
{
  static const double curve_numbers[5] = {30.0, 60.0, 78.0, 95.0, 100.0};
  for (int k = 0; k < 5; k++) {
    eco__land_params params = {.scs = {curve_numbers[k], 5.0, 1.3},
                               .routing = {.quick_time_d = 0.05, .slow_time_d = 3650.0}};
    catchment c;
    start(&c, &params);
    for (uint64_t n = 0; n < 3000; n++) {
      double rain[LANES], evap[LANES];
      catchment was = c;
      for (uint32_t i = 0; i < LANES; i++) {
        double u = eco__uniform(1, i, 1, n);
        rain[i] = u < 0.6 ? 0.0 : -20.0 * log(u / 0.999999);
        rain[i] = rain[i] > 0.0 ? rain[i] : 0.0;
        evap[i] = 9.0 * eco__uniform(1, i, 2, n);
      }
      day(&c, LANES, &params, rain, evap);
      for (size_t i = 0; i < LANES; i++) {
        double before = was.state[ECO__L_SOIL][i] + was.state[ECO__L_ROUTE][i] + was.state[ECO__L_SLOW][i],
               after = c.state[ECO__L_SOIL][i] + c.state[ECO__L_ROUTE][i] + c.state[ECO__L_SLOW][i];
        double fault = (before + rain[i]) - (c.out_quick[i] + c.out_slow[i] + c.et[i] + after);
        /* a dozen sums, each rounded to half a last digit of at most all the water there is */
        if (!(fabs(fault) <= 12.0 * 0.5 * DBL_EPSILON * (before + rain[i])))
          ck_abort_msg("%g mm of %g", fault, before + rain[i]);
        if (!(c.surface[i] >= 0.0 && c.surface[i] <= rain[i] &&
              c.state[ECO__L_SOIL][i] <= fmax(0.0, room_mm(curve_numbers[k])) + 1e-12))
          ck_abort_msg("%g mm ran off of %g", c.surface[i], rain[i]);
      }
    }
  }
}
END_TEST

START_TEST(RUN_lanes_do_not_feel_each_other)
{
  catchment together, alone;
  start(&together, &land_78);
  for (uint64_t n = 0; n < 200; n++) {
    double rain[LANES], evap[LANES];
    catchment before = together;
    for (uint32_t i = 0; i < LANES; i++) {
      rain[i] = fmax(0.0, 60.0 * eco__uniform(2, i, 1, n) - 30.0);
      evap[i] = 6.0 * eco__uniform(2, i, 2, n);
    }
    day(&together, LANES, &land_78, rain, evap);
    for (size_t i = 0; i < LANES; i++) {
      for (size_t k = 0; k < ROWS; k++)
        alone.state[k][0] = before.state[k][i];
      day(&alone, 1, &land_78, &rain[i], &evap[i]);
      ck_assert_mem_eq(&alone.state[ECO__L_SOIL][0], &together.state[ECO__L_SOIL][i], sizeof(double));
      ck_assert_mem_eq(&alone.state[ECO__L_ROUTE][0], &together.state[ECO__L_ROUTE][i], sizeof(double));
      ck_assert_mem_eq(&alone.state[ECO__L_SLOW][0], &together.state[ECO__L_SLOW][i], sizeof(double));
      ck_assert_mem_eq(&alone.et[0], &together.et[i], sizeof(double));
    }
  }
}
END_TEST

/* ---- the climate it is made for */

static eco__climate read_climate(void)
{
  eco_reference table = eco_reference_read("climate_monthly.csv");
  eco__climate climate = {.t_day_sd_c = 2.8, .t_memory = 0.7};
  ck_assert_uint_eq(table.n_rows, 12);
  for (size_t m = 0; m < 12; m++) {
    climate.t_mean_c[m] = eco_reference_number(&table, m, "t_mean_c");
    climate.p_wet_wet[m] = eco_reference_number(&table, m, "p_wet_given_wet");
    climate.p_wet_dry[m] = eco_reference_number(&table, m, "p_wet_given_dry");
    climate.gamma_shape[m] = eco_reference_number(&table, m, "gamma_shape");
    climate.gamma_scale_mm[m] = eco_reference_number(&table, m, "gamma_scale_mm");
    climate.evap_mm_month[m] = eco_reference_number(&table, m, "evap_water_mm");
    climate.wind_m_s[m] = eco_reference_number(&table, m, "wind_m_s");
  }
  eco_reference_free(&table);
  return climate;
}

START_TEST(RUN_with_jingmens_climate_gives_its_runoff)
{
  /* CN 78, 13 members of 40 years: 300 to 450 mm of 970 mm a year are published for the place, 30 to 60 % of it base
   * flow */
  eco__climate climate = read_climate();
  catchment c;
  eco__weather_state weather[LANES];
  eco_day first = eco_day_from_date(1990, 1, 1), recorded = eco_day_from_date(1992, 1, 1);
  eco_day end = eco_day_from_date(2032, 1, 1);
  double rain_mm = 0.0, quick_mm = 0.0, slow_mm = 0.0, et_mm = 0.0, years = 40.0 * LANES;
  start(&c, &land_78);
  for (uint32_t i = 0; i < LANES; i++)
    eco__weather_start(&climate, 3, i, first, &weather[i]);
  for (eco_day today = first; today < end; today++) {
    double rain[LANES], evap[LANES], air[LANES];
    for (uint32_t i = 0; i < LANES; i++) {
      eco__weather out;
      eco__weather_next(&climate, 3, i, today, &weather[i], &out);
      rain[i] = out.rain_mm;
      evap[i] = out.evap_mm;
      air[i] = out.air_c;
    }
    day_of(&c, LANES, &land_78, rain, evap, air);
    for (size_t i = 0; today >= recorded && i < LANES; i++) {
      rain_mm += rain[i] / years;
      quick_mm += c.out_quick[i] / years;
      slow_mm += c.out_slow[i] / years;
      et_mm += c.et[i] / years;
    }
  }
  double runoff_mm = quick_mm + slow_mm;
  ck_assert_msg(runoff_mm >= 300.0 && runoff_mm <= 450.0, "%.0f mm a year run off of %.0f", runoff_mm, rain_mm);
  ck_assert_msg(slow_mm >= 0.3 * runoff_mm && slow_mm <= 0.6 * runoff_mm, "base flow: %.2f", slow_mm / runoff_mm);
  ck_assert_double_eq_tol(rain_mm - et_mm, runoff_mm, 200.0 / 40.0); /* stores of at most 200 mm, over 40 years */
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("runoff");
  TCase *all = tcase_create("all");
  tcase_add_test(all, RUN_1_RUN_2_match_the_table_of_events);
  tcase_add_test(all, RUN_3_matches_the_table_of_dry_curve_numbers);
  tcase_add_test(all, RUN_9_matches_the_table_of_wet_curve_numbers);
  tcase_add_test(all, RUN_2_of_mixed_land_weights_the_runoff_not_the_curve_numbers);
  tcase_add_test(all, RUN_8_is_exact_for_a_pulse_into_a_linear_reservoir);
  tcase_add_test(all, RUN_4_RUN_5_give_the_event_formula_on_soil_as_wet_as_it_is);
  tcase_add_test(all, RUN_5_RUN_6_RUN_7_of_a_wet_and_a_dry_day_are_worked_by_hand);
  tcase_add_test(all, RUN_5_of_paved_ground_runs_off_whole);
  tcase_add_test(all, RUN_5_RUN_6_stand_up_to_drought_and_flood);
  tcase_add_test(all, RUN_2_RUN_5_more_rain_is_no_less_runoff);
  tcase_add_test(all, RUN_balance_closes_to_the_last_digits);
  tcase_add_test(all, RUN_lanes_do_not_feel_each_other);
  tcase_add_test(all, RUN_with_jingmens_climate_gives_its_runoff);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
