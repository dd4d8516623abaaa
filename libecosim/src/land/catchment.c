/* catchment.c -- a day of a catchment: snow, the natural land's model, paddies, paved land, small ponds, and the way of
 * their water to the river.
 *
 *   CAT-1  shares: natural 1 - a_p - a_u, paddies a_p, paved a_u; depths over the catchment = share x depth over the part
 *   CAT-2  canal water of yesterday: a share e of it on the paddies, the rest lost on the way, to base flow
 *   CAT-3  ponds: a share s of the natural land's surface runoff fills them to their room, more runs on; what the paddies
 *          want they take from the ponds first                                                         after [XieCui2011]
 *   CAT-4  wanted of the canal = a_p (wanted of PAD-5 - given by ponds) / e
 *   CAT-5  routed: surface runoff of natural land after its ponds, drainage of paddies (RUN-8, RTE); paved land's runoff
 *          is in the water the same day; interflow and base flow, with percolation of paddies, leave reservoirs of their own
 *   CAT-6  Zhao's recession: O' = C O + (1 - C) i, a reservoir V' = C (V + i) whose inflow comes first         [Zhao1992]
 *   CAT-7  rain of the catchment = r x rain of the climate, r by month; so on lakes
 *
 *   r rain_factor  -    a_p paddy_share, a_u urban_share  -    e efficiency  -    s pond_share  -    C interflow_kept, groundwater_kept  -
 *
 * rain + what the canal delivered = evapotranspiration + runoff + change of all stores, in every lane, to round-off. */
#include "land/land.h"

#include <math.h>
#include <string.h>

static inline double smaller(double a, double b)
{
  return a < b ? a : b;
}

void eco__land_plan_make(const eco__land_params *params, eco__land_plan *out)
{
  const eco__routing_params *r = &params->routing;
  bool scs = params->model == ECO__SCS_CN;
  memset(out, 0, sizeof *out);
  out->params = params;
  out->interflow = (eco__reservoir){r->interflow_kept, r->interflow_kept}; /* CAT-6 */
  out->slow = scs ? eco__reservoir_of(r->slow_time_d, 1.0) : (eco__reservoir){r->groundwater_kept, r->groundwater_kept};
  eco__route_make(r, 1.0, &out->route);
  out->n_rows = ECO__L_ROUTE + out->route.n_rows;
}

/* Stores start three quarters full where they hold water against gravity, else empty. */
void eco__land_start(size_t n_lanes, const eco__land_plan *plan, double *state)
{
  const double full = 0.75;
  const eco__land_params *p = plan->params;
  double start[ECO__L_ROUTE] = {0};
  if (p->model == ECO__SCS_CN) {
    start[ECO__L_SOIL] = eco__scs_start_mm(&p->scs);
  } else {
    start[ECO__L_SOIL] = full * p->xinanjiang.upper_mm;
    start[ECO__L_LOWER] = full * p->xinanjiang.lower_mm;
    start[ECO__L_DEEP] = full * p->xinanjiang.deep_mm;
  }
  start[ECO__L_PADDY] = p->paddy_share > 0.0 ? full * p->paddy.soil_mm : 0.0;
  for (size_t k = 0; k < plan->n_rows; k++)
    for (size_t i = 0; i < n_lanes; i++)
      state[k * n_lanes + i] = k < ECO__L_ROUTE ? start[k] : 0.0;
}

/* Sums of a day, [lane] each, over the catchment. */
typedef struct sums {
  double *water, *quick, *interflow, *slow, *part, *other;
} sums;

static void natural_day(size_t n, const eco__land_plan *plan, const double *evap, double *state,
                        const eco__land_flux *flux, const sums *day)
{
  const eco__land_params *p = plan->params;
  double *rows[4], share = 1.0 - p->paddy_share - p->urban_share, pond_share = p->pond_mm > 0.0 ? p->pond_share : 0.0;
  for (size_t k = 0; k < 4; k++)
    rows[k] = state + (ECO__L_SOIL + k) * n;
  if (p->model == ECO__SCS_CN) {
    eco__scs_day(n, &p->scs, day->water, evap, rows[0], day->quick, day->slow, flux->et_mm);
    memset(day->interflow, 0, n * sizeof(double));
  } else {
    eco__xinanjiang_day(n, &p->xinanjiang, day->water, evap,
                        (eco__xinanjiang_state){rows[0], rows[1], rows[2], rows[3]}, day->quick, day->interflow,
                        day->slow, flux->et_mm);
  }
  double *ponds = state + ECO__L_PONDS * n;
  ECO__EACH_LANE
  for (size_t i = 0; i < n; i++) { /* CAT-1, CAT-3 */
    double surface = share * day->quick[i], room = p->pond_mm - ponds[i], held = smaller(pond_share * surface, room);
    held = held > 0.0 ? held : 0.0;
    ponds[i] += held;
    day->quick[i] = surface - held;
    day->interflow[i] *= share;
    day->slow[i] *= share;
    flux->et_mm[i] *= share;
  }
}

static void paddy_day(size_t n, const eco__land_plan *plan, int month, const double *evap, double *state,
                      const eco__land_flux *flux, const sums *day)
{
  const eco__land_params *p = plan->params;
  const double share = p->paddy_share, per_share = 1.0 / share, given = p->paddy.efficiency;
  double *canal = state + ECO__L_CANAL * n, *store = state + ECO__L_PADDY * n, *ponds = state + ECO__L_PONDS * n;
  ECO__EACH_LANE
  for (size_t i = 0; i < n; i++) { /* CAT-2 */
    double lost = (1.0 - given) * canal[i];
    day->slow[i] += lost;
    store[i] += (canal[i] - lost) * per_share;
    canal[i] = 0.0;
  }
  double *drained = day->part, *percolated = day->other, *et = flux->wanted_mm;
  eco__paddy_day(n, &p->paddy, month, day->water, evap, store, drained, percolated, et);
  ECO__EACH_LANE
  for (size_t i = 0; i < n; i++) {
    day->quick[i] += share * drained[i];
    day->slow[i] += share * percolated[i];
    flux->et_mm[i] += share * et[i];
  }
  eco__paddy_want(n, &p->paddy, month, store, state + ECO__L_FILLING * n, flux->wanted_mm);
  const double canal_share = p->from_canal ? share / given : 0.0;
  ECO__EACH_LANE
  for (size_t i = 0; i < n; i++) { /* CAT-3, CAT-4 */
    double taken = smaller(share * flux->wanted_mm[i], ponds[i]);
    ponds[i] -= taken;
    store[i] += taken * per_share;
    double left = flux->wanted_mm[i] - taken * per_share;
    flux->wanted_mm[i] = left > 0.0 ? canal_share * left : 0.0;
  }
}

static void paved_day(size_t n, const eco__land_plan *plan, const double *evap, double *state,
                      const eco__land_flux *flux, const sums *day)
{
  const double share = plan->params->urban_share;
  double *runoff = day->part, *et = day->other;
  eco__paved_day(n, plan->params->depression_mm, day->water, evap, state + ECO__L_PAVED * n, runoff, et);
  ECO__EACH_LANE
  for (size_t i = 0; i < n; i++) { /* CAT-5 */
    double now = share * runoff[i];
    flux->quick_mm[i] += now;
    flux->surface_mm[i] += now;
    flux->et_mm[i] += share * et[i];
  }
}

void eco__land_rain(size_t n_lanes, const eco__land_plan *plan, int month, const double *climate_mm, double *rain_mm)
{
  const double here = plan->params->rain_factor[month];
  ECO__EACH_LANE
  for (size_t i = 0; i < n_lanes; i++)
    rain_mm[i] = here * climate_mm[i]; /* CAT-7 */
}

void eco__land_day(size_t n_lanes, const eco__land_plan *plan, int month, const double *rain_mm, const double *evap_mm,
                   const double *air_c, double *state, const eco__land_flux *flux, double *work)
{
  const size_t n = n_lanes;
  const eco__land_params *p = plan->params;
  sums day = {work, work + n, work + 2 * n, work + 3 * n, work + 4 * n, work + 5 * n};
  eco__snow_day(n, &p->snow, rain_mm, air_c, state + ECO__L_SNOW * n, day.water);
  natural_day(n, plan, evap_mm, state, flux, &day);
  memset(flux->wanted_mm, 0, n * sizeof(double));
  if (p->paddy_share > 0.0)
    paddy_day(n, plan, month, evap_mm, state, flux, &day);
  memcpy(flux->surface_mm, day.quick, n * sizeof(double));
  eco__route_day(n, &plan->route, day.quick, state + ECO__L_ROUTE * n, flux->quick_mm); /* CAT-5 */
  eco__reservoir_day(n, plan->interflow, day.interflow, state + ECO__L_INTERFLOW * n, flux->interflow_mm);
  eco__reservoir_day(n, plan->slow, day.slow, state + ECO__L_SLOW * n, flux->slow_mm);
  if (p->urban_share > 0.0)
    paved_day(n, plan, evap_mm, state, flux, &day);
}

double eco__land_stored(const eco__land_plan *plan, const double *state, size_t n_lanes, size_t lane)
{
  const eco__land_params *p = plan->params;
  double natural = 1.0 - p->paddy_share - p->urban_share;
  double pervious = p->model == ECO__XINANJIANG ? natural * (1.0 - p->xinanjiang.impervious_share) : natural;
  const double share[ECO__L_ROUTE] = {
    [ECO__L_SNOW] = 1.0,      [ECO__L_SOIL] = pervious, [ECO__L_LOWER] = pervious,
    [ECO__L_DEEP] = pervious, [ECO__L_FREE] = pervious, [ECO__L_PADDY] = p->paddy_share,
    [ECO__L_CANAL] = 1.0,     [ECO__L_PONDS] = 1.0,     [ECO__L_PAVED] = p->urban_share,
    [ECO__L_INTERFLOW] = 1.0, [ECO__L_SLOW] = 1.0};
  double sum = eco__route_stored(&plan->route, state + ECO__L_ROUTE * n_lanes, n_lanes, lane);
  for (size_t k = 0; k < ECO__L_ROUTE; k++)
    sum += share[k] * state[k * n_lanes + lane];
  return sum;
}
