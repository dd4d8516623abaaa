local eco = require "ecosim"
local basin = eco.basin "Mjosa" {
  eco.reach "Lena" { length = "42 km", manning_n = 0.03, bed_up = 210, bed_down = 130,
    section_depth = { 0, 1, 2.5, 3 }, section_width = { 12, 18, 22, 15 } },
}
return eco.study "s" { basin = basin, from = "2016-01-01", to = "2016-12-31" }
