/* heat.c -- temperature of the waters: of each under its sky, or carried with the water that moves.
 *
 * Where it is carried, heat is a state of transport like any other: temperature times volume, C m3, with the temperature in the
 * place of a concentration. By the step it meets the sky over HEAT-7, whose line is laid anew each day; what that brings stands in
 * the ledger under air, as does what rain brings and evaporation takes. TEM-2 keeps it at 0 C or above. */
#include "run/run.h"

#include <math.h>

#define DAY_S 86400.0

static double *take(eco_run *run, size_t count)
{
  return ECO__TAKE(&run->arena, double, count ? count : 1);
}

bool eco__heat_take(eco_run *run, eco__block *b)
{
  const eco_model *m = run->model;
  size_t cells = m->heat != ECO__OUTSIDE ? m->n_points : 0;
  b->temperature_c = take(run, m->n_points * b->n_lanes);
  b->calm_c = take(run, m->n_waters * b->n_lanes);
  b->toward_c = take(run, cells * b->n_lanes);
  b->kept = take(run, cells * b->n_lanes);
  return b->temperature_c && b->calm_c && b->toward_c && b->kept;
}

void eco__heat_start(eco__block *b)
{
  const eco_model *m = b->run->model;
  int year, month;
  eco__month_of(b->run->start, &year, &month);
  double air_c = m->has_climate ? m->climate.t_mean_c[month] : 20.0;
  air_c = air_c > 0 ? air_c : 0.0;
  for (size_t i = 0; i < m->n_points; i++) {
    double given = m->waters[m->cell_water[i]].initial_c, start_c = isnan(given) ? air_c : given;
    const eco__stack *stack = eco__stack_of_layer(m, i);
    if (stack && !isnan(stack->initial_bottom_c))
      start_c += (stack->initial_bottom_c - start_c) * ((double)(i - stack->first) + 0.5) / stack->n;
    for (size_t l = 0; l < b->n_lanes; l++) {
      b->temperature_c[i * b->n_lanes + l] = b->calm_c[m->cell_water[i] * b->n_lanes + l] = start_c;
    }
  }
}

/* Whether a lane's day has what the budget asks for; one that lacks radiation or humidity does without. */
static bool has_budget(const eco__block *b, const eco__sky *sky)
{
  return b->run->model->heat_budget && eco__sky_is_known(sky);
}

static double exchange_to_air(const eco__block *b, size_t lane)
{
  return b->kinetics[ECO__HEAT_EXCHANGE * b->n_lanes + lane];
}

/* Temperature after a day under the sky alone. */
static double warmed(const eco__block *b, size_t lane, double temp_c, double depth_m)
{
  const eco__sky *sky = &b->sky[b->member[lane]];
  if (has_budget(b, sky))
    return eco__heated_temperature(sky, temp_c, depth_m, DAY_S);
  return eco__water_temperature(temp_c, sky->air_c, depth_m, exchange_to_air(b, lane), DAY_S);
}

/* HEAT-7 of a water or of the top layer of one, which light goes through; without a budget the line of TEM-1. */
static eco__heat_line line_of(const eco__block *b, uint32_t point, size_t lane, double temp_c, double depth_m)
{
  const eco__sky *sky = &b->sky[b->member[lane]];
  const eco__stack *stack = eco__stack_of_layer(b->run->model, point);
  if (has_budget(b, sky)) {
    eco__sky met = *sky;
    met.short_wave_w_m2 *= stack ? eco__layer_kept_light(b, stack, lane) : 1.0;
    return eco__heat_line_of(&met, temp_c, depth_m);
  }
  return (eco__heat_line){exchange_to_air(b, lane), sky->air_c > 0 ? sky->air_c : 0.0};
}

static void find_line(eco__block *b, uint32_t i, const double *depth)
{
  const size_t n = b->n_lanes;
  const double *temp = b->temperature_c + (size_t)i * n;
  for (size_t l = 0; l < n; l++) {
    double h = depth[l] > ECO__DEPTH_FLOOR_M ? depth[l] : ECO__DEPTH_FLOOR_M;
    eco__heat_line line = line_of(b, i, l, temp[l], depth[l]);
    b->toward_c[i * n + l] = line.toward_c;
    b->kept[i * n + l] = exp(-line.exchange_w_m2_k * b->run->dt_s / (ECO__WATER_RHO_C * h));
  }
}

void eco__heat_day(eco__block *b, uint32_t i, const double *depth)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  double *temp = b->temperature_c + (size_t)i * n, *calm = b->calm_c + m->cell_water[i] * n;
  if (m->heat == ECO__OUTSIDE) {
    for (size_t l = 0; m->has_climate && l < n; l++)
      temp[l] = warmed(b, l, temp[l], depth[l]);
    return;
  }
  const eco__stack *stack = eco__stack_of_layer(m, i);
  const double *heat = b->transport.mass_g + ((size_t)i * m->n_states + m->heat) * n, least = eco__wet_volume(m, i);
  for (size_t l = 0; m->has_climate && i == m->waters[m->cell_water[i]].first_cell && l < n; l++)
    calm[l] = warmed(b, l, calm[l], depth[l]);
  if (eco__is_layered(m, i))
    return;
  for (size_t l = 0; l < n; l++) {
    double volume = b->volume_new[i * n + l];
    temp[l] = volume > least ? heat[l] / volume : calm[l];
  }
  if (m->has_climate && (!stack || i == stack->first))
    find_line(b, i, depth);
}

void eco__heat_step(eco__block *b)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  for (uint32_t i = 0; m->heat != ECO__OUTSIDE && i < m->n_cells; i++) {
    if (m->cell_table[i] == ECO__OUTSIDE)
      continue;
    uint32_t point = eco__is_layered(m, i) ? m->stacks[m->cell_stack[i]].first : i;
    double *heat = b->transport.mass_g + ((size_t)point * m->n_states + m->heat) * n;
    for (size_t l = 0; l < n; l++) {
      size_t at = i * b->n_water + b->water_lane[l];
      double air_c = b->air_c[b->member[l]], rained = b->water.rained_m3[at] * (air_c > 0 ? air_c : 0.0);
      double evaporated = b->water.evaporated_m3[at], before = b->volume_new[point * n + l] + evaporated;
      double taken = before > 0 ? (heat[l] + rained) * (evaporated / before) : 0.0;
      heat[l] += rained - taken;
      eco__sum_add(ECO__LEDGER(b, 1 + m->heat, ECO_LEDGER_AIR, l), rained - taken);
    }
  }
}

void eco__heat_exchange(eco__block *b, double days)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  const bool half = days < 0.75 * b->run->dt_s / DAY_S;
  double gained[ECO__MOST_LANES] = {0};
  if (m->heat == ECO__OUTSIDE || !m->has_climate)
    return;
  for (uint32_t i = 0; i < m->n_points; i++) {
    const eco__stack *stack = eco__stack_of_layer(m, i);
    if (eco__is_layered(m, i) || (stack && i != stack->first))
      continue;
    double *heat = b->transport.mass_g + ((size_t)i * m->n_states + m->heat) * n, least = eco__wet_volume(m, i);
    const double *volume = b->volume_new + (size_t)i * n, *toward = b->toward_c + (size_t)i * n;
    const double *kept = b->kept + (size_t)i * n;
    for (size_t l = 0; l < n; l++) {
      double share = half ? sqrt(kept[l]) : kept[l];
      double after = toward[l] * volume[l] + (heat[l] - toward[l] * volume[l]) * share;
      after = after > 0 ? after : 0.0; /* TEM-2 */
      after = volume[l] > least ? after : heat[l];
      gained[l] += after - heat[l];
      heat[l] = after;
    }
  }
  for (size_t l = 0; l < n; l++)
    eco__sum_add(ECO__LEDGER(b, 1 + m->heat, ECO_LEDGER_AIR, l), gained[l]);
}
