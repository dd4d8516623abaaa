/* channel.c -- the channel of B1 and B2, and how fast whole runs of it go. */
#include "bench/bench.h"

#include <math.h>
#include <stdio.h>

eco_basin *eco_bench_channel(double length_m, eco_item *reach)
{
  eco_basin *basin = NULL;
  eco_item rates;
  double flow = ECO_BENCH_SPEED_M_S * ECO_BENCH_AREA_M2;
  /* bed slope and Manning n at which 2 m is the normal depth: n = A R^(2/3) sqrt(S) / Q */
  double n = ECO_BENCH_AREA_M2 * pow(100.0 / 54.0, 2.0 / 3.0) * sqrt(1e-4) / flow;
  bool ok = eco_basin_create(NULL, "channel", &basin, NULL) == ECO_OK &&
            eco_basin_add(basin, ECO_REACH, "channel", NULL, reach, NULL) == ECO_OK &&
            eco_basin_set_number(basin, *reach, "length", length_m, "m", NULL) == ECO_OK &&
            eco_basin_set_number(basin, *reach, "bottom_width", 50.0, "m", NULL) == ECO_OK &&
            eco_basin_set_number(basin, *reach, "side_slope", 0.0, "", NULL) == ECO_OK &&
            eco_basin_set_number(basin, *reach, "manning_n", n, "", NULL) == ECO_OK &&
            eco_basin_set_number(basin, *reach, "bed_up", 10.0 + 1e-4 * length_m, "m", NULL) == ECO_OK &&
            eco_basin_set_number(basin, *reach, "bed_down", 10.0, "m", NULL) == ECO_OK &&
            eco_basin_set_number(basin, *reach, "initial_depth", 2.0, "m", NULL) == ECO_OK &&
            eco_basin_set_number(basin, *reach, "dispersion", ECO_BENCH_E_M2_S, "m2/s", NULL) == ECO_OK &&
            eco_basin_set_array(basin, *reach, "inflow", &flow, 1, "m3/s", NULL) == ECO_OK &&
            eco_basin_set_text(basin, *reach, "inlet", "fixed", NULL) == ECO_OK && /* as the closed forms have it */
            eco_basin_add(basin, ECO_KINETICS, "rates", NULL, &rates, NULL) == ECO_OK &&
            eco_basin_set_text(basin, rates, "states", "own", NULL) == ECO_OK;
  if (ok)
    return basin;
  eco_basin_destroy(basin);
  return NULL;
}

bool eco_bench_carry(eco_basin *basin, eco_item reach, const char *name, double inlet_mg_l, double decay_per_d)
{
  char param[40];
  eco_item constituent;
  (void)snprintf(param, sizeof param, "inflow.%s", name);
  return eco_basin_add(basin, ECO_CONSTITUENT, name, NULL, &constituent, NULL) == ECO_OK &&
         eco_basin_set_number(basin, constituent, "decay", decay_per_d, "1/d", NULL) == ECO_OK &&
         eco_basin_set_array(basin, reach, param, &inlet_mg_l, 1, "mg/L", NULL) == ECO_OK;
}

eco_model *eco_bench_compile(eco_basin *basin, double cell_m)
{
  eco_model *model = NULL;
  eco_compile_options options = ECO_COMPILE_OPTIONS_INIT;
  options.cell_m = cell_m;
  if (basin && eco_model_compile(basin, &options, &model, NULL) != ECO_OK)
    model = NULL;
  eco_basin_destroy(basin);
  return model;
}

typedef struct whole_run {
  const eco_model *model;
  uint32_t members, threads;
  eco_day days;
} whole_run;

static bool carry(void *user)
{
  const whole_run *w = user;
  eco_run_options options = ECO_RUN_OPTIONS_INIT;
  options.end = w->days;
  options.members = w->members;
  options.threads = w->threads;
  eco_run *run = NULL;
  bool ok = eco_run_create(w->model, &options, &run, NULL) == ECO_OK && eco_run_to_end(run, NULL) == ECO_OK;
  eco_run_destroy(run);
  return ok;
}

double eco_bench_run_rate(const eco_model *model, uint32_t members, uint32_t threads, eco_day days, double *best)
{
  whole_run w = {model, members, threads, days};
  double median_s, minimum_s;
  if (!model || !eco_bench_time(carry, &w, &median_s, &minimum_s))
    return NAN;
  double steps = (double)eco_model_size_of(model).cells * members * 24.0 * days / threads;
  *best = steps / minimum_s;
  return steps / median_s;
}
