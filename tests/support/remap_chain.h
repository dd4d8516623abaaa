/* remap_chain.h -- one reach carried by volumes and flows that a test sets. */
#ifndef ECO_TEST_REMAP_CHAIN_H
#define ECO_TEST_REMAP_CHAIN_H

#include "transport/transport.h"

/* One reach of n even cells, carried by eco__transport_step with the volumes and flows of a test; constituents are
 * told apart by state. Rows count from 1, as faces do: face j is below cell j. */
typedef struct eco_test_chain {
  size_t n;
  eco_model *model;
  eco__arena arena;
  eco__transport_block block;
  double *volume, *next, *by_face, *none; /* [cell], [cell], [face], [cell] */
  double *passed;                         /* [n + 1] m3 of the step; [0] the head's */
  double head_g[ECO__N_BULK];             /* of the step */
} eco_test_chain;

eco_test_chain *eco_test_chain_open(size_t n_cells);
void eco_test_chain_close(eco_test_chain *c);
double *eco_test_chain_mass(eco_test_chain *c, size_t j, size_t state); /* of cell j, g */
double eco_test_chain_carry(eco_test_chain *c); /* a step of a second; what passed the end is returned for state 0, g */
void eco_test_chain_pass(eco_test_chain *c, double m3);
double eco_test_chain_total(eco_test_chain *c, size_t state);

#endif
