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
