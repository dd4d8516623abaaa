/* test_results_faults.c -- results files that are killed, cut, full, of others; memory that runs out. */
#include "base/base.h"
#include "ecosim/ecosim.h"
#include "results_study.h"
#include "suite.h"

#include <hdf5.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static eco_error err;

/* ---- killed, cut, full */

static void child_that_dies(size_t months, size_t lanes_of_next)
{
  pid_t child = fork();
  if (child == 0) {
    eco_sink sink;
    eco_results *results = results_begin(&sink);
    for (size_t month = 0; month < months; month++)
      results_send_month(&sink, &results_layout, month, &err);
    for (size_t lane = 0; lane < lanes_of_next; lane++)
      (void)results_send_rows(&sink, &results_layout, ECO_TABLE_SECTION, lane / MEMBERS, lane % MEMBERS, months * 31,
                              28, &err);
    (void)eco_results_set_text(results, "scores", "[]", &err);
    raise(SIGKILL);
  }
  int status = 0;
  ck_assert_int_eq(waitpid(child, &status, 0), child);
  ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

START_TEST(a_killed_process_leaves_a_file_with_the_rows_it_had)
{
  for (size_t months = 0; months <= MONTHS; months++)
    for (size_t lanes = 0; lanes < (months == 1 ? 6 : 1); lanes += 5) {
      child_that_dies(months, lanes);
      eco_results *results = results_reopen();
      results_check_everything(results, months == 0 ? 0 : months == 1 ? 31 : DAYS, months);
      ck_assert_str_eq(eco_results_text(results, "script"), "return 1 -- 氨氮");
      ck_assert_str_eq(eco_results_text(results, "scores"), "[]");
      eco_ledger ledger;
      size_t n = 1;
      ck_assert_int_eq(eco_results_ledger(results, 0, 0, &ledger, &n, &err), ECO_NOT_FOUND);
      eco_assert_error(err, ECO_NOT_FOUND, "results file has no ledger: the run did not reach its end");
      eco_assert_ok(eco_results_close(results, &err), err);
    }
}
END_TEST

/* At no moment of the writing is the file a danger to its reader: copies of it are taken while rows arrive. */
START_TEST(a_file_can_be_read_while_it_is_written)
{
  eco_sink sink;
  eco_results *writing = results_begin(&sink);
  for (size_t month = 0; month < MONTHS; month++) {
    eco_results *results = results_reopen();
    results_check_everything(results, month * 31, month);
    eco_assert_ok(eco_results_close(results, &err), err);
    results_send_month(&sink, &results_layout, month, &err);
  }
  eco_assert_ok(eco_results_close(writing, &err), err);
}
END_TEST

START_TEST(a_file_cut_anywhere_is_refused)
{
  results_write_all();
  size_t size = results_size_of_file(results_path);
  char *bytes = malloc(size);
  FILE *file = fopen(results_path, "rb");
  ck_assert(bytes != NULL && file != NULL && fread(bytes, 1, size, file) == size);
  fclose(file);
  for (size_t cut = 0; cut < size; cut += cut < 200 ? 1 : 4099) { /* every place in the head, then a prime apart */
    results_put_file(results_path, bytes, cut);
    eco_results *results = NULL;
    ck_assert_int_eq(eco_results_open(NULL, results_path, &results, &err), ECO_FORMAT);
    ck_assert_ptr_null(results);
    ck_assert_str_eq(err.place, results_path);
  }
  char wanted[128];
  snprintf(wanted, sizeof wanted, "results file is cut short: 5000 of %zu bytes are there", size);
  results_put_file(results_path, bytes, 5000);
  eco_results *results = NULL;
  ck_assert_int_eq(eco_results_open(NULL, results_path, &results, &err), ECO_FORMAT);
  ck_assert_str_eq(err.text, wanted);
  free(bytes);
}
END_TEST

START_TEST(a_full_disk_is_found_before_the_first_row_with_the_systems_reason)
{
  pid_t child = fork();
  if (child == 0) {
    struct rlimit limit = {16384, 16384}; /* a file that cannot grow stands in for a disk that is full */
    eco_sink sink;
    eco_results *results = NULL;
    (void)signal(SIGXFSZ, SIG_IGN);
    (void)setrlimit(RLIMIT_FSIZE, &limit);
    if (eco_results_create(NULL, results_path, &results, &err) != ECO_OK ||
        eco_results_sink(results, &sink, &err) != ECO_OK)
      _exit(1);
    bool told = sink.begin(sink.user, &results_layout, &err) == ECO_IO && strstr(err.text, "File too large") != NULL &&
                strcmp(err.place, results_path) == 0;
    (void)eco_results_close(results, NULL);
    _exit(told ? 0 : 2);
  }
  int status = 0;
  ck_assert_int_eq(waitpid(child, &status, 0), child);
  ck_assert_int_eq(status, 0);
}
END_TEST

/* ---- faults */

START_TEST(a_folder_that_is_not_there_is_named_with_the_systems_reason)
{
  eco_results *results = NULL;
  ck_assert_int_eq(eco_results_create(NULL, "/no/such/folder/r.h5", &results, &err), ECO_IO);
  eco_assert_error(err, ECO_IO, "results file could not be created: No such file or directory");
  ck_assert_str_eq(err.place, "/no/such/folder/r.h5");
  ck_assert_int_eq(eco_results_open(NULL, "/no/such/folder/r.h5", &results, &err), ECO_IO);
  eco_assert_error(err, ECO_IO, "results file could not be read: No such file or directory");
  ck_assert_int_eq(eco_results_open(NULL, results_folder, &results, &err), ECO_IO);
  eco_assert_error(err, ECO_IO, "results file could not be read: Is a directory");
}
END_TEST

static hid_t other_file(void)
{
  hid_t file = H5Fcreate(results_path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  ck_assert(file >= 0);
  return file;
}

START_TEST(files_of_other_programs_are_refused)
{
  eco_results *results = NULL;
  results_put_file(results_path, "", 0);
  ck_assert_int_eq(eco_results_open(NULL, results_path, &results, &err), ECO_FORMAT);
  eco_assert_error(err, ECO_FORMAT, "not a results file of libecosim: the file is empty");
  results_put_file(results_path, "day,flow\n", 9);
  ck_assert_int_eq(eco_results_open(NULL, results_path, &results, &err), ECO_FORMAT);
  eco_assert_error(err, ECO_FORMAT, "not a results file of libecosim: it is no HDF5 file");
  ck_assert_int_ge(H5Fclose(other_file()), 0);
  ck_assert_int_eq(eco_results_open(NULL, results_path, &results, &err), ECO_FORMAT);
  eco_assert_error(err, ECO_FORMAT, "not a results file of libecosim: an HDF5 file of another program");
  ck_assert_ptr_null(results);
}
END_TEST

START_TEST(another_format_version_and_missing_groups_are_named)
{
  static const char *const groups[] = {"/ledger",  "/section/place_name",  "/complete", "/text",
                                       "/balance", "/balance/water_amount"};
  static const char *const texts[] = {"results file is damaged: it has no ledger",
                                      "results file is damaged: a table has no names of places",
                                      "results file is damaged: it does not say which rows are complete",
                                      "results file is damaged: it has no texts",
                                      "results file is damaged: it has no balances",
                                      "results file is damaged: its balances are not of the expected form"};
  eco_results *results = NULL;
  for (int i = 0; i < 6; i++) {
    results_write_all();
    hid_t file = H5Fopen(results_path, H5F_ACC_RDWR, H5P_DEFAULT);
    ck_assert(H5Ldelete(file, groups[i], H5P_DEFAULT) >= 0 && H5Fclose(file) >= 0);
    ck_assert_int_eq(eco_results_open(NULL, results_path, &results, &err), ECO_FORMAT);
    eco_assert_error(err, ECO_FORMAT, texts[i]);
  }
  results_write_all();
  int version = 99;
  hid_t file = H5Fopen(results_path, H5F_ACC_RDWR, H5P_DEFAULT), id = H5Aopen(file, "format_version", H5P_DEFAULT);
  ck_assert(H5Awrite(id, H5T_NATIVE_INT, &version) >= 0 && H5Aclose(id) >= 0 && H5Fclose(file) >= 0);
  ck_assert_int_eq(eco_results_open(NULL, results_path, &results, &err), ECO_FORMAT);
  eco_assert_error(err, ECO_FORMAT, "results file has format version 99, libecosim 0.1.0 reads versions 1 to 2");
}
END_TEST

/* What 0.1.0 wrote before balances were kept: everything else is read as it was. */
START_TEST(a_file_of_version_1_has_no_balance_and_says_so)
{
  results_write_all();
  int version = 1;
  hid_t file = H5Fopen(results_path, H5F_ACC_RDWR, H5P_DEFAULT), id = H5Aopen(file, "format_version", H5P_DEFAULT);
  ck_assert(H5Awrite(id, H5T_NATIVE_INT, &version) >= 0 && H5Aclose(id) >= 0);
  ck_assert(H5Ldelete(file, "/balance", H5P_DEFAULT) >= 0 && H5Fclose(file) >= 0);
  eco_results *results = results_reopen();
  eco_balance one;
  eco_ledger ledgers[2];
  size_t n = 1, two = 2;
  ck_assert_uint_eq(eco_results_layout(results)->balances[ECO_BALANCE_WATER].n_places, 0);
  ck_assert_int_eq(eco_results_balance(results, ECO_BALANCE_WATER, 0, 0, &one, &n, &err), ECO_NOT_FOUND);
  eco_assert_error(
    err, ECO_NOT_FOUND,
    "results file has no water balance: it is of format version 1, balances are kept from version 2 on; run "
    "the study again");
  eco_assert_ok(eco_results_ledger(results, 0, 0, ledgers, &two, &err), err);
  results_check_everything(results, DAYS, MONTHS);
  eco_assert_ok(eco_results_close(results, &err), err);
}
END_TEST

START_TEST(a_run_that_did_not_end_has_no_balance)
{
  eco_sink sink;
  eco_balance many[CATCHMENTS];
  size_t n = CATCHMENTS;
  eco_results *results = results_begin(&sink);
  ck_assert_int_eq(eco_results_balance(results, ECO_BALANCE_WATER, 0, 0, many, &n, &err), ECO_INVALID);
  results_make_balances(ECO_BALANCE_CATCHMENT, 0, 0, many);
  ck_assert_int_eq(sink.balance(sink.user, ECO_BALANCE_CATCHMENT, SCENARIOS, 0, many, CATCHMENTS, &err), ECO_INVALID);
  ck_assert_int_eq(sink.balance(sink.user, ECO_BALANCE_CATCHMENT, 0, 0, many, CATCHMENTS + 1, &err), ECO_INVALID);
  eco_assert_error(err, ECO_INVALID, "results file: a balance of 3 places, kind 1, not in its layout");
  eco_assert_ok(eco_results_close(results, &err), err);
  results = results_reopen();
  ck_assert_int_eq(eco_results_balance(results, ECO_BALANCE_CATCHMENT, 0, 0, many, &n, &err), ECO_NOT_FOUND);
  eco_assert_error(err, ECO_NOT_FOUND, "results file has no balance: the run did not reach its end");
  eco_assert_ok(eco_results_close(results, &err), err);
}
END_TEST

START_TEST(unknown_variables_offer_the_nearest_and_wrong_numbers_say_how_many_there_are)
{
  results_write_all();
  eco_results *results = results_reopen();
  double values[DAYS];
  ck_assert_int_eq(eco_results_series(results, ECO_TABLE_SECTION, "NH3-M", 0, 0, 0, values, DAYS, &err), ECO_NOT_FOUND);
  eco_assert_error(err, ECO_NOT_FOUND, "table 'section' has no variable 'NH3-M' (did you mean 'NH3-N'?)");
  ck_assert_int_eq(eco_results_series(results, ECO_TABLE_SECTION, "flow", 2, 0, 0, values, DAYS, &err), ECO_NOT_FOUND);
  eco_assert_error(err, ECO_NOT_FOUND, "table 'section' has no scenario 3, member 1, place 1: it has 2, 3 and 2");
  ck_assert_int_eq(eco_results_series(results, ECO_TABLE_SECTION, "flow", 0, 0, 0, values, 9, &err), ECO_INVALID);
  eco_assert_error(err, ECO_INVALID, "table 'section': a series has 59 values, there is room for 9");
  ck_assert_int_eq(eco_results_set_text(results, "scores", "", &err), ECO_INVALID);
  eco_sink sink;
  ck_assert_int_eq(eco_results_sink(results, &sink, &err), ECO_INVALID);
  eco_assert_ok(eco_results_close(results, &err), err);
}
END_TEST

START_TEST(bad_keys_bad_rows_and_a_second_run_are_refused)
{
  eco_sink sink;
  eco_results *results = results_begin(&sink);
  ck_assert_int_eq(eco_results_set_text(results, "a/b", "x", &err), ECO_INVALID);
  eco_assert_error(err, ECO_INVALID, "results file: 'a/b' cannot be the key of a text");
  ck_assert_int_eq(eco_results_set_text(results, "", "x", &err), ECO_INVALID);
  ck_assert_int_eq(results_send_rows(&sink, &results_layout, ECO_TABLE_SECTION, 0, 0, 50, 10, &err), ECO_INVALID);
  eco_assert_error(err, ECO_INVALID, "results file: rows 51 to 60 of table 'section' are not in its layout");
  ck_assert_int_eq(sink.begin(sink.user, &results_layout, &err), ECO_INVALID);
  eco_assert_error(err, ECO_INVALID, "results file: it already has a run, and holds one");
  eco_assert_ok(eco_results_close(results, &err), err);
  eco_assert_ok(eco_results_close(NULL, &err), err);
}
END_TEST

START_TEST(an_earlier_file_stays_until_a_run_begins_and_no_run_leaves_no_file)
{
  eco_results *results = NULL;
  eco_assert_ok(eco_results_create(NULL, results_path, &results, &err), err);
  eco_assert_ok(eco_results_close(results, &err), err);
  ck_assert_int_ne(access(results_path, F_OK), 0);
  results_write_all();
  eco_assert_ok(eco_results_create(NULL, results_path, &results, &err), err);
  eco_assert_ok(eco_results_close(results, &err), err);
  results = results_reopen();
  results_check_everything(results, DAYS, MONTHS);
  eco_assert_ok(eco_results_close(results, &err), err);
}
END_TEST

/* ---- manners */

static herr_t host_prints(hid_t stack, void *user)
{
  (void)stack;
  ++*(int *)user;
  return 0;
}

START_TEST(the_hosts_own_error_printing_is_as_it_was)
{
  int printed = 0;
  H5E_auto2_t print = NULL;
  void *user = NULL;
  eco_results *results = NULL;
  H5Eset_auto2(H5E_DEFAULT, host_prints, &printed);
  results_write_all();
  static const char rubbish[] = "\x89HDF\r\n\x1a\n and then rubbish that is longer than a superblock would be";
  results_put_file(results_path, rubbish, sizeof rubbish);
  ck_assert_int_eq(eco_results_open(NULL, results_path, &results, &err), ECO_FORMAT);
  ck_assert_int_eq(printed, 0);
  H5Eget_auto2(H5E_DEFAULT, &print, &user);
  ck_assert(print == host_prints && user == &printed);
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}
END_TEST

static eco_status write_and_read(const eco_env *env)
{
  eco_results *results = NULL;
  eco_sink sink;
  double values[DAYS];
  ECO__TRY(eco_results_create(env, results_path, &results, &err));
  eco_status status = eco_results_set_text(results, "script", "text", &err);
  if (status == ECO_OK && (status = eco_results_sink(results, &sink, &err)) == ECO_OK)
    status = sink.begin(sink.user, &results_layout, &err);
  if (status == ECO_OK)
    status = results_send_rows(&sink, &results_layout, ECO_TABLE_SECTION, 0, 0, 0, 31, &err);
  eco_status closed = eco_results_close(results, &err);
  ECO__TRY(status != ECO_OK ? status : closed);
  ECO__TRY(eco_results_open(env, results_path, &results, &err));
  status = eco_results_series(results, ECO_TABLE_SECTION, "flow", 0, 0, 0, values, DAYS, &err);
  closed = eco_results_close(results, &err);
  return status != ECO_OK ? status : closed;
}

START_TEST(memory_that_runs_out_anywhere_is_told_and_none_is_lost)
{
  eco_test_allocator allocator;
  eco_env env = eco_test_env(&allocator);
  eco_status status = ECO_NO_MEMORY;
  for (size_t fail_at = 1; status != ECO_OK; fail_at++) {
    env = eco_test_env(&allocator);
    allocator.fail_at = fail_at;
    status = write_and_read(&env);
    ck_assert_msg(status == ECO_OK || status == ECO_NO_MEMORY, "call %zu: %s: %s", fail_at, eco_status_name(status),
                  err.text);
    ck_assert_uint_eq(allocator.blocks, 0);
    ck_assert_uint_eq(allocator.wrong_sizes, 0);
    ck_assert_uint_lt(fail_at, 1000);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("results faults");
  TCase *files = tcase_create("file");
  tcase_add_checked_fixture(files, results_set_up, results_tear_down);
  tcase_set_timeout(files, 60);
  tcase_add_test(files, a_killed_process_leaves_a_file_with_the_rows_it_had);
  tcase_add_test(files, a_file_can_be_read_while_it_is_written);
  tcase_add_test(files, a_file_cut_anywhere_is_refused);
  tcase_add_test(files, a_full_disk_is_found_before_the_first_row_with_the_systems_reason);
  tcase_add_test(files, a_folder_that_is_not_there_is_named_with_the_systems_reason);
  tcase_add_test(files, files_of_other_programs_are_refused);
  tcase_add_test(files, another_format_version_and_missing_groups_are_named);
  tcase_add_test(files, a_file_of_version_1_has_no_balance_and_says_so);
  tcase_add_test(files, a_run_that_did_not_end_has_no_balance);
  tcase_add_test(files, unknown_variables_offer_the_nearest_and_wrong_numbers_say_how_many_there_are);
  tcase_add_test(files, bad_keys_bad_rows_and_a_second_run_are_refused);
  tcase_add_test(files, an_earlier_file_stays_until_a_run_begins_and_no_run_leaves_no_file);
  tcase_add_test(files, the_hosts_own_error_printing_is_as_it_was);
  tcase_add_test(files, memory_that_runs_out_anywhere_is_told_and_none_is_lost);
  suite_add_tcase(suite, files);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
