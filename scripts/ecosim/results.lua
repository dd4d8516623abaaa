-- results.lua -- a results file as an object: scores, tables, report. `eco.open_results` calls it.
--   local results = require "ecosim.results".open "jingmen.h5"
--   print(results:score_table())
--   results:report("jingmen.html", { lang = "both" })
local text = require "ecosim.text"

local Results = {}
Results.__index = Results
Results.__name = "ecosim results"

-- Any reader with layout, series, ledger and text will do; calendar is ecosim.core or what behaves like it.
function Results.of(reader, calendar, path)
  local described = reader:text "study"
  if not described then error(("%s: no text 'study' in the file: it was not written by `ecosim run`"):format(path),
    0) end
  local good, study = pcall(text.decode, described)
  if not good then error(("%s: text 'study': %s"):format(path, study), 0) end
  return setmetatable({ reader = reader, study = study, calendar = calendar, path = path }, Results)
end

function Results.open(path)
  local core = require "ecosim.core"
  return Results.of(core.results_open(path), core, path)
end

-- Computed once: reading every series is what costs.
function Results:scores()
  if not self.judged then
    self.judged = require "ecosim.score".compute(self.reader, self.study, self.calendar)
  end
  return self.judged
end

-- The first scenario against the evidence of its study (evidence.lua); nil where it has none. Computed once.
function Results:evidence()
  if self.held == nil then
    local drawn = self.reader:text "draws"
    self.held = require "ecosim.evidence".compute(self.reader, self.study, self.calendar,
      drawn and drawn ~= "" and text.decode(drawn) or {}) or false
  end
  return self.held or nil
end

function Results:evidence_table()
  return require "ecosim.evidence_text".table(self:evidence())
end

-- Ledgers of a scenario: those of its first member, each with the residual of largest size over the members. Empty
-- where the run did not end: ledgers are written last.
function Results:ledgers(scenario)
  local layout = self.reader:layout()
  local ended, first = pcall(self.reader.ledger, self.reader, scenario, 1)
  if not ended then return {} end
  for _, entry in ipairs(first) do entry.worst = entry.residual end
  for member = 2, layout.members do
    for index, entry in ipairs(self.reader:ledger(scenario, member)) do
      local kept = first[index]
      if math.abs(entry.residual) > math.abs(kept.worst) then kept.worst = entry.residual end
    end
  end
  return first
end

function Results:score_table()
  return require "ecosim.report_text".score_table(self:scores(), self.study)
end

function Results:ledger_table()
  return require "ecosim.report_text".ledger_table(self)
end

-- Water balance of a scenario (name or number, the first where it is absent) over the recorded days: the numbers of
-- `ecosim show --balance --json`, and its tables.
function Results:balance(scenario)
  local balance = require "ecosim.balance"
  return balance.summary(balance.compute(self.reader, self.study, self.calendar, scenario or 1))
end

function Results:balance_table(scenario)
  local balance = require "ecosim.balance"
  return balance.tables(balance.compute(self.reader, self.study, self.calendar, scenario or 1))
end

-- options.lang: "both" (the default), "zh" or "en": what the page shows first; the reader can switch.
function Results:report(path, options)
  local page = require "ecosim.report".page(self, options or {})
  local good, reason = pcall(text.write_file, path, page)
  if not good then error("report: " .. tostring(reason), 0) end
  return path
end

-- The scores without the monthly series, and the ledger's worst residuals.
function Results:json()
  return text.encode(require "ecosim.report_text".summary(self))
end

function Results:close()
  if self.reader then self.reader:close() end
  self.reader = nil
end

Results.__gc = Results.close
Results.__close = Results.close

return Results
