-- test_daily.lua -- weather and flow day by day, years of a study, draws on climate and waters: from the words to what a run
-- gives.
local t = require "report_support"
local core = require "ecosim.core"
local eco = require "ecosim"
local csv = require "ecosim.csv"
local daily = require "ecosim.daily"
local lower = require "ecosim.lower"
local outlook = require "ecosim.outlook"

local function series(body, options)
  local rows, heading = csv.parse(body, "w.csv")
  return daily.series(rows, heading, options or {}, "w.csv")
end

-- ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

local read = series("date,rain (cm),t_min [C],t_max [degC],station\n2016-02-27,1.25,2,8,A\n2016-03-01,,3,9,A\n",
                    { ignore = { "station" } })
t.same(read.rain[1], 12.5, "a value is in the unit of the parameter table")
t.same(read.rain.first, core.day "2016-02-27", "a series knows its first day")
t.same(#read.rain, 4, "a leap day that is left out is a day without a value")
t.ok(read.rain[2] ~= read.rain[2] and read.rain[4] ~= read.rain[4], "a day left out and an empty cell are not known")
t.same(read.t_max[4], 9.0, "every column is a series of its own")
t.same(read.rain.place, "w.csv", "and remembers its file")
read = series("day,P20\n2016-01-01,3\n", { date = "day", columns = { rain = "P20" }, units = { rain = "mm" } })
t.same(read.rain[1], 3.0, "columns and units may be named by the script")
t.refuses("w.csv: there are no days", function() series "date,rain (mm)\n" end, "a file without days")
t.refuses("column 'date' is missing", function() series "rain (mm)\n3\n" end, "a file without dates")
t.refuses("no column but the date", function() series "date\n2016-01-01\n" end, "a file with dates alone")
t.refuses("both rain", function() series "date,rain (mm),rain (cm)\n2016-01-01,1,1\n" end, "a series in two columns")
t.refuses("column 'P' (rain) is missing", function() series("date,rain (mm)\n2016-01-01,1\n", { columns = { rain = "P" } }) end,
          "a column that was promised")
t.refuses("which is no daily series (did you mean 'rain'?)", function() eco.read_daily("w.csv", { units = { rian = "mm" } }) end,
          "an option of what is no series")

-- ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────

local normals = { t_mean = 12, p_wet_wet = 0.5, p_wet_dry = 0.2, gamma_shape = 0.7, gamma_scale = "12 mm",
                  evaporation = "60 mm", wind = "2 m/s" }

local function climate(more)
  local given = {}
  for key, value in pairs(normals) do given[key] = value end
  for key, value in pairs(more or {}) do given[key] = value end
  return eco.climate "hills" (given)
end

local function pond(more, water)
  local given = { level = { 0, 40 }, area = { 2, 2, unit = "km2" }, initial_level = 20 }
  local river = { length = "6 km", bottom_width = 10, side_slope = 1, manning_n = 0.03, bed_up = 5, bed_down = 3,
                  inflow = { 1, 2, 4, 8, 5, 3, 9, 2, 1, 6, 2, 0.5 } }
  for key, value in pairs(water or {}) do river[key] = value end
  return eco.basin "test" { climate(more), eco.lake "pond" (given), eco.reach "river" (river),
                            eco.section "end" { water = "river" } }
end

t.same(climate { daily = { rain = { from = "2016-01-01", unit = "cm", 0, false, 0.3 } } }.fields["daily.rain"][3], 3.0,
       "days may be written out")
t.refuses("daily.rain of 2016-01-02 is -1", function()
  climate { daily = { rain = { from = "2016-01-01", 0, -1 } } }
end, "a value out of range names its day")
t.refuses("expected a series of eco.read_daily", function() climate { daily = { rain = 3 } } end, "a number is no series")
t.refuses("no daily series 'rian' (did you mean 'daily.rain'?)", function() climate { daily = { rian = { from = "2016-01-01", 0 } } } end,
          "a series that does not exist")

local function told(basin, name)
  for _, row in ipairs(lower.model(basin):weather()) do
    if row.name == name then return row.text end
  end
end
t.same(told(pond { daily = read }, "rain"), "day by day: w.csv, 2016-01-01 to 2016-01-01", "the model tells its weather")
t.ok(eco.show_basin(pond()):find("inflow of river        monthly means", 1, true), "and show prints it")

-- ── years ───────────────────────────────────────────────────────────────────────────────────────────────────────

local function run(basin, more)
  local given = { basin = basin, from = "2016-01-01", to = "2017-12-31", step = "1 d", members = 2 }
  for key, value in pairs(more or {}) do given[key] = value end
  local study = eco.study "years" (given)
  local model = lower.model(basin)
  local r = core.run(model, { start = study.start, record = study.from, stop = study.stop, step_s = study.step,
    members = study.members, seed = study.seed, draws = lower.draws(study.draws), outlooks = lower.outlooks(study.outlooks) })
  while r:step() do end
  local booked = {}
  for member = 1, study.members do
    for _, entry in ipairs(r:ledger(1, member)) do
      if entry.quantity == "water" then booked[member] = entry.rows end
    end
  end
  r:close()
  return booked
end

local DAYS = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
local INFLOW = { 1, 2, 4, 8, 5, 3, 9, 2, 1, 6, 2, 0.5 }
local function volume(factor_2016, factor_2017)
  local sum = 0
  for month = 1, 12 do
    sum = sum + 86400 * INFLOW[month] * (DAYS[month] * factor_2016 + (month == 2 and 28 or DAYS[month]) * factor_2017)
  end
  return sum
end

local free = run(pond())
t.near(free[1]["boundary inflow"] / volume(1, 1), 1, 1e-13, "months spread over days keep their volume")
local years = { [2011] = { rain = 0.5, inflow = { river = 0.25 } }, [2016] = { rain = 1.2 } }
local factors = { inflow_wet = 1.5, inflow_dry = 0.6 }
local wet = run(pond({}, factors), { weather = "wet" })
local dry = run(pond({}, factors), { weather = "dry" })
t.near(wet[1].air, wet[2].air, 1e-6 * wet[1].air, "all members have a wet year's rain")
t.ok(free[1].air ~= free[2].air, "where free years differ")
t.ok(wet[1].air > 1.2 * dry[1].air, "a wet year has more rain than a dry one")
t.near(wet[1]["boundary inflow"] / volume(1.5, 1.5), 1, 1e-13, "and the inflow of one")
local mixed = run(pond({ years = years }, factors), { weather = { [2016] = 2011, rest = "dry" } })
t.near(mixed[2]["boundary inflow"] / volume(0.25, 0.6), 1, 1e-13, "a named year has the inflow of that year")
local dry_2016 = run(pond({}, factors), { weather = { [2016] = "dry" } })
t.ok(dry_2016[1].air ~= dry[1].air, "years that are not named are free")
t.refuses("expected years, as", function() run(pond(), { weather = { wet = 2016 } }) end, "years come first")
t.refuses("weather of 2016 is a boolean", function() run(pond(), { weather = { [2016] = true } }) end, "then a word")
t.refuses("has an inflow of 'pond', which has none", function()
  run(pond { years = { [2011] = { rain = 1, inflow = { pond = 2 } } } }, { weather = 2011 })
end, "a named year of a water without inflow")
t.same(outlook.text(outlook.read { [2016] = "wet", [2017] = "2011", rest = "normal" }),
       "2016 wet, 2017 as 2011, all others normal", "an outlook in words")

-- ── draws ───────────────────────────────────────────────────────────────────────────────────────────────────────

local draws = { eco.draw { item = "climate", param = "rain", distribution = "uniform", low = 0.5, high = 1.5 },
                eco.draw { item = "river", param = "inflow", low = 0.5, typical = 1, high = 2 },
                eco.draw { item = "pond", param = "area", distribution = "triangular", low = 0.8, typical = 1, high = 1.2 } }
local drawn = run(pond(), { draws = draws })
for member = 1, 2 do
  local factor = {}
  for i, row in ipairs(lower.draws(draws)) do factor[i] = core.draw_value(row, 1, member - 1) end
  t.near(drawn[member].air / free[member].air, factor[1] * factor[3], 1e-12, "rain falls on a lake of another area")
  t.near(drawn[member]["boundary inflow"] / free[member]["boundary inflow"], factor[2], 1e-12, "the inflow is another")
end
t.refuses("item must be kinetics, a process, climate or a water (did you mean 'pond'?), or give group", function()
  run(pond(), { draws = { eco.draw { item = "ponds", param = "area", low = 1, typical = 1, high = 1 } } })
end, "a draw of a water that is not there")

t.finish()
