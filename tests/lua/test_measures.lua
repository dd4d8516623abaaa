-- test_measures.lua -- the shipped measures: what they change, what they cost, what they refuse.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. here .. "../../scripts/?.lua;" .. here .. "../../scripts/?/init.lua;" .. package.path

local t = require "report_support"
local eco = require "ecosim"
local measures = require "measures"
local csv = require "ecosim.csv"
local text = require "ecosim.text"

local function pig(name, catchment, county, head)
  return eco.source(name) { catchment = catchment, county = county, group = "pig", amount = head, amount_unit = "head",
    load = { CODMn = head * 0.01, ["NH3-N"] = head * 0.003, TN = head * 0.0066, TP = head * 0.0006 } }
end

local function reach(name, downstream)
  return eco.reach(name) { downstream = downstream, length = "10 km", bottom_width = 10, side_slope = 2,
    manning_n = 0.03,
    bed_up = 20, bed_down = 10 }
end

local function land(name, water, county)
  return eco.catchment(name) { water = water, county = county, area = "100 km2", curve_number = 75 }
end

local basin = eco.basin "small" {
  eco.county "east" {}, eco.county "west" {},
  reach("upper", "river"), reach("river", "lake"), reach("other"), reach("siphoned"),
  eco.lake "lake" { level = { 10, 12 }, area = { 1e6, 2e6 }, initial_level = 11 },
  eco.structure "siphon" { law = "weir", from = "siphoned", to = "lake", crest = 11, width = 5 },
  land("c_upper", "upper", "east"), land("c_siphoned", "siphoned", "east"), land("c_other", "other", "east"),
  land("c_west", "river", "west"),
  eco.source "plant" { water = "river", group = "wwtp", flow = "85000 t/d", capacity = "100000 t/d",
    standard = "gb18918_1b", name_en = "Plant", name_zh = "污水厂",
    conc = { CODMn = 13.5, ["NH3-N"] = 6, TN = 16, TP = 0.8 } },
  eco.source "good plant" { water = "river", group = "wwtp", flow = "10000 t/d", capacity = "20000 t/d",
    standard = "gb18918_1a", conc = { CODMn = 5, ["NH3-N"] = 0.5, TN = 8, TP = 0.1 } },
  eco.source "full plant" { water = "river", group = "wwtp", flow = "20000 t/d", capacity = "20000 t/d",
    standard = "gb18918_1a", conc = { CODMn = 13, ["NH3-N"] = 4, TN = 13, TP = 0.1 } },
  eco.source "raw" { water = "upper", group = "raw", flow = "17000 t/d", conc = { CODMn = 78, ["NH3-N"] = 35, TN = 45,
    TP = 4 } },
  eco.source "raw_2" { water = "upper", group = "raw", flow = "10000 t/d", conc = { CODMn = 78, ["NH3-N"] = 35 } },
  eco.source "dry_raw" { water = "upper", group = "raw", flow = 0 },
  pig("pig_a", "c_upper", "east", 10000), pig("pig_b", "c_other", "east", 30000), pig("pig_w", "c_west", "west", 5000),
  eco.source "paddy_a" { catchment = "c_upper", county = "east", group = "paddy", amount = 2000, amount_unit = "ha",
    load = { CODMn = 164, ["NH3-N"] = 16, TN = 64, TP = 8 } },
  eco.source "dryland_a" { catchment = "c_upper", county = "east", group = "dryland", amount = 1000, amount_unit = "ha",
    load = { TN = 30, TP = 2.5 } },
}

local function change_of(measure, item, param)
  for _, change in ipairs(measure.changes) do
    if change.item == item and change.param == param then return change end
  end
end

-- ── upgrade_plant ───────────────────────────────────────────────────────────────────────────────────────────────

local upgrade = measures.upgrade_plant(basin, "plant", { to = "quasi class IV", from = "2018-01-01" })
t.same(upgrade.word, "measure", "a shipped measure is a measure")
t.same(change_of(upgrade, "plant", "conc.NH3-N").value, 0.8, "the effluent takes the typical value of the grade")
t.near(change_of(upgrade, "plant", "conc.CODMn").value, 6.6, 1e-12, "CODMn is 0.3 of the effluent's COD")
t.near(upgrade.about.cost.capital, 100000 * (1000 + 1500), 1e-3, "a class 1B plant pays for both steps")
t.near(upgrade.about.cost.running, 100000 * (110 + 220), 1e-3, "and runs both")
t.same(upgrade.about.confidence, "C", "the confidence of the figures is kept")
t.ok(upgrade.about.source:find "national discharge standard", "the source of the figures is kept")
t.ok(upgrade.place:find "test_measures.lua:%d+", "a measure stands at the line of the script that asks for it",
  upgrade.place)
local one_step = measures.upgrade_plant(basin, "plant", { to = "class 1A", from = "2018-01-01" })
t.near(one_step.about.cost.capital, 100000 * 1000, 1e-3, "one grade up costs one step")
t.same(change_of(one_step, "plant", "conc.NH3-N").value, 2.0, "class 1A has its own effluent")
local as_1a = measures.upgrade_plant(basin, "plant", { to = "quasi class IV", from = "2018-01-01", is = "class 1A" })
t.near(as_1a.about.cost.capital, 100000 * 1500, 1e-3, "what the plant is may be said")
local full = measures.upgrade_plant(basin, "full plant", { to = "quasi class IV", from = "2018-01-01" })
t.same(change_of(full, "full plant", "conc.TP"), nil, "an effluent that is better already stays")
t.refuses("nothing would change", function()
  measures.upgrade_plant(basin, "good plant", { to = "quasi class IV", from = "2018-01-01" })
end, "an upgrade that changes nothing is refused")
t.refuses("no source 'plan' in basin 'small'", function()
  measures.upgrade_plant(basin, "plan", { to = "class 1A", from = "2018-01-01" })
end, "a plant that is not in the basin is refused")
t.refuses("'river' is a reach, expected a source", function()
  measures.upgrade_plant(basin, "river", { to = "class 1A", from = "2018-01-01" })
end, "a reach is no plant")
t.refuses("must be class 1B, class 1A or quasi class IV", function()
  measures.upgrade_plant(basin, "plant", { to = "class IV", from = "2018-01-01" })
end, "an unknown grade is refused")
t.refuses("it is class 1B already", function()
  measures.upgrade_plant(basin, "plant", { to = "class 1B", from = "2018-01-01" })
end, "a plant does not become what it is")
t.refuses("which is no grade of a town plant", function()
  measures.upgrade_plant(basin, "raw", { to = "class 1A", from = "2018-01-01" })
end, "raw sewage cannot be upgraded")
t.refuses("'from' must be given", function() measures.upgrade_plant(basin, "plant", { to = "class 1A" }) end,
  "the day must be given")
t.refuses("no option 'form'", function()
  measures.upgrade_plant(basin, "plant", { to = "class 1A", from = "2018-01-01", form = 1 })
end, "unknown options are refused")

-- ── intercept_sewage ────────────────────────────────────────────────────────────────────────────────────────────

local function moved(measure, raw, plant)
  local out = 0.0
  for name, flow in pairs(raw) do out = out + flow * (1 - change_of(measure, name, "flow").value) end
  return out, plant.flow * (change_of(measure, plant.name, "flow").value - 1)
end
local sewer = measures.intercept_sewage(basin, { "raw" }, { to = "plant", share = 0.75, length = "25 km",
  from = "2017-07-01" })
local out, into = moved(sewer, { raw = 17000 }, { name = "plant", flow = 85000 })
t.near(out, 12750, 1e-6, "the raw flow falls by the share")
t.near(into, out, 1e-6, "the plant receives the volume that the raw source loses")
t.near(sewer.about.cost.capital, 25 * 6e6, 1e-3, "a sewer is paid by its length")
t.near(sewer.about.cost.running, 25 * 5e4 + 12750 * 400, 1e-3, "treating the added volume is paid too")
local typical = measures.intercept_sewage(basin, { "raw" }, { to = "plant", length = 25000, from = "2017-07-01",
  phase_in = 180 })
t.near(change_of(typical, "raw", "flow").value, 0.25, 1e-12, "without a share the typical one is taken; a bare "
  .. "length is in m")
t.same(typical.about["until"], require "ecosim.core".day "2017-12-28", "phase_in counts days from the start")
local crowded = measures.intercept_sewage(basin, { "raw", "raw_2" }, { to = "plant", share = 1, length = "25 km",
  from = "2017-07-01" })
out, into = moved(crowded, { raw = 17000, raw_2 = 10000 }, { name = "plant", flow = 85000 })
t.near(out, 15000, 1e-6, "a plant takes no more than its capacity")
t.near(into, out, 1e-6, "what does not fit stays raw")
t.ok(crowded.about.note:find "12000 t/d more were wanted and stay raw", "and the note says so", crowded.about.note)
local second = measures.intercept_sewage(basin, { "raw" }, { to = "plant", share = 0.9, length = "5 km",
  from = "2018-07-01", after = { sewer } })
local left = 17000 * 0.25
t.near(left * (1 - change_of(second, "raw", "flow").value), 100000 - 85000 - 12750, 1e-6,
  "a second sewer finds the room and the sewage that the first left")
t.near((85000 + 12750) * change_of(second, "plant", "flow").value, 100000, 1e-6, "and the plant is full after it")
t.refuses("plant 'full plant' is full: it treats 20000 t/d of its 20000 t/d", function()
  measures.intercept_sewage(basin, { "raw" }, { to = "full plant", length = "1 km", from = "2018-01-01" })
end, "a full plant is refused")
t.refuses("share is 1.2, must be a share of 0 to 1", function()
  measures.intercept_sewage(basin, { "raw" }, { to = "plant", share = 1.2, length = "1 km", from = "2018-01-01" })
end, "a share above 1 is refused")
t.refuses("has no flow that a sewer could take", function()
  measures.intercept_sewage(basin, { "dry_raw" }, { to = "plant", length = "1 km", from = "2018-01-01" })
end, "a source without a flow is refused")
t.refuses("has no capacity, expected a plant", function()
  measures.intercept_sewage(basin, { "raw" }, { to = "raw_2", length = "1 km", from = "2018-01-01" })
end, "sewage is led to a plant only")
t.refuses("expected a list of raw sources", function()
  measures.intercept_sewage(basin, "raw", { to = "plant", length = "1 km", from = "2018-01-01" })
end, "raw sources come as a list")
t.refuses("expected a length above 0", function()
  measures.intercept_sewage(basin, { "raw" }, { to = "plant", length = "25 t/d", from = "2018-01-01" })
end, "a length must be a length")

-- ── catchments_of ───────────────────────────────────────────────────────────────────────────────────────────────

t.same(table.concat(measures.catchments_of(basin, "lake"), " "), "c_upper c_siphoned c_west",
  "catchments are followed downstream, through siphons too")
t.same(table.concat(measures.catchments_of(basin, "other"), " "), "c_other", "a water's own land belongs to it")
t.refuses("no water 'sea'", function() measures.catchments_of(basin, "sea") end, "an unknown water is refused")

-- ── close_pig_farms ─────────────────────────────────────────────────────────────────────────────────────────────

local closure = measures.close_pig_farms(basin, { catchments = { "c_upper" }, share = 0.5, from = "2017-01-01" })
t.near(change_of(closure, "pig_a", "load.TN").value, 1 - 0.5 * 0.97, 1e-12,
  "closed stock keeps three percent of its load")
t.near(change_of(closure, "pig_a", "load.NH3-N").value, 1 - 0.5 * 0.97, 1e-12, "ammonia falls as nitrogen does")
t.same(change_of(closure, "pig_b", "load.TN"), nil, "farms outside the zone go on as before")
t.near(closure.about.cost.capital, 5000 * 500, 1e-9, "compensation is per head closed")
local moving = measures.close_pig_farms(basin, { catchments = { "c_upper" }, share = 0.5, moved = 0.3,
  from = "2017-01-01" })
t.near(change_of(moving, "pig_b", "load.TP").value, 1 + 0.15 * 10000 / 30000, 1e-12,
  "stock that moves brings its whole load to the rest of the county")
t.same(change_of(moving, "pig_w", "load.TP"), nil, "and none to another county")
local county = measures.close_pig_farms(basin, { counties = { "east" }, share = 1, from = "2017-01-01" })
t.ok(change_of(county, "pig_a", "load.TN") and change_of(county, "pig_b", "load.TN"), "a whole county may be named")
t.refuses("county 'west' has no other pig sources to move stock to", function()
  measures.close_pig_farms(basin, { catchments = { "c_west" }, share = 0.5, moved = 0.3, from = "2017-01-01" })
end, "stock cannot move where there is no place for it")
t.refuses("no source of group 'pig' lies there", function()
  measures.close_pig_farms(basin, { catchments = { "c_siphoned" }, share = 0.5, from = "2017-01-01" })
end, "where there are no pigs none can be closed")
t.refuses("say where", function() measures.close_pig_farms(basin, { share = 0.5, from = "2017-01-01" }) end,
  "the place must be given")
t.refuses("no catchment 'c_uper'", function()
  measures.close_pig_farms(basin, { catchments = { "c_uper" }, share = 0.5, from = "2017-01-01" })
end, "an unknown catchment is refused")

-- ── cut_fertiliser ──────────────────────────────────────────────────────────────────────────────────────────────

local fields = measures.cut_fertiliser(basin, { catchments = { "c_upper", "c_other" }, from = "2017-03-01" })
t.near(change_of(fields, "paddy_a", "load.TN").value, 0.88, 1e-12, "nitrogen from fields falls by 12 percent")
t.near(change_of(fields, "dryland_a", "load.TP").value, 0.90, 1e-12, "phosphorus by 10 percent")
t.same(change_of(fields, "paddy_a", "load.CODMn"), nil, "organic matter is not touched")
t.near(fields.about.cost.capital, 3000 * 150, 1e-9, "the cost is per hectare of field")
local half = measures.cut_fertiliser(basin, { catchments = { "c_upper" }, share = 0.5, from = "2017-03-01" })
t.near(change_of(half, "paddy_a", "load.TN").value, 0.94, 1e-12, "half of the fields, half of the effect")
t.near(half.about.cost.running, 1500 * 300, 1e-9, "and half of the cost")
t.refuses("no source of group 'paddy' or 'dryland'", function()
  measures.cut_fertiliser(basin, { catchments = { "c_other" }, from = "2017-03-01" })
end, "where there are no fields nothing can be cut")

-- ── together ────────────────────────────────────────────────────────────────────────────────────────────────────

local study = eco.study "s" { basin = basin, from = "2016-01-01", to = "2016-12-31",
  scenarios = { eco.scenario "plan" { upgrade, sewer, moving, fields } } }
t.same(#study.scenarios[1].measures, 4, "measures go into a scenario and the study accepts their changes")

-- the file that figures come from is read as it is: every measure has a price and a confidence
local path = here .. "../../scripts/measures/data/measures_water.csv"
local complete = true
for _, row in ipairs(csv.parse(text.read_file(path), path)) do
  complete = complete and row.confidence and tonumber(row.capital_cny_per_unit_typical) and tonumber(row.lifetime_a)
end
t.ok(complete, "every row of measures_water.csv has a price, a lifetime and a confidence")

t.finish()
