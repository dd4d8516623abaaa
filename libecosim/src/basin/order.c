/* order.c -- elimination order of the cells: minimum degree on the graph of the faces (Tinney & Walker 1967, scheme 2).
 * A tree is eliminated from its leaves and gets no fill. The numeric elimination (water/eliminate.c) only follows the
 * lists made here, the same for every lane. */
#include "basin/model.h"

#include <string.h>

typedef struct edge {
  uint32_t other, id; /* entry of (lower cell, higher cell) is 2 id, the mirrored one 2 id + 1 */
} edge;

typedef struct node {
  edge *edges;
  size_t n, room;
  uint32_t before, after; /* in the list of its degree */
} node;

typedef struct graph {
  const eco_env *env;
  node *nodes;
  uint32_t *head; /* first node of each degree */
  size_t n_nodes, n_edges, least;
} graph;

static void unlink_node(graph *g, uint32_t i)
{
  node *a = &g->nodes[i];
  if (a->before != ECO__OUTSIDE)
    g->nodes[a->before].after = a->after;
  else
    g->head[a->n] = a->after;
  if (a->after != ECO__OUTSIDE)
    g->nodes[a->after].before = a->before;
}

static void link_node(graph *g, uint32_t i)
{
  node *a = &g->nodes[i];
  a->before = ECO__OUTSIDE;
  a->after = g->head[a->n];
  if (a->after != ECO__OUTSIDE)
    g->nodes[a->after].before = i;
  g->head[a->n] = i;
  if (a->n < g->least)
    g->least = a->n;
}

static uint32_t find_edge(const graph *g, uint32_t a, uint32_t b)
{
  const node *x = &g->nodes[a];
  for (size_t k = 0; k < x->n; k++)
    if (x->edges[k].other == b)
      return x->edges[k].id;
  return ECO__OUTSIDE;
}

static bool put_edge(graph *g, uint32_t a, uint32_t b, uint32_t id)
{
  node *x = &g->nodes[a];
  void *data = x->edges;
  bool ok = eco__grow(g->env, &data, &x->room, x->n + 1, sizeof(edge));
  x->edges = data;
  if (ok)
    x->edges[x->n++] = (edge){b, id};
  return ok;
}

/* Joins a and b unless they are; the edge's id, or ECO__OUTSIDE when memory is out. */
static uint32_t join(graph *g, uint32_t a, uint32_t b)
{
  uint32_t id = g->nodes[a].n < g->nodes[b].n ? find_edge(g, a, b) : find_edge(g, b, a);
  if (id != ECO__OUTSIDE)
    return id;
  id = (uint32_t)g->n_edges;
  if (!put_edge(g, a, b, id) || !put_edge(g, b, a, id))
    return ECO__OUTSIDE;
  g->n_edges++;
  return id;
}

static void drop_edge(graph *g, uint32_t a, uint32_t b)
{
  node *x = &g->nodes[a];
  for (size_t k = 0; k < x->n; k++)
    if (x->edges[k].other == b) {
      memmove(&x->edges[k], &x->edges[k + 1], (x->n - k - 1) * sizeof(edge));
      x->n--;
      return;
    }
}

static uint32_t entry(uint32_t row, uint32_t column, uint32_t id)
{
  return row < column ? 2 * id : 2 * id + 1;
}

/* growing output lists */
typedef struct list {
  uint32_t *data;
  size_t n, room;
} list;

static bool push(const eco_env *env, list *l, uint32_t value)
{
  void *data = l->data;
  bool ok = eco__grow(env, &data, &l->room, l->n + 1, sizeof(uint32_t));
  l->data = data;
  if (ok)
    l->data[l->n++] = value;
  return ok;
}

typedef struct lists {
  list neighbour, row, column, update;
} lists;

/* Eliminates node p: records its neighbours and the entries that change, joins the neighbours. */
static bool eliminate(graph *g, uint32_t p, lists *out)
{
  node *x = &g->nodes[p];
  for (size_t k = 0; k < x->n; k++)
    unlink_node(g, x->edges[k].other);
  for (size_t k = 0; k < x->n; k++) {
    uint32_t i = x->edges[k].other, id = x->edges[k].id;
    drop_edge(g, i, p);
    if (!push(g->env, &out->neighbour, i) || !push(g->env, &out->row, entry(i, p, id)) ||
        !push(g->env, &out->column, entry(p, i, id)))
      return false;
  }
  for (size_t k = 0; k < x->n; k++)
    for (size_t m = 0; m < x->n; m++) {
      if (m == k)
        continue;
      uint32_t i = x->edges[k].other, j = x->edges[m].other, id = join(g, i, j);
      if (id == ECO__OUTSIDE || !push(g->env, &out->update, entry(i, j, id)))
        return false;
    }
  for (size_t k = 0; k < x->n; k++)
    link_node(g, x->edges[k].other);
  return true;
}

static uint32_t least_node(graph *g)
{
  while (g->head[g->least] == ECO__OUTSIDE)
    g->least++;
  return g->head[g->least];
}

static bool run_elimination(graph *g, lists *out, eco__pivot *pivots, uint32_t *update_first)
{
  for (size_t step = 0; step < g->n_nodes; step++) {
    g->least = 0;
    uint32_t p = least_node(g);
    unlink_node(g, p);
    pivots[step] = (eco__pivot){p, (uint32_t)out->neighbour.n, (uint32_t)g->nodes[p].n};
    update_first[step] = (uint32_t)out->update.n;
    if (!eliminate(g, p, out))
      return false;
  }
  return true;
}

static bool join_faces(graph *g, const eco__face *faces, size_t n_faces, uint32_t *up_down, uint32_t *down_up)
{
  for (size_t f = 0; f < n_faces; f++) {
    up_down[f] = down_up[f] = ECO__OUTSIDE;
    if (faces[f].down == ECO__OUTSIDE)
      continue;
    uint32_t id = join(g, faces[f].up, faces[f].down);
    if (id == ECO__OUTSIDE)
      return false;
    up_down[f] = entry(faces[f].up, faces[f].down, id);
    down_up[f] = entry(faces[f].down, faces[f].up, id);
  }
  return true;
}

static const uint32_t *keep(eco__arena *arena, const list *l)
{
  uint32_t *copy = ECO__TAKE(arena, uint32_t, l->n + 1);
  if (copy && l->n)
    memcpy(copy, l->data, l->n * sizeof(uint32_t));
  return copy;
}

static bool make(eco__arena *arena, graph *g, lists *l, const eco__face *faces, size_t n_faces, eco__order *out)
{
  size_t n = g->n_nodes;
  eco__pivot *pivots = ECO__TAKE(arena, eco__pivot, n);
  uint32_t *first = ECO__TAKE(arena, uint32_t, n);
  uint32_t *up_down = ECO__TAKE(arena, uint32_t, n_faces + 1), *down_up = ECO__TAKE(arena, uint32_t, n_faces + 1);
  if (!pivots || !first || !up_down || !down_up || !join_faces(g, faces, n_faces, up_down, down_up))
    return false;
  for (size_t i = n; i-- > 0;)
    link_node(g, (uint32_t)i);
  if (!run_elimination(g, l, pivots, first))
    return false;
  *out = (eco__order){.n_entries = 2 * g->n_edges,
                      .n_neighbours = l->neighbour.n,
                      .n_updates = l->update.n,
                      .pivots = pivots,
                      .neighbour = keep(arena, &l->neighbour),
                      .entry_row = keep(arena, &l->row),
                      .entry_column = keep(arena, &l->column),
                      .update = keep(arena, &l->update),
                      .update_first = first,
                      .face_up_down = up_down,
                      .face_down_up = down_up};
  return out->neighbour && out->entry_row && out->entry_column && out->update;
}

eco_status eco__order_make(eco__arena *arena, size_t n_cells, const eco__face *faces, size_t n_faces, eco__order *out)
{
  const eco_env *env = &arena->env;
  graph g = {.env = env, .n_nodes = n_cells};
  lists l = {0};
  size_t node_bytes = n_cells * sizeof(node), head_bytes = (n_cells + 1) * sizeof(uint32_t);
  g.nodes = eco__alloc(env, node_bytes);
  g.head = eco__alloc(env, head_bytes);
  if (g.nodes) /* also where there is no head: the nodes' edges are freed below */
    memset(g.nodes, 0, node_bytes);
  bool ok = g.nodes && g.head;
  if (ok) {
    for (size_t d = 0; d <= n_cells; d++)
      g.head[d] = ECO__OUTSIDE;
    ok = make(arena, &g, &l, faces, n_faces, out);
  }
  for (size_t i = 0; g.nodes && i < n_cells; i++)
    eco__free(env, g.nodes[i].edges, g.nodes[i].room * sizeof(edge));
  eco__free(env, g.nodes, node_bytes);
  eco__free(env, g.head, head_bytes);
  list *all[] = {&l.neighbour, &l.row, &l.column, &l.update};
  for (size_t k = 0; k < 4; k++)
    eco__free(env, all[k]->data, all[k]->room * sizeof(uint32_t));
  return ok ? ECO_OK : ECO_NO_MEMORY;
}
