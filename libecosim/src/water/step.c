/* step.c -- one step of equation (W): Newton iterations over levels, the linear systems of all lanes solved together.
 *
 *   WAT-7  V_i(h_i) - dt sum_f +-theta_f Q_f(h) = V_i^n + dt sum_f +-(1 - theta_f) Q_f^n + dt S_i
 *          [CasulliZanolli2010], [CasulliStelling2013]; semi-implicit in time with weight theta
 *   WAT-8  V_i^(n+1) = V_i^n + dt S_i + sum_f +-F_f,  F_f = dt (theta_f Q_f + (1 - theta_f) Q_f^n)
 *   WAT-12 1 - theta_f = (1 - theta) s_i, i the cell that Q_f^n takes from, s_i = min(1, has_i / gives_i): theta, and
 *          towards 1 where a cell has no store to draw on. gives_i = (1 - theta) dt sum of the Q^n that leave i;
 *          has_i = 0.9 (V_i^n + dt S_i) + (1 - theta) dt sum of the s_j Q^n that come from cells j
 *
 * V_i is convex in h_i: the trapezoid's is, and compile refuses a lake table whose area falls; so the decomposition of
 * nested Newton [BrugnanoCasulli2008] has an empty concave part, its outer loop ends at once, and one loop linearises
 * storage and flows together. Below the bed V_i goes on as a straight line, so that the iteration always has a slope.
 * WAT-8 counts what passed with the flows of the last linear system: volumes close to round-off whatever the iteration
 * ended with. A lane that has converged is no longer touched: its numbers do not depend on its neighbours. */
#include "water/water.h"

#include <math.h>
#include <string.h>

#define MOST_ITERATIONS 40
#define SMALL_CHANGE_M 1e-4  /* converged when no level moved by more; Newton's next change is its square */
#define LONGEST_CHANGE_M 2.0 /* a longer change of level is cut to this: far from the solution slopes mislead */
#define CYCLES 0.25          /* a change that turns back by this share of the one before is a cycle, not an overshoot */
#define MOST_BACK 0.75       /* of a move is taken back */
#define SPARE \
  1e-13 /* share of its water that a cell keeps when its outflow is cut: more than the rounding of its sums */
#define LENDS \
  0.9 /* share of its own water that a cell lends to the explicit part: what is left keeps Newton off the bed */
#define SWEEPS 6 /* of WAT-12: enough where (1 - theta) dt Q is up to 5 times the water of a cell */
#define HALF 0.5 /* evaporation takes at most this share of a lake in a step */

static double *take(eco__arena *arena, size_t rows, size_t lanes)
{
  return ECO__TAKE(arena, double, (rows ? rows : 1) * lanes);
}

eco_status eco__water_open(eco__water_block *b, const eco_model *m, size_t n, eco__arena *arena)
{
  memset(b, 0, sizeof *b);
  b->model = m;
  b->n = n;
  double **cells[] = {&b->level_m,   &b->volume_m3,     &b->lateral_m3_s, &b->volume_old_m3,
                      &b->rained_m3, &b->evaporated_m3, &b->area_factor,  &b->base,
                      &b->residual,  &b->diagonal,      &b->change,       &b->moved};
  double **faces[] = {&b->flow_m3_s, &b->passed_m3, &b->q, &b->q_up, &b->q_down, &b->q_new, &b->weight_s};
  double **lanes[] = {&b->rain_m_s, &b->evap_m_s, &b->active, &b->largest};
  bool ok = true;
  for (size_t k = 0; k < sizeof cells / sizeof cells[0]; k++)
    ok = (*cells[k] = take(arena, m->n_cells, n)) && ok;
  for (size_t k = 0; k < sizeof faces / sizeof faces[0]; k++)
    ok = (*faces[k] = take(arena, m->n_faces, n)) && ok;
  for (size_t k = 0; k < sizeof lanes / sizeof lanes[0]; k++)
    ok = (*lanes[k] = take(arena, 1, n)) && ok;
  b->entries = take(arena, m->order.n_entries, n);
  b->numbers = take(arena, m->n_structures * ECO__N_STRUCTURE_NUMBERS, n);
  b->demand_m3_s = take(arena, m->n_structures, n);
  if (!ok || !b->entries || !b->numbers || !b->demand_m3_s)
    return ECO_NO_MEMORY;
  for (uint32_t i = 0; i < m->n_cells; i++)
    for (size_t l = 0; l < n; l++) {
      b->area_factor[i * n + l] = 1.0;
      b->level_m[i * n + l] = m->cell_start_m[i];
      b->volume_m3[i * n + l] = eco__cell_volume(m, i, m->cell_start_m[i]);
    }
  for (size_t s = 0; s < m->n_structures; s++)
    for (size_t k = 0; k < ECO__N_STRUCTURE_NUMBERS; k++)
      for (size_t l = 0; l < n; l++)
        b->numbers[(s * ECO__N_STRUCTURE_NUMBERS + k) * n + l] = m->structures[s].numbers[k];
  return ECO_OK;
}

/* ---- flows of all faces at the levels as they stand ---- */

static void structure_flows(eco__water_block *b, uint32_t f, double dt_s)
{
  const eco__face *face = &b->model->faces[f];
  const eco__structure *s = &b->model->structures[face->structure];
  const size_t n = b->n, row = (size_t)f * n;
  const double *numbers = b->numbers + (size_t)face->structure * ECO__N_STRUCTURE_NUMBERS * n;
  const double *up = b->level_m + (size_t)face->up * n;
  const double *down = face->down == ECO__OUTSIDE ? NULL : b->level_m + (size_t)face->down * n;
  for (size_t l = 0; l < n; l++) {
    eco__flow g = eco__structure_flow(s, numbers + l, n, b->demand_m3_s[(size_t)face->structure * n + l], up[l],
                                      down ? down[l] : -1e30);
    b->q[row + l] = g.q;
    b->q_up[row + l] = g.q_up;
    b->q_down[row + l] = g.q_down;
  }
  /* a dam that is not there between two reaches is the river's own bed */
  if (s->law != ECO__DAM || !down || b->model->cell_table[face->up] != ECO__OUTSIDE)
    return;
  for (size_t l = 0; l < n; l++)
    if (numbers[ECO__S_ACTIVE * n + l] < 0.5)
      eco__channel_flow(1, face, dt_s, up + l, down + l, b->flow_m3_s + row + l, b->q + row + l, b->q_up + row + l,
                        b->q_down + row + l);
}

static void all_flows(eco__water_block *b, double dt_s)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &m->faces[f];
    const size_t row = (size_t)f * n;
    const double *up = b->level_m + (size_t)face->up * n;
    if (face->law == ECO__CHANNEL)
      eco__channel_flow(n, face, dt_s, up, b->level_m + (size_t)face->down * n, b->flow_m3_s + row, b->q + row,
                        b->q_up + row, b->q_down + row);
    else if (face->law == ECO__NORMAL)
      eco__normal_flow(n, face, up, b->q + row, b->q_up + row);
    else
      structure_flows(b, f, dt_s);
  }
}

/* ---- storage: residual = V(h) - base and diagonal = dV/dh, V a straight line below the bed ---- */

static void reach_storage(const eco__water_block *b, uint32_t i)
{
  const eco_model *m = b->model;
  const size_t n = b->n, row = (size_t)i * n;
  const double width = m->cell_shape[i].width_m, z = m->cell_shape[i].side_slope;
  const double length = m->cell_length_m[i], bed = m->cell_bed_m[i];
  const double *restrict level = b->level_m + row, *restrict base = b->base + row;
  double *restrict residual = b->residual + row, *restrict diagonal = b->diagonal + row;
  for (size_t l = 0; l < n; l++) {
    double y = level[l] - bed, wet = y > 0 ? y : 0.0;
    residual[l] = length * (width * y + z * wet * wet) - base[l];
    diagonal[l] = length * (width + 2.0 * z * wet);
  }
}

static void table_storage(const eco__water_block *b, uint32_t i)
{
  const eco__table *t = &b->model->tables[b->model->cell_table[i]];
  const size_t n = b->n, row = (size_t)i * n;
  for (size_t l = 0; l < n; l++) {
    double h = b->level_m[row + l];
    size_t k = 0;
    while (k + 2 < t->n && h > t->level_m[k + 1])
      k++;
    double rise = h - t->level_m[k], step = t->level_m[k + 1] - t->level_m[k];
    double slope = (t->area_m2[k + 1] - t->area_m2[k]) / step;
    double inside = rise < 0 ? 0.0 : rise > step ? step : rise;
    double area = t->area_m2[k] + slope * inside;
    double least = 1e-3 * t->area_m2[t->n - 1]; /* so that a lake with a pointed bed keeps a slope */
    double volume = t->volume_m3[k] + (t->area_m2[k] + 0.5 * slope * inside) * inside +
                    (rise < 0 ? (area > least ? area : least) : area) * (rise - inside);
    b->residual[row + l] = b->area_factor[row + l] * volume - b->base[row + l];
    b->diagonal[row + l] = b->area_factor[row + l] * (area > least ? area : least);
  }
}

static void add_flows(eco__water_block *b)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  memset(b->entries, 0, m->order.n_entries * n * sizeof(double));
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &m->faces[f];
    const double *restrict q = b->q + (size_t)f * n, *restrict qu = b->q_up + (size_t)f * n,
                           *restrict qd = b->q_down + (size_t)f * n;
    const double *restrict weight = b->weight_s + (size_t)f * n;
    double *restrict ru = b->residual + (size_t)face->up * n, *restrict du = b->diagonal + (size_t)face->up * n;
    if (face->down == ECO__OUTSIDE) {
      for (size_t l = 0; l < n; l++) {
        ru[l] += weight[l] * q[l];
        du[l] += weight[l] * qu[l];
      }
      continue;
    }
    double *restrict rd = b->residual + (size_t)face->down * n, *restrict dd = b->diagonal + (size_t)face->down * n;
    double *restrict aud = b->entries + (size_t)m->order.face_up_down[f] * n;
    double *restrict adu = b->entries + (size_t)m->order.face_down_up[f] * n;
    for (size_t l = 0; l < n; l++) {
      ru[l] += weight[l] * q[l];
      rd[l] -= weight[l] * q[l];
      du[l] += weight[l] * qu[l];
      dd[l] += weight[l] * qd[l];
      aud[l] -= weight[l] * qd[l];
      adu[l] -= weight[l] * qu[l];
    }
  }
}

/* ---- one iteration ---- */

/* Flows of the linear system just solved, for the lanes still active. change holds x of A x = residual: levels fall by it. */
static void keep_flows(eco__water_block *b)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  const double *restrict active = b->active;
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &m->faces[f];
    const double *restrict q = b->q + (size_t)f * n, *restrict qu = b->q_up + (size_t)f * n,
                           *restrict qd = b->q_down + (size_t)f * n;
    const double *restrict xu = b->residual + (size_t)face->up * n;
    double *restrict out = b->q_new + (size_t)f * n;
    if (face->down == ECO__OUTSIDE) {
      for (size_t l = 0; l < n; l++)
        out[l] = active[l] > 0 ? q[l] - qu[l] * xu[l] : out[l];
      continue;
    }
    const double *restrict xd = b->residual + (size_t)face->down * n;
    for (size_t l = 0; l < n; l++)
      out[l] = active[l] > 0 ? q[l] - qu[l] * xu[l] + qd[l] * xd[l] : out[l];
  }
}

/* WAT-11: Newton's change, cut where it is very long; where it turns back on the one before by more than an overshoot, the
 * secant through both, so that a kink is closed in on. At the first iteration change is 0, so that nothing turns. */
static void move_levels(eco__water_block *b)
{
  const size_t n = b->n, all = b->model->n_cells;
  for (size_t l = 0; l < n; l++)
    b->largest[l] = 0.0;
  for (size_t i = 0; i < all; i++) {
    double *restrict level = b->level_m + i * n, *restrict change = b->change + i * n,
                     *restrict moved = b->moved + i * n;
    const double *restrict x = b->residual + i * n, *restrict active = b->active;
    double *restrict largest = b->largest;
    ECO__EACH_LANE
    for (size_t l = 0; l < n; l++) {
      double size = x[l] >= 0 ? x[l] : -x[l];
      double newton = size > LONGEST_CHANGE_M ? (x[l] >= 0 ? LONGEST_CHANGE_M : -LONGEST_CHANGE_M) : x[l];
      double last = change[l] >= 0 ? change[l] : -change[l];
      bool turns = x[l] * change[l] < 0 && size > CYCLES * last;
      double back = turns ? x[l] / (x[l] - change[l]) : 0.0; /* share of the last move to take back */
      back = back > MOST_BACK ? MOST_BACK : back;
      double fall = turns ? -moved[l] * back : newton;
      change[l] = x[l];
      moved[l] = fall;
      level[l] -= active[l] > 0 ? fall : 0.0;
      largest[l] = size > largest[l] ? size : largest[l];
    }
  }
}

static bool iterate(eco__water_block *b, double dt_s)
{
  const eco_model *m = b->model;
  all_flows(b, dt_s);
  for (uint32_t i = 0; i < m->n_cells; i++)
    if (m->cell_table[i] == ECO__OUTSIDE)
      reach_storage(b, i);
    else
      table_storage(b, i);
  add_flows(b);
  eco__eliminate(&m->order, m->n_cells, b->n, b->diagonal, b->entries, b->residual);
  keep_flows(b);
  move_levels(b);
  bool more = false;
  for (size_t l = 0; l < b->n; l++) {
    b->iterations += b->active[l] > 0;
    if (!(b->largest[l] > SMALL_CHANGE_M))
      b->active[l] = 0.0;
    more = more || b->active[l] > 0;
  }
  return more;
}

/* ---- before and after ---- */

/* What old flows take from each cell in rest_s seconds, and what it has: most of its own and what others give by their share. */
static void weigh_old_flows(eco__water_block *b, double rest_s, bool counts_gets, double *gives, double *has)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  const double *share = b->residual;
  for (size_t k = 0; k < m->n_cells * n; k++) {
    gives[k] = 0.0;
    has[k] = LENDS * b->base[k];
  }
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &m->faces[f];
    const double *q = b->flow_m3_s + (size_t)f * n;
    const size_t up = (size_t)face->up * n, down = (size_t)face->down * n;
    ECO__EACH_LANE
    for (size_t l = 0; l < n; l++)
      gives[up + l] += q[l] > 0 ? rest_s * q[l] : 0.0;
    if (face->down == ECO__OUTSIDE)
      continue;
    ECO__EACH_LANE
    for (size_t l = 0; l < n; l++)
      gives[down + l] -= q[l] < 0 ? rest_s * q[l] : 0.0;
    ECO__EACH_LANE
    for (size_t l = 0; l < n && counts_gets; l++) {
      has[down + l] += q[l] > 0 ? rest_s * q[l] * share[up + l] : 0.0;
      has[up + l] -= q[l] < 0 ? rest_s * q[l] * share[down + l] : 0.0;
    }
  }
}

/* WAT-12: the share of its old flows that each cell can lend to the explicit part, into residual. The first sweep counts a
 * cell's own water only, each further one what the shares so far bring it: shares only rise, and any sweep may be the last. */
static void share_old_flows(eco__water_block *b, double rest_s)
{
  const size_t all = b->model->n_cells * b->n;
  double *gives = b->diagonal, *has = b->moved, *share = b->residual;
  bool short_of = true;
  for (int sweep = 0; sweep < SWEEPS && short_of; sweep++) {
    weigh_old_flows(b, rest_s, sweep > 0, gives, has);
    short_of = false;
    for (size_t k = 0; k < all; k++) {
      share[k] = gives[k] > has[k] ? has[k] / gives[k] : 1.0;
      short_of = short_of || share[k] < 1.0;
    }
  }
}

/* The explicit part of WAT-7: what passes with the old flows goes into passed_m3 and base, the rest of the step is implicit. A
 * cell gives no more by the old flows than it has: base is never below zero, so that the implicit part, which is monotone,
 * leaves no volume below zero either. */
static void take_explicit_part(eco__water_block *b, double dt_s, double theta)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  const double rest_s = (1.0 - theta) * dt_s;
  share_old_flows(b, rest_s);
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &m->faces[f];
    const double *q = b->flow_m3_s + (size_t)f * n, *share_up = b->residual + (size_t)face->up * n;
    const double *share_down = face->down == ECO__OUTSIDE ? share_up : b->residual + (size_t)face->down * n;
    double *passed = b->passed_m3 + (size_t)f * n, *weight = b->weight_s + (size_t)f * n;
    double *up = b->base + (size_t)face->up * n;
    ECO__EACH_LANE
    for (size_t l = 0; l < n; l++) {
      double explicit_s = rest_s * (q[l] > 0 ? share_up[l] : share_down[l]); /* WAT-12 */
      weight[l] = dt_s - explicit_s;
      passed[l] = explicit_s * q[l];
      up[l] -= passed[l];
    }
    if (face->down == ECO__OUTSIDE)
      continue;
    double *restrict down = b->base + (size_t)face->down * n;
    for (size_t l = 0; l < n; l++)
      down[l] += passed[l];
  }
}

/* Old volumes, lateral inflow, rain and evaporation of lakes, and the explicit part of WAT-7. */
static void start_step(eco__water_block *b, double dt_s, double theta)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  memcpy(b->volume_old_m3, b->volume_m3, m->n_cells * n * sizeof(double));
  for (uint32_t i = 0; i < m->n_cells; i++) {
    const size_t row = (size_t)i * n;
    for (size_t l = 0; l < n; l++)
      b->base[row + l] = b->volume_m3[row + l] + dt_s * b->lateral_m3_s[row + l];
    if (m->cell_table[i] == ECO__OUTSIDE)
      continue;
    const eco__table *t = &m->tables[m->cell_table[i]];
    for (size_t l = 0; l < n; l++) {
      size_t k = 0;
      double h = b->level_m[row + l];
      while (k + 2 < t->n && h > t->level_m[k + 1])
        k++;
      double x = (h - t->level_m[k]) / (t->level_m[k + 1] - t->level_m[k]);
      x = x > 1 ? 1.0 : x;
      double area = b->area_factor[row + l] * (t->area_m2[k] + x * (t->area_m2[k + 1] - t->area_m2[k]));
      double lost = b->evap_m_s[l] * area * dt_s, most = HALF * b->volume_m3[row + l];
      b->rained_m3[row + l] = b->rain_m_s[l] * area * dt_s;
      b->evaporated_m3[row + l] = lost < most ? lost : most;
      b->base[row + l] += b->rained_m3[row + l] - b->evaporated_m3[row + l];
    }
  }
  for (size_t l = 0; l < n; l++)
    b->active[l] = 1.0;
  memset(b->change, 0, m->n_cells * n * sizeof(double));
  take_explicit_part(b, dt_s, theta);
}

/* Volumes from what passed, WAT-8. */
static void count_volumes(eco__water_block *b, double dt_s)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  for (size_t i = 0; i < m->n_cells * n; i++)
    b->volume_m3[i] = b->volume_old_m3[i] + dt_s * b->lateral_m3_s[i] + b->rained_m3[i] - b->evaporated_m3[i];
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const double *restrict passed = b->passed_m3 + (size_t)f * n;
    double *restrict up = b->volume_m3 + (size_t)m->faces[f].up * n;
    for (size_t l = 0; l < n; l++)
      up[l] -= passed[l];
    if (m->faces[f].down == ECO__OUTSIDE)
      continue;
    double *restrict down = b->volume_m3 + (size_t)m->faces[f].down * n;
    for (size_t l = 0; l < n; l++)
      down[l] += passed[l];
  }
}

/* One sweep of one lane: a cell gives no more than it has and gets. Returns whether anything was cut. */
static bool cut_outflows(eco__water_block *b, size_t l, double dt_s)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  bool cut = false;
  for (uint32_t i = 0; i < m->n_cells; i++) {
    b->base[(size_t)i * n + l] = b->volume_old_m3[(size_t)i * n + l] + dt_s * b->lateral_m3_s[(size_t)i * n + l] +
                                 b->rained_m3[(size_t)i * n + l] - b->evaporated_m3[(size_t)i * n + l];
    b->residual[(size_t)i * n + l] = 0.0;
  }
  for (uint32_t f = 0; f < m->n_faces; f++) { /* base: has and gets; residual: gives */
    double p = b->passed_m3[(size_t)f * n + l];
    uint32_t from = p >= 0 ? m->faces[f].up : m->faces[f].down, to = p >= 0 ? m->faces[f].down : m->faces[f].up;
    double size = p >= 0 ? p : -p;
    if (from != ECO__OUTSIDE)
      b->residual[(size_t)from * n + l] += size;
    if (to != ECO__OUTSIDE)
      b->base[(size_t)to * n + l] += size;
  }
  for (uint32_t f = 0; f < m->n_faces; f++) {
    double *p = &b->passed_m3[(size_t)f * n + l];
    uint32_t from = *p >= 0 ? m->faces[f].up : m->faces[f].down;
    if (from == ECO__OUTSIDE)
      continue;
    double has = b->base[(size_t)from * n + l], gives = b->residual[(size_t)from * n + l];
    if (gives <= has * (1.0 - SPARE))
      continue;
    *p *= has > 0 ? has * (1.0 - SPARE) / gives : 0.0;
    b->q_new[(size_t)f * n + l] = *p / dt_s;
    cut = true;
  }
  return cut;
}

static bool below_zero(const eco__water_block *b, size_t l)
{
  for (size_t i = 0; i < b->model->n_cells; i++)
    if (b->volume_m3[i * b->n + l] < 0)
      return true;
  return false;
}

/* No volume is negative: lanes where an early end of the iteration asked for more water than there is are cut. Sweeps go on
 * until the cuts have run through the network. */
static void keep_positive(eco__water_block *b, double dt_s)
{
  for (size_t l = 0; l < b->n; l++) {
    size_t sweeps = 0;
    while (below_zero(b, l) && sweeps++ < 4 * b->model->n_cells + 8) {
      if (!cut_outflows(b, l, dt_s))
        break;
      count_volumes(b, dt_s);
    }
    b->limited += sweeps > 0;
  }
}

static eco_status finish_step(eco__water_block *b, double dt_s, eco_error *err)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  for (size_t k = 0; k < m->n_faces * n; k++)
    b->passed_m3[k] += b->weight_s[k] * b->q_new[k]; /* to the explicit part */
  count_volumes(b, dt_s);
  keep_positive(b, dt_s);
  memcpy(b->flow_m3_s, b->q_new, m->n_faces * n * sizeof(double));
  for (uint32_t i = 0; i < m->n_cells; i++)
    for (size_t l = 0; l < n; l++) {
      double *v = &b->volume_m3[(size_t)i * n + l];
      if (!isfinite(*v))
        return eco__fail(err, ECO_NUMERIC, "", "water of '%s': the volume is not finite, expected a number",
                         m->waters[m->cell_water[i]].name);
      b->level_m[(size_t)i * n + l] = eco__cell_level(m, i, *v / b->area_factor[(size_t)i * n + l]);
    }
  return ECO_OK;
}

eco_status eco__water_step(eco__water_block *b, double dt_s, double theta, eco_error *err)
{
  start_step(b, dt_s, theta);
  int iteration = 0;
  while (iteration < MOST_ITERATIONS && iterate(b, dt_s))
    iteration++;
  for (size_t l = 0; l < b->n; l++)
    b->unfinished += b->active[l] > 0;
  return finish_step(b, dt_s, err);
}
