/* statistics.c -- statistics of a vector. NaN stands for "no value" and is passed over; where nothing is left a mean,
 * a quantile, a least or a largest is NaN, a sum is 0. Sums are compensated (Neumaier 1974), so that a hundred thousand
 * members lose no more than one rounding. */
#include "lua/binding.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct total {
  double sum, lost;
  size_t count;
} total;

static void add(total *t, double x)
{
  if (isnan(x))
    return;
  t->count++;
  double sum = t->sum + x;
  if (isfinite(sum)) /* infinity minus infinity would hide an infinite sum */
    t->lost += fabs(t->sum) >= fabs(x) ? (t->sum - sum) + x : (x - sum) + t->sum;
  t->sum = sum;
}

static double value(const total *t)
{
  return isfinite(t->sum) ? t->sum + t->lost : t->sum;
}

static total total_of(const double *values, size_t n)
{
  total t = {0.0, 0.0, 0};
  for (size_t i = 0; i < n; i++)
    add(&t, values[i]);
  return t;
}

static double mean_of(const double *values, size_t n)
{
  total t = total_of(values, n);
  return t.count > 0 ? value(&t) / (double)t.count : (double)NAN;
}

static double sum_of(const double *values, size_t n)
{
  total t = total_of(values, n);
  return value(&t);
}

static const eco_lua_vector *check_vector(lua_State *L)
{
  return luaL_checkudata(L, 1, ECO_LUA_VECTOR);
}

static int vector_sum(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L);
  lua_pushnumber(L, sum_of(v->values, v->n));
  return 1;
}

static int vector_mean(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L);
  lua_pushnumber(L, mean_of(v->values, v->n));
  return 1;
}

static int vector_count(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L);
  lua_Integer count = 0;
  for (size_t i = 0; i < v->n; i++)
    count += isfinite(v->values[i]) ? 1 : 0;
  lua_pushinteger(L, count);
  return 1;
}

static int vector_min(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L);
  double least = NAN;
  for (size_t i = 0; i < v->n; i++)
    least = isnan(least) || v->values[i] < least ? v->values[i] : least;
  lua_pushnumber(L, least);
  return 1;
}

static int vector_max(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L);
  double largest = NAN;
  for (size_t i = 0; i < v->n; i++)
    largest = isnan(largest) || v->values[i] > largest ? v->values[i] : largest;
  lua_pushnumber(L, largest);
  return 1;
}

/* ---- quantiles */

static int by_size(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Type 7 of Hyndman & Fan (1996): linear between order statistics, h = (n - 1) p. `sorted` has n > 0 numbers. */
static double quantile_of(const double *sorted, size_t n, double p)
{
  double h = (double)(n - 1) * p;
  size_t below = (size_t)h;
  double share = h - (double)below;
  if (share == 0.0) /* the next one may be infinite, or beyond the end */
    return sorted[below];
  return sorted[below] + share * (sorted[below + 1] - sorted[below]);
}

/* v:quantile(p), or v:quantile { p, q, … } for a list of them with one sorting. */
static int vector_quantile(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L);
  bool many = lua_type(L, 2) == LUA_TTABLE;
  lua_settop(L, 2);
  size_t n_p = many ? (size_t)lua_rawlen(L, 2) : 1, n = 0;
  double *sorted = lua_newuserdatauv(L, (v->n + 1) * sizeof *sorted, 0);
  for (size_t i = 0; i < v->n; i++)
    if (!isnan(v->values[i]))
      sorted[n++] = v->values[i];
  qsort(sorted, n, sizeof *sorted, by_size);
  lua_createtable(L, (int)n_p, 0);
  for (size_t i = 0; i < n_p; i++) {
    if (many)
      lua_rawgeti(L, 2, (lua_Integer)i + 1);
    double p = many ? luaL_checknumber(L, -1) : luaL_checknumber(L, 2);
    luaL_argcheck(L, p >= 0.0 && p <= 1.0, 2, "a share of 0 to 1 expected");
    lua_settop(L, 4);
    lua_pushnumber(L, n > 0 ? quantile_of(sorted, n, p) : (double)NAN);
    lua_rawseti(L, 4, (lua_Integer)i + 1);
  }
  if (!many)
    lua_rawgeti(L, 4, 1);
  return 1;
}

/* ---- segments: v:means { 1, 32, 60 } has three, the last one to the end */

static int by_segment(lua_State *L, double (*statistic)(const double *, size_t))
{
  const eco_lua_vector *v = check_vector(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n = (size_t)lua_rawlen(L, 2);
  eco_lua_vector *answer = eco_lua_vector_push(L, n);
  lua_Integer from = 1;
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    lua_rawgeti(L, 2, (lua_Integer)i + 2);
    lua_Integer start = lua_tointeger(L, -2), next = i + 1 < n ? lua_tointeger(L, -1) : (lua_Integer)v->n + 1;
    lua_pop(L, 2);
    if (start < from || next < start || next > (lua_Integer)v->n + 1)
      return luaL_error(L, "vector: starts must be whole numbers that rise from 1 to %I, number %d is not",
                        (LUAI_UACINT)v->n, (int)i + 1);
    answer->values[i] = statistic(v->values + start - 1, (size_t)(next - start));
    from = start;
  }
  return 1;
}

static int vector_means(lua_State *L)
{
  return by_segment(L, mean_of);
}

static int vector_sums(lua_State *L)
{
  return by_segment(L, sum_of);
}

/* ---- along the vector */

/* Smallest i such that all elements from i to the end are true; nil where the last is not. */
static int vector_first_lasting(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L);
  size_t i = v->n;
  while (i > 0 && v->values[i - 1] != 0.0 && !isnan(v->values[i - 1]))
    i--;
  if (i < v->n)
    lua_pushinteger(L, (lua_Integer)i + 1);
  else
    lua_pushnil(L);
  return 1;
}

/* Running sum; NaN stays where it is and adds nothing. */
static int vector_cumsum(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L);
  eco_lua_vector *answer = eco_lua_vector_push(L, v->n);
  total t = {0.0, 0.0, 0};
  for (size_t i = 0; i < v->n; i++) {
    add(&t, v->values[i]);
    answer->values[i] = isnan(v->values[i]) ? v->values[i] : value(&t);
  }
  return 1;
}

int eco_lua_vector_add_statistics(lua_State *L)
{
  static const luaL_Reg methods[] = {{"sum", vector_sum},
                                     {"mean", vector_mean},
                                     {"min", vector_min},
                                     {"max", vector_max},
                                     {"count", vector_count},
                                     {"quantile", vector_quantile},
                                     {"means", vector_means},
                                     {"sums", vector_sums},
                                     {"first_lasting", vector_first_lasting},
                                     {"cumsum", vector_cumsum},
                                     {NULL, NULL}};
  luaL_setfuncs(L, methods, 0);
  return 0;
}
