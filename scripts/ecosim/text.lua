-- text.lua -- the plain tools of everything that reads or writes text: files, JSON, HTML, numbers, padding.
-- No judgement lives here.
local open, getinfo = io.open, debug.getinfo -- kept: a sandboxed script has neither

local text = {}

function text.read_file(path)
  local file, reason = open(path, "rb")
  if not file then error(reason, 0) end
  local body = file:read "a"
  file:close()
  return body
end

-- Raises "path: reason" where the disk does not take all of it.
function text.write_file(path, body)
  local file, reason = open(path, "wb")
  if not file then error(reason, 0) end
  local written, fault = file:write(body)
  local closed, late_fault = file:close()
  if not (written and closed) then error(path .. ": " .. (fault or late_fault), 0) end
end

-- The folder of the module that calls, with its slash: shipped data lie beside the code that reads them.
function text.folder_of_caller()
  return getinfo(2, "S").source:match "^@(.*/)" or "./"
end

-- ── JSON ────────────────────────────────────────────────────────────────────────────────────────────────────────

local escapes = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t", ['"'] = '"', ["\\"] = "\\", ["/"] = "/" }

local function decode_fault(body, at, what)
  error(("byte %d: %s, found '%s'"):format(at, what, body:sub(at, at + 11)), 0)
end

local function decode_string(body, at)
  local parts, from = {}, at + 1
  while true do
    local stop = body:find('["\\]', from)
    if not stop then decode_fault(body, at, "the text is not closed") end
    parts[#parts + 1] = body:sub(from, stop - 1)
    if body:sub(stop, stop) == '"' then return table.concat(parts), stop + 1 end
    local letter = body:sub(stop + 1, stop + 1)
    if letter == "u" then
      local code = tonumber(body:match("^%x%x%x%x", stop + 2) or decode_fault(body, stop, "four hex digits expected"),
        16)
      from = stop + 6
      local low = code >= 0xD800 and code < 0xDC00 and body:match("^\\u(%x%x%x%x)", from)
      if low then code, from = 0x10000 + (code - 0xD800) * 0x400 + (tonumber(low, 16) - 0xDC00), from + 6 end
      parts[#parts + 1] = utf8.char(code)
    else
      parts[#parts + 1] = escapes[letter] or decode_fault(body, stop, "unknown escape")
      from = stop + 2
    end
  end
end

local decode_value

local function decode_list(body, at)
  local list, n = {}, 0
  at = body:match("^%s*()", at + 1)
  if body:sub(at, at) == "]" then return list, at + 1 end
  while true do
    n = n + 1
    list[n], at = decode_value(body, at)
    local mark, after = body:match("^%s*([,%]])()", at)
    if not mark then decode_fault(body, at, "',' or ']' expected") end
    if mark == "]" then return list, after end
    at = after
  end
end

local function decode_object(body, at)
  local object = {}
  at = body:match("^%s*()", at + 1)
  if body:sub(at, at) == "}" then return object, at + 1 end
  while true do
    at = body:match('^%s*()"', at) or decode_fault(body, at, "a name expected")
    local key
    key, at = decode_string(body, at)
    at = body:match("^%s*:()", at) or decode_fault(body, at, "':' expected")
    object[key], at = decode_value(body, at)
    local mark, after = body:match("^%s*([,}])()", at)
    if not mark then decode_fault(body, at, "',' or '}' expected") end
    if mark == "}" then return object, after end
    at = after
  end
end

function decode_value(body, at)
  at = body:match("^%s*()", at)
  local first = body:sub(at, at)
  if first == '"' then return decode_string(body, at) end
  if first == "{" then return decode_object(body, at) end
  if first == "[" then return decode_list(body, at) end
  local word, after = body:match("^(%a+)()", at)
  if word == "true" then return true, after end
  if word == "false" then return false, after end
  if word == "null" then return nil, after end
  local number, stop = body:match("^(-?%d+%.?%d*[eE]?[-+]?%d*)()", at)
  return tonumber(number or decode_fault(body, at, "a value expected")), stop
end

function text.decode(body)
  local value, at = decode_value(body, 1)
  if body:find("%S", at) then decode_fault(body, at, "the end expected") end
  return value
end

local function encode_string(s)
  return '"' .. s:gsub('[%c"\\]', function(c)
    if c == '"' or c == "\\" then return "\\" .. c end
    return ("\\u%04x"):format(c:byte())
  end) .. '"'
end

local function sorted_keys(t)
  local keys = {}
  for key in pairs(t) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

-- Lists are tables with [1] or no key at all; a number that is not finite becomes null, which JSON has no word for.
function text.encode(value)
  local kind = type(value)
  if kind == "string" then return encode_string(value) end
  if kind == "boolean" then return tostring(value) end
  if kind == "number" then
    if value ~= value or value == math.huge or value == -math.huge then return "null" end
    return math.type(value) == "integer" and tostring(value) or ("%.10g"):format(value)
  end
  if kind ~= "table" then return "null" end
  local parts = {}
  if value[1] ~= nil or next(value) == nil then
    for i = 1, #value do parts[i] = text.encode(value[i]) end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  for _, key in ipairs(sorted_keys(value)) do
    parts[#parts + 1] = encode_string(tostring(key)) .. ":" .. text.encode(value[key])
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

-- ── HTML, numbers, columns ──────────────────────────────────────────────────────────────────────────────────────

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

function text.escape(s)
  return (tostring(s):gsub("[&<>\"']", entities))
end

-- 4 significant digits without an exponent where a reader would not use one: 0.01234, 12.34, 1234, 1.234e+08.
function text.significant(value, digits)
  if not value or value ~= value then return "–" end
  if value == 0 then return "0" end
  digits = digits or 3
  local size = math.abs(value)
  if size >= 1e7 or size < 1e-3 then return ("%." .. digits - 1 .. "e"):format(value) end
  local decimals = digits - 1 - math.floor(math.log(size, 10) + 1e-12)
  if decimals < 0 then decimals = 0 end
  return ("%." .. decimals .. "f"):format(value)
end

-- 12345678 -> "12,345,678"
function text.grouped(value)
  if not value or value ~= value then return "–" end
  local sign, digits = ("%.0f"):format(value):match "^(-?)(%d+)$"
  digits = digits:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
  return sign .. digits
end

-- Columns on a terminal: Chinese characters take two.
function text.width(s)
  local width = 0
  for _, code in utf8.codes(s) do width = width + ((code >= 0x1100 and code < 0xFF61 and not (code >= 0x2010
    and code < 0x2E80)) and 2 or 1) end
  return width
end

-- Pads (or cuts, with '…') to `width`; a negative width pads on the left.
function text.pad(s, width)
  local room, left = math.abs(width), width < 0
  if text.width(s) > room then
    local kept = ""
    for _, code in utf8.codes(s) do
      local longer = kept .. utf8.char(code)
      if text.width(longer) > room - 1 then break end
      kept = longer
    end
    s = kept .. "…"
  end
  local blank = (" "):rep(room - text.width(s))
  return left and blank .. s or s .. blank
end

return text
