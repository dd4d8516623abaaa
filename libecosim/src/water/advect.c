/* advect.c -- the momentum that water carries along a channel, between Newton's iterations.
 *
 *   WAT-13  m = (Q_j (v_j - u) - Q_i (v_i - u)) / (dx A)        face between cells i (above) and j, u = Q / A here,
 *           A = (A_i + A_j) / 2, Q_i the mean of the two flows beside cell i, v_i the speed that the flow brings through it:
 *           from the face it comes from, with a limited slope; conserves momentum [StellingDuinmeijer2003]
 *           a cell where the channel ends, at a structure or an outlet: Q_i = Q, v_i = Q / A_i, which is left out by degrees
 *           where the flow is fast, as in WAT-14; a lake and a junction of three and more: v_i = u
 *   WAT-14  c = 1 + x, x = dt |Q| / (dx A) where the flow is fast (Fr^2 > 1/2 .. 1), the same x u on the other side:
 *           changes how the iteration gets to WAT-1, not where
 *
 * m is taken from the iteration before. For a wave of number k this converges by 2 u k / (1/dt + f + c^2 k^2 dt) <=
 * Fr / sqrt(1 + f dt) an iteration, c = sqrt(g A/T), f = 2 g S/u: fast where Newton itself is needed. */
#include "water/water.h"

#include <math.h>

#define DRY_M 1e-8 /* m: where a cell is shallower no momentum is carried */
#define CALM 0.5   /* Fr^2 from which WAT-14 holds back, fully at 1 */

static inline double absolute(double x)
{
  return x >= 0 ? x : -x;
}

/* Speeds of the iteration before, and the mean flows of the step that go with them: what passes by WAT-8. */
static void find_speeds(eco__water_block *b, double dt_s)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  const double per_s = 1.0 / dt_s;
  for (uint32_t f = 0; f < m->n_faces; f++) {
    if (m->faces[f].law != ECO__CHANNEL)
      continue;
    const size_t row = (size_t)f * n;
    const double *restrict q = b->q_new + row, *restrict area = b->face_area_m2 + row;
    const double *restrict passed = b->passed_m3 + row, *restrict weight = b->weight_s + row;
    double *restrict v = b->speed_now_m_s + row, *restrict mean = b->mean_m3_s + row;
    ECO__EACH_LANE
    for (size_t l = 0; l < n; l++) {
      v[l] = q[l] / area[l];
      mean[l] = (passed[l] + weight[l] * q[l]) * per_s;
    }
  }
}

/* Flow and speed through a cell that one channel goes straight through. */
static void find_through(eco__water_block *b)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  for (uint32_t i = 0; i < m->n_cells; i++) {
    uint32_t in = m->cell_above[i], out = m->cell_below[i];
    if (in == ECO__OUTSIDE || out == ECO__OUTSIDE)
      continue;
    uint32_t before = m->cell_above[m->faces[in].up], after = m->cell_below[m->faces[out].down];
    const double *restrict v_in = b->speed_now_m_s + (size_t)in * n, *restrict v_out =
                                                                       b->speed_now_m_s + (size_t)out * n;
    const double *v_before = before == ECO__OUTSIDE ? v_in : b->speed_now_m_s + (size_t)before * n;
    const double *v_after = after == ECO__OUTSIDE ? v_out : b->speed_now_m_s + (size_t)after * n;
    const double *restrict q_in = b->mean_m3_s + (size_t)in * n, *restrict q_out = b->mean_m3_s + (size_t)out * n;
    double *restrict through = b->through_m3_s + (size_t)i * n, *restrict speed = b->through_m_s + (size_t)i * n;
    ECO__EACH_LANE
    for (size_t l = 0; l < n; l++) {
      double q = 0.5 * (q_in[l] + q_out[l]), step = v_out[l] - v_in[l];
      double down = v_in[l] + 0.5 * eco__limited_mean(v_in[l] - v_before[l], step);
      double up = v_out[l] - 0.5 * eco__limited_mean(v_after[l] - v_out[l], step);
      through[l] = q;
      speed[l] = q >= 0 ? down : up;
    }
  }
}

/* What one side of a face brings, Q_i (v_i - u), with its sign: to `straight` or, at the end of a channel, to `ends`. */
static void add_side(const eco__water_block *b, uint32_t cell, bool goes_on, double sign, const double *q,
                     const double *u, double *straight, double *ends)
{
  const eco_model *m = b->model;
  const size_t n = b->n, row = (size_t)cell * n;
  if (goes_on) {
    const double *restrict through = b->through_m3_s + row, *restrict speed = b->through_m_s + row;
    for (size_t l = 0; l < n; l++)
      straight[l] += sign * through[l] * (speed[l] - u[l]);
    return;
  }
  if (m->cell_table[cell] != ECO__OUTSIDE || m->cell_joins[cell])
    return; /* what flows into a lake brings its speed to an end there; what meets at a junction shares the level, not the speed */
  const double *restrict area = b->area_m2 + row;
  const double dry = DRY_M * m->cell_shape[cell].width_m;
  for (size_t l = 0; l < n; l++)
    ends[l] += area[l] > dry ? sign * q[l] * (q[l] / area[l] - u[l]) : 0.0;
}

/* The rows of a face that its drive and hold are made of; a lake's side has the area of the reach's. */
typedef struct rows {
  const double *q, *v, *speed, *area_up, *area_down, *top_up; /* top_up: surface of the cell above */
  double *drive, *hold;
  double per_length, dt_dx, dry;
} rows;

static rows rows_of(const eco__water_block *b, uint32_t f, double dt_s)
{
  const eco_model *m = b->model;
  const eco__face *face = &m->faces[f];
  const size_t n = b->n, row = (size_t)f * n;
  bool lake_up = m->cell_table[face->up] != ECO__OUTSIDE, lake_down = m->cell_table[face->down] != ECO__OUTSIDE;
  const uint32_t up = lake_up ? face->down : face->up, down = lake_down ? face->up : face->down;
  return (rows){.q = b->mean_m3_s + row,
                .v = b->speed_now_m_s + row,
                .speed = b->speed_m_s + row,
                .area_up = b->area_m2 + (size_t)up * n,
                .area_down = b->area_m2 + (size_t)down * n,
                .top_up = b->diagonal + (size_t)up * n,
                .drive = b->drive + row,
                .hold = b->hold + row,
                .per_length = 1.0 / (ECO__GRAVITY * m->cell_length_m[up]),
                .dt_dx = dt_s / face->distance_m,
                .dry = DRY_M * (face->shape.width_m + face->shape_down.width_m)};
}

/* WAT-13 and WAT-14 for one lane: `straight` and `ends` are the two kinds of Q (v - u), down less up. */
static inline void push(const rows *r, size_t l, double straight, double ends)
{
  double both = r->area_up[l] + r->area_down[l], per = both > r->dry ? 2.0 * r->dt_dx / both : 0.0, v = r->v[l];
  double froude_2 = v * v * r->top_up[l] * r->per_length / (r->area_up[l] > r->dry ? r->area_up[l] : r->dry);
  double fast = (froude_2 - CALM) * (1.0 / (1.0 - CALM)), share = fast < 0 ? 0.0 : fast > 1 ? 1.0 : fast;
  double x = share * per * absolute(r->q[l]); /* WAT-14 */
  r->hold[l] = 1.0 + x;
  r->drive[l] = r->speed[l] - per * (straight + (1.0 - share) * ends) + x * v; /* WAT-13 */
}

/* Both cells are gone straight through: nearly all faces. */
static void carry_straight(const eco__water_block *b, const eco__face *face, const rows *of)
{
  const rows r = *of; /* a copy that no result is written into */
  const double *restrict q_up = b->through_m3_s + (size_t)face->up * b->n, *restrict v_up =
                                                                             b->through_m_s + (size_t)face->up * b->n;
  const double *restrict q_down = b->through_m3_s + (size_t)face->down * b->n;
  const double *restrict v_down = b->through_m_s + (size_t)face->down * b->n;
  ECO__EACH_LANE
  for (size_t l = 0; l < b->n; l++)
    push(&r, l, q_down[l] * (v_down[l] - r.speed[l]) - q_up[l] * (v_up[l] - r.speed[l]), 0.0);
}

static void carry_face(eco__water_block *b, uint32_t f, double dt_s)
{
  const eco_model *m = b->model;
  const eco__face *face = &m->faces[f];
  const rows r = rows_of(b, f, dt_s);
  bool on_up = m->cell_below[face->up] == f && m->cell_above[face->up] != ECO__OUTSIDE;
  bool on_down = m->cell_above[face->down] == f && m->cell_below[face->down] != ECO__OUTSIDE;
  if (on_up && on_down) {
    carry_straight(b, face, &r);
    return;
  }
  double *straight = b->straight, *ends = b->ends;
  for (size_t l = 0; l < b->n; l++)
    straight[l] = ends[l] = 0.0;
  add_side(b, face->up, on_up, -1.0, r.q, r.speed, straight, ends);
  add_side(b, face->down, on_down, 1.0, r.q, r.speed, straight, ends);
  for (size_t l = 0; l < b->n; l++)
    push(&r, l, straight[l], ends[l]);
}

void eco__carry_momentum(eco__water_block *b, double dt_s, bool first)
{
  const eco_model *m = b->model;
  if (!first) /* at the first iteration speeds and flows are the old ones */
    find_speeds(b, dt_s);
  find_through(b);
  for (uint32_t f = 0; f < m->n_faces; f++)
    if (m->faces[f].law == ECO__CHANNEL)
      carry_face(b, f, dt_s);
}
