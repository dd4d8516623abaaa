/* cells.c -- what a cell is as a water: its surface, depth and speed, and whether it is one. */
#include "run/run.h"

#define WET_DEPTH_M 0.001 /* m: a cell with less water has no kinetics: a film is not a water body */

double eco__wet_volume(const eco_model *m, uint32_t i)
{
  const eco__stack *stack = eco__stack_of_layer(m, i);
  if (stack)
    return eco__wet_volume(m, stack->cell) / stack->n;
  if (m->cell_table[i] != ECO__OUTSIDE)
    return WET_DEPTH_M * m->tables[m->cell_table[i]].area_m2[m->tables[m->cell_table[i]].n - 1];
  return eco__section_area(&m->cell_shape[i], WET_DEPTH_M) * m->cell_length_m[i];
}

double eco__surface_m2(const eco__block *b, uint32_t i, size_t lane)
{
  const eco_model *m = b->run->model;
  if (eco__stack_of_layer(m, i))
    return eco__layer_bed_m2(b, i, lane);
  size_t at = (size_t)i * b->n_water + b->water_lane[lane];
  double level = b->water.level_m[at];
  if (m->cell_table[i] != ECO__OUTSIDE)
    return b->water.area_factor[at] * eco__table_at(&m->tables[m->cell_table[i]], level).area_m2;
  return eco__section_top(&m->cell_shape[i], level - m->cell_bed_m[i]) * m->cell_length_m[i];
}

/* Depth and speed of a cell for its rates. */
void eco__cell_motion(const eco__block *b, uint32_t i, double *depth, double *speed)
{
  const eco_model *m = b->run->model;
  const size_t n = b->n_lanes;
  for (size_t l = 0; eco__stack_of_layer(m, i) && l < n; l++) {
    double top = eco__layer_top_m2(b, i, l);
    depth[l] = top > 0 ? b->volume_new[i * n + l] / top : 0.0;
    speed[l] = 0.0;
  }
  if (eco__stack_of_layer(m, i))
    return;
  if (m->cell_table[i] != ECO__OUTSIDE) {
    const eco__table *t = &m->tables[m->cell_table[i]];
    for (size_t l = 0; l < n; l++) { /* mean depth: volume over the surface of the level */
      double factor = b->water.area_factor[i * b->n_water + b->water_lane[l]];
      double area = factor * eco__table_at(t, b->level[i * n + l]).area_m2;
      depth[l] = area > 0 ? b->volume_new[i * n + l] / area : 0.0;
      speed[l] = 0.0;
    }
    return;
  }
  uint32_t f = eco__face_below(m, i);
  const eco__shape *s = &m->cell_shape[i];
  for (size_t l = 0; l < n; l++) {
    double y = b->level[i * n + l] - m->cell_bed_m[i], area = eco__section_area(s, y);
    double top = eco__section_top(s, y), flow = b->flow[f * n + l];
    depth[l] = y > 0 ? area / top : 0.0;
    speed[l] = area > 0 ? (flow >= 0 ? flow : -flow) / area : 0.0;
  }
}
