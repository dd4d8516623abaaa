/* processes.c -- the fluxes of a graph of expressions, with their slopes, as a system for the integrator. */
#include "kinetics/machine.h"

#include <string.h>

static void prepare(const void *context, const double *given, bool for_slopes, double *prepared, double *work)
{
  const eco__processes *p = context;
  const double *params = given + (size_t)p->system.n_varying * ECO__POINTS;
  double *slopes = prepared + p->fluxes.n_hoisted * ECO__POINTS;
  if (for_slopes)
    eco__program_prepare(&p->slopes, params, given, slopes, work);
  else
    eco__program_prepare(&p->fluxes, params, given, prepared, work);
}

static void fluxes(const void *context, size_t n, const double *state, const double *forced, double *flux, double *work)
{
  const eco__processes *p = context;
  (void)n;
  eco__program_run(&p->fluxes, state, forced, work, flux);
}

/* The outputs of the second program: fluxes, then slopes. */
static void slopes_of(const void *context, size_t n, const double *state, const double *forced, double *flux,
                      double *slope, double *work)
{
  const eco__processes *p = context;
  (void)n;
  const size_t hoisted = p->fluxes.n_hoisted * ECO__POINTS, outputs = p->slopes.n_outputs * ECO__POINTS;
  eco__program_run(&p->slopes, state, forced + hoisted, work + outputs, work);
  const size_t first = (size_t)p->system.n_fluxes * ECO__POINTS;
  memcpy(flux, work, first * sizeof(double));
  memcpy(slope, work + first, (outputs - first) * sizeof(double));
}

/* Slopes that are not 0 everywhere. */
static bool find_slopes(eco__graph *g, const eco__node *rate, size_t n_fluxes, size_t n_states, eco__slope *slopes,
                        eco__node *nodes, size_t *n)
{
  *n = 0;
  for (uint32_t k = 0; k < n_fluxes; k++)
    for (uint32_t i = 0; i < n_states; i++) {
      eco__node slope = eco__graph_slope(g, rate[k], i);
      if (g->fault.status != ECO_OK)
        return false;
      if (slope == ECO__NO_NODE)
        continue;
      slopes[*n] = (eco__slope){k, i};
      nodes[n_fluxes + (*n)++] = slope;
    }
  return true;
}

eco_status eco__processes_make(eco__graph *g, const eco__node *rate, size_t n_fluxes, const eco__entry *entries,
                               size_t n_entries, const eco__inputs *inputs, eco__arena *arena, eco__processes *out,
                               eco_error *err)
{
  memset(out, 0, sizeof *out);
  size_t n = 0, most = n_fluxes * inputs->n_states;
  eco__arena own;
  eco__arena_open(&own, &arena->env);
  eco__slope *slopes = ECO__TAKE(arena, eco__slope, most + 1);
  eco__entry *kept = ECO__TAKE(arena, eco__entry, n_entries + 1);
  eco__node *nodes = ECO__TAKE(&own, eco__node, n_fluxes + most + 1);
  bool ok = slopes && kept && nodes && eco__program_make(g, rate, n_fluxes, arena, &out->fluxes) == ECO_OK;
  if (ok) {
    memcpy(kept, entries, n_entries * sizeof *kept);
    memcpy(nodes, rate, n_fluxes * sizeof *nodes);
    ok = find_slopes(g, rate, n_fluxes, inputs->n_states, slopes, nodes, &n) &&
         eco__program_make(g, nodes, n_fluxes + n, arena, &out->slopes) == ECO_OK;
  }
  eco__arena_close(&own);
  if (!ok)
    return g->fault.status != ECO_OK ? eco__fail(err, g->fault.status, "", "%s", g->fault.text)
                                     : eco__fail(err, ECO_NO_MEMORY, "", "processes: out of memory");
  size_t slope_work = out->slopes.n_outputs + out->slopes.n_work;
  out->system = (eco__system){.n_states = (uint32_t)inputs->n_states,
                              .n_fluxes = (uint32_t)n_fluxes,
                              .n_entries = (uint32_t)n_entries,
                              .n_slopes = (uint32_t)n,
                              .entries = kept,
                              .slopes = slopes,
                              .n_given = (uint32_t)(inputs->n_forced + inputs->n_params),
                              .n_varying = (uint32_t)inputs->n_forced,
                              .n_prepared = out->fluxes.n_hoisted + out->slopes.n_hoisted,
                              .n_work = out->fluxes.n_work > slope_work ? out->fluxes.n_work : slope_work,
                              .context = out,
                              .prepare = prepare,
                              .fluxes = fluxes,
                              .slopes_of = slopes_of};
  return ECO_OK;
}
