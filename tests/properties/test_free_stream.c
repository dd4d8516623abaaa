/* test_free_stream.c -- case t10: C = 1 in everything that comes stays 1 everywhere for a year, while a river of 100 cells rises and falls
 * by the day, gates open and close, a reach runs dry and is wetted again, by steps of an hour and of a day, and of a minute for a week. */
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>

static eco_error err;

enum { DAYS = 400 };

/* Twenty times (1 + 0.9 sin) by the day, and a creek that runs dry for half of the time. */
static void add_series(eco_basin *basin, eco_item item, double mean, double swing, int period)
{
  double flow[DAYS];
  for (int d = 0; d < DAYS; d++) {
    double x = mean * (1 + swing * sin(2 * 3.14159265358979323846 * d / period));
    flow[d] = x > 0 ? x : 0;
  }
  eco_assert_ok(eco_basin_set_series(basin, item, "daily.inflow", eco_day_from_date(2019, 1, 1), flow, DAYS, "m3/s",
                                     "test:series", &err),
                err);
}

static eco_model *make_model(void)
{
  const double levels[] = {0, 8}, areas[] = {1e5, 2e6};
  static const double opening[12] = {2, 0, 1, 3, 0, 2, 2, 0, 0, 1, 3, 2};
  eco_basin *basin = eco_test_basin();
  (void)eco_test_item(basin, ECO_CONSTITUENT, "X");
  eco_test_text(basin, eco_test_item(basin, ECO_KINETICS, "rates"), "states", "own");
  eco_item river = eco_test_reach(basin, "river", 50000, 20, 1, 0.03, 40, 8, "lake", 0);
  eco_item creek = eco_test_reach(basin, "creek", 10000, 6, 1, 0.03, 60, 26, "river", 25000);
  eco_item lake = eco_test_lake(basin, "lake", levels, areas, 2, 4);
  eco_item below = eco_test_reach(basin, "below", 20000, 25, 1, 0.03, 2, -4, NULL, 0);
  (void)eco_test_weir(basin, "gate", "gate", "lake", "below", 3, 12, 0.6);
  eco_item intake = eco_test_item(basin, ECO_STRUCTURE, "intake");
  eco_test_text(basin, intake, "law", "intake");
  eco_test_text(basin, intake, "from", "river");
  eco_test_array(basin, intake, "demand", opening, 12);
  add_series(basin, river, 20, 0.9, 9);
  add_series(basin, creek, 0.5, 3, 40);
  const eco_item all[] = {river, creek, lake, below};
  for (size_t k = 0; k < 4; k++)
    eco_test_number(basin, all[k], "initial.X", 1);
  eco_test_monthly(basin, river, "inflow.X", 1);
  eco_test_monthly(basin, creek, "inflow.X", 1);
  eco_model *m = eco_test_compile(basin, 500);
  eco_basin_destroy(basin);
  return m;
}

static double furthest(const eco_model *m, double step_s, int days)
{
  eco_day start = eco_day_from_date(2019, 1, 1);
  eco_run_options o = eco_test_days(start, start, start + days);
  o.step_s = step_s;
  eco_run *run = eco_test_make_run(m, &o);
  double worst = 0;
  eco_status status;
  do {
    status = eco_run_step(run, &err);
    ck_assert_msg(status == ECO_OK || status == ECO_DONE, "%s", err.text);
    const eco__block *b = &run->blocks[0];
    for (size_t i = 0; i < m->n_cells; i++)
      if (b->volume_new[i] > ECO__NOTHING_M3)
        worst = fmax(worst, fabs(b->transport.mass_g[i] / b->volume_new[i] - 1.0));
  } while (status != ECO_DONE);
  ck_assert_double_le(fabs(eco_test_ledger(run, "X").residual), 1e-12);
  eco_run_destroy(run);
  return worst;
}

/* Cells hold 1e4 to 1e6 m3, and take in up to 1e6 m3 a step: a value is a sum of thousands of roundings of 1e-16. */
START_TEST(one_stays_one_for_a_year_t10)
{
  eco_model *m = make_model();
  ck_assert_uint_gt(m->n_cells, 100);
  const struct {
    double step_s;
    int days;
  } all[] = {{3600, 365}, {86400, 365}, {60, 7}};
  for (size_t k = 0; k < 3; k++) {
    double worst = furthest(m, all[k].step_s, all[k].days);
    ck_assert_msg(worst <= 1e-12, "%g s: %g", all[k].step_s, worst);
  }
  eco_model_destroy(m);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("free stream");
  TCase *all = tcase_create("free stream");
  tcase_set_timeout(all, 240);
  tcase_add_test(all, one_stays_one_for_a_year_t10);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
