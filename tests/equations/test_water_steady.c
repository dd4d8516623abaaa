/* test_water_steady.c -- WAT-1, WAT-7, WAT-8 at work: uniform flow, lakes at rest, backwater, a steady profile of known depth,
 * an emptying lake; and how fast the errors fall. Errors are printed where SHOW is set. */
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
 * the flow at the slope S0 + y/dx, however deep the fall, and the water below is as if nothing were above. */
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
    run_to_rest(&w, u.flow, 20000, 120);
    double y = depth[k] = depth_of(&w, 9), area = y * (10 + 2 * y), wetted = 10 + 2 * y * sqrt(5.0);
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

/* ---- f11: backwater above a dam */

#define F11_WIDTH 40.0
#define F11_ROUGHNESS 0.03
#define F11_SLOPE 3e-4
#define F11_FLOW 120.0
#define F11_DAM 7.0

static double friction_slope(double y)
{
  double area = F11_WIDTH * y, radius = area / (F11_WIDTH + 2 * y);
  return pow(F11_FLOW * F11_ROUGHNESS / area, 2) * pow(radius, -4.0 / 3.0);
}

/* The zero-inertia profile dy/dx = S0 - Sf by steps of 10 m of the fourth-order Runge-Kutta method, x upstream of the dam. */
static double zero_inertia_depth(double x)
{
  double y = F11_DAM, h = -10;
  for (size_t k = 0; k < (size_t)(x / 10 + 0.5); k++) {
    double a = F11_SLOPE - friction_slope(y), b = F11_SLOPE - friction_slope(y + 0.5 * h * a);
    double c = F11_SLOPE - friction_slope(y + 0.5 * h * b), d = F11_SLOPE - friction_slope(y + h * c);
    y += h / 6 * (a + 2 * b + 2 * c + d);
  }
  return y;
}

/* The centre of the last cell is the dam: its weir passes the flow at a depth of 7 m there. */
static void run_backwater(eco_test_water *w, double dx)
{
  eco_basin *basin = eco_test_basin();
  eco_test_reach(basin, "R", 40000, F11_WIDTH, 0, F11_ROUGHNESS, 40000 * F11_SLOPE, 0, NULL, 0);
  double bed = 0.5 * dx * F11_SLOPE, head = pow(F11_FLOW / STRENGTH(0.62, 30), 2.0 / 3.0);
  eco_test_weir(basin, "dam", "weir", "R", NULL, bed + F11_DAM - head, 30, 0.62);
  eco_test_water_open(w, eco_test_compile(basin, dx), 1);
  eco_basin_destroy(basin);
  run_to_rest(w, F11_FLOW, 86400, 60);
}

/* The steady state is the implicit march upstream that the upwinded depth says: (h_up - h_down)/dx = Sf(y_up), cell by cell, to
 * the round-off of the solution. */
START_TEST(WAT_1_a_backwater_is_the_implicit_march_of_zero_inertia)
{
  const double dx = 500;
  eco_test_water w;
  run_backwater(&w, dx);
  size_t n = w.model->n_cells;
  ck_assert_double_eq_tol(depth_of(&w, n - 1), F11_DAM, 1e-8);
  for (size_t i = 0; i + 1 < n; i++) {
    double slope = (w.block.level_m[i] - w.block.level_m[i + 1]) / dx;
    if (w.block.level_m[i] - w.block.level_m[i + 1] < 0.01)
      continue; /* WAT-9's centimetre, at the dam */
    ck_assert_double_eq_tol(slope / friction_slope(depth_of(&w, i)), 1, 1e-7);
  }
  eco_test_water_close(&w);
}
END_TEST

/* Largest distance to the zero-inertia profile at the published places; *from_table is that to the full equation. */
static double backwater_error(double dx, double *from_table, double *bound)
{
  eco_test_water w;
  run_backwater(&w, dx);
  eco_reference table = eco_reference_read("water_f11_backwater_dam.csv");
  double worst = 0;
  size_t seen = 0;
  *from_table = *bound = 0;
  for (size_t row = 0; row < table.n_rows; row++) {
    if (!eco_reference_is(&table, row, "variant", "rect_manning") ||
        !eco_reference_is(&table, row, "quantity", "depth"))
      continue;
    double x = eco_reference_number(&table, row, "x"), y = depth_of(&w, w.model->n_cells - 1 - (size_t)(x / dx + 0.5));
    double full = eco_reference_number(&table, row, "value"), zero = zero_inertia_depth(x), q = F11_FLOW / F11_WIDTH;
    double velocity_head = q * q / 19.62 * (1 / (full * full) - 1 / (F11_DAM * F11_DAM));
    ck_assert_double_le(fabs(zero - full), velocity_head); /* what zero inertia differs by */
    worst = fmax(worst, fabs(y - zero));
    *from_table = fmax(*from_table, fabs(y - full));
    *bound = fmax(*bound, velocity_head);
    seen++;
  }
  ck_assert_uint_eq(seen, 6);
  eco_reference_free(&table);
  eco_test_water_close(&w);
  return worst;
}

/* Zero inertia leaves out Fr^2 y' of dy/dx = (S0 - Sf)/(1 - Fr^2). Marching upstream a difference only shrinks (Sf falls with y), so
 * it is at most the integral of Fr^2 dy = q^2/(2 g) (1/y^2 - 1/7^2), the gain of velocity head: 4 cm at 20 km. The scheme's own
 * error, with the depth of one side for the face, is first order. */
START_TEST(WAT_1_a_backwater_converges_to_zero_inertia_in_first_order)
{
  double table[3], bound, error[3];
  for (size_t k = 0; k < 3; k++)
    error[k] = backwater_error(500.0 / (1 << k), &table[k], &bound);
  show("f11 %s: from zero inertia %.3e %.3e %.3e m\n", "dx 500, 250, 125", error[0], error[1], error[2]);
  show("f11 %s: from the full equation %.3e %.3e %.3e m\n", "dx 500, 250, 125", table[0], table[1], table[2]);
  ck_assert_double_eq_tol(log2(error[1] / error[2]), 1, 0.1);
  ck_assert_double_le(error[0], 0.03);
  ck_assert_double_le(table[2], bound + error[2]);
}
END_TEST

/* ---- f17: a bed made for a depth */

#define F17_LENGTH 5000.0

static double f17_depth(double x)
{
  return 9.0 / 8.0 + 0.25 * sin(PI * x / 500);
}

static double f17_friction(double side, double x)
{
  double y = f17_depth(x), area = y * (10 + side * y), wetted = 10 + 2 * y * sqrt(1 + side * side);
  return 400 * 9e-4 * pow(wetted, 4.0 / 3.0) / pow(area, 10.0 / 3.0);
}

/* Bed at x: y(L) - y(x) is exact, friction by Simpson's rule on steps of about a metre. */
static double f17_bed(double side, double x)
{
  size_t n = 2 * (size_t)((F17_LENGTH - x) / 2 + 1);
  double h = (F17_LENGTH - x) / (double)n, sum = f17_friction(side, x) + f17_friction(side, F17_LENGTH);
  for (size_t k = 1; k < n; k++)
    sum += (k % 2 ? 4 : 2) * f17_friction(side, x + (double)k * h);
  return f17_depth(F17_LENGTH) - f17_depth(x) + sum * h / 3;
}

START_TEST(the_bed_of_the_steady_profile_is_the_published_one)
{
  eco_reference table = eco_reference_read("water_f17_macdonald_zero_inertia.csv");
  size_t seen = 0;
  for (size_t row = 0; row < table.n_rows; row++) {
    if (!eco_reference_is(&table, row, "quantity", "bed_elevation"))
      continue;
    double side = eco_reference_is(&table, row, "variant", "trap") ? 2 : 0;
    double x = eco_reference_number(&table, row, "x");
    ck_assert_double_eq_tol(f17_bed(side, x), eco_reference_number(&table, row, "value"), 1e-8);
    seen++;
  }
  ck_assert_uint_ge(seen, 200);
  eco_reference_free(&table);
}
END_TEST

/* Mean |depth - exact| over cells, each a reach with its own bed; the last cell is held at its exact depth by a weir. */
static double f17_error(double side, int n)
{
  eco_basin *basin = eco_test_basin();
  double dx = F17_LENGTH / n, head = pow(20 / STRENGTH(0.62, 20), 2.0 / 3.0), bed = 0;
  char name[16], next[16];
  for (int k = 0; k < n; k++) {
    snprintf(name, sizeof name, "R%d", k);
    snprintf(next, sizeof next, "R%d", k + 1);
    double x = (k + 0.5) * dx, half_fall = 0.5 * (f17_bed(side, x - 0.5 * dx) - f17_bed(side, x + 0.5 * dx));
    bed = f17_bed(side, x);
    eco_test_reach(basin, name, dx, 10, side, 0.03, bed + half_fall, bed - half_fall, k + 1 < n ? next : NULL, 0);
  }
  eco_test_weir(basin, "end", "weir", name, NULL, bed + f17_depth(F17_LENGTH - 0.5 * dx) - head, 20, 0.62);
  eco_test_water w;
  eco_test_water_open(&w, eco_test_compile(basin, 0), 1);
  eco_basin_destroy(basin);
  run_to_rest(&w, 20, 3600, 200);
  double sum = 0;
  for (int k = 0; k < n; k++)
    sum += fabs(depth_of(&w, (size_t)k) - f17_depth((k + 0.5) * dx));
  eco_test_water_close(&w);
  return sum / n;
}

/* The depth of one side stands for the face: first order. The case asks 1e-2 m at 100 cells of a first-order scheme. */
START_TEST(WAT_1_a_steady_profile_converges_in_first_order)
{
  double side = _i ? 2 : 0, error[] = {f17_error(side, 50), f17_error(side, 100), f17_error(side, 200)};
  show("f17 %s: L1 of depth %.3e %.3e %.3e m\n", _i ? "trap" : "rect", error[0], error[1], error[2]);
  ck_assert_double_eq_tol(log2(error[1] / error[2]), 1, 0.15);
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
  TCase *profiles = tcase_create("profiles");
  tcase_add_test(profiles, WAT_1_a_backwater_is_the_implicit_march_of_zero_inertia);
  tcase_add_test(profiles, WAT_1_a_backwater_converges_to_zero_inertia_in_first_order);
  tcase_add_test(profiles, the_bed_of_the_steady_profile_is_the_published_one);
  tcase_add_loop_test(profiles, WAT_1_a_steady_profile_converges_in_first_order, 0, 2);
  suite_add_tcase(suite, profiles);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
