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
    {K,                                                                                                               \
     "inflow_temperature",                                                                                            \
     ECO_MONTHLY,                                                                                                     \
     "C",                                                                                                             \
     0,                                                                                                               \
     60,                                                                                                              \
     NONE,                                                                                                            \
     "",                                                                                                              \
     "of the boundary inflow, where temperature is carried; absent: as the water under its sky alone"},               \
    {K, "initial_temperature", ECO_NUMBER, "C", 0, 60, NONE, "", "at the start; absent: the air's of the month"},     \
    {K, "initial.*", ECO_NUMBER, "mg/L", 0, 1e6, NONE, "", "concentration at the start; absent: 0 (DO: saturation)"}, \
    {K, "sod", ECO_NUMBER, "g/m2/d", 0, 100, NONE, "", "sediment oxygen demand at 20 C; absent: from kinetics"},      \
    {K, "release.NH3-N", ECO_NUMBER, "mg/m2/d", 0, 1e4, 0.0, ASSUMED, "ammonia released by the bed at 20 C"},         \
    {K, "release.TP", ECO_NUMBER, "mg/m2/d", 0, 1e4, 0.0, ASSUMED, "phosphorus released by the bed at 20 C"},

#define REACH_ROWS(K)                                                                                                               \
  {K, "length", ECO_NUMBER, "m", 1, 1e7, NONE, REQ, "along the water"},                                                             \
    {K, "bottom_width", ECO_NUMBER, "m", 0.01, 1e6, NONE, "", "of the trapezoid; or a table of widths"},                            \
    {K, "side_slope", ECO_NUMBER, "", 0, 100, NONE, "", "of the trapezoid, horizontal per vertical"},                               \
    {K, "manning_n", ECO_NUMBER, "s/m^(1/3)", 0, 0.5, NONE, REQ, "Manning roughness"},                                              \
    {K, "chezy", ECO_NUMBER, "m^(1/2)/s", 1, 1000, NONE, "", "Chezy's C, instead of Manning's n; may be absent"},                   \
    {K, "section_depth", ECO_TABLE, "m", 0, 500, NONE, "", "surveyed section: depths over the bed, rising from 0"},                 \
    {K, "section_width", ECO_TABLE, "m", 0, 1e6, NONE, "", "surveyed section: width of the water there, not falling"},              \
    {K, "bank_depth", ECO_NUMBER, "m", 0, 500, NONE, "", "depth from which the flood plains carry flow; may be absent"},            \
    {K, "plain_n", ECO_NUMBER, "s/m^(1/3)", 0.005, 0.5, NONE, "", "Manning roughness of the flood plains"},                         \
    {K, "bed_up", ECO_NUMBER, "m", -500, 9000, NONE, "", "bed level at the upper end; or `bed`"},                                   \
    {K, "bed_down", ECO_NUMBER, "m", -500, 9000, NONE, "", "bed level at the lower end; or `bed`"},                                 \
    {K,    "bed_at", ECO_TABLE,                                                                                                     \
     "m",  0,        1e7,                                                                                                           \
     NONE, "",       "surveyed bed: distances from the upper end, rising from 0 to length"},                                        \
    {K, "bed", ECO_TABLE, "m", -500, 9000, NONE, "", "surveyed bed: levels at bed_at, linear between"},                             \
    {K, "initial_depth", ECO_NUMBER, "m", 0, 200, 0.5, ASSUMED, "depth at the start of the warm-up"},                               \
    {K, "enters_at", ECO_NUMBER, "m", 0, 1e7, 0.0, ASSUMED, "distance along the downstream water where this one joins"},            \
    {K,                                                                                                                             \
     "inlet",                                                                                                                       \
     ECO_TEXT,                                                                                                                      \
     "",                                                                                                                            \
     0,                                                                                                                             \
     0,                                                                                                                             \
     NONE,                                                                                                                          \
     "",                                                                                                                            \
     "fixed: the inflow's concentration is held at the upper end, as if the river went on above; absent: what flows in brings it"}, \
    {K,                                                                                                                             \
     "storage_area",                                                                                                                \
     ECO_NUMBER,                                                                                                                    \
     "m2",                                                                                                                          \
     0,                                                                                                                             \
     1e6,                                                                                                                           \
     NONE,                                                                                                                          \
     "",                                                                                                                            \
     "section of dead zones beside the flowing water (TSM-1); may be absent"},                                                      \
    {K, "storage_exchange", ECO_NUMBER, "1/s", 0, 1, NONE, "", "rate at which the flowing water exchanges with them"},              \
    {K, "branches_from", ECO_TEXT, "", 0, 0, NONE, "", "the water that the upper end branches off; may be absent"},                 \
    {K, "branches_at", ECO_NUMBER, "m", 0, 1e7, NONE, "", "distance along that water; absent: its lower end"},                      \
    {K,                                                                                                                             \
     "outlet_level",                                                                                                                \
     ECO_MONTHLY,                                                                                                                   \
     "m",                                                                                                                           \
     -500,                                                                                                                          \
     9000,                                                                                                                          \
     NONE,                                                                                                                          \
     "",                                                                                                                            \
     "without downstream: the level outside; absent: normal depth"},                                                                \
    {K,                                                                                                                             \
     "outlet_slope",                                                                                                                \
     ECO_NUMBER,                                                                                                                    \
     "",                                                                                                                            \
     1e-9,                                                                                                                          \
     1,                                                                                                                             \
     NONE,                                                                                                                          \
     "",                                                                                                                            \
     "without downstream: slope of normal depth; absent: the bed's"},                                                               \
    {K, "dispersion", ECO_NUMBER, "m2/s", 0, 1e5, NONE, "", "longitudinal dispersion; absent: Fischer et al. 1979"},

#define LAKE_ROWS(K)                                                                                                     \
  {K, "level", ECO_TABLE, "m", -500, 9000, NONE, REQ, "levels of the table, strictly rising; the first is the bed"},     \
    {K, "area", ECO_TABLE, "m2", 0, 1e12, NONE, REQ, "water surface at each level, not falling, last above 0"},          \
    {K, "dead_volume", ECO_NUMBER, "m3", 0, 1e13, 0.0, ASSUMED, "volume below the first level"},                         \
    {K, "initial_level", ECO_NUMBER, "m", -500, 9000, NONE, REQ, "level at the start of the warm-up"},                   \
    {K, "enters_at", ECO_NUMBER, "m", 0, 1e7, 0.0, ASSUMED, "distance along the downstream water where this one joins"}, \
    {K, "rain_factor", ECO_MONTHLY, "", 0, 10, 1.0, ASSUMED, "rain here over that of the climate"},                      \
    {K,                                                                                                                  \
     "exchanges_with",                                                                                                   \
     ECO_TEXT,                                                                                                           \
     "",                                                                                                                 \
     0,                                                                                                                  \
     0,                                                                                                                  \
     NONE,                                                                                                               \
     "",                                                                                                                 \
     "lake beside it with which it exchanges water both ways, MIX-5; both mixed"},                                       \
    {K, "exchange", ECO_NUMBER, "m3/s", 0, 1e6, 0.0, ASSUMED, "with that lake, without wind"},                           \
    {K,                                                                                                                  \
     "wind_exchange",                                                                                                    \
     ECO_NUMBER,                                                                                                         \
     "m2",                                                                                                               \
     0,                                                                                                                  \
     1e6,                                                                                                                \
     0.0,                                                                                                                \
     ASSUMED,                                                                                                            \
     "with that lake, m3/s for each m/s of wind: some hundredths of their section"},                                     \
    {K, "layers", ECO_NUMBER, "", 2, 100, NONE, "", "of equal thickness, LAY-1; absent: the lake is mixed"},             \
    {K,                                                                                                                  \
     "initial_bottom_temperature",                                                                                       \
     ECO_NUMBER,                                                                                                         \
     "C",                                                                                                                \
     0,                                                                                                                  \
     60,                                                                                                                 \
     NONE,                                                                                                               \
     "",                                                                                                                 \
     "of a layered lake, at the bed; straight from the surface's; absent: the same"},                                    \
    {K, "light_extinction", ECO_NUMBER, "1/m", 0.05, 20, 0.8, ASSUMED, "of a layered lake: 1.7 over its Secchi depth"},  \
    {K,                                                                                                                  \
     "wind_share",                                                                                                       \
     ECO_NUMBER,                                                                                                         \
     "",                                                                                                                 \
     0,                                                                                                                  \
     1,                                                                                                                  \
     NONE,                                                                                                               \
     "",                                                                                                                 \
     "of the wind's work that mixes a layered lake; absent: by its surface, LAY-7"},                                     \
    {K, "vertical_exchange", ECO_NUMBER, "m2/s", 0, 1, NONE, "", "between the layers; absent: LAY-5"},

static const eco_spec specs[] = {
#define ROWS(K) REACH_ROWS(K) WATER_ROWS(K)
  REACHES(ROWS)
#undef ROWS
#define ROWS(K) LAKE_ROWS(K) WATER_ROWS(K)
    LAKES(ROWS)
#undef ROWS
  /* structures: a law between two waters, or out of the model where `to` is absent */
  {ECO_STRUCTURE, "law", ECO_TEXT, "", 0, 0, NONE, REQ,
   "weir, gate, dam, intake, orifice, culvert, siphon, pump, rating or link"},
  {ECO_STRUCTURE, "from", ECO_TEXT, "", 0, 0, NONE, REQ, "the water above"},
  {ECO_STRUCTURE, "to", ECO_TEXT, "", 0, 0, NONE, "", "the water below; absent: leaves the model"},
  {ECO_STRUCTURE, "from_at", ECO_NUMBER, "m", 0, 1e7, NONE, "", "place along the water above; absent: its lower end"},
  {ECO_STRUCTURE, "to_at", ECO_NUMBER, "m", 0, 1e7, 0.0, ASSUMED, "place along the water below"},
  {ECO_STRUCTURE, "outside_level", ECO_MONTHLY, "m", -500, 9000, NONE, "",
   "where it leaves the model: level there, from which nothing comes back; absent: a free fall"},
  {ECO_STRUCTURE, "draws_at", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "level of the opening through which it draws from a layered lake; absent: its min_level, crest, centre or invert, else the "
   "surface"},
  {ECO_STRUCTURE, "crest", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "weir, gate: sill level, must be given for them; dam: sill under gates that open over `band` above the level it holds, "
   "absent: it spills as a weir of that level"},
  {ECO_STRUCTURE, "width", ECO_NUMBER, "m", 0.01, 1e5, NONE, "",
   "weir, gate, dam, box culvert: clear width; must be given for them"},
  {ECO_STRUCTURE, "coefficient", ECO_NUMBER, "", 0.05, 1.5, 0.62, "Bos 1989, order for sharp-crested weirs",
   "discharge coefficient Cd"},
  {ECO_STRUCTURE, "capacity", ECO_NUMBER, "m3/s", 0, 1e6, NONE, "",
   "largest flow; absent: no limit; pump without a curve: of all units together, must be given"},
  {ECO_STRUCTURE, "hold_level", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "dam: level it holds by spilling; must be given, or a rule curve"},
  {ECO_STRUCTURE, "rule_day", ECO_TABLE, "d", 1, 366, NONE, "", "dam: days of the year of its rule curve, rising"},
  {ECO_STRUCTURE, "rule_level", ECO_TABLE, "m", -500, 9000, NONE, "",
   "dam: level it holds on those days, straight between them and round the year"},
  {ECO_STRUCTURE, "release", ECO_MONTHLY, "m3/s", 0, 1e6, 0.0, ASSUMED, "dam: least release while there is water"},
  {ECO_STRUCTURE, "demand", ECO_MONTHLY, "m3/s", 0, 1e6, NONE, "",
   "intake: flow wanted, must be given; dam: flow for power and supply, the release in it"},
  {ECO_STRUCTURE, "supply_level", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "dam: below it the release alone is given; absent: min_level"},
  {ECO_STRUCTURE, "serves", ECO_TEXT, "", 0, 0, NONE, "",
   "intake that feeds a canal: an intake further down from which paddies are irrigated; it is asked for what that one wants, "
   "at most for its own demand"},
  {ECO_STRUCTURE, "min_level", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "intake, dam, pump, siphon: nothing is taken below; absent: 0.1 m above the bed"},
  {ECO_STRUCTURE, "open_level", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "gate: opens as the upper level rises through it; absent: always open"},
  {ECO_STRUCTURE, "opening", ECO_NUMBER, "m", 0, 50, NONE, "",
   "gate: height of the opening over its sill; absent: as high as the water"},
  {ECO_STRUCTURE, "band", ECO_NUMBER, "m", 0.001, 10, 0.2, ASSUMED,
   "gate, dam with a sill: rise over which it opens fully"},
  {ECO_STRUCTURE, "area", ECO_NUMBER, "m2", 1e-6, 1e5, NONE, "", "orifice, siphon: clear area; must be given for them"},
  {ECO_STRUCTURE, "centre", ECO_NUMBER, "m", -500, 9000, NONE, "", "orifice: level of its centre; must be given"},
  {ECO_STRUCTURE, "diameter", ECO_NUMBER, "m", 0.05, 50, NONE, "",
   "culvert: of a round barrel; absent: a box of width and height"},
  {ECO_STRUCTURE, "height", ECO_NUMBER, "m", 0.05, 50, NONE, "", "culvert: of a box"},
  {ECO_STRUCTURE, "barrels", ECO_NUMBER, "", 1, 100, 1.0, ASSUMED, "culvert: how many, side by side"},
  {ECO_STRUCTURE, "length", ECO_NUMBER, "m", 0.1, 1e5, NONE, "", "culvert: of the barrel; must be given"},
  {ECO_STRUCTURE, "manning_n", ECO_NUMBER, "s/m^(1/3)", 0.005, 0.5, NONE, "", "culvert: roughness; must be given"},
  {ECO_STRUCTURE, "invert_up", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "culvert: invert at the upper end; must be given"},
  {ECO_STRUCTURE, "invert_down", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "culvert: invert at the lower end; must be given"},
  {ECO_STRUCTURE, "entry_loss", ECO_NUMBER, "", 0, 5, 0.5, "FHWA 2012 (HDS-5), square edge in a headwall",
   "culvert: head lost at the mouth over u2/2g"},
  {ECO_STRUCTURE, "loss", ECO_NUMBER, "", 1, 1000, 2.0, ASSUMED,
   "siphon: head lost over u2/2g, mouth to outlet, exit and friction in it"},
  {ECO_STRUCTURE, "outlet_level", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "pump: level it lifts to at least, absent: the bed below; siphon: level its head counts from at least, absent: min_level"},
  {ECO_STRUCTURE, "on_level", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "pump: level above at which its first unit starts; siphon: level at which it fills; absent: always on"},
  {ECO_STRUCTURE, "off_level", ECO_NUMBER, "m", -500, 9000, NONE, "",
   "pump, siphon: level at which it stops, below on_level; absent: on_level"},
  {ECO_STRUCTURE, "units", ECO_NUMBER, "", 0, 100, 1.0, ASSUMED, "pump: how many, all alike"},
  {ECO_STRUCTURE, "stage", ECO_NUMBER, "m", 0, 10, 0.0, ASSUMED,
   "pump: each further unit starts and stops this much higher"},
  {ECO_STRUCTURE, "lift", ECO_TABLE, "m", -100, 1000, NONE, "",
   "pump: heads of its curve, rising; absent: `capacity` at any head"},
  {ECO_STRUCTURE, "lift_flow", ECO_TABLE, "m3/s", 0, 1e6, NONE, "",
   "pump: flow of one unit at each lift, falling; beyond the last straight on to nothing"},
  {ECO_STRUCTURE, "rating_level", ECO_TABLE, "m", -500, 9000, NONE, "",
   "rating: levels above, rising; below the first straight to nothing at the bed"},
  {ECO_STRUCTURE, "rating_flow", ECO_TABLE, "m3/s", 0, 1e6, NONE, "",
   "rating: flow at each level, not falling; above the last as there"},
  {ECO_STRUCTURE, "conductance", ECO_NUMBER, "m2/s", 0, 1e6, NONE, "",
   "link: flow over the difference of levels, as of seepage or of gaps; must be given"},
  {ECO_STRUCTURE, "smooth_drop", ECO_NUMBER, "m", 1e-4, 1, 0.01, ASSUMED,
   "below this drop between drowned levels the flow goes straight to zero"},
  {ECO_STRUCTURE, "one_way", ECO_NUMBER, "", 0, 1, 0.0, ASSUMED,
   "1 shuts when the level below is higher; what leaves the model is always so"},
  {ECO_STRUCTURE, "active", ECO_NUMBER, "", 0, 1, 1.0, ASSUMED, "0: as if it were not there (a dam: open river)"},
  /* land */
  {ECO_CATCHMENT, "water", ECO_TEXT, "", 0, 0, NONE, REQ, "the water it drains to, evenly along its length"},
  {ECO_CATCHMENT, "county", ECO_TEXT, "", 0, 0, NONE, "", "county; may be absent"},
  {ECO_CATCHMENT, "area", ECO_NUMBER, "m2", 1, 1e13, NONE, REQ, "of the land; the surface of lakes is not land"},
  {ECO_CATCHMENT, "rain_factor", ECO_MONTHLY, "", 0, 10, 1.0, ASSUMED, "rain here over that of the climate"},
  {ECO_CATCHMENT, "runoff", ECO_TEXT, "", 0, 0, NONE, "", "natural land: scs_cn (absent) or xinanjiang"},
  {ECO_CATCHMENT, "curve_number", ECO_NUMBER, "", 30, 100, NONE, "",
   "scs_cn: SCS curve number, average antecedent moisture; must be given"},
  {ECO_CATCHMENT, "percolation_time", ECO_NUMBER, "d", 1, 1000, 20.0, ASSUMED,
   "scs_cn: of soil water above field capacity"},
  {ECO_CATCHMENT, "crop_factor", ECO_NUMBER, "", 0, 2, 0.75, ASSUMED,
   "natural land: actual over open-water evaporation on wet soil (Zhao's KC)"},
  {ECO_CATCHMENT, "upper_capacity", ECO_NUMBER, "mm", 1, 200, 20.0, "Zhao 1992: 5..20 (B)",
   "xinanjiang WUM: tension water of the upper layer"},
  {ECO_CATCHMENT, "lower_capacity", ECO_NUMBER, "mm", 1, 300, 70.0, "Zhao 1992: 60..90 (B)",
   "xinanjiang WLM: of the lower layer"},
  {ECO_CATCHMENT, "deep_capacity", ECO_NUMBER, "mm", 1, 300, 30.0, "Zhao 1992: WM about 120 in humid land (B)",
   "xinanjiang WDM: of the deep layer"},
  {ECO_CATCHMENT, "deep_share", ECO_NUMBER, "", 0, 1, 0.16, "Zhao 1992: 0.08..0.18 (B)",
   "xinanjiang C: evaporation of deep roots"},
  {ECO_CATCHMENT, "capacity_exponent", ECO_NUMBER, "", 0, 5, 0.3, "Zhao 1992: 0.1..0.4 (B)",
   "xinanjiang B: of the tension-water capacity curve"},
  {ECO_CATCHMENT, "impervious_share", ECO_NUMBER, "", 0, 1, 0.01, "Zhao 1992: 0.01..0.02 (B)",
   "xinanjiang IM: of natural land; paved towns are urban_share"},
  {ECO_CATCHMENT, "free_capacity", ECO_NUMBER, "mm", 0, 500, 20.0, "Zhao 1992: 10..50 (B)",
   "xinanjiang SM: free water; 0: all runoff is surface runoff"},
  {ECO_CATCHMENT, "free_exponent", ECO_NUMBER, "", 0, 5, 1.5, "Zhao 1992: 1..1.5 (B)",
   "xinanjiang EX: of the free-water capacity curve"},
  {ECO_CATCHMENT, "interflow_share", ECO_NUMBER, "1/d", 0, 1, 0.35, "Zhao 1992: KI + KG 0.7..0.8 (B)",
   "xinanjiang KI: free water that becomes interflow in a day"},
  {ECO_CATCHMENT, "groundwater_share", ECO_NUMBER, "1/d", 0, 1, 0.35, "Zhao 1992: KI + KG 0.7..0.8 (B)",
   "xinanjiang KG: free water that becomes groundwater in a day"},
  {ECO_CATCHMENT, "interflow_recession", ECO_NUMBER, "", 0, 0.9999, 0.7, "Zhao 1992: 0.5..0.9 (B)",
   "xinanjiang CI: interflow left after a day"},
  {ECO_CATCHMENT, "groundwater_recession", ECO_NUMBER, "", 0, 0.9999, 0.98, "Zhao 1992: 0.95..0.998 (B)",
   "xinanjiang CG: groundwater flow left after a day"},
  {ECO_CATCHMENT, "snow_below", ECO_NUMBER, "C", -50, 10, 1.0, "Anderson 2006, PXTEMP 0..2 C (B)",
   "mean air temperature of the day at and below which snow falls"},
  {ECO_CATCHMENT, "melt_above", ECO_NUMBER, "C", -10, 10, 0.0, "Hock 2003 (B)",
   "air temperature above which snow melts"},
  {ECO_CATCHMENT, "melt_factor", ECO_NUMBER, "mm/K/d", 0, 20, 4.0, "Hock 2003: 2.5..5.5 (B)",
   "degree-day factor of snow"},
  {ECO_CATCHMENT, "paddy_share", ECO_NUMBER, "", 0, 1, 0.0, ASSUMED, "rice fields, of the area"},
  {ECO_CATCHMENT, "paddy_lower", ECO_MONTHLY, "mm", -500, 1000, NONE, "",
   "paddies: water over the soil below which irrigation begins (below 0: what the soil lacks to be full); must be given"},
  {ECO_CATCHMENT, "paddy_target", ECO_MONTHLY, "mm", 0, 1000, NONE, "",
   "paddies: up to where irrigation fills; 0: none in the month; must be given"},
  {ECO_CATCHMENT, "paddy_sill", ECO_MONTHLY, "mm", 0, 1000, NONE, "",
   "paddies: water over the soil that drains off above; 0: drained fields; must be given"},
  {ECO_CATCHMENT, "paddy_crop_factor", ECO_MONTHLY, "", 0, 2, 1.0, "Allen et al. 1998: Kc 1.05..1.2 over Kw 1.05 (B)",
   "paddies: evapotranspiration over open-water evaporation on full soil"},
  {ECO_CATCHMENT, "paddy_soil", ECO_NUMBER, "mm", 1, 1000, 100.0, ASSUMED,
   "paddies: water that their soil holds when full"},
  {ECO_CATCHMENT, "paddy_percolation", ECO_NUMBER, "mm/d", 0, 100, 2.0,
   "Bouman et al. 1994: 0..5 above a plough sole (B)", "paddies: of ponded soil, to base flow"},
  {ECO_CATCHMENT, "irrigation", ECO_TEXT, "", 0, 0, NONE, "",
   "paddies: the intake that gives what ponds do not; its demand is the most it may take; absent: own ponds only"},
  {ECO_CATCHMENT, "irrigation_efficiency", ECO_NUMBER, "", 0.05, 1, 0.55,
   "State Council of China 2012, goals 0.53..0.6 (B)",
   "of the intake's water that reaches the fields; the rest seeps to base flow"},
  {ECO_CATCHMENT, "irrigation_most", ECO_NUMBER, "mm/d", 0, 1000, 10.0, ASSUMED,
   "that fields are given in a day: they take turns"},
  {ECO_CATCHMENT, "pond_capacity", ECO_NUMBER, "mm", 0, 1000, 0.0, ASSUMED,
   "small ponds that irrigate paddies, over the catchment; 0: none"},
  {ECO_CATCHMENT, "pond_share", ECO_NUMBER, "", 0, 1, 1.0, ASSUMED,
   "of the natural land's surface runoff that passes its ponds"},
  {ECO_CATCHMENT, "urban_share", ECO_NUMBER, "", 0, 1, 0.0, ASSUMED, "impervious land, of the area"},
  {ECO_CATCHMENT, "depression", ECO_NUMBER, "mm", 0, 100, 2.0, "Rossman & Huber 2016: 1.3..2.5 (B)",
   "urban: rain that stays in depressions"},
  {ECO_CATCHMENT, "routing", ECO_TEXT, "", 0, 0, NONE, "",
   "of surface runoff: linear (absent), nash, unit_hydrograph or muskingum"},
  {ECO_CATCHMENT, "quick_time", ECO_NUMBER, "d", 0.05, 100, 1.0, ASSUMED,
   "linear, nash: storage time of surface runoff, of each reservoir"},
  {ECO_CATCHMENT, "reservoirs", ECO_NUMBER, "", 1, 10, 3.0, ASSUMED, "nash: reservoirs in series, whole or not"},
  {ECO_CATCHMENT, "unit_hydrograph", ECO_TABLE, "", 0, 1, NONE, "",
   "share that arrives on each day, from the same; adds up to 1"},
  {ECO_CATCHMENT, "muskingum_time", ECO_NUMBER, "d", 0.1, 10, 1.0, ASSUMED, "muskingum: travel time K"},
  {ECO_CATCHMENT, "muskingum_weight", ECO_NUMBER, "", 0, 0.4, 0.2, "Ponce 1989: 0..0.5 (B)",
   "muskingum: weight X of the inflow"},
  {ECO_CATCHMENT, "slow_time", ECO_NUMBER, "d", 1, 3650, 60.0, ASSUMED, "scs_cn: storage time of base flow"},
  /* sources */
  {ECO_SOURCE, "water", ECO_TEXT, "", 0, 0, NONE, "", "where it discharges; or `catchment`"},
  {ECO_SOURCE, "at", ECO_NUMBER, "m", 0, 1e7, NONE, "", "place along the water; absent: evenly along it"},
  {ECO_SOURCE, "catchment", ECO_TEXT, "", 0, 0, NONE, "", "the land it lies on; needed for wash-off"},
  {ECO_SOURCE, "county", ECO_TEXT, "", 0, 0, NONE, "", "county; may be absent"},
  {ECO_SOURCE, "group", ECO_TEXT, "", 0, 0, NONE, "", "pig, paddy, wwtp, …; for draws and reports; may be absent"},
  {ECO_SOURCE, "timing", ECO_TEXT, "", 0, 0, NONE, "",
   "steady (absent); washoff: in proportion to surface runoff, the yearly mean kept; overflow: what a combined sewer spills, CSO-1"},
  {ECO_SOURCE, "capacity", ECO_NUMBER, "m3/s", 0, 1e5, NONE, "",
   "overflow: flow that the sewer carries on; must be given"},
  {ECO_SOURCE, "sewered_area", ECO_NUMBER, "m2", 0, 1e10, NONE, "",
   "overflow: paved land that drains to it; must be given"},
  {ECO_SOURCE, "runoff_share", ECO_NUMBER, "", 0, 1, 0.9, ASSUMED,
   "overflow: of rain beyond the catchment's depression"},
  {ECO_SOURCE, "storm_hours", ECO_NUMBER, "h", 0.5, 24, 6.0, ASSUMED, "overflow: in which a day's rain falls"},
  {ECO_SOURCE, "flow", ECO_NUMBER, "m3/s", 0, 1e5, 0.0, ASSUMED, "of its water"},
  {ECO_SOURCE, "temperature", ECO_NUMBER, "C", 0, 100, NONE, "",
   "of its water, where temperature is carried; absent: as the water it enters under its sky alone"},
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
  {ECO_SECTION, "depth", ECO_NUMBER, "m", 0, 500, 0.0, ASSUMED, "under the surface of a layered lake"},
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
  {ECO_KINETICS, "heat", ECO_TEXT, "", 0, 0, NONE, "",
   "air (absent): temperature drawn to the air's by heat_exchange; budget: by radiation, humidity, wind"},
  {ECO_KINETICS, "temperature", ECO_TEXT, "", 0, 0, NONE, "",
   "local (absent): of each water under its sky alone; carried: with the water that moves, by the step"},
  {ECO_KINETICS, "states", ECO_TEXT, "", 0, 0, NONE, "",
   "bulk (absent): CODMn, NH3-N, other N, TP, DO, Cd and the basin's own; own: those alone"},
  /* constituents of the basin's own */
  {ECO_CONSTITUENT, "decay", ECO_NUMBER, "1/d", 0, 1e4, 0.0, ASSUMED, "first-order loss at 20 C"},
  {ECO_CONSTITUENT, "theta", ECO_NUMBER, "", 0.9, 1.3, 1.0, ASSUMED,
   "of the decay, per C from 20 C; 1: no temperature factor"},
  {ECO_CONSTITUENT, "settling", ECO_NUMBER, "m/d", 0, 1000, 0.0, ASSUMED, "velocity at which it leaves to the bed"},
  {ECO_CONSTITUENT, "bed", ECO_NUMBER, "", 0, 1, 0.0, ASSUMED, "1: it lies on the bed, in g/m2, and is not carried"},
  {ECO_PROCESS, "waters", ECO_TEXT, "", 0, 0, NONE, "", "waters it runs in, their names separated by ';'; absent: all"},
  {ECO_OBSERVABLE, "of", ECO_TEXT, "", 0, 0, NONE, REQ, "what is added up: \"[NH3-N] + [NO3-N] + 0.18 [diatoms C]\""},
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
