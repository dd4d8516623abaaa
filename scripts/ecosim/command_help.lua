-- command_help.lua -- the words and options of the command: one table for reading them and for --help.
local told = require "ecosim.command_told"

local help = {}

help.order = { "run", "check", "show", "report", "params", "help" }

local json = { "--json", nil, "json", "machine-readable output on standard output" }
local lang = { "--lang", "zh|en|both", "lang", "language the report shows first (both)" }

-- options: { name, argument or nil, field, text }; a field in `whole` is a whole number above 0.
help.commands = {
  run = {
    arguments = "STUDY.lua", least = 1, most = 1, text = "run a study: results file, scores, ledger, report",
    options = {
      { "--members", "N", "members", "members instead of the study's" },
      { "--threads", "N", "threads", "threads (all processors); the numbers do not depend on them" },
      { "--out", "FILE.h5", "out", "results file (the study's name)" },
      { "--report", "FILE.html", "report", "report (the name of the results file)" },
      lang, json,
      { "--quiet", nil, "quiet", "print nothing but faults" },
    },
    more = "The script runs in a sandbox: it sees no files but those below its folder, and writes none.\n"
      .. "Ctrl-C stops at the next month; the results file keeps what was reached.",
  },
  check = { arguments = "STUDY.lua", least = 1, most = 1, text = "everything but the run: tell every fault of a study",
            options = {} },
  show = {
    arguments = "THING", least = 1, most = 1, text = "what is in a basin, a study or a results file",
    options = {
      { "--balance", nil, "balance", "of a results file: the water balance of its lakes, rivers and counties" },
      { "--scenario", "NAME", "scenario", "scenario whose balance is shown (the first)" },
      json,
    },
    more = "THING is a .lua file that returns a basin or a study, a results file, or a shipped basin as\n"
      .. "basins/jingmen.\n--json for a results file: layout, keys of the texts, largest ledger residuals;\nwith --balance the numbers of its tables.",
  },
  report = {
    arguments = "RESULTS.h5", least = 1, most = 1, text = "write the report of a results file",
    options = { { "-o", "PAGE.html", "page", "where to (the name of the results file)" }, lang },
  },
  params = { arguments = "[KIND]", least = 0, most = 1, text = "what every kind of item may say, with units and ranges",
             options = {} },
  help = { arguments = "[COMMAND]", least = 0, most = 1, text = "this, or a command's options", options = {} },
}

local whole = { members = true, threads = true }
local languages = { zh = true, en = true, both = true }

local codes = [[
exit codes
  0    done
  1    the study or its input is at fault
  2    wrong usage
  3    a file could not be read or written
  4    the run failed: numbers or ledger
  130  stopped by Ctrl-C

environment
  ECOSIM_SCRIPTS  folder of the shipped scripts, where they do not lie beside the command
  NO_COLOR        no colour on a terminal]]

function help.all()
  local lines = { "usage: ecosim COMMAND …", "" }
  for _, name in ipairs(help.order) do
    local what = help.commands[name]
    lines[#lines + 1] = ("  %-22s %s"):format(name .. " " .. what.arguments, what.text)
  end
  lines[#lines + 1] = "\n  --version, --help\n\n`ecosim help COMMAND` tells a command's options.\n"
  lines[#lines + 1] = codes
  return table.concat(lines, "\n")
end

function help.of(name)
  local what = help.commands[name]
  local lines = { ("usage: ecosim %s %s%s"):format(name, what.arguments, #what.options > 0 and " [options]" or ""), "",
                  what.text }
  if what.more then lines[#lines + 1] = what.more end
  if #what.options > 0 then lines[#lines + 1] = "\noptions" end
  for _, option in ipairs(what.options) do
    lines[#lines + 1] = ("  %-20s %s"):format(option[1] .. (option[2] and " " .. option[2] or ""), option[4])
  end
  lines[#lines + 1] = "\n" .. codes
  return table.concat(lines, "\n")
end

-- ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

local function find_option(verb, name)
  local names = { "--help" }
  for _, option in ipairs(help.commands[verb].options) do
    if option[1] == name then return option end
    names[#names + 1] = option[1]
  end
  told.raise("usage", "", "%s: there is no option '%s'%s", verb, name, told.hint(name, names))
end

local function check_value(verb, option, value)
  if value == nil then told.raise("usage", "", "%s: %s is followed by %s", verb, option[1], option[2]) end
  if whole[option[3]] then
    local number = value:find "^%d+$" and math.tointeger(tonumber(value))
    if not number or number < 1 then
      told.raise("usage", "", "%s: %s is '%s', expected a whole number above 0", verb, option[1], value)
    end
    return number
  end
  if option[3] == "lang" and not languages[value] then
    told.raise("usage", "", "%s: --lang is '%s', expected zh, en or both", verb, value)
  end
  return value
end

-- { "run", "s.lua", "--threads", "2" } -> { "s.lua", threads = 2 }; faults are told as wrong usage.
function help.parse(verb, arguments)
  local what, given, at, only_names = help.commands[verb], {}, 2, false
  while at <= #arguments do
    local argument = arguments[at]
    if argument == "--" and not only_names then
      only_names = true
    elseif argument:find "^%-." and not only_names then
      local name, value = argument:match "^(%-%-[^=]+)=(.*)$"
      name = name or argument
      if name == "--help" or name == "-h" then return { help = true } end
      local option = find_option(verb, name)
      if option[2] then
        if not value then at, value = at + 1, arguments[at + 1] end
        given[option[3]] = check_value(verb, option, value)
      else
        if value then told.raise("usage", "", "%s: %s takes no value", verb, name) end
        given[option[3]] = true
      end
    else
      given[#given + 1] = argument
    end
    at = at + 1
  end
  if #given < what.least or #given > what.most then
    told.raise("usage", "", "%s: expected %s, found %s", verb, what.arguments,
               #given == 0 and "nothing" or table.concat(given, " "))
  end
  return given
end

return help
