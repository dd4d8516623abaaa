/* bench.h -- the table of benches. A bench measures one or more figures with eco_bench_report(); bench.c runs the rows
 * of its table in order. To add one: write `void bench_thing(eco_bench *)` in a file of its own, declare it below, add
 * its row in bench.c. A bench runs the code, options and defaults that a study gets. */
#ifndef ECO_BENCH_H
#define ECO_BENCH_H

#include "ecosim/ecosim.h"

#include <stdbool.h>
#include <stddef.h>

enum { ECO_BENCH_MOST_RESULTS = 128, ECO_BENCH_REPEATS = 5 };

typedef struct eco_bench_result {
  const char *name, *unit;
  double value;    /* median of the repeats, or the figure itself */
  double best;     /* of the repeats; NaN where nothing is repeated */
  double limit;    /* what the machine can do, measured in the same run; NaN where there is none */
  const char *aim; /* ">= 1.5e8", "<= 0.002", or "" */
} eco_bench_result;

typedef struct eco_bench {
  bool quick; /* QUICK=1: the same code, shorter runs */
  const char *build;
  double triad_1_gb_s, triad_2_gb_s, dgemm_gflop_s; /* limits, measured first */
  eco_bench_result results[ECO_BENCH_MOST_RESULTS];
  size_t n_results;
} eco_bench;

/* Seconds of a steady clock. */
double eco_bench_now(void);
/* Runs work(user) ECO_BENCH_REPEATS times; median and least of its seconds. work returns false where it fails, and then
 * so does this. */
bool eco_bench_time(bool (*work)(void *user), void *user, double *median_s, double *minimum_s);
/* Adds and prints one figure. Names, units and aims are kept as pointers: literals. */
void eco_bench_report(eco_bench *bench, eco_bench_result result);

/* ---- channel.c: 50 m3/s through 50 m x 2 m, dispersion given; carries what is added to it alone. NULL: failed */
#define ECO_BENCH_SPEED_M_S 0.5
#define ECO_BENCH_AREA_M2 100.0
#define ECO_BENCH_E_M2_S 20.0
eco_basin *eco_bench_channel(double length_m, eco_item *reach);
bool eco_bench_carry(eco_basin *basin, eco_item reach, const char *name, double inlet_mg_l, double decay_per_d);
eco_model *eco_bench_compile(eco_basin *basin, double cell_m); /* destroys the basin, which may be NULL */
/* Cell-steps a second and core of whole runs, hourly; NaN where it failed. */
double eco_bench_run_rate(const eco_model *model, uint32_t members, uint32_t threads, eco_day days, double *best);

void bench_stream(eco_bench *bench); /* stream.c: memory bandwidth, 1 and 2 threads */
void bench_dgemm(eco_bench *bench);  /* dgemm.c: arithmetic peak, 1 thread */
void bench_b1(eco_bench *bench);     /* b1.c: a pulse in a channel; errors, rates, threads, scale */
void bench_b2(eco_bench *bench);     /* b2.c: ten constituents that react; errors, rates, expressions over C */
void bench_b3(eco_bench *bench);     /* b3.c: a year of a river with a sluice; lanes; trees */
void bench_study(eco_bench *bench);  /* study.c: the main study, the command's start */

#endif
