-- basin.lua -- eco.basin "name" { items, … }: one list of what is there, its links checked. Lists nest.
--
-- A basin also carries what every scenario includes (`changes`: what is known to change whatever is decided, and its
-- operating rules) and its main uncertain inputs (`draws`).
local fault = require "ecosim.fault"
local values = require "ecosim.values"
local vocabulary = require "ecosim.vocabulary"
local words = require "ecosim.words"
local changes = require "ecosim.changes"
local rules = require "ecosim.rules"
local process = require "ecosim.process"

local basin = {}

local Basin = { __name = "ecosim.basin" }
Basin.__index = Basin

-- The item of that name, or nil.
function Basin:find(name)
  return self.by_name[name]
end

-- Items of a kind, in the order of writing; "water" stands for reach, canal, lake and reservoir.
function Basin:list(kind)
  local list = {}
  for _, item in ipairs(self.items) do
    if item.kind == kind or (kind == "water" and vocabulary.is_water[item.kind]) then list[#list + 1] = item end
  end
  return list
end

-- Names of the groups that sources have, in the order of first use.
function Basin:groups()
  local groups, seen = {}, {}
  for _, item in ipairs(self.items) do
    local group = item.kind == "source" and item.fields.group
    if group and not seen[group] then
      seen[group] = true
      groups[#groups + 1] = group
    end
  end
  return groups
end

-- ── links ───────────────────────────────────────────────────────────────────────────────────────────────────────

local function is_water(kind) return vocabulary.is_water[kind] end
local function is_county(kind) return kind == "county" end
local function is_catchment(kind) return kind == "catchment" end
local function is_structure(kind) return kind == "structure" end

-- parameter -> verb, what it must lead to. The verb of `water` depends on the kind of the item.
local links = {
  downstream = { "flows into", is_water, "a water" },
  branches_from = { "branches off", is_water, "a water" },
  from = { "takes from", is_water, "a water" },
  to = { "leads to", is_water, "a water" },
  water = { "drains to", is_water, "a water" },
  catchment = { "lies on", is_catchment, "a catchment" },
  serves = { "serves", is_structure, "an intake" },
  irrigation = { "is irrigated from", is_structure, "an intake" },
  county = { "belongs to", is_county, "a county" },
  upstream_county = { "receives from", is_county, "a county" },
  downstream_county = { "passes on to", is_county, "a county" },
  upstream_of = { "lies above", is_county, "a county" },
  downstream_of = { "lies below", is_county, "a county" },
}
local water_verb = { section = "lies on", source = "discharges to", structure = "lies on" }

local function names_that(self, wanted)
  local names = {}
  for _, item in ipairs(self.items) do
    if wanted(item.kind) then names[#names + 1] = item.name end
  end
  return names
end

local function check_link(self, item, param, name, faults)
  local link = links[param]
  local verb = param == "water" and water_verb[item.kind] or link[1]
  local found = self.by_name[name]
  if not found then
    faults:add(item.place, "%s '%s' %s '%s', which is not in basin '%s'%s", item.kind, item.name, verb, name, self.name,
               vocabulary.hint(name, names_that(self, link[2])))
  elseif not link[2](found.kind) then
    faults:add(item.place, "%s '%s' %s '%s', which is a %s, expected %s", item.kind, item.name, verb, name, found.kind,
               link[3])
  elseif found.about.not_simulated and not item.about.not_simulated and not is_county(found.kind) then
    faults:add(item.place, "%s '%s' %s '%s', which is not simulated", item.kind, item.name, verb, name)
  end
end

-- Names of constituents that its families of kinetics bring along, those of the bulk kinetics apart.
function Basin:carried()
  local list, seen, bulk = {}, {}, true
  for _, item in ipairs(self:list "kinetics") do bulk = bulk and item.fields.states ~= "own" end
  for _, item in ipairs(self:list "constituent") do seen[item.name] = true end
  for _, name in ipairs(bulk and vocabulary.states or {}) do seen[name] = true end
  for _, item in ipairs(self:list "process") do
    for _, name in ipairs(process.carried(item)) do
      if not seen[name] then list[#list + 1] = name end
      seen[name] = true
    end
  end
  return list
end

-- Names of what its waters carry besides the bulk kinetics' constituents.
function Basin:own()
  local list = self:carried()
  for _, item in ipairs(self:list "constituent") do list[#list + 1] = item.name end
  return list
end

-- Names of what its waters carry: the bulk kinetics' and its own.
function Basin:constituents()
  local list = { table.unpack(vocabulary.states) }
  for _, name in ipairs(self:own()) do list[#list + 1] = name end
  return list
end

local function check_own(self, item, param, faults)
  local constituent = param:match "^.-%.(.+)$"
  if constituent and vocabulary.own[constituent] and not vocabulary.is_in(constituent, self:own()) then
    faults:add(item.place, "%s '%s': '%s': basin '%s' has no constituent '%s': put eco.constituent \"%s\" { … } into it",
               item.kind, item.name, param, self.name, constituent, constituent)
  end
end

local function check_item(self, item, faults)
  for _, part in ipairs { item.fields, item.about } do
    for _, param in ipairs(words.sorted_keys(part)) do
      check_own(self, item, param, faults)
      if param == "upstream_of" or param == "downstream_of" then
        for name in part[param]:gmatch "%S+" do check_link(self, item, param, name, faults) end
      elseif links[param] then
        check_link(self, item, param, part[param], faults)
      end
    end
  end
  for _, name in ipairs(item.kind == "process" and process.constituents(item) or {}) do
    if not vocabulary.is_in(name, self:constituents()) then
      faults:add(item.place, "process '%s': basin '%s' carries no constituent '%s'%s", item.name, self.name, name,
                 vocabulary.hint(name, self:constituents()))
    end
  end
  if item.kind == "site" and not item.about.not_simulated then
    local name = item.fields.contaminant
    if not vocabulary.is_in(name, self:constituents()) then
      faults:add(item.place, "site '%s': contaminant '%s' is not a constituent%s", item.name, name,
                 vocabulary.hint(name, self:constituents()))
    end
  end
end

-- ── the word ────────────────────────────────────────────────────────────────────────────────────────────────────

local function any_list(value)
  if type(value) == "table" then return value end
  return nil, ("is a %s, expected a list"):format(type(value))
end

local known = {
  name_en = values.text, name_zh = values.text, source = values.text, note = values.text,
  changes = any_list, draws = any_list,
}

local is_kind = {}
for _, kind in ipairs(vocabulary.kinds) do is_kind[kind.word] = true end

local function index(self, faults)
  for _, item in ipairs(self.items) do
    local other = self.by_name[item.name]
    if other then
      faults:add(item.place, "%s '%s' has the name of the %s at %s, names must differ", item.kind, item.name,
                 other.kind, other.place)
    else
      self.by_name[item.name] = item
    end
  end
end

local function make(name, place, given)
  local faults = fault.list()
  local self = setmetatable({ word = "basin", kind = "basin", name = name, place = place, by_name = {} }, Basin)
  self.about = words.fields(("basin '%s'"):format(name), place, given, known, faults)
  local function fits(item) return is_kind[item.word] or item.word == "rule" end
  self.items, self.rules = {}, {}
  for _, item in ipairs(words.flatten("basin", name, place, given, faults, fits)) do
    table.insert(item.word == "rule" and self.rules or self.items, item)
  end
  if #self.items == 0 and #faults.faults == 0 then faults:add(place, "basin '%s' is empty, expected items", name) end
  index(self, faults)
  for _, item in ipairs(self.items) do check_item(self, item, faults) end
  faults:raise()
  self.changes = changes.list(("basin '%s'"):format(name), place, self.about.changes or {}, {}, faults)
  local function is_draw(value) return value.word == "draw" end
  self.draws = words.flatten("basin", name, place, self.about.draws or {}, faults, is_draw)
  self.about.changes, self.about.draws = nil, nil
  faults:raise()
  changes.check(self, self.changes, faults)
  changes.check_draws(self, self.draws, faults)
  rules.check(self, self.rules, faults)
  faults:raise()
  return self
end

basin.word = words.word("basin", make)

return basin
