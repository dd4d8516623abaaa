/* block.c -- a block of lanes through a month: land and inputs by the day; water, transport and kinetics by the step.
 *
 *   SPL-1  Strang splitting [Strang1968]: half a step of kinetics, transport, half a step of kinetics. The second half of one
 *          step and the first of the next are one call inside a day; concentrations are recorded on both sides of it.
 *   SPL-2  mean of a day by the trapezoid rule: half of its start, whole steps (a half on either side of their kinetics), half of its
 *          end
 *   SPL-3  kinetics: half a step of the bulk kinetics and of decay, processes of the basin's own, the other half */
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

/* ---- kinetics ---- */

/* Share of a point's top with the bed under it: less than 1 in a layer with more water below. */
static double bed_share(const eco__block *b, uint32_t i, size_t lane)
{
  if (!eco__stack_of_layer(b->run->model, i))
    return 1.0;
  double top = eco__layer_top_m2(b, i, lane);
  return top > 0 ? eco__layer_bed_m2(b, i, lane) / top : 1.0;
}

/* Rates of a layer: the bed acts by its share, the air on the top layer alone; what settles on into the next is LAY-9's. */
static void layer_rates(const eco__block *b, uint32_t i, double *const *rates)
{
  static const size_t of_bed[] = {ECO__R_ON, ECO__R_TP, ECO__R_SOD, ECO__R_REL_NH3, ECO__R_REL_TP};
  const eco__stack *stack = eco__stack_of_layer(b->run->model, i);
  for (size_t l = 0; stack && l < b->n_lanes; l++) {
    double share = bed_share(b, i, l);
    for (size_t k = 0; k < sizeof of_bed / sizeof of_bed[0]; k++)
      rates[of_bed[k]][l] *= share;
    rates[ECO__R_REAER][l] *= i == stack->first ? 1.0 : 0.0;
  }
}

static void find_own_decay(eco__block *b, uint32_t i, const double *depth, const double *temp)
{
  const eco_model *m = b->run->model;
  for (size_t k = 0; k < m->n_own; k++) {
    const eco__decay *d = &m->decay[k];
    double *rate = b->own_decay + ((size_t)i * m->n_own + k) * b->n_lanes;
    for (size_t l = 0; l < b->n_lanes; l++)
      rate[l] = eco__own_decay(d->per_d, d->theta, d->settling_m_d * bed_share(b, i, l), depth[l], temp[l]);
  }
}

/* How the water of a reach moves, for NUM-1: over the faces inside its chain. */
static void count_motion(eco__block *b, uint32_t i, double speed_m_s)
{
  const eco_model *m = b->run->model;
  double volume = b->volume_new[(size_t)i * b->n_lanes];
  if (i >= m->n_cells || m->cell_table[i] != ECO__OUTSIDE || !(volume > eco__wet_volume(m, i)))
    return;
  const eco__chain *chain = &m->chains[m->cell_chain[i]];
  if (i + 1 == chain->first_cell + chain->n_cells) /* nothing spreads over its lower end */
    return;
  double *sums = b->motion + 3 * (size_t)m->cell_water[i];
  sums[0] += speed_m_s * b->run->dt_s / m->cell_length_m[i];
  sums[1] += b->transport.spread_m3_s[(size_t)i * b->n_lanes] * b->run->dt_s / volume;
  sums[2] += 1.0;
}

static void find_rates(eco__block *b)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  double *depth = b->scratch, *speed = b->scratch + n;
  const double *params[ECO__N_KINETICS];
  double *rates[ECO__N_RATES];
  for (size_t k = 0; k < ECO__N_KINETICS; k++)
    params[k] = b->kinetics + k * n;
  for (size_t l = 0; l < n; l++)
    b->wind[l] = b->wind_m_s[b->member[l]];
  for (uint32_t i = 0; i < m->n_points; i++) {
    const eco__water *water = &m->waters[m->cell_water[i]];
    eco__cell_motion(b, i, depth, speed);
    double *temp = b->temperature_c + (size_t)i * n;
    count_motion(b, i, speed[0]);
    eco__heat_day(b, i, depth);
    if (eco__is_layered(m, i))
      continue;
    find_own_decay(b, i, depth, temp);
    eco__processes_day(b, i, depth, speed, temp);
    for (size_t k = 0; k < ECO__N_RATES; k++)
      rates[k] = b->rates + ((size_t)i * ECO__N_RATES + k) * n;
    if (m->has_bulk)
      eco__kinetics_rates(n, m->cell_table[i] != ECO__OUTSIDE, params, depth, speed, temp, b->wind, water->sod_g_m2_d,
                          water->release_nh3_mg_m2_d, water->release_tp_mg_m2_d, rates);
    if (m->has_bulk)
      layer_rates(b, i, rates);
  }
  eco__layers_day(b);
}

/* Kinetics of one cell; what the fluxes come to is added to total[flux][lane] in g. */
static void react_cell(eco__block *b, uint32_t i, double days, double *total)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  const double *rates[ECO__N_RATES], *restrict volume = b->volume_new + (size_t)i * n;
  double *conc[ECO__N_BULK], *flux[ECO__N_FLUXES], *restrict wet = b->scratch, least = eco__wet_volume(m, i);
  for (size_t k = 0; k < ECO__N_RATES; k++)
    rates[k] = b->rates + ((size_t)i * ECO__N_RATES + k) * n;
  for (size_t k = 0; k < ECO__N_FLUXES; k++)
    flux[k] = b->flux + k * n;
  double *restrict inverse = b->scratch + n;
  for (size_t l = 0; l < n; l++) {
    wet[l] = volume[l] > least ? volume[l] : 0.0;
    inverse[l] = wet[l] > 0 ? 1.0 / wet[l] : 0.0;
  }
  for (size_t k = 0; k < ECO__CD; k++) {
    conc[k] = b->conc + k * n;
    const double *restrict mass = b->transport.mass_g + ((size_t)i * m->n_states + k) * n;
    double *restrict c = conc[k];
    for (size_t l = 0; l < n; l++)
      c[l] = mass[l] * inverse[l];
  }
  conc[ECO__CD] = b->conc + ECO__CD * n; /* no reaction: not read */
  eco__kinetics_step(n, days, rates, conc, flux);
  for (size_t k = 0; k < ECO__CD; k++) {
    double *restrict mass = b->transport.mass_g + ((size_t)i * m->n_states + k) * n;
    const double *restrict c = conc[k];
    for (size_t l = 0; l < n; l++)
      mass[l] = wet[l] > 0 ? c[l] * wet[l] : mass[l];
  }
  for (size_t k = 0; k < ECO__N_FLUXES; k++) {
    double *restrict sum = total + k * n;
    const double *restrict f = flux[k];
    for (size_t l = 0; l < n; l++)
      sum[l] += f[l] * wet[l];
  }
}

/* OWN-1 of the basin's own constituents, of which none feels another. */
static void decay_own(eco__block *b, double days)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  double lost[ECO__MOST_LANES];
  for (size_t k = 0; k < m->n_own; k++) {
    size_t state = m->n_states - m->n_own + k;
    if (!(m->decay[k].per_d > 0) && !(m->decay[k].settling_m_d > 0))
      continue;
    for (size_t l = 0; l < n; l++)
      lost[l] = 0.0;
    for (uint32_t i = 0; i < m->n_points; i++) {
      const double *rate = b->own_decay + ((size_t)i * m->n_own + k) * n, *volume = b->volume_new + (size_t)i * n;
      double *mass = b->transport.mass_g + ((size_t)i * m->n_states + state) * n, least = eco__wet_volume(m, i);
      for (size_t l = 0; l < n; l++) {
        double gone = volume[l] > least ? -expm1(-rate[l] * days) * mass[l] : 0.0;
        mass[l] -= gone;
        lost[l] += gone;
      }
    }
    for (size_t l = 0; l < n; l++)
      eco__sum_add(ECO__LEDGER(b, 1 + state, ECO_LEDGER_REACTION, l), lost[l]);
  }
}

static void react_simply(eco__block *b, double days)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  decay_own(b, days);
  if (!m->has_bulk)
    return;
  double total[ECO__N_FLUXES * ECO__MOST_LANES];
  for (size_t first = 0; first < ECO__N_FLUXES * n; first++)
    total[first] = 0.0;
  for (uint32_t i = 0; i < m->n_points; i++)
    if (!eco__is_layered(m, i))
      react_cell(b, i, days, total);
  for (size_t l = 0; l < n; l++) {
    const struct {
      uint32_t state, flux;
      eco_ledger_row row;
      double sign;
    } booked[] = {{ECO__CODMN, ECO__F_CODMN, ECO_LEDGER_REACTION, 1}, {ECO__NH3, ECO__F_NH3, ECO_LEDGER_REACTION, 1},
                  {ECO__ON, ECO__F_ON, ECO_LEDGER_REACTION, 1},       {ECO__ON, ECO__F_NH3, ECO_LEDGER_REACTION, -1},
                  {ECO__TP, ECO__F_TP, ECO_LEDGER_REACTION, 1},       {ECO__DO, ECO__F_DEMAND, ECO_LEDGER_REACTION, 1},
                  {ECO__DO, ECO__F_REAER, ECO_LEDGER_AIR, 1},         {ECO__NH3, ECO__F_REL_NH3, ECO_LEDGER_BED, 1},
                  {ECO__TP, ECO__F_REL_TP, ECO_LEDGER_BED, 1}};
    for (size_t k = 0; k < sizeof booked / sizeof booked[0]; k++)
      eco__sum_add(ECO__LEDGER(b, 1 + booked[k].state, booked[k].row, l),
                   booked[k].sign * total[booked[k].flux * n + l]);
  }
}

static void react(eco__block *b, double from_d, double days) /* SPL-3 */
{
  eco__heat_exchange(b, days);
  eco__layers_step(b, days);
  if (b->run->model->processes.n_fluxes == 0) {
    react_simply(b, days);
    return;
  }
  react_simply(b, 0.5 * days);
  eco__processes_step(b, from_d, days);
  react_simply(b, 0.5 * days);
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
  find_rates(b);
  ECO__TRY(eco__processes_begin(b, today, &b->error));
  const bool recorded = today >= run->record;
  if (recorded)
    eco__record_step(b, 0.5, false); /* SPL-2 */
  react(b, 0.0, 0.5 * days);
  lap(b, 2, &since);
  for (size_t s = 0; s < run->steps_a_day; s++) {
    ECO__TRY(step(b, &since));
    bool last = s + 1 == run->steps_a_day;
    if (recorded && !last)
      eco__record_step(b, 0.5, false);
    react(b, ((double)s + 0.5) * days, last ? 0.5 * days : days); /* SPL-1 */
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
