/* collection.c -- run:collect(): a run's rows kept in memory, for scripts without files. Values are kept as floats, as in
 * the file, so that scores are the same either way. */
#include "lua/binding.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAYOUT_VALUE = 1, TEXTS_VALUE, N_VALUES = TEXTS_VALUE };

typedef struct kept_table {
  size_t n_times, n_places, n_variables;
  float *values; /* [variable][scenario][member][time][place] */
} kept_table;

typedef struct collection {
  size_t n_scenarios, n_members, n_ledgers;
  kept_table tables[ECO_N_TABLES];
  eco_ledger *ledgers; /* [scenario][member][quantity] */
  char (*names)[64];   /* quantity and unit of each, as the run's own texts go with it */
  size_t n_places[ECO_N_BALANCES];
  eco_balance *balances[ECO_N_BALANCES]; /* [scenario][member][place] */
  bool balanced;
} collection;

static size_t lanes_of(const collection *self)
{
  return self->n_scenarios * self->n_members;
}

static int collection_close(lua_State *L)
{
  collection *self = luaL_checkudata(L, 1, ECO_LUA_COLLECTION);
  for (int t = 0; t < ECO_N_TABLES; t++) {
    free(self->tables[t].values);
    self->tables[t].values = NULL;
  }
  for (int id = 0; id < ECO_N_BALANCES; id++) {
    free(self->balances[id]);
    self->balances[id] = NULL;
  }
  self->balanced = false;
  free(self->ledgers);
  free(self->names);
  self->ledgers = NULL;
  self->names = NULL;
  self->n_ledgers = 0;
  return 0;
}

/* ---- sink */

static eco_status fail(eco_error *err, eco_status status, const char *text)
{
  if (err != NULL) {
    *err = (eco_error){.status = status};
    (void)snprintf(err->text, sizeof err->text, "%s", text);
  }
  return status;
}

static eco_status begin(void *user, const eco_layout *layout, eco_error *err)
{
  (void)user; /* room was made when the collection was */
  (void)layout;
  (void)err;
  return ECO_OK;
}

static eco_status frames(void *user, eco_table_id id, size_t scenario, size_t member, size_t first, size_t n,
                         const double *values, eco_error *err)
{
  collection *self = user;
  const kept_table *table = &self->tables[id];
  if (table->n_times * table->n_places * table->n_variables == 0)
    return ECO_OK;
  if (table->values == NULL)
    return fail(err, ECO_INVALID, "the collection was closed before the run came to its end");
  if (scenario >= self->n_scenarios || member >= self->n_members || first + n > table->n_times)
    return fail(err, ECO_INVALID, "rows that are not in the collection's layout");
  size_t lane = scenario * self->n_members + member, cells = n * table->n_places;
  for (size_t v = 0; v < table->n_variables; v++) {
    float *to = table->values + ((v * lanes_of(self) + lane) * table->n_times + first) * table->n_places;
    for (size_t i = 0; i < cells; i++)
      to[i] = (float)values[i * table->n_variables + v];
  }
  return ECO_OK;
}

static eco_status make_ledgers(collection *self, const eco_ledger *ledgers, size_t n, eco_error *err)
{
  self->ledgers = calloc(lanes_of(self) * n + 1, sizeof *self->ledgers);
  self->names = calloc(2 * n + 1, sizeof *self->names);
  if (self->ledgers == NULL || self->names == NULL)
    return fail(err, ECO_NO_MEMORY, "no memory to collect ledgers");
  self->n_ledgers = n;
  for (size_t q = 0; q < n; q++) {
    (void)snprintf(self->names[2 * q], sizeof self->names[0], "%s", ledgers[q].quantity);
    (void)snprintf(self->names[2 * q + 1], sizeof self->names[0], "%s", ledgers[q].unit);
  }
  return ECO_OK;
}

static eco_status ledger(void *user, size_t scenario, size_t member, const eco_ledger *ledgers, size_t n,
                         eco_error *err)
{
  collection *self = user;
  if (self->ledgers == NULL) {
    eco_status status = make_ledgers(self, ledgers, n, err);
    if (status != ECO_OK)
      return status;
  }
  if (scenario >= self->n_scenarios || member >= self->n_members || n != self->n_ledgers)
    return fail(err, ECO_INVALID, "a ledger that is not in the collection's layout");
  for (size_t q = 0; q < n; q++) {
    eco_ledger *kept = &self->ledgers[(scenario * self->n_members + member) * n + q];
    *kept = ledgers[q];
    kept->quantity = self->names[2 * q];
    kept->unit = self->names[2 * q + 1];
  }
  return ECO_OK;
}

static eco_status balance(void *user, eco_balance_id id, size_t scenario, size_t member, const eco_balance *balances,
                          size_t n, eco_error *err)
{
  collection *self = user;
  if (scenario >= self->n_scenarios || member >= self->n_members || n != self->n_places[id])
    return fail(err, ECO_INVALID, "a balance that is not in the collection's layout");
  if (self->balances[id] == NULL)
    return fail(err, ECO_INVALID, "the collection was closed before the run came to its end");
  memcpy(self->balances[id] + (scenario * self->n_members + member) * n, balances, n * sizeof *balances);
  self->balanced = true;
  return ECO_OK;
}

static eco_status end(void *user, eco_error *err)
{
  (void)user;
  (void)err;
  return ECO_OK;
}

/* ---- making */

static bool make_table(kept_table *to, const eco_table *table, size_t lanes)
{
  *to = (kept_table){table->n_times, table->n_places, table->n_variables, NULL};
  double wanted = (double)lanes * (double)to->n_times * (double)to->n_places * (double)to->n_variables;
  if (wanted > (double)(SIZE_MAX / 8))
    return false;
  size_t n = lanes * to->n_times * to->n_places * to->n_variables;
  to->values = malloc((n + 1) * sizeof *to->values);
  for (size_t i = 0; to->values != NULL && i < n; i++)
    to->values[i] = NAN; /* not reached */
  return to->values != NULL;
}

eco_sink eco_lua_collection_push(lua_State *L, const eco_layout *layout)
{
  collection *self = lua_newuserdatauv(L, sizeof *self, N_VALUES);
  *self = (collection){.n_scenarios = layout->n_scenarios, .n_members = layout->n_members};
  luaL_setmetatable(L, ECO_LUA_COLLECTION);
  for (int t = 0; t < ECO_N_TABLES; t++)
    if (!make_table(&self->tables[t], &layout->tables[t], lanes_of(self)))
      (void)eco_lua_fault(L, ECO_NO_MEMORY, "", "no memory to collect the results, write them to a file");
  for (int id = 0; id < ECO_N_BALANCES; id++) {
    self->n_places[id] = layout->balances[id].n_places;
    self->balances[id] = calloc(lanes_of(self) * self->n_places[id] + 1, sizeof(eco_balance));
    if (self->balances[id] == NULL)
      (void)eco_lua_fault(L, ECO_NO_MEMORY, "", "no memory to collect balances");
  }
  eco_lua_push_layout(L, layout, NULL);
  lua_setiuservalue(L, -2, LAYOUT_VALUE);
  lua_newtable(L);
  lua_setiuservalue(L, -2, TEXTS_VALUE);
  return (eco_sink){sizeof(eco_sink), self, begin, frames, ledger, end, balance};
}

/* ---- reading */

static int collection_layout(lua_State *L)
{
  (void)luaL_checkudata(L, 1, ECO_LUA_COLLECTION);
  lua_getiuservalue(L, 1, LAYOUT_VALUE);
  return 1;
}

static int collection_series(lua_State *L)
{
  const collection *self = luaL_checkudata(L, 1, ECO_LUA_COLLECTION);
  lua_settop(L, 6);
  lua_getiuservalue(L, 1, LAYOUT_VALUE);
  eco_lua_series wanted = eco_lua_series_arguments(L, 7);
  const kept_table *table = &self->tables[wanted.table];
  luaL_argcheck(L, table->values != NULL, 1, "the collection is closed");
  /* the layout is a table that a script can change: what it led to is checked once more */
  luaL_argcheck(L,
                wanted.variable_index < table->n_variables && wanted.place < table->n_places &&
                  wanted.scenario < self->n_scenarios && wanted.member < self->n_members,
                1, "the layout was changed");
  eco_lua_vector *v = eco_lua_vector_push(L, table->n_times);
  size_t lane = wanted.scenario * self->n_members + wanted.member;
  const float *from =
    table->values + (wanted.variable_index * lanes_of(self) + lane) * table->n_times * table->n_places + wanted.place;
  for (size_t t = 0; t < v->n; t++)
    v->values[t] = (double)from[t * table->n_places];
  return 1;
}

static int collection_ledger(lua_State *L)
{
  const collection *self = luaL_checkudata(L, 1, ECO_LUA_COLLECTION);
  size_t scenario = 0, member = 0;
  lua_settop(L, 3);
  lua_getiuservalue(L, 1, LAYOUT_VALUE);
  eco_lua_lane_arguments(L, 4, 2, &scenario, &member);
  if (self->ledgers == NULL)
    return eco_lua_fault(L, ECO_NOT_FOUND, "", "the collection has no ledger: the run did not reach its end");
  luaL_argcheck(L, scenario < self->n_scenarios && member < self->n_members, 1, "the layout was changed");
  eco_lua_push_ledgers(L, self->ledgers + (scenario * self->n_members + member) * self->n_ledgers, self->n_ledgers);
  return 1;
}

static int collection_balance(lua_State *L)
{
  const collection *self = luaL_checkudata(L, 1, ECO_LUA_COLLECTION);
  size_t scenario = 0, member = 0;
  lua_settop(L, 4);
  eco_balance_id id = eco_lua_balance_argument(L, 2);
  lua_getiuservalue(L, 1, LAYOUT_VALUE);
  eco_lua_lane_arguments(L, 5, 3, &scenario, &member);
  if (!self->balanced)
    return eco_lua_fault(L, ECO_NOT_FOUND, "", "the collection has no balance: the run did not reach its end");
  luaL_argcheck(L, scenario < self->n_scenarios && member < self->n_members, 1, "the layout was changed");
  eco_lua_push_balances(L, 5, id, self->balances[id] + (scenario * self->n_members + member) * self->n_places[id],
                        self->n_places[id]);
  return 1;
}

/* Texts as a results file has them, so that what reads one reads the other. */
static int collection_text(lua_State *L)
{
  (void)luaL_checkudata(L, 1, ECO_LUA_COLLECTION);
  lua_getiuservalue(L, 1, TEXTS_VALUE);
  lua_getfield(L, -1, luaL_checkstring(L, 2));
  return 1;
}

static int collection_set_text(lua_State *L)
{
  (void)luaL_checkudata(L, 1, ECO_LUA_COLLECTION);
  const char *key = luaL_checkstring(L, 2);
  (void)luaL_checkstring(L, 3);
  lua_getiuservalue(L, 1, TEXTS_VALUE);
  lua_pushvalue(L, 3);
  lua_setfield(L, -2, key);
  return 0;
}

static int collection_tostring(lua_State *L)
{
  (void)luaL_checkudata(L, 1, ECO_LUA_COLLECTION);
  lua_pushliteral(L, "collection");
  return 1;
}

void eco_lua_open_collection(lua_State *L)
{
  static const luaL_Reg meta[] = {
    {"__gc", collection_close}, {"__close", collection_close}, {"__tostring", collection_tostring}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"layout", collection_layout}, {"series", collection_series},
                                     {"ledger", collection_ledger}, {"balance", collection_balance},
                                     {"text", collection_text},     {"set_text", collection_set_text},
                                     {"close", collection_close},   {NULL, NULL}};
  eco_lua_class(L, ECO_LUA_COLLECTION, meta, methods);
}
