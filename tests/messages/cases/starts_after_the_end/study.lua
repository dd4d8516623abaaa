local eco = require "ecosim"
local basin = eco.basin "Mjosa" {
  eco.reach "Lena" { length = "42 km", bottom_width = 20, side_slope = 2, manning_n = 0.03, bed_up = 210, bed_down = 130, inflow = "5 m3/s" },
  eco.source "Town" { water = "Lena", flow = "21000 m3/d", conc = { TP = 1 }, group = "wwtp" },
  eco.section "Mouth" { water = "Lena", target_class = 3 },
}
local m = eco.measure "better plant" {
  from = "2016-02-01",
  changes = { { item = "Town", param = "flow", value = "3 m3/s" } },
}
return eco.study "s" { basin = basin, from = "2016-01-01", to = "2016-01-31",
  scenarios = { eco.scenario "base" {}, eco.scenario "plan" { m } } }
