-- report_tables.lua -- the tables of the report: scores, loads, cost, soil, honesty, ledger, provenance.
local chart = require "ecosim.report_chart"
local seen = require "ecosim.report_evidence"
local gb15618 = require "standards.gb15618"
local money = require "ecosim.score_cost"
local page = require "ecosim.report_page"
local plain = require "ecosim.report_text"
local score = require "ecosim.score"
local text = require "ecosim.text"

local tables = {}

local t, esc = page.t, page.esc

-- ── scores ──────────────────────────────────────────────────────────────────────────────────────────────────────

local function score_cells(judged, months)
  if not judged.share then
    local why = judged.section.target and t("干涸,未评价", "dry, not assessed") or t("未设目标", "no target")
    return ('<td class="plan">%s</td><td colspan="2"><small>%s</small></td>'):format(page.chip(judged.class), why)
  end
  local lasting = judged.lasting_month and months[judged.lasting_month] .. (judged.short_proof and "*" or "") or "–"
  local members = ("<br><small>%s%%</small>"):format(page.percent(judged.lasting_share))
  local fails = judged.failing and ("<br><small>%s %s%%</small>"):format(judged.failing,
    page.percent(judged.failing_share)) or ""
  return ('<td class="plan">%s</td><td class="n">%s%%<br><small>%s–%s</small></td><td class="n">%s%s%s</td>'):format(
    page.chip(judged.class), page.percent(judged.share.median), page.percent(judged.share.low),
    page.percent(judged.share.high), lasting, members, fails)
end

local function score_head(scores)
  local first = { '<tr><th rowspan="2" class="n">#</th><th rowspan="2">' .. t("断面", "section")
    .. '</th><th rowspan="2">' .. t("目标", "target") .. "</th>" }
  local second = { "<tr>" }
  for position, scenario in ipairs(scores.scenarios) do
    first[#first + 1] = ('<th colspan="3" style="border-top:3px solid %s">%s</th>'):format((page.plan(position)),
      page.names(scenario))
    second[#second + 1] = ('<th>%s</th><th class="n">%s</th><th class="n">%s</th>'):format(t("末年", "last year"),
      t("达标天数", "days met"), t("稳定达标", "for good from"))
  end
  return table.concat(first) .. "</tr>" .. table.concat(second) .. "</tr>"
end

local function section_row(scores, index)
  local section = scores.sections[index]
  local mark = section.doubtful and (' <abbr title="%s">?</abbr>'):format(esc(section.doubtful)) or ""
  local cells = { ('<td class="n">%d</td><td class="name">%s%s</td><td>%s</td>'):format(index, page.names(section),
    mark,
    page.chip(section.target)) }
  for _, scenario in ipairs(scores.scenarios) do cells[#cells + 1] = score_cells(scenario.sections[index],
    scores.months) end
  return table.concat(cells)
end

function tables.scores(scores)
  local rows = {}
  for index in ipairs(scores.sections) do rows[index] = section_row(scores, index) end
  return page.table(score_head(scores), rows, "scores") .. page.note(
    "达标天数:日均值各项均达目标的天数占评价天数(中位数,下为5–95%的成员);干涸日不评价。稳定达标:其后各月月均值均达标,半数成员达到的月份;其下为达到的成员占比,及超标天数最多的项目。“?”为位置或水体存疑的断面。",
    "Days met: days whose means all meet the target, of days assessed (median, 5–95 % of members below); dry days "
      .. "are not assessed. For good: the month from which all later monthly means meet, attained by half of the "
      .. "members; below it the share of members that do, and what fails on most days. “?”: a section whose place "
      .. "or water is in doubt.")
end

-- ── loads ───────────────────────────────────────────────────────────────────────────────────────────────────────

local mouth_zh = { mouth = "河口:", into = "入湖河流:", ["out of"] = "出湖:", outlet = "出口:" }

local function mouth_names(mouth)
  local zh = mouth.water.name_zh or mouth.water.name
  return t(esc(mouth_zh[mouth.kind] .. zh), esc(plain.mouth_name(mouth)))
end

function tables.loads(scores)
  local columns, rows = { "CODMn", "NH3-N", "TN", "TP" }, {}
  local head = "<tr><th>" .. t("位置", "where") .. "</th><th>CODMn</th><th>NH3-N</th><th>TN</th><th>TP</th></tr>"
  for _, mouth in ipairs(score.mouths(scores)) do
    local cells = { '<td class="name">' .. mouth_names(mouth) .. "</td>" }
    for _, variable in ipairs(columns) do
      local spreads = {}
      for position, scenario in ipairs(scores.scenarios) do
        spreads[position] = score.mouth_load(scenario, mouth, variable) or { median = 0, low = 0, high = 0 }
      end
      cells[#cells + 1] = "<td>" .. chart.bars(spreads) .. "</td>"
    end
    rows[#rows + 1] = table.concat(cells)
  end
  return page.table(head, rows) .. page.note("最近12个月;条为成员中位数,细线为5–95%的成员;每格自成比例。",
    "Last 12 months; bars: median of members, thin lines: 5–95 %; each cell has its own scale.")
end

-- ── cost ────────────────────────────────────────────────────────────────────────────────────────────────────────

local function gain_cell(position, gain)
  if position == 1 or not gain then return "–" end
  return ("%+.1f <small>[%+.1f, %+.1f]</small>"):format(gain.median, gain.low, gain.high)
end

local function point_cell(position, scenario, gain)
  if position == 1 then return "–" end
  local point = money.per_point(scenario, gain)
  return point and page.million(point) or t("无收益", "no gain")
end

local function cost_row(scenario, position)
  local cost = scenario.cost
  local unpriced = #cost.unpriced > 0 and ("<br><small>%s %s</small>"):format(t("未计价:", "no price:"),
    esc(table.concat(cost.unpriced, ", "))) or ""
  return ('<td class="name">%s%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td '
    .. 'class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td>')
    :format(page.plan_key(scenario, position), unpriced, page.million(cost.capital), page.million(cost.running),
      page.million(cost.yearly), page.million(cost.present), gain_cell(position, scenario.gain_head),
      point_cell(position, scenario, scenario.gain_head), gain_cell(position, scenario.gain_all),
      point_cell(position, scenario, scenario.gain_all))
end

local function told(measure)
  if measure.note and measure.source then return measure.note .. "; " .. measure.source end
  return measure.note or measure.source or ""
end

local function measure_rows(scores)
  local rows, seen = {}, {}
  for _, scenario in ipairs(scores.scenarios) do
    for _, measure in ipairs(scenario.measures) do
      local key = measure.name .. (measure.from or "")
      if not seen[key] then
        seen[key] = true
        local cost = measure.cost or {}
        rows[#rows + 1] = ('<td class="name">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td>'
          .. '<td class="n">%s</td><td>%s</td><td><small>%s</small></td>')
          :format(page.names(measure), esc(measure.from or "–"), cost.capital and page.million(cost.capital) or "–",
            cost.running and page.million(cost.running) or "–", cost.lifetime and ("%g"):format(cost.lifetime) or "–",
            esc(measure.confidence or "–"), esc(told(measure)))
      end
    end
  end
  return rows
end

function tables.costs(scores)
  local section = scores.head and page.names(scores.sections[scores.head]) or "–"
  local head = ('<tr><th>%s</th><th class="n">%s</th><th class="n">%s</th><th class="n">%s</th><th class="n">%s'
    .. '</th><th class="n">%s<small>%s</small></th><th class="n">%s</th><th class="n">%s</th><th class="n">%s</th>'
    .. '</tr>')
    :format(t("方案", "plan"), t("投资", "capital"), t("运行/年", "running a year"), t("折合每年", "yearly, with life"), t("现值",
      "present value"),
      t("百分点", "points at "), section, t("每百分点", "per point"), t("百分点,全部断面", "points, all sections"), t("每百分点",
        "per point"))
  local rows = {}
  for position, scenario in ipairs(scores.scenarios) do rows[position] = cost_row(scenario, position) end
  local measures = measure_rows(scores)
  local measure_head = ('<tr><th>%s</th><th class="n">%s</th><th class="n">%s</th><th class="n">%s</th><th '
    .. 'class="n">%s</th><th>%s</th><th>%s</th></tr>')
    :format(t("措施", "measure"), t("自", "from"), t("投资", "capital"), t("运行/年", "running a year"), t("寿命/年",
      "life, years"),
      t("置信", "grade"), t("说明", "note"))
  local year = ("%g"):format(100 * scores.discount)
  return page.table(head, rows) .. page.note(
    ("百万元,不变价。现值按每年%s%%折算到首日,只计本研究期;投资计于措施生效之日,期末残值不计。百分点为达标天数较第一方案的增加(逐成员配对,中位数与5–95%%)。"):format(year),
    ("Million CNY, constant prices. Present value at %s %% a year on the first day, over the study only; capital is "
      .. "booked on the day a measure takes effect, nothing is credited for life left. Points: days on target "
      .. "gained against the first plan, member by member (median, 5–95 %%)."):format(year))
    .. (#measures > 0 and page.table(measure_head, measures) or "")
end

-- ── soil ────────────────────────────────────────────────────────────────────────────────────────────────────────

function tables.sites(scores)
  local head = ('<tr><th>%s</th><th>%s</th><th class="n">%s</th><th class="n">%s</th><th class="n">%s</th><th '
    .. 'class="n">%s</th><th class="n">%s</th></tr>')
    :format(t("地块", "site"), t("方案", "plan"), t("期末总量 mg/kg", "total at the end, mg/kg"), t("筛选值", "screening value"),
      t("超过的成员", "members above"), t("可交换态占比", "exchangeable share"), t("淋出 kg", "leached, kg"))
  local rows = {}
  for index in ipairs(scores.sites) do
    for position, scenario in ipairs(scores.scenarios) do
      local judged = scenario.sites[index]
      local site = judged.site
      rows[#rows + 1] = ('<td class="name">%s</td><td>%s</td><td class="n">%s</td><td class="n">%s</td><td '
        .. 'class="n">%s</td><td class="n">%s%% → %s%%</td><td class="n">%s</td>')
        :format(position == 1 and page.names(site) or "", page.plan_key(scenario, position),
          text.significant(judged.total_end), site.screening and ("%g"):format(site.screening) or "–",
          judged.above_share and page.percent(judged.above_share) .. "%" or "–",
            page.percent(judged.share_start.median),
          page.percent(judged.share_end.median), page.range(judged.leached, text.significant))
    end
  end
  return page.table(head, rows) .. page.note(
    gb15618.name .. "风险筛选值,按pH与用地;该标准自2018-08-01起施行。超过筛选值不等于污染,须进一步调查。",
    gb15618.name .. " screening values by pH and land use, in force since 2018-08-01. Above the screening value is "
      .. "not polluted: it calls for a survey. RSV in the figures: this value.")
end

-- ── honesty ─────────────────────────────────────────────────────────────────────────────────────────────────────

local grades = { { "A", "官方或同行评议", "official or peer-reviewed" }, { "B", "二手资料", "secondary" },
  { "C", "估计", "estimate" }, { "none", "未注明", "not stated" } }
local shades = { A = "#2166ac", B = "#8fb8de", C = "#fdd49e", none = "#dfe3e6" }

local function grade_bar(confidence)
  local total, x, parts = 0, 0, {}
  for _, grade in ipairs(grades) do total = total + (confidence[grade[1]] or 0) end
  if total == 0 then return "" end
  local words = {}
  for _, grade in ipairs(grades) do
    local share = (confidence[grade[1]] or 0) / total
    if share > 0 then
      parts[#parts + 1] = ('<rect x="%.1f" width="%.1f" height="16" fill="%s" stroke="#fff"/>'):format(x, 600 * share,
        shades[grade[1]])
      words[#words + 1] = ('<span class="key"><svg width="12" height="12"><rect width="12" height="12" fill="%s"/>'
        .. '</svg>%s %s %.0f%%</span>')
        :format(shades[grade[1]], grade[1] == "none" and "" or grade[1], t(grade[2], grade[3]), 100 * share)
      x = x + 600 * share
    end
  end
  return ('<svg viewBox="0 0 600 16" width="100%%" height="16" preserveAspectRatio="none">%s</svg><p '
    .. 'class="keys">%s</p>')
    :format(table.concat(parts), table.concat(words, " "))
end

local function doubtful_list(scores)
  local parts = {}
  for index, section in ipairs(scores.sections) do
    if section.doubtful then
      parts[#parts + 1] = ("<li>%d. %s: %s</li>"):format(index, page.names(section), esc(section.doubtful))
    end
  end
  return #parts > 0 and "<ul class=\"small\">" .. table.concat(parts) .. "</ul>" or ""
end

function tables.honesty(results, scores)
  local study = results.study
  local confidence = study.basin.confidence or study.confidence or {}
  local held = results:evidence()
  return table.concat {
    '<p class="lead">', held and seen.sentence(held) or t("<b>未经验证。</b>结果文件中没有可供比较的实测序列;结论是在所述输入下各方案的比较,不是预报。",
      "<b>Not validated.</b> The results hold no measured series to compare with: they compare plans under the "
        .. "inputs stated, they are no forecast."), "</p>",
    study.note and '<p class="note">' .. esc(study.note) .. "</p>" or "",
    "<h3>", t("输入按置信等级", "Inputs by confidence"), "</h3>", grade_bar(confidence),
    page.note("成员反映列入抽样的不确定输入,不含模型结构、网络几何与措施效果的误差;措施的费用与效果取典型值(多为C级)。",
      "Members spread over the uncertain inputs that were drawn. They do not hold the errors of the model, of the "
        .. "geometry, or of what measures do: measures take typical values, most of grade C."),
    doubtful_list(scores) }
end

-- ── ledger ──────────────────────────────────────────────────────────────────────────────────────────────────────

local function worst_table(results, layout)
  local head, rows = { "<tr><th>" .. t("方案", "plan") .. "</th>" }, {}
  for position, name in ipairs(layout.scenarios) do
    local ledgers, cells = results:ledgers(position), { "<td>" .. esc(name) .. "</td>" }
    for _, entry in ipairs(ledgers) do
      if position == 1 then head[#head + 1] = '<th class="n">' .. esc(entry.quantity) .. "</th>" end
      cells[#cells + 1] = ('<td class="n">%.1e</td>'):format(entry.worst)
    end
    rows[position] = table.concat(cells)
  end
  return page.table(table.concat(head) .. "</tr>", rows)
end

function tables.ledger(results)
  local layout = results.reader:layout()
  return page.note("相对残差(流入与流出之差除以通量),取各成员中最大者;含预热期。",
    "Relative residual (what came in less what left and stayed, over the throughput), the worst member; warm-up "
      .. "included.")
    .. worst_table(results, layout)
    .. "<details><summary>" .. t("各项明细(首个成员)", "All rows, first member") .. "</summary><pre>"
    .. esc(results:ledger_table()) .. "</pre></details>"
end

-- ── processes of the basin's own ────────────────────────────────────────────────────────────────────────────────

local function process_rows(process)
  local rows = {}
  for i, flux in ipairs(process.fluxes) do
    rows[i] = ("<td>%s</td><td><code>%s</code></td><td><code>%s</code></td>"):format(esc(flux.name), esc(flux.rate), esc(flux.moves))
  end
  return rows
end

local function param_rows(process)
  local rows = {}
  for i, param in ipairs(process.params) do
    local range = param.highest < 1e299 and (" [%g–%g]"):format(param.lowest, param.highest) or ""
    rows[i] = ('<td><code>%s</code></td><td class="n">%g%s %s</td><td>%s</td><td>%s</td>'):format(esc(param.name), param.value,
      range, esc(param.unit), esc(param.text or ""), esc(param.source or "–"))
  end
  return rows
end

-- One heading a process: what it does and with which numbers. "" where the basin has none.
function tables.processes(results)
  local parts = {}
  for _, process in ipairs(results.study.basin.processes or {}) do
    local named = process.family and (" · %s"):format(process.family) or ""
    local graded = process.confidence and (" · %s"):format(process.confidence) or ""
    local placed = process.waters and (" · %s"):format(process.waters) or ""
    parts[#parts + 1] = ("<h3>%s%s%s%s</h3>"):format(esc(process.name), esc(named), esc(placed), esc(graded))
      .. (process.source and '<p class="small">' .. esc(process.source) .. "</p>" or "")
      .. page.table("<tr><th>" .. t("通量", "flux") .. "</th><th>" .. t("速率,mg/L/d", "rate, mg/L/d") .. "</th><th>"
        .. t("作用", "moves") .. "</th></tr>", process_rows(process))
      .. (#process.params == 0 and "" or "<details><summary>" .. t("参数", "Parameters") .. "</summary>"
        .. page.table("<tr><th>" .. t("参数", "parameter") .. '</th><th class="n">' .. t("取值[范围]", "value [range]")
          .. "</th><th></th><th>" .. t("来源", "source") .. "</th></tr>", param_rows(process)) .. "</details>")
  end
  return table.concat(parts, "\n")
end

-- ── provenance ──────────────────────────────────────────────────────────────────────────────────────────────────

function tables.provenance(results, scores)
  local study, reader = results.study, results.reader
  local rows = {}
  local function row(zh, en, value)
    if value ~= nil and value ~= "" then rows[#rows + 1] = ("<dt>%s</dt><dd>%s</dd>"):format(t(zh, en), esc(value)) end
  end
  row("命令", "command", reader:text "command")
  row("结果文件", "results file", results.path)
  row("版本", "library", study.library_version)
  row("种子", "seed", study.seed and ("%d"):format(study.seed))
  row("成员", "members", ("%d … %d"):format(scores.first_member, scores.first_member + scores.members - 1))
  row("预热自", "warm-up from", study.start or study.warm_up)
  row("步长", "step", study.step_s and ("%g s"):format(study.step_s) or study.step)
  row("河段单元", "longest cell", study.cell_m and ("%g m"):format(study.cell_m))
  row("评判", "judged by", "GB 3838-2002, " .. gb15618.name)
  local script = reader:text "script"
  return '<dl class="facts">' .. table.concat(rows) .. "</dl>"
    .. (script and script ~= "" and "<details><summary>" .. t("研究脚本", "The study's script") .. "</summary><pre>"
      .. esc(script) .. "</pre></details>" or "")
end

return tables
