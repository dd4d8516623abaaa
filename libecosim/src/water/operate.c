/* operate.c -- structures of a block: what switches at the start of a step, and the flows of all lanes.
 *
 *   STR-8  units of a pump that run; STR-9 whether a siphon is full: states that change at the start of a step only, so
 *          that a level that stands at a switching level does not turn them within Newton's iterations
 *   STR-11 Q_f^n of WAT-7 is the structure's law at the levels and with the numbers that stand at the start of the step:
 *          a gate that was moved at midnight has moved for the whole of its first step
 *   STR-12 once Newton has carried the fall d = h_up - h_down of a structure from one side to the other within a step, its
 *          slopes are q/d at least. A law that flattens (a root, a capacity) is left too far by its tangent and returned to
 *          as far from the other side; its chord through d = 0 overshoots never */
#include "water/water.h"

#include <math.h>

static double level_outside(const eco__water_block *b, size_t structure, size_t lane)
{
  double level = b->numbers[(structure * ECO__N_STRUCTURE_NUMBERS + ECO__S_OUTSIDE) * b->n + lane];
  return isnan(level) ? -1e30 : level;
}

static void level_beside(const eco__water_block *b, size_t structure, size_t lane, double *up, double *down)
{
  const eco__face *f = &b->model->faces[b->model->structures[structure].face];
  *up = b->level_m[(size_t)f->up * b->n + lane];
  *down = f->down == ECO__OUTSIDE ? level_outside(b, structure, lane) : b->level_m[(size_t)f->down * b->n + lane];
}

/* STR-8: of the units that ran, those stay whose level to stop is passed; those start whose level to start is reached. */
static double units_that_run(const eco__structure *s, double units, double on, double off, double ran, double level)
{
  double must = 0.0, may = 0.0;
  units = floor(units + 0.5);
  if (isnan(on))
    return units;
  off = isnan(off) ? on : off;
  for (double k = 0.0; k < units; k += 1.0) {
    must += level >= on + k * s->stage_m ? 1.0 : 0.0;
    may += level > off + k * s->stage_m ? 1.0 : 0.0;
  }
  return ran < must ? must : ran > may ? (may > must ? may : must) : ran;
}

/* STR-9: full where the higher level reaches the level to prime, empty where it falls to the level to break. */
static double siphon_is_full(double on, double off, double was, double level)
{
  if (isnan(on) || level >= on)
    return 1.0;
  return level <= (isnan(off) ? on : off) ? 0.0 : was;
}

static void switch_structure(eco__water_block *b, size_t k)
{
  const eco__structure *s = &b->model->structures[k];
  const size_t n = b->n;
  double *numbers = b->numbers + k * ECO__N_STRUCTURE_NUMBERS * n;
  for (size_t l = 0; l < n; l++) {
    double up, down, on = numbers[ECO__S_ON * n + l], off = numbers[ECO__S_OFF * n + l];
    double *running = &numbers[ECO__S_RUNNING * n + l];
    level_beside(b, k, l, &up, &down);
    if (s->law == ECO__PUMP)
      *running = units_that_run(s, numbers[ECO__S_UNITS * n + l], on, off, *running, up);
    else
      *running = siphon_is_full(on, off, *running, s->one_way || up >= down ? up : down);
  }
}

bool eco__may_be_river(const eco_model *m, const eco__face *f)
{
  return f->law == ECO__DAM && f->down != ECO__OUTSIDE && m->cell_table[f->up] == ECO__OUTSIDE;
}

static bool is_open_river(const eco__water_block *b, size_t k, size_t lane)
{
  return eco__may_be_river(b->model, &b->model->faces[b->model->structures[k].face]) &&
         b->numbers[(k * ECO__N_STRUCTURE_NUMBERS + ECO__S_ACTIVE) * b->n + lane] < 0.5;
}

static eco__flow flow_of(const eco__water_block *b, size_t k, size_t lane)
{
  const size_t n = b->n;
  double up, down;
  level_beside(b, k, lane, &up, &down);
  return eco__structure_flow(&b->model->structures[k], b->numbers + k * ECO__N_STRUCTURE_NUMBERS * n + lane, n,
                             b->demand_m3_s[k * n + lane], up, down);
}

/* STR-12, of one lane. */
static eco__flow steadied(eco__flow f, double fall, double *before, double *turned)
{
  if (*before * fall < 0)
    *turned = 1.0;
  *before = fall;
  double chord = *turned > 0 && f.q * fall > 0 ? f.q / fall : 0.0;
  f.q_up = f.q_up > chord ? f.q_up : chord;
  f.q_down = f.q_down > chord ? f.q_down : chord;
  return f;
}

void eco__structures_start(eco__water_block *b)
{
  for (size_t k = 0; k < b->model->n_structures; k++) {
    const eco__structure *s = &b->model->structures[k];
    if (s->law == ECO__PUMP || s->law == ECO__SIPHON)
      switch_structure(b, k);
    double *numbers = b->numbers + k * ECO__N_STRUCTURE_NUMBERS * b->n;
    for (size_t l = 0; l < b->n; l++) {
      if (!is_open_river(b, k, l)) /* that one has inertia: its flow is what it was */
        b->flow_m3_s[(size_t)s->face * b->n + l] = flow_of(b, k, l).q;
      numbers[ECO__S_FALL * b->n + l] = NAN;
      numbers[ECO__S_TURNED * b->n + l] = 0.0;
    }
  }
}

/* The flows of the last linear system can lie below zero by what its last change of a level comes to: nothing runs back through a
 * gate that shuts against it, or into the model from outside, where nobody knows what is in it. Volumes are counted with what is
 * left. */
void eco__structures_finish(eco__water_block *b)
{
  const eco_model *m = b->model;
  for (size_t f = 0; f < m->n_faces; f++) {
    const eco__face *face = &m->faces[f];
    bool one_way =
      face->down == ECO__OUTSIDE || (face->structure != ECO__OUTSIDE && m->structures[face->structure].one_way);
    double *q = b->q_new + f * b->n;
    for (size_t l = 0; one_way && l < b->n; l++)
      q[l] = q[l] > 0 ? q[l] : 0.0;
  }
}

void eco__structure_flows(eco__water_block *b, uint32_t f, double dt_s)
{
  const eco__face *face = &b->model->faces[f];
  const size_t n = b->n, row = (size_t)f * n, k = face->structure;
  const eco__law law = b->model->structures[k].law;
  const bool by_fall = face->down != ECO__OUTSIDE && law != ECO__INTAKE && law != ECO__PUMP && law != ECO__RATING;
  double *numbers = b->numbers + k * ECO__N_STRUCTURE_NUMBERS * n;
  bool river = false;
  for (size_t l = 0; l < n; l++)
    river = river || is_open_river(b, k, l);
  if (river) {
    eco__channel c = eco__channel_of(b, f);
    eco__channel_flow(face, dt_s, &c);
  }
  for (size_t l = 0; l < n; l++) {
    if (is_open_river(b, k, l))
      continue;
    eco__flow g = flow_of(b, k, l);
    if (by_fall)
      g = steadied(g, b->level_m[(size_t)face->up * n + l] - b->level_m[(size_t)face->down * n + l],
                   &numbers[ECO__S_FALL * n + l], &numbers[ECO__S_TURNED * n + l]);
    b->q[row + l] = g.q;
    b->q_up[row + l] = g.q_up;
    b->q_down[row + l] = g.q_down;
  }
}
