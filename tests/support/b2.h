/* b2.h -- problem B2, river kinetics of ten constituents, twice: as a graph of expressions and as hand-written C. */
#ifndef ECO_TEST_B2_H
#define ECO_TEST_B2_H

#include "kinetics/machine.h"

enum { B2_CBOD, B2_DO, B2_NH4, B2_NO3, B2_ON, B2_OP, B2_PO4, B2_A, B2_Z, B2_ISS, B2_STATES };
enum {
  B2_G1,
  B2_G2,
  B2_RE,
  B2_DE,
  B2_OX,
  B2_NI,
  B2_DN,
  B2_HN,
  B2_HP,
  B2_HZ,
  B2_AIR_IN,
  B2_AIR_OUT,
  B2_S_ON,
  B2_S_OP,
  B2_S_A,
  B2_S_Z,
  B2_S_ISS,
  B2_FLUXES
};
extern const double eco_b2_inlet[B2_STATES]; /* mg/L */

/* Forcing at d days of a 365-day year: temperature in C, light in W/m2. */
double eco_b2_temperature(double d);
double eco_b2_light(double d);

/* Stoichiometry; *n entries. */
const eco__entry *eco_b2_entries(size_t *n);
/* The rates as nodes of a graph: forcing 0 temperature (C), 1 light (W/m2). */
void eco_b2_graph(eco__graph *graph, eco__node rate[B2_FLUXES]);
/* By hand: forced rows 0 theta^(T - 20), 1 light over light + 60, 2 oxygen at saturation. Without slopes. */
extern const eco__system eco_b2_by_hand;
void eco_b2_force_by_hand(double d, double forced[3]);

#endif
