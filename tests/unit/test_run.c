/* test_run.c -- the life of a run: sinks, host, memory, clocks, wrong options. */
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>
#include <string.h>

static eco_error err;

/* ---- sinks and the end ---- */

/* The order of frames is checked by the sink itself. */
START_TEST(sinks_get_every_row_of_every_lane_in_order_and_the_ledgers_at_the_end)
{
  eco_model *model = eco_test_valley(NULL);
  eco_run_options o = eco_test_days(eco_day_from_date(2018, 1, 1), 0, eco_day_from_date(2018, 4, 1));
  o.members = 4;
  eco_run *run = eco_test_make_run(model, &o);
  eco_test_record a = {0}, b = {0};
  eco_sink first = eco_test_sink(&a), second = eco_test_sink(&b), empty = {.size = sizeof empty};
  eco_assert_ok(eco_run_add_sink(run, &first, &err), err);
  eco_assert_ok(eco_run_add_sink(run, &empty, &err), err);
  eco_assert_ok(eco_run_add_sink(run, &second, &err), err);
  ck_assert_int_eq(eco_run_step(run, &err), ECO_OK);
  ck_assert_int_eq(eco_run_day(run), eco_day_from_date(2018, 2, 1));
  ck_assert_int_eq(eco_run_add_sink(run, &empty, &err), ECO_INVALID);
  ck_assert_int_eq(eco_run_step(run, &err), ECO_OK);
  ck_assert_uint_eq(a.ended, 0);
  ck_assert_int_eq(eco_run_step(run, &err), ECO_DONE);
  ck_assert_int_eq(eco_run_step(run, &err), ECO_DONE);
  ck_assert_int_eq(eco_run_to_end(run, &err), ECO_OK);
  ck_assert_uint_eq(a.ended, 1);
  ck_assert_uint_eq(a.frames, 3 * 3 * 4);
  for (size_t m = 0; m < 4; m++)
    ck_assert(eco_test_same_lane(&a, 0, m, &b, 0, m));
  eco_test_free_record(&a);
  eco_test_free_record(&b);
  eco_run_destroy(run);
  eco_model_destroy(model);
}
END_TEST

START_TEST(a_sink_that_fails_stops_the_run_with_its_error)
{
  eco_model *model = eco_test_valley(NULL);
  eco_run_options o = eco_test_days(eco_day_from_date(2018, 1, 1), 0, eco_day_from_date(2018, 6, 1));
  o.members = 2;
  eco_run *run = eco_test_make_run(model, &o);
  eco_test_record r = {.fail_at = 9};
  eco_sink sink = eco_test_sink(&r);
  eco_assert_ok(eco_run_add_sink(run, &sink, &err), err);
  ck_assert_int_eq(eco_run_to_end(run, &err), ECO_IO);
  eco_assert_error(err, ECO_IO, "the sink is full");
  ck_assert_str_eq(err.place, "sink");
  ck_assert_uint_eq(r.frames, 9);
  ck_assert_int_eq(eco_run_step(run, &err), ECO_INVALID);
  ck_assert_uint_eq(r.ended, 0);
  eco_test_free_record(&r);
  eco_run_destroy(run);
  eco_model_destroy(model);
}
END_TEST

static int after_two(void *user)
{
  return ++*(int *)user > 2;
}

START_TEST(the_host_can_stop_a_run)
{
  int asked = 0;
  eco_env env = ECO_ENV_INIT;
  env.user = &asked;
  env.interrupted = after_two;
  eco_model *model = eco_test_valley(&env);
  eco_run_options o = eco_test_days(eco_day_from_date(2018, 1, 1), 0, eco_day_from_date(2018, 6, 1));
  eco_run *run = eco_test_make_run(model, &o);
  asked = 0;
  ck_assert_int_eq(eco_run_to_end(run, &err), ECO_INTERRUPTED);
  eco_assert_error(err, ECO_INTERRUPTED, "run of 'valley': stopped by the host");
  ck_assert_int_eq(eco_run_day(run), eco_day_from_date(2018, 3, 1));
  eco_run_destroy(run);
  eco_model_destroy(model);
}
END_TEST

/* ---- memory ---- */

START_TEST(a_step_allocates_nothing)
{
  eco_test_allocator memory;
  eco_env env = eco_test_env(&memory);
  eco_model *model = eco_test_valley(&env);
  eco_run_options o = eco_test_days(eco_day_from_date(2018, 1, 1), 0, eco_day_from_date(2018, 5, 1));
  o.members = 3;
  eco_run *run = eco_test_make_run(model, &o);
  eco_test_record r = {0};
  eco_sink sink = eco_test_sink(&r);
  eco_assert_ok(eco_run_add_sink(run, &sink, &err), err);
  size_t before = memory.calls;
  eco_assert_ok(eco_run_to_end(run, &err), err);
  ck_assert_uint_eq(memory.calls, before);
  eco_test_free_record(&r);
  eco_run_destroy(run);
  eco_model_destroy(model);
  ck_assert_uint_eq(memory.blocks, 0);
  ck_assert_uint_eq(memory.wrong_sizes, 0);
}
END_TEST

START_TEST(memory_that_runs_out_while_a_run_is_made_is_told_and_nothing_leaks)
{
  eco_test_allocator memory;
  eco_env env = eco_test_env(&memory);
  eco_model *model = eco_test_valley(&env);
  eco_scenario *plans[ECO_TEST_PLANS];
  eco_test_plans(model, plans);
  eco_run_options o = eco_test_days(eco_day_from_date(2018, 1, 1), 0, eco_day_from_date(2018, 2, 1));
  o.members = 2;
  o.scenarios = (const eco_scenario *const *)plans;
  o.n_scenarios = ECO_TEST_PLANS;
  o.draws = eco_test_draws;
  o.n_draws = 3;
  const size_t blocks = memory.blocks, bytes = memory.bytes;
  size_t n = 0;
  eco_status status = ECO_NO_MEMORY;
  while (status != ECO_OK) {
    eco_run *run = NULL;
    memory.fail_at = memory.calls + ++n;
    err = (eco_error){0};
    status = eco_run_create(model, &o, &run, &err);
    memory.fail_at = 0;
    if (status == ECO_OK) {
      eco_run_destroy(run);
    } else {
      ck_assert_int_eq(status, ECO_NO_MEMORY);
      ck_assert_int_eq(err.status, ECO_NO_MEMORY);
      ck_assert_ptr_null(run);
    }
    ck_assert_uint_eq(memory.blocks, blocks);
    ck_assert_uint_eq(memory.bytes, bytes);
  }
  ck_assert_uint_gt(n, 5);
  ck_assert_uint_eq(memory.wrong_sizes, 0);
  eco_test_free_plans(plans);
  eco_model_destroy(model);
  ck_assert_uint_eq(memory.blocks, 0);
}
END_TEST

/* ---- odd clocks ---- */

static void run_clock(const eco_model *model, eco_run_options o, size_t n_days, size_t n_months, eco_day second_month)
{
  eco_test_record r;
  eco_test_run(model, &o, &r);
  const eco_table *section = &r.layout->tables[ECO_TABLE_SECTION], *water = &r.layout->tables[ECO_TABLE_WATER];
  ck_assert_uint_eq(section->n_times, n_days);
  ck_assert_uint_eq(water->n_times, n_months);
  eco_day first = o.record > o.start ? o.record : o.start;
  ck_assert_int_eq(section->times[0], first);
  ck_assert_int_eq(section->times[n_days - 1], o.end - 1);
  ck_assert_int_eq(water->times[0], first);
  if (n_months > 1)
    ck_assert_int_eq(water->times[1], second_month);
  for (size_t k = 0; k < eco_test_lane_size(&r, ECO_TABLE_SECTION); k++)
    ck_assert(isfinite(eco_test_lane(&r, ECO_TABLE_SECTION, 0, 0)[k]));
  for (size_t k = 0; k < eco_test_lane_size(&r, ECO_TABLE_WATER); k++)
    ck_assert(isfinite(eco_test_lane(&r, ECO_TABLE_WATER, 0, 0)[k]));
  ck_assert_int_eq(eco_run_day(r.run), o.end);
  eco_test_free_record(&r);
}

START_TEST(runs_begin_and_end_on_any_day)
{
  eco_model *model = eco_test_valley(NULL);
  const eco_day jan = eco_day_from_date(2018, 1, 1), feb = eco_day_from_date(2018, 2, 1);
  run_clock(model, eco_test_days(jan + 9, jan + 19, feb + 4), 16, 2, feb); /* warm-up that ends in mid-month */
  run_clock(model, eco_test_days(jan + 9, 0, jan + 10), 1, 1, 0);          /* a day */
  run_clock(model, eco_test_days(jan, jan + 40, jan + 41), 1, 1, 0); /* a day after a warm-up over a month's end */
  run_clock(model, eco_test_days(jan, feb, feb + 28), 28, 1, 0);     /* record from a first of the month */
  run_clock(model, eco_test_days(eco_day_from_date(2020, 2, 20), 0, eco_day_from_date(2020, 3, 2)), 11, 2,
            eco_day_from_date(2020, 3, 1));
  const double steps[] = {86400, 43200, 900, 60};
  for (size_t k = 0; k < 4; k++) {
    eco_run_options o = eco_test_days(jan, 0, jan + 3);
    o.step_s = steps[k];
    run_clock(model, o, 3, 1, 0);
  }
  eco_model_destroy(model);
}
END_TEST

/* The sum of a month's days is the month, whatever comes before: the same run with and without its first half
 * recorded. */
START_TEST(what_is_recorded_does_not_depend_on_the_warm_up)
{
  eco_model *model = eco_test_valley(NULL);
  const eco_day jan = eco_day_from_date(2018, 1, 1);
  eco_run_options whole = eco_test_days(jan, 0, jan + 50), half = eco_test_days(jan, jan + 31, jan + 50);
  eco_test_record a, b;
  eco_test_run(model, &whole, &a);
  eco_test_run(model, &half, &b);
  size_t row = eco_test_lane_size(&b, ECO_TABLE_SECTION) / 19;
  ck_assert(memcmp(eco_test_lane(&a, ECO_TABLE_SECTION, 0, 0) + 31 * row, eco_test_lane(&b, ECO_TABLE_SECTION, 0, 0),
                   19 * row * sizeof(double)) == 0);
  row = eco_test_lane_size(&b, ECO_TABLE_WATER);
  ck_assert(memcmp(eco_test_lane(&a, ECO_TABLE_WATER, 0, 0) + row, eco_test_lane(&b, ECO_TABLE_WATER, 0, 0),
                   row * sizeof(double)) == 0);
  eco_test_free_record(&a);
  eco_test_free_record(&b);
  eco_model_destroy(model);
}
END_TEST

/* ---- wrong options ---- */

static void refused(const eco_model *model, eco_run_options o, eco_status status, const char *text)
{
  eco_run *run = NULL;
  ck_assert_int_eq(eco_run_create(model, &o, &run, &err), status);
  eco_assert_error(err, status, text);
  ck_assert_ptr_null(run);
}

START_TEST(wrong_options_are_refused)
{
  eco_model *model = eco_test_valley(NULL), *other = eco_test_valley(NULL);
  const eco_run_options good = eco_test_days(17532, 0, 17600);
  eco_run_options o = good;
  o.end = 17532;
  refused(model, o, ECO_INVALID, "run: the end, 2018-01-01, must come after the start, 2018-01-01");
  o = good;
  o.record = 17600;
  refused(model, o, ECO_INVALID, "run: nothing is left to record: the warm-up lasts to the end");
  o = good;
  o.step_s = 7000;
  refused(model, o, ECO_INVALID, "run: the step is 7000 s, must divide a day of 86400 s");
  o.step_s = -1;
  refused(model, o, ECO_INVALID, "run: the step is -1 s, must divide a day of 86400 s");
  o = good;
  o.theta = 0.4;
  refused(model, o, ECO_INVALID, "run: theta is 0.4, must be between 0.5 and 1");
  o = good;
  o.ledger_tolerance = -1;
  refused(model, o, ECO_INVALID, "run: ledger_tolerance is -1, must be above 0");
  o = good;
  o.first_member = UINT32_MAX;
  o.members = 2;
  refused(model, o, ECO_INVALID, "run: 2 members from member 4294967295 are more than can be counted");
  eco_scenario *a, *b, *c;
  eco_assert_ok(eco_scenario_create(model, "one", &a, &err), err);
  eco_assert_ok(eco_scenario_create(model, "one", &b, &err), err);
  eco_assert_ok(eco_scenario_create(other, "two", &c, &err), err);
  const eco_scenario *twice[] = {a, b}, *foreign[] = {a, c}, *none[] = {NULL};
  o = good;
  o.scenarios = twice;
  o.n_scenarios = 2;
  refused(model, o, ECO_INVALID, "run: two scenarios are called 'one', expected different names");
  o.scenarios = foreign;
  refused(model, o, ECO_INVALID, "run: scenario 2 was made for another model, expected this one");
  o.scenarios = none;
  o.n_scenarios = 1;
  refused(model, o, ECO_INVALID, "run: scenario 1 is NULL");
  const eco_draw draws[] = {{"pigg", "load", ECO_UNIFORM, 0, 1, 2},
                            {"pig", "flow", ECO_UNIFORM, 0, 1, 2},
                            {"kinetics", "k_none", ECO_UNIFORM, 0, 1, 2},
                            eco_test_draws[1],
                            eco_test_draws[1]};
  o = good;
  o.n_draws = 1;
  o.draws = &draws[0];
  refused(model, o, ECO_NOT_FOUND, "draw 'pigg.load': no source and no group of sources is called 'pigg'");
  o.draws = &draws[1];
  refused(model, o, ECO_INVALID, "draw 'pig.flow': of sources only 'load' can be drawn");
  o.draws = &draws[3];
  o.n_draws = 2;
  refused(model, o, ECO_INVALID, "draw 'pig.load' is given twice, expected once");
  o.draws = &draws[2];
  o.n_draws = 1;
  eco_run *run = NULL;
  ck_assert_int_eq(eco_run_create(model, &o, &run, &err), ECO_NOT_FOUND);
  o = good;
  o.size = 8;
  ck_assert_int_eq(eco_run_create(model, &o, &run, &err), ECO_INVALID);
  eco_scenario_destroy(a);
  eco_scenario_destroy(b);
  eco_scenario_destroy(c);
  eco_model_destroy(model);
  eco_model_destroy(other);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("run");
  TCase *all = tcase_create("all");
  tcase_add_test(all, sinks_get_every_row_of_every_lane_in_order_and_the_ledgers_at_the_end);
  tcase_add_test(all, a_sink_that_fails_stops_the_run_with_its_error);
  tcase_add_test(all, the_host_can_stop_a_run);
  tcase_add_test(all, a_step_allocates_nothing);
  tcase_add_test(all, memory_that_runs_out_while_a_run_is_made_is_told_and_nothing_leaks);
  tcase_add_test(all, runs_begin_and_end_on_any_day);
  tcase_add_test(all, what_is_recorded_does_not_depend_on_the_warm_up);
  tcase_add_test(all, wrong_options_are_refused);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
