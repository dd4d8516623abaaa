/* land.c -- the land of a block by the day: weather to catchments, runoff, what fields want of canals and what they get.
 *
 *   LND-1  an intake that fields are irrigated from wants min(its own demand, sum of CAT-4 over its catchments) of the day
 *   LND-4  the head of a canal that serves such an intake is asked for min(its own demand, what that one wants)
 *   LND-2  what it took in a day is on the fields the day after, shared as it was wanted (where nothing was, by paddies)
 *   LND-3  balance of a catchment: initial + rain + delivered = evapotranspiration + runoff + stored
 *
 * Fields live in water lanes, not in members: what a canal can give differs by scenario. */
#include "run/run.h"

#include <math.h>

#define DAY_S 86400.0

static double *state_of(const eco__block *b, size_t c)
{
  return b->land_state + b->run->land_first[c] * b->n_water;
}

eco_status eco__land_plans(eco_run *run, eco_error *err)
{
  const eco_model *m = run->model;
  run->land = ECO__TAKE(&run->arena, eco__land_plan, m->n_catchments + 1);
  run->land_first = ECO__TAKE(&run->arena, size_t, m->n_catchments + 1);
  run->irrigated_m2 = ECO__TAKE(&run->arena, double, m->n_structures + 1);
  if (!run->land || !run->land_first || !run->irrigated_m2)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", m->name);
  for (size_t c = 0; c < m->n_catchments; c++) {
    eco__land_plan_make(&m->catchments[c].land, &run->land[c]);
    run->land_first[c + 1] = run->land_first[c] + run->land[c].n_rows;
    if (m->catchments[c].intake != ECO__OUTSIDE)
      run->irrigated_m2[m->catchments[c].intake] += m->catchments[c].area_m2 * m->catchments[c].land.paddy_share;
  }
  return ECO_OK;
}

bool eco__land_take(eco_run *run, eco__block *b)
{
  const eco_model *m = run->model;
  size_t n = b->n_water, c = m->n_catchments * n;
  struct {
    double **to;
    size_t count;
  } all[] = {{&b->land_state, run->land_first[m->n_catchments] * n},
             {&b->land_work, (4 + ECO__LAND_WORK) * n},
             {&b->surface_mm, c},
             {&b->runoff_mm, c},
             {&b->parts_mm, 3 * n},
             {&b->et_mm, c},
             {&b->wanted_mm, c},
             {&b->wanted_m3, m->n_structures * n},
             {&b->delivered_m3, m->n_structures * n}};
  bool ok = true;
  for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
    ok = (*all[k].to = ECO__TAKE(&run->arena, double, all[k].count ? all[k].count : 1)) && ok;
  b->land_sums = ECO__TAKE(&run->arena, eco__sum, c ? ECO_CATCHMENT_FINAL * c : 1);
  return ok && b->land_sums;
}

static void count(eco__block *b, eco_catchment_row row, size_t c, size_t l, double mm)
{
  eco__sum_add(&b->land_sums[ECO__LAND_SUM(b, row, c, l)], mm);
}

void eco__land_open(eco__block *b)
{
  for (size_t c = 0; c < b->run->model->n_catchments; c++) {
    eco__land_start(b->n_water, &b->run->land[c], state_of(b, c));
    for (size_t l = 0; l < b->n_water; l++)
      count(b, ECO_CATCHMENT_INITIAL, c, l, eco__land_stored_now(b, c, l));
  }
}

void eco__land_today(eco__block *b, int month)
{
  const size_t n = b->n_water;
  double *climate = b->land_work, *evap = climate + n, *air = evap + n, *rain = air + n, *work = rain + n;
  double *quick = b->parts_mm, *interflow = quick + n, *slow = interflow + n;
  for (size_t l = 0; l < n; l++) {
    climate[l] = b->rain_mm[b->water_member[l]];
    evap[l] = b->evap_mm[b->water_member[l]];
    air[l] = b->air_c[b->water_member[l]];
  }
  for (size_t c = 0; c < b->run->model->n_catchments; c++) {
    double *runoff = b->runoff_mm + c * n, *et = b->et_mm + c * n;
    eco__land_flux flux = {b->surface_mm + c * n, quick, interflow, slow, et, b->wanted_mm + c * n};
    eco__land_rain(n, &b->run->land[c], month, climate, rain);
    eco__land_day(n, &b->run->land[c], month, rain, evap, air, state_of(b, c), &flux, work);
    for (size_t l = 0; l < n; l++) {
      runoff[l] = quick[l] + interflow[l] + slow[l];
      count(b, ECO_CATCHMENT_RAIN, c, l, rain[l]);
      count(b, ECO_CATCHMENT_ET, c, l, et[l]);
      count(b, ECO_CATCHMENT_RUNOFF, c, l, runoff[l]);
    }
  }
}

/* ---- irrigation ---- */

static void ask_at_most(eco__block *b, size_t structure, size_t lane, double m3_s)
{
  double *demand = &b->water.demand_m3_s[structure * b->n_water + lane];
  *demand = m3_s < *demand ? m3_s : *demand;
}

/* LND-1; demand_m3_s holds the structures' own demands of the day. */
void eco__land_wants(eco__block *b)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_water;
  for (size_t k = 0; k < m->n_structures * n; k++)
    b->wanted_m3[k] = b->delivered_m3[k] = 0.0;
  for (size_t c = 0; c < m->n_catchments; c++)
    for (size_t l = 0; m->catchments[c].intake != ECO__OUTSIDE && l < n; l++)
      b->wanted_m3[m->catchments[c].intake * n + l] += b->wanted_mm[c * n + l] * 1e-3 * m->catchments[c].area_m2;
  for (size_t s = 0; s < m->n_structures; s++)
    for (size_t l = 0; b->run->irrigated_m2[s] > 0 && l < n; l++)
      ask_at_most(b, s, l, b->wanted_m3[s * n + l] / DAY_S);
  for (size_t s = 0; s < m->n_structures; s++)
    for (size_t l = 0; m->serves[s] != ECO__OUTSIDE && l < n; l++) /* LND-4 */
      ask_at_most(b, s, l, b->water.demand_m3_s[m->serves[s] * n + l]);
}

void eco__land_step(eco__block *b)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_water;
  for (size_t s = 0; s < m->n_structures; s++)
    for (size_t l = 0; b->run->irrigated_m2[s] > 0 && l < n; l++)
      b->delivered_m3[s * n + l] += b->water.passed_m3[m->structures[s].face * n + l];
}

/* LND-2. The first step of a day still carries a part of yesterday's flow, wanted or not. */
void eco__land_deliver(eco__block *b)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_water;
  for (size_t c = 0; c < m->n_catchments; c++) {
    uint32_t s = m->catchments[c].intake;
    if (s == ECO__OUTSIDE)
      continue;
    double area = m->catchments[c].area_m2, paddies = area * m->catchments[c].land.paddy_share;
    for (size_t l = 0; l < n; l++) {
      double wanted = b->wanted_m3[s * n + l];
      double share = wanted > 0 ? b->wanted_mm[c * n + l] * 1e-3 * area / wanted : paddies / b->run->irrigated_m2[s];
      double mm = share * b->delivered_m3[s * n + l] * 1e3 / area;
      state_of(b, c)[ECO__L_CANAL * n + l] += mm;
      count(b, ECO_CATCHMENT_IRRIGATION, c, l, mm);
    }
  }
}

/* ---- LND-3 ---- */

double eco__land_stored_now(const eco__block *b, size_t c, size_t water_lane)
{
  return eco__land_stored(&b->run->land[c], state_of(b, c), b->n_water, water_lane);
}

/* Signed sum of the rows that come in, or of all but the last. */
static eco__sum balance_of(const eco__block *b, size_t c, size_t water_lane, bool leaving_too)
{
  eco__sum all = {0};
  for (size_t r = 0; r < ECO_CATCHMENT_FINAL; r++) {
    int sign = eco_balance_row_sign(ECO_BALANCE_CATCHMENT, r);
    if (sign > 0 || leaving_too)
      eco__sum_add(&all, sign * eco__sum_value(&b->land_sums[ECO__LAND_SUM(b, r, c, water_lane)]));
  }
  return all;
}

double eco__land_came(const eco__block *b, size_t c, size_t water_lane)
{
  eco__sum came = balance_of(b, c, water_lane, false);
  return eco__sum_value(&came);
}

double eco__land_residual(const eco__block *b, size_t c, size_t water_lane)
{
  double came = eco__land_came(b, c, water_lane);
  eco__sum rest = balance_of(b, c, water_lane, true);
  eco__sum_add(&rest, -eco__land_stored_now(b, c, water_lane));
  return came > 0 ? eco__sum_value(&rest) / came : 0.0;
}

eco_status eco__land_check(eco__block *b, eco_error *err)
{
  const eco_run *run = b->run;
  int year, month;
  eco__month_of(run->day, &year, &month);
  for (size_t c = 0; c < run->model->n_catchments; c++)
    for (size_t l = 0; l < b->n_water; l++) {
      double residual = eco__land_residual(b, c, l);
      if (!(fabs(residual) <= run->tolerance))
        return eco__fail(
          err, ECO_LEDGER, "",
          "water of catchment '%s' does not close in %04d-%02d, scenario '%s', member %zu: residual %.3g of "
          "what came, must be at most %g",
          run->model->catchments[c].name, year, month + 1, run->layout.scenarios[b->water_scenario[l]],
          run->first_member + b->first_member + b->water_member[l], residual, run->tolerance);
    }
  return ECO_OK;
}
