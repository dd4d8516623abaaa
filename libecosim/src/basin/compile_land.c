/* compile_land.c -- what is not water: climate, rates, catchments, sources, soil sites, sections. */
#include "basin/compile.h"

#include <math.h>

/* The rates of the one kinetics item, or the table's fallbacks where the basin has none. */
static void read_kinetics(eco__compiler *c, const eco_item *item)
{
  eco_model *m = c->model;
  m->n_kinetics = 0;
  for (size_t s = 0; s < eco_spec_count(); s++) {
    const eco_spec *spec = eco_spec_at(s);
    if (spec->kind == ECO_KINETICS && spec->form == ECO_NUMBER)
      m->kinetics[m->n_kinetics++] = item ? eco__item_number(c->basin, *item, spec->name) : spec->fallback;
  }
}

/* Whether the climate tells radiation and humidity, by normals or day by day. */
static bool tells_sky(const eco_model *m)
{
  const eco__climate *c = &m->climate;
  bool sun = c->has_radiation || c->has_sunshine || c->daily[ECO__D_RADIATION].n || c->daily[ECO__D_SUNSHINE].n;
  return m->has_climate && sun && (c->has_humidity || c->daily[ECO__D_HUMIDITY].n);
}

static void read_heat(eco__compiler *c)
{
  for (uint32_t i = 0; i < eco__basin_n_items(c->basin); i++) {
    eco_item item = {i};
    const char *said = eco__item_kind(c->basin, item) == ECO_KINETICS ? eco__item_text(c->basin, item, "heat") : NULL;
    if (!said || eco__text_equal(said, "air"))
      continue;
    if (!eco__text_equal(said, "budget"))
      eco__fault(c, item, ECO_INVALID, "kinetics '%s': heat is '%s', expected air or budget",
                 eco__item_name(c->basin, item), said);
    else if (!tells_sky(c->model))
      eco__fault(c, item, ECO_INVALID,
                 "kinetics '%s': heat is 'budget', but the climate gives no radiation or sunshine, or no humidity",
                 eco__item_name(c->basin, item));
    c->model->heat_budget = true;
  }
}

static uint32_t catchment_named(eco__compiler *c, eco_item item, const char *name)
{
  eco_item found;
  eco_error err;
  if (eco_basin_find(c->basin, name, &found, &err) != ECO_OK)
    eco__fault(c, item, ECO_NOT_FOUND, "source '%s': catchment: %s", eco__item_name(c->basin, item), err.text);
  else if (eco__item_kind(c->basin, found) != ECO_CATCHMENT)
    eco__fault(c, item, ECO_INVALID, "source '%s': catchment '%s' is a %s, expected a catchment",
               eco__item_name(c->basin, item), name, eco__word_of(c, found));
  else
    for (uint32_t k = 0; k < c->model->n_catchments; k++)
      if (eco__text_equal(c->model->catchments[k].name, name))
        return k;
  return ECO__OUTSIDE;
}

static void read_sewer(eco__compiler *c, eco_item item, eco__source *s)
{
  const eco_basin *b = c->basin;
  static const char *const needed[] = {"capacity", "sewered_area"};
  s->sewer = (eco__sewer){.spills = true,
                          .capacity_m3_s = eco__item_number(b, item, "capacity"),
                          .area_m2 = eco__item_number(b, item, "sewered_area"),
                          .runoff_share = eco__item_number(b, item, "runoff_share"),
                          .storm_s = 3600.0 * eco__item_number(b, item, "storm_hours")};
  for (size_t k = 0; k < 2; k++)
    if (isnan(eco__item_number(b, item, needed[k])))
      eco__fault(c, item, ECO_INVALID, "source '%s': '%s' must be given for an overflow", s->name, needed[k]);
}

/* A source discharges to a water, or lies on a catchment and shares its water; wash-off needs the catchment. */
static void place_source(eco__compiler *c, eco_item item, eco__source *s)
{
  const eco_basin *b = c->basin;
  const char *catchment = eco__item_text(b, item, "catchment"), *timing = eco__item_text(b, item, "timing");
  bool washoff = timing && eco__text_equal(timing, "washoff"), spills = timing && eco__text_equal(timing, "overflow");
  if (timing && !washoff && !spills && !eco__text_equal(timing, "steady"))
    eco__fault(c, item, ECO_INVALID, "source '%s': timing is '%s', expected steady, washoff or overflow", s->name,
               timing);
  s->catchment = s->cell = ECO__OUTSIDE;
  uint32_t on = catchment ? catchment_named(c, item, catchment) : ECO__OUTSIDE;
  if (washoff || spills) {
    s->catchment = on;
    if (!catchment)
      eco__fault(c, item, ECO_INVALID, "source '%s': %s needs a catchment", s->name, spills ? "overflow" : "wash-off");
  }
  if (spills)
    read_sewer(c, item, s);
  if (eco__item_text(b, item, "water"))
    s->water = eco__water_named(c, item, "water", true);
  else if (on != ECO__OUTSIDE)
    s->water = c->model->catchments[on].water;
  else if (!catchment)
    eco__fault(c, item, ECO_INVALID, "source '%s': neither water nor catchment is given, expected one", s->name);
  double at = eco__item_number(b, item, "at");
  if (isnan(at) || c->n_faults)
    return;
  if (eco__is_reach(c->waters[s->water].kind) && at > c->waters[s->water].length_m)
    eco__fault(c, item, ECO_INVALID, "source '%s': at is %g m, but '%s' is %g m long", s->name, at,
               c->waters[s->water].name, c->waters[s->water].length_m);
  else
    s->cell = eco__cell_at(c, s->water, at);
}

static void read_source(eco__compiler *c, eco_item item, eco__source *s)
{
  const eco_basin *b = c->basin;
  s->name = eco__arena_text(&c->model->arena, eco__item_name(b, item));
  s->place = eco__arena_text(&c->model->arena, eco__item_place(b, item));
  const char *group = eco__item_text(b, item, "group");
  s->group = eco__arena_text(&c->model->arena, group ? group : "");
  place_source(c, item, s);
  s->flow_m3_s = eco__item_number(b, item, "flow");
  s->active = eco__item_number(b, item, "active");
  s->temperature_c = eco__item_number(b, item, "temperature");
  const eco_model *m = c->model;
  double *conc = ECO__COMPILER_TAKE(c, double, m->n_given + 1), *load = ECO__COMPILER_TAKE(c, double, m->n_given + 1);
  if (!conc || !load)
    return;
  s->conc_mg_l = conc;
  s->load_kg_d = load;
  for (uint32_t k = 0; k < m->n_given; k++) {
    char param[128];
    if (k == m->heat)
      continue;
    (void)eco__format(param, sizeof param, "conc.%s", m->given_names[k]);
    conc[k] = eco__item_number(b, item, param);
    if (k == m->tn)
      s->has_tn_conc = eco__item_is_set(b, item, param);
    (void)eco__format(param, sizeof param, "load.%s", m->given_names[k]);
    load[k] = eco__item_number(b, item, param);
    if (k == m->tn)
      s->has_tn_load = eco__item_is_set(b, item, param);
  }
  if (s->has_tn_conc && conc[m->tn] < conc[ECO__NH3])
    eco__fault(c, item, ECO_INVALID, "source '%s': conc.TN is %g mg/L, less than conc.NH3-N, %g mg/L", s->name,
               conc[m->tn], conc[ECO__NH3]);
  if (s->has_tn_load && load[m->tn] < load[ECO__NH3])
    eco__fault(c, item, ECO_INVALID, "source '%s': load.TN is %g kg/d, less than load.NH3-N, %g kg/d", s->name,
               load[m->tn], load[ECO__NH3]);
}

static uint32_t contaminant_state(eco__compiler *c, eco_item item)
{
  const char *name = eco__item_text(c->basin, item, "contaminant");
  const eco_model *m = c->model;
  for (size_t k = 0; k < m->n_states; k++)
    if (k != m->heat && eco__text_equal(name, m->states[k].name))
      return (uint32_t)k;
  const char *near = eco__nearest(name, m->given_names, m->n_states);
  eco__fault(c, item, ECO_NOT_FOUND, "site '%s': unknown constituent '%s'%s%s%s", eco__item_name(c->basin, item), name,
             near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  return 0;
}

static void read_site(eco__compiler *c, eco_item item, eco__site *s)
{
  const eco_basin *b = c->basin;
  s->name = eco__arena_text(&c->model->arena, eco__item_name(b, item));
  s->place = eco__arena_text(&c->model->arena, eco__item_place(b, item));
  s->water = eco__water_named(c, item, "water", true);
  s->state = contaminant_state(c, item);
  s->area_m2 = eco__item_number(b, item, "area");
  s->total_mg_kg = eco__item_number(b, item, "total");
  s->exchangeable_share = eco__item_number(b, item, "exchangeable_share");
  s->soil = (eco__soil_params){.depth_m = eco__item_number(b, item, "depth"),
                               .bulk_density_kg_l = eco__item_number(b, item, "bulk_density"),
                               .water_content = eco__item_number(b, item, "water_content"),
                               .dispersivity_m = eco__item_number(b, item, "dispersivity"),
                               .kd_l_kg = eco__item_number(b, item, "kd"),
                               .ph = eco__item_number(b, item, "ph"),
                               .organic_matter_pct = eco__item_number(b, item, "organic_matter"),
                               .kd_ph = eco__item_number(b, item, "kd_ph"),
                               .kd_om = eco__item_number(b, item, "kd_om"),
                               .kd_0 = eco__item_number(b, item, "kd_0")};
  const char *regression[] = {"ph", "organic_matter", "kd_ph", "kd_om", "kd_0"};
  for (size_t k = 0; k < 5 && isnan(s->soil.kd_l_kg); k++)
    if (isnan(eco__item_number(b, item, regression[k])))
      eco__fault(c, item, ECO_INVALID, "site '%s': '%s' must be given where 'kd' is not", s->name, regression[k]);
  s->numbers[ECO__SITE_INFILTRATION] = eco__item_number(b, item, "infiltration");
  s->numbers[ECO__SITE_FIX] = eco__item_number(b, item, "fix_rate");
  s->numbers[ECO__SITE_REV] = eco__item_number(b, item, "rev_rate");
  s->numbers[ECO__SITE_RES] = eco__item_number(b, item, "res_rate");
}

static void read_section(eco__compiler *c, eco_item item, eco__section *s)
{
  s->name = eco__arena_text(&c->model->arena, eco__item_name(c->basin, item));
  s->depth_m = eco__item_number(c->basin, item, "depth");
  uint32_t w = eco__water_named(c, item, "water", true);
  if (w == ECO__OUTSIDE)
    return;
  double at = eco__item_number(c->basin, item, "at");
  if (eco__is_reach(c->waters[w].kind) && at > c->waters[w].length_m)
    eco__fault(c, item, ECO_INVALID, "section '%s': at is %g m, but '%s' is %g m long", s->name, at, c->waters[w].name,
               c->waters[w].length_m);
  else
    s->cell = eco__cell_at(c, w, at);
}

void eco__compile_land(eco__compiler *c)
{
  eco_model *m = c->model;
  size_t catchments = eco_basin_count(c->basin, ECO_CATCHMENT);
  eco__catchment *catchment = ECO__COMPILER_TAKE(c, eco__catchment, catchments);
  eco__source *source = ECO__COMPILER_TAKE(c, eco__source, eco_basin_count(c->basin, ECO_SOURCE));
  eco__site *site = ECO__COMPILER_TAKE(c, eco__site, eco_basin_count(c->basin, ECO_SITE));
  eco__section *section = ECO__COMPILER_TAKE(c, eco__section, eco_basin_count(c->basin, ECO_SECTION));
  if (c->no_memory)
    return;
  m->catchments = catchment;
  m->sources = source;
  m->sites = site;
  m->sections = section;
  read_kinetics(c, NULL);
  size_t n = eco__basin_n_items(c->basin);
  for (uint32_t i = 0; i < n; i++) /* catchments first: sources name them */
    if (eco__item_kind(c->basin, (eco_item){i}) == ECO_CATCHMENT)
      eco__read_catchment(c, (eco_item){i}, &catchment[m->n_catchments++]);
  eco__read_serves(c);
  for (uint32_t i = 0; i < n; i++) {
    eco_item item = {i};
    switch (eco__item_kind(c->basin, item)) {
    case ECO_CLIMATE:
      eco__compile_climate(c, item);
      break;
    case ECO_KINETICS:
      read_kinetics(c, &item);
      break;
    case ECO_SOURCE:
      read_source(c, item, &source[m->n_sources++]);
      break;
    case ECO_SITE:
      read_site(c, item, &site[m->n_sites++]);
      break;
    case ECO_SECTION:
      read_section(c, item, &section[m->n_sections++]);
      break;
    default:
      break;
    }
  }
  read_heat(c);
  if (m->n_catchments && !m->has_climate) {
    c->n_faults++;
    (void)eco__fail(&c->first, ECO_INVALID, "", "basin '%s' has catchments but no climate, expected one", m->name);
  }
}
