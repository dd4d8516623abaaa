/* basin.h -- describe what is there: waters, structures, catchments, sources, soil sites, sections, counties.
 *
 * A basin is a list of items. Each item has a kind, a name that is unique in the basin, a place (script or CSV
 * line, for messages) and parameters: numbers with units, texts (mostly names of other items) and arrays. The
 * parameters of each kind are one table, eco_spec_at(): it checks ranges and units, fills in what is not given,
 * words the errors, and is what `ecosim params` prints. Links are names, resolved by eco_model_compile, so that an
 * item may be named before it is added. */
#ifndef ECOSIM_BASIN_H
#define ECOSIM_BASIN_H

#include "ecosim/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* kind, Lua word, sentence */
#define ECO_KIND_MAP(X)                                                                           \
  X(REACH, "reach", "a stretch of river: a chain of cells with a trapezoidal section")            \
  X(CANAL, "canal", "a stretch of canal: as a reach")                                             \
  X(LAKE, "lake", "a lake: one cell with a level-area table")                                     \
  X(RESERVOIR, "reservoir", "a reservoir: as a lake")                                             \
  X(STRUCTURE, "structure", "a weir, gate, dam, pump .. between two waters")                      \
  X(CATCHMENT, "catchment", "a piece of land that drains to a water")                             \
  X(SOURCE, "source", "anything that emits: a plant, a farm, a town, a field")                    \
  X(SITE, "site", "a soil column with a contaminant")                                             \
  X(SECTION, "section", "a place where quality is assessed")                                      \
  X(COUNTY, "county", "who answers for what")                                                     \
  X(CLIMATE, "climate", "monthly normals that drive the weather generator")                       \
  X(KINETICS, "kinetics", "rates of the water-quality processes")                                 \
  X(CONSTITUENT, "constituent", "what the water carries besides: a tracer, a decaying substance") \
  X(OBSERVABLE, "observable", "a sum of constituents that is reported: total nitrogen")           \
  X(PROCESS, "process", "what turns constituents into others: fluxes as expressions (process.h)")

typedef enum eco_kind {
#define X(name, word, text) ECO_##name,
  ECO_KIND_MAP(X)
#undef X
    ECO_N_KINDS
} eco_kind;

ECO_API const char *eco_kind_word(eco_kind kind); /* "reach"; "?" when out of range */
ECO_API const char *eco_kind_text(eco_kind kind);

/* One row of the parameter table. */
typedef enum eco_form { ECO_NUMBER, ECO_TEXT, ECO_MONTHLY, ECO_TABLE, ECO_DAILY } eco_form;
#define ECO_MUST_BE_GIVEN "must be given" /* stands for a source where there is no fallback */
typedef struct eco_spec {
  eco_kind kind;
  const char *name; /* "bottom_width"; "load.*" stands for one parameter a constituent */
  eco_form
    form; /* ECO_MONTHLY: 12 numbers, or 1 for all months; ECO_TABLE: 2 or more, strictly rising or not as text says;
             ECO_DAILY: one number a day, set with eco_basin_set_series */
  const char *unit; /* of the value inside: "m", "mg/L"; "" for texts and pure numbers */
  double lowest, highest;
  double fallback;    /* NaN: none */
  const char *source; /* of the fallback; ECO_MUST_BE_GIVEN, or "" where it may be absent (text says what then) */
  const char *text;
} eco_spec;
ECO_API size_t eco_spec_count(void);
ECO_API const eco_spec *eco_spec_at(size_t index); /* NULL when out of range */

/* Constituents: what is carried and what is reported. A state is carried, an observable is a sum of states. Below are those of
 * the bulk kinetics; a basin adds its own (ECO_CONSTITUENT), each state and observable, before the items that name them. */
typedef struct eco_constituent {
  const char *name;    /* "NH3-N" */
  const char *unit;    /* "mg/L" */
  const char *name_zh; /* "氨氮"; "" where there is none */
  const char *text;
} eco_constituent;
ECO_API size_t eco_state_count(void);
ECO_API const eco_constituent *eco_state_at(size_t index); /* CODMn, NH3-N, other N, TP, DO, Cd */
ECO_API size_t eco_observable_count(void);
ECO_API const eco_constituent *eco_observable_at(size_t index); /* CODMn, NH3-N, TN, TP, DO, Cd */

typedef struct eco_basin eco_basin;
typedef struct eco_item {
  uint32_t id;
} eco_item;

ECO_API eco_status eco_basin_create(const eco_env *env, const char *name, eco_basin **out, eco_error *err);
ECO_API void eco_basin_destroy(eco_basin *basin); /* NULL is a no-op */

/* `place` (NULL: "") is copied and stands in later messages about the item. */
ECO_API eco_status eco_basin_add(eco_basin *basin, eco_kind kind, const char *name, const char *place, eco_item *out,
                                 eco_error *err);
/* ECO_NOT_FOUND names the nearest known name. */
ECO_API eco_status eco_basin_find(const eco_basin *basin, const char *name, eco_item *out, eco_error *err);

/* `unit` NULL or "": the value is in the spec's own unit. ECO_UNITS, ECO_INVALID (range, NaN), ECO_NOT_FOUND
 * (parameter: nearest name). The place of the error is the item's. */
ECO_API eco_status eco_basin_set_number(eco_basin *basin, eco_item item, const char *param, double value,
                                        const char *unit, eco_error *err);
ECO_API eco_status eco_basin_set_text(eco_basin *basin, eco_item item, const char *param, const char *value,
                                      eco_error *err);
/* Copies n values. */
ECO_API eco_status eco_basin_set_array(eco_basin *basin, eco_item item, const char *param, const double *values,
                                       size_t n, const char *unit, eco_error *err);

/* Copies n values, one a day from `first` on; NaN: none is known of that day. `place` (NULL: the item's) says where they
 * come from, such as the name of a file: it stands in messages about the series. ECO_INVALID names the first day whose
 * value is out of range. */
ECO_API eco_status eco_basin_set_series(eco_basin *basin, eco_item item, const char *param, eco_day first,
                                        const double *values, size_t n, const char *unit, const char *place,
                                        eco_error *err);

/* Reading back. Counts by kind; index runs in the order of adding. */
ECO_API size_t eco_basin_count(const eco_basin *basin, eco_kind kind);
ECO_API const char *eco_basin_name_at(const eco_basin *basin, eco_kind kind, size_t index);

#ifdef __cplusplus
}
#endif
#endif
