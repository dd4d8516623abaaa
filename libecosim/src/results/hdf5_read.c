/* hdf5_read.c -- opens a results file and reads series, ledgers and texts back. Whatever is not as this library writes
 * it is refused with the file's name and what was found. */
#include "results/hdf5_error.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct reader {
  eco_results *results;
  hid_t file;
  eco_error *err;
  bool out_of_memory; /* then what is not there was not read */
} reader;

static eco_status no_memory(reader *r)
{
  return eco__fail(r->err, ECO_NO_MEMORY, r->results->path, "results file: no memory to read it");
}

static eco_status not_ours(reader *r, const char *found)
{
  if (r->out_of_memory)
    return no_memory(r);
  return eco__fail(r->err, ECO_FORMAT, r->results->path, "not a results file of libecosim: %s", found);
}

static eco_status damaged(reader *r, const char *what)
{
  if (r->out_of_memory)
    return no_memory(r);
  return eco__fail(r->err, ECO_FORMAT, r->results->path, "results file is damaged: %s", what);
}

/* From the arena, so that nothing has to be given back on the way out. */
static void *take(reader *r, size_t count, size_t size)
{
  void *piece = eco__arena_take(&r->results->arena, count, size);
  r->out_of_memory = r->out_of_memory || piece == NULL;
  return piece;
}

/* ---- before HDF5 sees the file */

static uint64_t little_endian(const unsigned char *bytes)
{
  uint64_t value = 0;
  for (int i = 7; i >= 0; i--)
    value = value << 8 | bytes[i];
  return value;
}

/* The superblock of the form that is written here says how long the file must be. HDF5 says only "truncated". */
static eco_status check_bytes(reader *r, const unsigned char *head, size_t n, uint64_t size)
{
  static const unsigned char signature[8] = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  if (size == 0)
    return not_ours(r, "the file is empty");
  if (n < sizeof signature || memcmp(head, signature, sizeof signature) != 0)
    return not_ours(r, "it is no HDF5 file");
  if (n >= 48 && head[8] == 0 && head[13] == 8 && little_endian(head + 40) > size)
    return eco__fail(r->err, ECO_FORMAT, r->results->path, "results file is cut short: %llu of %llu bytes are there",
                     (unsigned long long)size, (unsigned long long)little_endian(head + 40));
  return ECO_OK;
}

static eco_status check_file(reader *r)
{
  unsigned char head[48];
  char reason[128];
  struct stat facts;
  int fd = open(r->results->path, O_RDONLY | O_CLOEXEC);
  ssize_t n = -1;
  if (fd < 0 || fstat(fd, &facts) != 0 || (n = read(fd, head, sizeof head)) < 0) {
    eco_status status =
      eco__fail(r->err, ECO_IO, r->results->path, "results file could not be read: %s", eco__reason(errno, reason));
    if (fd >= 0)
      (void)close(fd);
    return status;
  }
  (void)close(fd);
  return check_bytes(r, head, (size_t)n, (uint64_t)facts.st_size);
}

/* ---- attributes and small arrays */

/* A fixed-length text attribute, in the arena; NULL where there is none. */
static const char *read_text_attribute(reader *r, hid_t object, const char *name)
{
  if (H5Aexists(object, name) <= 0)
    return NULL;
  hid_t id = H5Aopen(object, name, H5P_DEFAULT), type = H5Aget_type(id);
  char *text = NULL;
  if (type >= 0 && H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0) {
    text = take(r, H5Tget_size(type) + 1, 1);
    if (text != NULL && H5Aread(id, type, text) < 0)
      text = NULL;
  }
  (void)H5Tclose(type);
  (void)H5Aclose(id);
  return text;
}

static bool read_number_attribute(hid_t object, const char *name, int *out)
{
  if (H5Aexists(object, name) <= 0)
    return false;
  hid_t id = H5Aopen(object, name, H5P_DEFAULT), space = H5Aget_space(id);
  bool read = H5Sget_simple_extent_npoints(space) == 1 && H5Aread(id, H5T_NATIVE_INT, out) >= 0;
  (void)H5Sclose(space);
  (void)H5Aclose(id);
  return read;
}

/* Opens a dataset if its shape is as wanted; -1 otherwise. */
static hid_t open_dataset(hid_t group, const char *name, int rank, const hsize_t *wanted, H5T_class_t type_class)
{
  if (H5Lexists(group, name, H5P_DEFAULT) <= 0)
    return -1;
  hid_t dataset = H5Dopen2(group, name, H5P_DEFAULT);
  if (dataset < 0)
    return -1;
  hid_t space = H5Dget_space(dataset), type = H5Dget_type(dataset);
  hsize_t dims[H5S_MAX_RANK];
  bool same = H5Tget_class(type) == type_class && H5Sget_simple_extent_ndims(space) == rank &&
              H5Sget_simple_extent_dims(space, dims, NULL) == rank;
  for (int i = 0; same && i < rank; i++)
    same = dims[i] == wanted[i];
  (void)H5Tclose(type);
  (void)H5Sclose(space);
  if (same)
    return dataset;
  (void)H5Dclose(dataset);
  return -1;
}

/* Length of a dimension, 0 where there is no such one-dimensional dataset. */
static size_t length_of(hid_t group, const char *name)
{
  if (H5Lexists(group, name, H5P_DEFAULT) <= 0)
    return 0;
  hid_t dataset = H5Dopen2(group, name, H5P_DEFAULT), space = H5Dget_space(dataset);
  hsize_t length = 0;
  if (H5Sget_simple_extent_ndims(space) != 1 || H5Sget_simple_extent_dims(space, &length, NULL) != 1)
    length = 0;
  (void)H5Sclose(space);
  (void)H5Dclose(dataset);
  return (size_t)length;
}

static bool read_numbers(hid_t group, const char *name, size_t n, int32_t *out)
{
  hsize_t length = n;
  hid_t dataset = open_dataset(group, name, 1, &length, H5T_INTEGER);
  bool read = dataset >= 0 && H5Dread(dataset, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, out) >= 0;
  if (dataset >= 0)
    (void)H5Dclose(dataset);
  return read;
}

/* n texts of any length, copied into the arena. HDF5's own copies go back to it. */
static bool copy_texts(reader *r, hid_t dataset, hid_t type, size_t n, const char **out)
{
  char **read = eco__alloc(&r->results->env, n * sizeof *read);
  r->out_of_memory = r->out_of_memory || read == NULL;
  if (read == NULL)
    return false;
  hid_t space = H5Dget_space(dataset);
  bool good = H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, read) >= 0;
  bool copied = good;
  for (size_t i = 0; copied && i < n; i++)
    copied = (out[i] = eco__arena_text(&r->results->arena, read[i] != NULL ? read[i] : "")) != NULL;
  r->out_of_memory = r->out_of_memory || (good && !copied);
  if (good)
    (void)H5Dvlen_reclaim(type, space, H5P_DEFAULT, read);
  (void)H5Sclose(space);
  eco__free(&r->results->env, read, n * sizeof *read);
  return copied;
}

/* n texts as rows of letters: each ends in the arena where it ends in the file. */
static const char **read_letters(reader *r, hid_t group, const char *name, size_t n)
{
  enum { SIZE = ECO__QUANTITY_NAME };
  hsize_t dims[2] = {n, SIZE};
  hid_t dataset = open_dataset(group, name, 2, dims, H5T_STRING);
  if (dataset < 0)
    return NULL;
  const char **out = take(r, n, sizeof(const char *));
  char *all = take(r, n, SIZE);
  hid_t type = H5Dget_type(dataset);
  bool read = out != NULL && all != NULL && H5Tget_size(type) == 1 && H5Tis_variable_str(type) == 0 &&
              H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, all) >= 0;
  for (size_t i = 0; read && i < n; i++) {
    all[i * SIZE + SIZE - 1] = '\0';
    out[i] = all + i * SIZE;
  }
  (void)H5Tclose(type);
  (void)H5Dclose(dataset);
  return read ? out : NULL;
}

static const char **read_texts(reader *r, hid_t group, const char *name, size_t n)
{
  hsize_t length = n;
  const char **out = take(r, n, sizeof(const char *));
  hid_t dataset = open_dataset(group, name, 1, &length, H5T_STRING);
  if (dataset < 0)
    return NULL;
  hid_t type = H5Dget_type(dataset);
  bool read = out != NULL && H5Tis_variable_str(type) > 0 && copy_texts(r, dataset, type, n, out);
  (void)H5Tclose(type);
  (void)H5Dclose(dataset);
  return read ? out : NULL;
}

/* ---- tables */

/* Name of link `index` of a group, in the order of making where the file has kept it. */
static const char *link_name(reader *r, hid_t group, hsize_t index)
{
  H5_index_t order = H5_INDEX_CRT_ORDER;
  ssize_t size = H5Lget_name_by_idx(group, ".", order, H5_ITER_INC, index, NULL, 0, H5P_DEFAULT);
  if (size < 0) {
    order = H5_INDEX_NAME;
    size = H5Lget_name_by_idx(group, ".", order, H5_ITER_INC, index, NULL, 0, H5P_DEFAULT);
  }
  char *name = size > 0 ? take(r, (size_t)size + 1, 1) : NULL;
  if (name == NULL ||
      H5Lget_name_by_idx(group, ".", order, H5_ITER_INC, index, name, (size_t)size + 1, H5P_DEFAULT) < 0)
    return NULL;
  return name;
}

static eco_status read_variables(reader *r, hid_t group, eco_table *table, eco__table_file *file)
{
  const eco_layout *layout = &r->results->layout;
  hsize_t dims[4] = {layout->n_scenarios, layout->n_members, table->n_times, table->n_places};
  H5G_info_t facts;
  if (H5Gget_info(group, &facts) < 0)
    return damaged(r, "a group has no list of its datasets");
  eco_variable *variables = take(r, facts.nlinks, sizeof(eco_variable));
  file->dataset = take(r, facts.nlinks, sizeof(int64_t));
  if (variables == NULL || file->dataset == NULL)
    return no_memory(r);
  for (hsize_t i = 0; i < facts.nlinks; i++) {
    const char *name = link_name(r, group, i);
    hid_t dataset = name != NULL ? open_dataset(group, name, 4, dims, H5T_FLOAT) : -1;
    if (r->out_of_memory)
      return no_memory(r);
    if (dataset < 0)
      continue; /* a dimension or a name */
    const char *unit = read_text_attribute(r, dataset, "units"), *text = read_text_attribute(r, dataset, "long_name");
    file->dataset[table->n_variables] = dataset;
    if (r->out_of_memory)
      return no_memory(r);
    variables[table->n_variables] = (eco_variable){name, unit != NULL ? unit : "", text != NULL ? text : ""};
    if (strcmp(variables[table->n_variables].unit, "1") == 0)
      variables[table->n_variables].unit = "";
    table->n_variables++;
  }
  table->variables = variables;
  return table->n_variables > 0 ? ECO_OK : damaged(r, "a table has no variable of its shape");
}

static eco_status read_table(reader *r, hid_t group, eco_table *table, eco__table_file *file)
{
  table->n_times = length_of(group, "time");
  table->n_places = length_of(group, "place");
  eco_day *times = take(r, table->n_times, sizeof(eco_day));
  if (times == NULL)
    return no_memory(r);
  if (table->n_times == 0 || table->n_places == 0 || !read_numbers(group, "time", table->n_times, times))
    return damaged(r, "a table has no days");
  table->times = times;
  table->places = read_texts(r, group, "place_name", table->n_places);
  if (table->places == NULL)
    return damaged(r, "a table has no names of places");
  table->time_name = read_text_attribute(r, group, "time_name");
  if (table->time_name == NULL)
    table->time_name = "";
  return read_variables(r, group, table, file);
}

static eco_status read_tables(reader *r)
{
  eco_results *results = r->results;
  const char **names = read_texts(r, r->file, "table_name", ECO_N_TABLES);
  int32_t complete[ECO_N_TABLES];
  if (names == NULL || !read_numbers(r->file, "complete", ECO_N_TABLES, complete))
    return damaged(r, "it does not say which rows are complete");
  for (int t = 0; t < ECO_N_TABLES; t++) {
    eco_table *table = &results->layout.tables[t];
    *table = (eco_table){.name = names[t], .time_name = ""};
    if (H5Lexists(r->file, names[t], H5P_DEFAULT) <= 0)
      continue; /* nothing of that kind in the basin */
    hid_t group = H5Gopen2(r->file, names[t], H5P_DEFAULT);
    eco_status status =
      group < 0 ? damaged(r, "a table cannot be opened") : read_table(r, group, table, &results->tables[t]);
    if (group >= 0)
      (void)H5Gclose(group);
    if (status != ECO_OK)
      return status;
    if (complete[t] < 0 || (size_t)complete[t] > table->n_times)
      return damaged(r, "more rows are complete than there are");
    results->complete[t] = (size_t)complete[t];
  }
  return ECO_OK;
}

/* ---- lanes and ledger */

static eco_status read_ledger_group(reader *r, hid_t group)
{
  eco_layout *layout = &r->results->layout;
  eco__ledger_file *file = &r->results->ledger;
  layout->n_scenarios = length_of(group, "scenario");
  layout->n_members = length_of(group, "member");
  file->n_quantities = length_of(group, "quantity");
  if (layout->n_scenarios == 0 || layout->n_members == 0)
    return damaged(r, "it has no scenarios or no members");
  int32_t *members = take(r, layout->n_members, sizeof(int32_t));
  if (members == NULL)
    return no_memory(r);
  layout->scenarios = read_texts(r, group, "scenario_name", layout->n_scenarios);
  if (layout->scenarios == NULL || !read_numbers(group, "member", layout->n_members, members))
    return damaged(r, "its scenarios or members have no names");
  layout->first_member = (uint32_t)members[0];
  hsize_t dims[4] = {layout->n_scenarios, layout->n_members, file->n_quantities, ECO_N_LEDGER_ROWS};
  file->names = read_letters(r, group, "quantity_name", file->n_quantities);
  file->units = read_letters(r, group, "quantity_unit", file->n_quantities);
  file->amount_id = open_dataset(group, "amount", 4, dims, H5T_FLOAT);
  file->throughput_id = open_dataset(group, "throughput", 3, dims, H5T_FLOAT);
  file->residual_id = open_dataset(group, "residual", 3, dims, H5T_FLOAT);
  if (file->names == NULL || file->units == NULL || file->amount_id < 0 || file->throughput_id < 0 ||
      file->residual_id < 0)
    return damaged(r, "its ledger is not of the expected form");
  return ECO_OK;
}

static eco_status read_ledger(reader *r)
{
  if (H5Lexists(r->file, "ledger", H5P_DEFAULT) <= 0)
    return damaged(r, "it has no ledger");
  hid_t group = H5Gopen2(r->file, "ledger", H5P_DEFAULT);
  if (group < 0)
    return damaged(r, "its ledger cannot be opened");
  eco_status status = read_ledger_group(r, group);
  (void)H5Gclose(group);
  return status;
}

/* ---- balances */

static eco_status read_balance_of(reader *r, hid_t group, eco_balance_id id)
{
  eco_layout *layout = &r->results->layout;
  char name[48];
  hsize_t dims[4] = {layout->n_scenarios, layout->n_members, length_of(group, eco__balance_words[id]),
                     eco_balance_rows(id)};
  if (dims[2] == 0)
    return ECO_OK; /* nothing of that kind in the basin */
  (void)eco__format(name, sizeof name, "%s_name", eco__balance_words[id]);
  layout->balances[id] = (eco_balance_places){dims[2], read_texts(r, group, name, dims[2])};
  (void)eco__format(name, sizeof name, "%s_amount", eco__balance_words[id]);
  r->results->balances[id].amount_id = open_dataset(group, name, 4, dims, H5T_FLOAT);
  if (layout->balances[id].places == NULL || r->results->balances[id].amount_id < 0)
    return damaged(r, "its balances are not of the expected form");
  return ECO_OK;
}

static eco_status read_balances(reader *r, int version)
{
  int first = 0, days = 0;
  if (version < 2)
    return ECO_OK;
  hid_t group = H5Lexists(r->file, "balance", H5P_DEFAULT) > 0 ? H5Gopen2(r->file, "balance", H5P_DEFAULT) : -1;
  if (group < 0)
    return damaged(r, "it has no balances");
  bool dated = read_number_attribute(group, "first_day", &first) && read_number_attribute(group, "days", &days);
  eco_status status = dated ? ECO_OK : damaged(r, "its balances have no days");
  r->results->layout.balance_from = first;
  r->results->layout.balance_until = first + days;
  for (int id = 0; id < ECO_N_BALANCES && status == ECO_OK; id++)
    status = read_balance_of(r, group, (eco_balance_id)id);
  r->results->has_balances = true;
  (void)H5Gclose(group);
  return status;
}

/* ---- texts */

static eco_status read_text(reader *r, hid_t group, const char *key)
{
  hid_t dataset = open_dataset(group, key, 0, NULL, H5T_STRING);
  if (dataset < 0)
    return damaged(r, "a text is not of the expected form");
  hid_t type = H5Dget_type(dataset);
  size_t size = H5Tis_variable_str(type) > 0 ? 0 : H5Tget_size(type);
  char *text = size > 0 ? eco__alloc(&r->results->env, size + 1) : NULL;
  bool read = text != NULL && H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) >= 0;
  bool kept = true;
  if (read) {
    text[size] = '\0';
    eco__text *entry = text[0] != '\0' ? eco__results_text(r->results, key) : NULL; /* room alone is no text */
    kept = text[0] == '\0' || (entry != NULL && eco__results_keep_text(r->results, entry, text));
  }
  eco__free(&r->results->env, text, size + 1);
  (void)H5Tclose(type);
  (void)H5Dclose(dataset);
  if (!kept || (size > 0 && text == NULL))
    return no_memory(r);
  return read ? ECO_OK : damaged(r, "a text cannot be read");
}

static eco_status read_all_texts(reader *r)
{
  if (H5Lexists(r->file, "text", H5P_DEFAULT) <= 0)
    return damaged(r, "it has no texts");
  hid_t group = H5Gopen2(r->file, "text", H5P_DEFAULT);
  H5G_info_t facts;
  eco_status status = group < 0 || H5Gget_info(group, &facts) < 0 ? damaged(r, "its texts cannot be opened") : ECO_OK;
  for (hsize_t i = 0; status == ECO_OK && i < facts.nlinks; i++) {
    const char *key = link_name(r, group, i);
    status = key == NULL ? damaged(r, "a text has no key") : read_text(r, group, key);
  }
  if (group >= 0)
    (void)H5Gclose(group);
  return status;
}

/* ---- the whole */

static eco_status check_format(reader *r, int *version_out)
{
  const char *format = read_text_attribute(r, r->file, "format");
  int version = 0;
  if (format == NULL || strcmp(format, ECO__RESULTS_FORMAT) != 0)
    return not_ours(r, "an HDF5 file of another program");
  if (!read_number_attribute(r->file, "format_version", &version))
    return damaged(r, "it has no format_version");
  if (version < ECO__RESULTS_OLDEST_VERSION || version > ECO__RESULTS_FORMAT_VERSION)
    return eco__fail(r->err, ECO_FORMAT, r->results->path,
                     "results file has format version %d, libecosim %s reads versions %d to %d", version, eco_version(),
                     ECO__RESULTS_OLDEST_VERSION, ECO__RESULTS_FORMAT_VERSION);
  *version_out = version;
  return ECO_OK;
}

static eco_status read_everything(reader *r)
{
  hid_t plist = H5Pcreate(H5P_FILE_ACCESS);
  (void)H5Pset_fclose_degree(plist, H5F_CLOSE_STRONG);
#if H5_VERSION_GE(1, 10, 7)
  (void)H5Pset_file_locking(plist, false, true); /* reading beside a run that writes rows is safe: see results.h */
#endif
  r->file = H5Fopen(r->results->path, H5F_ACC_RDONLY, plist);
  (void)H5Pclose(plist);
  if (r->file < 0) {
    char reason[160];
    eco__hdf5_reason(reason, sizeof reason);
    return eco__fail(r->err, ECO_FORMAT, r->results->path, "results file is damaged: %s", reason);
  }
  r->results->file = r->file;
  int version = 0;
  ECO__TRY(check_format(r, &version));
  ECO__TRY(read_ledger(r));
  ECO__TRY(read_tables(r));
  ECO__TRY(read_balances(r, version));
  return read_all_texts(r);
}

eco_status eco__hdf5_read(eco_results *results, eco_error *err)
{
  reader r = {.results = results, .file = -1, .err = err};
  eco__hdf5_quiet quiet;
  ECO__TRY(check_file(&r));
  eco__hdf5_hush(&quiet);
  eco_status status = read_everything(&r);
  eco__hdf5_unhush(&quiet);
  return status;
}

void eco__hdf5_stop_reading(eco_results *results)
{
  if (results->file < 0)
    return;
  eco__hdf5_quiet quiet;
  eco__hdf5_hush(&quiet);
  (void)H5Fclose(results->file); /* with everything that was opened in it */
  eco__hdf5_unhush(&quiet);
  results->file = -1;
}
