/* chain.c -- one chain through a step: what enters along it (enter.c), the remap (remap.c), what is taken from it (step.c),
 * and at the end of the sweep its dispersion (disperse.c). */
#include "transport/sweep.h"

#include <math.h>
#include <string.h>

eco__chain_work eco__lay_out(const eco__sweep *p, const eco__chain *c)
{
  const size_t n = p->b->n, rows = c->n_cells + 3;
  eco__chain_work w = {.remap = {.n_cells = c->n_cells, .stride = n, .first = p->first, .last = p->last}};
  double *at = p->b->chain_work + eco__free_rows(p->b->model->n_states) * n;
  double **single[] = {
    &w.remap.volume, &w.remap.passed,    &w.remap.edge,  &w.remap.left,  &w.remap.right, &w.remap.slope, &w.remap.share,
    &w.remap.start,  &w.remap.far_share, &w.remap.reach, &w.remap.whole, &w.remap.back,  &w.conc,        &w.mass,
    &w.flux,         &w.spare,           &w.inverse,     &w.time,        &w.after,       &w.entered};
  for (size_t k = 0; k < sizeof single / sizeof single[0]; k++, at += rows * n)
    *single[k] = at;
  for (size_t s = 0; s < p->b->model->n_states; s++, at += 2 * rows * n) {
    w.placed[s] = at;
    w.beyond[s] = at + rows * n;
  }
  w.remap.weights = at;
  w.gone = at + 5 * rows * n;
  return w;
}

/* Volumes and passed water of the solver; the head (boundary, and what links bring to the upper end) in row 0. */
static void fill_volumes(const eco__sweep *p, uint32_t chain, const eco__chain_work *w)
{
  eco__transport_block *b = p->b;
  const eco_model *m = b->model;
  const eco__chain *c = &m->chains[chain];
  const size_t bytes = (p->last - p->first) * sizeof(double);
  for (uint32_t j = 0; j < c->n_cells; j++) {
    memcpy(CELL(w->remap.volume, j + 1) + p->first, CELL(p->h->volume_old_m3, c->first_cell + j) + p->first, bytes);
    if (j + 1 < c->n_cells)
      memcpy(CELL(w->remap.passed, j + 1) + p->first,
             CELL(p->h->passed_m3, m->chain_faces[c->first_face + j]) + p->first, bytes);
  }
  const double *head = CELL(b->head_m3_s, chain), *arrived = CELL(b->arrived_m3, c->first_cell);
  double *end = CELL(w->remap.passed, c->n_cells);
  const double *passed = c->end_face == ECO__OUTSIDE ? NULL : CELL(p->h->passed_m3, c->end_face);
  for (size_t l = p->first; l < p->last; l++) {
    w->remap.volume[l] = p->dt_s * head[l] + arrived[l];
    end[l] = passed && passed[l] > 0 ? passed[l] : 0.0;
  }
  for (uint32_t j = 1; j <= c->n_cells; j++) {
    const double *volume = CELL(w->remap.volume, j), *out = CELL(w->remap.passed, j);
    double *time = CELL(w->time, j);
    for (size_t l = p->first; l < p->last; l++)
      time[l] = out[l] > 0 ? volume[l] / out[l] : INFINITY;
  }
  for (size_t s = 0; s < b->model->n_carried; s++) {
    for (uint32_t j = 0; j <= c->n_cells; j++) {
      memset(CELL(w->placed[s], j) + p->first, 0, bytes);
      memset(CELL(w->beyond[s], j) + p->first, 0, bytes);
    }
    const double *top = STATE(b->head_g_s, chain, s), *came = STATE(b->arrived_g, c->first_cell, s);
    for (size_t l = p->first; l < p->last; l++)
      w->placed[s][l] = p->dt_s * top[l] + came[l];
  }
}

/* Rows of 1 / volume. */
static void invert(const eco__sweep *p, uint32_t n_cells, const double *volumes, double *inverses)
{
  const eco__transport_block *b = p->b;
  for (uint32_t j = 0; j < n_cells; j++) {
    const double *volume = CELL(volumes, j);
    double *inverse = CELL(inverses, j);
    for (size_t l = p->first; l < p->last; l++)
      inverse[l] = volume[l] > ECO__NOTHING_M3 ? 1.0 / volume[l] : 0.0;
  }
}

/* Runoff, sources and tributaries of each cell; tributaries of the first are the head's. */
static void fill_entering(const eco__sweep *p, uint32_t chain, const eco__chain_work *w)
{
  eco__transport_block *b = p->b;
  const eco__chain *c = &b->model->chains[chain];
  eco__enter e = {.n_cells = c->n_cells,
                  .n_states = b->model->n_carried,
                  .stride = b->n,
                  .first = p->first,
                  .last = p->last,
                  .time = w->time,
                  .after = w->after,
                  .volume = w->remap.volume,
                  .passed = w->remap.passed};
  for (size_t s = 0; s < b->model->n_carried; s++) {
    e.mass[s] = w->placed[s];
    e.beyond[s] = w->beyond[s];
  }
  e.now = w->entered;
  e.next = w->entered + b->n;
  double *water = CELL(w->conc, 0); /* rows of conc are free until the remap */
  const double *mass[ECO__MOST_CONSTITUENTS];
  for (uint32_t j = 0; j < c->n_cells; j++) {
    uint32_t i = c->first_cell + j;
    const double *lateral = CELL(b->lateral_m3_s, i), *arrived = CELL(b->arrived_m3, i), more = j > 0 ? 1.0 : 0.0;
    double any = 0.0;
    const double *end = CELL(p->h->volume_new_m3, i), *time = CELL(w->time, j + 1);
    double *after = CELL(w->after, j + 1);
    for (size_t l = p->first; l < p->last; l++) {
      water[l] = p->dt_s * lateral[l] + more * arrived[l];
      any += water[l];
      double kept = end[l] > 0 ? end[l] : 0.0;            /* a cell that ran dry may be a rounding below 0 */
      double share = time[l] < 1.0 ? 0.5 * time[l] : 0.5; /* MIX-3, but no more than half of what the cell keeps */
      after[l] = share * water[l] > 0.5 * kept ? 0.5 * kept / water[l] : share;
    }
    for (size_t s = 0; s < b->model->n_carried; s++) {
      const double *in = STATE(b->lateral_g_s, i, s), *came = STATE(b->arrived_g, i, s);
      double *to = CELL(b->chain_work, s);
      mass[s] = to;
      for (size_t l = p->first; l < p->last; l++) {
        to[l] = p->dt_s * in[l] + more * came[l];
        any += to[l];
      }
    }
    if (any > 0)
      eco__enter_cell(&e, j + 1, water, mass);
  }
  invert(p, c->n_cells, CELL(w->remap.volume, 1), w->inverse);
}

/* Mass and concentration of one constituent as they meet the remap. */
static void fill_masses(const eco__sweep *p, uint32_t chain, size_t s, const eco__chain_work *w)
{
  eco__transport_block *b = p->b;
  const eco__chain *c = &b->model->chains[chain];
  for (uint32_t j = 0; j < c->n_cells; j++) {
    const double *has = STATE(b->mass_g, c->first_cell + j, s), *placed = CELL(w->placed[s], j + 1);
    const double *inverse = CELL(w->inverse, j);
    double *mass = CELL(w->mass, j + 1), *conc = CELL(w->conc, j + 1);
    ECO__EACH_LANE
    for (size_t l = p->first; l < p->last; l++) {
      mass[l] = has[l] + placed[l];
      conc[l] = mass[l] * inverse[l];
    }
  }
  memcpy(w->mass + p->first, w->placed[s] + p->first, (p->last - p->first) * sizeof(double));
}

/* The link of a chain's lower end, or ECO__OUTSIDE. */
static uint32_t end_link(const eco__transport_block *b, uint32_t chain)
{
  uint32_t face = b->model->chains[chain].end_face;
  for (uint32_t j = b->ups_first[chain]; j < b->ups_first[chain + 1]; j++)
    if (b->model->links[b->ups[j]] == face)
      return b->ups[j];
  return ECO__OUTSIDE;
}

/* What one water gives to the next over a joint inside a chain: what passes less what passes only because it was put above
 * the joint although it enters below (`beyond`); rows NULL: water, as the solver has it. */
static void count_joints(const eco__sweep *p, const eco__chain *c, const double *rows, const double *beyond,
                         double *totals, size_t state, size_t per_water)
{
  eco__transport_block *b = p->b;
  const uint32_t *water = b->model->cell_water + c->first_cell;
  for (uint32_t j = 0; j + 1 < c->n_cells; j++) {
    if (water[j] == water[j + 1])
      continue;
    const double *row = rows ? CELL(rows, j + 1) : CELL(p->h->passed_m3, b->model->chain_faces[c->first_face + j]);
    double *total = CELL(totals, water[j] * per_water + state);
    for (size_t l = p->first; l < p->last; l++)
      total[l] += row[l] - (beyond ? CELL(beyond, j + 1)[l] : 0.0);
  }
}

/* One constituent along a chain: from the cells, through the remap, back to the cells. */
static void carry_state(const eco__sweep *p, uint32_t chain, size_t s, const eco__chain_work *w)
{
  eco__transport_block *b = p->b;
  const eco__chain *c = &b->model->chains[chain];
  const size_t bytes = (p->last - p->first) * sizeof(double);
  fill_masses(p, chain, s, w);
  eco__remap_carry(&w->remap, w->conc, w->mass, w->flux);
  for (uint32_t j = 0; j < c->n_cells; j++) {
    uint32_t i = c->first_cell + j;
    const double *in = STATE(b->lateral_g_s, i, s), *came = STATE(b->arrived_g, i, s), more = j > 0 ? 1.0 : 0.0;
    const double *mass = CELL(w->mass, j + 1), *after = CELL(w->after, j + 1);
    double *to = STATE(b->mass_g, i, s);
    ECO__EACH_LANE
    for (size_t l = p->first; l < p->last; l++)
      to[l] = mass[l] + after[l] * (p->dt_s * in[l] + more * came[l]);
  }
  memcpy(CELL(w->gone, s) + p->first, CELL(w->flux, c->n_cells) + p->first, bytes);
  count_joints(p, c, w->flux, w->beyond[s], b->out_g, s, b->model->n_states);
}

void eco__carry_chain(const eco__sweep *p, uint32_t chain)
{
  eco__transport_block *b = p->b;
  const eco__chain *c = &b->model->chains[chain];
  eco__chain_work w = eco__lay_out(p, c);
  fill_volumes(p, chain, &w);
  fill_entering(p, chain, &w);
  eco__remap_prepare(&w.remap);
  for (size_t s = 0; s < b->model->n_carried; s++)
    carry_state(p, chain, s, &w);
  count_joints(p, c, NULL, NULL, b->out_m3, 0, 1);
  double *gone[ECO__MOST_CONSTITUENTS];
  for (size_t s = 0; s < b->model->n_carried; s++)
    gone[s] = CELL(w.gone, s);
  uint32_t end = end_link(b, chain);
  if (end != ECO__OUTSIDE && p->direction[end] > 0) /* 0: it stands still, as a shut gate does */
    eco__deliver(p, end, false, CELL(w.remap.passed, c->n_cells), gone);
  double *volume = w.spare; /* after the remap */
  for (uint32_t j = 0; j < c->n_cells; j++) {
    const double *before = CELL(w.remap.volume, j + 1), *out = CELL(w.remap.passed, j + 1), more = j > 0 ? 1.0 : 0.0;
    const double *in = j ? CELL(w.remap.passed, j) : w.remap.volume, *after = CELL(w.after, j + 1);
    const double *lateral = CELL(b->lateral_m3_s, c->first_cell + j), *arrived = CELL(b->arrived_m3, c->first_cell + j);
    for (size_t l = p->first; l < p->last; l++)
      CELL(volume, j)[l] = before[l] + in[l] - out[l] + after[l] * (p->dt_s * lateral[l] + more * arrived[l]);
  }
  eco__withdraw_all(p, chain, volume);
}

/* DSP-4: the rows of a chain's fixed inlet in `w`: spread, early, late; whether it has one. */
static bool find_inlet(const eco__sweep *p, uint32_t chain, const eco__chain_work *w, eco__dispersion *d)
{
  eco__transport_block *b = p->b;
  const eco__chain *c = &b->model->chains[chain];
  if (!b->model->waters[b->model->cell_water[c->first_cell]].fixed_inlet)
    return false;
  const double *head = CELL(b->head_m3_s, chain), *first = CELL(b->spread_m3_s, c->first_cell);
  double *spread = w->entered;
  for (size_t l = p->first; l < p->last; l++) {
    bool enters = head[l] > 0 && d->volume[l] > ECO__NOTHING_M3;
    double courant = enters ? head[l] * p->dt_s / d->volume[l] : 0.0, far = courant > 0.5 ? courant : 0.5;
    spread[l] = enters ? first[l] / far * p->dt_s / d->dt_s : 0.0; /* of the whole step */
  }
  d->inlet_spread = spread;
  d->inlet_early = w->entered + b->n;
  d->inlet_late = w->entered + 2 * b->n;
  return true;
}

/* Half a step over the cells of a chain, or over the layers of a lake, where `chain` is ECO__OUTSIDE. */
static void spread_cells(const eco__sweep *p, const eco__chain *c, uint32_t chain, bool begins)
{
  eco__transport_block *b = p->b;
  const size_t row = (size_t)c->first_cell * b->n;
  double any = 0.0;
  for (uint32_t j = 0; j < c->n_cells; j++)
    for (size_t l = p->first; l < p->last; l++)
      any += CELL(b->spread_m3_s, c->first_cell + j)[l];
  if (!(any > 0))
    return;
  const eco__chain_work w = eco__lay_out(p, c);
  eco__dispersion d = {.n_cells = c->n_cells,
                       .stride = b->n,
                       .first = p->first,
                       .last = p->last,
                       .dt_s = 0.5 * p->dt_s, /* MIX-4 */
                       .volume = (begins ? p->h->volume_old_m3 : p->h->volume_new_m3) + row,
                       .spread = b->spread_m3_s + row,
                       .early = w.remap.edge,
                       .upper = w.remap.left,
                       .pivot = w.remap.right};
  const bool fixed = begins && chain != ECO__OUTSIDE && find_inlet(p, chain, &w, &d);
  eco__disperse_prepare(&d);
  invert(p, c->n_cells, d.volume, w.inverse);
  for (size_t s = 0; s < b->model->n_carried; s++) {
    double *conc = w.conc, *inlet = w.flux;
    for (uint32_t j = 0; j < c->n_cells; j++) {
      const double *mass = STATE(b->mass_g, c->first_cell + j, s), *inverse = CELL(w.inverse, j);
      double *out = CELL(conc, j);
      for (size_t l = p->first; l < p->last; l++)
        out[l] = mass[l] * inverse[l];
    }
    for (size_t l = p->first; fixed && l < p->last; l++) {
      double head = CELL(b->head_m3_s, chain)[l];
      inlet[l] = head > 0 ? STATE(b->head_g_s, chain, s)[l] / head : 0.0;
    }
    eco__disperse(&d, conc, inlet, CELL(b->inlet_g, s), w.spare);
    for (uint32_t j = 0; j < c->n_cells; j++) {
      double *mass = STATE(b->mass_g, c->first_cell + j, s);
      const double *volume = CELL(d.volume, j), *in = CELL(conc, j);
      const double *e0 = CELL(d.spread, j ? j - 1 : 0), *e1 = CELL(d.spread, j);
      for (size_t l = p->first; l < p->last; l++)
        mass[l] =
          (j && e0[l] > 0) || e1[l] > 0 ? volume[l] * in[l] : mass[l]; /* a cell that spreads nothing keeps its mass */
    }
  }
}

void eco__spread_chain(const eco__sweep *p, uint32_t chain, bool begins)
{
  spread_cells(p, &p->b->model->chains[chain], chain, begins);
}

void eco__spread_layers(const eco__sweep *p, const eco__stack *stack, bool begins)
{
  const eco__chain layers = {.first_cell = stack->first, .n_cells = stack->n};
  spread_cells(p, &layers, ECO__OUTSIDE, begins);
}
