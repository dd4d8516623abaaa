-- figures.lua -- costs and effects out of data/measures_water.csv, and what the measures share.
local core = require "ecosim.core"
local csv = require "ecosim.csv"
local fault = require "ecosim.fault"
local text = require "ecosim.text"

local figures = {}

-- CODMn of sewage and effluents, which are reported as dichromate COD: the same constant as the basin's loads
-- (class III limits of GB 3838: CODMn 6 over COD 20). Confidence C.
figures.codmn_per_cod = 0.3

-- by id: one record, with effects[effect_variable] = typical value (several rows of the file a measure)
local function read_all()
  local path = text.folder_of_caller() .. "data/measures_water.csv"
  local found = {}
  for _, row in ipairs(csv.parse(text.read_file(path), path)) do
    local record = found[row.id] or { name_en = row.name_en, name_zh = row.name_zh, unit = row.unit,
      capital = tonumber(row.capital_cny_per_unit_typical), running = tonumber(row.om_cny_per_unit_a_typical),
      price_year = row.price_year, lifetime = tonumber(row.lifetime_a), lead_months = tonumber(row.lead_time_months),
      source = row.source, confidence = row.confidence, note = row.note, effects = {} }
    record.effects[row.effect_variable] = tonumber(row.effect_typical)
    found[row.id] = record
  end
  return found
end

local by_id = read_all()

function figures.of(id)
  return by_id[id] or error("measures_water.csv has no measure '" .. id .. "'", 2)
end

-- ── options ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- options must be a table of known names; `needed` ones must be there.
function figures.check_options(place, measure, options, known, needed)
  if type(options) ~= "table" then fault.raise(place, "%s: the options are a %s, expected a table", measure,
    type(options)) end
  for key in pairs(options) do
    local good = false
    for _, name in ipairs(known) do good = good or name == key end
    if not good then
      local near = core.nearest(tostring(key), known)
      fault.raise(place, "%s: no option '%s'%s", measure, tostring(key), near
        and (" (did you mean '%s'?)"):format(near) or "")
    end
  end
  for _, name in ipairs(needed) do
    if options[name] == nil then fault.raise(place, "%s: '%s' must be given", measure, name) end
  end
end

function figures.share(place, measure, name, value)
  if type(value) ~= "number" or not (value >= 0 and value <= 1) then
    fault.raise(place, "%s: %s is %s, must be a share of 0 to 1", measure, name, tostring(value))
  end
  return value
end

-- The item of that name and kind in the basin, or a fault that offers the nearest.
function figures.find(place, measure, basin, kind, name)
  local item = type(name) == "string" and basin:find(name)
  if item and item.kind == kind then return item end
  if item then fault.raise(place, "%s: '%s' is a %s, expected a %s", measure, name, item.kind, kind) end
  local names = {}
  for _, other in ipairs(basin:list(kind)) do names[#names + 1] = other.name end
  local near = #names > 0 and core.nearest(tostring(name), names)
  fault.raise(place, "%s: no %s '%s' in basin '%s'%s", measure, kind, tostring(name), basin.name,
    near and (" (did you mean '%s'?)"):format(near) or "")
end

local function listed(place, measure, basin, kind, names)
  if names == nil then return nil end
  if type(names) ~= "table" or #names == 0 then
    fault.raise(place, "%s: the list of %s names is %s, expected { \"name\", … }", measure, kind,
      type(names) == "table" and "empty" or "a " .. type(names))
  end
  local set = {}
  for _, name in ipairs(names) do set[figures.find(place, measure, basin, kind, name).name] = true end
  return set
end

-- Sources of the groups (a set) that lie on the named catchments and in the named counties (both given: in both).
function figures.sources(place, measure, basin, groups, options)
  local catchments = listed(place, measure, basin, "catchment", options.catchments)
  local counties = listed(place, measure, basin, "county", options.counties)
  if not catchments and not counties then
    fault.raise(place, "%s: say where: catchments = { … } or counties = { … }", measure)
  end
  local found = {}
  for _, source in ipairs(basin:list "source") do
    local there = (not catchments or catchments[source.fields.catchment]) and (not counties
      or counties[source.fields.county])
    if groups[source.fields.group] and there and not source.about.not_simulated then found[#found + 1] = source end
  end
  return found
end

-- How many units (head, ha) the sources are: what the cost is counted by.
function figures.amount(place, measure, sources, unit)
  local sum = 0.0
  for _, source in ipairs(sources) do
    if source.about.amount_unit ~= unit or not source.about.amount then
      fault.raise(place, "%s: source '%s' has no amount in %s, which its cost is counted by", measure, source.name,
        unit)
    end
    sum = sum + source.about.amount
  end
  return sum
end

-- "load.TN" -> value, of all constituents the source has a load of
function figures.loads(source)
  local loads = {}
  for key, value in pairs(source.fields) do
    local constituent = key:match "^load%.(.+)$"
    if constituent and value > 0 then loads[constituent] = value end
  end
  return loads
end

function figures.constituents(loads)
  local names = {}
  for name in pairs(loads) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- ── what was decided before ─────────────────────────────────────────────────────────────────────────────────────

-- The value of a parameter once what the basin itself changes and the measures `after` have been carried out.
function figures.value_after(basin, item, param, after)
  local value = item.fields[param]
  local lists = { basin.changes or {} }
  for _, measure in ipairs(after or {}) do lists[#lists + 1] = measure.changes end
  for _, list in ipairs(lists) do
    for _, change in ipairs(list) do
      if change.item == item.name and change.param == param then
        if change.op == "scale" then value = value * change.value else value = change.value end
      end
    end
  end
  return value
end

function figures.name_of(item)
  return item.about.name_en or item.name, item.about.name_zh or item.about.name_en or item.name
end

-- ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- The measure stands at the line of the script that asked for it, not here.
function figures.measure(place, name, given)
  for _, change in ipairs(given.changes) do change.place = place end
  local measure = require "ecosim".measure(name)(given)
  measure.place = place
  return measure
end

-- Capital, running cost and lifetime of `amount` units.
function figures.cost(record, amount, from)
  return { capital = record.capital * amount, running = record.running * amount, lifetime = record.lifetime,
    from = from }
end

return figures
