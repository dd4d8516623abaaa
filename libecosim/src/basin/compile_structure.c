/* compile_structure.c -- structures: their laws, what each law must and may say, where they stand. */
#include "basin/compile.h"

#include <math.h>
#include <string.h>

#define DEAD_DEPTH_M 0.1 /* the least level of what takes water, over the bed, where none is given */

static const struct {
  const char *word;
  eco__law law;
  const char *must[5]; /* numbers and arrays that must be given */
} laws[] = {{"weir", ECO__WEIR, {"crest", "width"}},
            {"gate", ECO__GATE, {"crest", "width"}},
            {"dam", ECO__DAM, {"width"}},
            {"intake", ECO__INTAKE, {"demand"}},
            {"orifice", ECO__ORIFICE, {"area", "centre"}},
            {"culvert", ECO__CULVERT, {"length", "manning_n", "invert_up", "invert_down"}},
            {"siphon", ECO__SIPHON, {"area"}},
            {"pump", ECO__PUMP, {NULL}},
            {"rating", ECO__RATING, {"rating_level", "rating_flow"}},
            {"link", ECO__LINK, {"conductance"}}};
enum { N_LAWS = sizeof laws / sizeof laws[0] };

const char *eco__law_word(eco__law law)
{
  for (size_t k = 0; k < N_LAWS; k++)
    if (laws[k].law == law)
      return laws[k].word;
  return NULL;
}

static bool read_law(eco__compiler *c, eco_item item, eco__law *out)
{
  const char *word = eco__item_text(c->basin, item, "law");
  const char *words[N_LAWS];
  for (size_t k = 0; k < N_LAWS; k++) {
    words[k] = laws[k].word;
    if (eco__text_equal(word, laws[k].word)) {
      *out = laws[k].law;
      return true;
    }
  }
  const char *near = eco__nearest(word, words, N_LAWS);
  eco__fault(c, item, ECO_INVALID,
             "structure '%s': law is '%s', expected weir, gate, dam, intake, orifice, culvert, siphon, pump, rating or "
             "link%s%s%s",
             eco__item_name(c->basin, item), word, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  return false;
}

/* ---- what must be given */

static bool is_given(const eco__compiler *c, eco_item item, const char *param)
{
  return eco__item_is_set(c->basin, item, param);
}

static void need(eco__compiler *c, eco_item item, const char *param)
{
  const char *law = eco__item_text(c->basin, item, "law");
  if (!is_given(c, item, param))
    eco__fault(c, item, ECO_INVALID, "structure '%s': '%s' must be given for %s %s", eco__item_name(c->basin, item),
               param, strchr("aeiou", law[0]) ? "an" : "a", law);
}

static void check_given(eco__compiler *c, eco_item item, eco__law law)
{
  for (size_t k = 0; k < N_LAWS; k++)
    for (size_t p = 0; laws[k].law == law && p < 5 && laws[k].must[p]; p++)
      need(c, item, laws[k].must[p]);
  if (law == ECO__DAM && !is_given(c, item, "rule_level"))
    need(c, item, "hold_level");
  if (law == ECO__CULVERT && !is_given(c, item, "diameter")) {
    need(c, item, "width");
    need(c, item, "height");
  }
  if (law == ECO__PUMP && !is_given(c, item, "lift"))
    need(c, item, "capacity");
}

/* ---- curves */

/* A curve of two lists of the same length. x must rise; the flow must not fall, or must fall where `falls`. */
static eco__curve read_curve(eco__compiler *c, eco_item item, const char *x_name, const char *y_name, bool falls)
{
  const char *name = eco__item_name(c->basin, item);
  size_t n, n_y;
  const double *x = eco__item_array(c->basin, item, x_name, &n), *y = eco__item_array(c->basin, item, y_name, &n_y);
  eco__curve none = {0};
  if (!x && !y)
    return none;
  if (n != n_y) {
    eco__fault(c, item, ECO_INVALID, "structure '%s': %s has %zu values and %s %zu, expected as many of each", name,
               x_name, n, y_name, n_y);
    return none;
  }
  for (size_t k = 1; k < n; k++) {
    if (!(x[k] > x[k - 1])) {
      eco__fault(c, item, ECO_INVALID, "structure '%s': %s must rise, but value %zu, %g m, follows %g m", name, x_name,
                 k + 1, x[k], x[k - 1]);
      return none;
    }
    if (falls ? !(y[k] < y[k - 1]) : !(y[k] >= y[k - 1])) {
      eco__fault(c, item, ECO_INVALID,
                 "structure '%s': %s must %s as %s rises, but value %zu, %g m3/s, follows %g m3/s", name, y_name,
                 falls ? "fall" : "not fall", x_name, k + 1, y[k], y[k - 1]);
      return none;
    }
  }
  double *kept = ECO__COMPILER_TAKE(c, double, 2 * n);
  if (!kept)
    return none;
  memcpy(kept, x, n * sizeof *x);
  memcpy(kept + n, y, n * sizeof *y);
  return (eco__curve){n, kept, kept + n};
}

static void read_rule(eco__compiler *c, eco_item item, eco__structure *s)
{
  size_t n, n_days;
  const double *days = eco__item_array(c->basin, item, "rule_day", &n_days),
               *levels = eco__item_array(c->basin, item, "rule_level", &n);
  if (n != n_days) {
    eco__fault(c, item, ECO_INVALID,
               "structure '%s': rule_day has %zu values and rule_level %zu, expected as many of each", s->name, n_days,
               n);
    return;
  }
  for (size_t k = 1; k < n; k++)
    if (!(days[k] > days[k - 1])) {
      eco__fault(c, item, ECO_INVALID, "structure '%s': rule_day must rise, but value %zu, %g, follows %g", s->name,
                 k + 1, days[k], days[k - 1]);
      return;
    }
  double *kept = n ? ECO__COMPILER_TAKE(c, double, 2 * n) : NULL;
  if (!kept)
    return;
  memcpy(kept, days, n * sizeof *days);
  memcpy(kept + n, levels, n * sizeof *levels);
  s->n_rule = n;
  s->rule_day = kept;
  s->rule_level_m = kept + n;
}

double eco__rule_level(const eco__structure *s, double day)
{
  const double year = 365.25;
  size_t n = s->n_rule, k = 0;
  if (n == 0)
    return s->numbers[ECO__S_HOLD];
  while (k < n && s->rule_day[k] <= day)
    k++;
  size_t last = k > 0 ? k - 1 : n - 1, next = k < n ? k : 0; /* round the year */
  double from = s->rule_day[last] - (k > 0 ? 0.0 : year), to = s->rule_day[next] + (k < n ? 0.0 : year);
  double share = to > from ? (day - from) / (to - from) : 0.0;
  return s->rule_level_m[last] + share * (s->rule_level_m[next] - s->rule_level_m[last]);
}

/* ---- levels that must agree */

static void check_switching(eco__compiler *c, eco_item item, const eco__structure *s)
{
  double on = s->numbers[ECO__S_ON], off = s->numbers[ECO__S_OFF];
  if (!isnan(off) && isnan(on))
    eco__fault(c, item, ECO_INVALID, "structure '%s': off_level is given, but no on_level to start at", s->name);
  if (!(off < on) && !isnan(on) && !isnan(off))
    eco__fault(c, item, ECO_INVALID,
               "structure '%s': on_level is %g m, not above off_level, %g m: it would start and stop at once", s->name,
               on, off);
}

/* A pump stands at its source: water must reach its suction, and it must stop before the bed. */
static void check_pump(eco__compiler *c, eco_item item, const eco__structure *s, uint32_t up)
{
  const char *water = c->waters[c->cell_water[up]].name;
  double on = s->numbers[ECO__S_ON], off = s->numbers[ECO__S_OFF];
  check_switching(c, item, s);
  if (off < s->bed_up_m)
    eco__fault(c, item, ECO_INVALID,
               "structure '%s': off_level is %g m, below the bed of '%s', %g m: it would never stop", s->name, off,
               water, s->bed_up_m);
  if (on <= s->min_level_m)
    eco__fault(c, item, ECO_INVALID,
               "structure '%s': on_level is %g m, but it takes nothing below min_level, %g m: a pump above its source",
               s->name, on, s->min_level_m);
  if (c->cell_table[up] == ECO__OUTSIDE)
    return;
  const eco__table *t = &c->tables[c->cell_table[up]];
  double suction = isnan(on) ? s->min_level_m : on;
  if (suction >= t->level_m[t->n - 1])
    eco__fault(c, item, ECO_INVALID,
               "structure '%s': %s is %g m, but the levels of '%s' end at %g m: a pump above its source", s->name,
               isnan(on) ? "min_level" : "on_level", suction, water, t->level_m[t->n - 1]);
}

/* ---- one structure */

static const struct {
  const char *param;
  int number;
} read_numbers[] = {{"crest", ECO__S_CREST},     {"capacity", ECO__S_CAPACITY},
                    {"hold_level", ECO__S_HOLD}, {"open_level", ECO__S_OPEN},
                    {"active", ECO__S_ACTIVE},   {"opening", ECO__S_OPENING},
                    {"on_level", ECO__S_ON},     {"off_level", ECO__S_OFF},
                    {"units", ECO__S_UNITS},     {"conductance", ECO__S_CONDUCTANCE}};

static void read_monthly(eco__compiler *c, eco_item item, eco__structure *s)
{
  const eco_basin *b = c->basin;
  for (int m = 0; m < 12; m++) {
    s->demand[m] = s->law == ECO__INTAKE ? eco__item_monthly(b, item, "demand", m)
                   : s->law == ECO__DAM  ? eco__item_monthly(b, item, "release", m)
                                         : 0.0;
    s->supply[m] = s->law == ECO__DAM ? eco__item_monthly(b, item, "demand", m) : NAN;
    s->outside[m] = eco__item_monthly(b, item, "outside_level", m);
  }
  s->numbers[ECO__S_SUPPLY] = s->supply[0];
  s->numbers[ECO__S_OUTSIDE] = s->outside[0];
}

/* The level at which it draws from a layered lake: as told, or where its opening is. */
static double drawn_at(const eco__compiler *c, eco_item item)
{
  static const char *const words[] = {"draws_at", "min_level", "crest", "centre", "invert_up"};
  double at = NAN;
  for (size_t k = 0; k < sizeof words / sizeof words[0] && isnan(at); k++)
    at = eco__item_number(c->basin, item, words[k]);
  return at;
}

static void read_works(eco__compiler *c, eco_item item, eco__structure *s)
{
  const eco_basin *b = c->basin;
  s->width_m = eco__item_number(b, item, "width");
  s->coefficient = eco__item_number(b, item, "coefficient");
  s->band_m = eco__item_number(b, item, "band");
  s->smooth_drop_m = eco__item_number(b, item, "smooth_drop");
  s->area_m2 = eco__item_number(b, item, "area");
  s->centre_m = eco__item_number(b, item, "centre");
  s->draws_m = drawn_at(c, item);
  s->loss = eco__item_number(b, item, "loss");
  s->stage_m = eco__item_number(b, item, "stage");
  s->barrel = (eco__barrel){.diameter_m = eco__item_number(b, item, "diameter"),
                            .width_m = s->width_m,
                            .height_m = eco__item_number(b, item, "height"),
                            .length_m = eco__item_number(b, item, "length"),
                            .manning_n = eco__item_number(b, item, "manning_n"),
                            .invert_up_m = eco__item_number(b, item, "invert_up"),
                            .invert_down_m = eco__item_number(b, item, "invert_down"),
                            .entry_loss = eco__item_number(b, item, "entry_loss"),
                            .count = eco__item_number(b, item, "barrels")};
  if (s->law == ECO__PUMP)
    s->lift = read_curve(c, item, "lift", "lift_flow", true);
  if (s->law == ECO__RATING)
    s->rating = read_curve(c, item, "rating_level", "rating_flow", false);
  if (s->law == ECO__DAM)
    read_rule(c, item, s);
}

static void read_structure(eco__compiler *c, eco_item item, eco__structure *s)
{
  const eco_basin *b = c->basin;
  const eco__face *f = &c->faces[s->face];
  double up = c->cell_bed[f->up], down = f->down == ECO__OUTSIDE ? up : c->cell_bed[f->down];
  s->bed_m = up > down ? up : down;
  s->bed_up_m = up;
  s->min_level_m = eco__item_number(b, item, "min_level");
  if (isnan(s->min_level_m))
    s->min_level_m = up + DEAD_DEPTH_M;
  s->min_level_m = s->min_level_m > up ? s->min_level_m : up;
  s->supply_level_m = eco__item_number(b, item, "supply_level");
  if (!(s->supply_level_m > s->min_level_m))
    s->supply_level_m = s->min_level_m;
  s->outlet_m = eco__item_number(b, item, "outlet_level");
  if (isnan(s->outlet_m)) /* a pump lifts to the bed it gives to at least, a siphon runs out as high as it draws */
    s->outlet_m = s->law == ECO__PUMP ? down : s->min_level_m > s->bed_m ? s->min_level_m : s->bed_m;
  for (size_t k = 0; k < ECO__N_STRUCTURE_NUMBERS; k++)
    s->numbers[k] = NAN;
  for (size_t k = 0; k < sizeof read_numbers / sizeof read_numbers[0]; k++)
    s->numbers[read_numbers[k].number] = eco__item_number(b, item, read_numbers[k].param);
  s->numbers[ECO__S_RUNNING] = 0.0;
  read_monthly(c, item, s);
  read_works(c, item, s);
  if (s->n_rule > 0)
    s->numbers[ECO__S_HOLD] = eco__rule_level(s, 1.0);
  /* what leaves the model does not come back: nobody knows what would be in it */
  s->one_way = eco__item_number(b, item, "one_way") > 0.5 || f->down == ECO__OUTSIDE;
  if (s->law == ECO__PUMP)
    check_pump(c, item, s, f->up);
  if (s->law == ECO__SIPHON)
    check_switching(c, item, s);
}

/* ---- where it stands */

static bool inside_water(eco__compiler *c, eco_item item, const char *param, uint32_t water, double at_m)
{
  if (water == ECO__OUTSIDE || !eco__is_reach(c->waters[water].kind) || !(at_m > c->waters[water].length_m))
    return true;
  eco__fault(c, item, ECO_INVALID, "structure '%s': %s is %g m, but '%s' is %g m long", eco__item_name(c->basin, item),
             param, at_m, c->waters[water].name, c->waters[water].length_m);
  return false;
}

/* A structure at the lower end of a reach, towards its downstream water, takes the place of the channel face: not an
 * intake, and a pump only where nothing else does. */
static void take_end(eco__compiler *c, const eco__structure *s, uint32_t from, uint32_t to, uint32_t up)
{
  eco__water *w = &c->waters[from];
  bool at_end = up == w->first_cell + w->n_cells - 1 && eco__is_reach(w->kind) && to == w->downstream;
  bool second = s->law == ECO__INTAKE || (s->law == ECO__PUMP && w->out_face != ECO__OUTSIDE);
  if (at_end && !second)
    w->out_face = s->face;
}

static void add_structure(eco__compiler *c, eco_item item, eco__structure *s, uint32_t index)
{
  s->name = eco__arena_text(&c->model->arena, eco__item_name(c->basin, item));
  s->place = eco__arena_text(&c->model->arena, eco__item_place(c->basin, item));
  uint32_t from = eco__water_named(c, item, "from", true), to = eco__water_named(c, item, "to", false);
  if (!read_law(c, item, &s->law) || from == ECO__OUTSIDE || c->n_faults)
    return;
  double from_at = eco__item_number(c->basin, item, "from_at"), to_at = eco__item_number(c->basin, item, "to_at");
  if (!inside_water(c, item, "from_at", from, from_at) || !inside_water(c, item, "to_at", to, to_at))
    return;
  uint32_t up = eco__cell_at(c, from, from_at), down = ECO__OUTSIDE;
  if (to != ECO__OUTSIDE && to == c->waters[from].downstream && !eco__item_is_set(c->basin, item, "to_at"))
    to_at = c->enters_m[from];
  if (to != ECO__OUTSIDE)
    down = eco__cell_at(c, to, to_at);
  if (up == down) {
    eco__fault(c, item, ECO_INVALID, "structure '%s': from and to are the same place of '%s'", s->name,
               c->waters[from].name);
    return;
  }
  if (down != ECO__OUTSIDE && is_given(c, item, "outside_level")) {
    eco__fault(c, item, ECO_INVALID,
               "structure '%s': outside_level is given, but it leads to '%s', whose level is calculated", s->name,
               c->waters[to].name);
    return;
  }
  check_given(c, item, s->law);
  s->face = (uint32_t)c->model->n_faces;
  eco__add_structure_face(c, up, down, s->law)->structure = index;
  take_end(c, s, from, to, up);
  if (c->n_faults == 0)
    read_structure(c, item, s);
}

void eco__compile_structures(eco__compiler *c)
{
  eco_model *m = c->model;
  m->n_structures = eco_basin_count(c->basin, ECO_STRUCTURE);
  eco__structure *all = ECO__COMPILER_TAKE(c, eco__structure, m->n_structures);
  m->structures = all;
  uint32_t s = 0;
  for (uint32_t i = 0; all && i < eco__basin_n_items(c->basin) && c->n_faults == 0; i++)
    if (eco__item_kind(c->basin, (eco_item){i}) == ECO_STRUCTURE) {
      add_structure(c, (eco_item){i}, &all[s], s);
      s++;
    }
}
