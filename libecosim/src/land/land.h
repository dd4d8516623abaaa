/* land.h -- weather of a member, runoff of a catchment, leaching of a soil site. Pure functions over lanes: no I/O, no
 * allocation, no clock. Arrays are [lane] unless said otherwise. */
#ifndef ECO__LAND_H
#define ECO__LAND_H

#include "base/base.h"
#include "basin/params.h" /* eco__climate, eco__runoff_params */

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

/* ---- runoff.c ---- RUN-1.. SCS curve number on a soil-moisture account, two linear reservoirs, one day */
typedef struct eco__runoff_state { /* [lane] each, mm over the catchment */
  double *soil_mm, *quick_mm, *slow_mm;
} eco__runoff_state;
typedef struct eco__runoff_flux { /* [lane] each, mm of the day */
  double *surface_mm;             /* surface runoff produced (drives wash-off) */
  double *quick_mm, *slow_mm;     /* what reaches the water */
  double *et_mm;                  /* evapotranspiration */
} eco__runoff_flux;
void eco__runoff_start(size_t n_lanes, const eco__runoff_params *params, eco__runoff_state state);
/* the parts, for tests and reference */
double eco__scs_retention_mm(double curve_number);              /* RUN-1 */
double eco__scs_runoff_mm(double rain_mm, double retention_mm); /* RUN-2 */
double eco__scs_dry_curve_number(double curve_number);          /* RUN-3 */
/* RUN-8: what leaves a linear reservoir in `days` with an even inflow of inflow_mm in all; the store goes on. */
double eco__reservoir_out_mm(double inflow_mm, double days, double time_d, double *store_mm);
/* rain - (quick + slow + et) = change of (soil + quick + slow), to round-off. */
void eco__runoff_day(size_t n_lanes, const eco__runoff_params *params, const double *rain_mm, const double *evap_mm,
                     eco__runoff_state state, eco__runoff_flux flux);

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
