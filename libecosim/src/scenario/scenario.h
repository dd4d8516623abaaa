/* scenario.h -- changes over time, resolved against a model, and draws. The core knows changes, never policies. */
#ifndef ECO__SCENARIO_H
#define ECO__SCENARIO_H

#include "basin/model.h"
#include "ecosim/scenario.h"

typedef enum eco__target {
  ECO__TO_SOURCE,
  ECO__TO_STRUCTURE,
  ECO__TO_SITE,
  ECO__TO_WATER,
  ECO__TO_PROCESS
} eco__target;

/* numbers of a source that can be changed */
enum {
  ECO__C_FLOW,
  ECO__C_ACTIVE,
  ECO__C_CAPACITY, /* of a sewer */
  ECO__C_GIVEN     /* and on: concentration and load of each given constituent in turn */
};
#define ECO__C_CONC(given) (ECO__C_GIVEN + 2 * (uint32_t)(given))
#define ECO__C_LOAD(given) (ECO__C_GIVEN + 2 * (uint32_t)(given) + 1)
/* of a structure: ECO__S_* and its monthly demand or release */
enum { ECO__C_DEMAND = ECO__N_STRUCTURE_NUMBERS };
/* of a water */
enum { ECO__C_INFLOW, ECO__C_OUTLET };

typedef struct eco__change {
  eco_day from, until;
  eco__target target;
  uint32_t index, number; /* which source, structure or site, or parameter of a process; which of its numbers */
  eco_change_op op;
  double value; /* in the model's unit */
} eco__change;

typedef struct eco__condition {
  eco_watch watch;
  uint32_t cell, observable; /* ECO_WATCH_FLOW: cell holds the face */
  bool below;
  double on, off;
  uint32_t months;
  eco_day from, until;
} eco__condition;

typedef struct eco__rule {
  uint32_t structure, number;
  eco_change_op op;
  double value;
  uint32_t first, n, least_days; /* conditions first.. of the scenario */
} eco__rule;

struct eco_scenario {
  eco_env env;
  const eco_model *model;
  char *name;
  size_t name_size;
  eco__change *changes; /* by date */
  size_t n, room;
  eco__rule *rules; /* in the order of adding */
  size_t n_rules, rules_room;
  eco__condition *conditions;
  size_t n_conditions, conditions_room;
};

/* What `param` of `item` is, and the value in its unit: for changes and rules. */
eco_status eco__scenario_find(const eco_scenario *scenario, const char *item, const char *param, const char *place,
                              eco__change *out, const eco_spec **spec, eco_error *err);
eco_status eco__scenario_read(const eco_scenario *scenario, eco_change_op op, double value, const char *unit,
                              const char *item, const char *param, const eco_spec *spec, const char *place, double *out,
                              eco_error *err);
/* ---- rule.c ---- */
bool eco__rules_copy(const eco_scenario *from, eco_scenario *to); /* false: out of memory */
void eco__rules_free(eco_scenario *scenario);
bool eco__rules_alike(const eco_scenario *a, const eco_scenario *b);         /* either may be NULL */
bool eco__rules_watch_concentrations(const eco_scenario *scenario);          /* may be NULL */
bool eco__condition_holds(const eco__condition *c, bool held, double value); /* of a level, flow or concentration */

/* ---- structure.c ---- which number of a structure of that law `param` means: false where the law does not read it.
 * ECO__CHANNEL stands for any law: whether it can be changed at all. */
bool eco__structure_number(eco__law law, const char *param, uint32_t *number);
/* The number as the basin has it on a day; ECO__C_DEMAND: an intake's demand, a dam's release. */
double eco__structure_base(const eco__structure *structure, uint32_t number, eco_day day);

/* The value on `day` of one number whose base value is given: settings by date, each reached linearly, then the product of
 * the scalings. */
double eco__scenario_value(const eco_scenario *scenario, eco__target target, uint32_t index, uint32_t number,
                           double base, eco_day day);
/* Do two scenarios move water alike: the same changes of flows and structures? */
bool eco__scenario_same_water(const eco_scenario *a, const eco_scenario *b);
eco_scenario *eco__scenario_copy(const eco_scenario *scenario, const eco_env *env); /* NULL: out of memory */
eco_status eco__draw_check(const eco_draw *draw, eco_error *err);

#endif
