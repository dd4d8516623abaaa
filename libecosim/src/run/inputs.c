/* inputs.c -- what enters the waters on a day: weather and runoff by member, sources by scenario, boundary, structures.
 *
 *   CSO-1  a combined sewer spills of its sewage the share s = max(0, 1 - C/(Q_s + Q_r)) for the hours h of a storm, Q_r = a max(0, P - D)
 *          A/h, and max(0, 1 - C/Q_s) for the rest of the day: what passes its capacity C is mixed, and leaves by that share of each
 *   INP-1  wash-off load of a day = yearly mean load x surface runoff of the day / its long-term mean */
#include "run/run.h"

#include "land/evaporation.h"

#include <math.h>
#include <string.h>

#define DAY_S 86400.0
#define G_S_PER_KG_D (1000.0 / DAY_S)

/* ---- sources of a scenario on a day ---- */

static double source_value(const eco_scenario *s, uint32_t source, uint32_t number, double base, eco_day day)
{
  return eco__scenario_value(s, ECO__TO_SOURCE, source, number, base, day);
}

static eco_status read_source(const eco__block *b, size_t scenario, uint32_t k, eco_day day, eco_error *err)
{
  const eco_scenario *s = b->run->scenarios[scenario];
  const eco_model *m = b->run->model;
  const eco__source *source = &m->sources[k];
  eco__day_inputs *in = &b->inputs[scenario];
  double active = source_value(s, k, ECO__C_ACTIVE, source->active, day) >= 0.5 ? 1.0 : 0.0;
  double flow = active * source_value(s, k, ECO__C_FLOW, source->flow_m3_s, day), conc[ECO__MOST_GIVEN],
         load[ECO__MOST_GIVEN];
  for (uint32_t g = 0; g < m->n_given; g++) {
    conc[g] = source_value(s, k, ECO__C_CONC(g), source->conc_mg_l[g], day);
    load[g] = source_value(s, k, ECO__C_LOAD(g), source->load_kg_d[g], day);
  }
  if (source->has_tn_conc)
    conc[ECO__ON] = conc[m->tn] - conc[ECO__NH3];
  if (source->has_tn_load)
    load[ECO__ON] = load[m->tn] - load[ECO__NH3];
  /* a change of TN and NH3-N by the same share can leave a last digit below zero */
  if (m->has_bulk && (conc[ECO__ON] < -1e-9 * conc[ECO__NH3] || load[ECO__ON] < -1e-9 * load[ECO__NH3]))
    return eco__fail(err, ECO_INVALID, source->place, "source '%s': TN is less than NH3-N under scenario '%s'",
                     source->name, s ? s->name : "");
  in->flow_m3_s[k] = source->sewer.spills ? 0.0 : flow;
  in->sewage_m3_s[k] = flow;
  in->capacity_m3_s[k] = source_value(s, k, ECO__C_CAPACITY, source->sewer.capacity_m3_s, day);
  for (uint32_t g = 0; g < m->n_states; g++) {
    double c = conc[g] > 0 ? conc[g] : 0.0, x = load[g] > 0 ? load[g] : 0.0;
    in->mass_g_s[(size_t)k * m->n_states + g] = flow * c + active * x * G_S_PER_KG_D;
  }
  return ECO_OK;
}

/* All sources on the first day, later only those that a change touches. */
static eco_status read_sources(eco__block *b, eco_day day, eco_error *err)
{
  for (size_t s = 0; s < b->run->n_scenarios; s++) {
    if (day == b->run->start) {
      for (uint32_t k = 0; k < b->run->model->n_sources; k++)
        ECO__TRY(read_source(b, s, k, day, err));
      continue;
    }
    const eco_scenario *scenario = b->run->scenarios[s];
    for (size_t c = 0; scenario && c < scenario->n; c++) {
      const eco__change *change = &scenario->changes[c];
      if (change->target == ECO__TO_SOURCE && day >= change->from && day <= change->until + 1)
        ECO__TRY(read_source(b, s, change->index, day, err));
    }
  }
  return ECO_OK;
}

/* ---- weather ---- */

/* A year that is held to an amount of rain is chosen on its first day, or on the run's. */
static void start_year(eco__block *b, eco_day day)
{
  int year, month, of_month;
  eco_day_to_date(day, &year, &month, &of_month);
  if (!b->run->n_outlooks || (day != b->run->start && (month != 1 || of_month != 1)))
    return;
  double target = eco__outlook_rain(b->run, day);
  for (size_t k = 0; k < b->n_members; k++) {
    uint32_t member = b->run->first_member + (uint32_t)(b->first_member + k);
    b->weather[k].year_try = 0;
    b->weather[k].year_excess = 0.0;
    if (!isnan(target))
      eco__weather_year(&b->run->model->climate, b->run->seed, member, day, target, &b->weather[k]);
  }
}

static void make_weather(eco__block *b, eco_day day)
{
  const eco_model *m = b->run->model;
  int year, month, of_month;
  eco_day_to_date(day, &year, &month, &of_month);
  const eco__sun sun = eco__sun_of(m->climate.latitude_deg, (int)(day - eco_day_from_date(year, 1, 1)) + 1);
  if (m->has_climate)
    start_year(b, day);
  for (size_t k = 0; k < b->n_members && m->has_climate; k++) {
    eco__weather w;
    uint32_t member = b->run->first_member + (uint32_t)(b->first_member + k);
    eco__weather_next(&m->climate, b->run->seed, member, day, &b->weather[k], &w);
    b->rain_mm[k] = w.rain_mm * b->rain_factor[k];
    b->evap_mm[k] = w.evap_mm * b->evap_factor[k];
    b->air_c[k] = w.air_c;
    b->wind_m_s[k] = w.wind_m_s;
    bool range = !isnan(w.t_min_c) && !isnan(w.t_max_c);
    double saturation_kpa = range ? eco__mean_saturation_kpa(w.t_min_c, w.t_max_c) : eco__saturation_kpa(w.air_c);
    b->sky[k] = eco__sky_of(w.radiation_mj_m2_d, w.air_c, w.humidity_pct, saturation_kpa, w.wind_m_s);
    if (!isnan(m->climate.latitude_deg))
      b->sky[k].cloud = eco__cloud_share(w.radiation_mj_m2_d, sun.extraterrestrial_mj_m2_d);
  }
}

/* ---- assembly: from waters to cells ---- */

static void add_water(const eco__water *w, uint32_t cell, double *base, double m3_s, size_t lane, size_t stride)
{
  if (cell != ECO__OUTSIDE) {
    base[(size_t)cell * stride + lane] += m3_s;
    return;
  }
  double share = m3_s / w->n_cells;
  for (uint32_t k = 0; k < w->n_cells; k++)
    base[(size_t)(w->first_cell + k) * stride + lane] += share;
}

/* Lateral water of one water lane: its runoff, sources of its scenario. */
static void lateral_lane(eco__block *b, double *base, size_t stride, size_t lane, uint32_t scenario)
{
  const eco_model *m = b->run->model;
  for (size_t c = 0; c < m->n_catchments; c++) {
    double m3_s = b->runoff_mm[c * b->n_water + lane] * 1e-3 * m->catchments[c].area_m2 / DAY_S;
    add_water(&m->waters[m->catchments[c].water], ECO__OUTSIDE, base, m3_s, lane, stride);
  }
  for (size_t s = 0; s < m->n_sources; s++)
    if (b->inputs[scenario].flow_m3_s[s] > 0)
      add_water(&m->waters[m->sources[s].water], m->sources[s].cell, base, b->inputs[scenario].flow_m3_s[s], lane,
                stride);
}

static double *mass_rate(eco__block *b, uint32_t cell, uint32_t state)
{
  return b->transport.lateral_g_s + ((size_t)cell * b->run->model->n_states + state) * b->n_lanes;
}

static void spread_mass(eco__block *b, const eco__water *w, uint32_t cell, uint32_t state, const double *g_s)
{
  uint32_t first = cell != ECO__OUTSIDE ? cell : w->first_cell, n = cell != ECO__OUTSIDE ? 1 : w->n_cells;
  double share = 1.0 / n;
  for (uint32_t k = 0; k < n; k++) {
    double *to = mass_rate(b, first + k, state);
    for (size_t l = 0; l < b->n_lanes; l++)
      to[l] += share * g_s[l];
  }
}

static void book(eco__block *b, uint32_t state, eco_ledger_row row, const double *g_s)
{
  for (size_t l = 0; l < b->n_lanes; l++)
    if (g_s[l] != 0)
      eco__sum_add(ECO__LEDGER(b, 1 + state, row, l), g_s[l] * DAY_S);
}

/* CSO-1 of a lane's day. */
static double spilled(const eco__block *b, size_t source, size_t lane, int month)
{
  const eco__source *s = &b->run->model->sources[source];
  const eco__land_params *land = &b->run->model->catchments[s->catchment].land;
  const eco__day_inputs *in = &b->inputs[b->scenario[lane]];
  double sewage = in->sewage_m3_s[source], capacity = in->capacity_m3_s[source];
  double rain_mm = b->rain_mm[b->member[lane]] * land->rain_factor[month] - land->depression_mm;
  double ran = rain_mm > 0 ? s->sewer.runoff_share * 1e-3 * rain_mm * s->sewer.area_m2 / s->sewer.storm_s : 0.0;
  double storm = ran > 0 ? s->sewer.storm_s / DAY_S : 0.0, wet = sewage + ran;
  double share_wet = wet > capacity ? 1.0 - capacity / wet : 0.0;
  double share_dry = sewage > capacity ? 1.0 - capacity / sewage : 0.0;
  return storm * share_wet + (1.0 - storm) * share_dry;
}

static void add_source_mass(eco__block *b, int month)
{
  const eco_model *m = b->run->model;
  double *g_s = b->scratch, *ratio = b->scratch + b->n_lanes;
  for (size_t s = 0; s < m->n_sources; s++) {
    const eco__source *source = &m->sources[s];
    bool spills = source->sewer.spills, washoff = source->catchment != ECO__OUTSIDE && !spills;
    const double *factor = b->source_factor + s * b->n_lanes;
    for (size_t l = 0; l < b->n_lanes; l++) {
      ratio[l] = spills ? factor[l] * spilled(b, s, l, month) : factor[l];
      if (washoff) {
        double mean = b->run->mean_surface_mm_d[source->catchment];
        ratio[l] *=
          mean > 0 ? b->surface_mm[source->catchment * b->n_water + b->water_lane[l]] / mean : 0.0; /* INP-1 */
      }
    }
    for (uint32_t k = 0; k < m->n_states; k++) {
      double any = 0.0;
      for (size_t l = 0; l < b->n_lanes; l++) {
        g_s[l] = b->inputs[b->scenario[l]].mass_g_s[s * m->n_states + k] * ratio[l];
        any += g_s[l];
      }
      if (!(any > 0))
        continue;
      spread_mass(b, &m->waters[source->water], source->cell, k, g_s);
      book(b, k, washoff ? ECO_LEDGER_LAND : ECO_LEDGER_SOURCES, g_s);
    }
  }
}

static void add_runoff_of(eco__block *b, uint32_t state, const double *conc)
{
  const eco_model *m = b->run->model;
  double *g_s = b->scratch;
  for (size_t c = 0; state != ECO__OUTSIDE && c < m->n_catchments; c++) {
    for (size_t l = 0; l < b->n_lanes; l++)
      g_s[l] = b->runoff_mm[c * b->n_water + b->water_lane[l]] * 1e-3 * m->catchments[c].area_m2 / DAY_S * conc[l];
    spread_mass(b, &m->waters[m->catchments[c].water], ECO__OUTSIDE, state, g_s);
    book(b, state, ECO_LEDGER_LAND, g_s);
  }
}

/* Runoff has the air's temperature (0 degC at least), and is saturated with oxygen there. */
static void add_runoff(eco__block *b)
{
  double *air = b->scratch + b->n_lanes;
  for (size_t l = 0; l < b->n_lanes; l++) {
    double air_c = b->air_c[b->member[l]];
    air[l] = air_c > 0 ? air_c : 0.0;
    b->transport.rain_do_mg_l[l] = eco__oxygen_saturation(air[l]);
  }
  add_runoff_of(b, b->run->model->oxygen, b->transport.rain_do_mg_l);
  add_runoff_of(b, b->run->model->heat, air);
}

static void add_source_heat(eco__block *b)
{
  const eco_model *m = b->run->model;
  double *heat = b->scratch;
  for (size_t s = 0; m->heat != ECO__OUTSIDE && s < m->n_sources; s++) {
    const eco__source *source = &m->sources[s];
    for (size_t l = 0; l < b->n_lanes; l++) {
      double own = source->temperature_c, calm = b->calm_c[source->water * b->n_lanes + l];
      heat[l] = b->inputs[b->scenario[l]].flow_m3_s[s] * (isnan(own) ? calm : own);
    }
    spread_mass(b, &m->waters[source->water], source->cell, m->heat, heat);
    book(b, m->heat, ECO_LEDGER_SOURCES, heat);
  }
}

static void add_site_mass(eco__block *b)
{
  const eco_model *m = b->run->model;
  for (size_t s = 0; s < m->n_sites; s++) {
    const double *g_s = b->site_g_s + s * b->n_lanes;
    spread_mass(b, &m->waters[m->sites[s].water], ECO__OUTSIDE, m->sites[s].state, g_s);
    book(b, m->sites[s].state, ECO_LEDGER_SITES, g_s);
  }
}

/* Boundary inflow of a day: as the basin and the year have it, as the scenario changes it, times the member's draw. */
static double boundary_flow(const eco__block *b, uint32_t scenario, uint32_t member, uint32_t water, eco_day day)
{
  double base = eco__inflow_of(b->run, &b->run->model->waters[water], day);
  return b->inflow_factor[water * b->n_members + member] *
         eco__scenario_value(b->run->scenarios[scenario], ECO__TO_WATER, water, ECO__C_INFLOW, base, day);
}

/* At the head of a chain for the remap, along the way elsewhere; for the water solver lateral either way. */
static void add_boundary(eco__block *b, eco_day day, int month)
{
  const eco_model *m = b->run->model;
  eco__transport_block *t = &b->transport;
  double *g_s = b->scratch, *flow = b->scratch + b->n_lanes;
  for (uint32_t w = 0; w < m->n_waters; w++) {
    const eco__water *water = &m->waters[w];
    if (!water->has_inflow)
      continue;
    uint32_t cell = water->first_cell, chain = m->cell_chain[cell];
    bool head = m->chains[chain].first_cell == cell;
    for (size_t l = 0; l < b->n_water; l++) {
      double m3_s = boundary_flow(b, b->water_scenario[l], b->water_member[l], w, day);
      b->water.lateral_m3_s[cell * b->n_water + l] += m3_s;
      eco__balance_boundary(b, w, l, m3_s * DAY_S);
    }
    for (size_t l = 0; l < b->n_lanes; l++)
      flow[l] = boundary_flow(b, b->scenario[l], b->member[l], w, day);
    double *to = head ? t->head_m3_s + chain * b->n_lanes : t->lateral_m3_s + cell * b->n_lanes;
    for (size_t l = 0; l < b->n_lanes; l++)
      to[l] += flow[l];
    for (uint32_t k = 0; k < m->n_states; k++) {
      double *mass = head ? t->head_g_s + (chain * m->n_states + k) * b->n_lanes : mass_rate(b, cell, k);
      for (size_t l = 0; l < b->n_lanes; l++) {
        double conc = water->inflow_mg_l[(size_t)month * m->n_states + k];
        if (k == m->oxygen && !isnan(water->inflow_oxygen_share))
          conc = water->inflow_oxygen_share * eco__oxygen_saturation(b->temperature_c[(size_t)cell * b->n_lanes + l]);
        if (k == m->heat)
          conc = isnan(water->inflow_c[month]) ? b->calm_c[w * b->n_lanes + l] : water->inflow_c[month];
        g_s[l] = flow[l] * conc;
        mass[l] += g_s[l];
      }
      book(b, k, ECO_LEDGER_BOUNDARY, g_s);
    }
    for (size_t l = 0; l < b->n_lanes; l++)
      eco__sum_add(ECO__LEDGER(b, 0, ECO_LEDGER_BOUNDARY, l), flow[l] * DAY_S);
  }
}

static void set_exchanges(eco__block *b)
{
  const eco_model *m = b->run->model;
  for (size_t k = 0; k < m->n_exchanges; k++)
    for (size_t l = 0; l < b->n_lanes; l++)
      b->transport.exchange_m3_s[k * b->n_lanes + l] =
        m->exchanges[k].steady_m3_s + m->exchanges[k].per_wind_m2 * b->wind_m_s[b->member[l]];
}

static void book_water(eco__block *b)
{
  const eco_model *m = b->run->model;
  for (size_t l = 0; l < b->n_lanes; l++) {
    for (size_t c = 0; c < m->n_catchments; c++)
      eco__sum_add(ECO__LEDGER(b, 0, ECO_LEDGER_LAND, l),
                   b->runoff_mm[c * b->n_water + b->water_lane[l]] * 1e-3 * m->catchments[c].area_m2);
    for (size_t s = 0; s < m->n_sources; s++)
      if (b->inputs[b->scenario[l]].flow_m3_s[s] > 0)
        eco__sum_add(ECO__LEDGER(b, 0, ECO_LEDGER_SOURCES, l), b->inputs[b->scenario[l]].flow_m3_s[s] * DAY_S);
  }
}

/* ---- lakes ---- */

/* Rain on lakes, evaporation from them, levels outside. */
static void set_surroundings(eco__block *b, eco_day day, int month)
{
  const eco_model *m = b->run->model;
  for (uint32_t w = 0; w < m->n_waters; w++)
    for (size_t l = 0; l < b->n_water && !isnan(m->waters[w].outlet_m[0]); l++)
      b->water.outlet_m[w * b->n_water + l] = eco__scenario_value(
        b->run->scenarios[b->water_scenario[l]], ECO__TO_WATER, w, ECO__C_OUTLET, m->waters[w].outlet_m[month], day);
  for (uint32_t w = 0; w < m->n_waters; w++)
    for (size_t l = 0; l < b->n_water; l++) /* CAT-7 */
      b->water.rain_m_s[w * b->n_water + l] =
        m->waters[w].rain_factor[month] * b->rain_mm[b->water_member[l]] * 1e-3 / DAY_S;
  for (size_t l = 0; l < b->n_water; l++)
    b->water.evap_m_s[l] = b->evap_mm[b->water_member[l]] * 1e-3 / DAY_S;
}

eco_status eco__inputs_day(eco__block *b, eco_day day, eco_error *err)
{
  const eco_model *m = b->run->model;
  int year, month;
  eco__month_of(day, &year, &month);
  make_weather(b, day);
  eco__land_today(b, month);
  ECO__TRY(read_sources(b, day, err));
  eco__operate_day(b, day);
  eco__land_wants(b);
  set_surroundings(b, day, month);
  eco__transport_block *t = &b->transport;
  memset(b->water.lateral_m3_s, 0, m->n_cells * b->n_water * sizeof(double));
  memset(t->lateral_m3_s, 0, m->n_cells * b->n_lanes * sizeof(double));
  memset(t->lateral_g_s, 0, m->n_cells * m->n_states * b->n_lanes * sizeof(double));
  memset(t->head_m3_s, 0, m->n_chains * b->n_lanes * sizeof(double));
  memset(t->head_g_s, 0, m->n_chains * m->n_states * b->n_lanes * sizeof(double));
  for (size_t l = 0; l < b->n_water; l++)
    lateral_lane(b, b->water.lateral_m3_s, b->n_water, l, b->water_scenario[l]);
  for (size_t i = 0; i < m->n_cells; i++)
    for (size_t l = 0; l < b->n_lanes; l++)
      t->lateral_m3_s[i * b->n_lanes + l] = b->water.lateral_m3_s[i * b->n_water + b->water_lane[l]];
  add_source_mass(b, month);
  add_source_heat(b);
  add_runoff(b);
  add_site_mass(b);
  set_exchanges(b);
  add_boundary(b, day, month);
  book_water(b);
  return ECO_OK;
}

void eco__inputs_open(eco__block *b)
{
  const eco_model *m = b->run->model;
  for (size_t k = 0; k < b->n_members && m->has_climate; k++)
    eco__weather_start(&m->climate, b->run->seed, b->run->first_member + (uint32_t)(b->first_member + k), b->run->start,
                       &b->weather[k]);
  eco__land_open(b);
}
