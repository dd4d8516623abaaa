/* test_section.c -- SEC-1..4: cross-sections against published values, against what they are the integral of, and their slopes. */
#include "reference.h"
#include "support/network.h"
#include "support/suite.h"
#include "transport/transport.h"

#include <math.h>

typedef eco__wetted at;

static at section_at(const eco__shape *s, double y)
{
  return eco__wetted_at(s, y);
}

/* ---- f01 */

typedef struct channel {
  const char *variant;
  double width, side, n, slope, flow;
} channel;

static const channel channels[] = {{"rect", 20, 0, 0.03, 0.0005, 100},
                                   {"trap", 10, 2, 0.025, 0.001, 20},
                                   {"tri", 0, 1.5, 0.02, 0.0008, 3},
                                   {"canal_flat", 30, 2, 0.0225, 5e-5, 80}};

static double published(const char *variant, const char *quantity)
{
  eco_reference table = eco_reference_read("water_f01_uniform_manning.csv");
  double value = NAN;
  for (size_t row = 0; row < table.n_rows; row++)
    if (eco_reference_is(&table, row, "variant", variant) && eco_reference_is(&table, row, "quantity", quantity))
      value = eco_reference_number(&table, row, "value");
  eco_reference_free(&table);
  ck_assert(isfinite(value));
  return value;
}

/* Normal depth passes the flow, critical depth has Fr = 1, and the figures between: to the 1e-12 that the case asks. */
START_TEST(SEC_1_has_the_published_figures_of_uniform_flow)
{
  const channel *c = &channels[_i];
  eco__shape s = {.width_m = c->width, .side_slope = c->side, .manning_n = c->n, .chezy = NAN};
  at normal = section_at(&s, published(c->variant, "normal_depth")),
     critical = section_at(&s, published(c->variant, "critical_depth"));
  double u = c->flow / normal.area, radius = pow(c->n * c->n / normal.friction, 0.75);
  ck_assert_double_eq_tol(normal.friction * u * u / c->slope, 1, 1e-12);
  ck_assert_double_eq_tol(u / published(c->variant, "velocity"), 1, 1e-12);
  ck_assert_double_eq_tol(u / sqrt(9.81 * normal.area / normal.top) / published(c->variant, "froude"), 1, 1e-12);
  ck_assert_double_eq_tol(radius / published(c->variant, "hydraulic_radius"), 1, 1e-12);
  /* Q = A sqrt(S/F): (1/T) dQ/dy = u (1 - A F'/(2 T F)) */
  double celerity = u * (1 - 0.5 * normal.area * normal.in_depth / (normal.top * normal.friction));
  ck_assert_double_eq_tol(celerity / published(c->variant, "kinematic_celerity"), 1, 1e-12);
  ck_assert_double_eq_tol(c->flow * c->flow * critical.top / (9.81 * pow(critical.area, 3)), 1, 1e-12);
}
END_TEST

/* ---- tables of widths, compiled from a description */

static eco_model *surveyed(bool plains)
{
  eco_basin *basin = eco_test_basin();
  eco_item r = eco_test_item(basin, ECO_REACH, "R");
  const double depth[] = {0, 1, 2.5, 4, 6}, width[] = {4, 10, 12, 60, 80};
  eco_test_number(basin, r, "length", 1000);
  eco_test_number(basin, r, "manning_n", 0.03);
  eco_test_number(basin, r, "bed_up", 10);
  eco_test_number(basin, r, "bed_down", 9);
  eco_test_array(basin, r, "section_depth", depth, 5);
  eco_test_array(basin, r, "section_width", width, 5);
  if (plains) {
    eco_test_number(basin, r, "bank_depth", 2.5);
    eco_test_number(basin, r, "plain_n", 0.08);
  }
  eco_model *model = eco_test_compile(basin, 1000);
  eco_basin_destroy(basin);
  return model;
}

/* A' = T at every depth, the inverse gives the depth back, and the model's volumes are these: to rounding. */
START_TEST(SEC_2_an_area_is_the_integral_of_the_width)
{
  eco_model *m = surveyed(false);
  const eco__shape *s = &m->cell_shape[0];
  double sum = 0, before = eco__section_top(s, 0);
  for (int k = 1; k <= 8000; k++) { /* widths are straight between multiples of 1 mm: the trapezoid rule is exact */
    double y = 1e-3 * k, top = eco__section_top(s, y);
    sum += 0.5e-3 * (before + top);
    before = top;
    if (k % 97)
      continue;
    ck_assert_double_eq_tol(eco__section_area(s, y) / sum, 1, 1e-12);
    ck_assert_double_eq_tol(eco__section_depth(s, eco__section_area(s, y)), y, 1e-13 * y + 1e-15);
    ck_assert_double_eq_tol(eco__cell_volume(m, 0, m->cell_bed_m[0] + y) / (1000 * sum), 1, 1e-12);
  }
  ck_assert_double_eq(eco__section_area(s, -1), 0);
  ck_assert_double_eq(eco__section_depth(s, 0), 0);
  ck_assert_double_eq_tol(eco__section_top(s, 20), 80, 1e-13); /* walls above the table */
  eco_model_destroy(m);
}
END_TEST

/* A table of two rows is a trapezoid. */
START_TEST(SEC_2_a_straight_table_is_the_trapezoid)
{
  const double depth[] = {0, 5}, width[] = {10, 10 + 2 * 1.5 * 5}, area[] = {0, 5 * (10 + 1.5 * 5)};
  const double wetted[] = {10, 10 + 10 * sqrt(1 + 1.5 * 1.5)};
  const eco__profile p = {2, depth, width, area, wetted, INFINITY, NAN};
  const eco__shape table = {.width_m = 10, .manning_n = 0.03, .profile = &p, .chezy = NAN};
  const eco__shape trapezoid = {.width_m = 10, .side_slope = 1.5, .manning_n = 0.03, .chezy = NAN};
  for (double y = 1e-6; y <= 5; y *= 1.7) {
    at a = section_at(&table, y), b = section_at(&trapezoid, y);
    ck_assert_double_eq_tol(a.area / b.area, 1, 1e-13);
    ck_assert_double_eq_tol(a.top / b.top, 1, 1e-13);
    ck_assert_double_eq_tol(a.friction / b.friction, 1, 1e-13);
    ck_assert_double_eq_tol(a.in_depth / b.in_depth, 1, 1e-12);
  }
}
END_TEST

/* At 4 m over the bed, 1.5 m over the bank, by hand: A = 7 + 16.5 + 12 x 1.5 = 41.5 in the main channel, 36 on the plains. */
START_TEST(SEC_3_parts_a_compound_section_at_the_bank)
{
  eco_model *m = surveyed(true);
  double y = 4, main_area = 0.5 * (4 + 10) + 0.5 * (10 + 12) * 1.5 + 12 * 1.5,
         plain_area = 0.5 * (12 + 60) * 1.5 - 12 * 1.5;
  double main_wetted = 4 + 2 * hypot(1, 3) + 2 * hypot(1.5, 1), plain_wetted = 2 * hypot(1.5, 24);
  double k = main_area * pow(main_area / main_wetted, 2.0 / 3) / 0.03 +
             plain_area * pow(plain_area / plain_wetted, 2.0 / 3) / 0.08;
  at a = section_at(&m->cell_shape[0], y);
  ck_assert_double_eq_tol(a.area, main_area + plain_area, 1e-12);
  ck_assert_double_eq_tol(a.area / sqrt(a.friction) / k, 1, 1e-12);
  /* K goes on without a step at the bank */
  at below = section_at(&m->cell_shape[0], 2.5 - 1e-12), above = section_at(&m->cell_shape[0], 2.5 + 1e-12);
  ck_assert_double_eq_tol(above.friction / below.friction, 1, 1e-9);
  eco_model_destroy(m);
}
END_TEST

/* Slopes of (A/K)^2 are central differences, for all kinds; K rises with depth where a bank parts the plains. */
START_TEST(SEC_1_to_SEC_4_have_the_slopes_they_say)
{
  eco_model *plain = surveyed(false), *flood = surveyed(true);
  const eco__shape shapes[] = {plain->cell_shape[0],
                               flood->cell_shape[0],
                               {.width_m = 10, .side_slope = 2, .manning_n = 0.03, .chezy = NAN},
                               {.width_m = 10, .side_slope = 2, .manning_n = 0.03, .chezy = 45}};
  for (size_t k = 0; k < 4; k++)
    for (double y = 0.013; y < 7; y += 0.0571) { /* meets no corner of the table */
      double h = 1e-6 * y;
      at a = section_at(&shapes[k], y), up = section_at(&shapes[k], y + h), down = section_at(&shapes[k], y - h);
      double difference = (up.friction - down.friction) / (2 * h);
      ck_assert_double_eq_tol(a.in_depth, difference, 1e-8 * fabs(a.friction / y) + 1e-8 * fabs(a.in_depth));
      if (
        k >
        0) /* one radius for all of a section that widens at once is known to lose conveyance there: why plains are parted */
        ck_assert_double_gt(up.area / sqrt(up.friction), down.area / sqrt(down.friction));
    }
  eco_model_destroy(plain);
  eco_model_destroy(flood);
}
END_TEST

/* Uniform flow in a surveyed channel with plains: the depth at which K sqrt(S) is the flow, at all cells. */
START_TEST(WAT_1_a_compound_channel_comes_to_uniform_flow)
{
  eco_test_water w;
  eco_test_water_open(&w, surveyed(true), 1);
  at a = section_at(&w.model->cell_shape[0], 3.2);
  double flow = a.area * sqrt(1e-3 / a.friction);
  w.block.lateral_m3_s[0] = flow;
  eco_test_water_steps(&w, 400, 3600, 1);
  ck_assert_double_eq_tol(w.block.level_m[0] - w.model->cell_bed_m[0], 3.2, 1e-9);
  eco_test_water_close(&w);
}
END_TEST

static void add_surveyed(eco_basin *basin, const double *depths, const double *widths, size_t n, bool has_plains)
{
  eco_item reach = eco_test_item(basin, ECO_REACH, "a");
  const struct {
    const char *param;
    double value;
  } numbers[] = {{"length", 3000},       {"manning_n", 0.03}, {"bed_up", 1},    {"bed_down", 1},
                 {"outlet_slope", 1e-4}, {"bank_depth", 1},   {"plain_n", 0.06}};
  for (size_t k = 0; k < (has_plains ? 7 : 5); k++)
    eco_test_number(basin, reach, numbers[k].param, numbers[k].value);
  eco_test_array(basin, reach, "section_depth", depths, n);
  eco_test_array(basin, reach, "section_width", widths, n);
}

/* One rectangle of 50 m as a trapezoid under Manning, as the same in a table of widths, and under Chezy with a Manning n beside
 * that means nothing there; and with flood plains. U = 1 at 2 m of depth: E from u* worked apart. */
START_TEST(DSP_1_holds_for_every_kind_of_section)
{
  const double depths[] = {0, 5}, widths[] = {50, 50}, wide_depths[] = {0, 1, 1.001, 5}, wide[] = {50, 50, 250, 250};
  const double radius = 100.0 / 54.0, manning = sqrt(9.81) * 0.03 / pow(radius, 1.0 / 6.0), chezy = sqrt(9.81) / 40.0;
  /* bank at 1 m: 50 m with 2 m of water, plains of 200 m (and a bed that rises 1 mm over them) with 1 m */
  const double plain_area = 0.5 * 200.0 * 0.001 + 200.0 * 0.999, area = 100.0 + plain_area;
  const double slope_wetted = sqrt(200.0 * 200.0 + 4.0 * 0.001 * 0.001), plain_wetted = slope_wetted + 2.0 * 0.999;
  const double k =
    100.0 * pow(100.0 / 52.0, 2.0 / 3.0) / 0.03 + plain_area * pow(plain_area / plain_wetted, 2.0 / 3.0) / 0.06;
  const double compound = sqrt(9.81 * area / (52.0 + plain_wetted)) * area / k;
  const double shear[4] = {manning, manning, chezy, compound}, top[4] = {50, 50, 50, 250},
               whole[4] = {100, 100, 100, area};
  for (int kind = 0; kind < 4; kind++) {
    eco_basin *basin = eco_test_basin();
    if (kind % 2 == 0) {
      eco_item reach = eco_test_reach(basin, "a", 3000, 50, 0, 0.03, 1, 1, NULL, 0);
      eco_test_number(basin, reach, "outlet_slope", 1e-4);
      if (kind == 2)
        eco_test_number(basin, reach, "chezy", 40);
    } else {
      add_surveyed(basin, kind == 3 ? wide_depths : depths, kind == 3 ? wide : widths, kind == 3 ? 4 : 2, kind == 3);
    }
    eco_model *m = eco_test_compile(basin, 1000);
    eco_basin_destroy(basin);
    double level[3] = {3, 3, 3}, flow[8], spread[3];
    for (size_t f = 0; f < m->n_faces; f++)
      flow[f] = whole[kind];
    eco__find_spread(m, 1, level, flow, spread);
    double e = 0.011 * top[kind] * top[kind] / (2.0 * shear[kind]), wanted = e * whole[kind] / 1000.0;
    ck_assert_double_eq_tol(spread[0], wanted, 1e-9 * wanted);
    eco_model_destroy(m);
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("cross-sections");
  TCase *sections = tcase_create("sections");
  tcase_add_loop_test(sections, SEC_1_has_the_published_figures_of_uniform_flow, 0, 4);
  tcase_add_test(sections, SEC_2_an_area_is_the_integral_of_the_width);
  tcase_add_test(sections, SEC_2_a_straight_table_is_the_trapezoid);
  tcase_add_test(sections, SEC_3_parts_a_compound_section_at_the_bank);
  tcase_add_test(sections, SEC_1_to_SEC_4_have_the_slopes_they_say);
  tcase_add_test(sections, DSP_1_holds_for_every_kind_of_section);
  tcase_add_test(sections, WAT_1_a_compound_channel_comes_to_uniform_flow);
  suite_add_tcase(suite, sections);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
