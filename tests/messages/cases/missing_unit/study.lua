local eco = require "ecosim"
local basin = eco.basin "Mjosa" {
  eco.reach "Lena" { length = "42", bottom_width = 20, side_slope = 2, manning_n = 0.03, bed_up = 210, bed_down = 130 },
}
return eco.study "s" { basin = basin, from = "2016-01-01", to = "2016-12-31" }
