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
 * (for ECO_SCALE: a pure number). What can be changed: waters inflow, outlet_level; sources flow, conc.*, load.*, active, capacity; structures capacity, active,
 * outside_level and what their law reads of crest, hold_level, open_level, opening, demand, release, on_level, off_level,
 * units, conductance; sites fix_rate, rev_rate, res_rate, infiltration. ECO_INVALID names any other. */
ECO_API eco_status eco_scenario_change(eco_scenario *scenario, eco_day from, eco_day until, const char *item,
                                       const char *param, eco_change_op op, double value, const char *unit,
                                       const char *place, eco_error *err);

/* ---- operating rules: a change of a structure that holds while its conditions do ---- */

typedef enum eco_watch {
  ECO_WATCH_MONTHS,       /* the month of the day is one of `months` */
  ECO_WATCH_DATES,        /* the day lies in from..until, both included */
  ECO_WATCH_LEVEL,        /* of a water (its lower end) or at a section, m */
  ECO_WATCH_FLOW,         /* at a section of a reach, or the lower end of one, m3/s */
  ECO_WATCH_CONCENTRATION /* of an observable at a section or in a water, mg/L */
} eco_watch;
typedef struct eco_condition {
  eco_watch watch;
  const char *place;       /* section or water */
  const char *constituent; /* CODMn, NH3-N, TN, TP, DO, Cd */
  int below;               /* 0: holds once the value is above `on`; 1: once it is below */
  double on;               /* in `unit`; NULL or "": in the unit above */
  double off;              /* ends once the value is back beyond this one; NaN: `on` */
  const char *unit;
  uint32_t months;     /* bit 0: January */
  eco_day from, until; /* of ECO_WATCH_DATES */
} eco_condition;
/* While all n conditions hold, `param` of a structure is set to `value`, or multiplied by it; once it holds a rule stays for
 * `least_days` whatever its conditions say. Looked at once a day, at its start, in each lane by the lane's own state: what a
 * keeper is told in the morning. A rule has the last word over dated changes; of rules that set one number the one added last.
 * Where a section is dry its concentration leaves a condition as it was. `name` is for messages. */
ECO_API eco_status eco_scenario_rule(eco_scenario *scenario, const char *name, const char *structure, const char *param,
                                     eco_change_op op, double value, const char *unit, const eco_condition *conditions,
                                     size_t n, uint32_t least_days, const char *place, eco_error *err);

/* How an uncertain input is spread. Member m gets the number drawn from (seed, m, name): no order, no state. */
typedef enum eco_distribution { ECO_LOGNORMAL, ECO_UNIFORM, ECO_TRIANGULAR } eco_distribution;
/* A draw gives a number: for ECO_LOGNORMAL median `typical`, with 5 % below `low` or above `high` on average
 * (sigma = ln(high/low)/(2*1.645)); uniform low..high; triangular low, typical, high.
 * item "kinetics" and a rate's name, or a process and a parameter's (in its unit): it becomes the number. All others are factors: item "climate" with "rain" or
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
