local eco = require "ecosim"
local basin = eco.basin "Mjosa" {
  eco.reach "A" { length = "42 km", bottom_width = 20, side_slope = 2, manning_n = 0.03, bed_up = 210, bed_down = 130, downstream = "B" },
  eco.reach "B" { length = "42 km", bottom_width = 20, side_slope = 2, manning_n = 0.03, bed_up = 130, bed_down = 90 },
  eco.canal "Back" { length = "9 km", bottom_width = 5, side_slope = 2, manning_n = 0.03, bed_up = 130, bed_down = 129,
    branches_from = "B", branches_at = "10 km", downstream = "A", enters_at = "30 km" },
}
return eco.study "s" { basin = basin, from = "2016-01-01", to = "2016-12-31" }
