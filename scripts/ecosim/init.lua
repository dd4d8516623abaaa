-- init.lua -- `local eco = require "ecosim"`: the words an analyst writes. Reference: libecosim/doc/lua.md.
--
-- Words return plain tables that remember their line; nothing is computed until a study runs.
local core = require "ecosim.core"
local fault = require "ecosim.fault"
local vocabulary = require "ecosim.vocabulary"
local words = require "ecosim.words"
local changes = require "ecosim.changes"
local csv = require "ecosim.csv"
local study = require "ecosim.study"

local eco = { version = core.version() }

words.add_to(eco) -- eco.reach, eco.canal, … one a kind of item
local process = require "ecosim.process"
eco.process = process.word
for name, make in pairs(process.words) do eco[name] = make end
eco.basin = require "ecosim.basin".word
eco.measure = changes.measure
eco.scenario = changes.scenario
eco.draw = changes.draw
eco.evidence = require "ecosim.evidence".word
eco.rule = require "ecosim.rules".word
eco.study = study.word
eco.read_csv = csv.read
eco.read_daily = require "ecosim.daily".read

-- The network as a table and as a tree, in English and Chinese.
function eco.show_basin(basin)
  return require "ecosim.show".basin(basin)
end

-- A results file as an object: scores, tables, report.
function eco.open_results(path)
  return require "ecosim.results".open(path)
end

return setmetatable(eco, {
  __index = function(self, word)
    fault.raise(fault.here(2), "no word '%s'%s", tostring(word), vocabulary.hint(word, words.sorted_keys(self)))
  end,
})
