/* valley.h -- a small basin with one of everything, its scenarios, and a sink that keeps all that it is given. */
#ifndef ECO_TEST_VALLEY_H
#define ECO_TEST_VALLEY_H

#include "ecosim/ecosim.h"

#include <stdbool.h>

/* A reservoir behind a dam, three reaches, a lake over a weir, an intake, three catchments, sources steady and by
 * wash-off, a polluted site, four sections. env NULL: the library's own. */
eco_model *eco_test_valley(const eco_env *env);
/* "base" without changes, "less pigs" (loads only), "works late" (a plant that starts on 2018-03-17: moves water). */
enum { ECO_TEST_PLANS = 3 };
void eco_test_plans(const eco_model *model, eco_scenario *plans[ECO_TEST_PLANS]);
void eco_test_free_plans(eco_scenario *plans[ECO_TEST_PLANS]);
/* A rate, a group of sources and a single source. */
extern const eco_draw eco_test_draws[3];

/* What a run gave: values[table][scenario][member][row][place][variable], ledgers[scenario][member][quantity]. It
 * checks that frames come as the header says: month by month, table by table, member by member and the scenarios of
 * each. */
typedef struct eco_test_record {
  const eco_layout *layout;
  double *values[ECO_N_TABLES];
  eco_ledger *ledgers;
  size_t n_ledgers, ended, frames;
  size_t table, lane, first; /* of the frame before */
  size_t fail_at;            /* this frame fails; 0: none */
  eco_run *run;              /* of eco_test_run: goes with the record, for its layout */
} eco_test_record;
eco_sink eco_test_sink(eco_test_record *record);
void eco_test_free_record(eco_test_record *record);
/* Series of one lane: rows of the table; size of a row and their number by the layout. */
const double *eco_test_lane(const eco_test_record *record, eco_table_id table, size_t scenario, size_t member);
size_t eco_test_lane_size(const eco_test_record *record, eco_table_id table);
double eco_test_value(const eco_test_record *record, eco_table_id table, size_t scenario, size_t member, size_t row,
                      const char *place, const char *variable);
/* Whether two lanes are the same bit for bit, in all tables. */
bool eco_test_same_lane(const eco_test_record *a, size_t scenario_a, size_t member_a, const eco_test_record *b,
                        size_t scenario_b, size_t member_b);

/* Ledger of lane 0; fails the test where there is none of that name. */
eco_ledger eco_test_ledger(const eco_run *run, const char *quantity);

eco_run_options eco_test_days(eco_day start, eco_day record, eco_day end);
eco_run *eco_test_make_run(const eco_model *model, const eco_run_options *options);
/* Runs to the end with the options and keeps all. */
void eco_test_run(const eco_model *model, const eco_run_options *options, eco_test_record *record);

#endif
