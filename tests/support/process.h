/* process.h -- processes for tests, node by node; a fault fails the test. */
#ifndef ECO_TEST_PROCESS_H
#define ECO_TEST_PROCESS_H

#include "ecosim/ecosim.h"

typedef struct eco_test_builder {
  eco_basin *basin;
  eco_item process;
} eco_test_builder;

eco_test_builder eco_test_process(eco_basin *basin, const char *name);
eco_node eco_test_param(eco_test_builder b, const char *name, double value, const char *unit);
eco_node eco_test_of(eco_test_builder b, const char *constituent);
eco_node eco_test_around(eco_test_builder b, const char *word);
eco_node eco_test_op(eco_test_builder b, const char *word, eco_node x, eco_node y);
eco_process_flux eco_test_flux_of(const char *name, eco_node rate, const eco_process_part *parts, size_t n);
void eco_test_add_flux(eco_test_builder b, eco_process_flux f);
eco_item eco_test_pond(eco_basin *basin, double depth_m);

#endif
