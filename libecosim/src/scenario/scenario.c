/* scenario.c -- a scenario as a dated list of changes. */
#include "scenario/scenario.h"

#include <math.h>
#include <string.h>

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
  eco__rules_free(s);
  eco__free(&env, s->name, s->name_size);
  eco__free(&env, s, sizeof *s);
}

eco_scenario *eco__scenario_copy(const eco_scenario *s, const eco_env *env)
{
  eco_scenario *copy = NULL;
  if (eco_scenario_create(s->model, s->name, &copy, NULL) != ECO_OK)
    return NULL;
  void *data = NULL;
  if (!eco__rules_copy(s, copy) || (s->n && !eco__grow(env, &data, &copy->room, s->n, sizeof *s->changes))) {
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

static const named site_numbers[] = {{"infiltration", ECO__SITE_INFILTRATION},
                                     {"fix_rate", ECO__SITE_FIX},
                                     {"rev_rate", ECO__SITE_REV},
                                     {"res_rate", ECO__SITE_RES}};

static const named water_numbers[] = {{"inflow", ECO__C_INFLOW}, {"outlet_level", ECO__C_OUTLET}};

static bool look_up(const named *list, size_t n, const char *param, uint32_t *number)
{
  for (size_t k = 0; k < n; k++)
    if (eco__text_equal(list[k].name, param)) {
      *number = list[k].number;
      return true;
    }
  return false;
}

static bool source_number(const eco_model *m, const char *param, uint32_t *number)
{
  const named plain[] = {{"flow", ECO__C_FLOW}, {"active", ECO__C_ACTIVE}, {"capacity", ECO__C_CAPACITY}};
  if (look_up(plain, 3, param, number))
    return true;
  bool conc = strncmp(param, "conc.", 5) == 0, load = strncmp(param, "load.", 5) == 0;
  for (uint32_t k = 0; (conc || load) && k < m->n_given; k++)
    if ((k < m->n_carried || k >= m->n_states) && k != m->heat && eco__text_equal(param + 5, m->given_names[k])) {
      *number = conc ? ECO__C_CONC(k) : ECO__C_LOAD(k);
      return true;
    }
  return false;
}

/* What can be changed, in the order of eco__target. */
static bool find_item(const eco_model *m, const char *item, eco__change *c, eco_kind *kind, const char **near)
{
  const eco__names lists[] = {[ECO__TO_SOURCE] = ECO__NAMES(m->sources, m->n_sources, eco__source),
                              [ECO__TO_STRUCTURE] = ECO__NAMES(m->structures, m->n_structures, eco__structure),
                              [ECO__TO_SITE] = ECO__NAMES(m->sites, m->n_sites, eco__site),
                              [ECO__TO_WATER] = ECO__NAMES(m->waters, m->n_waters, eco__water)};
  static const eco_kind kinds[] = {ECO_SOURCE, ECO_STRUCTURE, ECO_SITE}; /* a water's is its own */
  const size_t n_lists = sizeof lists / sizeof lists[0];
  size_t list;
  if (!eco__find_name(lists, n_lists, item, &list, &c->index)) {
    *near = eco__nearest_in(item, lists, n_lists);
    return false;
  }
  c->target = (eco__target)list;
  *kind = c->target == ECO__TO_WATER ? m->waters[c->index].kind : kinds[list];
  return true;
}

/* A parameter of a process: false where no process is called so. */
static bool find_process(const eco_scenario *s, const char *item, const char *param, const char *place, eco__change *c,
                         const eco_spec **spec, eco_status *status, eco_error *err)
{
  const eco__own_kinetics *own = &s->model->processes;
  const char *names[ECO__MOST_FLUXES];
  size_t n = 0;
  for (uint32_t k = 0; k < own->n_params; k++) {
    if (!eco__text_equal(own->params[k].process, item))
      continue;
    if (eco__text_equal(own->params[k].name, param)) {
      c->target = ECO__TO_PROCESS;
      c->index = k;
      *spec = &own->params[k].spec;
      *status = ECO_OK;
      return true;
    }
    if (n < ECO__MOST_FLUXES)
      names[n++] = own->params[k].name;
  }
  if (n == 0)
    return false;
  const char *near = eco__nearest(param, names, n);
  *status = eco__fail(err, ECO_NOT_FOUND, place, "scenario '%s': process '%s' has no parameter '%s'%s%s%s", s->name,
                      item, param, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  return true;
}

eco_status eco__scenario_find(const eco_scenario *s, const char *item, const char *param, const char *place,
                              eco__change *c, const eco_spec **spec, eco_error *err)
{
  eco_kind kind = ECO_SOURCE;
  const char *near = NULL;
  eco_status status;
  if (find_process(s, item, param, place, c, spec, &status, err))
    return status;
  if (!find_item(s->model, item, c, &kind, &near))
    return eco__fail(err, ECO_NOT_FOUND, place,
                     "scenario '%s': nothing called '%s' can be changed: expected a water, a source, a "
                     "structure, a site or a process%s%s%s",
                     s->name, item, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  *spec = eco__spec_find(kind, param, item, place, s->model->own, err);
  if (!*spec)
    return ECO_NOT_FOUND;
  bool ok = kind == ECO_SOURCE      ? source_number(s->model, param, &c->number)
            : kind == ECO_STRUCTURE ? eco__structure_number(s->model->structures[c->index].law, param, &c->number)
            : kind == ECO_SITE      ? look_up(site_numbers, 4, param, &c->number)
                                    : look_up(water_numbers, 2, param, &c->number);
  bool never = !ok && (kind != ECO_STRUCTURE || !eco__structure_number(ECO__CHANNEL, param, &c->number));
  if (never)
    return eco__fail(err, ECO_INVALID, place, "scenario '%s': '%s' of %s '%s' cannot be changed while the run goes on",
                     s->name, param, eco_kind_word(kind), item);
  if (!ok)
    return eco__fail(err, ECO_INVALID, place, "scenario '%s': '%s' means nothing to '%s', whose law is %s", s->name,
                     param, item, eco__law_word(s->model->structures[c->index].law));
  const eco__water *water = c->target == ECO__TO_WATER ? &s->model->waters[c->index] : NULL;
  if (water && !(c->number == ECO__C_INFLOW ? water->has_inflow : !isnan(water->outlet_m[0])))
    return eco__fail(err, ECO_INVALID, place, "scenario '%s': %s '%s' has no %s to change: give it in the basin",
                     s->name, eco_kind_word(kind), item, param);
  if (kind == ECO_STRUCTURE && c->number == ECO__S_OUTSIDE &&
      s->model->faces[s->model->structures[c->index].face].down != ECO__OUTSIDE)
    return eco__fail(err, ECO_INVALID, place,
                     "scenario '%s': '%s' means nothing to '%s', which does not leave the model", s->name, param, item);
  return ECO_OK;
}

eco_status eco__scenario_read(const eco_scenario *s, eco_change_op op, double value, const char *unit, const char *item,
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

/* Nitrogen beside TN: where a source says TN, other N is what TN leaves over NH3-N; where it does not, TN is not there. */
static eco_status check_nitrogen(const eco_scenario *s, const eco__change *c, const char *param, const char *place,
                                 eco_error *err)
{
  if (c->target != ECO__TO_SOURCE || c->number < ECO__C_GIVEN || !s->model->has_bulk)
    return ECO_OK;
  const eco__source *source = &s->model->sources[c->index];
  bool load = (c->number - ECO__C_GIVEN) % 2 == 1, has_tn = load ? source->has_tn_load : source->has_tn_conc;
  uint32_t given = (c->number - ECO__C_GIVEN) / 2;
  const double *base = load ? source->load_kg_d : source->conc_mg_l;
  if (given == ECO__ON && has_tn)
    return eco__fail(err, ECO_INVALID, place, "scenario '%s': '%s' of '%s' is what its TN leaves over NH3-N: change TN",
                     s->name, param, source->name);
  if (given == s->model->tn && !has_tn && (c->op == ECO_SET || base[ECO__NH3] > 0 || base[ECO__ON] > 0))
    return eco__fail(err, ECO_INVALID, place, "scenario '%s': source '%s' has no '%s' to change: give it in the basin",
                     s->name, source->name, param);
  return ECO_OK;
}

/* A number of a structure that the basin does not give can be set, but not scaled before it was. */
static eco_status check_start(const eco_scenario *s, const eco__change *c, const char *item, const char *param,
                              const char *place, eco_error *err)
{
  if (c->target != ECO__TO_STRUCTURE || c->op != ECO_SCALE ||
      !isnan(eco__structure_base(&s->model->structures[c->index], c->number, c->from)))
    return ECO_OK;
  for (size_t k = 0; k < s->n; k++)
    if (s->changes[k].target == c->target && s->changes[k].index == c->index && s->changes[k].number == c->number &&
        s->changes[k].op == ECO_SET)
      return ECO_OK;
  return eco__fail(err, ECO_INVALID, place,
                   "scenario '%s': '%s' of '%s' has no value to scale: give it in the basin or set it first", s->name,
                   param, item);
}

/* Changes by date; on one day in an order of their own, so that the order of adding does not matter. */
static int compare(const eco__change *a, const eco__change *b)
{
#define BY(field)           \
  if (a->field != b->field) \
  return a->field < b->field ? -1 : 1
  BY(from);
  BY(target);
  BY(index);
  BY(number);
  BY(op);
  BY(until);
  BY(value);
#undef BY
  return 0;
}

/* Two settings of one number from the same day would leave it to chance which holds. */
static eco_status check_rivals(const eco_scenario *s, const eco__change *c, const char *item, const char *param,
                               const eco_spec *spec, const char *place, eco_error *err)
{
  for (size_t k = 0; k < s->n && c->op == ECO_SET; k++) {
    const eco__change *o = &s->changes[k];
    if (o->op != ECO_SET || o->from != c->from || o->target != c->target || o->index != c->index ||
        o->number != c->number || compare(o, c) == 0)
      continue;
    int year, month, day;
    eco_day_to_date(c->from, &year, &month, &day);
    return eco__fail(
      err, ECO_INVALID, place,
      "scenario '%s': '%s' of '%s' is set to %g %s from %04d-%02d-%02d on, but from the same day also to %g %s",
      s->name, param, item, c->value, spec->unit, year, month, day, o->value, spec->unit);
  }
  return ECO_OK;
}

eco_status eco_scenario_change(eco_scenario *s, eco_day from, eco_day until, const char *item, const char *param,
                               eco_change_op op, double value, const char *unit, const char *place, eco_error *err)
{
  if (!s || !item || !param)
    return eco__fail(err, ECO_INVALID, place, "eco_scenario_change: scenario, item and param must not be NULL");
  eco__change c = {.from = from, .until = until > from ? until : from, .op = op};
  const eco_spec *spec = NULL;
  ECO__TRY(eco__scenario_find(s, item, param, place, &c, &spec, err));
  ECO__TRY(eco__scenario_read(s, op, value, unit, item, param, spec, place, &c.value, err));
  ECO__TRY(check_nitrogen(s, &c, param, place, err));
  ECO__TRY(check_start(s, &c, item, param, place, err));
  ECO__TRY(check_rivals(s, &c, item, param, spec, place, err));
  void *data = s->changes;
  bool ok = eco__grow(&s->env, &data, &s->room, s->n + 1, sizeof *s->changes);
  s->changes = data;
  if (!ok)
    return eco__fail(err, ECO_NO_MEMORY, place, "scenario '%s': out of memory", s->name);
  size_t at = s->n++;
  for (; at > 0 && compare(&s->changes[at - 1], &c) > 0; at--)
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
  return c->target == ECO__TO_STRUCTURE || c->target == ECO__TO_WATER ||
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
  if (eco__rules_watch_concentrations(a) || eco__rules_watch_concentrations(b) || !eco__rules_alike(a, b))
    return false;
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
