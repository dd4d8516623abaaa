/* scenario.h -- a scenario is a dated list of changes to numbers of the basin; draws are its uncertain inputs.
 * The core knows changes, never policies. */
#ifndef ECOSIM_SCENARIO_H
#define ECOSIM_SCENARIO_H

#include "ecosim/model.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct eco_scenario eco_scenario;

ECO_API eco_status eco_scenario_create(const eco_model *model, const char *name, eco_scenario **out, eco_error *err);
ECO_API void eco_scenario_destroy(eco_scenario *scenario);

typedef enum eco_change_op {
  ECO_SET,  /* the parameter becomes `value` */
  ECO_SCALE /* the parameter is multiplied by `value` (several: by their product) */
} eco_change_op;

/* From day `from` on, reached linearly by day `until` (until <= from: at once). The unit is as in eco_basin_set_number
 * (for ECO_SCALE: a pure number). What can be changed: sources flow, conc.*, load.*, active; structures crest, capacity,
 * demand, release, hold_level, open_level, active; sites fix_rate, rev_rate, res_rate, infiltration. ECO_INVALID names
 * any other. */
ECO_API eco_status eco_scenario_change(eco_scenario *scenario, eco_day from, eco_day until, const char *item,
                                       const char *param, eco_change_op op, double value, const char *unit,
                                       const char *place, eco_error *err);

/* How an uncertain input is spread. Member m gets the number drawn from (seed, m, name): no order, no state. */
typedef enum eco_distribution { ECO_LOGNORMAL, ECO_UNIFORM, ECO_TRIANGULAR } eco_distribution;
/* A draw gives a number: for ECO_LOGNORMAL median `typical`, with 5 % below `low` or above `high` on average
 * (sigma = ln(high/low)/(2*1.645)); uniform low..high; triangular low, typical, high.
 * item "kinetics" and a rate's name: the rate becomes the number. All others are factors: item "climate" with "rain" or
 * "evaporation"; a water with "inflow" (its boundary inflow) or, a lake, with "area" (areas and volumes of its table); a
 * source `group` ("pig") or source with "load" (the loads of all sources of that group). */
typedef struct eco_draw {
  const char *item, *param;
  eco_distribution distribution;
  double low, typical, high;
} eco_draw;
/* The number that member gets: what eco_run uses, offered for reports and tests. */
ECO_API double eco_draw_value(const eco_draw *draw, uint64_t seed, uint32_t member);

#ifdef __cplusplus
}
#endif
#endif
