/* slopes.h -- a law's slopes against central differences of its flow. */
#ifndef ECO_TEST_SLOPES_H
#define ECO_TEST_SLOPES_H

#include "water/water.h"

typedef eco__flow (*eco_test_law)(const void *with, double up_m, double down_m);

/* Whether a level may lie so near a kink that a central difference would span it: `distances` are the levels' distances. */
bool eco_test_near_kink(const double *distances_m, size_t n);

/* The slope is the central difference, or 0 where that is negative and the law keeps the matrix an M-matrix. Returns how far a
 * difference falls below 0, over the sizes of both: 0 is monotone. */
double eco_test_slopes(eco_test_law law, const void *with, double up_m, double down_m);

#endif
