/* runoff.c -- one day of natural land: curve-number runoff on an account of soil water.
 *
 *   RUN-1   S(CN) = 25400 / CN - 254                                            [NEH4] ch. 10, mm
 *   RUN-2   Q = (P - Ia)^2 / (P - Ia + S) for P > Ia = 0.2 S, else 0            [NEH4] ch. 10
 *   RUN-3   CN_I = CN / (2.281 - 0.01281 CN)                                    [Hawkins1985]
 *   RUN-4   room of the soil: S_max = S(CN_I); of a day: S = S_max - W, the dry retention in dry soil
 *                                                                 after [Arnold1998] (there by soil layers)
 *   RUN-5   infiltration I = min(P - Q, S), surface runoff = P - I: never more than rain, and W never above S_max
 *   RUN-6   E = min(W, f e W / S_max)                       after [ThornthwaiteMather1955]: in proportion to W
 *   RUN-7   percolation (W - W_fc) (1 - exp(-1 / tau_p)) where W > W_fc, W_fc = 0.75 S_max        after [Arnold1998]
 *   RUN-9   CN_III = CN / (0.427 + 0.00573 CN), wet soil                         [Hawkins1985]; for reference
 *
 *   P  rain_mm   mm/d      Q, surface_mm   mm/d      W  soil_mm   mm
 *   CN curve_number  -     30..100, average antecedent moisture; 100: no soil (paved, open water), all rain runs off
 *   e  evap_mm   mm/d      from open water           f  crop_factor   -
 *   tau_p percolation_time_d   d
 *
 * Order of a day: rain, infiltration, evapotranspiration, percolation. */
#include "land/land.h"

#include <math.h>

/* Share of S_max that the soil holds against gravity. Assumption of libecosim: with Jingmen's climate and CN 78 it
 * gives the runoff and the share of base flow that are known for the place (doc/theory/runoff.md has the numbers). */
#define FIELD_CAPACITY_SHARE 0.75

double eco__scs_retention_mm(double curve_number) /* RUN-1 */
{
  return 25400.0 / curve_number - 254.0;
}

double eco__scs_dry_curve_number(double curve_number) /* RUN-3 */
{
  return curve_number / (2.281 - 0.01281 * curve_number);
}

double eco__scs_runoff_mm(double rain_mm, double retention_mm) /* RUN-2 */
{
  double after = rain_mm - 0.2 * retention_mm;
  return after > 0.0 ? after * after / (after + retention_mm) : 0.0;
}

double eco__scs_wet_curve_number(double curve_number) /* RUN-9 */
{
  return curve_number / (0.427 + 0.00573 * curve_number);
}

/* RUN-4: soil water that fits, mm */
static double room_mm(const eco__scs_params *params)
{
  return eco__scs_retention_mm(eco__scs_dry_curve_number(params->curve_number));
}

static inline double smaller(double a, double b)
{
  return a < b ? a : b;
}

static inline double not_below_zero(double x)
{
  return x > 0.0 ? x : 0.0;
}

double eco__scs_start_mm(const eco__scs_params *params)
{
  return FIELD_CAPACITY_SHARE * not_below_zero(room_mm(params));
}

void eco__scs_day(size_t n_lanes, const eco__scs_params *params, const double *rain_mm, const double *evap_mm,
                  double *soil_mm, double *surface_mm, double *percolated_mm, double *et_mm)
{
  /* at CN 100 the room is 0 but for rounding, and may be a last digit below it */
  double most_mm = not_below_zero(room_mm(params)), field_capacity_mm = FIELD_CAPACITY_SHARE * most_mm;
  double per_mm = most_mm > 0.0 ? params->crop_factor / most_mm : 0.0;
  double drained = -expm1(-1.0 / params->percolation_time_d);
  ECO__EACH_LANE
  for (size_t i = 0; i < n_lanes; i++) {
    double rain = rain_mm[i], soil = soil_mm[i];
    double space = not_below_zero(most_mm - soil); /* RUN-4 */
    double after = not_below_zero(rain - 0.2 * space), sum = after + space;
    double event = after * (after / (sum > 0.0 ? sum : 1.0)); /* RUN-2; never above `after`, and 0 of 0 is 0 */
    double infiltrated = smaller(rain - event, space);        /* RUN-5 */
    soil += infiltrated;

    double et = smaller(soil, per_mm * evap_mm[i] * soil); /* RUN-6 */
    soil -= et;
    double percolated = drained * not_below_zero(soil - field_capacity_mm); /* RUN-7 */
    soil_mm[i] = soil - percolated;
    surface_mm[i] = rain - infiltrated;
    percolated_mm[i] = percolated;
    et_mm[i] = et;
  }
}
