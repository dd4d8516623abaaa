/* basin_store.h -- how basin.c keeps items and basin_values.c their parameters. Nobody else looks inside. */
#ifndef ECO__BASIN_STORE_H
#define ECO__BASIN_STORE_H

#include "basin/basin.h"
#include "basin/process.h"

/* One parameter that was set. Numbers are in the spec's unit. */
typedef struct eco__value eco__value;
struct eco__value {
  eco__value *next;
  const eco_spec *spec;
  const char *param; /* as it was said: "conc.NH3-N" */
  double number;
  char *text;
  double *array;
  size_t n, room; /* of array; room of text in bytes where the form is ECO_TEXT */
  eco_day first;  /* of a daily series, and where it comes from */
  const char *place;
};

typedef struct eco__item {
  eco_kind kind;
  const char *place;
  eco__value *values;
} eco__item;

struct eco_basin {
  eco__arena arena; /* texts and values; env */
  const char *title;
  eco__item *items;
  const char **names; /* beside items: the list that eco__nearest reads */
  size_t n_items, items_room, names_room;
  uint32_t *slots; /* open addressing by name, item + 1, 0: free; n_slots is a power of two, at most half full */
  size_t n_slots;
  const char **own; /* names of the constituents it adds */
  size_t n_own, own_room;
  eco__process_store processes;
  uint32_t *of_kind[ECO_N_KINDS];
  size_t n_of_kind[ECO_N_KINDS], of_kind_room[ECO_N_KINDS];
};

#endif
