-- gauges.lua -- what the data say of flows and of levels, with the bands in which the model's means must lie.
--
--   local gauges = require "basins.jingmen.gauges"
--   gauges.flows          -- a row a gauge and regime of flow_monthly.csv
--   gauges.levels, gauges.changhu -- of the reservoirs, the Han's pools and the lake, m in the 1985 datum
--   gauges.natural        -- the measure that takes sewage and canals away
--   gauges.basin()        -- the basin with a section at each of the levels
--
-- The bands were written down before the model was looked at; their reasons stand in the basin's README, "Bands".
local core = require "ecosim.core"
local eco = require "ecosim"
local tables = require "basins.jingmen.tables"
local in_1985 = require "basins.jingmen.datum"

local gauges = { cell_km = 6 } -- longest cell of the studies that are compared with the data


-- ── flows ───────────────────────────────────────────────────────────────────────────────────────────────────────

-- Half-width of the band of a yearly mean, by confidence: the order of what a discharge measurement of a first-class and of
-- a third-class station may be off (GB 50179), and what a forecast of runoff may be off (GB/T 22482: a fifth).
gauges.yearly_band = { A = 0.05, B = 0.10, C = 0.20 }

local DAYS = { 31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

-- Dates of a regime: months that touch a change are in neither.
local spans = {
  before_2014 = { last = "2014-11-30" }, after_2014 = { first = "2015-01-01" }, mean_transfer = { first = "2014-10-01" },
}

-- Rows made of area and runoff depth, and the Zhupi's published flow "without wastewater", are natural flows.
local natural = { all = true, all_total = true }

-- Mean of a year of twelve monthly means, by days.
function gauges.yearly(months)
  local sum = 0
  for month = 1, 12 do sum = sum + months[month] * DAYS[month] end
  return sum / 365.25
end

local function flow_gauges()
  local list, by_id = {}, {}
  for _, row in ipairs(tables.flow_monthly) do
    local id = row.waters_id .. " " .. row.regime
    local gauge = by_id[id]
    if not gauge then
      gauge = { id = id, water = row.waters_id, regime = row.regime, natural = natural[row.regime], span = spans[row.regime] or {},
                confidence = row.confidence, mean = {}, low = {}, high = {} }
      list[#list + 1], by_id[id] = gauge, gauge
    end
    local month = row.month | 0
    gauge.mean[month] = row.q_m3_s
    -- a flow that is the same in all months has no factors: its band is that of the year
    gauge.low[month] = row.q_m3_s * (row.factor_p75 or 1 - gauges.yearly_band[row.confidence])
    gauge.high[month] = row.q_m3_s * (row.factor_p25 or 1 + gauges.yearly_band[row.confidence])
  end
  for _, gauge in ipairs(list) do
    gauge.year = gauges.yearly(gauge.mean)
    local part = gauges.yearly_band[gauge.confidence]
    gauge.year_low, gauge.year_high = gauge.year * (1 - part), gauge.year * (1 + part)
  end
  return list
end
gauges.flows = flow_gauges()

-- Without sewage, plants and works, and without Zhanghe's canals: what area and runoff depth describe.
local function natural_measure()
  local changes = {}
  for _, row in ipairs(tables.sources_point) do
    changes[#changes + 1] = { item = row.id, param = "flow", value = 0, from = "1999-01-01" }
  end
  for _, row in ipairs(tables.structures) do
    if row.water_to_id and row.water_to_id:find "^zh_" then
      changes[#changes + 1] = { item = row.id, param = "active", value = 0, from = "1999-01-01" }
    end
  end
  return eco.measure "natural" { name_zh = "天然", from = "1999-01-01", changes = changes,
    note = "no sewage, no works, no water from Zhanghe's canals: what area and runoff depth describe" }
end
gauges.natural = natural_measure()

-- The waters of these rows alone, each with its own land, without sources, structures and canals: a basin that runs in seconds.
-- `change(fields)` may change what a catchment says: for calibration.
local function copy(item)
  local twin = setmetatable({}, getmetatable(item))
  for key, value in pairs(item) do twin[key] = value end
  twin.fields = {}
  for key, value in pairs(item.fields) do twin.fields[key] = value end
  twin.fields.county = nil
  return twin
end

function gauges.headwaters(change)
  local waters, items = { yangshu = true, wanglin = true, paixi = true }, {}
  for _, row in ipairs(tables.waters) do waters[row.id] = waters[row.id] or row.id:find "^zhupi_" ~= nil end
  for _, gauge in ipairs(gauges.flows) do waters[gauge.water] = waters[gauge.water] or gauge.natural end
  local function keep(list)
    for _, item in ipairs(list) do
      local twin = item.fields and copy(item) or item
      local f = twin.fields
      if item.kind == "catchment" and waters[f.water] and f.area then
        f.irrigation = nil
        if change then change(f) end
        items[#items + 1] = twin
      elseif waters[item.name] then
        if not waters[f.downstream] then f.downstream, f.enters_at = nil, nil end
        items[#items + 1] = twin
      end
    end
  end
  keep(require "basins.jingmen.land")
  keep(require "basins.jingmen.waters")
  return eco.basin "Jingmen, headwaters" { items, require "basins.jingmen.rates".climate }
end

local function place_of(results, table_name, name)
  for place, other in ipairs(results.reader:layout().tables[table_name].places) do
    if other == name then return place end
  end
  error(("no %s '%s' in the results"):format(table_name, name))
end

-- Means of the twelve months, m3/s, over all members and the years of the gauge's regime; and how many years they are.
function gauges.flow_means(results, scenario, gauge)
  local layout = results.reader:layout()
  local times, place = layout.tables.water.times, place_of(results, "water", gauge.water)
  local first = gauge.span.first and core.day(gauge.span.first) or -math.huge
  local last = gauge.span.last and core.day(gauge.span.last) or math.huge
  local sum, count = {}, {}
  for month = 1, 12 do sum[month], count[month] = 0, 0 end
  for member = 1, layout.members do
    local out = results.reader:series("water", "out flow", scenario, member, place):table()
    for at, day in ipairs(times) do
      local date = core.date(day)
      local year, month = math.tointeger(tonumber(date:sub(1, 4))), math.tointeger(tonumber(date:sub(6, 7)))
      local next_day = core.day(("%04d-%02d-01"):format(month == 12 and year + 1 or year, month % 12 + 1))
      if day >= first and next_day - 1 <= last then
        sum[month], count[month] = sum[month] + out[at] / ((next_day - day) * 86400), count[month] + 1
      end
    end
  end
  for month = 1, 12 do
    if count[month] == 0 then return nil, 0 end
    sum[month] = sum[month] / count[month]
  end
  return sum, math.min(table.unpack(count))
end

-- Months that are out of the band, and whether the year is in it.
function gauges.judge(gauge, months)
  local out = {}
  for month = 1, 12 do
    if months[month] < gauge.low[month] or months[month] > gauge.high[month] then out[#out + 1] = month end
  end
  local year = gauges.yearly(months)
  return out, year >= gauge.year_low and year <= gauge.year_high, year
end

-- ── levels ──────────────────────────────────────────────────────────────────────────────────────────────────────

local waters, structures = tables.by_id.waters, tables.by_id.structures

-- A place where the level is read: sections of its own at the dams, for the network has none there. `normal` is the level
-- that a dam holds, `flood` the lowest of its rule curve (the limit of the flood season), m in the 1985 datum.
local function level_gauge(id, water, dam, more)
  local row, lowest = waters[water], nil
  for _, curve in ipairs(tables.rule_curves) do
    if curve.structure_id == dam and curve.kind == "hold" then
      lowest = math.min(lowest or math.huge, in_1985(curve, curve.level_m))
    end
  end
  local gauge = { id = id, water = water, dam = dam, at = row.length_km, normal = in_1985(structures[dam], structures[dam].level_rule_m),
                  flood = lowest, section = "level " .. id }
  for key, value in pairs(more or {}) do gauge[key] = value end
  return gauge
end

local events = tables.by_id.calendar
gauges.levels = {
  level_gauge("zhanghe", "zhanghe", "zhanghe_dam", { dead = structures.zhanghe_intake.level_rule_m }),
  level_gauge("wenxia", "wenxia", "wenxia_dam"),
  level_gauge("huiting", "huiting", "huiting_dam"),
  level_gauge("shimen", "shimen", "shimen_dam"),
  level_gauge("gaoguan", "gaoguan", "gaoguan_dam"),
  level_gauge("xinglong", "han_r09", "xinglong_dam", { pool_from = events.xinglong_pool.date_start }),
  level_gauge("nianpanshan", "han_r03", "nianpanshan_dam", { river_to = events.nps_closure2.date_start,
                                                             pool_from = events.nps_power.date_start }),
}

-- Lake Changhu: between the sills of its gates, below which it cannot be let off (no lowest level was found), and the highest
-- of its records: 33.45 m in July 2016 (waters.csv), 33.46 m and 33.49 m on 11 July 2020 by an encyclopaedia (B).
local CHANGHU_RECORD = 33.49 -- m, Wusong
gauges.changhu = {
  id = "changhu", water = "changhu", section = "level changhu",
  lowest = in_1985(structures.liuling_gate, structures.liuling_gate.crest_m), highest = in_1985(waters.changhu, CHANGHU_RECORD),
  normal = in_1985(waters.changhu, waters.changhu.normal_level_m),
  warning = in_1985(structures.tianguan_pump, structures.tianguan_pump.level_rule_m),
}

-- The basin with a section at each of these places.
function gauges.basin()
  local sections = {}
  for _, gauge in ipairs { gauges.changhu, table.unpack(gauges.levels) } do
    sections[#sections + 1] = eco.section(gauge.section) { water = gauge.water, at = gauge.at and gauge.at .. " km" or nil,
                                                           target_class = 3 }
  end
  local rates = require "basins.jingmen.rates"
  return eco.basin "Jingmen, gauged" {
    require "basins.jingmen.land", require "basins.jingmen.waters", require "basins.jingmen.rules",
    require "basins.jingmen.sources".list, require "basins.jingmen.soil", rates.climate, rates.kinetics, sections,
    changes = require "basins.jingmen.events".changes, draws = rates.draws,
  }
end

-- Level from which a section's depth counts: the bed in the middle of a reach's last cell; of a lake the bottom of the prism
-- below its first level that holds the dead volume.
local function bed_of(basin, gauge)
  local f = basin:find(gauge.water).fields
  if f.level then return f.level[1] - (f.dead_volume or 0) / f.area[1] end
  local cells = math.ceil(f.length / (gauges.cell_km * 1000))
  return f.bed_down + (f.bed_up - f.bed_down) / cells / 2
end

-- Calls visit(level, date, member) for each day, with the level in m.
function gauges.each_level(results, basin, scenario, gauge, visit)
  local layout = results.reader:layout()
  local place, bed = place_of(results, "section", gauge.section), bed_of(basin, gauge)
  local dates = {}
  for at, day in ipairs(layout.tables.section.times) do dates[at] = core.date(day) end
  for member = 1, layout.members do
    for at, depth in ipairs(results.reader:series("section", "depth", scenario, member, place):table()) do
      visit(bed + depth, dates[at], member)
    end
  end
end

return gauges
