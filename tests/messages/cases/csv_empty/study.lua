local eco = require "ecosim"
local rows = eco.read_csv("waters.csv", { numbers = { "length_km" }, texts = { "id" } })
