/* test_irrigation.c -- from a reservoir through an intake to rice fields and back to the river, in runs. */
#include "network.h"
#include "run/run.h"
#include "suite.h"

#include <math.h>
#include <string.h>

static void monthly(eco_basin *basin, eco_item item, const char *param, double summer, double other)
{
  double values[12];
  for (int m = 0; m < 12; m++)
    values[m] = m >= 4 && m <= 7 ? summer : other;
  eco_test_array(basin, item, param, values, 12);
}

static void add_climate(eco_basin *basin, double wet)
{
  eco_item c = eco_test_item(basin, ECO_CLIMATE, "climate");
  monthly(basin, c, "t_mean", 26.0, 6.0);
  eco_test_monthly(basin, c, "p_wet_wet", wet);
  eco_test_monthly(basin, c, "p_wet_dry", wet * 0.5);
  eco_test_monthly(basin, c, "gamma_shape", 0.8);
  eco_test_monthly(basin, c, "gamma_scale", 14.0);
  monthly(basin, c, "evaporation", 140.0, 50.0);
  eco_test_monthly(basin, c, "wind", 2.0);
}

static void add_fields(eco_basin *basin, const char *name, double area, double share, const char *intake,
                       const char *runoff)
{
  eco_item f = eco_test_item(basin, ECO_CATCHMENT, name);
  eco_test_text(basin, f, "water", "river");
  eco_test_text(basin, f, "runoff", runoff);
  eco_test_number(basin, f, "area", area);
  eco_test_number(basin, f, "curve_number", 78);
  eco_test_number(basin, f, "paddy_share", share);
  eco_test_number(basin, f, "urban_share", 0.1);
  monthly(basin, f, "paddy_lower", 5.0, 0.0);
  monthly(basin, f, "paddy_target", 30.0, 0.0);
  monthly(basin, f, "paddy_sill", 50.0, 0.0);
  if (intake)
    eco_test_text(basin, f, "irrigation", intake);
}

/* A lake of `volume` over 1 km2, an intake with a quota, two catchments that irrigate from it, one that does not. */
static eco_model *make(double depth_m, double quota, double wet)
{
  eco_basin *basin = eco_test_basin();
  const double levels[] = {100.0, 130.0}, areas[] = {1e6, 1e6};
  add_climate(basin, wet);
  (void)eco_test_lake(basin, "lake", levels, areas, 2, 100.0 + depth_m);
  (void)eco_test_weir(basin, "outlet", "weir", "lake", "river", 129.0, 5.0, 0.6);
  (void)eco_test_reach(basin, "river", 9000, 10, 2, 0.03, 60, 50, NULL, 0);
  eco_item head = eco_test_item(basin, ECO_STRUCTURE, "head");
  eco_test_text(basin, head, "law", "intake");
  eco_test_text(basin, head, "from", "lake");
  eco_test_monthly(basin, head, "demand", quota);
  add_fields(basin, "near", 2e6, 0.6, "head", "scs_cn");
  add_fields(basin, "far", 5e6, 0.3, "head", "xinanjiang");
  add_fields(basin, "rainfed", 1e6, 0.5, NULL, "scs_cn");
  eco_model *model = eco_test_compile(basin, 3000);
  eco_basin_destroy(basin);
  return model;
}

/* "now", and "half" with half of the head's demand from the first day */
static void halve_quota(const eco_model *model, eco_scenario *plans[2])
{
  eco_error err;
  eco_assert_ok(eco_scenario_create(model, "now", &plans[0], &err), err);
  eco_assert_ok(eco_scenario_create(model, "half", &plans[1], &err), err);
  eco_assert_ok(
    eco_scenario_change(plans[1], eco_day_from_date(2016, 3, 1), 0, "head", "demand", ECO_SCALE, 0.5, "", "test", &err),
    err);
}

static eco_run *open_run(const eco_model *model, eco_scenario **plans, size_t n, double step_s)
{
  eco_run_options options = ECO_RUN_OPTIONS_INIT;
  const eco_scenario *borrowed[2];
  eco_run *run;
  eco_error err;
  for (size_t k = 0; k < n; k++)
    borrowed[k] = plans[k];
  options.start = eco_day_from_date(2016, 3, 1);
  options.end = eco_day_from_date(2017, 3, 1);
  options.step_s = step_s;
  options.members = 3;
  options.scenarios = n ? borrowed : NULL;
  options.n_scenarios = n;
  eco_assert_ok(eco_run_create(model, &options, &run, &err), err);
  return run;
}

static double ledger_row(const eco_run *run, size_t scenario, size_t member, eco_ledger_row row)
{
  eco_ledger ledgers[16];
  eco_error err;
  size_t n = 16;
  eco_assert_ok(eco_run_ledger(run, scenario, member, ledgers, &n, &err), err);
  ck_assert_str_eq(ledgers[0].quantity, "water");
  ck_assert_double_le(fabs(ledgers[0].residual), 1e-12);
  return ledgers[0].rows[row];
}

/* m3 that catchments of a water lane were given since the start, from LND-3's sums: what came less rain and stock */
static double rained_mm(const eco__block *b, uint32_t member)
{
  eco__weather_state state;
  double sum = 0.0;
  eco_day day = b->run->start;
  eco__weather_start(&b->run->model->climate, b->run->seed, member, day, &state);
  for (; day < b->run->day; day++) {
    eco__weather w;
    eco__weather_next(&b->run->model->climate, b->run->seed, member, day, &state, &w);
    sum += w.rain_mm;
  }
  return sum;
}

static double start_mm(const eco_run *run, size_t c)
{
  double state[ECO__L_ROUTE + ECO__MOST_ORDINATES];
  eco__land_start(1, &run->land[c], state);
  return eco__land_stored(&run->land[c], state, 1, 0);
}

static double delivered_m3(const eco_run *run, size_t c, size_t water_lane)
{
  const eco__block *b = &run->blocks[0];
  double came = eco__land_came(b, c, water_lane);
  came -= start_mm(run, c) + rained_mm(b, b->water_member[water_lane]);
  return came * 1e-3 * run->model->catchments[c].area_m2;
}

START_TEST(LND_2_LND_3_what_the_intake_takes_is_on_the_fields)
{
  /* steps of an hour and of a day, water in plenty and a lake that runs dry in the season */
  static const double depths[2] = {25.0, 0.4}, steps[2] = {3600.0, 86400.0};
  eco_model *model = make(depths[_i / 2], 5.0, 0.3);
  eco_run *run = open_run(model, NULL, 0, steps[_i % 2]);
  eco_error err;
  eco_assert_ok(eco_run_to_end(run, &err), err);
  ck_assert_uint_eq(run->n_blocks, 1);
  const eco__block *b = &run->blocks[0];
  for (size_t l = 0; l < b->n_water; l++) {
    double given = delivered_m3(run, 0, l) + delivered_m3(run, 1, l), scale = 1e-3 * 5e6 * 2000.0;
    double taken = ledger_row(run, 0, l, ECO_LEDGER_ABSTRACTION);
    ck_assert_double_gt(taken, 0.1e6);
    ck_assert_double_eq_tol(given, taken, 1e-12 * scale); /* rounding of some 2000 mm of rain, stock and water */
    ck_assert_double_eq_tol(delivered_m3(run, 2, l), 0.0, 1e-12 * scale);
    for (size_t c = 0; c < 3; c++)
      ck_assert_double_le(fabs(eco__land_residual(b, c, l)), 1e-13);
    /* and the water's runoff row is the catchments' own */
    double runoff = 0.0;
    for (size_t c = 0; c < 3; c++) {
      double out = eco__land_came(b, c, l) - eco__land_stored_now(b, c, l);
      runoff += out * 1e-3 * model->catchments[c].area_m2; /* with evapotranspiration: an upper bound */
    }
    ck_assert_double_lt(ledger_row(run, 0, l, ECO_LEDGER_LAND), runoff);
  }
  eco_run_destroy(run);
  eco_model_destroy(model);
}
END_TEST

START_TEST(LND_1_the_intakes_own_demand_is_a_quota)
{
  /* a quota of 0.05 m3/s gives no more than that on any day; a generous one gives what fields want; a scenario that
   * halves the quota takes less from its own lane only */
  eco_model *model = make(25.0, 0.05, 0.3);
  eco_scenario *plans[2];
  eco_error err;
  halve_quota(model, plans);
  eco_run *run = open_run(model, plans, 2, 3600.0);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  double season_s = 123.0 * 86400.0;
  for (size_t member = 0; member < 3; member++) {
    double all = ledger_row(run, 0, member, ECO_LEDGER_ABSTRACTION);
    double half = ledger_row(run, 1, member, ECO_LEDGER_ABSTRACTION);
    ck_assert_double_le(all, 0.05 * season_s * (1.0 + 1e-12));
    ck_assert_double_gt(all, 0.5 * 0.05 * season_s);
    ck_assert_double_le(half, 0.5 * 0.05 * season_s * (1.0 + 1e-12));
    ck_assert_double_gt(half, 0.4 * all);
    ck_assert_double_lt(half, 0.8 * all);
  }
  ck_assert_uint_eq(run->blocks[0].n_water, 6);
  eco_run_destroy(run);
  eco_scenario_destroy(plans[0]);
  eco_scenario_destroy(plans[1]);
  eco_model_destroy(model);
}
END_TEST

START_TEST(LND_2_fields_of_a_member_are_the_same_alone_and_in_company)
{
  eco_model *model = make(25.0, 0.3, 0.3);
  eco_scenario *plans[2];
  eco_error err;
  halve_quota(model, plans);
  eco_run *together = open_run(model, plans, 2, 3600.0);
  eco_run_options options = ECO_RUN_OPTIONS_INIT;
  const eco_scenario *one[1] = {plans[1]};
  eco_run *alone;
  options.start = eco_day_from_date(2016, 3, 1);
  options.end = eco_day_from_date(2017, 3, 1);
  options.first_member = 2;
  options.members = 1;
  options.scenarios = one;
  options.n_scenarios = 1;
  eco_assert_ok(eco_run_create(model, &options, &alone, &err), err);
  eco_assert_ok(eco_run_to_end(together, &err), err);
  eco_assert_ok(eco_run_to_end(alone, &err), err);
  const eco__block *b = &together->blocks[0], *a = &alone->blocks[0];
  uint32_t lane = b->water_lane[2 * 2 + 1]; /* member 2, "half" */
  for (size_t row = 0; row < together->land_first[model->n_catchments]; row++)
    ck_assert_mem_eq(&a->land_state[row], &b->land_state[row * b->n_water + lane], sizeof(double));
  ck_assert_double_eq(ledger_row(alone, 0, 0, ECO_LEDGER_ABSTRACTION),
                      ledger_row(together, 1, 2, ECO_LEDGER_ABSTRACTION));
  eco_run_destroy(together);
  eco_run_destroy(alone);
  eco_scenario_destroy(plans[0]);
  eco_scenario_destroy(plans[1]);
  eco_model_destroy(model);
}
END_TEST

START_TEST(LND_4_the_head_of_a_canal_follows_its_fields)
{
  /* the lake's head feeds a canal of 6 km, fields draw at its lower end, what is left runs out of the model */
  eco_basin *basin = eco_test_basin();
  const double levels[] = {100.0, 130.0}, areas[] = {1e6, 1e6};
  add_climate(basin, 0.3);
  (void)eco_test_lake(basin, "lake", levels, areas, 2, 125.0);
  (void)eco_test_weir(basin, "outlet", "weir", "lake", "river", 129.0, 5.0, 0.6);
  (void)eco_test_reach(basin, "canal", 6000, 3, 1.5, 0.02, 60, 58, NULL, 0);
  (void)eco_test_reach(basin, "river", 9000, 10, 2, 0.03, 60, 50, NULL, 0);
  static const char *const from[2] = {"lake", "canal"}, *const names[2] = {"head", "fields"};
  for (int k = 0; k < 2; k++) {
    eco_item intake = eco_test_item(basin, ECO_STRUCTURE, names[k]);
    eco_test_text(basin, intake, "law", "intake");
    eco_test_text(basin, intake, "from", from[k]);
    eco_test_monthly(basin, intake, "demand", 2.0);
    if (k == 0) {
      eco_test_text(basin, intake, "to", "canal");
      eco_test_text(basin, intake, "serves", "fields");
    }
  }
  add_fields(basin, "near", 2e6, 0.6, "fields", "scs_cn");
  eco_model *model = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_run *run = open_run(model, NULL, 0, 3600.0);
  eco_error err;
  const eco__block *b = &run->blocks[0];
  double season = 0.0;
  while (eco_run_step(run, &err) == ECO_OK) {
    int year, month;
    eco__month_of(run->day - 1, &year, &month);
    for (size_t l = 0; l < b->n_water; l++) {
      const double *demand = b->water.demand_m3_s + b->n_water + l; /* outlet, head, fields */
      double head = demand[0], fields = demand[b->n_water];
      ck_assert_double_eq(head, fields); /* both quotas are alike and never reached: 10 mm/d on 1.2 km2 are 0.25 m3/s */
      ck_assert_double_le(head, 10e-3 * 1.2e6 / 0.55 / 86400.0 * (1.0 + 1e-12));
      if (month < 4 || month > 7)
        ck_assert_double_eq(head, 0.0);
      season += month >= 4 && month <= 7 ? head : 0.0;
    }
  }
  ck_assert_double_gt(season, 0.0);
  for (size_t l = 0; l < b->n_water; l++) {
    /* most of what the head gives is taken; the rest fills the canal or runs out at its end */
    double given = delivered_m3(run, 0, l), out = ledger_row(run, 0, l, ECO_LEDGER_ABSTRACTION);
    ck_assert_double_eq_tol(given, out, 1e-12 * 2e6 * 2.0);
    ck_assert_double_gt(given, 0.3e6);
  }
  eco_run_destroy(run);
  eco_model_destroy(model);
}
END_TEST

START_TEST(LND_1_a_dry_year_wants_its_evaporation_and_percolation)
{
  /* no rain: in the season from May to August (123 days) a paddy that has all it wants loses crop factor x evaporation
   * and percolation; its canal gives that, the filling of soil and pond, and what it holds at the end is let go */
  eco_model *model = make(28.0, 50.0, 0.0);
  eco_run *run = open_run(model, NULL, 0, 3600.0);
  eco_error err;
  eco_assert_ok(eco_run_to_end(run, &err), err);
  const eco__block *b = &run->blocks[0];
  for (size_t l = 0; l < b->n_water; l++) {
    double near_mm = delivered_m3(run, 0, l) / (0.6 * 2e6) * 1e3 * 0.55,
           far_mm = delivered_m3(run, 1, l) / (0.3 * 5e6) * 1e3 * 0.55;
    double lost = 4.0 * 140.0 + 2.0 * 123.0;
    /* soil at the start of May: below 100 mm, above 0; pond at the end: from 3 to 30 mm. The day that fills comes a day
     * late, when the field has lost 8 mm more. Normals are interpolated between months: evaporation of the season's ends
     * is less than 140 mm a month */
    ck_assert_msg(near_mm > lost - 100.0 && near_mm < lost + 140.0, "%g mm, lost %g", near_mm, lost);
    ck_assert_double_eq_tol(near_mm, far_mm, 1e-9 * near_mm); /* the fields are alike */
  }
  eco_run_destroy(run);
  eco_model_destroy(model);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("irrigation");
  TCase *all = tcase_create("all");
  tcase_add_loop_test(all, LND_2_LND_3_what_the_intake_takes_is_on_the_fields, 0, 4);
  tcase_add_test(all, LND_1_the_intakes_own_demand_is_a_quota);
  tcase_add_test(all, LND_2_fields_of_a_member_are_the_same_alone_and_in_company);
  tcase_add_test(all, LND_4_the_head_of_a_canal_follows_its_fields);
  tcase_add_test(all, LND_1_a_dry_year_wants_its_evaporation_and_percolation);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
