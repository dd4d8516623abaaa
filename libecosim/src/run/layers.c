/* layers.c -- layered lakes in a run: where their layers lie, what light reaches them, how they mix.
 *
 *   LAY-8  light: a share 0.45 of the short wave stays at the surface, the rest goes down as exp(-e z)   [ColeWells2006]; what passes
 *          the top of a layer and not its bottom warms it, over the bed beside it too
 *   LAY-9  settling: v A of the layer's bottom goes to the layer below, v of the bed beside it to the bed; implicit, from the top
 *
 * The layers are laid anew with each step of the water (LAY-1); exchange between them (LAY-5) and light are those of the morning. */
#include "run/run.h"

#include "transport/column.h"

#include <math.h>
#include <string.h>

#define DAY_S 86400.0
#define AT_SURFACE 0.45 /* of the short wave [ColeWells2006] */
#define LAYERS(m) ((m)->n_points - (m)->n_cells)

bool eco__layers_take(eco_run *run, eco__block *b)
{
  const eco_model *m = run->model;
  size_t n = LAYERS(m) * b->n_lanes + 1;
  b->layer_area = ECO__TAKE(&run->arena, double, n);
  b->layer_lit = ECO__TAKE(&run->arena, double, n);
  b->layer_light = ECO__TAKE(&run->arena, double, n);
  return b->layer_area && b->layer_lit && b->layer_light;
}

static double *row(const eco__block *b, double *rows, size_t point)
{
  return rows + (point - b->run->model->n_cells) * b->n_lanes;
}

static double level_of(const eco__block *b, const eco__stack *s, size_t l)
{
  return b->water.level_m[s->cell * b->n_water + b->water_lane[l]];
}

static double thickness(const eco__block *b, const eco__stack *s, size_t l)
{
  double depth = level_of(b, s, l) - b->run->model->cell_bed_m[s->cell];
  return depth > 0 ? depth / s->n : 0.0;
}

/* LAY-1 */
static void lay(eco__block *b, const eco__stack *s)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  const eco__table *table = &m->tables[m->cell_table[s->cell]];
  for (size_t l = 0; l < n; l++) {
    double level = level_of(b, s, l), thick = thickness(b, s, l), volume = b->volume_new[s->cell * n + l];
    double factor = b->water.area_factor[s->cell * b->n_water + b->water_lane[l]];
    eco__pool above = eco__table_at(table, level);
    double per = above.volume_m3 > 0 ? volume / above.volume_m3 : 0.0;
    for (uint32_t k = 0; k < s->n; k++) {
      eco__pool below = k + 1 < s->n ? eco__table_at(table, level - (k + 1) * thick) : (eco__pool){0.0, 0.0};
      double share = above.volume_m3 - below.volume_m3;
      row(b, b->layer_area, s->first + k)[l] = factor * above.area_m2;
      b->volume_new[(s->first + k) * n + l] = share > 0 ? per * share : 0.0;
      above = below;
    }
  }
}

void eco__layers_lay(eco__block *b)
{
  const eco_model *m = b->run->model;
  memcpy(b->volume_old + m->n_cells * b->n_lanes, b->volume_new + m->n_cells * b->n_lanes,
         LAYERS(m) * b->n_lanes * sizeof(double));
  for (size_t k = 0; k < m->n_stacks; k++)
    lay(b, &m->stacks[k]);
}

double eco__layer_bed_m2(const eco__block *b, uint32_t point, size_t lane)
{
  const eco__stack *s = eco__stack_of_layer(b->run->model, point);
  double below = point + 1 < s->first + s->n ? row(b, b->layer_area, point + 1)[lane] : 0.0;
  double beside = row(b, b->layer_area, point)[lane] - below;
  return beside > 0 ? beside : 0.0;
}

double eco__layer_top_m2(const eco__block *b, uint32_t point, size_t lane)
{
  return row(b, b->layer_area, point)[lane];
}

double eco__layer_bed_share(const eco__block *b, uint32_t point, size_t lane)
{
  double top = eco__stack_of_layer(b->run->model, point) ? eco__layer_top_m2(b, point, lane) : 0.0;
  return top > 0 ? eco__layer_bed_m2(b, point, lane) / top : 1.0;
}

double eco__layer_light(const eco__block *b, uint32_t point, size_t lane)
{
  return row(b, b->layer_light, point)[lane];
}

uint32_t eco__section_point(const eco__block *b, const eco__section *section, size_t lane)
{
  const eco_model *m = b->run->model;
  if (!eco__is_layered(m, section->cell))
    return section->cell;
  const eco__stack *s = &m->stacks[m->cell_stack[section->cell]];
  double thick = thickness(b, s, lane), at = thick > 0 ? floor(section->depth_m / thick) : 0.0;
  return s->first + (at < s->n ? (uint32_t)at : s->n - 1);
}

/* ---- once a day ---- */

/* Share of the short wave on the surface that the top layer keeps (LAY-8). */
double eco__layer_kept_light(const eco__block *b, const eco__stack *s, size_t lane)
{
  double top = eco__layer_top_m2(b, s->first, lane), below = eco__layer_top_m2(b, s->first + 1, lane);
  double passes = (1.0 - AT_SURFACE) * exp(-s->extinction_per_m * thickness(b, s, lane));
  return 1.0 - passes * (top > 0 ? below / top : 0.0);
}

/* LAY-8: what the layers under the top one get, C m3/d. Where the day's radiation is not known the top takes all (TEM-1). */
static void find_light(eco__block *b, const eco__stack *s)
{
  for (size_t l = 0; l < b->n_lanes; l++) {
    const eco__sky *sky = &b->sky[b->member[l]];
    double short_wave = b->run->model->heat_budget && eco__sky_is_known(sky) ? sky->short_wave_w_m2 : 0.0;
    double thick = thickness(b, s, l), into = (1.0 - ECO__ALBEDO) * short_wave * (1.0 - AT_SURFACE);
    for (uint32_t k = 0; k < s->n; k++) {
      double upper = exp(-s->extinction_per_m * k * thick), lower = exp(-s->extinction_per_m * (k + 1) * thick);
      double top = eco__layer_top_m2(b, s->first + k, l);
      double below = k + 1 < s->n ? eco__layer_top_m2(b, s->first + k + 1, l) : 0.0;
      double watt = k == 0 ? 0.0 : into * (upper * top - lower * below);
      row(b, b->layer_light, s->first + k)[l] = upper;
      row(b, b->layer_lit, s->first + k)[l] = watt * DAY_S / ECO__WATER_RHO_C;
    }
  }
}

/* LAY-5 between each layer and the next, K A / dz. */
static void find_exchange(eco__block *b, const eco__stack *s)
{
  const size_t n = b->n_lanes;
  for (size_t l = 0; l < n; l++) {
    double thick = thickness(b, s, l), surface = eco__layer_top_m2(b, s->first, l);
    for (uint32_t k = 0; k < s->n; k++) {
      double *spread = b->transport.spread_m3_s + (s->first + k) * n + l;
      *spread = 0.0;
      if (k + 1 == s->n || !(thick > 0))
        continue;
      const double *temp = b->temperature_c + (s->first + k) * n + l;
      double rise = eco__water_density(temp[n]) - eco__water_density(temp[0]);
      double exchange = isnan(s->exchange_m2_s)
                          ? eco__vertical_exchange(ECO__GRAVITY * rise / (1000.0 * thick), surface)
                          : s->exchange_m2_s;
      *spread = exchange * eco__layer_top_m2(b, s->first + k + 1, l) / thick;
    }
  }
}

void eco__layers_day(eco__block *b)
{
  const eco_model *m = b->run->model;
  for (size_t k = 0; k < m->n_stacks; k++) {
    find_exchange(b, &m->stacks[k]);
    if (m->has_climate)
      find_light(b, &m->stacks[k]);
  }
}

/* ---- a step, or half of one ---- */

static double *held(eco__block *b, uint32_t point, size_t state)
{
  return b->transport.mass_g + ((size_t)point * b->run->model->n_states + state) * b->n_lanes;
}

static void mix_lane(eco__block *b, const eco__stack *s, double days, size_t l)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes, stride = m->n_states * n;
  double volume[ECO__MOST_LAYERS], heat[ECO__MOST_LAYERS], middle[ECO__MOST_LAYERS];
  double level = level_of(b, s, l), thick = thickness(b, s, l), surface = eco__layer_top_m2(b, s->first, l);
  for (uint32_t k = 0; k < s->n; k++) {
    volume[k] = b->volume_new[(s->first + k) * n + l];
    heat[k] = held(b, s->first + k, m->heat)[l];
    middle[k] = level - (k + 0.5) * thick;
  }
  double share = isnan(s->wind_share) ? eco__wind_share(surface) : s->wind_share, wind = b->wind[l];
  eco__mixing mixing;
  eco__column_mix(s->n, volume, heat, middle, eco__wind_work(wind, surface, share, days * DAY_S), &mixing);
  for (size_t q = 0; mixing.any && q < m->n_carried; q++)
    eco__column_apply(&mixing, volume, held(b, s->first, q) + l, stride);
}

/* LAY-9 of one constituent: v m/d in each lane. */
static void settle(eco__block *b, const eco__stack *s, size_t state, const double *velocity, double days)
{
  const size_t n = b->n_lanes;
  for (uint32_t k = 0; k + 1 < s->n; k++) {
    double *here = held(b, s->first + k, state), *below = held(b, s->first + k + 1, state);
    for (size_t l = 0; l < n; l++) {
      double volume = b->volume_new[(s->first + k) * n + l], area = eco__layer_top_m2(b, s->first + k + 1, l);
      double share = volume > 0 ? velocity[l] * days * area / volume : 0.0, fell = here[l] * (share / (1.0 + share));
      here[l] -= fell;
      below[l] += fell;
    }
  }
}

static void settle_all(eco__block *b, const eco__stack *s, double days)
{
  const eco_model *m = b->run->model;
  double velocity[ECO__MOST_LANES];
  for (size_t l = 0; m->has_bulk && l < b->n_lanes; l++)
    velocity[l] = b->kinetics[ECO__V_TP_LAKE * b->n_lanes + l] / ECO__DAYS_PER_YEAR;
  if (m->has_bulk)
    settle(b, s, ECO__TP, velocity, days);
  for (size_t k = 0; k < m->n_own; k++) {
    if (!(m->decay[k].settling_m_d > 0))
      continue;
    for (size_t l = 0; l < b->n_lanes; l++)
      velocity[l] = m->decay[k].settling_m_d;
    settle(b, s, m->n_states - m->n_own + k, velocity, days);
  }
}

static void light_up(eco__block *b, const eco__stack *s, double days)
{
  const eco_model *m = b->run->model;
  for (uint32_t k = 0; m->has_climate && k < s->n; k++) {
    double *heat = held(b, s->first + k, m->heat);
    const double *lit = row(b, b->layer_lit, s->first + k);
    for (size_t l = 0; l < b->n_lanes; l++) {
      double gained = b->volume_new[(s->first + k) * b->n_lanes + l] > 0 ? lit[l] * days : 0.0;
      heat[l] += gained;
      eco__sum_add(ECO__LEDGER(b, 1 + m->heat, ECO_LEDGER_AIR, l), gained);
    }
  }
}

void eco__layers_step(eco__block *b, double days)
{
  const eco_model *m = b->run->model;
  for (size_t k = 0; k < m->n_stacks; k++) {
    light_up(b, &m->stacks[k], days);
    for (size_t l = 0; l < b->n_lanes; l++)
      mix_lane(b, &m->stacks[k], days, l);
    settle_all(b, &m->stacks[k], days);
  }
}
