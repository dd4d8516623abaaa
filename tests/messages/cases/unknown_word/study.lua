local eco = require "ecosim"
local basin = eco.basin "Mjosa" {
  eco.rech "Lena" { length = "42 km" },
}
