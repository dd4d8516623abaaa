/* table.c -- reading options out of tables, with the name of what is wrong, and putting values in. */
#include "lua/binding.h"

#include <math.h>
#include <string.h>

void eco_lua_class(lua_State *L, const char *name, const luaL_Reg *meta, const luaL_Reg *methods)
{
  luaL_newmetatable(L, name);
  luaL_setfuncs(L, meta, 0);
  if (methods != NULL) {
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_setfield(L, -2, "__index");
  }
  lua_pushliteral(L, "locked"); /* methods cannot be changed from a script */
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}

void eco_lua_check_keys(lua_State *L, int index, const char *what, const char *const *names)
{
  size_t n = 0;
  while (names[n] != NULL)
    n++;
  luaL_checktype(L, index, LUA_TTABLE);
  lua_pushnil(L);
  while (lua_next(L, index) != 0) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
      (void)eco_lua_fault(L, ECO_INVALID, "", "%s: option %s has no name, write name = value", what,
                          luaL_tolstring(L, -1, NULL));
    const char *key = lua_tostring(L, -1), *near = eco_nearest(key, names, n);
    bool known = false;
    for (size_t i = 0; i < n && !known; i++)
      known = strcmp(key, names[i]) == 0;
    if (!known)
      (void)eco_lua_fault(L, ECO_INVALID, "", "%s: unknown option '%s'%s%s%s", what, key,
                          near != NULL ? " (did you mean '" : "", near != NULL ? near : "", near != NULL ? "'?)" : "");
  }
}

double eco_lua_number_field(lua_State *L, int index, const char *name, double fallback)
{
  int type = lua_getfield(L, index, name), is_number = 0;
  double value = type == LUA_TNIL ? fallback : lua_tonumberx(L, -1, &is_number);
  if (type != LUA_TNIL && (type != LUA_TNUMBER || !is_number))
    (void)eco_lua_fault(L, ECO_INVALID, "", "'%s' is a %s, expected a number", name, lua_typename(L, type));
  lua_pop(L, 1);
  return value;
}

lua_Integer eco_lua_integer_field(lua_State *L, int index, const char *name, lua_Integer fallback)
{
  int type = lua_getfield(L, index, name), is_integer = 0;
  lua_Integer value = type == LUA_TNIL ? fallback : lua_tointegerx(L, -1, &is_integer);
  if (type != LUA_TNIL && (type != LUA_TNUMBER || !is_integer))
    (void)eco_lua_fault(L, ECO_INVALID, "", "'%s' is %s, expected a whole number", name, luaL_tolstring(L, -1, NULL));
  lua_pop(L, 1);
  return value;
}

uint32_t eco_lua_count_field(lua_State *L, int index, const char *name, uint32_t fallback)
{
  lua_Integer value = eco_lua_integer_field(L, index, name, fallback);
  if (value < 0 || value > INT32_MAX)
    (void)eco_lua_fault(L, ECO_INVALID, "", "'%s' is %d, expected 0..%d", name, (int)(value < 0 ? -1 : INT32_MAX),
                        INT32_MAX - 1);
  return (uint32_t)value;
}

eco_day eco_lua_day_field(lua_State *L, int index, const char *name, eco_day fallback)
{
  lua_Integer value = eco_lua_integer_field(L, index, name, fallback);
  /* days of the years 1 to 9999: what lies outside is a slip of the pen */
  if (value < eco_day_from_date(1, 1, 1) || value > eco_day_from_date(9999, 12, 31))
    (void)eco_lua_fault(L, ECO_INVALID, "", "'%s' is not a day, expected days since 1970-01-01 as core.day gives them",
                        name);
  return (eco_day)value;
}

const char *eco_lua_text_field(lua_State *L, int index, const char *name)
{
  int type = lua_getfield(L, index, name);
  if (type != LUA_TNIL && type != LUA_TSTRING)
    (void)eco_lua_fault(L, ECO_INVALID, "", "'%s' is a %s, expected a text", name, lua_typename(L, type));
  const char *text = lua_tostring(L, -1);
  lua_pop(L, 1);
  return text;
}

void eco_lua_set_text(lua_State *L, const char *name, const char *text)
{
  lua_pushstring(L, text);
  lua_setfield(L, -2, name);
}

void eco_lua_set_number(lua_State *L, const char *name, double value)
{
  if (isnan(value))
    return;
  lua_pushnumber(L, value);
  lua_setfield(L, -2, name);
}

void eco_lua_set_integer(lua_State *L, const char *name, lua_Integer value)
{
  lua_pushinteger(L, value);
  lua_setfield(L, -2, name);
}
