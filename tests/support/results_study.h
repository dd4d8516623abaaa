/* results_study.h -- a made-up study for the tests of results files: 2 scenarios x 3 members, 59 days of 2 sections, 2
 * months of 1 water, no soil site; its rows and ledgers go through a sink as those of a run do. */
#ifndef ECO_TEST_RESULTS_STUDY_H
#define ECO_TEST_RESULTS_STUDY_H

#include "ecosim/ecosim.h"

enum { SCENARIOS = 2, MEMBERS = 3, DAYS = 59, MONTHS = 2, SECTIONS = 2, WATERS = 1, CATCHMENTS = 2 };

extern char results_folder[64], results_path[96]; /* of the test that runs */
extern eco_layout results_layout;

/* What is sent. */
double results_value(eco_table_id table, size_t s, size_t m, size_t t, size_t p, size_t v);
eco_status results_send_rows(const eco_sink *sink, const eco_layout *layout, eco_table_id table, size_t s, size_t m,
                             size_t first, size_t n, eco_error *err);
/* As a run does it: all lanes of a month before the next. */
void results_send_month(const eco_sink *sink, const eco_layout *layout, size_t month, eco_error *err);
void results_make_ledgers(size_t s, size_t m, eco_ledger ledgers[2]);
void results_make_balances(eco_balance_id id, size_t s, size_t m, eco_balance balances[CATCHMENTS]);
void results_send_ledgers(const eco_sink *sink, eco_error *err);
/* Fixture: a folder of its own, removed afterwards with the file in it. */
void results_set_up(void);
void results_tear_down(void);
/* A new file with the text "script", its run begun. */
eco_results *results_begin(eco_sink *sink);
/* The whole study. */
void results_write_all(void);
eco_results *results_reopen(void);
size_t results_size_of_file(const char *name);
void results_put_file(const char *name, const void *bytes, size_t n);
void results_check_series(eco_results *results, eco_table_id table, size_t s, size_t m, size_t p, size_t v,
                          size_t complete);
/* Rows before `days` and `months` are the nearest floats of what was sent, the others NaN. */
void results_check_everything(eco_results *results, size_t days, size_t months);

#endif
