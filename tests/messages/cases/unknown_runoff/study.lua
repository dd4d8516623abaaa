local eco = require "ecosim"
local basin = eco.basin "Mjosa" {
  eco.reach "Lena" { length = "42 km", bottom_width = 20, side_slope = 2, manning_n = 0.03, bed_up = 210, bed_down = 130 },
  eco.structure "Sill" { law = "weir", from = "Lena", from_at = "10 km", crest = 205, width = 5 },
  eco.climate "Toten" { t_mean = 5, p_wet_wet = 0.5, p_wet_dry = 0.3, gamma_shape = 0.8, gamma_scale = 5,
                        evaporation = "40 mm", wind = 2 },
  eco.catchment "Hill" { water = "Lena", area = "4 km2", runoff = "xinanjian" },
}
return eco.study "s" { basin = basin, from = "2016-01-01", to = "2016-12-31" }
