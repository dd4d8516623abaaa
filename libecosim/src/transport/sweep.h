/* sweep.h -- private to the transport room: one sweep over chains, lakes and links for a range of lanes. */
#ifndef ECO__TRANSPORT_SWEEP_H
#define ECO__TRANSPORT_SWEEP_H

#include "transport/transport.h"

/* Rows of chain_work before those of a chain: withdraw and lakes use them; and those of a chain, of n_cells + 3 each. */
static inline size_t eco__free_rows(size_t n_states)
{
  return 3 + n_states;
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

/* MIX-1: share of what comes into a mixed water in a step that does so before anything leaves. A half is second order in time; more
 * where more comes than the water holds, so that what leaves is never short. */
static inline double eco__early_share(double coming_m3, double before_m3, double after_m3)
{
  double least = before_m3 < after_m3 ? before_m3 : after_m3;
  double share = least > 0 && coming_m3 > 0 ? 1.0 - 0.5 * least / coming_m3 : 1.0;
  return share > 0.5 || !(least > 0) ? share : 0.5;
}

/* step.c: all links that take from the cells of a chain, but its lower end in its own direction; volume [cell of chain][lane]
 * is what each holds. And what left over link k: to the cell beyond, or out of the model. */
void eco__withdraw_all(const eco__sweep *sweep, uint32_t chain, double *volume);
void eco__deliver(const eco__sweep *sweep, uint32_t link, bool late, const double *water, double *const *mass);

/* chain.c */
typedef struct eco__chain_work { /* rows of chain_work, n_cells + 3 each */
  eco__remap remap;
  double *conc, *mass, *flux, *spare; /* of one constituent at a time */
  double *inverse;                    /* 1 / volume, 0 where there is none */
  double *time;                       /* share of the step to cross a cell */
  double *after;                      /* share of what enters a cell that does so after the remap, MIX-3 */
  double *entered;                    /* [0..3][lane] work of enter.c; then rows for what enters a cell */
  double *placed[ECO__MOST_CONSTITUENTS], *beyond[ECO__MOST_CONSTITUENTS]; /* of enter.c */
  double *gone; /* [state][lane] what left over the lower end */
} eco__chain_work;

eco__chain_work eco__lay_out(const eco__sweep *sweep, const eco__chain *cells);
void eco__carry_chain(const eco__sweep *sweep, uint32_t chain);
void eco__spread_chain(const eco__sweep *sweep, uint32_t chain,
                       bool begins); /* half of the step, at its start or its end */

void eco__spread_layers(const eco__sweep *sweep, const eco__stack *stack, bool begins);

/* stack.c: a layered lake through a step; what link k takes from it, early or late, out of volume[layer][lane]. */
void eco__carry_stack(const eco__sweep *sweep, uint32_t chain);
void eco__draw_from_stack(const eco__sweep *sweep, uint32_t link, bool late, double *volume);
/* m3 that link k takes from the cell it starts from, early with its direction or late against it. */
static inline double eco__taken_m3(const eco__sweep *sweep, uint32_t link, bool late, size_t lane)
{
  double passed = sweep->h->passed_m3[(size_t)sweep->b->model->links[link] * sweep->b->n + lane];
  double along = (sweep->direction[link] > 0) != late ? passed : -passed;
  return along > 0 ? along : 0.0;
}

/* storage.c, TSM-2: dt_s of exchange with dead zones; volumes [cell][lane] */
void eco__exchange_storage(const eco__sweep *sweep, const double *volumes, double dt_s);

/* MIX-5, in halves at the start and the end of a step */
void eco__exchange_lakes(const eco__sweep *sweep, const double *volumes, double dt_s, bool begins);

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
