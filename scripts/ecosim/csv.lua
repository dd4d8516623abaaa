-- csv.lua -- eco.read_csv: a table of data from a file below the script's folder, checked while it is read.
--
-- RFC 4180: commas, quotes doubled inside quotes, a heading line; UTF-8 (a byte order mark is passed over), LF or CRLF.
-- Rows are tables keyed by the heading. Empty cells are nil; every other cell is text, or a number in the columns
-- listed as `numbers`. `row.place` is "waters.csv:12", for the messages of whatever is made of the row.
local core = require "ecosim.core"
local fault = require "ecosim.fault"
local open = io.open -- kept: a sandboxed script has no io

local csv = {}

local LARGEST = 64 * 1024 * 1024 -- bytes of one file: data of a basin are far smaller

-- ── records ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- The cell that starts at byte `at`: its text, the byte after it, the line after it.
local function quoted_cell(body, at, line, name)
  local parts, from = {}, at + 1
  while true do
    local quote = body:find('"', from, true)
    if not quote then fault.raise(name .. ":" .. line, "a quoted cell is not closed, expected a '\"' at its end") end
    parts[#parts + 1] = body:sub(from, quote - 1)
    if body:sub(quote + 1, quote + 1) ~= '"' then
      local cell = table.concat(parts)
      local _, breaks = cell:gsub("\n", "")
      if not body:find("^[,\r\n]", quote + 1) and quote < #body then
        fault.raise(name .. ":" .. line + breaks, "text after a closing quote, expected a comma or the end of the line")
      end
      return cell, quote + 1, line + breaks
    end
    parts[#parts + 1], from = '"', quote + 2
  end
end

-- All records as { line =, cell, cell, … }; empty lines are passed over.
local function records_of(body, name)
  local records, record, at, line = {}, { line = 1 }, 1, 1
  while at <= #body do
    local cell
    if body:byte(at) == 34 then
      cell, at, line = quoted_cell(body, at, line, name)
    else
      local stop = body:find("[,\r\n]", at) or #body + 1
      cell, at = body:sub(at, stop - 1), stop
    end
    record[#record + 1] = cell
    local mark = body:match("^\r?\n", at)
    if mark or at > #body then
      if #record > 1 or record[1] ~= "" then records[#records + 1] = record end
      at, line = at + (mark and #mark or 0), line + 1
      record = { line = line }
    elseif body:byte(at) == 44 then
      at = at + 1
      if at > #body then record[#record + 1] = "" records[#records + 1] = record end
    else
      fault.raise(name .. ":" .. line, "a carriage return inside a cell, expected it before a line feed only")
    end
  end
  return records
end

-- ── heading ─────────────────────────────────────────────────────────────────────────────────────────────────────

local function set_of(list)
  local set = {}
  for _, word in ipairs(list or {}) do set[word] = true end
  return set
end

local function hint(word, list)
  local near = core.nearest(word, list)
  return near and (" (did you mean '%s'?)"):format(near) or ""
end

-- With `numbers` or `texts` the heading is closed: all of them must be there and nothing else.
local function check_heading(heading, options, place, faults)
  local seen = {}
  for i, column in ipairs(heading) do
    if column == "" then faults:add(place, "column %d has no name", i) end
    if column == "place" then faults:add(place, "column 'place' is a word of its own here, rename the column") end
    if seen[column] then faults:add(place, "column '%s' stands twice", column) end
    seen[column] = true
  end
  if not options.numbers and not options.texts then return end
  local wanted = {}
  for _, list in ipairs { options.numbers or {}, options.texts or {} } do
    table.move(list, 1, #list, #wanted + 1, wanted)
  end
  local known = set_of(wanted)
  for _, column in ipairs(heading) do
    if not known[column] then faults:add(place, "unknown column '%s'%s", column, hint(column, wanted)) end
  end
  for _, column in ipairs(wanted) do
    if not seen[column] then faults:add(place, "column '%s' is missing%s", column, hint(column, heading)) end
  end
end

-- ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- The number of a cell; nil where it is none.
local function number_of(cell)
  if not cell:find "^[-+]?%.?%d" or cell:find "[xX]" then return nil end
  local value = tonumber(cell)
  return value and value - value == 0 and value + 0.0 or nil
end

local function row_meta(heading)
  local known = set_of(heading)
  return {
    __index = function(row, column)
      if known[column] then return nil end
      fault.raise(rawget(row, "place"), "no column '%s'%s", tostring(column), hint(tostring(column), heading))
    end,
  }
end

local function rows_of(records, heading, options, name, faults)
  local numbers, meta, rows = set_of(options.numbers), row_meta(heading), {}
  for r = 2, #records do
    local record = records[r]
    local place = name .. ":" .. record.line
    if #record ~= #heading then
      faults:add(place, "the row has %d cells, the heading has %d: a comma is missing or too many, or a quote",
                 #record, #heading)
    end
    local row = { place = place }
    for i, column in ipairs(heading) do
      local cell = record[i]
      if cell and cell ~= "" then
        local value = cell
        if numbers[column] then
          value = number_of(cell)
          if not value then faults:add(place, "column '%s': '%s' is not a number", column, cell) end
        end
        row[column] = value
      end
    end
    rows[#rows + 1] = setmetatable(row, meta)
  end
  return rows
end

-- body: the text of the file; name: as it stands in places. options: { numbers = {…}, texts = {…} }, or absent.
function csv.parse(body, name, options)
  options = options or {}
  body = body:gsub("^\xEF\xBB\xBF", "")
  local good, bad = utf8.len(body)
  if not good then
    local _, breaks = body:sub(1, bad - 1):gsub("\n", "")
    fault.raise(name .. ":" .. breaks + 1, "not UTF-8: byte %d of the file is 0x%02X, save the file as UTF-8", bad,
                body:byte(bad))
  end
  local records = records_of(body, name)
  if #records == 0 then fault.raise(name, "the file is empty, expected a heading line with the columns' names") end
  local heading, faults = records[1], fault.list()
  check_heading(heading, options, name .. ":" .. heading.line, faults)
  faults:raise()
  local rows = rows_of(records, heading, options, name, faults)
  faults:raise()
  return rows, heading
end

-- ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────

local function check_path(path, place)
  if type(path) ~= "string" or path == "" then
    fault.raise(place, "read_csv: the path is %s, expected a text", path == "" and "empty" or "a " .. type(path))
  end
  if path:find "^/" or path:find "^%a:" or path:find "\\" or ("/" .. path .. "/"):find("/../", 1, true) then
    fault.raise(place, "read_csv: '%s' is outside the script's folder, give a path below it", path)
  end
  if path:find "\0" then fault.raise(place, "read_csv: the path has a zero byte") end
end

-- Reads a file below the folder of the script that asks; its place is the path as the script gave it.
function csv.read(path, options)
  local place = fault.here(2)
  check_path(path, place)
  local folder = fault.folder(2)
  if not folder then
    fault.raise("", "read_csv: '%s': the script that asks is not known, keep the rows first and return them then", path)
  end
  local file, reason = open(folder .. path, "rb")
  if not file then
    fault.raise(place, "read_csv: '%s' could not be opened: %s", path, reason:match ":%s*([^:]*)$" or reason)
  end
  local body, why = file:read(LARGEST + 1)
  file:close()
  if why then fault.raise(place, "read_csv: '%s' could not be read: %s", path, why) end
  if body and #body > LARGEST then fault.raise(place, "read_csv: '%s' is larger than %d bytes", path, LARGEST) end
  return csv.parse(body or "", path, options)
end

csv.number = number_of

return csv
