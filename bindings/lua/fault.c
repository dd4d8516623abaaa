/* fault.c -- the library's errors as Lua tables, so that a script may pcall and look. */
#include "lua/binding.h"

#include <stdarg.h>
#include <stdio.h>

#define FAULT "ecosim.error"

static int fault_tostring(lua_State *L)
{
  lua_getfield(L, 1, "place");
  lua_getfield(L, 1, "text");
  const char *place = luaL_tolstring(L, -2, NULL), *text = luaL_tolstring(L, -2, NULL);
  lua_pushfstring(L, place[0] != '\0' ? "%s: %s" : "%s%s", place, text);
  return 1;
}

void eco_lua_open_fault(lua_State *L)
{
  luaL_newmetatable(L, FAULT);
  lua_pushcfunction(L, fault_tostring);
  lua_setfield(L, -2, "__tostring");
  lua_pop(L, 1);
}

int eco_lua_raise(lua_State *L, const eco_error *err)
{
  lua_createtable(L, 0, 3);
  eco_lua_set_text(L, "status", eco_status_name(err->status));
  eco_lua_set_text(L, "text", err->text);
  eco_lua_set_text(L, "place", err->place);
  luaL_setmetatable(L, FAULT);
  return lua_error(L);
}

int eco_lua_fault(lua_State *L, eco_status status, const char *place, const char *format, ...)
{
  eco_error err = {.status = status};
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(err.text, sizeof err.text, format, arguments);
  va_end(arguments);
  (void)snprintf(err.place, sizeof err.place, "%s", place);
  return eco_lua_raise(L, &err);
}

void eco_lua_try(lua_State *L, eco_status status, const eco_error *err)
{
  if (status != ECO_OK)
    (void)eco_lua_raise(L, err);
}
