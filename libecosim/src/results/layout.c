/* layout.c -- the file at the start of a run: laid out by HDF5, then filled with the values that mean "not reached". */
#include "results/results.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* Writes the pattern over [offset, offset + size): takes the room on the disk, too, so that a full one shows now. */
static eco_status fill(eco_results *results, uint64_t offset, uint64_t size, const void *pattern, size_t pattern_size,
                       eco_error *err)
{
  while (size > 0) {
    size_t part = size < pattern_size ? (size_t)size : pattern_size;
    ECO__TRY(eco__results_put(results, offset, pattern, part, err));
    offset += part;
    size -= part;
  }
  return ECO_OK;
}

static eco_status fill_tables(eco_results *results, eco_error *err)
{
  enum { PART = 1 << 16 };
  float *missing = eco__alloc(&results->env, PART * sizeof *missing);
  if (missing == NULL)
    return eco__fail(err, ECO_NO_MEMORY, results->path, "results file: no memory to fill it");
  for (size_t i = 0; i < PART; i++)
    missing[i] = NAN;
  uint64_t lanes = (uint64_t)results->layout.n_scenarios * results->layout.n_members;
  eco_status status = ECO_OK;
  for (int t = 0; t < ECO_N_TABLES; t++) {
    const eco_table *table = &results->layout.tables[t];
    uint64_t size = lanes * table->n_times * table->n_places * sizeof *missing;
    for (size_t v = 0; v < table->n_variables && status == ECO_OK && size > 0; v++)
      status = fill(results, results->tables[t].offset[v], size, missing, PART * sizeof *missing, err);
  }
  eco__free(&results->env, missing, PART * sizeof *missing);
  return status;
}

static eco_status fill_ledger(eco_results *results, eco_error *err)
{
  const eco__ledger_file *file = &results->ledger;
  uint64_t cells = (uint64_t)results->layout.n_scenarios * results->layout.n_members * file->n_quantities;
  double missing[512];
  for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
    missing[i] = NAN;
  uint64_t size = cells * sizeof(double);
  ECO__TRY(fill(results, file->amount, size * ECO_N_LEDGER_ROWS, missing, sizeof missing, err));
  ECO__TRY(fill(results, file->throughput, size, missing, sizeof missing, err));
  return fill(results, file->residual, size, missing, sizeof missing, err);
}

static eco_status fill_balances(eco_results *results, eco_error *err)
{
  double missing[512];
  for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
    missing[i] = NAN;
  uint64_t lanes = (uint64_t)results->layout.n_scenarios * results->layout.n_members;
  for (int id = 0; id < ECO_N_BALANCES; id++) {
    uint64_t rows = results->layout.balances[id].n_places * eco_balance_rows((eco_balance_id)id);
    ECO__TRY(fill(results, results->balances[id].amount, lanes * rows * sizeof(double), missing, sizeof missing, err));
  }
  return ECO_OK;
}

/* Texts once more, past HDF5: it has made their room and nothing else. */
static eco_status put_texts(eco_results *results, eco_error *err)
{
  for (size_t i = 0; i < results->n_texts; i++) {
    const eco__text *entry = &results->texts[i];
    if (entry->text != NULL)
      ECO__TRY(eco__results_put(results, entry->offset, entry->text, strlen(entry->text) + 1, err));
  }
  return ECO_OK;
}

static bool names_are_good(const eco_layout *layout)
{
  for (int t = 0; t < ECO_N_TABLES; t++)
    for (size_t v = 0; v < layout->tables[t].n_variables; v++)
      if (strchr(layout->tables[t].variables[v].name, '/') != NULL || layout->tables[t].variables[v].name[0] == '\0')
        return false;
  return true;
}

/* HDF5 opens the file by its name, sink.c writes through our own descriptor: both must mean the same file, even if
 * somebody moved the first one away meanwhile. */
static eco_status reopen(eco_results *results, eco_error *err)
{
  int fd = open(results->path, O_RDWR | O_CLOEXEC);
  if (fd < 0) {
    char reason[128];
    return eco__fail(err, ECO_IO, results->path, "results file could not be opened: %s", eco__reason(errno, reason));
  }
  (void)close(results->fd);
  results->fd = fd;
  return ECO_OK;
}

eco_status eco__results_lay_out(eco_results *results, const eco_layout *layout, eco_error *err)
{
  if (layout->n_scenarios == 0 || layout->n_members == 0)
    return eco__fail(err, ECO_INVALID, results->path,
                     "results file: a run without scenarios or members has no results");
  if (!names_are_good(layout))
    return eco__fail(err, ECO_INVALID, results->path, "results file: a variable's name is empty or has a slash in it");
  ECO__TRY(eco__hdf5_lay_out(results, layout, err));
  ECO__TRY(reopen(results, err));
  ECO__TRY(fill_tables(results, err));
  ECO__TRY(fill_ledger(results, err));
  ECO__TRY(fill_balances(results, err));
  return put_texts(results, err);
}
