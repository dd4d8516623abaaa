/* process.h -- processes of the basin's own as they are kept: one graph of expressions for all of them. */
#ifndef ECO__BASIN_PROCESS_H
#define ECO__BASIN_PROCESS_H

#include "base/graph.h"
#include "ecosim/process.h"

typedef struct eco__process_param {
  uint32_t process; /* item */
  const char *name, *unit, *source, *text;
  double value, lowest, highest; /* in its unit; its node in the graph turns it into the graph's */
} eco__process_param;

typedef struct eco__process_part {
  uint32_t constituent; /* of the list of names below */
  double coefficient;
} eco__process_part;

typedef struct eco__process_flux {
  uint32_t process; /* item */
  const char *name;
  eco__node forth, back; /* each at least 0; back ECO__NO_NODE: one way */
  const eco__process_part *parts;
  size_t n_parts;
  eco_process_side side;
} eco__process_flux;

typedef struct eco__process_word { /* a definition */
  uint32_t process;                /* item */
  const char *name;
  eco__node node;
} eco__process_word;

typedef struct eco__process_store {
  eco__graph graph;   /* inputs: constituents, eco_surrounding, params */
  const char **names; /* of constituents that are named */
  uint32_t *named_by; /* item of the process that named it first */
  eco__process_param *params;
  eco__node *param_nodes; /* beside params */
  eco__process_word *words;
  eco__process_flux *fluxes;
  size_t n_names, names_room, named_room, n_params, params_room, nodes_room, n_words, words_room, n_fluxes, fluxes_room;
} eco__process_store;

/* Whether the basin carries a constituent, as far as it is described. */
bool eco__basin_carries(const eco_basin *basin, const char *constituent);
/* A function by its word, such as monod: process_text.c. */
eco_status eco__process_call(eco_basin *basin, eco_item process, const char *word, const eco__node *given, size_t n,
                             eco_node *out, eco_error *err);
const eco__process_store *eco__basin_processes(const eco_basin *basin);
void eco__process_store_close(eco__process_store *store, const eco_env *env);

#endif
