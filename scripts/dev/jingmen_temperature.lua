-- jingmen_temperature.lua -- water temperatures of the Jingmen model against the days on which its stations were read.
--
--   make && lua5.4 scripts/dev/jingmen_temperature.lua [members]
--
-- Two years of generated weather, 8 members, a minute and a half on two cores. A row a section and date: what was read (mean of the
-- four-hourly values of the ministry's open publication, B), and the model's median and 10 to 90 % of the same days of all years and
-- members. The weather is not that of the day: what was read should lie in the range, not on the median.
local here = arg[0]:match "^(.*)/scripts/dev/" or "."
package.path = here .. "/scripts/?.lua;" .. here .. "/scripts/?/init.lua;" .. package.path
package.cpath = here .. "/" .. (os.getenv "BUILD" or "build") .. "/lua/?.so;" .. package.cpath

local eco = require "ecosim"
local core = require "ecosim.core"
local basin = require "basins.jingmen"

local readings = { -- section, first and last day of the year's month, degrees
  { "huangzhuang", 4, 1, 5, 14.21 }, { "maliang_gongjiawan", 4, 1, 5, 14.51 }, { "tuoshi", 4, 1, 5, 14.78 },
  { "yunlianghu_tongxindui", 4, 1, 5, 15.63 }, { "zhanghe_center", 4, 1, 5, 13.78 }, { "zhuandou", 5, 8, 9, 20.05 },
  { "huangzhuang", 5, 8, 9, 20.20 }, { "tuoshi", 5, 8, 9, 21.75 }, { "yunlianghu_tongxindui", 5, 8, 9, 22.20 },
}
local members = math.tointeger(tonumber(arg[1] or 8))
local study = eco.study "jingmen temperatures" {
  basin = basin, draws = basin.draws, from = "2020-01-01", to = "2021-12-31", warm_up = "1 year", members = members, seed = 1,
  scenarios = { eco.scenario "as it is" {} },
}

local function days_of(times, month, first, last)
  local days = {}
  for k, day in ipairs(times) do
    local date = core.date(day)
    local m, d = tonumber(date:sub(6, 7)), tonumber(date:sub(9, 10))
    if m == month and d >= first and d <= last then days[#days + 1] = k end
  end
  return days
end

local path = os.tmpname()
do
  local results <close> = study:run { to = path, threads = 2 }
  local layout = results.reader:layout()
  print(("%-24s %-12s %6s %7s %14s"):format("section", "days", "read", "median", "10 to 90 %"))
  for _, reading in ipairs(readings) do
    local section, month, first, last, read = table.unpack(reading)
    local place, values = nil, {}
    for k, name in ipairs(layout.tables.section.places) do place = name == section and k or place end
    for member = 1, layout.members do
      local series = results.reader:series("section", "temperature", 1, member, place)
      for _, day in ipairs(days_of(layout.tables.section.times, month, first, last)) do values[#values + 1] = series[day] end
    end
    table.sort(values)
    local function share(p) return values[math.floor(p * (#values - 1) + 1.5)] end
    print(("%-24s %02d-%02d to %02d %6.1f %7.1f %6.1f to %4.1f"):format(section, month, first, last, read, share(0.5), share(0.1), share(0.9)))
  end
end
os.remove(path)
