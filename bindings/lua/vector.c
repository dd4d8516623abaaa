/* vector.c -- core.vector: doubles in one piece, with arithmetic and comparison of whole vectors.
 *
 * Comparisons give vectors of 0 and 1. "True" is a number that is not 0; NaN is not true, and compares to 0. */
#include "lua/binding.h"

#include <math.h>
#include <string.h>

eco_lua_vector *eco_lua_vector_push(lua_State *L, size_t n)
{
  if (n > (SIZE_MAX / 2 - sizeof(eco_lua_vector)) / sizeof(double))
    (void)luaL_error(L, "vector: too many elements");
  eco_lua_vector *v = lua_newuserdatauv(L, sizeof *v + n * sizeof(double), 0);
  v->n = n;
  luaL_setmetatable(L, ECO_LUA_VECTOR);
  return v;
}

static eco_lua_vector *check_vector(lua_State *L, int index)
{
  return luaL_checkudata(L, index, ECO_LUA_VECTOR);
}

static void copy_list(lua_State *L, int index)
{
  size_t n = (size_t)lua_rawlen(L, index);
  eco_lua_vector *v = eco_lua_vector_push(L, n);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, index, (lua_Integer)i + 1);
    if (lua_type(L, -1) != LUA_TNUMBER)
      (void)luaL_error(L, "vector: element %d is a %s, expected a number", (int)i + 1, luaL_typename(L, -1));
    v->values[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
}

static int vector_copy(lua_State *L)
{
  const eco_lua_vector *from = check_vector(L, 1);
  eco_lua_vector *v = eco_lua_vector_push(L, from->n);
  memcpy(v->values, from->values, from->n * sizeof(double));
  return 1;
}

int eco_lua_vector_make(lua_State *L)
{
  int type = lua_type(L, 1);
  if (type == LUA_TUSERDATA)
    return vector_copy(L);
  if (type == LUA_TTABLE) {
    copy_list(L, 1);
    return 1;
  }
  lua_Integer n = luaL_checkinteger(L, 1);
  luaL_argcheck(L, n >= 0 && n <= INT32_MAX, 1, "a length, a list or a vector expected");
  eco_lua_vector *v = eco_lua_vector_push(L, (size_t)n);
  for (size_t i = 0; i < v->n; i++)
    v->values[i] = 0.0;
  return 1;
}

static size_t check_index(lua_State *L, int at, const eco_lua_vector *v)
{
  lua_Integer i = luaL_checkinteger(L, at);
  if (i < 1 || (lua_Unsigned)i > v->n)
    (void)luaL_error(L, "vector: index %I is not in 1..%I", (LUAI_UACINT)i, (LUAI_UACINT)v->n);
  return (size_t)i - 1;
}

/* v[i], v:method(): numbers are elements, names are methods (upvalue 1) */
static int vector_index(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L, 1);
  if (lua_type(L, 2) == LUA_TNUMBER) {
    lua_pushnumber(L, v->values[check_index(L, 2, v)]);
    return 1;
  }
  lua_pushvalue(L, 2);
  lua_gettable(L, lua_upvalueindex(1));
  return 1;
}

static int vector_newindex(lua_State *L)
{
  eco_lua_vector *v = check_vector(L, 1);
  size_t i = check_index(L, 2, v);
  v->values[i] = luaL_checknumber(L, 3);
  return 0;
}

static int vector_length(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)check_vector(L, 1)->n);
  return 1;
}

static int vector_tostring(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L, 1);
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  luaL_addstring(&text, "vector {");
  for (size_t i = 0; i < v->n && i < 6; i++) {
    lua_pushfstring(L, i == 0 ? " %f" : ", %f", v->values[i]);
    luaL_addvalue(&text);
  }
  lua_pushfstring(L, v->n > 6 ? ", … } of %I" : " } of %I", (LUAI_UACINT)v->n);
  luaL_addvalue(&text);
  luaL_pushresult(&text);
  return 1;
}

/* ---- two operands: vectors of one length, or a vector and a number */

typedef struct operand {
  const double *values; /* NULL: the number */
  double number;
  size_t n;
} operand;

static operand check_operand(lua_State *L, int index)
{
  if (lua_type(L, index) == LUA_TNUMBER)
    return (operand){NULL, lua_tonumber(L, index), 0};
  const eco_lua_vector *v = check_vector(L, index);
  return (operand){v->values, 0.0, v->n};
}

static double element(const operand *o, size_t i)
{
  return o->values != NULL ? o->values[i] : o->number;
}

/* Pushes the vector for the answer and reads both operands at 1 and 2. */
static eco_lua_vector *push_answer(lua_State *L, operand *a, operand *b)
{
  *a = check_operand(L, 1);
  *b = check_operand(L, 2);
  if (a->values != NULL && b->values != NULL && a->n != b->n)
    (void)luaL_error(L, "vector: lengths differ, %I and %I", (LUAI_UACINT)a->n, (LUAI_UACINT)b->n);
  return eco_lua_vector_push(L, a->values != NULL ? a->n : b->n);
}

static bool is_true(double x)
{
  return x != 0.0 && !isnan(x);
}

#define TWO_OPERANDS(name, expression)               \
  static int vector_##name(lua_State *L)             \
  {                                                  \
    operand a, b;                                    \
    eco_lua_vector *answer = push_answer(L, &a, &b); \
    for (size_t i = 0; i < answer->n; i++) {         \
      double x = element(&a, i), y = element(&b, i); \
      answer->values[i] = (expression);              \
    }                                                \
    return 1;                                        \
  }
TWO_OPERANDS(add, x + y)
TWO_OPERANDS(subtract, x - y)
TWO_OPERANDS(multiply, x *y)
TWO_OPERANDS(divide, x / y)
TWO_OPERANDS(power, pow(x, y))
TWO_OPERANDS(lt, x < y ? 1.0 : 0.0)
TWO_OPERANDS(le, x <= y ? 1.0 : 0.0)
TWO_OPERANDS(gt, x > y ? 1.0 : 0.0)
TWO_OPERANDS(ge, x >= y ? 1.0 : 0.0)
TWO_OPERANDS(both, is_true(x) && is_true(y) ? 1.0 : 0.0)
TWO_OPERANDS(either, is_true(x) || is_true(y) ? 1.0 : 0.0)

static int vector_negate(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L, 1);
  eco_lua_vector *answer = eco_lua_vector_push(L, v->n);
  for (size_t i = 0; i < v->n; i++)
    answer->values[i] = -v->values[i];
  return 1;
}

/* NaN stays untrue: what is not known is not the contrary either */
static int vector_no(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L, 1);
  eco_lua_vector *answer = eco_lua_vector_push(L, v->n);
  for (size_t i = 0; i < v->n; i++)
    answer->values[i] = v->values[i] == 0.0 ? 1.0 : 0.0;
  return 1;
}

/* ---- parts */

/* v:slice(a, b): elements a to b, both included; b < a gives an empty vector. b absent: to the end. */
static int vector_slice(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L, 1);
  lua_Integer from = luaL_checkinteger(L, 2), to = luaL_optinteger(L, 3, (lua_Integer)v->n);
  luaL_argcheck(L, from >= 1, 2, "must be 1 or more");
  luaL_argcheck(L, to <= (lua_Integer)v->n, 3, "is beyond the end");
  size_t n = to < from ? 0 : (size_t)(to - from + 1);
  eco_lua_vector *answer = eco_lua_vector_push(L, n);
  if (n > 0)
    memcpy(answer->values, v->values + from - 1, n * sizeof(double));
  return 1;
}

static int vector_table(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L, 1);
  lua_createtable(L, (int)v->n, 0);
  for (size_t i = 0; i < v->n; i++) {
    lua_pushnumber(L, v->values[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* v:map(f): f(element, index) for the rare case that no method covers */
static int vector_map(lua_State *L)
{
  const eco_lua_vector *v = check_vector(L, 1);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  eco_lua_vector *answer = eco_lua_vector_push(L, v->n);
  for (size_t i = 0; i < v->n; i++) {
    lua_pushvalue(L, 2);
    lua_pushnumber(L, v->values[i]);
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_call(L, 2, 1);
    if (lua_type(L, -1) != LUA_TNUMBER)
      return luaL_error(L, "vector: map gave a %s for element %d, expected a number", luaL_typename(L, -1), (int)i + 1);
    answer->values[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  return 1;
}

void eco_lua_open_vector(lua_State *L)
{
  static const luaL_Reg meta[] = {{"__newindex", vector_newindex}, {"__len", vector_length},
                                  {"__tostring", vector_tostring}, {"__add", vector_add},
                                  {"__sub", vector_subtract},      {"__mul", vector_multiply},
                                  {"__div", vector_divide},        {"__pow", vector_power},
                                  {"__unm", vector_negate},        {NULL, NULL}};
  static const luaL_Reg methods[] = {{"lt", vector_lt},       {"le", vector_le},     {"gt", vector_gt},
                                     {"ge", vector_ge},       {"both", vector_both}, {"either", vector_either},
                                     {"no", vector_no},       {"copy", vector_copy}, {"slice", vector_slice},
                                     {"table", vector_table}, {"map", vector_map},   {NULL, NULL}};
  eco_lua_class(L, ECO_LUA_VECTOR, meta, NULL);
  luaL_getmetatable(L, ECO_LUA_VECTOR);
  luaL_newlib(L, methods);
  (void)eco_lua_vector_add_statistics(L);
  lua_pushcclosure(L, vector_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
