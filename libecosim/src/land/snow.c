/* snow.c -- snow on a catchment: it falls below one temperature and melts by degree days above another.
 *
 *   SNO-1  snowfall = P where T <= T_s, else 0; rain = P - snowfall                        [Hock2003], one threshold
 *   SNO-2  melt = min(N + snowfall, m max(0, T - T_m))                                     [Hock2003] eq. 1
 *   SNO-3  water = rain + melt
 *
 *   P  rain_mm        mm/d       T_s  falls_below_c   C          N  snow_mm   mm of water
 *   T  air_c, day's mean   C     T_m  melts_above_c   C          m  melt_mm_c_d   mm/K/d, 1..8
 *
 * The snow holds no liquid water and nothing freezes again: a cover that lies for days, not for months. */
#include "land/land.h"

void eco__snow_day(size_t n_lanes, const eco__snow_params *params, const double *rain_mm, const double *air_c,
                   double *snow_mm, double *water_mm)
{
  const double falls = params->falls_below_c, melts = params->melts_above_c, factor = params->melt_mm_c_d;
  ECO__EACH_LANE
  for (size_t i = 0; i < n_lanes; i++) {
    double fallen = air_c[i] <= falls ? rain_mm[i] : 0.0; /* SNO-1 */
    double lying = snow_mm[i] + fallen, warm = air_c[i] > melts ? air_c[i] - melts : 0.0;
    double could = factor * warm, melt = could < lying ? could : lying; /* SNO-2 */
    snow_mm[i] = lying - melt;
    water_mm[i] = (rain_mm[i] - fallen) + melt; /* SNO-3 */
  }
}
