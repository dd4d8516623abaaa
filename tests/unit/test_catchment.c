/* test_catchment.c -- snow, paved land, paddies and ponds worked by hand; the balance of whole catchments. */
#include "land/land.h"
#include "suite.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { LANES = 6, MOST_ROWS = ECO__L_ROUTE + ECO__MOST_ORDINATES };

/* ---- snow */

START_TEST(SNO_1_SNO_2_SNO_3_fall_lie_and_melt)
{
  static const eco__snow_params params = {1.0, 0.0, 4.0};
  static const struct {
    double rain, air, snow, lies, water;
  } days[] = {{10.0, 1.0, 0.0, 6.0, 4.0},    /* at the threshold it snows, and 4 x 1 mm of it melts */
              {10.0, 1.001, 0.0, 0.0, 10.0}, /* just above it rains */
              {10.0, -5.0, 3.0, 13.0, 0.0},  {0.0, 0.0, 13.0, 13.0, 0.0}, /* at the melting point nothing melts */
              {5.0, 3.0, 50.0, 38.0, 17.0},  {0.0, 20.0, 7.0, 0.0, 7.0},  /* never more than lies */
              {0.0, -30.0, 0.0, 0.0, 0.0}};
  for (size_t k = 0; k < sizeof days / sizeof days[0]; k++) {
    double snow = days[k].snow, water;
    eco__snow_day(1, &params, &days[k].rain, &days[k].air, &snow, &water);
    ck_assert_double_eq_tol(snow, days[k].lies, 1e-13);
    ck_assert_double_eq_tol(water, days[k].water, 1e-13);
  }
}
END_TEST

/* ---- paved land */

START_TEST(PAV_1_PAV_2_fill_spill_and_dry)
{
  static const struct {
    double rain, evap, store, runoff, left, et;
  } days[] = {{1.5, 0.0, 0.0, 0.0, 1.5, 0.0},
              {2.0, 0.0, 0.0, 0.0, 2.0, 0.0}, /* just full */
              {30.0, 3.0, 1.0, 29.0, 0.0, 2.0},
              {0.0, 0.5, 2.0, 0.0, 1.5, 0.5},
              {0.0, 9.0, 0.0, 0.0, 0.0, 0.0}};
  for (size_t k = 0; k < sizeof days / sizeof days[0]; k++) {
    double store = days[k].store, runoff, et;
    eco__paved_day(1, 2.0, &days[k].rain, &days[k].evap, &store, &runoff, &et);
    ck_assert_double_eq_tol(runoff, days[k].runoff, 1e-14);
    ck_assert_double_eq_tol(store, days[k].left, 1e-14);
    ck_assert_double_eq_tol(et, days[k].et, 1e-14);
  }
}
END_TEST

/* ---- paddies: soil 100 mm; in month 6 irrigated from 5 to 30 mm under a sill of 50, in month 0 drained */

static eco__paddy_params rice(void)
{
  eco__paddy_params p = {.soil_mm = 100.0, .percolation_mm_d = 2.0, .most_mm_d = 10.0, .efficiency = 0.5};
  for (int m = 0; m < 12; m++)
    p.crop_factor[m] = 1.0;
  p.lower_mm[6] = 5.0;
  p.target_mm[6] = 30.0;
  p.sill_mm[6] = 50.0;
  p.crop_factor[6] = 1.1;
  return p;
}

START_TEST(PAD_2_PAD_3_PAD_4_of_days_worked_by_hand)
{
  eco__paddy_params p = rice();
  static const struct {
    int month;
    double store, water, evap, drained, et, percolated;
  } days[] = {{6, 120.0, 0.0, 5.0, 0.0, 5.5, 2.0},    /* ponded */
              {6, 120.0, 30.0, 0.0, 0.0, 0.0, 2.0},   /* just to the sill */
              {6, 120.0, 47.0, 5.0, 17.0, 5.5, 2.0},  /* over it */
              {6, 80.0, 0.0, 5.0, 0.0, 4.4, 0.048},   /* 1.1 x 5 x 0.8; (75.6 - 75) / 25 of 2 */
              {6, 40.0, 0.0, 5.0, 0.0, 2.2, 0.0},     /* below what the soil holds */
              {0, 120.0, 0.0, 0.0, 20.0, 0.0, 2.0},   /* the season ends: the pond is let go */
              {0, 90.0, 40.0, 10.0, 30.0, 10.0, 1.2}, /* winter: what the soil does not hold; (90 - 75) / 25 of 2 */
              {0, 3.0, 0.0, 1000.0, 0.0, 3.0, 0.0}};  /* no more than there is */
  for (size_t k = 0; k < sizeof days / sizeof days[0]; k++) {
    double store = days[k].store, drained, percolated, et;
    eco__paddy_day(1, &p, days[k].month, &days[k].water, &days[k].evap, &store, &drained, &percolated, &et);
    ck_assert_msg(fabs(drained - days[k].drained) < 1e-12, "%zu: drained %g", k, drained);
    ck_assert_msg(fabs(et - days[k].et) < 1e-12, "%zu: et %g", k, et);
    ck_assert_msg(fabs(percolated - days[k].percolated) < 1e-12, "%zu: percolated %g", k, percolated);
    ck_assert_double_eq_tol(store, days[k].store + days[k].water - drained - et - percolated, 1e-12);
  }
}
END_TEST

START_TEST(PAD_1_PAD_5_irrigate_from_the_lower_limit_to_the_target)
{
  eco__paddy_params p = rice();
  static const struct {
    int month;
    double level, filling, goes_on, wanted;
  } days[] = {{6, 5.0, 0.0, 0.0, 0.0},                                  /* at the limit nothing */
              {6, 4.999, 0.0, 1.0, 10.0},                               /* below it the most of a day */
              {6, 24.0, 1.0, 1.0, 6.0},                                 /* on to the target */
              {6, 24.0, 0.0, 0.0, 0.0},                                 /* where it falls from above: not yet */
              {6, 30.0, 1.0, 0.0, 0.0},                                 /* at the target it ends */
              {6, -100.0, 0.0, 1.0, 10.0}, {0, -100.0, 1.0, 0.0, 0.0}}; /* no irrigation in the month */
  for (size_t k = 0; k < sizeof days / sizeof days[0]; k++) {
    double store = 100.0 + days[k].level, filling = days[k].filling, wanted;
    eco__paddy_want(1, &p, days[k].month, &store, &filling, &wanted);
    ck_assert_double_eq(filling, days[k].goes_on);
    ck_assert_double_eq_tol(wanted, days[k].wanted, 1e-12);
  }
}
END_TEST

/* ---- catchments */

typedef struct catchment {
  eco__land_plan plan;
  double state[MOST_ROWS * LANES];
  double surface[LANES], quick[LANES], interflow[LANES], slow[LANES], et[LANES], wanted[LANES];
} catchment;

static void make(catchment *c, const eco__land_params *params, size_t n)
{
  memset(c, 0, sizeof *c);
  eco__land_plan_make(params, &c->plan);
  eco__land_start(n, &c->plan, c->state);
}

static void day(catchment *c, size_t n, int month, const double *rain, const double *evap, const double *air)
{
  double work[ECO__LAND_WORK * LANES];
  eco__land_flux flux = {c->surface, c->quick, c->interflow, c->slow, c->et, c->wanted};
  eco__land_day(n, &c->plan, month, rain, evap, air, c->state, &flux, work);
}

static eco__land_params fields(void)
{
  eco__land_params p = {.model = ECO__SCS_CN,
                        .paddy_share = 0.4,
                        .urban_share = 0.1,
                        .depression_mm = 2.0,
                        .from_canal = true,
                        .scs = {78.0, 20.0, 0.75},
                        .snow = {1.0, 0.0, 4.0},
                        .routing = {.quick_time_d = 1.0, .slow_time_d = 60.0}};
  p.paddy = rice();
  return p;
}

START_TEST(CAT_1_CAT_5_land_uses_are_weighed_by_their_shares)
{
  /* 60 mm on a full paddy (10 over the sill of 50 with 100 in the soil), on paved land 58 run off at once */
  eco__land_params p = fields();
  catchment c;
  make(&c, &p, 1);
  double rain = 60.0, evap = 0.0, air = 20.0;
  c.state[ECO__L_PADDY] = 100.0;
  c.state[ECO__L_SOIL] = eco__scs_retention_mm(eco__scs_dry_curve_number(78.0)) - 40.0;
  day(&c, 1, 6, &rain, &evap, &air);
  double natural = 0.5 * 52.0 * 52.0 / 92.0, paddies = 0.4 * 10.0, paved = 0.1 * 58.0;
  ck_assert_double_eq_tol(c.surface[0], natural + paddies + paved, 1e-12);
  /* a reservoir of a day lets 1 - tau (1 - exp(-1 / tau)) of its own day go */
  ck_assert_double_eq_tol(c.quick[0], (natural + paddies) * exp(-1.0) + paved, 1e-12);
  ck_assert_double_eq(c.wanted[0], 0.0);
}
END_TEST

START_TEST(CAT_2_CAT_3_CAT_4_fields_take_from_ponds_then_from_the_canal)
{
  eco__land_params p = fields();
  p.pond_mm = 30.0;
  p.pond_share = 1.0;
  catchment c;
  make(&c, &p, 1);
  double rain = 0.0, evap = 0.0, air = 20.0;
  /* level 2 after percolation of 2: wants 10 mm of 28; ponds have 1.5 mm over the catchment, 3.75 over the paddies */
  c.state[ECO__L_PADDY] = 104.0;
  c.state[ECO__L_PONDS] = 1.5;
  day(&c, 1, 6, &rain, &evap, &air);
  ck_assert_double_eq_tol(c.state[ECO__L_PONDS], 0.0, 1e-14);
  ck_assert_double_eq_tol(c.state[ECO__L_PADDY], 105.75, 1e-12);
  ck_assert_double_eq_tol(c.wanted[0], 0.4 * 6.25 / 0.5, 1e-12);
  /* the canal gives 3 mm over the catchment: half arrives, 3.75 mm on the paddies, half seeps to base flow */
  double slow = c.state[ECO__L_SLOW], soil = c.state[ECO__L_SOIL];
  c.state[ECO__L_CANAL] = 3.0;
  day(&c, 1, 6, &rain, &evap, &air);
  ck_assert_double_eq(c.state[ECO__L_CANAL], 0.0);
  ck_assert_double_eq_tol(c.state[ECO__L_PADDY], 105.75 + 3.75 - 2.0, 1e-12);
  double percolated = 0.5 * (soil - c.state[ECO__L_SOIL]) + 0.4 * 2.0;
  ck_assert_double_eq_tol(c.state[ECO__L_SLOW] + c.slow[0], slow + 1.5 + percolated, 1e-12);
  /* it goes on to the target: 22.5 left */
  ck_assert_double_eq_tol(c.wanted[0], 0.4 * 10.0 / 0.5, 1e-12);
  /* without a canal nothing is asked, with dry ponds nothing comes */
  p.from_canal = false;
  day(&c, 1, 6, &rain, &evap, &air);
  ck_assert_double_eq(c.wanted[0], 0.0);
}
END_TEST

START_TEST(CAT_3_ponds_fill_and_spill)
{
  eco__land_params p = fields();
  p.pond_mm = 5.0;
  p.pond_share = 0.5;
  catchment c;
  make(&c, &p, 1);
  double rain = 200.0, evap = 0.0, air = 20.0;
  c.state[ECO__L_PADDY] = 0.0; /* takes 150 mm */
  c.state[ECO__L_SOIL] = eco__scs_retention_mm(eco__scs_dry_curve_number(78.0)) - 40.0;
  day(&c, 1, 6, &rain, &evap, &air);
  double natural = 0.5 * 160.0; /* of 200 mm, 40 fit the soil: more than RUN-2 would let run off */
  ck_assert_double_eq_tol(c.state[ECO__L_PONDS], 5.0, 1e-13);
  ck_assert_double_eq_tol(c.surface[0], natural - 5.0 + 0.4 * 50.0 + 0.1 * 198.0, 1e-11);
}
END_TEST

START_TEST(CAT_6_recedes_as_zhao_has_it)
{
  /* O' = C O + (1 - C) i, of interflow and groundwater */
  eco__land_params p = {.model = ECO__XINANJIANG,
                        .xinanjiang = {20.0, 60.0, 40.0, 0.2, 0.3, 0.0, 20.0, 1.5, 0.3, 0.4, 0.8},
                        .snow = {1.0, 0.0, 4.0},
                        .routing = {.quick_time_d = 1.0, .interflow_kept = 0.7, .groundwater_kept = 0.98}};
  catchment c;
  make(&c, &p, 1);
  double interflow = 0.0, slow = 0.0, evap = 2.0, air = 20.0;
  for (uint64_t d = 0; d < 200; d++) {
    double rain = fmax(0.0, 100.0 * eco__uniform(11, 0, 1, d) - 70.0);
    day(&c, 1, 6, &rain, &evap, &air);
    double given = (0.3 + 0.4) / 0.3 * c.state[ECO__L_FREE]; /* 0.3 of free water stay */
    interflow = 0.7 * interflow + 0.3 * given * 3.0 / 7.0;
    slow = 0.98 * slow + 0.02 * given * 4.0 / 7.0;
    ck_assert_double_eq_tol(c.interflow[0], interflow, 1e-11);
    ck_assert_double_eq_tol(c.slow[0], slow, 1e-11);
  }
  ck_assert_double_gt(interflow, 0.0);
}
END_TEST

/* Any catchment of the parameter table's ranges. */
static eco__land_params any(uint32_t k, double *ordinates)
{
#define U(i) eco__uniform(21, k, i, 0)
  eco__land_params p = {.model = k % 2 ? ECO__XINANJIANG : ECO__SCS_CN,
                        .paddy_share = k % 3 ? 0.6 * U(1) : 0.0,
                        .urban_share = k % 5 ? 0.4 * U(2) : 0.0,
                        .depression_mm = 5.0 * U(3),
                        .pond_mm = k % 4 ? 60.0 * U(4) : 0.0,
                        .pond_share = U(5),
                        .from_canal = k % 6 != 0,
                        .scs = {30.0 + 70.0 * U(6), 1.0 + 40.0 * U(7), 1.5 * U(8)},
                        .xinanjiang = {1.0 + 40.0 * U(9), 1.0 + 90.0 * U(10), 1.0 + 60.0 * U(11), U(12), 2.0 * U(13),
                                       U(14), 50.0 * U(15), 2.0 * U(16), 0.5 * U(17), 0.499 * U(18), 1.5 * U(8)},
                        .snow = {2.0 * U(19), U(20), 8.0 * U(21)},
                        .routing = {.word = (eco__routing)(k % 4),
                                    .quick_time_d = 0.05 + 2.0 * U(22),
                                    .slow_time_d = 1.0 + 100.0 * U(23),
                                    .interflow_kept = 0.99 * U(24),
                                    .groundwater_kept = 0.9999 * U(25),
                                    .reservoirs = k % 8 == 1 ? 2.5 : 4.0,
                                    .muskingum_time_d = 0.1 + 9.9 * U(26),
                                    .muskingum_weight = 0.4 * U(27),
                                    .hydrograph = ordinates,
                                    .n_hydrograph = 3}};
  for (uint32_t m = 0; m < 12; m++) {
    p.paddy.target_mm[m] = m % 3 ? 40.0 * eco__uniform(22, k, m, 0) : 0.0;
    p.paddy.lower_mm[m] = p.paddy.target_mm[m] - 1.0 - 30.0 * eco__uniform(23, k, m, 0);
    p.paddy.sill_mm[m] = p.paddy.target_mm[m] + 30.0 * eco__uniform(24, k, m, 0);
    p.paddy.crop_factor[m] = 1.5 * eco__uniform(25, k, m, 0);
  }
  p.paddy.soil_mm = 1.0 + 150.0 * U(28);
  p.paddy.percolation_mm_d = 20.0 * U(29);
  p.paddy.most_mm_d = 30.0 * U(30);
  p.paddy.efficiency = 0.05 + 0.95 * U(31);
#undef U
  return p;
}

START_TEST(CAT_balance_of_any_catchment_closes_and_nothing_is_negative)
{
  static double ordinates[3] = {0.5, 0.3, 0.2};
  for (uint32_t k = 0; k < 48; k++) {
    eco__land_params p = any(k, ordinates);
    catchment c;
    make(&c, &p, LANES);
    for (uint64_t n = 0; n < 2000; n++) {
      double rain[LANES], evap[LANES], air[LANES], before[LANES];
      for (uint32_t i = 0; i < LANES; i++) {
        double u = eco__uniform(31, i, 1, n);
        rain[i] = u < 0.6 ? 0.0 : fmax(0.0, -20.0 * log((1.0 - u) / 0.4));
        evap[i] = 9.0 * eco__uniform(31, i, 2, n);
        air[i] = 15.0 * sin(0.0172 * (double)n) + 8.0 * eco__uniform(31, i, 3, n);
        c.state[(size_t)ECO__L_CANAL * LANES + i] +=
          eco__uniform(31, i, 4, n) * c.wanted[i]; /* some of what it wants */
        before[i] = eco__land_stored(&c.plan, c.state, LANES, i);
      }
      day(&c, LANES, (int)(n / 30 % 12), rain, evap, air);
      for (size_t i = 0; i < LANES; i++) {
        double after = eco__land_stored(&c.plan, c.state, LANES, i);
        double left = c.quick[i] + c.interflow[i] + c.slow[i] + c.et[i], fault = before[i] + rain[i] - left - after;
        /* a hundred sums, each rounded to half a last digit of all the water there is */
        if (!(fabs(fault) <= 50.0 * DBL_EPSILON * (before[i] + rain[i] + 1.0)))
          ck_abort_msg("catchment %u: %g mm of %g", k, fault, before[i] + rain[i]);
        if (!(c.quick[i] >= 0.0 && c.interflow[i] >= 0.0 && c.slow[i] >= 0.0 && c.et[i] >= 0.0 && c.surface[i] >= 0.0 &&
              c.wanted[i] >= 0.0))
          ck_abort_msg("catchment %u: a flux is below zero on day %d", k, (int)n);
        for (size_t row = 0; row < c.plan.n_rows; row++)
          if (!(c.state[row * LANES + i] >= 0.0))
            ck_abort_msg("catchment %u: row %zu is %g", k, row, c.state[row * LANES + i]);
      }
    }
  }
}
END_TEST

START_TEST(CAT_lanes_do_not_feel_each_other)
{
  static double ordinates[3] = {0.5, 0.3, 0.2};
  for (uint32_t k = 0; k < 24; k++) {
    eco__land_params p = any(k, ordinates);
    catchment together, alone[LANES];
    make(&together, &p, LANES);
    for (size_t i = 0; i < LANES; i++)
      make(&alone[i], &p, 1);
    for (uint64_t n = 0; n < 100; n++) {
      double rain[LANES], evap[LANES], air[LANES];
      for (uint32_t i = 0; i < LANES; i++) {
        rain[i] = fmax(0.0, 60.0 * eco__uniform(41, i, 1, n) - 30.0);
        evap[i] = 6.0 * eco__uniform(41, i, 2, n);
        air[i] = 10.0 * eco__uniform(41, i, 3, n) - 3.0;
      }
      day(&together, LANES, (int)(n / 9 % 12), rain, evap, air);
      for (size_t i = 0; i < LANES; i++) {
        day(&alone[i], 1, (int)(n / 9 % 12), &rain[i], &evap[i], &air[i]);
        for (size_t row = 0; row < alone[i].plan.n_rows; row++)
          if (memcmp(&alone[i].state[row], &together.state[row * LANES + i], sizeof(double)) != 0)
            ck_abort_msg("catchment %u, lane %zu, row %zu on day %d", k, i, row, (int)n);
        if (memcmp(&alone[i].quick[0], &together.quick[i], sizeof(double)) != 0 ||
            memcmp(&alone[i].wanted[0], &together.wanted[i], sizeof(double)) != 0)
          ck_abort_msg("catchment %u, lane %zu on day %d", k, i, (int)n);
      }
    }
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("catchment");
  TCase *all = tcase_create("all");
  tcase_add_test(all, SNO_1_SNO_2_SNO_3_fall_lie_and_melt);
  tcase_add_test(all, PAV_1_PAV_2_fill_spill_and_dry);
  tcase_add_test(all, PAD_2_PAD_3_PAD_4_of_days_worked_by_hand);
  tcase_add_test(all, PAD_1_PAD_5_irrigate_from_the_lower_limit_to_the_target);
  tcase_add_test(all, CAT_1_CAT_5_land_uses_are_weighed_by_their_shares);
  tcase_add_test(all, CAT_2_CAT_3_CAT_4_fields_take_from_ponds_then_from_the_canal);
  tcase_add_test(all, CAT_3_ponds_fill_and_spill);
  tcase_add_test(all, CAT_6_recedes_as_zhao_has_it);
  tcase_add_test(all, CAT_balance_of_any_catchment_closes_and_nothing_is_negative);
  tcase_add_test(all, CAT_lanes_do_not_feel_each_other);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
