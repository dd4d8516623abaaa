local eco = require "ecosim"
local basin = eco.basin "Mjosa" {
  eco.reach "Lena" { length = "42 km", bottom_width = 20, side_slope = 2, manning_n = 0.03, bed_up = 210, bed_down = 130, inflow = "5 m3/s" },
  eco.source "Town" { water = "Lena", flow = "21000 m3/d", conc = { TP = 1 }, group = "wwtp" },
  eco.section "Mouth" { water = "Lena", target_class = 3 },
}
return eco.study "small" { basin = basin, from = "2016-01-01", to = "2016-01-31", out = "small.h5" }
