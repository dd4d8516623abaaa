/* balance.c -- the water of every lake, river and catchment over the recorded period: where it came from, where it went.
 *
 *   BAL-1  water: initial + boundary + runoff + sources + rain + from = evaporation + to + abstraction + outflow + final
 *   BAL-2  catchment: LND-3 of the recorded period, the sums since the start less those when recording began
 *
 * From and to are what passed each face between two waters in each step, by its sign in that step: the sum over all waters of
 * "from" is the sum of "to". Faces between cells of one water do not count. Water is the same for lanes that share a water
 * lane, so the sums are kept by water lane. */
#include "run/run.h"

#include <string.h>

#define DAY_S 86400.0

typedef struct spec {
  const char *name, *text;
  int sign;
} spec;
#define X(name, word, sign, text) {word, text, sign},
static const spec water_rows[] = {ECO_WATER_BALANCE_MAP(X)};
static const spec catchment_rows[] = {ECO_CATCHMENT_BALANCE_MAP(X)};
static const spec source_rows[] = {ECO_SOURCE_BALANCE_MAP(X)};
#undef X
static const struct {
  const spec *rows;
  size_t n;
} kinds[ECO_N_BALANCES] = {
  {water_rows, ECO_N_WATER_ROWS}, {catchment_rows, ECO_N_CATCHMENT_ROWS}, {source_rows, ECO_N_SOURCE_ROWS}};

size_t eco_balance_rows(eco_balance_id id)
{
  return (unsigned)id < ECO_N_BALANCES ? kinds[id].n : 0;
}

const char *eco_balance_row_name(eco_balance_id id, size_t row)
{
  return row < eco_balance_rows(id) ? kinds[id].rows[row].name : "?";
}

const char *eco_balance_row_text(eco_balance_id id, size_t row)
{
  return row < eco_balance_rows(id) ? kinds[id].rows[row].text : "?";
}

int eco_balance_row_sign(eco_balance_id id, size_t row)
{
  return row < eco_balance_rows(id) ? kinds[id].rows[row].sign : 0;
}

/* ---- making ---- */

/* The water of a cell, ECO__OUTSIDE out of the model. */
static uint32_t water_of(const eco_model *m, uint32_t cell)
{
  return cell == ECO__OUTSIDE ? ECO__OUTSIDE : m->cell_water[cell];
}

static bool counts(const eco_model *m, size_t face)
{
  return water_of(m, m->faces[face].up) != water_of(m, m->faces[face].down);
}

eco_status eco__balance_plan(eco_run *run, eco_error *err)
{
  const eco_model *m = run->model;
  size_t most = 0;
  for (int id = 0; id < ECO_N_BALANCES; id++)
    most = run->layout.balances[id].n_places > most ? run->layout.balances[id].n_places : most;
  run->balances = ECO__TAKE(&run->arena, eco_balance, most + 1);
  run->balance_faces = ECO__TAKE(&run->arena, uint32_t, m->n_faces + 1);
  if (!run->balances || !run->balance_faces)
    return eco__fail(err, ECO_NO_MEMORY, "", "run of '%s': out of memory", m->name);
  for (size_t f = 0; f < m->n_faces; f++)
    if (counts(m, f))
      run->balance_faces[run->n_balance_faces++] = (uint32_t)f;
  return ECO_OK;
}

bool eco__balance_take(eco_run *run, eco__block *b)
{
  const eco_model *m = run->model;
  const size_t n = b->n_water;
  struct {
    eco__sum **to;
    size_t count;
  } all[] = {{&b->balance, ECO_N_WATER_ROWS * m->n_waters * n},
             {&b->face_on, run->n_balance_faces * n},
             {&b->face_back, run->n_balance_faces * n},
             {&b->source_m3, m->n_sources * run->n_scenarios},
             {&b->land_sums_before, ECO_CATCHMENT_FINAL * m->n_catchments * n}};
  bool ok = true;
  for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
    ok = (*all[k].to = ECO__TAKE(&run->arena, eco__sum, all[k].count ? all[k].count : 1)) && ok;
  return ok;
}

/* ---- counting ---- */

static void add(eco__block *b, eco_water_row row, size_t water, size_t l, double m3)
{
  eco__sum_add(&b->balance[(row * b->run->model->n_waters + water) * b->n_water + l], m3);
}

static double stored(const eco__block *b, size_t water, size_t l)
{
  const eco__water *w = &b->run->model->waters[water];
  eco__sum sum = {0};
  for (size_t i = w->first_cell; i < w->first_cell + w->n_cells; i++)
    eco__sum_add(&sum, b->water.volume_m3[i * b->n_water + l]);
  return eco__sum_value(&sum);
}

void eco__balance_start(eco__block *b)
{
  const eco_model *m = b->run->model;
  b->balanced = true;
  for (size_t w = 0; w < m->n_waters; w++)
    for (size_t l = 0; l < b->n_water; l++)
      add(b, ECO_WATER_INITIAL, w, l, stored(b, w, l));
  memcpy(b->land_sums_before, b->land_sums, ECO_CATCHMENT_FINAL * m->n_catchments * b->n_water * sizeof(eco__sum));
  for (size_t c = 0; c < m->n_catchments; c++)
    for (size_t l = 0; l < b->n_water; l++)
      b->land_sums_before[ECO__LAND_SUM(b, ECO_CATCHMENT_INITIAL, c, l)] = (eco__sum){eco__land_stored_now(b, c, l), 0};
}

void eco__balance_boundary(eco__block *b, size_t water, size_t water_lane, double m3)
{
  if (b->balanced)
    add(b, ECO_WATER_BOUNDARY, water, water_lane, m3);
}

void eco__balance_day(eco__block *b)
{
  const eco_model *m = b->run->model;
  const size_t scenarios = b->run->n_scenarios;
  if (!b->balanced)
    return;
  for (size_t c = 0; c < m->n_catchments; c++)
    for (size_t l = 0; l < b->n_water; l++)
      add(b, ECO_WATER_LAND, m->catchments[c].water, l,
          b->runoff_mm[c * b->n_water + l] * 1e-3 * m->catchments[c].area_m2);
  for (size_t s = 0; s < m->n_sources; s++)
    for (size_t k = 0; k < scenarios; k++)
      if (b->inputs[k].flow_m3_s[s] > 0)
        eco__sum_add(&b->source_m3[s * scenarios + k], b->inputs[k].flow_m3_s[s] * DAY_S);
}

void eco__balance_step(eco__block *b)
{
  const eco_run *run = b->run;
  const eco_model *m = run->model;
  const size_t n = b->n_water;
  if (!b->balanced)
    return;
  for (size_t k = 0; k < run->n_balance_faces; k++) {
    const double *passed = b->water.passed_m3 + run->balance_faces[k] * n;
    const bool leaves = m->faces[run->balance_faces[k]].down == ECO__OUTSIDE;
    eco__sum *on = b->face_on + k * n, *back = b->face_back + k * n;
    for (size_t l = 0; l < n; l++) {
      if (passed[l] >= 0 || leaves)
        eco__sum_add(&on[l], passed[l]);
      else
        eco__sum_add(&back[l], -passed[l]);
    }
  }
  for (size_t i = 0; i < m->n_cells; i++)
    for (size_t l = 0; m->cell_table[i] != ECO__OUTSIDE && l < n; l++) {
      add(b, ECO_WATER_RAIN, m->cell_water[i], l, b->water.rained_m3[i * n + l]);
      add(b, ECO_WATER_EVAPORATION, m->cell_water[i], l, b->water.evaporated_m3[i * n + l]);
    }
}

/* ---- reading ---- */

void eco_balance_close(eco_balance_id id, eco_balance *out)
{
  eco__sum came = {0}, all = {0};
  size_t n = eco_balance_rows(id);
  for (size_t r = 0; r < n; r++) { /* the last row is what is there at the end; sources have none */
    double value = kinds[id].rows[r].sign * out->rows[r]; /* BAL-1, BAL-2 */
    eco__sum_add(&all, value);
    if (value > 0 && (r + 1 < n || id == ECO_BALANCE_SOURCE))
      eco__sum_add(&came, value);
  }
  out->throughput = eco__sum_value(&came);
  out->residual = out->throughput > 0 && id != ECO_BALANCE_SOURCE ? eco__sum_value(&all) / out->throughput : 0.0;
}

/* What passed one face, to the waters beside it. */
static void read_face(const eco__block *b, size_t k, size_t l, eco_balance *out, size_t room)
{
  const eco_model *m = b->run->model;
  const eco__face *f = &m->faces[b->run->balance_faces[k]];
  double on = eco__sum_value(&b->face_on[k * b->n_water + l]), back = eco__sum_value(&b->face_back[k * b->n_water + l]);
  uint32_t up = water_of(m, f->up), down = water_of(m, f->down);
  if (down == ECO__OUTSIDE) {
    if (up < room)
      out[up].rows[f->law == ECO__INTAKE ? ECO_WATER_ABSTRACTION : ECO_WATER_OUTFLOW] += on;
    return;
  }
  if (up < room) {
    out[up].rows[ECO_WATER_TO] += on;
    out[up].rows[ECO_WATER_FROM] += back;
  }
  if (down < room) {
    out[down].rows[ECO_WATER_FROM] += on;
    out[down].rows[ECO_WATER_TO] += back;
  }
}

static void read_waters(const eco__block *b, size_t lane, eco_balance *out, size_t room)
{
  const eco_model *m = b->run->model;
  const size_t l = b->water_lane[lane], scenarios = b->run->n_scenarios;
  for (size_t w = 0; w < room; w++) {
    for (size_t r = 0; r < ECO_WATER_FINAL; r++)
      out[w].rows[r] = eco__sum_value(&b->balance[(r * m->n_waters + w) * b->n_water + l]);
    out[w].rows[ECO_WATER_FINAL] = stored(b, w, l);
  }
  for (size_t s = 0; s < m->n_sources; s++)
    if (m->sources[s].water < room)
      out[m->sources[s].water].rows[ECO_WATER_SOURCES] +=
        eco__sum_value(&b->source_m3[s * scenarios + b->scenario[lane]]);
  for (size_t k = 0; k < b->run->n_balance_faces; k++)
    read_face(b, k, l, out, room);
}

static void read_catchment(const eco__block *b, size_t c, size_t l, eco_balance *out)
{
  const double m3_per_mm = 1e-3 * b->run->model->catchments[c].area_m2;
  for (size_t r = 0; r < ECO_CATCHMENT_FINAL; r++) {
    const size_t k = ECO__LAND_SUM(b, r, c, l);
    eco__sum since = b->land_sums[k];
    eco__sum_add(&since, -b->land_sums_before[k].sum);
    eco__sum_add(&since, -b->land_sums_before[k].lost);
    out->rows[r] =
      m3_per_mm * eco__sum_value(r == ECO_CATCHMENT_INITIAL ? &b->land_sums_before[k] : &since); /* BAL-2 */
  }
  out->rows[ECO_CATCHMENT_FINAL] = m3_per_mm * eco__land_stored_now(b, c, l);
}

void eco__balance_read(const eco__block *b, eco_balance_id id, size_t lane, eco_balance *out, size_t room)
{
  for (size_t k = 0; k < room; k++)
    out[k] = (eco_balance){{0}, 0, 0};
  if (id == ECO_BALANCE_WATER)
    read_waters(b, lane, out, room);
  for (size_t c = 0; id == ECO_BALANCE_CATCHMENT && c < room; c++)
    read_catchment(b, c, b->water_lane[lane], &out[c]);
  for (size_t s = 0; id == ECO_BALANCE_SOURCE && s < room; s++)
    out[s].rows[ECO_SOURCE_FLOW] = eco__sum_value(&b->source_m3[s * b->run->n_scenarios + b->scenario[lane]]);
  for (size_t k = 0; k < room; k++)
    eco_balance_close(id, &out[k]);
}
