/* test_column.c -- a column in layers: density, neutral level, withdrawal, overturn, wind, and case k11 of two layers. */
#include "network.h"
#include "reference.h"
#include "suite.h"
#include "transport/column.h"
#include "transport/transport.h"

#include <math.h>
#include <string.h>

/* Values of the equation of state EOS-80 at one atmosphere and no salt, as UNESCO (1983) prints them: 999.96675 at 5, 997.04796 at 25. */
START_TEST(LAY_10_is_the_density_of_fresh_water)
{
  ck_assert_double_eq_tol(eco__water_density(5.0), 999.96675, 1e-5);
  ck_assert_double_eq_tol(eco__water_density(25.0), 997.04796, 1e-5);
  for (double t = 0.0; t < 3.9; t += 0.1)
    ck_assert_double_gt(eco__water_density(t + 0.1), eco__water_density(t));
  for (double t = 4.1; t < 40; t += 0.1)
    ck_assert_double_lt(eco__water_density(t + 0.1), eco__water_density(t));
}
END_TEST

START_TEST(LAY_2_water_finds_its_level)
{
  const double density[] = {996, 997, 997, 999};
  ck_assert_uint_eq(eco__column_level(4, density, 990), 0);
  ck_assert_uint_eq(eco__column_level(4, density, 996), 0);
  ck_assert_uint_eq(eco__column_level(4, density, 997), 1);
  ck_assert_uint_eq(eco__column_level(4, density, 998), 3);
  ck_assert_uint_eq(eco__column_level(4, density, 1001), 3);
}
END_TEST

/* Even change of density: shares as 1 - (z/d)^2 with d = (Q/N)^(1/3). */
START_TEST(LAY_3_draws_from_a_parabola_about_the_opening)
{
  enum { N = 81 };
  double density[N], middle[N], share[N], thick = 0.25, slope = 0.08, flow = 1.5; /* kg/m3 a m */
  for (size_t k = 0; k < N; k++) {
    middle[k] = thick * (double)(N - 1 - k);
    density[k] = 1000.0 - slope * middle[k];
  }
  double opening = middle[40], frequency = sqrt(9.81 * slope / 1000.0), reach = cbrt(flow / frequency), sum = 0.0;
  eco__column_draw(N, density, middle, thick, opening, flow, share);
  for (size_t k = 0; k < N; k++)
    sum += fmax(0.0, 1.0 - pow((middle[k] - opening) / reach, 2));
  for (size_t k = 0; k < N; k++) {
    double wanted = fmax(0.0, 1.0 - pow((middle[k] - opening) / reach, 2)) / sum;
    ck_assert_double_eq_tol(share[k], wanted, 1e-12);
  }
  for (size_t k = 0; k < N; k++)
    density[k] = 1000.0;
  eco__column_draw(N, density, middle, thick, opening, flow, share); /* no layers: from all alike */
  for (size_t k = 0; k < N; k++)
    ck_assert_double_eq_tol(share[k], 1.0 / N, 1e-15);
}
END_TEST

START_TEST(LAY_3_takes_no_more_than_there_is)
{
  const double volume[] = {1, 5, 2}, share[] = {0.8, 0.2, 0.0};
  double taken[3];
  eco__column_take(3, volume, 4.0, share, taken);
  ck_assert_double_eq_tol(taken[0], 1.0, 1e-15);
  ck_assert_double_eq_tol(taken[0] + taken[1] + taken[2], 4.0, 1e-14);
  ck_assert_double_gt(taken[2], 0.0);
  eco__column_take(3, volume, 100.0, share, taken);
  for (int k = 0; k < 3; k++)
    ck_assert_double_eq(taken[k], volume[k]);
}
END_TEST

/* A cold layer falls: it takes with it what it passes, no further than where it is at home; heat is kept. */
START_TEST(LAY_6_overturns_until_nothing_heavy_lies_on_top)
{
  const double volume[] = {2, 1, 1, 4}, temp[] = {10, 14, 12, 8}, middle[] = {7, 5, 3, 1};
  double heat[4], before = 0, after = 0;
  for (int k = 0; k < 4; k++) {
    heat[k] = volume[k] * temp[k];
    before += heat[k];
  }
  eco__mixing x;
  eco__column_mix(4, volume, heat, middle, 0.0, &x);
  ck_assert_uint_eq(x.n, 2);
  ck_assert_uint_eq(x.end[0], 3);
  eco__column_apply(&x, volume, heat, 1);
  for (int k = 0; k < 4; k++)
    after += heat[k];
  ck_assert_double_eq_tol(before, after, 1e-13);
  for (int k = 0; k < 3; k++)
    ck_assert_double_eq_tol(heat[k] / volume[k], 11.5, 1e-13); /* (2*10 + 14 + 12) / 4 */
  ck_assert_double_eq_tol(heat[3] / volume[3], 8.0, 1e-15);
}
END_TEST

static double potential_energy(int n, const double *volume, const double *heat, const double *middle)
{
  double sum = 0.0;
  for (int k = 0; k < n; k++)
    sum += 9.81 * eco__water_density(heat[k] / volume[k]) * volume[k] * middle[k];
  return sum;
}

/* What the wind pays is what the water's potential energy gains, but for the density that is not straight in temperature. */
START_TEST(LAY_7_wind_pays_for_the_water_that_it_lifts)
{
  const double volume[] = {1e6, 1e6, 1e6, 1e6}, temp[] = {20, 19.8, 19.6, 19.4}, middle[] = {7, 5, 3, 1};
  for (double work = 1e4; work < 1e7; work *= 4) {
    double heat[4], now[4];
    for (int k = 0; k < 4; k++)
      heat[k] = now[k] = volume[k] * temp[k];
    eco__mixing x;
    eco__column_mix(4, volume, heat, middle, work, &x);
    eco__column_apply(&x, volume, now, 1);
    double gained = potential_energy(4, volume, now, middle) - potential_energy(4, volume, heat, middle);
    if (x.exchanged_m3 > 0)
      ck_assert_double_eq_tol(gained, work, 0.05 * work);
    else
      ck_assert_double_le(gained, work * 1.05);
    for (int k = 1; k < 4; k++)
      ck_assert_double_le(now[k] / volume[k], now[k - 1] / volume[k - 1] + 1e-12);
  }
}
END_TEST

/* ---- k11: two layers that exchange; W enters above, Q leaves above, each decays by its own rate ---- */

typedef struct two_layers {
  const char *variant;
  double v1, v2, q, exchange, k1, k2, load, c1, c2;
} two_layers;

static const two_layers lakes[] = {{"summer", 8e7, 4e7, 5e5, 3e5, 0.02, 0.005, 6e5, 1.0, 0.4},
                                   {"weak_exchange", 3e6, 9e6, 2e4, 1e3, 0.1, 0.001, 8e3, 0.2, 2.0}};

typedef struct lake {
  eco_model *model;
  eco__arena arena;
  eco__transport_block block;
  double volume[3], passed[4], none[3], level[1];
  size_t link;
} lake;

static eco_model *lake_model(void)
{
  const double levels[] = {0, 40}, areas[] = {1e7, 1e7};
  eco_basin *basin = eco_test_basin();
  eco_item item = eco_test_lake(basin, "lake", levels, areas, 2, 40);
  eco_test_number(basin, item, "layers", 2);
  (void)eco_test_weir(basin, "weir", "weir", "lake", NULL, 40, 10, 0.6);
  eco_item rates = eco_test_item(basin, ECO_KINETICS, "rates");
  eco_test_text(basin, rates, "temperature", "carried");
  eco_test_text(basin, rates, "states", "own");
  (void)eco_test_item(basin, ECO_CONSTITUENT, "X");
  eco_model *m = eco_test_compile(basin, 0);
  eco_basin_destroy(basin);
  return m;
}

static void open_lake(lake *k, const two_layers *t)
{
  memset(k, 0, sizeof *k);
  k->model = lake_model();
  eco__arena_open(&k->arena, NULL);
  ck_assert_int_eq(eco__transport_open(&k->block, k->model, 1, &k->arena), ECO_OK);
  const uint32_t first = k->model->stacks[0].first;
  k->volume[0] = t->v1 + t->v2;
  k->volume[first] = t->v1;
  k->volume[first + 1] = t->v2;
  k->level[0] = 40;
  double *mass = k->block.mass_g; /* [point][heat, X] */
  mass[first * 2] = 20 * t->v1;
  mass[first * 2 + 1] = t->c1 * t->v1;
  mass[(first + 1) * 2] = 8 * t->v2;
  mass[(first + 1) * 2 + 1] = t->c2 * t->v2;
  k->block.spread_m3_s[first] = t->exchange / 86400;
  k->block.head_m3_s[0] = t->q / 86400;
  k->block.head_g_s[0] = 20 * t->q / 86400; /* as warm as the top */
  k->block.head_g_s[1] = t->load / 86400;
}

static void step_lake(lake *k, const two_layers *t, double dt_s)
{
  double *mass = k->block.mass_g + k->model->stacks[0].first * 2, half_d = 0.5 * dt_s / 86400;
  const eco__hydraulics h = {k->volume, k->volume, k->passed, k->none, k->level};
  for (int part = 0; part < 2; part++) {
    mass[1] *= exp(-t->k1 * half_d);
    mass[3] *= exp(-t->k2 * half_d);
    if (part == 1)
      break;
    k->passed[k->model->links[0]] = t->q / 86400 * dt_s;
    eco__transport_step(&k->block, &h, dt_s);
    mass = k->block.mass_g + k->model->stacks[0].first * 2;
  }
}

/* Largest error over the rows of a variant, relative to the row. */
static double k11_error(const two_layers *t, double dt_s)
{
  eco_reference r = eco_reference_read("water_k11_two_layer_lake.csv");
  double worst = 0.0;
  int seen = 0;
  for (size_t row = 0; row < r.n_rows; row++) {
    bool top = eco_reference_is(&r, row, "quantity", "epilimnion");
    if (!eco_reference_is(&r, row, "variant", t->variant) ||
        (!top && !eco_reference_is(&r, row, "quantity", "hypolimnion")))
      continue;
    lake k;
    open_lake(&k, t);
    size_t first = k.model->stacks[0].first;
    for (double s = 0; s < eco_reference_number(&r, row, "t") * 86400 - 1; s += dt_s)
      step_lake(&k, t, dt_s);
    double conc = top ? k.block.mass_g[first * 2 + 1] / t->v1 : k.block.mass_g[first * 2 + 3] / t->v2;
    double wanted = eco_reference_number(&r, row, "value");
    worst = fmax(worst, fabs(conc / wanted - 1.0));
    eco__arena_close(&k.arena);
    eco_model_destroy(k.model);
    seen++;
  }
  ck_assert_int_ge(seen, 4);
  eco_reference_free(&r);
  return worst;
}

/* Mark: 1e-4 by the day. The summer's comes to 3e-5; the other's top decays by a tenth a day, of which Strang's splitting leaves (k dt)^2/12
 * and less, 4.7e-4; by the hour both are below 1e-6, 1/576 of it: second order. */
START_TEST(two_layers_exchange_and_decay_as_in_k11)
{
  for (size_t v = 0; v < 2; v++) {
    double day = k11_error(&lakes[v], 86400), hour = k11_error(&lakes[v], 3600);
    ck_assert_msg(day < (v == 0 ? 1e-4 : 6e-4) && hour < 1e-6, "%s: %g by the hour, %g by the day", lakes[v].variant,
                  hour, day);
    ck_assert_double_ge(day / hour, 500);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("column");
  TCase *all = tcase_create("column");
  tcase_set_timeout(all, 60);
  tcase_add_test(all, LAY_10_is_the_density_of_fresh_water);
  tcase_add_test(all, LAY_2_water_finds_its_level);
  tcase_add_test(all, LAY_3_draws_from_a_parabola_about_the_opening);
  tcase_add_test(all, LAY_3_takes_no_more_than_there_is);
  tcase_add_test(all, LAY_6_overturns_until_nothing_heavy_lies_on_top);
  tcase_add_test(all, LAY_7_wind_pays_for_the_water_that_it_lifts);
  tcase_add_test(all, two_layers_exchange_and_decay_as_in_k11);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
