/* climate.c -- the long-term mean of surface runoff that wash-off is measured by (INP-1): the same generator and the same
 * runoff model, over years that belong to the basin and not to the study. */
#include "run/run.h"

enum { YEARS = 11, CHAINS = 20, ROWS = 3 + 4 }; /* the first year settles the soil: 200 years count */
#define SEED 20161231

typedef struct means { /* of one catchment; rows of CHAINS values */
  double *state, *flux;
} means;

static eco__runoff_state state_of(const means *s)
{
  return (eco__runoff_state){s->state, s->state + CHAINS, s->state + 2 * CHAINS};
}

static eco__runoff_flux flux_of(const means *s)
{
  return (eco__runoff_flux){s->flux, s->flux + CHAINS, s->flux + 2 * CHAINS, s->flux + 3 * CHAINS};
}

static void add_day(eco_run *run, const means *all, const double *rain, const double *evap, bool counts, double days)
{
  for (size_t c = 0; c < run->model->n_catchments; c++) {
    eco__runoff_flux flux = flux_of(&all[c]);
    eco__runoff_day(CHAINS, &run->model->catchments[c].runoff, rain, evap, state_of(&all[c]), flux);
    for (size_t l = 0; counts && l < CHAINS; l++)
      run->mean_surface_mm_d[c] += flux.surface_mm[l] / days;
  }
}

static void add_years(eco_run *run, const means *all)
{
  eco__climate normals = run->model->climate; /* without what was measured: that belongs to its years */
  for (int k = 0; k < ECO__N_DAILY; k++)
    normals.daily[k] = (eco__series){0};
  const eco__climate *climate = &normals;
  eco__weather_state weather[CHAINS];
  double rain[CHAINS], evap[CHAINS];
  eco_day first = eco_day_from_date(2001, 1, 1), counted = eco_day_from_date(2002, 1, 1);
  eco_day last = eco_day_from_date(2001 + YEARS, 1, 1);
  for (uint32_t l = 0; l < CHAINS; l++)
    eco__weather_start(climate, SEED, l, first, &weather[l]);
  for (eco_day d = first; d < last; d++) {
    for (uint32_t l = 0; l < CHAINS; l++) {
      eco__weather w;
      eco__weather_next(climate, SEED, l, d, &weather[l], &w);
      rain[l] = w.rain_mm;
      evap[l] = w.evap_mm;
    }
    add_day(run, all, rain, evap, d >= counted, (double)(last - counted) * CHAINS);
  }
}

eco_status eco__climate_runoff(eco_run *run, eco_error *err)
{
  const eco_model *m = run->model;
  size_t n = m->n_catchments, bytes = n * (sizeof(means) + ROWS * CHAINS * sizeof(double));
  run->mean_surface_mm_d = ECO__TAKE(&run->arena, double, n + 1);
  means *all = n ? eco__alloc(&run->env, bytes) : NULL;
  if (!run->mean_surface_mm_d || (n && !all)) {
    eco__free(&run->env, all, bytes);
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", m->name);
  }
  double *rows = (double *)(all + n);
  for (size_t c = 0; c < n; c++) {
    all[c].state = rows + c * ROWS * CHAINS;
    all[c].flux = all[c].state + 3 * CHAINS;
    eco__runoff_start(CHAINS, &m->catchments[c].runoff, state_of(&all[c]));
  }
  if (n)
    add_years(run, all);
  eco__free(&run->env, all, bytes);
  return ECO_OK;
}
