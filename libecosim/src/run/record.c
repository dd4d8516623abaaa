/* record.c -- means of the day and the month, and the frames that sinks get. */
#include "run/run.h"

#include <math.h>
#include <string.h>

#define DAY_S 86400.0
#define SAMPLE_DEPTH_M 0.02 /* m: less water cannot be sampled: the section is dry; assumption */

void eco__record_clear(eco__block *b)
{
  const eco_model *m = b->run->model;
  size_t n = b->n_lanes;
  b->month_days = 0;
  memset(b->section_sum, 0, m->n_sections * eco__n_section_vars(m) * n * sizeof(double));
  memset(b->section_wet, 0, m->n_sections * n * sizeof(double));
  memset(b->water_sum, 0, m->n_waters * eco__n_water_vars(m) * n * sizeof(double));
  memset(b->transport.out_g, 0, m->n_waters * m->n_states * n * sizeof(double));
  memset(b->transport.out_m3, 0, m->n_waters * n * sizeof(double));
}

static double sample_volume(const eco_model *m, uint32_t i)
{
  if (m->cell_table[i] != ECO__OUTSIDE)
    return 1.0;
  return eco__section_area(&m->cell_shape[i], SAMPLE_DEPTH_M) * m->cell_length_m[i];
}

static const double *mass_of(const eco__block *b, uint32_t cell, uint32_t state)
{
  return b->transport.mass_g + ((size_t)cell * b->run->model->n_states + state) * b->n_lanes;
}

/* What an observable comes to at a point, g; of what lies on the bed times the depth, so that over the volume it is g/m2. */
static double observed(const eco__block *b, uint32_t i, const eco__observable *o, size_t l)
{
  double sum = 0.0;
  for (uint32_t k = 0; k < o->n; k++)
    sum += o->weights[k] * mass_of(b, i, o->states[k])[l];
  if (!o->on_bed)
    return sum;
  double bed = eco__surface_m2(b, i, l);
  return bed > 0 ? sum * (b->volume_new[(size_t)i * b->n_lanes + l] / bed) : 0.0;
}

static void add_passed(const eco__block *b, uint32_t face, double *sum)
{
  const double *passed = b->passed + (size_t)face * b->n_lanes;
  for (size_t l = 0; l < b->n_lanes; l++)
    sum[l] += passed[l] * (1.0 / DAY_S);
}

/* Discharge below the section's cell; of a lake all that leaves it but intakes. */
static void add_flow(const eco__block *b, uint32_t i, double *sum)
{
  const eco_model *m = b->run->model;
  if (m->cell_table[i] == ECO__OUTSIDE) {
    add_passed(b, eco__face_below(m, i), sum);
    return;
  }
  for (size_t k = 0; k < m->n_links; k++) {
    const eco__face *f = &m->faces[m->links[k]];
    if (f->up == i && f->law != ECO__INTAKE)
      add_passed(b, m->links[k], sum);
  }
}

void eco__record_step(eco__block *b, double weight, bool with_flow)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  const size_t vars = eco__n_section_vars(m);
  const double share = weight / (double)b->run->steps_a_day;
  for (size_t s = 0; s < m->n_sections; s++) {
    uint32_t i = m->sections[s].cell;
    double *sum = b->section_sum + s * vars * n, *wet = b->section_wet + s * n;
    const double *volume = b->volume_new + (size_t)i * n;
    double least = sample_volume(m, i);
    for (size_t l = 0; l < n; l++) {
      uint32_t point = eco__section_point(b, &m->sections[s], l);
      double of_point = b->volume_new[(size_t)point * n + l];
      bool is_wet = volume[l] > least && of_point > 0;
      wet[l] += is_wet ? share : 0.0;
      for (size_t v = 0; v < m->n_observables && is_wet; v++)
        sum[(ECO__V_OBS + v) * n + l] += share * observed(b, point, &m->observables[v], l) / of_point;
    }
    if (!with_flow)
      continue;
    add_flow(b, i, sum + ECO__V_FLOW * n);
    for (size_t l = 0; l < n; l++)
      sum[ECO__V_DEPTH * n + l] +=
        (b->water.level_m[i * b->n_water + b->water_lane[l]] - m->cell_bed_m[i]) / (double)b->run->steps_a_day;
  }
}

/* Temperature of a cell at the end of a day: what it holds where heat is carried, else what the day's rates had. */
static double temperature_of(const eco__block *b, uint32_t i, size_t l)
{
  const eco_model *m = b->run->model;
  double volume = b->volume_new[(size_t)i * b->n_lanes + l];
  if (m->heat == ECO__OUTSIDE || !(volume > eco__wet_volume(m, i)))
    return b->temperature_c[(size_t)i * b->n_lanes + l];
  return mass_of(b, i, m->heat)[l] / volume;
}

/* Closes the day's means of the sections, adds the day to the month of the waters. */
void eco__record_day(eco__block *b)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes, vars = eco__n_section_vars(m), row = m->n_sections * vars * n;
  double *out = b->section_rows + b->month_days * row;
  for (size_t s = 0; s < m->n_sections; s++) {
    double *sum = b->section_sum + s * vars * n, *to = out + s * vars * n;
    const double *wet = b->section_wet + s * n;
    for (size_t l = 0; l < n; l++) {
      to[ECO__V_FLOW * n + l] = sum[ECO__V_FLOW * n + l];
      to[ECO__V_DEPTH * n + l] = sum[ECO__V_DEPTH * n + l];
      to[ECO__V_TEMP * n + l] = temperature_of(b, eco__section_point(b, &m->sections[s], l), l);
      double dry = 1.0 - wet[l];
      to[eco__v_dry(m) * n + l] = dry > 1e-12 ? dry : 0.0;
      for (size_t v = 0; v < m->n_observables; v++)
        to[(ECO__V_OBS + v) * n + l] = wet[l] > 0 ? sum[(ECO__V_OBS + v) * n + l] / wet[l] : NAN;
    }
  }
  memset(b->section_sum, 0, row * sizeof(double));
  memset(b->section_wet, 0, m->n_sections * n * sizeof(double));
  for (uint32_t i = 0; i < m->n_points; i++) {
    if (eco__is_layered(m, i))
      continue;
    double *sum = b->water_sum + (size_t)m->cell_water[i] * eco__n_water_vars(m) * n;
    for (size_t v = 0; v < m->n_observables; v++)
      for (size_t l = 0; l < n; l++)
        sum[(ECO__W_OBS + v) * n + l] += observed(b, i, &m->observables[v], l);
    for (size_t l = 0; l < n; l++)
      sum[eco__w_volume(m) * n + l] += b->volume_new[(size_t)i * n + l];
  }
  b->month_days++;
}

static void close_sites(eco__block *b)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  for (size_t s = 0; s < m->n_sites; s++) {
    double *to = b->site_row + s * ECO__N_SITE_VARS * n;
    size_t at = s * ECO__SITE_LAYERS * n;
    for (size_t l = 0; l < n; l++) {
      double e = 0, x = 0, r = 0;
      for (size_t k = 0; k < ECO__SITE_LAYERS; k++) {
        e += b->site_exchangeable[at + k * n + l] / ECO__SITE_LAYERS;
        x += b->site_bound[at + k * n + l] / ECO__SITE_LAYERS;
        r += b->site_residual[at + k * n + l] / ECO__SITE_LAYERS;
      }
      double leached_mg_m2 = b->site_leached_mg_m2[s * n + l];
      double water_m =
        b->site_numbers[(s * ECO__N_SITE_NUMBERS + ECO__SITE_INFILTRATION) * n + l] * (double)b->month_days;
      to[ECO__T_TOTAL * n + l] = e + x + r;
      to[ECO__T_EXCHANGEABLE * n + l] = e;
      to[ECO__T_BOUND * n + l] = x;
      to[ECO__T_RESIDUAL * n + l] = r;
      to[ECO__T_LEACHATE * n + l] = water_m > 0 ? leached_mg_m2 * 1e-3 / water_m : 0.0; /* mg/m2 over m: 1e-3 mg/L */
      to[ECO__T_LEACHED * n + l] = leached_mg_m2 * 1e-6 * m->sites[s].area_m2;
    }
  }
}

void eco__record_month(eco__block *b)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes, vars = eco__n_water_vars(m);
  for (size_t w = 0; w < m->n_waters; w++) {
    const double *sum = b->water_sum + w * vars * n, *volume = sum + eco__w_volume(m) * n;
    double *to = b->water_row + w * vars * n;
    const double *out = b->transport.out_g + w * m->n_states * n;
    for (size_t l = 0; l < n; l++) {
      for (size_t v = 0; v < m->n_observables; v++) {
        to[(ECO__W_OBS + v) * n + l] = volume[l] > 0 ? sum[(ECO__W_OBS + v) * n + l] / volume[l] : NAN;
        double g = 0.0;
        for (uint32_t k = 0; k < m->observables[v].n; k++)
          g += m->observables[v].weights[k] * out[m->observables[v].states[k] * n + l];
        to[(eco__w_out(m) + v) * n + l] = 1e-3 * g;
      }
      to[eco__w_volume(m) * n + l] = volume[l] / (double)b->month_days;
      to[eco__w_out_flow(m) * n + l] = b->transport.out_m3[w * n + l];
    }
  }
  close_sites(b);
}

/* ---- frames ---- */

/* Rows of one lane: from [row][place][variable][lane] to [row][place][variable]. */
static void gather(const double *from, size_t count, size_t lanes, size_t lane, double *to)
{
  for (size_t k = 0; k < count; k++)
    to[k] = from[k * lanes + lane];
}

static eco_status give_table(eco_run *run, const eco__block *b, eco_table_id id, const double *rows, size_t first,
                             size_t n, eco_error *err)
{
  const eco_table *t = &run->layout.tables[id];
  size_t count = n * t->n_places * t->n_variables;
  if (!count)
    return ECO_OK;
  for (size_t l = 0; l < b->n_lanes; l++) {
    gather(rows, count, b->n_lanes, l, run->frame);
    for (size_t k = 0; k < run->n_sinks; k++) {
      const eco_sink *sink = &run->sinks[k];
      if (sink->frames)
        ECO__TRY(
          sink->frames(sink->user, id, b->scenario[l], b->first_member + b->member[l], first, n, run->frame, err));
    }
  }
  return ECO_OK;
}

/* Doubles of the longest frame: all days of a month, or its waters or sites. */
size_t eco__record_room(const eco_run *run)
{
  const eco_model *m = run->model;
  size_t room = 31 * m->n_sections * eco__n_section_vars(m);
  size_t water = m->n_waters * eco__n_water_vars(m), site = m->n_sites * ECO__N_SITE_VARS;
  room = room > water ? room : water;
  return room > site ? room : site;
}

eco_status eco__record_give(eco_run *run, eco_error *err)
{
  size_t days = run->blocks[0].month_days;
  eco_status status = ECO_OK;
  for (size_t k = 0; k < run->n_blocks && status == ECO_OK; k++)
    status =
      give_table(run, &run->blocks[k], ECO_TABLE_SECTION, run->blocks[k].section_rows, run->section_first, days, err);
  for (size_t k = 0; k < run->n_blocks && status == ECO_OK; k++)
    status = give_table(run, &run->blocks[k], ECO_TABLE_WATER, run->blocks[k].water_row, run->water_first, 1, err);
  for (size_t k = 0; k < run->n_blocks && status == ECO_OK; k++)
    status = give_table(run, &run->blocks[k], ECO_TABLE_SITE, run->blocks[k].site_row, run->water_first, 1, err);
  run->section_first += days;
  run->water_first += 1;
  return status;
}
