-- soil.lua -- the pilot sites. Cadmium and phosphorus are simulated; fluoride, arsenic, lead and oil only described.
local eco = require "ecosim"
local tables = require "basins.jingmen.tables"

local rate = tables.by_id.kinetics_soil
local constituent = { Cd = "Cd", P = "TP" } -- what is carried under which name

-- Share of the pores that holds water, year's mean: flooded for months, or drained (assumption, C).
local filled = { paddy = 0.9 }
local FILLED_ELSEWHERE = 0.7

-- Pools of an aged soil stand still between exchangeable and bound: fix x exchangeable = rev x bound. A start anywhere
-- else would move by itself in every scenario.
local AT_REST = rate.age_rev.typical / (rate.age_fix.typical + rate.age_rev.typical)

local function per_day(name)
  return rate[name].typical .. " 1/d"
end

local cadmium = {
  kd_ph = rate.kd_cd_a.typical, kd_om = rate.kd_cd_b.typical, kd_0 = rate.kd_cd_c.typical,
  fix_rate = per_day "age_fix", rev_rate = per_day "age_rev", res_rate = per_day "age_res",
  exchangeable_share = AT_REST,
}
-- Sorbed phosphorus is at most the Langmuir capacity; the rest of the total is gypsum's own phosphate, which stays.
local function phosphorus(row)
  return { kd = rate.kd_p.typical .. " L/kg",
           exchangeable_share = math.min(rate.langmuir_p_smax.typical / row.conc_median_mg_kg, 1) }
end

local list = {}
for _, row in ipairs(tables.soil_sites) do
  local name = constituent[row.contaminant]
  local fields = tables.told(row, {
    water = row.drains_to_water_id, county = row.county_id, contaminant = name or row.contaminant,
    area = row.area_ha .. " ha", depth = row.depth_m, total = row.conc_median_mg_kg, total_gsd = row.conc_gsd,
    bulk_density = row.bulk_density_kg_l, infiltration = row.infiltration_mm_a, ph = row.ph,
    organic_matter = row.organic_matter_pct, porosity = row.porosity,
    water_content = row.porosity * (filled[row.land_use] or FILLED_ELSEWHERE),
    dispersivity = rate.dispersivity.typical, land_use = row.land_use, soil_type = row.soil_type,
    k_sat = row.k_sat_m_d, water_table_depth = row.water_table_depth_m,
    not_simulated = not name and row.contaminant .. " is not simulated in this version" or nil,
  })
  for key, value in pairs(name == "TP" and phosphorus(row) or name == "Cd" and cadmium or {}) do fields[key] = value end
  list[#list + 1] = eco.site(row.id)(fields)
end
return list
