/* basin_values.c -- the parameters of items: checked as they come, read back in the table's units. */
#include "basin/basin_store.h"

#include <math.h>
#include <string.h>

enum { N_MONTHS = 12, LONGEST_TEXT = 200 };

/* What a call is about: for messages and checks. */
typedef struct subject {
  eco_basin *basin;
  eco__item *item;
  const char *word, *name, *param;
  const eco_spec *spec;
} subject;

static eco__own own_of(const eco_basin *basin)
{
  return (eco__own){basin->own, basin->n_own};
}

static eco_status find_subject(eco_basin *basin, eco_item item, const char *param, subject *out, eco_error *err)
{
  *out = (subject){0};
  if (basin == NULL || item.id >= basin->n_items)
    return eco__fail(err, ECO_INVALID, "", "basin: no item has the number %lu", (unsigned long)item.id);
  eco__item *found = &basin->items[item.id];
  *out = (subject){basin, found, eco_kind_word(found->kind), basin->names[item.id], param != NULL ? param : "", NULL};
  out->spec = eco__spec_find(found->kind, out->param, out->name, found->place, own_of(basin), err);
  return out->spec != NULL ? ECO_OK : ECO_NOT_FOUND;
}

static const char *form_text(eco_form form)
{
  switch (form) {
  case ECO_NUMBER:
    return "one number";
  case ECO_TEXT:
    return "a text";
  case ECO_MONTHLY:
    return "1 or 12 numbers";
  case ECO_TABLE:
    return "2 or more numbers";
  case ECO_DAILY:
    return "a daily series";
  }
  return "?";
}

static eco_status fail_form(const subject *s, const char *given, eco_error *err)
{
  return eco__fail(err, ECO_INVALID, s->item->place, "%s '%s': %s is given %s, must be %s", s->word, s->name, s->param,
                   given, form_text(s->spec->form));
}

/* ---- numbers */

/* `which`: "", or " of month 3", " of value 2". Shows the number as it was given and, if that is another unit, as the
 * table's. */
static eco_status fail_range(const subject *s, const char *which, double given, const char *unit, double value,
                             eco_error *err)
{
  const eco_spec *spec = s->spec;
  const char *gap = spec->unit[0] != '\0' ? " " : "";
  char shown[96];
  if (eco__text_equal(unit, spec->unit))
    (void)eco__format(shown, sizeof shown, "%.10g%s%s", given, gap, spec->unit);
  else
    (void)eco__format(shown, sizeof shown, "%.10g %s (%.10g%s%s)", given, unit, value, gap, spec->unit);
  if (!isfinite(value))
    return eco__fail(err, ECO_INVALID, s->item->place, "%s '%s': %s%s is %s, must be a finite number", s->word, s->name,
                     s->param, which, shown);
  return eco__fail(err, ECO_INVALID, s->item->place, "%s '%s': %s%s is %s, must be between %g and %g%s%s", s->word,
                   s->name, s->param, which, shown, spec->lowest, spec->highest, gap, spec->unit);
}

static eco_status check_number(const subject *s, const char *which, double given, const char *unit, double *out,
                               eco_error *err)
{
  double value = given;
  unit = unit != NULL && unit[0] != '\0' ? unit : s->spec->unit;
  eco_error inner;
  eco_status status = ECO_OK;
  if (!eco__text_equal(unit, s->spec->unit))
    status = eco_unit_convert(given, unit, s->spec->unit, &value, &inner);
  if (status != ECO_OK)
    return eco__fail(err, status, s->item->place, "%s '%s': %s%s: %s", s->word, s->name, s->param, which, inner.text);
  if (!isfinite(value) || value < s->spec->lowest || value > s->spec->highest)
    return fail_range(s, which, given, unit, value, err);
  *out = value;
  return ECO_OK;
}

/* ---- keeping */

static eco__value *find_value(const eco__item *item, const char *param)
{
  eco__value *value = item->values;
  while (value != NULL && !eco__text_equal(value->param, param))
    value = value->next;
  return value;
}

/* The value of the subject's parameter, made where it is not there yet, with room for n things of `size` behind
 * *place where n > 0. Nothing is linked before all memory is there. */
static eco__value *make_value(const subject *s, size_t n, size_t size)
{
  eco__arena *arena = &s->basin->arena;
  eco__value *value = find_value(s->item, s->param);
  bool is_new = value == NULL;
  if (is_new) {
    value = ECO__TAKE(arena, eco__value, 1);
    if (value == NULL)
      return NULL;
    value->spec = s->spec;
    value->param = eco__text_equal(s->param, s->spec->name) ? s->spec->name : eco__arena_text(arena, s->param);
    if (value->param == NULL)
      return NULL;
  }
  if (n > value->room) { /* what was there stays in the arena until the basin goes: setting again is rare */
    void *memory = eco__arena_take(arena, n, size);
    if (memory == NULL)
      return NULL;
    value->room = n;
    value->text = size == 1 ? memory : NULL;
    value->array = size == 1 ? NULL : memory;
  }
  if (is_new) {
    value->next = s->item->values;
    s->item->values = value;
  }
  return value;
}

static eco_status no_memory(const subject *s, eco_error *err)
{
  return eco__fail(err, ECO_NO_MEMORY, s->item->place, "%s '%s': out of memory", s->word, s->name);
}

eco_status eco_basin_set_number(eco_basin *basin, eco_item item, const char *param, double value, const char *unit,
                                eco_error *err)
{
  subject s;
  ECO__TRY(find_subject(basin, item, param, &s, err));
  if (s.spec->form == ECO_MONTHLY)
    return eco_basin_set_array(basin, item, param, &value, 1, unit, err);
  if (s.spec->form != ECO_NUMBER)
    return fail_form(&s, "one number", err);
  double number;
  ECO__TRY(check_number(&s, "", value, unit, &number, err));
  eco__value *kept = make_value(&s, 0, sizeof(double));
  if (kept == NULL)
    return no_memory(&s, err);
  kept->number = number;
  return ECO_OK;
}

eco_status eco_basin_set_text(eco_basin *basin, eco_item item, const char *param, const char *text, eco_error *err)
{
  subject s;
  ECO__TRY(find_subject(basin, item, param, &s, err));
  if (s.spec->form != ECO_TEXT)
    return fail_form(&s, "a text", err);
  size_t length = text != NULL ? strlen(text) : 0;
  if (length == 0)
    return eco__fail(err, ECO_INVALID, s.item->place, "%s '%s': %s is empty, must be a text", s.word, s.name, s.param);
  if (length > LONGEST_TEXT || !eco__is_utf8(text, length))
    return eco__fail(err, ECO_INVALID, s.item->place,
                     "%s '%s': %s must be UTF-8 text of at most %d bytes without control characters", s.word, s.name,
                     s.param, LONGEST_TEXT);
  eco__value *kept = make_value(&s, length + 1, 1);
  if (kept == NULL)
    return no_memory(&s, err);
  memmove(kept->text, text, length + 1); /* text may be the one that is kept */
  return ECO_OK;
}

static eco_status check_count(const subject *s, const double *values, size_t n, eco_error *err)
{
  char given[48];
  (void)eco__format(given, sizeof given, "%zu numbers", n);
  if (values == NULL && n > 0)
    return eco__fail(err, ECO_INVALID, s->item->place, "%s '%s': %s: no numbers are given", s->word, s->name, s->param);
  bool fits = s->spec->form == ECO_MONTHLY ? n == 1 || n == N_MONTHS : s->spec->form == ECO_TABLE && n >= 2;
  return fits ? ECO_OK : fail_form(s, n == 1 ? "one number" : given, err);
}

eco_status eco_basin_set_array(eco_basin *basin, eco_item item, const char *param, const double *values, size_t n,
                               const char *unit, eco_error *err)
{
  subject s;
  ECO__TRY(find_subject(basin, item, param, &s, err));
  ECO__TRY(check_count(&s, values, n, err));
  double number;
  char which[32] = "";
  for (size_t i = 0; i < n; i++) { /* all are checked before the first is kept */
    if (n > 1)
      (void)eco__format(which, sizeof which, " of %s %zu", s.spec->form == ECO_MONTHLY ? "month" : "value", i + 1);
    ECO__TRY(check_number(&s, which, values[i], unit, &number, err));
  }
  size_t kept_n = s.spec->form == ECO_MONTHLY ? N_MONTHS : n;
  eco__value *kept = make_value(&s, kept_n, sizeof(double));
  if (kept == NULL)
    return no_memory(&s, err);
  for (size_t i = 0; i < kept_n; i++)
    (void)check_number(&s, "", values[n == 1 ? 0 : i], unit, &kept->array[i], NULL);
  kept->n = kept_n;
  return ECO_OK;
}

/* All values are checked before the first is kept. */
static eco_status check_series(const subject *s, eco_day first, const double *values, size_t n, const char *unit,
                               eco_error *err)
{
  if (s->spec->form != ECO_DAILY)
    return fail_form(s, "a daily series", err);
  if (values == NULL || n == 0)
    return eco__fail(err, ECO_INVALID, s->item->place, "%s '%s': %s: the series has no days", s->word, s->name,
                     s->param);
  for (size_t i = 0; i < n; i++) {
    double number;
    char which[32];
    int year, month, day;
    if (isnan(values[i]))
      continue;
    eco_day_to_date(first + (eco_day)i, &year, &month, &day);
    (void)eco__format(which, sizeof which, " of %04d-%02d-%02d", year, month, day);
    ECO__TRY(check_number(s, which, values[i], unit, &number, err));
  }
  return ECO_OK;
}

eco_status eco_basin_set_series(eco_basin *basin, eco_item item, const char *param, eco_day first, const double *values,
                                size_t n, const char *unit, const char *place, eco_error *err)
{
  subject s;
  ECO__TRY(find_subject(basin, item, param, &s, err));
  ECO__TRY(check_series(&s, first, values, n, unit, err));
  const char *from = eco__arena_text(&basin->arena, place != NULL && place[0] != '\0' ? place : s.item->place);
  eco__value *kept = from != NULL ? make_value(&s, n, sizeof(double)) : NULL;
  if (kept == NULL)
    return no_memory(&s, err);
  for (size_t i = 0; i < n; i++) {
    kept->array[i] = NAN;
    if (!isnan(values[i]))
      (void)check_number(&s, "", values[i], unit, &kept->array[i], NULL);
  }
  kept->n = n;
  kept->first = first;
  kept->place = from;
  return ECO_OK;
}

/* ---- reading back */

static double fallback_of(const eco_basin *basin, eco_item item, const char *param)
{
  const eco_spec *spec = eco__spec_find(basin->items[item.id].kind, param, "", "", own_of(basin), NULL);
  return spec != NULL ? spec->fallback : NAN;
}

double eco__item_number(const eco_basin *basin, eco_item item, const char *param)
{
  const eco__value *value = find_value(&basin->items[item.id], param);
  return value != NULL ? value->number : fallback_of(basin, item, param);
}

bool eco__item_is_set(const eco_basin *basin, eco_item item, const char *param)
{
  return find_value(&basin->items[item.id], param) != NULL;
}

const char *eco__item_text(const eco_basin *basin, eco_item item, const char *param)
{
  const eco__value *value = find_value(&basin->items[item.id], param);
  return value != NULL ? value->text : NULL;
}

const double *eco__item_array(const eco_basin *basin, eco_item item, const char *param, size_t *n)
{
  const eco__value *value = find_value(&basin->items[item.id], param);
  *n = value != NULL ? value->n : 0;
  return value != NULL ? value->array : NULL;
}

eco__series eco__item_series(const eco_basin *basin, eco_item item, const char *param)
{
  const eco__value *value = find_value(&basin->items[item.id], param);
  return value != NULL ? (eco__series){value->first, value->n, value->array, value->place} : (eco__series){0};
}

double eco__item_monthly(const eco_basin *basin, eco_item item, const char *param, int month)
{
  size_t n;
  const double *array = eco__item_array(basin, item, param, &n);
  return array != NULL ? array[month] : fallback_of(basin, item, param);
}
