/* remap_chain.c -- see remap_chain.h. */
#include "remap_chain.h"

#include "network.h"
#include "suite.h"

#include <stdlib.h>
#include <string.h>

static eco_model *make_reach(size_t n_cells)
{
  eco_basin *basin = eco_test_basin();
  eco_item reach = eco_test_reach(basin, "reach", 100.0 * (double)n_cells, 10, 0, 0.03, 10, 5, NULL, 0);
  eco_test_number(basin, reach, "dispersion", 0);
  eco_model *model = eco_test_compile(basin, 100.0);
  eco_basin_destroy(basin);
  ck_assert_uint_eq(model->n_cells, n_cells);
  return model;
}

eco_test_chain *eco_test_chain_open(size_t n_cells)
{
  eco_test_chain *c = calloc(1, sizeof *c);
  ck_assert(c != NULL);
  c->n = n_cells;
  c->model = make_reach(n_cells);
  eco__arena_open(&c->arena, NULL);
  ck_assert_int_eq(eco__transport_open(&c->block, c->model, 1, &c->arena), ECO_OK);
  double **rows[] = {&c->volume, &c->next, &c->by_face, &c->none, &c->passed};
  for (size_t k = 0; k < 5; k++)
    ck_assert((*rows[k] = ECO__TAKE(&c->arena, double, n_cells + 1)) != NULL);
  c->volume--; /* rows count from 1 */
  return c;
}

void eco_test_chain_close(eco_test_chain *c)
{
  eco__arena_close(&c->arena);
  eco_model_destroy(c->model);
  free(c);
}

double *eco_test_chain_mass(eco_test_chain *c, size_t j, size_t state)
{
  return &c->block.mass_g[(j - 1) * ECO__N_BULK + state];
}

double eco_test_chain_carry(eco_test_chain *c)
{
  for (size_t j = 1; j <= c->n; j++) {
    c->next[j - 1] = c->volume[j] + c->passed[j - 1] - c->passed[j];
    c->by_face[j < c->n ? c->model->chain_faces[j - 1] : c->model->chains[0].end_face] = c->passed[j];
  }
  c->block.head_m3_s[0] = c->passed[0];
  memcpy(c->block.head_g_s, c->head_g, sizeof c->head_g);
  eco__hydraulics h = {c->volume + 1, c->next, c->by_face, c->none, NULL};
  eco__transport_step(&c->block, &h, 1.0);
  memcpy(c->volume + 1, c->next, c->n * sizeof(double));
  return c->block.left_g[0];
}

void eco_test_chain_pass(eco_test_chain *c, double m3)
{
  for (size_t j = 0; j <= c->n; j++)
    c->passed[j] = m3;
}

double eco_test_chain_total(eco_test_chain *c, size_t state)
{
  eco__sum sum = {0};
  for (size_t j = 1; j <= c->n; j++)
    eco__sum_add(&sum, *eco_test_chain_mass(c, j, state));
  return eco__sum_value(&sum);
}
