-- lower.lua -- from words to core calls: a basin becomes a model, a scenario its changes, draws their rows.
local core = require "ecosim.core"
local words = require "ecosim.words"
local rules = require "ecosim.rules"
local process = require "ecosim.process"

local lower = {}

-- The core's basin: every item that is simulated, in the order of writing. Messages stand at the items' own places.
function lower.basin(basin)
  local b = core.basin(basin.name)
  local function add(item)
    b:add(item.kind, item.name, item.place)
    for _, param in ipairs(words.sorted_keys(item.fields)) do b:set(item.name, param, item.fields[param]) end
    if item.kind == "process" then process.lower(b, item) end
  end
  for _, name in ipairs(basin:carried()) do
    b:add("constituent", name, basin.place)
    if name:find "^bed " then b:set(name, "bed", 1) end
  end
  for _, item in ipairs(basin:list "constituent") do add(item) end -- first: the core takes no value of one that it does not know
  for _, item in ipairs(basin.items) do
    if not item.about.not_simulated and item.kind ~= "constituent" then add(item) end
  end
  return b
end

function lower.model(basin, cell_m)
  return core.compile(lower.basin(basin), { cell_m = cell_m })
end

local function add_changes(scenario, list)
  for _, change in ipairs(list) do
    scenario:change { from = change.from, ["until"] = change["until"], item = change.item, param = change.param,
                      op = change.op, value = change.number, place = change.place }
  end
end

local function add_rule(scenario, rule)
  local all = {}
  for i, c in ipairs(rule.conditions) do
    all[i] = { watch = c.watch, place = c.section or c.water, constituent = c.constituent, below = c.below, on = c.on,
               off = c.off, months = c.months, from = c.from, ["until"] = c["until"] }
  end
  for _, set in ipairs(rule.sets) do
    scenario:rule { name = rule.name, structure = rule.structure, param = set.param, op = set.op, value = set.number,
                    least_days = rule.least_days, place = rule.place, all = all }
  end
end

-- What is known to change comes first, then the measures in their order: a later `set` of the same number wins.
function lower.scenario(model, basin, scenario)
  local s = core.scenario(model, scenario.name)
  add_changes(s, basin.changes)
  for _, measure in ipairs(scenario.measures) do add_changes(s, measure.changes) end
  for _, rule in ipairs(rules.of(basin, scenario)) do add_rule(s, rule) end
  return s
end

function lower.draws(draws)
  local rows = {}
  for i, draw in ipairs(draws) do
    local d = draw.fields
    rows[i] = { item = d.group or d.item, param = d.param, distribution = d.distribution, low = d.low,
                typical = d.typical, high = d.high }
  end
  return rows
end

-- Years that are held to something: { year, item, exceeded | factor } rows. A named year is that of the climate's `years`.
function lower.outlooks(weather)
  local rows = {}
  for _, year in ipairs(weather) do
    if year.rain then rows[#rows + 1] = { year = year.year, item = "rain", exceeded = year.exceeded, factor = year.rain } end
    for _, water in ipairs(words.sorted_keys(year.inflow)) do
      rows[#rows + 1] = { year = year.year, item = water, factor = year.inflow[water] }
    end
  end
  return rows
end

return lower
