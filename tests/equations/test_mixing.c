/* test_mixing.c -- waters that meet: a confluence and lakes in a row, against published values; given hydraulics. */
#include "network.h"
#include "reference.h"
#include "suite.h"
#include "transport/transport.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct steady { /* flow and volumes stay */
  eco_model *model;
  eco__arena arena;
  eco__transport_block block;
  double *volume, *passed, *none;
} steady;

/* Takes over the basin. */
static void open_steady(steady *s, eco_basin *basin, double cell_m, double volume_m3)
{
  s->model = eco_test_compile(basin, cell_m);
  eco_basin_destroy(basin);
  eco__arena_open(&s->arena, NULL);
  ck_assert_int_eq(eco__transport_open(&s->block, s->model, 1, &s->arena), ECO_OK);
  s->volume = ECO__TAKE(&s->arena, double, s->model->n_cells);
  s->none = ECO__TAKE(&s->arena, double, s->model->n_cells);
  s->passed = ECO__TAKE(&s->arena, double, s->model->n_faces);
  for (size_t i = 0; i < s->model->n_cells; i++)
    s->volume[i] = volume_m3;
}

static void close_steady(steady *s)
{
  eco__arena_close(&s->arena);
  eco_model_destroy(s->model);
}

static void step_steady(steady *s, double dt)
{
  const eco__hydraulics h = {s->volume, s->volume, s->passed, s->none, NULL};
  eco__transport_step(&s->block, &h, dt);
}

/* Three rivers of two cells meet at the upper end of a fourth, t07; one is its stem, two are links. A quarter of the
 * mixture is diverted at the lower end. */
static void make_confluence(steady *s, const double q[3], const double c[3], double dt)
{
  eco_basin *basin = eco_test_basin();
  (void)eco_test_reach(basin, "mixed", 2000, 50, 1, 0.03, 9, 8, NULL, 0);
  for (uint32_t k = 0; k < 3; k++) {
    char name[16];
    snprintf(name, sizeof name, "river %u", k);
    (void)eco_test_reach(basin, name, 2000, 20 - k, 1, 0.03, 11, 9, "mixed", 0);
  }
  eco_item intake = eco_test_item(basin, ECO_STRUCTURE, "diversion");
  eco_test_text(basin, intake, "law", "intake");
  eco_test_text(basin, intake, "from", "mixed");
  eco_test_monthly(basin, intake, "demand", 1);
  open_steady(s, basin, 1000, 1e5);
  const eco_model *m = s->model;
  const double all = q[0] + q[1] + q[2];
  for (size_t f = 0; f < m->n_faces; f++) { /* every face carries its upper water's flow */
    const eco__face *face = &m->faces[f];
    uint32_t w = m->cell_water[face->up];
    double share = face->law == ECO__INTAKE ? 0.25 : face->down == ECO__OUTSIDE ? 0.75 : 1.0;
    s->passed[f] = dt * share * (w == 0 ? all : q[w - 1]);
  }
  for (uint32_t k = 1; k < 4; k++) {
    uint32_t chain = m->cell_chain[m->waters[k].first_cell];
    s->block.head_m3_s[chain] = q[k - 1];
    s->block.head_g_s[chain * ECO__N_BULK] = q[k - 1] * c[k - 1];
    for (uint32_t j = 0; j < 2; j++) /* the tributaries start as they will be */
      s->block.mass_g[(m->waters[k].first_cell + j) * ECO__N_BULK] = 1e5 * c[k - 1];
  }
}

START_TEST(MIX_2_mixes_a_confluence_by_flow_and_diverts_the_mixture_as_in_t07)
{
  const double q[2][3] = {{12, 3, 0.5}, {850, 0.0003, 1e-9}}, c[2][3] = {{2.5, 14, 60}, {1.2, 900, 5000}};
  eco_reference t = eco_reference_read("water_t07_confluence.csv");
  for (size_t r = 0; r < 2; r++) {
    steady s;
    double out = 5e4, dt = out / (q[r][0] + q[r][1] + q[r][2]); /* half a cell a step */
    make_confluence(&s, q[r], c[r], dt);
    for (int step = 0; step < 400; step++) /* a hundred times the mixed river */
      step_steady(&s, dt);
    double wanted = eco_reference_number(&t, r, "value");
    ck_assert_double_eq_tol(s.block.left_g[0] / (0.75 * out), wanted, 1e-12 * wanted);
    ck_assert_double_eq_tol(s.block.taken_g[0] / (0.25 * out), wanted, 1e-12 * wanted);
    close_steady(&s);
  }
  eco_reference_free(&t);
}
END_TEST

/* Lakes in a row, residence time th each, decay k, as in t09: what the last holds after `days`, fed with c0 from the
 * start or (pulse) the first full of c0 and clean water after it. Decay is exact, half before and half after each
 * step. */
static double cascade(size_t n, double th, double k, double c0, double days, size_t steps, bool pulse)
{
  const double levels[] = {0, 1}, areas[] = {1e6, 1e6}, dt = days / (double)steps, half = exp(-0.5 * k * dt);
  eco_basin *basin = eco_test_basin();
  char names[8][32];
  for (size_t j = 0; j < n; j++) {
    snprintf(names[j], sizeof names[j], "lake %zu", j);
    (void)eco_test_lake(basin, names[j], levels, areas, 2, 1);
  }
  for (size_t j = 0; j < n; j++) {
    char weir[32];
    snprintf(weir, sizeof weir, "weir %zu", j);
    (void)eco_test_weir(basin, weir, "weir", names[j], j + 1 < n ? names[j + 1] : NULL, 0.5, 10, 0.6);
  }
  steady s;
  open_steady(&s, basin, 0, 1.0);
  for (size_t f = 0; f < s.model->n_faces; f++)
    s.passed[f] = dt / th;
  s.block.head_m3_s[0] = 1.0 / th;
  s.block.head_g_s[0] = pulse ? 0.0 : c0 / th;
  s.block.mass_g[0] = pulse ? c0 : 0.0;
  for (size_t q = 0; q < steps; q++) {
    for (size_t i = 0; i < n; i++)
      s.block.mass_g[i * ECO__N_BULK] *= half;
    step_steady(&s, dt);
    for (size_t i = 0; i < n; i++) {
      double *mass = &s.block.mass_g[i * ECO__N_BULK];
      *mass *= half;
      if (!(*mass >= 0 && *mass <= c0 * (1 + 1e-12)))
        ck_abort_msg("lake %zu holds %g after step %zu", i, *mass, q);
    }
  }
  double last = s.block.mass_g[(n - 1) * ECO__N_BULK];
  close_steady(&s);
  return last;
}

/* A mixed cell with an implicit outflow is of first order: half the step, half the error. The modified equation has
 * residence times longer by dt/2 each; at th/160 that is at most some 0.5 % of c0 a lake. (The target of t09, 1e-4 at
 * th/10, is for second order.) */
START_TEST(MIX_1_meets_the_cascade_of_lakes_of_t09_with_first_order)
{
  eco_reference t = eco_reference_read("water_t09_cstr_cascade.csv");
  for (size_t r = 0; r < t.n_rows; r++) {
    bool five = eco_reference_is(&t, r, "variant", "five"),
         pulse = eco_reference_is(&t, r, "quantity", "pulse_response");
    double th = five ? 0.8 : 12.0, k = five ? 0.1 : 0.03, c0 = five ? 10.0 : 4.0;
    double wanted = eco_reference_number(&t, r, "value"), days = eco_reference_number(&t, r, "t"), error[3];
    for (size_t i = 0; i < 3; i++)
      error[i] = cascade(five ? 5 : 1, th, k, c0, days, (size_t)ceil(days / th * 160.0) << i, pulse) - wanted;
    ck_assert_double_le(fabs(error[0]), 0.005 * c0);
    double order = log2(error[1] / error[2]);
    if (fabs(error[2]) > 1e-4 * c0) /* where the error does not pass through 0 */
      ck_assert_msg(fabs(order - 1.0) < 0.1, "row %zu: errors %g, %g: order %.3f", r, error[1], error[2], order);
  }
  eco_reference_free(&t);
}
END_TEST

START_TEST(MIX_1_is_positive_and_steady_in_the_end_at_fifty_residence_times_a_step)
{
  ck_assert_double_eq_tol(cascade(5, 0.8, 0.0, 10.0, 40000.0, 1000, false), 10.0, 1e-11);
  ck_assert_double_ge(cascade(5, 0.8, 0.1, 10.0, 400.0, 10, true), 0.0);
}
END_TEST

/* A load without water at a place of a uniform river, cells of 1 m3: below it every cell holds load over flow, and so
 * does the mean of the day at a section: to round-off up to Courant 1 and at whole numbers; between them the part for water that
 * starts in a fraction of a cell is spread over all of it, which the remap evens out to 7 % or better (it was a factor of 2
 * when all was put into the one cell). */
START_TEST(MIX_3_gives_a_point_source_an_even_plume)
{
  const double courants[] = {0.3, 0.5, 0.9, 1.0, 1.3, 2.0, 2.5, 4.0, 7.3};
  for (size_t k = 0; k < 9; k++) {
    eco_basin *basin = eco_test_basin();
    (void)eco_test_reach(basin, "river", 60000, 10, 0, 0.03, 10, 5, NULL, 0);
    steady s;
    open_steady(&s, basin, 1000, 1.0);
    for (size_t f = 0; f < s.model->n_faces; f++)
      s.passed[f] = courants[k];
    s.block.head_m3_s[0] = courants[k];
    s.block.lateral_g_s[20 * ECO__N_BULK] = courants[k];
    for (int step = 0; step < 400; step++)
      step_steady(&s, 1.0);
    double off = 0.0;
    for (size_t i = 30; i < 60; i++)
      off = fmax(off, fabs(s.block.mass_g[i * ECO__N_BULK] - 1.0));
    if (getenv("SHOW"))
      printf("Courant %g: a plume even to %.2g\n", courants[k], off);
    ck_assert_double_le(off, courants[k] <= 1 || courants[k] == floor(courants[k]) ? 1e-9 : 0.07);
    for (size_t i = 0; i < 20; i++)
      ck_assert_double_eq(s.block.mass_g[i * ECO__N_BULK], 0.0);
    close_steady(&s);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("mixing");
  TCase *all = tcase_create("all");
  tcase_add_test(all, MIX_2_mixes_a_confluence_by_flow_and_diverts_the_mixture_as_in_t07);
  tcase_add_test(all, MIX_1_meets_the_cascade_of_lakes_of_t09_with_first_order);
  tcase_add_test(all, MIX_1_is_positive_and_steady_in_the_end_at_fifty_residence_times_a_step);
  tcase_add_test(all, MIX_3_gives_a_point_source_an_even_plume);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
