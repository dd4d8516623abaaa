-- score_cost.lua -- money: capital, running cost, present value, and what a percentage point of days costs.
-- Rules with their edges: libecosim/doc/scores.md, SCO-8 and SCO-9.
local spread = require "ecosim.spread"

local score_cost = {}

score_cost.discount = 0.06 -- per year, constant prices of each measure's own price year

-- Value, on the first day, of capital paid on the day the measure starts and again at the end of each lifetime, and of
-- running cost paid evenly from then to the end. No credit for life left at the end. (SCO-8)
function score_cost.present_value(cost, starts_after, years)
  if starts_after >= years then return 0.0 end
  local rate = math.log(1 + score_cost.discount)
  local value, paid = 0.0, math.max(starts_after, 0)
  local life = cost.lifetime and cost.lifetime > 0 and cost.lifetime or math.huge
  local first = paid
  while paid < years do
    value = value + (cost.capital or 0) * math.exp(-rate * paid)
    paid = paid + life
  end
  return value + (cost.running or 0) * (math.exp(-rate * first) - math.exp(-rate * years)) / rate
end

local function annuity(lifetime)
  local r = score_cost.discount
  if not lifetime or lifetime <= 0 then return r end
  return r / (1 - (1 + r) ^ -lifetime)
end

function score_cost.of(measures, calendar, from, years)
  local cost = { capital = 0.0, running = 0.0, present = 0.0, yearly = 0.0, unpriced = {} }
  for _, measure in ipairs(measures or {}) do
    local price = measure.cost
    if not price then
      cost.unpriced[#cost.unpriced + 1] = measure.name
    else
      local start = price.from or measure.from
      local after = start and (calendar.day(start) - from) / 365.25 or 0
      cost.capital = cost.capital + (price.capital or 0)
      cost.running = cost.running + (price.running or 0)
      cost.yearly = cost.yearly + (price.capital or 0) * annuity(price.lifetime) + (price.running or 0)
      cost.present = cost.present + score_cost.present_value(price, after, years)
    end
  end
  return cost
end

-- Percentage points of days gained against the first scenario, member by member (the same weather and draws). (SCO-9)
function score_cost.gains(scenarios, members, pick)
  for _, scenario in ipairs(scenarios) do
    local paired = {}
    for member = 1, members do
      local sum, count = 0.0, 0
      for index, judged in ipairs(scenario.sections) do
        local before, after = scenarios[1].sections[index].shares[member], judged.shares[member]
        if before and after and (not pick or pick == index) then sum, count = sum + after - before, count + 1 end
      end
      if count > 0 then paired[member] = 100 * sum / count end
    end
    scenario[pick and "gain_head" or "gain_all"] = spread(paired)
  end
end

function score_cost.per_point(scenario, gain)
  if not gain or gain.median <= 1e-9 then return nil end
  return scenario.cost.present / gain.median
end

return score_cost
