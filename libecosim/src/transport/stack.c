/* stack.c -- a layered lake through a step: what enters finds its level, what leaves is drawn from some layers, and the layers are laid
 * anew.
 *
 *   LAY-1  N layers of equal thickness between bed and level; their volumes by the lake's table
 *   LAY-4  water that enters swells its layer, water that leaves shrinks those it is drawn from; then the layers of LAY-1 are cut from
 *          that by the remap (RMP-1..5) in volume counted from the top: no water is mixed with its neighbour but by being in one
 *          layer with it
 *
 * All that comes in a step enters at one level, by the temperature that it has together. Rain falls on the top layer, evaporation takes
 * from its water and leaves what is in it. */
#include "transport/column.h"
#include "transport/sweep.h"

#include <math.h>
#include <string.h>

#define LAYER(base, k) CELL(base, (size_t)(k) + 1) /* row 0 is the head's, which a stack has not */

static const eco__stack *stack_of(const eco__sweep *p, uint32_t cell)
{
  return &p->b->model->stacks[p->b->model->cell_stack[cell]];
}

/* Densities of one lane's layers as they are now. */
static void find_density(const eco__sweep *p, const eco__stack *s, const double *volume, size_t l, double *density)
{
  const eco__transport_block *b = p->b;
  for (uint32_t k = 0; k < s->n; k++) {
    double v = LAYER(volume, k)[l], heat = STATE(b->mass_g, s->first + k, b->model->heat)[l];
    density[k] = eco__water_density(v > ECO__NOTHING_M3 ? heat / v : 0.0);
  }
}

/* Runoff, sources, boundary and tributaries of a lane. */
static double coming_m3(const eco__sweep *p, uint32_t chain, const eco__stack *s, size_t l)
{
  const eco__transport_block *b = p->b;
  return p->dt_s * (CELL(b->lateral_m3_s, s->cell)[l] + CELL(b->head_m3_s, chain)[l]) + CELL(b->arrived_m3, s->cell)[l];
}

static double coming_g(const eco__sweep *p, uint32_t chain, const eco__stack *s, size_t state, size_t l)
{
  const eco__transport_block *b = p->b;
  return p->dt_s * (STATE(b->lateral_g_s, s->cell, state)[l] + STATE(b->head_g_s, chain, state)[l]) +
         STATE(b->arrived_g, s->cell, state)[l];
}

/* The layer that they enter (LAY-2); loads that come without water, the top. */
static size_t level_of(const eco__sweep *p, uint32_t chain, const eco__stack *s, const double *volume, size_t l)
{
  double density[ECO__MOST_LAYERS], water = coming_m3(p, chain, s, l);
  if (!(water > ECO__NOTHING_M3))
    return 0;
  find_density(p, s, volume, l, density);
  double heat = coming_g(p, chain, s, p->b->model->heat, l);
  return eco__column_level(s->n, density, eco__water_density(heat / water));
}

/* A share of what comes, before or after what leaves (MIX-1). */
static void enter(const eco__sweep *p, uint32_t chain, const eco__stack *s, double *volume, double *early, bool late)
{
  eco__transport_block *b = p->b;
  const eco_model *m = b->model;
  for (size_t l = p->first; l < p->last; l++) {
    size_t at = level_of(p, chain, s, volume, l);
    double water = coming_m3(p, chain, s, l), old = CELL(p->h->volume_old_m3, s->first + at)[l];
    early[l] = late ? early[l] : eco__early_share(water, old, CELL(p->h->volume_new_m3, s->first + at)[l]);
    double share = late ? 1.0 - early[l] : early[l];
    LAYER(volume, at)[l] += share * water;
    for (size_t k = 0; k < m->n_carried; k++)
      STATE(b->mass_g, s->first + at, k)[l] += share * coming_g(p, chain, s, k, l);
  }
}

static void rain(const eco__sweep *p, const eco__stack *s, double *volume)
{
  eco__transport_block *b = p->b;
  const double *rained = CELL(p->h->rained_m3, s->cell);
  for (size_t l = p->first; l < p->last; l++) {
    LAYER(volume, 0)[l] += rained[l];
    if (b->model->oxygen == ECO__OUTSIDE)
      continue;
    double oxygen = rained[l] * b->rain_do_mg_l[l];
    STATE(b->mass_g, s->first, b->model->oxygen)[l] += oxygen;
    b->rained_g[l] += oxygen;
  }
}

/* What a lane's link draws, by LAY-3; taken from the layers, added up in gone[state]. volume: rows of LAYER. */
static void draw_lane(const eco__sweep *p, uint32_t k, const eco__stack *s, double wanted, double *volume,
                      double *const *gone, size_t l)
{
  eco__transport_block *b = p->b;
  const eco_model *m = b->model;
  const eco__face *f = &m->faces[m->links[k]];
  double density[ECO__MOST_LAYERS], middle[ECO__MOST_LAYERS], share[ECO__MOST_LAYERS], taken[ECO__MOST_LAYERS];
  double has[ECO__MOST_LAYERS], level = CELL(p->h->level_m, s->cell)[l];
  double thick = (level - m->cell_bed_m[s->cell]) / s->n;
  double opening = f->structure != ECO__OUTSIDE && f->up == s->cell ? m->structures[f->structure].draws_m : NAN;
  opening = opening < level ? opening : level; /* NaN: the surface */
  find_density(p, s, volume, l, density);
  for (uint32_t j = 0; j < s->n; j++) {
    middle[j] = level - (j + 0.5) * thick;
    has[j] = LAYER(volume, j)[l];
  }
  eco__column_draw(s->n, density, middle, thick, opening, wanted / p->dt_s, share);
  eco__column_take(s->n, has, wanted, share, taken);
  for (uint32_t j = 0; j < s->n; j++) {
    double part = has[j] > 0 ? taken[j] / has[j] : 0.0;
    LAYER(volume, j)[l] = has[j] - taken[j];
    for (size_t q = 0; q < m->n_carried; q++) {
      double *held = STATE(b->mass_g, s->first + j, q) + l, went = *held * part;
      *held -= went;
      gone[q][l] += went;
    }
  }
}

void eco__draw_from_stack(const eco__sweep *p, uint32_t k, bool late, double *volume)
{
  eco__transport_block *b = p->b;
  const eco_model *m = b->model;
  const eco__face *f = &m->faces[m->links[k]];
  const eco__stack *s = stack_of(p, (p->direction[k] > 0) != late ? f->up : f->down);
  double *water = b->chain_work, *gone[ECO__MOST_CONSTITUENTS], any = 0.0;
  for (size_t q = 0; q < m->n_carried; q++) {
    gone[q] = CELL(b->chain_work, q + 1);
    memset(gone[q] + p->first, 0, (p->last - p->first) * sizeof(double));
  }
  for (size_t l = p->first; l < p->last; l++) {
    water[l] = eco__taken_m3(p, k, late, l);
    any += water[l];
    if (water[l] > 0)
      draw_lane(p, k, s, water[l], volume - b->n, gone, l);
  }
  if (any > 0)
    eco__deliver(p, k, late, water, gone);
}

/* The layers hold together what the solver says: evaporation has left the top, what comes late is still to come there. */
static void settle_volume(const eco__sweep *p, const eco__stack *s, double *volume)
{
  const eco__transport_block *b = p->b;
  for (size_t l = p->first; l < p->last; l++) {
    double all = 0.0, now = 0.0;
    for (uint32_t k = 0; k < s->n; k++) {
      all += CELL(p->h->volume_new_m3, s->first + k)[l];
      now += LAYER(volume, k)[l];
    }
    double *top = &LAYER(volume, 0)[l], more = all - now;
    if (*top + 2.0 * more > 0)
      *top += more;
    else
      for (uint32_t k = 0; k < s->n; k++)
        LAYER(volume, k)[l] *= now > 0 ? all / now : 0.0;
  }
}

/* LAY-4: the faces between the layers pass downwards what is above them beyond the new layers. */
static void fill_passed(const eco__sweep *p, const eco__stack *s, const eco__remap *r)
{
  const eco__transport_block *b = p->b;
  memset(r->volume + p->first, 0, (p->last - p->first) * sizeof(double));
  for (size_t l = p->first; l < p->last; l++) {
    double passed = 0.0;
    for (uint32_t k = 0; k < s->n; k++) {
      passed += LAYER(r->volume, k)[l] - CELL(p->h->volume_new_m3, s->first + k)[l];
      LAYER(r->passed, k)[l] = k + 1 < s->n ? passed : 0.0; /* the rest is round-off */
    }
  }
}

static void lay_anew(const eco__sweep *p, const eco__stack *s, const eco__chain_work *w)
{
  eco__transport_block *b = p->b;
  fill_passed(p, s, &w->remap);
  eco__remap_prepare(&w->remap);
  for (size_t q = 0; q < b->model->n_carried; q++) {
    memset(w->mass + p->first, 0, (p->last - p->first) * sizeof(double));
    for (uint32_t k = 0; k < s->n; k++) {
      const double *held = STATE(b->mass_g, s->first + k, q), *volume = LAYER(w->remap.volume, k);
      double *mass = LAYER(w->mass, k), *conc = LAYER(w->conc, k);
      for (size_t l = p->first; l < p->last; l++) {
        mass[l] = held[l];
        conc[l] = volume[l] > ECO__NOTHING_M3 ? held[l] / volume[l] : 0.0;
      }
    }
    eco__remap_carry(&w->remap, w->conc, w->mass, w->flux);
    for (uint32_t k = 0; k < s->n; k++)
      memcpy(STATE(b->mass_g, s->first + k, q) + p->first, LAYER(w->mass, k) + p->first,
             (p->last - p->first) * sizeof(double));
  }
}

void eco__carry_stack(const eco__sweep *p, uint32_t chain)
{
  eco__transport_block *b = p->b;
  const eco__stack *s = stack_of(p, b->model->chains[chain].first_cell);
  const eco__chain layers = {.first_cell = s->first, .n_cells = s->n};
  const eco__chain_work w = eco__lay_out(p, &layers);
  double *volume = w.remap.volume;
  for (uint32_t k = 0; k < s->n; k++)
    memcpy(LAYER(volume, k) + p->first, CELL(p->h->volume_old_m3, s->first + k) + p->first,
           (p->last - p->first) * sizeof(double));
  enter(p, chain, s, volume, w.spare, false);
  rain(p, s, volume);
  eco__withdraw_all(p, chain, LAYER(volume, 0));
  enter(p, chain, s, volume, w.spare, true);
  settle_volume(p, s, volume);
  lay_anew(p, s, &w);
}
