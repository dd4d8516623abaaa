/* results.c -- core.results_create and core.results_open. */
#include "lua/binding.h"

#include <stdio.h>
#include <string.h>

enum { LAYOUT_VALUE = 1 };

typedef struct lua_results {
  eco_results *results; /* NULL: closed */
  eco_sink inner;       /* the library's own sink into `results` */
  bool writing;
} lua_results;

static lua_results *check_results(lua_State *L, int index)
{
  lua_results *self = luaL_checkudata(L, index, ECO_LUA_RESULTS);
  luaL_argcheck(L, self->results != NULL, index, "the results are closed");
  return self;
}

static lua_results *push_results(lua_State *L, bool writing)
{
  lua_results *self = lua_newuserdatauv(L, sizeof *self, 1);
  *self = (lua_results){.writing = writing};
  luaL_setmetatable(L, ECO_LUA_RESULTS);
  return self;
}

static int results_create(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  const char *path = luaL_checkstring(L, 1);
  eco_lua_refuse_when_limited(L, "create results files");
  lua_results *self = push_results(L, true);
  eco_lua_try(L, eco_results_create(eco_lua_env(L), path, &self->results, &err), &err);
  return 1;
}

static int results_open(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  const char *path = luaL_checkstring(L, 1);
  eco_lua_refuse_when_limited(L, "open results files");
  lua_results *self = push_results(L, false);
  eco_lua_try(L, eco_results_open(eco_lua_env(L), path, &self->results, &err), &err);
  return 1;
}

static int results_close(lua_State *L)
{
  lua_results *self = luaL_checkudata(L, 1, ECO_LUA_RESULTS);
  eco_error err = {.status = ECO_OK};
  eco_results *results = self->results;
  self->results = NULL;
  eco_lua_try(L, eco_results_close(results, &err), &err);
  return 0;
}

/* The collector has nobody to tell of a full disk: results that matter are closed by name. */
static int results_collect(lua_State *L)
{
  lua_results *self = luaL_checkudata(L, 1, ECO_LUA_RESULTS);
  (void)eco_results_close(self->results, NULL);
  self->results = NULL;
  return 0;
}

/* ---- the sink: forwards while the results are open, so that a script that closes them early gets a sentence */

static eco_status closed(eco_error *err)
{
  if (err != NULL) {
    *err = (eco_error){.status = ECO_INVALID};
    (void)snprintf(err->text, sizeof err->text, "%s", "the results were closed before the run came to its end");
  }
  return ECO_INVALID;
}

static eco_status forward_begin(void *user, const eco_layout *layout, eco_error *err)
{
  lua_results *self = user;
  return self->results != NULL ? self->inner.begin(self->inner.user, layout, err) : closed(err);
}

static eco_status forward_frames(void *user, eco_table_id table, size_t scenario, size_t member, size_t first, size_t n,
                                 const double *values, eco_error *err)
{
  lua_results *self = user;
  if (self->results == NULL)
    return closed(err);
  return self->inner.frames(self->inner.user, table, scenario, member, first, n, values, err);
}

static eco_status forward_ledger(void *user, size_t scenario, size_t member, const eco_ledger *ledgers, size_t n,
                                 eco_error *err)
{
  lua_results *self = user;
  return self->results != NULL ? self->inner.ledger(self->inner.user, scenario, member, ledgers, n, err) : closed(err);
}

static eco_status forward_balance(void *user, eco_balance_id id, size_t scenario, size_t member,
                                  const eco_balance *balances, size_t n, eco_error *err)
{
  lua_results *self = user;
  if (self->results == NULL)
    return closed(err);
  return self->inner.balance(self->inner.user, id, scenario, member, balances, n, err);
}

static eco_status forward_end(void *user, eco_error *err)
{
  lua_results *self = user;
  return self->results != NULL ? self->inner.end(self->inner.user, err) : closed(err);
}

eco_sink eco_lua_results_sink(lua_State *L, int index)
{
  eco_error err = {.status = ECO_OK};
  lua_results *self = check_results(L, index);
  eco_lua_try(L, eco_results_sink(self->results, &self->inner, &err), &err);
  return (eco_sink){sizeof(eco_sink), self,        forward_begin,  forward_frames,
                    forward_ledger,   forward_end, forward_balance};
}

/* ---- texts */

/* r:set_text(key, text) */
static int results_set_text(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  size_t length = 0;
  lua_results *self = check_results(L, 1);
  const char *key = luaL_checkstring(L, 2), *text = luaL_checklstring(L, 3, &length);
  luaL_argcheck(L, strlen(text) == length, 3, "the text has a zero byte");
  eco_lua_try(L, eco_results_set_text(self->results, key, text, &err), &err);
  return 0;
}

/* r:text(key) -> text or nil */
static int results_text(lua_State *L)
{
  lua_results *self = check_results(L, 1);
  lua_pushstring(L, eco_results_text(self->results, luaL_checkstring(L, 2)));
  return 1;
}

/* r:keys() -> list of the texts' keys */
static int results_keys(lua_State *L)
{
  const lua_results *self = check_results(L, 1);
  lua_newtable(L);
  const char *key = NULL;
  for (size_t i = 0; (key = eco_results_text_key(self->results, i)) != NULL; i++) {
    lua_pushstring(L, key);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* ---- reading */

static void push_layout(lua_State *L, const lua_results *self)
{
  if (self->writing)
    (void)eco_lua_fault(L, ECO_INVALID, "", "results: they are being written, open the file to read them");
  if (lua_getiuservalue(L, 1, LAYOUT_VALUE) != LUA_TNIL)
    return;
  lua_pop(L, 1);
  eco_lua_push_layout(L, eco_results_layout(self->results), self->results);
  lua_pushvalue(L, -1);
  lua_setiuservalue(L, 1, LAYOUT_VALUE);
}

static int results_layout(lua_State *L)
{
  push_layout(L, check_results(L, 1));
  return 1;
}

/* r:series(table, variable, scenario, member, place) -> vector */
static int results_series(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  lua_results *self = check_results(L, 1);
  lua_settop(L, 6);
  push_layout(L, self);
  eco_lua_series wanted = eco_lua_series_arguments(L, 7);
  eco_lua_vector *v = eco_lua_vector_push(L, eco_results_layout(self->results)->tables[wanted.table].n_times);
  eco_lua_try(L,
              eco_results_series(self->results, wanted.table, wanted.variable, wanted.scenario, wanted.member,
                                 wanted.place, v->values, v->n, &err),
              &err);
  return 1;
}

/* r:ledger(scenario, member) -> list */
static int results_ledger(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  lua_results *self = check_results(L, 1);
  eco_ledger few[32], *ledgers = few;
  size_t n = 32, scenario = 0, member = 0;
  lua_settop(L, 3);
  push_layout(L, self);
  eco_lua_lane_arguments(L, 4, 2, &scenario, &member);
  eco_lua_try(L, eco_results_ledger(self->results, scenario, member, ledgers, &n, &err), &err);
  if (n > 32) {
    ledgers = lua_newuserdatauv(L, n * sizeof *ledgers, 0);
    eco_lua_try(L, eco_results_ledger(self->results, scenario, member, ledgers, &n, &err), &err);
  }
  eco_lua_push_ledgers(L, ledgers, n);
  return 1;
}

/* r:balance(kind, scenario, member) -> list of { name, rows, throughput, residual }, m3 */
static int results_balance(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  lua_results *self = check_results(L, 1);
  size_t n = 0, scenario = 0, member = 0;
  lua_settop(L, 4);
  eco_balance_id id = eco_lua_balance_argument(L, 2);
  push_layout(L, self);
  eco_lua_lane_arguments(L, 5, 3, &scenario, &member);
  eco_lua_try(L, eco_results_balance(self->results, id, scenario, member, NULL, &n, &err), &err);
  eco_balance *balances = lua_newuserdatauv(L, (n + 1) * sizeof *balances, 0);
  eco_lua_try(L, eco_results_balance(self->results, id, scenario, member, balances, &n, &err), &err);
  eco_lua_push_balances(L, 5, id, balances, n);
  return 1;
}

static int results_tostring(lua_State *L)
{
  const lua_results *self = luaL_checkudata(L, 1, ECO_LUA_RESULTS);
  lua_pushstring(L, self->results == NULL ? "results (closed)" : self->writing ? "results (being written)" : "results");
  return 1;
}

void eco_lua_open_results(lua_State *L)
{
  static const luaL_Reg functions[] = {
    {"results_create", results_create}, {"results_open", results_open}, {NULL, NULL}};
  static const luaL_Reg meta[] = {
    {"__gc", results_collect}, {"__close", results_close}, {"__tostring", results_tostring}, {NULL, NULL}};
  static const luaL_Reg methods[] = {
    {"set_text", results_set_text}, {"text", results_text},       {"keys", results_keys},
    {"layout", results_layout},     {"series", results_series},   {"ledger", results_ledger},
    {"close", results_close},       {"balance", results_balance}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
  eco_lua_class(L, ECO_LUA_RESULTS, meta, methods);
}
