/* test_machine.c -- expressions: units, each node once, derivatives; the machine against evaluation one by one; B2 both ways. */
#include "b2.h"
#include "base/vector_math.h"
#include "suite.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { P = ECO__POINTS };

/* ---- VEC */

static double ulps(double found, long double exact)
{
  return exact == 0 ? fabs(found) / DBL_MIN : fabs((double)((found - exact) / exact)) / DBL_EPSILON;
}

START_TEST(VEC_1_VEC_2_are_as_near_as_libm)
{
  double exp_off = 0, log_off = 0;
  for (int k = 0; k < 200000; k++) {
    double u = eco__uniform(1, 0, 1, (uint64_t)k), x = -708 + 1417 * u, y = exp(-700 + 1400 * u), z = 0.5 + 1.5 * u;
    exp_off = fmax(exp_off, ulps(eco__exp(x), expl(x)));
    log_off = fmax(log_off, fmax(ulps(eco__log(y), logl(y)), ulps(eco__log(z), logl(z))));
  }
  ck_assert_double_le(exp_off, 1.0);
  ck_assert_double_le(log_off, 1.0);
}
END_TEST

START_TEST(VEC_1_VEC_2_VEC_3_have_their_edges)
{
  ck_assert_double_eq(eco__exp(-746), 0.0);
  ck_assert_double_eq(eco__exp(INFINITY), INFINITY);
  ck_assert_double_eq(eco__exp(-INFINITY), 0.0);
  ck_assert_double_eq(eco__exp(710), INFINITY);
  ck_assert_double_eq(eco__exp(0), 1.0);
  ck_assert_double_eq_tol(eco__exp(-740) / exp(-740), 1.0,
                          1e-6); /* below the least normal number: few digits are left */
  ck_assert(isnan(eco__exp(NAN)) && isnan(eco__log(NAN)) && isnan(eco__log(-1)));
  ck_assert_double_eq(eco__log(0), -INFINITY);
  ck_assert_double_eq(eco__log(INFINITY), INFINITY);
  ck_assert_double_eq(eco__log(1), 0.0);
  ck_assert_double_eq_tol(eco__log(5e-324), log(5e-324), 1e-12);
  ck_assert_double_eq(eco__pow(0, 0), 1.0);
  ck_assert_double_eq(eco__pow(0, 2.5), 0.0);
  ck_assert_double_eq(eco__pow(0, -1), INFINITY);
  ck_assert_double_eq_tol(eco__pow(1.047, -17.3), pow(1.047, -17.3), 4e-16);
}
END_TEST

/* ---- graphs */

static eco_env env;
static eco__graph g;

static void open_graph(void)
{
  env = eco__env(NULL);
  eco__graph_open(&g, &env);
}

static void close_graph(void)
{
  eco__graph_close(&g);
}

static eco__node apply(eco__op op, eco__node a, eco__node b)
{
  return eco__graph_apply(&g, op, a, b, ECO__NO_NODE);
}

static eco__node state(uint32_t k)
{
  return eco__graph_input(&g, ECO__STATE, k, "mg/L");
}

START_TEST(equal_expressions_are_one_node_and_constants_fold)
{
  eco__node x = state(0), y = state(1);
  eco__node sum = apply(ECO__ADD, x, y);
  ck_assert_uint_eq(sum, apply(ECO__ADD, y, x));
  ck_assert_uint_eq(apply(ECO__MULTIPLY, x, eco__graph_number(&g, 1)), x);
  ck_assert_uint_eq(apply(ECO__POWER, x, eco__graph_number(&g, 2)), apply(ECO__MULTIPLY, x, x));
  size_t n = g.n;
  (void)apply(ECO__ADD, x, y);
  ck_assert_uint_eq(g.n, n);
  eco__node six = apply(ECO__MULTIPLY, eco__graph_quantity(&g, 2, "mg/L"), eco__graph_number(&g, 3));
  ck_assert_int_eq(g.nodes[six].op, ECO__CONSTANT);
  ck_assert_double_eq(g.nodes[six].value, 6.0);
  ck_assert_double_eq(g.nodes[eco__graph_quantity(&g, 3, "g/m3")].value, 3.0); /* mg/L */
  ck_assert_double_eq(g.nodes[eco__graph_quantity(&g, 1, "1/d")].value, 1.0);
  ck_assert_double_eq_tol(g.nodes[eco__graph_quantity(&g, 1, "mm/h")].value, 0.024, 1e-17);
  ck_assert_int_eq(g.fault.status, ECO_OK);
}
END_TEST

static void refuses(const char *text)
{
  ck_assert_str_eq(g.fault.text, text);
  close_graph();
  open_graph();
}

START_TEST(units_are_checked_as_they_meet)
{
  eco__node rate = eco__graph_quantity(&g, 0.1, "1/d"), length = eco__graph_quantity(&g, 2, "m");
  ck_assert_uint_eq(apply(ECO__ADD, state(0), rate), ECO__NO_NODE);
  ck_assert_uint_eq(apply(ECO__ADD, state(0), state(1)),
                    apply(ECO__ADD, state(1), state(0))); /* later ones are still made */
  refuses("'+' of mass per volume and a rate (1 per time), expected the same on both sides");
  (void)eco__graph_apply(&g, ECO__EXP, eco__graph_quantity(&g, 2, "m"), ECO__NO_NODE, ECO__NO_NODE);
  refuses("'exp' of a length, expected a pure number");
  eco__node t = eco__graph_input(&g, ECO__FORCED, 0, "C");
  (void)apply(ECO__MULTIPLY, t, state(0));
  refuses("'*' of a temperature and mass per volume, expected the same on both sides");
  (void)eco__graph_quantity(&g, 2, "mg/l");
  ck_assert_int_eq(g.fault.status, ECO_UNITS);
  close_graph();
  open_graph();
  t = eco__graph_input(&g, ECO__FORCED, 0, "C");
  eco__node above = apply(ECO__SUBTRACT, t, eco__graph_quantity(&g, 20, "C"));
  ck_assert(eco__graph_expect(&g, above, "K", "a difference"));
  ck_assert(eco__graph_expect(&g, apply(ECO__ADD, t, eco__graph_quantity(&g, 1, "K")), "C", "a temperature"));
  ck_assert(!eco__graph_expect(&g, above, "1/d", "flux 'decay'"));
  refuses("flux 'decay' is a temperature difference, expected a rate (1 per time), as in '1/d'");
  (void)length;
}
END_TEST

/* ---- the machine */

/* Evaluation one by one. */
static double value_of(const eco__graph *graph, eco__node n, const double *states, const double *params,
                       const double *forced)
{
  const eco__expression *e = &graph->nodes[n];
  double arg[3] = {0};
  for (size_t k = 0; k < eco__op_arguments(e->op); k++)
    arg[k] = value_of(graph, e->arg[k], states, params, forced);
  switch (e->op) {
  case ECO__CONSTANT:
    return e->value;
  case ECO__STATE:
    return states[e->index];
  case ECO__PARAM:
    return params[e->index];
  case ECO__FORCED:
    return forced[e->index];
  default:
    return eco__op_value(e->op, arg[0], arg[1], arg[2]);
  }
}

static bool same_bits(double a, double b)
{
  return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static double roll(uint64_t *at, double low, double high)
{
  return low + (high - low) * eco__uniform(7, 0, 3, (*at)++);
}

static eco__node grow(uint64_t *at, eco__node *nodes, size_t n)
{
  eco__op op = (eco__op)(ECO__ADD + (int)roll(at, 0, ECO__N_OPS - ECO__ADD));
  eco__node arg[3];
  for (int k = 0; k < 3; k++)
    arg[k] = nodes[(size_t)roll(at, 0, (double)n)];
  return eco__graph_apply(&g, op, arg[0], arg[1], arg[2]);
}

/* Random expressions of pure numbers, of all operations: bit for bit as one by one, whatever stands beside a point. */
START_TEST(the_machine_is_evaluation_one_by_one)
{
  enum { INPUTS = 3, NODES = 120, OUTPUTS = 12 };
  static double states[INPUTS * P], params[INPUTS * P], forced[INPUTS * P], out[OUTPUTS * P];
  uint64_t at = 0;
  for (int round = 0; round < 60; round++) {
    close_graph();
    open_graph();
    eco__node nodes[NODES];
    size_t n = 0;
    for (uint32_t k = 0; k < INPUTS; k++) {
      nodes[n++] = eco__graph_input(&g, ECO__STATE, k, "");
      nodes[n++] = eco__graph_input(&g, ECO__PARAM, k, "");
      nodes[n++] = eco__graph_input(&g, ECO__FORCED, k, "");
      nodes[n++] = eco__graph_number(&g, roll(&at, -3, 3));
    }
    while (n < NODES) {
      nodes[n] = grow(&at, nodes, n);
      n += nodes[n] != ECO__NO_NODE;
    }
    for (size_t k = 0; k < INPUTS * P; k++) {
      states[k] = roll(&at, -2, 2);
      params[k] = roll(&at, -2, 2);
      forced[k] = roll(&at, -2, 2);
    }
    eco__arena arena;
    eco__arena_open(&arena, NULL);
    eco__program program;
    ck_assert_int_eq(eco__program_make(&g, nodes + NODES - OUTPUTS, OUTPUTS, &arena, &program), ECO_OK);
    double *hoisted = ECO__TAKE(&arena, double, (program.n_hoisted + 1) * P),
           *work = ECO__TAKE(&arena, double, (program.n_work + 1) * P);
    eco__program_prepare(&program, params, forced, hoisted, work);
    eco__program_run(&program, states, hoisted, work, out);
    for (size_t p = 0; p < P; p++) {
      double s[INPUTS], q[INPUTS], f[INPUTS];
      for (size_t k = 0; k < INPUTS; k++) {
        s[k] = states[k * P + p];
        q[k] = params[k * P + p];
        f[k] = forced[k * P + p];
      }
      for (size_t o = 0; o < OUTPUTS; o++)
        ck_assert(same_bits(out[o * P + p], value_of(&g, nodes[NODES - OUTPUTS + o], s, q, f)));
    }
    eco__arena_close(&arena);
  }
}
END_TEST

/* ---- derivatives */

/* Central differences of fourth order, of smooth expressions. */
START_TEST(SLP_1_is_the_derivative)
{
  eco__node x = eco__graph_input(&g, ECO__STATE, 0, ""), y = eco__graph_input(&g, ECO__STATE, 1, "");
  eco__node two = eco__graph_number(&g, 2.5), one = eco__graph_number(&g, 1);
  eco__node list[] = {apply(ECO__DIVIDE, x, apply(ECO__ADD, x, y)),
                      apply(ECO__POWER, x, two),
                      apply(ECO__POWER, two, x),
                      apply(ECO__POWER, x, y),
                      eco__graph_apply(&g, ECO__EXP, apply(ECO__MULTIPLY, x, y), ECO__NO_NODE, ECO__NO_NODE),
                      eco__graph_apply(&g, ECO__LOG, apply(ECO__ADD, x, y), ECO__NO_NODE, ECO__NO_NODE),
                      eco__graph_apply(&g, ECO__SQRT, apply(ECO__MULTIPLY, x, x), ECO__NO_NODE, ECO__NO_NODE),
                      apply(ECO__SUBTRACT, one, apply(ECO__DIVIDE, y, x)),
                      apply(ECO__MINIMUM, x, apply(ECO__MULTIPLY, x, x)),
                      apply(ECO__MAXIMUM, x, y),
                      eco__graph_apply(&g, ECO__ABS, apply(ECO__SUBTRACT, y, x), ECO__NO_NODE, ECO__NO_NODE),
                      eco__graph_apply(&g, ECO__WHERE, apply(ECO__LESS, x, y), apply(ECO__MULTIPLY, x, x), y)};
  const double at[2] = {0.7, 1.3}, h = 1e-3;
  for (size_t k = 0; k < sizeof list / sizeof list[0]; k++)
    for (uint32_t j = 0; j < 2; j++) {
      eco__node slope = eco__graph_slope(&g, list[k], j);
      double found = slope == ECO__NO_NODE ? 0.0 : value_of(&g, slope, at, NULL, NULL), f[4];
      const double off[4] = {-2 * h, -h, h, 2 * h};
      for (int q = 0; q < 4; q++) {
        double moved[2] = {at[0], at[1]};
        moved[j] += off[q];
        f[q] = value_of(&g, list[k], moved, NULL, NULL);
      }
      double wanted = (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * h);
      ck_assert_msg(fabs(found - wanted) < 1e-9, "expression %zu by %u: %.12g, wanted %.12g", k, j, found, wanted);
    }
  ck_assert_uint_eq(eco__graph_slope(&g, y, 0), ECO__NO_NODE); /* 0 everywhere */
  ck_assert_int_eq(g.fault.status, ECO_OK);
}
END_TEST

/* ---- B2 */

static const eco__inputs inputs = {B2_STATES, 2, 0};

typedef struct b2 {
  eco__arena arena;
  eco__processes processes;
  double forced[2 * P], state[B2_STATES * P], flux[B2_FLUXES * P], by_hand[B2_FLUXES * P];
  double *hoisted, *work, *slope;
} b2;

static void open_b2(b2 *b)
{
  eco__node rate[B2_FLUXES];
  size_t n;
  eco_error err;
  const eco__entry *entries = eco_b2_entries(&n);
  eco_b2_graph(&g, rate);
  ck_assert_str_eq(g.fault.text, "");
  for (size_t k = 0; k < B2_FLUXES; k++)
    ck_assert(eco__graph_expect(&g, rate[k], "mg/L/d", "a flux"));
  eco__arena_open(&b->arena, NULL);
  eco_assert_ok(eco__processes_make(&g, rate, B2_FLUXES, entries, n, &inputs, &b->arena, &b->processes, &err), err);
  const eco__system *s = &b->processes.system;
  b->hoisted = ECO__TAKE(&b->arena, double, (s->n_prepared + 1) * P);
  b->work = ECO__TAKE(&b->arena, double, (s->n_work + 1) * P);
  b->slope = ECO__TAKE(&b->arena, double, (size_t)s->n_slopes *P);
}

START_TEST(b2_by_the_machine_is_b2_by_hand)
{
  static b2 b;
  static double forced[3 * P];
  open_b2(&b);
  const eco__system *s = &b.processes.system;
  uint64_t at = 0;
  for (size_t p = 0; p < P; p++) {
    double d = roll(&at, 0, 365), one[3];
    eco_b2_force_by_hand(d, one);
    for (size_t k = 0; k < 3; k++)
      forced[k * P + p] = one[k];
    b.forced[p] = eco_b2_temperature(d);
    b.forced[P + p] = eco_b2_light(d);
    for (size_t i = 0; i < B2_STATES; i++)
      b.state[i * P + p] = p % 7 == i ? 0.0 : eco_b2_inlet[i] * exp(roll(&at, -3, 3));
  }
  s->prepare(s->context, b.forced, false, b.hoisted, b.work);
  s->prepare(s->context, b.forced, true, b.hoisted, b.work);
  s->fluxes(s->context, P, b.state, b.hoisted, b.flux, b.work);
  eco_b2_by_hand.fluxes(NULL, P, b.state, forced, b.by_hand, NULL);
  for (size_t k = 0; k < B2_FLUXES * P; k++)
    ck_assert_msg(fabs(b.flux[k] - b.by_hand[k]) <= 16 * DBL_EPSILON * b.by_hand[k], "flux %zu: %.17g, by hand %.17g",
                  k / P, b.flux[k], b.by_hand[k]);
  static double again[B2_FLUXES * P];
  s->slopes_of(s->context, P, b.state, b.hoisted, again, b.slope, b.work);
  ck_assert_mem_eq(again, b.flux, sizeof again);
  for (size_t k = 0; k < s->n_slopes; k++) { /* against a difference */
    static double moved[B2_STATES * P], up[B2_FLUXES * P], down[B2_FLUXES * P];
    for (int side = -1; side <= 1; side += 2) {
      memcpy(moved, b.state, sizeof moved);
      for (size_t p = 0; p < P; p++)
        moved[s->slopes[k].state * P + p] *= 1 + side * 1e-4;
      s->fluxes(s->context, P, moved, b.hoisted, side > 0 ? up : down, b.work);
    }
    for (size_t p = 0; p < P; p++) {
      double x = b.state[s->slopes[k].state * P + p], f = b.flux[s->slopes[k].flux * P + p];
      double wanted = (up[s->slopes[k].flux * P + p] - down[s->slopes[k].flux * P + p]) / (2e-4 * x);
      if (x > 0) /* third derivatives of Monod terms are below 6 f / x^3, and 1e-8 x^2 / 6 of them */
        ck_assert_msg(fabs(b.slope[k * P + p] - wanted) <= 1e-7 * (f / x + fabs(wanted)), "slope %zu: %g, wanted %g", k,
                      b.slope[k * P + p], wanted);
    }
  }
  eco__arena_close(&b.arena);
}
END_TEST

START_TEST(out_of_memory_is_a_status_at_every_call)
{
  eco_test_allocator allocator = {0};
  for (size_t fail = 1;; fail++) {
    allocator = (eco_test_allocator){.fail_at = fail};
    eco_env failing = eco_test_env(&allocator);
    eco__graph graph;
    eco__arena arena;
    eco__processes processes;
    eco__node rate[B2_FLUXES];
    size_t n;
    eco_error err;
    eco__graph_open(&graph, &failing);
    eco__arena_open(&arena, &failing);
    eco_b2_graph(&graph, rate);
    const eco__entry *entries = eco_b2_entries(&n);
    eco_status status = graph.fault.status;
    if (status == ECO_OK)
      status = eco__processes_make(&graph, rate, B2_FLUXES, entries, n, &inputs, &arena, &processes, &err);
    eco__arena_close(&arena);
    eco__graph_close(&graph);
    ck_assert_uint_eq(allocator.blocks, 0);
    ck_assert_uint_eq(allocator.wrong_sizes, 0);
    if (status == ECO_OK)
      break;
    ck_assert_int_eq(status, ECO_NO_MEMORY);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("machine");
  TCase *all = tcase_create("expressions");
  tcase_add_checked_fixture(all, open_graph, close_graph);
  tcase_add_test(all, VEC_1_VEC_2_are_as_near_as_libm);
  tcase_add_test(all, VEC_1_VEC_2_VEC_3_have_their_edges);
  tcase_add_test(all, equal_expressions_are_one_node_and_constants_fold);
  tcase_add_test(all, units_are_checked_as_they_meet);
  tcase_add_test(all, the_machine_is_evaluation_one_by_one);
  tcase_add_test(all, SLP_1_is_the_derivative);
  tcase_add_test(all, b2_by_the_machine_is_b2_by_hand);
  tcase_add_test(all, out_of_memory_is_a_status_at_every_call);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
