-- jingmen_calibrate.lua -- one set of land parameters for all of Jingmen, from the flows of its rural waters.
--
--   make && lua5.4 scripts/dev/jingmen_calibrate.lua [seconds]
--
-- The procedure that stands behind `natural`, KC and PADDY_PERCOLATION in scripts/basins/jingmen/land.lua. Looked for: the
-- numbers below, common to all catchments, each inside the published range given with it. Against: the rows of flow_monthly.csv
-- made of area and runoff depth (all C), the Zhupi's three left out, for they have town land that the rows do not see. Least:
-- the mean over the rows of ln(model / data)^2 of the year and of the months. How: from the fallbacks, one to three numbers at
-- a time are moved at random, less far the longer it finds nothing better. What it finds is then rounded by hand.
local here = arg[0]:match "^(.*)/scripts/dev/" or "."
package.path = here .. "/scripts/?.lua;" .. here .. "/scripts/?/init.lua;" .. package.path
package.cpath = here .. "/" .. (os.getenv "BUILD" or "build") .. "/lua/?.so;" .. package.cpath

local eco = require "ecosim"
local gauges = require "basins.jingmen.gauges"
local SECONDS = tonumber(arg[1] or 200)

-- name, where to start, lowest, highest. Ranges of Zhao (1992) as in `ecosim params catchment`; KC is a factor on what
-- land.lua says, which has one already.
local numbers = {
  { "KC", 1, 0.8, 1.3 }, { "capacity_exponent", 0.3, 0.1, 0.4 }, { "free_capacity", 20, 10, 50 },
  { "groundwater_share", 0.35, 0.1, 0.7 }, { "both_shares", 0.7, 0.7, 0.8 }, { "interflow_recession", 0.7, 0.5, 0.9 },
  { "groundwater_recession", 0.98, 0.95, 0.998 }, { "upper_capacity", 20, 5, 20 }, { "lower_capacity", 70, 60, 90 },
  { "deep_capacity", 30, 10, 60 }, { "impervious_share", 0.01, 0.01, 0.02 }, { "paddy_percolation", 2, 0, 5 },
}

local function apply(values, f)
  for i, number in ipairs(numbers) do
    if number[1] == "KC" then f.crop_factor = f.crop_factor * values[i]
    elseif number[1] == "both_shares" then f.interflow_share = math.max(values[i] - f.groundwater_share, 0)
    else f[number[1]] = values[i] end
  end
end

local path = os.tmpname()
local function run(change)
  local study = eco.study "calibration" { basin = gauges.headwaters(change), from = "2001-01-01", to = "2020-12-31",
    warm_up = "1 year", members = 4, seed = 5, step = "6 h", cell = "50 km", inertia = "local" }
  local results <close> = study:run { to = path, threads = 2 }
  local year, month, n = 0, 0, 0
  for _, gauge in ipairs(gauges.flows) do
    if gauge.natural and not gauge.water:find "^zhupi" then
      local means = gauges.flow_means(results, 1, gauge)
      year, n = year + math.log(gauges.yearly(means) / gauge.year) ^ 2, n + 1
      for m = 1, 12 do month = month + math.log(means[m] / gauge.mean[m]) ^ 2 / 12 end
    end
  end
  return (year + month) / n, year / n, month / n
end

print(("as in land.lua: %.4f (year %.4f, months %.4f)"):format(run()))
local values = {}
for i, number in ipairs(numbers) do values[i] = number[2] end
local best = { run(function(f) apply(values, f) end) }
print(("fallbacks:      %.4f (year %.4f, months %.4f)"):format(table.unpack(best)))

math.randomseed(3)
local reach, started, tries = 0.5, os.time(), 0
while os.time() - started < SECONDS do
  local other = { table.unpack(values) }
  for _ = 1, math.random(3) do
    local i = math.random(#numbers)
    local low, high = numbers[i][3], numbers[i][4]
    other[i] = math.min(math.max(other[i] + (2 * math.random() - 1) * reach * (high - low), low), high)
  end
  local found = { run(function(f) apply(other, f) end) }
  tries = tries + 1
  if found[1] < best[1] then best, values = found, other else reach = math.max(0.08, 0.99 * reach) end
end
print(("after %d tries:  %.4f (year %.4f, months %.4f)"):format(tries, table.unpack(best)))
for i, number in ipairs(numbers) do print(("  %-22s %.3f"):format(number[1], values[i])) end
os.remove(path)
