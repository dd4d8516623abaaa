-- process.lua -- eco.process "name" { params = { … }, fluxes = … }: what turns constituents into others.
--
-- Fluxes are a table with rates as texts, or a function(p, c, s) that returns one. The function is called once, when the
-- word is read: its parameters, concentrations and surroundings are expressions, which remember what is done with them.
-- Or a process is one of the core's families. The core checks units and runs all of them over all cells and lanes.
local core = require "ecosim.core"
local fault = require "ecosim.fault"
local values = require "ecosim.values"
local vocabulary = require "ecosim.vocabulary"
local words = require "ecosim.words"

local process = {}

-- ── expressions ─────────────────────────────────────────────────────────────────────────────────────────────────

local Expression = { __name = "ecosim.expression" }

local function is_expression(value)
  return getmetatable(value) == Expression
end

-- A number, or a text such as "0.5 mg/L", is an expression too.
local function wrap(value, what)
  if is_expression(value) then return value end
  if type(value) == "number" then return setmetatable({ op = "number", value = value }, Expression) end
  if type(value) == "string" then
    local good, number, unit = pcall(core.quantity, value)
    if good then return setmetatable({ op = "number", value = number, unit = unit }, Expression) end
  end
  local shown = type(value) == "string" and "'" .. value .. "'" or "a " .. type(value)
  fault.raise(fault.here(3), "'%s' of %s, expected an expression, a number or a text such as \"0.5 mg/L\"", what, shown)
end

local function apply(op, ...)
  local made = { op = op }
  for i = 1, select("#", ...) do made[i] = wrap(select(i, ...), op) end
  return setmetatable(made, Expression)
end

for event, op in pairs { add = "+", sub = "-", mul = "*", div = "/", pow = "^" } do
  Expression["__" .. event] = function(a, b) return apply(op, a, b) end
end
function Expression.__unm(a) return apply("-", 0, a) end

-- A comparison would be true or false now, once and for all cells.
local function no_order()
  fault.raise(fault.here(2), "expressions are not compared when a script runs, write eco.less(a, b) and eco.where(condition, a, b)")
end
Expression.__lt, Expression.__le = no_order, no_order

local function folded(op)
  return function(first, ...)
    local value = first
    for i = 1, select("#", ...) do value = apply(op, value, (select(i, ...))) end
    return value
  end
end

process.words = {
  exp = function(a) return apply("exp", a) end,
  log = function(a) return apply("log", a) end,
  sqrt = function(a) return apply("sqrt", a) end,
  abs = function(a) return apply("abs", a) end,
  least = folded "min",
  greatest = folded "max",
  less = function(a, b) return apply("less", a, b) end,
  where = function(condition, a, b) return apply("where", condition, a, b) end,
  light_mean = function(x) return apply("light_mean", x) end,
  steele = function(a, x) return apply("steele", a, x) end,
  light_smith = function(a, x) return apply("light_smith", a, x) end,
  bed_transfer = function(c, a, k, o) return apply("bed_transfer", c, a, k, o) end,
  light_monod = function(a, x) return apply("light_monod", a, x) end,
  at_temperature = function(a, theta) return apply("at_temperature", a, theta) end, -- a theta^(T - 20 C)
  monod = function(c, half) return apply("monod", c, half) end,
  inhibition = function(c, half) return apply("inhibition", c, half) end,
}

-- ── what the function is given ──────────────────────────────────────────────────────────────────────────────────

local surroundings = {}
for i, row in ipairs(core.surroundings()) do surroundings[i] = row.name end

local function inputs(op, known, thing)
  return setmetatable({}, { __index = function(self, name)
    if known and not vocabulary.is_in(name, known) then
      fault.raise(fault.here(2), "%s '%s'%s", thing, tostring(name), vocabulary.hint(name, known))
    end
    local made = setmetatable({ op = op, name = tostring(name) }, Expression)
    rawset(self, name, made)
    return made
  end })
end

-- k = "0.3 1/d", or k = { "0.3 1/d", lowest = 0, highest = "5 1/d", source = "…", text = "…" }
local function read_param(name, given)
  local row = type(given) == "table" and given or { given }
  for key in pairs(row) do
    if key ~= 1 and not vocabulary.is_in(key, { "lowest", "highest", "source", "text" }) then
      return nil, ("has '%s', expected lowest, highest, source or text"):format(tostring(key))
    end
  end
  local unit = ""
  if type(row[1]) == "string" then
    local good, _, written = pcall(core.quantity, row[1])
    unit = good and written or ""
  end
  local read = { name = name, unit = unit }
  for field, value in pairs { value = row[1] or false, lowest = row.lowest, highest = row.highest } do
    local number, why = values.number(value, { unit = unit })
    if type(value) == "string" and not number then
      return nil, (field == "value" and "" or field .. " ") .. why
    elseif not number then
      return nil, ("%sis a %s, expected a number or a text such as \"0.3 1/d\""):format(
        field == "value" and "" or field .. " ", type(value))
    end
    read[field] = number
  end
  read.lowest = read.lowest or math.min(0, read.value)
  read.highest = read.highest or 1e300
  for _, field in ipairs { "source", "text" } do
    if row[field] ~= nil and type(row[field]) ~= "string" then return nil, field .. " is no text" end
    read[field] = row[field]
  end
  return read
end

local function read_params(item, given, faults)
  local thing = ("process '%s'"):format(item.name)
  if given == nil then return end
  if type(given) ~= "table" then
    return faults:add(item.place, "%s: params is a %s, expected a table", thing, type(given))
  end
  for _, name in ipairs(words.sorted_keys(given)) do
    local read, why
    if type(name) ~= "string" then why = "has no name, write k = \"0.3 1/d\"" else read, why = read_param(name, given[name]) end
    if read then item.params[#item.params + 1] = read else faults:add(item.place, "%s: param %s %s", thing, tostring(name), why) end
  end
end

-- ── fluxes ──────────────────────────────────────────────────────────────────────────────────────────────────────

local OUTSIDE = { air = true, bed = true }

-- "NH3-N", { ["NH3-N"] = 1, DO = 4.57 }, "air", "bed" or nothing; sign -1: what it draws on
local function read_side(flux, side, sign)
  if side == nil then return true end
  if OUTSIDE[side] then
    if flux.side and flux.side ~= side then return nil, "is between air and bed" end
    flux.side = side
    return true
  end
  local list = type(side) == "string" and { [side] = 1 } or side
  if type(list) ~= "table" then return nil, ("has a %s, expected the name of a constituent or a table"):format(type(list)) end
  for _, name in ipairs(words.sorted_keys(list)) do
    local share = list[name]
    if type(name) ~= "string" or type(share) ~= "number" or not (share > 0 and share < math.huge) then
      return nil, ("has %s = %s, expected a constituent and a number above 0"):format(tostring(name), tostring(share))
    end
    for _, part in ipairs(flux) do
      if part.constituent == name then return nil, ("has %s on both sides"):format(name) end
    end
    flux[#flux + 1] = { constituent = name, coefficient = sign * share }
  end
  return true
end

local known_fields = { from = true, to = true, rate = true, both_ways = true }

local function read_flux(name, given)
  if type(given) ~= "table" or is_expression(given) then
    return nil, ("is a %s, expected { from =, to =, rate = }"):format(is_expression(given) and "bare expression" or type(given))
  end
  for _, key in ipairs(words.sorted_keys(given)) do
    if not known_fields[key] then
      return nil, ("has no field '%s'%s"):format(tostring(key), vocabulary.hint(key, { "from", "to", "rate", "both_ways" }))
    end
  end
  local flux = { name = name, both_ways = given.both_ways == true }
  for _, side in ipairs { { given.from, -1 }, { given.to, 1 } } do
    local good, why = read_side(flux, side[1], side[2])
    if not good then return nil, why end
  end
  if #flux == 0 then return nil, "moves no constituent, expected from or to" end
  if type(given.rate) == "string" and not pcall(core.quantity, given.rate) then
    flux.rate = { op = "text", text = given.rate }
    return flux
  end
  if type(given.rate) ~= "number" and type(given.rate) ~= "string" and not is_expression(given.rate) then
    return nil, ("has a rate that is a %s, expected an expression in mg/L/d"):format(type(given.rate))
  end
  flux.rate = wrap(given.rate, "rate")
  return flux
end

local function trace(item, make_fluxes, faults)
  local thing = ("process '%s'"):format(item.name)
  local made, names = make_fluxes, {}
  for i, param in ipairs(item.params) do names[i] = param.name end
  if type(make_fluxes) == "function" then
    made = make_fluxes(inputs("param", names, ("process '%s' has no param"):format(item.name)), inputs("constituent"),
                           inputs("surrounding", surroundings, "nothing surrounds the water that is called"))
  elseif type(make_fluxes) ~= "table" then
    return faults:add(item.place, "%s: fluxes is a %s, expected function(p, c, s) … end or a table", thing, type(make_fluxes))
  end
  if type(made) ~= "table" or next(made) == nil then
    return faults:add(item.place, "%s: fluxes gives %s, expected { name = { from =, to =, rate = } }", thing,
                      type(made) == "table" and "none" or "a " .. type(made))
  end
  for _, name in ipairs(words.sorted_keys(made)) do
    local flux, why
    if type(name) ~= "string" then why = "has no name" else flux, why = read_flux(name, made[name]) end
    if flux then item.fluxes[#item.fluxes + 1] = flux else faults:add(item.place, "%s: flux %s %s", thing, tostring(name), why) end
  end
end

-- ── families ────────────────────────────────────────────────────────────────────────────────────────────────────

process.families = {} -- by name
local family_names = {}
for i, family in ipairs(core.families()) do
  process.families[family.name], family_names[i] = family, family.name
end

-- Names of the constituents that a process of a family carries into its basin.
function process.carried(item)
  local list = {}
  for i, name in ipairs(item.family and item.family.constituents or {}) do list[i] = (name:gsub("%%", (item.name:gsub("%%", "%%%%")))) end
  return list
end

-- params = { mu = "1.8 1/d" }: in the family's units; what is not given is typical.
local function read_family(item, given, faults)
  local thing, rows, names = ("process '%s'"):format(item.name), {}, {}
  item.family = process.families[given.family]
  if not item.family then
    return faults:add(item.place, "%s: no family '%s'%s, families are %s", thing, tostring(given.family),
                      vocabulary.hint(given.family, family_names), table.concat(family_names, ", "))
  end
  if given.fluxes ~= nil then faults:add(item.place, "%s: family '%s' has its own fluxes", thing, given.family) end
  for i, param in ipairs(item.family.params) do rows[param.name], names[i] = param, param.name end
  item.given = {}
  for _, name in ipairs(words.sorted_keys(given.params or {})) do
    local row, number, why = rows[name]
    if not row then why = ("is none of family '%s'%s"):format(given.family, vocabulary.hint(name, names))
    else number, why = values.number(given.params[name], row) end
    if number then item.given[name] = number else faults:add(item.place, "%s: param %s %s", thing, tostring(name), why) end
  end
  for _, name in ipairs(process.carried(item)) do vocabulary.add_constituent(name) end
  for i, param in ipairs(item.family.params) do
    item.params[i] = { name = param.name, unit = param.unit, value = item.given[param.name] or param.typical,
                       lowest = param.lowest, highest = param.highest, source = param.source, text = param.text }
  end
end

process.word = words.word("process", function(name, place, given)
  local rest = {}
  for key, value in pairs(given) do
    if key ~= "params" and key ~= "fluxes" and key ~= "family" then rest[key] = value end
  end
  if type(rest.waters) == "table" then
    for i, water in ipairs(rest.waters) do
      if type(water) ~= "string" or water:find(";", 1, true) then
        fault.raise(place, "process '%s': waters: value %d is %s, expected the name of a water", name, i, tostring(water))
      end
    end
    rest.waters = table.concat(rest.waters, ";")
  end
  local item = words.item("process", name, place, rest)
  local faults = fault.list()
  item.fluxes, item.params = {}, {}
  if given.family ~= nil then
    read_family(item, given, faults)
  else
    read_params(item, given.params, faults)
    if #faults.faults == 0 then trace(item, given.fluxes, faults) end
  end
  faults:raise()
  return item
end)

-- Names of the constituents that a process reads, draws on or feeds, sorted.
function process.constituents(item)
  local seen = {}
  local function walk(e)
    if e.op == "constituent" then seen[e.name] = true end
    for name in (e.op == "text" and e.text or ""):gmatch "%[([^%]*]+)%]" do
      if not name:find "%?$" then seen[name] = true end
    end
    for _, argument in ipairs(e) do walk(argument) end
  end
  for _, flux in ipairs(item.fluxes) do
    walk(flux.rate)
    for _, part in ipairs(flux) do seen[part.constituent] = true end
  end
  return words.sorted_keys(seen)
end

-- ── in words ────────────────────────────────────────────────────────────────────────────────────────────────────

local rank = { ["+"] = 1, ["-"] = 1, ["*"] = 2, ["/"] = 2, ["^"] = 3 }

-- An expression as eco_process_parse would read it; and how tightly its outermost operation binds.
local function written(e)
  if e.op == "param" or e.op == "surrounding" then return e.name, 9 end
  if e.op == "constituent" then return "[" .. e.name .. "]", 9 end
  if e.op == "text" then return e.text, 9 end
  if e.op == "number" then
    return ("%.10g"):format(e.value) .. (e.unit and e.unit ~= "" and " {" .. e.unit .. "}" or ""), e.value < 0 and 0 or 9
  end
  local own = rank[e.op]
  local parts = {}
  for i, argument in ipairs(e) do
    local text, binds = written(argument)
    local loose = own and (binds < own or (binds == own and i == 2))
    parts[i] = loose and "(" .. text .. ")" or text
  end
  if own then return table.concat(parts, e.op == "^" and "^" or " " .. e.op .. " "), own end
  return e.op .. "(" .. table.concat(parts, ", ") .. ")", 9
end

local function moves(flux)
  local parts = {}
  for i, part in ipairs(flux) do parts[i] = ("%+g [%s]"):format(part.coefficient, part.constituent) end
  return table.concat(parts, " ")
end

-- What a process is, for the results file and the report: parameters as given, fluxes with their rates in words.
function process.told(item)
  local row = { name = item.name, family = item.family and item.family.name, source = item.about.source,
                confidence = item.about.confidence, note = item.about.note, waters = item.fields.waters, params = {}, fluxes = {} }
  for i, p in ipairs(item.params) do
    row.params[i] = { name = p.name, unit = p.unit, value = p.value, lowest = p.lowest, highest = p.highest,
                      source = p.source, text = p.text }
  end
  for i, f in ipairs(item.fluxes) do
    row.fluxes[i] = { name = f.name, rate = (written(f.rate)), moves = moves(f), both_ways = f.both_ways or nil }
  end
  for i, f in ipairs(item.family and item.family.fluxes or {}) do
    row.fluxes[i] = { name = f.id .. " " .. f.name, rate = f.rate, moves = f.moves }
  end
  return row
end

-- ── to the core ─────────────────────────────────────────────────────────────────────────────────────────────────

local function node_of(b, item, e, nodes)
  if nodes[e] then return nodes[e] end
  local node
  if e.op == "param" then
    node = nodes[e.name]
  elseif e.op == "constituent" or e.op == "surrounding" then
    node = b:process_node(item.name, e.op, e.name)
  elseif e.op == "text" then
    node = b:process_parse(item.name, e.text)
  elseif e.op == "number" then
    node = b:process_node(item.name, "number", e.value, e.unit)
  else
    local a, c, d = e[1] and node_of(b, item, e[1], nodes), e[2] and node_of(b, item, e[2], nodes),
                    e[3] and node_of(b, item, e[3], nodes)
    node = b:process_node(item.name, e.op, a, c, d)
  end
  nodes[e] = node
  return node
end

-- Into the core's basin `b`, where the item stands already.
function process.lower(b, item)
  if item.family then return b:process_family(item.name, item.family.name, item.given) end
  local nodes = {} -- by expression; params by name
  for _, param in ipairs(item.params) do nodes[param.name] = b:process_param(item.name, param) end
  for _, flux in ipairs(item.fluxes) do
    local good, raised = pcall(function()
      local rate = node_of(b, item, flux.rate, nodes)
      b:process_flux(item.name, { name = flux.name, rate = rate, both_ways = flux.both_ways, side = flux.side,
                                  table.unpack(flux) })
    end)
    if not good then
      if type(raised) == "table" and not raised.text:find(("flux '%s'"):format(flux.name), 1, true) then
        raised.text = ("in flux '%s': %s"):format(flux.name, raised.text)
      end
      error(raised, 0)
    end
  end
end

return process
