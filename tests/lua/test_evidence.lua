-- test_evidence.lua -- likelihoods by kind, weights, what pins an input down: against numbers worked out by hand, on a made-up run.
package.path = "tests/lua/?.lua;" .. package.path
local t = require "report_support"
local eco = require "ecosim"
local evidence = require "ecosim.evidence"
local core = require "ecosim.core"

-- ── SKL: the normal distribution ────────────────────────────────────────────────────────────────────────────────

-- Abramowitz & Stegun, table 26.1
for _, row in ipairs { { 0, 0.5 }, { 1, 0.841344746068543 }, { 2, 0.977249868051821 }, { 3.5, 0.999767370920964 } } do
  t.near(evidence.normal(row[1]), row[2], 1e-14, ("normal(%g)"):format(row[1]))
  t.near(evidence.normal(-row[1]), 1 - row[2], 1e-14, ("normal(-%g)"):format(row[1]))
end
t.near(evidence.normal(-10) / 7.61985302416052e-24, 1, 1e-12, "far in the tail")
t.near(evidence.normal(2.9999999) - evidence.normal(3.0000001), -2e-7 * math.exp(-4.5) / math.sqrt(2 * math.pi), 1e-15, "no seam at 3")

-- ── SKL-6: weights ──────────────────────────────────────────────────────────────────────────────────────────────

do
  local weights, counted, temper = evidence.weigh { 0, 0, 0, 0 }
  t.near(counted, 4, 1e-12, "equal members count alike")
  t.same(temper, 1, "and nothing is tempered")
  weights, counted, temper = evidence.weigh { 0, math.log(3) }
  t.near(weights[2], 0.75, 1e-12, "three times the likelihood, three times the weight")
  local logs = {}
  for member = 1, 100 do logs[member] = -3.0 * member end
  weights, counted, temper = evidence.weigh(logs)
  t.near(counted, 10, 1e-6, "a tenth of the members counts where one would stand alone")
  t.ok(temper > 1 and weights[1] > weights[2], "by the least temper, in their order")
end

-- ── the word ────────────────────────────────────────────────────────────────────────────────────────────────────

local function row(fields)
  local all = { section = "S", variable = "TP", from = "2019-03-01", to = "2019-03-05", kind = "measured", value = 0.1 }
  for key, value in pairs(fields) do all[key] = value end
  return function() return eco.evidence "row" (all) end
end
t.ok(pcall(row {}), "a measured value is taken")
t.refuses("is no observation", row { kind = "reconstructed" }, "what was made from a class is refused")
t.refuses("'low' must be given for a range", row { kind = "range", high = 2 }, "a range needs both ends")
t.refuses("a bound has either low or high", row { kind = "bound", low = 1, high = 2 }, "a bound has one")
t.refuses("to is before from", row { from = "2019-04-01" }, "days go forward")
t.refuses("low 3 is above high 2", row { kind = "range", low = 3, high = 2 }, "so do ends")
t.refuses("use is 'show', must be fit, check", row { use = "show" }, "a use is one of two")

-- ── a made-up run: 41 members, constant concentrations ──────────────────────────────────────────────────────────

local MEMBERS, first, last = 41, core.day "2017-01-01", core.day "2021-12-31"
local days = {}
for day = first, last do days[#days + 1] = day end
local draw = { item = "kinetics", param = "k_tp_river", distribution = "uniform", low = 0, typical = 0.5, high = 1 }
local idle = { item = "kinetics", param = "k_nh3_river", distribution = "uniform", low = 0, typical = 0.5, high = 1 }

-- TP falls with the first input: exp(-4 k); the second does nothing.
local function value_of(variable, member)
  if variable == "TP" then return 0.4 * math.exp(-4 * core.draw_value(draw, 7, member - 1)) end
  return ({ dry = 0, DO = 8, CODMn = 3, ["NH3-N"] = 0.4, TN = 1, temperature = 15 })[variable]
end

local reader = {}
function reader:layout()
  return { members = MEMBERS, first_member = 0, tables = { section = { times = days, places = { "S" } } } }
end
function reader:series(_, variable, _, member)
  local values = {}
  for k = 1, #days do values[k] = value_of(variable, member) end
  local v = t.vector(values)
  v.table = function(self) return self end
  getmetatable(v).__index.table = v.table
  return v
end

local function study(rows)
  return { seed = 7, basin = { waters = { { name = "W", kind = "reach" } }, sections = { { name = "S", water = "W" } } }, evidence = rows }
end
local function judge(fields)
  local one = { name = "one", section = "S", variable = "TP", from = "2019-03-01", to = "2019-03-05", kind = "measured", use = "fit" }
  for key, value in pairs(fields) do one[key] = value end
  return evidence.compute(reader, study { one }, core, { draw, idle })
end

do
  local held = judge { variable = "CODMn", value = 3 }
  t.near(held.rows[1].likelihood[1], -math.log(0.3), 1e-12, "SKL-2 on the spot")
  t.near(held.rows[1].prior, 0.5, 1e-12, "half of it is lower")
  t.ok(held.rows[1].hit and held.hits.fit.n == 1 and held.hits.fit.posterior == 1, "a hit")
  held = judge { variable = "CODMn", value = 6 }
  local z = math.log(2) / 0.3
  t.near(held.rows[1].likelihood[1], -0.5 * z * z - math.log(0.3), 1e-12, "SKL-2 off by two")
  t.ok(not held.rows[1].hit, "no hit")
  held = judge { variable = "temperature", value = 17 }
  t.near(held.rows[1].prior, evidence.normal(2), 1e-12, "temperatures are not logged")
  held = judge { variable = "CODMn", kind = "range", low = 2, high = 4 }
  local chance = evidence.normal(math.log(4 / 3) / 0.3) - evidence.normal(math.log(2 / 3) / 0.3)
  t.near(held.rows[1].prior, chance, 1e-12, "SKL-3")
  held = judge { variable = "CODMn", kind = "bound", high = 3 }
  t.near(held.rows[1].prior, 0.5, 1e-12, "SKL-4, exactly at the bound")
  held = judge { variable = "class", kind = "class", low = 1, high = 6 }
  t.near(held.rows[1].prior, 1, 1e-12, "SKL-5: some class it is")
  local sum = 0
  for class = 1, 6 do
    sum = sum + math.exp(judge { variable = "class", kind = "class", low = class, high = class }.rows[1].likelihood[3])
  end
  t.near(sum, 1, 1e-9, "and one only")
end

do -- one value pins down what it hangs on, and nothing else
  local seen = 0.4 * math.exp(-4 * 0.3)
  local held = judge { value = seen }
  local hangs, idles = held.draws[1], held.draws[2]
  t.near(hangs.posterior.median, 0.3, 0.06, "SKL-8: the input that made it")
  t.ok(hangs.width < 0.5 and hangs.pinned == "yes", "is pinned down")
  t.ok(idles.width > 0.7, "the idle one is not")
  t.ok(hangs.posterior.low >= hangs.prior.low - 1e-12, "inside of what was drawn")
  held = judge { value = seen, use = "check" }
  t.near(held.counted, MEMBERS, 1e-9, "what is only checked weighs nothing")
  t.same(held.hits.check.n, 1, "and is counted apart")
end

do -- windows beyond the record
  local held = judge { from = "2011-01-01", to = "2011-12-31", value = 1 }
  t.same(#held.rows, 0, "years that were not run are not judged")
  t.same(held.skipped[1], "one", "but named")
  t.ok(evidence.compute(reader, study {}, core, {}) == nil, "no evidence, no judgement")
  t.ok(require "ecosim.evidence_text".table(judge { value = 0.1 }):find("pinned down", 1, true) ~= nil, "it is told as text")
end

t.finish()
