-- 02_members.lua -- a river below a town, with uncertain inputs: how sure is the answer?
--
--   ecosim run examples/lua/02_members.lua
--
-- Forty members draw the loads of the fields and the decay of ammonia. Both plans see the same draws and the same
-- weather, so that their difference is that of the plans.
local eco = require "ecosim"

local basin = eco.basin "town river" {
  eco.reach "Upper" { length = "20 km", bottom_width = "8 m", side_slope = 2, manning_n = 0.035, bed_up = 60, bed_down = 45,
                      downstream = "Lower", inflow = { 2, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 2, unit = "m3/s" },
                      inflow_conc = { ["NH3-N"] = 0.2, TN = 1.5, TP = 0.05, CODMn = 2.5, DO = 9 } },
  eco.reach "Lower" { length = "30 km", bottom_width = "12 m", side_slope = 2, manning_n = 0.033, bed_up = 45,
                      bed_down = 30 },
  eco.catchment "Fields" { water = "Lower", area = "150 km2", curve_number = 78 },
  eco.source "Paddy" { catchment = "Fields", group = "paddy", timing = "washoff",
                       load = { TN = "150 kg/d", ["NH3-N"] = "40 kg/d", TP = "15 kg/d", CODMn = "120 kg/d" } },
  eco.source "Town plant" { water = "Upper", at = "18 km", group = "wwtp", flow = "40000 m3/d", capacity = "50000 m3/d",
                            conc = { ["NH3-N"] = 7, TN = 18, TP = 0.9, CODMn = 14, DO = 2 } },
  eco.section "Bridge" { water = "Lower", at = "25 km", target_class = 3 },
  eco.climate "Plain" { t_mean = { 3, 5, 10, 16, 21, 25, 28, 27, 23, 17, 11, 5 }, p_wet_wet = 0.5, p_wet_dry = 0.2,
                        gamma_shape = 0.8, gamma_scale = "12 mm", evaporation = "80 mm", wind = "2 m/s" },
  eco.kinetics "rates" {},
}

local better_plant = eco.measure "Better town plant" {
  from = "2017-01-01", confidence = "C", source = "an example",
  changes = { { item = "Town plant", param = "conc.NH3-N", value = 1.5 }, { item = "Town plant", param = "conc.TP", value = 0.3 },
              { item = "Town plant", param = "conc.CODMn", value = 8 } },
  cost = { capital = 75e6, running = 11e6, lifetime = 15 },
}

return eco.study "town_river" {
  basin = basin, from = "2016-01-01", to = "2017-12-31", warm_up = "3 months", members = 40, seed = 3,
  draws = {
    eco.draw { group = "paddy", low = 0.5, typical = 1.0, high = 1.8 },
    eco.draw { item = "kinetics", param = "k_nh3_river", low = 0.06, typical = 0.12, high = 0.3 },
  },
  scenarios = { eco.scenario "as today" {}, eco.scenario "better plant" { better_plant } },
}
