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

typedef struct eco__runoff_params { /* of a catchment */
  double curve_number, percolation_time_d, quick_time_d, slow_time_d, crop_factor;
} eco__runoff_params;

typedef struct eco__soil_params { /* of a soil site: what no scenario changes */
  double depth_m, bulk_density_kg_l, water_content, dispersivity_m;
  double kd_l_kg; /* NaN: from pH and organic matter by the regression below */
  double ph, organic_matter_pct, kd_ph, kd_om, kd_0;
} eco__soil_params;

#endif
