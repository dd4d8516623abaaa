-- close_pig_farms.lua -- pig farms close in a no-breeding zone.
--
--   close_pig_farms(basin, { catchments = measures.catchments_of(basin, "changhu"), share = 0.5, from = "2017-01-01" })
--
-- The loads of the sources of group "pig" on those catchments (or in those counties) fall by share x 0.97 (lagoons keep
-- a little; NH3-N falls as TN). `moved` of the closed stock goes on in the same county outside the zone, with its whole
-- load: the other pig sources of the county rise in proportion. Compensation is paid per head closed.
-- Edges: stock can only move where the county has other pig sources, else it is refused; a zone without pigs is
-- refused. The fall is at once, although lagoons leak for 1 to 2 years; lost farm income is not counted.
local fault = require "ecosim.fault"
local figures = require "measures.figures"

local effect_of = { CODMn = "cod", ["NH3-N"] = "tn", TN = "tn", TP = "tp" }

local function lowered(source, share, record)
  local changes, loads = {}, figures.loads(source)
  for _, name in ipairs(figures.constituents(loads)) do
    local effect = record.effects[effect_of[name] or ""]
    if effect then
      changes[#changes + 1] = { item = source.name, param = "load." .. name, op = "scale", value = 1 - share * effect }
    end
  end
  return changes
end

local function add_loads(sums, source)
  for name, load in pairs(figures.loads(source)) do sums[name] = (sums[name] or 0) + load end
end

-- Per county: loads of the closed zone, and the pig sources outside of it.
local function by_county(basin, closed)
  local inside, counties, order = {}, {}, {}
  for _, source in ipairs(closed) do
    local name = source.fields.county or ""
    inside[source.name] = true
    if not counties[name] then
      counties[name] = { closed = {}, elsewhere = {}, others = {} }
      order[#order + 1] = name
    end
    add_loads(counties[name].closed, source)
  end
  for _, source in ipairs(basin:list "source") do
    local county = counties[source.fields.county or ""]
    if county and source.fields.group == "pig" and not inside[source.name] and not source.about.not_simulated then
      county.others[#county.others + 1] = source
      add_loads(county.elsewhere, source)
    end
  end
  return counties, order
end

local function raised(place, measure, basin, closed, moved_share)
  local changes = {}
  local counties, order = by_county(basin, closed)
  for _, county_name in ipairs(order) do
    local county = counties[county_name]
    if #county.others == 0 then
      fault.raise(place, "%s: county '%s' has no other pig sources to move stock to, set moved = 0", measure,
        county_name)
    end
    for _, source in ipairs(county.others) do
      for _, name in ipairs(figures.constituents(figures.loads(source))) do
        local factor = 1 + moved_share * (county.closed[name] or 0) / county.elsewhere[name]
        changes[#changes + 1] = { item = source.name, param = "load." .. name, op = "scale", value = factor }
      end
    end
  end
  return changes
end

return function(basin, options)
  local place, measure = fault.here(2), "close_pig_farms"
  figures.check_options(place, measure, options, { "catchments", "counties", "share", "moved", "from" }, { "share",
    "from" })
  local record = figures.of "pig_closure"
  local share = figures.share(place, measure, "share", options.share)
  local moved = figures.share(place, measure, "moved", options.moved or 0)
  local closed = figures.sources(place, measure, basin, { pig = true }, options)
  if #closed == 0 then fault.raise(place, "%s: no source of group 'pig' lies there, nothing to close", measure) end
  local changes = {}
  for _, source in ipairs(closed) do
    for _, change in ipairs(lowered(source, share, record)) do changes[#changes + 1] = change end
  end
  if share * moved > 0 then
    for _, change in ipairs(raised(place, measure, basin, closed, share * moved)) do changes[#changes + 1] = change end
  end
  local heads = share * figures.amount(place, measure, closed, "head")
  return figures.measure(place, ("Closure of %.0f %% of the pigs of %d catchments"):format(100 * share, #closed), {
    name_zh = ("禁养区关停生猪%.0f%%"):format(100 * share), from = options.from, changes = changes,
    cost = figures.cost(record, heads, options.from), source = record.source, confidence = record.confidence,
    note = ("%.0f head close, %.0f %% of them move within their county; prices of %s"):format(heads, 100 * moved,
      record.price_year),
  })
end
