/* processes.c -- processes of the basin's own in a run: points of cells and lanes gathered, integrated, put back, counted.
 *
 *   OWN-2  light of a part of a day, hours a..b: I = R 24 (F(b) - F(a)) / (b - a), F(t) = (1 - cos(pi (t - rise) / D)) / 2 between
 *          rise = 12 - D/2 and rise + D, 0 before and 1 after: half a sine by the length of the day, the day's mean R kept
 *
 *   R  W/m2   solar radiation of the day        D  h  length of the day, FAO-13
 *
 * The hour is the sun's: noon is at 12. */
#include "run/run.h"

#include "land/evaporation.h"

#include <math.h>
#include <string.h>

#define RELATIVE 2e-4 /* error of a concentration in a step of the integrator; B2's year comes to 5e-5 of its largest */
#define ABSOLUTE 1e-7 /* mg/L besides: below what any laboratory reports */
#define LEAST_BED 1e-9 /* of a layer's top: less is no bed */
#define PI 3.14159265358979323846
enum { N_SIDES = 3 };

/* Rows of what is given: surroundings, masks, then parameters. */
static size_t first_param(const eco__own_kinetics *own)
{
  return ECO_N_SURROUNDINGS + own->n_masks;
}

/* ---- once a run: the system and its plan, shared by the blocks ---- */

eco_status eco__processes_open(eco_run *run, eco_error *err)
{
  const eco__own_kinetics *own = &run->model->processes;
  if (own->n_fluxes == 0)
    return ECO_OK;
  const eco__inputs inputs = {own->n_states, ECO_N_SURROUNDINGS + own->n_masks, own->n_params};
  eco__graph graph; /* grows by its derivatives */
  double *absolute = ECO__TAKE(&run->arena, double, own->n_states);
  eco_status status = ECO_NO_MEMORY;
  if (eco__graph_copy(&own->graph, &run->env, &graph) && absolute)
    status = eco__processes_make(&graph, own->rates, own->n_fluxes, own->entries, own->n_entries, &inputs, &run->arena,
                                 &run->processes, err);
  eco__graph_close(&graph);
  if (status == ECO_OK)
    status = eco__plan_make(&run->processes.system, &run->arena, &run->process_plan);
  if (status == ECO_NO_MEMORY)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", run->model->name);
  for (size_t k = 0; absolute && k < own->n_states; k++)
    absolute[k] = ABSOLUTE;
  run->process_tolerance = (eco__tolerance){RELATIVE, absolute};
  return status;
}

bool eco__processes_take(eco_run *run, eco__block *b)
{
  const eco_model *m = run->model;
  const eco__own_kinetics *own = &m->processes;
  if (own->n_fluxes == 0)
    return true;
  b->around = ECO__TAKE(&run->arena, double, m->n_points *ECO_N_SURROUNDINGS * b->n_lanes);
  b->process_params = ECO__TAKE(&run->arena, double, (own->n_params + 1) * b->n_lanes);
  b->process_base = ECO__TAKE(&run->arena, double, (own->n_params + 1) * b->n_lanes);
  b->process_given = ECO__TAKE(&run->arena, double, (first_param(own) + own->n_params) * ECO__POINTS);
  b->process_state = ECO__TAKE(&run->arena, double, own->n_states *ECO__POINTS);
  b->process_old = ECO__TAKE(&run->arena, double, own->n_states *ECO__POINTS);
  b->process_amount = ECO__TAKE(&run->arena, double, own->n_fluxes *ECO__POINTS);
  b->process_work = ECO__TAKE(&run->arena, double, eco__integrate_room(&run->process_plan));
  b->process_total = ECO__TAKE(&run->arena, double, own->n_states *N_SIDES * b->n_lanes);
  b->process_even = ECO__TAKE(&run->arena, bool, own->n_params + 1);
  if (!b->process_even || !b->around || !b->process_params || !b->process_base || !b->process_given ||
      !b->process_state || !b->process_old || !b->process_amount || !b->process_work || !b->process_total)
    return false;
  for (size_t k = 0; k < own->n_params; k++)
    for (size_t l = 0; l < b->n_lanes; l++)
      b->process_base[k * b->n_lanes + l] = own->params[k].value;
  return true;
}

/* ---- once a day: what surrounds a cell ---- */

static double *around(eco__block *b, uint32_t cell, eco_surrounding what)
{
  return b->around + ((size_t)cell * ECO_N_SURROUNDINGS + what) * b->n_lanes;
}

/* What a layer has of the surface and of the bed; other waters have all of both. */
static void surround_bed(eco__block *b, uint32_t cell, size_t l, double depth_m)
{
  const eco__stack *stack = eco__stack_of_layer(b->run->model, cell);
  double share = eco__layer_bed_share(b, cell, l);
  around(b, cell, ECO_AT_OPEN)[l] = !stack || cell == stack->first ? 1.0 : 0.0;
  around(b, cell, ECO_AT_BED_SHARE)[l] = share;
  around(b, cell, ECO_AT_BED_DEPTH)[l] = depth_m / (share > LEAST_BED ? share : LEAST_BED);
}

void eco__processes_day(eco__block *b, uint32_t cell, const double *depth_m, const double *speed_m_s,
                        const double *temp_c)
{
  const eco_model *m = b->run->model;
  const bool *reads = m->processes.reads;
  if (m->processes.n_fluxes == 0)
    return;
  double *temperature = around(b, cell, ECO_AT_TEMPERATURE), *depth = around(b, cell, ECO_AT_DEPTH);
  double *speed = around(b, cell, ECO_AT_SPEED), *wind = around(b, cell, ECO_AT_WIND);
  double *saturation = around(b, cell, ECO_AT_SATURATION), *lake = around(b, cell, ECO_AT_LAKE);
  for (size_t l = 0; l < b->n_lanes; l++) {
    temperature[l] = temp_c[l];
    depth[l] = depth_m[l] > ECO__DEPTH_FLOOR_M ? depth_m[l] : ECO__DEPTH_FLOOR_M;
    speed[l] = speed_m_s[l];
    wind[l] = b->wind[l];
    saturation[l] = reads[ECO_AT_SATURATION] ? eco__oxygen_saturation(temp_c[l]) : 0.0;
    lake[l] = m->cell_table[cell] != ECO__OUTSIDE ? 1.0 : 0.0;
    surround_bed(b, cell, l, depth[l]);
  }
}

/* Parameters of today, by each lane's scenario. */
static void change_params(eco__block *b, eco_day day)
{
  const eco__own_kinetics *own = &b->run->model->processes;
  const size_t n = b->n_lanes;
  for (uint32_t k = 0; k < own->n_params; k++)
    for (size_t l = 0; l < n; l++)
      b->process_params[k * n + l] =
        eco__scenario_value(b->run->scenarios[b->scenario[l]], ECO__TO_PROCESS, k, 0, b->process_base[k * n + l], day);
}

eco_status eco__processes_begin(eco__block *b, eco_day day, eco_error *err)
{
  const eco_model *m = b->run->model;
  change_params(b, day);
  if (!m->processes.reads[ECO_AT_LIGHT])
    return ECO_OK;
  int year, month, of_month;
  eco_day_to_date(day, &year, &month, &of_month);
  b->daylight_h = eco__sun_of(m->climate.latitude_deg, (int)(day - eco_day_from_date(year, 1, 1)) + 1).daylight_h;
  for (size_t k = 0; k < b->n_members; k++)
    if (isnan(b->sky[k].short_wave_w_m2))
      return eco__fail(err, ECO_INVALID, "",
                       "run of '%s': a process reads light, but the radiation of %04d-%02d-%02d is not known", m->name,
                       year, month, of_month);
  return ECO_OK;
}

static double share_of_light(double hour, double daylight_h) /* F of OWN-2 */
{
  double since = (hour - (12.0 - 0.5 * daylight_h)) / daylight_h;
  return since <= 0 ? 0.0 : since >= 1 ? 1.0 : 0.5 * (1.0 - cos(PI * since));
}

double eco__light_share(double from_h, double until_h, double daylight_h)
{
  if (!(daylight_h > 0)) /* the sun does not rise: what light there is comes evenly */
    return 1.0;
  return 24.0 * (share_of_light(until_h, daylight_h) - share_of_light(from_h, daylight_h)) / (until_h - from_h);
}

/* ---- a step: up to 64 points at a time ---- */

typedef struct batch {
  size_t n;
  uint32_t cell[ECO__POINTS], lane[ECO__POINTS];
  double volume[ECO__POINTS], inverse[ECO__POINTS];
  size_t mass[ECO__POINTS], around[ECO__POINTS]; /* where the first row of the point's cell stands */
} batch;

static void add_point(const eco__block *b, batch *p, uint32_t cell, uint32_t lane, double volume)
{
  size_t k = p->n++;
  p->cell[k] = cell;
  p->lane[k] = lane;
  p->volume[k] = volume;
  p->inverse[k] = 1.0 / volume;
  p->mass[k] = (size_t)cell * b->run->model->n_states * b->n_lanes + lane;
  p->around[k] = (size_t)cell * ECO_N_SURROUNDINGS * b->n_lanes + lane;
}

/* Rows beyond the last point are as the first. */
static void fill_up(batch *p)
{
  for (size_t k = p->n; k < ECO__POINTS; k++) {
    p->cell[k] = p->cell[0];
    p->lane[k] = p->lane[0];
    p->inverse[k] = p->inverse[0];
    p->mass[k] = p->mass[0];
    p->around[k] = p->around[0];
  }
}

/* Share of the light on the surface that comes to the top of a point. */
static double reached(const eco__block *b, uint32_t point, uint32_t lane)
{
  return eco__stack_of_layer(b->run->model, point) ? eco__layer_light(b, point, lane) : 1.0;
}

static void gather(eco__block *b, const batch *p, double light)
{
  const eco__own_kinetics *own = &b->run->model->processes;
  const size_t n = b->n_lanes;
  for (size_t s = 0; s < own->n_states; s++) {
    const double *restrict mass = b->transport.mass_g + (size_t)own->states[s] * n;
    double *restrict to = b->process_state + s * ECO__POINTS;
    for (size_t k = 0; k < ECO__POINTS; k++)
      to[k] = mass[p->mass[k]] * p->inverse[k];
  }
  for (size_t g = 0; g < ECO_N_SURROUNDINGS; g++) {
    const double *restrict around = b->around + g * n;
    double *restrict to = b->process_given + g * ECO__POINTS;
    for (size_t k = 0; own->reads[g] && k < ECO__POINTS; k++)
      to[k] = around[p->around[k]];
  }
  for (size_t k = 0; own->reads[ECO_AT_LIGHT] && k < ECO__POINTS; k++)
    b->process_given[ECO_AT_LIGHT * ECO__POINTS + k] =
      light * b->sky[b->member[p->lane[k]]].short_wave_w_m2 * reached(b, p->cell[k], p->lane[k]);
  for (size_t g = 0; g < own->n_masks; g++) {
    const bool *mask = own->masks + g * b->run->model->n_waters;
    double *restrict to = b->process_given + (ECO_N_SURROUNDINGS + g) * ECO__POINTS;
    for (size_t k = 0; k < ECO__POINTS; k++)
      to[k] = mask[b->run->model->cell_water[p->cell[k]]] ? 1.0 : 0.0;
  }
  for (size_t g = 0; g < own->n_params; g++) {
    const double *restrict param = b->process_params + g * n;
    double *restrict to = b->process_given + (first_param(own) + g) * ECO__POINTS;
    for (size_t k = 0; !b->process_even[g] && k < ECO__POINTS; k++) /* the others stand there since the morning */
      to[k] = param[p->lane[k]];
  }
}

static void put_back(eco__block *b, const batch *p)
{
  const eco__own_kinetics *own = &b->run->model->processes;
  const size_t n = b->n_lanes;
  for (size_t e = 0; e < own->n_entries; e++) {
    const eco__entry *entry = &own->entries[e];
    const double *amount = b->process_amount + (size_t)entry->flux * ECO__POINTS;
    double *total = b->process_total + ((size_t)entry->state * N_SIDES + own->sides[entry->flux]) * n;
    for (size_t k = 0; k < p->n; k++)
      total[p->lane[k]] += entry->coefficient * amount[k] * p->volume[k];
  }
  for (size_t s = 0; s < own->n_states; s++) {
    const double *state = b->process_state + s * ECO__POINTS, *old = b->process_old + s * ECO__POINTS;
    double *mass = b->transport.mass_g + (size_t)own->states[s] * n;
    for (size_t k = 0; own->moved[s] && k < p->n; k++) { /* by its change: what stays is not rounded anew each step */
      double now = mass[p->mass[k]] + (state[k] - old[k]) * p->volume[k];
      mass[p->mass[k]] = state[k] > 0 && now > 0 ? now : 0.0;
    }
  }
}

static void carry(eco__block *b, batch *p, double light, double days)
{
  const eco_run *run = b->run;
  if (p->n == 0)
    return;
  fill_up(p);
  gather(b, p, light);
  memcpy(b->process_old, b->process_state, b->run->model->processes.n_states * ECO__POINTS * sizeof(double));
  const double *given[3] = {b->process_given, b->process_given, b->process_given};
  eco__integrate(&run->process_plan, &run->process_tolerance, p->n, days, given, b->process_state, b->process_amount,
                 b->process_work, &b->process_counts);
  put_back(b, p);
  p->n = 0;
}

static void book(eco__block *b)
{
  static const eco_ledger_row rows[N_SIDES] = {ECO_LEDGER_REACTION, ECO_LEDGER_AIR, ECO_LEDGER_BED};
  const eco__own_kinetics *own = &b->run->model->processes;
  for (size_t s = 0; s < own->n_states; s++)
    for (size_t side = 0; side < N_SIDES; side++)
      for (size_t l = 0; l < b->n_lanes; l++)
        eco__sum_add(ECO__LEDGER(b, 1 + own->states[s], rows[side], l),
                     eco_ledger_row_sign(rows[side]) * b->process_total[(s * N_SIDES + side) * b->n_lanes + l]);
}

void eco__processes_step(eco__block *b, double from_d, double days)
{
  const eco_model *m = b->run->model;
  const eco__own_kinetics *own = &m->processes;
  batch points;
  points.n = 0;
  double light = own->reads[ECO_AT_LIGHT] ? eco__light_share(24 * from_d, 24 * (from_d + days), b->daylight_h) : 0.0;
  memset(b->process_total, 0, own->n_states * N_SIDES * b->n_lanes * sizeof(double));
  for (uint32_t i = 0; i < m->n_points; i++) {
    const double least = eco__wet_volume(m, i), *volume = b->volume_new + (size_t)i * b->n_lanes;
    for (uint32_t l = 0; l < b->n_lanes && !eco__is_layered(m, i); l++) {
      if (!(volume[l] > least))
        continue;
      add_point(b, &points, i, l, volume[l]);
      if (points.n == ECO__POINTS)
        carry(b, &points, light, days);
    }
  }
  carry(b, &points, light, days);
  book(b);
}
