-- report.lua -- one page, no network, no library: the answer first, then what it rests on.
--   results:report("jingmen.html", { lang = "both" })   -- "both", "zh" or "en": shown at first
local chart = require "ecosim.report_chart"
local gb3838 = require "standards.gb3838"
local money = require "ecosim.score_cost"
local network = require "ecosim.report_network"
local page = require "ecosim.report_page"
local seen = require "ecosim.report_evidence"
local tables = require "ecosim.report_tables"
local text = require "ecosim.text"

local report = {}

local t, esc = page.t, page.esc

-- ── head ────────────────────────────────────────────────────────────────────────────────────────────────────────

local function zh_name(item) return esc(item.name_zh or item.title_zh or item.name_en or item.name) end
local function en_name(item) return esc(item.name_en or item.title or item.name) end

-- The sentence where a plan attains the target in at least half of the members.
local function attained(scores, plan, judged)
  local section, month = judged.section, scores.months[judged.lasting_month]
  local zh = ("方案“%s”使%s断面从%s起月均值稳定达到%s类(到期末%d个成员中有%s%%达到;该月为半数成员达到之月)。"):format(
    zh_name(plan), zh_name(section), month, gb3838.numerals_zh[section.target], scores.members,
      page.percent(judged.lasting_share))
  local en = ("Plan ‘%s’ brings %s to class %s from %s for good: half of the members attain it by that month, %s %% "
    .. "of the %d members by the end."):format(
    en_name(plan), en_name(section), gb3838.numerals[section.target], month, page.percent(judged.lasting_share),
      scores.members)
  return zh, en
end

local function not_attained(scores, plan, judged)
  local section, fails = judged.section, judged.failing
  local zh = ("到%s,没有一个方案在半数成员中使%s断面稳定达到%s类。最接近的是“%s”:达标天数占%s%%(中位数,5–95%%为%s–%s%%)%s。"):format(
    scores.to, zh_name(section), gb3838.numerals_zh[section.target], zh_name(plan), page.percent(judged.share.median),
    page.percent(judged.share.low), page.percent(judged.share.high), fails and (",主要超标为" .. fails) or "")
  local en = ("No plan brings %s to class %s for good in half of the members by %s. Closest is ‘%s’: on target on "
    .. "%s %% of days (median; 5–95 %% of members: %s–%s %%)%s."):format(
    en_name(section), gb3838.numerals[section.target], scores.to, en_name(plan), page.percent(judged.share.median),
    page.percent(judged.share.low), page.percent(judged.share.high), fails and (", failing mostly by " .. fails) or "")
  return zh, en
end

-- What the first plan does at the same section, for comparison.
local function beside(scores, judged)
  local first = scores.scenarios[1]
  local base = first.sections[scores.head]
  if scores.best == 1 or not base.share then return "", "" end
  return ("“%s”下达标天数为%s%%,该方案为%s%%。"):format(zh_name(first), page.percent(base.share.median),
    page.percent(judged.share.median)),
    (" Days on target: %s %% under ‘%s’, %s %% under this plan (medians)."):format(page.percent(base.share.median),
      en_name(first),
      page.percent(judged.share.median))
end

local function answer(scores)
  if not scores.head then
    return '<p class="answer">' .. t("没有断面设有目标类别,无从评判。", "No section has a target class: there is nothing to judge.")
      .. "</p>"
  end
  local plan = scores.scenarios[scores.best]
  local judged = plan.sections[scores.head]
  if not judged.share then
    return '<p class="answer">' .. t("首要断面始终干涸,未评价。", "The headline section is dry throughout and was not assessed.")
      .. "</p>"
  end
  local zh, en = (judged.lasting_month and attained or not_attained)(scores, plan, judged)
  local more_zh, more_en = beside(scores, judged)
  return '<p class="answer">' .. t(zh .. more_zh, en .. more_en) .. "</p>"
end

local function card_rows(scores, scenario, position, judged)
  local rows = {}
  local function row(zh, en, value) rows[#rows + 1] = ("<dt>%s</dt><dd>%s</dd>"):format(t(zh, en), value) end
  row("稳定达标起于", "for good from", judged.lasting_month and scores.months[judged.lasting_month] .. (judged.short_proof
    and "*" or "") or t("未达到", "never"))
  row("达到的成员", "members that do", page.percent(judged.lasting_share) .. " %")
  row("主要超标", "fails mostly by", judged.failing and ("%s (%s %%)"):format(judged.failing,
    page.percent(judged.failing_share)) or "–")
  row("末年类别", "class, last year", page.chip(judged.class))
  row("费用现值", "present cost", page.million(scenario.cost.present) .. t("百万元", "M CNY"))
  if position > 1 then
    local point = money.per_point(scenario, scenario.gain_head)
    row("每百分点", "per point gained", point and page.million(point) .. t("百万元", "M CNY") or t("无收益", "no gain"))
  end
  return table.concat(rows)
end

local function cards(scores)
  if not scores.head then return "" end
  local parts = { '<div class="cards">' }
  for position, scenario in ipairs(scores.scenarios) do
    local judged = scenario.sections[scores.head]
    if judged.share then
      parts[#parts + 1] = ('<div class="card" style="border-top-color:%s"><h3>%s</h3><div class="big">%s %%</div>'
        .. '<div class="small">%s</div>%s<dl>%s</dl></div>')
        :format((page.plan(position)), page.names(scenario), page.percent(judged.share.median),
          t("达标天数(中位数)", "of days on target (median) ") .. (" [%s–%s %%]"):format(page.percent(judged.share.low),
            page.percent(judged.share.high)),
          chart.interval(judged.share, position), card_rows(scores, scenario, position, judged))
    end
  end
  parts[#parts + 1] = "</div>"
  local section = scores.sections[scores.head]
  parts[#parts + 1] = page.note(
    ("以上为%s断面。达标按GB 3838-2002单因子评价;“成员”是不确定输入的抽样,占比是成员中的占比,不是概率。*表示到期末不足12个月。"):format(zh_name(section)),
    ("At %s. On target: worst single factor of GB 3838-2002. A member is one draw of the uncertain inputs; shares "
      .. "are of members, not probabilities. * fewer than 12 months up to the end."):format(en_name(section)))
  return table.concat(parts, "\n")
end

local function head(results, scores)
  local study = results.study
  local title = (study.title_zh or study.title) and page.names { name = study.title or study.name,
    name_zh = study.title_zh } or esc(study.name)
  local basin = page.names(study.basin)
  return ('<h1>%s</h1><p class="meta">%s · %s – %s · %s</p>'):format(title, basin, scores.from, scores.to,
    t(("%d个方案 × %d个成员"):format(#scores.scenarios, scores.members), ("%d plans × %d members"):format(#scores.scenarios,
      scores.members)))
end

-- ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- A section is shown open where some plan misses its target on more than a twentieth of the days.
local function wants_attention(scores, index)
  if index == scores.head then return true end
  for _, scenario in ipairs(scores.scenarios) do
    local share = scenario.sections[index].share
    if share and share.median < 0.95 then return true end
  end
  return false
end

local function series_part(scores)
  local open, folded = {}, {}
  if scores.head then open[1] = chart.section(scores, scores.head) end
  for index in ipairs(scores.sections) do
    if index ~= scores.head then
      local list = wants_attention(scores, index) and open or folded
      list[#list + 1] = chart.section(scores, index)
    end
  end
  local body = table.concat(open, "\n")
  if #folded > 0 then
    body = body .. ('<details class="figures"><summary>%s</summary>%s</details>'):format(
      t(("其余%d个断面:各方案均在95%%以上的天数达标,或未设目标"):format(#folded),
        ("%d more sections: on target on more than 95 %% of days under every plan, or without a "
          .. "target"):format(#folded)),
      table.concat(folded, "\n"))
  end
  return body
end

local function network_part(scores)
  local layout, entries = network.layout(scores), {}
  for position, scenario in ipairs(scores.scenarios) do
    entries[position] = { title = page.names(scenario), body = network.draw(layout, scores, position),
      open = position == (scores.best or 1) }
  end
  return page.tabs("plan", entries)
end

local function soil_part(scores)
  local parts = {}
  for index in ipairs(scores.sites) do parts[index] = chart.site(scores, index) end
  return table.concat(parts, "\n")
end

-- ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────

local function add_water_parts(add, scores)
  add(page.heading(1, "各断面达标情况", "Sections and their targets"))
  add(tables.scores(scores))
  add(page.heading(2, "逐月浓度", "Month by month"))
  add(page.plan_keys(scores.scenarios))
  add(page.note("线为成员中位数的月均值,色带为5–95%的成员;粗虚线为目标类别的限值,细虚线为相邻类别。总氮不参与河流评价,湖库单列。",
    "Lines: monthly means, median of members; bands: 5–95 % of members. Heavy dashes: limit of the target class; "
      .. "light ones: the classes beside it. TN is not judged in rivers and stands apart for lakes."))
  add(series_part(scores))
  add(page.heading(3, "河湖网络,末年类别", "The network, class of the last year"))
  add('<p class="keys">' .. page.class_legend() .. "</p>")
  add(page.note("示意图,水流自左向右;三角为断面,编号同上表。类别为末12个月均值的单因子类别(成员中位)。长度按平方根压缩。",
    "Schematic, water flows to the right; triangles are sections, numbered as in the table above. Class: worst "
      .. "factor of the mean of the last 12 months (median member). Lengths are drawn by their square root."))
  add(network_part(scores))
  add(page.heading(4, "各河口与出口负荷,吨/年", "Loads at the mouths, tonnes a year"))
  add(page.plan_keys(scores.scenarios))
  add(tables.loads(scores))
end

function report.page(results, options)
  local language = options.lang or "both"
  if language ~= "both" and language ~= "zh" and language ~= "en" then
    error(("report: lang is '%s', must be both, zh or en"):format(tostring(language)), 0)
  end
  local scores, parts = results:scores(), {}
  local function add(html) parts[#parts + 1] = html end
  add(head(results, scores))
  add(answer(scores))
  add(cards(scores))
  add_water_parts(add, scores)
  add(page.heading(5, "措施与费用", "Measures and what they cost"))
  add(tables.costs(scores))
  if #scores.sites > 0 then
    add(page.heading(6, "土壤地块", "Soil sites"))
    add(page.plan_keys(scores.scenarios))
    add(tables.sites(scores))
    add(soil_part(scores))
  end
  local part = 6
  local function heading(zh, en)
    part = part + 1
    add(page.heading(part, zh, en))
  end
  heading("这些结果有多可信", "How far to trust this")
  add(tables.honesty(results, scores))
  local held = results:evidence()
  if held then
    heading("与观测比较", "Against what was seen")
    add(seen.body(results, held))
  end
  heading("质量账", "The ledger")
  add(tables.ledger(results))
  local processes = tables.processes(results)
  if processes ~= "" then
    heading("自定义过程", "Processes of this basin")
    add(page.note("流域自带的水质过程;未注明来源的参数为假设。", "Kinetics that this basin brings along; a parameter without a source is an assumption."))
    add(processes)
  end
  heading("出处与重算", "Provenance")
  add(tables.provenance(results, scores))
  return page.whole(results.study.title or results.study.name, language, parts)
end

return report
