/* system.h -- a kinetic system as the integrator sees it: states, fluxes with their stoichiometry, and how the fluxes
 * follow from the states. dy/dt = sum over fluxes of coefficient x F(y, forced). Pure: no I/O, no allocation, no clock.
 *
 * Points (a cell in a lane each) come in blocks: an array of rows of ECO__POINTS doubles, row after row, of which the first
 * n are in use. Points do not feel each other. */
#ifndef ECO__SYSTEM_H
#define ECO__SYSTEM_H

#include "base/graph.h"

enum { ECO__POINTS = 64, ECO__MOST_STATES = 48 };

typedef struct eco__slope { /* a flux that follows a state: dF/dy is not 0 everywhere */
  uint32_t flux, state;
} eco__slope;

typedef struct eco__system {
  uint32_t n_states, n_fluxes, n_entries, n_slopes;
  const eco__entry *entries; /* sorted by flux, then by state */
  const eco__slope *slopes;  /* so too */
  /* What comes from outside: the first n_varying rows may change within a step, the others are parameters. */
  uint32_t n_given, n_varying;
  size_t n_prepared, n_work; /* rows that prepare makes of it; rows that the functions below may use */
  const void *context;
  /* What the fluxes need of what is given, made once where that stands still; for_slopes: what slopes_of needs. NULL: the given
   * rows are read as they are. */
  void (*prepare)(const void *context, const double *given, bool for_slopes, double *prepared, double *work);
  /* flux[flux][point] in units a day from state[state][point]. A state may be a little below 0 on the way: the value must be
   * finite. */
  void (*fluxes)(const void *context, size_t n, const double *state, const double *prepared, double *flux,
                 double *work);
  /* slope[slope][point] = dF/dy; also gives the fluxes. NULL: not known, then nothing is integrated implicitly. */
  void (*slopes_of)(const void *context, size_t n, const double *state, const double *prepared, double *flux,
                    double *slope, double *work);
} eco__system;

#endif
