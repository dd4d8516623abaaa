-- notices.lua -- what is no fault and yet hardly meant: { place, text } each. The command warns of them.
local core = require "ecosim.core"
local rules = require "ecosim.rules"

local notices = {}

local function starts_late(study, list)
  for _, scenario in ipairs(study.scenarios) do
    for _, measure in ipairs(scenario.measures) do
      local first
      for _, change in ipairs(measure.changes) do first = math.min(first or change.from, change.from) end
      if first and first >= study.stop then
        list[#list + 1] = { place = measure.place, text = ("scenario '%s': '%s' starts on %s, after the last day of "
          .. "the study, %s: it changes nothing"):format(scenario.name, measure.name, core.date(first), core.date(study.to)) }
      end
    end
  end
end

-- ── gates without a keeper ──────────────────────────────────────────────────────────────────────────────────────

local moves_gate = { opening = true, open_level = true, active = true, crest = true, capacity = true }

local function is_moved(study, name)
  for _, change in ipairs(study.basin.changes) do
    if change.item == name and moves_gate[change.param] then return true end
  end
  for _, scenario in ipairs(study.scenarios) do
    for _, measure in ipairs(scenario.measures) do
      for _, change in ipairs(measure.changes) do
        if change.item == name and moves_gate[change.param] then return true end
      end
    end
    for _, rule in ipairs(rules.of(study.basin, scenario)) do
      if rule.structure == name then return true end
    end
  end
  return false
end

local function gates_without_rule(study, list)
  for _, item in ipairs(study.basin:list "structure") do
    local f = item.fields
    local ruled = f.opening or f.open_level or (f.one_way or 0) > 0 or f.active == 0 or f.outside_level
    if f.law == "gate" and not item.about.not_simulated and not ruled and not is_moved(study, item.name) then
      list[#list + 1] = { place = item.place, text = ("gate '%s' has no opening, no open_level and no rule: it is always "
        .. "open, as a weir"):format(item.name) }
    end
  end
end

-- ── lakes without a way out ─────────────────────────────────────────────────────────────────────────────────────

local function closed_lakes(study, list)
  local leaves, fed = {}, {}
  for _, item in ipairs(study.basin.items) do
    local f = item.fields
    if f.branches_from then leaves[f.branches_from] = true end
    if item.kind == "structure" and not item.about.not_simulated then
      leaves[f.from or ""], fed[f.to or ""] = true, true
    elseif f.downstream then
      fed[f.downstream] = true
    elseif (item.kind == "catchment" or item.kind == "source") and f.water then
      fed[f.water] = true
    end
  end
  for _, item in ipairs(study.basin:list "water") do
    local is_lake = item.kind == "lake" or item.kind == "reservoir"
    if is_lake and not item.about.not_simulated and not leaves[item.name] and (fed[item.name] or item.fields.inflow) then
      list[#list + 1] = { place = item.place, text = ("%s '%s' has no way out: what flows in stays, but for evaporation, and "
        .. "above its last level it rises on upright banks"):format(item.kind, item.name) }
    end
  end
end

function notices.of(study)
  local list = {}
  starts_late(study, list)
  gates_without_rule(study, list)
  closed_lakes(study, list)
  return list
end

return notices
