/* test_site.c -- the soil column: closed forms, order, mass, positivity, lanes. */
#include "land/land.h"
#include "reference.h"
#include "suite.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { MOST_LAYERS = 640, N = ECO__SITE_LAYERS, LANES = 11 };

/* ---- transport against closed forms. The tables have a clean column with inflow of 1; ours starts at 1 with clean
 * inflow: by linearity it is 1 minus the table. */

typedef struct column {
  double length_m, v_m_d, alpha_m, retardation;
  size_t n_layers;
} column;

/* content of the layers after t_d, and what has left, in layers' content */
static double run_column(const column *c, double t_d, size_t n_steps, double *mobile)
{
  static double work[2 * MOST_LAYERS + 6];
  double dz_m = c->length_m / (double)c->n_layers, leached, gone = 0.0;
  double courant = c->v_m_d / c->retardation * t_d / (double)n_steps / dz_m;
  for (size_t k = 0; k < c->n_layers; k++)
    mobile[k] = 1.0;
  for (size_t n = 0; n < n_steps; n++) {
    eco__site_transport(c->n_layers, 1, c->alpha_m / dz_m, &courant, mobile, &leached, work);
    gone += leached;
  }
  return gone;
}

/* at z: the mean of the layers that meet there, or linear between midpoints */
static double at_depth(const column *c, const double *mobile, double z_m)
{
  double place = z_m / c->length_m * (double)c->n_layers - 0.5;
  size_t k = place <= 0.0 ? 0 : (size_t)place;
  k = k + 2 > c->n_layers ? c->n_layers - 2 : k;
  double share = place - (double)k;
  return mobile[k] * (1.0 - share) + mobile[k + 1] * share;
}

/* largest error over the rows of a variant that lie inside the column */
static double table_error(const char *file, const char *value, const char *set, column c, size_t n_steps)
{
  static double mobile[MOST_LAYERS];
  eco_reference table = eco_reference_read(file);
  double error = 0.0, done_d = -1.0;
  int n = 0;
  for (size_t i = 0; i < table.n_rows; i++) {
    double z_m = eco_reference_number(&table, i, "z_m"), t_d = eco_reference_number(&table, i, "t_d");
    if (!eco_reference_is(&table, i, "set_id", set) || z_m <= 0.0 || z_m >= c.length_m)
      continue;
    ck_assert_double_eq_tol(eco_reference_number(&table, i, "v_m_d"), c.v_m_d, 1e-12);
    ck_assert_double_eq_tol(eco_reference_number(&table, i, "d_m2_d"), c.v_m_d * c.alpha_m, 1e-12);
    ck_assert_double_eq_tol(eco_reference_number(&table, i, "retardation"), c.retardation, 1e-12);
    if (t_d != done_d)
      run_column(&c, t_d, n_steps, mobile);
    done_d = t_d;
    double wanted = 1.0 - eco_reference_number(&table, i, value);
    error = fmax(error, fabs(at_depth(&c, mobile, z_m) - wanted));
    n++;
  }
  ck_assert_int_ge(n, 12);
  eco_reference_free(&table);
  return error;
}

static double finite_error(const char *set, double alpha_m, size_t n_layers, size_t n_steps)
{
  column c = {1.0, 0.02, alpha_m, 2.0, n_layers};
  return table_error("soil_finite_column.csv", "c_over_c0_flux_inlet", set, c, n_steps);
}

START_TEST(SIT_2_SIT_3_meet_the_finite_column_to_second_order_in_space)
{
  /* Both sets have dz <= 2 alpha from 20 layers on (a: cell Peclet 1.25, 0.6, 0.3; b: 0.25, 0.13, 0.06). 800 steps keep
   * the error of time below 1 % of that of space (1.2e-5 at 100 steps, of second order). The table asks for 1e-3 where
   * the cell Peclet is 1 or less: the advective share falls as its square, the rest is linear interpolation to the
   * table's depths. */
  static const double alpha_m[2] = {0.04, 0.2};
  static const char *const sets[2] = {"a", "b"};
  for (int k = 0; k < 2; k++) {
    double e20 = finite_error(sets[k], alpha_m[k], 20, 800), e40 = finite_error(sets[k], alpha_m[k], 40, 800);
    double e80 = finite_error(sets[k], alpha_m[k], 80, 800);
    ck_assert_double_gt(log2(e20 / e40), 1.95);
    ck_assert_double_gt(log2(e40 / e80), 1.95);
    ck_assert_double_lt(e80, 1e-3);
  }
}
END_TEST

START_TEST(SIT_2_meets_the_third_type_inlet_of_a_long_column)
{
  /* 1.6 m: more than 6 sqrt(D t / R) beyond the front at every time. Layers for a cell Peclet of 0.25; the table asks
   * for 1e-3 where it is 1 or less. */
  column a = {1.6, 0.01, 0.02, 1.0, 320}, b = {1.6, 0.002, 0.01, 5.0, 640};
  ck_assert_double_lt(table_error("soil_semi_third.csv", "c_over_c0", "a", a, 800), 1e-3);
  ck_assert_double_lt(table_error("soil_semi_third.csv", "c_over_c0", "b", b, 800), 1e-3);
}
END_TEST

START_TEST(SIT_4_is_of_second_order_in_time)
{
  /* layers fixed; b g = 4 x 20 / n: one substep a step from 80 steps on. Finest: 3200, its error 1/1000 of 100's. */
  static double fine[MOST_LAYERS], coarse[MOST_LAYERS];
  column c = {1.0, 0.02, 0.2, 2.0, 20};
  double out = run_column(&c, 100.0, 3200, fine), error[3], error_out[3];
  for (int k = 0; k < 3; k++) {
    double gone = run_column(&c, 100.0, (size_t)100 << k, coarse);
    error_out[k] = fabs(gone - out);
    error[k] = 0.0;
    for (size_t i = 0; i < c.n_layers; i++)
      error[k] = fmax(error[k], fabs(coarse[i] - fine[i]));
  }
  for (int k = 0; k < 2; k++) {
    ck_assert_double_gt(log2(error[k] / error[k + 1]), 1.95);
    ck_assert_double_gt(log2(error_out[k] / error_out[k + 1]), 1.95);
  }
  /* one step of the same length makes 64 substeps, 80 would be needed: w = 0.6, first order now, still near */
  run_column(&c, 100.0, 1, coarse);
  for (size_t i = 0; i < c.n_layers; i++)
    ck_assert_double_eq_tol(coarse[i], fine[i], 0.01);
}
END_TEST

START_TEST(SIT_3_without_dispersion_is_upwind_and_adds_half_a_layer)
{
  /* no dispersion, n layers: as dispersivity dz / 2. Two columns that must not differ. */
  static double none[MOST_LAYERS], half[MOST_LAYERS];
  column a = {1.0, 0.02, 0.0, 2.0, 20}, b = {1.0, 0.02, 0.025, 2.0, 20};
  run_column(&a, 60.0, 50, none);
  run_column(&b, 60.0, 50, half);
  ck_assert_mem_eq(none, half, 20 * sizeof none[0]);
}
END_TEST

/* ---- the pools */

typedef struct site { /* [layer][lane] */
  double e[N * LANES], b[N * LANES], x[N * LANES];
  double infiltration[LANES], fix[LANES], rev[LANES], res[LANES];
  double leached[LANES], work[ECO__SITE_WORK * LANES];
} site;

static eco__site_params params_of(const site *s, double kd_l_kg, double dispersivity_m)
{
  return (eco__site_params){0.2, 1.25, 0.35, kd_l_kg, dispersivity_m, s->infiltration, s->fix, s->rev, s->res};
}

static eco__site_state state_of(site *s)
{
  return (eco__site_state){s->e, s->b, s->x};
}

START_TEST(SIT_5_meets_the_chain_of_bateman)
{
  /* E -> B -> X at 0.05 and 0.02 1/d are the first two of the table's chain of four; X has all that has left them.
   * Values of 100 with 14 digits. */
  eco_reference table = eco_reference_read("soil_bateman.csv");
  for (size_t i = 0; i < table.n_rows; i++) {
    site s = {.e = {100.0}, .fix = {0.05}, .res = {0.02}};
    eco__site_params params = params_of(&s, 0.0, 0.05);
    eco__site_exchange(1, 1, eco_reference_number(&table, i, "t_d"), &params, state_of(&s), s.work);
    double n1 = eco_reference_number(&table, i, "n1_mg_kg"), n2 = eco_reference_number(&table, i, "n2_mg_kg");
    ck_assert_double_eq_tol(s.e[0], n1, 2e-13 * 100.0);
    ck_assert_double_eq_tol(s.b[0], n2, 2e-13 * 100.0);
    ck_assert_double_eq_tol(s.x[0], 100.0 - n1 - n2, 2e-13 * 100.0);
  }
  ck_assert_uint_eq(table.n_rows, 5);
  eco_reference_free(&table);
}
END_TEST

static void pool_slopes(const double k[3], const double *y, double *dy)
{
  dy[0] = -k[0] * y[0] + k[1] * y[1];
  dy[1] = k[0] * y[0] - (k[1] + k[2]) * y[1];
  dy[2] = k[2] * y[1];
}

START_TEST(SIT_5_meets_runge_kutta_where_binding_reverses)
{
  /* rates with distinct, near and equal eigenvalues, 10 d in 4000 steps of the classical method: error (k dt)^4 k t /
   * 120, below 1e-11 for k = 2 */
  static const double rates[][3] = {{0.3, 0.1, 0.05}, {0.02, 1.5, 0.4}, {0.4, 1e-9, 0.4}, {0.4, 0.0, 0.4},
                                    {0.0, 0.7, 0.2},  {0.5, 0.5, 0.0},  {0.0, 0.0, 0.0}};
  for (size_t r = 0; r < sizeof rates / sizeof rates[0]; r++) {
    site s = {.e = {3.0}, .b = {2.0}, .x = {1.0}, .fix = {rates[r][0]}, .rev = {rates[r][1]}, .res = {rates[r][2]}};
    eco__site_params params = params_of(&s, 0.0, 0.05);
    eco__site_exchange(1, 1, 10.0, &params, state_of(&s), s.work);
    double y[3] = {3.0, 2.0, 1.0}, dt = 10.0 / 4000.0, k1[3], k2[3], k3[3], k4[3], z[3];
    for (int n = 0; n < 4000; n++) {
      pool_slopes(rates[r], y, k1);
      for (int i = 0; i < 3; i++)
        z[i] = y[i] + 0.5 * dt * k1[i];
      pool_slopes(rates[r], z, k2);
      for (int i = 0; i < 3; i++)
        z[i] = y[i] + 0.5 * dt * k2[i];
      pool_slopes(rates[r], z, k3);
      for (int i = 0; i < 3; i++)
        z[i] = y[i] + dt * k3[i];
      pool_slopes(rates[r], z, k4);
      for (int i = 0; i < 3; i++)
        y[i] += dt / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
    }
    ck_assert_double_eq_tol(s.e[0], y[0], 2e-11);
    ck_assert_double_eq_tol(s.b[0], y[1], 2e-11);
    ck_assert_double_eq_tol(s.x[0], y[2], 2e-11);
  }
}
END_TEST

/* ---- the whole step */

/* a month's step in n parts: layer contents and leachate of a column that leaches fast and binds */
static double leach_month(size_t n_steps, site *s)
{
  *s = (site){.infiltration = {0.002}, .fix = {0.03}, .rev = {0.02}, .res = {0.01}};
  for (size_t k = 0; k < N; k++)
    s->e[k] = 0.5, s->b[k] = 0.5;
  eco__site_params params = params_of(s, 1.0, 0.05);
  double gone = 0.0;
  for (size_t n = 0; n < n_steps; n++) {
    eco__site_step(1, 30.0 / (double)n_steps, &params, state_of(s), s->leached, s->work);
    gone += s->leached[0];
  }
  return gone;
}

START_TEST(SIT_6_is_of_second_order_in_time)
{
  static site fine, coarse;
  double out = leach_month(2048, &fine), error[3], error_out[3];
  for (int k = 0; k < 3; k++) {
    error_out[k] = fabs(leach_month((size_t)32 << k, &coarse) - out) / out;
    error[k] = 0.0;
    for (size_t i = 0; i < N; i++)
      error[k] = fmax(error[k], fabs(coarse.e[i] - fine.e[i]));
  }
  for (int k = 0; k < 2; k++) {
    ck_assert_double_gt(log2(error[k] / error[k + 1]), 1.9);
    ck_assert_double_gt(log2(error_out[k] / error_out[k + 1]), 1.9);
  }
  /* the month in one step, as a run takes it: splitting errs by (rate dt)^2 / 12 = (0.03 x 30)^2 / 12 of what moves */
  ck_assert_double_lt(fabs(leach_month(1, &coarse) - out) / out, 0.0675);
}
END_TEST

START_TEST(SIT_1_SIT_6_leach_what_flow_carries)
{
  /* a metal that hardly moves: q c A month of an even column, c = E rho / (theta + rho Kd), is a share of 1e-4 of the
   * column; the outlet's content falls by less than that share of a layer, 20 times as much */
  static site s;
  s = (site){.infiltration = {0.25 / 365.25}};
  for (size_t k = 0; k < N; k++)
    s.e[k] = 0.45;
  eco__site_params params = params_of(&s, 311.7, 0.05);
  eco__site_step(1, 30.0, &params, state_of(&s), s.leached, s.work);
  double c_mg_l = 0.45 * 1.25 / (0.35 + 1.25 * 311.7);
  double wanted_mg_m2 = s.infiltration[0] * 30.0 * c_mg_l * 1000.0;
  ck_assert_double_lt(s.leached[0], wanted_mg_m2 * (1.0 + 1e-13));
  ck_assert_double_gt(s.leached[0], wanted_mg_m2 * (1.0 - 20e-4));
}
END_TEST

static double uniform(uint32_t stream, uint64_t index)
{
  return eco__uniform(7, 0, stream, index);
}

static void fill_wild(site *s, uint64_t index)
{
  for (size_t i = 0; i < LANES; i++) {
    uint64_t at = index * LANES + i;
    s->infiltration[i] = uniform(1, at) < 0.1 ? 0.0 : 0.01 * uniform(2, at);
    s->fix[i] = uniform(3, at) < 0.3 ? 0.0 : pow(10.0, 1.0 - 8.0 * uniform(4, at));
    s->rev[i] = uniform(5, at) < 0.3 ? 0.0 : pow(10.0, 1.0 - 8.0 * uniform(6, at));
    s->res[i] = uniform(7, at) < 0.3 ? 0.0 : pow(10.0, 1.0 - 8.0 * uniform(8, at));
  }
  for (size_t k = 0; k < N * LANES; k++) {
    uint64_t at = index * N * LANES + k;
    s->e[k] = uniform(9, at) < 0.5 ? 0.0 : uniform(10, at);
    s->b[k] = uniform(11, at) < 0.5 ? 0.0 : uniform(12, at);
    s->x[k] = uniform(13, at) < 0.5 ? 0.0 : uniform(14, at);
  }
}

START_TEST(SIT_4_SIT_5_are_positive_at_any_step)
{
  static const double kd_l_kg[4] = {0.0, 1.0, 300.0, 1e7}, dispersivity_m[4] = {0.0, 0.004, 0.05, 10.0};
  static site s;
  for (uint64_t index = 0; index < 480; index++) {
    fill_wild(&s, index);
    eco__site_params params = params_of(&s, kd_l_kg[index % 4], dispersivity_m[index / 4 % 4]);
    double dt_d = pow(10.0, 6.0 * uniform(20, index) - 1.0);
    for (int n = 0; n < 3; n++)
      eco__site_step(LANES, dt_d, &params, state_of(&s), s.leached, s.work);
    for (size_t k = 0; k < N * LANES; k++)
      if (!(s.e[k] >= 0.0 && s.b[k] >= 0.0 && s.x[k] >= 0.0))
        ck_abort_msg("%g %g %g in a step of %g d", s.e[k], s.b[k], s.x[k], dt_d);
    for (size_t i = 0; i < LANES; i++)
      ck_assert_msg(s.leached[i] >= 0.0 && isfinite(s.leached[i]), "%g leached in a step of %g d", s.leached[i], dt_d);
  }
}
END_TEST

static double mass_mg_m2(const site *s, size_t lane)
{
  eco__sum sum = {0};
  for (size_t k = 0; k < N; k++) {
    eco__sum_add(&sum, s->e[k * LANES + lane]);
    eco__sum_add(&sum, s->b[k * LANES + lane]);
    eco__sum_add(&sum, s->x[k * LANES + lane]);
  }
  return eco__sum_value(&sum) * 1.25 * 1000.0 * (0.2 / N);
}

START_TEST(SIT_6_keeps_mass_over_fifty_years_of_months)
{
  static const double kd_l_kg[3] = {1.0, 30.0, 300.0};
  static site s;
  for (uint64_t index = 0; index < 6; index++) {
    fill_wild(&s, index);
    eco__site_params params = params_of(&s, kd_l_kg[index % 3], 0.05);
    double before[LANES];
    eco__sum gone[LANES] = {{0}};
    for (size_t i = 0; i < LANES; i++)
      before[i] = mass_mg_m2(&s, i);
    for (int n = 0; n < 600; n++) {
      eco__site_step(LANES, 30.4375, &params, state_of(&s), s.leached, s.work);
      for (size_t i = 0; i < LANES; i++)
        eco__sum_add(&gone[i], s.leached[i]);
    } /* a month rounds each content a dozen times, either way: 600 months leave 1e-14 or so */
    for (size_t i = 0; i < LANES; i++)
      ck_assert_double_eq_tol(mass_mg_m2(&s, i) + eco__sum_value(&gone[i]), before[i], 1e-13 * before[i]);
  }
}
END_TEST

START_TEST(SIT_lanes_do_not_feel_each_other)
{
  static site together, before, alone;
  for (uint64_t index = 0; index < 20; index++) {
    fill_wild(&together, index);
    before = together;
    eco__site_params params = params_of(&together, 0.5, 0.05);
    eco__site_step(LANES, 30.0, &params, state_of(&together), together.leached, together.work);
    for (size_t lane = 0; lane < LANES; lane++) {
      alone = (site){.infiltration = {before.infiltration[lane]},
                     .fix = {before.fix[lane]},
                     .rev = {before.rev[lane]},
                     .res = {before.res[lane]}};
      for (size_t k = 0; k < N; k++) {
        alone.e[k] = before.e[k * LANES + lane];
        alone.b[k] = before.b[k * LANES + lane];
        alone.x[k] = before.x[k * LANES + lane];
      }
      params = params_of(&alone, 0.5, 0.05);
      eco__site_step(1, 30.0, &params, state_of(&alone), alone.leached, alone.work);
      ck_assert_mem_eq(&alone.leached[0], &together.leached[lane], sizeof(double));
      for (size_t k = 0; k < N; k++) {
        ck_assert_mem_eq(&alone.e[k], &together.e[k * LANES + lane], sizeof(double));
        ck_assert_mem_eq(&alone.b[k], &together.b[k * LANES + lane], sizeof(double));
        ck_assert_mem_eq(&alone.x[k], &together.x[k * LANES + lane], sizeof(double));
      }
    }
  }
}
END_TEST

START_TEST(SIT_7_matches_a_worked_value)
{
  /* cadmium at pH 5.9, 2.4 % organic matter: 0.48 x 5.9 + 0.82 x 0.380211 - 0.65 = 2.493773, 10^2.493773 = 311.7 */
  ck_assert_double_eq_tol(eco__site_kd(5.9, 2.4, 0.48, 0.82, -0.65), 311.7, 0.05);
  ck_assert_double_eq_tol(eco__site_kd(7.0, 1.0, 1.0, 0.5, -7.0), 1.0, 1e-14);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("site");
  TCase *all = tcase_create("all");
  tcase_add_test(all, SIT_2_SIT_3_meet_the_finite_column_to_second_order_in_space);
  tcase_add_test(all, SIT_2_meets_the_third_type_inlet_of_a_long_column);
  tcase_add_test(all, SIT_4_is_of_second_order_in_time);
  tcase_add_test(all, SIT_3_without_dispersion_is_upwind_and_adds_half_a_layer);
  tcase_add_test(all, SIT_5_meets_the_chain_of_bateman);
  tcase_add_test(all, SIT_5_meets_runge_kutta_where_binding_reverses);
  tcase_add_test(all, SIT_6_is_of_second_order_in_time);
  tcase_add_test(all, SIT_1_SIT_6_leach_what_flow_carries);
  tcase_add_test(all, SIT_4_SIT_5_are_positive_at_any_step);
  tcase_add_test(all, SIT_6_keeps_mass_over_fifty_years_of_months);
  tcase_add_test(all, SIT_lanes_do_not_feel_each_other);
  tcase_add_test(all, SIT_7_matches_a_worked_value);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
