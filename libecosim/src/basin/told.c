/* told.c -- where the weather and the boundary flows of a model come from, in words: what land/weather.c and
 * land/evaporation.c will do with what was given (FAO-25 in land/evaporation.c). */
#include "basin/compile.h"

#include <math.h>

typedef struct teller {
  eco__compiler *c;
  eco_weather_source *rows;
} teller;

static void tell(teller *t, const char *name, const char *text)
{
  eco_weather_source row = {eco__arena_text(&t->c->model->arena, name), eco__arena_text(&t->c->model->arena, text)};
  if (!row.name || !row.text)
    t->c->no_memory = true;
  t->rows[t->c->model->n_weather++] = row;
}

static const char *date_of(eco_day day, char out[16])
{
  int year, month, of_month;
  eco_day_to_date(day, &year, &month, &of_month);
  (void)eco__format(out, 16, "%04d-%02d-%02d", year, month, of_month);
  return out;
}

/* "measured: weather.csv, 2015-01-01 to 2020-12-31, 3 days without a value"; else what is done without. */
static void tell_series(teller *t, const char *name, const eco__series *s, const char *otherwise, bool fills)
{
  char text[400], first[16], last[16], holes[64] = "";
  size_t missing = 0;
  if (!s->n) {
    tell(t, name, otherwise);
    return;
  }
  for (size_t i = 0; i < s->n; i++)
    missing += isnan(s->values[i]) ? 1 : 0;
  if (missing)
    (void)eco__format(holes, sizeof holes, ", %zu days without a value", missing);
  (void)eco__format(text, sizeof text, "day by day: %s, %s to %s%s%s%s", s->place, date_of(s->first, first),
                    date_of(s->first + (eco_day)s->n - 1, last), holes, fills ? "; gaps: " : "",
                    fills ? otherwise : "");
  tell(t, name, text);
}

static void tell_evaporation(teller *t, const eco__climate *c)
{
  char text[300];
  bool humid = c->has_humidity || c->daily[ECO__D_HUMIDITY].n;
  bool solar = c->has_radiation || c->daily[ECO__D_RADIATION].n, sunny = c->has_sunshine || c->daily[ECO__D_SUNSHINE].n;
  bool more = humid || solar || sunny || c->daily[ECO__D_T_MIN].n; /* FAO-25 */
  if (!c->evaporation_by_weather)
    (void)eco__format(text, sizeof text, "monthly normals of open water");
  else if (!more)
    (void)eco__format(text, sizeof text, "open water %g x Hargreaves, from mean temperature and the month's range",
                      c->open_water_factor);
  else
    (void)eco__format(text, sizeof text,
                      "open water %g x Penman-Monteith of FAO paper 56; vapour pressure from %s, radiation from %s",
                      c->open_water_factor, humid ? "humidity" : "minimum temperature",
                      solar   ? "measured radiation"
                      : sunny ? "sunshine"
                              : "the range of temperature");
  tell_series(t, "evaporation", &c->daily[ECO__D_EVAPORATION], text, c->fill_gaps);
}

static void tell_climate(teller *t, const eco__climate *c)
{
  const eco__series *low = &c->daily[ECO__D_T_MIN], *mean = &c->daily[ECO__D_T_MEAN];
  tell_series(t, "rain", &c->daily[ECO__D_RAIN], "generated: wet and dry days, gamma amounts", c->fill_gaps);
  tell_series(t, "temperature", mean->n ? mean : low, "generated about monthly normals", c->fill_gaps);
  if (low->n || c->has_range)
    tell_series(t, "daily range", low, "monthly normals, narrower on wet days", c->fill_gaps);
  tell_series(t, "wind", &c->daily[ECO__D_WIND], "monthly normals", c->fill_gaps);
  if (c->daily[ECO__D_HUMIDITY].n || c->has_humidity)
    tell_series(t, "humidity", &c->daily[ECO__D_HUMIDITY], "monthly normals, higher on wet days", c->fill_gaps);
  if (c->daily[ECO__D_RADIATION].n)
    tell_series(t, "radiation", &c->daily[ECO__D_RADIATION], "generated from normals", c->fill_gaps);
  else if (c->daily[ECO__D_SUNSHINE].n || c->has_sunshine || c->has_radiation)
    tell_series(t, "radiation", &c->daily[ECO__D_SUNSHINE],
                c->has_radiation ? "monthly normals, lower on wet days"
                                 : "monthly normals of sunshine, lower on wet days",
                c->fill_gaps);
  tell_evaporation(t, c);
}

void eco__compile_told(eco__compiler *c)
{
  eco_model *m = c->model;
  teller t = {c, ECO__COMPILER_TAKE(c, eco_weather_source, 7 + m->n_waters)};
  if (!t.rows)
    return;
  m->weather = t.rows;
  if (m->has_climate)
    tell_climate(&t, &m->climate);
  for (size_t w = 0; w < m->n_waters; w++) {
    char name[300];
    (void)eco__format(name, sizeof name, "inflow of %s", m->waters[w].name);
    if (m->waters[w].has_inflow)
      tell_series(&t, name, &m->waters[w].daily_inflow, "monthly means, spread over the days without steps",
                  m->waters[w].fill_gaps);
  }
}

size_t eco_model_weather_count(const eco_model *model)
{
  return model->n_weather;
}

eco_weather_source eco_model_weather_at(const eco_model *model, size_t index)
{
  return index < model->n_weather ? model->weather[index] : (eco_weather_source){NULL, NULL};
}
