local eco = require "ecosim"
local rows = eco.read_csv "../../secret.csv"
