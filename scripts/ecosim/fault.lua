-- fault.lua -- what is raised when a description is wrong, and where it is: place, thing, fault, remedy.
--
-- A fault is a table { status =, text =, place =, faults = } like the errors of the core, so that a script may `pcall`
-- and look; printed it is one line a fault, "study.lua:8: reach 'Lena': ...".
local fault = {}

local SHOWN = 20 -- faults of one description that are printed; the rest are counted

local Fault = { __name = "ecosim.fault" }

local function line(place, text)
  return place ~= "" and place .. ": " .. text or text
end

function Fault:__tostring()
  local lines = {}
  for i = 1, math.min(#self.faults, SHOWN) do lines[i] = line(self.faults[i].place, self.faults[i].text) end
  if #self.faults > SHOWN then lines[#lines + 1] = ("and %d more faults"):format(#self.faults - SHOWN) end
  return table.concat(lines, "\n")
end

-- A list that collects the faults of one description; `raise` does nothing when it is empty.
local List = {}
List.__index = List

function fault.list()
  return setmetatable({ faults = {} }, List)
end

function List:add(place, format, ...)
  self.faults[#self.faults + 1] = { place = place or "", text = select("#", ...) > 0 and format:format(...) or format }
end

function List:raise()
  local first = self.faults[1]
  if first then
    local raised = { status = "ECO_INVALID", text = first.text, place = first.place, faults = self.faults }
    error(setmetatable(raised, Fault), 0)
  end
end

function fault.raise(place, format, ...)
  local list = fault.list()
  list:add(place, format, ...)
  list:raise()
end

-- The text of whatever was raised, without its place.
function fault.text(raised)
  return type(raised) == "table" and raised.text or tostring(raised)
end

-- ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────

local getinfo = debug.getinfo -- kept: a sandboxed script has no debug, the words it calls do
local own_folder = getinfo(1, "S").source:match "^(@.*/)" or "@" -- of the words: never where a script is wrong

local function is_script(info)
  return info.currentline > 0 and not (own_folder ~= "@" and info.source:sub(1, #own_folder) == own_folder)
end

-- The frame of the script at `level` or above: frames of C, of a tail call and of the words themselves are passed over.
local function script_frame(level)
  while true do
    local info = getinfo(level, "Sl")
    if not info or is_script(info) then return info end
    level = level + 1
  end
end

-- File and line of the script that called the function at `level` (2: the caller of the function that asks); "" where
-- no script did.
function fault.here(level)
  local info = script_frame((level or 2) + 2)
  return info and (info.source:gsub("^[@=]", "")) .. ":" .. info.currentline or ""
end

-- Folder of the script that called, with its slash ("" for the working folder); nil where no script did.
function fault.folder(level)
  local info = script_frame((level or 2) + 2)
  return info and (info.source:match "^@(.*/)" or "")
end

return fault
