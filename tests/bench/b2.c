/* b2.c -- problem B2: river kinetics of ten constituents, tests/support/b2.h.
 *
 * Errors: a closed cell through a year by hourly calls of the integrator with a study's tolerances, forcing at the start, the
 * middle and the end of the hour, against tests/reference/bench_b2.csv. Rates of the kinetics: 64 points that start differently,
 * forcing standing still in the hour, amounts of all fluxes given; once as hand-written C, once as the expressions that
 * eco.process makes. Rates of whole runs: B1's channel of 200 cells, its water, ten constituents carried, these kinetics as a
 * process, ledger. */
#include "bench/bench.h"

#include "b2.h"
#include "kinetics/integrate.h"
#include "run/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { P = ECO__POINTS, HOURS = 8760 };

typedef struct kinetics {
  const eco__system *system;
  eco__plan plan;
  eco__tolerance tolerance;
  double absolute[B2_STATES];
  double *state, *amount, *work, *given[3];
  eco__integrate_counts counts;
  int hours;
} kinetics;

static bool open_kinetics(kinetics *k, const eco__system *system, eco__arena *arena)
{
  *k = (kinetics){.system = system};
  bool ok = eco__plan_make(system, arena, &k->plan) == ECO_OK;
  for (size_t i = 0; i < B2_STATES; i++)
    k->absolute[i] = 1e-7;
  k->tolerance = (eco__tolerance){2e-4, NULL};
  k->state = ECO__TAKE(arena, double, B2_STATES *P);
  k->amount = ECO__TAKE(arena, double, B2_FLUXES *P);
  k->work = ok ? ECO__TAKE(arena, double, eco__integrate_room(&k->plan)) : NULL;
  for (int q = 0; q < 3; q++)
    k->given[q] = ECO__TAKE(arena, double, (size_t)system->n_given *P);
  return ok && k->state && k->amount && k->work && k->given[0] && k->given[1] && k->given[2];
}

/* by hand: theta^(T - 20), light over light + 60, saturation; else temperature and light */
static void force(const kinetics *k, double day, double *given)
{
  double by_hand[3], plain[2] = {eco_b2_temperature(day), eco_b2_light(day)};
  eco_b2_force_by_hand(day, by_hand);
  for (size_t g = 0; g < k->system->n_given; g++)
    for (size_t p = 0; p < P; p++)
      given[g * P + p] = k->system->n_given == 3 ? by_hand[g] : plain[g];
}

static void start(kinetics *k, bool alike)
{
  for (size_t i = 0; i < B2_STATES; i++)
    for (size_t p = 0; p < P; p++)
      k->state[i * P + p] = eco_b2_inlet[i] * (alike ? 1.0 : 0.5 + (double)p / P);
}

static bool hours(void *user)
{
  kinetics *k = user;
  start(k, false);
  for (int h = 0; h < k->hours; h++) {
    force(k, (h + 0.5) / 24.0, k->given[0]);
    const double *const given[3] = {k->given[0], k->given[0], k->given[0]};
    eco__tolerance t = k->tolerance;
    t.absolute = k->absolute;
    eco__integrate(&k->plan, &t, P, 1.0 / 24.0, given, k->state, k->amount, k->work, &k->counts);
  }
  return true;
}

static double rate_of(kinetics *k, int n, double *best)
{
  double median_s, minimum_s;
  k->hours = n;
  (void)eco_bench_time(hours, k, &median_s, &minimum_s);
  *best = P * (double)n / minimum_s;
  return P * (double)n / median_s;
}

/* ---- the year of a closed cell */

typedef struct found {
  double error, residual;
  int negatives;
} found;

/* Rows of the batch: day and ten values, by hour; largest of each constituent. */
static int read_batch(double day[64], double value[64][B2_STATES], double most[B2_STATES])
{
  FILE *file = fopen("tests/reference/bench_b2.csv", "r");
  char line[1024];
  int n = 0;
  memcpy(most, eco_b2_inlet, B2_STATES * sizeof *most);
  while (file && n < 64 && fgets(line, sizeof line, file)) {
    if (strncmp(line, "a,batch,0,", 10) != 0)
      continue;
    char *at = line + 10; /* day and ten values */
    day[n] = strtod(at, &at);
    for (int i = 0; i < B2_STATES; i++) {
      value[n][i] = strtod(at + 1, &at);
      most[i] = value[n][i] > most[i] ? value[n][i] : most[i];
    }
    n++;
  }
  if (file)
    fclose(file);
  return n;
}

static double elements(const double *s, double n_gone, double p_gone)
{
  double n = s[B2_NH4 * P] + s[B2_NO3 * P] + s[B2_ON * P] + 7.2 * s[B2_A * P] + n_gone;
  double p = s[B2_OP * P] + s[B2_PO4 * P] + s[B2_A * P] + p_gone;
  return fmax(fabs(n / 2.836 - 1.0), fabs(p / 0.135 - 1.0));
}

static found year(kinetics *k)
{
  static double day[64], value[64][B2_STATES];
  double most[B2_STATES], n_gone = 0, p_gone = 0;
  int rows = read_batch(day, value, most), row = 0;
  found f = {rows > 0 ? 0.0 : NAN, 0.0, 0};
  eco__tolerance t = k->tolerance;
  t.absolute = k->absolute;
  start(k, true);
  for (int h = 0; h < HOURS; h++) {
    for (int q = 0; q < 3; q++)
      force(k, (h + 0.5 * q) / 24.0, k->given[q]);
    const double *const given[3] = {k->given[0], k->given[1], k->given[2]};
    eco__integrate(&k->plan, &t, P, 1.0 / 24.0, given, k->state, k->amount, k->work, &k->counts);
    const double *s = k->state, *a = k->amount;
    n_gone += a[B2_DN * P] + a[B2_S_ON * P] + 7.2 * a[B2_S_A * P];
    p_gone += a[B2_S_OP * P] + a[B2_S_A * P];
    f.residual = fmax(f.residual, elements(s, n_gone, p_gone));
    for (int i = 0; i < B2_STATES; i++)
      f.negatives += s[i * P] < 0;
    for (; row < rows && day[row] < (h + 1.0) / 24.0 + 1e-6; row++)
      for (int i = 0; i < B2_STATES; i++)
        f.error = fmax(f.error, fabs(s[i * P] - value[row][i]) / most[i]);
  }
  return f;
}

/* ---- whole runs */

static bool add_process(eco_basin *basin)
{
  static const struct {
    const char *name, *rate;
    eco_process_part parts[5];
    size_t n;
  } fluxes[] = {{"G1", "g * [NH4] / ([NH4] + 0.025)", {{"NH4", -7.2}, {"PO4", -1}, {"A", 1}, {"DO", 106.8}}, 4},
                {"G2",
                 "g * (1 - [NH4] / ([NH4] + 0.025)) * [NO3] / ([NO3] + 0.025)",
                 {{"NO3", -7.2}, {"PO4", -1}, {"A", 1}, {"DO", 106.8 + 7.2 * 32 / 7}},
                 4},
                {"RE", "0.1 {1/d} * th * fo * [A]", {{"A", -1}, {"DO", -106.8}, {"NH4", 7.2}, {"PO4", 1}}, 4},
                {"DE", "0.05 {1/d} * th * [A]", {{"A", -1}, {"ON", 7.2}, {"OP", 1}, {"Z", 100}}, 4},
                {"OX", "0.23 {1/d} * th * fo * [CBOD]", {{"CBOD", -1}, {"DO", -1}}, 2},
                {"NI", "0.1 {1/d} * th * fo * [NH4]", {{"NH4", -1}, {"DO", -32.0 / 7}, {"NO3", 1}}, 3},
                {"DN",
                 "0.1 {1/d} * th * inhibition([DO], 0.6) * monod([CBOD], 0.5) * [NO3]",
                 {{"NO3", -1}, {"CBOD", -20.0 / 7}},
                 2},
                {"HN", "0.1 {1/d} * th * [ON]", {{"ON", -1}, {"NH4", 1}}, 2},
                {"HP", "0.1 {1/d} * th * [OP]", {{"OP", -1}, {"PO4", 1}}, 2},
                {"HZ", "0.1 {1/d} * th * [Z]", {{"Z", -1}, {"CBOD", 1.068}}, 2},
                {"AI", "0.6 {1/d} * th * saturation", {{"DO", 1}}, 1},
                {"AO", "0.6 {1/d} * th * [DO]", {{"DO", -1}}, 1},
                {"SN", "0.1 {m/d} / depth * [ON]", {{"ON", -1}}, 1},
                {"SP", "0.1 {m/d} / depth * [OP]", {{"OP", -1}}, 1},
                {"SA", "0.1 {m/d} / depth * [A]", {{"A", -1}}, 1},
                {"SZ", "0.1 {m/d} / depth * [Z]", {{"Z", -1}}, 1},
                {"SI", "0.5 {m/d} / depth * [ISS]", {{"ISS", -1}}, 1}};
  static const char *const words[][2] = {
    {"th", "1.047^((temperature - 20 {C}) / 1 {K})"},
    {"fo", "monod([DO], 0.6)"},
    {"g", "2 {1/d} * th * 100 {W/m2} / (100 {W/m2} + 60) * monod([PO4], 0.005) * [A]"}};
  eco_item process;
  eco_node node;
  bool ok = eco_basin_add(basin, ECO_PROCESS, "B2", NULL, &process, NULL) == ECO_OK;
  for (size_t k = 0; ok && k < sizeof words / sizeof words[0]; k++)
    ok = eco_process_parse(basin, process, words[k][1], &node, NULL) == ECO_OK &&
         eco_process_define(basin, process, words[k][0], node, NULL) == ECO_OK;
  for (size_t k = 0; ok && k < sizeof fluxes / sizeof fluxes[0]; k++) {
    eco_process_flux f = ECO_PROCESS_FLUX_INIT;
    f.name = fluxes[k].name;
    f.parts = fluxes[k].parts;
    f.n_parts = fluxes[k].n;
    ok = eco_process_parse(basin, process, fluxes[k].rate, &f.rate, NULL) == ECO_OK &&
         eco_process_add_flux(basin, process, &f, NULL) == ECO_OK;
  }
  return ok;
}

static eco_model *channel(void)
{
  static const char *const names[B2_STATES] = {"CBOD", "DO", "NH4", "NO3", "ON", "OP", "PO4", "A", "Z", "ISS"};
  eco_item reach;
  eco_basin *basin = eco_bench_channel(200000.0, &reach);
  bool ok = basin != NULL;
  for (size_t i = 0; ok && i < B2_STATES; i++)
    ok = eco_bench_carry(basin, reach, names[i], eco_b2_inlet[i], 0.0);
  if (ok && add_process(basin))
    return eco_bench_compile(basin, 1000.0);
  eco_basin_destroy(basin);
  return NULL;
}

/* ---- all of it */

static void bench_kinetics(eco_bench *bench, kinetics *by_hand, kinetics *by_graph)
{
  const int n = bench->quick ? 500 : 5000;
  double best_hand = NAN, best_graph = NAN;
  double hand = rate_of(by_hand, n, &best_hand), graph = rate_of(by_graph, n, &best_graph);
  found f = year(by_graph);
  eco_bench_report(bench, (eco_bench_result){"b2_error", "of largest", f.error, NAN, NAN, "<= 5e-4"});
  eco_bench_report(bench, (eco_bench_result){"b2_element_residual", "-", f.residual, NAN, NAN, "<= 1e-12"});
  eco_bench_report(bench, (eco_bench_result){"b2_negatives", "count", f.negatives, NAN, NAN, "0"});
  eco_bench_report(bench, (eco_bench_result){"b2_kinetics_by_hand", "cell-steps/s/core", hand, best_hand, NAN, ""});
  eco_bench_report(bench, (eco_bench_result){"b2_kinetics_lua", "cell-steps/s/core", graph, best_graph, NAN, ""});
  eco_bench_report(bench, (eco_bench_result){"lua_process", "-", hand / graph, NAN, NAN, "<= 2"});
}

void bench_b2(eco_bench *bench)
{
  eco__arena arena;
  eco__arena_open(&arena, NULL);
  eco_env env = eco__env(NULL);
  eco__graph graph;
  eco__graph_open(&graph, &env);
  eco__node rate[B2_FLUXES];
  eco_b2_graph(&graph, rate);
  size_t n_entries;
  const eco__entry *entries = eco_b2_entries(&n_entries);
  const eco__inputs inputs = {B2_STATES, 2, 0};
  eco__processes processes;
  kinetics by_hand, by_graph;
  if (eco__processes_make(&graph, rate, B2_FLUXES, entries, n_entries, &inputs, &arena, &processes, NULL) == ECO_OK &&
      open_kinetics(&by_hand, &eco_b2_by_hand, &arena) && open_kinetics(&by_graph, &processes.system, &arena))
    bench_kinetics(bench, &by_hand, &by_graph);
  eco__graph_close(&graph);
  eco__arena_close(&arena);
  eco_model *model = channel();
  double best = NAN, one = eco_bench_run_rate(model, 1, 1, bench->quick ? 10 : 90, &best);
  eco_bench_report(bench, (eco_bench_result){"b2_rate_1_lane", "cell-steps/s/core", one, best, NAN, ">= 6e6"});
  double many = eco_bench_run_rate(model, 64, 1, bench->quick ? 1 : 5, &best);
  eco_bench_report(bench, (eco_bench_result){"b2_rate_64_lanes", "cell-steps/s/core", many, best, NAN, ">= 4e7"});
  eco_model_destroy(model);
}
