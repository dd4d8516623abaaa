/* stream.c -- memory bandwidth by McCalpin's triad a = b + s c, counted as he does: 24 bytes an element, the line that
 * is read before it is written not counted. Arrays of 128 MiB each: beyond any cache of a desktop. */
#include "bench/bench.h"

#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_THREADS = 2 };
#define ELEMENTS ((size_t)16 << 20)
#define QUICK_ELEMENTS ((size_t)8 << 20)

typedef struct part {
  double *restrict a;
  const double *restrict b, *restrict c;
  size_t n;
  int sweeps;
} part;

typedef struct triad {
  part parts[MOST_THREADS];
  int n_threads;
} triad;

static void *sweep(void *user)
{
  const part *p = user;
  for (int k = 0; k < p->sweeps; k++)
    for (size_t i = 0; i < p->n; i++)
      p->a[i] = p->b[i] + (3.0 + k) * p->c[i];
  return NULL;
}

static bool sweep_all(void *user)
{
  triad *t = user;
  pthread_t other;
  bool two = t->n_threads == 2;
  if (two && pthread_create(&other, NULL, sweep, &t->parts[1]) != 0)
    return false;
  sweep(&t->parts[0]);
  return !two || pthread_join(other, NULL) == 0;
}

static double measure(double *memory, size_t n, int n_threads, double *best)
{
  triad t = {.n_threads = n_threads};
  enum { SWEEPS = 4 };
  size_t share = n / (size_t)n_threads;
  for (int k = 0; k < n_threads; k++) {
    size_t first = share * (size_t)k;
    t.parts[k] = (part){memory + first, memory + n + first, memory + 2 * n + first, share, SWEEPS};
  }
  double median_s, minimum_s;
  if (!eco_bench_time(sweep_all, &t, &median_s, &minimum_s))
    return *best = NAN;
  double gigabytes = 24e-9 * (double)(share * (size_t)n_threads) * SWEEPS;
  *best = gigabytes / minimum_s;
  return gigabytes / median_s;
}

void bench_stream(eco_bench *bench)
{
  size_t n = bench->quick ? QUICK_ELEMENTS : ELEMENTS;
  double *memory = malloc(3 * n * sizeof *memory);
  if (memory == NULL) {
    fprintf(stderr, "stream: %zu MiB of memory are not to be had\n", 3 * n * sizeof *memory >> 20);
    return;
  }
  for (size_t i = 0; i < 3 * n; i++)
    memory[i] = 1.0 + (double)(i % 7);
  double best;
  bench->triad_1_gb_s = measure(memory, n, 1, &best);
  eco_bench_report(bench, (eco_bench_result){"stream_triad_1t", "GB/s", bench->triad_1_gb_s, best, NAN, ""});
  bench->triad_2_gb_s = measure(memory, n, 2, &best);
  eco_bench_report(bench, (eco_bench_result){"stream_triad_2t", "GB/s", bench->triad_2_gb_s, best, NAN, ""});
  free(memory);
}
