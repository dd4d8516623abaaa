/* b3.c -- problem B3: a year of a river with two tributaries and a sluice, full momentum; and what a cell costs in larger trees and
 * with more lanes.
 *
 * Trunk 139 km, tributaries of 30 km into km 40 and 90, cells of 1 km, slope 1e-4, trapezoid 30 m and 1:2, n = 0.03; sluice of 25 m
 * at km 100, 0.6 of 4 m open; normal depth at the outlet; hourly steps, theta 0.6. Reference: outflow of the variant "fixed",
 * tests/reference/bench_b3.csv, hours 121 to 1440. Inflow b (1 + sin(2 pi (d - 100)/365)/2) + sum 2 b exp(-((d - d0 - i)/1.2)^2).
 *
 * The sluice is the library's gate, smooth where the reference's law jumps: compared at the outlet, as the problem asks.
 * These are the rates of the water room with its account; B1's are those of whole runs. */
#include "bench/bench.h"

#include "ecosim/ecosim.h"
#include "water/water.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOUR_S 3600.0
#define THETA 0.6
#define PI 3.14159265358979323846
enum { HEADS = 3, REFERENCE_HOURS = 1440, FILLING_HOURS = 120 };
/* Of the source, for the share of the machine: operations of a cell and its face in an iteration, a division or a root as one. */
#define OPERATIONS 260.0

static double inflow(int head, double day)
{
  static const double base[HEADS] = {30, 8, 6};
  double q = base[head] * (1 + 0.5 * sin(2 * PI * (day - 100) / 365));
  for (int d0 = 10; d0 <= 360; d0 += 25)
    q += 2 * base[head] * exp(-pow((day - d0 - head) / 1.2, 2));
  return q;
}

/* ---- networks ---- */

static bool add_reach(eco_basin *basin, const char *name, double length_m, double bed_up, double bed_down,
                      const char *downstream, double enters_m)
{
  eco_item r;
  const struct {
    const char *param;
    double value;
  } numbers[] = {{"length", length_m}, {"bottom_width", 30},   {"side_slope", 2},      {"manning_n", 0.03},
                 {"bed_up", bed_up},   {"bed_down", bed_down}, {"initial_depth", 1.5}, {"enters_at", enters_m}};
  bool ok = eco_basin_add(basin, ECO_REACH, name, NULL, &r, NULL) == ECO_OK;
  for (size_t k = 0; ok && k < sizeof numbers / sizeof numbers[0]; k++)
    ok = eco_basin_set_number(basin, r, numbers[k].param, numbers[k].value, "", NULL) == ECO_OK;
  return ok && (!downstream || eco_basin_set_text(basin, r, "downstream", downstream, NULL) == ECO_OK);
}

static bool add_sluice(eco_basin *basin)
{
  eco_item s;
  const struct {
    const char *param;
    double value;
  } numbers[] = {{"crest", 104}, {"width", 25}, {"coefficient", 0.65}, {"opening", 2.4}};
  bool ok = eco_basin_add(basin, ECO_STRUCTURE, "sluice", NULL, &s, NULL) == ECO_OK &&
            eco_basin_set_text(basin, s, "law", "gate", NULL) == ECO_OK &&
            eco_basin_set_text(basin, s, "from", "upper", NULL) == ECO_OK &&
            eco_basin_set_text(basin, s, "to", "lower", NULL) == ECO_OK;
  for (size_t k = 0; ok && k < sizeof numbers / sizeof numbers[0]; k++)
    ok = eco_basin_set_number(basin, s, numbers[k].param, numbers[k].value, "", NULL) == ECO_OK;
  return ok;
}

static eco_model *compile(eco_basin *basin, bool ok)
{
  eco_model *model = NULL;
  eco_compile_options options = ECO_COMPILE_OPTIONS_INIT;
  options.cell_m = 1000;
  if (ok && eco_model_compile(basin, &options, &model, NULL) != ECO_OK)
    model = NULL;
  eco_basin_destroy(basin);
  return model;
}

/* The tributaries enter the cell above their joint, half a kilometre up the trunk. */
static eco_model *river(void)
{
  eco_basin *basin = NULL;
  bool ok = eco_basin_create(NULL, "B3", &basin, NULL) == ECO_OK &&
            add_reach(basin, "upper", 100000, 114, 104, "lower", 0) &&
            add_reach(basin, "lower", 39000, 103.9, 100, NULL, 0) &&
            add_reach(basin, "first", 30000, 113, 110, "upper", 39500) &&
            add_reach(basin, "second", 30000, 108, 105, "upper", 89500) && add_sluice(basin);
  return compile(basin, ok);
}

/* A tree of reaches of ten cells, two into the head of each. */
static eco_model *tree(size_t cells)
{
  eco_basin *basin = NULL;
  bool ok = eco_basin_create(NULL, "tree", &basin, NULL) == ECO_OK;
  for (size_t k = 0; ok && k < cells / 10; k++) {
    char name[24], down[24];
    size_t parent = k ? (k - 1) / 2 : 0, level = 0;
    for (size_t x = k; x > 0; x = (x - 1) / 2)
      level++;
    snprintf(name, sizeof name, "r%zu", k);
    snprintf(down, sizeof down, "r%zu", parent);
    ok = add_reach(basin, name, 10000, 100 + (double)level + 1, 100 + (double)level, k ? down : NULL, 0);
  }
  return compile(basin, ok);
}

/* ---- a run ---- */

typedef struct flow {
  const eco_model *model;
  size_t lanes, hours, n_heads;
  uint32_t heads[HEADS], outlet;
  eco__arena arena;
  eco__water_block block;
  double in_m3, out_m3, held_m3, error, mean_error,
    peak; /* of lane 0; errors against the reference where it is given */
  uint64_t iterations;
  const double *reference; /* [REFERENCE_HOURS] m3/s */
} flow;

static double held(const flow *f)
{
  eco__sum sum = {0};
  for (size_t i = 0; i < f->model->n_cells; i++)
    eco__sum_add(&sum, f->block.volume_m3[i * f->lanes]);
  return eco__sum_value(&sum);
}

static void compare(flow *f, size_t hour)
{
  if (!f->reference || hour < FILLING_HOURS || hour >= REFERENCE_HOURS)
    return;
  double want = f->reference[hour], got = f->block.flow_m3_s[f->outlet * f->lanes];
  double off = fabs(got - want);
  f->error = off > f->error ? off : f->error;
  f->peak = want > f->peak ? want : f->peak;
  f->mean_error += off / (REFERENCE_HOURS - FILLING_HOURS);
}

static bool hour(flow *f, size_t h)
{
  const size_t n = f->lanes;
  for (size_t i = 0; i < f->n_heads; i++) {
    double q = inflow((int)i, ((double)h + 0.5) / 24);
    for (size_t l = 0; l < n; l++)
      f->block.lateral_m3_s[f->heads[i] * n + l] = q;
    f->in_m3 += HOUR_S * q;
  }
  if (eco__water_step(&f->block, HOUR_S, THETA, NULL) != ECO_OK)
    return false;
  f->out_m3 += f->block.passed_m3[f->outlet * n];
  compare(f, h);
  return true;
}

static bool run(void *user)
{
  flow *f = user;
  eco__arena_open(&f->arena, NULL);
  bool ok = eco__water_open(&f->block, f->model, f->lanes, &f->arena) == ECO_OK;
  f->in_m3 = f->out_m3 = f->error = f->mean_error = f->peak = 0.0;
  double before = ok ? held(f) : 0.0;
  for (size_t h = 0; ok && h < f->hours; h++)
    ok = hour(f, h);
  f->held_m3 = ok ? held(f) - before : NAN;
  f->iterations = f->block.iterations;
  eco__arena_close(&f->arena);
  return ok;
}

/* Cell-steps a second; the run's figures stay in f. */
static double rate(flow *f, double *seconds, double *best)
{
  double median_s, minimum_s, steps = (double)f->model->n_cells * (double)f->lanes * (double)f->hours;
  if (!eco_bench_time(run, f, &median_s, &minimum_s))
    return NAN;
  *seconds = median_s;
  *best = steps / minimum_s;
  return steps / median_s;
}

static flow river_flow(const eco_model *m, size_t lanes, size_t hours)
{
  flow f = {.model = m, .lanes = lanes, .hours = hours, .n_heads = HEADS};
  const char *const names[HEADS] = {"upper", "first", "second"};
  for (size_t w = 0; w < m->n_waters; w++) {
    for (size_t i = 0; i < HEADS; i++)
      if (strcmp(m->waters[w].name, names[i]) == 0)
        f.heads[i] = m->waters[w].first_cell;
    if (strcmp(m->waters[w].name, "lower") == 0)
      f.outlet = m->waters[w].out_face;
  }
  return f;
}

static bool read_reference(double out[REFERENCE_HOURS])
{
  FILE *file = fopen("tests/reference/bench_b3.csv", "r");
  char line[512];
  size_t n = 0;
  while (file && n < REFERENCE_HOURS && fgets(line, sizeof line, file)) {
    const char *value = strstr(line, ",h,"); /* fixed,outflow,m3/s,HOUR,h,VALUE,… */
    if (value)
      out[n++] = strtod(value + 3, NULL);
  }
  if (file)
    fclose(file);
  return n == REFERENCE_HOURS;
}

static void bench_year(eco_bench *bench, const eco_model *m)
{
  double reference[REFERENCE_HOURS];
  flow f = river_flow(m, 1, bench->quick ? REFERENCE_HOURS : 8760);
  double seconds = NAN, best = NAN;
  f.reference = read_reference(reference) ? reference : NULL;
  (void)rate(&f, &seconds, &best);
  double year = seconds * 8760.0 / (double)f.hours;
  eco_bench_report(bench, (eco_bench_result){"b3_year", "s", year, NAN, NAN, "<= 1"});
  eco_bench_report(
    bench, (eco_bench_result){"b3_error", "of peak", f.reference ? f.error / f.peak : NAN, NAN, NAN, "<= 0.005"});
  eco_bench_report(bench, (eco_bench_result){"b3_mean_error", "of peak", f.mean_error / f.peak, NAN, NAN, "<= 0.001"});
  double residual = fabs(f.in_m3 - f.out_m3 - f.held_m3) / f.in_m3;
  eco_bench_report(bench, (eco_bench_result){"b3_volume_residual", "of inflow", residual, NAN, NAN, "<= 1e-12"});
}

static void bench_lanes(eco_bench *bench, const eco_model *m)
{
  const struct {
    const char *name, *aim;
    size_t lanes;
  } cases[] = {{"b3_rate_1_lane", "", 1},
               {"b3_rate_8_lanes", "", 8},
               {"b3_rate_64_lanes", ">= 3e7", 64},
               {"b3_rate_512_lanes", "", 512}};
  for (size_t k = 0; k < 4; k++) {
    size_t hours = (bench->quick ? 12000 : 60000) / (cases[k].lanes + 20);
    flow f = river_flow(m, cases[k].lanes, hours);
    double seconds = NAN, best = NAN, value = rate(&f, &seconds, &best);
    double iterations = (double)f.iterations / (double)(f.lanes * f.hours);
    double limit = 1e9 * bench->dgemm_gflop_s / (OPERATIONS * iterations);
    eco_bench_report(bench, (eco_bench_result){cases[k].name, "cell-steps/s/core", value, best, limit, cases[k].aim});
  }
}

/* Time of a cell-step in trees of 1e3, 1e4, 1e5 cells, 8 lanes, the same hours of the same draining. */
static void bench_trees(eco_bench *bench)
{
  const struct {
    const char *name;
    size_t cells;
  } cases[] = {{"tree_1e3", 1000}, {"tree_1e4", 10000}, {"tree_1e5", 100000}};
  double ns[3] = {NAN, NAN, NAN};
  for (size_t k = 0; k < 3; k++) {
    eco_model *m = tree(cases[k].cells);
    if (!m)
      return;
    flow f = {.model = m, .lanes = 8, .hours = bench->quick ? 4 : 48, .outlet = m->waters[0].out_face};
    double seconds = NAN, best = NAN, value = rate(&f, &seconds, &best);
    ns[k] = 1e9 / value;
    eco_bench_report(bench, (eco_bench_result){cases[k].name, "ns a cell-step", ns[k], 1e9 / best, NAN, ""});
    eco_model_destroy(m);
  }
  eco_bench_report(bench, (eco_bench_result){"scale_tree", "-", ns[2] / ns[0], NAN, NAN, "<= 1.5"});
}

void bench_b3(eco_bench *bench)
{
  eco_model *m = river();
  if (m) {
    bench_year(bench, m);
    bench_lanes(bench, m);
  }
  eco_model_destroy(m);
  bench_trees(bench);
}
