/* family_nutrients.c -- nitrogen and phosphorus: organic, ammonia, nitrite, nitrate; organic and phosphate on solids.
 *
 *   NIT-1  hydrolysis k_h theta^(T-20) N_org                                                    [ChapraPelletierTao2008]
 *   NIT-2  first step of nitrification k_1 theta^(T-20) f(O) N_4, oxygen by STO-1               [Chapra1997] lecture 23
 *   NIT-3  second step k_2 theta^(T-20) f(O) N_2, oxygen by STO-1
 *   NIT-4  denitrification in the water k_d theta^(T-20) K/(K + O) N_3; the carbon that it takes is not drawn
 *   NIT-5  in the bed v_d theta^(T-20) N_3 / H                                                  [ChapraPelletierTao2008]
 *   NIT-6  ammonia to the air v_a f_u N_4 / H, f_u = 1/(1 + 10^(pKa - pH)), pKa = 0.09018 + 2729.92/T_K  [Emerson1975]
 *   NIT-7  settling v N_org / H;  NIT-8  release of the bed J theta^(T-20) / H
 *   PHO-1  hydrolysis k_h theta^(T-20) P_org
 *   PHO-2  phosphate on solids settles v_s f_p P / H, f_p = K_d m / (1 + K_d m)                 [ThomannMueller1987]
 *   PHO-3  settling v P_org / H;  PHO-4  release of the bed J theta^(T-20) / H
 */
#include "kinetics/family.h"
#include "kinetics/stoichiometry.h"

static const char *const nitrogen_carries[] = {"org N", "NH3-N", "NO2-N", "NO3-N", "DO"};
static const eco_family_param nitrogen_params[] = {
  {"k_hydrolysis", "1/d", 0, 0.1, 1, ECO__QUAL2K, "organic nitrogen to ammonia at 20 C"},
  {"theta_hydrolysis", "", 1.0, 1.07, 1.1, ECO__QUAL2K, ""},
  {"k_ammonia", "1/d", 0, 0.25, 10, ECO__BOWIE, "ammonia to nitrite at 20 C: rivers 0.05..1, lakes 0.01..0.2"},
  {"k_nitrite", "1/d", 0, 1.0, 10, ECO__BOWIE, "nitrite to nitrate at 20 C"},
  {"theta_nitrification", "", 1.0, 1.08, 1.1, ECO__BOWIE, ""},
  {"ks_nitrification", "mg/L", 0.01, 1.0, 3, ECO__BOWIE, "oxygen at which half is nitrified"},
  {"k_denitrification", "1/d", 0, 0.05, 2, ECO__BOWIE, "nitrate lost in water without oxygen at 20 C"},
  {"theta_denitrification", "", 1.0, 1.07, 1.1, ECO__BOWIE, ""},
  {"ks_denitrification", "mg/L", 0.01, 0.5, 2, ECO__QUAL2K, "oxygen at which denitrification is half"},
  {"v_denitrification", "m/d", 0, 0.05, 1, ECO__QUAL2K, "nitrate lost to the bed at 20 C"},
  {"v_ammonia", "m/d", 0, 0, 2, "assumption: none", "un-ionised ammonia to the air"},
  {"ph", "", 5, 7.8, 10, "assumption", "of the water, for NIT-6"},
  {"v_organic", "m/d", 0, 0.1, 2, ECO__BOWIE, "settling of organic nitrogen"},
  {"release", "mg/m2/d", 0, 0, 500, "-", "ammonia nitrogen out of the bed at 20 C"},
  {"theta_release", "", 1.0, 1.08, 1.12, ECO__BOWIE, ""},
};
static const eco_family_definition nitrogen_words[] = {
  {"oxic", "monod([DO], ks_nitrification)"},
  {"kelvin", "(temperature - 0 {C}) / 1 {K} + 273.15"},
  {"free", "1 / (1 + 10^(0.09018 + 2729.92 / kelvin - ph))"},
};
static const eco_family_flux nitrogen_fluxes[] = {
  {"NIT-1", "hydrolysis", "at_temperature(k_hydrolysis, theta_hydrolysis) * [org N]", "-1 [org N] +1 [NH3-N]",
   ECO_SIDE_WATER, 0},
  {"NIT-2", "nitritation", "at_temperature(k_ammonia, theta_nitrification) * oxic * [NH3-N]",
   "-1 [NH3-N] +1 [NO2-N] -" ECO__O2_NH4_TO_NO2 " [DO]", ECO_SIDE_WATER, 0},
  {"NIT-3", "nitratation", "at_temperature(k_nitrite, theta_nitrification) * oxic * [NO2-N]",
   "-1 [NO2-N] +1 [NO3-N] -" ECO__O2_NO2_TO_NO3 " [DO]", ECO_SIDE_WATER, 0},
  {"NIT-4", "denitrification",
   "at_temperature(k_denitrification, theta_denitrification) * inhibition([DO], ks_denitrification) * [NO3-N]",
   "-1 [NO3-N]", ECO_SIDE_WATER, 0},
  {"NIT-5", "denitrification in the bed", "at_temperature(v_denitrification, theta_denitrification) / depth * [NO3-N]",
   "-1 [NO3-N]", ECO_SIDE_BED, 0},
  {"NIT-6", "volatilisation", "v_ammonia / depth * free * [NH3-N]", "-1 [NH3-N]", ECO_SIDE_AIR, 0},
  {"NIT-7", "settling", "v_organic / depth * [org N]", "-1 [org N] +1 [bed N?]", ECO_SIDE_BED, 0},
  {"NIT-8", "release", "at_temperature(release, theta_release) / depth", "+1 [NH3-N] -1 [bed N?]", ECO_SIDE_BED, 0},
};
const eco_family eco__family_nitrogen = ECO__FAMILY(
  "nitrogen", "organic nitrogen, ammonia, nitrite, nitrate: hydrolysis, nitrification, denitrification, bed",
  nitrogen_carries, nitrogen_params, nitrogen_words, nitrogen_fluxes);

static const char *const phosphorus_carries[] = {"org P", "PO4-P"};
static const eco_family_param phosphorus_params[] = {
  {"k_hydrolysis", "1/d", 0, 0.1, 1, ECO__BOWIE, "organic phosphorus to phosphate at 20 C"},
  {"theta_hydrolysis", "", 1.0, 1.07, 1.1, ECO__BOWIE, ""},
  {"kd", "L/kg", 0, 1000, 100000, ECO__BOWIE, "phosphate on solids over that in solution"},
  {"v_solids", "m/d", 0, 0.5, 100, ECO__CHAPRA, "settling of the solids that carry it"},
  {"v_organic", "m/d", 0, 0.1, 2, ECO__BOWIE, "settling of organic phosphorus"},
  {"release", "mg/m2/d", 0, 0, 100, "-", "phosphate phosphorus out of the bed at 20 C"},
  {"theta_release", "", 1.0, 1.09, 1.12, "kinetics_water.csv jp_changhu (C)", ""},
};
static const eco_family_definition phosphorus_words[] = {
  {"on_solids", "kd * [SS?] / (1 + kd * [SS?])"},
};
static const eco_family_flux phosphorus_fluxes[] = {
  {"PHO-1", "hydrolysis", "at_temperature(k_hydrolysis, theta_hydrolysis) * [org P]", "-1 [org P] +1 [PO4-P]",
   ECO_SIDE_WATER, 0},
  {"PHO-2", "settling on solids", "v_solids / depth * on_solids * [PO4-P]", "-1 [PO4-P] +1 [bed P?]", ECO_SIDE_BED, 0},
  {"PHO-3", "settling", "v_organic / depth * [org P]", "-1 [org P] +1 [bed P?]", ECO_SIDE_BED, 0},
  {"PHO-4", "release", "at_temperature(release, theta_release) / depth", "+1 [PO4-P] -1 [bed P?]", ECO_SIDE_BED, 0},
};
const eco_family eco__family_phosphorus =
  ECO__FAMILY("phosphorus", "organic phosphorus and phosphate: hydrolysis, sorption to solids, settling, bed",
              phosphorus_carries, phosphorus_params, phosphorus_words, phosphorus_fluxes);
