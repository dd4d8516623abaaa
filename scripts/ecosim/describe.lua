-- describe.lua -- what the results file keeps of the description: enough to judge, to report and to run again.
local core = require "ecosim.core"
local outlook = require "ecosim.outlook"
local text = require "ecosim.text"
local vocabulary = require "ecosim.vocabulary"
local process = require "ecosim.process"
local rules = require "ecosim.rules"
local open = io.open -- kept: a sandboxed script has no io

local describe = {}

local function plain(item, more)
  local row = { name = item.name, kind = item.kind }
  for _, key in ipairs { "name_en", "name_zh", "confidence", "source", "note" } do row[key] = item.about[key] end
  for key, value in pairs(more) do row[key] = value end
  return row
end

local function words_of(names)
  local list = {}
  for name in (names or ""):gmatch "%S+" do list[#list + 1] = name end
  return list
end

local describer = {
  section = function(item)
    local f, a = item.fields, item.about
    return { water = f.water, at = f.at, target_class = a.target_class, standard = a.standard or "gb3838",
             upstream_county = a.upstream_county, downstream_county = a.downstream_county, role = a.role,
             doubtful = a.doubtful }
  end,
  county = function(item)
    local a = item.about
    return { area_km2 = a.area, population = a.population, population_urban = a.population_urban,
             population_rural = a.population_rural, gdp = a.gdp, upstream_of = words_of(a.upstream_of),
             downstream_of = words_of(a.downstream_of), works = a.works }
  end,
  site = function(item)
    local f, a = item.fields, item.about
    return { water = f.water, county = f.county, contaminant = f.contaminant, area_m2 = f.area, total = f.total,
             land_use = a.land_use, ph = f.ph, not_simulated = a.not_simulated }
  end,
  structure = function(item)
    local f, a = item.fields, item.about
    return { law = f.law, from = f.from, to = f.to, works = a.works, active = f.active,
             not_simulated = a.not_simulated }
  end,
  catchment = function(item)
    local f = item.fields
    return { water = f.water, county = f.county, area_m2 = f.area }
  end,
  source = function(item)
    local f = item.fields
    return { group = f.group, water = f.water, catchment = f.catchment, county = f.county, flow = f.flow }
  end,
}

local function water_of(item)
  local f = item.fields
  return plain(item, { downstream = f.downstream, enters_at = f.enters_at, length = f.length, county = f.county,
                       branches_from = f.branches_from, branches_at = f.branches_at })
end

local function listed(basin, kind)
  local rows = {}
  for i, item in ipairs(basin:list(kind)) do
    rows[i] = kind == "water" and water_of(item) or plain(item, describer[kind](item))
  end
  return rows
end

-- Share of the items of each grade: how much of the input is official, secondary or estimated.
local function confidence_shares(basin)
  local count, total = { A = 0, B = 0, C = 0, none = 0 }, 0
  for _, item in ipairs(basin.items) do
    local grade = item.about.confidence or "none"
    count[grade], total = count[grade] + 1, total + 1
  end
  for grade, n in pairs(count) do count[grade] = n / total end
  return count
end

local function date_of(day)
  return day and core.date(day)
end

local function change_row(change)
  return { item = change.item, param = change.param, op = change.op, value = change.number, from = date_of(change.from),
           ["until"] = date_of(change["until"]), note = change.note }
end

local function change_rows(list)
  local rows = {}
  for i, change in ipairs(list) do rows[i] = change_row(change) end
  return rows
end

local function rule_rows(list)
  local rows = {}
  for i, rule in ipairs(list) do
    local row = plain(rule, { structure = rule.structure, sets = {}, when = {}, least_days = rule.least_days })
    for k, set in ipairs(rule.sets) do row.sets[k] = { param = set.param, op = set.op, value = set.number } end
    for k, condition in ipairs(rule.conditions) do row.when[k] = rules.sentence(condition) end
    rows[i] = row
  end
  return rows
end

local function measure_row(measure)
  local a = measure.about
  local row = { name = measure.name, from = date_of(a.from), ["until"] = date_of(a["until"]),
                changes = change_rows(measure.changes), rules = rule_rows(measure.rules) }
  for _, key in ipairs { "name_en", "name_zh", "source", "confidence", "note", "county", "payer", "kind", "size",
                         "unit" } do
    row[key] = a[key]
  end
  if a.cost then
    row.cost = { capital = a.cost.capital, running = a.cost.running, lifetime = a.cost.lifetime,
                 from = date_of(a.cost.from), payer = a.cost.payer }
  end
  return row
end

local function scenario_row(scenario)
  local row = { name = scenario.name, measures = {}, rules = rule_rows(scenario.rules) }
  for key, value in pairs(scenario.about) do row[key] = value end
  for i, measure in ipairs(scenario.measures) do row.measures[i] = measure_row(measure) end
  return row
end

local function process_rows(basin)
  local rows = {}
  for i, item in ipairs(basin:list "process") do rows[i] = process.told(item) end
  return rows
end

local function basin_row(basin)
  return { name = basin.name, name_en = basin.about.name_en, name_zh = basin.about.name_zh,
           waters = listed(basin, "water"), structures = listed(basin, "structure"),
           sections = listed(basin, "section"), counties = listed(basin, "county"),
           sites = listed(basin, "site"), sources = listed(basin, "source"), catchments = listed(basin, "catchment"),
           changes = change_rows(basin.changes),
           rules = rule_rows(basin.rules), processes = process_rows(basin), confidence = confidence_shares(basin), groups = basin:groups() }
end

local function evidence_rows(list)
  local rows = {}
  for i, item in ipairs(list) do
    local row = { name = item.name }
    for key, value in pairs(item.fields) do row[key] = value end
    row.from, row.to = date_of(row.from), date_of(row.to)
    rows[i] = row
  end
  return rows
end

-- The text "study" of the results file: JSON. `options` are those of the run, which may have fewer members.
function describe.study(study, options)
  local scenarios = {}
  for i, scenario in ipairs(study.scenarios) do scenarios[i] = scenario_row(scenario) end
  return text.encode {
    name = study.name, title = study.title, title_zh = study.title_zh, note = study.note, headline = study.headline,
    from = core.date(study.from), to = core.date(study.to), start = core.date(study.start),
    members = options.members or study.members, first_member = options.first_member or study.first_member,
    weather = outlook.text(study.weather), seed = study.seed, step_s = study.step, cell_m = study.cell, library_version = core.version(),
    states = vocabulary.states, basin = basin_row(study.basin), scenarios = scenarios,
    evidence = evidence_rows(study.evidence),
  }
end

function describe.draws(draws)
  local rows = {}
  for i, draw in ipairs(draws) do rows[i] = draw.fields end
  return text.encode(rows)
end

-- The text of the script that stands in a place "study.lua:8"; "" where it cannot be read.
function describe.script(place)
  local file = open(place:match "^(.*):%d+$" or "", "rb")
  if not file then return "" end
  local body = file:read "a" or ""
  file:close()
  return utf8.len(body) and body or ""
end

return describe
