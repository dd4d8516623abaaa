-- rules.lua -- what the keepers of the works are told: operating_rules.csv, in every scenario. A scenario's rule of the same
-- name takes the place of the row's.
local eco = require "ecosim"
local tables = require "basins.jingmen.tables"
local in_1985 = require "basins.jingmen.datum"

local function months(text)
  if not text then return nil end
  local list = {}
  for month in text:gmatch "%d+" do list[#list + 1] = math.tointeger(tonumber(month)) end
  return list
end

-- Parameters that are levels: converted like the level of a condition.
local levels = { open_level = true, hold_level = true, crest = true, on_level = true, off_level = true, outside_level = true }

local function value_of(row)
  local number = tonumber(row.value)
  if levels[row.param] then number = in_1985(row, number) end
  return row.unit and number .. " " .. row.unit or number
end

local list = {}
for _, row in ipairs(tables.operating_rules) do
  list[#list + 1] = eco.rule(row.id)(tables.told(row, {
    structure = row.structure_id, set = { [row.param] = value_of(row) }, at_least = (row.at_least_d or 0) .. " d",
    when = { water = row.water_id, level_above = in_1985(row, row.level_above_m), ends = in_1985(row, row.ends_m),
             months = months(row.months) },
  }))
end
return list
