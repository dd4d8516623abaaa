/* params.h -- numbers that the description gives to the physics of land, as plain structs: the basin room fills them, the
 * land room reads them. */
#ifndef ECO__PARAMS_H
#define ECO__PARAMS_H

#include "ecosim/base.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* One number a day from `first` on; NaN: none is known. n 0: no series. */
typedef struct eco__series {
  eco_day first;
  size_t n;
  const double *values;
  const char *place; /* where it comes from, for messages */
} eco__series;

static inline double eco__series_at(const eco__series *s, eco_day day)
{
  return day >= s->first && (size_t)(day - s->first) < s->n ? s->values[day - s->first] : NAN;
}

/* daily series of a climate */
enum {
  ECO__D_RAIN,
  ECO__D_T_MEAN,
  ECO__D_T_MIN,
  ECO__D_T_MAX,
  ECO__D_WIND,
  ECO__D_HUMIDITY,
  ECO__D_SUNSHINE,
  ECO__D_RADIATION,
  ECO__D_EVAPORATION,
  ECO__N_DAILY
};

typedef struct eco__climate {
  double t_mean_c[12], p_wet_wet[12], p_wet_dry[12], gamma_shape[12], gamma_scale_mm[12], evap_mm_month[12],
    wind_m_s[12];
  double t_day_sd_c, t_memory;

  /* for minimum and maximum temperature and for evaporation from the weather */
  bool has_range, has_humidity, has_sunshine, has_radiation; /* which of the normals below were given */
  double t_min_c[12], t_max_c[12], humidity_pct[12], sunshine_h_month[12], radiation_mj_m2_d[12];
  bool evaporation_by_weather; /* else by evap_mm_month */
  double latitude_deg, altitude_m, open_water_factor, radiation_factor;

  eco__series daily[ECO__N_DAILY];
  bool fill_gaps; /* days a series lacks are generated */
} eco__climate;

/* ---- a catchment: what its item says, in the parameter table's units */
typedef enum eco__runoff_model { ECO__SCS_CN, ECO__XINANJIANG } eco__runoff_model;
enum { ECO__MOST_ORDINATES = 100 }; /* days of a unit hydrograph */
typedef enum eco__routing { ECO__LINEAR, ECO__NASH, ECO__UNIT_HYDROGRAPH, ECO__MUSKINGUM } eco__routing;

typedef struct eco__scs_params {
  double curve_number, percolation_time_d, crop_factor;
} eco__scs_params;

typedef struct eco__xinanjiang_params { /* Zhao's symbols: WUM, WLM, WDM, C, B, IM, SM, EX, KI, KG, KC */
  double upper_mm, lower_mm, deep_mm, deep_share, exponent, impervious_share, free_mm, free_exponent, interflow_share,
    groundwater_share, crop_factor;
} eco__xinanjiang_params;

typedef struct eco__snow_params {
  double falls_below_c, melts_above_c, melt_mm_c_d;
} eco__snow_params;

typedef struct eco__paddy_params { /* depths over the soil; a target of 0: no irrigation in the month */
  double lower_mm[12], target_mm[12], sill_mm[12], crop_factor[12];
  double soil_mm, percolation_mm_d, most_mm_d, efficiency;
} eco__paddy_params;

typedef struct eco__routing_params {
  eco__routing word;
  double quick_time_d, slow_time_d;        /* linear, nash: of one reservoir; of base flow with SCS */
  double interflow_kept, groundwater_kept; /* Zhao's CI, CG: share of a flow that is left after a day */
  double reservoirs, muskingum_time_d, muskingum_weight;
  const double *hydrograph; /* ordinates of a day each, their sum is 1 */
  size_t n_hydrograph;
} eco__routing_params;

typedef struct eco__land_params {
  double rain_factor[12]; /* rain here over that of the climate */
  eco__runoff_model model;
  double paddy_share, urban_share; /* the rest is natural: of `model` */
  double depression_mm;            /* urban */
  double pond_mm, pond_share;      /* room of the small ponds over the catchment; natural land that drains to them */
  bool from_canal;                 /* an intake gives irrigation water */
  eco__scs_params scs;
  eco__xinanjiang_params xinanjiang;
  eco__snow_params snow;
  eco__paddy_params paddy;
  eco__routing_params routing;
} eco__land_params;

typedef struct eco__soil_params { /* of a soil site: what no scenario changes */
  double depth_m, bulk_density_kg_l, water_content, dispersivity_m;
  double kd_l_kg; /* NaN: from pH and organic matter by the regression below */
  double ph, organic_matter_pct, kd_ph, kd_om, kd_0;
} eco__soil_params;

#endif
