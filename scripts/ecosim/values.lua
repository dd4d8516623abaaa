-- values.lua -- a value as an analyst writes it, made into what the core takes: numbers in the unit of the row.
-- Every function gives the value, or nil and the fault in words; the caller knows whose value it is.
local core = require "ecosim.core"

local values = {}

local function quoted(value)
  return type(value) == "string" and "'" .. value .. "'" or tostring(value)
end

local function with_unit(value, unit)
  return ("%.6g"):format(value) .. (unit ~= "" and " " .. unit or "")
end

local function in_unit(unit)
  return unit ~= "" and " in " .. unit or ""
end

local function finite(value)
  return value == value and value ~= math.huge and value ~= -math.huge
end

-- "42 km" or 42000 -> 42000 for a row in m. A bare number is in the row's own unit, or in `unit` where one is given; a
-- text must have its unit: who writes "42" had one in mind.
local function plain(value, wanted, unit)
  if type(value) == "boolean" then value = value and 1 or 0 end
  if type(value) == "string" then
    local good, number, written = pcall(core.quantity, value)
    if not good then return nil, ("is '%s', expected a number%s"):format(value, in_unit(wanted)) end
    if written == "" and wanted ~= "" and not unit then
      return nil, ("is '%s', expected a unit with it, as \"%s %s\""):format(value, value, wanted)
    end
    value, unit = number, written ~= "" and written or unit
  elseif type(value) ~= "number" then
    return nil, ("is a %s, expected a number%s"):format(type(value), in_unit(wanted))
  end
  if value ~= value then return nil, "is not a number (nan)" end
  if not finite(value) then return nil, ("is %s, expected a finite number"):format(value) end
  if unit and unit ~= "" and unit ~= wanted then
    local good, converted = pcall(core.convert, value, unit, wanted)
    if not good then
      local expected = wanted == "" and "a pure number" or "a unit that agrees with " .. wanted
      return nil, ("is in '%s', expected %s"):format(unit, expected)
    end
    value = converted
  end
  return value + 0.0
end

function values.number(value, row, unit)
  local number, why = plain(value, row.unit, unit)
  if not number then return nil, why end
  if row.lowest and (number < row.lowest or number > row.highest) then
    local shown = type(value) == "string" and quoted(value) or with_unit(number, row.unit)
    return nil, ("is %s, must be %.6g..%s"):format(shown, row.lowest, with_unit(row.highest, row.unit))
  end
  return number
end

function values.text(value)
  if type(value) == "string" then
    if not utf8.len(value) then return nil, "is not UTF-8" end
    return value
  end
  return nil, ("is a %s, expected a text"):format(type(value))
end

-- { 1, 2, 3, unit = "m3/s" }; the unit may be absent or stand in each value
local function numbers(value, row, what)
  local unit, list = value.unit, {}
  for key in pairs(value) do
    if key ~= "unit" and math.type(key) ~= "integer" then
      return nil, ("has a field '%s', expected %s"):format(tostring(key), what)
    end
  end
  for i = 1, #value do
    local number, why = values.number(value[i], row, unit)
    if not number then return nil, ("value %d "):format(i) .. why end
    list[i] = number
  end
  return list
end

-- twelve numbers, or one for all months
function values.monthly(value, row)
  if type(value) ~= "table" then
    local number, why = values.number(value, row)
    return number and { number }, why
  end
  local list, why = numbers(value, row, "12 numbers, January first")
  if not list then return nil, why end
  if #list ~= 12 and #list ~= 1 then
    return nil, ("has %d values, expected 12 (January first) or one for all months"):format(#list)
  end
  return list
end

function values.table(value, row)
  if type(value) ~= "table" then return nil, ("is %s, expected a list of numbers"):format(quoted(value)) end
  local list, why = numbers(value, row, "a list of numbers")
  if list and #list < 2 then return nil, ("has %d values, expected 2 or more"):format(#list) end
  return list, why
end

local function shares(value)
  if type(value) ~= "table" then return nil, ("is a %s, expected shares by name"):format(type(value)) end
  local copy = {}
  for name, share in pairs(value) do
    if type(name) ~= "string" or type(share) ~= "number" or not (share >= 0 and share <= 1) then
      return nil, ("'%s' is %s, expected a share 0..1"):format(tostring(name), tostring(share))
    end
    copy[name] = share
  end
  return copy
end

function values.date(value)
  if type(value) == "string" then
    local good, day = pcall(core.day, value)
    if good then return day end
  end
  return nil, ("is %s, expected a date that exists, as 2016-01-31"):format(quoted(value))
end

-- What eco.read_daily gives of one column, or { from = "2016-01-01", unit = "mm", 0, 3.2, false, … } (false: not known).
function values.daily(value, row)
  if type(value) ~= "table" then return nil, ("is %s, expected a series of eco.read_daily"):format(quoted(value)) end
  if math.type(value.first) == "integer" and type(value.place) == "string" then return value end
  local first, why = values.date(value.from)
  if not first then return nil, "has a 'from' that " .. why end
  local series = { first = first, place = type(value.place) == "string" and value.place or nil }
  for i = 1, #value do
    local number = 0 / 0
    if value[i] ~= false then
      number, why = values.number(value[i], row, value.unit)
      if not number then return nil, ("of %s "):format(core.date(first + i - 1)) .. why end
    end
    series[i] = number
  end
  if #series == 0 then return nil, "has no days" end
  return series
end

-- { [2016] = { rain = 1.2, inflow = { Lena = 1.1 }, source = "…", confidence = "C" } }: factors on the means of years
local function years(value)
  if type(value) ~= "table" then return nil, ("is a %s, expected years by number"):format(type(value)) end
  local copy = {}
  for year, told in pairs(value) do
    if math.type(year) ~= "integer" or type(told) ~= "table" then
      return nil, ("has '%s', expected [2016] = { rain = 1.2 }"):format(tostring(year))
    end
    local rain = told.rain
    if type(rain) ~= "number" or not (rain >= 0 and rain <= 5) then
      return nil, ("of %d: rain is %s, expected a factor 0..5"):format(year, tostring(rain))
    end
    for water, factor in pairs(told.inflow or {}) do
      if type(factor) ~= "number" or not (factor >= 0 and factor <= 20) then
        return nil, ("of %d: inflow of '%s' is %s, expected a factor 0..20"):format(year, water, tostring(factor))
      end
    end
    copy[year] = told
  end
  return copy
end

local reader = {
  number = values.number, monthly = values.monthly, table = values.table, text = values.text,
  county = values.text, counties = values.text, shares = shares, daily = values.daily, years = years,
}

-- By the row's form.
function values.read(value, row)
  return reader[row.form](value, row)
end

return values
