/* test_numerical.c -- the dispersion that the scheme adds, alone and in a run. */
#include "channel.h"
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>

/* What the scheme adds to a pulse of three cells: nothing where whole cells move, a tenth of what mixing whole cells would add,
 * C (1 - C)/2, elsewhere; and it is what a pulse in a channel shows. */
START_TEST(NUM_1_is_small_and_is_what_a_pulse_shows)
{
  const eco_env env = eco__env(NULL);
  ck_assert_double_eq_tol(eco__numerical_dispersion(&env, 1.0, 0.0), 0.0, 1e-12);
  ck_assert_double_eq(eco__numerical_dispersion(&env, 0.0, 0.1), 0.0);
  for (double c = 0.1; c < 0.95; c += 0.1)
    for (double s = 0.0; s < 0.5; s += 0.1)
      ck_assert_msg(fabs(eco__numerical_dispersion(&env, c, s)) < 0.1 * 0.5 * c * (1 - c) + 1e-3 * s, "C %g, s %g: %g",
                    c, s, eco__numerical_dispersion(&env, c, s));
  enum { CELLS = 128, STEPS = 30 };
  const double c = 0.4, s = 0.05;
  eco_test_channel *pulse = eco_test_channel_make(CELLS, 1.0, s, false);
  double moments[2][3] = {{0}};
  for (int j = 0; j < CELLS; j++)
    *eco_test_channel_mass(pulse, (size_t)j) = exp(-0.5 * (j - 39) * (j - 39) / 9.0);
  for (int end = 0; end < 2; end++) {
    for (int k = 0; end && k < STEPS; k++)
      eco_test_channel_step(pulse, 1.0, c, 0.0);
    for (int j = 0; j < CELLS; j++)
      for (int power = 0; power < 3; power++)
        moments[end][power] += *eco_test_channel_mass(pulse, (size_t)j) * pow(j, power);
  }
  double width[2];
  for (int end = 0; end < 2; end++)
    width[end] = moments[end][2] / moments[end][0] - pow(moments[end][1] / moments[end][0], 2);
  ck_assert_double_eq_tol(eco__numerical_dispersion(&env, c, s), (width[1] - width[0]) / (2.0 * STEPS) - s, 1e-10);
  eco_test_channel_free(pulse);
}
END_TEST

/* A uniform river in a run: its own numbers, and those of NUM-1. */
START_TEST(NUM_1_of_a_run_is_that_of_its_reaches)
{
  const double dx = 1000, width = 20, flow = 10;
  eco_error err;
  eco_basin *basin = eco_test_basin();
  eco_item river = eco_test_reach(basin, "river", 20 * dx, width, 0, 0.03, 20, 12, NULL, 0);
  eco_test_number(basin, river, "dispersion", 30);
  eco_test_number(basin, river, "initial_depth", 1);
  eco_test_monthly(basin, river, "inflow", flow);
  const double levels[] = {0, 5}, areas[] = {1e5, 1e5};
  (void)eco_test_lake(basin, "pond", levels, areas, 2, 1);
  eco_model *m = eco_test_compile(basin, dx);
  eco_basin_destroy(basin);
  eco_run_options o = eco_test_days(0, 0, 60);
  o.step_s = 600;
  eco_run *run = eco_test_make_run(m, &o);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  size_t n = 0;
  eco_assert_ok(eco_run_dispersion(run, NULL, &n, &err), err);
  ck_assert_uint_eq(n, 1);
  eco_dispersion one;
  eco_assert_ok(eco_run_dispersion(run, &one, &n, &err), err);
  double speed = flow / (run->blocks[0].volume_new[5] / dx), courant = speed * 600 / dx;
  ck_assert_str_eq(one.water, "river");
  ck_assert_double_eq_tol(one.courant, courant, 0.02 * courant); /* the first days fill the river */
  ck_assert_double_eq_tol(one.physical_m2_s, 30, 0.02 * 30);
  const eco_env env = eco__env(NULL);
  double added = eco__numerical_dispersion(&env, one.courant, one.physical_m2_s * 600 / (dx * dx)) * dx * dx / 600;
  ck_assert_double_eq_tol(one.numerical_m2_s, added, 1e-9);
  ck_assert_int_eq(eco_run_dispersion(NULL, NULL, &n, &err), ECO_INVALID);
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("numerical dispersion");
  TCase *all = tcase_create("all");
  tcase_add_test(all, NUM_1_is_small_and_is_what_a_pulse_shows);
  tcase_add_test(all, NUM_1_of_a_run_is_that_of_its_reaches);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
