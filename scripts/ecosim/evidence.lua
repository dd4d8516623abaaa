-- evidence.lua -- what was seen, against what a run says, by a likelihood that fits its kind; weights of members; what the evidence
-- says of the drawn inputs. Rules and edges: libecosim/doc/evidence.md (SKL-1..SKL-8).
local fault = require "ecosim.fault"
local values = require "ecosim.values"
local vocabulary = require "ecosim.vocabulary"
local words = require "ecosim.words"
local gb3838 = require "standards.gb3838"
local spread = require "ecosim.spread"

local evidence = {}

evidence.kinds = { "measured", "range", "bound", "class" }
evidence.uses = { "fit", "check" }
evidence.short_days = 31   -- a window up to this long is compared with its season (SKL-1)
evidence.season_days = 15  -- on either side of it
evidence.years_around = 2  -- recorded years on either side that count as alike
evidence.least_share = 0.1 -- of the members that must count (SKL-6)
-- What model and reading may be off beside the weather, assumptions: share of the value, or absolute for the two named
evidence.error_log, evidence.errors = 0.3, { temperature = 1.0, DO = 1.0 }

-- ── the word ────────────────────────────────────────────────────────────────────────────────────────────────────

local function one_of(list)
  return function(value)
    if vocabulary.is_in(value, list) then return value end
    return nil, ("is '%s', must be %s%s"):format(tostring(value), table.concat(list, ", "), vocabulary.hint(value, list))
  end
end

local function number(value)
  if type(value) == "number" and value - value == 0 then return value end
  return nil, ("is %s, expected a finite number"):format(tostring(value))
end

local fields = {
  section = values.text, variable = values.text, from = values.date, to = values.date, value = number, low = number, high = number,
  kind = function(value)
    if value == "reconstructed" then return nil, "is 'reconstructed': a value made from a class is no observation and is not compared" end
    return one_of(evidence.kinds)(value)
  end,
  use = one_of(evidence.uses), unit = values.text, source = values.text, confidence = values.text, note = values.text,
  place = values.text,
}

local needs = { measured = { "value" }, range = { "low", "high" }, bound = {}, class = { "low", "high" } }

local function make(name, place, given)
  local faults = fault.list()
  local read = words.fields(("evidence '%s'"):format(name), place, given, fields, faults, "section = …")
  place = type(read.place) == "string" and read.place or place
  for _, key in ipairs { "section", "variable", "from", "to", "kind" } do
    if given[key] == nil then faults:add(place, "evidence '%s': '%s' must be given", name, key) end
  end
  for _, key in ipairs(needs[read.kind] or {}) do
    if read[key] == nil then faults:add(place, "evidence '%s': '%s' must be given for a %s", name, key, read.kind) end
  end
  if read.kind == "bound" and (read.low == nil) == (read.high == nil) then
    faults:add(place, "evidence '%s': a bound has either low or high", name)
  end
  if read.from and read.to and read.to < read.from then faults:add(place, "evidence '%s': to is before from", name) end
  if read.low and read.high and read.high < read.low then
    faults:add(place, "evidence '%s': low %g is above high %g", name, read.low, read.high)
  end
  faults:raise()
  read.use, read.place = read.use or "fit", nil
  return { word = "evidence", kind = "evidence", name = name, place = place, fields = read, about = {} }
end

evidence.word = words.word("evidence", make)

-- Sections and variables that the basin has.
function evidence.check(basin, list, faults)
  local sections, variables = {}, { "temperature", "class", "TN" }
  for i, section in ipairs(basin:list "section") do sections[i] = section.name end
  for _, state in ipairs(vocabulary.states) do variables[#variables + 1] = state end
  for _, item in ipairs(list) do
    local f = item.fields
    if not vocabulary.is_in(f.section, sections) then
      faults:add(item.place, "evidence '%s': section '%s' is not in basin '%s'%s", item.name, f.section, basin.name,
                 vocabulary.hint(f.section, sections))
    end
    if not vocabulary.is_in(f.variable, variables) then
      faults:add(item.place, "evidence '%s': no variable '%s'%s", item.name, f.variable, vocabulary.hint(f.variable, variables))
    end
  end
end

-- ── the normal distribution ─────────────────────────────────────────────────────────────────────────────────────

-- Its distribution function, to 1e-15: a series in the middle, a continued fraction in the tails.
local function normal(z)
  local x = math.abs(z)
  if x > 38 then return z > 0 and 1.0 or 0.0 end
  local density = math.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)
  local upper
  if x < 3 then
    local term, sum, k = x, x, 1
    while term > 1e-17 * sum do
      term, k = term * x * x / (2 * k + 1), k + 1
      sum = sum + term
    end
    upper = 0.5 - density * sum
  else
    local fraction = 0
    for k = 60, 1, -1 do fraction = k / (x + fraction) end
    upper = density / (x + fraction)
  end
  return z > 0 and 1 - upper or upper
end
evidence.normal = normal

-- ── what a member says of a window (SKL-1) ──────────────────────────────────────────────────────────────────────

local function scale_of(variable)
  local error_abs = evidence.errors[variable]
  if error_abs then return function(x) return x end, error_abs end
  return function(x) return math.log(math.max(x, 1e-9)) end, evidence.error_log
end

-- Days of the record, as ranges { first, last }, that stand for the window.
local function spans(time, row)
  local list, days = {}, row.to - row.from
  local pad = days < evidence.short_days and evidence.season_days or 0
  local years = time.year_of(row.to) - time.year_of(row.from)
  if years >= 1 then -- its own years, one by one
    for year = time.year_of(row.from), time.year_of(row.to) do
      list[#list + 1] = { math.max(row.from, time.day(year, row.from)), math.min(row.to, time.day(year + 1, row.from) - 1) }
    end
  else
    for year = -evidence.years_around, evidence.years_around do
      local first = time.shift(row.from, year) - pad
      list[#list + 1] = { first, first + days + 2 * pad }
    end
  end
  local kept = {}
  for _, span in ipairs(list) do
    if span[1] >= time.first and span[2] <= time.last then kept[#kept + 1] = span end
  end
  return kept, pad > 0
end

-- Mean and variance of what the series says over the spans, on the variable's scale; nil where it never had water.
local function moments(series, wet, first_day, list, daily, scale)
  local sum, squares, n = 0.0, 0.0, 0
  local function add(x)
    local y = scale(x)
    sum, squares, n = sum + y, squares + y * y, n + 1
  end
  for _, span in ipairs(list) do
    local total, count = 0.0, 0
    for day = span[1] - first_day + 1, span[2] - first_day + 1 do
      local x = series[day]
      if wet[day] > 0 and x == x then
        total, count = total + x, count + 1
        if daily then add(x) end
      end
    end
    if not daily and count > 0 then add(total / count) end
  end
  if n == 0 then return nil end
  local mean = sum / n
  return mean, n > 1 and math.max(0, (squares - n * mean * mean) / (n - 1)) or 0.0
end

-- ── likelihoods (SKL-2 to SKL-5) ────────────────────────────────────────────────────────────────────────────────

local function within(told, scale, low, high)
  local upper = high and normal((scale(high) - told.mean) / told.sd) or 1.0
  local lower = low and normal((scale(low) - told.mean) / told.sd) or 0.0
  return upper - lower
end

-- Chance that the worst factor is of this class or better.
local function class_chance(told, kind, class)
  if class >= gb3838.worse_than_five then return 1.0 end
  local chance = class < 1 and 0.0 or 1.0
  for _, variable in ipairs(gb3838.judged) do
    local limit, sense = gb3838.limit(variable, kind, math.max(class, 1))
    if limit and class >= 1 then
      local scale = scale_of(variable)
      local one = told[variable]
      chance = chance * (sense == "max" and within(one, scale, nil, limit) or within(one, scale, limit, nil))
    end
  end
  return chance
end

-- log likelihood, and the chance that counts as a hit (of a measured value: of a lower one)
local function judge(row, told, kind)
  if row.variable == "class" then
    local chance = class_chance(told, kind, row.high) - class_chance(told, kind, row.low - 1) -- SKL-5
    return math.log(math.max(chance, 1e-12)), chance
  end
  local scale = scale_of(row.variable)
  if row.kind == "measured" then -- SKL-2
    local z = (scale(row.value) - told.mean) / told.sd
    return -0.5 * z * z - math.log(told.sd), normal(z)
  end
  local chance = within(told, scale, row.low, row.high) -- SKL-3, SKL-4
  return math.log(math.max(chance, 1e-12)), chance
end

-- ── a run against the evidence ──────────────────────────────────────────────────────────────────────────────────

local function told_of(reader, row, variable, scenario, member, place, time, list, daily)
  local scale, error_sd = scale_of(variable)
  local series = reader:series("section", variable, scenario, member, place):table()
  local wet = reader:series("section", "dry", scenario, member, place):lt(0.5):table()
  local mean, variance = moments(series, wet, time.first, list, daily, scale)
  return mean and { mean = mean, sd = math.sqrt(variance + error_sd * error_sd) }
end

local function read_member(reader, row, scenario, member, place, time, list, daily)
  if row.variable ~= "class" then
    return told_of(reader, row, row.variable, scenario, member, place, time, list, daily)
  end
  local told = {}
  for _, variable in ipairs(gb3838.judged) do
    told[variable] = told_of(reader, row, variable, scenario, member, place, time, list, daily)
    if not told[variable] then return nil end
  end
  return told
end

local function time_of(layout, calendar)
  local times = layout.tables.section.times
  local function year_of(day) return math.tointeger(tonumber(calendar.date(day):sub(1, 4))) end
  local function day(year, like)
    local month_day = calendar.date(like):sub(5)
    return calendar.day(("%04d%s"):format(year, month_day == "-02-29" and "-02-28" or month_day))
  end
  return { first = times[1], last = times[#times], year_of = year_of, day = day,
           shift = function(like, years) return day(year_of(like) + years, like) end }
end

local function place_of(layout, name)
  for k, place in ipairs(layout.tables.section.places) do
    if place == name then return k end
  end
end

-- One row: log likelihood, chance and value of every member. nil where the record does not reach it or it was dry.
local function judge_row(reader, layout, time, row, scenario, kind)
  local place, list, daily = place_of(layout, row.section), spans(time, row)
  if not place or #list == 0 then return nil end
  local scale = scale_of(row.variable)
  local judged = { row = row, likelihood = {}, chance = {}, value = {} }
  for member = 1, layout.members do
    local told = read_member(reader, row, scenario, member, place, time, list, daily)
    if not told then return nil end
    judged.likelihood[member], judged.chance[member] = judge(row, told, kind)
    if row.variable == "class" then
      local means = {}
      for variable, one in pairs(told) do means[variable] = scale_of(variable)(1) == 0 and math.exp(one.mean) or one.mean end
      judged.value[member] = gb3838.worst(means, kind)
    else
      judged.value[member] = scale(1) == 0 and math.exp(told.mean) or told.mean
    end
  end
  return judged
end

local function mean_of(list, weights)
  local sum = 0.0
  for member, x in ipairs(list) do sum = sum + weights[member] * x end
  return sum
end

-- A measured value is hit where it lies in the middle 90 % of what the members say, another where its chance is a half and more (SKL-7).
local function is_hit(row, chance)
  if row.kind == "measured" and row.variable ~= "class" then return chance >= 0.05 and chance <= 0.95 end
  return chance >= 0.5
end

-- ── weights (SKL-6) ─────────────────────────────────────────────────────────────────────────────────────────────

local function weights_at(logs, temper)
  local most, sum, squares, weights = -math.huge, 0.0, 0.0, {}
  for _, x in ipairs(logs) do most = math.max(most, x) end
  for member, x in ipairs(logs) do
    weights[member] = math.exp((x - most) / temper)
    sum = sum + weights[member]
  end
  for member, w in ipairs(weights) do
    weights[member] = w / sum
    squares = squares + weights[member] * weights[member]
  end
  return weights, 1 / squares
end

-- The sharpest weights under which enough members count: likelihoods to the power 1/temper.
function evidence.weigh(logs)
  local least = math.max(1, evidence.least_share * #logs)
  local weights, counted = weights_at(logs, 1)
  if counted >= least then return weights, counted, 1 end
  local low, high = 1, 2
  while select(2, weights_at(logs, high)) < least and high < 1e9 do low, high = high, 2 * high end
  for _ = 1, 60 do
    local middle = 0.5 * (low + high)
    if select(2, weights_at(logs, middle)) < least then low = middle else high = middle end
  end
  weights, counted = weights_at(logs, high)
  return weights, counted, high
end

-- ── what it says of the draws (SKL-8) ───────────────────────────────────────────────────────────────────────────

-- Quantiles of weighted values.
local function weighted(values_of, weights)
  local order = {}
  for member in ipairs(values_of) do order[member] = member end
  table.sort(order, function(a, b) return values_of[a] < values_of[b] end)
  local function quantile(p)
    local sum = 0.0
    for _, member in ipairs(order) do
      sum = sum + weights[member]
      if sum >= p then return values_of[member] end
    end
    return values_of[order[#order]]
  end
  local mean, second, sum = 0.0, 0.0, 0.0 -- of the rank under the prior, 0..1
  for rank, member in ipairs(order) do
    local u = (rank - 0.5) / #order
    mean, second = mean + weights[member] * u, second + weights[member] * u * u
    sum = sum + weights[member]
  end
  local prior = math.sqrt((1 - 1 / (#order) ^ 2) / 12)
  return { low = quantile(0.05), median = quantile(0.5), high = quantile(0.95) },
         #order > 1 and math.sqrt(math.max(0, second - mean * mean)) / prior or 1.0
end

local function posterior(draws, calendar, seed, first_member, weights)
  local rows, even = {}, {}
  for member in ipairs(weights) do even[member] = 1 / #weights end
  for i, draw in ipairs(draws) do
    local drawn = { item = draw.item or draw.group, param = draw.param, distribution = draw.distribution, low = draw.low,
                    typical = draw.typical, high = draw.high }
    local values_of = {}
    for member in ipairs(weights) do values_of[member] = calendar.draw_value(drawn, seed, first_member + member - 1) end
    local after, width = weighted(values_of, weights)
    rows[i] = { name = drawn.item .. "." .. drawn.param, draw = draw, prior = (weighted(values_of, even)), posterior = after,
                width = width, pinned = width < 0.7 and "yes" or width < 0.9 and "partly" or "no" }
  end
  return rows
end

-- ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────

local function kinds_of(study)
  local kinds, waters = {}, {}
  for _, water in ipairs(study.basin.waters) do waters[water.name] = water.kind end
  for _, section in ipairs(study.basin.sections) do kinds[section.name] = gb3838.kind_of(waters[section.water]) end
  return kinds
end

-- rows: what was compared, with hits by the members as drawn (prior) and as weighed; skipped: names that the run does not reach;
-- counted: members that count; draws: what is said of each. nil where the study has no evidence. Scenario: number, the first unless given.
function evidence.compute(reader, study, calendar, draws, scenario)
  if not study.evidence or #study.evidence == 0 then return nil end
  local layout, kinds = reader:layout(), kinds_of(study)
  local time = time_of(layout, calendar)
  local out = { rows = {}, skipped = {}, members = layout.members }
  local logs, even = {}, {}
  for member = 1, layout.members do logs[member], even[member] = 0.0, 1 / layout.members end
  for _, given in ipairs(study.evidence) do
    local row = {}
    for key, value in pairs(given) do row[key] = value end
    row.from, row.to, row.from_text, row.to_text = calendar.day(given.from), calendar.day(given.to), given.from, given.to
    local judged = judge_row(reader, layout, time, row, scenario or 1, kinds[row.section])
    if judged then
      out.rows[#out.rows + 1] = judged
      for member = 1, row.use == "fit" and layout.members or 0 do logs[member] = logs[member] + judged.likelihood[member] end
    else
      out.skipped[#out.skipped + 1] = given.name
    end
  end
  out.weights, out.counted, out.temper = evidence.weigh(logs)
  out.hits = { fit = { n = 0, prior = 0, posterior = 0 }, check = { n = 0, prior = 0, posterior = 0 } }
  for _, judged in ipairs(out.rows) do
    judged.prior, judged.posterior = mean_of(judged.chance, even), mean_of(judged.chance, out.weights)
    judged.spread, judged.after = spread(judged.value), (weighted(judged.value, out.weights))
    local hits = out.hits[judged.row.use]
    judged.hit_prior, judged.hit = is_hit(judged.row, judged.prior), is_hit(judged.row, judged.posterior)
    hits.n = hits.n + 1
    hits.prior, hits.posterior = hits.prior + (judged.hit_prior and 1 or 0), hits.posterior + (judged.hit and 1 or 0)
  end
  out.draws = posterior(draws or {}, calendar, study.seed, layout.first_member, out.weights)
  return out
end

return evidence
