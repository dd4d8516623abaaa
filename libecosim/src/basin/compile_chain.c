/* compile_chain.c -- how cells hang together once the faces are known: chains, cut where water leaves for a way of its own and
 * comes back; links between chains; cells that a channel goes straight through.
 *
 * A chain is carried as one, upstream to downstream. Where two ways lead from one place to another, what leaves a chain half-way
 * must be able to enter what follows it: the chain is cut there, and each part is carried when its water has come. */
#include "basin/compile.h"

#define FALL_M 0.01 /* m: a drop of the bed beyond the slope from which it is a fall */

static bool beside(const eco__face *f) /* does not push back: no loop of waters */
{
  return f->down == ECO__OUTSIDE || f->law == ECO__INTAKE;
}

/* From a cell to the next of its chain: along a water, or over the joint to the next. */
static bool in_stem(const eco__compiler *c, const eco__face *f)
{
  if (f->down != f->up + 1 || f->law == ECO__INTAKE)
    return false;
  uint32_t w = c->cell_water[f->up];
  return (f->law == ECO__CHANNEL && c->cell_water[f->down] == w) ||
         (c->next[w] == c->cell_water[f->down] && &c->faces[c->waters[w].out_face] == f);
}

/* Marks the faces that are no part of a loop: dead ends are taken off, again and again. */
static void mark_dead_ends(const eco__compiler *c, uint32_t *ways, uint8_t *dead)
{
  const eco_model *m = c->model;
  for (size_t f = 0; f < m->n_faces; f++) {
    dead[f] = beside(&c->faces[f]);
    if (!dead[f]) {
      ways[c->faces[f].up]++;
      ways[c->faces[f].down]++;
    }
  }
  for (bool more = true; more;) {
    more = false;
    for (size_t k = 0; k < m->n_faces; k++) { /* from both ends: long dead ends go in one sweep */
      const size_t sides[2] = {k, m->n_faces - 1 - k};
      for (int s = 0; s < 2; s++) {
        const eco__face *f = &c->faces[sides[s]];
        if (dead[sides[s]] || (ways[f->up] > 1 && ways[f->down] > 1))
          continue;
        dead[sides[s]] = 1;
        ways[f->up]--;
        ways[f->down]--;
        more = true;
      }
    }
  }
}

/* Marks the cells after which a chain ends: where a way of a loop that is not the chain's own leaves or comes in. */
static void mark_cuts(const eco__compiler *c, const uint8_t *dead, uint8_t *cut)
{
  const eco_model *m = c->model;
  for (size_t k = 0; k < m->n_faces; k++) {
    const eco__face *f = &c->faces[k];
    if (dead[k] || in_stem(c, f))
      continue;
    cut[f->up] = 1;
    if (m->chains[c->cell_chain[f->down]].first_cell != f->down)
      cut[f->down] = 1;
  }
}

/* Chains anew from the marks: cells keep their places. */
static void cut_chains(eco__compiler *c)
{
  eco_model *m = c->model;
  uint32_t *ways = ECO__COMPILER_TAKE(c, uint32_t, m->n_cells);
  uint8_t *dead = ECO__COMPILER_TAKE(c, uint8_t, m->n_faces), *cut = ECO__COMPILER_TAKE(c, uint8_t, m->n_cells);
  eco__chain *chains = ECO__COMPILER_TAKE(c, eco__chain, m->n_cells);
  if (!ways || !dead || !cut || !chains)
    return;
  mark_dead_ends(c, ways, dead);
  mark_cuts(c, dead, cut);
  size_t n = 0;
  for (size_t k = 0; k < m->n_chains; k++) {
    const eco__chain *old = &m->chains[k];
    for (uint32_t i = old->first_cell; i < old->first_cell + old->n_cells; i++) {
      if (i == old->first_cell || cut[i - 1])
        chains[n++] = (eco__chain){.first_cell = i, .mixed = old->mixed};
      chains[n - 1].n_cells++;
      c->cell_chain[i] = (uint32_t)(n - 1);
    }
  }
  m->chains = c->chains = chains;
  m->n_chains = n;
}

/* Cells that a channel goes straight through: two faces, one in and one out, both channels; or the last, with the outlet at normal
 * depth as the one out, which is no channel face. Intakes are beside it. */
static void find_straight_cells(eco__compiler *c)
{
  eco_model *m = c->model;
  uint32_t *above = ECO__COMPILER_TAKE(c, uint32_t, m->n_cells), *below = ECO__COMPILER_TAKE(c, uint32_t, m->n_cells);
  uint32_t *count = ECO__COMPILER_TAKE(c, uint32_t, m->n_cells), *ends = ECO__COMPILER_TAKE(c, uint32_t, m->n_cells);
  bool *joins = ECO__COMPILER_TAKE(c, bool, m->n_cells);
  if (!above || !below || !count || !ends || !joins)
    return;
  for (uint32_t i = 0; i < m->n_cells; i++)
    above[i] = below[i] = ECO__OUTSIDE;
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &c->faces[f];
    if (face->law == ECO__INTAKE)
      continue;
    count[face->up]++;
    ends[face->up] += face->law == ECO__NORMAL || face->law == ECO__STAGE;
    if (face->down != ECO__OUTSIDE)
      count[face->down]++;
    bool falls = face->down != ECO__OUTSIDE && face->floor_m > c->cell_bed[face->down] + FALL_M;
    if (face->law != ECO__CHANNEL || falls) /* a fall ends what the water carries */
      continue;
    below[face->up] = f;
    above[face->down] = f;
  }
  for (uint32_t i = 0; i < m->n_cells; i++)
    if (count[i] != 2 || c->cell_table[i] != ECO__OUTSIDE || above[i] == ECO__OUTSIDE ||
        (below[i] == ECO__OUTSIDE && !ends[i]))
      above[i] = below[i] = ECO__OUTSIDE;
  for (uint32_t i = 0; i < m->n_cells; i++)
    joins[i] = count[i] > 2;
  m->cell_joins = joins;
  m->cell_above = above;
  m->cell_below = below;
}

/* Chains get their inner faces in the order of their cells; everything else is a link. */
static void sort_faces(eco__compiler *c)
{
  eco_model *m = c->model;
  uint32_t *inner = ECO__COMPILER_TAKE(c, uint32_t, m->n_cells), *links = ECO__COMPILER_TAKE(c, uint32_t, m->n_faces);
  if (!inner || !links)
    return;
  uint32_t n = 0;
  for (size_t k = 0; k < m->n_chains; k++) {
    eco__chain *chain = &c->chains[k];
    chain->first_face = n;
    n += chain->n_cells - 1;
    uint32_t last = chain->first_cell + chain->n_cells - 1;
    const eco__water *w = &c->waters[c->cell_water[last]];
    chain->end_face = last + 1 == w->first_cell + w->n_cells ? w->out_face : ECO__OUTSIDE;
  }
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &c->faces[f];
    eco__chain *chain = &c->chains[c->cell_chain[face->up]];
    bool stem = in_stem(c, face);
    if (stem && c->cell_chain[face->up] == c->cell_chain[face->down]) {
      inner[chain->first_face + (face->up - chain->first_cell)] = f;
      continue;
    }
    if (stem)
      chain->end_face = f;
    links[m->n_links++] = f;
  }
  m->chain_faces = inner;
  m->links = links;
}

static eco_item item_of_face(const eco__compiler *c, const eco__face *f)
{
  eco_item item;
  if (f->structure != ECO__OUTSIDE &&
      eco_basin_find(c->basin, c->model->structures[f->structure].name, &item, NULL) == ECO_OK)
    return item;
  uint32_t down = f->down == ECO__OUTSIDE ? ECO__OUTSIDE : c->cell_water[f->down];
  bool branch = down != ECO__OUTSIDE && c->branches_from[down] == c->cell_water[f->up];
  return c->water_items[branch ? down : c->cell_water[f->up]];
}

/* Links as they are described must not lead in a circle: there would be no order to carry the chains in. */
static void refuse_circles(eco__compiler *c)
{
  eco_model *m = c->model;
  uint32_t *waiting = ECO__COMPILER_TAKE(c, uint32_t, m->n_chains),
           *first = ECO__COMPILER_TAKE(c, uint32_t, m->n_chains + 1);
  uint32_t *ready = ECO__COMPILER_TAKE(c, uint32_t, m->n_chains), *from = ECO__COMPILER_TAKE(c, uint32_t, m->n_links);
  if (!waiting || !first || !ready || !from)
    return;
  for (size_t k = 0; k < m->n_links; k++) { /* links by the chain that gives */
    const eco__face *f = &c->faces[m->links[k]];
    first[c->cell_chain[f->up] + 1]++;
    if (f->down != ECO__OUTSIDE && c->cell_chain[f->down] != c->cell_chain[f->up])
      waiting[c->cell_chain[f->down]]++;
  }
  for (size_t k = 0; k < m->n_chains; k++)
    first[k + 1] += first[k];
  for (size_t k = m->n_links; k-- > 0;)
    from[--first[c->cell_chain[c->faces[m->links[k]].up] + 1]] = m->links[k];
  size_t n = 0;
  for (uint32_t k = 0; k < m->n_chains; k++)
    if (waiting[k] == 0)
      ready[n++] = k;
  for (size_t done = 0; done < n; done++) {
    uint32_t chain = ready[done];
    size_t last = chain + 2 <= m->n_chains ? first[chain + 2] : m->n_links;
    for (size_t k = first[chain + 1]; k < last; k++) {
      const eco__face *f = &c->faces[from[k]];
      if (f->down != ECO__OUTSIDE && c->cell_chain[f->down] != chain && --waiting[c->cell_chain[f->down]] == 0)
        ready[n++] = c->cell_chain[f->down];
    }
  }
  for (size_t k = m->n_links;
       k-- > 0 && n < m->n_chains;) { /* branches are the last: they close a circle, reaches are there */
    const eco__face *f = &c->faces[m->links[k]];
    if (f->down == ECO__OUTSIDE || waiting[c->cell_chain[f->up]] == 0 || waiting[c->cell_chain[f->down]] == 0 ||
        c->cell_water[f->up] == c->cell_water[f->down])
      continue;
    eco_item item = item_of_face(c, f);
    eco__fault(c, item, ECO_INVALID,
               "%s '%s' leads from '%s' to '%s', and other waters lead back: a circle; turn one of them",
               eco__word_of(c, item), eco__item_name(c->basin, item), c->waters[c->cell_water[f->up]].name,
               c->waters[c->cell_water[f->down]].name);
    return;
  }
}

void eco__compile_chains(eco__compiler *c)
{
  cut_chains(c);
  if (!c->no_memory)
    find_straight_cells(c);
  if (!c->no_memory)
    sort_faces(c);
  if (!c->no_memory)
    refuse_circles(c);
}
