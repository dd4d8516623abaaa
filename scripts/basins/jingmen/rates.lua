-- rates.lua -- the climate, the rates of the water, and the inputs that are uncertain.
local eco = require "ecosim"
local tables = require "basins.jingmen.tables"

local rates = {}

-- ── climate ─────────────────────────────────────────────────────────────────────────────────────────────────────

local function monthly(column, unit)
  local values = { unit = unit }
  for _, row in ipairs(tables.climate_monthly) do values[row.month | 0] = row[column] end
  return values
end

local first = tables.climate_monthly[1]
rates.climate = eco.climate "jingmen" {
  name_en = first.name_en, name_zh = first.name_zh, source = first.source, confidence = first.confidence,
  note = first.note,
  t_mean = monthly "t_mean_c", p_wet_wet = monthly "p_wet_given_wet", p_wet_dry = monthly "p_wet_given_dry",
  gamma_shape = monthly "gamma_shape", gamma_scale = monthly("gamma_scale_mm", "mm"),
  evaporation = monthly("evap_water_mm", "mm"), wind = monthly("wind_m_s", "m/s"),
}

-- ── rates, typical values ───────────────────────────────────────────────────────────────────────────────────────

-- the core's name -> the row of kinetics_water.csv
local rows = {
  k_codmn_river = "k_codmn_river", k_codmn_lake = "k_codmn_lake", k_nh3_river = "k_nh3_bulk_river",
  k_nh3_lake = "k_nit_lake", v_den_river = "v_den", v_tn_lake = "k_tn_lake", k_tp_river = "k_tp_river",
  v_tp_lake = "vs_tp_lake", sod_river = "sod_clean", sod_lake = "sod_lake", ks_do = "ks_nit",
}
local thetas = { theta_codmn = "k_codmn_river", theta_nh3 = "k_nh3_bulk_river", theta_den = "v_den",
                 theta_sod = "sod_clean", theta_release = "jp_changhu",
                 theta_reaeration = "ka_oconnor_dobbins_coef" }

local row_of = tables.by_id.kinetics_water
local values = { name_en = "Rates at 20 C", name_zh = "20℃速率", source = "kinetics_water.csv", confidence = "C",
                 note = "typical values; most rates of decay are orders of magnitude of Chinese capacity studies" }
for name, id in pairs(rows) do values[name] = row_of[id].typical .. " " .. row_of[id].unit end
for name, id in pairs(thetas) do values[name] = row_of[id].theta end
rates.kinetics = eco.kinetics "kinetics" (values)

-- ── draws ───────────────────────────────────────────────────────────────────────────────────────────────────────

local drawn = { "k_codmn_river", "k_codmn_lake", "k_nh3_river", "k_nh3_lake", "v_den_river", "v_tn_lake", "k_tp_river",
                "v_tp_lake", "sod_river", "sod_lake" }
rates.draws = {}
for _, name in ipairs(drawn) do
  local row = row_of[rows[name]]
  table.insert(rates.draws, eco.draw { item = "kinetics", param = name, distribution = row.distribution, low = row.low,
    typical = row.typical, high = row.high, source = row.source, confidence = row.confidence, note = row.note,
    name_en = row.name_en, name_zh = row.name_zh, place = row.place })
end

-- A group's loads move together: the widest factors of its constituents, median 1.
local groups = { "pig", "cattle", "layer", "rural", "paddy", "dryland", "pond", "forest", "urbanland", "pen", "atm",
                 "resfert" }
for _, group in ipairs(groups) do
  local low, high, row = math.huge, 0, nil
  for _, variable in ipairs { "cod", "nh3n", "tn", "tp" } do
    local found = tables.by_id.coefficients_load[group .. "_" .. variable]
    if found then low, high, row = math.min(low, found.low_factor), math.max(high, found.high_factor), found end
  end
  table.insert(rates.draws, eco.draw { group = group, distribution = "lognormal", low = low, typical = 1, high = high,
    source = row.source, confidence = "C", name_en = row.name_en, name_zh = row.name_zh, place = row.place })
end

return rates
