-- upgrade_plant.lua -- a sewage plant treats better from a day on.
--
--   upgrade_plant(basin, "wwtp_xiajiawan", { to = "quasi class IV", from = "2018-01-01" })
--
-- The plant's effluent becomes the typical value of the wanted grade; where it is already better it stays. The cost is
-- counted on the capacity; a class 1B plant goes through class 1A and pays for both steps. What the plant is now is
-- read from its `standard` (gb18918_1b), or given as is = "class 1B".
-- Edges: the volume treated does not change. The new effluent holds from `from` on, the works before it (14 to 16
-- months, capacity down by 20 percent) are not calculated, and capital is paid on the day `from`.
local core = require "ecosim.core"
local fault = require "ecosim.fault"
local figures = require "measures.figures"

local grades = { "class 1B", "class 1A", "quasi class IV" }
local grades_zh = { "一级B", "一级A", "准Ⅳ类" }
local steps = { [2] = "wwtp_upgrade_1a", [3] = "wwtp_quasi_iv" }
local standards = { gb18918_1b = 1, gb18918_1a = 2 }
local effluent = { { "CODMn", "cod", figures.codmn_per_cod }, { "NH3-N", "nh3n", 1 }, { "TN", "tn", 1 }, { "TP", "tp",
  1 } }

local function grade_of(place, measure, option, word)
  for grade, name in ipairs(grades) do
    if name == word then return grade end
  end
  local near = core.nearest(tostring(word), grades)
  fault.raise(place, "%s: %s is '%s', must be class 1B, class 1A or quasi class IV%s", measure, option, tostring(word),
    near and (" (did you mean '%s'?)"):format(near) or "")
end

local function present_grade(place, measure, plant, options)
  if options.is then return grade_of(place, measure, "is", options.is) end
  local grade = standards[plant.about.standard]
  if not grade then
    fault.raise(place, "%s: its standard is '%s', which is no grade of a town plant; say is = \"class 1B\" or "
      .. "\"class 1A\"",
      measure, tostring(plant.about.standard))
  end
  return grade
end

local function better_effluent(plant, record)
  local changes = {}
  for _, row in ipairs(effluent) do
    local param, now = "conc." .. row[1], plant.fields["conc." .. row[1]]
    local becomes = record.effects[row[2]] * row[3]
    if now and becomes < now then
      changes[#changes + 1] = { item = plant.name, param = param, op = "set", value = becomes, unit = "mg/L" }
    end
  end
  return changes
end

return function(basin, plant_name, options)
  local place = fault.here(2)
  local measure = ("upgrade_plant '%s'"):format(tostring(plant_name))
  local plant = figures.find(place, measure, basin, "source", plant_name)
  figures.check_options(place, measure, options, { "to", "from", "is" }, { "to", "from" })
  local now, wanted = present_grade(place, measure, plant, options), grade_of(place, measure, "to", options.to)
  if wanted <= now then fault.raise(place, "%s: it is %s already, expected a better grade", measure, grades[now]) end
  local capacity = plant.about.capacity -- m3/d, taken as t/d of water
  if not capacity then fault.raise(place, "%s: it has no capacity, which the cost is counted by", measure) end
  local cost = { capital = 0.0, running = 0.0, lifetime = math.huge, from = options.from }
  local record
  for grade = now + 1, wanted do
    record = figures.of(steps[grade])
    cost.capital = cost.capital + record.capital * capacity
    cost.running = cost.running + record.running * capacity
    cost.lifetime = math.min(cost.lifetime, record.lifetime)
  end
  local changes = better_effluent(plant, record)
  if #changes == 0 then
    fault.raise(place, "%s: its effluent is at or below that of %s in everything, nothing would change", measure,
      options.to)
  end
  local name_en, name_zh = figures.name_of(plant)
  return figures.measure(place, ("%s to %s"):format(name_en, options.to), {
    name_zh = ("%s提标至%s"):format(name_zh, grades_zh[wanted]), from = options.from, changes = changes, cost = cost,
    source = record.source, confidence = record.confidence,
    note = ("%g t/d, %s to %s; works of about %d months before it; prices of %s"):format(capacity, grades[now],
      options.to,
      record.lead_months, record.price_year),
  })
end
