-- 03_read_results.lua -- results without the shipped scores: whole series, vector arithmetic, your own judgement.
--
--   lua5.4 examples/lua/03_read_results.lua town_river.h5      (made by 02_members.lua)
--
-- LUA_PATH must find scripts/?.lua and scripts/?/init.lua, LUA_CPATH the module ecosim/core.so.
local eco = require "ecosim"

local results = eco.open_results(arg[1] or "town_river.h5")
local reader = results.reader
local layout = reader:layout()

-- Days on which the bridge carries more than 200 kg of ammonia nitrogen: flow (m3/s) x concentration (mg/L) x 86.4
for s, scenario in ipairs(layout.scenarios) do
  local worst, days = 0, 0
  for member = 1, layout.members do
    local flow = reader:series("section", "flow", s, member, 1)
    local ammonia = reader:series("section", "NH3-N", s, member, 1)
    local load = flow * ammonia * 86.4
    worst, days = math.max(worst, load:max()), days + load:gt(200):sum() / layout.members
  end
  print(("%-14s worst day %6.0f kg, %5.1f days above 200 kg (mean of %d members)"):format(scenario, worst, days,
    layout.members))
end

print()
print(results:score_table())
results:close()
