/* operate.c -- what structures are set to on a day: their own numbers, the scenario's changes, then its rules.
 *
 *   RUL-2  a rule holds while all its conditions do, and for least_days from the day it began
 *
 * Rules look at the state that the lane has at the start of the day, once: gates are moved by orders of the day, and what is
 * done must not hang on the step. What they look at is the lane's own, so that a lane is moved as it would be alone; lanes
 * whose rules watch concentrations share their water with no other (eco__scenario_same_water). */
#include "run/run.h"

#include <math.h>

bool eco__operate_open(eco__block *b)
{
  eco_run *run = b->run;
  for (size_t s = 0; s < run->n_scenarios; s++) {
    const eco_scenario *scenario = run->scenarios[s];
    b->n_rules = scenario && scenario->n_rules > b->n_rules ? scenario->n_rules : b->n_rules;
    b->n_conditions = scenario && scenario->n_conditions > b->n_conditions ? scenario->n_conditions : b->n_conditions;
  }
  b->rule_holds = ECO__TAKE(&run->arena, bool, b->n_rules * b->n_water + 1);
  b->condition_holds = ECO__TAKE(&run->arena, bool, b->n_conditions * b->n_water + 1);
  b->rule_since = ECO__TAKE(&run->arena, eco_day, b->n_rules * b->n_water + 1);
  return b->rule_holds && b->condition_holds && b->rule_since;
}

/* ---- what a rule looks at ---- */

static size_t lane_of(const eco__block *b, size_t water_lane)
{
  size_t l = 0;
  while (b->water_lane[l] != water_lane)
    l++;
  return l;
}

/* NaN in a dry cell. */
static double concentration(const eco__block *b, uint32_t cell, uint32_t observable, size_t water_lane)
{
  const eco_model *m = b->run->model;
  const eco__observable *o = &m->observables[observable];
  const uint32_t point = eco__is_layered(m, cell) ? m->stacks[m->cell_stack[cell]].first : cell; /* at the surface */
  size_t lane = lane_of(b, water_lane);
  double mass = 0.0, volume = point == cell ? b->water.volume_m3[(size_t)cell * b->n_water + water_lane]
                                            : b->volume_new[(size_t)point * b->n_lanes + lane];
  for (uint32_t k = 0; k < o->n; k++)
    mass += o->weights[k] * b->transport.mass_g[((size_t)point * m->n_states + o->states[k]) * b->n_lanes + lane];
  if (o->on_bed)
    return mass / eco__surface_m2(b, point, lane);
  return volume > eco__wet_volume(b->run->model, point) ? mass / volume : NAN;
}

static bool holds_today(const eco__block *b, const eco__condition *c, bool held, size_t lane, eco_day day)
{
  int year, month;
  switch (c->watch) {
  case ECO_WATCH_MONTHS:
    eco__month_of(day, &year, &month);
    return (c->months >> month & 1u) != 0;
  case ECO_WATCH_DATES:
    return day >= c->from && day <= c->until;
  case ECO_WATCH_LEVEL:
    return eco__condition_holds(c, held, b->water.level_m[(size_t)c->cell * b->n_water + lane]);
  case ECO_WATCH_FLOW:
    return eco__condition_holds(c, held, b->water.flow_m3_s[(size_t)c->cell * b->n_water + lane]);
  case ECO_WATCH_CONCENTRATION:
    return eco__condition_holds(c, held, concentration(b, c->cell, c->observable, lane));
  }
  return false;
}

static void look_at_rules(eco__block *b, size_t lane, eco_day day)
{
  const eco_scenario *s = b->run->scenarios[b->water_scenario[lane]];
  for (size_t k = 0; s && k < s->n_conditions; k++) {
    bool *held = &b->condition_holds[k * b->n_water + lane];
    *held = holds_today(b, &s->conditions[k], *held, lane, day);
  }
  for (size_t k = 0; s && k < s->n_rules; k++) {
    const eco__rule *rule = &s->rules[k];
    bool *holds = &b->rule_holds[k * b->n_water + lane], all = true;
    eco_day *since = &b->rule_since[k * b->n_water + lane];
    for (uint32_t c = 0; c < rule->n; c++)
      all = all && b->condition_holds[(rule->first + c) * b->n_water + lane];
    if (all && !*holds)
      *since = day;
    *holds = all || (*holds && day - *since < (int64_t)rule->least_days); /* RUL-2 */
  }
}

/* ---- what is set ---- */

static double *number_of(eco__block *b, uint32_t structure, uint32_t number, size_t lane)
{
  if (number == ECO__C_DEMAND)
    return &b->water.demand_m3_s[structure * b->n_water + lane];
  return &b->water.numbers[(structure * ECO__N_STRUCTURE_NUMBERS + number) * b->n_water + lane];
}

static void obey_rules(eco__block *b, size_t lane)
{
  const eco_scenario *s = b->run->scenarios[b->water_scenario[lane]];
  for (size_t k = 0; s && k < s->n_rules; k++) {
    if (!b->rule_holds[k * b->n_water + lane])
      continue;
    double *number = number_of(b, s->rules[k].structure, s->rules[k].number, lane);
    *number = s->rules[k].op == ECO_SCALE ? *number * s->rules[k].value : s->rules[k].value;
  }
}

void eco__operate_day(eco__block *b, eco_day day)
{
  const eco_model *m = b->run->model;
  for (size_t l = 0; l < b->n_water; l++) {
    const eco_scenario *scenario = b->run->scenarios[b->water_scenario[l]];
    for (uint32_t s = 0; s < m->n_structures; s++) {
      for (uint32_t k = 0; k < ECO__N_CHANGEABLE; k++)
        *number_of(b, s, k, l) =
          eco__scenario_value(scenario, ECO__TO_STRUCTURE, s, k, eco__structure_base(&m->structures[s], k, day), day);
      *number_of(b, s, ECO__C_DEMAND, l) = eco__scenario_value(
        scenario, ECO__TO_STRUCTURE, s, ECO__C_DEMAND, eco__structure_base(&m->structures[s], ECO__C_DEMAND, day), day);
    }
    look_at_rules(b, l, day);
    obey_rules(b, l);
  }
}
