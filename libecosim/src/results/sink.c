/* sink.c -- rows on their way from the run to the file: plain writes into the room that hdf5_write.c laid out.
 * A row counts (dataset `complete`) only after all lanes' values of it have been handed to the system. */
#include "results/results.h"

#include <errno.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

eco_status eco__results_put(eco_results *results, uint64_t offset, const void *bytes, size_t size, eco_error *err)
{
  const char *from = bytes;
  while (size > 0) {
    ssize_t done = pwrite(results->fd, from, size, (off_t)offset);
    if (done < 0 && errno == EINTR)
      continue;
    if (done <= 0) {
      char reason[128];
      return eco__fail(err, ECO_IO, results->path, "results file: %zu bytes could not be written: %s", size,
                       eco__reason(done < 0 ? errno : ENOSPC, reason));
    }
    from += done;
    offset += (uint64_t)done;
    size -= (size_t)done;
  }
  return ECO_OK;
}

static bool make_buffer(eco_results *results, size_t room)
{
  if (room <= results->buffer_room)
    return true;
  if (room > SIZE_MAX / sizeof(float))
    return false;
  float *grown =
    eco__resize(&results->env, results->buffer, results->buffer_room * sizeof(float), room * sizeof(float));
  if (grown == NULL)
    return false;
  results->buffer = grown;
  results->buffer_room = room;
  return true;
}

static eco_status begin(void *user, const eco_layout *layout, eco_error *err)
{
  eco_results *results = user;
  if (results->begun)
    return eco__fail(err, ECO_INVALID, results->path, "results file: it already has a run, and holds one");
  results->begun = true;
  size_t most = 0;
  for (int t = 0; t < ECO_N_TABLES; t++) { /* a month's rows: no allocation later unless the host sends longer pieces */
    size_t rows = layout->tables[t].n_times < 31 ? layout->tables[t].n_times : 31;
    if (rows * layout->tables[t].n_places > most)
      most = rows * layout->tables[t].n_places;
  }
  if (!eco__results_copy_layout(results, layout) || !make_buffer(results, most))
    return eco__fail(err, ECO_NO_MEMORY, results->path, "results file: no memory for its layout");
  return eco__results_lay_out(results, layout, err);
}

static eco_status frames(void *user, eco_table_id id, size_t scenario, size_t member, size_t first, size_t n,
                         const double *values, eco_error *err)
{
  eco_results *results = user;
  const eco_layout *layout = &results->layout;
  const eco_table *table = &layout->tables[id];
  size_t cells = n * table->n_places, n_variables = table->n_variables;
  if (scenario >= layout->n_scenarios || member >= layout->n_members || first > table->n_times ||
      n > table->n_times - first)
    return eco__fail(err, ECO_INVALID, results->path,
                     "results file: rows %zu to %zu of table '%s' are not in its layout", first + 1, first + n,
                     table->name);
  if (!make_buffer(results, cells))
    return eco__fail(err, ECO_NO_MEMORY, results->path, "results file: no memory for %zu rows", n);
  uint64_t lane = scenario * layout->n_members + member;
  uint64_t at = (lane * table->n_times + first) * table->n_places * sizeof(float);
  for (size_t v = 0; v < n_variables; v++) {
    for (size_t i = 0; i < cells; i++)
      results->buffer[i] = (float)values[i * n_variables + v];
    ECO__TRY(
      eco__results_put(results, results->tables[id].offset[v] + at, results->buffer, cells * sizeof(float), err));
  }
  if (lane + 1 < layout->n_scenarios * layout->n_members)
    return ECO_OK;
  results->complete[id] = first + n;
  int32_t complete = (int32_t)results->complete[id];
  return eco__results_put(results, results->complete_offset + (uint64_t)id * sizeof complete, &complete,
                          sizeof complete, err);
}

static eco_status name_quantities(eco_results *results, const eco_ledger *ledgers, size_t n, eco_error *err)
{
  for (size_t q = 0; q < n; q++) {
    char name[ECO__QUANTITY_NAME] = "", unit[ECO__QUANTITY_NAME] = "";
    (void)eco__format(name, sizeof name, "%s", ledgers[q].quantity);
    (void)eco__format(unit, sizeof unit, "%s", ledgers[q].unit);
    ECO__TRY(eco__results_put(results, results->ledger.name + q * sizeof name, name, sizeof name, err));
    ECO__TRY(eco__results_put(results, results->ledger.unit + q * sizeof unit, unit, sizeof unit, err));
  }
  results->ledger.named = true;
  return ECO_OK;
}

static eco_status ledger(void *user, size_t scenario, size_t member, const eco_ledger *ledgers, size_t n,
                         eco_error *err)
{
  eco_results *results = user;
  const eco__ledger_file *file = &results->ledger;
  if (scenario >= results->layout.n_scenarios || member >= results->layout.n_members || n > file->n_quantities)
    return eco__fail(err, ECO_INVALID, results->path, "results file: a ledger of %zu quantities, room for %zu", n,
                     file->n_quantities);
  if (!file->named)
    ECO__TRY(name_quantities(results, ledgers, n, err));
  uint64_t lane = scenario * results->layout.n_members + member;
  for (size_t q = 0; q < n; q++) {
    uint64_t at = lane * file->n_quantities + q;
    ECO__TRY(eco__results_put(results, file->amount + at * sizeof ledgers[q].rows, ledgers[q].rows,
                              sizeof ledgers[q].rows, err));
    ECO__TRY(
      eco__results_put(results, file->residual + at * sizeof(double), &ledgers[q].residual, sizeof(double), err));
    ECO__TRY(
      eco__results_put(results, file->throughput + at * sizeof(double), &ledgers[q].throughput, sizeof(double), err));
  }
  return ECO_OK;
}

/* One value after the other: [place][row] of the kind alone. */
static eco_status balance(void *user, eco_balance_id id, size_t scenario, size_t member, const eco_balance *balances,
                          size_t n, eco_error *err)
{
  eco_results *results = user;
  const eco_layout *layout = &results->layout;
  const size_t rows = eco_balance_rows(id);
  if (scenario >= layout->n_scenarios || member >= layout->n_members || rows == 0 || n != layout->balances[id].n_places)
    return eco__fail(err, ECO_INVALID, results->path,
                     "results file: a balance of %zu places, kind %d, not in its layout", n, (int)id);
  uint64_t at = results->balances[id].amount + (scenario * layout->n_members + member) * n * rows * sizeof(double);
  for (size_t k = 0; k < n; k++)
    ECO__TRY(eco__results_put(results, at + k * rows * sizeof(double), balances[k].rows, rows * sizeof(double), err));
  return ECO_OK;
}

static eco_status end(void *user, eco_error *err)
{
  (void)user; /* every row and ledger is with the system already */
  (void)err;
  return ECO_OK;
}

eco_status eco_results_sink(eco_results *results, eco_sink *out, eco_error *err)
{
  if (!results->writing)
    return eco__fail(err, ECO_INVALID, results->path,
                     "results file: it was opened for reading, a run cannot write to it");
  *out = (eco_sink){sizeof *out, results, begin, frames, ledger, end, balance};
  return ECO_OK;
}
