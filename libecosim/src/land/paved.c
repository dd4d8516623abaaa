/* paved.c -- impervious land: its depressions fill, the rest runs off within the day.
 *
 *   PAV-1  runoff = max(0, D + P - D_max): what the depressions do not hold          [Rossman2016] 3.2, depression storage
 *   PAV-2  E = min(D, e) from what stands in them
 *
 *   D store_mm, D_max depression_mm   mm over the paved land, 0..D_max; 1.3..2.5 mm usual    P water_mm, e evap_mm  mm/d
 *
 * Order of a day: rain, runoff, evaporation. */
#include "land/land.h"

void eco__paved_day(size_t n_lanes, double depression_mm, const double *water_mm, const double *evap_mm,
                    double *store_mm, double *runoff_mm, double *et_mm)
{
  ECO__EACH_LANE
  for (size_t i = 0; i < n_lanes; i++) {
    double full = store_mm[i] + water_mm[i], held = full < depression_mm ? full : depression_mm;
    double et = evap_mm[i] < held ? evap_mm[i] : held; /* PAV-2 */
    runoff_mm[i] = full - held;                        /* PAV-1 */
    store_mm[i] = held - et;
    et_mm[i] = et;
  }
}
