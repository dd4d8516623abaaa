/* integrate.h -- a kinetic system over a step: positive, element by element conserved, each point by what it needs alone. */
#ifndef ECO__INTEGRATE_H
#define ECO__INTEGRATE_H

#include "kinetics/system.h"

typedef struct eco__tolerance {
  double relative;        /* of a state, in a step of the integrator */
  const double *absolute; /* [state] besides, in the state's unit */
} eco__tolerance;

/* Made once for a system: which entries of the implicit method's matrix are not 0. Memory is the arena's. */
typedef struct eco__plan {
  const eco__system *system;
  const uint32_t *first_entry; /* [flux + 1] */
  uint32_t n_terms;            /* of the Jacobian: matrix place, slope, coefficient */
  const struct eco__term {
    uint32_t place, slope;
    double coefficient;
  } * terms;
  const bool *filled; /* [state][state] after elimination */
} eco__plan;
eco_status eco__plan_make(const eco__system *system, eco__arena *arena, eco__plan *out); /* ECO_NO_MEMORY only */

typedef struct eco__integrate_counts { /* point-steps */
  uint64_t explicit_steps, implicit_steps, rejected, last_resorts;
} eco__integrate_counts;

size_t eco__integrate_room(const eco__plan *plan); /* doubles of work */
/* state[state][point] from the start to the end of dt_d days; amount[flux][point]: integrals of the fluxes, so that the new state is
 * the old plus coefficient x amount. given: at the start, the middle and the end of the step,
 * [given][point]; three times the same rows where nothing changes. All ECO__POINTS points are integrated; rows beyond n may hold anything finite. */
void eco__integrate(const eco__plan *plan, const eco__tolerance *tolerance, size_t n, double dt_d,
                    const double *const given[3], double *state, double *amount, double *work,
                    eco__integrate_counts *counts);

#endif
