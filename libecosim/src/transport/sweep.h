/* sweep.h -- private to the transport room: one sweep over chains, lakes and links for a range of lanes. */
#ifndef ECO__TRANSPORT_SWEEP_H
#define ECO__TRANSPORT_SWEEP_H

#include "transport/transport.h"

/* Rows of chain_work before those of a chain: withdraw and lakes use them; and those of a chain, of n_cells + 3 each. */
static inline size_t eco__free_rows(size_t n_states)
{
  return 2 + n_states;
}

static inline size_t eco__chain_rows(size_t n_states)
{
  return 21 + 5 + 2 * n_states;
}

typedef struct eco__sweep { /* for lanes first..last-1 */
  eco__transport_block *b;
  const eco__hydraulics *h;
  double dt_s;
  size_t first, last;
  const int8_t *direction;
} eco__sweep;

/* rows of a block b */
#define CELL(array, i) ((array) + (size_t)(i)*b->n)
#define STATE(array, i, k) ((array) + ((size_t)(i)*b->model->n_states + (size_t)(k)) * b->n)

/* step.c: all links that take from the cells of a chain, but its lower end in its own direction; volume [cell of chain][lane]
 * is what each holds. And what left over link k: to the cell beyond, or out of the model. */
void eco__withdraw_all(const eco__sweep *sweep, uint32_t chain, double *volume);
void eco__deliver(const eco__sweep *sweep, uint32_t link, bool late, const double *water, double *const *mass);

/* chain.c */
void eco__carry_chain(const eco__sweep *sweep, uint32_t chain);
void eco__spread_chain(const eco__sweep *sweep, uint32_t chain,
                       bool begins); /* half of the step, at its start or its end */

/* storage.c, TSM-2: dt_s of exchange with dead zones; volumes [cell][lane] */
void eco__exchange_storage(const eco__sweep *sweep, const double *volumes, double dt_s);

/* enter.c, MIX-3: where along a chain the water is at the start of a step that what enters the chain's cells will meet.
 * Rows are [0 head, 1..n cells][stride]. */
typedef struct eco__enter {
  size_t n_cells, n_states, stride, first, last;
  const double
    *time; /* rows 1..n: share of the step that water takes to cross the cell; infinite where it stands or runs
                          back */
  const double *after;                  /* rows 1..n: share that the caller puts into the cell after the remap */
  double *volume;                       /* rows 0..n: what enters is added */
  double *passed;                       /* rows 1..n: and so passes the faces below it too */
  double *mass[ECO__MOST_CONSTITUENTS]; /* rows 0..n, added to */
  double
    *beyond[ECO__MOST_CONSTITUENTS]; /* rows 1..n: mass that passes a face only because it was put above it, added to */
  double *now, *next;                /* [stride] work */
} eco__enter;
/* Water[lane] and mass[state][lane] that enter cell j (1..n) evenly over the step. */
void eco__enter_cell(const eco__enter *enter, size_t j, const double *water, const double *const *mass);

#endif
