-- events.lua -- what changes by itself between 2013 and 2023, whatever is decided: every scenario includes it.
-- Each change is a row of calendar.csv. Rows that say nothing to the model are listed with the reason.
local tables = require "basins.jingmen.tables"

local events = { changes = {}, not_changes = {
  yjjh_emergency = "before the span of the model",
  flood_2016 = "weather of one year: the generator has its own floods",
  tianmen_drive = "a measure, for scenarios to take or leave",
  bypass_2020 = "the gate opens by a rule of the lake's level",
  nps_start = "works on the bank",
  yakou = "upstream: the inflow series has no daily swings",
  irrigation = "the months of the demand of structures",
  flood_season = "the lake is held at 30.5 m all year; dams hold their rule curves",
  bloom = "algae are not simulated in this version",
  yjbh = "planned, after the span of the model",
} }

local function change(id, fields)
  local row = tables.by_id.calendar[id]
  fields.from = fields.from or row.date_start
  fields.note, fields.source, fields.place = row.effect, row.source, row.place
  table.insert(events.changes, fields)
end

-- Plants that start.
for _, id in ipairs { "yangshugang_open", "dongbao_ind_open", "shayang_towns_open" } do
  change(id, { item = tables.by_id.calendar[id].target_id, param = "active", value = 1 })
end

-- Fertilised culture ends with the year 2015: off from the day after.
for _, row in ipairs(tables.sources_diffuse) do
  if row.coefficient_id == "resfert" then
    change("resfert_end", { item = row.id, param = "active", value = 0, from = "2016-01-01" })
  end
end

-- The pens leave Lake Changhu from October 2016 to March 2017, evenly.
for _, constituent in ipairs { "CODMn", "NH3-N", "TN", "TP" } do
  change("pens_out", { item = "changhu_pens", param = "load." .. constituent, op = "scale", value = 0,
                       by = tables.by_id.calendar.pens_out.date_end })
end

-- Xinglong's pool is filled from March 2013: before that day the reach is the river's own bed.
change("xinglong_pool", { item = "xinglong_dam", param = "active", value = 1 })

-- The South–North transfer: what the Han brought besides ends that day.
change("snwd_open", { item = "han_snwd", param = "inflow", value = 0 })

-- The Yangtze's transfer flows from September 2014, below Xinglong only.
local transfer = tables.by_id.flow_monthly.yjjh_c1_mean_transfer_01.q_m3_s -- the same in all months
change("yjjh_open", { item = "yjjh_c1", param = "inflow", value = 0, from = "2000-01-01" })
change("yjjh_open", { item = "yjjh_c1", param = "inflow", value = transfer .. " m3/s" })

-- Nianpanshan closes in October 2022 and its pool rises, evenly, from the river's own level to the normal level on the
-- day of the first unit; the calendar's rise of 11 m gives where it starts. The low level is set with the first closure,
-- when the dam is not active yet and the river goes round it.
local pool = tables.by_id.structures.nianpanshan_dam.level_rule_m
change("nps_closure1", { item = "nianpanshan_dam", param = "hold_level", value = pool - 11 })
change("nps_closure2", { item = "nianpanshan_dam", param = "active", value = 1 })
change("nps_power", { item = "nianpanshan_dam", param = "hold_level", value = pool,
                      from = tables.by_id.calendar.nps_closure2.date_start,
                      by = tables.by_id.calendar.nps_power.date_start })

return events
