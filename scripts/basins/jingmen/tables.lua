-- tables.lua -- the data of the basin as read: data/*.csv, every number checked. Columns are as in the files.
local eco = require "ecosim"

local named = "id name_en name_zh source confidence note"

local function list(words)
  local t = {}
  for word in words:gmatch "%S+" do t[#t + 1] = word end
  return t
end

local function read(name, numbers, texts)
  return eco.read_csv("data/" .. name .. ".csv", { numbers = list(numbers), texts = list(texts) })
end

local tables = {
  waters = read("waters",
    "length_km bed_slope bottom_width_m side_slope manning_n bed_elevation_up_m bed_elevation_down_m area_km2 " ..
    "mean_depth_m volume_mcm normal_level_m enters_at_km initial_depth_m",
    named .. " kind downstream_id county_id datum"),
  structures = read("structures",
    "capacity_m3_s level_rule_m crest_m width_m one_way min_level_m opening_m band_m area_m2 units to_at_km " ..
    "demand_mcm_a base_m3_s active leaves_model",
    named .. " kind water_from_id water_to_id operating_rule start_date law datum demand_pattern release_as " ..
    "not_simulated"),
  rule_curves = read("rule_curves", "level_m", "id structure_id kind month_day datum source confidence note"),
  operating_rules = read("operating_rules", "level_above_m ends_m at_least_d",
    named .. " structure_id param value unit water_id datum months"),
  ratings = read("ratings", "stage_m q_m3_s area_km2 volume_mcm",
    "id waters_id curve extra datum source confidence note"),
  flow_monthly = read("flow_monthly", "month q_m3_s factor_p25 factor_p50 factor_p75 factor_p90",
    "id waters_id regime source confidence note"),
  catchments = read("catchments",
    "area_km2 share_paddy share_dry_crop share_forest share_urban share_water share_other mean_slope_pct " ..
    "curve_number lake_surface_km2",
    "id waters_id county_id soil_group source confidence note"),
  counties = read("counties", "area_km2 pop_total_2015 pop_urban_2015 pop_rural_2015 gdp_2015_cny_1e8",
    named .. " kind upstream_of downstream_of border_waters"),
  sections = read("sections", "distance_km target_class",
    named .. " water_id upstream_county_id downstream_county_id role doubtful"),
  sources_point = read("sources_point",
    "capacity_t_d flow_t_d year cod_mg_l nh3n_mg_l tn_mg_l tp_mg_l at_km",
    named .. " kind water_id county_id standard_id start_date"),
  sources_diffuse = read("sources_diffuse", "amount year", named .. " county_id water_id coefficient_id unit"),
  coefficients_load = read("coefficients_load", "generation discharge low_factor high_factor",
    named .. " source_kind variable unit"),
  soil_sites = read("soil_sites",
    "conc_median_mg_kg conc_gsd area_ha depth_m ph organic_matter_pct bulk_density_kg_l porosity k_sat_m_d " ..
    "water_table_depth_m infiltration_mm_a",
    named .. " county_id contaminant land_use soil_type drains_to_water_id"),
  climate_monthly = read("climate_monthly",
    "month t_mean_c t_max_c t_min_c precip_mm rain_days_d evap_water_mm wind_m_s sunshine_h solar_mj_m2_d " ..
    "humidity_pct p_wet_given_wet p_wet_given_dry gamma_shape gamma_scale_mm", named),
  rain_normals = read("rain_normals", "rain_mm_a", named .. " county_id waters_id"),
  years = read("years", "year rain_factor inflow_factor_han", "id source confidence note"),
  kinetics_water = read("kinetics_water", "low typical high theta_low theta theta_high",
    named .. " variable process water_kind unit distribution"),
  kinetics_soil = read("kinetics_soil", "low typical high", named .. " unit distribution"),
  observations = read("observations", "value value_low value_high",
    "id section_id date_or_year variable unit kind source confidence note"),
  calendar = read("calendar", "", named .. " date_start date_end target_id effect"),
}

-- Rows of a table by their id: tables.by_id.kinetics_water.k_nit.
tables.by_id = {}
for name, rows in pairs(tables) do
  if name ~= "by_id" then
    local index = {}
    for _, row in ipairs(rows) do index[row.id] = row end
    tables.by_id[name] = index
  end
end

-- What every item says of itself, taken from its row; `more` is added.
function tables.told(row, more)
  local told = { name_en = row.name_en, name_zh = row.name_zh, source = row.source, confidence = row.confidence,
                 note = row.note, place = row.place }
  for key, value in pairs(more) do told[key] = value end
  return told
end

return tables
