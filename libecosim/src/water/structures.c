/* structures.c -- the flow of a structure as a law of the two levels beside it.
 *
 *   WAT-3  Q = C h1^1.5 (1 - (h2/h1)^1.5)^0.385                  weir, drowned where h2 > 0         [Villemonte1947]
 *          C = 2/3 Cd b sqrt(2 g)                                                                   [Bos1989]
 *   WAT-4  o = s(x)  with s = x^2 (3 - 2 x) on 0..1              opening of a gate, x = (h_up - open) / band
 *   WAT-5  Q = demand s((h_up - least) / 0.2 m)                  intake, and what a dam gives
 *   WAT-6  Q <- least(|Q|, capacity r(|h_up - h_down|)) sign Q   a largest flow, least as STR-2; r = t (1.5 - 0.5 t^2),
 *          t = |h_up - h_down| / smooth_drop held to 0..1, between two levels; r = 1 for what demand or a pump drives
 *   WAT-10 WAT-3 is a straight line through zero where h1 - h2 is under the structure's smooth_drop (1 cm unless said
 *          otherwise; h2/h1 above 0.999 at least): its slope is infinite at equal levels, and a step would chatter there
 *   STR-3  Q = Cd a sqrt(2 g (h1 - max(h2, 0)))                  orifice, h over its centre         [Bos1989]
 *          the root as STR-1, its drop max(h2, 1e-6 m) and smooth_drop at most: free, it empties in finite time
 *   STR-4  gate of opening a: WAT-3 for h1 <= a; Cd b a sqrt(2 g (h1 - max(h2, a/2))) for h1 >= 1.5 a; between them
 *          the sum of both, weighed by s((h1 - a) / (a/2))
 *   STR-5  dam: spill + max(release, supply) as WAT-5. Spill: WAT-3 over the level it holds; with a sill under gates
 *          WAT-3 over the sill times s((h_up - hold) / band). Not active: the open river, or WAT-3 over the higher bed
 *   STR-6  Q = tabulated, a function of h_up                     rating; below its first level straight to the bed
 *   STR-7  Q = G (max(h_up, bed) - max(h_down, bed))             link
 *   STR-8  Q = N q(max(h_down, outlet) - h_up) s(..)             pump, N units that run, q falling over the lift
 *          a unit k = 0, 1, .. starts at on + k stage and stops at off + k stage, at the start of a step
 *   STR-9  Q = a sqrt(2 g (h1 - max(h2, outlet)) / loss) s(..)   siphon while it is full; two-way
 *
 * Every law is monotone in both levels, so that Newton's matrix is an M-matrix; the one exception is WAT-4 while water
 * runs back, which gets the slopes of what is under it. */
#include "water/smooth.h"
#include "water/water.h"

#define DROWNED 0.999 /* h2/h1 from which WAT-10 holds at the latest */
#define RISE_M 0.2    /* m over which WAT-5 opens; assumption */
#define FREE_M 1e-6   /* m of head under which a free root is rounded: less than the last digits of a level matter */
#define LIP 0.5       /* share of its opening over which a gate's lip takes hold, STR-4; assumption */

/* ---- weir */

/* the factor of WAT-3 and its slope in x = h2/h1; rest is 1 - x^1.5, of d = h1 - h2 without loss of digits */
static double drowning(double x, double d, double h1, double *slope)
{
  double rest = x < 0.5 ? 1.0 - x * sqrt(x) : -expm1(1.5 * log1p(-d / h1));
  if (!(rest > 0)) {
    *slope = 0.0;
    return 0.0;
  }
  double factor = pow(rest, 0.385);
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
  if (drop > 0 && (xs < 0.5 || xs > DROWNED)) {
    xs = xs < 0.5 ? 0.5 : DROWNED;
    moves = 0.0;
  }
  if (x <= xs || !(drop > 0)) {
    double factor = drowning(x, h1 - h2, h1, &slope);
    return (eco__flow){free_flow * factor, strength * root * (1.5 * factor - x * slope), -strength * root * slope};
  }
  double factor = drowning(xs, h1 * (1.0 - xs), h1, &slope), per = 1.0 / (1.0 - xs), share = (1.0 - x) * per;
  double in_h1 = slope * moves * share + factor * per * (x / h1 + share * moves);
  return (eco__flow){free_flow * factor * share, 1.5 * strength * root * factor * share + free_flow * in_h1,
                     free_flow * factor * per / h1};
}

static eco__flow reversed(eco__flow back)
{
  return (eco__flow){-back.q, back.q_down, back.q_up};
}

eco__flow eco__weir_flow(double strength, double crest_m, double level_up, double level_down, double drop_m)
{
  double h1 = level_up - crest_m, h2 = level_down - crest_m;
  return h1 >= h2 ? weir_one_way(strength, h1, h2, drop_m) : reversed(weir_one_way(strength, h2, h1, drop_m));
}

/* ---- orifice */

static eco__flow orifice_one_way(double strength, double h1, double h2, double drop)
{
  if (h1 <= 0)
    return (eco__flow){0};
  double slope, in_drop, moves = h2 > FREE_M && h2 < drop ? 1.0 : 0.0, felt = h2 > 0 ? 1.0 : 0.0;
  double within = h2 < FREE_M ? FREE_M : h2;
  within = within < drop ? within : drop;
  double root = eco__head_root(h1 - felt * h2, within, &slope, &in_drop);
  return (eco__flow){strength * root, strength * slope, strength * (felt * slope - moves * in_drop)};
}

eco__flow eco__orifice_flow(double strength, double centre_m, double level_up, double level_down, double drop_m)
{
  double h1 = level_up - centre_m, h2 = level_down - centre_m;
  return h1 >= h2 ? orifice_one_way(strength, h1, h2, drop_m) : reversed(orifice_one_way(strength, h2, h1, drop_m));
}

/* ---- gate */

/* STR-4 under the lip, h1 >= a: the head counts from half the opening or from the level below, whichever is higher. */
static eco__flow under_lip(double strength, double a, double h1, double h2, double drop)
{
  double below = h2 > 0.5 * a ? h2 : 0.5 * a, felt = h2 > 0.5 * a ? 1.0 : 0.0, slope, in_drop;
  double root = eco__head_root(h1 - below, drop, &slope, &in_drop), k = 1.5 * strength * a; /* Cd b a sqrt(2 g) */
  return (eco__flow){k * root, k * slope, k * slope * felt};
}

static eco__flow sluice_one_way(double strength, double a, double h1, double h2, double drop)
{
  eco__flow over = h1 < (1.0 + LIP) * a ? weir_one_way(strength, h1, h2, drop) : (eco__flow){0};
  if (h1 <= a)
    return over;
  eco__flow under = under_lip(strength, a, h1, h2, drop);
  double turn, share = eco__smooth_step((h1 - a) / (LIP * a), &turn), rest = 1.0 - share;
  return (eco__flow){rest * over.q + share * under.q,
                     rest * over.q_up + share * under.q_up + (under.q - over.q) * turn / (LIP * a),
                     rest * over.q_down + share * under.q_down};
}

eco__flow eco__sluice_flow(double strength, double crest_m, double opening_m, double level_up, double level_down,
                           double drop_m)
{
  double h1 = level_up - crest_m, h2 = level_down - crest_m;
  if (!(opening_m > 0))
    return (eco__flow){0};
  return h1 >= h2 ? sluice_one_way(strength, opening_m, h1, h2, drop_m)
                  : reversed(sluice_one_way(strength, opening_m, h2, h1, drop_m));
}

/* WAT-4 over what passes the open gate. */
static eco__flow opened(eco__flow f, double open_m, double band_m, double level_up)
{
  double slope, share = eco__smooth_step((level_up - open_m) / band_m, &slope);
  f.q_up = f.q_up * share + (f.q > 0 ? f.q * slope / band_m : 0.0);
  f.q_down *= share;
  f.q *= share;
  return f;
}

/* ---- what is wanted, tabulated, pumped */

static eco__flow wanted_flow(double demand, double least_m, double level_up) /* WAT-5 */
{
  double slope, share = eco__smooth_step((level_up - least_m) / RISE_M, &slope);
  return (eco__flow){demand * share, demand * slope / RISE_M, 0.0};
}

/* The piece of a curve that x lies in: 0..n-2; x is held to the curve's ends by the caller. */
static size_t piece_of(const eco__curve *c, double x)
{
  size_t k = 0;
  while (k + 2 < c->n && x > c->x_m[k + 1])
    k++;
  return k;
}

static double slope_of(const eco__curve *c, size_t k)
{
  return (c->flow_m3_s[k + 1] - c->flow_m3_s[k]) / (c->x_m[k + 1] - c->x_m[k]);
}

/* STR-6. Above its last level a rating stays at its last flow: nothing is known there. */
static eco__flow tabulated_flow(const eco__structure *s, double level_up)
{
  const eco__curve *c = &s->rating;
  double x = level_up, first = c->x_m[0];
  if (x >= c->x_m[c->n - 1])
    return (eco__flow){c->flow_m3_s[c->n - 1], 0.0, 0.0};
  if (x < first) {
    double rise = first - s->bed_up_m, per = rise > 0 && x > s->bed_up_m ? c->flow_m3_s[0] / rise : 0.0;
    return (eco__flow){per * (x - s->bed_up_m), per, 0.0};
  }
  size_t k = piece_of(c, x);
  double slope = slope_of(c, k);
  return (eco__flow){c->flow_m3_s[k] + slope * (x - c->x_m[k]), slope, 0.0};
}

/* A table that begins below the bed of its cell, which is the mean of a part of a reach, opens above the bed as WAT-5. */
static eco__flow rated_flow(const eco__structure *s, double level_up)
{
  eco__flow f = tabulated_flow(s, level_up);
  if (s->rating.x_m[0] >= s->bed_up_m)
    return f;
  double slope, share = eco__smooth_step((level_up - s->bed_up_m) / RISE_M, &slope);
  return (eco__flow){f.q * share, f.q_up * share + f.q * slope / RISE_M, 0.0};
}

/* STR-8: one unit at a lift; below the curve its first flow, above it straight on until nothing passes. */
static double unit_flow(const eco__curve *c, double lift, double *falls)
{
  *falls = 0.0;
  if (lift <= c->x_m[0])
    return c->flow_m3_s[0];
  size_t k = piece_of(c, lift);
  double slope = slope_of(c, k), q = c->flow_m3_s[k] + slope * (lift - c->x_m[k]);
  *falls = q > 0 ? -slope : 0.0;
  return q > 0 ? q : 0.0;
}

static eco__flow pumped_flow(const eco__structure *s, double running, double units, double capacity, double hu,
                             double hd)
{
  double share_slope, share = eco__smooth_step((hu - s->min_level_m) / RISE_M, &share_slope);
  bool lifts = hd > s->outlet_m;
  double falls = 0.0, q = units > 0 ? capacity / units : 0.0;
  if (s->lift.n > 0)
    q = unit_flow(&s->lift, (lifts ? hd : s->outlet_m) - hu, &falls);
  q *= running;
  falls *= running;
  return (eco__flow){q * share, falls * share + q * share_slope / RISE_M, lifts ? falls * share : 0.0};
}

static eco__flow siphon_one_way(double strength, double mouth, double outlet, double h1, double h2, double drop)
{
  double slope, in_drop, turn, felt = h2 > outlet ? 1.0 : 0.0, below = felt > 0 ? h2 : outlet;
  if (h1 <= mouth || h1 <= below)
    return (eco__flow){0};
  double root = eco__head_root(h1 - below, drop, &slope, &in_drop),
         share = eco__smooth_step((h1 - mouth) / RISE_M, &turn);
  return (eco__flow){strength * root * share, strength * (slope * share + root * turn / RISE_M),
                     felt * strength * slope * share};
}

/* STR-9. Nothing enters either mouth below min_level; the head counts from the outlet's level at least. */
static eco__flow siphon_flow(const eco__structure *s, double hu, double hd)
{
  double strength = s->area_m2 * sqrt(2.0 * ECO__GRAVITY / s->loss), mouth = s->min_level_m;
  mouth = mouth > s->bed_m ? mouth : s->bed_m;
  return hu >= hd ? siphon_one_way(strength, mouth, s->outlet_m, hu, hd, s->smooth_drop_m)
                  : reversed(siphon_one_way(strength, mouth, mouth, hd, hu, s->smooth_drop_m));
}

static eco__flow link_flow(const eco__structure *s, double conductance, double hu, double hd)
{
  double up = hu > s->bed_m ? hu : s->bed_m, down = hd > s->bed_m ? hd : s->bed_m;
  return (eco__flow){conductance * (up - down), hu > s->bed_m ? conductance : 0.0, hd > s->bed_m ? conductance : 0.0};
}

/* ---- dam, STR-5 */

static eco__flow spilled_flow(const eco__structure *s, double strength, double sill, double hold, double hu, double hd)
{
  if (isnan(sill))
    return eco__weir_flow(strength, hold, hu, hd, s->smooth_drop_m);
  sill = sill > s->bed_m ? sill : s->bed_m;
  eco__flow f = eco__weir_flow(strength, sill, hu, hd, s->smooth_drop_m);
  return f.q < 0 ? (eco__flow){0} : opened(f, hold > sill ? hold : sill, s->band_m, hu);
}

/* Both are given where both can be; the larger counts, not the sum. */
static eco__flow given_flow(const eco__structure *s, double release, double supply, double hu)
{
  eco__flow least = wanted_flow(release, s->min_level_m, hu);
  double more = supply > release ? supply - release : 0.0; /* NaN: none */
  eco__flow rest = wanted_flow(more, s->supply_level_m, hu);
  return (eco__flow){least.q + rest.q, least.q_up + rest.q_up, 0.0};
}

/* ---- a largest flow, WAT-6 */

static eco__flow limited(eco__flow f, double capacity, double drop, double difference)
{
  if (isnan(capacity))
    return f;
  if (!(capacity > 0))
    return (eco__flow){0};
  double t = difference >= 0 ? difference : -difference;
  t = drop > 0 && t < drop ? t / drop : 1.0;
  double most = capacity * t * (1.5 - 0.5 * t * t), moves = t < 1 ? capacity * 1.5 * (1.0 - t * t) / drop : 0.0;
  double in_q, in_most, size = f.q >= 0 ? f.q : -f.q, q = eco__smooth_least(size, most, &in_q, &in_most);
  return (eco__flow){f.q >= 0 ? q : -q, f.q_up * in_q + in_most * moves, f.q_down * in_q + in_most * moves};
}

/* ---- all of them */

static double numbered(const double *numbers, size_t stride, int which)
{
  return numbers[(size_t)which * stride];
}

static eco__flow by_levels(const eco__structure *s, const double *numbers, size_t stride, double hu, double hd)
{
  double crest = numbered(numbers, stride, ECO__S_CREST), opening = numbered(numbers, stride, ECO__S_OPENING);
  double open = numbered(numbers, stride, ECO__S_OPEN), drop = s->smooth_drop_m;
  double strength = 2.0 / 3.0 * s->coefficient * s->width_m * sqrt(2.0 * ECO__GRAVITY);
  crest = crest > s->bed_m ? crest : s->bed_m;
  switch (s->law) {
  case ECO__WEIR:
    return eco__weir_flow(strength, crest, hu, hd, drop);
  case ECO__GATE: {
    eco__flow f = isnan(opening) ? eco__weir_flow(strength, crest, hu, hd, drop)
                                 : eco__sluice_flow(strength, crest, opening, hu, hd, drop);
    return isnan(open) ? f : opened(f, open, s->band_m, hu);
  }
  case ECO__ORIFICE:
    return eco__orifice_flow(s->coefficient * s->area_m2 * sqrt(2.0 * ECO__GRAVITY),
                             s->centre_m > s->bed_m ? s->centre_m : s->bed_m, hu, hd, drop);
  case ECO__CULVERT:
    return eco__culvert_flow(s, hu, hd);
  case ECO__SIPHON:
    return numbered(numbers, stride, ECO__S_RUNNING) > 0 ? siphon_flow(s, hu, hd) : (eco__flow){0};
  default:
    return link_flow(s, numbered(numbers, stride, ECO__S_CONDUCTANCE), hu, hd);
  }
}

static eco__flow dam_flow(const eco__structure *s, const double *numbers, size_t stride, double release, double hu,
                          double hd)
{
  double strength = 2.0 / 3.0 * s->coefficient * s->width_m * sqrt(2.0 * ECO__GRAVITY);
  double hold = numbered(numbers, stride, ECO__S_HOLD), sill = numbered(numbers, stride, ECO__S_CREST);
  hold = hold > s->bed_m ? hold : s->bed_m;
  if (numbered(numbers, stride, ECO__S_ACTIVE) < 0.5)
    return eco__weir_flow(strength, s->bed_m, hu, hd, s->smooth_drop_m);
  eco__flow spill = spilled_flow(s, strength, sill, hold, hu, hd);
  eco__flow give = given_flow(s, release, numbered(numbers, stride, ECO__S_SUPPLY), hu);
  eco__flow f = {spill.q + give.q, spill.q_up + give.q_up, spill.q_down};
  return limited(f, numbered(numbers, stride, ECO__S_CAPACITY), 0.0, 1.0);
}

eco__flow eco__structure_flow(const eco__structure *s, const double *numbers, size_t stride, double demand_m3_s,
                              double hu, double hd)
{
  double capacity = numbered(numbers, stride, ECO__S_CAPACITY);
  eco__flow f = {0};
  if (s->law != ECO__DAM && numbered(numbers, stride, ECO__S_ACTIVE) < 0.5)
    return f;
  switch (s->law) {
  case ECO__DAM:
    f = dam_flow(s, numbers, stride, demand_m3_s, hu, hd);
    break;
  case ECO__INTAKE:
    f = limited(wanted_flow(demand_m3_s, s->min_level_m, hu), capacity, 0.0, 1.0);
    break;
  case ECO__RATING:
    f = limited(rated_flow(s, hu), capacity, 0.0, 1.0);
    break;
  case ECO__PUMP:
    f = pumped_flow(s, numbered(numbers, stride, ECO__S_RUNNING), numbered(numbers, stride, ECO__S_UNITS), capacity, hu,
                    hd);
    f = s->lift.n > 0 ? limited(f, capacity, 0.0, 1.0) : f;
    break;
  default:
    f = limited(by_levels(s, numbers, stride, hu, hd), capacity, s->smooth_drop_m, hu - hd);
    break;
  }
  return s->one_way && f.q < 0 ? (eco__flow){0} : f;
}
