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

-- Yearly rain over its mean, of the province, and inflow of the Han where one is known.
local years = {}
for _, row in ipairs(tables.years) do
  years[row.year | 0] = { rain = row.rain_factor, inflow = { han_r01 = row.inflow_factor_han }, source = row.source,
                          confidence = row.confidence }
end

local first = tables.climate_monthly[1]
rates.climate = eco.climate "jingmen" {
  name_en = first.name_en, name_zh = first.name_zh, source = first.source, confidence = first.confidence,
  note = first.note,
  t_mean = monthly "t_mean_c", p_wet_wet = monthly "p_wet_given_wet", p_wet_dry = monthly "p_wet_given_dry",
  gamma_shape = monthly "gamma_shape", gamma_scale = monthly("gamma_scale_mm", "mm"),
  evaporation = monthly("evap_water_mm", "mm"), wind = monthly("wind_m_s", "m/s"),
  -- Evaporation is that of the table. From the other columns FAO paper 56 makes 1037 mm a year with the sunshine and 1005 mm
  -- with the radiation, against 911: all are recalled, the two columns of the sun do not agree with each other, and the
  -- table's is the one that was recalled for open water. evaporation_from = "weather" takes the others.
  t_min = monthly("t_min_c", "C"), t_max = monthly("t_max_c", "C"), humidity = monthly("humidity_pct", "%"),
  sunshine = monthly("sunshine_h", "h"), latitude = 31.0, altitude = "80 m", -- of the city, assumption (C)
  years = years,
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
values.heat, values.temperature = "budget", "carried"
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

-- Lake Changhu: texts give 131, 138 and 157 km2 and 220, 246 and 271 million m3 (waters.csv). The table has 131 km2 and
-- 271 million m3 at one level; a factor on it that reaches the other areas is at most 157/131, one that reaches the other
-- volumes at least 220/271.
table.insert(rates.draws, eco.draw { item = "changhu", param = "area", distribution = "triangular", low = 220 / 271,
  typical = 1, high = 157 / 131, source = "opened texts on Changhu, see its row in waters.csv", confidence = "C",
  name_en = "Area and volume of Lake Changhu", name_zh = "长湖面积与容积" })

return rates
