/* test_outside.c -- what comes from outside in a run: daily series, boundary flows, years that are held to something, draws
 * on climate, inflow and lake tables; and that the ledger counts what really came. */
#include "land/land.h"
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static eco_basin *basin;
static eco_item river, pond, climate;
static eco_error err;

static const double monthly[12] = {1, 2, 4, 8, 5, 3, 9, 2, 1, 6, 2, 0.5};
static const double levels[2] = {0, 40}, areas[2] = {2e6, 2e6}; /* upright walls: rain on it is a depth times 2 km2 */

/* A river with a monthly inflow of 2 mg/L TP, and a pond without inlet or outlet that nothing but weather fills. */
static void set_up(void)
{
  basin = eco_test_basin();
  river = eco_test_reach(basin, "river", 6000, 10, 1, 0.03, 5, 3, NULL, 0);
  eco_test_array(basin, river, "inflow", monthly, 12);
  eco_test_monthly(basin, river, "inflow.TP", 2);
  pond = eco_test_lake(basin, "pond", levels, areas, 2, 20);
  climate = eco_test_item(basin, ECO_CLIMATE, "hills");
  const struct {
    const char *name;
    double value;
  } normals[] = {{"t_mean", 15},      {"p_wet_wet", 0.5}, {"p_wet_dry", 0.2}, {"gamma_shape", 0.7},
                 {"gamma_scale", 12}, {"wind", 2},        {"evaporation", 60}};
  for (size_t k = 0; k < 7; k++)
    eco_test_monthly(basin, climate, normals[k].name, normals[k].value);
}

static void tear_down(void)
{
  eco_basin_destroy(basin);
}

static eco_run_options year(int first, int after)
{
  eco_run_options o = eco_test_days(eco_day_from_date(first, 1, 1), 0, eco_day_from_date(after, 1, 1));
  o.step_s = 86400;
  return o;
}

/* A row of the ledger of water (quantity 0) or of a state. */
static double booked(const eco_test_record *r, size_t member, size_t quantity, eco_ledger_row row)
{
  return r->ledgers[member * 16 + quantity].rows[row];
}

static void refused(const eco_model *model, const eco_run_options *o, const char *place, const char *text)
{
  eco_run *run = NULL;
  ck_assert_int_ne(eco_run_create(model, o, &run, &err), ECO_OK);
  ck_assert_str_eq(err.text, text);
  ck_assert_str_eq(err.place, place);
}

/* ---- boundary flows ---- */

static const int month_days[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}; /* 2016 */

START_TEST(FLO_4_the_ledger_of_a_leap_year_is_the_sum_of_its_months)
{
  eco_model *model = eco_test_compile(basin, 0);
  eco_run_options o = year(2016, 2017);
  eco_test_record r;
  double volume = 0;
  eco_test_run(model, &o, &r);
  for (int m = 0; m < 12; m++)
    volume += 86400.0 * month_days[m] * monthly[m];
  ck_assert_double_eq_tol(booked(&r, 0, 0, ECO_LEDGER_BOUNDARY) / volume, 1.0, 1e-14);
  ck_assert_double_eq_tol(booked(&r, 0, 1 + ECO__TP, ECO_LEDGER_BOUNDARY) / (volume * 2e-3), 1.0, 1e-14);
  eco_test_free_record(&r);
  eco_model_destroy(model);
}
END_TEST

START_TEST(FLO_the_flow_of_a_day_is_that_of_its_month_and_runs_on_over_the_turn_of_the_year)
{
  eco_model *model = eco_test_compile(basin, 0);
  eco_run_options o = year(2016, 2018);
  const eco_outlook rows[] = {{2016, "river", 0, 1.5}, {0, "river", 0, 0.8}};
  o.outlooks = rows;
  o.n_outlooks = 2;
  eco_run *run = eco_test_make_run(model, &o);
  const eco__water *w = eco__water_called(model, "river");
  double june[3] = {1.5 * monthly[4], 1.5 * monthly[5], 1.5 * monthly[6]}, sum = 0;
  const int days[3] = {31, 30, 31};
  for (int d = 1; d <= 30; d++) {
    double flow = eco__inflow_of(run, w, eco_day_from_date(2016, 6, d));
    ck_assert_double_eq(flow, eco__flow_of_day(june, days, d));
    sum += flow;
  }
  ck_assert_double_eq_tol(sum, 30 * 1.5 * monthly[5], 1e-12);
  /* 31 December 2016 at 1.5 x 0.5, 1 January 2017 at 0.8 x 1: both beside the flow at the turn, e = 0.774 */
  double last = eco__inflow_of(run, w, eco_day_from_date(2016, 12, 31));
  double next = eco__inflow_of(run, w, eco_day_from_date(2017, 1, 1));
  double turn = 186.0 / (93 / 0.75 + 93 / 0.8);
  ck_assert_double_eq_tol(last, turn, 0.02);
  ck_assert_double_eq_tol(next, turn, 0.02);
  eco_run_destroy(run);
  eco_test_record r;
  eco_test_run(model, &o, &r);
  double volume = 0;
  for (int m = 0; m < 12; m++)
    volume += 86400.0 * monthly[m] * (1.5 * month_days[m] + 0.8 * (m == 1 ? 28 : month_days[m]));
  ck_assert_double_eq_tol(booked(&r, 0, 0, ECO_LEDGER_BOUNDARY) / volume, 1.0, 1e-14);
  eco_test_free_record(&r);
  eco_model_destroy(model);
}
END_TEST

START_TEST(a_daily_inflow_goes_before_the_monthly_one_and_its_gaps_can_be_filled)
{
  double flow[31];
  for (int d = 0; d < 31; d++)
    flow[d] = 3 + d % 7;
  flow[9] = NAN;
  eco_assert_ok(eco_basin_set_series(basin, river, "daily.inflow", eco_day_from_date(2016, 1, 1), flow, 31, "m3/s",
                                     "gauge.csv", &err),
                err);
  eco_model *model = eco_test_compile(basin, 0);
  eco_run_options o = eco_test_days(eco_day_from_date(2016, 1, 1), 0, eco_day_from_date(2016, 2, 1));
  refused(model, &o, "gauge.csv",
          "inflow of 'river' has no value for 2016-01-10, expected one for each day from 2016-01-01 to 2016-01-31 "
          "(warm-up included); gaps = \"monthly\" beside a monthly inflow would fill it");
  eco_model_destroy(model);
  eco_test_text(basin, river, "gaps", "monthly");
  model = eco_test_compile(basin, 0);
  const double january[3] = {monthly[11], monthly[0], monthly[1]};
  const int days[3] = {31, 31, 29};
  double sum = eco__flow_of_day(january, days, 10);
  for (int d = 0; d < 31; d++)
    sum += d == 9 ? 0 : flow[d];
  eco_test_record r;
  eco_test_run(model, &o, &r);
  ck_assert_double_eq_tol(booked(&r, 0, 0, ECO_LEDGER_BOUNDARY) / (86400 * sum), 1.0, 1e-14);
  eco_test_free_record(&r);
  const eco_outlook row = {0, "river", 0, 1.1};
  o.outlooks = &row;
  o.n_outlooks = 1;
  refused(model, &o, "gauge.csv",
          "outlook of 'river': its inflow is given day by day, it cannot have a year's factor too");
  eco_model_destroy(model);
}
END_TEST

/* ---- weather ---- */

START_TEST(measured_rain_is_the_same_for_all_members_and_the_ledger_counts_it)
{
  double rain[366], sum = 0;
  for (int d = 0; d < 366; d++) {
    rain[d] = d % 5 == 0 ? 0.1 * d : 0.0;
    sum += rain[d];
  }
  eco_assert_ok(
    eco_basin_set_series(basin, climate, "daily.rain", eco_day_from_date(2016, 1, 1), rain, 366, "", "w.csv", &err),
    err);
  eco_model *model = eco_test_compile(basin, 0);
  eco_run_options o = year(2016, 2017);
  o.members = 3;
  eco_test_record r;
  eco_test_run(model, &o, &r);
  for (size_t m = 0; m < 3; m++)
    ck_assert_double_eq_tol(booked(&r, m, 0, ECO_LEDGER_AIR) / (2e6 * 1e-3 * sum), 1.0, 1e-13);
  eco_test_free_record(&r);
  o.start = eco_day_from_date(2015, 12, 1);
  refused(model, &o, "w.csv",
          "rain has no value for 2015-12-01, expected one for each day from 2015-12-01 to 2016-12-31 (warm-up "
          "included); gaps = \"generate\" would fill it");
  o = year(2016, 2017);
  const eco_outlook row = {0, "rain", 0.25, 1};
  o.outlooks = &row;
  o.n_outlooks = 1;
  refused(model, &o, "w.csv",
          "outlook of rain: the rain is measured day by day, it cannot be held to a year's amount too");
  eco_model_destroy(model);
  eco_test_text(basin, climate, "gaps", "generate");
  model = eco_test_compile(basin, 0);
  o = year(2015, 2017);
  eco_run *run = eco_test_make_run(model, &o);
  eco_run_destroy(run);
  eco_model_destroy(model);
}
END_TEST

START_TEST(WEA_13_the_pond_gets_the_rain_that_the_year_is_held_to)
{
  eco_model *model = eco_test_compile(basin, 0);
  eco_run_options o = year(2016, 2018);
  const eco_outlook rows[] = {{0, "rain", 0.25, 1}, {2017, "rain", 0, 0.7}};
  o.members = 4;
  o.seed = 3;
  o.outlooks = rows;
  o.n_outlooks = 2;
  eco_test_record r;
  eco_test_run(model, &o, &r);
  eco__moments wet = eco__rain_moments(&model->climate, eco_day_from_date(2016, 1, 1), 366);
  eco__moments named = eco__rain_moments(&model->climate, eco_day_from_date(2017, 1, 1), 365);
  double target = eco__rain_exceeded(&wet, 0.25) + 0.7 * named.mean;
  for (size_t m = 0; m < 4; m++)
    ck_assert_double_eq_tol(booked(&r, m, 0, ECO_LEDGER_AIR) / (2e6 * 1e-3 * target), 1.0, 1e-12);
  ck_assert(!eco_test_same_lane(&r, 0, 0, &r, 0, 1)); /* but not on the same days */
  eco_test_free_record(&r);
  eco_model_destroy(model);
}
END_TEST

START_TEST(outlooks_that_mean_nothing_are_refused)
{
  eco_model *model = eco_test_compile(basin, 0);
  const struct {
    eco_outlook row;
    const char *text;
  } wrong[] = {{{0, NULL, 0, 1}, "an outlook has no item, expected rain or a water"},
               {{0, "rain", 1.5, 1}, "outlook of rain: exceeded is 1.5, must be between 0 and 1"},
               {{0, "rain", 0, -1}, "outlook of 'rain': factor is -1, must be 0 or more"},
               {{0, "pond", 0, 1}, "outlook of 'pond': expected rain or a water with a boundary inflow"}};
  eco_run_options o = year(2016, 2017);
  o.n_outlooks = 1;
  for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
    o.outlooks = &wrong[k].row;
    refused(model, &o, "", wrong[k].text);
  }
  const eco_outlook twice[] = {{2016, "river", 0, 1}, {2016, "river", 0, 2}};
  o.outlooks = twice;
  o.n_outlooks = 2;
  refused(model, &o, "", "outlook of 'river' in 2016 is given twice, expected once");
  eco_model_destroy(model);
}
END_TEST

START_TEST(a_climate_that_does_not_hold_together_is_refused)
{
  const double low[2] = {5, 9}, high[2] = {8, 8};
  eco_day day = eco_day_from_date(2016, 3, 1);
  switch (_i) {
  case 0:
    eco_assert_ok(eco_basin_set_series(basin, climate, "daily.t_min", day, low, 2, "C", "w.csv", &err), err);
    err = eco_test_fault(basin, 0);
    ck_assert_str_eq(err.text, "climate 'hills': daily.t_min is given without daily.t_max, expected both or neither");
    break;
  case 1:
    eco_assert_ok(eco_basin_set_series(basin, climate, "daily.t_min", day, low, 2, "C", "w.csv", &err), err);
    eco_assert_ok(eco_basin_set_series(basin, climate, "daily.t_max", day, high, 2, "C", "w.csv", &err), err);
    err = eco_test_fault(basin, 0);
    ck_assert_str_eq(err.text, "climate 'hills': daily.t_min of 2016-03-02 is 9 C, above daily.t_max, 8 C");
    break;
  case 2:
    eco_test_text(basin, climate, "evaporation_from", "weather");
    err = eco_test_fault(basin, 0);
    ck_assert_str_eq(err.text, "climate 'hills': evaporation_from is 'weather', but 'latitude' is not given");
    break;
  case 3:
    eco_test_text(basin, climate, "evaporation_from", "magic");
    err = eco_test_fault(basin, 0);
    ck_assert_str_eq(err.text, "climate 'hills': evaporation_from is 'magic', expected normals or weather");
    break;
  case 4:
    eco_test_monthly(basin, climate, "t_min", 16);
    eco_test_monthly(basin, climate, "t_max", 20);
    err = eco_test_fault(basin, 0);
    ck_assert_str_eq(err.text, "climate 'hills': month 1 has t_min 16, t_mean 15, t_max 20 C, they must rise");
    break;
  case 5:
    eco_test_text(basin, climate, "gaps", "forget");
    err = eco_test_fault(basin, 0);
    ck_assert_str_eq(err.text, "climate 'hills': gaps is 'forget', expected generate or nothing");
    break;
  case 6:
    eco_test_text(basin, pond, "gaps", "monthly");
    err = eco_test_fault(basin, 0);
    ck_assert_str_eq(err.text, "lake 'pond': gaps is 'monthly', but 'inflow' is not given");
    break;
  default: {
    const double wrong[3] = {1, NAN, -2};
    ck_assert_int_eq(eco_basin_set_series(basin, climate, "daily.rain", day, wrong, 3, "cm", "w.csv", &err),
                     ECO_INVALID);
    ck_assert_str_eq(err.text,
                     "climate 'hills': daily.rain of 2016-03-03 is -2 cm (-20 mm), must be between 0 and 2000 mm");
    ck_assert_int_eq(eco_basin_set_series(basin, climate, "daily.rain", day, wrong, 0, "", "", &err), ECO_INVALID);
    ck_assert_int_eq(eco_basin_set_series(basin, climate, "t_mean", day, wrong, 1, "", "", &err), ECO_INVALID);
    ck_assert_int_eq(eco_basin_set_number(basin, climate, "daily.rain", 3, "mm", &err), ECO_INVALID);
    ck_assert_str_eq(err.text, "climate 'hills': daily.rain is given one number, must be a daily series");
  }
  }
}
END_TEST

/* ---- where it comes from, in words ---- */

static const char *told(const eco_model *model, const char *name)
{
  for (size_t k = 0; k < eco_model_weather_count(model); k++)
    if (strcmp(eco_model_weather_at(model, k).name, name) == 0)
      return eco_model_weather_at(model, k).text;
  return "nothing";
}

START_TEST(the_model_tells_where_its_weather_comes_from)
{
  eco_model *model = eco_test_compile(basin, 0);
  ck_assert_str_eq(told(model, "rain"), "generated: wet and dry days, gamma amounts");
  ck_assert_str_eq(told(model, "evaporation"), "monthly normals of open water");
  ck_assert_str_eq(told(model, "inflow of river"), "monthly means, spread over the days without steps");
  ck_assert_ptr_null(eco_model_weather_at(model, 99).name);
  eco_model_destroy(model);
  eco_test_text(basin, climate, "evaporation_from", "weather");
  eco_test_number(basin, climate, "latitude", 31);
  eco_test_number(basin, climate, "altitude", 80);
  eco_test_monthly(basin, climate, "t_min", 11);
  eco_test_monthly(basin, climate, "t_max", 20);
  model = eco_test_compile(basin, 0);
  ck_assert_str_eq(told(model, "evaporation"),
                   "open water 1.05 x Hargreaves, from mean temperature and the month's range");
  eco_model_destroy(model);
  const double rain[3] = {0, NAN, 2};
  eco_test_monthly(basin, climate, "humidity", 75);
  eco_test_text(basin, climate, "gaps", "generate");
  eco_assert_ok(
    eco_basin_set_series(basin, climate, "daily.rain", eco_day_from_date(2016, 1, 1), rain, 3, "", "w.csv", &err), err);
  model = eco_test_compile(basin, 0);
  ck_assert_str_eq(told(model, "evaporation"),
                   "open water 1.05 x Penman-Monteith of FAO paper 56; vapour pressure from "
                   "humidity, radiation from the range of temperature");
  ck_assert_str_eq(told(model, "rain"), "day by day: w.csv, 2016-01-01 to 2016-01-03, 1 days without a value; gaps: "
                                        "generated: wet and dry days, gamma amounts");
  eco_model_destroy(model);
}
END_TEST

/* ---- draws ---- */

START_TEST(DRW_a_draw_on_the_climate_or_an_inflow_is_a_factor_on_what_the_ledger_counts)
{
  eco_model *model = eco_test_compile(basin, 0);
  const eco_draw draws[] = {{"climate", "rain", ECO_UNIFORM, 0.5, 1, 1.5},
                            {"climate", "evaporation", ECO_UNIFORM, 0.5, 1, 1.5},
                            {"river", "inflow", ECO_LOGNORMAL, 0.5, 1, 2}};
  eco_run_options o = year(2016, 2017);
  o.members = 5;
  eco_test_record plain, drawn;
  eco_test_run(model, &o, &plain);
  o.draws = draws;
  o.n_draws = 3;
  eco_test_run(model, &o, &drawn);
  const eco_ledger_row rows[] = {ECO_LEDGER_AIR, ECO_LEDGER_EVAPORATION, ECO_LEDGER_BOUNDARY};
  for (size_t m = 0; m < 5; m++)
    for (size_t k = 0; k < 3; k++)
      ck_assert_double_eq_tol(booked(&drawn, m, 0, rows[k]) / booked(&plain, m, 0, rows[k]),
                              eco_draw_value(&draws[k], o.seed, (uint32_t)m), 1e-12);
  for (size_t m = 0; m < 5; m++)
    ck_assert_double_eq_tol(booked(&drawn, m, 1 + ECO__TP, ECO_LEDGER_BOUNDARY),
                            2e-3 * booked(&drawn, m, 0, ECO_LEDGER_BOUNDARY), 1e-6);
  eco_test_free_record(&plain);
  eco_test_free_record(&drawn);
  eco_model_destroy(model);
}
END_TEST

/* A lake of f times the area holds f times the water at a level, gets f times the rain, and stands as high as before where
 * nothing else flows: levels rise by rain less evaporation. */
START_TEST(DRW_a_draw_on_the_area_of_a_lake_scales_its_table)
{
  eco_item here = eco_test_item(basin, ECO_SECTION, "here");
  eco_test_text(basin, here, "water", "pond");
  eco_model *model = eco_test_compile(basin, 0);
  const eco_draw draw = {"pond", "area", ECO_TRIANGULAR, 0.8, 1, 1.2};
  eco_run_options o = year(2016, 2017);
  o.members = 4;
  eco_test_record plain, drawn;
  eco_test_run(model, &o, &plain);
  o.draws = &draw;
  o.n_draws = 1;
  eco_test_run(model, &o, &drawn);
  for (size_t m = 0; m < 4; m++) {
    double f = eco_draw_value(&draw, o.seed, (uint32_t)m);
    ck_assert_double_eq_tol(booked(&drawn, m, 0, ECO_LEDGER_AIR) / booked(&plain, m, 0, ECO_LEDGER_AIR), f, 1e-12);
    ck_assert_double_eq_tol(eco_test_value(&drawn, ECO_TABLE_WATER, 0, m, 11, "pond", "volume") /
                              eco_test_value(&plain, ECO_TABLE_WATER, 0, m, 11, "pond", "volume"),
                            f, 1e-12);
    for (size_t day = 0; day < 366; day += 61)
      ck_assert_double_eq_tol(eco_test_value(&drawn, ECO_TABLE_SECTION, 0, m, day, "here", "depth"),
                              eco_test_value(&plain, ECO_TABLE_SECTION, 0, m, day, "here", "depth"), 1e-10);
    ck_assert_double_le(fabs(drawn.ledgers[m * 16].residual), 1e-12);
  }
  eco_test_free_record(&plain);
  eco_test_free_record(&drawn);
  eco_model_destroy(model);
}
END_TEST

/* In a network with everything: alone and in company, the same bits; and the ledgers close (the run would fail). */
START_TEST(DRW_a_member_with_its_own_lakes_and_rain_is_the_same_alone)
{
  eco_model *model = eco_test_valley(NULL);
  const eco_draw draws[] = {{"climate", "rain", ECO_UNIFORM, 0.8, 1, 1.2},
                            {"reservoir", "inflow", ECO_UNIFORM, 0.5, 1, 1.5},
                            {"reservoir", "area", ECO_UNIFORM, 0.8, 1, 1.2},
                            {"lake", "area", ECO_UNIFORM, 0.8, 1, 1.2}};
  const eco_outlook rows[] = {{0, "rain", 0.75, 1}, {2018, "reservoir", 0, 0.6}};
  eco_run_options o = eco_test_days(eco_day_from_date(2017, 11, 10), 0, eco_day_from_date(2018, 4, 1));
  o.members = 9;
  o.threads = 2;
  o.draws = draws;
  o.n_draws = 4;
  o.outlooks = rows;
  o.n_outlooks = 2;
  eco_test_record all, one;
  eco_test_run(model, &o, &all);
  for (uint32_t m = 0; m < 9; m += 4) {
    o.first_member = m;
    o.members = 1;
    eco_test_run(model, &o, &one);
    ck_assert(eco_test_same_lane(&all, 0, m, &one, 0, 0));
    eco_test_free_record(&one);
  }
  ck_assert(!eco_test_same_lane(&all, 0, 0, &all, 0, 1));
  eco_test_free_record(&all);
  eco_model_destroy(model);
}
END_TEST

START_TEST(DRW_draws_of_what_is_not_there_are_refused)
{
  eco_model *model = eco_test_compile(basin, 0);
  const struct {
    eco_draw draw;
    const char *text;
  } wrong[] = {
    {{"climate", "snow", ECO_UNIFORM, 1, 1, 2},
     "draw 'climate.snow': of the climate only 'rain' and 'evaporation' can be drawn"},
    {{"pond", "inflow", ECO_UNIFORM, 1, 1, 2}, "draw 'pond.inflow': 'pond' has no boundary inflow"},
    {{"pond", "depth", ECO_UNIFORM, 1, 1, 2}, "draw 'pond.depth': of a lake only 'inflow' and 'area' can be drawn"},
    {{"river", "area", ECO_UNIFORM, 1, 1, 2}, "draw 'river.area': of a reach only 'inflow' can be drawn"},
    {{"pond", "area", ECO_UNIFORM, 0, 1, 2}, "draw 'pond.area': low is 0, must be above 0"}};
  eco_run_options o = year(2016, 2017);
  o.n_draws = 1;
  for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
    o.draws = &wrong[k].draw;
    refused(model, &o, "", wrong[k].text);
  }
  eco_model_destroy(model);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("outside");
  TCase *all = tcase_create("all");
  tcase_add_checked_fixture(all, set_up, tear_down);
  tcase_add_test(all, FLO_4_the_ledger_of_a_leap_year_is_the_sum_of_its_months);
  tcase_add_test(all, FLO_the_flow_of_a_day_is_that_of_its_month_and_runs_on_over_the_turn_of_the_year);
  tcase_add_test(all, a_daily_inflow_goes_before_the_monthly_one_and_its_gaps_can_be_filled);
  tcase_add_test(all, measured_rain_is_the_same_for_all_members_and_the_ledger_counts_it);
  tcase_add_test(all, WEA_13_the_pond_gets_the_rain_that_the_year_is_held_to);
  tcase_add_test(all, outlooks_that_mean_nothing_are_refused);
  tcase_add_loop_test(all, a_climate_that_does_not_hold_together_is_refused, 0, 8);
  tcase_add_test(all, the_model_tells_where_its_weather_comes_from);
  tcase_add_test(all, DRW_a_draw_on_the_climate_or_an_inflow_is_a_factor_on_what_the_ledger_counts);
  tcase_add_test(all, DRW_a_draw_on_the_area_of_a_lake_scales_its_table);
  tcase_add_test(all, DRW_a_member_with_its_own_lakes_and_rain_is_the_same_alone);
  tcase_add_test(all, DRW_draws_of_what_is_not_there_are_refused);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
