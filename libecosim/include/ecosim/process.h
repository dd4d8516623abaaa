/* process.h -- kinetic processes of a basin's own: fluxes between constituents, written as expressions.
 *
 * A process is an item of a basin (eco_basin_add with ECO_PROCESS). Its expressions are built node by node from its
 * parameters, concentrations and what surrounds the water; units are checked as they meet. A flux is an expression in
 * mg/L/d with the constituents that it draws on and feeds. The run integrates all processes together: positive, with
 * the error held, and the flux itself counted in the ledger. Nodes belong to the basin: every process of it may use
 * them. A failing call adds nothing and leaves `out` as it was. Equations: doc/theory/processes.md. */
#ifndef ECOSIM_PROCESS_H
#define ECOSIM_PROCESS_H

#include "ecosim/basin.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef uint32_t eco_node;
#define ECO_NO_NODE UINT32_MAX

/* What surrounds the water of a cell: word, unit, sentence. All but light stand still for a day, light for a step. */
#define ECO_SURROUNDING_MAP(X)                                                                 \
  X(TEMPERATURE, "temperature", "C", "of the water")                                           \
  X(DEPTH, "depth", "m", "volume over surface; at least 0.05 m")                               \
  X(SPEED, "speed", "m/s", "mean of the section; 0 in lakes")                                  \
  X(WIND, "wind", "m/s", "of the day, at 10 m")                                                \
  X(LIGHT, "light", "W/m2", "solar radiation on the surface, through the day (OWN-2)")         \
  X(SATURATION, "saturation", "mg/L", "oxygen saturation of fresh water at sea level (OXY-1)") \
  X(LAKE, "lake", "", "1 in lakes and reservoirs, 0 in rivers and canals")                     \
  X(BED_DEPTH, "bed_depth", "m", "volume over the bed under it: depth, more in a layer")       \
  X(OPEN, "open_share", "", "of the top that is the lake's surface: 1, in lower layers 0")     \
  X(BED_SHARE, "bed_share", "", "of the top with the bed under it: 1, less in a layer")
typedef enum eco_surrounding {
#define X(name, word, unit, text) ECO_AT_##name,
  ECO_SURROUNDING_MAP(X)
#undef X
    ECO_N_SURROUNDINGS
} eco_surrounding;
/* NULL when out of range */
ECO_API const char *eco_surrounding_word(size_t index);
ECO_API const char *eco_surrounding_unit(size_t index);
ECO_API const char *eco_surrounding_text(size_t index);

typedef struct eco_process_param {
  size_t size;
  const char *name, *unit;       /* the name is unique in its process; unit NULL or "": a pure number */
  double value, lowest, highest; /* finite, lowest <= value <= highest */
  const char *source, *text;     /* NULL: "" */
} eco_process_param;

/* Every call names the process by its item. ECO_NOT_FOUND names the nearest known word, ECO_UNITS both units. */
ECO_API eco_status eco_process_add_param(eco_basin *basin, eco_item process, const eco_process_param *param,
                                         eco_node *out, eco_error *err);
/* Concentration of a constituent, mg/L, which may be added to the basin later; of one that lies on the bed g/m2, if it was added
 * and marked before. */
ECO_API eco_status eco_process_constituent(eco_basin *basin, eco_item process, const char *name, eco_node *out,
                                           eco_error *err);
ECO_API eco_status eco_process_surrounding(eco_basin *basin, eco_item process, const char *word, eco_node *out,
                                           eco_error *err);
/* unit NULL: a number that takes the unit of what it is added to or compared with; "": a pure number. */
ECO_API eco_status eco_process_number(eco_basin *basin, eco_item process, double value, const char *unit, eco_node *out,
                                      eco_error *err);
/* An operation on as many nodes as it takes, ECO_NO_NODE for the rest:
 *   + - * / ^ min max                 of two
 *   less                              1 where a < b, else 0
 *   where                             b where a is not 0, else c
 *   exp log sqrt abs                  of one
 *   at_temperature(a, theta)          a theta^(T - 20 C)
 *   monod(a, b), inhibition(a, b)     a/(a + b), b/(a + b)
 *   light_mean(x), steele(a, x)       means over a depth of x extinction lengths: LGT-1, LGT-2
 *   light_smith(a, x), light_monod(a, x)  LGT-4, LGT-3; a: light on top over that of half speed, or of the bend */
ECO_API eco_status eco_process_apply(eco_basin *basin, eco_item process, const char *operation, eco_node a, eco_node b,
                                     eco_node c, eco_node *out, eco_error *err);

/* An expression as text: "k * theta^((temperature - 20 {C}) / 1 {K}) * monod([DO], ks) * [NH3-N]". Words are parameters and definitions of
 * the process, then surroundings; [name] is a concentration, [name?] is 0 where the basin carries no such constituent yet, [*end] the
 * sum of its own constituents whose names end so; 2 {m/s} is a number with its unit. Operations: + - * / ^ < > and
 * exp log sqrt abs min max where less at_temperature monod(c, half) inhibition(c, half) light_mean(x) steele(a, x) light_monod(a, x)
 * light_smith(a, x) (LGT-1 to LGT-4) bed_transfer(c, a, k, o) (SED-1). The error names the column. */
ECO_API eco_status eco_process_parse(eco_basin *basin, eco_item process, const char *text, eco_node *out,
                                     eco_error *err);
/* A word of the process for a node, for eco_process_parse. */
ECO_API eco_status eco_process_define(eco_basin *basin, eco_item process, const char *name, eco_node node,
                                      eco_error *err);

/* What a flux does to one constituent: below 0 it draws on it. */
typedef struct eco_process_part {
  const char *constituent;
  double coefficient; /* of the constituent's mg/L per mg/L of the flux; finite, not 0 */
} eco_process_part;
typedef enum eco_process_side { ECO_SIDE_WATER, ECO_SIDE_AIR, ECO_SIDE_BED } eco_process_side;
typedef struct eco_process_flux {
  size_t size;
  const char *name;              /* unique in its process */
  eco_node rate;                 /* mg/L/d. Below 0 it counts as 0, unless: */
  int both_ways;                 /* not 0: below 0 the flux goes the other way */
  const eco_process_part *parts; /* a constituent once */
  size_t n_parts;                /* 1 or more */
  eco_process_side side;         /* row of the ledger: reaction in the water, exchange with the air or the bed */
} eco_process_flux;
#define ECO_PROCESS_FLUX_INIT                                               \
  {                                                                         \
    sizeof(eco_process_flux), NULL, ECO_NO_NODE, 0, NULL, 0, ECO_SIDE_WATER \
  }
#define ECO_PROCESS_PARAM_INIT                                       \
  {                                                                  \
    sizeof(eco_process_param), NULL, NULL, 0.0, 0.0, 0.0, NULL, NULL \
  }
ECO_API eco_status eco_process_add_flux(eco_basin *basin, eco_item process, const eco_process_flux *flux,
                                        eco_error *err);

/* Families: kinetics that are written down already, as tables. '%' in a name stands for the name of the process, so that a
 * family may be in a basin several times. Equations: doc/theory/families.md. */
typedef struct eco_family_param {
  const char *name, *unit;
  double lowest, typical, highest;
  const char *source, *text; /* of the typical value */
} eco_family_param;
typedef struct eco_family_definition {
  const char *name, *text; /* a word, and the expression that it stands for */
} eco_family_definition;
typedef struct eco_family_flux {
  const char *id, *name, *rate; /* equation, flux, expression */
  const char *moves; /* "-1 [NH3-N] +1 [NO2-N] -48/14 [DO]": numbers, or parameters at the value they are given */
  eco_process_side side;
  int both_ways;
} eco_family_flux;
typedef struct eco_family {
  const char *name, *text;
  const char *const
    *constituents; /* that a basin must carry, those that begin with "bed " on its bed; others may be added */
  const eco_family_param *params;
  const eco_family_definition *definitions;
  const eco_family_flux *fluxes;
  size_t n_constituents, n_params, n_definitions, n_fluxes;
} eco_family;
ECO_API size_t eco_family_count(void);
ECO_API const eco_family *eco_family_at(size_t index); /* NULL when out of range */

typedef struct eco_process_value { /* of a parameter, in any unit of its dimension; unit NULL or "": the family's */
  const char *name;
  double value;
  const char *unit;
} eco_process_value;
/* Gives a process the parameters and fluxes of a family, with the typical values but for those given. Constituents that it
 * needs must be there when the basin is compiled; those that it can do without count if they were added before. */
ECO_API eco_status eco_process_use_family(eco_basin *basin, eco_item process, const char *family,
                                          const eco_process_value *given, size_t n, eco_error *err);

#ifdef __cplusplus
}
#endif
#endif
