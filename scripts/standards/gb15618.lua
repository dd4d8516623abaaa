-- gb15618.lua -- risk screening values of farmland soil, GB 15618-2018, by pollutant, land use and soil pH.
-- Values: data/standards_soil.csv (confidence B). In force since 2018-08-01; before it GB 15618-1995 applied, which is
-- not here: a report that judges earlier years says that it uses the later values.
local csv = require "ecosim.csv"
local text = require "ecosim.text"

local gb15618 = { name = "GB 15618-2018" }

local rows = {}
local path = text.folder_of_caller() .. "data/standards_soil.csv"
for _, row in ipairs(csv.parse(text.read_file(path), path)) do
  rows[#rows + 1] = {
    kind = row.kind, pollutant = row.pollutant, land_use = row.land_use, limit = tonumber(row.limit_mg_kg),
    above = tonumber(row.ph_above) or -math.huge, at_most = tonumber(row.ph_at_most) or math.huge,
  }
end

-- kind: "screening" or "intervention". A pH exactly on an edge belongs to the lower band ("5.5 < pH <= 6.5").
-- Land that is not paddy is "other". nil where the standard has no such value, or pH is not known.
function gb15618.value(kind, pollutant, land_use, ph)
  if not ph then return nil end
  local use = land_use == "paddy" and "paddy" or "other"
  local any
  for _, row in ipairs(rows) do
    if row.kind == kind and row.pollutant == pollutant and ph > row.above and ph <= row.at_most then
      if row.land_use == use then return row.limit end
      if row.land_use == "all" then any = row.limit end
    end
  end
  return any
end

function gb15618.screening(pollutant, land_use, ph)
  return gb15618.value("screening", pollutant, land_use, ph)
end

return gb15618
