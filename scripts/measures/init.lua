-- measures -- what a city can do, ready to be put into a scenario. Each function reads its figures from
-- data/measures_water.csv (all of confidence C unless the measure says otherwise), checks that the basin can bear it,
-- and returns what `eco.measure` returns: dated changes with a cost and a source. A new measure is one more file here.
return {
  upgrade_plant = require "measures.upgrade_plant",
  intercept_sewage = require "measures.intercept_sewage",
  close_pig_farms = require "measures.close_pig_farms",
  cut_fertiliser = require "measures.cut_fertiliser",
  catchments_of = require "measures.catchments_of",
}
