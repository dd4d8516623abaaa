-- test_core.lua -- the module without a run: what it says of itself, days, units, names, basins, models, scenarios.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. package.path
local t = require "core_support"
local core = require "ecosim.core"

-- ── of itself ───────────────────────────────────────────────────────────────────────────────────────────────────

t.ok(core.version():find "^%d+%.%d+%.%d+$", "the version has three numbers")
t.same(core.kinds()[1].word, "reach", "kinds are in the library's order")
t.ok(#core.kinds()[1].text > 0, "a kind has a sentence")
local specs = {}
for _, spec in ipairs(core.specs()) do specs[spec.kind .. "." .. spec.name] = spec end
local length, level = specs["reach.length"], specs["lake.level"]
t.same(length.form .. " " .. length.unit .. " " .. length.lowest, "number m 1.0", "a parameter has form, unit and range")
t.same(length.fallback, nil, "where it must be given there is no fallback")
t.same(specs["lake.dead_volume"].fallback, 0.0, "where it need not, there is one")
t.same(level.form, "table", "levels are a table")
t.same(specs["reach.inflow"].form, "monthly", "an inflow has months")
t.same(specs["reach.downstream"].form, "text", "a link is a text")
local names = {}
for i, state in ipairs(core.states()) do names[i] = state.name end
t.same(table.concat(names, " "), "CODMn NH3-N other N TP DO Cd", "what is carried")
t.same(core.observables()[2].name_zh, "氨氮", "constituents have Chinese names")
local rows = core.ledger_rows()
t.same(rows[1].name .. " " .. rows[1].sign, "initial 1", "ledger rows have names and signs")
t.same(rows[#rows].name .. " " .. rows[#rows].sign, "final -1", "from the first to the last")

-- ── days, units, names ──────────────────────────────────────────────────────────────────────────────────────────

t.same(core.day "1970-01-01", 0, "days count from 1970")
t.same(core.date(core.day "2016-02-29"), "2016-02-29", "a date comes back")
t.same(core.date(-719162), "0001-01-01", "the year 1 has four digits")
t.ok(not pcall(core.day, "2015-02-29"), "a date that does not exist is refused")
t.ok(not pcall(core.date, 1e9 // 1 | 0), "a day out of all years too")
t.same(core.convert(42, "km", "m"), 42000.0, "units convert")
local value, unit = core.quantity "80000 t/d"
t.same(value .. " " .. unit, "80000.0 t/d", "a quantity is a number and a unit")
local good, raised = pcall(core.convert, 1, "km", "mg/L")
t.ok(not good, "units of different kinds do not convert")
t.same(type(raised) == "table" and raised.status, "ECO_UNITS", "an error is a table with the status")
t.ok(#raised.text > 0 and tostring(raised) == raised.text, "without a place it prints its text")
t.same(core.nearest("Magan", { "Lena", "Maliang", "Mangan" }), "Mangan", "the nearest name is found")
t.same(core.nearest("xyz", { "Lena" }), nil, "where none is near there is none")
t.same(core.nearest("Lena", {}), nil, "nor in an empty list")
t.ok(not pcall(core.nearest, "a", { 1 }), "a list of names has texts only")

-- ── basin ───────────────────────────────────────────────────────────────────────────────────────────────────────

local b = t.pond()
t.same(b:count "lake", 1, "items are counted by kind")
t.same(tostring(b), "basin of 5 items", "a basin says how many it has")
t.says("'lak' is no kind of item (did you mean 'lake'?)", "an unknown kind offers the nearest", b.add, b, "lak", "x", "")
local function refused(sentence, wanted_status, ...)
  local done, fault = pcall(b.set, b, ...)
  t.same(not done and type(fault) == "table" and fault.status, wanted_status, sentence)
  return not done and tostring(fault)
end
local said = refused("an unknown parameter", "ECO_NOT_FOUND", "weir", "crst", 3)
t.ok(said:find("pond.lua:2: ", 1, true) and said:find("did you mean 'crest'?", 1, true),
     "names the item's place and the nearest parameter", said)
refused("an unknown item", "ECO_NOT_FOUND", "wier", "crest", 3)
refused("a unit of another kind", "ECO_UNITS", "weir", "crest", "3 kg")
refused("a number out of its range", "ECO_INVALID", "weir", "coefficient", 99)
refused("a quantity that is none", "ECO_INVALID", "weir", "crest", "three metres")
refused("NaN", "ECO_INVALID", "weir", "crest", 0 / 0)
t.ok(not pcall(b.set, b, "pond", "level", { 1, "2" }), "lists have numbers only")
t.ok(not pcall(b.set, b, "weir", "crest"), "a value must be given")
t.ok(not pcall(b.set, b, "weir", "crest", print), "a function is no value")

-- ── model, scenario ─────────────────────────────────────────────────────────────────────────────────────────────

local model = core.compile(b)
local size = model:size()
t.same(size.waters .. " " .. size.structures .. " " .. size.sources .. " " .. size.sections, "1 1 1 1", "a model has sizes")
t.same(tostring(model), "model of 1 cells", "a model says how large it is")
t.says("compile: unknown option 'cellm' (did you mean 'cell_m'?)", "an unknown option offers the nearest", core.compile, b, { cellm = 1 })
local empty = core.basin "empty"
t.ok(not pcall(core.compile, empty), "an empty basin does not compile")
local s = core.scenario(model, "plan")
local day = core.day "2019-02-01"
s:change { from = day, item = "town", param = "load.NH3-N", op = "scale", value = 0.5, place = "plan.lua:3" }
s:change { from = day, ["until"] = day + 30, item = "weir", param = "crest", value = 31, unit = "m" }
local function change_refused(given)
  local done, fault = pcall(s.change, s, given)
  return done and "nothing was refused" or tostring(fault)
end
t.ok(change_refused { from = day, item = "twon", param = "active", value = 0, place = "plan.lua:9" }
     :find("did you mean 'town'?", 1, true), "an unknown item of a change offers the nearest")
t.same(change_refused { from = day, item = "town", param = "active", op = "ste", value = 0 },
       "change: op is 'ste', expected set or scale", "an unknown op is named")
t.same(change_refused { fron = day }, "change: unknown option 'fron' (did you mean 'from'?)", "a misspelt field is named")
t.same(change_refused { from = 1e12 // 1 | 0, item = "town", param = "active", value = 0 },
       "'from' is not a day, expected days since 1970-01-01 as core.day gives them", "a day out of all years is refused")
t.ok(change_refused { from = day, item = "town", param = "active" }:find "'value' must be given", "a value must be given")
t.same(tostring(s), "scenario", "a scenario prints")

-- ── draws ───────────────────────────────────────────────────────────────────────────────────────────────────────

local draw = { item = "kinetics", param = "k_nh3_lake", distribution = "uniform", low = 2, high = 4 }
local u = core.draw_value(draw, 1, 0)
t.ok(u > 2 and u < 4, "a draw lies in its range")
t.same(core.draw_value(draw, 1, 0), u, "the same seed and member give the same number")
t.ok(core.draw_value(draw, 1, 1) ~= u, "another member another")
t.ok(t.message(core.draw_value, { item = "a", param = "b", distribution = "normal" }, 1, 0)
     :find("expected lognormal, uniform or triangular", 1, true), "an unknown distribution is named")

-- ── manners ─────────────────────────────────────────────────────────────────────────────────────────────────────

for _, object in ipairs { b, model, s } do
  t.ok(getmetatable(object) == "locked", "the methods of an object cannot be changed")
end
t.ok(not pcall(b.count, model, "lake"), "a method takes its own kind of object")
do local closed <close> = core.basin "closed" b = closed end
t.same(tostring(b), "basin (closed)", "a basin can be closed by scope")
t.ok(t.message(b.count, b, "lake"):find "the basin is closed", "and is then refused")
t.finish()
