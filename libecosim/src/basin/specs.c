/* specs.c -- the parameter table: what every kind of item may say. One row serves checks, defaults, error texts,
 * `ecosim params` and the reference. "X.*" stands for one parameter a constituent: "conc.NH3-N".
 * A fallback of NaN with REQ for its source: must be given; without: may be absent, as its text says. */
#include "basin/basin.h"

#include <math.h>

#define NONE NAN
#define REQ ECO_MUST_BE_GIVEN
#define ASSUMED "assumption of libecosim"
#define REACHES(X) X(ECO_REACH) X(ECO_CANAL)
#define LAKES(X) X(ECO_LAKE) X(ECO_RESERVOIR)
#define WATERS(X) REACHES(X) LAKES(X)

/* clang-format off: tables, one row a parameter */

/* what every water may say */
#define WATER_ROWS(K)                                                                                                 \
  {K, "downstream", ECO_TEXT, "", 0, 0, NONE, "", "the water this one flows into; absent: the model's outlet"},       \
    {K, "county", ECO_TEXT, "", 0, 0, NONE, "", "county; may be absent"},                                             \
    {K, "inflow", ECO_MONTHLY, "m3/s", 0, 1e6, NONE, "", "boundary inflow at the upper end; may be absent"},          \
    {K, "daily.inflow", ECO_DAILY, "m3/s", 0, 1e6, NONE, "", "boundary inflow day by day; goes before inflow"},       \
    {K, "gaps", ECO_TEXT, "", 0, 0, NONE, "", "monthly: days that daily.inflow lacks are as inflow says"},            \
    {K, "inflow.*", ECO_MONTHLY, "mg/L", 0, 1e6, 0.0, ASSUMED, "concentration of the boundary inflow"},               \
    {K,                                                                                                               \
     "inflow_oxygen_share",                                                                                           \
     ECO_NUMBER,                                                                                                      \
     "",                                                                                                              \
     0,                                                                                                               \
     2,                                                                                                               \
     NONE,                                                                                                            \
     "",                                                                                                              \
     "DO of the boundary inflow over saturation at the water's temperature; absent: inflow.DO"},                      \
    {K, "initial.*", ECO_NUMBER, "mg/L", 0, 1e6, NONE, "", "concentration at the start; absent: 0 (DO: saturation)"}, \
    {K, "sod", ECO_NUMBER, "g/m2/d", 0, 100, NONE, "", "sediment oxygen demand at 20 C; absent: from kinetics"},      \
    {K, "release.NH3-N", ECO_NUMBER, "mg/m2/d", 0, 1e4, 0.0, ASSUMED, "ammonia released by the bed at 20 C"},         \
    {K, "release.TP", ECO_NUMBER, "mg/m2/d", 0, 1e4, 0.0, ASSUMED, "phosphorus released by the bed at 20 C"},

#define REACH_ROWS(K)                                                                                                    \
  {K, "length", ECO_NUMBER, "m", 1, 1e7, NONE, REQ, "along the water"},                                                  \
    {K, "bottom_width", ECO_NUMBER, "m", 0.01, 1e5, NONE, REQ, "of the trapezoid"},                                      \
    {K, "side_slope", ECO_NUMBER, "", 0, 100, NONE, REQ, "horizontal per vertical"},                                     \
    {K, "manning_n", ECO_NUMBER, "s/m^(1/3)", 0.005, 0.5, NONE, REQ, "Manning roughness"},                               \
    {K, "bed_up", ECO_NUMBER, "m", -500, 9000, NONE, REQ, "bed level at the upper end"},                                 \
    {K, "bed_down", ECO_NUMBER, "m", -500, 9000, NONE, REQ, "bed level at the lower end"},                               \
    {K, "initial_depth", ECO_NUMBER, "m", 0, 200, 0.5, ASSUMED, "depth at the start of the warm-up"},                    \
    {K, "enters_at", ECO_NUMBER, "m", 0, 1e7, 0.0, ASSUMED, "distance along the downstream water where this one joins"}, \
    {K, "dispersion", ECO_NUMBER, "m2/s", 0, 1e5, NONE, "", "longitudinal dispersion; absent: Fischer et al. 1979"},

#define LAKE_ROWS(K)                                                                                                 \
  {K, "level", ECO_TABLE, "m", -500, 9000, NONE, REQ, "levels of the table, strictly rising; the first is the bed"}, \
    {K, "area", ECO_TABLE, "m2", 0, 1e12, NONE, REQ, "water surface at each level, not falling, last above 0"},      \
    {K, "dead_volume", ECO_NUMBER, "m3", 0, 1e13, 0.0, ASSUMED, "volume below the first level"},                     \
    {K, "initial_level", ECO_NUMBER, "m", -500, 9000, NONE, REQ, "level at the start of the warm-up"},               \
    {K, "enters_at", ECO_NUMBER, "m", 0, 1e7, 0.0, ASSUMED, "distance along the downstream water where this one joins"},

static const eco_spec specs[] = {
#define ROWS(K) REACH_ROWS(K) WATER_ROWS(K)
  REACHES(ROWS)
#undef ROWS
#define ROWS(K) LAKE_ROWS(K) WATER_ROWS(K)
    LAKES(ROWS)
#undef ROWS
  /* structures: a law between two waters, or out of the model where `to` is absent */
  {ECO_STRUCTURE, "law", ECO_TEXT, "", 0, 0, NONE, REQ, "weir, gate, dam or intake"},
  {ECO_STRUCTURE, "from", ECO_TEXT, "", 0, 0, NONE, REQ, "the water above"},
  {ECO_STRUCTURE, "to", ECO_TEXT, "", 0, 0, NONE, "", "the water below; absent: leaves the model"},
  {ECO_STRUCTURE, "from_at", ECO_NUMBER, "m", 0, 1e7, NONE, "", "place along the water above; absent: its lower end"},
  {ECO_STRUCTURE, "to_at", ECO_NUMBER, "m", 0, 1e7, 0.0, ASSUMED, "place along the water below"},
  {ECO_STRUCTURE, "crest", ECO_NUMBER, "m", -500, 9000, NONE, "", "weir, gate: sill level; must be given for them"},
  {ECO_STRUCTURE, "width", ECO_NUMBER, "m", 0.01, 1e5, NONE, "",
   "weir, gate, dam: clear width; must be given for them"},
  {ECO_STRUCTURE, "coefficient", ECO_NUMBER, "", 0.05, 1.5, 0.62, "Bos 1989, order for sharp-crested weirs",
   "discharge coefficient Cd"},
  {ECO_STRUCTURE, "capacity", ECO_NUMBER, "m3/s", 0, 1e6, NONE, "", "largest flow; absent: no limit"},
  {ECO_STRUCTURE, "hold_level", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "dam: level it holds by spilling; must be given"},
  {ECO_STRUCTURE, "release", ECO_MONTHLY, "m3/s", 0, 1e6, 0.0, ASSUMED, "dam: least release while there is water"},
  {ECO_STRUCTURE, "demand", ECO_MONTHLY, "m3/s", 0, 1e6, NONE, "", "intake: flow wanted; must be given"},
  {ECO_STRUCTURE, "min_level", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "intake, dam: nothing is taken below; absent: 0.1 m above the bed"},
  {ECO_STRUCTURE, "open_level", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "gate: opens as the upper level rises through it; absent: always open"},
  {ECO_STRUCTURE, "band", ECO_NUMBER, "m", 0.001, 10, 0.2, ASSUMED, "gate: rise over which it opens fully"},
  {ECO_STRUCTURE, "smooth_drop", ECO_NUMBER, "m", 0, 1, 0.01, ASSUMED,
   "weir, gate, dam: below this drop between drowned levels the flow goes straight to zero"},
  {ECO_STRUCTURE, "one_way", ECO_NUMBER, "", 0, 1, 0.0, ASSUMED, "weir, gate: 1 shuts when the level below is higher"},
  {ECO_STRUCTURE, "active", ECO_NUMBER, "", 0, 1, 1.0, ASSUMED, "0: as if it were not there (a dam: open river)"},
  /* land */
  {ECO_CATCHMENT, "water", ECO_TEXT, "", 0, 0, NONE, REQ, "the water it drains to, evenly along its length"},
  {ECO_CATCHMENT, "county", ECO_TEXT, "", 0, 0, NONE, "", "county; may be absent"},
  {ECO_CATCHMENT, "area", ECO_NUMBER, "m2", 1, 1e13, NONE, REQ, "of the land; the surface of lakes is not land"},
  {ECO_CATCHMENT, "curve_number", ECO_NUMBER, "", 30, 100, NONE, REQ, "SCS curve number, average antecedent moisture"},
  {ECO_CATCHMENT, "percolation_time", ECO_NUMBER, "d", 1, 1000, 20.0, ASSUMED, "of soil water above field capacity"},
  {ECO_CATCHMENT, "quick_time", ECO_NUMBER, "d", 0.05, 100, 1.0, ASSUMED, "storage time of surface runoff"},
  {ECO_CATCHMENT, "slow_time", ECO_NUMBER, "d", 1, 3650, 60.0, ASSUMED, "storage time of base flow"},
  {ECO_CATCHMENT, "crop_factor", ECO_NUMBER, "", 0, 2, 0.75, ASSUMED, "actual over open-water evaporation on wet soil"},
  /* sources */
  {ECO_SOURCE, "water", ECO_TEXT, "", 0, 0, NONE, "", "where it discharges; or `catchment`"},
  {ECO_SOURCE, "at", ECO_NUMBER, "m", 0, 1e7, NONE, "", "place along the water; absent: evenly along it"},
  {ECO_SOURCE, "catchment", ECO_TEXT, "", 0, 0, NONE, "", "the land it lies on; needed for wash-off"},
  {ECO_SOURCE, "county", ECO_TEXT, "", 0, 0, NONE, "", "county; may be absent"},
  {ECO_SOURCE, "group", ECO_TEXT, "", 0, 0, NONE, "", "pig, paddy, wwtp, …; for draws and reports; may be absent"},
  {ECO_SOURCE, "timing", ECO_TEXT, "", 0, 0, NONE, "",
   "steady (absent) or washoff: in proportion to surface runoff, the yearly mean kept"},
  {ECO_SOURCE, "flow", ECO_NUMBER, "m3/s", 0, 1e5, 0.0, ASSUMED, "of its water"},
  {ECO_SOURCE, "conc.*", ECO_NUMBER, "mg/L", 0, 1e6, 0.0, ASSUMED, "concentration in its flow"},
  {ECO_SOURCE, "load.*", ECO_NUMBER, "kg/d", 0, 1e9, 0.0, ASSUMED, "load beside flow x conc, yearly mean"},
  {ECO_SOURCE, "active", ECO_NUMBER, "", 0, 1, 1.0, ASSUMED, "0: off"},
  /* soil sites */
  {ECO_SITE, "water", ECO_TEXT, "", 0, 0, NONE, REQ, "the water its leachate drains to"},
  {ECO_SITE, "county", ECO_TEXT, "", 0, 0, NONE, "", "county; may be absent"},
  {ECO_SITE, "contaminant", ECO_TEXT, "", 0, 0, NONE, REQ, "a constituent, such as Cd"},
  {ECO_SITE, "area", ECO_NUMBER, "m2", 1, 1e10, NONE, REQ, ""},
  {ECO_SITE, "depth", ECO_NUMBER, "m", 0.01, 100, NONE, REQ, "of the polluted layer"},
  {ECO_SITE, "total", ECO_NUMBER, "mg/kg", 0, 1e6, NONE, REQ, "content at the start, even with depth"},
  {ECO_SITE, "exchangeable_share", ECO_NUMBER, "", 0, 1, 0.5, ASSUMED, "of the total at the start; the rest is bound"},
  {ECO_SITE, "bulk_density", ECO_NUMBER, "kg/L", 0.1, 3, NONE, REQ, "dry"},
  {ECO_SITE, "water_content", ECO_NUMBER, "", 0.01, 1, NONE, REQ, "volume of water per volume of soil"},
  {ECO_SITE, "infiltration", ECO_NUMBER, "mm/a", 0, 1e5, NONE, REQ, "steady, downwards"},
  {ECO_SITE, "kd", ECO_NUMBER, "L/kg", 0, 1e7, NONE, "", "linear sorption; absent: from pH and organic matter"},
  {ECO_SITE, "ph", ECO_NUMBER, "", 2, 12, NONE, "", "needed where kd is absent"},
  {ECO_SITE, "organic_matter", ECO_NUMBER, "%", 0.01, 100, NONE, "", "needed where kd is absent"},
  {ECO_SITE, "kd_ph", ECO_NUMBER, "", -5, 5, NONE, "", "log10 kd = kd_ph pH + kd_om log10 OM + kd_0"},
  {ECO_SITE, "kd_om", ECO_NUMBER, "", -5, 5, NONE, "", "see kd_ph"},
  {ECO_SITE, "kd_0", ECO_NUMBER, "", -20, 20, NONE, "", "see kd_ph"},
  {ECO_SITE, "dispersivity", ECO_NUMBER, "m", 0, 10, 0.05, "kinetics_soil.csv dispersivity (B)", "of the column"},
  {ECO_SITE, "fix_rate", ECO_NUMBER, "1/d", 0, 10, 0.0, ASSUMED, "exchangeable to bound"},
  {ECO_SITE, "rev_rate", ECO_NUMBER, "1/d", 0, 10, 0.0, ASSUMED, "bound to exchangeable"},
  {ECO_SITE, "res_rate", ECO_NUMBER, "1/d", 0, 10, 0.0, ASSUMED, "bound to residual"},
  /* places */
  {ECO_SECTION, "water", ECO_TEXT, "", 0, 0, NONE, REQ, ""},
  {ECO_SECTION, "at", ECO_NUMBER, "m", 0, 1e7, NONE, "",
   "distance along a reach; absent: its lower end; lakes: not used"},
  /* climate */
  {ECO_CLIMATE, "t_mean", ECO_MONTHLY, "C", -60, 60, NONE, REQ, "mean air temperature"},
  {ECO_CLIMATE, "t_day_sd", ECO_NUMBER, "C", 0, 20, 2.8, ASSUMED, "standard deviation of daily means in a month"},
  {ECO_CLIMATE, "t_memory", ECO_NUMBER, "", 0, 0.99, 0.7, ASSUMED, "day to day correlation of the anomaly"},
  {ECO_CLIMATE, "p_wet_wet", ECO_MONTHLY, "", 0, 1, NONE, REQ, "chance of a wet day after a wet day"},
  {ECO_CLIMATE, "p_wet_dry", ECO_MONTHLY, "", 0, 1, NONE, REQ, "chance of a wet day after a dry day"},
  {ECO_CLIMATE, "gamma_shape", ECO_MONTHLY, "", 0.05, 50, NONE, REQ, "rain of a wet day"},
  {ECO_CLIMATE, "gamma_scale", ECO_MONTHLY, "mm", 0.01, 500, NONE, REQ, "rain of a wet day"},
  {ECO_CLIMATE, "evaporation", ECO_MONTHLY, "mm", 0, 1000, NONE, "",
   "from open water, a month; absent: from the weather by FAO paper 56"},
  {ECO_CLIMATE, "wind", ECO_MONTHLY, "m/s", 0, 60, NONE, REQ, "at 10 m"},
  {ECO_CLIMATE, "t_min", ECO_MONTHLY, "C", -60, 60, NONE, "", "mean daily minimum; with t_max"},
  {ECO_CLIMATE, "t_max", ECO_MONTHLY, "C", -60, 60, NONE, "", "mean daily maximum; with t_min"},
  {ECO_CLIMATE, "humidity", ECO_MONTHLY, "%", 0, 100, NONE, "", "relative; absent: from the day's minimum temperature"},
  {ECO_CLIMATE, "sunshine", ECO_MONTHLY, "h", 0, 744, NONE, "",
   "bright, a month; absent: from radiation or temperature"},
  {ECO_CLIMATE, "radiation", ECO_MONTHLY, "MJ/m2/d", 0, 50, NONE, "", "solar; goes before sunshine"},
  {ECO_CLIMATE, "evaporation_from", ECO_TEXT, "", 0, 0, NONE, "",
   "normals or weather; absent: normals where evaporation is given"},
  {ECO_CLIMATE, "latitude", ECO_NUMBER, "", -90, 90, NONE, "",
   "degrees north; needed for evaporation from the weather"},
  {ECO_CLIMATE, "altitude", ECO_NUMBER, "m", -500, 9000, NONE, "", "needed for evaporation from the weather"},
  {ECO_CLIMATE, "open_water_factor", ECO_NUMBER, "", 0, 3, 1.05, "Allen et al. 1998, table 12: open water, subhumid",
   "evaporation of open water over reference evapotranspiration"},
  {ECO_CLIMATE, "radiation_factor", ECO_NUMBER, "", 0.05, 0.3, 0.16, "Allen et al. 1998, eq. 50: interior; coast 0.19",
   "solar radiation from the day's range of temperature, 1/K^0.5"},
  {ECO_CLIMATE, "gaps", ECO_TEXT, "", 0, 0, NONE, "",
   "generate: what a daily series lacks; absent: such a day is a fault"},
  {ECO_CLIMATE, "daily.rain", ECO_DAILY, "mm", 0, 2000, NONE, "", "measured, of the day; the same for all members"},
  {ECO_CLIMATE, "daily.t_mean", ECO_DAILY, "C", -60, 60, NONE, "", "absent: mean of t_min and t_max"},
  {ECO_CLIMATE, "daily.t_min", ECO_DAILY, "C", -60, 60, NONE, "", "with daily.t_max"},
  {ECO_CLIMATE, "daily.t_max", ECO_DAILY, "C", -60, 60, NONE, "", "with daily.t_min"},
  {ECO_CLIMATE, "daily.wind", ECO_DAILY, "m/s", 0, 100, NONE, "", "at 10 m"},
  {ECO_CLIMATE, "daily.humidity", ECO_DAILY, "%", 0, 100, NONE, "", "relative, mean of the day"},
  {ECO_CLIMATE, "daily.sunshine", ECO_DAILY, "h", 0, 24, NONE, "", "bright, of the day"},
  {ECO_CLIMATE, "daily.radiation", ECO_DAILY, "MJ/m2/d", 0, 50, NONE, "", "solar; goes before sunshine"},
  {ECO_CLIMATE, "daily.evaporation", ECO_DAILY, "mm", 0, 100, NONE, "", "from open water; goes before all else"},
  /* kinetics: rates at 20 C; water kinds river (reaches, canals) and lake (lakes, reservoirs) */
  {ECO_KINETICS, "k_codmn_river", ECO_NUMBER, "1/d", 0, 10, 0.1, "kinetics_water.csv (C)", "CODMn decay"},
  {ECO_KINETICS, "k_codmn_lake", ECO_NUMBER, "1/d", 0, 10, 0.01, "kinetics_water.csv (C)", "CODMn decay"},
  {ECO_KINETICS, "k_nh3_river", ECO_NUMBER, "1/d", 0, 10, 0.12, "kinetics_water.csv k_nh3_bulk_river (C)",
   "NH3-N to other N, bulk"},
  {ECO_KINETICS, "k_nh3_lake", ECO_NUMBER, "1/d", 0, 10, 0.06, "kinetics_water.csv k_nit_lake (B)", "NH3-N to other N"},
  {ECO_KINETICS, "v_den_river", ECO_NUMBER, "m/d", 0, 10, 0.05, "kinetics_water.csv v_den (B)",
   "other N lost to the bed (denitrification)"},
  {ECO_KINETICS, "v_tn_lake", ECO_NUMBER, "m/a", 0, 1000, 6.0, "kinetics_water.csv k_tn_lake (C)",
   "other N lost to the bed"},
  {ECO_KINETICS, "k_tp_river", ECO_NUMBER, "1/d", 0, 10, 0.05, "kinetics_water.csv (C)", "TP apparent loss"},
  {ECO_KINETICS, "v_tp_lake", ECO_NUMBER, "m/a", 0, 1000, 12.0, "kinetics_water.csv vs_tp_lake (B)",
   "TP apparent settling"},
  {ECO_KINETICS, "sod_river", ECO_NUMBER, "g/m2/d", 0, 100, 0.5, "kinetics_water.csv sod_clean (B)",
   "sediment oxygen demand"},
  {ECO_KINETICS, "sod_lake", ECO_NUMBER, "g/m2/d", 0, 100, 1.2, "kinetics_water.csv sod_lake (B)",
   "sediment oxygen demand"},
  {ECO_KINETICS, "o2_per_codmn", ECO_NUMBER, "", 0, 20, 0.97,
   "assumption: class III limits of GB 3838, BOD5 4 over CODMn 6, times BODu/BOD5 1.46 (Chapra 1997)",
   "oxygen taken up per CODMn decayed"},
  {ECO_KINETICS, "ks_do", ECO_NUMBER, "mg/L", 0.01, 5, 1.0, "kinetics_water.csv ks_nit (B)",
   "DO at which oxidation runs at half speed"},
  {ECO_KINETICS, "theta_codmn", ECO_NUMBER, "", 1, 1.2, 1.047, "kinetics_water.csv", "temperature factor"},
  {ECO_KINETICS, "theta_nh3", ECO_NUMBER, "", 1, 1.2, 1.08, "kinetics_water.csv", "temperature factor"},
  {ECO_KINETICS, "theta_den", ECO_NUMBER, "", 1, 1.2, 1.06, "kinetics_water.csv v_den", "temperature factor"},
  {ECO_KINETICS, "theta_sod", ECO_NUMBER, "", 1, 1.2, 1.065, "kinetics_water.csv", "temperature factor"},
  {ECO_KINETICS, "theta_release", ECO_NUMBER, "", 1, 1.2, 1.09, "kinetics_water.csv jp_changhu (C)",
   "temperature factor"},
  {ECO_KINETICS, "theta_reaeration", ECO_NUMBER, "", 1, 1.2, 1.024, "kinetics_water.csv", "temperature factor"},
  {ECO_KINETICS, "heat_exchange", ECO_NUMBER, "W/m2/K", 1, 200, 25.0, ASSUMED,
   "surface exchange that draws the water's temperature to the air's"},
};
/* clang-format on */

size_t eco_spec_count(void)
{
  return sizeof specs / sizeof specs[0];
}

const eco_spec *eco_spec_at(size_t index)
{
  return index < eco_spec_count() ? &specs[index] : NULL;
}
