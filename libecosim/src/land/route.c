/* route.c -- from the land to the water: what runs off in a day arrives over days.
 *
 *   RUN-8   reservoir, inflow even over the day: V' = V k + i tau (1 - k), k = exp(-1 / tau); out = V + i - V'
 *                                                                 [Nash1957], one reservoir, integrated exactly
 *   RTE-1   n equal reservoirs in series, exactly: of what is in one, p_m = x^m exp(-x) / m!, x = t / tau, has gone m
 *           further after a time t; of an inflow even over t, tau P(k, x) / t is in number k at its end    [Nash1957]
 *   RTE-2   any n: outflow of an inflow even over T: (P(n, t / tau) - P(n, (t - T) / tau)) / T              [Nash1957]
 *   RTE-3   ordinate of day k: G(k + 1) - 2 G(k) + G(k - 1), G(t) = int_0^t P(n, s / tau) ds
 *           = t P(n, t / tau) - n tau P(n + 1, t / tau); divided by their sum
 *   RTE-4   unit hydrograph: out of day d = sum_k u_k R_(d - k), sum of u = 1                           [Sherman1932]
 *   RTE-5   O2 = C0 I2 + C1 I1 + C2 O1, C0 = (C + D - 1) / N, C1 = (C - D + 1) / N, C2 = (1 - C + D) / N, N = 1 + C + D
 *           C = dt / K, D = 1 - 2 X                                                                      [Ponce1989] ch. 9
 *   RTE-6   its store S = K (X I + (1 - X) O) + dt I / 2: RTE-5 conserves the first term with trapezoids of I and O; the
 *           second is the half step by which a trapezoid of even days lags the days
 *
 *   tau time_d, K d     X weight, 0..0.4     R, i inflow_mm, V, out mm     P(a, x) regularised lower incomplete gamma
 *
 * RTE-5 has no negative weight where 2 K X <= dt <= 2 K (1 - X): steps are equal parts of a day, no longer than
 * 2 K (1 - 2 X), and reaches in series as many as 2 K X / dt. */
#include "land/land.h"

#include <math.h>
#include <string.h>

#define LEFT 1e-12 /* of a hydrograph that may be missing at its end before it is divided by its sum */

eco__reservoir eco__reservoir_of(double time_d, double days) /* RUN-8 */
{
  return (eco__reservoir){exp(-days / time_d), time_d / days * -expm1(-days / time_d)};
}

void eco__reservoir_day(size_t n_lanes, eco__reservoir kept, const double *inflow_mm, double *store_mm, double *out_mm)
{
  ECO__EACH_LANE
  for (size_t i = 0; i < n_lanes; i++) { /* RUN-8 */
    double full = store_mm[i] + inflow_mm[i];
    double after = store_mm[i] * kept.keep + inflow_mm[i] * kept.keep_of_inflow;
    store_mm[i] = after;
    out_mm[i] = full - after;
  }
}

/* ---- hydrographs by the incomplete gamma function ---- */

double eco__nash_outflow(double n, double time, double pulse, double t) /* RTE-2 */
{
  return (eco__gamma_lower(n, t / time) - eco__gamma_lower(n, (t - pulse) / time)) / pulse;
}

static double passed(double n, double time_d, double t) /* G of RTE-3 */
{
  return t > 0.0 ? t * eco__gamma_lower(n, t / time_d) - n * time_d * eco__gamma_lower(n + 1.0, t / time_d) : 0.0;
}

void eco__nash_hydrograph(double n, double time_d, size_t m, double *ordinates)
{
  double sum = 0.0;
  for (size_t k = 0; k < m; k++) { /* RTE-3 */
    double t = (double)k, u = passed(n, time_d, t + 1.0) - 2.0 * passed(n, time_d, t) + passed(n, time_d, t - 1.0);
    ordinates[k] = u > 0.0 ? u : 0.0; /* a last digit below 0 in the tail */
    sum += ordinates[k];
  }
  for (size_t k = 0; k < m; k++)
    ordinates[k] /= sum;
}

size_t eco__nash_length(double n, double time_d)
{
  for (size_t m = 2; m <= ECO__MOST_ORDINATES; m++)
    if (1.0 - eco__gamma_lower(n, ((double)m - 1.0) / time_d) < LEFT)
      return m;
  return SIZE_MAX;
}

/* ---- making ---- */

static void make_cascade(double time_d, double days, size_t n, eco__route *r) /* RTE-1 */
{
  double x = days / time_d, term = exp(-x);
  r->word = ECO__NASH;
  r->n_rows = r->n_reservoirs = n;
  r->leave = 1.0;
  for (size_t m = 0; m < n; m++) {
    double beyond = eco__gamma_lower((double)m + 1.0, x);
    r->stay[m] = term;
    r->reach[m] = beyond; /* m + 1 steps or more: out, from the reservoir that has m behind it */
    r->keep[m] = beyond / x;
    r->leave -= r->keep[m];
    term *= x / ((double)m + 1.0);
  }
  r->leave = r->leave > 0.0 ? r->leave : 0.0; /* what went out of the day's own inflow */
}

static void make_hydrograph(const double *ordinates, size_t n, eco__route *r)
{
  double sum = 0.0;
  for (size_t k = 0; k < n; k++)
    sum += ordinates[k];
  r->word = ECO__UNIT_HYDROGRAPH;
  r->n_rows = n;
  for (size_t k = 0; k < n; k++)
    r->ordinate[k] = ordinates[k] / sum;
}

void eco__muskingum_weights(double courant, double reynolds, double weights[3]) /* RTE-5 */
{
  double n = 1.0 + courant + reynolds;
  weights[0] = (courant + reynolds - 1.0) / n;
  weights[1] = (courant - reynolds + 1.0) / n;
  weights[2] = (1.0 - courant + reynolds) / n;
}

static void make_muskingum(double time_d, double x, double days, eco__route *r)
{
  double steps = ceil(days / (2.0 * time_d * (1.0 - 2.0 * x)) - 1e-9), step_d = days / (steps > 1.0 ? steps : 1.0);
  double reaches = ceil(2.0 * time_d * x / step_d - 1e-9);
  r->word = ECO__MUSKINGUM;
  r->steps = (size_t)(steps > 1.0 ? steps : 1.0);
  r->reaches = (size_t)(reaches > 1.0 ? reaches : 1.0);
  r->n_rows = 1 + r->reaches;
  r->step_d = step_d;
  r->reach_time_d = time_d / (double)r->reaches;
  r->weight = x;
  eco__muskingum_weights(step_d / r->reach_time_d, 1.0 - 2.0 * x, r->weights);
  for (size_t k = 0; k < 3; k++) /* a last digit below 0 where a weight is 0 */
    r->weights[k] = r->weights[k] > 0.0 ? r->weights[k] : 0.0;
}

void eco__route_make(const eco__routing_params *p, double step_d, eco__route *r)
{
  memset(r, 0, sizeof *r);
  r->word = ECO__LINEAR;
  r->n_rows = 1;
  r->linear = eco__reservoir_of(p->quick_time_d, step_d);
  if (p->word == ECO__NASH && p->reservoirs == floor(p->reservoirs)) {
    make_cascade(p->quick_time_d, step_d, (size_t)p->reservoirs, r);
  } else if (p->word == ECO__NASH) {
    double ordinates[ECO__MOST_ORDINATES], time = p->quick_time_d / step_d;
    size_t n = eco__nash_length(p->reservoirs, time);
    n = n < ECO__MOST_ORDINATES ? n : ECO__MOST_ORDINATES;
    eco__nash_hydrograph(p->reservoirs, time, n, ordinates);
    make_hydrograph(ordinates, n, r);
  } else if (p->word == ECO__UNIT_HYDROGRAPH) {
    make_hydrograph(p->hydrograph, p->n_hydrograph, r);
  } else if (p->word == ECO__MUSKINGUM) {
    make_muskingum(p->muskingum_time_d, p->muskingum_weight, step_d, r);
  }
}

/* ---- a step ---- */

static void cascade_day(size_t n_lanes, const eco__route *r, const double *inflow, double *rows, double *out)
{
  const size_t n = r->n_reservoirs;
  for (size_t i = 0; i < n_lanes; i++)
    out[i] = r->leave * inflow[i];
  for (size_t k = n; k-- > 0;) { /* from below: what is above is still as it was */
    double *store = rows + k * n_lanes;
    const double leaves = r->reach[n - 1 - k], fresh = r->keep[k];
    ECO__EACH_LANE
    for (size_t i = 0; i < n_lanes; i++) {
      out[i] += leaves * store[i];
      store[i] = r->stay[0] * store[i] + fresh * inflow[i];
    }
    for (size_t m = 1; m <= k; m++) {
      const double *above = rows + (k - m) * n_lanes, share = r->stay[m];
      ECO__EACH_LANE
      for (size_t i = 0; i < n_lanes; i++)
        store[i] += share * above[i];
    }
  }
}

/* Row k: what will be out k days from now; row 0, today's, is empty at the end of a day. */
static void hydrograph_day(size_t n_lanes, const eco__route *r, const double *inflow, double *rows, double *out)
{
  const size_t n = r->n_rows;
  for (size_t k = 0; k < n; k++) { /* RTE-4 */
    double *due = rows + k * n_lanes;
    const double *next = k + 1 < n ? due + n_lanes : NULL, u = r->ordinate[k];
    for (size_t i = 0; i < n_lanes; i++)
      due[i] = (next ? next[i] : 0.0) + u * inflow[i];
  }
  for (size_t i = 0; i < n_lanes; i++) {
    out[i] = rows[i];
    rows[i] = 0.0;
  }
}

/* Row 0: inflow of the step before, mm/d; row j: outflow of reach j. */
static void muskingum_day(size_t n_lanes, const eco__route *r, double per_day, const double *inflow, double *rows,
                          double *out)
{
  const double c0 = r->weights[0], c1 = r->weights[1], c2 = r->weights[2], half = 0.5 * r->step_d;
  for (size_t i = 0; i < n_lanes; i++) {
    double passed_mm = 0.0, now = inflow[i] * per_day;
    for (size_t s = 0; s < r->steps; s++) {
      double in_before = rows[i], in_after = now;
      rows[i] = now;
      for (size_t j = 1; j <= r->reaches; j++) { /* RTE-5 */
        double before = rows[j * n_lanes + i], after = c0 * in_after + c1 * in_before + c2 * before;
        rows[j * n_lanes + i] = after;
        in_before = before;
        in_after = after;
      }
      passed_mm += half * (in_before + in_after);
    }
    out[i] = passed_mm;
  }
}

void eco__route_day(size_t n_lanes, const eco__route *route, const double *inflow_mm, double *rows, double *out_mm)
{
  switch (route->word) {
  case ECO__LINEAR:
    eco__reservoir_day(n_lanes, route->linear, inflow_mm, rows, out_mm);
    break;
  case ECO__NASH:
    cascade_day(n_lanes, route, inflow_mm, rows, out_mm);
    break;
  case ECO__UNIT_HYDROGRAPH:
    hydrograph_day(n_lanes, route, inflow_mm, rows, out_mm);
    break;
  case ECO__MUSKINGUM:
    muskingum_day(n_lanes, route, 1.0 / ((double)route->steps * route->step_d), inflow_mm, rows, out_mm);
    break;
  }
}

double eco__route_stored(const eco__route *r, const double *rows, size_t n_lanes, size_t lane)
{
  double sum = 0.0;
  if (r->word != ECO__MUSKINGUM) {
    for (size_t k = 0; k < r->n_rows; k++)
      sum += rows[k * n_lanes + lane];
    return sum;
  }
  for (size_t j = 1; j <= r->reaches; j++) /* RTE-6 */
    sum +=
      r->reach_time_d * (r->weight * rows[(j - 1) * n_lanes + lane] + (1.0 - r->weight) * rows[j * n_lanes + lane]);
  return sum + 0.5 * r->step_d * rows[lane];
}
