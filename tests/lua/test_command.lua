-- test_command.lua -- the command `ecosim` from the outside: exit codes, messages word for word, files.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. package.path
local t = require "core_support"
local text = require "ecosim.text"
local build = os.getenv "BUILD" or "build"
local scripts = here .. "../../scripts"

-- Exit code, standard output, standard error of `ecosim arguments`. Started in the test's own folder.
local function shell(command)
  local _, how, code = os.execute(("unset LD_PRELOAD; export ECOSIM_SCRIPTS=\"$PWD/%s\"; ecosim=$(realpath '%s/ecosim'); cd '%s' && "
    .. "{ %s; } > out 2> err"):format(scripts:gsub("^%./", ""), build, t.folder, command))
  return how == "exit" and code or 128 + code, text.read_file(t.path "out"), text.read_file(t.path "err")
end
local function ecosim(arguments) return shell("\"$ecosim\" " .. arguments) end

local pond = [[
local eco = require "ecosim"
local pond = eco.basin "pond" {
  eco.lake "pond" { level = { 28, 29, 30, 32 }, area = { "0 ha", "2 ha", "5 ha", "6 ha" }, initial_level = "30 m",
    inflow = "4000 t/d", inflow_conc = { ["NH3-N"] = "3 mg/L", DO = "8 mg/L" } },
  eco.structure "weir" { law = "weir", from = "pond", crest = "30 m", width = "2 m" },
  eco.source "town" { water = "pond", load = { ["NH3-N"] = "10 kg/d" } },
  eco.section "middle" { water = "pond", target_class = 3 },
  eco.climate "climate" { t_mean = { 4, 6, 11, 17, 22, 26, 28, 28, 23, 18, 11, 6 }, p_wet_wet = 0.4, p_wet_dry = 0.2,
    gamma_shape = 0.7, gamma_scale = "12 mm", evaporation = "60 mm", wind = "2 m/s" },
}
return eco.study "pond" { basin = pond, from = "2019-01-01", to = "%s", members = 2 }
]]
t.write("pond.lua", pond:format "2019-03-31")

-- ── usage ───────────────────────────────────────────────────────────────────────────────────────────────────────

local code, out, err = ecosim "--version"
t.ok(code == 0 and out:find "^ecosim %d+%.%d+%.%d+\n$", "--version prints the version")
code, out = ecosim "--help"
t.ok(code == 0 and out:find("130  stopped by Ctrl-C", 1, true), "--help tells the exit codes")
for _, verb in ipairs { "run", "check", "show", "report", "params", "help" } do
  t.ok(out:find("\n  " .. verb, 1, true), "--help lists " .. verb)
  local code_of_verb, own = ecosim("help " .. verb)
  t.ok(code_of_verb == 0 and own:find("usage: ecosim " .. verb, 1, true), "help " .. verb .. " tells its options")
end
local function wrong_usage(arguments, wanted)
  local got, _, said = ecosim(arguments)
  t.same(got .. " " .. (said:match "[^\n]*"), "2 ecosim: " .. wanted, "ecosim " .. arguments)
end
wrong_usage("rnu", "there is no command 'rnu' (did you mean 'run'?)")
wrong_usage("run", "run: expected STUDY.lua, found nothing")
wrong_usage("run a.lua b.lua", "run: expected STUDY.lua, found a.lua b.lua")
wrong_usage("run pond.lua --member 3", "run: there is no option '--member' (did you mean '--members'?)")
wrong_usage("run pond.lua --members", "run: --members is followed by N")
wrong_usage("run pond.lua --members=0", "run: --members is '0', expected a whole number above 0")
wrong_usage("run pond.lua --quiet=1", "run: --quiet takes no value")
wrong_usage("report r.h5 --lang de", "report: --lang is 'de', expected zh, en or both")
wrong_usage("params lakes", "params: there is no kind 'lakes' (did you mean 'lake'?); kinds are reach, canal, lake, reservoir, "
  .. "structure, catchment, source, site, section, county, climate, kinetics, constituent, observable, process")
code, _, err = ecosim ""
t.ok(code == 2 and err:find("a command is missing", 1, true), "without a command it tells how it is used")

-- ── check, run ──────────────────────────────────────────────────────────────────────────────────────────────────

code, out, err = ecosim "check pond.lua"
t.same(code .. out .. err, "0study 'pond': no fault. 1 scenarios, 2 members, 2019-01-01 to 2019-03-31; 1 waters in 1 cells, "
  .. "1 sources, 1 sections, 0 sites\n", "check says what was found good")
code, out, err = ecosim "run pond.lua --threads 2"
t.same(code .. err, "0", "a run ends well and says nothing on standard error")
t.ok(out:find("results  pond.h5\nreport   pond.html\n", 1, true), "it tells where its files are")
t.ok(out:find("residual", 1, true) and out:find("middle", 1, true), "and prints scores and ledger")
t.ok(io.open(t.path "pond.html") and io.open(t.path "pond.h5"), "and both are there")
local first = text.read_file(t.path "pond.h5")
code, out = ecosim "run pond.lua --threads 1 --out again.h5 --report page.html --json"
local decoded = code == 0 and text.decode(out)
t.ok(decoded and decoded.study == "pond" and io.open(t.path "page.html"), "--json prints nothing but JSON, files have the names given")
code, out, err = ecosim "run pond.lua --members 1 --quiet --out quiet.h5"
t.same(code .. out .. err, "0", "--quiet prints nothing")
t.write("talk.lua", "print 'hello'\n" .. pond:format "2019-03-31")
code, out, err = ecosim "run talk.lua --json --out talk.h5"
t.ok(code == 0 and text.decode(out) and err == "hello\n", "a script that prints does not spoil JSON")

-- ── show, report, params ────────────────────────────────────────────────────────────────────────────────────────

code, out = ecosim "show pond.h5 --json"
decoded = text.decode(out)
t.ok(code == 0 and decoded.ended and decoded.tables.section.complete == 90 and decoded.tables.section.places[1] == "middle",
     "show --json has the layout")
local worst, quantities = 0, 0
for _, residual in pairs(decoded.residuals) do worst, quantities = math.max(worst, math.abs(residual)), quantities + 1 end
t.ok(quantities >= 7 and worst <= 1e-12, "and the residuals of the ledger, which closes")
t.ok(table.concat(decoded.texts, " "):find "study" and table.concat(decoded.texts, " "):find "script", "and the keys of the texts")
local twin = text.decode(select(2, ecosim "show again.h5 --json"))
t.same(text.encode(twin.residuals), text.encode(decoded.residuals), "another number of threads gives the same ledger")
code, out = ecosim "show pond.h5"
t.ok(code == 0 and out:find("section     90 of 90 days from 2019-01-01 on, 1 places", 1, true), "show tells the same in words")
code, out = ecosim "show pond.lua"
t.ok(code == 0 and out:find("study 'pond', 2019-01-01 to 2019-03-31, 2 members", 1, true), "show tells what a study is")
code, out = ecosim "show basins/jingmen"
t.ok(code == 0 and out:find("荆门", 1, true), "show tells what a shipped basin is")
code, out = ecosim "report pond.h5 -o r.html --lang en"
t.ok(code == 0 and out == "report   r.html\n" and #text.read_file(t.path "r.html") > 1000, "report writes the page")
code, out = ecosim "params lake"
t.ok(code == 0 and out:find("initial_level        number  -500..9000 m", 1, true) and not out:find("reach:", 1, true),
     "params lists one kind")

-- ── faults ──────────────────────────────────────────────────────────────────────────────────────────────────────

local function fails(wanted_code, arguments, wanted, sentence)
  local got, _, said = ecosim(arguments)
  t.same(got .. " " .. said, wanted_code .. " " .. wanted, sentence)
end
t.write("wrong.lua", (pond:format("2019-03-31"):gsub('width = "2 m"', 'widht = "2 m"')))
fails(1, "check wrong.lua", "wrong.lua:5: structure 'weir': no field 'widht' (did you mean 'width'?)\n"
  .. '    eco.structure "weir" { law = "weir", from = "pond", crest = "30 m", widht = "2 m" },\n', "a fault shows its line")
t.write("broken.lua", "local a = 1\nreturn a +\n")
fails(1, "run broken.lua", "broken.lua:3: unexpected symbol near <eof>\n", "a fault of syntax")
t.write("nil.lua", "local a = {}\n  return a.b.c\n")
fails(1, "run nil.lua", "nil.lua:2: attempt to index a nil value (field 'b')\n    return a.b.c\n", "a fault of Lua")
t.write("empty.lua", "")
fails(1, "run empty.lua", "empty.lua: the script returned nothing, expected study at its end: return eco.study \"name\" { … }\n",
      "a script that returns nothing")
t.write("text.lua", "return ('').dump == nil and 'no dump'")
fails(1, "run text.lua", "text.lua: the script returned a string, expected study at its end: return eco.study \"name\" { … }\n",
      "a script that returns something else")
fails(3, "run absent.lua", "absent.lua: script could not be read: No such file or directory\n", "a script that is not there")
fails(3, "run pond.lua --out /no/such/folder/r.h5",
      "/no/such/folder/r.h5: results file could not be created: No such file or directory\n", "a folder that is not there")
fails(3, "show absent.h5", "absent.h5: results file could not be read: No such file or directory\n", "results that are not there")
t.write("cut.h5", first:sub(1, 20000))
fails(3, "show cut.h5", ("cut.h5: results file is cut short: 20000 of %d bytes are there\n"):format(#first), "results that are cut short")
t.write("rows.h5", "day,flow\n")
fails(3, "report rows.h5", "rows.h5: not a results file of libecosim: it is no HDF5 file\n", "a file of another kind")
code, _, err = ecosim "run pond.lua --report /no/such/folder/r.html --quiet"
t.ok(code == 3 and err:find("No such file or directory", 1, true), "a report that cannot be written")
code, _, err = shell "\"$ecosim\" params > /dev/full"
t.same(code .. err, "3ecosim: the output could not be written\n", "output that cannot be written is told")
t.write("loop.lua", "while true do end")
fails(1, "check loop.lua", "loop.lua:1: stopped after 500 million instructions: is there an endless loop?\n    while true do end\n",
      "an endless script is stopped")
code, _, err = shell "ECOSIM_SCRIPTS=/no/such/folder \"$ecosim\" --version"
t.ok(code == 3 and err:find("there are no scripts here", 1, true), "without its scripts it says so")

-- ── Ctrl-C ──────────────────────────────────────────────────────────────────────────────────────────────────────

t.write("long.lua", pond:format "2099-12-31")
code, _, err = shell [["$ecosim" run long.lua --members 20 --threads 1 --out long.h5 & run=$!
  while [ "$("$ecosim" show long.h5 --json 2>/dev/null | grep -c '"complete":[1-9]')" -eq 0 ]; do
    kill -0 $run 2>/dev/null || exit 99
    sleep 0.05
  done
  kill -INT $run; wait $run]]
t.same(code, 130, "Ctrl-C stops the run with its own code")
t.ok(err:find "^ecosim: stopped at %d%d%d%d%-%d%d%-01, what was reached until then is in long.h5\n$", "and says when and where", err)
code, out = ecosim "show long.h5 --json"
decoded = text.decode(out)
t.ok(code == 0 and not decoded.ended and decoded.tables.section.complete > 0, "the file holds what was reached")
code = ecosim "report long.h5"
t.same(code, 0, "and can be reported")
t.finish()
