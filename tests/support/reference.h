/* reference.h -- tables of reference values in tests/reference, read by column name. A fault fails the test. */
#ifndef ECO_TEST_REFERENCE_H
#define ECO_TEST_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct eco_reference {
  char *text;         /* the file, cut into cells */
  const char **cells; /* [row][column]; row 0 is the head */
  size_t n_rows;      /* without the head */
  size_t n_columns;
} eco_reference;

/* `name` is a file in tests/reference, seen from the folder that `make test` runs in. */
eco_reference eco_reference_read(const char *name);
void eco_reference_free(eco_reference *table);
const char *eco_reference_text(const eco_reference *table, size_t row, const char *column);
double eco_reference_number(const eco_reference *table, size_t row, const char *column);
bool eco_reference_is(const eco_reference *table, size_t row, const char *column, const char *wanted);

#endif
