/* test_lanes.c -- a member is bit for bit the same alone and in company, on any number of threads, whatever other
 * scenarios there are and in whatever order, and beside another run. */
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <pthread.h>
#include <string.h>

static eco_model *model;
static eco_scenario *plans[ECO_TEST_PLANS];
static eco_test_record all; /* three scenarios, five members, one thread */

static eco_run_options options(void)
{
  eco_run_options o =
    eco_test_days(eco_day_from_date(2018, 1, 1), eco_day_from_date(2018, 1, 20), eco_day_from_date(2018, 7, 10));
  o.members = 5;
  o.seed = 7;
  o.scenarios = (const eco_scenario *const *)plans;
  o.n_scenarios = ECO_TEST_PLANS;
  o.draws = eco_test_draws;
  o.n_draws = 3;
  return o;
}

static void set_up(void)
{
  model = eco_test_valley(NULL);
  eco_test_plans(model, plans);
  eco_run_options o = options();
  eco_test_run(model, &o, &all);
}

static void tear_down(void)
{
  eco_test_free_record(&all);
  eco_test_free_plans(plans);
  eco_model_destroy(model);
}

START_TEST(members_and_scenarios_differ)
{
  for (size_t a = 0; a < 15; a++)
    for (size_t b = 0; b < a; b++)
      ck_assert(!eco_test_same_lane(&all, a % 3, a / 3, &all, b % 3, b / 3));
}
END_TEST

START_TEST(a_member_alone_is_the_member_in_company)
{
  for (uint32_t m = 0; m < 5; m++) {
    eco_run_options o = options();
    o.first_member = m;
    o.members = 1;
    eco_test_record one;
    eco_test_run(model, &o, &one);
    for (size_t s = 0; s < ECO_TEST_PLANS; s++) {
      ck_assert_msg(eco_test_same_lane(&all, s, m, &one, s, 0), "scenario %zu, member %u", s, m);
      for (size_t q = 0; q < one.n_ledgers; q++)
        ck_assert(memcmp(all.ledgers[(m * 3 + s) * 16 + q].rows, one.ledgers[s * 16 + q].rows,
                         sizeof one.ledgers[0].rows) == 0);
    }
    eco_test_free_record(&one);
  }
}
END_TEST

START_TEST(threads_change_no_bit)
{
  for (uint32_t threads = 2; threads <= 16; threads = threads < 4 ? threads + 1 : threads * 4) {
    eco_run_options o = options();
    o.threads = threads;
    eco_test_record many;
    eco_test_run(model, &o, &many);
    for (size_t l = 0; l < 15; l++)
      ck_assert_msg(eco_test_same_lane(&all, l % 3, l / 3, &many, l % 3, l / 3), "%u threads, lane %zu", threads, l);
    eco_test_free_record(&many);
  }
}
END_TEST

START_TEST(other_scenarios_and_their_order_change_no_bit)
{
  const eco_scenario *turned[] = {plans[2], plans[1], plans[0]};
  eco_run_options o = options();
  o.scenarios = turned;
  eco_test_record back;
  eco_test_run(model, &o, &back);
  for (size_t m = 0; m < 5; m++)
    for (size_t s = 0; s < 3; s++)
      ck_assert_msg(eco_test_same_lane(&all, s, m, &back, 2 - s, m), "scenario %zu, member %zu", s, m);
  eco_test_free_record(&back);
  for (size_t s = 0; s < 3; s++) {
    const eco_scenario *only[] = {plans[s]};
    o.scenarios = only;
    o.n_scenarios = 1;
    eco_test_record one;
    eco_test_run(model, &o, &one);
    for (size_t m = 0; m < 5; m++)
      ck_assert_msg(eco_test_same_lane(&all, s, m, &one, 0, m), "scenario %zu alone, member %zu", s, m);
    eco_test_free_record(&one);
  }
}
END_TEST

/* A draw more does not move what the others give: the drawn rate acts on no state when its process is off. */
START_TEST(a_draw_more_moves_no_other)
{
  eco_draw more[4];
  memcpy(more, eco_test_draws, sizeof eco_test_draws);
  more[3] = (eco_draw){"new works", "load", ECO_UNIFORM, 0.5, 1, 2}; /* acts in "works late" only */
  eco_run_options o = options();
  o.draws = more;
  o.n_draws = 4;
  eco_test_record with;
  eco_test_run(model, &o, &with);
  for (size_t m = 0; m < 5; m++) {
    ck_assert(eco_test_same_lane(&all, 0, m, &with, 0, m));
    ck_assert(eco_test_same_lane(&all, 1, m, &with, 1, m));
    ck_assert(!eco_test_same_lane(&all, 2, m, &with, 2, m));
  }
  eco_test_free_record(&with);
}
END_TEST

static void *run_again(void *user)
{
  eco_run_options o = options();
  o.threads = 2;
  eco_test_run(model, &o, user);
  return NULL;
}

START_TEST(two_runs_at_once_do_not_disturb_each_other)
{
  pthread_t threads[2];
  eco_test_record records[2];
  for (int k = 0; k < 2; k++)
    ck_assert_int_eq(pthread_create(&threads[k], NULL, run_again, &records[k]), 0);
  for (int k = 0; k < 2; k++)
    ck_assert_int_eq(pthread_join(threads[k], NULL), 0);
  for (int k = 0; k < 2; k++) {
    for (size_t l = 0; l < 15; l++)
      ck_assert(eco_test_same_lane(&all, l % 3, l / 3, &records[k], l % 3, l / 3));
    eco_test_free_record(&records[k]);
  }
}
END_TEST

/* 40 members: blocks of several sizes, some of which hold only a part of a member's scenarios. */
START_TEST(blocks_change_no_bit)
{
  eco_run_options o = options();
  o.members = 40;
  o.threads = 3;
  eco_test_record many;
  eco_test_run(model, &o, &many);
  for (size_t l = 0; l < 15; l++)
    ck_assert(eco_test_same_lane(&all, l % 3, l / 3, &many, l % 3, l / 3));
  ck_assert_uint_gt(many.run->n_blocks, 3);
  eco_test_free_record(&many);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("lanes");
  TCase *all_tests = tcase_create("all");
  tcase_add_unchecked_fixture(all_tests, set_up, tear_down);
  tcase_add_test(all_tests, members_and_scenarios_differ);
  tcase_add_test(all_tests, a_member_alone_is_the_member_in_company);
  tcase_add_test(all_tests, threads_change_no_bit);
  tcase_add_test(all_tests, other_scenarios_and_their_order_change_no_bit);
  tcase_add_test(all_tests, a_draw_more_moves_no_other);
  tcase_add_test(all_tests, two_runs_at_once_do_not_disturb_each_other);
  tcase_add_test(all_tests, blocks_change_no_bit);
  suite_add_tcase(suite, all_tests);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
