/* draw.c -- uncertain inputs: the number that a member gets. Keyed by name, so that adding an input moves no other.
 *
 *   DRW-1  lognormal: typical exp(s z), s = ln(high / low) / (2 z95), z95 = 1.6448536: 5 % below low and above high on
 *          average where typical is their geometric mean
 *   DRW-2  uniform: low + u (high - low)
 *   DRW-3  triangular, by inversion of its distribution function */
#include "scenario/scenario.h"

#include <math.h>

static const double z95 = 1.6448536269514722; /* standard normal quantile of 0.95 */

static uint32_t stream_of(const eco_draw *draw)
{
  uint32_t a = eco__hash(draw->item), b = eco__hash(draw->param);
  return a ^ (b * 16777619u + 0x9e3779b9u);
}

static double triangular(double u, double low, double mode, double high)
{
  double all = high - low;
  if (!(all > 0))
    return mode;
  double corner = (mode - low) / all;
  return u < corner ? low + sqrt(u * all * (mode - low)) : high - sqrt((1.0 - u) * all * (high - mode));
}

double eco_draw_value(const eco_draw *draw, uint64_t seed, uint32_t member)
{
  uint32_t stream = stream_of(draw);
  switch (draw->distribution) {
  case ECO_UNIFORM:
    return draw->low + eco__uniform(seed, member, stream, 0) * (draw->high - draw->low); /* DRW-2 */
  case ECO_TRIANGULAR:
    return triangular(eco__uniform(seed, member, stream, 0), draw->low, draw->typical, draw->high);
  case ECO_LOGNORMAL:
    break;
  }
  double s = log(draw->high / draw->low) / (2.0 * z95);
  return draw->typical * exp(s * eco__normal(seed, member, stream, 0)); /* DRW-1 */
}

eco_status eco__draw_check(const eco_draw *d, eco_error *err)
{
  if (!d->item || !d->param)
    return eco__fail(err, ECO_INVALID, "", "a draw has no item or no parameter");
  bool ordered =
    isfinite(d->low) && isfinite(d->typical) && isfinite(d->high) && d->low <= d->typical && d->typical <= d->high;
  if (!ordered)
    return eco__fail(err, ECO_INVALID, "", "draw '%s.%s': low %g, typical %g, high %g, expected them in this order",
                     d->item, d->param, d->low, d->typical, d->high);
  if (d->distribution == ECO_LOGNORMAL && !(d->low > 0))
    return eco__fail(err, ECO_INVALID, "", "draw '%s.%s': low is %g, must be above 0 for a lognormal", d->item,
                     d->param, d->low);
  if (d->low < 0)
    return eco__fail(err, ECO_INVALID, "", "draw '%s.%s': low is %g, must be 0 or more", d->item, d->param, d->low);
  return ECO_OK;
}
