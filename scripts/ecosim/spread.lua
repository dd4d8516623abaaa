-- spread.lua -- median and 5-95 % of a number over the members.

-- Linear between order statistics (Hyndman & Fan 1996, type 7). `sorted` ascending, not empty.
local function quantile(sorted, p)
  local at = 1 + (#sorted - 1) * p
  local low = math.floor(at)
  local high = math.min(low + 1, #sorted)
  return sorted[low] + (at - low) * (sorted[high] - sorted[low])
end

-- values[member] = number, NaN or false. Returns { median, low (5 %), high (95 %), n } of the members that have a
-- value; nil when none has.
return function(values)
  local sorted = {}
  for _, value in pairs(values) do
    if value and value == value then sorted[#sorted + 1] = value end
  end
  if #sorted == 0 then return nil end
  table.sort(sorted)
  return { median = quantile(sorted, 0.5), low = quantile(sorted, 0.05), high = quantile(sorted, 0.95), n = #sorted }
end
