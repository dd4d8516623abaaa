/* land.h -- weather of a member, water of a catchment, leaching of a soil site. Pure functions over lanes: no I/O, no
 * allocation, no clock. Arrays are [lane] unless said otherwise. */
#ifndef ECO__LAND_H
#define ECO__LAND_H

#include "base/base.h"
#include "basin/params.h" /* eco__climate, eco__land_params, .. */

/* ---- weather.c ---- WEA-1.. wet/dry chain, gamma rain, autoregressive temperature */
typedef struct eco__weather_state { /* what tomorrow needs of today */
  double wet;                       /* 0 or 1 */
  double anomaly;                   /* of air temperature over t_day_sd, standard normal */
  uint32_t year_try;                /* of a year that is held to an amount of rain: which of its series; 0 else */
  double year_excess;               /* and its rain is multiplied by one more than this */
} eco__weather_state;
typedef struct eco__weather { /* of the day; monthly normals are interpolated between mid-months, means kept within the
                                 accuracy stated in weather.c */
  double rain_mm, air_c, evap_mm, wind_m_s;
  double t_min_c, t_max_c, humidity_pct, radiation_mj_m2_d; /* NaN where nothing is known of them */
} eco__weather;
/* The chain's stationary start for `day`. */
void eco__weather_start(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day,
                        eco__weather_state *state);
/* Weather of `day`; draws depend on (seed, member, day) only. */
void eco__weather_next(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day,
                       eco__weather_state *state, eco__weather *out);
/* The parts: share of wet days of a month at rest, the chain's start, one day of rain (wet: of the day before, then of the
 * day). `try` numbers independent series of a member. */
double eco__wet_share(const eco__climate *climate, int month0);
double eco__rain_start(const eco__climate *climate, uint64_t seed, uint32_t member, uint32_t try, eco_day day);
double eco__rain_next(const eco__climate *climate, uint64_t seed, uint32_t member, uint32_t try, eco_day day,
                      int month0, double *wet);

/* ---- weather_year.c ---- WEA-11.. years that are held to an amount of rain */
typedef struct eco__moments {            /* of the rain of some days, mm: exact for the chain */
  double mean, variance, skew, kurtosis; /* kurtosis: 3 of a normal distribution */
} eco__moments;
/* Of n days from `first` on; on the day before the chain is at rest. */
eco__moments eco__rain_moments(const eco__climate *climate, eco_day first, size_t n);
/* The amount that a share `exceeded` (0..1) of such spans has more than, by a Pearson III distribution. */
double eco__rain_exceeded(const eco__moments *moments, double exceeded);
/* Sets year_try, year_excess and wet of a calendar year whose rain is to be target_mm, so that `day` can be the next. */
void eco__weather_year(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day, double target_mm,
                       eco__weather_state *state);

/* ---- month_flow.c ---- FLO-1.. daily means out of monthly ones */
/* Mean of day d (1..days[1]) of a month whose mean and that of its neighbours are mean[0..2], all 0 or more. */
double eco__flow_of_day(const double mean[3], const int days[3], int day_of_month);

/* ---- snow.c ---- SNO-1.. what falls as snow lies and melts by degree days; water_mm: rain and melt */
void eco__snow_day(size_t n_lanes, const eco__snow_params *params, const double *rain_mm, const double *air_c,
                   double *snow_mm, double *water_mm);

/* ---- runoff.c ---- RUN-1.. SCS curve number on a soil-moisture account, one day */
double eco__scs_retention_mm(double curve_number);              /* RUN-1 */
double eco__scs_runoff_mm(double rain_mm, double retention_mm); /* RUN-2 */
double eco__scs_dry_curve_number(double curve_number);          /* RUN-3 */
double eco__scs_wet_curve_number(double curve_number);          /* RUN-9 */
double eco__scs_start_mm(const eco__scs_params *params);        /* soil water at the start: field capacity */
/* rain - (surface + percolated + et) = change of soil, to round-off. */
void eco__scs_day(size_t n_lanes, const eco__scs_params *params, const double *rain_mm, const double *evap_mm,
                  double *soil_mm, double *surface_mm, double *percolated_mm, double *et_mm);

/* ---- xinanjiang.c ---- XAJ-1.. saturation excess, three sources, one day; stores over the pervious part, fluxes over
 * all of the land */
typedef struct eco__xinanjiang_state { /* [lane] each, mm */
  double *upper_mm, *lower_mm, *deep_mm, *free_mm;
} eco__xinanjiang_state;
void eco__xinanjiang_day(size_t n_lanes, const eco__xinanjiang_params *params, const double *rain_mm,
                         const double *evap_mm, eco__xinanjiang_state state, double *surface_mm, double *interflow_mm,
                         double *groundwater_mm, double *et_mm);

/* ---- paddy.c ---- PAD-1.. rice field: soil and pond in one store, mm over the field */
void eco__paddy_day(size_t n_lanes, const eco__paddy_params *params, int month, const double *water_mm,
                    const double *evap_mm, double *store_mm, double *drained_mm, double *percolated_mm, double *et_mm);
/* Irrigation that the field wants at the end of the day; filling: 1 from the lower limit until the target is reached. */
void eco__paddy_want(size_t n_lanes, const eco__paddy_params *params, int month, const double *store_mm,
                     double *filling, double *wanted_mm);

/* ---- paved.c ---- PAV-1.. impervious land with its depressions, mm over it */
void eco__paved_day(size_t n_lanes, double depression_mm, const double *water_mm, const double *evap_mm,
                    double *store_mm, double *runoff_mm, double *et_mm);

/* ---- route.c ---- RUN-8, RTE-1.. from the land to the water */
enum { ECO__MOST_RESERVOIRS = 10 };
typedef struct eco__reservoir { /* what it keeps over a day: of its store, of its inflow */
  double keep, keep_of_inflow;
} eco__reservoir;
eco__reservoir eco__reservoir_of(double time_d, double days); /* RUN-8 */
void eco__reservoir_day(size_t n_lanes, eco__reservoir kept, const double *inflow_mm, double *store_mm, double *out_mm);

/* RTE-2: outflow, 1/time, of n reservoirs (n > 0, whole or not) at time t after an even inflow of 1 began, that lasts
 * `pulse`. RTE-3: the ordinates of days 0..m-1, each the outflow of a day after an even inflow of 1 on day 0. */
double eco__nash_outflow(double n, double time, double pulse, double t);
void eco__nash_hydrograph(double n, double time_d, size_t m, double *ordinates);
/* Days until all but 1e-12 of it is out; SIZE_MAX where ECO__MOST_ORDINATES are not enough. */
size_t eco__nash_length(double n, double time_d);
/* RTE-5: weights of I2, I1 and O1 by Courant number and cell Reynolds number. */
void eco__muskingum_weights(double courant, double reynolds, double weights[3]);

typedef struct eco__route { /* how surface runoff finds its way; made once, rows [row][lane] of its own */
  eco__routing word;
  size_t n_rows;
  eco__reservoir linear;
  size_t n_reservoirs;
  double stay[ECO__MOST_RESERVOIRS], reach[ECO__MOST_RESERVOIRS], keep[ECO__MOST_RESERVOIRS], leave; /* RTE-1 */
  double ordinate[ECO__MOST_ORDINATES];
  double weights[3], step_d, reach_time_d, weight;
  size_t steps, reaches;
} eco__route;
void eco__route_make(const eco__routing_params *params, double step_d, eco__route *out);
void eco__route_day(size_t n_lanes, const eco__route *route, const double *inflow_mm, double *rows, double *out_mm);
double eco__route_stored(const eco__route *route, const double *rows, size_t n_lanes, size_t lane); /* mm */

/* ---- catchment.c ---- CAT-1.. a day of a catchment: snow, natural land, paddies, paved land, ponds, the way to the
 * water. Depths are mm over the catchment unless said otherwise. */
enum { /* rows of its state, [row][lane] */
       ECO__L_SNOW,
       ECO__L_SOIL, /* natural land: SCS soil water, or the upper layer; over the natural land, as the three that follow */
       ECO__L_LOWER,
       ECO__L_DEEP,
       ECO__L_FREE,
       ECO__L_PADDY,   /* soil and pond of the paddies, over the paddies */
       ECO__L_FILLING, /* of the paddies, - */
       ECO__L_CANAL,   /* irrigation water that was delivered and waits for tomorrow */
       ECO__L_PONDS,
       ECO__L_PAVED, /* over the paved land */
       ECO__L_INTERFLOW,
       ECO__L_SLOW,
       ECO__L_ROUTE /* and on: of the routing */
};
enum { ECO__LAND_WORK = 6 }; /* rows of work of a day */
typedef struct eco__land_plan {
  const eco__land_params *params;
  size_t n_rows;
  eco__reservoir interflow, slow;
  eco__route route;
} eco__land_plan;
typedef struct eco__land_flux {              /* [lane] each, mm of the day */
  double *surface_mm;                        /* surface runoff produced (drives wash-off) */
  double *quick_mm, *interflow_mm, *slow_mm; /* what reaches the water: its sum */
  double *et_mm;                             /* evapotranspiration */
  double *wanted_mm;                         /* irrigation water wanted of the canal, at its intake */
} eco__land_flux;
void eco__land_plan_make(const eco__land_params *params, eco__land_plan *out);
void eco__land_start(size_t n_lanes, const eco__land_plan *plan, double *state);
/* CAT-7: rain of the catchment from that of the climate; month 0..11 */
void eco__land_rain(size_t n_lanes, const eco__land_plan *plan, int month, const double *climate_mm, double *rain_mm);
/* rain - (quick + interflow + slow + et) = change of what is stored, to round-off; month 0..11 */
void eco__land_day(size_t n_lanes, const eco__land_plan *plan, int month, const double *rain_mm, const double *evap_mm,
                   const double *air_c, double *state, const eco__land_flux *flux, double *work);
double eco__land_stored(const eco__land_plan *plan, const double *state, size_t n_lanes, size_t lane); /* mm */

/* ---- site.c ---- SIT-1.. one-dimensional column: advection, dispersion, linear sorption, three pools */
enum { ECO__SITE_LAYERS = 20 };
typedef struct eco__site_params { /* [lane] where it can be changed by scenario */
  double depth_m, bulk_density_kg_l, water_content, kd_l_kg, dispersivity_m;
  const double *infiltration_m_d, *fix_per_d, *rev_per_d, *res_per_d;
} eco__site_params;
typedef struct eco__site_state { /* [layer][lane], mg/kg of dry soil */
  double *exchangeable;          /* dissolved + sorbed: the mobile pool, all of it per kg of dry soil */
  double *bound, *residual;
} eco__site_state;
/* Advances by dt_d days (a month is fine), second order, positive, mass exact: water enters clean at the top, leaves at
 * the bottom; leached_mg_m2[lane] is what left in the step. `work` holds at least ECO__SITE_WORK * n_lanes doubles. */
enum { ECO__SITE_WORK = 6 * ECO__SITE_LAYERS };
void eco__site_step(size_t n_lanes, double dt_d, const eco__site_params *params, eco__site_state state,
                    double *leached_mg_m2, double *work);
/* Its two parts, with any number of layers, for tests. Exchange of the pools; work: 4 * n_lanes. */
void eco__site_exchange(size_t n_layers, size_t n_lanes, double dt_d, const eco__site_params *params,
                        eco__site_state state, double *work);
/* Transport of the mobile pool. courant[lane]: v dt / dz, what passes in the step over what a layer holds at even
 * content; dispersion: alpha / dz; leached[lane]: what left, as content of a layer. Work: (2 * n_layers + 6) * n_lanes */
void eco__site_transport(size_t n_layers, size_t n_lanes, double dispersion, const double *courant, double *mobile,
                         double *leached, double *work);
/* SIT-7 */
double eco__site_kd(double ph, double organic_matter_pct, double kd_ph, double kd_om, double kd_0);

#endif
