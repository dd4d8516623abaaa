-- test_words.lua -- the words: what they return, what they refuse, and where the message points.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. here .. "../../scripts/?.lua;" .. here .. "../../scripts/?/init.lua;" .. package.path

local t = require "report_support"
local eco = require "ecosim"
local core = require "ecosim.core"

local function reach(name, more)
  local given = { length = "10 km", bottom_width = 10, side_slope = 2, manning_n = 0.03, bed_up = 20, bed_down = 10 }
  for key, value in pairs(more or {}) do given[key] = value end
  return eco.reach(name)(given)
end

-- The words of a script, run under its own name: what it says when it is wrong.
local function message(script)
  local chunk = assert(load(script, "@study.lua", "t", setmetatable({ eco = eco }, { __index = _G })))
  local good, raised = pcall(chunk)
  return good and "nothing was refused" or tostring(raised)
end

local function says(script, wanted, sentence)
  t.same(message(script), wanted, sentence)
end

-- ── what words return ───────────────────────────────────────────────────────────────────────────────────────────

local lena = reach("Lena", { name_zh = "莱娜", downstream = "Bay" }) local line = debug.getinfo(1, "l").currentline
t.same(lena.word, "reach", "a word returns a table of its kind")
t.same(lena.fields.length, 10000.0, "a quantity is in the unit of the parameter table")
t.same(lena.fields.bottom_width, 10.0, "a bare number is in that unit already")
t.same(lena.about.name_zh, "莱娜", "a description stays beside the numbers")
t.same(lena.about.length, nil, "and numbers do not stand in it")
local bare = eco.county "Hill" {} line = debug.getinfo(1, "l").currentline
t.ok(bare.place:find("test_words.lua:" .. line, 1, true), "an item remembers the line of its word", bare.place)
local from_row = eco.county "Row" { place = "counties.csv:7" }
t.same(from_row.place, "counties.csv:7", "an item made of a row stands where the row stands")

local town = eco.source "Town" { water = "Lena", flow = "8640 m3/d", conc = { ["NH3-N"] = "6 mg/L", TN = 16 },
                                 ["load.TP"] = "2 kg/d", group = "wwtp" }
t.near(town.fields.flow, 0.1, 1e-12, "m3/d becomes m3/s")
t.same(town.fields["conc.NH3-N"], 6.0, "a nested table stands for the points of the parameter's name")
t.same(town.fields["load.TP"], 2.0, "which may be written out as well")
local months = reach("M", { inflow = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, unit = "m3/s" }, inflow_conc = { TP = { 0.1 } } })
t.same(months.fields.inflow[12], 12.0, "twelve months are a list")
t.same(months.fields["inflow.TP"][1], 0.1, "the concentration of an inflow is inflow_conc")
local lake = eco.lake "L" { level = { 10, 12 }, area = { 0, 3, unit = "km2" }, initial_level = "1200 cm" }
t.same(lake.fields.area[2], 3e6, "a list may carry its unit")
t.same(lake.fields.initial_level, 12.0, "cm become m")
t.same(eco.structure "S" { law = "weir", from = "L", active = false }.fields.active, 0.0, "false is 0")
local other = eco.site "As" { contaminant = "As", not_simulated = "not in this version" }
t.same(other.about.not_simulated, "not in this version", "an item may be described only: then nothing must be given")

-- ── a basin ─────────────────────────────────────────────────────────────────────────────────────────────────────

local bay = eco.lake "Bay" { level = { 8, 12 }, area = { 1e6, 2e6 }, initial_level = 10 }
local basin = eco.basin "Mjosa" { { lena, { bay } }, town,
  draws = { eco.draw { group = "wwtp", low = 0.5, typical = 1, high = 2 } },
  changes = { { item = "Town", param = "flow", value = "17280 m3/d", from = "2018-01-01" } } }
t.same(#basin.items, 3, "lists of items nest")
t.same(basin:find("Bay"), bay, "items are found by name")
t.same(#basin:list "water", 2, "and listed by kind")
t.near(basin.changes[1].number, 0.2, 1e-12, "the changes of a basin are checked and converted")
t.same(basin:groups()[1], "wwtp", "sources have groups")

-- ── messages of words ───────────────────────────────────────────────────────────────────────────────────────────

says([[local x = 1
eco.rech "Lena" {}]], "study.lua:2: no word 'rech' (did you mean 'reach'?)", "an unknown word, with the nearest")
says([[eco.reach "Lena" { length = "42 km", bottom_width = 20, slide_slope = 2, manning_n = 0.03, bed_up = 2, bed_down = 1 }]],
     "study.lua:1: reach 'Lena': no field 'slide_slope' (did you mean 'side_slope'?)", "a misspelt field, with the nearest")
says([[return eco.lake "Bay" {
  level = { 1, 2 } }]], [[
study.lua:1: lake 'Bay': 'area' must be given (water surface at each level, not falling, last above 0, m2)
study.lua:1: lake 'Bay': 'initial_level' must be given (level at the start of the warm-up, m)]],
     "all that is missing, at the line of the word, with its unit")
local good = [[bottom_width = 20, side_slope = 2, manning_n = 0.03, bed_up = 2, bed_down = 1 }]]
says("eco.reach 'Lena' { length = '5 kg', " .. good,
     "study.lua:1: reach 'Lena': length is in 'kg', expected a unit that agrees with m", "a wrong unit names both")
says("eco.reach 'Lena' { length = 'far', " .. good, "study.lua:1: reach 'Lena': length is 'far', expected a number in m",
     "a text where a number belongs")
says("eco.reach 'Lena' { length = 0/0, " .. good, "study.lua:1: reach 'Lena': length is not a number (nan)", "not a number")
says("eco.reach 'Lena' { length = -5, " .. good, "study.lua:1: reach 'Lena': length is -5 m, must be 1..1e+07 m", "out of range")
says("eco.reach 'Lena' { length = {}, " .. good, "study.lua:1: reach 'Lena': length is a table, expected a number in m", "a table")
says("eco.reach 'Lena' { 7, length = 5, " .. good, "study.lua:1: reach 'Lena': value 1 has no field name, write name = value", "a value without a name")
says("eco.reach 'Lena' { length = 5, inflow = { 1, 2 }, " .. good,
     "study.lua:1: reach 'Lena': inflow has 2 values, expected 12 (January first) or one for all months", "two months")
says("eco.source 'T' { water = 'L', conc = { ['NH3N'] = 1 } }",
     "study.lua:1: source 'T': no constituent 'NH3N' in 'conc' (did you mean 'NH3-N'?)", "an unknown constituent")
says("eco.reach 'Lena' { length = 5, confidence = 'D', " .. good, "study.lua:1: reach 'Lena': confidence is 'D', must be A, B or C", "grades")
says("eco.section 'S' { water = 'L', target_class = 2.5 }", "study.lua:1: section 'S': target_class is 2.5, must be 1, 2, 3, 4 or 5", "classes")
says("eco.reach { length = 5 }", "study.lua:1: reach: the name is a table, expected a text: eco.reach \"name\" { … }", "a word without a name")
says("eco.reach 'Lena' (5)", "study.lua:1: reach 'Lena' is followed by a number, expected a table: eco.reach \"Lena\" { … }", "a name without a table")
says("eco.county '\xff' {}", "study.lua:1: county: the name is not UTF-8", "names are UTF-8")

-- ── messages of a basin ─────────────────────────────────────────────────────────────────────────────────────────

local two = [[local a = eco.lake "Bay" { level = { 1, 2 }, area = { 1, 2 }, initial_level = 2 }
local b = eco.reach "Lena" { downstream = "Bey", length = 5, ]] .. good .. "\n"
says(two .. "eco.basin 'Mjosa' { a, b }",
     "study.lua:2: reach 'Lena' flows into 'Bey', which is not in basin 'Mjosa' (did you mean 'Bay'?)", "a link to nothing, at the item's line")
says(two .. "b.fields.downstream = 'Town'\neco.basin 'Mjosa' { a, b, eco.county 'Town' {} }",
     "study.lua:2: reach 'Lena' flows into 'Town', which is a county, expected a water", "a link to the wrong kind")
says(two .. "b.fields.downstream = 'Bay'\neco.basin 'Mjosa' { a, b,\n eco.county 'Lena' {} }",
     "study.lua:5: county 'Lena' has the name of the reach at study.lua:2, names must differ", "a name that stands twice")
says(two .. "eco.basin 'Mjosa' { a, nothing }\n", "nothing was refused", "a nil at the end is no value")
says(two .. "eco.basin 'Mjosa' { nothing, a }\n",
     "study.lua:3: basin 'Mjosa': value 1 is nil (a misspelt variable?), expected a word such as eco.reach \"name\" { … }", "a nil in a list")
says("eco.basin 'Empty' {}", "study.lua:1: basin 'Empty' is empty, expected items", "an empty basin")
says(two .. "b.fields.downstream = 'Bay'\neco.basin 'M' { a, b, eco.section 'S' { water = 'Lina' } }",
     "study.lua:4: section 'S' lies on 'Lina', which is not in basin 'M' (did you mean 'Lena'?)", "a section on no water")
says(two .. "eco.basin 'M' { a, eco.site 'As' { contaminant = 'As', water = 'Bay', area = 1, depth = 1, total = 1, " ..
     "bulk_density = 1, water_content = 0.5, infiltration = 1 } }",
     "study.lua:3: site 'As': contaminant 'As' is not a constituent", "a contaminant that is not carried")

-- ── measures, scenarios, draws, studies ─────────────────────────────────────────────────────────────────────────

local m = eco.measure "better" { from = "2016-07-01", by = "2016-12-31", cost = { capital = 1e6, lifetime = 20 },
  changes = { { item = "Town", param = "conc.TP", value = "300 ug/L" }, { item = "Town", param = "flow", op = "scale", value = 0.5 } } }
t.same(m.changes[1].from, core.day "2016-07-01", "a change has the dates of its measure")
t.same(m.changes[1]["until"], core.day "2016-12-31", "by is until, which Lua keeps for itself")
local s = eco.scenario "plan" { { m }, title_zh = "方案" }
t.same(s.measures[1], m, "a scenario is a list of measures")
local study = eco.study "St" { basin = basin, scenarios = { s }, from = "2016-03-31", to = "2016-12-31", warm_up = "1 month" }
t.same(core.date(study.start), "2016-02-29", "the warm-up comes before the first day recorded")
t.same(study.stop, core.day "2017-01-01", "the last day is part of the study")
t.near(m.changes[1].number, 0.3, 1e-12, "values of changes are converted when the study is described")
t.same(eco.study "N" { basin = basin, from = "2016-01-01", to = "2016-01-31" }.scenarios[1].name, "base", "without a scenario: the basin as it is")

local made = "local basin = ...\n"
local function in_study(text, wanted, sentence)
  local chunk = assert(load("local basin = ...\n" .. text, "@study.lua", "t", setmetatable({ eco = eco }, { __index = _G })))
  local good_call, raised = pcall(chunk, basin)
  t.same(good_call and "nothing was refused" or tostring(raised), wanted, sentence)
end
in_study("eco.measure 'x' { from = '2016-13-01', changes = {} }",
  "study.lua:2: measure 'x': from is '2016-13-01', expected a date that exists, as 2016-01-31", "a date that does not exist")
in_study("eco.measure 'x' { form = '2016-01-01', changes = {} }", "study.lua:2: measure 'x': no field 'form' (did you mean 'from'?)", "a field of a measure")
in_study("eco.measure 'x' { from = '2016-01-01', changes = { { item = 'Town', value = 1 } } }",
  "study.lua:2: measure 'x': change 1: 'param' must be given", "a change without a parameter")
in_study("eco.measure 'x' { from = '2016-01-01', changes = { { item = 'Town', param = 'flow', value = 1, op = 'add' } } }",
  "study.lua:2: measure 'x': change 1: op is 'add', must be set (becomes the value) or scale (is multiplied by it)", "an unknown operation")
in_study("eco.measure 'x' { from = '2016-01-01', changes = { { 'Town', param = 'flow', value = 1 } } }",
  "study.lua:2: measure 'x': change 1: value 1 has no field name, write item = …, param = …, value = …\n"
  .. "study.lua:2: measure 'x': change 1: 'item' must be given", "a value without a name in a change")
in_study("eco.measure 'x' { cost = { '5 M CNY' }, changes = {} }",
  "study.lua:2: measure 'x': cost has a fault: value 1 has no field name, write capital = …", "or in a cost")
in_study("eco.draw { 7, group = 'wwtp', low = 1, typical = 2, high = 3 }",
  "study.lua:2: draw of 'wwtp': value 1 has no field name, write group = …", "or in a draw")
in_study("eco.scenario 's' { eco.county 'c' {} }", "study.lua:2: scenario 's': value 1 is a county, which does not belong in a scenario", "a county in a scenario")
in_study("eco.study 's' { from = '2016-01-01', to = '2016-12-31' }", "study.lua:2: study 's': 'basin' must be given", "a study without a basin")
in_study("eco.study 's' { basin = basin, from = '2016-01-01', to = '2015-12-31' }",
  "study.lua:2: study 's': to is 2015-12-31, before from, 2016-01-01", "an end before the start")
in_study("eco.study 's' { basin = basin, from = '2016-01-01', to = '2016-12-31', members = 0 }",
  "study.lua:2: study 's': members is 0, must be a whole number 1..1000000", "no members")
in_study("eco.study 's' { basin = basin, from = '1016-01-01', to = '2016-12-31' }",
  "study.lua:2: study 's': from is '1016-01-01', expected a date in 1900..2200", "a slip of the century")
in_study("eco.study 's' { basin = basin, from = '2016-01-01', to = '2016-12-31', step = '7 h' }",
  "study.lua:2: study 's': step is 25200 s, must divide a day", "a step that does not divide a day")
in_study("eco.study 's' { basin = basin, from = '2016-01-01', to = '2016-12-31', scenarios = { eco.scenario 'a' {\n eco.measure 'x' " ..
  "{ from = '2016-01-01', changes = { { item = 'Twon', param = 'flow', value = 1 } } } } } }",
  "study.lua:3: measure 'x': change 1: item 'Twon' is not in basin 'Mjosa' (did you mean 'Town'?)", "a change to nothing, at the measure's line")
in_study("eco.study 's' { basin = basin, from = '2016-01-01', to = '2016-12-31', scenarios = { eco.scenario 'a' {\n eco.measure 'x' " ..
  "{ from = '2016-01-01', changes = { { item = 'Town', param = 'flow', value = '1 mg/L' } } } } } }",
  "study.lua:3: measure 'x': change 1: flow of source 'Town' is in 'mg/L', expected a unit that agrees with m3/s", "a change in a wrong unit")
in_study("eco.draw { group = 'wwtp', low = 2, typical = 1, high = 3 }",
  "study.lua:2: draw of 'wwtp': low 2, typical 1, high 3 must rise", "a draw whose numbers do not rise")
in_study("eco.study 's' { basin = basin, from = '2016-01-01', to = '2016-12-31', draws = { eco.draw { group = 'wtp', low = 1, typical = 1, high = 2 } } }",
  "study.lua:2: draw of 'wtp': no source of basin 'Mjosa' has that group (did you mean 'wwtp'?)", "a draw of no group")

-- ── many faults at once ─────────────────────────────────────────────────────────────────────────────────────────

local good_call, raised = pcall(function() eco.reach "R" { lenght = 1, width = 2 } end)
t.ok(not good_call and #raised.faults == 2, "all faults of an item are reported together")
t.same(raised.status, "ECO_INVALID", "what is raised has a status")
t.same(tostring(raised), raised.faults[1].place .. ": " .. raised.faults[1].text .. "\n" .. raised.faults[2].place .. ": " ..
       raised.faults[2].text, "and one line a fault")

-- ── showing ─────────────────────────────────────────────────────────────────────────────────────────────────────

local shown = eco.show_basin(basin)
t.ok(shown:find("\nBay\n", 1, true) and shown:find("\n  Lena  莱娜\n", 1, true), "a water stands under the one it enters", shown)
t.ok(shown:find("● Town, 8640 m3/d", 1, true), "with its plants")
t.ok(shown:find("莱娜                               ", 1, true), "Chinese characters take two columns")

-- ── a run ───────────────────────────────────────────────────────────────────────────────────────────────────────

-- The words down to a file and up again: what the file keeps is what the script said.
local runnable = eco.study "run" { basin = basin, scenarios = { eco.scenario "base" { title_zh = "现状" }, s },
  from = "2016-01-01", to = "2016-03-31", warm_up = "1 month", members = 2, draws = basin.draws, title_zh = "试验" }
local size = runnable:check()
t.same(size.waters, 2, "check lowers and compiles: all waters are there")
local path, steps = os.tmpname(), {}
do
  local results <close> = runnable:run { to = path, command = "ecosim run test", progress = function(done, date)
    steps[#steps + 1] = { done, date }
  end }
  t.same(results.study.title_zh, "试验", "the file knows the study")
  t.same(results.study.members, 2, "with its members")
  t.same(results.study.start, "2015-12-01", "and its warm-up")
  t.same(results.study.basin.waters[1].name_zh, "莱娜", "the basin with both names")
  t.same(results.study.scenarios[2].measures[1].cost.capital, 1e6, "the measures with their cost")
  t.same(results.study.scenarios[2].measures[1].changes[1].from, "2016-07-01", "and their dates")
  t.same(results.reader:text "command", "ecosim run test", "the command is kept")
  t.ok(results.reader:text("script"):find("The words down to a file", 1, true), "and the script's own text")
  t.same(results.reader:layout().scenarios[2], "plan", "scenarios stand in the order of the study")
end
t.ok(#steps >= 3 and steps[1][1] > 0 and steps[#steps][1] <= 1 and steps[1][2] == "2016-01-01", "progress is told month by month", tostring(#steps))
os.remove(path)
local half, why_half = pcall(runnable.run, runnable, { to = path .. ".none/x.h5" })
t.ok(not half and tostring(why_half):find("could not be created", 1, true), "a file that cannot be made is a fault", why_half)
t.refuses("no field 'thread'", function() runnable:run { thread = 2 } end, "an unknown option of a run is refused")

-- ── the reference ───────────────────────────────────────────────────────────────────────────────────────────────

local doc = assert(io.open(here .. "../../libecosim/doc/lua.md", "rb"))
local page = doc:read "a"
doc:close()
local examples = {}
for block in page:gmatch "```lua\n(.-)```" do examples[#examples + 1] = block end
local quiet = setmetatable({ print = function() end }, { __index = _G })
local run_it, why = load(table.concat(examples, "\n"), "@lua.md", "t", quiet)
local ran, trouble = pcall(run_it or error, why)
t.ok(ran, "the examples of doc/lua.md are one script that runs", tostring(trouble))
for _, kind in ipairs(core.kinds()) do
  t.ok(page:find("`eco." .. kind.word .. "`", 1, true), "doc/lua.md has the word " .. kind.word)
end
local vocabulary = require "ecosim.vocabulary"
local silent = {}
for kind, rows in pairs(vocabulary.specs) do
  for name, row in pairs(rows) do
    if row.about and not page:find("`" .. name .. "`", 1, true) and not page:find("`" .. name .. " =", 1, true) then
      silent[#silent + 1] = kind .. "." .. name
    end
  end
end
table.sort(silent)
t.same(table.concat(silent, " "), "", "doc/lua.md has every description field")

t.finish()
