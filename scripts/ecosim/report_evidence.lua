-- report_evidence.lua -- the report's part on what was seen: row by row, and what it says of the drawn inputs.
local page = require "ecosim.report_page"
local plain = require "ecosim.evidence_text"

local part = {}

local t, esc = page.t, page.esc

local use_words = {
  fit = { "用于率定", "fitted" },
  check = { "仅用于检验", "checked only" },
}
local pinned_words = { yes = { "可确定", "pinned down" }, partly = { "部分", "partly" }, no = { "不能确定", "not pinned down" } }

-- ── a strip: the members over what was seen ─────────────────────────────────────────────────────────────────────

local WIDTH, MIDDLE, DECADES = 160, 80, 1 -- a factor of ten on either side of what was seen

local function seen_middle(row)
  if row.kind == "measured" then return row.value end
  return row.low and row.high and math.sqrt(row.low * row.high) or row.low or row.high
end

local function x_of(value, middle)
  if not (value > 0) or not (middle > 0) then return 0 end
  local x = MIDDLE + MIDDLE / DECADES * math.log(value / middle, 10)
  return math.max(1, math.min(WIDTH - 1, x))
end

local function strip(judged)
  local row = judged.row
  if row.variable == "class" then return "" end
  local middle = seen_middle(row)
  local parts = { ('<svg class="strip" width="%d" height="14" role="img" aria-label="%s">'):format(WIDTH, esc(plain.seen(row))) }
  if row.kind ~= "measured" then
    local left = row.low and x_of(row.low, middle) or 0
    local right = row.high and x_of(row.high, middle) or WIDTH
    parts[#parts + 1] = ('<rect x="%.1f" y="1" width="%.1f" height="12" fill="#ddd6c0"/>'):format(left, right - left)
  else
    parts[#parts + 1] = ('<path d="M%d 0V14" stroke="#8a7a3a" stroke-width="2"/>'):format(MIDDLE)
  end
  local s = judged.spread
  local low, high = x_of(s.low, middle), x_of(s.high, middle)
  parts[#parts + 1] = ('<path d="M%.1f 7H%.1f" stroke="#2f6f9f" stroke-width="4"/>'):format(low, math.max(high, low + 1))
  parts[#parts + 1] = ('<circle cx="%.1f" cy="7" r="3" fill="#14405f"/></svg>'):format(x_of(s.median, middle))
  return table.concat(parts)
end

-- ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────

local function mark(hit) return hit and '<b class="hit">●</b>' or '<span class="miss">○</span>' end

local function section_name(study, name)
  for _, section in ipairs(study.basin.sections) do
    if section.name == name then return page.names(section) end
  end
  return esc(name)
end

local function evidence_row(study, judged)
  local row, before, after = judged.row, judged.spread, judged.after
  return ('<td class="name"><abbr title="%s">%s</abbr></td><td>%s</td><td>%s – %s</td><td class="n">%s</td><td>%s</td>'
    .. '<td class="n">%.3g <small>[%.3g–%.3g]</small> %s</td><td class="n">%.3g %s</td><td>%s</td>'):format(
    esc((row.source or "") .. (row.note and "; " .. row.note or "")), section_name(study, row.section), esc(row.variable),
    esc(row.from_text), esc(row.to_text), esc(plain.seen(row)), strip(judged), before.median, before.low, before.high,
    mark(judged.hit_prior), after.median, mark(judged.hit), esc(row.confidence or "–"))
end

local function evidence_table(study, held, use)
  local rows = {}
  for _, judged in ipairs(held.rows) do
    if judged.row.use == use then rows[#rows + 1] = evidence_row(study, judged) end
  end
  if #rows == 0 then return "" end
  local hits, word = held.hits[use], use_words[use]
  local function th(zh, en, class) return ('<th%s>%s</th>'):format(class and ' class="n"' or "", t(zh, en)) end
  return "<h3>" .. t(word[1], word[2]) .. (" %d / %d → %d / %d</h3>"):format(hits.prior, hits.n, hits.posterior, hits.n)
    .. page.table("<tr>" .. th("断面", "section") .. th("指标", "of") .. th("时段", "when") .. th("观测", "seen", true)
      .. th("±10倍", "× 0.1 to × 10") .. th("先验成员", "members as drawn", true) .. th("加权", "weighed", true)
      .. th("置信", "grade") .. "</tr>", rows)
end

local function draw_table(held)
  local rows = {}
  for i, row in ipairs(held.draws) do
    local word, draw = pinned_words[row.pinned], row.draw
    local name = draw.name_en and page.names(draw) or esc(row.name)
    rows[i] = ('<td class="name">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%.2f</td><td>%s</td>'):format(name,
      page.range(row.prior, function(x) return ("%.3g"):format(x) end), page.range(row.posterior, function(x) return ("%.3g"):format(x) end),
      row.width, t(word[1], word[2]))
  end
  return page.table("<tr><th>" .. t("输入", "input") .. '</th><th class="n">' .. t("先验", "as drawn") .. '</th><th class="n">'
    .. t("加权后", "as weighed") .. '</th><th class="n">' .. t("宽度比", "width") .. "</th><th></th></tr>", rows)
end

-- One sentence for the part on trust.
function part.sentence(held)
  local fit, check = held.hits.fit, held.hits.check
  return t(("与%d条观测比较:率定%d条中命中%d条,检验%d条中命中%d条(先验成员);“重建值”不作为观测。"):format(#held.rows, fit.n, fit.prior, check.n,
      check.prior),
    ("Held against %d rows of what was seen: of %d to fit with %d are hit, of %d to check with %d (members as drawn). Reconstructed "
      .. "values count as no observation."):format(#held.rows, fit.n, fit.prior, check.n, check.prior))
end

function part.body(results, held)
  return page.note("●命中:实测值落在成员分布的5–95%内,或范围、界限、类别的概率不低于一半。先验为抽样成员,加权按率定数据的似然。天气不是当日天气,短时段与同季节比较。",
      "● hit: a value within 5–95 % of what the members say, or a range, bound or class with a chance of a half and more. As drawn: "
        .. "members alike; as weighed: by the likelihood of the rows to fit with. The weather is not that of the day: short windows are "
        .. "compared with their season.")
    .. evidence_table(results.study, held, "fit") .. evidence_table(results.study, held, "check")
    .. (#held.skipped > 0 and page.note(("本次模拟时段不含%d条观测。"):format(#held.skipped),
      ("%d more rows lie outside of the days of this run."):format(#held.skipped)) or "")
    .. "<details><summary>" .. t("证据对不确定输入的约束", "What this says of the uncertain inputs") .. "</summary>"
    .. page.note(("相当于%.1f个成员(共%d个),似然取1/%.3g次幂。宽度比为加权后与先验秩的标准差之比:小于0.7可确定,0.9以上不能确定。"):format(held.counted,
      held.members, held.temper),
      ("%.1f of %d members count, likelihoods to the power 1/%.3g. Width: standard deviation of the rank, weighed over drawn; below 0.7 "
        .. "the evidence pins the input down, from 0.9 on it does not."):format(held.counted, held.members, held.temper))
    .. draw_table(held) .. "</details>"
end

return part
