/* rosenbrock.c -- one trial step of the implicit method, for points that are stiff.
 *
 *   ROS-1  (I/(h gamma) - J) K_q = N R_q,  R_q = F(Y_q) + sum_j c_qj/h G_j,  J = N dF/dy                    [Sandu1997], RODAS3
 *   ROS-2  G_q = h gamma (R_q + dF/dy K_q): what stage q amounts to of each flux; K_q = N G_q
 *   ROS-3  Y_1 = Y_2 = y, Y_3 = y + 2 K_1, Y_4 = y + 2 K_1 + K_3; y1 = Y_4 + K_4; error K_4; gamma 1/2
 *          c_21 = 4, c_31 = 1, c_32 = -1, c_41 = 1, c_42 = -1, c_43 = -8/3
 *
 * Third order, L-stable. Written in amounts of fluxes (ROS-2), so that elements are conserved whatever the elimination rounds. Forcing
 * stands at the middle of the trial. The matrix is eliminated without pivots: its diagonal holds what is drawn on a state, the
 * rest of its column where that goes. */
#include "kinetics/integrate_parts.h"

#include <string.h>

enum { P = ECO__POINTS };
#define GAMMA 0.5

/* ---- the plan */

static void fill_pattern(const eco__system *s, bool *filled, const struct eco__term *terms, size_t n_terms)
{
  size_t n = s->n_states;
  for (size_t i = 0; i < n; i++)
    filled[i * n + i] = true;
  for (size_t k = 0; k < n_terms; k++)
    filled[terms[k].place] = true;
  for (size_t k = 0; k < n; k++)
    for (size_t i = k + 1; i < n; i++)
      for (size_t j = k + 1; filled[i * n + k] && j < n; j++)
        filled[i * n + j] = filled[i * n + j] || filled[k * n + j];
}

eco_status eco__plan_make(const eco__system *s, eco__arena *arena, eco__plan *out)
{
  size_t n = s->n_states, most = 0;
  uint32_t *first = ECO__TAKE(arena, uint32_t, s->n_fluxes + 1);
  if (!first)
    return ECO_NO_MEMORY;
  for (uint32_t e = 0; e < s->n_entries; e++)
    first[s->entries[e].flux + 1]++;
  for (uint32_t f = 0; f < s->n_fluxes; f++)
    first[f + 1] += first[f];
  for (uint32_t k = 0; k < s->n_slopes; k++)
    most += first[s->slopes[k].flux + 1] - first[s->slopes[k].flux];
  struct eco__term *terms = eco__arena_take(arena, most + 1, sizeof *terms);
  bool *filled = ECO__TAKE(arena, bool, n *n + 1);
  if (!terms || !filled)
    return ECO_NO_MEMORY;
  uint32_t n_terms = 0;
  for (uint32_t k = 0; k < s->n_slopes; k++)
    for (uint32_t e = first[s->slopes[k].flux]; e < first[s->slopes[k].flux + 1]; e++) {
      terms[n_terms].place = s->entries[e].state * s->n_states + s->slopes[k].state;
      terms[n_terms].slope = k;
      terms[n_terms++].coefficient = s->entries[e].coefficient;
    }
  fill_pattern(s, filled, terms, n_terms);
  *out = (eco__plan){.system = s, .first_entry = first, .n_terms = n_terms, .terms = terms, .filled = filled};
  return ECO_OK;
}

size_t eco__rosenbrock_rows(const eco__system *s)
{
  return s->slopes_of ? (size_t)s->n_states * s->n_states + s->n_slopes + 4 * (size_t)s->n_fluxes + s->n_fluxes +
                          4 * (size_t)s->n_states + 1
                      : 0;
}

/* ---- the matrix */

typedef struct matrix {
  const eco__parts *k;
  double *a, *slope, *per_h; /* [state][state], [slope], 1 / h, of a point that is done 1 / dt */
} matrix;

static void build(const matrix *m)
{
  const eco__system *s = m->k->s;
  size_t n = s->n_states;
  memset(m->a, 0, n * n * P * sizeof(double));
  for (uint32_t t = 0; t < m->k->plan->n_terms; t++) {
    const double *restrict slope = m->slope + (size_t)m->k->plan->terms[t].slope * P,
                           c = m->k->plan->terms[t].coefficient;
    double *restrict a = m->a + (size_t)m->k->plan->terms[t].place * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++)
      a[p] -= c * slope[p];
  }
  for (size_t i = 0; i < n; i++) {
    double *restrict a = m->a + (i * n + i) * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++)
      a[p] += m->per_h[p] / GAMMA;
  }
}

/* a becomes its factors; the diagonal is kept as its inverse. */
static void factor(const matrix *m)
{
  size_t n = m->k->s->n_states;
  const bool *filled = m->k->plan->filled;
  for (size_t k = 0; k < n; k++) {
    double *restrict pivot = m->a + (k * n + k) * P;
    for (size_t p = 0; p < P; p++)
      pivot[p] = 1.0 / pivot[p];
    for (size_t i = k + 1; i < n; i++) {
      if (!filled[i * n + k])
        continue;
      double *restrict below = m->a + (i * n + k) * P;
      ECO__EACH_LANE
      for (size_t p = 0; p < P; p++)
        below[p] *= pivot[p];
      for (size_t j = k + 1; j < n; j++) {
        if (!filled[k * n + j])
          continue;
        const double *restrict above = m->a + (k * n + j) * P;
        double *restrict to = m->a + (i * n + j) * P;
        ECO__EACH_LANE
        for (size_t p = 0; p < P; p++)
          to[p] -= below[p] * above[p];
      }
    }
  }
}

static void take_off(const double *restrict a, const double *restrict x, double *restrict to)
{
  ECO__EACH_LANE
  for (size_t p = 0; p < P; p++)
    to[p] -= a[p] * x[p];
}

static void solve(const matrix *m, double *x)
{
  size_t n = m->k->s->n_states;
  const bool *filled = m->k->plan->filled;
  for (size_t k = 0; k < n; k++)
    for (size_t i = k + 1; i < n; i++)
      if (filled[i * n + k])
        take_off(m->a + (i * n + k) * P, x + k * P, x + i * P);
  for (size_t k = n; k-- > 0;) {
    for (size_t j = k + 1; j < n; j++)
      if (filled[k * n + j])
        take_off(m->a + (k * n + j) * P, x + j * P, x + k * P);
    const double *restrict pivot = m->a + (k * n + k) * P;
    double *restrict to = x + k * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++)
      to[p] *= pivot[p];
  }
}

/* ---- stages */

/* ROS-1, ROS-2: from R_q to G_q; h G / h and rows of work. */
static void stage(const matrix *m, const double *r, double *increment, double *g)
{
  const eco__system *s = m->k->s;
  eco__add_amounts(s, m->k->nothing, r, increment);
  solve(m, increment);
  memcpy(g, r, (size_t)s->n_fluxes * P * sizeof(double));
  for (uint32_t k = 0; k < s->n_slopes; k++) {
    const double *restrict slope = m->slope + (size_t)k * P, *restrict x = increment + (size_t)s->slopes[k].state * P;
    double *restrict to = g + (size_t)s->slopes[k].flux * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++)
      to[p] += slope[p] * x[p];
  }
  for (size_t f = 0; f < s->n_fluxes; f++)
    for (size_t p = 0; p < P; p++)
      g[f * P + p] *= GAMMA * m->k->h[p];
}

/* out = flux + (c1 g1 + c2 g2 + c3 g3) / h */
static void right_side(const matrix *m, const double *flux, double *const g[4], const double c[3], double *out)
{
  for (size_t f = 0; f < m->k->s->n_fluxes; f++)
    for (size_t p = 0; p < P; p++) {
      size_t at = f * P + p;
      out[at] = flux[at] + m->per_h[p] * (c[0] * g[0][at] + c[1] * g[1][at] + c[2] * g[2][at]);
    }
}

static void sum_amounts(const matrix *m, double *const g[4], const double c[4], double *out)
{
  for (size_t at = 0; at < (size_t)m->k->s->n_fluxes * P; at++)
    out[at] = c[0] * g[0][at] + c[1] * g[1][at] + c[2] * g[2][at] + c[3] * g[3][at];
}

void eco__step_implicit(eco__parts *k)
{
  static const double c[4][3] = {{0, 0, 0}, {4, 0, 0}, {1, -1, 0}, {1, -1, -8.0 / 3.0}};
  static const double to_y3[4] = {2, 0, 0, 0}, to_y4[4] = {2, 0, 1, 0}, to_end[4] = {2, 0, 1, 1};
  const eco__system *s = k->s;
  double *at = k->rosenbrock, *g[4], take[P];
  matrix m = {.k = k};
  m.a = eco__parts_take(&at, (size_t)s->n_states * s->n_states);
  m.slope = eco__parts_take(&at, s->n_slopes);
  for (int q = 0; q < 4; q++)
    g[q] = eco__parts_take(&at, s->n_fluxes);
  double *r = eco__parts_take(&at, s->n_fluxes), *increment = eco__parts_take(&at, s->n_states);
  m.per_h = eco__parts_take(&at, 1);
  memset(g[0], 0, 4 * (size_t)s->n_fluxes * P * sizeof(double));
  for (size_t p = 0; p < P; p++) {
    m.per_h[p] = 1.0 / (k->h[p] > 0 ? k->h[p] : k->dt);
    k->share[p] = (k->t[p] + 0.5 * k->h[p]) / k->dt;
    k->counts->implicit_steps += p < k->n && k->h[p] > 0;
  }
  const double *prepared = eco__prepared_at(k, k->share, true);
  s->slopes_of(s->context, P, k->y, prepared, k->f[0], m.slope, k->work);
  prepared = eco__prepared_at(k, k->share, false);
  build(&m);
  factor(&m);
  for (int q = 0; q < 4; q++) {
    if (q > 1) { /* ROS-3 */
      sum_amounts(&m, g, q == 2 ? to_y3 : to_y4, k->trial);
      eco__add_amounts(s, k->y, k->trial, k->next);
      s->fluxes(s->context, P, k->next, prepared, k->f[0], k->work);
    }
    right_side(&m, k->f[0], g, c[q], r);
    stage(&m, r, increment, g[q]);
  }
  sum_amounts(&m, g, to_end, k->trial);
  eco__add_amounts(s, k->y, k->trial, k->next);
  eco__add_amounts(s, k->nothing, g[3], k->error);
  eco__accept(k, k->error, take);
}
