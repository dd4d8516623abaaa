-- vocabulary.lua -- what each word may say: the parameter table of the core (which is calculated with) and the
-- description beside it (which is shown, judged and stored).
local core = require "ecosim.core"

local vocabulary = {}

local function row(name, form, text, unit, lowest, highest)
  return { name = name, form = form, text = text, unit = unit or "", lowest = lowest, highest = highest, about = true }
end

-- every item may say these
local common = {
  row("name_en", "text", "name in English"),
  row("name_zh", "text", "name in Chinese"),
  row("source", "text", "where the figures come from"),
  row("confidence", "text", "A official or peer-reviewed, B secondary, C estimate"),
  row("note", "text", "what a reader should know"),
  row("datum", "text", "datum that the levels were given in, before they were converted"),
  row("place", "text", "where the item was described, when it is not the line of the word: row.place of a CSV row"),
  row("not_simulated", "text", "why this item is described and shown but left out of the calculation"),
}

local by_kind = {
  structure = {
    row("works", "text", "what it is: dam, gate, siphon, pump, intake"),
    row("operating_rule", "text", "how it is run, in words"),
    row("release_capacity", "number", "of its outlet works, beside the spillway", "m3/s", 0, 1e6),
    row("start", "text", "since when"),
  },
  catchment = {
    row("land_use", "shares", "share of the area by use: { paddy = 0.25, forest = 0.3 }"),
    row("soil_group", "text", "soil"),
    row("slope", "number", "mean slope", "%", 0, 200),
    row("total_area", "number", "lake surfaces included", "km2", 0, 1e6),
  },
  source = {
    row("works", "text", "what it is: wwtp, raw_sewage, industry"),
    row("standard", "text", "effluent standard and grade, as in standards_effluent"),
    row("capacity", "number", "of the works", "m3/d", 0, 1e8),
    row("start", "text", "since when"),
    row("amount", "number", "of what emits, in amount_unit", "", 0, 1e12),
    row("amount_unit", "text", "head, person, ha"),
    row("year", "number", "of the amount", "", 1900, 2200),
  },
  site = {
    row("land_use", "text", "paddy, dryland, industrial"),
    row("soil_type", "text", "soil"),
    row("total_gsd", "number", "geometric standard deviation of the total over the site", "", 1, 100),
    row("porosity", "number", "of the soil", "", 0, 1),
    row("k_sat", "number", "saturated hydraulic conductivity", "m/d", 0, 1e4),
    row("water_table_depth", "number", "below the surface", "m", 0, 1000),
  },
  section = {
    row("target_class", "number", "class of GB 3838 it is held to, 1 to 5", "", 1, 5),
    row("upstream_county", "county", "county that answers for what arrives"),
    row("downstream_county", "county", "county that receives"),
    row("role", "text", "national, provincial, cross-county"),
    row("standard", "text", "standard it is judged by; absent: gb3838"),
    row("doubtful", "text", "why its place or its water is in doubt"),
  },
  county = {
    row("area", "number", "of the county", "km2", 0, 1e7),
    row("population", "number", "people", "", 0, 1e10),
    row("population_urban", "number", "people in towns", "", 0, 1e10),
    row("population_rural", "number", "people in the country", "", 0, 1e10),
    row("gdp", "number", "1e8 CNY a year", "", 0, 1e9),
    row("upstream_of", "counties", "counties below it, separated by blanks"),
    row("downstream_of", "counties", "counties above it, separated by blanks"),
    row("border_waters", "text", "waters it shares"),
    row("fertiliser_n", "number", "mineral nitrogen on its fields, kg N per sown ha and year", "", 0, 2000),
    row("fertiliser_p", "number", "mineral phosphorus on its fields, kg P per sown ha and year", "", 0, 1000),
    row("works", "text", "county, management_district, neighbour"),
  },
}
by_kind.climate = {
  row("years", "years", "years by number: { [2016] = { rain = 1.2, inflow = { Lena = 1.1 } } }, factors on the means"),
}
local water_rows = {
  row("inflow_wet", "number", "boundary inflow of a wet year (a quarter of years have more) over its mean", "", 0, 20),
  row("inflow_normal", "number", "of the median year over its mean", "", 0, 20),
  row("inflow_dry", "number", "of a dry year (three quarters of years have more) over its mean", "", 0, 20),
  row("inflow_very_dry", "number", "of a very dry year (nine tenths of years have more) over its mean", "", 0, 20),
  row("normal_level", "number", "level it is kept at", "m", -500, 9000),
  row("normal_volume", "number", "volume at that level", "m3", 0, 1e13),
  row("design_depth", "number", "of a canal", "m", 0, 200),
}
for _, kind in ipairs { "reach", "canal", "lake", "reservoir" } do by_kind[kind] = water_rows end

-- ── index ───────────────────────────────────────────────────────────────────────────────────────────────────────

local function names_of(list)
  local names = {}
  for i, entry in ipairs(list) do names[i] = type(entry) == "table" and entry.name or entry end
  return names
end

vocabulary.kinds = {}  -- { word =, text = } in the core's order
vocabulary.specs = {}  -- [kind][name] = row; "conc.*" stands for one parameter a constituent
vocabulary.names = {}  -- [kind] = names, in the order of the tables
vocabulary.families = {} -- [kind]["conc"] = true
vocabulary.is_water = { reach = true, canal = true, lake = true, reservoir = true }
vocabulary.states = names_of(core.states())
vocabulary.constituents = names_of(core.states())

local function is_in(word, list)
  for _, other in ipairs(list) do
    if other == word then return true end
  end
  return false
end
for _, name in ipairs(names_of(core.observables())) do
  if not is_in(name, vocabulary.constituents) then table.insert(vocabulary.constituents, name) end
end

-- Constituents that basins add: known once eco.constituent has named them; a basin checks that it has those it uses.
vocabulary.own = {}
function vocabulary.add_constituent(name)
  if is_in(name, vocabulary.constituents) then return end
  vocabulary.own[name] = true
  table.insert(vocabulary.constituents, name)
end

local function add_row(kind, spec)
  vocabulary.specs[kind][spec.name] = spec
  local family = spec.name:match "^(.-)%."
  if family then vocabulary.families[kind][family] = true end
  table.insert(vocabulary.names[kind], spec.name)
end

for i, kind in ipairs(core.kinds()) do
  vocabulary.kinds[i] = kind
  local word = kind.word
  vocabulary.specs[word], vocabulary.names[word], vocabulary.families[word] = {}, {}, {}
end
for _, spec in ipairs(core.specs()) do add_row(spec.kind, spec) end
for _, kind in ipairs(vocabulary.kinds) do
  for _, spec in ipairs(by_kind[kind.word] or {}) do add_row(kind.word, spec) end
  for _, spec in ipairs(common) do add_row(kind.word, spec) end
end

-- "'length'" -> " (did you mean 'length'?)" or ""
function vocabulary.hint(word, list)
  local near = core.nearest(tostring(word), list)
  return near and (" (did you mean '%s'?)"):format(near) or ""
end

-- The row of a parameter of a kind, "conc.NH3-N" included; nil and a fault text when there is none.
function vocabulary.find(kind, name)
  local spec = vocabulary.specs[kind][name]
  if spec and not name:find "%.%*$" then return spec end
  local family, constituent = name:match "^(.-)%.(.+)$"
  if family and vocabulary.families[kind][family] then
    local wild = vocabulary.specs[kind][family .. ".*"]
    if wild and is_in(constituent, vocabulary.constituents) then return wild end
    local known = {}
    for _, other in ipairs(vocabulary.constituents) do
      if wild or vocabulary.specs[kind][family .. "." .. other] then known[#known + 1] = other end
    end
    if family == "daily" then
      return nil, ("no daily series '%s'%s"):format(constituent, vocabulary.hint(name, vocabulary.names[kind]))
    end
    return nil, ("no constituent '%s' in '%s'%s"):format(constituent, family, vocabulary.hint(constituent, known))
  end
  return nil, ("no field '%s'%s"):format(name, vocabulary.hint(name, vocabulary.names[kind]))
end

vocabulary.is_in = is_in

return vocabulary
