/* channel.c -- see channel.h. */
#include "channel.h"

#include "network.h"

#include <check.h>
#include <stdlib.h>

eco_test_channel *eco_test_channel_with_storage(size_t n, double dx, double spread_m2_s, bool fixed, double ratio,
                                                double exchange_per_s)
{
  eco_test_channel *c = calloc(1, sizeof *c);
  ck_assert(c != NULL);
  eco_basin *basin = eco_test_basin();
  eco_item reach = eco_test_reach(basin, "reach", 100.0 * (double)n, 10, 0, 0.03, 10, 5, NULL, 0);
  if (fixed)
    eco_test_text(basin, reach, "inlet", "fixed");
  if (ratio > 0) { /* the model's cells are 100 m long */
    eco_test_number(basin, reach, "storage_area", ratio * dx / 100.0);
    eco_test_number(basin, reach, "storage_exchange", exchange_per_s);
  }
  c->n = n;
  c->dx = dx;
  c->model = eco_test_compile(basin, 100.0);
  eco_basin_destroy(basin);
  eco__arena_open(&c->arena, NULL);
  ck_assert_int_eq(eco__transport_open(&c->block, c->model, 1, &c->arena), ECO_OK);
  double **rows[] = {&c->volume, &c->passed, &c->none};
  for (size_t k = 0; k < 3; k++)
    ck_assert((*rows[k] = ECO__TAKE(&c->arena, double, n)) != NULL);
  for (size_t j = 0; j < n; j++) {
    c->volume[j] = dx;
    c->block.spread_m3_s[j] = j + 1 < n ? spread_m2_s / dx : 0.0;
  }
  return c;
}

eco_test_channel *eco_test_channel_make(size_t n, double dx, double spread_m2_s, bool fixed)
{
  return eco_test_channel_with_storage(n, dx, spread_m2_s, fixed, 0.0, 0.0);
}

void eco_test_channel_free(eco_test_channel *c)
{
  eco__arena_close(&c->arena);
  eco_model_destroy(c->model);
  free(c);
}

double *eco_test_channel_mass(eco_test_channel *c, size_t j)
{
  return &c->block.mass_g[j * ECO__N_BULK];
}

double eco_test_channel_concentration(eco_test_channel *c, size_t j)
{
  return *eco_test_channel_mass(c, j) / c->volume[j];
}

double eco_test_channel_total(eco_test_channel *c)
{
  eco__sum sum = {0};
  for (size_t j = 0; j < c->n; j++)
    eco__sum_add(&sum, *eco_test_channel_mass(c, j));
  for (size_t j = 0; c->block.stored_g && j < c->n; j++)
    eco__sum_add(&sum, c->block.stored_g[j * ECO__N_BULK]);
  return eco__sum_value(&sum);
}

void eco_test_channel_step(eco_test_channel *c, double dt, double speed, double inlet)
{
  for (size_t f = 0; f < c->n; f++) /* n - 1 inner faces and the end */
    c->passed[f] = speed * dt;
  c->block.head_m3_s[0] = speed;
  c->block.head_g_s[0] = speed * inlet;
  eco__hydraulics h = {c->volume, c->volume, c->passed, c->none, NULL};
  eco__transport_step(&c->block, &h, dt);
}

void eco_test_channel_decay(eco_test_channel *c, double factor)
{
  for (size_t j = 0; j < c->n; j++)
    *eco_test_channel_mass(c, j) *= factor;
}
