-- jingmen_flows.lua -- the Jingmen network against the flows and levels of its data: means of generated years at every gauge.
--
--   make && lua5.4 scripts/dev/jingmen_flows.lua [members] [first year] [last year]
--
-- Fifteen years (2010 to 2024: they cross the dates of Xinglong, of both transfers and of Nianpanshan) of 8 members, as the
-- basin is and without sewage and canals, take about a minute on two cores. Prints a row a gauge: the data's mean with its
-- band, the model's, their ratio, that of the other of the two scenarios, the months out of their bands; then levels. MONTHS=1
-- adds the ratio of each month. See "Bands" in scripts/basins/jingmen/README.md.
local here = arg[0]:match "^(.*)/scripts/dev/" or "."
package.path = here .. "/scripts/?.lua;" .. here .. "/scripts/?/init.lua;" .. package.path
package.cpath = here .. "/" .. (os.getenv "BUILD" or "build") .. "/lua/?.so;" .. package.cpath

local eco = require "ecosim"
local gauges = require "basins.jingmen.gauges"

local members, first, last = tonumber(arg[1] or 8), tonumber(arg[2] or 2010), tonumber(arg[3] or 2024)
local AS_IS, NATURAL = 1, 2
local basin = gauges.basin()

local study = eco.study "jingmen flows" {
  basin = basin, draws = basin.draws, from = ("%04d-01-01"):format(first), to = ("%04d-12-31"):format(last), warm_up = "1 year",
  members = math.tointeger(members), seed = 1, step = "3 h", cell = gauges.cell_km .. " km",
  scenarios = { eco.scenario "as it is" {}, eco.scenario "natural" { gauges.natural } },
}

local function flows(results)
  print(("%-24s %-7s %8s %17s %8s %6s %6s  %s"):format("gauge", "judged", "data", "band of the year", "model", "ratio", "other",
                                                   "out of band"))
  local hits, months_in, n, n_months = 0, 0, 0, 0
  for _, gauge in ipairs(gauges.flows) do
    local by = {}
    for _, scenario in ipairs { AS_IS, NATURAL } do by[scenario] = gauges.flow_means(results, scenario, gauge) end
    local judged = gauge.natural and NATURAL or AS_IS
    if by[judged] then
      local out, good, year = gauges.judge(gauge, by[judged])
      n, n_months = n + 1, n_months + 12
      hits, months_in = hits + (good and 1 or 0), months_in + 12 - #out
      print(("%-24s %-7s %8.2f %8.2f %8.2f %8.2f %6.2f %6.2f  %s%s"):format(gauge.id, gauge.natural and "natural" or "as is",
        gauge.year, gauge.year_low, gauge.year_high, year, year / gauge.year, gauges.yearly(by[3 - judged]) / gauge.year,
        good and "" or "YEAR ", #out > 0 and "months " .. table.concat(out, " ") or ""))
      if os.getenv "MONTHS" then
        local ratio = {}
        for month = 1, 12 do ratio[month] = ("%.2f"):format(by[judged][month] / gauge.mean[month]) end
        print("    model over data by month: " .. table.concat(ratio, " "))
      end
    end
  end
  print(("%d of %d years and %d of %d months in their bands"):format(hits, n, months_in, n_months))
end

-- Two remarks of the data that are no rows: the Shiqiao is about half of the lake's inflow (B), and the Zhupi's need of 7 m3/s
-- is met in July and August only (a planning text, B).
local function remarks(results)
  local function mean(water) return gauges.yearly((gauges.flow_means(results, AS_IS, { water = water, span = {} }))) end
  local rivers = 0
  for _, water in ipairs { "guangping_r1", "yangchang_r1", "longhui_r1", "taihu_r1", "shuangdian_c1" } do rivers = rivers + mean(water) end
  local shiqiao = mean "shiqiao_r3"
  print(("\nthe Shiqiao brings %.1f of the %.1f m3/s of Lake Changhu's rivers: %.2f, data about 0.5"):format(shiqiao, shiqiao + rivers,
    shiqiao / (shiqiao + rivers)))
  local zhupi, met = gauges.flow_means(results, AS_IS, { water = "zhupi_r5", span = {} }), {}
  for month = 1, 12 do if zhupi[month] >= 7 then met[#met + 1] = month end end
  print(("the Zhupi's mouth has 7 m3/s in the mean of months %s, data 7 8"):format(table.concat(met, " ")))
end

-- Days of a gauge between two dates: mean, range, share above a level.
local function summary(results, gauge, from, to, level)
  local sum, n, low, high, above = 0, 0, math.huge, -math.huge, 0
  gauges.each_level(results, basin, AS_IS, gauge, function(value, date)
    if date >= from and date <= to then
      sum, n, low, high = sum + value, n + 1, math.min(low, value), math.max(high, value)
      above = above + (value > level and 1 or 0)
    end
  end)
  if n > 0 then return ("%8.2f %8.2f %8.2f  %5.1f"):format(sum / n, low, high, 100 * above / n) end
end

local function levels(results)
  print(("\n%-12s %-24s %7s %7s %7s %8s %8s %8s  %s"):format("level, m", "days", "dead", "flood", "normal", "mean", "lowest",
                                                          "highest", "% above normal"))
  local function row(gauge, from, to)
    local text = summary(results, gauge, from, to, gauge.normal + 0.05)
    local function number(value) return value and ("%.2f"):format(value) or "" end
    if text then
      print(("%-12s %-24s %7s %7s %7s %s"):format(gauge.id, from .. " " .. to, number(gauge.dead), number(gauge.flood),
                                                number(gauge.normal), text))
    end
  end
  local start, stop = ("%04d-01-01"):format(first), ("%04d-12-31"):format(last)
  for _, gauge in ipairs(gauges.levels) do
    local river_to = gauge.river_to or gauge.pool_from
    if river_to then row(gauge, start, river_to) end
    row(gauge, gauge.pool_from or start, stop)
  end
  local lake = gauges.changhu
  row(lake, start, stop)
  print(("changhu between the sills of its gates %.2f and its record %.2f; monthly means, 1985 datum (Wusong is 1.75 m more):"):format(
    lake.lowest, lake.highest))
  local sum, n, yearly = {}, {}, {}
  for month = 1, 12 do sum[month], n[month] = 0, 0 end
  gauges.each_level(results, basin, AS_IS, lake, function(value, date, member)
    local month, year = math.tointeger(tonumber(date:sub(6, 7))), date:sub(1, 4) .. " " .. member
    sum[month], n[month] = sum[month] + value, n[month] + 1
    yearly[year] = yearly[year] or { value, value }
    yearly[year] = { math.min(yearly[year][1], value), math.max(yearly[year][2], value) }
  end)
  for month = 1, 12 do sum[month] = ("%.2f"):format(sum[month] / n[month]) end
  local ranges = {}
  for _, range in pairs(yearly) do ranges[#ranges + 1] = range[2] - range[1] end
  table.sort(ranges)
  print("  " .. table.concat(sum, " "))
  print(("  range of a year: median %.2f m, %.2f to %.2f"):format(ranges[(#ranges + 1) // 2], ranges[1], ranges[#ranges]))
end

local path = os.tmpname()
do
  local results <close> = study:run { to = path, threads = 2 }
  flows(results)
  remarks(results)
  levels(results)
end
os.remove(path)
