/* order.c -- in which order chains are carried: water first that others receive. The nominal order holds for every lane
 * whose links run down; a lane with a link that runs back further than its cell can give gets an order of its own. */
#include "transport/order.h"

/* chain that gives and chain that gets, for a direction; 0: the link stands still */
static void ends(const eco_model *m, uint32_t link, int8_t direction, uint32_t *from, uint32_t *to)
{
  const eco__face *f = &m->faces[m->links[link]];
  uint32_t up = m->cell_chain[f->up], down = f->down == ECO__OUTSIDE ? ECO__OUTSIDE : m->cell_chain[f->down];
  *from = direction > 0 ? up : direction < 0 ? down : ECO__OUTSIDE;
  *to = direction > 0 ? down : direction < 0 ? up : ECO__OUTSIDE;
}

bool eco__transport_order(const eco_model *m, const int8_t *direction, uint32_t *waiting, uint32_t *order)
{
  for (size_t c = 0; c < m->n_chains; c++)
    waiting[c] = 0;
  for (uint32_t k = 0; k < m->n_links; k++) {
    uint32_t from, to;
    ends(m, k, direction ? direction[k] : 1, &from, &to);
    if (from != ECO__OUTSIDE && to != ECO__OUTSIDE && from != to)
      waiting[to]++;
  }
  size_t ready = 0, done = 0;
  for (uint32_t c = 0; c < m->n_chains; c++)
    if (waiting[c] == 0)
      order[ready++] = c;
  while (done < ready) {
    uint32_t c = order[done++];
    for (uint32_t k = 0; k < m->n_links; k++) {
      uint32_t from, to;
      ends(m, k, direction ? direction[k] : 1, &from, &to);
      if (from == c && to != ECO__OUTSIDE && from != to && --waiting[to] == 0)
        order[ready++] = to;
    }
  }
  return ready == m->n_chains;
}

/* Links by chain: list[first[c]] .. list[first[c + 1] - 1]. */
bool eco__transport_links(const eco_model *m, eco__arena *arena, bool by_up, const uint32_t **first,
                          const uint32_t **list)
{
  uint32_t *start = ECO__TAKE(arena, uint32_t, m->n_chains + 1), *out = ECO__TAKE(arena, uint32_t, m->n_links + 1);
  if (!start || !out)
    return false;
  uint32_t n = 0;
  for (uint32_t c = 0; c < m->n_chains; c++) {
    start[c] = n;
    for (uint32_t k = 0; k < m->n_links; k++) {
      const eco__face *f = &m->faces[m->links[k]];
      uint32_t cell = by_up ? f->up : f->down;
      if (cell != ECO__OUTSIDE && m->cell_chain[cell] == c)
        out[n++] = k;
    }
  }
  start[m->n_chains] = n;
  *first = start;
  *list = out;
  return true;
}

/* ---- lanes ---- */

#define PASSED(k) (h->passed_m3[(size_t)m->links[k] * b->n + l])

/* What a cell gets late in one lane: over all links that run back to it. */
static double late_to(const eco__transport_block *b, const eco__hydraulics *h, uint32_t cell, size_t l)
{
  const eco_model *m = b->model;
  uint32_t chain = m->cell_chain[cell];
  double sum = 0.0;
  for (uint32_t j = b->ups_first[chain]; j < b->ups_first[chain + 1]; j++)
    if (m->faces[m->links[b->ups[j]]].up == cell && PASSED(b->ups[j]) < 0)
      sum -= PASSED(b->ups[j]);
  return sum;
}

/* A cell that gets water late must do without it until the end of the step, and without what enters along the way after the
 * remap, which is at most half of what it holds then (MIX-3). */
bool eco__transport_nominal(const eco__transport_block *b, const eco__hydraulics *h, size_t l)
{
  const eco_model *m = b->model;
  for (uint32_t k = 0; k < m->n_links; k++) {
    uint32_t up = m->faces[m->links[k]].up;
    if (PASSED(k) < 0 && 2.0 * late_to(b, h, up, l) >= h->volume_new_m3[(size_t)up * b->n + l])
      return false;
  }
  return true;
}

/* A circle always holds an intake, other links being a forest: those whose receiving cell can do without come late. */
static void delay_intakes(eco__transport_block *b, const eco__hydraulics *h, size_t l)
{
  const eco_model *m = b->model;
  for (uint32_t k = 0; k < m->n_links; k++) {
    const eco__face *f = &m->faces[m->links[k]];
    if (f->law != ECO__INTAKE || f->down == ECO__OUTSIDE || !(PASSED(k) > 0))
      continue;
    double sum = 0.0; /* of all intakes into the cell */
    uint32_t chain = m->cell_chain[f->down];
    for (uint32_t j = b->downs_first[chain]; j < b->downs_first[chain + 1]; j++) {
      const eco__face *other = &m->faces[m->links[b->downs[j]]];
      sum += other->law == ECO__INTAKE && other->down == f->down ? PASSED(b->downs[j]) : 0.0;
    }
    if (2.0 * sum < h->volume_new_m3[(size_t)f->down * b->n + l])
      b->direction[k] = 0;
  }
}

bool eco__transport_lane_order(eco__transport_block *b, const eco__hydraulics *h, size_t l)
{
  const eco_model *m = b->model;
  for (uint32_t k = 0; k < m->n_links; k++)
    b->direction[k] = PASSED(k) < 0 ? -1 : PASSED(k) > 0;
  if (eco__transport_order(m, b->direction, b->waiting, b->lane_order))
    return true;
  delay_intakes(b, h, l);
  return eco__transport_order(m, b->direction, b->waiting, b->lane_order);
}
