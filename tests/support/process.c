/* process.c -- see process.h. */
#include "process.h"

#include "network.h"
#include "suite.h"

static eco_error err;

eco_test_builder eco_test_process(eco_basin *basin, const char *name)
{
  return (eco_test_builder){basin, eco_test_item(basin, ECO_PROCESS, name)};
}

eco_node eco_test_param(eco_test_builder b, const char *name, double value, const char *unit)
{
  eco_process_param p = ECO_PROCESS_PARAM_INIT;
  p.name = name;
  p.unit = unit;
  p.value = value;
  p.lowest = value < 0 ? value : 0;
  p.highest = 1e9;
  eco_node node = ECO_NO_NODE;
  eco_assert_ok(eco_process_add_param(b.basin, b.process, &p, &node, &err), err);
  return node;
}

eco_node eco_test_of(eco_test_builder b, const char *constituent)
{
  eco_node node = ECO_NO_NODE;
  eco_assert_ok(eco_process_constituent(b.basin, b.process, constituent, &node, &err), err);
  return node;
}

eco_node eco_test_around(eco_test_builder b, const char *word)
{
  eco_node node = ECO_NO_NODE;
  eco_assert_ok(eco_process_surrounding(b.basin, b.process, word, &node, &err), err);
  return node;
}

eco_node eco_test_op(eco_test_builder b, const char *word, eco_node x, eco_node y)
{
  eco_node node = ECO_NO_NODE;
  eco_assert_ok(eco_process_apply(b.basin, b.process, word, x, y, ECO_NO_NODE, &node, &err), err);
  return node;
}

eco_process_flux eco_test_flux_of(const char *name, eco_node rate, const eco_process_part *parts, size_t n)
{
  eco_process_flux f = ECO_PROCESS_FLUX_INIT;
  f.name = name;
  f.rate = rate;
  f.parts = parts;
  f.n_parts = n;
  return f;
}

void eco_test_add_flux(eco_test_builder b, eco_process_flux f)
{
  eco_assert_ok(eco_process_add_flux(b.basin, b.process, &f, &err), err);
}

eco_item eco_test_pond(eco_basin *basin, double depth_m)
{
  const double levels[] = {0, 20}, areas[] = {1e5, 1e5};
  return eco_test_lake(basin, "pond", levels, areas, 2, depth_m);
}
