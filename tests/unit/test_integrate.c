/* test_integrate.c -- the integrator on problem B2 and at its edges: positive, conserving, each point alone. */
#include "b2.h"
#include "kinetics/integrate.h"
#include "reference.h"
#include "suite.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { P = ECO__POINTS };

typedef struct world {
  eco_env env;
  eco__graph g;
  eco__arena arena;
  eco__processes processes;
  eco__plan plan;
  double absolute[B2_STATES], state[B2_STATES * P], amount[B2_FLUXES * P], given[3][2 * P], *work;
  eco__tolerance tolerance;
  eco__integrate_counts counts;
} world;

static world w;

static void open_b2(void)
{
  static const eco__inputs inputs = {B2_STATES, 2, 0};
  eco__node rate[B2_FLUXES];
  eco_error err;
  size_t n;
  const eco__entry *entries = eco_b2_entries(&n);
  memset(&w, 0, sizeof w);
  w.env = eco__env(NULL);
  eco__graph_open(&w.g, &w.env);
  eco__arena_open(&w.arena, NULL);
  eco_b2_graph(&w.g, rate);
  eco_assert_ok(eco__processes_make(&w.g, rate, B2_FLUXES, entries, n, &inputs, &w.arena, &w.processes, &err), err);
  ck_assert_int_eq(eco__plan_make(&w.processes.system, &w.arena, &w.plan), ECO_OK);
  w.work = ECO__TAKE(&w.arena, double, eco__integrate_room(&w.plan));
  for (size_t i = 0; i < B2_STATES; i++) {
    w.absolute[i] = 1e-6 * eco_b2_inlet[i];
    for (size_t p = 0; p < P; p++)
      w.state[i * P + p] = eco_b2_inlet[i];
  }
  w.tolerance = (eco__tolerance){2e-4, w.absolute};
}

static void close_b2(void)
{
  eco__graph_close(&w.g);
  eco__arena_close(&w.arena);
}

static void advance_hour(double d)
{
  for (int k = 0; k < 3; k++) {
    double t = d + k / 48.0 - (k == 2 ? 1e-12 : 0.0); /* the last of the day before midnight */
    for (size_t p = 0; p < P; p++) {
      w.given[k][p] = eco_b2_temperature(t);
      w.given[k][P + p] = eco_b2_light(t);
    }
  }
  const double *given[3] = {w.given[0], w.given[1], w.given[2]};
  eco__integrate(&w.plan, &w.tolerance, P, 1.0 / 24.0, given, w.state, w.amount, w.work, &w.counts);
}

static const char *const columns[B2_STATES] = {"cbod_mg_l",     "do_mg_l",    "nh4_n_mg_l", "no3_n_mg_l",
                                               "org_n_mg_l",    "org_p_mg_l", "po4_p_mg_l", "algae_chl_mg_l",
                                               "detritus_mg_l", "iss_mg_l"};

/* A closed cell through a year of light and warmth: within 5e-4 of each constituent's largest value, nothing below 0; N, P and oxygen
 * where they should be, to round-off of what moved. */
START_TEST(INT_1_follows_b2_through_a_year)
{
  eco_reference r = eco_reference_read("bench_b2.csv");
  double n_gone = 0, p_gone = 0, o_gone = 0, worst = 0;
  double most[B2_STATES];
  size_t row = 0, seen = 0;
  open_b2();
  for (size_t i = 0; i < B2_STATES; i++)
    most[i] = eco_b2_inlet[i];
  for (size_t k = 0; k < r.n_rows; k++)
    for (size_t i = 0; eco_reference_is(&r, k, "variant", "batch") && i < B2_STATES; i++)
      most[i] = fmax(most[i], eco_reference_number(&r, k, columns[i]));
  for (int hour = 0; hour < 8760; hour++) {
    advance_hour(hour / 24.0);
    const double *s = w.state;
    for (size_t i = 0; i < B2_STATES; i++)
      ck_assert_double_ge(s[i * P], 0.0);
#define AMOUNT(flux) w.amount[(flux)*P]
    n_gone += AMOUNT(B2_DN) + AMOUNT(B2_S_ON) + 7.2 * AMOUNT(B2_S_A);
    p_gone += AMOUNT(B2_S_OP) + AMOUNT(B2_S_A);
    o_gone += AMOUNT(B2_AIR_IN) - AMOUNT(B2_AIR_OUT) + 20.0 / 7.0 * AMOUNT(B2_DN) + 1.068 * AMOUNT(B2_S_Z) +
              106.8 * AMOUNT(B2_S_A) + 32.0 / 7.0 * (AMOUNT(B2_S_ON) + 7.2 * AMOUNT(B2_S_A));
    for (; row < r.n_rows && (!eco_reference_is(&r, row, "variant", "batch") ||
                              eco_reference_number(&r, row, "t_d") < (hour + 1.0) / 24.0 + 1e-6);
         row++) {
      if (!eco_reference_is(&r, row, "variant", "batch"))
        continue;
      for (size_t i = 0; i < B2_STATES; i++)
        worst = fmax(worst, fabs(s[i * P] - eco_reference_number(&r, row, columns[i])) / most[i]);
      seen++;
    }
  }
  const double *s = w.state;
  double n = s[B2_NH4 * P] + s[B2_NO3 * P] + s[B2_ON * P] + 7.2 * s[B2_A * P] + n_gone;
  double p = s[B2_OP * P] + s[B2_PO4 * P] + s[B2_A * P] + p_gone;
  double o = s[B2_DO * P] - s[B2_CBOD * P] - 1.068 * s[B2_Z * P] - 106.8 * s[B2_A * P] -
             32.0 / 7.0 * (s[B2_NH4 * P] + s[B2_ON * P] + 7.2 * s[B2_A * P]) - o_gone;
  double o_start = 8 - 5 - 1.068 - 106.8 * 0.005 - 32.0 / 7.0 * (0.5 + 0.8 + 7.2 * 0.005);
  ck_assert_double_eq_tol(n, 2.836, 1e-12 * 2.836);
  ck_assert_double_eq_tol(p, 0.135, 1e-12 * 0.135);
  ck_assert_double_eq_tol(o, o_start, 1e-12 * 1000); /* reaeration moves some 1000 mg/L in and out */
  ck_assert_uint_eq(seen, 24);
  ck_assert_msg(worst <= 5e-4, "%g", worst);
  ck_assert_uint_eq(w.counts.last_resorts, 0);
  close_b2();
  eco_reference_free(&r);
}
END_TEST

static uint64_t rolled;

static double roll(double low, double high)
{
  return low + (high - low) * eco__uniform(11, 0, 5, rolled++);
}

/* Random blocks, easy and stiff points mixed: each point is the same in a block full of itself, and in any place. */
START_TEST(no_point_feels_another)
{
  static double first[B2_STATES * P], given[2 * P], found[B2_STATES * P], amounts[B2_FLUXES * P];
  open_b2();
  for (int round = 0; round < 4; round++) {
    for (size_t p = 0; p < P; p++) {
      given[p] = roll(0, 35);
      given[P + p] = p % 3 ? roll(0, 900) : 0;
      for (size_t i = 0; i < B2_STATES; i++)
        first[i * P + p] = p % 11 == i ? 0 : eco_b2_inlet[i] * exp(roll(-12, 5));
    }
    const double *rows[3] = {given, given, given};
    memcpy(w.state, first, sizeof first);
    eco__integrate(&w.plan, &w.tolerance, P, 1.0, rows, w.state, w.amount, w.work, &w.counts);
    memcpy(found, w.state, sizeof found);
    memcpy(amounts, w.amount, sizeof amounts);
    for (size_t p = 0; p < P; p += 5) {
      static double same[2 * P];
      for (size_t q = 0; q < P; q++) {
        for (size_t i = 0; i < B2_STATES; i++)
          w.state[i * P + q] = first[i * P + p];
        same[q] = given[p];
        same[P + q] = given[P + p];
      }
      const double *again[3] = {same, same, same};
      eco__integrate(&w.plan, &w.tolerance, 1, 1.0, again, w.state, w.amount, w.work, &w.counts);
      for (size_t q = 0; q < P; q += 9) {
        for (size_t i = 0; i < B2_STATES; i++)
          ck_assert_mem_eq(&w.state[i * P + q], &found[i * P + p], sizeof(double));
        for (size_t f = 0; f < B2_FLUXES; f++)
          ck_assert_mem_eq(&w.amount[f * P + q], &amounts[f * P + p], sizeof(double));
      }
    }
  }
  ck_assert_uint_gt(w.counts.implicit_steps, 0); /* both kinds were there */
  close_b2();
}
END_TEST

/* Ten years of days from random states: elements to 1e-12, nothing below 0, whatever runs out. */
START_TEST(elements_are_kept_for_ten_years_of_days)
{
  static double n0[P], p0[P];
  open_b2();
  for (size_t p = 0; p < P; p++) {
    for (size_t i = 0; i < B2_STATES; i++)
      w.state[i * P + p] = eco_b2_inlet[i] * (p % 10 == i ? 0 : exp(roll(-3, 3)));
    const double *s = w.state + p;
    n0[p] = s[B2_NH4 * P] + s[B2_NO3 * P] + s[B2_ON * P] + 7.2 * s[B2_A * P];
    p0[p] = s[B2_OP * P] + s[B2_PO4 * P] + s[B2_A * P];
  }
  static double n_gone[P], p_gone[P];
  for (int day = 0; day < 3650; day++) {
    for (size_t p = 0; p < P; p++) {
      w.given[0][p] = eco_b2_temperature(day);
      w.given[0][P + p] = 150.0;
    }
    const double *given[3] = {w.given[0], w.given[0], w.given[0]};
    eco__integrate(&w.plan, &w.tolerance, P, 1.0, given, w.state, w.amount, w.work, &w.counts);
    for (size_t i = 0; i < B2_STATES * P; i++)
      ck_assert_double_ge(w.state[i], 0.0);
    for (size_t p = 0; p < P; p++) {
      n_gone[p] += w.amount[B2_DN * P + p] + w.amount[B2_S_ON * P + p] + 7.2 * w.amount[B2_S_A * P + p];
      p_gone[p] += w.amount[B2_S_OP * P + p] + w.amount[B2_S_A * P + p];
    }
  }
  for (size_t p = 0; p < P; p++) {
    const double *s = w.state + p;
    double n = s[B2_NH4 * P] + s[B2_NO3 * P] + s[B2_ON * P] + 7.2 * s[B2_A * P] + n_gone[p];
    double ph = s[B2_OP * P] + s[B2_PO4 * P] + s[B2_A * P] + p_gone[p];
    ck_assert_double_le(fabs(n - n0[p]), 1e-12 * n0[p]);
    ck_assert_double_le(fabs(ph - p0[p]), 1e-12 * p0[p]);
  }
  close_b2();
}
END_TEST

/* ---- edges: A -> B by a rate from 1e-3 to 1e9 1/d, with and without slopes */

static double rate_of_a;

static void a_to_b(const void *context, size_t n, const double *y, const double *prepared, double *f, double *work)
{
  (void)context;
  (void)n;
  (void)prepared;
  (void)work;
  for (size_t p = 0; p < P; p++)
    f[p] = rate_of_a * y[p];
}

static void a_to_b_slopes(const void *context, size_t n, const double *y, const double *prepared, double *f,
                          double *slope, double *work)
{
  a_to_b(context, n, y, prepared, f, work);
  for (size_t p = 0; p < P; p++)
    slope[p] = rate_of_a;
}

static void run_a_to_b(bool slopes, double days, double *y, eco__integrate_counts *counts)
{
  static const eco__entry entries[] = {{0, 0, -1}, {0, 1, 1}};
  static const eco__slope slope = {0, 0};
  const eco__system s = {.n_states = 2,
                         .n_fluxes = 1,
                         .n_entries = 2,
                         .n_slopes = 1,
                         .entries = entries,
                         .slopes = &slope,
                         .fluxes = a_to_b,
                         .slopes_of = slopes ? a_to_b_slopes : NULL};
  const double absolute[2] = {1e-6, 1e-6};
  const eco__tolerance tolerance = {1e-3, absolute};
  static const double none[P];
  const double *given[3] = {none, none, none};
  double amount[P];
  eco__arena arena;
  eco__plan plan;
  eco__arena_open(&arena, NULL);
  ck_assert_int_eq(eco__plan_make(&s, &arena, &plan), ECO_OK);
  double *work = ECO__TAKE(&arena, double, eco__integrate_room(&plan));
  eco__integrate(&plan, &tolerance, P, days, given, y, amount, work, counts);
  ck_assert_double_ge(amount[0], 0.0);
  eco__arena_close(&arena);
}

START_TEST(INT_2_INT_5_INT_6_any_rate_at_any_step)
{
  for (int slopes = 0; slopes < 2; slopes++)
    for (rate_of_a = 1e-3; rate_of_a < 2e9; rate_of_a *= 10) {
      double y[2 * P];
      for (size_t p = 0; p < P; p++) {
        y[p] = p == 7 ? 0.0 : p == 8 ? 1e-300 : 2.0;
        y[P + p] = 1.0;
      }
      eco__integrate_counts counts = {0};
      run_a_to_b(slopes > 0, 1.0, y, &counts);
      ck_assert(y[0] >= 0 && y[7] == 0 && y[8] >= 0 && y[8] <= 1e-300);
      double steps = (double)(counts.explicit_steps + counts.implicit_steps) / P + 32; /* each rounds two sums */
      ck_assert_double_le(fabs(y[0] + y[P] - 3.0), 2 * 3.0 * steps * DBL_EPSILON);
      bool last = counts.last_resorts > 0; /* of first order */
      ck_assert_double_eq_tol(y[0], 2.0 * exp(-rate_of_a), last ? 0.2 : 1e-3 * 2.0);
      ck_assert(!last || (!slopes && rate_of_a > 1e3));
    }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("integrate");
  TCase *all = tcase_create("integrate");
  tcase_add_test(all, INT_1_follows_b2_through_a_year);
  tcase_add_test(all, no_point_feels_another);
  tcase_add_test(all, elements_are_kept_for_ten_years_of_days);
  tcase_add_test(all, INT_2_INT_5_INT_6_any_rate_at_any_step);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
