/* random.c -- random numbers without state: the same (seed, member, stream, index) gives the same number in any order,
 * on any thread.
 *
 *   RND-1   Philox4x32-10: ten rounds of two 32 x 32 -> 64 bit products, key stepped by Weyl constants
 *                                                                                   [Salmon2011] section 3.3, table 2
 *   RND-2   u = (2 k + 1) / 2^53, k of 52 random bits: never 0 or 1, symmetric about 1/2, exact in a double
 *   RND-3   normal quantile by three rational functions, AS 241 routine PPND16, relative error about 1e-16
 *                                                                                   [Wichura1988] p. 483
 *   RND-4   gamma quantile: the x for which P(shape, x/scale) = u, see gamma.c */
#include "base/base.h"

#include <math.h>

void eco__philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) /* RND-1 */
{
  uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  uint32_t k0 = key[0], k1 = key[1];
  for (int round = 0; round < 10; round++) {
    uint64_t product0 = (uint64_t)0xD2511F53u * c0;
    uint64_t product1 = (uint64_t)0xCD9E8D57u * c2;
    c0 = (uint32_t)(product1 >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)product1;
    c2 = (uint32_t)(product0 >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)product0;
    k0 += 0x9E3779B9u; /* golden ratio */
    k1 += 0xBB67AE85u; /* sqrt(3) - 1 */
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

double eco__uniform(uint64_t seed, uint32_t member, uint32_t stream, uint64_t index) /* RND-2 */
{
  uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  uint32_t counter[4] = {(uint32_t)index, (uint32_t)(index >> 32), member, stream};
  uint32_t word[4];
  eco__philox(counter, key, word);
  uint64_t k = (((uint64_t)word[0] << 32) | word[1]) >> 12;
  return (double)(2 * k + 1) * 0x1p-53;
}

static double polynomial(double x, const double c[8])
{
  return ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0];
}

double eco__normal_quantile(double p) /* RND-3 */
{
  static const double a[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                              1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                              3.3430575583588128105e+4, 2.5090809287301226727e+3};
  static const double b[8] = {1.0,
                              4.2313330701600911252e+1,
                              6.8718700749205790830e+2,
                              5.3941960214247511077e+3,
                              2.1213794301586595867e+4,
                              3.9307895800092710610e+4,
                              2.8729085735721942674e+4,
                              5.2264952788528545610e+3};
  static const double c[8] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                              3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                              2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static const double d[8] = {1.0,
                              2.05319162663775882187e0,
                              1.67638483018380384940e0,
                              6.89767334985100004550e-1,
                              1.48103976427480074590e-1,
                              1.51986665636164571966e-2,
                              5.47593808499534494600e-4,
                              1.05075007164441684324e-9};
  static const double e[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                              2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                              2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static const double f[8] = {1.0,
                              5.99832206555887937690e-1,
                              1.36929880922735805310e-1,
                              1.48753612908506148525e-2,
                              7.86869131145613259100e-4,
                              1.84631831751005468180e-5,
                              1.42151175831644588870e-7,
                              2.04426310338993978564e-15};
  double q = p - 0.5;
  if (fabs(q) <= 0.425) {
    double r = 0.180625 - q * q; /* 0.425^2 */
    return q * polynomial(r, a) / polynomial(r, b);
  }
  double tail = q < 0.0 ? p : 1.0 - p;
  double r = sqrt(-log(tail));
  double value =
    r <= 5.0 ? polynomial(r - 1.6, c) / polynomial(r - 1.6, d) : polynomial(r - 5.0, e) / polynomial(r - 5.0, f);
  return q < 0.0 ? -value : value;
}

double eco__normal(uint64_t seed, uint32_t member, uint32_t stream, uint64_t index)
{
  return eco__normal_quantile(eco__uniform(seed, member, stream, index));
}

uint32_t eco__hash(const char *text)
{
  uint32_t hash = 2166136261u; /* FNV-1a, 32 bits: offset and prime of draft-eastlake-fnv */
  for (; *text != '\0'; text++) {
    hash ^= (unsigned char)*text;
    hash *= 16777619u;
  }
  return hash;
}
