/* paddy.c -- a rice field: one store of soil water and pond, drained over a sill, irrigated between two limits.
 *
 *   PAD-1  level L = W - M: the pond over the soil, below 0 what the soil lacks to be full
 *   PAD-2  drainage = max(0, L - sill)                                     three depths as in [XieCui2011]
 *   PAD-3  E = min(W, f e min(1, W / M))                                   ponded: f e; dry soil: in proportion, RUN-6
 *   PAD-4  percolation = min(p min(1, (W - F) / (M - F)), W - F) where W > F = 0.75 M; the rate p where it is ponded
 *   PAD-5  wanted = min(target - L, most) from the day on which L falls below lower until L reaches the target
 *                                                                          [XieCui2011]; months with target 0: nothing
 *
 *   W store_mm, 0..M + sill    mm over the field         e evap_mm, from open water   mm/d
 *   M soil_mm, full soil       mm                        f crop_factor of the month   -
 *   lower, target, sill        mm over the soil          p percolation_mm_d           mm/d, of ponded soil
 *   most  most_mm_d            mm/d that the field is given at most
 *
 * Order of a day: water, drainage, evapotranspiration, percolation; then what is wanted. Outside its season (sill and
 * target 0) a field is land that sheds what its soil does not hold. A sill that is lowered drains the field. */
#include "land/land.h"

/* share of full soil that is held against gravity; assumption of libecosim, as of RUN-7 */
#define FIELD_CAPACITY_SHARE 0.75

static inline double smaller(double a, double b)
{
  return a < b ? a : b;
}

static inline double not_below_zero(double x)
{
  return x > 0.0 ? x : 0.0;
}

void eco__paddy_day(size_t n_lanes, const eco__paddy_params *params, int month, const double *water_mm,
                    const double *evap_mm, double *store_mm, double *drained_mm, double *percolated_mm, double *et_mm)
{
  const double soil = params->soil_mm, most = soil + params->sill_mm[month], factor = params->crop_factor[month];
  const double field = FIELD_CAPACITY_SHARE * soil, rate = params->percolation_mm_d;
  const double per_soil = 1.0 / soil, per_above = 1.0 / (soil - field);
  ECO__EACH_LANE
  for (size_t i = 0; i < n_lanes; i++) {
    double full = store_mm[i] + water_mm[i], w = smaller(full, most);
    double et = smaller(w, factor * evap_mm[i] * smaller(1.0, w * per_soil)); /* PAD-3 */
    drained_mm[i] = full - w;                                                 /* PAD-2 */
    w -= et;
    double above = not_below_zero(w - field);
    double percolated = smaller(rate * smaller(1.0, above * per_above), above); /* PAD-4 */
    store_mm[i] = w - percolated;
    percolated_mm[i] = percolated;
    et_mm[i] = et;
  }
}

void eco__paddy_want(size_t n_lanes, const eco__paddy_params *params, int month, const double *store_mm,
                     double *filling, double *wanted_mm)
{
  const double soil = params->soil_mm, lower = params->lower_mm[month], target = params->target_mm[month];
  const double most = target > 0.0 ? params->most_mm_d : 0.0;
  ECO__EACH_LANE
  for (size_t i = 0; i < n_lanes; i++) { /* PAD-5 */
    double level = store_mm[i] - soil;   /* PAD-1 */
    double goes_on = level < target ? filling[i] : 0.0, fills = level < lower ? 1.0 : goes_on;
    filling[i] = target > 0.0 ? fills : 0.0;
    wanted_mm[i] = filling[i] * smaller(not_below_zero(target - level), most);
  }
}
