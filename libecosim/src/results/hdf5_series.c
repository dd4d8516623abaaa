/* hdf5_series.c -- one series or one ledger out of an open results file.
 *
 * A file has all places of a day side by side, a reader wants one place through time, mostly one place after another:
 * whole variables of a lane are read and some of them kept. */
#include "results/hdf5_error.h"

#include <math.h>
#include <string.h>

const char *const eco__balance_words[ECO_N_BALANCES] = {"water", "catchment", "source"};

enum { CACHE_BYTES = 64 << 20, MOST_BLOCKS = 256 };

static bool read_part(int64_t dataset, int rank, const hsize_t *start, const hsize_t *count, hid_t type, void *out)
{
  hsize_t n = 1;
  for (int i = 0; i < rank; i++)
    n *= count[i];
  hid_t in_file = H5Dget_space(dataset), in_memory = H5Screate_simple(1, &n, NULL);
  bool read = H5Sselect_hyperslab(in_file, H5S_SELECT_SET, start, NULL, count, NULL) >= 0 &&
              H5Dread(dataset, type, in_memory, in_file, H5P_DEFAULT, out) >= 0;
  (void)H5Sclose(in_memory);
  (void)H5Sclose(in_file);
  return read;
}

static eco_status read_failed(eco_results *results, const char *what, eco_error *err)
{
  char reason[160];
  eco__hdf5_reason(reason, sizeof reason);
  return eco__fail(err, ECO_IO, results->path, "results file: %s could not be read: %s", what, reason);
}

/* ---- blocks */

static bool make_blocks(eco_results *results)
{
  for (int t = 0; t < ECO_N_TABLES; t++) {
    size_t values = results->layout.tables[t].n_times * results->layout.tables[t].n_places;
    results->block_values = values > results->block_values ? values : results->block_values;
  }
  size_t fit = CACHE_BYTES / (results->block_values * sizeof(float));
  size_t n = fit < 1 ? 1 : fit > MOST_BLOCKS ? MOST_BLOCKS : fit;
  results->blocks = ECO__TAKE(&results->arena, eco__block, n);
  if (results->blocks == NULL)
    return false;
  results->n_blocks = n;
  return true;
}

/* The block that holds the variable of the lane, or the one longest unused. */
static eco__block *find_block(eco_results *results, const eco__block *wanted)
{
  eco__block *oldest = &results->blocks[0];
  for (size_t i = 0; i < results->n_blocks; i++) {
    eco__block *block = &results->blocks[i];
    if (block->last_use != 0 && block->table == wanted->table && block->variable == wanted->variable &&
        block->scenario == wanted->scenario && block->member == wanted->member)
      return block;
    if (block->last_use < oldest->last_use)
      oldest = block;
  }
  oldest->last_use = 0;
  return oldest;
}

static eco_status load_block(eco_results *results, const eco__block *wanted, eco__block **out, eco_error *err)
{
  if (results->n_blocks == 0 && !make_blocks(results))
    return eco__fail(err, ECO_NO_MEMORY, results->path, "results file: no memory to read it");
  eco__block *block = find_block(results, wanted);
  *out = block;
  if (block->last_use != 0)
    return ECO_OK;
  if (block->values == NULL)
    block->values = ECO__TAKE(&results->arena, float, results->block_values);
  if (block->values == NULL)
    return eco__fail(err, ECO_NO_MEMORY, results->path, "results file: no memory to read it");
  const eco_table *table = &results->layout.tables[wanted->table];
  hsize_t start[4] = {wanted->scenario, wanted->member, 0, 0}, count[4] = {1, 1, table->n_times, table->n_places};
  eco__hdf5_quiet quiet;
  eco__hdf5_hush(&quiet);
  eco_status status = ECO_OK;
  if (!read_part(results->tables[wanted->table].dataset[wanted->variable], 4, start, count, H5T_NATIVE_FLOAT,
                 block->values))
    status = read_failed(results, table->variables[wanted->variable].name, err);
  eco__hdf5_unhush(&quiet);
  float *values = block->values;
  if (status == ECO_OK)
    *block = *wanted;
  block->values = values;
  return status;
}

/* ---- one series */

static eco_status find_variable(eco_results *results, const eco_table *table, const char *name, size_t *out,
                                eco_error *err)
{
  const char *names[64];
  size_t n = table->n_variables < 64 ? table->n_variables : 64;
  for (size_t v = 0; v < table->n_variables; v++)
    if (strcmp(table->variables[v].name, name) == 0) {
      *out = v;
      return ECO_OK;
    }
  for (size_t v = 0; v < n; v++)
    names[v] = table->variables[v].name;
  const char *near = eco__nearest(name, names, n);
  return eco__fail(err, ECO_NOT_FOUND, results->path, "table '%s' has no variable '%s'%s%s%s", table->name, name,
                   near != NULL ? " (did you mean '" : "", near != NULL ? near : "", near != NULL ? "'?)" : "");
}

static eco_status check_series(eco_results *results, eco_table_id id, size_t scenario, size_t member, size_t place,
                               size_t room, eco_error *err)
{
  if (results->file < 0)
    return eco__fail(err, ECO_INVALID, results->path, "results file: it is being written, open it to read series");
  if ((unsigned)id >= ECO_N_TABLES)
    return eco__fail(err, ECO_INVALID, results->path, "results file: there is no table number %d", (int)id);
  const eco_layout *layout = &results->layout;
  const eco_table *table = &layout->tables[id];
  if (scenario >= layout->n_scenarios || member >= layout->n_members || place >= table->n_places)
    return eco__fail(err, ECO_NOT_FOUND, results->path,
                     "table '%s' has no scenario %zu, member %zu, place %zu: it has %zu, %zu and %zu", table->name,
                     scenario + 1, member + 1, place + 1, layout->n_scenarios, layout->n_members, table->n_places);
  if (room < table->n_times)
    return eco__fail(err, ECO_INVALID, results->path, "table '%s': a series has %zu values, there is room for %zu",
                     table->name, table->n_times, room);
  return ECO_OK;
}

eco_status eco_results_series(eco_results *results, eco_table_id id, const char *variable, size_t scenario,
                              size_t member, size_t place, double *values, size_t room, eco_error *err)
{
  ECO__TRY(check_series(results, id, scenario, member, place, room, err));
  const eco_table *table = &results->layout.tables[id];
  eco__block wanted = {.table = id, .scenario = scenario, .member = member, .last_use = ++results->uses}, *block = NULL;
  ECO__TRY(find_variable(results, table, variable, &wanted.variable, err));
  ECO__TRY(load_block(results, &wanted, &block, err));
  block->last_use = wanted.last_use;
  size_t complete = results->complete[id]; /* what lies beyond may be half a row of a killed run */
  for (size_t t = 0; t < table->n_times; t++)
    values[t] = t < complete ? (double)block->values[t * table->n_places + place] : (double)NAN;
  return ECO_OK;
}

/* ---- ledger */

static eco_status read_ledger(eco_results *results, size_t scenario, size_t member, size_t room, eco_ledger *out,
                              eco_error *err)
{
  const eco__ledger_file *file = &results->ledger;
  hsize_t start[4] = {scenario, member, 0, 0}, count[4] = {1, 1, 1, ECO_N_LEDGER_ROWS};
  for (size_t q = 0; q < room; q++) {
    eco_ledger *ledger = &out[q];
    start[2] = q;
    *ledger = (eco_ledger){.quantity = file->names[q], .unit = file->units[q]};
    if (!read_part(file->amount_id, 4, start, count, H5T_NATIVE_DOUBLE, ledger->rows) ||
        !read_part(file->throughput_id, 3, start, count, H5T_NATIVE_DOUBLE, &ledger->throughput) ||
        !read_part(file->residual_id, 3, start, count, H5T_NATIVE_DOUBLE, &ledger->residual))
      return read_failed(results, "the ledger", err);
    if (isnan(ledger->throughput)) /* written last */
      return eco__fail(err, ECO_NOT_FOUND, results->path, "results file has no ledger: the run did not reach its end");
  }
  return ECO_OK;
}

eco_status eco_results_ledger(eco_results *results, size_t scenario, size_t member, eco_ledger *out, size_t *n,
                              eco_error *err)
{
  const eco__ledger_file *file = &results->ledger;
  if (results->file < 0)
    return eco__fail(err, ECO_INVALID, results->path, "results file: it is being written, open it to read the ledger");
  if (scenario >= results->layout.n_scenarios || member >= results->layout.n_members)
    return eco__fail(err, ECO_NOT_FOUND, results->path, "results file has no scenario %zu, member %zu", scenario + 1,
                     member + 1);
  size_t used = 0;
  while (used < file->n_quantities && file->names[used][0] != '\0')
    used++;
  if (used == 0)
    return eco__fail(err, ECO_NOT_FOUND, results->path, "results file has no ledger: the run did not reach its end");
  eco__hdf5_quiet quiet;
  eco__hdf5_hush(&quiet);
  eco_status status = read_ledger(results, scenario, member, used < *n ? used : *n, out, err);
  eco__hdf5_unhush(&quiet);
  if (status == ECO_OK)
    *n = used;
  return status;
}

/* ---- balance */

static eco_status read_balance(eco_results *results, eco_balance_id id, const size_t lane[2], eco_balance *out,
                               size_t room, eco_error *err)
{
  hsize_t start[4] = {lane[0], lane[1], 0, 0}, count[4] = {1, 1, 1, eco_balance_rows(id)};
  for (size_t k = 0; k < room; k++) {
    start[2] = k;
    out[k] = (eco_balance){{0}, 0, 0};
    if (!read_part(results->balances[id].amount_id, 4, start, count, H5T_NATIVE_DOUBLE, out[k].rows))
      return read_failed(results, "the balance", err);
    if (isnan(out[k].rows[count[3] - 1]))
      return eco__fail(err, ECO_NOT_FOUND, results->path, "results file has no balance: the run did not reach its end");
    eco_balance_close(id, &out[k]);
  }
  return ECO_OK;
}

eco_status eco_results_balance(eco_results *results, eco_balance_id id, size_t scenario, size_t member,
                               eco_balance *out, size_t *n, eco_error *err)
{
  if (results->file < 0)
    return eco__fail(err, ECO_INVALID, results->path, "results file: it is being written, open it to read the balance");
  if (!results->has_balances)
    return eco__fail(
      err, ECO_NOT_FOUND, results->path,
      "results file has no water balance: it is of format version 1, balances are kept from version 2 on; "
      "run the study again");
  if ((unsigned)id >= ECO_N_BALANCES || scenario >= results->layout.n_scenarios || member >= results->layout.n_members)
    return eco__fail(err, ECO_NOT_FOUND, results->path,
                     "results file has no balance of kind %d, scenario %zu, member %zu", (int)id, scenario + 1,
                     member + 1);
  size_t all = results->layout.balances[id].n_places, room = out == NULL ? 0 : *n < all ? *n : all;
  const size_t lane[2] = {scenario, member};
  eco__hdf5_quiet quiet;
  eco__hdf5_hush(&quiet);
  eco_status status = read_balance(results, id, lane, out, room, err);
  eco__hdf5_unhush(&quiet);
  if (status == ECO_OK)
    *n = all;
  return status;
}
