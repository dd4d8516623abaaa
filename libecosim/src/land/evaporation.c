/* evaporation.c -- reference evapotranspiration of FAO paper 56 [Allen1998] and evaporation from what weather there is.
 * Equation numbers in brackets are the paper's; e0 is the saturation vapour pressure FAO-3.
 *
 *   FAO-1   P = 101.3 ((293 - 0.0065 z) / 293)^5.26                               (7)   kPa, z altitude m
 *   FAO-2   gamma = 0.665e-3 P                                                    (8)   kPa/C
 *   FAO-3   e0(T) = 0.6108 exp(17.27 T / (T + 237.3))                             (11)  kPa
 *   FAO-4   es = (e0(Tmax) + e0(Tmin)) / 2                                        (12)
 *   FAO-5   Delta = 4098 e0(T) / (T + 237.3)^2                                    (13)  kPa/C
 *   FAO-6   ea = (e0(Tmin) RHmax + e0(Tmax) RHmin) / 200                          (17)
 *   FAO-7   ea = RHmean / 100 es                                                  (19)
 *   FAO-8   ea = e0(Tmin)                                                         (48)  no humidity: dew at dawn
 *   FAO-9   dr = 1 + 0.033 cos(2 pi J / 365)                                      (23)  J day of the year
 *   FAO-10  delta = 0.409 sin(2 pi J / 365 - 1.39)                                (24)
 *   FAO-11  ws = arccos(-tan phi tan delta)                                       (25)
 *   FAO-12  Ra = 24 60 / pi 0.0820 dr (ws sin phi sin delta + cos phi cos delta sin ws)    (21)  MJ/m2/d
 *   FAO-13  N = 24 / pi ws                                                        (34)  h
 *   FAO-14  Rs = (0.25 + 0.50 n / N) Ra                                           (35)
 *   FAO-15  Rs = k sqrt(Tmax - Tmin) Ra, no more than FAO-16                      (50)
 *   FAO-16  Rso = (0.75 + 2e-5 z) Ra                                              (37)
 *   FAO-17  Rns = (1 - 0.23) Rs                                                   (38)
 *   FAO-18  Rnl = 4.903e-9 (TmaxK^4 + TminK^4) / 2 (0.34 - 0.14 sqrt ea)
 *                 (1.35 Rs/Rso - 0.35), TK = T + 273.16                           (39)
 *   FAO-19  Rn = Rns - Rnl                                                        (40)
 *   FAO-20  G = 0.14 (T_i - T_(i-1)) of months, 0 of days                         (44), (42)
 *   FAO-21  u2 = uz 4.87 / ln(67.8 z - 5.42)                                      (47)
 *   FAO-22  ET0 = (0.408 Delta (Rn - G) + gamma 900 / (T + 273) u2 (es - ea)) / (Delta + gamma (1 + 0.34 u2))   (6)
 *   FAO-23  ET0 = 0.0023 (Tmean + 17.8) sqrt(Tmax - Tmin) 0.408 Ra                (52)
 *   FAO-24  open water = c ET0, c = 1.05 unless given                             table 12
 *   FAO-25  the way: FAO-22 where anything but temperature is known of the day, with FAO-8 for humidity and FAO-15 for
 *           radiation where these are not; FAO-23 where a mean temperature and the range of the month are all
 *
 * Limits: n / N and Rs / Rso are at most 1 as in the paper; Rs / Rso at least 0.3 [ASCE2005, eq. 18], 0.7 where the sun
 * does not rise (assumption of libecosim); no dew: ET0 is at least 0. Tmean is that of Tmin and Tmax (9). */
#include "land/evaporation.h"

#include <math.h>

#define PI 3.14159265358979323846
#define WIND_HEIGHT_M 10.0
#define WIND_2_M_S 2.0 /* where none is known: chapter 3 of the paper, mean over 2000 stations */

double eco__pressure_kpa(double altitude_m)
{
  return 101.3 * pow((293.0 - 0.0065 * altitude_m) / 293.0, 5.26); /* FAO-1 */
}

double eco__psychrometric_kpa_c(double pressure_kpa)
{
  return 0.665e-3 * pressure_kpa; /* FAO-2 */
}

double eco__saturation_kpa(double air_c)
{
  return 0.6108 * exp(17.27 * air_c / (air_c + 237.3)); /* FAO-3 */
}

double eco__mean_saturation_kpa(double t_min, double t_max)
{
  return 0.5 * (eco__saturation_kpa(t_max) + eco__saturation_kpa(t_min)); /* FAO-4 */
}

double eco__saturation_slope_kpa_c(double air_c)
{
  double above = air_c + 237.3;
  return 4098.0 * eco__saturation_kpa(air_c) / (above * above); /* FAO-5 */
}

double eco__vapour_of_extremes_kpa(double t_min, double t_max, double humidity_min_pct, double humidity_max_pct)
{
  return (eco__saturation_kpa(t_min) * humidity_max_pct + eco__saturation_kpa(t_max) * humidity_min_pct) /
         200.0; /* FAO-6 */
}

double eco__vapour_of_mean_kpa(double t_min, double t_max, double humidity_pct)
{
  return humidity_pct / 100.0 * eco__mean_saturation_kpa(t_min, t_max); /* FAO-7 */
}

double eco__vapour_of_minimum_kpa(double t_min)
{
  return eco__saturation_kpa(t_min); /* FAO-8 */
}

eco__sun eco__sun_of(double latitude_deg, int day_of_year)
{
  double phi = latitude_deg * PI / 180.0, year = 2.0 * PI * day_of_year / 365.0;
  double distance = 1.0 + 0.033 * cos(year);                                               /* FAO-9 */
  double declination = 0.409 * sin(year - 1.39);                                           /* FAO-10 */
  double x = -tan(phi) * tan(declination), sunset = acos(x < -1 ? -1.0 : x > 1 ? 1.0 : x); /* FAO-11 */
  double height = sunset * sin(phi) * sin(declination) + cos(phi) * cos(declination) * sin(sunset);
  return (eco__sun){24.0 * 60.0 / PI * 0.0820 * distance * (height > 0 ? height : 0.0), /* FAO-12 */
                    24.0 / PI * sunset};                                                /* FAO-13 */
}

double eco__radiation_of_sunshine(const eco__sun *sun, double sunshine_h)
{
  double share = sun->daylight_h > 0 ? sunshine_h / sun->daylight_h : 0.0;
  return (0.25 + 0.50 * (share < 1 ? share : 1.0)) * sun->extraterrestrial_mj_m2_d; /* FAO-14 */
}

double eco__radiation_of_range(const eco__sun *sun, double t_min, double t_max, double factor)
{
  return factor * sqrt(t_max - t_min) * sun->extraterrestrial_mj_m2_d; /* FAO-15 */
}

double eco__clear_sky_radiation(const eco__sun *sun, double altitude_m)
{
  return (0.75 + 2e-5 * altitude_m) * sun->extraterrestrial_mj_m2_d; /* FAO-16 */
}

double eco__net_short_wave(double radiation_mj_m2_d)
{
  return (1.0 - 0.23) * radiation_mj_m2_d; /* FAO-17 */
}

static double fourth_power(double x)
{
  return x * x * x * x;
}

double eco__net_long_wave(double t_min, double t_max, double vapour_kpa, double radiation, double clear)
{
  double share = clear > 0 ? radiation / clear : 0.7;
  share = share > 1 ? 1.0 : share < 0.3 ? 0.3 : share;
  return 4.903e-9 * 0.5 * (fourth_power(t_max + 273.16) + fourth_power(t_min + 273.16)) *
         (0.34 - 0.14 * sqrt(vapour_kpa)) * (1.35 * share - 0.35); /* FAO-18 */
}

double eco__wind_at_2_m(double wind_m_s, double height_m)
{
  return wind_m_s * 4.87 / log(67.8 * height_m - 5.42); /* FAO-21 */
}

double eco__soil_heat_of_month(double air_c, double air_before_c)
{
  return 0.14 * (air_c - air_before_c); /* FAO-20 */
}

double eco__penman_monteith_mm_d(const eco__reference_day *d)
{
  double radiation = 0.408 * d->delta_kpa_c * (d->net_mj_m2_d - d->soil_mj_m2_d);
  double wind = d->gamma_kpa_c * 900.0 / (d->air_c + 273.0) * d->wind_2_m_s * (d->saturation_kpa - d->vapour_kpa);
  return (radiation + wind) / (d->delta_kpa_c + d->gamma_kpa_c * (1.0 + 0.34 * d->wind_2_m_s)); /* FAO-22 */
}

double eco__hargreaves_mm_d(const eco__sun *sun, double air_c, double t_min, double t_max)
{
  return 0.0023 * (air_c + 17.8) * sqrt(t_max - t_min) * 0.408 * sun->extraterrestrial_mj_m2_d; /* FAO-23 */
}

/* ---- the way ---- */

eco__evaporation_way eco__way_of(const eco__dry_air *air) /* FAO-25 */
{
  bool more =
    air->range_measured || !isnan(air->humidity_pct) || !isnan(air->sunshine_h) || !isnan(air->radiation_mj_m2_d);
  return more ? ECO__BY_PENMAN : ECO__BY_HARGREAVES;
}

static double penman_of(const eco__climate *climate, const eco__dry_air *air, const eco__sun *sun)
{
  double low = air->t_min_c, high = air->t_max_c, mean = 0.5 * (low + high);
  double clear = eco__clear_sky_radiation(sun, climate->altitude_m);
  double radiation = !isnan(air->radiation_mj_m2_d) ? air->radiation_mj_m2_d
                     : !isnan(air->sunshine_h)      ? eco__radiation_of_sunshine(sun, air->sunshine_h)
                                               : eco__radiation_of_range(sun, low, high, climate->radiation_factor);
  if (isnan(air->radiation_mj_m2_d) && radiation > clear)
    radiation = clear;
  eco__reference_day day = {
    .air_c = mean,
    .delta_kpa_c = eco__saturation_slope_kpa_c(mean),
    .gamma_kpa_c = eco__psychrometric_kpa_c(eco__pressure_kpa(climate->altitude_m)),
    .wind_2_m_s = isnan(air->wind_10_m_s) ? WIND_2_M_S : eco__wind_at_2_m(air->wind_10_m_s, WIND_HEIGHT_M),
    .saturation_kpa = eco__mean_saturation_kpa(low, high),
    .vapour_kpa = isnan(air->humidity_pct) ? eco__vapour_of_minimum_kpa(low)
                                           : eco__vapour_of_mean_kpa(low, high, air->humidity_pct)};
  day.net_mj_m2_d =
    eco__net_short_wave(radiation) - eco__net_long_wave(low, high, day.vapour_kpa, radiation, clear); /* FAO-19 */
  return eco__penman_monteith_mm_d(&day);
}

double eco__evaporation_of_weather(const eco__climate *climate, const eco__dry_air *air, eco_day day)
{
  int year, month, of_month;
  eco_day_to_date(day, &year, &month, &of_month);
  eco__sun sun = eco__sun_of(climate->latitude_deg, (int)(day - eco_day_from_date(year, 1, 1)) + 1);
  double reference = eco__way_of(air) == ECO__BY_PENMAN
                       ? penman_of(climate, air, &sun)
                       : eco__hargreaves_mm_d(&sun, 0.5 * (air->t_min_c + air->t_max_c), air->t_min_c, air->t_max_c);
  double open = climate->open_water_factor * reference; /* FAO-24 */
  return open > 0 ? open : 0.0;
}
