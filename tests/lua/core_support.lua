-- core_support.lua -- what the tests of the Lua module share: a small TAP that closes the state at the end (so that every
-- finalizer runs and a leak shows under the sanitizers), a folder for files, and a pond to simulate.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. here .. "../../scripts/?.lua;" .. here .. "../../scripts/?/init.lua;" .. package.path
local core = require "ecosim.core"

local support = {}
local count, failed = 0, 0

function support.ok(good, sentence, detail)
  count = count + 1
  if not good then failed = failed + 1 end
  print(("%s %d - %s"):format(good and "ok" or "not ok", count, sentence))
  if not good and detail then print("# " .. detail) end
end

function support.same(found, wanted, sentence)
  support.ok(found == wanted, sentence, ("found %s, wanted %s"):format(found, wanted))
end

function support.near(found, wanted, tolerance, sentence)
  support.ok(type(found) == "number" and math.abs(found - wanted) <= tolerance, sentence,
             ("found %s, wanted %s within %g"):format(found, wanted, tolerance))
end

-- What the call raises, as a text without the line of the test itself.
function support.message(call, ...)
  local good, raised = pcall(call, ...)
  return good and "nothing was refused" or (tostring(raised):gsub("^" .. arg[0]:gsub("%p", "%%%0") .. ":%d+: ", ""))
end

function support.says(wanted, sentence, call, ...)
  support.same(support.message(call, ...), wanted, sentence)
end

function support.finish()
  os.execute(("rm -rf '%s'"):format(support.folder))
  print("1.." .. count)
  os.exit(failed == 0, true)
end

support.folder = os.tmpname()
os.remove(support.folder)
os.execute(("mkdir -p '%s'"):format(support.folder))

function support.path(name)
  return support.folder .. "/" .. name
end

function support.write(name, body)
  local file = assert(io.open(support.path(name), "wb"))
  file:write(body)
  file:close()
  return support.path(name)
end

-- A pond with a stream into it and a weir out of it, through the core alone.
function support.pond()
  local b = core.basin "hello"
  b:add("lake", "pond", "pond.lua:1")
  b:set("pond", "level", { 28.0, 29.0, 30.0, 32.0 })
  b:set("pond", "area", { 0.0, 2.0, 5.0, 6.0 }, "ha")
  b:set("pond", "initial_level", "30 m")
  b:set("pond", "initial.NH3-N", 1.0)
  b:set("pond", "inflow", "4000 t/d")
  b:set("pond", "inflow.NH3-N", 3.0, "mg/L")
  b:set("pond", "inflow.DO", { 8.0 })
  b:add("structure", "weir", "pond.lua:2")
  b:set("weir", "law", "weir")
  b:set("weir", "from", "pond")
  b:set("weir", "crest", "3000 cm")
  b:set("weir", "width", 2)
  b:add("source", "town", "pond.lua:3")
  b:set("town", "water", "pond")
  b:set("town", "load.NH3-N", "10 kg/d")
  b:set("town", "active", true)
  b:add("section", "middle", "pond.lua:4")
  b:set("middle", "water", "pond")
  b:add("climate", "climate", "pond.lua:5")
  b:set("climate", "t_mean", { 4, 6, 11, 17, 22, 26, 28, 28, 23, 18, 11, 6 })
  for name, value in pairs { p_wet_wet = 0.4, p_wet_dry = 0.2, gamma_shape = 0.7, gamma_scale = 12, evaporation = 60, wind = 2 } do
    b:set("climate", name, value)
  end
  return b
end

function support.options(more)
  local options = { start = core.day "2018-12-01", record = core.day "2019-01-01", stop = core.day "2019-04-01", seed = 7 }
  for name, value in pairs(more or {}) do options[name] = value end
  return options
end

return support
