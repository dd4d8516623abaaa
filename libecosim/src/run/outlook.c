/* outlook.c -- what the calendar brings from outside: years that are held to a rain or an inflow, series that must reach over
 * the run, and the boundary flow of a day. */
#include "run/run.h"

#include <math.h>

/* ---- rows ---- */

const eco__water *eco__water_called(const eco_model *m, const char *name)
{
  for (size_t w = 0; w < m->n_waters; w++)
    if (eco__text_equal(m->waters[w].name, name))
      return &m->waters[w];
  return NULL;
}

static eco_status check_rain(const eco_run *run, const eco_outlook *o, eco_error *err)
{
  const eco__series *measured = &run->model->climate.daily[ECO__D_RAIN];
  if (!run->model->has_climate)
    return eco__fail(err, ECO_INVALID, "", "outlook of rain: basin '%s' has no climate", run->model->name);
  if (measured->n)
    return eco__fail(err, ECO_INVALID, measured->place,
                     "outlook of rain: the rain is measured day by day, it cannot be held to a year's amount too");
  if (o->exceeded != 0 && !(o->exceeded > 0 && o->exceeded < 1))
    return eco__fail(err, ECO_INVALID, "", "outlook of rain: exceeded is %g, must be between 0 and 1", o->exceeded);
  return ECO_OK;
}

static eco_status check_outlook(const eco_run *run, const eco_outlook *o, eco_error *err)
{
  if (!o->item)
    return eco__fail(err, ECO_INVALID, "", "an outlook has no item, expected rain or a water");
  if (!(o->factor >= 0) || !isfinite(o->factor))
    return eco__fail(err, ECO_INVALID, "", "outlook of '%s': factor is %g, must be 0 or more", o->item, o->factor);
  if (eco__text_equal(o->item, "rain"))
    return check_rain(run, o, err);
  const eco__water *water = eco__water_called(run->model, o->item);
  if (!water || !water->has_inflow)
    return eco__fail(err, ECO_NOT_FOUND, "", "outlook of '%s': expected rain or a water with a boundary inflow",
                     o->item);
  if (water->daily_inflow.n)
    return eco__fail(err, ECO_INVALID, water->daily_inflow.place,
                     "outlook of '%s': its inflow is given day by day, it cannot have a year's factor too", o->item);
  return ECO_OK;
}

eco_status eco__outlooks_take(eco_run *run, const eco_run_options *o, eco_error *err)
{
  run->outlooks = ECO__TAKE(&run->arena, eco_outlook, o->n_outlooks + 1);
  if (!run->outlooks)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", run->model->name);
  for (size_t k = 0; k < o->n_outlooks; k++) {
    ECO__TRY(check_outlook(run, &o->outlooks[k], err));
    for (size_t j = 0; j < k; j++)
      if (o->outlooks[j].year == o->outlooks[k].year && eco__text_equal(o->outlooks[j].item, o->outlooks[k].item))
        return eco__fail(err, ECO_INVALID, "", "outlook of '%s' in %d is given twice, expected once",
                         o->outlooks[k].item, o->outlooks[k].year);
    run->outlooks[k] = o->outlooks[k];
    run->outlooks[k].item = eco__arena_text(&run->arena, o->outlooks[k].item);
    if (!run->outlooks[k].item)
      return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", run->model->name);
    run->n_outlooks++;
  }
  return ECO_OK;
}

/* The row of that year, else the one of all years; NULL: neither. */
static const eco_outlook *row_of(const eco_run *run, const char *item, int year)
{
  const eco_outlook *found = NULL;
  for (size_t k = 0; k < run->n_outlooks; k++) {
    const eco_outlook *o = &run->outlooks[k];
    if (eco__text_equal(o->item, item) && (o->year == year || (o->year == 0 && !found)))
      found = o;
  }
  return found;
}

double eco__outlook_rain(const eco_run *run, eco_day day)
{
  int year, month0;
  eco__month_of(day, &year, &month0);
  const eco_outlook *o = row_of(run, "rain", year);
  if (!o)
    return NAN;
  eco_day first = eco_day_from_date(year, 1, 1), end = eco_day_from_date(year + 1, 1, 1);
  eco__moments moments = eco__rain_moments(&run->model->climate, first, (size_t)(end - first));
  return o->exceeded > 0 ? eco__rain_exceeded(&moments, o->exceeded) : o->factor * moments.mean;
}

/* ---- boundary flows ---- */

static double mean_of_month(const eco_run *run, const eco__water *water, eco_day day)
{
  int year, month0;
  eco__month_of(day, &year, &month0);
  const eco_outlook *o = run->n_outlooks ? row_of(run, water->name, year) : NULL;
  return water->inflow_m3_s[month0] * (o ? o->factor : 1.0);
}

double eco__inflow_of(const eco_run *run, const eco__water *water, eco_day day)
{
  double given = eco__series_at(&water->daily_inflow, day);
  if (!isnan(given))
    return given;
  int year, month, of_month;
  eco_day_to_date(day, &year, &month, &of_month);
  eco_day first = day - (of_month - 1), next = eco__next_month(day), before = first - 1;
  int year_before, month_before, days_before;
  eco_day_to_date(before, &year_before, &month_before, &days_before);
  double mean[3] = {mean_of_month(run, water, before), mean_of_month(run, water, day), mean_of_month(run, water, next)};
  int days[3] = {days_before, (int)(next - first), (int)(eco__next_month(next) - next)};
  return eco__flow_of_day(mean, days, of_month);
}

/* ---- series ---- */

static const char *text_of(eco_day day, char out[16])
{
  int year, month, of_month;
  eco_day_to_date(day, &year, &month, &of_month);
  (void)eco__format(out, 16, "%04d-%02d-%02d", year, month, of_month);
  return out;
}

static eco_status check_series(const eco_run *run, const eco__series *s, const char *what, const char *remedy,
                               eco_error *err)
{
  char missing[16], first[16], last[16];
  for (eco_day d = run->start; s->n && d < run->end; d++)
    if (isnan(eco__series_at(s, d)))
      return eco__fail(err, ECO_INVALID, s->place,
                       "%s has no value for %s, expected one for each day from %s to %s (warm-up included); %s", what,
                       text_of(d, missing), text_of(run->start, first), text_of(run->end - 1, last), remedy);
  return ECO_OK;
}

/* Every day of the run must be in every series, unless its gaps are to be filled. */
eco_status eco__series_check(const eco_run *run, eco_error *err)
{
  static const char *const names[ECO__N_DAILY] = {"rain",     "t_mean",   "t_min",     "t_max",      "wind",
                                                  "humidity", "sunshine", "radiation", "evaporation"};
  const eco_model *m = run->model;
  for (int k = 0; k < ECO__N_DAILY && m->has_climate && !m->climate.fill_gaps; k++)
    ECO__TRY(check_series(run, &m->climate.daily[k], names[k], "gaps = \"generate\" would fill it", err));
  for (size_t w = 0; w < m->n_waters; w++) {
    char what[80];
    (void)eco__format(what, sizeof what, "inflow of '%s'", m->waters[w].name);
    if (!m->waters[w].fill_gaps)
      ECO__TRY(check_series(run, &m->waters[w].daily_inflow, what,
                            "gaps = \"monthly\" beside a monthly inflow would fill it", err));
  }
  return ECO_OK;
}
