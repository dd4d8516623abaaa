-- cut_fertiliser.lua -- fields get a fifth less fertiliser, by soil test and deep placement.
--
--   cut_fertiliser(basin, { catchments = measures.catchments_of(basin, "changhu"), from = "2017-03-01" })
--
-- TN and NH3-N of the paddy and dryland sources there fall by 12 percent, TP by 10 percent (typical values), on `share`
-- of the fields (absent: all). The cost is counted per hectare of field.
-- Edges: other loads do not change; the fall is at once, although phosphorus in the soil delays TP by years; a yield
-- loss of up to 3 percent is not counted. A place without fields is refused.
local fault = require "ecosim.fault"
local figures = require "measures.figures"

local effect_of = { ["NH3-N"] = "tn", TN = "tn", TP = "tp" }

return function(basin, options)
  local place, measure = fault.here(2), "cut_fertiliser"
  figures.check_options(place, measure, options, { "catchments", "counties", "share", "from" }, { "from" })
  local record = figures.of "fert_reduction"
  local share = figures.share(place, measure, "share", options.share or 1)
  local fields = figures.sources(place, measure, basin, { paddy = true, dryland = true }, options)
  if #fields == 0 then fault.raise(place, "%s: no source of group 'paddy' or 'dryland' lies there", measure) end
  local changes = {}
  for _, source in ipairs(fields) do
    for _, name in ipairs(figures.constituents(figures.loads(source))) do
      if effect_of[name] then
        local factor = 1 - share * record.effects[effect_of[name]]
        changes[#changes + 1] = { item = source.name, param = "load." .. name, op = "scale", value = factor }
      end
    end
  end
  local hectares = share * figures.amount(place, measure, fields, "ha")
  return figures.measure(place, ("A fifth less fertiliser on %.0f ha"):format(hectares), {
    name_zh = ("化肥减量%.1f万公顷"):format(hectares / 1e4), from = options.from, changes = changes,
    cost = figures.cost(record, hectares, options.from), source = record.source, confidence = record.confidence,
    note = ("%.0f ha of paddy and dryland; prices of %s"):format(hectares, record.price_year),
  })
end
