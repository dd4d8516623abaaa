/* oxygen.c -- saturation and reaeration of oxygen, and the temperature of the water that they depend on.
 *
 *   OXY-1   ln O_s = -139.34411 + 1.575701e5/K - 6.642308e7/K^2 + 1.243800e10/K^3 - 8.621949e11/K^4,  K = T + 273.15
 *                                                             [BensonKrause1984], as printed in [APHA2005] 4500-O
 *   OXY-2   k_a = 3.93 U^0.5 / H^1.5                          [OConnorDobbins1958]
 *   OXY-3   k_a = 5.026 U / H^1.67                            [Churchill1962]
 *   OXY-4   k_a = 5.32 U^0.67 / H^1.85                        [OwensGibbs1964]
 *   OXY-5   H < 0.61 m: OXY-4; else H > 3.45 U^2.5: OXY-2; else OXY-3        [Covar1976], as in [Chapra1997] lecture 20
 *   OXY-6   K_L = 0.728 W^0.5 - 0.317 W + 0.0372 W^2          [BanksHerrera1977]
 *   TEM-1   T' = (T + a T_air) / (1 + a),  a = K dt / (rho c H)               [Edinger1974], backward Euler
 *   TEM-2   T' is never below 0 C: ice and its heat are not followed
 *
 *   O_s  (returned)        mg/L   saturation in fresh water at 1 atm; the fit is made for 0..40 C, T is kept inside
 *   k_a  (returned)        1/d    reaeration at 20 C, base e
 *   K_L  (returned)        m/d    surface transfer at 20 C; the fit is made for winds up to about 20 m/s
 *   U    speed_m_s         m/s    its size counts, not its sign; not below 0.01 in OXY-2..5
 *   H    depth_m           m      not below 0.05
 *   W    wind_m_s          m/s    at 10 m
 *   K    exchange_w_m2_k   W/m2/K
 *
 * differs: U is floored because OXY-2..4 give still water no oxygen at all; at 0.01 m/s and 1 m OXY-2 gives 0.39 m/d,
 * what OXY-6 gives under a light air of 0.8 m/s. */
#include "kinetics/kinetics.h"

#include <math.h>

#define SPEED_FLOOR_M_S 0.01 /* assumption, see above */

double eco__oxygen_saturation(double temp_c) /* OXY-1 */
{
  double inside_c = temp_c < 0.0 ? 0.0 : temp_c > 40.0 ? 40.0 : temp_c;
  double k = inside_c + 273.15;
  return exp(-139.34411 + 1.575701e5 / k - 6.642308e7 / (k * k) + 1.243800e10 / (k * k * k) -
             8.621949e11 / (k * k * k * k));
}

double eco__reaeration_river(double speed_m_s, double depth_m)
{
  double size = fabs(speed_m_s);
  double u = size > SPEED_FLOOR_M_S ? size : SPEED_FLOOR_M_S;
  double h = depth_m > ECO__DEPTH_FLOOR_M ? depth_m : ECO__DEPTH_FLOOR_M;
  if (h < 0.61)                                /* OXY-5 */
    return 5.32 * pow(u, 0.67) / pow(h, 1.85); /* OXY-4 */
  if (h > 3.45 * u * u * sqrt(u))
    return 3.93 * sqrt(u) / (h * sqrt(h)); /* OXY-2 */
  return 5.026 * u / pow(h, 1.67);         /* OXY-3 */
}

double eco__reaeration_lake(double wind_m_s) /* OXY-6 */
{
  return 0.728 * sqrt(wind_m_s) - 0.317 * wind_m_s + 0.0372 * wind_m_s * wind_m_s;
}

double eco__water_temperature(double temp_c, double air_c, double depth_m, double exchange_w_m2_k, double dt_s)
{
  double h = depth_m > ECO__DEPTH_FLOOR_M ? depth_m : ECO__DEPTH_FLOOR_M;
  double a = exchange_w_m2_k * dt_s / (ECO__WATER_RHO_C * h); /* TEM-1 */
  double drawn_c = (temp_c + a * air_c) / (1.0 + a);
  return drawn_c > 0.0 ? drawn_c : 0.0; /* TEM-2 */
}
