-- sandbox.lua -- runs a study script that may come from anybody: it sees the words and the plain parts of Lua, has a
-- budget of instructions and a cap of memory, reads files below its own folder, and writes none.
--
--   local study = require "ecosim.sandbox".load("study.lua", { print = print })
--
-- What it does not guard against: a pattern match in one long text is one instruction, however long it takes.
local core = require "ecosim.core"
local fault = require "ecosim.fault"

local sandbox = {}

sandbox.instructions = 500000000 -- of the virtual machine; the Jingmen study needs less than a hundredth
sandbox.megabytes = 1024

-- ── what a script sees ──────────────────────────────────────────────────────────────────────────────────────────

-- The whole list. A name that is not here is not seen; tests/lua/test_sandbox.lua walks an environment and compares.
sandbox.allowed = {
  base = { "assert", "error", "getmetatable", "ipairs", "next", "pairs", "pcall", "print", "rawequal", "rawget",
           "rawlen", "rawset", "require", "select", "setmetatable", "tonumber", "tostring", "type", "xpcall" },
  math = { "abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod", "huge", "log", "max",
           "maxinteger", "min", "mininteger", "modf", "pi", "rad", "random", "sin", "sqrt", "tan", "tointeger", "type",
           "ult" },
  string = { "byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "pack", "packsize", "rep",
             "reverse", "sub", "unpack", "upper" },
  table = { "concat", "insert", "move", "pack", "remove", "sort", "unpack" },
  utf8 = { "char", "charpattern", "codepoint", "codes", "len", "offset" },
}

local function copy(from, names)
  local to = {}
  for _, name in ipairs(names) do to[name] = from[name] end
  return to
end

-- Only of tables: the metatable of texts is shared with the command itself.
local function own_getmetatable(value)
  if type(value) == "table" then return getmetatable(value) end
end

-- A finalizer would run after the script has ended, free of its limits.
local function own_setmetatable(value, meta)
  if type(meta) == "table" and rawget(meta, "__gc") ~= nil then
    fault.raise(fault.here(2), "setmetatable: a script has no __gc")
  end
  return setmetatable(value, meta)
end

-- Lua calls a handler from inside the hook that counts, where counting is off: an endless handler would never end.
local function handled(handler, good, ...)
  if good then return true, ... end
  return false, select(2, pcall(handler, ...))
end

local function own_xpcall(call, handler, ...)
  return handled(handler, pcall(call, ...))
end

local function no_random()
  fault.raise(fault.here(2), "math.random: a study must give the same numbers again, spread an input with eco.draw")
end

local function names_of(env)
  local names = {}
  for name in pairs(env) do names[#names + 1] = name end
  table.sort(names)
  return names
end

local strict = {
  __metatable = false,
  __index = function(env, name)
    local near = core.nearest(tostring(name), names_of(env))
    fault.raise(fault.here(2), "unknown name '%s'%s", tostring(name),
                near and (" (did you mean '%s'?)"):format(near) or "")
  end,
  __newindex = function(_, name)
    fault.raise(fault.here(2), "'%s' is assigned without local, write: local %s = …", tostring(name), tostring(name))
  end,
}

-- ── require ─────────────────────────────────────────────────────────────────────────────────────────────────────

local scripts = debug.getinfo(1, "S").source:match "^@(.*/)ecosim/[^/]*$" or "scripts/"
local shipped = { basins = true, measures = true, standards = true, studies = true }

local function path_of(folder, name)
  return package.searchpath(name, folder .. "?.lua;" .. folder .. "?/init.lua")
end

-- The words without those that open files of any name.
local function words()
  local eco = require "ecosim"
  local copied = {}
  for name, word in next, eco do copied[name] = word end
  copied.open_results = nil
  return setmetatable(copied, getmetatable(eco))
end

local function own_require(box)
  local loaded = { ecosim = words() }
  return function(name)
    local place = fault.here(2)
    if type(name) ~= "string" or not name:find "^[%w_][%w_.-]*$" or name:find("..", 1, true) then
      fault.raise(place, "require: '%s' cannot be the name of a module", tostring(name))
    end
    if loaded[name] ~= nil then return loaded[name] end
    if shipped[name:match "^[^.]+"] and path_of(scripts, name) then return require(name) end
    local path = path_of(box.folder, name)
    if not path or name:find "^ecosim%." then
      fault.raise(place, "require: there is no module '%s' for scripts: they have 'ecosim', the shipped basins, "
        .. "measures, standards and studies, and files below their own folder", name)
    end
    local value = box.load(path)(name, path)
    loaded[name] = value == nil and true or value
    return loaded[name]
  end
end

-- ── loading ─────────────────────────────────────────────────────────────────────────────────────────────────────

local Unread = { __tostring = function(self) return self.place .. ": " .. self.text end }

local function read(path)
  local file, reason = io.open(path, "rb")
  local body, why
  if file then
    body, why = file:read "a"
    file:close()
  end
  if not body then
    reason = (why or reason):gsub("^.*: ", "")
    error(setmetatable({ status = "ECO_IO", place = path, text = "script could not be read: " .. reason }, Unread), 0)
  end
  return (body:gsub("^\xEF\xBB\xBF", ""):gsub("^#[^\n]*", ""))
end

-- "short name:12: text" as Lua writes it, with the script's whole path instead of a short one.
local function placed(message, sources)
  if type(message) ~= "string" then return message end
  local short, line, text = message:match "^(.-):(%d+): (.*)$"
  local path = short and sources[short]
  if not path then return message end
  local list = fault.list()
  list:add(path .. ":" .. line, "%s", text)
  return select(2, pcall(list.raise, list))
end

local function loader(box)
  return function(path)
    local body = read(path)
    local chunk, message = load(body, "@" .. path, "t", box.env)
    if not chunk then
      local line, text = message:match "^.-:(%d+): (.*)$"
      fault.raise(path .. ":" .. (line or 1), "%s", text or message)
    end
    box.sources[debug.getinfo(chunk, "S").short_src] = path
    return chunk
  end
end

-- What a script at `path` sees. options.print: where its print goes.
function sandbox.environment(path, options)
  local box = { folder = path:match "^(.*/)" or "", sources = {} }
  local env = copy(_G, sandbox.allowed.base)
  for _, name in ipairs { "math", "string", "table", "utf8" } do env[name] = copy(_G[name], sandbox.allowed[name]) end
  env.getmetatable, env.setmetatable, env.xpcall = own_getmetatable, own_setmetatable, own_xpcall
  env.math.random = no_random
  env.print = options and options.print or print
  box.env = env
  box.load = loader(box)
  env.require = own_require(box)
  box.env = setmetatable(env, strict)
  return box
end

-- Runs the script and returns what it returns. Faults are raised as tables { status =, place =, text = }.
-- options: print, instructions, megabytes.
function sandbox.load(path, options)
  options = options or {}
  local box = sandbox.environment(path, options)
  local good, value = pcall(core.limited, function() return box.load(path)(path) end,
    { script = path, instructions = options.instructions or sandbox.instructions,
      megabytes = options.megabytes or sandbox.megabytes })
  if not good then error(placed(value, box.sources), 0) end
  return value
end

return sandbox
