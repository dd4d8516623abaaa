-- study.lua -- eco.study "name" { … }: scenarios × members over a span of days, to be checked and run.
local core = require "ecosim.core"
local fault = require "ecosim.fault"
local values = require "ecosim.values"
local vocabulary = require "ecosim.vocabulary"
local words = require "ecosim.words"
local changes = require "ecosim.changes"
local lower = require "ecosim.lower"
local rules = require "ecosim.rules"
local describe = require "ecosim.describe"
local notices = require "ecosim.notices"
local outlook = require "ecosim.outlook"
local text = require "ecosim.text"
local evidence = require "ecosim.evidence"

local study = {}

local Study = { __name = "ecosim.study" }
Study.__index = Study

local MOST_MEMBERS = 1e6
local FIRST_YEAR, LAST_YEAR = 1900, 2200 -- days outside are a slip of the pen, not a study

-- ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────

local function whole(lowest, highest)
  return function(value)
    local number = type(value) == "number" and math.tointeger(value)
    if number and number >= lowest and number <= highest then return number end
    return nil, ("is %s, must be a whole number %.0f..%.0f"):format(tostring(value), lowest, highest)
  end
end

local function quantity(unit, lowest, highest)
  local row = { unit = unit, lowest = lowest, highest = highest }
  return function(value) return values.number(value, row) end
end

local function date(value)
  local day, why = values.date(value)
  if not day then return nil, why end
  local year = tonumber(value:sub(1, 4))
  if year < FIRST_YEAR or year > LAST_YEAR then
    return nil, ("is '%s', expected a date in %d..%d"):format(value, FIRST_YEAR, LAST_YEAR)
  end
  return day
end

local unit_of_span = { day = true, month = true, year = true }

-- "1 year", "6 months", "90 days" -> { number, "year" }
local function span(value)
  local number, unit = tostring(value):match "^(%d+)%s+(%a-)s?$"
  if number and unit_of_span[unit] and #number <= 5 then return { math.tointeger(number), unit } end
  return nil, ("is '%s', expected days, months or years, as \"1 year\""):format(tostring(value))
end

local function list(value)
  if type(value) == "table" then return value end
  return nil, ("is a %s, expected a list"):format(type(value))
end

-- A script that may come from anybody writes below the working folder only; whoever runs it says where else.
local function path_below(value)
  local path, why = values.text(value)
  if not path then return nil, why end
  if path == "" or path:find "^[/\\]" or path:find "^%a:" or ("/" .. path .. "/"):find("/../", 1, true) or path:find "%c" then
    return nil, ("is '%s', expected a path below the working folder"):format(path)
  end
  return path
end

local function basin_of(value)
  if type(value) == "table" and rawget(value, "word") == "basin" then return value end
  local what = type(value) == "table" and rawget(value, "word") or type(value)
  return nil, ("is a %s, expected eco.basin \"name\" { … }"):format(what)
end

local function inertia(value)
  if value == "full" or value == "local" then return value end
  return nil, ("is %s, expected \"full\" or \"local\""):format(type(value) == "string" and "'" .. value .. "'" or "a " .. type(value))
end

local known = {
  basin = basin_of, scenarios = list, draws = list, evidence = list, members = whole(1, MOST_MEMBERS), seed = whole(0, 2 ^ 53),
  first_member = whole(0, MOST_MEMBERS), threads = whole(1, 4096), from = date, to = date, warm_up = span,
  step = quantity("s", 1, 86400), cell = quantity("m", 1, 1e6), theta = quantity("", 0.5, 1), inertia = inertia,
  ledger_tolerance = quantity("", 0, 1), out = path_below, headline = values.text, title = values.text,
  title_zh = values.text, note = values.text, source = values.text, weather = outlook.read,
}

-- ── days ────────────────────────────────────────────────────────────────────────────────────────────────────────

local function months_before(day, months)
  local year, month, of_month = core.date(day):match "^(%d+)-(%d+)-(%d+)$"
  local count = tonumber(year) * 12 + tonumber(month) - 1 - months
  for last = tonumber(of_month), 28, -1 do -- 31 March less a month is 28 or 29 February
    local good, earlier = pcall(core.day, ("%04d-%02d-%02d"):format(count // 12, count % 12 + 1, last))
    if good then return earlier end
  end
  return core.day(("%04d-%02d-%02d"):format(count // 12, count % 12 + 1, tonumber(of_month)))
end

local function start_of(read)
  local number, unit = table.unpack(read.warm_up or { 0, "day" })
  if unit == "day" then return read.from - number end
  return months_before(read.from, unit == "year" and 12 * number or number)
end

-- ── the word ────────────────────────────────────────────────────────────────────────────────────────────────────

local function check_names(self, faults)
  local seen = {}
  for _, scenario in ipairs(self.scenarios) do
    if seen[scenario.name] then
      faults:add(scenario.place, "scenario '%s' stands twice, also at %s, names must differ", scenario.name,
                 seen[scenario.name])
    end
    seen[scenario.name] = scenario.place
  end
  local sections = {}
  for i, section in ipairs(self.basin:list "section") do sections[i] = section.name end
  if self.headline and not vocabulary.is_in(self.headline, sections) then
    faults:add(self.place, "study '%s': headline '%s' is not a section of basin '%s'%s", self.name, self.headline,
               self.basin.name, vocabulary.hint(self.headline, sections))
  end
end

local function is_word(word)
  return function(value) return value.word == word end
end

local function make(name, place, given)
  local faults = fault.list()
  local self = words.fields(("study '%s'"):format(name), place, given, known, faults, "scenarios = { … }")
  for _, key in ipairs { "basin", "from", "to" } do
    if given[key] == nil then faults:add(place, "study '%s': '%s' must be given", name, key) end
  end
  self.word, self.kind, self.name, self.place = "study", "study", name, place
  self.scenarios = words.flatten("study", name, place, self.scenarios or {}, faults, is_word "scenario")
  self.draws = words.flatten("study", name, place, self.draws or {}, faults, is_word "draw")
  self.evidence = words.flatten("study", name, place, self.evidence or {}, faults, is_word "evidence")
  if self.from and self.to and self.to < self.from then
    faults:add(place, "study '%s': to is %s, before from, %s", name, given.to, given.from)
  end
  faults:raise()
  if #self.scenarios == 0 then self.scenarios = { changes.scenario "base" {} } end
  self.members, self.seed, self.first_member = self.members or 1, self.seed or 1, self.first_member or 0
  self.step, self.cell = self.step or 3600.0, self.cell or 3000.0
  if 86400 % self.step ~= 0 then faults:add(place, "study '%s': step is %g s, must divide a day", name, self.step) end
  self.start, self.stop = start_of(self), self.to + 1
  check_names(self, faults)
  for _, scenario in ipairs(self.scenarios) do
    for _, measure in ipairs(scenario.measures) do changes.check(self.basin, measure.changes, faults) end
    rules.check(self.basin, rules.of(self.basin, scenario), faults)
  end
  changes.check_draws(self.basin, self.draws, faults)
  evidence.check(self.basin, self.evidence, faults)
  self.outlooks = outlook.resolve(self.basin, ("study '%s'"):format(name), place, self.weather, faults)
  faults:raise()
  self.notices = notices.of(self)
  return setmetatable(self, Study)
end

-- ── what a study does ───────────────────────────────────────────────────────────────────────────────────────────

local function run_options(self, model, options)
  local scenarios = {}
  for i, scenario in ipairs(self.scenarios) do scenarios[i] = lower.scenario(model, self.basin, scenario) end
  return { start = self.start, record = self.from, stop = self.stop, step_s = self.step, theta = self.theta,
           first_member = options.first_member or self.first_member, members = options.members or self.members,
           threads = options.threads or self.threads, seed = self.seed, ledger_tolerance = self.ledger_tolerance,
           scenarios = scenarios, draws = lower.draws(self.draws), inertia = self.inertia,
           outlooks = lower.outlooks(self.outlooks) }
end

-- Lowers and compiles everything that a run would and makes a run of one member; raises the first fault. Returns the size
-- of the model.
function Study:check()
  local model = lower.model(self.basin, self.cell)
  core.run(model, run_options(self, model, { members = 1 })):close()
  return model:size()
end

local run_fields = {
  to = values.text, threads = known.threads, members = known.members, first_member = known.first_member,
  progress = function(value)
    if type(value) == "function" then return value end
    return nil, ("is a %s, expected a function(done, day)"):format(type(value))
  end,
  command = values.text, script = values.text,
}

-- Dispersion of each reach to four digits: estimates, and a file's size should not hang on the last bits of a machine.
local function dispersion_of(run)
  local rows = run:dispersion()
  for _, row in ipairs(rows) do
    for _, key in ipairs { "courant", "physical", "numerical" } do row[key] = tonumber(("%.4g"):format(row[key])) end
  end
  return rows
end

-- Months of the run into the file, then the ledgers; a failure leaves what was written readable.
local function run_into(self, model, results, options)
  local run = core.run(model, run_options(self, model, options))
  run:to(results)
  local days = self.stop - self.start
  while run:step() do
    if options.progress then options.progress((run:day() - self.start) / days, core.date(run:day())) end
  end
  local stats = run:stats()
  results:set_text("dispersion", text.encode(dispersion_of(run)))
  run:close()
  return stats
end

-- options: to (path of the results), threads, members, first_member, progress = function(done 0..1, date),
-- command and script (texts kept in the file). Returns the opened results.
function Study:run(options)
  local place, faults = fault.here(2), fault.list()
  options = words.fields(("run of '%s'"):format(self.name), place, options or {}, run_fields, faults, "members = 8")
  faults:raise()
  local path = options.to or self.out or self.name:gsub("[^%w_-]", "_") .. ".h5"
  local model = lower.model(self.basin, self.cell)
  local results = core.results_create(path)
  results:set_text("study", describe.study(self, options))
  results:set_text("script", options.script or describe.script(self.place))
  if options.command then results:set_text("command", options.command) end
  results:set_text("draws", describe.draws(self.draws))
  local good, stats = pcall(run_into, self, model, results, options)
  if not good then
    pcall(results.close, results)
    error(stats, 0)
  end
  results:close()
  local opened = require "ecosim.results".open(path, self)
  opened.stats = stats
  return opened
end

study.word = words.word("study", make)

return study
