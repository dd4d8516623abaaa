-- quality.lua -- concentrations that are given, at the boundary and at the start: rows of observations.csv.
local tables = require "basins.jingmen.tables"

local quality = {}

local names = { codmn = "CODMn", nh3n = "NH3-N", tn = "TN", tp = "TP", ["do"] = "DO" }

-- Concentrations of the rows "obs_<stem>_<variable>", mg/L.
local function observed(stem, variables)
  local conc = {}
  for variable in variables:gmatch "%S+" do
    local row = tables.by_id.observations["obs_" .. stem .. "_" .. variable]
    conc[names[variable]] = assert(row, stem .. " " .. variable).value
  end
  return conc
end

local function mean(a, b)
  local conc = {}
  for name, value in pairs(a) do conc[name] = (value + b[name]) / 2 end
  return conc
end

-- The Han where it enters: two automatic readings of May 2020 at Zhuandou (measured, B), after the clean-up, taken for
-- all months and years (assumption, C). The Yangtze's transfer is taken to be of the same order (assumption, C): no
-- reading of it is at hand.
quality.boundary = observed("zhuandou_20200508_20200509", "codmn nh3n tn tp")

-- Its oxygen keeps the share of saturation that was read: 8.26 mg/L at 20.05 degC, where 9.08 mg/L saturate.
quality.boundary_oxygen = observed("zhuandou_20200508_20200509", "do").DO / 9.08

-- ── at the start ────────────────────────────────────────────────────────────────────────────────────────────────
-- Only a start: the warm-up replaces it, in Lake Changhu within about two years. Oxygen starts at saturation.

local han = observed("zhuandou_20200508_20200509", "codmn nh3n tn tp")

-- Lake Changhu: reconstructed from its class of 2015 (not a measurement), mean of the two districts; of the nitrogen a
-- fifth is taken to be ammonia (assumption, C).
local changhu = mean(observed("changhu_hougang_2015", "codmn tn tp"), observed("changhu_guanjukou_2015", "codmn tn tp"))
changhu["NH3-N"] = 0.2 * changhu.TN

-- Reservoirs: automatic readings of April 2021 at Zhanghe (measured), for the others too (assumption, C).
local reservoir = observed("zhanghe_center_20210401_20210405", "codmn nh3n tn tp")

-- The Zhupi of 2014: reconstructed from its class (not a measurement); TN is not given there and taken as ammonia over
-- the share it has in the plants' effluent, 6 of 16 mg/L (assumption, C).
local zhupi = observed("maliang_gongjiawan_2014", "codmn nh3n tp do")
zhupi.TN = zhupi["NH3-N"] * 16 / 6

-- Other rivers: two automatic readings of May 2020 on the Tianmen River (measured), for all of them (assumption, C).
local river = observed("tuoshi_20200508_20200509", "codmn nh3n tn tp")

-- Headwater creeks above the city are clean; the Zhupi stands for what runs below.
local below_the_city = { zhupi_r1 = true, zhupi_r2 = true, zhupi_r3 = true, zhupi_r4 = true, zhupi_r5 = true,
                         yangshu = true, wanglin = true }

function quality.initial(row)
  if row.id == "changhu" then return changhu end
  if row.kind == "reservoir" or row.id:find "^zh_" then return reservoir end -- Zhanghe's canals carry its water
  if row.id:find "^han_" or row.id:find "^yjjh_" then return han end
  return below_the_city[row.id] and zhupi or river
end

return quality
