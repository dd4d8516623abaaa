/* climate.c -- the long-term mean of surface runoff that wash-off is measured by (INP-1): the same generator and the same
 * land, over years that belong to the basin and not to the study. Fields get the irrigation water that they want. */
#include "run/run.h"

enum { YEARS = 11, CHAINS = 20, ROWS = 7 + ECO__LAND_WORK }; /* the first year settles the soil: 200 years count */
#define SEED 20161231

typedef struct means {
  double *state, *rows; /* [row of a catchment][CHAINS]; six of fluxes, rain, then work */
} means;

static void add_day(eco_run *run, const means *all, int month, const double *climate, const double *evap,
                    const double *air, bool counts, double days)
{
  double *f = all->rows, *rain = f + (size_t)6 * CHAINS, *work = rain + CHAINS;
  eco__land_flux flux = {
    f, f + CHAINS, f + (size_t)2 * CHAINS, f + (size_t)3 * CHAINS, f + (size_t)4 * CHAINS, f + (size_t)5 * CHAINS};
  for (size_t c = 0; c < run->model->n_catchments; c++) {
    double *state = all->state + run->land_first[c] * CHAINS;
    eco__land_rain(CHAINS, &run->land[c], month, climate, rain);
    eco__land_day(CHAINS, &run->land[c], month, rain, evap, air, state, &flux, work);
    for (size_t l = 0; l < CHAINS; l++)
      state[(size_t)ECO__L_CANAL * CHAINS + l] += flux.wanted_mm[l];
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
  double rain[CHAINS], evap[CHAINS], air[CHAINS];
  eco_day first = eco_day_from_date(2001, 1, 1), counted = eco_day_from_date(2002, 1, 1);
  eco_day last = eco_day_from_date(2001 + YEARS, 1, 1);
  for (uint32_t l = 0; l < CHAINS; l++)
    eco__weather_start(climate, SEED, l, first, &weather[l]);
  for (eco_day d = first; d < last; d++) {
    int year, month;
    eco__month_of(d, &year, &month);
    for (uint32_t l = 0; l < CHAINS; l++) {
      eco__weather w;
      eco__weather_next(climate, SEED, l, d, &weather[l], &w);
      rain[l] = w.rain_mm;
      evap[l] = w.evap_mm;
      air[l] = w.air_c;
    }
    add_day(run, all, month, rain, evap, air, d >= counted, (double)(last - counted) * CHAINS);
  }
}

eco_status eco__climate_runoff(eco_run *run, eco_error *err)
{
  const eco_model *m = run->model;
  size_t n = m->n_catchments, doubles = (run->land_first[n] + ROWS) * CHAINS, bytes = doubles * sizeof(double);
  run->mean_surface_mm_d = ECO__TAKE(&run->arena, double, n + 1);
  double *memory = n ? eco__alloc(&run->env, bytes) : NULL;
  if (!run->mean_surface_mm_d || (n && !memory)) {
    eco__free(&run->env, memory, bytes);
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", m->name);
  }
  means all = {memory, n ? memory + run->land_first[n] * CHAINS : NULL};
  for (size_t c = 0; c < n; c++)
    eco__land_start(CHAINS, &run->land[c], all.state + run->land_first[c] * CHAINS);
  if (n)
    add_years(run, &all);
  eco__free(&run->env, memory, bytes);
  return ECO_OK;
}
