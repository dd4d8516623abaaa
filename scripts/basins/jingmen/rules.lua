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

local list = {}
for _, row in ipairs(tables.operating_rules) do
  local value = row.unit and row.value .. " " .. row.unit or tonumber(row.value)
  list[#list + 1] = eco.rule(row.id)(tables.told(row, {
    structure = row.structure_id, set = { [row.param] = value }, at_least = (row.at_least_d or 0) .. " d",
    when = { water = row.water_id, level_above = in_1985(row, row.level_above_m), ends = in_1985(row, row.ends_m),
             months = months(row.months) },
  }))
end
return list
