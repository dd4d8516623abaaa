/* test_heat_carried.c -- temperature that goes with the water: cooling in time and along a river, heat that is counted. */
#include "network.h"
#include "reference.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>

#define AIR_C 20.0
#define EXCHANGE 30.0 /* W/m2/K, as in k23's plume */

static eco_error err;

/* A sky that does not change: no rain, no evaporation, the air at AIR_C. */
static void calm_sky(eco_basin *basin, double rain_chance, double evaporation_mm, double spread_c)
{
  eco_item c = eco_test_item(basin, ECO_CLIMATE, "climate");
  const struct {
    const char *param;
    double value;
  } normals[] = {{"t_mean", AIR_C},
                 {"p_wet_wet", rain_chance},
                 {"p_wet_dry", rain_chance},
                 {"gamma_shape", 0.8},
                 {"gamma_scale", 15},
                 {"wind", 2},
                 {"evaporation", evaporation_mm}};
  for (size_t k = 0; k < sizeof normals / sizeof normals[0]; k++)
    eco_test_monthly(basin, c, normals[k].param, normals[k].value);
  eco_test_number(basin, c, "t_day_sd", spread_c);
  eco_item rates = eco_test_item(basin, ECO_KINETICS, "rates");
  eco_test_number(basin, rates, "heat_exchange", EXCHANGE);
  eco_test_text(basin, rates, "temperature", "carried");
}

static eco_run *run_by(eco_model *m, int days, double step_s)
{
  eco_day start = eco_day_from_date(2019, 5, 1);
  eco_run_options o = eco_test_days(start, start, start + days);
  o.step_s = step_s;
  eco_run *run = eco_test_make_run(m, &o);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  return run;
}

static eco_run *run_of(eco_model *m, int days)
{
  return run_by(m, days, 3600);
}

static double temperature(const eco_run *run, size_t cell)
{
  const eco__block *b = &run->blocks[0];
  size_t at = (cell * run->model->n_states + run->model->heat) * b->n_lanes;
  return b->transport.mass_g[at] / b->volume_new[cell * b->n_lanes];
}

START_TEST(a_pond_cools_as_in_k23)
{
  const double levels[] = {0, 20}, areas[] = {1e5, 1e5};
  eco_basin *basin = eco_test_basin();
  eco_item pond = eco_test_lake(basin, "pond", levels, areas, 2, 2);
  eco_test_number(basin, pond, "initial_temperature", 35);
  calm_sky(basin, 0, 0, 0);
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_reference r = eco_reference_read("water_k23_equilibrium_temperature.csv");
  int seen = 0;
  for (size_t k = 0; k < r.n_rows; k++) {
    if (!eco_reference_is(&r, k, "variant", "plume") || !eco_reference_is(&r, k, "quantity", "temperature"))
      continue;
    eco_run *run = run_of(m, (int)eco_reference_number(&r, k, "t"));
    ck_assert_double_eq_tol(temperature(run, 0), eco_reference_number(&r, k, "value"), 1e-9); /* asks 1e-4 of it */
    eco_ledger heat = eco_test_ledger(run, "heat");
    ck_assert_str_eq(heat.unit, "GJ");
    ck_assert_double_eq_tol(heat.rows[ECO_LEDGER_INITIAL], 35.0 * 2e5 * ECO__WATER_RHO_C * 1e-9, 1e-6);
    ck_assert_double_le(fabs(heat.residual), 1e-12);
    eco_run_destroy(run);
    seen++;
  }
  ck_assert_int_eq(seen, 3);
  eco_model_destroy(m);
  eco_reference_free(&r);
}
END_TEST

/* Warm water along a river: T = T_e + (T_0 - T_e) exp(-K B x/(rho c Q)) of a rectangle, whatever its depth. At a cell it is the mean
 * over its length, which is that of the middle but for the share z^2/24 = 5e-5, z = K B dx/(rho c Q). A step is a third of what a
 * cell takes to cross, what enters is off by a step squared; with longer ones what enters meets half a step of the sky, wherever in the step it came (SPL-1). The
 * last cell of a chain has a flat profile and is left out. */
START_TEST(warm_water_cools_along_a_river)
{
  const double length = 50000, width = 20, flow = 4, dx = 1000;
  eco_basin *basin = eco_test_basin();
  eco_item river = eco_test_reach(basin, "river", length, width, 0, 0.03, 30, 15, NULL, 0);
  eco_test_monthly(basin, river, "inflow", flow);
  eco_test_monthly(basin, river, "inflow_temperature", 35);
  eco_test_number(basin, river, "dispersion", 0);
  eco_test_number(basin, river, "initial_depth", 0.4);
  calm_sky(basin, 0, 0, 0);
  eco_model *m = eco_test_compile(basin, dx);
  eco_basin_destroy(basin);
  eco_run *run = run_by(m, 15, 600);
  for (size_t i = 0; i < 45; i += 4) {
    double x = ((double)i + 0.5) * dx, z = EXCHANGE * width / (ECO__WATER_RHO_C * flow);
    double exact = AIR_C + 15.0 * exp(-z * x);
    ck_assert_double_eq_tol(temperature(run, i), exact, 2e-4 * 15);
  }
  ck_assert_double_le(fabs(eco_test_ledger(run, "heat").residual), 1e-12);
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

/* What a plant lets in warm, mixes; what says nothing comes as the water is. */
START_TEST(sources_bring_their_temperature)
{
  eco_basin *basin = eco_test_basin();
  eco_item river = eco_test_reach(basin, "river", 10000, 20, 0, 0.03, 30, 27, NULL, 0);
  eco_test_monthly(basin, river, "inflow", 6);
  const struct {
    const char *name;
    double temperature;
  } plants[] = {{"cooling", 40}, {"quiet", NAN}};
  for (size_t k = 0; k < 2; k++) {
    eco_item plant = eco_test_item(basin, ECO_SOURCE, plants[k].name);
    eco_test_text(basin, plant, "water", "river");
    eco_test_number(basin, plant, "at", 100);
    eco_test_number(basin, plant, "flow", 1);
    if (!isnan(plants[k].temperature))
      eco_test_number(basin, plant, "temperature", plants[k].temperature);
  }
  calm_sky(basin, 0, 0, 0);
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_run *run = run_of(m, 10);
  double x = 9500 - 500, mixed = (7 * AIR_C + 40) / 8, per_m = EXCHANGE * 20 / (ECO__WATER_RHO_C * 8);
  double last = temperature(run, 9) - AIR_C, exact = (mixed - AIR_C) * exp(-per_m * x);
  ck_assert_double_eq_tol(last, exact, 0.02 * exact); /* where in the first cell it enters is not told */
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

/* Rain, evaporation, a day's swing of the air, a lake, a river: nothing is lost, nothing is out of the range of what came. */
START_TEST(heat_closes_under_weather)
{
  const double levels[] = {0, 6}, areas[] = {1e5, 4e5};
  eco_basin *basin = eco_test_basin();
  (void)eco_test_lake(basin, "lake", levels, areas, 2, 3);
  eco_item river = eco_test_reach(basin, "river", 20000, 10, 1, 0.03, 30, 10, "lake", 0);
  eco_test_monthly(basin, river, "inflow", 2);
  (void)eco_test_weir(basin, "weir", "weir", "lake", NULL, 3, 10, 0.6);
  calm_sky(basin, 0.4, 120, 4);
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_run *run = run_of(m, 120);
  eco_ledger heat = eco_test_ledger(run, "heat");
  ck_assert_double_le(fabs(heat.residual), 1e-12);
  ck_assert_double_gt(heat.rows[ECO_LEDGER_BOUNDARY], 0);
  for (size_t i = 0; i < m->n_cells; i++) {
    ck_assert_double_gt(temperature(run, i), AIR_C - 12);
    ck_assert_double_lt(temperature(run, i), AIR_C + 12);
  }
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

/* Without a climate nothing warms or cools: one temperature stays one, whatever the water does. */
START_TEST(one_temperature_stays_one)
{
  const double levels[] = {0, 6}, areas[] = {1e5, 4e5};
  eco_basin *basin = eco_test_basin();
  eco_item lake = eco_test_lake(basin, "lake", levels, areas, 2, 5);
  eco_item river = eco_test_reach(basin, "river", 20000, 10, 1, 0.03, 30, 10, "lake", 0);
  eco_test_monthly(basin, river, "inflow", 2);
  eco_test_monthly(basin, river, "inflow_temperature", 17);
  eco_test_number(basin, river, "initial_temperature", 17);
  eco_test_number(basin, lake, "initial_temperature", 17);
  (void)eco_test_weir(basin, "weir", "weir", "lake", NULL, 3, 10, 0.6);
  eco_test_text(basin, eco_test_item(basin, ECO_KINETICS, "rates"), "temperature", "carried");
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_run *run = run_of(m, 60);
  for (size_t i = 0; i < m->n_cells; i++)
    ck_assert_double_eq_tol(temperature(run, i), 17.0, 1e-11);
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

START_TEST(faults_of_temperature_are_told)
{
  eco_basin *basin = eco_test_basin();
  (void)eco_test_reach(basin, "river", 10000, 20, 0, 0.03, 30, 27, NULL, 0);
  eco_test_text(basin, eco_test_item(basin, ECO_KINETICS, "rates"), "temperature", "warm");
  eco_error fault = eco_test_fault(basin, 1000);
  ck_assert_str_eq(fault.text, "kinetics 'rates': temperature is 'warm', expected local or carried");
  eco_basin_destroy(basin);
  basin = eco_test_basin();
  (void)eco_test_reach(basin, "river", 10000, 20, 0, 0.03, 30, 27, NULL, 0);
  eco_test_text(basin, eco_test_item(basin, ECO_KINETICS, "rates"), "temperature", "carried");
  (void)eco_test_item(basin, ECO_CONSTITUENT, "heat");
  fault = eco_test_fault(basin, 1000);
  ck_assert_str_eq(fault.text, "constituent 'heat': the temperature that is carried has this name");
  eco_basin_destroy(basin);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("heat carried");
  TCase *all = tcase_create("carried");
  tcase_add_test(all, a_pond_cools_as_in_k23);
  tcase_add_test(all, warm_water_cools_along_a_river);
  tcase_add_test(all, sources_bring_their_temperature);
  tcase_add_test(all, heat_closes_under_weather);
  tcase_add_test(all, one_temperature_stays_one);
  tcase_add_test(all, faults_of_temperature_are_told);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
