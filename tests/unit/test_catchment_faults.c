/* test_catchment_faults.c -- what a catchment must not say, word for word. */
#include "network.h"
#include "suite.h"

static eco_basin *basin;
static eco_item hills;

static void set_up(void)
{
  const double levels[] = {0.0, 10.0}, areas[] = {1e6, 1e6};
  basin = eco_test_basin();
  eco_item climate = eco_test_item(basin, ECO_CLIMATE, "climate");
  const char *params[] = {"t_mean", "p_wet_wet", "p_wet_dry", "gamma_shape", "gamma_scale", "evaporation", "wind"};
  for (size_t k = 0; k < 7; k++)
    eco_test_monthly(basin, climate, params[k], 0.5);
  (void)eco_test_reach(basin, "R", 1000, 10, 2, 0.03, 5, 1, NULL, 0);
  (void)eco_test_lake(basin, "L", levels, areas, 2, 5.0);
  (void)eco_test_weir(basin, "sill", "weir", "L", "R", 6, 5, 0.6);
  hills = eco_test_item(basin, ECO_CATCHMENT, "hills");
  eco_test_text(basin, hills, "water", "R");
  eco_test_number(basin, hills, "area", 1e6);
  eco_test_number(basin, hills, "curve_number", 70);
}

static void tear_down(void)
{
  eco_basin_destroy(basin);
}

static void check_fault(eco_status status, const char *text)
{
  eco_error err = eco_test_fault(basin, 0);
  eco_assert_error(err, status, text);
  ck_assert_str_eq(err.place, "test:hills");
}

static void irrigate(double lower, double target, double sill)
{
  eco_test_number(basin, hills, "paddy_share", 0.4);
  eco_test_monthly(basin, hills, "paddy_lower", lower);
  eco_test_monthly(basin, hills, "paddy_target", target);
  eco_test_monthly(basin, hills, "paddy_sill", sill);
}

static void add_intake(const char *name, const char *to)
{
  eco_item head = eco_test_item(basin, ECO_STRUCTURE, name);
  eco_test_text(basin, head, "law", "intake");
  eco_test_text(basin, head, "from", "L");
  if (to)
    eco_test_text(basin, head, "to", to);
  eco_test_monthly(basin, head, "demand", 1.0);
}

START_TEST(words_are_known_ones)
{
  eco_test_text(basin, hills, "runoff", "xinanjian");
  check_fault(ECO_INVALID,
              "catchment 'hills': runoff is 'xinanjian', expected scs_cn or xinanjiang (did you mean 'xinanjiang'?)");
}
END_TEST

START_TEST(routing_is_a_known_word)
{
  eco_test_text(basin, hills, "routing", "kinematic");
  check_fault(ECO_INVALID,
              "catchment 'hills': routing is 'kinematic', expected linear, nash, unit_hydrograph or muskingum");
}
END_TEST

START_TEST(shares_are_parts_of_one)
{
  irrigate(5, 30, 50);
  eco_test_number(basin, hills, "urban_share", 0.61);
  check_fault(ECO_INVALID, "catchment 'hills': paddy_share 0.4 and urban_share 0.61 are more than the whole, 1");
}
END_TEST

START_TEST(free_water_does_not_leave_faster_than_it_is_there)
{
  eco_test_text(basin, hills, "runoff", "xinanjiang");
  eco_test_number(basin, hills, "interflow_share", 0.5);
  eco_test_number(basin, hills, "groundwater_share", 0.5);
  check_fault(ECO_INVALID,
              "catchment 'hills': interflow_share and groundwater_share add up to 1, must be below 1: free "
              "water that leaves in a day");
}
END_TEST

START_TEST(a_hydrograph_adds_up_to_one)
{
  const double u[3] = {0.5, 0.3, 0.3};
  eco_test_text(basin, hills, "routing", "unit_hydrograph");
  eco_error err = eco_test_fault(basin, 0);
  eco_assert_error(err, ECO_INVALID,
                   "catchment 'hills': 'unit_hydrograph' must be given where routing is unit_hydrograph");
  eco_test_array(basin, hills, "unit_hydrograph", u, 3);
  check_fault(ECO_INVALID, "catchment 'hills': unit_hydrograph adds up to 1.1, must be 1");
}
END_TEST

START_TEST(a_broken_number_of_reservoirs_fits)
{
  eco_test_text(basin, hills, "routing", "nash");
  eco_test_number(basin, hills, "reservoirs", 2.5);
  eco_test_number(basin, hills, "quick_time", 20);
  check_fault(ECO_INVALID,
              "catchment 'hills': reservoirs is 2.5 with a quick_time of 20 d, longer than 100 days: expected "
              "a whole number or a shorter time");
}
END_TEST

START_TEST(depths_of_paddies_are_in_order)
{
  irrigate(5, 30, 20);
  check_fault(ECO_INVALID,
              "catchment 'hills': paddy_sill of month 1 is 20 mm, below paddy_target, 30 mm: water would run "
              "off as it is given");
}
END_TEST

START_TEST(the_lower_limit_is_below_the_target)
{
  irrigate(30, 30, 50);
  check_fault(ECO_INVALID, "catchment 'hills': paddy_lower of month 1 is 30 mm, must be below paddy_target, 30 mm");
}
END_TEST

START_TEST(paddies_need_their_depths)
{
  eco_test_number(basin, hills, "paddy_share", 0.4);
  check_fault(ECO_INVALID, "catchment 'hills': 'paddy_lower' must be given where there are paddies (mm)");
}
END_TEST

START_TEST(irrigation_names_an_intake)
{
  static const struct {
    const char *name, *text;
    eco_status status;
  } cases[] = {{"sil", "catchment 'hills': irrigation: nothing is named 'sil' (did you mean 'sill'?)", ECO_NOT_FOUND},
               {"sill", "catchment 'hills': irrigation 'sill' is a weir, expected an intake", ECO_INVALID},
               {"L", "catchment 'hills': irrigation 'L' is a lake, expected an intake", ECO_INVALID},
               {"pump", "catchment 'hills': irrigation 'pump' gives its water to 'R', expected an intake without 'to'",
                ECO_INVALID}};
  irrigate(5, 30, 50);
  add_intake("pump", "R");
  eco_test_text(basin, hills, "irrigation", cases[_i].name);
  check_fault(cases[_i].status, cases[_i].text);
}
END_TEST

START_TEST(a_head_serves_fields_by_intakes)
{
  eco_item head = eco_test_item(basin, ECO_STRUCTURE, "head"), gate;
  eco_test_text(basin, head, "law", "intake");
  eco_test_text(basin, head, "from", "L");
  eco_test_text(basin, head, "to", "R");
  eco_test_text(basin, head, "serves", "sill");
  eco_test_monthly(basin, head, "demand", 1.0);
  eco_error err = eco_test_fault(basin, 0);
  eco_assert_error(err, ECO_INVALID, "structure 'head': serves 'sill', from which no catchment is irrigated");
  ck_assert_str_eq(err.place, "test:head");
  irrigate(5, 30, 50);
  add_intake("fields", NULL);
  eco_test_text(basin, hills, "irrigation", "fields");
  eco_test_text(basin, head, "serves", "fields");
  eco_model_destroy(eco_test_compile(basin, 0));
  eco_assert_ok(eco_basin_find(basin, "sill", &gate, &err), err);
  eco_test_text(basin, gate, "serves", "fields");
  err = eco_test_fault(basin, 0);
  eco_assert_error(err, ECO_INVALID, "structure 'sill': serves is for intakes, its law is weir");
}
END_TEST

START_TEST(irrigation_needs_fields)
{
  add_intake("head", NULL);
  eco_test_text(basin, hills, "irrigation", "head");
  check_fault(ECO_INVALID, "catchment 'hills': irrigation is given, but paddy_share is 0: nothing to irrigate");
}
END_TEST

START_TEST(a_curve_number_is_needed_for_its_model_only)
{
  eco_item far = eco_test_item(basin, ECO_CATCHMENT, "far");
  eco_test_text(basin, far, "water", "R");
  eco_test_number(basin, far, "area", 1e6);
  eco_error err = eco_test_fault(basin, 0);
  eco_assert_error(err, ECO_INVALID, "catchment 'far': 'curve_number' must be given where runoff is scs_cn");
  eco_test_text(basin, far, "runoff", "xinanjiang");
  eco_model_destroy(eco_test_compile(basin, 0));
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("catchment faults");
  TCase *all = tcase_create("all");
  tcase_add_checked_fixture(all, set_up, tear_down);
  tcase_add_test(all, words_are_known_ones);
  tcase_add_test(all, routing_is_a_known_word);
  tcase_add_test(all, shares_are_parts_of_one);
  tcase_add_test(all, free_water_does_not_leave_faster_than_it_is_there);
  tcase_add_test(all, a_hydrograph_adds_up_to_one);
  tcase_add_test(all, a_broken_number_of_reservoirs_fits);
  tcase_add_test(all, depths_of_paddies_are_in_order);
  tcase_add_test(all, the_lower_limit_is_below_the_target);
  tcase_add_test(all, paddies_need_their_depths);
  tcase_add_loop_test(all, irrigation_names_an_intake, 0, 4);
  tcase_add_test(all, a_head_serves_fields_by_intakes);
  tcase_add_test(all, irrigation_needs_fields);
  tcase_add_test(all, a_curve_number_is_needed_for_its_model_only);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
