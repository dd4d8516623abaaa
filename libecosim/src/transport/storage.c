/* storage.c -- water that exchanges without flowing: dead zones beside a channel, lakes beside each other.
 *
 *   TSM-1  dC/dt = a (C_s - C), dC_s/dt = a (A/A_s) (C - C_s)                              [BencalaWalters1983]
 *   TSM-2  over dt: (C - C_s) falls by exp(-a (1 + V/V_s) dt), V C + V_s C_s stays, V_s = A_s dx: exact where V stands still
 *
 *   MIX-5  two lakes exchange q both ways: C_1 - C_2 falls by exp(-q (1/V_1 + 1/V_2) dt), V_1 C_1 + V_2 C_2 stays; one pair after the other,
 *          backwards at the end of the step: second order                                      [Strang1968]
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

static void exchange_pair(const eco__sweep *p, const eco__exchange *x, const double *flow, const double *volumes,
                          double dt_s)
{
  eco__transport_block *b = p->b;
  const double *va = CELL(volumes, x->a), *vb = CELL(volumes, x->b);
  for (size_t l = p->first; l < p->last; l++) {
    if (!(flow[l] > 0) || !(va[l] > ECO__NOTHING_M3) || !(vb[l] > ECO__NOTHING_M3))
      continue;
    double share = -expm1(-flow[l] * (1.0 / va[l] + 1.0 / vb[l]) * dt_s) / (va[l] + vb[l]); /* of V_1 V_2 (C_1 - C_2) */
    for (size_t s = 0; s < b->model->n_carried; s++) {
      double *first = STATE(b->mass_g, x->a, s) + l, *second = STATE(b->mass_g, x->b, s) + l;
      double moved = share * (*first * vb[l] - *second * va[l]);
      moved = moved < *first ? moved : *first; /* round-off */
      moved = -moved < *second ? moved : -*second;
      *first -= moved;
      *second += moved;
    }
  }
}

void eco__exchange_lakes(const eco__sweep *p, const double *volumes, double dt_s, bool begins)
{
  const eco__transport_block *b = p->b;
  const size_t n = b->model->n_exchanges;
  for (size_t k = 0; k < n; k++) {
    size_t at = begins ? k : n - 1 - k;
    exchange_pair(p, &b->model->exchanges[at], CELL(b->exchange_m3_s, at), volumes, dt_s);
  }
}
