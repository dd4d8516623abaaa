-- test_sandbox.lua -- what a study script sees, what it may use up, and what it is told.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. package.path
local t = require "core_support"
local core = require "ecosim.core"
local sandbox = require "ecosim.sandbox"

local printed = {}
local function print_kept(...) printed[#printed + 1] = table.concat({ ... }, " ") end
local function run(body, options)
  options = options or {}
  options.print = print_kept
  return sandbox.load(t.write("s.lua", body), options)
end
local path = t.path "s.lua"
-- What the script says when it fails; its path is shortened to s.lua.
local function said(body, options)
  local good, raised = pcall(run, body, options)
  return good and "nothing was refused" or (tostring(raised):gsub(t.folder:gsub("%p", "%%%0") .. "/", ""))
end
local function says(body, wanted, sentence, options) t.same(said(body, options), wanted, sentence) end

-- ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────

-- Written out once more: a name that is added to the sandbox must be added here, by somebody who has thought about it.
local reviewed = [[
assert error getmetatable ipairs next pairs pcall print rawequal rawget rawlen rawset require select setmetatable tonumber
tostring type xpcall
math.abs math.acos math.asin math.atan math.ceil math.cos math.deg math.exp math.floor math.fmod math.huge math.log math.max
math.maxinteger math.min math.mininteger math.modf math.pi math.rad math.random math.sin math.sqrt math.tan math.tointeger
math.type math.ult
string.byte string.char string.find string.format string.gmatch string.gsub string.len string.lower string.match string.pack
string.packsize string.rep string.reverse string.sub string.unpack string.upper
table.concat table.insert table.move table.pack table.remove table.sort table.unpack
utf8.char utf8.charpattern utf8.codepoint utf8.codes utf8.len utf8.offset]]
local known = {}
for name in reviewed:gmatch "%S+" do known[name] = true end

local seen, unknown = 0, {}
local function walk(object, prefix, walked)
  if walked[object] then return end
  walked[object] = true
  for name, value in next, object do
    local whole = prefix .. tostring(name)
    if type(value) == "table" then
      walk(value, whole .. ".", walked)
    else
      seen = seen + 1
      if not known[whole] then unknown[#unknown + 1] = whole end
    end
  end
end
local box = sandbox.environment("x.lua", {})
walk(box.env, "", {})
t.same(table.concat(unknown, " "), "", "nothing is seen that is not on the list")
local listed = 0
for _ in pairs(known) do listed = listed + 1 end
t.same(seen, listed, "and everything on it is seen")
for _, name in ipairs { "os", "io", "debug", "load", "loadfile", "dofile", "collectgarbage", "package", "coroutine", "_G" } do
  t.ok(said("return " .. name):find("unknown name '" .. name .. "'", 1, true), name .. " is not seen")
end
t.same(run "return string.dump", nil, "nor is string.dump")

-- ── strict names ────────────────────────────────────────────────────────────────────────────────────────────────

says("local x = 1\nreturn tpye(x)", "s.lua:2: unknown name 'tpye' (did you mean 'type'?)", "a misspelt name offers the nearest")
says("return xyzzy", "s.lua:1: unknown name 'xyzzy'", "where none is near there is none")
says("\ncount = 1", "s.lua:2: 'count' is assigned without local, write: local count = …", "a name is made by local")

-- ── no way out ──────────────────────────────────────────────────────────────────────────────────────────────────

t.same(run "return getmetatable('')", nil, "the metatable of texts is not given")
t.same(run "return getmetatable(setmetatable({}, { __index = {} })) ~= nil", true, "that of an own table is")
says("setmetatable({}, { __gc = print })", "s.lua:1: setmetatable: a script has no __gc", "no finalizer outlives the limits")
says("local x = math.random()", "s.lua:1: math.random: a study must give the same numbers again, spread an input with eco.draw",
     "no random numbers but drawn ones")
run "string.rep = nil math.floor = nil table.insert = nil"
t.ok(string.rep and math.floor and table.insert, "a script changes its own copies only")
local bytecode = string.dump(function() return 1 end)
t.ok(said(bytecode):find "^s.lua:1: ", "bytecode is not loaded")
t.ok(said "local eco = require 'ecosim' return eco.open_results('/etc/passwd')":find("no word 'open_results'", 1, true),
     "a script opens no results file by name")
t.ok(said "return require 'ecosim.core'":find("there is no module 'ecosim.core' for scripts", 1, true), "nor has it the core")
for _, name in ipairs { "../x", "..x", "/etc/passwd", "a..b", "", "io", "cjson" } do
  t.ok(said(("return require %q"):format(name)):find "require: ", "require refuses '" .. name .. "'")
end
local study = [[
local eco = require "ecosim"
local out = ...
local pond = eco.lake "pond" { level = { 28, 30 }, area = { "1 ha", "2 ha" }, initial_level = "29 m" }
local study = eco.study "s" { basin = eco.basin "b" { pond, eco.climate "c" { t_mean = 10, p_wet_wet = 0.4, p_wet_dry = 0.2,
  gamma_shape = 1, gamma_scale = "10 mm", evaporation = "50 mm", wind = "2 m/s" } }, from = "2019-01-01", to = "2019-01-31" }
]]
t.ok(said(study .. "return study:run { to = '" .. t.path "x.h5" .. "' }")
     :find("a script that describes a study cannot create results files, `ecosim run` does", 1, true), "a script runs no study")
t.ok(not io.open(t.path "x.h5"), "and no file is made")

-- ── require ─────────────────────────────────────────────────────────────────────────────────────────────────────

t.write("parts.lua", "local n = ... return { name = n, count = (count or 0) }")
t.ok(said "return require 'parts'":find("parts.lua:1: unknown name 'count'", 1, true), "a part of a study has the same limits")
t.write("parts.lua", "return { name = ... }")
t.same(run "local p = require 'parts' return p.name .. tostring(p == require 'parts')", "partstrue",
       "files below the script's folder are loaded once")
t.same(run "return type(require 'measures')", "table", "shipped modules are there")
t.same(run "return type(require('ecosim').study)", "function", "and the words")

-- ── limits ──────────────────────────────────────────────────────────────────────────────────────────────────────

says("local n = 0\nwhile true do n = n + 1 end", "s.lua:2: stopped after 2 million instructions: is there an endless loop?",
     "an endless loop is stopped at its line", { instructions = 2000000 })
says("while true do pcall(function() while true do end end) end",
     "s.lua:1: stopped after 2 million instructions: is there an endless loop?", "pcall does not live on",
     { instructions = 2000000 })
says("local function f() return xpcall(function() while true do end end, f) end\nwhile true do f() end",
     "s.lua:2: stopped after 2 million instructions: is there an endless loop?", "nor does a handler",
     { instructions = 2000000 })
says("local t = setmetatable({}, { __close = function() while true do end end })\npcall(function() local x <close> = t while true do end end)",
     "s.lua:2: stopped after 2 million instructions: is there an endless loop?", "nor does a closing variable",
     { instructions = 2000000 })
says("local kept = {}\nfor i = 1, 1e9 do\n  kept[i] = ('x'):rep(1000) .. i\nend", "s.lua:3: out of memory: the script may use 16 MB",
     "memory is capped, with the line that wanted too much", { megabytes = 16 })
says("return #('x'):rep(1 << 30)", "s.lua:1: out of memory: the script may use 16 MB", "one large piece too", { megabytes = 16 })
t.same(run("local good = pcall(string.rep, 'x', 1 << 30) return good", { megabytes = 16 }), false,
       "a script may find out that it asked too much")
local large = ("x"):rep(64 << 20)
t.same(#large, 64 << 20, "the cap is gone when the script is")
local s = run("local s = ('x'):rep(1000000) return s", { megabytes = 16 })
t.same(#s, 1000000, "what a script returns stays")
t.ok(said("local function f() return 1 + f() end\nreturn f()"):find "^s.lua:1: stack overflow", "endless recursion is an ordinary error")

-- ── messages ────────────────────────────────────────────────────────────────────────────────────────────────────

says("local x = {}\nreturn x.y.z", "s.lua:2: attempt to index a nil value (field 'y')", "Lua's own faults have a place")
says("return (", "s.lua:1: unexpected symbol near <eof>", "so have faults of syntax")
local _, raised = pcall(run, "error { 7 }")
t.same(raised[1], 7, "a script may raise what it likes")
_, raised = pcall(run, "local eco = require 'ecosim'\neco.reach 'r' { lenght = 3 }")
t.same(raised.place, path .. ":2", "words tell the line that called them")
_, raised = pcall(sandbox.load, t.path "absent.lua")
t.same(raised.status .. " " .. raised.place, "ECO_IO " .. t.path "absent.lua", "a script that is not there is named")
local deep = t.path(("very_long_name_of_a_script_"):rep(4) .. ".lua")
local file = assert(io.open(deep, "w"))
file:write "return nil + 1"
file:close()
_, raised = pcall(sandbox.load, deep)
t.same(raised.place, deep .. ":1", "a long path is told whole")
run "print('a', 'b') print(select('#', 1, nil))"
t.same(table.concat(printed, "|"), "a b|2", "print goes where the host says")
t.same(run "return select('#', ...)", 1, "a script is given its path")
t.same(run "#!/usr/bin/env ecosim\nreturn 5", 5, "a first line for the system is passed over")

-- ── core.limited by itself ──────────────────────────────────────────────────────────────────────────────────────

local function sum(...) local n = 0 for _, x in ipairs { ... } do n = n + x end return n, select("#", ...) end
local total, count = core.limited(sum, {}, 1, 2, 3)
t.same(total .. " " .. count, "6 3", "arguments and results pass through")
t.says("limited: a limited function cannot start another one", "limits do not nest",
       core.limited, function() return core.limited(print, {}) end, {})
t.says("limited: the function yielded", "and do not yield", core.limited, coroutine.yield, {})
t.ok(not pcall(core.limited, print, { megabytes = 0 }), "no memory is no limit")
t.finish()
