-- report_page.lua -- what every part of the report is written with: two languages, class chips, plan colours, the page.
-- Names of people's making (basins, sections, plans) only reach the page through `esc`.
local gb3838 = require "standards.gb3838"
local text = require "ecosim.text"

local page = {}

page.esc = text.escape

-- Both languages stand in the page; the reader's switch hides one. The arguments are HTML.
function page.t(zh, en)
  return '<span class="zh" lang="zh">' .. zh .. '</span><span class="en" lang="en">' .. en .. "</span>"
end

-- The same inside an SVG text.
function page.svg_t(zh, en)
  return '<tspan class="zh">' .. zh .. '</tspan><tspan class="gap"> </tspan><tspan class="en">' .. en .. "</tspan>"
end

-- A thing with name, name_zh, name_en: escaped, in both languages.
function page.names(item)
  local en = item.name_en or item.title or item.name
  local zh = item.name_zh or item.title_zh
  if not zh then return page.esc(en) end
  return page.t(page.esc(zh), page.esc(en))
end

-- ── classes: blue to brown, told apart with any colour vision; the numeral is always written too ────────────────

page.class_fill = { "#2166ac", "#67a9cf", "#b9dcea", "#fdd49e", "#ef8a47", "#8c2d04" }
page.class_ink = { "#fff", "#06243a", "#06243a", "#3d2200", "#2b1000", "#fff" }
page.unknown_fill, page.unknown_ink = "#dfe3e6", "#5b6570"

function page.class_word(class)
  return class and gb3838.numerals[class] or "–"
end

function page.chip(class)
  local fill = class and page.class_fill[class] or page.unknown_fill
  local ink = class and page.class_ink[class] or page.unknown_ink
  local word = class == gb3838.worse_than_five and page.t("劣Ⅴ", "&gt;V") or page.class_word(class)
  return ('<span class="chip" style="background:%s;color:%s">%s</span>'):format(fill, ink, word)
end

function page.class_legend()
  local parts = {}
  for class = 1, 6 do parts[class] = page.chip(class) end
  parts[7] = page.chip(nil) .. " " .. page.t("未评价", "not assessed")
  return table.concat(parts, " ")
end

-- ── plans: colour and dash, so that one over the other can be seen ──────────────────────────────────────────────

local plan_colours = { "#6b7280", "#0072b2", "#d55e00", "#009e73", "#9467bd", "#8c6d31", "#c2528b", "#1b1f23" }
local plan_dashes = { "", "", "7 4", "2 3", "9 3 2 3", "4 2", "1 2", "12 4" }

function page.plan(position)
  local at = (position - 1) % #plan_colours + 1
  return plan_colours[at], plan_dashes[at]
end

function page.plan_key(scenario, position)
  local colour, dash = page.plan(position)
  local title = page.names(scenario)
  return ('<span class="key"><svg width="30" height="10" aria-hidden="true"><path d="M1 5H29" stroke="%s" '
    .. 'stroke-width="2.5"'
    .. ' stroke-dasharray="%s" fill="none"/></svg>%s</span>'):format(colour, dash, title)
end

function page.plan_keys(scenarios)
  local keys = {}
  for position, scenario in ipairs(scenarios) do keys[position] = page.plan_key(scenario, position) end
  return '<p class="keys">' .. table.concat(keys, " ") .. "</p>"
end

-- ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────

function page.percent(value) return ("%.0f"):format(100 * value) end

function page.range(spread, write)
  if not spread then return "–" end
  return ("%s <small>[%s–%s]</small>"):format(write(spread.median), write(spread.low), write(spread.high))
end

function page.million(value)
  local size = text.significant(value / 1e6)
  return size
end

function page.heading(number, zh, en)
  return ('<h2 id="part%d">%s</h2>'):format(number, page.t(zh, en))
end

function page.note(zh, en)
  return '<p class="note">' .. page.t(zh, en) .. "</p>"
end

function page.table(head, rows, class)
  local parts = { '<div class="wide"><table class="' .. (class or "") .. '"><thead>' .. head .. "</thead><tbody>" }
  for _, row in ipairs(rows) do parts[#parts + 1] = "<tr>" .. row .. "</tr>" end
  parts[#parts + 1] = "</tbody></table></div>"
  return table.concat(parts, "\n")
end

-- ── the page itself ─────────────────────────────────────────────────────────────────────────────────────────────

local style = [[
:root{--ink:#1b1f23;--soft:#5b6570;--rule:#d9dee3;--wash:#f6f8f9}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:2.2rem 1.4rem 4rem;max-width:1120px;color:var(--ink);background:#fff;
font:15px/1.6 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC",
"Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:1.55rem;line-height:1.3;margin:0 0 .2rem;font-weight:650}
h2{font-size:1.15rem;margin:2.8rem 0 .5rem;padding-top:.9rem;border-top:1px solid var(--rule);font-weight:650}
h3{font-size:.98rem;margin:1.3rem 0 .2rem;font-weight:650}
p{margin:.4rem 0}
small,.small{font-size:.82em;color:var(--soft);font-weight:400}
.note,.meta{color:var(--soft);font-size:.87rem;max-width:78ch}
.answer{font-size:1.22rem;line-height:1.55;margin:1.3rem 0 1.1rem;padding:.2rem 0 .2rem 1rem;
border-left:4px solid #0072b2;max-width:70ch}
.answer .zh,.answer .en,.note .zh,.note .en,.lead .zh,
.lead .en,th .zh,th .en,td.name .zh,td.name .en,li .zh,li .en{display:block}
.answer .en{font-size:.86em;color:#3b4650}
td.name .en,th .en{font-weight:400;font-size:.9em;color:var(--soft)}
h1 .en,h2 .en,h3 .en{font-weight:400;color:var(--soft);font-size:.9em}
.zh+.en::before{content:" "}
.answer .en::before,.note .en::before,.lead .en::before,th .en::before,td.name .en::before,li .en::before{content:none}
body[data-lang=zh] .en,body[data-lang=en] .zh,body:not([data-lang=both]) .gap{display:none!important}
.switch{float:right;display:flex;margin:.2rem 0 0 1rem;border:1px solid var(--rule);border-radius:6px;overflow:hidden}
.switch button{font:inherit;font-size:.82rem;border:0;background:#fff;color:var(--soft);padding:.2rem .7rem;
cursor:pointer}
.switch button+button{border-left:1px solid var(--rule)}
body[data-lang=both] [data-set=both],body[data-lang=zh] [data-set=zh],
body[data-lang=en] [data-set=en]{background:var(--ink);color:#fff}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:.8rem;margin:1rem 0}
.card{border:1px solid var(--rule);border-top:4px solid;border-radius:4px;padding:.7rem .9rem .8rem;background:#fff}
.card h3{margin:0 0 .3rem}
.card .big{font-size:1.9rem;font-weight:650;line-height:1.1}
.card dl{display:grid;grid-template-columns:auto auto;gap:.1rem .7rem;margin:.5rem 0 0;font-size:.85rem}
.card dt{color:var(--soft)}.card dd{margin:0;text-align:right}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:.84rem;line-height:1.35;width:100%;margin:.6rem 0}
th,td{padding:.3rem .5rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
th{font-weight:600;vertical-align:bottom}
thead tr:last-child th{border-bottom:1.5px solid var(--ink)}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.plan{border-left:1px solid var(--rule)}
table.scores td.name{min-width:11em}
.chip{display:inline-block;min-width:2.1em;padding:0 .4em;border-radius:3px;text-align:center;font-weight:650;
font-size:.82rem;line-height:1.45;border:1px solid rgba(0,0,0,.18)}
.chip{white-space:nowrap}body:not([data-lang=en]) .chip .en{display:none}.chip .en::before{content:none}
.keys{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;font-size:.85rem;margin:.5rem 0}
.key svg{vertical-align:middle;margin-right:.35rem}
.panels{display:grid;grid-template-columns:repeat(4,1fr);gap:.2rem .6rem}
.panels svg{width:100%;height:auto;display:block}
.section{break-inside:avoid;margin-bottom:.4rem}
svg text{font-family:inherit;fill:var(--ink)}
details{margin:.6rem 0}summary{cursor:pointer;color:#0a5c8f;font-size:.9rem}
pre{background:var(--wash);padding:.8rem;overflow-x:auto;font-size:.78rem;line-height:1.45;white-space:pre-wrap;
overflow-wrap:anywhere}
.tabs>input{position:absolute;opacity:0}
.tabs>label{display:inline-block;padding:.25rem .8rem;border:1px solid var(--rule);border-radius:5px 5px 0 0;
font-size:.85rem;cursor:pointer;color:var(--soft)}
.tabs>input:focus-visible+label{outline:2px solid #0072b2}
.tab{display:none;border:1px solid var(--rule);padding:.6rem}.tab>h3{display:none}
.tab svg{width:100%;height:auto;display:block}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;font-size:.87rem;margin:.5rem 0}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
@media screen and (max-width:760px){.panels{grid-template-columns:repeat(2,1fr)}}
@media print{@page{size:A4;margin:14mm 12mm}.panels{gap:0 .3rem}
body{padding:0;max-width:none;font-size:9.5pt}.switch,.tabs>label{display:none}h2{break-after:avoid;margin-top:1.4rem}
table{font-size:7.6pt}tr,.card,svg{break-inside:avoid}.tab{display:block!important;border:0;padding:0}
.tab>h3{display:block;break-after:avoid}.tab{break-inside:avoid}.cards{grid-template-columns:repeat(3,1fr)}
.wide{overflow:visible}pre{font-size:6.8pt}.chip,.tab svg *,.panels svg *{-webkit-print-color-adjust:exact;
print-color-adjust:exact}}
]]

-- Radio buttons that show one of the tabs on a screen, and all of them on paper.
function page.tabs(name, entries)
  local parts, rules = { '<div class="tabs">' }, {}
  for i, entry in ipairs(entries) do
    parts[#parts + 1] = ('<input type="radio" name="%s" id="%s%d"%s><label for="%s%d">%s</label>'):format(name, name, i,
      entry.open and " checked" or "", name, i, entry.title)
    rules[#rules + 1] = ("#%s%d:checked~.%s%d{display:block}#%s%d:checked+label{background:#1b1f23;color:#fff}"):format(name, i,
      name, i, name, i)
  end
  for i, entry in ipairs(entries) do
    parts[#parts + 1] = ('<div class="tab %s%d"><h3>%s</h3>%s</div>'):format(name, i, entry.title, entry.body)
  end
  parts[#parts + 1] = "<style>" .. table.concat(rules) .. "</style></div>"
  return table.concat(parts, "\n")
end

local script = [[
document.querySelectorAll("[data-set]").forEach(function(b){
b.onclick=function(){document.body.dataset.lang=b.dataset.set}});
addEventListener("beforeprint",function(){
document.querySelectorAll("details.figures").forEach(function(d){d.open=true}
)});
]]

function page.whole(title, language, parts)
  return table.concat({
    '<!DOCTYPE html>\n<html lang="' .. (language == "en" and "en" or "zh") .. '"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    "<title>" .. page.esc(title) .. "</title>", "<style>" .. style .. "</style></head>",
    '<body data-lang="' .. language .. '">',
    '<div class="switch"><button data-set="both">中文 + English</button><button data-set="zh">中文</button>'
      .. '<button data-set="en">English</button></div>',
    table.concat(parts, "\n"), "<script>" .. script .. "</script>", "</body></html>\n",
  }, "\n")
end

return page
