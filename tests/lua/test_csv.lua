-- test_csv.lua -- eco.read_csv: what it reads, what it refuses, and where it stays.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. here .. "../../scripts/?.lua;" .. here .. "../../scripts/?/init.lua;" .. package.path

local t = require "report_support"
local eco = require "ecosim"
local csv = require "ecosim.csv"

local function message(body, options)
  local good, raised = pcall(csv.parse, body, "data.csv", options)
  return good and "nothing was refused" or tostring(raised)
end

-- ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

local rows = csv.parse('id,name,length_km\r\na,"Han, upper ""north""",8\r\n\r\nb,,1.5e1\r\nc,"two\nlines",-0.5', "data.csv",
                       { numbers = { "length_km" }, texts = { "id", "name" } })
t.same(#rows, 3, "empty lines are passed over, the last line needs no end")
t.same(rows[1].name, 'Han, upper "north"', "quotes keep commas and doubled quotes")
t.same(rows[1].length_km, 8.0, "a column of numbers is numbers")
t.same(rows[2].name, nil, "an empty cell is nil")
t.same(rows[2].length_km, 15.0, "exponents are read")
t.same(rows[3].name, "two\nlines", "a quoted cell may have a line break")
t.same(rows[2].place, "data.csv:4", "a row knows its line")
t.same(csv.parse("\xEF\xBB\xBFid\n汉江\n", "d")[1].id, "汉江", "a byte order mark is passed over, the rest is UTF-8")
t.same(csv.parse("a,b\n1,\n", "d")[1].b, nil, "a row may end with an empty cell")
t.same(csv.parse("a,b\n1,", "d")[1].a, "1", "at the end of the file too")
t.same(csv.parse("a\n1\n", "d")[1].a, "1", "without options every cell is text")

-- ── refusing ────────────────────────────────────────────────────────────────────────────────────────────────────

local numbers = { numbers = { "x" }, texts = { "id" } }
t.same(message("id,x\na,1\nb\n"), "data.csv:3: the row has 1 cells, the heading has 2: a comma is missing or too many, or a quote", "a short row")
t.same(message("id,x\na,1,2\n"), "data.csv:2: the row has 3 cells, the heading has 2: a comma is missing or too many, or a quote", "a long row")
for _, cell in ipairs { "ten", "nan", "inf", "0x10", "1e999", "1,5", " 1", "1 2" } do
  local quoted = '"' .. cell .. '"'
  t.same(message("id,x\na," .. quoted .. "\n", numbers), ("data.csv:2: column 'x': '%s' is not a number"):format(cell),
         ("'%s' is no number"):format(cell))
end
t.same(message("id,lenght\na,1\n", { texts = { "id", "length" } }),
       "data.csv:1: unknown column 'lenght' (did you mean 'length'?)\ndata.csv:1: column 'length' is missing (did you mean 'lenght'?)",
       "an unknown column and a missing one, both")
t.same(message("id,id\na,1\n"), "data.csv:1: column 'id' stands twice", "a column twice")
t.same(message("id,\na,1\n"), "data.csv:1: column 2 has no name", "a column without a name")
t.same(message("id,place\na,1\n"), "data.csv:1: column 'place' is a word of its own here, rename the column", "a column called place")
t.same(message(""), "data.csv: the file is empty, expected a heading line with the columns' names", "an empty file")
t.same(message('id\n"a\n'), "data.csv:2: a quoted cell is not closed, expected a '\"' at its end", "an open quote")
t.same(message('id,x\n"a"b,1\n'), "data.csv:2: text after a closing quote, expected a comma or the end of the line", "text after a quote")
t.same(message("id\na\rb\n"), "data.csv:2: a carriage return inside a cell, expected it before a line feed only", "a stray carriage return")
t.same(message("id\n\xC4\xE3\n"), "data.csv:2: not UTF-8: byte 4 of the file is 0xC4, save the file as UTF-8", "another encoding")
local good, raised = pcall(function() return rows[1].lenght_km end)
t.same(not good and tostring(raised), "data.csv:2: no column 'lenght_km' (did you mean 'length_km'?)", "a misspelt column in the script")

-- ── where it may read ───────────────────────────────────────────────────────────────────────────────────────────

local function refused(path)
  local ok, why = pcall(function() local r = eco.read_csv(path) return r end)
  return ok and "nothing was refused" or why.text
end
for _, path in ipairs { "/etc/passwd", "../x.csv", "data/../../x.csv", "a/..", "C:x.csv", "..\\x.csv" } do
  t.same(refused(path), ("read_csv: '%s' is outside the script's folder, give a path below it"):format(path), "not outside: " .. path)
end
t.same(refused "absent.csv", "read_csv: 'absent.csv' could not be opened: No such file or directory", "a file that is not there")
t.same(refused(5), "read_csv: the path is a number, expected a text", "a path that is no text")

-- Fuzz: cut, doubled and overwritten bytes of a good file are read or refused with a message, never anything else.
local base = 'id,name,x\r\na,"q ""u"" o",1\nb,汉江,2\n'
local state = 12345
local function next_byte(n) -- Lehmer's generator: the same bytes everywhere
  state = state * 48271 % 2147483647
  return state % n
end
local strange = 0
for _ = 1, 3000 do
  local at, what = next_byte(#base) + 1, next_byte(3)
  local body = what == 0 and base:sub(1, at) or what == 1 and base:sub(1, at) .. base:sub(at) or
               base:sub(1, at - 1) .. string.char(next_byte(256)) .. base:sub(at + 1)
  local ok, why = pcall(csv.parse, body, "fuzz.csv", { numbers = { "x" }, texts = { "id", "name" } })
  if not ok and not (type(why) == "table" and why.place:find "^fuzz.csv") then strange = strange + 1 end
end
t.same(strange, 0, "3000 damaged files are read or refused with a place")

t.finish()
