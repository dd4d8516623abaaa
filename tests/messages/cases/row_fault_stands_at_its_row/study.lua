local eco = require "ecosim"
local items = {}
for _, row in ipairs(eco.read_csv("waters.csv", { numbers = { "length_km" }, texts = { "id" } })) do
  items[#items + 1] = eco.reach(row.id) { place = row.place, length = row.length_km .. " km",
    bottom_width = 20, side_slope = 2, manning_n = 0.03, bed_up = 210, bed_down = 130 }
end
