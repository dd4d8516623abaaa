-- test_scores.lua -- the rules of libecosim/doc/scores.md, SCO-1..SCO-9.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. here .. "../../scripts/?.lua;" .. here .. "../../scripts/?/init.lua;" .. package.path

local t = require "report_support"
local gb3838 = require "standards.gb3838"
local gb15618 = require "standards.gb15618"
local score = require "ecosim.score"
local money = require "ecosim.score_cost"

-- SCO-1: classes
t.same(gb3838.class("NH3-N", 1.0, "river"), 3, "SCO-1 a value exactly at the limit meets the class")
t.same(gb3838.class("NH3-N", 1.0000001, "river"), 4, "SCO-1 a value just above the limit does not")
t.same(gb3838.class("TP", (0.1 + 0.1 + 0.1) / 3, "river"), 2, "SCO-1 a mean of values at the limit meets it in "
  .. "spite of round-off")
t.same(gb3838.class("TP", 0.1, "lake"), 4, "SCO-1 a lake has its own TP limits")
t.same(gb3838.class("DO", 3.0, "river"), 4, "SCO-1 oxygen exactly at its limit meets the class")
t.same(gb3838.class("DO", 1.9, "river"), 6, "SCO-1 oxygen below class V is worse than class V")
t.same(gb3838.class("TN", 9.0, "river"), nil, "SCO-1 TN has no class in a river")
t.same(gb3838.class("TN", 1.2, "lake"), 4, "SCO-1 TN of a lake can be read beside the class")
t.same(gb3838.class("CODMn", 0 / 0, "river"), nil, "SCO-1 a missing value has no class")
local class, by = gb3838.worst({ DO = 8, CODMn = 5, ["NH3-N"] = 1.6, TP = 0.35, TN = 20 }, "river")
t.same(class, 5, "SCO-1 the worst single factor decides")
t.same(table.concat(by, " "), "NH3-N TP", "SCO-1 all factors of the worst class are named, TN is not one")
t.same(gb3838.kind_of "reservoir", "lake", "SCO-1 a reservoir is judged as a lake")
t.same(gb3838.kind_of "canal", "river", "SCO-1 a canal is judged as a river")
t.same(gb3838.class_number "IV", 4, "classes may be written as numerals")
t.same(gb3838.class_number "VI", nil, "there is no class VI")

-- soil
t.same(gb15618.screening("Cd", "paddy", 5.5), 0.3, "a soil pH on the edge belongs to the lower band")
t.same(gb15618.screening("Cd", "paddy", 5.51), 0.4, "a soil pH above the edge belongs to the next band")
t.same(gb15618.screening("Cd", "dryland", 7.0), 0.3, "land that is not paddy is judged as other land")
t.same(gb15618.value("intervention", "Cd", "paddy", 6.0), 2.0, "an intervention value holds for all land uses")
t.same(gb15618.screening("Cd", "paddy", nil), nil, "without a pH there is no screening value")

-- one reach, one lake; two plans; three months of 2017
local function study(more)
  local made = { name = "two", from = "2017-01-01", to = "2017-03-31", members = 3, seed = 1,
    basin = { name = "b", waters = { { name = "r", kind = "reach", downstream = "l" }, { name = "l", kind = "lake" } },
      sections = { { name = "a", water = "r", target_class = 3 }, { name = "z", water = "l", target_class = "III" } },
      sites = { { name = "field", contaminant = "Cd", land_use = "paddy", ph = 6.0 } } },
    scenarios = { { name = "today" }, { name = "plan", measures = { { name = "m", from = "2017-01-01",
      cost = { capital = 1000, running = 100, lifetime = 15 } } } } } }
  for key, value in pairs(more or {}) do made[key] = value end
  return made
end

local clean = { DO = 9, CODMn = 3, ["NH3-N"] = 0.5, TP = 0.04, TN = 3, dry = 0, flow = 1,
  total = 0.5, exchangeable = 0.2, bound = 0.3, residual = 0, leachate = 0.001, leached = 2 }
local function values(change)
  return function(tab, variable, scenario, member, place, time)
    return change(variable, scenario, member, place, time, tab) or clean[variable] or 10
  end
end
local function compute(change, more)
  local s = study(more)
  return score.compute(t.reader(s, values(change)), s, t.calendar)
end

-- SCO-2, SCO-3: days
local dirty_january = compute(function(variable, scenario, _, place, day)
  if variable == "NH3-N" and place == 1 and scenario == 1 and day <= 31 then return 2.0 end
end)
local before, after = dirty_january.scenarios[1].sections[1], dirty_january.scenarios[2].sections[1]
t.near(before.share.median, 59 / 90, 1e-12, "SCO-2 the share is days met over days assessed")
t.same(before.failing, "NH3-N", "SCO-6 the failing pollutant is named")
t.near(before.failing_share, 31 / 90, 1e-12, "SCO-6 with its share of the assessed days")
t.same(after.failing, nil, "SCO-6 where all days meet none is named")
t.same(before.lasting_month, 2, "SCO-5 lasting from the second month")
t.same(after.lasting_month, 1, "SCO-5 a section that always meets has attained it in the first month")
t.ok(before.short_proof, "SCO-5 two months up to the end are a short proof")
t.same(before.section.kind, "river", "the reach is a river")
t.same(dirty_january.head, 1, "the headline is the section that is met least at first")
t.same(dirty_january.best, 2, "the best plan attains the target in most members, then on most days")

local dry = compute(function(variable, _, _, place, day)
  if place ~= 1 then return end
  if variable == "dry" then return day <= 31 and 0.5 or day == 32 and 0.49 or 0 end
  if variable == "NH3-N" and day <= 31 then return 50 end
end)
local dried = dry.scenarios[1].sections[1]
t.same(dried.dry_days.median, 31.0, "SCO-3 a day without water for half of it or more is dry")
t.near(dried.share.median, 1.0, 0, "SCO-3 dry days are neither met nor failed")
t.same(dried.months["NH3-N"].median[1], nil, "SCO-4 a month of dry days has no mean")
t.same(dried.lasting_month, 2, "SCO-5 a dry month neither breaks nor proves")

local missing = compute(function(variable, _, _, place, day)
  if variable == "TP" and place == 1 and day == 5 then return 0 / 0 end
  if variable == "NH3-N" and place == 1 and day == 5 then return 9 end
end)
t.near(missing.scenarios[1].sections[1].share.median, 1.0, 0, "SCO-2 a day with a missing value is not assessed")

-- SCO-4: the monthly mean, not the days, is assessed
local spike = compute(function(variable, _, _, place, day)
  if variable == "NH3-N" and place == 1 and day == 90 then return 5.0 end
end)
t.same(spike.scenarios[1].sections[1].lasting_month, 1, "SCO-4 one bad day does not fail the month whose mean meets")
t.near(spike.scenarios[1].sections[1].months["NH3-N"].median[3], (30 * 0.5 + 5) / 31, 1e-12,
  "SCO-4 month means are of days")

-- members
local spread = compute(function(variable, _, member, place)
  if variable == "TP" and place == 1 and member == 1 then return 9 end
end)
local shared = spread.scenarios[1].sections[1]
t.near(shared.share.median, 1.0, 0, "the median is over members")
t.near(shared.share.low, 0.1, 1e-12, "SCO-2 the 5 % quantile is linear between members (0, 1, 1)")
t.near(shared.lasting_share, 2 / 3, 1e-12, "SCO-5 members that attain it are counted")
t.same(shared.lasting_month, 1, "SCO-5 the month by which half of the members have attained it")
local few = compute(function(variable, _, member, place)
  if variable == "TP" and place == 1 and member < 3 then return 9 end
end)
t.same(few.scenarios[1].sections[1].lasting_month, nil, "SCO-5 fewer than half of the members: never")
t.same(score.lasting({ true, false, true, nil, true }, 5), 3, "SCO-5 an unassessed month inside is passed over")
t.same(score.lasting({ true, true, false }, 3), nil, "SCO-5 a failing last month: never")
t.same(score.lasting({}, 3), nil, "SCO-5 nothing assessed: never")

-- lakes
local lake = compute(function(variable, _, _, place)
  if variable == "TP" and place == 2 then return 0.06 end
end)
t.near(lake.scenarios[1].sections[2].share.median, 0.0, 0, "SCO-1 0.06 mg/L of TP fails class III in a lake")
t.same(lake.scenarios[1].sections[2].failing, "TP", "SCO-6 by phosphorus")

-- SCO-7: loads
local load = dirty_january.scenarios[1].waters[1].loads["NH3-N"][1]
t.near(load, 10 * 3 / 1000 * 4, 1e-12, "SCO-7 kilograms of three months become tonnes a year")
t.same(dirty_january.scenarios[1].waters[1].class, nil, "a yearly class needs eight months")
local year = compute(function() end, { to = "2018-02-28" })
t.near(year.scenarios[1].waters[1].loads.TP[1], 0.12, 1e-12, "SCO-7 longer runs report their last 12 months")

-- SCO-8, SCO-9: money
local once = { capital = 1000, running = 0, lifetime = 15 }
t.near(money.present_value(once, 0, 5), 1000, 1e-9, "SCO-8 capital on the first day is worth itself")
t.near(money.present_value(once, 1, 5), 1000 / 1.06, 1e-9, "SCO-8 a year later it is discounted once")
t.same(money.present_value(once, 5, 5), 0.0, "SCO-8 a measure that starts at the end costs nothing in the study")
t.near(money.present_value({ capital = 1000, running = 0, lifetime = 2 }, 0, 5), 1000 * (1 + 1.06 ^ -2 + 1.06 ^ -4),
  1e-9,
  "SCO-8 what wears out is bought again")
t.near(money.present_value({ capital = 0, running = 100 }, 0, 1), 100 * (1 - 1 / 1.06) / math.log(1.06), 1e-9,
  "SCO-8 running cost is paid evenly")
local plan = dirty_january.scenarios[2]
t.near(plan.gain_head.median, 100 * 31 / 90, 1e-9, "SCO-9 the gain at the headline section is in percentage points")
t.near(money.per_point(plan, plan.gain_head), plan.cost.present / (100 * 31 / 90), 1e-9, "SCO-9 cost per point")
t.same(money.per_point(dirty_january.scenarios[1], dirty_january.scenarios[1].gain_head), nil,
  "SCO-9 no gain, no cost per point")
local worse = compute(function(variable, scenario, _, place)
  if variable == "TP" and scenario == 2 and place == 1 then return 1 end
end)
t.same(money.per_point(worse.scenarios[2], worse.scenarios[2].gain_head), nil, "SCO-9 a loss has none either")

-- soil
local site = dirty_january.scenarios[1].sites[1]
t.same(site.site.screening, 0.4, "the screening value follows pH and land use")
t.same(site.above_share, 1.0, "0.5 mg/kg is above it in all members")
t.same(site.leached.median, 6.0, "leached kilograms are summed")
t.near(site.share_end.median, 0.4, 1e-12, "the exchangeable share is of the total")

t.finish()
