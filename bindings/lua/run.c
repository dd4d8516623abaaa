/* run.c -- core.run and core.draw_value. A run keeps alive what it borrows: its model and the objects it writes to. */
#include "lua/binding.h"

#include <string.h>

enum { MODEL_VALUE = 1, SINKS_VALUE, LAYOUT_VALUE, N_VALUES = LAYOUT_VALUE };

typedef struct lua_run {
  eco_run *run;
  eco_lua_model *model; /* in user value 1 */
  bool done, failed;
} lua_run;

static lua_run *check_run(lua_State *L)
{
  lua_run *self = luaL_checkudata(L, 1, ECO_LUA_RUN);
  luaL_argcheck(L, self->run != NULL, 1, "the run is closed");
  return self;
}

/* ---- draws */

static eco_draw check_draw(lua_State *L, int index)
{
  static const char *const names[] = {"item", "param", "distribution", "low", "typical", "high", NULL};
  static const char *const words[] = {"lognormal", "uniform", "triangular"};
  eco_lua_check_keys(L, index, "draw", names);
  const char *word = eco_lua_text_field(L, index, "distribution");
  eco_draw draw = {.item = eco_lua_text_field(L, index, "item"), .param = eco_lua_text_field(L, index, "param")};
  if (draw.item == NULL || draw.param == NULL)
    (void)eco_lua_fault(L, ECO_INVALID, "", "draw: 'item' and 'param' must be given");
  size_t found = 0;
  while (word != NULL && found < 3 && strcmp(words[found], word) != 0)
    found++;
  if (word == NULL || found == 3)
    (void)eco_lua_fault(L, ECO_INVALID, "",
                        "draw of '%s': distribution is '%s', expected lognormal, uniform or triangular", draw.item,
                        word != NULL ? word : "nil");
  draw.distribution = (eco_distribution[]){ECO_LOGNORMAL, ECO_UNIFORM, ECO_TRIANGULAR}[found];
  draw.low = eco_lua_number_field(L, index, "low", 0.0);
  draw.typical =
    eco_lua_number_field(L, index, "typical", (draw.low + eco_lua_number_field(L, index, "high", 0.0)) / 2);
  draw.high = eco_lua_number_field(L, index, "high", 0.0);
  return draw;
}

static int core_draw_value(lua_State *L)
{
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_Integer seed = luaL_checkinteger(L, 2), member = luaL_checkinteger(L, 3);
  luaL_argcheck(L, member >= 0 && member <= INT32_MAX, 3, "a member number expected");
  eco_draw draw = check_draw(L, 1);
  lua_pushnumber(L, eco_draw_value(&draw, (uint64_t)seed, (uint32_t)member));
  return 1;
}

/* ---- options */

/* Length of a list in a field, which is left on the stack; 0 and nil where it is absent. */
static size_t push_list_field(lua_State *L, int index, const char *name)
{
  int type = lua_getfield(L, index, name);
  if (type != LUA_TNIL && type != LUA_TTABLE)
    (void)eco_lua_fault(L, ECO_INVALID, "", "'%s' is a %s, expected a list", name, lua_typename(L, type));
  return type == LUA_TNIL ? 0 : (size_t)lua_rawlen(L, -1);
}

static void read_scenarios(lua_State *L, int index, eco_run_options *options)
{
  options->n_scenarios = push_list_field(L, index, "scenarios");
  const eco_scenario **scenarios = lua_newuserdatauv(L, (options->n_scenarios + 1) * sizeof *scenarios, 0);
  for (size_t i = 0; i < options->n_scenarios; i++) {
    lua_rawgeti(L, -2, (lua_Integer)i + 1);
    const eco_lua_scenario *scenario = luaL_testudata(L, -1, ECO_LUA_SCENARIO);
    if (scenario == NULL || scenario->scenario == NULL)
      (void)eco_lua_fault(L, ECO_INVALID, "", "run: scenario %zu is a %s, expected one made by core.scenario", i + 1,
                          luaL_typename(L, -1));
    scenarios[i] = scenario->scenario;
    lua_pop(L, 1);
  }
  options->scenarios = scenarios;
}

static void read_draws(lua_State *L, int index, eco_run_options *options)
{
  options->n_draws = push_list_field(L, index, "draws");
  int list = lua_gettop(L);
  eco_draw *draws = lua_newuserdatauv(L, (options->n_draws + 1) * sizeof *draws, 0);
  for (size_t i = 0; i < options->n_draws; i++) {
    lua_rawgeti(L, list, (lua_Integer)i + 1);
    luaL_checktype(L, -1, LUA_TTABLE);
    draws[i] = check_draw(L, lua_gettop(L));
    lua_pop(L, 1);
  }
  options->draws = draws;
}

/* "full" (or absent), "local" */
static eco_inertia read_inertia(lua_State *L, int index)
{
  static const char *const words[] = {"full", "local", NULL};
  lua_getfield(L, index, "inertia");
  int found = luaL_checkoption(L, -1, "full", words);
  lua_pop(L, 1);
  return found == 0 ? ECO_INERTIA_FULL : ECO_INERTIA_LOCAL;
}

static void read_outlooks(lua_State *L, int index, eco_run_options *options)
{
  static const char *const names[] = {"year", "item", "exceeded", "factor", NULL};
  options->n_outlooks = push_list_field(L, index, "outlooks");
  int list = lua_gettop(L);
  eco_outlook *outlooks = lua_newuserdatauv(L, (options->n_outlooks + 1) * sizeof *outlooks, 0);
  for (size_t i = 0; i < options->n_outlooks; i++) {
    lua_rawgeti(L, list, (lua_Integer)i + 1);
    int row = lua_gettop(L);
    eco_lua_check_keys(L, row, "outlook", names);
    outlooks[i] = (eco_outlook){.year = (int)eco_lua_count_field(L, row, "year", 0),
                                .item = eco_lua_text_field(L, row, "item"),
                                .exceeded = eco_lua_number_field(L, row, "exceeded", 0.0),
                                .factor = eco_lua_number_field(L, row, "factor", 1.0)};
    lua_pop(L, 1);
  }
  options->outlooks = outlooks;
}

/* Lists of scenarios and draws stay on the stack until the run has been made. */
static eco_run_options read_options(lua_State *L, int index)
{
  static const char *const names[] = {"start",        "record",  "stop",    "step_s",   "theta",
                                      "first_member", "members", "threads", "seed",     "ledger_tolerance",
                                      "scenarios",    "draws",   "inertia", "outlooks", NULL};
  eco_run_options options = ECO_RUN_OPTIONS_INIT;
  eco_lua_check_keys(L, index, "run", names);
  options.start = eco_lua_day_field(L, index, "start", 0);
  options.record = eco_lua_day_field(L, index, "record", options.start);
  options.end = eco_lua_day_field(L, index, "stop", 0);
  options.step_s = eco_lua_number_field(L, index, "step_s", 0.0);
  options.theta = eco_lua_number_field(L, index, "theta", 0.0);
  options.first_member = eco_lua_count_field(L, index, "first_member", 0);
  options.members = eco_lua_count_field(L, index, "members", 0);
  options.threads = eco_lua_count_field(L, index, "threads", 0);
  options.seed = (uint64_t)eco_lua_integer_field(L, index, "seed", 0);
  options.ledger_tolerance = eco_lua_number_field(L, index, "ledger_tolerance", 0.0);
  options.inertia = read_inertia(L, index);
  read_scenarios(L, index, &options);
  read_draws(L, index, &options);
  read_outlooks(L, index, &options);
  return options;
}

/* core.run(model, options) */
static int core_run(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  eco_lua_model *model = luaL_checkudata(L, 1, ECO_LUA_MODEL);
  luaL_argcheck(L, model->model != NULL, 1, "the model is closed");
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_run *self = lua_newuserdatauv(L, sizeof *self, N_VALUES);
  *self = (lua_run){.run = NULL};
  luaL_setmetatable(L, ECO_LUA_RUN);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, MODEL_VALUE);
  lua_newtable(L);
  lua_setiuservalue(L, -2, SINKS_VALUE);
  int at = lua_gettop(L);
  eco_run_options options = read_options(L, 2);
  eco_lua_try(L, eco_run_create(model->model, &options, &self->run, &err), &err);
  self->model = model;
  model->users++;
  lua_settop(L, at);
  return 1;
}

static int run_close(lua_State *L)
{
  lua_run *self = luaL_checkudata(L, 1, ECO_LUA_RUN);
  if (self->run == NULL)
    return 0;
  eco_run_destroy(self->run);
  self->run = NULL;
  self->model->users--;
  return 0;
}

/* ---- sinks */

static void keep_sink(lua_State *L, int index)
{
  lua_getiuservalue(L, 1, SINKS_VALUE);
  lua_pushvalue(L, index);
  lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
  lua_pop(L, 1);
}

/* run:to(results) */
static int run_to(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  lua_run *self = check_run(L);
  eco_sink sink = eco_lua_results_sink(L, 2);
  keep_sink(L, 2);
  eco_lua_try(L, eco_run_add_sink(self->run, &sink, &err), &err);
  lua_pushvalue(L, 1);
  return 1;
}

/* run:collect(): an object with :series, :ledger and :layout, as a results file has them */
static int run_collect(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  lua_run *self = check_run(L);
  eco_sink sink = eco_lua_collection_push(L, eco_run_layout(self->run));
  keep_sink(L, lua_gettop(L));
  eco_lua_try(L, eco_run_add_sink(self->run, &sink, &err), &err);
  return 1;
}

/* ---- time */

/* true while there is more, false at the end */
static int run_step(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  lua_run *self = check_run(L);
  if (self->failed)
    return eco_lua_fault(L, ECO_INVALID, "", "run: it has failed, it cannot go on");
  if (!self->done) {
    self->failed = true; /* unless it comes back well */
    eco_status status = eco_run_step(self->run, &err);
    if (status != ECO_DONE)
      eco_lua_try(L, status, &err);
    self->failed = false;
    self->done = status == ECO_DONE;
  }
  lua_pushboolean(L, !self->done);
  return 1;
}

static int run_day(lua_State *L)
{
  lua_pushinteger(L, eco_run_day(check_run(L)->run));
  return 1;
}

/* ---- looking */

static void push_layout(lua_State *L, const lua_run *self)
{
  if (lua_getiuservalue(L, 1, LAYOUT_VALUE) != LUA_TNIL)
    return;
  lua_pop(L, 1);
  eco_lua_push_layout(L, eco_run_layout(self->run), NULL);
  lua_pushvalue(L, -1);
  lua_setiuservalue(L, 1, LAYOUT_VALUE);
}

static int run_layout(lua_State *L)
{
  push_layout(L, check_run(L));
  return 1;
}

/* run:ledger(scenario, member) */
static int run_ledger(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  lua_run *self = check_run(L);
  eco_ledger few[32], *ledgers = few;
  size_t n = 32, scenario = 0, member = 0;
  push_layout(L, self);
  eco_lua_lane_arguments(L, lua_gettop(L), 2, &scenario, &member);
  eco_lua_try(L, eco_run_ledger(self->run, scenario, member, ledgers, &n, &err), &err);
  if (n > 32) {
    ledgers = lua_newuserdatauv(L, n * sizeof *ledgers, 0);
    eco_lua_try(L, eco_run_ledger(self->run, scenario, member, ledgers, &n, &err), &err);
  }
  eco_lua_push_ledgers(L, ledgers, n);
  return 1;
}

/* run:balance(kind, scenario, member), as a results file has it */
static int run_balance(lua_State *L)
{
  eco_error err = {.status = ECO_OK};
  lua_run *self = check_run(L);
  size_t n = 0, scenario = 0, member = 0;
  lua_settop(L, 4);
  eco_balance_id id = eco_lua_balance_argument(L, 2);
  push_layout(L, self);
  eco_lua_lane_arguments(L, 5, 3, &scenario, &member);
  eco_lua_try(L, eco_run_balance(self->run, id, scenario, member, NULL, &n, &err), &err);
  eco_balance *balances = lua_newuserdatauv(L, (n + 1) * sizeof *balances, 0);
  eco_lua_try(L, eco_run_balance(self->run, id, scenario, member, balances, &n, &err), &err);
  eco_lua_push_balances(L, 5, id, balances, n);
  return 1;
}

/* run:dispersion(): rows { water, courant, physical, numerical }, m2/s */
static int run_dispersion(lua_State *L)
{
  const eco_run *run = check_run(L)->run;
  eco_error err;
  size_t n = 0;
  eco_lua_try(L, eco_run_dispersion(run, NULL, &n, &err), &err);
  eco_dispersion *rows = lua_newuserdatauv(L, (n + 1) * sizeof *rows, 0);
  eco_lua_try(L, eco_run_dispersion(run, rows, &n, &err), &err);
  lua_createtable(L, (int)n, 0);
  for (size_t k = 0; k < n; k++) {
    lua_createtable(L, 0, 4);
    lua_pushstring(L, rows[k].water);
    lua_setfield(L, -2, "water");
    eco_lua_set_number(L, "courant", rows[k].courant);
    eco_lua_set_number(L, "physical", rows[k].physical_m2_s);
    eco_lua_set_number(L, "numerical", rows[k].numerical_m2_s);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  return 1;
}

static int run_stats(lua_State *L)
{
  eco_run_stats stats = eco_run_stats_of(check_run(L)->run);
  lua_createtable(L, 0, 11);
  eco_lua_set_integer(L, "cell_steps", (lua_Integer)stats.cell_steps);
  eco_lua_set_integer(L, "newton_iterations", (lua_Integer)stats.newton_iterations);
  eco_lua_set_integer(L, "water_steps", (lua_Integer)stats.water_steps);
  eco_lua_set_integer(L, "unfinished", (lua_Integer)stats.unfinished);
  eco_lua_set_integer(L, "limited", (lua_Integer)stats.limited);
  eco_lua_set_integer(L, "reordered", (lua_Integer)stats.reordered);
  eco_lua_set_integer(L, "process_steps", (lua_Integer)stats.process_steps);
  eco_lua_set_integer(L, "last_resorts", (lua_Integer)stats.last_resorts);
  eco_lua_set_number(L, "seconds_water", stats.seconds_water);
  eco_lua_set_number(L, "seconds_transport", stats.seconds_transport);
  eco_lua_set_number(L, "seconds_kinetics", stats.seconds_kinetics);
  eco_lua_set_number(L, "seconds_land", stats.seconds_land);
  eco_lua_set_number(L, "seconds_sink", stats.seconds_sink);
  return 1;
}

static int run_tostring(lua_State *L)
{
  const lua_run *self = luaL_checkudata(L, 1, ECO_LUA_RUN);
  lua_pushstring(L, self->run == NULL ? "run (closed)"
                    : self->failed    ? "run (failed)"
                    : self->done      ? "run (done)"
                                      : "run");
  return 1;
}

void eco_lua_open_run(lua_State *L)
{
  static const luaL_Reg functions[] = {{"run", core_run}, {"draw_value", core_draw_value}, {NULL, NULL}};
  static const luaL_Reg meta[] = {
    {"__gc", run_close}, {"__close", run_close}, {"__tostring", run_tostring}, {NULL, NULL}};
  static const luaL_Reg methods[] = {
    {"to", run_to},         {"collect", run_collect}, {"step", run_step},   {"day", run_day},
    {"layout", run_layout}, {"ledger", run_ledger},   {"stats", run_stats}, {"dispersion", run_dispersion},
    {"close", run_close},   {"balance", run_balance}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
  eco_lua_class(L, ECO_LUA_RUN, meta, methods);
}
