/* remap.c -- advection along a chain as a conservative remap in cumulated volume.
 *
 *   RMP-1  cells are intervals of cumulated volume, of unequal size; edge values by fourth-order interpolation
 *          [ColellaWoodward1984] eq. 1.6 to 1.8
 *   RMP-2  in each cell a parabola, kept between its neighbours' values              [ColellaWoodward1984] eq. 1.10
 *   RMP-3  what passes a face is the integral of the profile over the volume that passes, upstream of the face, through as
 *          many cells as it takes                     [Leonard1995], [LinRood1996]: no limit on the Courant number
 *   RMP-4  the mass of the new cell is old + in - out; the head's mass enters whole
 *   RMP-5  a remainder below zero (round-off of a cell that is emptied) is taken off the outgoing flux
 *
 * A constant stays constant, mass is exact, nothing becomes negative, no new extrema. Loops over lanes have no branches: lanes
 * whose water begins further up add their terms under a mask, the few that flow back are done one by one; a lane's result does
 * not depend on its neighbours. */
#include "transport/transport.h"

#define LEAST_M3 1e-6 /* m3: a smaller cell counts as this in the interpolation only */

#define ROW(base, j) ((base) + (size_t)(j)*r->stride)
#define WEIGHT(j, k) (r->weights + ((size_t)(j)*5 + (k)) * r->stride)

static void slope_weights(const eco__remap *r, size_t j)
{
  const double *restrict before = ROW(r->volume, j - 1), *restrict here = ROW(r->volume, j),
                         *restrict after = ROW(r->volume, j + 1);
  double *restrict forward = WEIGHT(j, 0), *restrict backward = WEIGHT(j, 1);
  for (size_t l = r->first; l < r->last; l++) {
    double a = before[l] + LEAST_M3, b = here[l] + LEAST_M3, c = after[l] + LEAST_M3;
    double share = b / (a + b + c);
    forward[l] = share * (2.0 * a + b) / (c + b);
    backward[l] = share * (b + 2.0 * c) / (a + b);
  }
}

static void edge_weights(const eco__remap *r, size_t j)
{
  const double *restrict v0 = ROW(r->volume, j - 1), *restrict v1 = ROW(r->volume, j),
                         *restrict v2 = ROW(r->volume, j + 1), *restrict v3 = ROW(r->volume, j + 2);
  double *restrict step = WEIGHT(j, 2), *restrict next = WEIGHT(j, 3), *restrict own = WEIGHT(j, 4);
  for (size_t l = r->first; l < r->last; l++) {
    double a = v0[l] + LEAST_M3, b = v1[l] + LEAST_M3, c = v2[l] + LEAST_M3, d = v3[l] + LEAST_M3;
    double per_all = 1.0 / (a + b + c + d), per_bc = 1.0 / (b + c);
    double left = (a + b) / (2.0 * b + c), right = (d + c) / (2.0 * c + b);
    step[l] = b * per_bc + per_all * 2.0 * c * b * per_bc * (left - right);
    next[l] = -per_all * b * left;
    own[l] = per_all * c * right;
  }
}

/* RMP-3: where the water that passes face j begins: in which cell (0 the head, -1 all of the head too), and the share of that
 * cell, at its lower end, that passes. Sought once for all constituents. */
static void seek_start(const eco__remap *r, size_t j, size_t l)
{
  double rest = ROW(r->passed, j)[l];
  size_t k = j;
  while (k > 0 && rest >= ROW(r->volume, k)[l])
    rest -= ROW(r->volume, k--)[l];
  double v = ROW(r->volume, k)[l];
  bool whole = k == 0 && rest >= v; /* round-off may ask for a little more than the head */
  ROW(r->start, j)[l] = whole ? -1.0 : (double)k;
  ROW(r->far_share, j)[l] = whole ? 1.0 : rest / v;
}

/* Share of cell j that passes the face below it where that is all; -1 for lanes whose water begins above (found in start and
 * far_share) or comes from below. reach[j]: how many cells above j the furthest lane begins, whole[j]: the nearest; back[j]:
 * some lane flows back. */
static void find_shares(const eco__remap *r, size_t j)
{
  const double *restrict v = ROW(r->volume, j), *restrict passed = ROW(r->passed, j);
  double *restrict share = ROW(r->share, j), far = 0.0;
  for (size_t l = r->first; l < r->last; l++) {
    bool still =
      !(passed[l] > 0) && passed[l] >= 0; /* no water, no mass: a load on a dry bed waits for the first flush */
    bool near = still || (passed[l] >= 0 && passed[l] < v[l]);
    double y = passed[l] / v[l];
    share[l] = still ? 0.0 : near ? y : -1.0;
    far += near ? 0.0 : 1.0;
  }
  r->reach[j] = r->whole[j] = r->back[j] = 0.0;
  if (!(far > 0))
    return;
  double least = (double)j;
  double *start = ROW(r->start, j);
  for (size_t l = r->first; l < r->last; l++) {
    start[l] = (double)j;
    if (passed[l] < 0)
      r->back[j] = 1.0;
    else if (passed[l] > 0 && passed[l] >= v[l])
      seek_start(r, j, l);
    double above = (double)j - start[l];
    r->reach[j] = above > r->reach[j] ? above : r->reach[j];
    least = above < least ? above : least;
  }
  r->whole[j] = least;
}

/* volume[n + 1] mirrors the last cell. */
void eco__remap_prepare(const eco__remap *r)
{
  size_t n = r->n_cells;
  double *end = ROW(r->volume, n + 1);
  const double *last = ROW(r->volume, n);
  for (size_t l = r->first; l < r->last; l++)
    end[l] = last[l];
  for (size_t j = 1; j <= n; j++)
    slope_weights(r, j);
  for (size_t j = 1; j + 1 <= n; j++)
    edge_weights(r, j);
  for (size_t j = 1; j <= n; j++)
    find_shares(r, j);
}

/* RMP-1: the slope of a cell, limited by its neighbours. */
static inline double limited_slope(double before, double here, double after, double forward, double backward)
{
  double up = after - here, down = here - before;
  double mean = forward * up + backward * down, size = mean >= 0 ? mean : -mean;
  double two_up = 2.0 * (up >= 0 ? up : -up), two_down = 2.0 * (down >= 0 ? down : -down);
  size = size < two_up ? size : two_up;
  size = size < two_down ? size : two_down;
  size = up * down > 0 ? size : 0.0;
  return mean >= 0 ? size : -size;
}

/* RMP-2: edge values of a cell's parabola, moved so that it stays between its neighbours. */
static inline void limit_parabola(double c, double *a, double *b)
{
  double left = *a, right = *b, rise = right - left, bend = 6.0 * (c - 0.5 * (left + right));
  bool peak = (right - c) * (c - left) <= 0;
  double left_cut = rise * bend > rise * rise ? 3.0 * c - 2.0 * right : left;
  double right_cut = -rise * rise > rise * bend ? 3.0 * c - 2.0 * left : right;
  *a = peak ? c : left_cut;
  *b = peak ? c : right_cut;
}

/* mass of the part y (0..1) at the lower end of a cell with volume v, and at its upper end */
static inline double lower_part(double v, double y, double c, double left, double right)
{
  double rise = right - left, bend = 6.0 * (c - 0.5 * (left + right));
  return v * y * (right - 0.5 * y * (rise - (1.0 - 2.0 / 3.0 * y) * bend));
}

static inline double upper_part(double v, double y, double c, double left, double right)
{
  double rise = right - left, bend = 6.0 * (c - 0.5 * (left + right));
  return v * y * (left + 0.5 * y * (rise + (1.0 - 2.0 / 3.0 * y) * bend));
}

/* RMP-3 for water that flows back: whole cells below the face, then a part. */
static double from_below(const eco__remap *r, size_t j, size_t l, double rest, const double *conc, const double *mass)
{
  double sum = 0.0;
  for (size_t k = j + 1; k <= r->n_cells; k++) {
    double v = ROW(r->volume, k)[l];
    if (rest < v)
      return sum + upper_part(v, rest / v, ROW(conc, k)[l], ROW(r->left, k)[l], ROW(r->right, k)[l]);
    sum += ROW(mass, k)[l];
    rest -= v;
  }
  return sum;
}

/* The upper end: slope of the first cell and the edge above it. */
static void start_profile(const eco__remap *r, const double *conc)
{
  const double *restrict before = conc, *restrict here = ROW(conc, 1), *restrict after = ROW(conc, 2);
  const double *restrict forward = WEIGHT(1, 0), *restrict backward = WEIGHT(1, 1);
  double *restrict slope = r->slope, *restrict edge = r->edge;
  for (size_t l = r->first; l < r->last; l++) {
    slope[l] = limited_slope(before[l], here[l], after[l], forward[l], backward[l]);
    edge[l] = here[l] - 0.5 * slope[l];
  }
}

/* Cell j: the edge below it, its parabola, and what passes the face below it where that comes from this cell alone. slope
 * holds this cell's, edge the one above it; both are left for the next cell. */
static inline void pass_cell(const eco__remap *r, size_t j, const bool last, const double *conc, double *flux)
{
  const size_t next_row = last ? j : j + 1;
  const double *restrict here = ROW(conc, j), *restrict after = ROW(conc, j + 1),
                         *restrict beyond = ROW(conc, next_row + 1);
  const double *restrict forward = WEIGHT(next_row, 0), *restrict backward = WEIGHT(next_row, 1);
  const double *restrict step = WEIGHT(j, 2), *restrict next = WEIGHT(j, 3), *restrict own = WEIGHT(j, 4);
  const double *restrict v = ROW(r->volume, j), *restrict share = ROW(r->share, j);
  double *restrict slope = r->slope, *restrict edge = r->edge, *restrict out = ROW(flux, j);
  double *restrict left = ROW(r->left, j), *restrict right = ROW(r->right, j);
  ECO__EACH_LANE
  for (size_t l = r->first; l < r->last; l++) {
    double c = here[l], s = slope[l];
    double s_next = last ? 0.0 : limited_slope(c, after[l], beyond[l], forward[l], backward[l]);
    double below = last ? c + 0.5 * s : c + step[l] * (after[l] - c) + next[l] * s_next + own[l] * s;
    double a = edge[l], b = below;
    limit_parabola(c, &a, &b);
    out[l] = share[l] >= 0 ? lower_part(v[l], share[l], c, a, b) : 0.0;
    left[l] = a;
    right[l] = b;
    slope[l] = s_next;
    edge[l] = below;
  }
}

/* RMP-3 for the lanes of face j whose water begins above cell j: whole cells, then a part of the one where it begins. */
static void pass_far(const eco__remap *r, size_t j, const double *conc, const double *mass, double *flux)
{
  const double *restrict start = ROW(r->start, j), *restrict share = ROW(r->far_share, j);
  double *restrict out = ROW(flux, j);
  const size_t above = (size_t)r->reach[j], whole = (size_t)r->whole[j];
  for (size_t d = 0; d < whole; d++) { /* cells that every lane empties */
    const double *restrict m = ROW(mass, j - d);
    for (size_t l = r->first; l < r->last; l++)
      out[l] += m[l];
  }
  for (size_t d = whole; d <= above && d <= j; d++) {
    const size_t k = j - d;
    const double *restrict v = ROW(r->volume, k), *restrict c = ROW(conc, k), *restrict m = ROW(mass, k);
    const double *restrict left = k ? ROW(r->left, k) : c, *restrict right = k ? ROW(r->right, k) : c;
    const double here = (double)k, own = (double)j;
    ECO__EACH_LANE
    for (size_t l = r->first; l < r->last; l++) {
      double part = lower_part(v[l], share[l], c[l], left[l], right[l]);
      double taken = start[l] < here ? m[l] : start[l] > here ? 0.0 : part;
      out[l] += start[l] < own ? taken : 0.0;
    }
  }
}

static void pass_back(const eco__remap *r, size_t j, const double *conc, const double *mass, double *flux)
{
  const double *passed = ROW(r->passed, j);
  for (size_t l = r->first; l < r->last; l++)
    if (passed[l] < 0)
      ROW(flux, j)[l] = -from_below(r, j, l, -passed[l], conc, mass);
}

/* RMP-4, RMP-5 of the cells that give to the one above, from the lower end up: what each gets from below is known then. */
static void move_back(const eco__remap *r, double *mass, double *flux)
{
  for (size_t j = r->n_cells; j > 1; j--) {
    if (!(r->back[j - 1] > 0))
      continue;
    double *m = ROW(mass, j), *out = ROW(flux, j), *up = ROW(flux, j - 1);
    const double *passed = ROW(r->passed, j - 1);
    for (size_t l = r->first; l < r->last; l++) {
      if (!(passed[l] < 0))
        continue;
      out[l] = out[l] < m[l] ? out[l] : m[l];
      double has = m[l] - out[l], now = has + up[l];
      m[l] = now > 0 ? now : 0.0;
      up[l] = now > 0 ? up[l] : -has;
    }
  }
}

/* RMP-4, RMP-5 of the others, from the upper end down. */
static void move_mass(const eco__remap *r, double *mass, double *flux)
{
  move_back(r, mass, flux);
  for (size_t j = 1; j <= r->n_cells; j++) {
    double *restrict m = ROW(mass, j), *restrict out = ROW(flux, j);
    const double *in = j == 1 ? mass : ROW(flux, j - 1), *restrict passed = ROW(r->passed, j);
    const double *gives_up = ROW(r->passed, j - 1), below = j == 1 ? 0.0 : 1.0; /* no face above the first cell */
    for (size_t l = r->first; l < r->last; l++) {
      bool moved = below * gives_up[l] < 0;
      double now = m[l] + in[l] - out[l], lost = now < 0 ? now : 0.0;
      m[l] = moved ? m[l] : now - lost;
      out[l] += !moved && passed[l] > 0 ? lost : 0.0;
    }
  }
}

void eco__remap_carry(const eco__remap *r, double *conc, double *mass, double *flux)
{
  size_t n = r->n_cells;
  double *restrict head = ROW(conc, 0), *restrict end = ROW(conc, n + 1);
  const double *restrict first = ROW(conc, 1), *restrict last = ROW(conc, n), *restrict v0 = ROW(r->volume, 0);
  for (size_t l = r->first; l < r->last; l++) {
    head[l] = v0[l] > ECO__NOTHING_M3 ? mass[l] / v0[l] : first[l];
    end[l] = last[l];
  }
  start_profile(r, conc);
  for (size_t j = 1; j <= n; j++) {
    if (j < n)
      pass_cell(r, j, false, conc, flux);
    else
      pass_cell(r, j, true, conc, flux);
    if (r->reach[j] > 0)
      pass_far(r, j, conc, mass, flux);
  }
  for (size_t j = 1; j <= n; j++) /* after all parabolas: it looks down */
    if (r->back[j] > 0)
      pass_back(r, j, conc, mass, flux);
  move_mass(r, mass, flux);
}
