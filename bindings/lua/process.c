/* process.c -- basin:process_param, :process_node, :process_flux: expressions of processes, node by node. Nodes are integers. */
#include "lua/binding.h"

#include <math.h>
#include <string.h>

/* basin, name of the process, ... */
static eco_basin *check_process(lua_State *L, eco_item *item)
{
  eco_lua_basin *self = luaL_checkudata(L, 1, ECO_LUA_BASIN);
  luaL_argcheck(L, self->basin != NULL, 1, "the basin is closed");
  eco_error err = {.status = ECO_OK};
  eco_lua_try(L, eco_basin_find(self->basin, luaL_checkstring(L, 2), item, &err), &err);
  return self->basin;
}

static eco_node node_argument(lua_State *L, int index)
{
  if (lua_isnoneornil(L, index))
    return ECO_NO_NODE;
  lua_Integer node = luaL_checkinteger(L, index);
  luaL_argcheck(L, node >= 0 && node < ECO_NO_NODE, index, "a node expected");
  return (eco_node)node;
}

/* b:process_param(process, { name =, unit =, value =, lowest =, highest =, source =, text = }) -> node */
int eco_lua_process_param(lua_State *L)
{
  static const char *const names[] = {"name", "unit", "value", "lowest", "highest", "source", "text", NULL};
  eco_error err = {.status = ECO_OK};
  eco_item item;
  eco_basin *basin = check_process(L, &item);
  eco_lua_check_keys(L, 3, "parameter of a process", names);
  eco_process_param param = ECO_PROCESS_PARAM_INIT;
  param.name = eco_lua_text_field(L, 3, "name");
  param.unit = eco_lua_text_field(L, 3, "unit");
  param.source = eco_lua_text_field(L, 3, "source");
  param.text = eco_lua_text_field(L, 3, "text");
  param.value = eco_lua_number_field(L, 3, "value", NAN);
  param.lowest = eco_lua_number_field(L, 3, "lowest", NAN);
  param.highest = eco_lua_number_field(L, 3, "highest", NAN);
  eco_node node = ECO_NO_NODE;
  eco_lua_try(L, eco_process_add_param(basin, item, &param, &node, &err), &err);
  lua_pushinteger(L, (lua_Integer)node);
  return 1;
}

/* b:process_node(process, "constituent" | "surrounding", name) -> node
 * b:process_node(process, "number", value [, unit]) -> node
 * b:process_node(process, operation, a [, b [, c]]) -> node */
int eco_lua_process_node(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  eco_item item;
  eco_basin *basin = check_process(L, &item);
  const char *what = luaL_checkstring(L, 3);
  eco_node node = ECO_NO_NODE;
  eco_status status;
  if (strcmp(what, "constituent") == 0)
    status = eco_process_constituent(basin, item, luaL_checkstring(L, 4), &node, &err);
  else if (strcmp(what, "surrounding") == 0)
    status = eco_process_surrounding(basin, item, luaL_checkstring(L, 4), &node, &err);
  else if (strcmp(what, "number") == 0)
    status = eco_process_number(basin, item, luaL_checknumber(L, 4), luaL_optstring(L, 5, NULL), &node, &err);
  else
    status =
      eco_process_apply(basin, item, what, node_argument(L, 4), node_argument(L, 5), node_argument(L, 6), &node, &err);
  eco_lua_try(L, status, &err);
  lua_pushinteger(L, (lua_Integer)node);
  return 1;
}

static eco_process_side side_field(lua_State *L, int index)
{
  const char *side = eco_lua_text_field(L, index, "side");
  if (side == NULL || strcmp(side, "water") == 0)
    return ECO_SIDE_WATER;
  if (strcmp(side, "air") == 0)
    return ECO_SIDE_AIR;
  if (strcmp(side, "bed") != 0)
    (void)eco_lua_fault(L, ECO_INVALID, "", "flux: side is '%s', expected water, air or bed", side);
  return ECO_SIDE_BED;
}

/* b:process_flux(process, { name =, rate =, both_ways =, side =, { constituent =, coefficient = }, … }) */
int eco_lua_process_flux(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  eco_item item;
  eco_basin *basin = check_process(L, &item);
  luaL_checktype(L, 3, LUA_TTABLE);
  size_t n = (size_t)lua_rawlen(L, 3);
  eco_process_flux flux = ECO_PROCESS_FLUX_INIT;
  flux.name = eco_lua_text_field(L, 3, "name");
  flux.side = side_field(L, 3);
  lua_getfield(L, 3, "rate");
  flux.rate = node_argument(L, -1);
  lua_getfield(L, 3, "both_ways");
  flux.both_ways = lua_toboolean(L, -1);
  eco_process_part *parts = lua_newuserdatauv(L, (n + 1) * sizeof *parts, 0);
  luaL_checkstack(L, 4, "parts of a flux");
  for (size_t k = 0; k < n; k++) {
    lua_rawgeti(L, 3, (lua_Integer)k + 1);
    luaL_checktype(L, -1, LUA_TTABLE);
    parts[k].constituent = eco_lua_text_field(L, -1, "constituent"); /* the table keeps it alive */
    parts[k].coefficient = eco_lua_number_field(L, -1, "coefficient", NAN);
    lua_pop(L, 1);
  }
  flux.parts = parts;
  flux.n_parts = n;
  eco_lua_try(L, eco_process_add_flux(basin, item, &flux, &err), &err);
  return 0;
}

/* b:process_parse(process, text) -> node */
int eco_lua_process_parse(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  eco_item item;
  eco_basin *basin = check_process(L, &item);
  eco_node node = ECO_NO_NODE;
  eco_lua_try(L, eco_process_parse(basin, item, luaL_checkstring(L, 3), &node, &err), &err);
  lua_pushinteger(L, (lua_Integer)node);
  return 1;
}

/* b:process_family(process, family, { mu = 1.8, … }): in the family's units */
int eco_lua_process_family(lua_State *L)
{
  enum { MOST_GIVEN = 64 };
  eco_error err = {.status = ECO_OK};
  eco_item item;
  eco_basin *basin = check_process(L, &item);
  const char *family = luaL_checkstring(L, 3);
  eco_process_value given[MOST_GIVEN];
  size_t n = 0;
  luaL_checktype(L, 4, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, 4) != 0; lua_pop(L, 1)) {
    luaL_argcheck(L, lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TNUMBER && n < MOST_GIVEN, 4,
                  "numbers by name expected");
    given[n++] = (eco_process_value){lua_tostring(L, -2), lua_tonumber(L, -1), NULL}; /* the table keeps the name */
  }
  eco_lua_try(L, eco_process_use_family(basin, item, family, given, n, &err), &err);
  return 0;
}

static void push_family_params(lua_State *L, const eco_family *family)
{
  lua_createtable(L, (int)family->n_params, 0);
  for (size_t k = 0; k < family->n_params; k++) {
    const eco_family_param *p = &family->params[k];
    lua_createtable(L, 0, 7);
    eco_lua_set_text(L, "name", p->name);
    eco_lua_set_text(L, "unit", p->unit);
    eco_lua_set_text(L, "source", p->source);
    eco_lua_set_text(L, "text", p->text);
    eco_lua_set_number(L, "lowest", p->lowest);
    eco_lua_set_number(L, "typical", p->typical);
    eco_lua_set_number(L, "highest", p->highest);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
}

static void push_family_fluxes(lua_State *L, const eco_family *family)
{
  lua_createtable(L, (int)family->n_fluxes, 0);
  for (size_t k = 0; k < family->n_fluxes; k++) {
    const eco_family_flux *f = &family->fluxes[k];
    lua_createtable(L, 0, 4);
    eco_lua_set_text(L, "id", f->id);
    eco_lua_set_text(L, "name", f->name);
    eco_lua_set_text(L, "rate", f->rate);
    eco_lua_set_text(L, "moves", f->moves);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
}

/* core.families(): { { name =, text =, constituents = { … }, params = { … }, definitions = { … }, fluxes = { … } }, … } */
int eco_lua_families(lua_State *L)
{
  lua_createtable(L, (int)eco_family_count(), 0);
  for (size_t i = 0; i < eco_family_count(); i++) {
    const eco_family *family = eco_family_at(i);
    lua_createtable(L, 0, 6);
    eco_lua_set_text(L, "name", family->name);
    eco_lua_set_text(L, "text", family->text);
    lua_createtable(L, (int)family->n_constituents, 0);
    for (size_t k = 0; k < family->n_constituents; k++) {
      lua_pushstring(L, family->constituents[k]);
      lua_rawseti(L, -2, (lua_Integer)k + 1);
    }
    lua_setfield(L, -2, "constituents");
    push_family_params(L, family);
    lua_setfield(L, -2, "params");
    lua_createtable(L, (int)family->n_definitions, 0);
    for (size_t k = 0; k < family->n_definitions; k++) {
      lua_createtable(L, 0, 2);
      eco_lua_set_text(L, "name", family->definitions[k].name);
      eco_lua_set_text(L, "text", family->definitions[k].text);
      lua_rawseti(L, -2, (lua_Integer)k + 1);
    }
    lua_setfield(L, -2, "definitions");
    push_family_fluxes(L, family);
    lua_setfield(L, -2, "fluxes");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* core.surroundings(): { { name =, unit =, text = }, … } */
int eco_lua_surroundings(lua_State *L)
{
  lua_createtable(L, ECO_N_SURROUNDINGS, 0);
  for (size_t k = 0; k < ECO_N_SURROUNDINGS; k++) {
    lua_createtable(L, 0, 3);
    eco_lua_set_text(L, "name", eco_surrounding_word(k));
    eco_lua_set_text(L, "unit", eco_surrounding_unit(k));
    eco_lua_set_text(L, "text", eco_surrounding_text(k));
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  return 1;
}
