/* family_algae.c -- a group of algae, by its carbon: growth by light, temperature and nutrients, and what ends it.
 *
 *   ALG-1  growth mu f(T) l min(n, p, s) A
 *   ALG-2  f(T) = exp(-k (T - T_o)^2), k of its own below and above the optimum                  [CercoCole1994]
 *   ALG-3  light, mean over the depth of (I/I_s) exp(1 - I/I_s), I = I_0 exp(-k_e z):
 *          l = e/(k_e H) (exp(-I_0/I_s exp(-k_e H)) - exp(-I_0/I_s))                             [Steele1962], [Chapra1997] lecture 33
 *   ALG-4  k_e = k_w + k_s m + 0.0088 chl + 0.054 chl^(2/3), chl ug/L of all groups              [Riley1956]
 *   ALG-5  n = N/(N + K_n), N = N_4 + N_3; p = P/(P + K_p); s = Si/(Si + K_s) where the group takes silica   [Monod1949]
 *   ALG-6  share of ammonia in what is taken up: N_4 N_3/((K_a + N_4)(K_a + N_3)) + N_4 K_a/(N (K_a + N_3))   [ChapraPelletierTao2008]
 *   ALG-7  respiration k_r theta^(T-20) f(O) A, gives ammonia and phosphate back, takes oxygen
 *   ALG-8  death and grazing k_d theta^(T-20) A, gives organic N, organic P and slow CBOD
 *   ALG-9  settling v A / H
 *
 * Oxygen of growth 107/106 mol a mol of C on ammonia, 138/106 on nitrate [ChapraPelletierTao2008]. Silica of what dies or
 * settles is not given back. I_0 is a share of the light on the surface, of the step. */
#include "kinetics/family.h"
#include "kinetics/stoichiometry.h"

static const char *const algae_carries[] = {"% C", "org N", "NH3-N", "NO3-N", "org P", "PO4-P", "DO"};
static const eco_family_param algae_params[] = {
  {"mu", "1/d", 0, 2.0, 5, ECO__BOWIE, "growth at its best: Han diatoms 1..2.6, cyanobacteria 0.6..1.8, greens 1.2..3"},
  {"t_opt", "C", 5, 25, 40, ECO__BOWIE,
   "temperature at which it grows best: cold diatoms 10..20, cyanobacteria 25..33"},
  {"k_cold", "1/K2", 0, 0.006, 0.05, "Cerco & Cole 1994 (B)", "fall of growth below it"},
  {"k_warm", "1/K2", 0, 0.006, 0.05, "Cerco & Cole 1994 (B)", "above it"},
  {"par", "", 0.3, 0.47, 0.6, ECO__QUAL2K, "share of solar radiation that algae use"},
  {"i_s", "W/m2", 20, 100, 300, ECO__CHAPRA, "light at which it grows best"},
  {"ke_water", "1/m", 0.05, 0.5, 3, ECO__BOWIE, "extinction by water and what is dissolved"},
  {"ke_solids", "m2/g", 0, 0.052, 0.2, ECO__QUAL2K, "by solids"},
  {"c_per_chl", "", 15, 40, 150, ECO__BOWIE, "carbon to chlorophyll"},
  {"kn", "mg/L", 0.001, 0.03, 0.5, ECO__BOWIE, "nitrogen at which growth is half"},
  {"kp", "mg/L", 0.0001, 0.005, 0.1, ECO__BOWIE, "phosphorus at which growth is half"},
  {"ksi", "mg/L", 0, 0.08, 0.5, ECO__BOWIE, "silica at which growth is half"},
  {"ka", "mg/L", 0.001, 0.025, 0.2, ECO__QUAL2K, "preference for ammonia"},
  {"n_per_c", "", 0.1, 0.18, 0.3, ECO__CHAPRA, "nitrogen to carbon"},
  {"p_per_c", "", 0.01, 0.025, 0.05, ECO__CHAPRA, "phosphorus to carbon"},
  {"si_per_c", "", 0, 0, 1, "-", "silica to carbon: diatoms about 0.5, others 0"},
  {"k_respiration", "1/d", 0, 0.1, 0.5, ECO__BOWIE, "at 20 C"},
  {"theta_respiration", "", 1.0, 1.08, 1.1, ECO__BOWIE, ""},
  {"k_death", "1/d", 0, 0.1, 1, ECO__BOWIE, "death and grazing at 20 C"},
  {"theta_death", "", 1.0, 1.08, 1.1, ECO__BOWIE, ""},
  {"v", "m/d", 0, 0.1, 2, ECO__BOWIE, "settling: diatoms 0.1..1, cyanobacteria 0..0.1"},
};
static const eco_family_definition algae_words[] = {
  {"off", "(temperature - t_opt)"},
  {"warmth", "exp(-(off * off * where(temperature < t_opt, k_cold, k_warm)))"},
  {"chl", "[* C] / c_per_chl / 1 {ug/L}"},
  {"ke", "ke_water + ke_solids * [SS?] + (0.0088 * chl + 0.054 * chl^(2/3)) * 1 {1/m}"},
  {"deep", "ke * depth"},
  {"bright", "par * light / i_s"},
  {"lit", "steele(bright, deep)"},
  {"inorganic", "[NH3-N] + [NO3-N]"},
  {"fed", "min(monod(inorganic, kn), monod([PO4-P], kp), where(si_per_c > 0, monod([Si?], ksi), 1))"},
  {"grown", "mu * warmth * lit * fed * [% C]"},
  {"liked", "[NH3-N] * [NO3-N] / ((ka + [NH3-N]) * (ka + [NO3-N])) + "
            "[NH3-N] * ka / ((inorganic + 1e-12 {mg/L}) * (ka + [NO3-N]))"},
};
static const eco_family_flux algae_fluxes[] = {
  {"ALG-1", "growth on ammonia", "grown * liked",
   "+1 [% C] -n_per_c [NH3-N] -p_per_c [PO4-P] -si_per_c [Si?] +" ECO__O2_PER_C_ON_NH4 " [DO]", ECO_SIDE_WATER, 0},
  {"ALG-1", "growth on nitrate", "grown * max(1 - liked, 0)",
   "+1 [% C] -n_per_c [NO3-N] -p_per_c [PO4-P] -si_per_c [Si?] +" ECO__O2_PER_C_ON_NO3 " [DO]", ECO_SIDE_WATER, 0},
  {"ALG-7", "respiration", "at_temperature(k_respiration, theta_respiration) * monod([DO], 0.5 {mg/L}) * [% C]",
   "-1 [% C] +n_per_c [NH3-N] +p_per_c [PO4-P] -" ECO__O2_PER_C_ON_NH4 " [DO]", ECO_SIDE_WATER, 0},
  {"ALG-8", "death and grazing", "at_temperature(k_death, theta_death) * [% C]",
   "-1 [% C] +n_per_c [org N] +p_per_c [org P] +" ECO__O2_PER_C_ON_NH4 " [CBOD slow?]", ECO_SIDE_WATER, 0},
  {"ALG-9", "settling", "v / depth * [% C]",
   "-1 [% C] +n_per_c [bed N?] +p_per_c [bed P?] +" ECO__O2_PER_C_ON_NH4 " [bed CBOD?]", ECO_SIDE_BED, 0},
};
const eco_family eco__family_algae = ECO__FAMILY("algae", "a group of algae by its carbon; may be there several times",
                                                 algae_carries, algae_params, algae_words, algae_fluxes);
