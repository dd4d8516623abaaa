/* scenario.c -- a scenario as a dated list of changes. */
#include "scenario/scenario.h"

#include <math.h>
#include <string.h>

static const char *const given_names[ECO__N_GIVEN] = {"CODMn", "NH3-N", "other N", "TP", "DO", "Cd", "TN"};

eco_status eco_scenario_create(const eco_model *model, const char *name, eco_scenario **out, eco_error *err)
{
  if (!model || !name || !out)
    return eco__fail(err, ECO_INVALID, "", "eco_scenario_create: model, name and out must not be NULL");
  if (!name[0])
    return eco__fail(err, ECO_INVALID, "", "a scenario's name is empty, expected a text");
  const eco_env *env = &model->arena.env;
  eco_scenario *s = eco__alloc(env, sizeof *s);
  size_t size = strlen(name) + 1;
  char *copy = s ? eco__alloc(env, size) : NULL;
  if (!copy) {
    eco__free(env, s, sizeof *s);
    return eco__fail(err, ECO_NO_MEMORY, "", "scenario '%s': out of memory", name);
  }
  memcpy(copy, name, size);
  *s = (eco_scenario){.env = *env, .model = model, .name = copy, .name_size = size};
  *out = s;
  return ECO_OK;
}

void eco_scenario_destroy(eco_scenario *s)
{
  if (!s)
    return;
  eco_env env = s->env;
  eco__free(&env, s->changes, s->room * sizeof *s->changes);
  eco__free(&env, s->name, s->name_size);
  eco__free(&env, s, sizeof *s);
}

eco_scenario *eco__scenario_copy(const eco_scenario *s, const eco_env *env)
{
  eco_scenario *copy = NULL;
  if (eco_scenario_create(s->model, s->name, &copy, NULL) != ECO_OK)
    return NULL;
  void *data = NULL;
  if (s->n && !eco__grow(env, &data, &copy->room, s->n, sizeof *s->changes)) {
    eco_scenario_destroy(copy);
    return NULL;
  }
  copy->changes = data;
  copy->n = s->n;
  if (s->n)
    memcpy(copy->changes, s->changes, s->n * sizeof *s->changes);
  return copy;
}

/* ---- what a change names ---- */

typedef struct named {
  const char *name;
  uint32_t number;
} named;

static const named structure_numbers[] = {
  {"crest", ECO__S_CREST},   {"capacity", ECO__S_CAPACITY}, {"hold_level", ECO__S_HOLD}, {"open_level", ECO__S_OPEN},
  {"active", ECO__S_ACTIVE}, {"demand", ECO__C_DEMAND},     {"release", ECO__C_DEMAND}};
static const named site_numbers[] = {{"infiltration", ECO__SITE_INFILTRATION},
                                     {"fix_rate", ECO__SITE_FIX},
                                     {"rev_rate", ECO__SITE_REV},
                                     {"res_rate", ECO__SITE_RES}};

static bool look_up(const named *list, size_t n, const char *param, uint32_t *number)
{
  for (size_t k = 0; k < n; k++)
    if (eco__text_equal(list[k].name, param)) {
      *number = list[k].number;
      return true;
    }
  return false;
}

static bool source_number(const char *param, uint32_t *number)
{
  const named plain[] = {{"flow", ECO__C_FLOW}, {"active", ECO__C_ACTIVE}};
  if (look_up(plain, 2, param, number))
    return true;
  const struct {
    const char *prefix;
    uint32_t first;
  } groups[] = {{"conc.", ECO__C_CONC}, {"load.", ECO__C_LOAD}};
  for (size_t g = 0; g < 2; g++)
    for (uint32_t k = 0; strncmp(param, groups[g].prefix, 5) == 0 && k < ECO__N_GIVEN; k++)
      if (eco__text_equal(param + 5, given_names[k])) {
        *number = groups[g].first + k;
        return true;
      }
  return false;
}

/* Index of the item among its kind; false where the model has none of that name. */
static bool find_item(const eco_model *m, const char *item, eco__change *c, eco_kind *kind)
{
  for (uint32_t k = 0; k < m->n_sources; k++)
    if (eco__text_equal(m->sources[k].name, item)) {
      c->target = ECO__TO_SOURCE;
      c->index = k;
      *kind = ECO_SOURCE;
      return true;
    }
  for (uint32_t k = 0; k < m->n_structures; k++)
    if (eco__text_equal(m->structures[k].name, item)) {
      c->target = ECO__TO_STRUCTURE;
      c->index = k;
      *kind = ECO_STRUCTURE;
      return true;
    }
  for (uint32_t k = 0; k < m->n_sites; k++)
    if (eco__text_equal(m->sites[k].name, item)) {
      c->target = ECO__TO_SITE;
      c->index = k;
      *kind = ECO_SITE;
      return true;
    }
  return false;
}

static const char *nearest_item(const eco_model *m, const char *item)
{
  const char *best[3] = {NULL, NULL, NULL};
  size_t n = 0;
  for (size_t k = 0; k < m->n_sources; k++) {
    const char *one = m->sources[k].name;
    const char *near = eco__nearest(item, &one, 1);
    if (near && n == 0)
      best[n++] = near;
  }
  for (size_t k = 0; k < m->n_structures && n < 2; k++) {
    const char *one = m->structures[k].name, *near = eco__nearest(item, &one, 1);
    if (near)
      best[n++] = near;
  }
  for (size_t k = 0; k < m->n_sites && n < 3; k++) {
    const char *one = m->sites[k].name, *near = eco__nearest(item, &one, 1);
    if (near)
      best[n++] = near;
  }
  return eco__nearest(item, best, n);
}

static eco_status find_number(const eco_scenario *s, const char *item, const char *param, const char *place,
                              eco__change *c, const eco_spec **spec, eco_error *err)
{
  eco_kind kind = ECO_SOURCE;
  if (!find_item(s->model, item, c, &kind)) {
    const char *near = nearest_item(s->model, item);
    return eco__fail(err, ECO_NOT_FOUND, place,
                     "scenario '%s': nothing called '%s' can be changed: expected a source, a "
                     "structure or a site%s%s%s",
                     s->name, item, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  }
  *spec = eco__spec_find(kind, param, item, place, err);
  if (!*spec)
    return ECO_NOT_FOUND;
  bool ok = kind == ECO_SOURCE      ? source_number(param, &c->number)
            : kind == ECO_STRUCTURE ? look_up(structure_numbers, 7, param, &c->number)
                                    : look_up(site_numbers, 4, param, &c->number);
  if (!ok)
    return eco__fail(err, ECO_INVALID, place, "scenario '%s': '%s' of %s '%s' cannot be changed while the run goes on",
                     s->name, param, eco_kind_word(kind), item);
  return ECO_OK;
}

static eco_status read_value(const eco_scenario *s, eco_change_op op, double value, const char *unit, const char *item,
                             const char *param, const eco_spec *spec, const char *place, double *out, eco_error *err)
{
  if (!isfinite(value))
    return eco__fail(err, ECO_INVALID, place, "scenario '%s': the change of '%s' of '%s' is not a finite number",
                     s->name, param, item);
  if (op == ECO_SCALE) {
    if (unit && unit[0])
      return eco__fail(err, ECO_UNITS, place,
                       "scenario '%s': '%s' of '%s' is scaled by a pure number, found the unit '%s'", s->name, param,
                       item, unit);
    if (value < 0)
      return eco__fail(err, ECO_INVALID, place, "scenario '%s': '%s' of '%s' is scaled by %g, must be 0 or more",
                       s->name, param, item, value);
    *out = value;
    return ECO_OK;
  }
  eco_error inner;
  if (unit && unit[0] && eco_unit_convert(value, unit, spec->unit, &value, &inner) != ECO_OK)
    return eco__fail(err, inner.status, place, "scenario '%s': '%s' of '%s': %s", s->name, param, item, inner.text);
  if (value < spec->lowest || value > spec->highest)
    return eco__fail(err, ECO_INVALID, place, "scenario '%s': '%s' of '%s' is %g %s, must be between %g and %g",
                     s->name, param, item, value, spec->unit, spec->lowest, spec->highest);
  *out = value;
  return ECO_OK;
}

eco_status eco_scenario_change(eco_scenario *s, eco_day from, eco_day until, const char *item, const char *param,
                               eco_change_op op, double value, const char *unit, const char *place, eco_error *err)
{
  if (!s || !item || !param)
    return eco__fail(err, ECO_INVALID, place, "eco_scenario_change: scenario, item and param must not be NULL");
  eco__change c = {.from = from, .until = until > from ? until : from, .op = op};
  const eco_spec *spec = NULL;
  ECO__TRY(find_number(s, item, param, place, &c, &spec, err));
  ECO__TRY(read_value(s, op, value, unit, item, param, spec, place, &c.value, err));
  void *data = s->changes;
  bool ok = eco__grow(&s->env, &data, &s->room, s->n + 1, sizeof *s->changes);
  s->changes = data;
  if (!ok)
    return eco__fail(err, ECO_NO_MEMORY, place, "scenario '%s': out of memory", s->name);
  size_t at = s->n++;
  for (; at > 0 && s->changes[at - 1].from > c.from; at--)
    s->changes[at] = s->changes[at - 1];
  s->changes[at] = c;
  return ECO_OK;
}

/* ---- values ---- */

static double reached(const eco__change *c, eco_day day)
{
  if (day >= c->until)
    return 1.0;
  return day <= c->from ? 0.0 : (double)(day - c->from) / (double)(c->until - c->from);
}

double eco__scenario_value(const eco_scenario *s, eco__target target, uint32_t index, uint32_t number, double base,
                           eco_day day)
{
  double value = base, factor = 1.0;
  for (size_t k = 0; s && k < s->n && s->changes[k].from <= day; k++) {
    const eco__change *c = &s->changes[k];
    if (c->target != target || c->index != index || c->number != number)
      continue;
    double share = reached(c, day);
    if (c->op == ECO_SCALE)
      factor *= 1.0 + share * (c->value - 1.0);
    else
      value = share < 1.0 ? value + share * (c->value - value) : c->value;
  }
  return value * factor;
}

static bool moves_water(const eco__change *c)
{
  return c->target == ECO__TO_STRUCTURE ||
         (c->target == ECO__TO_SOURCE && (c->number == ECO__C_FLOW || c->number == ECO__C_ACTIVE));
}

static bool next_of_water(const eco_scenario *s, size_t *k)
{
  while (s && *k < s->n && !moves_water(&s->changes[*k]))
    (*k)++;
  return s && *k < s->n;
}

bool eco__scenario_same_water(const eco_scenario *a, const eco_scenario *b)
{
  size_t i = 0, j = 0;
  for (;;) {
    bool more_a = next_of_water(a, &i), more_b = next_of_water(b, &j);
    if (!more_a || !more_b)
      return more_a == more_b;
    const eco__change *x = &a->changes[i++], *y = &b->changes[j++];
    if (x->from != y->from || x->until != y->until || x->target != y->target || x->index != y->index ||
        x->number != y->number || x->op != y->op || x->value != y->value)
      return false;
  }
}
