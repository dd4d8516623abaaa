/* describe.c -- core.basin, core.compile, core.scenario: from words to a model and its changes. */
#include "lua/binding.h"

#include <string.h>

/* ---- basin */

static eco_lua_basin *check_basin(lua_State *L)
{
  eco_lua_basin *self = luaL_checkudata(L, 1, ECO_LUA_BASIN);
  luaL_argcheck(L, self->basin != NULL, 1, "the basin is closed");
  return self;
}

static int core_basin(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  const char *name = luaL_checkstring(L, 1);
  eco_lua_basin *self = lua_newuserdatauv(L, sizeof *self, 1);
  self->basin = NULL;
  luaL_setmetatable(L, ECO_LUA_BASIN);
  lua_newtable(L);
  lua_setiuservalue(L, -2, 1);
  eco_lua_try(L, eco_basin_create(eco_lua_env(L), name, &self->basin, &err), &err);
  return 1;
}

static int basin_close(lua_State *L)
{
  eco_lua_basin *self = luaL_checkudata(L, 1, ECO_LUA_BASIN);
  eco_basin_destroy(self->basin);
  self->basin = NULL;
  return 0;
}

static eco_kind check_kind(lua_State *L, int index)
{
  const char *word = luaL_checkstring(L, index), *words[ECO_N_KINDS];
  for (int kind = 0; kind < ECO_N_KINDS; kind++) {
    words[kind] = eco_kind_word((eco_kind)kind);
    if (strcmp(words[kind], word) == 0)
      return (eco_kind)kind;
  }
  const char *near = eco_nearest(word, words, ECO_N_KINDS);
  (void)eco_lua_fault(L, ECO_NOT_FOUND, "", "'%s' is no kind of item%s%s%s", word,
                      near != NULL ? " (did you mean '" : "", near != NULL ? near : "", near != NULL ? "'?)" : "");
  return ECO_N_KINDS;
}

/* b:add(kind, name, place) */
static int basin_add(lua_State *L)
{
  eco_lua_basin *self = check_basin(L);
  eco_error err = {.status = ECO_OK};
  eco_kind kind = check_kind(L, 2);
  const char *name = luaL_checkstring(L, 3), *place = luaL_optstring(L, 4, "");
  eco_item item;
  eco_lua_try(L, eco_basin_add(self->basin, kind, name, place, &item, &err), &err);
  lua_getiuservalue(L, 1, 1);
  lua_pushinteger(L, (lua_Integer)kind);
  lua_setfield(L, -2, name);
  return 0;
}

/* The row of a parameter, "conc.*" for "conc.NH3-N"; NULL: the library says what is wrong with the name. */
static const eco_spec *find_spec(eco_kind kind, const char *param)
{
  const char *dot = strchr(param, '.');
  const eco_spec *wild = NULL;
  for (size_t i = 0; i < eco_spec_count(); i++) {
    const eco_spec *spec = eco_spec_at(i);
    if (spec->kind != kind)
      continue;
    if (strcmp(spec->name, param) == 0)
      return spec;
    if (dot != NULL && strncmp(spec->name, param, (size_t)(dot - param) + 1) == 0 &&
        strcmp(spec->name + (dot - param), ".*") == 0)
      wild = spec;
  }
  return wild;
}

static void set_list(lua_State *L, eco_basin *basin, eco_item item, const char *param, const char *unit)
{
  eco_error err = {.status = ECO_OK};
  size_t n = (size_t)lua_rawlen(L, 4);
  double *values = lua_newuserdatauv(L, (n + 1) * sizeof *values, 0);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 4, (lua_Integer)i + 1);
    if (lua_type(L, -1) != LUA_TNUMBER)
      (void)eco_lua_fault(L, ECO_INVALID, "", "'%s' of '%s': element %zu is a %s, expected a number", param,
                          lua_tostring(L, 2), i + 1, luaL_typename(L, -1));
    values[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  eco_lua_try(L, eco_basin_set_array(basin, item, param, values, n, unit, &err), &err);
}

/* { first = day, place = "weather.csv", 0.0, 3.2, … }: NaN where nothing is known */
static void set_series(lua_State *L, eco_basin *basin, eco_item item, const char *param, const char *unit)
{
  eco_error err = {.status = ECO_OK};
  size_t n = (size_t)lua_rawlen(L, 4);
  eco_day first = eco_lua_day_field(L, 4, "first", 0);
  const char *place = eco_lua_text_field(L, 4, "place");
  double *values = lua_newuserdatauv(L, (n + 1) * sizeof *values, 0);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 4, (lua_Integer)i + 1);
    if (lua_type(L, -1) != LUA_TNUMBER)
      (void)eco_lua_fault(L, ECO_INVALID, "", "'%s' of '%s': day %zu is a %s, expected a number", param,
                          lua_tostring(L, 2), i + 1, luaL_typename(L, -1));
    values[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  eco_lua_try(L, eco_basin_set_series(basin, item, param, first, values, n, unit, place, &err), &err);
}

static void set_number(lua_State *L, eco_basin *basin, eco_item item, const char *param, double value, const char *unit,
                       bool is_list)
{
  eco_error err = {.status = ECO_OK};
  eco_lua_try(L,
              is_list ? eco_basin_set_array(basin, item, param, &value, 1, unit, &err)
                      : eco_basin_set_number(basin, item, param, value, unit, &err),
              &err);
}

/* A text is a name, or a quantity where a number is wanted. */
static void set_text(lua_State *L, eco_basin *basin, eco_item item, const char *param, bool is_text, bool is_list)
{
  eco_error err = {.status = ECO_OK};
  const char *given = lua_tostring(L, 4);
  double value = 0.0;
  char unit[32] = "";
  if (is_text) {
    eco_lua_try(L, eco_basin_set_text(basin, item, param, given, &err), &err);
    return;
  }
  eco_lua_try(L, eco_quantity_parse(given, &value, unit, &err), &err);
  set_number(L, basin, item, param, value, unit, is_list);
}

/* b:set(name, param, value [, unit]) */
static int basin_set(lua_State *L)
{
  eco_basin *basin = check_basin(L)->basin;
  eco_error err = {.status = ECO_OK};
  const char *name = luaL_checkstring(L, 2), *param = luaL_checkstring(L, 3), *unit = luaL_optstring(L, 5, NULL);
  eco_item item;
  eco_lua_try(L, eco_basin_find(basin, name, &item, &err), &err);
  lua_getiuservalue(L, 1, 1);
  lua_getfield(L, -1, name);
  const eco_spec *spec = find_spec((eco_kind)lua_tointeger(L, -1), param);
  bool is_list = spec != NULL && (spec->form == ECO_MONTHLY || spec->form == ECO_TABLE);
  switch (lua_type(L, 4)) {
  case LUA_TTABLE:
    if (spec != NULL && spec->form == ECO_DAILY)
      set_series(L, basin, item, param, unit);
    else
      set_list(L, basin, item, param, unit);
    return 0;
  case LUA_TSTRING:
    set_text(L, basin, item, param, spec == NULL || spec->form == ECO_TEXT, is_list);
    return 0;
  case LUA_TBOOLEAN:
    set_number(L, basin, item, param, lua_toboolean(L, 4) ? 1.0 : 0.0, unit, is_list);
    return 0;
  default:
    set_number(L, basin, item, param, luaL_checknumber(L, 4), unit, is_list);
    return 0;
  }
}

static int basin_count(lua_State *L)
{
  eco_lua_basin *self = check_basin(L);
  lua_pushinteger(L, (lua_Integer)eco_basin_count(self->basin, check_kind(L, 2)));
  return 1;
}

/* ---- model */

static eco_lua_model *check_model(lua_State *L, int index)
{
  eco_lua_model *self = luaL_checkudata(L, index, ECO_LUA_MODEL);
  luaL_argcheck(L, self->model != NULL, index, "the model is closed");
  return self;
}

/* core.compile(basin, { cell_m = }) */
static int core_compile(lua_State *L)
{
  static const char *const names[] = {"cell_m", NULL};
  eco_error err = {.status = ECO_OK};
  eco_compile_options options = ECO_COMPILE_OPTIONS_INIT;
  eco_lua_basin *basin = check_basin(L);
  if (!lua_isnoneornil(L, 2)) {
    eco_lua_check_keys(L, 2, "compile", names);
    options.cell_m = eco_lua_number_field(L, 2, "cell_m", 0.0);
  }
  eco_lua_model *self = lua_newuserdatauv(L, sizeof *self, 0);
  *self = (eco_lua_model){NULL, 0};
  luaL_setmetatable(L, ECO_LUA_MODEL);
  eco_lua_try(L, eco_model_compile(basin->basin, &options, &self->model, &err), &err);
  return 1;
}

static int model_close(lua_State *L)
{
  eco_lua_model *self = luaL_checkudata(L, 1, ECO_LUA_MODEL);
  if (self->users > 0)
    return 0; /* a run reads it: the collector closes it after that */
  eco_model_destroy(self->model);
  self->model = NULL;
  return 0;
}

static int model_size(lua_State *L)
{
  eco_model_size size = eco_model_size_of(check_model(L, 1)->model);
  lua_createtable(L, 0, 9);
  eco_lua_set_integer(L, "cells", (lua_Integer)size.cells);
  eco_lua_set_integer(L, "faces", (lua_Integer)size.faces);
  eco_lua_set_integer(L, "waters", (lua_Integer)size.waters);
  eco_lua_set_integer(L, "structures", (lua_Integer)size.structures);
  eco_lua_set_integer(L, "catchments", (lua_Integer)size.catchments);
  eco_lua_set_integer(L, "sources", (lua_Integer)size.sources);
  eco_lua_set_integer(L, "sites", (lua_Integer)size.sites);
  eco_lua_set_integer(L, "sections", (lua_Integer)size.sections);
  eco_lua_set_integer(L, "fill", (lua_Integer)size.fill);
  return 1;
}

/* model:weather(): { { name =, text = }, … } */
static int model_weather(lua_State *L)
{
  const eco_model *model = check_model(L, 1)->model;
  lua_createtable(L, (int)eco_model_weather_count(model), 0);
  for (size_t i = 0; i < eco_model_weather_count(model); i++) {
    eco_weather_source row = eco_model_weather_at(model, i);
    lua_createtable(L, 0, 2);
    eco_lua_set_text(L, "name", row.name);
    eco_lua_set_text(L, "text", row.text);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* ---- scenario */

static int core_scenario(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  eco_lua_model *model = check_model(L, 1);
  const char *name = luaL_checkstring(L, 2);
  eco_lua_scenario *self = lua_newuserdatauv(L, sizeof *self, 1);
  self->scenario = NULL;
  luaL_setmetatable(L, ECO_LUA_SCENARIO);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  eco_lua_try(L, eco_scenario_create(model->model, name, &self->scenario, &err), &err);
  return 1;
}

static int scenario_close(lua_State *L)
{
  eco_lua_scenario *self = luaL_checkudata(L, 1, ECO_LUA_SCENARIO);
  eco_scenario_destroy(self->scenario);
  self->scenario = NULL;
  return 0;
}

static eco_change_op check_op(lua_State *L, int index)
{
  const char *op = eco_lua_text_field(L, index, "op");
  if (op == NULL || strcmp(op, "set") == 0)
    return ECO_SET;
  if (strcmp(op, "scale") != 0)
    (void)eco_lua_fault(L, ECO_INVALID, "", "change: op is '%s', expected set or scale", op);
  return ECO_SCALE;
}

/* s:change { from =, ["until"] =, item =, param =, op =, value =, unit =, place = } */
static int scenario_change(lua_State *L)
{
  static const char *const names[] = {"from", "until", "item", "param", "op", "value", "unit", "place", NULL};
  eco_error err = {.status = ECO_OK};
  eco_lua_scenario *self = luaL_checkudata(L, 1, ECO_LUA_SCENARIO);
  luaL_argcheck(L, self->scenario != NULL, 1, "the scenario is closed");
  eco_lua_check_keys(L, 2, "change", names);
  const char *item = eco_lua_text_field(L, 2, "item"), *param = eco_lua_text_field(L, 2, "param");
  const char *unit = eco_lua_text_field(L, 2, "unit"), *place = eco_lua_text_field(L, 2, "place");
  luaL_argcheck(L, item != NULL && param != NULL, 2, "'item' and 'param' must be given");
  luaL_argcheck(L, lua_getfield(L, 2, "from") != LUA_TNIL, 2, "'from' must be given");
  luaL_argcheck(L, lua_getfield(L, 2, "value") != LUA_TNIL, 2, "'value' must be given");
  eco_day from = eco_lua_day_field(L, 2, "from", 0), until = eco_lua_day_field(L, 2, "until", from);
  double value = eco_lua_number_field(L, 2, "value", 0.0);
  eco_change_op op = check_op(L, 2);
  eco_lua_try(L, eco_scenario_change(self->scenario, from, until, item, param, op, value, unit, place, &err), &err);
  return 0;
}

/* ---- all of them */

static int basin_tostring(lua_State *L)
{
  const eco_lua_basin *self = luaL_checkudata(L, 1, ECO_LUA_BASIN);
  lua_Integer items = 0;
  for (int kind = 0; self->basin != NULL && kind < ECO_N_KINDS; kind++)
    items += (lua_Integer)eco_basin_count(self->basin, (eco_kind)kind);
  if (self->basin == NULL)
    lua_pushliteral(L, "basin (closed)");
  else
    lua_pushfstring(L, "basin of %I items", (LUAI_UACINT)items);
  return 1;
}

static int model_tostring(lua_State *L)
{
  const eco_lua_model *self = luaL_checkudata(L, 1, ECO_LUA_MODEL);
  if (self->model == NULL)
    lua_pushliteral(L, "model (closed)");
  else
    lua_pushfstring(L, "model of %I cells", (LUAI_UACINT)eco_model_size_of(self->model).cells);
  return 1;
}

static int scenario_tostring(lua_State *L)
{
  const eco_lua_scenario *self = luaL_checkudata(L, 1, ECO_LUA_SCENARIO);
  lua_pushstring(L, self->scenario == NULL ? "scenario (closed)" : "scenario");
  return 1;
}

void eco_lua_open_describe(lua_State *L)
{
  static const luaL_Reg functions[] = {
    {"basin", core_basin}, {"compile", core_compile}, {"scenario", core_scenario}, {NULL, NULL}};
  static const luaL_Reg basin_meta[] = {
    {"__gc", basin_close}, {"__close", basin_close}, {"__tostring", basin_tostring}, {NULL, NULL}};
  static const luaL_Reg basin_methods[] = {{"add", basin_add},
                                           {"set", basin_set},
                                           {"count", basin_count},
                                           {"process_param", eco_lua_process_param},
                                           {"process_node", eco_lua_process_node},
                                           {"process_flux", eco_lua_process_flux},
                                           {"process_parse", eco_lua_process_parse},
                                           {"process_family", eco_lua_process_family},
                                           {NULL, NULL}};
  static const luaL_Reg model_meta[] = {
    {"__gc", model_close}, {"__close", model_close}, {"__tostring", model_tostring}, {NULL, NULL}};
  static const luaL_Reg model_methods[] = {{"size", model_size}, {"weather", model_weather}, {NULL, NULL}};
  static const luaL_Reg scenario_meta[] = {
    {"__gc", scenario_close}, {"__close", scenario_close}, {"__tostring", scenario_tostring}, {NULL, NULL}};
  static const luaL_Reg scenario_methods[] = {
    {"change", scenario_change}, {"rule", eco_lua_scenario_rule}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
  eco_lua_class(L, ECO_LUA_BASIN, basin_meta, basin_methods);
  eco_lua_class(L, ECO_LUA_MODEL, model_meta, model_methods);
  eco_lua_class(L, ECO_LUA_SCENARIO, scenario_meta, scenario_methods);
}
