-- daily.lua -- eco.read_daily: weather or flow of each day from a CSV file below the script's folder.
--
--   date,rain (mm),t_min (C),t_max (C)
--   2016-01-01,0,-1.5,6.2
--
-- A column is `date` or a daily series of the parameter table ("rain" for daily.rain); its unit stands in its heading or
-- in `units`. Dates rise; days may be left out and cells empty: nothing is known of them then, and the run says whether it
-- can do without. The result goes into an item as `daily`.
local core = require "ecosim.core"
local csv = require "ecosim.csv"
local fault = require "ecosim.fault"
local values = require "ecosim.values"
local vocabulary = require "ecosim.vocabulary"

local daily = {}

-- name -> row: of a climate, and of the waters
local known, names = {}, {}
for _, kind in ipairs { "climate", "reach" } do
  for _, name in ipairs(vocabulary.names[kind]) do
    local short = name:match "^daily%.(.+)$"
    if short then
      known[short] = vocabulary.specs[kind][name]
      names[#names + 1] = short
    end
  end
end

-- ── options ─────────────────────────────────────────────────────────────────────────────────────────────────────

local function texts_by_name(value)
  if type(value) ~= "table" then return nil, ("is a %s, expected names"):format(type(value)) end
  for name, text in pairs(value) do
    if type(name) ~= "string" or type(text) ~= "string" then return nil, "expected { rain = \"…\" }" end
    if not known[name] then return nil, ("has '%s', which is no daily series%s"):format(name, vocabulary.hint(name, names)) end
  end
  return value
end

local function list_of_texts(value)
  if type(value) ~= "table" then return nil, ("is a %s, expected a list"):format(type(value)) end
  for _, text in ipairs(value) do
    if type(text) ~= "string" then return nil, "expected a list of columns" end
  end
  return value
end

local option_fields = { columns = texts_by_name, units = texts_by_name, ignore = list_of_texts, date = values.text }

-- ── heading ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- "rain (mm)" or "rain [mm]" -> "rain", "mm"
local function split(heading)
  local name, unit = heading:match "^%s*(.-)%s*[%(%[]%s*(.-)%s*[%)%]]%s*$"
  return name or heading:match "^%s*(.-)%s*$", unit
end

-- Columns of series: { heading =, name =, row =, unit = }; and the heading of the dates.
local function read_heading(heading, options, place, faults)
  local given, columns, date, seen = {}, {}, nil, {}
  for name, column in pairs(options.columns or {}) do given[column] = name end
  for _, text in ipairs(heading) do
    local bare, unit = split(text)
    local name = given[text] or given[bare] or (not (options.columns or {})[bare] and bare)
    if text == (options.date or "date") or bare == (options.date or "date") then
      date = text
    elseif known[name] then
      unit = unit or (options.units or {})[name]
      if not unit and known[name].unit ~= "" then
        faults:add(place, "column '%s' has no unit, expected it as '%s (%s)' or in units", text, bare, known[name].unit)
      elseif unit and not pcall(core.convert, 1.0, unit, known[name].unit) then
        faults:add(place, "column '%s' is in '%s', expected a unit that agrees with %s", text, unit, known[name].unit)
      end
      if seen[name] then faults:add(place, "columns '%s' and '%s' are both %s", seen[name], text, name) end
      seen[name] = text
      columns[#columns + 1] = { heading = text, name = name, row = known[name], unit = unit }
    elseif not vocabulary.is_in(text, options.ignore or {}) and not vocabulary.is_in(bare, options.ignore or {}) then
      faults:add(place, "unknown column '%s'%s: name it in columns or in ignore", text, vocabulary.hint(bare, names))
    end
  end
  for name, column in pairs(options.columns or {}) do
    if not seen[name] then faults:add(place, "column '%s' (%s) is missing", column, name) end
  end
  if not date then faults:add(place, "column '%s' is missing", options.date or "date") end
  if #columns == 0 and #faults.faults == 0 then faults:add(place, "no column but the date, expected such as 'rain (mm)'") end
  return date, columns
end

-- ── days ────────────────────────────────────────────────────────────────────────────────────────────────────────

local NAN = 0 / 0

local function day_of(row, date, last, faults)
  local day = row[date] and values.date(row[date])
  if not day then
    faults:add(row.place, "%s is '%s', expected a date that exists, as 2016-01-31", date, row[date] or "")
  elseif last and day == last.day then
    faults:add(row.place, "%s %s stands twice, also at %s", date, row[date], last.place)
    return nil
  elseif last and day < last.day then
    faults:add(row.place, "%s %s comes after %s, dates must rise", date, row[date], core.date(last.day))
    return nil
  end
  return day
end

-- NaN where the cell is empty
local function value_of(row, column, faults)
  local cell = row[column.heading]
  if not cell then return NAN end
  local number = csv.number(cell)
  local value, why
  if number then value, why = values.number(number, column.row, column.unit) else why = ("is '%s', expected a number"):format(cell) end
  if not value then faults:add(row.place, "%s %s", column.name, why) end
  return value or NAN
end

local function check_range(series, at, place, faults)
  local low, high = series.t_min and series.t_min[at], series.t_max and series.t_max[at]
  if low and high and low > high then
    faults:add(place, "t_min is %g C, above t_max, %g C", low, high)
  end
end

-- rows of csv.parse and their heading -> { rain = { first = day, place =, 0.0, 3.2, … }, … }
function daily.series(rows, heading, options, name)
  local faults, series = fault.list(), {}
  local date, columns = read_heading(heading, options, name .. ":1", faults)
  faults:raise()
  if #rows == 0 then fault.raise(name, "there are no days, expected one a line") end
  for _, column in ipairs(columns) do series[column.name] = { place = name } end
  local first, last
  for _, row in ipairs(rows) do
    local day = day_of(row, date, last, faults)
    if day then
      first = first or day
      for _, column in ipairs(columns) do
        local list = series[column.name]
        list.first = first
        for at = #list + 1, day - first do list[at] = NAN end
        list[day - first + 1] = value_of(row, column, faults)
      end
      check_range(series, day - first + 1, row.place, faults)
      last = { day = day, place = row.place }
    end
  end
  faults:raise()
  return series
end

-- options: columns = { rain = "P" }: which column is which series; units = { rain = "mm" }; date = "day": the column of
-- dates; ignore = { "station" }: columns that are passed over.
function daily.read(path, options)
  local place, faults = fault.here(2), fault.list()
  local words = require "ecosim.words"
  options = words.fields(("read_daily of '%s'"):format(tostring(path)), place, options or {}, option_fields, faults,
                         "date = \"day\"")
  faults:raise()
  local rows, heading = csv.read(path)
  return daily.series(rows, heading, options, path)
end

return daily
