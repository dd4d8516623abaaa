-- catchments_of.lua -- names of the catchments whose water reaches a water, its own land included.
--
--   catchments_of(basin, "changhu")  --> { "c_shiqiao_r1_duodao", … } in the basin's order
--
-- Follows `downstream`; where a water has none, the structures that lead from it to another water (a siphon).
local fault = require "ecosim.fault"

local function ways_down(basin)
  local down = {}
  for _, water in ipairs(basin:list "water") do
    if water.fields.downstream then down[water.name] = { water.fields.downstream } end
  end
  for _, structure in ipairs(basin:list "structure") do
    local from, to = structure.fields.from, structure.fields.to
    if from and to and not structure.about.not_simulated and not basin:find(from).fields.downstream then
      down[from] = down[from] or {}
      table.insert(down[from], to)
    end
  end
  return down
end

local function reaches(down, from, target, seen)
  if from == target then return true end
  if seen[from] then return false end
  seen[from] = true
  for _, to in ipairs(down[from] or {}) do
    if reaches(down, to, target, seen) then return true end
  end
  return false
end

return function(basin, water_name)
  local place, measure = fault.here(2), "catchments_of"
  local water = type(water_name) == "string" and basin:find(water_name)
  if not water then
    local names = {}
    for _, other in ipairs(basin:list "water") do names[#names + 1] = other.name end
    local near = require "ecosim.core".nearest(tostring(water_name), names)
    fault.raise(place, "%s: no water '%s' in basin '%s'%s", measure, tostring(water_name), basin.name,
      near and (" (did you mean '%s'?)"):format(near) or "")
  end
  local down, found = ways_down(basin), {}
  for _, catchment in ipairs(basin:list "catchment") do
    if not catchment.about.not_simulated and reaches(down, catchment.fields.water, water_name, {}) then
      found[#found + 1] = catchment.name
    end
  end
  return found
end
