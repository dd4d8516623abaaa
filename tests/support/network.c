/* network.c -- see network.h */
#include "network.h"

#include "suite.h"

#include <math.h>
#include <stdio.h>

#define CLOSES \
  1e-13 /* relative: some hundred roundings of 1.1e-16 in the largest of the sums, see eco_test_water_check */

eco_basin *eco_test_basin(void)
{
  eco_basin *basin;
  eco_error err;
  eco_assert_ok(eco_basin_create(NULL, "test", &basin, &err), err);
  return basin;
}

eco_item eco_test_item(eco_basin *basin, eco_kind kind, const char *name)
{
  eco_item item;
  eco_error err;
  char place[80];
  snprintf(place, sizeof place, "test:%s", name);
  eco_assert_ok(eco_basin_add(basin, kind, name, place, &item, &err), err);
  return item;
}

void eco_test_number(eco_basin *basin, eco_item item, const char *param, double value)
{
  eco_error err;
  eco_assert_ok(eco_basin_set_number(basin, item, param, value, "", &err), err);
}

void eco_test_text(eco_basin *basin, eco_item item, const char *param, const char *value)
{
  eco_error err;
  eco_assert_ok(eco_basin_set_text(basin, item, param, value, &err), err);
}

void eco_test_array(eco_basin *basin, eco_item item, const char *param, const double *values, size_t n)
{
  eco_error err;
  eco_assert_ok(eco_basin_set_array(basin, item, param, values, n, "", &err), err);
}

void eco_test_monthly(eco_basin *basin, eco_item item, const char *param, double value)
{
  eco_test_array(basin, item, param, &value, 1);
}

static eco_item add_reach(eco_basin *basin, const char *name, double length_m, double width_m, double side_slope,
                          double manning_n)
{
  eco_item reach = eco_test_item(basin, ECO_REACH, name);
  eco_test_number(basin, reach, "length", length_m);
  eco_test_number(basin, reach, "bottom_width", width_m);
  eco_test_number(basin, reach, "side_slope", side_slope);
  eco_test_number(basin, reach, "manning_n", manning_n);
  return reach;
}

eco_item eco_test_reach(eco_basin *basin, const char *name, double length_m, double width_m, double side_slope,
                        double manning_n, double bed_up_m, double bed_down_m, const char *downstream,
                        double enters_at_m)
{
  eco_item reach = add_reach(basin, name, length_m, width_m, side_slope, manning_n);
  eco_test_number(basin, reach, "bed_up", bed_up_m);
  eco_test_number(basin, reach, "bed_down", bed_down_m);
  if (downstream != NULL) {
    eco_test_text(basin, reach, "downstream", downstream);
    eco_test_number(basin, reach, "enters_at", enters_at_m);
  }
  return reach;
}

eco_item eco_test_surveyed(eco_basin *basin, const char *name, double length_m, double width_m, double side_slope,
                           double manning_n, const double *at_m, const double *bed_m, size_t n)
{
  eco_item reach = add_reach(basin, name, length_m, width_m, side_slope, manning_n);
  eco_test_array(basin, reach, "bed_at", at_m, n);
  eco_test_array(basin, reach, "bed", bed_m, n);
  return reach;
}

eco_item eco_test_lake(eco_basin *basin, const char *name, const double *levels_m, const double *areas_m2, size_t n,
                       double initial_level_m)
{
  eco_item lake = eco_test_item(basin, ECO_LAKE, name);
  eco_test_array(basin, lake, "level", levels_m, n);
  eco_test_array(basin, lake, "area", areas_m2, n);
  eco_test_number(basin, lake, "initial_level", initial_level_m);
  return lake;
}

eco_item eco_test_weir(eco_basin *basin, const char *name, const char *law, const char *from, const char *to,
                       double crest_m, double width_m, double coefficient)
{
  eco_item weir = eco_test_item(basin, ECO_STRUCTURE, name);
  eco_test_text(basin, weir, "law", law);
  eco_test_text(basin, weir, "from", from);
  if (to != NULL)
    eco_test_text(basin, weir, "to", to);
  eco_test_number(basin, weir, "crest", crest_m);
  eco_test_number(basin, weir, "width", width_m);
  eco_test_number(basin, weir, "coefficient", coefficient);
  return weir;
}

static eco_status compile(const eco_basin *basin, double cell_m, eco_model **model, eco_error *err)
{
  eco_compile_options options = ECO_COMPILE_OPTIONS_INIT;
  options.cell_m = cell_m;
  return eco_model_compile(basin, &options, model, err);
}

eco_model *eco_test_compile(const eco_basin *basin, double cell_m)
{
  eco_model *model = NULL;
  eco_error err = {0};
  eco_status status = compile(basin, cell_m, &model, &err);
  ck_assert_msg(status == ECO_OK, "%s: %s: %s", eco_status_name(status), err.place, err.text);
  return model;
}

eco_error eco_test_fault(const eco_basin *basin, double cell_m)
{
  eco_model *model = NULL;
  eco_error err = {0};
  eco_status status = compile(basin, cell_m, &model, &err);
  ck_assert_msg(status < 0, "compiled, expected a fault");
  ck_assert_int_eq(status, err.status);
  ck_assert_ptr_null(model);
  return err;
}

void eco_test_water_open(eco_test_water *w, eco_model *model, size_t n_lanes)
{
  w->model = model;
  eco__arena_open(&w->arena, NULL);
  ck_assert_int_eq(eco__water_open(&w->block, model, n_lanes, &w->arena), ECO_OK);
  for (size_t s = 0; s < model->n_structures; s++)
    for (size_t l = 0; l < n_lanes; l++)
      w->block.demand_m3_s[s * n_lanes + l] = model->structures[s].demand[0];
}

void eco_test_water_close(eco_test_water *w)
{
  eco__arena_close(&w->arena);
  eco_model_destroy(w->model);
}

void eco_test_water_step(eco_test_water *w, double dt_s, double theta)
{
  eco_error err = {0};
  if (eco__water_step(&w->block, dt_s, theta, &err) != ECO_OK) /* no assertion: Check writes a file at each */
    ck_abort_msg("%s", err.text);
}

void eco_test_water_steps(eco_test_water *w, size_t n_steps, double dt_s, double theta)
{
  for (size_t k = 0; k < n_steps; k++)
    eco_test_water_step(w, dt_s, theta);
}

double eco_test_water_check(const eco_test_water *w, size_t lane, double dt_s)
{
  const eco__water_block *b = &w->block;
  eco__sum residual = {0};
  double size = 0;
  for (size_t i = 0; i < w->model->n_cells; i++) {
    size_t at = i * b->n + lane;
    const double terms[] = {b->volume_m3[at], -b->volume_old_m3[at], -dt_s * b->lateral_m3_s[at], -b->rained_m3[at],
                            b->evaporated_m3[at]};
    if (!isfinite(terms[0]) || !isfinite(b->level_m[at]) || terms[0] < 0) /* Check writes a file at each assertion */
      ck_abort_msg("cell %zu, lane %zu: volume %g m3, level %g m", i, lane, terms[0], b->level_m[at]);
    for (size_t k = 0; k < 5; k++) {
      eco__sum_add(&residual, terms[k]);
      size += fabs(terms[k]);
    }
  }
  for (size_t f = 0; f < w->model->n_faces; f++) {
    double passed = b->passed_m3[f * b->n + lane];
    if (w->model->faces[f].down == ECO__OUTSIDE)
      eco__sum_add(&residual, passed);
    size += fabs(passed);
  }
  double relative = size > 0 ? fabs(eco__sum_value(&residual)) / size : 0;
  if (!(relative <= CLOSES))
    ck_abort_msg("lane %zu: the water of a step closes to %g, expected %g", lane, relative, CLOSES);
  return relative;
}
