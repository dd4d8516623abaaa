/* test_month_flow.c -- daily flows out of monthly means: volume, sign, evenness, no steps, no bumps. */
#include "land/land.h"
#include "suite.h"

#include <math.h>

/* Daily flows of `n` months from January of `year` on; means[-1] and means[n] are the neighbours'. */
enum { MOST_DAYS = 31 * 60 };
typedef struct flows {
  size_t n_days, first[61];
  double day[MOST_DAYS];
} flows;

static int length_of(int year, int month0)
{
  eco_day first = eco_day_from_date(year + month0 / 12, month0 % 12 + 1, 1);
  return (int)(eco__next_month(first) - first);
}

static void disaggregate(int year, const double *means, int n, flows *out)
{
  out->n_days = 0;
  for (int m = 0; m < n; m++) {
    int before = m > 0 ? length_of(year, m - 1) : 31, days[3] = {before, length_of(year, m), length_of(year, m + 1)};
    out->first[m] = out->n_days;
    for (int d = 1; d <= days[1]; d++)
      out->day[out->n_days++] = eco__flow_of_day(means + m - 1, days, d);
  }
  out->first[n] = out->n_days;
}

static double random_flow(uint32_t series, int month)
{
  /* three decades, and one month in ten dry */
  double u = eco__uniform(4, series, 1, (uint64_t)month), dry = eco__uniform(4, series, 2, (uint64_t)month);
  return dry < 0.1 ? 0.0 : pow(10.0, 3.0 * u);
}

/* Sum of n terms of size m: n roundings of n m at most. */
static void check_volumes(const flows *f, const double *means, int n)
{
  for (int m = 0; m < n; m++) {
    double sum = 0.0, days = (double)(f->first[m + 1] - f->first[m]);
    for (size_t d = f->first[m]; d < f->first[m + 1]; d++) {
      ck_assert_double_ge(f->day[d], 0.0);
      sum += f->day[d];
    }
    ck_assert_msg(fabs(sum - days * means[m]) <= days * means[m] * days * 2.3e-16 + 1e-300,
                  "month %d: %.17g m3/s d, expected %.17g", m + 1, sum, days * means[m]);
  }
}

START_TEST(FLO_4_keeps_the_volume_of_every_month_leap_years_too)
{
  double means[62];
  flows f;
  for (uint32_t series = 0; series < 200; series++) {
    for (int m = 0; m < 62; m++)
      means[m] = random_flow(series, m);
    disaggregate(2015, means + 1, 60, &f); /* 2016 is a leap year */
    ck_assert_uint_eq(f.n_days, 1826);
    check_volumes(&f, means + 1, 60);
  }
}
END_TEST

START_TEST(FLO_1_the_same_every_month_is_the_same_every_day)
{
  const double means[14] = {117.2, 117.2, 117.2, 117.2, 117.2, 117.2, 117.2,
                            117.2, 117.2, 117.2, 117.2, 117.2, 117.2, 117.2};
  const double none[14] = {0};
  flows f;
  disaggregate(2016, means + 1, 12, &f);
  for (size_t d = 0; d < f.n_days; d++)
    ck_assert_double_eq(f.day[d], 117.2);
  disaggregate(2016, none + 1, 12, &f);
  for (size_t d = 0; d < f.n_days; d++)
    ck_assert_double_eq(f.day[d], 0.0);
}
END_TEST

/* A factor on all months is one on all days: a factor that is a power of two to the bit. */
START_TEST(FLO_a_factor_on_the_months_is_one_on_the_days)
{
  double means[14], four[14];
  flows f, g;
  for (int m = 0; m < 14; m++) {
    means[m] = random_flow(77, m);
    four[m] = 4.0 * means[m];
  }
  disaggregate(2016, means + 1, 12, &f);
  disaggregate(2016, four + 1, 12, &g);
  for (size_t d = 0; d < f.n_days; d++)
    ck_assert_double_eq(4.0 * f.day[d], g.day[d]);
}
END_TEST

/* FLO-1 shares the flow at the turn of a month between both: the last day and the first differ by no more than the slopes
 * beside it, half a day each. Slopes are at most 6 (the largest mean) a month: of the parabola |q'| <= 4 e + 2 e + 6 m <=
 * 24 m with e <= 3 m is a bound, of FLO-2 8 (e_1 - e_0). */
START_TEST(FLO_1_there_is_no_step_at_the_turn_of_a_month)
{
  double means[62];
  flows f;
  for (uint32_t series = 0; series < 200; series++) {
    for (int m = 0; m < 62; m++)
      means[m] = random_flow(series, m) + 1.0;
    disaggregate(2015, means + 1, 60, &f);
    for (int m = 1; m < 60; m++) {
      double low = fmin(means[m], means[m + 1]), high = fmax(means[m], means[m + 1]);
      double step = fabs(f.day[f.first[m]] - f.day[f.first[m] - 1]);
      ck_assert_double_le(step, (24.0 * low + 8.0 * high) / 28.0);
    }
  }
  /* and in the limit of short days there is none: ten thousand days a month */
  const int many[3] = {10000, 10000, 10000};
  for (uint32_t series = 0; series < 50; series++) {
    const double m[4] = {random_flow(series, 0) + 1, random_flow(series, 1) + 1, random_flow(series, 2) + 1,
                         random_flow(series, 3) + 1};
    double last = eco__flow_of_day(m, many, 10000), next = eco__flow_of_day(m + 1, many, 1);
    ck_assert_double_le(fabs(last - next), 32.0 * fmax(m[1], m[2]) / 10000.0);
  }
}
END_TEST

/* Where months rise (or fall) one after another no day leaves the turns of its month, nor turns back. The ratio of two
 * differences is held within what FLO-2 takes: where b <= 3 a, e lies a quarter to a half of the way from a to b (months of
 * one length), so that differences of 1..2 give p = r / l of 1/6 to 2. */
START_TEST(FLO_2_rising_months_rise_day_by_day)
{
  for (uint32_t series = 0; series < 200; series++) {
    double up[14], down[14];
    flows f, g;
    up[0] = 10.0;
    for (int m = 1; m < 14; m++)
      up[m] = up[m - 1] + 1.0 + eco__uniform(5, series, 0, (uint64_t)m);
    for (int m = 0; m < 14; m++)
      down[m] = up[13 - m];
    disaggregate(2016, up + 1, 12, &f);
    disaggregate(2016, down + 1, 12, &g);
    check_volumes(&f, up + 1, 12);
    for (size_t d = 1; d < f.n_days; d++) {
      ck_assert_double_ge(f.day[d], f.day[d - 1] * (1.0 - 1e-14));
      ck_assert_double_le(g.day[d], g.day[d - 1] * (1.0 + 1e-14));
    }
    ck_assert_double_ge(f.day[0], up[0]);
    ck_assert_double_le(f.day[f.n_days - 1], up[13]);
  }
}
END_TEST

/* FLO-3: a month between two dry ones starts and ends dry, with 6 x (1 - x) m between: closed form of its day d. */
START_TEST(FLO_3_a_lone_wet_month_is_a_parabola)
{
  const double mean[3] = {0, 5, 0};
  const int days[3] = {30, 31, 30};
  for (int d = 1; d <= 31; d++) {
    double a = (d - 1) / 31.0, b = d / 31.0;
    double wanted = 5.0 * 31.0 * ((3 * b * b - 2 * b * b * b) - (3 * a * a - 2 * a * a * a));
    ck_assert_double_eq_tol(eco__flow_of_day(mean, days, d), wanted,
                            5.0 * 31.0 * 1e-15); /* n times a difference of two sums of size 1 */
  }
  const double beside[3] = {5, 0, 5};
  for (int d = 1; d <= 31; d++)
    ck_assert_double_eq(eco__flow_of_day(beside, days, d), 0.0);
}
END_TEST

/* FLO-2 by quadrature of its own definition: midpoints of 2000 parts a day, error far below 1e-6 of the change. */
START_TEST(FLO_2_has_the_shape_it_is_said_to_have)
{
  const double mean[3] = {10, 12, 17};
  const int days[3] = {31, 30, 31};
  double w_a = 2 * 30.0 + 31, w_b = 30 + 2 * 31.0, e0 = (w_a + w_b) / (w_a / 10 + w_b / 12);
  w_a = 2 * 31.0 + 30;
  w_b = 31 + 2 * 30.0;
  double e1 = (w_a + w_b) / (w_a / 12 + w_b / 17), p = (e1 - 12) / (12 - e0);
  ck_assert_double_gt(p, 1.0);
  for (int d = 1; d <= 30; d++) {
    double sum = 0.0;
    for (int k = 0; k < 2000; k++)
      sum += (e0 + (e1 - e0) * pow((d - 1 + (k + 0.5) / 2000.0) / 30.0, p)) / 2000.0;
    ck_assert_double_eq_tol(eco__flow_of_day(mean, days, d), sum, 1e-6 * (e1 - e0));
  }
  const double back[3] = {17, 12, 10}; /* the same from behind */
  for (int d = 1; d <= 30; d++)
    ck_assert_double_eq_tol(eco__flow_of_day(back, days, d), eco__flow_of_day(mean, days, 31 - d), 1e-12);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("month flow");
  TCase *all = tcase_create("all");
  tcase_add_test(all, FLO_4_keeps_the_volume_of_every_month_leap_years_too);
  tcase_add_test(all, FLO_1_the_same_every_month_is_the_same_every_day);
  tcase_add_test(all, FLO_a_factor_on_the_months_is_one_on_the_days);
  tcase_add_test(all, FLO_1_there_is_no_step_at_the_turn_of_a_month);
  tcase_add_test(all, FLO_2_rising_months_rise_day_by_day);
  tcase_add_test(all, FLO_3_a_lone_wet_month_is_a_parabola);
  tcase_add_test(all, FLO_2_has_the_shape_it_is_said_to_have);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
