/* react.c -- what happens inside the points of a block: rates of the day, and the kinetics of a step.
 *
 *   SPL-3  kinetics: half a step of the bulk kinetics and of decay, processes of the basin's own, the other half */
#include "run/run.h"

#include <math.h>

/* Rates of a layer: the bed acts by its share, the air on the top layer alone; what settles on into the next is LAY-9's. */
static void layer_rates(const eco__block *b, uint32_t i, double *const *rates)
{
  static const size_t of_bed[] = {ECO__R_ON, ECO__R_TP, ECO__R_SOD, ECO__R_REL_NH3, ECO__R_REL_TP};
  const eco__stack *stack = eco__stack_of_layer(b->run->model, i);
  for (size_t l = 0; stack && l < b->n_lanes; l++) {
    double share = eco__layer_bed_share(b, i, l);
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
      rate[l] = eco__own_decay(d->per_d, d->theta, d->settling_m_d * eco__layer_bed_share(b, i, l), depth[l], temp[l]);
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

void eco__find_rates(eco__block *b)
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

void eco__react(eco__block *b, double from_d, double days) /* SPL-3 */
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
