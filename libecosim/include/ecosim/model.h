/* model.h -- the compiled basin: flat arrays, immutable, read by any number of runs and threads at once. */
#ifndef ECOSIM_MODEL_H
#define ECOSIM_MODEL_H

#include "ecosim/basin.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct eco_model eco_model;

typedef struct eco_compile_options {
  size_t size;
  double cell_m; /* longest cell of a reach, m; 0: 3000 */
} eco_compile_options;
#define ECO_COMPILE_OPTIONS_INIT     \
  {                                  \
    sizeof(eco_compile_options), 0.0 \
  }

/* Checks everything, resolves links, cuts reaches into cells, orders the elimination. Fails with the first fault, at
 * the place of the item that has it, and says how many more there are. The basin is not needed afterwards. */
ECO_API eco_status eco_model_compile(const eco_basin *basin, const eco_compile_options *options, eco_model **out,
                                     eco_error *err);
ECO_API void eco_model_destroy(eco_model *model); /* not while a run uses it */

typedef struct eco_model_size {
  size_t cells, faces, waters, structures, catchments, sources, sites, sections, fill;
} eco_model_size;
ECO_API eco_model_size eco_model_size_of(const eco_model *model);

/* Where the weather and the boundary flows of the model come from, a row each: "evaporation", "monthly normals of open
 * water". NULL for both when out of range. Texts live as long as the model. */
typedef struct eco_weather_source {
  const char *name, *text;
} eco_weather_source;
ECO_API size_t eco_model_weather_count(const eco_model *model);
ECO_API eco_weather_source eco_model_weather_at(const eco_model *model, size_t index);

#ifdef __cplusplus
}
#endif
#endif
