/* volume.c -- what passes in a step, and the volumes it leaves: the explicit part before Newton's iterations, the account after.
 *
 *   WAT-8  V_i^(n+1) = V_i^n + dt S_i + sum_f +-F_f,  F_f = dt (theta_f Q_f + (1 - theta_f) Q_f^n)
 *   WAT-12 1 - theta_f = (1 - theta) s_i, i the cell that Q_f^n takes from, s_i = min(1, has_i / gives_i): theta, and
 *          towards 1 where a cell has no store to draw on. gives_i = (1 - theta) dt sum of the Q^n that leave i;
 *          has_i = 0.9 (V_i^n + dt S_i) + (1 - theta) dt sum of the s_j Q^n that come from cells j
 */
#include "water/water.h"

#define SPARE \
  1e-13 /* share of its water that a cell keeps when its outflow is cut: more than the rounding of its sums */
#define LENDS \
  0.9 /* share of its own water that a cell lends to the explicit part: what is left keeps Newton off the bed */
#define SWEEPS 6 /* of WAT-12: enough where (1 - theta) dt Q is up to 5 times the water of a cell */

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
void eco__take_explicit_part(eco__water_block *b, double dt_s, double theta)
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

/* Volumes from what passed, WAT-8. */
void eco__count_volumes(eco__water_block *b, double dt_s)
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

/* One sweep of one lane: a cell gives no more than it has and gets, or than it has. Returns whether anything was cut. */
static bool cut_outflows(eco__water_block *b, size_t l, double dt_s, bool counts_gets)
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
    if (to != ECO__OUTSIDE && counts_gets)
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
 * until the cuts have run through the network; where they run in a circle and never end, the last counts on nothing that a
 * cell has not got. */
void eco__keep_positive(eco__water_block *b, double dt_s)
{
  for (size_t l = 0; l < b->n; l++) {
    const size_t most = 4 * b->model->n_cells + 8;
    size_t sweeps = 0;
    while (sweeps <= most && below_zero(b, l)) {
      bool last = sweeps++ == most;
      if (!cut_outflows(b, l, dt_s, !last))
        break;
      eco__count_volumes(b, dt_s);
    }
    b->limited += sweeps > 0;
  }
}
