-- datum.lua -- one vertical datum for the whole basin: 1985. The one place where levels are converted.
--
-- Lake Changhu, its gates and the rivers that enter it are given in Wusong; the Han, the Zhupi, the transfer canal and
-- the reservoirs in 1985. The step between them is recalled as 1.7 to 1.8 m (C), so heads across it are uncertain by
-- several centimetres.
local WUSONG_ABOVE_1985 = 1.75 -- m: a level in Wusong less this is the level in 1985

-- The level of a row in 1985, nil for a level that is not given.
return function(row, level)
  if not level then return nil end
  return row.datum == "wusong" and level - WUSONG_ABOVE_1985 or level
end
