/* basin.h -- the description as it is kept, and how compile reads it. */
#ifndef ECO__BASIN_H
#define ECO__BASIN_H

#include "base/base.h"
#include "basin/params.h"
#include "ecosim/basin.h"

/* the states of the bulk kinetics, the first of a model that has them; the basin's own constituents come after them */
enum { ECO__CODMN, ECO__NH3, ECO__ON, ECO__TP, ECO__DO, ECO__CD, ECO__N_BULK };
enum { ECO__MOST_CONSTITUENTS = 48 }; /* states of a model */

/* ---- basin.c: reading back, for compile ---- */
const eco_env *eco__basin_env(const eco_basin *basin);
const char *eco__basin_title(const eco_basin *basin);
size_t eco__basin_n_items(const eco_basin *basin);
eco_kind eco__item_kind(const eco_basin *basin, eco_item item);
const char *eco__item_name(const eco_basin *basin, eco_item item);
const char *eco__item_place(const eco_basin *basin, eco_item item);
/* The value in the spec's unit; where it was not set the fallback (NaN when there is none). The parameter must be one of
 * the kind's (asserted); "conc.NH3-N" finds the row "conc.*". */
double eco__item_number(const eco_basin *basin, eco_item item, const char *param);
bool eco__item_is_set(const eco_basin *basin, eco_item item, const char *param);
const char *eco__item_text(const eco_basin *basin, eco_item item, const char *param); /* NULL where not set */
/* NULL and 0 where not set. A monthly parameter gives 12 values (one given value is repeated). */
const double *eco__item_array(const eco_basin *basin, eco_item item, const char *param, size_t *n);
/* n 0 where not set; its values stay the basin's */
eco__series eco__item_series(const eco_basin *basin, eco_item item, const char *param);
/* value of month 0..11, the fallback where it was not set */
double eco__item_monthly(const eco_basin *basin, eco_item item, const char *param, int month);
/* The row that `param` of `kind` means: exact, or "X.*" where X.<state or observable>; NULL and a message otherwise. own: names
 * of the basin's own constituents. */
typedef struct eco__own {
  const char *const *names;
  size_t n;
} eco__own;
const eco_spec *eco__spec_find(eco_kind kind, const char *param, const char *item_name, const char *place, eco__own own,
                               eco_error *err);
bool eco__is_bulk(const char *constituent); /* a state or an observable of the bulk kinetics */

#endif
