/* test_scenario.c -- changes over time: values on a day, units, what is said of wrong ones; draws and their
 * statistics. */
#include "network.h"
#include "scenario/scenario.h"
#include "suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static eco_model *model;
static eco_scenario *plan;
static eco_error err;

/* sources "works" (NH3-N 2, TN 5 mg/L at 0.5 m3/s) and "farm" (loads); structures of all laws; a site */
static void set_up(void)
{
  const double levels[] = {0, 5}, areas[] = {1e5, 2e5};
  eco_basin *basin = eco_test_basin();
  (void)eco_test_reach(basin, "river", 10000, 20, 1, 0.03, 5, 3, NULL, 0);
  (void)eco_test_lake(basin, "lake", levels, areas, 2, 3);
  (void)eco_test_weir(basin, "sill", "weir", "lake", "river", 4, 10, 0.6);
  eco_item intake = eco_test_item(basin, ECO_STRUCTURE, "intake");
  eco_test_text(basin, intake, "law", "intake");
  eco_test_text(basin, intake, "from", "river");
  eco_test_monthly(basin, intake, "demand", 2);
  eco_item works = eco_test_item(basin, ECO_SOURCE, "works"), farm = eco_test_item(basin, ECO_SOURCE, "farm");
  eco_test_text(basin, works, "water", "river");
  eco_test_number(basin, works, "flow", 0.5);
  eco_test_number(basin, works, "conc.NH3-N", 2);
  eco_test_number(basin, works, "conc.TN", 5);
  eco_test_text(basin, farm, "water", "river");
  eco_test_text(basin, farm, "group", "pig");
  eco_test_number(basin, farm, "load.NH3-N", 10);
  eco_item site = eco_test_item(basin, ECO_SITE, "yard");
  eco_test_text(basin, site, "water", "river");
  eco_test_text(basin, site, "contaminant", "Cd");
  const struct {
    const char *name;
    double value;
  } soil[] = {{"area", 1e4},          {"depth", 0.5},        {"total", 3}, {"bulk_density", 1.4},
              {"water_content", 0.3}, {"infiltration", 300}, {"kd", 100}};
  for (size_t k = 0; k < sizeof soil / sizeof soil[0]; k++)
    eco_test_number(basin, site, soil[k].name, soil[k].value);
  model = eco_test_compile(basin, 0);
  eco_basin_destroy(basin);
  eco_assert_ok(eco_scenario_create(model, "plan", &plan, &err), err);
}

static void tear_down(void)
{
  eco_scenario_destroy(plan);
  eco_model_destroy(model);
}

static void change(eco_scenario *s, eco_day from, eco_day until, const char *item, const char *param, eco_change_op op,
                   double value, const char *unit)
{
  eco_assert_ok(eco_scenario_change(s, from, until, item, param, op, value, unit, "p:1", &err), err);
}

static double flow_on(const eco_scenario *s, eco_day day)
{
  return eco__scenario_value(s, ECO__TO_SOURCE, 0, ECO__C_FLOW, 0.5, day);
}

/* ---- values ---- */

START_TEST(a_setting_acts_on_its_day_and_not_before)
{
  change(plan, 100, 0, "works", "flow", ECO_SET, 3, "m3/s");
  ck_assert_double_eq(flow_on(plan, 99), 0.5);
  ck_assert_double_eq(flow_on(plan, 100), 3.0);
  ck_assert_double_eq(flow_on(plan, 30000), 3.0);
  ck_assert_double_eq(flow_on(NULL, 100), 0.5);
}
END_TEST

START_TEST(a_ramp_runs_straight_from_what_was_to_what_will_be)
{
  change(plan, 100, 110, "works", "flow", ECO_SET, 1.5, "m3/s");
  change(plan, 105, 0, "farm", "load.TP", ECO_SET, 7, "kg/d"); /* of another number: does not disturb */
  ck_assert_double_eq(flow_on(plan, 100), 0.5);
  ck_assert_double_eq_tol(flow_on(plan, 103), 0.8, 1e-15);
  ck_assert_double_eq_tol(flow_on(plan, 109), 1.4, 1e-15);
  ck_assert_double_eq(flow_on(plan, 110), 1.5);
  change(plan, 120, 130, "works", "flow", ECO_SET, 0, NULL);
  ck_assert_double_eq_tol(flow_on(plan, 125), 0.75, 1e-15);
  ck_assert_double_eq(flow_on(plan, 131), 0.0);
}
END_TEST

START_TEST(scalings_multiply_whatever_is_set_before_or_after_them)
{
  change(plan, 50, 0, "works", "flow", ECO_SCALE, 0.5, NULL);
  change(plan, 60, 70, "works", "flow", ECO_SCALE, 3, "");
  change(plan, 80, 0, "works", "flow", ECO_SET, 4, NULL);
  ck_assert_double_eq(flow_on(plan, 49), 0.5);
  ck_assert_double_eq(flow_on(plan, 55), 0.25);
  ck_assert_double_eq_tol(flow_on(plan, 65), 0.25 * 2.0, 1e-15); /* half-way from 1 to 3 */
  ck_assert_double_eq(flow_on(plan, 70), 0.75);
  ck_assert_double_eq(flow_on(plan, 80), 6.0);
}
END_TEST

/* All orders of adding five changes, two of them on one day: the same bits on every day. */
START_TEST(the_order_of_adding_does_not_matter)
{
  const struct {
    eco_day from, until;
    eco_change_op op;
    double value;
  } list[5] = {{10, 0, ECO_SET, 0.7},
               {20, 40, ECO_SET, 0.3},
               {20, 0, ECO_SCALE, 1.1},
               {20, 0, ECO_SCALE, 0.3},
               {20, 33, ECO_SCALE, 0.7}};
  double wanted[60];
  for (int order = 0; order < 120; order++) {
    eco_scenario *s;
    eco_assert_ok(eco_scenario_create(model, "s", &s, &err), err);
    int left[5] = {0, 1, 2, 3, 4}, code = order;
    for (int k = 5; k > 0; k--) {
      int at = code % k, i = left[at];
      code /= k;
      left[at] = left[k - 1];
      change(s, list[i].from, list[i].until, "works", "flow", list[i].op, list[i].value, NULL);
    }
    for (int day = 0; day < 60; day++) {
      double now = flow_on(s, day);
      wanted[day] = order ? wanted[day] : now;
      ck_assert(memcmp(&now, &wanted[day], sizeof now) == 0);
    }
    eco_scenario_destroy(s);
  }
}
END_TEST

START_TEST(values_are_taken_in_any_unit_of_the_right_kind)
{
  change(plan, 1, 0, "works", "flow", ECO_SET, 86400, "m3/d");
  ck_assert_double_eq_tol(flow_on(plan, 1), 1.0, 1e-15);
  change(plan, 1, 0, "farm", "load.NH3-N", ECO_SET, 2, "t/d");
  ck_assert_double_eq_tol(eco__scenario_value(plan, ECO__TO_SOURCE, 1, ECO__C_LOAD(ECO__NH3), 10, 1), 2000, 1e-9);
  change(plan, 1, 0, "sill", "crest", ECO_SET, 450, "cm");
  ck_assert_double_eq_tol(eco__scenario_value(plan, ECO__TO_STRUCTURE, 0, ECO__S_CREST, 4, 1), 4.5, 1e-12);
  change(plan, 1, 0, "yard", "infiltration", ECO_SET, 100, "mm/a");
  ck_assert_double_eq_tol(eco__scenario_value(plan, ECO__TO_SITE, 0, ECO__SITE_INFILTRATION, 300, 1), 100, 1e-12);
}
END_TEST

START_TEST(what_the_header_promises_can_be_changed)
{
  const char *const names[][2] = {
    {"works", "flow"},    {"works", "conc.CODMn"}, {"works", "conc.TN"},    {"farm", "load.Cd"},  {"farm", "active"},
    {"sill", "crest"},    {"sill", "capacity"},    {"sill", "active"},      {"intake", "demand"}, {"yard", "fix_rate"},
    {"yard", "rev_rate"}, {"yard", "res_rate"},    {"yard", "infiltration"}};
  for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
    change(plan, 1, 0, names[k][0], names[k][1], ECO_SET, 1, NULL);
  ck_assert_uint_eq(plan->n, 13);
}
END_TEST

/* ---- faults ---- */

static void refused(const char *item, const char *param, eco_change_op op, double value, const char *unit,
                    eco_status status, const char *text)
{
  size_t before = plan->n;
  err = (eco_error){0};
  ck_assert_int_eq(eco_scenario_change(plan, 17167, 0, item, param, op, value, unit, "plan.lua:7", &err), status);
  eco_assert_error(err, status, text);
  ck_assert_str_eq(err.place, "plan.lua:7");
  ck_assert_uint_eq(plan->n, before);
}

START_TEST(wrong_names_are_answered_with_the_nearest_right_one)
{
  refused(
    "work", "flow", ECO_SET, 1, NULL, ECO_NOT_FOUND,
    "scenario 'plan': nothing called 'work' can be changed: expected a water, a source, a structure, a site or a process "
    "(did you mean 'works'?)");
  refused(
    "silll", "crest", ECO_SET, 1, NULL, ECO_NOT_FOUND,
    "scenario 'plan': nothing called 'silll' can be changed: expected a water, a source, a structure, a site or a process "
    "(did you mean 'sill'?)");
  refused(
    "yart", "fix_rate", ECO_SET, 1, NULL, ECO_NOT_FOUND,
    "scenario 'plan': nothing called 'yart' can be changed: expected a water, a source, a structure, a site or a process "
    "(did you mean 'yard'?)");
  refused(
    "Rhine", "length", ECO_SET, 1, NULL, ECO_NOT_FOUND,
    "scenario 'plan': nothing called 'Rhine' can be changed: expected a water, a source, a structure, a site or a process");
  ck_assert_int_eq(eco_scenario_change(plan, 1, 0, "works", "flwo", ECO_SET, 1, NULL, "p:1", &err), ECO_NOT_FOUND);
  ck_assert_ptr_nonnull(strstr(err.text, "did you mean 'flow'?"));
  ck_assert_int_eq(eco_scenario_change(plan, 1, 0, "works", "conc.TPP", ECO_SET, 1, NULL, "p:1", &err), ECO_NOT_FOUND);
  ck_assert_ptr_nonnull(strstr(err.text, "did you mean 'TP'?"));
}
END_TEST

START_TEST(what_cannot_be_changed_is_refused)
{
  refused("works", "at", ECO_SET, 1, NULL, ECO_INVALID,
          "scenario 'plan': 'at' of source 'works' cannot be changed while the run goes on");
  refused("sill", "width", ECO_SET, 1, NULL, ECO_INVALID,
          "scenario 'plan': 'width' of structure 'sill' cannot be changed while the run goes on");
  refused("river", "length", ECO_SET, 10, NULL, ECO_INVALID,
          "scenario 'plan': 'length' of reach 'river' cannot be changed while the run goes on");
  refused("river", "inflow", ECO_SET, 1, NULL, ECO_INVALID,
          "scenario 'plan': reach 'river' has no inflow to change: give it in the basin");
  refused("yard", "kd", ECO_SET, 1, NULL, ECO_INVALID,
          "scenario 'plan': 'kd' of site 'yard' cannot be changed while the run goes on");
  refused("sill", "demand", ECO_SET, 1, NULL, ECO_INVALID,
          "scenario 'plan': 'demand' means nothing to 'sill', whose law is weir");
  refused("intake", "crest", ECO_SET, 1, NULL, ECO_INVALID,
          "scenario 'plan': 'crest' means nothing to 'intake', whose law is intake");
  refused("sill", "outside_level", ECO_SET, 1, NULL, ECO_INVALID,
          "scenario 'plan': 'outside_level' means nothing to 'sill', which does not leave the model");
  refused("sill", "capacity", ECO_SCALE, 2, NULL, ECO_INVALID,
          "scenario 'plan': 'capacity' of 'sill' has no value to scale: give it in the basin or set it first");
  change(plan, 1, 0, "sill", "capacity", ECO_SET, 9, NULL);
  change(plan, 5, 0, "sill", "capacity", ECO_SCALE, 2, NULL);
  ck_assert_double_eq(eco__scenario_value(plan, ECO__TO_STRUCTURE, 0, ECO__S_CAPACITY, NAN, 6), 18);
}
END_TEST

START_TEST(wrong_values_and_units_are_refused)
{
  refused("works", "flow", ECO_SET, NAN, NULL, ECO_INVALID,
          "scenario 'plan': the change of 'flow' of 'works' is not a finite number");
  refused("works", "flow", ECO_SET, -1, NULL, ECO_INVALID,
          "scenario 'plan': 'flow' of 'works' is -1 m3/s, must be between 0 and 100000");
  refused("works", "flow", ECO_SCALE, -0.5, NULL, ECO_INVALID,
          "scenario 'plan': 'flow' of 'works' is scaled by -0.5, must be 0 or more");
  refused("works", "flow", ECO_SCALE, 2, "m3/s", ECO_UNITS,
          "scenario 'plan': 'flow' of 'works' is scaled by a pure number, found the unit 'm3/s'");
  ck_assert_int_eq(eco_scenario_change(plan, 1, 0, "works", "flow", ECO_SET, 1, "mg/L", "p:1", &err), ECO_UNITS);
  ck_assert_ptr_nonnull(strstr(err.text, "scenario 'plan': 'flow' of 'works': "));
  ck_assert_int_eq(eco_scenario_change(NULL, 1, 0, "works", "flow", ECO_SET, 1, NULL, "p:1", &err), ECO_INVALID);
  ck_assert_int_eq(eco_scenario_create(model, "", &plan, &err), ECO_INVALID);
  eco_assert_error(err, ECO_INVALID, "a scenario's name is empty, expected a text");
}
END_TEST

START_TEST(nitrogen_is_changed_where_it_was_given)
{
  refused("works", "conc.other N", ECO_SET, 1, NULL, ECO_INVALID,
          "scenario 'plan': 'conc.other N' of 'works' is what its TN leaves over NH3-N: change TN");
  refused("farm", "load.TN", ECO_SET, 20, NULL, ECO_INVALID,
          "scenario 'plan': source 'farm' has no 'load.TN' to change: give it in the basin");
  refused("farm", "load.TN", ECO_SCALE, 0.5, NULL, ECO_INVALID,
          "scenario 'plan': source 'farm' has no 'load.TN' to change: give it in the basin");
  change(plan, 1, 0, "works", "load.TN", ECO_SCALE, 0.5, NULL); /* no nitrogen loads at all: nothing is lost */
}
END_TEST

START_TEST(two_settings_of_one_number_from_one_day_are_refused)
{
  change(plan, 17167, 0, "works", "flow", ECO_SET, 3, NULL);
  refused(
    "works", "flow", ECO_SET, 4, NULL, ECO_INVALID,
    "scenario 'plan': 'flow' of 'works' is set to 4 m3/s from 2017-01-01 on, but from the same day also to 3 m3/s");
  change(plan, 17167, 0, "works", "flow", ECO_SET, 3, NULL); /* the same again is no contradiction */
  ck_assert_double_eq(flow_on(plan, 17167), 3.0);
}
END_TEST

/* ---- same water ---- */

static eco_scenario *other_plan(const char *item, const char *param, eco_day from, double value)
{
  eco_scenario *s;
  eco_assert_ok(eco_scenario_create(model, "other", &s, &err), err);
  change(s, from, 0, item, param, ECO_SET, value, NULL);
  return s;
}

START_TEST(scenarios_share_their_water_where_flows_and_structures_are_alike)
{
  change(plan, 10, 0, "works", "flow", ECO_SET, 3, NULL);
  change(plan, 5, 0, "works", "conc.TP", ECO_SET, 1, NULL);
  eco_scenario *same = other_plan("works", "flow", 10, 3), *later = other_plan("works", "flow", 11, 3);
  eco_scenario *more = other_plan("works", "flow", 10, 3), *quality = other_plan("farm", "load.Cd", 10, 3);
  change(same, 1, 0, "farm", "load.TP", ECO_SET, 9, NULL);
  change(same, 20, 0, "yard", "fix_rate", ECO_SET, 1, NULL);
  change(more, 20, 0, "sill", "crest", ECO_SET, 3, NULL);
  ck_assert(eco__scenario_same_water(plan, same) && eco__scenario_same_water(same, plan));
  ck_assert(!eco__scenario_same_water(plan, later));
  ck_assert(!eco__scenario_same_water(plan, more) && !eco__scenario_same_water(more, plan));
  ck_assert(!eco__scenario_same_water(plan, quality) && !eco__scenario_same_water(plan, NULL));
  ck_assert(eco__scenario_same_water(quality, NULL) && eco__scenario_same_water(NULL, NULL));
  eco_scenario_destroy(same);
  eco_scenario_destroy(later);
  eco_scenario_destroy(more);
  eco_scenario_destroy(quality);
}
END_TEST

/* ---- draws ---- */

enum { MEMBERS = 20000 };

static int rising(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static double *members(const eco_draw *draw, double *mean, double *sd)
{
  static double all[MEMBERS];
  double sum = 0, squares = 0;
  for (uint32_t k = 0; k < MEMBERS; k++) {
    all[k] = eco_draw_value(draw, 42, k);
    sum += all[k];
  }
  *mean = sum / MEMBERS;
  for (uint32_t k = 0; k < MEMBERS; k++)
    squares += (all[k] - *mean) * (all[k] - *mean);
  *sd = sqrt(squares / (MEMBERS - 1));
  qsort(all, MEMBERS, sizeof all[0], rising);
  return all;
}

static double share_below(const double *sorted, double x)
{
  size_t n = 0;
  while (n < MEMBERS && sorted[n] < x)
    n++;
  return (double)n / MEMBERS;
}

/* Tolerances: four standard errors. Of a share p: 4 sqrt(p (1 - p) / n): 0.0062 at 0.05, 0.0141 at 0.5. Of a mean: 4
 * sd/sqrt(n). */
#define SHARE_TOLERANCE(p) (4.0 * sqrt((p) * (1.0 - (p)) / MEMBERS))

/* low 0.05, high 0.2, typical 0.1 = sqrt(low high): s = ln 4 / 3.2897 = 0.42140; mean typical exp(s^2/2) = 0.109284 */
START_TEST(DRW_1_has_the_median_typical_and_a_twentieth_beyond_either_end)
{
  const eco_draw d = {"kinetics", "k_nh3_river", ECO_LOGNORMAL, 0.05, 0.1, 0.2};
  double mean, sd, *all = members(&d, &mean, &sd), s = log(4.0) / (2.0 * 1.6448536269514722);
  ck_assert_double_eq_tol(share_below(all, 0.1), 0.5, SHARE_TOLERANCE(0.5));
  ck_assert_double_eq_tol(share_below(all, 0.05), 0.05, SHARE_TOLERANCE(0.05));
  ck_assert_double_eq_tol(share_below(all, 0.2), 0.95, SHARE_TOLERANCE(0.05));
  ck_assert_double_eq_tol(mean, 0.1 * exp(0.5 * s * s), 4.0 * sd / sqrt(MEMBERS));
  ck_assert(all[0] > 0);
}
END_TEST

/* mean (low + high)/2, standard deviation (high - low)/sqrt(12), whose standard error is sd sqrt(0.8 / (4 n)) */
START_TEST(DRW_2_is_even_between_its_ends)
{
  const eco_draw d = {"pig", "load", ECO_UNIFORM, 2.0, 3.0, 6.0};
  double mean, sd, *all = members(&d, &mean, &sd), wanted = 4.0 / sqrt(12.0);
  ck_assert(all[0] >= 2.0 && all[MEMBERS - 1] <= 6.0);
  ck_assert_double_eq_tol(mean, 4.0, 4.0 * wanted / sqrt(MEMBERS));
  ck_assert_double_eq_tol(sd, wanted, 4.0 * wanted * sqrt(0.2 / MEMBERS));
  for (double x = 2.5; x < 6.0; x += 0.5)
    ck_assert_double_eq_tol(share_below(all, x), (x - 2.0) / 4.0, SHARE_TOLERANCE(0.5));
}
END_TEST

/* mean (a + b + c)/3; share below the mode (mode - low)/(high - low); variance (a2 + b2 + c2 - ab - ac - bc)/18 */
START_TEST(DRW_3_is_a_triangle_with_its_corner_at_typical)
{
  const eco_draw d = {"pig", "load", ECO_TRIANGULAR, 1.0, 2.0, 5.0};
  double mean, sd, *all = members(&d, &mean, &sd), wanted = sqrt((1.0 + 4.0 + 25.0 - 2.0 - 5.0 - 10.0) / 18.0);
  ck_assert(all[0] >= 1.0 && all[MEMBERS - 1] <= 5.0);
  ck_assert_double_eq_tol(mean, 8.0 / 3.0, 4.0 * wanted / sqrt(MEMBERS));
  ck_assert_double_eq_tol(sd, wanted, 4.0 * wanted * sqrt(0.35 / MEMBERS)); /* kurtosis 2.4: (2.4 - 1)/4 */
  ck_assert_double_eq_tol(share_below(all, 2.0), 0.25, SHARE_TOLERANCE(0.25));
  ck_assert_double_eq_tol(share_below(all, 3.5), 1.0 - 1.5 * 1.5 / 12.0, SHARE_TOLERANCE(0.19));
  const eco_draw sure = {"pig", "load", ECO_TRIANGULAR, 2.0, 2.0, 2.0};
  ck_assert_double_eq(eco_draw_value(&sure, 1, 7), 2.0);
}
END_TEST

/* A draw depends on seed, member and its names alone; different names, seeds and members are not correlated: of 20,000
 * pairs the correlation's standard error is 1/sqrt(n). */
START_TEST(DRW_numbers_of_one_input_do_not_depend_on_the_others)
{
  const eco_draw d[4] = {{"pig", "load", ECO_UNIFORM, 0, 1, 1},
                         {"paddy", "load", ECO_UNIFORM, 0, 1, 1},
                         {"load", "pig", ECO_UNIFORM, 0, 1, 1},
                         {"kinetics", "k_tp_river", ECO_UNIFORM, 0, 1, 1}};
  for (size_t a = 0; a < 4; a++)
    for (size_t b = 0; b <= a; b++) {
      double sum = 0;
      for (uint32_t k = 0; k < MEMBERS; k++)
        sum += (eco_draw_value(&d[a], 1, k) - 0.5) * (eco_draw_value(&d[b], a == b ? 2 : 1, k) - 0.5);
      ck_assert_double_eq_tol(12.0 * sum / MEMBERS, 0.0, 4.5 / sqrt(MEMBERS));
    }
  char item[] = "pig"; /* names count, not where they stand */
  const eco_draw copy = {item, "load", ECO_UNIFORM, 0, 1, 1};
  ck_assert_double_eq(eco_draw_value(&copy, 1, 5), eco_draw_value(&d[0], 1, 5));
}
END_TEST

static void wrong_draw(eco_draw d, const char *text)
{
  ck_assert_int_eq(eco__draw_check(&d, &err), ECO_INVALID);
  ck_assert_str_eq(err.text, text);
}

START_TEST(DRW_wrong_draws_are_refused)
{
  wrong_draw((eco_draw){NULL, "load", ECO_UNIFORM, 0, 1, 2}, "a draw has no item or no parameter");
  wrong_draw((eco_draw){"pig", "load", ECO_UNIFORM, 2, 1, 3},
             "draw 'pig.load': low 2, typical 1, high 3, expected them in this order");
  wrong_draw((eco_draw){"pig", "load", ECO_UNIFORM, 0, 1, INFINITY},
             "draw 'pig.load': low 0, typical 1, high inf, expected them in this order");
  wrong_draw((eco_draw){"pig", "load", ECO_LOGNORMAL, 0, 1, 3},
             "draw 'pig.load': low is 0, must be above 0 for a lognormal");
  wrong_draw((eco_draw){"pig", "load", ECO_UNIFORM, -1, 1, 3}, "draw 'pig.load': low is -1, must be 0 or more");
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("scenario");
  TCase *all = tcase_create("all");
  tcase_add_checked_fixture(all, set_up, tear_down);
  tcase_add_test(all, a_setting_acts_on_its_day_and_not_before);
  tcase_add_test(all, a_ramp_runs_straight_from_what_was_to_what_will_be);
  tcase_add_test(all, scalings_multiply_whatever_is_set_before_or_after_them);
  tcase_add_test(all, the_order_of_adding_does_not_matter);
  tcase_add_test(all, values_are_taken_in_any_unit_of_the_right_kind);
  tcase_add_test(all, what_the_header_promises_can_be_changed);
  tcase_add_test(all, wrong_names_are_answered_with_the_nearest_right_one);
  tcase_add_test(all, what_cannot_be_changed_is_refused);
  tcase_add_test(all, wrong_values_and_units_are_refused);
  tcase_add_test(all, nitrogen_is_changed_where_it_was_given);
  tcase_add_test(all, two_settings_of_one_number_from_one_day_are_refused);
  tcase_add_test(all, scenarios_share_their_water_where_flows_and_structures_are_alike);
  tcase_add_test(all, DRW_1_has_the_median_typical_and_a_twentieth_beyond_either_end);
  tcase_add_test(all, DRW_2_is_even_between_its_ends);
  tcase_add_test(all, DRW_3_is_a_triangle_with_its_corner_at_typical);
  tcase_add_test(all, DRW_numbers_of_one_input_do_not_depend_on_the_others);
  tcase_add_test(all, DRW_wrong_draws_are_refused);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
