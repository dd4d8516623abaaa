/* core.c -- the module: what the library says of itself, days, units, names. */
#include "lua/binding.h"

#include <math.h>
#include <string.h>

static const char env_key = 0; /* its address names the hooks in the registry */

void eco_lua_set_env(lua_State *L, const eco_env *env)
{
  lua_pushlightuserdata(L, (void *)(uintptr_t)env);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &env_key);
}

const eco_env *eco_lua_env(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &env_key);
  const eco_env *env = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return env;
}

static int core_version(lua_State *L)
{
  lua_pushstring(L, eco_version());
  return 1;
}

static int core_kinds(lua_State *L)
{
  lua_createtable(L, ECO_N_KINDS, 0);
  for (int kind = 0; kind < ECO_N_KINDS; kind++) {
    lua_createtable(L, 0, 2);
    eco_lua_set_text(L, "word", eco_kind_word((eco_kind)kind));
    eco_lua_set_text(L, "text", eco_kind_text((eco_kind)kind));
    lua_rawseti(L, -2, kind + 1);
  }
  return 1;
}

static void push_spec(lua_State *L, const eco_spec *spec)
{
  static const char *const forms[] = {"number", "text", "monthly", "table", "daily"};
  lua_createtable(L, 0, 9);
  eco_lua_set_text(L, "kind", eco_kind_word(spec->kind));
  eco_lua_set_text(L, "name", spec->name);
  eco_lua_set_text(L, "form", forms[spec->form]);
  eco_lua_set_text(L, "unit", spec->unit);
  eco_lua_set_number(L, "lowest", spec->lowest);
  eco_lua_set_number(L, "highest", spec->highest);
  eco_lua_set_number(L, "fallback", spec->fallback);
  eco_lua_set_text(L, "source", spec->source);
  eco_lua_set_text(L, "text", spec->text);
}

static int core_specs(lua_State *L)
{
  size_t n = eco_spec_count();
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    push_spec(L, eco_spec_at(i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int push_constituents(lua_State *L, size_t n, const eco_constituent *(*at)(size_t))
{
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    const eco_constituent *constituent = at(i);
    lua_createtable(L, 0, 4);
    eco_lua_set_text(L, "name", constituent->name);
    eco_lua_set_text(L, "unit", constituent->unit);
    eco_lua_set_text(L, "name_zh", constituent->name_zh);
    eco_lua_set_text(L, "text", constituent->text);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int core_states(lua_State *L)
{
  return push_constituents(L, eco_state_count(), eco_state_at);
}

static int core_observables(lua_State *L)
{
  return push_constituents(L, eco_observable_count(), eco_observable_at);
}

static int core_ledger_rows(lua_State *L)
{
  lua_createtable(L, ECO_N_LEDGER_ROWS, 0);
  for (size_t row = 0; row < ECO_N_LEDGER_ROWS; row++) {
    lua_createtable(L, 0, 3);
    eco_lua_set_text(L, "name", eco_ledger_row_name(row));
    eco_lua_set_integer(L, "sign", eco_ledger_row_sign(row));
    eco_lua_set_text(L, "text", eco_ledger_row_text(row));
    lua_rawseti(L, -2, (lua_Integer)row + 1);
  }
  return 1;
}

static int core_day(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  eco_day day = 0;
  eco_lua_try(L, eco_day_parse(luaL_checkstring(L, 1), &day, &err), &err);
  lua_pushinteger(L, day);
  return 1;
}

static int core_date(lua_State *L)
{
  lua_Integer day = luaL_checkinteger(L, 1);
  int year = 0, month = 0, day_of_month = 0;
  luaL_argcheck(L, day >= eco_day_from_date(1, 1, 1) && day <= eco_day_from_date(9999, 12, 31), 1,
                "a day of the years 1 to 9999 expected");
  eco_day_to_date((eco_day)day, &year, &month, &day_of_month);
  char text[11] = {(char)('0' + year / 1000),
                   (char)('0' + year / 100 % 10),
                   (char)('0' + year / 10 % 10),
                   (char)('0' + year % 10),
                   '-',
                   (char)('0' + month / 10),
                   (char)('0' + month % 10),
                   '-',
                   (char)('0' + day_of_month / 10),
                   (char)('0' + day_of_month % 10),
                   '\0'};
  lua_pushstring(L, text);
  return 1;
}

static int core_convert(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  double value = luaL_checknumber(L, 1), converted = 0.0;
  const char *unit = luaL_checkstring(L, 2), *wanted = luaL_checkstring(L, 3);
  eco_lua_try(L, eco_unit_convert(value, unit, wanted, &converted, &err), &err);
  lua_pushnumber(L, converted);
  return 1;
}

static int core_quantity(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  double value = 0.0;
  char unit[32] = "";
  eco_lua_try(L, eco_quantity_parse(luaL_checkstring(L, 1), &value, unit, &err), &err);
  lua_pushnumber(L, value);
  lua_pushstring(L, unit);
  return 2;
}

static int core_nearest(lua_State *L)
{
  const char *word = luaL_checkstring(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n = (size_t)lua_rawlen(L, 2);
  const char **names = lua_newuserdatauv(L, (n + 1) * sizeof *names, 0);
  luaL_checkstack(L, 4, "names");
  for (size_t i = 0; i < n; i++) { /* the list keeps the texts alive */
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, 2, "a list of names expected");
    names[i] = lua_tostring(L, -1);
    lua_pop(L, 1);
  }
  lua_pushstring(L, eco_nearest(word, names, n)); /* NULL: nil */
  return 1;
}

int luaopen_ecosim_core(lua_State *L)
{
  static const luaL_Reg functions[] = {{"version", core_version},
                                       {"kinds", core_kinds},
                                       {"specs", core_specs},
                                       {"states", core_states},
                                       {"observables", core_observables},
                                       {"surroundings", eco_lua_surroundings},
                                       {"families", eco_lua_families},
                                       {"ledger_rows", core_ledger_rows},
                                       {"day", core_day},
                                       {"date", core_date},
                                       {"convert", core_convert},
                                       {"quantity", core_quantity},
                                       {"nearest", core_nearest},
                                       {"vector", eco_lua_vector_make},
                                       {NULL, NULL}};
  luaL_checkversion(L);
  luaL_newlib(L, functions);
  eco_lua_open_fault(L);
  eco_lua_open_vector(L);
  eco_lua_open_describe(L);
  eco_lua_open_run(L);
  eco_lua_open_results(L);
  eco_lua_open_collection(L);
  eco_lua_open_limited(L);
  return 1;
}
