/* test_base_random.c -- Philox, uniforms, normal and gamma quantiles. */
#include "base/base.h"
#include "support/reference.h"
#include "support/suite.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

START_TEST(RND_1_gives_the_published_known_answers)
{
  eco_reference table = eco_reference_read("water_n05_philox.csv");
  ck_assert_uint_eq(table.n_rows, 12);
  for (size_t row = 0; row < table.n_rows; row++) {
    uint32_t c[4], k[2], out[4];
    const char *note = eco_reference_text(&table, row, "note"); /* "ctr=00000000 … key=00000000 00000000" */
    int n = sscanf(note, "ctr=%x %x %x %x key=%x %x", &c[0], &c[1], &c[2], &c[3], &k[0], &k[1]);
    ck_assert_int_eq(n, 6);
    eco__philox(c, k, out);
    size_t word = (size_t)eco_reference_number(&table, row, "x");
    ck_assert_uint_eq(out[word], (uint32_t)eco_reference_number(&table, row, "value"));
  }
  eco_reference_free(&table);
}
END_TEST

START_TEST(RND_2_depends_on_each_of_its_four_numbers_and_on_nothing_else)
{
  double u = eco__uniform(1, 2, 3, 4);
  ck_assert_double_eq(u, eco__uniform(1, 2, 3, 4));
  ck_assert_double_ne(u, eco__uniform(2, 2, 3, 4));
  ck_assert_double_ne(u, eco__uniform(1ull << 32, 2, 3, 4));
  ck_assert_double_ne(u, eco__uniform(1, 3, 3, 4));
  ck_assert_double_ne(u, eco__uniform(1, 2, 4, 4));
  ck_assert_double_ne(u, eco__uniform(1, 2, 3, 5));
  ck_assert_double_ne(u, eco__uniform(1, 2, 3, 4 + (1ull << 32)));
}
END_TEST

/* n uniforms: mean 1/2 with standard error 1/sqrt(12 n); each of 100 classes n/100 with standard error
 * sqrt(n * 0.01 * 0.99). Five standard errors: a sound generator fails once in 2 million draws of 101 figures. */
START_TEST(RND_2_is_even_and_never_an_end)
{
  enum { N = 1000000, CLASSES = 100 };
  static int counts[CLASSES];
  double sum = 0.0;
  for (uint64_t i = 0; i < N; i++) {
    double u = eco__uniform(20161, 5, eco__hash("rain"), i);
    ck_assert(u > 0.0 && u < 1.0);
    sum += u;
    counts[(int)(u * CLASSES)]++;
  }
  ck_assert_double_le(fabs(sum / N - 0.5), 5.0 / sqrt(12.0 * N));
  for (int k = 0; k < CLASSES; k++)
    ck_assert_double_le(abs(counts[k] - N / CLASSES), 5.0 * sqrt(N * 0.01 * 0.99));
}
END_TEST

/* The quantile z of p is held against the normal integral in long double: p' = erfc(-z/sqrt 2)/2; the fault in z is
 * (p' - p)/phi(z). AS 241 states 1e-16 relative; a double z itself is rounded to 1.1e-16: 1e-15 leaves room for the
 * rounding of 16 multiplications. */
START_TEST(RND_3_inverts_the_normal_integral_to_1e_15)
{
  for (int k = 1; k < 20000; k++) {
    double p = k % 2 == 0 ? k / 20000.0 : exp(-k * 0.03); /* down to 1e-260 */
    double z = eco__normal_quantile(p);
    long double back = 0.5L * erfcl(-(long double)z / sqrtl(2.0L));
    long double density = expl(-0.5L * (long double)z * z) / sqrtl(2.0L * acosl(-1.0L));
    long double fault = (back - (long double)p) / density;
    ck_assert_double_le((double)fabsl(fault), 1e-15 * fmax(1.0, fabs(z)));
    if (k * 0.03 > 600)
      break;
  }
  ck_assert_double_eq(eco__normal_quantile(0.5), 0.0);
  ck_assert_double_eq_tol(eco__normal_quantile(0.975), 1.959963984540054, 1e-15);
}
END_TEST

START_TEST(RND_3_is_odd_about_one_half)
{
  for (int k = 1; k < 512; k++) /* p and 1 - p both exact */
    ck_assert_double_eq(eco__normal_quantile(k / 1024.0), -eco__normal_quantile(1.0 - k / 1024.0));
}
END_TEST

/* P(a, x) by its series in long double, all terms positive: relative error some 1e-18, whatever x. */
static long double lower_tail(long double a, long double x)
{
  long double term = 1.0L / a, sum = term;
  for (int n = 1; n < 20000 && term > sum * 1e-21L; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * expl(a * logl(x) - x - lgammal(a));
}

/* The fault in x is (P(x) - u)/(dP/dx); asked for: 1e-12 of x. P of the check is good to 1e-18 * 400 (the exponent's
 * size), so for u up to 1 - 1e-6 its own part in the fault is below 1e-9 * 1e-15. */
START_TEST(RND_4_inverts_the_gamma_integral_to_1e_12)
{
  static const double shapes[] = {0.05, 0.051, 0.1, 0.3, 0.5, 0.7, 0.999, 1.0, 1.001, 1.5, 2.0, 3.7, 10.0, 25.0, 50.0};
  static const double us[] = {1e-15, 1e-9,      1e-6, 1e-3, 0.01, 0.1,  0.25,  0.4,     0.4999999,
                              0.5,   0.5000001, 0.6,  0.75, 0.9,  0.99, 0.999, 0.99999, 0.999999};
  for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
    for (size_t j = 0; j < sizeof us / sizeof us[0]; j++) {
      double x = eco__gamma_quantile(us[j], shapes[i], 1.0);
      long double a = shapes[i];
      long double slope = expl(a * logl((long double)x) - (long double)x - lgammal(a)); /* x dP/dx */
      long double fault = (lower_tail(a, x) - (long double)us[j]) / slope;
      ck_assert_msg(fabsl(fault) <= 1e-12L, "shape %g, u %g: x %.17g is off by %Lg of it", shapes[i], us[j], x, fault);
    }
}
END_TEST

/* Shape 1 is the exponential distribution: x = -ln(1-u) for both tails, also where the check above has no digits left.
 * x comes from its logarithm, at most 37 here, whose rounding of 2^-48 is x's relative one: 4e-15, and the search stops
 * within 1e-15 of 37: 4e-14. */
START_TEST(RND_5_is_known_at_whole_and_half_shapes)
{
  /* P(1, x) = 1 - e^-x, P(1/2, x) = erf(sqrt x), P(3, x) = 1 - e^-x (1 + x + x^2/2); both branches, a last digit each of
   * e^(a ln x - x), whose argument is up to 40 */
  for (double x = 1e-6; x < 40.0; x *= 1.7) {
    ck_assert_double_eq_tol(eco__gamma_lower(1.0, x), -expm1(-x), 40.0 * DBL_EPSILON * -expm1(-x));
    ck_assert_double_eq_tol(eco__gamma_lower(0.5, x), erf(sqrt(x)), 40.0 * DBL_EPSILON * erf(sqrt(x)));
    ck_assert_double_eq_tol(eco__gamma_lower(3.0, x), 1.0 - exp(-x) * (1.0 + x + 0.5 * x * x), 40.0 * DBL_EPSILON);
  }
  ck_assert_double_eq(eco__gamma_lower(2.5, 0.0), 0.0);
  ck_assert_double_eq(eco__gamma_lower(2.5, -1.0), 0.0);
  ck_assert_double_eq(eco__gamma_lower(2.5, 1e4), 1.0);
}
END_TEST

START_TEST(RND_4_is_the_exponential_quantile_at_shape_1)
{
  for (int k = 1; k <= 50; k++) {
    double u = ldexp(1.0, -k);
    ck_assert_double_eq_tol(eco__gamma_quantile(u, 1.0, 1.0), -log1p(-u), 1e-13 * -log1p(-u));
    ck_assert_double_eq_tol(eco__gamma_quantile(1.0 - u, 1.0, 1.0), k * log(2.0), 1e-13 * k);
  }
}
END_TEST

START_TEST(RND_4_scales)
{
  double x = eco__gamma_quantile(0.3, 0.8, 1.0);
  ck_assert_double_eq(eco__gamma_quantile(0.3, 0.8, 8.0), 8.0 * x); /* a power of two: exact */
}
END_TEST

START_TEST(RND_4_takes_the_ends_of_the_uniform_at_all_shapes)
{
  for (double shape = 0.05; shape <= 50.0; shape *= 1.05) {
    double least = eco__gamma_quantile(0x1p-53, shape, 1.0), most = eco__gamma_quantile(1.0 - 0x1p-53, shape, 1.0);
    ck_assert(least >= 0.0 && isfinite(most));
    ck_assert_double_lt(least, most);
    ck_assert_double_lt(most, shape + 12.0 * sqrt(shape) + 40.0); /* Q below 1e-16 lies within that */
  }
}
END_TEST

/* Steps of 1e-4 in u move x by at least 1e-4 of it at the flattest place (dlnx/du = P/(x f) >= 0.1 for shapes to 50):
 * far above rounding, so the order is strict. */
START_TEST(RND_4_rises_with_the_uniform)
{
  static const double shapes[] = {0.05, 0.3, 0.9, 1.1, 5.0, 50.0};
  for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
    double before = 0.0;
    for (int k = 1; k < 10000; k++) {
      double x = eco__gamma_quantile(k * 1e-4, shapes[i], 1.0);
      ck_assert_double_gt(x, before);
      before = x;
    }
  }
}
END_TEST

/* Sample mean of n draws: shape * scale, standard error scale * sqrt(shape / n); five of them. */
START_TEST(RND_4_draws_have_the_mean_of_the_distribution)
{
  enum { N = 200000 };
  static const double shapes[] = {0.05, 0.7, 3.0};
  for (size_t i = 0; i < 3; i++) {
    double sum = 0.0;
    for (uint64_t k = 0; k < N; k++)
      sum += eco__gamma_quantile(eco__uniform(7, 0, 1, k), shapes[i], 12.0);
    ck_assert_double_le(fabs(sum / N - 12.0 * shapes[i]), 5.0 * 12.0 * sqrt(shapes[i] / N));
  }
}
END_TEST

START_TEST(names_are_hashed_as_published)
{
  ck_assert_uint_eq(eco__hash(""), 0x811c9dc5u); /* test vectors of draft-eastlake-fnv */
  ck_assert_uint_eq(eco__hash("a"), 0xe40c292cu);
  ck_assert_uint_eq(eco__hash("foobar"), 0xbf9cf968u);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("base: random");
  TCase *all = tcase_create("random");
  tcase_set_timeout(all, 60);
  tcase_add_test(all, RND_1_gives_the_published_known_answers);
  tcase_add_test(all, RND_2_depends_on_each_of_its_four_numbers_and_on_nothing_else);
  tcase_add_test(all, RND_2_is_even_and_never_an_end);
  tcase_add_test(all, RND_3_inverts_the_normal_integral_to_1e_15);
  tcase_add_test(all, RND_3_is_odd_about_one_half);
  tcase_add_test(all, RND_4_inverts_the_gamma_integral_to_1e_12);
  tcase_add_test(all, RND_5_is_known_at_whole_and_half_shapes);
  tcase_add_test(all, RND_4_is_the_exponential_quantile_at_shape_1);
  tcase_add_test(all, RND_4_scales);
  tcase_add_test(all, RND_4_takes_the_ends_of_the_uniform_at_all_shapes);
  tcase_add_test(all, RND_4_rises_with_the_uniform);
  tcase_add_test(all, RND_4_draws_have_the_mean_of_the_distribution);
  tcase_add_test(all, names_are_hashed_as_published);
  suite_add_tcase(suite, all);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
