/* test_route.c -- cascades, unit hydrographs and Muskingum's reach against published values and closed forms. */
#include "land/land.h"
#include "reference.h"
#include "suite.h"

#include <float.h>
#include <math.h>

enum { LANES = 5, MOST_ROWS = ECO__MOST_ORDINATES };

static const struct {
  const char *variant;
  double n, k_h, pulse_h;
} cases[] = {{"one", 1.0, 6.0, 2.0}, {"three", 3.0, 4.0, 6.0}, {"n2p5", 2.5, 3.3, 1.0}};

START_TEST(RTE_2_matches_the_table_of_cascades)
{
  eco_reference table = eco_reference_read("water_f08_nash_cascade.csv");
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++)
    for (size_t k = 0; k < 3; k++)
      if (eco_reference_is(&table, i, "variant", cases[k].variant)) {
        double wanted = eco_reference_number(&table, i, "value");
        double found =
          eco__nash_outflow(cases[k].n, cases[k].k_h, cases[k].pulse_h, eco_reference_number(&table, i, "t"));
        /* a difference of two P near 1 late in the recession: absolute rounding of P over the pulse */
        ck_assert_double_eq_tol(found, wanted, 1e-13 * wanted + 4.0 * DBL_EPSILON / cases[k].pulse_h);
        n++;
      }
  ck_assert_int_eq(n, 21);
  eco_reference_free(&table);
}
END_TEST

START_TEST(RTE_1_matches_the_table_of_cascades_at_steps_of_an_hour_and_less)
{
  eco_reference table = eco_reference_read("water_f08_nash_cascade.csv");
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++)
    for (size_t k = 0; k < 2; k++)
      for (int parts = 1; parts <= 4; parts *= 4) {
        if (!eco_reference_is(&table, i, "variant", cases[k].variant))
          continue;
        double t_h = eco_reference_number(&table, i, "t"), wanted = eco_reference_number(&table, i, "value");
        eco__routing_params params = {.word = ECO__NASH, .quick_time_d = cases[k].k_h, .reservoirs = cases[k].n};
        eco__route route;
        double rows[MOST_ROWS] = {0}, out, gone = 0.0, dt = 1.0 / parts, in = 0.0;
        eco__route_make(&params, dt, &route);
        for (int s = 0; s < (int)t_h * parts; s++) {
          double inflow = s < cases[k].pulse_h * parts ? dt / cases[k].pulse_h : 0.0;
          eco__route_day(1, &route, &inflow, rows, &out);
          gone += out;
          in += inflow;
        }
        /* outflow at an instant is the last store over its time; the step is exact, some hundred roundings */
        ck_assert_double_eq_tol(rows[route.n_rows - 1] / cases[k].k_h, wanted, 1e-13);
        ck_assert_double_eq_tol(eco__route_stored(&route, rows, 1, 0) + gone, in, 1e-14);
        n++;
      }
  ck_assert_int_ge(n, 24);
  eco_reference_free(&table);
}
END_TEST

START_TEST(RTE_3_of_a_whole_number_is_the_cascade)
{
  eco__routing_params params = {.word = ECO__NASH, .quick_time_d = 1.3, .reservoirs = 3.0};
  eco__route route;
  double rows[MOST_ROWS] = {0}, ordinates[60], out;
  eco__route_make(&params, 1.0, &route);
  eco__nash_hydrograph(3.0, 1.3, 60, ordinates);
  for (int d = 0; d < 60; d++) {
    double inflow = d == 0 ? 1.0 : 0.0;
    eco__route_day(1, &route, &inflow, rows, &out);
    /* second differences of G, which grows to 60: rounding of 60 */
    ck_assert_double_eq_tol(ordinates[d], out, 4.0 * 60.0 * DBL_EPSILON);
  }
}
END_TEST

START_TEST(RTE_3_of_a_broken_number_is_the_mean_of_the_instant_outflow)
{
  /* Simpson's rule over each day of the outflow of RTE-2; its error for n = 2.5 comes from the kink of t^1.5 at the
   * day's ends, h^2.5 of 1e3 parts */
  eco__routing_params params = {.word = ECO__NASH, .quick_time_d = 1.4, .reservoirs = 2.5};
  eco__route route;
  double rows[MOST_ROWS] = {0}, out, sum = 0.0;
  eco__route_make(&params, 1.0, &route);
  ck_assert_int_eq(route.word, ECO__UNIT_HYDROGRAPH);
  for (int d = 0; d < 20; d++) {
    enum { PARTS = 1000 };
    double inflow = d == 0 ? 1.0 : 0.0, mean = 0.0;
    eco__route_day(1, &route, &inflow, rows, &out);
    for (int k = 0; k <= PARTS; k++)
      mean += (k == 0 || k == PARTS ? 1.0
               : k % 2              ? 4.0
                                    : 2.0) *
              eco__nash_outflow(2.5, 1.4, 1.0, d + (double)k / PARTS);
    ck_assert_double_eq_tol(out, mean / (3.0 * PARTS), 1e-8);
    sum += out;
  }
  ck_assert_double_eq_tol(sum + eco__route_stored(&route, rows, 1, 0), 1.0, 1e-14);
  ck_assert_uint_eq(eco__nash_length(2.5, 50.0), SIZE_MAX);
}
END_TEST

START_TEST(RTE_4_gives_each_day_its_share)
{
  static const double u[4] = {0.1, 0.4, 0.3, 0.2}, in[6] = {10.0, 0.0, 5.0, 0.0, 0.0, 0.0};
  static const double wanted[6] = {1.0, 4.0, 3.5, 4.0, 1.5, 1.0};
  eco__routing_params params = {.word = ECO__UNIT_HYDROGRAPH, .hydrograph = u, .n_hydrograph = 4};
  eco__route route;
  double rows[4] = {0}, out;
  eco__route_make(&params, 1.0, &route);
  for (int d = 0; d < 6; d++) {
    eco__route_day(1, &route, &in[d], rows, &out);
    ck_assert_double_eq_tol(out, wanted[d], 1e-14);
  }
  ck_assert_double_eq_tol(eco__route_stored(&route, rows, 1, 0), 0.0, 1e-14);
}
END_TEST

START_TEST(RTE_5_matches_the_published_flood)
{
  /* Ponce's reach: V = Qp / Ap, c = beta V, C = c dt / dx, D = q0 / (S0 c dx) */
  eco_reference table = eco_reference_read("water_f09_muskingum_cunge.csv");
  double c = 1.6 * 1000.0 / 400.0, courant = c * 3600.0 / 14400.0, reynolds = 1000.0 / 100.0 / (0.000868 * c * 14400.0);
  double weights[3], inflow[17] = {0};
  int n = 0;
  eco__muskingum_weights(courant, reynolds, weights);
  for (size_t i = 0; i < table.n_rows; i++) {
    double wanted = eco_reference_number(&table, i, "value");
    if (eco_reference_is(&table, i, "quantity", "courant"))
      ck_assert_double_eq_tol(courant, wanted, 1e-10 * wanted);
    if (eco_reference_is(&table, i, "quantity", "cell_reynolds"))
      ck_assert_double_eq_tol(reynolds, wanted, 1e-10 * wanted);
    if (eco_reference_is(&table, i, "quantity", "c0"))
      ck_assert_double_eq_tol(weights[0], wanted, 1e-10 * wanted);
    if (eco_reference_is(&table, i, "quantity", "c1"))
      ck_assert_double_eq_tol(weights[1], wanted, 1e-10 * wanted);
    if (eco_reference_is(&table, i, "quantity", "c2"))
      ck_assert_double_eq_tol(weights[2], wanted, 1e-10 * wanted);
    if (eco_reference_is(&table, i, "quantity", "inflow"))
      inflow[(int)eco_reference_number(&table, i, "t")] = wanted;
  }
  /* one reach and one step, as the table has it: row 0 holds I1, row 1 the outflow at the instant */
  eco__route route = {.word = ECO__MUSKINGUM,
                      .n_rows = 2,
                      .steps = 1,
                      .reaches = 1,
                      .step_d = 1.0,
                      .reach_time_d = 1.0 / courant,
                      .weight = 0.5 * (1.0 - reynolds)};
  double rows[2] = {inflow[0], inflow[0]}, out;
  for (int k = 0; k < 3; k++)
    route.weights[k] = weights[k];
  for (size_t i = 0; i < table.n_rows; i++)
    if (eco_reference_is(&table, i, "quantity", "outflow")) {
      int t = (int)eco_reference_number(&table, i, "t");
      if (t > 0)
        eco__route_day(1, &route, &inflow[t], rows, &out);
      double wanted = eco_reference_number(&table, i, "value");
      ck_assert_msg(fabs(rows[1] - wanted) <= 1e-10 * wanted, "%.17g, wanted %.17g", rows[1], wanted);
      n++;
    }
  ck_assert_int_eq(n, 16);
  eco_reference_free(&table);
}
END_TEST

START_TEST(RTE_5_delays_a_pulse_by_its_travel_time)
{
  /* the centre of gravity of what comes out is K after that of what went in, whatever X, the steps and the reaches are:
   * the scheme's transfer function has that first moment, and days that are even lag by half a step (RTE-6) */
  static const double times[6] = {0.1, 0.6, 1.0, 2.5, 5.0, 10.0}, weights[3] = {0.0, 0.2, 0.4};
  for (int k = 0; k < 18; k++) {
    eco__routing_params params = {
      .word = ECO__MUSKINGUM, .muskingum_time_d = times[k / 3], .muskingum_weight = weights[k % 3]};
    eco__route route;
    double rows[MOST_ROWS] = {0}, out, sum = 0.0, moment = 0.0;
    eco__route_make(&params, 1.0, &route);
    ck_assert_uint_le(route.n_rows, 10);
    for (int d = 0; d < 400; d++) {
      double inflow = d == 0 ? 1.0 : 0.0;
      eco__route_day(1, &route, &inflow, rows, &out);
      ck_assert_double_ge(out, 0.0);
      sum += out;
      moment += d * out;
    }
    ck_assert_double_eq_tol(sum, 1.0, 1e-12);
    /* days are counted whole: a step of 1/m day is seen with the resolution of a day, half a day at most */
    ck_assert_double_eq_tol(moment, times[k / 3] + 0.5 / (double)route.steps, route.steps == 1 ? 1e-9 : 0.5);
  }
}
END_TEST

START_TEST(RTE_6_all_routes_keep_their_water)
{
  static const double u[3] = {0.2, 0.5, 0.3};
  const eco__routing_params routes[] = {{.word = ECO__LINEAR, .quick_time_d = 0.7},
                                        {.word = ECO__NASH, .quick_time_d = 0.05, .reservoirs = 10.0},
                                        {.word = ECO__NASH, .quick_time_d = 40.0, .reservoirs = 10.0},
                                        {.word = ECO__NASH, .quick_time_d = 0.8, .reservoirs = 1.7},
                                        {.word = ECO__UNIT_HYDROGRAPH, .hydrograph = u, .n_hydrograph = 3},
                                        {.word = ECO__MUSKINGUM, .muskingum_time_d = 0.1, .muskingum_weight = 0.4},
                                        {.word = ECO__MUSKINGUM, .muskingum_time_d = 10.0, .muskingum_weight = 0.4},
                                        {.word = ECO__MUSKINGUM, .muskingum_time_d = 1.0, .muskingum_weight = 0.0}};
  for (size_t r = 0; r < sizeof routes / sizeof routes[0]; r++) {
    eco__route route;
    double rows[MOST_ROWS * LANES] = {0}, in[LANES], out[LANES], came[LANES] = {0}, gone[LANES] = {0};
    eco__route_make(&routes[r], 1.0, &route);
    for (uint64_t d = 0; d < 3000; d++) {
      for (uint32_t i = 0; i < LANES; i++) {
        in[i] = fmax(0.0, 80.0 * eco__uniform(5, i, 1, d) - 60.0);
        came[i] += in[i];
      }
      eco__route_day(LANES, &route, in, rows, out);
      for (uint32_t i = 0; i < LANES; i++) {
        gone[i] += out[i];
        ck_assert_double_ge(out[i], 0.0);
      }
    }
    for (uint32_t i = 0; i < LANES; i++) {
      double stored = eco__route_stored(&route, rows, LANES, i);
      /* 3000 days, each a few roundings of the sum so far */
      ck_assert_double_eq_tol(gone[i] + stored, came[i], 3000.0 * DBL_EPSILON * came[i]);
      ck_assert_double_ge(stored, 0.0);
    }
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("route");
  TCase *all = tcase_create("all");
  tcase_add_test(all, RTE_2_matches_the_table_of_cascades);
  tcase_add_test(all, RTE_1_matches_the_table_of_cascades_at_steps_of_an_hour_and_less);
  tcase_add_test(all, RTE_3_of_a_whole_number_is_the_cascade);
  tcase_add_test(all, RTE_3_of_a_broken_number_is_the_mean_of_the_instant_outflow);
  tcase_add_test(all, RTE_4_gives_each_day_its_share);
  tcase_add_test(all, RTE_5_matches_the_published_flood);
  tcase_add_test(all, RTE_5_delays_a_pulse_by_its_travel_time);
  tcase_add_test(all, RTE_6_all_routes_keep_their_water);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
