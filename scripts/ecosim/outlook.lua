-- outlook.lua -- what a study says of its weather: "generated", "wet", "normal", "dry", "very dry", a year of the basin's
-- climate such as 2016, or one of these for each year: { [2016] = "wet", [2017] = 2011, rest = "normal" }.
--
-- Frequencies are those of yearly amounts in Chinese practice: a quarter of years have more than a wet one, half more than
-- a normal one, three quarters more than a dry one; a very dry one is at nine tenths, the last that flow tables give.
local vocabulary = require "ecosim.vocabulary"
local words = require "ecosim.words"

local outlook = {}

local classes = {
  wet = { exceeded = 0.25, inflow = "inflow_wet" }, normal = { exceeded = 0.5, inflow = "inflow_normal" },
  dry = { exceeded = 0.75, inflow = "inflow_dry" }, ["very dry"] = { exceeded = 0.9, inflow = "inflow_very_dry" },
}
local class_names = { "generated", "wet", "normal", "dry", "very dry" }

-- "2016" and 2016 are the same year
local function word_of(value)
  if math.type(value) == "integer" then return value end
  if type(value) ~= "string" then return nil end
  return value:find "^%d%d%d%d$" and math.tointeger(tonumber(value)) or value
end

local function expected()
  return "expected generated, wet, normal, dry, very dry or a year of the climate"
end

-- A field of a study: a list of { year = 0 for all others, word }.
function outlook.read(value)
  local word = word_of(value)
  if word then return { { year = 0, word = word } } end
  if type(value) ~= "table" then return nil, ("is a %s, %s"):format(type(value), expected()) end
  local list = {}
  for _, key in ipairs(words.sorted_keys(value)) do
    local year = key == "rest" and 0 or math.type(key) == "integer" and key
    if not year or year < 0 or year > 9999 then
      return nil, ("has '%s', expected years, as { [2016] = \"wet\", rest = \"normal\" }"):format(tostring(key))
    end
    word = word_of(value[key])
    if not word then return nil, ("of %s is a %s, %s"):format(tostring(key), type(value[key]), expected()) end
    list[#list + 1] = { year = year, word = word }
  end
  return list
end

local function years_of(climate)
  local years = {}
  for year in pairs(climate.about.years or {}) do years[#years + 1] = year end
  table.sort(years)
  return years
end

-- What a word means for the waters with a monthly inflow: water -> factor.
local function inflows(basin, factor_of)
  local factors = {}
  for _, water in ipairs(basin:list "water") do
    local factor = water.fields.inflow and not water.fields["daily.inflow"] and factor_of(water)
    if factor then factors[water.name] = factor end
  end
  return factors
end

local function check_year(basin, thing, place, climate, word, faults)
  local told = climate.about.years and climate.about.years[word]
  if not told then
    local years = years_of(climate)
    return faults:add(place, "%s: weather is '%s', which is no year of climate '%s'%s: expected generated, wet, normal, "
                      .. "dry, very dry%s", thing, tostring(word), climate.name,
                      type(word) == "string" and vocabulary.hint(word, class_names) or "",
                      #years > 0 and " or one of " .. table.concat(years, ", ") or "")
  end
  for _, name in ipairs(words.sorted_keys(told.inflow or {})) do
    local water = basin:find(name)
    if not water or not water.fields.inflow then
      faults:add(place, "%s: year %d of climate '%s' has an inflow of '%s', which has none", thing, word, climate.name, name)
    end
  end
  return told
end

-- list of outlook.read -> rows for lower.outlooks; faults name what is not there.
function outlook.resolve(basin, thing, place, list, faults)
  local rows, climate = {}, basin:list("climate")[1]
  for _, entry in ipairs(list or {}) do
    local class = classes[entry.word]
    if entry.word ~= "generated" and not climate then
      faults:add(place, "%s: weather is '%s', but basin '%s' has no climate", thing, tostring(entry.word), basin.name)
    elseif entry.word ~= "generated" and climate.fields["daily.rain"] then
      faults:add(place, "%s: weather is '%s', but the rain of climate '%s' is given day by day", thing,
                 tostring(entry.word), climate.name)
    elseif class then
      rows[#rows + 1] = { year = entry.year, word = entry.word, exceeded = class.exceeded, rain = 1,
                          inflow = inflows(basin, function(water) return water.about[class.inflow] end) }
    elseif entry.word == "generated" then
      rows[#rows + 1] = { year = entry.year, word = entry.word, inflow = {} }
    else
      local told = check_year(basin, thing, place, climate, entry.word, faults)
      if told then
        rows[#rows + 1] = { year = entry.year, word = entry.word, exceeded = 0, rain = told.rain,
                            inflow = inflows(basin, function(water) return (told.inflow or {})[water.name] end) }
      end
    end
  end
  return rows
end

-- In words, for show and the results file: "wet", or "2016 wet, 2017 as 2011, all others normal".
function outlook.text(list)
  if not list or #list == 0 then return "generated" end
  if #list == 1 and list[1].year == 0 then return tostring(list[1].word) end
  local parts, rest = {}, "generated"
  for _, entry in ipairs(list) do
    if entry.year == 0 then
      rest = tostring(entry.word)
    else
      parts[#parts + 1] = ("%d %s%s"):format(entry.year, math.type(entry.word) == "integer" and "as " or "", entry.word)
    end
  end
  return table.concat(parts, ", ") .. ", all others " .. rest
end

return outlook
