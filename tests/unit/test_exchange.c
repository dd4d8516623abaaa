/* test_exchange.c -- MIX-5: lakes side by side that exchange water, steadily and by the wind. */
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>

static eco_error err;

static eco_item basin_of(eco_basin *basin, const char *name, double area, double depth, double x)
{
  const double levels[] = {0, 10}, areas[] = {area, area};
  eco_item item = eco_test_lake(basin, name, levels, areas, 2, depth);
  eco_test_number(basin, item, "initial.X", x);
  return item;
}

static void join(eco_basin *basin, eco_item from, const char *to, double steady, double by_wind)
{
  eco_test_text(basin, from, "exchanges_with", to);
  eco_test_number(basin, from, "exchange", steady);
  eco_test_number(basin, from, "wind_exchange", by_wind);
}

static eco_basin *open_basin(void)
{
  eco_basin *basin = eco_test_basin();
  (void)eco_test_item(basin, ECO_CONSTITUENT, "X");
  eco_test_text(basin, eco_test_item(basin, ECO_KINETICS, "rates"), "states", "own");
  return basin;
}

static eco_run *run_of(eco_basin *basin, eco_model **m, int days, double step_s)
{
  *m = eco_test_compile(basin, 0);
  eco_basin_destroy(basin);
  eco_day start = eco_day_from_date(2019, 1, 1);
  eco_run_options o = eco_test_days(start, start, start + days);
  o.step_s = step_s;
  eco_run *run = eco_test_make_run(*m, &o);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  return run;
}

static double conc(const eco_run *run, size_t cell)
{
  return run->blocks[0].transport.mass_g[cell] / run->blocks[0].volume_new[cell];
}

/* Closed lakes: the difference falls by exp(-q (1/V1 + 1/V2) t), whatever the step. */
START_TEST(MIX_5_evens_two_lakes_out)
{
  const double steps[] = {600, 3600, 86400};
  for (int k = 0; k < 3; k++) {
    eco_basin *basin = open_basin();
    eco_item west = basin_of(basin, "west", 1e6, 2, 5);
    (void)basin_of(basin, "east", 3e6, 2, 1);
    join(basin, west, "east", 4, 0);
    eco_model *m;
    eco_run *run = run_of(basin, &m, 10, steps[k]);
    double left = 4 * exp(-4 * (1 / 2e6 + 1 / 6e6) * 10 * 86400), mean = (5 * 2e6 + 6e6) / 8e6;
    ck_assert_double_eq_tol(conc(run, 0), mean + left * 0.75, 1e-12);
    ck_assert_double_eq_tol(conc(run, 1), mean - left * 0.25, 1e-12);
    ck_assert_double_le(fabs(eco_test_ledger(run, "X").residual), 1e-13);
    eco_run_destroy(run);
    eco_model_destroy(m);
  }
}
END_TEST

/* Three in a row against steps of half an hour: second order, and nothing is out of the range. */
START_TEST(MIX_5_is_of_second_order_over_a_row)
{
  double c[4];
  const double steps[] = {86400, 43200, 21600, 1800};
  for (int k = 0; k < 4; k++) {
    eco_basin *basin = open_basin();
    eco_item west = basin_of(basin, "west", 1e6, 2, 5), middle = basin_of(basin, "middle", 2e6, 2, 0);
    (void)basin_of(basin, "east", 3e6, 2, 1);
    join(basin, west, "middle", 9, 0);
    join(basin, middle, "east", 14, 0);
    eco_model *m;
    eco_run *run = run_of(basin, &m, 3, steps[k]);
    c[k] = conc(run, 1);
    for (size_t i = 0; i < 3; i++)
      ck_assert(conc(run, i) > 0 && conc(run, i) < 5);
    eco_run_destroy(run);
    eco_model_destroy(m);
  }
  double order = log2((c[0] - c[3]) / (c[1] - c[3]));
  ck_assert_msg(order > 1.8, "order %g: %.9g %.9g %.9g %.9g", order, c[0], c[1], c[2], c[3]);
}
END_TEST

START_TEST(MIX_5_grows_with_the_wind)
{
  double left[2];
  for (int k = 0; k < 2; k++) {
    eco_basin *basin = open_basin();
    eco_item climate = eco_test_item(basin, ECO_CLIMATE, "climate");
    const struct {
      const char *param;
      double value;
    } normals[] = {{"t_mean", 20},      {"p_wet_wet", 0},    {"p_wet_dry", 0},  {"gamma_shape", 0.8},
                   {"gamma_scale", 10}, {"wind", 2 + 2 * k}, {"evaporation", 0}};
    for (size_t n = 0; n < sizeof normals / sizeof normals[0]; n++)
      eco_test_monthly(basin, climate, normals[n].param, normals[n].value);
    eco_item west = basin_of(basin, "west", 1e6, 2, 5);
    (void)basin_of(basin, "east", 1e6, 2, 1);
    join(basin, west, "east", 0, 1.5);
    eco_model *m;
    eco_run *run = run_of(basin, &m, 5, 3600);
    left[k] = log((conc(run, 0) - conc(run, 1)) / 4) / (-5 * 86400 * 2 / 2e6);
    eco_run_destroy(run);
    eco_model_destroy(m);
  }
  ck_assert_double_eq_tol(left[0], 3.0, 1e-9);
  ck_assert_double_eq_tol(left[1], 6.0, 1e-9);
}
END_TEST

START_TEST(only_mixed_lakes_exchange)
{
  eco_basin *basin = open_basin();
  eco_item west = basin_of(basin, "west", 1e6, 2, 5);
  (void)eco_test_reach(basin, "river", 1000, 10, 1, 0.03, 5, 4, NULL, 0);
  join(basin, west, "river", 1, 0);
  eco_error fault = eco_test_fault(basin, 0);
  ck_assert_str_eq(fault.text,
                   "lake 'west': exchanges_with 'river': 'river' is no lake, expected mixed lakes on both sides");
  eco_basin_destroy(basin);
  basin = open_basin();
  west = basin_of(basin, "west", 1e6, 2, 5);
  join(basin, west, "west", 1, 0);
  fault = eco_test_fault(basin, 0);
  ck_assert_str_eq(fault.text, "lake 'west' exchanges with itself");
  eco_basin_destroy(basin);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("exchange");
  TCase *all = tcase_create("lakes");
  tcase_add_test(all, MIX_5_evens_two_lakes_out);
  tcase_add_test(all, MIX_5_is_of_second_order_over_a_row);
  tcase_add_test(all, MIX_5_grows_with_the_wind);
  tcase_add_test(all, only_mixed_lakes_exchange);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
