/* eliminate.c -- Gaussian elimination along the model's order, all lanes at once. No pivoting: the matrix of the water step
 * is an M-matrix with a dominant diagonal by columns. On a tree each pivot has one neighbour and nothing fills in. */
#include "water/water.h"

static void eliminate_pivot(const eco__order *o, const eco__pivot *p, uint32_t update, size_t n,
                            double *restrict diagonal, double *restrict entries, double *restrict right)
{
  const double *pivot = diagonal + (size_t)p->cell * n, *b = right + (size_t)p->cell * n;
  for (uint32_t k = 0; k < p->n; k++) {
    uint32_t i = o->neighbour[p->first + k];
    double *row = entries + (size_t)o->entry_row[p->first + k] * n;
    const double *column = entries + (size_t)o->entry_column[p->first + k] * n;
    double *d = diagonal + (size_t)i * n, *x = right + (size_t)i * n;
    for (size_t l = 0; l < n; l++) {
      double factor = row[l] / pivot[l];
      row[l] = factor;
      d[l] -= factor * column[l];
      x[l] -= factor * b[l];
    }
    for (uint32_t m = 0; m < p->n; m++) {
      if (m == k)
        continue;
      double *a = entries + (size_t)o->update[update++] * n;
      const double *c = entries + (size_t)o->entry_column[p->first + m] * n;
      for (size_t l = 0; l < n; l++)
        a[l] -= row[l] * c[l];
    }
  }
}

void eco__eliminate(const eco__order *o, size_t n_cells, size_t n, double *diagonal, double *entries, double *right)
{
  for (size_t s = 0; s < n_cells; s++)
    eliminate_pivot(o, &o->pivots[s], o->update_first[s], n, diagonal, entries, right);
  for (size_t s = n_cells; s-- > 0;) {
    const eco__pivot *p = &o->pivots[s];
    double *restrict x = right + (size_t)p->cell * n;
    const double *restrict d = diagonal + (size_t)p->cell * n;
    for (uint32_t k = 0; k < p->n; k++) {
      const double *restrict a = entries + (size_t)o->entry_column[p->first + k] * n;
      const double *restrict y = right + (size_t)o->neighbour[p->first + k] * n;
      for (size_t l = 0; l < n; l++)
        x[l] -= a[l] * y[l];
    }
    for (size_t l = 0; l < n; l++)
      x[l] /= d[l];
  }
}
