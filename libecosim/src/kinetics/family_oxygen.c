/* family_oxygen.c -- oxygen between water, air and bed, and what takes it: CBOD, fast and slow.
 *
 *   OXF-1  k_a of rivers at 20 C, 1/d: H < 0.61 m: 5.32 U^0.67 / H^1.85 [OwensGibbs1964]; else H > 3.45 U^2.5:
 *          3.93 U^0.5 / H^1.5 [OConnorDobbins1958]; else 5.026 U / H^1.67 [Churchill1962]: choice of [Covar1976].
 *          Within their ranges: H 0.12..0.73 m, U 0.03..0.55 m/s; H 0.3..9.14, U 0.15..0.49; H 0.61..3.35, U 0.55..1.52
 *   OXF-2  of lakes, m/d over H: 0.728 W^0.5 - 0.317 W + 0.0372 W^2 [BanksHerrera1977]
 *   OXF-3  reaeration k_a theta^(T-20) (O_s - O), both ways
 *   OXF-4  bed: SOD theta^(T-20) / H f(O), f = O / (O + K)
 *   CBF-1  slow to fast: k_h theta^(T-20) C_s                             [ChapraPelletierTao2008]
 *   CBF-2  fast oxidised: k_f theta^(T-20) f(O) C_f, oxygen 1 : 1         [ChapraPelletierTao2008]
 *   CBF-3  slow settles: v C_s / H
 *
 *   C_f, C_s are ultimate demands, mg O2/L. U m/s, H m, W m/s at 10 m. */
#include "kinetics/family.h"

static const char *const oxygen_carries[] = {"DO"};
static const eco_family_param oxygen_params[] = {
  {"ka_factor", "", 0.2, 1, 5, "-", "factor on the reaeration of OXF-1, OXF-2"},
  {"theta_ka", "", 1.0, 1.024, 1.05, ECO__CHAPRA, "of reaeration"},
  {"sod", "g/m2/d", 0, 0.5, 10, ECO__CHAPRA,
   "oxygen that the bed takes at 20 C: sand 0.1..1, mud of lakes 0.5..2.5, sewage sludge 2..10"},
  {"theta_sod", "", 1.0, 1.065, 1.1, ECO__CHAPRA, "of the bed's demand"},
  {"ks_sod", "mg/L", 0.01, 0.5, 2, ECO__CHAPRA, "oxygen at which the bed takes half"},
};
static const eco_family_definition oxygen_words[] = {
  {"u", "speed / 1 {m/s}"},
  {"h", "depth / 1 {m}"},
  {"w", "wind / 1 {m/s}"},
  {"owens_gibbs", "5.32 {1/d} * u^0.67 / h^1.85"},
  {"oconnor_dobbins", "3.93 {1/d} * u^0.5 / h^1.5"},
  {"churchill", "5.026 {1/d} * u / h^1.67"},
  {"river", "where(h < 0.61, owens_gibbs, where(h > 3.45 * u^2.5, oconnor_dobbins, churchill))"},
  {"standing", "max(0.728 * w^0.5 - 0.317 * w + 0.0372 * w^2, 0) * 1 {1/d} / h"},
  {"ka", "ka_factor * at_temperature(where(lake, standing, river), theta_ka)"},
};
static const eco_family_flux oxygen_fluxes[] = {
  {"OXF-3", "reaeration", "ka * (saturation - [DO])", "+1 [DO]", ECO_SIDE_AIR, 1},
  {"OXF-4", "sediment demand", "at_temperature(sod, theta_sod) / depth * monod([DO], ks_sod)", "-1 [DO]", ECO_SIDE_BED,
   0},
};
const eco_family eco__family_oxygen = ECO__FAMILY("oxygen", "dissolved oxygen: reaeration and the bed's demand",
                                                  oxygen_carries, oxygen_params, oxygen_words, oxygen_fluxes);

static const char *const cbod_carries[] = {"DO", "CBOD fast", "CBOD slow"};
static const eco_family_param cbod_params[] = {
  {"k_fast", "1/d", 0, 0.23, 2, ECO__CHAPRA, "oxidation of fast CBOD at 20 C: 0.05..0.6, below raw sewage 0.2..1"},
  {"theta_fast", "", 1.0, 1.047, 1.1, ECO__CHAPRA, ""},
  {"ks_fast", "mg/L", 0.01, 0.5, 2, ECO__QUAL2K, "oxygen at which half is oxidised"},
  {"k_hydrolysis", "1/d", 0, 0.1, 2, ECO__QUAL2K, "slow CBOD to fast at 20 C"},
  {"theta_hydrolysis", "", 1.0, 1.07, 1.1, ECO__QUAL2K, ""},
  {"v_slow", "m/d", 0, 0.1, 2, ECO__BOWIE, "settling of slow CBOD"},
};
static const eco_family_definition cbod_words[] = {
  {"oxic", "monod([DO], ks_fast)"},
};
static const eco_family_flux cbod_fluxes[] = {
  {"CBF-1", "hydrolysis", "at_temperature(k_hydrolysis, theta_hydrolysis) * [CBOD slow]",
   "-1 [CBOD slow] +1 [CBOD fast]", ECO_SIDE_WATER, 0},
  {"CBF-2", "oxidation", "at_temperature(k_fast, theta_fast) * oxic * [CBOD fast]", "-1 [CBOD fast] -1 [DO]",
   ECO_SIDE_WATER, 0},
  {"CBF-3", "settling", "v_slow / depth * [CBOD slow]", "-1 [CBOD slow] +1 [bed CBOD?]", ECO_SIDE_BED, 0},
};
const eco_family eco__family_cbod = ECO__FAMILY("cbod", "carbonaceous oxygen demand: slow to fast, oxidation, settling",
                                                cbod_carries, cbod_params, cbod_words, cbod_fluxes);
