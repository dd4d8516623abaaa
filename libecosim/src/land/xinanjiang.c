/* xinanjiang.c -- one day of natural land by the Xinanjiang model: runoff where the soil is full, from three sources.
 *
 *   XAJ-1   E_P = K_C e;  upper layer E_U = min(E_P, W_U + P)                                        [Zhao1992] 2.1
 *   XAJ-2   lower: (E_P - E_U) W_L / W_LM where W_L >= C W_LM, else min(C (E_P - E_U), W_L); never above W_L
 *           deep: min(C (E_P - E_U) - E_L, W_D) where W_L < C W_LM and the lower layer has given all
 *   XAJ-3   net rain P_E = max(0, P - E_P)
 *   XAJ-4   share of the land whose soil holds at most w: f(w) = 1 - (1 - w / W_MM)^B, W_MM = W_M (1 + B),
 *           W_M = W_UM + W_LM + W_DM; soil water W fills it to A with W = int_0^A (1 - f) dw          [Zhao1992] 2.2
 *   XAJ-5   infiltration = int_A^(A + P_E) (1 - f) dw = D - W_M max(0, (D / W_M)^(1 / (1 + B)) - P_E / W_MM)^(1 + B),
 *           D = W_M - W; runoff R = P_E - infiltration. Infiltration fills the upper, the lower, the deep layer
 *   XAJ-6   producing area F = max(R / P_E, V / S_M): free water V, of depth V / F, is not pushed out where the area
 *           shrinks                           differs: [Zhao1992] takes R / P_E and lets go what is then over S_M F
 *   XAJ-7   free water takes J = d - S_M max(0, (d / S_M)^(1 / (1 + EX)) - q / S_MM)^(1 + EX) of its depth q = R / F,
 *           d = S_M - V / F, S_MM = S_M (1 + EX); surface runoff R_S = R - F J                        [Zhao1992] 2.3
 *   XAJ-8   interflow R_I = K_I V, groundwater R_G = K_G V of the day; V' = (1 - K_I - K_G) V          [Zhao1992] 2.3
 *   XAJ-9   impervious share I_M: R_S = P_E, E = min(P, E_P); all the above on the rest
 *           differs: [Zhao1992] writes I_M into the curve of XAJ-4; the same land, stores here are over the pervious part
 *
 *   P  rain_mm, e  evap_mm (open water)  mm/d        C  deep_share  -   0.08..0.3       K_C  crop_factor  -
 *   W_U, W_L, W_D  upper, lower, deep_mm  mm         B  exponent    -   0.1..1          EX  free_exponent  -  1..1.5
 *   V  free_mm  mm over the pervious part            S_M  free_mm   mm  10..50, 0: no free water
 *   K_I, K_G  interflow_share, groundwater_share  1/d, their sum below 1; 0.7 usual
 *
 * The curves are integrated in closed form. A step is a day: K_I and K_G are those of a day, as they are given, and the
 * day's rain is not cut into parts of 5 mm (differs: [Zhao1992] does so, to spare a step of an hour or a day its error). */
#include "land/land.h"

#include <math.h>

static inline double smaller(double a, double b)
{
  return a < b ? a : b;
}

static inline double not_below_zero(double x)
{
  return x > 0.0 ? x : 0.0;
}

/* What a capacity curve of mean `most` and exponent `b` takes of a depth `q` when it still has room `room`: XAJ-5,
 * XAJ-7. `per` is 1 / (1 + b). */
static inline double taken(double most, double b, double per, double room, double q)
{
  double left = not_below_zero(pow(room / most, per) - q * per / most);
  double take = room - most * pow(left, 1.0 + b);
  return smaller(not_below_zero(take), smaller(q, room));
}

typedef struct layers {
  double upper, lower, deep;
} layers;

/* XAJ-1, XAJ-2: evapotranspiration; rain beyond E_P is left to XAJ-5. */
static inline double evaporate(const eco__xinanjiang_params *p, double rain, double potential, layers *w)
{
  double eu = smaller(potential, w->upper + rain), lack = potential - eu, deep_wish = p->deep_share * lack;
  bool moist = w->lower >= p->deep_share * p->lower_mm;
  double el = smaller(moist ? lack * (w->lower / p->lower_mm) : deep_wish, w->lower);
  double ed = moist ? 0.0 : smaller(not_below_zero(deep_wish - el), w->deep);
  w->upper = not_below_zero(w->upper + smaller(rain, potential) - eu);
  w->lower -= el;
  w->deep -= ed;
  return eu + el + ed;
}

/* XAJ-5: fills the layers from above; gives what they took. */
static inline double fill(const eco__xinanjiang_params *p, double water, layers *w)
{
  double upper = smaller(water, not_below_zero(p->upper_mm - w->upper));
  double lower = smaller(water - upper, not_below_zero(p->lower_mm - w->lower));
  double deep = smaller(water - upper - lower, not_below_zero(p->deep_mm - w->deep));
  w->upper += upper;
  w->lower += lower;
  w->deep += deep;
  return upper + lower + deep;
}

void eco__xinanjiang_day(size_t n_lanes, const eco__xinanjiang_params *params, const double *rain_mm,
                         const double *evap_mm, eco__xinanjiang_state state, double *surface_mm, double *interflow_mm,
                         double *groundwater_mm, double *et_mm)
{
  const eco__xinanjiang_params p = *params;
  const double most = p.upper_mm + p.lower_mm + p.deep_mm, per = 1.0 / (1.0 + p.exponent);
  const double per_free = 1.0 / (1.0 + p.free_exponent), paved = p.impervious_share, pervious = 1.0 - paved;
  for (size_t i = 0; i < n_lanes; i++) {
    double rain = rain_mm[i], potential = p.crop_factor * evap_mm[i];
    layers w = {state.upper_mm[i], state.lower_mm[i], state.deep_mm[i]};
    double et = evaporate(&p, rain, potential, &w), net = not_below_zero(rain - potential); /* XAJ-3 */
    double free = state.free_mm[i], surface = 0.0;
    if (net > 0.0) {
      double room = not_below_zero(most - (w.upper + w.lower + w.deep));
      double runoff = net - fill(&p, taken(most, p.exponent, per, room, net), &w); /* XAJ-5 */
      surface = runoff;
      if (runoff > 0.0 && p.free_mm > 0.0) {
        double area = smaller(1.0, fmax(runoff / net, free / p.free_mm)); /* XAJ-6 */
        double space = not_below_zero(p.free_mm - free / area);
        double took =
          smaller(runoff, area * taken(p.free_mm, p.free_exponent, per_free, space, runoff / area)); /* XAJ-7 */
        free += took;
        surface = runoff - took;
      }
    }
    double interflow = p.interflow_share * free, groundwater = p.groundwater_share * free; /* XAJ-8 */
    state.upper_mm[i] = w.upper;
    state.lower_mm[i] = w.lower;
    state.deep_mm[i] = w.deep;
    state.free_mm[i] = free - (interflow + groundwater);
    surface_mm[i] = pervious * surface + paved * net; /* XAJ-9 */
    interflow_mm[i] = pervious * interflow;
    groundwater_mm[i] = pervious * groundwater;
    et_mm[i] = pervious * et + paved * smaller(rain, potential);
  }
}
