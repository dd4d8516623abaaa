/* dgemm.c -- the arithmetic peak as OpenBLAS reaches it on one thread (make bench sets OPENBLAS_NUM_THREADS=1). */
#include "bench/bench.h"

#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct product {
  double *a, *b, *c;
  int n;
} product;

static bool multiply(void *user)
{
  product *p = user;
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, p->n, p->n, p->n, 1.0, p->a, p->n, p->b, p->n, 0.0, p->c,
              p->n);
  return true;
}

void bench_dgemm(eco_bench *bench)
{
  product p = {.n = bench->quick ? 1000 : 2000};
  size_t size = (size_t)p.n * (size_t)p.n;
  double *memory = malloc(3 * size * sizeof *memory);
  if (memory == NULL) {
    fprintf(stderr, "dgemm: %zu MiB of memory are not to be had\n", 3 * size * sizeof *memory >> 20);
    return;
  }
  for (size_t i = 0; i < 3 * size; i++)
    memory[i] = (double)(i % 11) - 5.0;
  p.a = memory;
  p.b = memory + size;
  p.c = memory + 2 * size;
  multiply(&p); /* the first call makes OpenBLAS's buffers */
  double median_s, minimum_s;
  if (eco_bench_time(multiply, &p, &median_s, &minimum_s)) {
    double operations = 2e-9 * (double)size * p.n;
    bench->dgemm_gflop_s = operations / median_s;
    eco_bench_report(bench,
                     (eco_bench_result){"dgemm_1t", "GFLOP/s", bench->dgemm_gflop_s, operations / minimum_s, NAN, ""});
  }
  free(memory);
}
