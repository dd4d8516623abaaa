/* b1.c -- problem B1: a pulse in a long channel with dispersion and decay.
 *
 * 200 km, A = 100 m2 (50 x 2 m), Q = 50 m3/s, u = 0.5 m/s, E = 20 m2/s, k = 0.2 /d, cells of 1 km or 250 m, hourly step.
 * Inlet, every 240 h: square 10 mg/L for 24 <= t < 30 h, or a Gauss pulse about 30 h of 4 h. Closed form: the integral of
 * the inlet with x / sqrt(4 pi E t^3) exp(-(x - u t)^2 / (4 E t) - k t), by the midpoint rule at 60 s.
 *
 * The errors are those of the transport room alone, driven with the hourly means of the inlet and decay half before and
 * half after: a study's boundary inflow is monthly, so it cannot be asked for through the library yet. The rates are those
 * of whole runs: water, transport of the one constituent, its decay, ledger. */
#include "bench/bench.h"

#include "transport/transport.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define LENGTH_M 200000.0
#define DECAY_S (0.2 / 86400.0)
#define HOUR_S 3600.0
#define PLACE_M 100000.0
#define PI 3.14159265358979323846
enum { HOURS = 150 }; /* the first pulse has passed the place */

static double inlet(double hour, bool gauss)
{
  if (gauss)
    return 10.0 * exp(-(hour - 30.0) * (hour - 30.0) / 32.0);
  return hour >= 24.0 && hour < 30.0 ? 10.0 : 0.0;
}

static double exact(double x, double time_s, bool gauss)
{
  double sum = 0.0, step = 60.0;
  for (double t = 0.5 * step; t < time_s; t += step) {
    double c = inlet((time_s - t) / HOUR_S, gauss), away = x - ECO_BENCH_SPEED_M_S * t;
    if (c > 0)
      sum += c * x / sqrt(4.0 * PI * ECO_BENCH_E_M2_S * t * t * t) *
             exp(-away * away / (4.0 * ECO_BENCH_E_M2_S * t) - DECAY_S * t) * step;
  }
  return sum;
}

static eco_model *channel(double length_m, double cell_m)
{
  eco_item reach;
  eco_basin *basin = eco_bench_channel(length_m, &reach);
  if (basin && eco_bench_carry(basin, reach, "tracer", 1.0, 0.2))
    return eco_bench_compile(basin, cell_m);
  eco_basin_destroy(basin);
  return NULL;
}

typedef struct errors {
  double l1, apparent_e;
} errors;

/* What a cell holds is a mean; at its centre, where the closed form is taken, by its neighbours to fourth order. */
static double at_centre(const eco__transport_block *b, size_t i, double volume)
{
  return (b->mass_g[i] - (b->mass_g[i + 1] - 2.0 * b->mass_g[i] + b->mass_g[i - 1]) / 24.0) / volume;
}

/* First pulse at the cell nearest 100 km, hour by hour. */
static bool measure_errors(double cell_m, bool gauss, errors *out)
{
  eco_model *model = channel(LENGTH_M, cell_m);
  eco__arena arena;
  eco__arena_open(&arena, NULL);
  eco__transport_block block;
  bool ok = model != NULL && eco__transport_open(&block, model, 1, &arena) == ECO_OK;
  size_t n = ok ? model->n_cells : 1, at = ok ? (size_t)(PLACE_M / cell_m) - 1 : 0;
  double *volume = ECO__TAKE(&arena, double, n), *passed = ECO__TAKE(&arena, double, n + 1);
  double *none = ECO__TAKE(&arena, double, n);
  ok = ok && volume && passed && none;
  for (size_t i = 0; ok && i < n; i++) {
    volume[i] = ECO_BENCH_AREA_M2 * cell_m;
    passed[i] = ECO_BENCH_SPEED_M_S * ECO_BENCH_AREA_M2 * HOUR_S;
    block.spread_m3_s[i] = i + 1 < n ? ECO_BENCH_E_M2_S * ECO_BENCH_AREA_M2 / cell_m : 0.0;
  }
  double off = 0, all = 0, mass[2] = {0}, first[2] = {0}, second[2] = {0}, half = exp(-0.5 * DECAY_S * HOUR_S);
  eco__hydraulics h = {volume, volume, passed, none, NULL};
  for (int hour = 0; ok && hour < HOURS; hour++) {
    double mean = 0.0;
    for (int k = 0; k < 60; k++)
      mean += inlet(hour + (k + 0.5) / 60.0, gauss) / 60.0;
    block.head_m3_s[0] = ECO_BENCH_SPEED_M_S * ECO_BENCH_AREA_M2;
    block.head_g_s[0] = ECO_BENCH_SPEED_M_S * ECO_BENCH_AREA_M2 * mean;
    for (size_t i = 0; i < n; i++)
      block.mass_g[i] *= half;
    eco__transport_step(&block, &h, HOUR_S);
    for (size_t i = 0; i < n; i++)
      block.mass_g[i] *= half;
    double got = at_centre(&block, at, volume[at]), t = hour + 1.0;
    double want = exact(((double)at + 0.5) * cell_m, t * HOUR_S, gauss), c[2] = {got, want};
    off += fabs(got - want);
    all += want;
    for (int k = 0; k < 2; k++) {
      mass[k] += c[k];
      first[k] += c[k] * t;
      second[k] += c[k] * t * t;
    }
  }
  if (ok) {
    double spread[2];
    for (int k = 0; k < 2; k++)
      spread[k] = (second[k] / mass[k] - first[k] / mass[k] * (first[k] / mass[k])) * HOUR_S * HOUR_S;
    out->l1 = off / all;
    out->apparent_e = ECO_BENCH_E_M2_S + (spread[0] - spread[1]) * ECO_BENCH_SPEED_M_S * ECO_BENCH_SPEED_M_S *
                                           ECO_BENCH_SPEED_M_S / (2.0 * PLACE_M);
  }
  eco__arena_close(&arena);
  eco_model_destroy(model);
  return ok;
}

static double rate(double length_m, double cell_m, uint32_t members, uint32_t threads, eco_day days, double *best)
{
  eco_model *model = channel(length_m, cell_m);
  double value = eco_bench_run_rate(model, members, threads, days, best);
  eco_model_destroy(model);
  return value;
}

void bench_b1(eco_bench *bench)
{
  errors square = {NAN, NAN}, fine = {NAN, NAN}, gauss = {NAN, NAN};
  (void)measure_errors(1000.0, false, &square);
  (void)measure_errors(250.0, false, &fine);
  (void)measure_errors(1000.0, true, &gauss);
  eco_bench_report(bench, (eco_bench_result){"b1_square_1km_l1", "-", square.l1, NAN, NAN, "<= 0.008"});
  eco_bench_report(bench, (eco_bench_result){"b1_square_250m_l1", "-", fine.l1, NAN, NAN, "<= 0.002"});
  eco_bench_report(bench, (eco_bench_result){"b1_gauss_1km_l1", "-", gauss.l1, NAN, NAN, "<= 0.004"});
  eco_bench_report(bench,
                   (eco_bench_result){"b1_square_1km_apparent_e", "m2/s", square.apparent_e, NAN, NAN, "19.8-20.2"});
  double best = NAN, one, many, two, small, large;
  one = rate(LENGTH_M, 1000.0, 1, 1, bench->quick ? 30 : 365, &best);
  eco_bench_report(bench, (eco_bench_result){"b1_rate_1_lane", "cell-steps/s/core", one, best, NAN, ">= 1.5e8"});
  many = rate(LENGTH_M, 1000.0, 64, 1, bench->quick ? 2 : 20, &best);
  eco_bench_report(bench, (eco_bench_result){"b1_rate_64_lanes", "cell-steps/s/core", many, best, NAN, ">= 4e8"});
  two = 2.0 * rate(LENGTH_M, 1000.0, 64, 2, bench->quick ? 2 : 20, &best);
  eco_bench_report(bench, (eco_bench_result){"threads_2", "-", two / many, NAN, NAN, ">= 1.9"});
  small = rate(1e5, 100.0, 8, 1, bench->quick ? 10 : 50, &best); /* 1e3 and 1e5 cells of 100 m */
  large = rate(1e7, 100.0, 8, 1, 1, &best);
  eco_bench_report(bench, (eco_bench_result){"scale_cells", "-", small / large, NAN, NAN, "<= 1.5"});
}
