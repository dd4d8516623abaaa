/* draws.c -- what the draws of a member act on: rates of a lane, factors on loads, on the climate, on boundary inflows and
 * on lake tables. */
#include "run/run.h"

/* ---- what a draw may name ---- */

static eco_status check_climate(const eco_run *run, const eco_draw *d, eco_error *err)
{
  if (!eco__text_equal(d->param, "rain") && !eco__text_equal(d->param, "evaporation"))
    return eco__fail(err, ECO_INVALID, "",
                     "draw 'climate.%s': of the climate only 'rain' and 'evaporation' can be drawn", d->param);
  if (!run->model->has_climate)
    return eco__fail(err, ECO_NOT_FOUND, "", "draw 'climate.%s': basin '%s' has no climate", d->param,
                     run->model->name);
  return ECO_OK;
}

static eco_status check_water(const eco__water *w, const eco_draw *d, eco_error *err)
{
  bool lake = w->kind == ECO_LAKE || w->kind == ECO_RESERVOIR;
  if (eco__text_equal(d->param, "inflow"))
    return w->has_inflow
             ? ECO_OK
             : eco__fail(err, ECO_INVALID, "", "draw '%s.inflow': '%s' has no boundary inflow", d->item, d->item);
  if (!eco__text_equal(d->param, "area") || !lake)
    return eco__fail(err, ECO_INVALID, "", "draw '%s.%s': of a %s only %s can be drawn", d->item, d->param,
                     eco_kind_word(w->kind), lake ? "'inflow' and 'area'" : "'inflow'");
  if (!(d->low > 0))
    return eco__fail(err, ECO_INVALID, "", "draw '%s.area': low is %g, must be above 0", d->item, d->low);
  return ECO_OK;
}

static eco_status check_process(const eco_model *m, const eco_draw *d, eco_error *err)
{
  const eco__own_param *params = m->processes.params;
  const char *names[ECO__MOST_FLUXES];
  size_t n = 0;
  for (size_t k = 0; k < m->processes.n_params; k++) {
    if (!eco__text_equal(params[k].process, d->item))
      continue;
    if (eco__text_equal(params[k].name, d->param))
      return d->low >= params[k].lowest && d->high <= params[k].highest
               ? ECO_OK
               : eco__fail(err, ECO_INVALID, "", "draw '%s.%s' is %g..%g, must be within %g..%g %s", d->item, d->param,
                           d->low, d->high, params[k].lowest, params[k].highest, params[k].unit);
    if (n < ECO__MOST_FLUXES)
      names[n++] = params[k].name;
  }
  const char *near = eco__nearest(d->param, names, n);
  return eco__fail(err, ECO_NOT_FOUND, "", "draw '%s.%s': process '%s' has no parameter '%s'%s%s%s", d->item, d->param,
                   d->item, d->param, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
}

eco_status eco__draw_names(const eco_run *run, const eco_draw *d, eco_error *err)
{
  const eco_model *m = run->model;
  if (eco__text_equal(d->item, "kinetics")) {
    for (size_t s = 0; s < eco_spec_count(); s++)
      if (eco_spec_at(s)->kind == ECO_KINETICS && eco_spec_at(s)->form == ECO_NUMBER &&
          eco__text_equal(eco_spec_at(s)->name, d->param))
        return ECO_OK;
    return eco__spec_find(ECO_KINETICS, d->param, "kinetics", "", m->own, err) ? ECO_INVALID : ECO_NOT_FOUND;
  }
  if (eco__text_equal(d->item, "climate"))
    return check_climate(run, d, err);
  for (size_t k = 0; k < m->processes.n_params; k++)
    if (eco__text_equal(m->processes.params[k].process, d->item))
      return check_process(m, d, err);
  const eco__water *water = eco__water_called(m, d->item);
  if (water && !eco__text_equal(d->param, "load"))
    return check_water(water, d, err);
  if (!eco__text_equal(d->param, "load"))
    return eco__fail(err, ECO_INVALID, "", "draw '%s.%s': of sources only 'load' can be drawn", d->item, d->param);
  for (size_t s = 0; s < m->n_sources; s++)
    if (eco__text_equal(m->sources[s].group, d->item) || eco__text_equal(m->sources[s].name, d->item))
      return ECO_OK;
  return eco__fail(err, ECO_NOT_FOUND, "", "draw '%s.%s': no source and no group of sources is called '%s'", d->item,
                   d->param, d->item);
}

/* ---- what it does ---- */

static uint32_t member_number(const eco__block *b, size_t member)
{
  return b->run->first_member + (uint32_t)(b->first_member + member);
}

static void draw_rate(eco__block *b, const eco_draw *draw)
{
  size_t k = 0;
  for (size_t s = 0; s < eco_spec_count(); s++) {
    if (eco_spec_at(s)->kind != ECO_KINETICS || eco_spec_at(s)->form != ECO_NUMBER)
      continue;
    for (size_t l = 0; l < b->n_lanes && eco__text_equal(eco_spec_at(s)->name, draw->param); l++)
      b->kinetics[k * b->n_lanes + l] = eco_draw_value(draw, b->run->seed, member_number(b, b->member[l]));
    k++;
  }
}

/* false: no process is called so */
static bool draw_process(eco__block *b, const eco_draw *draw)
{
  const eco__own_kinetics *own = &b->run->model->processes;
  bool found = false;
  for (size_t k = 0; k < own->n_params; k++) {
    if (!eco__text_equal(own->params[k].process, draw->item) || !eco__text_equal(own->params[k].name, draw->param))
      continue;
    found = true;
    for (size_t l = 0; l < b->n_lanes; l++)
      b->process_base[k * b->n_lanes + l] = eco_draw_value(draw, b->run->seed, member_number(b, b->member[l]));
  }
  return found;
}

static void draw_loads(eco__block *b, const eco_draw *draw)
{
  const eco_model *m = b->run->model;
  for (size_t s = 0; s < m->n_sources; s++)
    if (eco__text_equal(m->sources[s].group, draw->item) || eco__text_equal(m->sources[s].name, draw->item))
      for (size_t l = 0; l < b->n_lanes; l++)
        b->source_factor[s * b->n_lanes + l] *= eco_draw_value(draw, b->run->seed, member_number(b, b->member[l]));
}

static void draw_members(eco__block *b, const eco_draw *draw, double *factor)
{
  for (size_t k = 0; k < b->n_members; k++)
    factor[k] *= eco_draw_value(draw, b->run->seed, member_number(b, k));
}

/* A lake of another area starts at its level, with the water that goes with it. */
static void draw_area(eco__block *b, const eco_draw *draw, uint32_t cell)
{
  for (size_t l = 0; l < b->n_water; l++) {
    double factor = eco_draw_value(draw, b->run->seed, member_number(b, b->water_member[l]));
    b->water.area_factor[(size_t)cell * b->n_water + l] *= factor;
    b->water.volume_m3[(size_t)cell * b->n_water + l] *= factor;
  }
}

static void act(eco__block *b, const eco_draw *draw)
{
  const eco_model *m = b->run->model;
  const eco__water *water = eco__water_called(m, draw->item);
  if (eco__text_equal(draw->item, "kinetics"))
    draw_rate(b, draw);
  else if (eco__text_equal(draw->item, "climate"))
    draw_members(b, draw, eco__text_equal(draw->param, "rain") ? b->rain_factor : b->evap_factor);
  else if (water && eco__text_equal(draw->param, "inflow"))
    draw_members(b, draw, b->inflow_factor + (size_t)(water - m->waters) * b->n_members);
  else if (water && eco__text_equal(draw->param, "area"))
    draw_area(b, draw, water->first_cell);
  else if (!draw_process(b, draw))
    draw_loads(b, draw);
}

void eco__draws_set(eco__block *b)
{
  const eco_model *m = b->run->model;
  for (size_t k = 0; k < m->n_kinetics; k++)
    for (size_t l = 0; l < b->n_lanes; l++)
      b->kinetics[k * b->n_lanes + l] = m->kinetics[k];
  for (size_t i = 0; i < m->n_sources * b->n_lanes; i++)
    b->source_factor[i] = 1.0;
  for (size_t k = 0; k < b->n_members; k++)
    b->rain_factor[k] = b->evap_factor[k] = 1.0;
  for (size_t i = 0; i < m->n_waters * b->n_members; i++)
    b->inflow_factor[i] = 1.0;
  for (size_t d = 0; d < b->run->n_draws; d++)
    act(b, &b->run->draws[d]);
}
