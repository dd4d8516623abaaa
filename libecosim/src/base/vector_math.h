/* vector_math.h -- exp, log and pow that compilers turn into vectors: no branches, no tables, no calls.
 *
 *   VEC-1  exp x = 2^k e^r, k = round(x / ln 2), r = x - k ln 2 in two parts [CodyWaite1980]; e^r by its series to r^13, of which
 *          the rest is below 2^-56 for |r| <= ln 2 / 2; 2^k in two factors, so that results below the least normal number are right
 *   VEC-2  x = 2^k m, m in [1/sqrt 2, sqrt 2): log x = k ln 2 + log m, log m = 2 artanh s, s = (m - 1) / (m + 1), by the series of
 *          artanh to s^21, of which the rest is below 2^-60 for |s| <= 0.172
 *   VEC-3  pow(x, y) = exp(y log x), 0 for x = 0 and y > 0, 1 for y = 0: error |y log x| ulp
 *
 * exp is within 1 ulp, log within 2 where x is not next to 1 and as good as (x - 1) there. */
#ifndef ECO__VECTOR_MATH_H
#define ECO__VECTOR_MATH_H

#include <math.h>
#include <stdint.h>

typedef union eco__bits {
  double d;
  uint64_t u;
} eco__bits;

static inline double eco__power_of_two(double k) /* a whole number in -1022..1023 */
{
  eco__bits b = {.d = k + (6755399441055744.0 + 1023.0)}; /* 1.5 x 2^52: the sum's last bits are k + 1023 */
  b.u <<= 52;
  return b.d;
}

static inline double eco__exp(double x) /* VEC-1 */
{
  const double most = 709.782712893384, least = -745.2;
  double in = x > most ? most : x;
  in = in < least ? least : in;
  double k = (in * 1.4426950408889634 + 6755399441055744.0) - 6755399441055744.0;
  double r = (in - k * 0x1.62e42fefa0000p-1) - k * 0x1.cf79abc9e3b3ap-40;
  double p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = 1.0 + (r + r * r * p);
  double half = (k * 0.5 + 6755399441055744.0) - 6755399441055744.0;
  double y = p * eco__power_of_two(half) * eco__power_of_two(k - half);
  y = x > most ? INFINITY : y;
  y = x < least ? 0.0 : y;
  return x != x ? x : y;
}

static inline double eco__log(double x) /* VEC-2 */
{
  double scaled = x < 0x1p-1022 ? x * 0x1p54 : x, shift = x < 0x1p-1022 ? 54.0 : 0.0;
  eco__bits b = {.d = scaled};
  uint64_t from = b.u - UINT64_C(0x3FE6A09E667F3BCD); /* bits over those of 1/sqrt 2 */
  eco__bits e = {.u = ((from + UINT64_C(0x4000000000000000)) >> 52) | UINT64_C(0x4330000000000000)};
  double k = e.d - (4503599627370496.0 + 1024.0) - shift; /* 2^52 + the biased exponent */
  eco__bits m = {.u = (from & UINT64_C(0x000FFFFFFFFFFFFF)) + UINT64_C(0x3FE6A09E667F3BCD)};
  double f = m.d - 1.0, s = f / (2.0 + f), z = s * s;
  double p = 1.0 / 21.0;
  p = p * z + 1.0 / 19.0;
  p = p * z + 1.0 / 17.0;
  p = p * z + 1.0 / 15.0;
  p = p * z + 1.0 / 13.0;
  p = p * z + 1.0 / 11.0;
  p = p * z + 1.0 / 9.0;
  p = p * z + 1.0 / 7.0;
  p = p * z + 1.0 / 5.0;
  p = p * z + 1.0 / 3.0;
  double half = 0.5 * f * f; /* log(1 + f) = f - f^2/2 + s (f^2/2 + 2 z p) */
  double y = k * 0x1.62e42fefa0000p-1 + (f - (half - (s * (half + 2.0 * z * p) + k * 0x1.cf79abc9e3b3ap-40)));
  y = x == 0.0 ? -INFINITY : y;
  y = x < 0.0 ? NAN : y;
  return x == INFINITY || x != x ? x : y;
}

static inline double eco__pow(double x, double y) /* VEC-3 */
{
  double p = eco__exp(y * eco__log(x));
  p = x == 0.0 ? (y > 0.0 ? 0.0 : INFINITY) : p;
  return y == 0.0 ? 1.0 : p;
}

#endif
