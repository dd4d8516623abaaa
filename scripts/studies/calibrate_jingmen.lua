-- What does the evidence say of the uncertain inputs of the Jingmen model, and how well does the model do where it was not fitted?
--
--   ecosim run scripts/studies/calibrate_jingmen.lua --members 256
--
-- Members are draws of the uncertain inputs inside their published ranges. Each row of evidence has a likelihood of its kind (a value, a
-- range, a bound, a class); members are weighed by the rows marked "fit", up to 2020; the readings of April 2021 are only checked. The
-- report shows both, row by row, before and after weighing, and which inputs the evidence pins down. Rules: libecosim/doc/evidence.md.
local eco = require "ecosim"
local jingmen = require "basins.jingmen"
local measures = require "measures"

-- As far as is known of what was done: Xiajiawan to class 1A about 2017 (C), a programme of interception along the Zhupi from 2016 to
-- 2020; the share of the sewage that it caught is an assumption, as in the study jingmen_2020.
local done = {
  measures.upgrade_plant(jingmen, "wwtp_xiajiawan", { to = "class 1A", from = "2017-01-01" }),
  measures.intercept_sewage(jingmen, { "raw_jingmen" }, {
    to = "wwtp_xiajiawan", share = 0.75, length = "25 km", from = "2017-07-01", phase_in = 180 }),
}

return eco.study "calibrate_jingmen" {
  title = "Jingmen: the model against the evidence, 2013 to 2021",
  title_zh = "荆门:2013—2021年模型与证据的比较",
  basin = jingmen, draws = jingmen.draws, evidence = require "basins.jingmen.evidence",
  from = "2013-01-01", to = "2021-12-31", warm_up = "1 year", step = "3 h", members = 32, seed = 2013,
  headline = "maliang_gongjiawan",
  scenarios = { eco.scenario "as it went" { title_zh = "实际过程", done } },
}
