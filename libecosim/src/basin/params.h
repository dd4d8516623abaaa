/* params.h -- numbers that the description gives to the physics of land, as plain structs: the basin room fills them, the
 * land room reads them. */
#ifndef ECO__PARAMS_H
#define ECO__PARAMS_H

typedef struct eco__climate {
  double t_mean_c[12], p_wet_wet[12], p_wet_dry[12], gamma_shape[12], gamma_scale_mm[12], evap_mm_month[12],
    wind_m_s[12];
  double t_day_sd_c, t_memory;
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
