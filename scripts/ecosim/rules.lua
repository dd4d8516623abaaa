-- rules.lua -- eco.rule "name" { structure =, set = { … }, when = { … } }: what a structure's keeper is told.
--
-- A rule changes numbers of one structure while its conditions hold, all of them. A basin's rules hold in every scenario; a
-- scenario's rule of the same name takes the place of the basin's. The core looks at rules once a day, in each lane.
local core = require "ecosim.core"
local fault = require "ecosim.fault"
local values = require "ecosim.values"
local vocabulary = require "ecosim.vocabulary"
local words = require "ecosim.words"

local rules = {}

-- ── conditions ──────────────────────────────────────────────────────────────────────────────────────────────────

-- what a condition compares: the word, what the core watches, the side, the unit and range of its value
local comparisons = {
  level_above = { watch = "level", row = { unit = "m", lowest = -500, highest = 9000 } },
  level_below = { watch = "level", below = true, row = { unit = "m", lowest = -500, highest = 9000 } },
  flow_above = { watch = "flow", row = { unit = "m3/s", lowest = -1e6, highest = 1e6 } },
  flow_below = { watch = "flow", below = true, row = { unit = "m3/s", lowest = -1e6, highest = 1e6 } },
  conc_above = { watch = "concentration", row = { unit = "mg/L", lowest = 0, highest = 1e6 } },
  conc_below = { watch = "concentration", below = true, row = { unit = "mg/L", lowest = 0, highest = 1e6 } },
}
local comparison_names = words.sorted_keys(comparisons)

local function months(value)
  if type(value) == "number" then value = { value } end
  if type(value) ~= "table" or #value == 0 then
    return nil, ("is %s, expected a list of months, as { 6, 7, 8 }"):format(type(value) == "table" and "empty" or "a " .. type(value))
  end
  for _, month in ipairs(value) do
    if math.type(month) ~= "integer" or month < 1 or month > 12 then
      return nil, ("has %s, expected months 1 to 12"):format(tostring(month))
    end
  end
  return value
end

local function raw(value)
  if type(value) == "string" or type(value) == "number" then return value end
  return nil, ("is a %s, expected a number or a text with a unit"):format(type(value))
end

local condition_fields = {
  section = values.text, water = values.text, constituent = values.text, ends = raw, months = months,
  from = values.date, to = values.date,
}
for name in pairs(comparisons) do condition_fields[name] = raw end

local function threshold(thing, place, key, value, comparison, faults)
  local number, why = values.number(value, comparison.row)
  if not number then faults:add(place, "%s: %s %s", thing, key, why) end
  return number
end

-- The comparison of an entry, and the value at which it ends.
local function read_comparison(thing, place, read, list, faults)
  local key
  for _, name in ipairs(comparison_names) do
    if read[name] ~= nil then
      if key then return faults:add(place, "%s compares twice, by %s and %s: write two conditions", thing, key, name) end
      key = name
    end
  end
  if not key then
    for _, name in ipairs { "section", "water", "constituent", "ends" } do
      if read[name] ~= nil then
        return faults:add(place, "%s says %s, but compares nothing: expected %s", thing, name, table.concat(comparison_names, ", "))
      end
    end
    return
  end
  local comparison = comparisons[key]
  local on = threshold(thing, place, key, read[key], comparison, faults)
  local off = read.ends ~= nil and threshold(thing, place, "ends", read.ends, comparison, faults) or nil
  if on and off and (comparison.below and off < on or not comparison.below and off > on) then
    faults:add(place, "%s begins %s %g %s and ends %s %g %s: it would begin and end at once", thing,
               comparison.below and "below" or "above", on, comparison.row.unit, comparison.below and "above" or "below", off,
               comparison.row.unit)
  end
  if (read.section == nil) == (read.water == nil) then
    faults:add(place, "%s: give either section or water for %s", thing, key)
  end
  if (comparison.watch == "concentration") ~= (read.constituent ~= nil) then
    faults:add(place, read.constituent and "%s: a constituent goes with conc_above or conc_below, not %s" or
               "%s: 'constituent' must be given for %s", thing, key)
  end
  list[#list + 1] = { watch = comparison.watch, below = comparison.below or false, on = on, off = off,
                      section = read.section, water = read.water, constituent = read.constituent }
end

-- One entry of `when` into the conditions that it stands for.
local function read_entry(thing, place, given, list, faults)
  local before = #faults.faults
  local read = words.fields(thing, place, given, condition_fields, faults, "level_above = …")
  if #faults.faults > before then return end
  read_comparison(thing, place, read, list, faults)
  if read.months then list[#list + 1] = { watch = "months", months = read.months } end
  if read.from or read.to then
    if read.from and read.to and read.to < read.from then faults:add(place, "%s: to is before from", thing) end
    list[#list + 1] = { watch = "dates", from = read.from or core.day "0001-01-01", ["until"] = read.to or core.day "9999-12-31" }
  end
end

local function read_when(name, place, given, faults)
  local list = {}
  local entries = given[1] ~= nil and given or { given }
  for i, entry in ipairs(entries) do
    local thing = ("rule '%s': when%s"):format(name, #entries > 1 and " " .. i or "")
    if type(entry) ~= "table" then
      faults:add(place, "%s is a %s, expected { level_above =, … }", thing, type(entry))
    else
      read_entry(thing, place, entry, list, faults)
    end
  end
  if #list == 0 and #faults.faults == 0 then
    faults:add(place, "rule '%s': when says nothing: it would always hold, which a change says", name)
  end
  return list
end

-- ── the word ────────────────────────────────────────────────────────────────────────────────────────────────────

local function table_of(value)
  if type(value) == "table" then return value end
  return nil, ("is a %s, expected a table"):format(type(value))
end

local duration = { unit = "d", lowest = 0, highest = 36525 }

local rule_fields = {
  structure = values.text, set = table_of, scale = table_of, when = table_of,
  at_least = function(value) -- "3 days" as warm_up has it, or any unit of time
    local days = type(value) == "string" and value:match "^(%d+)%s+days?$"
    return values.number(days and tonumber(days) or value, duration)
  end,
  name_en = values.text, name_zh = values.text, source = values.text, confidence = values.text, note = values.text,
  place = values.text,
}

local function read_sets(given, op, sets)
  for _, param in ipairs(words.sorted_keys(given or {})) do
    sets[#sets + 1] = { param = tostring(param), op = op, value = given[param] }
  end
end

local function make(name, place, given)
  local faults = fault.list()
  local read = words.fields(("rule '%s'"):format(name), place, given, rule_fields, faults, "set = { … }")
  place = read.place or place
  for _, key in ipairs { "structure", "when" } do
    if given[key] == nil then faults:add(place, "rule '%s': '%s' must be given", name, key) end
  end
  local sets = {}
  read_sets(read.set, "set", sets)
  read_sets(read.scale, "scale", sets)
  if #sets == 0 then faults:add(place, "rule '%s': 'set' must be given: what it changes, as { opening = \"0 m\" }", name) end
  local conditions = read.when and read_when(name, place, read.when, faults) or {}
  faults:raise()
  local about = { name_en = read.name_en, name_zh = read.name_zh, source = read.source, confidence = read.confidence,
                  note = read.note }
  return { word = "rule", kind = "rule", name = name, place = place, about = about, fields = {}, structure = read.structure,
           sets = sets, conditions = conditions, least_days = math.ceil(read.at_least or 0) }
end

rules.word = words.word("rule", make)

-- ── against a basin ─────────────────────────────────────────────────────────────────────────────────────────────

local function names_of(list)
  local names = {}
  for i, item in ipairs(list) do names[i] = item.name end
  return names
end

local function check_set(rule, structure, set, faults)
  local row, why = vocabulary.find("structure", set.param)
  if not row or row.about then
    return faults:add(rule.place, "rule '%s': structure '%s': %s", rule.name, structure.name,
                      why or ("'%s' is a description, which nothing is calculated from"):format(set.param))
  end
  local scaled = { unit = "", lowest = 0, highest = 1e9 }
  local value, bad = values.number(set.value, set.op == "scale" and scaled or row)
  if not value then return faults:add(rule.place, "rule '%s': %s of structure '%s' %s", rule.name, set.param, structure.name, bad) end
  set.number = value
end

local function check_place(basin, rule, condition, faults)
  local name, wanted = condition.section or condition.water, condition.section and "section" or "water"
  if not name then return end
  local item = basin:find(name)
  local fits = item and (wanted == "section" and item.kind == "section" or wanted == "water" and vocabulary.is_water[item.kind])
  if not fits then
    return faults:add(rule.place, "rule '%s': %s '%s' is not in basin '%s'%s", rule.name, wanted, name, basin.name,
                      vocabulary.hint(name, names_of(basin:list(wanted))))
  end
  if item.about.not_simulated then
    return faults:add(rule.place, "rule '%s': %s '%s' is not simulated: %s", rule.name, wanted, name, item.about.not_simulated)
  end
  local watched = names_of(core.observables())
  for _, own in ipairs(basin:own()) do watched[#watched + 1] = own end
  for _, sum in ipairs(basin:list "observable") do watched[#watched + 1] = sum.name end
  if condition.constituent and not vocabulary.is_in(condition.constituent, watched) then
    faults:add(rule.place, "rule '%s': no constituent '%s' to watch%s", rule.name, condition.constituent,
               vocabulary.hint(condition.constituent, watched))
  end
end

-- Names, parameters and units of a list of rules against a basin; set.number is the value in the row's unit.
function rules.check(basin, list, faults)
  local seen = {}
  for _, rule in ipairs(list) do
    if seen[rule.name] then
      faults:add(rule.place, "rule '%s' stands twice, also at %s, names must differ", rule.name, seen[rule.name])
    end
    seen[rule.name] = rule.place
    local structure = basin:find(rule.structure)
    if not structure or structure.kind ~= "structure" then
      faults:add(rule.place, "rule '%s': structure '%s' is not in basin '%s'%s", rule.name, rule.structure, basin.name,
                 vocabulary.hint(rule.structure, names_of(basin:list "structure")))
    elseif structure.about.not_simulated then
      faults:add(rule.place, "rule '%s': structure '%s' is not simulated: %s", rule.name, structure.name,
                 structure.about.not_simulated)
    else
      for _, set in ipairs(rule.sets) do check_set(rule, structure, set, faults) end
    end
    for _, condition in ipairs(rule.conditions) do check_place(basin, rule, condition, faults) end
  end
end

-- The rules of a scenario in the order in which they are obeyed: the basin's, less those that the scenario replaces, then
-- those of its measures, then its own.
function rules.of(basin, scenario)
  local own, named = {}, {}
  for _, measure in ipairs(scenario.measures) do
    for _, rule in ipairs(measure.rules or {}) do own[#own + 1] = rule end
  end
  for _, rule in ipairs(scenario.rules or {}) do own[#own + 1] = rule end
  for _, rule in ipairs(own) do named[rule.name] = true end
  local list = {}
  for _, rule in ipairs(basin.rules) do
    if not named[rule.name] then list[#list + 1] = rule end
  end
  for _, rule in ipairs(own) do list[#list + 1] = rule end
  return list
end

-- "level of X above 3 m (until 2 m)": for reports.
function rules.sentence(condition)
  local c = condition
  if c.watch == "months" then return "months " .. table.concat(c.months, ", ") end
  if c.watch == "dates" then return core.date(c.from) .. " to " .. core.date(c["until"]) end
  local unit = c.watch == "level" and "m" or c.watch == "flow" and "m3/s" or "mg/L"
  return ("%s of %s %s %g %s%s"):format(c.constituent or c.watch, c.section or c.water, c.below and "below" or "above", c.on,
                                        unit, c.off and (" (until %g)"):format(c.off) or "")
end

return rules
