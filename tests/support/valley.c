/* valley.c -- see valley.h */
#include "valley.h"

#include "network.h"
#include "suite.h"

#include <stdlib.h>
#include <string.h>

static void set(eco_basin *basin, eco_item item, const char *param, double value)
{
  eco_test_number(basin, item, param, value);
}

static void monthly(eco_basin *basin, eco_item item, const char *param, const double values[12])
{
  eco_error err;
  eco_assert_ok(eco_basin_set_array(basin, item, param, values, 12, "", &err), err);
}

static void add_climate(eco_basin *basin)
{
  const double t[12] = {4, 6, 11, 17, 22, 26, 28, 28, 23, 18, 11, 6};
  const double ww[12] = {0.5, 0.5, 0.55, 0.55, 0.55, 0.6, 0.6, 0.5, 0.5, 0.5, 0.45, 0.4};
  const double wd[12] = {0.2, 0.22, 0.28, 0.28, 0.28, 0.28, 0.25, 0.2, 0.2, 0.2, 0.16, 0.14};
  const double scale[12] = {6, 7, 9, 13, 16, 20, 24, 20, 14, 11, 9, 6};
  const double evaporation[12] = {30, 38, 60, 85, 110, 125, 150, 140, 100, 75, 48, 32};
  eco_item climate = eco_test_item(basin, ECO_CLIMATE, "climate");
  monthly(basin, climate, "t_mean", t);
  monthly(basin, climate, "p_wet_wet", ww);
  monthly(basin, climate, "p_wet_dry", wd);
  monthly(basin, climate, "gamma_scale", scale);
  monthly(basin, climate, "evaporation", evaporation);
  eco_test_monthly(basin, climate, "gamma_shape", 0.8);
  eco_test_monthly(basin, climate, "wind", 2.2);
}

static void add_waters(eco_basin *basin)
{
  const double levels[] = {20, 24, 30}, areas[] = {2e5, 9e5, 1.6e6}, low[] = {9, 12, 14}, wide[] = {1e5, 1.5e6, 2.5e6};
  eco_item reservoir = eco_test_lake(basin, "reservoir", levels, areas, 3, 26);
  eco_test_monthly(basin, reservoir, "inflow", 2);
  eco_test_monthly(basin, reservoir, "inflow.TN", 1.1);
  eco_test_monthly(basin, reservoir, "inflow.NH3-N", 0.2);
  eco_test_monthly(basin, reservoir, "inflow.DO", 9);
  eco_item lake = eco_test_lake(basin, "lake", low, wide, 3, 12.1);
  set(basin, lake, "initial.TP", 0.05);
  set(basin, lake, "release.TP", 2);
  set(basin, lake, "release.NH3-N", 10);
  eco_item upper = eco_test_reach(basin, "upper", 9000, 12, 2, 0.03, 19, 15, "middle", 0);
  (void)eco_test_reach(basin, "middle", 8000, 15, 2, 0.03, 15, 12, "lower", 0);
  (void)eco_test_reach(basin, "lower", 7000, 20, 2, 0.03, 12, 10, NULL, 0);
  set(basin, upper, "initial.CODMn", 2);
  eco_item dam = eco_test_item(basin, ECO_STRUCTURE, "dam");
  eco_test_text(basin, dam, "law", "dam");
  eco_test_text(basin, dam, "from", "reservoir");
  eco_test_text(basin, dam, "to", "upper");
  set(basin, dam, "width", 20);
  set(basin, dam, "hold_level", 26);
  eco_test_monthly(basin, dam, "release", 1.5);
  eco_item weir = eco_test_weir(basin, "outlet", "weir", "lake", "lower", 12, 8, 0.6);
  set(basin, weir, "to_at", 1000);
  eco_item intake = eco_test_item(basin, ECO_STRUCTURE, "town");
  eco_test_text(basin, intake, "law", "intake");
  eco_test_text(basin, intake, "from", "middle");
  set(basin, intake, "from_at", 3000);
  eco_test_monthly(basin, intake, "demand", 0.4);
}

static void add_catchment(eco_basin *basin, const char *name, const char *water, double area_km2)
{
  eco_item item = eco_test_item(basin, ECO_CATCHMENT, name);
  eco_test_text(basin, item, "water", water);
  set(basin, item, "area", 1e6 * area_km2);
  set(basin, item, "curve_number", 78);
}

static eco_item add_source(eco_basin *basin, const char *name, const char *where, const char *what, const char *group)
{
  eco_item item = eco_test_item(basin, ECO_SOURCE, name);
  eco_test_text(basin, item, where, what);
  eco_test_text(basin, item, "group", group);
  return item;
}

static void add_sources(eco_basin *basin)
{
  eco_item works = add_source(basin, "works", "water", "middle", "plant");
  set(basin, works, "at", 1500);
  set(basin, works, "flow", 0.3);
  set(basin, works, "conc.CODMn", 20);
  set(basin, works, "conc.NH3-N", 5);
  set(basin, works, "conc.TN", 15);
  set(basin, works, "conc.TP", 0.5);
  set(basin, works, "conc.DO", 4);
  eco_item late = add_source(basin, "new works", "water", "lower", "plant");
  set(basin, late, "at", 3500);
  set(basin, late, "flow", 0.25);
  set(basin, late, "conc.Cd", 0.01);
  set(basin, late, "active", 0);
  eco_item pigs = add_source(basin, "pigs", "water", "upper", "pig");
  set(basin, pigs, "load.CODMn", 300);
  set(basin, pigs, "load.NH3-N", 60);
  set(basin, pigs, "load.TP", 15);
  eco_item fields = add_source(basin, "fields", "catchment", "hills", "paddy");
  eco_test_text(basin, fields, "timing", "washoff");
  set(basin, fields, "load.TN", 120);
  set(basin, fields, "load.NH3-N", 30);
  set(basin, fields, "load.TP", 10);
}

static void add_places(eco_basin *basin)
{
  eco_item site = eco_test_item(basin, ECO_SITE, "yard");
  eco_test_text(basin, site, "water", "lower");
  eco_test_text(basin, site, "contaminant", "Cd");
  const struct {
    const char *name;
    double value;
  } soil[] = {{"area", 2e5},         {"depth", 0.4}, {"total", 3},       {"bulk_density", 1.4}, {"water_content", 0.3},
              {"infiltration", 350}, {"kd", 60},     {"fix_rate", 1e-4}, {"rev_rate", 1e-5}};
  for (size_t k = 0; k < sizeof soil / sizeof soil[0]; k++)
    set(basin, site, soil[k].name, soil[k].value);
  const char *const sections[][2] = {
    {"S upper", "upper"}, {"S middle", "middle"}, {"S lower", "lower"}, {"S lake", "lake"}};
  for (size_t k = 0; k < 4; k++)
    eco_test_text(basin, eco_test_item(basin, ECO_SECTION, sections[k][0]), "water", sections[k][1]);
}

eco_model *eco_test_valley(const eco_env *env)
{
  eco_basin *basin;
  eco_error err;
  eco_assert_ok(eco_basin_create(env, "valley", &basin, &err), err);
  add_climate(basin);
  add_waters(basin);
  add_catchment(basin, "hills", "upper", 60);
  add_catchment(basin, "shore", "lake", 40);
  add_catchment(basin, "plain", "lower", 50);
  add_sources(basin);
  add_places(basin);
  eco_model *model = eco_test_compile(basin, 1500);
  eco_basin_destroy(basin);
  return model;
}

const eco_draw eco_test_draws[3] = {{"kinetics", "k_nh3_river", ECO_LOGNORMAL, 0.05, 0.12, 0.3},
                                    {"pig", "load", ECO_TRIANGULAR, 0.5, 1, 2},
                                    {"fields", "load", ECO_UNIFORM, 0.7, 1, 1.3}};

void eco_test_plans(const eco_model *model, eco_scenario *plans[ECO_TEST_PLANS])
{
  const char *const names[ECO_TEST_PLANS] = {"base", "less pigs", "works late"};
  eco_error err;
  for (size_t k = 0; k < ECO_TEST_PLANS; k++)
    eco_assert_ok(eco_scenario_create(model, names[k], &plans[k], &err), err);
  const char *const loads[] = {"load.CODMn", "load.NH3-N", "load.TP"};
  for (size_t k = 0; k < 3; k++)
    eco_assert_ok(eco_scenario_change(plans[1], eco_day_from_date(2018, 2, 10), eco_day_from_date(2018, 5, 1), "pigs",
                                      loads[k], ECO_SCALE, 0.3, "", "plans:1", &err),
                  err);
  eco_assert_ok(eco_scenario_change(plans[2], eco_day_from_date(2018, 3, 17), 0, "new works", "active", ECO_SET, 1, "",
                                    "plans:2", &err),
                err);
}

void eco_test_free_plans(eco_scenario *plans[ECO_TEST_PLANS])
{
  for (size_t k = 0; k < ECO_TEST_PLANS; k++)
    eco_scenario_destroy(plans[k]);
}

/* ---- the sink ---- */

static size_t row_size(const eco_table *t)
{
  return t->n_places * t->n_variables;
}

static eco_status begin(void *user, const eco_layout *layout, eco_error *err)
{
  eco_test_record *r = user;
  (void)err;
  r->layout = layout;
  size_t lanes = layout->n_scenarios * layout->n_members;
  for (size_t t = 0; t < ECO_N_TABLES; t++)
    r->values[t] = malloc((lanes * layout->tables[t].n_times * row_size(&layout->tables[t]) + 1) * sizeof(double));
  r->ledgers = calloc(lanes * 16, sizeof *r->ledgers);
  r->lane = r->table = r->first = 0;
  return ECO_OK;
}

static void check_order(const eco_test_record *r, size_t table, size_t lane, size_t first)
{
  if (r->frames == 0)
    return;
  bool next_lane = table == r->table && lane == r->lane + 1 && first == r->first;
  bool next_table = table > r->table && lane == 0 && r->lane + 1 == r->layout->n_scenarios * r->layout->n_members;
  bool next_month = table < r->table && lane == 0;
  ck_assert_msg(next_lane || next_table || next_month || (table == r->table && lane == 0 && first > r->first),
                "frame %zu: table %zu, lane %zu, row %zu after table %zu, lane %zu, row %zu", r->frames, table, lane,
                first, r->table, r->lane, r->first);
}

static eco_status frames(void *user, eco_table_id table, size_t scenario, size_t member, size_t first, size_t n,
                         const double *values, eco_error *err)
{
  eco_test_record *r = user;
  const eco_table *t = &r->layout->tables[table];
  size_t lane = member * r->layout->n_scenarios + scenario;
  check_order(r, table, lane, first);
  r->table = table;
  r->lane = lane;
  r->first = first;
  if (++r->frames == r->fail_at) {
    if (err)
      *err = (eco_error){.status = ECO_IO, .text = "the sink is full", .place = "sink"};
    return ECO_IO;
  }
  ck_assert_uint_le(first + n, t->n_times);
  memcpy(r->values[table] + (lane * t->n_times + first) * row_size(t), values, n * row_size(t) * sizeof(double));
  return ECO_OK;
}

static eco_status ledger(void *user, size_t scenario, size_t member, const eco_ledger *ledgers, size_t n,
                         eco_error *err)
{
  eco_test_record *r = user;
  (void)err;
  ck_assert_uint_le(n, 16);
  memcpy(r->ledgers + (member * r->layout->n_scenarios + scenario) * 16, ledgers, n * sizeof *ledgers);
  r->n_ledgers = n;
  return ECO_OK;
}

static eco_status end(void *user, eco_error *err)
{
  (void)err;
  ((eco_test_record *)user)->ended++;
  return ECO_OK;
}

eco_sink eco_test_sink(eco_test_record *record)
{
  return (eco_sink){
    .size = sizeof(eco_sink), .user = record, .begin = begin, .frames = frames, .ledger = ledger, .end = end};
}

void eco_test_free_record(eco_test_record *r)
{
  for (size_t t = 0; t < ECO_N_TABLES; t++)
    free(r->values[t]);
  free(r->ledgers);
  eco_run_destroy(r->run);
  *r = (eco_test_record){0};
}

const double *eco_test_lane(const eco_test_record *r, eco_table_id table, size_t scenario, size_t member)
{
  return r->values[table] + (member * r->layout->n_scenarios + scenario) * eco_test_lane_size(r, table);
}

size_t eco_test_lane_size(const eco_test_record *r, eco_table_id table)
{
  return r->layout->tables[table].n_times * row_size(&r->layout->tables[table]);
}

double eco_test_value(const eco_test_record *r, eco_table_id table, size_t scenario, size_t member, size_t row,
                      const char *place, const char *variable)
{
  const eco_table *t = &r->layout->tables[table];
  for (size_t p = 0; p < t->n_places; p++)
    for (size_t v = 0; v < t->n_variables; v++)
      if (strcmp(t->places[p], place) == 0 && strcmp(t->variables[v].name, variable) == 0)
        return eco_test_lane(r, table, scenario, member)[(row * t->n_places + p) * t->n_variables + v];
  ck_abort_msg("no '%s' of '%s'", variable, place);
}

bool eco_test_same_lane(const eco_test_record *a, size_t scenario_a, size_t member_a, const eco_test_record *b,
                        size_t scenario_b, size_t member_b)
{
  for (eco_table_id t = 0; t < ECO_N_TABLES; t++)
    if (eco_test_lane_size(a, t) != eco_test_lane_size(b, t) ||
        memcmp(eco_test_lane(a, t, scenario_a, member_a), eco_test_lane(b, t, scenario_b, member_b),
               eco_test_lane_size(a, t) * sizeof(double)) != 0)
      return false;
  return true;
}

eco_run_options eco_test_days(eco_day start, eco_day record, eco_day end)
{
  eco_run_options o = ECO_RUN_OPTIONS_INIT;
  o.start = start;
  o.record = record;
  o.end = end;
  return o;
}

eco_run *eco_test_make_run(const eco_model *model, const eco_run_options *options)
{
  eco_error err = {0};
  eco_run *run;
  eco_assert_ok(eco_run_create(model, options, &run, &err), err);
  return run;
}

void eco_test_run(const eco_model *model, const eco_run_options *options, eco_test_record *record)
{
  eco_error err = {0};
  eco_run *run = eco_test_make_run(model, options);
  *record = (eco_test_record){0};
  eco_sink sink = eco_test_sink(record);
  eco_assert_ok(eco_run_add_sink(run, &sink, &err), err);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  record->run = run;
}

eco_ledger eco_test_ledger(const eco_run *run, const char *quantity)
{
  enum { MOST = 64 };
  eco_ledger all[MOST];
  eco_error err;
  size_t n = MOST;
  eco_assert_ok(eco_run_ledger(run, 0, 0, all, &n, &err), err);
  for (size_t k = 0; k < n; k++)
    if (strcmp(all[k].quantity, quantity) == 0)
      return all[k];
  ck_abort_msg("no ledger of %s", quantity);
  return all[0];
}
