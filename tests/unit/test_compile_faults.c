/* test_compile_faults.c -- every fault of a description that compile finds, with its words and its place. */
#include "support/network.h"
#include "support/suite.h"

#include <math.h>
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

/* The basin does not compile: the status, the words and the place of the first fault. */
static void check_fault(eco_status status, const char *place, const char *text)
{
  eco_error err = eco_test_fault(basin, 1000);
  ck_assert_str_eq(err.text, text);
  ck_assert_str_eq(err.place, place);
  ck_assert_int_eq(err.status, status);
}

START_TEST(arguments_are_checked)
{
  reach("R", 1000, 10, NULL, 0);
  eco_model *m = NULL;
  eco_error err;
  ck_assert_int_eq(eco_model_compile(NULL, NULL, &m, &err), ECO_INVALID);
  ck_assert_str_eq(err.text, "eco_model_compile: basin and out must not be NULL");
  ck_assert_int_eq(eco_model_compile(basin, NULL, NULL, &err), ECO_INVALID);
  err = eco_test_fault(basin, -5);
  ck_assert_str_eq(err.text, "compile options: cell_m is -5 m, must be above 0 (0: 3000 m)");
  err = eco_test_fault(basin, NAN);
  ck_assert_int_eq(err.status, ECO_INVALID);
  eco_model_destroy(NULL);
}
END_TEST

START_TEST(a_basin_needs_water)
{
  eco_test_item(basin, ECO_COUNTY, "Shayang");
  check_fault(ECO_INVALID, "", "basin 'test' has no water, expected at least one reach, canal, lake or reservoir");
}
END_TEST

START_TEST(what_must_be_given_is_asked_for)
{
  eco_test_item(basin, ECO_REACH, "R");
  eco_error err = eco_test_fault(basin, 0);
  ck_assert_str_eq(err.text, "reach 'R': 'length' must be given (along the water, m) (and 1 more faults)");
  ck_assert_str_eq(err.place, "test:R");
  ck_assert_int_eq(err.status, ECO_INVALID);
}
END_TEST

START_TEST(a_downstream_water_must_be_there)
{
  reach("Lena", 1000, 10, NULL, 0);
  reach("Hunn", 1000, 10, "Lema", 0);
  check_fault(ECO_NOT_FOUND, "test:Hunn", "reach 'Hunn': downstream: nothing is named 'Lema' (did you mean 'Lena'?)");
}
END_TEST

START_TEST(a_downstream_thing_must_be_water)
{
  reach("Hunn", 1000, 10, "Toten", 0);
  eco_test_item(basin, ECO_COUNTY, "Toten");
  check_fault(ECO_INVALID, "test:Hunn", "reach 'Hunn': downstream 'Toten' is a county, expected a water");
}
END_TEST

START_TEST(a_water_does_not_flow_into_itself)
{
  reach("A", 1000, 10, "B", 0);
  reach("B", 1000, 10, "C", 0);
  reach("C", 1000, 10, "B", 0);
  check_fault(ECO_INVALID, "test:B", "reach 'B' flows into itself: its downstream waters lead back to it");
}
END_TEST

START_TEST(a_place_is_on_its_water)
{
  eco_item item;
  reach("R", 1000, 10, NULL, 0);
  const char *text = NULL, *place = "test:X";
  switch (_i) {
  case 0:
    reach("X", 1000, 10, "R", 1001);
    text = "reach 'X': enters_at is 1001 m, but 'R' is 1000 m long";
    break;
  case 1:
    item = eco_test_item(basin, ECO_SECTION, "X");
    eco_test_text(basin, item, "water", "R");
    eco_test_number(basin, item, "at", 2000);
    text = "section 'X': at is 2000 m, but 'R' is 1000 m long";
    break;
  case 2:
    item = eco_test_item(basin, ECO_SOURCE, "X");
    eco_test_text(basin, item, "water", "R");
    eco_test_number(basin, item, "at", 2000);
    text = "source 'X': at is 2000 m, but 'R' is 1000 m long";
    break;
  case 3:
    item = eco_test_weir(basin, "X", "weir", "R", NULL, 12, 5, 0.6);
    eco_test_number(basin, item, "from_at", 2000);
    text = "structure 'X': from_at is 2000 m, but 'R' is 1000 m long";
    break;
  default:
    lake("L");
    item = eco_test_weir(basin, "X", "weir", "L", "R", 12, 5, 0.6);
    eco_test_number(basin, item, "to_at", 1500);
    text = "structure 'X': to_at is 1500 m, but 'R' is 1000 m long";
    break;
  }
  check_fault(ECO_INVALID, place, text);
}
END_TEST

START_TEST(a_lake_table_is_checked)
{
  eco_item item = lake("L");
  const double level[] = {10, 9, 20}, two[] = {10, 11}, falls[] = {1e5, 9e4, 2e6}, none[] = {0, 0, 0};
  const char *const texts[] = {"lake 'L': level has 2 values and area 3, expected as many",
                               "lake 'L': level 9 m comes after 10 m, levels must rise",
                               "lake 'L': the last area is 0 m2, must be above 0",
                               "lake 'L': area falls from 100000 to 90000 m2 at level 12 m, must not fall",
                               "lake 'L': dead_volume is 5000 m3, but the area at the first level is 0",
                               "lake 'L': initial_level is 9.5 m, below its bed at 10 m"};
  if (_i < 2)
    eco_test_array(basin, item, "level", _i == 0 ? two : level, _i == 0 ? 2 : 3);
  else if (_i < 4)
    eco_test_array(basin, item, "area", _i == 2 ? none : falls, 3);
  else
    eco_test_number(basin, item, _i == 4 ? "dead_volume" : "initial_level", _i == 4 ? 5000 : 9.5);
  check_fault(ECO_INVALID, "test:L", texts[_i]);
}
END_TEST

START_TEST(total_nitrogen_is_not_less_than_ammonia)
{
  eco_item r = reach("R", 1000, 10, NULL, 0), s = eco_test_item(basin, ECO_SOURCE, "S");
  eco_test_text(basin, s, "water", "R");
  const double ammonia[] = {1, 1, 1, 9, 1, 1, 1, 1, 1, 1, 1, 1};
  switch (_i) {
  case 0:
    eco_test_monthly(basin, r, "inflow.TN", 5);
    eco_test_array(basin, r, "inflow.NH3-N", ammonia, 12);
    check_fault(ECO_INVALID, "test:R", "reach 'R': inflow.TN is less than inflow.NH3-N in month 4");
    break;
  case 1:
    eco_test_number(basin, r, "initial.TN", 1);
    eco_test_number(basin, r, "initial.NH3-N", 2);
    check_fault(ECO_INVALID, "test:R", "reach 'R': initial.TN is less than initial.NH3-N");
    break;
  case 2:
    eco_test_number(basin, s, "conc.TN", 1);
    eco_test_number(basin, s, "conc.NH3-N", 2);
    check_fault(ECO_INVALID, "test:S", "source 'S': conc.TN is 1 mg/L, less than conc.NH3-N, 2 mg/L");
    break;
  default:
    eco_test_number(basin, s, "load.TN", 1);
    eco_test_number(basin, s, "load.NH3-N", 2);
    check_fault(ECO_INVALID, "test:S", "source 'S': load.TN is 1 kg/d, less than load.NH3-N, 2 kg/d");
    break;
  }
}
END_TEST

START_TEST(an_outlet_at_normal_depth_falls)
{
  eco_test_reach(basin, "R", 1000, 10, 1, 0.03, 10, 10.5, NULL, 0);
  check_fault(
    ECO_INVALID, "test:R",
    "reach 'R' leaves the model at normal depth, but its bed falls by -0.0005 m per m, must be above 0; or give "
    "outlet_slope, outlet_level");
}
END_TEST

START_TEST(a_structure_says_what_its_law_needs)
{
  const struct {
    const char *law, *given, *text;
  } cases[] = {
    {"weir", "width", "structure 'S': 'crest' must be given for a weir"},
    {"gate", "width", "structure 'S': 'crest' must be given for a gate"},
    {"gate", "crest", "structure 'S': 'width' must be given for a gate"},
    {"dam", "width", "structure 'S': 'hold_level' must be given for a dam"},
    {"dam", "hold_level", "structure 'S': 'width' must be given for a dam"},
    {"intake", "crest", "structure 'S': 'demand' must be given for an intake"},
    {"wier", "crest",
     "structure 'S': law is 'wier', expected weir, gate, dam, intake, orifice, culvert, siphon, pump, rating or link (did you "
     "mean 'weir'?)"},
    {"bridge", "crest",
     "structure 'S': law is 'bridge', expected weir, gate, dam, intake, orifice, culvert, siphon, pump, rating or link"}};
  reach("R", 1000, 10, NULL, 0);
  eco_item s = eco_test_item(basin, ECO_STRUCTURE, "S");
  eco_test_text(basin, s, "law", cases[_i].law);
  eco_test_text(basin, s, "from", "R");
  eco_test_number(basin, s, cases[_i].given, 12);
  check_fault(ECO_INVALID, "test:S", cases[_i].text);
}
END_TEST

START_TEST(a_structure_leads_somewhere)
{
  reach("R", 1000, 10, NULL, 0);
  if (_i == 0) {
    eco_test_weir(basin, "S", "weir", "R", "R", 12, 5, 0.6);
    check_fault(ECO_INVALID, "test:S", "structure 'S': from and to are the same place of 'R'");
  } else {
    eco_test_weir(basin, "S", "weir", "R", "Q", 12, 5, 0.6);
    check_fault(ECO_NOT_FOUND, "test:S", "structure 'S': to: nothing is named 'Q' in basin 'test'");
  }
}
END_TEST

/* f13, two branches that join again, is a looped network. */
START_TEST(a_lake_that_flows_on_has_a_way_out)
{
  reach("R", 1000, 10, NULL, 0);
  eco_test_text(basin, lake("L"), "downstream", "R");
  check_fault(ECO_INVALID, "test:L",
              "lake 'L' flows to 'R', but no structure lets its water out: add a structure from it, such as a weir");
}
END_TEST

START_TEST(waters_that_lead_in_a_circle_are_refused)
{
  reach("A", 2000, 10, "B", 0);
  reach("B", 2000, 10, NULL, 0);
  eco_test_text(basin, reach("back", 1000, 10, "A", 1500), "branches_from", "B");
  check_fault(ECO_INVALID, "test:back",
              "reach 'back' leads from 'B' to 'back', and other waters lead back: a circle; turn one of them");
}
END_TEST

START_TEST(an_outlet_level_is_for_waters_that_leave)
{
  eco_item up = reach("A", 2000, 10, "B", 0);
  reach("B", 2000, 10, NULL, 0);
  eco_test_monthly(basin, up, "outlet_level", 12);
  check_fault(ECO_INVALID, "test:A",
              "reach 'A': outlet_level is given, but it flows to 'B', whose level is calculated");
}
END_TEST

/* ---- beds and sections: what is missing, doubled, out of order */

static const char *const bed_ends[] = {"bed_up", "bed_down"}, *const trapezoid[] = {"bottom_width", "side_slope"};

START_TEST(surveyed_beds_and_sections_are_checked)
{
  const struct {
    const char *along, *across, *text;
    double x[3], y[3];
    size_t n_x, n_y;
  } cases[] = {
    {"bed_at",
     "bed",
     "reach 'R': bed_at has 3 values and bed 2, expected as many, at least 2",
     {0, 1, 2},
     {9, 8},
     3,
     2},
    {"bed_at",
     "bed",
     "reach 'R': bed_at has 500 m after 500 m, expected rising values",
     {0, 500, 500},
     {9, 8, 7},
     3,
     3},
    {"bed_at", "bed", "reach 'R': bed_at begins with 10 m, expected 0", {10, 500, 1000}, {9, 8, 7}, 3, 3},
    {"bed_at", "bed", "reach 'R': bed_at ends with 900 m, expected the length, 1000 m", {0, 500, 900}, {9, 8, 7}, 3, 3},
    {"section_depth",
     "section_width",
     "reach 'R': section_width falls from 12 to 8 m at a depth of 3 m: a section that narrows upward holds no more than one level "
     "can tell; give the width of the open water, a conduit is a structure (law 'culvert')",
     {0, 2, 3},
     {5, 12, 8},
     3,
     3},
    {"section_depth",
     "section_width",
     "reach 'R': section_width begins with 0 m, must be at least 0.01 m",
     {0, 2, 3},
     {0, 5, 6},
     3,
     3}};
  eco_item item = eco_test_item(basin, ECO_REACH, "R");
  bool bed = _i < 4;
  eco_test_number(basin, item, "length", 1000);
  eco_test_number(basin, item, "manning_n", 0.03);
  for (size_t k = 0; k < 2; k++)
    eco_test_number(basin, item, bed ? trapezoid[k] : bed_ends[k], bed ? 2 : 10 - (double)k);
  eco_test_array(basin, item, cases[_i].along, cases[_i].x, cases[_i].n_x);
  eco_test_array(basin, item, cases[_i].across, cases[_i].y, cases[_i].n_y);
  check_fault(ECO_INVALID, "test:R", cases[_i].text);
}
END_TEST

START_TEST(a_bed_or_a_section_is_given_once)
{
  eco_item item = reach("R", 1000, 10, NULL, 0);
  const double x[] = {0, 1000}, y[] = {10, 9}, depth[] = {0, 3}, width[] = {5, 6};
  if (_i == 0) {
    eco_test_array(basin, item, "bed_at", x, 2);
    eco_test_array(basin, item, "bed", y, 2);
    check_fault(
      ECO_INVALID, "test:R",
      "reach 'R': both 'bed_up' and a surveyed bed with 'bed_at' and 'bed' are given, expected one of them (and 1 more "
      "faults)");
  } else {
    eco_test_array(basin, item, "section_depth", depth, 2);
    eco_test_array(basin, item, "section_width", width, 2);
    check_fault(
      ECO_INVALID, "test:R",
      "reach 'R': both 'bottom_width' and a table of widths with 'section_depth' and 'section_width' are given, expected "
      "one of them (and 1 more faults)");
  }
}
END_TEST

START_TEST(a_structure_does_not_give_back_upstream)
{
  reach("A", 3000, 10, "B", 0);
  reach("B", 1000, 10, NULL, 0);
  reach("C", 1000, 10, "A", 1500);
  eco_test_weir(basin, "S", "weir", "A", "C", 12, 5, 0.6);
  check_fault(ECO_INVALID, "test:S", "structure 'S' takes from 'A' what comes back to it: a loop of waters");
}
END_TEST

static void add_catchment(const char *name)
{
  eco_item c = eco_test_item(basin, ECO_CATCHMENT, name);
  eco_test_text(basin, c, "water", "R");
  eco_test_number(basin, c, "area", 1e6);
  eco_test_number(basin, c, "curve_number", 70);
}

static void add_climate(const char *name)
{
  eco_item c = eco_test_item(basin, ECO_CLIMATE, name);
  const char *params[] = {"t_mean", "p_wet_wet", "p_wet_dry", "gamma_shape", "gamma_scale", "evaporation", "wind"};
  for (size_t k = 0; k < 7; k++)
    eco_test_monthly(basin, c, params[k], 0.5);
}

START_TEST(land_is_checked)
{
  eco_item item;
  reach("R", 1000, 10, NULL, 0);
  switch (_i) {
  case 0:
    add_catchment("hills");
    check_fault(ECO_INVALID, "", "basin 'test' has catchments but no climate, expected one");
    break;
  case 1:
    add_climate("one");
    add_climate("two");
    check_fault(ECO_INVALID, "test:two", "climate 'two': the basin has a climate already, expected one");
    break;
  case 2:
    eco_test_item(basin, ECO_SOURCE, "S");
    check_fault(ECO_INVALID, "test:S", "source 'S': neither water nor catchment is given, expected one");
    break;
  case 3:
    item = eco_test_item(basin, ECO_SOURCE, "S");
    eco_test_text(basin, item, "water", "R");
    eco_test_text(basin, item, "timing", "washoff");
    check_fault(ECO_INVALID, "test:S", "source 'S': wash-off needs a catchment");
    break;
  case 4:
    item = eco_test_item(basin, ECO_SOURCE, "S");
    eco_test_text(basin, item, "water", "R");
    eco_test_text(basin, item, "timing", "often");
    check_fault(ECO_INVALID, "test:S", "source 'S': timing is 'often', expected steady, washoff or overflow");
    break;
  case 5:
    item = eco_test_item(basin, ECO_SOURCE, "S");
    eco_test_text(basin, item, "catchment", "R");
    check_fault(ECO_INVALID, "test:S", "source 'S': catchment 'R' is a reach, expected a catchment");
    break;
  case 6:
    add_climate("one");
    add_catchment("hills");
    item = eco_test_item(basin, ECO_SOURCE, "S");
    eco_test_text(basin, item, "catchment", "hill");
    check_fault(ECO_NOT_FOUND, "test:S", "source 'S': catchment: nothing is named 'hill' (did you mean 'hills'?)");
    break;
  default:
    item = eco_test_item(basin, ECO_SECTION, "S");
    check_fault(ECO_INVALID, "test:S", "section 'S': 'water' must be given");
    break;
  }
}
END_TEST

START_TEST(a_soil_site_is_checked)
{
  reach("R", 1000, 10, NULL, 0);
  eco_item site = eco_test_item(basin, ECO_SITE, "S");
  eco_test_text(basin, site, "water", "R");
  eco_test_text(basin, site, "contaminant", _i == 0 ? "cd" : "Cd");
  const char *params[] = {"area", "depth", "total", "bulk_density", "water_content", "infiltration"};
  for (size_t k = 0; k < 6; k++)
    eco_test_number(basin, site, params[k], 1);
  if (_i == 0) {
    eco_test_number(basin, site, "kd", 100);
    check_fault(ECO_NOT_FOUND, "test:S", "site 'S': unknown constituent 'cd' (did you mean 'Cd'?)");
  } else {
    eco_test_number(basin, site, "ph", 6);
    check_fault(ECO_INVALID, "test:S",
                "site 'S': 'organic_matter' must be given where 'kd' is not (and 3 more faults)");
  }
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("compile, faults");
  TCase *faults = tcase_create("faults");
  tcase_add_checked_fixture(faults, set_up, tear_down);
  tcase_add_test(faults, arguments_are_checked);
  tcase_add_test(faults, a_basin_needs_water);
  tcase_add_test(faults, what_must_be_given_is_asked_for);
  tcase_add_test(faults, a_downstream_water_must_be_there);
  tcase_add_test(faults, a_downstream_thing_must_be_water);
  tcase_add_test(faults, a_water_does_not_flow_into_itself);
  tcase_add_loop_test(faults, a_place_is_on_its_water, 0, 5);
  tcase_add_loop_test(faults, a_lake_table_is_checked, 0, 6);
  tcase_add_loop_test(faults, total_nitrogen_is_not_less_than_ammonia, 0, 4);
  tcase_add_test(faults, an_outlet_at_normal_depth_falls);
  tcase_add_loop_test(faults, a_structure_says_what_its_law_needs, 0, 8);
  tcase_add_loop_test(faults, a_structure_leads_somewhere, 0, 2);
  tcase_add_test(faults, a_lake_that_flows_on_has_a_way_out);
  tcase_add_test(faults, waters_that_lead_in_a_circle_are_refused);
  tcase_add_test(faults, an_outlet_level_is_for_waters_that_leave);
  tcase_add_loop_test(faults, surveyed_beds_and_sections_are_checked, 0, 6);
  tcase_add_loop_test(faults, a_bed_or_a_section_is_given_once, 0, 2);
  tcase_add_test(faults, a_structure_does_not_give_back_upstream);
  tcase_add_loop_test(faults, land_is_checked, 0, 8);
  tcase_add_loop_test(faults, a_soil_site_is_checked, 0, 2);
  suite_add_tcase(suite, faults);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
