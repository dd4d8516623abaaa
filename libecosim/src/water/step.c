/* step.c -- one step of equation (W): Newton iterations over levels, the linear systems of all lanes solved together.
 *
 *   WAT-7  V_i(h_i) - dt sum_f +-theta_f Q_f(h) = V_i^n + dt sum_f +-(1 - theta_f) Q_f^n + dt S_i
 *          [CasulliZanolli2010], [CasulliStelling2013]; semi-implicit in time with weight theta
 *   WAT-8  V_i^(n+1) = V_i^n + dt S_i + sum_f +-F_f,  F_f = dt (theta_f Q_f + (1 - theta_f) Q_f^n)
 *
 * V_i is convex in h_i: the trapezoid's is, and compile refuses a lake table whose area falls; so the decomposition of
 * nested Newton [BrugnanoCasulli2008] has an empty concave part, its outer loop ends at once, and one loop linearises
 * storage and flows together. Below the bed V_i goes on as a straight line, so that the iteration always has a slope.
 * WAT-8 counts what passed with the flows of the last linear system: volumes close to round-off whatever the iteration
 * ended with. A lane that has converged is no longer touched: its numbers do not depend on its neighbours. */
#include "water/water.h"

#include <math.h>
#include <string.h>

#define MOST_ITERATIONS 40
#define MOST_CARRIED 10 /* iterations after which the momentum flux stays as it is, so that Newton can end */
/* Converged when no level moved by more than this share of its depth, of 1 m where it is deeper (or a lake), of 1 mm where it
 * is shallower: Newton's next change is its square. */
#define SMALL_CHANGE 1e-4
#define DEEP_M 1.0
#define SHALLOW_M 1e-3
#define GUESSED 0.05         /* share of the depth */
#define LONGEST_CHANGE_M 2.0 /* a longer change of level is cut to this: far from the solution slopes mislead */
#define CYCLES 0.25          /* a change that turns back by this share of the one before is a cycle, not an overshoot */
#define MOST_BACK 0.75       /* of a move is taken back */
#define POINTED 1e-3 /* of its largest area that a lake's storage has as slope at least: its bed may be a point */
#define HALF 0.5     /* evaporation takes at most this share of a lake in a step */

static double *take(eco__arena *arena, size_t rows, size_t lanes)
{
  return ECO__TAKE(arena, double, (rows ? rows : 1) * lanes);
}

eco_status eco__water_open(eco__water_block *b, const eco_model *m, size_t n, eco__arena *arena)
{
  memset(b, 0, sizeof *b);
  b->model = m;
  b->n = n;
  double **cells[] = {&b->level_m,     &b->volume_m3,     &b->lateral_m3_s, &b->volume_old_m3,
                      &b->rained_m3,   &b->evaporated_m3, &b->base,         &b->residual,
                      &b->diagonal,    &b->change,        &b->moved,        &b->rise_m,
                      &b->area_factor, &b->area_m2,       &b->through_m3_s, &b->through_m_s};
  double **faces[] = {&b->flow_m3_s,     &b->passed_m3,    &b->q,         &b->q_up, &b->q_down,
                      &b->q_new,         &b->weight_s,     &b->drive,     &b->hold, &b->speed_m_s,
                      &b->speed_now_m_s, &b->face_area_m2, &b->mean_m3_s, &b->lean};
  double **lanes[] = {&b->evap_m_s, &b->active, &b->moving, &b->straight, &b->ends};
  bool ok = true;
  for (size_t k = 0; k < sizeof cells / sizeof cells[0]; k++)
    ok = (*cells[k] = take(arena, m->n_cells, n)) && ok;
  for (size_t k = 0; k < sizeof faces / sizeof faces[0]; k++)
    ok = (*faces[k] = take(arena, m->n_faces, n)) && ok;
  for (size_t k = 0; k < sizeof lanes / sizeof lanes[0]; k++)
    ok = (*lanes[k] = take(arena, 1, n)) && ok;
  b->entries = take(arena, m->order.n_entries, n);
  b->numbers = take(arena, m->n_structures * ECO__N_STRUCTURE_NUMBERS, n);
  b->demand_m3_s = take(arena, m->n_structures, n);
  b->outlet_m = take(arena, m->n_waters, n);
  b->rain_m_s = take(arena, m->n_waters, n);
  if (!ok || !b->outlet_m || !b->rain_m_s || !b->entries || !b->numbers || !b->demand_m3_s)
    return ECO_NO_MEMORY;
  for (uint32_t i = 0; i < m->n_cells; i++)
    for (size_t l = 0; l < n; l++) {
      b->area_factor[i * n + l] = 1.0;
      b->level_m[i * n + l] = m->cell_start_m[i];
      b->volume_m3[i * n + l] = eco__cell_volume(m, i, m->cell_start_m[i]);
    }
  for (size_t w = 0; w < m->n_waters; w++)
    for (size_t l = 0; l < n; l++)
      b->outlet_m[w * n + l] = m->waters[w].outlet_m[0];
  for (size_t s = 0; s < m->n_structures; s++)
    for (size_t k = 0; k < ECO__N_STRUCTURE_NUMBERS; k++)
      for (size_t l = 0; l < n; l++)
        b->numbers[(s * ECO__N_STRUCTURE_NUMBERS + k) * n + l] = m->structures[s].numbers[k];
  return ECO_OK;
}

/* ---- flows of all faces at the levels as they stand ---- */

eco__channel eco__channel_of(const eco__water_block *b, uint32_t f)
{
  const eco__face *face = &b->model->faces[f];
  const size_t row = (size_t)f * b->n;
  const double *outside = b->outlet_m + (size_t)b->model->cell_water[face->up] * b->n;
  eco__channel c = {.n = b->n,
                    .level_up_m = b->level_m + (size_t)face->up * b->n,
                    .level_down_m = face->down == ECO__OUTSIDE ? outside : b->level_m + (size_t)face->down * b->n,
                    .drive = b->drive + row,
                    .hold = b->hold + row,
                    .lean = b->lean + row,
                    .q = b->q + row,
                    .q_up = b->q_up + row,
                    .q_down = b->q_down + row,
                    .area_m2 = b->face_area_m2 + row};
  return c;
}

static bool has_channel(const eco_model *m, const eco__face *face)
{
  return face->law == ECO__CHANNEL || face->law == ECO__STAGE || eco__may_be_river(m, face);
}

/* The speeds that the old flows had, the inertia of the step. */
static void start_speeds(eco__water_block *b)
{
  const eco_model *m = b->model;
  for (uint32_t f = 0; f < m->n_faces; f++) {
    if (!has_channel(m, &m->faces[f]))
      continue;
    eco__channel c = eco__channel_of(b, f);
    const size_t row = (size_t)f * b->n;
    eco__channel_speed(&m->faces[f], b->flow_m3_s + row, &c, b->speed_m_s + row);
    for (size_t l = 0; l < b->n; l++) {
      b->drive[row + l] = b->speed_now_m_s[row + l] = b->speed_m_s[row + l];
      b->mean_m3_s[row + l] = b->flow_m3_s[row + l];
      b->hold[row + l] = 1.0;
    }
  }
}

/* Nothing runs back over an outlet: nobody knows what is in the water outside. */
static void shut_against_outside(eco__water_block *b, uint32_t f)
{
  const size_t row = (size_t)f * b->n;
  for (size_t l = 0; l < b->n; l++) {
    bool back = !(b->q[row + l] > 0);
    b->q[row + l] = back ? 0.0 : b->q[row + l];
    b->q_up[row + l] = back ? 0.0 : b->q_up[row + l];
  }
}

static void all_flows(eco__water_block *b, double dt_s)
{
  const eco_model *m = b->model;
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &m->faces[f];
    const size_t row = (size_t)f * b->n;
    if (face->law == ECO__CHANNEL || face->law == ECO__STAGE) {
      eco__channel c = eco__channel_of(b, f);
      eco__channel_flow(face, dt_s, &c);
      if (face->law == ECO__STAGE)
        shut_against_outside(b, f);
    } else if (face->law == ECO__NORMAL) {
      eco__normal_flow(b->n, face, b->level_m + (size_t)face->up * b->n, b->lean + row, b->q + row, b->q_up + row);
    } else {
      eco__structure_flows(b, f, dt_s);
    }
  }
}

/* ---- storage: residual = V(h) - base and diagonal = dV/dh, V a straight line below the bed ---- */

static void reach_storage(const eco__water_block *b, uint32_t i)
{
  const eco_model *m = b->model;
  const size_t n = b->n, row = (size_t)i * n;
  const eco__shape *shape = &m->cell_shape[i];
  const double width = shape->width_m, z = shape->side_slope, length = m->cell_length_m[i], bed = m->cell_bed_m[i];
  const double *restrict level = b->level_m + row, *restrict base = b->base + row;
  double *restrict residual = b->residual + row, *restrict diagonal = b->diagonal + row,
                   *restrict area = b->area_m2 + row;
  for (size_t l = 0; l < n; l++) {
    double y = level[l] - bed, wet = y > 0 ? y : 0.0;
    area[l] = wet * (width + z * wet);
    residual[l] = length * (width * y + z * wet * wet) - base[l];
    diagonal[l] = length * (width + 2.0 * z * wet);
  }
  for (size_t l = 0; shape->profile && l < n; l++) {
    double y = level[l] - bed;
    area[l] = eco__section_area(shape, y);
    residual[l] = length * (area[l] + (y < 0 ? width * y : 0.0)) - base[l];
    diagonal[l] = length * eco__section_top(shape, y);
  }
}

static void table_storage(const eco__water_block *b, uint32_t i)
{
  const eco__table *t = &b->model->tables[b->model->cell_table[i]];
  const size_t n = b->n, row = (size_t)i * n;
  const double bed = t->level_m[0], least = POINTED * t->area_m2[t->n - 1];
  for (size_t l = 0; l < n; l++) {
    double h = b->level_m[row + l];
    eco__pool pool = eco__table_at(t, h);
    double slope = pool.area_m2 > least ? pool.area_m2 : least, below = h < bed ? slope * (h - bed) : 0.0;
    b->residual[row + l] = b->area_factor[row + l] * (pool.volume_m3 + below) - b->base[row + l];
    b->diagonal[row + l] = b->area_factor[row + l] * slope;
  }
}

static void add_flows(eco__water_block *b)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  memset(b->entries, 0, m->order.n_entries * n * sizeof(double));
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &m->faces[f];
    const double *restrict q = b->q + (size_t)f * n, *restrict qu = b->q_up + (size_t)f * n,
                           *restrict qd = b->q_down + (size_t)f * n;
    const double *restrict weight = b->weight_s + (size_t)f * n;
    double *restrict ru = b->residual + (size_t)face->up * n, *restrict du = b->diagonal + (size_t)face->up * n;
    if (face->down == ECO__OUTSIDE) {
      for (size_t l = 0; l < n; l++) {
        ru[l] += weight[l] * q[l];
        du[l] += weight[l] * qu[l];
      }
      continue;
    }
    double *restrict rd = b->residual + (size_t)face->down * n, *restrict dd = b->diagonal + (size_t)face->down * n;
    double *restrict aud = b->entries + (size_t)m->order.face_up_down[f] * n;
    double *restrict adu = b->entries + (size_t)m->order.face_down_up[f] * n;
    ECO__EACH_LANE
    for (size_t l = 0; l < n; l++) {
      ru[l] += weight[l] * q[l];
      rd[l] -= weight[l] * q[l];
      du[l] += weight[l] * qu[l];
      dd[l] += weight[l] * qd[l];
      aud[l] -= weight[l] * qd[l];
      adu[l] -= weight[l] * qu[l];
    }
  }
}

/* ---- one iteration ---- */

/* Flows of the linear system just solved, for the lanes still active. change holds x of A x = residual: levels fall by it. */
static void keep_flows(eco__water_block *b)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  const double *restrict active = b->active;
  for (uint32_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &m->faces[f];
    const double *restrict q = b->q + (size_t)f * n, *restrict qu = b->q_up + (size_t)f * n,
                           *restrict qd = b->q_down + (size_t)f * n;
    const double *restrict xu = b->residual + (size_t)face->up * n;
    double *restrict out = b->q_new + (size_t)f * n;
    if (face->down == ECO__OUTSIDE) {
      for (size_t l = 0; l < n; l++)
        out[l] = active[l] > 0 ? q[l] - qu[l] * xu[l] : out[l];
      continue;
    }
    const double *restrict xd = b->residual + (size_t)face->down * n;
    for (size_t l = 0; l < n; l++)
      out[l] = active[l] > 0 ? q[l] - qu[l] * xu[l] + qd[l] * xd[l] : out[l];
  }
}

/* WAT-11: Newton's change, cut where it is very long; where it turns back on the one before by more than an overshoot, the
 * secant through both, so that a kink is closed in on. At the first iteration change is 0, so that nothing turns. */
static void move_levels(eco__water_block *b)
{
  const size_t n = b->n, all = b->model->n_cells;
  for (size_t l = 0; l < n; l++)
    b->moving[l] = 0.0;
  for (size_t i = 0; i < all; i++) {
    double *restrict level = b->level_m + i * n, *restrict change = b->change + i * n,
                     *restrict moved = b->moved + i * n;
    const double *restrict x = b->residual + i * n, *restrict active = b->active;
    double *restrict moving = b->moving;
    const double bed = b->model->cell_table[i] == ECO__OUTSIDE ? b->model->cell_bed_m[i] : -INFINITY;
    ECO__EACH_LANE
    for (size_t l = 0; l < n; l++) {
      double y = level[l] - bed, scale = y > DEEP_M ? DEEP_M : y > SHALLOW_M ? y : SHALLOW_M;
      double size = x[l] >= 0 ? x[l] : -x[l];
      double newton = size > LONGEST_CHANGE_M ? (x[l] >= 0 ? LONGEST_CHANGE_M : -LONGEST_CHANGE_M) : x[l];
      double last = change[l] >= 0 ? change[l] : -change[l];
      bool turns = x[l] * change[l] < 0 && size > CYCLES * last;
      double back = turns ? x[l] / (x[l] - change[l]) : 0.0; /* share of the last move to take back */
      back = back > MOST_BACK ? MOST_BACK : back;
      double fall = turns ? -moved[l] * back : newton;
      change[l] = x[l];
      moved[l] = fall;
      level[l] -= active[l] > 0 ? fall : 0.0;
      moving[l] = size > SMALL_CHANGE * scale ? 1.0 : moving[l];
    }
  }
}

static bool iterate(eco__water_block *b, double dt_s, int iteration)
{
  const eco_model *m = b->model;
  for (uint32_t i = 0; i < m->n_cells; i++)
    if (m->cell_table[i] == ECO__OUTSIDE)
      reach_storage(b, i);
    else
      table_storage(b, i);
  if (!b->local_inertia && iteration < MOST_CARRIED)
    eco__carry_momentum(b, dt_s, iteration == 0);
  all_flows(b, dt_s);
  add_flows(b);
  eco__eliminate(&m->order, m->n_cells, b->n, b->diagonal, b->entries, b->residual);
  keep_flows(b);
  move_levels(b);
  bool more = false;
  for (size_t l = 0; l < b->n; l++) {
    b->iterations += b->active[l] > 0;
    if (!(b->moving[l] > 0))
      b->active[l] = 0.0;
    more = more || b->active[l] > 0;
  }
  return more;
}

/* ---- before and after ---- */

/* Old volumes, lateral inflow, rain and evaporation of lakes, and the explicit part of WAT-7. */
static void start_step(eco__water_block *b, double dt_s, double theta)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  memcpy(b->volume_old_m3, b->volume_m3, m->n_cells * n * sizeof(double));
  for (uint32_t i = 0; i < m->n_cells; i++) {
    const size_t row = (size_t)i * n;
    for (size_t l = 0; l < n; l++)
      b->base[row + l] = b->volume_m3[row + l] + dt_s * b->lateral_m3_s[row + l];
    if (m->cell_table[i] == ECO__OUTSIDE)
      continue;
    const eco__table *t = &m->tables[m->cell_table[i]];
    const double *rain_m_s = b->rain_m_s + m->cell_water[i] * n;
    for (size_t l = 0; l < n; l++) {
      double area = b->area_factor[row + l] * eco__table_at(t, b->level_m[row + l]).area_m2;
      double lost = b->evap_m_s[l] * area * dt_s, most = HALF * b->volume_m3[row + l];
      b->rained_m3[row + l] = rain_m_s[l] * area * dt_s;
      b->evaporated_m3[row + l] = lost < most ? lost : most;
      b->base[row + l] += b->rained_m3[row + l] - b->evaporated_m3[row + l];
    }
  }
  for (size_t l = 0; l < n; l++)
    b->active[l] = 1.0;
  memset(b->change, 0, m->n_cells * n * sizeof(double));
  start_speeds(b);
  eco__lean(b);
  eco__take_explicit_part(b, dt_s, theta);
}

/* The iteration starts where the last step's change would lead, if that was small against the depth: nearer than where it led
 * from. */
static void guess_levels(eco__water_block *b)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  for (uint32_t i = 0; i < m->n_cells; i++) {
    const double bed = m->cell_bed_m[i];
    double *restrict level = b->level_m + (size_t)i * n;
    double *restrict rise = b->rise_m + (size_t)i * n;
    for (size_t l = 0; l < n; l++) {
      double old = level[l], size = rise[l] >= 0 ? rise[l] : -rise[l];
      level[l] = size < GUESSED * (old - bed) ? old + rise[l] : old;
      rise[l] = -old; /* finish_step adds the new level */
    }
  }
}

/* Levels of what the cells hold. */
static void find_levels(eco__water_block *b)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  for (uint32_t i = 0; i < m->n_cells; i++) {
    const double *restrict volume = b->volume_m3 + (size_t)i * n;
    double *restrict level = b->level_m + (size_t)i * n;
    const eco__shape *shape = &m->cell_shape[i];
    if (m->cell_table[i] != ECO__OUTSIDE || shape->profile) {
      for (size_t l = 0; l < n; l++)
        level[l] = eco__cell_level(m, i, volume[l] / b->area_factor[(size_t)i * n + l]);
      continue;
    }
    const double width = shape->width_m, z = shape->side_slope, length = m->cell_length_m[i], bed = m->cell_bed_m[i];
    for (size_t l = 0; l < n; l++)
      level[l] = bed + eco__trapezoid_depth(width, z, volume[l] / length);
  }
}

static eco_status finish_step(eco__water_block *b, double dt_s, eco_error *err)
{
  const eco_model *m = b->model;
  const size_t n = b->n;
  for (size_t k = 0; k < m->n_faces * n; k++)
    b->passed_m3[k] += b->weight_s[k] * b->q_new[k]; /* to the explicit part */
  eco__count_volumes(b, dt_s);
  eco__keep_positive(b, dt_s);
  memcpy(b->flow_m3_s, b->q_new, m->n_faces * n * sizeof(double));
  for (uint32_t i = 0; i < m->n_cells; i++)
    for (size_t l = 0; l < n; l++)
      if (!isfinite(b->volume_m3[(size_t)i * n + l]))
        return eco__fail(err, ECO_NUMERIC, "", "water of '%s': the volume is not finite, expected a number",
                         m->waters[m->cell_water[i]].name);
  find_levels(b);
  for (size_t k = 0; k < m->n_cells * n; k++)
    b->rise_m[k] += b->level_m[k];
  return ECO_OK;
}

eco_status eco__water_step(eco__water_block *b, double dt_s, double theta, eco_error *err)
{
  eco__structures_start(b);
  start_step(b, dt_s, theta);
  guess_levels(b);
  int iteration = 0;
  while (iteration < MOST_ITERATIONS && iterate(b, dt_s, iteration))
    iteration++;
  for (size_t l = 0; l < b->n; l++)
    b->unfinished += b->active[l] > 0;
  eco__structures_finish(b);
  return finish_step(b, dt_s, err);
}
