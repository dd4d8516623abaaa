/* family_bed.c -- one active layer of the bed: what settled in it is mineralised, buried, dredged.
 *
 *   BED-1  organic matter as oxygen demand: k theta^(T-20) f(O) C_b, oxygen 1 : 1, f(O) = O/(O + K): the bed's demand follows what it
 *          was given                                                            [Chapra1997] lecture 25, one class of [DiToro2001]
 *   BED-2  nitrogen to ammonia k theta^(T-20) N_b
 *   BED-3  phosphorus to phosphate k theta^(T-20) P_b (1 + a K/(K + O)): more of it without oxygen over the bed
 *   BED-4  burial b of all three;  BED-5  dredging d of all three, 0 until a measure sets it
 *
 *   SED-1  family diagenesis: a thin layer with oxygen over one without. SOD = s O; s = transfer of solutes, m/d, such that
 *          SOD = c + a k^2/(k^2 + s^2), a = J_N by STO-1, J_N nitrogen mineralised, c oxygen that organic matter takes, k reaction velocity of
 *          nitrification: one root above 0                                            [DiToro2001] chapters 3 and 4, steady
 *   SED-2  of J_N the share s^2/(k^2 + s^2) comes out as ammonia;  SED-3  the rest as nitrate, with oxygen by STO-1
 *
 * C_b, N_b, P_b g/m2, fed by what settles in other families. */
#include "kinetics/family.h"
#include "kinetics/stoichiometry.h"

/* what both families know and do */
#define BED_PARAMS                                                                                              \
  {"k_organic",                                                                                                 \
   "1/d",                                                                                                       \
   0,                                                                                                           \
   0.01,                                                                                                        \
   1,                                                                                                           \
   "DiToro 2001: between the classes of 0.035 and 0.0018 (B)",                                                  \
   "mineralisation at 20 C"},                                                                                   \
    {"k_nitrogen", "1/d", 0, 0.01, 1, "DiToro 2001, as organic matter (B)", ""},                                \
    {"k_phosphorus",                                                                                            \
     "1/d",                                                                                                     \
     0,                                                                                                         \
     0.002,                                                                                                     \
     1,                                                                                                         \
     "assumption: most stays bound to iron while there is oxygen",                                              \
     "release with oxygen over the bed, at 20 C"},                                                              \
    {"theta", "", 1.0, 1.09, 1.15, "kinetics_water.csv jp_changhu (C)", ""},                                    \
    {"ks", "mg/L", 0.01, 0.5, 2, ECO__CHAPRA, "oxygen at which demand is half"},                                \
    {"anoxic", "", 0, 4, 50, "assumption", "how many times more phosphorus is released without oxygen"},        \
    {"ks_anoxic", "mg/L", 0.01, 1.0, 4, "assumption", "oxygen at which that is half"},                          \
    {"burial", "1/a", 0, 0.02, 1, "assumption: 10 cm buried by 2 mm a year", "loss to below the active layer"}, \
    {"dredging", "1/d", 0, 0, 10, "-", "removal by dredgers: 0.1 for 23 days takes nine tenths"},
#define BED_PHOSPHORUS_AND_LOSSES                                                                        \
  {"BED-3",                                                                                              \
   "release of phosphate",                                                                               \
   "at_temperature(k_phosphorus, theta) * (1 + anoxic * inhibition([DO], ks_anoxic)) * [bed P] / depth", \
   "-1 [bed P] +1 [PO4-P]",                                                                              \
   ECO_SIDE_BED,                                                                                         \
   0},                                                                                                   \
    {"BED-4", "demand buried or dredged", "gone * [bed CBOD]", "-1 [bed CBOD]", ECO_SIDE_BED, 0},        \
    {"BED-4", "nitrogen buried or dredged", "gone * [bed N]", "-1 [bed N]", ECO_SIDE_BED, 0},            \
    {"BED-5", "phosphorus buried or dredged", "gone * [bed P]", "-1 [bed P]", ECO_SIDE_BED, 0},

static const char *const bed_carries[] = {"bed CBOD", "bed N", "bed P", "DO", "NH3-N", "PO4-P"};
static const eco_family_param bed_params[] = {BED_PARAMS};
static const eco_family_definition bed_words[] = {
  {"oxic", "monod([DO], ks)"},
  {"gone", "(burial + dredging) / depth"},
};
static const eco_family_flux bed_fluxes[] = {
  {"BED-1", "mineralisation", "at_temperature(k_organic, theta) * oxic * [bed CBOD] / depth", "-1 [bed CBOD] -1 [DO]",
   ECO_SIDE_BED, 0},
  {"BED-2", "release of ammonia", "at_temperature(k_nitrogen, theta) * [bed N] / depth", "-1 [bed N] +1 [NH3-N]",
   ECO_SIDE_BED, 0},
  BED_PHOSPHORUS_AND_LOSSES};
const eco_family eco__family_bed =
  ECO__FAMILY("bed", "an active layer of the bed: oxygen demand, ammonia, phosphate; burial, dredging", bed_carries,
              bed_params, bed_words, bed_fluxes);

/* The same bed with its nitrogen nitrified on the way out; what it takes of oxygen follows from both. */
static const char *const diagenesis_carries[] = {"bed CBOD", "bed N", "bed P", "DO", "NH3-N", "NO3-N", "PO4-P"};
static const eco_family_param diagenesis_params[] = {
  {"kappa", "m/d", 0.001, 0.13, 2, "DiToro 2001, fresh water (B)",
   "reaction velocity of nitrification in the bed at 20 C"},
  {"theta_kappa", "", 1.0, 1.06, 1.15, "DiToro 2001 (B): 1.12 of its square", ""},
  {"least_oxygen", "mg/L", 0.001, 0.05, 1, "assumption", "less counts as this in the transfer"},
  BED_PARAMS};
static const eco_family_definition diagenesis_words[] = {
  {"oxic", "monod([DO], ks)"},
  {"organic", "at_temperature(k_organic, theta) * oxic * [bed CBOD]"},
  {"nitrogen", "at_temperature(k_nitrogen, theta) * [bed N]"},
  {"velocity", "at_temperature(kappa, theta_kappa)"},
  {"s", "bed_transfer(organic, " ECO__O2_NH4_TO_NO3 " * nitrogen, velocity, max([DO], least_oxygen))"},
  {"nitrified", "oxic * velocity * velocity / (velocity * velocity + s * s)"},
  {"gone", "(burial + dredging) / depth"},
};
static const eco_family_flux diagenesis_fluxes[] = {
  {"SED-1", "mineralisation", "organic / depth", "-1 [bed CBOD] -1 [DO]", ECO_SIDE_BED, 0},
  {"SED-2", "release of ammonia", "nitrogen * (1 - nitrified) / depth", "-1 [bed N] +1 [NH3-N]", ECO_SIDE_BED, 0},
  {"SED-3", "nitrified on the way out", "nitrogen * nitrified / depth",
   "-1 [bed N] +1 [NO3-N] -" ECO__O2_NH4_TO_NO3 " [DO]", ECO_SIDE_BED, 0},
  BED_PHOSPHORUS_AND_LOSSES};
const eco_family eco__family_diagenesis =
  ECO__FAMILY("diagenesis", "the bed in two layers: its oxygen demand, ammonia and nitrate from what settled in it",
              diagenesis_carries, diagenesis_params, diagenesis_words, diagenesis_fluxes);
