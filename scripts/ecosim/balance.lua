-- balance.lua -- the water balance of lakes, rivers and counties from a results file: numbers, then tables for a terminal.
-- Shown is one member, so that its rows add up: the one whose water that came into the model is the median's. The lowest
-- and highest of all members stand below. Land, sources and waters belong to the county that the basin gives them.
local text = require "ecosim.text"

local balance = {}

local standing = { lake = true, reservoir = true }
local YEAR = 365.25 -- days

-- rows of the library, and the words of a column of at most 7 letters; sign as in a sum
local columns = {
  { "boundary inflow", "inflow" }, { "runoff", "runoff" }, { "sources", "sources" }, { "rain", "rain" },
  { "from other waters", "from" }, { "evaporation", "evap." }, { "to other waters", "to" },
  { "abstraction", "taken" }, { "outflow", "out" }, { "change of storage", "change" },
}
local county_columns = {
  { "rain on land", "rain" }, { "irrigation", "irrig." }, { "evapotranspiration", "ET" }, { "runoff", "runoff" },
  { "change of stores", "change" }, { "sources", "sources" }, { "abstraction", "taken" },
  { "evaporation of lakes", "evap." }, { "rain on lakes", "lakes" },
}

-- ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────

local came = { "boundary inflow", "runoff", "sources", "rain" }

local function came_in(waters)
  local sum = 0
  for _, water in ipairs(waters) do
    for _, row in ipairs(came) do sum = sum + water.rows[row] end
  end
  return sum
end

local function median_member(members)
  local order = {}
  for i, member in ipairs(members) do order[i] = { i, came_in(member.water) } end
  table.sort(order, function(a, b) return a[2] < b[2] or a[2] == b[2] and a[1] < b[1] end)
  return order[(#order + 1) // 2][1]
end

-- A water's rows as they are shown, in m3.
local function water_rows(entry)
  local rows = entry.rows
  local shown = { ["change of storage"] = rows.final - rows.initial }
  for i = 1, #columns - 1 do shown[columns[i][1]] = rows[columns[i][1]] end
  return shown
end

local function add(to, row, m3) to[row] = (to[row] or 0) + m3 end

local function by_name(list)
  local found = {}
  for _, item in ipairs(list or {}) do found[item.name] = item end
  return found
end

-- [county] = { row = m3 } of one member; what has no county goes under "".
local function county_rows(member, known)
  local all = {}
  local function of(item)
    local name = item and item.county or ""
    all[name] = all[name] or {}
    return all[name]
  end
  for _, entry in ipairs(member.catchment) do
    local to, rows = of(known.catchments[entry.name]), entry.rows
    add(to, "rain on land", rows.rain)
    add(to, "irrigation", rows.irrigation)
    add(to, "evapotranspiration", rows.evapotranspiration)
    add(to, "runoff", rows.runoff)
    add(to, "change of stores", rows.final - rows.initial)
  end
  for _, entry in ipairs(member.source) do add(of(known.sources[entry.name]), "sources", entry.rows.flow) end
  for _, entry in ipairs(member.water) do
    local to = of(known.waters[entry.name])
    add(to, "abstraction", entry.rows.abstraction)
    add(to, "evaporation of lakes", entry.rows.evaporation)
    add(to, "rain on lakes", entry.rows.rain)
  end
  return all
end

-- rows_of(member index) gives { row = m3 }; lowest and highest over the members.
local function ranged(n, shown, words, rows_of)
  local found = { m3 = {}, lowest = {}, highest = {} }
  for _, column in ipairs(words) do
    local row = column[1]
    found.m3[row] = rows_of(shown)[row] or 0
    for i = 1, n do
      local value = rows_of(i)[row] or 0
      found.lowest[row] = math.min(found.lowest[row] or value, value)
      found.highest[row] = math.max(found.highest[row] or value, value)
    end
  end
  return found
end

local function worst_residual(members, kind)
  local worst = 0
  for _, member in ipairs(members) do
    for _, entry in ipairs(member[kind]) do
      if math.abs(entry.residual) > math.abs(worst) then worst = entry.residual end
    end
  end
  return worst
end

local function waters_of(members, shown, known)
  local list = {}
  for index, entry in ipairs(members[shown].water) do
    local water = known.waters[entry.name] or { name = entry.name }
    local item = ranged(#members, shown, columns, function(i) return water_rows(members[i].water[index]) end)
    item.name, item.name_en, item.kind, item.county = entry.name, water.name_en, water.kind, water.county
    item.residual = entry.residual
    list[index] = item
  end
  return list
end

local function land_areas(known, member)
  local areas = {}
  for _, entry in ipairs(member.catchment) do
    local catchment = known.catchments[entry.name] or {}
    add(areas, catchment.county or "", catchment.area_m2 or 0)
  end
  return areas
end

local function is_there(rows)
  for _, m3 in pairs(rows or {}) do
    if m3 ~= 0 then return true end
  end
  return false
end

-- Counties in the order of the basin that have any water, then those that it does not describe.
local function county_order(study, rows)
  local order, seen, rest = {}, {}, {}
  for _, county in ipairs(study.basin.counties or {}) do
    if is_there(rows[county.name]) then order[#order + 1] = county end
    seen[county.name] = true
  end
  for name in pairs(rows) do
    if not seen[name] and is_there(rows[name]) then rest[#rest + 1] = name end
  end
  table.sort(rest)
  for _, name in ipairs(rest) do order[#order + 1] = { name = name, name_en = name == "" and "(no county)" or name } end
  return order
end

local function counties_of(members, shown, known, study)
  local rows, list = {}, {}
  for i, member in ipairs(members) do rows[i] = county_rows(member, known) end
  local areas = land_areas(known, members[shown])
  for _, county in ipairs(county_order(study, rows[shown])) do
    local item = ranged(#members, shown, county_columns, function(i) return rows[i][county.name] end)
    item.name, item.name_en, item.land_m2 = county.name, county.name_en, areas[county.name] or 0
    list[#list + 1] = item
  end
  return list
end

-- All counties together, of the member shown.
local function total_of(counties)
  local total = { name = "", name_en = "all", m3 = {}, land_m2 = 0 }
  for _, item in ipairs(counties) do
    total.land_m2 = total.land_m2 + item.land_m2
    for row, m3 in pairs(item.m3) do add(total.m3, row, m3) end
  end
  return total
end

-- reader: a results file, or whatever has :layout and :balance as one; scenario: name or number.
function balance.compute(reader, study, calendar, scenario)
  local layout, members = reader:layout(), {}
  for m = 1, layout.members do
    members[m] = {}
    for _, kind in ipairs { "water", "catchment", "source" } do
      members[m][kind] = reader:balance(kind, scenario, m)
    end
  end
  local basin = study.basin
  local known = { waters = by_name(basin.waters), catchments = by_name(basin.catchments), sources = by_name(basin.sources) }
  local shown = median_member(members)
  local counties = counties_of(members, shown, known, study)
  local first, days = layout.balances.first_day, layout.balances.days
  return {
    study = study.name, scenario = type(scenario) == "number" and layout.scenarios[scenario] or scenario,
    from = calendar.date(first), to = calendar.date(first + days - 1), days = days,
    members = layout.members, member = layout.first_member + shown - 1,
    waters = waters_of(members, shown, known), counties = counties,
    all_counties = total_of(counties),
    residual_waters = worst_residual(members, "water"), residual_catchments = worst_residual(members, "catchment"),
  }
end

-- ── units ───────────────────────────────────────────────────────────────────────────────────────────────────────

local function scaled(rows, factor)
  local out = {}
  for row, m3 in pairs(rows) do out[row] = m3 * factor end
  return out
end

-- million m3 a year, and mean m3/s or, of land, mm a year over it
local function million_a(found) return 1e-6 * YEAR / found.days end
local function per_s(found) return 1 / (86400 * found.days) end
local function mm_a(found, land_m2) return 1e3 * YEAR / found.days / land_m2 end

local function json_item(found, item, other, factor)
  local million = million_a(found)
  return { name = item.name, name_en = item.name_en, kind = item.kind, county = item.county, residual = item.residual,
           land_km2 = item.land_m2 and item.land_m2 / 1e6, [other] = factor and scaled(item.m3, factor) or nil,
           million_m3_a = scaled(item.m3, million), lowest_million_m3_a = scaled(item.lowest, million),
           highest_million_m3_a = scaled(item.highest, million) }
end

-- The same numbers as the tables, for JSON.
function balance.summary(found)
  local out = { study = found.study, scenario = found.scenario, from = found.from, to = found.to, days = found.days,
                members = found.members, member = found.member, residual_waters = found.residual_waters,
                residual_catchments = found.residual_catchments, waters = {}, counties = {} }
  for i, item in ipairs(found.waters) do out.waters[i] = json_item(found, item, "m3_s", per_s(found)) end
  for i, item in ipairs(found.counties) do
    out.counties[i] = json_item(found, item, "mm_a", item.land_m2 > 0 and mm_a(found, item.land_m2) or nil)
  end
  return out
end

-- ── tables, 110 columns at most ─────────────────────────────────────────────────────────────────────────────────

local NAME, UNIT, CELL = 23, 7, 8

local function name_of(item)
  local name = item.name_en or item.name
  return (text.pad(name:match "^([^:,(]+)" or name, NAME - 1):gsub("%s+$", ""))
end

local function cell(value)
  if value == 0 then return "–" end
  local size = math.abs(value)
  if size < 0.005 then return value > 0 and "0.00" or "-0.00" end
  return ("%.".. (size < 9.995 and 2 or size < 999.95 and 1 or 0) .. "f"):format(value)
end

local function line(lines, name, unit, words, rows, factor)
  local cells = { text.pad(name, NAME - 1) .. " ", text.pad(unit, UNIT) }
  for _, column in ipairs(words) do cells[#cells + 1] = text.pad(cell(rows[column[1]] * factor), -CELL) end
  lines[#lines + 1] = (table.concat(cells):gsub("%s+$", ""))
end

local function head(lines, title, words)
  local cells = { text.pad(title, NAME + UNIT) }
  for _, column in ipairs(words) do cells[#cells + 1] = text.pad(column[2], -CELL) end
  lines[#lines + 1] = table.concat(cells)
end

local function add_range(lines, found, item, words)
  if found.members < 2 then return end
  line(lines, "", "lowest", words, item.lowest, million_a(found))
  line(lines, "", "highest", words, item.highest, million_a(found))
end

local function add_lakes(lines, found)
  head(lines, "lakes and reservoirs", columns)
  for _, item in ipairs(found.waters) do
    if standing[item.kind] then
      line(lines, name_of(item), "m3/s", columns, item.m3, per_s(found))
      line(lines, "", "Mm3/a", columns, item.m3, million_a(found))
      add_range(lines, found, item, columns)
    end
  end
  lines[#lines + 1] = ""
end

local function add_rivers(lines, found)
  head(lines, "rivers and canals", columns)
  for _, item in ipairs(found.waters) do
    if not standing[item.kind] then
      line(lines, item.name .. " " .. name_of(item), "Mm3/a", columns, item.m3, million_a(found))
    end
  end
  lines[#lines + 1] = ""
end

local function add_county(lines, found, item)
  line(lines, name_of(item), "Mm3/a", county_columns, item.m3, million_a(found))
  if item.land_m2 > 0 then
    line(lines, ("  %.0f km2 of land"):format(item.land_m2 / 1e6), "mm/a", county_columns, item.m3,
         mm_a(found, item.land_m2))
  end
end

local function add_counties(lines, found)
  head(lines, "counties", county_columns)
  for _, item in ipairs(found.counties) do
    add_county(lines, found, item)
    add_range(lines, found, item, county_columns)
  end
  if #found.counties > 1 then add_county(lines, found, found.all_counties) end
  lines[#lines + 1] = ""
end

function balance.tables(found)
  local lines = {
    ("water balance of '%s', scenario '%s', %s to %s"):format(found.study, found.scenario, found.from, found.to),
    found.members > 1 and ("member %d: of %d the one whose inflow is the median; lowest, highest: of all members, Mm3/a")
      :format(found.member, found.members) or ("member %d"):format(found.member),
    "Mm3/a: million m3 a year; inflow: from outside the model; from, to: other waters, gross; taken: intakes that",
    "leave the model, with irrigation; out: over the model's outlets; change: stored at the end less at the start", "" }
  add_lakes(lines, found)
  add_rivers(lines, found)
  lines[#lines + 1] = "counties: rain, irrigation, evapotranspiration, runoff and change of stores of the land; taken from the"
  lines[#lines + 1] = "county's waters; evap. and lakes: evaporation of and rain on its lakes and reservoirs; mm over its land"
  add_counties(lines, found)
  lines[#lines + 1] = ("closes to %.1e of what went through (worst water of all members), %.1e (worst catchment)"):format(
    math.abs(found.residual_waters), math.abs(found.residual_catchments))
  return table.concat(lines, "\n")
end

return balance
