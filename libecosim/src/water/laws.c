/* laws.c -- the flow of a structure as a law of the two levels beside it.
 *
 *   WAT-3  Q = C h1^1.5 (1 - (h2/h1)^1.5)^0.385                  weir, drowned where h2 > 0         [Villemonte1947]
 *          C = 2/3 Cd b sqrt(2 g)                                                                   [Bos1989]
 *   WAT-4  o = s(x)  with s = x^2 (3 - 2 x) on 0..1              opening of a gate, x = (h_up - open) / band
 *   WAT-5  Q = demand s((h_up - least) / 0.2 m)                  intake, and a dam's least release
 *   WAT-6  Q <- Q / (1 + (Q / capacity)^4)^(1/4)                 a largest flow, smooth
 *
 *   WAT-10 WAT-3 is a straight line through zero where h1 - h2 is under the structure's smooth_drop (1 cm unless said
 *          otherwise; h2/h1 above 0.999 at least): its slope is infinite at equal levels, and a step would chatter there
 *
 * Every law is monotone in both levels, so that Newton's matrix is an M-matrix. */
#include "water/water.h"

#include <math.h>

#define DROWNED 0.999 /* h2/h1 from which WAT-10 holds at the latest */
#define RISE_M 0.2    /* m over which WAT-5 opens; assumption */

/* the factor of WAT-3 and its slope in x = h2/h1 < 1 */
static double drowning(double x, double *slope)
{
  double rest = 1.0 - x * sqrt(x), factor = pow(rest, 0.385);
  *slope = -0.385 * 1.5 * sqrt(x) * factor / rest;
  return factor;
}

/* WAT-3 for h1 >= h2. From x = xs on a straight line to zero at equal levels, WAT-10. */
static eco__flow weir_one_way(double strength, double h1, double h2, double drop)
{
  if (h1 <= 0)
    return (eco__flow){0};
  double root = sqrt(h1), free_flow = strength * h1 * root, slope;
  if (h2 <= 0)
    return (eco__flow){free_flow, 1.5 * strength * root, 0.0};
  double x = h2 / h1, xs = 1.0 - drop / h1, moves = drop / (h1 * h1); /* d xs / d h1 */
  if (xs < 0.5 || xs > DROWNED) {
    xs = xs < 0.5 ? 0.5 : DROWNED;
    moves = 0.0;
  }
  if (x <= xs) {
    double factor = drowning(x, &slope);
    return (eco__flow){free_flow * factor, strength * root * (1.5 * factor - x * slope), -strength * root * slope};
  }
  double factor = drowning(xs, &slope), per = 1.0 / (1.0 - xs), share = (1.0 - x) * per;
  double in_h1 = slope * moves * share + factor * per * (x / h1 + share * moves);
  return (eco__flow){free_flow * factor * share, 1.5 * strength * root * factor * share + free_flow * in_h1,
                     free_flow * factor * per / h1};
}

static eco__flow weir_both_ways(double strength, double crest_m, double level_up, double level_down, double drop)
{
  double h1 = level_up - crest_m, h2 = level_down - crest_m;
  if (h1 >= h2)
    return weir_one_way(strength, h1, h2, drop);
  eco__flow back = weir_one_way(strength, h2, h1, drop);
  return (eco__flow){-back.q, back.q_down, back.q_up};
}

eco__flow eco__weir_flow(double strength, double crest_m, double level_up, double level_down)
{
  return weir_both_ways(strength, crest_m, level_up, level_down, 0.0);
}

static double smooth_step(double x, double *slope)
{
  double t = x < 0 ? 0.0 : x > 1 ? 1.0 : x;
  *slope = 6.0 * t * (1.0 - t);
  return t * t * (3.0 - 2.0 * t);
}

static eco__flow wanted_flow(double demand, double least_m, double level_up) /* WAT-5 */
{
  double slope, share = smooth_step((level_up - least_m) / RISE_M, &slope);
  return (eco__flow){demand * share, demand * slope / RISE_M, 0.0};
}

static eco__flow gate_flow(const eco__structure *s, double strength, double crest, double open, double hu, double hd)
{
  eco__flow f = weir_both_ways(strength, crest, hu, hd, s->smooth_drop_m);
  if (isnan(open))
    return f;
  double slope, share = smooth_step((hu - open) / s->band_m, &slope); /* WAT-4 */
  f.q_up = f.q_up * share + (f.q > 0 ? f.q * slope / s->band_m : 0.0);
  f.q_down *= share;
  f.q *= share;
  return f;
}

static eco__flow limited(eco__flow f, double capacity) /* WAT-6 */
{
  if (isnan(capacity))
    return f;
  if (!(capacity > 0))
    return (eco__flow){0};
  double x = f.q / capacity, x4 = x * x * x * x, fourth = sqrt(sqrt(1.0 + x4));
  double slope = 1.0 / (fourth * (1.0 + x4));
  return (eco__flow){f.q / fourth, f.q_up * slope, f.q_down * slope};
}

eco__flow eco__structure_flow(const eco__structure *s, const double *numbers, size_t stride, double demand_m3_s,
                              double hu, double hd)
{
  double crest = numbers[ECO__S_CREST * stride], capacity = numbers[ECO__S_CAPACITY * stride];
  double hold = numbers[ECO__S_HOLD * stride], open = numbers[ECO__S_OPEN * stride];
  crest = crest > s->bed_m ? crest : s->bed_m;
  hold = hold > s->bed_m ? hold : s->bed_m;
  double strength = 2.0 / 3.0 * s->coefficient * s->width_m * sqrt(2.0 * ECO__GRAVITY);
  eco__flow f = {0};
  if (numbers[ECO__S_ACTIVE * stride] < 0.5)
    return f;
  switch (s->law) {
  case ECO__WEIR:
    f = weir_both_ways(strength, crest, hu, hd, s->smooth_drop_m);
    break;
  case ECO__GATE:
    f = gate_flow(s, strength, crest, open, hu, hd);
    break;
  case ECO__DAM: {
    eco__flow spill = weir_both_ways(strength, hold, hu, hd, s->smooth_drop_m),
              least = wanted_flow(demand_m3_s, s->min_level_m, hu);
    f = (eco__flow){spill.q + least.q, spill.q_up + least.q_up, spill.q_down};
    break;
  }
  case ECO__INTAKE:
    f = wanted_flow(demand_m3_s, s->min_level_m, hu);
    break;
  default:
    break;
  }
  if (s->one_way && f.q < 0)
    return (eco__flow){0};
  return limited(f, capacity);
}
