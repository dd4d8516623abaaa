/* integrate.c -- kinetics over a step: explicit where a point is easy, implicit where it is stiff, and a way that always ends.
 *
 *   INT-1  explicit: Runge-Kutta of third order [BogackiShampine1989], in amounts of fluxes:
 *          G = h (2/9 F1 + 1/3 F2 + 4/9 F3), F2 at y + N h F1/2, F3 at y + N 3h/4 F2, F4 at y1 = y + N G;
 *          error N h (-1/360 F1 - 7/60 F2 + 11/45 F3 - 1/8 F4), against weights (9/40, 9/20, 1/5, 1/8) of second order. Theirs,
 *          (7/24, 1/4, 1/3, 1/8), see no error where a rate of decay times h is 1; these are off by z^3 (7/240 - z/48)
 *   INT-2  implicit: rosenbrock.c
 *   INT-3  step: err = max |e_i| / (absolute_i + relative max(y_i, y1_i)); taken where err <= 1; next h 0.9 err^(-1/3), 0.2..5 times
 *   INT-4  a point is stiff where rho dt > 8, rho the largest draw on a state over the state, at the start; its first step is at most
 *          1 / rho
 *   INT-7  the first implicit step is at most the time in which some state changes by itself (or by absolute / relative): an estimate
 *          of error sees nothing where both its methods go straight to a rest that is still moving
 *   INT-5  a state that would fall below 0 by less than its tolerance: fluxes that draw on it are scaled down, each as a whole
 *   INT-6  the last resort: flux after flux, each at once on the states: amount = h F / (1 + h F max(a_i / y_i)), a_i what it draws,
 *          in 16 parts: below what is there, so positive at any step; first order
 *
 * Everything that moves a state is an amount of a flux with its stoichiometry: elements are conserved by construction, and the
 * ledger counts the amounts. Each point has a time and a step of its own; one that is done goes on with steps of 0. */
#include "kinetics/integrate_parts.h"

#include <math.h>
#include <string.h>

enum { P = ECO__POINTS, MOST_TRIES = 2000, LAST_PARTS = 16, LIMITS = 6 };
#define STIFF 8.0
#define SMALLEST 1e-300 /* a state of less draws no conclusion on rates */

/* ---- rows */

double *eco__parts_take(double **work, size_t rows)
{
  double *at = *work;
  *work += rows * P;
  return at;
}

void eco__add_amounts(const eco__system *s, const double *from, const double *amount, double *to)
{
  memcpy(to, from, (size_t)s->n_states * P * sizeof(double));
  for (uint32_t e = 0; e < s->n_entries; e++) {
    const double *restrict g = amount + (size_t)s->entries[e].flux * P, c = s->entries[e].coefficient;
    double *restrict y = to + (size_t)s->entries[e].state * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++)
      y[p] += c * g[p];
  }
}

static bool stands_still(const double *const given[3])
{
  return given[0] == given[1] && given[1] == given[2];
}

/* What is given at share[point] of the step, prepared: varying rows by the parabola through the three. */
const double *eco__prepared_at(const eco__parts *k, const double *share, bool for_slopes)
{
  const eco__system *s = k->s;
  const double *const *f = k->given;
  bool still = stands_still(f);
  if (still && !for_slopes)
    return s->prepare ? k->prepared : f[0]; /* made at the start */
  for (size_t r = 0; !still && r < s->n_varying; r++) {
    const double *restrict a = f[0] + r * P, *restrict b = f[1] + r * P, *restrict c = f[2] + r * P;
    double *restrict to = k->given_now + r * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++) {
      double x = share[p];
      to[p] = a[p] * ((1.0 - x) * (1.0 - 2.0 * x)) + b[p] * (4.0 * x * (1.0 - x)) + c[p] * (x * (2.0 * x - 1.0));
    }
  }
  const double *now = still ? f[0] : k->given_now;
  if (!s->prepare)
    return now;
  s->prepare(s->context, now, for_slopes, k->prepared, k->work);
  return k->prepared;
}

void eco__fluxes_at(const eco__parts *k, const double *y, double after, double *flux)
{
  ECO__EACH_LANE
  for (size_t p = 0; p < P; p++)
    k->share[p] = (k->t[p] + after * k->h[p]) / k->dt;
  k->s->fluxes(k->s->context, P, y, eco__prepared_at(k, k->share, false), flux, k->work);
}

/* ---- INT-5 */

static bool any_below_zero(const eco__system *s, const double *y)
{
  double low = 0.0;
  for (size_t i = 0; i < (size_t)s->n_states * P; i++)
    low = y[i] < low ? y[i] : low;
  return low < 0.0;
}

/* scale[state][point] of what draws on it, so that it ends at 0 or a rounding above. */
static void scales_of(const eco__parts *k, const double *amount, const double *next, double *scale)
{
  const eco__system *s = k->s;
  memset(scale, 0, (size_t)s->n_states * P * sizeof(double)); /* first: what is drawn */
  for (uint32_t e = 0; e < s->n_entries; e++)
    for (size_t p = 0; p < P; p++) {
      double drawn = -s->entries[e].coefficient * amount[(size_t)s->entries[e].flux * P + p];
      scale[(size_t)s->entries[e].state * P + p] += drawn > 0 ? drawn : 0.0;
    }
  for (size_t i = 0; i < (size_t)s->n_states * P; i++) {
    double kept = scale[i] > 0 ? 1.0 + next[i] * (1.0 + 1e-9) / scale[i] : 1.0;
    scale[i] = next[i] < 0 ? (kept > 0 ? kept : 0.0) : 1.0;
  }
}

void eco__limit(const eco__parts *k, const double *y, double *amount, double *next)
{
  const eco__system *s = k->s;
  for (int round = 0; round < LIMITS && any_below_zero(s, next); round++) {
    double *scale = k->error; /* rows that are read before */
    scales_of(k, amount, next, scale);
    for (uint32_t e = 0; e < s->n_entries; e++)
      for (size_t p = 0; p < P; p++) {
        double *g = amount + (size_t)s->entries[e].flux * P + p, by = scale[(size_t)s->entries[e].state * P + p];
        bool draws = -s->entries[e].coefficient * *g > 0;
        *g = draws && by < 1.0 ? *g * by : *g;
      }
    eco__add_amounts(s, y, amount, next);
  }
}

/* ---- INT-3 */

/* Error and depth below 0 of each point, in tolerances. */
static void judge(const eco__parts *k, const double *y, const double *next, const double *error, double *off,
                  double *below)
{
  for (size_t p = 0; p < P; p++)
    off[p] = below[p] = 0.0;
  for (uint32_t i = 0; i < k->s->n_states; i++) {
    const double *restrict a = y + (size_t)i * P, *restrict b = next + (size_t)i * P,
                           *restrict e = error + (size_t)i * P;
    double absolute = k->tolerance->absolute[i], relative = k->tolerance->relative;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++) {
      double most = a[p] > b[p] ? a[p] : b[p];
      double scale = absolute + relative * most, x = fabs(e[p]) / scale, low = -b[p] / scale;
      off[p] = x > off[p] || x != x ? x : off[p];
      below[p] = low > below[p] ? low : below[p];
    }
  }
}

/* Whether each point's trial is taken; and its next step. */
static void decide(eco__parts *k, const double *off, const double *below, double *take)
{
  ECO__EACH_LANE
  for (size_t p = 0; p < P; p++) {
    double h = k->h[p], worst = off[p] > below[p] ? off[p] : below[p];
    double safe = worst > 1e-9 ? (worst < 1e12 ? worst : 1e12) : 1e-9; /* not a number: 1e-9, and refused below */
    double factor = 0.9 * eco__inverse_cbrt(safe);
    bool fine = worst <= 1.0;
    factor = factor > 5.0 ? 5.0 : factor;
    factor = !fine && (factor > 0.9 || worst != worst) ? (worst != worst ? 0.2 : 0.9) : factor;
    factor = factor < 0.2 ? 0.2 : factor;
    take[p] = h > 0 && fine ? 1.0 : 0.0;
    k->wanted[p] = h > 0 ? h * factor : k->wanted[p];
  }
  for (size_t p = 0; p < k->n; p++)
    k->counts->rejected += k->h[p] > 0 && !(take[p] > 0);
}

static void choose(const double *take, size_t rows, const double *from, double *to)
{
  for (size_t r = 0; r < rows; r++) {
    const double *restrict a = from + r * P;
    double *restrict b = to + r * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++)
      b[p] = take[p] > 0 ? a[p] : b[p];
  }
}

/* What could not be lifted over 0 is done again, shorter. */
static void leave_below_zero(eco__parts *k, double *take)
{
  for (uint32_t i = 0; i < k->s->n_states; i++)
    for (size_t p = 0; p < P; p++)
      if (take[p] > 0 && !(k->next[(size_t)i * P + p] >= 0)) {
        take[p] = 0.0;
        k->wanted[p] = 0.3 * k->h[p];
      }
}

void eco__accept(eco__parts *k, const double *error, double *take)
{
  const eco__system *s = k->s;
  double off[P], below[P];
  judge(k, k->y, k->next, error, off, below);
  decide(k, off, below, take);
  double lowest = 0.0;
  for (size_t p = 0; p < P; p++)
    lowest = below[p] > lowest ? below[p] : lowest;
  if (lowest > 0) {
    eco__limit(k, k->y, k->trial, k->next);
    leave_below_zero(k, take);
  }
  for (size_t f = 0; f < s->n_fluxes; f++) {
    const double *restrict from = k->trial + f * P;
    double *restrict to = k->amount + f * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++)
      to[p] += take[p] > 0 ? from[p] : 0.0;
  }
  choose(take, s->n_states, k->next, k->y);
  for (size_t p = 0; p < P; p++)
    k->t[p] += take[p] > 0 ? k->h[p] : 0.0;
}

/* Steps of the points that are still under way and of this kind; false: none. */
bool eco__next_steps(eco__parts *k, bool stiff)
{
  bool any = false;
  for (size_t p = 0; p < P; p++) {
    double left = k->dt - k->t[p];
    bool on = k->stiff[p] == (stiff ? 1.0 : 0.0) && left > 1e-12 * k->dt;
    double h = k->wanted[p] < left ? k->wanted[p] : left;
    k->h[p] = on ? (h > 0.5 * left && h < left ? 0.5 * left : h) : 0.0; /* no crumb at the end */
    any = any || on;
  }
  return any;
}

/* ---- INT-1 */

static void scaled(const eco__parts *k, double c, const double *flux, double *amount)
{
  for (size_t f = 0; f < k->s->n_fluxes; f++) {
    const double *restrict from = flux + f * P, *restrict h = k->h;
    double *restrict to = amount + f * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++)
      to[p] = c * h[p] * from[p];
  }
}

/* trial: the amounts of the step. */
static void sum_stages(const eco__parts *k)
{
  for (size_t f = 0; f < k->s->n_fluxes; f++) {
    const double *restrict a = k->f[0] + f * P, *restrict b = k->f[1] + f * P, *restrict c = k->f[2] + f * P,
                           *restrict h = k->h;
    double *restrict to = k->trial + f * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++)
      to[p] = h[p] * (2.0 / 9.0 * a[p] + 1.0 / 3.0 * b[p] + 4.0 / 9.0 * c[p]);
  }
}

/* f[2]: the error's amounts. */
static void differ_stages(const eco__parts *k)
{
  for (size_t f = 0; f < k->s->n_fluxes; f++) {
    const double *restrict a = k->f[0] + f * P, *restrict b = k->f[1] + f * P, *restrict d = k->f[3] + f * P,
                           *restrict h = k->h;
    double *restrict c = k->f[2] + f * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++)
      c[p] = h[p] * (-1.0 / 360.0 * a[p] - 7.0 / 60.0 * b[p] + 11.0 / 45.0 * c[p] - 1.0 / 8.0 * d[p]);
  }
}

static void step_explicit(eco__parts *k)
{
  const eco__system *s = k->s;
  double take[P];
  scaled(k, 0.5, k->f[0], k->trial);
  eco__add_amounts(s, k->y, k->trial, k->next);
  eco__fluxes_at(k, k->next, 0.5, k->f[1]);
  scaled(k, 0.75, k->f[1], k->trial);
  eco__add_amounts(s, k->y, k->trial, k->next);
  eco__fluxes_at(k, k->next, 0.75, k->f[2]);
  sum_stages(k);
  eco__add_amounts(s, k->y, k->trial, k->next);
  eco__fluxes_at(k, k->next, 1.0, k->f[3]);
  differ_stages(k);
  eco__add_amounts(s, k->nothing, k->f[2], k->error);
  for (size_t p = 0; p < k->n; p++)
    k->counts->explicit_steps += k->h[p] > 0;
  eco__accept(k, k->error, take);
  choose(take, s->n_fluxes, k->f[3], k->f[0]);
}

/* ---- INT-6 */

static void last_resort(eco__parts *k)
{
  const eco__system *s = k->s;
  double part[P];
  for (size_t p = 0; p < P; p++) {
    double left = k->dt - k->t[p];
    part[p] = left > 1e-12 * k->dt ? left / LAST_PARTS : 0.0;
    k->h[p] = part[p];
    k->counts->last_resorts += p < k->n && part[p] > 0;
  }
  for (int round = 0; round < LAST_PARTS; round++) {
    eco__fluxes_at(k, k->y, 0.5, k->f[0]);
    for (uint32_t f = 0, e = 0; f < s->n_fluxes; f++) {
      uint32_t end = k->plan->first_entry[f + 1];
      for (size_t p = 0; p < P; p++) {
        double x = part[p] * k->f[0][(size_t)f * P + p], most = 0.0;
        x = x > 0 ? x : 0.0;
        for (uint32_t j = e; j < end; j++) {
          double y = k->y[(size_t)s->entries[j].state * P + p], over = -s->entries[j].coefficient / y;
          most = s->entries[j].coefficient < 0 && over > most ? over : most;
        }
        double g = x > 0 ? x / (1.0 + x * most) : 0.0; /* INT-6 */
        k->amount[(size_t)f * P + p] += g;
        for (uint32_t j = e; j < end; j++) {
          double *y = &k->y[(size_t)s->entries[j].state * P + p], moved = *y + s->entries[j].coefficient * g;
          *y = moved > 0 || g == 0 ? moved : 0.0; /* a rounding below: x most is beyond 1e16 */
        }
      }
      e = end;
    }
    for (size_t p = 0; p < P; p++)
      k->t[p] += part[p];
  }
}

/* ---- the whole */

/* INT-7: time in which a state changes by itself, of each point: limit[point]. */
static void find_change_times(eco__parts *k, double *limit)
{
  const eco__system *s = k->s;
  double *net = k->error;
  eco__add_amounts(s, k->nothing, k->f[0], net); /* fluxes for amounts of a day */
  for (size_t p = 0; p < P; p++)
    limit[p] = k->dt;
  for (uint32_t i = 0; i < s->n_states; i++) {
    double least = k->tolerance->absolute[i] / k->tolerance->relative;
    for (size_t p = 0; p < P; p++) {
      double time = (k->y[(size_t)i * P + p] + least) / fabs(net[(size_t)i * P + p]);
      limit[p] = time < limit[p] ? time : limit[p];
    }
  }
}

/* INT-4 */
static void look(eco__parts *k)
{
  const eco__system *s = k->s;
  double *rho = k->share;
  eco__fluxes_at(k, k->y, 0.0, k->f[0]);
  for (size_t p = 0; p < P; p++)
    rho[p] = 0.0;
  double *drawn = k->next;
  memset(drawn, 0, (size_t)s->n_states * P * sizeof(double));
  for (uint32_t e = 0; e < s->n_entries; e++) {
    if (!(s->entries[e].coefficient < 0))
      continue;
    const double *restrict f = k->f[0] + (size_t)s->entries[e].flux * P, c = s->entries[e].coefficient;
    double *restrict to = drawn + (size_t)s->entries[e].state * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++)
      to[p] -= c * f[p];
  }
  for (uint32_t i = 0; i < s->n_states; i++) {
    const double *restrict y = k->y + (size_t)i * P, *restrict d = drawn + (size_t)i * P;
    ECO__EACH_LANE
    for (size_t p = 0; p < P; p++) {
      double rate = y[p] > SMALLEST ? d[p] / y[p] : 0.0;
      rho[p] = rate > rho[p] ? rate : rho[p];
    }
  }
  bool any = false;
  for (size_t p = 0; p < P; p++) {
    bool stiff = rho[p] * k->dt > STIFF && s->slopes_of != NULL;
    k->stiff[p] = stiff ? 1.0 : 0.0;
    k->wanted[p] = rho[p] * k->dt > 1.0 && !stiff ? k->dt / ceil(rho[p] * k->dt) : k->dt;
    any = any || stiff;
  }
  double limit[P];
  if (any)
    find_change_times(k, limit);
  for (size_t p = 0; any && p < P; p++)
    k->wanted[p] = k->stiff[p] > 0 ? limit[p] : k->wanted[p];
}

size_t eco__integrate_room(const eco__plan *plan)
{
  const eco__system *s = plan->system;
  size_t states = s->n_states, fluxes = s->n_fluxes;
  return P * (4 * fluxes + fluxes + 3 * states + s->n_given + s->n_prepared + 6 + s->n_work + eco__rosenbrock_rows(s));
}

void eco__integrate(const eco__plan *plan, const eco__tolerance *tolerance, size_t n, double dt_d,
                    const double *const given[3], double *state, double *amount, double *work,
                    eco__integrate_counts *counts)
{
  const eco__system *s = plan->system;
  eco__parts k = {.s = s,
                  .plan = plan,
                  .tolerance = tolerance,
                  .n = n,
                  .dt = dt_d,
                  .given = given,
                  .y = state,
                  .amount = amount,
                  .counts = counts};
  for (int q = 0; q < 4; q++)
    k.f[q] = eco__parts_take(&work, s->n_fluxes);
  k.trial = eco__parts_take(&work, s->n_fluxes);
  k.next = eco__parts_take(&work, s->n_states);
  k.error = eco__parts_take(&work, s->n_states);
  k.nothing = eco__parts_take(&work, s->n_states);
  k.given_now = eco__parts_take(&work, s->n_given);
  k.prepared = eco__parts_take(&work, s->n_prepared);
  double **rows[] = {&k.t, &k.h, &k.wanted, &k.stiff, &k.share};
  for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++)
    *rows[r] = eco__parts_take(&work, 1);
  (void)eco__parts_take(&work, 1);
  k.rosenbrock = eco__parts_take(&work, eco__rosenbrock_rows(s));
  k.work = work;
  memset(k.nothing, 0, (size_t)s->n_states * P * sizeof(double));
  memset(amount, 0, (size_t)s->n_fluxes * P * sizeof(double));
  memset(k.t, 0, P * sizeof(double));
  memset(k.h, 0, P * sizeof(double));
  if (!stands_still(given))
    memcpy(k.given_now, given[0], (size_t)s->n_given * P * sizeof(double)); /* parameters stay */
  else if (s->prepare)
    s->prepare(s->context, given[0], false, k.prepared, k.work);
  look(&k);
  for (int tries = 0; tries < MOST_TRIES && eco__next_steps(&k, false); tries++)
    step_explicit(&k);
  if (s->slopes_of)
    for (size_t p = 0; p < P; p++)
      k.stiff[p] = 1.0; /* what is left */
  for (int tries = 0; s->slopes_of && tries < MOST_TRIES && eco__next_steps(&k, true); tries++)
    eco__step_implicit(&k);
  if (eco__next_steps(&k, s->slopes_of != NULL))
    last_resort(&k);
}
