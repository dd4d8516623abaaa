/* step.c -- one step of the kinetics: a modified Patankar-Runge-Kutta scheme of second order, written out for this
 * system.
 *
 * The system, concentrations in mg/L, rates in 1/d (kinetics.h):
 *     M  CODMn     M' = - k_M f M                          f = O / (O + K),  K = ks_do
 *     A  NH3-N     A' = r_A - k_A f A
 *     N  other N   N' = k_A f A - k_N N
 *     P  TP        P' = r_P - k_P P
 *     O  DO        O' = k_a (O_s - O) - s_M k_M f M - s_A k_A f A - S f
 *
 * One store y with supply p and loss rate l, over dt, z = l dt:
 *   MPR-1   y1 = (y0 + p dt (1 + z/2)) / (1 + z + z^2/2)                       the end
 *   MPR-2   ym = (y0 (1 + z/2) + p dt (1 + z)/2) / (1 + z + z^2/2)             the mean, with y1 = y0 + dt (p - l ym)
 * The whole:
 *   MPR-3   O* = (O0 + k_a O_s dt) / (1 + k_a dt + h0),  h0 = dt (s_M k_M M0 + s_A k_A A0 + S) / (O0 + K);
 *           Oh = (O0 + O*) / 2                                                 modified Patankar-Euler, to the middle
 *   MPR-4   h_i = dt k_i c_im / (Oh + K), with c_im of MPR-2 at l = k_i Oh / (Oh + K), for M and A;
 *           h_S = dt S / (Oh + K);  h = s_M h_M + s_A h_A + h_S                     oxygen wanted is h Oh
 *   MPR-5   x = min(Om, Oh), Om of MPR-2 at z = k_a dt + h, p = k_a O_s        the oxygen that the oxidation meets
 *   MPR-6   fluxes F_M = h_M x, F_A = h_A x, bed h_S x; demand s_M F_M + s_A F_A + h_S x
 *   MPR-7   O1 of MPR-1: where Om <= Oh at z = k_a dt + h, p dt = k_a O_s dt;
 *           else at z = k_a dt, p dt = k_a O_s dt - h Oh
 *   MPR-8   N and P by MPR-1, N with the supply F_A
 *
 *   s_M  o2_per_codmn   mg O2 per mg CODMn      s_A  mg O2 per mg N, STO-1
 *
 * Where oxygen and its takers disagree, both get the smaller: x/Oh <= 1 is one Patankar weight shared by all fluxes
 * that draw on oxygen. So M and A stay positive (what MPR-2 would take, times at most 1), what is taken from O is
 * stoichiometry times what was oxidised, and O1 > 0 (proof: doc/theory/kinetics.md). All weights are 1 + O(dt^2), hence
 * the order.
 *
 * For a loss alone MPR-1 is MPRK22(1) of [KopeczMeister2018] (after [Burchard2003]), number for number. differs: with a
 * supply, MPRK22(1) weighs by y1/y0 and swings about an equilibrium by a factor that goes to -1/2 as z grows; MPR-1
 * goes to p/l as 1/z. Shallow streams reaerate at 50..600 1/d, so that an hour is stiff for them. */
#include "kinetics/kinetics.h"
#include "kinetics/stoichiometry.h"

/* Added to O + K, mg/L: f is 0, not 0/0, when both are 0. Below the last digit of any other O + K. */
#define TINY 1e-30

static inline double end_of(double y0, double supply, double z) /* MPR-1; supply is p dt */
{
  return (y0 + supply * (1.0 + 0.5 * z)) / (1.0 + z * (1.0 + 0.5 * z));
}

static inline double mean_of(double y0, double supply, double z) /* MPR-2 */
{
  return (y0 * (1.0 + 0.5 * z) + 0.5 * supply * (1.0 + z)) / (1.0 + z * (1.0 + 0.5 * z));
}

static inline double smaller(double a, double b)
{
  return a < b ? a : b;
}

void eco__kinetics_step(size_t n_lanes, double dt_d, const double *const *rates, double *const *conc,
                        double *const *flux)
{
  const double *k_codmn = rates[ECO__R_CODMN], *k_nh3 = rates[ECO__R_NH3];
  const double *k_on = rates[ECO__R_ON], *k_tp = rates[ECO__R_TP];
  const double *k_air = rates[ECO__R_REAER], *saturation = rates[ECO__R_DOSAT];
  const double *sod = rates[ECO__R_SOD], *o2_per_codmn = rates[ECO__R_O2_CODMN];
  const double *ks = rates[ECO__R_KS_DO];
  const double *rel_nh3 = rates[ECO__R_REL_NH3], *rel_tp = rates[ECO__R_REL_TP];
  double *codmn = conc[ECO__CODMN], *nh3 = conc[ECO__NH3], *on = conc[ECO__ON];
  double *tp = conc[ECO__TP], *oxygen = conc[ECO__DO];
  double *f_codmn = flux[ECO__F_CODMN], *f_nh3 = flux[ECO__F_NH3], *f_on = flux[ECO__F_ON];
  double *f_tp = flux[ECO__F_TP], *f_air = flux[ECO__F_REAER], *f_demand = flux[ECO__F_DEMAND];
  double *f_rel_nh3 = flux[ECO__F_REL_NH3], *f_rel_tp = flux[ECO__F_REL_TP];
  ECO__EACH_LANE
  for (size_t i = 0; i < n_lanes; i++) {
    double m0 = codmn[i], a0 = nh3[i], o0 = oxygen[i], s_m = o2_per_codmn[i];
    double z_air = k_air[i] * dt_d, from_air = z_air * saturation[i], from_bed = rel_nh3[i] * dt_d;

    double h0 =
      dt_d * (s_m * k_codmn[i] * m0 + ECO__O2_PER_N * k_nh3[i] * a0 + sod[i]) / (o0 + ks[i] + TINY); /* MPR-3 */
    double o_half = 0.5 * (o0 + (o0 + from_air) / (1.0 + z_air + h0));

    double per_o = dt_d / (o_half + ks[i] + TINY); /* MPR-4 */
    double h_m = k_codmn[i] * per_o * mean_of(m0, 0.0, k_codmn[i] * per_o * o_half);
    double h_a = k_nh3[i] * per_o * mean_of(a0, from_bed, k_nh3[i] * per_o * o_half);
    double h_s = sod[i] * per_o, h = s_m * h_m + ECO__O2_PER_N * h_a + h_s;

    double o_mean = mean_of(o0, from_air, z_air + h); /* MPR-5 */
    double met = smaller(o_mean, o_half);
    double o_scarce = end_of(o0, from_air, z_air + h); /* MPR-7 */
    double o_ample = end_of(o0, from_air - h * o_half, z_air);
    double o1 = o_mean <= o_half ? o_scarce : o_ample;

    /* MPR-6; the bounds hold but for a last digit, which they take */
    double took_m = smaller(h_m * met, m0), took_a = smaller(h_a * met, a0 + from_bed);
    double demand = s_m * took_m + ECO__O2_PER_N * took_a + h_s * met;
    double supplied_n = on[i] + took_a, supplied_p = tp[i] + rel_tp[i] * dt_d;
    double lost_n = supplied_n - end_of(on[i], took_a, k_on[i] * dt_d); /* MPR-8 */
    double lost_p = supplied_p - end_of(tp[i], rel_tp[i] * dt_d, k_tp[i] * dt_d);

    codmn[i] = m0 - took_m;
    nh3[i] = (a0 + from_bed) - took_a;
    on[i] = supplied_n - lost_n;
    tp[i] = supplied_p - lost_p;
    oxygen[i] = o1;
    f_codmn[i] = took_m;
    f_nh3[i] = took_a;
    f_on[i] = lost_n;
    f_tp[i] = lost_p;
    f_air[i] = (o1 - o0) + demand; /* k_a dt (O_s - mean), from what it must be */
    f_demand[i] = demand;
    f_rel_nh3[i] = from_bed;
    f_rel_tp[i] = rel_tp[i] * dt_d;
  }
}
