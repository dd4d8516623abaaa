/* compile_constituents.c -- what a model carries: the states of the bulk kinetics, then the basin's own; and what it reports. */
#include "basin/compile.h"

#include <string.h>

enum { N_BULK_OBSERVABLES = 6 };
static const uint32_t bulk_observables[N_BULK_OBSERVABLES][2] = {{ECO__CODMN, ECO__OUTSIDE}, {ECO__NH3, ECO__OUTSIDE},
                                                                 {ECO__NH3, ECO__ON},        {ECO__TP, ECO__OUTSIDE},
                                                                 {ECO__DO, ECO__OUTSIDE},    {ECO__CD, ECO__OUTSIDE}};

static bool carries_bulk(eco__compiler *c)
{
  for (uint32_t i = 0; i < eco__basin_n_items(c->basin); i++) {
    eco_item item = {i};
    if (eco__item_kind(c->basin, item) != ECO_KINETICS)
      continue;
    const char *said = eco__item_text(c->basin, item, "states");
    if (!said || eco__text_equal(said, "bulk"))
      return true;
    if (!eco__text_equal(said, "own"))
      eco__fault(c, item, ECO_INVALID, "kinetics '%s': states is '%s', expected bulk or own",
                 eco__item_name(c->basin, item), said);
    return false;
  }
  return true;
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

static bool take_lists(eco__compiler *c, size_t n, lists *out)
{
  *out = (lists){ECO__COMPILER_TAKE(c, eco_constituent, n), ECO__COMPILER_TAKE(c, eco__observable, n),
                 ECO__COMPILER_TAKE(c, const char *, n),    ECO__COMPILER_TAKE(c, const char *, n + 1),
                 ECO__COMPILER_TAKE(c, const char *, n),    ECO__COMPILER_TAKE(c, eco__decay, n)};
  return !c->no_memory;
}

static void add_bulk(eco_model *m, const lists *l)
{
  for (uint32_t k = 0; k < ECO__N_BULK; k++)
    l->states[m->n_states++] = *eco_state_at(k);
  for (uint32_t k = 0; k < N_BULK_OBSERVABLES; k++)
    l->observables[m->n_observables++] =
      (eco__observable){*eco_observable_at(k), {bulk_observables[k][0], bulk_observables[k][1]}};
  m->oxygen = ECO__DO;
}

static void add_own(eco__compiler *c, eco_item item, const lists *l)
{
  eco_model *m = c->model;
  const char *name = eco__arena_text(&m->arena, eco__item_name(c->basin, item));
  if (m->has_bulk && eco__is_bulk(name))
    eco__fault(c, item, ECO_INVALID, "constituent '%s': the bulk kinetics have one of that name", name);
  if (eco__text_equal(name, eco_state_at(ECO__DO)->name)) /* of a basin without the bulk kinetics */
    m->oxygen = (uint32_t)m->n_states;
  l->own[m->n_own] = name;
  l->decay[m->n_own++] =
    (eco__decay){eco__item_number(c->basin, item, "decay"), eco__item_number(c->basin, item, "theta"),
                 eco__item_number(c->basin, item, "settling")};
  eco_constituent about = {name, "mg/L", "", "constituent of the basin's own"};
  l->observables[m->n_observables++] = (eco__observable){about, {(uint32_t)m->n_states, ECO__OUTSIDE}};
  l->states[m->n_states++] = about;
}

void eco__compile_constituents(eco__compiler *c)
{
  eco_model *m = c->model;
  size_t own = eco_basin_count(c->basin, ECO_CONSTITUENT);
  lists l;
  m->has_bulk = carries_bulk(c);
  m->oxygen = m->tn = ECO__OUTSIDE;
  if (own + ECO__N_BULK > ECO__MOST_CONSTITUENTS) {
    c->n_faults++;
    (void)eco__fail(&c->first, ECO_INVALID, "", "basin '%s' has %zu constituents of its own, must be at most %d",
                    m->name, own, ECO__MOST_CONSTITUENTS - ECO__N_BULK);
    return;
  }
  if (!take_lists(c, own + ECO__N_BULK, &l))
    return;
  if (m->has_bulk)
    add_bulk(m, &l);
  for (uint32_t i = 0; i < eco__basin_n_items(c->basin); i++)
    if (eco__item_kind(c->basin, (eco_item){i}) == ECO_CONSTITUENT)
      add_own(c, (eco_item){i}, &l);
  for (size_t k = 0; k < m->n_states; k++) {
    l.given[k] = l.states[k].name;
    l.soil[k] = soil_name(c, l.states[k].name);
  }
  m->n_given = m->n_states;
  if (m->has_bulk) {
    m->tn = (uint32_t)m->n_given;
    l.given[m->n_given++] = "TN";
  }
  m->states = l.states;
  m->observables = l.observables;
  m->soil_names = l.soil;
  m->given_names = l.given;
  m->own = (eco__own){l.own, m->n_own};
  m->decay = l.decay;
}
