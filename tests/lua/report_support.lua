-- report_support.lua -- what the tests of scores, report and measures share: a small TAP, and a results reader made of
-- a function instead of a file, so that judgement is tested without the solver.
local support = {}

-- ── TAP ─────────────────────────────────────────────────────────────────────────────────────────────────────────

local count, failed = 0, 0

function support.ok(good, sentence, detail)
  count = count + 1
  if not good then failed = failed + 1 end
  print(("%s %d - %s"):format(good and "ok" or "not ok", count, sentence))
  if not good and detail then print("# " .. detail) end
end

function support.same(found, wanted, sentence)
  support.ok(found == wanted, sentence, ("found %s, wanted %s"):format(found, wanted))
end

function support.near(found, wanted, tolerance, sentence)
  local good = type(found) == "number" and math.abs(found - wanted) <= tolerance
  support.ok(good, sentence, ("found %s, wanted %s within %g"):format(found, wanted, tolerance))
end

function support.refuses(part_of_message, call, sentence)
  local done, message = pcall(call)
  support.ok(not done and tostring(message):find(part_of_message, 1, true) ~= nil, sentence,
    done and "nothing was refused" or ("the message was: " .. tostring(message)))
end

function support.finish()
  print("1.." .. count)
  os.exit(failed == 0)
end

-- ── a vector with the methods of ecosim.core's ──────────────────────────────────────────────────────────────────

local vector = {}
vector.__index = vector

local function new(values) return setmetatable(values, vector) end
support.vector = new

local function map(v, fn)
  local out = {}
  for i = 1, #v do out[i] = fn(v[i], i) end
  return new(out)
end

local function flag(good) return good and 1.0 or 0.0 end
function vector:le(x) return map(self, function(a) return flag(a <= x) end) end
function vector:lt(x) return map(self, function(a) return flag(a < x) end) end
function vector:ge(x) return map(self, function(a) return flag(a >= x) end) end
function vector:gt(x) return map(self, function(a) return flag(a > x) end) end
function vector:both(w) return map(self, function(a, i) return flag(a ~= 0 and w[i] ~= 0) end) end
function vector:either(w) return map(self, function(a, i) return flag(a ~= 0 or w[i] ~= 0) end) end
function vector:no() return map(self, function(a) return flag(a == 0) end) end
function vector:sum()
  local sum = 0.0
  for i = 1, #self do sum = sum + self[i] end
  return sum
end
function vector:slice(a, b)
  local out = {}
  for i = a, b do out[#out + 1] = self[i] end
  return new(out)
end
function vector:means(starts)
  local out = {}
  for k, first in ipairs(starts) do
    local sum, last = 0.0, (starts[k + 1] or #self + 1) - 1
    for i = first, last do sum = sum + self[i] end
    out[k] = sum / (last - first + 1)
  end
  return new(out)
end
function vector:table()
  local out = {}
  for i = 1, #self do out[i] = self[i] end
  return out
end

-- ── calendar: days since 1970-01-01 (Fliegel-like civil arithmetic) ─────────────────────────────────────────────

local calendar = {}
support.calendar = calendar

function calendar.day(text)
  local y, m, d = text:match "^(%d+)-(%d+)-(%d+)$"
  y, m, d = tonumber(y), tonumber(m), tonumber(d)
  if m <= 2 then y, m = y - 1, m + 12 end
  return 365 * y + y // 4 - y // 100 + y // 400 + (153 * (m - 3) + 2) // 5 + d - 719469
end

function calendar.date(day)
  local z = day + 719468
  local era = z // 146097
  local doe = z - era * 146097
  local yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
  local doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
  local mp = (5 * doy + 2) // 153
  local month = mp < 10 and mp + 3 or mp - 9
  local year = yoe + era * 400 + (month <= 2 and 1 or 0)
  return ("%04d-%02d-%02d"):format(year, month, doy - (153 * mp + 2) // 5 + 1)
end

-- ── a reader: `value(table, variable, scenario, member, place, t)` gives every number ───────────────────────────

local section_variables = { "flow", "depth", "temperature", "CODMn", "NH3-N", "TN", "TP", "DO", "Cd", "dry" }

local function time_rows(from, to)
  local days, months = {}, {}
  for day = from, to do
    days[#days + 1] = day
    if day == from or calendar.date(day):sub(9) == "01" then months[#months + 1] = day end
  end
  return days, months
end

local function names_of(list)
  local names = {}
  for i, item in ipairs(list or {}) do names[i] = item.name end
  return names
end

local function variables_of(names)
  local variables = {}
  for i, name in ipairs(names) do variables[i] = { name = name, unit = "", text = name } end
  return variables
end

function support.reader(study, value, texts)
  local days, months = time_rows(calendar.day(study.from), calendar.day(study.to))
  local layout = { scenarios = names_of(study.scenarios), first_member = 0, members = study.members, tables = {
    section = { times = days, time_name = "day", places = names_of(study.basin.sections), complete = #days,
      variables = variables_of(section_variables) },
    water = { times = months, time_name = "month", places = names_of(study.basin.waters), complete = #months,
      variables = {} },
    site = { times = months, time_name = "month", places = names_of(study.basin.sites), complete = #months,
      variables = {} } } }
  local reader = {}
  function reader:layout() return layout end
  function reader:text(key) return texts and texts[key] end
  function reader:close() end
  function reader:series(tab, variable, scenario, member, place)
    local out = {}
    for t = 1, #layout.tables[tab].times do out[t] = value(tab, variable, scenario, member, place, t) end
    return new(out)
  end
  function reader:ledger(scenario, member)
    return { { quantity = "water", unit = "m3", throughput = 2.0e9, residual = member * 1e-16 * scenario,
        rows = { initial = 1e8, ["boundary inflow"] = 1.9e9, outflow = 1.95e9, final = 5e7 } },
      { quantity = "NH3-N", unit = "kg", throughput = 123456, residual = -3e-15,
        rows = { initial = 456, sources = 123000, reaction = 23456, outflow = 99000, final = 1000 } } }
  end
  return reader
end

return support
