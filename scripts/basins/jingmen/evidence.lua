-- evidence.lua -- what was seen in the basin, for studies to be held against: rows of observations.csv that say something of a quantity the
-- model has. Reconstructed rows are left out: they are made from classes. Counts of the city's sections, blooms, trophic indices and what
-- other models say have no counterpart here yet.
local eco = require "ecosim"
local tables = require "basins.jingmen.tables"

local variable = { temp = "temperature", ["do"] = "DO", codmn = "CODMn", nh3n = "NH3-N", tp = "TP", tn = "TN", class = "class" }
local kinds = { measured = "measured", range = "range", bound = "bound" }

local days = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

-- First or last day of "2018", "2018-01", "2018-02-09".
local function day_of(text, last)
  local year, month, day = text:match "^(%d%d%d%d)-?(%d?%d?)-?(%d?%d?)$"
  month = month ~= "" and month or (last and "12" or "01")
  day = day ~= "" and day or (last and ("%02d"):format(days[tonumber(month)]) or "01")
  return year .. "-" .. month .. "-" .. day
end

local function span(text)
  local from, to = text:match "^([^/]+)/(.+)$"
  return day_of(from or text, false), day_of(to or text, true)
end

-- Readings of April 2021 are kept to check with; what was seen before is fitted.
local function use_of(from)
  return from >= "2021" and "check" or "fit"
end

-- The chemistry of the Han at Zhuandou is what the boundary is made of (quality.lua): the model cannot miss it.
local function is_given(row)
  return row.section_id == "zhuandou" and row.variable ~= "temp"
end

local list = {}
for _, row in ipairs(tables.observations) do
  local name, kind = variable[row.variable], kinds[row.kind]
  if name and kind and row.section_id ~= "jingmen_city" and not is_given(row) then
    local from, to = span(row.date_or_year)
    local is_class = name == "class"
    list[#list + 1] = eco.evidence(row.id) {
      section = row.section_id, variable = name, from = from, to = to, kind = is_class and "class" or kind,
      value = not is_class and kind == "measured" and row.value or nil,
      low = is_class and (row.value_low or row.value) or kind ~= "measured" and row.value_low or nil,
      high = is_class and (row.value_high or row.value) or kind ~= "measured" and row.value_high or nil,
      unit = row.unit, source = row.source, confidence = row.confidence, note = row.note, use = use_of(from), place = row.place,
    }
  end
end
return list
