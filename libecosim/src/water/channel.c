/* channel.c -- the flow of a channel face as a law of the two levels beside it.
 *
 *   WAT-1  du/dt = g S - F |u| u - m,  Q = A u,  F = n^2 / R^(4/3) = (A/K)^2     momentum along a face [Cunge1980] ch. 2
 *          S = (h_up - h_down) / dx; m the momentum flux of WAT-13, counted before
 *          implicit and in closed form:  r = u0 - dt m + g dt S,  a = g dt F,
 *          u = 2 r / (c + sqrt(c^2 + 4 a |r|)),  c = 1 or more (WAT-14)
 *   WAT-9  A and R at the depth y = y_g + w (y_t - y_g), g the side that gives (where r points from), t that takes;
 *          w = min(1/2, M min(y_g, (y_g + y_t)/2) / max(fall of the water, of the bed)), M = 3/16, and y <= 2 y_g; times 1 + e,
 *          WAT-15
 *   WAT-2  Q = A sqrt(S0 / F)                                    normal flow at an outlet           [Chow1959] ch. 6
 *
 * WAT-9 is the middle of the face where the fall over it is small against the depth, which is of second order, and goes to the
 * side that gives where it is not: dQ/dh_t = -Q/(2 fall) + w Q (5/3 T/A - 2/3 P'/P) stays below zero, as the bracket is at most
 * 8/3 / y (a triangle) and M is 1/2 over that. So Newton's matrix is an M-matrix, and a cell that runs dry gives nothing. */
#include "water/water.h"

#include <math.h>

#define THIN_M 1e-8 /* m: a film under this passes in proportion to its depth, so that drying is smooth */

void eco__channel_work(eco__channel *c, size_t n, double *work)
{
  double **rows[ECO__CHANNEL_WORK] = {&c->depth, &c->in_up, &c->in_down,  &c->thick,
                                      &c->area,  &c->top,   &c->friction, &c->friction_in_depth};
  c->n = n;
  for (size_t k = 0; k < ECO__CHANNEL_WORK; k++)
    *rows[k] = work + k * n;
}

/* WAT-9: depth at the face, and its slopes in the two levels. */
static void face_depth(const eco__face *face, const eco__channel *c, double gain)
{
  const double floor_m = face->floor_m, bed_up = face->bed_up_m, bed_down = face->bed_down_m;
  const double *restrict level_up = c->level_up_m, *restrict level_down = c->level_down_m, *restrict drive = c->drive;
  const double *restrict lean = c->lean;
  double *restrict depth = c->depth, *restrict in_up = c->in_up, *restrict in_down = c->in_down;
  ECO__EACH_LANE
  for (size_t l = 0; l < c->n; l++) {
    double hu = level_up[l], hd = level_down[l] > floor_m ? level_down[l] : floor_m, fall = hu - hd;
    double yu = hu - bed_up, yd = hd - bed_down;
    yu = yu > 0 ? yu : 0.0;
    yd = yd > 0 ? yd : 0.0;
    bool down = drive[l] + gain * fall >= 0;
    double from = down ? yu : yd, to = down ? yd : yu, along = down ? fall : -fall, size = fall >= 0 ? fall : -fall;
    double step = to - from, half_to = step < 0 ? 0.5 : 0.0, mid = from + half_to * step, drop = step > 0 ? step : 0.0;
    double reach = size + drop; /* the fall of the water or of the bed, whichever is more */
    bool half = 2.0 * ECO__MIDDLE * mid >= reach || reach < ECO__LEVEL_M;
    double per = half ? 0.0 : 1.0 / reach, w = half ? 0.5 : ECO__MIDDLE * mid * per, in_w = ECO__MIDDLE * per * step;
    double longer = (along >= 0 ? 1.0 : -1.0) - (step > 0 ? 1.0 : 0.0), turn = w * per * step * longer;
    double y = from + w * step, in_from = 1.0 - w + in_w * (1.0 - half_to) - turn, in_to = w + in_w * half_to + turn;
    double scale = 1.0 + lean[l];
    bool most = y > 2.0 * from;
    depth[l] = scale * (most ? 2.0 * from : y);
    in_from = scale * (most ? 2.0 : in_from);
    in_to = scale * (most ? 0.0 : in_to);
    in_up[l] = down ? in_from : in_to;
    in_down[l] = level_down[l] > floor_m ? (down ? in_to : in_from) : 0.0;
  }
}

/* Two sections, of the cells beside the face: the mean of areas and conveyances. */
static void face_section(const eco__face *face, const eco__channel *c)
{
  double *area = c->area, *top = c->top, *friction = c->friction, *in_depth = c->friction_in_depth;
  eco__section_at(c->n, &face->shape, c->thick, area, top, friction, in_depth);
  if (!face->shape.profile && !face->shape_down.profile)
    return;
  for (size_t l = 0; l < c->n; l++) {
    double other, other_top, other_friction, other_in_depth;
    eco__section_at(1, &face->shape_down, c->thick + l, &other, &other_top, &other_friction, &other_in_depth);
    double k = area[l] / sqrt(friction[l]), k_other = other / sqrt(other_friction), both = k + k_other;
    /* F = (A/K)^2: dK/dy = K (T/A - F'/(2 F)) */
    double slope = k * (top[l] / area[l] - 0.5 * in_depth[l] / friction[l]) +
                   k_other * (other_top / other - 0.5 * other_in_depth / other_friction);
    area[l] = 0.5 * (area[l] + other);
    top[l] = 0.5 * (top[l] + other_top);
    double per = 2.0 * area[l] / both;
    friction[l] = per * per;
    in_depth[l] = 2.0 * per * per * (top[l] / area[l] - slope / both);
  }
}

static void film(const eco__channel *c)
{
  const double *restrict depth = c->depth;
  double *restrict thick = c->thick;
  for (size_t l = 0; l < c->n; l++)
    thick[l] = depth[l] > THIN_M ? depth[l] : THIN_M;
}

void eco__channel_flow(const eco__face *face, double dt_s, const eco__channel *c)
{
  const double gdt = ECO__GRAVITY * dt_s, per_m = 1.0 / face->distance_m, gain = gdt * per_m, floor_m = face->floor_m;
  face_depth(face, c, gain);
  film(c);
  face_section(face, c);
  const double *restrict level_up = c->level_up_m, *restrict level_down = c->level_down_m;
  const double *restrict drive = c->drive, *restrict hold = c->hold, *restrict depth = c->depth;
  const double *restrict in_up = c->in_up, *restrict in_down = c->in_down, *restrict area = c->area;
  const double *restrict top = c->top, *restrict friction = c->friction, *restrict in_depth = c->friction_in_depth;
  double *restrict q = c->q, *restrict q_up = c->q_up, *restrict q_down = c->q_down, *restrict passing = c->area_m2;
  ECO__EACH_LANE
  for (size_t l = 0; l < c->n; l++) {
    double hd = level_down[l] > floor_m ? level_down[l] : floor_m, felt = level_down[l] > floor_m ? 1.0 : 0.0;
    double r = drive[l] + gain * (level_up[l] - hd), size = r >= 0 ? r : -r;
    double root = sqrt(hold[l] * hold[l] + 4.0 * gdt * friction[l] * size), per_root = 1.0 / root;
    double u = 2.0 * r / (hold[l] + root), stress = u >= 0 ? u * u : -u * u; /* WAT-1 */
    bool thin = depth[l] < THIN_M;
    double share = thin ? depth[l] * (1.0 / THIN_M) : 1.0;
    double flow = area[l] * u, in_fall = share * area[l] * gain * per_root;
    double with_depth = top[l] * u - area[l] * gdt * stress * in_depth[l] * per_root;
    with_depth = thin ? flow * (1.0 / THIN_M) : with_depth;
    double up = in_fall + with_depth * in_up[l], down = felt * in_fall - with_depth * in_down[l];
    passing[l] = area[l];
    q[l] = share * flow;
    q_up[l] = up > 0 ? up : 0.0;
    q_down[l] = down > 0 ? down : 0.0;
  }
}

/* The speed of a flow: the inertia of the next step. */
void eco__channel_speed(const eco__face *face, const double *flow_m3_s, const eco__channel *c, double *speed_m_s)
{
  for (size_t l = 0; l < c->n; l++)
    c->drive[l] = flow_m3_s[l];
  face_depth(face, c, 0.0);
  film(c);
  face_section(face, c);
  for (size_t l = 0; l < c->n; l++)
    speed_m_s[l] = flow_m3_s[l] / c->area[l];
}

void eco__normal_flow(size_t n, const eco__face *face, const double *level_up, const double *lean, double *q,
                      double *q_up)
{
  const double root = sqrt(face->slope), bed = face->bed_up_m;
  for (size_t l = 0; l < n; l++) {
    double scale = 1.0 + lean[l], y = scale * (level_up[l] - bed), thick = y > THIN_M ? y : THIN_M;
    double share = y > THIN_M ? 1.0 : y > 0 ? y / THIN_M : 0.0, area, top, friction, in_depth;
    eco__section_at(1, &face->shape, &thick, &area, &top, &friction, &in_depth);
    double flow = area * root / sqrt(friction); /* WAT-2 */
    q[l] = share * flow;
    q_up[l] = scale * (y > THIN_M ? flow * (top / area - 0.5 * in_depth / friction) : y > 0 ? flow / THIN_M : 0.0);
  }
}
