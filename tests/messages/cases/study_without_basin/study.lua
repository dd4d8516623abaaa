local eco = require "ecosim"
return eco.study "s" { from = "2016-01-01", to = "2016-12-31" }
