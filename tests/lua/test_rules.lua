-- test_rules.lua -- operating rules as words: what they stand for, whom they move, and that they do in a run.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. here .. "../../scripts/?.lua;" .. here .. "../../scripts/?/init.lua;" .. package.path

local t = require "report_support"
local eco = require "ecosim"
local rules = require "ecosim.rules"

local function items(more)
  local list = {
    eco.reach "Lena" { length = "6 km", bottom_width = 10, side_slope = 2, manning_n = 0.03, bed_up = 112, bed_down = 111,
      inflow = { 4, 4, 4, 4, 4, 4, 1, 1, 1, 4, 4, 4, unit = "m3/s" }, inflow_conc = { TP = 0.2 } },
    eco.lake "Bay" { level = { 110, 118, 124 }, area = { 5e5, 8e5, 9e5 }, initial_level = 120, inflow = "2 m3/s" },
    eco.structure "Gate" { law = "gate", from = "Bay", to = "Lena", to_at = "4 km", crest = 118, width = 4, opening = "0.3 m" },
    eco.section "Mouth" { water = "Lena", target_class = 3 },
    eco.section "Head" { water = "Lena", at = "0.5 km", target_class = 3 },
  }
  for _, item in ipairs(more or {}) do list[#list + 1] = item end
  return list
end

-- ── what a rule stands for ──────────────────────────────────────────────────────────────────────────────────────

local low = eco.rule "low water" {
  structure = "Gate", set = { opening = "1 m" }, at_least = "3 days",
  when = { section = "Head", flow_below = "2 m3/s", ends = "2500 L/s", months = { 6, 7, 8 } },
}
t.same(low.least_days, 3, "a duration is in days")
t.same(#low.conditions, 2, "an entry may say a comparison and months: both must hold")
t.same(low.conditions[1].off, 2.5, "the value at which it ends is in any unit of its kind")
t.same(rules.sentence(low.conditions[1]), "flow of Head below 2 m3/s (until 2.5)", "a condition is told as a sentence")
local both = eco.rule "two" { structure = "Gate", scale = { opening = 2 }, when = {
  { water = "Bay", level_above = "121 m" }, { section = "Mouth", constituent = "TP", conc_below = "100 ug/L" },
  { from = "2016-03-01", to = "2016-03-31" } } }
t.same(#both.conditions, 3, "a list of entries must hold all together")
t.near(both.conditions[2].on, 0.1, 1e-15, "concentrations take their units")

local function message(make)
  local good, raised = pcall(make)
  return good and "nothing was refused" or (tostring(raised):gsub("^.-:%d+: ", ""))
end
t.same(message(function() eco.rule "r" { structure = "Gate", set = { opening = 0 }, when = {} } end),
       "rule 'r': when says nothing: it would always hold, which a change says", "a rule needs a condition")
t.same(message(function() eco.rule "r" { structure = "Gate", when = { months = { 2 } } } end),
       "rule 'r': 'set' must be given: what it changes, as { opening = \"0 m\" }", "and something to change")
t.same(message(function() eco.rule "r" { structure = "Gate", set = { opening = 0 }, when = { months = { 13 } } } end),
       "rule 'r': when: months has 13, expected months 1 to 12", "of twelve months")
t.same(message(function() eco.rule "r" { structure = "Gate", set = { opening = 0 }, when = { level_above = "3 m" } } end),
       "rule 'r': when: give either section or water for level_above", "at a place")
t.same(message(function() eco.rule "r" { structure = "Gate", set = { opening = 0 }, when = { section = "M", conc_above = 3 } } end),
       "rule 'r': when: 'constituent' must be given for conc_above", "of a constituent")
t.same(message(function()
  eco.rule "r" { structure = "Gate", set = { opening = 0 }, when = { section = "M", flow_above = 3, flow_below = 5 } }
end), "rule 'r': when compares twice, by flow_above and flow_below: write two conditions", "one comparison an entry")
t.same(message(function() eco.basin "b" { items { eco.rule "r" { structure = "Gat", set = { opening = 0 }, when = { months = 2 } } } } end),
       "rule 'r': structure 'Gat' is not in basin 'b' (did you mean 'Gate'?)", "a basin knows its structures")
t.same(message(function() eco.basin "b" { items { eco.rule "r" { structure = "Gate", set = { opning = 0 }, when = { months = 2 } } } } end),
       "rule 'r': structure 'Gate': no field 'opning' (did you mean 'opening'?)", "and what they can be set to")

-- ── whose rules hold ────────────────────────────────────────────────────────────────────────────────────────────

local basin = eco.basin "Mjosa" { items { low } }
local instead = eco.rule "low water" { structure = "Gate", set = { opening = "0 m" }, when = { section = "Head", flow_below = "2 m3/s" } }
local more = eco.rule "spring" { structure = "Gate", set = { opening = "2 m" }, when = { months = { 4 } } }
local act = eco.measure "spring water" { rules = { more } }
local plain, other = eco.scenario "plain" {}, eco.scenario "other" { act, instead }
t.same(#basin.items, 5, "a rule is no item of its basin")
t.same(rules.of(basin, plain)[1], low, "a basin's rule holds in every scenario")
local list = rules.of(basin, other)
t.same(#list, 2, "a scenario's rule of the same name takes its place")
t.ok(list[1] == more and list[2] == instead, "after the rules of its measures")

t.ok(eco.show_basin(basin):find("↳ low water: opening of Gate is 1 m while flow of Head below 2 m3/s (until 2.5) and months 6, 7, 8", 1, true),
     "the network shows what its keepers are told")

-- ── in a run ────────────────────────────────────────────────────────────────────────────────────────────────────

local study = eco.study "rules" { basin = basin, scenarios = { plain, other }, from = "2016-01-01", to = "2016-12-31", step = "6 h" }
t.same(#study.notices, 0, "a gate with a rule is no surprise")
local path = os.tmpname()
do
  local results <close> = study:run { to = path }
  local function flow(scenario, day)
    return results.reader:series("section", "flow", scenario, 1, 1):table()[day]
  end
  local calm, rain = 60, 228 -- March, and the low water of mid-August
  t.ok(flow(1, calm) > 4.5 and flow(1, calm) < 6.5, "the gate gives what comes in, through 0.3 m", tostring(flow(1, calm)))
  t.ok(flow(1, rain) > flow(2, rain) + 1, "in low water the basin opens it and the other plan shuts it",
       flow(1, rain) .. " " .. flow(2, rain))
  t.near(flow(2, rain), 1, 0.05, "shut: the river's own flow is left")
  t.ok(results.study.basin.rules[1].when[1] == "flow of Head below 2 m3/s (until 2.5)", "the file keeps the rules")
  t.same(results.study.scenarios[2].measures[1].rules[1].name, "spring", "and those of measures")
end
os.remove(path)

-- A canal whose only way out is shut fills and stands still: what left the model is nothing, and the ledger closes.
do
  local canal = eco.basin "canal" {
    eco.canal "C" { length = "6 km", bottom_width = 10, side_slope = 2, manning_n = 0.03, bed_up = 11, bed_down = 10.9,
      initial_depth = 1, inflow = "0.1 m3/s", inflow_conc = { TP = 0.2 } },
    eco.structure "Lock" { law = "gate", from = "C", crest = 10.9, width = 5, opening = 0 },
    eco.section "End" { water = "C", target_class = 3 },
    eco.rule "let go" { structure = "Lock", set = { opening = "1 m" }, when = { section = "End", level_above = "13 m", ends = "12 m" } },
  }
  local results <close> = eco.study "shut" { basin = canal, from = "2016-01-01", to = "2016-03-31", step = "6 h" }:run { to = path }
  local depth, flow = results.reader:series("section", "depth", 1, 1, 1):table(), results.reader:series("section", "flow", 1, 1, 1):table()
  t.same(flow[5], 0.0, "nothing passes a shut lock")
  t.ok(depth[5] > depth[1], "and its canal fills")
  local highest, most = 0, 0
  for day = 1, #depth do highest, most = math.max(highest, depth[day]), math.max(most, flow[day]) end
  t.ok(most > 1 and highest < 2.3, "until the rule lets it go", most .. " m3/s, " .. highest .. " m")
end
os.remove(path)

-- A transfer that begins on a day: the inflow of a water is a number like any other.
do
  local later = eco.basin "transfer" { items { low }, changes = {
    { item = "Lena", param = "inflow", value = 0, from = "2015-01-01" },
    { item = "Lena", param = "inflow", value = "6 m3/s", from = "2016-03-01" } } }
  local half = eco.measure "half" { from = "2016-01-01", changes = { { item = "Bay", param = "inflow", op = "scale", value = 0.5 } } }
  local study = eco.study "transfer" { basin = later, from = "2016-01-01", to = "2016-04-30", step = "6 h",
    scenarios = { eco.scenario "all" {}, eco.scenario "half" { half } } }
  local results <close> = study:run { to = path }
  local section = results.reader:layout().tables.section.places
  local head = section[1] == "Head" and 1 or 2
  local flow = results.reader:series("section", "flow", 1, 1, head):table()
  t.ok(flow[50] < 0.01, "before its day nothing flows", tostring(flow[50]))
  t.near(flow[100], 6, 0.05, "then what it brings")
  local function came(scenario)
    for _, ledger in ipairs(results.reader:ledger(scenario, 1)) do
      if ledger.quantity == "water" then return ledger["boundary inflow"] or ledger.rows["boundary inflow"] end
    end
  end
  t.near(came(1) - came(2), 121 * 86400 * 1, 1e-3, "half an inflow is half in the ledger")
end
os.remove(path)

t.finish()
