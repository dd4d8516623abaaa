/* test_compile.c -- from a description to a model: cells, chains, faces, places. */
#include "support/network.h"
#include "support/suite.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static eco_basin *basin;

static void set_up(void)
{
  basin = eco_test_basin();
}

static void tear_down(void)
{
  eco_basin_destroy(basin);
}

static eco_item reach(const char *name, double length, double width, const char *downstream, double enters_at)
{
  return eco_test_reach(basin, name, length, width, 1, 0.03, 20, 10, downstream, enters_at);
}

static eco_item lake(const char *name)
{
  const double levels[] = {10, 12, 20}, areas[] = {0, 1e6, 2e6};
  return eco_test_lake(basin, name, levels, areas, 3, 15);
}

static uint32_t water_named(const eco_model *m, const char *name)
{
  for (uint32_t w = 0; w < m->n_waters; w++)
    if (strcmp(m->waters[w].name, name) == 0)
      return w;
  ck_abort_msg("no water '%s'", name);
}

/* ---- cells */

START_TEST(a_reach_is_cut_into_the_fewest_cells_not_longer_than_asked)
{
  const struct {
    double length, cell;
    size_t cells;
  } cases[] = {{10000, 1000, 10}, {10001, 1000, 11}, {999, 1000, 1},  {1000, 1000, 1}, {3000, 0, 1},
               {3001, 0, 2},      {0.7 * 3, 0.7, 3}, {1, 1e-3, 1000}, {5, 1e9, 1}};
  reach("R", cases[_i].length, 10, NULL, 0);
  eco_model *m = eco_test_compile(basin, cases[_i].cell);
  ck_assert_uint_eq(m->n_cells, cases[_i].cells);
  ck_assert_uint_eq(m->n_faces, cases[_i].cells);
  double sum = 0;
  for (size_t i = 0; i < m->n_cells; i++) {
    sum += m->cell_length_m[i];
    double at = ((double)i + 0.5) / (double)m->n_cells;
    ck_assert_double_eq_tol(m->cell_bed_m[i], 20 - 10 * at, 1e-12);
    ck_assert_double_eq_tol(m->cell_start_m[i] - m->cell_bed_m[i], 0.5, 1e-12); /* initial_depth's fallback */
  }
  ck_assert_double_eq_tol(sum, cases[_i].length, 1e-12 * cases[_i].length);
  eco_model_size size = eco_model_size_of(m);
  ck_assert_uint_eq(size.cells, cases[_i].cells);
  ck_assert_uint_eq(size.waters, 1);
  ck_assert_uint_eq(size.fill, 0);
  eco_model_destroy(m);
}
END_TEST

/* Level and volume of every cell are each other's inverse. A level is good to its own rounding and to that of the volume, which is
 * 1e-16 V / area: at a pointed bed area goes to 0 with the root of V, so that 1e-12 m holds from millimetres up. */
START_TEST(level_and_volume_are_inverse)
{
  reach("R", 500, 10, NULL, 0);
  eco_item dead = lake("dead"), pointed = lake("pointed");
  (void)pointed;
  const double areas[] = {5e5, 5e5, 2e6};
  eco_test_array(basin, dead, "area", areas, 3);
  eco_test_number(basin, dead, "dead_volume", 1e6);
  eco_model *m = eco_test_compile(basin, 1000);
  ck_assert_uint_eq(m->n_cells, 3);
  for (uint32_t i = 0; i < 3; i++) {
    double bed = m->cell_bed_m[i], before = 0;
    ck_assert_double_eq(eco__cell_volume(m, i, bed), 0);
    ck_assert_double_eq(eco__cell_volume(m, i, bed - 1), 0);
    ck_assert_double_eq(eco__cell_level(m, i, 0), bed);
    ck_assert_double_eq(eco__cell_level(m, i, -1), bed);
    for (int k = 1; k <= 4000; k++) { /* to 20 m over the bed: 8 m beyond the tables' end */
      double level = bed + 0.005 * k, volume = eco__cell_volume(m, i, level);
      ck_assert(volume > before && fabs(eco__cell_level(m, i, volume) - level) <= 1e-12);
      before = volume;
    }
  }
  eco_model_destroy(m);
}
END_TEST

START_TEST(a_lake_table_is_integrated_exactly_and_goes_on_above_its_end)
{
  lake("L");
  eco_model *m = eco_test_compile(basin, 0);
  ck_assert_double_eq(eco__cell_volume(m, 0, 11), 0.25e6); /* A = 5e5 z, V = 2.5e5 z^2 */
  ck_assert_double_eq(eco__cell_volume(m, 0, 12), 1e6);
  ck_assert_double_eq(eco__cell_volume(m, 0, 16), 1e6 + 4 * 1.25e6);
  ck_assert_double_eq(eco__cell_volume(m, 0, 20), 1e6 + 8 * 1.5e6);
  ck_assert_double_eq(eco__cell_volume(m, 0, 23), 1e6 + 8 * 1.5e6 + 3 * 2e6);
  ck_assert_double_eq(m->cell_start_m[0], 15);
  ck_assert_uint_eq(m->n_faces, 0);
  eco_model_destroy(m);
}
END_TEST

START_TEST(a_dead_volume_is_a_prism_below_the_first_level)
{
  eco_item item = lake("L");
  const double areas[] = {5e5, 1e6, 2e6};
  eco_test_array(basin, item, "area", areas, 3);
  eco_test_number(basin, item, "dead_volume", 1e6);
  eco_model *m = eco_test_compile(basin, 0);
  ck_assert_double_eq(m->cell_bed_m[0], 8);
  ck_assert_double_eq(eco__cell_volume(m, 0, 10), 1e6);
  ck_assert_double_eq(eco__cell_volume(m, 0, 12), 1e6 + 1.5e6);
  ck_assert_double_eq(eco__cell_level(m, 0, 0.5e6), 9);
  eco_model_destroy(m);
}
END_TEST

/* ---- chains and faces */

/* Of the three that enter D at its upper end, the widest goes on in its chain; the one below joins as a link. */
START_TEST(chains_follow_the_widest_stem)
{
  reach("narrow", 2000, 10, "D", 0);
  reach("D", 4000, 30, NULL, 0);
  reach("wide", 3000, 20, "D", 500);  /* within the first cell */
  reach("as wide", 1000, 20, "D", 0); /* added later: the first stays */
  reach("below", 1000, 50, "D", 1500);
  eco_model *m = eco_test_compile(basin, 1000);
  ck_assert_uint_eq(m->n_cells, 11);
  ck_assert_uint_eq(m->n_chains, 4);
  const eco__water *wide = &m->waters[water_named(m, "wide")], *d = &m->waters[water_named(m, "D")];
  ck_assert_uint_eq(d->first_cell, wide->first_cell + 3);
  const eco__chain *chain = &m->chains[m->cell_chain[d->first_cell]];
  ck_assert_uint_eq(chain->first_cell, wide->first_cell);
  ck_assert_uint_eq(chain->n_cells, 7);
  ck_assert(!chain->mixed);
  for (uint32_t k = 0; k + 1 < chain->n_cells; k++) { /* inner faces in the order of the cells */
    const eco__face *f = &m->faces[m->chain_faces[chain->first_face + k]];
    ck_assert_uint_eq(f->up, chain->first_cell + k);
    ck_assert_uint_eq(f->down, chain->first_cell + k + 1);
    ck_assert_uint_eq(eco__face_below(m, chain->first_cell + k), m->chain_faces[chain->first_face + k]);
  }
  ck_assert_uint_eq(m->faces[chain->end_face].down, ECO__OUTSIDE);
  ck_assert_int_eq(m->faces[chain->end_face].law, ECO__NORMAL);
  ck_assert_double_eq(m->faces[chain->end_face].slope, 10.0 / 4000);
  ck_assert_uint_eq(m->n_links, 4); /* the outlet, and the ends of three */
  const eco__face *below = &m->faces[m->waters[water_named(m, "below")].out_face];
  ck_assert_uint_eq(below->down, d->first_cell + 1);
  eco_model_destroy(m);
}
END_TEST

START_TEST(a_structure_at_the_end_takes_the_place_of_the_channel)
{
  reach("A", 2000, 10, "B", 0);
  reach("B", 2000, 10, NULL, 0);
  eco_test_weir(basin, "W", "weir", "A", "B", 12, 5, 0.6);
  eco_test_weir(basin, "out", "gate", "B", NULL, 11, 5, 0.6);
  eco_model *m = eco_test_compile(basin, 1000);
  ck_assert_uint_eq(m->n_cells, 4);
  ck_assert_uint_eq(m->n_faces, 4);
  ck_assert_uint_eq(m->n_chains, 1); /* a weir in a river is a face of its chain */
  ck_assert_uint_eq(m->n_links, 1);
  const eco__face *f = &m->faces[m->structures[0].face], *out = &m->faces[m->structures[1].face];
  ck_assert_int_eq(f->law, ECO__WEIR);
  ck_assert(f->up == 1 && f->down == 2 && f->structure == 0);
  ck_assert_int_eq(out->law, ECO__GATE);
  ck_assert(out->up == 3 && out->down == ECO__OUTSIDE);
  ck_assert_uint_eq(m->waters[0].out_face, m->structures[0].face);
  eco_model_destroy(m);
}
END_TEST

START_TEST(an_intake_stands_beside_the_river)
{
  reach("A", 3000, 10, NULL, 0);
  eco_item intake = eco_test_item(basin, ECO_STRUCTURE, "pump");
  eco_test_text(basin, intake, "law", "intake");
  eco_test_text(basin, intake, "from", "A");
  eco_test_number(basin, intake, "from_at", 1500);
  eco_test_monthly(basin, intake, "demand", 2);
  eco_model *m = eco_test_compile(basin, 1000);
  ck_assert_uint_eq(m->n_faces, 4);
  ck_assert_uint_eq(m->faces[m->structures[0].face].up, 1);
  ck_assert_double_eq(m->structures[0].demand[7], 2);
  ck_assert_double_eq_tol(m->structures[0].min_level_m, m->cell_bed_m[1] + 0.1, 1e-12);
  eco_model_destroy(m);
}
END_TEST

/* ---- places */

START_TEST(places_are_cells)
{
  reach("R", 10000, 10, NULL, 0);
  lake("L");
  const struct {
    const char *name, *water;
    double at;
    uint32_t cell;
  } sections[] = {{"head", "R", 0, 0},    {"first", "R", 999, 0},  {"second", "R", 1000, 1}, {"last", "R", 9999, 9},
                  {"end", "R", 10000, 9}, {"absent", "R", NAN, 9}, {"lake", "L", NAN, 10}};
  for (size_t k = 0; k < 7; k++) {
    eco_item s = eco_test_item(basin, ECO_SECTION, sections[k].name);
    eco_test_text(basin, s, "water", sections[k].water);
    if (!isnan(sections[k].at))
      eco_test_number(basin, s, "at", sections[k].at);
  }
  eco_item at = eco_test_item(basin, ECO_SOURCE, "plant"), even = eco_test_item(basin, ECO_SOURCE, "fields");
  eco_test_text(basin, at, "water", "R");
  eco_test_number(basin, at, "at", 4500);
  eco_test_text(basin, even, "water", "R");
  eco_model *m = eco_test_compile(basin, 1000);
  for (size_t k = 0; k < 7; k++)
    ck_assert_uint_eq(m->sections[k].cell, sections[k].cell);
  ck_assert_uint_eq(m->sources[0].cell, 4);
  ck_assert_uint_eq(m->sources[1].cell, ECO__OUTSIDE);
  eco_model_destroy(m);
}
END_TEST

START_TEST(total_nitrogen_becomes_ammonia_and_the_rest)
{
  eco_item r = reach("R", 1000, 10, NULL, 0), plant = eco_test_item(basin, ECO_SOURCE, "plant");
  eco_test_monthly(basin, r, "inflow", 3);
  eco_test_monthly(basin, r, "inflow.TN", 5);
  eco_test_monthly(basin, r, "inflow.NH3-N", 2);
  eco_test_number(basin, r, "initial.TN", 4);
  eco_test_text(basin, plant, "water", "R");
  eco_test_number(basin, plant, "conc.TN", 15);
  eco_test_number(basin, plant, "conc.NH3-N", 5);
  eco_model *m = eco_test_compile(basin, 1000);
  ck_assert_double_eq(m->waters[0].inflow_mg_l[3 * m->n_states + ECO__NH3], 2);
  ck_assert_double_eq(m->waters[0].inflow_mg_l[3 * m->n_states + ECO__ON], 3);
  ck_assert_double_eq(m->waters[0].initial_mg_l[ECO__ON], 4);
  ck_assert_double_eq(m->waters[0].initial_mg_l[ECO__NH3], 0);
  ck_assert(isnan(m->waters[0].initial_mg_l[ECO__DO])); /* stands for saturation */
  ck_assert(m->sources[0].has_tn_conc && !m->sources[0].has_tn_load);
  ck_assert_double_eq(m->sources[0].conc_mg_l[m->tn], 15);
  eco_model_destroy(m);
}
END_TEST

START_TEST(a_model_outlives_its_basin_and_memory_that_is_out_is_told)
{
  eco_test_allocator memory;
  eco_status status = ECO_NO_MEMORY;
  for (size_t n = 1; status != ECO_OK; n++) {
    ck_assert_uint_lt(n, 2000);
    eco_env env = eco_test_env(&memory);
    eco_error err = {0};
    eco_basin *b;
    eco_assert_ok(eco_basin_create(&env, "small", &b, &err), err);
    eco_item r = eco_test_reach(b, "R", 3000, 10, 1, 0.03, 20, 10, NULL, 0);
    eco_test_monthly(b, r, "inflow", 3);
    eco_test_weir(b, "W", "weir", "R", NULL, 11, 5, 0.6);
    eco_model *m = NULL;
    memory.fail_at = memory.calls + n;
    status = eco_model_compile(b, NULL, &m, &err);
    memory.fail_at = 0;
    eco_basin_destroy(b);
    ck_assert(status == ECO_OK || (status == ECO_NO_MEMORY && m == NULL && err.status == status));
    if (status == ECO_OK)
      ck_assert_str_eq(m->waters[0].name, "R");
    eco_model_destroy(m);
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_uint_eq(memory.wrong_sizes, 0);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("compile");
  TCase *cells = tcase_create("cells");
  tcase_add_checked_fixture(cells, set_up, tear_down);
  tcase_add_loop_test(cells, a_reach_is_cut_into_the_fewest_cells_not_longer_than_asked, 0, 9);
  tcase_add_test(cells, level_and_volume_are_inverse);
  tcase_add_test(cells, a_lake_table_is_integrated_exactly_and_goes_on_above_its_end);
  tcase_add_test(cells, a_dead_volume_is_a_prism_below_the_first_level);
  suite_add_tcase(suite, cells);
  TCase *links = tcase_create("links");
  tcase_add_checked_fixture(links, set_up, tear_down);
  tcase_add_test(links, chains_follow_the_widest_stem);
  tcase_add_test(links, a_structure_at_the_end_takes_the_place_of_the_channel);
  tcase_add_test(links, an_intake_stands_beside_the_river);
  tcase_add_test(links, places_are_cells);
  tcase_add_test(links, total_nitrogen_becomes_ammonia_and_the_rest);
  tcase_add_test(links, a_model_outlives_its_basin_and_memory_that_is_out_is_told);
  suite_add_tcase(suite, links);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
