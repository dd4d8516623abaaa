-- A process of one's own: ammonia that leaves a pond to the air. Run: ecosim run examples/lua/04_ammonia_stripping.lua
local eco = require "ecosim"

local stripping = eco.process "ammonia stripping" {
  source = "two-film theory; the velocity is an assumption of this example", confidence = "C",
  params = {
    v = { "0.5 m/d", lowest = 0, highest = "5 m/d", source = "assumption", text = "transfer velocity at 20 C" },
    ph = { 8.4, lowest = 5, highest = 10, source = "assumption" },
  },
  fluxes = function(p, c, s)
    local kelvin = (s.temperature - "0 C") / "1 K" + 273.15
    local free = 1 / (1 + 10 ^ (0.09018 + 2729.92 / kelvin - p.ph))   -- share that is not ionised, Emerson et al. 1975
    return { stripped = { from = "NH3-N", to = "air", rate = p.v * free * c["NH3-N"] / s.depth } }
  end,
}

local pond = eco.basin "Pond" {
  stripping,
  eco.lake "Pond" { level = { 0, 10, unit = "m" }, area = { 1, 1, unit = "km2" }, initial_level = "2 m",
                    initial = { ["NH3-N"] = "6 mg/L", DO = "8 mg/L" } },
  eco.climate "Somewhere" { t_mean = { 3, 5, 10, 16, 21, 25, 28, 27, 23, 17, 11, 5 }, p_wet_wet = 0.5, p_wet_dry = 0.2,
                            gamma_shape = 0.8, gamma_scale = "10 mm", evaporation = "80 mm", wind = "3 m/s" },
  eco.section "Middle" { water = "Pond", target_class = 3 },
}

return eco.study "ammonia stripping" {
  basin = pond, from = "2021-06-01", to = "2021-08-31", warm_up = "0 days",
  scenarios = {
    eco.scenario "as it is" {},
    eco.scenario "aerators" { title_zh = "曝气",
      eco.measure "aerators" { from = "2021-07-01", changes = { { item = "ammonia stripping", param = "v", op = "scale", value = 4 } } } },
  },
}
