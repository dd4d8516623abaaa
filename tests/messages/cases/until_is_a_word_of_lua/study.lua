local eco = require "ecosim"
eco.measure "m" { from = "2016-01-01", until = "2016-02-01", changes = {} }
