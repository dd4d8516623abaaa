/* test_results.c -- the results file without a run: what goes in comes out, and other tools can read it. */
#include "ecosim/ecosim.h"
#include "results_study.h"
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static eco_error err;

/* ---- what goes in comes out */

START_TEST(every_value_comes_back_as_the_nearest_float)
{
  results_write_all();
  eco_results *results = results_reopen();
  results_check_everything(results, DAYS, MONTHS);
  eco_assert_ok(eco_results_close(results, &err), err);
}
END_TEST

START_TEST(the_layout_comes_back_as_it_was)
{
  results_write_all();
  eco_results *results = results_reopen();
  const eco_layout *layout = eco_results_layout(results);
  ck_assert_uint_eq(layout->n_scenarios, SCENARIOS);
  ck_assert_uint_eq(layout->n_members, MEMBERS);
  ck_assert_uint_eq(layout->first_member, 7);
  ck_assert_str_eq(layout->scenarios[1], "计划B");
  const eco_table *table = &layout->tables[ECO_TABLE_SECTION];
  ck_assert_str_eq(table->name, "section");
  ck_assert_str_eq(table->time_name, "day");
  ck_assert_uint_eq(table->n_times, DAYS);
  ck_assert_int_eq(table->times[58], eco_day_from_date(2018, 2, 28));
  ck_assert_str_eq(table->places[1], "后港");
  ck_assert_uint_eq(table->n_variables, 2);
  ck_assert_str_eq(table->variables[0].name, "NH3-N");
  ck_assert_str_eq(table->variables[1].unit, "m3/s");
  ck_assert_str_eq(table->variables[1].text, "discharge, daily mean");
  ck_assert_str_eq(layout->tables[ECO_TABLE_SITE].name, "site"); /* no places: nothing in the file but its name */
  ck_assert_uint_eq(layout->tables[ECO_TABLE_SITE].n_places, 0);
  eco_assert_ok(eco_results_close(results, &err), err);
}
END_TEST

START_TEST(ledgers_come_back_bit_for_bit)
{
  results_write_all();
  eco_results *results = results_reopen();
  eco_ledger wanted[2], found[8];
  for (size_t s = 0; s < SCENARIOS; s++)
    for (size_t m = 0; m < MEMBERS; m++) {
      size_t n = 8;
      results_make_ledgers(s, m, wanted);
      eco_assert_ok(eco_results_ledger(results, s, m, found, &n, &err), err);
      ck_assert_uint_eq(n, 2);
      ck_assert_str_eq(found[0].quantity, "water");
      ck_assert_str_eq(found[0].unit, "m3");
      ck_assert_str_eq(found[1].quantity, "NH3-N");
      ck_assert_mem_eq(found[0].rows, wanted[0].rows, sizeof wanted[0].rows);
      ck_assert_double_eq(found[0].throughput, 1e9);
      ck_assert_double_eq(found[0].residual, 1e-15);
    }
  size_t n = 1; /* room for one: one is given, both are counted */
  eco_assert_ok(eco_results_ledger(results, 0, 0, found, &n, &err), err);
  ck_assert_uint_eq(n, 2);
  eco_assert_ok(eco_results_close(results, &err), err);
}
END_TEST

START_TEST(balances_come_back_bit_for_bit)
{
  results_write_all();
  eco_results *results = results_reopen();
  const eco_layout *layout = eco_results_layout(results);
  ck_assert_int_eq(layout->balance_from, eco_day_from_date(2018, 1, 1));
  ck_assert_int_eq(layout->balance_until, eco_day_from_date(2018, 3, 1));
  ck_assert_uint_eq(layout->balances[ECO_BALANCE_WATER].n_places, WATERS);
  ck_assert_str_eq(layout->balances[ECO_BALANCE_CATCHMENT].places[1], "后港 land");
  ck_assert_uint_eq(layout->balances[ECO_BALANCE_SOURCE].n_places, 0);
  for (int id = 0; id < ECO_N_BALANCES; id++)
    for (size_t s = 0; s < SCENARIOS; s++)
      for (size_t m = 0; m < MEMBERS; m++) {
        eco_balance wanted[CATCHMENTS], found[CATCHMENTS];
        size_t n = CATCHMENTS, all = layout->balances[id].n_places;
        results_make_balances((eco_balance_id)id, s, m, wanted);
        eco_assert_ok(eco_results_balance(results, (eco_balance_id)id, s, m, found, &n, &err), err);
        ck_assert_uint_eq(n, all);
        ck_assert_mem_eq(found, wanted, all * sizeof wanted[0]); /* throughput and residual from the rows again */
      }
  size_t n = 1; /* room for one, and for none */
  eco_balance one;
  eco_assert_ok(eco_results_balance(results, ECO_BALANCE_CATCHMENT, 0, 0, &one, &n, &err), err);
  ck_assert_uint_eq(n, CATCHMENTS);
  eco_assert_ok(eco_results_balance(results, ECO_BALANCE_CATCHMENT, 0, 0, NULL, &n, &err), err);
  ck_assert_uint_eq(n, CATCHMENTS);
  ck_assert_int_eq(eco_results_balance(results, ECO_BALANCE_WATER, SCENARIOS, 0, &one, &n, &err), ECO_NOT_FOUND);
  eco_assert_ok(eco_results_close(results, &err), err);
}
END_TEST

START_TEST(texts_may_be_set_before_and_after_the_run_and_again)
{
  eco_sink sink;
  eco_results *results = NULL;
  char *longer = malloc(3 << 20);
  ck_assert_ptr_nonnull(longer);
  memset(longer, 'x', (3 << 20) - 1);
  longer[(3 << 20) - 1] = '\0';
  eco_assert_ok(eco_results_create(NULL, results_path, &results, &err), err);
  eco_assert_ok(eco_results_set_text(results, "script", "first", &err), err);
  eco_assert_ok(eco_results_set_text(results, "script", "second 氨氮", &err), err);
  eco_assert_ok(eco_results_set_text(results, "later", "", &err), err);
  eco_assert_ok(eco_results_sink(results, &sink, &err), err);
  eco_assert_ok(sink.begin(sink.user, &results_layout, &err), err);
  results_send_month(&sink, &results_layout, 0, &err);
  eco_assert_ok(eco_results_set_text(results, "scores", "[1,2]", &err), err);
  eco_assert_ok(eco_results_set_text(results, "scores", "[3]", &err), err);
  eco_assert_ok(eco_results_set_text(results, "later", "came later", &err), err);
  eco_assert_ok(eco_results_set_text(results, "note", "no room was kept", &err), err);
  eco_assert_ok(eco_results_set_text(results, "long", longer, &err), err);
  eco_assert_ok(eco_results_set_text(results, "script", "a third that is longer than the room of the second", &err),
                err);
  results_send_month(&sink, &results_layout, 1, &err); /* rows still find their place after the file has grown */
  ck_assert_str_eq(eco_results_text(results, "scores"), "[3]");
  eco_assert_ok(eco_results_close(results, &err), err);
  results = results_reopen();
  results_check_everything(results, DAYS, MONTHS);
  ck_assert_str_eq(eco_results_text(results, "script"), "a third that is longer than the room of the second");
  ck_assert_str_eq(eco_results_text(results, "scores"), "[3]");
  ck_assert_str_eq(eco_results_text(results, "later"), "came later");
  ck_assert_str_eq(eco_results_text(results, "note"), "no room was kept");
  ck_assert_str_eq(eco_results_text(results, "long"), longer);
  ck_assert_ptr_null(eco_results_text(results, "absent"));
  size_t keys = 0;
  while (eco_results_text_key(results, keys) != NULL)
    keys++;
  ck_assert_uint_eq(keys, 5);
  eco_assert_ok(eco_results_close(results, &err), err);
  free(longer);
}
END_TEST

START_TEST(room_that_was_kept_is_no_text)
{
  results_write_all();
  eco_results *results = results_reopen();
  ck_assert_ptr_null(eco_results_text(results, "scores"));
  ck_assert_str_eq(eco_results_text_key(results, 0), "script");
  ck_assert_ptr_null(eco_results_text_key(results, 1));
  eco_assert_ok(eco_results_close(results, &err), err);
}
END_TEST

/* netCDF's own tool sees dimensions, variables and attributes as they are meant. */
START_TEST(ncdump_prints_the_stored_header)
{
  char command[160], wanted[16384], found[16384];
  results_write_all();
  snprintf(command, sizeof command, "ncdump -h %s", results_path);
  FILE *pipe = popen(command, "r"), *stored = fopen("tests/reference/results_header.cdl", "r");
  ck_assert_ptr_nonnull(pipe);
  ck_assert_msg(stored != NULL, "tests/reference/results_header.cdl: run this test from the project's folder");
  found[fread(found, 1, sizeof found - 1, pipe)] = '\0';
  wanted[fread(wanted, 1, sizeof wanted - 1, stored)] = '\0';
  fclose(stored);
  ck_assert_msg(pclose(pipe) == 0, "ncdump (Debian: netcdf-bin) did not open the file:\n%s", found);
  ck_assert_str_eq(found, wanted);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("results");
  TCase *files = tcase_create("file");
  tcase_add_checked_fixture(files, results_set_up, results_tear_down);
  tcase_set_timeout(files, 60);
  tcase_add_test(files, every_value_comes_back_as_the_nearest_float);
  tcase_add_test(files, the_layout_comes_back_as_it_was);
  tcase_add_test(files, ledgers_come_back_bit_for_bit);
  tcase_add_test(files, balances_come_back_bit_for_bit);
  tcase_add_test(files, texts_may_be_set_before_and_after_the_run_and_again);
  tcase_add_test(files, room_that_was_kept_is_no_text);
  tcase_add_test(files, ncdump_prints_the_stored_header);
  suite_add_tcase(suite, files);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
