-- gb3838.lua -- classes of surface water, GB 3838-2002 table 1, judged by the worst single factor.
-- Rules and their edges: libecosim/doc/scores.md. Limits: data/standards_water.csv (confidence B).
local csv = require "ecosim.csv"
local text = require "ecosim.text"

local gb3838 = { name = "GB 3838-2002" }

-- What the model knows and the class rests on. TN is not here: it has no limit for rivers and none of the 2011 rules'
-- class for lakes; it is reported beside the class.
gb3838.judged = { "DO", "CODMn", "NH3-N", "TP" }
gb3838.numerals = { "I", "II", "III", "IV", "V", ">V" }
gb3838.numerals_zh = { "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ" }
gb3838.worse_than_five = 6

local names = { ["do"] = "DO", codmn = "CODMn", nh3n = "NH3-N", tp = "TP", tn = "TN", cd = "Cd" }
local lake_kinds = { lake = true, reservoir = true }

-- limits[kind][variable] = { sense = "max" | "min", [1..5] = mg/L }
local function read_limits(path)
  local limits = { river = {}, lake = {} }
  for _, row in ipairs(csv.parse(text.read_file(path), path)) do
    local variable = names[row.variable]
    if variable and row.sense ~= "range" and row.applies_to ~= "source" then
      local limit = { sense = row.sense, source = row.source, confidence = row.confidence }
      for class = 1, 5 do limit[class] = tonumber(row["class_" .. class]) end
      for kind in pairs(limits) do
        if row.applies_to == "all" or row.applies_to == kind then limits[kind][variable] = limit end
      end
    end
  end
  return limits
end

local limits = read_limits(text.folder_of_caller() .. "data/standards_water.csv")

-- "lake" for lakes and reservoirs, "river" for reaches and canals.
function gb3838.kind_of(water_kind)
  return lake_kinds[water_kind] and "lake" or "river"
end

-- nil where the standard has no limit (TN of a river).
function gb3838.limit(variable, kind, class)
  local row = limits[kind][variable]
  return row and row[class], row and row.sense
end

-- The limit as it is compared: equal meets, and a mean of equal values may miss it by the last bit of a double.
function gb3838.threshold(variable, kind, class)
  local limit, sense = gb3838.limit(variable, kind, class)
  if not limit then return nil end
  return sense == "max" and limit * (1 + 1e-9) or limit * (1 - 1e-9), sense
end

function gb3838.meets(variable, value, kind, class)
  local threshold, sense = gb3838.threshold(variable, kind, class)
  if not threshold or value ~= value then return nil end
  if sense == "max" then return value <= threshold end
  return value >= threshold
end

-- The best class whose limit the value meets, 6 for worse than class V; nil where there is no limit or no value.
function gb3838.class(variable, value, kind)
  if not value or value ~= value or not limits[kind][variable] then return nil end
  for class = 1, 5 do
    if gb3838.meets(variable, value, kind, class) then return class end
  end
  return gb3838.worse_than_five
end

-- values[variable] = mg/L. Returns the class and the variables that decide it; nil without any judged value.
function gb3838.worst(values, kind)
  local worst, by = nil, {}
  for _, variable in ipairs(gb3838.judged) do
    local class = gb3838.class(variable, values[variable], kind)
    if class and (not worst or class > worst) then
      worst, by = class, { variable }
    elseif class and class == worst then
      by[#by + 1] = variable
    end
  end
  return worst, by
end

local by_word = { I = 1, II = 2, III = 3, IV = 4, V = 5, ["Ⅰ"] = 1, ["Ⅱ"] = 2, ["Ⅲ"] = 3, ["Ⅳ"] = 4, ["Ⅴ"] = 5 }

-- 4, "4" or "IV" -> 4; nil for anything else.
function gb3838.class_number(word)
  local number = by_word[word] or math.tointeger(tonumber(word))
  return number and number >= 1 and number <= 5 and number or nil
end

return gb3838
