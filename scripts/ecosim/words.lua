-- words.lua -- one word a kind of item: eco.reach "Lena" { length = "42 km", … }.
--
-- A word returns a plain table { word =, kind =, name =, place =, fields =, about = } and computes nothing. `fields` is
-- what the core is given, in the unit of the parameter table ("conc.NH3-N" = 6.0); `about` is what is shown, judged
-- and stored. Every fault of an item is reported at once, at the line of its word.
local fault = require "ecosim.fault"
local values = require "ecosim.values"
local vocabulary = require "ecosim.vocabulary"

local words = {}

local MUST = "must be given" -- the core's mark for a parameter without a fallback

local function sorted_keys(given)
  local keys = {}
  for key in pairs(given) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  return keys
end

-- conc = { ["NH3-N"] = "6 mg/L" } stands for ["conc.NH3-N"] = "6 mg/L". `inflow` may be a list of months as well, so
-- its concentrations are written as inflow_conc.
local function family_of(kind, key, value)
  if type(value) ~= "table" then return nil end
  local families = vocabulary.families[kind]
  if key == "inflow_conc" and families.inflow then return "inflow" end
  if families[key] and not vocabulary.specs[kind][key] then return key end
end

local function spread_families(kind, given)
  local flat = {}
  for _, key in ipairs(sorted_keys(given)) do
    local family = family_of(kind, key, given[key])
    if family then
      for _, constituent in ipairs(sorted_keys(given[key])) do
        flat[#flat + 1] = { family .. "." .. tostring(constituent), given[key][constituent] }
      end
    else
      flat[#flat + 1] = { key, given[key] }
    end
  end
  return flat
end

local function read_field(item, key, value, faults)
  local thing = ("%s '%s'"):format(item.kind, item.name)
  if type(key) ~= "string" then
    faults:add(item.place, "%s: value %s has no field name, write name = value", thing, tostring(key))
    return
  end
  local row, why = vocabulary.find(item.kind, key)
  if not row then return faults:add(item.place, "%s: %s", thing, why) end
  local read, bad = values.read(value, row)
  if read == nil then return faults:add(item.place, "%s: %s %s", thing, key, bad) end
  if row.about then item.about[key] = read else item.fields[key] = read end
end

local function check_about(item, faults)
  local grade = item.about.confidence
  if grade and not grade:find "^[ABC]$" then
    faults:add(item.place, "%s '%s': confidence is '%s', must be A, B or C", item.kind, item.name, grade)
  end
  local class = item.about.target_class
  if class and class % 1 ~= 0 then
    faults:add(item.place, "%s '%s': target_class is %g, must be 1, 2, 3, 4 or 5", item.kind, item.name, class)
  end
end

local function check_given(item, faults)
  if item.about.not_simulated then return end
  for _, name in ipairs(vocabulary.names[item.kind]) do
    local row = vocabulary.specs[item.kind][name]
    if row.source == MUST and not row.about and item.fields[name] == nil then
      faults:add(item.place, "%s '%s': '%s' must be given (%s%s)", item.kind, item.name, name,
                 row.text ~= "" and row.text or row.form, row.unit ~= "" and ", " .. row.unit or "")
    end
  end
end

function words.item(kind, name, place, given)
  local item = { word = kind, kind = kind, name = name, place = place, fields = {}, about = {} }
  local faults = fault.list()
  if type(rawget(given, "place")) == "string" then item.place = given.place end
  for _, pair in ipairs(spread_families(kind, given)) do read_field(item, pair[1], pair[2], faults) end
  item.about.place = nil
  if #faults.faults == 0 then check_given(item, faults) end
  check_about(item, faults)
  faults:raise()
  if kind == "constituent" then vocabulary.add_constituent(name) end
  return item
end

-- A word is called with a name, then with one table. `make(name, place, given)` says what it makes.
function words.word(word, make)
  return function(name)
    local place = fault.here(2) -- here and not below: `return eco.study "name" { … }` is a tail call without a line
    if type(name) ~= "string" or name == "" then
      fault.raise(place, "%s: the name is %s, expected a text: eco.%s \"name\" { … }", word,
                  name == "" and "empty" or "a " .. type(name), word)
    end
    if not utf8.len(name) then fault.raise(place, "%s: the name is not UTF-8", word) end
    return function(given)
      if type(given) ~= "table" then
        fault.raise(place, "%s '%s' is followed by a %s, expected a table: eco.%s \"%s\" { … }", word, name,
                    type(given), word, name)
      end
      return make(name, place, given)
    end
  end
end

function words.add_to(eco)
  for _, kind in ipairs(vocabulary.kinds) do
    local word = kind.word
    eco[word] = words.word(word, function(name, place, given) return words.item(word, name, place, given) end)
  end
end

-- Checks the named fields of a table that is no item (measure, change, condition, study, draw, options): known is
-- { name = function(value) -> read | nil, fault }. example: how a field is written, for what has no name; nil where the list
-- part has a reader of its own.
function words.fields(thing, place, given, known, faults, example)
  local read, names = {}, sorted_keys(known)
  for _, key in ipairs(sorted_keys(given)) do
    local check = known[key]
    if check then
      local value, why = check(given[key])
      if value == nil then faults:add(place, "%s: %s %s", thing, key, why) end
      read[key] = value
    elseif type(key) == "string" then
      faults:add(place, "%s: no field '%s'%s", thing, key, vocabulary.hint(key, names))
    elseif example then
      faults:add(place, "%s: value %s has no field name, write %s", thing, tostring(key), example)
    end
  end
  return read
end

-- The list part of `given`, nested lists flattened in order. Items are what has a `word`.
function words.flatten(word, name, place, given, faults, accepts, into)
  into = into or {}
  local length = 0
  for key in pairs(given) do
    if math.type(key) == "integer" and key > length then length = key end
  end
  for i = 1, length do
    local value = given[i]
    if type(value) == "table" and rawget(value, "word") then
      if accepts(value) then
        into[#into + 1] = value
      else
        faults:add(place, "%s '%s': value %d is a %s, which does not belong in a %s", word, name, i, value.word, word)
      end
    elseif type(value) == "table" then
      words.flatten(word, name, place, value, faults, accepts, into)
    else
      faults:add(place, "%s '%s': value %d is %s, expected a word such as eco.reach \"name\" { … }", word, name, i,
                 type(value) == "nil" and "nil (a misspelt variable?)" or "a " .. type(value))
    end
  end
  return into
end

words.sorted_keys = sorted_keys

return words
