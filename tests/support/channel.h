/* channel.h -- one chain of cells under the transport room alone, with volumes and flows as a test sets them. */
#ifndef ECO_TEST_CHANNEL_H
#define ECO_TEST_CHANNEL_H

#include "transport/transport.h"

/* A section of 1 m2 unless the test says otherwise: volumes are lengths, flows are speeds. State 0 is looked at. */
typedef struct eco_test_channel {
  size_t n;
  double dx;
  eco_model *model;
  eco__arena arena;
  eco__transport_block block;
  double *volume, *passed, *none; /* [n]; passed: the n - 1 inner faces and the end */
} eco_test_channel;

/* fixed: its inlet (DSP-4). E of spread_m2_s over all inner faces. */
eco_test_channel *eco_test_channel_make(size_t n, double dx, double spread_m2_s, bool fixed);
/* The same with dead zones: their section over that of the flowing water, and the rate of exchange. */
eco_test_channel *eco_test_channel_with_storage(size_t n, double dx, double spread_m2_s, bool fixed, double ratio,
                                                double exchange_per_s);
void eco_test_channel_free(eco_test_channel *channel);
double *eco_test_channel_mass(eco_test_channel *channel, size_t cell);
double eco_test_channel_concentration(eco_test_channel *channel, size_t cell);
double eco_test_channel_total(eco_test_channel *channel);
/* flow through every face; inlet: concentration of what comes in */
void eco_test_channel_step(eco_test_channel *channel, double dt_s, double flow_m3_s, double inlet);
void eco_test_channel_decay(eco_test_channel *channel, double factor);

#endif
