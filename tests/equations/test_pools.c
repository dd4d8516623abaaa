/* test_pools.c -- level pools behind structures against published and closed forms: f10, f14 of the verification suite, and
 * what two equal pools and a pumped pool do. */
#include "reference.h"
#include "support/network.h"
#include "support/suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show(const char *format, double a, double b, double c)
{
  if (getenv("SHOW"))
    printf(format, a, b, c);
}

/* A pool with upright banks, of its area in m2. */
static eco_item pool(eco_basin *basin, const char *name, double bed_m, double area_m2, double level_m)
{
  const double levels[] = {bed_m, bed_m + 100}, areas[] = {area_m2, area_m2};
  return eco_test_lake(basin, name, levels, areas, 2, level_m);
}

static eco_item structure(eco_basin *basin, const char *name, const char *law, const char *from, const char *to)
{
  eco_item item = eco_test_item(basin, ECO_STRUCTURE, name);
  eco_test_text(basin, item, "law", law);
  eco_test_text(basin, item, "from", from);
  if (to)
    eco_test_text(basin, item, "to", to);
  return item;
}

static void open_basin(eco_test_water *w, eco_basin *basin)
{
  eco_test_water_open(w, eco_test_compile(basin, 0), 1);
  eco_basin_destroy(basin);
}

/* ---- f10 (a): storage indication [Chow1988] problem 8.2.2 */

static const double storage_m3[] = {75e6, 81e6, 87.5e6, 100e6, 110.2e6}, outflow[] = {57, 227, 519, 1330, 2270};
static const double inflow[] = {60, 100, 232, 300, 520, 1310, 1930, 1460, 930, 650};

/* A pool of 1 km2, so that a level in m is a storage in 1e6 m3; theta 1/2 makes the water step the storage indication itself. Its
 * Newton iteration is exact on a straight piece of the curve. Levels of 1e2 m hold 1e-14 relative, and a flow of 57 m3/s is
 * 1e-3 of storage over half a step: 1e-12 of the flow is 1e2 roundings. */
START_TEST(STR_6_routes_as_Chow_8_2_2)
{
  eco_basin *basin = eco_test_basin();
  pool(basin, "P", 0, 1e6, 75);
  eco_item out = structure(basin, "R", "rating", "P", NULL);
  double levels[5];
  for (int k = 0; k < 5; k++)
    levels[k] = storage_m3[k] / 1e6;
  eco_test_array(basin, out, "rating_level", levels, 5);
  eco_test_array(basin, out, "rating_flow", outflow, 5);
  eco_test_water w;
  open_basin(&w, basin);
  eco_reference table = eco_reference_read("water_f10_level_pool.csv");
  double peak = 57, most = 75e6;
  size_t seen = 0;
  for (int k = 0; k < 18; k++) {
    double before = k < 10 ? inflow[k] : 0, after = k + 1 < 10 ? inflow[k + 1] : 0;
    w.block.lateral_m3_s[0] = 0.5 * (before + after);
    eco_test_water_step(&w, 7200, 0.5);
    double flow = w.block.flow_m3_s[0], storage = w.block.volume_m3[0];
    peak = fmax(peak, flow);
    most = fmax(most, storage);
    for (size_t row = 0; row < table.n_rows; row++) {
      if (!eco_reference_is(&table, row, "variant", "chow_8_2_2") || !eco_reference_is(&table, row, "t_unit", "h") ||
          eco_reference_number(&table, row, "t") != 2.0 * (k + 1))
        continue;
      bool is_flow = eco_reference_is(&table, row, "quantity", "outflow");
      ck_assert_double_eq_tol((is_flow ? flow : storage) / eco_reference_number(&table, row, "value"), 1, 1e-12);
      seen++;
    }
  }
  ck_assert_uint_eq(seen, 36);
  ck_assert_double_eq_tol(peak / 1147.9144892688895, 1, 1e-12);
  ck_assert_double_eq_tol(most / 97193503.225476102, 1, 1e-12);
  ck_assert_double_eq_tol(peak / 1148, 1, 1e-3); /* as printed */
  eco_reference_free(&table);
  eco_test_water_close(&w);
}
END_TEST

/* ---- f10 (b): emptying through an orifice, over a weir */

static double reference_head(const char *variant, double t)
{
  eco_reference table = eco_reference_read("water_f10_level_pool.csv");
  double head = NAN;
  for (size_t row = 0; row < table.n_rows; row++)
    if (eco_reference_is(&table, row, "variant", variant) && eco_reference_is(&table, row, "quantity", "head") &&
        fabs(eco_reference_number(&table, row, "t") - t) < 1)
      head = eco_reference_number(&table, row, "value");
  eco_reference_free(&table);
  return head;
}

/* The trapezoid is exact on a root: sqrt(h) falls by the same in every step. What is left is Newton's 1e-4 m, squared. */
START_TEST(STR_3_empties_a_pool_in_finite_time_and_stops)
{
  const double cd_a = 2.4, area = 5e5, time = 2 * area * 2 / (cd_a * sqrt(2 * 9.81));
  eco_basin *basin = eco_test_basin();
  pool(basin, "P", 32, area, 36);
  eco_item out = structure(basin, "O", "orifice", "P", NULL);
  eco_test_number(basin, out, "area", cd_a / 0.6);
  eco_test_number(basin, out, "coefficient", 0.6);
  eco_test_number(basin, out, "centre", 32);
  eco_test_water w;
  open_basin(&w, basin);
  ck_assert_double_eq_tol(time / 188134.85041072121, 1, 1e-14); /* the published time */
  const int at[] = {10, 50, 90};
  double worst = 0;
  int k = 0;
  for (int i = 0; i < 3; i++) {
    for (; k < at[i]; k++)
      eco_test_water_step(&w, time / 100, 0.5);
    double wanted = reference_head("orifice_emptying", at[i] * time / 100);
    worst = fmax(worst, fabs((w.block.level_m[0] - 32) / wanted - 1));
  }
  show("f10 orifice: %.2e relative at T/10, T/2, 9T/10\n", worst, 0, 0);
  ck_assert_double_le(worst, 1e-6);
  for (; k < 105; k++)
    eco_test_water_step(&w, time / 100, 0.5);
  for (; k < 200; k++) {
    eco_test_water_step(&w, time / 100, 0.5);
    ck_assert_double_eq(w.block.level_m[0], 32);
    ck_assert_double_le(w.block.volume_m3[0], 1e-12);
  }
  ck_assert_double_eq(w.block.flow_m3_s[0], 0);
  show("f10 orifice: %.2e m3 left at 2T\n", w.block.volume_m3[0], 0, 0);
  eco_test_water_close(&w);
}
END_TEST

static double emptied_over_weir(double dt, double theta, double until)
{
  eco_basin *basin = eco_test_basin();
  pool(basin, "P", 0, 2e6, 2);
  double cd = 51.0 / (2.0 / 3.0 * 20 * sqrt(2 * 9.81));
  eco_test_weir(basin, "W", "weir", "P", NULL, 0, 20, cd);
  eco_test_water w;
  open_basin(&w, basin);
  eco_test_water_steps(&w, (size_t)(until / dt + 0.5), dt, theta);
  double h = w.block.level_m[0];
  eco_test_water_close(&w);
  return h;
}

/* One hundred steps, two hundred, four hundred to a head of 1 m: order 2; Richardson's value is the closed form's. */
START_TEST(WAT_3_empties_a_pool_with_second_order)
{
  const double until = 21600, wanted = reference_head("weir_emptying", until);
  double h[3], error[3];
  for (int k = 0; k < 3; k++) {
    h[k] = emptied_over_weir(until / 100 / (1 << k), 0.5, until);
    error[k] = fabs(h[k] / wanted - 1);
  }
  show("f10 weir, T/100, /200, /400: %.2e %.2e %.2e relative\n", error[0], error[1], error[2]);
  ck_assert_double_le(error[0], 1e-5);
  ck_assert_double_eq_tol(error[0] / error[1], 4, 0.1);
  ck_assert_double_eq_tol(error[1] / error[2], 4, 0.1);
  ck_assert_double_eq_tol((4 * h[1] - h[0]) / 3 / wanted, 1, 1e-8);
}
END_TEST

/* ---- f14: a year of gates moved at random */

static uint32_t lottery(uint32_t *x) /* f14's own generator */
{
  *x = (uint32_t)((1103515245ull * *x + 12345ull) % (1ull << 31));
  return *x;
}

static void three_pools(eco_test_water *w)
{
  eco_basin *basin = eco_test_basin();
  const char *names[] = {"A", "B", "C"}, *links[] = {"a", "b", "c"};
  const double areas[] = {2e6, 3e7, 5e5}, heads[] = {2, 1, 0.5};
  for (int k = 0; k < 3; k++)
    pool(basin, names[k], -10, areas[k], heads[k]);
  for (int k = 0; k < 3; k++) {
    eco_item item = structure(basin, links[k], "link", names[k], k < 2 ? names[k + 1] : NULL);
    eco_test_number(basin, item, "conductance", 0);
    if (k == 2)
      eco_test_monthly(basin, item, "outside_level", 0);
  }
  open_basin(w, basin);
}

/* Steps of a day of f14: the draws of the day, then the steps. The largest departure from the table, m; the ledger in `closes`. */
static double gates_year(double dt, double theta, double *closes)
{
  eco_test_water w;
  three_pools(&w);
  eco_reference table = eco_reference_read("water_f14_gates_year.csv");
  uint32_t x = 42;
  double worst = 0, left = 0, came = 0, held = 3.425e7 + 3.25e8;
  held = w.block.volume_m3[0] + w.block.volume_m3[1] + w.block.volume_m3[2];
  const double start = held;
  size_t seen = 0;
  for (int day = 1; day <= 365; day++) {
    double u[4];
    for (int k = 0; k < 4; k++)
      u[k] = (double)lottery(&x) / 2147483648.0;
    w.block.lateral_m3_s[0] = 5 + 4 * (u[0] - 0.5);
    for (int k = 0; k < 3; k++)
      w.block.numbers[k * ECO__N_STRUCTURE_NUMBERS + ECO__S_CONDUCTANCE] = u[k + 1] < 0.3 ? 0 : 20 * u[k + 1];
    for (int step = 0; step < 86400 / dt; step++) {
      eco_test_water_step(&w, dt, theta);
      (void)eco_test_water_check(&w, 0, dt);
      left += w.block.passed_m3[2];
      came += w.block.lateral_m3_s[0] * dt;
    }
    for (size_t row = 0; row < table.n_rows; row++) {
      if (eco_reference_number(&table, row, "t") != day || !eco_reference_is(&table, row, "unit", "m"))
        continue;
      int k = eco_reference_text(&table, row, "quantity")[6] - '1';
      worst = fmax(worst, fabs(w.block.level_m[k] - eco_reference_number(&table, row, "value")));
      seen++;
    }
  }
  ck_assert_uint_eq(seen, 21);
  double end = w.block.volume_m3[0] + w.block.volume_m3[1] + w.block.volume_m3[2];
  *closes = fabs(start + came - left - end) / (start + came);
  eco_reference_free(&table);
  eco_test_water_close(&w);
  return worst;
}

START_TEST(STR_11_holds_a_year_of_gates)
{
  double closes, hour = gates_year(3600, 0.5, &closes), half = gates_year(1800, 0.5, &closes),
                 quarter = gates_year(900, 0.5, &closes);
  show("f14, 1 h, 30 min, 15 min: %.2e %.2e %.2e m\n", hour, half, quarter);
  ck_assert_double_le(hour, 1e-3); /* what the case asks for */
  ck_assert_double_eq_tol(hour / half, 4, 0.5);
  ck_assert_double_eq_tol(half / quarter, 4, 0.5);
  const double steps[] = {600, 3600, 21600, 86400};
  for (int k = 0; k < 4; k++)
    for (int t = 0; t < 2; t++) {
      (void)gates_year(steps[k], t ? 1.0 : 0.5, &closes);
      ck_assert_double_le(closes, 1e-12);
    }
}
END_TEST

/* ---- equal pools stay equal; unequal ones meet without turning over */

static void say_more(eco_basin *basin, eco_item item, const char *law)
{
  static const struct {
    const char *law, *param;
    double value;
  } says[] = {{"weir", "crest", 1},
              {"weir", "width", 30},
              {"gate", "crest", 1},
              {"gate", "width", 30},
              {"gate", "opening", 0.8},
              {"orifice", "area", 12},
              {"orifice", "centre", 1},
              {"siphon", "area", 12},
              {"culvert", "diameter", 2},
              {"culvert", "length", 30},
              {"culvert", "manning_n", 0.015},
              {"culvert", "invert_up", 0.5},
              {"culvert", "invert_down", 0.5},
              {"culvert", "barrels", 4},
              {"link", "conductance", 40}};
  for (size_t k = 0; k < sizeof says / sizeof says[0]; k++)
    if (strcmp(says[k].law, law) == 0)
      eco_test_number(basin, item, says[k].param, says[k].value);
}

START_TEST(STR_12_leaves_equal_pools_equal_and_brings_others_together)
{
  const char *const laws[] = {"weir", "gate", "orifice", "siphon", "culvert", "link"}, *law = laws[_i % 6];
  bool has_capacity = _i >= 6;
  const double steps[] = {60, 900, 3600, 21600, 86400};
  for (int k = 0; k < 5; k++)
    for (int t = 0; t < 3; t++) {
      eco_basin *basin = eco_test_basin();
      pool(basin, "A", 0, 2e4, t == 0 ? 3 : 3.2);
      pool(basin, "B", 0, 3e4, 3);
      eco_item item = structure(basin, "S", law, "A", "B");
      say_more(basin, item, law);
      if (has_capacity)
        eco_test_number(basin, item, "capacity", 1.5);
      eco_test_water w;
      open_basin(&w, basin);
      double before = w.block.level_m[0] - w.block.level_m[1];
      for (int step = 0; step < 300; step++) {
        eco_test_water_step(&w, steps[k], t == 2 ? 0.6 : 1);
        (void)eco_test_water_check(&w, 0, steps[k]);
        double after = w.block.level_m[0] - w.block.level_m[1];
        if (t == 0)
          ck_assert_double_eq(after, 0);
        if (t == 1) { /* implicit: no overshoot, but Newton's last tenth of a millimetre */
          ck_assert_double_ge(after, -1e-4);
          ck_assert_double_le(after, before + 1e-4);
        }
        before = after;
      }
      if (steps[k] >= 3600)
        ck_assert_double_le(fabs(before), 1e-3);
      ck_assert_double_le((double)w.block.unfinished, 3);
      eco_test_water_close(&w);
    }
}
END_TEST

/* ---- a pumped pool */

/* Inflow 1 m3/s into 1 ha, two units of 1.5 m3/s: the level saws between off and on. Each run lasts as long as the volume
 * between them needs, whatever the step: the number of starts in ten days is that of the closed form. */
START_TEST(STR_8_switches_by_its_levels_and_does_not_chatter)
{
  const double steps[] = {60, 300, 900};
  for (int k = 0; k < 3; k++) {
    eco_basin *basin = eco_test_basin();
    pool(basin, "P", 0, 1e4, 1);
    eco_item item = structure(basin, "U", "pump", "P", NULL);
    eco_test_number(basin, item, "capacity", 3);
    eco_test_number(basin, item, "units", 2);
    eco_test_number(basin, item, "stage", 0.5);
    eco_test_number(basin, item, "on_level", 2);
    eco_test_number(basin, item, "off_level", 1);
    eco_test_number(basin, item, "min_level", 0.2);
    eco_test_water w;
    open_basin(&w, basin);
    w.block.lateral_m3_s[0] = 1;
    double ran = 0, starts = 0, units = 0, highest = 0, lowest = 9;
    size_t n = (size_t)(864000 / steps[k]);
    for (size_t step = 0; step < n; step++) {
      eco_test_water_step(&w, steps[k], 0.6);
      (void)eco_test_water_check(&w, 0, steps[k]);
      units = w.block.numbers[ECO__S_RUNNING];
      starts += units > ran;
      ran = units;
      highest = fmax(highest, w.block.level_m[0]);
      lowest = step > n / 10 ? fmin(lowest, w.block.level_m[0]) : lowest;
    }
    /* a cycle: 1e4 m3 at 1 m3/s up, at 0.5 m3/s down; each switch comes up to a step late */
    double cycle = 1e4 + 1e4 / 0.5;
    ck_assert_double_ge(starts, 864000 / (cycle + 4 * steps[k]) - 1.5);
    ck_assert_double_le(starts, 864000 / cycle + 1.5);
    ck_assert_double_le(highest, 2 + 1.001 * steps[k] / 1e4);
    ck_assert_double_ge(lowest, 1 - 1.001 * 0.5 * steps[k] / 1e4);
    eco_test_water_close(&w);
  }
}
END_TEST

/* A flood that one unit cannot hold: the second starts a stage higher, both stop on the way down. */
START_TEST(STR_8_starts_its_units_one_after_another)
{
  eco_basin *basin = eco_test_basin();
  pool(basin, "P", 0, 1e4, 1.5);
  eco_item item = structure(basin, "U", "pump", "P", NULL);
  const double lift[] = {0, 3, 6}, flow[] = {2, 1.5, 0.5};
  eco_test_array(basin, item, "lift", lift, 3);
  eco_test_array(basin, item, "lift_flow", flow, 3);
  eco_test_monthly(basin, item, "outside_level", 4);
  eco_test_number(basin, item, "units", 2);
  eco_test_number(basin, item, "stage", 0.5);
  eco_test_number(basin, item, "on_level", 2);
  eco_test_number(basin, item, "off_level", 1);
  eco_test_water w;
  open_basin(&w, basin);
  double seen[3] = {0};
  for (int step = 0; step < 3 * 288; step++) {
    w.block.lateral_m3_s[0] = step < 288 ? 2.5 : 0;
    eco_test_water_step(&w, 300, 0.6);
    seen[(int)w.block.numbers[ECO__S_RUNNING]]++;
  }
  ck_assert(seen[0] > 0 && seen[1] > 0 && seen[2] > 0);
  ck_assert_double_eq(w.block.numbers[ECO__S_RUNNING], 0);
  ck_assert_double_eq_tol(w.block.level_m[0], 1, 0.06); /* one unit at 1.83 m3/s for a step */
  eco_test_water_close(&w);
}
END_TEST

/* A siphon over a bank: nothing until it fills at 3 m, then down to where it breaks at 1.5 m, and again. */
START_TEST(STR_9_fills_and_breaks)
{
  eco_basin *basin = eco_test_basin();
  pool(basin, "P", 0, 1e4, 1);
  eco_item item = structure(basin, "S", "siphon", "P", NULL);
  eco_test_number(basin, item, "area", 1);
  eco_test_number(basin, item, "min_level", 0.5);
  eco_test_number(basin, item, "on_level", 3);
  eco_test_number(basin, item, "off_level", 1.5);
  eco_test_water w;
  open_basin(&w, basin);
  w.block.lateral_m3_s[0] = 0.5;
  double highest = 0, lowest = 9;
  int fills = 0;
  double was = 0;
  for (int step = 0; step < 20 * 288; step++) {
    eco_test_water_step(&w, 300, 0.6);
    double full = w.block.numbers[ECO__S_RUNNING];
    fills += full > was;
    was = full;
    highest = fmax(highest, w.block.level_m[0]);
    lowest = fills > 0 ? fmin(lowest, w.block.level_m[0]) : lowest;
  }
  ck_assert_int_ge(fills, 5);
  ck_assert_double_eq_tol(highest, 3, 0.02);
  ck_assert_double_eq_tol(lowest, 1.5, 0.15); /* 4 m3/s for a step of 300 s */
  eco_test_water_close(&w);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("pools");
  TCase *pools = tcase_create("pools");
  tcase_set_timeout(pools, 60);
  tcase_add_test(pools, STR_6_routes_as_Chow_8_2_2);
  tcase_add_test(pools, STR_3_empties_a_pool_in_finite_time_and_stops);
  tcase_add_test(pools, WAT_3_empties_a_pool_with_second_order);
  tcase_add_test(pools, STR_11_holds_a_year_of_gates);
  tcase_add_loop_test(pools, STR_12_leaves_equal_pools_equal_and_brings_others_together, 0, 12);
  tcase_add_test(pools, STR_8_switches_by_its_levels_and_does_not_chatter);
  tcase_add_test(pools, STR_8_starts_its_units_one_after_another);
  tcase_add_test(pools, STR_9_fills_and_breaks);
  suite_add_tcase(suite, pools);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
