/* test_water_structures.c -- WAT-3 to WAT-6 and WAT-10: the published values, edges, slopes. */
#include "reference.h"
#include "slopes.h"
#include "support/suite.h"

#include <math.h>

#define SEED 7u

static double draw(uint32_t stream, uint64_t index, double low, double high)
{
  return low + (high - low) * eco__uniform(SEED, 0, stream, index);
}

static double draw_log(uint32_t stream, uint64_t index, double low, double high)
{
  return low * pow(high / low, eco__uniform(SEED, 0, stream, index));
}

#define CD 0.62
#define STRENGTH(cd, width) (2.0 / 3.0 * (cd) * (width)*sqrt(2.0 * 9.81))

START_TEST(WAT_3_matches_the_published_table)
{
  eco_reference table = eco_reference_read("water_f12_weir_orifice.csv");
  size_t seen = 0;
  for (size_t row = 0; row < table.n_rows; row++) {
    if (!eco_reference_is(&table, row, "quantity", "weir_discharge"))
      continue;
    double h1 = eco_reference_number(&table, row, "x"), h2 = eco_reference_number(&table, row, "t");
    double wanted = eco_reference_number(&table, row, "value"), q = eco__weir_flow(STRENGTH(CD, 12), 0, h1, h2, 0).q;
    /* 1e-12, and what the rounding of h2 does to h1 - h2: half of 1.1e-16, over 1e-6 in the last row, times 0.385 */
    ck_assert_double_eq_tol(q / wanted, 1.0, 1e-12 + 0.385 * 0.56e-16 * h1 / (h1 - h2));
    ck_assert_double_eq(eco__weir_flow(STRENGTH(CD, 12), 0, h2, h1, 0).q, -q); /* reversed */
    double shifted =
      eco__weir_flow(STRENGTH(CD, 12), 32.0, 32.0 + h1, 32.0 + h2, 0).q; /* levels over a crest; 32 is exact */
    ck_assert_double_eq_tol(shifted / q, 1.0, 3e-8); /* 1 - h2/h1 = 1e-6 has lost up to 2 * 7e-15/1e-6 */
    seen++;
  }
  ck_assert_uint_eq(seen, 8);
  eco_reference_free(&table);
}
END_TEST

typedef struct structure_with {
  eco__structure s;
  double demand;
} structure_with;

static eco__flow structure_law(const void *with, double up, double down)
{
  const structure_with *w = with;
  return eco__structure_flow(&w->s, w->s.numbers, 1, w->demand, up, down);
}

static void nothing_given(structure_with *w)
{
  for (size_t k = 0; k < ECO__N_STRUCTURE_NUMBERS; k++)
    w->s.numbers[k] = NAN;
}

static structure_with random_structure(uint64_t k)
{
  structure_with w = {.s = {.law = (eco__law)(ECO__WEIR + k % 4),
                            .width_m = draw(70, k, 1, 50),
                            .coefficient = CD,
                            .min_level_m = draw(71, k, 0, 1),
                            .band_m = draw(72, k, 0.05, 1),
                            .bed_m = -5,
                            .smooth_drop_m = k % 7 < 2   ? 0
                                             : k % 7 < 5 ? 0.01
                                                         : 0.3}};
  nothing_given(&w);
  w.s.numbers[ECO__S_CREST] = w.s.law == ECO__DAM ? NAN : draw(73, k, 0, 2);
  w.s.numbers[ECO__S_CAPACITY] = k % 3 == 0 ? draw_log(74, k, 5, 100) : NAN;
  w.s.numbers[ECO__S_HOLD] = draw(75, k, 0, 3);
  w.s.numbers[ECO__S_OPEN] = k % 8 < 4 ? draw(76, k, 0, 3) : NAN;
  w.s.numbers[ECO__S_ACTIVE] = 1;
  w.demand = draw(77, k, 0, 20);
  return w;
}

static bool structure_near_kink(const structure_with *w, double up, double down)
{
  double crest = w->s.law == ECO__DAM ? w->s.numbers[ECO__S_HOLD] : w->s.numbers[ECO__S_CREST];
  double h1 = fmax(up, down) - crest, h2 = fmin(up, down) - crest, open = w->s.numbers[ECO__S_OPEN];
  double drop = w->s.smooth_drop_m, least = 1 - drop / h1, from = least < 0.5 ? 0.5 : least > 0.999 ? 0.999 : least;
  double kinks[] = {h1,
                    h2,
                    h1 - h2,
                    h2 - from * h1,
                    drop - 0.5 * h1,
                    drop - 0.001 * h1,
                    up - w->s.min_level_m,
                    up - w->s.min_level_m - 0.2,
                    isnan(open) ? 1 : up - open,
                    isnan(open) ? 1 : up - open - w->s.band_m};
  return eco_test_near_kink(kinks, 10);
}

/* A drowned weir's third derivative grows as 1/(h1-h2)^2: heads below 0.1 m over the crest are left to the next test. */
START_TEST(WAT_3_to_WAT_6_and_WAT_10_have_the_slopes_they_say_and_are_monotone)
{
  size_t checked = 0;
  for (uint64_t k = 0; k < 40000; k++) {
    structure_with w = random_structure(k / 4 * 4 + k % 4);
    double up = draw(80, k, -0.5, 5), down = k % 5 == 0 ? up + draw(81, k, -0.01, 0.01) : draw(82, k, -0.5, 5);
    double crest = w.s.law == ECO__DAM ? w.s.numbers[ECO__S_HOLD] : w.s.numbers[ECO__S_CREST],
           top = fmax(up, down) - crest;
    bool runs_back = w.s.law == ECO__GATE && !isnan(w.s.numbers[ECO__S_OPEN]) && down > up; /* the test after this */
    if (structure_near_kink(&w, up, down) || (top > 0 && top < 0.1) || runs_back)
      continue;
    ck_assert_double_eq(eco_test_slopes(structure_law, &w, up, down), 0);
    checked++;
  }
  ck_assert_uint_gt(checked, 30000);
}
END_TEST

/* Sill at 1 m, opens from an upper level of 2 m to 2.4 m. */
static structure_with gate_of_eight_metres(void)
{
  structure_with w = {.s = {.law = ECO__GATE, .width_m = 8, .coefficient = CD, .band_m = 0.4, .bed_m = 0}};
  nothing_given(&w);
  w.s.numbers[ECO__S_ACTIVE] = 1;
  w.s.numbers[ECO__S_CREST] = 1;
  w.s.numbers[ECO__S_OPEN] = 2;
  return w;
}

/* The one place where a law falls: a gate that opens while water runs back passes more of it. The slope that Newton gets is
 * then the weir's, so that the matrix stays an M-matrix. */
START_TEST(WAT_4_has_the_slopes_of_the_weir_while_water_runs_back)
{
  structure_with w = gate_of_eight_metres();
  eco__flow gate = structure_law(&w, 2.1, 2.8), weir = eco__weir_flow(STRENGTH(CD, 8), 1, 2.1, 2.8, 0);
  const double share = 0.15625; /* s(1/4) */
  ck_assert_double_lt(gate.q, 0);
  ck_assert_double_eq_tol(gate.q, share * weir.q, 1e-12);
  ck_assert_double_eq_tol(gate.q_up, share * weir.q_up, 1e-12);
  ck_assert_double_eq_tol(gate.q_down, share * weir.q_down, 1e-12);
}
END_TEST

#define DROP 1e-6 /* m: WAT-10 from h2/h1 of 0.999 on */

START_TEST(WAT_3_is_continuous_through_the_crest_and_through_equal_levels)
{
  const double strength = STRENGTH(CD, 12), step = 1e-9;
  for (uint64_t k = 0; k < 4000; k++) {
    double up = draw(90, k, -0.1, 2), down = k % 4 == 0   ? up
                                             : k % 4 == 1 ? 0
                                             : k % 4 == 2 ? 0.999 * up
                                                          : draw(91, k, -0.1, 2);
    eco__flow at = eco__weir_flow(strength, 0, up, down, DROP);
    /* steepest: the straight line below equal levels, 1.797/21.97 of the free flow in a thousandth of the head */
    double head = fmax(fmax(up, down), 0), steepest = strength * sqrt(head + step) * (1.5 + 82 * 1.01) + 1e-9;
    for (int s = -1; s <= 1; s += 2) {
      ck_assert_double_le(fabs(eco__weir_flow(strength, 0, up + s * step, down, DROP).q - at.q),
                          steepest * step * 1.001 + 1e-12);
      ck_assert_double_le(fabs(eco__weir_flow(strength, 0, up, down + s * step, DROP).q - at.q),
                          steepest * step * 1.001 + 1e-12);
    }
    if (up == down)
      ck_assert_double_eq(at.q, 0);
  }
}
END_TEST

/* From smooth_drop on a straight line to zero: half the drop, half the flow; above it WAT-3 itself. */
START_TEST(WAT_10_is_a_straight_line_under_the_smooth_drop)
{
  structure_with w = {.s = {.law = ECO__WEIR, .width_m = 20, .coefficient = CD, .bed_m = -9, .smooth_drop_m = 0.02}};
  nothing_given(&w);
  w.s.numbers[ECO__S_CREST] = 0;
  w.s.numbers[ECO__S_ACTIVE] = 1;
  double free_flow = STRENGTH(CD, 20) * pow(2, 1.5), at_drop = free_flow * pow(1 - pow(0.99, 1.5), 0.385);
  ck_assert_double_eq_tol(structure_law(&w, 2, 1.98).q / at_drop, 1, 1e-12);
  ck_assert_double_eq_tol(structure_law(&w, 2, 1.99).q / at_drop, 0.5, 1e-12);
  ck_assert_double_eq_tol(structure_law(&w, 1.99, 2).q / at_drop, -0.5, 1e-12);
  ck_assert_double_eq(structure_law(&w, 2, 2).q, 0);
  double above = free_flow * pow(1 - pow(0.985, 1.5), 0.385);
  ck_assert_double_eq_tol(structure_law(&w, 2, 1.97).q / above, 1, 1e-12);
}
END_TEST

START_TEST(WAT_4_opens_over_its_band)
{
  structure_with w = gate_of_eight_metres();
  const double at[] = {1.9, 2.0, 2.1, 2.2, 2.3, 2.4, 3.0}, share[] = {0, 0, 0.15625, 0.5, 0.84375, 1, 1};
  for (size_t k = 0; k < 7; k++) {
    double free_flow = STRENGTH(CD, 8) * pow(at[k] - 1, 1.5);
    ck_assert_double_eq_tol(structure_law(&w, at[k], -9).q, share[k] * free_flow, 1e-13 * free_flow);
  }
}
END_TEST

START_TEST(WAT_5_takes_the_demand_above_its_least_level)
{
  structure_with w = {.s = {.law = ECO__INTAKE, .min_level_m = 10}, .demand = 4};
  nothing_given(&w);
  w.s.numbers[ECO__S_ACTIVE] = 1;
  const double at[] = {9, 10, 10.05, 10.1, 10.15, 10.2, 12}, wanted[] = {0, 0, 0.625, 2, 3.375, 4, 4};
  for (size_t k = 0; k < 7; k++)
    ck_assert_double_eq_tol(structure_law(&w, at[k], 0).q, wanted[k],
                            1e-12); /* 1e-15 of level over 0.2 m, times 6 * 4 */
  structure_with dam = {.s = {.law = ECO__DAM, .min_level_m = 10, .width_m = 5, .coefficient = CD, .bed_m = 0},
                        .demand = 4};
  nothing_given(&dam);
  dam.s.numbers[ECO__S_HOLD] = 11;
  dam.s.numbers[ECO__S_ACTIVE] = 1;
  ck_assert_double_eq(structure_law(&dam, 10.5, 0).q, 4);
  ck_assert_double_eq_tol(structure_law(&dam, 12, 0).q, 4 + STRENGTH(CD, 5), 1e-12);
}
END_TEST

START_TEST(WAT_6_never_passes_more_than_the_capacity)
{
  structure_with w = {.s = {.law = ECO__WEIR, .width_m = 20, .coefficient = CD, .bed_m = -9}};
  nothing_given(&w);
  w.s.numbers[ECO__S_ACTIVE] = 1;
  w.s.numbers[ECO__S_CREST] = 0;
  w.s.numbers[ECO__S_CAPACITY] = 7;
  double before = 0;
  for (int k = 0; k <= 100; k++) {
    double q = structure_law(&w, 0.1 * k, -1).q;
    ck_assert_double_ge(q, before);
    ck_assert_double_le(q, 7);
    double free_flow = STRENGTH(CD, 20) * pow(0.1 * k, 1.5), mean = 0.5 * (free_flow + 7);
    double rounded = mean - pow(free_flow - 7, 2) / (0.4 * mean) - 0.025 * mean;
    ck_assert_double_eq_tol(q, fabs(free_flow - 7) < 0.1 * mean ? rounded : fmin(free_flow, 7), 1e-12);
    before = q;
  }
  ck_assert_double_ge(structure_law(&w, -1, 10).q, -7);
  w.s.numbers[ECO__S_CAPACITY] = 0;
  ck_assert_double_eq(structure_law(&w, 5, 0).q, 0);
}
END_TEST

START_TEST(what_is_not_active_or_one_way_and_reversed_passes_nothing)
{
  structure_with w = {.s = {.law = ECO__WEIR, .width_m = 20, .coefficient = CD, .bed_m = -9, .one_way = true}};
  nothing_given(&w);
  w.s.numbers[ECO__S_CREST] = 0;
  w.s.numbers[ECO__S_ACTIVE] = 1;
  ck_assert_double_gt(structure_law(&w, 2, 1).q, 0);
  eco__flow back = structure_law(&w, 1, 2);
  ck_assert(back.q == 0 && back.q_up == 0 && back.q_down == 0);
  w.s.numbers[ECO__S_ACTIVE] = 0;
  eco__flow off = structure_law(&w, 2, 1);
  ck_assert(off.q == 0 && off.q_up == 0 && off.q_down == 0);
}
END_TEST

/* No sill works below the higher bed: what lies deeper than both cells gives nothing from a dry one. */
START_TEST(a_crest_below_the_bed_counts_from_the_bed)
{
  structure_with w = {.s = {.law = ECO__WEIR, .width_m = 20, .coefficient = CD, .bed_m = 3}};
  nothing_given(&w);
  w.s.numbers[ECO__S_ACTIVE] = 1;
  w.s.numbers[ECO__S_CREST] = 1;
  ck_assert_double_eq(structure_law(&w, 3, 0).q, 0);
  ck_assert_double_eq_tol(structure_law(&w, 4, 0).q, STRENGTH(CD, 20), 1e-12);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("structures");
  TCase *structures = tcase_create("structures");
  tcase_add_test(structures, WAT_3_matches_the_published_table);
  tcase_add_test(structures, WAT_3_to_WAT_6_and_WAT_10_have_the_slopes_they_say_and_are_monotone);
  tcase_add_test(structures, WAT_4_has_the_slopes_of_the_weir_while_water_runs_back);
  tcase_add_test(structures, WAT_3_is_continuous_through_the_crest_and_through_equal_levels);
  tcase_add_test(structures, WAT_10_is_a_straight_line_under_the_smooth_drop);
  tcase_add_test(structures, WAT_4_opens_over_its_band);
  tcase_add_test(structures, WAT_5_takes_the_demand_above_its_least_level);
  tcase_add_test(structures, WAT_6_never_passes_more_than_the_capacity);
  tcase_add_test(structures, what_is_not_active_or_one_way_and_reversed_passes_nothing);
  tcase_add_test(structures, a_crest_below_the_bed_counts_from_the_bed);
  suite_add_tcase(suite, structures);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
