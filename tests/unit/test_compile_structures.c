/* test_compile_structures.c -- what compile asks of structures, and what it makes of them. */
#include "support/network.h"
#include "support/suite.h"

#include <math.h>
#include <string.h>

static eco_basin *basin;
static eco_item works;

static void set_up(void)
{
  const double levels[] = {10, 12, 20}, areas[] = {0, 1e6, 2e6};
  basin = eco_test_basin();
  eco_test_reach(basin, "R", 1000, 10, 1, 0.03, 9, 8, NULL, 0);
  eco_test_text(basin, eco_test_lake(basin, "L", levels, areas, 3, 15), "downstream", "R");
  works = eco_test_item(basin, ECO_STRUCTURE, "S");
  eco_test_text(basin, works, "from", "L");
  eco_test_text(basin, works, "to", "R");
}

static void tear_down(void)
{
  eco_basin_destroy(basin);
}

static void say(const char *law, const char *const *params, const double *values, size_t n)
{
  eco_test_text(basin, works, "law", law);
  for (size_t k = 0; k < n; k++)
    eco_test_number(basin, works, params[k], values[k]);
}

static void refused(const char *text)
{
  eco_error err = eco_test_fault(basin, 1000);
  ck_assert_str_eq(err.text, text);
  ck_assert_str_eq(err.place, "test:S");
}

START_TEST(each_law_says_what_it_needs)
{
  static const struct {
    const char *law, *text;
  } cases[] = {
    {"orifice", "structure 'S': 'area' must be given for an orifice (and 1 more faults)"},
    {"culvert", "structure 'S': 'length' must be given for a culvert (and 5 more faults)"},
    {"siphon", "structure 'S': 'area' must be given for a siphon"},
    {"pump", "structure 'S': 'capacity' must be given for a pump"},
    {"rating", "structure 'S': 'rating_level' must be given for a rating (and 1 more faults)"},
    {"link", "structure 'S': 'conductance' must be given for a link"},
    {"dam", "structure 'S': 'width' must be given for a dam (and 1 more faults)"},
  };
  eco_test_text(basin, works, "law", cases[_i].law);
  refused(cases[_i].text);
}
END_TEST

START_TEST(curves_are_checked)
{
  const double rises[] = {1, 2, 3}, falls[] = {5, 4, 1}, flat[] = {5, 5, 1}, back[] = {1, 3, 2};
  eco_test_text(basin, works, "law", _i < 4 ? "pump" : "rating");
  const char *x = _i < 4 ? "lift" : "rating_level", *y = _i < 4 ? "lift_flow" : "rating_flow";
  eco_test_array(basin, works, x, _i == 2 ? back : rises, 3);
  eco_test_array(basin, works, y, _i == 1 ? flat : falls, _i == 3 ? 2 : 3);
  static const char *const texts[] = {
    NULL, "structure 'S': lift_flow must fall as lift rises, but value 2, 5 m3/s, follows 5 m3/s",
    "structure 'S': lift must rise, but value 3, 2 m, follows 3 m",
    "structure 'S': lift has 3 values and lift_flow 2, expected as many of each",
    "structure 'S': rating_flow must not fall as rating_level rises, but value 2, 4 m3/s, follows 5 m3/s"};
  if (texts[_i])
    refused(texts[_i]);
  else
    eco_model_destroy(eco_test_compile(basin, 1000));
}
END_TEST

START_TEST(switching_levels_agree_with_the_water)
{
  static const struct {
    double capacity, on, off, least;
    const char *text;
  } cases[] = {
    {5, 14, 12, NAN, NULL},
    {5, 12, 14, NAN, "structure 'S': on_level is 12 m, not above off_level, 14 m: it would start and stop at once"},
    {5, 12, 12, NAN, "structure 'S': on_level is 12 m, not above off_level, 12 m: it would start and stop at once"},
    {5, NAN, 12, NAN, "structure 'S': off_level is given, but no on_level to start at"},
    {5, 14, 9, NAN, "structure 'S': off_level is 9 m, below the bed of 'L', 10 m: it would never stop"},
    {5, 14, 12, 15,
     "structure 'S': on_level is 14 m, but it takes nothing below min_level, 15 m: a pump above its source"},
    {5, 21, 12, NAN, "structure 'S': on_level is 21 m, but the levels of 'L' end at 20 m: a pump above its source"},
    {5, NAN, NAN, 20, "structure 'S': min_level is 20 m, but the levels of 'L' end at 20 m: a pump above its source"},
  };
  const char *const params[] = {"capacity", "on_level", "off_level", "min_level"};
  const double values[] = {cases[_i].capacity, cases[_i].on, cases[_i].off, cases[_i].least};
  eco_test_text(basin, works, "law", "pump");
  for (int k = 0; k < 4; k++)
    if (!isnan(values[k]))
      eco_test_number(basin, works, params[k], values[k]);
  if (cases[_i].text)
    refused(cases[_i].text);
  else
    eco_model_destroy(eco_test_compile(basin, 1000));
}
END_TEST

START_TEST(a_level_outside_is_for_what_leads_outside)
{
  const char *const params[] = {"crest", "width"};
  const double values[] = {14, 5};
  say("weir", params, values, 2);
  eco_test_monthly(basin, works, "outside_level", 3);
  refused("structure 'S': outside_level is given, but it leads to 'R', whose level is calculated");
}
END_TEST

START_TEST(STR_5_follows_its_rule_curve_round_the_year)
{
  const double days[] = {121, 152, 244, 274}, levels[] = {16, 14, 14, 17};
  const char *const params[] = {"width"};
  const double values[] = {5};
  say("dam", params, values, 1);
  eco_test_array(basin, works, "rule_day", days, 4);
  eco_test_array(basin, works, "rule_level", levels, 4);
  eco_model *m = eco_test_compile(basin, 1000);
  const eco__structure *s = &m->structures[0];
  ck_assert_double_eq(eco__rule_level(s, 121), 16);
  ck_assert_double_eq_tol(eco__rule_level(s, 136.5), 15, 1e-12);
  ck_assert_double_eq(eco__rule_level(s, 200), 14);
  ck_assert_double_eq_tol(eco__rule_level(s, 259), 15.5, 1e-12);
  double across = 365.25 - 274 + 121; /* from 17 at day 274 to 16 at day 121 of the next year */
  ck_assert_double_eq_tol(eco__rule_level(s, 365), 17 - 91 / across, 1e-12);
  ck_assert_double_eq_tol(eco__rule_level(s, 1), 17 - (365.25 - 274 + 1) / across, 1e-12);
  eco_model_destroy(m);
  const double back[] = {121, 100, 244, 274};
  eco_test_array(basin, works, "rule_day", back, 4);
  refused("structure 'S': rule_day must rise, but value 2, 100, follows 121");
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("compile, structures");
  TCase *faults = tcase_create("faults");
  tcase_add_checked_fixture(faults, set_up, tear_down);
  tcase_add_loop_test(faults, each_law_says_what_it_needs, 0, 7);
  tcase_add_loop_test(faults, curves_are_checked, 0, 5);
  tcase_add_loop_test(faults, switching_levels_agree_with_the_water, 0, 8);
  tcase_add_test(faults, a_level_outside_is_for_what_leads_outside);
  tcase_add_test(faults, STR_5_follows_its_rule_curve_round_the_year);
  suite_add_tcase(suite, faults);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
