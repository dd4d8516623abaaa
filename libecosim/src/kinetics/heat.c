/* heat.c -- what the surface of a water takes from the sky and gives back, and the temperature that follows.
 *
 *   HEAT-1  atmospheric long wave  A = s (T_a + 273.15)^4 (0.6 + 0.031 e^(1/2)) (1 - 0.03)      [Brunt1932], [Chapra1997] lecture 30
 *   HEAT-2  back radiation         B = 0.97 s (T + 273.15)^4
 *   HEAT-3  evaporation            E = f (e_s(T) - e),  f = 19 + 0.95 W^2                        [Brady1969], as in Chapra
 *   HEAT-4  conduction             C = 0.47 f (T - T_a)                                          [Bowen1926]
 *   HEAT-5  net                    N(T) = (1 - r) R + A - B - E - C
 *   HEAT-6  rho c H dT/dt = N(T): T' = T + N(T)/K (1 - exp(-K dt/(rho c H))),  K = -dN/dT, in halves of the step
 *
 *   HEAT-7  the day as a line: K and T_e = T* + N(T*)/K, both at T*, HEAT-6 of half a day; within it T' = T_e + (T - T_e) exp(-K
 *           dt/(rho c H)), by the step, for water that is carried
 *
 *   HEAT-8  A grows by 1 + 0.17 c^2 under clouds                           [Wunderlich1972]; c = 1 - n/N of FAO-14, from radiation
 *
 *   R  short_wave_w_m2  W/m2    radiation of the sun on the ground, mean of the step
 *   r  ECO__ALBEDO      -       of water
 *   e  vapour_mmhg      mmHg    pressure of vapour in the air       e_s = 4.596 exp(17.27 T/(237.3 + T))
 *   W  wind_m_s         m/s     at 7 m
 *   s                   11.7e-8 cal/cm2/d/K4; Chapra's numbers are in cal/cm2/d, here turned to W/m2
 *
 * HEAT-6 is exact where N is linear, and goes to N = 0 by Newton's steps where the water is thin. */
#include "kinetics/kinetics.h"

#include <math.h>

#define CAL_CM2_D 0.48458333333333333 /* W/m2: 4.1868e4 J/m2 a day */
#define SIGMA 11.7e-8                 /* cal/cm2/d/K4 */
#define KELVIN 273.15
#define MMHG_PER_KPA 7.5006168
enum { PARTS = 2 }; /* of a step */

static double fourth(double x)
{
  return x * x * x * x;
}

static double wind_factor(double wind_m_s) /* cal/cm2/d/mmHg */
{
  return 19.0 + 0.95 * wind_m_s * wind_m_s;
}

double eco__cloud_share(double radiation, double extraterrestrial) /* HEAT-8 */
{
  double sunny = extraterrestrial > 0 ? (radiation / extraterrestrial - 0.25) / 0.5 : 1.0;
  return sunny > 1 ? 0.0 : sunny > 0 ? 1.0 - sunny : sunny <= 0 ? 1.0 : 0.0;
}

bool eco__sky_is_known(const eco__sky *sky)
{
  return !isnan(sky->short_wave_w_m2) && !isnan(sky->vapour_mmhg);
}

double eco__vapour_mmhg(double temp_c)
{
  return 4.596 * exp(17.27 * temp_c / (237.3 + temp_c));
}

double eco__atmospheric_long_wave(double air_c, double vapour_mmhg) /* HEAT-1 */
{
  return CAL_CM2_D * SIGMA * fourth(air_c + KELVIN) * (0.6 + 0.031 * sqrt(vapour_mmhg)) * (1.0 - ECO__ALBEDO);
}

double eco__back_radiation(double temp_c) /* HEAT-2 */
{
  return CAL_CM2_D * 0.97 * SIGMA * fourth(temp_c + KELVIN);
}

double eco__evaporation_heat(double temp_c, double vapour_mmhg, double wind_m_s) /* HEAT-3 */
{
  return CAL_CM2_D * wind_factor(wind_m_s) * (eco__vapour_mmhg(temp_c) - vapour_mmhg);
}

double eco__conduction_heat(double temp_c, double air_c, double wind_m_s) /* HEAT-4 */
{
  return CAL_CM2_D * 0.47 * wind_factor(wind_m_s) * (temp_c - air_c);
}

double eco__surface_heat(const eco__sky *sky, double temp_c) /* HEAT-5 */
{
  double long_wave = eco__atmospheric_long_wave(sky->air_c, sky->vapour_mmhg) * (1.0 + 0.17 * sky->cloud * sky->cloud);
  return (1.0 - ECO__ALBEDO) * sky->short_wave_w_m2 + long_wave - eco__back_radiation(temp_c) -
         eco__evaporation_heat(temp_c, sky->vapour_mmhg, sky->wind_m_s) -
         eco__conduction_heat(temp_c, sky->air_c, sky->wind_m_s);
}

/* -dN/dT, W/m2/K */
static double exchange_of(const eco__sky *sky, double temp_c)
{
  double k = temp_c + KELVIN, t = 237.3 + temp_c;
  double rise = 17.27 * 237.3 / (t * t) * eco__vapour_mmhg(temp_c);
  return CAL_CM2_D * (4.0 * 0.97 * SIGMA * k * k * k + wind_factor(sky->wind_m_s) * (rise + 0.47));
}

double eco__heated_temperature(const eco__sky *sky, double temp_c, double depth_m, double dt_s)
{
  double h = depth_m > ECO__DEPTH_FLOOR_M ? depth_m : ECO__DEPTH_FLOOR_M, t = temp_c;
  for (int part = 0; part < PARTS; part++) {
    double exchange = exchange_of(sky, t);
    t += eco__surface_heat(sky, t) / exchange * -expm1(-exchange * dt_s / PARTS / (ECO__WATER_RHO_C * h)); /* HEAT-6 */
    t = t > 0.0 ? t : 0.0;                                                                                 /* TEM-2 */
  }
  return t;
}

eco__heat_line eco__heat_line_of(const eco__sky *sky, double temp_c, double depth_m) /* HEAT-7 */
{
  double middle = eco__heated_temperature(sky, temp_c, depth_m, 43200.0), exchange = exchange_of(sky, middle);
  return (eco__heat_line){exchange, middle + eco__surface_heat(sky, middle) / exchange};
}

eco__sky eco__sky_of(double radiation_mj_m2_d, double air_c, double humidity_pct, double saturation_kpa,
                     double wind_m_s)
{
  return (eco__sky){.short_wave_w_m2 = radiation_mj_m2_d * 1e6 / 86400.0,
                    .air_c = air_c,
                    .vapour_mmhg = 0.01 * humidity_pct * saturation_kpa * MMHG_PER_KPA,
                    .wind_m_s = wind_m_s};
}
