/* evaporation.h -- reference evapotranspiration of FAO irrigation and drainage paper 56 [Allen1998], and evaporation of a
 * day from whatever weather there is. Pure functions. Angles in radians, latitude in degrees north. */
#ifndef ECO__EVAPORATION_H
#define ECO__EVAPORATION_H

#include "base/base.h"
#include "basin/params.h"

double eco__pressure_kpa(double altitude_m);                 /* FAO-1 */
double eco__psychrometric_kpa_c(double pressure_kpa);        /* FAO-2 */
double eco__saturation_kpa(double air_c);                    /* FAO-3 */
double eco__mean_saturation_kpa(double t_min, double t_max); /* FAO-4 */
double eco__saturation_slope_kpa_c(double air_c);            /* FAO-5 */
double eco__vapour_of_extremes_kpa(double t_min, double t_max, double humidity_min_pct,
                                   double humidity_max_pct);                     /* FAO-6 */
double eco__vapour_of_mean_kpa(double t_min, double t_max, double humidity_pct); /* FAO-7 */
double eco__vapour_of_minimum_kpa(double t_min);                                 /* FAO-8 */

/* The sun over a place on a day of the year (1..366): FAO-9..13 */
typedef struct eco__sun {
  double extraterrestrial_mj_m2_d, daylight_h;
} eco__sun;
eco__sun eco__sun_of(double latitude_deg, int day_of_year);
double eco__radiation_of_sunshine(const eco__sun *sun, double sunshine_h);                                /* FAO-14 */
double eco__radiation_of_range(const eco__sun *sun, double t_min, double t_max, double factor);           /* FAO-15 */
double eco__clear_sky_radiation(const eco__sun *sun, double altitude_m);                                  /* FAO-16 */
double eco__net_short_wave(double radiation_mj_m2_d);                                                     /* FAO-17 */
double eco__net_long_wave(double t_min, double t_max, double vapour_kpa, double radiation, double clear); /* FAO-18 */
double eco__wind_at_2_m(double wind_m_s, double height_m);                                                /* FAO-21 */

typedef struct eco__reference_day { /* what FAO-22 needs */
  double air_c, delta_kpa_c, gamma_kpa_c, net_mj_m2_d, soil_mj_m2_d, wind_2_m_s, saturation_kpa, vapour_kpa;
} eco__reference_day;
double eco__soil_heat_of_month(double air_c, double air_before_c);                          /* FAO-20 */
double eco__penman_monteith_mm_d(const eco__reference_day *day);                            /* FAO-22 */
double eco__hargreaves_mm_d(const eco__sun *sun, double air_c, double t_min, double t_max); /* FAO-23 */

/* ---- which way: FAO-25 ---- */
typedef enum eco__evaporation_way {
  ECO__BY_NORMALS,
  ECO__BY_SERIES,
  ECO__BY_PENMAN,
  ECO__BY_HARGREAVES
} eco__evaporation_way;
typedef struct eco__dry_air { /* the weather of a day as evaporation sees it; NaN: not known */
  double t_min_c, t_max_c, wind_10_m_s, humidity_pct, sunshine_h, radiation_mj_m2_d;
  bool range_measured; /* else t_min and t_max stand for the month, not for the day */
} eco__dry_air;
eco__evaporation_way eco__way_of(const eco__dry_air *air);
/* Evaporation of open water, mm; 0 at least. */
double eco__evaporation_of_weather(const eco__climate *climate, const eco__dry_air *air, eco_day day);

#endif
