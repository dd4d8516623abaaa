-- changes.lua -- what is decided and what is not known: eco.measure, eco.scenario, eco.draw.
--
-- A measure is one dated act of policy: changes to numbers of the basin, and what they cost. A scenario is a named list
-- of measures. A draw is an uncertain input. The core knows changes only; what they mean stays here.
local fault = require "ecosim.fault"
local values = require "ecosim.values"
local vocabulary = require "ecosim.vocabulary"
local words = require "ecosim.words"

local changes = {}
local check_factor

-- ── changes ─────────────────────────────────────────────────────────────────────────────────────────────────────

local function op(value)
  if value == "set" or value == "scale" then return value end
  return nil, ("is '%s', must be set (becomes the value) or scale (is multiplied by it)"):format(tostring(value))
end

local function any(value)
  if type(value) == "string" or type(value) == "number" or type(value) == "boolean" then return value end
  return nil, ("is a %s, expected a number or a text with a unit"):format(type(value))
end

local change_fields = {
  from = values.date, by = values.date, ["until"] = values.date, item = values.text, param = values.text, op = op,
  value = any, unit = values.text, note = values.text, source = values.text, confidence = values.text,
  place = values.text,
}

-- `until` is a word of Lua's own; `by` says the same: the change is reached, evenly, by that day.
local function read_change(thing, number, place, given, default, faults)
  local name = ("%s: change %d"):format(thing, number)
  if type(given) ~= "table" then
    return faults:add(place, "%s is a %s, expected { item =, param =, value = }", name, type(given))
  end
  local where = type(given.place) == "string" and given.place or place
  local read = words.fields(name, where, given, change_fields, faults, "item = …, param = …, value = …")
  for _, key in ipairs { "item", "param", "value" } do
    if given[key] == nil then faults:add(where, "%s: '%s' must be given", name, key) end
  end
  read.place, read.thing = where, name
  read.op = read.op or "set"
  read.from = read.from or default.from
  read["until"] = read["until"] or read.by or default["until"]
  read.by = nil
  if not read.from then faults:add(where, "%s: 'from' must be given: the day it starts", name) end
  if read.from and read["until"] and read["until"] < read.from then
    faults:add(where, "%s: it is reached before it starts", name)
  end
  return read
end

-- The checked changes of a list; `thing` words the messages, `default` gives from and until.
function changes.list(thing, place, given, default, faults)
  local list = {}
  for i, change in ipairs(given) do list[#list + 1] = read_change(thing, i, place, change, default, faults) end
  return list
end

-- The parameter of a process as a row, or nil and a fault.
local function process_row(item, name)
  local names = {}
  for i, param in ipairs(item.params) do
    if param.name == name then return param end
    names[i] = param.name
  end
  return nil, ("no parameter '%s'%s"):format(name, vocabulary.hint(name, names))
end

local function check_change(basin, change, faults)
  local item = basin:find(change.item)
  if not item then
    local names = {}
    for _, other in ipairs(basin.items) do names[#names + 1] = other.name end
    return faults:add(change.place, "%s: item '%s' is not in basin '%s'%s", change.thing, change.item, basin.name,
                      vocabulary.hint(change.item, names))
  end
  if item.about.not_simulated then
    return faults:add(change.place, "%s: %s '%s' is not simulated: %s", change.thing, item.kind, item.name,
                      item.about.not_simulated)
  end
  local row, why
  if item.kind == "process" then row, why = process_row(item, change.param) else row, why = vocabulary.find(item.kind, change.param) end
  if not row or row.about then
    return faults:add(change.place, "%s: %s '%s': %s", change.thing, item.kind, item.name,
                      why or ("'%s' is a description, which nothing is calculated from"):format(change.param))
  end
  local scaled = { unit = "", lowest = 0, highest = 1e9 }
  local value, bad = values.number(change.value, change.op == "scale" and scaled or row, change.unit)
  if not value then
    return faults:add(change.place, "%s: %s of %s '%s' %s", change.thing, change.param, item.kind, item.name, bad)
  end
  change.number = value
end

-- Items, parameters and units of a list of changes against a basin; change.number is the value in the row's unit.
function changes.check(basin, list, faults)
  for _, change in ipairs(list) do check_change(basin, change, faults) end
end

-- ── measures and scenarios ──────────────────────────────────────────────────────────────────────────────────────

local function amount(value)
  if type(value) ~= "number" or not (value >= 0) or value == math.huge then
    return nil, ("is %s, expected a number of 0 or more"):format(tostring(value))
  end
  return value
end

local cost_fields = { capital = amount, running = amount, lifetime = amount, from = values.date, payer = values.text }

local function cost_of(value)
  if type(value) ~= "table" then
    return nil, ("is a %s, expected { capital =, running =, lifetime = }"):format(type(value))
  end
  local faults = fault.list()
  local read = words.fields("cost", "", value, cost_fields, faults, "capital = …")
  local first = faults.faults[1]
  if first then return nil, "has a fault: " .. first.text:gsub("^cost: ", "") end
  return read
end

local function grade(value)
  if type(value) == "string" and value:find "^[ABC]$" then return value end
  return nil, ("is '%s', must be A, B or C"):format(tostring(value))
end

local function list_of(value)
  if type(value) == "table" then return value end
  return nil, ("is a %s, expected a list"):format(type(value))
end

local measure_fields = {
  from = values.date, by = values.date, ["until"] = values.date, changes = list_of, cost = cost_of,
  name_en = values.text, name_zh = values.text, source = values.text, confidence = grade, note = values.text,
  county = values.text, payer = values.text, kind = values.text, size = any, unit = values.text, rules = list_of,
}

local function is_word(word)
  return function(item) return item.word == word end
end

local function make_measure(name, place, given)
  local faults = fault.list()
  local read = words.fields(("measure '%s'"):format(name), place, given, measure_fields, faults, "changes = { { … } }")
  read["until"], read.by = read["until"] or read.by, nil
  if given.changes == nil and given.rules == nil then
    faults:add(place, "measure '%s': 'changes' must be given", name)
  end
  local own = words.flatten("measure", name, place, read.rules or {}, faults, is_word "rule")
  read.rules = nil
  local list = changes.list(("measure '%s'"):format(name), place, read.changes or {}, read, faults)
  faults:raise()
  read.changes = nil
  return { word = "measure", kind = "measure", name = name, place = place, about = read, fields = {}, changes = list,
           rules = own }
end

local scenario_fields = {
  name_en = values.text, name_zh = values.text, title = values.text, title_zh = values.text, note = values.text,
  source = values.text,
}

local function make_scenario(name, place, given)
  local faults = fault.list()
  local read = words.fields(("scenario '%s'"):format(name), place, given, scenario_fields, faults)
  local function fits(w) return w.word == "measure" or w.word == "rule" end
  local list, measures, own = words.flatten("scenario", name, place, given, faults, fits), {}, {}
  for _, item in ipairs(list) do table.insert(item.word == "rule" and own or measures, item) end
  faults:raise()
  return { word = "scenario", kind = "scenario", name = name, place = place, about = read, fields = {},
           measures = measures, rules = own }
end

-- ── draws ───────────────────────────────────────────────────────────────────────────────────────────────────────

local distributions = { "lognormal", "uniform", "triangular" }

local function distribution(value)
  if vocabulary.is_in(value, distributions) then return value end
  return nil, ("is '%s', must be lognormal, uniform or triangular%s"):format(tostring(value),
                                                                             vocabulary.hint(value, distributions))
end

local function finite(value)
  if type(value) == "number" and value - value == 0 then return value end
  return nil, ("is %s, expected a finite number"):format(tostring(value))
end

local draw_fields = {
  group = values.text, item = values.text, param = values.text, distribution = distribution, low = finite,
  typical = finite, high = finite, source = values.text, confidence = grade, note = values.text, name_zh = values.text,
  name_en = values.text, place = values.text,
}

local function check_spread(name, place, read, faults)
  local low, typical, high = read.low, read.typical, read.high
  if not (low and high) then
    return faults:add(place, "draw of '%s': 'low' and 'high' must be given", name)
  end
  typical = typical or (read.distribution == "uniform" and (low + high) / 2)
  if not typical then return faults:add(place, "draw of '%s': 'typical' must be given", name) end
  if not (low <= typical and typical <= high) then
    faults:add(place, "draw of '%s': low %g, typical %g, high %g must rise", name, low, typical, high)
  elseif read.distribution == "lognormal" and not (low > 0) then
    faults:add(place, "draw of '%s': low is %g, must be above 0 for a lognormal", name, low)
  end
  read.typical = typical
end

function changes.draw(given)
  local place = fault.here(2)
  if type(given) ~= "table" then
    fault.raise(place, "draw is followed by a %s, expected a table: eco.draw { … }", type(given))
  end
  local name, faults = tostring(given.group or given.item or "?"), fault.list()
  local read = words.fields(("draw of '%s'"):format(name), place, given, draw_fields, faults, "group = …")
  if type(read.place) == "string" then place = read.place end
  if (read.group == nil) == (read.item == nil) then
    faults:add(place, "draw: give either group (of sources) or item (kinetics, a process, climate or a water)")
  end
  read.param = read.param or (read.group and "load")
  read.distribution = read.distribution or "lognormal"
  if not read.param then faults:add(place, "draw of '%s': 'param' must be given", name) end
  if #faults.faults == 0 then check_spread(name, place, read, faults) end
  faults:raise()
  read.place = nil
  return { word = "draw", kind = "draw", name = name .. "." .. read.param, place = place, fields = read, about = {} }
end

-- The parameter of a process: the draw is its number.
local function check_process(process, draw, faults)
  local d, names = draw.fields, {}
  for i, param in ipairs(process.params) do
    names[i] = param.name
    if param.name == d.param then
      if d.low < param.lowest or d.high > param.highest then
        faults:add(draw.place, "draw of '%s': %s is %g..%g, must be within %g..%g %s", d.item, d.param, d.low, d.high,
                   param.lowest, param.highest, param.unit)
      end
      return
    end
  end
  faults:add(draw.place, "draw of '%s': the process has no parameter '%s'%s", d.item, d.param,
             vocabulary.hint(d.param, names))
end

-- A factor on the climate, or on the inflow or the table of a water.
function check_factor(basin, draw, faults)
  local d = draw.fields
  local water = basin:find(d.item)
  local is_water = water and vocabulary.is_water[water.kind]
  local can = { rain = d.item == "climate", evaporation = d.item == "climate",
                inflow = is_water and (water.fields.inflow or water.fields["daily.inflow"]) ~= nil,
                area = is_water and water.fields.area ~= nil }
  if d.item ~= "climate" and not is_water then
    local names = { "kinetics", "climate" }
    for _, other in ipairs(basin:list "water") do names[#names + 1] = other.name end
    faults:add(draw.place, "draw of '%s': item must be kinetics, a process, climate or a water%s, or give group", d.item,
               vocabulary.hint(d.item, names))
  elseif not can[d.param] then
    local known = {}
    for _, name in ipairs { "rain", "evaporation", "inflow", "area" } do
      if can[name] then known[#known + 1] = name end
    end
    faults:add(draw.place, "draw of '%s': param is '%s', must be %s", d.item, d.param,
               #known > 0 and table.concat(known, " or ") or "another item's: it has neither inflow nor area")
  end
end

function changes.check_draws(basin, draws, faults)
  local seen = {}
  for _, draw in ipairs(draws) do
    local d = draw.fields
    if seen[draw.name] then
      faults:add(draw.place, "draw of '%s' stands twice, also at %s", draw.name, seen[draw.name])
    end
    seen[draw.name] = draw.place
    if d.group and not vocabulary.is_in(d.group, basin:groups()) then
      faults:add(draw.place, "draw of '%s': no source of basin '%s' has that group%s", d.group, basin.name,
                 vocabulary.hint(d.group, basin:groups()))
    elseif d.group and d.param ~= "load" then
      faults:add(draw.place, "draw of '%s': param is '%s', must be load", d.group, d.param)
    elseif d.item and (basin:find(d.item) or {}).kind == "process" then
      check_process(basin:find(d.item), draw, faults)
    elseif d.item and d.item ~= "kinetics" then
      check_factor(basin, draw, faults)
    elseif d.item and not (vocabulary.specs.kinetics[d.param] and not vocabulary.specs.kinetics[d.param].about) then
      faults:add(draw.place, "draw of 'kinetics': no rate '%s'%s", d.param,
                 vocabulary.hint(d.param, vocabulary.names.kinetics))
    end
  end
end

changes.measure = words.word("measure", make_measure)
changes.scenario = words.word("scenario", make_scenario)

return changes
