-- 01_pond.lua -- one pond, one village, one year: does a small plant bring the pond to class III?
--
--   ecosim run examples/lua/01_pond.lua
local eco = require "ecosim"

local basin = eco.basin "pond" {
  eco.lake "Pond" { name_zh = "池塘", level = { 10, 11, 13 }, area = { "2 ha", "4 ha", "6 ha" }, initial_level = 12,
                    initial = { TP = 0.08, ["NH3-N"] = 0.5, CODMn = 4 },
                    inflow = "0.05 m3/s", inflow_conc = { TP = 0.03, ["NH3-N"] = 0.2, CODMn = 3, DO = 9 } },
  eco.structure "Sill" { law = "weir", from = "Pond", crest = 12, width = "2 m" },
  eco.source "Village" { name_zh = "村庄", water = "Pond", flow = "100 m3/d",
                         conc = { TP = 4, ["NH3-N"] = 30, TN = 40, CODMn = 60 } },
  eco.section "Jetty" { name_zh = "码头", water = "Pond", target_class = 3 },
  eco.climate "Somewhere" { t_mean = { 3, 5, 10, 16, 21, 25, 28, 27, 23, 17, 11, 5 }, p_wet_wet = 0.5, p_wet_dry = 0.2,
                            gamma_shape = 0.8, gamma_scale = "10 mm", evaporation = "80 mm", wind = "2 m/s" },
}

local plant = eco.measure "Village plant" {
  from = "2016-04-01", by = "2016-05-01",
  changes = {
    { item = "Village", param = "conc.TP", value = 0.35 },
    { item = "Village", param = "conc.NH3-N", value = 1.5 },
    { item = "Village", param = "conc.CODMn", value = 7.5 },
  },
  cost = { capital = 300000, running = 40000, lifetime = 25 }, -- CNY, CNY a year, years
  source = "an example", confidence = "C",
}

return eco.study "pond" {
  basin = basin, from = "2016-01-01", to = "2016-12-31", warm_up = "90 days",
  scenarios = { eco.scenario "as it is" {}, eco.scenario "with a plant" { plant } },
}
