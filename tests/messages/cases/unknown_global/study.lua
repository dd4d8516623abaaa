local eco = require "ecosim"
local basin = eco.basin "Mjosa" { river }
