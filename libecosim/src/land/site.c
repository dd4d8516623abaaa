/* site.c -- a soil column with a contaminant: leaching of the mobile pool, exchange with a bound and a residual pool.
 *
 *   SIT-1   c = E rho / (theta + rho K_d)                     linear sorption: dissolved, of the mobile content E
 *   SIT-2   dE/dt = -d/dz (v E - v alpha dE/dz),  v = q / (theta + rho K_d)
 *           top: no contaminant enters, v E - v alpha E_z = 0; bottom: E_z = 0
 *                                                        [vanGenuchtenAlves1982], third-type inlet, finite column
 *   SIT-3   faces of equal layers dz: flux = v ((b + 1/2) E_i - (b - 1/2) E_(i+1)), b = max(alpha / dz, 1/2);
 *           bottom v E_n
 *   SIT-4   time: (I + w g A) E1 = (I - (1 - w) g A) E0, g = v dt / dz, w = max(1/2, 1 - 1 / (2 b g)), in equal
 *           substeps of 2 b g <= 2, no more than 64
 *   SIT-5   exchange: dE/dt = -f E + r B,  dB/dt = f E - (r + x) B,  dX/dt = x B, exactly
 *   SIT-6   a step: exchange over dt/2, transport over dt, exchange over dt/2                          [Strang1968]
 *   SIT-7   log10 K_d = kd_ph pH + kd_om log10(OM) + kd_0                                              [Sauve2000]
 *
 *   E exchangeable, B bound, X residual   mg/kg dry soil     q infiltration_m_d   m/d, downwards, not below 0
 *   rho bulk_density_kg_l                 kg/L               f, r, x  fix, rev, res_per_d   1/d
 *   theta water_content                   -                  alpha dispersivity_m           m
 *   K_d kd_l_kg                           L/kg               dz = depth_m / 20              m
 *   c                                     mg/L               leached = q c = v E rho 1000, over the bottom, mg/m2
 *
 * Second order in z where dz <= 2 alpha (b = alpha / dz); coarser layers are taken upwind: then b = 1/2 adds dispersion
 * of v dz / 2, first order. Second order in time up to 64 substeps, that is v alpha dt <= 64 dz^2 or a tracer for a
 * month; beyond that it leans to backward Euler. Positive at any step: with w so chosen the right side of SIT-4 has no
 * negative weight, and I + w g A is an M-matrix (columns: diagonal 1 + what leaves, off diagonal minus what of it
 * arrives). Linear schemes of second order cannot be positive without such a limit [BolleyCrouzeix1978]: hence
 * substeps. A lane makes its own number of substeps: lanes that have made theirs stand still (g = 0 is the identity, to
 * the bit). Mass: what leaves a layer is added to the next as the same number. */
#include "land/land.h"

#include <math.h>

#define MOST_SUBSTEPS 64.0
#define LITRES_PER_M3 1000.0

/* Shares that exchange moves in a step, one lane each. */
enum { E_TO_B, E_TO_X, B_TO_E, B_TO_X, N_SHARES };

static inline double smaller(double a, double b)
{
  return a < b ? a : b;
}

static inline double larger(double a, double b)
{
  return a > b ? a : b;
}

/* SIT-5. exp(M t) of M = [-f, r; f, -(r + x)] by its eigenvalues -l1, -l2, l1 <= l2: with s their mean, w half their
 * distance and S = (e1 - e2) / (2 w), it is [e2 + (w + s - f) S, r S; f S, e2 + (w - s + f) S]. No difference of near
 * numbers: w >= |s - f|, l1 = f x / l2. What has left E and B is in X. */
static void exchange_shares(double t_d, double f, double r, double x, double share[N_SHARES])
{
  double s = 0.5 * (f + r + x), off = 0.5 * (r + x - f), w = sqrt(off * off + f * r);
  double l2 = s + w, l1 = l2 > 0.0 ? f * x / l2 : 0.0;
  double e1 = exp(-l1 * t_d), e2 = exp(-l2 * t_d);
  double big_s = w > 0.0 ? e1 * -expm1(-2.0 * w * t_d) / (2.0 * w) : e1 * t_d;
  double stay_e = e2 + (w + off) * big_s, stay_b = e2 + (w - off) * big_s;
  share[E_TO_B] = f * big_s;
  share[B_TO_E] = r * big_s;
  share[E_TO_X] = x > 0.0 ? larger(0.0, 1.0 - (stay_e + share[E_TO_B])) : 0.0;
  share[B_TO_X] = x > 0.0 ? larger(0.0, 1.0 - (stay_b + share[B_TO_E])) : 0.0;
}

void eco__site_exchange(size_t n_layers, size_t n_lanes, double dt_d, const eco__site_params *params,
                        eco__site_state state, double *work)
{
  for (size_t i = 0; i < n_lanes; i++) {
    double share[N_SHARES];
    exchange_shares(dt_d, params->fix_per_d[i], params->rev_per_d[i], params->res_per_d[i], share);
    for (size_t k = 0; k < N_SHARES; k++)
      work[k * n_lanes + i] = share[k];
  }
  const double *e_to_b = work, *e_to_x = work + n_lanes, *b_to_e = work + 2 * n_lanes, *b_to_x = work + 3 * n_lanes;
  for (size_t layer = 0; layer < n_layers; layer++) {
    double *e = state.exchangeable + layer * n_lanes, *b = state.bound + layer * n_lanes;
    double *x = state.residual + layer * n_lanes;
    ECO__EACH_LANE
    for (size_t i = 0; i < n_lanes; i++) {
      double fixed = smaller(e_to_b[i] * e[i], e[i]), e_left = e[i] - fixed;
      double freed = smaller(b_to_e[i] * b[i], b[i]), b_left = b[i] - freed;
      double e_gone = smaller(e_to_x[i] * e[i], e_left), b_gone = smaller(b_to_x[i] * b[i], b_left);
      e[i] = (e_left - e_gone) + freed;
      b[i] = (b_left - b_gone) + fixed;
      x[i] += e_gone + b_gone;
    }
  }
}

/* Rows of work, [lane] each: a row of zeros stands for what lies outside the column. */
enum { ROW_ZERO, ROW_ENTERING, ROW_COUNT, ROW_SUBSTEP, ROW_NOW, ROW_WEIGHT, N_ROWS };

/* Solves (I + w g A) solved = (I - (1 - w) g A) mobile, SIT-4, by elimination from the top. ratio, solved:
 * [layer][lane]. Pivots are 1 + w g (b + 1/2) or more: nothing cancels. */
static void solve_substep(size_t n_layers, size_t n_lanes, double b, const double *row, const double *mobile,
                          double *ratio, double *solved)
{
  const double *zero = row + ROW_ZERO * n_lanes, *g = row + ROW_NOW * n_lanes, *w = row + ROW_WEIGHT * n_lanes;
  double down = b + 0.5, up = b - 0.5; /* SIT-3 */
  for (size_t k = 0; k < n_layers; k++) {
    bool first = k == 0, last = k + 1 == n_layers;
    double gives = (last ? 1.0 : down) + (first ? 0.0 : up);
    const double *here = mobile + k * n_lanes, *above = first ? zero : here - n_lanes;
    const double *below = last ? zero : here + n_lanes;
    double *ratio_here = ratio + k * n_lanes, *solved_here = solved + k * n_lanes;
    const double *ratio_above = first ? zero : ratio_here - n_lanes,
                 *solved_above = first ? zero : solved_here - n_lanes;
    ECO__EACH_LANE
    for (size_t i = 0; i < n_lanes; i++) {
      double before = (1.0 - w[i]) * g[i], after = w[i] * g[i];
      double right = here[i] * (1.0 - before * gives) + before * (down * above[i] + up * below[i]);
      double pivot = 1.0 + after * gives - after * down * ratio_above[i];
      ratio_here[i] = after * up / pivot;
      solved_here[i] = (right + after * down * solved_above[i]) / pivot;
    }
  }
  for (size_t k = n_layers - 1; k-- > 0;) {
    double *here = solved + k * n_lanes;
    const double *below = here + n_lanes, *share = ratio + k * n_lanes;
    ECO__EACH_LANE
    for (size_t i = 0; i < n_lanes; i++)
      here[i] += share[i] * below[i];
  }
}

/* What passes each face by SIT-3, of the contents before and after weighted by SIT-4: out of one layer, into
 * the next. */
static void move_substep(size_t n_layers, size_t n_lanes, double b, double *row, const double *solved, double *mobile,
                         double *leached)
{
  const double *zero = row + ROW_ZERO * n_lanes, *g = row + ROW_NOW * n_lanes, *w = row + ROW_WEIGHT * n_lanes;
  double *entering = row + ROW_ENTERING * n_lanes, up = b - 0.5;
  for (size_t i = 0; i < n_lanes; i++)
    entering[i] = 0.0;
  for (size_t k = 0; k < n_layers; k++) {
    bool last = k + 1 == n_layers;
    double down = last ? 1.0 : b + 0.5;
    double *here = mobile + k * n_lanes;
    const double *below = last ? zero : here + n_lanes, *solved_here = solved + k * n_lanes;
    const double *solved_below = last ? zero : solved_here + n_lanes;
    ECO__EACH_LANE
    for (size_t i = 0; i < n_lanes; i++) {
      double before = (1.0 - w[i]) * g[i], after = w[i] * g[i];
      double passing =
        before * (down * here[i] - up * below[i]) + after * (down * solved_here[i] - up * solved_below[i]);
      double there = here[i] + entering[i], moved = smaller(passing, there); /* differs in a last digit, if at all */
      here[i] = there - moved;
      entering[i] = moved;
    }
  }
  for (size_t i = 0; i < n_lanes; i++)
    leached[i] += entering[i];
}

void eco__site_transport(size_t n_layers, size_t n_lanes, double dispersion, const double *courant, double *mobile,
                         double *leached, double *work)
{
  double *row = work, *ratio = work + N_ROWS * n_lanes, *solved = ratio + n_layers * n_lanes;
  double *zero = row + ROW_ZERO * n_lanes, *count = row + ROW_COUNT * n_lanes, *substep = row + ROW_SUBSTEP * n_lanes;
  double *now = row + ROW_NOW * n_lanes, *weight = row + ROW_WEIGHT * n_lanes;
  double b = larger(dispersion, 0.5), most = 0.0;
  for (size_t i = 0; i < n_lanes; i++) {
    zero[i] = 0.0;
    leached[i] = 0.0;
    count[i] = larger(1.0, smaller(MOST_SUBSTEPS, ceil(b * courant[i])));
    substep[i] = courant[i] / count[i];
    weight[i] = larger(0.5, 1.0 - 1.0 / (2.0 * b * larger(substep[i], 1e-300)));
    most = larger(most, count[i]);
  }
  for (double done = 0.0; done < most; done += 1.0) {
    for (size_t i = 0; i < n_lanes; i++)
      now[i] = done < count[i] ? substep[i] : 0.0;
    solve_substep(n_layers, n_lanes, b, row, mobile, ratio, solved);
    move_substep(n_layers, n_lanes, b, row, solved, mobile, leached);
  }
}

void eco__site_step(size_t n_lanes, double dt_d, const eco__site_params *params, eco__site_state state,
                    double *leached_mg_m2, double *work)
{
  double dz_m = params->depth_m / ECO__SITE_LAYERS;
  double held = params->water_content + params->bulk_density_kg_l * params->kd_l_kg; /* SIT-1 */
  double *courant = work;
  eco__site_exchange(ECO__SITE_LAYERS, n_lanes, 0.5 * dt_d, params, state, work); /* SIT-6 */
  for (size_t i = 0; i < n_lanes; i++)
    courant[i] = params->infiltration_m_d[i] / held * dt_d / dz_m; /* SIT-2 */
  eco__site_transport(ECO__SITE_LAYERS, n_lanes, params->dispersivity_m / dz_m, courant, state.exchangeable,
                      leached_mg_m2, work + n_lanes);
  eco__site_exchange(ECO__SITE_LAYERS, n_lanes, 0.5 * dt_d, params, state, work);
  double mg_m2 = params->bulk_density_kg_l * LITRES_PER_M3 * dz_m; /* a layer with 1 mg/kg */
  for (size_t i = 0; i < n_lanes; i++)
    leached_mg_m2[i] *= mg_m2;
}

double eco__site_kd(double ph, double organic_matter_pct, double kd_ph, double kd_om, double kd_0) /* SIT-7 */
{
  return pow(10.0, kd_ph * ph + kd_om * log10(organic_matter_pct) + kd_0);
}
