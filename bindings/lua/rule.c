/* rule.c -- s:rule { … } of a scenario: an operating rule from a table. */
#include "lua/binding.h"

#include <math.h>
#include <string.h>

static eco_watch check_watch(lua_State *L, int index)
{
  static const struct {
    const char *word;
    eco_watch watch;
  } words[] = {{"months", ECO_WATCH_MONTHS},
               {"dates", ECO_WATCH_DATES},
               {"level", ECO_WATCH_LEVEL},
               {"flow", ECO_WATCH_FLOW},
               {"concentration", ECO_WATCH_CONCENTRATION}};
  const char *word = eco_lua_text_field(L, index, "watch");
  for (size_t k = 0; word != NULL && k < sizeof words / sizeof words[0]; k++)
    if (strcmp(words[k].word, word) == 0)
      return words[k].watch;
  (void)eco_lua_fault(L, ECO_INVALID, "",
                      "condition: watch is '%s', expected months, dates, level, flow or concentration",
                      word != NULL ? word : "nil");
  return ECO_WATCH_MONTHS;
}

static uint32_t months_field(lua_State *L, int index)
{
  uint32_t months = 0;
  if (lua_getfield(L, index, "months") == LUA_TTABLE)
    for (size_t i = 1; i <= (size_t)lua_rawlen(L, -1); i++) {
      int is_integer;
      lua_rawgeti(L, -1, (lua_Integer)i);
      lua_Integer month = lua_tointegerx(L, -1, &is_integer);
      if (!is_integer || month < 1 || month > 12)
        (void)eco_lua_fault(L, ECO_INVALID, "", "condition: month %s, expected 1..12", luaL_tolstring(L, -1, NULL));
      months |= (uint32_t)1 << (month - 1);
      lua_pop(L, 1);
    }
  lua_pop(L, 1);
  return months;
}

/* The texts live as long as the table at `index` does. */
static eco_condition read_condition(lua_State *L, int index)
{
  static const char *const names[] = {"watch", "place", "constituent", "below",  "on", "off",
                                      "unit",  "from",  "until",       "months", NULL};
  eco_lua_check_keys(L, index, "condition", names);
  eco_condition c = {.watch = check_watch(L, index),
                     .place = eco_lua_text_field(L, index, "place"),
                     .constituent = eco_lua_text_field(L, index, "constituent"),
                     .unit = eco_lua_text_field(L, index, "unit"),
                     .on = eco_lua_number_field(L, index, "on", NAN),
                     .off = eco_lua_number_field(L, index, "off", NAN),
                     .months = months_field(L, index),
                     .from = eco_lua_day_field(L, index, "from", 0),
                     .until = eco_lua_day_field(L, index, "until", 0)};
  lua_getfield(L, index, "below");
  c.below = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return c;
}

static eco_change_op check_op(lua_State *L, int index)
{
  const char *op = eco_lua_text_field(L, index, "op");
  if (op == NULL || strcmp(op, "set") == 0)
    return ECO_SET;
  if (strcmp(op, "scale") != 0)
    (void)eco_lua_fault(L, ECO_INVALID, "", "rule: op is '%s', expected set or scale", op);
  return ECO_SCALE;
}

/* s:rule { name =, structure =, param =, op =, value =, unit =, least_days =, place =, all = { conditions } } */
int eco_lua_scenario_rule(lua_State *L)
{
  static const char *const names[] = {"name", "structure",  "param", "op",  "value",
                                      "unit", "least_days", "place", "all", NULL};
  eco_error err = {.status = ECO_OK};
  eco_lua_scenario *self = luaL_checkudata(L, 1, ECO_LUA_SCENARIO);
  luaL_argcheck(L, self->scenario != NULL, 1, "the scenario is closed");
  eco_lua_check_keys(L, 2, "rule", names);
  const char *name = eco_lua_text_field(L, 2, "name"), *structure = eco_lua_text_field(L, 2, "structure");
  const char *param = eco_lua_text_field(L, 2, "param"), *unit = eco_lua_text_field(L, 2, "unit");
  const char *place = eco_lua_text_field(L, 2, "place");
  luaL_argcheck(L, name != NULL && structure != NULL && param != NULL, 2,
                "'name', 'structure' and 'param' must be given");
  luaL_argcheck(L, lua_getfield(L, 2, "value") != LUA_TNIL, 2, "'value' must be given");
  double value = eco_lua_number_field(L, 2, "value", 0.0);
  uint32_t least_days = eco_lua_count_field(L, 2, "least_days", 0);
  eco_change_op op = check_op(L, 2);
  luaL_argcheck(L, lua_getfield(L, 2, "all") == LUA_TTABLE, 2, "'all' must be a list of conditions");
  int list = lua_gettop(L);
  size_t n = (size_t)lua_rawlen(L, list);
  eco_condition *conditions = lua_newuserdatauv(L, (n + 1) * sizeof *conditions, 0);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, list, (lua_Integer)i + 1);
    conditions[i] = read_condition(L, lua_gettop(L));
    lua_pop(L, 1); /* the list keeps it alive */
  }
  eco_lua_try(
    L,
    eco_scenario_rule(self->scenario, name, structure, param, op, value, unit, conditions, n, least_days, place, &err),
    &err);
  return 0;
}
