-- test_core_run.lua -- a pond through the module: steps, sinks, results, ledgers, lifetimes.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. package.path
local t = require "core_support"
local core = require "ecosim.core"

local function to_end(run)
  local steps = 0
  while run:step() do steps = steps + 1 end
  return steps
end

local function scenarios(model)
  local base, plan = core.scenario(model, "base"), core.scenario(model, "计划")
  plan:change { from = core.day "2019-02-01", item = "town", param = "load.NH3-N", op = "scale", value = 0 }
  return { base, plan }
end

local function study(more)
  local model = core.compile(t.pond())
  local options = t.options(more)
  options.scenarios = scenarios(model)
  return core.run(model, options)
end

-- ── a run into a file and into memory ───────────────────────────────────────────────────────────────────────────

local path = t.path "pond.h5"
local run = study { members = 3, first_member = 4 }
local results = core.results_create(path)
results:set_text("script", "return nothing -- 氨氮")
t.same(run:to(results), run, "to gives the run back")
local kept = run:collect()
t.same(run:day(), core.day "2018-12-01", "a run begins at its start")
t.same(run:step(), true, "a step says that there is more")
t.same(core.date(run:day()), "2019-01-01", "it goes on by a calendar month")
to_end(run)
t.same(core.date(run:day()), "2019-04-01", "to the end")
t.same(run:step(), false, "and stays there")
results:set_text("scores", "[]")
results:close()

local read = core.results_open(path)
local layout = read:layout()
t.same(table.concat(layout.scenarios, " "), "base 计划", "a layout has the scenarios")
t.same(layout.members .. " " .. layout.first_member, "3 4", "and the members")
local section = layout.tables.section
t.same(#section.times, 90, "a row a day: 31 + 28 + 31")
t.same(core.date(section.times[1]), "2019-01-01", "from the first recorded day on")
t.same(section.complete, 90, "all of them complete")
t.same(section.time_name .. " " .. section.places[1], "day middle", "days and places are named")
t.same(#layout.tables.water.times, 3, "a row a month of a water")
t.same(#layout.tables.site.places, 0, "no site, no places")
t.same(read:text "script", "return nothing -- 氨氮", "texts come back")
t.same(read:text "absent", nil, "an absent one is nil")
t.same(table.concat(read:keys(), " "), "script scores", "keys are listed")

local same = true
for _, variable in ipairs(section.variables) do
  for scenario = 1, 2 do
    for member = 1, 3 do
      local a = read:series("section", variable.name, scenario, member, 1)
      local b = kept:series("section", variable.name, scenario, member, "middle")
      for i = 1, #a do same = same and (a[i] == b[i] or (a[i] ~= a[i] and b[i] ~= b[i])) end
    end
  end
end
t.ok(same, "memory and file hold the same numbers")
local base, plan = read:series("section", "NH3-N", "base", 1, 1), read:series("section", "NH3-N", "计划", 1, "middle")
t.same(#base, 90, "a series has a value a row")
t.same((base - plan):slice(1, 31):max(), 0.0, "before its first day a plan changes nothing")
t.ok(base[90] > plan[90], "afterwards it does")

-- ── ledgers ─────────────────────────────────────────────────────────────────────────────────────────────────────

local from_run, from_file, from_memory = run:ledger(2, 3), read:ledger("计划", 3), kept:ledger(2, 3)
t.same(from_run[1].quantity .. " " .. from_run[1].unit, "water m3", "the first ledger is of water")
local worst, equal = 0, #from_run == #from_file and #from_run == #from_memory
for i, entry in ipairs(from_run) do
  worst = math.max(worst, math.abs(entry.residual))
  for name, amount in pairs(entry.rows) do
    equal = equal and from_file[i].rows[name] == amount and from_memory[i].rows[name] == amount
  end
end
t.ok(equal, "run, file and memory have the same ledgers, bit for bit")
t.ok(worst <= 1e-12, "and they close")
t.ok(from_run[1].rows["boundary inflow"] > 0, "rows are named")
local stats = run:stats()
t.ok(stats.cell_steps > 0 and stats.seconds_water >= 0, "a run tells what it did")
t.same(#run:dispersion(), 0, "a lake alone has no dispersion along it")

-- ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────────

t.says("unknown variable 'NH3-M' (did you mean 'NH3-N'?)", "an unknown variable offers the nearest", read.series, read, "section", "NH3-M", 1, 1, 1)
t.says("unknown scenario 'bsae' (did you mean 'base'?)", "so does an unknown scenario", read.series, read, "section", "NH3-N", "bsae", 1, 1)
t.says("unknown place 'midle' (did you mean 'middle'?)", "and an unknown place", read.series, read, "section", "NH3-N", 1, 1, "midle")
t.says("member 4 is not in 1..3", "members are counted", read.series, read, "section", "NH3-N", 1, 4, 1)
t.says("place 2 is not in 1..1", "and places", kept.series, kept, "section", "NH3-N", 1, 1, 2)
t.ok(not pcall(read.series, read, "sections", "NH3-N", 1, 1, 1), "there are three tables")
t.ok(not pcall(read.set_text, read, "scores", ""), "a file that is read is not written")
local fault = select(2, pcall(core.results_open, t.path "absent.h5"))
t.same(fault.status .. " " .. fault.place, "ECO_IO " .. t.path "absent.h5", "a missing file is named")
fault = select(2, pcall(core.results_open, t.write("text.h5", "day,flow\n")))
t.same(fault.status, "ECO_FORMAT", "a file of another kind is not read")
t.ok(not pcall(core.results_create, t.path "no/such/folder/r.h5"), "a folder that is not there is refused")
local writing <close> = core.results_create(t.path "w.h5")
t.says("results: they are being written, open the file to read them", "what is being written is not read", writing.layout, writing)
t.ok(not pcall(writing.set_text, writing, "a", "b\0c"), "a text has no zero byte")

local model = core.compile(t.pond())
t.says("run: unknown option 'member' (did you mean 'members'?)", "a misspelt option is named", core.run, model, t.options { member = 3 })
t.says("'members' is 2.5, expected a whole number", "members are whole", core.run, model, t.options { members = 2.5 })
t.ok(not pcall(core.run, model, t.options { stop = core.day "2018-01-01" }), "a run does not end before it starts")
t.says("run: scenario 1 is a table, expected one made by core.scenario", "scenarios are made by the core", core.run, model, t.options { scenarios = { {} } })

-- ── lifetimes ───────────────────────────────────────────────────────────────────────────────────────────────────

local early = study {}
local file = core.results_create(t.path "early.h5")
early:to(file)
early:step()
file:close()
local good, closed = pcall(to_end, early)
t.same(not good and closed.text, "the results were closed before the run came to its end", "results closed too early are told")
t.says("run: it has failed, it cannot go on", "a failed run stays failed", early.step, early)
t.same(tostring(early), "run (failed)", "and says so")

local alone = study {}
local memory = alone:collect()
do local closing <close> = model end
collectgarbage()
collectgarbage()
to_end(alone)
t.same(#memory:series("section", "NH3-N", 1, 1, 1), 90, "a run keeps alive what it borrows")
alone:close()
t.same(memory:series("section", "NH3-N", 1, 1, 1):count(), 90, "what was collected outlives the run")
t.ok(#memory:ledger(1, 1) > 0 and memory:ledger(1, 1)[1].quantity == "water", "with its ledgers")
t.says("bad argument #1 to 'f' (the run is closed)", "a closed run is refused", function() local f = alone.step return f(alone) end)
memory:set_text("study", "{}")
t.same(memory:text "study", "{}", "a collection has texts as a file has")
memory:close()
t.ok(not pcall(memory.series, memory, "section", "NH3-N", 1, 1, 1), "and can be closed")

local half = study {}
local half_file = core.results_create(t.path "half.h5")
half:to(half_file)
half:step()
half:step()
half:close()
half_file:close()
local half_read = core.results_open(t.path "half.h5")
t.same(half_read:layout().tables.section.complete, 31, "a run that was given up leaves what it had")
local values = half_read:series("section", "NH3-N", 1, 1, 1)
t.ok(values[31] == values[31] and values[32] ~= values[32], "the rest is NaN")
t.ok(not pcall(half_read.ledger, half_read, 1, 1), "and it has no ledger")
study {} -- thrown away at once: the collector takes it
collectgarbage()
t.finish()
