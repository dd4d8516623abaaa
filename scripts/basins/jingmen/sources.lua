-- sources.lua -- what emits: plants and sewers at their places, farms, villages and fields on the land of their county.
local eco = require "ecosim"
local tables = require "basins.jingmen.tables"

-- COD is not carried, CODMn is. Their ratio is taken as that of the class III limits of GB 3838: 6 over 20 mg/L
-- (assumption, C); the same number stands behind o2_per_codmn in the parameter table.
local CODMN_PER_COD = 0.3
local EFFLUENT_DO = 2.0 -- mg/L, assumption (C): effluents are not aerated after the last step
local DAYS = 365.25     -- a year
local HECTARES = 100    -- a km2

local sources = { list = {} }

local function add(name, fields)
  table.insert(sources.list, eco.source(name)(fields))
end

-- ── plants, sewers, industry ────────────────────────────────────────────────────────────────────────────────────

-- A tonne of sewage is a cubic metre. Works that start after 2015 are off at the start; events.lua turns them on.
for _, row in ipairs(tables.sources_point) do
  add(row.id, tables.told(row, {
    water = row.water_id, county = row.county_id, group = row.kind, at = row.at_km and row.at_km .. " km" or nil,
    flow = row.flow_t_d .. " m3/d", capacity = row.capacity_t_d .. " m3/d", works = row.kind,
    conc = { CODMn = CODMN_PER_COD * row.cod_mg_l, ["NH3-N"] = row.nh3n_mg_l, TN = row.tn_mg_l, TP = row.tp_mg_l,
             DO = EFFLUENT_DO },
    standard = row.standard_id, year = row.year, start = row.start_date,
    active = (row.start_date or row.flow_t_d == 0) and 0 or 1,
  }))
end

-- ── loads of one unit ───────────────────────────────────────────────────────────────────────────────────────────

local per_day = { ["kg/head/a"] = 1 / DAYS, ["kg/ha/a"] = 1 / DAYS, ["g/person/d"] = 1e-3 }
local carried = { { "cod", "CODMn", CODMN_PER_COD }, { "nh3n", "NH3-N", 1 }, { "tn", "TN", 1 }, { "tp", "TP", 1 } }

-- kg/d of each constituent that `amount` units discharge.
local function load_of(coefficient, amount)
  local load = {}
  for _, entry in ipairs(carried) do
    local row = tables.by_id.coefficients_load[coefficient .. "_" .. entry[1]]
    if row then load[entry[2]] = amount * row.discharge * per_day[row.unit] * entry[3] end
  end
  return load
end

-- ── county totals, without counting Zhanghe New District twice ──────────────────────────────────────────────────

-- It was carved out of Dongbao and Duodao, whose totals still hold it: its amounts and its area are taken off theirs in
-- proportion to their areas.
local CARVED, FROM = "zhanghe_new", { dongbao = true, duodao = true }

local area = {}
for _, row in ipairs(tables.counties) do area[row.id] = row.area_km2 end
local from_area = 0
for county in pairs(FROM) do from_area = from_area + area[county] end

-- What stays of an amount, or an area, of a county.
local function net(county, value, carved)
  return FROM[county] and value - carved * area[county] / from_area or value
end

-- [coefficient][county] = { amount =, row = }
local totals = {}
for _, row in ipairs(tables.sources_diffuse) do
  if row.coefficient_id and not row.water_id then
    totals[row.coefficient_id] = totals[row.coefficient_id] or {}
    totals[row.coefficient_id][row.county_id] = { amount = row.amount, row = row }
  end
end
for _, by_county in pairs(totals) do
  local carved = by_county[CARVED].amount
  for county, total in pairs(by_county) do total.amount = net(county, total.amount, carved) end
end
sources.totals = totals

-- ── sharing a county's total to its catchments ──────────────────────────────────────────────────────────────────

local function fields(row) return (row.share_paddy + row.share_dry_crop) * row.area_km2 end
local function paddy(row) return row.share_paddy * row.area_km2 end
local function dry_crop(row) return row.share_dry_crop * row.area_km2 end
local function ponds(row) return math.max(row.share_water * row.area_km2 - (row.lake_surface_km2 or 0), 0) end

-- What a total follows: animals and villages the fields, each kind of field its own area, ponds the small waters.
local follows = { pig = fields, cattle = fields, layer = fields, rural = fields, paddy = paddy, dryland = dry_crop,
                  pond = ponds }
local order = { "pig", "cattle", "layer", "rural", "paddy", "dryland", "pond" }
-- What rain carries off: fields, farms and ponds (manure lies on fields and in yards, ponds spill). Villages are steady: what
-- they send down runs from drains every day. An assumption (C); steady farms would foul creeks in dry weeks far beyond what
-- was read on the Tianmen River in 2020 and 2021 (CODMn 20 against 5 to 6.5 mg/L).
local washed_off = { paddy = true, dryland = true, pig = true, cattle = true, layer = true, pond = true }

-- Of the neighbours no amounts are known: they have those of a county like them, per km2 of the same land use (C).
local like = { jingzhou = "shayang", yichang = CARVED }

-- km2 of the county's catchments, and of what a total follows on them.
local function extent(county, use_of)
  local covered, use = 0, 0
  for _, row in ipairs(tables.catchments) do
    if row.county_id == county then covered, use = covered + row.area_km2, use + use_of(row) end
  end
  return covered, use
end

-- Amount per km2 of the use that it follows, and that use. The catchments are a part of the county: they get that part
-- of its total. Ponds follow the fields where the catchments show no small water (Zhanghe New District).
local function density(county, coefficient)
  local use_of = follows[coefficient]
  local covered, use = extent(county, use_of)
  if use == 0 then
    use_of = fields
    covered, use = extent(county, use_of)
  end
  local part = math.min(covered / net(county, area[county], area[CARVED]), 1)
  return totals[coefficient][county].amount * part / use, use_of, part
end
sources.density = density

local function on_catchment(catchment, coefficient)
  local county = like[catchment.county_id] or catchment.county_id
  local total = totals[coefficient][county].row
  local per_km2, use_of = density(county, coefficient)
  local amount = per_km2 * use_of(catchment)
  if amount <= 0 then return end
  local borrowed = county ~= catchment.county_id
  add(coefficient .. "@" .. catchment.id, {
    name_en = total.name_en .. ", " .. catchment.id, name_zh = total.name_zh .. "(" .. catchment.id .. ")",
    source = total.source, confidence = "C", place = total.place,
    note = borrowed and ("no amounts of %s are known: as %s"):format(catchment.county_id, county) or total.note,
    catchment = catchment.id, county = catchment.county_id, group = coefficient,
    timing = washed_off[coefficient] and "washoff" or "steady", load = load_of(coefficient, amount),
    amount = amount, amount_unit = total.unit, year = total.year,
  })
end

-- Forests and streets have no totals: their area is that of the catchment.
local uses = { { "forest", "share_forest", "Forest", "林地" },
               { "urbanland", "share_urban", "Streets and yards", "城市地面" } }

local function land_use(catchment, use)
  local hectares = catchment[use[2]] * catchment.area_km2 * HECTARES
  if hectares == 0 then return end
  local first = tables.by_id.coefficients_load[use[1] .. "_tn"]
  add(use[1] .. "@" .. catchment.id, {
    name_en = use[3] .. ", " .. catchment.id, name_zh = use[4] .. "(" .. catchment.id .. ")", source = first.source,
    confidence = "C", note = catchment.note, place = catchment.place,
    catchment = catchment.id, county = catchment.county_id, group = use[1], timing = "washoff",
    load = load_of(use[1], hectares), amount = hectares, amount_unit = "ha",
  })
end

for _, catchment in ipairs(tables.catchments) do
  for _, coefficient in ipairs(order) do on_catchment(catchment, coefficient) end
  for _, use in ipairs(uses) do land_use(catchment, use) end
end

-- ── on the water itself: pens, fertilised reservoirs, deposition ────────────────────────────────────────────────

for _, row in ipairs(tables.sources_diffuse) do
  if row.water_id then
    add(row.id, tables.told(row, {
      water = row.water_id, county = row.county_id, group = row.coefficient_id, timing = "steady",
      load = load_of(row.coefficient_id, row.amount), amount = row.amount, amount_unit = row.unit, year = row.year,
    }))
  end
end

return sources
