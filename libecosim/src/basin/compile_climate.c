/* compile_climate.c -- the climate: normals, daily series, and what evaporation is made of. */
#include "basin/compile.h"

#include <math.h>
#include <string.h>

eco__series eco__compile_series(eco__compiler *c, eco_item item, const char *param)
{
  eco__series given = eco__item_series(c->basin, item, param), kept = given;
  if (!given.n)
    return (eco__series){0};
  double *values = ECO__COMPILER_TAKE(c, double, given.n);
  kept.place = eco__arena_text(&c->model->arena, given.place);
  if (!values || !kept.place) {
    c->no_memory = true;
    return (eco__series){0};
  }
  memcpy(values, given.values, given.n * sizeof *values);
  kept.values = values;
  return kept;
}

bool eco__says_word(eco__compiler *c, eco_item item, const char *param, const char *word)
{
  const char *said = eco__item_text(c->basin, item, param);
  if (!said)
    return false;
  if (!eco__text_equal(said, word))
    eco__fault(c, item, ECO_INVALID, "%s '%s': %s is '%s', expected %s or nothing", eco__word_of(c, item),
               eco__item_name(c->basin, item), param, said, word);
  return true;
}

/* Twelve values; returns whether there are any, NaN where not. */
static bool read_months(const eco__compiler *c, eco_item item, const char *param, double out[12])
{
  for (int m = 0; m < 12; m++)
    out[m] = eco__item_monthly(c->basin, item, param, m);
  return !isnan(out[0]);
}

static void read_series(eco__compiler *c, eco_item item, eco__climate *climate)
{
  static const char *const names[ECO__N_DAILY] = {"daily.rain",     "daily.t_mean",    "daily.t_min",
                                                  "daily.t_max",    "daily.wind",      "daily.humidity",
                                                  "daily.sunshine", "daily.radiation", "daily.evaporation"};
  for (int k = 0; k < ECO__N_DAILY; k++)
    climate->daily[k] = eco__compile_series(c, item, names[k]);
  climate->fill_gaps = eco__says_word(c, item, "gaps", "generate");
  const eco__series *low = &climate->daily[ECO__D_T_MIN], *high = &climate->daily[ECO__D_T_MAX];
  if ((low->n > 0) != (high->n > 0))
    eco__fault(c, item, ECO_INVALID, "climate '%s': %s is given without %s, expected both or neither",
               eco__item_name(c->basin, item), low->n ? "daily.t_min" : "daily.t_max",
               low->n ? "daily.t_max" : "daily.t_min");
  for (size_t i = 0; i < low->n; i++) {
    eco_day day = low->first + (eco_day)i;
    if (!(low->values[i] > eco__series_at(high, day)))
      continue;
    int year, month, of_month;
    eco_day_to_date(day, &year, &month, &of_month);
    eco__fault(c, item, ECO_INVALID, "climate '%s': daily.t_min of %04d-%02d-%02d is %g C, above daily.t_max, %g C",
               eco__item_name(c->basin, item), year, month, of_month, low->values[i], eco__series_at(high, day));
    return;
  }
}

/* t_min <= t_mean <= t_max in every month, so that no day turns them round. */
static void check_range(eco__compiler *c, eco_item item, eco__climate *climate)
{
  bool low = read_months(c, item, "t_min", climate->t_min_c), high = read_months(c, item, "t_max", climate->t_max_c);
  climate->has_range = low && high;
  if (low != high)
    eco__fault(c, item, ECO_INVALID, "climate '%s': %s is given without %s, expected both or neither",
               eco__item_name(c->basin, item), low ? "t_min" : "t_max", low ? "t_max" : "t_min");
  for (int m = 0; m < 12 && climate->has_range; m++)
    if (!(climate->t_min_c[m] <= climate->t_mean_c[m] && climate->t_mean_c[m] <= climate->t_max_c[m])) {
      eco__fault(c, item, ECO_INVALID, "climate '%s': month %d has t_min %g, t_mean %g, t_max %g C, they must rise",
                 eco__item_name(c->basin, item), m + 1, climate->t_min_c[m], climate->t_mean_c[m], climate->t_max_c[m]);
      return;
    }
}

/* Normals of evaporation where they are given and nothing else is asked for; else the weather, for which place and range
 * must be there. */
static void choose_evaporation(eco__compiler *c, eco_item item, eco__climate *climate)
{
  const char *name = eco__item_name(c->basin, item), *from = eco__item_text(c->basin, item, "evaporation_from");
  bool given = read_months(c, item, "evaporation", climate->evap_mm_month);
  if (from && !eco__text_equal(from, "normals") && !eco__text_equal(from, "weather"))
    eco__fault(c, item, ECO_INVALID, "climate '%s': evaporation_from is '%s', expected normals or weather", name, from);
  climate->evaporation_by_weather = from ? eco__text_equal(from, "weather") : !given;
  if (!climate->evaporation_by_weather) {
    if (!given)
      eco__fault(c, item, ECO_INVALID, "climate '%s': evaporation_from is 'normals', but 'evaporation' is not given",
                 name);
    return;
  }
  const char *lacks = isnan(climate->latitude_deg) ? "latitude" : isnan(climate->altitude_m) ? "altitude" : NULL;
  if (!lacks && !climate->has_range)
    lacks = "t_min and t_max";
  if (lacks && given)
    eco__fault(c, item, ECO_INVALID, "climate '%s': evaporation_from is 'weather', but '%s' is not given", name, lacks);
  else if (lacks)
    eco__fault(c, item, ECO_INVALID,
               "climate '%s': 'evaporation' must be given (from open water, a month, mm), or for evaporation from the "
               "weather '%s'",
               name, lacks);
}

void eco__compile_climate(eco__compiler *c, eco_item item)
{
  eco_model *m = c->model;
  eco__climate *climate = &m->climate;
  if (m->has_climate)
    eco__fault(c, item, ECO_INVALID, "climate '%s': the basin has a climate already, expected one",
               eco__item_name(c->basin, item));
  m->has_climate = true;
  (void)read_months(c, item, "t_mean", climate->t_mean_c);
  (void)read_months(c, item, "p_wet_wet", climate->p_wet_wet);
  (void)read_months(c, item, "p_wet_dry", climate->p_wet_dry);
  (void)read_months(c, item, "gamma_shape", climate->gamma_shape);
  (void)read_months(c, item, "gamma_scale", climate->gamma_scale_mm);
  (void)read_months(c, item, "wind", climate->wind_m_s);
  climate->has_humidity = read_months(c, item, "humidity", climate->humidity_pct);
  climate->has_sunshine = read_months(c, item, "sunshine", climate->sunshine_h_month);
  climate->has_radiation = read_months(c, item, "radiation", climate->radiation_mj_m2_d);
  climate->t_day_sd_c = eco__item_number(c->basin, item, "t_day_sd");
  climate->t_memory = eco__item_number(c->basin, item, "t_memory");
  climate->latitude_deg = eco__item_number(c->basin, item, "latitude");
  climate->altitude_m = eco__item_number(c->basin, item, "altitude");
  climate->open_water_factor = eco__item_number(c->basin, item, "open_water_factor");
  climate->radiation_factor = eco__item_number(c->basin, item, "radiation_factor");
  check_range(c, item, climate);
  read_series(c, item, climate);
  choose_evaporation(c, item, climate);
}
