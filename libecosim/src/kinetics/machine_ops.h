/* machine_ops.h -- private to the machine: one operation over a row of points. Rows do not overlap. */
#ifndef ECO__MACHINE_OPS_H
#define ECO__MACHINE_OPS_H

#include "kinetics/machine.h"

void eco__run_rows(eco__op op, double *restrict to, const double *restrict a, const double *restrict b);
void eco__run_before(eco__op op, double *restrict to, const double *restrict a, double y); /* a row and a number */
void eco__run_after(eco__op op, double *restrict to, double x, const double *restrict b);  /* a number and a row */
void eco__run_one(eco__op op, double *restrict to, const double *restrict a);
void eco__run_where(double *restrict to, const double *restrict c, const double *restrict a, const double *restrict b);

#endif
