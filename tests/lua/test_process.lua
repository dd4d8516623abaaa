-- test_process.lua -- eco.process: from the word to the results, its faults, its parameters as draws.
local t = require "report_support"
local eco = require "ecosim"

local function strip(given)
  return eco.process "stripping" {
    source = "test", confidence = "C",
    params = given or { v = { "0.2 m/d", lowest = 0, highest = "2 m/d", source = "test" }, theta = 1.024 },
    fluxes = function(p, c, s)
      local k = eco.at_temperature(p.v, p.theta) / s.depth
      return { stripped = { from = "NH3-N", to = "air", rate = k * c["NH3-N"] } }
    end,
  }
end

local function pond(initial)
  return eco.lake "Pond" { level = { 0, 10, unit = "m" }, area = { 1, 1, unit = "km2" }, initial_level = "4 m", initial = initial }
end
local section = eco.section "Middle" { water = "Pond" }

local function run(basin, variable, options)
  local path = os.tmpname()
  local study = eco.study "process" { basin = basin, from = "2018-01-01", to = "2018-01-31", warm_up = "0 days", step = "1 h",
                                      scenarios = { eco.scenario "now" {} }, members = options and options.members,
                                      draws = options and options.draws }
  local days = {}
  do
    local results <close> = study:run { to = path }
    for member = 1, options and options.members or 1 do
      days[member] = results.reader:series("section", variable, 1, member, 1):table()
    end
  end
  os.remove(path)
  return days[1], days
end

-- ── physics ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- Without nitrification NH3-N leaves by stripping alone: v / H = 0.05 1/d in a pond of 4 m at 20 C. Daily means keep the ratio.
local bulk = eco.kinetics "rates" { k_nh3_lake = 0, k_nh3_river = 0 }
local days = run(eco.basin "Strip" { strip(), pond { ["NH3-N"] = "5 mg/L" }, section, bulk }, "NH3-N")
t.near(days[31] / days[1], math.exp(-0.05 * 30), 2e-4 * math.exp(-1.5), "ammonia leaves by stripping")

-- Michaelis and Menten, in own constituents: K ln(S0/S) + S0 - S = V t; here of daily means, which lie within their day.
local function menten(rate)
  return eco.process "enzyme" {
    params = { V = "2 mg/L/d", K = "3 mg/L" },
    fluxes = function(p, c) return { turned = { from = "S", to = "P", rate = rate(p, c) } } end,
  }
end
local own = { eco.constituent "S" {}, eco.constituent "P" {}, eco.kinetics "rates" { states = "own" } }
local s = run(eco.basin "Enzyme" { own, menten(function(p, c) return p.V * eco.monod(c.S, p.K) end), pond { S = "10 mg/L" },
                                   section }, "S")
local function time_of(x) return (3 * math.log(10 / x) + 10 - x) / 2 end
for _, day in ipairs { 1, 3, 6 } do
  t.near(time_of(s[day]), day - 0.5, 0.02, "day " .. day .. " lies where the closed form has it")
end
local same = run(eco.basin "Enzyme" { own, menten(function(p, c) return p.V * c.S / (c.S + p.K) end), pond { S = "10 mg/L" },
                                      section }, "S")
for day = 1, 31 do t.same(same[day], s[day], "the same expression written out gives the same bits") end

-- Members draw the parameter: member by member exp(-k t) with its own k.
local drawn = eco.basin "Drawn" {
  own, pond { S = "10 mg/L" }, section,
  eco.process "loss" { params = { k = { "0.1 1/d", highest = 1 } },
                       fluxes = function(p, c) return { lost = { from = "S", rate = p.k * c.S } } end },
}
local spread = eco.draw { item = "loss", param = "k", distribution = "uniform", low = 0.05, high = 0.2 }
local _, members = run(drawn, "S", { members = 4, draws = { spread } })
local seen = {}
for member = 1, 4 do
  local k = -math.log(members[member][31] / members[member][1]) / 30
  t.same(k > 0.05 and k < 0.2 and not seen[k], true, "a rate of its own for member " .. member)
  seen[k] = true
end

-- A measure changes the parameter by date.
local stop = eco.measure "stop" { from = "2018-01-11", changes = { { item = "loss", param = "k", value = "0 1/d" } } }
local path = os.tmpname()
do
  local study = eco.study "stop" { basin = drawn, from = "2018-01-01", to = "2018-01-31", warm_up = "0 days",
                                   scenarios = { eco.scenario "now" {}, eco.scenario "stopped" { stop } } }
  local results <close> = study:run { to = path }
  local now = results.reader:series("section", "S", 1, 1, 1):table()
  local stopped = results.reader:series("section", "S", 2, 1, 1):table()
  t.same(stopped[10], now[10], "before its day nothing changes")
  t.near(stopped[31] / stopped[12], 1, 1e-6, "after it nothing is lost")
end
os.remove(path)
t.refuses("change 1: process 'loss': no parameter 'kk' (did you mean 'k'?)", function()
  eco.study "bad" { basin = drawn, from = "2018-01-01", to = "2018-01-31",
                    scenarios = { eco.scenario "bad" { eco.measure "bad" { from = "2018-01-11", changes = {
                      { item = "loss", param = "kk", value = 0 } } } } } }
end, "a parameter that the process has not")

-- ── texts and families ──────────────────────────────────────────────────────────────────────────────────────────

local texts = run(eco.basin "Enzyme" { own, pond { S = "10 mg/L" }, section,
  eco.process "enzyme" { params = { V = "2 mg/L/d", K = "3 mg/L" },
                         fluxes = { turned = { from = "S", to = "P", rate = "V * monod([S], K)" } } } }, "S")
for day = 1, 31 do t.same(texts[day], s[day], "the same expression as a text gives the same bits") end

local metal = eco.process "Pb" { family = "metal", params = { kd = "4e5 L/kg", v = "1 m/d" } }
t.same(metal.params[1].value, 400000.0, "a family's parameter is given")
t.same(metal.params[3].value, 0.0, "the others are typical")
local lead = eco.basin "Lead" { eco.constituent "SS" {}, metal, eco.kinetics "rates" { states = "own" },
                                pond { ["Pb total"] = "0.1 mg/L", SS = "25 mg/L" }, section }
t.same(table.concat(lead:own(), ", "), "Pb total, SS", "a family brings its constituents along")
local pb = run(lead, "Pb total")
t.near(pb[31] / pb[1], math.exp(-30 * (1 - 1 / 11) / 4), 3e-3 * math.exp(-30 / 4.4), "and runs")
local placed = eco.process "p" { waters = { "Pond", "Bay" }, params = { k = "1 1/d" }, fluxes = { lost = { from = "S", rate = "k * [S]" } } }
t.same(placed.fields.waters, "Pond;Bay", "waters are a list of names")
t.refuses("process 'p': waters: 'Bay' is no water of basin 'b'", function() run(eco.basin "b" { own, pond(), section, placed }, "S") end,
          "a process in a water that is not there")
t.refuses("process 'p': no family 'alge' (did you mean 'algae'?), families are oxygen, cbod", function()
  eco.process "p" { family = "alge" }
end, "a misspelt family")
t.refuses("process 'p': param kdd is none of family 'metal' (did you mean 'kd'?)", function()
  eco.process "p" { family = "metal", params = { kdd = 1 } }
end, "a misspelt parameter of a family")
t.refuses("process 'p': param v is '200 m/d', must be 0..100 m/d", function()
  eco.process "p" { family = "metal", params = { v = "200 m/d" } }
end, "a parameter out of its range")

-- ── the tutorial: results and report tell what it is ────────────────────────────────────────────────────────────

local example = dofile "examples/lua/04_ammonia_stripping.lua"
local example_path = os.tmpname()
do
  local results <close> = example:run { to = example_path }
  local told = results.study.basin.processes[1]
  t.same(told.name, "ammonia stripping", "the results say which processes ran")
  t.same(told.fluxes[1].rate,
         "v * (1 / (1 + 10^(0.09018 + 2729.92 / ((temperature - 0 {C}) / 1 {K} + 273.15) - ph))) * [NH3-N] / depth",
         "with the rate as an expression")
  t.same(told.params[2].value, 0.5, "and the parameters")
  local now = results.reader:series("section", "NH3-N", 1, 1, 1):table()
  local aerated = results.reader:series("section", "NH3-N", 2, 1, 1):table()
  t.same(aerated[30], now[30], "aerators come in July")
  t.ok(aerated[92] < 0.5 * now[92], "and take ammonia out")
  results:report(example_path .. ".html")
  local file <close> = io.open(example_path .. ".html", "rb")
  t.ok(file:read "a":find("<h3>ammonia stripping", 1, true) ~= nil, "the report shows it")
end
os.remove(example_path)
os.remove(example_path .. ".html")
local again = run(eco.basin "Again" { own, pond { S = "10 mg/L" }, section,
  eco.process "p" { params = { k = "1 1/d" }, fluxes = { lost = { from = "S", rate = "k * [S]" } } } }, "S")
t.near(again[10] / again[1], math.exp(-9), 2e-4 * 9 * math.exp(-9) + 1e-9, "a rate written as text")

-- ── faults ──────────────────────────────────────────────────────────────────────────────────────────────────────

local function one(rate, params)
  return function()
    return eco.process "p" { params = params or { k = "1 1/d" },
                             fluxes = function(p, c, s) return { f = { from = "S", rate = rate(p, c, s) } } end }
  end
end
t.refuses("process 'p' has no param 'q'", one(function(p) return p.q end), "a param that is not there")
t.refuses("nothing surrounds the water that is called 'temprature' (did you mean 'temperature'?)",
          one(function(_, c, x) return x.temprature * c.S end), "a misspelt surrounding")
t.refuses("expressions are not compared when a script runs, write eco.less", one(function(p, c) return p.k < c.S and 1 or 2 end),
          "a comparison in Lua")
t.refuses("'*' of 'ten', expected an expression, a number or a text", one(function(p) return p.k * "ten" end), "a text that is no number")
t.refuses("process 'p': param k is 'fast', expected a number", one(function(p, c) return p.k * c.S end, { k = "fast" }), "a param in words")
t.refuses("process 'p': param k has 'lowst'", one(function(p, c) return p.k * c.S end, { k = { "1 1/d", lowst = 0 } }), "a misspelt range")
t.refuses("process 'p': flux f has no field 'form' (did you mean 'from'?)", function()
  eco.process "p" { fluxes = function(_, c) return { f = { form = "S", rate = c.S } } end }
end, "a misspelt side")
t.refuses("process 'p': flux f moves no constituent", function()
  eco.process "p" { fluxes = function(_, c) return { f = { to = "air", rate = c.S } } end }
end, "a flux of nothing")
t.refuses("process 'p': flux f has S on both sides", function()
  eco.process "p" { fluxes = function(_, c) return { f = { from = "S", to = "S", rate = c.S } } end }
end, "a flux from S to S")
t.refuses("process 'p': fluxes is a nil, expected function(p, c, s)", function() eco.process "p" {} end, "no fluxes")
t.refuses("basin 'b' carries no constituent 'NH3-n' (did you mean 'NH3-N'?)", function()
  eco.basin "b" { pond(), section, eco.process "p" { params = { k = "1 1/d" }, fluxes = function(p, c)
    return { f = { from = "NH3-n", rate = p.k * c["NH3-n"] } } end } }
end, "a constituent that is not there")
t.refuses("process 'p': the rate of flux 'f' is a rate (1 per time), expected mass per volume and time", function()
  run(eco.basin "b" { own, pond(), section, one(function(p) return p.k end)() }, "S")
end, "a rate of the wrong dimension")
t.refuses("in flux 'f': process 'p': '+' of a rate (1 per time) and mass per volume", function()
  run(eco.basin "b" { own, pond(), section, one(function(p, c) return p.k + c.S end)() }, "S")
end, "terms that do not agree")
t.refuses("draw of 'loss': k is 0.05..2, must be within 0..1 1/d", function()
  run(drawn, "S", { draws = { eco.draw { item = "loss", param = "k", distribution = "uniform", low = 0.05, high = 2 } } })
end, "a draw beyond the range")

t.finish()
