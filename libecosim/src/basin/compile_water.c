/* compile_water.c -- waters, the main stems they form, and their cells.
 *
 * Reaches that follow each other at their ends form one chain, so that a front is carried through without being mixed at
 * the joint; where several enter at the same upper end the widest continues and the others are links. */
#include "basin/compile.h"

#include <math.h>

/* Number of "prefix.<state>"; other N from TN where that is given. NaN where neither is. */
static double state_number(const eco__compiler *c, eco_item item, const char *prefix, uint32_t state, int month)
{
  const eco_basin *b = c->basin;
  char param[128];
  if (state == c->model->heat) /* has parameters of its own */
    return 0.0;
  (void)eco__format(param, sizeof param, "%s.%s", prefix, c->model->states[state].name);
  double value = month < 0 ? eco__item_number(b, item, param) : eco__item_monthly(b, item, param, month);
  if (!c->model->has_bulk || state != ECO__ON)
    return value;
  (void)eco__format(param, sizeof param, "%s.TN", prefix);
  if (!eco__item_is_set(b, item, param))
    return value;
  double total = month < 0 ? eco__item_number(b, item, param) : eco__item_monthly(b, item, param, month);
  double ammonia = state_number(c, item, prefix, ECO__NH3, month);
  return total - (isnan(ammonia) ? 0.0 : ammonia);
}

static void read_inflow(eco__compiler *c, eco_item item, eco__water *w)
{
  size_t n;
  const double *flow = eco__item_array(c->basin, item, "inflow", &n);
  w->daily_inflow = eco__compile_series(c, item, "daily.inflow");
  w->fill_gaps = eco__says_word(c, item, "gaps", "monthly");
  w->has_inflow = flow != NULL || w->daily_inflow.n > 0;
  if (w->fill_gaps && !flow)
    eco__fault(c, item, ECO_INVALID, "%s '%s': gaps is 'monthly', but 'inflow' is not given", eco__word_of(c, item),
               w->name);
  w->inflow_oxygen_share = eco__item_number(c->basin, item, "inflow_oxygen_share");
  const uint32_t n_states = (uint32_t)c->model->n_states;
  double *inflow = ECO__COMPILER_TAKE(c, double, 12 * n_states + 1),
         *initial = ECO__COMPILER_TAKE(c, double, n_states + 1);
  w->inflow_mg_l = inflow;
  w->initial_mg_l = initial;
  for (int m = 0; inflow && initial && m < 12; m++) {
    w->inflow_m3_s[m] = flow ? flow[m] : w->daily_inflow.n ? NAN : 0.0;
    for (uint32_t k = 0; k < n_states; k++) {
      double x = state_number(c, item, "inflow", k, m);
      inflow[(size_t)m * n_states + k] = x;
      if (x < 0)
        eco__fault(c, item, ECO_INVALID, "%s '%s': inflow.TN is less than inflow.NH3-N in month %d",
                   eco__word_of(c, item), w->name, m + 1);
    }
  }
  for (uint32_t k = 0; inflow && initial && k < n_states; k++) {
    double x = state_number(c, item, "initial", k, -1);
    initial[k] = isnan(x) && k != c->model->oxygen ? 0.0 : x;
    if (x < 0)
      eco__fault(c, item, ECO_INVALID, "%s '%s': initial.TN is less than initial.NH3-N", eco__word_of(c, item),
                 w->name);
  }
}

static void read_water(eco__compiler *c, eco_item item, eco__water *w)
{
  const eco_basin *b = c->basin;
  w->name = eco__arena_text(&c->model->arena, eco__item_name(b, item));
  w->kind = eco__item_kind(b, item);
  w->out_face = ECO__OUTSIDE;
  if (eco__is_reach(w->kind)) {
    w->length_m = eco__item_number(b, item, "length");
    w->n_cells = (uint32_t)ceil(w->length_m / c->cell_m - 1e-9);
    w->n_cells = w->n_cells ? w->n_cells : 1;
  } else {
    w->n_cells = 1;
  }
  bool is_reach = eco__is_reach(w->kind);
  w->fixed_inlet = is_reach && eco__says_word(c, item, "inlet", "fixed");
  for (int m = 0; m < 12; m++) {
    w->outlet_m[m] = is_reach ? eco__item_monthly(b, item, "outlet_level", m) : NAN;
    w->rain_factor[m] = is_reach ? 0.0 : eco__item_monthly(b, item, "rain_factor", m);
  }
  w->initial_c = eco__item_number(b, item, "initial_temperature");
  for (int m = 0; m < 12; m++)
    w->inflow_c[m] = eco__item_monthly(b, item, "inflow_temperature", m);
  w->sod_g_m2_d = eco__item_number(b, item, "sod");
  w->release_nh3_mg_m2_d = eco__item_number(b, item, "release.NH3-N");
  w->release_tp_mg_m2_d = eco__item_number(b, item, "release.TP");
  read_inflow(c, item, w);
}

static void resolve_branch(eco__compiler *c, uint32_t w)
{
  c->branches_from[w] = ECO__OUTSIDE;
  if (!eco__is_reach(c->waters[w].kind))
    return;
  eco_item item = c->water_items[w];
  uint32_t from = c->branches_from[w] = eco__water_named(c, item, "branches_from", false);
  double at = c->branches_at_m[w] = eco__item_number(c->basin, item, "branches_at");
  if (from == w)
    eco__fault(c, item, ECO_INVALID, "%s '%s' branches off itself", eco__word_of(c, item), c->waters[w].name);
  if (from != ECO__OUTSIDE && eco__is_reach(c->waters[from].kind) && at > c->waters[from].length_m)
    eco__fault(c, item, ECO_INVALID, "%s '%s': branches_at is %g m, but '%s' is %g m long", eco__word_of(c, item),
               c->waters[w].name, at, c->waters[from].name, c->waters[from].length_m);
}

static void resolve_downstream(eco__compiler *c)
{
  for (uint32_t w = 0; w < c->model->n_waters; w++) {
    eco_item item = c->water_items[w];
    uint32_t down = eco__water_named(c, item, "downstream", false);
    c->waters[w].downstream = down;
    c->enters_m[w] = eco__item_number(c->basin, item, "enters_at");
    resolve_branch(c, w);
    if (down == ECO__OUTSIDE)
      continue;
    if (!isnan(c->waters[w].outlet_m[0]))
      eco__fault(c, item, ECO_INVALID,
                 "%s '%s': outlet_level is given, but it flows to '%s', whose level is calculated",
                 eco__word_of(c, item), c->waters[w].name, c->waters[down].name);
    double length = c->waters[down].length_m;
    if (eco__is_reach(c->waters[down].kind) && c->enters_m[w] > length)
      eco__fault(c, item, ECO_INVALID, "%s '%s': enters_at is %g m, but '%s' is %g m long", eco__word_of(c, item),
                 c->waters[w].name, c->enters_m[w], c->waters[down].name, length);
  }
}

/* Follows each water down; more steps than waters is a loop, told from the item that is met again. */
static void refuse_loops(eco__compiler *c)
{
  size_t n = c->model->n_waters;
  for (uint32_t w = 0; w < n; w++) {
    uint32_t x = w;
    for (size_t steps = 0; x != ECO__OUTSIDE && steps < n; steps++) {
      x = c->waters[x].downstream;
      if (x != w)
        continue;
      eco__fault(c, c->water_items[w], ECO_INVALID, "%s '%s' flows into itself: its downstream waters lead back to it",
                 eco__word_of(c, c->water_items[w]), c->waters[w].name);
      return;
    }
  }
}

/* next[a] = b: a's water goes on as b's. The widest of those that enter b at its upper end. */
static void find_stems(eco__compiler *c)
{
  size_t n = c->model->n_waters;
  for (size_t w = 0; w < n; w++)
    c->next[w] = c->previous[w] = ECO__OUTSIDE;
  for (uint32_t a = 0; a < n; a++) {
    uint32_t b = c->waters[a].downstream;
    if (b == ECO__OUTSIDE || !eco__is_reach(c->waters[a].kind) || !eco__is_reach(c->waters[b].kind))
      continue;
    if (c->enters_m[a] >= c->waters[b].length_m / c->waters[b].n_cells)
      continue;
    uint32_t rival = c->previous[b];
    if (rival != ECO__OUTSIDE && eco__width_of(c, rival) >= eco__width_of(c, a))
      continue;
    if (rival != ECO__OUTSIDE)
      c->next[rival] = ECO__OUTSIDE;
    c->previous[b] = a;
    c->next[a] = b;
  }
}

/* Index of the water that a text parameter names; ECO__OUTSIDE where it is not one. No fault: others tell. */
static uint32_t quiet_water(const eco__compiler *c, eco_item item, const char *param)
{
  const char *name = eco__item_text(c->basin, item, param);
  eco_item found;
  if (!name || eco_basin_find(c->basin, name, &found, NULL) != ECO_OK)
    return ECO__OUTSIDE;
  for (uint32_t w = 0; w < c->model->n_waters; w++)
    if (c->water_items[w].id == found.id)
      return w;
  return ECO__OUTSIDE;
}

static uint32_t stem_of(const eco__compiler *c, uint32_t w)
{
  while (c->previous[w] != ECO__OUTSIDE)
    w = c->previous[w];
  return w;
}

/* A side branch that comes back to its own stem further down (a pumped transfer to a tributary): the stem is cut below the
 * water it leaves, so that one chain gives and another gets. */
static void cut_stems(eco__compiler *c)
{
  for (uint32_t i = 0; i < eco__basin_n_items(c->basin); i++) {
    eco_item item = {i};
    if (eco__item_kind(c->basin, item) != ECO_STRUCTURE)
      continue;
    uint32_t from = quiet_water(c, item, "from"), to = quiet_water(c, item, "to");
    if (from == ECO__OUTSIDE || to == ECO__OUTSIDE || c->next[from] == ECO__OUTSIDE)
      continue;
    /* what stands at the end of a water is the joint itself; an intake goes beside it */
    if (to == c->waters[from].downstream && !eco__text_equal(eco__item_text(c->basin, item, "law"), "intake"))
      continue;
    uint32_t stem = stem_of(c, from);
    for (uint32_t w = to; w != ECO__OUTSIDE; w = c->waters[w].downstream) {
      if (w == from) {
        eco__fault(c, item, ECO_INVALID, "structure '%s' takes from '%s' what comes back to it: a loop of waters",
                   eco__item_name(c->basin, item), c->waters[from].name);
        break;
      }
      if (stem_of(c, w) != stem || c->next[from] == ECO__OUTSIDE)
        continue;
      c->previous[c->next[from]] = ECO__OUTSIDE;
      c->next[from] = ECO__OUTSIDE;
      break;
    }
  }
}

/* Dead zones have both a section and an exchange, or there are none. */
static bool read_storage(eco__compiler *c, eco_item item, double *area_m2, double *per_s)
{
  *area_m2 = eco__item_number(c->basin, item, "storage_area");
  *per_s = eco__item_number(c->basin, item, "storage_exchange");
  if (isnan(*area_m2) != isnan(*per_s))
    eco__fault(c, item, ECO_INVALID, "%s '%s': %s is given without %s, expected both or neither", eco__word_of(c, item),
               eco__item_name(c->basin, item), isnan(*per_s) ? "storage_area" : "storage_exchange",
               isnan(*per_s) ? "storage_exchange" : "storage_area");
  if (isnan(*area_m2) || isnan(*per_s))
    *area_m2 = *per_s = 0.0;
  return *area_m2 > 0 && *per_s > 0;
}

static void make_reach_cells(eco__compiler *c, uint32_t w, uint32_t chain)
{
  const eco_basin *b = c->basin;
  eco_item item = c->water_items[w];
  eco__water *water = &c->waters[w];
  double length = water->length_m / water->n_cells;
  double depth = eco__item_number(b, item, "initial_depth");
  double storage, exchange;
  eco__shape shape;
  c->model->has_storage = read_storage(c, item, &storage, &exchange) || c->model->has_storage;
  if (!eco__check_bed(c, w) || !eco__make_shape(c, w, &shape))
    return;
  for (uint32_t k = 0; k < water->n_cells; k++) {
    uint32_t i = water->first_cell + k;
    c->cell_water[i] = w;
    c->cell_chain[i] = chain;
    c->cell_table[i] = ECO__OUTSIDE;
    c->cell_length[i] = length;
    c->cell_bed[i] = eco__bed_at(c, w, (k + 0.5) * length);
    c->cell_shape[i] = shape;
    c->cell_start[i] = c->cell_bed[i] + depth;
    c->cell_dispersion[i] = eco__item_number(b, item, "dispersion");
    c->cell_storage[i] = storage;
    c->cell_exchange[i] = exchange;
  }
}

static bool check_table(eco__compiler *c, eco_item item, const double *level, const double *area, size_t n,
                        size_t n_area)
{
  const char *name = eco__item_name(c->basin, item);
  if (n != n_area) {
    eco__fault(c, item, ECO_INVALID, "%s '%s': level has %zu values and area %zu, expected as many",
               eco__word_of(c, item), name, n, n_area);
    return false;
  }
  for (size_t k = 1; k < n; k++)
    if (!(level[k] > level[k - 1])) {
      eco__fault(c, item, ECO_INVALID, "%s '%s': level %g m comes after %g m, levels must rise", eco__word_of(c, item),
                 name, level[k], level[k - 1]);
      return false;
    }
  if (!(area[n - 1] > 0)) {
    eco__fault(c, item, ECO_INVALID, "%s '%s': the last area is %g m2, must be above 0", eco__word_of(c, item), name,
               area[n - 1]);
    return false;
  }
  for (size_t k = 1; k < n; k++)
    if (area[k] < area[k - 1]) {
      eco__fault(c, item, ECO_INVALID, "%s '%s': area falls from %g to %g m2 at level %g m, must not fall",
                 eco__word_of(c, item), name, area[k - 1], area[k], level[k]);
      return false;
    }
  return true;
}

/* Volumes are the exact integral of the piecewise linear area; a dead volume is a prism below the first level. */
static void make_table(eco__compiler *c, eco_item item, const double *level, const double *area, size_t n,
                       eco__table *out)
{
  double dead = eco__item_number(c->basin, item, "dead_volume");
  if (dead > 0 && !(area[0] > 0)) {
    eco__fault(c, item, ECO_INVALID, "%s '%s': dead_volume is %g m3, but the area at the first level is 0",
               eco__word_of(c, item), eco__item_name(c->basin, item), dead);
    return;
  }
  size_t extra = dead > 0 ? 1 : 0;
  double *l = ECO__COMPILER_TAKE(c, double, n + extra), *a = ECO__COMPILER_TAKE(c, double, n + extra);
  double *v = ECO__COMPILER_TAKE(c, double, n + extra);
  if (!l || !a || !v)
    return;
  if (extra) {
    l[0] = level[0] - dead / area[0];
    a[0] = area[0];
  }
  for (size_t k = 0; k < n; k++) {
    l[k + extra] = level[k];
    a[k + extra] = area[k];
  }
  for (size_t k = 1; k < n + extra; k++)
    v[k] = v[k - 1] + 0.5 * (a[k] + a[k - 1]) * (l[k] - l[k - 1]);
  *out = (eco__table){n + extra, l, a, v};
}

static void make_lake_cell(eco__compiler *c, uint32_t w, uint32_t chain)
{
  eco_item item = c->water_items[w];
  uint32_t i = c->waters[w].first_cell;
  size_t n, n_area;
  const double *level = eco__item_array(c->basin, item, "level", &n);
  const double *area = eco__item_array(c->basin, item, "area", &n_area);
  if (!check_table(c, item, level, area, n, n_area))
    return;
  eco__table *table = &c->tables[c->model->n_tables];
  make_table(c, item, level, area, n, table);
  if (!table->n)
    return;
  double start = eco__item_number(c->basin, item, "initial_level");
  if (start < table->level_m[0])
    eco__fault(c, item, ECO_INVALID, "%s '%s': initial_level is %g m, below its bed at %g m", eco__word_of(c, item),
               c->waters[w].name, start, table->level_m[0]);
  c->cell_water[i] = w;
  c->cell_chain[i] = chain;
  c->cell_table[i] = (uint32_t)c->model->n_tables++;
  c->cell_bed[i] = table->level_m[0];
  c->cell_start[i] = start;
  c->cell_dispersion[i] = NAN;
}

static void count_cells(eco__compiler *c)
{
  for (uint32_t w = 0; w < c->model->n_waters; w++) {
    c->model->n_cells += c->waters[w].n_cells;
    c->model->n_points += eco__layers_of(c, w);
    c->model->n_tables += eco__is_lake(c->waters[w].kind);
    c->model->n_chains += c->previous[w] == ECO__OUTSIDE;
  }
  c->model->n_points += c->model->n_cells;
}

static bool take_cells(eco__compiler *c)
{
  eco_model *m = c->model;
  m->cell_water = c->cell_water = ECO__COMPILER_TAKE(c, uint32_t, m->n_points);
  m->cell_table = c->cell_table = ECO__COMPILER_TAKE(c, uint32_t, m->n_points);
  m->cell_stack = c->cell_stack = ECO__COMPILER_TAKE(c, uint32_t, m->n_points);
  m->cell_chain = c->cell_chain = ECO__COMPILER_TAKE(c, uint32_t, m->n_cells);
  m->cell_length_m = c->cell_length = ECO__COMPILER_TAKE(c, double, m->n_cells);
  m->cell_bed_m = c->cell_bed = ECO__COMPILER_TAKE(c, double, m->n_cells);
  m->cell_start_m = c->cell_start = ECO__COMPILER_TAKE(c, double, m->n_cells);
  m->cell_dispersion = c->cell_dispersion = ECO__COMPILER_TAKE(c, double, m->n_cells);
  m->cell_storage_m2 = c->cell_storage = ECO__COMPILER_TAKE(c, double, m->n_cells);
  m->cell_exchange_per_s = c->cell_exchange = ECO__COMPILER_TAKE(c, double, m->n_cells);
  m->cell_shape = c->cell_shape = ECO__COMPILER_TAKE(c, eco__shape, m->n_cells);
  m->tables = c->tables = ECO__COMPILER_TAKE(c, eco__table, m->n_tables);
  return !c->no_memory;
}

static void make_cells(eco__compiler *c)
{
  eco_model *m = c->model;
  eco__chain *chains = ECO__COMPILER_TAKE(c, eco__chain, m->n_chains);
  if (!take_cells(c) || !chains)
    return;
  m->chains = chains;
  m->n_tables = 0;
  uint32_t cell = 0, chain = 0;
  for (uint32_t head = 0; head < m->n_waters; head++) {
    if (c->previous[head] != ECO__OUTSIDE)
      continue;
    eco__chain *out = &chains[chain];
    *out = (eco__chain){.first_cell = cell, .mixed = eco__is_lake(c->waters[head].kind), .end_face = ECO__OUTSIDE};
    for (uint32_t w = head; w != ECO__OUTSIDE; w = c->next[w]) {
      c->waters[w].first_cell = cell;
      cell += c->waters[w].n_cells;
      if (out->mixed)
        make_lake_cell(c, w, chain);
      else
        make_reach_cells(c, w, chain);
    }
    out->n_cells = cell - out->first_cell;
    chain++;
  }
}

void eco__compile_waters(eco__compiler *c)
{
  eco_model *m = c->model;
  const eco_kind kinds[] = {ECO_REACH, ECO_CANAL, ECO_LAKE, ECO_RESERVOIR};
  for (size_t k = 0; k < 4; k++)
    m->n_waters += eco_basin_count(c->basin, kinds[k]);
  m->waters = c->waters = ECO__COMPILER_TAKE(c, eco__water, m->n_waters);
  c->water_items = ECO__COMPILER_TAKE(c, eco_item, m->n_waters);
  c->next = ECO__COMPILER_TAKE(c, uint32_t, m->n_waters);
  c->previous = ECO__COMPILER_TAKE(c, uint32_t, m->n_waters);
  c->enters_m = ECO__COMPILER_TAKE(c, double, m->n_waters);
  c->branches_from = ECO__COMPILER_TAKE(c, uint32_t, m->n_waters);
  c->branches_at_m = ECO__COMPILER_TAKE(c, double, m->n_waters);
  if (c->no_memory)
    return;
  uint32_t w = 0;
  for (uint32_t i = 0; i < eco__basin_n_items(c->basin); i++) {
    eco_kind kind = eco__item_kind(c->basin, (eco_item){i});
    if (!eco__is_reach(kind) && !eco__is_lake(kind))
      continue;
    c->water_items[w] = (eco_item){i};
    read_water(c, (eco_item){i}, &c->waters[w++]);
  }
  if (m->n_waters == 0) {
    c->n_faults++;
    (void)eco__fail(&c->first, ECO_INVALID, "",
                    "basin '%s' has no water, expected at least one reach, canal, lake or reservoir", m->name);
    return;
  }
  resolve_downstream(c);
  if (c->n_faults == 0)
    refuse_loops(c);
  if (c->n_faults)
    return;
  find_stems(c);
  cut_stems(c);
  count_cells(c);
  make_cells(c);
  if (!c->no_memory)
    eco__compile_stacks(c);
  if (!c->no_memory)
    eco__compile_exchanges(c);
}
