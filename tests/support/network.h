/* network.h -- small basins for tests, made through the public interface. A fault fails the test with its message.
 * All numbers are in the unit of the parameter table (SI). */
#ifndef ECO_TEST_NETWORK_H
#define ECO_TEST_NETWORK_H

#include "ecosim/ecosim.h"
#include "water/water.h"

eco_basin *eco_test_basin(void);
/* Adds an item whose place is "test:<name>". */
eco_item eco_test_item(eco_basin *basin, eco_kind kind, const char *name);
void eco_test_number(eco_basin *basin, eco_item item, const char *param, double value);
void eco_test_text(eco_basin *basin, eco_item item, const char *param, const char *value);
void eco_test_array(eco_basin *basin, eco_item item, const char *param, const double *values, size_t n);
void eco_test_monthly(eco_basin *basin, eco_item item, const char *param, double value); /* all months alike */

/* downstream NULL: leaves the model; enters_at is then not used. */
eco_item eco_test_reach(eco_basin *basin, const char *name, double length_m, double width_m, double side_slope,
                        double manning_n, double bed_up_m, double bed_down_m, const char *downstream,
                        double enters_at_m);
/* Leaves the model; its bed is given at n places. */
eco_item eco_test_surveyed(eco_basin *basin, const char *name, double length_m, double width_m, double side_slope,
                           double manning_n, const double *at_m, const double *bed_m, size_t n);
eco_item eco_test_lake(eco_basin *basin, const char *name, const double *levels_m, const double *areas_m2, size_t n,
                       double initial_level_m);
/* to NULL: out of the model. `law` is weir or gate. */
eco_item eco_test_weir(eco_basin *basin, const char *name, const char *law, const char *from, const char *to,
                       double crest_m, double width_m, double coefficient);
/* cell_m 0: the compiler's own. */
eco_model *eco_test_compile(const eco_basin *basin, double cell_m);
/* Compiles what must fail. */
eco_error eco_test_fault(const eco_basin *basin, double cell_m);

/* A block of the water room over a model, with its memory. */
typedef struct eco_test_water {
  eco_model *model;
  eco__arena arena;
  eco__water_block block;
} eco_test_water;
/* Takes over the model. Demands of intakes and dams are those of month 0. */
void eco_test_water_open(eco_test_water *water, eco_model *model, size_t n_lanes);
void eco_test_water_close(eco_test_water *water);
void eco_test_water_step(eco_test_water *water, double dt_s, double theta);
void eco_test_water_steps(eco_test_water *water, size_t n_steps, double dt_s, double theta);

/* Checks one lane after a step: volumes and levels finite, no volume below 0; what all cells hold is what they held, plus
 * lateral and rain, less evaporation and what left the model, to 1e-13 of what is held and what moved. Returns the
 * relative residual. */
double eco_test_water_check(const eco_test_water *water, size_t lane, double dt_s);

#endif
