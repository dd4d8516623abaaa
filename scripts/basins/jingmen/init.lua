-- The Jingmen basin (Hubei, China): the Han from Yicheng to Qianjiang, the Zhupi, Lake Changhu, the Tianmen, Jingshan,
-- Dafu and Zhang Rivers, Zhanghe Reservoir and its canals; about the state of 2015.
--
--   local jingmen = require "basins.jingmen"       -- an eco.basin: scenarios are added to it
--   eco.study "…" { basin = jingmen, draws = jingmen.draws, … }
--
-- Nearly every figure here is an estimate (C). Each row of data/ says where it comes from; what was added or changed
-- for this model says so in its note. Land is calibrated against estimated flows, nothing else is: no monthly series is public.
local eco = require "ecosim"

return eco.basin "Jingmen" {
  name_zh = "荆门",
  source = "scripts/basins/jingmen/data",
  require "basins.jingmen.land",         -- counties, catchments, sections
  require "basins.jingmen.waters",       -- rivers, canals, lake, reservoirs, dams, gates, intakes
  require "basins.jingmen.rules",        -- what the keepers of gates and pumps are told
  require "basins.jingmen.sources".list, -- plants, sewers, farms, villages, fields, ponds
  require "basins.jingmen.soil",         -- pilot sites
  require "basins.jingmen.rates".climate,
  require "basins.jingmen.rates".kinetics,
  changes = require "basins.jingmen.events".changes,
  draws = require "basins.jingmen.rates".draws,
}
