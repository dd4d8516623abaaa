-- intercept_sewage.lua -- a sewer along a river takes raw sewage to a plant.
--
--   intercept_sewage(basin, { "raw_jingmen" }, { to = "wwtp_xiajiawan", share = 0.75, length = "25 km",
--                                                from = "2017-07-01", phase_in = 180 })
--
-- The flow of each raw source falls by `share` (absent: the typical 0.75), and the plant's flow rises by the same
-- volume, both evenly over `phase_in` days (absent: at once). Nothing vanishes but by treatment: the water comes out of
-- the plant with the plant's effluent. What does not fit under its capacity stays raw, and the measure's note says so.
-- Edges: a plant that is full is refused, and so is a share above 1. The room in the plant is what is left after the
-- basin's own changes and the measures listed as `after`: list an earlier interception to the same plant there.
-- The cost is the sewer's by its length, and the treatment of the added volume at the running cost of a class 1A plant.
local core = require "ecosim.core"
local fault = require "ecosim.fault"
local figures = require "measures.figures"

local per_day = 86400 -- m3/s -> m3/d

local function kilometres(place, measure, length)
  local value, unit = length, "m"
  if type(length) == "string" then
    local good, number, written = pcall(core.quantity, length)
    if not good or written == "" then
      fault.raise(place, "%s: length is '%s', expected a length with its unit, such as \"25 km\"", measure, length)
    end
    value, unit = number, written
  end
  local good, metres = pcall(core.convert, value, unit, "m")
  if not good or not (metres > 0) then
    fault.raise(place, "%s: length is '%s', expected a length above 0 such as \"25 km\"", measure, tostring(length))
  end
  return metres / 1000
end

local function raw_sources(place, measure, basin, names, plant, after)
  if type(names) ~= "table" or #names == 0 then
    fault.raise(place, "%s: expected a list of raw sources, such as { \"raw_jingmen\" }", measure)
  end
  local raw, total = {}, 0.0
  for _, name in ipairs(names) do
    local source = figures.find(place, measure, basin, "source", name)
    local flow = figures.value_after(basin, source, "flow", after) or 0
    if source == plant then fault.raise(place, "%s: '%s' cannot be led to itself", measure, name) end
    if flow <= 0 then fault.raise(place, "%s: source '%s' has no flow that a sewer could take", measure, name) end
    raw[#raw + 1], total = source, total + flow
  end
  return raw, total
end

local function room_of(place, measure, basin, plant, after)
  if not plant.about.capacity then fault.raise(place, "%s: '%s' has no capacity, expected a plant", measure,
    plant.name) end
  local flow = figures.value_after(basin, plant, "flow", after) or 0
  if flow <= 0 or plant.fields.active == 0 then
    fault.raise(place, "%s: plant '%s' treats nothing in this basin, expected one in operation", measure, plant.name)
  end
  local room = plant.about.capacity / per_day - flow
  if room <= 1e-9 then
    fault.raise(place, "%s: plant '%s' is full: it treats %.0f t/d of its %.0f t/d, choose another or enlarge it first",
      measure, plant.name, flow * per_day, plant.about.capacity)
  end
  return room, flow
end

local function phase(place, measure, options)
  if options.phase_in == nil then return nil end
  local days = options.phase_in
  if math.type(days) ~= "integer" or days < 0 then
    fault.raise(place, "%s: phase_in is %s, expected a whole number of days, 0 or more", measure, tostring(days))
  end
  return core.date(core.day(options.from) + days)
end

return function(basin, names, options)
  local place, measure = fault.here(2), "intercept_sewage"
  figures.check_options(place, measure, options, { "to", "share", "length", "from", "phase_in", "after" },
    { "to", "length", "from" })
  local record, treatment = figures.of "sewer_interception", figures.of "wwtp_new_1a"
  local share = figures.share(place, measure, "share", options.share or record.effects.raw_sewage)
  local plant = figures.find(place, measure, basin, "source", options.to)
  local raw, total = raw_sources(place, measure, basin, names, plant, options.after)
  local room, treated = room_of(place, measure, basin, plant, options.after)
  local wanted = share * total
  local moved = math.min(wanted, room)
  local changes, taken = {}, {}
  for i, source in ipairs(raw) do
    changes[i] = { item = source.name, param = "flow", op = "scale", value = 1 - moved / total }
    taken[i] = source.name
  end
  changes[#changes + 1] = { item = plant.name, param = "flow", op = "scale", value = (treated + moved) / treated }
  local length = kilometres(place, measure, options.length)
  local cost = figures.cost(record, length, options.from)
  cost.running = cost.running + treatment.running * moved * per_day
  local note = ("%g km; %.0f of %.0f t/d of %s go to %s"):format(length, moved * per_day, total * per_day,
    table.concat(taken, ", "), plant.name)
  if moved < wanted then
    note = note .. ("; %.0f t/d more were wanted and stay raw: the plant is full "
      .. "then"):format((wanted - moved) * per_day)
  end
  local plant_en, plant_zh = figures.name_of(plant)
  return figures.measure(place, ("Interception sewer to %s"):format(plant_en), {
    name_zh = ("截污至%s"):format(plant_zh), from = options.from, ["until"] = phase(place, measure, options),
    changes = changes, cost = cost, source = record.source, confidence = record.confidence,
    note = note .. "; prices of " .. record.price_year,
  })
end
