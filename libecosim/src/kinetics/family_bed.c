/* family_bed.c -- one active layer of the bed: what settled in it is mineralised, buried, dredged.
 *
 *   BED-1  organic matter as oxygen demand: k theta^(T-20) f(O) C_b, oxygen 1 : 1, f(O) = O/(O + K): the bed's demand follows what it
 *          was given                                                            [Chapra1997] lecture 25, one class of [DiToro2001]
 *   BED-2  nitrogen to ammonia k theta^(T-20) N_b
 *   BED-3  phosphorus to phosphate k theta^(T-20) P_b (1 + a K/(K + O)): more of it without oxygen over the bed
 *   BED-4  burial b of all three;  BED-5  dredging d of all three, 0 until a measure sets it
 *
 * C_b, N_b, P_b g/m2, fed by what settles in other families. */
#include "kinetics/family.h"

static const char *const bed_carries[] = {"bed CBOD", "bed N", "bed P", "DO", "NH3-N", "PO4-P"};
static const eco_family_param bed_params[] = {
  {"k_organic", "1/d", 0, 0.01, 1, "DiToro 2001: between the classes of 0.035 and 0.0018 (B)",
   "mineralisation at 20 C"},
  {"k_nitrogen", "1/d", 0, 0.01, 1, "DiToro 2001, as organic matter (B)", ""},
  {"k_phosphorus", "1/d", 0, 0.002, 1, "assumption: most stays bound to iron while there is oxygen",
   "release with oxygen over the bed, at 20 C"},
  {"theta", "", 1.0, 1.09, 1.15, "kinetics_water.csv jp_changhu (C)", ""},
  {"ks", "mg/L", 0.01, 0.5, 2, ECO__CHAPRA, "oxygen at which demand is half"},
  {"anoxic", "", 0, 4, 50, "assumption", "how many times more phosphorus is released without oxygen"},
  {"ks_anoxic", "mg/L", 0.01, 1.0, 4, "assumption", "oxygen at which that is half"},
  {"burial", "1/a", 0, 0.02, 1, "assumption: 10 cm buried by 2 mm a year", "loss to below the active layer"},
  {"dredging", "1/d", 0, 0, 10, "-", "removal by dredgers: 0.1 for 23 days takes nine tenths"},
};
static const eco_family_definition bed_words[] = {
  {"oxic", "monod([DO], ks)"},
  {"gone", "(burial + dredging) / depth"},
};
static const eco_family_flux bed_fluxes[] = {
  {"BED-1", "mineralisation", "at_temperature(k_organic, theta) * oxic * [bed CBOD] / depth", "-1 [bed CBOD] -1 [DO]",
   ECO_SIDE_BED, 0},
  {"BED-2", "release of ammonia", "at_temperature(k_nitrogen, theta) * [bed N] / depth", "-1 [bed N] +1 [NH3-N]",
   ECO_SIDE_BED, 0},
  {"BED-3", "release of phosphate",
   "at_temperature(k_phosphorus, theta) * (1 + anoxic * inhibition([DO], ks_anoxic)) * [bed P] / depth",
   "-1 [bed P] +1 [PO4-P]", ECO_SIDE_BED, 0},
  {"BED-4", "demand buried or dredged", "gone * [bed CBOD]", "-1 [bed CBOD]", ECO_SIDE_BED, 0},
  {"BED-4", "nitrogen buried or dredged", "gone * [bed N]", "-1 [bed N]", ECO_SIDE_BED, 0},
  {"BED-5", "phosphorus buried or dredged", "gone * [bed P]", "-1 [bed P]", ECO_SIDE_BED, 0},
};
const eco_family eco__family_bed =
  ECO__FAMILY("bed", "an active layer of the bed: oxygen demand, ammonia, phosphate; burial, dredging", bed_carries,
              bed_params, bed_words, bed_fluxes);
