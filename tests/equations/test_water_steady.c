/* test_water_steady.c -- WAT-1, WAT-7, WAT-8 at work: uniform flow, lakes at rest, an emptying lake; and how fast the errors fall.
 * Errors are printed where SHOW is set. */
#include "reference.h"
#include "support/network.h"
#include "support/suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846
#define STRENGTH(cd, width) (2.0 / 3.0 * (cd) * (width)*sqrt(2.0 * 9.81))

static void show(const char *format, const char *what, double a, double b, double c)
{
  if (getenv("SHOW") != NULL) {
    printf(format, what, a, b, c);
    fflush(stdout);
  }
}

/* Inflow to the first cell, steps until nothing changes any more. */
static void run_to_rest(eco_test_water *w, double flow_m3_s, double dt_s, size_t n_steps)
{
  w->block.lateral_m3_s[w->model->waters[0].first_cell] = flow_m3_s;
  for (size_t k = 0; k < n_steps; k++) {
    eco_test_water_step(w, dt_s, 1.0);
    (void)eco_test_water_check(w, 0, dt_s);
  }
  for (size_t f = 0; f < w->model->n_faces; f++) /* the same everywhere: to 1e-8 of the flow, as a steady state must */
    if (!(fabs(w->block.flow_m3_s[f] / flow_m3_s - 1) <= 1e-8))
      ck_abort_msg("face %zu passes %.12g m3/s, expected %.12g", f, w->block.flow_m3_s[f], flow_m3_s);
}

static double depth_of(const eco_test_water *w, size_t cell)
{
  return w->block.level_m[cell] - w->model->cell_bed_m[cell];
}

/* ---- f01: uniform flow */

typedef struct uniform {
  const char *variant;
  double width, side, roughness, slope, flow;
} uniform;

static void run_uniform(eco_test_water *w, const uniform *u)
{
  eco_basin *basin = eco_test_basin();
  eco_test_reach(basin, "R", 10000, u->width, u->side, u->roughness, 5 + 10000 * u->slope, 5, NULL, 0);
  eco_test_water_open(w, eco_test_compile(basin, 500), 1);
  eco_basin_destroy(basin);
  ck_assert_uint_eq(w->model->n_cells, 20);
  run_to_rest(w, u->flow, 20000, 120);
}

static double published_depth(const char *variant)
{
  eco_reference table = eco_reference_read("water_f01_uniform_manning.csv");
  double depth = NAN;
  for (size_t row = 0; row < table.n_rows; row++)
    if (eco_reference_is(&table, row, "variant", variant) && eco_reference_is(&table, row, "quantity", "normal_depth"))
      depth = eco_reference_number(&table, row, "value");
  eco_reference_free(&table);
  return depth;
}

/* Every cell of a long reach reaches the published normal depth: what is steady solves the law to round-off, so that 1e-9 m
 * is what 120 steps leave of the start. */
START_TEST(WAT_1_uniform_flow_has_the_published_depth)
{
  const uniform cases[] = {
    {"rect", 20, 0, 0.03, 0.0005, 100}, {"trap", 10, 2, 0.025, 0.001, 20}, {"canal_flat", 30, 2, 0.0225, 5e-5, 80}};
  eco_test_water w;
  run_uniform(&w, &cases[_i]);
  double wanted = published_depth(cases[_i].variant), worst = 0;
  for (size_t i = 0; i < w.model->n_cells; i++)
    worst = fmax(worst, fabs(depth_of(&w, i) - wanted));
  show("f01 %s: depth off by %.2e m of %.4f\n", cases[_i].variant, worst, wanted, 0);
  ck_assert_double_le(worst, 1e-9);
  eco_test_water_close(&w);
}
END_TEST

/* A triangle is not to be had: the parameter table's least width is 0.01 m. That much width at f01's depth y adds
 * d ln Q = (5/3 y/A - 2/3 1/P) 0.01 = 0.00653, and the depth falls by that over d ln Q/dy = celerity T/Q = 1.8806 1/m:
 * 3.47e-3 m, with a second-order rest of 0.00653^2 y, 6e-5 m. */
START_TEST(WAT_1_a_nearly_triangular_channel_is_off_by_its_width)
{
  const uniform tri = {"tri", 0.01, 1.5, 0.02, 0.0008, 3};
  eco_test_water w;
  run_uniform(&w, &tri);
  double y = published_depth("tri"), area = 1.5 * y * y, wetted = 2 * y * sqrt(1 + 1.5 * 1.5), top = 3 * y;
  double in_width = 0.01 * (5.0 / 3.0 * y / area - 2.0 / 3.0 / wetted), in_depth = 1.326301544440477 * top / 3.0;
  show("f01 %s: depth off by %.6f m, predicted %.6f\n", "tri", depth_of(&w, 10) - y, -in_width / in_depth, 0);
  ck_assert_double_eq_tol(depth_of(&w, 10), y - in_width / in_depth, 6e-5);
  eco_test_water_close(&w);
}
END_TEST

/* Above a free fall the level below counts as the dry bed of one more cell on the reach's own slope (floor_m): the last cell passes
 * the flow at the slope S0 + y/dx and WAT-9's depth, however deep the fall, and the water below is as if nothing were above.
 * Inertia of what comes into the last cell is a part of the force: left out here. */
START_TEST(WAT_1_a_free_fall_at_a_joint_draws_no_more_than_a_dry_bed)
{
  const uniform u = {"trap", 10, 2, 0.025, 0.001, 20};
  double depth[2] = {0, 0};
  for (int k = 0; k < 2; k++) { /* a fall of 5 m and of 50 m */
    eco_basin *basin = eco_test_basin();
    double lower = k ? 150 : 195;
    eco_test_reach(basin, "above", 5000, u.width, u.side, u.roughness, 205, 200, "below", 0);
    eco_test_reach(basin, "below", 5000, u.width, u.side, u.roughness, lower, lower - 5, NULL, 0);
    eco_test_water w;
    eco_test_water_open(&w, eco_test_compile(basin, 500), 1);
    eco_basin_destroy(basin);
    w.block.local_inertia = true;
    run_to_rest(&w, u.flow, 20000, 120);
    double y = depth[k] = depth_of(&w, 9), fall = y + u.slope * 500, share = 3.0 / 16 * 0.5 * y / fall;
    double middle = y * (1 - share), area = middle * (10 + 2 * middle), wetted = 10 + 2 * middle * sqrt(5.0);
    double manning = area * pow(area / wetted, 2.0 / 3.0) * sqrt(u.slope + y / 500) / u.roughness;
    ck_assert_double_eq_tol(manning, u.flow, 1e-8 * u.flow);
    for (size_t i = 10; i < 20; i++)
      ck_assert_double_eq_tol(depth_of(&w, i), published_depth("trap"), 1e-9);
    eco_test_water_close(&w);
  }
  ck_assert_double_eq_tol(depth[0], depth[1], 1e-9);
}
END_TEST

/* Forty shallow cells and a step of a day, in which 170 times their water passes: no cell has a store for the explicit half, and
 * the steady state is the same, flow and what passed alike. */
START_TEST(WAT_12_a_steady_flow_is_the_same_where_cells_have_no_store)
{
  const double thetas[] = {0.55, 0.6, 1.0}; /* 0.5 does not damp */
  for (size_t k = 0; k < 3; k++) {
    eco_basin *basin = eco_test_basin();
    eco_test_reach(basin, "R", 20000, 10, 1, 0.03, 210, 10, NULL, 0);
    eco_test_water w;
    eco_test_water_open(&w, eco_test_compile(basin, 500), 1);
    eco_basin_destroy(basin);
    w.block.lateral_m3_s[0] = 2;
    eco_test_water_steps(&w, 400, 86400, thetas[k]);
    for (size_t f = 0; f < w.model->n_faces; f++) {
      ck_assert_double_eq_tol(w.block.flow_m3_s[f], 2, 1e-8);
      ck_assert_double_eq_tol(w.block.passed_m3[f] / 86400, 2, 1e-8);
    }
    eco_test_water_close(&w);
  }
}
END_TEST

/* ---- f04: two pools held apart by a closed gate over an uneven bed */

static double bumpy_bed(double x)
{
  if (x > 25)
    return 0.3 * pow(sin(PI * (x - 25) / 10), 2);
  return fabs(x - 10) < 2 ? 0.2 - 0.05 * (x - 10) * (x - 10) : 0.0;
}

/* One reach a metre, so that each has a bed of its own; a gate after the 25th and at the end, both shut. */
static eco_model *two_pools(double eta_1, double eta_2)
{
  eco_basin *basin = eco_test_basin();
  char name[16], next[16];
  for (int k = 0; k < 50; k++) {
    snprintf(name, sizeof name, "R%d", k);
    snprintf(next, sizeof next, "R%d", k + 1);
    double bed = bumpy_bed(k + 0.5), eta = k < 25 ? eta_1 : eta_2;
    eco_item reach = eco_test_reach(basin, name, 1, 1, 0, 0.03, bed, bed, k < 49 ? next : NULL, 0);
    eco_test_number(basin, reach, "initial_depth", eta > bed ? eta - bed : 0);
  }
  eco_test_number(basin, eco_test_weir(basin, "middle", "gate", "R24", "R25", 0.4, 1, 0.62), "active", 0);
  eco_test_number(basin, eco_test_weir(basin, "end", "gate", "R49", NULL, 0.4, 1, 0.62), "active", 0);
  eco_model *model = eco_test_compile(basin, 0);
  eco_basin_destroy(basin);
  ck_assert_uint_eq(model->n_cells, 50);
  return model;
}

START_TEST(WAT_7_a_lake_at_rest_stays_at_rest)
{
  const struct {
    double eta_1, dt;
    size_t steps;
  } cases[] = {{0.5, 1, 3600}, {0.5, 60, 1440}, {0.5, 3600, 24}, {0.1, 1, 3600}, {0.1, 60, 1440}, {0.1, 3600, 24}};
  for (size_t theta = 0; theta < 2; theta++) {
    eco_test_water w;
    eco_test_water_open(&w, two_pools(cases[_i].eta_1, 0.8), 1);
    double start[50], flow = 0, level = 0;
    memcpy(start, w.block.level_m, sizeof start);
    for (size_t k = 0; k < cases[_i].steps; k++) {
      eco_test_water_step(&w, cases[_i].dt, theta ? 1.0 : 0.55);
      for (size_t f = 0; f < w.model->n_faces; f++)
        flow = fmax(flow, fabs(w.block.flow_m3_s[f]));
      for (size_t i = 0; i < 50; i++)
        level = fmax(level, fabs(w.block.level_m[i] - start[i]));
    }
    show("f04 %s dt %g: |Q| %.1e m3/s, levels %.1e m\n", cases[_i].eta_1 < 0.2 ? "island" : "wet", cases[_i].dt, flow,
         level);
    ck_assert_double_le(flow, 1e-13);
    ck_assert_double_le(level, 1e-13);
    eco_test_water_close(&w);
  }
}
END_TEST

/* Drowned weirs have a steep slope at equal levels: two equal pools joined by one stay still, two unequal ones become equal
 * without swinging over. */
START_TEST(WAT_3_two_pools_joined_by_a_drowned_weir_become_equal)
{
  eco_basin *basin = eco_test_basin();
  const double levels[] = {0, 10}, areas[] = {5e5, 5e5};
  eco_test_lake(basin, "A", levels, areas, 2, _i ? 3.4 : 3.0);
  eco_test_lake(basin, "B", levels, areas, 2, _i ? 2.6 : 3.0);
  eco_test_weir(basin, "W", "weir", "A", "B", 1, 30, 0.62);
  eco_test_water w;
  eco_test_water_open(&w, eco_test_compile(basin, 0), 1);
  eco_basin_destroy(basin);
  double before = w.block.level_m[0] - w.block.level_m[1];
  for (int k = 0; k < 200; k++) {
    eco_test_water_step(&w, 3600, 1.0);
    double drop = w.block.level_m[0] - w.block.level_m[1];
    ck_assert_double_ge(drop, -1e-9);
    ck_assert_double_le(drop, before + 1e-9);
    before = drop;
  }
  ck_assert_double_le(before, 1e-9);
  ck_assert_double_eq_tol(w.block.level_m[0], 3.0, 1e-9);
  ck_assert_uint_eq(w.block.unfinished, 0);
  eco_test_water_close(&w);
}
END_TEST

/* ---- f10: a prismatic lake empties over a weir */

/* Largest relative error of the depth at the published times. The run starts in full flow, not at rest. */
static double empty_lake(double dt_s, double theta)
{
  eco_basin *basin = eco_test_basin();
  const double levels[] = {0, 10}, areas[] = {2e6, 2e6};
  eco_test_lake(basin, "L", levels, areas, 2, 2.0);
  eco_test_weir(basin, "W", "weir", "L", NULL, 0, 51 / STRENGTH(0.62, 1), 0.62);
  eco_test_water w;
  eco_test_water_open(&w, eco_test_compile(basin, 0), 1);
  eco_basin_destroy(basin);
  w.block.flow_m3_s[0] = 51 * pow(2.0, 1.5);
  eco_reference table = eco_reference_read("water_f10_level_pool.csv");
  double worst = 0, now = 0;
  size_t seen = 0;
  for (size_t row = 0; row < table.n_rows; row++) {
    if (!eco_reference_is(&table, row, "variant", "weir_emptying") || !eco_reference_is(&table, row, "t_unit", "s"))
      continue;
    double at = eco_reference_number(&table, row, "t");
    for (; now < at - 0.5 * dt_s; now += dt_s)
      eco_test_water_step(&w, dt_s, theta);
    ck_assert_double_eq_tol(now, at, 1e-6);
    worst = fmax(worst, fabs(w.block.level_m[0] / eco_reference_number(&table, row, "value") - 1));
    seen++;
  }
  ck_assert_uint_ge(seen, 3);
  eco_reference_free(&table);
  eco_test_water_close(&w);
  return worst;
}

/* Second order in the step at theta 1/2, first at 1: halving divides the error by 4 and by 2. */
START_TEST(WAT_7_an_emptying_lake_converges_with_the_order_of_theta)
{
  const double theta = _i ? 1.0 : 0.5;
  const double error[] = {empty_lake(3600, theta), empty_lake(1800, theta), empty_lake(900, theta)};
  show("f10 %s: errors %.3e %.3e %.3e\n", _i ? "theta 1" : "theta 0.5", error[0], error[1], error[2]);
  double order = log2(error[1] / error[2]);
  ck_assert_double_eq_tol(order, _i ? 1 : 2, 0.05);
  ck_assert_double_le(error[2], _i ? 2e-2 : 2e-4);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("steady water");
  TCase *uniform_flow = tcase_create("uniform flow");
  tcase_add_loop_test(uniform_flow, WAT_1_uniform_flow_has_the_published_depth, 0, 3);
  tcase_add_test(uniform_flow, WAT_1_a_nearly_triangular_channel_is_off_by_its_width);
  tcase_add_test(uniform_flow, WAT_1_a_free_fall_at_a_joint_draws_no_more_than_a_dry_bed);
  tcase_add_test(uniform_flow, WAT_12_a_steady_flow_is_the_same_where_cells_have_no_store);
  suite_add_tcase(suite, uniform_flow);
  TCase *pools = tcase_create("pools");
  tcase_add_loop_test(pools, WAT_7_a_lake_at_rest_stays_at_rest, 0, 6);
  tcase_add_loop_test(pools, WAT_3_two_pools_joined_by_a_drowned_weir_become_equal, 0, 2);
  tcase_add_loop_test(pools, WAT_7_an_emptying_lake_converges_with_the_order_of_theta, 0, 2);
  suite_add_tcase(suite, pools);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
