-- Which plan brings the Zhupi at Maliang and the lake Changhu to their classes by 2020, and what does it cost?
--
--   ecosim run scripts/studies/jingmen_2020.lua
--
-- Three plans over the same five years of weather and the same draws of the uncertain inputs. The sizes and dates below
-- are test inputs, not decisions of anybody (confidence C): change them and run again.
local eco = require "ecosim"
local jingmen = require "basins.jingmen"
local measures = require "measures"

local settings = {
  from = "2016-01-01", to = "2020-12-31", warm_up = "1 year",
  members = 8, seed = 2016,           -- `--members 200` for a decision
  step = "3 h",                        -- against 15 min: see "Doubts" in the basin's README
  headline = "maliang_gongjiawan",     -- the section of the first sentence

  plants = "2018-01-01",               -- both city plants at quasi class IV
  sewers = "2017-07-01",               -- the sewer along the Zhupi starts to fill, for half a year
  sewer_length = "25 km",
  sewage_caught = 0.75,                -- of the raw sewage of the city

  counties = { "duodao", "shayang" },  -- Jingmen's side of Changhu; Jingzhou decides for its own
  farms = "2017-01-01",                -- no-breeding zone on that side
  pigs_closed = 0.5, pigs_moved = 0.3, -- share of the stock; of it, share that goes on elsewhere in its county
  fields = "2017-03-01",               -- a fifth less fertiliser on that side
}

-- ── what the city can do ────────────────────────────────────────────────────────────────────────────────────────

local city = {
  measures.intercept_sewage(jingmen, { "raw_jingmen" }, {
    to = "wwtp_xiajiawan", share = settings.sewage_caught, length = settings.sewer_length,
    from = settings.sewers, phase_in = 180 }),
  measures.upgrade_plant(jingmen, "wwtp_xiajiawan", { to = "quasi class IV", from = settings.plants }),
  measures.upgrade_plant(jingmen, "wwtp_yangshugang", { to = "quasi class IV", from = settings.plants }),
}

local around_changhu = measures.catchments_of(jingmen, "changhu")
local country = {
  measures.close_pig_farms(jingmen, { catchments = around_changhu, counties = settings.counties,
    share = settings.pigs_closed, moved = settings.pigs_moved, from = settings.farms }),
  measures.cut_fertiliser(jingmen, { catchments = around_changhu, counties = settings.counties,
    from = settings.fields }),
}

-- ── the plans ───────────────────────────────────────────────────────────────────────────────────────────────────

return eco.study "jingmen_2020" {
  title = "Jingmen: three plans to 2020",
  title_zh = "荆门:到2020年的三种方案",
  note = "No monthly series is public. What the model says of 2013-2021 is held against what was seen in the study calibrate_jingmen; " ..
    "oxygen in slow and black waters and phosphorus in reservoirs are missed there.",
  basin = jingmen, draws = jingmen.draws,
  from = settings.from, to = settings.to, warm_up = settings.warm_up,
  step = settings.step, members = settings.members, seed = settings.seed, headline = settings.headline,
  scenarios = {
    eco.scenario "as today" { title_zh = "维持现状" },
    eco.scenario "plants and sewers" { title_zh = "提标与截污", city },
    eco.scenario "plants, sewers, farms" { title_zh = "提标、截污与农业减排", city, country },
  },
}
