-- land.lua -- the counties, the catchments and the sections.
local eco = require "ecosim"
local tables = require "basins.jingmen.tables"

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

-- Actual over open-water evaporation on wet soil, by land use: order of the crop coefficients of Allen et al. (1998),
-- mean of a year (assumption, C). It makes 320 to 360 mm of runoff a year of 970 mm of rain; the flows of
-- flow_monthly.csv, which are not used where there is a catchment, stand for 300 to 430 mm.
local wetness = { { "paddy", 1.05 }, { "dry_crop", 0.85 }, { "forest", 0.9 }, { "urban", 0.5 }, { "water", 1.0 },
                  { "other", 0.8 } }

local function crop_factor(land_use)
  local sum, total = 0, 0
  for _, use in ipairs(wetness) do -- a list: the order of a sum must not change from run to run
    sum, total = sum + land_use[use[1]] * use[2], total + land_use[use[1]]
  end
  return sum / total
end

-- Land only: the surface of the model's lakes is left out of a catchment's area, for the lake counts its own rain.
for _, row in ipairs(tables.catchments) do
  local land = row.area_km2 - (row.lake_surface_km2 or 0)
  local land_use = { paddy = row.share_paddy, dry_crop = row.share_dry_crop, forest = row.share_forest,
                     urban = row.share_urban, water = row.share_water, other = row.share_other }
  list[#list + 1] = eco.catchment(row.id) {
    name_en = "Catchment of " .. tables.by_id.waters[row.waters_id].name_en .. ", " .. row.county_id,
    name_zh = tables.by_id.waters[row.waters_id].name_zh .. "集水区",
    source = row.source, confidence = row.confidence, note = row.note, place = row.place,
    water = row.waters_id, county = row.county_id, area = land > 0 and land .. " km2" or nil,
    curve_number = row.curve_number, total_area = row.area_km2, soil_group = row.soil_group, slope = row.mean_slope_pct,
    land_use = land_use, crop_factor = crop_factor(land_use),
    not_simulated = land == 0 and "it is the lake's own surface, which the lake counts" or nil,
  }
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
