-- score.lua -- from results to numbers of judgement. Every rule with its edges: libecosim/doc/scores.md (SCO-1..SCO-9).
-- Reads results only through the reader (series, layout, ledger); knows nothing of the solver.
local gb3838 = require "standards.gb3838"
local gb15618 = require "standards.gb15618"
local score_cost = require "ecosim.score_cost"
local spread = require "ecosim.spread"

local score = {}

score.dry_from = 0.5       -- a day is dry when at least this share of it had no water to sample
score.proof_months = 12    -- fewer met months than this up to the end are marked as short proof
score.class_months = 8     -- a yearly class needs at least this many monthly means
score.reported = { "DO", "CODMn", "NH3-N", "TP", "TN" }
score.carried = { "CODMn", "NH3-N", "TN", "TP", "Cd" }

local function median_class(classes, n)
  local sorted = {}
  for member = 1, n do
    if classes[member] then sorted[#sorted + 1] = classes[member] end
  end
  table.sort(sorted)
  return sorted[#sorted // 2 + 1] -- of two middle ones the worse
end

-- ── one section of one lane ─────────────────────────────────────────────────────────────────────────────────────

-- Mean of each month over the days with water and a value; nil for a month without one. (SCO-4)
local function month_means(vector, sampled, starts)
  local n = #vector
  if sampled:sum() == n then return vector:means(starts):table() end
  local values, wet, means = vector:table(), sampled:table(), {}
  for month, first in ipairs(starts) do
    local sum, count = 0.0, 0
    for day = first, (starts[month + 1] or n + 1) - 1 do
      if wet[day] > 0 then sum, count = sum + values[day], count + 1 end
    end
    means[month] = count > 0 and sum / count or nil
  end
  return means
end

-- met[month] = true, false, or nil for a month without a sample. Returns the first month of the met months that reach
-- the end, nil when there is none. A month without a sample neither breaks nor proves. (SCO-5)
function score.lasting(met, n)
  local first
  for month = n, 1, -1 do
    if met[month] == false then break end
    if met[month] then first = month end
  end
  return first
end

local function months_met(means, kind, target, n)
  local met = {}
  for month = 1, n do
    for _, variable in ipairs(gb3838.judged) do
      local value = means[variable][month]
      if value then
        met[month] = met[month] ~= false and gb3838.meets(variable, value, kind, target)
      end
    end
  end
  return met
end

local function year_mean(means, last, n)
  local sum, count = 0.0, 0
  for month = math.max(1, n - last + 1), n do
    local value = means[month]
    if value and value == value then sum, count = sum + value, count + 1 end
  end
  return count >= score.class_months and sum / count or nil
end

local function last_year_class(means, kind, n)
  local values = {}
  for variable, monthly in pairs(means) do values[variable] = year_mean(monthly, 12, n) end
  return gb3838.worst(values, kind)
end

-- Days that were sampled, that met the target, and that failed by each pollutant. (SCO-2, SCO-3)
local function judge_days(series, wet, kind, target)
  local sampled, bad, fails = wet, nil, {}
  for _, variable in ipairs(gb3838.judged) do
    local threshold, sense = gb3838.threshold(variable, kind, target)
    local good = sense == "max" and series[variable]:le(threshold) or series[variable]:ge(threshold)
    local over = sense == "max" and series[variable]:gt(threshold) or series[variable]:lt(threshold)
    sampled = sampled:both(good:either(over)) -- a missing value is neither
    fails[variable] = over
    bad = bad and bad:either(over) or over
  end
  for variable, over in pairs(fails) do fails[variable] = over:both(sampled):sum() end
  return sampled, sampled:sum() - bad:both(sampled):sum(), fails
end

local function read_lane(reader, scenario, member, place, n)
  local series = {}
  for _, variable in ipairs(score.reported) do
    series[variable] = reader:series("section", variable, scenario, member, place):slice(1, n)
  end
  local wet = reader:series("section", "dry", scenario, member, place):slice(1, n):lt(score.dry_from)
  return series, wet
end

local function judge_lane(reader, section, time, scenario, member)
  local series, wet = read_lane(reader, scenario, member, section.place, time.days)
  local lane = { means = {}, dry = time.days - wet:sum() }
  local sampled = wet
  if section.target then
    sampled, lane.met, lane.fails = judge_days(series, wet, section.kind, section.target)
    lane.days = sampled:sum()
  end
  for _, variable in ipairs(score.reported) do
    local vector = series[variable]
    local valued = wet:both(vector:ge(0):either(vector:lt(0)))
    lane.means[variable] = month_means(vector, valued, time.starts)
  end
  if section.target then
    lane.month_met = months_met(lane.means, section.kind, section.target, time.months)
    lane.lasting = score.lasting(lane.month_met, time.months)
  end
  lane.class = last_year_class(lane.means, section.kind, time.months)
  return lane
end

-- ── one section over the members ────────────────────────────────────────────────────────────────────────────────

local function month_bands(lanes, n_months)
  local bands = {}
  for _, variable in ipairs(score.reported) do
    local band = { median = {}, low = {}, high = {} }
    for month = 1, n_months do
      local values = {}
      for _, lane in ipairs(lanes) do values[#values + 1] = lane.means[variable][month] end
      local over = spread(values)
      if over then band.median[month], band.low[month], band.high[month] = over.median, over.low, over.high end
    end
    bands[variable] = band
  end
  return bands
end

-- The month by which half of the members have attained the target for good: nil when fewer than half ever do.
local function half_attained(lanes)
  local firsts = {}
  for _, lane in ipairs(lanes) do firsts[#firsts + 1] = lane.lasting end
  table.sort(firsts)
  return firsts[(#lanes + 1) // 2], #firsts / #lanes
end

-- The pollutant that fails on most days of all members; of equals the first in the standard's order. (SCO-6)
local function failing(lanes)
  local days, total = {}, 0
  for _, lane in ipairs(lanes) do
    total = total + lane.days
    for variable, n in pairs(lane.fails) do days[variable] = (days[variable] or 0) + n end
  end
  local worst
  for _, variable in ipairs(gb3838.judged) do
    if (days[variable] or 0) > 0 and (not worst or days[variable] > days[worst]) then worst = variable end
  end
  return worst, worst and days[worst] / total
end

local function judge_section(reader, section, time, scenario, members)
  local lanes, shares, dry, classes, year_share = {}, {}, {}, {}, {}
  for member = 1, members do
    local lane = judge_lane(reader, section, time, scenario, member)
    lanes[member], dry[member], classes[member] = lane, lane.dry, lane.class
    if lane.days and lane.days > 0 then shares[member] = lane.met / lane.days end
  end
  local judged = { section = section, shares = shares, share = spread(shares), dry_days = spread(dry),
    class = median_class(classes, members), months = month_bands(lanes, time.months) }
  if section.target then
    judged.lasting_month, judged.lasting_share = half_attained(lanes)
    judged.short_proof = judged.lasting_month and time.months - judged.lasting_month + 1 < score.proof_months
    judged.failing, judged.failing_share = failing(lanes)
  end
  return judged
end

-- ── loads at the lower ends of waters ───────────────────────────────────────────────────────────────────────────

-- By variable and member: tonnes ("water": m3) of the last 12 months; of all, made a year's, when fewer. (SCO-7)
local function water_loads(reader, place, scenario, members, n)
  local first = math.max(1, n - 11)
  local per_year = 12 / (n - first + 1)
  local loads = {}
  for _, variable in ipairs(score.carried) do
    local values = {}
    for member = 1, members do
      local monthly = reader:series("water", "out " .. variable, scenario, member, place):slice(first, n)
      values[member] = monthly:sum() / 1000 * per_year
    end
    loads[variable] = values
  end
  local volumes = {}
  for member = 1, members do
    volumes[member] = reader:series("water", "out flow", scenario, member, place):slice(first, n):sum() * per_year
  end
  loads.water = volumes
  return loads
end

local function water_class(reader, water, scenario, members, n)
  local classes, kind = {}, gb3838.kind_of(water.kind)
  for member = 1, members do
    local means = {}
    for _, variable in ipairs(gb3838.judged) do
      means[variable] = reader:series("water", variable, scenario, member, water.place):slice(1, n):table()
    end
    classes[member] = last_year_class(means, kind, n)
  end
  return median_class(classes, members)
end

-- ── soil sites ──────────────────────────────────────────────────────────────────────────────────────────────────

local site_series = { "total", "exchangeable", "bound", "residual", "leachate" }

local function judge_site(reader, site, scenario, members, n)
  local bands, leached, above, share_start, share_end = {}, {}, 0, {}, {}
  for _, variable in ipairs(site_series) do bands[variable] = {} end
  for member = 1, members do
    local values = {}
    for _, variable in ipairs(site_series) do
      values[variable] = reader:series("site", variable, scenario, member, site.place):slice(1, n):table()
      bands[variable][member] = values[variable]
    end
    leached[member] = reader:series("site", "leached", scenario, member, site.place):slice(1, n):sum()
    share_start[member] = values.exchangeable[1] / values.total[1]
    share_end[member] = values.exchangeable[n] / values.total[n]
    if site.screening and values.total[n] > site.screening * (1 + 1e-9) then above = above + 1 end
  end
  local months = {}
  for variable, by_member in pairs(bands) do
    months[variable] = { median = {}, low = {}, high = {} }
    for month = 1, n do
      local values = {}
      for member = 1, members do values[member] = by_member[member][month] end
      local over = spread(values) or {}
      for key, line in pairs(months[variable]) do line[month] = over[key] end
    end
  end
  return { site = site, months = months, leached = spread(leached), share_start = spread(share_start),
    share_end = spread(share_end), total_end = months.total.median[n],
    above_share = site.screening and above / members or nil }
end

-- ── mouths: where loads are worth a line ────────────────────────────────────────────────────────────────────────

-- From the outlet that carries most water upwards, always along the branch that carries most.
local function trunk_of(waters, flow_of)
  local trunk, at = {}, nil
  local function largest(downstream)
    local best
    for index, water in ipairs(waters) do
      if water.downstream == downstream and (not best or flow_of(index) > flow_of(best)) then best = index end
    end
    return best
  end
  at = largest(nil)
  while at do
    trunk[waters[at].name] = true
    at = largest(waters[at].name)
  end
  return trunk
end

-- Lists { kind = "outlet" | "into" | "out of" | "mouth", water =, members = { indices of waters } }: the model's
-- outlets, the rivers into each lake and its outlets, and the mouths into the main river of waters with a section.
function score.mouths(scores)
  local waters, mouths, with_section = scores.waters, {}, {}
  for _, section in ipairs(scores.sections) do with_section[section.water or ""] = true end
  local first = scores.scenarios[1].waters
  local trunk = trunk_of(waters, function(index) return (spread(first[index].loads.water) or { median = 0 }).median end)
  local function add(kind, water, members)
    if #members > 0 then mouths[#mouths + 1] = { kind = kind, water = water, members = members } end
  end
  for index, water in ipairs(waters) do
    if water.downstream and trunk[water.downstream] and not trunk[water.name] and with_section[water.name] then
      add("mouth", water, { index })
    end
  end
  for index, water in ipairs(waters) do
    if water.kind == "lake" then
      local rivers = {}
      for other, upstream in ipairs(waters) do
        if upstream.downstream == water.name then rivers[#rivers + 1] = other end
      end
      add("into", water, rivers)
      add("out of", water, { index })
    end
  end
  for index, water in ipairs(waters) do
    if not water.downstream and water.kind ~= "lake" then add("outlet", water, { index }) end
  end
  return mouths
end

-- Spread over members of the load of all waters of a mouth together.
function score.mouth_load(scenario, mouth, variable)
  local sums = {}
  for _, index in ipairs(mouth.members) do
    for member, value in pairs(scenario.waters[index].loads[variable]) do sums[member] = (sums[member] or 0) + value end
  end
  return spread(sums)
end

-- ── what is judged ──────────────────────────────────────────────────────────────────────────────────────────────

local function by_name(list)
  local found = {}
  for _, item in ipairs(list or {}) do found[item.name] = item end
  return found
end

local function placed(layout_table, described)
  local items = {}
  for place, name in ipairs(layout_table.places) do
    local item = { place = place, name = name }
    for key, value in pairs(described[name] or {}) do item[key] = value end
    items[place] = item
  end
  return items
end

local function time_axis(layout_table, calendar)
  local days = layout_table.complete or #layout_table.times
  local time = { days = days, starts = {}, labels = {} }
  for day = 1, days do
    local month = calendar.date(layout_table.times[day]):sub(1, 7)
    if month ~= time.labels[#time.labels] then
      time.starts[#time.starts + 1], time.labels[#time.labels + 1] = day, month
    end
  end
  time.months = #time.labels
  return time
end

local function section_items(layout, study, waters)
  local sections = placed(layout.tables.section, by_name(study.basin.sections))
  for _, section in ipairs(sections) do
    local water = waters[section.water] or {}
    section.kind = gb3838.kind_of(water.kind)
    section.target = gb3838.class_number(section.target_class)
  end
  return sections
end

local function site_items(layout, study)
  if not layout.tables.site then return {} end
  local sites = placed(layout.tables.site, by_name(study.basin.sites))
  for _, site in ipairs(sites) do
    site.screening = gb15618.screening(site.contaminant, site.land_use, tonumber(site.ph))
  end
  return sites
end

-- The section of the first sentence: the study's `headline`, else the target section that is met least at first.
local function head_index(study, sections, first)
  local head
  for index, section in ipairs(sections) do
    if section.name == study.headline then return index end
    local share = section.target and first.sections[index].share
    if share and (not head or share.median < first.sections[head].share.median) then head = index end
  end
  return head
end

-- The plan of the first sentence: most members that attain the target for good, then most days met, then least cost.
function score.best(scores, index)
  local best, best_key
  for position, scenario in ipairs(scores.scenarios) do
    local judged = scenario.sections[index]
    local key = { judged.lasting_share or 0, judged.share and judged.share.median or 0, -scenario.cost.present }
    local better = not best
    for i = 1, 3 do
      if better or math.abs(key[i] - best_key[i]) > 1e-9 then
        better = better or key[i] > best_key[i]
        break
      end
    end
    if better then best, best_key = position, key end
  end
  return best
end

local function judge_scenario(reader, name, position, parts)
  local described = parts.described[name] or {}
  local scenario = { name = name, title_zh = described.title_zh, measures = described.measures or {}, sections = {},
    waters = {}, sites = {} }
  for index, section in ipairs(parts.sections) do
    scenario.sections[index] = judge_section(reader, section, parts.time, position, parts.members)
  end
  for index, water in ipairs(parts.waters) do
    local months = parts.water_months
    scenario.waters[index] = { water = water, loads = water_loads(reader, water.place, position, parts.members, months),
      class = water_class(reader, water, position, parts.members, months) }
  end
  for index, site in ipairs(parts.sites) do
    scenario.sites[index] = judge_site(reader, site, position, parts.members, parts.site_months)
  end
  scenario.cost = score_cost.of(scenario.measures, parts.calendar, parts.from, parts.years)
  return scenario
end

-- calendar: { date = day -> "2016-01-01", day = text -> day }.
function score.compute(reader, study, calendar)
  local layout = reader:layout()
  local tables = layout.tables
  local described_waters = by_name(study.basin.waters)
  local parts = { calendar = calendar, described = by_name(study.scenarios), members = layout.members,
    time = time_axis(tables.section, calendar), sections = section_items(layout, study, described_waters),
    waters = placed(tables.water, described_waters), sites = site_items(layout, study) }
  if parts.time.days == 0 then error("the run recorded no day yet: there is nothing to judge", 0) end
  if (tables.water.complete or 1) == 0 then error("the run recorded no whole month yet: there is nothing to judge",
    0) end
  parts.water_months = tables.water.complete or #tables.water.times
  parts.site_months = tables.site and (tables.site.complete or #tables.site.times) or 0
  parts.from = tables.section.times[1]
  parts.years = parts.time.days / 365.25
  local scores = { members = layout.members, first_member = layout.first_member, months = parts.time.labels,
    from = calendar.date(parts.from), to = calendar.date(tables.section.times[parts.time.days]),
    days = parts.time.days, years = parts.years, scenarios = {}, sections = parts.sections, waters = parts.waters,
    sites = parts.sites, discount = score_cost.discount }
  for position, name in ipairs(layout.scenarios) do
    scores.scenarios[position] = judge_scenario(reader, name, position, parts)
  end
  scores.head = head_index(study, parts.sections, scores.scenarios[1])
  score_cost.gains(scores.scenarios, layout.members)
  if scores.head then
    score_cost.gains(scores.scenarios, layout.members, scores.head)
    scores.best = score.best(scores, scores.head)
  end
  return scores
end

return score
