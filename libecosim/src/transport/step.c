/* step.c -- one step of transport: chains and lakes in the order of the flow, joined by links.
 *
 *   MIX-1  a lake: what leaves has C* = (m + w in) / (V + w Q_in dt), the rest of what comes enters after it; w = max(1/2, 1 - V/(2 Q_in
 *          dt)), V the smaller of old and new: with 1/2 the concentration of the middle of the step, second order
 *   MIX-2  a link takes C* of its cell after the remap; the lower end of a chain takes the remap's own flux
 *
 *   MIX-4  dispersion half before and half after: what enters in the step has spread for half of it   [Strang1968]
 *
 * What enters along a chain is enter.c's (MIX-3). Water taken away leaves after the remap: a cell never gives what it does
 * not have. A link that runs back against its direction is delivered at the end of the step (late), as long as the
 * cell that gets it can do without until then; else the lane is done alone, in an order of its own (order.c). */
#include "transport/transport.h"

#include "transport/order.h"
#include "transport/sweep.h"

#include <string.h>

static double *take(eco__arena *arena, size_t count)
{
  return ECO__TAKE(arena, double, count ? count : 1);
}

eco_status eco__transport_open(eco__transport_block *b, const eco_model *m, size_t n, eco__arena *arena)
{
  memset(b, 0, sizeof *b);
  b->model = m;
  b->n = n;
  size_t longest = 0, states = m->n_states;
  for (size_t c = 0; c < m->n_chains; c++)
    longest = m->chains[c].n_cells > longest ? m->chains[c].n_cells : longest;
  for (size_t k = 0; k < m->n_stacks; k++)
    longest = m->stacks[k].n > longest ? m->stacks[k].n : longest;
  struct {
    double **to;
    size_t rows;
  } all[] = {{&b->mass_g, m->n_points * states},
             {&b->lateral_m3_s, m->n_cells},
             {&b->lateral_g_s, m->n_cells * states},
             {&b->head_m3_s, m->n_chains},
             {&b->head_g_s, m->n_chains * states},
             {&b->rain_do_mg_l, 1},
             {&b->spread_m3_s, m->n_points},
             {&b->exchange_m3_s, m->n_exchanges},
             {&b->out_g, m->n_waters * states},
             {&b->out_m3, m->n_waters},
             {&b->left_g, states},
             {&b->taken_g, states},
             {&b->rained_g, 1},
             {&b->inlet_g, states},
             {&b->arrived_m3, m->n_cells},
             {&b->arrived_g, m->n_cells * states},
             {&b->late_g, m->n_links * states},
             {&b->chain_work, eco__free_rows(states) + (longest + 3) * eco__chain_rows(states) + states}};
  bool ok = true;
  for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
    ok = (*all[k].to = take(arena, all[k].rows * n)) && ok;
  b->stored_g = m->has_storage ? take(arena, m->n_cells * states * n) : NULL;
  ok = ok && (b->stored_g || !m->has_storage);
  b->direction = ECO__TAKE(arena, int8_t, m->n_links + 1);
  b->order = ECO__TAKE(arena, uint32_t, m->n_chains);
  b->lane_order = ECO__TAKE(arena, uint32_t, m->n_chains);
  b->waiting = ECO__TAKE(arena, uint32_t, m->n_chains);
  ok = ok && b->direction && b->order && b->lane_order && b->waiting;
  ok = ok && eco__transport_links(m, arena, true, &b->ups_first, &b->ups) &&
       eco__transport_links(m, arena, false, &b->downs_first, &b->downs);
  if (!ok)
    return ECO_NO_MEMORY;
  (void)eco__transport_order(m, NULL, b->waiting, b->order); /* compile has refused and cut circles */
  return ECO_OK;
}

/* ---- links ---- */

/* Books mass and water that left `from` (a cell) over link k: to the cell beyond, or out of the model. late: kept aside. */
void eco__deliver(const eco__sweep *p, uint32_t k, bool late, const double *water, double *const *mass)
{
  eco__transport_block *b = p->b;
  const eco_model *m = b->model;
  const eco__face *f = &m->faces[m->links[k]];
  bool down = (p->direction[k] > 0) != late;
  uint32_t from = down ? f->up : f->down, to = down ? f->down : f->up;
  const eco__water *w = &m->waters[m->cell_water[from]];
  bool counts = f->law != ECO__INTAKE && down && (w->out_face == m->links[k] || w->out_face == ECO__OUTSIDE);
  for (size_t s = 0; s < b->model->n_carried; s++) {
    double *place = late                    ? STATE(b->late_g, k, s)
                    : to != ECO__OUTSIDE    ? STATE(b->arrived_g, to, s)
                    : f->law == ECO__INTAKE ? CELL(b->taken_g, s)
                                            : CELL(b->left_g, s);
    double *total = STATE(b->out_g, m->cell_water[from], s);
    for (size_t l = p->first; l < p->last; l++) {
      place[l] += mass[s][l];
      total[l] += counts ? mass[s][l] : 0.0;
    }
  }
  double *total = CELL(b->out_m3, m->cell_water[from]);
  for (size_t l = p->first; l < p->last; l++)
    total[l] += counts ? water[l] : 0.0;
  if (late || to == ECO__OUTSIDE)
    return;
  double *arrived = CELL(b->arrived_m3, to);
  for (size_t l = p->first; l < p->last; l++)
    arrived[l] += water[l];
}

/* Takes from cell i over link k, early or late, the share of what is in it now: volume and mass [.][lane] of the cell. */
static void withdraw(const eco__sweep *p, uint32_t k, bool late, double *volume, double *const *mass)
{
  eco__transport_block *b = p->b;
  double *water = b->chain_work, *gone[ECO__MOST_CONSTITUENTS];
  for (size_t s = 0; s < b->model->n_carried; s++)
    gone[s] = CELL(b->chain_work, s + 1);
  double any = 0.0;
  for (size_t l = p->first; l < p->last; l++) {
    water[l] = eco__taken_m3(p, k, late, l);
    any += water[l];
  }
  if (!(any > 0))
    return;
  for (size_t s = 0; s < b->model->n_carried; s++)
    for (size_t l = p->first; l < p->last; l++) {
      double share = volume[l] > 0 ? water[l] / volume[l] : 0.0;
      share = share < 1.0 ? share : 1.0;
      gone[s][l] = mass[s][l] * share;
      mass[s][l] -= gone[s][l];
    }
  for (size_t l = p->first; l < p->last; l++) {
    double rest = volume[l] - water[l];
    volume[l] = rest > 0 ? rest : 0.0;
  }
  eco__deliver(p, k, late, water, gone);
}

/* All links that take from the cells of a chain, but its lower end in its own direction. volume is [cell of chain][lane]. */
void eco__withdraw_all(const eco__sweep *p, uint32_t chain, double *volume)
{
  eco__transport_block *b = p->b;
  const eco_model *m = b->model;
  const eco__chain *c = &m->chains[chain];
  const uint32_t *firsts[] = {b->ups_first, b->downs_first}, *lists[] = {b->ups, b->downs};
  for (int side = 0; side < 2; side++)
    for (uint32_t j = firsts[side][chain]; j < firsts[side][chain + 1]; j++) {
      uint32_t k = lists[side][j];
      const eco__face *f = &m->faces[m->links[k]];
      uint32_t cell = side == 0 ? f->up : f->down;
      bool late = (side == 0) != (p->direction[k] > 0);
      if (!c->mixed && side == 0 && !late && m->links[k] == c->end_face)
        continue;
      if (eco__is_layered(m, cell)) {
        eco__draw_from_stack(p, k, late, volume);
        continue;
      }
      double *mass[ECO__MOST_CONSTITUENTS];
      for (size_t s = 0; s < b->model->n_carried; s++)
        mass[s] = STATE(b->mass_g, cell, s);
      withdraw(p, k, late, CELL(volume, cell - c->first_cell), mass);
    }
}

/* ---- lakes, MIX-1 ---- */

static void add_rain_oxygen(const eco__sweep *p, uint32_t i, const double *rain)
{
  eco__transport_block *b = p->b;
  double *oxygen = STATE(b->mass_g, i, b->model->oxygen);
  for (size_t l = p->first; l < p->last; l++) {
    double with_rain = rain[l] * b->rain_do_mg_l[l];
    oxygen[l] += with_rain;
    b->rained_g[l] += with_rain;
  }
}

/* What comes in a step, of state s or of water; its share before or after what leaves. */
static void add_coming(const eco__sweep *p, uint32_t chain, size_t s, const double *early, bool late)
{
  eco__transport_block *b = p->b;
  uint32_t i = b->model->chains[chain].first_cell;
  double *mass = STATE(b->mass_g, i, s);
  const double *in = STATE(b->lateral_g_s, i, s), *top = STATE(b->head_g_s, chain, s),
               *came = STATE(b->arrived_g, i, s);
  for (size_t l = p->first; l < p->last; l++)
    mass[l] += (late ? 1.0 - early[l] : early[l]) * (p->dt_s * (in[l] + top[l]) + came[l]);
}

static void carry_lake(const eco__sweep *p, uint32_t chain)
{
  eco__transport_block *b = p->b;
  uint32_t i = b->model->chains[chain].first_cell;
  double *volume = CELL(b->chain_work, b->model->n_states + 1), *early = CELL(b->chain_work, b->model->n_states + 2);
  const double *old = CELL(p->h->volume_old_m3, i), *new = CELL(p->h->volume_new_m3, i);
  const double *lateral = CELL(b->lateral_m3_s, i), *rain = CELL(p->h->rained_m3, i);
  const double *head = CELL(b->head_m3_s, chain), *arrived = CELL(b->arrived_m3, i);
  for (size_t l = p->first; l < p->last; l++) {
    double coming = p->dt_s * (lateral[l] + head[l]) + arrived[l];
    early[l] = eco__early_share(coming, old[l], new[l]);
    volume[l] = old[l] + rain[l] + early[l] * coming;
  }
  for (size_t s = 0; s < b->model->n_carried; s++)
    add_coming(p, chain, s, early, false);
  if (b->model->oxygen != ECO__OUTSIDE)
    add_rain_oxygen(p, i, rain);
  eco__withdraw_all(p, chain, volume);
  for (size_t s = 0; s < b->model->n_carried; s++)
    add_coming(p, chain, s, early, true);
}

/* ---- the step ---- */

/* What ran back against its link's direction. */
static void deliver_late(const eco__sweep *p)
{
  eco__transport_block *b = p->b;
  const eco_model *m = b->model;
  for (uint32_t k = 0; k < m->n_links; k++) {
    const eco__face *f = &m->faces[m->links[k]];
    uint32_t to = p->direction[k] > 0 ? f->up : f->down;
    for (size_t s = 0; s < b->model->n_carried && to != ECO__OUTSIDE; s++) {
      uint32_t point = eco__is_layered(m, to) ? m->stacks[m->cell_stack[to]].first : to; /* the top layer */
      double *mass = STATE(b->mass_g, point, s);
      const double *late = STATE(b->late_g, k, s);
      for (size_t l = p->first; l < p->last; l++)
        mass[l] += late[l];
    }
  }
}

static void spread(const eco__sweep *p, bool begins) /* MIX-4 */
{
  const eco_model *m = p->b->model;
  for (uint32_t c = 0; c < m->n_chains; c++)
    if (m->chains[c].n_cells > 1)
      eco__spread_chain(p, c, begins);
  for (size_t k = 0; k < m->n_stacks; k++)
    eco__spread_layers(p, &m->stacks[k], begins);
}

static void sweep(const eco__sweep *p, const uint32_t *order)
{
  eco__transport_block *b = p->b;
  const eco_model *m = b->model;
  if (b->stored_g)
    eco__exchange_storage(p, p->h->volume_old_m3, 0.5 * p->dt_s);
  eco__exchange_lakes(p, p->h->volume_old_m3, 0.5 * p->dt_s, true);
  spread(p, true);
  for (size_t k = 0; k < m->n_chains; k++)
    if (eco__is_layered(m, m->chains[order[k]].first_cell))
      eco__carry_stack(p, order[k]);
    else if (m->chains[order[k]].mixed)
      carry_lake(p, order[k]);
    else
      eco__carry_chain(p, order[k]);
  deliver_late(p);
  spread(p, false);
  eco__exchange_lakes(p, p->h->volume_new_m3, 0.5 * p->dt_s, false);
  if (b->stored_g)
    eco__exchange_storage(p, p->h->volume_new_m3, 0.5 * p->dt_s);
}

static void sweep_alone(eco__sweep *p, size_t l)
{
  eco__transport_block *b = p->b;
  bool ordered = eco__transport_lane_order(b, p->h, l);
  if (!ordered) /* water runs in a circle: what runs back comes late, mass is kept, a constant is not quite */
    memset(b->direction, 1, b->model->n_links);
  p->first = l;
  p->last = l + 1;
  sweep(p, ordered ? b->lane_order : b->order);
  b->reordered++;
  b->circled += !ordered;
}

static void clear(eco__transport_block *b)
{
  const eco_model *m = b->model;
  memset(b->arrived_m3, 0, m->n_cells * b->n * sizeof(double));
  memset(b->arrived_g, 0, m->n_cells * m->n_states * b->n * sizeof(double));
  memset(b->late_g, 0, m->n_links * m->n_states * b->n * sizeof(double));
  memset(b->left_g, 0, m->n_states * b->n * sizeof(double));
  memset(b->taken_g, 0, m->n_states * b->n * sizeof(double));
  memset(b->inlet_g, 0, m->n_states * b->n * sizeof(double));
  memset(b->rained_g, 0, b->n * sizeof(double));
}

void eco__transport_step(eco__transport_block *b, const eco__hydraulics *h, double dt_s)
{
  clear(b);
  eco__sweep p = {.b = b, .h = h, .dt_s = dt_s, .direction = b->direction};
  for (size_t l = 0; l < b->n;) { /* runs of lanes that go together, and single ones that do not */
    size_t end = l;
    while (end < b->n && eco__transport_nominal(b, h, end))
      end++;
    if (end > l) {
      memset(b->direction, 1, b->model->n_links);
      p.first = l;
      p.last = end;
      sweep(&p, b->order);
    }
    if (end < b->n)
      sweep_alone(&p, end++);
    l = end;
  }
}
