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
} eco__weather_state;
typedef struct eco__weather { /* of the day; monthly normals are interpolated between mid-months, means kept within the
                                 accuracy stated in weather.c */
  double rain_mm, air_c, evap_mm, wind_m_s;
} eco__weather;
/* The chain's stationary start for `day`. */
void eco__weather_start(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day,
                        eco__weather_state *state);
/* Weather of `day`; draws depend on (seed, member, day) only. */
void eco__weather_next(const eco__climate *climate, uint64_t seed, uint32_t member, eco_day day,
                       eco__weather_state *state, eco__weather *out);

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
