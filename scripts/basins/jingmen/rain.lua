-- rain.lua -- rain over that of the climate, which is the city's: by the normals of rain_normals.csv, of a county or of one water.
--
--   local rain_factor = require "basins.jingmen.rain"
--   rain_factor("zhihe_r0", "zhongxiang")   -- 1 where neither has a row
local tables = require "basins.jingmen.tables"

local climate_mm, by_county, by_water = 0, {}, {}
for _, row in ipairs(tables.climate_monthly) do climate_mm = climate_mm + row.precip_mm end
for _, row in ipairs(tables.rain_normals) do
  local factor = row.rain_mm_a / climate_mm
  if row.waters_id then by_water[row.waters_id] = factor else by_county[row.county_id] = factor end
end

return function(water, county) return by_water[water] or by_county[county] or 1 end
