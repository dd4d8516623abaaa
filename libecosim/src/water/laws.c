/* laws.c -- the flow of a channel face as a law of the two levels beside it; structures.c has those of structures.
 *
 *   WAT-1  Q = Q0 + g dt A S - g dt n^2 |Q| Q / (A R^(4/3))     momentum with local inertia, friction implicit
 *          S = (h_up - h_down) / dx
 *   WAT-9  A and R of the depth y = m + s(|h_up - h_down| / 1 cm) (y_from - m), m = min(y_up, y_down): the side the water
 *          comes from, and the shallower where the levels are equal, so that Q is continuous when it turns
 *   WAT-2  Q = A R^(2/3) sqrt(S0) / n                            normal flow at an outlet           [Chow1959] ch. 6
 *
 * WAT-1 in closed form: with r = Q0 + g dt A S and a = g dt n^2 / (A R^(4/3)),  Q = 2 r / (1 + sqrt(1 + 4 a |r|)).
 *
 * Every law is monotone in both levels, so that Newton's matrix is an M-matrix. */
#include "water/water.h"

#include <math.h>

#define THIN_M 1e-4  /* m: a film under this passes in proportion to its depth, so that drying is smooth */
#define LEVEL_M 0.01 /* m of fall over which WAT-9 goes from the shallower side to the giving side */

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
