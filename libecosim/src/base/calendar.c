/* calendar.c -- days and dates of the proleptic Gregorian calendar.
 *
 * The year is counted from March, so that the leap day is its last day and months have their lengths by one linear
 * rule: month m of that year (0 = March) begins (153 m + 2) / 5 days into it. 400 years are 146097 days. */
#include "base/base.h"

#include <string.h>

enum { DAYS_OF_ERA = 146097, DAYS_BEFORE_1970 = 719468 }; /* from 0000-03-01 to 1970-01-01 */

static int64_t floor_divide(int64_t a, int64_t b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

eco_day eco_day_from_date(int year, int month, int day)
{
  int64_t march_months = (int64_t)year * 12 + month - 3;
  int64_t march_year = floor_divide(march_months, 12);
  int64_t march_month = march_months - march_year * 12;
  int64_t era = floor_divide(march_year, 400);
  int64_t year_of_era = march_year - era * 400;
  int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return (eco_day)(era * DAYS_OF_ERA + day_of_era - DAYS_BEFORE_1970);
}

void eco_day_to_date(eco_day day, int *year, int *month, int *day_of_month)
{
  int64_t shifted = (int64_t)day + DAYS_BEFORE_1970;
  int64_t era = floor_divide(shifted, DAYS_OF_ERA);
  int64_t day_of_era = shifted - era * DAYS_OF_ERA;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t march_month = (5 * day_of_year + 2) / 153;
  *day_of_month = (int)(day_of_year - (153 * march_month + 2) / 5 + 1);
  *month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
  *year = (int)(year_of_era + era * 400 + (*month <= 2 ? 1 : 0));
}

void eco__month_of(eco_day day, int *year, int *month0)
{
  int month, day_of_month;
  eco_day_to_date(day, year, &month, &day_of_month);
  *month0 = month - 1;
}

eco_day eco__next_month(eco_day day)
{
  int year, month0;
  eco__month_of(day, &year, &month0);
  return eco_day_from_date(year, month0 + 2, 1); /* a 13th month is next year's first */
}

static bool read_digits(const char *text, int n, int *out)
{
  *out = 0;
  for (int i = 0; i < n; i++) {
    if (text[i] < '0' || text[i] > '9')
      return false;
    *out = *out * 10 + (text[i] - '0');
  }
  return true;
}

eco_status eco_day_parse(const char *text, eco_day *out, eco_error *err)
{
  int year, month, day;
  if (text == NULL)
    return eco__fail(err, ECO_INVALID, "", "a date is missing, expected one like 2016-01-31");
  if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' || !read_digits(text, 4, &year) ||
      !read_digits(text + 5, 2, &month) || !read_digits(text + 8, 2, &day))
    return eco__fail(err, ECO_INVALID, "", "'%s' is not a date, expected one like 2016-01-31", text);
  int back_year, back_month, back_day;
  eco_day made = eco_day_from_date(year, month, day);
  eco_day_to_date(made, &back_year, &back_month, &back_day);
  /* 2015-02-29 becomes 2015-03-01: a date that comes back as another one does not exist */
  if (back_year != year || back_month != month || back_day != day)
    return eco__fail(err, ECO_INVALID, "", "the date %s does not exist", text);
  *out = made;
  return ECO_OK;
}
