-- report_chart.lua -- the figures over months, drawn as SVG: lines with a band of members, limits, small bars.
local gb3838 = require "standards.gb3838"
local page = require "ecosim.report_page"
local text = require "ecosim.text"

local chart = {}

-- ── scales ──────────────────────────────────────────────────────────────────────────────────────────────────────

-- The step of 1, 2 or 5 times a power of ten that gives about `wanted` ticks.
local function tick_step(top, wanted)
  local rough = top / wanted
  local size = 10 ^ math.floor(math.log(rough, 10))
  for _, factor in ipairs { 1, 2, 5, 10 } do
    if factor * size >= rough * (1 - 1e-9) then return factor * size end
  end
end

local function whole(value) return math.floor(value + 0.5) end

-- Relative whole coordinates are short; gaps (nil) begin a new piece.
local function line_path(values, x_of, y_of, n)
  local parts, last_x, last_y = {}, nil, nil
  for i = 1, n do
    local value = values[i]
    if not value then
      last_x = nil
    else
      local x, y = x_of(i), y_of(value)
      parts[#parts + 1] = last_x and ("l%d %d"):format(x - last_x, y - last_y) or ("M%d %d"):format(x, y)
      last_x, last_y = x, y
    end
  end
  return (table.concat(parts):gsub(" %-", "-"))
end

local function band_path(low, high, x_of, y_of, n)
  local parts, i = {}, 1
  while i <= n do
    local first = i
    while i <= n and low[i] and high[i] do i = i + 1 end
    if i > first then
      local last_x, last_y = x_of(first), y_of(high[first])
      parts[#parts + 1] = ("M%d %d"):format(last_x, last_y)
      local function to(k, value)
        local x, y = x_of(k), y_of(value)
        parts[#parts + 1] = ("l%d %d"):format(x - last_x, y - last_y)
        last_x, last_y = x, y
      end
      for k = first + 1, i - 1 do to(k, high[k]) end
      for k = i - 1, first, -1 do to(k, low[k]) end
      parts[#parts + 1] = "z"
    end
    i = i + 1
  end
  return (table.concat(parts):gsub(" %-", "-"))
end

-- ── a panel over months ─────────────────────────────────────────────────────────────────────────────────────────

local WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 520, 250, 60, 44, 34, 36 -- in units of half a pixel

local function frame(months)
  local n = #months
  return { n = n, x_of = function(i) return whole(LEFT + (i - 0.5) * (WIDTH - LEFT - RIGHT) / n) end }
end

local function years(months, f)
  local parts = {}
  for i, month in ipairs(months) do
    if month:sub(6) == "01" or i == 1 then
      local x = whole(f.x_of(i) - (WIDTH - LEFT - RIGHT) / f.n / 2)
      parts[#parts + 1] = ('<path d="M%d %dV%d" stroke="#e4e8eb"/><text x="%d" y="%d" font-size="18" '
        .. 'fill="#5b6570">%s</text>')
        :format(x, TOP, HEIGHT - BOTTOM, x + 4, HEIGHT - BOTTOM + 22, month:sub(1, 4))
    end
  end
  return table.concat(parts)
end

local function y_axis(top, f)
  local parts, step = {}, tick_step(top, 3)
  local tick = 0
  while tick <= top * (1 + 1e-9) do
    parts[#parts + 1] = ('<path d="M%d %dH%d" stroke="#eef1f3"/><text x="%d" y="%d" text-anchor="end" '
      .. 'font-size="18" fill="#5b6570">%s</text>')
      :format(LEFT, f.y_of(tick), WIDTH - RIGHT, LEFT - 6, f.y_of(tick) + 6, ("%g"):format(tick))
    tick = tick + step
  end
  return table.concat(parts)
end

local function largest(lines, floor)
  local top = floor
  for _, line in ipairs(lines) do
    for i = 1, line.n do top = math.max(top, line.high[i] or 0) end
  end
  return top
end

local function limit_line(limit, f, top)
  if limit.value > top then return "" end
  local y = f.y_of(limit.value)
  return ('<path d="M%d %dH%d" stroke="%s" stroke-width="%s" stroke-dasharray="%s"/><text x="%d" y="%d" '
    .. 'font-size="18"%s>%s</text>')
    :format(LEFT, y, WIDTH - RIGHT, limit.strong and "#1b1f23" or "#a9b2b9", limit.strong and "2.4" or "1.6",
      limit.strong and "8 4" or "3 4", WIDTH - RIGHT + 4, y + 6,
      limit.strong and ' font-weight="700"' or ' fill="#7b858d"', limit.label)
end

-- Limits whose labels would lie on the target's go without.
local function clear_labels(limits, f)
  local strong
  for _, limit in ipairs(limits) do
    if limit.strong then strong = limit end
  end
  for _, limit in ipairs(limits) do
    if strong and limit ~= strong
      and math.abs(f.y_of(limit.value) - f.y_of(strong.value)) < 18 then limit.label = "" end
  end
end

-- panel { title = html, months, lines = { { median, low, high, n, plan } }, limits = { { value, label, strong } } }
function chart.panel(given)
  local f = frame(given.months)
  local floor = 0
  for _, limit in ipairs(given.limits) do
    if limit.strong then floor = math.max(floor, limit.value * 1.15) end
  end
  local top = largest(given.lines, floor) * 1.04
  if top <= 0 then top = 1 end
  f.y_of = function(value) return whole(HEIGHT - BOTTOM - math.min(value / top, 1) * (HEIGHT - BOTTOM - TOP)) end
  local parts = { ('<svg viewBox="0 0 %d %d" role="img">'):format(WIDTH, HEIGHT),
    ('<text x="%d" y="20" font-size="21" font-weight="600">%s</text>'):format(LEFT, given.title),
    years(given.months, f), y_axis(top, f) }
  for _, line in ipairs(given.lines) do
    parts[#parts + 1] = ('<path d="%s" fill="%s" opacity=".16"/>'):format(
      band_path(line.low, line.high, f.x_of, f.y_of, f.n), (page.plan(line.plan)))
  end
  clear_labels(given.limits, f)
  for _, limit in ipairs(given.limits) do parts[#parts + 1] = limit_line(limit, f, top) end
  for _, line in ipairs(given.lines) do
    local colour, dash = page.plan(line.plan)
    parts[#parts + 1] = ('<path d="%s" fill="none" stroke="%s" stroke-width="3.2" stroke-dasharray="%s" '
      .. 'stroke-linejoin="round"/>')
      :format(line_path(line.median, f.x_of, f.y_of, f.n), colour, dash)
  end
  parts[#parts + 1] = "</svg>"
  return table.concat(parts)
end

-- ── sections ────────────────────────────────────────────────────────────────────────────────────────────────────

local names_zh = { DO = "溶解氧", CODMn = "高锰酸盐指数", ["NH3-N"] = "氨氮", TP = "总磷", TN = "总氮" }

-- The limit of the target class, and of the classes beside it.
local function limits_of(variable, section)
  local limits = {}
  for class = 1, 5 do
    local value = gb3838.limit(variable, section.kind, class)
    local strong = class == section.target
    local beside = not section.target or math.abs(class - section.target) <= 1
    if value and (strong or beside) then
      limits[#limits + 1] = { value = value, label = gb3838.numerals[class], strong = strong }
    end
  end
  return limits
end

local function merge_equal(limits)
  local kept = {}
  for _, limit in ipairs(limits) do
    local last = kept[#kept]
    if last and last.value == limit.value then
      last.label, last.strong = last.label .. "," .. limit.label, last.strong or limit.strong
    else
      kept[#kept + 1] = limit
    end
  end
  return kept
end

local function section_panel(scores, index, variable)
  local lines = {}
  for position, scenario in ipairs(scores.scenarios) do
    local band = scenario.sections[index].months[variable]
    lines[position] = { median = band.median, low = band.low, high = band.high, n = #scores.months, plan = position }
  end
  return chart.panel { title = page.svg_t(names_zh[variable], variable .. " mg/L"), months = scores.months,
    lines = lines,
    limits = merge_equal(limits_of(variable, scores.sections[index])) }
end

-- DO, CODMn, NH3-N and TP; for a lake TN too, which is not in the class.
function chart.section(scores, index)
  local section, parts = scores.sections[index], {}
  local variables = table.move(gb3838.judged, 1, #gb3838.judged, 1, {})
  if section.kind == "lake" then variables[#variables + 1] = "TN" end
  for _, variable in ipairs(variables) do parts[#parts + 1] = section_panel(scores, index, variable) end
  return ('<div class="section"><h3>%d. %s <small>%s %s</small></h3><div class="panels">%s</div></div>'):format(index,
    page.names(section), page.t("目标", "target"), page.chip(section.target), table.concat(parts, "\n"))
end

-- ── soil ────────────────────────────────────────────────────────────────────────────────────────────────────────

function chart.site(scores, index)
  local site = scores.sites[index]
  local months = table.move(scores.months, 1, #scores.scenarios[1].sites[index].months.total.median, 1, {})
  local function lines(variable)
    local list = {}
    for position, scenario in ipairs(scores.scenarios) do
      local band = scenario.sites[index].months[variable]
      list[position] = { median = band.median, low = band.low, high = band.high, n = #months, plan = position }
    end
    return list
  end
  local screening = site.screening and { { value = site.screening, label = "RSV", strong = true } } or {}
  return ('<div class="section"><h3>%s <small>%s</small></h3><div class="panels">%s%s%s</div></div>'):format(
    page.names(site), page.esc(site.contaminant or ""),
    chart.panel { title = page.svg_t("总量", "total mg/kg"), months = months, lines = lines "total", limits = screening },
    chart.panel { title = page.svg_t("可交换态", "exchangeable mg/kg"), months = months, lines = lines "exchangeable",
      limits = {} },
    chart.panel { title = page.svg_t("渗滤液", "leachate mg/L"), months = months, lines = lines "leachate", limits = {} })
end

-- ── bars ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- One bar a plan with its 5-95 % of members, all to one scale.
function chart.bars(spreads)
  local top, parts = 0, {}
  for _, spread in pairs(spreads) do top = math.max(top, math.abs(spread.high)) end
  for position = 1, #spreads do
    local spread, y = spreads[position], (position - 1) * 15
    local colour = page.plan(position)
    local function x(value) return top > 0 and math.max(0, value) / top * 100 or 0 end
    parts[position] = ('<rect x="0" y="%d" width="%.1f" height="9" fill="%s"/><path d="M%.1f %dH%.1f" '
      .. 'stroke="#1b1f23"/><text x="106" y="%d" font-size="11">%s</text>')
      :format(y + 2, x(spread.median), colour, x(spread.low), y + 6, x(spread.high), y + 11,
        text.significant(spread.median))
  end
  return ('<svg width="160" height="%d" viewBox="0 0 160 %d" role="img">%s</svg>'):format(15 * #spreads, 15 * #spreads,
    table.concat(parts))
end

-- A line from 0 to 100 percent with the members' 5-95 % and their median.
function chart.interval(spread, position)
  if not spread then return "" end
  local colour = page.plan(position)
  return ('<svg viewBox="0 0 220 22" width="100%%" role="img"><path d="M6 11H214" stroke="#d9dee3" stroke-width="2"/>'
    .. '<path d="M%.1f 11H%.1f" stroke="%s" stroke-width="6" opacity=".4"/><circle cx="%.1f" cy="11" r="6" '
      .. 'fill="%s"/></svg>')
    :format(6 + 208 * spread.low, 6 + 208 * spread.high, colour, 6 + 208 * spread.median, colour)
end

return chart
