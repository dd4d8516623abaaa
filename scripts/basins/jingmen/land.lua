-- land.lua -- the counties, the catchments and the sections.
local eco = require "ecosim"
local tables = require "basins.jingmen.tables"
local rain_factor = require "basins.jingmen.rain"

local list = {}

-- ── counties ────────────────────────────────────────────────────────────────────────────────────────────────────

-- Fertiliser rates are information on the fields of a county: the load of fields comes from coefficients of runoff.
local function fertiliser(county, nutrient)
  local row = tables.by_id.sources_diffuse[county .. "_fert_" .. nutrient]
  return row and row.amount
end

for _, row in ipairs(tables.counties) do
  list[#list + 1] = eco.county(row.id)(tables.told(row, {
    works = row.kind, area = row.area_km2, population = row.pop_total_2015, population_urban = row.pop_urban_2015,
    population_rural = row.pop_rural_2015, gdp = row.gdp_2015_cny_1e8, upstream_of = row.upstream_of,
    downstream_of = row.downstream_of, border_waters = row.border_waters,
    fertiliser_n = fertiliser(row.id, "n"), fertiliser_p = fertiliser(row.id, "p"),
  }))
end

-- ── catchments ──────────────────────────────────────────────────────────────────────────────────────────────────

-- Land only: the surface of the model's lakes is left out of a catchment's area, for the lake counts its own rain.

-- Paved part of town land that is connected to a drain: of 0.5, for villages have gardens (0.38 to 0.85 by kind of use, USDA
-- TR-55, 1986, table 2-2a; assumption, C), 0.1 x 50^1.5 % by Sutherland (2000) for an average basin. The rest is natural land.
local IMPERVIOUS = 0.35
local CN_IMPERVIOUS = 98 -- TR-55, table 2-2a

-- Actual over open-water evaporation on wet soil, by land use: order of the crop coefficients of Allen et al. (1998),
-- mean of a year (assumption, C), times KC below.
local wetness = { { "dry_crop", 0.85 }, { "forest", 0.9 }, { "garden", 0.8 }, { "pond", 1.0 }, { "other", 0.8 } }

-- Natural land sheds by saturation excess, three sources, as the field does it in Hubei. One set for all land, found once by
-- scripts/dev/jingmen_calibrate.lua from the flows of 16 rural waters (flow_monthly.csv) and rounded; each inside the range
-- of Zhao (1992), the three layers together his 120 mm. What is not here has the fallback. The curve numbers of the rows are kept for `runoff = "scs_cn"`.
local KC = 1.0
local natural = {
  runoff = "xinanjiang", upper_capacity = 10, lower_capacity = 90, deep_capacity = 20, capacity_exponent = 0.3,
  free_capacity = 22, interflow_share = 0.44, groundwater_share = 0.32, interflow_recession = 0.5,
  groundwater_recession = 0.998, impervious_share = 0.017,
}
-- Under ponded rice, mm/d: 0 to 5 above a plough sole (Bouman et al. 1994, B). The months of the rows ask for none, the 300
-- million m3 a year that are recalled for Zhanghe's district for this.
local PADDY_PERCOLATION = 1

-- Middle-season rice, flooded from May to about 20 August (August's depths are 20 of its 31 days; assumption, C): irrigated below 5 mm up to 30 mm, rain kept up to 50 mm, the shallow
-- regime with storage of rain ("5-30-50") of the irrigation experiments at Changqu in northern Hubei, 2009 to 2013 (B). From
-- September on the fields are dry, under rape or wheat. Crop coefficients of Allen et al. (1998), table 12, for rice 1.05,
-- 1.2 and 0.9 to 0.6, over 1.05 of open water; of dry crops outside the season.
local rice = {
  lower =       { 0, 0, 0, 0, 5, 5, 5, 3, 0, 0, 0, 0, unit = "mm" },
  target =      { 0, 0, 0, 0, 30, 30, 30, 20, 0, 0, 0, 0, unit = "mm" },
  sill =        { 0, 0, 0, 0, 50, 50, 50, 32, 0, 0, 0, 0, unit = "mm" },
  crop_factor = { 0.85, 0.85, 0.85, 0.85, 1.0, 1.0, 1.14, 1.14, 0.86, 0.85, 0.85, 0.85 },
}

-- Fields along Zhanghe's canals, by the remarks on the canals in waters.csv (C). Of the west canal none is in a catchment of
-- this basin. Others live on their ponds: their reservoirs release into rivers, not into canals that are known.
local irrigated_from = {
  shiqiao_r1 = "zh_c1_fields", shiqiao_r2 = "zh_c2_fields", wanglin = "zh_c3_fields", zhupi_r3 = "zh_c3_fields",
  lihe_r1 = "zh_c4_fields", lihe_r2 = "zh_c4_fields",
}
-- Of the water that leaves the canals: 0.55 of what is drawn at the source reaches the fields (goal of the State Council
-- for 2020), 0.85 of that way is in the canals of this model.
local EFFICIENCY = 0.65

-- Small ponds: share_water less the lakes of the model, of which 0.5 m can be used (assumption, C); half of the natural
-- land drains to them (assumption, C).
local POND_DEPTH_MM, POND_SHARE = 500, 0.5

-- Shares of the land: land_use is by the whole area, and need not add up to 1 exactly.
local function shares_of(row, land)
  local lake = row.lake_surface_km2 or 0
  local part = { paddy = row.share_paddy * row.area_km2, dry_crop = row.share_dry_crop * row.area_km2,
                 forest = row.share_forest * row.area_km2, other = row.share_other * row.area_km2,
                 paved = IMPERVIOUS * row.share_urban * row.area_km2,
                 garden = (1 - IMPERVIOUS) * row.share_urban * row.area_km2,
                 pond = math.max(row.share_water * row.area_km2 - lake, 0) }
  local sum = 0
  for _, name in ipairs { "paddy", "dry_crop", "forest", "other", "paved", "garden", "pond" } do sum = sum + part[name] end
  for name, value in pairs(part) do part[name] = value / sum end
  return part
end

-- The mean of wetness over natural land.
local function crop_factor(shares)
  local sum, total = 0, 0
  for _, use in ipairs(wetness) do -- a list: the order of a sum must not change from run to run
    sum, total = sum + shares[use[1]] * use[2], total + shares[use[1]]
  end
  return sum / total
end

for _, row in ipairs(tables.catchments) do
  local land = row.area_km2 - (row.lake_surface_km2 or 0)
  local fields = {
    name_en = "Catchment of " .. tables.by_id.waters[row.waters_id].name_en .. ", " .. row.county_id,
    name_zh = tables.by_id.waters[row.waters_id].name_zh .. "集水区",
    source = row.source, confidence = row.confidence, note = row.note, place = row.place,
    water = row.waters_id, county = row.county_id, rain_factor = rain_factor(row.waters_id, row.county_id), area = land > 0 and land .. " km2" or nil,
    curve_number = row.curve_number, total_area = row.area_km2, soil_group = row.soil_group, slope = row.mean_slope_pct,
    land_use = { paddy = row.share_paddy, dry_crop = row.share_dry_crop, forest = row.share_forest,
                 urban = row.share_urban, water = row.share_water, other = row.share_other },
    not_simulated = land == 0 and "it is the lake's own surface, which the lake counts" or nil,
  }
  if land > 0 then
    local shares = shares_of(row, land)
    -- the curve number of a row is of all its land: what is left of it without the paved part
    fields.curve_number = (row.curve_number - CN_IMPERVIOUS * shares.paved) / (1 - shares.paved)
    for name, value in pairs(natural) do fields[name] = value end
    fields.crop_factor, fields.paddy_percolation = KC * crop_factor(shares), PADDY_PERCOLATION
    fields.paddy_share, fields.urban_share = shares.paddy, shares.paved
    fields.paddy_lower, fields.paddy_target, fields.paddy_sill = rice.lower, rice.target, rice.sill
    fields.paddy_crop_factor = rice.crop_factor
    fields.irrigation, fields.irrigation_efficiency = irrigated_from[row.waters_id], EFFICIENCY
    fields.pond_capacity, fields.pond_share = POND_DEPTH_MM * shares.pond .. " mm", POND_SHARE
  end
  list[#list + 1] = eco.catchment(row.id)(fields)
end

-- ── sections ────────────────────────────────────────────────────────────────────────────────────────────────────

for _, row in ipairs(tables.sections) do
  list[#list + 1] = eco.section(row.id)(tables.told(row, {
    water = row.water_id, at = row.distance_km and row.distance_km .. " km" or nil, target_class = row.target_class,
    upstream_county = row.upstream_county_id, downstream_county = row.downstream_county_id, role = row.role,
    doubtful = row.doubtful,
  }))
end

return list
