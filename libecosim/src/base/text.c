/* text.c -- nearest names, UTF-8, and numbers read and written without the host's locale. */
#include "base/base.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool eco__text_equal(const char *a, const char *b)
{
  return strcmp(a, b) == 0;
}

/* ---- UTF-8 */

/* Length of the character that starts with `lead`, 0 where none does. */
static size_t character_length(unsigned char lead)
{
  if (lead < 0x80)
    return 1;
  if (lead >= 0xc2 && lead < 0xe0)
    return 2;
  if (lead >= 0xe0 && lead < 0xf0)
    return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

bool eco__is_utf8(const char *text, size_t n)
{
  for (size_t i = 0; i < n;) {
    const unsigned char *c = (const unsigned char *)text + i;
    size_t length = character_length(c[0]);
    if (length == 0 || length > n - i || c[0] < 0x20 || c[0] == 0x7f)
      return false;
    for (size_t k = 1; k < length; k++)
      if ((c[k] & 0xc0) != 0x80)
        return false;
    /* overlong forms, surrogates, beyond U+10FFFF */
    if ((c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xed && c[1] >= 0xa0) || (c[0] == 0xf0 && c[1] < 0x90) ||
        (c[0] == 0xf4 && c[1] >= 0x90))
      return false;
    i += length;
  }
  return true;
}

size_t eco__whole_characters(const char *text, size_t n)
{
  size_t start = n;
  while (start > 0 && n - start < 4) {
    unsigned char c = (unsigned char)text[--start];
    if ((c & 0xc0) == 0x80)
      continue;
    size_t length = character_length(c);
    return length > n - start ? start : n;
  }
  return n;
}

/* ---- names */

static const char *name_at(const eco__names *list, size_t i)
{
  const char *at = (const char *)list->structs + i * list->stride + list->offset;
  return *(const char *const *)(const void *)at;
}

enum { LONGEST_WORD = 127, SHORTEST_BEGINNING = 4 }; /* bytes */

/* Edits from a to b: insert, delete, replace, swap of neighbours (optimal string alignment). */
static size_t edits_between(const char *a, size_t a_length, const char *b, size_t b_length)
{
  unsigned char rows[3][LONGEST_WORD + 1];
  unsigned char *two_before = rows[0], *before = rows[1], *row = rows[2];
  for (size_t j = 0; j <= b_length; j++)
    before[j] = (unsigned char)j;
  for (size_t i = 1; i <= a_length; i++) {
    row[0] = (unsigned char)i;
    for (size_t j = 1; j <= b_length; j++) {
      int best = before[j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0);
      best = before[j] + 1 < best ? before[j] + 1 : best;
      best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && two_before[j - 2] + 1 < best)
        best = two_before[j - 2] + 1;
      row[j] = (unsigned char)best;
    }
    unsigned char *free_row = two_before;
    two_before = before;
    before = row;
    row = free_row;
  }
  return before[b_length];
}

/* The only name that begins with the word: "maliang" means "maliang_gongjiawan". NULL where there are two, or none. */
static const char *only_longer(const char *word, size_t length, const eco__names *lists, size_t n_lists)
{
  const char *found = NULL;
  for (size_t list = 0; length >= SHORTEST_BEGINNING && list < n_lists; list++)
    for (size_t i = 0; i < lists[list].n; i++) {
      const char *name = name_at(&lists[list], i);
      if (strncmp(word, name, length) != 0)
        continue;
      if (found)
        return NULL;
      found = name;
    }
  return found;
}

/* The name with the fewest edits, if they are fewer than *fewest. */
static const char *fewest_edits(const char *word, size_t length, const eco__names *list, size_t *fewest)
{
  const char *nearest = NULL;
  for (size_t i = 0; i < list->n; i++) {
    const char *name = name_at(list, i);
    size_t name_length = strlen(name);
    if (name_length > LONGEST_WORD || name_length >= length + *fewest || length >= name_length + *fewest)
      continue;
    size_t edits = edits_between(word, length, name, name_length);
    if (edits < *fewest) {
      *fewest = edits;
      nearest = name;
    }
  }
  return nearest;
}

const char *eco__nearest_in(const char *word, const eco__names *lists, size_t n_lists)
{
  size_t length = strlen(word);
  if (length == 0 || length > LONGEST_WORD)
    return NULL;
  /* nothing of the word left is no misspelling of it: "ab" does not mean "cd" */
  size_t limit = length / 3 > 2 ? length / 3 : 2;
  size_t fewest = limit < length ? limit + 1 : length;
  const char *nearest = NULL;
  for (size_t list = 0; list < n_lists; list++) {
    const char *near = fewest_edits(word, length, &lists[list], &fewest);
    nearest = near ? near : nearest;
  }
  return nearest ? nearest : only_longer(word, length, lists, n_lists);
}

const char *eco__nearest(const char *word, const char *const *names, size_t n)
{
  eco__names list = {names, n, sizeof *names, 0};
  return eco__nearest_in(word, &list, 1);
}

bool eco__find_name(const eco__names *lists, size_t n_lists, const char *name, size_t *list, uint32_t *index)
{
  for (size_t k = 0; k < n_lists; k++)
    for (size_t i = 0; i < lists[k].n; i++)
      if (eco__text_equal(name_at(&lists[k], i), name)) {
        *list = k;
        *index = (uint32_t)i;
        return true;
      }
  return false;
}

/* ---- reading numbers */

enum { MOST_DIGITS = 400, GREATEST_EXPONENT = 100000 };

/* A number as read: digits without point and leading zeros, and the power of ten behind them. */
typedef struct decimal {
  bool negative;
  int n_digits;
  int exponent;
  char digits[MOST_DIGITS];
} decimal;

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

static bool read_mantissa(const char *text, size_t n, size_t *at, decimal *out)
{
  bool seen = false, behind_point = false;
  for (; *at < n; ++*at) {
    char c = text[*at];
    if (c == '.' && !behind_point) {
      behind_point = true;
      continue;
    }
    if (!is_digit(c))
      break;
    seen = true;
    out->exponent -= behind_point ? 1 : 0;
    if (out->n_digits == 0 && c == '0')
      continue;
    if (out->n_digits == MOST_DIGITS)
      return false;
    out->digits[out->n_digits++] = c;
  }
  return seen;
}

static bool read_exponent(const char *text, size_t n, size_t *at, decimal *out)
{
  if (*at == n)
    return true;
  if (text[*at] != 'e' && text[*at] != 'E')
    return false;
  ++*at;
  bool negative = *at < n && text[*at] == '-';
  if (*at < n && (text[*at] == '-' || text[*at] == '+'))
    ++*at;
  if (*at == n)
    return false;
  int exponent = 0;
  for (; *at < n && is_digit(text[*at]); ++*at)
    if (exponent < GREATEST_EXPONENT)
      exponent = exponent * 10 + (text[*at] - '0');
  out->exponent += negative ? -exponent : exponent;
  return *at == n;
}

/* Up to 15 digits and powers up to 10^22 are exact doubles: one operation, one rounding. */
static bool convert_exactly(const decimal *number, double *out)
{
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (number->n_digits > 15 || number->exponent > 22 || number->exponent < -22)
    return false;
  double mantissa = 0.0;
  for (int i = 0; i < number->n_digits; i++)
    mantissa = mantissa * 10.0 + (number->digits[i] - '0');
  *out = number->exponent < 0 ? mantissa / powers[-number->exponent] : mantissa * powers[number->exponent];
  return true;
}

bool eco__parse_number(const char *text, size_t n, double *out)
{
  decimal number = {0};
  size_t at = 0;
  if (n > 0 && (text[0] == '-' || text[0] == '+')) {
    number.negative = text[0] == '-';
    at = 1;
  }
  if (!read_mantissa(text, n, &at, &number) || !read_exponent(text, n, &at, &number))
    return false;
  double value;
  if (!convert_exactly(&number, &value)) {
    /* "12.5e3" is written "125e2": without a decimal point strtod does not ask the locale for one */
    char plain[MOST_DIGITS + 16];
    memcpy(plain, number.digits, (size_t)number.n_digits);
    (void)snprintf(plain + number.n_digits, sizeof plain - (size_t)number.n_digits, "e%d", number.exponent);
    value = number.n_digits > 0 ? strtod(plain, NULL) : 0.0;
  }
  if (!isfinite(value))
    return false;
  *out = number.negative ? -value : value;
  return true;
}
