/* test_water_waves.c -- floods, droughts and hands at gates: convergence in space and time, any Courant number, cells that run
 * dry, intakes that want more than there is, a year of random gates. Figures are printed where SHOW is set. */
#include "support/network.h"
#include "support/suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOUR 3600.0

static void show(const char *what, const char *unit, double a, double b, double c)
{
  if (getenv("SHOW") != NULL) {
    printf("%s: %.4g %.4g %.4g %s\n", what, a, b, c, unit);
    fflush(stdout);
  }
}

/* ---- a river of 70 km with two tributaries and floods one after the other */

enum { DAYS = 12, HOURS = 24 * DAYS, CALM_HOURS = 72 /* that the start is given to go */ };

/* Inflow of river i, m3/s: smooth, a flood on days 4 and 8, wave after wave a little later in the tributaries. */
static double inflow(double hour, double base, int i)
{
  double q = base;
  for (int day = 4; day <= 8; day += 4)
    q += 3 * base * exp(-pow((hour / 24 - day - 0.2 * i) / 0.4, 2));
  return q;
}

static eco_model *flood_river(double dx)
{
  eco_basin *basin = eco_test_basin();
  eco_item items[] = {eco_test_reach(basin, "T", 72000, 30, 2, 0.03, 107.2, 100, NULL, 0),
                      eco_test_reach(basin, "A", 16000, 15, 2, 0.03, 107, 105, "T", 20000),
                      eco_test_reach(basin, "B", 16000, 15, 2, 0.03, 105, 102.4, "T", 48000)};
  for (size_t k = 0; k < 3; k++)
    eco_test_number(basin, items[k], "initial_depth", 1);
  eco_model *model = eco_test_compile(basin, dx);
  eco_basin_destroy(basin);
  return model;
}

/* Outflow at each hour; returns iterations a step. A step's inflow is its mean by Simpson's rule. */
static double run_flood(double dx, double dt, double theta, double out[HOURS])
{
  const double base[] = {30, 8, 6};
  eco_test_water w;
  eco_test_water_open(&w, flood_river(dx), 1);
  size_t n = (size_t)(HOUR / dt + 0.5), steps = 0;
  for (size_t h = 0; h < HOURS; h++) {
    for (size_t s = 0; s < n; s++, steps++) {
      double from = (double)h + (double)s * dt / HOUR, to = from + dt / HOUR;
      for (int i = 0; i < 3; i++)
        w.block.lateral_m3_s[w.model->waters[i].first_cell] =
          (inflow(from, base[i], i) + 4 * inflow(0.5 * (from + to), base[i], i) + inflow(to, base[i], i)) / 6;
      eco_test_water_step(&w, dt, theta);
      (void)eco_test_water_check(&w, 0, dt);
    }
    out[h] = w.block.flow_m3_s[w.model->waters[0].out_face];
  }
  double iterations = (double)w.block.iterations / (double)steps;
  ck_assert_uint_eq(w.block.unfinished, 0);
  ck_assert_uint_eq(w.block.limited, 0);
  eco_test_water_close(&w);
  return iterations;
}

/* mean |a - b| over the hours after the start's have gone, over the mean flow */
static double distance(const double *a, const double *b)
{
  double sum = 0, size = 0;
  for (size_t h = CALM_HOURS; h < HOURS; h++) {
    sum += fabs(a[h] - b[h]);
    size += b[h];
  }
  return sum / size;
}

/* Successive halvings of the cell: the upwinded depth is first order, so that differences halve. */
START_TEST(WAT_1_a_flood_converges_in_the_length_of_the_cell)
{
  static double out[4][HOURS];
  for (int k = 0; k < 4; k++)
    (void)run_flood(4000.0 / (1 << k), 600, 0.55, out[k]);
  double d[] = {distance(out[0], out[1]), distance(out[1], out[2]), distance(out[2], out[3])};
  show("flood, dx 4000, 2000, 1000 m against the half of it", "of the mean flow", d[0], d[1], d[2]);
  ck_assert_double_ge(log2(d[1] / d[2]), 0.85);
  ck_assert_double_le(d[1], 0.02);
}
END_TEST

/* Halvings of the step: first order at theta 1; at theta 1/2 second, where local inertia (backward Euler in WAT-1, 1/(friction)
 * of some minutes) leaves a small first-order part. */
START_TEST(WAT_7_a_flood_converges_in_the_step)
{
  static double out[4][HOURS];
  const double theta = _i ? 1.0 : 0.5;
  double iterations[4];
  for (int k = 0; k < 4; k++)
    iterations[k] = run_flood(2000, HOUR / (1 << k), theta, out[k]);
  double d[] = {distance(out[0], out[1]), distance(out[1], out[2]), distance(out[2], out[3])};
  show(_i ? "flood, theta 1, dt 3600, 1800, 900 s against the half"
          : "flood, theta 0.5, dt 3600, 1800, 900 s against the half",
       "of the mean flow", d[0], d[1], d[2]);
  show("iterations a step", "", iterations[0], iterations[1], iterations[2]);
  double order = log2(d[0] / d[1]);
  show("order", "", order, log2(d[1] / d[2]), 0);
  if (_i) {
    ck_assert_double_eq_tol(order, 1, 0.15);
  } else {
    ck_assert_double_ge(order, 1.3);
    ck_assert_double_le(d[0], 0.3 * 0.02);
  }
}
END_TEST

/* Cells of 250 m and a step of six hours: the flood's celerity, 5/3 of 1 m/s and more, is 150 cells a step. */
START_TEST(WAT_7_any_Courant_number_is_stable_and_closes)
{
  const double base[] = {30, 8, 6};
  for (int t = 0; t < 2; t++) {
    eco_test_water w;
    eco_test_water_open(&w, flood_river(250), 1);
    double dt = 6 * HOUR, highest = 0, closes = 0;
    for (size_t s = 0; s < 4 * DAYS; s++) {
      for (int i = 0; i < 3; i++)
        w.block.lateral_m3_s[w.model->waters[i].first_cell] = inflow(6 * (double)s + 3, base[i], i);
      eco_test_water_step(&w, dt, t ? 1.0 : 0.6);
      closes = fmax(closes, eco_test_water_check(&w, 0, dt));
      for (size_t f = 0; f < w.model->n_faces; f++)
        highest = fmax(highest, w.block.flow_m3_s[f]);
    }
    show("Courant 150: highest flow, closing, iterations", "", highest, closes,
         (double)w.block.iterations / (4 * DAYS));
    ck_assert_double_le(highest, t ? 4 * 44 : 1.3 * 4 * 44); /* all inflows' peaks together; theta 0.6 may overshoot */
    ck_assert_uint_eq(w.block.unfinished, 0);
    eco_test_water_close(&w);
  }
}
END_TEST

/* ---- drying and wetting */

/* A steep chain with a step in the middle; inflow for six hours out of thirty. */
START_TEST(a_steep_chain_runs_dry_and_fills_again)
{
  const double thetas[] = {0.5, 0.6, 1.0}, dts[] = {60, 600, 3600, 86400};
  double theta = thetas[_i % 3], dt = dts[_i / 3];
  eco_basin *basin = eco_test_basin();
  eco_item up = eco_test_reach(basin, "up", 5000, 8, 1, 0.04, 150, 50, "down", 0);
  eco_item down = eco_test_reach(basin, "down", 5000, 8, 1, 0.04, 45, 40, NULL, 0);
  eco_test_number(basin, up, "initial_depth", 0);
  eco_test_number(basin, down, "initial_depth", 0);
  eco_test_water w;
  eco_test_water_open(&w, eco_test_compile(basin, 250), 1);
  eco_basin_destroy(basin);
  eco__sum came = {0}, left = {0};
  size_t steps = dt < 600 ? 6000 : 1500;
  double now = 0, lowest = INFINITY;
  for (size_t s = 0; s < steps; s++, now += dt) {
    double q = fmod(now / HOUR, 30) < 6 ? 12 : 0;
    w.block.lateral_m3_s[0] = q;
    eco_test_water_step(&w, dt, theta);
    (void)eco_test_water_check(&w, 0, dt);
    eco__sum_add(&came, q * dt);
    eco__sum_add(&left, w.block.passed_m3[w.model->waters[1].out_face]);
    lowest = fmin(lowest, w.block.volume_m3[0]);
  }
  double held = 0;
  for (size_t i = 0; i < w.model->n_cells; i++)
    held += w.block.volume_m3[i];
  double total = eco__sum_value(&came);
  ck_assert_double_eq_tol(eco__sum_value(&left) + held, total, 1e-12 * total); /* 1e-13 and less a step, both signs */
  char what[120];
  snprintf(what, sizeof what, "steep chain, theta %g dt %g: iterations, unfinished, limited", theta, dt);
  show(what, "a step", (double)w.block.iterations / (double)steps, (double)w.block.unfinished / (double)steps,
       (double)w.block.limited / (double)steps);
  ck_assert_double_le(lowest, 1.0); /* it did run dry: a film of less than a mm on 250 m x 8 m */
  ck_assert_double_le((double)w.block.unfinished, 0.01 * (double)steps);
  eco_test_water_close(&w);
}
END_TEST

/* What an intake takes above the inflow is what was stored: it goes on taking the inflow, no more, and nothing below zero. */
START_TEST(WAT_5_an_intake_takes_no_more_than_there_is)
{
  for (int k = 0; k < 3; k++) {
    const double dts[] = {600, HOUR, 24 * HOUR};
    eco_basin *basin = eco_test_basin();
    eco_test_reach(basin, "R", 6000, 10, 1, 0.03, 12, 10, NULL, 0);
    eco_item pump = eco_test_item(basin, ECO_STRUCTURE, "pump");
    eco_test_text(basin, pump, "law", "intake");
    eco_test_text(basin, pump, "from", "R");
    eco_test_number(basin, pump, "from_at", 2500);
    eco_test_monthly(basin, pump, "demand", 25);
    eco_test_water w;
    eco_test_water_open(&w, eco_test_compile(basin, 1000), 1);
    eco_basin_destroy(basin);
    w.block.lateral_m3_s[0] = 3;
    size_t steps = (size_t)(60 * 24 * HOUR / dts[k]);
    for (size_t s = 0; s < steps; s++) {
      eco_test_water_step(&w, dts[k], 0.6);
      (void)eco_test_water_check(&w, 0, dts[k]);
    }
    double taken = w.block.flow_m3_s[w.model->structures[0].face];
    show("intake of 25 with inflow 3: takes, outflow, iterations", "m3/s", taken,
         w.block.flow_m3_s[w.model->waters[0].out_face], (double)w.block.iterations / (double)steps);
    ck_assert_double_eq_tol(taken + w.block.flow_m3_s[w.model->waters[0].out_face], 3, 1e-6);
    ck_assert_double_ge(taken, 2.5); /* the film it leaves, 0.1 m and part of RISE_M, still lets something by */
    ck_assert_uint_le(w.block.unfinished, 1); /* a step of a day meets twenty times the water there is */
    eco_test_water_close(&w);
  }
}
END_TEST

/* A pool with a pointed bed empties through a gate whose sill is the bed; evaporation takes what the gate leaves. */
START_TEST(a_pool_empties_through_a_gate)
{
  const double dts[] = {60, HOUR, 24 * HOUR};
  eco_basin *basin = eco_test_basin();
  const double levels[] = {5, 6, 10}, areas[] = {0, 2e4, 1e5};
  eco_test_lake(basin, "P", levels, areas, 3, 8);
  eco_test_weir(basin, "G", "gate", "P", NULL, 5, 6, 0.62);
  eco_test_water w;
  eco_test_water_open(&w, eco_test_compile(basin, 0), 1);
  eco_basin_destroy(basin);
  w.block.evap_m_s[0] = 5e-3 / 86400;
  double before = w.block.volume_m3[0], start = before;
  for (size_t s = 0; s < 400; s++) {
    eco_test_water_step(&w, dts[_i], 1.0);
    (void)eco_test_water_check(&w, 0, dts[_i]);
    ck_assert(w.block.volume_m3[0] <= before && w.block.passed_m3[0] >= 0);
    before = w.block.volume_m3[0];
  }
  show("pool: volume left of the start, iterations, unfinished", "", before / start, (double)w.block.iterations / 400,
       (double)w.block.unfinished);
  if (_i > 0)
    ck_assert_double_le(before, 1e-3 * start);
  eco_test_water_close(&w);
}
END_TEST

/* ---- f14, with the structures there are: three pools, gates that somebody moves every day of a year */

START_TEST(a_year_of_random_gates_keeps_its_volume)
{
  const double dts[] = {600, HOUR, 6 * HOUR, 24 * HOUR};
  double dt = dts[_i];
  eco_basin *basin = eco_test_basin();
  const double levels[] = {0, 10}, canal[] = {2e6, 2e6}, big[] = {3e7, 3e7}, river[] = {5e5, 5e5};
  eco_test_lake(basin, "canal", levels, canal, 2, 2);
  eco_test_lake(basin, "lake", levels, big, 2, 1);
  eco_test_lake(basin, "river pool", levels, river, 2, 0.5);
  eco_test_weir(basin, "G1", "gate", "canal", "lake", 0.2, 10, 0.62);
  eco_test_weir(basin, "G2", "gate", "lake", "river pool", 0.2, 10, 0.62);
  eco_test_weir(basin, "G3", "weir", "river pool", NULL, 0, 5, 0.62);
  eco_test_water w;
  eco_test_water_open(&w, eco_test_compile(basin, 0), 1);
  eco_basin_destroy(basin);
  double start = w.block.volume_m3[0] + w.block.volume_m3[1] + w.block.volume_m3[2];
  eco__sum came = {0}, left = {0};
  size_t a_day = (size_t)(86400 / dt);
  for (uint64_t day = 0; day < 365; day++) {
    double q = 5 + 4 * (eco__uniform(42, 0, 0, day) - 0.5);
    w.block.lateral_m3_s[0] = q;
    for (uint64_t s = 0; s < 3; s++) {
      double u = eco__uniform(42, 0, 1 + (uint32_t)s, day), *numbers = w.block.numbers + s * ECO__N_STRUCTURE_NUMBERS;
      numbers[ECO__S_ACTIVE] = u >= 0.3;
      numbers[ECO__S_CREST] = 2 * (1 - u);
    }
    for (size_t s = 0; s < a_day; s++) {
      eco_test_water_step(&w, dt, 0.6);
      (void)eco_test_water_check(&w, 0, dt);
      eco__sum_add(&came, q * dt);
      eco__sum_add(&left, w.block.passed_m3[2]);
    }
  }
  double held = w.block.volume_m3[0] + w.block.volume_m3[1] + w.block.volume_m3[2], throughput = eco__sum_value(&came);
  double residual = fabs(start + throughput - eco__sum_value(&left) - held) / throughput, steps = 365.0 * (double)a_day;
  show("year of gates: residual, iterations, unfinished", "", residual, (double)w.block.iterations / steps,
       (double)w.block.unfinished);
  ck_assert_double_le(residual, 1e-12);
  ck_assert_double_le((double)w.block.unfinished, 1e-3 * steps);
  eco_test_water_close(&w);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("water in waves");
  TCase *floods = tcase_create("floods");
  tcase_set_timeout(floods, 60);
  tcase_add_test(floods, WAT_1_a_flood_converges_in_the_length_of_the_cell);
  tcase_add_loop_test(floods, WAT_7_a_flood_converges_in_the_step, 0, 2);
  tcase_add_test(floods, WAT_7_any_Courant_number_is_stable_and_closes);
  suite_add_tcase(suite, floods);
  TCase *drying = tcase_create("drying");
  tcase_set_timeout(drying, 60);
  tcase_add_loop_test(drying, a_steep_chain_runs_dry_and_fills_again, 0, 12);
  tcase_add_test(drying, WAT_5_an_intake_takes_no_more_than_there_is);
  tcase_add_loop_test(drying, a_pool_empties_through_a_gate, 0, 3);
  suite_add_tcase(suite, drying);
  TCase *gates = tcase_create("gates");
  tcase_set_timeout(gates, 60);
  tcase_add_loop_test(gates, a_year_of_random_gates_keeps_its_volume, 0, 4);
  suite_add_tcase(suite, gates);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
