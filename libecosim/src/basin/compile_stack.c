/* compile_stack.c -- lakes in layers: the points that stand for them, beyond the cells; lakes that exchange with each other. */
#include "basin/compile.h"

#include <math.h>

size_t eco__layers_of(const eco__compiler *c, uint32_t water)
{
  if (!eco__is_lake(c->waters[water].kind))
    return 0;
  double layers = eco__item_number(c->basin, c->water_items[water], "layers");
  return isnan(layers) ? 0 : (size_t)(layers + 0.5);
}

static void add_stack(eco__compiler *c, uint32_t water, size_t n, uint32_t first, eco__stack *out)
{
  const eco_basin *b = c->basin;
  const eco_model *m = c->model;
  eco_item item = c->water_items[water];
  uint32_t cell = c->waters[water].first_cell, stack = (uint32_t)m->n_stacks;
  *out = (eco__stack){.cell = cell,
                      .first = first,
                      .n = (uint32_t)n,
                      .extinction_per_m = eco__item_number(b, item, "light_extinction"),
                      .initial_bottom_c = eco__item_number(b, item, "initial_bottom_temperature"),
                      .wind_share = eco__item_number(b, item, "wind_share"),
                      .exchange_m2_s = eco__item_number(b, item, "vertical_exchange")};
  c->cell_stack[cell] = stack;
  for (size_t k = 0; k < n; k++) {
    c->cell_water[first + k] = water;
    c->cell_table[first + k] = c->cell_table[cell];
    c->cell_stack[first + k] = stack;
  }
  if (m->heat == ECO__OUTSIDE)
    eco__fault(c, item, ECO_INVALID, "%s '%s': layers is %zu, which needs the kinetics' temperature = 'carried'",
               eco__word_of(c, item), c->waters[water].name, n);
}

void eco__compile_stacks(eco__compiler *c)
{
  eco_model *m = c->model;
  eco__stack *stacks = ECO__COMPILER_TAKE(c, eco__stack, m->n_waters);
  for (size_t i = 0; i < m->n_points; i++)
    c->cell_stack[i] = ECO__OUTSIDE;
  m->stacks = stacks;
  uint32_t point = (uint32_t)m->n_cells;
  for (uint32_t w = 0; stacks && w < m->n_waters; w++) {
    size_t n = eco__layers_of(c, w);
    if (n == 0)
      continue;
    add_stack(c, w, n, point, &stacks[m->n_stacks]);
    m->n_stacks++;
    point += (uint32_t)n;
  }
}

static void add_exchange(eco__compiler *c, uint32_t water, uint32_t other, eco__exchange *out)
{
  const eco_model *m = c->model;
  eco_item item = c->water_items[water];
  *out =
    (eco__exchange){c->waters[water].first_cell, c->waters[other].first_cell,
                    eco__item_number(c->basin, item, "exchange"), eco__item_number(c->basin, item, "wind_exchange")};
  const uint32_t both[] = {water, other};
  for (size_t k = 0; k < 2; k++)
    if (!eco__is_lake(c->waters[both[k]].kind) || m->cell_stack[c->waters[both[k]].first_cell] != ECO__OUTSIDE)
      eco__fault(c, item, ECO_INVALID, "%s '%s': exchanges_with '%s': '%s' is %s, expected mixed lakes on both sides",
                 eco__word_of(c, item), c->waters[water].name, c->waters[other].name, c->waters[both[k]].name,
                 eco__is_lake(c->waters[both[k]].kind) ? "layered" : "no lake");
  if (water == other)
    eco__fault(c, item, ECO_INVALID, "%s '%s' exchanges with itself", eco__word_of(c, item), c->waters[water].name);
}

void eco__compile_exchanges(eco__compiler *c)
{
  eco_model *m = c->model;
  eco__exchange *list = ECO__COMPILER_TAKE(c, eco__exchange, m->n_waters);
  m->exchanges = list;
  for (uint32_t w = 0; list && w < m->n_waters; w++) {
    if (!eco__is_lake(c->waters[w].kind))
      continue;
    uint32_t other = eco__water_named(c, c->water_items[w], "exchanges_with", false);
    if (other != ECO__OUTSIDE)
      add_exchange(c, w, other, &list[m->n_exchanges++]);
  }
}
