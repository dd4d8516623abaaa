/* test_base.c -- errors, memory, dates, text, formats. */
#include "base/base.h"
#include "support/suite.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- errors */

START_TEST(the_version_is_that_of_the_header)
{
  char wanted[32];
  snprintf(wanted, sizeof wanted, "%d.%d.%d", ECO_VERSION_MAJOR, ECO_VERSION_MINOR, ECO_VERSION_PATCH);
  ck_assert_str_eq(eco_version(), wanted);
}
END_TEST

START_TEST(every_status_has_its_name_and_sentence)
{
#define X(name, value, text)                                   \
  ck_assert_int_eq(ECO_##name, value);                         \
  ck_assert_str_eq(eco_status_name(ECO_##name), "ECO_" #name); \
  ck_assert_str_eq(eco_status_text(ECO_##name), text);
  ECO_STATUS_MAP(X)
#undef X
  ck_assert_str_eq(eco_status_name((eco_status)-77), "ECO_?");
  ck_assert_str_eq(eco_status_text((eco_status)-77), "unknown status");
}
END_TEST

START_TEST(failing_fills_status_sentence_and_place)
{
  eco_error err;
  ck_assert_int_eq(eco__fail(&err, ECO_INVALID, "study.lua:14", "lake '%s': depth is %g m", "Changhu", -0.5),
                   ECO_INVALID);
  eco_assert_error(err, ECO_INVALID, "lake 'Changhu': depth is -0.5 m");
  ck_assert_str_eq(err.place, "study.lua:14");
  eco__fail(&err, ECO_IO, NULL, "no disk");
  ck_assert_str_eq(err.place, "");
}
END_TEST

START_TEST(failing_without_an_error_still_gives_the_status)
{
  ck_assert_int_eq(eco__fail(NULL, ECO_IO, "x", "%d", 3), ECO_IO);
}
END_TEST

START_TEST(a_sentence_can_be_put_in_front_of_the_error_that_is_there)
{
  eco_error err;
  eco__fail(&err, ECO_UNITS, "a.lua:1", "unit is odd");
  eco__fail(&err, ECO_UNITS, err.place, "lake 'x': %s", err.text);
  eco_assert_error(err, ECO_UNITS, "lake 'x': unit is odd");
  ck_assert_str_eq(err.place, "a.lua:1");
}
END_TEST

START_TEST(a_sentence_that_is_too_long_is_cut_at_a_whole_character)
{
  eco_error err;
  char text[600] = "";
  for (int i = 0; i < 190; i++) /* 570 bytes; 399 is 133 whole characters, 400 with one "x" in front is not */
    strcat(text, "湖");
  eco__fail(&err, ECO_INVALID, text, "%s", text);
  ck_assert_uint_eq(strlen(err.text), 399);
  ck_assert_uint_eq(strlen(err.place), 159);
  eco__fail(&err, ECO_INVALID, text, "x%s", text);
  ck_assert_uint_eq(strlen(err.text), 397);
  ck_assert(eco__is_utf8(err.text, strlen(err.text)));
}
END_TEST

/* ---- memory */

START_TEST(an_env_of_an_older_host_keeps_defaults_for_what_it_does_not_have)
{
  eco_test_allocator counter;
  eco_env host = eco_test_env(&counter);
  host.size = offsetof(eco_env, log);
  host.log = (eco_log_fn)(void (*)(void))abort; /* beyond the host's size: rubbish that must not be called */
  eco_env env = eco__env(&host);
  ck_assert_uint_eq(env.size, sizeof(eco_env));
  env.log(env.user, 0, "silent");
  ck_assert_int_eq(env.interrupted(env.user), 0);
  eco__free(&env, eco__alloc(&env, 10), 10);
  ck_assert_uint_eq(counter.calls, 1);
}
END_TEST

START_TEST(arena_pieces_are_zeroed_aligned_and_apart)
{
  eco_test_allocator counter;
  eco_env env = eco_test_env(&counter);
  eco__arena arena;
  eco__arena_open(&arena, &env);
  unsigned char *pieces[300];
  for (size_t i = 0; i < 300; i++) {
    size_t n = (i * 97) % 3000;
    pieces[i] = ECO__TAKE(&arena, unsigned char, n);
    ck_assert_ptr_nonnull(pieces[i]);
    ck_assert_uint_eq((uintptr_t)pieces[i] % 64, 0);
    for (size_t k = 0; k < n; k++)
      ck_assert_uint_eq(pieces[i][k], 0);
    memset(pieces[i], (int)(i % 255) + 1, n);
  }
  for (size_t i = 0; i < 300; i++)
    for (size_t k = 0; k < (i * 97) % 3000; k++)
      ck_assert_uint_eq(pieces[i][k], i % 255 + 1);
  ck_assert_ptr_nonnull(ECO__TAKE(&arena, double, 1000000)); /* larger than a chunk */
  ck_assert_str_eq(eco__arena_text(&arena, "长湖"), "长湖");
  eco__arena_close(&arena);
  ck_assert_uint_eq(counter.blocks, 0);
  ck_assert_uint_eq(counter.wrong_sizes, 0);
}
END_TEST

START_TEST(an_arena_refuses_sizes_that_overflow)
{
  eco__arena arena;
  eco__arena_open(&arena, NULL);
  ck_assert_ptr_null(eco__arena_take(&arena, SIZE_MAX / 4, 8));
  ck_assert_ptr_null(eco__arena_take(&arena, SIZE_MAX - 8, 1));
  eco__arena_close(&arena);
}
END_TEST

START_TEST(growing_keeps_what_is_there_and_changes_nothing_when_memory_is_out)
{
  eco_test_allocator counter;
  eco_env env = eco_test_env(&counter);
  void *data = NULL;
  size_t room = 0;
  for (int i = 0; i < 1000; i++) {
    ck_assert(eco__grow(&env, &data, &room, (size_t)i + 1, sizeof(int)));
    ((int *)data)[i] = i;
  }
  for (int i = 0; i < 1000; i++)
    ck_assert_int_eq(((int *)data)[i], i);
  ck_assert_uint_le(counter.calls, 8); /* 8 << 7 = 1024 */
  counter.fail_at = 1;
  void *before = data;
  size_t room_before = room;
  ck_assert(!eco__grow(&env, &data, &room, room + 1, sizeof(int)));
  ck_assert(!eco__grow(&env, &data, &room, SIZE_MAX / 2, sizeof(int)));
  ck_assert_ptr_eq(data, before);
  ck_assert_uint_eq(room, room_before);
  eco__free(&env, data, room * sizeof(int));
  ck_assert_uint_eq(counter.blocks, 0);
  ck_assert_uint_eq(counter.wrong_sizes, 0);
}
END_TEST

/* ---- dates */

START_TEST(days_of_known_dates)
{
  ck_assert_int_eq(eco_day_from_date(1970, 1, 1), 0);
  ck_assert_int_eq(eco_day_from_date(1969, 12, 31), -1);
  ck_assert_int_eq(eco_day_from_date(2000, 3, 1), 11017); /* 30 years of 365 d, 7 leap days before 2000, 60 d */
  ck_assert_int_eq(eco_day_from_date(2016, 2, 29) + 1, eco_day_from_date(2016, 3, 1));
  ck_assert_int_eq(eco_day_from_date(1900, 2, 28) + 1, eco_day_from_date(1900, 3, 1));
  ck_assert_int_eq(eco_day_from_date(2400, 1, 1) - eco_day_from_date(2000, 1, 1), 146097);
}
END_TEST

START_TEST(every_day_of_eight_centuries_comes_back_and_follows_the_one_before)
{
  static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  eco_day day = eco_day_from_date(1600, 1, 1);
  for (int year = 1600; year < 2400; year++)
    for (int month = 1; month <= 12; month++) {
      bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
      int length = lengths[month - 1] + (month == 2 && leap ? 1 : 0);
      ck_assert_int_eq(eco__next_month(day), day + length);
      for (int d = 1; d <= length; d++, day++) {
        int y, m, of_month;
        eco_day_to_date(day, &y, &m, &of_month);
        if (y != year || m != month || of_month != d || eco_day_from_date(year, month, d) != day)
          ck_abort_msg("%04d-%02d-%02d is day %d and comes back as %04d-%02d-%02d", year, month, d, day, y, m,
                       of_month);
      }
    }
}
END_TEST

START_TEST(days_long_before_and_after_our_time_come_back)
{
  for (eco_day day = -2000000; day <= 2000000; day += 997) {
    int y, m, d;
    eco_day_to_date(day, &y, &m, &d);
    ck_assert_int_eq(eco_day_from_date(y, m, d), day);
  }
}
END_TEST

START_TEST(only_dates_that_exist_are_read)
{
  eco_day day = 7;
  eco_error err;
  eco_assert_ok(eco_day_parse("2016-02-29", &day, &err), err);
  ck_assert_int_eq(day, eco_day_from_date(2016, 2, 29));
  static const char *const wrong[] = {"2016-1-31", "2016-01-31 ", "16-01-31", "2016/01/31",
                                      "",          "2016-0a-01",  "20160131"};
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
    ck_assert_int_eq(eco_day_parse(wrong[i], &day, &err), ECO_INVALID);
  ck_assert_int_eq(eco_day_parse("2015-02-29", &day, &err), ECO_INVALID);
  eco_assert_error(err, ECO_INVALID, "the date 2015-02-29 does not exist");
  ck_assert_int_eq(eco_day_parse("2015-13-01", &day, &err), ECO_INVALID);
  ck_assert_int_eq(eco_day_parse("2015-00-01", &day, &err), ECO_INVALID);
  ck_assert_int_eq(eco_day_parse("2015-01-00", &day, &err), ECO_INVALID);
  eco_day_parse("31.1.2016", &day, &err);
  eco_assert_error(err, ECO_INVALID, "'31.1.2016' is not a date, expected one like 2016-01-31");
  ck_assert_int_eq(eco_day_parse(NULL, &day, &err), ECO_INVALID);
  ck_assert_int_eq(day, eco_day_from_date(2016, 2, 29)); /* failing left it alone */
}
END_TEST

/* ---- text */

START_TEST(the_nearest_name_is_a_likely_misspelling_or_none)
{
  static const char *const names[] = {"slope", "length", "side_slope", "manning_n", "马良", "长湖"};
  ck_assert_str_eq(eco__nearest("slop", names, 6), "slope");
  ck_assert_str_eq(eco__nearest("slpoe", names, 6), "slope"); /* a swap is one edit */
  ck_assert_str_eq(eco__nearest("maning_m", names, 6), "manning_n");
  ck_assert_str_eq(eco__nearest("lenght", names, 6), "length");
  ck_assert_ptr_null(eco__nearest("velocity", names, 6));
  ck_assert_ptr_null(eco__nearest("", names, 6));
  ck_assert_ptr_null(eco__nearest("xy", names, 6)); /* two edits, but nothing of the word is left */
  ck_assert_ptr_null(eco__nearest("slope", names, 0));
  char long_word[300];
  memset(long_word, 'a', sizeof long_word - 1);
  long_word[sizeof long_word - 1] = '\0';
  ck_assert_ptr_null(eco__nearest(long_word, names, 6));
}
END_TEST

START_TEST(the_nearest_name_of_several_lists_is_the_nearest_of_all)
{
  const struct lake {
    double area;
    const char *name;
  } lakes[] = {{1, "rivers"}, {2, "changhu"}};
  const struct river {
    const char *name;
  } rivers[] = {{"river"}, {"zhupi_he"}};
  const eco__names lists[] = {ECO__NAMES(lakes, 2, struct lake), ECO__NAMES(rivers, 2, struct river)};
  ck_assert_str_eq(eco__nearest_in("rivr", lists, 2), "river"); /* one edit; an earlier list has one with two */
  ck_assert_str_eq(eco__nearest_in("rivrs", lists, 2), "rivers");
  ck_assert_str_eq(eco__nearest_in("zhupi", lists, 2), "zhupi_he"); /* the only one that begins so */
  ck_assert_ptr_null(eco__nearest_in("canal", lists, 2));
  size_t list = 9;
  uint32_t index = 9;
  ck_assert(eco__find_name(lists, 2, "zhupi_he", &list, &index));
  ck_assert(list == 1 && index == 1);
  ck_assert(!eco__find_name(lists, 2, "zhupi", &list, &index));
  ck_assert(list == 1 && index == 1);
}
END_TEST

START_TEST(the_only_name_that_begins_with_the_word_is_meant)
{
  static const char *const names[] = {"maliang_gongjiawan", "changhu_hougang", "changhu_guanjukou"};
  ck_assert_str_eq(eco__nearest("maliang", names, 3), "maliang_gongjiawan");
  ck_assert_ptr_null(eco__nearest("changhu", names, 3)); /* two of them */
  ck_assert_ptr_null(eco__nearest("mal", names, 3));     /* too little to go by */
}
END_TEST

START_TEST(the_first_of_equally_near_names_is_taken)
{
  static const char *const names[] = {"reach 2", "reach 3"};
  ck_assert_str_eq(eco__nearest("reach 1", names, 2), "reach 2");
}
END_TEST

START_TEST(only_well_formed_utf8_without_control_characters_is_text)
{
  static const char *const good[] = {"", "Lena", "长湖", "µg", "\xf0\x9f\x90\x9f", "\xf4\x8f\xbf\xbf"};
  static const char *const bad[] = {"\x80",
                                    "\xc3",
                                    "\xc0\xaf",
                                    "\xe0\x80\xaf",
                                    "\xed\xa0\x80",
                                    "\xf4\x90\x80\x80",
                                    "\xf5\x80\x80\x80",
                                    "\xf0\x80\x80\x80",
                                    "a\nb",
                                    "\x7f",
                                    "\xe9\x95"};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
    ck_assert_msg(eco__is_utf8(good[i], strlen(good[i])), "good %zu", i);
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
    ck_assert_msg(!eco__is_utf8(bad[i], strlen(bad[i])), "bad %zu", i);
}
END_TEST

/* ---- numbers in texts */

static double parsed(const char *text)
{
  double value = NAN;
  ck_assert_msg(eco__parse_number(text, strlen(text), &value), "'%s' was not read", text);
  return value;
}

START_TEST(numbers_are_read_as_the_nearest_double)
{
  ck_assert_double_eq(parsed("0"), 0.0);
  ck_assert_double_eq(parsed("-0.5"), -0.5);
  ck_assert_double_eq(parsed("+1e-3"), 1e-3);
  ck_assert_double_eq(parsed(".5"), 0.5);
  ck_assert_double_eq(parsed("5."), 5.0);
  ck_assert_double_eq(parsed("0.1"), 0.1);
  ck_assert_double_eq(parsed("000123.4560e1"), 1234.56);
  ck_assert_double_eq(parsed("1e23"), 1e23); /* not a product of exact doubles */
  ck_assert_double_eq(parsed("8.41e21"), 8.41e21);
  ck_assert_double_eq(parsed("9007199254740993"), 9007199254740992.0); /* a tie: to even */
  ck_assert_double_eq(parsed("1.7976931348623157e308"), 1.7976931348623157e308);
  ck_assert_double_eq(parsed("4.9406564584124654e-324"), 4.9406564584124654e-324);
  ck_assert_double_eq(parsed("1e-999"), 0.0);
  ck_assert_double_eq(parsed("0e999999999999"), 0.0);
  ck_assert(signbit(parsed("-0")));
}
END_TEST

START_TEST(what_is_no_number_is_refused_and_leaves_the_result_alone)
{
  static const char *const wrong[] = {"",     ".",   "-",   "e5",    "1e",  "1e+",   "1,5",   " 1",  "1 ",
                                      "0x10", "inf", "nan", "1.2.3", "--1", "1e1.5", "1e999", "1d5", "1_000"};
  double value = 42.0;
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
    ck_assert_msg(!eco__parse_number(wrong[i], strlen(wrong[i]), &value), "'%s' was read", wrong[i]);
  ck_assert_double_eq(value, 42.0);
  ck_assert(eco__parse_number("12345", 2, &value)); /* only as far as it is told */
  ck_assert_double_eq(value, 12.0);
}
END_TEST

START_TEST(random_doubles_written_with_17_digits_come_back)
{
  for (uint32_t i = 0; i < 20000; i++) {
    uint32_t word[4];
    eco__philox((const uint32_t[4]){i, 0, 0, 0}, (const uint32_t[2]){1, 2}, word);
    uint64_t bits = ((uint64_t)word[0] << 32) | word[1];
    double value;
    memcpy(&value, &bits, sizeof value);
    if (!isfinite(value))
      continue;
    char text[40];
    ck_assert(eco__format(text, sizeof text, "%.17g", value));
    ck_assert_double_eq(parsed(text), value);
  }
}
END_TEST

START_TEST(formats_give_what_printf_gives)
{
  char made[200], wanted[200];
#define SAME(...)                                           \
  do {                                                      \
    ck_assert(eco__format(made, sizeof made, __VA_ARGS__)); \
    snprintf(wanted, sizeof wanted, __VA_ARGS__);           \
    ck_assert_str_eq(made, wanted);                         \
  } while (0)
  SAME("%%");
  SAME("plain");
  SAME("%s and %.3s", "first", "second");
  SAME("%d %i %u %5d|%-5d|%05d", -3, 4, 5u, 6, 7, 8);
  SAME("%ld %lu %lld %llu %zu", -1L, 1UL, -2LL, 2ULL, (size_t)3);
  SAME("%x %08X %c", 255u, 48879u, 'z');
  SAME("%g %.3f %10.2e %-12g| %+.17g", 0.1, 3.14159, 12345.678, 1e-20, 1.0 / 3.0);
  SAME("%.*f %*d %.*s", 2, 1.005, 7, 42, 3, "abcdef");
  SAME("%g %g %f", INFINITY, -INFINITY, (double)NAN);
  SAME("%10s|%-10s|%10.2s|", "right", "left", "cut");
#undef SAME
}
END_TEST

START_TEST(a_format_that_does_not_fit_is_cut_and_says_so)
{
  char out[8];
  ck_assert(eco__format(out, sizeof out, "%s", "1234567"));
  ck_assert(!eco__format(out, sizeof out, "%s", "12345678"));
  ck_assert_str_eq(out, "1234567");
  ck_assert(!eco__format(out, sizeof out, "%s%d", "长湖", 12)); /* 6 + 2 bytes: one of them does not fit */
  ck_assert_str_eq(out, "长湖1");
  ck_assert(!eco__format(out, 1, "%d", 1));
  ck_assert_str_eq(out, "");
  ck_assert(!eco__format(NULL, 0, "%d", 1));
}
END_TEST

START_TEST(a_decimal_comma_of_the_host_changes_nothing)
{
  static const char *const comma_locales[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "sv_SE.UTF-8", "nb_NO.UTF-8"};
  double many_digits = strtod("1.23456789012345678e-30", NULL); /* still in the C locale */
  const char *set = NULL;
  for (size_t i = 0; set == NULL && i < sizeof comma_locales / sizeof comma_locales[0]; i++)
    set = setlocale(LC_ALL, comma_locales[i]);
  if (set == NULL)
    return; /* no such locale on this machine */
  char text[40];
  ck_assert(eco__format(text, sizeof text, "%.3f and %g", 1.5, 2e-7));
  ck_assert_str_eq(text, "1.500 and 2e-07");
  ck_assert_double_eq(parsed("1.5"), 1.5);
  ck_assert_double_eq(parsed("1.23456789012345678e-30"), many_digits);
  eco_error err;
  eco__fail(&err, ECO_INVALID, "", "depth is %g m", 0.25);
  ck_assert_str_eq(err.text, "depth is 0.25 m");
  setlocale(LC_ALL, "C");
}
END_TEST

/* ---- sums */

START_TEST(a_compensated_sum_loses_one_rounding_not_n)
{
  eco__sum sum = {0.0, 0.0};
  eco__sum_add(&sum, 1e16);
  for (int i = 0; i < 1000; i++)
    eco__sum_add(&sum, 1.0);
  eco__sum_add(&sum, -1e16);
  ck_assert_double_eq(eco__sum_value(&sum), 1000.0);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("base");
  TCase *errors = tcase_create("errors");
  tcase_add_test(errors, the_version_is_that_of_the_header);
  tcase_add_test(errors, every_status_has_its_name_and_sentence);
  tcase_add_test(errors, failing_fills_status_sentence_and_place);
  tcase_add_test(errors, failing_without_an_error_still_gives_the_status);
  tcase_add_test(errors, a_sentence_can_be_put_in_front_of_the_error_that_is_there);
  tcase_add_test(errors, a_sentence_that_is_too_long_is_cut_at_a_whole_character);
  suite_add_tcase(suite, errors);
  TCase *memory = tcase_create("memory");
  tcase_add_test(memory, an_env_of_an_older_host_keeps_defaults_for_what_it_does_not_have);
  tcase_add_test(memory, arena_pieces_are_zeroed_aligned_and_apart);
  tcase_add_test(memory, an_arena_refuses_sizes_that_overflow);
  tcase_add_test(memory, growing_keeps_what_is_there_and_changes_nothing_when_memory_is_out);
  suite_add_tcase(suite, memory);
  TCase *dates = tcase_create("dates");
  tcase_add_test(dates, days_of_known_dates);
  tcase_add_test(dates, every_day_of_eight_centuries_comes_back_and_follows_the_one_before);
  tcase_add_test(dates, days_long_before_and_after_our_time_come_back);
  tcase_add_test(dates, only_dates_that_exist_are_read);
  suite_add_tcase(suite, dates);
  TCase *text = tcase_create("text");
  tcase_add_test(text, the_nearest_name_is_a_likely_misspelling_or_none);
  tcase_add_test(text, the_nearest_name_of_several_lists_is_the_nearest_of_all);
  tcase_add_test(text, the_only_name_that_begins_with_the_word_is_meant);
  tcase_add_test(text, the_first_of_equally_near_names_is_taken);
  tcase_add_test(text, only_well_formed_utf8_without_control_characters_is_text);
  tcase_add_test(text, numbers_are_read_as_the_nearest_double);
  tcase_add_test(text, what_is_no_number_is_refused_and_leaves_the_result_alone);
  tcase_add_test(text, random_doubles_written_with_17_digits_come_back);
  tcase_add_test(text, formats_give_what_printf_gives);
  tcase_add_test(text, a_format_that_does_not_fit_is_cut_and_says_so);
  tcase_add_test(text, a_decimal_comma_of_the_host_changes_nothing);
  tcase_add_test(text, a_compensated_sum_loses_one_rounding_not_n);
  suite_add_tcase(suite, text);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
