/* reference.c -- see reference.h. Commas between cells, quotes around cells with commas, no line breaks inside
 * cells. */
#include "reference.h"

#include "base/base.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_whole(const char *name)
{
  char path[256];
  snprintf(path, sizeof path, "tests/reference/%s", name);
  FILE *file = fopen(path, "rb");
  ck_assert_msg(file != NULL, "%s cannot be opened: run the tests from the folder of the Makefile", path);
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = malloc((size_t)size + 1);
  ck_assert_uint_eq(fread(text, 1, (size_t)size, file), (size_t)size);
  text[size] = '\0';
  fclose(file);
  return text;
}

/* Ends the cell at `at` with a zero; *end_of_row tells whether it was the last of its row. */
static char *cut_cell(char *at, bool *end_of_row)
{
  char *out = at;
  bool quoted = false;
  for (; *at != '\0' && (quoted || (*at != ',' && *at != '\n')); at++) {
    if (*at == '"' && quoted && at[1] == '"')
      *out++ = *at++;
    else if (*at == '"')
      quoted = !quoted;
    else if (*at != '\r')
      *out++ = *at;
  }
  *end_of_row = *at != ',';
  char *next = *at != '\0' ? at + 1 : at;
  *out = '\0';
  return next;
}

eco_reference eco_reference_read(const char *name)
{
  eco_reference table = {.text = read_whole(name)};
  size_t n = 0, room = 0;
  for (char *at = table.text; *at != '\0';) {
    if (n == room) {
      room = room != 0 ? 2 * room : 256;
      table.cells = realloc(table.cells, room * sizeof table.cells[0]);
    }
    bool end_of_row;
    table.cells[n++] = at;
    at = cut_cell(at, &end_of_row);
    if (end_of_row && table.n_columns == 0)
      table.n_columns = n;
    ck_assert_msg(!end_of_row || n % table.n_columns == 0, "%s: a row of another length near cell %zu", name, n);
  }
  ck_assert_msg(n > table.n_columns, "%s: no rows", name);
  table.n_rows = n / table.n_columns - 1;
  return table;
}

void eco_reference_free(eco_reference *table)
{
  free(table->text);
  free(table->cells);
}

const char *eco_reference_text(const eco_reference *table, size_t row, const char *column)
{
  for (size_t i = 0; i < table->n_columns; i++)
    if (strcmp(table->cells[i], column) == 0)
      return table->cells[(row + 1) * table->n_columns + i];
  ck_abort_msg("reference table without a column '%s'", column);
}

double eco_reference_number(const eco_reference *table, size_t row, const char *column)
{
  const char *text = eco_reference_text(table, row, column);
  double value = 0.0;
  ck_assert_msg(eco__parse_number(text, strlen(text), &value), "row %zu, column %s: '%s' is not a number", row, column,
                text);
  return value;
}

bool eco_reference_is(const eco_reference *table, size_t row, const char *column, const char *wanted)
{
  return strcmp(eco_reference_text(table, row, column), wanted) == 0;
}
