/* test_balance.c -- the water balance of waters, catchments and sources: closed forms, closure, exchange, period, lanes. */
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "valley.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DAY_S 86400.0
enum { MOST = 64 };

static eco_error err;

typedef struct balances {
  eco_balance water[MOST], land[MOST], source[MOST];
  size_t n[ECO_N_BALANCES];
} balances;

static void read_all(const eco_run *run, size_t scenario, size_t member, balances *out)
{
  eco_balance *to[ECO_N_BALANCES] = {out->water, out->land, out->source};
  for (int id = 0; id < ECO_N_BALANCES; id++) {
    out->n[id] = MOST;
    eco_assert_ok(eco_run_balance(run, (eco_balance_id)id, scenario, member, to[id], &out->n[id], &err), err);
    ck_assert_uint_le(out->n[id], MOST);
    ck_assert_uint_eq(out->n[id], eco_run_layout(run)->balances[id].n_places);
  }
}

static const eco_balance *of(const eco_run *run, const balances *all, const char *name)
{
  const eco_balance_places *places = &eco_run_layout(run)->balances[ECO_BALANCE_WATER];
  for (size_t k = 0; k < places->n_places; k++)
    if (strcmp(places->places[k], name) == 0)
      return &all->water[k];
  ck_abort_msg("no water '%s'", name);
}

/* BAL-1, BAL-2: every water and catchment closes; what leaves for other waters arrives there. */
static void check_closed(const balances *all)
{
  double from = 0.0, to = 0.0;
  for (size_t w = 0; w < all->n[ECO_BALANCE_WATER]; w++) {
    const eco_balance *b = &all->water[w];
    ck_assert_msg(fabs(b->residual) <= 1e-12, "water %zu: residual %g of %g m3", w, b->residual, b->throughput);
    for (size_t r = 0; r < ECO_N_WATER_ROWS; r++)
      ck_assert(r == ECO_WATER_OUTFLOW || b->rows[r] >= 0);
    from += b->rows[ECO_WATER_FROM];
    to += b->rows[ECO_WATER_TO];
  }
  ck_assert_double_eq_tol(from, to, 1e-15 * MOST * (from + to)); /* sums of MOST rounded numbers in two orders */
  for (size_t c = 0; c < all->n[ECO_BALANCE_CATCHMENT]; c++)
    ck_assert_msg(fabs(all->land[c].residual) <= 1e-12, "catchment %zu: %g", c, all->land[c].residual);
}

/* ---- two lakes and a river ---- */

static const double AREA[2] = {1e6, 2e6}; /* m2 at every level */

static void add_climate(eco_basin *basin)
{
  eco_item c = eco_test_item(basin, ECO_CLIMATE, "climate");
  eco_test_monthly(basin, c, "t_mean", 15.0);
  eco_test_monthly(basin, c, "p_wet_wet", 0.5);
  eco_test_monthly(basin, c, "p_wet_dry", 0.3);
  eco_test_monthly(basin, c, "gamma_shape", 0.8);
  eco_test_monthly(basin, c, "gamma_scale", 10.0);
  eco_test_monthly(basin, c, "evaporation", 60.0);
  eco_test_monthly(basin, c, "wind", 2.0);
}

/* over that of the climate, June and the other months: on upper, on lower (absent: 1), on the land */
static const double RAIN_FACTOR[3][2] = {{1.5, 0.5}, {1.0, 1.0}, {0.0, 1.2}};

static void add_rain_factor(eco_basin *basin, eco_item item, const double factor[2])
{
  double months[12];
  for (int m = 0; m < 12; m++)
    months[m] = factor[m == 5 ? 0 : 1];
  eco_test_array(basin, item, "rain_factor", months, 12);
}

/* upper (2 m3/s flow in) -> river (a source of 0.3) -> lower (an intake of 0.5) -> out of the model */
static eco_model *make_chain(bool rains)
{
  eco_basin *basin = eco_test_basin();
  for (int k = 0; k < 2; k++) {
    double levels[] = {k ? 20.0 : 100.0, k ? 40.0 : 120.0}, areas[] = {AREA[k], AREA[k]};
    eco_item lake = eco_test_lake(basin, k ? "lower" : "upper", levels, areas, 2, levels[0] + 10);
    if (k == 0) {
      eco_test_monthly(basin, lake, "inflow", 2.0);
      add_rain_factor(basin, lake, RAIN_FACTOR[0]);
    }
  }
  (void)eco_test_weir(basin, "first", "weir", "upper", "river", 110.0, 5.0, 0.6);
  (void)eco_test_reach(basin, "river", 9000, 10, 2, 0.03, 60, 50, "lower", 0);
  (void)eco_test_weir(basin, "last", "weir", "lower", NULL, 30.0, 5.0, 0.6);
  eco_item intake = eco_test_item(basin, ECO_STRUCTURE, "works");
  eco_test_text(basin, intake, "law", "intake");
  eco_test_text(basin, intake, "from", "lower");
  eco_test_monthly(basin, intake, "demand", 0.5);
  eco_item town = eco_test_item(basin, ECO_SOURCE, "town");
  eco_test_text(basin, town, "water", "river");
  eco_test_number(basin, town, "flow", 0.3);
  if (rains) {
    add_climate(basin);
    eco_item land = eco_test_item(basin, ECO_CATCHMENT, "land");
    eco_test_text(basin, land, "water", "upper");
    eco_test_number(basin, land, "area", 5e6);
    add_rain_factor(basin, land, RAIN_FACTOR[2]);
    eco_test_number(basin, land, "curve_number", 75);
  }
  eco_model *model = eco_test_compile(basin, 3000);
  eco_basin_destroy(basin);
  return model;
}

static eco_run *run_days(const eco_model *model, int before, int recorded, uint32_t members)
{
  eco_day start = eco_day_from_date(2018, 1, 1);
  eco_run_options o = eco_test_days(start, start + before, start + before + recorded);
  o.members = members;
  eco_run *run = eco_test_make_run(model, &o);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  return run;
}

/* Without weather and after 200 days everything stands still: what comes in goes out, to what Newton leaves of a flow
 * (1e-9 of it is far below any row's meaning and far above round-off). */
START_TEST(BAL_1_rows_of_a_steady_chain_are_known)
{
  const int days = 100;
  eco_model *model = make_chain(false);
  eco_run *run = run_days(model, 200, days, 1);
  balances all;
  read_all(run, 0, 0, &all);
  check_closed(&all);
  const double per = days * DAY_S;
  struct {
    const char *water;
    double boundary, sources, from, to, abstraction, outflow;
  } known[] = {{"upper", 2.0, 0, 0, 2.0, 0, 0}, {"river", 0, 0.3, 2.0, 2.3, 0, 0}, {"lower", 0, 0, 2.3, 0, 0.5, 1.8}};
  for (size_t k = 0; k < 3; k++) {
    const eco_balance *b = of(run, &all, known[k].water);
    ck_assert_double_eq_tol(b->rows[ECO_WATER_BOUNDARY], known[k].boundary * per, 1e-14 * per);
    ck_assert_double_eq_tol(b->rows[ECO_WATER_SOURCES], known[k].sources * per, 1e-14 * per);
    ck_assert_double_eq_tol(b->rows[ECO_WATER_FROM], known[k].from * per, 1e-9 * per);
    ck_assert_double_eq_tol(b->rows[ECO_WATER_TO], known[k].to * per, 1e-9 * per);
    ck_assert_double_eq_tol(b->rows[ECO_WATER_ABSTRACTION], known[k].abstraction * per, 1e-9 * per);
    ck_assert_double_eq_tol(b->rows[ECO_WATER_OUTFLOW], known[k].outflow * per, 1e-9 * per);
    ck_assert_double_eq_tol(b->rows[ECO_WATER_FINAL], b->rows[ECO_WATER_INITIAL], 1e-9 * per);
    ck_assert_double_eq(b->rows[ECO_WATER_RAIN] + b->rows[ECO_WATER_EVAPORATION] + b->rows[ECO_WATER_LAND], 0.0);
    ck_assert_double_eq_tol(b->throughput,
                            b->rows[ECO_WATER_INITIAL] + (known[k].boundary + known[k].sources + known[k].from) * per,
                            1e-8 * per);
  }
  ck_assert_double_eq_tol(all.source[0].rows[ECO_SOURCE_FLOW], 0.3 * per, 1e-14 * per);
  ck_assert_double_eq(all.source[0].residual, 0.0);
  /* the weir over upper's crest, WAT-3: C h^1.5 = 2 m3/s, C = 2/3 0.6 b sqrt(2 g) */
  double h = pow(2.0 / (2.0 / 3.0 * 0.6 * 5.0 * sqrt(2 * 9.81)), 2.0 / 3.0);
  ck_assert_double_eq_tol(of(run, &all, "upper")->rows[ECO_WATER_INITIAL], AREA[0] * (10.0 + h), 1e-7 * AREA[0]);
  eco_run_destroy(run);
  eco_model_destroy(model);
}
END_TEST

/* Of the recorded days, mm: rain of each of the three, evaporation. */
typedef struct sums {
  double rain[3], evap;
} sums;

static sums sum_weather(const eco_run *run, uint32_t member)
{
  const eco__climate *climate = &run->model->climate;
  eco__weather_state state;
  eco__weather w;
  sums sum = {{0}, 0};
  eco__weather_start(climate, run->seed, member, run->start, &state);
  for (eco_day day = run->start; day < run->end; day++) {
    int year, month;
    eco__month_of(day, &year, &month);
    eco__weather_next(climate, run->seed, member, day, &state, &w);
    for (int k = 0; k < 3 && day >= run->record; k++)
      sum.rain[k] += RAIN_FACTOR[k][month == 5 ? 0 : 1] * w.rain_mm;
    sum.evap += day < run->record ? 0.0 : w.evap_mm;
  }
  return sum;
}

/* Rain and evaporation of lakes with one area at all levels, and of land, are the weather's own sums of the recorded days. */
START_TEST(BAL_1_BAL_2_CAT_7_rain_and_evaporation_are_those_of_the_recorded_days)
{
  eco_model *model = make_chain(true);
  eco_run *run = run_days(model, 45, 300, 3);
  for (uint32_t member = 0; member < 3; member++) {
    balances all;
    read_all(run, 0, member, &all);
    check_closed(&all);
    sums sum = sum_weather(run, member);
    ck_assert_double_gt(sum.rain[1], 100.0);
    for (int k = 0; k < 2; k++) {
      const eco_balance *lake = of(run, &all, k ? "lower" : "upper");
      ck_assert_double_eq_tol(lake->rows[ECO_WATER_RAIN], AREA[k] * 1e-3 * sum.rain[k], 1e-12 * AREA[k]);
      ck_assert_double_eq_tol(lake->rows[ECO_WATER_EVAPORATION], AREA[k] * 1e-3 * sum.evap, 1e-12 * AREA[k]);
    }
    const eco_balance *upper = of(run, &all, "upper"), *river = of(run, &all, "river"), *lower = of(run, &all, "lower");
    ck_assert_double_eq(river->rows[ECO_WATER_RAIN], 0.0);
    ck_assert_double_eq(upper->rows[ECO_WATER_TO], river->rows[ECO_WATER_FROM]);
    ck_assert_double_eq(river->rows[ECO_WATER_TO], lower->rows[ECO_WATER_FROM]);
    ck_assert_double_eq_tol(lower->rows[ECO_WATER_ABSTRACTION], 0.5 * 300 * DAY_S, 1e-12 * 300 * DAY_S);
    const eco_balance *land = &all.land[0];
    ck_assert_double_eq_tol(land->rows[ECO_CATCHMENT_RAIN], 5e6 * 1e-3 * sum.rain[2], 1e-12 * 5e6);
    ck_assert_double_gt(land->rows[ECO_CATCHMENT_RUNOFF], 0.0);
    ck_assert_double_eq_tol(land->rows[ECO_CATCHMENT_RUNOFF], upper->rows[ECO_WATER_LAND], 1e-12 * 5e6);
    ck_assert_double_eq(land->rows[ECO_CATCHMENT_IRRIGATION], 0.0);
  }
  eco_run_destroy(run);
  eco_model_destroy(model);
}
END_TEST

START_TEST(BAL_1_there_is_no_balance_in_the_warm_up_and_later_one_so_far)
{
  eco_model *model = make_chain(true);
  eco_day start = eco_day_from_date(2018, 1, 1);
  eco_run_options o = eco_test_days(start, start + 31, start + 365);
  eco_run *run = eco_test_make_run(model, &o);
  eco_balance many[3];
  size_t n = 3;
  eco_assert_ok(eco_run_step(run, &err), err);
  ck_assert_int_eq(eco_run_balance(run, ECO_BALANCE_WATER, 0, 0, many, &n, &err), ECO_NOT_FOUND);
  eco_assert_ok(eco_run_step(run, &err), err);
  eco_assert_ok(eco_run_balance(run, ECO_BALANCE_WATER, 0, 0, many, &n, &err), err);
  ck_assert_double_eq_tol(many[0].rows[ECO_WATER_BOUNDARY], 2.0 * 28 * DAY_S, 1e-14 * 28 * DAY_S);
  ck_assert_double_le(fabs(many[0].residual), 1e-14);
  n = 1; /* room for the first only, and for none */
  eco_balance first = many[0];
  many[0] = many[1] = (eco_balance){{-1}, -1, -1};
  eco_assert_ok(eco_run_balance(run, ECO_BALANCE_WATER, 0, 0, many, &n, &err), err);
  ck_assert_uint_eq(n, 3);
  ck_assert_mem_eq(&many[0], &first, sizeof first);
  ck_assert_double_eq(many[1].throughput, -1.0);
  eco_assert_ok(eco_run_balance(run, ECO_BALANCE_WATER, 0, 0, NULL, &n, &err), err);
  ck_assert_uint_eq(n, 3);
  ck_assert_int_eq(eco_run_balance(run, ECO_N_BALANCES, 0, 0, many, &n, &err), ECO_INVALID);
  ck_assert_int_eq(eco_run_balance(run, ECO_BALANCE_WATER, 1, 0, many, &n, &err), ECO_INVALID);
  ck_assert_int_eq(eco_run_balance(run, ECO_BALANCE_WATER, 0, 1, many, &n, &err), ECO_INVALID);
  eco_run_destroy(run);
  eco_model_destroy(model);
}
END_TEST

/* ---- back and forth ---- */

/* Two lakes beside each other, joined by `weirs` drowned weirs; one is fed in the first half of the year, the other in the second,
 * and both drain through intakes: water goes one way, then the other. */
static eco_model *make_pair(int weirs)
{
  eco_basin *basin = eco_test_basin();
  double levels[] = {0.0, 30.0}, areas[] = {1e6, 1e6}, inflow[2][12];
  for (int k = 0; k < 2; k++) {
    eco_item lake = eco_test_lake(basin, k ? "east" : "west", levels, areas, 2, 10.0), intake;
    for (int m = 0; m < 12; m++)
      inflow[k][m] = (m < 6) == (k == 0) ? 2.0 : 0.0;
    eco_test_array(basin, lake, "inflow", inflow[k], 12);
    intake = eco_test_item(basin, ECO_STRUCTURE, k ? "east works" : "west works");
    eco_test_text(basin, intake, "law", "intake");
    eco_test_text(basin, intake, "from", k ? "east" : "west");
    eco_test_monthly(basin, intake, "demand", 1.0);
  }
  for (int k = 0; k < weirs; k++) {
    char name[16];
    (void)snprintf(name, sizeof name, "sill %d", k);
    (void)eco_test_weir(basin, name, "weir", "west", "east", 5.0, 6.0 / weirs, 0.6);
  }
  eco_model *model = eco_test_compile(basin, 3000);
  eco_basin_destroy(basin);
  return model;
}

/* Half of what feeds one lake passes to the other, for half a year each way: from and to are gross. Several structures of the same
 * two lakes add up to one of their width. */
START_TEST(BAL_1_water_that_goes_back_and_forth_counts_both_ways)
{
  balances one, several;
  for (int weirs = 1; weirs <= 3; weirs += 2) {
    eco_model *model = make_pair(weirs);
    eco_run *run = run_days(model, 0, 365, 1);
    balances *all = weirs == 1 ? &one : &several;
    read_all(run, 0, 0, all);
    check_closed(all);
    const eco_balance *west = of(run, all, "west"), *east = of(run, all, "east");
    ck_assert_double_eq_tol(west->rows[ECO_WATER_TO], east->rows[ECO_WATER_FROM], 1e-9);
    ck_assert_double_eq_tol(east->rows[ECO_WATER_TO], west->rows[ECO_WATER_FROM], 1e-9);
    /* 1 m3/s over 181 and 184 days, less what the small difference of levels stores: 0.1 m over 1 km2 at most */
    ck_assert_double_eq_tol(west->rows[ECO_WATER_TO], 181 * DAY_S, 1e5);
    ck_assert_double_eq_tol(east->rows[ECO_WATER_TO], 184 * DAY_S, 1e5);
    eco_run_destroy(run);
    eco_model_destroy(model);
  }
  for (size_t w = 0; w < 2; w++)
    for (size_t r = 0; r < ECO_N_WATER_ROWS; r++) /* Newton ends on 1e-9 m or so of 1 km2 */
      ck_assert_double_eq_tol(one.water[w].rows[r], several.water[w].rows[r], 1.0);
}
END_TEST

/* ---- random basins ---- */

static double roll(uint32_t basin, uint64_t *at, double low, double high)
{
  return low + (high - low) * eco__uniform(20261125, 0, basin, (*at)++);
}

/* A tree of lakes and rivers with weirs, intakes, sources, inflows, wet land on each. */
static eco_model *make_random(uint32_t k)
{
  enum { WATERS = 9 };
  uint64_t at = 0;
  eco_basin *basin = eco_test_basin();
  add_climate(basin);
  char name[WATERS][16];
  double bed[WATERS], length[WATERS];
  size_t n = 2 + (size_t)roll(k, &at, 0, WATERS - 2);
  for (size_t w = 0; w < n; w++) {
    size_t down = w ? (size_t)roll(k, &at, 0, (double)w) : 0;
    bool lake = w > 0 && roll(k, &at, 0, 1)<0.5, joins_lake = w> 0 && length[down] == 0;
    (void)snprintf(name[w], sizeof name[w], "W%zu", w);
    double low = w ? bed[down] + roll(k, &at, 0, 1) : 10.0, fall = roll(k, &at, 0.5, 8);
    eco_item item;
    length[w] = lake ? 0 : roll(k, &at, 2000, 20000);
    if (lake) {
      double levels[] = {low, low + 3, low + 20}, areas[] = {roll(k, &at, 0, 1e5), roll(k, &at, 1e5, 5e6), 0};
      areas[2] = areas[1] * 1.5;
      item = eco_test_lake(basin, name[w], levels, areas, 3, low + roll(k, &at, 0, 4));
      char weir[16];
      (void)snprintf(weir, sizeof weir, "S%zu", w);
      (void)eco_test_weir(basin, weir, roll(k, &at, 0, 1) < 0.5 ? "weir" : "gate", name[w], name[down], low + 2, 8.0,
                          0.6);
    } else {
      item = eco_test_reach(basin, name[w], length[w], roll(k, &at, 4, 60), 2, 0.03, low + fall, low,
                            w ? name[down] : NULL, w && !joins_lake ? roll(k, &at, 0, 1) * length[down] : 0);
    }
    bed[w] = lake ? low : low + fall;
    if (roll(k, &at, 0, 1) < 0.4)
      eco_test_monthly(basin, item, "inflow", roll(k, &at, 0, 20));
    char other[16];
    (void)snprintf(other, sizeof other, "C%zu", w);
    eco_item land = eco_test_item(basin, ECO_CATCHMENT, other);
    eco_test_text(basin, land, "water", name[w]);
    eco_test_number(basin, land, "area", roll(k, &at, 1e5, 1e9));
    eco_test_number(basin, land, "curve_number", roll(k, &at, 50, 95));
    if (roll(k, &at, 0, 1) < 0.4) {
      (void)snprintf(other, sizeof other, "I%zu", w);
      eco_item intake = eco_test_item(basin, ECO_STRUCTURE, other);
      eco_test_text(basin, intake, "law", "intake");
      eco_test_text(basin, intake, "from", name[w]);
      eco_test_monthly(basin, intake, "demand", roll(k, &at, 0.1, 5));
    }
    (void)snprintf(other, sizeof other, "P%zu", w);
    eco_item source = eco_test_item(basin, ECO_SOURCE, other);
    eco_test_text(basin, source, "water", name[w]);
    eco_test_number(basin, source, "flow", roll(k, &at, 0, 2));
  }
  eco_model *model = eco_test_compile(basin, 2000);
  eco_basin_destroy(basin);
  return model;
}

/* Rows of all waters and what the ledger counted since the first day: the same water. */
static void check_ledger(const eco_run *run, size_t member, const balances *all)
{
  static const eco_water_row rows[][2] = {{ECO_WATER_INITIAL, (eco_water_row)ECO_LEDGER_INITIAL},
                                          {ECO_WATER_BOUNDARY, (eco_water_row)ECO_LEDGER_BOUNDARY},
                                          {ECO_WATER_LAND, (eco_water_row)ECO_LEDGER_LAND},
                                          {ECO_WATER_SOURCES, (eco_water_row)ECO_LEDGER_SOURCES},
                                          {ECO_WATER_RAIN, (eco_water_row)ECO_LEDGER_AIR},
                                          {ECO_WATER_EVAPORATION, (eco_water_row)ECO_LEDGER_EVAPORATION},
                                          {ECO_WATER_ABSTRACTION, (eco_water_row)ECO_LEDGER_ABSTRACTION},
                                          {ECO_WATER_OUTFLOW, (eco_water_row)ECO_LEDGER_OUTFLOW},
                                          {ECO_WATER_FINAL, (eco_water_row)ECO_LEDGER_FINAL}};
  eco_ledger ledgers[16];
  size_t n = 16;
  eco_assert_ok(eco_run_ledger(run, 0, member, ledgers, &n, &err), err);
  for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
    double sum = 0.0;
    for (size_t w = 0; w < all->n[ECO_BALANCE_WATER]; w++)
      sum += all->water[w].rows[rows[r][0]];
    ck_assert_double_eq_tol(sum, ledgers[0].rows[rows[r][1]], 1e-13 * ledgers[0].throughput);
  }
}

START_TEST(BAL_1_BAL_2_random_basins_close_and_add_up_to_the_ledger)
{
  for (uint32_t k = 10 * (uint32_t)_i; k < 10 * (uint32_t)_i + 10; k++) {
    eco_model *model = make_random(k);
    eco_run *run = run_days(model, 0, 200, 2);
    for (size_t member = 0; member < 2; member++) {
      balances all;
      read_all(run, 0, member, &all);
      check_closed(&all);
      check_ledger(run, member, &all);
    }
    eco_run_destroy(run);
    eco_model_destroy(model);
  }
}
END_TEST

/* ---- lanes ---- */

/* One of everything, with draws and three scenarios of which two move water alike. */
START_TEST(BAL_1_BAL_2_a_lane_is_the_same_alone_in_company_and_on_any_threads)
{
  eco_model *model = eco_test_valley(NULL);
  eco_scenario *plans[ECO_TEST_PLANS];
  eco_test_plans(model, plans);
  eco_run_options o =
    eco_test_days(eco_day_from_date(2018, 1, 1), eco_day_from_date(2018, 1, 20), eco_day_from_date(2018, 5, 10));
  o.members = 4;
  o.threads = 3;
  o.scenarios = (const eco_scenario *const *)plans;
  o.n_scenarios = ECO_TEST_PLANS;
  eco_run *company = eco_test_make_run(model, &o);
  eco_assert_ok(eco_run_to_end(company, &err), err);
  for (uint32_t m = 0; m < 4; m++)
    for (size_t s = 0; s < ECO_TEST_PLANS; s++) {
      const eco_scenario *one = plans[s];
      o.first_member = m;
      o.members = o.threads = 1;
      o.scenarios = &one;
      o.n_scenarios = 1;
      eco_run *alone = eco_test_make_run(model, &o);
      eco_assert_ok(eco_run_to_end(alone, &err), err);
      balances a = {0}, b = {0};
      read_all(company, s, m, &a);
      read_all(alone, 0, 0, &b);
      check_closed(&a);
      ck_assert_mem_eq(&a, &b, sizeof a);
      eco_run_destroy(alone);
    }
  balances base, late;
  read_all(company, 0, 0, &base);
  read_all(company, 2, 0, &late); /* "works late": its plant starts in March */
  ck_assert(memcmp(&base.source, &late.source, sizeof base.source) != 0);
  eco_run_destroy(company);
  eco_test_free_plans(plans);
  eco_model_destroy(model);
}
END_TEST

START_TEST(rows_have_names_texts_and_signs)
{
  ck_assert_uint_eq(eco_balance_rows(ECO_BALANCE_WATER), ECO_N_WATER_ROWS);
  ck_assert_uint_eq(eco_balance_rows(ECO_N_BALANCES), 0);
  ck_assert_str_eq(eco_balance_row_name(ECO_BALANCE_WATER, ECO_WATER_FROM), "from other waters");
  ck_assert_str_eq(eco_balance_row_name(ECO_BALANCE_CATCHMENT, ECO_CATCHMENT_ET), "evapotranspiration");
  ck_assert_str_eq(eco_balance_row_text(ECO_BALANCE_SOURCE, ECO_SOURCE_FLOW), "water given to its water");
  ck_assert_int_eq(eco_balance_row_sign(ECO_BALANCE_WATER, ECO_WATER_TO), -1);
  ck_assert_str_eq(eco_balance_row_name(ECO_BALANCE_SOURCE, ECO_N_SOURCE_ROWS), "?");
  ck_assert_int_eq(eco_balance_row_sign(ECO_BALANCE_CATCHMENT, ECO_N_CATCHMENT_ROWS), 0);
  eco_balance zero = {0}, one = {.rows = {10, 0, 0, 5}, .throughput = 0};
  one.rows[ECO_WATER_FINAL] = 12;
  eco_balance_close(ECO_BALANCE_WATER, &zero);
  ck_assert_double_eq(zero.residual, 0.0);
  eco_balance_close(ECO_BALANCE_WATER, &one);
  ck_assert_double_eq(one.throughput, 15.0);
  ck_assert_double_eq(one.residual, 0.2);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("balance");
  TCase *rows = tcase_create("rows");
  tcase_set_timeout(rows, 120);
  tcase_add_test(rows, rows_have_names_texts_and_signs);
  tcase_add_test(rows, BAL_1_rows_of_a_steady_chain_are_known);
  tcase_add_test(rows, BAL_1_BAL_2_CAT_7_rain_and_evaporation_are_those_of_the_recorded_days);
  tcase_add_test(rows, BAL_1_there_is_no_balance_in_the_warm_up_and_later_one_so_far);
  tcase_add_test(rows, BAL_1_water_that_goes_back_and_forth_counts_both_ways);
  tcase_add_loop_test(rows, BAL_1_BAL_2_random_basins_close_and_add_up_to_the_ledger, 0, 4);
  tcase_add_test(rows, BAL_1_BAL_2_a_lane_is_the_same_alone_in_company_and_on_any_threads);
  suite_add_tcase(suite, rows);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
