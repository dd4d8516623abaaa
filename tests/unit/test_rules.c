/* test_rules.c -- operating rules: what they look at, how long they hold, what is said of wrong ones, and that a lane with rules
 * is the same alone and in company. */
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>
#include <string.h>

static eco_model *model;
static eco_scenario *plan;
static eco_error err;

static eco_scenario *scenario(const char *name)
{
  eco_scenario *s;
  eco_assert_ok(eco_scenario_create(model, name, &s, &err), err);
  return s;
}

static void set_up(void)
{
  model = eco_test_valley(NULL);
  plan = scenario("plan");
}

static void tear_down(void)
{
  eco_scenario_destroy(plan);
  eco_model_destroy(model);
}

static eco_condition watch(eco_watch what, const char *place, double on, double off)
{
  return (eco_condition){.watch = what, .place = place, .on = on, .off = off};
}

static eco_condition in_months(uint32_t months)
{
  return (eco_condition){.watch = ECO_WATCH_MONTHS, .months = months};
}

static void rule(eco_scenario *s, const char *structure, const char *param, eco_change_op op, double value,
                 const eco_condition *all, size_t n, uint32_t least_days)
{
  eco_assert_ok(eco_scenario_rule(s, "R", structure, param, op, value, NULL, all, n, least_days, "plan.lua:3", &err),
                err);
}

/* ---- RUL-1 */

START_TEST(RUL_1_begins_beyond_one_value_and_ends_beyond_the_other)
{
  const eco__condition above = {.on = 30, .off = 28}, below = {.below = true, .on = 500, .off = 600};
  const struct {
    const eco__condition *c;
    double value;
    bool held, holds;
  } cases[] = {{&above, 30, false, false},  {&above, 30.1, false, true}, {&above, 29, true, true},
               {&above, 28, true, true},    {&above, 27.9, true, false}, {&above, 29, false, false},
               {&below, 500, false, false}, {&below, 499, false, true},  {&below, 600, true, true},
               {&below, 601, true, false},  {&below, NAN, true, true},   {&below, NAN, false, false}};
  for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++)
    ck_assert_msg(eco__condition_holds(cases[k].c, cases[k].held, cases[k].value) == cases[k].holds, "case %zu", k);
}
END_TEST

/* ---- RUL-2: a block's day by hand */

static eco_run *run_of(const eco_scenario *const *scenarios, size_t n, uint32_t members)
{
  eco_run_options o =
    eco_test_days(eco_day_from_date(2018, 1, 1), eco_day_from_date(2018, 1, 1), eco_day_from_date(2018, 12, 31));
  o.scenarios = scenarios;
  o.n_scenarios = n;
  o.members = members;
  return eco_test_make_run(model, &o);
}

static double *crest(eco_run *run)
{
  uint32_t s = 0;
  while (strcmp(model->structures[s].name, "outlet") != 0)
    s++;
  return &run->blocks[0].water.numbers[(s * ECO__N_STRUCTURE_NUMBERS + ECO__S_CREST) * run->blocks[0].n_water];
}

static uint32_t cell_named(const char *name)
{
  for (size_t k = 0; k < model->n_sections; k++)
    if (strcmp(model->sections[k].name, name) == 0)
      return model->sections[k].cell;
  return ECO__OUTSIDE;
}

START_TEST(RUL_2_holds_while_all_its_conditions_do_and_no_shorter_than_it_must)
{
  const eco_condition all[] = {watch(ECO_WATCH_LEVEL, "lake", 12.5, 12.2), in_months(1u << 0 | 1u << 1)};
  rule(plan, "outlet", "crest", ECO_SET, 13, all, 2, 5);
  const eco_scenario *const one[] = {plan};
  eco_run *run = run_of(one, 1, 1);
  eco__block *b = &run->blocks[0];
  double *level = &b->water.level_m[cell_named("S lake")];
  eco_day day = eco_day_from_date(2018, 1, 1);
  const struct {
    double level, crest;
  } days[] = {{12.4, 12}, {12.6, 13}, {12.3, 13}, {12.1, 13}, {12.4, 13}, {12.1, 13}, {12.1, 12}, {12.6, 13}};
  for (size_t k = 0; k < sizeof days / sizeof days[0]; k++) { /* 5 days from the second on */
    *level = days[k].level;
    eco__operate_day(b, day + (eco_day)k);
    ck_assert_msg(*crest(run) == days[k].crest, "day %zu: %g", k, *crest(run));
  }
  *level = 12.6;
  eco__operate_day(b, eco_day_from_date(2018, 2, 28));
  ck_assert_double_eq(*crest(run), 13);
  eco__operate_day(b, eco_day_from_date(2018, 3, 1));
  ck_assert_double_eq(*crest(run), 12); /* the months are over */
  eco_run_destroy(run);
}
END_TEST

START_TEST(rules_have_the_last_word_and_the_last_of_them_the_very_last)
{
  const eco_condition high = watch(ECO_WATCH_LEVEL, "S lake", 12.5, NAN),
                      higher = watch(ECO_WATCH_LEVEL, "lake", 13, NAN);
  eco_assert_ok(eco_scenario_change(plan, 0, 0, "outlet", "crest", ECO_SET, 12.4, NULL, "p:1", &err), err);
  rule(plan, "outlet", "crest", ECO_SET, 13, &high, 1, 0);
  rule(plan, "outlet", "crest", ECO_SCALE, 1.1, &higher, 1, 0);
  const eco_scenario *const one[] = {plan};
  eco_run *run = run_of(one, 1, 1);
  eco__block *b = &run->blocks[0];
  const double levels[] = {12.5, 12.6, 13.5, 12}, wanted[] = {12.4, 13, 1.1 * 13, 12.4};
  for (int k = 0; k < 4; k++) {
    b->water.level_m[cell_named("S lake")] = levels[k];
    eco__operate_day(b, eco_day_from_date(2018, 5, 1 + k));
    ck_assert_double_eq(*crest(run), wanted[k]);
  }
  eco_run_destroy(run);
}
END_TEST

START_TEST(rules_look_at_flows_and_concentrations_and_pass_over_what_is_dry)
{
  eco_condition flow = watch(ECO_WATCH_FLOW, "S lower", 2, NAN),
                dirty = watch(ECO_WATCH_CONCENTRATION, "S lower", 1500, NAN);
  flow.below = 1;
  dirty.constituent = "TN";
  dirty.unit = "ug/L";
  rule(plan, "outlet", "crest", ECO_SET, 13, &flow, 1, 0);
  rule(plan, "town", "demand", ECO_SET, 0, &dirty, 1, 0);
  const eco_scenario *const one[] = {plan};
  eco_run *run = run_of(one, 1, 1);
  eco__block *b = &run->blocks[0];
  uint32_t cell = cell_named("S lower"), town = 0;
  while (strcmp(model->structures[town].name, "town") != 0)
    town++;
  double *demand = &b->water.demand_m3_s[town], *q = &b->water.flow_m3_s[eco__face_below(model, cell)];
  double *mass = b->transport.mass_g + (size_t)cell * ECO__N_BULK, *volume = &b->water.volume_m3[cell];
  *volume = 1e5;
  const struct {
    double flow, nh3, other, volume, crest, demand;
  } days[] = {{3, 1e5, 0.4e5, 1e5, 12, 0.4},
              {1.9, 1e5, 0.6e5, 1e5, 13, 0},
              {1.9, 0, 0, 0, 13, 0},
              {2.1, 0, 1.4e5, 1e5, 12, 0.4},
              {-1, 0, 0, 0, 13, 0.4}};
  for (size_t k = 0; k < sizeof days / sizeof days[0]; k++) {
    *q = days[k].flow;
    *volume = days[k].volume;
    mass[ECO__NH3] = days[k].nh3;
    mass[ECO__ON] = days[k].other;
    eco__operate_day(b, eco_day_from_date(2018, 5, 1) + (eco_day)k);
    ck_assert_double_eq(*crest(run), days[k].crest);
    ck_assert_double_eq(*demand, days[k].demand);
  }
  eco_run_destroy(run);
}
END_TEST

/* ---- water lanes */

START_TEST(scenarios_share_their_water_where_their_rules_are_alike_and_watch_no_concentration)
{
  const eco_condition high = watch(ECO_WATCH_LEVEL, "lake", 12.5, NAN),
                      higher = watch(ECO_WATCH_LEVEL, "lake", 13, NAN);
  eco_condition dirty = watch(ECO_WATCH_CONCENTRATION, "S middle", 1, NAN);
  dirty.constituent = "NH3-N";
  eco_scenario *same = scenario("same"), *other = scenario("other"), *watches = scenario("watches"),
               *bare = scenario("bare");
  rule(plan, "outlet", "crest", ECO_SET, 13, &high, 1, 0);
  rule(same, "outlet", "crest", ECO_SET, 13, &high, 1, 0);
  rule(other, "outlet", "crest", ECO_SET, 13, &higher, 1, 0);
  rule(watches, "outlet", "crest", ECO_SET, 13, &dirty, 1, 0);
  ck_assert(eco__scenario_same_water(plan, same));
  ck_assert(!eco__scenario_same_water(plan, other) && !eco__scenario_same_water(plan, bare));
  ck_assert(!eco__scenario_same_water(plan, NULL) && eco__scenario_same_water(bare, NULL));
  ck_assert(!eco__scenario_same_water(watches, watches)); /* what it does hangs on the lane's own concentrations */
  const eco_scenario *const all[] = {plan, same, other, watches, bare};
  eco_run *run = run_of(all, 5, 2);
  ck_assert_uint_eq(run->blocks[0].n_water, 8); /* two members of plan and same together, and each of the others */
  eco_run_destroy(run);
  eco_scenario_destroy(same);
  eco_scenario_destroy(other);
  eco_scenario_destroy(watches);
  eco_scenario_destroy(bare);
}
END_TEST

/* Two scenarios that differ in loads only: alike in all that moves water, their rule on a concentration parts them. */
START_TEST(a_lane_with_rules_is_the_same_alone_and_in_company)
{
  eco_scenario *plans[ECO_TEST_PLANS];
  eco_test_plans(model, plans);
  eco_condition dirty = watch(ECO_WATCH_CONCENTRATION, "S upper", 0.25, 0.2),
                low = watch(ECO_WATCH_FLOW, "S lower", 4, 5);
  dirty.constituent = "NH3-N";
  low.below = 1;
  for (int k = 0; k < 2; k++)
    rule(plans[k], "dam", "release", ECO_SET, 3, &dirty, 1, 3);
  rule(plans[2], "town", "demand", ECO_SCALE, 0.5, &low, 1, 7);
  eco_run_options o =
    eco_test_days(eco_day_from_date(2018, 1, 1), eco_day_from_date(2018, 1, 20), eco_day_from_date(2018, 7, 10));
  o.members = 5;
  o.seed = 7;
  o.scenarios = (const eco_scenario *const *)plans;
  o.n_scenarios = 3;
  eco_test_record all, few, bare;
  eco_test_run(model, &o, &all);
  ck_assert_uint_eq(all.run->blocks[0].n_water, 15);
  ck_assert(!eco_test_same_lane(&all, 0, 0, &all, 1, 0));
  for (uint32_t m = 0; m < 5; m += 2)
    for (size_t s = 0; s < 3; s++) {
      const eco_scenario *only[] = {plans[s]};
      o.scenarios = only;
      o.n_scenarios = 1;
      o.first_member = m;
      o.members = 1;
      eco_test_run(model, &o, &few);
      ck_assert_msg(eco_test_same_lane(&all, s, m, &few, 0, 0), "scenario %zu, member %u", s, m);
      eco_test_free_record(&few);
    }
  const eco_scenario *turned[] = {plans[2], plans[1], plans[0]};
  o.scenarios = turned;
  o.n_scenarios = 3;
  o.first_member = 0;
  o.members = 5;
  o.threads = 3;
  eco_test_run(model, &o, &few);
  for (size_t m = 0; m < 5; m++)
    for (size_t s = 0; s < 3; s++)
      ck_assert(eco_test_same_lane(&all, s, m, &few, 2 - s, m));
  eco_test_free_record(&few);
  eco_scenario *none = scenario("none"); /* and the rules do something */
  const eco_scenario *without[] = {none};
  o.scenarios = without;
  o.n_scenarios = 1;
  eco_test_run(model, &o, &bare);
  ck_assert(!eco_test_same_lane(&all, 0, 0, &bare, 0, 0));
  eco_test_free_record(&bare);
  eco_test_free_record(&all);
  eco_scenario_destroy(none);
  eco_test_free_plans(plans);
}
END_TEST

/* ---- faults */

static void refused(const char *structure, const char *param, double value, const eco_condition *c, size_t n,
                    eco_status status, const char *text)
{
  eco_status got = eco_scenario_rule(plan, "R", structure, param, ECO_SET, value, NULL, c, n, 0, "plan.lua:3", &err);
  ck_assert_str_eq(err.text, text);
  ck_assert_int_eq(got, status);
  ck_assert_str_eq(err.place, "plan.lua:3");
  ck_assert(plan->n_rules == 0 && plan->n_conditions == 0);
}

START_TEST(RUL_wrong_rules_are_refused)
{
  eco_condition level = watch(ECO_WATCH_LEVEL, "lake", 12.5, NAN), c = level;
  refused("outlet", "crest", 13, NULL, 0, ECO_INVALID,
          "scenario 'plan': rule 'R' has no condition: it would always hold, which a change says");
  refused("works", "flow", 1, &level, 1, ECO_INVALID,
          "scenario 'plan': rule 'R': 'works' is a source: rules move structures only");
  refused("outlet", "demand", 1, &level, 1, ECO_INVALID,
          "scenario 'plan': 'demand' means nothing to 'outlet', whose law is weir");
  refused("outlet", "crest", 1e6, &level, 1, ECO_INVALID,
          "scenario 'plan': 'crest' of 'outlet' is 1e+06 m, must be between -500 and 9000");
  c.place = "S loer";
  refused(
    "outlet", "crest", 13, &c, 1, ECO_NOT_FOUND,
    "scenario 'plan': rule 'R': condition 1: no section and no water is called 'S loer' (did you mean 'S lower'?)");
  c = watch(ECO_WATCH_FLOW, "S lake", 1, NAN);
  refused(
    "outlet", "crest", 13, &c, 1, ECO_INVALID,
    "scenario 'plan': rule 'R': condition 1: 'S lake' lies on a lake, where no flow is known: expected a section of a "
    "reach or canal");
  c = watch(ECO_WATCH_LEVEL, "lake", 12.5, 12.6);
  refused(
    "outlet", "crest", 13, &c, 1, ECO_INVALID,
    "scenario 'plan': rule 'R': condition 1 begins above 12.5 m and ends below 12.6 m: it would begin and end at once");
  c = watch(ECO_WATCH_FLOW, "S lower", 5, 4);
  c.below = 1;
  refused(
    "outlet", "crest", 13, &c, 1, ECO_INVALID,
    "scenario 'plan': rule 'R': condition 1 begins below 5 m3/s and ends above 4 m3/s: it would begin and end at once");
  c = watch(ECO_WATCH_CONCENTRATION, "lake", 1, NAN);
  c.constituent = "NH4";
  refused(
    "outlet", "crest", 13, &c, 1, ECO_NOT_FOUND,
    "scenario 'plan': rule 'R': condition 1: 'NH4' is no constituent to watch, expected CODMn, NH3-N, TN, TP, DO, Cd or one of the basin's own");
  c = level;
  c.unit = "m3/s";
  ck_assert_int_eq(eco_scenario_rule(plan, "R", "outlet", "crest", ECO_SET, 13, NULL, &c, 1, 0, "p", &err), ECO_UNITS);
  c = in_months(0);
  refused("outlet", "crest", 13, &c, 1, ECO_INVALID, "scenario 'plan': rule 'R': condition 1 names no month");
  const eco_condition two[] = {level, {.watch = ECO_WATCH_DATES, .from = 9, .until = 8}};
  refused("outlet", "crest", 13, two, 2, ECO_INVALID, "scenario 'plan': rule 'R': condition 2 ends before it begins");
  c = watch(ECO_WATCH_LEVEL, NULL, 1, NAN);
  refused("outlet", "crest", 13, &c, 1, ECO_INVALID,
          "scenario 'plan': rule 'R': condition 1 names no section or water");
  c = watch(ECO_WATCH_LEVEL, "lake", NAN, NAN);
  refused("outlet", "crest", 13, &c, 1, ECO_INVALID,
          "scenario 'plan': rule 'R': condition 1: the threshold is not a finite number");
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("rules");
  TCase *rules = tcase_create("rules");
  tcase_set_timeout(rules, 60);
  tcase_add_checked_fixture(rules, set_up, tear_down);
  tcase_add_test(rules, RUL_1_begins_beyond_one_value_and_ends_beyond_the_other);
  tcase_add_test(rules, RUL_2_holds_while_all_its_conditions_do_and_no_shorter_than_it_must);
  tcase_add_test(rules, rules_have_the_last_word_and_the_last_of_them_the_very_last);
  tcase_add_test(rules, rules_look_at_flows_and_concentrations_and_pass_over_what_is_dry);
  tcase_add_test(rules, scenarios_share_their_water_where_their_rules_are_alike_and_watch_no_concentration);
  tcase_add_test(rules, a_lane_with_rules_is_the_same_alone_and_in_company);
  tcase_add_test(rules, RUL_wrong_rules_are_refused);
  suite_add_tcase(suite, rules);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
