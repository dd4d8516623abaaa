/* compile.c -- from a description to a model: checks, links, cells, faces, elimination order. Physics starts after this. */
#include "basin/compile.h"

#include <math.h>
#include <string.h>

#define CELL_M 3000.0 /* longest cell of a reach unless the caller says otherwise */

void eco__fault(eco__compiler *c, eco_item item, eco_status status, const char *format, ...)
{
  if (c->n_faults++ > 0)
    return;
  char text[sizeof c->first.text];
  va_list arguments;
  va_start(arguments, format);
  (void)eco__vformat(text, sizeof text, format, arguments);
  va_end(arguments);
  (void)eco__fail(&c->first, status, eco__item_place(c->basin, item), "%s", text);
}

void *eco__compiler_take(eco__compiler *c, size_t count, size_t size)
{
  void *p = eco__arena_take(&c->model->arena, count ? count : 1, size);
  if (!p)
    c->no_memory = true;
  return p;
}

bool eco__is_reach(eco_kind kind)
{
  return kind == ECO_REACH || kind == ECO_CANAL;
}

bool eco__is_lake(eco_kind kind)
{
  return kind == ECO_LAKE || kind == ECO_RESERVOIR;
}

const char *eco__word_of(const eco__compiler *c, eco_item item)
{
  return eco_kind_word(eco__item_kind(c->basin, item));
}

static uint32_t water_index(const eco__compiler *c, eco_item item)
{
  for (size_t w = 0; w < c->model->n_waters; w++)
    if (c->water_items[w].id == item.id)
      return (uint32_t)w;
  return ECO__OUTSIDE;
}

uint32_t eco__water_named(eco__compiler *c, eco_item item, const char *param, bool must)
{
  const char *name = eco__item_text(c->basin, item, param);
  if (!name) {
    if (must)
      eco__fault(c, item, ECO_INVALID, "%s '%s': '%s' must be given: the name of a water", eco__word_of(c, item),
                 eco__item_name(c->basin, item), param);
    return ECO__OUTSIDE;
  }
  eco_item found;
  eco_error err;
  if (eco_basin_find(c->basin, name, &found, &err) != ECO_OK) {
    eco__fault(c, item, ECO_NOT_FOUND, "%s '%s': %s: %s", eco__word_of(c, item), eco__item_name(c->basin, item), param,
               err.text);
    return ECO__OUTSIDE;
  }
  uint32_t w = water_index(c, found);
  if (w == ECO__OUTSIDE)
    eco__fault(c, item, ECO_INVALID, "%s '%s': %s '%s' is a %s, expected a water", eco__word_of(c, item),
               eco__item_name(c->basin, item), param, name, eco__word_of(c, found));
  return w;
}

uint32_t eco__cell_at(const eco__compiler *c, uint32_t water, double at_m)
{
  const eco__water *w = &c->waters[water];
  if (isnan(at_m))
    return w->first_cell + w->n_cells - 1;
  double cell = w->n_cells > 1 ? floor(at_m / w->length_m * (double)w->n_cells) : 0.0;
  double last = (double)(w->n_cells - 1);
  return w->first_cell + (uint32_t)(cell < last ? cell : last);
}

/* Every required number, text and array of every item: one place for "must be given". */
static void check_required(eco__compiler *c)
{
  for (uint32_t i = 0; i < eco__basin_n_items(c->basin); i++) {
    eco_item item = {i};
    eco_kind kind = eco__item_kind(c->basin, item);
    for (size_t s = 0; s < eco_spec_count(); s++) {
      const eco_spec *spec = eco_spec_at(s);
      if (spec->kind != kind || !eco__text_equal(spec->source, ECO_MUST_BE_GIVEN))
        continue;
      size_t n;
      bool given = spec->form == ECO_NUMBER ? !isnan(eco__item_number(c->basin, item, spec->name))
                   : spec->form == ECO_TEXT ? eco__item_text(c->basin, item, spec->name) != NULL
                                            : eco__item_array(c->basin, item, spec->name, &n) != NULL;
      if (!given)
        eco__fault(c, item, ECO_INVALID, "%s '%s': '%s' must be given%s%s%s%s%s", eco__word_of(c, item),
                   eco__item_name(c->basin, item), spec->name, spec->text[0] || spec->unit[0] ? " (" : "", spec->text,
                   spec->text[0] && spec->unit[0] ? ", " : "", spec->unit, spec->text[0] || spec->unit[0] ? ")" : "");
    }
  }
}

static eco_status finish(eco__compiler *c, eco_error *err)
{
  if (c->no_memory)
    return eco__fail(err, ECO_NO_MEMORY, "", "basin '%s': out of memory", c->model->name ? c->model->name : "");
  if (c->n_faults == 0)
    return ECO_OK;
  if (err) {
    *err = c->first;
    size_t used = strlen(err->text);
    if (c->n_faults > 1)
      eco__format(err->text + used, sizeof err->text - used, " (and %zu more faults)", c->n_faults - 1);
  }
  return c->first.status;
}

static void compile(eco__compiler *c)
{
  check_required(c);
  eco__compile_constituents(c);
  if (c->n_faults == 0 && !c->no_memory)
    eco__compile_processes(c);
  if (c->n_faults == 0 && !c->no_memory)
    eco__compile_waters(c);
  if (c->n_faults == 0 && !c->no_memory)
    eco__compile_faces(c);
  if (c->n_faults == 0 && !c->no_memory)
    eco__compile_land(c);
  if (c->n_faults == 0 && !c->no_memory)
    eco__place_processes(c);
  if (c->n_faults == 0 && !c->no_memory)
    eco__check_light(c);
  if (c->n_faults == 0 && !c->no_memory)
    eco__compile_told(c);
  eco_model *m = c->model;
  if (c->n_faults == 0 && !c->no_memory &&
      eco__order_make(&m->arena, m->n_cells, m->faces, m->n_faces, &m->order) != ECO_OK)
    c->no_memory = true;
}

eco_status eco_model_compile(const eco_basin *basin, const eco_compile_options *options, eco_model **out,
                             eco_error *err)
{
  if (!basin || !out)
    return eco__fail(err, ECO_INVALID, "", "eco_model_compile: basin and out must not be NULL");
  double cell_m = options && options->size >= sizeof(eco_compile_options) ? options->cell_m : 0.0;
  if (!isfinite(cell_m) || cell_m < 0)
    return eco__fail(err, ECO_INVALID, "", "compile options: cell_m is %g m, must be above 0 (0: %g m)", cell_m,
                     CELL_M);
  const eco_env *env = eco__basin_env(basin);
  eco_model *model = eco__alloc(env, sizeof *model);
  if (!model)
    return eco__fail(err, ECO_NO_MEMORY, "", "basin '%s': out of memory", eco__basin_title(basin));
  memset(model, 0, sizeof *model);
  eco__arena_open(&model->arena, env);
  eco__graph_open(&model->processes.graph, env);
  eco__compiler c = {.basin = basin, .model = model, .cell_m = cell_m > 0 ? cell_m : CELL_M};
  model->name = eco__arena_text(&model->arena, eco__basin_title(basin));
  compile(&c);
  eco_status status = finish(&c, err);
  if (status != ECO_OK) {
    eco_model_destroy(model);
    return status;
  }
  *out = model;
  return ECO_OK;
}

void eco_model_destroy(eco_model *model)
{
  if (!model)
    return;
  eco_env env = model->arena.env;
  eco__graph_close(&model->processes.graph);
  eco__arena_close(&model->arena);
  eco__free(&env, model, sizeof *model);
}

eco_model_size eco_model_size_of(const eco_model *model)
{
  return (eco_model_size){.cells = model->n_cells,
                          .faces = model->n_faces,
                          .waters = model->n_waters,
                          .structures = model->n_structures,
                          .catchments = model->n_catchments,
                          .sources = model->n_sources,
                          .sites = model->n_sites,
                          .sections = model->n_sections,
                          .fill = model->order.n_updates};
}
