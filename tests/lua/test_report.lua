-- test_report.lua -- the text tables and the HTML page, made from a small study with hostile names.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. here .. "../../scripts/?.lua;" .. here .. "../../scripts/?/init.lua;" .. package.path

local t = require "report_support"
local network = require "ecosim.report_network"
local results = require "ecosim.results"
local text = require "ecosim.text"

local evil = "<script>alert('&\"')</script>"

local function study()
  return { name = "small " .. evil, title_zh = "小研究" .. evil, from = "2016-01-01", to = "2017-12-31", members = 4,
    seed = 7,
    start = "2015-01-01", step_s = 3600, cell_m = 3000, library_version = "0.1.0", note = "note " .. evil,
    basin = { name = "basin " .. evil, confidence = { A = 0.1, B = 0.2, C = 0.7, none = 0 },
      waters = {
        { name = "main_1", name_en = "Main: upper " .. evil, name_zh = "干流(上段)", kind = "reach",
          downstream = "main_2", length = 40000 },
        { name = "main_2", name_en = "Main: lower", name_zh = "干流(下段)", kind = "reach", length = 60000 },
        { name = "side_a", name_en = "Side A", name_zh = "甲河", kind = "reach", downstream = "main_2",
          enters_at = 30000, length = 20000 },
        { name = "side_b", name_en = "Side B", name_zh = "乙河", kind = "reach", downstream = "main_2",
          enters_at = 30000, length = 90000 },
        { name = "side_c", name_en = "Side C", kind = "canal", downstream = "main_2", enters_at = 55000,
          length = 5000 },
        { name = "pond", name_en = "Pond", name_zh = "池", kind = "lake", downstream = "side_a" },
        { name = "brook", name_en = "Brook", name_zh = "溪", kind = "reach", downstream = "pond", length = 3000 },
        { name = "brook_2", name_en = "Brook 2", name_zh = "溪二", kind = "reach", downstream = "pond", length = 2000 },
        { name = "alone", name_en = "Alone", name_zh = "独河", kind = "reach", length = 8000 } },
      sections = {
        { name = "mouth", name_en = "Mouth " .. evil, name_zh = "河口断面", water = "side_a", at = 19000,
          target_class = 3, doubtful = evil },
        { name = "lake", name_en = "Pond centre", name_zh = "池心", water = "pond", target_class = 3 },
        { name = "free", name_en = "No target", water = "alone", at = 1000 } },
      sites = { { name = "field " .. evil, contaminant = "Cd", land_use = "paddy", ph = 6.0 } } },
    headline = "mouth",
    scenarios = { { name = "today", title_zh = "现状" },
      { name = "plan " .. evil, measures = { { name = "measure " .. evil, name_zh = "措施", from = "2016-07-01",
        confidence = "C",
        note = evil, source = evil, cost = { capital = 2e8, running = 1e7, lifetime = 15 } } } },
      { name = "dear", measures = { { name = "gift", from = "2016-07-01" } } }, { name = "fourth" } } }
end

local function value(tab, variable, scenario, member, place, time)
  local day = tab == "section" and time or time * 30
  if variable == "dry" then return place == 3 and 1 or 0 end
  if variable == "DO" then return 9 end
  if variable == "CODMn" then return 3 end
  if variable == "NH3-N" then return (scenario == 2 and day > 200) and 0.4 or 1.3 + 0.1 * member end
  if variable == "TP" then return 0.04 end
  if variable == "total" then return 0.5 end
  if variable == "exchangeable" then return 0.3 - 0.001 * time end
  return 1.0
end

local function open()
  local s = study()
  return results.of(t.reader(s, value, { study = text.encode(s), script = "-- " .. evil, command = "ecosim run x" }),
    t.calendar, "x.h5")
end

-- ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────

local small = open()
local function widest(body)
  local most = 0
  for line in body:gmatch "[^\n]+" do most = math.max(most, text.width(line)) end
  return most
end
local table_text, ledger_text = small:score_table(), small:ledger_table()
t.ok(widest(table_text) <= 110, "the score table fits 110 columns", "widest line: " .. widest(table_text))
t.ok(widest(ledger_text) <= 110, "the ledger table fits 110 columns", "widest line: " .. widest(ledger_text))
t.ok(table_text:find("2016%-08 +100"), "the score table names the month from which a target is met", table_text)
t.ok(table_text:find "dry: not assessed" == nil and table_text:find "no target",
  "a section without a target is not judged")
t.ok(table_text:find "no gain", "where nothing is gained the cost per point says so")
t.ok(table_text:find "no price known for: gift", "a measure without a price is named")
t.ok(ledger_text:find "1.900e%+09", "ledger amounts have four significant digits")
t.ok(ledger_text:find "4.0e%-16", "the ledger shows the worst member's residual")

local decoded = text.decode(small:json())
t.same(decoded.headline, "mouth", "the JSON names the headline section")
t.near(decoded.scenarios[1].sections[1].share.median, 0.0, 0, "the JSON holds the scores")
t.same(decoded.best, "plan " .. evil, "the JSON names the best plan")
t.ok(math.abs(decoded.residuals.today.water) > 0, "the JSON holds the ledger's residuals")

-- JSON itself
t.same(text.decode('{"a":[1,-2.5e3,true,null,"\\u6c34\\n\\ud83d\\ude00"]}').a[5], "水\n😀", "JSON escapes are read")
t.same(text.encode { b = { 1, 2.5, "x\"y\n" }, a = 0 / 0 }, '{"a":null,"b":[1,2.5,"x\\"y\\u000a"]}',
  "JSON is written with sorted names")
t.refuses("byte 2: the text is not closed", function() text.decode '{"a}' end, "broken JSON is refused with its place")
t.same(text.significant(0.012345, 3), "0.0123", "small numbers keep their digits")
t.same(text.significant(123456, 3), "123456", "large numbers are not cut")
t.same(text.grouped(-1234567), "-1,234,567", "digits are grouped")

-- ── page ────────────────────────────────────────────────────────────────────────────────────────────────────────

local page = require "ecosim.report".page(open(), {})
t.ok(not page:find("alert('", 1, true), "names are escaped everywhere")
t.ok(page:find("&lt;script&gt;alert", 1, true), "and still shown")
t.ok(not page:find "https?://" and not page:find "%ssrc=" and not page:find "@import" and not page:find "url%(",
  "the page asks for nothing from outside")
t.ok(#page < 2e6, "the page stays under 2 MB", #page)
t.ok(page:find("of 4 members", 1, true) or page:find("of the 4 members", 1, true), "shares are said to be of members")
t.ok(page:find("Not validated", 1, true) and page:find("未经验证", 1, true),
  "the page says in both languages that it is not validated")
t.ok(page:find("brings Mouth &lt;", 1, true), "the first sentence answers the question")
t.ok(page:find("2016-08", 1, true), "with the month")
t.ok(not page:find("nan", 1, true) or not page:find("[^%a]nan[^%a]"), "no number is missing in the figures")

local void = { meta = true, br = true, path = true, rect = true, circle = true, input = true }
local function balanced(body)
  body = body:gsub("<style>.-</style>", ""):gsub("<script>.-</script>", "")
  local stack = {}
  for closing, name, attributes in body:gmatch "<(/?)(%a[%w]*)([^>]*)>" do
    if closing == "/" then
      if not void[name] and table.remove(stack) ~= name then return false, name end
    elseif not void[name] and attributes:sub(-1) ~= "/" then
      stack[#stack + 1] = name
    end
  end
  return #stack == 0, stack[#stack]
end
local good, where = balanced(page)
t.ok(good, "every element of the page is closed", tostring(where))

for _, language in ipairs { "zh", "en", "both" } do
  local one = require "ecosim.report".page(open(), { lang = language })
  t.ok(one:find('<body data-lang="' .. language .. '"', 1, true), "the page opens in " .. language)
end
t.refuses("lang is 'fr'", function() require "ecosim.report".page(open(), { lang = "fr" }) end,
  "an unknown language is refused")

local path = os.tmpname()
t.same(open():report(path, { lang = "en" }), path, "report returns the path it wrote")
t.ok(#text.read_file(path) > 10000, "and the file is there")
os.remove(path)
t.refuses("report: ", function() open():report("/nonexistent/x.html") end, "a page that cannot be written is refused")

-- ── network ─────────────────────────────────────────────────────────────────────────────────────────────────────

local layout = network.layout(open():scores())
local waters, crossing = 0, 0
for _, tree in ipairs(layout.trees) do
  for i, chain in ipairs(tree.chains) do
    waters = waters + #chain.members
    for j = 1, i - 1 do
      local other = tree.chains[j]
      if other.row == chain.row and chain.left < other.right
        and other.left < chain.right then crossing = crossing + 1 end
    end
  end
end
t.same(waters, 9, "every water is drawn once")
t.same(crossing, 0, "no two rivers are drawn over each other")

local broken = open()
broken.reader.ledger = function() error("not found") end
t.ok(broken:ledger_table():find("the run did not end: no ledger was written", 1, true),
  "a run that did not end has no ledger")
path = os.tmpname()
t.ok(#broken:report(path) > 0, "and still has a report")
os.remove(path)

t.refuses("no text 'study'", function()
  results.of({ text = function() end }, t.calendar, "x.h5")
end, "a file without a study is refused")

t.finish()
