/* rule.c -- operating rules: what a structure's keeper is told, resolved against a model. Its state is the lane's, in the run
 * room. */
#include "scenario/scenario.h"

#include <math.h>
#include <string.h>

/* ---- keeping ---- */

void eco__rules_free(eco_scenario *s)
{
  eco__free(&s->env, s->rules, s->rules_room * sizeof *s->rules);
  eco__free(&s->env, s->conditions, s->conditions_room * sizeof *s->conditions);
}

static bool room_for(eco_scenario *s, size_t n_rules, size_t n_conditions)
{
  void *rules = s->rules, *conditions = s->conditions;
  bool ok = eco__grow(&s->env, &rules, &s->rules_room, n_rules, sizeof *s->rules);
  s->rules = rules;
  ok = ok && eco__grow(&s->env, &conditions, &s->conditions_room, n_conditions, sizeof *s->conditions);
  s->conditions = conditions;
  return ok;
}

bool eco__rules_copy(const eco_scenario *from, eco_scenario *to)
{
  if (from->n_rules == 0)
    return true;
  if (!room_for(to, from->n_rules, from->n_conditions))
    return false;
  memcpy(to->rules, from->rules, from->n_rules * sizeof *from->rules);
  memcpy(to->conditions, from->conditions, from->n_conditions * sizeof *from->conditions);
  to->n_rules = from->n_rules;
  to->n_conditions = from->n_conditions;
  return true;
}

static bool conditions_alike(const eco__condition *a, const eco__condition *b)
{
  return a->watch == b->watch && a->cell == b->cell && a->observable == b->observable && a->below == b->below &&
         a->on == b->on && a->off == b->off && a->months == b->months && a->from == b->from && a->until == b->until;
}

bool eco__rules_alike(const eco_scenario *a, const eco_scenario *b)
{
  size_t n = a ? a->n_rules : 0;
  if (n != (b ? b->n_rules : 0))
    return false;
  for (size_t k = 0; k < n; k++) {
    const eco__rule *x = &a->rules[k], *y = &b->rules[k];
    if (x->structure != y->structure || x->number != y->number || x->op != y->op || x->value != y->value ||
        x->n != y->n || x->least_days != y->least_days)
      return false;
    for (uint32_t c = 0; c < x->n; c++)
      if (!conditions_alike(&a->conditions[x->first + c], &b->conditions[y->first + c]))
        return false;
  }
  return true;
}

bool eco__rules_watch_concentrations(const eco_scenario *s)
{
  for (size_t k = 0; s && k < s->n_conditions; k++)
    if (s->conditions[k].watch == ECO_WATCH_CONCENTRATION)
      return true;
  return false;
}

/* ---- adding ---- */

typedef struct subject { /* for messages */
  const eco_scenario *scenario;
  const char *rule, *place;
  size_t number; /* of the condition, from 1 */
} subject;

/* The cell of a section, the last one of a water; where there is neither, the name that may be meant or NULL. */
static bool find_cell(const eco_model *m, const char *name, uint32_t *cell, const char **near)
{
  const eco__names places[] = {ECO__NAMES(m->sections, m->n_sections, eco__section),
                               ECO__NAMES(m->waters, m->n_waters, eco__water)};
  size_t list;
  uint32_t k;
  if (!eco__find_name(places, 2, name, &list, &k)) {
    *near = eco__nearest_in(name, places, 2);
    return false;
  }
  *cell = list == 0 ? m->sections[k].cell : m->waters[k].first_cell + m->waters[k].n_cells - 1;
  return true;
}

static eco_status read_place(const subject *at, const eco_condition *given, eco__condition *c, eco_error *err)
{
  const eco_model *m = at->scenario->model;
  if (!given->place)
    return eco__fail(err, ECO_INVALID, at->place, "scenario '%s': rule '%s': condition %zu names no section or water",
                     at->scenario->name, at->rule, at->number);
  const char *near = NULL;
  if (!find_cell(m, given->place, &c->cell, &near))
    return eco__fail(err, ECO_NOT_FOUND, at->place,
                     "scenario '%s': rule '%s': condition %zu: no section and no water is called '%s'%s%s%s",
                     at->scenario->name, at->rule, at->number, given->place, near ? " (did you mean '" : "",
                     near ? near : "", near ? "'?)" : "");
  if (given->watch != ECO_WATCH_FLOW)
    return ECO_OK;
  if (m->cell_table[c->cell] != ECO__OUTSIDE)
    return eco__fail(err, ECO_INVALID, at->place,
                     "scenario '%s': rule '%s': condition %zu: '%s' lies on a lake, where no flow is known: expected a "
                     "section of a reach or canal",
                     at->scenario->name, at->rule, at->number, given->place);
  c->cell = eco__face_below(m, c->cell);
  return ECO_OK;
}

static eco_status read_observable(const subject *at, const eco_condition *given, eco__condition *c, eco_error *err)
{
  const eco_model *m = at->scenario->model;
  const char *names[ECO__MOST_CONSTITUENTS];
  for (uint32_t k = 0; k < m->n_observables; k++) {
    names[k] = m->observables[k].about.name;
    if (given->constituent && eco__text_equal(names[k], given->constituent)) {
      c->observable = k;
      return ECO_OK;
    }
  }
  const char *near = given->constituent ? eco__nearest(given->constituent, names, m->n_observables) : NULL;
  return eco__fail(
    err, ECO_NOT_FOUND, at->place,
    "scenario '%s': rule '%s': condition %zu: '%s' is no constituent to watch, expected CODMn, NH3-N, TN, TP, DO, "
    "Cd or one of the basin's own%s%s%s",
    at->scenario->name, at->rule, at->number, given->constituent ? given->constituent : "",
    near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
}

/* Both thresholds in the model's unit; the one that ends a condition lies beyond the one that begins it. */
static eco_status read_thresholds(const subject *at, const eco_condition *given, eco__condition *c, eco_error *err)
{
  const char *unit = given->watch == ECO_WATCH_LEVEL ? "m" : given->watch == ECO_WATCH_FLOW ? "m3/s" : "mg/L";
  double both[2] = {given->on, isnan(given->off) ? given->on : given->off};
  for (int k = 0; k < 2; k++) {
    eco_error inner;
    if (given->unit && given->unit[0] && eco_unit_convert(both[k], given->unit, unit, &both[k], &inner) != ECO_OK)
      return eco__fail(err, inner.status, at->place, "scenario '%s': rule '%s': condition %zu: %s", at->scenario->name,
                       at->rule, at->number, inner.text);
    if (!isfinite(both[k]))
      return eco__fail(err, ECO_INVALID, at->place,
                       "scenario '%s': rule '%s': condition %zu: the threshold is not a finite number",
                       at->scenario->name, at->rule, at->number);
  }
  c->below = given->below != 0;
  c->on = both[0];
  c->off = both[1];
  if (c->below ? c->off < c->on : c->off > c->on)
    return eco__fail(
      err, ECO_INVALID, at->place,
      "scenario '%s': rule '%s': condition %zu begins %s %g %s and ends %s %g %s: it would begin and end at once",
      at->scenario->name, at->rule, at->number, c->below ? "below" : "above", c->on, unit, c->below ? "above" : "below",
      c->off, unit);
  return ECO_OK;
}

static eco_status read_condition(const subject *at, const eco_condition *given, eco__condition *c, eco_error *err)
{
  *c = (eco__condition){.watch = given->watch, .cell = ECO__OUTSIDE};
  switch (given->watch) {
  case ECO_WATCH_MONTHS:
    c->months = given->months & 0xfffu;
    if (c->months == 0)
      return eco__fail(err, ECO_INVALID, at->place, "scenario '%s': rule '%s': condition %zu names no month",
                       at->scenario->name, at->rule, at->number);
    return ECO_OK;
  case ECO_WATCH_DATES:
    c->from = given->from;
    c->until = given->until;
    if (c->until < c->from)
      return eco__fail(err, ECO_INVALID, at->place, "scenario '%s': rule '%s': condition %zu ends before it begins",
                       at->scenario->name, at->rule, at->number);
    return ECO_OK;
  case ECO_WATCH_CONCENTRATION:
    ECO__TRY(read_observable(at, given, c, err));
    break;
  case ECO_WATCH_LEVEL:
  case ECO_WATCH_FLOW:
    break;
  }
  ECO__TRY(read_place(at, given, c, err));
  return read_thresholds(at, given, c, err);
}

static eco_status find_target(const eco_scenario *s, const char *name, const char *structure, const char *param,
                              eco_change_op op, double value, const char *unit, const char *place, eco__rule *out,
                              eco_error *err)
{
  const eco_spec *spec = NULL;
  eco__change c = {0};
  ECO__TRY(eco__scenario_find(s, structure, param, place, &c, &spec, err));
  if (c.target != ECO__TO_STRUCTURE)
    return eco__fail(err, ECO_INVALID, place, "scenario '%s': rule '%s': '%s' is a %s: rules move structures only",
                     s->name, name, structure,
                     c.target == ECO__TO_SOURCE    ? "source"
                     : c.target == ECO__TO_SITE    ? "site"
                     : c.target == ECO__TO_PROCESS ? "process"
                                                   : "water");
  *out = (eco__rule){.structure = c.index, .number = c.number, .op = op};
  return eco__scenario_read(s, op, value, unit, structure, param, spec, place, &out->value, err);
}

eco_status eco_scenario_rule(eco_scenario *s, const char *name, const char *structure, const char *param,
                             eco_change_op op, double value, const char *unit, const eco_condition *conditions,
                             size_t n, uint32_t least_days, const char *place, eco_error *err)
{
  if (!s || !name || !structure || !param || (!conditions && n > 0))
    return eco__fail(err, ECO_INVALID, place,
                     "eco_scenario_rule: scenario, name, structure, param and conditions must not be NULL");
  if (n == 0)
    return eco__fail(err, ECO_INVALID, place,
                     "scenario '%s': rule '%s' has no condition: it would always hold, which a change says", s->name,
                     name);
  eco__rule rule;
  ECO__TRY(find_target(s, name, structure, param, op, value, unit, place, &rule, err));
  if (!room_for(s, s->n_rules + 1, s->n_conditions + n))
    return eco__fail(err, ECO_NO_MEMORY, place, "scenario '%s': out of memory", s->name);
  for (size_t k = 0; k < n; k++) {
    subject at = {s, name, place, k + 1};
    ECO__TRY(read_condition(&at, &conditions[k], &s->conditions[s->n_conditions + k], err));
  }
  rule.first = (uint32_t)s->n_conditions;
  rule.n = (uint32_t)n;
  rule.least_days = least_days;
  s->rules[s->n_rules++] = rule;
  s->n_conditions += n;
  return ECO_OK;
}

/* ---- holding ---- */

/* RUL-1: begins beyond `on`, ends back beyond `off`; a value that is not known (NaN) changes nothing. */
bool eco__condition_holds(const eco__condition *c, bool held, double value)
{
  if (isnan(value))
    return held;
  if (c->below)
    return held ? value <= c->off : value < c->on;
  return held ? value >= c->off : value > c->on;
}
