/* bench.c -- runs the benches, prints `name value unit share-of-limit aim`, writes bench.json into the build folder. */
#include "bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct {
  const char *name; /* for `bench NAME …`: these only */
  void (*run)(eco_bench *bench);
} benches[] = {
  {"stream", bench_stream}, {"dgemm", bench_dgemm}, {"b1", bench_b1},
  {"b2", bench_b2},         {"b3", bench_b3},       {"study", bench_study},
};
enum { N_BENCHES = sizeof benches / sizeof benches[0] };

double eco_bench_now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare_doubles(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

bool eco_bench_time(bool (*work)(void *user), void *user, double *median_s, double *minimum_s)
{
  double seconds[ECO_BENCH_REPEATS];
  for (int i = 0; i < ECO_BENCH_REPEATS; i++) {
    double begun = eco_bench_now();
    if (!work(user))
      return false;
    seconds[i] = eco_bench_now() - begun;
  }
  qsort(seconds, ECO_BENCH_REPEATS, sizeof seconds[0], compare_doubles);
  *median_s = seconds[ECO_BENCH_REPEATS / 2];
  *minimum_s = seconds[0];
  return true;
}

void eco_bench_report(eco_bench *bench, eco_bench_result result)
{
  printf("%-32s %12.5g %-20s", result.name, result.value, result.unit);
  if (isnan(result.limit))
    printf(" %8s", "-");
  else
    printf(" %8.3f", result.value / result.limit);
  printf("  %s%s", result.aim[0] != '\0' ? "aim " : "", result.aim);
  if (!isnan(result.best))
    printf("  (best of %d: %.5g)", ECO_BENCH_REPEATS, result.best);
  printf("\n");
  fflush(stdout);
  if (bench->n_results < ECO_BENCH_MOST_RESULTS)
    bench->results[bench->n_results++] = result;
}

static void write_number(FILE *file, const char *key, double value)
{
  if (isfinite(value))
    fprintf(file, ",\"%s\":%.17g", key, value);
  else
    fprintf(file, ",\"%s\":null", key);
}

static bool write_json(const eco_bench *bench)
{
  char path[512];
  snprintf(path, sizeof path, "%s/bench.json", bench->build);
  FILE *file = fopen(path, "w");
  if (file == NULL) {
    perror(path);
    return false;
  }
  fprintf(file, "[");
  for (size_t i = 0; i < bench->n_results; i++) {
    const eco_bench_result *r = &bench->results[i];
    fprintf(file, "%s\n{\"name\":\"%s\"", i > 0 ? "," : "", r->name);
    write_number(file, "value", r->value);
    fprintf(file, ",\"unit\":\"%s\"", r->unit);
    write_number(file, "limit", r->limit);
    write_number(file, "share", r->value / r->limit);
    fprintf(file, ",\"aim\":\"%s\"}", r->aim);
  }
  fprintf(file, "\n]\n");
  if (fclose(file) != 0) {
    perror(path);
    return false;
  }
  printf("%s\n", path);
  return true;
}

static bool is_wanted(const char *name, int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (strcmp(argv[i], name) == 0)
      return true;
  return argc < 2;
}

int main(int argc, char **argv)
{
  static eco_bench bench = {.build = ECO_BENCH_BUILD, .triad_1_gb_s = NAN, .triad_2_gb_s = NAN, .dgemm_gflop_s = NAN};
  const char *quick = getenv("QUICK");
  bench.quick = quick != NULL && strcmp(quick, "1") == 0;
  printf("%-32s %12s %-20s %8s\n", "name", "value", "unit", "of limit");
  for (size_t i = 0; i < N_BENCHES; i++)
    if (is_wanted(benches[i].name, argc, argv))
      benches[i].run(&bench);
  return write_json(&bench) ? EXIT_SUCCESS : EXIT_FAILURE;
}
