/* main.c -- the command `ecosim`: a Lua state with the module in it and scripts/ecosim/command.lua to run.
 *
 * Here is what Lua cannot do by itself: find the scripts beside the executable, listen to Ctrl-C, know a terminal. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "lua/binding.h"

#include <lualib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#ifndef ECOSIM_PREFIX
#define ECOSIM_PREFIX "/usr/local"
#endif

enum { EXIT_FAULT = 1, EXIT_FILE = 3, PATH_ROOM = 4096 };

/* ---- Ctrl-C. The first one stops the run at the next month, or Lua at its next instruction; the second one kills. */

static volatile sig_atomic_t stop_asked = 0;
static lua_State *listening = NULL; /* a signal handler has no other way to know */

static void stop_lua(lua_State *L, lua_Debug *frame)
{
  (void)frame;
  lua_sethook(L, NULL, 0, 0);
  (void)eco_lua_fault(L, ECO_INTERRUPTED, "", "stopped by the user");
}

static void hear_interrupt(int number)
{
  (void)number;
  stop_asked = 1;
  lua_sethook(listening, stop_lua, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static void listen(lua_State *L)
{
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = hear_interrupt;
  action.sa_flags = (int)SA_RESETHAND;
  (void)sigemptyset(&action.sa_mask);
  listening = L;
  (void)sigaction(SIGINT, &action, NULL);
}

/* The library asks; it then says so by its own error, and Lua need not be stopped once more. */
static int is_interrupted(void *user)
{
  if (!stop_asked)
    return 0;
  lua_sethook(user, NULL, 0, 0);
  return 1;
}

static void log_to_stderr(void *user, int level, const char *text)
{
  (void)user;
  (void)fprintf(stderr, "ecosim: %s%s\n", level > 0 ? "warning: " : "", text);
}

/* ---- where the scripts are */

static bool has_command(const char *folder)
{
  char path[PATH_ROOM + 32];
  (void)snprintf(path, sizeof path, "%s/ecosim/command.lua", folder);
  return access(path, R_OK) == 0;
}

/* Beside the executable in a build folder or an installation; ECOSIM_SCRIPTS says otherwise. */
static bool find_scripts(char folder[PATH_ROOM])
{
  static const char *const places[] = {"/../scripts", "/../../scripts", "/../share/ecosim/scripts"};
  const char *given = getenv("ECOSIM_SCRIPTS");
  char executable[PATH_ROOM - 64];
  if (given != NULL) {
    (void)snprintf(folder, PATH_ROOM, "%s", given);
    return has_command(folder);
  }
  ssize_t n = readlink("/proc/self/exe", executable, sizeof executable - 1);
  executable[n > 0 ? n : 0] = '\0';
  char *slash = strrchr(executable, '/');
  if (slash != NULL)
    *slash = '\0';
  for (size_t i = 0; slash != NULL && i < sizeof places / sizeof *places; i++) {
    (void)snprintf(folder, PATH_ROOM, "%s%s", executable, places[i]);
    char *whole = realpath(folder, NULL);
    if (whole != NULL && strlen(whole) < PATH_ROOM)
      (void)snprintf(folder, PATH_ROOM, "%s", whole);
    free(whole);
    if (has_command(folder))
      return true;
  }
  (void)snprintf(folder, PATH_ROOM, "%s", ECOSIM_PREFIX "/share/ecosim/scripts");
  return has_command(folder);
}

static void set_path(lua_State *L, const char *folder)
{
  lua_getglobal(L, "package");
  lua_pushfstring(L, "%s/?.lua;%s/?/init.lua", folder, folder);
  lua_setfield(L, -2, "path");
  lua_getfield(L, -1, "preload");
  lua_pushcfunction(L, luaopen_ecosim_core);
  lua_setfield(L, -2, "ecosim.core");
  lua_pop(L, 2);
}

/* ---- what the command is told of its surroundings */

static int columns_of(int descriptor)
{
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static void push_host(lua_State *L, const char *folder)
{
  lua_newtable(L);
  eco_lua_set_text(L, "scripts", folder);
  lua_pushboolean(L, isatty(STDERR_FILENO));
  lua_setfield(L, -2, "on_terminal");
  eco_lua_set_integer(L, "columns", columns_of(STDERR_FILENO));
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  eco_lua_set_integer(L, "processors", processors > 0 ? processors : 1);
}

static void push_arguments(lua_State *L, int n, char **arguments)
{
  lua_createtable(L, n, 0);
  for (int i = 1; i < n; i++) {
    lua_pushstring(L, arguments[i]);
    lua_rawseti(L, -2, i);
  }
}

typedef struct call {
  int n;
  char **arguments;
  const char *folder;
} call;

/* Under lua_pcall: everything that may raise. Returns the exit code. */
static int run_command(lua_State *L)
{
  const call *what = lua_touserdata(L, 1);
  luaL_openlibs(L);
  set_path(L, what->folder);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "ecosim.command");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "main");
  push_arguments(L, what->n, what->arguments);
  push_host(L, what->folder);
  lua_call(L, 2, 1);
  return 1;
}

static int add_traceback(lua_State *L)
{
  luaL_traceback(L, L, luaL_tolstring(L, 1, NULL), 1);
  return 1;
}

static int run_state(lua_State *L, const call *what)
{
  lua_pushcfunction(L, add_traceback);
  lua_pushcfunction(L, run_command);
  lua_pushlightuserdata(L, (void *)(uintptr_t)what);
  if (lua_pcall(L, 1, 1, 1) != LUA_OK) { /* a fault of the command itself: faults of studies it tells by itself */
    (void)fprintf(stderr, "ecosim: %s\n", lua_tostring(L, -1));
    return stop_asked ? 130 : EXIT_FAULT;
  }
  return (int)lua_tointeger(L, -1);
}

int main(int n, char **arguments)
{
  char folder[PATH_ROOM];
  if (!find_scripts(folder)) {
    (void)fprintf(stderr,
                  "ecosim: %s: there are no scripts here (ecosim/command.lua); set ECOSIM_SCRIPTS to their folder\n",
                  folder);
    return EXIT_FILE;
  }
  lua_State *L = luaL_newstate();
  if (L == NULL) {
    (void)fprintf(stderr, "ecosim: out of memory\n");
    return EXIT_FAULT;
  }
  eco_env env = ECO_ENV_INIT;
  env.user = L;
  env.log = log_to_stderr;
  env.interrupted = is_interrupted;
  eco_lua_set_env(L, &env);
  listen(L);
  call what = {n, arguments, folder};
  int code = run_state(L, &what);
  (void)signal(SIGINT, SIG_DFL); /* the state goes: nothing may touch it any more */
  lua_close(L);
  if (fflush(stdout) != 0 || ferror(stdout)) {
    (void)fprintf(stderr, "ecosim: the output could not be written\n");
    return code == 0 ? EXIT_FILE : code;
  }
  return code;
}
