-- test_own.lua -- constituents of a basin's own: from the word to the results.
local t = require "report_support"
local eco = require "ecosim"

t.refuses("no constituent 'F' in 'conc'", function() eco.source "Early" { water = "Pond", conc = { F = "1 mg/L" } } end,
          "a constituent is named before it is used")

local fluoride = eco.constituent "F" { name_zh = "氟化物", decay = "0.1 1/d", source = "test", confidence = "C" }
local function pond(extra)
  return eco.lake "Pond" { level = { 0, 10, unit = "m" }, area = { 1, 1, unit = "km2" }, initial_level = "4 m",
                           initial = extra }
end
local section = eco.section "Middle" { water = "Pond" }

t.refuses("basin 'No F' has no constituent 'F'", function() eco.basin "No F" { pond { F = "5 mg/L" }, section } end,
          "a basin has the constituents that it uses")
local basin = eco.basin "Own" { fluoride, pond { F = "5 mg/L" }, section, eco.kinetics "rates" { states = "own" } }
t.same(table.concat(basin:constituents(), " "), "CODMn NH3-N other N TP DO Cd F", "what may be named in a basin")
local path = os.tmpname()
do
  local study = eco.study "own" { basin = basin, from = "2018-01-01", to = "2018-01-31", warm_up = "0 days", step = "1 h",
                                  scenarios = { eco.scenario "now" {} } }
  local results <close> = study:run { to = path }
  local days = results.reader:series("section", "F", 1, 1, 1):table()
  -- by the trapezoid rule of hourly steps, each sampled half before and half after its kinetics: (k h)^2 (1 / 12 + 1 / 8) off
  local k, exact = 0.1, 5 * (1 - math.exp(-0.1)) / 0.1
  t.near(days[1], exact, exact * (k / 24) ^ 2 * (1 / 12 + 1 / 8) * 1.01 + 5 * 2 ^ -24, "F decays in the results, kept as 32-bit floats")
  t.near(days[31] / days[1], math.exp(-3), 1e-6, "day by day")
  local variables = {}
  for _, variable in ipairs(results.reader:layout().tables.section.variables) do
    variables[#variables + 1] = variable.name or variable
  end
  t.same(table.concat(variables, " "), "flow depth temperature F dry", "the six others are not there")
end
os.remove(path)

t.finish()
