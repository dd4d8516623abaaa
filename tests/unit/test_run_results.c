/* test_run_results.c -- what a run gives: ledgers, inputs, the order of splitting, records. */
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>
#include <string.h>

static eco_error err;

/* ---- ledger ---- */

START_TEST(LED_1_closes_for_every_quantity_after_three_years)
{
  eco_model *model = eco_test_valley(NULL);
  eco_scenario *plans[ECO_TEST_PLANS];
  eco_test_plans(model, plans);
  eco_run_options o = eco_test_days(eco_day_from_date(2018, 1, 1), 0, eco_day_from_date(2021, 1, 1));
  o.members = 2;
  o.scenarios = (const eco_scenario *const *)plans;
  o.n_scenarios = ECO_TEST_PLANS;
  eco_test_record r;
  eco_test_run(model, &o, &r);
  ck_assert_uint_eq(r.ended, 1);
  ck_assert_uint_eq(r.n_ledgers, 8); /* water, six states, soil Cd */
  for (size_t l = 0; l < 6; l++)
    for (size_t q = 0; q < 8; q++) {
      const eco_ledger *one = &r.ledgers[l * 16 + q];
      double balance = 0;
      for (size_t k = 0; k < ECO_N_LEDGER_ROWS; k++) {
        balance += eco_ledger_row_sign(k) * one->rows[k];
        ck_assert_msg(one->rows[k] >= 0 || k == ECO_LEDGER_AIR || k == ECO_LEDGER_REACTION, "%s of %s is %g",
                      eco_ledger_row_name(k), one->quantity, one->rows[k]);
      }
      ck_assert_msg(fabs(one->residual) <= 1e-12, "lane %zu, %s: residual %.3g", l, one->quantity, one->residual);
      /* 12 rows of 8-byte numbers, added plainly: some roundings of the throughput */
      ck_assert_double_eq_tol(balance, 0.0, 1e-12 * one->throughput);
    }
  eco_test_free_record(&r);
  eco_test_free_plans(plans);
  eco_model_destroy(model);
}
END_TEST

static const eco_ledger *ledger_of(const eco_test_record *r, size_t lane, const char *quantity)
{
  for (size_t q = 0; q < r->n_ledgers; q++)
    if (strcmp(r->ledgers[lane * 16 + q].quantity, quantity) == 0)
      return &r->ledgers[lane * 16 + q];
  ck_abort_msg("no ledger of %s", quantity);
}

/* What a year of steady inputs comes to can be worked by hand. */
START_TEST(LED_1_rows_are_what_was_put_in)
{
  eco_model *model = eco_test_valley(NULL);
  eco_run_options o = eco_test_days(eco_day_from_date(2018, 1, 1), 0, eco_day_from_date(2019, 1, 1));
  eco_test_record r;
  eco_test_run(model, &o, &r);
  const double year = 365.0 * 86400.0;
  const eco_ledger *water = ledger_of(&r, 0, "water"), *on = ledger_of(&r, 0, "other N"), *tp = ledger_of(&r, 0, "TP");
  const eco_ledger *cd = ledger_of(&r, 0, "Cd"), *soil = ledger_of(&r, 0, "soil Cd"), *oxygen = ledger_of(&r, 0, "DO");
  ck_assert_double_eq_tol(water->rows[ECO_LEDGER_BOUNDARY], 2.0 * year, 1e-9 * year);
  ck_assert_double_eq_tol(water->rows[ECO_LEDGER_SOURCES], 0.3 * year, 1e-9 * year);
  ck_assert_double_eq_tol(on->rows[ECO_LEDGER_BOUNDARY], 1e-3 * 2.0 * 0.9 * year, 1e-9 * year);
  ck_assert_double_eq_tol(on->rows[ECO_LEDGER_SOURCES], 1e-3 * 0.3 * 10.0 * year, 1e-9 * year);
  ck_assert_double_eq_tol(tp->rows[ECO_LEDGER_SOURCES], 1e-3 * 0.3 * 0.5 * year + 15.0 * 365.0, 1e-6);
  ck_assert_double_eq_tol(oxygen->rows[ECO_LEDGER_SOURCES], 1e-3 * 0.3 * 4.0 * year, 1e-9 * year);
  ck_assert(tp->rows[ECO_LEDGER_LAND] > 0 && tp->rows[ECO_LEDGER_BED] > 0 &&
            water->rows[ECO_LEDGER_ABSTRACTION] > 0.3 * year);
  ck_assert_double_eq_tol(cd->rows[ECO_LEDGER_SITES], soil->rows[ECO_LEDGER_OUTFLOW], 1e-12 * soil->throughput);
  ck_assert(cd->rows[ECO_LEDGER_SITES] > 0 && cd->rows[ECO_LEDGER_REACTION] == 0);
  eco_test_free_record(&r);
  eco_model_destroy(model);
}
END_TEST

/* A gram that appears from nowhere stops the run where and when it does. */
START_TEST(LED_1_a_mass_that_was_tampered_with_stops_the_run)
{
  eco_model *model = eco_test_valley(NULL);
  eco_scenario *plans[ECO_TEST_PLANS];
  eco_test_plans(model, plans);
  eco_run_options o = eco_test_days(eco_day_from_date(2018, 1, 1), 0, eco_day_from_date(2018, 12, 1));
  o.first_member = 10;
  o.members = 3;
  o.scenarios = (const eco_scenario *const *)plans;
  o.n_scenarios = ECO_TEST_PLANS;
  eco_run *run = eco_test_make_run(model, &o);
  eco_assert_ok(eco_run_step(run, &err), err);
  eco_assert_ok(eco_run_step(run, &err), err);
  eco__block *b = &run->blocks[0];
  const size_t lane = 4; /* member 11, scenario "less pigs" */
  b->transport.mass_g[(3 * ECO__N_BULK + ECO__TP) * b->n_lanes + lane] += 1.0;
  ck_assert_int_eq(eco_run_step(run, &err), ECO_LEDGER);
  ck_assert_int_eq(err.status, ECO_LEDGER);
  const char *begins = "ledger of TP in 'valley', scenario 'less pigs', member 11 does not close in 2018-03: residual ";
  ck_assert_msg(strncmp(err.text, begins, strlen(begins)) == 0, "%s", err.text);
  ck_assert_int_eq(eco_run_step(run, &err), ECO_INVALID);
  eco_assert_error(err, ECO_INVALID, "run of 'valley': it has failed before and can only be destroyed");
  eco_run_destroy(run);
  eco_test_free_plans(plans);
  eco_model_destroy(model);
}
END_TEST

/* ---- inputs ---- */

/* 30 years of other weather than that of the long-term mean: two means of 30 years each, so that the difference has a
 * standard error of sqrt(2/30) of the spread of single years; four of them. */
START_TEST(INP_1_keeps_the_yearly_mean_of_wash_off)
{
  enum { YEARS = 30 };
  eco_model *model = eco_test_valley(NULL);
  eco_run_options o = eco_test_days(eco_day_from_date(2001, 1, 1), 0, eco_day_from_date(2001 + YEARS, 1, 1));
  o.step_s = 86400;
  o.seed = 99;
  eco_run *run = eco_test_make_run(model, &o);
  double before = 0, loads[YEARS], sum = 0, squares = 0;
  for (int y = 0; y < YEARS; y++) {
    eco_ledger ledgers[8];
    size_t n = 8;
    for (int month = 0; month < 12; month++)
      ck_assert_int_ge(eco_run_step(run, &err), 0);
    eco_assert_ok(eco_run_ledger(run, 0, 0, ledgers, &n, &err), err);
    double now = ledgers[1 + ECO__TP].rows[ECO_LEDGER_LAND];
    loads[y] = now - before;
    before = now;
    sum += loads[y];
  }
  double mean = sum / YEARS, wanted = 10.0 * 365.25;
  for (int y = 0; y < YEARS; y++)
    squares += (loads[y] - mean) * (loads[y] - mean);
  double error = sqrt(squares / (YEARS - 1)) * sqrt(2.0 / YEARS);
  ck_assert_msg(fabs(mean - wanted) < 4.0 * error, "mean %g kg, given %g kg, standard error %g", mean, wanted, error);
  ck_assert(error < 0.2 * wanted); /* or the test would say nothing */
  eco_run_destroy(run);
  eco_model_destroy(model);
}
END_TEST

/* A plant that starts on 17 March: the days before are the same to the last bit, the day itself and all later ones are
 * not. */
START_TEST(changes_act_on_the_day_that_is_given)
{
  eco_model *model = eco_test_valley(NULL);
  eco_scenario *plans[ECO_TEST_PLANS];
  eco_test_plans(model, plans);
  eco_run_options o = eco_test_days(eco_day_from_date(2018, 1, 1), 0, eco_day_from_date(2018, 4, 10));
  o.scenarios = (const eco_scenario *const *)plans;
  o.n_scenarios = ECO_TEST_PLANS;
  eco_test_record r;
  eco_test_run(model, &o, &r);
  size_t start = (size_t)(eco_day_from_date(2018, 3, 17) - o.start),
         row = eco_test_lane_size(&r, ECO_TABLE_SECTION) / 99;
  const double *base = eco_test_lane(&r, ECO_TABLE_SECTION, 0, 0), *late = eco_test_lane(&r, ECO_TABLE_SECTION, 2, 0);
  ck_assert(memcmp(base, late, start * row * sizeof(double)) == 0);
  for (size_t d = start; d < 99; d++) {
    double more = eco_test_value(&r, ECO_TABLE_SECTION, 2, 0, d, "S lower", "flow") -
                  eco_test_value(&r, ECO_TABLE_SECTION, 0, 0, d, "S lower", "flow");
    ck_assert_msg(more > 0.001 && more < 0.3, "day %zu: %g m3/s more", d, more);
    ck_assert(eco_test_value(&r, ECO_TABLE_SECTION, 2, 0, d, "S lower", "Cd") >
              eco_test_value(&r, ECO_TABLE_SECTION, 0, 0, d, "S lower", "Cd"));
  }
  /* in all 24 days of 0.25 m3/s with 0.01 mg/L, from the first second of the day on */
  double water =
    ledger_of(&r, 2, "water")->rows[ECO_LEDGER_SOURCES] - ledger_of(&r, 0, "water")->rows[ECO_LEDGER_SOURCES];
  double cd = ledger_of(&r, 2, "Cd")->rows[ECO_LEDGER_SOURCES];
  ck_assert_double_eq_tol(water, 24.0 * 0.25 * 86400.0, 1e-3);
  ck_assert_double_eq_tol(cd, 24.0 * 0.25 * 86400.0 * 0.01e-3, 1e-9);
  eco_test_free_record(&r);
  eco_test_free_plans(plans);
  eco_model_destroy(model);
}
END_TEST

/* ---- splitting ---- */

/* A river in steady flow, cells of 100 m, with a decay of 5/d and a load along it: TP at its middle, mean of the last
 * day. */
static double decaying_river(double step_s)
{
  eco_basin *basin = eco_test_basin();
  eco_item river = eco_test_reach(basin, "river", 20000, 20, 0, 0.03, 12, 10, NULL, 0);
  eco_test_number(basin, river, "initial_depth", 1.5);
  eco_test_number(basin, river, "dispersion", 0);
  eco_test_monthly(basin, river, "inflow", 12);
  eco_test_monthly(basin, river, "inflow.TP", 1);
  eco_item kinetics = eco_test_item(basin, ECO_KINETICS, "rates"), source = eco_test_item(basin, ECO_SOURCE, "works");
  eco_test_number(basin, kinetics, "k_tp_river", 5);
  eco_test_text(basin, source, "water", "river");
  eco_test_number(basin, source, "load.TP", 500);
  eco_item section = eco_test_item(basin, ECO_SECTION, "middle");
  eco_test_text(basin, section, "water", "river");
  eco_test_number(basin, section, "at", 9950);
  eco_model *model = eco_test_compile(basin, 100);
  eco_basin_destroy(basin);
  eco_run_options o = eco_test_days(0, 0, 4);
  o.step_s = step_s;
  eco_test_record r;
  eco_test_run(model, &o, &r);
  double last = eco_test_value(&r, ECO_TABLE_SECTION, 0, 0, 3, "middle", "TP");
  eco_test_free_record(&r);
  eco_model_destroy(model);
  return last;
}

/* From a step of about a cell (240 s at 0.4 m/s) down. With longer steps what enters at the upper end is a stair of
 * parcels that share one age, and a section sees one stair: first order there. */
START_TEST(SPL_1_is_of_second_order)
{
  double c[4];
  for (int k = 0; k < 4; k++)
    c[k] = decaying_river(240.0 / (1 << k));
  for (int k = 0; k < 2; k++) {
    double order = log2((c[k] - c[k + 1]) / (c[k + 1] - c[k + 2]));
    ck_assert_msg(order > 1.8, "step %g s: order %.2f (%.9g %.9g %.9g)", 240.0 / (1 << k), order, c[k], c[k + 1],
                  c[k + 2]);
  }
}
END_TEST

/* ---- records ---- */

START_TEST(a_dry_section_has_no_concentration)
{
  eco_basin *basin = eco_test_basin();
  eco_item dry = eco_test_reach(basin, "dry", 3000, 10, 1, 0.03, 12, 11, "wet", 0);
  eco_test_number(basin, dry, "initial_depth", 0);
  eco_item wet = eco_test_reach(basin, "wet", 3000, 10, 1, 0.03, 10, 9, NULL, 0);
  eco_test_monthly(basin, wet, "inflow", 1);
  eco_test_monthly(basin, wet, "inflow.TP", 0.2);
  eco_test_text(basin, eco_test_item(basin, ECO_SECTION, "D"), "water", "dry");
  eco_test_text(basin, eco_test_item(basin, ECO_SECTION, "W"), "water", "wet");
  eco_model *model = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_run_options o = eco_test_days(0, 0, 10);
  eco_test_record r;
  eco_test_run(model, &o, &r);
  for (size_t d = 1; d < 10; d++) {
    ck_assert_double_eq(eco_test_value(&r, ECO_TABLE_SECTION, 0, 0, d, "D", "dry"), 1.0);
    ck_assert(isnan(eco_test_value(&r, ECO_TABLE_SECTION, 0, 0, d, "D", "TP")));
    ck_assert(isnan(eco_test_value(&r, ECO_TABLE_SECTION, 0, 0, d, "D", "DO")));
    ck_assert_double_eq(eco_test_value(&r, ECO_TABLE_SECTION, 0, 0, d, "D", "flow"), 0.0);
    ck_assert_double_eq(eco_test_value(&r, ECO_TABLE_SECTION, 0, 0, d, "W", "dry"), 0.0);
    double tp = eco_test_value(&r, ECO_TABLE_SECTION, 0, 0, d, "W", "TP");
    ck_assert(tp > 0 && tp < 0.2 * (1 + 1e-12));
  }
  eco_test_free_record(&r);
  eco_model_destroy(model);
}
END_TEST

/* What the waters give over their lower ends is what the ledger says left, and the months are the sums of flow. */
START_TEST(months_of_waters_agree_with_ledgers_and_sections)
{
  eco_model *model = eco_test_valley(NULL);
  eco_run_options o = eco_test_days(eco_day_from_date(2018, 1, 1), 0, eco_day_from_date(2018, 4, 1));
  eco_test_record r;
  eco_test_run(model, &o, &r);
  double out = 0, tp = 0, nitrogen = 0, flow = 0;
  for (size_t month = 0; month < 3; month++) {
    out += eco_test_value(&r, ECO_TABLE_WATER, 0, 0, month, "lower", "out flow");
    tp += eco_test_value(&r, ECO_TABLE_WATER, 0, 0, month, "lower", "out TP");
    nitrogen += eco_test_value(&r, ECO_TABLE_WATER, 0, 0, month, "lower", "out TN");
  }
  for (size_t d = 0; d < 90; d++)
    flow += 86400.0 * eco_test_value(&r, ECO_TABLE_SECTION, 0, 0, d, "S lower", "flow");
  const eco_ledger *water = ledger_of(&r, 0, "water");
  double tn =
    ledger_of(&r, 0, "NH3-N")->rows[ECO_LEDGER_OUTFLOW] + ledger_of(&r, 0, "other N")->rows[ECO_LEDGER_OUTFLOW];
  ck_assert_double_eq_tol(out, water->rows[ECO_LEDGER_OUTFLOW], 1e-12 * out);
  ck_assert_double_eq_tol(flow, out, 1e-12 * out);
  ck_assert_double_eq_tol(tp, ledger_of(&r, 0, "TP")->rows[ECO_LEDGER_OUTFLOW], 1e-12 * tp);
  ck_assert_double_eq_tol(nitrogen, tn, 1e-12 * tn);
  /* site: what is left and what has leached is what there was: 3 mg/kg of 2e5 m2 x 0.4 m x 1.4 kg/L */
  double leached = 0, kept = 1e-6 * 1400.0 * 2e5 * 0.4 * eco_test_value(&r, ECO_TABLE_SITE, 0, 0, 2, "yard", "total");
  for (size_t month = 0; month < 3; month++)
    leached += eco_test_value(&r, ECO_TABLE_SITE, 0, 0, month, "yard", "leached");
  ck_assert_double_eq_tol(kept + leached, 3e-6 * 1400.0 * 2e5 * 0.4, 1e-9);
  eco_test_free_record(&r);
  eco_model_destroy(model);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("run results");
  TCase *all = tcase_create("all");
  tcase_add_test(all, LED_1_closes_for_every_quantity_after_three_years);
  tcase_add_test(all, LED_1_rows_are_what_was_put_in);
  tcase_add_test(all, LED_1_a_mass_that_was_tampered_with_stops_the_run);
  tcase_add_test(all, INP_1_keeps_the_yearly_mean_of_wash_off);
  tcase_add_test(all, changes_act_on_the_day_that_is_given);
  tcase_add_test(all, SPL_1_is_of_second_order);
  tcase_add_test(all, a_dry_section_has_no_concentration);
  tcase_add_test(all, months_of_waters_agree_with_ledgers_and_sections);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
