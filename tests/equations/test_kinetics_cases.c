/* test_kinetics_cases.c -- the integrator on kinetic systems with known answers, built as processes are: expressions with their
 * derivatives. Times of a case are taken for days. */
#include "b2.h"
#include "kinetics/integrate.h"
#include "reference.h"
#include "suite.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { P = ECO__POINTS, MOST = 9 };

/* ---- a system from expressions of pure numbers */

typedef struct world {
  eco_env env;
  eco__graph g;
  eco__arena arena;
  eco__node y[MOST], rate[MOST];
  eco__entry entries[4 * MOST];
  size_t n_states, n_fluxes, n_entries;
  eco__processes processes;
  eco__plan plan;
  double absolute[MOST], state[MOST * P], amount[MOST * P], *work;
  eco__tolerance tolerance;
  eco__integrate_counts counts;
} world;

static world w;
static double through[MOST]; /* [state] what passed through it in the last call, to know its round-off */

static void start(size_t n_states, const double *first, double relative, double absolute)
{
  memset(&w, 0, sizeof w);
  w.env = eco__env(NULL);
  eco__graph_open(&w.g, &w.env);
  eco__arena_open(&w.arena, NULL);
  w.n_states = n_states;
  for (uint32_t i = 0; i < n_states; i++) {
    w.y[i] = eco__graph_input(&w.g, ECO__STATE, i, "");
    w.absolute[i] = absolute;
    for (size_t p = 0; p < P; p++)
      w.state[i * P + p] = first[i];
  }
  w.tolerance = (eco__tolerance){relative, w.absolute};
}

static eco__node number(double value)
{
  return eco__graph_number(&w.g, value);
}

static eco__node op(eco__op which, eco__node a, eco__node b)
{
  return eco__graph_apply(&w.g, which, a, b, ECO__NO_NODE);
}

static eco__node times(double k, eco__node a)
{
  return op(ECO__MULTIPLY, number(k), a);
}

static eco__node product(eco__node a, eco__node b)
{
  return op(ECO__MULTIPLY, a, b);
}

/* x / (x + half) */
static eco__node monod(eco__node x, double half)
{
  return op(ECO__DIVIDE, x, op(ECO__ADD, x, number(half)));
}

/* A flux that does `coefficient` to state[k]; -1: no second, no third. */
static void flux(eco__node rate, int a, double ca, int b, double cb, int c, double cc)
{
  const struct {
    int state;
    double coefficient;
  } does[] = {{a, ca}, {b, cb}, {c, cc}};
  w.rate[w.n_fluxes] = rate;
  for (uint32_t i = 0; i < w.n_states; i++)
    for (int k = 0; k < 3; k++)
      if (does[k].state == (int)i)
        w.entries[w.n_entries++] = (eco__entry){(uint32_t)w.n_fluxes, i, does[k].coefficient};
  w.n_fluxes++;
}

static void ready(void)
{
  eco_error err;
  const eco__inputs inputs = {w.n_states, 0, 0};
  eco_assert_ok(
    eco__processes_make(&w.g, w.rate, w.n_fluxes, w.entries, w.n_entries, &inputs, &w.arena, &w.processes, &err), err);
  ck_assert_int_eq(eco__plan_make(&w.processes.system, &w.arena, &w.plan), ECO_OK);
  w.work = ECO__TAKE(&w.arena, double, eco__integrate_room(&w.plan));
}

static void finish(void)
{
  eco__graph_close(&w.g);
  eco__arena_close(&w.arena);
}

static void advance(double days, int steps)
{
  static const double none[P];
  const double *given[3] = {none, none, none};
  for (int s = 0; s < steps; s++) {
    double before[MOST * P];
    memcpy(before, w.state, sizeof before);
    eco__integrate(&w.plan, &w.tolerance, P, days / steps, given, w.state, w.amount, w.work, &w.counts);
    for (size_t i = 0; i < w.n_states; i++) { /* positive; and the amounts tell the change */
      double sum = before[i * P], moved = before[i * P];
      for (size_t e = 0; e < w.n_entries; e++)
        if (w.entries[e].state == i) {
          sum += w.entries[e].coefficient * w.amount[w.entries[e].flux * P];
          moved += fabs(w.entries[e].coefficient * w.amount[w.entries[e].flux * P]);
        }
      through[i] = moved;
      ck_assert_double_ge(w.state[i * P], 0.0);
      ck_assert_double_le(fabs(sum - w.state[i * P]), 1e-13 * moved + DBL_MIN); /* some hundred sums of a digit each */
    }
  }
}

/* Runs the variant of a table, one call a row's time if `whole`, else steps of about `days`; `names` are the quantities of the states. */
static void follow(const char *file, const char *variant, const char *const *names, double days, double tolerance,
                   bool relative)
{
  eco_reference r = eco_reference_read(file);
  double t = 0, most[MOST] = {0};
  for (size_t k = 0; k < r.n_rows; k++)
    for (size_t i = 0; i < w.n_states; i++)
      if (eco_reference_is(&r, k, "variant", variant) && names[i] && eco_reference_is(&r, k, "quantity", names[i]))
        most[i] = fmax(most[i], fabs(eco_reference_number(&r, k, "value")));
  size_t seen = 0;
  for (size_t k = 0; k < r.n_rows; k++) {
    if (!eco_reference_is(&r, k, "variant", variant) || eco_reference_is(&r, k, "t", ""))
      continue;
    double at = eco_reference_number(&r, k, "t");
    if (at > t)
      advance(at - t, days > 0 ? (int)ceil((at - t) / days - 1e-9) : 1);
    t = at > t ? at : t;
    for (size_t i = 0; i < w.n_states; i++)
      if (names[i] && eco_reference_is(&r, k, "quantity", names[i])) {
        double want = eco_reference_number(&r, k, "value"), scale = relative ? fabs(want) : most[i];
        double digits = 16 * DBL_EPSILON * through[i];
        ck_assert_msg(fabs(w.state[i * P] - want) <= tolerance * scale + digits, "%s %s at %g: %.9g, wanted %.9g",
                      variant, names[i], t, w.state[i * P], want);
        seen++;
      }
  }
  ck_assert_uint_gt(seen, 2);
  ck_assert_uint_eq(w.counts.last_resorts, 0);
  eco_reference_free(&r);
}

/* ---- k02: the sag with nitrogenous demand, bed, photosynthesis and respiration; k15: what rides on solids ---- */

/* Oxygen 20 mg/L over any deficit of the case, so that what is below 0 there, an excess, is a state above 0 here; N in oxygen units. */
static void sag_rows(const char *variant, double over)
{
  eco_reference r = eco_reference_read("water_k02_sag_extended.csv");
  double t = 0;
  int seen = 0;
  for (size_t k = 0; k < r.n_rows; k++) {
    if (!eco_reference_is(&r, k, "variant", variant) || !eco_reference_is(&r, k, "quantity", "deficit"))
      continue;
    double at = eco_reference_number(&r, k, "t"), want = eco_reference_number(&r, k, "value");
    advance(at - t, (int)ceil((at - t) / 0.05));
    t = at;
    ck_assert_double_eq_tol(over - w.state[2 * P], want, 1e-4 * fmax(fabs(want), 1.0));
    seen++;
  }
  ck_assert_int_eq(seen, 6);
  eco_reference_free(&r);
}

START_TEST(INT_1_of_the_extended_sag_k02)
{
  static const struct {
    const char *name;
    double l, n, d, kd, kr, kn, ka, p, r, sod, depth;
  } all[] = {{"river", 15, 10, 1, 0.3, 0.35, 0.2, 0.8, 2, 1.5, 1.2, 2},
             {"algal", 16, 10, 0.5, 0.25, 0.25, 0.15, 0.6, 5, 1.5, 0.8, 1.5}};
  for (size_t k = 0; k < 2; k++) {
    const double over = 20, first[3] = {all[k].l, all[k].n, over - all[k].d};
    start(3, first, 1e-6, 1e-9);
    flux(times(all[k].kd, w.y[0]), 0, -1, 2, -1, -1, 0);
    if (all[k].kr > all[k].kd)
      flux(times(all[k].kr - all[k].kd, w.y[0]), 0, -1, -1, 0, -1, 0);
    flux(times(all[k].kn, w.y[1]), 1, -1, 2, -1, -1, 0);
    flux(number(all[k].p + all[k].ka * over), 2, 1, -1, 0, -1, 0);
    flux(op(ECO__ADD, times(all[k].ka, w.y[2]), number(all[k].r + all[k].sod / all[k].depth)), 2, -1, -1, 0, -1, 0);
    ready();
    sag_rows(all[k].name, over);
    finish();
  }
}
END_TEST

START_TEST(INT_1_of_partition_and_settling_k15)
{
  static const char *const names[] = {"total_relative"};
  static const struct {
    const char *name;
    double kd[2], m[2], v[2], depth, k;
  } all[] = {{"metal", {50000, 8000}, {30, 5}, {0.5, 0.1}, 2, 0},
             {"herbicide", {40, 200}, {100, 10}, {1, 0.2}, 1.5, 0.05}};
  for (size_t k = 0; k < 2; k++) {
    const double one = 1, r0 = 1e-6 * all[k].kd[0] * all[k].m[0], r1 = 1e-6 * all[k].kd[1] * all[k].m[1];
    const double dissolved = 1 / (1 + r0 + r1);
    start(1, &one, 1e-6, 1e-12);
    flux(times(all[k].k * dissolved, w.y[0]), 0, -1, -1, 0, -1, 0);
    flux(times(r0 * dissolved * all[k].v[0] / all[k].depth, w.y[0]), 0, -1, -1, 0, -1, 0);
    flux(times(r1 * dissolved * all[k].v[1] / all[k].depth, w.y[0]), 0, -1, -1, 0, -1, 0);
    ready();
    follow("water_k15_partition_settling.csv", all[k].name, names, 0.5, 1e-4, true);
    finish();
  }
}
END_TEST

/* ---- k04: NH4 -> NO2 -> NO3 -> N2, of which one variant is stiff (500 1/d) */

static void chain(const double first[4], double k1, double k2, double k3)
{
  start(4, first, 1e-5, 1e-9);
  flux(times(k1, w.y[0]), 0, -1, 1, 1, -1, 0);
  flux(times(k2, w.y[1]), 1, -1, 2, 1, -1, 0);
  flux(times(k3, w.y[2]), 2, -1, 3, 1, -1, 0);
  ready();
}

START_TEST(INT_1_INT_2_of_the_nitrogen_chain_k04)
{
  static const char *const names[] = {"nh4_n", "no2_n", "no3_n", "n2_n"};
  const double river[4] = {5, 0.2, 1, 0}, near_equal[4] = {4, 0, 0, 0}, stiff[4] = {2, 0, 3, 0};
  chain(river, 0.25, 0.9, 0.1);
  follow("water_k04_nitrogen_chain.csv", "river", names, 0.25, 1e-4, false);
  finish();
  chain(near_equal, 0.3, 0.300000001, 0.300000002);
  follow("water_k04_nitrogen_chain.csv", "near_equal", names, 0.25, 1e-4, false);
  finish();
  chain(stiff, 0.05, 500, 0.02);
  follow("water_k04_nitrogen_chain.csv", "stiff", names, 1.0, 1e-4, false);
  ck_assert_uint_gt(w.counts.implicit_steps, 0);
  double total = 0;
  for (size_t i = 0; i < 4; i++)
    total += w.state[i * P];
  ck_assert_double_eq_tol(total, 5, 5 * 1e-13);
  finish();
}
END_TEST

/* ---- k05: S' = -V S / (K + S) */

START_TEST(INT_1_of_michaelis_menten_k05)
{
  static const char *const names[] = {"substrate"};
  static const struct {
    const char *variant;
    double s0, vmax, km;
  } cases[] = {{"mild", 10, 2, 3}, {"zero_order", 1000, 50, 0.5}, {"first_order", 0.01, 1, 5}};
  for (size_t k = 0; k < 3; k++) {
    start(1, &cases[k].s0, 2e-7, 1e-30 * cases[k].s0); /* the tail is judged to 1e-4 of itself */
    flux(times(cases[k].vmax, monod(w.y[0], cases[k].km)), 0, -1, -1, 0, -1, 0);
    ready();
    follow("water_k05_michaelis_menten.csv", cases[k].variant, names, cases[k].s0 / cases[k].vmax / 50, 1e-4, true);
    finish();
    start(1, &cases[k].s0, 1e-3, 1e-6 * cases[k].s0); /* a hundred times what it needs to run out, in one step */
    flux(times(cases[k].vmax, monod(w.y[0], cases[k].km)), 0, -1, -1, 0, -1, 0);
    ready();
    advance(100 * cases[k].s0 / cases[k].vmax, 1);
    finish();
  }
}
END_TEST

/* ---- k06: X' = mu X S / (K + S), S' = -X' / Y */

START_TEST(INT_1_of_monod_growth_k06)
{
  static const char *const names[] = {"biomass", "substrate"};
  static const struct {
    const char *variant;
    double first[2], mu, ks, yield;
  } cases[] = {{"base", {1, 50}, 2, 5, 0.5}, {"scarce", {0.1, 2}, 0.8, 4, 0.4}};
  for (size_t k = 0; k < 2; k++) {
    start(2, cases[k].first, 1e-6, 1e-10);
    flux(times(cases[k].mu, product(w.y[0], monod(w.y[1], cases[k].ks))), 0, 1, 1, -1 / cases[k].yield, -1, 0);
    ready();
    follow("water_k06_monod_batch.csv", cases[k].variant, names, 0.05, 1e-4, false);
    double kept = w.state[0] + cases[k].yield * w.state[P];
    double had = cases[k].first[0] + cases[k].yield * cases[k].first[1];
    ck_assert_double_eq_tol(kept, had, 1e-13 * had);
    finish();
  }
}
END_TEST

/* ---- k07: A' = r A (1 - A/K) - m A: growth, and two losses */

START_TEST(INT_1_of_logistic_algae_k07)
{
  static const char *const names[] = {"chla"};
  static const struct {
    const char *variant;
    double a0, k, r, m;
  } cases[] = {{"bloom", 2, 120, 0.6, 0.1}, {"washout", 50, 80, 0.2, 0.5}};
  for (size_t k = 0; k < 2; k++) {
    start(1, &cases[k].a0, 1e-6, 1e-9);
    flux(times(cases[k].r, w.y[0]), 0, 1, -1, 0, -1, 0);
    flux(times(cases[k].r / cases[k].k, product(w.y[0], w.y[0])), 0, -1, -1, 0, -1, 0);
    flux(times(cases[k].m, w.y[0]), 0, -1, -1, 0, -1, 0);
    ready();
    follow("water_k07_logistic_algae.csv", cases[k].variant, names, 0.1 / fabs(cases[k].r - cases[k].m), 1e-4, true);
    finish();
  }
}
END_TEST

/* ---- k18: Robertson, nine decades of rates, to 1e11 s. At its end 20 pass through y2 in a call, which holds 8e-14: states are kept in
 * amounts of fluxes, so that it is known to the digits of those, here 1 %, and y1 and y3 to 1e-5. */

START_TEST(INT_2_of_robertson_k18)
{
  static const char *const names[] = {"y1", "y2", "y3"};
  const double first[3] = {1, 0, 0};
  start(3, first, 1e-6, 1e-12);
  w.absolute[1] = 1e-12;
  w.absolute[0] = 1e-14;
  flux(times(0.04, w.y[0]), 0, -1, 1, 1, -1, 0);
  flux(times(1e4, product(w.y[1], w.y[2])), 1, -1, 0, 1, -1, 0);
  flux(times(3e7, product(w.y[1], w.y[1])), 1, -1, 2, 1, -1, 0);
  ready();
  follow("water_k18_robertson.csv", "classic", names, 0, 1e-5, true);
  double sum = w.state[0] + w.state[P] + w.state[2 * P];
  ck_assert_double_eq_tol(sum, 1, 1e-13);
  finish();
}
END_TEST

/* ---- k20: systems of Burchard et al. 2003 */

START_TEST(INT_1_INT_5_of_burchard_k20)
{
  static const char *const two[] = {"c1", "c2"}, *const three[] = {"c1", "c2", "c3"};
  const double linear[2] = {0.9, 0.1}, nonlinear[3] = {9.98, 0.01, 0.01};
  start(2, linear, 1e-5, 1e-9);
  flux(times(5, w.y[0]), 0, -1, 1, 1, -1, 0);
  flux(w.y[1], 1, -1, 0, 1, -1, 0);
  ready();
  follow("water_k20_burchard_positive.csv", "linear", two, 0.25, 1e-3, false);
  finish();
  start(3, nonlinear, 1e-5, 1e-9);
  flux(product(monod(w.y[0], 1), w.y[1]), 0, -1, 1, 1, -1, 0);
  flux(times(0.3, w.y[1]), 1, -1, 2, 1, -1, 0);
  ready();
  follow("water_k20_burchard_positive.csv", "nonlinear", three, 1, 1e-3, false);
  finish();
}
END_TEST

/* ---- k19: an oscillator that is stiff in its spikes, and a smooth one; the error of the phase is what grows. Calls of 0.02 s: a spike
 * at this tolerance takes more tries than one call of 0.05 s allows (INT-6), and a last resort is of first order. */

START_TEST(INT_1_INT_2_of_oscillators_k19)
{
  static const char *const names[] = {"y1", "y2", "y3"};
  const double oregonator[3] = {1, 2, 3}, brusselator[2] = {1.5, 3}, fast = 77.27;
  start(3, oregonator, 1e-8, 1e-10);
  eco__node met = product(w.y[0], w.y[1]);
  flux(times(fast, w.y[1]), 0, 1, -1, 0, -1, 0);
  flux(times(fast, w.y[0]), 0, 1, -1, 0, -1, 0);
  flux(times(fast * 8.375e-6, product(w.y[0], w.y[0])), 0, -1, -1, 0, -1, 0);
  flux(times(fast, met), 0, -1, -1, 0, -1, 0);
  flux(times(1 / fast, w.y[2]), 1, 1, -1, 0, -1, 0);
  flux(times(1 / fast, w.y[1]), 1, -1, -1, 0, -1, 0);
  flux(times(1 / fast, met), 1, -1, -1, 0, -1, 0);
  flux(times(0.161, w.y[0]), 2, 1, -1, 0, -1, 0);
  flux(times(0.161, w.y[2]), 2, -1, -1, 0, -1, 0);
  ready();
  follow("water_k19_oscillators.csv", "oregonator", names, 0.02, 1e-4, true);
  finish();
  start(2, brusselator, 1e-8, 1e-10);
  flux(op(ECO__ADD, times(0, w.y[0]), number(1)), 0, 1, -1, 0, -1, 0);
  flux(product(product(w.y[0], w.y[0]), w.y[1]), 1, -1, 0, 1, -1, 0);
  flux(times(3, w.y[0]), 0, -1, 1, 1, -1, 0);
  flux(w.y[0], 0, -1, -1, 0, -1, 0);
  ready();
  follow("water_k19_oscillators.csv", "brusselator", names, 1, 1e-4, true);
  finish();
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("kinetics cases");
  TCase *all = tcase_create("cases");
  tcase_add_test(all, INT_1_of_the_extended_sag_k02);
  tcase_add_test(all, INT_1_of_partition_and_settling_k15);
  tcase_add_test(all, INT_1_INT_2_of_the_nitrogen_chain_k04);
  tcase_add_test(all, INT_1_of_michaelis_menten_k05);
  tcase_add_test(all, INT_1_of_monod_growth_k06);
  tcase_add_test(all, INT_1_of_logistic_algae_k07);
  tcase_add_test(all, INT_2_of_robertson_k18);
  tcase_add_test(all, INT_1_INT_5_of_burchard_k20);
  tcase_add_test(all, INT_1_INT_2_of_oscillators_k19);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
