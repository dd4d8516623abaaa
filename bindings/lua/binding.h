/* binding.h -- what the files of the Lua module `ecosim.core` share.
 *
 * One C function stands behind one Lua function; tables are read, never interpreted. Objects are full userdata with a
 * __name, __gc, __close and __tostring; an object keeps the ones it needs alive by user values. Nothing is raised while
 * a C resource is held by a local variable alone: results of the library go into a userdata that is already there. */
#ifndef ECOSIM_LUA_BINDING_H
#define ECOSIM_LUA_BINDING_H

#include "ecosim/ecosim.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>

#define ECO_LUA_BASIN "ecosim.basin"
#define ECO_LUA_MODEL "ecosim.model"
#define ECO_LUA_SCENARIO "ecosim.scenario"
#define ECO_LUA_RUN "ecosim.run"
#define ECO_LUA_RESULTS "ecosim.results"
#define ECO_LUA_COLLECTION "ecosim.collection"
#define ECO_LUA_VECTOR "ecosim.vector"

typedef struct eco_lua_basin { /* user value 1: kinds of the items by name */
  eco_basin *basin;
} eco_lua_basin;
typedef struct eco_lua_model {
  eco_model *model;
  int users; /* runs that borrow it: closing waits for them */
} eco_lua_model;
typedef struct eco_lua_scenario { /* user value 1: the model */
  eco_scenario *scenario;
} eco_lua_scenario;
typedef struct eco_lua_vector {
  size_t n;
  double values[];
} eco_lua_vector;

int luaopen_ecosim_core(lua_State *L);

/* The host's hooks for everything made in this state from now on; borrowed until the state is closed. */
void eco_lua_set_env(lua_State *L, const eco_env *env);
const eco_env *eco_lua_env(lua_State *L); /* NULL where none was set */

/* ---- fault.c: errors as tables { status =, text =, place = } that print as "place: text" */
void eco_lua_open_fault(lua_State *L);
int eco_lua_raise(lua_State *L, const eco_error *err);
int eco_lua_fault(lua_State *L, eco_status status, const char *place, const char *format, ...)
  __attribute__((format(printf, 4, 5)));
void eco_lua_try(lua_State *L, eco_status status, const eco_error *err); /* raises unless ECO_OK */

/* ---- table.c: reading and making tables */
void eco_lua_class(lua_State *L, const char *name, const luaL_Reg *meta, const luaL_Reg *methods);
/* Raises where the table at `index` has a key that is not one of `names` (ended by NULL). */
void eco_lua_check_keys(lua_State *L, int index, const char *what, const char *const *names);
double eco_lua_number_field(lua_State *L, int index, const char *name, double fallback);
lua_Integer eco_lua_integer_field(lua_State *L, int index, const char *name, lua_Integer fallback);
uint32_t eco_lua_count_field(lua_State *L, int index, const char *name, uint32_t fallback);
eco_day eco_lua_day_field(lua_State *L, int index, const char *name, eco_day fallback);
/* NULL where it is absent. The text lives as long as the table has it. */
const char *eco_lua_text_field(lua_State *L, int index, const char *name);
void eco_lua_set_text(lua_State *L, const char *name, const char *text); /* into the table on top */
void eco_lua_set_number(lua_State *L, const char *name, double value);
void eco_lua_set_integer(lua_State *L, const char *name, lua_Integer value);

/* ---- vector.c */
void eco_lua_open_vector(lua_State *L);
int eco_lua_vector_make(lua_State *L); /* core.vector(n | list | vector) */
eco_lua_vector *eco_lua_vector_push(lua_State *L, size_t n);
int eco_lua_vector_add_statistics(lua_State *L); /* statistics.c: more methods into the table on top */

/* ---- describe.c, run.c, results.c, collection.c, limited.c */
void eco_lua_open_describe(lua_State *L); /* into the module on top */
void eco_lua_open_run(lua_State *L);
void eco_lua_open_results(lua_State *L);
void eco_lua_open_collection(lua_State *L);
void eco_lua_open_limited(lua_State *L);
int eco_lua_scenario_rule(lua_State *L); /* rule.c: scenario:rule { … } */
/* ---- process.c: methods of a basin, and a function of the module */
int eco_lua_process_param(lua_State *L);
int eco_lua_process_node(lua_State *L);
int eco_lua_process_flux(lua_State *L);
int eco_lua_process_parse(lua_State *L);
int eco_lua_process_family(lua_State *L);
int eco_lua_families(lua_State *L);
int eco_lua_surroundings(lua_State *L);
/* A script runs under limits: what touches files has to refuse. */
void eco_lua_refuse_when_limited(lua_State *L, const char *what);

/* ---- layout.c */
void eco_lua_push_layout(lua_State *L, const eco_layout *layout, const eco_results *results); /* results may be NULL */
void eco_lua_push_ledgers(lua_State *L, const eco_ledger *ledgers, size_t n);
/* object:balance(kind, scenario, member), object at 1, its layout table at `layout` */
eco_balance_id eco_lua_balance_argument(lua_State *L, int at);
void eco_lua_push_balances(lua_State *L, int layout, eco_balance_id id, const eco_balance *balances, size_t n);
/* What :series and :ledger are asked for, by number from 1 or by name, as numbers from 0. Object at 1, its layout
 * table at `layout`. */
typedef struct eco_lua_series {
  eco_table_id table;
  const char *variable;
  size_t variable_index, scenario, member, place;
} eco_lua_series;
eco_lua_series eco_lua_series_arguments(lua_State *L, int layout);
void eco_lua_lane_arguments(lua_State *L, int layout, int at, size_t *scenario, size_t *member);

/* ---- results.c, collection.c: the sinks of the object at `index` */
eco_sink eco_lua_results_sink(lua_State *L, int index);
eco_sink eco_lua_collection_push(lua_State *L, const eco_layout *layout);

#endif
