/* base.h -- what every room uses: failing, memory, text, units, calendar, random numbers, sums.
 * No globals, no locale, no output. */
#ifndef ECO__BASE_H
#define ECO__BASE_H

#include "ecosim/base.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define ECO__PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define ECO__PRINTF(f, a)
#endif

/* ---- error.c ---- */
/* Fills err (may be NULL) and returns status: `return eco__fail(err, ECO_INVALID, place, "lake '%s': …", name);`
 * place NULL: "". Texts that do not fit are cut at a whole UTF-8 character. */
eco_status eco__fail(eco_error *err, eco_status status, const char *place, const char *format, ...) ECO__PRINTF(4, 5);
eco_status eco__fail_v(eco_error *err, eco_status status, const char *place, const char *format, va_list arguments)
  ECO__PRINTF(4, 0);
#define ECO__TRY(call)                \
  do {                                \
    eco_status eco__status_ = (call); \
    if (eco__status_ != ECO_OK)       \
      return eco__status_;            \
  } while (0)

/* ---- memory.c ---- */
/* A full eco_env from a host's (NULL, or an older, shorter one). */
eco_env eco__env(const eco_env *host);
void *eco__alloc(const eco_env *env, size_t size);                              /* NULL when out of memory; size > 0 */
void *eco__resize(const eco_env *env, void *ptr, size_t old_size, size_t size); /* old stays when NULL */
void eco__free(const eco_env *env, void *ptr, size_t size);                     /* NULL is a no-op */

/* An arena: many pieces, freed together. Pieces are zeroed and aligned to 64 bytes. */
typedef struct eco__chunk eco__chunk;
typedef struct eco__arena {
  eco_env env;
  eco__chunk *last;
} eco__arena;
void eco__arena_open(eco__arena *arena, const eco_env *env);
void eco__arena_close(eco__arena *arena);
void *eco__arena_take(eco__arena *arena, size_t count,
                      size_t size);                         /* NULL: out of memory or overflow; count 0 is fine */
char *eco__arena_text(eco__arena *arena, const char *text); /* a copy */
#define ECO__TAKE(arena, type, count) ((type *)eco__arena_take((arena), (count), sizeof(type)))

/* A growing array of anything: list.data is the type's own pointer. false: out of memory, nothing changed. */
bool eco__grow(const eco_env *env, void **data, size_t *room, size_t needed, size_t item_size);

/* ---- text.c ---- */
/* Nearest of n names by edits (Levenshtein on bytes; transposition counts one), NULL when none is near enough to be a
 * likely misspelling (more than a third of the length, at least 2). Ties: the first. Where none is near, the only name
 * that begins with the word, of four bytes at least. */
const char *eco__nearest(const char *word, const char *const *names, size_t n);
/* The names of an array of structs. */
typedef struct eco__names {
  const void *structs;
  size_t n, stride, offset;
} eco__names;
#define ECO__NAMES(array, count, type) ((eco__names){(array), (count), sizeof(type), offsetof(type, name)})
/* eco__nearest over several such lists as if they were one. */
const char *eco__nearest_in(const char *word, const eco__names *lists, size_t n_lists);
/* Which list has the very name, and where: false where none has. */
bool eco__find_name(const eco__names *lists, size_t n_lists, const char *name, size_t *list, uint32_t *index);
/* Locale-free number parsing of the whole of [text, text+n): "1e-3", "-0.5", no hex, no inf, no nan. */
bool eco__parse_number(const char *text, size_t n, double *out);
bool eco__text_equal(const char *a, const char *b);
/* snprintf with the C locale's point whatever the host set; returns false when cut. */
bool eco__format(char *out, size_t room, const char *format, ...) ECO__PRINTF(3, 4);
bool eco__vformat(char *out, size_t room, const char *format, va_list arguments) ECO__PRINTF(3, 0);
/* Whether [text, text+n) is well-formed UTF-8 without control characters. */
bool eco__is_utf8(const char *text, size_t n);
/* Length of the longest part of [text, text+n) that does not end within a UTF-8 character. */
size_t eco__whole_characters(const char *text, size_t n);

/* ---- units.c ---- dimensions of what is computed with */
typedef struct eco__dimension {
  int power[6]; /* in sixths: length, mass, time, temperature difference, temperature, money */
} eco__dimension;
/* A value of that unit times *factor is in m, g, d, K, C (mg/L and g/m3 are 1). ECO_UNITS where it is not known. */
eco_status eco__unit_dimension(const char *unit, eco__dimension *out, double *factor, eco_error *err);
void eco__dimension_words(const eco__dimension *dimension, char *out, size_t room); /* "mass per volume" */

/* ---- random.c ---- Philox4x32-10 (Salmon et al. 2011), counter based: no state, no order. */
void eco__philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);
/* Uniform in (0,1), never an end, from (seed, member, stream, index): 53 bits. */
double eco__uniform(uint64_t seed, uint32_t member, uint32_t stream, uint64_t index);
double eco__normal(uint64_t seed, uint32_t member, uint32_t stream,
                   uint64_t index); /* by inversion, Wichura 1988 AS 241 */
double eco__normal_quantile(double p);
/* Gamma(shape, scale) by inversion of one uniform: monotone in u, so that paired members stay paired. */
double eco__gamma_quantile(double u, double shape, double scale);
/* Regularised lower incomplete gamma function P(shape, x); 0 for x <= 0. */
double eco__gamma_lower(double shape, double x);
uint32_t eco__hash(const char *text); /* FNV-1a 32, to key a stream by name */

/* ---- sum.h ---- Neumaier's compensated sum: error of one rounding, not of n. */
typedef struct eco__sum {
  double sum, lost;
} eco__sum;
static inline void eco__sum_add(eco__sum *s, double x)
{
  double t = s->sum + x;
  double big = s->sum, small = x;
  if ((x < 0 ? -x : x) > (big < 0 ? -big : big)) {
    big = x;
    small = s->sum;
  }
  s->lost += (big - t) + small;
  s->sum = t;
}
static inline double eco__sum_value(const eco__sum *s)
{
  return s->sum + s->lost;
}

/* ---- lanes ---- before a loop over lanes: its arrays do not overlap, so the compiler may turn it into vectors. Changes
 * no value: lanes do not feel each other, and nothing here is summed across them. */
#if defined(__clang__)
#define ECO__EACH_LANE _Pragma("clang loop vectorize(assume_safety)")
#pragma clang diagnostic ignored "-Wpass-failed" /* a build without vectors (sanitizers) need not say so at each loop */
#elif defined(__GNUC__)
#define ECO__EACH_LANE _Pragma("GCC ivdep")
#else
#define ECO__EACH_LANE
#endif

/* ---- numbers ---- */
/* x^(-1/3) for x > 0, to an ulp or two; multiplications only, so that loops over lanes are vectorised and divide little. */
static inline double eco__inverse_cbrt(double x)
{
  union {
    double d;
    uint64_t u;
  } a = {.d = x}, b;
  uint64_t i = a.u; /* a third of the exponent's bits as 1/4 + 1/16 + ..: no 64-bit division in SIMD */
  b.u = UINT64_C(0x553EF0FF289DD796) - ((i >> 2) + (i >> 4) + (i >> 6) + (i >> 8) + (i >> 10) + (i >> 12) + (i >> 14) +
                                        (i >> 16) + (i >> 18) + (i >> 20));
  double y = b.d;
  for (int k = 0; k < 4; k++) { /* Newton on 1/y^3 - x: the error of 4 % is squared each time */
    double y3 = y * y * y;
    y = y * (4.0 / 3.0 - x * (1.0 / 3.0) * y3);
  }
  return y;
}

/* ---- calendar.c ---- see ecosim/base.h */
void eco__month_of(eco_day day, int *year, int *month0); /* month0: 0..11 */
eco_day eco__next_month(eco_day day);                    /* first day of the month after day's */

#endif
