/* compile_section.c -- the bed and the cross-section of a reach: straight or surveyed, a trapezoid or a table of widths. */
#include "basin/compile.h"

#include <math.h>

#define LEAST_WIDTH_M 0.01 /* of the bed, as the parameter table has it for a trapezoid */

static void must(eco__compiler *c, eco_item item, const char *param, const char *instead)
{
  if (isnan(eco__item_number(c->basin, item, param)))
    eco__fault(c, item, ECO_INVALID, "%s '%s': '%s' must be given, or %s", eco__word_of(c, item),
               eco__item_name(c->basin, item), param, instead);
}

static void must_not(eco__compiler *c, eco_item item, const char *param, const char *beside)
{
  if (!isnan(eco__item_number(c->basin, item, param)))
    eco__fault(c, item, ECO_INVALID, "%s '%s': both '%s' and %s are given, expected one of them", eco__word_of(c, item),
               eco__item_name(c->basin, item), param, beside);
}

/* Two tables of a reach that belong together: as many values, at least two, the first rising from 0. */
static bool check_tables(eco__compiler *c, eco_item item, const char *along, const char *across, size_t *n)
{
  size_t n_across = 0, before = c->n_faults;
  const double *x = eco__item_array(c->basin, item, along, n);
  (void)eco__item_array(c->basin, item, across, &n_across);
  const char *word = eco__word_of(c, item), *name = eco__item_name(c->basin, item);
  if (!x || *n != n_across || *n < 2)
    eco__fault(c, item, ECO_INVALID, "%s '%s': %s has %zu values and %s %zu, expected as many, at least 2", word, name,
               along, x ? *n : 0, across, n_across);
  for (size_t k = 1; c->n_faults == before && k < *n; k++)
    if (!(x[k] > x[k - 1]))
      eco__fault(c, item, ECO_INVALID, "%s '%s': %s has %g m after %g m, expected rising values", word, name, along,
                 x[k], x[k - 1]);
  if (c->n_faults == before && x[0] != 0)
    eco__fault(c, item, ECO_INVALID, "%s '%s': %s begins with %g m, expected 0", word, name, along, x[0]);
  return c->n_faults == before;
}

/* ---- the bed ---- */

bool eco__check_bed(eco__compiler *c, uint32_t w)
{
  eco_item item = c->water_items[w];
  size_t n = 0, before = c->n_faults;
  const char *surveyed = "a surveyed bed with 'bed_at' and 'bed'", *ends[] = {"bed_up", "bed_down"};
  if (!eco__item_array(c->basin, item, "bed", &n) && !eco__item_array(c->basin, item, "bed_at", &n)) {
    for (size_t k = 0; k < 2; k++)
      must(c, item, ends[k], surveyed);
    return c->n_faults == before;
  }
  for (size_t k = 0; k < 2; k++)
    must_not(c, item, ends[k], surveyed);
  if (!check_tables(c, item, "bed_at", "bed", &n))
    return false;
  const double last = eco__item_array(c->basin, item, "bed_at", &n)[n - 1], length = c->waters[w].length_m;
  if (fabs(last - length) > 1e-9 * length)
    eco__fault(c, item, ECO_INVALID, "%s '%s': bed_at ends with %g m, expected the length, %g m", eco__word_of(c, item),
               c->waters[w].name, last, length);
  return c->n_faults == before;
}

double eco__bed_at(const eco__compiler *c, uint32_t w, double at_m)
{
  eco_item item = c->water_items[w];
  size_t n = 0;
  const double *bed = eco__item_array(c->basin, item, "bed", &n), *at = eco__item_array(c->basin, item, "bed_at", &n);
  if (!bed || !at) {
    double up = eco__item_number(c->basin, item, "bed_up"), down = eco__item_number(c->basin, item, "bed_down");
    return up + (down - up) * at_m / c->waters[w].length_m;
  }
  size_t k = 0;
  while (k + 2 < n && at_m > at[k + 1])
    k++;
  return bed[k] + (bed[k + 1] - bed[k]) * (at_m - at[k]) / (at[k + 1] - at[k]);
}

/* ---- the cross-section ---- */

static bool has_widths(const eco__compiler *c, eco_item item)
{
  size_t n;
  return eco__item_array(c->basin, item, "section_depth", &n) || eco__item_array(c->basin, item, "section_width", &n);
}

double eco__width_of(const eco__compiler *c, uint32_t w)
{
  size_t n = 0;
  const double *width = eco__item_array(c->basin, c->water_items[w], "section_width", &n);
  return width && n ? width[n - 1] : eco__item_number(c->basin, c->water_items[w], "bottom_width");
}

static bool check_widths(eco__compiler *c, eco_item item, size_t *n)
{
  size_t before = c->n_faults;
  if (!check_tables(c, item, "section_depth", "section_width", n))
    return false;
  const char *word = eco__word_of(c, item), *name = eco__item_name(c->basin, item);
  const double *depth = eco__item_array(c->basin, item, "section_depth", n);
  const double *width = eco__item_array(c->basin, item, "section_width", n);
  if (width[0] < LEAST_WIDTH_M)
    eco__fault(c, item, ECO_INVALID, "%s '%s': section_width begins with %g m, must be at least %g m", word, name,
               width[0], LEAST_WIDTH_M);
  for (size_t k = 1; k < *n; k++)
    if (width[k] < width[k - 1])
      eco__fault(
        c, item, ECO_INVALID,
        "%s '%s': section_width falls from %g to %g m at a depth of %g m: a section that narrows upward holds no more "
        "than one level can tell; give the width of the open water, a conduit is a structure (law 'culvert')",
        word, name, width[k - 1], width[k], depth[k]);
  double bank = eco__item_number(c->basin, item, "bank_depth"), plain = eco__item_number(c->basin, item, "plain_n");
  if (isnan(bank) != isnan(plain))
    eco__fault(c, item, ECO_INVALID, "%s '%s': bank_depth and plain_n belong together, one of them is missing", word,
               name);
  if (bank >= depth[*n - 1])
    eco__fault(c, item, ECO_INVALID, "%s '%s': bank_depth is %g m, must be below the last section_depth, %g m", word,
               name, bank, depth[*n - 1]);
  return c->n_faults == before;
}

/* SEC-2: areas are the exact integral of the piecewise linear width. */
static const eco__profile *make_profile(eco__compiler *c, eco_item item, size_t n)
{
  eco__profile *p = ECO__COMPILER_TAKE(c, eco__profile, 1);
  double *depth = ECO__COMPILER_TAKE(c, double, n), *width = ECO__COMPILER_TAKE(c, double, n);
  double *area = ECO__COMPILER_TAKE(c, double, n), *wetted = ECO__COMPILER_TAKE(c, double, n);
  if (c->no_memory)
    return NULL;
  const double *y = eco__item_array(c->basin, item, "section_depth", &n);
  const double *t = eco__item_array(c->basin, item, "section_width", &n);
  for (size_t k = 0; k < n; k++) {
    depth[k] = y[k];
    width[k] = t[k];
    wetted[k] = t[0];
    if (k == 0)
      continue;
    double rise = y[k] - y[k - 1], side = 0.5 * (t[k] - t[k - 1]);
    area[k] = area[k - 1] + 0.5 * (t[k] + t[k - 1]) * rise;
    wetted[k] = wetted[k - 1] + 2.0 * sqrt(rise * rise + side * side);
  }
  double bank = eco__item_number(c->basin, item, "bank_depth");
  *p = (eco__profile){.n = n,
                      .depth_m = depth,
                      .width_m = width,
                      .area_m2 = area,
                      .wetted_m = wetted,
                      .bank_m = isnan(bank) ? INFINITY : bank,
                      .plain_manning_n = eco__item_number(c->basin, item, "plain_n")};
  return p;
}

bool eco__make_shape(eco__compiler *c, uint32_t w, eco__shape *out)
{
  eco_item item = c->water_items[w];
  size_t before = c->n_faults, n = 0;
  const char *table = "a table of widths with 'section_depth' and 'section_width'",
             *of[] = {"bottom_width", "side_slope"};
  bool widths = has_widths(c, item);
  for (size_t k = 0; k < 2; k++)
    (widths ? must_not : must)(c, item, of[k], table);
  *out = (eco__shape){.width_m = eco__item_number(c->basin, item, "bottom_width"),
                      .side_slope = eco__item_number(c->basin, item, "side_slope"),
                      .manning_n = eco__item_number(c->basin, item, "manning_n"),
                      .chezy = eco__item_number(c->basin, item, "chezy")};
  if (widths && !isnan(out->chezy))
    eco__fault(c, item, ECO_INVALID, "%s '%s': chezy is for a trapezoid, give manning_n for a table of widths",
               eco__word_of(c, item), c->waters[w].name);
  if (widths && check_widths(c, item, &n)) {
    out->profile = make_profile(c, item, n);
    out->width_m = eco__item_array(c->basin, item, "section_width", &n)[0];
    out->side_slope = 0.0;
  }
  return c->n_faults == before && !c->no_memory;
}
