-- report_text.lua -- scores as plain text (110 columns at most) and as a summary for JSON.
local gb3838 = require "standards.gb3838"
local money = require "ecosim.score_cost"
local score = require "ecosim.score"
local text = require "ecosim.text"

local report_text = {}

local NAME, TARGET, CELL, ACROSS = 19, 4, 28, 3 -- 19 + 4 + 3 x (1 + 28) = 110

local short = { CODMn = "COD", ["NH3-N"] = "NH3", TP = "TP", DO = "DO" }

local function cut(name, width) return (text.pad(name, width):gsub("%s+$", "")) end

-- Scenarios in groups that fit one beside the other.
local function groups(scenarios)
  local list = {}
  for first = 1, #scenarios, ACROSS do
    list[#list + 1] = { first = first, last = math.min(first + ACROSS - 1, #scenarios) }
  end
  return list
end

local function line(lines, head, cells)
  local parts = { head }
  for _, cell in ipairs(cells) do parts[#parts + 1] = "|" .. text.pad(cell, CELL) end
  lines[#lines + 1] = (table.concat(parts):gsub("%s+$", ""))
end

local function across(scenarios, group, cell)
  local cells = {}
  for position = group.first, group.last do cells[#cells + 1] = cell(scenarios[position], position) end
  return cells
end

local function head_cell(name, target) return text.pad(name, NAME) .. text.pad(target, -TARGET) end

-- ── sections ────────────────────────────────────────────────────────────────────────────────────────────────────

local function percent(value) return ("%.0f"):format(100 * value) end

local function section_cell(judged, months)
  if not judged.share then return judged.section.target and "dry: not assessed" or "no target" end
  local lasting = judged.lasting_month and months[judged.lasting_month] .. (judged.short_proof and "*" or " ")
    or "never   "
  return ("%3s %7s %s %3s %s"):format(percent(judged.share.median),
    percent(judged.share.low) .. "-" .. percent(judged.share.high), lasting, percent(judged.lasting_share),
    judged.failing and short[judged.failing] or "")
end

local function add_sections(lines, scores)
  for _, group in ipairs(groups(scores.scenarios)) do
    line(lines, head_cell("section", ""), across(scores.scenarios, group, function(s) return s.name end))
    line(lines, head_cell("", "tgt"), across(scores.scenarios, group, function()
      return "met    5-95 lasting  mbr by"
    end))
    for index, section in ipairs(scores.sections) do
      line(lines, head_cell(section.name_en or section.name, section.target and gb3838.numerals[section.target] or "–"),
        across(scores.scenarios, group, function(s) return section_cell(s.sections[index], scores.months) end))
    end
    lines[#lines + 1] = ""
  end
end

-- ── loads ───────────────────────────────────────────────────────────────────────────────────────────────────────

local function mouth_name(mouth)
  local name = mouth.water.name_en or mouth.water.name
  name = name:match "^([^:,(]+)" or name
  if mouth.kind == "into" then return "rivers into " .. name end
  if mouth.kind == "out of" then return "out of " .. name end
  return (mouth.kind == "outlet" and "out: " or "mouth: ") .. name
end
report_text.mouth_name = mouth_name

local function add_loads(lines, scores)
  local columns = { "CODMn", "NH3-N", "TN", "TP" }
  lines[#lines + 1] = "loads, t a year over the last 12 months (median of members)"
  for _, group in ipairs(groups(scores.scenarios)) do
    line(lines, text.pad("", NAME + TARGET), across(scores.scenarios, group, function(s) return s.name end))
    line(lines, text.pad("", NAME + TARGET), across(scores.scenarios, group, function()
      return "  CODMn  NH3-N     TN     TP"
    end))
    for _, mouth in ipairs(score.mouths(scores)) do
      line(lines, text.pad(mouth_name(mouth), NAME + TARGET), across(scores.scenarios, group, function(s)
        local cells = {}
        for i, variable in ipairs(columns) do
          local load = score.mouth_load(s, mouth, variable)
          cells[i] = text.pad(load and text.significant(load.median, 3) or "–", -7)
        end
        return table.concat(cells)
      end))
    end
    lines[#lines + 1] = ""
  end
end

-- ── cost and soil ───────────────────────────────────────────────────────────────────────────────────────────────

local function points(gain) return gain and ("%+.1f"):format(gain.median) or "–" end

local function per_point(scenario, gain)
  local value = money.per_point(scenario, gain)
  return value and text.significant(value / 1e6, 3) or "no gain"
end

local function add_costs(lines, scores)
  local head = scores.head and (scores.sections[scores.head].name_en or scores.sections[scores.head].name) or "–"
  lines[#lines + 1] = ("cost, million CNY, constant prices; present value at %g %% a year over the study; points of "
    .. "days"
    ):format(100 * scores.discount)
  lines[#lines + 1] = ("on target gained against '%s' at %s and over all sections (median of members)"
    ):format(cut(scores.scenarios[1].name, 20), cut(head, 24))
  lines[#lines + 1] = text.pad("scenario", 34) .. " capital running/a  present  points  per point  points all  per "
    .. "point"
  for position, s in ipairs(scores.scenarios) do
    lines[#lines + 1] = ("%s %7s %9s %8s %7s %10s %11s %10s"):format(text.pad(s.name, 34),
      text.significant(s.cost.capital / 1e6), text.significant(s.cost.running / 1e6),
      text.significant(s.cost.present / 1e6), points(s.gain_head),
      position == 1 and "–" or per_point(s, s.gain_head), points(s.gain_all),
      position == 1 and "–" or per_point(s, s.gain_all))
    for _, name in ipairs(s.cost.unpriced) do lines[#lines + 1] = "  no price known for: " .. cut(name, 80) end
  end
  lines[#lines + 1] = ""
end

local function site_line(scenario, judged)
  local site = judged.site
  return ("%s %s %7s %9s %9s %10s %10s"):format(text.pad(site.name_en or site.name, 24), text.pad(scenario.name, 26),
    text.significant(judged.total_end), site.screening and ("%g"):format(site.screening) or "–",
    judged.above_share and percent(judged.above_share) or "–",
    percent(judged.share_start.median) .. "->" .. percent(judged.share_end.median),
    text.significant(judged.leached.median))
end

local function add_sites(lines, scores)
  if #scores.sites == 0 then return end
  lines[#lines + 1] = "soil at the end, mg/kg (median of members); GB 15618-2018 by pH and land use; above: % of "
    .. "members"
  lines[#lines + 1] = text.pad("site", 24) .. " " .. text.pad("scenario", 26) ..
    "   total screening   above % exchang. % leached kg"
  for index in ipairs(scores.sites) do
    for _, scenario in ipairs(scores.scenarios) do lines[#lines + 1] = site_line(scenario, scenario.sites[index]) end
  end
  lines[#lines + 1] = ""
end

function report_text.score_table(scores, study)
  local lines = {
    ("%s: %s to %s, %d scenarios x %d members"):format(cut(study.name, 40), scores.from, scores.to, #scores.scenarios,
      scores.members),
    "met: % of assessed days on target, median and 5-95 % of members; GB 3838-2002, worst of DO, CODMn, NH3-N, TP",
    "lasting: month by which half of the members meet it in all later monthly means (* under 12 months of proof);",
    "mbr: % of members that do (no probability); by: what fails on most days; dry days are not assessed", "" }
  add_sections(lines, scores)
  add_loads(lines, scores)
  add_costs(lines, scores)
  add_sites(lines, scores)
  return table.concat(lines, "\n", 1, #lines - 1)
end

-- ── ledger ──────────────────────────────────────────────────────────────────────────────────────────────────────

local rows = { "initial", "boundary inflow", "runoff and wash-off", "sources", "soil leachate", "air", "bed release",
  "reaction", "evaporation", "abstraction", "outflow", "final" }
report_text.ledger_rows = rows

local function ledger_lines(lines, ledgers, value_of, label)
  local cells = {}
  for _, entry in ipairs(ledgers) do cells[#cells + 1] = text.pad(value_of(entry), -10) end
  lines[#lines + 1] = (text.pad(label, 20) .. table.concat(cells)):gsub("%s+$", "")
end

local function four_digits(value) return value and ("%.3e"):format(value) or "–" end

-- At most nine quantities stand side by side: 20 + 9 x 10 = 110.
function report_text.ledger_table(results)
  local layout, lines = results.reader:layout(), {}
  for position, name in ipairs(layout.scenarios) do
    local ledgers = results:ledgers(position)
    lines[#lines + 1] = ("ledger of '%s', member %d, warm-up included; residual: worst of %d "
      .. "members"):format(cut(name, 30),
      layout.first_member, layout.members)
    if #ledgers == 0 then lines[#lines + 1], lines[#lines + 2] = "the run did not end: no ledger was written", "" end
    for first = 1, #ledgers, 9 do
      local part = table.move(ledgers, first, math.min(first + 8, #ledgers), 1, {})
      ledger_lines(lines, part, function(entry) return entry.quantity end, "")
      ledger_lines(lines, part, function(entry) return entry.unit end, "")
      for _, row in ipairs(rows) do
        ledger_lines(lines, part, function(entry) return four_digits(entry.rows[row]) end, row)
      end
      ledger_lines(lines, part, function(entry) return four_digits(entry.throughput) end, "throughput")
      ledger_lines(lines, part, function(entry) return ("%.1e"):format(entry.worst) end, "residual (relative)")
      lines[#lines + 1] = ""
    end
  end
  return table.concat(lines, "\n", 1, #lines - 1)
end

-- ── summary for JSON ────────────────────────────────────────────────────────────────────────────────────────────

local function section_summary(judged, months)
  local section = judged.section
  return { name = section.name, target_class = section.target, share = judged.share, dry_days = judged.dry_days,
    class_last_year = judged.class, lasting_from = judged.lasting_month and months[judged.lasting_month],
    lasting_share_of_members = judged.lasting_share, short_proof = judged.short_proof or nil,
    failing = judged.failing, failing_share = judged.failing_share }
end

local function scenario_summary(scenario, scores, mouths)
  local summary = { name = scenario.name, sections = {}, loads = {}, sites = {}, cost = scenario.cost,
    gain_points_head = scenario.gain_head, gain_points_all = scenario.gain_all }
  for i, judged in ipairs(scenario.sections) do summary.sections[i] = section_summary(judged, scores.months) end
  for i, mouth in ipairs(mouths) do
    local loads = { name = mouth_name(mouth), water = mouth.water.name }
    for _, variable in ipairs(score.carried) do loads[variable] = score.mouth_load(scenario, mouth, variable) end
    summary.loads[i] = loads
  end
  for i, judged in ipairs(scenario.sites) do
    summary.sites[i] = { name = judged.site.name, total_end = judged.total_end, screening = judged.site.screening,
      above_share_of_members = judged.above_share, exchangeable_start = judged.share_start,
      exchangeable_end = judged.share_end, leached_kg = judged.leached }
  end
  return summary
end

function report_text.summary(results)
  local scores = results:scores()
  local mouths = score.mouths(scores)
  local summary = { study = results.study.name, from = scores.from, to = scores.to, members = scores.members,
    headline = scores.head and scores.sections[scores.head].name, best = scores.best
      and scores.scenarios[scores.best].name,
    scenarios = {}, residuals = {} }
  for position, scenario in ipairs(scores.scenarios) do
    summary.scenarios[position] = scenario_summary(scenario, scores, mouths)
    local worst = {}
    for _, entry in ipairs(results:ledgers(position)) do worst[entry.quantity] = entry.worst end
    summary.residuals[scenario.name] = worst
  end
  return summary
end

return report_text
