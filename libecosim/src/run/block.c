/* block.c -- a block of lanes through a month: land and inputs by the day; water, transport and kinetics by the step.
 *
 *   SPL-1  Strang splitting [Strang1968]: half a step of kinetics, transport, half a step of kinetics. The second half of one
 *          step and the first of the next are one call inside a day; concentrations are recorded on both sides of it.
 *   SPL-2  mean of a day by the trapezoid rule: half of its start, whole steps (a half on either side of their kinetics), half of its
 *          end */
#include "run/run.h"

#include <math.h>
#include <string.h>
#include <time.h>

#define DAY_S 86400.0

/* ---- memory ---- */

static double *take(eco_run *run, size_t count)
{
  return ECO__TAKE(&run->arena, double, count ? count : 1);
}

static bool take_lanes(eco_run *run, eco__block *b)
{
  b->scenario = ECO__TAKE(&run->arena, uint32_t, b->n_lanes);
  b->member = ECO__TAKE(&run->arena, uint32_t, b->n_lanes);
  b->water_lane = ECO__TAKE(&run->arena, uint32_t, b->n_lanes);
  b->water_scenario = ECO__TAKE(&run->arena, uint32_t, b->n_lanes);
  b->water_member = ECO__TAKE(&run->arena, uint32_t, b->n_lanes);
  b->inputs = ECO__TAKE(&run->arena, eco__day_inputs, run->n_scenarios);
  return b->scenario && b->member && b->water_lane && b->water_scenario && b->water_member && b->inputs;
}

/* Lanes are member-major; lanes of a member whose scenarios move water alike share a water lane. */
static void map_lanes(eco_run *run, eco__block *b)
{
  size_t n = run->n_scenarios;
  b->first_member = b->first_lane / n;
  b->n_members = (b->first_lane + b->n_lanes - 1) / n - b->first_member + 1;
  for (size_t l = 0; l < b->n_lanes; l++) {
    b->scenario[l] = (uint32_t)((b->first_lane + l) % n);
    b->member[l] = (uint32_t)((b->first_lane + l) / n - b->first_member);
    uint32_t class = run->water_class[b->scenario[l]];
    size_t w = 0;
    while (w < b->n_water && (b->water_member[w] != b->member[l] || run->water_class[b->water_scenario[w]] != class))
      w++;
    if (w == b->n_water) {
      b->water_member[w] = b->member[l];
      b->water_scenario[w] = b->scenario[l];
      b->n_water++;
    }
    b->water_lane[l] = (uint32_t)w;
  }
}

static bool take_state(eco_run *run, eco__block *b)
{
  const eco_model *m = run->model;
  size_t n = b->n_lanes, k = b->n_members, layers = m->n_sites * ECO__SITE_LAYERS * n;
  struct {
    double **to;
    size_t count;
  } all[] = {{&b->rain_mm, k},
             {&b->evap_mm, k},
             {&b->air_c, k},
             {&b->wind_m_s, k},
             {&b->rain_factor, k},
             {&b->evap_factor, k},
             {&b->inflow_factor, m->n_waters * k},
             {&b->source_factor, m->n_sources * n},
             {&b->kinetics, m->n_kinetics * n},
             {&b->motion, m->n_waters * 3},
             {&b->wind, n},
             {&b->evaporated, n},
             {&b->level, m->n_cells * n},
             {&b->flow, m->n_faces * n},
             {&b->volume_old, m->n_points * n},
             {&b->volume_new, m->n_points * n},
             {&b->passed, m->n_faces * n},
             {&b->rained, m->n_cells * n},
             {&b->rates, m->n_points * ECO__N_RATES * n},
             {&b->own_decay, m->n_points * m->n_own * n},
             {&b->conc, ECO__N_BULK * n},
             {&b->flux, ECO__N_FLUXES * n},
             {&b->scratch, 8 * n},
             {&b->site_exchangeable, layers},
             {&b->site_bound, layers},
             {&b->site_residual, layers},
             {&b->site_numbers, m->n_sites * ECO__N_SITE_NUMBERS * n},
             {&b->site_g_s, m->n_sites * n},
             {&b->site_leached_mg_m2, m->n_sites * n},
             {&b->site_work, ECO__SITE_WORK * n},
             {&b->section_sum, m->n_sections * eco__n_section_vars(m) * n},
             {&b->section_wet, m->n_sections * n},
             {&b->section_rows, 31 * m->n_sections * eco__n_section_vars(m) * n},
             {&b->water_sum, m->n_waters * eco__n_water_vars(m) * n},
             {&b->water_row, m->n_waters * eco__n_water_vars(m) * n},
             {&b->site_row, m->n_sites * ECO__N_SITE_VARS * n}};
  bool ok = eco__land_take(run, b) && eco__balance_take(run, b);
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
    ok = (*all[i].to = take(run, all[i].count)) && ok;
  for (size_t s = 0; s < run->n_scenarios; s++) {
    b->inputs[s].flow_m3_s = take(run, m->n_sources);
    b->inputs[s].mass_g_s = take(run, m->n_sources * m->n_states);
    b->inputs[s].sewage_m3_s = take(run, m->n_sources);
    b->inputs[s].capacity_m3_s = take(run, m->n_sources);
    ok =
      ok && b->inputs[s].flow_m3_s && b->inputs[s].mass_g_s && b->inputs[s].sewage_m3_s && b->inputs[s].capacity_m3_s;
  }
  b->weather = ECO__TAKE(&run->arena, eco__weather_state, k);
  b->sky = ECO__TAKE(&run->arena, eco__sky, k);
  b->ledger = ECO__TAKE(&run->arena, eco__sum, run->n_quantities * ECO_N_LEDGER_ROWS * n);
  return ok && b->weather && b->sky && b->ledger;
}

/* Rows of water lanes spread over the lanes that share them. */
static void spread_rows(const eco__block *b, const double *from, double *to, size_t rows)
{
  const size_t n = b->n_lanes, w = b->n_water;
  const uint32_t *lane = b->water_lane;
  for (size_t r = 0; r < rows; r++)
    for (size_t l = 0; l < n; l++)
      to[r * n + l] = from[r * w + lane[l]];
}

/* ---- starting values ---- */

static void set_masses(eco__block *b)
{
  const eco_model *m = b->run->model;
  spread_rows(b, b->water.volume_m3, b->volume_new, m->n_cells);
  eco__layers_lay(b);
  for (uint32_t i = 0; i < m->n_points; i++)
    for (size_t l = 0; l < b->n_lanes && !eco__is_layered(m, i); l++) {
      double volume = b->volume_new[i * b->n_lanes + l];
      for (uint32_t k = 0; k < m->n_states; k++) {
        double c = m->waters[m->cell_water[i]].initial_mg_l[k];
        double start_c = b->temperature_c[i * b->n_lanes + l];
        c = isnan(c) ? eco__oxygen_saturation(start_c) : k == m->heat ? start_c : c;
        b->transport.mass_g[(i * m->n_states + k) * b->n_lanes + l] =
          c * (k < m->n_carried ? volume : eco__surface_m2(b, i, l));
        if (b->transport.stored_g && k < m->n_carried && i < m->n_cells)
          b->transport.stored_g[(i * m->n_states + k) * b->n_lanes + l] =
            c * m->cell_storage_m2[i] * m->cell_length_m[i];
      }
    }
  for (size_t s = 0; s < m->n_sites; s++)
    for (size_t k = 0; k < ECO__SITE_LAYERS * b->n_lanes; k++) {
      size_t at = s * ECO__SITE_LAYERS * b->n_lanes + k;
      b->site_exchangeable[at] = m->sites[s].total_mg_kg * m->sites[s].exchangeable_share;
      b->site_bound[at] = m->sites[s].total_mg_kg * (1.0 - m->sites[s].exchangeable_share);
    }
}

eco_status eco__block_open(eco_run *run, eco__block *b, size_t first_lane, size_t n_lanes, eco_error *err)
{
  b->run = run;
  b->first_lane = first_lane;
  b->n_lanes = n_lanes;
  bool ok = take_lanes(run, b);
  if (ok) {
    map_lanes(run, b);
    ok = take_state(run, b) && eco__heat_take(run, b) && eco__layers_take(run, b) && eco__processes_take(run, b) &&
         eco__operate_open(b);
  }
  ok = ok && eco__water_open(&b->water, run->model, b->n_water, &run->arena) == ECO_OK &&
       eco__transport_open(&b->transport, run->model, n_lanes, &run->arena) == ECO_OK;
  if (!ok)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory for %zu lanes", run->model->name, n_lanes);
  b->water.local_inertia = run->local_inertia;
  eco__draws_set(b);
  eco__heat_start(b);
  set_masses(b);
  eco__inputs_open(b);
  eco__ledger_start(b);
  return ECO_OK;
}

/* ---- soil sites: a month at a time, released evenly over it ---- */

static double site_number(const eco__block *b, uint32_t site, uint32_t number, size_t lane, eco_day day)
{
  const eco_scenario *s = b->run->scenarios[b->scenario[lane]];
  return eco__scenario_value(s, ECO__TO_SITE, site, number, b->run->model->sites[site].numbers[number], day);
}

static void step_sites(eco__block *b, eco_day day, double days)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  for (uint32_t s = 0; s < m->n_sites; s++) {
    const eco__site *site = &m->sites[s];
    double *numbers = b->site_numbers + (size_t)s * ECO__N_SITE_NUMBERS * n;
    for (uint32_t k = 0; k < ECO__N_SITE_NUMBERS; k++)
      for (size_t l = 0; l < n; l++)
        numbers[k * n + l] =
          site_number(b, s, k, l, day) * (k == ECO__SITE_INFILTRATION ? 1e-3 / 365.0 : 1.0); /* mm/a: m/d */
    eco__site_params params = {.depth_m = site->soil.depth_m,
                               .bulk_density_kg_l = site->soil.bulk_density_kg_l,
                               .water_content = site->soil.water_content,
                               .kd_l_kg = b->run->site_kd[s],
                               .dispersivity_m = site->soil.dispersivity_m,
                               .infiltration_m_d = numbers + ECO__SITE_INFILTRATION * n,
                               .fix_per_d = numbers + ECO__SITE_FIX * n,
                               .rev_per_d = numbers + ECO__SITE_REV * n,
                               .res_per_d = numbers + ECO__SITE_RES * n};
    size_t at = (size_t)s * ECO__SITE_LAYERS * n;
    double *leached = b->site_leached_mg_m2 + s * n;
    eco__site_step(n, days, &params,
                   (eco__site_state){b->site_exchangeable + at, b->site_bound + at, b->site_residual + at}, leached,
                   b->site_work);
    for (size_t l = 0; l < n; l++)
      b->site_g_s[s * n + l] = leached[l] * 1e-3 * site->area_m2 / (days * DAY_S);
  }
}

static void spread_hydraulics(eco__block *b)
{
  const eco_model *m = b->run->model;
  spread_rows(b, b->water.volume_old_m3, b->volume_old, m->n_cells);
  spread_rows(b, b->water.volume_m3, b->volume_new, m->n_cells);
  spread_rows(b, b->water.passed_m3, b->passed, m->n_faces);
  spread_rows(b, b->water.rained_m3, b->rained, m->n_cells);
  if (m->n_stacks > 0)
    spread_rows(b, b->water.level_m, b->level, m->n_cells);
  eco__layers_lay(b);
}

/* ---- the clock ---- */

static double now(void)
{
  struct timespec t;
  (void)clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void lap(eco__block *b, int which, double *since)
{
  double t = now();
  b->seconds[which] += t - *since;
  *since = t;
}

static eco_status step(eco__block *b, double *since)
{
  const eco_run *run = b->run;
  ECO__TRY(eco__water_step(&b->water, run->dt_s, run->theta, &b->error));
  eco__land_step(b);
  eco__balance_step(b);
  lap(b, 0, since);
  spread_hydraulics(b);
  eco__hydraulics h = {b->volume_old, b->volume_new, b->passed, b->rained, b->level};
  eco__transport_step(&b->transport, &h, run->dt_s);
  eco__heat_step(b);
  eco__ledger_step(b);
  lap(b, 1, since);
  return ECO_OK;
}

static eco_status day(eco__block *b, eco_day today)
{
  const eco_run *run = b->run;
  const eco_model *m = run->model;
  double since = now(), days = run->dt_s / DAY_S;
  if (today == run->record)
    eco__balance_start(b);
  ECO__TRY(eco__inputs_day(b, today, &b->error));
  eco__balance_day(b);
  spread_rows(b, b->water.level_m, b->level, m->n_cells);
  spread_rows(b, b->water.flow_m3_s, b->flow, m->n_faces);
  spread_rows(b, b->water.volume_m3, b->volume_new, m->n_cells);
  eco__find_spread(m, b->n_lanes, b->level, b->flow, b->transport.spread_m3_s);
  lap(b, 3, &since);
  eco__find_rates(b);
  ECO__TRY(eco__processes_begin(b, today, &b->error));
  const bool recorded = today >= run->record;
  if (recorded)
    eco__record_step(b, 0.5, false); /* SPL-2 */
  eco__react(b, 0.0, 0.5 * days);
  lap(b, 2, &since);
  for (size_t s = 0; s < run->steps_a_day; s++) {
    ECO__TRY(step(b, &since));
    bool last = s + 1 == run->steps_a_day;
    if (recorded && !last)
      eco__record_step(b, 0.5, false);
    eco__react(b, ((double)s + 0.5) * days, last ? 0.5 * days : days); /* SPL-1 */
    if (recorded)
      eco__record_step(b, 0.5, true);
    lap(b, 2, &since);
  }
  eco__land_deliver(b);
  if (today >= run->record)
    eco__record_day(b);
  return ECO_OK;
}

void eco__block_month(eco__block *b)
{
  const eco_run *run = b->run;
  eco__record_clear(b);
  step_sites(b, run->day, (double)(run->month_end - run->day));
  eco__ledger_sites(b);
  for (eco_day d = run->day; d < run->month_end && b->status == ECO_OK; d++)
    b->status = day(b, d);
  if (b->status == ECO_OK && run->month_end > run->record)
    eco__record_month(b);
  if (b->status == ECO_OK)
    b->status = eco__ledger_check(b, &b->error);
  if (b->status == ECO_OK)
    b->status = eco__land_check(b, &b->error);
}
