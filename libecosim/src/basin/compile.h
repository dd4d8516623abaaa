/* compile.h -- private to the basin room: the state of one compilation. */
#ifndef ECO__COMPILE_H
#define ECO__COMPILE_H

#include "basin/model.h"

typedef struct eco__compiler {
  const eco_basin *basin;
  eco_model *model;
  double cell_m;
  eco_error first; /* fault */
  size_t n_faults;
  bool no_memory;

  /* by water, in the order of adding over all four kinds */
  eco_item *water_items;
  eco__water *waters;
  uint32_t *next, *previous; /* main stem: chains of reaches */
  double *enters_m;
  uint32_t *branches_from; /* water that a reach's upper end branches off, or ECO__OUTSIDE */
  double *branches_at_m;

  eco__face *faces; /* room for all */
  uint32_t *cell_water, *cell_table, *cell_chain;
  double *cell_length, *cell_bed, *cell_start, *cell_dispersion, *cell_storage, *cell_exchange;
  eco__shape *cell_shape;
  eco__table *tables;
  uint32_t *cell_stack;
  eco__chain *chains;
} eco__compiler;

/* Keeps the first fault, counts all: a description is checked whole. */
void eco__fault(eco__compiler *c, eco_item item, eco_status status, const char *format, ...) ECO__PRINTF(4, 5);
/* Takes zeroed memory of the model's arena; false notes that memory is out. */
void *eco__compiler_take(eco__compiler *c, size_t count, size_t size);
#define ECO__COMPILER_TAKE(c, type, count) ((type *)eco__compiler_take((c), (count), sizeof(type)))

/* The water that text parameter `param` of `item` names; ECO__OUTSIDE with a fault (or without one where it is absent and
 * may be). */
uint32_t eco__water_named(eco__compiler *c, eco_item item, const char *param, bool must);
/* The cell of `water` that holds the place `at_m` from its upper end; NaN: the last. */
uint32_t eco__cell_at(const eco__compiler *c, uint32_t water, double at_m);
/* ---- compile_section.c ---- */
bool eco__check_bed(eco__compiler *c, uint32_t water);
double eco__bed_at(const eco__compiler *c, uint32_t water, double at_m); /* bed level of a reach, from its upper end */
double eco__width_of(const eco__compiler *c, uint32_t water);            /* as a rank of reaches at a joint */
bool eco__make_shape(eco__compiler *c, uint32_t water, eco__shape *out);
bool eco__is_reach(eco_kind kind);
bool eco__is_lake(eco_kind kind);
const char *eco__word_of(const eco__compiler *c, eco_item item); /* "reach" */

/* A copy of the series in the model's memory; n 0 where the item has none. */
eco__series eco__compile_series(eco__compiler *c, eco_item item, const char *param);
/* Whether text parameter `param` is `word`; any other text is a fault. */
bool eco__says_word(eco__compiler *c, eco_item item, const char *param, const char *word);
void eco__compile_climate(eco__compiler *c, eco_item item);

void eco__compile_constituents(eco__compiler *c);
void eco__compile_processes(eco__compiler *c); /* after the constituents */
void eco__place_processes(eco__compiler *c);   /* after the waters: those that run in some only */
void eco__check_light(eco__compiler *c);    /* after the climate: whether a process can have the light that it reads */
void eco__compile_waters(eco__compiler *c); /* waters, cells, chains */
size_t eco__layers_of(const eco__compiler *c, uint32_t water); /* 0: it is mixed */
void eco__compile_stacks(eco__compiler *c);                    /* the points of layered lakes, after the cells */
void eco__compile_exchanges(eco__compiler *c);                 /* between lakes, after the stacks */
void eco__compile_faces(eco__compiler *c);                     /* faces, and with them: */
void eco__compile_structures(eco__compiler *c);                /* with their faces */
eco__face *eco__add_structure_face(eco__compiler *c, uint32_t up, uint32_t down, eco__law law);
void eco__compile_chains(eco__compiler *c);                                     /* chains cut at loops, links */
void eco__read_catchment(eco__compiler *c, eco_item item, eco__catchment *out); /* after the structures */
void eco__read_serves(eco__compiler *c);                                        /* after the catchments */
void eco__compile_told(eco__compiler *c); /* where weather and boundary flows come from, in words */
void eco__compile_land(eco__compiler *c); /* climate, kinetics, catchments, sources, sites, sections */

#endif
