/* channel.c -- the flow of a channel face as a law of the two levels beside it.
 *
 *   WAT-1  du/dt = g S - F |u| u - m,  Q = A u,  F = n^2 / R^(4/3) = (A/K)^2     momentum along a face [Cunge1980] ch. 2
 *          S = (h_up - h_down) / dx; m the momentum flux of WAT-13, counted before
 *          implicit and in closed form:  r = u0 - dt m + g dt S,  a = g dt F,
 *          u = 2 r / (c + sqrt(c^2 + 4 a |r|)),  c = 1 or more (WAT-14)
 *   WAT-9  A and R at the depth y = y_g + w (y_t - y_g), g the side that gives (where r points from), t that takes;
 *          w = min(1/2, M min(y_g, (y_g + y_t)/2) / max(fall of the water, of the bed)), M = 3/16, and y <= 2 y_g; times 1 + e,
 *          WAT-15
 *   WAT-16 an outlet to a level outside: WAT-1 over half a cell, no flow back (step.c)
 *   WAT-2  Q = A sqrt(S0 / F)                                    normal flow at an outlet           [Chow1959] ch. 6
 *
 * WAT-9 is the middle of the face where the fall over it is small against the depth, which is of second order, and goes to the
 * side that gives where it is not: dQ/dh_t = -Q/(2 fall) + w Q (5/3 T/A - 2/3 P'/P) stays below zero, as the bracket is at most
 * 8/3 / y (a triangle) and M is 1/2 over that. So Newton's matrix is an M-matrix, and a cell that runs dry gives nothing.
 *
 * A lane's flow is three steps: depth, section, momentum. The loop over lanes with a trapezoid has them all inline. */
#include "water/water.h"

#include <math.h>

#define THIN_M 1e-8 /* m: a film under this passes in proportion to its depth, so that drying is smooth */

typedef struct depth { /* at a face, and its slopes in the two levels */
  double y, in_up, in_down;
} depth;

/* The level below as the face sees it, and whether it is felt: 1, or 0 above a fall. Numbers, not branches: loops over lanes are to
 * become vectors. */
typedef struct below {
  double level, felt;
} below;

static inline below seen_below(const eco__face *face, double level_down)
{
  bool felt = level_down > face->floor_m;
  return (below){felt ? level_down : face->floor_m, felt ? 1.0 : 0.0};
}

/* WAT-9. down: the flow runs from `up`. */
static inline depth face_depth(const eco__face *face, double level_up, below b, bool down, double lean)
{
  double fall = level_up - b.level, yu = level_up - face->bed_up_m, yd = b.level - face->bed_down_m;
  yu = yu > 0 ? yu : 0.0;
  yd = yd > 0 ? yd : 0.0;
  double from = down ? yu : yd, to = down ? yd : yu, along = down ? fall : -fall;
  double step = to - from, half_to = step < 0 ? 0.5 : 0.0;
  eco__middle middle = eco__middle_of(from, step, fall);
  double w = middle.w, per = middle.per, in_w = ECO__MIDDLE * per * step;
  double longer = (along >= 0 ? 1.0 : -1.0) - (step > 0 ? 1.0 : 0.0), turn = w * per * step * longer;
  double y = from + w * step, in_from = 1.0 - w + in_w * (1.0 - half_to) - turn, in_to = w + in_w * half_to + turn;
  bool most = y > 2.0 * from;
  double scale = 1.0 + lean;
  y = scale * (most ? 2.0 * from : y);
  in_from = scale * (most ? 2.0 : in_from);
  in_to = scale * (most ? 0.0 : in_to);
  return (depth){y, down ? in_from : in_to, b.felt * (down ? in_to : in_from)};
}

static inline double thick(double y)
{
  return y > THIN_M ? y : THIN_M;
}

/* WAT-1; r: where to its force leads without friction */
static inline eco__flow momentum(double gain, double gdt, double r, double hold, double felt, depth d, eco__wetted s)
{
  double size = r >= 0 ? r : -r, root = sqrt(hold * hold + 4.0 * gdt * s.friction * size), per_root = 1.0 / root;
  double u = 2.0 * r / (hold + root), stress = u >= 0 ? u * u : -u * u;
  double flow = s.area * u, in_fall = s.area * gain * per_root;
  double with_depth = s.top * u - s.area * gdt * stress * s.in_depth * per_root;
  bool thin = d.y < THIN_M;
  double share = thin ? d.y * (1.0 / THIN_M) : 1.0;
  with_depth = thin ? flow * (1.0 / THIN_M) : with_depth;
  double up = share * in_fall + with_depth * d.in_up, down = felt * share * in_fall - with_depth * d.in_down;
  return (eco__flow){share * flow, up > 0 ? up : 0.0, down > 0 ? down : 0.0};
}

/* Sections of the cells beside a face: the mean of areas and conveyances. */
static eco__wetted both_sections(const eco__face *face, double y)
{
  eco__wetted a = eco__wetted_at(&face->shape, y);
  if (!face->shape.profile && !face->shape_down.profile)
    return a;
  eco__wetted b = eco__wetted_at(&face->shape_down, y);
  double k = a.area / sqrt(a.friction), k_other = b.area / sqrt(b.friction), both = k + k_other;
  /* F = (A/K)^2: dK/dy = K (T/A - F'/(2 F)) */
  double slope =
    k * (a.top / a.area - 0.5 * a.in_depth / a.friction) + k_other * (b.top / b.area - 0.5 * b.in_depth / b.friction);
  eco__wetted mean = {.area = 0.5 * (a.area + b.area), .top = 0.5 * (a.top + b.top)};
  double per = 2.0 * mean.area / both;
  mean.friction = per * per;
  mean.in_depth = 2.0 * per * per * (mean.top / mean.area - slope / both);
  return mean;
}

static bool is_trapezoid(const eco__face *face)
{
  return !face->shape.profile && !face->shape_down.profile && !(face->shape.chezy > 0);
}

void eco__channel_flow(const eco__face *f, double dt_s, const eco__channel *c)
{
  const eco__face face = *f; /* a copy that no result is written into */
  const double gdt = ECO__GRAVITY * dt_s, gain = gdt * (1.0 / face.distance_m);
  const double *restrict level_up = c->level_up_m, *restrict level_down = c->level_down_m;
  const double *restrict drive = c->drive, *restrict hold = c->hold, *restrict lean = c->lean;
  double *restrict q = c->q, *restrict q_up = c->q_up, *restrict q_down = c->q_down, *restrict area = c->area_m2;
  if (!is_trapezoid(f)) {
    for (size_t l = 0; l < c->n; l++) {
      below b = seen_below(&face, level_down[l]);
      double r = drive[l] + gain * (level_up[l] - b.level);
      depth d = face_depth(&face, level_up[l], b, r >= 0, lean[l]);
      eco__wetted s = both_sections(&face, thick(d.y));
      eco__flow flow = momentum(gain, gdt, r, hold[l], b.felt, d, s);
      q[l] = flow.q;
      q_up[l] = flow.q_up;
      q_down[l] = flow.q_down;
      area[l] = s.area;
    }
    return;
  }
  const eco__trapezoid shape = eco__trapezoid_of(&face.shape);
  ECO__EACH_LANE
  for (size_t l = 0; l < c->n; l++) {
    below b = seen_below(&face, level_down[l]);
    double r = drive[l] + gain * (level_up[l] - b.level);
    depth d = face_depth(&face, level_up[l], b, r >= 0, lean[l]);
    eco__wetted s = eco__trapezoid_at(&shape, thick(d.y));
    eco__flow flow = momentum(gain, gdt, r, hold[l], b.felt, d, s);
    q[l] = flow.q;
    q_up[l] = flow.q_up;
    q_down[l] = flow.q_down;
    area[l] = s.area;
  }
}

void eco__channel_speed(const eco__face *f, const double *flow_m3_s, const eco__channel *c, double *speed_m_s)
{
  const eco__face face = *f;
  const double *restrict level_up = c->level_up_m, *restrict level_down = c->level_down_m, *restrict lean = c->lean;
  const double *restrict flow = flow_m3_s;
  double *restrict speed = speed_m_s;
  if (!is_trapezoid(f)) {
    for (size_t l = 0; l < c->n; l++) {
      depth d = face_depth(&face, level_up[l], seen_below(&face, level_down[l]), flow[l] >= 0, lean[l]);
      speed[l] = flow[l] / both_sections(&face, thick(d.y)).area;
    }
    return;
  }
  const eco__trapezoid shape = eco__trapezoid_of(&face.shape);
  ECO__EACH_LANE
  for (size_t l = 0; l < c->n; l++) {
    depth d = face_depth(&face, level_up[l], seen_below(&face, level_down[l]), flow[l] >= 0, lean[l]);
    speed[l] = flow[l] / eco__trapezoid_at(&shape, thick(d.y)).area;
  }
}

void eco__normal_flow(size_t n, const eco__face *face, const double *level_up, const double *lean, double *q,
                      double *q_up)
{
  const double root = sqrt(face->slope), bed = face->bed_up_m;
  for (size_t l = 0; l < n; l++) {
    double scale = 1.0 + lean[l], y = scale * (level_up[l] - bed), share = y > THIN_M ? 1.0 : y > 0 ? y / THIN_M : 0.0;
    eco__wetted s = eco__wetted_at(&face->shape, thick(y));
    double flow = s.area * root / sqrt(s.friction); /* WAT-2 */
    q[l] = share * flow;
    q_up[l] = scale * (y > THIN_M ? flow * (s.top / s.area - 0.5 * s.in_depth / s.friction)
                       : y > 0    ? flow / THIN_M
                                  : 0.0);
  }
}
