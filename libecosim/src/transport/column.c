/* column.c -- see column.h.
 *
 *   LAY-2  what comes enters the highest layer that is at least as dense: its level of neutral buoyancy
 *   LAY-3  an opening draws from layers within a distance d of it: shares as 1 - (d'/d)^2 where the density changes evenly, d = (Q/N)^(1/3)
 *          for a point, N^2 = g dr/(r d)                                  [BohanGrace1973], [ColeWells2006]; written as
 *          share = 1 - s^(2/3), s = d'^(5/2) (g |dr|/r)^(1/2) / Q, d' to the layer's middle: nothing beyond s = 1, all alike where s = 0
 *   LAY-5  K = 8.17e-8 A^0.56 (N^2)^-0.43 m2/s, A in km2                  [HondzoStefan1993]
 *   LAY-6  a layer over a lighter one mixes with it, until none does
 *   LAY-7  work of the wind in dt: s A (tau^3/r)^(1/2) dt, tau = r_air C_D W^2; s = 1 - exp(-0.3 A), A in km2; the mixed top takes in
 *          what lies below as long as the work pays for the potential energy g (r2 - r1) V1 V2/(V1 + V2) (z1 - z2), and of the last
 *          the share that it pays for                                     [SalorantaAndersen2007]
 *   LAY-10 r(T) of [MilleroPoisson1981], no salt */
#include "transport/column.h"

#include "basin/model.h"

#include <math.h>

#define AIR_DENSITY 1.2      /* kg/m3, 20 C at sea level */
#define WIND_DRAG 1.3e-3     /* of 10 m wind over water [Fischer1979] */
#define LEAST_STRAIN 1e-9    /* kg/m3: a smaller inversion is round-off */
#define DENSITY_SCALE 1000.0 /* kg/m3, where a ratio asks for the whole */

double eco__water_density(double t)
{
  return 999.842594 + t * (6.793952e-2 + t * (-9.095290e-3 + t * (1.001685e-4 + t * (-1.120083e-6 + t * 6.536332e-9))));
}

size_t eco__column_level(size_t n, const double *density, double coming)
{
  size_t k = 0;
  while (k + 1 < n && density[k] < coming)
    k++;
  return k;
}

void eco__column_draw(size_t n, const double *density, const double *middle_m, double thick_m, double opening_m,
                      double flow_m3_s, double *share)
{
  size_t at = 0;
  double sum = 0.0;
  while (at + 1 < n && middle_m[at] - 0.5 * thick_m > opening_m)
    at++;
  for (size_t k = 0; k < n; k++) {
    double far = fabs(middle_m[k] - opening_m), lift = ECO__GRAVITY * fabs(density[k] - density[at]) / DENSITY_SCALE;
    double s = k == at ? 0.0 : pow(far, 2.5) * sqrt(lift) / flow_m3_s, part = 1.0 - cbrt(s * s);
    share[k] = part > 0 ? part : 0.0;
    sum += share[k];
  }
  for (size_t k = 0; k < n; k++)
    share[k] /= sum;
}

void eco__column_take(size_t n, const double *volume, double wanted, const double *share, double *taken)
{
  double rest = wanted, left = 0.0;
  for (size_t k = 0; k < n; k++) {
    double part = wanted * share[k];
    taken[k] = part < volume[k] ? part : volume[k];
    rest -= taken[k];
    left += volume[k] - taken[k];
  }
  double more = left > 0 && rest > 0 ? rest / left : 0.0;
  more = more < 1.0 ? more : 1.0;
  for (size_t k = 0; k < n; k++)
    taken[k] += more * (volume[k] - taken[k]);
}

double eco__vertical_exchange(double stability, double surface_m2)
{
  double steep = stability > ECO__STEEPEST_MIX ? stability : ECO__STEEPEST_MIX;
  return 8.17e-8 * pow(1e-6 * surface_m2, 0.56) * pow(steep, -0.43);
}

double eco__wind_share(double surface_m2)
{
  return -expm1(-0.3e-6 * surface_m2);
}

double eco__wind_work(double wind_m_s, double surface_m2, double share, double dt_s)
{
  double stress = AIR_DENSITY * WIND_DRAG * wind_m_s * wind_m_s;
  return share * surface_m2 * stress * sqrt(stress / DENSITY_SCALE) * dt_s;
}

typedef struct block {         /* layers that are one */
  double volume, heat, moment; /* moment: volume times level */
} block;

static double density_of(const block *b)
{
  return eco__water_density(b->volume > 0 ? b->heat / b->volume : 0.0);
}

static block joined(const block *a, const block *b)
{
  return (block){a->volume + b->volume, a->heat + b->heat, a->moment + b->moment};
}

/* LAY-6 */
static size_t overturn(size_t n, const double *volume, const double *heat, const double *middle_m, block *blocks,
                       size_t *end)
{
  size_t count = 0;
  for (size_t k = 0; k < n; k++) {
    blocks[count] = (block){volume[k], heat[k], volume[k] * middle_m[k]};
    end[count++] = k + 1;
    while (count > 1 && density_of(&blocks[count - 2]) > density_of(&blocks[count - 1]) + LEAST_STRAIN) {
      blocks[count - 2] = joined(&blocks[count - 2], &blocks[count - 1]);
      end[count - 2] = end[count - 1];
      count--;
    }
  }
  return count;
}

void eco__column_mix(size_t n, const double *volume, const double *heat, const double *middle_m, double work_j,
                     eco__mixing *out)
{
  block blocks[ECO__MOST_LAYERS];
  size_t end[ECO__MOST_LAYERS], count = overturn(n, volume, heat, middle_m, blocks, end), taken = 0;
  block top = blocks[0];
  out->exchanged_m3 = 0.0;
  while (taken + 1 < count && work_j > 0 && top.volume > 0) { /* LAY-7 */
    const block *below = &blocks[taken + 1];
    double both = top.volume + below->volume, alike = top.volume * below->volume / both;
    double arm = below->volume > 0 ? top.moment / top.volume - below->moment / below->volume : 0.0;
    double price = ECO__GRAVITY * (density_of(below) - density_of(&top)) * alike * arm;
    if (price > work_j) {
      out->exchanged_m3 = alike * work_j / price;
      break;
    }
    work_j -= price > 0 ? price : 0.0;
    top = joined(&top, below);
    taken++;
  }
  out->n = count - taken;
  for (size_t k = 0; k < out->n; k++)
    out->end[k] = end[k + taken];
  out->any = out->n < n || out->exchanged_m3 > 0;
}

void eco__column_apply(const eco__mixing *x, const double *volume, double *held, size_t stride)
{
  double sum[2] = {0, 0}, all[2] = {0, 0}, moved = 0.0; /* of the uppermost two */
  size_t k = 0;
  for (size_t b = 0; b < 2 && b < x->n; b++)
    for (; k < x->end[b]; k++) {
      sum[b] += held[k * stride];
      all[b] += volume[k];
    }
  if (x->exchanged_m3 > 0 && all[0] > 0 && all[1] > 0)
    moved = x->exchanged_m3 * (sum[1] / all[1] - sum[0] / all[0]);
  k = 0;
  for (size_t b = 0; b < x->n; b++) {
    double total = 0.0, room = 0.0;
    size_t first = k;
    for (; k < x->end[b]; k++) {
      total += held[k * stride];
      room += volume[k];
    }
    if (k - first == 1 && !(b < 2 && x->exchanged_m3 > 0))
      continue;
    total += b == 0 ? moved : b == 1 ? -moved : 0.0;
    for (size_t j = first; j < k && room > 0; j++)
      held[j * stride] = total * (volume[j] / room);
  }
}
