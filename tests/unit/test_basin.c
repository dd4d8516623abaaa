/* test_basin.c -- the description: items, names, parameters, and what is said of wrong ones. */
#include "basin/basin.h"
#include "support/suite.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static eco_basin *basin;
static eco_error err;

static void set_up(void)
{
  eco_assert_ok(eco_basin_create(NULL, "Mjosa", &basin, &err), err);
}

static void tear_down(void)
{
  eco_basin_destroy(basin);
}

static eco_item added(eco_kind kind, const char *name, const char *place)
{
  eco_item item;
  eco_assert_ok(eco_basin_add(basin, kind, name, place, &item, &err), err);
  return item;
}

/* ---- items */

START_TEST(items_are_found_by_name_and_counted_by_kind_in_the_order_of_adding)
{
  added(ECO_REACH, "Lena", "a.lua:1");
  eco_item lake = added(ECO_LAKE, "长湖", "a.lua:2");
  added(ECO_REACH, "Hunn", NULL);
  eco_item found;
  eco_assert_ok(eco_basin_find(basin, "长湖", &found, &err), err);
  ck_assert_uint_eq(found.id, lake.id);
  ck_assert_uint_eq(eco_basin_count(basin, ECO_REACH), 2);
  ck_assert_str_eq(eco_basin_name_at(basin, ECO_REACH, 0), "Lena");
  ck_assert_str_eq(eco_basin_name_at(basin, ECO_REACH, 1), "Hunn");
  ck_assert_ptr_null(eco_basin_name_at(basin, ECO_REACH, 2));
  ck_assert_uint_eq(eco_basin_count(basin, ECO_SITE), 0);
  ck_assert_uint_eq(eco_basin_count(basin, (eco_kind)99), 0);
  ck_assert_int_eq(eco__item_kind(basin, lake), ECO_LAKE);
  ck_assert_str_eq(eco__item_place(basin, lake), "a.lua:2");
  ck_assert_str_eq(eco__basin_title(basin), "Mjosa");
  ck_assert_uint_eq(eco__basin_n_items(basin), 3);
}
END_TEST

START_TEST(twenty_thousand_items_are_each_found)
{
  char name[32];
  for (uint32_t i = 0; i < 20000; i++) {
    snprintf(name, sizeof name, "farm %u", i);
    ck_assert_uint_eq(added(ECO_SOURCE, name, "").id, i);
  }
  for (uint32_t i = 0; i < 20000; i++) {
    eco_item item;
    snprintf(name, sizeof name, "farm %u", i);
    eco_assert_ok(eco_basin_find(basin, name, &item, &err), err);
    ck_assert_uint_eq(item.id, i);
  }
}
END_TEST

START_TEST(a_name_that_is_not_there_gets_the_nearest)
{
  eco_item item;
  ck_assert_int_eq(eco_basin_find(basin, "Maliang", &item, &err), ECO_NOT_FOUND);
  eco_assert_error(err, ECO_NOT_FOUND, "nothing is named 'Maliang' in basin 'Mjosa'");
  added(ECO_SECTION, "Maliang", "");
  eco_basin_find(basin, "Magan", &item, &err);
  eco_assert_error(err, ECO_NOT_FOUND, "nothing is named 'Magan' in basin 'Mjosa'");
  eco_basin_find(basin, "Malian", &item, &err);
  eco_assert_error(err, ECO_NOT_FOUND, "nothing is named 'Malian' (did you mean 'Maliang'?)");
}
END_TEST

START_TEST(names_are_unique_over_all_kinds)
{
  added(ECO_LAKE, "Lena", "waters.csv:3");
  eco_item item;
  eco_basin_add(basin, ECO_REACH, "Lena", "study.lua:9", &item, &err);
  eco_assert_error(err, ECO_INVALID,
                   "reach 'Lena': the name is taken by a lake of waters.csv:3, names are unique in a basin");
  ck_assert_str_eq(err.place, "study.lua:9");
  ck_assert_uint_eq(eco__basin_n_items(basin), 1);
}
END_TEST

START_TEST(names_that_are_empty_long_or_no_text_are_refused)
{
  eco_item item;
  eco_basin_add(basin, ECO_REACH, "", "study.lua:9", &item, &err);
  eco_assert_error(err, ECO_INVALID, "reach: the name is empty, must have 1 to 100 bytes");
  ck_assert_int_eq(eco_basin_add(basin, ECO_REACH, NULL, "", &item, &err), ECO_INVALID);
  char name[102];
  memset(name, 'x', 101);
  name[101] = '\0';
  eco_basin_add(basin, ECO_REACH, name, "", &item, &err);
  eco_assert_error(err, ECO_INVALID,
                   "reach 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…': the name has 101 bytes, must have at most 100");
  name[100] = '\0';
  added(ECO_REACH, name, "");
  eco_basin_add(basin, ECO_REACH, "\xc3\x28", "", &item, &err);
  eco_assert_error(err, ECO_INVALID, "reach: the name is not UTF-8 text without control characters");
  eco_basin_add(basin, (eco_kind)99, "x", "", &item, &err);
  eco_assert_error(err, ECO_INVALID, "basin 'Mjosa': kind 99 is not known");
  eco_basin *other;
  ck_assert_int_eq(eco_basin_create(NULL, "", &other, &err), ECO_INVALID);
  eco_assert_error(err, ECO_INVALID, "basin: the name is empty, must have 1 to 100 bytes");
}
END_TEST

/* ---- numbers */

START_TEST(numbers_are_kept_in_the_unit_of_the_table)
{
  eco_item reach = added(ECO_REACH, "Lena", "a.lua:1");
  eco_assert_ok(eco_basin_set_number(basin, reach, "length", 12.5, "km", &err), err);
  ck_assert_double_eq(eco__item_number(basin, reach, "length"), 12500);
  eco_assert_ok(eco_basin_set_number(basin, reach, "length", 9000, NULL, &err), err); /* setting again replaces */
  ck_assert_double_eq(eco__item_number(basin, reach, "length"), 9000);
  eco_assert_ok(eco_basin_set_number(basin, reach, "side_slope", 50, "%", &err), err);
  ck_assert_double_eq(eco__item_number(basin, reach, "side_slope"), 0.5);
}
END_TEST

START_TEST(what_was_not_set_gives_the_fallback_of_the_table)
{
  eco_item reach = added(ECO_REACH, "Lena", "");
  ck_assert_double_eq(eco__item_number(basin, reach, "initial_depth"), 0.5);
  ck_assert(isnan(eco__item_number(basin, reach, "length")));
  ck_assert_double_eq(eco__item_monthly(basin, reach, "inflow.TP", 3), 0.0);
  ck_assert(isnan(eco__item_monthly(basin, reach, "inflow", 3)));
  ck_assert_ptr_null(eco__item_text(basin, reach, "county"));
  size_t n = 7;
  ck_assert_ptr_null(eco__item_array(basin, reach, "inflow", &n));
  ck_assert_uint_eq(n, 0);
}
END_TEST

START_TEST(numbers_outside_their_range_are_refused_with_value_and_unit)
{
  eco_item reach = added(ECO_REACH, "Lena", "a.lua:8");
  eco_basin_set_number(basin, reach, "side_slope", -0.1, NULL, &err);
  eco_assert_error(err, ECO_INVALID, "reach 'Lena': side_slope is -0.1, must be between 0 and 100");
  ck_assert_str_eq(err.place, "a.lua:8");
  eco_basin_set_number(basin, reach, "length", 0.5, "m", &err);
  eco_assert_error(err, ECO_INVALID, "reach 'Lena': length is 0.5 m, must be between 1 and 1e+07 m");
  eco_basin_set_number(basin, reach, "length", 0.0005, "km", &err);
  eco_assert_error(err, ECO_INVALID, "reach 'Lena': length is 0.0005 km (0.5 m), must be between 1 and 1e+07 m");
  eco_basin_set_number(basin, reach, "manning_n", NAN, NULL, &err);
  eco_assert_error(err, ECO_INVALID, "reach 'Lena': manning_n is nan s/m^(1/3), must be a finite number");
  ck_assert_int_eq(eco_basin_set_number(basin, reach, "manning_n", INFINITY, NULL, &err), ECO_INVALID);
  eco_assert_ok(eco_basin_set_number(basin, reach, "side_slope", 0, NULL, &err), err); /* the ends are inside */
  eco_assert_ok(eco_basin_set_number(basin, reach, "side_slope", 100, NULL, &err), err);
  ck_assert(isnan(eco__item_number(basin, reach, "length"))); /* nothing refused was kept */
}
END_TEST

START_TEST(units_of_another_dimension_are_refused)
{
  eco_item source = added(ECO_SOURCE, "plant", "s.csv:2");
  ck_assert_int_eq(eco_basin_set_number(basin, source, "conc.TP", 1, "t/d", &err), ECO_UNITS);
  eco_assert_error(err, ECO_UNITS,
                   "source 'plant': conc.TP: unit 't/d' is mass per time, expected mass per volume, as in 'mg/L'");
  ck_assert_str_eq(err.place, "s.csv:2");
  eco_assert_ok(eco_basin_set_number(basin, source, "flow", 86400, "t/d", &err), err);
  ck_assert_double_eq(eco__item_number(basin, source, "flow"), 1.0);
}
END_TEST

START_TEST(unknown_parameters_get_the_nearest_name)
{
  eco_item reach = added(ECO_REACH, "Lena", "a.lua:8"), source = added(ECO_SOURCE, "x", "a.lua:9");
  eco_basin_set_number(basin, reach, "lenght", 1, NULL, &err);
  eco_assert_error(err, ECO_NOT_FOUND, "reach 'Lena': no parameter 'lenght' (did you mean 'length'?)");
  ck_assert_str_eq(err.place, "a.lua:8");
  eco_basin_set_number(basin, reach, "volatility", 1, NULL, &err);
  eco_assert_error(err, ECO_NOT_FOUND, "reach 'Lena': no parameter 'volatility', 'ecosim params reach' lists them");
  eco_basin_set_number(basin, source, "cnoc.TP", 1, NULL, &err);
  eco_assert_error(err, ECO_NOT_FOUND, "source 'x': no parameter 'cnoc.TP' (did you mean 'conc.TP'?)");
  eco_basin_set_number(basin, source, NULL, 1, NULL, &err);
  eco_assert_error(err, ECO_NOT_FOUND, "source 'x': no parameter '', 'ecosim params source' lists them");
  eco_basin_set_number(basin, (eco_item){55}, "length", 1, NULL, &err);
  eco_assert_error(err, ECO_INVALID, "basin: no item has the number 55");
}
END_TEST

START_TEST(unknown_constituents_get_the_one_that_is_meant)
{
  eco_item source = added(ECO_SOURCE, "x", "");
  eco_basin_set_number(basin, source, "conc.NH4", 1, NULL, &err);
  eco_assert_error(err, ECO_NOT_FOUND, "source 'x': unknown constituent 'NH4' in 'conc.NH4' (did you mean 'NH3-N'?)");
  eco_basin_set_number(basin, source, "load.氨氮", 1, NULL, &err);
  eco_assert_error(err, ECO_NOT_FOUND, "source 'x': unknown constituent '氨氮' in 'load.氨氮' (did you mean 'NH3-N'?)");
  eco_basin_set_number(basin, source, "conc.CODmn", 1, NULL, &err);
  eco_assert_error(err, ECO_NOT_FOUND,
                   "source 'x': unknown constituent 'CODmn' in 'conc.CODmn' (did you mean 'CODMn'?)");
  eco_basin_set_number(basin, source, "conc.mercury", 1, NULL, &err);
  eco_assert_error(
    err, ECO_NOT_FOUND,
    "source 'x': unknown constituent 'mercury' in 'conc.mercury', expected CODMn, NH3-N, other N, TN, TP, DO, "
    "Cd or one of the basin's own");
}
END_TEST

START_TEST(every_state_and_total_nitrogen_can_stand_behind_the_point)
{
  eco_item source = added(ECO_SOURCE, "x", "");
  char param[32];
  for (size_t i = 0; i < eco_state_count(); i++) {
    snprintf(param, sizeof param, "conc.%s", eco_state_at(i)->name);
    eco_assert_ok(eco_basin_set_number(basin, source, param, (double)i + 1, "mg/L", &err), err);
  }
  for (size_t i = 0; i < eco_state_count(); i++) {
    snprintf(param, sizeof param, "conc.%s", eco_state_at(i)->name);
    ck_assert_double_eq(eco__item_number(basin, source, param), (double)i + 1);
  }
  eco_assert_ok(eco_basin_set_number(basin, source, "load.TN", 1, "t/d", &err), err);
  ck_assert_double_eq(eco__item_number(basin, source, "load.TN"), 1000);
  ck_assert_double_eq(eco__item_number(basin, source, "load.NH3-N"), 0);
}
END_TEST

/* ---- texts and arrays */

START_TEST(texts_are_kept_and_replaced)
{
  eco_item reach = added(ECO_REACH, "Lena", "a.lua:8");
  eco_assert_ok(eco_basin_set_text(basin, reach, "downstream", "Mjosa", &err), err);
  ck_assert_str_eq(eco__item_text(basin, reach, "downstream"), "Mjosa");
  eco_assert_ok(eco_basin_set_text(basin, reach, "downstream", "a lake with a much longer name", &err), err);
  ck_assert_str_eq(eco__item_text(basin, reach, "downstream"), "a lake with a much longer name");
  eco_assert_ok(eco_basin_set_text(basin, reach, "downstream", "长湖", &err), err);
  ck_assert_str_eq(eco__item_text(basin, reach, "downstream"), "长湖");
  eco_basin_set_text(basin, reach, "downstream", "", &err);
  eco_assert_error(err, ECO_INVALID, "reach 'Lena': downstream is empty, must be a text");
  ck_assert_int_eq(eco_basin_set_text(basin, reach, "downstream", "\xff", &err), ECO_INVALID);
  ck_assert_int_eq(eco_basin_set_text(basin, reach, "downstream", NULL, &err), ECO_INVALID);
}
END_TEST

START_TEST(a_parameter_given_in_the_wrong_form_says_what_it_must_be)
{
  eco_item reach = added(ECO_REACH, "Lena", ""), lake = added(ECO_LAKE, "Big", "");
  double three[3] = {1, 2, 3};
  eco_basin_set_text(basin, reach, "length", "long", &err);
  eco_assert_error(err, ECO_INVALID, "reach 'Lena': length is given a text, must be one number");
  eco_basin_set_number(basin, reach, "downstream", 1, NULL, &err);
  eco_assert_error(err, ECO_INVALID, "reach 'Lena': downstream is given one number, must be a text");
  eco_basin_set_array(basin, reach, "length", three, 3, NULL, &err);
  eco_assert_error(err, ECO_INVALID, "reach 'Lena': length is given 3 numbers, must be one number");
  eco_basin_set_array(basin, reach, "inflow", three, 3, NULL, &err);
  eco_assert_error(err, ECO_INVALID, "reach 'Lena': inflow is given 3 numbers, must be 1 or 12 numbers");
  eco_basin_set_array(basin, lake, "level", three, 1, NULL, &err);
  eco_assert_error(err, ECO_INVALID, "lake 'Big': level is given one number, must be 2 or more numbers");
  eco_basin_set_array(basin, lake, "level", three, 0, NULL, &err);
  eco_assert_error(err, ECO_INVALID, "lake 'Big': level is given 0 numbers, must be 2 or more numbers");
  ck_assert_int_eq(eco_basin_set_array(basin, lake, "level", NULL, 3, NULL, &err), ECO_INVALID);
}
END_TEST

START_TEST(monthly_parameters_take_one_or_twelve_numbers)
{
  eco_item reach = added(ECO_REACH, "Lena", "");
  eco_assert_ok(eco_basin_set_number(basin, reach, "inflow", 86400, "m3/d", &err), err);
  for (int month = 0; month < 12; month++)
    ck_assert_double_eq(eco__item_monthly(basin, reach, "inflow", month), 1.0);
  double flows[12] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  eco_assert_ok(eco_basin_set_array(basin, reach, "inflow", flows, 12, "m3/s", &err), err);
  size_t n;
  const double *kept = eco__item_array(basin, reach, "inflow", &n);
  ck_assert_uint_eq(n, 12);
  ck_assert_mem_eq(kept, flows, sizeof flows);
  flows[6] = -1;
  eco_basin_set_array(basin, reach, "inflow", flows, 12, "m3/s", &err);
  eco_assert_error(err, ECO_INVALID, "reach 'Lena': inflow of month 7 is -1 m3/s, must be between 0 and 1e+06 m3/s");
  ck_assert_double_eq(eco__item_monthly(basin, reach, "inflow", 6), 6.0); /* what was there stays */
}
END_TEST

START_TEST(tables_are_copied_and_converted)
{
  eco_item lake = added(ECO_LAKE, "Big", "");
  double areas[4] = {0, 1, 2, 3};
  eco_assert_ok(eco_basin_set_array(basin, lake, "area", areas, 4, "km2", &err), err);
  areas[0] = 77;
  size_t n;
  const double *kept = eco__item_array(basin, lake, "area", &n);
  ck_assert_uint_eq(n, 4);
  ck_assert_double_eq(kept[0], 0);
  ck_assert_double_eq(kept[3], 3e6);
  double shorter[2] = {5, 6};
  eco_assert_ok(eco_basin_set_array(basin, lake, "area", shorter, 2, "m2", &err), err);
  kept = eco__item_array(basin, lake, "area", &n);
  ck_assert_uint_eq(n, 2);
  ck_assert_double_eq(kept[1], 6);
  areas[2] = 1e9;
  eco_basin_set_array(basin, lake, "area", areas, 4, "km2", &err);
  eco_assert_error(err, ECO_INVALID,
                   "lake 'Big': area of value 3 is 1000000000 km2 (1e+15 m2), must be between 0 and 1e+12 m2");
}
END_TEST

/* ---- tables of words */

START_TEST(kinds_and_constituents_have_their_words)
{
  ck_assert_str_eq(eco_kind_word(ECO_RESERVOIR), "reservoir");
  ck_assert_str_eq(eco_kind_text(ECO_COUNTY), "who answers for what");
  ck_assert_str_eq(eco_kind_word((eco_kind)99), "?");
  ck_assert_str_eq(eco_kind_text(ECO_N_KINDS), "?");
  static const char *const states[] = {"CODMn", "NH3-N", "other N", "TP", "DO", "Cd"};
  static const char *const observables[] = {"CODMn", "NH3-N", "TN", "TP", "DO", "Cd"};
  ck_assert_uint_eq(eco_state_count(), 6);
  ck_assert_uint_eq(eco_observable_count(), 6);
  for (size_t i = 0; i < 6; i++) {
    ck_assert_str_eq(eco_state_at(i)->name, states[i]);
    ck_assert_str_eq(eco_observable_at(i)->name, observables[i]);
    ck_assert_str_eq(eco_state_at(i)->unit, "mg/L");
  }
  ck_assert_str_eq(eco_observable_at(2)->name_zh, "总氮");
  ck_assert_ptr_null(eco_state_at(6));
  ck_assert_ptr_null(eco_observable_at(6));
}
END_TEST

/* Every row can be read: its unit is known, its range is a range that holds its fallback, its name is its kind's own. */
START_TEST(every_row_of_the_parameter_table_is_sound)
{
  for (size_t i = 0; i < eco_spec_count(); i++) {
    const eco_spec *row = eco_spec_at(i);
    const char *word = eco_kind_word(row->kind);
    double out;
    ck_assert_msg(eco_unit_convert(1, row->unit, row->unit, &out, &err) == ECO_OK, "%s %s: %s", word, row->name,
                  err.text);
    ck_assert_msg(row->lowest <= row->highest, "%s %s", word, row->name);
    ck_assert_msg(isnan(row->fallback) || (row->fallback >= row->lowest && row->fallback <= row->highest), "%s %s",
                  word, row->name);
    for (size_t k = i + 1; k < eco_spec_count(); k++)
      ck_assert_msg(row->kind != eco_spec_at(k)->kind || strcmp(row->name, eco_spec_at(k)->name) != 0, "%s %s twice",
                    word, row->name);
  }
  ck_assert_ptr_null(eco_spec_at(eco_spec_count()));
}
END_TEST

/* ---- memory */

static eco_status describe_little(const eco_env *env, eco_basin **out)
{
  ECO__TRY(eco_basin_create(env, "small", out, &err));
  char name[32];
  double levels[3] = {1, 2, 3};
  for (int i = 0; i < 40; i++) { /* past the first growth of every list */
    eco_item item;
    snprintf(name, sizeof name, "lake %d", i);
    ECO__TRY(eco_basin_add(*out, ECO_LAKE, name, "here", &item, &err));
    ECO__TRY(eco_basin_set_array(*out, item, "level", levels, 3, "m", &err));
    ECO__TRY(eco_basin_set_number(*out, item, "initial.TP", 0.1, NULL, &err));
    ECO__TRY(eco_basin_set_text(*out, item, "county", "Shayang", &err));
  }
  return ECO_OK;
}

START_TEST(running_out_of_memory_at_any_call_is_reported_and_leaks_nothing)
{
  eco_test_allocator counter;
  bool done = false;
  for (size_t n = 1; !done; n++) {
    eco_env env = eco_test_env(&counter);
    counter.fail_at = n;
    eco_basin *small = NULL;
    eco_status status = describe_little(&env, &small);
    done = status == ECO_OK;
    if (!done)
      ck_assert_int_eq(status, ECO_NO_MEMORY);
    eco_basin_destroy(small);
    ck_assert_uint_eq(counter.blocks, 0);
    ck_assert_uint_eq(counter.bytes, 0);
    ck_assert_uint_eq(counter.wrong_sizes, 0);
    ck_assert_uint_lt(n, 1000);
  }
  ck_assert_uint_gt(counter.calls, 10);
}
END_TEST

START_TEST(an_item_that_could_not_be_added_is_not_there_and_can_be_added_later)
{
  eco_test_allocator counter;
  eco_env env = eco_test_env(&counter);
  eco_basin *small;
  eco_assert_ok(eco_basin_create(&env, "small", &small, &err), err);
  eco_item item;
  counter.fail_at = counter.calls + 2;
  ck_assert_int_eq(eco_basin_add(small, ECO_LAKE, "Big", "", &item, &err), ECO_NO_MEMORY);
  eco_assert_error(err, ECO_NO_MEMORY, "basin 'small': out of memory");
  counter.fail_at = 0;
  ck_assert_uint_eq(eco_basin_count(small, ECO_LAKE), 0);
  ck_assert_int_eq(eco_basin_find(small, "Big", &item, NULL), ECO_NOT_FOUND);
  eco_assert_ok(eco_basin_add(small, ECO_LAKE, "Big", "", &item, &err), err);
  eco_basin_destroy(small);
  ck_assert_uint_eq(counter.blocks, 0);
}
END_TEST

START_TEST(destroying_nothing_is_harmless)
{
  eco_basin_destroy(NULL);
}
END_TEST

static void add_case(Suite *suite, const char *name, const TTest *const *tests, size_t n)
{
  TCase *tcase = tcase_create(name);
  tcase_add_checked_fixture(tcase, set_up, tear_down);
  for (size_t i = 0; i < n; i++)
    tcase_add_test(tcase, tests[i]);
  suite_add_tcase(suite, tcase);
}

static Suite *make_suite(void)
{
  Suite *suite = suite_create("basin");
  const TTest *const items[] = {items_are_found_by_name_and_counted_by_kind_in_the_order_of_adding,
                                twenty_thousand_items_are_each_found, a_name_that_is_not_there_gets_the_nearest,
                                names_are_unique_over_all_kinds, names_that_are_empty_long_or_no_text_are_refused};
  const TTest *const numbers[] = {numbers_are_kept_in_the_unit_of_the_table,
                                  what_was_not_set_gives_the_fallback_of_the_table,
                                  numbers_outside_their_range_are_refused_with_value_and_unit,
                                  units_of_another_dimension_are_refused,
                                  unknown_parameters_get_the_nearest_name,
                                  unknown_constituents_get_the_one_that_is_meant,
                                  every_state_and_total_nitrogen_can_stand_behind_the_point};
  const TTest *const others[] = {texts_are_kept_and_replaced,
                                 a_parameter_given_in_the_wrong_form_says_what_it_must_be,
                                 monthly_parameters_take_one_or_twelve_numbers,
                                 tables_are_copied_and_converted,
                                 kinds_and_constituents_have_their_words,
                                 every_row_of_the_parameter_table_is_sound};
  const TTest *const memory[] = {running_out_of_memory_at_any_call_is_reported_and_leaks_nothing,
                                 an_item_that_could_not_be_added_is_not_there_and_can_be_added_later,
                                 destroying_nothing_is_harmless};
  add_case(suite, "items", items, sizeof items / sizeof items[0]);
  add_case(suite, "numbers", numbers, sizeof numbers / sizeof numbers[0]);
  add_case(suite, "texts, arrays, words", others, sizeof others / sizeof others[0]);
  add_case(suite, "memory", memory, sizeof memory / sizeof memory[0]);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
