local eco = require "ecosim"
return eco.county "ºº½­" {}
