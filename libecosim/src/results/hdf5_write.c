/* hdf5_write.c -- lays the file out: every dataset at its place and full length, as netCDF-4 tools want it
 * (doc/results_format.md). HDF5 has the file open only inside these functions; see results.h. */
#include "results/hdf5_error.h"

#include <hdf5_hl.h>
#include <math.h>
#include <string.h>

/* A failure sticks: what follows it does nothing, and the first reason is kept. */
typedef struct writer {
  eco_results *results;
  const eco_layout *layout;
  hid_t file;
  int next_dimension; /* netCDF's number of a dimension: in the order of making */
  bool bad, no_memory;
  char reason[160];
} writer;

static void fault(writer *w)
{
  if (!w->bad)
    eco__hdf5_reason(w->reason, sizeof w->reason);
  w->bad = true;
}

static hid_t good(writer *w, hid_t id)
{
  if (id < 0)
    fault(w);
  return id;
}

static void check(writer *w, herr_t status)
{
  if (status < 0)
    fault(w);
}

static hid_t text_type(size_t size) /* 0: of any length */
{
  hid_t type = H5Tcopy(H5T_C_S1);
  (void)H5Tset_size(type, size == 0 ? H5T_VARIABLE : size);
  (void)H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}

/* ---- attributes */

static void attribute(writer *w, hid_t object, const char *name, hid_t type, hsize_t n, const void *value)
{
  if (w->bad)
    return;
  hid_t space = good(w, n == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &n, NULL));
  hid_t id = good(w, H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT));
  if (!w->bad)
    check(w, H5Awrite(id, type, value));
  if (id >= 0)
    (void)H5Aclose(id);
  (void)H5Sclose(space);
}

static void text_attribute(writer *w, hid_t object, const char *name, const char *text)
{
  if (text[0] == '\0') /* an empty text has no type of its size */
    return;
  hid_t type = text_type(strlen(text));
  attribute(w, object, name, type, 0, text);
  (void)H5Tclose(type);
}

static void number_attribute(writer *w, hid_t object, const char *name, int value)
{
  attribute(w, object, name, H5T_NATIVE_INT, 0, &value);
}

/* ---- groups and datasets. Order of making is kept, so that ncdump lists it. */

static hid_t make_group(writer *w, const char *name)
{
  if (w->bad)
    return H5I_INVALID_HID;
  hid_t plist = good(w, H5Pcreate(H5P_GROUP_CREATE));
  check(w, H5Pset_link_creation_order(plist, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  hid_t group = good(w, H5Gcreate2(w->file, name, H5P_DEFAULT, plist, H5P_DEFAULT));
  (void)H5Pclose(plist);
  return group;
}

/* One piece of the file, allocated now and never moved; HDF5 writes no fill values, layout.c does. */
static hid_t make_dataset(writer *w, hid_t group, const char *name, hid_t type, int rank, const hsize_t *dims,
                          const void *fill_value)
{
  if (w->bad)
    return H5I_INVALID_HID;
  hid_t plist = good(w, H5Pcreate(H5P_DATASET_CREATE));
  check(w, H5Pset_layout(plist, H5D_CONTIGUOUS));
  check(w, H5Pset_alloc_time(plist, H5D_ALLOC_TIME_EARLY));
  if (H5Tis_variable_str(type) <= 0) /* HDF5 insists on filling texts of any length */
    check(w, H5Pset_fill_time(plist, H5D_FILL_TIME_NEVER));
  check(w, H5Pset_attr_creation_order(plist, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  if (fill_value != NULL)
    check(w, H5Pset_fill_value(plist, type, fill_value));
  hid_t space = good(w, rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, dims, NULL));
  hid_t dataset = good(w, H5Dcreate2(group, name, type, space, H5P_DEFAULT, plist, H5P_DEFAULT));
  (void)H5Sclose(space);
  (void)H5Pclose(plist);
  return dataset;
}

static void write_all(writer *w, hid_t dataset, hid_t type, const void *values)
{
  if (!w->bad)
    check(w, H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values));
}

static uint64_t offset_of(writer *w, hid_t dataset)
{
  haddr_t offset = w->bad ? HADDR_UNDEF : H5Dget_offset(dataset);
  if (offset == HADDR_UNDEF)
    fault(w);
  return (uint64_t)offset;
}

/* A dimension and its numbers: `values`, or first, first + 1, … */
static hid_t make_scale(writer *w, hid_t group, const char *name, size_t n, const int32_t *values, uint32_t first)
{
  hsize_t length = n;
  hid_t scale = make_dataset(w, group, name, H5T_NATIVE_INT32, 1, &length, NULL);
  if (w->bad)
    return scale;
  check(w, H5DSset_scale(scale, name));
  number_attribute(w, scale, "_Netcdf4Dimid", w->next_dimension++);
  const eco_env *env = &w->results->env;
  int32_t *counted = values == NULL ? eco__alloc(env, n * sizeof *counted) : NULL;
  w->no_memory = values == NULL && counted == NULL;
  w->bad = w->bad || w->no_memory;
  for (size_t i = 0; counted != NULL && i < n; i++)
    counted[i] = (int32_t)(first + (uint32_t)i);
  write_all(w, scale, H5T_NATIVE_INT32, values != NULL ? values : counted);
  eco__free(env, counted, n * sizeof *counted);
  return scale;
}

static void attach(writer *w, hid_t dataset, int rank, const hid_t *scales)
{
  for (int axis = 0; axis < rank && !w->bad; axis++)
    check(w, H5DSattach_scale(dataset, scales[axis], (unsigned)axis));
}

static void close_all(const hid_t *datasets, int n)
{
  for (int i = 0; i < n; i++)
    if (datasets[i] >= 0)
      (void)H5Dclose(datasets[i]);
}

/* An array of texts along one dimension, such as the names of the places. */
static void make_texts(writer *w, hid_t group, const char *name, hid_t scale, size_t n, const char *const *texts)
{
  hid_t type = text_type(0);
  hsize_t length = n;
  hid_t dataset = make_dataset(w, group, name, type, 1, &length, NULL);
  attach(w, dataset, 1, &scale);
  write_all(w, dataset, type, texts);
  close_all(&dataset, 1);
  (void)H5Tclose(type);
}

/* ---- the parts of the file */

static void make_variable(writer *w, hid_t group, const eco_variable *variable, const hsize_t dims[4],
                          const hid_t scales[4], uint64_t *offset)
{
  float missing = NAN;
  hid_t dataset = make_dataset(w, group, variable->name, H5T_NATIVE_FLOAT, 4, dims, &missing);
  attach(w, dataset, 4, scales);
  text_attribute(w, dataset, "long_name", variable->text);
  text_attribute(w, dataset, "units", variable->unit[0] != '\0' ? variable->unit : "1");
  attribute(w, dataset, "_FillValue", H5T_NATIVE_FLOAT, 1, &missing);
  text_attribute(w, dataset, "coordinates", "scenario_name place_name");
  *offset = offset_of(w, dataset);
  close_all(&dataset, 1);
}

static void make_lane_scales(writer *w, hid_t group, hid_t scales[2])
{
  const eco_layout *layout = w->layout;
  scales[0] = make_scale(w, group, "scenario", layout->n_scenarios, NULL, 1);
  text_attribute(w, scales[0], "long_name", "scenario, in the order of the study");
  scales[1] = make_scale(w, group, "member", layout->n_members, NULL, layout->first_member);
  text_attribute(w, scales[1], "long_name", "member: one draw of the uncertain inputs");
  make_texts(w, group, "scenario_name", scales[0], layout->n_scenarios, layout->scenarios);
}

static void make_table(writer *w, const eco_table *table, uint64_t *offsets)
{
  hsize_t dims[4] = {w->layout->n_scenarios, w->layout->n_members, table->n_times, table->n_places};
  hid_t group = make_group(w, table->name), scales[4] = {-1, -1, -1, -1};
  text_attribute(w, group, "time_name", table->time_name);
  make_lane_scales(w, group, scales);
  scales[2] = make_scale(w, group, "time", table->n_times, table->times, 0);
  text_attribute(w, scales[2], "units", "days since 1970-01-01 00:00:00");
  text_attribute(w, scales[2], "calendar", "proleptic_gregorian");
  text_attribute(w, scales[2], "standard_name", "time");
  text_attribute(w, scales[2], "long_name", "first day of the row");
  text_attribute(w, scales[2], "axis", "T");
  scales[3] = make_scale(w, group, "place", table->n_places, NULL, 1);
  make_texts(w, group, "place_name", scales[3], table->n_places, table->places);
  for (size_t v = 0; v < table->n_variables; v++)
    make_variable(w, group, &table->variables[v], dims, scales, &offsets[v]);
  close_all(scales, 4);
  if (group >= 0)
    (void)H5Gclose(group);
}

/* Rows that all lanes have. Zeros at first, as all room that HDF5 allocates and nobody writes. */
static void make_complete(writer *w)
{
  hid_t scale = make_scale(w, w->file, "table", ECO_N_TABLES, NULL, 1);
  const char *names[ECO_N_TABLES];
  for (int t = 0; t < ECO_N_TABLES; t++)
    names[t] = w->layout->tables[t].name;
  make_texts(w, w->file, "table_name", scale, ECO_N_TABLES, names);
  hsize_t n = ECO_N_TABLES;
  hid_t dataset = make_dataset(w, w->file, "complete", H5T_NATIVE_INT32, 1, &n, NULL);
  attach(w, dataset, 1, &scale);
  text_attribute(w, dataset, "long_name", "rows of each table that every scenario and member has");
  text_attribute(w, dataset, "units", "1");
  w->results->complete_offset = offset_of(w, dataset);
  hid_t both[2] = {scale, dataset};
  close_all(both, 2);
}

enum { MOST_ROWS = 16, LEDGER = -1 };
_Static_assert((int)ECO_N_LEDGER_ROWS <= MOST_ROWS && (int)ECO_N_WATER_ROWS <= MOST_ROWS, "no room for rows");

/* The dimension `word` of rows, with what each is called and how it counts; id: a balance's kind, or LEDGER. */
static hid_t make_rows(writer *w, hid_t group, const char *word, int id)
{
  const char *names[MOST_ROWS], *texts[MOST_ROWS];
  int32_t signs[MOST_ROWS];
  char name[48];
  eco_balance_id kind = (eco_balance_id)id;
  hsize_t n = id == LEDGER ? (size_t)ECO_N_LEDGER_ROWS : eco_balance_rows(kind);
  for (size_t i = 0; i < n; i++) {
    names[i] = id == LEDGER ? eco_ledger_row_name(i) : eco_balance_row_name(kind, i);
    texts[i] = id == LEDGER ? eco_ledger_row_text(i) : eco_balance_row_text(kind, i);
    signs[i] = id == LEDGER ? eco_ledger_row_sign(i) : eco_balance_row_sign(kind, i);
  }
  hid_t scale = make_scale(w, group, word, n, NULL, 1);
  (void)eco__format(name, sizeof name, "%s_name", word);
  make_texts(w, group, name, scale, n, names);
  (void)eco__format(name, sizeof name, "%s_text", word);
  make_texts(w, group, name, scale, n, texts);
  (void)eco__format(name, sizeof name, "%s_sign", word);
  hid_t sign = make_dataset(w, group, name, H5T_NATIVE_INT32, 1, &n, NULL);
  attach(w, sign, 1, &scale);
  text_attribute(w, sign, "long_name", "residual = sum of sign x amount, over throughput");
  write_all(w, sign, H5T_NATIVE_INT32, signs);
  close_all(&sign, 1);
  return scale;
}

/* A dimension that is only a length, marked as netCDF marks it. */
static hid_t make_letters(writer *w, hid_t group)
{
  char mark[96];
  hsize_t length = ECO__QUANTITY_NAME;
  (void)eco__format(mark, sizeof mark, "This is a netCDF dimension but not a netCDF variable.%10d", ECO__QUANTITY_NAME);
  hid_t scale = make_dataset(w, group, "letter", H5T_NATIVE_INT32, 1, &length, NULL);
  if (w->bad)
    return scale;
  check(w, H5DSset_scale(scale, mark));
  number_attribute(w, scale, "_Netcdf4Dimid", w->next_dimension++);
  return scale;
}

/* Names of the quantities come with the first ledger: room for letters, as netCDF reads no arrays of fixed texts. */
static uint64_t make_name_room(writer *w, hid_t group, const char *name, const hid_t scales[2], size_t n)
{
  hid_t type = text_type(1);
  hsize_t dims[2] = {n, ECO__QUANTITY_NAME};
  hid_t dataset = make_dataset(w, group, name, type, 2, dims, NULL);
  attach(w, dataset, 2, scales);
  text_attribute(w, dataset, "_Encoding", "utf-8");
  uint64_t offset = offset_of(w, dataset);
  close_all(&dataset, 1);
  (void)H5Tclose(type);
  return offset;
}

static uint64_t make_amount(writer *w, hid_t group, const char *name, const char *text, const char *coordinates,
                            int rank, const hsize_t *dims, const hid_t *scales)
{
  double missing = NAN;
  hid_t dataset = make_dataset(w, group, name, H5T_NATIVE_DOUBLE, rank, dims, &missing);
  attach(w, dataset, rank, scales);
  text_attribute(w, dataset, "long_name", text);
  attribute(w, dataset, "_FillValue", H5T_NATIVE_DOUBLE, 1, &missing);
  text_attribute(w, dataset, "coordinates", coordinates);
  uint64_t offset = offset_of(w, dataset);
  close_all(&dataset, 1);
  return offset;
}

/* How many quantities the run keeps ledgers of is known only when they come: water, the states, and in soil no more
 * contaminants than there are states or sites. What is not used stays empty. */
static size_t most_quantities(const eco_layout *layout)
{
  size_t states = layout->n_states, sites = layout->tables[ECO_TABLE_SITE].n_places;
  return 1 + states + (sites < states ? sites : states);
}

static void make_ledger(writer *w)
{
  eco__ledger_file *file = &w->results->ledger;
  file->n_quantities = most_quantities(w->layout);
  hsize_t dims[4] = {w->layout->n_scenarios, w->layout->n_members, file->n_quantities, ECO_N_LEDGER_ROWS};
  hid_t group = make_group(w, "ledger"), scales[4] = {-1, -1, -1, -1};
  make_lane_scales(w, group, scales);
  scales[2] = make_scale(w, group, "quantity", file->n_quantities, NULL, 1);
  hid_t name_scales[2] = {scales[2], make_letters(w, group)};
  file->name = make_name_room(w, group, "quantity_name", name_scales, file->n_quantities);
  file->unit = make_name_room(w, group, "quantity_unit", name_scales, file->n_quantities);
  close_all(&name_scales[1], 1);
  scales[3] = make_rows(w, group, "row", LEDGER);
  file->amount = make_amount(w, group, "amount", "amount since the first day of the run, warm-up included",
                             "scenario_name quantity_name row_name", 4, dims, scales);
  const char *coordinates = "scenario_name quantity_name";
  file->throughput =
    make_amount(w, group, "throughput", "stock at the start and all that came in", coordinates, 3, dims, scales);
  file->residual = make_amount(w, group, "residual", "what does not add up, as a share of the throughput", coordinates,
                               3, dims, scales);
  close_all(scales, 4);
  if (group >= 0)
    (void)H5Gclose(group);
}

static void make_balance(writer *w, hid_t group, eco_balance_id id, const hid_t lanes[2])
{
  const eco_balance_places *places = &w->layout->balances[id];
  const hsize_t dims[4] = {w->layout->n_scenarios, w->layout->n_members, places->n_places, eco_balance_rows(id)};
  const char *word = eco__balance_words[id];
  char name[48], coordinates[128];
  if (places->n_places == 0)
    return;
  hid_t scales[4] = {lanes[0], lanes[1], make_scale(w, group, word, places->n_places, NULL, 1), -1};
  (void)eco__format(name, sizeof name, "%s_name", word);
  make_texts(w, group, name, scales[2], places->n_places, places->places);
  (void)eco__format(name, sizeof name, "%s_row", word);
  scales[3] = make_rows(w, group, name, (int)id);
  (void)eco__format(coordinates, sizeof coordinates, "scenario_name %s_name %s_row_name", word, word);
  (void)eco__format(name, sizeof name, "%s_amount", word);
  w->results->balances[id].amount =
    make_amount(w, group, name, "amount over the recorded days, m3", coordinates, 4, dims, scales);
  close_all(scales + 2, 2);
}

static void make_balances(writer *w)
{
  hid_t group = make_group(w, "balance"), lanes[2] = {-1, -1};
  number_attribute(w, group, "first_day", w->layout->balance_from);
  number_attribute(w, group, "days", w->layout->balance_until - w->layout->balance_from);
  make_lane_scales(w, group, lanes);
  for (int id = 0; id < ECO_N_BALANCES; id++)
    make_balance(w, group, (eco_balance_id)id, lanes);
  close_all(lanes, 2);
  if (group >= 0)
    (void)H5Gclose(group);
}

/* A text has its own length, or the room for one that comes later. */
static void make_text(writer *w, hid_t group, eco__text *entry, size_t room)
{
  hid_t type = text_type(room);
  hid_t dataset = make_dataset(w, group, entry->key, type, 0, NULL, NULL);
  entry->offset = offset_of(w, dataset);
  entry->room = room;
  close_all(&dataset, 1);
  (void)H5Tclose(type);
}

/* Scores come after the run, so do texts set empty before it: room is kept, of which the disk holds what is used. */
static void make_text_group(writer *w)
{
  eco_results *results = w->results;
  w->no_memory = w->no_memory || eco__results_text(results, "scores") == NULL;
  w->bad = w->bad || w->no_memory;
  hid_t group = make_group(w, "text");
  for (size_t i = 0; i < results->n_texts; i++) {
    eco__text *entry = &results->texts[i];
    bool later = entry->text == NULL || entry->text[0] == '\0';
    make_text(w, group, entry, later ? ECO__TEXT_ROOM : strlen(entry->text) + 1);
  }
  if (group >= 0)
    (void)H5Gclose(group);
}

static void describe_file(writer *w)
{
  char source[64];
  (void)eco__format(source, sizeof source, "libecosim %s", eco_version());
  text_attribute(w, w->file, "Conventions", "CF-1.8");
  text_attribute(w, w->file, "title", "water quality and soil of a river basin under scenarios");
  text_attribute(w, w->file, "source", source);
  text_attribute(w, w->file, "format", ECO__RESULTS_FORMAT);
  number_attribute(w, w->file, "format_version", ECO__RESULTS_FORMAT_VERSION);
  text_attribute(w, w->file, "library_version", eco_version());
}

static hid_t access_list(void)
{
  hid_t plist = H5Pcreate(H5P_FILE_ACCESS);
  /* the oldest form that holds what is needed: no flag in the file says that it was not closed */
  (void)H5Pset_libver_bounds(plist, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18);
  (void)H5Pset_fclose_degree(plist, H5F_CLOSE_STRONG);
#if H5_VERSION_GE(1, 10, 7)
  (void)H5Pset_file_locking(plist, true, true); /* a file system without locks is no reason to fail */
#endif
  return plist;
}

static hid_t create_file(const char *path)
{
  hid_t create = H5Pcreate(H5P_FILE_CREATE), access = access_list();
  (void)H5Pset_link_creation_order(create, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  (void)H5Pset_attr_creation_order(create, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, create, access);
  (void)H5Pclose(create);
  (void)H5Pclose(access);
  return file;
}

static void lay_out(writer *w)
{
  w->file = good(w, create_file(w->results->path));
  describe_file(w);
  make_complete(w);
  for (int t = 0; t < ECO_N_TABLES; t++) {
    const eco_table *table = &w->layout->tables[t];
    w->results->tables[t].offset = ECO__TAKE(&w->results->arena, uint64_t, table->n_variables);
    w->no_memory = w->no_memory || w->results->tables[t].offset == NULL;
    w->bad = w->bad || w->no_memory;
    if (table->n_times > 0 && table->n_places > 0 && table->n_variables > 0) /* readers choke on empty dimensions */
      make_table(w, table, w->results->tables[t].offset);
  }
  make_ledger(w);
  make_balances(w);
  make_text_group(w);
  if (w->file >= 0)
    check(w, H5Fclose(w->file));
}

eco_status eco__hdf5_lay_out(eco_results *results, const eco_layout *layout, eco_error *err)
{
  ECO__TRY(eco__results_reserve(results, layout, err));
  writer w = {.results = results, .layout = layout, .file = H5I_INVALID_HID};
  eco__hdf5_quiet quiet;
  eco__hdf5_hush(&quiet);
  lay_out(&w);
  eco__hdf5_unhush(&quiet);
  if (w.no_memory)
    return eco__fail(err, ECO_NO_MEMORY, results->path, "results file: no memory to lay it out");
  if (w.bad)
    return eco__fail(err, ECO_IO, results->path, "results file could not be laid out: %s", w.reason);
  return ECO_OK;
}

eco_status eco__hdf5_append_text(eco_results *results, const char *key, const char *text, eco_error *err)
{
  writer w = {.results = results};
  eco__hdf5_quiet quiet;
  eco__hdf5_hush(&quiet);
  hid_t access = access_list();
  w.file = good(&w, H5Fopen(results->path, H5F_ACC_RDWR, access));
  (void)H5Pclose(access);
  hid_t group = w.bad ? H5I_INVALID_HID : good(&w, H5Gopen2(w.file, "text", H5P_DEFAULT));
  if (!w.bad && H5Lexists(group, key, H5P_DEFAULT) > 0)
    check(&w, H5Ldelete(group, key, H5P_DEFAULT));
  eco__text *entry = eco__results_text(results, key);
  make_text(&w, group, entry, strlen(text) + 1);
  if (w.file >= 0)
    check(&w, H5Fclose(w.file));
  eco__hdf5_unhush(&quiet);
  if (w.bad)
    return eco__fail(err, ECO_IO, results->path, "results file: text '%s' could not be added: %s", key, w.reason);
  return eco__results_put(results, entry->offset, text, strlen(text) + 1, err);
}
