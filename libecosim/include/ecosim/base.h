/* base.h -- status, error, host hooks, dates. Nothing here allocates, prints or keeps state. */
#ifndef ECOSIM_BASE_H
#define ECOSIM_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ECO_API __attribute__((visibility("default")))
#else
#define ECO_API
#endif

#define ECO_VERSION_MAJOR 0
#define ECO_VERSION_MINOR 1
#define ECO_VERSION_PATCH 0

/* Version of the library that is linked, "MAJOR.MINOR.PATCH". Static text. Since 0.1. */
ECO_API const char *eco_version(void);

/* Every status, its number and its sentence. Grouped by what the caller can do about it. */
#define ECO_STATUS_MAP(X)                                              \
  X(OK, 0, "success")                                                  \
  X(DONE, 1, "the run has reached its end")                            \
  X(INVALID, -1, "an argument or a description is not valid")          \
  X(NOT_FOUND, -2, "a name is not known")                              \
  X(UNITS, -3, "units do not agree")                                   \
  X(NO_MEMORY, -4, "out of memory")                                    \
  X(IO, -5, "a file could not be read or written")                     \
  X(FORMAT, -6, "a file is not in the expected form")                  \
  X(NUMERIC, -7, "a solver did not converge or a value is not finite") \
  X(LEDGER, -8, "a ledger does not close")                             \
  X(INTERRUPTED, -9, "stopped by the host")

typedef enum eco_status {
#define X(name, value, text) ECO_##name = (value),
  ECO_STATUS_MAP(X)
#undef X
} eco_status;

/* "ECO_INVALID" and its sentence; for an unknown number "ECO_?" and "unknown status". Since 0.1. */
ECO_API const char *eco_status_name(eco_status status);
ECO_API const char *eco_status_text(eco_status status);

/* Caller-owned, fixed size, never allocates. Every fallible call takes one last; NULL means that the
 * status is enough. On success it is left as it was. */
typedef struct eco_error {
  eco_status status;
  char text[400];  /* one sentence: thing 'name': fact, expectation, remedy */
  char place[160]; /* "study.lua:14", "waters.csv:212", "results.h5:/section/TP", or "" */
} eco_error;

/* realloc-shaped: (ptr NULL, new) allocates, (ptr, 0) frees and returns NULL. old_size is exact. */
typedef void *(*eco_alloc_fn)(void *user, void *ptr, size_t old_size, size_t new_size);
typedef void (*eco_log_fn)(void *user, int level, const char *text); /* level 0 note, 1 warning */
typedef int (*eco_interrupt_fn)(void *user);                         /* non-zero: stop */

/* The host's hooks: immutable, copied into each object made with it. NULL stands for ECO_ENV_INIT. */
typedef struct eco_env {
  size_t size; /* sizeof(eco_env): lets the struct grow at its end */
  void *user;
  eco_alloc_fn alloc;           /* NULL: realloc and free; must be callable from worker threads */
  eco_log_fn log;               /* NULL: silent; called from the calling thread only */
  eco_interrupt_fn interrupted; /* NULL: never; asked at least once a simulated month */
} eco_env;
#define ECO_ENV_INIT                        \
  {                                         \
    sizeof(eco_env), NULL, NULL, NULL, NULL \
  }

/* Days since 1970-01-01 in the proleptic Gregorian calendar, no zone, no leap second. */
typedef int32_t eco_day;
ECO_API eco_day eco_day_from_date(int year, int month, int day);
ECO_API void eco_day_to_date(eco_day day, int *year, int *month, int *day_of_month);
/* "2016-01-31" only. ECO_INVALID for anything else, dates that do not exist included. Since 0.1. */
ECO_API eco_status eco_day_parse(const char *text, eco_day *out, eco_error *err);

/* Factor and dimension of a unit text. Converts `value` of `unit` to `wanted`, both from the closed table of
 * doc/units.md ("km2", "mg/L", "t/d", "万吨/日", …). ECO_UNITS names both when they do not agree. Since 0.1. */
ECO_API eco_status eco_unit_convert(double value, const char *unit, const char *wanted, double *out, eco_error *err);
/* "80000 t/d" -> 80000 and "t/d"; unit may be empty. `unit` has room for 32 bytes. ECO_INVALID if not a number. */
ECO_API eco_status eco_quantity_parse(const char *text, double *value, char unit[32], eco_error *err);

/* The name of n that `word` most likely means, NULL where none is near: for "did you mean". Since 0.1. */
ECO_API const char *eco_nearest(const char *word, const char *const *names, size_t n);

#ifdef __cplusplus
}
#endif
#endif
