/* results.h -- the results file: one self-describing HDF5 file that netCDF-4 tools open (doc/results_format.md).
 * No HDF5 type appears here. */
#ifndef ECOSIM_RESULTS_H
#define ECOSIM_RESULTS_H

#include "ecosim/run.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct eco_results eco_results;

/* Creates (replaces) the file. Everything is laid out and flushed when a run begins, so that a killed process leaves
 * a file that opens; rows that were not reached hold the fill value. ECO_IO names the file and the system's reason. */
ECO_API eco_status eco_results_create(const eco_env *env, const char *path, eco_results **out, eco_error *err);
/* The sink writes into `results`, which must outlive the run. */
ECO_API eco_status eco_results_sink(eco_results *results, eco_sink *out, eco_error *err);
/* Text kept in the file as it is: "script", "command", "scores" (JSON), … Any number, any length; before or after the
 * run. Setting a key again replaces it. */
ECO_API eco_status eco_results_set_text(eco_results *results, const char *key, const char *text, eco_error *err);
/* Flushes and closes; may fail (a full disk). The handle is gone either way. NULL is a no-op. */
ECO_API eco_status eco_results_close(eco_results *results, eco_error *err);

/* Opens for reading. ECO_FORMAT where it is not a results file of a version known here, or is cut short. */
ECO_API eco_status eco_results_open(const eco_env *env, const char *path, eco_results **out, eco_error *err);
/* NULL where the key is absent. The text belongs to `results`. */
ECO_API const char *eco_results_text(eco_results *results, const char *key);
/* The keys of the texts, in the order in which they were first set; NULL past the last. */
ECO_API const char *eco_results_text_key(const eco_results *results, size_t index);
/* The layout as it was written; lives as long as `results`. */
ECO_API const eco_layout *eco_results_layout(const eco_results *results);
/* Rows of a table that were written (all lanes have them). */
ECO_API size_t eco_results_complete(const eco_results *results, eco_table_id table);
/* One series: layout->tables[table].n_times values, NaN where not reached. room: length of `values`. */
ECO_API eco_status eco_results_series(eco_results *results, eco_table_id table, const char *variable, size_t scenario,
                                      size_t member, size_t place, double *values, size_t room, eco_error *err);
/* As eco_run_ledger. ECO_NOT_FOUND where the run did not end. */
ECO_API eco_status eco_results_ledger(eco_results *results, size_t scenario, size_t member, eco_ledger *out, size_t *n,
                                      eco_error *err);
/* As eco_run_balance, places by layout->balances[id]. ECO_NOT_FOUND where the run did not end, or the file is of format version 1
 * and has none; then n_places is 0. */
ECO_API eco_status eco_results_balance(eco_results *results, eco_balance_id id, size_t scenario, size_t member,
                                       eco_balance *out, size_t *n, eco_error *err);

#ifdef __cplusplus
}
#endif
#endif
