/* run.h -- private to the run room: lanes in blocks, a block's clock, its records and ledgers. */
#ifndef ECO__RUN_H
#define ECO__RUN_H

#include "basin/model.h"
#include "ecosim/run.h"
#include "kinetics/integrate.h"
#include "kinetics/kinetics.h"
#include "kinetics/machine.h"
#include "land/land.h"
#include "scenario/scenario.h"
#include "transport/transport.h"
#include "water/water.h"

enum { ECO__MOST_SINKS = 8, ECO__MOST_LANES = 64 };

/* variables of the tables, in order (layout.c); how many there are depends on the model's observables */
enum { ECO__V_FLOW, ECO__V_DEPTH, ECO__V_TEMP, ECO__V_OBS };
static inline size_t eco__v_dry(const eco_model *m)
{
  return ECO__V_OBS + m->n_observables;
}

static inline size_t eco__n_section_vars(const eco_model *m)
{
  return eco__v_dry(m) + 1;
}

enum { ECO__W_OBS };
static inline size_t eco__w_volume(const eco_model *m)
{
  return ECO__W_OBS + m->n_observables;
}

static inline size_t eco__w_out_flow(const eco_model *m)
{
  return eco__w_volume(m) + 1;
}

static inline size_t eco__w_out(const eco_model *m)
{
  return eco__w_volume(m) + 2;
}

static inline size_t eco__n_water_vars(const eco_model *m)
{
  return eco__w_out(m) + m->n_observables;
}

enum {
  ECO__T_TOTAL,
  ECO__T_EXCHANGEABLE,
  ECO__T_BOUND,
  ECO__T_RESIDUAL,
  ECO__T_LEACHATE,
  ECO__T_LEACHED,
  ECO__N_SITE_VARS
};

/* Numbers of one scenario on one day, shared by the members of a block. */
typedef struct eco__day_inputs {
  double *flow_m3_s; /* [source] that it lets in; 0 for what a sewer spills: its water is the plant's and the land's */
  double *sewage_m3_s, *capacity_m3_s; /* [source] of combined sewers */
  double *mass_g_s;                    /* [source][state], steady or as the yearly mean of wash-off */
} eco__day_inputs;

/* the lanes that one thread carries */
typedef struct eco__block {
  struct eco_run *run;
  size_t first_lane, n_lanes;              /* lanes of the run: member-major, scenario fastest */
  size_t first_member, n_members;          /* members (from the run's first) that occur in it */
  size_t n_water;                          /* water lanes */
  uint32_t *scenario, *member;             /* [lane]; member counted within the block */
  uint32_t *water_lane;                    /* [lane] -> water lane */
  uint32_t *water_scenario, *water_member; /* [water lane] */

  eco__weather_state *weather;                  /* [member] */
  double *rain_mm, *evap_mm, *air_c, *wind_m_s; /* [member] */
  eco__sky *sky;                                /* [member]; NaN where radiation or humidity are not known */
  double *rain_factor, *evap_factor;            /* [member] draws */
  double *inflow_factor;                        /* [water][member] draws */

  double *land_state;                     /* [row of a catchment][water lane] */
  double *surface_mm, *runoff_mm, *et_mm; /* [catchment][water lane] of the day */
  double *wanted_mm;                      /* [catchment][water lane] of its intake */
  double *wanted_m3, *delivered_m3;       /* [structure][water lane] of the day, for irrigation */
  double *parts_mm, *land_work;           /* [3][water lane], work */
  eco__sum *land_sums;                    /* [row but the last][catchment][water lane] mm since the start: LND-3 */

  bool balanced;              /* recording has begun: the sums below are of the recorded period, balance.c */
  eco__sum *balance;          /* [row][water][water lane] m3, those that neither faces nor volumes tell */
  eco__sum *face_on;          /* [face of run->balance_faces][water lane] m3 from up to down; out of the model: net */
  eco__sum *face_back;        /* the same, from down to up */
  eco__sum *source_m3;        /* [source][scenario] */
  eco__sum *land_sums_before; /* as land_sums, when recording began; first row: the stock then */

  eco__day_inputs *inputs; /* [scenario] */
  double *source_factor;   /* [source][lane] draws */
  double *kinetics;        /* [kinetic][lane] */
  double *wind;            /* [lane] */

  size_t n_rules, n_conditions;       /* most of any scenario */
  bool *rule_holds, *condition_holds; /* [rule], [condition][water lane] of the lane's scenario */
  eco_day *rule_since;                /* [rule][water lane] first day that it holds */

  eco__water_block water;         /* water lanes */
  eco__transport_block transport; /* lanes */
  double *volume_old, *volume_new, *passed, *rained, *level,
    *flow;                 /* spread over lanes; the water's own where as many */
  double *evaporated;      /* [lane] m3 of the step, all lakes */
  double *temperature_c;   /* [point][lane] */
  double *calm_c;          /* [water][lane] temperature of its first cell under the sky alone; where heat is carried: */
  double *toward_c, *kept; /* [point][lane] HEAT-7; share of the distance to it that a step leaves */
  double *layer_area;      /* [layer][lane] m2 of its top */
  double *layer_lit;       /* [layer][lane] heat that light brings, C m3/d; 0 in top layers, whose heat budget has it */
  double *layer_light;     /* [layer][lane] share of the light on the surface that reaches its top */
  double *motion;       /* [water][3] of the first lane: sums of C, of E dt/dx^2, and how many cells and days (NUM-1) */
  double *rates;        /* [point][rate][lane] */
  double *own_decay;    /* [point][own constituent][lane] 1/d */
  double *around;       /* [point][eco_surrounding][lane], for processes of the basin's own; all but light */
  double *process_base; /* [param][lane] as drawn, before changes */
  double *process_params; /* [param][lane] */
  double *process_given, *process_state, *process_old, *process_amount,
    *process_work;       /* as the integrator takes them */
  bool *process_even;    /* [param] the same in all lanes today */
  double *process_total; /* [state][side][lane] g of a step */
  double daylight_h;     /* of the day */
  eco__integrate_counts process_counts;
  double *conc, *flux, *scratch; /* [state][lane], [flux][lane], [8][lane] */

  double *site_exchangeable, *site_bound, *site_residual; /* [site][layer][lane] */
  double *site_numbers;                                   /* [site][number][lane] in model units per day */
  double *site_g_s;                                       /* [site][lane] leachate of the month */
  double *site_leached_mg_m2, *site_work;

  eco__sum *ledger;                              /* [quantity][row][lane] */
  double *section_sum, *water_sum, *section_wet; /* accumulators: [section][var][lane], [water][var][lane] */
  double *section_rows;                          /* [day of month][section][var][lane] */
  double *water_row, *site_row;                  /* [water][var][lane], [site][var][lane] of the month */
  size_t month_days;
  eco_status status;
  eco_error error;
  double seconds[4]; /* water, transport, kinetics, land */
} eco__block;

struct eco_run {
  eco_env env;
  eco__arena arena;
  const eco_model *model;
  eco_day start, record, end, day, month_end;
  double dt_s, theta, tolerance;
  bool local_inertia;
  size_t steps_a_day;
  uint32_t first_member, members, threads;
  uint64_t seed;
  size_t n_scenarios, n_lanes, n_blocks, n_quantities, n_soil;
  eco_scenario **scenarios; /* copies */
  uint32_t *water_class;    /* [scenario] first scenario that moves water alike */
  uint32_t *soil_state;     /* [n_soil] states of contaminated sites, each once */
  eco_draw *draws;
  size_t n_draws;
  eco__land_plan *land;    /* [catchment] */
  size_t *land_first;      /* [catchment + 1] first row of its state */
  double *irrigated_m2;    /* [structure] paddies that an intake gives its water to, 0 where it gives none to fields */
  uint32_t *balance_faces; /* [n_balance_faces] faces between two waters or out of the model */
  size_t n_balance_faces;
  eco__processes processes; /* of the basin's own, with their plan */
  eco__plan process_plan;
  eco__tolerance process_tolerance;
  eco_balance *balances; /* of one lane and kind */
  eco_outlook *outlooks; /* copies */
  size_t n_outlooks;
  double *mean_surface_mm_d; /* [catchment] long-term mean, for wash-off */
  double *site_kd;           /* [site] */
  eco__block *blocks;
  eco_layout layout;
  double *frame;       /* of one lane, as sinks get it */
  eco_ledger *ledgers; /* of one lane */
  eco_sink sinks[ECO__MOST_SINKS];
  size_t n_sinks, section_first, water_first; /* rows given so far */
  bool began, done, failed;
  double seconds_sink;
  uint64_t steps;
};

#define ECO__LEDGER(block, quantity, row, lane) \
  (&(block)->ledger[((size_t)(quantity)*ECO_N_LEDGER_ROWS + (row)) * (block)->n_lanes + (lane)])
/* where the rows of LND-3 lie in land_sums and land_sums_before */
#define ECO__LAND_SUM(block, row, catchment, water_lane) \
  (((size_t)(row) * (block)->run->model->n_catchments + (catchment)) * (block)->n_water + (water_lane))

/* ---- layout.c ---- */
eco_status eco__layout_make(eco_run *run, eco_error *err);
/* ---- climate.c ---- */
eco_status eco__climate_runoff(eco_run *run, eco_error *err); /* fills mean_surface_mm_d */
/* ---- outlook.c ---- years that are held to something, series that must reach over the run, boundary flows of a day */
const eco__water *eco__water_called(const eco_model *model, const char *name); /* NULL: none */
eco_status eco__outlooks_take(eco_run *run, const eco_run_options *options, eco_error *err);
eco_status eco__series_check(const eco_run *run, eco_error *err);
double eco__outlook_rain(const eco_run *run, eco_day day); /* of the day's year, mm; NaN: not held to any */
double eco__inflow_of(const eco_run *run, const eco__water *water, eco_day day); /* m3/s */
/* ---- draws.c ---- */
eco_status eco__draw_names(const eco_run *run, const eco_draw *draw,
                           eco_error *err); /* whether what it names is there */
void eco__draws_set(eco__block *block);
/* ---- block.c ---- */
eco_status eco__block_open(eco_run *run, eco__block *block, size_t first_lane, size_t n_lanes, eco_error *err);
void eco__block_month(eco__block *block); /* to run->month_end; status in the block */
/* ---- react.c ---- */
void eco__find_rates(eco__block *block);                        /* of the day, with temperatures */
void eco__react(eco__block *block, double from_d, double days); /* SPL-3; from_d: since midnight */
/* ---- cells.c ---- */
double eco__surface_m2(const eco__block *block, uint32_t point,
                       size_t lane); /* of the water as it stands; of a layer: of the bed beside it */
double eco__wet_volume(const eco_model *model, uint32_t point); /* m3 that a point must hold to be a water */
void eco__cell_motion(const eco__block *block, uint32_t point, double *depth_m, double *speed_m_s); /* [lane] */
/* ---- heat.c ---- temperature of the day; heat that the water carries */
bool eco__heat_take(eco_run *run, eco__block *block);
void eco__heat_start(eco__block *block);
void eco__heat_day(eco__block *block, uint32_t cell,
                   const double *depth_m); /* after inputs: the cell's temperature today */
void eco__heat_step(eco__block *block);    /* after a step of transport: what rain brings and evaporation takes */
void eco__heat_exchange(eco__block *block, double days); /* over the surface; a step or half of one */
/* ---- layers.c ---- of layered lakes */
bool eco__layers_take(eco_run *run, eco__block *block);
void eco__layers_lay(eco__block *block);               /* after a step of the water: volumes and areas of the layers */
void eco__layers_day(eco__block *block);               /* once temperatures are known: light, exchange */
void eco__layers_step(eco__block *block, double days); /* light, overturn, wind, settling; a step or half of one */
double eco__layer_top_m2(const eco__block *block, uint32_t point, size_t lane);
double eco__layer_bed_m2(const eco__block *block, uint32_t point,
                         size_t lane); /* of the bed beside it, or under the last */
double eco__layer_bed_share(const eco__block *block, uint32_t point,
                            size_t lane);                                      /* of its top; 1 where it is no layer */
double eco__layer_light(const eco__block *block, uint32_t point, size_t lane); /* share that reaches its top */
double eco__layer_kept_light(const eco__block *block, const eco__stack *stack, size_t lane);
/* The cell of a section, or the layer that it is in. */
uint32_t eco__section_point(const eco__block *block, const eco__section *section, size_t lane);
/* ---- processes.c ---- OWN-2; nothing where the basin has no processes */
eco_status eco__processes_open(eco_run *run, eco_error *err);
bool eco__processes_take(eco_run *run, eco__block *block);
eco_status eco__processes_begin(eco__block *block, eco_day day,
                                eco_error *err); /* after the day's weather: parameters, light */
/* What surrounds a cell today; [lane] each. */
void eco__processes_day(eco__block *block, uint32_t cell, const double *depth_m, const double *speed_m_s,
                        const double *temp_c);
double eco__light_share(double from_h, double until_h, double daylight_h); /* OWN-2: over the mean of the day */
void eco__processes_step(eco__block *block, double from_d, double days);   /* from_d: since midnight */
/* ---- land.c ---- */
eco_status eco__land_plans(eco_run *run, eco_error *err);
bool eco__land_take(eco_run *run, eco__block *block);
void eco__land_open(eco__block *block);
void eco__land_today(eco__block *block, int month); /* runoff of the day */
void eco__land_wants(eco__block *block);            /* demands of intakes that irrigate */
void eco__land_step(eco__block *block);             /* after a step of the water: what they took */
void eco__land_deliver(eco__block *block);          /* at the end of the day, for tomorrow */
double eco__land_came(const eco__block *block, size_t catchment,
                      size_t water_lane); /* mm since the start, stock included */
double eco__land_stored_now(const eco__block *block, size_t catchment, size_t water_lane); /* mm */
double eco__land_residual(const eco__block *block, size_t catchment, size_t water_lane);   /* LND-3, of what came */
eco_status eco__land_check(eco__block *block, eco_error *err);
/* ---- inputs.c ---- */
void eco__inputs_open(eco__block *block);
eco_status eco__inputs_day(eco__block *block, eco_day day, eco_error *err); /* land, sources, boundary, structures */
/* ---- operate.c ---- */
bool eco__operate_open(eco__block *block);             /* false: out of memory */
void eco__operate_day(eco__block *block, eco_day day); /* numbers and demands of structures, by changes and rules */
/* ---- record.c ---- */
void eco__record_clear(eco__block *block); /* before a month */
/* Concentrations with a weight (those of a day sum to its steps); flow and depth of the step once. */
void eco__record_step(eco__block *block, double weight, bool with_flow);
void eco__record_day(eco__block *block);
void eco__record_month(eco__block *block);
size_t eco__record_room(const eco_run *run);               /* doubles of a frame */
eco_status eco__record_give(eco_run *run, eco_error *err); /* frames of the month to all sinks */
/* ---- ledger.c ---- */
void eco__ledger_start(eco__block *block);
void eco__ledger_step(eco__block *block);
void eco__ledger_sites(eco__block *block); /* leached in the month */
eco_status eco__ledger_read(const eco__block *block, size_t lane, eco_ledger *out, size_t *n);
eco_status eco__ledger_check(eco__block *block, eco_error *err);
/* ---- balance.c ---- over the recorded period; what comes earlier is not counted */
eco_status eco__balance_plan(eco_run *run, eco_error *err);
bool eco__balance_take(eco_run *run, eco__block *block);
void eco__balance_start(eco__block *block); /* before the first recorded day */
void eco__balance_day(eco__block *block);   /* after eco__inputs_day: runoff and sources */
void eco__balance_boundary(eco__block *block, size_t water, size_t water_lane, double m3);
void eco__balance_step(eco__block *block); /* after a step of the water */
void eco__balance_read(const eco__block *block, eco_balance_id id, size_t lane, eco_balance *out, size_t room);

#endif
