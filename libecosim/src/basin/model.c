/* model.c -- volume and level of one cell, and the face below it. */
#include "basin/model.h"

#include <math.h>

eco__pool eco__table_at(const eco__table *t, double level)
{
  if (level <= t->level_m[0])
    return (eco__pool){t->area_m2[0], 0.0};
  size_t k = 0;
  while (k + 2 < t->n && level > t->level_m[k + 1])
    k++;
  double rise = level - t->level_m[k], step = t->level_m[k + 1] - t->level_m[k];
  if (rise > step) /* above the table the area stays */
    return (eco__pool){t->area_m2[k + 1], t->volume_m3[k + 1] + t->area_m2[k + 1] * (rise - step)};
  double slope = (t->area_m2[k + 1] - t->area_m2[k]) / step;
  return (eco__pool){t->area_m2[k] + slope * rise, t->volume_m3[k] + (t->area_m2[k] + 0.5 * slope * rise) * rise};
}

static double table_level(const eco__table *t, double volume)
{
  if (volume <= 0)
    return t->level_m[0];
  size_t k = 0;
  while (k + 2 < t->n && volume > t->volume_m3[k + 1])
    k++;
  double over = volume - t->volume_m3[k], step = t->level_m[k + 1] - t->level_m[k];
  if (volume > t->volume_m3[k + 1])
    return t->level_m[k + 1] + (volume - t->volume_m3[k + 1]) / t->area_m2[k + 1];
  double a = t->area_m2[k], slope = (t->area_m2[k + 1] - a) / step;
  return t->level_m[k] + 2.0 * over / (a + sqrt(a * a + 2.0 * slope * over));
}

double eco__cell_volume(const eco_model *model, uint32_t cell, double level_m)
{
  if (model->cell_table[cell] != ECO__OUTSIDE)
    return eco__table_at(&model->tables[model->cell_table[cell]], level_m).volume_m3;
  return model->cell_length_m[cell] * eco__section_area(&model->cell_shape[cell], level_m - model->cell_bed_m[cell]);
}

double eco__cell_level(const eco_model *model, uint32_t cell, double volume_m3)
{
  if (model->cell_table[cell] != ECO__OUTSIDE)
    return table_level(&model->tables[model->cell_table[cell]], volume_m3);
  return model->cell_bed_m[cell] + eco__section_depth(&model->cell_shape[cell], volume_m3 / model->cell_length_m[cell]);
}

uint32_t eco__face_below(const eco_model *model, uint32_t cell)
{
  const eco__water *water = &model->waters[model->cell_water[cell]];
  const eco__chain *chain = &model->chains[model->cell_chain[cell]];
  if (cell + 1 == water->first_cell + water->n_cells)
    return water->out_face;
  bool end = cell + 1 == chain->first_cell + chain->n_cells;
  return end ? chain->end_face : model->chain_faces[chain->first_face + (cell - chain->first_cell)];
}
