/* family_solids.c -- what settles, what rides on it, and what light kills.
 *
 *   SOL-1  deposition v (1 - tau/tau_d) m / H, 0 above tau_d                                     [Krone1962]
 *   SOL-2  erosion M (tau/tau_e - 1) / H, 0 below tau_e; out of [bed SS] where it is carried                  [Partheniades1965]
 *   SOL-3  tau = rho c_f U^2
 *   WAV-1  family waves, lakes under wind W over a fetch F: g H_w/W^2 = 0.283 t1 tanh(0.00565 (g F/W^2)^(1/2) / t1), t1 = tanh(0.53 (g H/W^2)^(3/4));
 *          g T/W = 7.54 t2 tanh(0.0379 (g F/W^2)^(1/3) / t2), t2 = tanh(0.833 (g H/W^2)^(3/8))               [CERC1977]
 *   WAV-2  at the bed u = pi H_w / (T sinh(2 pi H/L)), L = L0 tanh(2 pi H/L0)^(1/2), L0 = g T^2/(2 pi) [Eckart1952]; tau = rho f_w u^2/2, and SOL-2
 *   MET-1  in solution f_d = 1 / (1 + K_d m), on solids 1 - f_d                                  [ThomannMueller1987]
 *   MET-2  what is on solids settles: v (1 - f_d) C / H
 *   PAT-1  dark k_b theta^(T-20) N                                                               [Mancini1978]
 *   PAT-2  light a I_0 (1 - exp(-k_e H)) / (k_e H) N, I_0 of the step                            [Mancini1978], [Chapra1997] lecture 27
 *   PAT-3  settling F_p v N / H
 *
 * Organisms are counted, not weighed: one a litre stands where other constituents have 1 mg/L. */
#include "kinetics/family.h"

static const char *const solids_carries[] = {"SS"};
static const eco_family_param solids_params[] = {
  {"v", "m/d", 0, 0.5, 300, ECO__CHAPRA, "settling: clay and fine silt 0.1..3, silt 3..30"},
  {"tau_deposition", "g/m/s2", 1, 100, 1e4, "Krone 1962: 0.06..0.1 Pa (B)",
   "stress above which nothing settles; 100 g/m/s2 is 0.1 Pa"},
  {"tau_erosion", "g/m/s2", 1, 200, 1e4, "Partheniades 1965: 0.1..1 Pa (C)", "stress below which nothing is eroded"},
  {"erosion", "g/m2/d", 0, 0, 1e5, "assumption: none", "M of SOL-2"},
  {"c_f", "", 0.0005, 0.003, 0.02, "Partheniades 1965 (C)", "friction of the bed"},
};
static const eco_family_definition solids_words[] = {
  {"tau", "1e6 {g/m3} * c_f * (speed * speed)"},
};
static const eco_family_flux solids_fluxes[] = {
  {"SOL-1", "deposition", "v / depth * max(1 - tau / tau_deposition, 0) * [SS]", "-1 [SS] +1 [bed SS?]", ECO_SIDE_BED,
   0},
  {"SOL-2", "erosion", "erosion / depth * max(tau / tau_erosion - 1, 0)", "+1 [SS] -1 [bed SS?]", ECO_SIDE_BED, 0},
};
const eco_family eco__family_solids = ECO__FAMILY("solids", "inorganic solids: deposition and erosion", solids_carries,
                                                  solids_params, solids_words, solids_fluxes);

static const char *const waves_carries[] = {"SS"};
static const eco_family_param waves_params[] = {
  {"fetch", "m", 10, 5000, 1e6, "-", "of the wind over the lake: its width along the wind"},
  {"tau_erosion", "g/m/s2", 1, 200, 1e4, "Partheniades 1965: 0.1..1 Pa (C)",
   "stress below which nothing is stirred up"},
  {"erosion", "g/m2/d", 0, 500, 1e5, "assumption", "M of SOL-2"},
  {"f_w", "", 0.001, 0.032, 0.3, "assumption: mud, hardly rough", "friction of waves"},
};
#define ECO__TANH(x) "1 - 2 / (exp(2 * min(" x ", 300)) + 1)"
static const eco_family_definition waves_words[] = {
  {"w", "max(wind / 1 {m/s}, 0.1)"},
  {"h", "depth / 1 {m}"},
  {"square", "w * w / 9.81"},
  {"t1", ECO__TANH("0.53 * (h / square)^0.75")},
  {"height", "0.283 * square * t1 * (" ECO__TANH("0.00565 * sqrt(fetch / 1 {m} / square) / t1") ")"},
  {"t2", ECO__TANH("0.833 * (h / square)^0.375")},
  {"period", "7.54 * w / 9.81 * t2 * (" ECO__TANH("0.0379 * (fetch / 1 {m} / square)^(1 / 3) / t2") ")"},
  {"deep", "9.81 * period * period / 6.283185307179586"},
  {"long", "deep * sqrt(" ECO__TANH("6.283185307179586 * h / deep") ")"},
  {"turns", "min(6.283185307179586 * h / long, 300)"},
  {"orbit", "2 * 3.141592653589793 * height / (period * (exp(turns) - exp(-turns)))"},
  {"tau_wave", "0.5e6 {g/m3} * f_w * orbit * orbit * 1 {m/s} * 1 {m/s}"},
};
static const eco_family_flux waves_fluxes[] = {
  {"WAV-2", "stirred up by waves", "lake * erosion / depth * max(tau_wave / tau_erosion - 1, 0)",
   "+1 [SS] -1 [bed SS?]", ECO_SIDE_BED, 0},
};
const eco_family eco__family_waves =
  ECO__FAMILY("waves", "solids stirred up by wind waves from the bed of shallow lakes", waves_carries, waves_params,
              waves_words, waves_fluxes);

static const char *const metal_carries[] = {"% total"};
static const eco_family_param metal_params[] = {
  {"kd", "L/kg", 0, 50000, 1e7, "Allison & Allison 2005, EPA/600/R-05/074, Cd (B)",
   "on solids over in solution: As 1e4, Cd and Cu 5e4, Zn 1e5, Hg 2e5, Pb 4e5"},
  {"v", "m/d", 0, 0.5, 100, ECO__CHAPRA, "settling of the solids that carry it"},
  {"k", "1/d", 0, 0, 10, "-", "loss of what is in solution"},
};
static const eco_family_definition metal_words[] = {
  {"dissolved", "1 / (1 + kd * [SS?])"},
};
static const eco_family_flux metal_fluxes[] = {
  {"MET-2", "settling on solids", "v / depth * (1 - dissolved) * [% total]", "-1 [% total] +1 [bed %?]", ECO_SIDE_BED,
   0},
  {"MET-1", "loss", "k * dissolved * [% total]", "-1 [% total]", ECO_SIDE_WATER, 0},
};
const eco_family eco__family_metal =
  ECO__FAMILY("metal", "a metal, or whatever rides on solids; may be there several times", metal_carries, metal_params,
              metal_words, metal_fluxes);

static const char *const pathogens_carries[] = {"% count"};
static const eco_family_param pathogens_params[] = {
  {"k", "1/d", 0, 0.8, 5, "Mancini 1978 (B)", "death in the dark in fresh water at 20 C"},
  {"theta", "", 1.0, 1.07, 1.1, "Mancini 1978 (B)", ""},
  {"a", "m2/W/d", 0, 0.086, 1, "Chapra 1997: 1 a day and ly/h (B)", "death by light"},
  {"ke", "1/m", 0.05, 0.5, 10, ECO__BOWIE, "extinction"},
  {"on_solids", "", 0, 0, 1, "-", "share that settles"},
  {"v", "m/d", 0, 0.5, 100, ECO__CHAPRA, "its velocity"},
};
static const eco_family_definition pathogens_words[] = {
  {"deep", "ke * depth"},
};
static const eco_family_flux pathogens_fluxes[] = {
  {"PAT-1", "death in the dark", "at_temperature(k, theta) * [% count]", "-1 [% count]", ECO_SIDE_WATER, 0},
  {"PAT-2", "death by light", "a * light * light_mean(deep) * [% count]", "-1 [% count]", ECO_SIDE_WATER, 0},
  {"PAT-3", "settling", "on_solids * v / depth * [% count]", "-1 [% count]", ECO_SIDE_BED, 0},
};
const eco_family eco__family_pathogens =
  ECO__FAMILY("pathogens", "organisms that die in the dark and by light; may be there several times", pathogens_carries,
              pathogens_params, pathogens_words, pathogens_fluxes);
