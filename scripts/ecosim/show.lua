-- show.lua -- eco.show_basin: what is there, for a terminal. First a table of the waters, then the network as a tree:
-- each water stands under the one it enters, with its sections, plants, structures and soil sites.
local lower = require "ecosim.lower"
local text = require "ecosim.text"
local rules = require "ecosim.rules"

local show = {}

local function metres(value)
  return value and (value >= 1000 and ("%g km"):format(value / 1000) or ("%g m"):format(value)) or ""
end

-- name, English, Chinese; what is not given is left out
local function names(item)
  local parts = { item.name, item.about.name_en, item.about.name_zh }
  local said = {}
  for i = 1, 3 do said[#said + 1] = parts[i] end
  return table.concat(said, "  ")
end

-- ── table ───────────────────────────────────────────────────────────────────────────────────────────────────────

local widths = { 14, 9, 38, 34, 10, 15, -10, 5 }

local function row(cells)
  local line = {}
  for i, width in ipairs(widths) do line[i] = text.pad(tostring(cells[i] or ""), width) end
  return (table.concat(line, " "):gsub("%s+$", ""))
end

local function size_of(water)
  local f = water.fields
  if f.length then return metres(f.length) end
  return ("%.1f km2"):format(f.area[#f.area] / 1e6)
end

local function water_table(basin)
  local lines = { row { "water", "kind", "name", "名称", "county", "flows into", "size", "grade" } }
  for _, water in ipairs(basin:list "water") do
    lines[#lines + 1] = row { water.name, water.kind, water.about.name_en, water.about.name_zh, water.fields.county,
                              water.fields.downstream or "(outlet)", size_of(water), water.about.confidence }
  end
  return lines
end

-- ── tree ────────────────────────────────────────────────────────────────────────────────────────────────────────

local function group_by(list, key)
  local groups = {}
  for _, item in ipairs(list) do
    local name = key(item)
    if name then
      groups[name] = groups[name] or {}
      table.insert(groups[name], item)
    end
  end
  return groups
end

local function left_out(item)
  return item.about.not_simulated and (" [not simulated: %s]"):format(item.about.not_simulated) or ""
end

local function section_mark(section)
  local a = section.about
  return ("◆ %s%s%s%s"):format(names(section),
    section.fields.at and ", at " .. metres(section.fields.at) or "",
    a.target_class and (", target class %d"):format(a.target_class) or "",
    a.doubtful and " [doubtful: " .. a.doubtful .. "]" or "")
end

local function structure_mark(structure)
  local f = structure.fields
  return ("▷ %s, %s %s%s%s"):format(names(structure), f.law or structure.about.works or "",
    f.to and "to " .. f.to or "out of the model", f.active == 0 and ", not active at the start" or "",
    left_out(structure))
end

local function rule_mark(rule)
  local sets, conditions = {}, {}
  for i, set in ipairs(rule.sets) do
    sets[i] = ("%s of %s %s %s"):format(set.param, rule.structure, set.op == "scale" and "times" or "is", set.value)
  end
  for i, condition in ipairs(rule.conditions) do conditions[i] = rules.sentence(condition) end
  return ("  ↳ %s: %s while %s"):format(names(rule), table.concat(sets, ", "), table.concat(conditions, " and "))
end

local function plant_mark(source)
  return ("● %s, %.0f m3/d%s%s"):format(names(source), source.fields.flow * 86400,
    source.fields.at and ", at " .. metres(source.fields.at) or "",
    source.fields.active == 0 and ", not active at the start" or "")
end

local function site_mark(site)
  return ("■ %s, %s%s"):format(names(site), site.fields.contaminant, left_out(site))
end

local function land_mark(catchments, diffuse)
  if #catchments == 0 then return ("▒ %d diffuse sources on the water itself"):format(#diffuse) end
  local area = 0
  for _, catchment in ipairs(catchments) do area = area + (catchment.fields.area or 0) end
  return ("▒ land: %.0f km2, %d diffuse sources"):format(area / 1e6, #diffuse)
end

local function catchment_water(basin)
  return function(source)
    local catchment = source.fields.catchment and basin:find(source.fields.catchment)
    if source.fields.flow and source.fields.flow > 0 then return nil end
    return source.fields.water or (catchment and catchment.fields.water)
  end
end

local function plant_water(source)
  return source.fields.flow and source.fields.water
end

local function by_water(item) return item.fields.water end
local function by_from(item) return item.fields.from end

local function marks_of(water, parts)
  local marks = {}
  local catchments, diffuse = parts.catchments[water.name], parts.diffuse[water.name]
  if catchments or diffuse then marks[#marks + 1] = land_mark(catchments or {}, diffuse or {}) end
  for _, kind in ipairs { { "plants", plant_mark }, { "sites", site_mark }, { "sections", section_mark },
                          { "structures", structure_mark } } do
    for _, item in ipairs(parts[kind[1]][water.name] or {}) do marks[#marks + 1] = kind[2](item) end
  end
  for _, structure in ipairs(parts.structures[water.name] or {}) do
    for _, rule in ipairs(parts.rules[structure.name] or {}) do marks[#marks + 1] = rule_mark(rule) end
  end
  return marks
end

local function add_water(water, indent, parts, lines)
  local f = water.fields
  local below_head = f.downstream and f.enters_at and f.enters_at > 0
  local where = below_head and (" (enters at %s)"):format(metres(f.enters_at)) or ""
  if f.branches_from then
    where = where .. (" (branches off %s%s)"):format(f.branches_from, f.branches_at and " at " .. metres(f.branches_at) or "")
  end
  lines[#lines + 1] = ("%s%s%s"):format(indent, names(water), where)
  for _, mark in ipairs(marks_of(water, parts)) do lines[#lines + 1] = indent .. "    " .. mark end
  for _, above in ipairs(parts.above[water.name] or {}) do add_water(above, indent .. "  ", parts, lines) end
end

local function tree(basin)
  local waters = basin:list "water"
  local parts = {
    above = group_by(waters, function(water) return water.fields.downstream end),
    sections = group_by(basin:list "section", by_water), structures = group_by(basin:list "structure", by_from),
    sites = group_by(basin:list "site", by_water), catchments = group_by(basin:list "catchment", by_water),
    plants = group_by(basin:list "source", plant_water),
    diffuse = group_by(basin:list "source", catchment_water(basin)),
    rules = group_by(basin.rules, function(rule) return rule.structure end),
  }
  local lines = {}
  for _, water in ipairs(waters) do
    if not water.fields.downstream then add_water(water, "", parts, lines) end
  end
  return lines
end

-- ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────

local function counts(basin)
  local parts = {}
  for _, kind in ipairs { "water", "structure", "catchment", "source", "site", "section", "county" } do
    parts[#parts + 1] = ("%s %d"):format(kind, #basin:list(kind))
  end
  return table.concat(parts, ", ")
end

local function homeless(basin)
  local lines = {}
  for _, structure in ipairs(basin:list "structure") do
    if not structure.fields.from then lines[#lines + 1] = structure_mark(structure) end
  end
  return lines
end

-- Where rain, evaporation and boundary flows come from: the core's own words, so that they are what it does.
local function weather(basin)
  local good, model = pcall(lower.model, basin)
  if not good then return { "", "weather: not known, the basin has a fault: " .. tostring(model) } end
  local lines = { "", "weather and boundary flows" }
  for _, row in ipairs(model:weather()) do lines[#lines + 1] = ("  %s %s"):format(text.pad(row.name, 22), row.text) end
  return #lines > 2 and lines or {}
end

function show.basin(basin)
  local lines = { "basin " .. names(basin), counts(basin), "" }
  local function add(part) table.move(part, 1, #part, #lines + 1, lines) end
  add(water_table(basin))
  add { "", "the network, each water under the one it enters", "◆ section  ● plant  ▷ structure  ■ soil site  ▒ land  ↳ rule", "" }
  add(tree(basin))
  add(homeless(basin))
  add(weather(basin))
  return table.concat(lines, "\n") .. "\n"
end

return show
