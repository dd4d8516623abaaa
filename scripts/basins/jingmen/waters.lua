-- waters.lua -- the network: rivers, canals, the lake, the reservoirs, and the structures between them.
local eco = require "ecosim"
local tables = require "basins.jingmen.tables"
local in_1985 = require "basins.jingmen.datum"
local quality = require "basins.jingmen.quality"
local rain_factor = require "basins.jingmen.rain"

-- ── flows that are given, not computed ──────────────────────────────────────────────────────────────────────────

-- Twelve monthly flows of flow_monthly.csv, m3/s.
local function monthly_flow(water, regime)
  local flows = { unit = "m3/s" }
  for _, row in ipairs(tables.flow_monthly) do
    if row.waters_id == water and row.regime == regime then flows[row.month | 0] = row.q_m3_s end
  end
  assert(#flows == 12, water)
  return flows
end

-- What the South–North transfer takes: the flow before it less the flow after it, above zero in all months.
local function taken_north()
  local before, after, flows = monthly_flow("han_r01", "before_2014"), monthly_flow("han_r01", "after_2014"), { unit = "m3/s" }
  for month = 1, 12 do flows[month] = before[month] - after[month] end
  return flows
end

-- Quantile factors of the same rows: inflow of a year of some frequency over the mean.
local function year_factors(water, regime)
  for _, row in ipairs(tables.flow_monthly) do
    if row.waters_id == water and row.regime == regime then
      return { row.factor_p25, row.factor_p50, row.factor_p75, row.factor_p90 }
    end
  end
end

-- Only where no catchment stands for the same water: the Han above Jingmen and the Yangtze's transfer.
-- The Han is two waters: what it brings since December 2014, and what it brought besides until then (events.lua ends it).
local given_inflow = {
  han_r01 = { water = "han_r01", regime = "after_2014" }, yjjh_c1 = { water = "yjjh_c1", regime = "mean_transfer" },
  han_snwd = { water = "han_r01", regime = "before_2014", flows = taken_north },
}

-- ── rivers and canals ───────────────────────────────────────────────────────────────────────────────────────────


local function quantity(value, unit)
  return value and value .. " " .. unit
end

-- The city's sewage settled on these beds until they were dredged.
local sewage_bed = { zhupi_r1 = true, zhupi_r2 = true, yangshu = true }
local rate = tables.by_id.kinetics_water

local function channel(row)
  local given = given_inflow[row.id]
  local factors = given and year_factors(given.water, given.regime) or {}
  return eco[row.kind](row.id)(tables.told(row, {
    downstream = row.downstream_id, county = row.county_id, datum = row.datum,
    enters_at = quantity(row.enters_at_km, "km"), length = quantity(row.length_km, "km"),
    bottom_width = quantity(row.bottom_width_m, "m"), side_slope = row.side_slope, manning_n = row.manning_n,
    bed_up = in_1985(row, row.bed_elevation_up_m), bed_down = in_1985(row, row.bed_elevation_down_m),
    initial_depth = row.initial_depth_m, design_depth = row.mean_depth_m,
    inflow = given and (given.flows or monthly_flow)(given.water, given.regime), inflow_conc = given and quality.boundary,
    inflow_oxygen_share = given and quality.boundary_oxygen,
    inflow_wet = factors[1], inflow_normal = factors[2], inflow_dry = factors[3], inflow_very_dry = factors[4],
    initial = quality.initial(row),
    sod = sewage_bed[row.id] and quantity(rate.sod_sewage.typical, rate.sod_sewage.unit),
    release = sewage_bed[row.id] and { TP = quantity(rate.jp_zhupi.typical, rate.jp_zhupi.unit) },
  }))
end

-- ── lakes and reservoirs ────────────────────────────────────────────────────────────────────────────────────────

-- Levels, areas and the volume below the first level, of ratings.csv.
local function storage(id)
  local level, area, dead = { unit = "m" }, { unit = "km2" }, nil
  for _, row in ipairs(tables.ratings) do
    if row.waters_id == id then
      level[#level + 1], area[#area + 1] = in_1985(row, row.stage_m), row.area_km2
      dead = dead or row.volume_mcm * 1e6
    end
  end
  return level, area, dead
end

-- Reservoirs of 15 m and more at their normal level part into layers in summer: one of 2 m each. No profile of theirs is published.
local LAYER_M, LEAST_DEEP_M = 2, 15
local function layers(row)
  local depth = row.normal_level_m - row.bed_elevation_down_m
  return row.kind == "reservoir" and depth >= LEAST_DEEP_M and depth // LAYER_M or nil
end

local function lake(row)
  local level, area, dead = storage(row.id)
  local muddy = row.id == "changhu"
  return eco[row.kind](row.id)(tables.told(row, {
    downstream = row.downstream_id, county = row.county_id, datum = row.datum, rain_factor = rain_factor(row.id, row.county_id),
    level = level, area = area, dead_volume = dead, initial_level = in_1985(row, row.normal_level_m),
    normal_level = in_1985(row, row.normal_level_m), normal_volume = row.volume_mcm * 1e6,
    initial = quality.initial(row), layers = layers(row),
    release = muddy and { TP = quantity(rate.jp_changhu.typical, rate.jp_changhu.unit),
                          ["NH3-N"] = quantity(rate.jn_changhu.typical, rate.jn_changhu.unit) } or nil,
  }))
end

-- ── structures ──────────────────────────────────────────────────────────────────────────────────────────────────

-- Share of a year's water that irrigation takes in each month: the season of calendar.csv, 15 April to 15 September,
-- peak in July and August; the split inside it is an assumption (C).
local irrigation = { 0, 0, 0, 0.05, 0.13, 0.18, 0.27, 0.25, 0.12, 0, 0, 0 }
local month_days = { 31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

-- Heads of Zhanghe's canals open by what the fields below want (land.lua); the west canal's fields lie outside the catchments
-- of this basin: it keeps its demand.
local serves = { zhanghe_intake = "zh_c3_fields", zh_c1_head = "zh_c1_fields", zh_c2_head = "zh_c2_fields",
                 zh_c4_head = "zh_c4_fields" }
local by_wants = {}
for head, fields in pairs(serves) do by_wants[head], by_wants[fields] = true, true end

-- The most they may draw in the season: the 121 m3/s of Yandun headgate, shared as the district's yearly 300 million m3 are.
local DISTRICT_M3_S, DISTRICT_MCM = tables.by_id.structures.zhanghe_intake.capacity_m3_s, 300

local function demand(row)
  if not row.demand_mcm_a then return nil end
  local flows = { unit = "m3/s" }
  for month = 1, 12 do
    local share = row.demand_pattern == "flat" and month_days[month] / 365.25 or irrigation[month]
    if by_wants[row.id] then
      flows[month] = share > 0 and DISTRICT_M3_S * row.demand_mcm_a / DISTRICT_MCM or 0
    else
      flows[month] = row.demand_mcm_a * 1e6 * share / (month_days[month] * 86400) + (row.base_m3_s or 0)
    end
  end
  return flows
end

-- Least release of a dam: a tenth of the mean flow of the river it closes, the least flow of Tennant (1976).
local LEAST_FLOW = 0.1

local function release(row)
  if not row.release_as then return nil end
  local flows, sum = monthly_flow(row.release_as:match "^(%S+) (%S+)$"), 0
  for month = 1, 12 do sum = sum + flows[month] * month_days[month] end
  return LEAST_FLOW * sum / 365.25
end

-- Days and levels of rule_curves.csv: what a dam holds, or the level outside the model. A day of the year is that of a year
-- without 29 February.
local first_day = { 1, 32, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335 }

local function curve(id, kind)
  local days, levels = { unit = "d" }, { unit = "m" }
  for _, row in ipairs(tables.rule_curves) do
    if row.structure_id == id and row.kind == kind then
      local month, day = row.month_day:match "^(%d%d)-(%d%d)$"
      days[#days + 1] = first_day[tonumber(month)] + tonumber(day) - 1
      levels[#levels + 1] = in_1985(row, row.level_m)
    end
  end
  if #days > 0 then return days, levels end
end

-- Gates whose level_rule_m is the level of the water above them from which they open; the others are moved by rules.
local opens_by_level = { liuling_gate = true, xijiakou_gate = true }

local function structure(row)
  local law = row.law
  local rule_day, rule_level = curve(row.id, "hold")
  local _, outside = curve(row.id, "outside")
  return eco.structure(row.id)(tables.told(row, {
    law = law, from = row.water_from_id, to = not row.leaves_model and row.water_to_id or nil,
    works = row.kind, datum = row.datum, operating_rule = row.operating_rule, start = row.start_date,
    crest = in_1985(row, row.crest_m), width = row.width_m, to_at = quantity(row.to_at_km, "km"),
    hold_level = law == "dam" and not rule_day and in_1985(row, row.level_rule_m) or nil,
    rule_day = rule_day, rule_level = rule_level, outside_level = outside,
    open_level = opens_by_level[row.id] and in_1985(row, row.level_rule_m) or nil,
    opening = row.opening_m, band = row.band_m, area = row.area_m2, units = row.units,
    min_level = in_1985(row, row.min_level_m), one_way = row.one_way, active = row.active,
    capacity = law ~= "dam" and row.capacity_m3_s or nil, -- a dam's is that of its outlet works: it spills the rest
    release_capacity = law == "dam" and row.capacity_m3_s or nil,
    release = release(row), demand = demand(row), serves = serves[row.id], not_simulated = row.not_simulated,
  }))
end

-- ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────

local list = {}
for _, row in ipairs(tables.waters) do
  list[#list + 1] = row.length_km and channel(row) or lake(row)
end
for _, row in ipairs(tables.structures) do list[#list + 1] = structure(row) end
return list
