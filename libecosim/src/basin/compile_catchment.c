/* compile_catchment.c -- what a catchment's item says, for the land room: words read, shares, depths and hydrographs
 * checked against each other. */
#include "basin/compile.h"

#include <math.h>

#define SUM_TOLERANCE 1e-6 /* of a unit hydrograph given in decimals; the run divides by the sum */

/* The number of the word that text parameter `param` says, the first where it is absent; n with a fault. */
static size_t word_said(eco__compiler *c, eco_item item, const char *param, const char *const *words, size_t n,
                        const char *expected)
{
  const char *said = eco__item_text(c->basin, item, param);
  for (size_t k = 0; said && k < n; k++)
    if (eco__text_equal(said, words[k]))
      return k;
  if (!said)
    return 0;
  const char *near = eco__nearest(said, words, n);
  eco__fault(c, item, ECO_INVALID, "catchment '%s': %s is '%s', expected %s%s%s%s", eco__item_name(c->basin, item),
             param, said, expected, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  return n;
}

static double number(const eco__compiler *c, eco_item item, const char *param)
{
  return eco__item_number(c->basin, item, param);
}

static void read_natural(eco__compiler *c, eco_item item, eco__land_params *p)
{
  static const char *const words[] = {"scs_cn", "xinanjiang"};
  p->model = (eco__runoff_model)word_said(c, item, "runoff", words, 2, "scs_cn or xinanjiang");
  p->scs = (eco__scs_params){.curve_number = number(c, item, "curve_number"),
                             .percolation_time_d = number(c, item, "percolation_time"),
                             .crop_factor = number(c, item, "crop_factor")};
  p->xinanjiang = (eco__xinanjiang_params){.upper_mm = number(c, item, "upper_capacity"),
                                           .lower_mm = number(c, item, "lower_capacity"),
                                           .deep_mm = number(c, item, "deep_capacity"),
                                           .deep_share = number(c, item, "deep_share"),
                                           .exponent = number(c, item, "capacity_exponent"),
                                           .impervious_share = number(c, item, "impervious_share"),
                                           .free_mm = number(c, item, "free_capacity"),
                                           .free_exponent = number(c, item, "free_exponent"),
                                           .interflow_share = number(c, item, "interflow_share"),
                                           .groundwater_share = number(c, item, "groundwater_share"),
                                           .crop_factor = number(c, item, "crop_factor")};
  double out = p->xinanjiang.interflow_share + p->xinanjiang.groundwater_share;
  const char *name = eco__item_name(c->basin, item);
  if (p->model == ECO__SCS_CN && isnan(p->scs.curve_number))
    eco__fault(c, item, ECO_INVALID, "catchment '%s': 'curve_number' must be given where runoff is scs_cn", name);
  if (p->model == ECO__XINANJIANG && !(out < 1.0))
    eco__fault(
      c, item, ECO_INVALID,
      "catchment '%s': interflow_share and groundwater_share add up to %g, must be below 1: free water that leaves "
      "in a day",
      name, out);
}

/* lower < target <= sill in the months that irrigate; the first month that is not so is the fault. */
static void check_depths(eco__compiler *c, eco_item item, const eco__paddy_params *p)
{
  const char *name = eco__item_name(c->basin, item);
  int m = 0;
  while (m < 12 && p->sill_mm[m] >= p->target_mm[m] && (p->target_mm[m] <= 0 || p->lower_mm[m] < p->target_mm[m]))
    m++;
  if (m < 12 && p->sill_mm[m] < p->target_mm[m])
    eco__fault(
      c, item, ECO_INVALID,
      "catchment '%s': paddy_sill of month %d is %g mm, below paddy_target, %g mm: water would run off as it is "
      "given",
      name, m + 1, p->sill_mm[m], p->target_mm[m]);
  else if (m < 12)
    eco__fault(c, item, ECO_INVALID,
               "catchment '%s': paddy_lower of month %d is %g mm, must be below paddy_target, %g mm", name, m + 1,
               p->lower_mm[m], p->target_mm[m]);
}

static void read_paddy(eco__compiler *c, eco_item item, eco__land_params *p)
{
  struct {
    const char *param;
    double *to;
  } months[] = {{"paddy_lower", p->paddy.lower_mm},
                {"paddy_target", p->paddy.target_mm},
                {"paddy_sill", p->paddy.sill_mm},
                {"paddy_crop_factor", p->paddy.crop_factor}};
  for (size_t k = 0; k < sizeof months / sizeof months[0]; k++)
    for (int m = 0; m < 12; m++)
      months[k].to[m] = eco__item_monthly(c->basin, item, months[k].param, m);
  p->paddy.soil_mm = number(c, item, "paddy_soil");
  p->paddy.percolation_mm_d = number(c, item, "paddy_percolation");
  p->paddy.most_mm_d = number(c, item, "irrigation_most");
  p->paddy.efficiency = number(c, item, "irrigation_efficiency");
  for (size_t k = 0; k < 3; k++)
    if (p->paddy_share > 0 && !eco__item_is_set(c->basin, item, months[k].param)) {
      eco__fault(c, item, ECO_INVALID, "catchment '%s': '%s' must be given where there are paddies (mm)",
                 eco__item_name(c->basin, item), months[k].param);
      return;
    }
  if (p->paddy_share > 0)
    check_depths(c, item, &p->paddy);
}

static void read_hydrograph(eco__compiler *c, eco_item item, eco__routing_params *r)
{
  const char *name = eco__item_name(c->basin, item);
  const double *given = eco__item_array(c->basin, item, "unit_hydrograph", &r->n_hydrograph);
  if (!given) {
    eco__fault(c, item, ECO_INVALID, "catchment '%s': 'unit_hydrograph' must be given where routing is unit_hydrograph",
               name);
    return;
  }
  if (r->n_hydrograph > ECO__MOST_ORDINATES) {
    eco__fault(c, item, ECO_INVALID, "catchment '%s': unit_hydrograph has %zu days, must be at most %d", name,
               r->n_hydrograph, ECO__MOST_ORDINATES);
    return;
  }
  double *kept = ECO__COMPILER_TAKE(c, double, r->n_hydrograph), sum = 0.0;
  for (size_t k = 0; kept && k < r->n_hydrograph; k++) {
    kept[k] = given[k];
    sum += given[k];
  }
  r->hydrograph = kept;
  if (kept && !(fabs(sum - 1.0) <= SUM_TOLERANCE))
    eco__fault(c, item, ECO_INVALID, "catchment '%s': unit_hydrograph adds up to %.9g, must be 1", name, sum);
}

static void read_routing(eco__compiler *c, eco_item item, eco__routing_params *r)
{
  static const char *const words[] = {"linear", "nash", "unit_hydrograph", "muskingum"};
  *r = (eco__routing_params){.quick_time_d = number(c, item, "quick_time"),
                             .slow_time_d = number(c, item, "slow_time"),
                             .interflow_kept = number(c, item, "interflow_recession"),
                             .groundwater_kept = number(c, item, "groundwater_recession"),
                             .reservoirs = number(c, item, "reservoirs"),
                             .muskingum_time_d = number(c, item, "muskingum_time"),
                             .muskingum_weight = number(c, item, "muskingum_weight")};
  r->word = (eco__routing)word_said(c, item, "routing", words, 4, "linear, nash, unit_hydrograph or muskingum");
  if (r->word == ECO__UNIT_HYDROGRAPH)
    read_hydrograph(c, item, r);
  /* a broken number of reservoirs is a hydrograph: all but 1e-12 of it must fit. 1 - P(n, x) of a gamma variate */
  if (r->word == ECO__NASH && r->reservoirs != floor(r->reservoirs) &&
      !(1.0 - eco__gamma_lower(r->reservoirs, (ECO__MOST_ORDINATES - 1) / r->quick_time_d) < 1e-12))
    eco__fault(
      c, item, ECO_INVALID,
      "catchment '%s': reservoirs is %g with a quick_time of %g d, longer than %d days: expected a whole number "
      "or a shorter time",
      eco__item_name(c->basin, item), r->reservoirs, r->quick_time_d, ECO__MOST_ORDINATES);
}

static uint32_t structure_named(const eco_model *m, const char *name)
{
  for (uint32_t s = 0; s < m->n_structures; s++)
    if (eco__text_equal(m->structures[s].name, name))
      return s;
  return ECO__OUTSIDE;
}

/* The intake that fields are irrigated from; its water must leave the model. */
static uint32_t read_irrigation(eco__compiler *c, eco_item item)
{
  const eco_basin *b = c->basin;
  const eco_model *m = c->model;
  const char *name = eco__item_text(b, item, "irrigation"), *own = eco__item_name(b, item);
  eco_item found;
  eco_error err;
  if (!name)
    return ECO__OUTSIDE;
  if (eco_basin_find(b, name, &found, &err) != ECO_OK) {
    eco__fault(c, item, ECO_NOT_FOUND, "catchment '%s': irrigation: %s", own, err.text);
    return ECO__OUTSIDE;
  }
  uint32_t s = structure_named(m, name);
  if (s == ECO__OUTSIDE || m->structures[s].law != ECO__INTAKE) {
    bool structure = s != ECO__OUTSIDE;
    eco__fault(c, item, ECO_INVALID, "catchment '%s': irrigation '%s' is a %s, expected an intake", own, name,
               structure ? eco__law_word(m->structures[s].law) : eco__word_of(c, found));
    return ECO__OUTSIDE;
  }
  if (m->faces[m->structures[s].face].down != ECO__OUTSIDE) {
    eco__fault(c, item, ECO_INVALID,
               "catchment '%s': irrigation '%s' gives its water to '%s', expected an intake without 'to'", own, name,
               eco__item_text(b, found, "to"));
    return ECO__OUTSIDE;
  }
  return s;
}

void eco__read_catchment(eco__compiler *c, eco_item item, eco__catchment *out)
{
  const eco_basin *b = c->basin;
  eco__land_params *p = &out->land;
  out->name = eco__arena_text(&c->model->arena, eco__item_name(b, item));
  out->water = eco__water_named(c, item, "water", true);
  out->area_m2 = eco__item_number(b, item, "area");
  for (int m = 0; m < 12; m++)
    p->rain_factor[m] = eco__item_monthly(b, item, "rain_factor", m);
  p->paddy_share = eco__item_number(b, item, "paddy_share");
  p->urban_share = eco__item_number(b, item, "urban_share");
  p->depression_mm = eco__item_number(b, item, "depression");
  p->pond_mm = eco__item_number(b, item, "pond_capacity");
  p->pond_share = eco__item_number(b, item, "pond_share");
  p->snow = (eco__snow_params){.falls_below_c = eco__item_number(b, item, "snow_below"),
                               .melts_above_c = eco__item_number(b, item, "melt_above"),
                               .melt_mm_c_d = eco__item_number(b, item, "melt_factor")};
  if (p->paddy_share + p->urban_share > 1.0)
    eco__fault(c, item, ECO_INVALID, "catchment '%s': paddy_share %g and urban_share %g are more than the whole, 1",
               out->name, p->paddy_share, p->urban_share);
  read_natural(c, item, p);
  read_paddy(c, item, p);
  read_routing(c, item, &p->routing);
  out->intake = read_irrigation(c, item);
  p->from_canal = out->intake != ECO__OUTSIDE;
  if (p->from_canal && !(p->paddy_share > 0))
    eco__fault(c, item, ECO_INVALID, "catchment '%s': irrigation is given, but paddy_share is 0: nothing to irrigate",
               out->name);
}

/* ---- heads of canals */

static bool irrigates(const eco_model *m, uint32_t structure)
{
  for (size_t k = 0; k < m->n_catchments; k++)
    if (m->catchments[k].intake == structure)
      return true;
  return false;
}

void eco__read_serves(eco__compiler *c)
{
  eco_model *m = c->model;
  uint32_t *serves = ECO__COMPILER_TAKE(c, uint32_t, m->n_structures);
  for (size_t s = 0; serves && s < m->n_structures; s++)
    serves[s] = ECO__OUTSIDE;
  m->serves = serves;
  for (uint32_t i = 0; serves && i < eco__basin_n_items(c->basin); i++) {
    eco_item item = {i};
    const char *served = NULL, *own = eco__item_name(c->basin, item);
    if (eco__item_kind(c->basin, item) == ECO_STRUCTURE)
      served = eco__item_text(c->basin, item, "serves");
    if (!served)
      continue;
    uint32_t s = structure_named(m, own), other = structure_named(m, served);
    if (s != ECO__OUTSIDE && m->structures[s].law != ECO__INTAKE)
      eco__fault(c, item, ECO_INVALID, "structure '%s': serves is for intakes, its law is %s", own,
                 eco__law_word(m->structures[s].law));
    else if (s == other || other == ECO__OUTSIDE || !irrigates(m, other))
      eco__fault(c, item, ECO_INVALID, "structure '%s': serves '%s', from which no catchment is irrigated", own,
                 served);
    else
      serves[s] = other;
  }
}
