/* study.c -- the main study as a user runs it: the command as a process of its own, all cores. */
#include "bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define STUDY "scripts/studies/jingmen_2020.lua"

static bool command(void *user)
{
  return system(user) == 0;
}

static void report(eco_bench *bench, const char *name, const char *text, const char *aim)
{
  char line[512];
  snprintf(line, sizeof line, text, bench->build, bench->build);
  double median_s, minimum_s;
  if (eco_bench_time(command, line, &median_s, &minimum_s))
    eco_bench_report(bench, (eco_bench_result){name, "s", median_s, minimum_s, NAN, aim});
  else
    fprintf(stderr, "%s: '%s' failed\n", name, line);
}

/* start: the command, its scripts, the basin of 640 cells compiled, a run opened; no step. */
void bench_study(eco_bench *bench)
{
  report(bench, "start", "%s/ecosim check " STUDY " >%s/bench-check.log", "<= 0.15");
  report(bench, "jingmen_study",
         bench->quick ? "%s/ecosim run " STUDY " --quiet --members 1 --out %s/bench.h5"
                      : "%s/ecosim run " STUDY " --quiet --out %s/bench.h5",
         bench->quick ? "(quick: one member)" : "<= 10");
}
