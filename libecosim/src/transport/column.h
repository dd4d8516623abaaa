/* column.h -- one column of water in layers, top first: how dense it is, where water enters and leaves it, how it mixes. */
#ifndef ECO__COLUMN_H
#define ECO__COLUMN_H

#include <stdbool.h>
#include <stddef.h>

enum { ECO__MOST_LAYERS = 100 };
#define ECO__STEEPEST_MIX \
  7.0e-5 /* 1/s2: below this N^2 the exchange of LAY-5 is at its largest [SalorantaAndersen2007] */

/* LAY-10: fresh water at the pressure of the air, 0..40 C, kg/m3 [MilleroPoisson1981] with no salt. */
double eco__water_density(double temp_c);
/* LAY-2: the highest layer that is at least as dense as what comes; the last where none is. */
size_t eco__column_level(size_t n, const double *density, double coming);
/* LAY-3: shares (of 1) of a flow that an opening at `opening_m` draws from each layer; middle_m: level of each layer's middle, thick_m of
 * every one. */
void eco__column_draw(size_t n, const double *density, const double *middle_m, double thick_m, double opening_m,
                      double flow_m3_s, double *share);
/* Volumes taken of `wanted` by those shares: no layer gives more than it has; what one lacks, all give by what is left. */
void eco__column_take(size_t n, const double *volume, double wanted, const double *share, double *taken);
/* LAY-5: vertical exchange at N^2 in a lake of this surface, m2/s [HondzoStefan1993]. */
double eco__vertical_exchange(double stability_per_s2, double surface_m2);
/* LAY-7: work of the wind that reaches the water below in dt, J. */
double eco__wind_work(double wind_m_s, double surface_m2, double share, double dt_s);
double eco__wind_share(double surface_m2); /* where none is given [SalorantaAndersen2007] */

/* How a column mixes: layers first..last of each block become one, then `exchanged` m3 go both ways between the uppermost two. */
typedef struct eco__mixing {
  size_t n;                     /* blocks */
  size_t end[ECO__MOST_LAYERS]; /* one past the last layer of each */
  double exchanged_m3;
  bool any;
} eco__mixing;
/* LAY-6, LAY-7: what overturns, and what the wind's work mixes. heat[n]: temperature times volume. */
void eco__column_mix(size_t n, const double *volume, const double *heat, const double *middle_m, double work_j,
                     eco__mixing *out);
/* Carries that out on what the layers hold: rows of `stride`. */
void eco__column_apply(const eco__mixing *mixing, const double *volume, double *held, size_t stride);

#endif
