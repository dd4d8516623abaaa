-- report_network.lua -- the waters as a schematic: a tree laid out from `downstream` and `enters_at`, flow from left to
-- right, coloured by the class of the last year. Lengths are drawn as 12 + 7 sqrt(km): short waters stay visible.
local page = require "ecosim.report_page"

local network = {}

local ROW, WIDTH, MARGIN, LAKE, APART = 35, 1060, 16, 34, 14
local MOST_ROWS = 200 -- of a tree; beyond it lines may cross
local standing = { lake = true, reservoir = true }

-- ── chains: a water, the one above it on the main stem, and so on; the others join as chains of their own ───────

local function drawn_length(water, rivers)
  if standing[water.kind] then return math.max(LAKE, APART * (rivers + 1)) end
  return 12 + 7 * math.sqrt((water.length or 0) / 1000)
end

local function above_of(waters)
  local above, roots = {}, {}
  for index, water in ipairs(waters) do
    local down = water.downstream
    if down then
      above[down] = above[down] or {}
      table.insert(above[down], index)
    else
      roots[#roots + 1] = index
    end
  end
  return above, roots
end

-- Waters that join at one place are drawn side by side, so that each has its own way down.
local function spread_joints(chain)
  table.sort(chain.children, function(a, b)
    if a.joint ~= b.joint then return a.joint < b.joint end
    return a.index < b.index
  end)
  for i = #chain.children, 1, -1 do
    local child, next_child = chain.children[i], chain.children[i + 1]
    local most = next_child and next_child.joint - APART or chain.right - 5
    child.joint = math.min(child.joint, most)
  end
end

-- ── labels: one for each run of waters that share a name ────────────────────────────────────────────────────────

local function stem(name, marks)
  if not name then return nil end
  local short = name
  for _, mark in ipairs(marks) do
    local at = short:find(mark, 1, true)
    if at and at > 1 then short = short:sub(1, at - 1) end
  end
  return (short:gsub("%s+$", ""):gsub("[上中下]段$", ""))
end

local zh_marks, en_marks = { "(", "(", ":", ":", "上段", "中段", "下段" }, { ":", ",", "(", " below ", " above " }

local function label_of(water)
  local zh = stem(water.name_zh, zh_marks)
  return { zh = zh, en = stem(water.name_en or water.name, en_marks), key = zh or water.name_en or water.name }
end

-- Room of the label on the page, in pixels at 11 px: both languages, for the reader may switch to both.
local function label_width(label)
  local en = #label.en * 5.6
  return (label.zh and utf8.len(label.zh) * 11 + 4 or 0) + en
end

-- Runs of members under one label. Where it does not fit above its waters, they are drawn longer; the label of the
-- uppermost ones stands before them instead.
local function label_runs(members, waters)
  local runs = {}
  for number, member in ipairs(members) do
    local water = waters[member.index]
    local label, run = label_of(water), runs[#runs]
    local alone = standing[water.kind]
    if run and run.label.key == label.key and not alone and not run.alone then
      run.last = number
    else
      runs[#runs + 1] = { label = label, first = number, last = number, alone = alone, width = label_width(label) }
    end
  end
  for i, run in ipairs(runs) do
    local length = 0
    for number = run.first, run.last do length = length + members[number].length end
    local short = run.width + 12 > length
    run.at_head = short and i == #runs and not run.alone
    if short and not run.at_head and #runs > 1 then
      for number = run.first,
        run.last do members[number].length = members[number].length * (run.width + 12) / length end
    end
  end
  return runs
end

-- ── chains, laid out ────────────────────────────────────────────────────────────────────────────────────────────

-- The main stem from `index` up: of the waters that enter at the upper end, the one that carries most.
local function main_stem(index, context)
  local members = {}
  while index do
    local water, main = context.waters[index], nil
    local above = context.above[water.name] or {}
    for _, other in ipairs(above) do
      local enters = context.waters[other].enters_at or 0
      local at_head = standing[water.kind] or enters <= 0.02 * (water.length or 0)
      if at_head and (not main or context.flow(other) > context.flow(main)) then main = other end
    end
    members[#members + 1] = { index = index, main = main, above = above, length = drawn_length(water, #above) }
    index = main
  end
  return members
end

local function add_children(chain, member, waters)
  local water = waters[member.index]
  for _, other in ipairs(member.above) do
    if other ~= member.main then
      local part = water.length and water.length > 0 and (waters[other].enters_at or 0) / water.length or 0.5
      local joint = member.left + math.min(part, 1) * (member.right - member.left)
      chain.children[#chain.children + 1] = { index = other, joint = joint }
    end
  end
end

local function chain_from(index, context, chains, parent, joint)
  local chain = { parent = parent, joint = joint, members = main_stem(index, context), children = {} }
  chains[#chains + 1] = chain
  chain.runs = label_runs(chain.members, context.waters)
  local right = joint
  for _, member in ipairs(chain.members) do
    member.left, member.right = right - member.length, right
    add_children(chain, member, context.waters)
    right = member.left
  end
  for _, run in ipairs(chain.runs) do run.left, run.right = chain.members[run.last].left,
    chain.members[run.first].right end
  chain.left, chain.right = right, joint
  spread_joints(chain)
  for _, child in ipairs(chain.children) do chain_from(child.index, context, chains, chain, child.joint) end
end

-- ── rows: the nearest free one to the parent's, so that nothing crosses ─────────────────────────────────────────

local function meets(a_left, a_right, b_left, b_right) return a_left < b_right and b_left < a_right end

local function is_free(placed, chain, row)
  local low = chain.parent and math.min(row, chain.parent.row) or row
  local high = chain.parent and math.max(row, chain.parent.row) or row
  for _, other in ipairs(placed) do
    if other.row == row and meets(chain.reach, chain.right + 10, other.reach, other.right + 10) then return false end
    local between = other.row > low and other.row < high
    if between and chain.joint > other.reach - 6 and chain.joint < other.right + 6 then return false end
    if other.parent then
      local from, to = math.min(other.row, other.parent.row), math.max(other.row, other.parent.row)
      if row > from and row < to and other.joint > chain.reach - 6
        and other.joint < chain.right + 6 then return false end
      local same = math.abs(other.joint - chain.joint) < 8 and chain.parent and low < to and from < high
      if same and not (other.parent == chain.parent
        and (other.row - other.parent.row) * (row - chain.parent.row) < 0) then
        return false
      end
    end
  end
  return true
end

-- Labels above the line may reach over its left end; lone waters stand their label above themselves.
local function set_reach(chain)
  local reach = chain.left
  for _, run in ipairs(chain.runs) do
    if run.at_head then reach = math.min(reach, run.left - run.width - 10)
    else reach = math.min(reach, (run.left + run.right - run.width) / 2) end
  end
  chain.reach = reach
end

local function place(chain, placed, chains)
  if not chain.parent then
    chain.row = 0
  else
    local step = 1
    while not chain.row do
      if step > MOST_ROWS then chain.row = chain.parent.row + step end
      for _, row in ipairs { chain.parent.row - step, chain.parent.row + step } do
        if not chain.row and is_free(placed, chain, row) then chain.row = row end
      end
      step = step + 1
    end
  end
  placed[#placed + 1] = chain
  local children = {}
  for _, other in ipairs(chains) do
    if other.parent == chain then children[#children + 1] = other end
  end
  table.sort(children, function(a, b)
    if a.joint ~= b.joint then return a.joint < b.joint end
    return a.left > b.left
  end)
  for _, child in ipairs(children) do place(child, placed, chains) end
end

-- ── trees on shelves ────────────────────────────────────────────────────────────────────────────────────────────

local function tree_of(root, context)
  local chains = {}
  chain_from(root, context, chains, nil, 0)
  for _, chain in ipairs(chains) do set_reach(chain) end
  place(chains[1], {}, chains)
  local tree = { chains = chains, left = 0, top = 0, bottom = 0 }
  for _, chain in ipairs(chains) do
    tree.left = math.min(tree.left, chain.reach)
    tree.top, tree.bottom = math.min(tree.top, chain.row), math.max(tree.bottom, chain.row)
  end
  tree.width = -tree.left + 24
  tree.rows = tree.bottom - tree.top + 1
  return tree
end

-- Largest first; a tree goes beside the last ones while the shelf is wide enough.
local function shelve(trees)
  table.sort(trees, function(a, b)
    if #a.chains ~= #b.chains then return #a.chains > #b.chains end
    return a.width > b.width
  end)
  local widest = WIDTH - 2 * MARGIN
  for _, tree in ipairs(trees) do widest = math.max(widest, tree.width) end
  local shelves = {}
  for _, tree in ipairs(trees) do
    local home
    for _, shelf in ipairs(shelves) do
      if not home and shelf.used + tree.width <= widest then home = shelf end
    end
    if not home then
      home = { used = 0, rows = 0, trees = {} }
      shelves[#shelves + 1] = home
    end
    home.used, home.rows = home.used + tree.width, math.max(home.rows, tree.rows)
    table.insert(home.trees, tree)
  end
  local used = 0
  for _, shelf in ipairs(shelves) do used = math.max(used, shelf.used) end
  return shelves, used
end

local function settle(shelves)
  local y = MARGIN + ROW * 0.6
  for _, shelf in ipairs(shelves) do
    local x = MARGIN
    for _, tree in ipairs(shelf.trees) do
      tree.x0, tree.y0 = x - tree.left, y - tree.top * ROW
      x = x + tree.width
    end
    y = y + shelf.rows * ROW + 10
  end
  return y
end

-- The layout is the same for every plan: make it once.
function network.layout(scores)
  local waters = scores.waters
  local above, roots = above_of(waters)
  local context = { waters = waters, above = above, flow = function(index)
    local sum = 0
    for _, value in pairs(scores.scenarios[1].waters[index].loads.water) do sum = sum + value end
    return sum
  end }
  local trees = {}
  for i, root in ipairs(roots) do trees[i] = tree_of(root, context) end
  local shelves, width = shelve(trees)
  return { trees = trees, height = settle(shelves), width = width + 2 * MARGIN }
end

-- ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────

local function fill_of(class) return class and page.class_fill[class] or page.unknown_fill end

local function title_of(water, class)
  return ("<title>%s: %s</title>"):format(page.esc((water.name_zh or "") .. " " .. (water.name_en or water.name)),
    page.esc(page.class_word(class)))
end

local function draw_line(d, class, water)
  local width = water.kind == "canal" and 3.4 or 5.4
  return ('<g><path d="%s" stroke="#39424a" stroke-width="%g" fill="none" stroke-linejoin="round"/><path d="%s" '
    .. 'stroke="%s" stroke-width="%g" fill="none" stroke-linejoin="round"/>%s</g>')
    :format(d, width + 1.6, d, fill_of(class), width, title_of(water, class))
end

-- A lake's shape stands in the middle of its length, on the line of its own water.
local function lake_width(member)
  return math.min(member.right - member.left, math.max(LAKE, APART * (#member.above + 1)))
end

local function draw_lake(left, right, y, member, judged)
  local width = lake_width(member)
  return ('<g><rect x="%.1f" y="%.1f" width="%.1f" height="17" rx="8.5" fill="%s" stroke="#39424a"/>%s</g>'):format(
    (left + right - width) / 2, y - 8.5, width, fill_of(judged.class), title_of(judged.water, judged.class))
end

local function draw_member(tree, chain, number, judged)
  local member, y = chain.members[number], tree.y0 + chain.row * ROW
  local left, right = tree.x0 + member.left, tree.x0 + member.right
  local lake = standing[judged.water.kind]
  if lake and number == #chain.members then left = (left + right) / 2 end
  local d = ("M%.1f %.1fH%.1f"):format(left, y, right)
  if number == 1 and chain.parent then
    local toward = tree.y0 + chain.parent.row * ROW + (chain.parent.row > chain.row and -3 or 3)
    d = d .. ("V%.1f"):format(toward)
  elseif number == 1 then
    d = d .. "h12"
  end
  local line = draw_line(d, judged.class, judged.water)
  return lake and line .. draw_lake(tree.x0 + member.left, right, y, member, judged) or line
end

local function draw_numeral(tree, chain, member, judged)
  local x, y = tree.x0 + (member.left + member.right) / 2, tree.y0 + chain.row * ROW
  local plain = page.class_word(judged.class)
  local word, ink, back = page.esc(plain), "#1b1f23", ""
  if standing[judged.water.kind] then
    ink = judged.class and page.class_ink[judged.class] or page.unknown_ink
  else
    local width = 5 + 3.6 * utf8.len(plain)
    back = ('<rect x="%.1f" y="%.1f" width="%.1f" height="10" rx="3" fill="#fff" '
      .. 'opacity=".92"/>'):format(x - width / 2, y - 5, width)
  end
  return back .. ('<text x="%.1f" y="%.1f" font-size="8.5" font-weight="700" text-anchor="middle" '
    .. 'style="fill:%s">%s</text>')
    :format(x, y + 3, ink, word)
end

local function draw_label(tree, chain, run)
  local label, y = run.label, tree.y0 + chain.row * ROW
  local words = label.zh and page.svg_t(page.esc(label.zh), page.esc(label.en)) or page.esc(label.en)
  if run.at_head then
    return ('<text x="%.1f" y="%.1f" font-size="11" text-anchor="end">%s</text>'):format(tree.x0 + run.left - 6,
      y + 4, words)
  end
  return ('<text x="%.1f" y="%.1f" font-size="11" text-anchor="middle" stroke="#fff" stroke-width="3" '
    .. 'paint-order="stroke">%s</text>')
    :format(tree.x0 + (run.left + run.right) / 2, y - 11, words)
end

local function draw_arrow(tree)
  local x, y = tree.x0 + 12, tree.y0
  return ('<path d="M%.1f %.1fl9 5-9 5z" fill="#39424a"/>'):format(x, y - 5)
end

-- A triangle under the line, the section's number beside it.
local function draw_section(tree, chain, member, water, index, judged)
  local section = judged.section
  local part = water.length and water.length > 0 and math.min((section.at or water.length) / water.length, 1) or 0.5
  if standing[water.kind] then
    local share = lake_width(member) / (member.right - member.left)
    part = 0.5 + share * (0.2 * (member.sections % 4) - 0.3)
  end
  member.sections = member.sections + 1
  local x, y = tree.x0 + member.left + part * (member.right - member.left), tree.y0 + chain.row * ROW
  if chain.last_mark and math.abs(chain.last_mark - x) < 12 then x = chain.last_mark + 12 end
  chain.last_mark = x
  local below = standing[water.kind] and 9 or 4
  return ('<g><path d="M%.1f %.1fl4.5 7.5h-9z" fill="%s" stroke="#1b1f23" stroke-width=".9"/><text x="%.1f" '
    .. 'y="%.1f" font-size="8.5" text-anchor="middle">%d</text><title>%s</title></g>')
    :format(x, y + below, fill_of(judged.class), x, y + below + 15, index,
      page.esc(section.name_zh or "") .. " " .. page.esc(section.name_en or section.name))
end

-- One plan's schematic.
function network.draw(layout, scores, position)
  local scenario, at_water = scores.scenarios[position], {}
  for index, judged in ipairs(scenario.sections) do
    local name = judged.section.water or ""
    at_water[name] = at_water[name] or {}
    table.insert(at_water[name], { index = index, judged = judged })
  end
  local lines, labels, marks = {}, {}, {}
  for _, tree in ipairs(layout.trees) do
    for c = #tree.chains, 1, -1 do
      local chain = tree.chains[c]
      chain.last_mark = nil
      for number = #chain.members, 1, -1 do
        local member = chain.members[number]
        local judged = scenario.waters[member.index]
        lines[#lines + 1] = draw_member(tree, chain, number, judged)
        marks[#marks + 1] = draw_numeral(tree, chain, member, judged)
        member.sections = 0
        for _, entry in ipairs(at_water[judged.water.name] or {}) do
          marks[#marks + 1] = draw_section(tree, chain, member, judged.water, entry.index, entry.judged)
        end
      end
      for _, run in ipairs(chain.runs) do labels[#labels + 1] = draw_label(tree, chain, run) end
    end
    lines[#lines + 1] = draw_arrow(tree)
  end
  return ('<svg viewBox="0 0 %.0f %.0f" style="max-width:%.0fpx" role="img">%s\n%s\n%s</svg>'):format(layout.width,
    layout.height, 1.25 * layout.width,
    table.concat(lines, "\n"), table.concat(labels, "\n"), table.concat(marks, "\n"))
end

return network
