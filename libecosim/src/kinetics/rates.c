/* rates.c -- the effective rates of one cell: what step.c needs, with temperature, depth and speed in them.
 *
 *   KIN-1   k(T) = k_20 theta^(T - 20)                                        [Chapra1997] lecture 2
 *   KIN-2   CODMn          k_codmn(T)                   decay at full oxygen
 *   KIN-3   NH3-N          k_nh3(T)                     to other N at full oxygen [Chapra1997] lecture 23
 *   KIN-4   other N, river v_den(T) / H;  lake v_tn / H    lost to the bed     [Vollenweider1975], velocity over depth
 *   KIN-5   TP,      river k_tp;          lake v_tp / H    lost to the bed     [Vollenweider1975]
 *   KIN-6   reaeration, river OXY-5 (T);  lake K_L (OXY-6) (T) / H
 *   KIN-7   bed            sod(T) / H,  release(T) / H
 *   OWN-1   own            k_20 theta^(T - 20) + v / H          of a constituent of the basin's own; v settling m/d
 *
 *   k      *_river, *_lake   1/d      rates at 20 C, arrays [lane]; with theta of their own
 *   v_den                    m/d      at 20 C
 *   v_tn, v_tp               m/a      yearly means from lake budgets: they have no temperature factor; 365.25 d/a
 *   sod                      g/m2/d   at 20 C; NaN: the kinetics' own for the kind of water
 *   release                  mg/m2/d  at 20 C
 *   H      depth_m           m        not below 0.05: a cell that runs dry keeps a film, through which the bed would
 *                                     otherwise act without bound on water that is not there */
#include "kinetics/kinetics.h"

#include <math.h>

#define MG_PER_L_OF_MG_PER_M3 1e-3

static double at_temperature(double theta, double temp_c) /* KIN-1 */
{
  return pow(theta, temp_c - 20.0);
}

void eco__kinetics_rates(size_t n_lanes, bool is_lake, const double *const *params, const double *depth_m,
                         const double *speed_m_s, const double *temp_c, const double *wind_m_s, double sod_g_m2_d,
                         double release_nh3_mg_m2_d, double release_tp_mg_m2_d, double *const *rates)
{
  const double *k_codmn = params[is_lake ? ECO__K_CODMN_LAKE : ECO__K_CODMN_RIVER];
  const double *k_nh3 = params[is_lake ? ECO__K_NH3_LAKE : ECO__K_NH3_RIVER];
  const double *own_sod = params[is_lake ? ECO__SOD_LAKE : ECO__SOD_RIVER];
  for (size_t i = 0; i < n_lanes; i++) {
    double t = temp_c[i];
    double h = depth_m[i] > ECO__DEPTH_FLOOR_M ? depth_m[i] : ECO__DEPTH_FLOOR_M;
    rates[ECO__R_CODMN][i] = k_codmn[i] * at_temperature(params[ECO__THETA_CODMN][i], t); /* KIN-2 */
    rates[ECO__R_NH3][i] = k_nh3[i] * at_temperature(params[ECO__THETA_NH3][i], t);       /* KIN-3 */

    double v_den_m_d = params[ECO__V_DEN_RIVER][i] * at_temperature(params[ECO__THETA_DEN][i], t);
    double v_on_m_d = is_lake ? params[ECO__V_TN_LAKE][i] / ECO__DAYS_PER_YEAR : v_den_m_d;
    rates[ECO__R_ON][i] = v_on_m_d / h; /* KIN-4 */
    double k_tp_lake = params[ECO__V_TP_LAKE][i] / ECO__DAYS_PER_YEAR / h;
    rates[ECO__R_TP][i] = is_lake ? k_tp_lake : params[ECO__K_TP_RIVER][i]; /* KIN-5 */

    double reaeration_20 =
      is_lake ? eco__reaeration_lake(wind_m_s[i]) / h : eco__reaeration_river(speed_m_s[i], depth_m[i]);
    rates[ECO__R_REAER][i] = reaeration_20 * at_temperature(params[ECO__THETA_REAERATION][i], t); /* KIN-6 */
    rates[ECO__R_DOSAT][i] = eco__oxygen_saturation(t);

    double sod_20 = isnan(sod_g_m2_d) ? own_sod[i] : sod_g_m2_d;
    rates[ECO__R_SOD][i] = sod_20 * at_temperature(params[ECO__THETA_SOD][i], t) / h; /* KIN-7; g/m3 is mg/L */
    double release = at_temperature(params[ECO__THETA_RELEASE][i], t) / h * MG_PER_L_OF_MG_PER_M3;
    rates[ECO__R_REL_NH3][i] = release_nh3_mg_m2_d * release;
    rates[ECO__R_REL_TP][i] = release_tp_mg_m2_d * release;

    rates[ECO__R_O2_CODMN][i] = params[ECO__O2_PER_CODMN][i];
    rates[ECO__R_KS_DO][i] = params[ECO__KS_DO][i];
  }
}

double eco__own_decay(double per_d, double theta, double settling_m_d, double depth_m, double temp_c) /* OWN-1 */
{
  double h = depth_m > ECO__DEPTH_FLOOR_M ? depth_m : ECO__DEPTH_FLOOR_M;
  return per_d * at_temperature(theta, temp_c) + settling_m_d / h;
}
