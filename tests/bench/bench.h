/* bench.h -- the table of benches. A bench measures one or more figures with eco_bench_report(); bench.c runs the rows
 * of its table in order. To add one: write `void bench_thing(eco_bench *)` in a file of its own, declare it below, add
 * its row in bench.c. A bench runs the code, options and defaults that a study gets. */
#ifndef ECO_BENCH_H
#define ECO_BENCH_H

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

void bench_stream(eco_bench *bench); /* stream.c: memory bandwidth, 1 and 2 threads */
void bench_dgemm(eco_bench *bench);  /* dgemm.c: arithmetic peak, 1 thread */
void bench_b1(eco_bench *bench);     /* b1.c: a pulse in a channel; errors, rates, threads, scale */
void bench_b3(eco_bench *bench);     /* b3.c: a year of a river with a sluice; lanes; trees */
void bench_study(eco_bench *bench);  /* study.c: the main study, the command's start */

#endif
