/* layout.c -- layouts and ledgers as tables, and looking things up in them by number or by name. */
#include "lua/binding.h"

#include <string.h>

static void push_names(lua_State *L, const char *const *names, size_t n)
{
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    lua_pushstring(L, names[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static void push_variables(lua_State *L, const eco_variable *variables, size_t n)
{
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    lua_createtable(L, 0, 3);
    eco_lua_set_text(L, "name", variables[i].name);
    eco_lua_set_text(L, "unit", variables[i].unit);
    eco_lua_set_text(L, "text", variables[i].text);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static void push_table(lua_State *L, const eco_table *table)
{
  lua_createtable(L, 0, 5);
  eco_lua_set_text(L, "time_name", table->time_name);
  lua_createtable(L, (int)table->n_times, 0);
  for (size_t i = 0; i < table->n_times; i++) {
    lua_pushinteger(L, table->times[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "times");
  push_names(L, table->places, table->n_places);
  lua_setfield(L, -2, "places");
  push_variables(L, table->variables, table->n_variables);
  lua_setfield(L, -2, "variables");
}

/* ---- balances */

static const char *const balance_words[] = {"water", "catchment", "source", NULL};

eco_balance_id eco_lua_balance_argument(lua_State *L, int at)
{
  return (eco_balance_id)luaL_checkoption(L, at, NULL, balance_words);
}

/* Names are those of the layout table, which a script may have changed: what is no text stays nameless. */
void eco_lua_push_balances(lua_State *L, int layout, eco_balance_id id, const eco_balance *balances, size_t n)
{
  lua_getfield(L, layout, "balances");
  luaL_argcheck(L, lua_istable(L, -1), 1, "the layout was changed");
  lua_getfield(L, -1, balance_words[id]);
  luaL_argcheck(L, lua_istable(L, -1), 1, "the layout was changed");
  int names = lua_gettop(L);
  lua_createtable(L, (int)n, 0);
  for (size_t k = 0; k < n; k++) {
    lua_createtable(L, 0, 4);
    lua_rawgeti(L, names, (lua_Integer)k + 1);
    lua_setfield(L, -2, "name");
    lua_createtable(L, 0, (int)eco_balance_rows(id));
    for (size_t row = 0; row < eco_balance_rows(id); row++)
      eco_lua_set_number(L, eco_balance_row_name(id, row), balances[k].rows[row]);
    lua_setfield(L, -2, "rows");
    eco_lua_set_number(L, "throughput", balances[k].throughput);
    eco_lua_set_number(L, "residual", balances[k].residual);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
}

/* From one day recorded to the day after the last, and the number of places of each kind. */
static void push_balance_layout(lua_State *L, const eco_layout *layout)
{
  lua_createtable(L, 0, 2 + ECO_N_BALANCES);
  eco_lua_set_integer(L, "first_day", layout->balance_from);
  eco_lua_set_integer(L, "days", layout->balance_until - layout->balance_from);
  for (int id = 0; id < ECO_N_BALANCES; id++) {
    push_names(L, layout->balances[id].places, layout->balances[id].n_places);
    lua_setfield(L, -2, balance_words[id]);
  }
}

void eco_lua_push_layout(lua_State *L, const eco_layout *layout, const eco_results *results)
{
  lua_createtable(L, 0, 4);
  push_names(L, layout->scenarios, layout->n_scenarios);
  lua_setfield(L, -2, "scenarios");
  eco_lua_set_integer(L, "first_member", layout->first_member);
  eco_lua_set_integer(L, "members", (lua_Integer)layout->n_members);
  lua_createtable(L, 0, ECO_N_TABLES);
  for (int t = 0; t < ECO_N_TABLES; t++) {
    push_table(L, &layout->tables[t]);
    if (results != NULL)
      eco_lua_set_integer(L, "complete", (lua_Integer)eco_results_complete(results, (eco_table_id)t));
    lua_setfield(L, -2, layout->tables[t].name);
  }
  lua_setfield(L, -2, "tables");
  push_balance_layout(L, layout);
  lua_setfield(L, -2, "balances");
}

void eco_lua_push_ledgers(lua_State *L, const eco_ledger *ledgers, size_t n)
{
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    lua_createtable(L, 0, 5);
    eco_lua_set_text(L, "quantity", ledgers[i].quantity);
    eco_lua_set_text(L, "unit", ledgers[i].unit);
    lua_createtable(L, 0, ECO_N_LEDGER_ROWS);
    for (size_t row = 0; row < ECO_N_LEDGER_ROWS; row++)
      eco_lua_set_number(L, eco_ledger_row_name(row), ledgers[i].rows[row]);
    lua_setfield(L, -2, "rows");
    eco_lua_set_number(L, "throughput", ledgers[i].throughput);
    eco_lua_set_number(L, "residual", ledgers[i].residual);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

/* ---- looking up */

/* Raises for a name that the list on top does not have; what: "table 'section': unknown place". */
static void unknown_name(lua_State *L, const char *what, const char *name, bool named_rows)
{
  size_t n = (size_t)lua_rawlen(L, -1);
  const char **names = lua_newuserdatauv(L, (n + 1) * sizeof *names, 0);
  for (size_t i = 0; i < n; i++) { /* the layout keeps the texts alive */
    lua_rawgeti(L, -2, (lua_Integer)i + 1);
    if (named_rows) {
      lua_getfield(L, -1, "name");
      lua_remove(L, -2);
    }
    names[i] = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    lua_pop(L, 1);
  }
  const char *near = eco_nearest(name, names, n);
  (void)eco_lua_fault(L, ECO_NOT_FOUND, "", "unknown %s '%s'%s%s%s", what, name, near != NULL ? " (did you mean '" : "",
                      near != NULL ? near : "", near != NULL ? "'?)" : "");
}

/* Position of argument `at` in the list on top, from 0; pops the list. */
static size_t position(lua_State *L, int at, const char *what, bool named_rows)
{
  size_t n = (size_t)lua_rawlen(L, -1), found = n;
  if (lua_type(L, at) == LUA_TNUMBER) {
    lua_Integer i = luaL_checkinteger(L, at);
    if (i < 1 || (lua_Unsigned)i > n)
      (void)eco_lua_fault(L, ECO_NOT_FOUND, "", "%s %lld is not in 1..%zu", what, (long long)i, n);
    lua_pop(L, 1);
    return (size_t)i - 1;
  }
  const char *name = luaL_checkstring(L, at);
  for (size_t i = 0; i < n && found == n; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    if (named_rows) {
      lua_getfield(L, -1, "name");
      lua_remove(L, -2);
    }
    if (lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), name) == 0)
      found = i;
    lua_pop(L, 1);
  }
  if (found == n)
    unknown_name(L, what, name, named_rows);
  lua_pop(L, 1);
  return found;
}

void eco_lua_lane_arguments(lua_State *L, int layout, int at, size_t *scenario, size_t *member)
{
  lua_getfield(L, layout, "scenarios");
  *scenario = position(L, at, "scenario", false);
  lua_getfield(L, layout, "members");
  lua_Integer members = lua_tointeger(L, -1), wanted = luaL_checkinteger(L, at + 1);
  lua_pop(L, 1);
  if (wanted < 1 || wanted > members)
    (void)eco_lua_fault(L, ECO_NOT_FOUND, "", "member %lld is not in 1..%lld", (long long)wanted, (long long)members);
  *member = (size_t)wanted - 1;
}

/* object:series(table, variable, scenario, member, place) */
eco_lua_series eco_lua_series_arguments(lua_State *L, int layout)
{
  static const char *const tables[] = {"section", "water", "site", NULL};
  eco_lua_series wanted = {.table = (eco_table_id)luaL_checkoption(L, 2, NULL, tables)};
  lua_getfield(L, layout, "tables");
  lua_getfield(L, -1, tables[wanted.table]);
  lua_getfield(L, -1, "variables");
  wanted.variable_index = position(L, 3, "variable", true);
  lua_getfield(L, -1, "variables");
  lua_rawgeti(L, -1, (lua_Integer)wanted.variable_index + 1);
  lua_getfield(L, -1, "name");
  wanted.variable = lua_tostring(L, -1); /* kept alive by the layout */
  lua_pop(L, 3);
  lua_getfield(L, -1, "places");
  wanted.place = position(L, 6, "place", false);
  lua_pop(L, 2);
  eco_lua_lane_arguments(L, layout, 4, &wanted.scenario, &wanted.member);
  return wanted;
}
