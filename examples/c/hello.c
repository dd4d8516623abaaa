/* hello.c -- a pond, a stream into it, a weir out of it, and a year of ammonia, through the public functions only.
 *
 *   cc hello.c $(pkg-config --cflags --libs ecosim) -o hello
 *
 * Prints the mean ammonia nitrogen of each month. The sink below is an array in memory; a results file is another. */
#include <ecosim/ecosim.h>

#include <stdio.h>
#include <string.h>

/* What the sink keeps. */
typedef struct listener {
  const eco_day *days;
  size_t n_variables, ammonia; /* of the section's variables, ammonia is this one */
  double sum_mg_l[12];
  int n_days[12];
} listener;

static eco_status begin(void *user, const eco_layout *layout, eco_error *err)
{
  (void)err;
  listener *self = user;
  const eco_table *table = &layout->tables[ECO_TABLE_SECTION];
  self->days = table->times;
  self->n_variables = table->n_variables;
  for (size_t i = 0; i < table->n_variables; i++)
    if (strcmp(table->variables[i].name, "NH3-N") == 0)
      self->ammonia = i;
  return ECO_OK;
}

static eco_status take_frames(void *user, eco_table_id table, size_t scenario, size_t member, size_t first, size_t n,
                              const double *values, eco_error *err)
{
  (void)scenario;
  (void)member;
  (void)err;
  listener *self = user;
  if (table != ECO_TABLE_SECTION)
    return ECO_OK;
  for (size_t row = 0; row < n; row++) { /* one section: values[row][variable] */
    int year, month, day;
    eco_day_to_date(self->days[first + row], &year, &month, &day);
    self->sum_mg_l[month - 1] += values[row * self->n_variables + self->ammonia];
    self->n_days[month - 1]++;
  }
  return ECO_OK;
}

static eco_status describe(eco_basin *basin, eco_error *err)
{
  const double level[] = {28.0, 29.0, 30.0, 32.0}, area[] = {0.0, 2.0, 5.0, 6.0};
  const double rain_wet[] = {0.4}, rain_dry[] = {0.2}, shape[] = {0.7}, scale[] = {12.0}, evaporation[] = {60.0};
  const double wind[] = {2.0};
  const double air[] = {4, 6, 11, 17, 22, 26, 28, 28, 23, 18, 11, 6};
  eco_item pond, weir, section, climate;
  eco_status status = eco_basin_add(basin, ECO_LAKE, "pond", "hello.c", &pond, err);
#define THEN(call) status = status != ECO_OK ? status : (call)
  THEN(eco_basin_set_array(basin, pond, "level", level, 4, "m", err));
  THEN(eco_basin_set_array(basin, pond, "area", area, 4, "ha", err));
  THEN(eco_basin_set_number(basin, pond, "initial_level", 30.0, "m", err));
  THEN(eco_basin_set_number(basin, pond, "initial.NH3-N", 1.0, "mg/L", err));
  THEN(eco_basin_set_number(basin, pond, "inflow", 4000.0, "t/d", err));
  THEN(eco_basin_set_number(basin, pond, "inflow.NH3-N", 3.0, "mg/L", err));
  THEN(eco_basin_set_number(basin, pond, "inflow.DO", 8.0, "mg/L", err));
  THEN(eco_basin_add(basin, ECO_STRUCTURE, "weir", "hello.c", &weir, err));
  THEN(eco_basin_set_text(basin, weir, "law", "weir", err));
  THEN(eco_basin_set_text(basin, weir, "from", "pond", err));
  THEN(eco_basin_set_number(basin, weir, "crest", 30.0, "m", err));
  THEN(eco_basin_set_number(basin, weir, "width", 2.0, "m", err));
  THEN(eco_basin_add(basin, ECO_SECTION, "middle", "hello.c", &section, err));
  THEN(eco_basin_set_text(basin, section, "water", "pond", err));
  THEN(eco_basin_add(basin, ECO_CLIMATE, "climate", "hello.c", &climate, err));
  THEN(eco_basin_set_array(basin, climate, "t_mean", air, 12, "degC", err));
  THEN(eco_basin_set_array(basin, climate, "p_wet_wet", rain_wet, 1, "", err));
  THEN(eco_basin_set_array(basin, climate, "p_wet_dry", rain_dry, 1, "", err));
  THEN(eco_basin_set_array(basin, climate, "gamma_shape", shape, 1, "", err));
  THEN(eco_basin_set_array(basin, climate, "gamma_scale", scale, 1, "mm", err));
  THEN(eco_basin_set_array(basin, climate, "evaporation", evaporation, 1, "mm", err));
  THEN(eco_basin_set_array(basin, climate, "wind", wind, 1, "m/s", err));
#undef THEN
  return status;
}

static eco_status simulate(eco_basin *basin, eco_model **model, eco_run **run, listener *out, eco_error *err)
{
  eco_run_options options = ECO_RUN_OPTIONS_INIT;
  options.start = options.record = eco_day_from_date(2019, 1, 1);
  options.end = eco_day_from_date(2020, 1, 1);
  eco_sink sink = {.size = sizeof sink, .user = out, .begin = begin, .frames = take_frames};
  eco_status status = describe(basin, err);
  if (status == ECO_OK)
    status = eco_model_compile(basin, NULL, model, err);
  if (status == ECO_OK)
    status = eco_run_create(*model, &options, run, err);
  if (status == ECO_OK)
    status = eco_run_add_sink(*run, &sink, err);
  return status == ECO_OK ? eco_run_to_end(*run, err) : status;
}

int main(void)
{
  eco_error err = {ECO_OK, "", ""};
  eco_basin *basin = NULL;
  eco_model *model = NULL;
  eco_run *run = NULL;
  listener heard = {0};
  eco_status status = eco_basin_create(NULL, "hello", &basin, &err);
  if (status == ECO_OK)
    status = simulate(basin, &model, &run, &heard, &err);
  for (int month = 0; status == ECO_OK && month < 12; month++)
    printf("2019-%02d  NH3-N %.3f mg/L\n", month + 1, heard.sum_mg_l[month] / heard.n_days[month]);
  if (status != ECO_OK)
    fprintf(stderr, "%s: %s\n", err.place, err.text);
  eco_run_destroy(run);
  eco_model_destroy(model);
  eco_basin_destroy(basin);
  return status == ECO_OK ? 0 : 1;
}
