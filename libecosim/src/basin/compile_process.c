/* compile_process.c -- processes of the basin's own: names become states, fluxes entries of one system. */
#include "basin/compile.h"

#include <math.h>
#include <string.h>

static const char *name_of(const eco__compiler *c, uint32_t item)
{
  return eco__item_name(c->basin, (eco_item){item});
}

static uint32_t state_named(const eco_model *m, const char *name)
{
  for (uint32_t k = 0; k < m->n_states; k++)
    if (eco__text_equal(m->states[k].name, name))
      return k;
  return ECO__OUTSIDE;
}

/* States that processes name, in the order in which they are first named. */
static void find_states(eco__compiler *c, const eco__process_store *s)
{
  eco_model *m = c->model;
  uint32_t *states = ECO__COMPILER_TAKE(c, uint32_t, s->n_names);
  for (size_t k = 0; states && k < s->n_names; k++) {
    states[k] = state_named(m, s->names[k]);
    if (states[k] != ECO__OUTSIDE)
      continue;
    const eco__names known = ECO__NAMES(m->states, m->n_states, eco_constituent);
    const char *near = eco__nearest_in(s->names[k], &known, 1);
    eco__fault(c, (eco_item){s->named_by[k]}, ECO_NOT_FOUND,
               "process '%s': basin '%s' carries no constituent '%s'%s%s%s", name_of(c, s->named_by[k]), m->name,
               s->names[k], near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  }
  m->processes.states = states;
  m->processes.n_states = s->n_names;
}

static void copy_params(eco__compiler *c, const eco__process_store *s)
{
  eco_model *m = c->model;
  eco__own_param *params = ECO__COMPILER_TAKE(c, eco__own_param, s->n_params);
  for (size_t k = 0; params && k < s->n_params; k++) {
    const eco__process_param *p = &s->params[k];
    params[k] = (eco__own_param){eco__arena_text(&m->arena, name_of(c, p->process)),
                                 eco__arena_text(&m->arena, p->name),
                                 eco__arena_text(&m->arena, p->unit),
                                 p->value,
                                 p->lowest,
                                 p->highest,
                                 {0}};
    params[k].spec =
      (eco_spec){ECO_PROCESS, params[k].name, ECO_NUMBER, params[k].unit, p->lowest, p->highest, p->value, "", ""};
    c->no_memory = c->no_memory || !params[k].process || !params[k].name || !params[k].unit;
  }
  m->processes.params = params;
  m->processes.n_params = s->n_params;
}

/* Entries of a flux by state; sign -1: of its way back. */
static void add_entries(eco__own_kinetics *k, eco__entry *entries, const eco__process_flux *f, uint32_t flux,
                        double sign)
{
  eco__entry *first = entries + k->n_entries;
  for (size_t i = 0; i < f->n_parts; i++) {
    eco__entry new = {flux, f->parts[i].constituent, sign * f->parts[i].coefficient};
    size_t at = i;
    for (; at > 0 && first[at - 1].state > new.state; at--)
      first[at] = first[at - 1];
    first[at] = new;
  }
  k->n_entries += f->n_parts;
}

static void make_fluxes(eco__compiler *c, const eco__process_store *s)
{
  eco__own_kinetics *k = &c->model->processes;
  size_t n = 0, n_entries = 0;
  for (size_t f = 0; f < s->n_fluxes; f++) {
    size_t ways = s->fluxes[f].back == ECO__NO_NODE ? 1 : 2;
    n += ways;
    n_entries += ways * s->fluxes[f].n_parts;
  }
  if (n > ECO__MOST_FLUXES) {
    eco__fault(c, (eco_item){s->fluxes[0].process}, ECO_INVALID,
               "processes of basin '%s' have %zu fluxes (one that goes both ways counts twice), must be at most %d",
               c->model->name, n, ECO__MOST_FLUXES);
    return;
  }
  eco__node *rates = ECO__COMPILER_TAKE(c, eco__node, n);
  uint8_t *sides = ECO__COMPILER_TAKE(c, uint8_t, n);
  eco__entry *entries = ECO__COMPILER_TAKE(c, eco__entry, n_entries);
  for (size_t f = 0; f < s->n_fluxes && !c->no_memory; f++) {
    const eco__process_flux *from = &s->fluxes[f];
    for (int way = 0; way < (from->back == ECO__NO_NODE ? 1 : 2); way++) {
      rates[k->n_fluxes] = way ? from->back : from->forth;
      sides[k->n_fluxes] = (uint8_t)from->side;
      add_entries(k, entries, from, (uint32_t)k->n_fluxes++, way ? -1.0 : 1.0);
    }
  }
  bool *moved = ECO__COMPILER_TAKE(c, bool, k->n_states);
  for (size_t e = 0; moved && e < k->n_entries; e++)
    moved[entries[e].state] = true;
  k->moved = moved;
  k->rates = rates;
  k->sides = sides;
  k->entries = entries;
}

/* Which surroundings the fluxes read. */
static void find_reads(eco__compiler *c)
{
  eco__own_kinetics *k = &c->model->processes;
  bool *needed = ECO__COMPILER_TAKE(c, bool, k->graph.n);
  if (!needed)
    return;
  for (size_t f = 0; f < k->n_fluxes; f++)
    needed[k->rates[f]] = true;
  for (size_t i = k->graph.n; i-- > 0;) {
    const eco__expression *e = &k->graph.nodes[i];
    for (size_t a = 0; needed[i] && a < eco__op_arguments(e->op); a++)
      needed[e->arg[a]] = true;
    if (needed[i] && e->op == ECO__FORCED)
      k->reads[e->index] = true;
  }
}

static void check_each(eco__compiler *c, const eco__process_store *s)
{
  for (uint32_t i = 0; i < eco__basin_n_items(c->basin); i++) {
    if (eco__item_kind(c->basin, (eco_item){i}) != ECO_PROCESS)
      continue;
    bool moves = false;
    for (size_t f = 0; f < s->n_fluxes; f++)
      moves = moves || s->fluxes[f].process == i;
    if (!moves)
      eco__fault(c, (eco_item){i}, ECO_INVALID, "process '%s' has no flux, must have one", name_of(c, i));
  }
}

void eco__compile_processes(eco__compiler *c)
{
  const eco__process_store *s = eco__basin_processes(c->basin);
  check_each(c, s);
  if (s->n_fluxes == 0)
    return;
  find_states(c, s);
  copy_params(c, s);
  if (c->n_faults > 0 || c->no_memory)
    return;
  make_fluxes(c, s);
  eco__graph_close(&c->model->processes.graph);
  if (!eco__graph_copy(&s->graph, eco__basin_env(c->basin), &c->model->processes.graph))
    c->no_memory = true;
  else if (c->n_faults == 0)
    find_reads(c);
}

/* ---- processes that run in some waters only ---- */

/* Marks the waters of "Lena; Bay" in mask. */
static void read_waters(eco__compiler *c, eco_item item, const char *text, bool *mask)
{
  const eco_model *m = c->model;
  for (const char *at = text; *at;) {
    const char *end = strchr(at, ';'), *next = end ? end + 1 : at + strlen(at);
    end = end ? end : next;
    while (*at == ' ')
      at++;
    while (end > at && end[-1] == ' ')
      end--;
    size_t w = 0, n = (size_t)(end - at);
    while (w < m->n_waters && !(strlen(m->waters[w].name) == n && strncmp(m->waters[w].name, at, n) == 0))
      w++;
    if (w == m->n_waters) {
      eco__fault(c, item, ECO_NOT_FOUND, "process '%s': waters: '%.*s' is no water of basin '%s'", name_of(c, item.id),
                 (int)n, at, m->name);
      return;
    }
    mask[w] = true;
    at = next;
  }
}

/* What goes through the surface goes through that of the top layer, what goes to the bed meets it by its share of the layer. */
static void place_in_layers(eco__own_kinetics *k, eco__node *rates)
{
  static const eco_surrounding by_side[] = {
    [ECO_SIDE_WATER] = ECO_N_SURROUNDINGS, [ECO_SIDE_AIR] = ECO_AT_OPEN, [ECO_SIDE_BED] = ECO_AT_BED_SHARE};
  for (size_t f = 0; f < k->n_fluxes; f++) {
    eco_surrounding share = by_side[k->sides[f]];
    if (share == ECO_N_SURROUNDINGS)
      continue;
    eco__node here = eco__graph_input(&k->graph, ECO__FORCED, share, "");
    rates[f] = eco__graph_apply(&k->graph, ECO__MULTIPLY, rates[f], here, ECO__NO_NODE);
    k->reads[share] = true;
  }
}

void eco__place_processes(eco__compiler *c)
{
  const eco__process_store *s = eco__basin_processes(c->basin);
  eco_model *m = c->model;
  eco__own_kinetics *k = &m->processes;
  size_t all = eco_basin_count(c->basin, ECO_PROCESS);
  if (k->n_fluxes == 0)
    return;
  bool *masks = ECO__COMPILER_TAKE(c, bool, all * m->n_waters);
  eco__node *rates = ECO__COMPILER_TAKE(c, eco__node, k->n_fluxes);
  for (size_t f = 0; rates && f < k->n_fluxes; f++)
    rates[f] = k->rates[f];
  for (uint32_t i = 0; masks && rates && i < eco__basin_n_items(c->basin); i++) {
    const eco_item item = {i};
    const char *text = eco__item_kind(c->basin, item) == ECO_PROCESS ? eco__item_text(c->basin, item, "waters") : NULL;
    if (!text)
      continue;
    read_waters(c, item, text, masks + k->n_masks * m->n_waters);
    eco__node here = eco__graph_input(&k->graph, ECO__FORCED, (uint32_t)(ECO_N_SURROUNDINGS + k->n_masks++), "");
    size_t at = 0;
    for (size_t f = 0; f < s->n_fluxes; f++)
      for (int way = 0; way < (s->fluxes[f].back == ECO__NO_NODE ? 1 : 2); way++, at++)
        if (s->fluxes[f].process == i)
          rates[at] = eco__graph_apply(&k->graph, ECO__MULTIPLY, rates[at], here, ECO__NO_NODE);
  }
  if (rates && m->n_stacks > 0)
    place_in_layers(k, rates);
  c->no_memory = c->no_memory || k->graph.fault.status == ECO_NO_MEMORY;
  k->masks = masks;
  k->rates = rates;
}

void eco__check_light(eco__compiler *c)
{
  const eco_model *m = c->model;
  const eco__climate *climate = &m->climate;
  if (!m->processes.reads[ECO_AT_LIGHT])
    return;
  bool radiates = climate->has_radiation || climate->has_sunshine || climate->daily[ECO__D_RADIATION].n > 0 ||
                  climate->daily[ECO__D_SUNSHINE].n > 0;
  const char *lacks = !m->has_climate                ? "a climate"
                      : !radiates                    ? "radiation or sunshine in its climate"
                      : isnan(climate->latitude_deg) ? "the latitude in its climate"
                      : isnan(climate->altitude_m)   ? "the altitude in its climate"
                                                     : NULL;
  if (lacks)
    eco__fault(c, (eco_item){eco__basin_processes(c->basin)->fluxes[0].process}, ECO_INVALID,
               "processes of basin '%s' read light, which needs %s", m->name, lacks);
}
