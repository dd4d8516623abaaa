local eco = require "ecosim"
local basin = eco.basin "Mjosa" {
  eco.reach "Lena" { length = "42 km", bottom_width = 20, side_slope = 2, manning_n = 0.03, bed_up = 210, bed_down = 130, inflow = "5 m3/s" },
  eco.section "Mouth" { water = "Lena", target_class = 3 },
  eco.lake "Bay" { level = { 110, 118, 124 }, area = { 0.5e6, 8e6, 12e6 }, initial_level = 123 },
  eco.structure "Gate" { law = "gate", from = "Bay", crest = 118, width = 10 },
  eco.rule "flood" { structure = "Gate", set = { opening = "2 m" }, when = { water = "Bay", level_above = "123 m", ends = "123.5 m" } },
}
return eco.study "s" { basin = basin, from = "2016-01-01", to = "2016-01-31" }
