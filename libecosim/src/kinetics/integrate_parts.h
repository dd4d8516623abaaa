/* integrate_parts.h -- private to integrate.c and rosenbrock.c: a block of points under way. Rows are of ECO__POINTS doubles. */
#ifndef ECO__INTEGRATE_PARTS_H
#define ECO__INTEGRATE_PARTS_H

#include "kinetics/integrate.h"

typedef struct eco__parts {
  const eco__system *s;
  const eco__plan *plan;
  const eco__tolerance *tolerance;
  size_t n;
  double dt;
  const double *const *given;
  double *y, *amount;             /* the caller's */
  double *f[4], *trial;           /* [flux] fluxes of the stages, amounts of a trial */
  double *next, *error, *nothing; /* [state] its end, its error; zeros */
  double *given_now, *prepared;
  double *t, *h, *wanted; /* time, step of the trial (0: not under way), next step */
  double *stiff, *share;
  double *rosenbrock, *work;
  eco__integrate_counts *counts;
} eco__parts;

double *eco__parts_take(double **work, size_t rows);
void eco__add_amounts(const eco__system *system, const double *from, const double *amount, double *to);
const double *eco__prepared_at(const eco__parts *parts, const double *share, bool for_slopes);
void eco__fluxes_at(const eco__parts *parts, const double *y, double after, double *flux); /* at t + after h */
void eco__limit(const eco__parts *parts, const double *y, double *amount, double *next);
/* Takes or leaves trial and next of each point by its error; take[point] 1 where it was taken. */
void eco__accept(eco__parts *parts, const double *error, double *take);
bool eco__next_steps(eco__parts *parts, bool stiff);

/* ---- rosenbrock.c ---- */
size_t eco__rosenbrock_rows(const eco__system *system);
void eco__step_implicit(eco__parts *parts);

#endif
