local eco = require "ecosim"
local basin = eco.basin "Mjosa" {
  eco.reach "Lena" { length = "42 km", bottom_width = 20, side_slope = 2, manning_n = 0.03, bed_up = 210, bed_down = 130, inflow = "5 m3/s" },
  eco.climate "hills" { t_mean = 12, p_wet_wet = 0.5, p_wet_dry = 0.2, gamma_shape = 0.7, gamma_scale = "12 mm",
    evaporation = "60 mm", wind = "2 m/s", daily = eco.read_daily("weather.csv") },
}
return eco.study "s" { basin = basin, from = "2016-01-01", to = "2016-01-05" }
