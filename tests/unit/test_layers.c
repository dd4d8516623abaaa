/* test_layers.c -- layered lakes in runs: what comes in level, what leaves by its opening, summer and winter, what is kept. */
#include "network.h"
#include "run/run.h"
#include "suite.h"
#include "transport/column.h"
#include "valley.h"

#include <math.h>
#include <string.h>

static eco_error err;

/* Jingmen's normals, about: a warm moist summer, a cool winter; sun by the month. */
static void add_climate(eco_basin *basin, double wind_m_s)
{
  static const double air[12] = {4, 6, 11, 17, 22, 26, 28, 27.5, 23, 17.5, 11.5, 6},
                      sun[12] = {7.5, 8.5, 10.5, 14, 16, 17, 18.5, 17.5, 13.5, 10.5, 8.5, 7.5};
  eco_item c = eco_test_item(basin, ECO_CLIMATE, "climate");
  const struct {
    const char *param;
    double value;
  } normals[] = {{"p_wet_wet", 0.5}, {"p_wet_dry", 0.2}, {"gamma_shape", 0.8}, {"gamma_scale", 10},
                 {"wind", wind_m_s}, {"humidity", 76},   {"evaporation", 80}};
  for (size_t k = 0; k < sizeof normals / sizeof normals[0]; k++)
    eco_test_monthly(basin, c, normals[k].param, normals[k].value);
  eco_test_array(basin, c, "t_mean", air, 12);
  eco_test_array(basin, c, "radiation", sun, 12);
  eco_test_number(basin, c, "latitude", 31);
  eco_test_number(basin, c, "altitude", 100);
}

static eco_item add_rates(eco_basin *basin)
{
  eco_item rates = eco_test_item(basin, ECO_KINETICS, "rates");
  eco_test_text(basin, rates, "temperature", "carried");
  eco_test_text(basin, rates, "heat", "budget");
  return rates;
}

/* A reservoir of 36 m behind a dam: a hill river, a weir at the top, an outlet that draws at draws_m (NaN: from the surface). */
static eco_basin *reservoir(double layers, double draws_m)
{
  const double levels[] = {60, 70, 80, 90, 100}, areas[] = {1e5, 1e6, 3e6, 6e6, 1e7};
  eco_basin *basin = eco_test_basin();
  eco_item lake = eco_test_item(basin, ECO_RESERVOIR, "lake");
  eco_test_array(basin, lake, "level", levels, 5);
  eco_test_array(basin, lake, "area", areas, 5);
  eco_test_number(basin, lake, "initial_level", 96);
  if (layers > 0)
    eco_test_number(basin, lake, "layers", layers);
  eco_item river = eco_test_reach(basin, "river", 8000, 15, 1, 0.035, 112, 98, "lake", 0);
  eco_test_monthly(basin, river, "inflow", 6);
  (void)eco_test_weir(basin, "weir", "weir", "lake", NULL, 97, 30, 0.6);
  eco_item outlet = eco_test_item(basin, ECO_STRUCTURE, "outlet");
  eco_test_text(basin, outlet, "law", "intake");
  eco_test_text(basin, outlet, "from", "lake");
  eco_test_text(basin, outlet, "to", "tail");
  eco_test_monthly(basin, outlet, "demand", 5);
  if (!isnan(draws_m))
    eco_test_number(basin, outlet, "draws_at", draws_m);
  (void)eco_test_reach(basin, "tail", 2000, 15, 1, 0.035, 55, 54, NULL, 0);
  return basin;
}

static eco_run *run_of(eco_model *m, int first_month, int days, uint32_t members, uint32_t first)
{
  eco_day start = eco_day_from_date(2019, first_month, 1);
  eco_run_options o = eco_test_days(start, start, start + days);
  o.members = members;
  o.first_member = first;
  eco_run *run = eco_test_make_run(m, &o);
  eco_assert_ok(eco_run_to_end(run, &err), err);
  return run;
}

static double at_point(const eco_run *run, uint32_t point, size_t state)
{
  const eco__block *b = &run->blocks[0];
  return b->transport.mass_g[(point * run->model->n_states + state) * b->n_lanes] / b->volume_new[point * b->n_lanes];
}

static uint32_t state_of(const eco_model *m, const char *name)
{
  for (uint32_t k = 0; k < m->n_states; k++)
    if (strcmp(m->states[k].name, name) == 0)
      return k;
  ck_abort_msg("no state %s", name);
}

/* Volumes of the layers are the lake's, and never negative; what is deep is not lighter than what is over it. */
static void check_stack(const eco_run *run)
{
  const eco_model *m = run->model;
  const eco__block *b = &run->blocks[0];
  const eco__stack *s = &m->stacks[0];
  double sum = 0.0;
  for (uint32_t k = 0; k < s->n; k++) {
    double volume = b->volume_new[(s->first + k) * b->n_lanes];
    ck_assert_double_gt(volume, 0.0);
    sum += volume;
    if (k > 0)
      ck_assert_double_ge(eco__water_density(at_point(run, s->first + k, m->heat)) + 1e-6,
                          eco__water_density(at_point(run, s->first + k - 1, m->heat)));
  }
  ck_assert_double_eq_tol(sum, b->volume_new[s->cell * b->n_lanes], 1e-12 * sum);
}

START_TEST(LAY_1_LAY_4_a_constant_stays_constant)
{
  eco_basin *basin = reservoir(17, 70);
  eco_item rates = eco_test_item(basin, ECO_KINETICS, "rates");
  eco_test_text(basin, rates, "temperature", "carried");
  eco_test_text(basin, rates, "states", "own");
  (void)eco_test_item(basin, ECO_CONSTITUENT, "X");
  eco_item lake, river;
  eco_assert_ok(eco_basin_find(basin, "lake", &lake, &err), err);
  eco_assert_ok(eco_basin_find(basin, "river", &river, &err), err);
  eco_test_number(basin, lake, "initial.X", 1);
  eco_test_number(basin, lake, "initial_temperature", 22);
  eco_test_number(basin, lake, "initial_bottom_temperature", 7);
  eco_test_number(basin, river, "initial.X", 1);
  eco_test_monthly(basin, river, "inflow.X", 1);
  static const double flows[12] = {0, 20, 2, 40, 0, 0, 9, 1, 60, 3, 0, 5},
                      warm[12] = {8, 9, 12, 16, 20, 24, 26, 25, 20, 16, 12, 9};
  eco_test_array(basin, river, "inflow", flows, 12);
  eco_test_array(basin, river, "inflow_temperature", warm, 12);
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_run *run = run_of(m, 1, 365, 1, 0);
  const eco__stack *s = &m->stacks[0];
  for (uint32_t k = 0; k < s->n; k++)
    ck_assert_double_eq_tol(at_point(run, s->first + k, state_of(m, "X")), 1.0, 1e-10);
  check_stack(run);
  ck_assert_double_le(fabs(eco_test_ledger(run, "X").residual), 1e-12);
  ck_assert_double_le(fabs(eco_test_ledger(run, "heat").residual), 1e-12);
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

/* A warm lid in July over cold water that the bed has taken oxygen from; in January one temperature down to where the river's water of
 * 4 C lies, the densest that there is. */
START_TEST(summer_parts_the_lake_and_winter_mixes_it)
{
  eco_basin *basin = reservoir(18, NAN);
  (void)add_rates(basin);
  add_climate(basin, 2.0);
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  const eco__stack *s = &m->stacks[0];
  const uint32_t top = s->first, last = s->first + s->n - 1, oxygen = state_of(m, "DO");
  eco_run *july = run_of(m, 1, 205, 1, 0), *january = run_of(m, 1, 375, 1, 0);
  check_stack(july);
  check_stack(january);
  double warm = at_point(july, top, m->heat), deep = at_point(july, last, m->heat);
  ck_assert_msg(warm > 24 && warm < 34, "top in July: %g", warm);
  ck_assert_msg(deep > 4 && deep < 16, "bottom in July: %g", deep);
  ck_assert_double_gt(at_point(july, top, oxygen), 6.0);
  ck_assert_msg(at_point(july, last, oxygen) < 5.0, "oxygen at the bottom in July: %g", at_point(july, last, oxygen));
  ck_assert_double_lt(fabs(at_point(january, top, m->heat) - at_point(january, top + s->n / 2, m->heat)), 0.1);
  ck_assert_double_lt(fabs(at_point(january, top, m->heat) - at_point(january, last, m->heat)), 3.5);
  ck_assert_double_gt(at_point(january, last, oxygen), 7.0);
  for (size_t q = 0; q < july->n_quantities; q++) {
    eco_ledger one[32];
    size_t n = 32;
    eco_assert_ok(eco_run_ledger(july, 0, 0, one, &n, &err), err);
    ck_assert_double_le(fabs(one[q].residual), 1e-12);
  }
  eco_run_destroy(july);
  eco_run_destroy(january);
  eco_model_destroy(m);
}
END_TEST

/* The same lake, its outlet at the surface and 26 m under it: the river below is colder by many degrees in summer. */
START_TEST(LAY_3_a_deep_outlet_gives_cold_water)
{
  double tail[2];
  for (int deep = 0; deep < 2; deep++) {
    eco_basin *basin = reservoir(18, deep ? 70 : NAN);
    (void)add_rates(basin);
    add_climate(basin, 2.0);
    eco_model *m = eco_test_compile(basin, 1000);
    eco_basin_destroy(basin);
    eco_run *run = run_of(m, 1, 180, 1, 0);
    uint32_t first = 0;
    while (strcmp(m->waters[m->cell_water[first]].name, "tail") != 0)
      first++;
    tail[deep] = at_point(run, first, m->heat);
    eco_run_destroy(run);
    eco_model_destroy(m);
  }
  ck_assert_msg(tail[0] - tail[1] > 8, "surface %g, deep %g", tail[0], tail[1]);
}
END_TEST

/* A gale over a flat lake that nothing parts: layers are as one, and as the mixed lake. */
START_TEST(LAY_7_a_lake_that_the_wind_mixes_is_a_mixed_lake)
{
  double found[2];
  for (int layered = 0; layered < 2; layered++) {
    eco_basin *basin = reservoir(layered ? 10 : 0, NAN);
    eco_item rates = add_rates(basin), lake, river;
    eco_test_text(basin, rates, "states", "own");
    (void)eco_test_item(basin, ECO_CONSTITUENT, "X");
    eco_assert_ok(eco_basin_find(basin, "lake", &lake, &err), err);
    eco_assert_ok(eco_basin_find(basin, "river", &river, &err), err);
    if (layered)
      eco_test_number(basin, lake, "wind_share", 1);
    eco_test_monthly(basin, river, "inflow.X", 2);
    add_climate(basin, 40.0);
    eco_model *m = eco_test_compile(basin, 1000);
    eco_basin_destroy(basin);
    eco_run *run = run_of(m, 1, 60, 1, 0);
    found[layered] = at_point(run, layered ? m->stacks[0].first + 4 : m->waters[0].first_cell, state_of(m, "X"));
    eco_run_destroy(run);
    eco_model_destroy(m);
  }
  ck_assert_double_eq_tol(found[1], found[0], 2e-3 * found[0]); /* what enters the last hours is on its way down */
}
END_TEST

START_TEST(LAY_9_what_settles_ends_on_the_bed)
{
  eco_basin *basin = reservoir(12, NAN);
  eco_item rates = eco_test_item(basin, ECO_KINETICS, "rates"), lake,
           silt = eco_test_item(basin, ECO_CONSTITUENT, "silt");
  eco_test_text(basin, rates, "temperature", "carried");
  eco_test_text(basin, rates, "states", "own");
  eco_test_number(basin, silt, "settling", 0.5);
  eco_assert_ok(eco_basin_find(basin, "lake", &lake, &err), err);
  eco_test_number(basin, lake, "initial.silt", 10);
  eco_test_number(basin, lake, "initial_temperature", 20);
  eco_test_number(basin, lake, "initial_bottom_temperature", 8);
  eco_test_number(basin, lake, "vertical_exchange", 0);
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  const eco__stack *s = &m->stacks[0];
  eco_run *run = run_of(m, 1, 30, 1, 0);
  ck_assert_double_le(fabs(eco_test_ledger(run, "silt").residual), 1e-12);
  for (uint32_t k = 1; k < s->n; k++) /* clear from the top */
    ck_assert_double_ge(at_point(run, s->first + k, state_of(m, "silt")),
                        at_point(run, s->first + k - 1, state_of(m, "silt")));
  ck_assert_double_lt(at_point(run, s->first, state_of(m, "silt")), 0.1);
  eco_run_destroy(run);
  run = run_of(m, 1, 200, 1, 0);
  ck_assert_double_lt(at_point(run, s->first + s->n - 1, state_of(m, "silt")), 0.01);
  eco_run_destroy(run);
  eco_model_destroy(m);
}
END_TEST

START_TEST(members_of_a_layered_lake_do_not_feel_each_other)
{
  eco_basin *basin = reservoir(12, 75);
  (void)add_rates(basin);
  add_climate(basin, 2.0);
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_run *all = run_of(m, 5, 90, 5, 0), *alone = run_of(m, 5, 90, 1, 3);
  const eco__block *a = &all->blocks[0], *b = &alone->blocks[0];
  ck_assert_uint_eq(all->n_blocks, 1);
  for (size_t k = 0; k < m->n_points * m->n_states; k++)
    ck_assert_double_eq(a->transport.mass_g[k * a->n_lanes + 3], b->transport.mass_g[k]);
  eco_run_destroy(all);
  eco_run_destroy(alone);
  eco_model_destroy(m);
}
END_TEST

START_TEST(layers_need_a_temperature)
{
  eco_basin *basin = reservoir(12, NAN);
  eco_error fault = eco_test_fault(basin, 1000);
  ck_assert_str_eq(fault.text, "reservoir 'lake': layers is 12, which needs the kinetics' temperature = 'carried'");
  eco_basin_destroy(basin);
}
END_TEST

/* Sections at depths of one lake report their own layer. */
START_TEST(sections_lie_at_depths)
{
  eco_basin *basin = reservoir(18, NAN);
  (void)add_rates(basin);
  add_climate(basin, 2.0);
  const struct {
    const char *name;
    double depth;
  } sections[] = {{"top", 0}, {"middle", 12}, {"low", 30}, {"ground", 400}};
  for (size_t k = 0; k < 4; k++) {
    eco_item s = eco_test_item(basin, ECO_SECTION, sections[k].name);
    eco_test_text(basin, s, "water", "lake");
    eco_test_number(basin, s, "depth", sections[k].depth);
  }
  eco_model *m = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  eco_day start = eco_day_from_date(2019, 1, 1);
  eco_run_options o = eco_test_days(start, start, start + 200);
  eco_test_record r;
  eco_test_run(m, &o, &r);
  double before = 100;
  for (size_t k = 0; k < 4; k++) {
    double t = eco_test_value(&r, ECO_TABLE_SECTION, 0, 0, 199, sections[k].name, "temperature");
    ck_assert_double_lt(t, before);
    before = t;
  }
  ck_assert_double_eq_tol(before, at_point(r.run, m->stacks[0].first + 17, m->heat), 1e-12);
  eco_test_free_record(&r);
  eco_model_destroy(m);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("layers");
  TCase *all = tcase_create("layers");
  tcase_set_timeout(all, 120);
  tcase_add_test(all, LAY_1_LAY_4_a_constant_stays_constant);
  tcase_add_test(all, summer_parts_the_lake_and_winter_mixes_it);
  tcase_add_test(all, LAY_3_a_deep_outlet_gives_cold_water);
  tcase_add_test(all, LAY_7_a_lake_that_the_wind_mixes_is_a_mixed_lake);
  tcase_add_test(all, LAY_9_what_settles_ends_on_the_bed);
  tcase_add_test(all, members_of_a_layered_lake_do_not_feel_each_other);
  tcase_add_test(all, layers_need_a_temperature);
  tcase_add_test(all, sections_lie_at_depths);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
