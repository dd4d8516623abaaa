/* results_study.c -- see results_study.h. */
#include "results_study.h"

#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char results_folder[64], results_path[96];
eco_layout results_layout;
static eco_error failure;

static const char *const scenarios[SCENARIOS] = {"as it is", "计划B"};
static const char *const sections[SECTIONS] = {"Maliang", "后港"};
static const char *const waters[WATERS] = {"Changhu"};
static const char *const catchments[CATCHMENTS] = {"north", "后港 land"};
static const eco_variable section_variables[] = {{"NH3-N", "mg/L", "ammonia nitrogen, daily mean"},
                                                 {"flow", "m3/s", "discharge, daily mean"}};
static const eco_variable water_variables[] = {{"level", "m", "water level, monthly mean"}};

static eco_day days_of_rows[DAYS], months_of_rows[MONTHS];

static void make_layout(void)
{
  eco_day start = eco_day_from_date(2018, 1, 1);
  for (int i = 0; i < DAYS; i++)
    days_of_rows[i] = start + i;
  months_of_rows[0] = start;
  months_of_rows[1] = start + 31;
  results_layout = (eco_layout){SCENARIOS,
                                MEMBERS,
                                scenarios,
                                7,
                                6,
                                {{"section", "day", DAYS, SECTIONS, 2, days_of_rows, sections, section_variables},
                                 {"water", "month", MONTHS, WATERS, 1, months_of_rows, waters, water_variables},
                                 {"site", "month", MONTHS, 0, 1, months_of_rows, NULL, water_variables}},
                                start,
                                start + DAYS,
                                {{WATERS, waters}, {CATCHMENTS, catchments}, {0, NULL}}};
}

double results_value(eco_table_id table, size_t s, size_t m, size_t t, size_t p, size_t v)
{
  return (double)table * 1e6 + (double)(((s * MEMBERS + m) * DAYS + t) * SECTIONS + p) + (double)v / 4 + 0.1;
}

eco_status results_send_rows(const eco_sink *sink, const eco_layout *layout, eco_table_id table, size_t s, size_t m,
                             size_t first, size_t n, eco_error *err)
{
  double values[31 * SECTIONS * 2];
  const eco_table *shape = &layout->tables[table];
  size_t i = 0;
  for (size_t t = first; t < first + n; t++)
    for (size_t p = 0; p < shape->n_places; p++)
      for (size_t v = 0; v < shape->n_variables; v++)
        values[i++] = results_value(table, s, m, t, p, v);
  return sink->frames(sink->user, table, s, m, first, n, values, err);
}

/* as eco_run does it: month by month, all lanes of a month before the next */
void results_send_month(const eco_sink *sink, const eco_layout *layout, size_t month, eco_error *err)
{
  size_t first = month == 0 ? 0 : 31, n = month == 0 ? 31 : 28;
  for (size_t s = 0; s < SCENARIOS; s++)
    for (size_t m = 0; m < MEMBERS; m++) {
      eco_assert_ok(results_send_rows(sink, layout, ECO_TABLE_SECTION, s, m, first, n, err), *err);
      eco_assert_ok(results_send_rows(sink, layout, ECO_TABLE_WATER, s, m, month, 1, err), *err);
    }
}

void results_make_ledgers(size_t s, size_t m, eco_ledger ledgers[2])
{
  ledgers[0] = (eco_ledger){.quantity = "water", .unit = "m3", .throughput = 1e9, .residual = 1e-15};
  ledgers[1] = (eco_ledger){.quantity = "NH3-N", .unit = "kg", .throughput = 0.0, .residual = 0.0};
  for (size_t r = 0; r < ECO_N_LEDGER_ROWS; r++)
    ledgers[0].rows[r] = (double)(100 * s + 10 * m) + (double)r / 3;
}

void results_make_balances(eco_balance_id id, size_t s, size_t m, eco_balance balances[CATCHMENTS])
{
  for (size_t k = 0; k < CATCHMENTS; k++) {
    balances[k] = (eco_balance){{0}, 0, 0};
    for (size_t r = 0; r < eco_balance_rows(id); r++)
      balances[k].rows[r] = (double)id * 1e4 + (double)(100 * s + 10 * m + k) + (double)r / 7;
    eco_balance_close(id, &balances[k]);
  }
}

void results_send_ledgers(const eco_sink *sink, eco_error *err)
{
  eco_ledger ledgers[2];
  for (size_t s = 0; s < SCENARIOS; s++)
    for (size_t m = 0; m < MEMBERS; m++) {
      results_make_ledgers(s, m, ledgers);
      eco_assert_ok(sink->ledger(sink->user, s, m, ledgers, 2, err), *err);
      for (int id = 0; id < ECO_N_BALANCES; id++) {
        eco_balance balances[CATCHMENTS];
        size_t n = results_layout.balances[id].n_places;
        results_make_balances((eco_balance_id)id, s, m, balances);
        if (n > 0)
          eco_assert_ok(sink->balance(sink->user, (eco_balance_id)id, s, m, balances, n, err), *err);
      }
    }
  eco_assert_ok(sink->end(sink->user, err), *err);
}

/* ---- files */

void results_set_up(void)
{
  snprintf(results_folder, sizeof results_folder, "/tmp/ecosim_test_results.XXXXXX");
  ck_assert_ptr_nonnull(mkdtemp(results_folder));
  snprintf(results_path, sizeof results_path, "%s/r.h5", results_folder);
  make_layout();
}

void results_tear_down(void)
{
  (void)unlink(results_path);
  ck_assert_int_eq(rmdir(results_folder), 0);
}

eco_results *results_begin(eco_sink *sink)
{
  eco_results *results = NULL;
  eco_assert_ok(eco_results_create(NULL, results_path, &results, &failure), failure);
  eco_assert_ok(eco_results_set_text(results, "script", "return 1 -- 氨氮", &failure), failure);
  eco_assert_ok(eco_results_sink(results, sink, &failure), failure);
  eco_assert_ok(sink->begin(sink->user, &results_layout, &failure), failure);
  return results;
}

void results_write_all(void)
{
  eco_sink sink;
  eco_results *results = results_begin(&sink);
  results_send_month(&sink, &results_layout, 0, &failure);
  results_send_month(&sink, &results_layout, 1, &failure);
  results_send_ledgers(&sink, &failure);
  eco_assert_ok(eco_results_close(results, &failure), failure);
}

eco_results *results_reopen(void)
{
  eco_results *results = NULL;
  eco_assert_ok(eco_results_open(NULL, results_path, &results, &failure), failure);
  return results;
}

size_t results_size_of_file(const char *name)
{
  FILE *file = fopen(name, "rb");
  ck_assert_ptr_nonnull(file);
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  fclose(file);
  return (size_t)size;
}

void results_put_file(const char *name, const void *bytes, size_t n)
{
  FILE *file = fopen(name, "wb");
  ck_assert_ptr_nonnull(file);
  ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
  ck_assert_int_eq(fclose(file), 0);
}

void results_check_series(eco_results *results, eco_table_id table, size_t s, size_t m, size_t p, size_t v,
                          size_t complete)
{
  const eco_table *shape = &eco_results_layout(results)->tables[table];
  double values[DAYS];
  eco_assert_ok(eco_results_series(results, table, shape->variables[v].name, s, m, p, values, DAYS, &failure), failure);
  for (size_t t = 0; t < shape->n_times; t++)
    if (t < complete) /* the file holds floats: exactly the nearest one */
      ck_assert_double_eq(values[t], (double)(float)results_value(table, s, m, t, p, v));
    else
      ck_assert_double_nan(values[t]);
}

void results_check_everything(eco_results *results, size_t days, size_t months)
{
  ck_assert_uint_eq(eco_results_complete(results, ECO_TABLE_SECTION), days);
  ck_assert_uint_eq(eco_results_complete(results, ECO_TABLE_WATER), months);
  for (size_t s = 0; s < SCENARIOS; s++)
    for (size_t m = 0; m < MEMBERS; m++) {
      for (size_t p = 0; p < SECTIONS; p++)
        for (size_t v = 0; v < 2; v++)
          results_check_series(results, ECO_TABLE_SECTION, s, m, p, v, days);
      results_check_series(results, ECO_TABLE_WATER, s, m, 0, 0, months);
    }
}
