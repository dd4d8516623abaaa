/* laws.c -- the flow of a face as a law of the two levels beside it.
 *
 *   WAT-1  Q = Q0 + g dt A S - g dt n^2 |Q| Q / (A R^(4/3))     momentum with local inertia, friction implicit
 *          S = (h_up - h_down) / dx
 *   WAT-9  A and R of the depth y = m + s(|h_up - h_down| / 1 cm) (y_from - m), m = min(y_up, y_down): the side the water
 *          comes from, and the shallower where the levels are equal, so that Q is continuous when it turns
 *   WAT-2  Q = A R^(2/3) sqrt(S0) / n                            normal flow at an outlet           [Chow1959] ch. 6
 *   WAT-3  Q = C h1^1.5 (1 - (h2/h1)^1.5)^0.385                  weir, drowned where h2 > 0         [Villemonte1947]
 *          C = 2/3 Cd b sqrt(2 g)                                                                   [Bos1989]
 *   WAT-4  o = s(x)  with s = x^2 (3 - 2 x) on 0..1              opening of a gate, x = (h_up - open) / band
 *   WAT-5  Q = demand s((h_up - least) / 0.2 m)                  intake, and a dam's least release
 *   WAT-6  Q <- Q / (1 + (Q / capacity)^4)^(1/4)                 a largest flow, smooth
 *
 * WAT-1 in closed form: with r = Q0 + g dt A S and a = g dt n^2 / (A R^(4/3)),  Q = 2 r / (1 + sqrt(1 + 4 a |r|)).
 *   WAT-10 WAT-3 is a straight line through zero where h1 - h2 is under the structure's smooth_drop (1 cm unless said
 *          otherwise; h2/h1 above 0.999 at least): its slope is infinite at equal levels, and a step would chatter there
 *
 * Every law is monotone in both levels, so that Newton's matrix is an M-matrix. */
#include "water/water.h"

#include <math.h>

#define THIN_M 1e-4   /* m: a film under this passes in proportion to its depth, so that drying is smooth */
#define LEVEL_M 0.01  /* m of fall over which WAT-9 goes from the shallower side to the giving side */
#define DROWNED 0.999 /* h2/h1 from which WAT-10 holds at the latest */
#define RISE_M 0.2    /* m over which WAT-5 opens; assumption */

void eco__channel_flow(size_t n, const eco__face *face, double dt_s, const double *restrict level_up,
                       const double *restrict level_down, const double *restrict flow_before, double *restrict q,
                       double *restrict q_up, double *restrict q_down)
{
  const double b = face->shape.width_m, z = face->shape.side_slope, roughness = face->shape.manning_n;
  const double bank = 2.0 * sqrt(1.0 + z * z), gdt = ECO__GRAVITY * dt_s, per_m = 1.0 / face->distance_m;
  const double friction = gdt * roughness * roughness, floor_m = face->floor_m;
  const double bed_up = face->bed_up_m, bed_down = face->bed_down_m;
  for (size_t l = 0; l < n; l++) {
    double hu = level_up[l], hd = level_down[l] > floor_m ? level_down[l] : floor_m;
    double felt = level_down[l] > floor_m ? per_m : 0.0;
    double slope = (hu - hd) * per_m;
    double yu = hu - bed_up,
           yd = level_down[l] - bed_down; /* WAT-9: depth of the side that gives, or of the shallower */
    double less = yu < yd ? yu : yd, from = slope >= 0 ? yu : yd, fall = hu >= hd ? hu - hd : hd - hu;
    double t = fall < LEVEL_M ? fall * (1.0 / LEVEL_M) : 1.0, share = t * t * (3.0 - 2.0 * t);
    double y = less + share * (from - less), turn = 6.0 * t * (1.0 - t) * (from - less) * (1.0 / LEVEL_M);
    turn = slope >= 0 ? turn : -turn;
    double y_up = (slope >= 0 ? share : 0.0) + (yu < yd ? 1.0 - share : 0.0) + turn;
    double y_down = (slope >= 0 ? 0.0 : share) + (yu < yd ? 0.0 : 1.0 - share) - (felt > 0 ? turn : 0.0);
    double film = y > THIN_M ? 1.0 : y > 0 ? y * (1.0 / THIN_M) : 0.0;
    double film_y = y > THIN_M ? 0.0 : y > 0 ? 1.0 / THIN_M : 0.0;
    y = y > THIN_M ? y : THIN_M;
    double top = b + 2.0 * z * y, area = y * (b + z * y), wetted = b + bank * y;
    double per_area = 1.0 / area, per_wetted = 1.0 / wetted, c = eco__inverse_cbrt(area * per_wetted); /* R^(-1/3) */
    double a = friction * per_area * (c * c) * (c * c);
    double r = flow_before[l] + gdt * area * slope;
    double size = r >= 0 ? r : -r;
    double root = sqrt(1.0 + 4.0 * a * size), per_root = 1.0 / root; /* WAT-1 */
    double flow = 2.0 * r / (1.0 + root);
    double stress = flow >= 0 ? flow * flow : -flow * flow;
    double in_slope = gdt * area * per_root;
    double in_depth =
      (gdt * top * slope + stress * a * (7.0 / 3.0 * top * per_area - 4.0 / 3.0 * bank * per_wetted)) * per_root;
    in_depth = film_y > 0 ? flow * film_y : in_depth;
    double up = film * in_slope * per_m + in_depth * y_up, down = film * in_slope * felt - in_depth * y_down;
    q[l] = film * flow;
    q_up[l] = up > 0 ? up : 0.0;
    q_down[l] = down > 0 ? down : 0.0;
  }
}

void eco__normal_flow(size_t n, const eco__face *face, const double *restrict level_up, double *restrict q,
                      double *restrict q_up)
{
  const double b = face->shape.width_m, z = face->shape.side_slope, bank = 2.0 * sqrt(1.0 + z * z);
  const double strength = sqrt(face->slope) / face->shape.manning_n, bed = face->bed_up_m;
  for (size_t l = 0; l < n; l++) {
    double y = level_up[l] - bed;
    double film = y > THIN_M ? 1.0 : y > 0 ? y * (1.0 / THIN_M) : 0.0;
    double film_y = y > THIN_M ? 0.0 : y > 0 ? 1.0 / THIN_M : 0.0;
    y = y > THIN_M ? y : THIN_M;
    double top = b + 2.0 * z * y, area = y * (b + z * y), wetted = b + bank * y;
    double radius = area / wetted, c = eco__inverse_cbrt(radius);
    double flow = strength * area * radius * c; /* WAT-2: R^(2/3) = R R^(-1/3) */
    q[l] = film * flow;
    q_up[l] = film_y > 0 ? flow * film_y : flow * (5.0 / 3.0 * top / area - 2.0 / 3.0 * bank / wetted);
  }
}

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
