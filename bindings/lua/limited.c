/* limited.c -- core.limited: runs a function in a coroutine of its own under a budget of instructions and a cap of
 * memory. scripts/ecosim/sandbox.lua builds on it what a study script may see.
 *
 * The cap is laid over the state's own allocator and lifted again when the function has returned, so that the command's
 * own work afterwards is free of it. Once the budget is spent, each further instruction raises the same fault: a script
 * cannot live on inside pcall. */
#include "lua/binding.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { PIECE = 100000 }; /* instructions between two looks at the budget */

typedef struct limiter {
  lua_Alloc alloc; /* the state's own */
  void *user;
  size_t used, most; /* bytes of the whole state */
  lua_Integer megabytes;
  uint64_t instructions, most_instructions;
  const char *script; /* whose line is named: the innermost line of this chunk */
  const eco_env *env;
} limiter;

static const char limiter_key = 0; /* its address names the limiter in the registry */

static limiter *limiter_of(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &limiter_key);
  limiter *self = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return self;
}

void eco_lua_refuse_when_limited(lua_State *L, const char *what)
{
  if (limiter_of(L) != NULL)
    (void)eco_lua_fault(L, ECO_INVALID, "", "a script that describes a study cannot %s, `ecosim run` does", what);
}

/* ---- memory */

static void *limited_alloc(void *user, void *ptr, size_t old_size, size_t new_size)
{
  limiter *self = user;
  size_t before = ptr != NULL ? old_size : 0; /* without ptr, Lua tells the kind of object instead of a size */
  if (new_size > before && new_size - before > self->most - (self->used < self->most ? self->used : self->most))
    return NULL; /* Lua collects garbage and tries once more */
  void *made = self->alloc(self->user, ptr, old_size, new_size);
  if (made != NULL || new_size == 0)
    self->used = self->used + new_size - before;
  return made;
}

/* ---- instructions */

/* "script.lua:12" of the innermost line in the script, or of the innermost line at all. */
static void find_place(lua_State *L, const char *script, char place[160])
{
  lua_Debug frame;
  place[0] = '\0';
  for (int level = 0; lua_getstack(L, level, &frame) != 0; level++) {
    if (lua_getinfo(L, "Sl", &frame) == 0 || frame.currentline <= 0 || frame.source[0] != '@')
      continue;
    bool own = script == NULL || strcmp(frame.source + 1, script) == 0;
    if (own || place[0] == '\0')
      (void)snprintf(place, 160, "%s:%d", frame.source + 1, frame.currentline);
    if (own)
      return;
  }
}

static void count_instructions(lua_State *L, lua_Debug *frame)
{
  (void)frame;
  limiter *self = limiter_of(L);
  if (self == NULL)
    return;
  if (self->env != NULL && self->env->interrupted != NULL && self->env->interrupted(self->env->user))
    (void)eco_lua_fault(L, ECO_INTERRUPTED, "", "stopped by the user");
  self->instructions += PIECE;
  if (self->instructions < self->most_instructions)
    return;
  char place[160];
  find_place(L, self->script, place);
  lua_sethook(L, count_instructions, LUA_MASKCOUNT, 1);
  (void)eco_lua_fault(L, ECO_INVALID, place, "stopped after %llu million instructions: is there an endless loop?",
                      (unsigned long long)(self->most_instructions / 1000000));
}

/* ---- the call */

static void set_limiter(lua_State *L, limiter *self)
{
  lua_pushlightuserdata(L, self);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &limiter_key);
}

static limiter read_limits(lua_State *L)
{
  static const char *const names[] = {"instructions", "megabytes", "script", NULL};
  eco_lua_check_keys(L, 2, "limited", names);
  lua_Integer instructions = eco_lua_integer_field(L, 2, "instructions", 500000000);
  lua_Integer megabytes = eco_lua_integer_field(L, 2, "megabytes", 1024);
  luaL_argcheck(L, instructions > 0, 2, "'instructions' must be above 0");
  luaL_argcheck(L, megabytes > 0 && megabytes < (lua_Integer)(SIZE_MAX >> 22), 2, "'megabytes' must be above 0");
  size_t used = (size_t)lua_gc(L, LUA_GCCOUNT) * 1024 + (size_t)lua_gc(L, LUA_GCCOUNTB);
  limiter self = {.used = used,
                  .most = used + ((size_t)megabytes << 20),
                  .megabytes = megabytes,
                  .most_instructions = (uint64_t)instructions,
                  .script = eco_lua_text_field(L, 2, "script"),
                  .env = eco_lua_env(L)};
  self.alloc = lua_getallocf(L, &self.user);
  return self;
}

static int raise_no_memory(lua_State *L, lua_State *co, const limiter *self)
{
  char place[160];
  find_place(co, self->script, place);
  return eco_lua_fault(L, ECO_INVALID, place, "out of memory: the script may use %lld MB", (long long)self->megabytes);
}

/* core.limited(f, { instructions =, megabytes =, script = }, …) -> what f(…) returns */
static int core_limited(lua_State *L)
{
  luaL_checktype(L, 1, LUA_TFUNCTION);
  luaL_checktype(L, 2, LUA_TTABLE);
  if (limiter_of(L) != NULL)
    return luaL_error(L, "limited: a limited function cannot start another one");
  limiter self = read_limits(L);
  int arguments = lua_gettop(L) - 2, n_results = 0;
  lua_State *co = lua_newthread(L);
  lua_insert(L, 3);
  lua_pushvalue(L, 1);
  lua_insert(L, 4);
  luaL_argcheck(L, lua_checkstack(co, arguments + 1), 3, "too many arguments");
  lua_xmove(L, co, arguments + 1);
  set_limiter(L, &self);
  lua_sethook(co, count_instructions, LUA_MASKCOUNT,
              self.most_instructions < PIECE ? (int)self.most_instructions : PIECE);
  lua_setallocf(L, limited_alloc, &self);
  int status = lua_resume(co, L, arguments, &n_results);
  lua_setallocf(L, self.alloc, self.user);
  lua_sethook(co, NULL, 0, 0);
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &limiter_key);
  if (status == LUA_ERRMEM)
    return raise_no_memory(L, co, &self);
  if (status == LUA_YIELD)
    return luaL_error(L, "limited: the function yielded");
  luaL_checkstack(L, n_results + 1, "too many results");
  if (status != LUA_OK) {
    lua_xmove(co, L, 1);
    return lua_error(L);
  }
  lua_xmove(co, L, n_results);
  return n_results;
}

void eco_lua_open_limited(lua_State *L)
{
  lua_pushcfunction(L, core_limited);
  lua_setfield(L, -2, "limited");
}
