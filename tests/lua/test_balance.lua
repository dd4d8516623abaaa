-- test_balance.lua -- the water balance: of a run, of a collection, of a file, and as `ecosim show --balance` tells it.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. package.path
local t = require "core_support"
local core = require "ecosim.core"
local text = require "ecosim.text"
local balance = require "ecosim.balance"
local build = os.getenv "BUILD" or "build"
local scripts = here .. "../../scripts"

local function shell(command)
  local _, how, code = os.execute(("unset LD_PRELOAD; export ECOSIM_SCRIPTS=\"$PWD/%s\"; ecosim=$(realpath '%s/ecosim'); cd '%s' && "
    .. "{ %s; } > out 2> err"):format(scripts:gsub("^%./", ""), build, t.folder, command))
  return how == "exit" and code or 128 + code, text.read_file(t.path "out"), text.read_file(t.path "err")
end
local function ecosim(arguments) return shell("\"$ecosim\" " .. arguments) end

-- ── run, collection, file ───────────────────────────────────────────────────────────────────────────────────────

local model = core.compile(t.pond())
local options = { start = core.day "2018-01-01", record = core.day "2018-02-01", stop = core.day "2018-07-01", members = 2 }
local run = core.run(model, options)
t.says("eco_run_balance: the run of 'hello' is in its warm-up, there is no balance before the first recorded day",
       "there is no balance in the warm-up", run.balance, run, "water", 1, 1)
local kept = run:collect()
t.says("the collection has no balance: the run did not reach its end", "nor in a collection before the end", kept.balance,
       kept, "water", 1, 1)
local file = core.results_create(t.path "pond.h5")
run:to(file)
while run:step() do end
file:close()
local results = core.results_open(t.path "pond.h5")
local pond = run:balance("water", 1, 2)[1]
t.same(pond.name, "pond", "places have their names")
t.near(pond.rows["boundary inflow"], 4000 * 150, 1e-6, "the inflow of the recorded days, without the warm-up")
t.near(pond.residual, 0, 1e-13, "it closes")
local same = true
for _, reader in ipairs { kept, results } do
  for _, kind in ipairs { "water", "catchment", "source" } do
    same = same and text.encode(reader:balance(kind, 1, 2)) == text.encode(run:balance(kind, 1, 2))
  end
end
t.ok(same, "collection and file tell the same")
local layout = results:layout().balances
t.same(core.date(layout.first_day) .. " " .. layout.days .. " " .. layout.source[1], "2018-02-01 150 town", "the layout says of which days")
t.says("unknown scenario 'x'", "scenarios are known by name", results.balance, results, "water", "x", 1)
t.says("member 3 is not in 1..2", "members by number", results.balance, results, "water", 1, 3)
t.ok(t.message(results.balance, results, "lake", 1, 1):find("invalid option 'lake'", 1, true), "kinds are water, catchment, source")

-- ── numbers of a made-up file ───────────────────────────────────────────────────────────────────────────────────

-- three members whose inflow is 10, 30 and 20 million m3: the third is the median's
local inflow = { 10e6, 30e6, 20e6 }
local function water(name, rows)
  local all = { initial = 0, final = 0 }
  for _, row in ipairs { "boundary inflow", "runoff", "sources", "rain", "from other waters", "evaporation",
                         "to other waters", "abstraction", "outflow" } do all[row] = 0 end
  for row, m3 in pairs(rows) do all[row] = m3 end
  return { name = name, rows = all, residual = name == "L" and -2e-15 or 1e-15 }
end
local made_up = {
  layout = function() return { members = 3, first_member = 5, scenarios = { "base" },
                               balances = { first_day = core.day "2018-01-01", days = 1461 } } end,
  balance = function(_, kind, _, m)
    if kind == "water" then
      return { water("L", { ["boundary inflow"] = inflow[m], rain = 4e6, evaporation = 2e6, ["to other waters"] = 8e6, final = 3e6 }),
               water("R", { ["from other waters"] = 8e6, abstraction = 4e6, outflow = 4e6 }) }
    elseif kind == "catchment" then
      return { { name = "c1", residual = 0, rows = { initial = 1e6, rain = 40e6, irrigation = 4e6, evapotranspiration = 24e6,
                                                     runoff = 16e6, final = 5e6 } },
               { name = "c2", residual = 3e-16, rows = { initial = 0, rain = 20e6, irrigation = 0, evapotranspiration = 16e6,
                                                         runoff = 4e6, final = 0 } } }
    end
    return { { name = "s1", rows = { flow = 1.2e6 }, residual = 0 }, { name = "s2", rows = { flow = 0 }, residual = 0 } }
  end,
}
local study = { name = "made up", basin = {
  waters = { { name = "L", name_en = "Lake, the", kind = "lake", county = "north" }, { name = "R", kind = "reach", county = "south" } },
  catchments = { { name = "c1", county = "north", area_m2 = 10e6 }, { name = "c2", area_m2 = 5e6 } },
  sources = { { name = "s1", county = "south" }, { name = "s2", county = "empty" } },
  counties = { { name = "north", name_en = "North" }, { name = "empty" } } } }
local found = balance.compute(made_up, study, core, 1)
local shown = balance.summary(found)
t.same(shown.member, 7, "the member of the median inflow, as the run counts members")
t.near(shown.waters[1].million_m3_a["boundary inflow"], 5, 1e-12, "20 million m3 in 1461 days are 5 a year")
t.near(shown.waters[1].m3_s["boundary inflow"], 20e6 / (1461 * 86400), 1e-12, "and in m3/s")
t.near(shown.waters[1].lowest_million_m3_a["boundary inflow"], 2.5, 1e-12, "lowest of the members")
t.near(shown.waters[1].highest_million_m3_a["boundary inflow"], 7.5, 1e-12, "highest of the members")
t.near(shown.waters[1].million_m3_a["change of storage"], 0.75, 1e-12, "change of storage is final less initial")
t.near(shown.residual_waters, -2e-15, 0, "the largest residual of the waters")
t.near(shown.residual_catchments, 3e-16, 0, "and of the catchments")
local names = {}
for i, county in ipairs(shown.counties) do names[i] = county.name end
t.same(table.concat(names, "|"), "north||south", "counties of the basin first, then others; one without water is left out")
local north = shown.counties[1]
t.near(north.mm_a["rain on land"], 1000, 1e-9, "40 million m3 in 4 years on 10 km2 are 1000 mm a year")
t.near(north.mm_a.irrigation, 100, 1e-9, "irrigation over its land")
t.near(north.mm_a["evaporation of lakes"], 50, 1e-9, "evaporation of the county's lakes over its land")
t.near(north.million_m3_a["change of stores"], 1, 1e-12, "stores of the land at the end less at the start")
t.near(shown.counties[3].million_m3_a.sources, 0.3, 1e-12, "sources count where they are, not where their water is")
t.near(shown.counties[3].million_m3_a.abstraction, 1, 1e-12, "what intakes take counts in the county of the water")
t.ok(shown.counties[3].mm_a == nil, "a county without land has no mm")
t.same(shown.counties[2].name_en, "(no county)", "land without a county is told apart")
local said, widest = balance.tables(found), 0
for line in said:gmatch "[^\n]+" do widest = math.max(widest, text.width(line)) end
t.ok(widest <= 110, "tables fit 110 columns")
t.ok(said:find("Lake                   m3/s       0.16", 1, true), "a lake in m3/s")
t.ok(said:find("                       Mm3/a      5.00       –       –    1.00       –    0.50    2.00       –       –    0.75\n", 1, true),
     "and in million m3 a year")
t.ok(said:find("  10 km2 of land       mm/a       1000   100.0   600.0   400.0   100.0", 1, true), "a county in mm")
t.ok(said:find("all                    Mm3/a      15.0", 1, true), "and all of them together")
t.ok(said:find("closes to 2.0e-15 of what went through (worst water of all members), 3.0e-16 (worst catchment)", 1, true),
     "and how well it closes")

-- ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────

t.write("valley.lua", [[
local eco = require "ecosim"
local valley = eco.basin "valley" {
  eco.county "north" { name_en = "North County" },
  eco.lake "pond" { level = { 28, 32 }, area = { "5 ha", "5 ha" }, initial_level = "30 m", inflow = "4000 t/d", county = "north" },
  eco.structure "weir" { law = "weir", from = "pond", crest = "30 m", width = "2 m" },
  eco.catchment "hills" { water = "pond", area = "2 km2", curve_number = 75, county = "north" },
  eco.source "town" { water = "pond", flow = "500 m3/d", county = "north" },
  eco.section "middle" { water = "pond", target_class = 3 },
  eco.climate "climate" { t_mean = { 4, 6, 11, 17, 22, 26, 28, 28, 23, 18, 11, 6 }, p_wet_wet = 0.4, p_wet_dry = 0.2,
    gamma_shape = 0.7, gamma_scale = "12 mm", evaporation = "60 mm", wind = "2 m/s" },
}
return eco.study "valley" { basin = valley, from = "2019-01-01", to = "2019-03-31", members = 3, scenarios = {
  eco.scenario "base" {}, eco.scenario "other" {} } }
]])
local code, out, err = ecosim "run valley.lua --quiet"
t.same(code .. out .. err, "0", "a study of a county runs")
code, out, err = ecosim "show --balance valley.h5"
t.ok(code == 0 and err == "" and out:find("scenario 'base', 2019-01-01 to 2019-03-31\nmember 0", 1, true)
     or out:find("of 3 the one whose inflow is the median", 1, true), "show --balance tells scenario and member")
t.ok(out:find("North County           Mm3/a", 1, true) and out:find("  2 km2 of land", 1, true), "and the county by its name")
code, out = ecosim "show valley.h5 --balance --json --scenario other"
local told = code == 0 and text.decode(out)
t.ok(told and told.scenario == "other" and told.members == 3, "--scenario takes another one, --json gives the numbers")
t.near(told.waters[1].million_m3_a["boundary inflow"], 4000 * 365.25 / 1e6, 1e-9, "inflow of the file")
t.near(told.counties[1].million_m3_a.sources, 500 * 365.25 / 1e6, 1e-9, "sources of the county")
t.near(told.counties[1].mm_a.runoff * 2e6 * 1e-9, told.waters[1].million_m3_a.runoff, 1e-9, "runoff of the county is the pond's")
t.ok(math.abs(told.residual_waters) <= 1e-12 and math.abs(told.residual_catchments) <= 1e-12, "it closes")
code, out, err = ecosim "show valley.h5 --scenario other"
t.same(code .. (err:match "[^\n]*"), "2ecosim: show: --scenario goes with --balance", "--scenario alone is wrong usage")

t.finish()
