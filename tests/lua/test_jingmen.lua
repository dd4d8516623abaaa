-- test_jingmen.lua -- the Jingmen basin holds its data: every row is used or left out for a stated reason, totals are
-- not counted twice, links and levels make sense.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. here .. "../../scripts/?.lua;" .. here .. "../../scripts/?/init.lua;" .. package.path

local t = require "report_support"
local core = require "ecosim.core"
local basin = require "basins.jingmen"
local tables = require "basins.jingmen.tables"
local sources = require "basins.jingmen.sources"
local events = require "basins.jingmen.events"

local function each_is(rows, kinds, sentence)
  local missing = {}
  for _, row in ipairs(rows) do
    local item = basin:find(row.id)
    if not (item and kinds[item.kind] and item.about.name_en == row.name_en and item.about.name_zh == row.name_zh) then
      missing[#missing + 1] = row.id
    end
  end
  t.same(table.concat(missing, " "), "", sentence)
end

-- ── every row ───────────────────────────────────────────────────────────────────────────────────────────────────

each_is(tables.waters, { reach = true, canal = true, lake = true, reservoir = true }, "every water is in, with both names")
each_is(tables.structures, { structure = true }, "every structure is in")
each_is(tables.counties, { county = true }, "every county is in")
each_is(tables.sections, { section = true }, "every section is in")
each_is(tables.sources_point, { source = true }, "every point source is in")
each_is(tables.soil_sites, { site = true }, "every soil site is in")

local function lost(rows, is_used)
  local list = {}
  for _, row in ipairs(rows) do
    if not is_used(row) then list[#list + 1] = row.id end
  end
  return table.concat(list, " ")
end

t.same(lost(tables.catchments, function(row) return basin:find(row.id) end), "", "every catchment is in")

local groups = {} -- [group][county] = sources
for _, source in ipairs(basin:list "source") do
  local group = source.fields.group
  groups[group] = groups[group] or {}
  groups[group][source.fields.county] = groups[group][source.fields.county] or {}
  table.insert(groups[group][source.fields.county], source)
end

t.same(lost(tables.sources_diffuse, function(row)
  if row.water_id then return basin:find(row.id) end
  if not row.coefficient_id then -- fertiliser: information on the county
    local about = basin:find(row.county_id).about
    return about.fertiliser_n == row.amount or about.fertiliser_p == row.amount
  end
  return groups[row.coefficient_id] and groups[row.coefficient_id][row.county_id]
end), "", "every diffuse row is in, as sources or as information")

t.same(lost(tables.calendar, function(row)
  if events.not_changes[row.id] then return true end
  for _, change in ipairs(basin.changes) do
    if change.place == row.place then return true end
  end
end), "", "every event changes something or is left out for a reason")

t.same(lost(tables.flow_monthly, function(row)
  if row.regime == "before_2014" then -- the regime that ended: what the Han still brings, and what went north
    local sum = basin:find "han_r01".fields.inflow[row.month | 0] + basin:find "han_snwd".fields.inflow[row.month | 0]
    return sum == row.q_m3_s
  end
  if row.waters_id == "zhupi_r5" and row.regime == "all_total" then return true end    -- a check value, never an inflow
  local water = basin:find(row.waters_id)
  if water.fields.inflow then return water.fields.inflow[row.month | 0] == row.q_m3_s end
  for _, catchment in ipairs(basin:list "catchment") do -- the same water twice: the catchment counts it
    if catchment.fields.water == row.waters_id then return true end
  end
end), "", "every flow is an inflow, or its water has a catchment instead")

t.same(lost(tables.ratings, function(row)
  if row.curve == "lake" or row.curve == "reservoir" then return basin:find(row.waters_id).fields.level end
  return row.curve:find "^discharge" -- Manning's own answer: a check on the river, no input
end), "", "every storage curve is in")

-- Coefficients without an amount to multiply: no rows of sources_diffuse name them.
local no_amount = { dairy = true, broiler = true, duck = true, urban = true, orchard = true, crab = true, straw = true, gypsum = true }
t.same(lost(tables.coefficients_load, function(row)
  local stem = row.id:match "^(.-)_%w+$"
  return no_amount[stem] or groups[stem]
end), "", "every load coefficient has sources, or no amount is known")

-- ── loads ───────────────────────────────────────────────────────────────────────────────────────────────────────

local pigs, plain = 0, 0
for county, total in pairs(sources.totals.pig) do
  pigs = pigs + total.amount
  if county ~= "zhanghe_new" then plain = plain + total.row.amount end
end
t.near(pigs, 2220000, 1e-6, "the pigs of the city are those of its counties: Zhanghe New District is counted once")
t.near(pigs, plain, 1e-6, "which is the sum of the rows that do not overlap")

-- facts: t/a of TN by county and source before any sharing; what the model carries is that, less the overlap, times the
-- part of the county that its catchments cover.
local stated = { { "pig", "zhongxiang", 2040 }, { "pig", "shayang", 1152 }, { "layer", "jingshan", 130 },
                 { "rural", "qujialing", 26 }, { "paddy", "shayang", 1288 }, { "dryland", "zhongxiang", 605 },
                 { "pond", "shayang", 850 }, { "cattle", "jingshan", 202 }, { "paddy", "zhanghe_new", 140 } }
local covered = { zhongxiang = 4272 / 4488, shayang = 1961 / 2044, jingshan = 2711.5 / 3520, qujialing = 200 / 216,
                  zhanghe_new = 160 / 411 }
-- The stated values were made with 14 kg TN/ha of paddy, the file has 11.6 since; pigs, the file's 2.4 kg.
local as_of_now = { paddy = 11.6 / 14 }
for _, row in ipairs(stated) do
  local sum = 0
  for _, source in ipairs(groups[row[1]][row[2]]) do sum = sum + source.fields["load.TN"] end
  local wanted = row[3] * covered[row[2]] * (as_of_now[row[1]] or 1)
  t.near(sum * 365.25 / 1000, wanted, 0.51 + 0.001 * wanted, ("TN of %s in %s is the stated load, scaled"):format(row[1], row[2]))
end

local high, negative = {}, {}
for _, source in ipairs(basin:list "source") do
  local f = source.fields
  if (f["load.NH3-N"] or 0) > (f["load.TN"] or 0) or (f["conc.NH3-N"] or 0) > (f["conc.TN"] or 0) then high[#high + 1] = source.name end
  for param, value in pairs(f) do
    if type(value) == "number" and value < 0 then negative[#negative + 1] = source.name .. "." .. param end
  end
end
t.same(table.concat(high, " "), "", "no source has more ammonia than nitrogen")
t.same(table.concat(negative, " "), "", "no source emits less than nothing")

local codmn = basin:find("wwtp_xiajiawan").fields["conc.CODMn"]
t.near(codmn, 0.3 * 45, 1e-12, "CODMn is 0.3 of COD, once")
t.near(basin:find("wwtp_xiajiawan").fields.flow, 85000 / 86400, 1e-12, "plants carry their water")

-- ── catchments ──────────────────────────────────────────────────────────────────────────────────────────────────

local land, total = 0, 0
for _, catchment in ipairs(basin:list "catchment") do
  land, total = land + (catchment.fields.area or 0) / 1e6, total + catchment.about.total_area
end
-- sum of the column area_km2; less the lake surfaces that lie in the rows: 33 + 12 + 21 + 14 + 20.8 + 83.2 + 131 km2
t.near(total, 13293, 1e-6, "the catchments have the area of their rows")
t.near(total - land, 315, 1e-6, "the surfaces of lakes are not land")

local function water_area(prefix)
  local sum = 0
  for _, catchment in ipairs(basin:list "catchment") do
    if catchment.fields.water:find(prefix) or (prefix == "^zhupi" and (catchment.fields.water == "yangshu" or
       catchment.fields.water == "wanglin" or catchment.fields.water == "paixi")) then
      sum = sum + catchment.about.total_area
    end
  end
  return sum
end
t.near(water_area "^zhupi", 755.5, 1e-6, "the Zhupi's catchments have the published 755.6 km2")

for _, row in ipairs(tables.catchments) do
  local share = row.share_paddy + row.share_dry_crop + row.share_forest + row.share_urban + row.share_water + row.share_other
  if math.abs(share - 1) > 0.011 then t.ok(false, "land use of " .. row.id .. " adds up to 1", tostring(share)) end
end

-- The land model's shares: paddies as in the row, half of the town land paved, the curve number of the whole kept.
local served = {}
for _, row in ipairs(tables.catchments) do
  local catchment = basin:find(row.id)
  local f = catchment.fields
  if f.area then
    local whole = f.urban_share * 98 + (1 - f.urban_share) * f.curve_number
    if math.abs(whole - row.curve_number) > 1e-9 then t.ok(false, "curve number of " .. row.id, tostring(whole)) end
    if math.abs(f.paddy_share * f.area - row.share_paddy * row.area_km2 * 1e6) > 0.03 * f.area then
      t.ok(false, "paddies of " .. row.id .. " are those of its row", tostring(f.paddy_share))
    end
    if f.irrigation then served[#served + 1] = f.water end
  end
end
table.sort(served)
t.same(table.concat(served, " "), "lihe_r1 lihe_r2 shiqiao_r1 shiqiao_r2 wanglin zhupi_r3", "Zhanghe's canals irrigate six catchments")

-- ── levels ──────────────────────────────────────────────────────────────────────────────────────────────────────

local function field(name, param) return basin:find(name).fields[param] end
t.near(field("changhu", "initial_level"), 30.5 - 1.75, 1e-12, "Lake Changhu is converted from Wusong to 1985")
t.near(field("liuling_gate", "open_level"), 30.5 - 1.75, 1e-12, "and so is its gate")
t.near(field("shiqiao_r3", "bed_down"), field("changhu", "level")[1], 1e-12, "and the Shiqiao River, whose bed ends at the lake's")
t.near(field("maliang_gate", "crest"), 35.25, 1e-12, "the sill of the Zhupi's mouth is about 35.2 m in 1985 datum")
t.near(field("han_r01", "bed_up"), 45.6, 1e-12, "the Han stays as it is")

local wrong = {}
for _, row in ipairs(tables.waters) do
  local f = basin:find(row.id).fields
  if f.length and not (f.bed_up > f.bed_down) then wrong[#wrong + 1] = row.id end
  if f.length and row.bed_slope and math.abs((f.bed_up - f.bed_down) / f.length - row.bed_slope) > 2e-6 + 0.01 * row.bed_slope then
    wrong[#wrong + 1] = row.id .. " slope"
  end
  if f.downstream and f.enters_at and f.enters_at > (field(f.downstream, "length") or 0) then wrong[#wrong + 1] = row.id .. " enters_at" end
end
t.same(table.concat(wrong, " "), "", "every bed falls, by the slope of its row, and every mouth is on its river")

-- Volume that the core will make of a table: the area's exact integral and the dead volume.
local function volume(name, level)
  local f = basin:find(name).fields
  local sum = f.dead_volume
  for i = 2, #f.level do
    local low, high_level = f.level[i - 1], math.min(f.level[i], level)
    if high_level <= low then break end
    local slope = (f.area[i] - f.area[i - 1]) / (f.level[i] - low)
    sum = sum + (f.area[i - 1] + slope * (high_level - low) / 2) * (high_level - low)
  end
  return sum
end
for _, row in ipairs(tables.waters) do
  if row.volume_mcm then
    local found = volume(row.id, field(row.id, "initial_level")) / 1e6
    -- straight lines between five or six points of V = Vn (h/hn)^b lie above it by less than 5 %
    t.near(found, row.volume_mcm, 0.05 * row.volume_mcm, ("the storage curve of %s holds its normal volume"):format(row.id))
  end
end

-- ── structures and demands ──────────────────────────────────────────────────────────────────────────────────────

local days = { 31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
local function yearly(name)
  local sum = 0
  for month, flow in ipairs(field(name, "demand")) do sum = sum + flow * days[month] * 86400 end
  return sum
end
-- Canals whose fields are in a catchment are asked for what these want, up to their part of the headgate's 121 m3/s; the
-- parts are those of the district's 300 million m3 a year. The west canal has a yearly demand.
local heads, parts = 0, { zhanghe_intake = 84.4, zh_c1_head = 46.9, zh_c2_head = 65.6, zh_c4_head = 56.2 }
for name, mcm in pairs(parts) do
  local most, fields = field(name, "demand")[7], field(name, "serves")
  heads = heads + most
  t.near(most, 121 * mcm / 300, 1e-9, name .. " has its part of the headgate")
  t.near(field(fields, "demand")[7], 0.85 * most, 0.001 * most, fields .. " may take 85 % of it")
  t.same(field(name, "demand")[1] + field(fields, "demand")[1], 0, "and nothing in winter")
end
t.near(heads, 121 * 253.1 / 300, 1e-9, "all parts but the west canal's make up the headgate")
t.near(yearly "zh_west_c_head", 46.9e6, 0.1e6, "the west canal is given its part of 3e8 m3 a year")
t.near(yearly "zhanghe_base", 0.5 * 365.25 * 86400, 0.1e6, "the main canal is wet in winter")
t.ok(math.max(table.unpack(field("zhanghe_intake", "demand"))) <= 121, "and never more than the headgate carries")
t.near(yearly "zhanghe_town", 3.0 * 365.25 * 86400, 0.1e6, "the town takes 3 m3/s")
t.same(field("zhanghe_town", "to"), nil, "which leaves the model: it comes back as the flow of plants")

local outlets = {}
for _, structure in ipairs(basin:list "structure") do outlets[structure.fields.from or ""] = true end
t.same(lost(tables.waters, function(row) return row.length_km or outlets[row.id] end), "", "every lake has an outlet")

local off = {}
for _, structure in ipairs(basin:list "structure") do
  if structure.fields.active == 0 then off[#off + 1] = structure.name end
end
t.same(table.concat(off, " "), "xinglong_dam nianpanshan_dam hanwest_intake haneast_intake", "planned and later works are off at the start")
local pool = {}
for _, change in ipairs(basin.changes) do
  if change.param == "active" and (change.item == "xinglong_dam" or change.item == "nianpanshan_dam") then
    pool[change.item] = core.date(change.from)
  end
end
t.same(pool.xinglong_dam, "2013-03-01", "Xinglong's reach is a river before its pool is filled")
t.same(pool.nianpanshan_dam, "2022-10-28", "and Nianpanshan's before its second closure")

-- ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────────

local ruled = {}
for _, rule in ipairs(basin.rules) do ruled[rule.name] = rule end
t.same(lost(tables.operating_rules, function(row)
  local rule = ruled[row.id]
  return rule and rule.structure == row.structure_id and rule.about.name_zh == row.name_zh
end), "", "every operating rule is in")
t.near(ruled.liuling_before_flood.sets[1].number, 30.0 - 1.75, 1e-12, "a level that a rule sets is converted")
t.near(ruled.tianguan_pumping.conditions[1].on, 32.5 - 1.75, 1e-12, "its levels are converted")
t.near(ruled.tianguan_pumping.conditions[1].off, 31.5 - 1.75, 1e-12, "both")
t.same(lost(tables.rule_curves, function(row)
  local f = basin:find(row.structure_id).fields
  return row.kind == "hold" and f.rule_level or row.kind == "outside" and #f.outside_level == 12
end), "", "every rule curve is in")
t.near(field("zhanghe_dam", "rule_level")[2], 122.5, 1e-12, "the Zhanghe Reservoir is lower in the flood season")
t.same(field("zhanghe_dam", "rule_day")[2], 152.0, "from the first of June")
t.near(field("tianguan_gate", "outside_level")[7], 29.3 - 1.75, 1e-12, "the Dongjing River stands high in July")

-- Waters that can push both ways are a forest: natural ends, weirs, gates and dams, each pair of waters once.
local root = {}
local function find(name)
  while root[name] do name = root[name] end
  return name
end
local loops, joined = {}, {}
local function join(a, b)
  if not b or joined[a .. ">" .. b] then return end
  joined[a .. ">" .. b] = true
  a, b = find(a), find(b)
  if a == b then loops[#loops + 1] = a else root[a] = b end
end
for _, structure in ipairs(basin:list "structure") do
  local f = structure.fields
  if f.law and f.law ~= "intake" and not structure.about.not_simulated then join(f.from, f.to) end
end
for _, water in ipairs(basin:list "water") do
  if water.fields.length then join(water.name, water.fields.downstream) end
end
t.same(table.concat(loops, " "), "", "no loop of waters")

-- ── soil, draws ─────────────────────────────────────────────────────────────────────────────────────────────────

local simulated = {}
for _, site in ipairs(basin:list "site") do
  if not site.about.not_simulated then simulated[#simulated + 1] = site.name .. "=" .. site.fields.contaminant end
end
t.same(table.concat(simulated, " "), "nonggu_core_cd=Cd hushuang_cd=Cd hushuang_p=TP dongbao_cd=Cd jingshan_cd=Cd " ..
       "shayang_cd=Cd zhanghe_cd=Cd", "cadmium and phosphorus are simulated, the others described")
t.near(field("dongbao_cd", "exchangeable_share"), 0.0005 / 0.0035, 1e-12, "a site starts with its pools at rest")
t.ok(#basin.draws >= 15, "the main uncertain inputs are there to draw from", tostring(#basin.draws))

-- ── it runs ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- One month: the core's ledger closes (it would fail the run), the water is of the right order. The Han brings 650 m3/s in
-- January, the transfer 117; the mean of the month at the lower end differs by what the tributaries bring and pools keep.
local eco = require "ecosim"
local path = os.tmpname()
do
  local river = eco.measure "no Xinglong" { from = "2015-12-01",
    changes = { { item = "xinglong_dam", param = "active", value = 0 }, { item = "yjjh_c1", param = "inflow", value = 0 } } }
  local study = eco.study "month" { basin = basin, draws = basin.draws, from = "2016-01-01", to = "2016-01-31", warm_up = "1 month",
    scenarios = { eco.scenario "as it is" {}, eco.scenario "as it was" { river } } }
  local results <close> = study:run { to = path }
  local waters = results.reader:layout().tables.water.places
  local function monthly(name, variable, scenario)
    for place, other in ipairs(waters) do
      if other == name then return results.reader:series("water", variable, scenario or 1, 1, place):table()[1] end
    end
  end
  local seconds = 31 * 86400
  local out = monthly("han_r11", "out flow") / seconds
  t.ok(out > 700 and out < 900, "the Han leaves with the water that entered", tostring(out))
  t.ok(monthly("han_r09", "volume") > 60e6, "the Xinglong pool is full", tostring(monthly("han_r09", "volume")))
  t.ok(monthly("han_r09", "volume", 2) < 45e6, "which is a river again where the dam is not there", tostring(monthly("han_r09", "volume", 2)))
  t.near(out - monthly("han_r11", "out flow", 2) / seconds, 117.2, 6, "and the Han below is without the transfer")
  local lake_volume = monthly("changhu", "volume") / 1e6
  t.ok(lake_volume > 240 and lake_volume < 320, "Lake Changhu stands near its normal volume of 271e6 m3", tostring(lake_volume))
  t.ok(monthly("zhupi_r5", "NH3-N") > 1, "the Zhupi is a river of effluent in winter", tostring(monthly("zhupi_r5", "NH3-N")))
end
os.remove(path)

-- A year and its warm-up: the main canal carries its base flow in winter and what the third canal's fields want in summer.
path = os.tmpname()
do
  local study = eco.study "year" { basin = basin, draws = basin.draws, from = "2016-01-01", to = "2016-12-31", warm_up = "1 year",
                                   step = "3 h" }
  local results <close> = study:run { to = path }
  for place, name in ipairs(results.reader:layout().tables.water.places) do
    if name == "zh_main_c" then
      local out = results.reader:series("water", "out flow", 1, 1, place):table()
      t.near(out[1] / (31 * 86400), 0.5, 0.01, "the main canal carries 0.5 m3/s in January")
      local season = (out[5] + out[6] + out[7] + out[8]) / (123 * 86400)
      t.ok(season > 1 and season < 34, "and more in the season of rice", tostring(season))
    end
  end
end
os.remove(path)

t.finish()
