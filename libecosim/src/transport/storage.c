/* storage.c -- dead zones beside a channel: water that stands and exchanges with what flows by.
 *
 *   TSM-1  dC/dt = a (C_s - C), dC_s/dt = a (A/A_s) (C - C_s)                              [BencalaWalters1983]
 *   TSM-2  over dt: (C - C_s) falls by exp(-a (1 + V/V_s) dt), V C + V_s C_s stays, V_s = A_s dx: exact where V stands still
 *
 * Half a step before dispersion and advection, half after (MIX-4). The dead zones keep their volume, and hold what they hold when the
 * channel runs dry. */
#include "transport/sweep.h"

#include <math.h>

void eco__exchange_storage(const eco__sweep *p, const double *volumes, double dt_s)
{
  eco__transport_block *b = p->b;
  const eco_model *m = b->model;
  for (uint32_t i = 0; i < m->n_cells; i++) {
    const double still = m->cell_storage_m2[i] * m->cell_length_m[i], per_s = m->cell_exchange_per_s[i];
    const double *volume = CELL(volumes, i);
    if (!(still > 0) || !(per_s > 0))
      continue;
    for (size_t l = p->first; l < p->last; l++) {
      double v = volume[l] > ECO__NOTHING_M3 ? volume[l] : 0.0;
      double share = -expm1(-per_s * (1.0 + v / still) * dt_s) / (v + still); /* of V V_s (C - C_s) */
      for (size_t s = 0; s < m->n_carried && v > 0; s++) {
        double *flowing = STATE(b->mass_g, i, s) + l, *standing = STATE(b->stored_g, i, s) + l;
        double moved = share * (*flowing * still - *standing * v);
        moved = moved < *flowing ? moved : *flowing; /* round-off */
        moved = -moved < *standing ? moved : -*standing;
        *flowing -= moved;
        *standing += moved;
      }
    }
  }
}
