-- evidence_text.lua -- a run against its evidence, and what that says of the drawn inputs, as text.
local text = require "ecosim.text"

local evidence_text = {}

-- What was seen, as a word: "1.84", "8..15", "< 8", "class 4..6".
function evidence_text.seen(row)
  if row.variable == "class" then
    return row.low == row.high and ("class %d"):format(row.low // 1) or ("class %d..%d"):format(row.low // 1, row.high // 1)
  end
  if row.kind == "measured" then return ("%.4g"):format(row.value) end
  if row.low and row.high then return ("%.3g..%.3g"):format(row.low, row.high) end
  return row.low and ("> %.3g"):format(row.low) or ("< %.3g"):format(row.high)
end

local function share(x) return ("%.0f"):format(100 * x) end

local function row_line(judged)
  local row, before, after = judged.row, judged.spread, judged.after
  return table.concat { text.pad(row.section:sub(1, 22), 23), text.pad(row.variable, 12), text.pad(row.from_text, 11), text.pad(row.kind, 9),
    text.pad(evidence_text.seen(row), -11), text.pad(("%.3g"):format(before.median), -9),
    text.pad(("%.3g..%.3g"):format(before.low, before.high), -15), text.pad(share(judged.prior), -6), judged.hit_prior and " * " or "   ",
    text.pad(("%.3g"):format(after.median), -8), text.pad(share(judged.posterior), -6), judged.hit and " *" or "" }
end

local function hits_line(word, hits)
  return ("%s: %d rows, %d hit as drawn, %d as weighed"):format(word, hits.n, hits.prior, hits.posterior)
end

local function draw_line(row)
  return table.concat { text.pad(row.name:sub(1, 30), 31), text.pad(("%.3g (%.3g..%.3g)"):format(row.prior.median, row.prior.low, row.prior.high), -26),
    text.pad(("%.3g (%.3g..%.3g)"):format(row.posterior.median, row.posterior.low, row.posterior.high), -26),
    text.pad(("%.2f"):format(row.width), -7), "  ", row.pinned }
end

function evidence_text.table(held)
  if not held then return "no evidence belongs to this study" end
  local lines = { "seen; model as drawn: median, 5-95 % of members, chance of it in % (of a value: of a lower one); as weighed: median, chance; * hit", "" }
  for _, use in ipairs { "fit", "check" } do
    lines[#lines + 1] = use == "fit" and "fitted" or "checked only"
    for _, judged in ipairs(held.rows) do
      if judged.row.use == use then lines[#lines + 1] = row_line(judged) end
    end
    lines[#lines + 1] = hits_line(use == "fit" and "fitted" or "checked only", held.hits[use])
    lines[#lines + 1] = ""
  end
  if #held.skipped > 0 then
    lines[#lines + 1] = ("not reached by this run: %d rows"):format(#held.skipped)
  end
  lines[#lines + 1] = ("%.1f of %d members count (likelihoods to the power 1/%.3g)"):format(held.counted, held.members, held.temper)
  lines[#lines + 1] = ""
  lines[#lines + 1] = "drawn input                              as drawn                  as weighed         width  pinned down"
  for _, row in ipairs(held.draws) do lines[#lines + 1] = draw_line(row) end
  return table.concat(lines, "\n")
end

return evidence_text
