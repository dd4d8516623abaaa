-- test_vector.lua -- core.vector: arithmetic, comparison, statistics, and what they do with NaN and with nothing.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "?.lua;" .. package.path
local t = require "core_support"
local core = require "ecosim.core"

local nan, huge = 0 / 0, math.huge
local function vector(...) return core.vector { ... } end
local function list(v)
  local parts = {}
  for i = 1, #v do parts[i] = v[i] ~= v[i] and "nan" or ("%g"):format(v[i]) end
  return table.concat(parts, " ")
end
local function is(v, wanted, sentence) t.same(list(v), wanted, sentence) end

-- making
is(core.vector(3), "0 0 0", "a number makes zeros")
is(vector(1, 2.5, -3), "1 2.5 -3", "a list makes a vector")
is(core.vector(vector(1, 2)), "1 2", "a vector makes a copy")
t.same(#core.vector(0), 0, "a vector may be empty")
t.says("bad argument #1 to 'ecosim.core.vector' (a length, a list or a vector expected)", "a length cannot be negative", core.vector, -1)
t.says("vector: element 2 is a string, expected a number", "elements are numbers, texts are not", core.vector, { 1, "2" })
local v = vector(1, 2, 3)
v[2] = 20
is(v, "1 20 3", "elements can be set")
t.says("vector: index 4 is not in 1..3", "an index beyond the end is refused", function() return v[4] end)
t.says("vector: index 0 is not in 1..3", "indices begin at 1", function() v[0] = 1 end)
t.same(v.nothing, nil, "an unknown method is nil, as in any object")
t.same(tostring(vector(1, 2)), "vector { 1.0, 2.0 } of 2", "a vector prints its beginning")
is(v:copy() + 0, "1 20 3", "a copy is its own")

-- arithmetic
local a, b = vector(1, 2, 3), vector(10, 20, 30)
is(a + b, "11 22 33", "vectors add element by element")
is(b - a, "9 18 27", "and subtract")
is(a * b, "10 40 90", "and multiply")
is(b / a, "10 10 10", "and divide")
is(a ^ 2, "1 4 9", "and take powers")
is(2 * a + 1, "3 5 7", "numbers stand on either side")
is(10 - a, "9 8 7", "also of a minus")
is(-a, "-1 -2 -3", "a minus in front")
t.says("vector: lengths differ, 3 and 2", "lengths must agree", function() return a + vector(1, 2) end)
t.ok(not pcall(function() return a + "1" end), "a text is no operand")
t.ok(not pcall(function() return a + {} end), "nor is a table")

-- comparison: NaN is never true
local c = vector(1, 2, nan, 4)
is(c:lt(2), "1 0 0 0", "lt")
is(c:le(2), "1 1 0 0", "le")
is(c:gt(2), "0 0 0 1", "gt")
is(c:ge(2), "0 1 0 1", "ge")
is(c:le(vector(0, 2, 0, nan)), "0 1 0 0", "vectors compare to vectors")
is(vector(1, 1, 0, 0):both(vector(1, 0, 1, 0)), "1 0 0 0", "both")
is(vector(1, 1, 0, 0):either(vector(1, 0, 1, 0)), "1 1 1 0", "either")
is(vector(0, 2, nan):no(), "1 0 0", "no: NaN is neither true nor its contrary")
is(vector(nan, 2):both(vector(1, -1)), "0 1", "any number but 0 is true, NaN is not")

-- statistics
t.same(c:sum(), 7.0, "a sum passes over NaN")
t.near(c:mean(), 7 / 3, 1e-15, "so does a mean")
t.same(c:min(), 1.0, "a least")
t.same(c:max(), 4.0, "a largest")
t.same(c:count(), 3, "count counts numbers")
t.same(vector(huge, 1, nan):count(), 1, "infinity is not finite")
t.same(vector(huge, 1):sum(), huge, "an infinite sum is infinite")
local none = vector(nan, nan)
t.same(none:sum(), 0.0, "the sum of nothing is 0")
t.ok(none:mean() ~= none:mean(), "the mean of nothing is NaN")
t.ok(none:min() ~= none:min() and none:max() ~= none:max(), "as are its least and largest")
t.ok(core.vector(0):quantile(0.5) ~= core.vector(0):quantile(0.5), "and a quantile of an empty vector")

-- a compensated sum: plain addition of 1e16 and ten ones gives 1e16, the ones are lost one by one
local big = core.vector(12)
big[1], big[12] = 1e16, -1e16
for i = 2, 11 do big[i] = 1 end
t.same(big:sum(), 10.0, "what is small is not lost beside what is large")

-- quantiles of type 7, by hand: h = (n - 1) p, linear between neighbours
local q = vector(3, 1, 4, 1, 5)
t.same(q:quantile(0), 1.0, "quantile 0 is the least")
t.same(q:quantile(1), 5.0, "quantile 1 is the largest")
t.same(q:quantile(0.5), 3.0, "quantile 0.5 of five is the middle one")
t.near(q:quantile(0.9), 4 + 0.6 * (5 - 4), 1e-15, "between two neighbours it is linear")
t.same(vector(3, nan, 1):quantile(0.5), 2.0, "quantiles pass over NaN")
t.same(vector(7):quantile(0.3), 7.0, "one element is every quantile")
t.same(vector(1, huge):quantile(0), 1.0, "an infinite neighbour does not spoil an exact one")
local many = q:quantile { 0, 0.5, 1 }
t.same(#many .. " " .. many[1] .. " " .. many[2] .. " " .. many[3], "3 1.0 3.0 5.0", "a list of shares gives a list")
t.same(list(q), "3 1 4 1 5", "a quantile leaves the vector as it is")
t.says("bad argument #2 to 'f' (a share of 0 to 1 expected)", "a share is 0 to 1", function() local f = q.quantile return f(q, 1.5) end)

-- parts
is(b:slice(2, 3), "20 30", "a slice has both its ends")
is(b:slice(2), "20 30", "to the end where no end is given")
is(b:slice(2, 1), "", "a slice may be empty")
t.ok(not pcall(b.slice, b, 0, 2) and not pcall(b.slice, b, 1, 4), "a slice lies inside")
t.same(table.concat(b:table(), " "), "10.0 20.0 30.0", "a vector becomes a list")
local days = vector(1, 3, nan, 5, 7, nan)
is(days:means { 1, 3, 6 }, "2 6 nan", "means of segments pass over NaN; a segment without a number has none")
is(days:sums { 1, 3, 6 }, "4 12 0", "sums of segments")
is(days:means {}, "", "no segments, no means")
is(days:sums { 2, 2, 7 }, "0 15 0", "segments may be empty, also at the end")
t.ok(not pcall(days.means, days, { 3, 2 }), "starts do not fall")
t.ok(not pcall(days.means, days, { 0 }) and not pcall(days.means, days, { 8 }), "starts lie inside")
t.ok(not pcall(days.means, days, { 1.5 }), "starts are whole numbers")
is(days:cumsum(), "1 4 nan 9 16 nan", "a running sum passes over NaN")
t.same(vector(0, 1, 0, 1, 1):first_lasting(), 4, "first_lasting: from there to the end all are true")
t.same(vector(1, 1):first_lasting(), 1, "from the first")
t.same(vector(1, 0):first_lasting(), nil, "never")
t.same(vector(1, nan):first_lasting(), nil, "NaN breaks it")
t.same(core.vector(0):first_lasting(), nil, "an empty vector has none")
is(a:map(function(x, i) return x * i end), "1 4 9", "map gives the element and its place")
t.says("vector: map gave a nil for element 1, expected a number", "map must give numbers", function() return a:map(function() end) end)

-- manners
t.ok(not pcall(function() getmetatable(a).__index = nil end), "a script cannot change the methods")
t.ok(not pcall(a.sum, {}), "a method takes a vector only")
t.ok(not pcall(a.sum), "and takes one")
t.finish()
