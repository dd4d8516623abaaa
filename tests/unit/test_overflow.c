/* test_overflow.c -- combined sewers: what they spill on dry days, in storms, exactly at their capacity, and when they are widened. */
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>

static eco_error err;

enum { DAYS = 60 };
static const double AREA = 1e6, DEPRESSION = 2, SHARE = 0.9, HOURS = 6, SEWAGE = 0.5, CONC = 5;

static double rain_of(int day) /* mm */
{
  return day % 7 == 0 ? 30 : day % 5 == 0 ? 2 : day % 11 == 0 ? 9 : 0;
}

static eco_basin *town(double capacity)
{
  double rain[DAYS + 10];
  for (int d = 0; d < DAYS + 10; d++)
    rain[d] = rain_of(d);
  eco_basin *basin = eco_test_basin();
  (void)eco_test_reach(basin, "river", 10000, 20, 1, 0.03, 20, 15, NULL, 0);
  eco_item c = eco_test_item(basin, ECO_CLIMATE, "climate");
  const struct {
    const char *param;
    double value;
  } normals[] = {{"t_mean", 20},      {"p_wet_wet", 0.3},  {"p_wet_dry", 0.2}, {"gamma_shape", 0.8},
                 {"gamma_scale", 10}, {"evaporation", 50}, {"wind", 2}};
  for (size_t k = 0; k < sizeof normals / sizeof normals[0]; k++)
    eco_test_monthly(basin, c, normals[k].param, normals[k].value);
  eco_assert_ok(eco_basin_set_series(basin, c, "daily.rain", eco_day_from_date(2019, 1, 1), rain, DAYS + 10, "mm",
                                     "test:rain", &err),
                err);
  eco_item land = eco_test_item(basin, ECO_CATCHMENT, "town");
  eco_test_text(basin, land, "water", "river");
  eco_test_number(basin, land, "area", 1e7);
  eco_test_number(basin, land, "curve_number", 80);
  eco_test_number(basin, land, "depression", DEPRESSION);
  eco_item sewer = eco_test_item(basin, ECO_SOURCE, "sewer");
  eco_test_text(basin, sewer, "water", "river");
  eco_test_text(basin, sewer, "catchment", "town");
  eco_test_text(basin, sewer, "timing", "overflow");
  eco_test_number(basin, sewer, "flow", SEWAGE);
  eco_test_number(basin, sewer, "conc.TP", CONC);
  eco_test_number(basin, sewer, "capacity", capacity);
  eco_test_number(basin, sewer, "sewered_area", AREA);
  eco_test_number(basin, sewer, "runoff_share", SHARE);
  eco_test_number(basin, sewer, "storm_hours", HOURS);
  return basin;
}

/* kg of phosphorus that a day's rain spills, written out anew */
static double spilled_kg(double rain_mm, double capacity)
{
  double beyond = fmax(0, rain_mm - DEPRESSION), ran = SHARE * beyond * 1e-3 * AREA / (HOURS * 3600);
  double dry = fmax(0, 1 - capacity / SEWAGE), wet = ran > 0 ? fmax(0, 1 - capacity / (SEWAGE + ran)) : dry;
  return (HOURS / 24 * wet + (1 - HOURS / 24) * dry) * SEWAGE * CONC * 86400 * 1e-3;
}

static eco_ledger ledger_of(eco_basin *basin, double wider, const char *quantity)
{
  eco_model *m = eco_test_compile(basin, 0);
  eco_basin_destroy(basin);
  eco_day start = eco_day_from_date(2019, 1, 1);
  eco_run_options o = eco_test_days(start, start, start + DAYS);
  eco_scenario *plan = NULL;
  if (wider > 0) {
    eco_assert_ok(eco_scenario_create(m, "wider", &plan, &err), err);
    eco_assert_ok(
      eco_scenario_change(plan, start + 30, 0, "sewer", "capacity", ECO_SET, wider, "m3/s", "test:plan", &err), err);
    o.scenarios = (const eco_scenario *const *)&plan;
    o.n_scenarios = 1;
  }
  eco_run *run = eco_test_make_run(m, &o);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  eco_ledger out = eco_test_ledger(run, quantity);
  out.quantity = quantity;
  eco_run_destroy(run);
  eco_scenario_destroy(plan);
  eco_model_destroy(m);
  return out;
}

START_TEST(CSO_1_spills_what_the_sewer_does_not_carry)
{
  /* wide; exactly what a storm of 30 mm brings; less; less than the sewage itself */
  const double storm = SEWAGE + SHARE * (30 - DEPRESSION) * 1e-3 * AREA / (HOURS * 3600);
  const double capacities[] = {10, storm, 0.8, 0.3, 0};
  for (size_t k = 0; k < 5; k++) {
    double wanted = 0;
    for (int d = 0; d < DAYS; d++)
      wanted += spilled_kg(rain_of(d), capacities[k]);
    eco_ledger phosphorus = ledger_of(town(capacities[k]), 0, "TP"), water = ledger_of(town(capacities[k]), 0, "water");
    ck_assert_double_eq_tol(phosphorus.rows[ECO_LEDGER_SOURCES], wanted, 1e-12 * wanted + 1e-300);
    ck_assert_double_eq(water.rows[ECO_LEDGER_SOURCES], 0.0);
    ck_assert_double_le(fabs(phosphorus.residual), 1e-12);
  }
}
END_TEST

START_TEST(CSO_1_a_wider_sewer_spills_less_from_its_day_on)
{
  double wanted = 0;
  for (int d = 0; d < DAYS; d++)
    wanted += spilled_kg(rain_of(d), d < 30 ? 0.4 : 1.2);
  ck_assert_double_eq_tol(ledger_of(town(0.4), 1.2, "TP").rows[ECO_LEDGER_SOURCES], wanted, 1e-12 * wanted);
}
END_TEST

START_TEST(a_sewer_needs_its_capacity)
{
  eco_basin *basin = eco_test_basin();
  (void)eco_test_reach(basin, "river", 10000, 20, 1, 0.03, 20, 15, NULL, 0);
  eco_item sewer = eco_test_item(basin, ECO_SOURCE, "sewer");
  eco_test_text(basin, sewer, "water", "river");
  eco_test_text(basin, sewer, "timing", "overflow");
  eco_error fault = eco_test_fault(basin, 1000);
  ck_assert_str_eq(fault.text, "source 'sewer': overflow needs a catchment (and 2 more faults)");
  eco_basin_destroy(basin);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("overflow");
  TCase *all = tcase_create("sewers");
  tcase_add_test(all, CSO_1_spills_what_the_sewer_does_not_carry);
  tcase_add_test(all, CSO_1_a_wider_sewer_spills_less_from_its_day_on);
  tcase_add_test(all, a_sewer_needs_its_capacity);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
