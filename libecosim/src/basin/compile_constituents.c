/* compile_constituents.c -- what a model carries: the states of the bulk kinetics, then the basin's own; and what it reports. */
#include "basin/compile.h"

#include <string.h>

enum { N_BULK_OBSERVABLES = 6, MOST_TERMS = 16 };
static const struct {
  uint32_t n, states[2];
} bulk_observables[N_BULK_OBSERVABLES] = {{1, {ECO__CODMN, 0}}, {1, {ECO__NH3, 0}}, {2, {ECO__NH3, ECO__ON}},
                                          {1, {ECO__TP, 0}},    {1, {ECO__DO, 0}},  {1, {ECO__CD, 0}}};

/* Whether text parameter `param` of the kinetics is `word`; absent: `otherwise`, which is the other word. */
static bool kinetics_say(eco__compiler *c, const char *param, const char *word, const char *otherwise)
{
  for (uint32_t i = 0; i < eco__basin_n_items(c->basin); i++) {
    eco_item item = {i};
    if (eco__item_kind(c->basin, item) != ECO_KINETICS)
      continue;
    const char *said = eco__item_text(c->basin, item, param);
    if (!said || eco__text_equal(said, otherwise))
      return false;
    if (!eco__text_equal(said, word))
      eco__fault(c, item, ECO_INVALID, "kinetics '%s': %s is '%s', expected %s or %s", eco__item_name(c->basin, item),
                 param, said, otherwise, word);
    return true;
  }
  return false;
}

static const char *soil_name(eco__compiler *c, const char *name)
{
  char text[128];
  (void)eco__format(text, sizeof text, "soil %s", name);
  return eco__arena_text(&c->model->arena, text);
}

/* The lists, with room for all. */
typedef struct lists {
  eco_constituent *states;
  eco__observable *observables;
  const char **soil, **given, **own;
  eco__decay *decay;
} lists;

static bool take_lists(eco__compiler *c, size_t n, size_t n_sums, lists *out)
{
  *out = (lists){ECO__COMPILER_TAKE(c, eco_constituent, n), ECO__COMPILER_TAKE(c, eco__observable, n + n_sums),
                 ECO__COMPILER_TAKE(c, const char *, n),    ECO__COMPILER_TAKE(c, const char *, n + 1),
                 ECO__COMPILER_TAKE(c, const char *, n),    ECO__COMPILER_TAKE(c, eco__decay, n)};
  return !c->no_memory;
}

static void observe(eco__compiler *c, const lists *l, eco_constituent about, const uint32_t *states,
                    const double *weights, uint32_t n, bool on_bed)
{
  uint32_t *kept = ECO__COMPILER_TAKE(c, uint32_t, n);
  double *by = ECO__COMPILER_TAKE(c, double, n);
  for (uint32_t k = 0; kept && by && k < n; k++) {
    kept[k] = states[k];
    by[k] = weights ? weights[k] : 1.0;
  }
  l->observables[c->model->n_observables++] = (eco__observable){about, kept, by, n, on_bed};
}

static void add_bulk(eco__compiler *c, const lists *l)
{
  eco_model *m = c->model;
  for (uint32_t k = 0; k < ECO__N_BULK; k++)
    l->states[m->n_states++] = *eco_state_at(k);
  for (uint32_t k = 0; k < N_BULK_OBSERVABLES; k++)
    observe(c, l, *eco_observable_at(k), bulk_observables[k].states, NULL, bulk_observables[k].n, false);
  m->oxygen = ECO__DO;
}

static void add_heat(eco_model *m, const lists *l)
{
  m->heat = (uint32_t)m->n_states;
  l->states[m->n_states++] = (eco_constituent){"heat", "C", "", "temperature of the water, carried with it"};
}

static bool on_bed(const eco__compiler *c, eco_item item)
{
  return eco__item_number(c->basin, item, "bed") >= 0.5;
}

static void add_own(eco__compiler *c, eco_item item, const lists *l)
{
  eco_model *m = c->model;
  const char *name = eco__arena_text(&m->arena, eco__item_name(c->basin, item));
  const bool bed = on_bed(c, item);
  if (m->heat != ECO__OUTSIDE && eco__text_equal(name, l->states[m->heat].name))
    eco__fault(c, item, ECO_INVALID, "constituent '%s': the temperature that is carried has this name", name);
  if (m->has_bulk && eco__is_bulk(name))
    eco__fault(c, item, ECO_INVALID, "constituent '%s': the bulk kinetics have one of that name", name);
  if (eco__text_equal(name, eco_state_at(ECO__DO)->name)) /* of a basin without the bulk kinetics */
    m->oxygen = (uint32_t)m->n_states;
  l->own[m->n_own] = name;
  l->decay[m->n_own] =
    (eco__decay){eco__item_number(c->basin, item, "decay"), eco__item_number(c->basin, item, "theta"),
                 eco__item_number(c->basin, item, "settling")};
  if (bed && l->decay[m->n_own].settling_m_d > 0)
    eco__fault(c, item, ECO_INVALID, "constituent '%s': it lies on the bed and cannot settle", name);
  m->n_own++;
  eco_constituent about = {name, bed ? "g/m2" : "mg/L", "",
                           bed ? "on the bed, of the basin's own" : "constituent of the basin's own"};
  const uint32_t state = (uint32_t)m->n_states;
  observe(c, l, about, &state, NULL, 1, bed);
  l->states[m->n_states++] = about;
}

/* ---- sums that are reported ---- */

static uint32_t state_called(const eco_model *m, const char *name, size_t n)
{
  for (uint32_t k = 0; k < m->n_states; k++)
    if (k != m->heat && strlen(m->states[k].name) == n && strncmp(m->states[k].name, name, n) == 0)
      return k;
  return ECO__OUTSIDE;
}

/* "[NH3-N] + 0.18 [diatoms C]": terms joined by +; false: what is at *at is none. */
static bool read_term(const eco_model *m, const char **at, uint32_t *state, double *weight)
{
  const char *p = *at;
  while (*p == ' ' || *p == '+')
    p++;
  const char *open = strchr(p, '['), *close = open ? strchr(open, ']') : NULL;
  if (!close)
    return false;
  size_t n = (size_t)(open - p);
  while (n > 0 && p[n - 1] == ' ')
    n--;
  *weight = 1.0;
  *state = state_called(m, open + 1, (size_t)(close - open) - 1);
  *at = close + 1;
  return *state != ECO__OUTSIDE && (n == 0 || eco__parse_number(p, n, weight));
}

static void add_sum(eco__compiler *c, eco_item item, const lists *l)
{
  eco_model *m = c->model;
  const char *name = eco__arena_text(&m->arena, eco__item_name(c->basin, item)),
             *of = eco__item_text(c->basin, item, "of");
  uint32_t states[MOST_TERMS], n = 0;
  double weights[MOST_TERMS];
  const char *at = of ? of : "";
  bool ok = of != NULL;
  while (ok && *at && n < MOST_TERMS) {
    ok = read_term(m, &at, &states[n], &weights[n]);
    ok = ok && states[n] < m->n_carried && weights[n] > 0;
    n++;
    while (*at == ' ')
      at++;
  }
  for (size_t k = 0; k < m->n_observables; k++)
    if (eco__text_equal(l->observables[k].about.name, name))
      eco__fault(c, item, ECO_INVALID, "observable '%s': a constituent of that name is reported already", name);
  if (!ok || *at || n == 0)
    eco__fault(
      c, item, ECO_INVALID,
      "observable '%s': of is '%s', expected constituents that the water carries, as \"[NH3-N] + 0.18 [algae C]\"",
      name, of ? of : "");
  else
    observe(c, l, (eco_constituent){name, "mg/L", "", "sum of constituents"}, states, weights, n, false);
}

/* What lies on the bed does not come with water. */
static void check_bed(eco__compiler *c)
{
  static const char *const families[] = {"conc", "load", "inflow"};
  const eco_model *m = c->model;
  for (uint32_t i = 0; i < eco__basin_n_items(c->basin); i++) {
    eco_kind kind = eco__item_kind(c->basin, (eco_item){i});
    for (size_t k = m->n_carried; k < m->n_states; k++)
      for (size_t f = 0; f < 3; f++) {
        char param[128];
        (void)eco__format(param, sizeof param, "%s.%s", families[f], m->states[k].name);
        bool has = f < 2 ? kind == ECO_SOURCE : eco__is_reach(kind) || eco__is_lake(kind);
        if (has && eco__item_is_set(c->basin, (eco_item){i}, param))
          eco__fault(c, (eco_item){i}, ECO_INVALID, "%s '%s': %s: '%s' lies on the bed and comes with no water",
                     eco__word_of(c, (eco_item){i}), eco__item_name(c->basin, (eco_item){i}), param, m->states[k].name);
      }
  }
}

static void add_all(eco__compiler *c, const lists *l)
{
  eco_model *m = c->model;
  for (int bed = 0; bed < 2; bed++) {
    for (uint32_t i = 0; i < eco__basin_n_items(c->basin); i++)
      if (eco__item_kind(c->basin, (eco_item){i}) == ECO_CONSTITUENT && on_bed(c, (eco_item){i}) == (bed == 1))
        add_own(c, (eco_item){i}, l);
    m->n_carried = bed ? m->n_carried : m->n_states;
  }
  m->states = l->states;
  for (uint32_t i = 0; i < eco__basin_n_items(c->basin); i++)
    if (eco__item_kind(c->basin, (eco_item){i}) == ECO_OBSERVABLE)
      add_sum(c, (eco_item){i}, l);
  check_bed(c);
}

void eco__compile_constituents(eco__compiler *c)
{
  eco_model *m = c->model;
  size_t own = eco_basin_count(c->basin, ECO_CONSTITUENT);
  lists l;
  m->has_bulk = !kinetics_say(c, "states", "own", "bulk");
  m->oxygen = m->tn = m->heat = ECO__OUTSIDE;
  if (own + ECO__N_BULK + 1 > ECO__MOST_CONSTITUENTS) {
    c->n_faults++;
    (void)eco__fail(&c->first, ECO_INVALID, "", "basin '%s' has %zu constituents of its own, must be at most %d",
                    m->name, own, ECO__MOST_CONSTITUENTS - ECO__N_BULK - 1);
    return;
  }
  if (!take_lists(c, own + ECO__N_BULK + 1, eco_basin_count(c->basin, ECO_OBSERVABLE), &l))
    return;
  if (m->has_bulk)
    add_bulk(c, &l);
  if (kinetics_say(c, "temperature", "carried", "local"))
    add_heat(m, &l);
  add_all(c, &l);
  for (size_t k = 0; k < m->n_states; k++) {
    l.given[k] = l.states[k].name;
    l.soil[k] = soil_name(c, l.states[k].name);
  }
  m->n_given = m->n_states;
  if (m->has_bulk) {
    m->tn = (uint32_t)m->n_given;
    l.given[m->n_given++] = "TN";
  }
  m->observables = l.observables;
  m->soil_names = l.soil;
  m->given_names = l.given;
  m->own = (eco__own){l.own, m->n_own};
  m->decay = l.decay;
}
