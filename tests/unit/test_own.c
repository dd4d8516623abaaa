/* test_own.c -- constituents of a basin's own: beside those of the bulk kinetics or alone; exact decay, ledger, results. */
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define DAY_S 86400.0

static eco_error err;

static eco_item add_own(eco_basin *basin, const char *name, double decay, double theta, double settling)
{
  eco_item own = eco_test_item(basin, ECO_CONSTITUENT, name);
  eco_test_number(basin, own, "decay", decay);
  eco_test_number(basin, own, "theta", theta);
  eco_test_number(basin, own, "settling", settling);
  return own;
}

static eco_item add_pond(eco_basin *basin, double depth_m)
{
  const double levels[] = {0, 20}, areas[] = {1e5, 1e5};
  return eco_test_lake(basin, "pond", levels, areas, 2, depth_m);
}

static eco_run *run_of(const eco_model *model, int days, const eco_scenario *plan)
{
  eco_day start = eco_day_from_date(2018, 1, 1);
  eco_run_options o = eco_test_days(start, start, start + days);
  const eco_scenario *plans[1] = {plan};
  if (plan) {
    o.scenarios = plans;
    o.n_scenarios = 1;
  }
  return eco_test_make_run(model, &o);
}

static double concentration(const eco_run *run, size_t cell, size_t state)
{
  const eco__block *b = &run->blocks[0];
  return b->transport.mass_g[(cell * run->model->n_states + state) * b->n_lanes] /
         b->water.volume_m3[cell * b->n_water];
}

/* A closed pond of 4 m at 20 C (no climate): C = C0 exp(-(k + v / H) t), theta plays no part; and a tracer stays. */
START_TEST(OWN_1_decays_exactly_in_a_closed_pond)
{
  eco_basin *basin = eco_test_basin();
  (void)add_own(basin, "tracer", 0, 1, 0);
  (void)add_own(basin, "F", 0.3, 1.05, 0.8);
  eco_item pond = add_pond(basin, 4);
  eco_test_number(basin, pond, "initial.F", 5);
  eco_test_number(basin, pond, "initial.tracer", 7);
  eco_item rates = eco_test_item(basin, ECO_KINETICS, "rates");
  eco_test_text(basin, rates, "states", "own");
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  ck_assert_uint_eq(m->n_states, 2);
  ck_assert_uint_eq(m->n_observables, 2);
  ck_assert(!m->has_bulk);
  eco_run *run = run_of(m, 10, NULL);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  double left = exp(-(0.3 + 0.8 / 4.0) * 10.0);
  ck_assert_double_eq_tol(concentration(run, 0, 1), 5 * left, 1e-13);
  ck_assert_double_eq_tol(concentration(run, 0, 0), 7, 1e-14);
  eco_ledger f = eco_test_ledger(run, "F");
  ck_assert_double_eq_tol(f.rows[ECO_LEDGER_REACTION], 5 * 4e5 * 1e-3 * (1 - left), 1e-12 * 2000);
  ck_assert_double_le(fabs(f.residual), 1e-14);
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

START_TEST(OWN_1_has_its_temperature_and_its_least_depth)
{
  ck_assert_double_eq_tol(eco__own_decay(0.3, 1.05, 0, 4, 30), 0.3 * pow(1.05, 10), 1e-15);
  ck_assert_double_eq_tol(eco__own_decay(0, 1.05, 0.8, 4, 30), 0.2, 1e-16);
  ck_assert_double_eq_tol(eco__own_decay(0, 1, 0.8, 0, 20), 0.8 / ECO__DEPTH_FLOOR_M, 1e-13);
}
END_TEST

static eco_model *river(bool own)
{
  eco_basin *basin = eco_test_basin();
  if (own)
    (void)add_own(basin, "F", 0.1, 1, 0);
  (void)eco_test_reach(basin, "river", 9000, 10, 2, 0.03, 60, 50, NULL, 0);
  eco_item r;
  eco_assert_ok(eco_basin_find(basin, "river", &r, &err), err);
  eco_test_monthly(basin, r, "inflow", 3);
  eco_test_monthly(basin, r, "inflow.NH3-N", 2);
  eco_test_monthly(basin, r, "inflow.CODMn", 6);
  if (own)
    eco_test_monthly(basin, r, "inflow.F", 4);
  eco_item works = eco_test_item(basin, ECO_SOURCE, "works");
  eco_test_text(basin, works, "water", "river");
  eco_test_number(basin, works, "at", 4000);
  eco_test_number(basin, works, "flow", 0.5);
  eco_test_number(basin, works, "conc.TP", 3);
  if (own)
    eco_test_number(basin, works, "conc.F", 9);
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  return m;
}

/* The six of the bulk kinetics are the same, bit for bit, whatever is carried beside them. */
START_TEST(own_constituents_do_not_touch_the_others)
{
  eco_model *with = river(true), *without = river(false);
  eco_run *a = run_of(with, 40, NULL), *b = run_of(without, 40, NULL);
  eco_assert_ok(eco_run_to_end(a, &err), err);
  eco_assert_ok(eco_run_to_end(b, &err), err);
  for (size_t i = 0; i < with->n_cells; i++)
    for (size_t k = 0; k < ECO__N_BULK; k++)
      ck_assert_double_eq(concentration(a, i, k), concentration(b, i, k));
  double last = concentration(a, with->n_cells - 1, ECO__N_BULK);
  ck_assert(last > 3 && last < (3 * 4 + 0.5 * 9) / 3.5);
  ck_assert_double_le(fabs(eco_test_ledger(a, "F").residual), 1e-13);
  eco_run_destroy(a);
  eco_run_destroy(b);
  eco_model_destroy(with);
  eco_model_destroy(without);
}
END_TEST

START_TEST(own_constituents_are_changed_and_watched_as_the_others)
{
  eco_model *m = river(true);
  eco_scenario *plan;
  eco_assert_ok(eco_scenario_create(m, "less", &plan, &err), err);
  eco_assert_ok(
    eco_scenario_change(plan, eco_day_from_date(2018, 1, 1), 0, "works", "conc.F", ECO_SET, 0, "", "", &err), err);
  eco_run *now = run_of(m, 40, NULL), *less = run_of(m, 40, plan);
  eco_assert_ok(eco_run_to_end(now, &err), err);
  eco_assert_ok(eco_run_to_end(less, &err), err);
  double put = 0.5 * 9 * 40 * DAY_S * 1e-3;
  ck_assert_double_eq_tol(eco_test_ledger(now, "F").rows[ECO_LEDGER_SOURCES], put, 1e-9 * put);
  ck_assert_double_eq(eco_test_ledger(less, "F").rows[ECO_LEDGER_SOURCES], 0.0);
  ck_assert_int_eq(eco_scenario_change(plan, 0, 0, "works", "conc.G", ECO_SET, 0, "", "", &err), ECO_NOT_FOUND);
  eco_run_destroy(now);
  eco_run_destroy(less);
  eco_scenario_destroy(plan);
  eco_model_destroy(m);
}
END_TEST

/* Dead zones hold what they were given at the start, count in the ledger, and come to rest with the river. */
START_TEST(TSM_1_dead_zones_stand_in_the_ledger)
{
  eco_basin *basin = eco_test_basin();
  (void)add_own(basin, "F", 0, 1, 0);
  eco_item r = eco_test_reach(basin, "river", 9000, 10, 2, 0.03, 60, 50, NULL, 0);
  eco_test_number(basin, r, "storage_area", 4);
  eco_test_number(basin, r, "storage_exchange", 1e-4);
  eco_test_number(basin, r, "initial.F", 2);
  eco_test_monthly(basin, r, "inflow", 3);
  eco_test_monthly(basin, r, "inflow.F", 5);
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_run *run = run_of(m, 20, NULL);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  const eco__block *b = &run->blocks[0];
  for (size_t i = 0; i < m->n_cells; i++) {
    ck_assert_double_eq_tol(concentration(run, i, m->n_states - 1), 5, 1e-6);
    ck_assert_double_eq_tol(b->transport.stored_g[i * m->n_states + m->n_states - 1] / 4000, 5, 1e-6);
  }
  eco_ledger f = eco_test_ledger(run, "F");
  ck_assert_double_le(fabs(f.residual), 1e-13);
  ck_assert_double_gt(f.rows[ECO_LEDGER_INITIAL], 2 * 4 * 9000 * 1e-3);
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

static void compile_fails(eco_basin *basin, const char *text)
{
  eco_model *model = NULL;
  eco_error error;
  ck_assert_int_ne(eco_model_compile(basin, NULL, &model, &error), ECO_OK);
  ck_assert_str_eq(error.text, text);
  eco_basin_destroy(basin);
}

START_TEST(dead_zones_have_a_section_and_an_exchange)
{
  eco_basin *basin = eco_test_basin();
  eco_item r = eco_test_reach(basin, "river", 9000, 10, 2, 0.03, 60, 50, NULL, 0);
  eco_test_number(basin, r, "storage_area", 4);
  compile_fails(basin, "reach 'river': storage_area is given without storage_exchange, expected both or neither");
}
END_TEST

START_TEST(wrong_constituents_are_refused)
{
  eco_basin *basin = eco_test_basin();
  eco_item pond = add_pond(basin, 4);
  ck_assert_int_eq(eco_basin_set_number(basin, pond, "initial.F", 5, "", &err), ECO_NOT_FOUND);
  (void)add_own(basin, "Fluoride", 0, 1, 0);
  ck_assert_int_eq(eco_basin_set_number(basin, pond, "initial.Floride", 5, "", &err), ECO_NOT_FOUND);
  ck_assert_str_eq(err.text,
                   "lake 'pond': unknown constituent 'Floride' in 'initial.Floride' (did you mean 'Fluoride'?)");
  (void)add_own(basin, "TN", 0, 1, 0);
  compile_fails(basin, "constituent 'TN': the bulk kinetics have one of that name");

  basin = eco_test_basin();
  (void)add_pond(basin, 4);
  eco_test_text(basin, eco_test_item(basin, ECO_KINETICS, "rates"), "states", "all");
  compile_fails(basin, "kinetics 'rates': states is 'all', expected bulk or own");

  basin = eco_test_basin();
  (void)add_pond(basin, 4);
  for (int k = 0; k <= ECO__MOST_CONSTITUENTS - ECO__N_BULK; k++) {
    char name[8];
    snprintf(name, sizeof name, "c%d", k);
    (void)add_own(basin, name, 0, 1, 0);
  }
  compile_fails(basin, "basin 'test' has 43 constituents of its own, must be at most 41");
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("own constituents");
  TCase *all = tcase_create("own");
  tcase_add_test(all, OWN_1_decays_exactly_in_a_closed_pond);
  tcase_add_test(all, OWN_1_has_its_temperature_and_its_least_depth);
  tcase_add_test(all, own_constituents_do_not_touch_the_others);
  tcase_add_test(all, own_constituents_are_changed_and_watched_as_the_others);
  tcase_add_test(all, TSM_1_dead_zones_stand_in_the_ledger);
  tcase_add_test(all, dead_zones_have_a_section_and_an_exchange);
  tcase_add_test(all, wrong_constituents_are_refused);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
