local eco = require "ecosim"
local basin = eco.basin "Mjosa" {
  eco.lake "Bay" { level = { 110, 118, 124 }, area = { 0.5e6, 8e6, 12e6 }, initial_level = 123 },
  eco.structure "Lift" { law = "pump", from = "Bay", capacity = "5 m3/s", on_level = 130, off_level = 120 },
}
return eco.study "s" { basin = basin, from = "2016-01-01", to = "2016-01-31" }
