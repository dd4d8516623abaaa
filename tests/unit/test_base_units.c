/* test_base_units.c -- unit texts and quantities. */
#include "base/base.h"
#include "support/suite.h"

#include <math.h>
#include <string.h>

static double converted(double value, const char *unit, const char *wanted)
{
  double out = NAN;
  eco_error err;
  eco_assert_ok(eco_unit_convert(value, unit, wanted, &out, &err), err);
  return out;
}

/* Factors are fractions of whole numbers: what is exact on paper is exact here. */
START_TEST(conversions_that_are_exact_on_paper_are_exact)
{
  ck_assert_double_eq(converted(1, "km", "m"), 1000);
  ck_assert_double_eq(converted(7, "cm", "m"), 0.07);
  ck_assert_double_eq(converted(3, "mm", "m"), 0.003);
  ck_assert_double_eq(converted(2.5, "km2", "m2"), 2.5e6);
  ck_assert_double_eq(converted(1, "ha", "m2"), 1e4);
  ck_assert_double_eq(converted(1, "公顷", "ha"), 1);
  ck_assert_double_eq(converted(15, "亩", "ha"), 1);
  ck_assert_double_eq(converted(1000, "L", "m3"), 1);
  ck_assert_double_eq(converted(1, "亿m3", "万m3"), 1e4);
  ck_assert_double_eq(converted(1, "1e8m3", "亿m3"), 1);
  ck_assert_double_eq(converted(1, "d", "s"), 86400);
  ck_assert_double_eq(converted(90, "min", "h"), 1.5);
  ck_assert_double_eq(converted(1, "吨", "kg"), 1000);
  ck_assert_double_eq(converted(1, "t", "ug"), 1e12);
  ck_assert_double_eq(converted(86400, "m3/d", "m3/s"), 1);
  ck_assert_double_eq(converted(0.3, "g/m3", "mg/L"), 0.3);
  ck_assert_double_eq(converted(5, "ug/L", "mg/L"), 0.005);
  ck_assert_double_eq(converted(1, "kg/m3", "mg/L"), 1000);
  ck_assert_double_eq(converted(12, "µg/L", "ug/L"), 12);
  ck_assert_double_eq(converted(12, "μg/L", "ug/L"), 12);
  ck_assert_double_eq(converted(1, "t/a", "kg/a"), 1000);
  ck_assert_double_eq(converted(10, "kg/ha/a", "kg/km2/a"), 1000);
  ck_assert_double_eq(converted(1, "kg/亩", "kg/ha"), 15);
  ck_assert_double_eq(converted(50, "%", ""), 0.5);
  ck_assert_double_eq(converted(2, "%", "mg/kg"), 20000);
  ck_assert_double_eq(converted(15, "degC", "C"), 15);
  ck_assert_double_eq(converted(15, "℃", "C"), 15);
  ck_assert_double_eq(converted(2, "万元", "cny"), 20000);
  ck_assert_double_eq(converted(1, "亿元", "万元"), 1e4);
  ck_assert_double_eq(converted(1, "kWh", "W*h"), 1000);
  ck_assert_double_eq(converted(24, "1/d", "1/h"), 1);
  ck_assert_double_eq(converted(0.03, "s/m^(1/3)", "s/m^(1/3)"), 0.03);
  ck_assert_double_eq(converted(25, "W/m2/K", "W/m²/K"), 25);
  ck_assert_double_eq(converted(1, "m³", "m^3"), 1);
  ck_assert_double_eq(converted(4, "W·h", "W*h"), 4);
  ck_assert_double_eq(converted(1.2, "g/m2/d", "mg/m2/d"), 1200);
  ck_assert_double_eq(converted(1, "万吨", "t"), 1e4);
  ck_assert_double_eq(converted(1.5, "", ""), 1.5);
}
END_TEST

START_TEST(a_null_unit_is_a_pure_number)
{
  ck_assert_double_eq(converted(3, NULL, ""), 3);
  ck_assert_double_eq(converted(3, "", NULL), 3);
}
END_TEST

START_TEST(UNI_1_a_year_is_365_days)
{
  ck_assert_double_eq(converted(1, "a", "d"), 365);
  ck_assert_double_eq(converted(365, "mm/a", "mm/d"), 1);
  ck_assert_double_eq(converted(365, "t/年", "t/d"), 1);
}
END_TEST

START_TEST(UNI_2_tonnes_per_time_are_water_where_a_flow_is_wanted)
{
  ck_assert_double_eq(converted(86400, "t/d", "m3/s"), 1);
  ck_assert_double_eq(converted(8.64, "万吨/日", "m3/s"), 1);
  ck_assert_double_eq(converted(1, "万t/d", "m3/d"), 1e4);
  ck_assert_double_eq(converted(1, "t/d", "kg/d"), 1000); /* and mass where mass is wanted */
  double out = 7;
  eco_error err;
  ck_assert_int_eq(eco_unit_convert(1, "kg/d", "m3/s", &out, &err), ECO_UNITS);
  ck_assert_int_eq(eco_unit_convert(1, "t", "m3", &out, &err), ECO_UNITS);
  ck_assert_int_eq(eco_unit_convert(1, "m3/s", "t/d", &out, &err), ECO_UNITS);
  ck_assert_double_eq(out, 7);
}
END_TEST

START_TEST(UNI_3_degrees_Celsius_stand_alone)
{
  double out;
  eco_error err;
  ck_assert_int_eq(eco_unit_convert(1, "W/m2/C", "W/m2/K", &out, &err), ECO_UNITS);
  ck_assert_int_eq(eco_unit_convert(1, "1/C", "1/C", &out, &err), ECO_UNITS);
  eco_unit_convert(1, "K", "C", &out, &err);
  eco_assert_error(err, ECO_UNITS, "unit 'K' is a temperature difference, expected a temperature, as in 'C'");
}
END_TEST

static const char *complaint(const char *unit, const char *wanted, eco_error *err)
{
  double out = 7;
  ck_assert_int_eq(eco_unit_convert(1, unit, wanted, &out, err), ECO_UNITS);
  ck_assert_double_eq(out, 7);
  return err->text;
}

START_TEST(units_that_do_not_agree_are_named_with_their_dimensions)
{
  eco_error err;
  ck_assert_str_eq(complaint("t/d", "mg/L", &err),
                   "unit 't/d' is mass per time, expected mass per volume, as in 'mg/L'");
  ck_assert_str_eq(complaint("m", "m2", &err), "unit 'm' is a length, expected an area, as in 'm2'");
  ck_assert_str_eq(complaint("", "m", &err), "a unit is missing, expected a length, as in 'm'");
  ck_assert_str_eq(complaint("m", "", &err), "unit 'm' is a length, expected a pure number");
  ck_assert_str_eq(complaint("kg", "s/m^(1/3)", &err),
                   "unit 'kg' is a mass, expected length^(-1/3) time, as in 's/m^(1/3)'");
  ck_assert_str_eq(complaint("kg2", "m", &err), "unit 'kg2' is mass^2, expected a length, as in 'm'");
}
END_TEST

START_TEST(unknown_units_get_the_nearest_spelling)
{
  eco_error err;
  ck_assert_str_eq(complaint("mg/l", "mg/L", &err), "unit 'mg/l' is not known (did you mean 'mg/L'?)");
  ck_assert_str_eq(complaint("kg/ha/y", "kg/ha/a", &err), "unit 'kg/ha/y' is not known (did you mean 'kg/ha/a'?)");
  ck_assert_str_eq(complaint("furlongs", "m", &err), "unit 'furlongs' is not known, doc/units.md lists those that are");
}
END_TEST

START_TEST(texts_that_are_no_unit_are_refused)
{
  static const char *const wrong[] = {"/d",  "m/",   "m//s",   "m s", "m^",   "m^(1/2)", "m^(1/0)",  "m0",  "km^(1/3)",
                                      "m-1", "2.5m", "m^(1/3", "万",  "0m",   "m99",     "m*",       "(m)", " m",
                                      "m ",  "e8m3", "1e99m",  "²",   "1/1e", "千克",    "m/s/s/s/", "·m"};
  double out;
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
    ck_assert_msg(eco_unit_convert(1, wrong[i], "m", &out, NULL) == ECO_UNITS, "'%s' was read", wrong[i]);
}
END_TEST

START_TEST(quantities_are_a_number_and_a_unit)
{
  static const struct {
    const char *text;
    double value;
    const char *unit;
  } rows[] = {{"80000 t/d", 80000, "t/d"},
              {"30mg/L", 30, "mg/L"},
              {"-1.5e-3 m", -1.5e-3, "m"},
              {"  7  ", 7, ""},
              {"8万吨/日", 8, "万吨/日"},
              {"12.5%", 12.5, "%"},
              {"1 1/d", 1, "1/d"},
              {"3 1e8m3", 3, "1e8m3"},
              {"5e", 5, "e"},
              {"0.03 s/m^(1/3)\t", 0.03, "s/m^(1/3)"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    double value;
    char unit[32];
    eco_error err;
    eco_assert_ok(eco_quantity_parse(rows[i].text, &value, unit, &err), err);
    ck_assert_double_eq(value, rows[i].value);
    ck_assert_str_eq(unit, rows[i].unit);
  }
}
END_TEST

START_TEST(what_is_no_quantity_is_refused)
{
  double value = 7;
  char unit[32] = "kept";
  eco_error err;
  eco_quantity_parse("much", &value, unit, &err);
  eco_assert_error(err, ECO_INVALID, "'much' is not a quantity, expected a number and a unit such as '30 mg/L'");
  eco_quantity_parse("80,000 t/d", &value, unit, &err);
  eco_assert_error(err, ECO_INVALID, "'80,000 t/d' is not a quantity: a number has a point and no separators");
  eco_quantity_parse("1 m/m/m/m/m/m/m/m/m/m/m/m/m/m/m/m/m", &value, unit, &err);
  eco_assert_error(err, ECO_INVALID,
                   "'1 m/m/m/m/m/m/m/m/m/m/m/m/m/m/m/m/m' is not a quantity: its unit is longer than 31 bytes");
  static const char *const wrong[] = {"", "   ", "mg/L", "1.2.3 m", ".", "-", "+ 5 m", "1e999 m"};
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
    ck_assert_msg(eco_quantity_parse(wrong[i], &value, unit, NULL) == ECO_INVALID, "'%s' was read", wrong[i]);
  ck_assert_int_eq(eco_quantity_parse(NULL, &value, unit, &err), ECO_INVALID);
  ck_assert_double_eq(value, 7);
  ck_assert_str_eq(unit, "kept");
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("base: units");
  TCase *all = tcase_create("units");
  tcase_add_test(all, conversions_that_are_exact_on_paper_are_exact);
  tcase_add_test(all, a_null_unit_is_a_pure_number);
  tcase_add_test(all, UNI_1_a_year_is_365_days);
  tcase_add_test(all, UNI_2_tonnes_per_time_are_water_where_a_flow_is_wanted);
  tcase_add_test(all, UNI_3_degrees_Celsius_stand_alone);
  tcase_add_test(all, units_that_do_not_agree_are_named_with_their_dimensions);
  tcase_add_test(all, unknown_units_get_the_nearest_spelling);
  tcase_add_test(all, texts_that_are_no_unit_are_refused);
  tcase_add_test(all, quantities_are_a_number_and_a_unit);
  tcase_add_test(all, what_is_no_quantity_is_refused);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
