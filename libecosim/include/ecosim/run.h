/* run.h -- lanes through time. A lane is one (scenario, member) pair; one lane or a hundred thousand, the same object.
 * A member's numbers are bit for bit the same alone and in company, on any number of threads. */
#ifndef ECOSIM_RUN_H
#define ECOSIM_RUN_H

#include "ecosim/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct eco_run eco_run;

/* What of the momentum of flowing water counts (WAT-1): all of it, or what changes in place without what the water carries along
 * (WAT-13). Zero inertia is the steady state of ECO_INERTIA_LOCAL. */
typedef enum eco_inertia { ECO_INERTIA_FULL, ECO_INERTIA_LOCAL } eco_inertia;

/* A year that is held to something, the same for all members: the rain that the generator makes in it, or the boundary
 * inflow of a water. The rows of a year go before those of year 0. */
typedef struct eco_outlook {
  int year;         /* calendar year; 0: every year that no other row names, warm-up included */
  const char *item; /* "rain", or a water with a monthly boundary inflow */
  double exceeded;  /* rain: share of years with more rain, such as 0.25 for a wet year; 0: `factor` counts */
  double factor;    /* rain: of the mean yearly rain; a water: of its inflow */
} eco_outlook;

typedef struct eco_run_options {
  size_t size;
  eco_day start;                  /* first day, warm-up included */
  eco_day record;                 /* first day recorded: start + warm-up; 0 or earlier than start: start */
  eco_day end;                    /* day after the last */
  double step_s;                  /* 0: 3600; must divide a day */
  double theta;                   /* weight of the new time level in the water step, 0.5..1; 0: 0.6 */
  uint32_t first_member, members; /* members 0: one */
  uint32_t threads;               /* 0: one */
  uint64_t seed;
  double ledger_tolerance;              /* relative residual that fails the run; 0: 1e-12 */
  const eco_scenario *const *scenarios; /* borrowed until eco_run_create returns; n_scenarios 0: the basin as it is */
  size_t n_scenarios;
  const eco_draw *draws; /* borrowed until eco_run_create returns */
  size_t n_draws;
  eco_inertia inertia;
  const eco_outlook *outlooks; /* borrowed until eco_run_create returns; n_outlooks 0: years as they are drawn */
  size_t n_outlooks;
} eco_run_options;
#define ECO_RUN_OPTIONS_INIT                                                                                 \
  {                                                                                                          \
    sizeof(eco_run_options), 0, 0, 0, 0.0, 0.0, 0, 0, 0, 0, 0.0, NULL, 0, NULL, 0, ECO_INERTIA_FULL, NULL, 0 \
  }

/* A sink is where frames go. The run has three tables of frames; each is (time, place, variable):
 *   ECO_TABLE_SECTION  one row a day,   place = section
 *   ECO_TABLE_WATER    one row a month, place = water
 *   ECO_TABLE_SITE     one row a month, place = soil site
 * Means over the day or month unless the variable says otherwise. */
typedef enum eco_table_id { ECO_TABLE_SECTION, ECO_TABLE_WATER, ECO_TABLE_SITE, ECO_N_TABLES } eco_table_id;
typedef struct eco_variable {
  const char *name, *unit, *text; /* "NH3-N", "mg/L", "ammonia nitrogen, daily mean" */
} eco_variable;
typedef struct eco_table {
  const char *name;      /* "section", "water", "site" */
  const char *time_name; /* "day" or "month" */
  size_t n_times, n_places, n_variables;
  const eco_day *times; /* first day of each row */
  const char *const *places;
  const eco_variable *variables;
} eco_table;

/* What a water balance is kept of: see eco_balance. */
typedef enum eco_balance_id {
  ECO_BALANCE_WATER,
  ECO_BALANCE_CATCHMENT,
  ECO_BALANCE_SOURCE,
  ECO_N_BALANCES
} eco_balance_id;
typedef struct eco_balance_places {
  size_t n_places; /* 0: no balance is kept */
  const char *const *places;
} eco_balance_places;
typedef struct eco_layout {
  size_t n_scenarios, n_members;
  const char *const *scenarios;
  uint32_t first_member;
  size_t n_states; /* constituents carried, each with a ledger */
  eco_table tables[ECO_N_TABLES];
  eco_day balance_from, balance_until; /* first day recorded, day after the last; balances are over these */
  eco_balance_places balances[ECO_N_BALANCES];
} eco_layout; /* lives as long as the run */

/* Ledger rows of one lane and one quantity, kg (m3 for "water"), since the first day of the run (warm-up included). */
#define ECO_LEDGER_MAP(X)                                              \
  X(INITIAL, "initial", +1, "stock at the start")                      \
  X(BOUNDARY, "boundary inflow", +1, "head inflows of the network")    \
  X(LAND, "runoff and wash-off", +1, "catchment runoff with its load") \
  X(SOURCES, "sources", +1, "plants, farms, towns, ponds, deposition") \
  X(SITES, "soil leachate", +1, "from soil sites to their rivers")     \
  X(AIR, "air", +1, "rain on lakes; reaeration, net")                  \
  X(BED, "bed release", +1, "out of the sediment")                     \
  X(REACTION, "reaction", -1, "decay, settling, oxygen demand, net")   \
  X(EVAPORATION, "evaporation", -1, "from lakes and reservoirs")       \
  X(ABSTRACTION, "abstraction", -1, "intakes that leave the model")    \
  X(OUTFLOW, "outflow", -1, "over the model's outlets")                \
  X(FINAL, "final", -1, "stock at the end")
typedef enum eco_ledger_row {
#define X(name, word, sign, text) ECO_LEDGER_##name,
  ECO_LEDGER_MAP(X)
#undef X
    ECO_N_LEDGER_ROWS
} eco_ledger_row;
typedef struct eco_ledger {
  const char *quantity;           /* "water", a state's name, or "soil Cd" */
  const char *unit;               /* "m3" or "kg" */
  double rows[ECO_N_LEDGER_ROWS]; /* each as a positive amount unless net; sign in ECO_LEDGER_MAP */
  double throughput;              /* initial + everything that came in */
  double residual;                /* (signed sum of the rows) / throughput; 0 where throughput is 0 */
} eco_ledger;
ECO_API const char *eco_ledger_row_name(size_t row);
ECO_API const char *eco_ledger_row_text(size_t row);
ECO_API int eco_ledger_row_sign(size_t row);

/* Water balances of one lane, m3, over the recorded period only (BAL-1, BAL-2). What passed a face in a step counts by its sign:
 * water that goes back and forth between two waters stands in both rows of both. Faces inside one water do not count. */
#define ECO_WATER_BALANCE_MAP(X)                                                        \
  X(INITIAL, "initial", +1, "stored when recording began")                              \
  X(BOUNDARY, "boundary inflow", +1, "inflow from outside the model")                   \
  X(LAND, "runoff", +1, "runoff of the catchments that drain to it")                    \
  X(SOURCES, "sources", +1, "water of plants, towns and other sources")                 \
  X(RAIN, "rain", +1, "rain on lakes and reservoirs")                                   \
  X(FROM, "from other waters", +1, "over junctions and structures")                     \
  X(EVAPORATION, "evaporation", -1, "from lakes and reservoirs")                        \
  X(TO, "to other waters", -1, "over junctions and structures")                         \
  X(ABSTRACTION, "abstraction", -1, "intakes that leave the model, irrigation counted") \
  X(OUTFLOW, "outflow", -1, "over the model's outlets, net")                            \
  X(FINAL, "final", -1, "stored at the end")
#define ECO_CATCHMENT_BALANCE_MAP(X)                                          \
  X(INITIAL, "initial", +1, "stored on and in the land when recording began") \
  X(RAIN, "rain", +1, "rain and snow on land")                                \
  X(IRRIGATION, "irrigation", +1, "delivered to its fields by an intake")     \
  X(ET, "evapotranspiration", -1, "from soil, fields, ponds and what is wet") \
  X(RUNOFF, "runoff", -1, "to the water it drains to")                        \
  X(FINAL, "final", -1, "stored on and in the land at the end")
#define ECO_SOURCE_BALANCE_MAP(X) X(FLOW, "flow", +1, "water given to its water")
typedef enum eco_water_row {
#define X(name, word, sign, text) ECO_WATER_##name,
  ECO_WATER_BALANCE_MAP(X)
#undef X
    ECO_N_WATER_ROWS
} eco_water_row;
typedef enum eco_catchment_row {
#define X(name, word, sign, text) ECO_CATCHMENT_##name,
  ECO_CATCHMENT_BALANCE_MAP(X)
#undef X
    ECO_N_CATCHMENT_ROWS
} eco_catchment_row;
typedef enum eco_source_row { ECO_SOURCE_FLOW, ECO_N_SOURCE_ROWS } eco_source_row;
typedef struct eco_balance {
  double rows[ECO_N_WATER_ROWS]; /* m3, each as a positive amount; a row past eco_balance_rows() is 0 */
  double throughput;             /* m3: initial + everything that came in */
  double residual;               /* (signed sum of the rows) / throughput; 0 for sources and where throughput is 0 */
} eco_balance;
/* Number of rows of a kind; name, text and sign of one, "?" and 0 past the last. */
ECO_API size_t eco_balance_rows(eco_balance_id id);
ECO_API const char *eco_balance_row_name(eco_balance_id id, size_t row);
ECO_API const char *eco_balance_row_text(eco_balance_id id, size_t row);
ECO_API int eco_balance_row_sign(eco_balance_id id, size_t row);
/* Fills throughput and residual from the rows, as after adding up those of several places. */
ECO_API void eco_balance_close(eco_balance_id id, eco_balance *balance);

typedef struct eco_sink {
  size_t size;
  void *user;
  eco_status (*begin)(void *user, const eco_layout *layout, eco_error *err);
  /* rows first..first+n of one table of one lane; values[row][place][variable]; called from the calling thread: month by
   * month, table by table, member by member and the scenarios of each */
  eco_status (*frames)(void *user, eco_table_id table, size_t scenario, size_t member, size_t first, size_t n,
                       const double *values, eco_error *err);
  eco_status (*ledger)(void *user, size_t scenario, size_t member, const eco_ledger *ledgers, size_t n, eco_error *err);
  eco_status (*end)(void *user, eco_error *err); /* after the last ledger and balance */
  /* all n places of a kind, as the layout names them; after the lane's ledger; may be NULL, as the others */
  eco_status (*balance)(void *user, eco_balance_id id, size_t scenario, size_t member, const eco_balance *balances,
                        size_t n, eco_error *err);
} eco_sink;

/* The model is borrowed until eco_run_destroy. */
ECO_API eco_status eco_run_create(const eco_model *model, const eco_run_options *options, eco_run **out,
                                  eco_error *err);
ECO_API void eco_run_destroy(eco_run *run);
ECO_API eco_status eco_run_add_sink(eco_run *run, const eco_sink *sink, eco_error *err); /* copied; before stepping */
ECO_API const eco_layout *eco_run_layout(const eco_run *run);
/* Advances all lanes by one calendar month (or to the end). ECO_OK, or ECO_DONE after the last, when sinks have had
 * their ledgers. After a failure the run can only be destroyed; what sinks were given stays good. */
ECO_API eco_status eco_run_step(eco_run *run, eco_error *err);
ECO_API eco_status eco_run_to_end(eco_run *run, eco_error *err); /* ECO_OK at the end */
ECO_API eco_day eco_run_day(const eco_run *run);                 /* reached so far */
/* Ledgers so far; *n in: room, out: how many there are (water, states, soil contaminants). */
ECO_API eco_status eco_run_ledger(const eco_run *run, size_t scenario, size_t member, eco_ledger *out, size_t *n,
                                  eco_error *err);

/* Balances of one kind so far, m3, in the order of layout->balances[id].places; *n in: room of `out`, out: how many there are.
 * `out` is the caller's; NULL counts only. ECO_NOT_FOUND before the first recorded day. */
ECO_API eco_status eco_run_balance(const eco_run *run, eco_balance_id id, size_t scenario, size_t member,
                                   eco_balance *out, size_t *n, eco_error *err);

/* Dispersion along a reach or canal, means over its wet cells and all days so far, of the first lane. */
typedef struct eco_dispersion {
  const char *water;
  double courant;        /* steps over a cell */
  double physical_m2_s;  /* what the reach is told, or Fischer's (DSP-1) */
  double numerical_m2_s; /* what the scheme adds to a pulse of three cells (NUM-1) */
} eco_dispersion;
/* *n in: room of `out`, out: how many reaches and canals have had water; `out` is the caller's, NULL counts only. */
ECO_API eco_status eco_run_dispersion(const eco_run *run, eco_dispersion *out, size_t *n, eco_error *err);

/* What the solver went through, all lanes together. */
typedef struct eco_run_stats {
  uint64_t cell_steps;        /* cells x steps x lanes */
  uint64_t newton_iterations; /* lane-iterations of the water solver */
  uint64_t water_steps;       /* lane-steps of the water solver (shared lanes count once) */
  uint64_t unfinished;        /* lane-steps that ended at the iteration limit (volumes close all the same) */
  uint64_t limited;           /* lane-steps in which a cell would have given more water than it had and was cut */
  uint64_t reordered;         /* lane-steps whose transport needed an order of its own: water ran back far */
  uint64_t process_steps;     /* point-steps of the integrator of processes of the basin's own */
  uint64_t last_resorts;      /* point-steps that ended in its first-order last resort (INT-6): the error is not held */
  double seconds_water, seconds_transport, seconds_kinetics, seconds_land, seconds_sink; /* of the threads, summed */
} eco_run_stats;
ECO_API eco_run_stats eco_run_stats_of(const eco_run *run);

#ifdef __cplusplus
}
#endif
#endif
