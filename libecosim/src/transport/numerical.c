/* numerical.c -- the dispersion that the scheme adds to what it is told, found by running the scheme.
 *
 *   NUM-1  a pulse of s0 = 3 cells in a uniform chain, at the Courant number C and the dispersion E dt/dx^2 = s of a reach: remap with
 *          half of the dispersion on either side (MIX-4), as in a run; E_num = (s_m^2 - s_0^2) dx^2/(2 m dt) - E after m steps
 *
 * Whole cells are carried exactly, so of C only its part beyond them counts; above 1, where cells of a river differ, the worst part, 1/2,
 * is taken. */
#include "transport/transport.h"

#include <math.h>
#include <string.h>

enum { N = 128, MOST_STEPS = 30, ROWS = 24 };
#define START 40.0        /* cells from the upper end */
#define WIDTH 3.0         /* cells: standard deviation at the start */
#define SPREAD_LEFT 130.0 /* squared cells that a pulse may grow by without meeting an end */

typedef struct pulse {
  eco__remap remap;
  eco__dispersion spread;
  double *conc, *mass, *flux, *work, *volume, *between;
} pulse;

static double variance(const double *mass)
{
  double all = 0.0, first = 0.0, second = 0.0;
  for (int j = 1; j <= N; j++) {
    all += mass[j];
    first += mass[j] * j;
  }
  for (int j = 1; j <= N; j++)
    second += mass[j] * (j - first / all) * (j - first / all);
  return second / all;
}

static void lay_out(pulse *p, double *at, double courant, double spread)
{
  const size_t row = N + 3;
  p->remap = (eco__remap){.n_cells = N, .stride = 1, .first = 0, .last = 1};
  double **rows[] = {&p->remap.volume, &p->remap.passed, &p->remap.share, &p->remap.start, &p->remap.far_share,
                     &p->remap.reach,  &p->remap.whole,  &p->remap.back,  &p->remap.left,  &p->remap.right,
                     &p->remap.edge,   &p->remap.slope,  &p->conc,        &p->mass,        &p->flux,
                     &p->work,         &p->volume,       &p->between};
  for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++, at += row)
    *rows[k] = at;
  p->spread = (eco__dispersion){.n_cells = N,
                                .stride = 1,
                                .first = 0,
                                .last = 1,
                                .dt_s = 0.5,
                                .volume = p->volume,
                                .spread = p->between,
                                .early = at,
                                .upper = at + row,
                                .pivot = at + 2 * row};
  p->remap.weights = at + 3 * row; /* five rows */
  for (int j = 0; j < N + 2; j++) {
    p->remap.volume[j] = j == 0 ? courant : 1.0;
    p->remap.passed[j] = courant;
    p->volume[j] = 1.0;
    p->between[j] = j + 1 < N ? spread : 0.0;
  }
}

static void step(pulse *p)
{
  eco__disperse(&p->spread, p->mass + 1, NULL, NULL, p->work);
  memcpy(p->conc, p->mass, (N + 2) * sizeof(double));
  p->mass[0] = 0.0;
  eco__remap_carry(&p->remap, p->conc, p->mass, p->flux);
  eco__disperse(&p->spread, p->mass + 1, NULL, NULL, p->work);
}

double eco__numerical_dispersion(const eco_env *env, double courant, double spread)
{
  const size_t size = ROWS * (N + 3) + 5 * (N + 3);
  double c = courant > 1.0 ? 1.5 : courant;
  int steps = spread > 0 ? (int)fmin(MOST_STEPS, SPREAD_LEFT / (2.0 * spread)) : MOST_STEPS;
  if (!(courant > 0) || steps < 2) /* what is told is far beyond what is added */
    return 0.0;
  double *room = eco__alloc(env, size * sizeof(double));
  if (!room)
    return NAN;
  memset(room, 0, size * sizeof(double));
  pulse p;
  lay_out(&p, room, c, spread);
  eco__remap_prepare(&p.remap);
  eco__disperse_prepare(&p.spread);
  for (int j = 1; j <= N; j++)
    p.mass[j] = exp(-0.5 * (j - START) * (j - START) / (WIDTH * WIDTH));
  double before = variance(p.mass);
  for (int m = 0; m < steps; m++)
    step(&p);
  double grown = (variance(p.mass) - before) / (2.0 * steps);
  eco__free(env, room, size * sizeof(double));
  return grown - spread;
}
