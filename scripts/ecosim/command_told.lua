-- command_told.lua -- what the command tells on standard error: faults with their source line, and progress.
local core = require "ecosim.core"

local told = {}

-- Exit codes by status. A status that is not here is a fault of the study or its input.
local code_of = { usage = 2, ECO_IO = 3, ECO_FORMAT = 3, ECO_NUMERIC = 4, ECO_LEDGER = 4, ECO_NO_MEMORY = 4,
                  ECO_INTERRUPTED = 130 }

local Told = {
  __tostring = function(self) return self.place ~= "" and self.place .. ": " .. self.text or self.text end,
}

function told.raise(status, place, format, ...)
  error(setmetatable({ status = status, place = place, text = format:format(...) }, Told), 0)
end

-- " (did you mean 'run'?)" or "".
function told.hint(word, names)
  local near = core.nearest(word, names)
  return near and (" (did you mean '%s'?)"):format(near) or ""
end

function told.note(...)
  local parts = table.pack(...)
  for i = 1, parts.n do parts[i] = tostring(parts[i]) end
  io.stderr:write(table.concat(parts, "\t"), "\n")
end

-- Faults are tables and need no trace; whatever else is raised is a fault of the command or of a shipped script.
function told.keep_trace(raised)
  if type(raised) == "table" and raised.text then return raised end
  return { status = "ECO_INVALID", place = "", text = tostring(raised), trace = debug.traceback("", 2) }
end

-- ── faults ──────────────────────────────────────────────────────────────────────────────────────────────────────

-- The line that a place names; files of a study may be named as its script names them, from its folder.
local function line_of(place, folder)
  local name, number = place:match "^(.*):(%d+)$"
  if not name then return nil end
  local file = io.open(name, "r") or io.open(folder .. name, "r")
  if not file then return nil end
  local at, found = 0, nil
  for line in file:lines() do
    at = at + 1
    if at == tonumber(number) then
      found = line
      break
    end
  end
  file:close()
  return found and found:match "^%s*(.-)%s*$"
end

local function tell(place, sentence, folder, bold)
  local head = place == "" and "ecosim" or place
  io.stderr:write(bold and "\27[1m" .. head .. "\27[0m" or head, ": ", sentence, "\n")
  local line = line_of(place, folder)
  if line and line ~= "" then io.stderr:write("    ", line, "\n") end
end

local SHOWN = 20

-- Tells what was raised and returns the exit code.
function told.fault(raised, arguments, host)
  local folder = ""
  for _, argument in ipairs(arguments) do
    if argument:find "%.lua$" then folder = argument:match "^(.*/)" or "" end
  end
  local bold = host.on_terminal and not os.getenv "NO_COLOR"
  local faults = raised.faults or { raised }
  for i = 1, math.min(#faults, SHOWN) do tell(faults[i].place or "", faults[i].text, folder, bold) end
  if #faults > SHOWN then told.note(("and %d more faults"):format(#faults - SHOWN)) end
  if raised.trace then told.note(raised.trace) end
  if raised.status == "usage" then told.note "`ecosim --help` tells the commands and their options" end
  return code_of[raised.status] or 1
end

-- What a study gives to think about without being at fault.
function told.notices(notices)
  for _, notice in ipairs(notices) do told.note(("%s: warning: %s"):format(notice.place, notice.text)) end
end

-- ── progress ────────────────────────────────────────────────────────────────────────────────────────────────────

local function time_left(seconds)
  if seconds < 90 then return ("%d s left"):format(math.ceil(seconds)) end
  if seconds < 5400 then return ("%d min left"):format(math.ceil(seconds / 60)) end
  return ("%.1f h left"):format(seconds / 3600)
end

-- An object with step(done, date), clear() and reached(); it writes on a terminal only.
function told.progress(host, name, quiet)
  local shown, began, last, reached = host.on_terminal and not quiet, os.time(), nil, nil
  local progress = {}
  function progress.step(done, date)
    reached = date
    if not shown then return end
    local elapsed = os.difftime(os.time(), began)
    local line = ("%s  %3.0f %%  %s"):format(name, 100 * done, date)
    if elapsed >= 1 and done > 0 then line = line .. "  " .. time_left(elapsed / done * (1 - done)) end
    if #line >= host.columns then line = ("%3.0f %%  %s"):format(100 * done, date) end
    if line ~= last then io.stderr:write("\r\27[K", line) end
    last = line
  end
  function progress.clear()
    if last then io.stderr:write "\r\27[K" end
  end
  function progress.reached() return reached end
  return progress
end

return told
