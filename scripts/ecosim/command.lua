-- command.lua -- the command `ecosim`: what its words do. bindings/cli/main.c calls command.main(arguments, host).
local core = require "ecosim.core"
local help = require "ecosim.command_help"
local text = require "ecosim.text"
local told = require "ecosim.command_told"

local command = {}

string.dump = nil -- no script gets at bytecode, not even through a text's methods

-- ── small things ────────────────────────────────────────────────────────────────────────────────────────────────

local function say(...)
  io.stdout:write(...)
  io.stdout:write "\n"
end

local function ends_with(name, ending)
  return name:sub(-#ending) == ending
end

local function without_ending(path)
  return (path:gsub("%.h5$", ""))
end

-- A study says what it returned when it is no study.
local function load_word(path, wanted, given)
  local value = require "ecosim.sandbox".load(path, { print = given.json and told.note or print })
  local word = type(value) == "table" and rawget(value, "word") or nil
  if not wanted[word or ""] then
    told.raise("ECO_INVALID", path, "the script returned %s, expected %s at its end: return eco.%s \"name\" { … }",
               word and "a " .. word or value == nil and "nothing" or "a " .. type(value), wanted.say, wanted.say)
  end
  return value, word
end

local study_only = { study = true, say = "study" }
local study_or_basin = { study = true, basin = true, say = "study" }

local function open_results(path)
  local good, results = pcall(require "ecosim".open_results, path)
  if good then return results end
  if type(results) == "table" then error(results, 0) end
  told.raise("ECO_FORMAT", "", "%s", results)
end

local function write_report(results, path, lang)
  results:scores() -- what cannot be judged is no fault of the file
  local good, reason = pcall(results.report, results, path, { lang = lang })
  if not good then told.raise("ECO_IO", "", "%s", tostring(reason)) end
end

-- ── run, check ──────────────────────────────────────────────────────────────────────────────────────────────────

local function finish(results, given, path)
  local page = given.report or without_ending(path) .. ".html"
  if given.json then
    say(results:json())
  elseif not given.quiet then
    say(results:score_table())
    say()
    say(results:ledger_table())
    say()
  end
  write_report(results, page, given.lang)
  if not given.quiet and not given.json then
    say("results  ", path)
    say("report   ", page)
  end
end

local function run(given, host)
  local script = given[1]
  local study = load_word(script, study_only, given)
  if not given.quiet then told.notices(study.notices) end
  local path = given.out or study.out or study.name:gsub("[^%w_-]", "_") .. ".h5"
  local progress = told.progress(host, study.name, given.quiet)
  local good, results = pcall(study.run, study, { to = path, members = given.members,
    threads = given.threads or study.threads or host.processors, progress = progress.step, command = given.command,
    script = text.read_file(script) })
  progress.clear()
  if not good then
    if type(results) == "table" and results.status == "ECO_INTERRUPTED" then
      told.raise("ECO_INTERRUPTED", "", "stopped at %s, what was reached until then is in %s",
                 progress.reached() or "the start", path)
    end
    error(results, 0)
  end
  finish(results, given, path)
  results:close()
end

local function check(given)
  local study = load_word(given[1], study_only, given)
  told.notices(study.notices)
  local size = study:check()
  say(("study '%s': no fault. %d scenarios, %d members, %s to %s; "):format(study.name, #study.scenarios, study.members,
                                                                            core.date(study.from), core.date(study.to)),
      ("%d waters in %d cells, %d sources, %d sections, %d sites"):format(size.waters, size.cells, size.sources,
                                                                          size.sections, size.sites))
end

-- ── show ────────────────────────────────────────────────────────────────────────────────────────────────────────

local function table_of(described)
  local n = #described.times
  return { rows = n, complete = described.complete, each = described.time_name, places = described.places,
           variables = described.variables, from = n > 0 and core.date(described.times[1]) or nil,
           last = n > 0 and core.date(described.times[n]) or nil }
end

-- Largest residual of each quantity over scenarios and members; nil where the run did not end.
local function worst_residuals(reader, layout)
  local worst = {}
  for scenario = 1, #layout.scenarios do
    for member = 1, layout.members do
      local good, ledgers = pcall(reader.ledger, reader, scenario, member)
      if not good then
        if type(ledgers) == "table" and ledgers.status == "ECO_NOT_FOUND" then return nil end
        error(ledgers, 0)
      end
      for _, entry in ipairs(ledgers) do
        local before = worst[entry.quantity]
        if not before or math.abs(entry.residual) > math.abs(before) then worst[entry.quantity] = entry.residual end
      end
    end
  end
  return worst
end

-- Numerical dispersion of the reaches over that of the water (NUM-1): median and largest ratio, and where; nil where none was written.
local function dispersion_of(reader)
  local written = reader:text "dispersion"
  local rows = {}
  for _, row in ipairs(written and written ~= "" and text.decode(written) or {}) do
    if row.physical > 0 then rows[#rows + 1] = row end -- a reach that is told to spread nothing has no share
  end
  table.sort(rows, function(a, b) return math.abs(a.numerical) / a.physical < math.abs(b.numerical) / b.physical end)
  if #rows == 0 then return nil end
  local middle, last = rows[(#rows + 1) // 2], rows[#rows]
  return { reaches = #rows, median = math.abs(middle.numerical) / middle.physical, largest = math.abs(last.numerical) / last.physical,
           largest_in = last.water, numerical = last.numerical, physical = last.physical, courant = last.courant }
end

local function described_results(path)
  local reader <close> = core.results_open(path)
  local layout = reader:layout()
  local shown = { file = path, scenarios = layout.scenarios, first_member = layout.first_member,
                  members = layout.members, tables = {}, texts = reader:keys(),
                  residuals = worst_residuals(reader, layout), dispersion = dispersion_of(reader) }
  shown.ended = shown.residuals ~= nil
  for name, described in pairs(layout.tables) do shown.tables[name] = table_of(described) end
  return shown
end

local function say_results(shown)
  say("results     ", shown.file)
  say("scenarios   '", table.concat(shown.scenarios, "', '"), "'")
  say(("members     %d, the first is number %d"):format(shown.members, shown.first_member))
  for _, name in ipairs { "section", "water", "site" } do
    local t = shown.tables[name]
    if t and t.rows > 0 then
      say(("%-11s %d of %d %ss from %s on, %d places, %d variables"):format(name, t.complete, t.rows, t.each, t.from,
                                                                           #t.places, #t.variables))
    end
  end
  say("texts       ", table.concat(shown.texts, ", "))
  local d = shown.dispersion
  if d then
    say(("dispersion  of the scheme over the water's own: %.1f %% in the median of %d reaches, at most %.1f %% in %s "
      .. "(%.2g on %.2g m2/s, Courant %.2g)"):format(100 * d.median, d.reaches, 100 * d.largest, d.largest_in, d.numerical, d.physical,
      d.courant))
  end
  if not shown.ended then
    say "ledger      none: the run did not reach its end"
    return
  end
  local names = {}
  for name in pairs(shown.residuals) do names[#names + 1] = name end
  table.sort(names)
  say "ledger      largest residual, as a share of what went through"
  for _, name in ipairs(names) do say(("  %-9s %9.1e"):format(name, shown.residuals[name])) end
end

local function show_balance(path, given)
  local results = open_results(path)
  local scenario = given.scenario or 1
  if given.json then say(text.encode(results:balance(scenario))) else say(results:balance_table(scenario)) end
  results:close()
end

local function show_results(path, given)
  if given.balance then return show_balance(path, given) end
  local shown = described_results(path)
  if given.json then say(text.encode(shown)) else say_results(shown) end
end

local function show_study(study)
  say(require "ecosim".show_basin(study.basin))
  say()
  say(("study '%s', %s to %s, %d members, weather: %s"):format(study.name, core.date(study.from), core.date(study.to),
                                                               study.members, require "ecosim.outlook".text(study.weather)))
  for _, scenario in ipairs(study.scenarios) do
    say("  scenario '", scenario.name, "'")
    for _, measure in ipairs(scenario.measures) do say("    ", measure.name, "  (", measure.place, ")") end
  end
end

local function show_script(path, given)
  local value, word = load_word(path, study_or_basin, given)
  if given.json then told.raise("usage", "", "show --json is for results files") end
  if word == "study" then show_study(value) else say(require "ecosim".show_basin(value)) end
end

-- "basins/jingmen" is the shipped module basins.jingmen
local function show_shipped(thing, host, given)
  local name = thing:gsub("/+$", ""):gsub("/", ".")
  local path = name:find "^[%w_.-]+$" and package.searchpath(name, package.path)
  if not path then
    told.raise("ECO_IO", "", "there is no '%s': show takes a study or basin (.lua), a results file (.h5) or a shipped "
      .. "basin such as basins/jingmen (in %s)", thing, host.scripts)
  end
  if given.json then told.raise("usage", "", "show --json is for results files") end
  local value = require(name)
  if type(value) ~= "table" or rawget(value, "word") ~= "basin" then
    told.raise("ECO_INVALID", path, "the module is not a basin, there is nothing to show")
  end
  say(require "ecosim".show_basin(value))
end

-- Whether the thing is a file with results, or means one by its name.
local function is_results(thing)
  local file = not ends_with(thing, "/") and not ends_with(thing, ".lua") and io.open(thing, "rb")
  local readable = file and file:read(0) ~= nil
  if file then file:close() end
  return readable or ends_with(thing, ".h5")
end

local function show(given, host)
  local thing = given[1]
  if given.scenario and not given.balance then told.raise("usage", "", "show: --scenario goes with --balance") end
  if given.balance and not is_results(thing) then
    told.raise("usage", "", "show --balance is for results files, '%s' is none", thing)
  end
  if ends_with(thing, ".lua") then return show_script(thing, given) end
  if is_results(thing) then return show_results(thing, given) end
  return show_shipped(thing, host, given)
end

-- ── report, params, help ────────────────────────────────────────────────────────────────────────────────────────

local function report(given)
  local results = open_results(given[1])
  local page = given.page or without_ending(given[1]) .. ".html"
  write_report(results, page, given.lang)
  results:close()
  say("report   ", page)
end

local function limits_of(spec)
  if spec.form == "text" then return "" end
  return ("%g..%g %s"):format(spec.lowest, spec.highest, spec.unit)
end

-- The families that a process may be of: their parameters, and the fluxes as the core reads them.
local function say_families()
  for _, family in ipairs(core.families()) do
    say("  family \"", family.name, "\": ", family.text, "; carries ", table.concat(family.constituents, ", "))
    for _, param in ipairs(family.params) do
      say("    ", text.pad(param.name, 22), " ", text.pad(("%g..%g %s"):format(param.lowest, param.highest, param.unit), 24),
          ("%g (%s)"):format(param.typical, param.source), param.text ~= "" and "; " .. param.text or "")
    end
    for _, word in ipairs(family.definitions) do say("    ", text.pad(word.name, 22), " = ", word.text) end
    for _, flux in ipairs(family.fluxes) do
      say("    ", flux.id, " ", flux.name, ": ", flux.rate, "; moves ", flux.moves)
    end
  end
end

local function params(given)
  local wanted, words = given[1], {}
  for i, kind in ipairs(core.kinds()) do words[i] = kind.word end
  if wanted then
    local known = false
    for _, word in ipairs(words) do known = known or word == wanted end
    if not known then
      told.raise("usage", "", "params: there is no kind '%s'%s; kinds are %s", wanted, told.hint(wanted, words),
                 table.concat(words, ", "))
    end
  end
  for _, kind in ipairs(core.kinds()) do
    if not wanted or wanted == kind.word then
      say(kind.word, ": ", kind.text)
      for _, spec in ipairs(core.specs()) do
        if spec.kind == kind.word then
          local fallback = spec.fallback and ("%g (%s)"):format(spec.fallback, spec.source) or spec.source
          say("  ", text.pad(spec.name, 20), " ", text.pad(spec.form, 8), text.pad(limits_of(spec), 26), spec.text,
              fallback ~= "" and "; " .. fallback or "")
        end
      end
      if kind.word == "process" then say_families() end
    end
  end
end

local function show_help(given)
  local wanted = given[1]
  if wanted and not help.commands[wanted] then
    told.raise("usage", "", "there is no command '%s'%s", wanted, told.hint(wanted, help.order))
  end
  say(wanted and help.of(wanted) or help.all())
end

-- ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────

local verbs = { run = run, check = check, show = show, report = report, params = params, help = show_help }

local function start(arguments, host)
  local verb = arguments[1]
  if verb == nil then
    told.note(help.all())
    told.raise("usage", "", "a command is missing")
  end
  if verb == "--version" then return say("ecosim ", core.version()) end
  if verb == "--help" or verb == "-h" then return say(help.all()) end
  if not verbs[verb] then
    told.raise("usage", "", "there is no command '%s'%s", verb, told.hint(verb, help.order))
  end
  local given = help.parse(verb, arguments)
  if given.help then return say(help.of(verb)) end
  given.command = "ecosim " .. table.concat(arguments, " ")
  return verbs[verb](given, host)
end

-- Returns the exit code.
function command.main(arguments, host)
  local good, raised = xpcall(start, told.keep_trace, arguments, host)
  if good then return 0 end
  return told.fault(raised, arguments, host)
end

return command
