/* kinetics.h -- what happens to the constituents inside a cell. Pure: no I/O, no allocation, no clock. */
#ifndef ECO__KINETICS_H
#define ECO__KINETICS_H

#include "basin/basin.h"

/* Rates that stand over a depth use at least this depth, m: a cell that runs dry keeps a film, and the bed must not act
 * without bound on water that is not there. */
#define ECO__DEPTH_FLOOR_M 0.05
#define ECO__DAYS_PER_YEAR 365.25
#define ECO__ALBEDO \
  0.03 /* of water, as HEAT-1's long wave; 0.03..0.1 of the short wave in the day's mean (Chapra 1997) */
#define ECO__WATER_RHO_C 4.1868e6 /* J/m3/K: 1000 kg/m3 times 4186.8 J/kg/K (one calorie; true to 1 % over 0..35 C) */

/* Rates of the "kinetics" item, in the order of its rows in basin/specs.c; arrays [param][lane] (draws differ by
 * lane). */
enum {
  ECO__K_CODMN_RIVER,
  ECO__K_CODMN_LAKE,
  ECO__K_NH3_RIVER,
  ECO__K_NH3_LAKE,
  ECO__V_DEN_RIVER,
  ECO__V_TN_LAKE,
  ECO__K_TP_RIVER,
  ECO__V_TP_LAKE,
  ECO__SOD_RIVER,
  ECO__SOD_LAKE,
  ECO__O2_PER_CODMN,
  ECO__KS_DO,
  ECO__THETA_CODMN,
  ECO__THETA_NH3,
  ECO__THETA_DEN,
  ECO__THETA_SOD,
  ECO__THETA_RELEASE,
  ECO__THETA_REAERATION,
  ECO__HEAT_EXCHANGE,
  ECO__N_KINETICS
};

/* Effective rates of one cell, [lane] each: temperature, depth and speed are in them. Made once a day. */
enum {
  ECO__R_CODMN,    /* 1/d  first-order decay at full oxygen */
  ECO__R_NH3,      /* 1/d  NH3-N -> other N at full oxygen */
  ECO__R_ON,       /* 1/d  other N lost */
  ECO__R_TP,       /* 1/d  TP lost */
  ECO__R_REAER,    /* 1/d  reaeration */
  ECO__R_DOSAT,    /* mg/L saturation */
  ECO__R_SOD,      /* mg/L/d  sediment oxygen demand over depth, at full oxygen */
  ECO__R_REL_NH3,  /* mg/L/d  bed release over depth */
  ECO__R_REL_TP,   /* mg/L/d */
  ECO__R_O2_CODMN, /* oxygen per CODMn */
  ECO__R_KS_DO,    /* mg/L */
  ECO__N_RATES
};
/* Integrated fluxes of a step, mg/L each (before division by anything): what the ledger counts. */
enum {
  ECO__F_CODMN,   /* decayed */
  ECO__F_NH3,     /* nitrified: NH3-N -> other N */
  ECO__F_ON,      /* lost */
  ECO__F_TP,      /* lost */
  ECO__F_REAER,   /* air -> DO, net, may be negative */
  ECO__F_DEMAND,  /* DO taken up by oxidation, nitrification and the bed */
  ECO__F_REL_NH3, /* bed -> water */
  ECO__F_REL_TP,  /* bed -> water */
  ECO__N_FLUXES
};

/* KIN-1.. rates[rate][lane] of one cell. is_lake: lake or reservoir. depth, speed, temperature [lane]; wind [lane] m/s;
 * sod [NaN: from kinetics], release_nh3, release_tp of the water (g/m2/d, mg/m2/d at 20 C). */
void eco__kinetics_rates(size_t n_lanes, bool is_lake, const double *const *params, const double *depth_m,
                         const double *speed_m_s, const double *temp_c, const double *wind_m_s, double sod_g_m2_d,
                         double release_nh3_mg_m2_d, double release_tp_mg_m2_d, double *const *rates);
/* OWN-1: loss of a constituent of a basin's own, 1/d: k theta^(T - 20) + v / H */
double eco__own_decay(double per_d, double theta, double settling_m_d, double depth_m, double temp_c);
/* MPR-1.. one step of dt_d days of one cell for n_lanes lanes: conc[state][lane] mg/L in and out, flux[flux][lane] out.
 * Positive and conserving at any step, second order (modified Patankar-Runge-Kutta 2). The new concentration is the old
 * plus the fluxes to round-off. Cd has no reaction here. No branches on lanes. */
void eco__kinetics_step(size_t n_lanes, double dt_d, const double *const *rates, double *const *conc,
                        double *const *flux);

/* OXY-.. single formulas, for tests and reference */
double eco__oxygen_saturation(double temp_c);                   /* APHA / Benson & Krause 1984, sea level, fresh */
double eco__reaeration_river(double speed_m_s, double depth_m); /* 1/d at 20 C, Covar's choice */
double eco__reaeration_lake(double wind_m_s);                   /* m/d, Banks & Herrera 1977 */
/* TEM-1: water temperature after dt, drawn to the air's over the depth (Edinger et al. 1974), implicit */
double eco__water_temperature(double temp_c, double air_c, double depth_m, double exchange_w_m2_k, double dt_s);

/* ---- heat.c ---- HEAT-1.. W/m2, and the temperature that follows */
typedef struct eco__sky { /* over a water, means of a step */
  double short_wave_w_m2, air_c, vapour_mmhg, wind_m_s;
  double cloud; /* share of the sky, 0..1 */
} eco__sky;
eco__sky eco__sky_of(double radiation_mj_m2_d, double air_c, double humidity_pct, double saturation_kpa,
                     double wind_m_s);
double eco__cloud_share(double radiation_mj_m2_d, double extraterrestrial_mj_m2_d); /* HEAT-8 */
bool eco__sky_is_known(const eco__sky *sky); /* whether it has what HEAT-5 asks for */
double eco__vapour_mmhg(double temp_c);      /* at saturation */
double eco__atmospheric_long_wave(double air_c, double vapour_mmhg);
double eco__back_radiation(double temp_c);
double eco__evaporation_heat(double temp_c, double vapour_mmhg, double wind_m_s); /* lost; below 0: dew */
double eco__conduction_heat(double temp_c, double air_c, double wind_m_s);        /* lost */
double eco__surface_heat(const eco__sky *sky, double temp_c);                     /* gained, net */
typedef struct eco__heat_line { /* W/m2 gained by water of T: exchange (toward - T) */
  double exchange_w_m2_k, toward_c;
} eco__heat_line;
eco__heat_line eco__heat_line_of(const eco__sky *sky, double temp_c,
                                 double depth_m); /* of a day that begins with temp_c */
double eco__heated_temperature(const eco__sky *sky, double temp_c, double depth_m, double dt_s);

#endif
